/* One's own training: what is to be taken, the course, its test, and how it went. */
#include "pages/training_pages.h"

#include "base/number.h"

/* ---- Shared ---- */

struct text
course_words(const struct pack_course *course, struct text code)
{
	return course != NULL ? words_now(course->name) : code;
}

struct url
course_url(struct arena *arena, struct text code)
{
	return url_of(arena, "/training/courses/{}", code);
}

const char *
enrolment_tag(const struct enrolment *enrolment)
{
	switch (enrolment->state) {
	case ENROLMENT_OPEN:
		return enrolment->is_late ? "stop" : "wait";
	case ENROLMENT_PASSED:
		return "go";
	case ENROLMENT_EXCUSED:
	case ENROLMENT_ENDED:
		break;
	}
	return "off";
}

struct error *
training_is_there(const struct visit *visit)
{
	return visit->office->pack->training.is_there
		       ? OK
		       : missing("この方針には研修の決まり(training.yaml)がありません。");
}

struct error *
must_keep_training(struct look *look, struct visit *visit)
{
	bool may;
	TRY(training_is_there(visit));
	TRY(training_may_keep(look, visit->office->pack, visit->session.person, &may));
	if (may)
		return OK;
	return refuse("この画面を使えるのは、研修の担当(%.*s)です。",
		      T_ARG(words_now(visit->office->pack->training.keeps->name)));
}

/* ---- Mine ---- */

static bool
is_mine(const struct enrolment *list, size_t count, struct text code)
{
	for (size_t at = 0; at < count; at++)
		if (text_same(list[at].code, code))
			return true;
	return false;
}

static void
fill_others(struct visit *visit, const struct enrolment *list, size_t count, struct my_training_page *page)
{
	const struct pack_training *training = &visit->office->pack->training;
	page->others =
		ARENA_ARRAY(visit->arena, struct my_training_others, training->courses_count + 1);
	for (size_t at = 0; at < training->courses_count; at++) {
		const struct pack_course *course = &training->courses[at];
		if (course->is_class || is_mine(list, count, course->code))
			continue;
		page->others[page->others_count++] =
			(struct my_training_others){ words_now(course->name), words_now(course->about),
						  course->minutes, course_url(visit->arena, course->code) };
	}
}

static void
fill_todo(struct visit *visit, const struct enrolment *one, struct my_training_page *page)
{
	page->open++;
	page->late += one->is_late;
	page->todo[page->todo_count++] = (struct my_training_todo){
		.name = course_words(one->course, one->code),
		.about = one->course != NULL ? words_now(one->course->about) : T(""),
		.due = one->due,
		.is_late = one->is_late,
		.is_class = one->course != NULL && one->course->is_class,
		.waits = one->waits_for_passing_on,
		.is_called = one->is_from_drill,
		.minutes = one->course != NULL ? one->course->minutes : 0,
		.id = number_text(visit->arena, one->id.no),
		.href = course_url(visit->arena, one->code),
	};
}

static struct error *
mine_draw(struct look *look, struct visit *visit)
{
	struct enrolment *list;
	size_t count;
	struct my_training_page page = { .frame = visit_frame(visit, text_of(say("研修")), "yearly"),
				      .csrf = visit->csrf };
	TRY(training_is_there(visit));
	TRY(training_tabs(look, visit, TRAIN_MINE, &page.tabs));
	TRY(training_of(look, visit->office->pack, visit->session.person, &list, &count));
	page.todo = ARENA_ARRAY(visit->arena, struct my_training_todo, count + 1);
	page.done = ARENA_ARRAY(visit->arena, struct my_training_done, count + 1);
	for (size_t at = 0; at < count; at++) {
		const struct enrolment *one = &list[at];
		if (one->state == ENROLMENT_OPEN)
			fill_todo(visit, one, &page);
		else
			page.done[page.done_count++] = (struct my_training_done){
				course_words(one->course, one->code),
				text_of(enrolment_state_words(one->state)),
				text_of(enrolment_tag(one)),
				enrolment_how_words(visit->arena, one),
				one->ended,
				one->words,
				course_url(visit->arena, one->code),
			};
	}
	fill_others(visit, list, count, &page);
	return visit_draw(visit, my_training_page, &page);
}

static struct error *
passed_on_do(struct act *act, struct visit *visit)
{
	struct enrolment_id id;
	TRY(visit_number(visit, "id", &id.no));
	TRY(training_passed_on(act, id));
	visit->go_to = url_path(visit->arena, "/training");
	visit->done = "course-passed";
	return OK;
}

/* ---- The course ---- */

