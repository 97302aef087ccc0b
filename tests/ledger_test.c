/* What the ledger promises: rules of copies and serials, lists, search, versions, confirmation. */
#include "people_house.h"

#include "base/table.h"
#include "base/writer.h"
#include "ledger/ledger.h"

/* One act of the ledger, as the tests ask for it. */
struct doing {
	struct house *house;
	const struct pack_ledger *ledger;
	const char *name, *class_code, *serial, *parent, *place;
	int64_t owner;
	struct row_id row;
	int64_t revision, confirmed;
	struct text why;
};

static const struct pack_ledger *
assets(struct house *h)
{
	const struct pack_ledger *ledger = pack_ledger(h->pack, T("asset"));
	assert_non_null(ledger);
	return ledger;
}

static size_t
values_of(struct doing *doing, struct ledger_value *values)
{
	struct arena *arena = doing->house->arena;
	size_t count = 0;
	const char *const pairs[][2] = {
		{ "name", doing->name },
		{ "shape", "usb" },
		{ "place", doing->place != NULL ? doing->place : "3階 書庫" },
		{ "class", doing->class_code },
		{ "serial", doing->serial },
		{ "copy-of", doing->parent },
	};
	for (size_t at = 0; at < sizeof pairs / sizeof *pairs; at++)
		if (pairs[at][1] != NULL)
			values[count++] = (struct ledger_value){ text_of(pairs[at][0]),
								 text_of(pairs[at][1]) };
	const int64_t owner = doing->owner != 0 ? doing->owner : doing->house->section.no;
	values[count++] = (struct ledger_value){ T("owner"),
						 text_format(arena, "%lld", (long long)owner) };
	return count;
}

static struct error *
enter_row(struct act *act, void *with)
{
	struct doing *doing = with;
	struct ledger_value values[8];
	const size_t count = values_of(doing, values);
	return ledger_add(act, doing->house->pack, assets(doing->house), values, count, &doing->row);
}

static struct error *
change_row(struct act *act, void *with)
{
	struct doing *doing = with;
	struct ledger_value values[8];
	const size_t count = values_of(doing, values);
	return ledger_change(act, doing->house->pack, doing->row, doing->revision, values, count);
}

static struct error *
confirm_unit(struct act *act, void *with)
{
	struct doing *doing = with;
	return ledger_confirm(act, doing->house->pack, assets(doing->house), doing->house->section,
			      &doing->confirmed);
}

static struct error *
retire_row(struct act *act, void *with)
{
	struct doing *doing = with;
	return ledger_retire(act, doing->house->pack, doing->row, 0, doing->why);
}

#define ENTER(h, ...)                                                                          \
	__extension__({                                                                        \
		struct doing doing_ = { .house = (h), __VA_ARGS__ };                           \
		if (doing_.name == NULL)                                                       \
			doing_.name = "名簿";                                                  \
		must(act_as((h), (h)->manager, enter_row, &doing_));                           \
		doing_;                                                                        \
	})

/* Refused as INVALID, naming the field. */
static void
assert_fault(struct error *error, const char *field)
{
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INVALID);
	for (const struct error *one = error; one != NULL; one = one->next)
		if (text_is(one->field, field))
			return;
	fail_msg("%.*s [%.*s], not %s", T_ARG(error->words), T_ARG(error->field), field);
}

static struct ledger_row
read_row(struct house *h, struct row_id id)
{
	struct ledger_row row;
	LOOK(h, look);
	must(ledger_read(&look, h->pack, id, &row));
	return row;
}

static const char *
words_of(struct house *h, int64_t number)
{
	return text_z(h->arena, text_format(h->arena, "%lld", (long long)number));
}

static void
what_is_typed_is_checked_and_every_fault_named(void **state)
{
	struct house *h = *state;
	struct doing doing = { .house = h, .class_code = "Ⅹ", .owner = 4711 };
	struct error *error = act_as(h, h->manager, enter_row, &doing);
	assert_fault(error, "name");
	assert_fault(error, "class");
	assert_fault(error, "owner");
	assert_int_equal(error_count(error), 3);
}

