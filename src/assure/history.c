/* Reading back what was written down: a past day, one clause's changes. */
#include "assure/record.h"

static enum clause_state
state_of(struct text name)
{
	enum clause_state state = STATE_MISSING;
	return clause_state_read(name, &state) ? state : STATE_MISSING;
}

/* ---- A past day ---- */

const struct assure_states_at_row *
states_row_of(const struct assure_states_at_row *rows, size_t count, struct text clause)
{
	size_t low = 0, high = count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = text_order(rows[middle].clause, clause);
		if (order == 0)
			return &rows[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

static void
fill_clause(const struct assure_states_at_row *row, struct assured *assured)
{
	assured->state = assured->machine = STATE_MISSING;
	assured->why = text_of(say("この日には、この条項の状態はまだ記録されていません。"));
	if (row == NULL)
		return;
	assured->state = state_of(row->state);
	assured->machine = state_of(row->machine);
	assured->why = assured->machine_why = row->why;
	assured->good = row->good;
	assured->all = row->total;
	assured->is_disagreeing = row->is_disagreeing;
	assured->since = (struct moment){ row->at };
}

/* The round's entry is the last about "assure" before the next round had begun. */
static struct error *
entry_of_round(struct look *look, int64_t round, int64_t *entry)
{
	struct assure_round_next_row next;
	struct journal_entry *entries;
	size_t count;
	bool found;
	*entry = -1;
	TRY(assure_round_next(look, &(struct assure_round_next_in){ round }, &found, &next));
	TRY(journal_history(look, T("assure"), found ? next.size : JOURNAL_NEWEST, 1, &entries,
			    &count));
	if (count != 0)
		*entry = entries[0].seq;
	return OK;
}

static struct error *
read_round(struct look *look, struct moment before, bool *found, struct assurance *assurance,
	   struct assure_then *then)
{
	struct assure_round_first_row first;
	struct assure_round_newest_row round;
	TRY(assure_round_first(look, found, &first));
	if (*found)
		then->first = (struct moment){ first.at };
	TRY(assure_round_newest(look, &(struct assure_round_newest_in){ before.ms }, found, &round));
	if (!*found)
		return OK;
	then->found = true;
	then->at = (struct moment){ round.at };
	assurance->at = then->at;
	assurance->size = round.size;
	assurance->is_proved = text_has(round.states, T("\"proved\":1"));
	return entry_of_round(look, round.id, &then->entry);
}

struct error *
assure_at(struct look *look, const struct pack *pack, struct day day, struct assurance *assurance,
	  struct assure_then *then)
{
	struct assure_states_at_row *rows;
	struct assurance made = { 0 };
	size_t count;
	bool found;
	const struct moment end = day_begin(day_plus(day, 1));
	*assurance = made;
	*then = (struct assure_then){ .entry = -1 };
	TRY(assure_knows_history(look, &found));
	if (!found)
		return OK;
	TRY(read_round(look, end, &found, &made, then));
	if (!found)
		return OK;
	TRY(assure_states_at(look, &(struct assure_states_at_in){ end.ms, STATES_MOST }, &rows, &count));
	made.clauses = ARENA_ARRAY(look->arena, struct assured, pack->duties_count + 1);
	for (size_t at = 0; at < pack->clauses_count; at++) {
		if (!pack->clauses[at].is_duty)
			continue;
		struct assured *assured = &made.clauses[made.count++];
		assured->clause = &pack->clauses[at];
		fill_clause(states_row_of(rows, count, assured->clause->id), assured);
		made.of[assured->state]++;
	}
	*assurance = made;
	return OK;
}

/* ---- One clause ---- */

static int64_t
entry_at(const struct journal_entry *entries, size_t count, int64_t at, const char *act)
{
	for (size_t no = 0; no < count; no++)
		if (entries[no].at.ms == at && text_is(entries[no].act, act))
			return entries[no].seq;
	return -1;
}

/* A clause's first state stands in the entry of its round, among many. */
static struct error *
entry_of_change(struct look *look, const struct assure_states_of_row *row,
		const struct journal_entry *entries, size_t count, int64_t *entry)
{
	*entry = entry_at(entries, count, row->at, "assure.state");
	return row->before.len == 0 ? entry_of_round(look, row->round, entry) : OK;
}

struct error *
assure_changes(struct look *look, struct text clause, struct assure_change **list, size_t *count)
{
	struct assure_states_of_row *rows;
	struct journal_entry *entries;
	size_t entry_count;
	bool knows;
	*count = 0;
	TRY(assure_knows_history(look, &knows));
	if (!knows)
		return OK;
	TRY(assure_states_of(look, &(struct assure_states_of_in){ clause, CHANGES_MOST }, &rows, count));
	TRY(journal_history(look, text_format(look->arena, "clause:%.*s", T_ARG(clause)),
			    JOURNAL_NEWEST, 500, &entries, &entry_count));
	*list = ARENA_ARRAY(look->arena, struct assure_change, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		struct assure_change *change = &(*list)[at];
		*change = (struct assure_change){
			.at = { rows[at].at },
			.is_first = rows[at].before.len == 0,
			.before = state_of(rows[at].before),
			.state = state_of(rows[at].state),
			.machine = state_of(rows[at].machine),
			.is_disagreeing = rows[at].is_disagreeing,
			.why = rows[at].why,
			.good = rows[at].good,
			.all = rows[at].total,
		};
		TRY(entry_of_change(look, &rows[at], entries, entry_count, &change->entry));
	}
	return OK;
}

bool
assure_state_at(const struct assure_change *list, size_t count, struct day day,
		enum clause_state *state)
{
	const struct moment end = day_begin(day_plus(day, 1));
	for (size_t at = 0; at < count; at++) {
		if (list[at].at.ms >= end.ms)
			continue;
		*state = list[at].state;
		return true;
	}
	return false;
}
