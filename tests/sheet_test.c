/* What bansho-sheet promises: tables as people make them, nasty files refused with a place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/say.h"
#include "paper/sheet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>
#include <zip.h>

static struct arena *arena;
static const char *folder, *programs;
static char place[] = "/tmp/sheet-test-XXXXXX";

static int
open_all(void **state)
{
	(void)state;
	arena = arena_open((size_t)1 << 30);
	programs = getenv("BANSHO_PROGRAMS");
	assert_non_null(programs);
	folder = mkdtemp(place);
	assert_non_null(folder);
	return 0;
}

static int
close_all(void **state)
{
	char command[64];
	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", folder);
	assert_int_equal(system(command), 0);
	arena_close(arena);
	return 0;
}

static const char *
path(const char *name)
{
	return path_join(arena, folder, name);
}

static struct text
bytes_of(const char *name)
{
	struct text bytes;
	assert_null(file_read(arena, path(name), (size_t)64 << 20, &bytes));
	return bytes;
}

static struct error *
read_sheet(struct text file, const char *name, struct sheet *sheet)
{
	return sheet_read_as(arena, programs,
			     &(struct sheet_ask){ .file = file, .sheet = text_of(name) }, sheet);
}

static struct sheet
read_well(struct text file, const char *name)
{
	struct sheet sheet = { 0 };
	const struct error *error = read_sheet(file, name, &sheet);
	if (error != OK)
		fail_msg("%.*s", T_ARG(error->words));
	return sheet;
}

static void
assert_refused(struct text file, const char *words)
{
	struct sheet sheet;
	const struct error *error = read_sheet(file, "", &sheet);
	if (error == OK)
		fail_msg("read, not refused: %s", words);
	assert_int_equal(error->kind, ERROR_INVALID);
	if (!text_has(error->words, text_of(words)))
		fail_msg("%.*s: no %s", T_ARG(error->words), words);
}

static void
assert_cell(const struct sheet *sheet, size_t row, size_t column, const char *expected)
{
	assert_true(row < sheet->table.count);
	const struct table_row *got = &sheet->table.rows[row];
	const struct text cell = column < got->count ? got->cells[column] : T("");
	if (!text_is(cell, expected))
		fail_msg("row %zu column %zu: %.*s, not %s", row, column, T_ARG(cell), expected);
}

/* ---- Real workbooks, as libxlsxwriter makes them ---- */

static struct text
usual_book(bool constant_memory)
{
	lxw_workbook_options options = { .constant_memory = constant_memory };
	lxw_workbook *book = workbook_new_opt(path("book.xlsx"), &options);
	lxw_worksheet *first = workbook_add_worksheet(book, "台帳");
	lxw_format *day = workbook_add_format(book), *moment = workbook_add_format(book),
		   *zeros = workbook_add_format(book), *builtin = workbook_add_format(book);
	format_set_num_format(day, "[$-411]ggge\"年\"m\"月\"d\"日\"");
	format_set_num_format(moment, "yyyy/m/d h:mm");
	format_set_num_format(zeros, "00000");
	format_set_num_format_index(builtin, 14);
	worksheet_write_string(first, 0, 0, "情報資産名", NULL);
	worksheet_write_string(first, 0, 1, "作成日", NULL);
	worksheet_write_string(first, 0, 4, "数", NULL);
	worksheet_write_string(first, 2, 0, "改行\nと\"引用\",読点", NULL);
	worksheet_write_number(first, 2, 1, 46347, day);
	worksheet_write_number(first, 2, 2, 46347.75, moment);
	worksheet_write_number(first, 2, 3, 123, zeros);
	worksheet_write_number(first, 2, 4, 0.5, NULL);
	worksheet_write_number(first, 2, 5, 46347, builtin);
	worksheet_write_boolean(first, 2, 6, 1, NULL);
	worksheet_write_formula_num(first, 2, 7, "=1+1", NULL, 2);
	worksheet_write_string(first, 3, 0, "𠮟る髙﨑 辻󠄀", NULL);
	worksheet_write_number(first, 3, 1, 1234567890123.0, NULL);
	worksheet_write_blank(first, 3, 2, day);
	lxw_worksheet *second = workbook_add_worksheet(book, "別");
	worksheet_write_string(second, 0, 0, "二枚目", NULL);
	assert_int_equal(workbook_close(book), LXW_NO_ERROR);
	return bytes_of("book.xlsx");
}

