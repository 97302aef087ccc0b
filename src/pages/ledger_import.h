/* The import of a ledger between its page of choosing and its preview. */
#ifndef BANSHO_PAGES_LEDGER_IMPORT_H
#define BANSHO_PAGES_LEDGER_IMPORT_H

#include "pages/ledger_pages.h"
#include "pages/upload.h"
#include "paper/sheet.h"

/* Bounds that keep an import within the memory of a request; bansho import takes more. */
enum {
	IMPORT_FILE_MOST = 4 << 20,
	IMPORT_ROWS_MOST = 3000,
	IMPORT_MEMORY = 256 << 20,
};

struct import_plan {
	const struct pack_ledger *ledger;
	struct unit_id usual;
	struct sheet sheet;
	struct ledger_mapping mapping;
	bool skips_wrong;
	struct hash digest; /* when applying: of what was seen */
};

struct error *import_sheet(struct arena *into, const struct visit *visit, struct text file,
			   struct text wanted, struct sheet *sheet) MUST_USE;
/* The file of the path and what the form chose about it. Slow. */
struct error *import_read(struct arena *into, struct visit *visit, struct import_plan *plan) MUST_USE;
look_page import_preview_draw;

#endif
