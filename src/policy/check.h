/* Checklists (自己点検): what staff, sections and systems are asked from time to time, as the pack says. */
#ifndef BANSHO_POLICY_CHECK_H
#define BANSHO_POLICY_CHECK_H

#include "policy/clause.h"
#include "policy/form.h"
#include "policy/words.h"

/* Whom a checklist asks. */
enum checklist_of {
	CHECKLIST_PERSON,  /* everybody who serves and holds a post, about themselves */
	CHECKLIST_SECTION, /* `by` of each section, about the section */
	CHECKLIST_SYSTEM,  /* `by` of the unit that runs it, about each living row of `ledger` */
};
const char *checklist_of_name(enum checklist_of of); /* "person" */

struct pack_check_item {
	struct text code;
	struct words words; /* the question; "yes" is what the policy wants */
	struct words help;  /* how to put it right, or empty */
	const struct pack_clause **clauses; /* which it looks after */
	size_t clauses_count;
	bool may_not_apply; /* "does not apply" may be answered, with a reason */
};

struct pack_checklist {
	struct text code; /* "staff" */
	struct words name;
	enum checklist_of of;
	const struct pack_role *by;	  /* CHECKLIST_SECTION, CHECKLIST_SYSTEM: who answers */
	const struct pack_ledger *ledger; /* CHECKLIST_SYSTEM */
	const struct pack_clause *clause; /* which asks for the self-check, or NULL */
	const struct pack_role **runs;	  /* who plans, opens and closes campaigns */
	size_t runs_count;
	const struct pack_role **named; /* to whom answers of staff are shown by name, for their own unit */
	size_t named_count;
	struct pack_check_item *items;
	size_t items_count;
};

#endif
