/* Everybody bound has acknowledged the version of the policy in force. */
#include "assure/rooms.h"

#if __has_include("enact/enact.h")
#include "enact/enact.h"

static struct error *
share_rule(const struct evaluating *evaluating, const struct enact_share *share, int64_t days,
	   struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const struct day ends = day_plus(moment_day(share->since), days);
	answer->all = share->bound;
	answer->good = share->acknowledged;
	if (share->acknowledged >= share->bound)
		return answer_with(answer, STATE_FULFILLED,
				   text_format(arena, say("対象の%lld人全員が、いまの版を読んだことを確認しています。"),
					       (long long)share->bound));
	if (ends.no >= moment_day(evaluating->look->now).no)
		return answer_with(answer, STATE_DUE,
				   text_format(arena, say("対象の%lld人のうち%lld人が、いまの版を読んだことを確認しています(期限%.*s)。"),
					       (long long)share->bound, (long long)share->acknowledged,
					       T_ARG(day_wareki(arena, ends))));
	return answer_with(answer, STATE_LATE,
			   text_format(arena, say("対象の%lld人のうち%lld人が、%lld日たっても、いまの版を読んだことを確認していません。"),
				       (long long)share->bound,
				       (long long)(share->bound - share->acknowledged),
				       (long long)days));
}
#endif

struct error *
acknowledged_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
		  struct assured_rule *answer)
{
#if __has_include("enact/enact.h")
	struct enact_share share;
	int64_t days;
	TRY(within_days(evaluating, rule, 30, &days));
	TRY(enact_acknowledgement_share(evaluating->look, evaluating->flow->pack, &share));
	if (share.is_asked && share.bound != 0)
		return share_rule(evaluating, &share, days, answer);
#endif
	(void)evaluating;
	(void)rule;
	return answer_with(answer, STATE_MISSING,
			   text_of(say("いまの方針は、読んだことの確認を職員に求めていません。")));
}
