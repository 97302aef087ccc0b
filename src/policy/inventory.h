/* Things (媒体・機器・ソフトウェア) as the pack lays them down (inventory.yaml): which rows of which ledgers are
   kept in hand, who keeps them, how they may leave, and what software must say of itself. */
#ifndef BANSHO_POLICY_INVENTORY_H
#define BANSHO_POLICY_INVENTORY_H

#include "policy/occasion.h"

/* Rows of one ledger that are things: labelled, lent, counted. */
struct pack_things {
	const struct pack_ledger *ledger; /* with an owner; each ledger at most once */
	const struct when *where;	  /* over the row's own columns; NULL: every row */
	bool needs_permit; /* leaves the premises only under a running permit that is signed out and back */
};

struct pack_inventory {
	const struct pack_role *keeps; /* in the unit that owns the row: lends, takes back, takes stock */
	const struct pack_parameter *loan;   /* days a loan may last at most */
	const struct pack_parameter *stock;  /* days between two stock-takes of a unit */
	const struct pack_parameter *repair; /* days after which a thing must be back from repair; NULL: as a loan */
	struct pack_things *things;
	size_t things_count;
	/* Software; NULL: the pack keeps none. */
	const struct pack_ledger *software;
	const struct pack_field *until;	   /* of kind day: the last day with support */
	const struct pack_field *licences; /* numbers; both or neither */
	const struct pack_field *used;
	const struct pack_parameter *warn; /* days before `until` from which it is told; NULL: 180 */
};

enum { INVENTORY_USUAL_LOAN = 7, INVENTORY_USUAL_STOCK = 366, INVENTORY_USUAL_REPAIR = 60,
       INVENTORY_USUAL_WARN = 180 };

#endif
