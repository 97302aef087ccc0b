/* Entries in the transaction of their change. Everything here runs on the thread that writes. */
#include "journal/journal_sql.h"
#include "journal/rooms.h"

#include <string.h>

static struct error *
size_of(struct look *look, int64_t *size)
{
	struct journal_entry_top_row top;
	bool found;
	TRY(journal_entry_top(look, &found, &top));
	*size = found ? top.id + 1 : 0;
	return OK;
}

enum { FOLLOW_MOST = 4096 };

static const struct hash *
last_leaf(const struct frontier *frontier)
{
	return &frontier->pending[0][(frontier->tree.size - 1) % TILE_WIDTH];
}

struct following {
	struct frontier *frontier;
	int64_t next;
	bool is_same; /* what we have is still what the store has */
};

static struct error *
follow_leaf(void *with, const struct journal_leaves_row *row)
{
	struct following *following = with;
	struct frontier *frontier = following->frontier;
	struct hash leaf = { { 0 } };
	if (row->leaf.len != HASH_LEN || row->id != following->next)
		following->is_same = false;
	else
		memcpy(leaf.at, row->leaf.data, HASH_LEN);
	following->next++;
	if (row->id < frontier->tree.size)
		following->is_same = following->is_same && hash_same(&leaf, last_leaf(frontier));
	int full;
	if (following->is_same && row->id == frontier->tree.size)
		frontier_add(frontier, &leaf, &full);
	return OK;
}

/* From our last entry, which must be the store's too, on to its end. */
static struct error *
follow(struct journal *journal, struct act *act, int64_t size, bool *is_done)
{
	struct frontier *frontier = &journal->frontier;
	const int64_t first = frontier->tree.size - 1;
	*is_done = false;
	if (!journal->is_loaded || first < 0 || size <= first || size - first > FOLLOW_MOST)
		return OK;
	struct following following = { frontier, first, true };
	TRY(journal_leaves(&act->look, &(struct journal_leaves_in){ first, size }, follow_leaf,
			   &following));
	*is_done = following.is_same && frontier->tree.size == size;
	return OK;
}

/*
 * The frontier in memory is the tree of the last append. The store says when its own may be another:
 * an act behind it was undone, or another process has appended since.
 */
struct error *
journal_catch_up(struct journal *journal, struct act *act)
{
	int64_t size;
	bool is_done;
	TRY(size_of(&act->look, &size));
	TRY(follow(journal, act, size, &is_done));
	if (is_done || (journal->is_loaded && size == 0 && journal->frontier.tree.size == 0))
		return OK;
	journal->is_loaded = false;
	TRY(frontier_load(&act->look, size, &journal->frontier));
	journal->is_loaded = true;
	return OK;
}

struct error *
journal_add_abouts(struct act *act, const struct text *about, size_t count, int64_t seq)
{
	int64_t place = 0;
	for (size_t at = 0; at < count && about[at].len != 0; at++) {
		bool is_new = true;
		for (size_t before = 0; before < at; before++)
			is_new = is_new && !text_same(about[before], about[at]);
		if (!is_new)
			continue;
		TRY(journal_about_add(act, &(struct journal_about_add_in){
						   seq * FACT_MOST_ABOUT + place, about[at], seq }));
		place++;
	}
	return OK;
}

struct error *
journal_add_leaf(struct journal *journal, struct act *act, const struct hash *leaf)
{
	struct frontier *frontier = &journal->frontier;
	int full;
	frontier_add(frontier, leaf, &full);
	for (int level = 0; level < full; level++) {
		const int64_t no = (frontier->tree.size >> (8 * (level + 1))) - 1;
		const struct text hashes = { (const char *)frontier->pending[level], TILE_BYTES };
		TRY(journal_tile_add(act, &(struct journal_tile_add_in){ tile_id(level, no),
									 hashes }));
	}
	return OK;
}

static struct error *
append_part(struct journal *journal, struct act *act, struct entry_part *part)
{
	struct text entry;
	part->body = journal->body;
	part->seq = journal->frontier.tree.size;
	TRY(entry_write(act->look.arena, part, &entry));
	const struct hash leaf = merkle_leaf(entry);
	TRY(journal_entry_add(
		act, &(struct journal_entry_add_in){ part->seq, entry, hash_bytes(&leaf) }));
	TRY(journal_salt_add(act, &(struct journal_salt_add_in){ part->seq,
								 hash_bytes(&part->note->salt) }));
	TRY(journal_add_abouts(act, part->note->fact->about, FACT_MOST_ABOUT, part->seq));
	return journal_add_leaf(journal, act, &leaf);
}

static struct error *
append(void *self, struct act *act, const struct store_note *note)
{
	struct journal *journal = self;
	struct entry_part part = { .note = note, .part = 1 };
	do {
		const size_t left = note->row_count - part.first_row;
		part.row_count = left < JOURNAL_ROWS_MOST ? left : JOURNAL_ROWS_MOST;
		struct error *error = append_part(journal, act, &part);
		if (error != OK) {
			journal->is_loaded = false;
			return error;
		}
		part.first_row += part.row_count;
		part.part++;
	} while (part.first_row < note->row_count);
	return OK;
}

static struct error *
begin(void *self, struct act *act)
{
	return journal_catch_up(self, act);
}

static void
end(void *self, bool is_committed)
{
	struct journal *journal = self;
	if (!is_committed) {
		journal->is_loaded = false;
		return;
	}
	pthread_mutex_lock(&journal->lock);
	journal->committed = journal->frontier.tree.size;
	pthread_cond_signal(&journal->has_new);
	pthread_mutex_unlock(&journal->lock);
}

struct error *
journal_open(struct arena *into, struct store *store, struct text body, struct journal **journal)
{
	struct journal *made = ARENA_NEW(into, struct journal);
	made->arena = into;
	made->body = text_copy(into, body);
	pthread_mutex_init(&made->lock, NULL);
	pthread_condattr_t steady;
	pthread_condattr_init(&steady);
	pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	pthread_cond_init(&made->has_new, &steady);
	pthread_condattr_destroy(&steady);
	const struct store_journal plug = { made, append, begin, end };
	store_attach(store, &plug);
	*journal = made;
	return OK;
}

struct error *
journal_size(struct look *look, int64_t *size)
{
	return size_of(look, size);
}
