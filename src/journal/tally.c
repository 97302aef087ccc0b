/* How often each act stands in the journal in a stretch of time. */
#include "journal/journal.h"

enum { TALLY_CHUNK = 500, TALLY_MOST_ACTS = 400 };

/*
 * The first entry not before the moment, by halving: entries stand in the order of time, but for those
 * written while a clock was wrong, which count where they stand.
 */
static struct error *
first_since(struct look *look, struct moment moment, int64_t size, int64_t *first)
{
	int64_t low = 0, high = size;
	while (low < high) {
		const int64_t middle = low + (high - low) / 2;
		struct journal_entry entry;
		TRY(journal_entry_read(look, middle, &entry));
		if (entry.at.ms < moment.ms)
			low = middle + 1;
		else
			high = middle;
	}
	*first = low;
	return OK;
}

static void
count_act(struct arena *arena, struct text act, struct journal_span *span)
{
	size_t at = 0;
	while (at < span->count && !text_same(span->acts[at].act, act))
		at++;
	if (at == span->count) {
		if (span->count == TALLY_MOST_ACTS)
			return;
		span->acts[span->count++] = (struct journal_tally){ text_copy(arena, act), 0 };
	}
	span->acts[at].count++;
}

struct error *
journal_count_acts(struct look *look, struct moment from, struct moment until, struct journal_span *span)
{
	int64_t size, before;
	*span = (struct journal_span){ .acts = ARENA_ARRAY(look->arena, struct journal_tally, TALLY_MOST_ACTS) };
	TRY(journal_size(look, &size));
	TRY(first_since(look, from, size, &span->first));
	TRY(first_since(look, until, size, &before));
	span->last = before - 1;
	while (before > span->first) {
		struct journal_entry *entries;
		size_t count;
		TRY(journal_history(look, T(""), before, TALLY_CHUNK, &entries, &count));
		for (size_t at = 0; at < count && entries[at].seq >= span->first; at++)
			if (entries[at].part <= 1)
				count_act(look->arena, entries[at].act, span);
		before = count == 0 ? span->first : entries[count - 1].seq;
	}
	return OK;
}
