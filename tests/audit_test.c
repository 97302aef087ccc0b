/* Audits: who may look at what, from the plan to verified points; samples; the council; the review. */
#define HOUSE_JOURNAL
#include "office_house.h"
#include "deed.h"

#include "assure/assure.h"
#include "assure/finding.h"
#include "assure/review.h"
#include "assure/history.h"
#include "audit/audit.h"
#include "incident/incident.h"
#include "training/training.h"

/* The body of flow's tests, with an office of auditors and a council. */
struct audit_house {
	struct flow_house f; /* first: the helpers of flow take it */
	struct unit_id office;
	struct person_id auditor, second, member;
	struct audit_id audit;
	struct point_id point;
	struct meeting_id meeting;
	struct review_id review;
	int64_t item, request;
};

static struct audit_house *
house_of(void **state)
{
	return *state;
}

static struct error *
fill_work(struct act *act, void *with)
{
	struct audit_house *a = with;
	const struct auditors auditors = add_auditors(act, &a->f.house);
	a->office = auditors.office;
	a->auditor = auditors.first;
	a->second = auditors.second;
	a->member = auditors.council;
	return OK;
}

static int
audit_open_house(void **state)
{
	struct audit_house *a = flow_house_within(sizeof *a);
	must(act_now(&a->f.house, fill_work, a));
	*state = a;
	return 0;
}

#define AUDIT_TEST(name) cmocka_unit_test_setup_teardown(name, audit_open_house, house_close)

/* ---- Deeds ---- */

struct audit_deed {
	struct audit_house *a;
	struct error *(*doing)(struct act *act, struct audit_deed *deed);
	struct person_id person;
	struct unit_id unit;
	struct text words;
	bool is_yes;
	struct day day;
};

static struct error *
deed_do(struct act *act, void *with)
{
	struct audit_deed *deed = with;
	return deed->doing(act, deed);
}

#define PACK(deed) ((deed)->a->f.house.pack)

static struct error *
doing(struct audit_house *a, struct person_id who, struct error *(*what)(struct act *, struct audit_deed *),
      struct audit_deed deed)
{
	struct audit_deed *kept = ARENA_NEW(a->f.house.arena, struct audit_deed);
	*kept = deed;
	kept->a = a;
	kept->doing = what;
	return act_as(&a->f.house, who, deed_do, kept);
}
#define DO(a, who, what, ...) doing((a), (who), (what), (struct audit_deed){ .a = (a), __VA_ARGS__ })

static struct error *
plan(struct act *act, struct audit_deed *deed)
{
	const struct text themes[] = { T("disposal") };
	const struct text clauses[] = { T("3.2.8.b") };
	const struct unit_id units[] = { deed->a->f.house.section };
	return audit_plan(act, PACK(deed),
			  &(struct audit_planning){ .kind = AUDIT_REGULAR,
						    .title = T("廃棄と運搬"),
						    .aim = T("記録が整っているか"),
						    .since = D(1),
						    .until = D(40),
						    .units = units,
						    .units_count = 1,
						    .themes = themes,
						    .themes_count = 1,
						    .clauses = clauses,
						    .clauses_count = 1 },
			  &deed->a->audit);
}

static struct error *
name_auditor(struct act *act, struct audit_deed *deed)
{
	return audit_name(act, PACK(deed), deed->a->audit, deed->person, deed->is_yes);
}

static struct error *
begin(struct act *act, struct audit_deed *deed)
{
	return audit_begin(act, PACK(deed), deed->a->audit);
}

static struct error *
call(struct act *act, struct audit_deed *deed)
{
	return council_call(act, PACK(deed), moment_day(act->look.now), T("定例会議"), T(""), &deed->a->meeting);
}

static struct error *
add_item(struct act *act, struct audit_deed *deed)
{
	struct agenda_writing writing = { .title = T("議題"),
					  .about = audit_about(act->look.arena, deed->a->audit) };
	assert_true(agenda_kind_read(deed->words, &writing.kind));
	if (writing.kind == AGENDA_REVIEW)
		writing.about = audit_about_review(act->look.arena, deed->a->review);
	return council_add(act, PACK(deed), deed->a->meeting, &writing);
}

