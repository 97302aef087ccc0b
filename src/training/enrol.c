/* Who is asked to take which course, and how that ended. */
#include "training/rooms.h"

enum { OF_PERSON_MOST = 200 };

/* ---- Audiences ---- */

struct text
employments_of(struct arena *into, const struct pack_audience *audience)
{
	struct text all = T("");
	for (size_t at = 0; at < audience->employments_count; at++)
		all = text_format(into, "%.*s%.*s,", T_ARG(at == 0 ? T(",") : all),
				  T_ARG(audience->employments[at]));
	return all;
}

const struct text *
roles_asked(struct arena *into, const struct pack_audience *audience, size_t *count)
{
	struct text *codes = ARENA_ARRAY(into, struct text, audience->roles_count + 1);
	*count = 0;
	for (size_t at = 0; at < audience->roles_count; at++) {
		if (audience->roles[at]->scope == SCOPE_EVERYONE) {
			*count = 0;
			break;
		}
		codes[(*count)++] = audience->roles[at]->code;
	}
	if (*count == 0)
		codes[(*count)++] = T("");
	return codes;
}

int64_t
served_since(const struct pack_audience *audience, struct day today)
{
	return audience->newcomers == 0 ? 0 : today.no - audience->newcomers;
}

/* ---- Rows ---- */

struct error *
enrol(struct act *act, const struct enrolling *enrolling, struct enrolment_id *id)
{
	TRY(act_number(act, T("enrolment"), &id->no));
	return training_enrolment_add(
		act, &(struct training_enrolment_add_in){
			     .id = id->no,
			     .course = enrolling->course,
			     .person = enrolling->person.no,
			     .why = text_of(enrolling->why),
			     .item = enrolling->item,
			     .drill = enrolling->drill,
			     .since = enrolling->since.no,
			     .due = enrolling->due.no,
		     });
}

struct error *
end_enrolment(struct act *act, struct enrolment_id id, const struct enrolment_end *end)
{
	return training_enrolment_end(act, &(struct training_enrolment_end_in){
						   .id = id.no,
						   .state = text_of(end->state),
						   .now = act->look.now.ms,
						   .how = text_of(end->how),
						   .score = end->score < 0 ? 0 : end->score,
						   .class = end->class,
						   .words = end->words,
					   });
}

/* ---- Reading ---- */

static enum enrolment_state
state_of(struct text name)
{
	return text_is(name, "passed")	  ? ENROLMENT_PASSED
	       : text_is(name, "excused") ? ENROLMENT_EXCUSED
	       : text_is(name, "ended")	  ? ENROLMENT_ENDED
					  : ENROLMENT_OPEN;
}

struct error *
training_enrolment(struct look *look, const struct pack *pack, struct enrolment_id id,
		   struct enrolment *enrolment)
{
	struct training_enrolment_get_row row;
	const struct day today = moment_day(look->now);
	struct unit unit = { 0 };
	bool found;
	TRY(training_enrolment_get(look, &(struct training_enrolment_get_in){ id.no, today.no },
				   &found, &row));
	if (!found)
		return missing("その受講の記録はありません。");
	if (row.unit != 0)
		TRY(people_unit(look, (struct unit_id){ row.unit }, &unit));
	*enrolment = (struct enrolment){
		.id = { row.id },
		.code = row.course,
		.course = pack_course(pack, row.course),
		.person = { row.person },
		.number = row.number,
		.name = row.name,
		.unit = { row.unit },
		.unit_name = unit.name,
		.is_from_drill = text_is(row.why, "drill"),
		.since = { row.since },
		.due = { row.due },
		.state = state_of(row.state),
		.ended = { row.ended },
		.how = row.how,
		.score = row.score,
		.tries = row.tries,
		.waits_for_passing_on = row.stand_in != 0 && text_is(row.state, "open"),
		.words = row.words,
		.is_late = text_is(row.state, "open") && row.due < today.no,
	};
	return OK;
}

struct error *
training_of(struct look *look, const struct pack *pack, struct person_id person,
	    struct enrolment **list, size_t *count)
{
	struct training_enrolment_of_row *rows;
	TRY(training_enrolment_of(look, &(struct training_enrolment_of_in){ person.no, OF_PERSON_MOST },
				  &rows, count));
	*list = ARENA_ARRAY(look->arena, struct enrolment, *count + 1);
	for (size_t at = 0; at < *count; at++)
		TRY(training_enrolment(look, pack, (struct enrolment_id){ rows[at].id }, &(*list)[at]));
	return OK;
}

struct error *
training_open_of(struct look *look, const struct pack *pack, struct person_id person,
		 const struct pack_course *course, bool *found, struct enrolment *enrolment)
{
	struct training_enrolment_open_row row;
	TRY(training_enrolment_open(look,
				    &(struct training_enrolment_open_in){ person.no, course->code },
				    found, &row));
	return *found ? training_enrolment(look, pack, (struct enrolment_id){ row.id }, enrolment) : OK;
}

