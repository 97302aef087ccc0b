/*
 * A workbook as a personnel section hands it over, of lines of cells between commas on stdin: numbers of
 * staff are numbers under a format of zeros, days are days in the Japanese calendar, the title runs over
 * the columns, and a note stands on a second sheet. usage: book_of FILE.xlsx
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter.h>

struct formats {
	lxw_format *day, *zeros[16];
};

static bool
is_number(const char *cell)
{
	return cell[0] != '\0' && strlen(cell) < 16 && strspn(cell, "0123456789") == strlen(cell);
}

static void
write_cell(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *cell,
	   const struct formats *formats)
{
	lxw_datetime day = { 0 };
	if (is_number(cell))
		worksheet_write_number(sheet, row, column, atof(cell), formats->zeros[strlen(cell)]);
	else if (sscanf(cell, "%4d-%2d-%2d", &day.year, &day.month, &day.day) == 3)
		worksheet_write_datetime(sheet, row, column, &day, formats->day);
	else if (cell[0] != '\0')
		worksheet_write_string(sheet, row, column, cell, NULL);
}

int
main(int count, char **words)
{
	char line[4096];
	if (count != 2)
		return 2;
	lxw_workbook *book = workbook_new(words[1]);
	lxw_worksheet *sheet = workbook_add_worksheet(book, "異動者一覧");
	struct formats formats = { .day = workbook_add_format(book) };
	format_set_num_format(formats.day, "[$-411]ge.m.d");
	for (int digits = 1; digits < 16; digits++) {
		char zeros[17] = { 0 };
		memset(zeros, '0', (size_t)digits);
		formats.zeros[digits] = workbook_add_format(book);
		format_set_num_format(formats.zeros[digits], zeros);
	}
	for (lxw_row_t row = 0; fgets(line, sizeof line, stdin) != NULL; row++) {
		char *rest = line, *cell;
		line[strcspn(line, "\r\n")] = '\0';
		if (strchr(line, ',') == NULL)
			worksheet_merge_range(sheet, row, 0, row, 8, line, NULL);
		else
			for (lxw_col_t column = 0; (cell = strsep(&rest, ",")) != NULL; column++)
				write_cell(sheet, row, column, cell, &formats);
	}
	worksheet_write_string(workbook_add_worksheet(book, "記入例"), 0, 0, "この表は読まれません", NULL);
	return workbook_close(book) == LXW_NO_ERROR ? 0 : 1;
}
