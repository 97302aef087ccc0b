/*
 * A ledger as something to take away: CSV, XLSX, and the body's own 様式 on paper. Whoever calls has
 * asked whether the person may read what the query matches.
 */
#ifndef BANSHO_PAPER_LEDGER_PAPER_H
#define BANSHO_PAPER_LEDGER_PAPER_H

#include "ledger/ledger.h"

struct ledger_out {
	const struct pack *pack;
	const struct pack_ledger *ledger;
	struct ledger_query query;
	struct text body_name;
	struct text said; /* what the list was narrowed to, for people; empty for all */
	/* Only rows of which it says so, where the query cannot; NULL: all. The arena is of the row. */
	bool (*wants)(const void *with, struct arena *arena, const struct ledger_row *row);
	const void *wants_with;
};

/*
 * Every row the query matches, in order of number, as UTF-8 CSV with BOM (Excel wants it) to `fd`, from
 * its present place. The columns are 台帳番号, every field by its name, and 最終確認日: the same file
 * can be imported again. Days are written 2026-11-21.
 */
struct error *ledger_write_csv(struct look *look, const struct ledger_out *out, int fd) MUST_USE;

/*
 * The same as a workbook at `path`, with days as days (shown in 和暦), a heading that stays, and a
 * filter. libxlsxwriter keeps its temporary files in `folder`. Takes a few MB whatever the number of
 * rows; INVALID beyond the million that Excel can hold.
 */
struct error *ledger_write_xlsx(struct look *look, const struct ledger_out *out, const char *path,
				const char *folder) MUST_USE;

enum { LEDGER_PAPER_MOST = 5000 };

/*
 * The ledger's 様式 as the job for bansho-print (sheet_paper.h). INVALID for more than
 * LEDGER_PAPER_MOST rows: the words say to narrow the list. Lives in look->arena.
 */
struct error *paper_ledger(struct look *look, const struct ledger_out *out, struct text *job)
	MUST_USE;

#endif
