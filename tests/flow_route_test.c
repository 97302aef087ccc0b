/* Routes: who decides, once, in which order, in whose place; what time does to them. */
#include "flow_house.h"

static const struct flow_step *
step_with(const struct dossier *dossier, const char *role)
{
	for (size_t at = 0; at < dossier->steps_count; at++)
		if (text_is(dossier->steps[at].wished->code, role))
			return &dossier->steps[at];
	fail_msg("no step for %s", role);
	return NULL;
}

static void
nobody_decides_their_own(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.manager, h->secret, "支所");
	must(send_it(h, h->house.manager, id));
	struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.steps[0].deciders[0].person.no, h->house.director.no);
	assert_true(text_is(dossier.steps[0].role->code, "responsible"));
	assert_true(text_has(dossier.steps[0].raised, T("申請者本人")));
	struct deed own = ruling_of(h, h->house.manager, id, VERDICT_PERMIT, "");
	must_fail(h, h->house.manager, &own, ERROR_REFUSED);
	must(decide(h, h->house.director, id, VERDICT_PERMIT, ""));
	dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_GRANTED);
	assert_true(text_is(dossier.decisions[0].role, "responsible"));
	assert_int_equal(dossier.decisions[0].basis, DECIDES_ABOVE);
}

struct deputy_deed {
	struct flow_house *h;
	int from, until;
};

static struct error *
name_deputy(struct act *act, void *with)
{
	struct deputy_deed *d = with;
	struct deputy_id id;
	const struct deputy deputy = { .post = d->h->house.head, .absent = d->h->house.manager,
				       .deputy = d->h->house.deputy, .since = D(d->from),
				       .until = D(d->until), .reason = T("出張") };
	return people_deputy_add(act, d->h->house.pack, &deputy, &id);
}

static void
a_deputy_decides_within_their_days_and_is_recorded_as_deputy(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "支所");
	must(send_it(h, h->house.staff, id));
	struct deputy_deed named = { h, 2, 3 };
	must(act_as(&h->house, h->house.manager, name_deputy, &named));
	struct deed early = ruling_of(h, h->house.manager, id, VERDICT_PERMIT, "");
	must_fail(h, h->house.deputy, &early, ERROR_REFUSED);
	days_pass(h, 4);
	must_fail(h, h->house.deputy, &early, ERROR_REFUSED);
	days_pass(h, -1);
	struct flow_page page;
	{
		LOOK(&h->house, look);
		must(flow_list(&look, &h->flow,
			       &(struct flow_query){ .list = FLOW_WAITING,
						     .person = h->house.deputy }, 10, &page));
	}
	assert_int_equal(page.count, 1);
	assert_int_equal(page.lines[0].deputy_for.no, h->house.manager.no);
	must(decide(h, h->house.deputy, id, VERDICT_PERMIT, ""));
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.decisions[0].person.no, h->house.deputy.no);
	assert_int_equal(dossier.decisions[0].deputy_for.no, h->house.manager.no);
	assert_int_equal(dossier.decisions[0].basis, DECIDES_DEPUTY);
	assert_true(text_is(dossier.decisions[0].role, "manager"));
	assert_int_equal(h->house.last_deputy_for, h->house.manager.no);
}

static void
a_deputy_does_not_decide_their_own(void **state)
{
	struct flow_house *h = *state;
	struct deputy_deed named = { h, 0, 3 };
	must(act_as(&h->house, h->house.manager, name_deputy, &named));
	const struct dossier_id id = draft_carry(h, h->house.deputy, h->secret, "支所");
	must(send_it(h, h->house.deputy, id));
	struct deed own = ruling_of(h, h->house.manager, id, VERDICT_PERMIT, "");
	must_fail(h, h->house.deputy, &own, ERROR_REFUSED);
	/* Nor does who named them: the role above does. */
	must_fail(h, h->house.manager, &own, ERROR_REFUSED);
	must(decide(h, h->house.director, id, VERDICT_PERMIT, ""));
}

static void
one_person_in_two_roles_decides_once(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = send_to(h, h->house.staff, "chain");
	struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.steps_count, 3);
	assert_int_equal(dossier.steps[2].same_as, 1);
	struct deed early = ruling_of(h, h->house.director, id, VERDICT_PERMIT, "");
	early.ruling.step = dossier.steps[1].id;
	must_fail(h, h->house.director, &early, ERROR_CONFLICT); /* the first step comes first */
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	must(decide(h, h->house.director, id, VERDICT_PERMIT, ""));
	dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_COMPLETE);
	assert_int_equal(dossier.decisions_count, 2);
	assert_int_equal(dossier.steps[1].decision, 1);
	assert_int_equal(dossier.steps[2].decision, 1);
	assert_true(text_is(dossier.steps[1].wished->code, "responsible"));
	assert_true(text_is(dossier.steps[2].wished->code, "chief"));
}

