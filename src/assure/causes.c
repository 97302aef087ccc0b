/* Why findings are opened and ended. */
#include "assure/record.h"

static void
add(struct causes *causes, enum finding_kind kind, const struct assured *assured, struct text about,
    struct text why)
{
	causes->list[causes->count++] = (struct cause){ .kind = kind, .assured = assured,
							.about = about, .why = why };
}

static struct text
about_judgement(struct arena *into, const struct judgement *judgement)
{
	return text_format(into, "judgement:%lld", (long long)judgement->id);
}

/* Late only because a judgement ran out: that is its own finding. */
static bool
is_late_by_judgement(const struct assured *assured)
{
	for (size_t at = 0; at < assured->rules_count; at++)
		if (assured->rules[at].state == STATE_LATE &&
		    assured->rules[at].rule->kind != EVIDENCE_JUDGED)
			return false;
	return true;
}

/* Late only because findings about accounts are: each of them says so already. */
static bool
is_late_by_accounts(const struct assured *assured)
{
	bool is_any = false;
	for (size_t at = 0; at < assured->rules_count; at++) {
		const struct pack_evidence *rule = assured->rules[at].rule;
		if (assured->rules[at].state != STATE_LATE)
			continue;
		if (rule->kind != EVIDENCE_ACCOUNTS || rule->check == CHECK_LISTED ||
		    rule->check == CHECK_REVIEWED)
			return false;
		is_any = true;
	}
	return is_any;
}

/* Late only by differences past their day: the reconciliation's own finding says so. One not run in time, which
   leaves no difference past its day, is the clause's. */
static bool
is_late_by_differences(const struct assured *assured)
{
	bool is_any = false;
	for (size_t at = 0; at < assured->rules_count; at++) {
		if (assured->rules[at].state != STATE_LATE)
			continue;
		if (assured->rules[at].rule->kind != EVIDENCE_RECONCILIATION ||
		    assured->rules[at].good == assured->rules[at].all)
			return false;
		is_any = true;
	}
	return is_any;
}

/* Late only by improvements, which are findings of their own, or by a self-check that was not done, which is
   the finding of the clause that asks for it. */
static bool
is_late_by_checks(const struct assured *assured)
{
	bool is_any = false;
	for (size_t at = 0; at < assured->rules_count; at++) {
		const struct pack_evidence *rule = assured->rules[at].rule;
		if (assured->rules[at].state != STATE_LATE)
			continue;
		if (rule->kind != EVIDENCE_CHECKS ||
		    (rule->item == NULL && rule->shows != SHOWS_IMPROVED))
			return false;
		is_any = true;
	}
	return is_any;
}

/* Late only by values, which are findings of their own. */
static bool
is_late_by_values(const struct assured *assured)
{
	bool is_any = false;
	for (size_t at = 0; at < assured->rules_count; at++) {
		if (assured->rules[at].state != STATE_LATE)
			continue;
		if (assured->rules[at].rule->kind != EVIDENCE_VALUES)
			return false;
		is_any = true;
	}
	return is_any;
}

/* Late only by visits, each of which is a finding of its own. */
static bool
is_late_by_entrance(const struct assured *assured)
{
	bool is_any = false;
	for (size_t at = 0; at < assured->rules_count; at++) {
		const struct pack_evidence *rule = assured->rules[at].rule;
		if (assured->rules[at].state != STATE_LATE)
			continue;
		if (rule->kind != EVIDENCE_ENTRANCE ||
		    rule->entrance == ENTRANCE_REVIEWED ||
		    (rule->entrance == ENTRANCE_KEPT && assured->rules[at].good != assured->rules[at].all))
			return false;
		is_any = true;
	}
	return is_any;
}

/* Late only by contracts, firms and demands, each of which is a finding of its own. */
static bool
is_late_by_contracts(const struct assured *assured)
{
	bool is_any = false;
	for (size_t at = 0; at < assured->rules_count; at++) {
		const struct pack_evidence *rule = assured->rules[at].rule;
		if (assured->rules[at].state != STATE_LATE)
			continue;
		if (rule->kind != EVIDENCE_CONTRACTS ||
		    (rule->contracts != CONTRACTS_LINKED && rule->contracts != CONTRACTS_GONE &&
		     rule->contracts != CONTRACTS_DEMANDED))
			return false;
		is_any = true;
	}
	return is_any;
}

