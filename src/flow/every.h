/*
 * Everything of a kind, one after another, for who holds it against something else (room reconcile). Whoever
 * calls has asked whether the person may read all of the body. What `each` is given is valid during the call.
 */
#ifndef BANSHO_FLOW_EVERY_H
#define BANSHO_FLOW_EVERY_H

#include "flow/permit.h"

struct flow_every_permit {
	struct permit_id id;
	struct text number;
	bool is_in_force; /* today */
	bool is_withdrawn; /* revoked, or given up unused */
	struct day from, until;
	struct text holder, holder_number, unit_name;
	const struct ledger_value *answers; /* of the whole case, as kept */
	size_t answers_count;
};
struct error *flow_every_permit(struct look *look, const struct pack_occasion *occasion,
				struct error *(*each)(void *with, const struct flow_every_permit *permit),
				void *with) MUST_USE;

struct flow_every_outing {
	struct text permit, what, serial; /* serial empty: not of a row with one */
	struct day until;		  /* of the permit */
	struct moment out, due, back;	  /* due, back ms 0: none */
	struct text person, person_number;
};
struct error *flow_every_outing(struct look *look,
				struct error *(*each)(void *with, const struct flow_every_outing *outing),
				void *with) MUST_USE;

/* Items of permitted cases of an occasion, those that turned up unlisted too, without struck ones. */
struct flow_every_item {
	struct text serial, what, dossier; /* number of the case */
	struct moment granted;
	struct text end; /* code of how it ended; empty: open */
	bool is_verified;
};
struct error *flow_every_item(struct look *look, const struct pack_occasion *occasion,
			      struct error *(*each)(void *with, const struct flow_every_item *item),
			      void *with) MUST_USE;

#endif
