/* Hashes of the tree from the store: full tiles where there are some, leaves where not yet. */
#include "journal/journal_sql.h"
#include "journal/rooms.h"

#include <string.h>

int64_t
tile_id(int level, int64_t no)
{
	return ((int64_t)level << TILE_LEVEL_SHIFT) + no;
}

struct error *
tile_read(struct look *look, int level, int64_t no, bool *found,
	  struct hash hashes[static TILE_WIDTH])
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct look scratch = *look;
	struct journal_tile_read_row row;
	scratch.arena = arena;
	TRY(journal_tile_read(&scratch, &(struct journal_tile_read_in){ .id = tile_id(level, no) },
			      found, &row));
	if (*found && row.hashes.len != TILE_BYTES)
		*found = false;
	if (*found)
		memcpy(hashes, row.hashes.data, TILE_BYTES);
	return OK;
}

struct leaves {
	int64_t first, count, got;
	struct hash *hashes;
};

static struct error *
take_leaf(void *with, const struct journal_leaves_row *row)
{
	struct leaves *leaves = with;
	if (row->id != leaves->first + leaves->got || row->leaf.len != HASH_LEN)
		return broken("記録簿の記録 %lld が欠けているか、壊れています。bansho verify で確かめてください。",
			      (long long)(leaves->first + leaves->got));
	memcpy(leaves->hashes[leaves->got++].at, row->leaf.data, HASH_LEN);
	return OK;
}

static struct error *
read_leaves(struct look *look, int64_t first, int64_t count, struct hash *hashes)
{
	struct leaves leaves = { first, count, 0, hashes };
	TRY(journal_leaves(look, &(struct journal_leaves_in){ first, first + count }, take_leaf,
			   &leaves));
	if (leaves.got != count)
		return broken("記録簿の記録 %lld が欠けています。bansho verify で確かめてください。",
			      (long long)(first + leaves.got));
	return OK;
}

struct error *
tile_units(struct look *look, int level, int64_t first, int64_t count, struct hash *hashes)
{
	struct hash tile[TILE_WIDTH];
	bool found = false;
	if (count > 1 || level > 0)
		TRY(tile_read(look, level, first / TILE_WIDTH, &found, tile));
	if (found) {
		memcpy(hashes, &tile[first % TILE_WIDTH], (size_t)count * sizeof *hashes);
		return OK;
	}
	if (level == 0)
		return read_leaves(look, first, count, hashes);
	for (int64_t at = 0; at < count; at++) {
		TRY(tile_units(look, level - 1, (first + at) * TILE_WIDTH, TILE_WIDTH, tile));
		hashes[at] = merkle_root_of(tile, TILE_WIDTH);
	}
	return OK;
}

static struct error *
subtree(void *with, int level, int64_t index, struct hash *hash)
{
	struct hash units[TILE_WIDTH];
	const int64_t count = (int64_t)1 << level % 8;
	TRY(tile_units(with, level / 8, index * count, count, units));
	*hash = merkle_root_of(units, count);
	return OK;
}

struct merkle_source
tile_source(struct look *look)
{
	return (struct merkle_source){ look, subtree };
}

/* The perfect subtrees over the `count` pending hashes of a level. */
static void
fill_tree(struct frontier *frontier, int level, int64_t count)
{
	const struct hash *from = frontier->pending[level];
	for (int bit = 7; bit >= 0; bit--) {
		const int64_t width = (int64_t)1 << bit;
		if ((count & width) == 0)
			continue;
		frontier->tree.at[level * 8 + bit] = merkle_root_of(from, width);
		from += width;
	}
}

struct error *
frontier_load(struct look *look, int64_t size, struct frontier *frontier)
{
	memset(frontier, 0, sizeof *frontier);
	frontier->tree.size = size;
	for (int level = 0; level < TILE_LEVELS; level++) {
		const int64_t units = size >> (8 * level);
		const int64_t count = units % TILE_WIDTH;
		if (count > 0)
			TRY(tile_units(look, level, units - count, count,
				       frontier->pending[level]));
		fill_tree(frontier, level, count);
	}
	return OK;
}

void
frontier_add(struct frontier *frontier, const struct hash *leaf, int *full)
{
	struct merkle *tree = &frontier->tree;
	struct hash carry = *leaf;
	int64_t index = tree->size;
	int level = 0;
	for (;; index >>= 1, level++) {
		if (level % 8 == 0)
			frontier->pending[level / 8][index % TILE_WIDTH] = carry;
		if ((index & 1) == 0)
			break;
		carry = merkle_node(&tree->at[level], &carry);
	}
	tree->at[level] = carry;
	tree->size++;
	*full = level / 8;
}

void
frontier_add_tile(struct frontier *frontier, const struct hash *leaves, const struct hash *root,
		  int *full)
{
	struct merkle *tree = &frontier->tree;
	struct hash carry = *root;
	int64_t index = tree->size / TILE_WIDTH;
	int level = 8;
	memcpy(frontier->pending[0], leaves, TILE_BYTES);
	for (;; index >>= 1, level++) {
		if (level % 8 == 0)
			frontier->pending[level / 8][index % TILE_WIDTH] = carry;
		if ((index & 1) == 0)
			break;
		carry = merkle_node(&tree->at[level], &carry);
	}
	tree->at[level] = carry;
	tree->size += TILE_WIDTH;
	*full = level / 8;
}
