/*
 * Tables as people hand them in: CSV in whatever encoding groupware writes it (UTF-8 with or
 * without BOM, CP932, UTF-16LE or BE with BOM; comma or tab), detected and turned into rows of
 * UTF-8 cells. RFC 4180 quoting. The whole file is refused with line and reason when it is not
 * well-formed; nothing is guessed silently: `encoding` and `separator` say what was found.
 */
#ifndef BANSHO_BASE_TABLE_H
#define BANSHO_BASE_TABLE_H

#include "base/error.h"

enum { TABLE_MOST_COLUMNS = 200, TABLE_MOST_CELL = 32768 };

struct table_row {
	struct text *cells;
	size_t count;
	int64_t line; /* in the file, from 1 */
};

struct table {
	struct text encoding; /* "UTF-8", "UTF-8 (BOM)", "CP932", "UTF-16LE" … */
	char separator;	      /* ',' or '\t' */
	struct table_row *rows; /* the first is usually the heading */
	size_t count;
};

/*
 * `most` rows at most; more is an error that names the limit. Lines end in CR LF, LF or CR; empty
 * lines are no rows. Everything in the table lies in the arena, nothing in `file`.
 */
struct error *table_read(struct arena *into, struct text file, size_t most, struct table *table)
	MUST_USE;

/*
 * Write a cell, quoted where RFC 4180 asks for it. One that a spreadsheet would run as a formula
 * (it begins with = + - @, tab or a line end, and is no plain number) gets a ' in front.
 */
struct writer;
void table_write_cell(struct writer *out, struct text cell, bool is_first);
void table_write_end(struct writer *out); /* CRLF */

#endif
