/*
 * Any lines as requests to the sealer, one after another. It has signed a tree of three entries. Whatever
 * comes, no head gets smaller or changes at its size, and every answer is one of the sealer's own.
 */
#include "promise.h"

#include "base/file.h"
#include "base/secret.h"
#include "programs/sealer.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { REQUESTS_MOST = 8 };

static char data_folder[] = "/dev/shm/sealer-fuzz-XXXXXX";
static struct sealer_room room;
static struct text first_note;

static struct hash
leaf_no(int no)
{
	const char byte = (char)('a' + no);
	return merkle_leaf((struct text){ &byte, 1 });
}

static void
make_room(struct arena *arena)
{
	const struct hash leaves[] = { leaf_no(0), leaf_no(1), leaf_no(2) };
	const struct head head = { T("test.bansho/journal"), 3, merkle_root_of(leaves, 3) };
	must(mkdtemp(data_folder) != NULL);
	room = (struct sealer_room){ .body = T("test"), .folder = data_folder };
	room.lock = open(path_join(arena, data_folder, "lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	SECRET_SCOPED seed = secret_open(NOTE_SEED_LEN);
	first_note = note_sign(arena, &head, seed);
}

static void
empty_folder(struct arena *arena, const char *folder)
{
	struct text *names;
	size_t count;
	must(folder_list(arena, folder, 1000, &names, &count) == OK);
	for (size_t at = 0; at < count; at++) {
		const char *path = path_join(arena, folder, text_z(arena, names[at]));
		if (text_is(names[at], "lock") || unlink(path) == 0)
			continue;
		empty_folder(arena, path);
		rmdir(path);
	}
}

/* As it was after the first signature. */
static void
reset_room(struct arena *arena)
{
	const char zeros[NOTE_SEED_LEN] = { 0 };
	empty_folder(arena, data_folder);
	must(file_replace(path_join(arena, data_folder, "key"),
			  (struct text){ zeros, sizeof zeros }, 0600) == OK);
	must(file_replace(path_join(arena, data_folder, "head"), first_note, 0644) == OK);
}

struct seen {
	struct head heads[SEALER_LOGS_MOST];
	size_t count;
};

static void
look_at(struct arena *arena, struct seen *seen)
{
	struct sealer_log *logs;
	struct text note;
	must(sealer_settle(&room, arena) == OK);
	must(sealer_logs(&room, arena, &logs, &seen->count) == OK);
	for (size_t at = 0; at < seen->count; at++)
		must(sealer_read_head(&logs[at], arena, &seen->heads[at], &note) == OK);
}

static void
only_grew(const struct seen *before, const struct seen *after)
{
	must(after->count >= before->count);
	for (size_t at = 0; at < before->count; at++) {
		const struct head *old = &before->heads[at], *new = &after->heads[at];
		must(text_same(old->origin, new->origin) && new->size >= old->size);
		must(new->size > old->size || hash_same(&new->root, &old->root));
	}
}

static void
is_answer(struct text answer)
{
	static const char *const own[] = { "signed", "head", "refused", "next", "rolled", "no-key" };
	bool is_own = false;
	for (size_t at = 0; at < sizeof own / sizeof *own; at++) {
		char begins[40];
		snprintf(begins, sizeof begins, "{\"answer\":\"%s\"", own[at]);
		is_own = is_own || text_starts(answer, text_of(begins));
	}
	must(is_own);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *always;
	if (size > (1 << 16))
		return 0;
	if (always == NULL) {
		secret_start();
		always = arena_open(ARENA_USUAL);
		make_room(always);
	}
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct text line, lines = fuzz_text(arena, data, size);
	struct seen *before = ARENA_NEW(arena, struct seen), *after = ARENA_NEW(arena, struct seen);
	reset_room(arena);
	look_at(arena, before);
	for (int no = 0; no < REQUESTS_MOST && lines.len != 0; no++) {
		text_cut(lines, '\n', &line, &lines);
		is_answer(sealer_answer(&room, arena, line));
		look_at(arena, after);
		only_grew(before, after);
		*before = *after;
	}
	error_sweep();
	return 0;
}

/* What it made goes with it. */
__attribute__((destructor)) static void
remove_room(void)
{
	if (room.folder == NULL)
		return;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	empty_folder(arena, data_folder);
	unlink(path_join(arena, data_folder, "lock"));
	rmdir(data_folder);
}
