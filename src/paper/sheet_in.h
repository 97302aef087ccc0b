/*
 * Inside bansho-sheet: from the bytes of a CSV or XLSX file to one CSV in UTF-8 without BOM. Needs
 * base, libzip and expat; holds no store and no key; meant to run inside a jail.
 */
#ifndef BANSHO_PAPER_SHEET_IN_H
#define BANSHO_PAPER_SHEET_IN_H

#include "paper/sheet.h"

#include "base/writer.h"

enum {
	BOOK_MOST_ENTRIES = 2000,	  /* of the ZIP */
	BOOK_MOST_INFLATED = 256 << 20,	  /* bytes of all parts read */
	BOOK_MOST_STRINGS = 2000000,	  /* shared strings */
	BOOK_MOST_STYLES = 65536,
	BOOK_MOST_ROW = 1048576,	  /* Excel's own last row */
	XML_MOST_DEPTH = 64,
};

/* What was read, and how. */
struct sheet_made {
	struct text csv;      /* RFC 4180, CR LF; row n of the file is line n where no cell has line ends */
	struct text encoding; /* "XLSX", "CP932", … */
	char separator;	      /* of a CSV; ',' for XLSX */
	struct text *names;
	size_t names_count;
	size_t chosen;
	size_t rows;
};

/* Either kind, told apart by its first bytes. INVALID says where. No limit of `ask` may be 0. */
struct error *sheet_make(struct arena *into, const struct sheet_ask *ask, struct sheet_made *made)
	MUST_USE;
struct error *sheet_make_xlsx(struct arena *into, const struct sheet_ask *ask,
			      struct sheet_made *made) MUST_USE;
/* One line of JSON; `error` NULL when it was read. */
struct text sheet_report(struct arena *into, const struct sheet_made *made,
			 const struct error *error);

/* ---- Writing the CSV (sheet_csv.c) ---- */

struct csv_out {
	struct writer out;
	int64_t line; /* of the row being written, from 1 */
	size_t cells; /* written in it */
	size_t empty; /* cells not yet written because nothing but them came */
	size_t rows;  /* that hold anything */
	size_t most_rows;
};

/* Rows are begun in ascending order; empty ones between become empty lines. */
struct error *csv_row(struct csv_out *csv, int64_t line) MUST_USE;
void csv_cell(struct csv_out *csv, struct text cell);
struct error *csv_end(struct csv_out *csv, struct text *made) MUST_USE;

/* ---- The ZIP and its XML (sheet_zip.c) ---- */

struct book;

/* Called for what stands in a part; names are without prefix. An error stops the reading. */
struct xml_calls {
	void *with;
	struct error *(*open)(void *with, const char *name, const char *const *attributes);
	struct error *(*close)(void *with, const char *name);
	struct error *(*words)(void *with, struct text words);
};

struct error *book_open(struct arena *into, struct text file, struct book **book) MUST_USE;
void book_close(struct book **book);
bool book_has(struct book *book, const char *part);
/* INVALID: no such part, encrypted, damaged, not XML, a DTD, too deep, too much. */
struct error *book_read(struct book *book, const char *part, const struct xml_calls *calls) MUST_USE;
/* The attribute without prefix; empty when there is none. Valid during the call. */
struct text xml_attribute(const char *const *attributes, const char *name);

/* ---- The workbook's own parts (sheet_book.c) ---- */

enum number_look { LOOK_NUMBER, LOOK_DAY, LOOK_MOMENT, LOOK_TIME, LOOK_ZEROS };

/* How a cell style shows numbers. */
struct style {
	enum number_look look;
	int zeros; /* LOOK_ZEROS: digits at least */
};

struct book_sheet {
	struct text name;
	struct text relation;
	struct text part;
	bool is_hidden;
};

struct book_parts {
	struct book_sheet *sheets;
	size_t sheets_count;
	bool is_1904;
	struct text *strings;
	size_t strings_count;
	struct style *styles;
	size_t styles_count;
};

struct error *book_parts_read(struct arena *into, struct book *book, struct book_parts *parts)
	MUST_USE;

/* ---- Numbers (sheet_number.c) ---- */

struct style style_of_format(struct text code);
struct style style_of_builtin(int64_t id);
/* "46347.5" under a style as a person would write it. What is no number comes back as it is. */
struct text number_shown(struct arena *into, struct text number, struct style style, bool is_1904);

#endif
