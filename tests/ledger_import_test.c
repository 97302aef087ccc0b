/* What import into a ledger promises: say what a file would do, row by row, then do exactly that. */
#include "people_house.h"

#include "base/table.h"
#include "ledger/ledger.h"

static const struct pack_ledger *
assets(struct house *h)
{
	return pack_ledger(h->pack, T("asset"));
}

static struct table
table_of(struct house *h, const char *file)
{
	struct table table;
	must(table_read(h->arena, text_of(file), LEDGER_IMPORT_MOST, &table));
	return table;
}

/* The usual list of a section: headings as people write them. */
#define HEADING "情報資産名,媒体,シリアルNo.,分類,保存場所,担当課,備考\r\n"
#define GOOD HEADING \
	"住民名簿,USBメモリ,SN-1,Ⅰ,３階書庫,人事課,\r\n" \
	"契約書綴り,紙ファイル,,Ⅱ,契約課書庫,0120,\"改行\nあり\"\r\n"

struct file {
	struct house *house;
	struct table table;
	struct ledger_mapping mapping;
	struct ledger_import import;
	struct unit_id usual;
	struct hash digest;
	bool skip_wrong;
	int64_t done;
};

static struct file
preview(struct house *h, const char *words)
{
	struct file file = { .house = h, .table = table_of(h, words) };
	file.mapping = ledger_mapping_guess(h->arena, assets(h), &file.table);
	LOOK(h, look);
	must(ledger_import_preview(&look, h->pack, assets(h), &file.table, &file.mapping, file.usual,
				   &file.import));
	file.digest = file.import.digest;
	return file;
}

static struct error *
apply(struct act *act, void *with)
{
	struct file *file = with;
	return ledger_import_apply(act, file->house->pack, assets(file->house), &file->table,
				   &file->mapping, file->usual, &file->digest, file->skip_wrong,
				   &file->done);
}

static int64_t
rows_in(struct house *h)
{
	struct ledger_page page;
	LOOK(h, look);
	must(ledger_list(&look, h->pack, assets(h), &(struct ledger_query){ 0 }, 50, &page));
	return page.total;
}

static void
columns_are_known_by_the_names_people_use(void **state)
{
	struct house *h = *state;
	const struct table table = table_of(h, HEADING);
	const struct ledger_mapping mapping = ledger_mapping_guess(h->arena, assets(h), &table);
	for (size_t at = 0; at < mapping.count; at++) {
		const struct text name = assets(h)->fields[at].name;
		const int expected = text_is(name, "name") ? 0 : text_is(name, "shape") ? 1 :
				     text_is(name, "serial") ? 2 : text_is(name, "class") ? 3 :
				     text_is(name, "place") ? 4 : text_is(name, "owner") ? 5 :
				     text_is(name, "other") ? 6 : -1;
		assert_int_equal(mapping.column[at], expected);
	}
	assert_int_equal(mapping.number_column, -1);
}

static void
a_title_above_the_heading_is_passed_over(void **state)
{
	struct house *h = *state;
	struct file file = preview(h, "情報資産台帳,,,,,,\r\n令和8年度,,,,,人事課,\r\n\r\n" GOOD);
	assert_int_equal(file.mapping.heading, 2);
	assert_int_equal(file.import.added, 2);
	assert_int_equal(file.import.wrong, 0);
	assert_int_equal(file.import.rows[0].line, 5);
}

static void
units_are_named_or_coded_and_choices_are_what_people_call_them(void **state)
{
	struct house *h = *state;
	struct file file = preview(h, GOOD);
	assert_int_equal(file.import.added, 2);
	must(act_as(h, h->manager, apply, &file));
	assert_int_equal(file.done, 2);
	assert_string_equal(h->last_act, "ledger.import");
	struct ledger_page page;
	LOOK(h, look);
	must(ledger_list(&look, h->pack, assets(h), &(struct ledger_query){ 0 }, 50, &page));
	assert_int_equal(page.rows[0].owner, h->section.no);
	assert_int_equal(page.rows[1].owner, h->other.no);
	assert_true(text_is(ledger_value(h->arena, &page.rows[0], "shape"), "usb"));
	assert_true(text_is(ledger_value(h->arena, &page.rows[1], "shape"), "binder"));
	assert_true(text_is(ledger_value(h->arena, &page.rows[1], "other"), "改行\nあり"));
	assert_true(text_is(page.rows[0].class_code, "I"));
}

