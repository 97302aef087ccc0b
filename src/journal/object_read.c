/*
 * Verifying a bundle about one object. No tree is grown here: every entry comes with its proof, and
 * those that announce keys or join logs show the way from one key to the next.
 */
#include "journal/bundle.h"

#include "base/number.h"

#include <stdlib.h>
#include <string.h>

enum { ENTRIES_MOST = 50000 };

struct proven {
	int64_t seq;
	struct text entry, note;
	struct head head;
	struct merkle_proof proof;
};

/* "entry/12.json" is entry 12. */
static bool
entry_no(struct text name, int64_t *seq)
{
	if (!text_starts(name, T("entry/")) || !text_ends(name, T(".json")))
		return false;
	return number_read(text_first(text_from(name, 6), name.len - 11), 0,
			   (int64_t)1 << MERKLE_HEIGHT, seq);
}

static int
by_number(const void *left, const void *right)
{
	const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
	return a < b ? -1 : a > b;
}

static void
list_entries(const struct bundle *bundle, int64_t *seqs, size_t *count)
{
	const int64_t files = bundle_source_count(bundle->source);
	*count = 0;
	for (int64_t at = 0; at < files && *count < ENTRIES_MOST; at++)
		if (entry_no(text_of(bundle_source_name(bundle->source, at)), &seqs[*count]))
			(*count)++;
	if (*count > 1)
		qsort(seqs, *count, sizeof *seqs, by_number);
}

/* A C2SP tlog-proof about leaf `leaf`. */
static bool
read_proof(struct bundle *bundle, struct text words, int64_t leaf, struct proven *proven)
{
	struct text line, bytes;
	struct merkle_proof *proof = &proven->proof;
	int64_t index;
	proof->count = 0;
	if (!text_cut(words, '\n', &line, &words) || !text_is(line, PROOF_FIRST_LINE) ||
	    !text_cut(words, '\n', &line, &words) || !text_starts(line, T("index ")) ||
	    !number_read(text_from(line, 6), 0, INT64_MAX, &index) || index != leaf)
		return false;
	while (text_cut(words, '\n', &line, &words) && line.len != 0) {
		if (proof->count == 2 * MERKLE_HEIGHT ||
		    !text_unbase64(bundle->scratch, line, &bytes) || bytes.len != HASH_LEN)
			return false;
		memcpy(proof->at[proof->count++].at, bytes.data, HASH_LEN);
	}
	proven->note = words;
	return note_read(bundle->scratch, words, &proven->head) == OK;
}

/* Whether the entry is in a checkpoint of this log that a key of the log signed. */
static bool
is_proven(struct bundle *bundle, const struct proven *proven)
{
	struct check *check = bundle->check;
	const struct hash leaf = merkle_leaf(proven->entry);
	size_t key;
	if (!text_same(proven->head.origin, check->log.origin) ||
	    !merkle_inclusion_holds(&leaf, proven->seq - check->log.first, proven->head.size,
				    &proven->proof, &proven->head.root))
		return false;
	if (text_same(proven->note, bundle->note))
		return true; /* its signature is looked at once, with the log */
	if (!chain_signed(&check->chain, proven->note, proven->head.size, &key))
		return false;
	chain_proven(&check->chain, key, proven->head.size);
	return true;
}

static void
judge_about(struct bundle *bundle, const struct entry_scan *scan, int64_t seq, struct text about)
{
	bool is_about = false;
	for (size_t at = 0; at < scan->about_count; at++)
		is_about = is_about || text_same(scan->about[at], about);
	if (is_about)
		bundle->report->size++;
	else if (!text_is(scan->act, ACT_KEY) && !text_is(scan->act, ACT_BEGIN) &&
		 !text_is(scan->act, ACT_CLOSE))
		report_entry(bundle->arena, bundle->report, FINDING_ENTRY_STRANGE, seq,
			     "記録 %lld は「%.*s」の記録ではありません。", (long long)seq,
			     T_ARG(about));
}