static struct error *
minutes(struct act *act, struct audit_deed *deed)
{
	struct meeting meeting;
	struct agenda *list;
	size_t count;
	TRY(council_read(&act->look, deed->a->meeting, &meeting));
	TRY(council_agenda(&act->look, deed->a->meeting, &list, &count));
	struct agenda_deciding *deciding = ARENA_ARRAY(act->look.arena, struct agenda_deciding, count + 1);
	for (size_t at = 0; at < count; at++)
		deciding[at] = (struct agenda_deciding){
			list[at].id, list[at].kind == AGENDA_IMPROVEMENT ? COUNCIL_AGREED : COUNCIL_NOTED,
			T("手順を直す")
		};
	return council_minutes(act, PACK(deed), deed->a->meeting, meeting.change, T("報告を受けた。"), T("議長"),
			       deciding, count);
}

static struct error *
sign(struct act *act, struct audit_deed *deed)
{
	struct audit_item *list;
	size_t count;
	TRY(audit_items(&act->look, PACK(deed), deed->a->audit, &list, &count));
	for (size_t at = 0; at < count; at++)
		TRY(audit_sign(act, PACK(deed), deed->a->audit, list[at].id, ITEM_MET, T("")));
	return OK;
}

static struct error *
ask(struct act *act, struct audit_deed *deed)
{
	TRY(audit_ask(act, PACK(deed), deed->a->audit, deed->unit, T("手順書"), deed->day));
	struct audit_request *list;
	size_t count;
	TRY(audit_requests(&act->look, deed->a->audit, &list, &count));
	deed->a->request = list[count - 1].id;
	return OK;
}

static struct error *
show(struct act *act, struct audit_deed *deed)
{
	const struct audit_file file = { hash_of(T("x")), T("手順書.pdf"), 1 };
	return audit_show(act, PACK(deed), deed->a->request, T("写しです。"), &file);
}

static struct error *
point(struct act *act, struct audit_deed *deed)
{
	return audit_point_add(act, PACK(deed), deed->a->audit,
			       &(struct point_writing){ T("3.2.9.b"), deed->unit, T("grave"), T("立会いがない"),
							T("1件に記録がない。"), T("必ず書く。") },
			       &deed->a->point);
}

static struct error *
report(struct act *act, struct audit_deed *deed)
{
	struct audit audit;
	TRY(audit_read(&act->look, PACK(deed), deed->a->audit, &audit));
	return audit_report(act, PACK(deed), audit.id, audit.change, T("おおむね良い。"));
}

static struct error *
receive(struct act *act, struct audit_deed *deed)
{
	return audit_receive(act, PACK(deed), deed->a->audit);
}

static struct error *
order(struct act *act, struct audit_deed *deed)
{
	struct audit_point found;
	TRY(audit_point(&act->look, PACK(deed), deed->a->point, &found));
	return audit_order(act, PACK(deed), found.id, found.change, T("直すこと。"), deed->day);
}

static struct error *
answer(struct act *act, struct audit_deed *deed)
{
	struct audit_point found;
	TRY(audit_point(&act->look, PACK(deed), deed->a->point, &found));
	return audit_answer(act, PACK(deed), found.id, found.change, deed->is_yes, T("手順を直す。"), deed->day);
}

static struct error *
verify(struct act *act, struct audit_deed *deed)
{
	struct audit_point found;
	TRY(audit_point(&act->look, PACK(deed), deed->a->point, &found));
	return audit_verify(act, PACK(deed), found.id, found.change, deed->is_yes, T("記録を見た。"));
}

static struct error *
close_it(struct act *act, struct audit_deed *deed)
{
	return audit_close(act, PACK(deed), deed->a->audit, T("すべて済んだ。"));
}

static struct error *
start_review(struct act *act, struct audit_deed *deed)
{
	return review_start(act, PACK(deed), assure_review_sources, T("年次"), &deed->a->review);
}

static struct error *
use_audits(struct act *act, struct audit_deed *deed)
{
	return review_use(act, PACK(deed), deed->a->review, T("audits"), T("手順に書き加える。"));
}

static struct error *
decide_review(struct act *act, struct audit_deed *deed)
{
	struct review review;
	TRY(review_read(&act->look, deed->a->review, &review));
	return review_decide(act, &deed->a->f.flow, assure_review_sources, review.id, review.change, true, T("変える。"));
}

static struct audit_point
point_now(struct audit_house *a)
{
	struct audit_point found;
	LOOK(&a->f.house, look);
	must(audit_point(&look, a->f.house.pack, a->point, &found));
	return found;
}

