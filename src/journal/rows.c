/*
 * The last digest of every row as the entries give it, and the store's rows held against it. Ids of
 * a table are mostly dense: pages of 16 rows, found through an open hash table of pointers.
 */
#include "journal/journal_sql.h"
#include "journal/rooms.h"

#include <stdatomic.h>
#include <string.h>

enum { TABLES_MOST = 512, SLOTS_FIRST = 1 << 10, MAP_SHIFT_MOST = 36, PAGE_SHIFT = 4,
       PAGE_ROWS = 1 << PAGE_SHIFT };

enum cell_state { CELL_FREE, CELL_THERE, CELL_GONE };

struct cell {
	int64_t seq;
	struct hash digest;
	uint8_t state; /* enum cell_state */
	bool is_seen;
};

struct page {
	int64_t no;	 /* id >> PAGE_SHIFT */
	int32_t table;	 /* 1 + place in tables[] */
	struct page *next; /* in the order in which they were made */
	struct cell cells[PAGE_ROWS];
};

struct row_map {
	struct arena *arena;	   /* of the map, the names and the pages */
	struct arena *slots_arena; /* replaced when the table grows */
	struct page **slots;
	size_t room, used;
	struct page *first, *last_made, *last_met;
	struct text tables[TABLES_MOST];
	int32_t table_count, last_table;
};

static void
make_slots(struct row_map *map, size_t room)
{
	map->slots_arena = arena_open((size_t)1 << MAP_SHIFT_MOST);
	map->slots = ARENA_ARRAY(map->slots_arena, struct page *, room);
	map->room = room;
}

struct row_map *
row_map_open(void)
{
	struct arena *arena = arena_open((size_t)1 << MAP_SHIFT_MOST);
	struct row_map *map = ARENA_NEW(arena, struct row_map);
	map->arena = arena;
	make_slots(map, SLOTS_FIRST);
	return map;
}

void
row_map_close(struct row_map **map)
{
	if (*map == NULL)
		return;
	arena_close((*map)->slots_arena);
	arena_close((*map)->arena);
	*map = NULL;
}

/* 1 + place; 0 when there is no such table. */
static int32_t
table_known(const struct row_map *map, struct text table)
{
	for (int32_t at = 0; at < map->table_count; at++)
		if (text_same(map->tables[at], table))
			return at + 1;
	return 0;
}

/* The same, made when there is none and one may be made. */
static int32_t
table_no(struct row_map *map, struct text table)
{
	if (map->last_table != 0 && text_same(map->tables[map->last_table - 1], table))
		return map->last_table;
	const int32_t known = table_known(map, table);
	if (known != 0 || map->table_count == TABLES_MOST)
		return map->last_table = known;
	map->tables[map->table_count] = text_copy(map->arena, table);
	return map->last_table = ++map->table_count;
}

static struct page **
slot_of(const struct row_map *map, int32_t table, int64_t no)
{
	/* Numbers count up: a multiplier spreads them, and tables apart. */
	uint64_t key = (uint64_t)no * 0x9E3779B97F4A7C15u + (uint64_t)table * 0xC2B2AE3D27D4EB4Fu;
	key ^= key >> 32;
	size_t at = key & (map->room - 1);
	while (map->slots[at] != NULL &&
	       (map->slots[at]->table != table || map->slots[at]->no != no))
		at = (at + 1) & (map->room - 1);
	return &map->slots[at];
}

static void
grow(struct row_map *map)
{
	struct arena *old = map->slots_arena;
	make_slots(map, map->room * 2);
	for (struct page *page = map->first; page != NULL; page = page->next)
		*slot_of(map, page->table, page->no) = page;
	arena_close(old);
}

static struct page *
make_page(struct row_map *map, int32_t table, int64_t no)
{
	if (map->used * 10 >= map->room * 7)
		grow(map);
	struct page *page = ARENA_NEW(map->arena, struct page);
	page->no = no;
	page->table = table;
	*slot_of(map, table, no) = page;
	map->used++;
	if (map->first == NULL)
		map->first = page;
	else
		map->last_made->next = page;
	return map->last_made = page;
}

