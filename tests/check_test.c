/* Self-checks: campaigns, answers, improvements, who sees what, the clock, evidence and findings. */
#define HOUSE_JOURNAL
#include "flow_house.h"
#include "deed.h"

#include "assure/finding.h"
#include "assure/history.h"
#include "check/check.h"

enum { PEOPLE = 7, SECTIONS = 2, QUESTIONS = 17 };

/* ---- Deeds ---- */

enum check_doing { PLAN, BEGIN, FINISH, DROP, REPLY, IMPROVE, REPLAN };

struct check_deed {
	struct flow_house *f;
	enum check_doing doing;
	struct planning planning;
	struct campaign_id id;
	struct sheet_id sheet;
	const struct check_answering *answers;
	size_t count;
	struct improvement_id improvement;
	struct text words;
	struct day due;
};

static struct error *
check_work(struct act *act, void *with)
{
	struct check_deed *d = with;
	const struct flow *flow = &d->f->flow;
	switch (d->doing) {
	case PLAN:
		return check_plan(act, flow, &d->planning, &d->id);
	case BEGIN:
		return check_begin(act, flow, d->id);
	case FINISH:
		return check_finish(act, flow, d->id, d->words);
	case DROP:
		return check_withdraw(act, flow, d->id);
	case REPLY:
		return check_answer(act, flow, d->sheet, d->answers, d->count);
	case IMPROVE:
		return check_improve(act, flow, d->improvement, d->words);
	case REPLAN:
		return check_replan(act, flow, d->improvement, d->words, d->due);
	}
	return OK;
}

static void
fails_as(struct flow_house *f, struct person_id who, struct check_deed *deed, enum error_kind kind)
{
	act_fails(&f->house, who, check_work, deed, kind);
}

static struct campaign_id
planned(struct flow_house *f, const char *checklist, int from, int until)
{
	struct check_deed deed = { .f = f, .doing = PLAN,
				   .planning = { .checklist = text_of(checklist), .since = D(from),
						 .until = D(until) } };
	must(act_as(&f->house, f->house.director, check_work, &deed));
	return deed.id;
}

static struct campaign_id
opened(struct flow_house *f, const char *checklist, int until)
{
	struct check_deed deed = { .f = f, .doing = BEGIN, .id = planned(f, checklist, 0, until) };
	must(act_as(&f->house, f->house.director, check_work, &deed));
	return deed.id;
}

static struct campaign
campaign_now(struct flow_house *f, struct campaign_id id)
{
	struct campaign campaign;
	LOOK(&f->house, look);
	must(check_campaign(&look, f->house.pack, id, &campaign));
	return campaign;
}

static struct check_mine
mine(struct flow_house *f, struct person_id who)
{
	struct check_mine mine;
	LOOK(&f->house, look);
	must(check_mine(&look, f->house.pack, who, moment_day(look.now), &mine));
	return mine;
}

static struct check_sheet
sheet_now(struct flow_house *f, struct sheet_id id)
{
	struct check_sheet sheet;
	LOOK(&f->house, look);
	must(check_sheet(&look, id, &sheet));
	return sheet;
}

/* Yes to all but the first `no` questions, which will be put right within ten days. */
static struct error *
answer_as(struct flow_house *f, struct person_id who, struct sheet_id id, size_t no)
{
	const struct check_sheet sheet = sheet_now(f, id);
	struct check_answering *answers =
		ARENA_ARRAY(f->house.arena, struct check_answering, sheet.count + 1);
	for (size_t at = 0; at < sheet.count; at++)
		answers[at] = (struct check_answering){
			sheet.items[at].id, at < no ? CHECK_NO : CHECK_YES,
			at < no ? T("来週までに片づける") : T(""), at < no ? D(10) : DAY_NONE
		};
	struct check_deed deed = { .f = f, .doing = REPLY, .sheet = id, .answers = answers,
				   .count = sheet.count };
	return act_as(&f->house, who, check_work, &deed);
}

static struct check_done
tick(struct flow_house *f)
{
	struct check_done all = { 0 }, done;
	for (bool is_more = true; is_more;) {
		must(check_clock(f->house.store, f->house.arena, &f->flow, &done, &is_more));
		all.opened += done.opened;
		all.told += done.told;
		all.reminded += done.reminded;
		all.escalated += done.escalated;
	}
	return all;
}

static void
record(struct flow_house *f)
{
	static const struct actor clock = { .through = T_INIT("clock") };
	struct assure_recorded done;
	must(assure_record(f->house.store, f->house.arena, &f->flow, NULL, &clock, &done));
}

