/* Evidence: the rules by which a clause is proved. */
#ifndef BANSHO_POLICY_EVIDENCE_H
#define BANSHO_POLICY_EVIDENCE_H

#include "policy/duty.h"
#include "policy/incident.h"
#include "policy/check.h"
#include "policy/occasion.h"
#include "policy/reconcile.h"
#include "policy/training.h"

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
	EVIDENCE_DUTY,	  /* the recurring work `duty` is done in time wherever it is to be done */
	EVIDENCE_INCIDENTS, /* what the records of incidents show: `incidents` */
	EVIDENCE_CHECKS,   /* self-checks of `checklist` were answered, and what was wrong put right */
	EVIDENCE_TRAINING, /* training and drills: `shows`, and `course` for one of them */
	EVIDENCE_RECONCILIATION, /* `reconciliation` was run in time, and what differed is put right */
	EVIDENCE_AUDIT, /* audits, their points, the council, the yearly review: `asks` */
	EVIDENCE_VALUES,   /* what a column of every row of `ledger` holds is as laid down */
	EVIDENCE_INVENTORY, /* things in hand, and software: `keeps` */
	EVIDENCE_ENTRANCE, /* entry logs of server rooms: `entrance` */
	EVIDENCE_CONTRACTS, /* work given out: `contracts` */
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
/* What EVIDENCE_CHECKS looks at. */
enum evidence_shows {
	SHOWS_ANSWERED, /* who was asked answered; of `item`: how */
	SHOWS_IMPROVED, /* what was answered with no is put right in time */
};

/* What EVIDENCE_TRAINING looks at (training/training.h). */
enum evidence_training {
	TRAINING_PASSED,   /* everybody who was asked to take `course` has, or is in time */
	TRAINING_PLANNED,  /* the plan of this 年度 is decided, and everybody is in some course of it */
	TRAINING_REPORTED, /* what came of a plan was reported within `within` */
	TRAINING_DRILLED,  /* a drill by mail ended within `within` */
};

const char *evidence_training_name(enum evidence_training shows); /* "passed" */
/* What EVIDENCE_AUDIT asks of room audit. */
enum audit_asks {
	ASKS_PLANNED,	  /* the fiscal year has a plan */
	ASKS_TOLD,	  /* plans of audits that began were before the council */
	ASKS_NAMED,	  /* auditors are named, each found independent */
	ASKS_DONE,	  /* an audit was reported within `within` */
	ASKS_SIGNED,	  /* every item of reported audits has its auditor's answer */
	ASKS_ANSWERED,	  /* what auditors asked of units was answered in time */
	ASKS_OUTSIDE,	  /* an audit of a firm was reported within `within` */
	ASKS_RECEIVED,	  /* results were received by who orders and by the council */
	ASKS_KEPT,	  /* working papers of reported audits are kept */
	ASKS_ORDERED,	  /* points that want an order have one */
	ASKS_SETTLED,	  /* points are put right and verified in time */
	ASKS_IMPROVED,	  /* the council decided on improvement after the last report */
	ASKS_MET,	  /* the council met within `within`, minutes kept */
	ASKS_REVIEWED,	  /* a review was decided within `within` */
	ASKS_USED,	  /* and said what is done with what audits found */
	ASKS_COUNT,
};
const char *audit_asks_name(enum audit_asks asks); /* "planned" */

