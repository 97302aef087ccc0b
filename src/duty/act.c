/* Doing, excusing, handing over, beginning; and what another room's deed fulfils. */
#include "duty/rooms.h"

#include "people/notice.h"

/* Asked after who may: whoever may not learns nothing of its state. */
static struct error *
must_be_open(const struct duty_occurrence *occurrence, int64_t change)
{
	if (occurrence->change != change)
		return conflict("ほかの人が先に手を加えました。開きなおして確かめてください。");
	if (occurrence->state == DUTY_DONE || occurrence->state == DUTY_EXCUSED ||
	    occurrence->state == DUTY_DROPPED)
		return conflict("この仕事はもう「%s」になっています。", duty_state_words(occurrence->state));
	return OK;
}

static struct error *
must_lead(struct act *act, const struct duty_occurrence *occurrence)
{
	if (occurrence->duty == NULL)
		return conflict("今の方針にない仕事です。記録は残っています。");
	return people_must_hold(act, occurrence->duty->owner, occurrence->unit,
				(struct person_id){ 0 }, NULL);
}

static struct error *
must_words(struct text words, const char *ask)
{
	if (text_trim(words).len == 0)
		return reject("words", "%s", ask);
	if (text_count(words) > DUTY_MOST_WORDS)
		return reject("words", "%d文字までにしてください。", DUTY_MOST_WORDS);
	return OK;
}

static struct error *
finish(struct act *act, const struct flow *flow, const struct duty_occurrence *occurrence,
       struct duty_finish_in *in)
{
	in->id = occurrence->id.no;
	in->done = act->look.now.ms;
	in->person = act->actor.person;
	in->deputy_for = act->actor.deputy_for;
	in->role = act->actor.role;
	TRY(duty_finish(act, in));
	return plan_next(act, flow, occurrence->duty,
			 (struct place){ occurrence->unit.no, occurrence->row.no });
}

struct error *
duty_do(struct act *act, const struct flow *flow, const struct duty_doing *doing)
{
	struct duty_occurrence occurrence;
	struct ledger_value *values;
	struct row_id put;
	struct text json;
	size_t count;
	TRY(duty_read(&act->look, flow, doing->id, &occurrence));
	if (occurrence.duty == NULL || occurrence.handed.no == 0 ||
	    occurrence.handed.no != act->actor.person)
		TRY(must_lead(act, &occurrence));
	TRY(must_be_open(&occurrence, doing->change));
	TRY(record_check(&act->look, flow, &occurrence, doing, &values, &count, &json));
	TRY(record_put(act, flow, &occurrence, doing->on, values, count, &put));
	TRY(finish(act, flow, &occurrence,
		   &(struct duty_finish_in){
			   .state = T("done"),
			   .done_on = doing->on.no,
			   .words = text_trim(doing->words),
			   .record = json,
			   .put = put.no,
		   }));
	struct fact fact = fact_about(act->look.arena, "duty.done", &occurrence);
	fact.pairs[1] = (struct fact_pair){ "on", day_iso(act->look.arena, doing->on), 0 };
	return act_note(act, &fact);
}

struct error *
duty_excuse(struct act *act, const struct flow *flow, struct duty_id id, int64_t change,
	    struct text words)
{
	struct duty_occurrence occurrence;
	TRY(duty_read(&act->look, flow, id, &occurrence));
	TRY(must_lead(act, &occurrence));
	TRY(must_be_open(&occurrence, change));
	TRY(must_words(words, say("今回しないわけを入力してください。")));
	TRY(finish(act, flow, &occurrence,
		   &(struct duty_finish_in){
			   .state = T("excused"),
			   .done_on = 0,
			   .words = text_trim(words),
		   }));
	const struct fact fact = fact_about(act->look.arena, "duty.excuse", &occurrence);
	return act_note(act, &fact);
}

/* ---- Handing over ---- */

/* Somebody of the place's unit or below it, or who may decide there anyway. */
static struct error *
must_belong(struct look *look, const struct duty_occurrence *occurrence, struct person_id person)
{
	struct unit_id unit;
	bool may, is_under = occurrence->unit.no == 0;
	TRY(people_unit_of(look, person, moment_day(look->now), &unit));
	if (unit.no == 0)
		return reject("person", "その人は、今どこの所属にもいません。ほかの人を選んでください。");
	TRY(duty_may_lead(look, occurrence, person, &may));
	if (!may && !is_under)
		TRY(people_unit_is_under(look, unit, occurrence->unit, &is_under));
	if (!may && !is_under)
		return reject("person", "その人は%.*sの人ではありません。所属の人か代理の人を選んでください。",
			      T_ARG(occurrence->unit_name));
	return OK;
}

