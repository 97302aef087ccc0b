/* The room directory without a server: tables, matching, ties. tests/directory_test.sh has a real one. */
#include "people_house.h"

#include "directory/directory.h"

#define HEAD                                                                                   \
	"\"id\",\"login\",\"number\",\"name\",\"family\",\"given\",\"kana\",\"mail\",\"unit\",\"post\",\"state\"," \
	"\"created\",\"changed\",\"logon\",\"expires\",\"groups\",\"privileged\"\r\n"
#define ROW(id, login, number, family, state)                                                  \
	"\"" id "\",\"" login "\",\"" number "\",\"" family "\",\"" family "\",\"\",\"\",\"\",\"\",\"\",\"" state \
	"\",\"0\",\"0\",\"1763078400000\",\"2027-03-31\",\"a\ninner \"\"b\"\"\",\"a\"\r\n"

static struct text table = T_INIT(HEAD ROW("k-12", "yamada", "000012", "山田", "")
				  ROW("k-11", "kako", "000011", "髙橋", "")
				  ROW("k-13", "jiro", "000013", "𠮟野", "disabled")
				  ROW("k-10", "a b", "000010", "局田", "")
				  ROW("k-1a", "mayor1", "000001", "市原", "")
				  ROW("k-1b", "mayor2", "000001", "市原", "")
				  ROW("k-99", "nobody", "999999", "誰", "")
				  ROW("k-98", "nonumber", "", "誰", ""));

static struct directory_matching
preview(struct house *house, struct text bytes)
{
	struct directory_entry *list;
	struct directory_matching matching;
	size_t count;
	LOOK(house, look);
	must(directory_entries(house->arena, bytes, &list, &count));
	must(directory_match_preview(&look, list, count, &matching));
	return matching;
}

static struct error *
apply(struct house *house, struct text bytes, struct hash digest)
{
	struct directory_match_order order = { .pack = house->pack, .table = bytes, .digest = digest };
	return act_now(house, directory_match, &order);
}

static const struct directory_match *
match_of(const struct directory_matching *matching, const char *login)
{
	for (size_t at = 0; at < matching->count; at++)
		if (text_is(matching->list[at].login, login))
			return &matching->list[at];
	return NULL;
}

static void
a_table_is_read_as_it_was_written(void **state)
{
	struct house *house = *state;
	struct directory_entry *list;
	size_t count;
	must(directory_entries(house->arena, table, &list, &count));
	assert_int_equal(count, 8);
	assert_true(text_is(list[0].login, "a b")); /* by login */
	assert_true(text_is(list[1].login, "jiro"));
	assert_true(list[1].is_disabled && !list[0].is_disabled);
	assert_int_equal(list[0].last_logon.ms, 1763078400000);
	assert_int_equal(list[0].groups_count, 2);
	assert_true(text_is(list[0].groups[1], "inner \"b\""));
	assert_int_equal(list[0].privileged_count, 1);
}

static void
a_table_that_was_cut_off_is_refused(void **state)
{
	struct house *house = *state;
	struct directory_entry *list;
	size_t count, refused = 0;
	for (size_t len = 0; len < table.len; len++) {
		struct error *error = directory_entries(house->arena, text_first(table, len), &list, &count);
		if (error != OK) {
			assert_int_equal(error->kind, ERROR_INVALID);
			refused++;
		} else {
			assert_true(count <= 8); /* cut between two rows, or right behind a row's last cell */
		}
		error_sweep();
	}
	assert_true(refused > table.len / 2);
	assert_non_null(directory_entries(house->arena, T("職員番号,氏名\r\n1,山田\r\n"), &list, &count));
	error_sweep();
}

static void
who_would_be_tied_is_said_and_who_not_and_why(void **state)
{
	struct house *house = *state;
	const struct directory_matching matching = preview(house, table);
	assert_int_equal(matching.opened, 1);
	assert_int_equal(matching.left, 7);
	assert_int_equal(match_of(&matching, "kako")->what, MATCH_OPENED);
	/* An operator keeps a password of Bansho's. */
	assert_int_equal(match_of(&matching, "yamada")->what, MATCH_LEFT);
	assert_int_equal(match_of(&matching, "jiro")->what, MATCH_LEFT);
	assert_int_equal(match_of(&matching, "a b")->what, MATCH_LEFT);
	assert_int_equal(match_of(&matching, "mayor1")->what, MATCH_LEFT);
	assert_int_equal(match_of(&matching, "mayor2")->what, MATCH_LEFT);
	for (size_t at = 0; at < matching.count; at++)
		assert_true((matching.list[at].what == MATCH_LEFT) == (matching.list[at].why.len != 0));
}

