/*
 * Training in the demonstration body: a plan for each 年度 of the year played, courses taken through the
 * months (nearly by everybody), a class with somebody standing in, two drills by mail, and reports.
 */
#include "cli/demo.h"

#include "training/training.h"

enum deed { TRAIN_PLAN, TRAIN_DECIDE, TRAIN_TAKE, TRAIN_CLASS, TRAIN_DRILL, TRAIN_OPEN, TRAIN_TELL, TRAIN_REPORT,
	    TRAIN_EXCUSE, TRAIN_HIRE, TRAIN_NEW };
enum { DRILLS = 2, OPENED_PERCENT = 13, REPORTED_PERCENT = 34, STRAGGLERS = 4, TRIES_MOST = 6, DRILL_DAYS = 7,
       FIRST_DRILL_AGO = 270, LAST_DRILL_AGO = 38, WEEK = 7 };

/* ---- Who ---- */

static void
be(const struct demo *demo, size_t person, struct act *act)
{
	act->actor.person = demo->people[person].id.no;
}

/* ---- Taking courses ---- */

/* Some answer wrongly at first. */
static void
answer(const struct pack_course *course, bool is_wrong, int64_t *given)
{
	for (size_t at = 0; at < course->questions_count; at++) {
		const struct course_question *question = &course->questions[at];
		for (size_t i = 0; i < question->answers_count; i++)
			if (question->answers[i].is_right != is_wrong)
				given[at] = (int64_t)i + 1;
	}
}

struct error *
demo_take_courses(struct act *act, const struct pack *pack, struct person_id person, size_t no)
{
	struct enrolment *list;
	size_t count;
	act->actor.person = person.no;
	if (person.no == 0)
		return OK;
	TRY(training_of(&act->look, pack, person, &list, &count));
	for (size_t at = 0; at < count; at++) {
		int64_t given[COURSE_MOST_QUESTIONS] = { 0 };
		struct course_try made;
		if (list[at].state != ENROLMENT_OPEN || list[at].course == NULL)
			continue;
		if (list[at].waits_for_passing_on)
			TRY(training_passed_on(act, list[at].id));
		if (list[at].course->is_class)
			continue;
		answer(list[at].course, no % 9 == at % 9, given);
		TRY(training_try(act, pack, list[at].course, given, &made));
		if (made.is_passed)
			continue;
		answer(list[at].course, false, given);
		TRY(training_try(act, pack, list[at].course, given, &made));
	}
	return OK;
}

/* ---- The class ---- */

static struct error *
hold_class(struct demo *demo, struct act *act)
{
	const struct pack *pack = demo->body->pack;
	for (size_t course = 0; course < pack->training.courses_count; course++) {
		const struct pack_course *held = &pack->training.courses[course];
		struct enrolment *list;
		struct attendance *there;
		size_t count;
		int64_t id;
		if (!held->is_class)
			continue;
		TRY(training_missing(&act->look, pack, (struct unit_id){ 0 }, held->code, 100, &list, &count));
		if (count == 0)
			continue;
		there = ARENA_ARRAY(act->look.arena, struct attendance, count);
		for (size_t at = 0; at < count; at++)
			there[at] = (struct attendance){ .line = (int64_t)at + 1, .person = list[at].person };
		if (count > 1)
			there[count - 1].stand_in = list[0].person;
		be(demo, demo->units[demo->it_unit].head, act);
		TRY(training_class(act, pack, held, moment_day(act->look.now), T("本庁舎4階 大会議室"), there,
				   count, &id));
	}
	return OK;
}

/* ---- Drills ---- */

static struct error *
plan_drill(struct demo *demo, size_t which, struct act *act)
{
	const struct pack *pack = demo->body->pack;
	struct mail_drill_id id;
	const struct drill_plan plan = {
		.lure = &pack->training.lures[which % pack->training.lures_count],
		.audience = &pack->training.audiences[0],
		.sends = { act->look.now.ms + 60000 },
		.ends = day_plus(moment_day(act->look.now), DRILL_DAYS),
	};
	be(demo, demo->units[demo->it_unit].head, act);
	return training_drill_plan(act, pack, &plan, &id);
}

