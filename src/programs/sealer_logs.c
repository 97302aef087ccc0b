/*
 * The sealer's files. Every change is written beside, brought to disk and renamed, and every step is
 * one that may be done again, so that a crash at any point leaves either the state before or one that
 * sealer_settle() finishes.
 */
#include "sealer.h"

#include "base/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PLACE_LEN = 4 };

static bool
is_place(struct text name)
{
	for (size_t at = 0; at < name.len; at++)
		if (name.data[at] < '0' || name.data[at] > '9')
			return false;
	return name.len == PLACE_LEN;
}

static struct sealer_log
log_in(struct arena *arena, struct text origin, struct text place, const char *folder)
{
	return (struct sealer_log){
		.origin = origin,
		.place = place,
		.folder = folder,
		.key = path_join(arena, folder, "key"),
		.next = path_join(arena, folder, "key.next"),
		.old = path_join(arena, folder, "key.old"),
		.head = path_join(arena, folder, "head"),
		.vkey = path_join(arena, folder, "vkey"),
		.has_folder = file_exists(folder),
	};
}

static struct error *
first_log(const struct sealer_room *room, struct arena *arena, struct sealer_log *log)
{
	struct text origin = note_origin(arena, room->body);
	const char *path = path_join(arena, room->folder, "origin");
	if (file_exists(path)) {
		TRY(file_read(arena, path, NOTE_ORIGIN_MOST + 1, &origin));
		origin = text_trim(origin);
	}
	*log = log_in(arena, origin, T(""), room->folder);
	return OK;
}

static struct sealer_log
later_log(const struct sealer_room *room, struct arena *arena, struct text place)
{
	const struct text origin = text_format(arena, "%.*s/%.*s",
					       T_ARG(note_origin(arena, room->body)), T_ARG(place));
	return log_in(arena, origin, place,
		      path_join(arena, room->folder, text_z(arena, place)));
}

struct error *
sealer_log_of(const struct sealer_room *room, struct arena *arena, struct text origin,
	      struct sealer_log *log, bool *is_known)
{
	const struct text begin = text_join(arena, note_origin(arena, room->body), T("/"));
	struct sealer_log first;
	TRY(first_log(room, arena, &first));
	*is_known = true;
	*log = first;
	if (text_same(origin, first.origin))
		return OK;
	const struct text place = text_starts(origin, begin) ? text_from(origin, begin.len) : T("");
	*is_known = is_place(place);
	if (*is_known)
		*log = later_log(room, arena, place);
	return OK;
}

struct error *
sealer_logs(const struct sealer_room *room, struct arena *arena, struct sealer_log **logs,
	    size_t *count)
{
	struct text *names;
	size_t found, made = 0;
	struct sealer_log *list = ARENA_ARRAY(arena, struct sealer_log, SEALER_LOGS_MOST + 1);
	TRY(first_log(room, arena, &list[made++]));
	TRY(folder_list(arena, room->folder, SEALER_LOGS_MOST, &names, &found));
	for (size_t at = 0; at < found; at++)
		if (is_place(names[at]))
			list[made++] = later_log(room, arena, names[at]);
	*logs = list;
	*count = made;
	return OK;
}

struct error *
sealer_log_before(const struct sealer_room *room, struct arena *arena,
		  const struct sealer_log *log, struct sealer_log *before, bool *found)
{
	struct sealer_log *logs;
	size_t count;
	*found = false;
	TRY(sealer_logs(room, arena, &logs, &count));
	for (size_t at = 0; at < count; at++)
		if (text_order(logs[at].place, log->place) < 0 && file_exists(logs[at].head)) {
			*before = logs[at];
			*found = true;
		}
	return OK;
}

struct error *
sealer_log_now(const struct sealer_room *room, struct arena *arena, struct sealer_log *log)
{
	struct sealer_log *logs;
	size_t count, now = 0;
	TRY(sealer_logs(room, arena, &logs, &count));
	for (size_t at = 0; at < count; at++)
		if (file_exists(logs[at].head))
			now = at;
	*log = logs[now];
	return OK;
}

/* ---- Seeds ---- */

/* A new name is on disk only when its folder is. */
static struct error *
keep_folder(struct arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');
	const struct text folder = text_first(text_of(path), (size_t)(slash - path));
	FD_SCOPED fd = open(text_z(arena, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) != 0)
		return broken("フォルダー「%.*s」を保存できませんでした。", T_ARG(folder));
	return OK;
}

static struct error *
move(struct arena *arena, const char *from, const char *to)
{
	if (rename(from, to) != 0)
		return broken("鍵「%s」を「%s」に移せませんでした。", from, to);
	return keep_folder(arena, to);
}

struct error *
seed_read(const char *path, struct secret *seed)
{
	struct secret read;
	TRY(secret_read_file(path, NOTE_SEED_LEN, &read));
	if (read.len != NOTE_SEED_LEN) {
		secret_close(&read);
		return broken("署名鍵「%s」の長さが正しくありません。", path);
	}
	*seed = read;
	return OK;
}

struct error *
seed_make(const char *path)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const char *part = text_format(arena, "%s.part", path).data;
	if (file_exists(path))
		return OK;
	SECRET_SCOPED seed = secret_random(NOTE_SEED_LEN);
	(void)unlink(part); /* of a run that ended here */
	TRY(secret_write_file(part, seed));
	return move(arena, part, path);
}

