/* What people promises of imports: seen before done, bound to what was seen, nothing deleted. */
#include "people_house.h"

#include <iconv.h>

#define ORGANISATION                                                  \
	"組織コード,組織名,親組織コード,種別\r\n"                     \
	"0001,試験市,,団体\r\n0100,総務局,0001,局\r\n"                \
	"0110,人事課,0100,課\r\n0120,契約管財課,0100,課\r\n"          \
	"0200,健康局,0001,局\r\n0210,保健課,0200,課\r\n"

#define STAFF_HEAD "職員番号,氏名,フリガナ,メール,所属コード,役職,ログイン名,兼務\r\n"
#define STAFF                                                                          \
	STAFF_HEAD                                                                     \
	"000011,髙橋 課子,タカハシ カコ,taro@example.lg.jp,0120,課長,takahashi,\r\n"   \
	"000012,山田 太郎,ヤマダ タロウ,yamada@example.lg.jp,0110,主事,,\r\n"          \
	"000900,﨑山 花,サキヤマ ハナ,,0110,主事,Sakiyama,\r\n"                        \
	"000900,﨑山 花,サキヤマ ハナ,,0120,主事,,兼務\r\n"

static struct people_import_options units_options = { .kind = IMPORT_UNITS };
static struct people_import_options staff_options = { .kind = IMPORT_STAFF };

static void
options_reset(void)
{
	units_options = (struct people_import_options){ .kind = IMPORT_UNITS, .day = DAY_NONE };
	staff_options = (struct people_import_options){ .kind = IMPORT_STAFF, .day = DAY_NONE };
}

static struct people_import
preview(struct house *h, const struct people_import_options *options, struct text file)
{
	struct people_import import;
	LOOK(h, look);
	must(people_import_preview(&look, options, file, &import));
	return import;
}

static bool
has_fault(const struct people_import *import, int64_t line, const char *column, const char *words)
{
	for (size_t at = 0; at < import->faults_count; at++)
		if (import->faults[at].line == line &&
		    (column == NULL || text_is(import->faults[at].column, column)) &&
		    text_has(import->faults[at].wrong, text_of(words)))
			return true;
	return false;
}

static const struct import_change *
change_of(const struct people_import *import, const char *key)
{
	for (size_t at = 0; at < import->changes_count; at++)
		if (text_is(import->changes[at].key, key))
			return &import->changes[at];
	return NULL;
}

static struct people_import_order
order_of(struct house *h, const struct people_import_options *options, struct text file,
	 const struct people_import *import)
{
	return (struct people_import_order){ .pack = h->pack, .options = *options, .file = file,
					     .digest = import->digest,
					     .passwords = import->accounts,
					     .passwords_count = import->accounts_count };
}

static struct text
converted(struct house *h, const char *to, struct text utf8)
{
	iconv_t how = iconv_open(to, "UTF-8");
	char *out = arena_get(h->arena, 1, utf8.len * 4 + 4), *at = out;
	char *in = (char *)(uintptr_t)utf8.data;
	size_t left = utf8.len, room = utf8.len * 4;
	assert_int_not_equal(iconv(how, &in, &left, &at, &room), (size_t)-1);
	iconv_close(how);
	return (struct text){ out, (size_t)(at - out) };
}

static void
an_organisation_is_seen_before_it_is_imported(void **state)
{
	struct house *h = *state;
	options_reset();
	struct people_import import = preview(h, &units_options, T(ORGANISATION));
	assert_int_equal(import.added, 2);
	assert_int_equal(import.changed, 1);
	assert_int_equal(import.faults_count, 0);
	const struct import_change *change = change_of(&import, "0120");
	assert_int_equal(change->what, IMPORT_CHANGED);
	assert_int_equal(change->fields_count, 1);
	assert_true(text_is(change->fields[0].was, "契約課"));
	assert_true(text_is(change->fields[0].becomes, "契約管財課"));
	struct people_import_order order = order_of(h, &units_options, T(ORGANISATION), &import);
	fault_walk(h, NOBODY, people_import, &order);
	LOOK(h, look);
	struct unit unit;
	bool found, is_under;
	must(people_unit_by_code(&look, T("0210"), D(0), &found, &unit));
	assert_true(found && unit.kind == UNIT_SECTION);
	must(people_unit_is_under(&look, unit.id, h->city, &is_under));
	assert_true(is_under);
	look_end(&look);
	look = (struct look){ 0 };
	import = preview(h, &units_options, T(ORGANISATION));
	assert_int_equal(import.changes_count, 0);
	assert_int_equal(import.same, 6);
}