static struct audit
audit_now(struct audit_house *a)
{
	struct audit audit;
	LOOK(&a->f.house, look);
	must(audit_read(&look, a->f.house.pack, a->audit, &audit));
	return audit;
}

#define CHIEF(a) ((a)->f.house.director)

static void
plan_and_name(struct audit_house *a)
{
	must(DO(a, CHIEF(a), plan));
	must(DO(a, CHIEF(a), name_auditor, .person = a->auditor, .is_yes = true));
}

static void
before_council(struct audit_house *a, const char *kind)
{
	must(DO(a, CHIEF(a), call));
	must(DO(a, CHIEF(a), add_item, .words = text_of(kind)));
	must(DO(a, a->member, minutes));
}

static void
begin_all(struct audit_house *a)
{
	plan_and_name(a);
	before_council(a, "plan");
	must(DO(a, CHIEF(a), begin));
}

static void
report_all(struct audit_house *a)
{
	begin_all(a);
	must(DO(a, a->auditor, sign));
	must(DO(a, a->auditor, point, .unit = a->f.house.section));
	must(DO(a, a->auditor, report));
}

/* ---- From plan to end ---- */

static void
a_plan_takes_the_clauses_of_its_themes_once(void **state)
{
	struct audit_house *a = house_of(state);
	struct audit_item *list;
	size_t count;
	must_refuse(DO(a, a->f.house.manager, plan), ERROR_REFUSED);
	must(DO(a, CHIEF(a), plan));
	LOOK(&a->f.house, look);
	must(audit_items(&look, a->f.house.pack, a->audit, &list, &count));
	assert_int_equal(count, pack_theme(a->f.house.pack->audit, T("disposal"))->clauses_count + 1);
	assert_int_equal(audit_now(a).state, AUDIT_PLANNED);
}

static void
an_audit_does_not_begin_before_the_council_saw_its_plan(void **state)
{
	struct audit_house *a = house_of(state);
	must(DO(a, CHIEF(a), plan));
	must_refuse(DO(a, CHIEF(a), begin), ERROR_CONFLICT); /* nobody named */
	must(DO(a, CHIEF(a), name_auditor, .person = a->auditor, .is_yes = true));
	must_refuse(DO(a, CHIEF(a), begin), ERROR_CONFLICT);
	before_council(a, "plan");
	must_refuse(DO(a, a->f.house.staff, begin), ERROR_REFUSED);
	must(DO(a, CHIEF(a), begin));
	assert_int_equal(audit_now(a).state, AUDIT_BEGUN);
	assert_true(notices_of(&a->f, a->f.house.manager) > 0);
}

static void
an_audit_goes_from_plan_to_verified_points(void **state)
{
	struct audit_house *a = house_of(state);
	begin_all(a);
	must_refuse(DO(a, a->auditor, report), ERROR_CONFLICT); /* items are open */
	must(DO(a, a->auditor, sign));
	must(DO(a, a->auditor, point, .unit = a->f.house.section));
	must_refuse(DO(a, a->f.ciso, order, .day = D(30)), ERROR_CONFLICT); /* not reported */
	deed_ask(&a->f.house, "audit.report");
	must(DO(a, a->auditor, report));
	assert_int_equal(deed_done(&a->f.house, "audit:1"), 1);
	assert_int_equal(deed_done_of(&a->f.house, "audit", "audit:1"), 1); /* the pack's own */
	must_refuse(DO(a, a->auditor, sign), ERROR_CONFLICT); /* what was reported stays */
	must_refuse(DO(a, CHIEF(a), close_it), ERROR_CONFLICT);
	must_refuse(DO(a, a->f.house.manager, receive), ERROR_REFUSED);
	must(DO(a, a->f.ciso, receive));
	before_council(a, "result");
	must_refuse(DO(a, a->f.house.manager, order, .day = D(30)), ERROR_REFUSED);
	must(DO(a, a->f.ciso, order, .day = D(30)));
	must_refuse(DO(a, a->f.house.manager, answer, .day = D(31)), ERROR_INVALID); /* past the order's day */
	must(DO(a, a->f.house.manager, answer, .day = D(20)));
	assert_int_equal(point_now(a).state, POINT_ANSWERED);
	must_refuse(DO(a, a->auditor, verify, .is_yes = true), ERROR_CONFLICT); /* not yet done */
	must(DO(a, a->f.house.manager, answer, .is_yes = true, .day = DAY_NONE));
	must(DO(a, a->auditor, verify, .is_yes = false));
	assert_int_equal(point_now(a).state, POINT_ORDERED);
	must(DO(a, a->f.house.manager, answer, .is_yes = true, .day = DAY_NONE));
	must_refuse(DO(a, CHIEF(a), close_it), ERROR_CONFLICT);
	must(DO(a, a->auditor, verify, .is_yes = true));
	assert_int_equal(point_now(a).state, POINT_SETTLED);
	must(DO(a, CHIEF(a), close_it));
	assert_int_equal(audit_now(a).state, AUDIT_CLOSED);
}