struct error *
duty_hand(struct act *act, const struct flow *flow, struct duty_id id, int64_t change,
	  struct person_id person)
{
	struct duty_occurrence occurrence;
	struct arena *arena = act->look.arena;
	TRY(duty_read(&act->look, flow, id, &occurrence));
	TRY(must_lead(act, &occurrence));
	TRY(must_be_open(&occurrence, change));
	if (person.no != 0) {
		TRY(must_belong(&act->look, &occurrence, person));
		TRY(people_notify(act, &(struct notify){
					       .person = person,
					       .about = duty_about(arena, id),
					       .words = text_format(arena, say("「%.*s」を頼まれました(期限%.*s)。"),
								    T_ARG(duty_title(arena, &occurrence)),
								    T_ARG(day_wareki(arena, occurrence.due))),
					       .path = text_format(arena, "/duties/occurrences/%lld",
								   (long long)id.no),
					       .subject = text_of(say("くり返す仕事を頼まれました")),
				       }));
	}
	TRY(duty_set_handed(act, &(struct duty_set_handed_in){ id.no, person.no }));
	struct fact fact = fact_about(arena, "duty.hand", &occurrence);
	fact.pairs[1] = (struct fact_pair){ "to", { 0 }, person.no };
	return act_note(act, &fact);
}

/* ---- When needed ---- */

struct error *
duty_begin(struct act *act, const struct flow *flow, const struct duty_beginning *beginning,
	   struct duty_id *id)
{
	const struct pack_duty *duty = beginning->duty;
	const struct unit_id unit = { duty->owner->scope == SCOPE_BODY ? 0 : beginning->unit.no };
	struct duty_occurrence occurrence;
	struct rhythm rhythm;
	int64_t no;
	if (duty->rhythm != RHYTHM_NEEDED)
		return reject("duty", "「%.*s」は決まった時期に行う仕事です。一覧から選んでください。",
			      T_ARG(words_now(duty->name)));
	TRY(people_must_hold(act, duty->owner, unit, (struct person_id){ 0 }, NULL));
	TRY(must_words(beginning->words, say("何が起きたのかを入力してください。")));
	TRY(rhythm_of(&act->look, flow->pack, duty, &rhythm));
	rhythm.lead = rhythm.within; /* to be done from today on */
	TRY(occurrence_add(act, &rhythm, (struct place){ unit.no, 0 },
			   day_plus(moment_day(act->look.now), rhythm.within),
			   text_trim(beginning->words), &no));
	TRY(duty_set_told(act, &(struct duty_set_told_in){ no, act->look.now.ms }));
	id->no = no;
	TRY(duty_read(&act->look, flow, *id, &occurrence));
	const struct fact fact = fact_about(act->look.arena, "duty.begin", &occurrence);
	return act_note(act, &fact);
}

/* ---- Done elsewhere ---- */

struct fulfilling {
	struct act *act;
	const struct flow *flow;
	const struct duty_deed *deed;
	const struct pack_duty *duty;
	int64_t fulfilled;
};

static struct day
done_on(const struct fulfilling *fulfilling)
{
	const struct day on = fulfilling->deed->on;
	return day_is_none(on) ? moment_day(fulfilling->act->look.now) : on;
}

static struct error *
fulfil(struct fulfilling *fulfilling, struct duty_id id)
{
	struct act *act = fulfilling->act;
	const struct duty_deed *deed = fulfilling->deed;
	const struct day on = done_on(fulfilling);
	struct duty_occurrence occurrence;
	TRY(duty_read(&act->look, fulfilling->flow, id, &occurrence));
	TRY(finish(act, fulfilling->flow, &occurrence,
		   &(struct duty_finish_in){
			   .state = T("done"),
			   .done_on = on.no,
			   .words = text_trim(deed->words),
			   .source = deed->source,
		   }));
	struct fact fact = fact_about(act->look.arena, "duty.done", &occurrence);
	fact.pairs[1] = (struct fact_pair){ "on", day_iso(act->look.arena, on), 0 };
	fact.pairs[2] = (struct fact_pair){ "source", deed->source, 0 };
	fulfilling->fulfilled++;
	return act_note(act, &fact);
}