static void
a_workbook_reads_as_people_see_it(void **state)
{
	(void)state;
	for (int constant = 0; constant < 2; constant++) {
		const struct sheet sheet = read_well(usual_book(constant), "");
		assert_true(text_is(sheet.table.encoding, "XLSX"));
		assert_int_equal(sheet.names_count, 2);
		assert_true(text_is(sheet.names[1], "別"));
		assert_int_equal(sheet.table.count, 3);
		assert_cell(&sheet, 0, 0, "情報資産名");
		assert_cell(&sheet, 0, 4, "数");
		assert_cell(&sheet, 1, 0, "改行\nと\"引用\",読点");
		assert_cell(&sheet, 1, 1, "2026-11-21");
		assert_cell(&sheet, 1, 2, "2026-11-21T18:00");
		assert_cell(&sheet, 1, 3, "00123");
		assert_cell(&sheet, 1, 4, "0.5");
		assert_cell(&sheet, 1, 5, "2026-11-21");
		assert_cell(&sheet, 1, 6, "はい");
		assert_cell(&sheet, 1, 7, "2");
		assert_cell(&sheet, 2, 0, "𠮟る髙﨑 辻󠄀");
		assert_cell(&sheet, 2, 1, "1234567890123");
		assert_int_equal(sheet.table.rows[1].line, 3); /* rows as the sheet numbers them */
		assert_int_equal(sheet.table.rows[2].line, 4);
	}
}

static void
a_sheet_is_chosen_by_name_or_number(void **state)
{
	struct sheet sheet;
	(void)state;
	const struct text book = usual_book(false);
	sheet = read_well(book, "別");
	assert_cell(&sheet, 0, 0, "二枚目");
	assert_int_equal(sheet.chosen, 1);
	sheet = read_well(book, "2");
	assert_cell(&sheet, 0, 0, "二枚目");
	assert_non_null(read_sheet(book, "3", &sheet));
	assert_non_null(read_sheet(book, "ない", &sheet));
}

/* ---- Workbooks made by hand ---- */

static const char workbook_xml[] =
	"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
	"xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
	"<sheet name=\"隠し\" sheetId=\"2\" state=\"hidden\" r:id=\"rId9\"/>"
	"<sheet name=\"表\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
static const char relations_xml[] =
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
	"<Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>";

struct made_part {
	const char *name;
	struct text bytes;
};

static struct text
made_book(const char *sheet, const char *strings, const struct made_part *more)
{
	const struct made_part parts[] = {
		{ "xl/workbook.xml", text_of(workbook_xml) },
		{ "xl/_rels/workbook.xml.rels", text_of(relations_xml) },
		{ "xl/worksheets/sheet1.xml", text_of(sheet) },
		{ strings != NULL ? "xl/sharedStrings.xml" : NULL, text_of(strings != NULL ? strings : "") },
		more != NULL ? *more : (struct made_part){ 0 },
	};
	int code;
	(void)unlink(path("made.xlsx"));
	zip_t *zip = zip_open(path("made.xlsx"), ZIP_CREATE | ZIP_TRUNCATE, &code);
	assert_non_null(zip);
	for (size_t at = 0; at < sizeof parts / sizeof *parts; at++)
		if (parts[at].name != NULL)
			assert_true(zip_file_add(zip, parts[at].name,
						 zip_source_buffer(zip, parts[at].bytes.data,
								   parts[at].bytes.len, 0),
						 ZIP_FL_OVERWRITE) >= 0);
	assert_int_equal(zip_close(zip), 0);
	return bytes_of("made.xlsx");
}

#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"

static void
furigana_is_left_out_and_runs_are_joined(void **state)
{
	(void)state;
	const struct sheet sheet = read_well(
		made_book(SHEET("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>"
				"<c r=\"B1\" t=\"inlineStr\"><is><t>内</t><rPh sb=\"0\" eb=\"1\"><t>ウチ</t></rPh>"
				"</is></c></row>"),
			  "<sst><si><r><t>高</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">松 </t></r>"
			  "<rPh sb=\"0\" eb=\"2\"><t>タカマツ</t></rPh><phoneticPr fontId=\"1\"/></si></sst>",
			  NULL), "");
	assert_int_equal(sheet.chosen, 1); /* the hidden one is passed over */
	assert_cell(&sheet, 0, 0, "高松 ");
	assert_cell(&sheet, 0, 1, "内");
}

