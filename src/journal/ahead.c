/*
 * Reading ahead of the check: threads take runs of entries, hash them and their tiles, scan them, and
 * hold them against their own numbers, leaves and index rows. A run in which anything at all is not
 * as it should be is only marked; who reports reads it again.
 */
#include "journal/journal_sql.h"
#include "journal/rooms.h"

#include <string.h>

/* A run of larger entries is left to the one who reports, so that memory stays small. */
enum { RING = 16, RUN_ROOM = 64 << 20, BYTES_MOST = 8 << 20, ROWS_FIRST = 2 * RUN_LEN };

struct expected {
	int64_t id;
	struct text about;
};

struct ahead {
	struct arena *arena;
	struct crew *crew;
	pthread_mutex_t lock;
	pthread_cond_t is_read, is_free;
	int64_t first;	  /* entry where the first run begins */
	int64_t count;
	int64_t taken;	  /* runs that a thread has begun */
	int64_t given;	  /* runs that were handed out and are done with */
	bool is_closing;
	bool is_ready[RING];
	struct run runs[RING];
};

/* One run being read. */
struct reading {
	struct run *run;
	int64_t next;
	struct expected *expected;
	size_t expected_count, met, bytes;
	struct text *leaves; /* as they are hashed: 0x00 and the entry */
	struct hash *stored; /* leaves, as the store has them */
	bool is_clean;
};

static int32_t
table_of(struct run *run, struct text table)
{
	for (int32_t at = 0; at < run->table_count; at++)
		if (text_same(run->tables[at], table))
			return at;
	if (run->table_count == RUN_TABLES_MOST)
		return -1;
	run->tables[run->table_count] = text_copy(run->arena, table);
	return run->table_count++;
}

static void
add_row(struct run *run, const struct run_row *row)
{
	if (run->row_count == run->row_room) {
		struct run_row *more = ARENA_ARRAY(run->arena, struct run_row, run->row_room * 2);
		memcpy(more, run->rows, run->row_count * sizeof *more);
		run->rows = more;
		run->row_room *= 2;
	}
	run->rows[run->row_count++] = *row;
}

static bool
read_rows(struct run *run, struct text rows, int64_t seq)
{
	struct row_digest digest = { 0 };
	while (rows.len != 0) {
		if (!scan_row(&rows, &digest))
			return false;
		const int32_t table = table_of(run, digest.table);
		if (table < 0)
			return false;
		add_row(run, &(struct run_row){ digest.id, seq, digest.digest, table,
						digest.is_gone });
	}
	return true;
}

static bool
is_same_body(struct run *run, struct text body)
{
	if (run->body.len == 0)
		run->body = text_copy(run->arena, body);
	return body.len != 0 && text_same(run->body, body);
}

/* Times sort as bytes; a step back is for the one who reports to weigh. */
static bool
is_later(struct run *run, struct text time, bool is_first)
{
	if (time.len != sizeof run->last_time ||
	    (!is_first && memcmp(time.data, run->last_time, time.len) < 0))
		return false;
	if (is_first)
		memcpy(run->first_time, time.data, time.len);
	memcpy(run->last_time, time.data, time.len);
	return true;
}

static struct text
keep_entry(struct reading *reading, ptrdiff_t no, struct text entry)
{
	char *room = arena_bytes(reading->run->arena, entry.len + 1);
	room[0] = 0;
	memcpy(room + 1, entry.data, entry.len);
	reading->bytes += entry.len;
	reading->leaves[no] = (struct text){ room, entry.len + 1 };
	return (struct text){ room + 1, entry.len };
}

static bool
read_entry(struct reading *reading, const struct journal_entry_all_row *row)
{
	struct run *run = reading->run;
	struct entry_scan scan;
	const ptrdiff_t no = reading->next - run->first;
	/* SQLite's own bytes are gone with the next step. */
	const struct text entry = keep_entry(reading, no, row->entry);
	if (reading->bytes > BYTES_MOST || !entry_scan(entry, &scan) || scan.seq != row->id ||
	    /* What the journal says about itself is followed entry by entry. */
	    row->leaf.len != HASH_LEN || !is_same_body(run, scan.body) ||
	    text_starts(scan.act, T("journal.")) || !is_later(run, scan.time, row->id == run->first))
		return false;
	memcpy(reading->stored[no].at, row->leaf.data, HASH_LEN);
	for (size_t at = 0; at < scan.about_count; at++)
		reading->expected[reading->expected_count++] = (struct expected){
			row->id * FACT_MOST_ABOUT + (int64_t)at, /* below 8 */
			scan.about[at]
		};
	return read_rows(run, scan.rows, row->id);
}

static struct error *
each_entry(void *with, const struct journal_entry_all_row *row)
{
	struct reading *reading = with;
	reading->is_clean = reading->is_clean && row->id == reading->next &&
			    read_entry(reading, row);
	reading->next++;
	return OK;
}

static struct error *
each_about(void *with, const struct journal_about_walk_row *row)
{
	struct reading *reading = with;
	const size_t at = reading->met++;
	reading->is_clean = reading->is_clean && at < reading->expected_count &&
			    row->id == reading->expected[at].id &&
			    row->entry == row->id / FACT_MOST_ABOUT &&
			    text_same(row->about, reading->expected[at].about);
	return OK;
}

