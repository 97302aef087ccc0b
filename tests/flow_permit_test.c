/* Permits in use: out and back, longer, revoked, expired, overdue. */
#include "flow_house.h"

static struct deed
deed_on(const struct dossier *dossier, enum doing doing)
{
	return (struct deed){ .doing = doing, .id = dossier->id, .change = dossier->change,
			      .permit = dossier->permits[0].id };
}

static void
go_out(struct flow_house *h, struct dossier *dossier)
{
	struct deed out = deed_on(dossier, OUT);
	out.asset = h->secret;
	must(deed_as(h, h->house.staff, &out));
	*dossier = dossier_now(h, dossier->id);
}

static struct flow_clock_done
tick(struct flow_house *h)
{
	struct flow_clock_done done;
	bool is_more;
	must(flow_clock(h->house.store, h->house.arena, &h->flow, 1000, &done, &is_more));
	return done;
}

static void
out_and_back_are_signed_on_the_spot(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier = granted_carry(h);
	struct deed out = deed_on(&dossier, OUT);
	out.asset = h->stick;
	out.serial = T("別の物");
	must_fail(h, h->house.staff, &out, ERROR_INVALID); /* not on the permit */
	out.asset = h->secret;
	must_fail(h, h->other_manager, &out, ERROR_REFUSED);
	walk(h, h->house.staff, &out);
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.permits[0].state, PERMIT_OUT);
	assert_int_equal(dossier.permits[0].outings[0].out_by.no, h->house.staff.no);
	out.change = dossier.change;
	must_fail(h, h->house.staff, &out, ERROR_CONFLICT); /* it is out already */
	struct flow_page page;
	{
		LOOK(&h->house, look);
		must(flow_list(&look, &h->flow,
			       &(struct flow_query){ .list = FLOW_OUT, .person = h->house.staff }, 10,
			       &page));
	}
	assert_int_equal(page.count, 1);
	struct deed finish = deed_on(&dossier, RESULT);
	must_fail(h, h->house.staff, &finish, ERROR_CONFLICT); /* not while it is out */
	hours_pass(h, 3);
	struct deed back = deed_on(&dossier, BACK);
	back.outing = dossier.permits[0].outings[0].id;
	walk(h, h->house.deputy, &back); /* a colleague takes it back */
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.permits[0].state, PERMIT_RETURNED);
	assert_int_equal(dossier.permits[0].outings[0].back_by.no, h->house.deputy.no);
	back.change = dossier.change;
	must_fail(h, h->house.staff, &back, ERROR_CONFLICT);
	finish = deed_on(&dossier, RESULT);
	walk(h, h->house.staff, &finish);
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.state, DOSSIER_COMPLETE);
	assert_int_equal(dossier.permits[0].state, PERMIT_USED_UP);
}

static void
nothing_goes_out_before_or_after_the_days_of_the_permit(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier = granted_carry(h);
	struct deed out = deed_on(&dossier, OUT);
	out.asset = h->secret;
	days_pass(h, -1);
	must_fail(h, h->house.staff, &out, ERROR_REFUSED);
	days_pass(h, 6);
	must_fail(h, h->house.staff, &out, ERROR_REFUSED);
	tick(h);
	out.change = dossier_now(h, dossier.id).change;
	must_fail(h, h->house.staff, &out, ERROR_CONFLICT);
}

static void
an_unused_permit_expires_by_the_clock_once(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier = granted_carry(h);
	assert_int_equal(tick(h).expired, 0);
	days_pass(h, 2);
	assert_int_equal(tick(h).reminded, 1);
	assert_int_equal(tick(h).reminded, 0);
	days_pass(h, 3);
	struct flow_clock_done done = tick(h);
	assert_int_equal(done.expired, 1);
	assert_int_equal(done.completed, 1);
	assert_int_equal(tick(h).expired, 0);
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.permits[0].state, PERMIT_EXPIRED);
	assert_int_equal(dossier.state, DOSSIER_COMPLETE);
}

