/* Evidence: the rules by which a clause is proved. */
#ifndef BANSHO_POLICY_EVIDENCE_H
#define BANSHO_POLICY_EVIDENCE_H

#include "policy/incident.h"
#include "policy/occasion.h"

enum evidence_kind {
	EVIDENCE_PERMITS,  /* permits of `occasion` exist as the route wants them, none overdue */
	EVIDENCE_LEDGER,   /* rows of `ledger` are current: confirmed within `within` */
	EVIDENCE_ROLE,	   /* `role` is held today wherever its scope asks for it */
	EVIDENCE_CONTROL,  /* the built-in control `control` is on and was tested */
	EVIDENCE_BALANCED, /* every finished sheet of `occasion` balances, nothing open too long */
	EVIDENCE_JUDGED,   /* a person judged it, within `within` */
	EVIDENCE_REPORTS,  /* reports of `occasion` were made in time, none is waiting too long */
	EVIDENCE_EXCEPTIONS, /* no exception has run out unclosed, all looked at within `within` */
	EVIDENCE_ACKNOWLEDGED, /* everybody bound has acknowledged the version in force, within `within` */
	EVIDENCE_ACCOUNTS, /* accounts of the systems in the ledger with `accounts`: `check` */
	EVIDENCE_INCIDENTS, /* what the records of incidents show: `incidents` */
	EVIDENCE_AWAITS,   /* a part of Bansho that does not exist yet: always missing */
};

/* What EVIDENCE_ACCOUNTS looks at: what room access finds (access/access.h), and two things more. */
enum evidence_check {
	CHECK_LEFT,	  /* no account of somebody who left */
	CHECK_MOVED,	  /* none kept from an earlier post */
	CHECK_UNUSED,	  /* none that nobody uses */
	CHECK_UNKNOWN,	  /* none of which nobody knows whose it is */
	CHECK_PRIVILEGED, /* none with privileges and no permit */
	CHECK_SHARED,	  /* none shared without a list of its users */
	CHECK_ABSENT,	  /* none that is gone from its system's newest list, and nobody looked */
	CHECK_ASKED,	  /* what units asked for in the review is done */
	CHECK_LISTED,	  /* every system's list was taken in within `within` */
	CHECK_REVIEWED,	  /* every unit has reviewed its accounts within `within` */
	CHECK_COUNT,
};
const char *evidence_check_name(enum evidence_check check); /* "left" */

/* What EVIDENCE_INCIDENTS looks at. Drills count for the chain, the rest for real cases. */
enum evidence_incidents {
	INCIDENTS_REPORTED,  /* reports come in, with their three times */
	INCIDENTS_CITIZENS,  /* what people outside tell is taken in with the same numbers */
	INCIDENTS_CHAIN,     /* links of the chain (`link`: that one) are received, none is unanswered now */
	INCIDENTS_JUDGED,    /* each report is judged, none waits too long */
	INCIDENTS_TASKS,     /* steps and tasks are answered, none is late now */
	INCIDENTS_ORDERS,    /* orders are answered, none is late now */
	INCIDENTS_CAUSE,     /* cause and prevention are reported, none is late now */
	INCIDENTS_CLOSED,    /* cases are closed by who closes */
	INCIDENTS_OUTSIDE,   /* reports outside were made or left with a reason, none is past its day */
	INCIDENTS_DISCLOSED, /* of each confirmed one it is decided whether to publish */
	INCIDENTS_EVIDENCE,  /* evidence is kept with its digest */
	INCIDENTS_CONTACTS,  /* the calling tree is there and was confirmed within `within` */
	INCIDENTS_DRILLED,   /* the chain was exercised within `within`, by a drill or a case */
	INCIDENTS_PLAN,	     /* the emergency plan of the policy has the part `plan` */
	INCIDENTS_COUNT,
};
const char *evidence_incidents_name(enum evidence_incidents incidents); /* "chain" */

struct pack_evidence {
	enum evidence_kind kind;
	const struct pack_clause **clauses;
	size_t clauses_count;
	const struct pack_occasion *occasion;
	const struct pack_ledger *ledger;
	const struct pack_role *role;
	struct text control; /* one of pack_names.controls */
	enum evidence_check check; /* EVIDENCE_ACCOUNTS */
	enum evidence_incidents incidents; /* EVIDENCE_INCIDENTS */
	const struct pack_link *link; /* INCIDENTS_CHAIN: that one; NULL: all */
	const struct pack_plan_part *plan; /* INCIDENTS_PLAN */
	const struct pack_incident_kind *of; /* INCIDENTS_REPORTED: of that kind alone, or NULL */
	struct text part;    /* EVIDENCE_AWAITS: one of pack_names.parts */
	const struct when *where; /* EVIDENCE_LEDGER: over the row's own columns; NULL: every row */
	int64_t least;	     /* EVIDENCE_LEDGER: that many rows at least, usually 1 */
	const struct pack_parameter *within; /* NULL: no freshness asked */
	bool is_partial; /* shows it for Bansho itself only; the body's other systems stay unproven */
	struct words words; /* what is looked at, for the page */
};

#endif
