/* Acted first and reported after; rules bent for a time, looked at, closed. */
#include "telework_house.h"

#include "flow/rooms.h"

static struct dossier_id
draft_exception(struct flow_house *h, const char *period)
{
	const struct flow_answer answers[] = {
		ANSWER("doing", "bend"),	 ANSWER("purpose", "古い機械が要る"),
		ANSWER("bent", "2.c"),		 ANSWER("instead", "網から外す"),
		{ T("bend-period"), { 0 }, text_of(period) },
	};
	return draft_answers(h, h->house.manager, answers, COUNT(answers));
}

static struct dossier
granted_exception(struct flow_house *h, const char *period)
{
	const struct dossier_id id = draft_exception(h, period);
	must(send_it(h, h->house.manager, id));
	must(decide(h, h->ciso, id, VERDICT_OPINION, "やむを得ない"));
	must(decide(h, h->house.mayor, id, VERDICT_PERMIT, ""));
	return dossier_now(h, id);
}

static struct flow_exception
exception_of(struct flow_house *h, const struct dossier *dossier)
{
	struct flow_exception exception;
	LOOK(&h->house, look);
	must(flow_exception_read(&look, &h->flow, dossier->permits[0].id, &exception));
	return exception;
}

static size_t
register_of(struct flow_house *h, bool has_state, enum exception_state state, const char *clause)
{
	struct flow_exception *list;
	struct permit_id next;
	size_t count;
	LOOK(&h->house, look);
	must(flow_exceptions(&look, &h->flow,
			     &(struct flow_exceptions_query){
				     .has_state = has_state, .state = state,
				     .clause = clause == NULL ? NULL
							      : pack_clause(h->house.pack,
									    text_of(clause)) },
			     0, &list, &count, &next));
	return count;
}

static size_t
bends_on(struct flow_house *h, const char *clause, struct day day)
{
	struct flow_bend *list;
	size_t count;
	LOOK(&h->house, look);
	must(flow_bends(&look, &h->flow,
			clause == NULL ? NULL : pack_clause(h->house.pack, text_of(clause)), day,
			&list, &count));
	return count;
}

static struct flow_occasion_state
figures_of(struct flow_house *h, const char *occasion)
{
	struct flow_occasion_state figures;
	LOOK(&h->house, look);
	must(flow_occasion_state(&look, &h->flow, pack_occasion(h->house.pack, text_of(occasion)),
				 &figures));
	return figures;
}

static struct deed
deed_on(struct flow_house *h, const struct dossier *dossier, enum doing doing, const char *why)
{
	return (struct deed){ .doing = doing, .change = dossier_now(h, dossier->id).change,
			      .permit = dossier->permits[0].id, .why = text_of(why) };
}

static void
an_emergency_is_in_force_from_when_it_happened_without_permission(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_emergency(h, "2026-11-20T20:00", "");
	struct deed send = { .doing = SEND, .id = id, .change = dossier_now(h, id).change };
	walk(h, h->house.manager, &send);
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_GRANTED);
	assert_int_equal(dossier.permits_count, 1);
	assert_int_equal(dossier.permits[0].from.no, D(-1).no);
	assert_int_equal(dossier.permits[0].until.no, D(12).no); /* 14 days, both included */
	assert_true(dossier.permits[0].is_default_end);
	assert_true(dossier.permits[0].is_exception);
	assert_int_equal(dossier.reports_count, 1);
	assert_false(dossier.is_late);
	assert_int_equal(notices_of(h, h->ciso), 1);
	must(decide(h, h->ciso, id, VERDICT_ACKNOWLEDGE, ""));
	must(decide(h, h->house.director, id, VERDICT_ACKNOWLEDGE, ""));
	const struct flow_exception exception = exception_of(h, &dossier);
	assert_true(exception.is_emergency);
	assert_true(exception.is_default_end);
	assert_int_equal(exception.state, EXCEPTION_LIVING);
	assert_int_equal(exception.clauses_count, 2);
	assert_true(text_is(exception.measure, "二人で運んだ"));
	assert_int_equal(bends_on(h, "1.a", D(0)), 1);
	assert_int_equal(bends_on(h, "1", D(0)), 2); /* the heading: what stands below it */
	assert_int_equal(bends_on(h, "1.b", D(0)), 0);
	assert_int_equal(bends_on(h, NULL, D(-2)), 0);
	assert_int_equal(bends_on(h, NULL, D(13)), 0);
}

