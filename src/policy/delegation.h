/* Standing delegation (委任・専決) as the pack allows it, and how long personal data is kept. */
#ifndef BANSHO_POLICY_DELEGATION_H
#define BANSHO_POLICY_DELEGATION_H

#include "policy/occasion.h"

enum power_kind {
	POWER_PERMIT, /* give the permission of an occasion */
	POWER_EXTEND, /* make its permit longer */
};

/* One power that may be given on. The loader has seen that `from` holds it itself. */
struct pack_power {
	const struct pack_occasion *occasion;
	enum power_kind kind;
	const struct when *when; /* over questions and the occasion's form; NULL: always */
};

struct pack_delegation {
	struct text code; /* "same-technology" */
	struct words name;
	const struct pack_role *from; /* holds the powers by the policy */
	const struct pack_role *to;   /* may exercise them while the delegation runs */
	struct pack_power *powers;
	size_t powers_count;
	const struct pack_parameter *most; /* days, at most; NULL: DELEGATION_MOST_DAYS */
	const struct pack_clause *clause;  /* which allows it */
};
enum { DELEGATION_MOST_DAYS = 366 };

/* What of a person is kept for how long after they left. */
enum retained {
	RETAINED_PERSON, /* all that is sealed under the person's key: it goes together */
	RETAINED_KINDS,
};

struct pack_retention {
	enum retained kind;
	struct words why;			/* in plain words, for the person */
	const struct pack_parameter *days;	/* after the last day of service */
	const struct pack_clause *clause;	/* or NULL: a law, named in `why` */
};

const char *retained_name(enum retained kind); /* "person" */

#endif
