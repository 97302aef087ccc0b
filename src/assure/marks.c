/*
 * Which rows of a ledger the rules with a condition hold for, kept with the store. A condition reads nothing
 * but its row, so a row is judged once for all rules of its ledger, and again only when an entry of the journal
 * names it: one changed row among a hundred thousand costs one row. 32 bytes a row; nothing is kept of what it says.
 */
#include "assure/rooms.h"

#include <string.h>

enum { RULES_MOST = 64, ROWS_FIRST = 1024, SPARE = 4 };

struct mark {
	int64_t row;
	int64_t created, confirmed; /* ms */
	uint64_t rules;		    /* by their place among the ledger's: the condition holds */
};

struct marked_ledger {
	const struct pack_evidence *rules[RULES_MOST];
	size_t rules_count;
	bool is_made;
	struct mark *at; /* by row; one that is retired holds for no rule */
	size_t count, room;
};

struct marks {
	struct following following;
	struct marked_ledger *ledgers; /* by their place in the pack */
};

static void *
marks_open(void)
{
	return following_open(sizeof(struct marks), (size_t)256 << 20);
}

static void
forget(struct marks *marks, const struct pack *pack, int64_t size)
{
	following_forget(&marks->following, pack, size);
	marks->ledgers = ARENA_ARRAY(marks->following.arena, struct marked_ledger,
				     pack->ledgers_count + 1);
	for (size_t at = 0; at < pack->evidence_count; at++) {
		const struct pack_evidence *rule = &pack->evidence[at];
		if (rule->kind != EVIDENCE_LEDGER || !rule_reads_rows(rule))
			continue;
		struct marked_ledger *ledger = &marks->ledgers[rule->ledger - pack->ledgers];
		if (ledger->rules_count < RULES_MOST)
			ledger->rules[ledger->rules_count++] = rule;
	}
}

/* ---- One row ---- */

struct marking {
	struct marks *marks;
	struct marked_ledger *ledger;
	struct arena *row_arena;
};

static struct error *
mark_of(struct marking *marking, const struct ledger_row *row, struct mark *mark)
{
	struct ledger_value *values;
	size_t count;
	*mark = (struct mark){ .row = row->id.no, .created = row->created.ms,
			       .confirmed = row->confirmed.ms };
	if (row->state != ROW_LIVING)
		return OK;
	arena_reset(marking->row_arena);
	TRY(ledger_values(marking->row_arena, row, &values, &count));
	for (size_t at = 0; at < marking->ledger->rules_count; at++)
		if (rule_holds_for(marking->ledger->rules[at], values, count))
			mark->rules |= (uint64_t)1 << at;
	return OK;
}

