/*
 * bansho-sealer: signs checkpoints of one body's journal, and only such as extend what it signed
 * before. The only program that can read the signing key. It speaks over the socket on its standard
 * input and output (docs/journal.md, "The sealer"); its head file is on disk before it answers.
 */
#include "base/file.h"
#include "base/hash.h"
#include "base/jails.h"
#include "base/json.h"
#include "base/log.h"
#include "base/service.h"
#include "base/wire.h"
#include "journal/merkle.h"
#include "journal/note.h"
#include "programs/sealer_listen.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* AddressSanitizer's leak check wants to ptrace. */
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>

__attribute__((visibility("default"))) int
__lsan_is_turned_off(void)
{
	return 1;
}
#endif

enum { EXIT_DONE = 0, EXIT_FOUND = 1, EXIT_CANNOT = 2 };

struct sealer_room {
	struct text origin;
	const char *folder; /* DATA/seal/<body> */
	const char *key_path, *head_path, *vkey_path;
	int lock;
};

/* What is asked to be signed. */
struct wish {
	struct head head;
	int64_t from;
	struct merkle_proof proof;
};

static struct text
answer_refused(struct arena *arena, const char *why)
{
	struct writer out = writer_open(arena, 1024);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "answer", T("refused"));
	json_text_at(&json, "why", text_of(why));
	json_end(&json);
	return writer_text(&out);
}

static struct text
answer_trouble(struct arena *arena, const struct error *error)
{
	struct writer out = writer_open(arena, 4096);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "answer", error->kind == ERROR_MISSING ? T("no-key") : T("broken"));
	json_text_at(&json, "words", text_first(error->words, 1000));
	json_end(&json);
	return writer_text(&out);
}

static struct text
answer_head(struct arena *arena, const struct head *head, const struct note_key *key)
{
	struct writer out = writer_open(arena, 4096);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "answer", T("head"));
	json_text_at(&json, "root", hash_hex(arena, &head->root));
	json_number_at(&json, "size", head->size);
	json_text_at(&json, "vkey", note_vkey(arena, key));
	json_end(&json);
	return writer_text(&out);
}

static struct text
answer_signed(struct arena *arena, struct text note, const struct note_key *key)
{
	struct writer out = writer_open(arena, NOTE_MOST);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "answer", T("signed"));
	json_text_at(&json, "note", note);
	json_text_at(&json, "vkey", note_vkey(arena, key));
	json_end(&json);
	return writer_text(&out);
}

static struct error *
read_key(const struct sealer_room *room, struct secret *seed)
{
	struct secret read;
	TRY(secret_read_file(room->key_path, NOTE_SEED_LEN, &read));
	if (read.len != NOTE_SEED_LEN) {
		secret_close(&read);
		return broken("署名鍵「%s」の長さが正しくありません。", room->key_path);
	}
	*seed = read;
	return OK;
}

/* The head last signed; an empty tree when nothing was. */
static struct error *
read_head(const struct sealer_room *room, struct arena *arena, const struct note_key *key,
	  struct head *head)
{
	struct text note;
	if (!file_exists(room->head_path)) {
		*head = (struct head){ room->origin, 0, hash_of(T("")) };
		return OK;
	}
	TRY(file_read(arena, room->head_path, NOTE_MOST, &note));
	TRY(note_read(arena, note, head));
	if (note_check(arena, note, key) != NOTE_HOLDS)
		return broken("前回の検証点「%s」の署名が鍵と合いません。", room->head_path);
	return OK;
}

/* NULL when the wish extends the head, otherwise why not. */
static const char *
objection(const struct head *head, const struct wish *wish)
{
	if (wish->head.size < head->size)
		return "smaller";
	if (wish->head.size == head->size)
		return hash_same(&wish->head.root, &head->root) ? NULL : "fork";
	if (head->size == 0)
		return NULL;
	if (wish->from != head->size)
		return "stale";
	return merkle_consistency_holds(head->size, &head->root, wish->head.size,
					&wish->head.root, &wish->proof)
		       ? NULL
		       : "proof";
}

static struct error *
sign(const struct sealer_room *room, struct arena *arena, struct secret seed,
     const struct wish *wish, struct text *answer)
{
	const struct note_key key = note_key_of_seed(room->origin, seed);
	struct head head;
	TRY(read_head(room, arena, &key, &head));
	const char *why = objection(&head, wish);
	if (why != NULL) {
		log_say("refused to sign size %lld after %lld: %s", (long long)wish->head.size,
			(long long)head.size, why);
		*answer = answer_refused(arena, why);
		return OK;
	}
	const struct text note = note_sign(arena, &wish->head, seed);
	TRY(file_replace(room->head_path, note, 0644));
	*answer = answer_signed(arena, note, &key);
	return OK;
}

static bool
read_hash(const json_t *value, struct hash *hash)
{
	return json_is_string(value) &&
	       hash_read_hex((struct text){ json_string_value(value), json_string_length(value) },
			     hash);
}

