/*
 * What is due next. An occurrence is written down as soon as the one before it has ended or passed, so that
 * nothing depends on whether a program ran on the day.
 */
#include "duty/rooms.h"

#include <stdlib.h>

static const struct actor the_clock = { .through = T_INIT("clock") };

struct error *
rhythm_of(struct look *look, const struct pack *pack, const struct pack_duty *duty,
	  struct rhythm *rhythm)
{
	struct arena *arena = look->arena;
	*rhythm = (struct rhythm){ .duty = duty, .within = DUTY_USUAL_WITHIN };
	if (duty->every != NULL)
		TRY(people_parameter(look, pack, text_z(arena, duty->every->code),
				     duty->every->usual, &rhythm->every));
	if (duty->within != NULL)
		TRY(people_parameter(look, pack, text_z(arena, duty->within->code),
				     duty->within->usual, &rhythm->within));
	if (rhythm->every < 1)
		rhythm->every = 1;
	rhythm->lead = duty->lead;
	rhythm->escalate = duty->escalate;
	if (duty->lead < 0)
		TRY(people_parameter(look, pack, "duty.lead-days", DUTY_LEAD_DAYS, &rhythm->lead));
	if (duty->escalate < 0)
		TRY(people_parameter(look, pack, "duty.escalate-days", DUTY_ESCALATE_DAYS,
				     &rhythm->escalate));
	/* What comes every week is not to be done all the time. */
	if (duty->lead < 0 && duty->rhythm == RHYTHM_EVERY && rhythm->lead > rhythm->every / 2)
		rhythm->lead = rhythm->every / 2;
	return OK;
}

struct day
month_after(const struct pack_duty *duty, struct day after)
{
	int year, month, day_of_month;
	struct day first;
	day_parts(after, &year, &month, &day_of_month);
	for (int at = 0; at < 13; at++, month++) {
		const int this_month = (month - 1) % 12;
		const int next_year = year + month / 12;
		if ((duty->months & (1U << this_month)) == 0 ||
		    !day_make(next_year, month % 12 + 1, 1, &first))
			continue;
		if (first.no - 1 > after.no)
			return day_plus(first, -1);
	}
	return DAY_NONE;
}

struct day
month_before(const struct pack_duty *duty, struct day due)
{
	/* The first one behind a year before `due`, and on until the next is `due` itself. */
	enum { MORE_THAN_A_YEAR = 367 };
	struct day before = day_plus(due, -MORE_THAN_A_YEAR);
	for (struct day next = month_after(duty, before); !day_is_none(next) && next.no < due.no;
	     next = month_after(duty, before))
		before = next;
	return before;
}

/* What is known of a place: due last, how many are open, done when. */
struct seen {
	struct place place;
	int64_t last, open, done_on;
	bool is_known;
};

/* Where nothing was done yet: within the first round, but not later than the end of the year. */
static struct day
first_due(const struct rhythm *rhythm, struct day today)
{
	enum { AT_LEAST = 30 };
	const struct day end = day_fiscal_end(today);
	struct day due = day_plus(today, rhythm->every);
	if (due.no > end.no)
		due = end;
	if (due.no < today.no + AT_LEAST && due.no < today.no + rhythm->every)
		due = day_plus(today, rhythm->every < AT_LEAST ? rhythm->every : AT_LEAST);
	return due;
}

/* The due days that are missing in a place, oldest first. */
static size_t
missing_dues(const struct rhythm *rhythm, const struct seen *seen, struct day today,
	     struct day dues[DUES_MOST])
{
	size_t count = 0;
	if (rhythm->duty->rhythm == RHYTHM_EVERY) {
		struct day due = first_due(rhythm, today);
		if (seen->is_known && seen->open != 0)
			return 0;
		if (seen->is_known)
			due = day_plus((struct day){ seen->done_on != 0 ? seen->done_on : seen->last },
				       rhythm->every);
		dues[0] = due.no < today.no ? today : due;
		return 1;
	}
	struct day last = { seen->is_known ? seen->last : today.no - 1 };
	bool has_open = seen->is_known && seen->open != 0;
	while ((last.no < today.no || !has_open) && count < DUES_MOST) {
		last = month_after(rhythm->duty, last);
		if (day_is_none(last))
			break;
		dues[count++] = last;
		has_open = true;
	}
	return count;
}