static enum clause_state
state_of(struct flow_house *f, const char *clause)
{
	struct assurance assurance;
	LOOK(&f->house, look);
	must(assure(&look, &f->flow, NULL, &assurance));
	for (size_t at = 0; at < assurance.count; at++)
		if (text_is(assurance.clauses[at].clause->id, clause))
			return assurance.clauses[at].machine;
	fail_msg("no clause %s", clause);
	return STATE_COUNT;
}

static size_t
findings(struct flow_house *f, struct finding *newest)
{
	const struct finding_query query = { .is_open_only = true, .has_kind = true,
					     .kind = ASSURE_CHECK, .at = DAY_NONE };
	struct finding *list;
	size_t count;
	LOOK(&f->house, look);
	must(assure_findings(&look, f->house.pack, &query, &list, &count));
	if (count != 0)
		*newest = list[0];
	return count;
}

/* ---- Campaigns ---- */

static void
only_the_role_the_pack_names_plans_opens_and_closes(void **state)
{
	struct flow_house *f = *state;
	struct check_deed plan = { .f = f, .doing = PLAN,
				   .planning = { .checklist = T("staff"), .since = D(0), .until = D(7) } };
	fails_as(f, f->house.manager, &plan, ERROR_REFUSED);
	fails_as(f, f->house.staff, &plan, ERROR_REFUSED);
	struct check_deed begin = { .f = f, .doing = BEGIN, .id = planned(f, "staff", 0, 7) };
	fails_as(f, f->house.manager, &begin, ERROR_REFUSED);
	struct check_deed drop = { .f = f, .doing = DROP, .id = begin.id };
	fails_as(f, f->house.staff, &drop, ERROR_REFUSED);
	must(act_as(&f->house, f->house.director, check_work, &drop));
	fails_as(f, f->house.director, &begin, ERROR_CONFLICT);
}

static void
days_that_cannot_be_are_said_all_at_once(void **state)
{
	struct flow_house *f = *state;
	struct check_deed plan = { .f = f, .doing = PLAN,
				   .planning = { .checklist = T("staff"), .since = D(-1), .until = D(-2) } };
	struct error *error = act_as(&f->house, f->house.director, check_work, &plan);
	assert_int_equal(error_count(error), 2);
	plan.planning = (struct planning){ .checklist = T("none"), .since = D(0), .until = D(7) };
	fails_as(f, f->house.director, &plan, ERROR_INVALID);
}

/* Who holds two posts is one person. */
static struct error *
second_post_work(struct act *act, void *with)
{
	struct flow_house *f = with;
	struct house *h = &f->house;
	struct assignment_id id;
	const struct post_id post = add_post(act, h, h->other, "主査", NULL);
	return people_assign(act, &(struct assignment){ .person = h->manager, .post = post,
							.since = DAY_NONE, .until = DAY_NONE },
			     &id);
}

static void
everybody_who_serves_is_asked_once(void **state)
{
	struct flow_house *f = *state;
	must(act_now(&f->house, second_post_work, f));
	const struct campaign all = campaign_now(f, opened(f, "staff", 7));
	assert_int_equal(all.asked, PEOPLE);
	assert_int_equal(campaign_now(f, opened(f, "section", 7)).asked, SECTIONS);
	assert_true(text_has(all.title, T("職員の自己点検")));
	struct check_deed deed = { .f = f, .doing = PLAN,
				   .planning = { .checklist = T("staff"), .since = D(0), .until = D(7),
						 .units = &f->house.section, .units_count = 1 } };
	must(act_as(&f->house, f->house.director, check_work, &deed));
	deed.doing = BEGIN;
	must(act_as(&f->house, f->house.director, check_work, &deed));
	assert_int_equal(campaign_now(f, deed.id).asked, 3); /* of that section */
}

static void
a_campaign_is_opened_whole_or_not_at_all(void **state)
{
	struct flow_house *f = *state;
	struct check_deed begin = { .f = f, .doing = BEGIN, .id = planned(f, "section", 0, 7) };
	fault_walk(&f->house, f->house.director, check_work, &begin);
	assert_int_equal(campaign_now(f, begin.id).asked, SECTIONS);
}

