/* Each kind of evidence rule, and how it is answered from the records. */
#include "assure/rooms.h"

struct error *
within_days(const struct evaluating *evaluating, const struct pack_evidence *rule,
	    int64_t otherwise, int64_t *days)
{
	enum { DAY_MINUTES = 1440 };
	*days = otherwise;
	if (rule->within == NULL)
		return OK;
	TRY(people_parameter(evaluating->look, evaluating->flow->pack,
			     text_z(evaluating->look->arena, rule->within->code), otherwise, days));
	if (rule->within->kind == PARAMETER_MINUTES)
		*days = (*days + DAY_MINUTES - 1) / DAY_MINUTES;
	return OK;
}

struct moment
days_ago(const struct look *look, int64_t days)
{
	return day_begin(day_plus(moment_day(look->now), -days));
}

struct error *
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
	struct look *look = evaluating->look;
	struct asked_once *once = evaluating->once;
	*gaps = 0;
	if (!once->has_gaps)
		TRY(people_role_gaps(look, evaluating->flow->pack, moment_day(look->now), &once->gaps,
				     &once->gaps_count));
	once->has_gaps = true;
	for (size_t at = 0; at < once->gaps_count; at++) {
		if (once->gaps[at].role != rule->role)
			continue;
		if (*gaps == 0)
			*first = &once->gaps[at];
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
	TRY(role_gaps(evaluating, rule, &gap, &gaps));
	if (gaps != 0)
		return answer_with(answer, STATE_LATE,
				   text_format(arena, say("%.*sがいない所属が%zuあります(%.*sなど)。"),
					       T_ARG(role), gaps, T_ARG(gap->unit_name)));
	return answer_with(answer, STATE_FULFILLED,
			   text_format(arena, say("必要な所属すべてに%.*sがいます。"), T_ARG(role)));
}

/* ---- Built-in controls ---- */

/*
 * The journal's control looks at the journal, those of rules_signin.c at settings and people. Every other control is code that is always on; the
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
	else if (rule_is_of_sign_in(rule))
		TRY(sign_in_rule(evaluating, rule, answer));
	else
		TRY(answer_with(answer, STATE_ENFORCED,
				text_format(evaluating->look->arena, say("%.*s(常に働く仕組み)。"),
					    T_ARG(words_now(rule->words)))));
	if (rule->is_partial && (answer->state == STATE_ENFORCED || answer->state == STATE_DUE)) {
		answer->state = STATE_CLAIMED;
		answer->why = text_format(evaluating->look->arena,
					  say("%.*s 番所についてだけ確かめています。ほかのシステムは確かめていません。"),
					  T_ARG(answer->why));
	}
	return OK;
}

static struct error *
awaits_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	    struct assured_rule *answer)
{
	return answer_with(answer, STATE_MISSING,
			   text_format(evaluating->look->arena,
				       say("番所の「%s」の部分がまだないため、記録では確かめられません。"),
				       awaited_words(rule->part)));
}

/* ---- One rule ---- */

unsigned
rule_topics(const struct pack_evidence *rule)
{
	switch (rule->kind) {
	case EVIDENCE_ROLE:
		return TOPIC_PEOPLE;
	case EVIDENCE_LEDGER:
	case EVIDENCE_VALUES:
		return TOPIC_LEDGER;
	case EVIDENCE_PERMITS:
	case EVIDENCE_BALANCED:
	case EVIDENCE_REPORTS:
	case EVIDENCE_EXCEPTIONS:
		return TOPIC_FLOW;
	case EVIDENCE_ACKNOWLEDGED:
		return TOPIC_ENACT | TOPIC_PEOPLE;
	case EVIDENCE_ACCOUNTS:
		return TOPIC_ACCESS | TOPIC_PEOPLE | TOPIC_FLOW | TOPIC_LEDGER;
	case EVIDENCE_DUTY:
		return TOPIC_DUTY;
	case EVIDENCE_INCIDENTS:
		return TOPIC_INCIDENT;
	case EVIDENCE_CHECKS:
		return TOPIC_CHECK;
	case EVIDENCE_TRAINING:
		return TOPIC_TRAINING | TOPIC_PEOPLE;
	case EVIDENCE_RECONCILIATION:
		return TOPIC_RECONCILE;
	case EVIDENCE_AUDIT:
		return TOPIC_AUDIT;
	case EVIDENCE_INVENTORY:
		return TOPIC_INVENTORY | TOPIC_PEOPLE | TOPIC_FLOW | TOPIC_LEDGER;
	case EVIDENCE_ENTRANCE:
		return TOPIC_ENTRANCE | TOPIC_LEDGER;
	case EVIDENCE_CONTRACTS:
		return rule->contracts == CONTRACTS_SERVED  ? TOPIC_LEDGER
		       : rule->contracts == CONTRACTS_NAMED ? TOPIC_CONTRACT | TOPIC_PEOPLE
							    : TOPIC_CONTRACT;
	case EVIDENCE_CONTROL:
		return rule_is_of_sign_in(rule) ? TOPIC_SIGNIN | TOPIC_PEOPLE : TOPIC_NONE;
	case EVIDENCE_JUDGED:
	case EVIDENCE_AWAITS:
		break;
	}
	return TOPIC_NONE;
}

