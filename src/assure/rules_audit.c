/* Audits, the council and the review: what room audit counts, said for a rule. */
#include "audit/audit.h"

#include "assure/rooms.h"

enum { AUDIT_YEAR_DAYS = 366 };

static struct error *
missing_as(struct assured_rule *answer, const char *words)
{
	return answer_with(answer, STATE_MISSING, text_of(words));
}

/* Something that was last done then must be done again within so many days. */
static struct error *
done_rule(const struct evaluating *evaluating, const struct pack_evidence *rule, struct moment last,
	  const char *what, struct assured_rule *answer)
{
	struct look *look = evaluating->look;
	int64_t days;
	TRY(within_days(evaluating, rule, AUDIT_YEAR_DAYS, &days));
	if (last.ms == 0)
		return answer_with(answer, STATE_MISSING,
				   text_format(look->arena, say("%sが、まだ一度も行われていません。"), what));
	const struct text day = day_wareki(look->arena, moment_day(last));
	if (last.ms < days_ago(look, days).ms)
		return answer_with(answer, STATE_LATE,
				   text_format(look->arena, say("%sが%lld日行われていません(最後は%.*s)。"), what,
					       (long long)days, T_ARG(day)));
	if (last.ms < days_ago(look, days - SOON_DAYS).ms)
		return answer_with(answer, STATE_DUE,
				   text_format(look->arena, say("%sの時期が近づいています(最後は%.*s)。"), what,
					       T_ARG(day)));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(look->arena, say("%sが%.*sに行われています。"), what, T_ARG(day)));
}

/* `bad` of `all` are not as they must be. */
static struct error *
count_rule(const struct evaluating *evaluating, int64_t all, int64_t bad, const char *good_words,
	   const char *bad_words, struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	answer->all = all;
	answer->good = all - bad;
	if (bad != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, "%s(%lld/%lld)", bad_words, (long long)bad,
					       (long long)all));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, "%s(%lld)", good_words, (long long)all));
}

static struct error *
plan_rule(const struct evaluating *evaluating, const struct audit_stand *stand, enum audit_asks asks,
	  struct assured_rule *answer)
{
	if (asks == ASKS_PLANNED && stand->planned == 0)
		return missing_as(answer, say("今年度の監査計画がありません。"));
	if (asks == ASKS_PLANNED)
		return count_rule(evaluating, stand->planned, 0, say("今年度の監査計画があります。"), "", answer);
	if (stand->begun == 0)
		return missing_as(answer, say("始まった監査が、この1年にありません。"));
	if (asks == ASKS_TOLD)
		return count_rule(evaluating, stand->begun, stand->untold,
				  say("始めた監査の計画は、すべて会議に報告されています。"),
				  say("会議に報告しないまま始めた監査があります。"), answer);
	return count_rule(evaluating, stand->begun, stand->unnamed,
			  say("始めた監査のすべてに、独立を確かめた監査人がいます。"),
			  say("監査人のいない監査があります。"), answer);
}

static struct error *
work_rule(const struct evaluating *evaluating, const struct audit_stand *stand, enum audit_asks asks,
	  struct assured_rule *answer)
{
	if (asks == ASKS_ANSWERED && stand->requests == 0)
		return missing_as(answer, say("監査人から所属への資料の求めが、この1年にありません。"));
	if (asks == ASKS_ANSWERED)
		return count_rule(evaluating, stand->requests, stand->requests_late,
				  say("監査人の求めに、期限までに答えています。"),
				  say("監査人の求めに、期限を過ぎても答えていないものがあります。"), answer);
	if (stand->reports == 0)
		return missing_as(answer, say("報告された監査が、この1年にありません。"));
	if (asks == ASKS_SIGNED)
		return count_rule(evaluating, stand->reports, stand->unsigned_items,
				  say("報告した監査では、すべての項目に監査人が結果を付けています。"),
				  say("監査人が結果を付けていない項目があります。"), answer);
	return count_rule(evaluating, stand->reports, stand->without_papers,
			  say("報告した監査のすべてに、調書や資料が保管されています。"),
			  say("調書も資料も保管されていない監査があります。"), answer);
}

