#include "policy/policy.h"

/* What this version can really do. programs/ and assure/ fill exactly these names. */
static const char *const outcomes[] = {
	"permit.issue",
	"ledger.retire",
	"ledger.put",
	NULL,
};

static const char *const controls[] = {
	"sign-in.own-id",             /* every account belongs to one person */
	"sign-in.attempt-limit",      /* wrong passwords lock for a while */
	"sign-in.idle-timeout",       /* an idle session ends */
	"sign-in.last-shown",         /* the last sign-in is shown */
	"sign-in.password-length",    /* short and guessable passwords are refused */
	"sign-in.password-secret",    /* only a hash is kept; nothing shows a password */
	"sign-in.temporary-password", /* must be changed at first sign-in */
	"sign-in.session-revocation", /* a person's sessions can be ended at once */
	"sign-in.leavers-closed",     /* no post any more: no sign-in */
	"journal.verified",           /* the newest checkpoint verifies */
	"journal.work-recorded",      /* every act leaves an entry with person, role and time */
	"ledger.class-default",       /* unclassified counts as the highest class */
	"ledger.class-inherited", /* copies never fall below their source; the highest counts */
	"ledger.class-asked",     /* a row asks for class and restrictions when made */
	"flow.rules-shown",       /* handling rules of the class are shown at the moment */
	"policy.published",       /* every person may read the policy at any time */
	NULL,
};

/* Parts of Bansho that later versions bring; a rule that awaits one shows "missing" until then.
 */
static const char *const parts[] = {
	"gate",           /* the sanitising gateway between zones */
	"zone",           /* network rules, compiled and proved */
	"watch",          /* logs, monitoring, time */
	"duty",           /* recurring work and its records */
	"incident",       /* cases of the CSIRT */
	"training",       /* training and drills */
	"audit",          /* audits, self-checks, review */
	"vendor",         /* contractors, cloud services, SNS */
	"rooms",          /* server rooms, media and machines on the spot */
	"systems",        /* accounts and settings of the body's other systems */
	"reconciliation", /* two lists that must agree */
	NULL,
};

const struct pack_names pack_known = {
	.outcomes = outcomes, .controls = controls, .parts = parts};

const char *
field_kind_name(enum field_kind kind)
{
	static const char *const names[] = {
		"text",   "long-text", "day",     "moment", "period",  "number",
		"choice", "choices",   "yes-no",  "asset",  "assets",  "person",
		"unit",   "class",     "serials", "file",   "clauses",
	};

	return names[kind];
}

const char *
parameter_kind_name(enum parameter_kind kind)
{
	static const char *const names[] = {"days", "minutes", "count", "yes-no"};

	return names[kind];
}

const char *
clause_kind_name(enum clause_kind kind)
{
	static const char *const names[] = {
		"heading", "approve", "report", "record", "periodic", "enforce",
		"detect",  "convert", "assign", "attest", "plan",     "physical",
	};

	return names[kind];
}