/* Where the row stands, or would stand. */
static size_t
place_of(const struct marked_ledger *ledger, int64_t row)
{
	size_t low = 0, high = ledger->count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (ledger->at[middle].row < row)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
put(struct marks *marks, struct marked_ledger *ledger, const struct mark *mark)
{
	const size_t place = place_of(ledger, mark->row);
	if (place < ledger->count && ledger->at[place].row == mark->row) {
		ledger->at[place] = *mark;
		return;
	}
	if (ledger->count == ledger->room) {
		const size_t room = ledger->room == 0 ? ROWS_FIRST : ledger->room + ledger->room / SPARE;
		struct mark *more = ARENA_ARRAY(marks->following.arena, struct mark, room);
		for (size_t at = 0; at < ledger->count; at++)
			more[at] = ledger->at[at];
		ledger->at = more;
		ledger->room = room;
	}
	memmove(ledger->at + place + 1, ledger->at + place, (ledger->count - place) * sizeof *mark);
	ledger->at[place] = *mark;
	ledger->count++;
}

static struct error *
mark_one(void *with, const struct ledger_row *row)
{
	struct marking *marking = with;
	struct mark mark;
	TRY(mark_of(marking, row, &mark));
	put(marking->marks, marking->ledger, &mark);
	return OK;
}

static struct error *
make(struct look *look, struct marks *marks, const struct pack_ledger *of,
     struct marked_ledger *ledger)
{
	ARENA_SCOPED row_arena = arena_open(ARENA_USUAL);
	struct marking marking = { marks, ledger, row_arena };
	ledger->count = 0;
	TRY(ledger_each(look, marks->following.pack, of,
			&(struct ledger_query){.state = ROW_LIVING}, mark_one, &marking));
	ledger->is_made = true;
	return OK;
}

/* ---- What entries changed ---- */

static struct error *
mark_again(struct look *look, struct marks *marks, int64_t id)
{
	struct ledger_row row;
	struct mark mark;
	struct error *error =
		ledger_read(look, marks->following.pack, (struct row_id){id}, &row);
	if (error != OK)
		return error->kind == ERROR_MISSING ? OK : error;
	if (row.ledger == NULL)
		return OK;
	struct marked_ledger *ledger =
		&marks->ledgers[row.ledger - marks->following.pack->ledgers];
	if (!ledger->is_made)
		return OK;
	ARENA_SCOPED row_arena = arena_open(ARENA_USUAL);
	TRY(mark_of(&(struct marking){ marks, ledger, row_arena }, &row, &mark));
	put(marks, ledger, &mark);
	return OK;
}

static struct error *
see_row(struct look *look, struct newer_rows *newer, const struct row_digest *row)
{
	return text_is(row->table, "ledger_row") ? mark_again(look, newer->with, row->id) : OK;
}

static struct error *
mark_changed(struct look *look, struct marks *marks, int64_t size)
{
	struct newer_rows newer = {
		.from = marks->following.size, .size = size, .see = see_row, .with = marks};
	TRY(newer_rows(look, &newer));
	if (newer.missing != 0)
		return broken("記録簿の記録%lldが見つかりません。", (long long)newer.missing);
	marks->following.size = size;
	return OK;
}

static struct error *
catch_up(struct look *look, struct marks *marks, const struct pack *pack, int64_t size)
{
	if (marks->following.pack != pack || size - marks->following.size > FOLLOWING_MOST)
		forget(marks, pack, size);
	if (size > marks->following.size)
		TRY(mark_changed(look, marks, size));
	return OK;
}

/* ---- Asking ---- */

static struct error *
tally(struct look *look, struct marks *marks, const struct pack *pack, const struct marks_asked *asked,
      struct marks_tally *tally, bool *is_told)
{
	*is_told = false;
	if (asked->size < marks->following.size && marks->following.pack == pack)
		return OK; /* an older snapshot */
	TRY(catch_up(look, marks, pack, asked->size));
	struct marked_ledger *ledger = &marks->ledgers[asked->rule->ledger - pack->ledgers];
	size_t rule = 0;
	while (rule < ledger->rules_count && ledger->rules[rule] != asked->rule)
		rule++;
	if (rule == ledger->rules_count)
		return OK; /* more rules than are kept */
	if (!ledger->is_made)
		TRY(make(look, marks, asked->rule->ledger, ledger));
	for (size_t at = 0; at < ledger->count; at++) {
		const struct mark *mark = &ledger->at[at];
		if ((mark->rules >> rule & 1) == 0)
			continue;
		marks_count(tally, asked, (struct moment){ mark->created },
			    (struct moment){ mark->confirmed });
	}
	*is_told = true;
	return OK;
}

void
marks_count(struct marks_tally *tally, const struct marks_asked *asked, struct moment created,
	    struct moment confirmed)
{
	tally->totals.rows++;
	tally->totals.stale += confirmed.ms < asked->since.ms;
	tally->totals.soon += confirmed.ms < asked->soon_since.ms;
	tally->made += created.ms >= asked->since.ms;
	tally->made_soon += created.ms >= asked->soon_since.ms;
}

struct error *
marks_tally(struct look *look, const struct pack *pack, const struct marks_asked *asked,
	    struct marks_tally *told, bool *is_told)
{
	struct marks *marks = store_index(look->store, marks_open, following_close);
	*is_told = false;
	if (marks == NULL)
		return OK;
	pthread_mutex_lock(&marks->following.lock);
	struct error *error = tally(look, marks, pack, asked, told, is_told);
	if (error != OK)
		marks->following.pack = NULL; /* half done: from the beginning next time */
	pthread_mutex_unlock(&marks->following.lock);
	return error;
}
