/* Tests: answered as often as it takes. */
#include "training/rooms.h"

#include "base/number.h"
#include "people/notice.h"

static struct error *
check_given(struct arena *arena, const struct pack_course *course, const int64_t *given)
{
	struct error *faults = OK;
	for (size_t at = 0; at < course->questions_count; at++) {
		const char *field = text_format(arena, "q%zu", at + 1).data;
		if (given[at] < 1 || given[at] > (int64_t)course->questions[at].answers_count)
			error_add(&faults, reject(field, "問%zuの答えを選んでください。", at + 1));
	}
	return faults;
}

static void
mark(struct arena *arena, const struct pack_course *course, const int64_t *given,
     struct course_try *made, struct text *written)
{
	*written = T("");
	made->asked = (int64_t)course->questions_count; /* at most 40 */
	for (size_t at = 0; at < course->questions_count; at++) {
		made->given[at] = given[at];
		made->right += course->questions[at].answers[given[at] - 1].is_right;
		*written = text_format(arena, "%.*s%s%lld", T_ARG(*written), at == 0 ? "" : ",",
				       (long long)given[at]);
	}
	made->is_passed = made->asked == 0 || made->right * 100 >= course->pass * made->asked;
}

/* Whoever takes a course unasked is asked by that. */
static struct error *
take_enrolment(struct act *act, const struct pack *pack, const struct pack_course *course,
	       struct enrolment_id *id)
{
	const struct day today = moment_day(act->look.now);
	const struct person_id person = { act->actor.person };
	struct enrolment enrolment;
	bool found;
	TRY(training_open_of(&act->look, pack, person, course, &found, &enrolment));
	if (found) {
		*id = enrolment.id;
		return OK;
	}
	return enrol(act,
		     &(struct enrolling){ .course = course->code, .person = person, .why = "joined",
					  .since = today, .due = day_plus(today, course->days) },
		     id);
}

struct error *
training_try(struct act *act, const struct pack *pack, const struct pack_course *course,
	     const int64_t *given, struct course_try *made)
{
	struct arena *arena = act->look.arena;
	struct text written;
	*made = (struct course_try){ .at = act->look.now };
	if (course->is_class)
		return conflict("集合研修の受講は、出席名簿で記録します。");
	TRY(check_given(arena, course, given));
	mark(arena, course, given, made, &written);
	TRY(take_enrolment(act, pack, course, &made->enrolment));
	TRY(act_number(act, T("training-try"), &made->id));
	TRY(training_try_add(act, &(struct training_try_add_in){
					  .id = made->id,
					  .enrolment = made->enrolment.no,
					  .now = act->look.now.ms,
					  .asked = made->asked,
					  .right = made->right,
					  .is_passed = made->is_passed,
					  .given = written,
					  .pack = hash_bytes(&pack->digest),
				  }));
	TRY(training_enrolment_tried(act, &(struct training_enrolment_tried_in){ made->enrolment.no }));
	if (made->is_passed)
		TRY(end_enrolment(act, made->enrolment,
				  &(struct enrolment_end){
					  .state = "passed",
					  .how = made->asked == 0 ? "read" : "test",
					  .score = made->asked == 0 ? 100 : made->right * 100 / made->asked,
					  .words = T("") }));
	TRY(people_notices_read(act, (struct person_id){ act->actor.person },
				about_training(arena, "enrolment", made->enrolment.no)));
	return note_training(act, made->is_passed ? "training.pass" : "training.try",
			     about_training(arena, "enrolment", made->enrolment.no),
			     (struct fact_pair[]){ { "asked", { 0 }, made->asked },
						   { "course", course->code, 0 },
						   { "right", { 0 }, made->right },
						   { NULL } });
}

struct error *
training_try_read(struct look *look, int64_t id, struct person_id person, struct course_try *made,
		  struct enrolment_id *enrolment)
{
	struct training_try_get_row row;
	struct text one, rest;
	bool found;
	TRY(training_try_get(look, &(struct training_try_get_in){ id }, &found, &row));
	if (!found || row.person != person.no)
		return missing("そのテストの結果はありません。");
	*made = (struct course_try){ .id = row.id, .enrolment = { row.enrolment }, .at = { row.at },
				     .asked = row.asked, .right = row.right_count,
				     .is_passed = row.is_passed };
	rest = row.given;
	for (size_t at = 0; at < COURSE_MOST_QUESTIONS && rest.len > 0; at++) {
		struct text behind = T("");
		(void)text_cut(rest, ',', &one, &behind);
		(void)number_read(one, 1, COURSE_MOST_ANSWERS, &made->given[at]);
		rest = behind;
	}
	*enrolment = made->enrolment;
	return OK;
}
