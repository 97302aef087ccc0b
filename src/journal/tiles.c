/* Hashes of the tree from the store: full tiles where there are some, leaves where not yet. */
#include "journal/journal_sql.h"
#include "journal/rooms.h"

#include <string.h>

int64_t
tile_id(int64_t log, int level, int64_t no)
{
	return (log << LOG_SHIFT) + ((int64_t)level << TILE_LEVEL_SHIFT) + no;
}

struct log_tree
log_tree_of(struct look *look, const struct journal_log *log)
{
	return (struct log_tree){ .look = look, .log = log->no, .first = log->first };
}

struct error *
tile_read(const struct log_tree *tree, int level, int64_t no, bool *found,
	  struct hash hashes[static TILE_WIDTH])
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct look scratch = *tree->look;
	struct journal_tile_read_row row;
	scratch.arena = arena;
	TRY(journal_tile_read(&scratch,
			      &(struct journal_tile_read_in){ .id = tile_id(tree->log, level, no) },
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

/* Whether the frontier has these units: they stand in its unfinished tile of that level. */
static bool
is_pending(const struct frontier *frontier, int level, int64_t first, int64_t count)
{
	const int64_t units = frontier->tree.size >> (8 * level);
	return first / TILE_WIDTH == units / TILE_WIDTH && first + count <= units;
}

struct error *
tile_units(const struct log_tree *tree, int level, int64_t first, int64_t count,
	   struct hash *hashes)
{
	struct hash tile[TILE_WIDTH];
	bool found = false;
	if (tree->frontier != NULL && is_pending(tree->frontier, level, first, count)) {
		memcpy(hashes, &tree->frontier->pending[level][first % TILE_WIDTH],
		       (size_t)count * sizeof *hashes);
		return OK;
	}
	if (count > 1 || level > 0)
		TRY(tile_read(tree, level, first / TILE_WIDTH, &found, tile));
	if (found) {
		memcpy(hashes, &tile[first % TILE_WIDTH], (size_t)count * sizeof *hashes);
		return OK;
	}
	if (level == 0)
		return read_leaves(tree->look, tree->first + first, count, hashes);
	for (int64_t at = 0; at < count; at++) {
		TRY(tile_units(tree, level - 1, (first + at) * TILE_WIDTH, TILE_WIDTH, tile));
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
tile_source(const struct log_tree *tree)
{
	struct merkle_source source = { .subtree = subtree };
	/* subtree() only reads; the type serves sources that do more. */
	memcpy(&source.with, &tree, sizeof source.with);
	return source;
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

void
frontier_begin(struct frontier *frontier)
{
	memset(frontier, 0, sizeof *frontier);
}

struct error *
frontier_load(const struct log_tree *tree, int64_t size, struct frontier *frontier)
{
	frontier_begin(frontier);
	frontier->tree.size = size;
	for (int level = 0; level < TILE_LEVELS; level++) {
		const int64_t units = size >> (8 * level);
		const int64_t count = units % TILE_WIDTH;
		if (count > 0)
			TRY(tile_units(tree, level, units - count, count,
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

static const struct hash *
last_leaf(const struct frontier *frontier)
{
	return &frontier->pending[0][(frontier->tree.size - 1) % TILE_WIDTH];
}

struct following {
	struct frontier *frontier;
	int64_t first; /* seq of leaf 0 */
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
	const int64_t no = row->id - following->first;
	if (no < frontier->tree.size)
		following->is_same = following->is_same && hash_same(&leaf, last_leaf(frontier));
	int full;
	if (following->is_same && no == frontier->tree.size)
		frontier_add(frontier, &leaf, &full);
	return OK;
}

enum { FOLLOW_MOST = 1 << 16 };

struct error *
frontier_follow(const struct log_tree *tree, int64_t size, struct frontier *frontier,
		bool *is_done)
{
	const int64_t from = frontier->tree.size - 1;
	*is_done = false;
	if (from < 0 || size <= from || size - from > FOLLOW_MOST)
		return OK;
	struct following following = { frontier, tree->first, tree->first + from, true };
	TRY(journal_leaves(tree->look,
			   &(struct journal_leaves_in){ tree->first + from, tree->first + size },
			   follow_leaf, &following));
	*is_done = following.is_same && frontier->tree.size == size;
	return OK;
}
