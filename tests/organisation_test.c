/* The organisation over time: as of a day, written ahead, followed. */
#include "people_house.h"

#include "people/organisation.h"

/* Who decides first in the role for the unit on the day; no 0: nobody. */
static struct person_id
decides(struct house *h, const char *code, struct unit_id unit, struct day day)
{
	size_t count;
	const struct decider *list = deciders(h, code, unit, day, NOBODY, &count);
	return count == 0 ? NOBODY : list[0].person;
}

static const char *
name_on(struct house *h, struct unit_id unit, struct day day)
{
	struct unit read;
	LOOK(h, look);
	must(people_unit_on(&look, unit, day, &read));
	return text_z(h->arena, read.name);
}

static void
clock_at(struct house *h, struct day day)
{
	h->now.ms = day_begin(day).ms;
}

/* --- a unit changes on a day --- */

static struct error *
rename_section(struct act *act, void *with)
{
	struct house *h = with;
	struct unit unit;
	TRY(people_unit(&act->look, h->section, &unit));
	unit.name = T("人財育成課");
	unit.code = T("0115");
	unit.parent = h->city;
	return people_unit_change_from(act, &unit, D(30));
}

static void
a_unit_is_called_and_stands_as_on_the_day_asked_for(void **state)
{
	struct house *h = *state;
	struct unit *units, found;
	size_t count;
	bool is_found, is_under;
	fault_walk(h, NOBODY, rename_section, h);
	assert_string_equal(name_on(h, h->section, D(0)), "人事課");
	assert_string_equal(name_on(h, h->section, D(29)), "人事課");
	assert_string_equal(name_on(h, h->section, D(30)), "人財育成課");
	LOOK(h, look);
	must(people_units(&look, D(30), &units, &count));
	for (size_t at = 0; at < count; at++)
		if (units[at].id.no == h->section.no)
			assert_int_equal(units[at].depth, 1); /* moved out of the bureau */
	must(people_unit_is_under_on(&look, h->section, h->bureau, D(29), &is_under));
	assert_true(is_under);
	must(people_unit_is_under_on(&look, h->section, h->bureau, D(30), &is_under));
	assert_false(is_under);
	must(people_unit_by_code(&look, T("0115"), D(30), &is_found, &found));
	assert_true(is_found && found.id.no == h->section.no);
	must(people_unit_by_code(&look, T("0110"), D(30), &is_found, &found));
	assert_false(is_found);
}

static struct error *
read_through_views(struct house *h, struct text *name, bool *is_under)
{
	/* What other rooms' statements see, as of the clock of the look. */
	struct unit unit;
	LOOK(h, look);
	TRY(people_unit(&look, h->section, &unit));
	*name = unit.name;
	return people_unit_is_under(&look, h->section, h->bureau, is_under);
}

static void
a_change_written_ahead_holds_at_midnight_with_nobody_present(void **state)
{
	struct house *h = *state;
	struct text name;
	bool is_under;
	must(act_now(h, rename_section, h));
	h->now.ms = day_begin(D(30)).ms - 1;
	must(read_through_views(h, &name, &is_under));
	assert_true(text_is(name, "人事課"));
	assert_true(is_under);
	h->now.ms += 1; /* 0:00, and nothing has run */
	must(read_through_views(h, &name, &is_under));
	assert_true(text_is(name, "人財育成課"));
	assert_false(is_under);
	/* The bureau's chief has nothing to decide there any more. */
	assert_int_equal(decides(h, "responsible", h->section, D(29)).no, h->director.no);
	assert_int_not_equal(decides(h, "responsible", h->section, D(30)).no, h->director.no);
}

static struct error *
withdraw_rename(struct act *act, void *with)
{
	return people_unit_change_withdraw(act, ((struct house *)with)->section, D(30));
}

static void
a_change_taken_back_never_was(void **state)
{
	struct house *h = *state;
	struct unit_form *forms;
	size_t count;
	must(act_now(h, rename_section, h));
	fault_walk(h, NOBODY, withdraw_rename, h);
	assert_string_equal(name_on(h, h->section, D(40)), "人事課");
	assert_int_equal(act_now(h, withdraw_rename, h)->kind, ERROR_MISSING);
	LOOK(h, look);
	must(people_unit_forms(&look, h->section, &forms, &count));
	assert_int_equal(count, 1);
}

