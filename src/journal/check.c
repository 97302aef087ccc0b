/* Entries hashed again, one after another, against their own numbers, leaves, tiles and heads. */
#include "journal/rooms.h"

#include <string.h>

/* No journal comes this far; what is computed from a number below cannot overflow. */
static const int64_t seq_beyond = (int64_t)1 << 56;
enum { GAP_MOST = 10000, CLOCK_SLACK_MS = 1000 };

static void
doubt(struct check *check, int level, int64_t no, int64_t seq)
{
	if (check->doubt_count < DOUBTS_MOST)
		check->doubts[check->doubt_count++] = (struct doubt){ level, no, seq };
}

static struct error *
check_tile(struct check *check, int level, int64_t no)
{
	struct hash stored[TILE_WIDTH];
	const struct hash *ours = check->frontier.pending[level];
	bool found;
	TRY(check->tile(check->with, level, no, &found, stored));
	if (!found) {
		doubt(check, level, no, -1);
		return OK;
	}
	if (memcmp(stored, ours, TILE_BYTES) == 0)
		return OK;
	for (int64_t at = 0; at < TILE_WIDTH; at++)
		if (!hash_same(&stored[at], &ours[at]))
			doubt(check, level, no, ((no * TILE_WIDTH) + at) << (8 * level));
	return OK;
}

static struct error *
check_tiles(struct check *check, int full)
{
	for (int level = 0; level < full; level++)
		TRY(check_tile(check, level,
			       (check->frontier.tree.size >> (8 * (level + 1))) - 1));
	return OK;
}

static struct error *
add_leaf(struct check *check, const struct hash *leaf)
{
	int full;
	frontier_add(&check->frontier, leaf, &full);
	TRY(check_tiles(check, full));
	heads_meet(check->heads, &check->frontier.tree);
	return OK;
}

/* Entries up to `seq` are not there. Their places stay, so that the others keep theirs. */
static struct error *
pass_gap(struct check *check, int64_t seq)
{
	const int64_t first = check->frontier.tree.size;
	const struct hash nothing = { { 0 } };
	report_entry(check->arena, check->report, FINDING_ENTRY_MISSING, first,
		     "記録 %lld から %lld までがありません。消されています。", (long long)first,
		     (long long)seq - 1);
	if (seq - first > GAP_MOST) {
		check->is_lost = true;
		return OK;
	}
	while (check->frontier.tree.size < seq)
		TRY(add_leaf(check, &nothing));
	return OK;
}

/*
 * Times are written so that they sort as bytes. A step back of a second or less is the clock being
 * kept right; more is somebody's doing, or a machine that had woken with the wrong time.
 */
static void
judge_time(struct check *check, int64_t seq, struct text time)
{
	if (time.len != sizeof check->last_time)
		return;
	if (memcmp(time.data, check->last_time, time.len) < 0) {
		const struct text last = { check->last_time, sizeof check->last_time };
		if (scan_time(time).ms < scan_time(last).ms - CLOCK_SLACK_MS)
			report_entry(check->arena, check->report, FINDING_CLOCK_BACK, seq,
				     "記録 %lld の時刻（%.*s）は、一つ前の記録（%.*s）より前です。時計が戻されています。",
				     (long long)seq, T_ARG(time), T_ARG(last));
	}
	memcpy(check->last_time, time.data, time.len);
}

/* Says what is wrong with the entry itself; true when it can be read. */
static bool
judge(struct check *check, int64_t seq, struct text entry, const struct hash *leaf,
      const struct text *stored, struct entry_scan *scan)
{
	struct arena *arena = check->arena;
	struct journal_report *report = check->report;
	if (!entry_scan(entry, scan)) {
		report_entry(arena, report, FINDING_ENTRY_STRANGE, seq,
			     "記録 %lld は記録の形をしていません。", (long long)seq);
		return false;
	}
	if (check->body.len == 0)
		check->body = text_copy(arena, scan->body);
	if (scan->seq != seq)
		report_entry(arena, report, FINDING_ENTRY_MOVED, seq,
			     "番号 %lld の場所に、記録 %lld があります。並べ替えか差し込みです。",
			     (long long)seq, (long long)scan->seq);
	else if (!text_same(scan->body, check->body))
		report_entry(arena, report, FINDING_ENTRY_STRANGE, seq,
			     "記録 %lld は別の団体の記録です。", (long long)seq);
	else if (stored != NULL && !text_same(*stored, hash_bytes(leaf)))
		report_entry(arena, report, FINDING_ENTRY_EDITED, seq,
			     "記録 %lld が書き換えられています。", (long long)seq);
	judge_time(check, seq, scan->time);
	return true;
}

