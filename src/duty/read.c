/* Occurrences for reading, who may do them, and what waits for a person. */
#include "duty/rooms.h"

#include <stdlib.h>

static enum duty_state
state_of(struct text kept, struct day opens, struct day due, struct day today)
{
	if (text_is(kept, "done"))
		return DUTY_DONE;
	if (text_is(kept, "excused"))
		return DUTY_EXCUSED;
	if (text_is(kept, "dropped"))
		return DUTY_DROPPED;
	if (due.no < today.no)
		return DUTY_LATE;
	return opens.no <= today.no ? DUTY_OPEN : DUTY_PLANNED;
}

/* Rows of duty_get and duty_rows have the same columns. */
#define OCCURRENCE_FROM(r, made, flow, today)                                                  \
	do {                                                                                   \
		*(made) = (struct duty_occurrence){                                            \
			.id = { (r)->id },                                                     \
			.duty = pack_duty((flow)->pack, (r)->duty),                            \
			.code = (r)->duty,                                                     \
			.unit = { (r)->unit },                                                 \
			.unit_name = (r)->unit_name,                                           \
			.row = { (r)->ledger_row },                                            \
			.row_title = (r)->row_title,                                           \
			.due = { (r)->due },                                                   \
			.opens = { (r)->opens },                                               \
			.why = (r)->why,                                                       \
			.done = { (r)->done },                                                 \
			.done_on = (r)->done_on == 0 ? DAY_NONE : (struct day){ (r)->done_on }, \
			.person = { (r)->person },                                             \
			.person_name = (r)->person_name,                                       \
			.deputy_for = { (r)->deputy_for },                                     \
			.role = (r)->role,                                                     \
			.words = (r)->words,                                                   \
			.record = (r)->record,                                                 \
			.put = { (r)->put },                                                   \
			.source = (r)->source,                                                 \
			.handed = { (r)->handed },                                             \
			.handed_name = (r)->handed_name,                                       \
			.is_escalated = (r)->escalated != 0,                                   \
			.change = (r)->change,                                                 \
		};                                                                             \
		(made)->state = state_of((r)->state, (made)->opens, (made)->due, (today));     \
	} while (0)

