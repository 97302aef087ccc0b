/* Training: plans, who is asked, tests, classes, and drills by mail. */
#include "deed.h"

#include "people/notice.h"
#include "training/training.h"

struct training_house {
	struct house h; /* first: the helpers of people take it */
	struct person_id keeper, chief, new_one;
	struct training_plan_id plan;
	struct mail_drill_id drill;
	struct text tokens[8];
};

static const struct pack_course *
course_named(struct training_house *t, const char *code)
{
	const struct pack_course *course = pack_course(t->h.pack, text_of(code));
	assert_non_null(course);
	return course;
}

static struct error *
fill_work(struct act *act, void *with)
{
	struct training_house *t = with;
	struct house *h = &t->h;
	const struct post_id it = add_post(act, h, h->other, "情報政策課長", "policy-manager");
	const struct post_id chief = add_post(act, h, h->bureau, "統括責任者", "chief");
	t->keeper = add_person(act, "000020", "計画", "係", "ケイカク カカリ", it);
	t->chief = add_person(act, "000021", "統括", "長", "トウカツ チョウ", chief);
	return OK;
}

static int
training_open(void **state)
{
	struct training_house *t = house_within(sizeof *t);
	must(act_now(&t->h, fill_work, t));
	*state = t;
	return 0;
}

#define TRAINING_TEST(name) cmocka_unit_test_setup_teardown(name, training_open, house_close)

static struct training_done
clock_round(struct training_house *t)
{
	struct training_done done, all = { 0 };
	bool is_more = true;
	while (is_more) {
		must(training_clock(t->h.store, t->h.arena, t->h.pack, 500, &done, &is_more));
		all.enrolled += done.enrolled;
		all.told += done.told;
		all.sent += done.sent;
		all.ended += done.ended;
	}
	return all;
}

static void
go_to(struct training_house *t, struct day day)
{
	t->h.now = (struct moment){ day_begin(day).ms + 9 * 3600000 };
}

/* ---- Acts, as works ---- */

static struct error *
make_work(struct act *act, void *with)
{
	struct training_house *t = with;
	return training_plan_make(act, t->h.pack, 2026, &t->plan);
}
static struct error *
decide_work(struct act *act, void *with)
{
	struct training_house *t = with;
	struct training_plan plan;
	must(training_plan(&act->look, t->plan, &plan));
	return training_plan_decide(act, t->h.pack, t->plan, plan.change);
}

struct try_deed {
	struct training_house *t;
	const struct pack_course *course;
	bool is_wrong, is_blank;
	struct course_try made;
};
static struct error *
try_work(struct act *act, void *with)
{
	struct try_deed *d = with;
	int64_t given[COURSE_MOST_QUESTIONS] = { 0 };
	for (size_t at = 0; at < d->course->questions_count && !d->is_blank; at++)
		for (size_t i = 0; i < d->course->questions[at].answers_count; i++)
			if (d->course->questions[at].answers[i].is_right != d->is_wrong)
				given[at] = (int64_t)i + 1;
	return training_try(act, d->t->h.pack, d->course, given, &d->made);
}

struct excuse_deed {
	struct training_house *t;
	struct enrolment_id id;
	const char *words;
};
static struct error *
excuse_work(struct act *act, void *with)
{
	struct excuse_deed *d = with;
	return training_excuse(act, d->t->h.pack, d->id, text_of(d->words));
}
static struct error *
passed_on_work(struct act *act, void *with)
{
	return training_passed_on(act, *(struct enrolment_id *)with);
}

struct class_deed {
	struct training_house *t;
	const char *typed;
};
static struct error *
class_work(struct act *act, void *with)
{
	struct class_deed *d = with;
	struct attendance *list;
	size_t count;
	int64_t id;
	TRY(attendance_read(&act->look, text_of(d->typed), &list, &count));
	return training_class(act, d->t->h.pack, course_named(d->t, "csirt-exercise"), D(0), T(""), list,
			      count, &id);
}