static struct error *
turn_round(struct act *act, void *with)
{
	struct house *h = with;
	struct unit bureau;
	TRY(people_unit(&act->look, h->bureau, &bureau));
	bureau.parent = h->section;
	return people_unit_change_from(act, &bureau, D(60));
}

static void
no_day_has_a_circle(void **state)
{
	struct house *h = *state;
	struct error *error = act_now(h, turn_round, h);
	assert_non_null(error);
	assert_true(text_is(error->field, "parent"));
	/* Once the section has left the bureau, the bureau may go below it, but not before. */
	must(act_now(h, rename_section, h));
	must(act_now(h, turn_round, h));
}

/* --- merged --- */

static struct error *
merge(struct act *act, void *with)
{
	struct house *h = with;
	struct assignment_id id;
	const struct person_id all[] = { h->manager, h->staff, h->deputy };
	for (size_t at = 0; at < 3; at++)
		TRY(leave_post(act, all[at], D(9), &id));
	TRY(people_unit_end(act, h->section, D(9)));
	TRY(people_unit_succeed(act, h->section, h->other));
	struct post post = { .unit = h->other, .name = T("課長"), .rank = 1, .since = D(10),
			     .until = DAY_NONE, .roles = { T("manager") }, .roles_count = 1 };
	struct post_id head;
	TRY(people_post_add(act, h->pack, &post, &head));
	TRY(people_post_succeed(act, h->head, head));
	return people_assign(act, &(struct assignment){ .person = h->staff, .post = head,
							.is_main = true, .since = D(10),
							.until = DAY_NONE }, &id);
}

static void
what_an_abolished_unit_left_is_answered_for_by_its_successor(void **state)
{
	struct house *h = *state;
	struct unit_id now;
	struct post_id post;
	bool is_under;
	fault_walk(h, NOBODY, merge, h);
	assert_int_equal(decides(h, "manager", h->section, D(9)).no, h->manager.no);
	assert_int_equal(decides(h, "manager", h->section, D(10)).no, h->staff.no);
	LOOK(h, look);
	must(people_unit_is_under_on(&look, h->section, h->other, D(9), &is_under));
	assert_false(is_under);
	must(people_unit_is_under_on(&look, h->section, h->other, D(10), &is_under));
	assert_true(is_under);
	must(people_unit_is_under_on(&look, h->section, h->bureau, D(10), &is_under));
	assert_true(is_under); /* through the successor */
	must(people_unit_follow(&look, h->section, D(9), &now));
	assert_int_equal(now.no, h->section.no);
	must(people_unit_follow(&look, h->section, D(10), &now));
	assert_int_equal(now.no, h->other.no);
	must(people_post_follow(&look, h->head, D(10), &post));
	assert_int_not_equal(post.no, h->head.no);
}

static struct error *
follow_oneself(struct act *act, void *with)
{
	struct house *h = with;
	return people_unit_succeed(act, h->other, h->section);
}

static void
a_unit_that_goes_on_has_no_successor(void **state)
{
	struct house *h = *state;
	struct error *error = act_now(h, follow_oneself, h);
	assert_non_null(error);
	assert_true(text_is(error->field, "successor"));
}

/* --- assignments --- */

static struct error *
act_for_vacant(struct act *act, void *with)
{
	struct house *h = with;
	struct assignment_id id;
	TRY(leave_post(act, h->manager, D(9), &id));
	return people_assign(act, &(struct assignment){ .person = h->director, .post = h->head,
							.beside = BESIDE_ACTING, .since = D(10),
							.until = D(40) }, &id);
}