/* A unit's code may look like another unit's number. */
static struct error *
add_trap(struct act *act, void *with)
{
	struct house *h = with;
	char code[24];
	snprintf(code, sizeof code, "%lld", (long long)h->section.no);
	(void)add_unit(act, code, "罠課", UNIT_SECTION, h->bureau);
	return OK;
}

static void
a_code_that_looks_like_a_number_is_still_a_code(void **state)
{
	struct house *h = *state;
	must(act_now(h, add_trap, h));
	struct file file = preview(h, GOOD);
	must(act_as(h, h->manager, apply, &file));
	struct ledger_page page;
	LOOK(h, look);
	must(ledger_list(&look, h->pack, assets(h), &(struct ledger_query){ 0 }, 50, &page));
	assert_int_equal(page.rows[0].owner, h->section.no);
}

static void
assert_wrong(const struct ledger_import_row *row, int64_t line, const char *column)
{
	assert_int_equal(row->doing, ROW_WRONG);
	assert_int_equal(row->line, line);
	for (const struct error *one = row->faults; one != NULL; one = one->next)
		if (text_is(one->field, column))
			return;
	fail_msg("%.*s [%.*s]", T_ARG(row->faults->words), T_ARG(row->faults->field));
}

static void
a_fault_names_its_line_and_the_column_of_the_file(void **state)
{
	struct house *h = *state;
	struct file file = preview(h, HEADING
		"よい行,USBメモリ,SN-1,Ⅰ,3階,人事課,\r\n"
		",USBメモリ,SN-2,Ⅰ,3階,人事課,\r\n"
		"媒体が変,フロッピー,SN-3,Ⅴ,3階,人事課,\r\n"
		"課が変,USBメモリ,SN-4,Ⅰ,3階,ない課,\r\n"
		"番号が同じ,USBメモリ,ｓｎ－１,Ⅰ,3階,人事課,\r\n"
		",,,,,,\r\n"
		"場所がない,USBメモリ,SN-6,Ⅰ,,人事課,\r\n");
	assert_int_equal(file.import.count, 6);
	assert_int_equal(file.import.wrong, 5);
	assert_int_equal(file.import.added, 1);
	assert_wrong(&file.import.rows[1], 3, "情報資産名");
	assert_wrong(&file.import.rows[2], 4, "媒体");
	assert_wrong(&file.import.rows[2], 4, "分類");
	assert_wrong(&file.import.rows[3], 5, "担当課");
	assert_wrong(&file.import.rows[4], 6, "シリアルNo.");
	assert_wrong(&file.import.rows[5], 8, "保存場所");
	const int before = h->entries;
	struct error *error = act_as(h, h->manager, apply, &file);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INVALID);
	assert_int_equal(h->entries, before);
	assert_int_equal(rows_in(h), 0);
	file.skip_wrong = true;
	must(act_as(h, h->manager, apply, &file));
	assert_int_equal(rows_in(h), 1);
	assert_int_equal(h->entries, before + 2);
}

static void
rows_that_name_no_unit_take_the_usual_one(void **state)
{
	struct house *h = *state;
	struct file file = { .house = h, .usual = h->other,
			     .table = table_of(h, "情報資産名,媒体,保存場所\n名簿,紙,書庫\n") };
	file.mapping = ledger_mapping_guess(h->arena, assets(h), &file.table);
	LOOK(h, look);
	must(ledger_import_preview(&look, h->pack, assets(h), &file.table, &file.mapping, file.usual,
				   &file.import));
	assert_int_equal(file.import.added, 1);
}