static void
only_who_answers_for_the_unit_answers(void **state)
{
	struct audit_house *a = house_of(state);
	report_all(a);
	must(DO(a, a->f.ciso, order, .day = D(30)));
	must_refuse(DO(a, a->f.other_manager, answer, .day = D(20)), ERROR_REFUSED);
	must_refuse(DO(a, a->f.house.staff, answer, .day = D(20)), ERROR_REFUSED);
	must(DO(a, a->f.house.manager, answer, .is_yes = true, .day = DAY_NONE));
	must_refuse(DO(a, a->second, verify, .is_yes = true), ERROR_REFUSED); /* no auditor of this one */
}

/* ---- Independence ---- */

static void
assert_barred(struct audit_house *a, struct person_id person)
{
	struct text why;
	LOOK(&a->f.house, look);
	must(audit_independent(&look, a->f.house.pack, a->audit, person, &why));
	assert_true(why.len != 0);
}

static void
nobody_audits_what_is_their_own(void **state)
{
	struct audit_house *a = house_of(state);
	must(DO(a, CHIEF(a), plan));
	assert_barred(a, a->f.house.staff);	/* of the unit, and runs Bansho */
	assert_barred(a, a->f.house.manager);	/* answers for it */
	assert_barred(a, CHIEF(a));		/* stands above it */
	must_refuse(DO(a, CHIEF(a), name_auditor, .person = a->f.other_manager), ERROR_INVALID); /* not the role */
	must_refuse(DO(a, CHIEF(a), name_auditor, .person = CHIEF(a)), ERROR_INVALID);
	must(DO(a, CHIEF(a), name_auditor, .person = a->auditor, .is_yes = true));
	must_refuse(DO(a, CHIEF(a), name_auditor, .person = a->auditor), ERROR_INVALID); /* twice */
}

static struct error *
moved_in(struct act *act, void *with)
{
	struct audit_house *a = with;
	struct assignment_id id;
	const struct post_id post = add_post(act, &a->f.house, a->f.house.section, "参事", NULL);
	return people_assign(act, &(struct assignment){ .person = a->auditor, .post = post, .since = D(0),
							.until = DAY_NONE },
			     &id);
}

static void
who_comes_to_belong_to_the_unit_is_no_auditor_of_it_any_more(void **state)
{
	struct audit_house *a = house_of(state);
	begin_all(a);
	must(act_now(&a->f.house, moved_in, a));
	must_refuse(DO(a, a->auditor, sign), ERROR_REFUSED);
}

static void
who_decided_a_case_of_the_unit_does_not_audit_it(void **state)
{
	struct audit_house *a = house_of(state);
	const struct dossier_id id = draft_carry(&a->f, a->f.house.staff, a->f.secret, "exception");
	struct text why;
	must(send_it(&a->f, a->f.house.staff, id));
	must(DO(a, CHIEF(a), plan));
	{
		LOOK(&a->f.house, look);
		must(audit_independent(&look, a->f.house.pack, a->audit, a->f.ciso, &why));
		assert_int_equal(why.len, 0);
	}
	must(decide(&a->f, a->f.ciso, id, VERDICT_OPINION, "よい"));
	assert_barred(a, a->f.ciso);
}

/* ---- Who sees ---- */

static void
a_unit_sees_its_own_and_nothing_else(void **state)
{
	struct audit_house *a = house_of(state);
	struct audit_eyes eyes;
	bool is_mine;
	report_all(a);
	LOOK(&a->f.house, look);
	must(audit_sees(&look, a->f.house.pack, a->f.house.manager, &eyes));
	assert_false(eyes.all);
	must(audit_answers_for(&look, &eyes, a->f.house.section, &is_mine));
	assert_true(is_mine);
	must(audit_answers_for(&look, &eyes, a->f.house.other, &is_mine));
	assert_false(is_mine);
	must(audit_sees(&look, a->f.house.pack, a->f.house.staff, &eyes));
	assert_false(eyes.all);
	assert_int_equal(eyes.count, 0);
	must(audit_sees(&look, a->f.house.pack, a->member, &eyes));
	assert_true(eyes.all);
}

