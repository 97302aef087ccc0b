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
	const struct journal_log *logs; /* of the newer store */
	size_t log_count;
	bool has_logs; /* the older store has a place for what follows its first log */
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

/* The newer store began a log with this entry: so do we. */
static struct error *
carry_log(const struct carrying *carrying, int64_t seq)
{
	for (size_t at = 0; at < carrying->log_count; at++) {
		const struct journal_log *log = &carrying->logs[at];
		if (log->first != seq || log->no <= carrying->journal->log)
			continue;
		if (!carrying->has_logs)
			return conflict("戻す先の版は年度ごとの記録簿を知らないため、年度が変わった後の記録は運べません。");
		return journal_start_log(carrying->journal, carrying->act, log->no, log->first,
					 log->origin, log->place);
	}
	return OK;
}

static struct error *
carry_one(void *with, const struct journal_entry_all_row *row)
{
	struct carrying *carrying = with;
	struct act *act = carrying->act;
	struct entry_scan scan;
	TRY(carry_log(carrying, row->id));
	if (!entry_scan(row->entry, &scan) || scan.seq != row->id ||
	    row->id != carrying->journal->first + carrying->journal->frontier.tree.size)
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
carry_checkpoint(void *with, const struct journal_checkpoint_in_row *row)
{
	const struct carrying *carrying = with;
	return journal_checkpoint_add(carrying->act, &(struct journal_checkpoint_add_in){
							     row->id, row->note, row->at });
}

/* Keys that the entries carried over announce. */
static struct error *
carry_keys(const struct carrying *carrying, int64_t size)
{
	for (size_t at = 0; at < carrying->log_count; at++) {
		struct journal_key *keys;
		size_t count;
		TRY(journal_keys(carrying->newer, &carrying->logs[at], &keys, &count));
		for (size_t no = 0; no < count; no++) {
			if (keys[no].seq < size)
				continue;
			if (!carrying->has_logs)
				return conflict("戻す先の版は鍵の交代を知らないため、鍵を替えた後の記録は運べません。");
			TRY(journal_log_key_add(carrying->act,
						&(struct journal_log_key_add_in){
							keys[no].seq, carrying->logs[at].no,
							keys[no].vkey }));
		}
	}
	return OK;
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
	struct carrying carrying = { .journal = journal, .act = act, .newer = newer };
	struct journal_log *logs;
	TRY(journal_catch_up(journal, act));
	const int64_t size = journal->log < 0 ? 0 : journal->first + journal->frontier.tree.size;
	TRY(must_continue(act, newer, size));
	TRY(journal_logs(newer, &logs, &carrying.log_count));
	carrying.logs = logs;
	TRY(store_has_step(&act->look, T("journal"), JOURNAL_LOGS_STEP, &carrying.has_logs));
	struct error *error = journal_entry_all(
		newer, &(struct journal_entry_all_in){ size, JOURNAL_ALL }, carry_one, &carrying);
	if (error == OK)
		error = carry_keys(&carrying, size);
	/* Those at sizes we had are the same, and there already. */
	if (error == OK)
		error = journal_checkpoint_in(newer, &(struct journal_checkpoint_in_in){ 0, INT64_MAX },
					      carry_checkpoint, &carrying);
	if (error != OK) {
		journal->is_loaded = false;
		return error;
	}
	*count = carrying.count;
	return OK;
}