static void
it_is_closed_when_its_days_are_over_or_all_have_answered(void **state)
{
	struct flow_house *f = *state;
	struct check_deed finish = { .f = f, .doing = FINISH, .id = opened(f, "section", 7),
				     .words = T("どの課も守れている。") };
	fails_as(f, f->house.director, &finish, ERROR_CONFLICT);
	must(answer_as(f, f->house.manager, mine(f, f->house.manager).sheets[0].id, 0));
	fails_as(f, f->house.director, &finish, ERROR_CONFLICT);
	days_pass(f, 8);
	finish.words = T(" ");
	fails_as(f, f->house.director, &finish, ERROR_INVALID);
	finish.words = T("一つの課が答えていない。");
	must(act_as(&f->house, f->house.director, check_work, &finish));
	assert_int_equal(campaign_now(f, finish.id).state, CAMPAIGN_CLOSED);
}

/* ---- Answers ---- */

static void
what_is_missing_is_said_of_every_question_at_once(void **state)
{
	struct flow_house *f = *state;
	opened(f, "staff", 7);
	const struct sheet_id id = mine(f, f->house.staff).sheets[0].id;
	const struct check_sheet sheet = sheet_now(f, id);
	assert_int_equal(sheet.count, QUESTIONS);
	const struct check_answering answers[] = {
		{ sheet.items[0].id, CHECK_NO, T(""), D(-1) },	 /* no words, no day to come */
		{ sheet.items[1].id, CHECK_NA, T(" "), DAY_NONE }, /* no reason */
		{ sheet.items[2].id, CHECK_NA, T("なし"), DAY_NONE }, /* may not be left out */
	};
	struct check_deed deed = { .f = f, .doing = REPLY, .sheet = id, .answers = answers, .count = 3 };
	struct error *error = act_as(&f->house, f->house.staff, check_work, &deed);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INVALID);
	assert_int_equal(error_count(error), 2 + 1 + 1 + (QUESTIONS - 3));
	assert_int_equal(sheet_now(f, id).done.ms, 0);
}

static void
everybody_answers_their_own_once(void **state)
{
	struct flow_house *f = *state;
	const struct campaign_id id = opened(f, "staff", 7);
	const struct sheet_id own = mine(f, f->house.staff).sheets[0].id;
	struct error *error = answer_as(f, f->house.manager, own, 0);
	assert_true(error != OK && error->kind == ERROR_REFUSED);
	must(answer_as(f, f->house.staff, own, 2));
	error = answer_as(f, f->house.staff, own, 0);
	assert_true(error != OK && error->kind == ERROR_CONFLICT);
	const struct campaign after = campaign_now(f, id);
	assert_int_equal(after.answered, 1);
	assert_int_equal(after.no, 2);
	assert_int_equal(after.yes, QUESTIONS - 2);
	assert_int_equal(after.open, 2);
	assert_int_equal(mine(f, f->house.staff).waiting, 0);
	assert_int_equal(mine(f, f->house.staff).improvements_count, 2);
	assert_int_equal(mine(f, f->house.manager).improvements_count, 0);
}

static void
a_sheet_is_answered_whole_or_not_at_all(void **state)
{
	struct flow_house *f = *state;
	opened(f, "section", 7);
	const struct check_mine of = mine(f, f->house.manager);
	const struct check_sheet sheet = sheet_now(f, of.sheets[0].id);
	struct check_answering answers[CHECK_MOST_ITEMS];
	for (size_t at = 0; at < sheet.count; at++)
		answers[at] = (struct check_answering){ sheet.items[at].id, at == 0 ? CHECK_NO : CHECK_YES,
							T("直す"), D(5) };
	struct check_deed deed = { .f = f, .doing = REPLY, .sheet = sheet.id, .answers = answers,
				   .count = sheet.count };
	fault_walk(&f->house, f->house.manager, check_work, &deed);
	assert_int_equal(sheet_now(f, sheet.id).no, 1);
}

static void
a_section_is_answered_for_by_its_head_or_their_deputy(void **state)
{
	struct flow_house *f = *state;
	opened(f, "section", 7);
	const struct check_mine of = mine(f, f->house.manager);
	assert_int_equal(of.waiting, 1);
	assert_true(text_is(of.sheets[0].about, "人事課"));
	assert_int_equal(mine(f, f->house.staff).waiting, 0);
	struct error *error = answer_as(f, f->other_manager, of.sheets[0].id, 0);
	assert_true(error != OK && error->kind == ERROR_REFUSED);
	must(answer_as(f, f->house.manager, of.sheets[0].id, 1));
	assert_int_equal(mine(f, f->house.manager).improvements_count, 1);
}