static void
what_auditors_ask_for_is_shown_by_the_unit_alone(void **state)
{
	struct audit_house *a = house_of(state);
	struct audit_paper *papers;
	size_t count;
	begin_all(a);
	must_refuse(DO(a, a->auditor, ask, .unit = a->f.house.other, .day = D(5)), ERROR_INVALID); /* not in scope */
	must(DO(a, a->auditor, ask, .unit = a->f.house.section, .day = D(5)));
	must_refuse(DO(a, a->f.other_manager, show), ERROR_REFUSED);
	must(DO(a, a->f.house.manager, show));
	must_refuse(DO(a, a->f.house.manager, show), ERROR_CONFLICT);
	LOOK(&a->f.house, look);
	must(audit_papers(&look, a->audit, &papers, &count));
	assert_int_equal(count, 1);
	assert_int_equal(papers[0].request, a->request);
}

static void
when_anything_fails_nothing_has_changed(void **state)
{
	struct audit_house *a = house_of(state);
	struct audit_deed planning = { .a = a, .doing = plan }, showing = { .a = a, .doing = show },
			  holding = { .a = a, .doing = minutes };
	fault_walk(&a->f.house, CHIEF(a), deed_do, &planning);
	must(DO(a, CHIEF(a), name_auditor, .person = a->auditor, .is_yes = true));
	must(DO(a, CHIEF(a), call));
	must(DO(a, CHIEF(a), add_item, .words = T("plan")));
	fault_walk(&a->f.house, a->member, deed_do, &holding);
	must(DO(a, CHIEF(a), begin));
	must(DO(a, a->auditor, ask, .unit = a->f.house.section, .day = D(5)));
	fault_walk(&a->f.house, a->f.house.manager, deed_do, &showing);
}

/* ---- Time ---- */

static struct audit_done
tick(struct audit_house *a)
{
	struct audit_done done;
	must(audit_clock(a->f.house.store, a->f.house.arena, &a->f.flow, &done));
	return done;
}

static void
a_late_point_is_told_once_a_week_and_to_who_ordered_after_two(void **state)
{
	struct audit_house *a = house_of(state);
	report_all(a);
	must(DO(a, a->f.ciso, order, .day = D(3)));
	days_pass(&a->f, 3);
	assert_int_equal(tick(a).reminded, 0); /* its day is still in time */
	days_pass(&a->f, 1);
	assert_int_equal(tick(a).reminded, 1);
	assert_int_equal(tick(a).reminded, 0);
	assert_true(point_now(a).is_late);
	const int64_t before = notices_of(&a->f, a->f.ciso);
	/* Off for a month: told at once, once each. */
	days_pass(&a->f, 30);
	assert_int_equal(tick(a).escalated, 1);
	assert_int_equal(tick(a).reminded, 1);
	const struct audit_done done = tick(a);
	assert_int_equal(done.reminded + done.escalated, 0);
	assert_int_equal(notices_of(&a->f, a->f.ciso), before + 1);
}

static struct audit_mine
mine_of(struct audit_house *a, struct person_id person)
{
	struct audit_mine mine;
	LOOK(&a->f.house, look);
	must(audit_mine(&look, a->f.house.pack, person, moment_day(look.now), &mine));
	return mine;
}

static void
a_late_point_waits_for_its_unit_and_shows_to_who_ordered_it(void **state)
{
	struct audit_house *a = house_of(state);
	report_all(a);
	assert_int_equal(mine_of(a, a->f.house.manager).open, 0); /* not ordered */
	must(DO(a, a->f.ciso, order, .day = D(3)));
	assert_int_equal(mine_of(a, a->f.house.manager).open, 1);
	assert_int_equal(mine_of(a, a->f.house.manager).late, 0);
	assert_int_equal(mine_of(a, a->f.ciso).orders_late, 0);
	days_pass(&a->f, 4);
	assert_int_equal(mine_of(a, a->f.house.manager).late, 1);
	assert_int_equal(mine_of(a, a->f.house.manager).orders_late, 0);
	assert_int_equal(mine_of(a, a->f.other_manager).open, 0);
	assert_int_equal(mine_of(a, a->f.ciso).orders_late, 1);
}