static void
who_acts_for_a_vacant_post_holds_its_roles_and_it_shows(void **state)
{
	struct house *h = *state;
	struct decider *list;
	struct assignment *of;
	size_t count;
	must(act_now(h, act_for_vacant, h));
	LOOK(h, look);
	must(people_deciders(&look, role(h, "manager"), h->section, D(10), NOBODY, &list, &count));
	assert_int_equal(count, 1);
	assert_int_equal(list[0].person.no, h->director.no);
	assert_int_equal(list[0].beside, BESIDE_ACTING);
	must(people_assignments_of(&look, h->director, &of, &count));
	assert_int_equal(count, 2);
	bool is_seen = false;
	for (size_t at = 0; at < count; at++)
		if (!of[at].is_main)
			is_seen = strcmp(assignment_words(of[at].is_main, of[at].beside),
					 "事務取扱") == 0;
	assert_true(is_seen);
}

static struct error *
end_and_reopen(struct act *act, void *with)
{
	struct house *h = with;
	struct assignment_id left;
	TRY(leave_post(act, h->manager, D(9), &left));
	return people_assignment_until(act, left, DAY_NONE);
}

static struct error *
second_main(struct act *act, void *with)
{
	struct house *h = with;
	struct assignment_id left, id;
	TRY(leave_post(act, h->manager, D(9), &left));
	TRY(people_assign(act, &(struct assignment){ .person = h->manager, .post = h->clerk,
						     .is_main = true, .since = D(10),
						     .until = DAY_NONE }, &id));
	return people_assignment_until(act, left, DAY_NONE);
}

static void
an_assignment_is_prolonged_but_never_over_another_main_one(void **state)
{
	struct house *h = *state;
	must(act_now(h, end_and_reopen, h));
	assert_int_equal(decides(h, "manager", h->section, D(20)).no, h->manager.no);
	struct error *error = act_now(h, second_main, h);
	assert_non_null(error);
	assert_true(text_is(error->field, "is_main"));
}

static struct error *
roles_from(struct act *act, void *with)
{
	struct house *h = with;
	struct post post = { .id = h->clerk, .roles = { T("manager") }, .roles_count = 1 };
	TRY(people_post_roles_from(act, h->pack, &post, D(10)));
	post = (struct post){ .id = h->head };
	return people_post_roles_from(act, h->pack, &post, D(10));
}

static void
a_post_carries_other_roles_from_a_day_to_come(void **state)
{
	struct house *h = *state;
	fault_walk(h, NOBODY, roles_from, h);
	assert_int_equal(decides(h, "manager", h->section, D(9)).no, h->manager.no);
	assert_int_equal(decides(h, "manager", h->section, D(10)).no, h->staff.no);
}

/* --- secondment --- */

static struct error *
send_out(struct act *act, void *with)
{
	struct house *h = with;
	struct assignment_id left;
	struct secondment_id id;
	TRY(leave_post(act, h->staff, D(9), &left));
	return people_secondment_add(act, &(struct secondment){ .person = h->staff,
								.way = SECONDMENT_OUT,
								.other = T("香川県総務部"),
								.since = D(10), .until = D(740) },
				     &id);
}

static void
who_is_out_and_assigned_to_nothing_here_may_do_nothing_here(void **state)
{
	struct house *h = *state;
	struct secondment secondment;
	struct rights rights;
	bool found;
	fault_walk(h, NOBODY, send_out, h);
	LOOK(h, look);
	must(people_secondment_on(&look, h->staff, D(9), &found, &secondment));
	assert_false(found);
	must(people_secondment_on(&look, h->staff, D(10), &found, &secondment));
	assert_true(found);
	assert_true(text_is(secondment.other, "香川県総務部"));
	must(people_rights(&look, h->pack, h->staff, &rights));
	assert_true(rights_may(&rights, RIGHT_ACCOUNTS)); /* an operator, still here */
	look_end(&look);
	clock_at(h, D(10));
	must(look_begin(h->store, h->arena, &look));
	must(people_rights(&look, h->pack, h->staff, &rights));
	assert_true(rights_may(&rights, RIGHT_SELF));
	assert_false(rights_may(&rights, RIGHT_ACCOUNTS));
	assert_false(rights_may(&rights, RIGHT_PEOPLE_READ));
	look_end(&look);
	assert_non_null(act_now(h, send_out, h)); /* twice on the same days */
}

