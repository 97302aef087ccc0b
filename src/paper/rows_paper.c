/* A page's list as CSV or as a workbook. */
#include "paper/rows_paper.h"

#include "base/table.h"
#include "base/writer.h"

#include <xlsxwriter.h>

enum { CSV_MOST = 64 << 20, EXCEL_EPOCH = 25569 };

struct rows_out
rows_begin(struct arena *into, struct text name, const struct rows_column *columns,
	   size_t columns_count, size_t rows_room)
{
	return (struct rows_out){
		.name = name,
		.columns = columns,
		.columns_count = columns_count,
		.cells = ARENA_ARRAY(into, struct rows_cell, columns_count * rows_room + 1),
		.rows_room = rows_room,
	};
}

struct rows_cell *
rows_next(struct rows_out *out)
{
	if (out->rows_count < out->rows_room)
		out->rows_count++;
	return &out->cells[(out->rows_count - 1) * out->columns_count];
}

struct rows_cell
rows_words(struct text words)
{
	return (struct rows_cell){ .words = words };
}

struct rows_cell
rows_number(struct arena *into, int64_t number)
{
	return rows_words(text_number(into, number));
}

struct rows_cell
rows_day(struct day day)
{
	return (struct rows_cell){ .day = day, .is_day = true };
}

struct error *
rows_csv(struct arena *into, const struct rows_out *out, struct text *csv)
{
	struct writer writer = writer_open(into, CSV_MOST);
	write_z(&writer, "\xef\xbb\xbf"); /* so that spreadsheets see UTF-8 */
	for (size_t at = 0; at < out->columns_count; at++)
		table_write_cell(&writer, out->columns[at].name, at == 0);
	table_write_end(&writer);
	for (size_t at = 0; at < out->rows_count * out->columns_count; at++) {
		const struct rows_cell *cell = &out->cells[at];
		table_write_cell(&writer, cell->is_day ? day_iso(into, cell->day) : cell->words,
				 at % out->columns_count == 0);
		if ((at + 1) % out->columns_count == 0)
			table_write_end(&writer);
	}
	if (writer_is_full(&writer))
		return broken("一覧が大きすぎて書けません。");
	*csv = writer_text(&writer);
	return OK;
}

/* ---- The workbook ---- */

struct book {
	const struct rows_out *out;
	struct arena *arena;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *heading, *plain, *day;
	lxw_error error;
};

static void
keep(struct book *book, lxw_error error)
{
	if (book->error == LXW_NO_ERROR)
		book->error = error;
}

static void
put_words(struct book *book, lxw_row_t row, lxw_col_t column, struct text words, lxw_format *format)
{
	if (words.len != 0)
		keep(book, worksheet_write_string(book->sheet, row, column,
						  text_z(book->arena, words), format));
}

static void
put_day(struct book *book, lxw_row_t row, lxw_col_t column, struct day day)
{
	int year, month, day_of_month;
	if (day_is_none(day))
		return;
	day_parts(day, &year, &month, &day_of_month);
	if (year < 1901 || year > 9999) /* Excel's 1900 has a day too many */
		put_words(book, row, column, day_iso(book->arena, day), book->plain);
	else
		keep(book, worksheet_write_number(book->sheet, row, column,
						  (double)(day.no + EXCEL_EPOCH), book->day));
}

static void
begin_book(struct book *book)
{
	book->sheet = workbook_add_worksheet(book->book, NULL);
	book->heading = workbook_add_format(book->book);
	format_set_bold(book->heading);
	format_set_bg_color(book->heading, 0xE8F1FE);
	format_set_border(book->heading, LXW_BORDER_THIN);
	format_set_text_wrap(book->heading);
	book->plain = workbook_add_format(book->book);
	format_set_align(book->plain, LXW_ALIGN_VERTICAL_TOP);
	format_set_text_wrap(book->plain);
	book->day = workbook_add_format(book->book);
	format_set_align(book->day, LXW_ALIGN_VERTICAL_TOP);
	format_set_align(book->day, LXW_ALIGN_LEFT);
	format_set_num_format(book->day, "[$-411]ggge\"年\"m\"月\"d\"日\"");
	worksheet_set_landscape(book->sheet);
	worksheet_set_paper(book->sheet, 9); /* A4 */
	worksheet_fit_to_pages(book->sheet, 1, 0);
}

/* The first line says what the list is; the second holds the columns' names and stays. */
static void
put_all(struct book *book)
{
	enum { FIRST = 2 };
	const struct rows_out *out = book->out;
	const lxw_col_t columns = (lxw_col_t)out->columns_count; /* a list has few */
	put_words(book, 0, 0,
		  text_format(book->arena, "%.*s %.*s", T_ARG(out->name), T_ARG(out->said)), NULL);
	for (lxw_col_t at = 0; at < columns; at++) {
		put_words(book, 1, at, out->columns[at].name, book->heading);
		worksheet_set_column(book->sheet, at, at, out->columns[at].width, NULL);
	}
	for (size_t row = 0; row < out->rows_count; row++)
		for (lxw_col_t at = 0; at < columns; at++) {
			const struct rows_cell *cell = &out->cells[row * out->columns_count + at];
			const lxw_row_t line = (lxw_row_t)(row + FIRST); /* far below Excel's limit */
			if (cell->is_day)
				put_day(book, line, at, cell->day);
			else
				put_words(book, line, at, cell->words, book->plain);
		}
	worksheet_freeze_panes(book->sheet, FIRST, 1);
	worksheet_repeat_rows(book->sheet, 1, 1);
	worksheet_autofilter(book->sheet, 1, 0, (lxw_row_t)(out->rows_count + 1),
			     (lxw_col_t)(columns - 1));
}

struct error *
rows_write_xlsx(const struct rows_out *out, const char *path, const char *folder)
{
	ARENA_SCOPED arena = arena_open((size_t)256 << 20);
	/* The library does not write through tmpdir; its type is older than const. */
	union {
		const char *given;
		char *taken;
	} temporary = { .given = folder };
	lxw_workbook_options options = { .tmpdir = temporary.taken };
	struct book book = { .out = out, .arena = arena };
	book.book = workbook_new_opt(path, &options);
	if (book.book == NULL)
		return broken("Excelのファイルを作れませんでした。");
	lxw_doc_properties properties = { .created = (time_t)(out->at.ms / 1000) };
	workbook_set_properties(book.book, &properties);
	begin_book(&book);
	put_all(&book);
	keep(&book, workbook_close(book.book));
	if (book.error != LXW_NO_ERROR)
		return broken("Excelのファイルを書けませんでした(%s)。", lxw_strerror(book.error));
	return OK;
}