static size_t
late_points(struct audit_house *a, struct person_id person, struct finding *newest)
{
	static const struct actor clock = { .through = T_INIT("clock") };
	const struct finding_query query = { .is_open_only = true, .has_kind = true,
					     .kind = ASSURE_POINT, .person = person, .at = DAY_NONE };
	struct house *h = &a->f.house;
	struct assure_recorded recorded;
	struct finding *list;
	size_t count;
	must(assure_record(h->store, h->arena, &a->f.flow, NULL, &clock, &recorded));
	LOOK(h, look);
	must(assure_findings(&look, h->pack, &query, &list, &count));
	if (count != 0)
		*newest = list[0];
	return count;
}

static void
a_late_point_is_a_finding_of_the_unit_until_an_auditor_verified_it(void **state)
{
	struct audit_house *a = house_of(state);
	const struct person_id anybody = { 0 };
	struct finding finding;
	report_all(a);
	must(DO(a, a->f.ciso, order, .day = D(3)));
	days_pass(&a->f, 3);
	assert_int_equal(late_points(a, anybody, &finding), 0);
	days_pass(&a->f, 1);
	assert_int_equal(late_points(a, anybody, &finding), 1);
	assert_true(text_is(finding.about, "audit-point:1"));
	assert_false(text_has(finding.why, point_now(a).title)); /* read by more people than the audit */
	assert_int_equal(late_points(a, a->f.house.manager, &finding), 1);
	assert_int_equal(late_points(a, a->f.other_manager, &finding), 0);
	must(DO(a, a->f.house.manager, answer, .is_yes = true, .day = DAY_NONE));
	assert_int_equal(late_points(a, anybody, &finding), 1);
	must(DO(a, a->auditor, verify, .is_yes = true));
	assert_int_equal(late_points(a, anybody, &finding), 0);
}

/* ---- The review ---- */

static void
a_review_is_decided_after_the_council_and_keeps_its_figures(void **state)
{
	struct audit_house *a = house_of(state);
	struct review_input *inputs;
	struct review review;
	size_t count;
	report_all(a);
	must(DO(a, CHIEF(a), start_review));
	must_refuse(DO(a, CHIEF(a), start_review), ERROR_CONFLICT);
	must_refuse(DO(a, a->member, decide_review), ERROR_CONFLICT);
	before_council(a, "review");
	must_refuse(DO(a, a->member, decide_review), ERROR_CONFLICT); /* what is made of audits is not said */
	must_refuse(DO(a, a->f.house.manager, use_audits), ERROR_REFUSED);
	must(DO(a, CHIEF(a), use_audits));
	deed_ask(&a->f.house, "audit.review");
	must(DO(a, a->member, decide_review));
	assert_int_equal(deed_done(&a->f.house, "review:1"), 1);
	assert_int_equal(deed_done_of(&a->f.house, "policy-review", "review:1"), 1);
	LOOK(&a->f.house, look);
	must(review_read(&look, a->review, &review));
	assert_true(review.is_change);
	must(review_inputs(&look, &a->f.flow, assure_review_sources, &review, &inputs, &count));
	assert_int_equal(count, review_sources_count + 1);
	assert_true(text_has(inputs[0].figures, T("監査の報告1件")));
}

static struct error *
report_incident(struct act *act, struct audit_deed *deed)
{
	struct incident_id id;
	return incident_report(act, PACK(deed),
			       &(struct incident_reporting){ .kind = T("ransomware"),
							     .title = T("開けない"),
							     .words = T("開けない"),
							     .known = act->look.now,
							     .unit = deed->a->f.house.section },
			       &id);
}

static struct text
figures_of(struct audit_house *a, const char *source)
{
	struct review_input *inputs;
	struct review review;
	size_t count;
	LOOK(&a->f.house, look);
	must(review_read(&look, a->review, &review));
	must(review_inputs(&look, &a->f.flow, assure_review_sources, &review, &inputs, &count));
	for (size_t at = 0; at < count; at++)
		if (text_is(text_of(inputs[at].source->code), source))
			return inputs[at].figures;
	fail_msg("no source %s", source);
	return T("");
}