struct error *
check_entry(struct check *check, int64_t seq, struct text entry, const struct text *stored,
	    struct entry_scan *scan, bool *is_read)
{
	*is_read = false;
	if (seq < 0 || seq >= seq_beyond) {
		report_entry(check->arena, check->report, FINDING_ENTRY_STRANGE, seq,
			     "ありえない番号 %lld の記録が差し込まれています。", (long long)seq);
		return OK;
	}
	if (!check->is_lost && seq > check->frontier.tree.size)
		TRY(pass_gap(check, seq));
	const struct hash leaf = merkle_leaf(entry);
	*is_read = judge(check, seq, entry, &leaf, stored, scan);
	check->report->size = seq + 1;
	if (check->is_lost)
		return OK;
	return add_leaf(check, &leaf);
}

/* A tile's leaves at once, unless a signed head stands among them. */
static struct error *
add_tile(struct check *check, const struct hash *leaves, const struct hash *root)
{
	const struct heads *heads = check->heads;
	const int64_t end = check->frontier.tree.size + TILE_WIDTH;
	int full;
	if (heads->next < heads->count && heads->at[heads->next].size <= end) {
		for (int at = 0; at < TILE_WIDTH; at++)
			TRY(add_leaf(check, &leaves[at]));
		return OK;
	}
	frontier_add_tile(&check->frontier, leaves, root, &full);
	return check_tiles(check, full);
}

struct error *
check_run(struct check *check, const struct run *run, bool *is_taken)
{
	*is_taken = run->is_clean && !check->is_lost && check->frontier.tree.size == run->first &&
		    (check->body.len == 0 || text_same(check->body, run->body));
	if (!*is_taken)
		return OK;
	if (check->body.len == 0)
		check->body = text_copy(check->arena, run->body);
	for (int tile = 0; tile < RUN_TILES; tile++)
		TRY(add_tile(check, run->leaves + (ptrdiff_t)tile * TILE_WIDTH, &run->roots[tile]));
	check->report->size = run->first + RUN_LEN;
	return OK;
}

static bool
was_reported(const struct check *check, int64_t seq)
{
	for (size_t at = 0; at < check->report->finding_count; at++)
		if (check->report->findings[at].seq == seq)
			return true;
	return false;
}

static void
settle_entry(struct check *check, const struct doubt *doubt)
{
	if (doubt->level == 0 && !was_reported(check, doubt->seq))
		report_entry(check->arena, check->report, FINDING_ENTRY_EDITED, doubt->seq,
			     "記録 %lld が、はじめに記録されたものと違います。",
			     (long long)doubt->seq);
}

/*
 * A tile and the entries disagree. Where a signed root over those entries held, the tile is wrong;
 * otherwise the entry was changed together with its leaf.
 */
static void
settle(struct check *check, const struct doubt *doubt)
{
	const int64_t end = (doubt->no + 1) << (8 * (doubt->level + 1));
	if (doubt->seq < 0)
		report_entry(check->arena, check->report, FINDING_TILE_WRONG, -1,
			     "中間の木（%d 段目の %lld 番）が欠けています。", doubt->level,
			     (long long)doubt->no);
	else if (check->report->signed_size >= end)
		report_entry(check->arena, check->report, FINDING_TILE_WRONG, -1,
			     "中間の木（%d 段目の %lld 番）が書き換えられています。", doubt->level,
			     (long long)doubt->no);
	else
		settle_entry(check, doubt);
}

void
check_end(struct check *check)
{
	heads_meet(check->heads, &check->frontier.tree);
	for (size_t at = 0; at < check->doubt_count; at++)
		settle(check, &check->doubts[at]);
	heads_end(check->heads, check->report->size);
	if (!check->is_lost)
		check->report->root = merkle_root(&check->frontier.tree);
	const struct heads *heads = check->heads;
	if (heads->has_key && check->body.len != 0) {
		const struct text origin = note_origin(check->arena, check->body);
		if (!text_same(origin, heads->key.name))
			report_entry(check->arena, check->report, FINDING_KEY_OTHER, -1,
				     "検証鍵の名前「%.*s」が、この記録簿の名前「%.*s」と違います。",
				     T_ARG(heads->key.name), T_ARG(origin));
	}
}
