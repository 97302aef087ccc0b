/* Privileged windows: whose rights need one, how it is opened, and that it ends. */
#include "people_house.h"

#include "people/account.h"
#include "people/window.h"

struct opening_window {
	struct house *h;
	struct window_ask ask;
	struct window_id id;
	struct session_id ends;
};

static struct error *
open_work(struct act *act, void *with)
{
	struct opening_window *o = with;
	return people_window_open(act, o->h->pack, &o->ask, &o->id);
}

static struct error *
end_work(struct act *act, void *with)
{
	struct opening_window *o = with;
	return people_window_end(act, o->ends);
}

static struct opening_window
usual(struct house *h, int64_t session)
{
	return (struct opening_window){ .h = h, .ask = { .session = { session }, .minutes = 30,
							 .reason = T("異動の登録") } };
}

static bool
runs(struct house *h, int64_t session)
{
	struct window window;
	bool found;
	LOOK(h, look);
	must(people_window_of(&look, (struct session_id){ session }, &found, &window));
	return found;
}

static void
opening_fails(struct house *h, struct person_id who, struct opening_window *opening,
	      enum error_kind kind)
{
	act_fails(h, who, open_work, opening, kind);
}

static void
only_what_changes_the_house_needs_a_window(void **state)
{
	struct house *h = *state;
	struct rights rights;
	LOOK(h, look);
	must(people_rights(&look, h->pack, h->staff, &rights)); /* operator */
	assert_true(rights_need_any_window(&rights));
	assert_true(rights.at[RIGHT_PEOPLE_EDIT].needs_window);
	assert_true(rights.at[RIGHT_SETTINGS].needs_window);
	assert_true(rights.at[RIGHT_ACCOUNTS].needs_window);
	assert_false(rights.at[RIGHT_JOURNAL_READ].needs_window);
	assert_false(rights.at[RIGHT_APPLY].needs_window);
	assert_false(rights.at[RIGHT_SELF].needs_window);
	must(people_rights(&look, h->pack, h->manager, &rights));
	assert_false(rights_need_any_window(&rights));
	assert_true(rights_may(&rights, RIGHT_LEDGER_WRITE));
}

static void
a_role_the_pack_marks_needs_one_for_ledgers(void **state)
{
	struct house *h = *state;
	struct rights rights;
	for (size_t at = 0; at < h->pack->roles_count; at++)
		h->pack->roles[at].is_privileged = text_is(h->pack->roles[at].code, "manager");
	LOOK(h, look);
	must(people_rights(&look, h->pack, h->manager, &rights));
	assert_true(rights.at[RIGHT_LEDGER_WRITE].needs_window);
	assert_false(rights.at[RIGHT_DECIDE].needs_window);
	assert_false(rights.at[RIGHT_LEDGER_READ].needs_window);
}

static void
a_window_has_a_reason_and_a_time_and_ends_by_itself(void **state)
{
	struct house *h = *state;
	struct opening_window opening = usual(h, 7);
	opening.ask.reason = T("  ");
	opening_fails(h, h->staff, &opening, ERROR_INVALID);
	opening = usual(h, 7);
	opening.ask.minutes = 61;
	opening_fails(h, h->staff, &opening, ERROR_INVALID);
	opening.ask.minutes = 0;
	opening_fails(h, h->staff, &opening, ERROR_INVALID);
	opening.ask.minutes = 30;
	must(act_as(h, h->staff, open_work, &opening));
	assert_true(runs(h, 7));
	h->now.ms += 29 * 60000;
	assert_true(runs(h, 7));
	h->now.ms += 60000;
	assert_false(runs(h, 7));
}

static void
a_window_counts_in_its_own_session_only(void **state)
{
	struct house *h = *state;
	struct opening_window opening = usual(h, 7);
	must(act_as(h, h->staff, open_work, &opening));
	assert_true(runs(h, 7));
	assert_false(runs(h, 8));
}

static void
who_has_nothing_privileged_opens_none(void **state)
{
	struct house *h = *state;
	struct opening_window opening = usual(h, 7);
	opening_fails(h, h->manager, &opening, ERROR_REFUSED);
	opening_fails(h, NOBODY, &opening, ERROR_REFUSED);
}

static void
it_is_ended_by_its_owner_and_stays_on_the_list(void **state)
{
	struct house *h = *state;
	struct window *list;
	size_t count;
	struct opening_window opening = usual(h, 7);
	must(act_as(h, h->staff, open_work, &opening));
	opening.ends.no = 7;
	assert_non_null(act_as(h, h->manager, end_work, &opening));
	assert_true(runs(h, 7));
	must(act_as(h, h->staff, end_work, &opening));
	assert_false(runs(h, 7));
	struct error *again = act_as(h, h->staff, end_work, &opening);
	assert_int_equal(again->kind, ERROR_CONFLICT);
	LOOK(h, look);
	must(people_windows(&look, NOBODY, (struct window_id){ 0 }, 10, &list, &count));
	assert_int_equal(count, 1);
	assert_true(text_is(list[0].reason, "異動の登録"));
	assert_int_equal(list[0].ended.ms, h->now.ms);
	assert_true(text_is(list[0].name, "山田　太郎"));
}

static struct error *
windows_off(struct act *act, void *with)
{
	(void)with;
	TRY(act_set(act, T("parameter.privileged.window-minutes"), T("0")));
	return act_note(act, &(struct fact){ .act = "settings.change", .about = { T("setting:x") } });
}

static void
where_the_body_turned_them_off_none_is_opened(void **state)
{
	struct house *h = *state;
	struct opening_window opening = usual(h, 7);
	int64_t minutes;
	must(act_now(h, windows_off, NULL));
	{
		LOOK(h, look);
		must(people_window_minutes(&look, h->pack, &minutes));
		assert_int_equal(minutes, 0);
	}
	opening_fails(h, h->staff, &opening, ERROR_REFUSED);
}

static void
opening_is_whole_or_not_at_all(void **state)
{
	struct house *h = *state;
	struct opening_window opening = usual(h, 7);
	must(act_as(h, h->staff, open_work, &opening));
	h->now.ms += 60000;
	fault_walk(h, h->staff, open_work, &opening); /* replaces the one that runs */
}

#define PRIVILEGE_TEST(name) cmocka_unit_test_setup_teardown(name, house_open, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PRIVILEGE_TEST(only_what_changes_the_house_needs_a_window),
		PRIVILEGE_TEST(a_role_the_pack_marks_needs_one_for_ledgers),
		PRIVILEGE_TEST(a_window_has_a_reason_and_a_time_and_ends_by_itself),
		PRIVILEGE_TEST(a_window_counts_in_its_own_session_only),
		PRIVILEGE_TEST(who_has_nothing_privileged_opens_none),
		PRIVILEGE_TEST(it_is_ended_by_its_owner_and_stays_on_the_list),
		PRIVILEGE_TEST(where_the_body_turned_them_off_none_is_opened),
		PRIVILEGE_TEST(opening_is_whole_or_not_at_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
