/* What occasions show: permits, disposals that balance, reports in time, exceptions that were closed. */
#include "assure/rooms.h"

struct error *
permits_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	     struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const struct text title = words_now(rule->occasion->title);
	struct flow_occasion_state state;
	TRY(flow_occasion_state(evaluating->look, evaluating->flow, rule->occasion, &state));
	answer->all = state.granted;
	answer->good = state.granted - state.overdue;
	if (state.granted == 0)
		return answer_with(answer, STATE_MISSING,
				   text_format(arena, say("「%.*s」の許可は、まだ一件も出ていません。"),
					       T_ARG(title)));
	if (state.overdue != 0 || state.stale_waiting != 0)
		return answer_with(
			answer, STATE_LATE,
			text_format(arena,
				    say("「%.*s」の許可%lld件のうち、戻りが遅れているもの%lld件、決裁が滞っているもの%lld件。"),
				    T_ARG(title), (long long)state.granted, (long long)state.overdue,
				    (long long)state.stale_waiting));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena,
				       say("「%.*s」の許可%lld件。遅れているものはありません(いま有効なもの%lld件)。"),
				       T_ARG(title), (long long)state.granted,
				       (long long)state.living));
}

static void
take_sooner(struct moment *until, int64_t at)
{
	if (at != 0 && (until->ms == 0 || at < until->ms))
		until->ms = at;
}

struct error *
permits_until(const struct evaluating *evaluating, struct moment *until)
{
	struct look *look = evaluating->look;
	struct assure_next_due_row due;
	struct assure_next_stale_row stale;
	struct assure_next_report_row report;
	int64_t days;
	*until = evaluating->once->until;
	if (evaluating->once->has_until)
		return OK;
	TRY(people_parameter(look, evaluating->flow->pack, "decide.escalate-days", 5, &days));
	const int64_t before = look->now.ms - days * DAY_MS;
	TRY(assure_next_due(look, &(struct assure_next_due_in){ look->now.ms }, &due));
	TRY(assure_next_stale(look, &(struct assure_next_stale_in){ before }, &stale));
	TRY(assure_next_report(look, &(struct assure_next_report_in){ look->now.ms }, &report));
	/* One millisecond behind: what is due now is not late yet. */
	take_sooner(until, due.at == 0 ? 0 : due.at + 1);
	take_sooner(until, stale.at == 0 ? 0 : stale.at + days * DAY_MS + 1);
	take_sooner(until, report.at == 0 ? 0 : report.at + 1);
	evaluating->once->until = *until;
	evaluating->once->has_until = true;
	return OK;
}

/* ---- Balances ---- */

static struct error *
is_too_long_open(const struct evaluating *evaluating, int64_t days, bool *is_late)
{
	struct flow_page page;
	struct look *look = evaluating->look;
	*is_late = false;
	TRY(flow_list(look, evaluating->flow, &(struct flow_query){ .list = FLOW_UNBALANCED },
		      FLOW_MOST_PAGE, &page));
	for (size_t at = 0; at < page.count; at++)
		if (page.lines[at].changed.ms < days_ago(look, days).ms)
			*is_late = true;
	return OK;
}

struct error *
balanced_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	      struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const struct text title = words_now(rule->occasion->title);
	struct flow_occasion_state state;
	bool is_late;
	int64_t days;
	TRY(within_days(evaluating, rule, 30, &days));
	TRY(flow_occasion_state(evaluating->look, evaluating->flow, rule->occasion, &state));
	if (state.granted == 0)
		return answer_with(answer, STATE_MISSING,
				   text_format(arena, say("「%.*s」は、まだ一件も行われていません。"),
					       T_ARG(title)));
	if (state.unbalanced != 0) {
		TRY(is_too_long_open(evaluating, days, &is_late));
		return answer_with(
			answer, is_late ? STATE_LATE : STATE_DUE,
			text_format(arena, say("「%.*s」で、結果の記録がそろわないものが%lld件あります。"),
				    T_ARG(title), (long long)state.unbalanced));
	}
	if (state.claimed != 0)
		return answer_with(
			answer, STATE_CLAIMED,
			text_format(arena,
				    say("「%.*s」の結果はそろっていますが、%lld件は証明書だけで、立会いなどの確認がありません。"),
				    T_ARG(title), (long long)state.claimed));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("「%.*s」%lld件の結果が、番号ごとにすべてそろっています。"),
				       T_ARG(title), (long long)state.granted));
}

/* ---- Reports on their clock ---- */

static struct error *
answer_report(const struct flow_occasion_state *state, int64_t late, int64_t days, struct arena *arena,
	      struct assured_rule *answer)
{
	const struct text title = words_now(answer->rule->occasion->title);
	if (state->reports_waiting != 0 || late != 0)
		return answer_with(
			answer, STATE_LATE,
			text_format(arena,
				    say("「%.*s」の報告で、この%lld日に期限のあとに出たもの%lld件、期限を過ぎてまだ出ていないもの%lld件。"),
				    T_ARG(title), (long long)days, (long long)late,
				    (long long)state->reports_waiting));
	if (state->reports_running != 0)
		return answer_with(answer, STATE_DUE,
				   text_format(arena, say("「%.*s」の報告%lld件は期限内です。いま期限を待っているもの%lld件。"),
					       T_ARG(title), (long long)state->reports,
					       (long long)state->reports_running));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("「%.*s」の報告%lld件はすべて期限内に出ています。"),
				       T_ARG(title), (long long)state->reports));
}