static struct error *
newest_drill(struct demo *demo, struct act *act, struct mail_drill *drill)
{
	struct mail_drill *list;
	size_t count;
	TRY(training_drills(&act->look, demo->body->pack, &list, &count));
	if (count == 0)
		return missing("見本の訓練がありません。");
	*drill = list[0];
	return OK;
}

/* The demonstration body has no mail: links go to everybody by hand, and some open them. */
static struct error *
open_drill(struct demo *demo, size_t which, struct act *act)
{
	struct arena *arena = act->look.arena;
	struct mail_drill drill;
	struct person_id *persons = ARENA_ARRAY(arena, struct person_id, demo->people_count);
	struct text *tokens = ARENA_ARRAY(arena, struct text, demo->people_count);
	struct chance chance = { (uint64_t)demo->size.seed + 79 + which }; /* not negative */
	size_t count = 0;
	TRY(newest_drill(demo, act, &drill));
	for (size_t no = 1; no < demo->people_count; no++)
		if (demo->people[no].id.no != 0 && demo->people[no].is_settled)
			persons[count++] = demo->people[no].id;
	be(demo, demo->units[demo->it_unit].head, act);
	TRY(training_drill_hand(act, demo->body->pack, drill.id, persons, count, tokens));
	for (size_t at = 0; at < count; at++) {
		/* Fewer open the second. */
		if (chance_is(&chance, OPENED_PERCENT - 5 * (int64_t)which))
			TRY(training_opened(act, demo->body->pack, tokens[at]));
	}
	act->actor.role = T("");
	return OK;
}

static struct error *
tell_drill(struct demo *demo, size_t which, struct act *act)
{
	struct chance chance = { (uint64_t)demo->size.seed + 83 + which }; /* not negative */
	struct mail_drill drill;
	TRY(newest_drill(demo, act, &drill));
	for (size_t no = 1; no < demo->people_count; no++) {
		bool is_drill;
		if (demo->people[no].id.no == 0 || !demo->people[no].is_settled ||
		    !chance_is(&chance, REPORTED_PERCENT + 12 * (int64_t)which))
			continue;
		be(demo, no, act);
		TRY(training_suspicious(act, demo->body->pack, drill.lure->subject.ja, T(""), false,
					&is_drill));
	}
	return OK;
}

/* ---- Plans ---- */

static int64_t
year_of(const struct demo *demo, size_t which)
{
	return day_fiscal_year(which == 0 ? demo->first : demo->size.today);
}

static struct error *
decide_plan(struct demo *demo, size_t which, struct act *act)
{
	struct training_plan plan;
	bool found;
	TRY(training_plan_of(&act->look, year_of(demo, which), &found, &plan));
	if (!found)
		return missing("見本の研修計画がありません。");
	be(demo, demo->units[demo->units[demo->it_unit].parent].head, act);
	return training_plan_decide(act, demo->body->pack, plan.id, plan.change);
}

static struct error *
report_plan(struct demo *demo, struct act *act)
{
	struct training_plan plan;
	bool found;
	TRY(training_plan_of(&act->look, year_of(demo, 0), &found, &plan));
	if (!found)
		return missing("見本の研修計画がありません。");
	be(demo, demo->units[demo->it_unit].head, act);
	return training_plan_report(act, demo->body->pack, plan.id, moment_day(act->look.now),
				    T("ICT推進会議 第1回"));
}

/* Of those who are late one is on leave. */
static struct error *
excuse_one(struct demo *demo, struct act *act)
{
	struct enrolment *list;
	size_t count;
	TRY(training_missing(&act->look, demo->body->pack, (struct unit_id){ 0 }, T("basics"), 5, &list,
			     &count));
	be(demo, demo->units[demo->it_unit].head, act);
	if (count == 0 || list[0].person.no == act->actor.person)
		return OK;
	return training_excuse(act, demo->body->pack, list[0].id, T("育児休業中"));
}

