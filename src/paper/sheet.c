/* Asking bansho-sheet: its report is the first line, its CSV the rest. */
#include "paper/sheet.h"

#include "base/companion.h"
#include "base/file.h"
#include "base/say.h"

#include <jansson.h>

enum { REPORT_MOST = 1 << 20, SHEET_SECONDS = 60 };

static void
drop_json(json_t **json)
{
	json_decref(*json);
}

static struct text
member(struct arena *into, const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	return text_copy(into, (struct text){ json_string_value(value), json_string_length(value) });
}

static void
read_names(struct arena *into, const json_t *report, struct sheet *sheet)
{
	const json_t *names = json_object_get(report, "sheets");
	sheet->names_count = json_array_size(names);
	sheet->names = ARENA_ARRAY(into, struct text, sheet->names_count + 1);
	for (size_t at = 0; at < sheet->names_count; at++) {
		const json_t *name = json_array_get(names, at);
		sheet->names[at] = text_copy(into, (struct text){ json_string_value(name),
								  json_string_length(name) });
	}
	const json_int_t chosen = json_integer_value(json_object_get(report, "chosen"));
	sheet->chosen = chosen > 0 ? (size_t)chosen : 0;
}

static struct error *
read_report(struct arena *into, struct text line, struct sheet *sheet)
{
	__attribute__((cleanup(drop_json))) json_t *report =
		json_loadb(line.data, line.len, JSON_REJECT_DUPLICATES, NULL);
	if (!json_is_object(report))
		return broken("bansho-sheetの答えを読めません。");
	const struct text fault = member(into, report, "error");
	if (fault.len != 0)
		return reject("file", "%.*s", T_ARG(fault));
	read_names(into, report, sheet);
	sheet->table.encoding = member(into, report, "encoding");
	const struct text separator = member(into, report, "separator");
	sheet->table.separator = separator.len == 1 ? separator.data[0] : ',';
	return OK;
}

/* A line of the CSV back to the row of the sheet: line ends inside cells are no rows there. */
static void
count_rows(struct table *table)
{
	int64_t extra = 0;
	for (size_t row = 0; row < table->count; row++) {
		table->rows[row].line -= extra;
		for (size_t at = 0; at < table->rows[row].count; at++) {
			const struct text cell = table->rows[row].cells[at];
			for (size_t i = 0; i < cell.len; i++)
				extra += cell.data[i] == '\n' ||
					 (cell.data[i] == '\r' &&
					  (i + 1 == cell.len || cell.data[i + 1] != '\n'));
		}
	}
}

static struct error *
take_answer(struct arena *into, struct text answer, size_t most_rows, struct sheet *sheet)
{
	struct text report, csv;
	struct table table;
	if (!text_cut(answer, '\n', &report, &csv))
		return broken("bansho-sheetの答えを読めません。");
	struct sheet made = { 0 };
	TRY(read_report(into, report, &made));
	TRY(table_read(into, csv, most_rows, &table));
	if (text_is(made.table.encoding, "XLSX"))
		count_rows(&table);
	table.encoding = made.table.encoding;
	table.separator = made.table.separator;
	made.table = table;
	*sheet = made;
	return OK;
}

struct error *
sheet_read_as(struct arena *into, const char *programs, const struct sheet_ask *ask,
	      struct sheet *sheet)
{
	const size_t most_rows = ask->most_rows != 0 ? ask->most_rows : SHEET_MOST_ROWS_IN;
	const size_t most_bytes = ask->most_bytes != 0 ? ask->most_bytes : SHEET_MOST_CSV;
	const char *argv[] = {
		path_join(into, programs, "bansho-sheet"),
		"--report",
		"--rows",
		text_z(into, text_format(into, "%zu", most_rows)),
		"--bytes",
		text_z(into, text_format(into, "%zu", most_bytes)),
		"--sheet",
		text_z(into, ask->sheet),
		language_now() == LANGUAGE_EN ? "--english" : NULL,
		NULL,
	};
	struct text answer;
	if (ask->file.len > SHEET_MOST_FILE)
		return reject("file", "ファイルが大きすぎます（%d MiBまで）。分けて取り込んでください。",
			      SHEET_MOST_FILE >> 20);
	if (ask->file.len == 0)
		return reject("file", "ファイルが空です。");
	TRY(companion_filter(into, argv, ask->file, most_bytes + REPORT_MOST, SHEET_SECONDS, &answer));
	return take_answer(into, answer, most_rows, sheet);
}

struct error *
sheet_read(struct arena *into, const char *programs, struct text file, struct table *table)
{
	struct sheet sheet;
	TRY(sheet_read_as(into, programs, &(struct sheet_ask){ .file = file }, &sheet));
	*table = sheet.table;
	return OK;
}
