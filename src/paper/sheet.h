/*
 * Tables as people hand them in, CSV or XLSX, read by the companion program bansho-sheet in its
 * jail: bytes from outside meet no parser of XLSX, ZIP, XML or old encodings in our own process.
 *
 * What comes back is the first sheet (or the one asked for) as rows of UTF-8 cells. In XLSX, days come
 * as 2026-11-21, moments as 2026-11-21T09:30, truth values as はい/いいえ; furigana is left out, a
 * number under a format of zeros keeps its leading zeros, a formula gives its last result.
 */
#ifndef BANSHO_PAPER_SHEET_H
#define BANSHO_PAPER_SHEET_H

#include "base/table.h"

enum {
	SHEET_MOST_FILE = 32 << 20, /* bytes that bansho-sheet reads */
	SHEET_MOST_ROWS_IN = 200001, /* a heading and what a ledger takes at once */
	SHEET_MOST_CSV = 64 << 20,   /* bytes of the table as UTF-8 CSV */
	SHEET_MOST_NAMES = 200, /* sheets of a workbook */
};

/* What whoever asks can bear: their arena takes about three times most_bytes and 16 bytes a cell. */
struct sheet_ask {
	struct text file;
	struct text sheet;    /* name or number (from 1) of the sheet; empty: the first that is not hidden */
	size_t most_rows;     /* 0: SHEET_MOST_ROWS_IN */
	size_t most_bytes;    /* of the table as UTF-8 CSV; 0: SHEET_MOST_CSV */
};

struct sheet {
	struct table table;   /* encoding is "XLSX" for a workbook; `line` is the row of the sheet */
	struct text *names;   /* the workbook's sheets; none for CSV */
	size_t names_count;
	size_t chosen;	      /* index in names */
};

/*
 * INVALID with words that name row and column when the file is not well-formed, has a DTD, inflates
 * beyond bounds, has no such sheet … BROKEN when the program could not be run. Slow: not on a thread
 * that serves.
 */
struct error *sheet_read_as(struct arena *into, const char *programs, const struct sheet_ask *ask,
			    struct sheet *sheet) MUST_USE;
/* The first sheet with the usual limits. */
struct error *sheet_read(struct arena *into, const char *programs, struct text file,
			 struct table *table) MUST_USE;

#endif