/* --- firms and their people --- */

struct firms {
	struct house *house;
	struct engagement_id contract, below;
	struct person_id worker;
	struct worker_id link;
	struct post_id post;
	struct day pledged;
};

static struct error *
engage(struct act *act, void *with)
{
	struct firms *firms = with;
	struct house *h = firms->house;
	struct firm_id a, b;
	TRY(people_firm_add(act, &(struct firm){ .code = T("A001"), .name = T("さぬき情報システム"),
						 .until = DAY_NONE, .contact = T("") }, &a));
	TRY(people_firm_add(act, &(struct firm){ .code = T("B001"), .name = T("瀬戸内テック"),
						 .until = DAY_NONE, .contact = T("") }, &b));
	TRY(people_engagement_add(act, &(struct engagement){ .firm = a, .unit = h->section,
							     .work = T("人事給与システムの運用保守"),
							     .basis = T("契約第123号"),
							     .agreed = D(-30), .since = D(-20),
							     .until = D(100) },
				  &firms->contract));
	TRY(people_engagement_add(act, &(struct engagement){ .firm = b, .above = firms->contract,
							     .work = T("ヘルプデスク"),
							     .basis = T("再委託承諾第4号"),
							     .agreed = D(-10), .since = D(-5),
							     .until = D(50) },
				  &firms->below));
	TRY(people_person_add(act, &(struct person){ .number = T("X0001"), .family = T("外村"),
						     .given = T("仁"),
						     .employment = EMPLOYMENT_CONTRACTOR,
						     .since = DAY_NONE, .until = DAY_NONE },
			      &firms->worker));
	struct post post = { .unit = h->section, .name = T("運用担当"), .rank = 9,
			     .since = DAY_NONE, .until = DAY_NONE };
	return people_post_add(act, h->pack, &post, &firms->post);
}

static struct error *
put_to_work(struct act *act, void *with)
{
	struct firms *firms = with;
	struct assignment_id id;
	return people_assign(act, &(struct assignment){ .person = firms->worker,
							.post = firms->post, .is_main = true,
							.since = D(0), .until = D(50) }, &id);
}

static struct error *
give_account(struct act *act, void *with)
{
	struct firms *firms = with;
	const struct new_password password = { .encoded = T("x") };
	return people_account_open(act, firms->house->pack, firms->worker, T("tomura"), &password);
}

static struct error *
pledge(struct act *act, void *with)
{
	struct firms *firms = with;
	return people_worker_add(act, &(struct worker){ .person = firms->worker,
							.engagement = firms->below,
							.pledged = firms->pledged, .since = D(-1),
							.until = D(50) }, &firms->link);
}

static struct error *
cut_contract(struct act *act, void *with)
{
	return people_engagement_until(act, ((struct firms *)with)->contract, D(20));
}

static void
must_say(struct error *error, const char *field)
{
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INVALID);
	if (!text_is(error->field, field))
		print_message("# %.*s: %.*s\n", T_ARG(error->field), T_ARG(error->words));
	assert_true(text_is(error->field, field));
}

static void
who_has_not_pledged_gets_neither_post_nor_account(void **state)
{
	struct house *h = *state;
	struct firms firms = { .house = h, .pledged = DAY_NONE };
	must(act_now(h, engage, &firms));
	must_say(act_now(h, put_to_work, &firms), "person");
	must_say(act_now(h, give_account, &firms), "person");
	must_say(act_now(h, pledge, &firms), "pledged");
	firms.pledged = D(0); /* after the work began */
	must_say(act_now(h, pledge, &firms), "pledged");
	firms.pledged = D(-2);
	fault_walk(h, NOBODY, pledge, &firms);
	must(act_now(h, put_to_work, &firms));
	must(act_now(h, give_account, &firms));
}

static struct error *
call_outside(struct act *act, void *with)
{
	struct house *h = with;
	struct person person;
	TRY(people_person(&act->look, h->staff, &person));
	person.employment = EMPLOYMENT_DISPATCHED;
	return people_person_change(act, &person);
}