static void
put(struct row_map *map, int32_t table, const struct run_row *row)
{
	const int64_t no = row->id >> PAGE_SHIFT;
	struct page *page = map->last_met;
	if (page == NULL || page->no != no || page->table != table)
		page = *slot_of(map, table, no);
	if (page == NULL)
		page = make_page(map, table, no);
	map->last_met = page;
	page->cells[row->id & (PAGE_ROWS - 1)] =
		(struct cell){ .seq = row->seq, .digest = row->digest,
			       .state = row->is_gone ? CELL_GONE : CELL_THERE };
}

void
row_map_put(struct row_map *map, const struct row_digest *row, int64_t seq)
{
	const int32_t table = table_no(map, row->table);
	if (table != 0)
		put(map, table,
		    &(struct run_row){ .id = row->id, .seq = seq, .digest = row->digest,
				       .is_gone = row->is_gone });
}

void
row_map_put_run(struct row_map *map, const struct run *run)
{
	int32_t tables[RUN_TABLES_MOST] = { 0 };
	for (int32_t at = 0; at < run->table_count; at++)
		tables[at] = table_no(map, run->tables[at]);
	for (size_t at = 0; at < run->row_count; at++)
		if (tables[run->rows[at].table] != 0)
			put(map, tables[run->rows[at].table], &run->rows[at]);
}

/* ---- The store's rows ---- */

enum { SALTS = 256 };

struct comparing {
	struct row_map *map;
	struct look *look;
	struct journal_report *report; /* NULL when reading ahead */
	struct arena *scratch;
	int32_t table; /* of the part being walked */
	struct page *page; /* of the row that was asked for last, or NULL */
	bool is_clean; /* nothing was found in it */
	int64_t rows;
	/* Salts of entries as they stand one behind another. */
	int64_t salts_first, salts_end;
	struct hash salts[SALTS];
	bool has_salt[SALTS];
};

/* NULL: no entry knows the row. Changes nothing in the map: several threads may ask. */
static struct cell *
find(struct comparing *comparing, int64_t id)
{
	const int64_t no = id >> PAGE_SHIFT;
	struct page *page = comparing->page;
	if (comparing->table == 0)
		return NULL;
	if (page == NULL || page->no != no || page->table != comparing->table)
		page = comparing->page = *slot_of(comparing->map, comparing->table, no);
	struct cell *cell = page == NULL ? NULL : &page->cells[id & (PAGE_ROWS - 1)];
	return cell == NULL || cell->state == CELL_FREE ? NULL : cell;
}

static struct error *
keep_salt(void *with, const struct journal_salt_walk_row *row)
{
	struct comparing *comparing = with;
	const int64_t at = row->id - comparing->salts_first;
	if (row->salt.len == HASH_LEN) {
		memcpy(comparing->salts[at].at, row->salt.data, HASH_LEN);
		comparing->has_salt[at] = true;
	}
	return OK;
}

/* Rows in order of their ids were mostly written in that order: then many salts are read at once. */
static bool
read_salt(struct comparing *comparing, int64_t seq, struct hash *salt)
{
	if (seq < comparing->salts_first || seq >= comparing->salts_end) {
		struct look look = *comparing->look;
		const bool goes_on = seq >= comparing->salts_end &&
				     seq - comparing->salts_end < SALTS / 4;
		arena_reset(comparing->scratch);
		look.arena = comparing->scratch;
		memset(comparing->has_salt, 0, sizeof comparing->has_salt);
		comparing->salts_first = seq;
		comparing->salts_end = seq + (goes_on ? SALTS : 1);
		if (journal_salt_walk(&look,
				      &(struct journal_salt_walk_in){ seq, comparing->salts_end },
				      keep_salt, comparing) != OK) {
			comparing->salts_end = seq;
			return false;
		}
	}
	*salt = comparing->salts[seq - comparing->salts_first];
	return comparing->has_salt[seq - comparing->salts_first];
}