struct error *
duty_read(struct look *look, const struct flow *flow, struct duty_id id,
	  struct duty_occurrence *occurrence)
{
	struct duty_get_row row;
	bool found;
	TRY(duty_get(look, &(struct duty_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("くり返す仕事%lldはありません。一覧から選んでください。", (long long)id.no);
	OCCURRENCE_FROM(&row, occurrence, flow, moment_day(look->now));
	return OK;
}

struct text
duty_title(struct arena *into, const struct duty_occurrence *occurrence)
{
	const struct text name = occurrence->duty != NULL ? words_now(occurrence->duty->name)
							  : occurrence->code;
	if (occurrence->row_title.len == 0)
		return name;
	return text_format(into, say("%.*s（%.*s）"), T_ARG(name), T_ARG(occurrence->row_title));
}

struct error *
duty_record(struct arena *into, const struct duty_occurrence *occurrence,
	    struct ledger_value **values, size_t *count)
{
	const struct ledger_row row = { .values = occurrence->record };
	*count = 0;
	*values = NULL;
	return occurrence->record.len == 0 ? OK : ledger_values(into, &row, values, count);
}

struct error *
duty_list(struct look *look, const struct flow *flow, const struct duty_query *query, size_t most,
	  struct duty_occurrence **list, size_t *count)
{
	struct duty_rows_row *rows;
	if (most > DUTY_MOST_LISTED)
		most = DUTY_MOST_LISTED;
	TRY(duty_rows(look,
		      &(struct duty_rows_in){
			      .duty = query->duty.data == NULL ? T("") : query->duty,
			      .state = query->is_open_only ? T("open") : T(""),
			      .from = day_is_none(query->from) ? INT32_MIN : query->from.no,
			      .until = day_is_none(query->until) ? INT32_MAX : query->until.no,
			      .within = query->within.no,
			      .row = query->row.no,
			      .most = (int64_t)most, /* at most DUTY_MOST_LISTED */
		      },
		      &rows, count));
	*list = ARENA_ARRAY(look->arena, struct duty_occurrence, *count + 1);
	for (size_t at = 0; at < *count; at++)
		OCCURRENCE_FROM(&rows[at], &(*list)[at], flow, moment_day(look->now));
	return OK;
}

static struct error *
escalates_after(struct look *look, const struct pack *pack, const struct pack_duty *duty, int64_t usual,
		int64_t *days)
{
	struct rhythm rhythm;
	*days = usual;
	if (duty->escalate < 0)
		return OK;
	TRY(rhythm_of(look, pack, duty, &rhythm));
	*days = rhythm.escalate;
	return OK;
}

struct error *
duty_overdue(struct look *look, const struct flow *flow, struct duty_occurrence **list, size_t *count)
{
	const struct day today = moment_day(look->now);
	size_t late;
	int64_t usual, days;
	bool knows;
	*list = NULL;
	*count = 0;
	TRY(store_has_step(look, T("duty"), 1, &knows));
	if (!knows)
		return OK;
	TRY(people_parameter(look, flow->pack, "duty.escalate-days", DUTY_ESCALATE_DAYS, &usual));
	TRY(duty_list(look, flow,
		      &(struct duty_query){ .is_open_only = true, .from = DAY_NONE,
					    .until = day_plus(today, -1) },
		      DUTY_MOST_LISTED, list, &late));
	for (size_t at = 0; at < late; at++) {
		const struct duty_occurrence *one = &(*list)[at];
		if (one->duty == NULL)
			continue;
		TRY(escalates_after(look, flow->pack, one->duty, usual, &days));
		if (one->due.no + days < today.no)
			(*list)[(*count)++] = *one;
	}
	return OK;
}

/* ---- Who may ---- */

static bool
is_ended(const struct duty_occurrence *occurrence)
{
	return occurrence->state == DUTY_DONE || occurrence->state == DUTY_EXCUSED ||
	       occurrence->state == DUTY_DROPPED;
}

struct error *
duty_may_lead(struct look *look, const struct duty_occurrence *occurrence, struct person_id person,
	      bool *may)
{
	struct decider *list;
	size_t count;
	*may = false;
	if (occurrence->duty == NULL || is_ended(occurrence))
		return OK;
	TRY(people_deciders(look, occurrence->duty->owner, occurrence->unit, moment_day(look->now),
			    (struct person_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		*may |= list[at].person.no == person.no;
	return OK;
}

struct error *
duty_may(struct look *look, const struct duty_occurrence *occurrence, struct person_id person,
	 bool *may)
{
	TRY(duty_may_lead(look, occurrence, person, may));
	*may |= occurrence->duty != NULL && !is_ended(occurrence) && occurrence->handed.no != 0 &&
		occurrence->handed.no == person.no;
	return OK;
}

/* ---- What waits for a person ---- */

struct gathering {
	struct look *look;
	const struct flow *flow;
	struct person_id person;
	struct day day;
	struct duty_mine *mine;
};

static bool
has_already(const struct duty_mine *mine, int64_t id)
{
	for (size_t at = 0; at < mine->count; at++)
		if (mine->list[at].id.no == id)
			return true;
	return false;
}

static struct error *
add_mine(struct gathering *gathering, int64_t id)
{
	struct duty_mine *mine = gathering->mine;
	struct duty_occurrence one;
	bool may;
	if (mine->count == DUTY_MINE_MOST || has_already(mine, id))
		return OK;
	TRY(duty_read(gathering->look, gathering->flow, (struct duty_id){ id }, &one));
	TRY(duty_may(gathering->look, &one, gathering->person, &may));
	if (may)
		mine->list[mine->count++] = one;
	return OK;
}

static struct error *
add_needed(struct gathering *gathering, const struct pack_duty *duty, const struct held_role *held)
{
	struct duty_mine *mine = gathering->mine;
	const struct unit_id unit = { duty->owner->scope == SCOPE_BODY ? 0 : held->unit.no };
	for (size_t at = 0; at < mine->needed_count; at++)
		if (mine->needed[at] == duty && mine->needed_units[at].no == unit.no)
			return OK;
	if (mine->needed_count == DUTY_MINE_MOST)
		return OK;
	mine->needed[mine->needed_count] = duty;
	mine->needed_units[mine->needed_count++] = unit;
	return OK;
}

static struct error *
add_duty(struct gathering *gathering, const struct pack_duty *duty, const struct held_role *held)
{
	struct duty_waiting_row *rows;
	size_t count;
	if (duty->rhythm == RHYTHM_NEEDED)
		TRY(add_needed(gathering, duty, held));
	TRY(duty_waiting(gathering->look,
			 &(struct duty_waiting_in){
				 duty->code, duty->owner->scope == SCOPE_BODY ? 0 : held->unit.no,
				 gathering->day.no, DUTY_MINE_MOST },
			 &rows, &count));
	for (size_t at = 0; at < count; at++)
		TRY(add_mine(gathering, rows[at].id));
	return OK;
}

static int
due_order(const void *left, const void *right)
{
	const struct duty_occurrence *a = left, *b = right;
	if (a->due.no != b->due.no)
		return a->due.no < b->due.no ? -1 : 1;
	return a->id.no < b->id.no ? -1 : a->id.no > b->id.no;
}

static struct error *
add_handed(struct gathering *gathering)
{
	struct duty_handed_rows_row *rows;
	size_t count;
	TRY(duty_handed_rows(gathering->look,
			     &(struct duty_handed_rows_in){ gathering->person.no, DUTY_MINE_MOST },
			     &rows, &count));
	for (size_t at = 0; at < count; at++)
		TRY(add_mine(gathering, rows[at].id));
	return OK;
}

struct error *
duty_mine(struct look *look, const struct flow *flow, struct person_id person, struct day day,
	  struct duty_mine *mine)
{
	struct gathering gathering = { look, flow, person, day, mine };
	struct held_role *held;
	size_t held_count;
	*mine = (struct duty_mine){
		.list = ARENA_ARRAY(look->arena, struct duty_occurrence, DUTY_MINE_MOST),
		.needed = arena_get(look->arena, sizeof *mine->needed, DUTY_MINE_MOST),
		.needed_units = ARENA_ARRAY(look->arena, struct unit_id, DUTY_MINE_MOST),
		.next = DAY_NONE,
	};
	TRY(people_roles_of(look, flow->pack, person, day, &held, &held_count));
	for (size_t at = 0; at < flow->pack->recurring_count; at++)
		for (size_t i = 0; i < held_count; i++)
			if (held[i].role == flow->pack->recurring[at].owner)
				TRY(add_duty(&gathering, &flow->pack->recurring[at], &held[i]));
	TRY(add_handed(&gathering));
	if (mine->count > 1)
		qsort(mine->list, mine->count, sizeof *mine->list, due_order);
	for (size_t at = 0; at < mine->count; at++) {
		mine->late += mine->list[at].due.no < day.no;
		if (day_is_none(mine->next) && mine->list[at].due.no >= day.no)
			mine->next = mine->list[at].due;
	}
	return OK;
}

struct error *
duty_tally(struct look *look, struct text code, struct duty_tally *tally)
{
	struct duty_tally_of_row row;
	TRY(duty_tally_of(look, &(struct duty_tally_of_in){ code, moment_day(look->now).no }, &row));
	*tally = (struct duty_tally){
		.places = row.places,
		.done = row.done,
		.late = row.late,
		.waiting = row.waiting,
		.excused = row.excused,
		.next = row.next == 0 ? DAY_NONE : (struct day){ row.next },
		.last = row.last == 0 ? DAY_NONE : (struct day){ row.last },
	};
	return OK;
}

struct error *
duty_kept(struct look *look, struct person_id person, struct duty_kept *kept)
{
	struct duty_kept_of_row row;
	TRY(duty_kept_of(look, &(struct duty_kept_of_in){ person.no }, &row));
	*kept = (struct duty_kept){ row.done, row.excused, row.handed };
	return OK;
}
