/*
 * The keys of the logs, followed from one to the next. Which keys there are is taken from where it
 * stands conveniently (a table of the store, a file of a bundle); that each is what an entry
 * announced, and that the key before signed that entry, is what is checked here.
 */
#include "journal/rooms.h"

#include <string.h>

enum { CHAIN_ROOM = 1 << 28 };

struct error *
chain_open(struct chain *chain, struct arena *arena, struct journal_report *report,
	   const struct journal_verify_options *options)
{
	*chain = (struct chain){ .arena = arena, .report = report, .options = options };
	chain->next_vkey = T("");
	report->is_key_given = options->vkey.len != 0;
	if (options->vkey.len != 0) {
		TRY(note_vkey_read(arena, options->vkey, &chain->given));
		report->vkey = note_vkey(arena, &chain->given);
	}
	chain->own = arena_open(CHAIN_ROOM);
	return OK;
}

void
chain_close(struct chain *chain)
{
	arena_close(chain->own);
	chain->own = NULL;
}

static bool
is_given(const struct chain *chain, const struct note_key *key)
{
	return text_same(chain->given.name, key->name) &&
	       memcmp(chain->given.key, key->key, sizeof key->key) == 0;
}

static void
add_key(struct chain *chain, struct text origin, struct text vkey)
{
	struct chain_key *made = &chain->keys[chain->count];
	*made = (struct chain_key){ .leaf = -1, .least = INT64_MAX };
	if (note_vkey_read(chain->own, vkey, &made->key) != OK ||
	    !text_same(made->key.name, origin)) {
		report_entry(chain->arena, chain->report, FINDING_KEY_OTHER, -1,
			     "一緒に入っている検証鍵が壊れているか、記録簿「%.*s」のものではありません。",
			     T_ARG(origin));
		return;
	}
	chain->count++;
	if (chain->report->vkey.len == 0)
		chain->report->vkey = note_vkey(chain->arena, &made->key);
	if (chain->report->is_key_given && is_given(chain, &made->key))
		chain->has_met_given = true;
	made->is_after_given = chain->has_met_given || !chain->report->is_key_given;
}

void
chain_log(struct chain *chain, int64_t log, struct text origin, const struct text *vkeys,
	  size_t count)
{
	if (chain->keys == NULL)
		chain->keys = ARENA_ARRAY(chain->own, struct chain_key, JOURNAL_KEYS_MOST);
	chain->count = chain->announced = 0;
	for (size_t at = 0; at < count && chain->count < JOURNAL_KEYS_MOST; at++)
		add_key(chain, origin, vkeys[at]);
	/* A log's first key was announced when the one before was closed. */
	if (log > chain->first_log && count != 0 && !text_same(chain->next_vkey, vkeys[0]))
		report_entry(chain->arena, chain->report, FINDING_KEY_OTHER, -1,
			     "記録簿「%.*s」の最初の鍵は、前の記録簿が告げた鍵ではありません。",
			     T_ARG(origin));
	/* With nothing but the given key, it is what there is to check with. */
	if (chain->count == 0 && chain->report->is_key_given &&
	    text_same(chain->given.name, origin))
		add_key(chain, origin, chain->options->vkey);
}

void
chain_announce(struct chain *chain, int64_t seq, int64_t leaf, struct text vkey)
{
	struct note_key key;
	const size_t no = ++chain->announced;
	if (no < chain->count && note_vkey_read(chain->own, vkey, &key) == OK &&
	    memcmp(key.key, chain->keys[no].key.key, sizeof key.key) == 0) {
		chain->keys[no].leaf = leaf;
		return;
	}
	report_entry(chain->arena, chain->report, FINDING_KEY_OTHER, seq,
		     "記録 %lld が告げる鍵が、検証鍵の一覧にありません。", (long long)seq);
}

