#include "policy/policy.h"

#include "base/say.h"

/* What this version can really do. programs/ and assure/ fill exactly these names. */
static const char *const outcomes[] = {
	"permit.issue",
	"ledger.retire",
	"ledger.put",
	"incident.open",
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
	"sign-in.demands",            /* two kinds are demanded of roles and rights, by sign-in.yaml */
	"sign-in.zones",              /* two kinds are demanded in zones, by sign-in.yaml */
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
	NULL,
};

/* Rights of persons, as people calls them. */
static const char *const rights[] = {
	"decide", "people.edit", "ledger.write", "journal.read", "settings", "accounts", NULL,
};

/* What people_parameter() asks for, and what it takes where the pack has no such parameter. */
static const char *const parameters[] = {
	"access-review.days",	      /* units answer the review of accounts: 30 */
	"access-review.month",	      /* of the year in which it begins: 6; 0: never by itself */
	"access-review.remind-days",  /* who has not answered is reminded: 7 */
	"account.check-days",	      /* an account unused that long is looked at: 90 */
	"acknowledge.remind-days",    /* people are reminded to acknowledge the policy */
	"check.enough-percent",       /* of those asked must answer a self-check: 90 */
	"check.improve-days",	      /* offered for putting right what was answered with no: 30 */
	"check.remind-days",	      /* before its end, and every so often after it: 3 */
	"decide.escalate-days",       /* an undecided step goes to the role above: 5 */
	"decide.remind-days",         /* who must decide is reminded: 2 */
	"duty.escalate-days",	      /* after the due day the role above is told: 7 */
	"duty.lead-days",	      /* a duty is to be done from so many days before: 30 */
	"entrance.long-hours",	      /* after that, a visit without an exit is a finding: 24 */
	"entrance.late-minutes",      /* what a tablet hands in later than that is marked late: 5 */
	"entrance.night-hour",	      /* who is in a server room then is asked after: 21 */
	"finding.due-days",           /* a finding should be settled by then */
	"incident.cause-days",        /* cause and prevention are reported: 30 */
	"incident.judge-hours",       /* a report is judged an incident or not: 24 */
	"journal.verify-days",        /* a verified checkpoint counts as fresh */
	"judgement.valid-days",       /* a judgement stands */
	"ledger.confirm-remind-days", /* before rows must be confirmed again */
	"permit.remind-days",         /* before a permit runs out: 3 */
	"report.remind-minutes",      /* before a report is late */
	"return.before-minutes",      /* before something carried out must be back: 1440 */
	"return.escalate-minutes",    /* after that, the role above is told: 240 */
	"return.remind-minutes",      /* after that, the holder is reminded: 60 */
	"sign-in.attempts",           /* wrong passwords in a row: 5 */
	"sign-in.card-remind-days",   /* before an IC card runs out: 7; 0: never */
	"sign-in.demands",            /* second factors are demanded of roles and rights: no */
	"sign-in.idle-minutes",       /* an idle session ends: 30 */
	"sign-in.lock-minutes",       /* after too many wrong passwords: 15 */
	"sign-in.password-days",      /* a password must be changed; 0: never */
	"sign-in.password-least",     /* characters of a password: 10 */
	"privileged.window-minutes",  /* the longest privileged window; 0: no windows: 0 */
	"sign-in.session-hours",      /* the longest session: 12 */
	"sign-in.sessions-most",      /* sessions of a person at once: 10 */
	"sign-in.step-up-minutes",    /* after that, what weighs asks for a proof; 0: never */
	"sign-in.temporary-days",     /* a temporary password is valid: 7 */
	"sign-in.temporary-remind-days", /* before it runs out: 1; 0: never */
	"training.remind-days",	      /* who has not taken a course is reminded: 7 */
	NULL,
};

/* What duty_done_by() is called with: done in another part of Bansho, it fulfils the duties whose `by`
   names it. */
static const char *const deeds[] = {
	"incident.exercise", /* the emergency plan or its calling tree was exercised */
	"incident.contacts", /* the contacts of the emergency plan were confirmed */
	"training.round",    /* a course was held for its audience; `of`: that course */
	"training.drill",    /* a targeted-mail drill was evaluated */
	"check.campaign",    /* a campaign of self-checks was closed; `of`: that checklist */
	"audit.report",	     /* an audit was reported to the CISO */
	"audit.review",	     /* the yearly review was decided */
	"inventory.stock",   /* a unit's stock-take was closed */
	"entrance.review",   /* a month of a server room's entry log was looked through */
	"contract.confirm",  /* what a contractor does was looked at */
	NULL,
};

const struct pack_names pack_known = {
	.outcomes = outcomes, .controls = controls, .parts = parts, .rights = rights,
	.parameters = parameters, .deeds = deeds};

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

const char *
clause_kind_words(enum clause_kind kind)
{
	switch (kind) {
	case CLAUSE_HEADING:
		return say("見出し");
	case CLAUSE_APPROVE:
		return say("許可");
	case CLAUSE_REPORT:
		return say("報告");
	case CLAUSE_RECORD:
		return say("記録");
	case CLAUSE_PERIODIC:
		return say("定期に行うこと");
	case CLAUSE_ENFORCE:
		return say("守らせること");
	case CLAUSE_DETECT:
		return say("見つけること");
	case CLAUSE_CONVERT:
		return say("変換");
	case CLAUSE_ASSIGN:
		return say("役割を定めること");
	case CLAUSE_ATTEST:
		return say("確かめること");
	case CLAUSE_PLAN:
		return say("計画・手順");
	case CLAUSE_PHYSICAL:
		return say("物理的な備え");
	}
	return "";
}
