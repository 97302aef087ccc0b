/* One sheet of a workbook, row by row, as CSV. */
#include "paper/sheet_in.h"

#include "base/number.h"

#include <string.h>

enum cell_kind { CELL_NUMBER, CELL_SHARED, CELL_INLINE, CELL_TEXT, CELL_YES_NO };

struct rows_reading {
	struct arena *arena;
	const struct book_parts *parts;
	struct csv_out *csv;
	struct arena *scratch; /* of one cell */
	int64_t row, column;  /* being read, from 1 */
	int64_t written;      /* columns of the row written so far */
	enum cell_kind kind;
	int64_t style;
	struct writer words;
	int in_value, in_text, in_furigana;
	bool is_begun; /* the row has been begun in the CSV */
};

/* "BC12": 55 and 12. False when it is no such name. */
static bool
cell_name(struct text name, int64_t *column, int64_t *row)
{
	int64_t letters = 0;
	size_t at = 0;
	for (; at < name.len && name.data[at] >= 'A' && name.data[at] <= 'Z' && at < 3; at++)
		letters = letters * 26 + (name.data[at] - 'A' + 1);
	if (at == 0 || !number_read(text_from(name, at), 1, BOOK_MOST_ROW, row))
		return false;
	*column = letters;
	return true;
}

/* 3 is "C", for saying where. */
static const char *
column_name(struct arena *into, int64_t column)
{
	char name[8];
	size_t at = sizeof name - 1;
	name[at] = '\0';
	for (int64_t rest = column; rest > 0 && at > 0; rest = (rest - 1) / 26)
		name[--at] = (char)('A' + (rest - 1) % 26);
	return text_z(into, text_of(name + at));
}

static struct error *
row_open(struct rows_reading *reading, const char *const *attributes)
{
	int64_t row = reading->row + 1;
	const struct text given = xml_attribute(attributes, "r");
	if (given.len != 0 && !number_read(given, 1, BOOK_MOST_ROW, &row))
		return reject(NULL, "行の番号「%.*s」が正しくありません。", T_ARG(given));
	if (row <= reading->row || row > BOOK_MOST_ROW)
		return reject(NULL, "%lld行目の並びが正しくありません。Excelで開いて保存し直してください。",
			      (long long)row);
	reading->row = row;
	reading->column = reading->written = 0;
	reading->is_begun = false;
	return OK;
}

static enum cell_kind
kind_of(struct text type)
{
	return text_is(type, "s")	    ? CELL_SHARED :
	       text_is(type, "inlineStr") ? CELL_INLINE :
	       text_is(type, "b")	    ? CELL_YES_NO :
	       text_is(type, "str") || text_is(type, "e") || text_is(type, "d") ? CELL_TEXT :
										   CELL_NUMBER;
}

static struct error *
cell_open(struct rows_reading *reading, const char *const *attributes)
{
	int64_t column = reading->column + 1, row;
	const struct text name = xml_attribute(attributes, "r");
	if (name.len != 0 && (!cell_name(name, &column, &row) || row != reading->row))
		return reject(NULL, "%lld行目のセルの名前「%.*s」が正しくありません。",
			      (long long)reading->row, T_ARG(name));
	if (column <= reading->column)
		return reject(NULL, "%lld行目の%s列の並びが正しくありません。", (long long)reading->row,
			      column_name(reading->arena, column));
	reading->column = column;
	reading->kind = kind_of(xml_attribute(attributes, "t"));
	if (!number_read(xml_attribute(attributes, "s"), 0, BOOK_MOST_STYLES, &reading->style))
		reading->style = 0;
	arena_reset(reading->scratch);
	reading->words = writer_open(reading->scratch, TABLE_MOST_CELL + 4);
	reading->in_value = reading->in_text = reading->in_furigana = 0;
	return OK;
}

static struct error *
open_tag(void *with, const char *name, const char *const *attributes)
{
	struct rows_reading *reading = with;
	if (strcmp(name, "row") == 0)
		return row_open(reading, attributes);
	if (strcmp(name, "c") == 0)
		return reading->row == 0 ? reject(NULL, "行のないセルがあります。")
					 : cell_open(reading, attributes);
	reading->in_value += strcmp(name, "v") == 0;
	reading->in_text += strcmp(name, "t") == 0;
	reading->in_furigana += strcmp(name, "rPh") == 0;
	return OK;
}

static struct error *
cell_words(struct rows_reading *reading, struct text *shown)
{
	const struct book_parts *parts = reading->parts;
	const struct text words = writer_text(&reading->words);
	struct style style = { LOOK_NUMBER, 0 };
	int64_t index;
	switch (reading->kind) {
	case CELL_SHARED:
		if (words.len == 0)
			break;
		if (!number_read(words, 0, (int64_t)parts->strings_count - 1, &index))
			return reject(NULL, "%lld行目の%s列が指す文字列がありません。",
				      (long long)reading->row,
				      column_name(reading->arena, reading->column));
		*shown = parts->strings[index];
		return OK;
	case CELL_YES_NO:
		*shown = text_is(words, "1") ? T("はい") : text_is(words, "0") ? T("いいえ") : words;
		return OK;
	case CELL_NUMBER:
		if ((size_t)reading->style < parts->styles_count)
			style = parts->styles[reading->style];
		*shown = number_shown(reading->scratch, words, style, parts->is_1904);
		return OK;
	case CELL_INLINE:
	case CELL_TEXT:
		break;
	}
	*shown = words;
	return OK;
}

