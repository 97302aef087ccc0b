/* A plain list as something to take away: CSV or a workbook, every cell as words. */
#ifndef BANSHO_PAPER_LIST_PAPER_H
#define BANSHO_PAPER_LIST_PAPER_H

#include "base/error.h"

struct list_out {
	struct text name;	     /* of the sheet */
	const struct text *headings; /* one per column */
	size_t columns;
	const struct text *cells; /* row by row */
	size_t rows;
};

/* UTF-8 with BOM (Excel wants it), in `into`. */
struct error *list_csv(struct arena *into, const struct list_out *list, struct text *csv) MUST_USE;
/* A workbook at `path`; the library keeps its temporary files in `folder`. */
struct error *list_xlsx(struct arena *arena, const struct list_out *list, const char *path,
			const char *folder) MUST_USE;

#endif
