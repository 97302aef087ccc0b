/* Asking one witness, once, until it has cosigned our newest checkpoint or will not. */
#ifndef BANSHO_CLI_WITNESS_VISIT_H
#define BANSHO_CLI_WITNESS_VISIT_H

#include "cli/witness_round.h"

enum visit_end {
	VISIT_DONE,
	VISIT_NOTHING,	/* there is no checkpoint yet */
	VISIT_SILENT,	/* it could not be reached */
	VISIT_OLDER,	/* it has seen more than this store has */
	VISIT_FORKED,	/* what it has seen is not what this store has */
	VISIT_REFUSED,	/* it does not know us, or not our key */
};
/* "older", "forked" … for entries. */
const char *visit_end_name(enum visit_end end);
/* *words is for a person, empty when it is done. */
struct error *witness_visit(struct body *body, struct arena *arena,
			    const struct journal_witness *witness, enum visit_end *end,
			    struct text *words) MUST_USE;

#endif
