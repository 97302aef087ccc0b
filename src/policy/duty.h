/* Duties (くり返す仕事): what recurs, who does it, when, and what must be written down about it. */
#ifndef BANSHO_POLICY_DUTY_H
#define BANSHO_POLICY_DUTY_H

#include "policy/form.h"

struct pack_clause;
struct pack_role;

enum duty_rhythm {
	RHYTHM_MONTHS, /* in these months of every year; due on their last day */
	RHYTHM_EVERY,  /* so many days after it was done last */
	RHYTHM_NEEDED, /* when something happens: somebody begins it */
};

/* Where a column of the row that a finished duty writes comes from. */
enum duty_source {
	FROM_FIELD,   /* a field of the record */
	FROM_LITERAL, /* the same every time */
	FROM_UNIT,    /* the unit whose duty it is */
	FROM_DONE,    /* the day on which it was done */
	FROM_PERSON,  /* who did it */
	FROM_DUTY,    /* the name of the duty, with the row it is about */
	FROM_ROW,     /* the row it is about */
};

struct pack_duty_column {
	const struct pack_field *column;
	enum duty_source source;
	const struct pack_field *field; /* FROM_FIELD */
	struct text literal;		/* FROM_LITERAL */
};

struct pack_duty {
	struct text code; /* "restore-test" */
	struct words name;
	struct words help; /* what is to be done, for who does it */
	const struct pack_clause **clauses;
	size_t clauses_count;
	const struct pack_role *owner; /* not of scope everyone */
	enum duty_rhythm rhythm;
	unsigned months;		     /* RHYTHM_MONTHS: bit 0 is January */
	const struct pack_parameter *every;  /* RHYTHM_EVERY: days */
	const struct pack_parameter *within; /* RHYTHM_NEEDED: days from its beginning, or NULL: 30 */
	int64_t lead;	  /* days before the due day from which it is to be done; -1: the body's usual */
	int64_t escalate; /* days after it until the role above is told; -1: the body's usual */
	/* One occurrence for each living row of this ledger (for which `where` holds), looked after by
	   the owner role of the row's unit; NULL: one for each unit in which a post carries the role. */
	const struct pack_ledger *each;
	const struct when *where;
	struct text by; /* what fulfils it when something is done elsewhere; empty: only its record */
	struct text of; /* of that alone: a course (training.round), a checklist (check.campaign); empty: any */
	/* What is written down. As a ledger without a code, so that it is checked as a row is. */
	struct pack_ledger record;
	/* The row it writes when it is done, or NULL. The ledger of `each`: that row is changed. */
	const struct pack_ledger *puts;
	struct pack_duty_column *columns;
	size_t columns_count;
};

enum { DUTY_USUAL_WITHIN = 30 };

const char *duty_rhythm_name(enum duty_rhythm rhythm); /* "months" */

#endif
