/* Recurring work: done wherever it is to be done, and nothing overdue. */
#include "assure/rooms.h"

#include "duty/duty.h"

static struct error *
never_done(const struct evaluating *evaluating, const struct duty_tally *tally,
	   struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	if (tally->excused != 0)
		return answer_with(answer, STATE_CLAIMED,
				   text_of(say("行わないわけが記録されています。行った記録はまだありません。")));
	if (day_is_none(tally->next))
		return answer_with(answer, STATE_MISSING, text_of(say("行った記録がまだありません。")));
	return answer_with(answer, STATE_MISSING,
			   text_format(arena, say("行った記録がまだありません(次の期限%.*s)。"),
				       T_ARG(day_wareki(arena, tally->next))));
}

/* In time: soon to be done, or done. */
static struct error *
in_time(const struct evaluating *evaluating, const struct pack_evidence *rule,
	const struct duty_tally *tally, struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const struct day today = moment_day(evaluating->look->now);
	const struct text last = day_wareki(arena, tally->last);
	int64_t days;
	TRY(within_days(evaluating, rule, 0, &days));
	if (days > 0 && tally->last.no + days < today.no)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("%lld日以内に行った記録がありません(前回%.*s)。"),
					       (long long)days, T_ARG(last)));
	if (tally->waiting != 0)
		return answer_with(answer, STATE_DUE,
				   text_format(arena, say("前回%.*sに行い、今%lld件がするときです(期限%.*s)。"),
					       T_ARG(last), (long long)tally->waiting,
					       T_ARG(day_wareki(arena, tally->next))));
	if (day_is_none(tally->next))
		return answer_with(answer, STATE_FULFILLED,
				   text_format(arena, say("%.*sに行った記録があります。"), T_ARG(last)));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("%.*sに行った記録があります(次の期限%.*s)。"), T_ARG(last),
				       T_ARG(day_wareki(arena, tally->next))));
}

struct error *
duty_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	  struct assured_rule *answer)
{
	struct duty_tally tally;
	bool knows;
	TRY(store_has_step(evaluating->look, T("duty"), 1, &knows));
	if (!knows) /* a store of an earlier Bansho */
		return answer_with(answer, STATE_MISSING, text_of(say("行った記録がまだありません。")));
	TRY(duty_tally(evaluating->look, rule->duty->code, &tally));
	answer->all = tally.places;
	answer->good = tally.done;
	if (tally.late != 0)
		TRY(answer_with(answer, STATE_LATE,
				text_format(evaluating->look->arena,
					    say("期限の過ぎたものが%lld件あります(最も古い期限%.*s)。"),
					    (long long)tally.late,
					    T_ARG(day_wareki(evaluating->look->arena, tally.next)))));
	else if (tally.done == 0)
		TRY(never_done(evaluating, &tally, answer));
	else
		TRY(in_time(evaluating, rule, &tally, answer));
	if (rule->is_partial &&
	    (answer->state == STATE_FULFILLED || answer->state == STATE_DUE))
		answer->state = STATE_CLAIMED;
	return OK;
}