static void
an_emergency_with_an_end_has_that_end_even_when_it_is_past(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_emergency(h, "2026-11-20T20:00", "2026-11-20");
	must(send_it(h, h->house.manager, id));
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.permits[0].until.no, D(-1).no);
	assert_false(dossier.permits[0].is_default_end);
	assert_int_equal(exception_of(h, &dossier).state, EXCEPTION_RUN_OUT);
	struct deed cancel = { .doing = CANCEL, .id = id, .change = dossier.change,
			       .why = T("なかったことに") };
	must_fail(h, h->house.manager, &cancel, ERROR_CONFLICT);
}

static void
a_report_after_its_clock_is_marked_late_for_good(void **state)
{
	struct flow_house *h = *state;
	must(send_it(h, h->house.manager, draft_emergency(h, "2026-11-20T20:00", "")));
	const struct dossier_id id = draft_emergency(h, "2026-11-19T20:00", "");
	struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.reports_count, 1);
	assert_true(dossier.is_late); /* late already, and not sent */
	struct flow_occasion_state figures = figures_of(h, "emergency");
	assert_int_equal(figures.reports, 1);
	assert_int_equal(figures.late, 0);
	assert_int_equal(figures.reports_running, 1);
	assert_int_equal(figures.reports_waiting, 1);
	must(send_it(h, h->house.manager, id));
	dossier = dossier_now(h, id);
	assert_true(dossier.is_late);
	assert_int_equal(dossier.reports[0].sent.ms, h->house.now.ms);
	figures = figures_of(h, "emergency");
	assert_int_equal(figures.reports, 2);
	assert_int_equal(figures.late, 1);
	assert_int_equal(figures.reports_waiting, 0);
}

static void
a_report_must_say_when_and_not_in_the_future(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_emergency(h, "", "");
	assert_true(has_fault(faults_of(h, id), "happened-at"));
	const struct flow_answer future[] = { ANSWER("happened-at", "2026-11-22T10:00") };
	must(save_answers(h, h->house.manager, id, future, 1));
	assert_true(has_fault(faults_of(h, id), "happened-at"));
	const struct flow_answer now[] = { ANSWER("happened-at", "2026-11-21T09:00") };
	must(save_answers(h, h->house.manager, id, now, 1));
	assert_null(faults_of(h, id));
	const struct flow_answer unknown[] = { ANSWER("bent", "1.a\n99.z") };
	must(save_answers(h, h->house.manager, id, unknown, 1));
	assert_true(says(faults_of(h, id), "bent", "99.z"));
	const struct flow_answer heading[] = { ANSWER("bent", "1") };
	must(save_answers(h, h->house.manager, id, heading, 1));
	assert_true(has_fault(faults_of(h, id), "bent")); /* a chapter is no duty */
}

static void
a_draft_whose_clock_runs_is_reminded_of_before_and_after(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_emergency(h, "2026-11-21T08:00", "");
	assert_int_equal(tick(h).reminded, 0);
	hours_pass(h, 22); /* 07:00 of the next day; it is due at 08:00 */
	h->house.now.ms += 60000;
	assert_int_equal(tick(h).reminded, 1);
	assert_int_equal(tick(h).reminded, 0);
	assert_int_equal(notices_of(h, h->house.manager), 1);
	hours_pass(h, 1);
	assert_int_equal(tick(h).reminded, 1);
	assert_int_equal(tick(h).reminded, 0);
	assert_true(text_is(text_of(h->house.last_act), "dossier.report-late"));
	struct deed cancel = { .doing = CANCEL, .id = id, .change = dossier_now(h, id).change };
	must(deed_as(h, h->house.manager, &cancel));
	assert_int_equal(figures_of(h, "emergency").reports_waiting, 0);
}

