/* A list of accounts between its page of choosing and its preview. */
#ifndef BANSHO_PAGES_ACCESS_IMPORT_H
#define BANSHO_PAGES_ACCESS_IMPORT_H

#include "pages/access_pages.h"
#include "pages/import_sheet.h"

static const struct import_bounds access_bounds = { 8 << 20, 20000, 512 << 20 };

struct access_plan {
	struct access_system system;
	struct sheet sheet;
	struct access_mapping mapping;
	bool skips_wrong;
	struct hash digest; /* when applying: of what was seen */
};

/* The first line of a list that the directory gave, instead of a file. */
#define ACCESS_DIRECTORY_TITLE "ディレクトリから読んだ一覧"
/* The slow stage of reading it: keeps the list as an upload. */
slow_page access_directory_read;

/* The file of the path and what the form chose about it. Slow. */
struct error *access_plan_read(struct arena *into, struct look *look, struct visit *visit,
			       struct access_plan *plan) MUST_USE;

#endif