static void
add_of_clause(struct arena *into, struct causes *causes, const struct assured *assured,
	      struct day today)
{
	const bool ran_out = assured_judging(assured, today) == JUDGING_RAN_OUT &&
			     assured->state != STATE_EXCEPTED;
	if (ran_out)
		add(causes, ASSURE_JUDGEMENT, assured, about_judgement(into, assured->ran_out),
		    text_format(into, say("判断の期限(%.*s)が過ぎています。"),
				T_ARG(day_wareki(into, assured->ran_out->until))));
	if (assured->state != STATE_LATE)
		return;
	if (assured->is_disagreeing)
		add(causes, ASSURE_DISAGREE, assured, about_judgement(into, assured->judgement),
		    text_format(into, say("人は実施している、または不要と判断していますが、番所が見た状態は「%s」です。%.*s"),
				clause_state_words(assured->machine), T_ARG(assured->machine_why)));
	else if ((!ran_out || !is_late_by_judgement(assured)) && !is_late_by_accounts(assured) &&
		 !is_late_by_checks(assured) && !is_late_by_values(assured) && !is_late_by_overdue(assured) &&
		 !is_late_by_things(assured) && !is_late_by_entrance(assured) &&
		 !is_late_by_contracts(assured) && !is_late_by_differences(assured))
		add(causes, ASSURE_LATE, assured, T(""), assured->machine_why);
}

static bool
has_about(const struct causes *causes, struct text about)
{
	for (size_t at = 0; at < causes->count; at++)
		if (text_same(causes->list[at].about, about))
			return true;
	return false;
}

/* One finding for an exception, however many rules it bends: under the first of them. */
static void
add_exceptions(struct arena *into, struct causes *causes, const struct assured *assured)
{
	for (size_t at = 0; at < assured->exceptions_count; at++) {
		const struct exception_of *exception = &assured->exceptions[at];
		const struct text about = text_format(into, "permit:%lld",
						      (long long)exception->permit.no);
		if (!exception->is_overrun || has_about(causes, about))
			continue;
		add(causes, ASSURE_EXCEPTION, assured, about,
		    text_format(into, say("例外の許可%.*sは%.*sで終わりましたが、終了の記録がありません。"),
				T_ARG(exception->number), T_ARG(day_wareki(into, exception->until))));
	}
}

struct causes
causes_now(struct arena *into, const struct assurance *assurance, struct day today)
{
	struct causes causes = { 0 };
	size_t most = 2 * assurance->count + 1;
	for (size_t at = 0; at < assurance->count; at++)
		most += assurance->clauses[at].exceptions_count;
	causes.list = ARENA_ARRAY(into, struct cause, most);
	for (size_t at = 0; at < assurance->count; at++) {
		add_of_clause(into, &causes, &assurance->clauses[at], today);
		add_exceptions(into, &causes, &assurance->clauses[at]);
	}
	return causes;
}

/* ---- Findings that stand for them ---- */

struct error *
lasting_findings(struct look *look, struct lasting **list, size_t *count)
{
	struct assure_findings_lasting_row *rows;
	TRY(assure_findings_lasting(look, &(struct assure_findings_lasting_in){ 20000 }, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct lasting, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		struct lasting *lasting = &(*list)[at];
		*lasting = (struct lasting){
			.id = { rows[at].id },
			.number = rows[at].number,
			.is_open = text_is(rows[at].state, "open"),
			.clause = rows[at].clause,
			.about = rows[at].about,
			.ended = { rows[at].ended },
		};
		if (!assure_finding_kind_read(rows[at].kind, &lasting->kind))
			return broken("指摘%.*sの種類が分かりません。", T_ARG(rows[at].number));
	}
	return OK;
}

static bool
stands_for(const struct lasting *lasting, const struct cause *cause)
{
	if (lasting->kind != cause->kind || !text_same(lasting->about, cause->about))
		return false;
	/* One thing is one finding, under whichever clause it first was. */
	return cause->kind == ASSURE_EXCEPTION || assure_finding_ends_itself(cause->kind) ||
	       text_same(lasting->clause, cause->assured->clause->id);
}

enum lasting_fate
lasting_match(const struct lasting *lasting, const struct causes *causes, struct moment now)
{
	for (size_t at = 0; at < causes->count; at++) {
		struct cause *cause = &causes->list[at];
		if (!stands_for(lasting, cause))
			continue;
		if (lasting->is_open ||
		    now.ms - lasting->ended.ms < FINDING_AGAIN_DAYS * (int64_t)DAY_MS) {
			cause->is_known = true;
			return LASTING_STAYS;
		}
		cause->follows = lasting->id.no;
		return LASTING_SETTLES;
	}
	return lasting->is_open ? LASTING_ENDS : LASTING_SETTLES;
}

const struct pack_role *
owner_of(const struct pack_clause *clause)
{
	const struct pack_role *role = clause->actor;
	while (role != NULL && role->scope == SCOPE_EVERYONE && role->above != NULL)
		role = role->above;
	return role;
}
