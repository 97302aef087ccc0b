/* Training: who has taken what they were asked to, plans and their reports, drills by mail. */
#include "assure/rooms.h"

#include "training/training.h"

static struct error *
share_words(const struct evaluating *evaluating, const struct training_share *share, struct text name,
	    struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const long long asked = share->asked, passed = share->passed + share->excused;
	if (share->late != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("「%.*s」は%lld人のうち%lld人が済み、%lld人が期限を過ぎても受けていません。"),
					       T_ARG(name), asked, passed, (long long)share->late));
	if (share->open != 0)
		return answer_with(answer, STATE_DUE,
				   text_format(arena, say("「%.*s」は%lld人のうち%lld人が済んでいます(期限%.*s)。"),
					       T_ARG(name), asked, passed,
					       T_ARG(day_wareki(arena, share->due))));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("「%.*s」を、求められた%lld人全員が済ませています(免除%lld人)。"),
				       T_ARG(name), asked, (long long)share->excused));
}

static struct error *
passed_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	    struct assured_rule *answer)
{
	struct training_share share;
	const struct text name = words_now(rule->course->name);
	TRY(training_share(evaluating->look, rule->course->code, &share));
	answer->all = share.asked;
	answer->good = share.passed + share.excused;
	if (share.asked != 0)
		return share_words(evaluating, &share, name, answer);
	return answer_with(answer, STATE_MISSING,
			   text_format(evaluating->look->arena, say("「%.*s」は、まだだれにも求められていません。"),
				       T_ARG(name)));
}

static struct error *
planned_rule(const struct evaluating *evaluating, struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const int year = day_fiscal_year(moment_day(evaluating->look->now));
	const struct text words = fiscal_wareki(arena, year);
	struct training_year plan;
	TRY(training_year(evaluating->look, evaluating->flow->pack, year, &plan));
	if (!plan.has_plan)
		return answer_with(answer, STATE_MISSING,
				   text_format(arena, say("%.*sの研修計画がありません。"), T_ARG(words)));
	if (!plan.is_decided)
		return answer_with(answer, STATE_DUE,
				   text_format(arena, say("%.*sの研修計画は、まだ決まっていません。"), T_ARG(words)));
	if (plan.uncovered != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("%.*sの研修計画に、どの研修の対象にもならない人が%lld人います。"),
					       T_ARG(words), (long long)plan.uncovered));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("%.*sの研修計画が決まっており、全員がどれかの研修の対象です。"),
				       T_ARG(words)));
}

static struct error *
fresh(const struct evaluating *evaluating, struct day day, int64_t days, struct text words,
      struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const struct day ends = day_plus(day, days), today = moment_day(evaluating->look->now);
	if (ends.no < today.no)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("%.*s(%.*s)。それから%lld日を過ぎています。"), T_ARG(words),
					       T_ARG(day_wareki(arena, day)), (long long)days));
	return answer_with(answer, ends.no < today.no + SOON_DAYS ? STATE_DUE : STATE_FULFILLED,
			   text_format(arena, say("%.*s(%.*s)。"), T_ARG(words),
				       T_ARG(day_wareki(arena, day))));
}

static struct error *
reported_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	      struct assured_rule *answer)
{
	struct training_year plan;
	int64_t days;
	TRY(within_days(evaluating, rule, 400, &days));
	TRY(training_year(evaluating->look, evaluating->flow->pack,
			  day_fiscal_year(moment_day(evaluating->look->now)), &plan));
	if (day_is_none(plan.reported))
		return answer_with(answer, STATE_MISSING,
				   text_of(say("研修の実施状況が、まだ報告されていません。")));
	return fresh(evaluating, plan.reported, days, text_of(say("研修の実施状況を報告しました")), answer);
}

static struct error *
drilled_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	     struct assured_rule *answer)
{
	struct mail_drill drill;
	int64_t days;
	bool found;
	TRY(within_days(evaluating, rule, 400, &days));
	TRY(training_drill_last(evaluating->look, evaluating->flow->pack, &found, &drill));
	if (!found)
		return answer_with(answer, STATE_MISSING,
				   text_of(say("標的型メールの訓練が、まだ行われていません。")));
	answer->all = drill.targets;
	answer->good = drill.targets - drill.opened;
	return fresh(evaluating, moment_day(drill.ended), days,
		     text_format(evaluating->look->arena, say("標的型メールの訓練: %lld人に送り、開いた人%lld人、報告した人%lld人"),
				 (long long)drill.targets, (long long)drill.opened,
				 (long long)drill.reported),
		     answer);
}

struct error *
training_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	      struct assured_rule *answer)
{
	bool knows;
	TRY(store_has_step(evaluating->look, T("training"), 1, &knows));
	if (!knows) /* a store of an earlier Bansho */
		return answer_with(answer, STATE_MISSING,
				   text_of(say("研修の記録がまだありません。")));
	switch (rule->trains) {
	case TRAINING_PASSED:
		TRY(passed_rule(evaluating, rule, answer));
		break;
	case TRAINING_PLANNED:
		TRY(planned_rule(evaluating, answer));
		break;
	case TRAINING_REPORTED:
		TRY(reported_rule(evaluating, rule, answer));
		break;
	case TRAINING_DRILLED:
		TRY(drilled_rule(evaluating, rule, answer));
		break;
	}
	if (rule->is_partial && answer->state == STATE_FULFILLED)
		answer->state = STATE_CLAIMED;
	return OK;
}