static void
a_closed_campaign_that_asked_everybody_fulfils_a_duty(void **state)
{
	struct flow_house *f = *state;
	struct check_deed some = { .f = f, .doing = PLAN,
				   .planning = { .checklist = T("staff"), .since = D(0), .until = D(7),
						 .units = &f->house.section, .units_count = 1 } };
	deed_ask(&f->house, "check.campaign");
	must(act_as(&f->house, f->house.director, check_work, &some));
	struct check_deed finish = { .f = f, .doing = FINISH, .id = opened(f, "staff", 7),
				     .words = T("改善を続ける。") };
	const struct campaign_id all = finish.id;
	finish.id = some.id;
	some.doing = BEGIN;
	must(act_as(&f->house, f->house.director, check_work, &some));
	days_pass(f, 8);
	must(act_as(&f->house, f->house.director, check_work, &finish));
	assert_int_equal(deed_done(&f->house, ""), 0); /* one section is not the body */
	finish.id = all;
	must(act_as(&f->house, f->house.director, check_work, &finish));
	assert_int_equal(deed_done(&f->house, "check:2"), 1);
	assert_int_equal(deed_done_of(&f->house, "check-staff", "check:2"), 1);
	assert_int_equal(deed_done_of(&f->house, "check-section", "check:2"), 0); /* asked with another list */
}

static void
after_the_campaign_is_closed_nobody_answers_and_improvements_go_on(void **state)
{
	struct flow_house *f = *state;
	struct check_deed finish = { .f = f, .doing = FINISH, .id = opened(f, "staff", 7),
				     .words = T("改善を続ける。") };
	const struct sheet_id manager = mine(f, f->house.manager).sheets[0].id;
	must(answer_as(f, f->house.staff, mine(f, f->house.staff).sheets[0].id, 1));
	days_pass(f, 8);
	must(act_as(&f->house, f->house.director, check_work, &finish));
	struct error *error = answer_as(f, f->house.manager, manager, 0);
	assert_true(error != OK && error->kind == ERROR_CONFLICT);
	struct check_deed improve = { .f = f, .doing = IMPROVE, .words = T("鍵を付けた。"),
				      .improvement = mine(f, f->house.staff).improvements[0].id };
	fails_as(f, f->house.manager, &improve, ERROR_MISSING);
	must(act_as(&f->house, f->house.staff, check_work, &improve));
	assert_int_equal(campaign_now(f, finish.id).open, 0);
	fails_as(f, f->house.staff, &improve, ERROR_CONFLICT);
}

/* ---- Who sees what ---- */

static bool
may_read(struct flow_house *f, struct sheet_id id, struct person_id who)
{
	const struct check_sheet sheet = sheet_now(f, id);
	bool may;
	LOOK(&f->house, look);
	must(check_may_read(&look, f->house.pack, &sheet, who, &may));
	return may;
}

static size_t
named(struct flow_house *f, struct campaign_id id, struct person_id who)
{
	const struct campaign campaign = campaign_now(f, id);
	struct check_named *list;
	size_t count;
	LOOK(&f->house, look);
	must(check_by_name(&look, &campaign, who, f->house.pack, &list, &count));
	return count;
}

static void
answers_by_name_are_for_the_role_the_pack_names_in_its_own_unit(void **state)
{
	struct flow_house *f = *state;
	const struct campaign_id id = opened(f, "staff", 7);
	const struct sheet_id own = mine(f, f->house.staff).sheets[0].id;
	assert_true(may_read(f, own, f->house.staff));
	assert_true(may_read(f, own, f->house.manager));
	assert_false(may_read(f, own, f->other_manager));
	assert_false(may_read(f, own, f->house.deputy));
	assert_false(may_read(f, own, f->house.director)); /* runs it: counts are enough */
	assert_int_equal(named(f, id, f->house.manager), 3);
	assert_int_equal(named(f, id, f->other_manager), 1);
	assert_int_equal(named(f, id, f->house.director), 0);
	opened(f, "section", 7);
	assert_true(may_read(f, mine(f, f->house.manager).sheets[1].id, f->house.director));
}

