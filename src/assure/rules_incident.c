/* What the records of incidents show: the chain, judgement, orders, causes, reports outside, the plan. */
#include "assure/rooms.h"

#include "incident/figures.h"

enum { RECORDS_DAYS = 366 };

struct showing {
	struct look *look;
	const struct pack_evidence *rule;
	struct assured_rule *answer;
	struct incident_figures figures;
	int64_t days;
	struct moment since;
};

/* Nothing happened and nothing was exercised: nothing is shown. */
static struct error *
nothing(struct showing *showing)
{
	return answer_with(showing->answer, STATE_MISSING,
			   text_format(showing->look->arena,
				       say("この%lld日に事案も連絡の訓練もありません。訓練を行うと確かめられます。"),
				       (long long)showing->days));
}

/* `good` of `all` are as they should be, `late` are not and are past their time. */
struct share {
	int64_t all, good, late;
	const char *none;	/* there was none to do, although there were cases */
	const char *good_words; /* "%lld of %lld" */
	const char *late_words; /* "%lld" */
};

static struct error *
share_of(struct showing *showing, const struct share *share)
{
	struct arena *arena = showing->look->arena;
	showing->answer->all = share->all;
	showing->answer->good = share->good;
	if (share->late != 0)
		return answer_with(showing->answer, STATE_LATE,
				   text_format(arena, "%s（%lld）", say(share->late_words),
					       (long long)share->late));
	if (share->all == 0)
		return answer_with(showing->answer, STATE_FULFILLED,
				   text_format(arena, "%s（%lld）", say(share->none),
					       (long long)(showing->figures.cases + showing->figures.drills)));
	return answer_with(showing->answer, share->good == share->all ? STATE_FULFILLED : STATE_DUE,
			   text_format(arena, "%s（%lld／%lld）", say(share->good_words),
				       (long long)share->good, (long long)share->all));
}

static struct error *
chain(struct showing *showing)
{
	struct incident_figures *figures = &showing->figures;
	if (showing->rule->link != NULL)
		TRY(incident_link_figures(showing->look, showing->rule->link->code, showing->since, figures));
	return share_of(showing,
			&(struct share){ .all = figures->links,
					 .good = figures->received,
					 .late = figures->unanswered,
					 .none = N_("この連絡が要る事案はありませんでした。見た事案と訓練の数"),
					 .good_words = N_("連絡を受け取った記録があります"),
					 .late_words = N_("時間を過ぎても受け取られていない連絡があります") });
}

static struct error *
contacts(struct showing *showing)
{
	struct arena *arena = showing->look->arena;
	const struct incident_figures *figures = &showing->figures;
	showing->answer->all = figures->contacts;
	showing->answer->good = figures->contacts - figures->contacts_stale;
	if (figures->contacts == 0)
		return answer_with(showing->answer, STATE_MISSING,
				   text_of(say("緊急連絡網に、まだ連絡先がありません。")));
	if (figures->contacts_stale != 0)
		return answer_with(showing->answer, STATE_LATE,
				   text_format(arena, say("%lld日以上確かめられていない連絡先が%lld件あります。"),
					       (long long)showing->days, (long long)figures->contacts_stale));
	return answer_with(showing->answer, STATE_FULFILLED,
			   text_format(arena, say("連絡先%lld件すべてが、%lld日以内に確かめられています。"),
				       (long long)figures->contacts, (long long)showing->days));
}

static struct error *
plan(struct showing *showing)
{
	const struct pack_plan_part *part = showing->rule->plan;
	if (part->shows == PLAN_CONTACTS && showing->figures.contacts == 0)
		return answer_with(showing->answer, STATE_MISSING,
				   text_of(say("緊急連絡網に、まだ連絡先がありません。")));
	return answer_with(showing->answer, STATE_FULFILLED,
			   text_format(showing->look->arena, say("緊急時対応計画に「%.*s」があります。"),
				       T_ARG(words_now(part->name))));
}