struct error *
occurrence_add(struct act *act, const struct rhythm *rhythm, struct place place, struct day due,
	       struct text why, int64_t *id)
{
	const struct day opens = day_plus(due, -rhythm->lead);
	TRY(act_number(act, T("occurrence"), id));
	return duty_add(act, &(struct duty_add_in){
				     .id = *id,
				     .duty = rhythm->duty->code,
				     .unit = place.unit,
				     .ledger_row = place.row,
				     .due = due.no,
				     .opens = opens.no,
				     .made = act->look.now.ms,
				     .why = why,
			     });
}

struct error *
plan_next(struct act *act, const struct flow *flow, const struct pack_duty *duty, struct place place)
{
	const struct day today = moment_day(act->look.now);
	struct day dues[DUES_MOST];
	struct duty_place_of_row row;
	struct rhythm rhythm;
	int64_t id;
	if (duty->rhythm == RHYTHM_NEEDED)
		return OK;
	TRY(rhythm_of(&act->look, flow->pack, duty, &rhythm));
	TRY(duty_place_of(&act->look,
			  &(struct duty_place_of_in){ duty->code, place.unit, place.row }, &row));
	const struct seen seen = { place, row.last, row.open, row.done_on, row.last != 0 };
	const size_t count = missing_dues(&rhythm, &seen, today, dues);
	for (size_t at = 0; at < count; at++)
		TRY(occurrence_add(act, &rhythm, place, dues[at], T(""), &id));
	return OK;
}

/* ---- A duty in all its places ---- */

struct planning {
	struct look *look;
	struct rhythm rhythm;
	struct seen *seen; /* by place */
	size_t seen_count, seen_room;
	struct place *places;
	size_t places_count;
	size_t adds, drops; /* places with something to do */
};

static struct error *
see_place(void *with, const struct duty_places_row *row)
{
	struct planning *planning = with;
	if (planning->seen_count == planning->seen_room) {
		planning->seen_room = planning->seen_room == 0 ? 64 : planning->seen_room * 2;
		struct seen *grown =
			ARENA_ARRAY(planning->look->arena, struct seen, planning->seen_room);
		for (size_t at = 0; at < planning->seen_count; at++)
			grown[at] = planning->seen[at];
		planning->seen = grown;
	}
	planning->seen[planning->seen_count++] = (struct seen){
		{ row->unit, row->ledger_row }, row->last, row->open, row->done_on, true
	};
	return OK;
}

typedef struct error *each_place(void *with, const struct planning *planning,
				 const struct seen *seen, bool is_gone);

/* Both lists are in the order of places. */
static struct error *
walk_places(const struct planning *planning, each_place *each, void *with)
{
	size_t at = 0, of = 0;
	while (at < planning->places_count || of < planning->seen_count) {
		const int order = at == planning->places_count ? 1
				  : of == planning->seen_count
					  ? -1
					  : place_order(&planning->places[at],
							&planning->seen[of].place);
		const struct seen fresh = {
			.place = order < 0 ? planning->places[at] : (struct place){ 0, 0 },
		};
		TRY(each(with, planning, order < 0 ? &fresh : &planning->seen[of], order > 0));
		at += order <= 0;
		of += order >= 0;
	}
	return OK;
}

static struct error *
plan_make(struct look *look, const struct flow *flow, const struct pack_duty *duty,
	  struct planning *planning)
{
	*planning = (struct planning){ .look = look };
	TRY(rhythm_of(look, flow->pack, duty, &planning->rhythm));
	TRY(places_of(look, flow, duty, &planning->places, &planning->places_count));
	return duty_places(look, &(struct duty_places_in){ duty->code }, see_place, planning);
}

static struct error *
count_one(void *with, const struct planning *planning, const struct seen *seen, bool is_gone)
{
	struct day dues[DUES_MOST];
	size_t *count = with;
	if (is_gone)
		*count += seen->open != 0;
	else
		*count += missing_dues(&planning->rhythm, seen, moment_day(planning->look->now),
				       dues) != 0;
	return OK;
}

struct doing {
	struct act *act;
	int64_t made, dropped;
};

static struct error *
drop_open(struct act *act, struct text duty, struct place place, struct text words, int64_t *dropped)
{
	struct duty_open_of_row *rows;
	size_t count;
	TRY(duty_open_of(&act->look,
			 &(struct duty_open_of_in){ duty, place.unit, place.row, DUES_MOST * 4 },
			 &rows, &count));
	for (size_t at = 0; at < count; at++)
		TRY(duty_drop(act, &(struct duty_drop_in){ rows[at].id, act->look.now.ms, words }));
	*dropped += (int64_t)count; /* at most DUES_MOST * 4 */
	return OK;
}