static void
a_day_alone_is_late_only_after_the_days_that_follow_it(void **state)
{
	struct flow_house *h = *state;
	const struct flow_answer answers[] = { ANSWER("doing", "lost"), ANSWER("purpose", "届け"),
					       ANSWER("lost-on", "2026-11-20"),
					       ANSWER("lost-what", "職員証") };
	const struct dossier_id id = draft_answers(h, h->house.staff, answers, COUNT(answers));
	assert_false(dossier_now(h, id).is_late);
	struct deed send = { .doing = SEND, .id = id, .change = dossier_now(h, id).change };
	walk(h, h->house.staff, &send);
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_COMPLETE); /* nobody has to permit it */
	assert_int_equal(dossier.permits_count, 0);
	assert_false(dossier.is_late);
	must(decide(h, h->house.manager, id, VERDICT_ACKNOWLEDGE, ""));
	const struct flow_answer other[] = { ANSWER("doing", "lost"), ANSWER("purpose", "届け"),
					     ANSWER("lost-on", "2026-11-19"),
					     ANSWER("lost-what", "鍵") };
	const struct dossier_id late = draft_answers(h, h->house.staff, other, COUNT(other));
	assert_true(dossier_now(h, late).is_late);
}

static void
an_exception_is_consulted_on_then_permitted_and_extended_by_whom_the_pack_says(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_exception(h, "2026-11-21/2026-11-30");
	must(send_it(h, h->house.manager, id));
	struct deed early = ruling_of(h, h->house.mayor, id, VERDICT_PERMIT, "");
	const struct dossier sent = dossier_now(h, id);
	early.ruling.step = step_for(&sent, "mayor", (struct unit_id){ 0 })->id;
	must_fail(h, h->house.mayor, &early, ERROR_CONFLICT); /* the consultation comes first */
	must(decide(h, h->ciso, id, VERDICT_OPINION, "やむを得ない"));
	struct deed permit = ruling_of(h, h->house.mayor, id, VERDICT_PERMIT, "");
	walk(h, h->house.mayor, &permit);
	struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.permits[0].until.no, D(9).no);
	assert_false(exception_of(h, &dossier).is_emergency);
	struct deed extend = deed_on(h, &dossier, EXTEND, "部品が届かない");
	extend.until = D(20);
	must(deed_as(h, h->house.manager, &extend));
	struct deed rule = deed_on(h, &dossier, RULE_EXTENSION, "");
	rule.is_granted = true;
	must_fail(h, h->house.mayor, &rule, ERROR_REFUSED);
	must(deed_as(h, h->house.director, &rule)); /* chief */
	dossier = dossier_now(h, id);
	assert_int_equal(dossier.permits[0].until.no, D(20).no);
	assert_int_equal(bends_on(h, "2.c", D(20)), 1);
}

static void
an_extension_takes_the_default_end_away(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier = granted_exception(h, "");
	assert_true(dossier.permits[0].is_default_end);
	assert_int_equal(dossier.permits[0].until.no, D(13).no);
	struct deed extend = deed_on(h, &dossier, EXTEND, "部品が届かない");
	extend.until = D(20);
	must(deed_as(h, h->house.manager, &extend));
	struct deed rule = deed_on(h, &dossier, RULE_EXTENSION, "");
	rule.is_granted = true;
	must(deed_as(h, h->house.director, &rule));
	dossier = dossier_now(h, dossier.id);
	assert_false(dossier.permits[0].is_default_end);
}

