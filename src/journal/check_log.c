/* Where one log ends and the next begins, and what the journal's entries say about itself. */
#include "journal/rooms.h"

#include <string.h>

enum { CHECK_ROOM = 1 << 20 };

struct error *
check_open(struct arena *arena, struct journal_report *report,
	   const struct journal_verify_options *options, struct check **check)
{
	struct check *made = ARENA_NEW(arena, struct check);
	made->arena = arena;
	made->report = report;
	made->body = made->closed_origin = made->next_origin = T("");
	made->origins = ARENA_ARRAY(arena, struct text, JOURNAL_LOGS_MOST);
	TRY(chain_open(&made->chain, arena, report, options));
	heads_open(&made->heads, &made->chain);
	*check = made;
	return OK;
}

void
check_close(struct check **check)
{
	if (*check == NULL)
		return;
	chain_close(&(*check)->chain);
	heads_close(&(*check)->heads);
	*check = NULL;
}

void
check_log(struct check *check, const struct journal_log *log, const struct text *vkeys,
	  size_t count)
{
	const bool is_next = check->has_log;
	/* In a bundle each log says where it begins. */
	if (is_next && log->first != check->log.first + check->closed_size && !check->is_lost)
		report_entry(check->arena, check->report, FINDING_LOG_BROKEN, log->first,
			     "記録簿「%.*s」は、前の記録簿の終わりから始まっていません。",
			     T_ARG(log->origin));
	check->log = *log;
	check->has_log = true;
	check->is_closed = false;
	check->is_lost = false;
	check->is_begin_good = !is_next;
	check->doubt_count = 0;
	frontier_begin(&check->frontier);
	if (check->report->logs < JOURNAL_LOGS_MOST)
		check->origins[check->report->logs++] = text_copy(check->arena, log->origin);
	if (!is_next)
		check->chain.first_log = log->no;
	else if (!text_same(log->origin, check->next_origin))
		report_entry(check->arena, check->report, FINDING_LOG_BROKEN, log->first,
			     "記録簿「%.*s」は、前の記録簿が告げた続きではありません。",
			     T_ARG(log->origin));
	chain_log(&check->chain, log->no, log->origin, vkeys, count);
	heads_log(&check->heads, log->origin, log->first);
}

static struct text
pair_of(const struct journal_entry *entry, const char *name)
{
	for (size_t at = 0; at < entry->pair_count; at++)
		if (text_is(entry->pairs[at].name, name))
			return entry->pairs[at].text.data != NULL ? entry->pairs[at].text : T("");
	return T("");
}

static bool
has_number(const struct journal_entry *entry, const char *name, int64_t number)
{
	for (size_t at = 0; at < entry->pair_count; at++)
		if (text_is(entry->pairs[at].name, name))
			return entry->pairs[at].text.data == NULL &&
			       entry->pairs[at].number == number;
	return false;
}

static void
judge_begin(struct check *check, const struct journal_entry *entry)
{
	struct hash root;
	if (check->log.no == check->chain.first_log || entry->seq != check->log.first) {
		/* An export may start with a log that follows one it does not hold. */
		if (entry->seq != check->log.first)
			report_entry(check->arena, check->report, FINDING_LOG_BROKEN, entry->seq,
				     "記録 %lld は記録簿のはじめの記録ですが、途中にあります。",
				     (long long)entry->seq);
		return;
	}
	check->is_begin_good =
		text_same(pair_of(entry, "previous-origin"), check->closed_origin) &&
		has_number(entry, "previous-size", check->closed_size) &&
		hash_read_hex(pair_of(entry, "previous-root"), &root) &&
		hash_same(&root, &check->closed_root);
}

void
check_own(struct check *check, int64_t seq, const struct entry_scan *scan, struct text json)
{
	ARENA_SCOPED scratch = arena_open(CHECK_ROOM);
	struct journal_entry entry;
	if (check->is_closed)
		report_entry(check->arena, check->report, FINDING_LOG_BROKEN, seq,
			     "閉じた記録簿に、記録 %lld が足されています。", (long long)seq);
	if (!text_starts(scan->act, T("journal.")) || entry_parse(scratch, seq, json, &entry) != OK)
		return;
	if (text_is(scan->act, ACT_BEGIN))
		judge_begin(check, &entry);
	if (text_is(scan->act, ACT_KEY))
		chain_announce(&check->chain, seq, seq - check->log.first,
			       pair_of(&entry, "vkey"));
	if (text_is(scan->act, ACT_CLOSE)) {
		check->is_closed = true;
		check->next_origin = text_copy(check->arena, pair_of(&entry, "next-origin"));
		check->chain.next_vkey = text_copy(check->arena, pair_of(&entry, "next-vkey"));
	}
}