/* Done a second time within one round, it does not end the next round as well. */
static bool
is_of_its_round(const struct fulfilling *fulfilling, struct day due)
{
	const struct pack_duty *duty = fulfilling->duty;
	return duty->rhythm != RHYTHM_MONTHS || done_on(fulfilling).no > month_before(duty, due).no;
}

/* The earliest open occurrence of every row in the place: of a unit's places, or of one. */
static struct error *
fulfil_place(struct fulfilling *fulfilling, struct place place, bool *found)
{
	struct duty_open_of_row *rows;
	size_t count;
	TRY(duty_open_of(&fulfilling->act->look,
			 &(struct duty_open_of_in){ fulfilling->duty->code, place.unit, place.row,
						    1 },
			 &rows, &count));
	*found |= count != 0;
	if (count == 0 || !is_of_its_round(fulfilling, (struct day){ rows[0].due }))
		return OK;
	return fulfil(fulfilling, (struct duty_id){ rows[0].id });
}

static bool
is_asked(const struct duty_deed *deed, const struct place *place)
{
	return deed->row.no == 0 || place->row == 0 || place->row == deed->row.no;
}

static struct error *
fulfil_in_unit(struct fulfilling *fulfilling, const struct place *list, size_t count, int64_t unit,
	       bool *found)
{
	for (size_t at = 0; at < count; at++)
		if ((unit < 0 || list[at].unit == unit) && is_asked(fulfilling->deed, &list[at]))
			TRY(fulfil_place(fulfilling, list[at], found));
	return OK;
}

/* A unit's deed counts in the nearest place above it. */
static struct error *
fulfil_duty(struct fulfilling *fulfilling)
{
	struct look *look = &fulfilling->act->look;
	struct duty_done ignored = { 0 };
	struct place *list;
	struct unit *path = NULL;
	size_t count, steps = 0;
	bool found = false;
	TRY(plan_in_act(fulfilling->act, fulfilling->flow, fulfilling->duty, &ignored));
	TRY(places_of(look, fulfilling->flow, fulfilling->duty, &list, &count));
	if (fulfilling->deed->unit.no == 0)
		return fulfil_in_unit(fulfilling, list, count, -1, &found);
	TRY(people_unit_path(look, fulfilling->deed->unit, &path, &steps));
	for (size_t at = steps; at > 0 && !found; at--)
		TRY(fulfil_in_unit(fulfilling, list, count, path[at - 1].id.no, &found));
	return found ? OK : fulfil_in_unit(fulfilling, list, count, 0, &found);
}

/* Done when needed: begun and ended at once. */
static struct error *
fulfil_needed(struct fulfilling *fulfilling)
{
	struct act *act = fulfilling->act;
	const bool is_body = fulfilling->duty->owner->scope == SCOPE_BODY;
	struct rhythm rhythm;
	int64_t id;
	TRY(rhythm_of(&act->look, fulfilling->flow->pack, fulfilling->duty, &rhythm));
	rhythm.lead = rhythm.within;
	TRY(occurrence_add(act, &rhythm,
			   (struct place){ is_body ? 0 : fulfilling->deed->unit.no, 0 },
			   day_plus(moment_day(act->look.now), rhythm.within),
			   text_trim(fulfilling->deed->words), &id));
	return fulfil(fulfilling, (struct duty_id){ id });
}

struct error *
duty_done_by(struct act *act, const struct pack *pack, const struct duty_deed *deed,
	     int64_t *fulfilled)
{
	const struct flow flow = { .pack = pack };
	struct fulfilling fulfilling = { .act = act, .flow = &flow, .deed = deed };
	for (size_t at = 0; at < pack->recurring_count; at++) {
		fulfilling.duty = &pack->recurring[at];
		if (!text_is(fulfilling.duty->by, deed->by) ||
		    (fulfilling.duty->of.len != 0 && !text_same(fulfilling.duty->of, deed->of)))
			continue;
		if (fulfilling.duty->rhythm == RHYTHM_NEEDED)
			TRY(fulfil_needed(&fulfilling));
		else
			TRY(fulfil_duty(&fulfilling));
	}
	if (fulfilled != NULL)
		*fulfilled = fulfilling.fulfilled;
	return OK;
}