/* ---- Who comes in April ---- */

static const struct {
	const char *number, *family, *given, *kana, *post;
	enum employment employment;
} hired[] = {
	{ "200001", "新居", "陽菜", "あらい　ひな", "主事", EMPLOYMENT_REGULAR },
	{ "200002", "初田", "蓮", "はつだ　れん", "主事", EMPLOYMENT_REGULAR },
	{ "200003", "春日", "奈緒", "かすが　なお", "窓口補助", EMPLOYMENT_FISCAL },
};

static struct error *
hire(struct demo *demo, struct act *act)
{
	const struct day today = moment_day(act->look.now);
	be(demo, demo->operator_, act);
	for (size_t at = 0; at < sizeof hired / sizeof *hired; at++) {
		const bool is_fiscal = hired[at].employment == EMPLOYMENT_FISCAL;
		const struct unit_id unit =
			demo->units[is_fiscal ? demo->citizen_unit : demo->it_unit].id;
		struct post post = { .unit = unit, .rank = 40, .since = DAY_NONE, .until = DAY_NONE };
		struct person_id person;
		struct assignment_id assignment;
		struct post_id id;
		TRY(people_person_add(act,
				      &(struct person){ .number = text_of(hired[at].number),
							.family = text_of(hired[at].family),
							.given = text_of(hired[at].given),
							.kana = text_of(hired[at].kana),
							.employment = hired[at].employment,
							.since = today,
							.until = is_fiscal ? day_fiscal_end(today) : DAY_NONE },
				      &person));
		post.name = text_format(act->look.arena, "%s(%zu)", hired[at].post, at + 1);
		TRY(people_post_add(act, demo->body->pack, &post, &id));
		TRY(people_assign(act,
				  &(struct assignment){ .person = person, .post = id, .is_main = true,
							.since = today,
							.until = is_fiscal ? day_fiscal_end(today) : DAY_NONE },
				  &assignment));
	}
	return OK;
}

/* They take what newcomers take, and the yearly course in June. */
static struct error *
take_new(struct demo *demo, struct act *act)
{
	for (size_t at = 0; at < sizeof hired / sizeof *hired; at++) {
		struct person person;
		bool found;
		TRY(people_person_by_number(&act->look, text_of(hired[at].number), &found, &person));
		if (found)
			TRY(demo_take_courses(act, demo->body->pack, person.id, at));
	}
	return OK;
}

struct error *
demo_do_training(struct demo *demo, const struct demo_event *event, struct act *act)
{
	struct training_plan_id id;
	switch ((enum deed)event->what) {
	case TRAIN_PLAN:
		be(demo, demo->units[demo->it_unit].head, act);
		return training_plan_make(act, demo->body->pack, year_of(demo, event->other), &id);
	case TRAIN_DECIDE:
		return decide_plan(demo, event->other, act);
	case TRAIN_TAKE:
		return demo_take_courses(act, demo->body->pack, demo->people[event->other].id, event->other);
	case TRAIN_CLASS:
		return hold_class(demo, act);
	case TRAIN_DRILL:
		return plan_drill(demo, event->other, act);
	case TRAIN_OPEN:
		return open_drill(demo, event->other, act);
	case TRAIN_TELL:
		return tell_drill(demo, event->other, act);
	case TRAIN_REPORT:
		return report_plan(demo, act);
	case TRAIN_EXCUSE:
		return excuse_one(demo, act);
	case TRAIN_HIRE:
		return hire(demo, act);
	case TRAIN_NEW:
		return take_new(demo, act);
	}
	return OK;
}

/* ---- Planning ---- */

static struct moment
on(struct demo *demo, struct chance *chance, struct day day)
{
	if (day.no < demo->first.no + 3)
		day = day_plus(demo->first, 3);
	return demo_moment(chance, day);
}

