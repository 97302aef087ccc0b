/*
 * A store that goes back to an older state keeps the journal it has: the entries made since are
 * carried over as they are, and one entry says how the rows they wrote stand now. So the tree only
 * grows, and the sealer has no reason to refuse it.
 */
#include "journal/journal_sql.h"
#include "journal/rooms.h"

struct measuring {
	struct merkle tree;
};

static struct error *
measure_one(void *with, const struct journal_entry_all_row *row)
{
	struct measuring *measuring = with;
	if (row->id != measuring->tree.size)
		return conflict("記録%lldがありません。bansho verify で確かめてください。",
				(long long)measuring->tree.size);
	const struct hash leaf = merkle_leaf(row->entry);
	merkle_add(&measuring->tree, &leaf);
	return OK;
}

struct error *
journal_measure(struct look *look, int64_t before, int64_t *size, struct hash *root)
{
	struct measuring measuring = { 0 };
	TRY(journal_entry_all(look, &(struct journal_entry_all_in){ 0, before }, measure_one,
			      &measuring));
	*size = measuring.tree.size;
	*root = merkle_root(&measuring.tree);
	return OK;
}

struct carrying {
	struct journal *journal;
	struct act *act;
	struct look *newer;
	int64_t count;
};

static struct error *
carry_salt(const struct carrying *carrying, int64_t seq)
{
	struct journal_salt_read_row salt;
	bool found;
	TRY(journal_salt_read(carrying->newer, &(struct journal_salt_read_in){ seq }, &found,
			      &salt));
	if (!found)
		return OK; /* destroyed: it stays so */
	return journal_salt_add(carrying->act, &(struct journal_salt_add_in){ seq, salt.salt });
}

static struct error *
touch_rows(const struct carrying *carrying, struct text rows)
{
	struct row_digest row;
	while (scan_row(&rows, &row))
		TRY(act_touch(carrying->act, row.table, row.id));
	return OK;
}

static struct error *
carry_one(void *with, const struct journal_entry_all_row *row)
{
	struct carrying *carrying = with;
	struct act *act = carrying->act;
	struct entry_scan scan;
	if (!entry_scan(row->entry, &scan) || scan.seq != row->id ||
	    row->id != carrying->journal->frontier.tree.size)
		return conflict("記録%lldを読めません。bansho verify で確かめてください。",
				(long long)row->id);
	const struct hash leaf = merkle_leaf(row->entry);
	TRY(journal_entry_add(act, &(struct journal_entry_add_in){ row->id, row->entry,
								   hash_bytes(&leaf) }));
	TRY(carry_salt(carrying, row->id));
	TRY(journal_add_abouts(act, scan.about, scan.about_count, row->id));
	TRY(journal_add_leaf(carrying->journal, act, &leaf));
	carrying->count++;
	return touch_rows(carrying, scan.rows);
}

static struct error *
carry_checkpoint(void *with, const struct journal_checkpoint_all_row *row)
{
	const struct carrying *carrying = with;
	return journal_checkpoint_add(carrying->act, &(struct journal_checkpoint_add_in){
							     row->id, row->note, row->at });
}

/* What `newer` begins with must be what we have. */
static struct error *
must_continue(struct act *act, struct look *newer, int64_t size)
{
	int64_t own_size, newer_size;
	struct hash own, other;
	TRY(journal_measure(&act->look, size, &own_size, &own));
	TRY(journal_measure(newer, size, &newer_size, &other));
	if (own_size == newer_size && hash_same(&own, &other))
		return OK;
	return conflict("二つの保存ファイルは、同じ記録簿の続きではありません。");
}

struct error *
journal_carry(struct act *act, struct journal *journal, struct look *newer, int64_t *count)
{
	struct carrying carrying = { journal, act, newer, 0 };
	TRY(journal_catch_up(journal, act));
	const int64_t size = journal->frontier.tree.size;
	TRY(must_continue(act, newer, size));
	struct error *error = journal_entry_all(
		newer, &(struct journal_entry_all_in){ size, JOURNAL_ALL }, carry_one, &carrying);
	if (error == OK)
		error = journal_checkpoint_all(newer, carry_checkpoint, &carrying);
	if (error != OK) {
		journal->is_loaded = false;
		return error;
	}
	*count = carrying.count;
	return OK;
}