static void
a_review_counts_what_other_rooms_keep(void **state)
{
	static const struct actor clock = { .through = T_INIT("clock") };
	struct audit_house *a = house_of(state);
	struct assure_recorded recorded;
	struct training_done trained;
	struct duty_done planned;
	struct house *h = &a->f.house;
	bool is_more;
	must(DO(a, CHIEF(a), start_review));
	assert_true(text_has(figures_of(a, "incidents"), T("報告された事案0件")));
	assert_true(text_has(figures_of(a, "duties"), T("遅れているもの0件")));
	assert_true(text_has(figures_of(a, "findings"), T("新しい指摘0件")));
	must(DO(a, a->f.house.staff, report_incident));
	must(duty_plan(h->store, h->arena, &a->f.flow, &planned));
	must(training_clock(h->store, h->arena, h->pack, 500, &trained, &is_more));
	days_pass(&a->f, 200);
	must(assure_record(h->store, h->arena, &a->f.flow, NULL, &clock, &recorded));
	const struct text cases = figures_of(a, "incidents"), duties = figures_of(a, "duties");
	assert_true(text_has(cases, T("報告された事案1件")) && text_has(cases, T("いま終わっていないもの1件。")));
	assert_true(text_has(duties, T("済んだもの0件")) && !text_has(duties, T("遅れているもの0件")));
	assert_false(text_has(figures_of(a, "findings"), T("新しい指摘0件")));
	assert_true(text_has(figures_of(a, "checks"), T("終えた自己点検0件。いま終わっていない改善0件")));
	const struct text courses = figures_of(a, "training");
	assert_false(text_has(courses, T("受けていない人0人")));
	assert_true(text_has(courses, T("。「")));
}

/* ---- Evidence ---- */

static enum clause_state
rule_state(struct audit_house *a, const char *id)
{
	struct assurance assurance;
	LOOK(&a->f.house, look);
	must(assure(&look, &a->f.flow, NULL, &assurance));
	for (size_t at = 0; at < assurance.count; at++)
		for (size_t i = 0; i < assurance.clauses[at].rules_count &&
				   text_is(assurance.clauses[at].clause->id, id);
		     i++)
			if (assurance.clauses[at].rules[i].rule->kind == EVIDENCE_AUDIT &&
			    assurance.clauses[at].rules[i].state != STATE_FULFILLED)
				return assurance.clauses[at].rules[i].state;
	return STATE_FULFILLED;
}

static void
evidence_follows_the_audit(void **state)
{
	struct audit_house *a = house_of(state);
	assert_int_equal(rule_state(a, "10.1.3.a-1"), STATE_MISSING);
	plan_and_name(a);
	assert_int_equal(rule_state(a, "10.1.3.a-1"), STATE_FULFILLED);
	assert_int_equal(rule_state(a, "10.1.3.a-2"), STATE_MISSING);
	before_council(a, "plan");
	must(DO(a, CHIEF(a), begin));
	assert_int_equal(rule_state(a, "10.1.3.a-2"), STATE_FULFILLED);
	assert_int_equal(rule_state(a, "10.1.1"), STATE_MISSING);
	must(DO(a, a->auditor, sign));
	must(DO(a, a->auditor, point, .unit = a->f.house.section));
	must(DO(a, a->auditor, report));
	assert_int_equal(rule_state(a, "10.1.1"), STATE_FULFILLED);
	assert_int_equal(rule_state(a, "10.1.7"), STATE_LATE); /* no order yet */
	assert_int_equal(rule_state(a, "10.1.5"), STATE_LATE); /* nobody received it */
	must(DO(a, a->f.ciso, receive));
	must(DO(a, a->f.ciso, order, .day = D(3)));
	assert_int_equal(rule_state(a, "10.1.5"), STATE_LATE); /* the council has not */
	before_council(a, "result");
	assert_int_equal(rule_state(a, "10.1.5"), STATE_FULFILLED);
	assert_int_equal(rule_state(a, "10.1.7"), STATE_FULFILLED);
	assert_int_equal(rule_state(a, "2.7.b"), STATE_DUE);
	before_council(a, "improvement");
	assert_int_equal(rule_state(a, "2.7.b"), STATE_FULFILLED);
	days_pass(&a->f, 4);
	assert_int_equal(rule_state(a, "10.1.7"), STATE_LATE);
	days_pass(&a->f, 400);
	assert_int_equal(rule_state(a, "10.1.1"), STATE_LATE);
}

/* ---- Samples ---- */