static void
first_and_third_step_of_the_same_person_are_one_unless_a_condition_came_between(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id plain = send_to(h, h->house.staff, "sandwich");
	must(decide(h, h->house.director, plain, VERDICT_PERMIT, ""));
	must(decide(h, h->house.manager, plain, VERDICT_PERMIT, ""));
	assert_int_equal(dossier_now(h, plain).state, DOSSIER_COMPLETE);
	assert_int_equal(dossier_now(h, plain).decisions_count, 2);
	const struct dossier_id with = send_to(h, h->house.staff, "sandwich");
	must(decide(h, h->house.director, with, VERDICT_PERMIT, ""));
	must(decide(h, h->house.manager, with, VERDICT_PERMIT_WITH, "月末まで"));
	assert_int_equal(dossier_now(h, with).state, DOSSIER_SENT);
	must(decide(h, h->house.director, with, VERDICT_PERMIT, ""));
	assert_int_equal(dossier_now(h, with).state, DOSSIER_COMPLETE);
}

static void
consultation_comes_before_and_a_bad_opinion_does_not_stop(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = send_to(h, h->house.staff, "exception");
	struct dossier dossier = dossier_now(h, id);
	struct deed early = ruling_of(h, h->house.mayor, id, VERDICT_PERMIT, "");
	early.ruling.step = step_with(&dossier, "mayor")->id;
	must_fail(h, h->house.mayor, &early, ERROR_CONFLICT);
	struct deed mute = ruling_of(h, h->ciso, id, VERDICT_OPINION, "");
	must_fail(h, h->ciso, &mute, ERROR_INVALID);
	struct deed opinion = ruling_of(h, h->ciso, id, VERDICT_OPINION, "賛成しません");
	walk(h, h->ciso, &opinion);
	assert_int_equal(dossier_now(h, id).state, DOSSIER_SENT);
	must(decide(h, h->house.mayor, id, VERDICT_PERMIT, ""));
	dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_COMPLETE); /* nothing is left to record */
	assert_int_equal(step_with(&dossier, "chief")->state, STEP_OPEN);
	struct deed told = ruling_of(h, h->house.director, id, VERDICT_ACKNOWLEDGE, "");
	walk(h, h->house.director, &told);
	dossier = dossier_now(h, id);
	assert_int_equal(step_with(&dossier, "chief")->state, STEP_DONE);
}

static void
a_notification_alone_is_granted_at_once(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = send_to(h, h->house.staff, "told");
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_COMPLETE);
	assert_int_equal(dossier.steps[0].state, STEP_OPEN);
	assert_int_equal(notices_of(h, h->house.manager), 1);
}

static void
merged_routes_keep_the_order_of_each(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = send_to(h, h->house.staff, "both");
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.occasions_count, 2);
	assert_int_equal(dossier.steps_count, 4);
	assert_true(step_with(&dossier, "ciso")->order < step_with(&dossier, "manager")->order);
	assert_true(step_with(&dossier, "manager")->order <
		    step_with(&dossier, "responsible")->order);
	assert_true(step_with(&dossier, "responsible")->order < step_with(&dossier, "chief")->order);
	assert_int_equal(step_with(&dossier, "manager")->parts_count, 2);
}

static void
a_refusal_ends_the_route_for_everybody(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = send_to(h, h->house.staff, "chain");
	struct deed refusal = ruling_of(h, h->house.manager, id, VERDICT_REFUSE, "要りません");
	walk(h, h->house.manager, &refusal);
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_REFUSED);
	assert_int_equal(dossier.steps[1].state, STEP_DROPPED);
	assert_int_equal(dossier.permits_count, 0);
	assert_int_equal(notices_of(h, h->house.staff), 1);
}

static struct error *
end_manager(struct act *act, void *with)
{
	struct flow_house *h = with;
	return people_person_end(act, h->house.manager, D(0));
}

static struct error *
end_all(struct act *act, void *with)
{
	struct flow_house *h = with;
	TRY(people_person_end(act, h->house.manager, D(0)));
	TRY(people_person_end(act, h->house.director, D(0)));
	TRY(people_person_end(act, h->ciso, D(0)));
	return people_person_end(act, h->house.mayor, D(0));
}

static struct flow_clock_done
tick(struct flow_house *h)
{
	struct flow_clock_done done;
	bool is_more;
	must(flow_clock(h->house.store, h->house.arena, &h->flow, 1000, &done, &is_more));
	assert_false(is_more);
	return done;
}

