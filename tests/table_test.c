/* Promises of base/table.h: tables as groupware writes them, or a reason with its line. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/table.h"
#include "base/writer.h"

#include <string.h>

#include "text_house.h"

static struct table
read_well(struct text file)
{
	struct table table;
	const struct error *error = table_read(arena, file, 1000, &table);
	if (error != OK)
		fail_msg("%.*s", T_ARG(error->words));
	return table;
}

/* Refused as the sender's fault, in words that name `place`; the table is untouched. */
static void
assert_refused(struct text file, const char *place)
{
	struct table table = {.count = 77};
	const struct error *error = table_read(arena, file, 1000, &table);
	if (error == OK)
		fail_msg("read: %.*s", T_ARG(file));
	assert_int_equal(error->kind, ERROR_INVALID);
	assert_int_equal(table.count, 77);
	if (!text_has(error->words, text_of(place)))
		fail_msg("%.*s: no %s", T_ARG(error->words), place);
}

#define assert_cell(table, row, column, z) \
	assert_cell_is(&(table), (row), (column), (z), __LINE__)

static void
assert_cell_is(const struct table *table, size_t row, size_t column, const char *z, int line)
{
	if (row >= table->count || column >= table->rows[row].count)
		fail_msg("line %d: no cell %zu,%zu", line, row, column);
	if (!text_is(table->rows[row].cells[column], z))
		fail_msg("line %d: \"%.*s\"", line, T_ARG(table->rows[row].cells[column]));
}

static void
assert_is_the_usual_table(struct table table, const char *encoding, char separator)
{
	assert_true(text_is(table.encoding, encoding));
	assert_int_equal(table.separator, separator);
	assert_int_equal(table.count, 2);
	assert_int_equal(table.rows[0].count, 2);
	assert_cell(table, 0, 0, "氏名");
	assert_cell(table, 0, 1, "所属");
	assert_cell(table, 1, 0, "髙橋①");
	assert_cell(table, 1, 1, "総務課");
	assert_int_equal(table.rows[1].line, 2);
}

static void
every_encoding_groupware_writes_is_read_and_named(void **state)
{
	(void)state;
	assert_is_the_usual_table(read_well(T("氏名,所属\r\n髙橋①,総務課\r\n")), "UTF-8", ',');
	assert_is_the_usual_table(read_well(T("\xEF\xBB\xBF氏名,所属\n髙橋①,総務課")),
				  "UTF-8 (BOM)", ',');
	assert_is_the_usual_table(read_well(T("氏名\t所属\n髙橋①\t総務課\n")), "UTF-8", '\t');
	assert_is_the_usual_table(
		read_well(T("\x8E\x81\x96\xBC,\x8F\x8A\x91\xAE\r\n"
			    "\xFB\xFC\x8B\xB4\x87\x40,\x91\x8D\x96\xB1\x89\xDB\r\n")),
		"CP932", ',');
	assert_is_the_usual_table(
		read_well(T("\xFF\xFE\x0F\x6C\x0D\x54,\0\x40\x62\x5E\x5C\r\0\n\0"
			    "\xD9\x9A\x4B\x6A\x60\x24,\0\xCF\x7D\xD9\x52\xB2\x8A")),
		"UTF-16LE", ',');
	assert_is_the_usual_table(
		read_well(T("\xFE\xFF\x6C\x0F\x54\x0D\0\t\x62\x40\x5C\x5E\0\r\0\n"
			    "\x9A\xD9\x6A\x4B\x24\x60\0\t\x7D\xCF\x52\xD9\x8A\xB2")),
		"UTF-16BE", '\t');
}

static void
a_byte_that_is_no_character_is_named_by_line_and_place(void **state)
{
	(void)state;
	/* neither UTF-8 nor CP932: 0x81 0x20 */
	assert_refused(T("\x8E\x81\x96\xBC,b\r\n\x91\x8D,\x81 c\r\n"), "2行目の3文字目");
	assert_refused(T("\xEF\xBB\xBF"
			 "ab\ncd\ne\xFFz\n"),
		       "3行目の2文字目");
	assert_refused(T("\xEF\xBB\xBF\xC0\xAF,x\n"), "1行目の1文字目");
	assert_refused(T("\xFF\xFE"
			 "a\0\n\0\x00\xD8z\0"),
		       "2行目の1文字目"); /* lone surrogate */
	assert_refused(T("\xFF\xFE"
			 "a\0b"),
		       "1行目の2文字目"); /* half a character */
}