static void
children_may_stand_before_their_parents(void **state)
{
	struct house *h = *state;
	options_reset();
	const struct text file = T("所属コード,所属名,上位所属コード\n0991,甲係,0990\n0990,甲課,0900\n"
				   "0900,甲局,0001\n");
	struct people_import import = preview(h, &units_options, file);
	assert_int_equal(import.added, 3);
	struct people_import_order order = order_of(h, &units_options, file, &import);
	must(act_now(h, people_import, &order));
	import = preview(h, &units_options, file);
	assert_int_equal(import.changes_count, 0);
}

static void
faults_of_an_organisation_name_line_and_column(void **state)
{
	struct house *h = *state;
	options_reset();
	const struct text file = T("コード,名称,親コード,種別\n"
				   "0300,甲,0310,課\n0310,乙,0300,課\n" /* 2, 3: a circle */
				   "0120,重複,0100,課\n0120,重複,0100,課\n" /* 5: twice */
				   "120,契約課,0100,課\n"		   /* 6: lost zero */
				   "0400,丙,9999,課\n"			   /* 7: no such parent */
				   "0500,丁,0001,組\n"			   /* 8: no such kind */
				   ",戊,0001,課\n"			   /* 9: no code */
				   "0600,己?課,0001,課\n"		   /* 10: a hint */
				   "0410,庚,0400,課\n");		   /* 11: below a faulty one */
	struct people_import import = preview(h, &units_options, file);
	assert_true(has_fault(&import, 2, "親コード", "自分に戻って"));
	assert_true(has_fault(&import, 3, "親コード", "自分に戻って"));
	assert_true(has_fault(&import, 5, "コード", "4行目にも"));
	assert_true(has_fault(&import, 6, "コード", "先頭の0"));
	assert_true(has_fault(&import, 7, "親コード", "9999"));
	assert_true(has_fault(&import, 8, "種別", "組"));
	assert_true(has_fault(&import, 9, "コード", "入力"));
	assert_true(has_fault(&import, 10, "名称", "失われた"));
	assert_true(has_fault(&import, 11, "親コード", "0400"));
	assert_int_equal(import.hints, 1);
	struct people_import_order order = order_of(h, &units_options, file, &import);
	struct error *error = act_now(h, people_import, &order);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INVALID);
	units_options.leaves_out_faulty = true;
	import = preview(h, &units_options, file);
	order = order_of(h, &units_options, file, &import);
	must(act_now(h, people_import, &order));
	LOOK(h, look);
	struct unit unit;
	bool found;
	must(people_unit_by_code(&look, T("0600"), D(0), &found, &unit));
	assert_true(found);
	must(people_unit_by_code(&look, T("0410"), D(0), &found, &unit));
	assert_false(found);
}

static void
import_units_first(struct house *h)
{
	const struct people_import import = preview(h, &units_options, T(ORGANISATION));
	struct people_import_order order = order_of(h, &units_options, T(ORGANISATION), &import);
	must(act_now(h, people_import, &order));
}

static void
staff_are_added_moved_and_given_accounts_once(void **state)
{
	struct house *h = *state;
	options_reset();
	import_units_first(h);
	staff_options.opens_accounts = true;
	struct people_import import = preview(h, &staff_options, T(STAFF));
	assert_int_equal(import.faults_count, 0);
	assert_int_equal(import.added, 1);
	assert_int_equal(import.changed, 2);
	const struct import_change *moved = change_of(&import, "000011");
	assert_int_equal(moved->fields_count, 2); /* place, login */
	assert_true(text_has(moved->fields[1].was, T("人事課")));
	assert_true(text_has(moved->fields[1].becomes, T("契約管財課")));
	assert_int_equal(import.accounts_count, 2);
	must(people_import_passwords(h->arena, &import, NULL, NULL));
	const struct text csv = people_import_passwords_csv(h->arena, import.accounts, 2);
	assert_true(text_has(csv, T("sakiyama")) && text_has(csv, import.accounts[1].clear));
	struct people_import_order order = order_of(h, &staff_options, T(STAFF), &import);
	fault_walk(h, NOBODY, people_import, &order);
	assert_non_null(act_now(h, people_import, &order)); /* not twice */
	LOOK(h, look);
	struct assignment *list;
	struct person person;
	size_t count;
	bool found;
	must(people_person_by_number(&look, T("000900"), &found, &person));
	assert_true(found && text_is(person.family, "﨑山"));
	must(people_assignments_of(&look, person.id, &list, &count));
	assert_int_equal(count, 2);
	assert_true(list[0].is_main != list[1].is_main);
	must(people_assignments_of(&look, h->manager, &list, &count));
	assert_int_equal(count, 2);
	assert_true(text_is(list[0].unit_name, "契約管財課"));
	assert_int_equal(list[1].until.no, D(-1).no);
	look_end(&look);
	look = (struct look){ 0 };
	import = preview(h, &staff_options, T(STAFF));
	assert_int_equal(import.changes_count, 0);
}

