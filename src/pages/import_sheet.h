/*
 * A table of people's own on its way in: kept (upload.h), read by bansho-sheet, its columns chosen on
 * the preview, its faulty rows shown there, and what was chosen carried on to the form that applies.
 * What a column means and what a row does, its own pages know: ledger_import.c, access_import.c.
 */
#ifndef BANSHO_PAGES_IMPORT_SHEET_H
#define BANSHO_PAGES_IMPORT_SHEET_H

#include "pages/upload.h"
#include "paper/sheet.h"

/* What keeps an import within the memory of a request; bansho import takes more. */
struct import_bounds {
	size_t bytes, rows, memory;
};

/*
 * Slow stage: keep the file of the form, but only one that can be read at all, so that the fault comes
 * where another can be chosen. visit->kept is its name (struct text) for the address of the preview.
 */
struct error *import_sheet_keep(struct visit *visit, const struct import_bounds *bounds) MUST_USE;
/* The file of the path ("file"), and of it the sheet that was asked for. Slow. */
struct error *import_sheet_read(struct arena *into, const struct visit *visit,
				const struct import_bounds *bounds, struct sheet *sheet) MUST_USE;
/* What kind of file it is, for people. */
struct text import_sheet_words(struct visit *visit, const struct sheet *sheet);
/* Empty where the row is shorter, or column is -1. */
struct text import_sheet_cell(const struct sheet *sheet, size_t row, int column);

/* ---- What was chosen of the columns ---- */

/* False: it was chosen for another sheet, and what was guessed stands. */
bool import_choice_holds(const struct visit *visit);
/* Where the headings stand, and the column of a field (-1: none); `guessed` when that was not asked. */
size_t import_heading(const struct visit *visit, const struct sheet *sheet, size_t guessed);
int import_column(const struct visit *visit, struct text field, int guessed);

/* ---- The parts of the preview; they show at most a page's worth, and live as long as visit and sheet ---- */

/* Which column feeds which field: the part where it can be changed, and the one that applies it. */
struct import_choice {
	const struct sheet *sheet;
	size_t heading;
	struct import_columns_part columns;
	struct import_chosen_part chosen;
};

/*
 * No field yet. The caller fills in what its page knows: where another file is chosen, what reads the
 * columns, a hint, what is wrong or skipped; and the digest, when there is something to apply.
 */
struct import_choice *import_choice(struct visit *visit, const struct sheet *sheet, size_t heading,
				    size_t fields_most);
/* One more, fed by the column `chosen` of the sheet (-1: none). The caller may shorten its sample. */
struct import_columns_mapping *import_choice_add(struct visit *visit, struct import_choice *choice,
						 struct text name, struct text label, int chosen);
/* `wrong`: all rows that are. */
struct import_faults_part *import_faults(struct visit *visit, int64_t wrong);
/* What is wrong with one row; words_of says what people call a field, NULL: its name says it. */
void import_faults_add(struct import_faults_part *faults, int64_t line, const struct error *of,
		       struct text (*words_of)(struct text field));

#endif
