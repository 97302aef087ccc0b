/*
 * bansho-sealer: signs checkpoints of one body's journal, and only such as extend what it signed
 * before. The only program that can read the signing key. It speaks over the socket on its standard
 * input and output (docs/journal.md, "The sealer"); its head file is on disk before it answers.
 */
#include "sealer.h"

#include "base/day.h"
#include "base/file.h"
#include "base/jail.h"
#include "base/log.h"
#include "base/wire.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* AddressSanitizer maps its shadow far beyond any limit, and its leak check wants to ptrace. */
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
enum { MOST_MEMORY = 0 };

__attribute__((visibility("default"))) int
__lsan_is_turned_off(void)
{
	return 1;
}
#else
enum { MOST_MEMORY = 512 << 20 };
#endif

enum { EXIT_DONE = 0, EXIT_FOUND = 1, EXIT_CANNOT = 2 };

static struct error *
serve(const struct sealer_room *room)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	for (;;) {
		struct text message;
		bool is_end;
		TRY(wire_receive(arena, STDIN_FILENO, &message, &is_end));
		if (is_end)
			return OK;
		TRY(wire_send(STDOUT_FILENO, sealer_answer(room, arena, message)));
		arena_reset(arena);
		error_sweep();
	}
}

static struct error *
enter_jail(const struct sealer_room *room)
{
	const struct jail_path paths[] = { { .path = room->folder, .may_write = true }, { 0 } };
	const struct jail jail = { .paths = paths, .most_memory = MOST_MEMORY };
	struct text what_is_missing = T("");
	TRY(jail_enter(&jail, &what_is_missing));
	if (what_is_missing.len != 0)
		log_say("jail without: %.*s", T_ARG(what_is_missing));
	return OK;
}

/* The body's first log is that of the fiscal year in which its key is made. */
static struct error *
make_key(const struct sealer_room *room, struct arena *arena, const char *place)
{
	struct text vkey, year = text_format(arena, "%04d", day_fiscal_year(moment_day(moment_now())));
	if (place != NULL)
		year = text_of(place);
	TRY(sealer_first(room, arena, year, &vkey));
	return fd_write_all(STDOUT_FILENO, text_join(arena, vkey, T("\n")));
}

struct call {
	const char *data, *body, *what, *place;
};

static bool
read_call(int count, char **words, struct call *call)
{
	*call = (struct call){ .what = "serve" };
	for (int at = 1; at < count; at++) {
		if (strcmp(words[at], "--data") == 0 && at + 1 < count)
			call->data = words[++at];
		else if (strcmp(words[at], "--body") == 0 && at + 1 < count)
			call->body = words[++at];
		else if (strcmp(words[at], "--place") == 0 && at + 1 < count)
			call->place = words[++at];
		else if (strcmp(words[at], "init") == 0 || strcmp(words[at], "serve") == 0)
			call->what = words[at];
		else
			return false;
	}
	return call->data != NULL && call->body != NULL &&
	       (call->place == NULL || (strlen(call->place) == 4 &&
					strspn(call->place, "0123456789") == 4));
}

static bool
is_body_code(struct text body)
{
	for (size_t at = 0; at < body.len; at++) {
		const char c = body.data[at];
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
			return false;
	}
	return body.len > 0 && body.len <= 64;
}

static struct error *
open_room(struct arena *arena, const struct call *call, struct sealer_room *room)
{
	if (!is_body_code(text_of(call->body)))
		return reject("--body", "団体の符号は、英小文字・数字・ハイフンで64文字までです。");
	room->body = text_of(call->body);
	room->folder = path_join(arena, path_join(arena, call->data, "seal"), call->body);
	TRY(folder_make(room->folder));
	const char *lock_path = path_join(arena, room->folder, "lock");
	room->lock = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (room->lock < 0)
		return broken("署名の順番を守るファイル「%s」を開けません。", lock_path);
	return OK;
}

static struct error *
run(const struct call *call)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct sealer_room room;
	TRY(open_room(arena, call, &room));
	TRY(enter_jail(&room));
	return strcmp(call->what, "init") == 0 ? make_key(&room, arena, call->place) : serve(&room);
}

int
main(int count, char **words)
{
	struct call call;
	log_name("bansho-sealer");
	if (!read_call(count, words, &call)) {
		fputs("usage: bansho-sealer --data DIR --body CODE [serve|init [--place YEAR]]\n"
		      "  init   make the signing key (never over an old one) and print its vkey; its log is\n"
		      "         that of the fiscal year YEAR, or of the present one\n"
		      "  serve  sign checkpoints asked for on standard input (the default)\n"
		      "exit: 0 done, 1 refused, 2 could not run\n",
		      stderr);
		return EXIT_CANNOT;
	}
	secret_start();
	struct error *error = run(&call);
	if (error == OK)
		return EXIT_DONE;
	log_error(call.what, error);
	return error->kind == ERROR_CONFLICT ? EXIT_FOUND : EXIT_CANNOT;
}
