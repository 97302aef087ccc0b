/*
 * What is kept with the store and brought up entry by entry: kept.c and marks.c say what. The journal is
 * what there is to go by, since every changed row stands in an entry of it, by whatever program.
 */
#include "assure/rooms.h"

enum { ENTRIES_PAGE = 250 };

void *
following_open(size_t size, size_t most)
{
	struct arena *own = arena_open((size_t)1 << 20);
	struct following *following = arena_get(own, size, 1);
	following->own = own;
	following->arena = arena_open(most);
	pthread_mutex_init(&following->lock, NULL);
	return following;
}

void
following_close(void *index)
{
	struct following *following = index;
	struct arena *own = following->own;
	arena_close(following->arena);
	pthread_mutex_destroy(&following->lock);
	arena_close(own);
}

void
following_forget(struct following *following, const struct pack *pack, int64_t size)
{
	arena_reset(following->arena);
	following->pack = pack;
	following->size = size;
}

struct error *
newer_rows(struct look *look, struct newer_rows *newer)
{
	for (int64_t before = newer->size; before > newer->from && !newer->is_over;) {
		ARENA_SCOPED arena = arena_open((size_t)64 << 20);
		struct look reading = *look;
		struct journal_entry *entries;
		size_t count;
		reading.arena = arena;
		TRY(journal_history(&reading, T(""), before,
				    before - newer->from < ENTRIES_PAGE ? before - newer->from
									: ENTRIES_PAGE,
				    &entries, &count));
		if (count == 0) {
			newer->missing = before;
			return OK;
		}
		for (size_t at = 0; at < count; at++) {
			newer->entry = &entries[at];
			for (size_t row = 0; row < entries[at].row_count; row++)
				TRY(newer->see(&reading, newer, &entries[at].rows[row]));
		}
		before = entries[count - 1].seq;
	}
	return OK;
}