/* Entry n is of act "a.x" where n is even, one a minute. */
static struct error *
pretended(void *with, int64_t seq, struct sample_entry *entry)
{
	(void)with;
	*entry = (struct sample_entry){ seq % 2 == 0 ? T("a.x") : T("b.y"), { seq * 60000 }, { { 0 } } };
	entry->leaf.at[0] = (uint8_t)seq; /* of a test */
	return OK;
}

static struct sample
draw(struct arena *arena, const char *seed, const char *acts, int64_t size, int64_t most)
{
	const struct sample_source source = { NULL, pretended };
	const struct sample_asked asked = { .seed = text_of(seed),
					    .acts = text_of(acts),
					    .since = DAY_NONE,
					    .until = DAY_NONE,
					    .most = most,
					    .origin = T("town.bansho/journal/2026"),
					    .size = size };
	struct sample sample;
	must(sample_draw(arena, &asked, &source, &sample));
	return sample;
}

static void
a_sample_is_what_the_documentation_computes(void **state)
{
	/* From the ten lines of Python in docs/audit.md. */
	static const int64_t wanted[] = { 676, 723, 299, 571, 958 };
	struct arena *arena = arena_open(1 << 20);
	const struct sample sample = draw(arena, "さいころ 3 5 1", "", 1000, 5);
	(void)state;
	assert_int_equal(sample.count, 5);
	for (size_t at = 0; at < 5; at++)
		assert_int_equal(sample.list[at].seq, wanted[at]);
	arena_close(arena);
}

static void
a_sample_holds_nothing_twice_and_only_what_was_asked(void **state)
{
	struct arena *arena = arena_open(1 << 22);
	(void)state;
	const struct sample all = draw(arena, "x", "", 40, 100);
	bool seen[40] = { false };
	assert_int_equal(all.count, 40);
	for (size_t at = 0; at < all.count; at++) {
		assert_false(seen[all.list[at].seq]);
		seen[all.list[at].seq] = true;
	}
	const struct sample some = draw(arena, "x", "a.", 1000, 20);
	assert_int_equal(some.count, 20);
	for (size_t at = 0; at < some.count; at++)
		assert_int_equal(some.list[at].seq % 2, 0);
	const struct sample other = draw(arena, "y", "a.", 1000, 20);
	assert_false(hash_same(&some.digest, &other.digest));
	arena_close(arena);
}

static void
a_sample_that_finds_nothing_ends(void **state)
{
	struct arena *arena = arena_open(1 << 22);
	(void)state;
	const struct sample none = draw(arena, "x", "c.z", 1000, 20);
	assert_int_equal(none.count, 0);
	assert_int_equal(none.tries, SAMPLE_TRIES);
	arena_close(arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		AUDIT_TEST(a_plan_takes_the_clauses_of_its_themes_once),
		AUDIT_TEST(an_audit_does_not_begin_before_the_council_saw_its_plan),
		AUDIT_TEST(an_audit_goes_from_plan_to_verified_points),
		AUDIT_TEST(only_who_answers_for_the_unit_answers),
		AUDIT_TEST(nobody_audits_what_is_their_own),
		AUDIT_TEST(who_comes_to_belong_to_the_unit_is_no_auditor_of_it_any_more),
		AUDIT_TEST(who_decided_a_case_of_the_unit_does_not_audit_it),
		AUDIT_TEST(a_unit_sees_its_own_and_nothing_else),
		AUDIT_TEST(what_auditors_ask_for_is_shown_by_the_unit_alone),
		AUDIT_TEST(when_anything_fails_nothing_has_changed),
		AUDIT_TEST(a_late_point_is_told_once_a_week_and_to_who_ordered_after_two),
		AUDIT_TEST(a_late_point_waits_for_its_unit_and_shows_to_who_ordered_it),
		AUDIT_TEST(a_late_point_is_a_finding_of_the_unit_until_an_auditor_verified_it),
		AUDIT_TEST(a_review_counts_what_other_rooms_keep),
		AUDIT_TEST(a_review_is_decided_after_the_council_and_keeps_its_figures),
		AUDIT_TEST(evidence_follows_the_audit),
		cmocka_unit_test(a_sample_is_what_the_documentation_computes),
		cmocka_unit_test(a_sample_holds_nothing_twice_and_only_what_was_asked),
		cmocka_unit_test(a_sample_that_finds_nothing_ends),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