/* A log that follows another hangs on its last head, and that must be signed. */
static void
judge_join(struct check *check)
{
	if (check->log.no == check->chain.first_log)
		return;
	if (!check->is_begin_good)
		report_entry(check->arena, check->report, FINDING_LOG_BROKEN, check->log.first,
			     "記録簿「%.*s」のはじめの記録が、前の記録簿の最後と合いません。",
			     T_ARG(check->log.origin));
	if (check->heads.held > 0 && check->closed_held != check->closed_size)
		report_entry(check->arena, check->report, FINDING_LOG_BROKEN, check->log.first,
			     "記録簿「%.*s」の最後の検証点に署名がないまま、次の記録簿が続いています。",
			     T_ARG(check->closed_origin));
}

static void
judge_name(struct check *check)
{
	struct text begin = note_origin(check->arena, check->body);
	struct text rest = check->log.origin;
	if (check->body.len == 0 || text_same(rest, begin))
		return;
	begin = text_join(check->arena, begin, T("/"));
	if (!text_starts(rest, begin) || rest.len != begin.len + 4)
		report_entry(check->arena, check->report, FINDING_KEY_OTHER, -1,
			     "検証鍵の名前「%.*s」が、この記録簿の名前「%.*s」と違います。", T_ARG(rest),
			     T_ARG(begin));
}

void
check_join_end(struct check *check, int64_t size, const struct hash *root, bool is_whole)
{
	chain_end_log(&check->chain);
	judge_join(check);
	judge_name(check);
	if (check->log.is_closed && !check->is_closed)
		report_entry(check->arena, check->report, FINDING_LOG_BROKEN, -1,
			     "記録簿「%.*s」は、閉じる記録なしに次の記録簿に続いています。",
			     T_ARG(check->log.origin));
	if (is_whole && !check->log.is_closed && check->is_closed)
		report_entry(check->arena, check->report, FINDING_TAIL_CUT, check->report->size,
			     "記録簿「%.*s」は閉じられていますが、続きの記録簿「%.*s」がありません。",
			     T_ARG(check->log.origin), T_ARG(check->next_origin));
	check->closed_origin = text_copy(check->arena, check->log.origin);
	check->closed_size = size;
	check->closed_root = *root;
	check->closed_held = check->heads.held;
}

struct error *
check_log_end(struct check *check)
{
	if (!check->has_log)
		return OK;
	TRY(check_leaves_end(check));
	const struct hash root = merkle_root(&check->frontier.tree);
	check_join_end(check, check->frontier.tree.size, &root, true);
	return OK;
}

/* A checkpoint kept elsewhere, of a log that did not come. */
static void
judge_earlier(struct check *check, struct text note)
{
	ARENA_SCOPED scratch = arena_open(CHECK_ROOM);
	struct head head;
	const bool is_read = note_read(scratch, note, &head) == OK;
	for (int64_t at = 0; is_read && at < check->report->logs; at++)
		if (text_same(check->origins[at], head.origin))
			return;
	check->report->checkpoints++;
	if (is_read && check->body.len != 0 &&
	    text_starts(head.origin, note_origin(scratch, check->body)))
		report_entry(check->arena, check->report, FINDING_TAIL_CUT, check->report->size,
			     "記録簿「%.*s」の検証点（%lld 件）がありますが、その記録簿がありません。",
			     T_ARG(head.origin), (long long)head.size);
	else
		report_entry(check->arena, check->report, FINDING_CHECKPOINT_BAD, -1,
			     "指定された検証点は、この記録簿のものではありません。");
}

void
check_end(struct check *check)
{
	const struct journal_verify_options *options = check->chain.options;
	for (size_t at = 0; at < options->earlier_count; at++)
		judge_earlier(check, options->earlier[at]);
	chain_end(&check->chain, check->heads.is_signed_after_given);
}