static void
rows_with_a_number_are_changed_and_other_fields_kept(void **state)
{
	struct house *h = *state;
	struct file file = preview(h, GOOD);
	must(act_as(h, h->manager, apply, &file));
	file = preview(h, "台帳番号,情報資産名,重要性分類\n1,住民名簿,Ⅱ\n2,契約書綴り,Ⅱ\n9,知らない,Ⅰ\n1,住民名簿,Ⅲ\n");
	assert_int_equal(file.import.changed, 1);
	assert_int_equal(file.import.same, 1);
	assert_int_equal(file.import.wrong, 2);
	assert_int_equal(file.import.rows[0].changes_count, 1);
	assert_wrong(&file.import.rows[2], 4, "台帳番号");
	assert_wrong(&file.import.rows[3], 5, "台帳番号");
	file.skip_wrong = true;
	must(act_as(h, h->manager, apply, &file));
	struct ledger_row row;
	LOOK(h, look);
	must(ledger_read(&look, h->pack, file.import.rows[0].row, &row));
	assert_true(text_is(row.class_code, "II"));
	assert_true(text_is(row.serial, "SN-1"));
	assert_int_equal(row.revision, 2);
}

static void
what_changed_since_the_preview_stops_it(void **state)
{
	struct house *h = *state;
	struct file first = preview(h, GOOD), second = preview(h, GOOD);
	must(act_as(h, h->manager, apply, &first));
	struct error *error = act_as(h, h->manager, apply, &second);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_CONFLICT); /* SN-1 is taken now */
	assert_int_equal(rows_in(h), 2);
}

static void
rows_of_units_one_does_not_keep_are_wrong(void **state)
{
	struct house *h = *state;
	struct rights rights;
	struct file file = { .house = h, .table = table_of(h, GOOD) };
	file.mapping = ledger_mapping_guess(h->arena, assets(h), &file.table);
	LOOK(h, look);
	must(people_rights(&look, h->pack, h->manager, &rights));
	file.mapping.rights = &rights;
	must(ledger_import_preview(&look, h->pack, assets(h), &file.table, &file.mapping, file.usual,
				   &file.import));
	assert_int_equal(file.import.added, 1);
	assert_wrong(&file.import.rows[1], 3, "担当課");
}

static void
a_file_without_rows_or_names_is_refused(void **state)
{
	struct house *h = *state;
	struct ledger_import import;
	static const char *const files[] = { HEADING, "a,b\n1,2\n" };
	for (size_t at = 0; at < 2; at++) {
		const struct table table = table_of(h, files[at]);
		const struct ledger_mapping mapping = ledger_mapping_guess(h->arena, assets(h), &table);
		LOOK(h, look);
		struct error *error = ledger_import_preview(&look, h->pack, assets(h), &table, &mapping,
							    h->section, &import);
		assert_non_null(error);
		assert_int_equal(error->kind, ERROR_INVALID);
	}
}

static void
an_import_that_fails_half_way_changes_nothing(void **state)
{
	struct house *h = *state;
	struct file file = preview(h, GOOD);
	fault_walk(h, h->manager, apply, &file);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_open, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(columns_are_known_by_the_names_people_use),
		PROMISE(a_title_above_the_heading_is_passed_over),
		PROMISE(units_are_named_or_coded_and_choices_are_what_people_call_them),
		PROMISE(a_code_that_looks_like_a_number_is_still_a_code),
		PROMISE(a_fault_names_its_line_and_the_column_of_the_file),
		PROMISE(rows_that_name_no_unit_take_the_usual_one),
		PROMISE(rows_with_a_number_are_changed_and_other_fields_kept),
		PROMISE(what_changed_since_the_preview_stops_it),
		PROMISE(rows_of_units_one_does_not_keep_are_wrong),
		PROMISE(a_file_without_rows_or_names_is_refused),
		PROMISE(an_import_that_fails_half_way_changes_nothing),
	};
	return cmocka_run_group_tests_name("ledger_import", tests, NULL, NULL);
}