static enum note_answer
answer_of(struct chain *chain, struct arena *scratch, struct text note, size_t *no)
{
	/* They come in order of size, so nearly always the same key as the last, or the next. */
	enum note_answer answer = NOTE_OTHER_KEY;
	for (size_t at = 0; at < chain->count && answer == NOTE_OTHER_KEY; at++) {
		const size_t which = (chain->last + at) % chain->count;
		answer = note_check(scratch, note, &chain->keys[which].key);
		if (answer != NOTE_OTHER_KEY)
			chain->last = *no = which;
	}
	return answer;
}

bool
chain_signed(struct chain *chain, struct text note, int64_t size, size_t *no)
{
	ARENA_SCOPED scratch = arena_open(ARENA_USUAL);
	*no = 0;
	if (chain->count == 0)
		return true;
	chain->last %= chain->count;
	switch (answer_of(chain, scratch, note, no)) {
	case NOTE_HOLDS:
		if (size < chain->keys[*no].least)
			chain->keys[*no].least = size;
		if (size > chain->keys[*no].most)
			chain->keys[*no].most = size;
		return true;
	case NOTE_FALSE:
		report_entry(chain->arena, chain->report, FINDING_CHECKPOINT_BAD, -1,
			     "検証点（%lld 件）の署名が正しくありません。", (long long)size);
		return false;
	case NOTE_OTHER_KEY:
		report_entry(chain->arena, chain->report, FINDING_KEY_OTHER, -1,
			     "検証点（%lld 件）は、別の鍵で署名されています。", (long long)size);
		return false;
	}
	return false;
}

/* What one key may have signed, from what it did. */
static void
judge_key(struct chain *chain, size_t no)
{
	const struct chain_key *key = &chain->keys[no], *before = key - 1;
	if (no == 0)
		return;
	if (key->leaf < 0) {
		report_entry(chain->arena, chain->report, FINDING_KEY_OTHER, -1,
			     "検証鍵「%.*s」の %lld 番目の鍵を告げた記録がありません。",
			     T_ARG(key->key.name), (long long)no + 1);
		return;
	}
	if (key->least != INT64_MAX && before->proven <= key->leaf)
		report_entry(chain->arena, chain->report, FINDING_KEY_OTHER, -1,
			     "%lld 番目の鍵を告げた記録が、前の鍵で署名されていません。", (long long)no + 1);
	if (key->least <= key->leaf)
		report_entry(chain->arena, chain->report, FINDING_KEY_OTHER, -1,
			     "検証点（%lld 件）は、まだ告げられていない鍵で署名されています。",
			     (long long)key->least);
	if (key->least != INT64_MAX && before->most > key->least)
		report_entry(chain->arena, chain->report, FINDING_KEY_OTHER, -1,
			     "検証点（%lld 件）は、替えたあとの古い鍵で署名されています。",
			     (long long)before->most);
}

void
chain_proven(struct chain *chain, size_t no, int64_t size)
{
	if (no < chain->count && size > chain->keys[no].proven)
		chain->keys[no].proven = size;
}

bool
chain_counts(const struct chain *chain, size_t no)
{
	return no >= chain->count || chain->keys[no].is_after_given;
}

void
chain_end_log(struct chain *chain)
{
	for (size_t no = 0; no < chain->count; no++)
		judge_key(chain, no);
	for (size_t no = 0; no < chain->count; no++)
		for (size_t later = no + 2; later < chain->count; later++)
			if (chain->keys[no].most > chain->keys[later].least) {
				report_entry(chain->arena, chain->report, FINDING_KEY_OTHER, -1,
					     "検証点（%lld 件）は、替えたあとの古い鍵で署名されています。",
					     (long long)chain->keys[no].most);
				break;
			}
}

void
chain_end(struct chain *chain, bool is_signed_after_given)
{
	if (!chain->report->is_key_given)
		return;
	if (!chain->has_met_given)
		report_entry(chain->arena, chain->report, FINDING_KEY_OTHER, -1,
			     "一緒に入っている検証鍵が、指定された検証鍵と違います。");
	else if (!is_signed_after_given)
		report_entry(chain->arena, chain->report, FINDING_KEY_OTHER, -1,
			     "指定された検証鍵か、それに続く鍵で署名された検証点がありません。");
}
