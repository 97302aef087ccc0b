/* What audit.yaml says, as keys and values of two versions. */
#include "policy/diff_describe.h"

#include "base/say.h"

static struct text
role_of(const struct pack_role *role)
{
	return role != NULL ? role->name.ja : T("");
}

struct described
describe_audit(struct arena *into, const struct pack_audit *audit)
{
	struct described made = { .into = into };
	describe(&made, "plans", N_("監査を命じる役割"), role_of(audit->chief));
	describe(&made, "audits", N_("監査人の役割"), role_of(audit->auditor));
	describe(&made, "deliberates", N_("審議する会議"), role_of(audit->council));
	describe(&made, "orders", N_("是正を指示する役割"), role_of(audit->orders));
	describe(&made, "answers", N_("是正に答える役割"), role_of(audit->answers));
	describe(&made, "every", N_("監査の間隔"), audit->every != NULL ? audit->every->name.ja : T(""));
	describe(&made, "sample", N_("標本の数"), text_number(into, audit->sample));
	describe(&made, "review-month", N_("見直しの月"), text_number(into, audit->review_month));
	for (size_t at = 0; at < audit->grades_count; at++)
		describe_named(&made, audit->grades[at].code, audit->grades[at].name.ja,
			       text_format(into, "%lld%s", (long long)audit->grades[at].days,
					   audit->grades[at].is_ordered ? "" : "-"));
	return made;
}

struct described
describe_theme(struct arena *into, const struct pack_theme *theme)
{
	struct described made = { .into = into };
	struct text clauses = T("");
	for (size_t at = 0; at < theme->clauses_count; at++)
		clauses = joined(into, clauses, theme->clauses[at]->number);
	describe_words(&made, "name", N_("名前"), theme->name);
	describe(&made, "clauses", N_("条項"), clauses);
	return made;
}
