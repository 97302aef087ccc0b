/* Telling: who has not given back, who keeps what is not given back, and whose software loses its support. */
#include "inventory/rooms.h"

#include "people/notice.h"

static const struct actor the_clock = { .through = T_INIT("clock") };

struct telling {
	const struct flow *flow;
	int64_t loan;
	const struct inventory_software *software;
	const char *what;
	struct inventory_done *done;
};

static struct error *
tell_keepers(struct act *act, const struct flow *flow, struct unit_id unit, struct row_id thing,
	     struct text words, const char *subject)
{
	struct decider *list;
	size_t count;
	TRY(people_deciders(&act->look, flow->pack->inventory->keeps, unit, moment_day(act->look.now),
			    (struct person_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		TRY(people_notify(act, &(struct notify){
					       .person = list[at].person,
					       .about = about_thing(act->look.arena, thing),
					       .words = words,
					       .path = text_format(act->look.arena, "/things/%lld",
								   (long long)thing.no),
					       .subject = text_of(subject),
				       }));
	return OK;
}

static struct error *
note(struct act *act, const char *what, struct row_id thing, struct unit_id unit,
     struct fact_pair pair)
{
	struct fact fact = { .act = what,
			     .about = { about_thing(act->look.arena, thing) },
			     .pairs = { pair } };
	if (unit.no != 0)
		fact.about[1] = people_about_unit(act->look.arena, unit);
	return act_note(act, &fact);
}

static struct error *
tell_holder(struct act *act, const struct telling *telling, const struct inventory_loan_get_row *loan,
	    struct text due)
{
	const struct row_id thing = { loan->thing };
	struct arena *arena = act->look.arena;
	if (loan->person == 0) /* at a firm */
		return tell_keepers(act, telling->flow, (struct unit_id){ loan->owner }, thing,
				    text_format(arena,
						say("%.*sに修理に出した「%.*s」が、戻る日(%.*s)を過ぎています。"),
						T_ARG(loan->firm), T_ARG(loan->title), T_ARG(due)),
				    say("修理から戻っていない物があります"));
	return people_notify(act, &(struct notify){
					  .person = { loan->person },
					  .about = about_thing(arena, thing),
					  .words = text_format(arena,
							       say("「%.*s」を戻す日(%.*s)が過ぎています。戻して、ラベルを読み取ってください。"),
							       T_ARG(loan->title), T_ARG(due)),
					  .path = text_format(arena, "/things/%lld", (long long)loan->thing),
					  .subject = text_of(say("戻す日を過ぎた物があります")),
				  });
}

static struct error *
remind(struct act *act, void *with)
{
	struct telling *telling = with;
	struct inventory_loan_get_row loan;
	struct arena *arena = act->look.arena;
	bool found;
	TRY(inventory_loan_get(&act->look, &(struct inventory_loan_get_in){ telling->loan }, &found, &loan));
	if (!found || loan.due >= act->look.now.ms)
		return OK; /* given back meanwhile */
	const struct text due = day_wareki(arena, moment_day((struct moment){ loan.due }));
	const bool escalates = loan.escalated == 0 &&
			       loan.due + INVENTORY_ESCALATE_DAYS * (int64_t)DAY_MS < act->look.now.ms;
	if (loan.told != 0 && !escalates)
		return OK;
	if (loan.told == 0)
		TRY(tell_holder(act, telling, &loan, due));
	if (!escalates) {
		TRY(inventory_loan_told(act, &(struct inventory_loan_told_in){ loan.id, act->look.now.ms }));
		telling->done->reminded++;
		return note(act, "inventory.remind", (struct row_id){ loan.thing },
			    (struct unit_id){ loan.owner }, (struct fact_pair){ "loan", { 0 }, loan.id });
	}
	TRY(tell_keepers(act, telling->flow, (struct unit_id){ loan.owner }, (struct row_id){ loan.thing },
			 text_format(arena, say("「%.*s」が、戻す日(%.*s)を過ぎても戻っていません。持っている人: %.*s"),
				     T_ARG(loan.title), T_ARG(due),
				     T_ARG(loan.person != 0 ? loan.person_name : loan.firm)),
			 say("戻っていない物があります")));
	TRY(inventory_loan_escalated(act, &(struct inventory_loan_escalated_in){ loan.id, act->look.now.ms }));
	telling->done->escalated++;
	return note(act, "inventory.escalate", (struct row_id){ loan.thing }, (struct unit_id){ loan.owner },
		    (struct fact_pair){ "loan", { 0 }, loan.id });
}

static struct error *
warn(struct act *act, void *with)
{
	struct telling *telling = with;
	const struct inventory_software *one = telling->software;
	struct inventory_was_told_row was;
	struct arena *arena = act->look.arena;
	int64_t id;
	TRY(inventory_was_told(&act->look,
			       &(struct inventory_was_told_in){ one->row.no, text_of(telling->what),
								one->until.no },
			       &was));
	if (was.has != 0)
		return OK;
	const struct text until = day_wareki(arena, one->until);
	TRY(tell_keepers(act, telling->flow, one->unit, one->row,
			 one->has_ended
				 ? text_format(arena, say("「%.*s」のサポートは%.*sに終わりました。使うのをやめるか、置きかえてください。"),
					       T_ARG(one->title), T_ARG(until))
				 : text_format(arena, say("「%.*s」のサポートが%.*sに終わります。置きかえを考えてください。"),
					       T_ARG(one->title), T_ARG(until)),
			 say("サポートの終わるソフトウェアがあります")));
	TRY(act_number(act, T("inventory-told"), &id));
	TRY(inventory_told_add(act, &(struct inventory_told_add_in){ id, one->row.no, text_of(telling->what),
								    one->until.no, act->look.now.ms }));
	telling->done->warned++;
	return note(act, "inventory.support", one->row, one->unit,
		    (struct fact_pair){ "until", day_iso(arena, one->until), 0 });
}

static struct error *
warn_all(struct store *store, struct arena *arena, struct telling *telling, size_t most, bool *is_more)
{
	struct inventory_software *list;
	struct inventory_was_told_row was;
	bool *is_new;
	size_t count, told = 0;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		TRY(inventory_software(&look, telling->flow, NULL, 0, &list, &count));
		is_new = ARENA_ARRAY(arena, bool, count + 1);
		for (size_t at = 0; at < count; at++) {
			if ((!list[at].has_ended && !list[at].is_ending) || list[at].unit.no == 0)
				continue;
			TRY(inventory_was_told(&look,
					       &(struct inventory_was_told_in){
						       list[at].row.no,
						       text_of(list[at].has_ended ? "ended" : "ending"),
						       list[at].until.no },
					       &was));
			is_new[at] = was.has == 0;
		}
	}
	for (size_t at = 0; at < count; at++) {
		if (!is_new[at])
			continue;
		if (told++ == most) {
			*is_more = true;
			return OK;
		}
		telling->software = &list[at];
		telling->what = list[at].has_ended ? "ended" : "ending";
		TRY(store_act(store, arena, &the_clock, warn, telling));
	}
	return OK;
}

struct error *
inventory_clock(struct store *store, struct arena *arena, const struct flow *flow, size_t most,
		struct inventory_done *done, bool *is_more)
{
	struct telling telling = { .flow = flow, .done = done };
	struct inventory_untold_row *rows;
	size_t count;
	*done = (struct inventory_done){ 0 };
	*is_more = false;
	if (flow->pack->inventory == NULL)
		return OK;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		TRY(inventory_untold(&look,
				     &(struct inventory_untold_in){
					     look.now.ms,
					     look.now.ms - INVENTORY_ESCALATE_DAYS * (int64_t)DAY_MS,
					     (int64_t)most }, /* small */
				     &rows, &count));
	}
	for (size_t at = 0; at < count; at++) {
		telling.loan = rows[at].id;
		TRY(store_act(store, arena, &the_clock, remind, &telling));
	}
	*is_more = count == most;
	return warn_all(store, arena, &telling, most, is_more);
}
