/* Tables that people hand in, made plain by the jailed bansho-sheet. */
#include "cli/rooms.h"

#include "base/child.h"
#include "base/file.h"

enum { SHEET_SECONDS = 60, CSV_MOST = 256 << 20 };

struct error *
sheet_read(struct arena *into, const char *path, struct text *csv)
{
	const char *program = path_join(into, program_folder(into), "bansho-sheet");
	const char *const argv[] = { program, NULL };
	struct text bytes;
	TRY(file_read(into, path, SHEET_MOST, &bytes));
	if (!file_exists(program)) {
		*csv = bytes; /* table_read() knows every kind of CSV itself */
		return OK;
	}
	struct error *error = child_filter(into, argv, bytes, CSV_MOST, SHEET_SECONDS, csv);
	if (error != OK)
		return reject(path, "表として読めません。上の行に理由があります。CSV か XLSX にしてください。");
	return OK;
}
