/*
 * Any list of a page as something to take away: CSV and XLSX with the same columns.
 */
#ifndef BANSHO_PAPER_ROWS_PAPER_H
#define BANSHO_PAPER_ROWS_PAPER_H

#include "base/day.h"
#include "base/error.h"

struct rows_column {
	struct text name;
	int width; /* characters */
};
struct rows_cell {
	struct text words;
	struct day day; /* is_day: written as a day, DAY_NONE as nothing */
	bool is_day;
};
struct rows_out {
	struct text name; /* of the file and the sheet: 指摘 */
	struct text said; /* what it was narrowed to, and as of when: the first line */
	const struct rows_column *columns;
	size_t columns_count;
	struct rows_cell *cells; /* row by row */
	size_t rows_count, rows_room;
	struct moment at;
};

/* A list with room for that many rows, in `into`. */
struct rows_out rows_begin(struct arena *into, struct text name, const struct rows_column *columns,
			   size_t columns_count, size_t rows_room);
/* The cells of the next row, columns_count of them, to be filled. */
struct rows_cell *rows_next(struct rows_out *out);
struct rows_cell rows_words(struct text words);
struct rows_cell rows_number(struct arena *into, int64_t number);
struct rows_cell rows_day(struct day day);

/* UTF-8 with BOM, days as 2026-11-21. Lives in `into`. */
struct error *rows_csv(struct arena *into, const struct rows_out *out, struct text *csv) MUST_USE;
/* A workbook at `path`; the library keeps its temporary files in `folder`. */
struct error *rows_write_xlsx(const struct rows_out *out, const char *path, const char *folder)
	MUST_USE;

#endif