static struct error *
point_rule(const struct evaluating *evaluating, const struct audit_stand *stand, enum audit_asks asks,
	   struct assured_rule *answer)
{
	if (stand->reports == 0)
		return missing_as(answer, say("報告された監査が、この1年にありません。"));
	if (asks == ASKS_RECEIVED)
		return count_rule(evaluating, stand->reports, stand->unreceived,
				  say("監査の結果は、CISOと会議が受け取っています。"),
				  say("CISOか会議がまだ受け取っていない監査の結果があります。"), answer);
	if (asks == ASKS_ORDERED)
		return count_rule(evaluating, stand->points, stand->to_order,
				  say("指示の要る指摘には、すべて指示が出ています。"),
				  say("まだ指示の出ていない指摘があります。"), answer);
	if (stand->late != 0)
		return count_rule(evaluating, stand->open, stand->late, "",
				  say("期限を過ぎても直っていない指摘があります。"), answer);
	answer->all = stand->points;
	answer->good = stand->points - stand->open;
	return answer_with(answer, STATE_FULFILLED,
			   text_format(evaluating->look->arena,
				       say("期限を過ぎた指摘はありません(直している途中%lld件)。"),
				       (long long)stand->open));
}

static struct error *
council_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	     const struct audit_stand *stand, struct assured_rule *answer)
{
	if (rule->asks == ASKS_MET)
		return done_rule(evaluating, rule, stand->met, say("会議"), answer);
	if (rule->asks == ASKS_REVIEWED)
		return done_rule(evaluating, rule, stand->reviewed, say("方針の見直し"), answer);
	if (rule->asks == ASKS_USED && !stand->is_used)
		return missing_as(answer, say("監査の結果をどう生かすかを決めた見直しがありません。"));
	if (rule->asks == ASKS_USED)
		return answer_with(answer, STATE_FULFILLED,
				   text_of(say("見直しで、監査の結果をどう生かすかを決めています。")));
	if (!stand->has_improvable)
		return missing_as(answer, say("報告された監査がありません。"));
	if (stand->improvements == 0)
		return answer_with(answer, STATE_DUE,
				   text_of(say("監査の報告のあと、改善計画がまだ会議で決まっていません。")));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(evaluating->look->arena, say("監査の報告を受けて、改善計画が%lld件決まっています。"),
				       (long long)stand->improvements));
}

static struct error *
answer_for(const struct evaluating *evaluating, const struct pack_evidence *rule,
	   const struct audit_stand *stand, struct assured_rule *answer)
{
	switch (rule->asks) {
	case ASKS_PLANNED:
	case ASKS_TOLD:
	case ASKS_NAMED:
		return plan_rule(evaluating, stand, rule->asks, answer);
	case ASKS_DONE:
		return done_rule(evaluating, rule, stand->reported, say("監査の報告"), answer);
	case ASKS_OUTSIDE:
		return done_rule(evaluating, rule, stand->outside, say("委託先などの監査の報告"), answer);
	case ASKS_SIGNED:
	case ASKS_ANSWERED:
	case ASKS_KEPT:
		return work_rule(evaluating, stand, rule->asks, answer);
	case ASKS_RECEIVED:
	case ASKS_ORDERED:
	case ASKS_SETTLED:
		return point_rule(evaluating, stand, rule->asks, answer);
	case ASKS_IMPROVED:
	case ASKS_MET:
	case ASKS_REVIEWED:
	case ASKS_USED:
		return council_rule(evaluating, rule, stand, answer);
	case ASKS_COUNT:
		break;
	}
	return broken("監査の証拠の種類が分かりません。");
}

struct error *
audit_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	   struct assured_rule *answer)
{
	struct look *look = evaluating->look;
	struct asked_once *once = evaluating->once;
	bool knows;
	TRY(store_has_step(look, T("audit"), 1, &knows));
	if (!knows) /* a store of an earlier Bansho */
		return missing_as(answer, say("監査の記録がまだありません。"));
	if (once->audit == NULL) {
		once->audit = ARENA_NEW(look->arena, struct audit_stand);
		TRY(audit_stand(look, evaluating->flow->pack,
				day_plus(moment_day(look->now), -AUDIT_YEAR_DAYS), once->audit));
	}
	TRY(answer_for(evaluating, rule, once->audit, answer));
	if (rule->is_partial && answer->state == STATE_FULFILLED)
		answer->state = STATE_CLAIMED;
	return OK;
}
