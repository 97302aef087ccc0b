/* Checkpoints: their signatures, and the tree held against them as it grows. */
#include "journal/rooms.h"

#include <stdlib.h>
#include <string.h>

enum { HEADS_ROOM = 1 << 29 };

void
heads_open(struct heads *heads, struct chain *chain)
{
	*heads = (struct heads){ .arena = chain->arena, .report = chain->report, .chain = chain };
	heads->own = arena_open(HEADS_ROOM);
	heads->origin = T("");
}

static bool
is_of(struct arena *scratch, struct text note, struct text origin)
{
	struct head head;
	return note_read(scratch, note, &head) == OK && text_same(head.origin, origin);
}

void
heads_log(struct heads *heads, struct text origin, int64_t first)
{
	const struct journal_verify_options *options = heads->chain->options;
	ARENA_SCOPED scratch = arena_open(ARENA_USUAL);
	arena_reset(heads->own);
	heads->at = NULL;
	heads->count = heads->room = heads->next = 0;
	heads->is_rewritten = false;
	heads->held = 0;
	heads->origin = origin;
	heads->first = first;
	for (size_t at = 0; at < options->earlier_count; at++)
		if (is_of(scratch, options->earlier[at], origin))
			heads_add(heads, options->earlier[at], -1);
}

void
heads_close(struct heads *heads)
{
	arena_close(heads->own);
	heads->own = NULL;
}

static void
push(struct heads *heads, const struct head *head, size_t key)
{
	if (heads->count == heads->room) {
		const size_t room = heads->room == 0 ? 256 : heads->room * 2;
		struct signed_head *bigger = ARENA_ARRAY(heads->own, struct signed_head, room);
		if (heads->count != 0)
			memcpy(bigger, heads->at, heads->count * sizeof *bigger);
		heads->at = bigger;
		heads->room = room;
	}
	heads->at[heads->count++] = (struct signed_head){ head->size, head->root, key };
}

void
heads_add(struct heads *heads, struct text note, int64_t stored_as)
{
	ARENA_SCOPED scratch = arena_open(ARENA_USUAL);
	struct head head;
	size_t key;
	heads->report->checkpoints++;
	struct error *error = note_read(scratch, note, &head);
	if (error != OK) {
		report_entry(heads->arena, heads->report, FINDING_CHECKPOINT_BAD, -1,
			     "検証点（%lld 件）を読めません：%.*s", (long long)stored_as,
			     T_ARG(error->words));
		return;
	}
	if ((stored_as >= 0 && head.size != stored_as) || !text_same(head.origin, heads->origin)) {
		report_entry(heads->arena, heads->report, FINDING_CHECKPOINT_BAD, -1,
			     "検証点（%lld 件）は、この記録簿のものではないか、件数が書き換えられています。",
			     (long long)head.size);
		return;
	}
	if (chain_signed(heads->chain, note, head.size, &key))
		push(heads, &head, key);
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
heads_hold(struct heads *heads, const struct signed_head *head)
{
	heads->held = head->size;
	chain_proven(heads->chain, head->key, head->size);
	if (!chain_counts(heads->chain, head->key))
		return;
	heads->report->signed_size = heads->first + head->size;
	heads->is_signed_after_given = true;
}

void
heads_meet(struct heads *heads, const struct merkle *tree)
{
	while (heads->next < heads->count && heads->at[heads->next].size <= tree->size) {
		const struct signed_head *head = &heads->at[heads->next++];
		const struct hash root = merkle_root(tree);
		if (head->size == tree->size && hash_same(&root, &head->root)) {
			heads_hold(heads, head);
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
	report_entry(heads->arena, heads->report, FINDING_TAIL_CUT,
		     heads->first + size,
		     "検証点は %lld 件までを証明していますが、記録は %lld 件しかありません。末尾が切り取られています。",
		     (long long)last->size, (long long)size);
}