static void
a_nul_is_refused_with_its_line(void **state)
{
	(void)state;
	assert_refused(T("a,b\nc,\0d\n"), "2行目の3文字目");
	assert_refused(T("\x8E\x81\r\nx\0\r\n"), "2行目の2文字目");
	assert_refused(T("\xFF\xFE"
			 "a\0\0\0"),
		       "1行目の2文字目");
}

static void
quotes_keep_separators_lines_and_quotes(void **state)
{
	(void)state;
	struct table table = read_well(T("a,\"b,\"\"c\"\"\r\nd\",\r\n\"\",\"\"\"\",x\r\n"));
	assert_int_equal(table.count, 2);
	assert_cell(table, 0, 0, "a");
	assert_cell(table, 0, 1, "b,\"c\"\r\nd");
	assert_cell(table, 0, 2, "");
	assert_cell(table, 1, 0, "");
	assert_cell(table, 1, 1, "\"");
	assert_cell(table, 1, 2, "x");
	assert_int_equal(table.rows[0].line, 1);
	assert_int_equal(table.rows[1].line, 3);
}

static void
broken_quotes_are_refused_with_their_line(void **state)
{
	(void)state;
	assert_refused(T("a,b\n\"c,d\ne,f\n"), "2行目");
	assert_refused(T("a,b\nc,\"d\"e\n"), "2行目の2列目");
	assert_refused(T("a\nb\nc\"d\n"), "3行目の1列目");
	assert_refused(T("a,\"b\"\""), "1行目");
	assert_refused(T("\""), "1行目");
	/* the line counts on inside quotes, whatever ends it */
	assert_refused(T("\"a\nb\r\nc\rd\",\nx\"y\n"), "5行目");
}

static void
the_separator_is_taken_from_the_first_line_that_has_one(void **state)
{
	(void)state;
	assert_int_equal(read_well(T("a\tb,c\n")).separator, ',');
	assert_int_equal(read_well(T("\"a,b\"\tc\n1,2\t3\n")).separator, '\t');
	assert_int_equal(read_well(T("\"a\tb\",c\n")).separator, ',');
	assert_int_equal(read_well(T("title\nb\tc\n")).separator, '\t');
	assert_int_equal(read_well(T("title\nb,c\td\n")).separator, ',');
	const struct table table = read_well(T("a\tb\n1,2\t3\n"));
	assert_cell(table, 1, 0, "1,2");
}

static void
line_ends_of_every_kind_are_lines_and_empty_ones_are_no_rows(void **state)
{
	(void)state;
	const struct table table = read_well(T("\r\na\r\n\nb\rc\n,\n\n"));
	assert_int_equal(table.count, 4);
	assert_int_equal(table.rows[0].line, 2);
	assert_int_equal(table.rows[1].line, 4);
	assert_int_equal(table.rows[2].line, 5);
	assert_int_equal(table.rows[3].count, 2);
	assert_int_equal(read_well(T("")).count, 0);
	assert_int_equal(read_well(T("\xEF\xBB\xBF")).count, 0);
	assert_int_equal(read_well(T("\xFF\xFE")).count, 0);
}

