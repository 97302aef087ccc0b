/* Writing the one CSV: rows keep their line numbers, so that faults can name them. */
#include "paper/sheet_in.h"

#include "base/json.h"

#include <string.h>

struct error *
csv_row(struct csv_out *csv, int64_t line)
{
	if (csv->rows == csv->most_rows)
		return reject(NULL, "行が多すぎます（%zu行まで）。分けて取り込んでください。",
			      csv->most_rows);
	if (csv->cells != 0) {
		write_z(&csv->out, "\r\n");
		csv->line++;
	}
	for (; csv->line < line; csv->line++)
		write_z(&csv->out, "\r\n");
	csv->cells = csv->empty = 0;
	return OK;
}

static void
write_quoted(struct writer *out, struct text cell)
{
	write_byte(out, '"');
	for (size_t at = 0; at < cell.len; at++) {
		if (cell.data[at] == '"')
			write_byte(out, '"');
		write_byte(out, cell.data[at]);
	}
	write_byte(out, '"');
}

/* Empty cells are written when one with something follows: rows have no tail of commas. */
void
csv_cell(struct csv_out *csv, struct text cell)
{
	if (cell.len == 0) {
		csv->empty++;
		return;
	}
	if (csv->cells != 0)
		csv->empty++;
	else
		csv->rows++;
	for (; csv->empty != 0; csv->empty--)
		write_byte(&csv->out, ',');
	csv->cells++;
	bool is_plain = !text_starts(cell, T("\xEF\xBB\xBF")); /* not to be taken for a BOM */
	for (size_t at = 0; at < cell.len && is_plain; at++)
		is_plain = strchr(",\"\r\n\t", cell.data[at]) == NULL;
	if (is_plain)
		write_text(&csv->out, cell);
	else
		write_quoted(&csv->out, cell);
}

struct error *
csv_end(struct csv_out *csv, struct text *made)
{
	if (csv->cells != 0)
		write_z(&csv->out, "\r\n");
	if (writer_is_full(&csv->out))
		return reject(NULL, "表が大きすぎます（%zu KiBまで）。分けて取り込んでください。",
			      csv->out.limit >> 10);
	*made = writer_text(&csv->out);
	return OK;
}

static struct error *
make_csv(struct arena *into, const struct sheet_ask *ask, struct sheet_made *made)
{
	struct table table;
	TRY(table_read(into, ask->file, ask->most_rows, &table));
	struct csv_out csv = { .out = writer_open(into, ask->most_bytes), .line = 1,
			       .most_rows = ask->most_rows };
	int64_t extra = 0; /* line ends inside cells: the writer counts rows */
	for (size_t row = 0; row < table.count; row++) {
		TRY(csv_row(&csv, table.rows[row].line - extra));
		for (size_t at = 0; at < table.rows[row].count; at++) {
			const struct text cell = table.rows[row].cells[at];
			csv_cell(&csv, cell);
			for (size_t i = 0; i < cell.len; i++)
				extra += cell.data[i] == '\n' ||
					 (cell.data[i] == '\r' &&
					  (i + 1 == cell.len || cell.data[i + 1] != '\n'));
		}
	}
	struct text words;
	TRY(csv_end(&csv, &words));
	*made = (struct sheet_made){ .csv = words, .encoding = table.encoding,
				     .separator = table.separator, .rows = csv.rows };
	return OK;
}

struct error *
sheet_make(struct arena *into, const struct sheet_ask *ask, struct sheet_made *made)
{
	if (ask->file.len == 0)
		return reject(NULL, "ファイルが空です。");
	if (text_starts(ask->file, T("PK\x03\x04")))
		return sheet_make_xlsx(into, ask, made);
	if (text_starts(ask->file, T("\xD0\xCF\x11\xE0")))
		return reject(NULL, "パスワードの付いたExcelファイルか、古い形式（.xls）です。"
				    "パスワードを外し、.xlsxかCSVで保存し直してください。");
	if (ask->sheet.len != 0)
		return reject(NULL, "CSVにシートはありません。");
	return make_csv(into, ask, made);
}

struct text
sheet_report(struct arena *into, const struct sheet_made *made, const struct error *error)
{
	struct writer out = writer_open(into, 1 << 20);
	struct json json = json_begin(&out);
	const char separator[2] = { made->separator, '\0' };
	json_open_object(&json);
	if (error != OK) {
		json_text_at(&json, "error", error->words);
	} else {
		json_number_at(&json, "chosen", (int64_t)made->chosen);
		json_text_at(&json, "encoding", made->encoding);
		json_number_at(&json, "rows", (int64_t)made->rows);
		json_text_at(&json, "separator", text_of(separator));
		json_name(&json, T("sheets"));
		json_open_array(&json);
		for (size_t at = 0; at < made->names_count; at++)
			json_text(&json, made->names[at]);
		json_end(&json);
	}
	json_end(&json);
	write_byte(&out, '\n');
	return writer_text(&out);
}