static void
results_by_question_and_unit_add_up_and_few_are_not_told_apart(void **state)
{
	struct flow_house *f = *state;
	const struct campaign_id id = opened(f, "staff", 7);
	struct check_item_result *items;
	struct check_unit_result *units;
	size_t count;
	must(answer_as(f, f->house.staff, mine(f, f->house.staff).sheets[0].id, 1));
	must(answer_as(f, f->house.deputy, mine(f, f->house.deputy).sheets[0].id, 2));
	const struct campaign campaign = campaign_now(f, id);
	LOOK(&f->house, look);
	must(check_items(&look, &campaign, &items, &count));
	assert_int_equal(count, QUESTIONS);
	assert_int_equal(items[0].no, 2);
	assert_int_equal(items[0].yes, 0);
	assert_int_equal(items[1].no, 1);
	assert_int_equal(items[1].yes, 1);
	assert_int_equal(items[2].yes, 2);
	assert_int_equal(items[0].item.clauses_count, 2);
	must(check_units(&look, &campaign, &units, &count));
	for (size_t at = 0; at < count; at++)
		if (units[at].unit.no == f->house.section.no) {
			assert_int_equal(units[at].asked, 3);
			assert_int_equal(units[at].answered, 2);
			assert_int_equal(units[at].no, 3);
			assert_true(units[at].is_few);
		}
}

/* ---- The clock ---- */

static void
time_opens_tells_and_reminds_once_each(void **state)
{
	struct flow_house *f = *state;
	const struct campaign_id id = planned(f, "staff", 2, 12);
	assert_int_equal(tick(f).opened, 0);
	days_pass(f, 5); /* the server was off on the first day */
	assert_int_equal(tick(f).opened, 1);
	assert_int_equal(campaign_now(f, id).asked, PEOPLE);
	const int64_t told = notices_of(f, f->house.staff);
	assert_int_equal(told, 1);
	const struct hash before = everything(&f->house);
	assert_int_equal(tick(f).told, 0);
	const struct hash after = everything(&f->house);
	assert_true(hash_same(&before, &after));
	must(answer_as(f, f->house.manager, mine(f, f->house.manager).sheets[0].id, 0));
	days_pass(f, 4); /* three days before the end */
	assert_int_equal(tick(f).told, PEOPLE - 1);
	assert_int_equal(notices_of(f, f->house.staff), told + 1);
	assert_int_equal(tick(f).told, 0);
	const int64_t heads = notices_of(f, f->house.manager);
	days_pass(f, 4);
	assert_int_equal(tick(f).escalated, 1);
	assert_int_equal(notices_of(f, f->house.manager), heads + 1);
	assert_int_equal(tick(f).escalated, 0);
}

static void
one_whose_days_went_by_while_nothing_ran_is_not_opened(void **state)
{
	struct flow_house *f = *state;
	const struct campaign_id id = planned(f, "staff", 2, 4);
	days_pass(f, 9);
	assert_int_equal(tick(f).opened, 0);
	assert_int_equal(campaign_now(f, id).state, CAMPAIGN_PLANNED);
}

static void
late_improvements_are_told_to_their_owner_and_once_to_whom_the_pack_names(void **state)
{
	struct flow_house *f = *state;
	opened(f, "staff", 7);
	must(answer_as(f, f->house.staff, mine(f, f->house.staff).sheets[0].id, 1));
	tick(f);
	days_pass(f, 8); /* two days before the day it was to be done */
	const int64_t owner = notices_of(f, f->house.staff);
	tick(f);
	assert_int_equal(notices_of(f, f->house.staff), owner + 1);
	const int64_t head = notices_of(f, f->house.manager);
	days_pass(f, 8);
	assert_int_equal(tick(f).escalated, 1);
	assert_int_equal(notices_of(f, f->house.staff), owner + 2);
	assert_true(notices_of(f, f->house.manager) > head);
	days_pass(f, 8);
	assert_int_equal(tick(f).escalated, 0);
}

/* ---- Evidence and findings ---- */

static void
evidence_says_what_was_answered_and_never_more_than_a_claim(void **state)
{
	struct flow_house *f = *state;
	assert_int_equal(state_of(f, "10.2.1.b"), STATE_MISSING);
	const struct campaign_id id = opened(f, "staff", 7);
	assert_int_equal(state_of(f, "10.2.1.b"), STATE_DUE);
	const struct person_id all[] = { f->house.mayor, f->ciso, f->house.director, f->house.manager,
					 f->house.staff, f->house.deputy, f->other_manager };
	for (size_t at = 0; at + 1 < sizeof all / sizeof *all; at++)
		must(answer_as(f, all[at], mine(f, all[at]).sheets[0].id, 0));
	days_pass(f, 8);
	assert_int_equal(state_of(f, "10.2.1.b"), STATE_LATE); /* six of seven are 85 of a hundred */
	must(answer_as(f, f->other_manager, mine(f, f->other_manager).sheets[0].id, 0));
	assert_int_equal(state_of(f, "10.2.1.b"), STATE_FULFILLED);
	struct check_stand stand;
	{
		LOOK(&f->house, look);
		must(check_stand(&look, T("staff"), T("leaving"), &stand));
	}
	assert_int_equal(stand.over.no, id.no);
	assert_int_equal(stand.yes, PEOPLE);
	assert_int_equal(state_of(f, "8.8.a-2"), STATE_MISSING); /* sections were not asked */
	days_pass(f, 370);
	assert_int_equal(state_of(f, "10.2.1.b"), STATE_LATE);
}