static void
names_with_a_prefix_are_the_same_names(void **state)
{
	(void)state;
	const struct sheet sheet = read_well(
		made_book("<x:worksheet xmlns:x=\"http://a\"><x:sheetData><x:row><x:c t=\"inlineStr\"><x:is>"
			  "<x:t>値</x:t></x:is></x:c><x:c><x:v>1E3</x:v></x:c></x:row></x:sheetData>"
			  "</x:worksheet>", NULL, NULL), "");
	assert_cell(&sheet, 0, 0, "値");
	assert_cell(&sheet, 0, 1, "1000");
}

static void
a_dtd_is_refused(void **state)
{
	(void)state;
	assert_refused(made_book("<!DOCTYPE a [<!ENTITY x \"やあ\"><!ENTITY y \"&x;&x;\">]>"
				 SHEET("<row r=\"1\"><c r=\"A1\" t=\"str\"><v>&y;</v></c></row>"),
				 NULL, NULL), "DTD");
	assert_refused(made_book("<!DOCTYPE a SYSTEM \"file:///etc/passwd\">" SHEET(""), NULL, NULL), "DTD");
	assert_refused(made_book(SHEET(""), "<!DOCTYPE a><sst/>", NULL), "DTD");
}

static void
what_inflates_beyond_bounds_is_refused(void **state)
{
	(void)state;
	const size_t len = (size_t)300 << 20;
	char *bomb = malloc(len);
	memset(bomb, ' ', len);
	memcpy(bomb, "<worksheet>", 11);
	memcpy(bomb + len - 12, "</worksheet>", 12);
	const struct made_part part = { "xl/worksheets/sheet1.xml", { bomb, len } };
	const struct text book = made_book("", NULL, &part);
	assert_true(book.len < (size_t)1 << 20);
	assert_refused(book, "大きすぎます");
	free(bomb);
}

static void
faults_name_row_and_column(void **state)
{
	(void)state;
	char *long_cell = calloc(1, 40000 + 200), *deep = calloc(1, 2000);
	strcpy(long_cell, "<worksheet><sheetData><row r=\"7\"><c r=\"AB7\" t=\"str\"><v>");
	memset(long_cell + strlen(long_cell), 'a', 40000);
	strcat(long_cell, "</v></c></row></sheetData></worksheet>");
	assert_refused(made_book(long_cell, NULL, NULL), "7行目のAB列");
	assert_refused(made_book(SHEET("<row r=\"3\"><c r=\"B3\" t=\"s\"><v>5</v></c></row>"), NULL, NULL),
		       "3行目のB列");
	assert_refused(made_book(SHEET("<row r=\"5\"/><row r=\"2\"/>"), NULL, NULL), "2行目");
	assert_refused(made_book(SHEET("<row r=\"1\"><c r=\"B1\"/><c r=\"A1\"/></row>"), NULL, NULL), "A列");
	assert_refused(made_book(SHEET("<row r=\"1\"><c r=\"GS1\"><v>1</v></c></row>"), NULL, NULL), "GS列");
	assert_refused(made_book(SHEET("<row r=\"9999999\"/>"), NULL, NULL), "9999999");
	for (int at = 0; at < 100; at++)
		strcat(deep, "<a>");
	assert_refused(made_book(deep, NULL, NULL), "深すぎます");
	free(long_cell);
	free(deep);
}

static void
what_is_no_workbook_is_refused_in_plain_words(void **state)
{
	(void)state;
	assert_refused(T("PK\x03\x04 broken"), "壊れています");
	assert_refused(T("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 old"), ".xls");
	const struct text book = usual_book(false);
	assert_refused(text_first(book, book.len / 2), "壊れています");
	assert_refused(made_book("<worksheet><sheetData>", NULL, NULL), "壊れています");
	int code;
	zip_t *zip = zip_open(path("word.docx"), ZIP_CREATE | ZIP_TRUNCATE, &code);
	assert_true(zip_file_add(zip, "word/document.xml", zip_source_buffer(zip, "<a/>", 4, 0), 0) >= 0);
	assert_int_equal(zip_close(zip), 0);
	assert_refused(bytes_of("word.docx"), ".xlsx");
	assert_refused(T("a,\"b\n"), "1行目");
	assert_refused(T(""), "空です");
}