static void
values_come_back_as_they_were_typed(void **state)
{
	static const char *const odd[] = { "\"", "\\", "a\\\"b\\", "「引用」\"と\\と/",
					   "{\"name\":\"x\"}", "\\u0041", "終わり\\" };
	struct house *h = *state;
	for (size_t at = 0; at < sizeof odd / sizeof *odd; at++) {
		struct doing doing = ENTER(h, .name = odd[at], .class_code = "II");
		const struct ledger_row row = read_row(h, doing.row);
		assert_true(text_is(ledger_value(h->arena, &row, "name"), odd[at]));
		assert_true(text_is(ledger_value(h->arena, &row, "class"), "II"));
		assert_int_equal(ledger_value(h->arena, &row, "nothing").len, 0);
	}
}

static void
every_entry_says_about_which_row(void **state)
{
	struct house *h = *state;
	const int before = h->entries;
	struct doing row = ENTER(h, .class_code = "II");
	assert_int_equal(h->entries, before + 1);
	assert_string_equal(h->last_act, "ledger.add");
	assert_string_equal(h->last_about,
			    text_z(h->arena, text_format(h->arena, "asset:%lld",
							 (long long)row.row.no)));
	assert_int_equal(read_row(h, row.row).number, 1);
	assert_int_equal(read_row(h, row.row).revision, 1);
}

static void
a_copy_never_stands_below_what_it_was_copied_from(void **state)
{
	struct house *h = *state;
	struct doing original = ENTER(h, .class_code = "II");
	struct doing copy = { .house = h, .name = "写し", .class_code = "III",
			      .parent = words_of(h, original.row.no) };
	assert_fault(act_as(h, h->manager, enter_row, &copy), "class");
	copy.class_code = "II";
	must(act_as(h, h->manager, enter_row, &copy));
	/* nor may the original rise above its copy */
	original.class_code = "I";
	original.revision = 1;
	assert_fault(act_as(h, h->manager, change_row, &original), "class");
	copy.class_code = "I";
	copy.revision = 1;
	must(act_as(h, h->manager, change_row, &copy));
	must(act_as(h, h->manager, change_row, &original));
	struct ledger_row *copies;
	size_t count;
	LOOK(h, look);
	must(ledger_copies(&look, h->pack, original.row, &copies, &count));
	assert_int_equal(count, 1);
	assert_int_equal(copies[0].id.no, copy.row.no);
}

static void
what_is_not_classified_counts_as_the_highest(void **state)
{
	struct house *h = *state;
	struct doing low = ENTER(h, .class_code = "III");
	struct doing none = ENTER(h, .class_code = NULL);
	const struct row_id both[] = { low.row, none.row };
	const struct pack_class *highest;
	LOOK(h, look);
	must(ledger_highest_class(&look, h->pack, both, 1, &highest));
	assert_true(text_is(highest->code, "III"));
	must(ledger_highest_class(&look, h->pack, both, 2, &highest));
	assert_ptr_equal(highest, h->pack->axes[0].unclassified);
}

static void
nothing_is_a_copy_of_itself(void **state)
{
	struct house *h = *state;
	struct doing a = ENTER(h, .class_code = "II");
	struct doing b = ENTER(h, .class_code = "II", .parent = words_of(h, a.row.no));
	a.revision = 1;
	a.parent = words_of(h, a.row.no);
	assert_fault(act_as(h, h->manager, change_row, &a), "copy-of");
	a.parent = words_of(h, b.row.no);
	assert_fault(act_as(h, h->manager, change_row, &a), "copy-of");
	a.parent = "99999";
	assert_fault(act_as(h, h->manager, change_row, &a), "copy-of");
}

static void
a_serial_number_is_used_by_one_living_row(void **state)
{
	struct house *h = *state;
	struct doing first = ENTER(h, .serial = "SN-001");
	struct doing second = { .house = h, .name = "二つ目", .serial = "ｓｎ－００１" };
	struct error *error = act_as(h, h->manager, enter_row, &second);
	assert_fault(error, "serial");
	first.why = T("登録の誤り");
	must(act_as(h, h->manager, retire_row, &first));
	must(act_as(h, h->manager, enter_row, &second));
	struct ledger_row row;
	bool found;
	LOOK(h, look);
	must(ledger_by_serial(&look, h->pack, assets(h), T("SN－001 "), &found, &row));
	assert_true(found);
	assert_int_equal(row.id.no, second.row.no);
}

