/* Checkpoints: their signatures, and the tree held against them as it grows. */
#include "journal/rooms.h"

#include <stdlib.h>
#include <string.h>

enum { HEADS_ROOM = 1 << 29 };

static struct error *
choose_key(struct heads *heads, struct text given, struct text own)
{
	struct note_key own_key;
	bool has_own = false;
	if (own.len != 0) {
		has_own = note_vkey_read(heads->arena, own, &own_key) == OK;
		if (!has_own)
			report_entry(heads->arena, heads->report, FINDING_KEY_OTHER, -1,
				     "一緒に入っている検証鍵が壊れています。");
	}
	heads->report->is_key_given = given.len != 0;
	heads->has_key = has_own || given.len != 0;
	if (given.len != 0)
		TRY(note_vkey_read(heads->arena, given, &heads->key));
	else if (has_own)
		heads->key = own_key;
	if (has_own && given.len != 0 &&
	    memcmp(own_key.key, heads->key.key, sizeof own_key.key) != 0)
		report_entry(heads->arena, heads->report, FINDING_KEY_OTHER, -1,
			     "一緒に入っている検証鍵が、指定された検証鍵と違います。");
	if (heads->has_key)
		heads->report->vkey = note_vkey(heads->arena, &heads->key);
	return OK;
}

struct error *
heads_open(struct heads *heads, struct arena *arena, struct journal_report *report,
	   const struct journal_verify_options *options, struct text own_vkey)
{
	*heads = (struct heads){ .arena = arena, .report = report };
	heads->own = arena_open(HEADS_ROOM);
	TRY(choose_key(heads, options->vkey, own_vkey));
	for (size_t at = 0; at < options->earlier_count; at++)
		heads_add(heads, options->earlier[at], -1);
	return OK;
}

void
heads_close(struct heads *heads)
{
	arena_close(heads->own);
	heads->own = NULL;
}

static void
push(struct heads *heads, const struct head *head)
{
	if (heads->count == heads->room) {
		const size_t room = heads->room == 0 ? 256 : heads->room * 2;
		struct signed_head *bigger = ARENA_ARRAY(heads->own, struct signed_head, room);
		if (heads->count != 0)
			memcpy(bigger, heads->at, heads->count * sizeof *bigger);
		heads->at = bigger;
		heads->room = room;
	}
	heads->at[heads->count++] = (struct signed_head){ head->size, head->root };
}

/* Whether the signature holds; says so when not. */
static bool
is_signed(struct heads *heads, struct arena *scratch, struct text note, int64_t size)
{
	if (!heads->has_key)
		return true;
	switch (note_check(scratch, note, &heads->key)) {
	case NOTE_HOLDS:
		return true;
	case NOTE_FALSE:
		report_entry(heads->arena, heads->report, FINDING_CHECKPOINT_BAD, -1,
			     "検証点（%lld 件）の署名が正しくありません。", (long long)size);
		return false;
	case NOTE_OTHER_KEY:
		report_entry(heads->arena, heads->report, FINDING_KEY_OTHER, -1,
			     "検証点（%lld 件）は、別の鍵で署名されています。", (long long)size);
		return false;
	}
	return false;
}

void
heads_add(struct heads *heads, struct text note, int64_t stored_as)
{
	ARENA_SCOPED scratch = arena_open(ARENA_USUAL);
	struct head head;
	heads->report->checkpoints++;
	struct error *error = note_read(scratch, note, &head);
	if (error != OK) {
		report_entry(heads->arena, heads->report, FINDING_CHECKPOINT_BAD, -1,
			     "検証点（%lld 件）を読めません：%.*s", (long long)stored_as,
			     T_ARG(error->words));
		return;
	}
	if ((stored_as >= 0 && head.size != stored_as) ||
	    (heads->has_key && !text_same(head.origin, heads->key.name))) {
		report_entry(heads->arena, heads->report, FINDING_CHECKPOINT_BAD, -1,
			     "検証点（%lld 件）は、この記録簿のものではないか、件数が書き換えられています。",
			     (long long)head.size);
		return;
	}
	if (is_signed(heads, scratch, note, head.size))
		push(heads, &head);
}

static int
by_size(const void *left, const void *right)
{
	const struct signed_head *a = left, *b = right;
	return a->size < b->size ? -1 : a->size > b->size;
}

void
heads_sort(struct heads *heads)
{
	if (heads->count > 1)
		qsort(heads->at, heads->count, sizeof *heads->at, by_size);
}

void
heads_meet(struct heads *heads, const struct merkle *tree)
{
	while (heads->next < heads->count && heads->at[heads->next].size <= tree->size) {
		const struct signed_head *head = &heads->at[heads->next++];
		const struct hash root = merkle_root(tree);
		if (head->size == tree->size && hash_same(&root, &head->root)) {
			heads->report->signed_size = head->size;
			continue;
		}
		if (!heads->is_rewritten)
			report_entry(heads->arena, heads->report, FINDING_REWRITTEN, -1,
				     "はじめの %lld 件の中身が、署名された検証点と違います。署名のあとで書き換えられています。",
				     (long long)head->size);
		heads->is_rewritten = true;
	}
}

void
heads_end(struct heads *heads, int64_t size)
{
	if (heads->next == heads->count)
		return;
	const struct signed_head *last = &heads->at[heads->count - 1];
	report_entry(heads->arena, heads->report, FINDING_TAIL_CUT, size,
		     "検証点は %lld 件までを証明していますが、記録は %lld 件しかありません。末尾が切り取られています。",
		     (long long)last->size, (long long)size);
}
