/* The ledger as a workbook, written row by row: the library keeps one row in memory. */
#include "paper/ledger_rooms.h"

#include "base/file.h"

#include <xlsxwriter.h>

enum { ROWS_MOST = LXW_ROW_MAX - 1 };

struct workbook {
	const struct ledger_out *out;
	struct arena *arena; /* of one row */
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_format *heading, *plain, *day;
	lxw_row_t row;
	lxw_error error;
};

static void
keep_error(struct workbook *workbook, lxw_error error)
{
	if (workbook->error == LXW_NO_ERROR)
		workbook->error = error;
}

static double
width_of(const struct pack_field *field)
{
	switch (field->kind) {
	case FIELD_LONG_TEXT:
	case FIELD_SERIALS:
		return 40;
	case FIELD_DAY:
	case FIELD_MOMENT:
	case FIELD_CLASS:
		return 16;
	case FIELD_NUMBER:
	case FIELD_YES_NO:
		return 10;
	case FIELD_UNIT:
	case FIELD_PERSON:
	case FIELD_CHOICE:
	case FIELD_CHOICES:
	case FIELD_PERIOD:
		return 20;
	case FIELD_TEXT:
	case FIELD_ASSET:
	case FIELD_ASSETS:
	case FIELD_FILE:
	case FIELD_CLAUSES:
		return 28;
	}
	return 20;
}

static void
write_words(struct workbook *workbook, lxw_col_t column, struct text words, lxw_format *format)
{
	if (words.len == 0)
		return;
	keep_error(workbook, worksheet_write_string(workbook->sheet, workbook->row, column,
						    text_z(workbook->arena, words), format));
}

/* Excel counts from 1899-12-30; the year 1900 and a day before it had are of no ledger. */
static void
write_day(struct workbook *workbook, lxw_col_t column, struct day day)
{
	enum { EXCEL_EPOCH = 25569 };
	int year, month, day_of_month;
	day_parts(day, &year, &month, &day_of_month);
	if (year < 1901 || year > 9999)
		write_words(workbook, column, day_iso(workbook->arena, day), workbook->plain);
	else
		keep_error(workbook,
			   worksheet_write_number(workbook->sheet, workbook->row, column,
						  (double)(day.no + EXCEL_EPOCH), workbook->day));
}

/* The number, every field, the last confirmation; a ledger has few fields. */
static lxw_col_t
last_column(const struct pack_ledger *ledger)
{
	return (lxw_col_t)(ledger->fields_count + 1);
}

static void
write_heading(struct workbook *workbook)
{
	const struct pack_ledger *ledger = workbook->out->ledger;
	const lxw_col_t last = last_column(ledger);
	write_words(workbook, 0, text_of(say("台帳番号")), workbook->heading);
	worksheet_set_column(workbook->sheet, 0, 0, 10, NULL);
	for (lxw_col_t at = 1; at < last; at++) {
		const struct pack_field *field = &ledger->fields[at - 1];
		write_words(workbook, at, words_now(field->label), workbook->heading);
		worksheet_set_column(workbook->sheet, at, at, width_of(field), NULL);
	}
	write_words(workbook, last, text_of(say("最終確認日")), workbook->heading);
	worksheet_set_column(workbook->sheet, last, last, 16, NULL);
	worksheet_freeze_panes(workbook->sheet, 1, 2);
	workbook->row++;
}

static struct error *
write_row(void *with, const struct ledger_cells *cells)
{
	struct workbook *workbook = with;
	const size_t count = workbook->out->ledger->fields_count;
	if (workbook->row > ROWS_MOST)
		return reject(NULL, "Excelで開ける行数を超えています。条件を絞ってください。");
	keep_error(workbook,
		   worksheet_write_number(workbook->sheet, workbook->row, 0,
					  (double)cells->row->number, workbook->plain));
	for (size_t at = 0; at < count; at++) {
		const lxw_col_t column = (lxw_col_t)(at + 1); /* a ledger has few fields */
		if (!day_is_none(cells->fields[at].day))
			write_day(workbook, column, cells->fields[at].day);
		else
			write_words(workbook, column, cells->fields[at].words, workbook->plain);
	}
	if (cells->row->confirmed.ms != 0)
		write_day(workbook, last_column(workbook->out->ledger),
			  moment_day(cells->row->confirmed));
	workbook->row++;
	arena_reset(workbook->arena);
	return OK;
}

static void
begin_sheet(struct workbook *workbook)
{
	workbook->heading = workbook_add_format(workbook->book);
	format_set_bold(workbook->heading);
	format_set_bg_color(workbook->heading, 0xE8F1FE);
	format_set_border(workbook->heading, LXW_BORDER_THIN);
	format_set_text_wrap(workbook->heading);
	workbook->plain = workbook_add_format(workbook->book);
	format_set_align(workbook->plain, LXW_ALIGN_VERTICAL_TOP);
	format_set_text_wrap(workbook->plain);
	workbook->day = workbook_add_format(workbook->book);
	format_set_align(workbook->day, LXW_ALIGN_VERTICAL_TOP);
	format_set_align(workbook->day, LXW_ALIGN_LEFT);
	format_set_num_format(workbook->day, "[$-411]ggge\"年\"m\"月\"d\"日\"");
	worksheet_set_landscape(workbook->sheet);
	worksheet_set_paper(workbook->sheet, 9); /* A4 */
	worksheet_fit_to_pages(workbook->sheet, 1, 0);
	worksheet_repeat_rows(workbook->sheet, 0, 0);
}

static struct error *
write_all(struct look *look, struct workbook *workbook)
{
	const struct ledger_out *out = workbook->out;
	const char *name = text_z(look->arena, words_now(out->ledger->name));
	workbook->sheet = workbook_add_worksheet(workbook->book, name);
	if (workbook->sheet == NULL) /* a name Excel does not take */
		workbook->sheet = workbook_add_worksheet(workbook->book, NULL);
	if (workbook->sheet == NULL)
		return broken("Excelのシートを作れませんでした。");
	begin_sheet(workbook);
	write_heading(workbook);
	TRY(ledger_cells_each(look, out, write_row, workbook));
	worksheet_autofilter(workbook->sheet, 0, 0, workbook->row - 1,
			     last_column(out->ledger));
	return OK;
}

struct error *
ledger_write_xlsx(struct look *look, const struct ledger_out *out, const char *path,
		  const char *folder)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	/* The library does not write through tmpdir; its type is older than const. */
	union {
		const char *given;
		char *taken;
	} temporary = { .given = folder };
	lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = temporary.taken };
	struct workbook workbook = { .out = out, .arena = arena };
	workbook.book = workbook_new_opt(path, &options);
	if (workbook.book == NULL)
		return broken("Excelのファイルを作れませんでした。");
	lxw_doc_properties properties = { .created = (time_t)(look->now.ms / 1000) };
	workbook_set_properties(workbook.book, &properties);
	struct error *error = write_all(look, &workbook);
	keep_error(&workbook, workbook_close(workbook.book));
	if (error == OK && workbook.error != LXW_NO_ERROR)
		error = broken("Excelのファイルを書けませんでした(%s)。", lxw_strerror(workbook.error));
	return error;
}
