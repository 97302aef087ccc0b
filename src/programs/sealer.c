/*
 * bansho-sealer: signs checkpoints of one body's journal, and only such as extend what it signed
 * before. The only program that can read the signing key. It speaks over the socket on its standard
 * input and output (docs/journal.md, "The sealer"); its head file is on disk before it answers.
 */
#include "sealer.h"

#include "base/day.h"
#include "base/file.h"
#include "base/jails.h"
#include "base/log.h"
#include "base/service.h"
#include "base/wire.h"
#include "programs/sealer_listen.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

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

static struct text
answer_caller(void *with, struct arena *arena, struct text message)
{
	return sealer_answer(with, arena, message);
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
	const char *data, *body, *what, *place, *socket, *group;
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
		else if (strcmp(words[at], "--socket") == 0 && at + 1 < count)
			call->socket = words[++at];
		else if (strcmp(words[at], "--group") == 0 && at + 1 < count)
			call->group = words[++at];
		else if (strcmp(words[at], "--place") == 0 && at + 1 < count)
			call->place = words[++at];
		else if (strcmp(words[at], "listen") == 0 || strcmp(words[at], "init") == 0 || strcmp(words[at], "serve") == 0)
			call->what = words[at];
		else
			return false;
	}
	const bool listens = strcmp(call->what, "listen") == 0;
	return call->data != NULL && call->body != NULL && listens == (call->socket != NULL) &&
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
	/*
	 * An operator's command starts its own sealer where none listens, and runs as root: what is
	 * written here must stay the sealer's.
	 */
	TRY(service_become_owner(path_join(arena, call->data, "seal")));
	room->body = text_of(call->body);
	room->folder = path_join(arena, path_join(arena, call->data, "seal"), call->body);
	TRY(folder_make(room->folder));
	const char *lock_path = path_join(arena, room->folder, "lock");
	room->lock = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (room->lock < 0)
		return broken("署名の順番を守るファイル「%s」を開けません。", lock_path);
	return OK;
}

/* A body's first start: a key only where nothing was ever signed. */
static struct error *
make_first_key(const struct sealer_room *room, struct arena *arena, const char *place)
{
	struct sealer_log *logs;
	size_t count;
	TRY(sealer_logs(room, arena, &logs, &count));
	/* The first log is listed before it has anything. */
	for (size_t at = 0; at < count; at++)
		if (file_exists(logs[at].key) || file_exists(logs[at].head) || file_exists(logs[at].vkey))
			return OK;
	return make_key(room, arena, place);
}

static struct error *
listen_for_callers(struct sealer_room *room, struct arena *arena, const struct call *call)
{
	struct sealer_door door = { .answer = answer_caller, .with = room };
	TRY(sealer_door_open(call->socket, call->group, &door));
	TRY(jails_enter(JAIL_SEALER, &(struct jail_places){ .own = room->folder }));
	TRY(make_first_key(room, arena, call->place));
	log_say("%s: %s", room->folder, call->socket);
	return sealer_door_serve(&door);
}

static struct error *
run(const struct call *call)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct sealer_room room;
	TRY(open_room(arena, call, &room));
	if (strcmp(call->what, "listen") == 0)
		return listen_for_callers(&room, arena, call);
	TRY(jails_enter(JAIL_SEALER, &(struct jail_places){ .own = room.folder }));
	return strcmp(call->what, "init") == 0 ? make_key(&room, arena, call->place) : serve(&room);
}

int
main(int count, char **words)
{
	struct call call;
	log_name("bansho-sealer");
	if (!read_call(count, words, &call)) {
		fputs("usage: bansho-sealer --data DIR --body CODE [serve|init [--place YEAR]|listen --socket PATH [--group NAME]]\n"
		      "  init    make the signing key (never over an old one) and print its vkey; its log\n"
		      "          is that of the fiscal year YEAR, or of the present one\n"
		      "  serve   sign checkpoints asked for on standard input (the default)\n"
		      "  listen  the same for callers at the Unix socket PATH: root, the user it runs as, and\n"
		      "          programs whose primary group is NAME; makes the key when nothing is there yet\n"
		      "exit: 0 done, 1 refused, 2 could not run\n",
		      stderr);
		return EXIT_CANNOT;
	}
	service_start();
	secret_start();
	struct error *error = run(&call);
	if (error == OK)
		return EXIT_DONE;
	log_error(call.what, error);
	return error->kind == ERROR_CONFLICT ? EXIT_FOUND : EXIT_CANNOT;
}
