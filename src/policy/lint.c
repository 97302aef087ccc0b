#include "policy/lint.h"

void
lint_pack(struct reading *reading)
{
	lint_dates(reading);
	lint_references(reading);
	lint_clauses(reading);
	lint_statutes(reading);
	lint_roles(reading);
	lint_forms(reading);
	lint_unused(reading);
	lint_terms(reading);
}