static void
two_who_change_the_same_do_not_both_win(void **state)
{
	struct house *h = *state;
	struct doing row = ENTER(h, .class_code = "II");
	row.revision = 1;
	row.name = "名簿(改)";
	must(act_as(h, h->manager, change_row, &row));
	row.name = "名簿(別)";
	struct error *error = act_as(h, h->staff, change_row, &row);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_CONFLICT);
	assert_true(text_is(read_row(h, row.row).title, "名簿(改)"));
	/* what changes nothing leaves no entry */
	const int before = h->entries;
	row.revision = 2;
	row.name = "名簿(改)";
	must(act_as(h, h->manager, change_row, &row));
	assert_int_equal(h->entries, before);
	assert_int_equal(read_row(h, row.row).revision, 2);
}

static void
a_version_says_what_became_of_what(void **state)
{
	struct house *h = *state;
	struct doing row = ENTER(h, .class_code = "II");
	row.revision = 1;
	row.class_code = "I";
	row.owner = h->other.no;
	must(act_as(h, h->staff, change_row, &row));
	row.why = T("二重に登録していた");
	must(act_as(h, h->manager, retire_row, &row));
	struct ledger_version *versions;
	size_t count;
	LOOK(h, look);
	must(ledger_versions(&look, h->pack, row.row, 0, 10, &versions, &count));
	assert_int_equal(count, 3);
	assert_true(text_is(versions[0].act, "ledger.retire"));
	assert_true(text_is(versions[0].why, "二重に登録していた"));
	assert_int_equal(versions[0].changes_count, 0);
	assert_int_equal(versions[1].person, h->staff.no);
	assert_int_equal(versions[1].changes_count, 2);
	assert_true(text_is(versions[1].changes[0].field->name, "class"));
	assert_true(text_has(versions[1].changes[0].before, T("Ⅱ")));
	assert_true(text_has(versions[1].changes[0].after, T("Ⅰ")));
	assert_true(text_is(versions[1].changes[1].before, "人事課"));
	assert_true(text_is(versions[1].changes[1].after, "契約課"));
	assert_true(text_is(versions[2].act, "ledger.add"));
	assert_true(versions[2].changes_count >= 4);
	must(ledger_versions(&look, h->pack, row.row, 3, 1, &versions, &count));
	assert_int_equal(count, 1);
	assert_int_equal(versions[0].revision, 2);
	assert_int_equal(versions[0].changes_count, 2);
}

static void
a_retired_row_is_closed_for_good(void **state)
{
	struct house *h = *state;
	struct doing row = ENTER(h, .class_code = "II");
	assert_fault(act_as(h, h->manager, retire_row, &row), "why");
	row.why = T("登録の誤り");
	must(act_as(h, h->manager, retire_row, &row));
	struct error *error = act_as(h, h->manager, retire_row, &row);
	assert_int_equal(error->kind, ERROR_CONFLICT);
	row.revision = 2;
	error = act_as(h, h->manager, change_row, &row);
	assert_int_equal(error->kind, ERROR_CONFLICT);
	assert_int_equal(read_row(h, row.row).state, ROW_RETIRED);
}

static struct ledger_page
list(struct house *h, struct ledger_query query, size_t most)
{
	struct ledger_page page;
	LOOK(h, look);
	must(ledger_list(&look, h->pack, assets(h), &query, most, &page));
	return page;
}

static int64_t
found(struct house *h, const char *words)
{
	return list(h, (struct ledger_query){ .words = text_of(words) }, 50).total;
}

static void
search_minds_neither_width_nor_kana_nor_spaces(void **state)
{
	struct house *h = *state;
	(void)ENTER(h, .name = "住民 基本台帳データ 2026", .serial = "ABC-123");
	(void)ENTER(h, .name = "髙橋関係綴り", .place = "本庁舎100%倉庫");
	assert_int_equal(found(h, "住民基本"), 1);
	assert_int_equal(found(h, "ﾃﾞｰﾀ"), 1);
	assert_int_equal(found(h, "でーた"), 1);
	assert_int_equal(found(h, "２０２６　基本台帳"), 1); /* words in any order, all must match */
	assert_int_equal(found(h, "2027 基本台帳"), 0);
	assert_int_equal(found(h, "ａｂｃ－１２３"), 1);
	assert_int_equal(found(h, "高橋"), 1);
	assert_int_equal(found(h, "100%"), 1);
	assert_int_equal(found(h, "%"), 1); /* a sign, not a wildcard */
	assert_int_equal(found(h, "_"), 0);
	assert_int_equal(found(h, "\\"), 0);
	assert_int_equal(found(h, "　 "), 2);
}