struct drill_deed {
	struct training_house *t;
	int64_t after_ms;
};
static struct error *
drill_work(struct act *act, void *with)
{
	struct drill_deed *d = with;
	const struct pack *pack = d->t->h.pack;
	const struct drill_plan plan = { .lure = pack_lure(pack, T("parcel")),
					 .audience = pack_audience(pack, T("all")),
					 .sends = { act->look.now.ms + d->after_ms },
					 .ends = D(7) };
	return training_drill_plan(act, pack, &plan, &d->t->drill);
}
struct token_deed {
	struct training_house *t;
	struct text token;
};
static struct error *
opened_work(struct act *act, void *with)
{
	struct token_deed *d = with;
	return training_opened(act, d->t->h.pack, d->token);
}
struct report_deed {
	struct training_house *t;
	const char *subject;
	bool is_drill;
};
static struct error *
report_work(struct act *act, void *with)
{
	struct report_deed *d = with;
	return training_suspicious(act, d->t->h.pack, text_of(d->subject), T(""), false, &d->is_drill);
}

static struct error *
fails(struct training_house *t, struct person_id who, act_work *work, void *with, enum error_kind kind)
{
	return act_fails(&t->h, who, work, with, kind);
}

static void
decided(struct training_house *t)
{
	must(act_as(&t->h, t->keeper, make_work, t));
	must(act_as(&t->h, t->chief, decide_work, t));
}

static struct enrolment
open_of(struct training_house *t, struct person_id person, const char *course)
{
	struct enrolment enrolment;
	bool found;
	LOOK(&t->h, look);
	must(training_open_of(&look, t->h.pack, person, course_named(t, course), &found, &enrolment));
	assert_true(found);
	return enrolment;
}

static bool
is_open(struct training_house *t, struct person_id person, const char *course)
{
	struct enrolment enrolment;
	bool found;
	LOOK(&t->h, look);
	must(training_open_of(&look, t->h.pack, person, course_named(t, course), &found, &enrolment));
	return found;
}

/* ---- Plans ---- */

static void
a_plan_is_made_by_who_keeps_and_decided_by_who_decides(void **state)
{
	struct training_house *t = *state;
	struct training_item *items;
	size_t count;
	fails(t, t->h.staff, make_work, t, ERROR_REFUSED);
	must(act_as(&t->h, t->keeper, make_work, t));
	fails(t, t->keeper, make_work, t, ERROR_CONFLICT);
	fails(t, t->h.manager, decide_work, t, ERROR_REFUSED);
	assert_int_equal(clock_round(t).enrolled, 0); /* nobody is asked by what nobody decided */
	must(act_as(&t->h, t->chief, decide_work, t));
	fails(t, t->chief, decide_work, t, ERROR_CONFLICT);
	LOOK(&t->h, look);
	must(training_items(&look, t->h.pack, t->plan, &items, &count));
	assert_int_equal(count, 4);
}

/* ---- Being asked ---- */

static void
everybody_is_asked_once_by_a_course_that_should_have_begun(void **state)
{
	struct training_house *t = *state;
	decided(t);
	assert_true(clock_round(t).enrolled > 0);
	assert_true(is_open(t, t->h.staff, "basics"));
	assert_true(is_open(t, t->h.manager, "managers"));
	assert_false(is_open(t, t->h.staff, "managers"));
	/* Its days were over while nobody ran: it gets as many from now. */
	assert_int_equal(open_of(t, t->h.staff, "basics").due.no, D(44).no);
	assert_int_equal(clock_round(t).enrolled, 0);
	assert_int_equal(clock_round(t).told, 0);
}

static struct error *
hire_work(struct act *act, void *with)
{
	struct training_house *t = with;
	struct assignment_id assignment;
	must(people_person_add(act, &(struct person){ .number = T("000099"), .family = T("新"), .given = T("人"),
						      .since = D(0), .until = DAY_NONE }, &t->new_one));
	return people_assign(act, &(struct assignment){ .person = t->new_one, .post = t->h.clerk,
							.is_main = true, .since = D(0), .until = DAY_NONE },
			     &assignment);
}
static struct error *
leave_work(struct act *act, void *with)
{
	struct training_house *t = with;
	return people_person_end(act, t->new_one, D(3));
}

/* What the plan and the results say of a course: asked, done. */
static void
counts_agree(struct training_house *t, const char *course, int64_t asked, int64_t passed)
{
	struct training_item *items;
	struct training_count *counts;
	struct day since;
	size_t count;
	int64_t in_results = 0, done = 0;
	LOOK(&t->h, look);
	assert_true(day_make(day_fiscal_year(moment_day(look.now)), 4, 1, &since));
	must(training_counts(&look, t->h.pack, since, &counts, &count));
	for (size_t at = 0; at < count; at++)
		if (text_is(counts[at].code, course)) {
			in_results += counts[at].asked;
			done += counts[at].passed;
		}
	assert_int_equal(in_results, asked);
	assert_int_equal(done, passed);
	must(training_items(&look, t->h.pack, t->plan, &items, &count));
	for (size_t at = 0; at < count; at++)
		if (text_is(items[at].code, course)) {
			assert_int_equal(items[at].asked, asked);
			assert_int_equal(items[at].passed, passed);
		}
}