static bool
salt_of(void *with, struct text table, int64_t id, struct hash *salt)
{
	struct comparing *comparing = with;
	(void)table;
	const struct cell *cell = find(comparing, id);
	return cell != NULL && cell->state == CELL_THERE &&
	       read_salt(comparing, cell->seq, salt);
}

static struct error *
compare_row(void *with, const struct row_digest *row)
{
	struct comparing *comparing = with;
	struct cell *cell = find(comparing, row->id);
	const bool is_known = cell != NULL && cell->state == CELL_THERE;
	comparing->rows++;
	if (is_known)
		cell->is_seen = true;
	if (is_known && hash_same(&cell->digest, &row->digest))
		return OK;
	comparing->is_clean = false;
	if (comparing->report != NULL)
		report_row(comparing->look->arena, comparing->report,
			   is_known ? FINDING_ROW_EDITED : FINDING_ROW_ADDED, row->table, row->id,
			   cell == NULL ? -1 : cell->seq);
	return OK;
}

static struct error *
compare_part(struct comparing *comparing, const struct row_part *part)
{
	const struct row_check check = { comparing, salt_of, compare_row };
	comparing->table = table_known(comparing->map, part->table);
	comparing->is_clean = true;
	comparing->rows = 0;
	return store_walk_part(comparing->look, part, &check);
}

/* Parts that threads have found wholly in order, with how many rows. */
struct parts {
	struct row_map *map;
	const struct row_part *at;
	size_t count;
	bool *is_clean;
	int64_t *rows;
	atomic_size_t next;
};

static void
compare_ahead(void *with, struct look *look)
{
	struct parts *parts = with;
	ARENA_SCOPED scratch = arena_open(ARENA_USUAL);
	struct comparing comparing = { .map = parts->map, .look = look, .scratch = scratch };
	for (;;) {
		const size_t no = atomic_fetch_add(&parts->next, 1);
		if (no >= parts->count)
			return;
		parts->is_clean[no] = compare_part(&comparing, &parts->at[no]) == OK &&
				      comparing.is_clean;
		parts->rows[no] = comparing.rows;
	}
}

static struct error *
compare_rest(struct parts *parts, struct look *look, struct journal_report *report)
{
	ARENA_SCOPED scratch = arena_open(ARENA_USUAL);
	struct comparing comparing = { .map = parts->map, .look = look, .report = report,
				       .scratch = scratch };
	for (size_t no = 0; no < parts->count; no++) {
		if (!parts->is_clean[no]) {
			TRY(compare_part(&comparing, &parts->at[no]));
			parts->rows[no] = comparing.rows;
		}
		report->rows += parts->rows[no];
	}
	return OK;
}

static void
report_removed(const struct row_map *map, struct look *look, struct journal_report *report)
{
	for (const struct page *page = map->first; page != NULL; page = page->next)
		for (int64_t at = 0; at < PAGE_ROWS; at++)
			if (page->cells[at].state == CELL_THERE && !page->cells[at].is_seen)
				report_row(look->arena, report, FINDING_ROW_REMOVED,
					   map->tables[page->table - 1],
					   (int64_t)((uint64_t)page->no << PAGE_SHIFT) + at,
					   page->cells[at].seq);
}

struct error *
row_map_compare(struct row_map *map, struct look *look, struct crew *crew,
		struct journal_report *report)
{
	ARENA_SCOPED arena = arena_open((size_t)1 << 30);
	struct look listing = *look;
	struct row_part *at;
	struct parts parts = { .map = map };
	listing.arena = arena;
	TRY(store_row_parts(&listing, &at, &parts.count));
	parts.at = at;
	parts.is_clean = ARENA_ARRAY(arena, bool, parts.count + 1);
	parts.rows = ARENA_ARRAY(arena, int64_t, parts.count + 1);
	atomic_init(&parts.next, 0);
	crew_start(crew, compare_ahead, &parts);
	crew_wait(crew);
	TRY(compare_rest(&parts, look, report));
	report_removed(map, look, report);
	return OK;
}