static void
csv_comes_back_as_it_was_in_whatever_encoding(void **state)
{
	(void)state;
	struct sheet sheet = read_well(T("\x8e\x91\x8e\x59,\x94\xd4\x8d\x86\r\n\r\n\"a\r\nb\",=1+1\r\nc,\"\"\"d\"\"\"\r\n"), "");
	assert_true(text_is(sheet.table.encoding, "CP932"));
	assert_cell(&sheet, 0, 0, "資産");
	assert_cell(&sheet, 1, 0, "a\r\nb");
	assert_cell(&sheet, 1, 1, "=1+1"); /* not our business to change */
	assert_cell(&sheet, 2, 1, "\"d\"");
	assert_int_equal(sheet.table.rows[1].line, 3);
	assert_int_equal(sheet.table.rows[2].line, 5);
	sheet = read_well((struct text){ "\xff\xfe" "a\0\t\0\x42\x30\n\0", 10 }, "");
	assert_true(text_is(sheet.table.encoding, "UTF-16LE"));
	assert_int_equal(sheet.table.separator, '\t');
	assert_cell(&sheet, 0, 1, "あ");
}

static void
the_limits_asked_for_are_kept(void **state)
{
	(void)state;
	struct sheet sheet;
	struct sheet_ask ask = { .file = T("a\nb\nc\n"), .most_rows = 2 };
	struct error *error = sheet_read_as(arena, programs, &ask, &sheet);
	assert_non_null(error);
	assert_true(text_has(error->words, T("行が多すぎます")));
	ask = (struct sheet_ask){ .file = usual_book(false), .most_rows = 2 };
	error = sheet_read_as(arena, programs, &ask, &sheet);
	assert_non_null(error);
	assert_true(text_has(error->words, T("行が多すぎます")));
	ask = (struct sheet_ask){ .file = T("aaaaaaaaaaaaaaaaaaaa\nb\nc\n"), .most_bytes = 10 };
	error = sheet_read_as(arena, programs, &ask, &sheet);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INVALID);
	assert_true(text_has(error->words, T("大きすぎます")));
}

static void
the_program_says_how_it_ended(void **state)
{
	char command[512];
	(void)state;
	snprintf(command, sizeof command, "printf 'a,b\\n' | '%s/bansho-sheet' > /dev/null", programs);
	assert_int_equal(WEXITSTATUS(system(command)), 0);
	snprintf(command, sizeof command, "printf 'a,\"b\\n' | '%s/bansho-sheet' > /dev/null 2>&1", programs);
	assert_int_equal(WEXITSTATUS(system(command)), 1);
	snprintf(command, sizeof command, "'%s/bansho-sheet' --nonsense > /dev/null 2>&1", programs);
	assert_int_equal(WEXITSTATUS(system(command)), 2);
	snprintf(command, sizeof command, "printf 'a,b\\n' | '%s/bansho-sheet' 3> '%s/report' > /dev/null",
		 programs, folder);
	assert_int_equal(system(command), 0);
	assert_true(text_has(bytes_of("report"), T("\"encoding\":\"UTF-8\"")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_workbook_reads_as_people_see_it),
		cmocka_unit_test(a_sheet_is_chosen_by_name_or_number),
		cmocka_unit_test(furigana_is_left_out_and_runs_are_joined),
		cmocka_unit_test(names_with_a_prefix_are_the_same_names),
		cmocka_unit_test(a_dtd_is_refused),
		cmocka_unit_test(what_inflates_beyond_bounds_is_refused),
		cmocka_unit_test(faults_name_row_and_column),
		cmocka_unit_test(what_is_no_workbook_is_refused_in_plain_words),
		cmocka_unit_test(csv_comes_back_as_it_was_in_whatever_encoding),
		cmocka_unit_test(the_limits_asked_for_are_kept),
		cmocka_unit_test(the_program_says_how_it_ended),
	};
	return cmocka_run_group_tests_name("sheet", tests, open_all, close_all);
}