static void
what_was_previewed_is_done_and_nothing_else(void **state)
{
	struct house *house = *state;
	struct account account;
	struct directory_tie tie;
	bool found;
	const struct directory_matching matching = preview(house, table);
	struct hash other = matching.digest;
	other.at[0] ^= 1;
	assert_int_equal(apply(house, table, other)->kind, ERROR_CONFLICT);
	error_sweep();
	{
		LOOK(house, look);
		must(directory_tie(&look, house->manager, &found, &tie));
		assert_false(found);
	}
	must(apply(house, table, matching.digest));
	LOOK(house, look);
	must(directory_tie(&look, house->manager, &found, &tie));
	assert_true(found && text_is(tie.key, "k-11"));
	must(people_account(&look, house->manager, &found, &account));
	assert_true(found && account.is_kept_elsewhere && text_is(account.login, "kako"));
	must(directory_tie(&look, house->staff, &found, &tie));
	assert_false(found);
	/* A second time there is nothing to do, and the first digest is worth nothing. */
	const struct directory_matching again = preview(house, table);
	assert_int_equal(again.same, 1);
	assert_int_equal(apply(house, table, matching.digest)->kind, ERROR_CONFLICT);
	error_sweep();
}

static void
nobody_is_untied_by_omission(void **state)
{
	struct house *house = *state;
	struct directory_tie tie;
	bool found;
	must(apply(house, table, preview(house, table).digest));
	const struct text empty = T(HEAD);
	const struct directory_matching matching = preview(house, empty);
	assert_int_equal(matching.unlisted, 1);
	must(apply(house, empty, matching.digest));
	LOOK(house, look);
	must(directory_tie(&look, house->manager, &found, &tie));
	assert_true(found);
}

static void
an_account_made_anew_under_the_same_name_is_shown_as_such(void **state)
{
	struct house *house = *state;
	must(apply(house, table, preview(house, table).digest));
	const struct text anew = T(HEAD ROW("k-other", "kako", "000011", "髙橋", ""));
	const struct directory_matching matching = preview(house, anew);
	assert_int_equal(matching.renewed, 1);
	assert_int_equal(match_of(&matching, "kako")->what, MATCH_RENEWED);
}

static struct error *
close_account(struct act *act, void *with)
{
	return people_account_close(act, ((struct house *)with)->manager);
}

static void
a_closed_account_is_not_opened_by_matching(void **state)
{
	struct house *house = *state;
	struct account account;
	bool found;
	must(apply(house, table, preview(house, table).digest));
	must(act_now(house, close_account, house));
	must(apply(house, table, preview(house, table).digest));
	LOOK(house, look);
	must(people_account(&look, house->manager, &found, &account));
	assert_true(account.is_closed);
}

static struct error *
untie(struct act *act, void *with)
{
	return directory_untie(act, ((struct house *)with)->manager);
}

static void
untying_leaves_no_way_in(void **state)
{
	struct house *house = *state;
	struct account account;
	struct directory_tie tie;
	bool found;
	must(apply(house, table, preview(house, table).digest));
	must(act_now(house, untie, house));
	LOOK(house, look);
	must(directory_tie(&look, house->manager, &found, &tie));
	assert_false(found);
	must(people_account(&look, house->manager, &found, &account));
	assert_true(account.is_closed);
	assert_int_equal(act_now(house, untie, house)->kind, ERROR_MISSING);
	error_sweep();
}

static void
the_directory_is_asked_for_the_name_as_it_is_kept(void **state)
{
	struct house *house = *state;
	struct sign_in sign_in = { .login = T("  ＫＡＫＯ "), .pack = house->pack };
	must(apply(house, table, preview(house, table).digest));
	LOOK(house, look);
	must(people_sign_in_prepare(&look, &sign_in));
	must(directory_sign_in_prepare(&look, &sign_in));
	assert_true(text_is(sign_in.login, "kako"));
}

static struct error *
reset(struct act *act, void *with)
{
	struct house *house = with;
	struct text clear;
	struct new_password password;
	TRY(people_password_random(house->arena, &clear, &password));
	return people_account_reset(act, house->pack, house->manager, &password);
}

static void
a_temporary_password_is_a_way_back_when_the_directory_is_gone(void **state)
{
	struct house *house = *state;
	struct sign_in sign_in = { .login = T("kako"), .pack = house->pack };
	must(apply(house, table, preview(house, table).digest));
	{
		LOOK(house, look);
		must(people_sign_in_prepare(&look, &sign_in));
		must(directory_sign_in_prepare(&look, &sign_in));
		assert_true(sign_in.is_kept_elsewhere && text_is(sign_in.elsewhere, "k-11"));
	}
	must(act_now(house, reset, house));
	LOOK(house, look);
	sign_in = (struct sign_in){ .login = T("kako"), .pack = house->pack };
	must(people_sign_in_prepare(&look, &sign_in));
	must(directory_sign_in_prepare(&look, &sign_in));
	assert_false(sign_in.is_kept_elsewhere);
	/* The next matching offers to turn the account again. */
	assert_int_equal(preview(house, table).turned, 1);
}

