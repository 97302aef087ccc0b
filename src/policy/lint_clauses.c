#include "policy/lint.h"

/* Duties: when, by what they are proved, and whether the form they name knows of them. */

static void
lint_times(struct reading *reading, const struct pack_clause *clause)
{
	if (clause->deadline_words.ja.len > 0 && clause->deadline == NULL)
		note(reading, clause, "deadline-without-number",
		     "条項「%.*s」の期限「%.*s」に数がありません。within "
		     "に設定値を書いてください。",
		     T_ARG(clause->id), T_ARG(clause->deadline_words.ja));
	if (clause->period_words.ja.len > 0 && clause->period == NULL)
		note(reading, clause, "period-without-number",
		     "条項「%.*s」の周期「%.*s」に数がありません。every "
		     "に設定値を書いてください。",
		     T_ARG(clause->id), T_ARG(clause->period_words.ja));
	if (clause->kind == CLAUSE_PERIODIC && clause->period_words.ja.len == 0)
		note(reading, clause, "duty-without-period",
		     "条項「%.*s」は定期の義務ですが、どれだけごとかがありません。period "
		     "を書いてください。",
		     T_ARG(clause->id));
}

static bool
is_related(const struct pack_clause *one, const struct pack_clause *other)
{
	return clause_is_under(one, other) || clause_is_under(other, one);
}

static bool
lists_clause(const struct pack_clause *const *list, size_t count,
	     const struct pack_clause *clause)
{
	for (size_t i = 0; i < count; i++)
		if (is_related(clause, list[i]) || (clause->is_note && clause->parent != NULL &&
						    is_related(clause->parent, list[i])))
			return true;
	return false;
}

/* Neither the form nor an occasion that uses it says that this clause asks for it. */
static void
lint_form_named(struct reading *reading, const struct pack_clause *clause)
{
	const struct pack *pack = reading->pack;
	const struct pack_form *form = pack_form(pack, clause->form_number);

	if (clause->form_number.len == 0 || form == NULL ||
	    lists_clause(form->clauses, form->clauses_count, clause))
		return;
	for (size_t i = 0; i < pack->occasions_count; i++)
		if (pack->occasions[i].form == form &&
		    lists_clause(pack->occasions[i].clauses, pack->occasions[i].clauses_count,
				 clause))
			return;
	note(reading, clause, "form-misses-clause",
	     "条項「%.*s」は様式第%.*s号を求めていますが、その様式の clauses "
	     "にも場面にもこの条項が"
	     "ありません。",
	     T_ARG(clause->id), T_ARG(clause->form_number));
}

void
lint_clauses(struct reading *reading)
{
	const struct pack *pack = reading->pack;

	for (size_t i = 0; i < pack->clauses_count; i++) {
		const struct pack_clause *clause = &pack->clauses[i];
		if (!clause->is_duty)
			continue;
		lint_times(reading, clause);
		lint_form_named(reading, clause);
		if (clause->evidence_count == 0)
			note(reading, clause, "clause-without-evidence",
			     "条項「%.*s」を証明する決まりがありません。evidence "
			     "に書いてください。"
			     "まだ無い部分を待つなら awaits です。",
			     T_ARG(clause->id));
	}
}