static void
what_ran_out_stays_listed_until_it_is_closed_with_what_was_done(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier = granted_exception(h, "2026-11-21/2026-11-30");
	assert_int_equal(register_of(h, true, EXCEPTION_LIVING, NULL), 1);
	days_pass(h, 10);
	assert_int_equal(register_of(h, true, EXCEPTION_RUN_OUT, NULL), 1); /* before any clock */
	assert_int_equal(tick(h).expired, 1);
	assert_true(notices_of(h, h->house.director) > 0);
	assert_int_equal(dossier_now(h, dossier.id).state, DOSSIER_GRANTED);
	assert_int_equal(register_of(h, true, EXCEPTION_RUN_OUT, "2.c"), 1);
	assert_int_equal(register_of(h, true, EXCEPTION_RUN_OUT, "2"), 1);
	assert_int_equal(register_of(h, true, EXCEPTION_RUN_OUT, "1"), 0);
	assert_int_equal(bends_on(h, "2.c", D(10)), 0);
	assert_int_equal(bends_on(h, "2.c", D(9)), 1);
	struct deed close = deed_on(h, &dossier, CLOSE, "");
	must_fail(h, h->house.manager, &close, ERROR_INVALID);
	close.why = T("機械を入れ替えた");
	must_fail(h, h->info_clerk, &close, ERROR_REFUSED);
	walk(h, h->house.manager, &close);
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.state, DOSSIER_COMPLETE);
	const struct flow_exception exception = exception_of(h, &dossier);
	assert_int_equal(exception.state, EXCEPTION_CLOSED);
	assert_true(text_is(exception.result, "機械を入れ替えた"));
	assert_int_equal(exception.closed_by.no, h->house.manager.no);
	assert_int_equal(exception.permit_state, PERMIT_EXPIRED);
	assert_int_equal(register_of(h, true, EXCEPTION_RUN_OUT, NULL), 0);
	assert_int_equal(register_of(h, false, EXCEPTION_LIVING, NULL), 1);
	close.change = dossier.change;
	must_fail(h, h->house.manager, &close, ERROR_CONFLICT);
}

static void
closed_early_it_bends_no_longer(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier = granted_exception(h, "2026-11-21/2026-11-30");
	struct deed finish = { .doing = RESULT, .id = dossier.id, .change = dossier.change };
	must_fail(h, h->house.manager, &finish, ERROR_CONFLICT); /* not without what was done */
	days_pass(h, 2);
	struct deed close = deed_on(h, &dossier, CLOSE, "要らなくなった");
	must(deed_as(h, h->house.director, &close));
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.permits[0].state, PERMIT_USED_UP);
	assert_int_equal(dossier.state, DOSSIER_COMPLETE);
	assert_int_equal(bends_on(h, "2.c", D(2)), 1);
	assert_int_equal(bends_on(h, "2.c", D(3)), 0);
}

static void
a_revoked_exception_is_not_closed_by_that(void **state)
{
	struct flow_house *h = *state;
	const struct dossier dossier = granted_exception(h, "2026-11-21/2026-11-30");
	struct deed revoke = deed_on(h, &dossier, REVOKE, "危ない");
	must(deed_as(h, h->house.mayor, &revoke));
	assert_int_equal(exception_of(h, &dossier).state, EXCEPTION_RUN_OUT);
	assert_int_equal(dossier_now(h, dossier.id).state, DOSSIER_GRANTED);
	struct deed close = deed_on(h, &dossier, CLOSE, "元に戻した");
	must(deed_as(h, h->house.manager, &close));
	assert_int_equal(dossier_now(h, dossier.id).state, DOSSIER_COMPLETE);
}

static void
those_told_of_an_emergency_may_end_it(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_emergency(h, "2026-11-20T20:00", "");
	must(send_it(h, h->house.manager, id));
	const struct dossier dossier = dossier_now(h, id);
	struct deed revoke = deed_on(h, &dossier, REVOKE, "もう要らない");
	must_fail(h, h->house.manager, &revoke, ERROR_REFUSED);
	must(deed_as(h, h->ciso, &revoke));
	assert_int_equal(bends_on(h, "1.a", D(1)), 0);
}

static void
what_is_sent_again_was_reported_the_first_time(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_emergency(h, "2026-11-20T20:00", "");
	const struct flow_answer more[] = { ANSWER("doing", "acted\nown"),
					    ANSWER("period", "2026-11-21/2026-11-30"),
					    ANSWER("device", "自分の端末"),
					    ANSWER("device-serial", "A-1") };
	must(save_answers(h, h->house.manager, id, more, COUNT(more)));
	must(send_it(h, h->house.manager, id));
	const struct moment first = h->house.now;
	struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_SENT); /* the device is still to be permitted */
	assert_int_equal(dossier.permits_count, 1);    /* the emergency is in force */
	must(decide(h, h->house.director, id, VERDICT_SEND_BACK, "機器の名前を"));
	days_pass(h, 3);
	must(send_it(h, h->house.manager, id));
	must(decide(h, h->house.director, id, VERDICT_PERMIT, ""));
	dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_GRANTED);
	assert_int_equal(dossier.permits_count, 2);
	assert_int_equal(register_of(h, false, EXCEPTION_LIVING, NULL), 1);
	assert_int_equal(dossier.reports[0].sent.ms, first.ms);
	assert_false(dossier.is_late);
}