static void
a_vacant_role_goes_above_and_without_anybody_it_is_visible(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "支所");
	must(send_it(h, h->house.staff, id));
	const struct dossier_id second = draft_carry(h, h->house.staff, h->stick, "支所");
	must(act_now(&h->house, end_manager, h));
	days_pass(h, 1);
	struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.steps[0].deciders[0].person.no, h->house.director.no);
	assert_true(text_has(dossier.steps[0].raised, T("置かれていない")));
	tick(h);
	struct flow_page page;
	{
		LOOK(&h->house, look);
		must(flow_list(&look, &h->flow,
			       &(struct flow_query){ .list = FLOW_WAITING,
						     .person = h->house.director }, 10, &page));
	}
	assert_int_equal(page.count, 1);
	must(decide(h, h->house.director, id, VERDICT_PERMIT, ""));
	must(act_now(&h->house, end_all, h));
	days_pass(h, 1);
	must(send_it(h, h->house.staff, second));
	dossier = dossier_now(h, second);
	assert_int_equal(dossier.steps[0].deciders_count, 0);
	assert_true(dossier.steps[0].problem.len > 0);
	LOOK(&h->house, look);
	must(flow_list(&look, &h->flow, &(struct flow_query){ .list = FLOW_STUCK }, 10, &page));
	assert_true(page.count >= 1);
	assert_int_equal(page.lines[0].id.no, second.no);
}

static void
what_nobody_decides_is_reminded_then_goes_to_the_role_above_once(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "支所");
	must(send_it(h, h->house.staff, id));
	struct deed above = ruling_of(h, h->house.manager, id, VERDICT_PERMIT, "");
	assert_int_equal(tick(h).reminded, 0);
	days_pass(h, 3);
	struct flow_clock_done done = tick(h);
	assert_int_equal(done.reminded, 1);
	assert_int_equal(tick(h).reminded, 0);
	assert_int_equal(notices_of(h, h->house.manager), 2);
	must_fail(h, h->house.director, &above, ERROR_REFUSED);
	days_pass(h, 3);
	done = tick(h);
	assert_int_equal(done.escalated, 1);
	done = tick(h);
	assert_int_equal(done.escalated, 0);
	assert_int_equal(notices_of(h, h->house.director), 1);
	struct flow_page page;
	{
		LOOK(&h->house, look);
		must(flow_list(&look, &h->flow,
			       &(struct flow_query){ .list = FLOW_WAITING,
						     .person = h->house.director }, 10, &page));
	}
	assert_int_equal(page.count, 1);
	must(decide(h, h->house.director, id, VERDICT_PERMIT, ""));
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.decisions[0].basis, DECIDES_ABOVE);
	assert_true(text_is(dossier.decisions[0].role, "responsible"));
	assert_int_equal(dossier.state, DOSSIER_GRANTED);
}

static void
the_owner_of_another_unit_is_told(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->foreign, "支所");
	must(send_it(h, h->house.staff, id));
	struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.steps_count, 2);
	assert_int_equal(dossier.steps[1].unit.no, h->house.other.no);
	assert_int_equal(dossier.steps[1].same_as, -1);
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_GRANTED);
	assert_int_equal(dossier.steps[1].state, STEP_OPEN);
	must(decide(h, h->other_manager, id, VERDICT_ACKNOWLEDGE, ""));
}

static struct error *
add_far_manager(struct act *act, void *with)
{
	struct flow_house *h = with;
	const struct post_id post = add_post(act, &h->house, h->house.bureau, "次長", "manager");
	add_person(act, "000030", "次田", "三郎", "ツギタ サブロウ", post);
	return OK;
}

static void
only_the_nearest_holder_has_it_waiting(void **state)
{
	struct flow_house *h = *state;
	must(act_now(&h->house, add_far_manager, h));
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "支所");
	must(send_it(h, h->house.staff, id));
	struct person far;
	struct flow_page page;
	bool found;
	LOOK(&h->house, look);
	must(people_person_by_number(&look, T("000030"), &found, &far));
	must(flow_list(&look, &h->flow,
		       &(struct flow_query){ .list = FLOW_WAITING, .person = far.id }, 10, &page));
	assert_int_equal(page.count, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW_TEST(nobody_decides_their_own),
		FLOW_TEST(a_deputy_decides_within_their_days_and_is_recorded_as_deputy),
		FLOW_TEST(a_deputy_does_not_decide_their_own),
		FLOW_TEST(one_person_in_two_roles_decides_once),
		FLOW_TEST(first_and_third_step_of_the_same_person_are_one_unless_a_condition_came_between),
		FLOW_TEST(consultation_comes_before_and_a_bad_opinion_does_not_stop),
		FLOW_TEST(a_notification_alone_is_granted_at_once),
		FLOW_TEST(merged_routes_keep_the_order_of_each),
		FLOW_TEST(a_refusal_ends_the_route_for_everybody),
		FLOW_TEST(a_vacant_role_goes_above_and_without_anybody_it_is_visible),
		FLOW_TEST(what_nobody_decides_is_reminded_then_goes_to_the_role_above_once),
		FLOW_TEST(the_owner_of_another_unit_is_told),
		FLOW_TEST(only_the_nearest_holder_has_it_waiting),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