static struct error *
cell_close(struct rows_reading *reading)
{
	struct text shown = T("");
	size_t bad_at;
	TRY(cell_words(reading, &shown));
	if (shown.len == 0)
		return OK;
	if (shown.len > TABLE_MOST_CELL)
		return reject(NULL, "%lld行目の%s列が長すぎます（%dバイトまで）。",
			      (long long)reading->row, column_name(reading->arena, reading->column),
			      TABLE_MOST_CELL);
	if (reading->column > TABLE_MOST_COLUMNS)
		return reject(NULL, "%lld行目の%s列に文字があります。読めるのは%d列目までです。",
			      (long long)reading->row, column_name(reading->arena, reading->column),
			      TABLE_MOST_COLUMNS);
	if (!text_is_utf8(shown, &bad_at))
		return reject(NULL, "%lld行目の%s列に、文字でないデータがあります。",
			      (long long)reading->row, column_name(reading->arena, reading->column));
	if (!reading->is_begun)
		TRY(csv_row(reading->csv, reading->row));
	reading->is_begun = true;
	for (; reading->written + 1 < reading->column; reading->written++)
		csv_cell(reading->csv, T(""));
	csv_cell(reading->csv, shown);
	reading->written++;
	return OK;
}

static struct error *
close_tag(void *with, const char *name)
{
	struct rows_reading *reading = with;
	reading->in_value -= strcmp(name, "v") == 0;
	reading->in_text -= strcmp(name, "t") == 0;
	reading->in_furigana -= strcmp(name, "rPh") == 0;
	return strcmp(name, "c") == 0 ? cell_close(reading) : OK;
}

static struct error *
hear_words(void *with, struct text words)
{
	struct rows_reading *reading = with;
	const bool is_wanted = reading->kind == CELL_INLINE
				       ? reading->in_text > 0 && reading->in_furigana == 0
				       : reading->in_value > 0;
	if (is_wanted && reading->words.arena != NULL)
		write_text(&reading->words, words);
	if (is_wanted && writer_is_full(&reading->words))
		return reject(NULL, "%lld行目の%s列が長すぎます（%dバイトまで）。",
			      (long long)reading->row, column_name(reading->arena, reading->column),
			      TABLE_MOST_CELL);
	return OK;
}

static struct error *
choose(const struct book_parts *parts, struct text wanted, size_t *chosen)
{
	int64_t number;
	if (parts->sheets_count == 0)
		return reject(NULL, "シートがありません。");
	for (size_t at = 0; at < parts->sheets_count; at++) {
		const struct book_sheet *sheet = &parts->sheets[at];
		if (wanted.len != 0 ? text_same(sheet->name, wanted) : !sheet->is_hidden) {
			*chosen = at;
			return OK;
		}
	}
	if (wanted.len == 0)
		return reject(NULL, "表示されているシートがありません。");
	if (!number_read(wanted, 1, (int64_t)parts->sheets_count, &number))
		return reject(NULL, "「%.*s」というシートはありません。", T_ARG(wanted));
	*chosen = (size_t)number - 1;
	return OK;
}

static struct error *
read_rows(struct arena *into, struct book *book, const struct book_parts *parts, size_t chosen,
	  struct csv_out *csv)
{
	enum { CELL_MEMORY = 8 << 20 };
	ARENA_SCOPED scratch = arena_open(CELL_MEMORY);
	struct rows_reading reading = { .arena = into, .parts = parts, .csv = csv,
					.scratch = scratch };
	const struct xml_calls calls = { &reading, open_tag, close_tag, hear_words };
	if (parts->sheets[chosen].part.len == 0)
		return reject(NULL, "シート「%.*s」の中身がありません。", T_ARG(parts->sheets[chosen].name));
	return book_read(book, text_z(into, parts->sheets[chosen].part), &calls);
}

struct error *
sheet_make_xlsx(struct arena *into, const struct sheet_ask *ask, struct sheet_made *made)
{
	__attribute__((cleanup(book_close))) struct book *book = NULL;
	struct book_parts parts = { 0 };
	size_t chosen = 0;
	TRY(book_open(into, ask->file, &book));
	TRY(book_parts_read(into, book, &parts));
	TRY(choose(&parts, ask->sheet, &chosen));
	struct csv_out csv = { .out = writer_open(into, ask->most_bytes), .line = 1,
			       .most_rows = ask->most_rows };
	TRY(read_rows(into, book, &parts, chosen, &csv));
	struct text words;
	TRY(csv_end(&csv, &words));
	*made = (struct sheet_made){
		.csv = words, .encoding = T("XLSX"), .separator = ',', .chosen = chosen,
		.rows = csv.rows, .names = ARENA_ARRAY(into, struct text, parts.sheets_count + 1),
		.names_count = parts.sheets_count,
	};
	for (size_t at = 0; at < parts.sheets_count; at++)
		made->names[at] = parts.sheets[at].name;
	return OK;
}