static void
an_overdue_return_is_reminded_then_the_manager_is_told(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier = granted_carry(h);
	go_out(h, &dossier);
	const int64_t before = notices_of(h, h->house.manager);
	assert_int_equal(tick(h).reminded, 1); /* it is due within a day */
	assert_int_equal(tick(h).reminded, 0);
	hours_pass(h, 8);
	assert_int_equal(tick(h).overdue, 0);
	hours_pass(h, 2);
	assert_int_equal(tick(h).overdue, 1);
	assert_int_equal(notices_of(h, h->house.manager), before);
	hours_pass(h, 3);
	struct flow_clock_done done = tick(h);
	assert_int_equal(done.overdue_escalated, 1);
	done = tick(h);
	assert_int_equal(done.overdue_escalated + done.overdue, 0);
	assert_int_equal(notices_of(h, h->house.manager), before + 1);
	dossier = dossier_now(h, dossier.id);
	assert_true(dossier.permits[0].is_overdue);
	days_pass(h, 10);
	assert_int_equal(tick(h).expired, 0); /* what is out does not vanish by expiring */
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.permits[0].state, PERMIT_OUT);
	assert_true(dossier.permits[0].is_lapsed);
	struct deed back = deed_on(&dossier, BACK);
	back.outing = dossier.permits[0].outings[0].id;
	must(deed_as(h, h->house.staff, &back));
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.permits[0].state, PERMIT_EXPIRED);
	assert_int_equal(dossier.state, DOSSIER_COMPLETE);
}

static void
an_extension_is_asked_and_decided(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier = granted_carry(h);
	struct deed ask = deed_on(&dossier, EXTEND);
	ask.until = D(3);
	ask.why = T("作業が延びた");
	must_fail(h, h->house.staff, &ask, ERROR_INVALID); /* earlier than now */
	ask.until = D(40);
	must_fail(h, h->house.staff, &ask, ERROR_INVALID); /* beyond the most of 31 days */
	ask.until = D(10);
	must_fail(h, h->house.deputy, &ask, ERROR_REFUSED);
	walk(h, h->house.staff, &ask);
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.permits[0].extensions_count, 1);
	struct flow_page page;
	{
		LOOK(&h->house, look);
		must(flow_list(&look, &h->flow,
			       &(struct flow_query){ .list = FLOW_WAITING,
						     .person = h->house.manager }, 10, &page));
	}
	assert_int_equal(page.count, 1);
	assert_true(page.lines[0].is_extension);
	struct deed rule = deed_on(&dossier, RULE_EXTENSION);
	rule.is_granted = true;
	must_fail(h, h->house.staff, &rule, ERROR_REFUSED);
	walk(h, h->house.manager, &rule);
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.permits[0].until.no, D(10).no);
	assert_int_equal(dossier.permits[0].extensions[0].state, EXTENSION_GRANTED);
	rule.change = dossier.change;
	must_fail(h, h->house.manager, &rule, ERROR_CONFLICT);
	ask = deed_on(&dossier, EXTEND);
	ask.until = D(12);
	ask.why = T("もう少し");
	must(deed_as(h, h->house.staff, &ask));
	dossier = dossier_now(h, dossier.id);
	rule = deed_on(&dossier, RULE_EXTENSION);
	must_fail(h, h->house.manager, &rule, ERROR_INVALID); /* a refusal needs its reason */
	rule.why = T("もう十分です");
	must(deed_as(h, h->house.manager, &rule));
	assert_int_equal(dossier_now(h, dossier.id).permits[0].until.no, D(10).no);
}