/* Where the policy gives no clock, that it was reported and is not left lying shows it. */
static struct error *
answer_unclocked(const struct flow_occasion_state *state, struct arena *arena,
		 struct assured_rule *answer)
{
	const struct text title = words_now(answer->rule->occasion->title);
	answer->all = state->dossiers;
	answer->good = state->dossiers - state->stale_waiting;
	if (state->stale_waiting != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("「%.*s」の報告%lld件のうち、受け取りの確認が滞っているもの%lld件。"),
					       T_ARG(title), (long long)state->dossiers,
					       (long long)state->stale_waiting));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("「%.*s」の報告が%lld件出ています。"), T_ARG(title),
				       (long long)state->dossiers));
}

/*
 * None of this kind: that nothing happened cannot be proved. Where people do report other things, the way is
 * open, and that much is claimed; where nobody ever reported anything, nothing shows it.
 */
static struct error *
none_reported(const struct evaluating *evaluating, const struct pack_evidence *rule,
	      struct assured_rule *answer)
{
	const struct pack *pack = evaluating->flow->pack;
	const struct text title = words_now(rule->occasion->title);
	for (size_t at = 0; at < pack->evidence_count; at++) {
		const struct pack_evidence *other = &pack->evidence[at];
		struct flow_occasion_state state;
		if (other->kind != EVIDENCE_REPORTS || other->occasion == rule->occasion)
			continue;
		TRY(flow_occasion_state(evaluating->look, evaluating->flow, other->occasion, &state));
		if (state.dossiers != 0)
			return answer_with(answer, STATE_CLAIMED,
					   text_format(evaluating->look->arena, say("「%.*s」の報告はまだ一件もありませんが、ほかの報告は出ています。"),
						       T_ARG(title)));
	}
	return answer_with(answer, STATE_MISSING,
			   text_format(evaluating->look->arena, say("「%.*s」の報告は、まだ一件もありません。"),
				       T_ARG(title)));
}

/*
 * A report that is late now is late until it is made; one that was made late cannot be made in time any
 * more, so it makes the clause late for the days that are looked at: `within`, usually 90.
 */
struct error *
reports_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	     struct assured_rule *answer)
{
	struct look *look = evaluating->look;
	struct arena *arena = look->arena;
	struct flow_occasion_state state;
	struct assure_reports_late_row late;
	int64_t days;
	TRY(within_days(evaluating, rule, 90, &days));
	TRY(flow_occasion_state(look, evaluating->flow, rule->occasion, &state));
	TRY(assure_reports_late(look,
				&(struct assure_reports_late_in){ rule->occasion->code,
								  days_ago(look, days).ms },
				&late));
	answer->all = state.reports + state.reports_waiting;
	answer->good = state.reports - late.late;
	if (rule->occasion->has_report ? state.reports + state.reports_running == 0
				       : state.dossiers == 0)
		return none_reported(evaluating, rule, answer);
	return rule->occasion->has_report ? answer_report(&state, late.late, days, arena, answer)
					  : answer_unclocked(&state, arena, answer);
}

/* ---- Exceptions ---- */

struct error *
exceptions_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
		struct assured_rule *answer)
{
	struct look *look = evaluating->look;
	struct arena *arena = look->arena;
	struct flow_exception_figures figures;
	int64_t days;
	TRY(within_days(evaluating, rule, 90, &days));
	TRY(flow_exception_figures(look, days_ago(look, days), &figures));
	const int64_t all = figures.living + figures.run_out + figures.closed;
	answer->all = all;
	answer->good = all - figures.run_out;
	if (figures.run_out != 0 || figures.unreviewed != 0)
		return answer_with(
			answer, STATE_LATE,
			text_format(arena,
				    say("例外%lld件のうち、期限が切れて終了の記録がないもの%lld件、%lld日以内に見直していないもの%lld件。"),
				    (long long)all, (long long)figures.run_out, (long long)days,
				    (long long)figures.unreviewed));
	if (all == 0)
		return answer_with(answer, STATE_FULFILLED,
				   text_of(say("例外は一件もありません。期限切れのままのものもありません。")));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena,
				       say("例外%lld件。期限が切れたまま終わっていないものはなく、いま有効な%lld件は%lld日以内に見直されています。"),
				       (long long)all, (long long)figures.living, (long long)days));
}

struct error *
exceptions_now(const struct evaluating *evaluating, struct bent **list, size_t *count)
{
	enum { BENT_MOST = 5000 };
	struct look *look = evaluating->look;
	struct assure_bent_row *rows;
	const int64_t today = moment_day(look->now).no;
	TRY(assure_bent(look, &(struct assure_bent_in){ today, BENT_MOST }, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct bent, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		const bool is_over = rows[at].until_day < today || rows[at].ended != 0;
		(*list)[at] = (struct bent){
			.clause = rows[at].clause,
			.exception = { .permit = { rows[at].permit },
				       .number = rows[at].number,
				       .from = { rows[at].from_day },
				       .until = { rows[at].until_day },
				       .is_living = !is_over && rows[at].from_day <= today,
				       .is_overrun = is_over },
		};
	}
	return OK;
}