#define TERMS                                                                                     \
	"職員番号,氏名,所属コード,役職,任用区分,任期満了日,兼務\r\n"                                    \
	"000011,髙橋 課子,0110,課長,正規,,\r\n"                                                       \
	"000011,髙橋 課子,0120,課長,,,事務取扱\r\n" /* 3: acts for a vacant post */                   \
	"000950,年度 花,0110,事務員,会計年度任用職員,R9.3.31,\r\n"                                    \
	"000951,年度 月,0110,事務員,会計年度,,\r\n"	/* 5: without an end */                            \
	"000952,外 仁,0110,運用員,委託,,\r\n"		/* 6: of a firm */                                  \
	"000953,不明 子,0110,事務員,臨時,,\r\n"		/* 7: no such kind */

static void
terms_and_kinds_of_employment_are_read(void **state)
{
	struct house *h = *state;
	options_reset();
	struct people_import import = preview(h, &staff_options, T(TERMS));
	assert_true(has_fault(&import, 5, "任期満了日", "任期の終わり"));
	assert_true(has_fault(&import, 6, "任用区分", "委託先"));
	assert_true(has_fault(&import, 7, "任用区分", "臨時"));
	assert_int_equal(import.added, 1);
	staff_options.leaves_out_faulty = true;
	import = preview(h, &staff_options, T(TERMS));
	struct people_import_order order = order_of(h, &staff_options, T(TERMS), &import);
	must(act_now(h, people_import, &order));
	LOOK(h, look);
	struct assignment *list;
	struct person person;
	size_t count;
	bool found, is_acting = false;
	must(people_person_by_number(&look, T("000950"), &found, &person));
	assert_true(found && person.employment == EMPLOYMENT_FISCAL);
	struct day end;
	assert_true(day_read(T("2027-03-31"), &end) && person.until.no == end.no);
	must(people_assignments_of(&look, h->manager, &list, &count));
	for (size_t at = 0; at < count; at++)
		is_acting = is_acting || (!list[at].is_main && list[at].beside == BESIDE_ACTING &&
					  text_is(list[at].unit_name, "契約課"));
	assert_true(is_acting);
	look_end(&look);
	look = (struct look){ 0 };
	import = preview(h, &staff_options, T(TERMS));
	assert_int_equal(import.changes_count, 0);
}

static void
an_organisation_for_april_changes_nothing_before_it(void **state)
{
	struct house *h = *state;
	struct unit unit;
	options_reset();
	units_options.day = D(100);
	struct people_import import = preview(h, &units_options, T(ORGANISATION));
	struct people_import_order order = order_of(h, &units_options, T(ORGANISATION), &import);
	must(act_now(h, people_import, &order));
	LOOK(h, look);
	must(people_unit_on(&look, h->other, D(99), &unit));
	assert_true(text_is(unit.name, "契約課"));
	must(people_unit_on(&look, h->other, D(100), &unit));
	assert_true(text_is(unit.name, "契約管財課"));
}

static void
the_same_file_reads_the_same_in_every_encoding(void **state)
{
	struct house *h = *state;
	options_reset();
	import_units_first(h);
	const struct text tabs = text_replace(h->arena, T(STAFF), T(","), T("\t"));
	const struct text utf16 = text_join(h->arena, T("\xff\xfe"), converted(h, "UTF-16LE", tabs));
	const struct text cp932 = converted(h, "CP932", T(STAFF));
	const struct text bom = text_join(h->arena, T("\xef\xbb\xbf"), T(STAFF));
	const struct text files[] = { T(STAFF), bom, cp932, utf16 };
	for (size_t at = 0; at < 4; at++) {
		const struct people_import import = preview(h, &staff_options, files[at]);
		assert_int_equal(import.added, 1);
		assert_int_equal(import.changed, 2);
		assert_int_equal(import.faults_count, 0);
		assert_true(text_is(change_of(&import, "000900")->name, "﨑山　花"));
	}
}

