/*
 * Any bytes as a request to the sealer, which has signed a tree of three entries. Whatever comes,
 * the head never gets smaller, stays the same at the same size, and every answer is one of its own.
 */
int sealer_main(int count, char **words);
#define main sealer_main
#include "programs/sealer.c"
#undef main
#include "promise.h"

#include <stdlib.h>

static struct sealer_room room;
static struct sealer_log place;
static struct text first_note;
static const char *data_folder;

static struct hash
leaf_no(int no)
{
	const char byte = (char)('a' + no);
	return merkle_leaf((struct text){ &byte, 1 });
}

static void
make_room(struct arena *arena)
{
	char folder[] = "/dev/shm/sealer-fuzz-XXXXXX";
	const unsigned char zeros[NOTE_SEED_LEN] = { 0 };
	const struct hash leaves[] = { leaf_no(0), leaf_no(1), leaf_no(2) };
	must(mkdtemp(folder) != NULL);
	data_folder = text_z(arena, text_of(folder));
	const struct call call = { .data = data_folder, .body = "test" };
	must(open_room(arena, &call, &room) == OK);
	const struct text origin = note_origin(arena, T("test"));
	bool is_known;
	must(sealer_log_of(&room, arena, origin, &place, &is_known) == OK && is_known);
	must(file_replace(place.key, (struct text){ (const char *)zeros, sizeof zeros }, 0600) == OK);
	SECRET_SCOPED seed = secret_open(NOTE_SEED_LEN);
	const struct head head = { place.origin, 3, merkle_root_of(leaves, 3) };
	first_note = note_sign(arena, &head, seed);
}

static void
head_now(struct arena *arena, struct head *head)
{
	struct text note;
	must(sealer_read_head(&place, arena, head, &note) == OK);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct arena *always;
	struct head head;
	if (size > (1 << 16))
		return 0;
	if (always == NULL) {
		secret_start();
		always = arena_open(ARENA_USUAL);
		make_room(always);
	}
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	/* As at the beginning, whatever keys and heads the last input made. */
	const unsigned char zeros[NOTE_SEED_LEN] = { 0 };
	unlink(place.next);
	unlink(place.old);
	must(file_replace(place.key, (struct text){ (const char *)zeros, sizeof zeros }, 0600) == OK);
	must(file_replace(place.head, first_note, 0644) == OK);
	const struct text answer = sealer_answer(&room, arena, fuzz_text(arena, data, size));
	head_now(arena, &head);
	must(head.size >= 3);
	const bool is_signed = text_starts(answer, T("{\"answer\":\"signed\""));
	must(text_starts(answer, T("{\"answer\":\"")));
	must(head.size == 3 || is_signed);
	error_sweep();
	return 0;
}

/* What it made goes with it. */
__attribute__((destructor)) static void
remove_room(void)
{
	if (data_folder == NULL)
		return;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	unlink(place.key);
	unlink(place.next);
	unlink(place.old);
	unlink(place.vkey);
	unlink(place.head);
	unlink(path_join(arena, room.folder, "lock"));
	rmdir(room.folder);
	rmdir(path_join(arena, data_folder, "seal"));
	rmdir(data_folder);
}
