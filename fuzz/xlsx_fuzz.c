/*
 * Any bytes as a workbook. What is read must be a CSV that our own reader takes, within bounds; what
 * is refused must say why.
 */
#include "promise.h"
#include "paper/sheet_in.h"

static void
promises_hold(struct arena *arena, const struct sheet_made *made)
{
	struct table table = { 0 };
	must(made->csv.len <= SHEET_MOST_CSV && made->names_count <= SHEET_MOST_NAMES);
	must(made->chosen < made->names_count);
	must(table_read(arena, made->csv, SHEET_MOST_ROWS_IN, &table) == OK);
	must(table.count == made->rows);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > FUZZ_MOST)
		return 0;
	ARENA_SCOPED arena = arena_open((size_t)1 << 30);
	struct sheet_made made = { 0 };
	const struct sheet_ask ask = {
		.file = text_copy(arena, (struct text){ (const char *)data, size }),
		.most_rows = 10000,
		.most_bytes = 4 << 20,
	};
	struct error *error = sheet_make_xlsx(arena, &ask, &made);
	must(error == OK || error->words.len > 0);
	if (error == OK)
		promises_hold(arena, &made);
	error_sweep();
	return 0;
}