static bool
read_wish(const json_t *request, struct wish *wish)
{
	const json_t *size = json_object_get(request, "size");
	const json_t *from = json_object_get(request, "from");
	const json_t *proof = json_object_get(request, "proof");
	if (!json_is_integer(size) || !json_is_integer(from) || !json_is_array(proof) ||
	    !read_hash(json_object_get(request, "root"), &wish->head.root))
		return false;
	wish->head.size = json_integer_value(size);
	wish->from = json_integer_value(from);
	wish->proof.count = json_array_size(proof);
	if (wish->head.size < 1 || wish->head.size >> (MERKLE_HEIGHT - 2) != 0 ||
	    wish->proof.count > 2 * MERKLE_HEIGHT)
		return false;
	for (size_t at = 0; at < wish->proof.count; at++)
		if (!read_hash(json_array_get(proof, at), &wish->proof.at[at]))
			return false;
	return true;
}

static struct error *
serve_request(const struct sealer_room *room, struct arena *arena, const json_t *request,
	      struct text *answer)
{
	SECRET_SCOPED seed = { 0 };
	TRY(read_key(room, &seed));
	const char *what = json_string_value(json_object_get(request, "do"));
	struct wish wish = { .head.origin = room->origin };
	if (what != NULL && strcmp(what, "head") == 0) {
		const struct note_key key = note_key_of_seed(room->origin, seed);
		struct head head;
		TRY(read_head(room, arena, &key, &head));
		*answer = answer_head(arena, &head, &key);
		return OK;
	}
	if (what == NULL || strcmp(what, "sign") != 0 || !read_wish(request, &wish)) {
		*answer = answer_refused(arena, "request");
		return OK;
	}
	return sign(room, arena, seed, &wish, answer);
}

/* Several sealers may serve several processes: the head is read and replaced under one lock. */
static struct text
serve_locked(const struct sealer_room *room, struct arena *arena, struct text message)
{
	json_t *request = json_loadb(message.data, message.len, JSON_REJECT_DUPLICATES, NULL);
	struct text answer = answer_refused(arena, "request");
	if (flock(room->lock, LOCK_EX) == 0) {
		struct error *error = serve_request(room, arena, request, &answer);
		if (error != OK) {
			log_error("seal", error);
			answer = answer_trouble(arena, error);
		}
		flock(room->lock, LOCK_UN);
	} else {
		answer = answer_trouble(arena, broken("署名の順番を待てませんでした。"));
	}
	json_decref(request);
	return answer;
}

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
		TRY(wire_send(STDOUT_FILENO, serve_locked(room, arena, message)));
		arena_reset(arena);
		error_sweep();
	}
}

static struct text
answer_caller(void *with, struct arena *arena, struct text message)
{
	return serve_locked(with, arena, message);
}

static struct error *
make_key(const struct sealer_room *room, struct arena *arena)
{
	SECRET_SCOPED seed = secret_random(NOTE_SEED_LEN);
	TRY(secret_write_file(room->key_path, seed));
	const struct note_key key = note_key_of_seed(room->origin, seed);
	const struct text vkey = note_vkey(arena, &key);
	TRY(file_replace(room->vkey_path, text_join(arena, vkey, T("\n")), 0644));
	return fd_write_all(STDOUT_FILENO, text_join(arena, vkey, T("\n")));
}

struct call {
	const char *data, *body, *what, *socket, *group;
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
		else if (strcmp(words[at], "listen") == 0 || strcmp(words[at], "init") == 0 || strcmp(words[at], "serve") == 0)
			call->what = words[at];
		else
			return false;
	}
	const bool listens = strcmp(call->what, "listen") == 0;
	return call->data != NULL && call->body != NULL && listens == (call->socket != NULL);
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
	room->origin = note_origin(arena, text_of(call->body));
	room->folder = path_join(arena, path_join(arena, call->data, "seal"), call->body);
	room->key_path = path_join(arena, room->folder, "key");
	room->head_path = path_join(arena, room->folder, "head");
	room->vkey_path = path_join(arena, room->folder, "vkey");
	TRY(folder_make(room->folder));
	const char *lock_path = path_join(arena, room->folder, "lock");
	room->lock = open(lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (room->lock < 0)
		return broken("署名の順番を守るファイル「%s」を開けません。", lock_path);
	return OK;
}

/* A body's first start: a key only where nothing was ever signed. */
static struct error *
make_first_key(const struct sealer_room *room, struct arena *arena)
{
	if (file_exists(room->key_path) || file_exists(room->head_path) ||
	    file_exists(room->vkey_path))
		return OK;
	return make_key(room, arena);
}

static struct error *
listen_for_callers(struct sealer_room *room, struct arena *arena, const struct call *call)
{
	struct sealer_door door = { .answer = answer_caller, .with = room };
	TRY(sealer_door_open(call->socket, call->group, &door));
	TRY(jails_enter(JAIL_SEALER, &(struct jail_places){ .own = room->folder }));
	TRY(make_first_key(room, arena));
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
	return strcmp(call->what, "init") == 0 ? make_key(&room, arena) : serve(&room);
}

int
main(int count, char **words)
{
	struct call call;
	log_name("bansho-sealer");
	if (!read_call(count, words, &call)) {
		fputs("usage: bansho-sealer --data DIR --body CODE [serve|init|listen --socket PATH [--group NAME]]\n"
		      "  init    make the signing key (never over an old one) and print its vkey\n"
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
