/*
 * Any bytes as a table in CSV, and written again by bansho-sheet: the second reading gives the same
 * cells at the same lines as the first.
 */
#include "promise.h"
#include "paper/sheet_in.h"

static bool
is_blank(const struct table_row *row)
{
	for (size_t at = 0; at < row->count; at++)
		if (row->cells[at].len != 0)
			return false;
	return true;
}

/* Cells that are empty at the end of a row, and rows of nothing but such, are left out. */
static void
same_rows(const struct table *first, const struct table *second)
{
	size_t other = 0;
	for (size_t at = 0; at < first->count; at++) {
		const struct table_row *row = &first->rows[at];
		if (is_blank(row))
			continue;
		must(other < second->count);
		const struct table_row *again = &second->rows[other++];
		must(again->line == row->line && again->count <= row->count);
		for (size_t cell = 0; cell < row->count; cell++)
			must(cell < again->count ? text_same(row->cells[cell], again->cells[cell])
						 : row->cells[cell].len == 0);
	}
	must(other == second->count);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > FUZZ_MOST)
		return 0;
	ARENA_SCOPED arena = arena_open((size_t)1 << 30);
	const struct sheet_ask ask = {
		.file = text_copy(arena, (struct text){ (const char *)data, size }),
		.most_rows = 10000,
		.most_bytes = SHEET_MOST_CSV,
	};
	struct sheet_made made = { 0 };
	struct table first = { 0 }, second = { 0 };
	if (size < 4 || text_starts(ask.file, T("PK\x03\x04")))
		return 0;
	struct error *error = sheet_make(arena, &ask, &made);
	must(error == OK || error->words.len > 0);
	if (error == OK) {
		must(table_read(arena, ask.file, ask.most_rows, &first) == OK);
		error = table_read(arena, made.csv, ask.most_rows, &second);
		must(error == OK);
		same_rows(&first, &second);
	}
	error_sweep();
	return 0;
}