static struct error *
course_of(struct visit *visit, const struct pack_course **course)
{
	*course = pack_course(visit->office->pack, capture_text(visit->captures, "code"));
	return *course != NULL ? OK : missing("その研修はありません。研修の一覧から選んでください。");
}

static bool
is_item(const struct block *block)
{
	return block->kind == BLOCK_ITEM || block->kind == BLOCK_STEP;
}

#define FILL_SPANS(arena, block, made, type)                                                   \
	do {                                                                                   \
		(made)->spans = ARENA_ARRAY((arena), type, (block)->count + 1);                \
		(made)->spans_count = (block)->count;                                          \
		for (size_t span_ = 0; span_ < (block)->count; span_++)                        \
			(made)->spans[span_] = (type){ (block)->spans[span_].words,            \
						       (block)->spans[span_].is_strong,        \
						       (block)->spans[span_].is_emphasised,    \
						       (block)->spans[span_].is_code };        \
	} while (0)

static struct error *
fill_blocks(struct visit *visit, const struct pack_course *course, struct training_course_page *page)
{
	struct block *blocks;
	size_t count;
	struct arena *arena = visit->arena;
	const bool is_english = language_now() == LANGUAGE_EN && course->text_en.len > 0;
	TRY(course_blocks(arena, is_english ? course->text_en : course->text, &blocks, &count));
	page->blocks = ARENA_ARRAY(arena, struct training_course_blocks, count + 1);
	for (size_t at = 0; at < count; at++) {
		/* The first heading is the course's name, which stands above. */
		if (at == 0 && blocks[at].kind == BLOCK_HEADING)
			continue;
		struct training_course_blocks *made = &page->blocks[page->blocks_count++];
		*made = (struct training_course_blocks){
			.is_heading = blocks[at].kind == BLOCK_HEADING,
			.is_small = blocks[at].kind == BLOCK_SMALL_HEADING,
			.is_quote = blocks[at].kind == BLOCK_QUOTE,
			.is_list = blocks[at].kind == BLOCK_ITEM,
			.is_steps = blocks[at].kind == BLOCK_STEP,
		};
		if (!is_item(&blocks[at])) {
			FILL_SPANS(arena, &blocks[at], made, struct training_course_blocks_spans);
			continue;
		}
		const size_t first = at;
		while (at + 1 < count && blocks[at + 1].kind == blocks[first].kind)
			at++;
		made->items = ARENA_ARRAY(arena, struct training_course_blocks_items, at - first + 2);
		for (size_t i = first; i <= at; i++) {
			struct training_course_blocks_items *item = &made->items[made->items_count++];
			FILL_SPANS(arena, &blocks[i], item, struct training_course_blocks_items_spans);
		}
	}
	return OK;
}

static struct error *
course_draw(struct look *look, struct visit *visit)
{
	const struct pack_course *course;
	struct enrolment *list;
	size_t count;
	TRY(course_of(visit, &course));
	TRY(training_of(look, visit->office->pack, visit->session.person, &list, &count));
	struct training_course_page page = {
		.frame = visit_frame(visit, words_now(course->name), "yearly"),
		.name = words_now(course->name),
		.about = words_now(course->about),
		.minutes = course->minutes,
		.csrf = visit->csrf,
		.test = url_of(visit->arena, "/training/courses/{}/test", course->code),
		.is_class = course->is_class,
		.has_test = course->questions_count != 0,
		.questions = (int64_t)course->questions_count, /* at most 40 */
	};
	for (size_t at = 0; at < count; at++) {
		if (!text_same(list[at].code, course->code))
			continue;
		page.is_passed |= list[at].state == ENROLMENT_PASSED;
		if (list[at].state != ENROLMENT_OPEN || page.is_open)
			continue;
		page.is_open = true;
		page.due = list[at].due;
		page.is_late = list[at].is_late;
	}
	TRY(fill_blocks(visit, course, &page));
	return visit_draw(visit, training_course_page, &page);
}

/* ---- The test ---- */

static struct field_part *
question_box(struct visit *visit, const struct pack_course *course, size_t at)
{
	const struct course_question *question = &course->questions[at];
	struct field_option *options =
		ARENA_ARRAY(visit->arena, struct field_option, question->answers_count + 1);
	const char *name = text_format(visit->arena, "q%zu", at + 1).data;
	for (size_t i = 0; i < question->answers_count; i++)
		options[i] = (struct field_option){
			number_text(visit->arena, (int64_t)i + 1), words_now(question->answers[i].words)
		};
	return radio_box(visit, name,
			 text_format(visit->arena, say("問%zu %.*s"), at + 1,
				     T_ARG(words_now(question->words))),
			 T(""), T(""), true, options, question->answers_count);
}