static void
judge_proven(struct bundle *bundle, struct text words, struct proven *proven, struct text about)
{
	struct entry_scan scan;
	const int64_t seq = proven->seq;
	if (!entry_scan(proven->entry, &scan)) {
		report_entry(bundle->arena, bundle->report, FINDING_ENTRY_STRANGE, seq,
			     "記録 %lld は記録の形をしていません。", (long long)seq);
		return;
	}
	if (bundle->check->body.len == 0)
		bundle->check->body = text_copy(bundle->arena, scan.body);
	if (scan.seq != seq)
		report_entry(bundle->arena, bundle->report, FINDING_ENTRY_MOVED, seq,
			     "番号 %lld の場所に、記録 %lld があります。並べ替えか差し込みです。",
			     (long long)seq, (long long)scan.seq);
	else
		judge_about(bundle, &scan, seq, about);
	if (!read_proof(bundle, words, seq - bundle->check->log.first, proven) ||
	    !is_proven(bundle, proven)) {
		report_entry(bundle->arena, bundle->report, FINDING_ENTRY_EDITED, seq,
			     "記録 %lld が書き換えられているか、証明が合いません。", (long long)seq);
		return;
	}
	if (text_starts(scan.act, T("journal.")))
		check_own(bundle->check, seq, &scan, proven->entry);
}

static void
check_entries(struct bundle *bundle, const int64_t *seqs, size_t count, struct text about)
{
	const struct journal_log *log = &bundle->check->log;
	for (size_t at = 0; at < count; at++) {
		struct proven proven = { .seq = seqs[at] };
		struct text words;
		if (seqs[at] < log->first || seqs[at] - log->first >= log->size)
			continue;
		arena_reset(bundle->scratch);
		const char *entry = text_format(bundle->scratch, "entry/%lld.json",
						(long long)seqs[at]).data;
		const char *proof = text_format(bundle->scratch, "proof/%lld.tlog-proof",
						(long long)seqs[at]).data;
		if (bundle_take(bundle, entry, JOURNAL_ENTRY_MOST, &proven.entry) &&
		    bundle_take(bundle, proof, BUNDLE_TEXT_MOST, &words))
			judge_proven(bundle, words, &proven, about);
	}
}

/* What an earlier checkpoint covers must not be beyond ours. */
static void
judge_heads(struct bundle *bundle)
{
	struct heads *heads = &bundle->check->heads;
	for (size_t at = 0; at < heads->count; at++) {
		const struct signed_head *head = &heads->at[at];
		if (head->size > bundle->head.size)
			report_entry(bundle->arena, bundle->report, FINDING_TAIL_CUT, -1,
				     "束の検証点（%lld 件）より新しい検証点（%lld 件）があります。",
				     (long long)bundle->head.size, (long long)head->size);
		else if (head->size == bundle->head.size &&
			 !hash_same(&head->root, &bundle->head.root))
			report_entry(bundle->arena, bundle->report, FINDING_REWRITTEN, -1,
				     "同じ件数（%lld 件）で、根の違う検証点があります。",
				     (long long)head->size);
		else if (head->size == bundle->head.size)
			heads_hold(heads, head);
	}
}

struct error *
bundle_check_object(struct bundle *bundle, const struct text *places, size_t count)
{
	int64_t *seqs = ARENA_ARRAY(bundle->arena, int64_t, ENTRIES_MOST);
	struct text about;
	size_t entries;
	if (!bundle_take(bundle, "about", 1000, &about))
		return OK;
	about = text_copy(bundle->arena, about);
	list_entries(bundle, seqs, &entries);
	for (size_t at = 0; at < count; at++) {
		bool is_read;
		TRY(bundle_take_log(bundle, (int64_t)at, places[at], at + 1 == count, &is_read));
		if (!is_read)
			continue;
		if (at == 0 && places[0].len != 0)
			bundle_check_vkey(bundle);
		judge_heads(bundle);
		check_entries(bundle, seqs, entries, about);
		check_join_end(bundle->check, bundle->head.size, &bundle->head.root, false);
		bundle->report->root = bundle->head.root;
	}
	return OK;
}