static void
the_plan_and_the_results_count_the_same_people(void **state)
{
	struct training_house *t = *state;
	struct training_item *items;
	size_t count;
	int64_t asked = 0;
	must(act_now(&t->h, hire_work, t));
	decided(t);
	(void)clock_round(t);
	{
		LOOK(&t->h, look);
		must(training_items(&look, t->h.pack, t->plan, &items, &count));
		for (size_t at = 0; at < count; at++)
			if (text_is(items[at].code, "basics"))
				asked = items[at].asked;
	}
	assert_true(asked > 2);
	counts_agree(t, "basics", asked, 0);
	struct try_deed deed = { .t = t, .course = course_named(t, "basics") };
	must(act_as(&t->h, t->new_one, try_work, &deed));
	must(act_as(&t->h, t->h.staff, try_work, &deed));
	must(act_as(&t->h, t->h.staff, try_work, &deed)); /* once more, by themself: counted once */
	counts_agree(t, "basics", asked, 2);
	must(act_now(&t->h, leave_work, t)); /* and what they passed leaves with them */
	go_to(t, D(5));
	(void)clock_round(t);
	counts_agree(t, "basics", asked - 1, 1);
}

static void
who_is_hired_is_asked_and_who_has_left_is_not(void **state)
{
	struct training_house *t = *state;
	struct training_share share;
	assert_int_equal(clock_round(t).enrolled, 0);
	must(act_now(&t->h, hire_work, t));
	assert_int_equal(clock_round(t).enrolled, 1);
	assert_true(is_open(t, t->new_one, "newcomer"));
	assert_int_equal(open_of(t, t->new_one, "newcomer").due.no, D(30).no);
	must(act_now(&t->h, leave_work, t));
	go_to(t, D(5));
	(void)clock_round(t);
	assert_false(is_open(t, t->new_one, "newcomer"));
	LOOK(&t->h, look);
	must(training_share(&look, T("newcomer"), &share));
	assert_int_equal(share.asked, 0);
}

static void
who_has_not_is_reminded_five_times_at_most(void **state)
{
	struct training_house *t = *state;
	struct notice *list;
	size_t count, of = 0;
	decided(t);
	for (int day = 0; day < 120; day += 2) {
		go_to(t, D(day));
		(void)clock_round(t);
	}
	LOOK(&t->h, look);
	must(people_notices(&look, t->h.staff, false, (struct notice_id){ 0 }, 100, &list, &count));
	for (size_t at = 0; at < count; at++)
		of += text_has(list[at].words, T("情報を守る基本"));
	assert_int_equal(of, 5);
	/* And the head was told once of each course that is over. */
	must(people_notices(&look, t->h.manager, false, (struct notice_id){ 0 }, 100, &list, &count));
	of = 0;
	for (size_t at = 0; at < count; at++)
		of += text_is(list[at].path, "/training/section");
	assert_int_equal(of, 2);
}

/* ---- Tests ---- */

static void
a_test_is_repeated_until_passed(void **state)
{
	struct training_house *t = *state;
	struct try_deed deed = { .t = t, .course = course_named(t, "basics"), .is_blank = true };
	struct course_try read;
	struct enrolment_id id;
	decided(t);
	(void)clock_round(t);
	assert_int_equal(error_count(fails(t, t->h.staff, try_work, &deed, ERROR_INVALID)), 5);
	deed.is_blank = false;
	deed.is_wrong = true;
	must(act_as(&t->h, t->h.staff, try_work, &deed));
	assert_false(deed.made.is_passed);
	assert_int_equal(open_of(t, t->h.staff, "basics").tries, 1);
	deed.is_wrong = false;
	must(act_as(&t->h, t->h.staff, try_work, &deed));
	assert_true(deed.made.is_passed);
	assert_false(is_open(t, t->h.staff, "basics"));
	assert_int_equal(clock_round(t).enrolled, 0);
	LOOK(&t->h, look);
	must(training_try_read(&look, deed.made.id, t->h.staff, &read, &id));
	assert_int_equal(read.right, 5);
	struct error *error = training_try_read(&look, deed.made.id, t->h.manager, &read, &id);
	assert_int_equal(error->kind, ERROR_MISSING);
}

