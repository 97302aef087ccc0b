/* What the three ways to take a ledger away share: a row as cells in words. */
#ifndef BANSHO_PAPER_LEDGER_ROOMS_H
#define BANSHO_PAPER_LEDGER_ROOMS_H

#include "paper/ledger_paper.h"

/* A cell as people read it; `day` when it is one. */
struct ledger_cell {
	struct text words;
	struct day day; /* DAY_NONE when the field is no day, or empty */
};

struct ledger_cells {
	const struct ledger_row *row;
	const struct ledger_cell *fields; /* by the ledger's field order */
};

/*
 * Call `each` for every row of the query. What it is given is valid during the call only. Names of
 * units are read once; memory does not grow with the rows.
 */
struct error *ledger_cells_each(struct look *look, const struct ledger_out *out,
				struct error *(*each)(void *with, const struct ledger_cells *cells),
				void *with) MUST_USE;

#endif
