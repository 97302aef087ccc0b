/* Sets that must agree: held against each other in time, and what differed put right or explained. */
#include "assure/record.h"

#include "reconcile/reconcile.h"

static struct error *
never_run(const struct reconcile_stand *stand, struct assured_rule *answer)
{
	for (int side = 0; side < SIDES; side++)
		if (stand->of->sides[side].source->takes == TAKES_COLUMNS && stand->lists[side].id == 0)
			return answer_with(answer, STATE_MISSING,
					   text_of(say("突き合わせる一覧が、まだ取り込まれていません。")));
	return answer_with(answer, STATE_MISSING, text_of(say("まだ一度も突き合わせていません。")));
}

static struct error *
balanced(const struct evaluating *evaluating, const struct reconcile_stand *stand,
	 struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const struct text day = day_wareki(arena, moment_day(stand->run.seen));
	if (stand->is_empty)
		return answer_with(answer, STATE_CLAIMED,
				   text_format(arena, say("%.*sに突き合わせましたが、比べるものが一件もありませんでした。"),
					       T_ARG(day)));
	if (stand->explained != 0)
		return answer_with(answer, STATE_FULFILLED,
				   text_format(arena, say("%.*sに突き合わせ、%lld件が合いました。違いは、わけと期限を書いて認めた%lld件だけです。"),
					       T_ARG(day), (long long)stand->run.matched,
					       (long long)stand->explained));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("%.*sに突き合わせ、%lld件が合い、違いはありません。"), T_ARG(day),
				       (long long)stand->run.matched));
}

static struct error *
stand_rule(const struct evaluating *evaluating, const struct reconcile_stand *stand,
	   struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const struct day today = moment_day(evaluating->look->now);
	if (!stand->has_run)
		return never_run(stand, answer);
	answer->all = stand->run.matched + stand->run.differences;
	answer->good = stand->run.matched + stand->explained;
	if (stand->is_overdue)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("%lld日以内に突き合わせていません(前回%.*s)。"),
					       (long long)stand->every,
					       T_ARG(day_wareki(arena, moment_day(stand->run.at)))));
	if (stand->late != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("突き合わせで見つかった違い%lld件のうち、%lld件が直す期限を過ぎています。"),
					       (long long)stand->open, (long long)stand->late));
	if (stand->run.differences > RECONCILE_MOST_KEPT)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("違いが%lld件あり、一つずつ追いきれません。一覧の取り方を確かめてください。"),
					       (long long)stand->run.differences));
	if (stand->open != 0)
		return answer_with(answer, STATE_DUE,
				   text_format(arena, say("突き合わせで見つかった違いが%lld件あり、期限までに直します。"),
					       (long long)stand->open));
	if (!day_is_none(stand->next) && stand->next.no <= today.no + RECONCILE_LEAD_DAYS)
		return answer_with(answer, STATE_DUE,
				   text_format(arena, say("前回は合いました。次の突き合わせの期限は%.*sです。"),
					       T_ARG(day_wareki(arena, stand->next))));
	return balanced(evaluating, stand, answer);
}

struct error *
reconciliation_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
		    struct assured_rule *answer)
{
	struct reconcile_stand stand;
	bool knows;
	TRY(store_has_step(evaluating->look, T("reconcile"), 1, &knows));
	if (!knows) /* a store of an earlier Bansho */
		return answer_with(answer, STATE_MISSING, text_of(say("まだ一度も突き合わせていません。")));
	TRY(reconcile_stand(evaluating->look, evaluating->flow->pack, rule->reconciliation, &stand));
	TRY(stand_rule(evaluating, &stand, answer));
	if (rule->is_partial && (answer->state == STATE_FULFILLED || answer->state == STATE_DUE))
		answer->state = STATE_CLAIMED;
	return OK;
}

/* ---- Findings: one for what differs in a reconciliation ---- */

/* The clause under which it is a finding: the first that the reconciliation itself is about. */
static const struct assured *
clause_for(const struct assurance *assurance, const struct pack_reconcile *of)
{
	for (size_t at = 0; of->clauses_count != 0 && at < assurance->count; at++)
		if (assurance->clauses[at].clause == of->clauses[0])
			return &assurance->clauses[at];
	return NULL;
}

struct error *
causes_of_reconciliations(struct look *look, const struct flow *flow,
			  const struct assurance *assurance, struct causes *causes)
{
	const struct pack *pack = flow->pack;
	struct cause *longer = ARENA_ARRAY(look->arena, struct cause,
					   causes->count + pack->reconciliations_count + 1);
	for (size_t at = 0; at < causes->count; at++)
		longer[at] = causes->list[at];
	causes->list = longer;
	for (size_t at = 0; at < pack->reconciliations_count; at++) {
		const struct pack_reconcile *of = &pack->reconciliations[at];
		const struct assured *assured = clause_for(assurance, of);
		struct reconcile_stand stand;
		TRY(reconcile_stand(look, pack, of, &stand));
		if (assured == NULL || stand.open == 0)
			continue;
		causes->list[causes->count++] = (struct cause){
			.kind = ASSURE_RECONCILE,
			.assured = assured,
			.about = reconcile_about(look->arena, of->code),
			.why = text_format(look->arena, say("突き合わせ「%.*s」で違いが%lld件見つかりました。"),
					   T_ARG(words_now(of->name)), (long long)stand.open),
			.role = of->owner,
		};
	}
	return OK;
}