static void
a_head_excuses_their_own_people_and_nobody_themselves(void **state)
{
	struct training_house *t = *state;
	decided(t);
	(void)clock_round(t);
	struct excuse_deed deed = { t, open_of(t, t->h.staff, "basics").id, "" };
	fails(t, t->h.staff, excuse_work, &deed, ERROR_REFUSED);
	fails(t, t->h.deputy, excuse_work, &deed, ERROR_REFUSED);
	fails(t, t->h.manager, excuse_work, &deed, ERROR_INVALID);
	deed.words = "育児休業中";
	must(act_as(&t->h, t->h.manager, excuse_work, &deed));
	fails(t, t->h.manager, excuse_work, &deed, ERROR_CONFLICT);
	assert_int_equal(clock_round(t).enrolled, 0);
	deed.id = open_of(t, t->h.manager, "basics").id;
	fails(t, t->h.manager, excuse_work, &deed, ERROR_REFUSED);
}

static void
a_course_without_class_was_held_when_its_days_are_over_and_somebody_took_it(void **state)
{
	struct training_house *t = *state;
	struct training_item *items;
	const char *about = "";
	size_t count;
	decided(t);
	(void)clock_round(t);
	{
		LOOK(&t->h, look);
		must(training_items(&look, t->h.pack, t->plan, &items, &count));
		for (size_t at = 0; at < count; at++)
			if (text_is(items[at].code, "basics"))
				about = text_format(t->h.arena, "training-item:%lld", (long long)items[at].id.no).data;
	}
	struct try_deed deed = { .t = t, .course = course_named(t, "basics") };
	must(act_as(&t->h, t->h.staff, try_work, &deed));
	go_to(t, D(44));
	(void)clock_round(t);
	assert_int_equal(deed_done_of(&t->h, "training-all", ""), 0); /* its last day */
	go_to(t, D(45));
	(void)clock_round(t);
	(void)clock_round(t);
	assert_int_equal(deed_done_of(&t->h, "training-all", about), 1);
}

static void
days_that_nobody_used_were_no_training(void **state)
{
	struct training_house *t = *state;
	decided(t);
	(void)clock_round(t);
	go_to(t, D(45));
	(void)clock_round(t);
	assert_int_equal(deed_done_of(&t->h, "training-all", ""), 0);
}

/* ---- Classes ---- */

static void
an_attendance_list_is_taken_whole_or_not_at_all(void **state)
{
	struct training_house *t = *state;
	struct class_deed deed = { t, "職員番号,氏名\r\n000012,山田太郎\n000777\n山田 太郎\n000013,代理\n" };
	const struct error *error = fails(t, t->keeper, class_work, &deed, ERROR_INVALID);
	assert_int_equal(error_count(error), 3);
	assert_true(text_has(error->words, T("3行目")));
	deed.typed = "";
	fails(t, t->keeper, class_work, &deed, ERROR_INVALID);
	deed.typed = "000012\n000013,代理,000011\n";
	fails(t, t->h.manager, class_work, &deed, ERROR_REFUSED);
	deed_ask(&t->h, "training.round");
	must(act_as(&t->h, t->keeper, class_work, &deed));
	assert_int_equal(deed_done(&t->h, "training-class:1"), 1);
	assert_int_equal(deed_done_of(&t->h, "training-all", ""), 0); /* another course is not that of all */
	assert_false(is_open(t, t->h.staff, "csirt-exercise"));
	struct enrolment waits = open_of(t, t->h.deputy, "csirt-exercise");
	assert_true(waits.waits_for_passing_on);
	fails(t, t->h.manager, passed_on_work, &waits.id, ERROR_MISSING);
	must(act_as(&t->h, t->h.deputy, passed_on_work, &waits.id));
	assert_false(is_open(t, t->h.deputy, "csirt-exercise"));
}

/* ---- Texts ---- */