static void
who_holds_a_post_does_not_become_a_firms(void **state)
{
	must_say(act_now(*state, call_outside, *state), "employment");
}

static bool
may_apply(struct house *h, struct person_id person)
{
	struct rights rights;
	LOOK(h, look);
	must(people_rights(&look, h->pack, person, &rights));
	return rights_may(&rights, RIGHT_APPLY);
}

static void
what_hangs_on_a_contract_ends_with_it(void **state)
{
	struct house *h = *state;
	struct firms firms = { .house = h, .pledged = D(-2) };
	struct assignment *list;
	struct engagement below;
	struct person person;
	size_t count;
	must(act_now(h, engage, &firms));
	must(act_now(h, pledge, &firms));
	must(act_now(h, put_to_work, &firms));
	fault_walk(h, NOBODY, cut_contract, &firms);
	LOOK(h, look);
	must(people_engagement(&look, firms.below, &below));
	assert_int_equal(below.until.no, D(20).no);
	must(people_person(&look, firms.worker, &person));
	assert_int_equal(person.until.no, D(20).no); /* so no sign-in after it */
	must(people_assignments_of(&look, firms.worker, &list, &count));
	assert_int_equal(list[0].until.no, D(20).no);
	look_end(&look);
	clock_at(h, D(20));
	assert_true(may_apply(h, firms.worker));
	clock_at(h, D(21));
	assert_false(may_apply(h, firms.worker));
}

static struct error *
engage_longer(struct act *act, void *with)
{
	struct firms *firms = with;
	return people_engagement_until(act, firms->below, D(101));
}

static void
what_is_passed_on_goes_no_further_than_the_contract(void **state)
{
	struct house *h = *state;
	struct firms firms = { .house = h, .pledged = D(-2) };
	struct engagement *chain;
	size_t count;
	must(act_now(h, engage, &firms));
	must_say(act_now(h, engage_longer, &firms), "until");
	LOOK(h, look);
	must(people_engagement_chain(&look, firms.below, &chain, &count));
	assert_int_equal(count, 2);
	assert_int_equal(chain[0].id.no, firms.contract.no);
	assert_int_equal(chain[1].unit.no, h->section.no);
	assert_true(text_is(chain[1].above_name, "さぬき情報システム"));
}

static struct error *
appoint_for_the_year(struct act *act, void *with)
{
	struct person_id id;
	(void)with;
	return people_person_add(act, &(struct person){ .number = T("K0001"), .family = T("年度"),
							.employment = EMPLOYMENT_FISCAL,
							.since = D(0), .until = DAY_NONE }, &id);
}

static void
who_is_appointed_for_the_year_has_an_end(void **state)
{
	must_say(act_now(*state, appoint_for_the_year, NULL), "until");
}

#define HOUSE_TEST(name) cmocka_unit_test_setup_teardown(name, house_open, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE_TEST(a_unit_is_called_and_stands_as_on_the_day_asked_for),
		HOUSE_TEST(a_change_written_ahead_holds_at_midnight_with_nobody_present),
		HOUSE_TEST(a_change_taken_back_never_was),
		HOUSE_TEST(no_day_has_a_circle),
		HOUSE_TEST(what_an_abolished_unit_left_is_answered_for_by_its_successor),
		HOUSE_TEST(a_unit_that_goes_on_has_no_successor),
		HOUSE_TEST(who_acts_for_a_vacant_post_holds_its_roles_and_it_shows),
		HOUSE_TEST(an_assignment_is_prolonged_but_never_over_another_main_one),
		HOUSE_TEST(a_post_carries_other_roles_from_a_day_to_come),
		HOUSE_TEST(who_is_out_and_assigned_to_nothing_here_may_do_nothing_here),
		HOUSE_TEST(who_has_not_pledged_gets_neither_post_nor_account),
		HOUSE_TEST(who_holds_a_post_does_not_become_a_firms),
		HOUSE_TEST(what_hangs_on_a_contract_ends_with_it),
		HOUSE_TEST(what_is_passed_on_goes_no_further_than_the_contract),
		HOUSE_TEST(who_is_appointed_for_the_year_has_an_end),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