static void
nobody_is_ended_unless_the_operator_says_so(void **state)
{
	struct house *h = *state;
	options_reset();
	const struct text file = T(STAFF_HEAD "000011,髙橋 課子,タカハシ カコ,taro@example.lg.jp,0110,課長,,\n");
	struct people_import import = preview(h, &staff_options, file);
	assert_int_equal(import.changes_count, 0);
	staff_options.ends_missing = true;
	staff_options.day = D(30);
	import = preview(h, &staff_options, file);
	assert_int_equal(import.ended, 3);
	assert_true(has_fault(&import, 0, NULL, "000012")); /* the operator stays */
	struct people_import_order order = order_of(h, &staff_options, file, &import);
	fault_walk(h, NOBODY, people_import, &order);
	LOOK(h, look);
	struct person person;
	must(people_person(&look, h->deputy, &person));
	assert_int_equal(person.until.no, D(29).no);
}

static void
an_import_is_bound_to_what_was_previewed(void **state)
{
	struct house *h = *state;
	options_reset();
	import_units_first(h);
	const struct people_import import = preview(h, &staff_options, T(STAFF));
	struct people_import_order order = order_of(h, &staff_options, T(STAFF), &import);
	order.file = T(STAFF "000901,別 人,ベツ ジン,,0110,主事,,\r\n");
	struct error *error = act_now(h, people_import, &order);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_CONFLICT);
	order.file = T(STAFF);
	order.options.ends_missing = true;
	assert_non_null(act_now(h, people_import, &order));
	order.options = staff_options;
	must(act_now(h, people_import, &order));
}

static void
faults_of_staff_name_line_and_column(void **state)
{
	struct house *h = *state;
	options_reset();
	staff_options.opens_accounts = true;
	const struct text file = T(STAFF_HEAD
				   "11,髙橋 課子,,,0110,課長,,\n"	 /* 2: lost zeros */
				   "000700,甲 一,,,0777,主事,,\n"	 /* 3: no such unit */
				   "000701,乙 二,,not-mail,0110,主事,,\n" /* 4: no address */
				   "000702,丙 三,,,110,主事,,\n"	 /* 5: lost zeros */
				   "000703,丁 四,,,0110,主事,a b,\n"	 /* 6: login */
				   "000704,戊 五,,,0110,主事,,\n000704,戊 五,,,0110,主事,,\n" /* 8 */
				   "000705,,,,0110,主事,,\n"		 /* 9: no name */
				   "000706,己 六,,,0110,主事,,兼務\n"	 /* 10: no main row */
				   ",庚 七,,,0110,主事,,\n"		 /* 11: no number */
				   "000708,辛 八,,,0110,主事,same,\n000709,壬 九,,,0110,主事,same,\n");
	struct people_import import = preview(h, &staff_options, file);
	assert_true(has_fault(&import, 2, "職員番号", "先頭の0"));
	assert_true(has_fault(&import, 3, "所属コード", "0777"));
	assert_true(has_fault(&import, 4, "メール", "メールアドレス"));
	assert_true(has_fault(&import, 5, "所属コード", "0110"));
	assert_true(has_fault(&import, 6, "ログイン名", "半角"));
	assert_true(has_fault(&import, 8, "職員番号", "7行目にも"));
	assert_true(has_fault(&import, 9, "氏名", "入力"));
	assert_true(has_fault(&import, 10, "職員番号", "本務の行"));
	assert_true(has_fault(&import, 11, "職員番号", "職員番号が"));
	assert_true(has_fault(&import, 13, "ログイン名", "12行目"));
	assert_int_equal(import.added, 2); /* lines 7 and 12 */
	LOOK(h, look);
	struct error *error = people_import_preview(&look, &staff_options, T("番地,町\n1,甲\n"), &import);
	assert_non_null(error); /* both missing columns are named */
	assert_int_equal(error_count(error), 2);
}

#define HOUSE_TEST(name) cmocka_unit_test_setup_teardown(name, house_open, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE_TEST(an_organisation_is_seen_before_it_is_imported),
		HOUSE_TEST(children_may_stand_before_their_parents),
		HOUSE_TEST(faults_of_an_organisation_name_line_and_column),
		HOUSE_TEST(staff_are_added_moved_and_given_accounts_once),
		HOUSE_TEST(terms_and_kinds_of_employment_are_read),
		HOUSE_TEST(an_organisation_for_april_changes_nothing_before_it),
		HOUSE_TEST(the_same_file_reads_the_same_in_every_encoding),
		HOUSE_TEST(nobody_is_ended_unless_the_operator_says_so),
		HOUSE_TEST(an_import_is_bound_to_what_was_previewed),
		HOUSE_TEST(faults_of_staff_name_line_and_column),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
