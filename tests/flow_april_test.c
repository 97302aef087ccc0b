/* A change of posts on a day: open work follows the post, what was decided stays as it was. */
#include "flow_house.h"

#include "people/organisation.h"

static void
clock_at(struct flow_house *h, struct day day)
{
	h->house.now.ms = day_begin(day).ms + 9 * 3600000;
}

/* On D(2) the deputy is the manager, and the manager a clerk of the other section. */
static struct error *
exchange(struct act *act, void *with)
{
	struct flow_house *f = with;
	struct house *h = &f->house;
	const struct person_id all[] = { h->manager, h->deputy };
	const struct post_id to[] = { add_post(act, h, h->other, "主査", NULL), h->head };
	for (size_t at = 0; at < 2; at++) {
		struct assignment *list;
		struct assignment_id id;
		size_t count;
		TRY(people_assignments_of(&act->look, all[at], &list, &count));
		TRY(people_assignment_end(act, list[0].id, D(1)));
		TRY(people_assign(act, &(struct assignment){ .person = all[at], .post = to[at],
							     .is_main = true, .since = D(2),
							     .until = DAY_NONE }, &id));
	}
	return OK;
}

static struct error *
rename_and_retitle(struct act *act, void *with)
{
	struct flow_house *f = with;
	struct unit unit;
	TRY(people_unit(&act->look, f->house.section, &unit));
	unit.name = T("人財育成課");
	return people_unit_change_from(act, &unit, D(2));
}

/* The section is closed after D(1); the other section follows. */
static struct error *
close_section(struct act *act, void *with)
{
	struct flow_house *f = with;
	struct house *h = &f->house;
	const struct person_id all[] = { h->manager, h->staff, h->deputy };
	for (size_t at = 0; at < 3; at++) {
		struct assignment *list;
		size_t count;
		TRY(people_assignments_of(&act->look, all[at], &list, &count));
		TRY(people_assignment_end(act, list[0].id, D(1)));
	}
	TRY(people_unit_end(act, h->section, D(1)));
	return people_unit_succeed(act, h->section, h->other);
}

static size_t
waiting_for(struct flow_house *h, struct person_id who)
{
	struct flow_page page;
	LOOK(&h->house, look);
	must(flow_list(&look, &h->flow, &(struct flow_query){ .list = FLOW_WAITING, .person = who },
		       50, &page));
	return page.count;
}

static void
open_work_follows_the_post(void **state)
{
	struct flow_house *h = *state;
	const struct person_id before = h->house.manager, after = h->house.deputy;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "chain");
	must(send_it(h, h->house.staff, id));
	must(act_now(&h->house, exchange, h)); /* written ahead */
	assert_int_equal(waiting_for(h, before), 1);
	assert_int_equal(waiting_for(h, after), 0);
	clock_at(h, D(2));
	assert_int_equal(waiting_for(h, before), 0);
	assert_int_equal(waiting_for(h, after), 1);
	struct deed deed = ruling_of(h, before, id, VERDICT_PERMIT, "");
	must_fail(h, before, &deed, ERROR_REFUSED);
	must(decide(h, after, id, VERDICT_PERMIT, ""));
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.decisions_count, 1);
	assert_int_equal(dossier.decisions[0].person.no, after.no);
}

static void
past_decisions_keep_role_post_person_and_the_name_of_the_unit(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = manager_permits_carry(h, "chain");
	must(act_now(&h->house, exchange, h));
	must(act_now(&h->house, rename_and_retitle, h));
	clock_at(h, D(2));
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.decisions_count, 1);
	const struct flow_decision *decision = &dossier.decisions[0];
	assert_int_equal(decision->person.no, h->house.manager.no);
	assert_int_equal(decision->post.no, h->house.head.no);
	assert_true(text_is(decision->post_name, "課長"));
	assert_true(text_is(decision->role, "manager"));
	assert_true(text_is(dossier.unit_name, "人財育成課")); /* still open: as it is called today */
	for (size_t at = 0; at < dossier.steps_count; at++)
		if (text_is(dossier.steps[at].role->code, "manager"))
			assert_true(text_is(dossier.steps[at].unit_name, "人事課"));
}

static void
what_waits_for_a_closed_section_waits_for_the_one_that_follows(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "chain");
	must(send_it(h, h->house.staff, id));
	must(act_now(&h->house, close_section, h));
	assert_int_equal(waiting_for(h, h->other_manager), 0);
	clock_at(h, D(2));
	assert_int_equal(waiting_for(h, h->other_manager), 1);
	must(decide(h, h->other_manager, id, VERDICT_PERMIT, ""));
	assert_int_equal(dossier_now(h, id).decisions[0].person.no, h->other_manager.no);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW_TEST(open_work_follows_the_post),
		FLOW_TEST(past_decisions_keep_role_post_person_and_the_name_of_the_unit),
		FLOW_TEST(what_waits_for_a_closed_section_waits_for_the_one_that_follows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
