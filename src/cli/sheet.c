/* Tables that people hand in, made plain by the jailed bansho-sheet. */
#include "cli/rooms.h"

#include "base/companion.h"
#include "base/dial.h"
#include "base/file.h"

#include <jansson.h>

enum { SHEET_SECONDS = 90, CSV_MOST = 80 << 20 };

static void
json_free_at_end(json_t **json)
{
	json_decref(*json);
}

/* The report's line, then the table. */
static struct error *
read_answer(struct arena *into, const char *path, struct text answer, struct text *csv,
	    struct text *encoding)
{
	struct text line;
	if (!text_cut(answer, '\n', &line, csv))
		return broken("bansho-sheet の答えが読めません。");
	__attribute__((cleanup(json_free_at_end))) json_t *report =
		json_loadb(line.data, line.len, JSON_REJECT_DUPLICATES, NULL);
	const char *wrong = json_string_value(json_object_get(report, "error"));
	const char *found = json_string_value(json_object_get(report, "encoding"));
	if (report == NULL)
		return broken("bansho-sheet の答えが読めません。");
	if (wrong != NULL)
		return error_make(ERROR_INVALID, __FILE__, __LINE__, path, "%s", wrong);
	*encoding = text_copy(into, text_of(found != NULL ? found : ""));
	return OK;
}

struct error *
sheet_csv(const struct call *call, const char *path, struct text *csv, struct text *encoding)
{
	struct arena *arena = call->arena;
	const char *program = path_join(arena, program_folder(arena), "bansho-sheet");
	const char *wish = call_z(call, "sheet");
	const char *data = call_z(call, "data");
	const char *argv[8] = { program, "--report" };
	size_t count = 2;
	struct text bytes, answer;
	if (wish != NULL) {
		argv[count++] = "--sheet";
		argv[count++] = wish;
	}
	if (language_now() == LANGUAGE_EN)
		argv[count++] = "--english";
	TRY(file_read(arena, path, SHEET_MOST, &bytes));
	if (data != NULL) /* the body is opened later */
		dial_folder(data);
	TRY(companion_filter(arena, argv, bytes, CSV_MOST, SHEET_SECONDS, &answer));
	return read_answer(arena, path, answer, csv, encoding);
}