static void
nothing_of_a_text_but_words_comes_through(void **state)
{
	struct training_house *t = *state;
	struct block *blocks;
	size_t count;
	must(course_blocks(t->h.arena,
			   T("# 題\n\n本文 **強い** <script>x</script> [字](javascript:1)\n\n- 一\n- 二\n\n1. 三\n"),
			   &blocks, &count));
	assert_int_equal(count, 5);
	assert_int_equal(blocks[0].kind, BLOCK_HEADING);
	assert_int_equal(blocks[1].kind, BLOCK_PARAGRAPH);
	assert_int_equal(blocks[2].kind, BLOCK_ITEM);
	assert_int_equal(blocks[4].kind, BLOCK_STEP);
	assert_true(blocks[1].spans[1].is_strong);
	for (size_t at = 0; at < blocks[1].count; at++)
		assert_false(text_has(blocks[1].spans[at].words, T("javascript")));
	for (size_t at = 0; at < t->h.pack->training.courses_count; at++)
		must(course_blocks(t->h.arena, t->h.pack->training.courses[at].text, &blocks, &count));
}

/* ---- Drills ---- */

/* The tokens as they stand in the mails that wait. */
static size_t
read_mails(struct training_house *t)
{
	struct mail *mails;
	size_t count, found = 0;
	LOOK(&t->h, look);
	must(people_outbox_next(&look, 500, &mails, &count));
	for (size_t at = 0; at < count; at++) {
		size_t place;
		if (!text_find(mails[at].body, T("/m/"), &place) || found == 8)
			continue;
		assert_string_equal(text_z(t->h.arena, mails[at].sender), "お届けセンター");
		t->tokens[found++] =
			text_copy(t->h.arena, text_first(text_from(mails[at].body, place + 3),
							 TRAINING_TOKEN_LEN));
	}
	return found;
}

static struct mail_drill
drill_now(struct training_house *t)
{
	struct mail_drill drill;
	LOOK(&t->h, look);
	must(training_drill(&look, t->h.pack, t->drill, &drill));
	return drill;
}

static void
a_drill_is_sent_at_its_time_and_opened_once_each(void **state)
{
	struct training_house *t = *state;
	struct drill_deed deed = { t, 3600000 };
	fails(t, t->h.manager, drill_work, &deed, ERROR_REFUSED);
	deed.after_ms = -1;
	fails(t, t->keeper, drill_work, &deed, ERROR_INVALID);
	deed.after_ms = 3600000;
	must(act_as(&t->h, t->keeper, drill_work, &deed));
	assert_int_equal(clock_round(t).sent, 0);
	t->h.now.ms += 2 * 3600000;
	assert_int_equal(clock_round(t).sent, 7);
	assert_int_equal(clock_round(t).sent, 0);
	assert_int_equal(read_mails(t), 7);
	struct token_deed opened = { t, t->tokens[0] };
	must(act_as(&t->h, t->h.mayor, opened_work, &opened));
	assert_string_equal(t->h.last_act, "training.opened");
	assert_string_equal(t->h.last_about, "mail-drill:1");
	const int entries = t->h.entries;
	must(act_now(&t->h, opened_work, &opened));
	assert_int_equal(t->h.entries, entries); /* nothing happens the second time */
	const struct mail_drill drill = drill_now(t);
	assert_int_equal(drill.targets, 7);
	assert_int_equal(drill.opened, 1);
	assert_int_equal(drill.ignored, 6);
	const char *const wrong[] = { "", "00000000000000000000000000000000", "../x",
				      "zz000000000000000000000000000000" };
	for (size_t at = 0; at < 4; at++) {
		struct token_deed bad = { t, text_of(wrong[at]) };
		fails(t, t->h.mayor, opened_work, &bad, ERROR_MISSING);
	}
}

static void
who_opens_gets_a_course_that_only_they_see(void **state)
{
	struct training_house *t = *state;
	struct drill_deed deed = { t, 1000 };
	struct enrolment *list;
	struct drill_person *persons;
	struct drill_unit *units;
	size_t count;
	must(act_as(&t->h, t->keeper, drill_work, &deed));
	t->h.now.ms += 60000;
	(void)clock_round(t);
	assert_int_equal(read_mails(t), 7);
	for (size_t at = 0; at < 7; at++) {
		struct token_deed opened = { t, t->tokens[at] };
		must(act_now(&t->h, opened_work, &opened));
	}
	const struct enrolment own = open_of(t, t->h.staff, "mail");
	assert_true(own.is_from_drill);
	struct excuse_deed excuse = { t, own.id, "x" };
	fails(t, t->h.manager, excuse_work, &excuse, ERROR_MISSING);
	LOOK(&t->h, look);
	must(training_missing(&look, t->h.pack, (struct unit_id){ 0 }, T(""), 100, &list, &count));
	assert_int_equal(count, 0);
	struct error *error =
		training_drill_persons(&look, t->h.pack, t->drill, t->h.manager, &persons, &count);
	assert_int_equal(error->kind, ERROR_REFUSED);
	must(training_drill_persons(&look, t->h.pack, t->drill, t->chief, &persons, &count));
	assert_int_equal(count, 7);
	/* No unit of fewer than five people stands by itself. */
	must(training_drill_units(&look, t->drill, &units, &count));
	assert_int_equal(count, 1);
	assert_int_equal(units[0].targets, 7);
	assert_int_equal(units[0].unit.no, 0);
}

