/* Lists of words as CSV and XLSX. */
#include "paper/list_paper.h"

#include "base/table.h"
#include "base/writer.h"

#include <xlsxwriter.h>

enum { CSV_MOST = 64 << 20, WIDTH = 24 };

static void
put_row(struct writer *out, const struct text *cells, size_t columns)
{
	for (size_t at = 0; at < columns; at++)
		table_write_cell(out, cells[at], at == 0);
	table_write_end(out);
}

struct error *
list_csv(struct arena *into, const struct list_out *list, struct text *csv)
{
	struct writer out = writer_open(into, CSV_MOST);
	write_z(&out, "\xEF\xBB\xBF");
	put_row(&out, list->headings, list->columns);
	for (size_t row = 0; row < list->rows; row++)
		put_row(&out, &list->cells[row * list->columns], list->columns);
	if (writer_is_full(&out))
		return broken("一覧が大きすぎて書けません。");
	*csv = writer_text(&out);
	return OK;
}

static lxw_error
sheet_row(struct arena *arena, lxw_worksheet *sheet, lxw_row_t row, const struct text *cells,
	  size_t columns, lxw_format *format)
{
	lxw_error error = LXW_NO_ERROR;
	for (size_t at = 0; at < columns && error == LXW_NO_ERROR; at++)
		if (cells[at].len > 0)
			error = worksheet_write_string(sheet, row, (lxw_col_t)at, /* a few */
						       text_z(arena, cells[at]), format);
	return error;
}

struct error *
list_xlsx(struct arena *arena, const struct list_out *list, const char *path, const char *folder)
{
	/* The library does not write through tmpdir; its type is older than const. */
	union {
		const char *given;
		char *taken;
	} temporary = { .given = folder };
	lxw_workbook_options options = { .tmpdir = temporary.taken };
	lxw_workbook *book = workbook_new_opt(path, &options);
	if (book == NULL)
		return broken("Excelのファイルを作れませんでした。");
	lxw_worksheet *sheet = workbook_add_worksheet(book, text_z(arena, list->name));
	if (sheet == NULL) /* a name Excel does not take */
		sheet = workbook_add_worksheet(book, NULL);
	lxw_format *heading = workbook_add_format(book);
	format_set_bold(heading);
	lxw_error error = sheet_row(arena, sheet, 0, list->headings, list->columns, heading);
	for (size_t row = 0; row < list->rows && error == LXW_NO_ERROR; row++)
		error = sheet_row(arena, sheet, (lxw_row_t)(row + 1), /* below LXW_ROW_MAX, or it says so */
				  &list->cells[row * list->columns], list->columns, NULL);
	worksheet_set_column(sheet, 0, (lxw_col_t)(list->columns - 1), WIDTH, NULL); /* a few */
	worksheet_freeze_panes(sheet, 1, 0);
	const lxw_error closed = workbook_close(book);
	if (error == LXW_NO_ERROR)
		error = closed;
	return error == LXW_NO_ERROR ? OK
				     : broken("Excelのファイルを書けませんでした(%s)。", lxw_strerror(error));
}