static struct error *
drilled(struct showing *showing)
{
	const struct incident_figures *figures = &showing->figures;
	struct arena *arena = showing->look->arena;
	showing->answer->all = showing->answer->good = figures->drills;
	if (figures->drills != 0)
		return answer_with(showing->answer, STATE_FULFILLED,
				   text_format(arena, say("連絡の訓練を%.*sに行いました。"),
					       T_ARG(day_wareki(arena, moment_day(figures->last_drill)))));
	if (figures->cases != 0)
		return answer_with(showing->answer, STATE_CLAIMED,
				   text_format(arena, say("この%lld日に訓練はなく、実際の事案が%lld件ありました。"),
					       (long long)showing->days, (long long)figures->cases));
	return nothing(showing);
}

/* Of a kind: that none happened is what the year's other cases and drills let people say, no more. */
static struct error *
of_kind(struct showing *showing)
{
	struct arena *arena = showing->look->arena;
	const struct pack_incident_kind *of = showing->rule->of;
	int64_t cases;
	TRY(incident_kind_cases(showing->look, of->code, showing->since, &cases));
	showing->answer->all = showing->answer->good = cases;
	if (cases == 0)
		return answer_with(showing->answer, STATE_CLAIMED,
				   text_format(arena, say("この%lld日に「%.*s」の報告はありません。報告の仕組みは、ほかの事案や訓練で使われています。"),
					       (long long)showing->days, T_ARG(words_now(of->name))));
	return answer_with(showing->answer, STATE_FULFILLED,
			   text_format(arena, say("「%.*s」の報告が%lld件あります。"), T_ARG(words_now(of->name)),
				       (long long)cases));
}

static struct error *
counted(struct showing *showing)
{
	const struct incident_figures *figures = &showing->figures;
	struct arena *arena = showing->look->arena;
	switch (showing->rule->incidents) {
	case INCIDENTS_CITIZENS:
		showing->answer->all = showing->answer->good = figures->citizens;
		return answer_with(showing->answer, STATE_FULFILLED,
				   text_format(arena, say("外部からの通報%lld件を、同じ番号で受け付けています。"),
					       (long long)figures->citizens));
	case INCIDENTS_EVIDENCE:
		showing->answer->all = figures->evidence;
		showing->answer->good = figures->evidence;
		if (figures->evidence == 0)
			return answer_with(showing->answer, STATE_DUE,
					   text_of(say("保全した証拠の記録が、まだありません。")));
		return answer_with(showing->answer, STATE_FULFILLED,
				   text_format(arena, say("証拠%lld件を保全し、うち%lld件はハッシュ値とともに保管しています。"),
					       (long long)figures->evidence, (long long)figures->evidence_files));
	case INCIDENTS_CLOSED:
		showing->answer->all = figures->cases;
		showing->answer->good = figures->closed + figures->dismissed;
		return answer_with(showing->answer, STATE_FULFILLED,
				   text_format(arena, say("%lld件のうち%lld件が、確認のうえ終結しています。"),
					       (long long)figures->cases,
					       (long long)(figures->closed + figures->dismissed)));
	case INCIDENTS_REPORTED:
	case INCIDENTS_CHAIN:
	case INCIDENTS_JUDGED:
	case INCIDENTS_TASKS:
	case INCIDENTS_ORDERS:
	case INCIDENTS_CAUSE:
	case INCIDENTS_OUTSIDE:
	case INCIDENTS_DISCLOSED:
	case INCIDENTS_CONTACTS:
	case INCIDENTS_DRILLED:
	case INCIDENTS_PLAN:
	case INCIDENTS_COUNT:
		break;
	}
	showing->answer->all = showing->answer->good = figures->cases;
	return answer_with(showing->answer, STATE_FULFILLED,
			   text_format(arena, say("事案%lld件が、起きた・知った・入力した日時とともに報告されています（訓練%lld件）。"),
				       (long long)figures->cases, (long long)figures->drills));
}