static void
sizes_meet_their_limits(void **state)
{
	(void)state;
	struct table table;
	assert_null(table_read(arena, T("1\n2\n3\n\n"), 3, &table));
	const struct error *error = table_read(arena, T("1\n2\n3\n4\n"), 3, &table);
	assert_non_null(error);
	assert_true(text_has(error->words, T("3行まで")));

	static char wide[TABLE_MOST_COLUMNS];
	memset(wide, ',', sizeof wide);
	assert_refused((struct text){wide, TABLE_MOST_COLUMNS}, "列が多すぎます");
	assert_int_equal(read_well((struct text){wide, TABLE_MOST_COLUMNS - 1}).rows[0].count,
			 TABLE_MOST_COLUMNS);

	static char longest[TABLE_MOST_CELL + 3];
	memset(longest, 'x', sizeof longest);
	memcpy(longest, "a\n", 2);
	assert_int_equal(read_well((struct text){longest, TABLE_MOST_CELL + 2}).count, 2);
	assert_refused((struct text){longest, TABLE_MOST_CELL + 3}, "2行目の1列目が長すぎます");
}

static void
every_cut_of_a_table_is_read_or_refused(void **state)
{
	(void)state;
	const struct text whole = T("\"a\"\"b\",c\r\n\"d\ne\",\x8E\x81\tf\n");
	for (size_t len = 0; len <= whole.len; len++) {
		/* a copy of exact size, so that a sanitizer sees a read behind it */
		struct table table;
		const struct text part = text_copy(arena, text_first(whole, len));
		const struct error *error = table_read(arena, part, 1000, &table);
		assert_true(error == OK || error->kind == ERROR_INVALID);
	}
}

static void
assert_written(const char *cell, const char *wanted)
{
	struct writer out = writer_open(arena, 1000);
	table_write_cell(&out, text_of(cell), true);
	if (!text_is(writer_text(&out), wanted))
		fail_msg("%s: %.*s", cell, T_ARG(writer_text(&out)));
}

static void
a_written_cell_is_quoted_and_runs_no_formula(void **state)
{
	(void)state;
	assert_written("総務課", "総務課");
	assert_written("", "");
	assert_written("a,b", "\"a,b\"");
	assert_written("a\"b", "\"a\"\"b\"");
	assert_written("a\nb", "\"a\nb\"");
	assert_written(" a", "\" a\"");
	assert_written("=1+1", "'=1+1");
	assert_written("=HYPERLINK(\"x\")", "\"'=HYPERLINK(\"\"x\"\")\"");
	assert_written("@SUM(A1)", "'@SUM(A1)");
	assert_written("+81-3-1234", "'+81-3-1234");
	assert_written("-cmd", "'-cmd");
	assert_written("-1+1", "'-1+1");
	assert_written("-1.", "'-1.");
	assert_written("\t=1", "\"'\t=1\"");
	assert_written("\r=1", "\"'\r=1\"");
	assert_written("-12", "-12");
	assert_written("+0.5", "+0.5");
	assert_written("-", "-");
	assert_written("--", "'--");
}

static void
what_is_written_reads_back(void **state)
{
	(void)state;
	struct writer out = writer_open(arena, 1000);
	table_write_cell(&out, T("a\"b"), true);
	table_write_cell(&out, T("c,d\r\ne"), false);
	table_write_end(&out);
	table_write_cell(&out, T("𠮷"), true);
	table_write_end(&out);
	const struct table table = read_well(writer_text(&out));
	assert_int_equal(table.count, 2);
	assert_cell(table, 0, 0, "a\"b");
	assert_cell(table, 0, 1, "c,d\r\ne");
	assert_cell(table, 1, 0, "𠮷");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_encoding_groupware_writes_is_read_and_named),
		cmocka_unit_test(a_byte_that_is_no_character_is_named_by_line_and_place),
		cmocka_unit_test(a_nul_is_refused_with_its_line),
		cmocka_unit_test(quotes_keep_separators_lines_and_quotes),
		cmocka_unit_test(broken_quotes_are_refused_with_their_line),
		cmocka_unit_test(the_separator_is_taken_from_the_first_line_that_has_one),
		cmocka_unit_test(line_ends_of_every_kind_are_lines_and_empty_ones_are_no_rows),
		cmocka_unit_test(sizes_meet_their_limits),
		cmocka_unit_test(every_cut_of_a_table_is_read_or_refused),
		cmocka_unit_test(a_written_cell_is_quoted_and_runs_no_formula),
		cmocka_unit_test(what_is_written_reads_back),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
