/* What is done in training in the working year, drills by mail too (year_acts.h). */
#ifndef BANSHO_TESTS_YEAR_TRAINING_H
#define BANSHO_TESTS_YEAR_TRAINING_H

#include "year_house.h"

static inline struct error *
training_is_planned(struct act *act, struct year *y)
{
	return training_plan_make(act, YEAR_PACK(y), 2026, &y->training);
}

static inline struct error *
course_is_set(struct act *act, struct year *y)
{
	struct training_item *items;
	size_t count;
	TRY(training_items(&act->look, YEAR_PACK(y), y->training, &items, &count));
	return training_item_set(act, YEAR_PACK(y), items[0].id, D(0), D(40), T("大会議室"));
}

static inline struct error *
training_is_decided(struct act *act, struct year *y)
{
	struct training_plan plan;
	TRY(training_plan(&act->look, y->training, &plan));
	return training_plan_decide(act, YEAR_PACK(y), y->training, plan.change);
}

static inline struct error *
training_is_reported(struct act *act, struct year *y)
{
	return training_plan_report(act, YEAR_PACK(y), y->training, D(0), T("推進会議"));
}

static inline void
everybody_is_asked(struct year *y)
{
	(void)training_round(y);
}

static inline struct error *
test_is_passed(struct act *act, struct year *y)
{
	const struct pack_course *course = pack_course(YEAR_PACK(y), T("basics"));
	int64_t given[COURSE_MOST_QUESTIONS] = { 0 };
	struct course_try made;
	for (size_t at = 0; at < course->questions_count; at++)
		for (size_t i = 0; i < course->questions[at].answers_count; i++)
			if (course->questions[at].answers[i].is_right)
				given[at] = (int64_t)i + 1;
	return training_try(act, YEAR_PACK(y), course, given, &made);
}

static inline struct error *
enrolment_of(struct look *look, const struct year *y, struct person_id who, const char *course,
	     struct enrolment_id *id)
{
	struct enrolment enrolment;
	bool found;
	TRY(training_open_of(look, YEAR_PACK(y), who, pack_course(YEAR_PACK(y), text_of(course)), &found,
			     &enrolment));
	*id = enrolment.id;
	return found ? OK : missing("no enrolment in %s", course);
}

static inline struct error *
excuse(struct act *act, struct year *y)
{
	struct enrolment_id id;
	TRY(enrolment_of(&act->look, y, y->f.house.deputy, "basics", &id));
	return training_excuse(act, YEAR_PACK(y), id, T("育児休業中"));
}

static inline struct error *
attendance(struct act *act, struct year *y)
{
	struct attendance *list;
	size_t count;
	int64_t id;
	TRY(attendance_read(&act->look, T("000012\n000013,代理,000011\n"), &list, &count));
	return training_class(act, YEAR_PACK(y), pack_course(YEAR_PACK(y), T("csirt-exercise")), D(0), T("大会議室"),
			      list, count, &id);
}

static inline struct error *
passed_on(struct act *act, struct year *y)
{
	struct enrolment_id id;
	TRY(enrolment_of(&act->look, y, y->f.house.deputy, "csirt-exercise", &id));
	return training_passed_on(act, id);
}

static inline struct error *
mail_drill(struct act *act, struct year *y)
{
	return training_drill_plan(act, YEAR_PACK(y),
				   &(struct drill_plan){ .lure = pack_lure(YEAR_PACK(y), T("parcel")),
							 .audience = pack_audience(YEAR_PACK(y), T("all")),
							 .sends = { act->look.now.ms + 3600000 },
							 .ends = D(7) },
				   &y->drill);
}

static inline struct error *
mail_drill_is_cancelled(struct act *act, struct year *y)
{
	return training_drill_cancel(act, YEAR_PACK(y), y->drill);
}

static inline void
the_drill_is_sent(struct year *y)
{
	struct mail *mails;
	size_t count, place;
	hours_pass(&y->f, 2);
	(void)training_round(y);
	LOOK(&y->f.house, look);
	must(people_outbox_next(&look, 500, &mails, &count));
	for (size_t at = 0; at < count; at++)
		if (text_find(mails[at].body, T("/m/"), &place))
			y->token = text_copy(y->f.house.arena, text_first(text_from(mails[at].body, place + 3),
									   TRAINING_TOKEN_LEN));
	assert_int_equal(y->token.len, TRAINING_TOKEN_LEN);
}

static inline struct error *
lure_is_opened(struct act *act, struct year *y)
{
	return training_opened(act, YEAR_PACK(y), y->token);
}

static inline struct error *
drill_is_handed(struct act *act, struct year *y)
{
	struct text token;
	return training_drill_hand(act, YEAR_PACK(y), y->drill, &y->mailless, 1, &token);
}

static inline struct error *
suspicious(struct act *act, struct year *y)
{
	bool is_drill;
	return training_suspicious(act, YEAR_PACK(y), T("請求書の件"), T("知らない会社から"), true, &is_drill);
}

#endif