static void
a_report_counts_for_the_drill_or_wakes_those_to_be_told(void **state)
{
	struct training_house *t = *state;
	struct drill_deed deed = { t, 1000 };
	struct mail_report *reports;
	size_t count;
	must(act_as(&t->h, t->keeper, drill_work, &deed));
	t->h.now.ms += 60000;
	(void)clock_round(t);
	struct report_deed report = { t, "  お荷物をお届けできませんでした ", false };
	must(act_as(&t->h, t->h.staff, report_work, &report));
	assert_true(report.is_drill);
	assert_int_equal(drill_now(t).reported, 1);
	report.subject = "請求書の件";
	must(act_as(&t->h, t->h.staff, report_work, &report));
	assert_false(report.is_drill);
	report.subject = "";
	fails(t, t->h.staff, report_work, &report, ERROR_INVALID);
	LOOK(&t->h, look);
	must(training_reports(&look, &reports, &count));
	assert_int_equal(count, 1);
	assert_string_equal(text_z(t->h.arena, reports[0].subject), "請求書の件");
}

static void
a_drill_that_nobody_sent_in_time_is_sent_later_and_ends(void **state)
{
	struct training_house *t = *state;
	struct drill_deed deed = { t, 1000 };
	must(act_as(&t->h, t->keeper, drill_work, &deed));
	go_to(t, D(20)); /* the server was off beyond its last day */
	assert_int_equal(clock_round(t).sent, 7);
	assert_int_equal(drill_now(t).ends.no, D(27).no);
	assert_int_equal(drill_now(t).state, DRILL_RUNNING);
	deed_ask(&t->h, "training.drill");
	go_to(t, D(28));
	assert_int_equal(clock_round(t).ended, 1);
	assert_int_equal(deed_done(&t->h, "mail-drill:1"), 1);
	assert_int_equal(deed_done_of(&t->h, "mail-drill", "mail-drill:1"), 1);
	assert_int_equal(drill_now(t).state, DRILL_ENDED);
	assert_int_equal(read_mails(t), 7);
	struct token_deed late = { t, t->tokens[0] };
	const struct hash before = everything(&t->h);
	must(act_now(&t->h, opened_work, &late));
	const struct hash after = everything(&t->h);
	assert_true(hash_same(&before, &after));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TRAINING_TEST(a_plan_is_made_by_who_keeps_and_decided_by_who_decides),
		TRAINING_TEST(everybody_is_asked_once_by_a_course_that_should_have_begun),
		TRAINING_TEST(who_is_hired_is_asked_and_who_has_left_is_not),
		TRAINING_TEST(the_plan_and_the_results_count_the_same_people),
		TRAINING_TEST(who_has_not_is_reminded_five_times_at_most),
		TRAINING_TEST(a_test_is_repeated_until_passed),
		TRAINING_TEST(a_head_excuses_their_own_people_and_nobody_themselves),
		TRAINING_TEST(a_course_without_class_was_held_when_its_days_are_over_and_somebody_took_it),
		TRAINING_TEST(days_that_nobody_used_were_no_training),
		TRAINING_TEST(an_attendance_list_is_taken_whole_or_not_at_all),
		TRAINING_TEST(nothing_of_a_text_but_words_comes_through),
		TRAINING_TEST(a_drill_is_sent_at_its_time_and_opened_once_each),
		TRAINING_TEST(who_opens_gets_a_course_that_only_they_see),
		TRAINING_TEST(a_report_counts_for_the_drill_or_wakes_those_to_be_told),
		TRAINING_TEST(a_drill_that_nobody_sent_in_time_is_sent_later_and_ends),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