enum { MANY = 3001 };

static struct error *
enter_many(struct act *act, void *with)
{
	struct doing *doing = with;
	static const char *const classes[] = { "I", "II", "III", NULL };
	for (int at = 0; at < MANY; at++) {
		char name[64];
		snprintf(name, sizeof name, "資産%d", at % 700);
		doing->name = name;
		doing->class_code = classes[at % 4];
		doing->owner = at % 3 == 0 ? doing->house->other.no : doing->house->section.no;
		TRY(enter_row(act, doing));
	}
	return OK;
}

/* Every row once, in order, whatever the size of a page. */
static void
walk_pages(struct house *h, struct ledger_query query, int64_t expected)
{
	char seen[MANY + 2] = { 0 };
	int64_t got = 0;
	struct ledger_row last = { 0 };
	do {
		const struct ledger_page page = list(h, query, 97);
		assert_int_equal(page.total, expected);
		for (size_t at = 0; at < page.count; at++) {
			const struct ledger_row *row = &page.rows[at];
			assert_int_equal(seen[row->number]++, 0);
			if (last.number != 0 && query.sort == SORT_TITLE)
				assert_true(text_order(last.title, row->title) <= 0);
			if (last.number != 0 && query.sort == SORT_NUMBER)
				assert_true(last.number < row->number);
			last = *row;
			got++;
		}
		query.after = page.next;
	} while (query.after.len != 0);
	assert_int_equal(got, expected);
}

static int64_t
total(struct house *h, struct ledger_query query)
{
	return list(h, query, 1).total; /* counted, as there are more */
}

static void
totals_follow_what_is_moved_and_closed(void **state)
{
	struct house *h = *state;
	struct doing rows[5];
	for (int at = 0; at < 5; at++)
		rows[at] = ENTER(h, .class_code = "II");
	const struct ledger_query all = { 0 }, of_class = { .class_code = T("II") },
				  of_unit = { .owner = h->section.no },
				  within = { .within = &h->section, .within_count = 1 };
	assert_int_equal(total(h, all), 5);
	rows[0].owner = h->other.no;
	rows[0].revision = 1;
	must(act_as(h, h->manager, change_row, &rows[0]));
	assert_int_equal(total(h, all), 5);
	assert_int_equal(total(h, of_class), 5);
	assert_int_equal(total(h, of_unit), 4);
	assert_int_equal(total(h, within), 4);
	rows[1].class_code = "III";
	rows[1].revision = 1;
	must(act_as(h, h->manager, change_row, &rows[1]));
	assert_int_equal(total(h, of_class), 4);
	rows[2].why = T("登録の誤り");
	must(act_as(h, h->manager, retire_row, &rows[2]));
	rows[3].why = T("登録の誤り");
	must(act_as(h, h->manager, retire_row, &rows[3]));
	assert_int_equal(total(h, all), 3);
	assert_int_equal(total(h, of_unit), 2);
	assert_int_equal(total(h, (struct ledger_query){ .state = ROW_RETIRED }), 2);
}

static void
paging_shows_every_row_once_in_every_order(void **state)
{
	struct house *h = *state;
	struct doing doing = { .house = h };
	must(act_as(h, h->manager, enter_many, &doing));
	for (int sort = SORT_NUMBER; sort <= SORT_CHANGED; sort++) {
		walk_pages(h, (struct ledger_query){ .sort = sort }, MANY);
		walk_pages(h, (struct ledger_query){ .sort = sort, .owner = h->other.no }, 1001);
		walk_pages(h, (struct ledger_query){ .sort = sort, .words = T("資産69") }, 11 * 4 + 1);
		walk_pages(h, (struct ledger_query){ .sort = sort, .class_code = T("I") }, 751);
		walk_pages(h, (struct ledger_query){ .sort = sort, .within = &h->bureau,
						     .within_count = 1 }, MANY);
		walk_pages(h, (struct ledger_query){ .sort = sort, .within = &h->section,
						     .within_count = 1 }, 2000);
	}
	struct ledger_page page;
	LOOK(h, look);
	assert_fault(ledger_list(&look, h->pack, assets(h),
				 &(struct ledger_query){ .after = T("いたずら") }, 50, &page), "after");
}