/* All that a run has to hash, many at once. False when a leaf is not the store's. */
static bool
hash_run(struct reading *reading)
{
	struct run *run = reading->run;
	hash_many(reading->leaves, RUN_LEN, run->leaves);
	if (memcmp(run->leaves, reading->stored, RUN_LEN * sizeof *run->leaves) != 0)
		return false;
	struct hash *nodes = ARENA_ARRAY(run->arena, struct hash, RUN_LEN / 2);
	merkle_level(run->leaves, RUN_LEN / 2, nodes);
	for (size_t count = RUN_LEN / 4; count >= RUN_TILES; count /= 2)
		merkle_level(nodes, count, nodes);
	memcpy(run->roots, nodes, sizeof run->roots);
	return true;
}

static void
read_run(struct run *run, struct look *look)
{
	struct reading reading = { .run = run, .next = run->first, .is_clean = true };
	const int64_t before = run->first + RUN_LEN;
	arena_reset(run->arena);
	run->leaves = ARENA_ARRAY(run->arena, struct hash, RUN_LEN);
	run->rows = ARENA_ARRAY(run->arena, struct run_row, ROWS_FIRST);
	run->row_room = ROWS_FIRST;
	run->row_count = 0;
	run->table_count = 0;
	run->body = T("");
	reading.leaves = ARENA_ARRAY(run->arena, struct text, RUN_LEN);
	reading.stored = ARENA_ARRAY(run->arena, struct hash, RUN_LEN);
	reading.expected = (void *)arena_bytes(run->arena, sizeof *reading.expected * RUN_LEN * FACT_MOST_ABOUT);
	const bool is_read =
		journal_entry_all(look, &(struct journal_entry_all_in){ run->first, before },
				  each_entry, &reading) == OK &&
		journal_about_walk(look,
				   &(struct journal_about_walk_in){ run->first * FACT_MOST_ABOUT,
								    before * FACT_MOST_ABOUT },
				   each_about, &reading) == OK;
	run->abouts = (int64_t)reading.expected_count; /* below 8 * RUN_LEN */
	run->is_clean = is_read && reading.is_clean && reading.next == before &&
			reading.met == reading.expected_count && hash_run(&reading);
}

/* The number of a run to read; -1 when there is no more. */
static int64_t
take_run(struct ahead *ahead)
{
	int64_t no = -1;
	pthread_mutex_lock(&ahead->lock);
	while (!ahead->is_closing && ahead->taken < ahead->count &&
	       ahead->taken >= ahead->given + RING)
		pthread_cond_wait(&ahead->is_free, &ahead->lock);
	if (!ahead->is_closing && ahead->taken < ahead->count)
		no = ahead->taken++;
	pthread_mutex_unlock(&ahead->lock);
	return no;
}

static void
work(void *with, struct look *look)
{
	struct ahead *ahead = with;
	for (int64_t no = take_run(ahead); no >= 0; no = take_run(ahead)) {
		struct run *run = &ahead->runs[no % RING];
		run->first = ahead->first + no * RUN_LEN;
		read_run(run, look);
		pthread_mutex_lock(&ahead->lock);
		ahead->is_ready[no % RING] = true;
		pthread_cond_signal(&ahead->is_read);
		pthread_mutex_unlock(&ahead->lock);
	}
}

struct ahead *
ahead_open(struct crew *crew, int64_t first, int64_t count)
{
	struct arena *arena = arena_open(ARENA_USUAL);
	struct ahead *ahead = ARENA_NEW(arena, struct ahead);
	ahead->arena = arena;
	ahead->crew = crew;
	ahead->first = first;
	ahead->count = count;
	pthread_mutex_init(&ahead->lock, NULL);
	pthread_cond_init(&ahead->is_read, NULL);
	pthread_cond_init(&ahead->is_free, NULL);
	for (size_t at = 0; at < RING && count > 0; at++)
		ahead->runs[at].arena = arena_open(RUN_ROOM);
	if (count > 0)
		crew_start(crew, work, ahead);
	return ahead;
}

/* Without a thread left the run stays unread, and so is not clean. */
const struct run *
ahead_next(struct ahead *ahead)
{
	pthread_mutex_lock(&ahead->lock);
	const int64_t no = ahead->given;
	struct run *run = &ahead->runs[no % RING];
	if (ahead->crew->count == 0)
		*run = (struct run){ .arena = run->arena, .first = ahead->first + no * RUN_LEN };
	while (ahead->crew->count != 0 && !ahead->is_ready[no % RING])
		pthread_cond_wait(&ahead->is_read, &ahead->lock);
	pthread_mutex_unlock(&ahead->lock);
	return run;
}

void
ahead_done(struct ahead *ahead)
{
	pthread_mutex_lock(&ahead->lock);
	ahead->is_ready[ahead->given % RING] = false;
	ahead->given++;
	pthread_cond_broadcast(&ahead->is_free);
	pthread_mutex_unlock(&ahead->lock);
}

void
ahead_close(struct ahead *ahead)
{
	pthread_mutex_lock(&ahead->lock);
	ahead->is_closing = true;
	pthread_cond_broadcast(&ahead->is_free);
	pthread_mutex_unlock(&ahead->lock);
	if (ahead->count > 0)
		crew_wait(ahead->crew);
	for (size_t at = 0; at < RING && ahead->count > 0; at++)
		arena_close(ahead->runs[at].arena);
	pthread_cond_destroy(&ahead->is_read);
	pthread_cond_destroy(&ahead->is_free);
	pthread_mutex_destroy(&ahead->lock);
	arena_close(ahead->arena);
}