/* What Bansho 0.1 froze held no route: it is not stale for that. */
static struct error *
freeze_as_before(struct act *act, void *with)
{
	struct deed *d = with;
	struct dossier dossier;
	TRY(flow_read(&act->look, d->flow, d->id, &dossier));
	struct asking asking = dossier_asking(&act->look, d->flow, &dossier);
	const struct hash digest = hash_of(frozen_content(
		&asking, &dossier,
		(struct freezing){ .is_then = true, .revision = dossier.revision }));
	assert_false(hash_same(&digest, &dossier.digest));
	TRY(flow_dossier_freeze(act, &(struct flow_dossier_freeze_in){
					     d->id.no, dossier.revision, hash_bytes(&digest),
					     hash_bytes(&d->flow->pack->digest),
					     act->look.now.ms }));
	return note_dossier(act, &dossier, "dossier.save", NULL);
}

static void
what_was_frozen_without_a_route_is_not_stale(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_exception(h, "2026-11-21/2026-11-30");
	must(send_it(h, h->house.manager, id));
	struct deed deed = { .flow = &h->flow, .id = id };
	must(act_now(&h->house, freeze_as_before, &deed));
	assert_false(dossier_now(h, id).is_stale);
	must(decide(h, h->ciso, id, VERDICT_OPINION, "やむを得ない"));
	must(decide(h, h->house.mayor, id, VERDICT_PERMIT, ""));
}

static size_t
listed_late(struct flow_house *h, const char *occasion)
{
	struct flow_page page;
	LOOK(&h->house, look);
	must(flow_list(&look, &h->flow,
		       &(struct flow_query){ .list = FLOW_LATE,
					     .occasion = occasion == NULL
								 ? NULL
								 : pack_occasion(h->house.pack,
										 text_of(occasion)) },
		       0, &page));
	return page.count;
}

static void
late_reports_are_a_list(void **state)
{
	struct flow_house *h = *state;
	must(send_it(h, h->house.manager, draft_emergency(h, "2026-11-20T20:00", "")));
	assert_int_equal(listed_late(h, NULL), 0);
	must(send_it(h, h->house.manager, draft_emergency(h, "2026-11-19T20:00", "")));
	const struct dossier_id draft = draft_emergency(h, "2026-11-19T21:00", "");
	assert_int_equal(listed_late(h, NULL), 2);
	assert_int_equal(listed_late(h, "emergency"), 2);
	assert_int_equal(listed_late(h, "lost"), 0);
	struct flow_page page;
	LOOK(&h->house, look);
	must(flow_list(&look, &h->flow, &(struct flow_query){ .list = FLOW_LATE }, 1, &page));
	assert_int_equal(page.count, 1);
	assert_int_equal(page.lines[0].id.no, draft.no);
	assert_int_equal(page.lines[0].purpose.len, 0); /* a draft is its writer's own */
	const struct flow_query next = { .list = FLOW_LATE, .after = page.next };
	must(flow_list(&look, &h->flow, &next, 5, &page));
	assert_int_equal(page.count, 1);
	assert_true(page.lines[0].purpose.len > 0);
}

static struct flow_exception_figures
exception_figures(struct flow_house *h, int64_t days)
{
	struct flow_exception_figures figures;
	LOOK(&h->house, look);
	must(flow_exception_figures(&look, (struct moment){ h->house.now.ms - days * 86400000 },
				    &figures));
	return figures;
}

