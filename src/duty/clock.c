/* Telling: who must do something now, what is late, and those above what stays late. */
#include "duty/rooms.h"

#include "people/notice.h"

static const struct actor the_clock = { .through = T_INIT("clock") };

enum { UNTOLD_MOST = 50000 };

/* Occurrences of one duty in one unit: told about in one go. */
struct telling {
	const struct flow *flow;
	const struct pack_duty *duty;
	const struct duty_untold_row *rows;
	size_t count;
	int64_t escalate; /* days */
	struct duty_done *done;
};

static bool
is_to_escalate(const struct telling *telling, const struct duty_untold_row *row, struct day today)
{
	return row->escalated == 0 && row->due + telling->escalate < today.no;
}

static struct error *
tell(struct act *act, const struct telling *telling, const struct decider *list, size_t count,
     struct text words, const char *subject)
{
	for (size_t at = 0; at < count; at++)
		TRY(people_notify(act, &(struct notify){
					       .person = list[at].person,
					       .about = about_duty(act->look.arena,
								   telling->duty->code),
					       .words = words,
					       .path = T("/duties"),
					       .subject = text_of(subject),
				       }));
	return OK;
}

static struct error *
note(struct act *act, const struct telling *telling, const char *what, int64_t count)
{
	const struct unit_id unit = { telling->rows[0].unit };
	struct arena *arena = act->look.arena;
	struct fact fact = {
		.act = what,
		.about = { about_duty(arena, telling->duty->code) },
		.pairs = { { "count", { 0 }, count } },
	};
	if (unit.no != 0)
		fact.about[1] = people_about_unit(arena, unit);
	return act_note(act, &fact);
}

static struct error *
remind(struct act *act, const struct telling *telling, const struct unit *unit, int64_t late,
       int64_t ready)
{
	struct arena *arena = act->look.arena;
	const struct text name = words_now(telling->duty->name);
	struct decider *list;
	size_t count;
	TRY(people_deciders(&act->look, telling->duty->owner, unit->id, moment_day(act->look.now),
			    (struct person_id){ 0 }, &list, &count));
	if (ready != 0)
		TRY(tell(act, telling, list, count,
			 text_format(arena, say("「%.*s」をするときになりました(%lld件)。"),
				     T_ARG(name), (long long)ready),
			 say("するときになった仕事があります")));
	if (late != 0)
		TRY(tell(act, telling, list, count,
			 text_format(arena, say("「%.*s」の期限が過ぎています(%lld件)。"), T_ARG(name),
				     (long long)late),
			 say("期限の過ぎた仕事があります")));
	return OK;
}

static struct error *
escalate(struct act *act, const struct telling *telling, const struct unit *unit, int64_t count)
{
	const struct pack_role *above = telling->duty->owner->above;
	struct decider *list;
	size_t deciders;
	if (above == NULL)
		return OK;
	TRY(people_deciders(&act->look, above, unit->id, moment_day(act->look.now),
			    (struct person_id){ 0 }, &list, &deciders));
	return tell(act, telling, list, deciders,
		    text_format(act->look.arena,
				say("%.*sの「%.*s」が、期限を過ぎても済んでいません(%lld件)。"),
				T_ARG(unit->id.no == 0 ? words_now(telling->duty->owner->name)
						       : unit->name),
				T_ARG(words_now(telling->duty->name)), (long long)count),
		    say("済んでいない仕事があります"));
}

static struct error *
tell_act(struct act *act, void *with)
{
	struct telling *telling = with;
	const struct day today = moment_day(act->look.now);
	struct unit unit = { .id = { telling->rows[0].unit } };
	int64_t late = 0, ready = 0, escalated = 0;
	if (unit.id.no != 0)
		TRY(people_unit(&act->look, unit.id, &unit));
	for (size_t at = 0; at < telling->count; at++) {
		const struct duty_untold_row *row = &telling->rows[at];
		const bool escalates = is_to_escalate(telling, row, today);
		const bool is_late_untold = row->due < today.no &&
					    row->told < day_begin((struct day){ row->due + 1 }).ms;
		late += is_late_untold;
		ready += row->due >= today.no && row->told == 0;
		escalated += escalates;
		if (escalates)
			TRY(duty_set_escalated(act, &(struct duty_set_escalated_in){
							    row->id, act->look.now.ms }));
		else if (is_late_untold || row->told == 0)
			TRY(duty_set_told(act, &(struct duty_set_told_in){ row->id,
									  act->look.now.ms }));
	}
	if (late + ready != 0)
		TRY(remind(act, telling, &unit, late, ready));
	if (escalated != 0)
		TRY(escalate(act, telling, &unit, escalated));
	telling->done->reminded += late + ready;
	telling->done->escalated += escalated;
	if (late + ready + escalated == 0)
		return OK;
	return note(act, telling, escalated != 0 ? "duty.escalate" : "duty.remind",
		    escalated != 0 ? escalated : late + ready);
}

static bool
has_to_tell(const struct telling *telling, struct day today)
{
	for (size_t at = 0; at < telling->count; at++) {
		const struct duty_untold_row *row = &telling->rows[at];
		if (row->told == 0 || is_to_escalate(telling, row, today) ||
		    row->told < day_begin((struct day){ row->due + 1 }).ms)
			return true;
	}
	return false;
}

/* From `rows` on, those of the same duty and unit. */
static size_t
alike(const struct duty_untold_row *rows, size_t count)
{
	size_t same = 1;
	while (same < count && rows[same].unit == rows[0].unit &&
	       text_same(rows[same].duty, rows[0].duty))
		same++;
	return same;
}

static struct error *
tell_rows(struct store *store, struct arena *arena, struct telling *telling,
	  const struct duty_untold_row *rows, size_t count, struct day today)
{
	const struct pack *pack = telling->flow->pack;
	for (size_t at = 0; at < count; at += telling->count) {
		struct rhythm rhythm;
		telling->rows = &rows[at];
		telling->count = alike(&rows[at], count - at);
		telling->duty = pack_duty(pack, rows[at].duty);
		if (telling->duty == NULL)
			continue;
		{
			LOOK_SCOPED look = { 0 };
			TRY(look_begin(store, arena, &look));
			TRY(rhythm_of(&look, pack, telling->duty, &rhythm));
		}
		telling->escalate = rhythm.escalate;
		if (has_to_tell(telling, today))
			TRY(store_act(store, arena, &the_clock, tell_act, telling));
	}
	return OK;
}

struct error *
duty_clock(struct store *store, struct arena *arena, const struct flow *flow,
	   struct duty_done *done)
{
	struct telling telling = { .flow = flow, .done = done };
	struct duty_untold_row *rows;
	struct day today;
	size_t count;
	TRY(duty_plan(store, arena, flow, done));
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		today = moment_day(look.now);
		TRY(duty_untold(&look, &(struct duty_untold_in){ today.no, look.now.ms, UNTOLD_MOST }, &rows,
				&count));
	}
	return tell_rows(store, arena, &telling, rows, count, today);
}