static void
a_revoked_permit_lets_nothing_out_but_lets_everything_back(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier = granted_carry(h);
	go_out(h, &dossier);
	struct deed revoke = deed_on(&dossier, REVOKE);
	must_fail(h, h->house.manager, &revoke, ERROR_INVALID);
	revoke.why = T("事故があった");
	must_fail(h, h->house.staff, &revoke, ERROR_REFUSED);
	must_fail(h, h->other_manager, &revoke, ERROR_REFUSED);
	walk(h, h->house.manager, &revoke);
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.permits[0].state, PERMIT_REVOKED);
	assert_int_equal(dossier.state, DOSSIER_GRANTED); /* something is still out */
	struct deed out = deed_on(&dossier, OUT);
	out.asset = h->secret;
	must_fail(h, h->house.staff, &out, ERROR_CONFLICT);
	struct flow_page page;
	{
		LOOK(&h->house, look);
		must(flow_list(&look, &h->flow, &(struct flow_query){ .list = FLOW_OUT }, 10, &page));
	}
	assert_int_equal(page.count, 1);
	struct deed back = deed_on(&dossier, BACK);
	back.outing = dossier.permits[0].outings[0].id;
	must(deed_as(h, h->house.staff, &back));
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.permits[0].state, PERMIT_REVOKED);
	assert_int_equal(dossier.state, DOSSIER_COMPLETE);
}

static void
a_result_does_not_end_a_permit_under_which_nothing_has_gone_out_yet(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "支所");
	const struct flow_answer more[] = { ANSWER("doing", "send\ncarry"), ANSWER("means", "mail"),
					    ANSWER("protection", "encrypted") };
	struct deed save = { .doing = SAVE, .id = id, .change = dossier_now(h, id).change,
			     .words = { .asked = { .answers = more, .answers_count = 3 },
					.keeps_choice = true } };
	must(deed_as(h, h->house.staff, &save));
	must(send_it(h, h->house.staff, id));
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	const struct flow_answer done[] = { ANSWER("done-at", "2026-11-21T09:30") };
	struct dossier dossier = dossier_now(h, id);
	struct deed result = { .doing = RESULT, .id = id, .change = dossier.change, .answers = done,
			       .count = 1 };
	must(deed_as(h, h->house.staff, &result));
	dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_GRANTED);
	assert_int_equal(dossier.permits[1].state, PERMIT_VALID);
	struct deed out = deed_on(&dossier, OUT); /* the permit to send */
	out.asset = h->secret;
	must_fail(h, h->house.staff, &out, ERROR_INVALID);
}

static void
a_failing_clock_changes_nothing(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier = granted_carry(h);
	go_out(h, &dossier);
	hours_pass(h, 30);
	struct flow_clock_done done;
	bool is_more;
	for (int64_t n = 1;; n++) {
		const struct hash before = everything(&h->house);
		store_fault_at(h->house.store, n);
		struct error *error = flow_clock(h->house.store, h->house.arena, &h->flow, 1, &done,
						 &is_more);
		store_fault_at(h->house.store, 0);
		if (error == OK)
			break;
		const struct hash after = everything(&h->house);
		assert_true(hash_same(&before, &after));
		error_sweep();
	}
	assert_int_equal(done.overdue_escalated + done.overdue + done.reminded, 1);
}

static void
the_figures_of_an_occasion_count_what_happened(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier = granted_carry(h);
	go_out(h, &dossier);
	struct flow_occasion_state figures;
	const struct pack_occasion *transport = pack_occasion(h->house.pack, T("transport"));
	{
		LOOK(&h->house, look);
		must(flow_occasion_state(&look, &h->flow, transport, &figures));
	}
	assert_int_equal(figures.granted, 1);
	assert_int_equal(figures.living, 1);
	assert_int_equal(figures.overdue, 0);
	days_pass(h, 1);
	LOOK(&h->house, look);
	must(flow_occasion_state(&look, &h->flow, transport, &figures));
	assert_int_equal(figures.overdue, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW_TEST(out_and_back_are_signed_on_the_spot),
		FLOW_TEST(nothing_goes_out_before_or_after_the_days_of_the_permit),
		FLOW_TEST(an_unused_permit_expires_by_the_clock_once),
		FLOW_TEST(an_overdue_return_is_reminded_then_the_manager_is_told),
		FLOW_TEST(an_extension_is_asked_and_decided),
		FLOW_TEST(a_revoked_permit_lets_nothing_out_but_lets_everything_back),
		FLOW_TEST(a_result_does_not_end_a_permit_under_which_nothing_has_gone_out_yet),
		FLOW_TEST(a_failing_clock_changes_nothing),
		FLOW_TEST(the_figures_of_an_occasion_count_what_happened),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