static void
a_late_improvement_is_a_finding_that_ends_when_it_is_put_right(void **state)
{
	struct flow_house *f = *state;
	struct finding finding = { 0 };
	opened(f, "staff", 7);
	must(answer_as(f, f->house.staff, mine(f, f->house.staff).sheets[0].id, 1));
	must(answer_as(f, f->house.deputy, mine(f, f->house.deputy).sheets[0].id, 1));
	record(f);
	assert_int_equal(findings(f, &finding), 0);
	days_pass(f, 11);
	record(f);
	assert_int_equal(findings(f, &finding), 1); /* one for the question, however many people */
	assert_true(text_is(finding.clause, "3.2.3.a"));
	assert_false(text_has(finding.why, T("山田")));
	struct check_deed deed = { .f = f, .doing = REPLAN, .words = T("棚を頼んだ。"), .due = D(40),
				   .improvement = mine(f, f->house.staff).improvements[0].id };
	must(act_as(&f->house, f->house.staff, check_work, &deed));
	record(f);
	assert_int_equal(findings(f, &finding), 1);
	deed = (struct check_deed){ .f = f, .doing = IMPROVE, .words = T("消した。"),
				    .improvement = mine(f, f->house.deputy).improvements[0].id };
	must(act_as(&f->house, f->house.deputy, check_work, &deed));
	record(f);
	assert_int_equal(findings(f, &finding), 0);
}

static struct error *
leave_work(struct act *act, void *with)
{
	struct flow_house *f = with;
	return people_person_end(act, f->house.deputy, D(3));
}

static void
who_has_left_is_neither_missing_nor_late(void **state)
{
	struct flow_house *f = *state;
	struct check_deed finish = { .f = f, .doing = FINISH, .id = opened(f, "staff", 7),
				     .words = T("退職した人を除く。") };
	must(answer_as(f, f->house.deputy, mine(f, f->house.deputy).sheets[0].id, 1));
	must(act_now(&f->house, leave_work, f));
	days_pass(f, 8);
	must(act_as(&f->house, f->house.director, check_work, &finish));
	tick(f);
	assert_int_equal(campaign_now(f, finish.id).open, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW_TEST(only_the_role_the_pack_names_plans_opens_and_closes),
		FLOW_TEST(days_that_cannot_be_are_said_all_at_once),
		FLOW_TEST(everybody_who_serves_is_asked_once),
		FLOW_TEST(a_campaign_is_opened_whole_or_not_at_all),
		FLOW_TEST(it_is_closed_when_its_days_are_over_or_all_have_answered),
		FLOW_TEST(what_is_missing_is_said_of_every_question_at_once),
		FLOW_TEST(everybody_answers_their_own_once),
		FLOW_TEST(a_sheet_is_answered_whole_or_not_at_all),
		FLOW_TEST(a_section_is_answered_for_by_its_head_or_their_deputy),
		FLOW_TEST(a_closed_campaign_that_asked_everybody_fulfils_a_duty),
		FLOW_TEST(after_the_campaign_is_closed_nobody_answers_and_improvements_go_on),
		FLOW_TEST(answers_by_name_are_for_the_role_the_pack_names_in_its_own_unit),
		FLOW_TEST(results_by_question_and_unit_add_up_and_few_are_not_told_apart),
		FLOW_TEST(time_opens_tells_and_reminds_once_each),
		FLOW_TEST(one_whose_days_went_by_while_nothing_ran_is_not_opened),
		FLOW_TEST(late_improvements_are_told_to_their_owner_and_once_to_whom_the_pack_names),
		FLOW_TEST(evidence_says_what_was_answered_and_never_more_than_a_claim),
		FLOW_TEST(a_late_improvement_is_a_finding_that_ends_when_it_is_put_right),
		FLOW_TEST(who_has_left_is_neither_missing_nor_late),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