static struct error *
test_draw(struct look *look, struct visit *visit)
{
	const struct pack_course *course;
	(void)look;
	TRY(course_of(visit, &course));
	if (course->is_class || course->questions_count == 0)
		return missing("この研修に確認テストはありません。");
	struct training_test_page page = {
		.frame = visit_frame(visit, words_now(course->name), "yearly"),
		.name = words_now(course->name),
		.back = course_url(visit->arena, course->code),
		.action = url_of(visit->arena, "/training/courses/{}/test", course->code),
		.csrf = visit->csrf,
		.pass = course->pass,
		.asked = (int64_t)course->questions_count, /* at most 40 */
		.questions = ARENA_ARRAY(visit->arena, struct training_test_questions,
					 course->questions_count + 1),
		.questions_count = course->questions_count,
	};
	for (size_t at = 0; at < course->questions_count; at++)
		page.questions[at].box = question_box(visit, course, at);
	return visit_draw(visit, training_test_page, &page);
}

static struct error *
test_do(struct act *act, struct visit *visit)
{
	const struct pack_course *course;
	int64_t given[COURSE_MOST_QUESTIONS] = { 0 };
	struct course_try made;
	TRY(course_of(visit, &course));
	for (size_t at = 0; at < course->questions_count; at++)
		(void)number_read(visit_text(visit, text_format(visit->arena, "q%zu", at + 1).data), 1,
				  COURSE_MOST_ANSWERS, &given[at]);
	TRY(training_try(act, visit->office->pack, course, given, &made));
	visit->go_to = url_of_number(visit->arena, "/training/tries/{}", made.id);
	return OK;
}

static void
fill_answers(struct visit *visit, const struct pack_course *course, const struct course_try *made,
	     struct training_result_page *page)
{
	page->questions = ARENA_ARRAY(visit->arena, struct training_result_questions,
				      course->questions_count + 1);
	/* Another version of the course asks other questions: then only the figures are true. */
	if (made->asked != (int64_t)course->questions_count)
		return;
	for (size_t at = 0; at < course->questions_count; at++) {
		const struct course_question *question = &course->questions[at];
		const int64_t given = made->given[at];
		if (given < 1 || given > (int64_t)question->answers_count)
			continue;
		struct training_result_questions *row = &page->questions[page->questions_count++];
		*row = (struct training_result_questions){
			.words = words_now(question->words),
			.given = words_now(question->answers[given - 1].words),
			.is_right = question->answers[given - 1].is_right,
			.because = words_now(question->because),
		};
		/* Until it is passed the right answer is to be found in the text. */
		for (size_t i = 0; made->is_passed && i < question->answers_count; i++)
			if (question->answers[i].is_right)
				row->answer = words_now(question->answers[i].words);
	}
}

static struct error *
result_draw(struct look *look, struct visit *visit)
{
	struct course_try made;
	struct enrolment enrolment;
	struct enrolment_id id;
	TRY(training_try_read(look, visit_id(visit, "id"), visit->session.person, &made, &id));
	TRY(training_enrolment(look, visit->office->pack, id, &enrolment));
	const struct text name = course_words(enrolment.course, enrolment.code);
	struct training_result_page page = {
		.frame = visit_frame(visit, name, "yearly"),
		.name = name,
		.back = course_url(visit->arena, enrolment.code),
		.test = url_of(visit->arena, "/training/courses/{}/test", enrolment.code),
		.is_passed = made.is_passed,
		.has_test = made.asked != 0,
		.right = made.right,
		.asked = made.asked,
	};
	if (enrolment.course != NULL)
		fill_answers(visit, enrolment.course, &made, &page);
	return visit_draw(visit, training_result_page, &page);
}

PAGE_ROWS(training,
	  { { METHOD_GET, "/training" }, RIGHT_SELF, PAGE_LOOK, .look = mine_draw },
	  { { METHOD_POST, "/training/passed-on" }, RIGHT_SELF, PAGE_ACT, .act = passed_on_do },
	  { { METHOD_GET, "/training/courses/{code:text}" }, RIGHT_SELF, PAGE_LOOK,
	    .look = course_draw },
	  { { METHOD_GET, "/training/courses/{code:text}/test" }, RIGHT_SELF, PAGE_LOOK,
	    .look = test_draw },
	  { { METHOD_POST, "/training/courses/{code:text}/test" }, RIGHT_SELF, PAGE_ACT,
	    .act = test_do, .again = test_draw },
	  { { METHOD_GET, "/training/tries/{id}" }, RIGHT_SELF, PAGE_LOOK, .look = result_draw });
