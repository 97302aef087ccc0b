/* Each kind of evidence rule, and how it is answered from the records. */
#include "assure/rooms.h"

enum { DAY_MS = 86400000, SOON_DAYS = 30 };

static struct error *
within_days(const struct evaluating *evaluating, const struct pack_evidence *rule,
	    int64_t otherwise, int64_t *days)
{
	*days = otherwise;
	if (rule->within == NULL)
		return OK;
	return people_parameter(evaluating->look, evaluating->flow->pack,
				text_z(evaluating->look->arena, rule->within->code), otherwise, days);
}

static struct error *
answer_with(struct assured_rule *answer, enum clause_state state, struct text why)
{
	answer->state = state;
	answer->why = why;
	return OK;
}

/* ---- Roles ---- */

static struct error *
role_gaps(const struct evaluating *evaluating, const struct pack_evidence *rule,
	  struct role_gap **first, size_t *gaps)
{
	struct role_gap *all;
	size_t count;
	struct look *look = evaluating->look;
	*gaps = 0;
	TRY(people_role_gaps(look, evaluating->flow->pack, moment_day(look->now), &all, &count));
	for (size_t at = 0; at < count; at++) {
		if (all[at].role != rule->role)
			continue;
		if (*gaps == 0)
			*first = &all[at];
		(*gaps)++;
	}
	return OK;
}

static struct error *
role_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	  struct assured_rule *answer)
{
	struct look *look = evaluating->look;
	struct arena *arena = look->arena;
	const struct text role = words_now(rule->role->name);
	struct role_gap *gap = NULL;
	struct decider *holders;
	size_t gaps, count = 0;
	TRY(role_gaps(evaluating, rule, &gap, &gaps));
	if (rule->role->scope == SCOPE_BODY) {
		TRY(people_role_holders(look, rule->role, (struct unit_id){ 0 },
					moment_day(look->now), &holders, &count));
		if (count == 0)
			return answer_with(answer, STATE_MISSING,
					   text_format(arena, say("%.*sの職に就いている人がいません。"),
						       T_ARG(role)));
		return answer_with(answer, STATE_FULFILLED,
				   text_format(arena, say("%.*sの職に%zu人が就いています。"), T_ARG(role),
					       count));
	}
	if (gaps != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("%.*sがいない所属が%zuあります(%.*sなど)。"),
					       T_ARG(role), gaps, T_ARG(gap->unit_name)));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("必要な所属すべてに%.*sがいます。"), T_ARG(role)));
}

/* ---- Ledgers ---- */

struct totals {
	int64_t rows, stale, units_stale;
};

static struct error *
ledger_totals(const struct evaluating *evaluating, const struct pack_ledger *ledger, int64_t days,
	      struct totals *totals)
{
	struct ledger_confirmation *units;
	size_t count;
	struct look *look = evaluating->look;
	const struct moment since = { look->now.ms - days * DAY_MS };
	*totals = (struct totals){ 0 };
	TRY(ledger_confirmations(look, ledger, since, &units, &count));
	for (size_t at = 0; at < count; at++) {
		totals->rows += units[at].rows;
		totals->stale += units[at].stale;
		totals->units_stale += units[at].stale != 0;
	}
	return OK;
}

static struct error *
ledger_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	    struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const struct text name = words_now(rule->ledger->name);
	struct totals now, soon;
	int64_t days;
	TRY(within_days(evaluating, rule, 365, &days));
	TRY(ledger_totals(evaluating, rule->ledger, days, &now));
	TRY(ledger_totals(evaluating, rule->ledger, days > SOON_DAYS ? days - SOON_DAYS : days, &soon));
	answer->all = now.rows;
	answer->good = now.rows - now.stale;
	if (now.rows == 0)
		return answer_with(answer, STATE_MISSING,
				   text_format(arena, say("%.*sに記録がありません。"), T_ARG(name)));
	if (now.stale != 0)
		return answer_with(
			answer, STATE_LATE,
			text_format(arena,
				    say("%.*sの%lld件のうち%lld件(%lldの所属)が、%lld日以内に確認されていません。"),
				    T_ARG(name), (long long)now.rows, (long long)now.stale,
				    (long long)now.units_stale, (long long)days));
	if (soon.stale != 0)
		return answer_with(answer, STATE_DUE,
				   text_format(arena,
					       say("%.*sの%lld件はすべて確認されていますが、%lld件の期限が%d日以内に来ます。"),
					       T_ARG(name), (long long)now.rows,
					       (long long)soon.stale, SOON_DAYS));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("%.*sの%lld件すべてが%lld日以内に確認されています。"),
				       T_ARG(name), (long long)now.rows, (long long)days));
}

/* ---- Permits ---- */

static struct error *
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
		if (page.lines[at].changed.ms < look->now.ms - days * DAY_MS)
			*is_late = true;
	return OK;
}

static struct error *
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

/* ---- Built-in controls ---- */

/*
 * The journal's control looks at the journal. Every other control is code that is always on; the
 * test named in docs/security.md shows that it works.
 */
static struct error *
journal_rule(const struct evaluating *evaluating, struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	struct journal_state state;
	TRY(journal_state(evaluating->look, evaluating->sealing, &state));
	if (state.signed_size == 0)
		return answer_with(answer, STATE_MISSING,
				   text_of(say("署名された検証点が、まだありません。")));
	if (evaluating->look->now.ms - state.signed_at.ms > 2 * (int64_t)DAY_MS &&
	    state.size > state.signed_size)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("署名されていない記録が%lld件残っています。"),
					       (long long)(state.size - state.signed_size)));
	return answer_with(answer, STATE_ENFORCED,
			   text_format(arena, say("記録%lld件のうち%lld件までが、署名された検証点に含まれています。"),
				       (long long)state.size, (long long)state.signed_size));
}

static struct error *
control_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	     struct assured_rule *answer)
{
	if (text_is(rule->control, "journal.verified"))
		TRY(journal_rule(evaluating, answer));
	else
		TRY(answer_with(answer, STATE_ENFORCED,
				text_format(evaluating->look->arena, say("%.*s(常に働く仕組み)。"),
					    T_ARG(words_now(rule->words)))));
	if (rule->is_partial && answer->state == STATE_ENFORCED) {
		answer->state = STATE_CLAIMED;
		answer->why = text_format(evaluating->look->arena,
					  say("%.*s 番所についてだけ確かめています。ほかのシステムは確かめていません。"),
					  T_ARG(answer->why));
	}
	return OK;
}

struct error *
rule_evaluate(const struct evaluating *evaluating, const struct pack_evidence *rule,
	      struct assured_rule *answer)
{
	*answer = (struct assured_rule){ .rule = rule, .state = STATE_MISSING };
	switch (rule->kind) {
	case EVIDENCE_PERMITS:
		return permits_rule(evaluating, rule, answer);
	case EVIDENCE_LEDGER:
		return ledger_rule(evaluating, rule, answer);
	case EVIDENCE_ROLE:
		return role_rule(evaluating, rule, answer);
	case EVIDENCE_CONTROL:
		return control_rule(evaluating, rule, answer);
	case EVIDENCE_BALANCED:
		return balanced_rule(evaluating, rule, answer);
	case EVIDENCE_REPORTS:
	case EVIDENCE_EXCEPTIONS:
	case EVIDENCE_ACKNOWLEDGED:
	case EVIDENCE_AWAITS:
		return answer_with(answer, STATE_MISSING, T(""));
	case EVIDENCE_JUDGED:
		return answer_with(answer, STATE_MISSING, text_of(say("人の判断を待っています。")));
	}
	return broken("証拠の種類が分かりません。");
}
