/* The import of a ledger between its page of choosing and its preview. */
#ifndef BANSHO_PAGES_LEDGER_IMPORT_H
#define BANSHO_PAGES_LEDGER_IMPORT_H

#include "pages/ledger_pages.h"
#include "pages/import_sheet.h"

static const struct import_bounds ledger_bounds = { 4 << 20, 3000, 256 << 20 };

struct import_plan {
	const struct pack_ledger *ledger;
	struct unit_id usual;
	struct sheet sheet;
	struct ledger_mapping mapping;
	bool skips_wrong;
	struct hash digest; /* when applying: of what was seen */
};

/* The file of the path and what the form chose about it. Slow. */
struct error *import_read(struct arena *into, struct visit *visit, struct import_plan *plan) MUST_USE;
look_page import_preview_draw;

#endif
