/* Asking bansho-directory, and not asking again at once when nobody answers. */
#include "directory/rooms.h"

#include "base/companion.h"
#include "base/dial.h"
#include "base/log.h"

#include <pthread.h>
#include <stdatomic.h>

static const char service[] = "directory.sock";

enum {
	ANSWER_MOST = 64 << 10,
	SIGN_IN_SECONDS = 25,
	TABLE_SECONDS = 180,
	QUIET_MS = 10000, /* after a failure nobody waits for the servers that long */
};

struct directory {
	const char *body;
	_Atomic int64_t quiet_until; /* ms */
	_Atomic int64_t reached, failed; /* ms; 0: never since the program began */
	_Atomic bool is_unsafe;	     /* the last failure was for want of a certificate */
};

struct directory *
directory_open(struct arena *into, struct text body)
{
	struct directory *made = ARENA_NEW(into, struct directory);
	made->body = text_z(into, body);
	return made;
}

bool
directory_is_there(const struct directory *directory)
{
	return directory != NULL && dial_has(service);
}

struct directory_reached
directory_reached(const struct directory *directory)
{
	return (struct directory_reached){ { atomic_load(&directory->reached) },
					   { atomic_load(&directory->failed) },
					   atomic_load(&directory->is_unsafe) };
}

static struct error *
down(void)
{
	return busy("庁内のディレクトリ(認証サーバー)につながりません。しばらくしてから、もう一度お試しください。続くときは、システムの担当者に伝えてください。");
}

static struct error *
trouble(int status, struct text words)
{
	if (status == DIRECTORY_DOWN)
		return down();
	if (status == DIRECTORY_UNSAFE)
		return busy("庁内のディレクトリ(認証サーバー)の証明書を確かめられないため、つなぎませんでした。システムの担当者に伝えてください。");
	return reject(NULL, "庁内のディレクトリから読めませんでした: %.*s", T_ARG(words));
}

/* What the companion answers, whatever it is; BUSY when nobody does. */
static struct error *
ask(struct arena *into, struct directory *directory, const char *const words[], struct text in,
    size_t limit, unsigned seconds, int *status, struct text *out)
{
	if (!directory_is_there(directory))
		return missing("この番所には、庁内のディレクトリが設定されていません。");
	if (moment_now().ms < atomic_load(&directory->quiet_until))
		return down();
	struct error *error = companion_ask(into, service, words, in, limit, seconds, status, out);
	const bool is_out = error != OK || *status == DIRECTORY_DOWN || *status == DIRECTORY_UNSAFE;
	atomic_store(&directory->quiet_until, is_out ? moment_now().ms + QUIET_MS : 0);
	atomic_store(is_out ? &directory->failed : &directory->reached, moment_now().ms);
	atomic_store(&directory->is_unsafe, error == OK && *status == DIRECTORY_UNSAFE);
	if (error == OK)
		return OK;
	log_error("directory", error);
	return down();
}

struct error *
directory_about(struct arena *into, struct directory *directory, struct directory_about *about)
{
	int status = 0;
	struct text words, line;
	struct directory_about made = { 0 };
	const char *const asked[] = { "", "about", directory != NULL ? directory->body : "", NULL };
	if (directory != NULL)
		atomic_store(&directory->quiet_until, 0); /* who looks wants to know it now */
	TRY(ask(into, directory, asked, T(""), ANSWER_MOST, SIGN_IN_SECONDS, &status, &words));
	if (status != DIRECTORY_DONE)
		return trouble(status, words);
	(void)text_cut(words, '\n', &made.server, &words);
	(void)text_cut(words, '\n', &made.security, &words);
	(void)text_cut(words, '\n', &made.base, &words);
	(void)text_cut(words, '\n', &line, &words);
	if (!number_read(line, 1, 100, &made.servers))
		return broken("ディレクトリのプログラムの答えが読めません。");
	*about = made;
	return OK;
}

struct error *
directory_table(struct arena *into, struct directory *directory, struct text *table)
{
	int status = 0;
	struct text got;
	const char *const asked[] = { "", "list", directory != NULL ? directory->body : "", NULL };
	TRY(ask(into, directory, asked, T(""), DIRECTORY_MOST_BYTES, TABLE_SECONDS, &status, &got));
	if (status != DIRECTORY_DONE)
		return trouble(status, got);
	*table = got;
	return OK;
}

struct error *
directory_ask_password(struct arena *into, struct directory *directory, struct text login,
		       struct secret password, bool *matches, struct text *id)
{
	int status = 0;
	struct text got;
	const char *const asked[] = { "", "bind", directory != NULL ? directory->body : "",
				      text_z(into, login), NULL };
	*matches = false;
	if (password.len == 0) /* some servers answer "success" to a bind without one (RFC 4513, 5.1.2) */
		return OK;
	TRY(ask(into, directory, asked, (struct text){ (const char *)password.data, password.len },
		ANSWER_MOST, SIGN_IN_SECONDS, &status, &got));
	if (status == DIRECTORY_REFUSED)
		return OK;
	if (status != DIRECTORY_DONE) {
		log_warn("ディレクトリでのサインインを確かめられません: %.*s", T_ARG(got));
		return status == DIRECTORY_WRONG ? down() : trouble(status, got);
	}
	*matches = true;
	*id = got;
	return OK;
}