static struct error *
shared(struct showing *showing)
{
	const struct incident_figures *figures = &showing->figures;
	struct share share = { .none = N_("要る事案はありませんでした。見た事案と訓練の数") };
	if (showing->rule->incidents == INCIDENTS_JUDGED)
		share = (struct share){ figures->cases, figures->judged, figures->unjudged_late, share.none,
					N_("インシデントかどうかを評価した事案"), N_("評価が遅れている事案があります") };
	if (showing->rule->incidents == INCIDENTS_TASKS)
		share = (struct share){ figures->tasks, figures->tasks_answered, figures->tasks_late, share.none,
					N_("答えのある手順と作業"), N_("期限を過ぎて答えのない手順や作業があります") };
	if (showing->rule->incidents == INCIDENTS_ORDERS)
		share = (struct share){ figures->orders, figures->orders_answered, figures->orders_late,
					share.none, N_("答えのある指示"), N_("期限を過ぎて答えのない指示があります") };
	if (showing->rule->incidents == INCIDENTS_CAUSE)
		share = (struct share){ figures->confirmed, figures->concluded, figures->unconcluded_late,
					share.none, N_("原因と再発防止策を報告したインシデント"),
					N_("原因と再発防止策の報告が遅れているインシデントがあります") };
	if (showing->rule->incidents == INCIDENTS_OUTSIDE)
		share = (struct share){ figures->outside, figures->filed + figures->waived,
					figures->outside_late, share.none, N_("行ったか、理由を残して行わなかった外部への報告"),
					N_("期限を過ぎた外部への報告があります") };
	if (showing->rule->incidents == INCIDENTS_DISCLOSED)
		share = (struct share){ figures->confirmed, figures->disclosed, 0, share.none,
					N_("公表するかどうかを判断したインシデント"), "" };
	return share_of(showing, &share);
}

static struct error *
show(struct showing *showing)
{
	const bool is_quiet = showing->figures.cases == 0 && showing->figures.drills == 0;
	switch (showing->rule->incidents) {
	case INCIDENTS_CONTACTS:
		return contacts(showing);
	case INCIDENTS_PLAN:
		return plan(showing);
	case INCIDENTS_DRILLED:
		return drilled(showing);
	case INCIDENTS_CHAIN:
		return is_quiet ? nothing(showing) : chain(showing);
	case INCIDENTS_REPORTED:
		if (showing->rule->of != NULL && !is_quiet)
			return of_kind(showing);
		return is_quiet ? nothing(showing) : counted(showing);
	case INCIDENTS_CITIZENS:
	case INCIDENTS_EVIDENCE:
	case INCIDENTS_CLOSED:
		return is_quiet ? nothing(showing) : counted(showing);
	case INCIDENTS_JUDGED:
	case INCIDENTS_TASKS:
	case INCIDENTS_ORDERS:
	case INCIDENTS_CAUSE:
	case INCIDENTS_OUTSIDE:
	case INCIDENTS_DISCLOSED:
		return is_quiet ? nothing(showing) : shared(showing);
	case INCIDENTS_COUNT:
		break;
	}
	return broken("証拠の種類が分かりません。");
}

struct error *
incidents_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	       struct assured_rule *answer)
{
	struct showing showing = { .look = evaluating->look, .rule = rule, .answer = answer };
	bool knows;
	TRY(within_days(evaluating, rule, RECORDS_DAYS, &showing.days));
	TRY(store_has_step(evaluating->look, T("incident"), 1, &knows));
	if (!knows) /* a store of an earlier Bansho */
		return nothing(&showing);
	showing.since = days_ago(evaluating->look, showing.days);
	TRY(incident_figures(evaluating->look, evaluating->flow->pack, showing.since, &showing.figures));
	TRY(show(&showing));
	if (rule->is_partial && answer->state == STATE_FULFILLED)
		answer->state = STATE_CLAIMED;
	return OK;
}

struct error *
incidents_until(const struct evaluating *evaluating, struct moment *until)
{
	struct asked_once *once = evaluating->once;
	bool knows;
	if (!once->has_incidents_until) {
		TRY(store_has_step(evaluating->look, T("incident"), 1, &knows));
		if (knows)
			TRY(incident_until(evaluating->look, evaluating->flow->pack, &once->incidents_until));
		once->has_incidents_until = true;
	}
	*until = once->incidents_until;
	return OK;
}
