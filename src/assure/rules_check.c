/* Self-checks: whether they were answered, what was answered, and what was put right since. */
#include "assure/record.h"

#include "check/check.h"

enum { USUAL_DAYS = 366, ENOUGH_PERCENT = 90, PERCENT = 100 };

static struct error *
never_over(const struct evaluating *evaluating, const struct check_stand *stand,
	   struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	if (!stand->has_running)
		return answer_with(answer, STATE_MISSING,
				   text_of(say("自己点検が、まだ一度も行われていません。")));
	return answer_with(answer, STATE_DUE,
			   text_format(arena, say("はじめての自己点検を受け付けています(期限%.*s)。"),
				       T_ARG(day_wareki(arena, stand->running_until))));
}

/* The newest one that is over lies too far back; one that runs today will put it right. */
static struct error *
stale(const struct evaluating *evaluating, const struct check_stand *stand, int64_t days,
      struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	if (stand->has_running)
		return answer_with(answer, STATE_DUE,
				   text_format(arena, say("前の自己点検は%.*sまででした。いま、次を受け付けています(期限%.*s)。"),
					       T_ARG(day_wareki(arena, stand->until)),
					       T_ARG(day_wareki(arena, stand->running_until))));
	return answer_with(answer, STATE_LATE,
			   text_format(arena, say("前の自己点検(期限%.*s)から%lld日を過ぎています。"),
				       T_ARG(day_wareki(arena, stand->until)), (long long)days));
}

static struct error *
answered_rule(const struct evaluating *evaluating, const struct check_stand *stand,
	      struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	int64_t enough;
	TRY(people_parameter(evaluating->look, evaluating->flow->pack, "check.enough-percent",
			     ENOUGH_PERCENT, &enough));
	answer->good = stand->answered;
	answer->all = stand->asked;
	const bool is_enough = stand->asked != 0 &&
			       stand->answered * PERCENT >= enough * stand->asked;
	const struct text until = day_wareki(arena, stand->until);
	if (!is_enough)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("%.*sまでの自己点検は、%lld件のうち%lld件しか答えがありません(%lld%%要ります)。"),
					       T_ARG(until), (long long)stand->asked,
					       (long long)stand->answered, (long long)enough));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("%.*sまでの自己点検に、%lld件のうち%lld件が答えました。"),
				       T_ARG(until), (long long)stand->asked, (long long)stand->answered));
}

static struct error *
improved_rule(const struct evaluating *evaluating, const struct check_stand *stand,
	      struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	answer->good = stand->no - stand->open;
	answer->all = stand->no;
	if (stand->late != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("「いいえ」%lld件のうち、期限を過ぎた改善が%lld件あります。"),
					       (long long)stand->no, (long long)stand->late));
	if (stand->open != 0)
		return answer_with(answer, STATE_DUE,
				   text_format(arena, say("「いいえ」%lld件のうち、%lld件を改善中です。期限を過ぎたものはありません。"),
					       (long long)stand->no, (long long)stand->open));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("「いいえ」%lld件は、すべて改善しました。"),
				       (long long)stand->no));
}

/* What people say of themselves is a claim, however many say it. */
static struct error *
item_rule(const struct evaluating *evaluating, const struct check_stand *stand,
	  struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const struct text until = day_wareki(arena, stand->until);
	answer->good = stand->yes + stand->na + stand->no - stand->open;
	answer->all = stand->yes + stand->na + stand->no;
	if (answer->all == 0)
		return answer_with(answer, STATE_MISSING,
				   text_format(arena, say("%.*sまでの自己点検に、この問いへの答えがありません。"),
					       T_ARG(until)));
	if (stand->late != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("自己点検で「いいえ」%lld件。期限を過ぎた改善が%lld件あります。"),
					       (long long)stand->no, (long long)stand->late));
	return answer_with(answer, STATE_CLAIMED,
			   text_format(arena, say("%.*sまでの自己点検で「はい」%lld件、「いいえ」%lld件(改善中%lld件)、あてはまらない%lld件。本人の答えによります。"),
				       T_ARG(until), (long long)stand->yes, (long long)stand->no,
				       (long long)stand->open, (long long)stand->na));
}

struct error *
checks_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	    struct assured_rule *answer)
{
	struct check_stand stand;
	int64_t days;
	TRY(within_days(evaluating, rule, USUAL_DAYS, &days));
	TRY(check_stand(evaluating->look, rule->checklist->code,
			rule->item != NULL ? rule->item->code : T(""), &stand));
	if (!stand.has_over)
		return never_over(evaluating, &stand, answer);
	if (stand.until.no < moment_day(evaluating->look->now).no - days)
		return stale(evaluating, &stand, days, answer);
	if (rule->shows == SHOWS_IMPROVED)
		TRY(improved_rule(evaluating, &stand, answer));
	else if (rule->item != NULL)
		TRY(item_rule(evaluating, &stand, answer));
	else
		TRY(answered_rule(evaluating, &stand, answer));
	if (rule->is_partial && answer->state == STATE_FULFILLED)
		answer->state = STATE_CLAIMED;
	return OK;
}

/* ---- Findings ---- */

static const struct assured *
clause_called(const struct assurance *assurance, struct text id)
{
	for (size_t at = 0; at < assurance->count; at++)
		if (text_same(assurance->clauses[at].clause->id, id))
			return &assurance->clauses[at];
	return NULL;
}

struct error *
causes_of_checks(struct look *look, const struct assurance *assurance, struct causes *causes)
{
	struct check_late *list = NULL;
	struct cause *longer;
	size_t count;
	TRY(check_late(look, &list, &count));
	longer = ARENA_ARRAY(look->arena, struct cause, causes->count + count + 1);
	for (size_t at = 0; at < causes->count; at++)
		longer[at] = causes->list[at];
	causes->list = longer;
	for (size_t at = 0; at < count; at++) {
		const struct assured *assured = clause_called(assurance, list[at].clause);
		if (assured == NULL)
			continue; /* the policy no longer has it */
		causes->list[causes->count++] = (struct cause){
			.kind = ASSURE_CHECK,
			.assured = assured,
			.about = text_format(look->arena, "check-item:%lld:%lld",
					     (long long)list[at].item, (long long)list[at].campaign.no),
			.why = text_format(look->arena, say("%.*sの「%.*s」で、期限を過ぎた改善が%lld件あります。"),
					   T_ARG(list[at].title), T_ARG(words_now(list[at].question)),
					   (long long)list[at].late),
		};
	}
	return OK;
}