struct error *
training_missing(struct look *look, const struct pack *pack, struct unit_id unit,
		 struct text course, size_t most, struct enrolment **list, size_t *count)
{
	struct training_enrolment_missing_row *rows;
	const int64_t limit = most > TRAINING_MOST_LIST ? TRAINING_MOST_LIST : (int64_t)most; /* fits */
	TRY(training_enrolment_missing(look,
				       &(struct training_enrolment_missing_in){
					       unit.no, course, moment_day(look->now).no, limit },
				       &rows, count));
	*list = ARENA_ARRAY(look->arena, struct enrolment, *count + 1);
	for (size_t at = 0; at < *count; at++)
		TRY(training_enrolment(look, pack, (struct enrolment_id){ rows[at].id }, &(*list)[at]));
	return OK;
}

struct error *
training_counts(struct look *look, const struct pack *pack, struct day since,
		struct training_count **list, size_t *count)
{
	enum { COUNTS_MOST = 20000 };
	struct training_count_list_row *rows;
	TRY(training_count_list(look,
				&(struct training_count_list_in){
					since.no, moment_day(look->now).no, COUNTS_MOST },
				&rows, count));
	*list = ARENA_ARRAY(look->arena, struct training_count, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct training_count){
			{ rows[at].unit }, rows[at].unit_name, rows[at].course,
			pack_course(pack, rows[at].course), rows[at].asked,
			rows[at].passed, rows[at].excused, rows[at].late };
	return OK;
}

/* ---- For home pages ---- */

static struct error *
section_late(struct look *look, const struct pack *pack, struct person_id person, int64_t *late)
{
	struct held_role *held;
	size_t count;
	*late = 0;
	TRY(people_roles_of(look, pack, person, moment_day(look->now), &held, &count));
	for (size_t at = 0; at < count; at++) {
		struct training_late_in_row row;
		if (held[at].role->scope != SCOPE_SECTION || held[at].unit.no == 0)
			continue;
		TRY(training_late_in(look,
				     &(struct training_late_in_in){ held[at].unit.no,
								    moment_day(look->now).no },
				     &row));
		if (row.late > *late)
			*late = row.late;
	}
	return OK;
}

struct error *
training_mine(struct look *look, const struct pack *pack, struct person_id person,
	      struct training_mine *mine)
{
	struct enrolment *list;
	size_t count;
	*mine = (struct training_mine){ .due = DAY_NONE };
	TRY(training_of(look, pack, person, &list, &count));
	for (size_t at = 0; at < count; at++) {
		if (list[at].state != ENROLMENT_OPEN)
			continue;
		if (mine->open++ == 0) {
			mine->next = list[at].course != NULL ? words_now(list[at].course->name)
							     : list[at].code;
			mine->due = list[at].due;
		}
		mine->late += list[at].is_late;
	}
	return section_late(look, pack, person, &mine->section_late);
}

/* ---- Acts ---- */

static struct error *
open_one(struct look *look, struct enrolment_id id, struct training_enrolment_get_row *row)
{
	bool found;
	TRY(training_enrolment_get(look,
				   &(struct training_enrolment_get_in){ id.no,
									moment_day(look->now).no },
				   &found, row));
	if (!found)
		return missing("その受講の記録はありません。");
	if (!text_is(row->state, "open"))
		return conflict("この受講は、もう終わっています。画面を開き直してください。");
	return OK;
}

static struct error *
may_excuse(struct act *act, const struct pack *pack, const struct training_enrolment_get_row *row)
{
	const struct person_id actor = { act->actor.person }, person = { row->person };
	const struct pack_role *head = section_role(pack);
	bool keeps;
	if (text_is(row->why, "drill"))
		return missing("その受講の記録はありません。");
	if (actor.no == person.no)
		return refuse("自分の受講を自分で免除することはできません。上の人に頼んでください。");
	TRY(training_may_keep(&act->look, pack, actor, &keeps));
	if (keeps)
		return must_keep(act, pack);
	if (head == NULL || row->unit == 0)
		return refuse("免除できるのは、研修の担当とその人の所属の長だけです。");
	return people_must_hold(act, head, (struct unit_id){ row->unit }, person, NULL);
}

struct error *
training_excuse(struct act *act, const struct pack *pack, struct enrolment_id id, struct text words)
{
	struct training_enrolment_get_row row;
	TRY(open_one(&act->look, id, &row));
	TRY(may_excuse(act, pack, &row));
	if (text_is_blank(words))
		return reject("words", "免除する理由を書いてください(例 育児休業中)。");
	if (text_count(words) > TRAINING_MOST_WORDS)
		return reject("words", "%d文字までにしてください。", TRAINING_MOST_WORDS);
	TRY(end_enrolment(act, id, &(struct enrolment_end){ .state = "excused", .how = "", .score = -1,
							    .words = text_trim(words) }));
	return note_training(act, "training.excuse",
			     about_training(act->look.arena, "enrolment", id.no),
			     (struct fact_pair[]){ { "course", row.course, 0 }, { NULL } });
}

struct error *
training_passed_on(struct act *act, struct enrolment_id id)
{
	struct training_enrolment_get_row row;
	TRY(open_one(&act->look, id, &row));
	if (row.person != act->actor.person)
		return missing("その受講の記録はありません。");
	if (row.stand_in == 0)
		return conflict("代わりに出席した人がいません。");
	TRY(end_enrolment(act, id, &(struct enrolment_end){ .state = "passed", .how = "passed-on",
							    .score = -1, .words = T("") }));
	return note_training(act, "training.passed-on",
			     about_training(act->look.arena, "enrolment", id.no),
			     (struct fact_pair[]){ { "course", row.course, 0 }, { NULL } });
}