/* A bound of EVIDENCE_VALUES: what the body set for a parameter, or a number. */
struct evidence_bound {
	bool is_there;
	const struct pack_parameter *parameter; /* NULL: the number */
	int64_t number;
};
/* What EVIDENCE_INVENTORY looks at (inventory/inventory.h). */
enum evidence_keeps {
	KEEPS_OUT,	/* what was taken out or lent was signed for, and nothing is overdue */
	KEEPS_STOCK,	/* every unit that keeps things has taken stock within `within` */
	KEEPS_MISSING,	/* nothing that a stock-take did not find is still missing */
	KEEPS_LEFT,	/* nobody who has left still holds anything */
	KEEPS_REPAIR,	/* what went to repair was erased before, or secrecy was agreed */
	KEEPS_ENDED,	/* what left the ledgers did so by a permitted disposal */
	KEEPS_SUPPORT,	/* no software is in use after its support ended */
	KEEPS_LICENCES, /* no more copies in use than licences */
	KEEPS_COUNT,
};
const char *evidence_keeps_name(enum evidence_keeps keeps); /* "out" */
/* What EVIDENCE_ENTRANCE looks at (entrance/entrance.h). */
enum evidence_entrance {
	ENTRANCE_KEPT,	    /* every room's log goes on within `within`, and nobody is in it too long */
	ENTRANCE_PERMITTED, /* who entered was permitted, or came with somebody who was */
	ENTRANCE_CARRIED,   /* what was brought in was permitted */
	ENTRANCE_SHOWN,	    /* who entered showed who they are */
	ENTRANCE_MOVES,	    /* equipment was carried in and out with somebody of the body there */
	ENTRANCE_REVIEWED,  /* every room's log was looked through within `within` */
	ENTRANCE_ABOUTS,
};
const char *evidence_entrance_name(enum evidence_entrance about); /* "kept" */
/* What EVIDENCE_CONTRACTS looks at (contract/contract.h). */
enum contract_part {
	CONTRACTS_SELECTED, /* chosen by the criteria */
	CONTRACTS_SIGNED,   /* every item there or with a reason */
	CONTRACTS_EXPLAINED,
	CONTRACTS_LINKED,   /* subcontracting consented, none found without */
	CONTRACTS_NAMED,    /* workers with consent, pledge, training */
	CONTRACTS_CHECKED,  /* confirmed within `within` */
	CONTRACTS_HANDED,   /* hand-overs with a receipt */
	CONTRACTS_GONE,	    /* over contracts whose data is gone */
	CONTRACTS_DEMANDED, /* demands settled in time */
	CONTRACTS_SERVED,   /* registers of services without wrong rows */
	CONTRACTS_PARTS,
};
const char *contract_part_name(enum contract_part part); /* "linked" */

struct pack_evidence {
	enum evidence_kind kind;
	const struct pack_clause **clauses;
	size_t clauses_count;
	const struct pack_occasion *occasion;
	const struct pack_ledger *ledger;
	const struct pack_role *role;
	const struct pack_duty *duty; /* EVIDENCE_DUTY */
	const struct pack_reconcile *reconciliation; /* EVIDENCE_RECONCILIATION */
	struct text control; /* one of pack_names.controls */
	enum evidence_check check; /* EVIDENCE_ACCOUNTS */
	enum evidence_incidents incidents; /* EVIDENCE_INCIDENTS */
	const struct pack_link *link; /* INCIDENTS_CHAIN: that one; NULL: all */
	const struct pack_plan_part *plan; /* INCIDENTS_PLAN */
	const struct pack_incident_kind *of; /* INCIDENTS_REPORTED: of that kind alone, or NULL */
	const struct pack_checklist *checklist; /* EVIDENCE_CHECKS */
	const struct pack_check_item *item;	/* EVIDENCE_CHECKS: that question alone; NULL: all */
	enum evidence_shows shows;		/* EVIDENCE_CHECKS */
	enum evidence_training trains; /* EVIDENCE_TRAINING */
	const struct pack_course *course; /* TRAINING_PASSED */
	enum audit_asks asks; /* EVIDENCE_AUDIT */
	enum evidence_keeps keeps; /* EVIDENCE_INVENTORY */
	enum evidence_entrance entrance; /* EVIDENCE_ENTRANCE */
	enum contract_part contracts; /* EVIDENCE_CONTRACTS */
	struct text part;    /* EVIDENCE_AWAITS: one of pack_names.parts */
	/* EVIDENCE_VALUES: a number between the bounds, or a yes-no or choice that is `is`. */
	const struct pack_field *column;
	const struct pack_field *looked; /* the day on which somebody looked at the row's values */
	struct evidence_bound at_least, at_most;
	struct text is;
	const struct when *where; /* EVIDENCE_LEDGER, EVIDENCE_VALUES: over the row's own columns; NULL: every row */
	int64_t least;	     /* EVIDENCE_LEDGER: that many rows at least, usually 1 */
	const struct pack_parameter *within; /* NULL: no freshness asked */
	bool is_partial; /* shows it for Bansho itself only; the body's other systems stay unproven */
	struct words words; /* what is looked at, for the page */
};

#endif