static void
who_keeps_the_register_looks_at_it_and_it_is_on_record(void **state)
{
	struct flow_house *h = *state;
	const struct dossier dossier = granted_exception(h, "2026-11-21/2027-02-28");
	assert_int_equal(exception_figures(h, 30).unreviewed, 0); /* it began since */
	days_pass(h, 40);
	assert_int_equal(exception_figures(h, 30).unreviewed, 1);
	struct deed review = deed_on(h, &dossier, REVIEW, "まだ要る");
	review.until = D(39);
	must_fail(h, h->house.manager, &review, ERROR_REFUSED); /* their own */
	must_fail(h, h->house.staff, &review, ERROR_REFUSED);
	review.until = D(41);
	must_fail(h, h->house.director, &review, ERROR_INVALID);
	review.until = D(-1);
	must_fail(h, h->house.director, &review, ERROR_INVALID);
	review.until = D(39);
	walk(h, h->house.director, &review);
	const struct flow_exception exception = exception_of(h, &dossier);
	assert_int_equal(exception.reviews_count, 1);
	assert_int_equal(exception.reviews[0].day.no, D(39).no);
	assert_int_equal(exception.reviews[0].by.no, h->house.director.no);
	assert_true(text_is(exception.reviews[0].role, "chief"));
	const struct flow_exception_figures figures = exception_figures(h, 30);
	assert_int_equal(figures.unreviewed, 0);
	assert_int_equal(figures.living, 1);
	assert_int_equal(figures.run_out, 0);
}

static void
only_those_with_the_role_report_an_emergency_and_nobody_chooses_it(void **state)
{
	struct flow_house *h = *state;
	const struct flow_answer answers[] = { ANSWER("doing", "acted"), ANSWER("purpose", "急いだ"),
					       ANSWER("happened-at", "2026-11-21T08:00"),
					       ANSWER("bent", "1.a") };
	const struct dossier_id id = draft_answers(h, h->house.staff, answers, COUNT(answers));
	assert_true(says(faults_of(h, id), "occasions", "課の管理者（きょうは髙橋"));
	const struct text wanted = T("emergency");
	struct deed draft = { .doing = DRAFT,
			      .words = { .asked = { .answers = answers, .answers_count = 2 },
					 .wanted = &wanted, .wanted_count = 1 } };
	must_fail(h, h->house.manager, &draft, ERROR_INVALID);
}

static void
what_may_be_done_is_shown_to_those_who_may(void **state)
{
	struct flow_house *h = *state;
	const struct dossier dossier = granted_exception(h, "2026-11-21/2026-11-30");
	const struct {
		struct person_id who;
		bool close, review;
	} cases[] = { { h->house.manager, true, false }, { h->house.director, true, true },
		      { h->ciso, true, true },		 { h->house.staff, true, false },
		      { h->info_clerk, false, false } };
	LOOK(&h->house, look);
	for (size_t at = 0; at < COUNT(cases); at++) {
		struct flow_may may;
		must(flow_may(&look, &h->flow, &dossier, cases[at].who, &may));
		assert_int_equal(may.close, cases[at].close);
		assert_int_equal(may.review, cases[at].review);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TELEWORK_TEST(an_emergency_is_in_force_from_when_it_happened_without_permission),
		TELEWORK_TEST(an_emergency_with_an_end_has_that_end_even_when_it_is_past),
		TELEWORK_TEST(a_report_after_its_clock_is_marked_late_for_good),
		TELEWORK_TEST(a_report_must_say_when_and_not_in_the_future),
		TELEWORK_TEST(a_draft_whose_clock_runs_is_reminded_of_before_and_after),
		TELEWORK_TEST(a_day_alone_is_late_only_after_the_days_that_follow_it),
		TELEWORK_TEST(an_exception_is_consulted_on_then_permitted_and_extended_by_whom_the_pack_says),
		TELEWORK_TEST(an_extension_takes_the_default_end_away),
		TELEWORK_TEST(what_ran_out_stays_listed_until_it_is_closed_with_what_was_done),
		TELEWORK_TEST(closed_early_it_bends_no_longer),
		TELEWORK_TEST(a_revoked_exception_is_not_closed_by_that),
		TELEWORK_TEST(those_told_of_an_emergency_may_end_it),
		TELEWORK_TEST(late_reports_are_a_list),
		TELEWORK_TEST(what_is_sent_again_was_reported_the_first_time),
		TELEWORK_TEST(what_was_frozen_without_a_route_is_not_stale),
		TELEWORK_TEST(who_keeps_the_register_looks_at_it_and_it_is_on_record),
		TELEWORK_TEST(only_those_with_the_role_report_an_emergency_and_nobody_chooses_it),
		TELEWORK_TEST(what_may_be_done_is_shown_to_those_who_may),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
