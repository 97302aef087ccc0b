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

/* A rollback appends to a store that may know of no logs yet. */
static struct error *
newest_log(struct look *look, bool *found, struct journal_log_newest_row *row)
{
	bool has;
	*found = false;
	TRY(store_has_step(look, T("journal"), JOURNAL_LOGS_STEP, &has));
	return has ? journal_log_newest(look, found, row) : OK;
}

/* The log of the store's newest entry; a body made by 0.1.0 has no row for its first. */
static struct error *
log_of_store(struct act *act, int64_t size, int64_t *log, int64_t *first)
{
	struct journal_log_newest_row row;
	bool found;
	TRY(newest_log(&act->look, &found, &row));
	*log = found ? row.id : size > 0 ? 0 : -1;
	*first = found ? row.first : 0;
	return OK;
}

static struct error *
load(struct journal *journal, struct act *act, int64_t size)
{
	journal->is_loaded = false;
	journal->is_closing = false;
	TRY(log_of_store(act, size, &journal->log, &journal->first));
	const struct log_tree tree = { &act->look, journal->log, journal->first, NULL };
	TRY(frontier_load(&tree, size - journal->first, &journal->frontier));
	journal->is_loaded = true;
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
	bool is_done = false;
	TRY(size_of(&act->look, &size));
	const struct log_tree tree = { &act->look, journal->log, journal->first, NULL };
	if (journal->is_loaded && journal->log >= 0)
		TRY(frontier_follow(&tree, size - journal->first, &journal->frontier, &is_done));
	if (is_done || (journal->is_loaded && size == 0 && journal->log < 0))
		return OK;
	return load(journal, act, size);
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
		TRY(journal_tile_add(act, &(struct journal_tile_add_in){
						  tile_id(journal->log, level, no), hashes }));
	}
	return OK;
}

static struct error *
append_part(struct journal *journal, struct act *act, struct entry_part *part)
{
	struct text entry;
	part->body = journal->body;
	part->seq = journal->first + journal->frontier.tree.size;
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
append_parts(struct journal *journal, struct act *act, const struct store_note *note)
{
	struct entry_part part = { .note = note, .part = 1 };
	do {
		const size_t left = note->row_count - part.first_row;
		part.row_count = left < JOURNAL_ROWS_MOST ? left : JOURNAL_ROWS_MOST;
		TRY(append_part(journal, act, &part));
		part.first_row += part.row_count;
		part.part++;
	} while (part.first_row < note->row_count);
	return OK;
}

/* The log that follows: from here on leaves count from 0 again. */
struct error *
journal_start_log(struct journal *journal, struct act *act, int64_t log, int64_t first,
		  struct text origin, struct text place)
{
	frontier_begin(&journal->frontier);
	journal->log = log;
	journal->first = first;
	return journal_log_add(act, &(struct journal_log_add_in){ log, first, origin, place });
}

enum { PLACE_LEN = 4 };

static struct text
pair_of(const struct fact *fact, const char *name)
{
	for (size_t at = 0; at < FACT_MOST_PAIRS && fact->pairs[at].name != NULL; at++)
		if (strcmp(fact->pairs[at].name, name) == 0)
			return fact->pairs[at].text;
	return T("");
}

static struct error *
append_close(struct journal *journal, struct act *act, const struct store_note *note)
{
	const struct text origin = pair_of(note->fact, "next-origin");
	if (origin.len <= PLACE_LEN || origin.len > NOTE_ORIGIN_MOST)
		return broken("次の記録簿の名前が正しくありません。");
	TRY(append_parts(journal, act, note));
	memcpy(journal->next_origin, origin.data, origin.len);
	journal->next_origin[origin.len] = '\0';
	journal->is_closing = true;
	return journal_log_key_add(
		act, &(struct journal_log_key_add_in){
			     journal->first + journal->frontier.tree.size - 1, journal->log + 1,
			     pair_of(note->fact, "next-vkey") });
}

/* Leaf 0 of the next log says what the whole log before it was: only here is that known. */
static struct error *
append_begin(struct journal *journal, struct act *act, const struct store_note *note)
{
	struct journal_log was;
	struct fact fact = *note->fact;
	struct store_note told = *note;
	if (!journal->is_closing)
		return broken("記録簿を閉じずに、次の記録簿を始めることはできません。");
	const int64_t size = journal->frontier.tree.size;
	const struct hash root = merkle_root(&journal->frontier.tree);
	TRY(journal_log_at(&act->look, journal->first + size - 1, &was));
	fact.pairs[0] = (struct fact_pair){ .name = "previous-origin", .text = was.origin };
	fact.pairs[1] = (struct fact_pair){ .name = "previous-root",
					    .text = hash_hex(act->look.arena, &root) };
	fact.pairs[2] = (struct fact_pair){ .name = "previous-size", .number = size };
	told.fact = &fact;
	journal->is_closing = false;
	/* The origin ends with the place; the clock may have gone on since it was made. */
	const struct text origin = text_of(journal->next_origin);
	TRY(journal_start_log(journal, act, journal->log + 1, journal->first + size, origin,
		      text_from(origin, origin.len - PLACE_LEN)));
	return append_parts(journal, act, &told);
}

static struct error *
append_one(struct journal *journal, struct act *act, const struct store_note *note)
{
	struct arena *arena = act->look.arena;
	const struct text kind = text_of(note->fact->act);
	if (journal->log < 0) {
		const struct text place = log_place(arena, note->at);
		TRY(journal_start_log(journal, act, 0, 0, log_origin(arena, journal->body, place), place));
	}
	if (text_is(kind, ACT_BEGIN))
		return append_begin(journal, act, note);
	if (journal->is_closing)
		return broken("閉じた記録簿に、記録を足すことはできません。");
	if (text_is(kind, ACT_CLOSE))
		return append_close(journal, act, note);
	TRY(append_parts(journal, act, note));
	if (!text_is(kind, ACT_KEY))
		return OK;
	return journal_log_key_add(
		act, &(struct journal_log_key_add_in){
			     journal->first + journal->frontier.tree.size - 1, journal->log,
			     pair_of(note->fact, "vkey") });
}

static struct error *
append(void *self, struct act *act, const struct store_note *note)
{
	struct journal *journal = self;
	struct error *error = append_one(journal, act, note);
	if (error != OK)
		journal->is_loaded = false;
	return error;
}

/* Another process may have begun the next log meanwhile. */
static struct error *
begin(void *self, struct act *act)
{
	struct journal *journal = self;
	struct journal_log_newest_row row;
	bool found;
	TRY(newest_log(&act->look, &found, &row));
	if (found && row.id != journal->log)
		journal->is_loaded = false;
	journal->is_closing = false;
	return journal_catch_up(journal, act);
}

static void
end(void *self, bool is_committed)
{
	struct journal *journal = self;
	journal->is_closing = false;
	if (!is_committed) {
		journal->is_loaded = false;
		return;
	}
	pthread_mutex_lock(&journal->lock);
	journal->committed = journal->first + journal->frontier.tree.size;
	pthread_cond_signal(&journal->has_new);
	pthread_mutex_unlock(&journal->lock);
}

struct error *
journal_open(struct arena *into, struct store *store, struct text body, struct journal **journal)
{
	struct journal *made = ARENA_NEW(into, struct journal);
	made->arena = into;
	made->body = text_copy(into, body);
	made->log = -1;
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