static void
plan_year(struct demo *demo, struct chance *chance, size_t which)
{
	struct day begin;
	(void)day_make((int)year_of(demo, which), 4, 1, &begin); /* a year of our time */
	/* The body began in the middle of its first 年度. */
	if (begin.no < demo->first.no)
		begin = demo->first;
	demo_at(demo, on(demo, chance, day_plus(begin, 6)), DEED_TRAINING, TRAIN_PLAN, which);
	demo_at(demo, on(demo, chance, day_plus(begin, 15)), DEED_TRAINING, TRAIN_DECIDE, which);
}

/* Everybody takes what is open three times in the time played; a few always wait for the last. */
static void
plan_takes(struct demo *demo, struct chance *chance)
{
	const int64_t all = demo->size.today.no - demo->first.no;
	for (size_t no = 1; no < demo->people_count; no++) {
		const bool is_slow = chance_is(chance, STRAGGLERS);
		for (int64_t turn = 0; turn < TRIES_MOST; turn++) {
			const int64_t from = all * turn / TRIES_MOST;
			const struct day day = day_plus(
				demo->first, from + 20 + chance_below(chance, all / TRIES_MOST - 20));
			if (!is_slow || turn == 1)
				demo_at(demo, on(demo, chance, day), DEED_TRAINING, TRAIN_TAKE, no);
		}
	}
}

static void
plan_drills(struct demo *demo, struct chance *chance)
{
	static const int64_t ago[DRILLS] = { FIRST_DRILL_AGO, LAST_DRILL_AGO };
	for (size_t which = 0; which < DRILLS; which++) {
		const struct day day = day_plus(demo->size.today, -ago[which]);
		const struct moment at = on(demo, chance, day);
		demo_at(demo, at, DEED_TRAINING, TRAIN_DRILL, which);
		demo_at(demo, (struct moment){ at.ms + 120000 }, DEED_TRAINING_CLOCK, 0, 0);
		demo_at(demo, (struct moment){ at.ms + 1800000 }, DEED_TRAINING, TRAIN_OPEN, which);
		demo_at(demo, (struct moment){ at.ms + 3600000 }, DEED_TRAINING, TRAIN_TELL, which);
	}
}

static void
plan_newcomers(struct demo *demo, struct chance *chance)
{
	const struct day day = day_plus(day_fiscal_end(demo->first), 1);
	demo_at(demo, on(demo, chance, day), DEED_TRAINING, TRAIN_HIRE, 0);
	demo_at(demo, on(demo, chance, day_plus(day, 19)), DEED_TRAINING, TRAIN_NEW, 0);
	demo_at(demo, on(demo, chance, day_plus(day, 75)), DEED_TRAINING, TRAIN_NEW, 0);
}

void
demo_plan_training(struct demo *demo)
{
	struct chance chance = { (uint64_t)demo->size.seed + 77 }; /* not negative */
	if (!demo->body->pack->training.is_there || demo->body->pack->training.lures_count == 0)
		return;
	plan_year(demo, &chance, 0);
	if (year_of(demo, 1) != year_of(demo, 0))
		plan_year(demo, &chance, 1);
	plan_newcomers(demo, &chance);
	plan_takes(demo, &chance);
	plan_drills(demo, &chance);
	demo_at(demo, on(demo, &chance, day_plus(demo->first, 75)), DEED_TRAINING, TRAIN_CLASS, 0);
	demo_at(demo, on(demo, &chance, day_plus(demo->size.today, -50)), DEED_TRAINING, TRAIN_CLASS, 0);
	demo_at(demo, on(demo, &chance, day_plus(demo->size.today, -190)), DEED_TRAINING, TRAIN_REPORT, 0);
	demo_at(demo, on(demo, &chance, day_plus(demo->size.today, -60)), DEED_TRAINING, TRAIN_EXCUSE, 0);
	for (struct day day = day_plus(demo->first, WEEK); day.no < demo->size.today.no;
	     day = day_plus(day, WEEK))
		demo_at(demo, on(demo, &chance, day), DEED_TRAINING_CLOCK, 0, 0);
	demo_at(demo, demo->size.now, DEED_TRAINING_CLOCK, 0, 0);
}