struct error *
seed_destroy(const char *path)
{
	static const char nothing[NOTE_SEED_LEN];
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	if (!file_exists(path))
		return OK;
	FD_SCOPED fd = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0 || pwrite(fd, nothing, sizeof nothing, 0) != sizeof nothing || fsync(fd) != 0 ||
	    unlink(path) != 0)
		return broken("古い署名鍵「%s」を消せませんでした。", path);
	return keep_folder(arena, path);
}

struct error *
sealer_say_key(const struct sealer_log *log, struct arena *arena, struct secret seed,
	       struct text *vkey)
{
	const struct note_key key = note_key_of_seed(log->origin, seed);
	const struct text line = text_join(arena, note_vkey(arena, &key), T("\n"));
	struct text was;
	*vkey = text_trim(line);
	if (file_exists(log->vkey) && file_read(arena, log->vkey, NOTE_MOST, &was) == OK &&
	    text_same(was, line))
		return OK;
	return file_replace(log->vkey, line, 0644);
}

struct error *
sealer_first(const struct sealer_room *room, struct arena *arena, struct text place,
	     struct text *vkey)
{
	struct sealer_log *logs;
	size_t count;
	TRY(sealer_logs(room, arena, &logs, &count));
	for (size_t at = 0; at < count; at++)
		if (file_exists(logs[at].key) || file_exists(logs[at].head))
			return conflict("団体「%.*s」には署名鍵があるか、署名したことがあります。上書きはしません。",
					T_ARG(room->body));
	const struct text origin = text_format(arena, "%.*s/%.*s",
					       T_ARG(note_origin(arena, room->body)), T_ARG(place));
	TRY(file_replace(path_join(arena, room->folder, "origin"),
			 text_join(arena, origin, T("\n")), 0644));
	TRY(first_log(room, arena, &logs[0]));
	TRY(seed_make(logs[0].key));
	SECRET_SCOPED seed = { 0 };
	TRY(seed_read(logs[0].key, &seed));
	return sealer_say_key(&logs[0], arena, seed, vkey);
}

/* ---- Heads ---- */

static bool
is_signed_by(struct arena *arena, const struct sealer_log *log, struct text note, const char *path)
{
	SECRET_SCOPED seed = { 0 };
	if (!file_exists(path) || seed_read(path, &seed) != OK)
		return false;
	const struct note_key key = note_key_of_seed(log->origin, seed);
	return note_check(arena, note, &key) == NOTE_HOLDS;
}

/* A closed log has no key any more; its public key is kept. */
static bool
is_signed_by_kept(struct arena *arena, const struct sealer_log *log, struct text note)
{
	struct text line;
	struct note_key key;
	if (file_exists(log->key) || !file_exists(log->vkey))
		return false;
	return file_read(arena, log->vkey, NOTE_MOST, &line) == OK &&
	       note_vkey_read(arena, line, &key) == OK && note_check(arena, note, &key) == NOTE_HOLDS;
}

struct error *
sealer_read_head(const struct sealer_log *log, struct arena *arena, struct head *head,
		 struct text *note)
{
	*note = T("");
	*head = (struct head){ log->origin, 0, hash_of(T("")) };
	if (!file_exists(log->head))
		return OK;
	TRY(file_read(arena, log->head, NOTE_MOST, note));
	TRY(note_read(arena, *note, head));
	if (!is_signed_by(arena, log, *note, log->key) &&
	    !is_signed_by(arena, log, *note, log->old) && !is_signed_by_kept(arena, log, *note))
		return broken("前回の検証点「%s」の署名が鍵と合いません。", log->head);
	return OK;
}

/* key is the new one, key.old the one before: sign the head anew, then forget the old. */
static struct error *
finish_switch(const struct sealer_log *log, struct arena *arena)
{
	SECRET_SCOPED seed = { 0 };
	struct head head;
	struct text note, vkey;
	TRY(seed_read(log->key, &seed));
	TRY(sealer_read_head(log, arena, &head, &note));
	if (note.len != 0)
		TRY(file_replace(log->head, note_sign(arena, &head, seed), 0644));
	TRY(sealer_say_key(log, arena, seed, &vkey));
	return seed_destroy(log->old);
}

struct error *
sealer_switch(const struct sealer_log *log, struct arena *arena)
{
	if (!file_exists(log->old))
		TRY(move(arena, log->key, log->old));
	if (!file_exists(log->key))
		TRY(move(arena, log->next, log->key));
	return finish_switch(log, arena);
}

struct error *
sealer_settle(const struct sealer_room *room, struct arena *arena)
{
	struct sealer_log *logs;
	size_t count, now = 0;
	TRY(sealer_logs(room, arena, &logs, &count));
	for (size_t at = 0; at < count; at++)
		if (file_exists(logs[at].head))
			now = at;
	for (size_t at = 0; at < now; at++) {
		TRY(seed_destroy(logs[at].key));
		TRY(seed_destroy(logs[at].next));
		TRY(seed_destroy(logs[at].old));
	}
	return file_exists(logs[now].old) ? sealer_switch(&logs[now], arena) : OK;
}
