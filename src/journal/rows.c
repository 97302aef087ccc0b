/*
 * The last digest of every row as the entries give it: an open hash table in an arena of its own,
 * 64 bytes a row, and the store's rows held against it.
 */
#include "journal/journal_sql.h"
#include "journal/rooms.h"

#include <string.h>

enum { TABLES_MOST = 512, SLOTS_FIRST = 1 << 12, MAP_SHIFT_MOST = 36 };

struct slot {
	int64_t id;
	int64_t seq;
	struct hash digest;
	int32_t table; /* 1 + place in tables[], 0: free */
	bool is_gone, is_seen;
};

struct row_map {
	struct arena *arena;	   /* of the map and the names */
	struct arena *slots_arena; /* replaced when the table grows */
	struct slot *slots;
	size_t room, used;
	struct text tables[TABLES_MOST];
	int32_t table_count, last_table;
};

static void
make_slots(struct row_map *map, size_t room)
{
	map->slots_arena = arena_open((size_t)1 << MAP_SHIFT_MOST);
	map->slots = ARENA_ARRAY(map->slots_arena, struct slot, room);
	map->room = room;
}

struct row_map *
row_map_open(void)
{
	struct arena *arena = arena_open(ARENA_USUAL);
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

/* 1 + place; 0 when there is no such table and none may be made. */
static int32_t
table_no(struct row_map *map, struct text table, bool may_add)
{
	if (map->last_table != 0 && text_same(map->tables[map->last_table - 1], table))
		return map->last_table;
	for (int32_t at = 0; at < map->table_count; at++)
		if (text_same(map->tables[at], table))
			return map->last_table = at + 1;
	if (!may_add || map->table_count == TABLES_MOST)
		return 0;
	map->tables[map->table_count] = text_copy(map->arena, table);
	return map->last_table = ++map->table_count;
}

static struct slot *
find(const struct row_map *map, int32_t table, int64_t id)
{
	/* Ids count up: a multiplier spreads them, and tables apart. */
	uint64_t key = (uint64_t)id * 0x9E3779B97F4A7C15u + (uint64_t)table * 0xC2B2AE3D27D4EB4Fu;
	key ^= key >> 32;
	size_t at = key & (map->room - 1);
	while (map->slots[at].table != 0 &&
	       (map->slots[at].table != table || map->slots[at].id != id))
		at = (at + 1) & (map->room - 1);
	return &map->slots[at];
}

static void
grow(struct row_map *map)
{
	const struct row_map old = *map;
	make_slots(map, old.room * 2);
	for (size_t at = 0; at < old.room; at++)
		if (old.slots[at].table != 0)
			*find(map, old.slots[at].table, old.slots[at].id) = old.slots[at];
	arena_close(old.slots_arena);
}

void
row_map_put(struct row_map *map, const struct row_digest *row, int64_t seq)
{
	const int32_t table = table_no(map, row->table, true);
	if (table == 0)
		return;
	if (map->used * 10 >= map->room * 7)
		grow(map);
	struct slot *slot = find(map, table, row->id);
	if (slot->table == 0)
		map->used++;
	*slot = (struct slot){ .id = row->id, .seq = seq, .table = table,
			       .is_gone = row->is_gone };
	if (!row->is_gone)
		slot->digest = row->digest;
}

struct comparing {
	struct row_map *map;
	struct look *look;
	struct journal_report *report;
	struct arena *scratch;
	int64_t salt_seq;
	struct hash salt;
};

static bool
read_salt(struct comparing *comparing, int64_t seq)
{
	struct look look = *comparing->look;
	struct journal_salt_read_row row;
	bool found;
	if (comparing->salt_seq == seq)
		return true;
	arena_reset(comparing->scratch);
	look.arena = comparing->scratch;
	comparing->salt_seq = -1;
	if (journal_salt_read(&look, &(struct journal_salt_read_in){ seq }, &found, &row) != OK ||
	    !found || row.salt.len != HASH_LEN)
		return false;
	memcpy(comparing->salt.at, row.salt.data, HASH_LEN);
	comparing->salt_seq = seq;
	return true;
}

static bool
salt_of(void *with, struct text table, int64_t id, struct hash *salt)
{
	struct comparing *comparing = with;
	const int32_t no = table_no(comparing->map, table, false);
	if (no == 0)
		return false;
	const struct slot *slot = find(comparing->map, no, id);
	if (slot->table == 0 || slot->is_gone || !read_salt(comparing, slot->seq))
		return false;
	*salt = comparing->salt;
	return true;
}

static struct error *
compare_row(void *with, const struct row_digest *row)
{
	struct comparing *comparing = with;
	const int32_t no = table_no(comparing->map, row->table, false);
	struct slot *slot = no == 0 ? NULL : find(comparing->map, no, row->id);
	comparing->report->rows++;
	if (slot == NULL || slot->table == 0 || slot->is_gone) {
		report_row(comparing->look->arena, comparing->report, FINDING_ROW_ADDED,
			   row->table, row->id,
			   slot == NULL || slot->table == 0 ? -1 : slot->seq);
		return OK;
	}
	slot->is_seen = true;
	if (!hash_same(&slot->digest, &row->digest))
		report_row(comparing->look->arena, comparing->report, FINDING_ROW_EDITED,
			   row->table, row->id, slot->seq);
	return OK;
}

struct error *
row_map_compare(struct row_map *map, struct look *look, struct journal_report *report)
{
	ARENA_SCOPED scratch = arena_open(ARENA_USUAL);
	struct comparing comparing = { map, look, report, scratch, -1, { { 0 } } };
	const struct row_check check = { &comparing, salt_of, compare_row };
	TRY(store_walk_rows(look, &check));
	for (size_t at = 0; at < map->room; at++) {
		const struct slot *slot = &map->slots[at];
		if (slot->table != 0 && !slot->is_gone && !slot->is_seen)
			report_row(look->arena, report, FINDING_ROW_REMOVED,
				   map->tables[slot->table - 1], slot->id, slot->seq);
	}
	return OK;
}