static void
a_unit_confirms_its_rows_once_a_year(void **state)
{
	struct house *h = *state;
	struct doing doing = { .house = h };
	assert_fault(act_as(h, h->manager, confirm_unit, &doing), "unit");
	(void)ENTER(h, .class_code = "II");
	(void)ENTER(h, .class_code = "II");
	(void)ENTER(h, .class_code = "II", .owner = h->other.no);
	const struct moment entered = h->now;
	h->now.ms += (int64_t)400 * 86400000;
	const struct moment since = { h->now.ms - (int64_t)365 * 86400000 };
	struct ledger_query stale = { .is_unconfirmed = true, .unconfirmed_before = since };
	assert_int_equal(list(h, stale, 50).total, 3);
	const int before = h->entries;
	must(act_as(h, h->manager, confirm_unit, &doing));
	assert_int_equal(doing.confirmed, 2);
	assert_int_equal(h->entries, before + 1);
	assert_string_equal(h->last_act, "ledger.confirm");
	assert_int_equal(list(h, stale, 50).total, 1);
	struct ledger_confirmation *units;
	size_t count;
	LOOK(h, look);
	must(ledger_confirmations(&look, assets(h), since, &units, &count));
	assert_int_equal(count, 2);
	for (size_t at = 0; at < count; at++) {
		const bool is_ours = units[at].unit.no == h->section.no;
		assert_int_equal(units[at].rows, is_ours ? 2 : 1);
		assert_int_equal(units[at].stale, is_ours ? 0 : 1);
		assert_int_equal(units[at].at.ms, is_ours ? h->now.ms : 0);
	}
	assert_true(entered.ms < h->now.ms);
}

static void
people_write_units_and_assets_in_their_own_words(void **state)
{
	struct house *h = *state;
	struct doing row = ENTER(h, .class_code = "II");
	const struct pack_field *owner = ledger_field(assets(h), T("owner"));
	const struct pack_field *parent = ledger_field(assets(h), T("copy-of"));
	struct text value;
	LOOK(h, look);
	static const char *const ways[] = { "0110", "人事課", "総務局人事課", "総務局　人事課", " 人事課 ",
					    "試験市総務局 人事課" };
	for (size_t at = 0; at < sizeof ways / sizeof *ways; at++) {
		must(ledger_resolve(&look, owner, text_of(ways[at]), &value));
		assert_string_equal(text_z(h->arena, value), words_of(h, h->section.no));
	}
	assert_fault(ledger_resolve(&look, owner, T("教育局人事課"), &value), "owner");
	must(ledger_resolve(&look, parent, T("1 名簿"), &value));
	assert_string_equal(text_z(h->arena, value), words_of(h, row.row.no));
	assert_fault(ledger_resolve(&look, parent, T("77"), &value), "copy-of");
}

/* Every act, with each of its store calls failing in turn. */
static void
what_fails_half_way_changes_nothing(void **state)
{
	struct house *h = *state;
	struct doing row = { .house = h, .name = "名簿", .class_code = "II", .serial = "S-1" };
	fault_walk(h, h->manager, enter_row, &row);
	row.revision = 1;
	row.class_code = "I";
	fault_walk(h, h->manager, change_row, &row);
	h->now.ms += 1000;
	fault_walk(h, h->manager, confirm_unit, &row);
	row.why = T("誤り");
	fault_walk(h, h->manager, retire_row, &row);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_open, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(what_is_typed_is_checked_and_every_fault_named),
		PROMISE(values_come_back_as_they_were_typed),
		PROMISE(every_entry_says_about_which_row),
		PROMISE(a_copy_never_stands_below_what_it_was_copied_from),
		PROMISE(what_is_not_classified_counts_as_the_highest),
		PROMISE(nothing_is_a_copy_of_itself),
		PROMISE(a_serial_number_is_used_by_one_living_row),
		PROMISE(two_who_change_the_same_do_not_both_win),
		PROMISE(a_version_says_what_became_of_what),
		PROMISE(a_retired_row_is_closed_for_good),
		PROMISE(search_minds_neither_width_nor_kana_nor_spaces),
		PROMISE(paging_shows_every_row_once_in_every_order),
		PROMISE(totals_follow_what_is_moved_and_closed),
		PROMISE(a_unit_confirms_its_rows_once_a_year),
		PROMISE(people_write_units_and_assets_in_their_own_words),
		PROMISE(what_fails_half_way_changes_nothing),
	};
	return cmocka_run_group_tests_name("ledger", tests, NULL, NULL);
}
