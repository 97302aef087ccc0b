/*
 * Contracts with firms as the pack lays them down (contracts.yaml): by what a contractor is chosen, what
 * stands in the contract, who consents to subcontracting, and what must be seen to be gone at the end.
 */
#ifndef BANSHO_POLICY_CONTRACT_H
#define BANSHO_POLICY_CONTRACT_H

#include "policy/evidence.h"

/* What kind of work is given out. */
struct pack_contract_kind {
	struct text code; /* "operate" */
	struct words name;
};

/* One question of choosing a contractor, answered for every candidate. */
struct pack_contract_criterion {
	struct text code;
	struct words name;
	struct words help;
	bool is_must;	 /* nobody is chosen whose answer is not yes */
	struct text kind; /* of that kind of contract alone; empty: of all */
	const struct pack_clause *clause;
};

/* What a contract says, or why it does not. */
struct pack_contract_item {
	struct text code;
	struct words name;
	bool is_must; /* no reason is good enough to leave it out */
	const struct pack_clause *clause;
};

/* How data goes over. */
struct pack_contract_way {
	struct text code;
	struct words name;
};

/* What of a contract a column of its ledger row shows. */
enum contract_shows {
	CONTRACT_TITLE,
	CONTRACT_UNIT,
	CONTRACT_FIRM,
	CONTRACT_WORK,
	CONTRACT_KIND,
	CONTRACT_CLASS,
	CONTRACT_SYSTEM,
	CONTRACT_PERIOD,
	CONTRACT_UNTIL,
	CONTRACT_ITEMS,	 /* codes of those that stand in it */
	CONTRACT_ABSENT, /* those that do not, with the reasons */
	CONTRACT_CHAIN,	 /* names of subcontractors, and whether there was consent */
	CONTRACT_EXPLAINED,
	CONTRACT_CHECKED,
	CONTRACT_FOUND,	 /* what the newest confirmation found */
	CONTRACT_NUMBER,
	CONTRACT_LITERAL,
	CONTRACT_SHOWS,
};

struct pack_contract_column {
	const struct pack_field *column;
	enum contract_shows shows;
	struct text literal; /* CONTRACT_LITERAL */
};

/* A row of a register for which the condition holds is out of order. */
struct pack_contract_wrong {
	struct text code;
	struct words name; /* what is wrong, in plain words */
	const struct pack_ledger *ledger;
	const struct when *where;
	const struct pack_clause **clauses;
	size_t clauses_count;
};

enum { CONTRACT_MOST_ASKED = 60 }; /* criteria, and items: two boxes each in one form */

struct pack_contracts {
	const struct pack_role *answers;  /* chooses, signs, ends: in the contract's unit */
	const struct pack_role *consents; /* to subcontracting */
	const struct pack_role *verifies; /* saw that data is gone; usually `answers` */
	const struct pack_role *told;	  /* of demands; NULL: nobody besides */
	/* From this value of the axis on a contractor's word does not end it; NULL: it does for all. */
	const struct pack_axis *axis;
	const struct pack_class *verified;
	bool is_trained;		     /* workers have been trained before they begin */
	const struct pack_parameter *every;  /* days between confirmations, or NULL */
	const struct pack_parameter *remind; /* days before the end: what is still out there */
	const struct pack_clause *clause;
	struct pack_contract_kind *kinds;
	size_t kinds_count;
	struct pack_contract_criterion *criteria;
	size_t criteria_count;
	struct pack_contract_item *items;
	size_t items_count;
	struct pack_contract_way *ways;
	size_t ways_count;
	const struct pack_occasion **access; /* permits by which its workers get at anything */
	size_t access_count;
	const struct pack_ledger *puts; /* the register a contract stands in, or NULL */
	struct pack_contract_column *columns;
	size_t columns_count;
	const struct pack_ledger *services; /* register of cloud, terms-based services, SNS; or NULL */
	struct pack_contract_wrong *wrongs;
	size_t wrongs_count;
};

const char *contract_shows_name(enum contract_shows shows); /* "absent" */

#endif