static void
a_refused_password_counts_and_locks_like_any_other(void **state)
{
	struct house *house = *state;
	must(apply(house, table, preview(house, table).digest));
	for (int at = 0; at < 5; at++) {
		struct sign_in sign_in = { .login = T("kako"), .pack = house->pack };
		{
			LOOK(house, look);
			must(people_sign_in_prepare(&look, &sign_in));
			must(directory_sign_in_prepare(&look, &sign_in));
			assert_true(sign_in.elsewhere.len != 0);
		}
		must(act_now(house, people_sign_in, &sign_in)); /* matches was never set */
		assert_false(sign_in.is_signed_in);
	}
	struct sign_in sign_in = { .login = T("kako"), .pack = house->pack };
	LOOK(house, look);
	must(people_sign_in_prepare(&look, &sign_in));
	must(directory_sign_in_prepare(&look, &sign_in));
	/* Locked: the directory is asked no more, and it is still not our password that counts. */
	assert_true(sign_in.is_kept_elsewhere && sign_in.elsewhere.len == 0);
}

static void
what_the_directory_took_opens_a_session_that_says_so(void **state)
{
	struct house *house = *state;
	struct session session;
	bool found;
	struct sign_in sign_in = { .login = T("kako"), .pack = house->pack };
	must(apply(house, table, preview(house, table).digest));
	{
		LOOK(house, look);
		must(people_sign_in_prepare(&look, &sign_in));
		must(directory_sign_in_prepare(&look, &sign_in));
	}
	sign_in.matches = true; /* as directory_sign_in_verify() sets it */
	must(act_now(house, people_sign_in, &sign_in));
	assert_true(sign_in.is_signed_in && !sign_in.must_change);
	LOOK(house, look);
	must(people_session_find(&look, sign_in.token, house->now, &found, &session));
	assert_true(found);
	assert_int_equal(session.methods, METHOD_DIRECTORY);
}

static void
an_empty_password_is_no_proof(void **state)
{
	struct house *house = *state;
	struct sign_in sign_in = { .login = T("kako"), .pack = house->pack, .matches = true };
	must(apply(house, table, preview(house, table).digest));
	{
		LOOK(house, look);
		must(people_sign_in_prepare(&look, &sign_in));
		must(directory_sign_in_prepare(&look, &sign_in));
	}
	must(directory_sign_in_verify(house->arena, directory_open(house->arena, T("town")), &sign_in));
	assert_false(sign_in.matches);
}


static struct people_import
staff_preview(struct house *house, struct text bytes, bool keeps_blank)
{
	struct directory_entry *list;
	struct people_import import;
	size_t count, left_out;
	const struct people_import_options options = { .kind = IMPORT_STAFF, .day = DAY_NONE,
						       .keeps_blank = keeps_blank };
	LOOK(house, look);
	must(directory_entries(house->arena, bytes, &list, &count));
	const struct text file = directory_staff(house->arena, list, count, &left_out);
	assert_int_equal(left_out, 2);
	must(people_import_preview(&look, &options, file, &import));
	return import;
}

static struct error *
end_manager(struct act *act, void *with)
{
	return people_person_end(act, ((struct house *)with)->manager, D(-1));
}

static void
staff_are_not_emptied_nor_taken_back_by_what_the_directory_lacks(void **state)
{
	struct house *house = *state;
	must(act_now(house, end_manager, house));
	const struct text some = T(HEAD ROW("k-11", "kako", "000011", "髙橋　課子", "")
				   ROW("k-12", "yamada", "000012", "山田　太郎", "")
				   ROW("k-13", "jiro", "000013", "𠮟野", "disabled")
				   ROW("k-98", "nonumber", "", "誰", ""));
	const struct people_import kept = staff_preview(house, some, true);
	assert_int_equal(kept.changed + kept.ended + kept.added, 0);
	assert_int_equal(kept.hints, 1); /* whoever has left still has an account there */
	for (size_t at = 0; at < kept.changes_count; at++)
		for (size_t no = 0; no < kept.changes[at].fields_count; no++)
			assert_true(kept.changes[at].fields[no].becomes.len != 0);
	const struct people_import plain = staff_preview(house, some, false);
	assert_true(plain.changed > kept.changed); /* the other way it would */
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, house_open, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_table_is_read_as_it_was_written),
		TEST(a_table_that_was_cut_off_is_refused),
		TEST(who_would_be_tied_is_said_and_who_not_and_why),
		TEST(what_was_previewed_is_done_and_nothing_else),
		TEST(nobody_is_untied_by_omission),
		TEST(an_account_made_anew_under_the_same_name_is_shown_as_such),
		TEST(a_closed_account_is_not_opened_by_matching),
		TEST(untying_leaves_no_way_in),
		TEST(the_directory_is_asked_for_the_name_as_it_is_kept),
		TEST(a_temporary_password_is_a_way_back_when_the_directory_is_gone),
		TEST(a_refused_password_counts_and_locks_like_any_other),
		TEST(what_the_directory_took_opens_a_session_that_says_so),
		TEST(an_empty_password_is_no_proof),
		TEST(staff_are_not_emptied_nor_taken_back_by_what_the_directory_lacks),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