static struct error *
do_one(void *with, const struct planning *planning, const struct seen *seen, bool is_gone)
{
	struct doing *doing = with;
	struct day dues[DUES_MOST];
	int64_t id;
	if (doing->made + doing->dropped >= AT_ONCE)
		return OK; /* the rest in the next act */
	if (is_gone)
		return seen->open == 0 ? OK
				       : drop_open(doing->act, planning->rhythm.duty->code,
						   seen->place, text_of(say("行うところがなくなりました。")),
						   &doing->dropped);
	const size_t count =
		missing_dues(&planning->rhythm, seen, moment_day(planning->look->now), dues);
	for (size_t at = 0; at < count; at++)
		TRY(occurrence_add(doing->act, &planning->rhythm, seen->place, dues[at], T(""),
				   &id));
	doing->made += (int64_t)count; /* at most DUES_MOST */
	return OK;
}

static struct error *
note_plan(struct act *act, struct text code, int64_t made, int64_t dropped)
{
	return act_note(act, &(struct fact){
				     .act = "duty.plan",
				     .about = { about_duty(act->look.arena, code) },
				     .pairs = { { "dropped", { 0 }, dropped },
						{ "made", { 0 }, made } },
			     });
}

struct error *
plan_in_act(struct act *act, const struct flow *flow, const struct pack_duty *duty,
	    struct duty_done *done)
{
	struct planning planning;
	struct doing doing = { .act = act };
	if (duty->rhythm == RHYTHM_NEEDED)
		return OK;
	TRY(plan_make(&act->look, flow, duty, &planning));
	TRY(walk_places(&planning, do_one, &doing));
	done->made += doing.made;
	done->dropped += doing.dropped;
	if (doing.made + doing.dropped == 0)
		return OK;
	return note_plan(act, duty->code, doing.made, doing.dropped);
}

/* ---- All of them ---- */

struct round {
	const struct flow *flow;
	const struct pack_duty *duty;
	struct text code;
	struct duty_done *done;
};

static struct error *
plan_act(struct act *act, void *with)
{
	struct round *round = with;
	return plan_in_act(act, round->flow, round->duty, round->done);
}

static struct error *
plan_duty(struct store *store, struct arena *arena, struct round *round)
{
	size_t waiting = 1;
	while (waiting != 0) {
		const int64_t before = round->done->made + round->done->dropped;
		{
			LOOK_SCOPED look = { 0 };
			struct planning planning;
			waiting = 0;
			TRY(look_begin(store, arena, &look));
			TRY(plan_make(&look, round->flow, round->duty, &planning));
			TRY(walk_places(&planning, count_one, &waiting));
		}
		if (waiting != 0)
			TRY(store_act(store, arena, &the_clock, plan_act, round));
		if (round->done->made + round->done->dropped == before)
			break;
	}
	return OK;
}

/* The policy in force no longer has the duty. */
static struct error *
drop_act(struct act *act, void *with)
{
	struct round *round = with;
	struct duty_rows_row *rows;
	size_t count;
	TRY(duty_rows(&act->look,
		      &(struct duty_rows_in){ round->code, T("open"), INT32_MIN, INT32_MAX, 0, 0,
					      DUTY_MOST_LISTED },
		      &rows, &count));
	if (count == 0)
		return OK;
	for (size_t at = 0; at < count; at++)
		TRY(duty_drop(act, &(struct duty_drop_in){
					   rows[at].id, act->look.now.ms,
					   text_of(say("今の方針にない仕事になりました。")) }));
	round->done->dropped += (int64_t)count; /* at most DUTY_MOST_LISTED */
	return note_plan(act, round->code, 0, (int64_t)count);
}

static struct error *
drop_unknown(struct store *store, struct arena *arena, struct round *round)
{
	enum { CODES_MOST = 1000 };
	struct duty_codes_open_row *rows;
	size_t count;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		TRY(duty_codes_open(&look, &(struct duty_codes_open_in){ CODES_MOST }, &rows,
				    &count));
	}
	for (size_t at = 0; at < count; at++) {
		if (pack_duty(round->flow->pack, rows[at].duty) != NULL)
			continue;
		round->code = rows[at].duty;
		TRY(store_act(store, arena, &the_clock, drop_act, round));
	}
	return OK;
}

struct error *
duty_plan(struct store *store, struct arena *arena, const struct flow *flow, struct duty_done *done)
{
	struct round round = { .flow = flow, .done = done };
	*done = (struct duty_done){ 0 };
	for (size_t at = 0; at < flow->pack->recurring_count; at++) {
		round.duty = &flow->pack->recurring[at];
		if (round.duty->rhythm != RHYTHM_NEEDED)
			TRY(plan_duty(store, arena, &round));
	}
	return drop_unknown(store, arena, &round);
}