static struct error *
evaluate(const struct evaluating *evaluating, const struct pack_evidence *rule,
	 struct assured_rule *answer)
{
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
		return reports_rule(evaluating, rule, answer);
	case EVIDENCE_EXCEPTIONS:
		return exceptions_rule(evaluating, rule, answer);
	case EVIDENCE_ACKNOWLEDGED:
		return acknowledged_rule(evaluating, rule, answer);
	case EVIDENCE_ACCOUNTS:
		return accounts_rule(evaluating, rule, answer);
	case EVIDENCE_DUTY:
		return duty_rule(evaluating, rule, answer);
	case EVIDENCE_INCIDENTS:
		return incidents_rule(evaluating, rule, answer);
	case EVIDENCE_CHECKS:
		return checks_rule(evaluating, rule, answer);
	case EVIDENCE_TRAINING:
		return training_rule(evaluating, rule, answer);
	case EVIDENCE_RECONCILIATION:
		return reconciliation_rule(evaluating, rule, answer);
	case EVIDENCE_AUDIT:
		return audit_rule(evaluating, rule, answer);
	case EVIDENCE_VALUES:
		return values_rule(evaluating, rule, answer);
	case EVIDENCE_INVENTORY:
		return inventory_rule(evaluating, rule, answer);
	case EVIDENCE_ENTRANCE:
		return entrance_rule(evaluating, rule, answer);
	case EVIDENCE_CONTRACTS:
		return contracts_rule(evaluating, rule, answer);
	case EVIDENCE_AWAITS:
		return awaits_rule(evaluating, rule, answer);
	case EVIDENCE_JUDGED:
		return answer_with(answer, STATE_MISSING, text_of(say("人の判断を待っています。")));
	}
	return broken("証拠の種類が分かりません。");
}

static bool
is_earlier(struct moment a, struct moment b)
{
	return a.ms != 0 && a.ms < b.ms;
}

/* What has no clock of its own finer than a day says the same until the day ends. */
static struct error *
until_when(const struct evaluating *evaluating, const struct pack_evidence *rule,
	   struct moment *until)
{
	struct moment sooner = { 0 };
	*until = day_begin(day_plus(moment_day(evaluating->look->now), 1));
	if (rule->kind == EVIDENCE_INCIDENTS)
		TRY(incidents_until(evaluating, &sooner));
	if (rule->kind == EVIDENCE_PERMITS || rule->kind == EVIDENCE_REPORTS ||
	    (rule->kind == EVIDENCE_INVENTORY && rule->keeps == KEEPS_OUT))
		TRY(permits_until(evaluating, &sooner));
	if (is_earlier(sooner, *until))
		*until = sooner;
	/* Who is inside becomes so for too long at some minute. */
	if (rule->kind == EVIDENCE_ENTRANCE && rule->entrance == ENTRANCE_KEPT)
		*until = (struct moment){ 0 };
	if (rule->kind == EVIDENCE_CONTROL && text_is(rule->control, "journal.verified"))
		*until = (struct moment){ 0 };
	return OK;
}

struct error *
rule_evaluate(const struct evaluating *evaluating, const struct pack_evidence *rule,
	      struct assured_rule *answer, struct moment *until)
{
	*answer = (struct assured_rule){ .rule = rule, .state = STATE_MISSING, .is_new = true };
	TRY(evaluate(evaluating, rule, answer));
	return until_when(evaluating, rule, until);
}
