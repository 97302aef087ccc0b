/* Classes: an attendance list says who was there, and who went in whose place. */
#include "training/rooms.h"

#include "people/notice.h"

enum { CLASSES_MOST = 200 };

/* ---- Reading a list ---- */

static bool
is_break(char c)
{
	return c == ',' || c == '\t';
}

/* The next cell of a line; "、" separates as well. */
static struct text
next_cell(struct text *line)
{
	const struct text comma = T("、");
	size_t at = 0;
	while (at < line->len && !is_break(line->data[at]) &&
	       !text_starts(text_from(*line, at), comma))
		at++;
	const struct text cell = text_first(*line, at);
	const size_t behind = at < line->len && is_break(line->data[at]) ? 1 : comma.len;
	*line = at < line->len ? text_from(*line, at + behind) : T("");
	return text_trim(cell);
}

static struct error *
who(struct look *look, int64_t line, struct text words, struct person_id *person)
{
	const struct text name = text_narrow(look->arena, words);
	struct person found;
	size_t count;
	bool is_number;
	TRY(people_person_by_number(look, text_trim(name), &is_number, &found));
	if (is_number) {
		*person = found.id;
		return OK;
	}
	TRY(people_called(look, words, person, &count));
	if (count == 0)
		return reject("list", "%lld行目: 「%.*s」という職員番号か氏名の人はいません。", (long long)line,
			      T_ARG(words));
	if (count > 1)
		return reject("list", "%lld行目: 「%.*s」は複数います。職員番号で書いてください。", (long long)line,
			      T_ARG(words));
	return OK;
}

static bool
is_heading(struct text first)
{
	return text_starts(first, T("職員番号")) || text_starts(first, T("氏名")) || text_is(first, "番号");
}

static struct error *
read_line(struct look *look, int64_t no, struct text line, struct attendance *made)
{
	*made = (struct attendance){ .line = no };
	const struct text first = next_cell(&line);
	TRY(who(look, no, first, &made->person));
	for (bool is_next = false; line.len > 0;) {
		const struct text cell = next_cell(&line);
		if (text_starts(cell, T("代理")))
			is_next = true;
		else if (is_next && cell.len > 0)
			return who(look, no, cell, &made->stand_in);
		if (is_next && line.len == 0 && text_starts(cell, T("代理")))
			return reject("list", "%lld行目: 代わりに出席した人の職員番号か氏名を、「代理」の後に書いてください。",
				      (long long)no);
	}
	return OK;
}

static bool
is_twice(const struct attendance *list, size_t count, struct person_id person)
{
	for (size_t at = 0; at < count; at++)
		if (list[at].person.no == person.no)
			return true;
	return false;
}

struct error *
attendance_read(struct look *look, struct text typed, struct attendance **list, size_t *count)
{
	struct text rest = typed, line;
	struct error *faults = OK;
	int64_t no = 0;
	*list = ARENA_ARRAY(look->arena, struct attendance, TRAINING_MOST_LINES + 1);
	*count = 0;
	while (rest.len > 0) {
		struct text behind = T("");
		(void)text_cut(rest, '\n', &line, &behind);
		rest = behind;
		line = text_trim(text_replace(look->arena, line, T("\""), T("")));
		no++;
		if (line.len == 0 || (*count == 0 && is_heading(line)))
			continue;
		if (*count == TRAINING_MOST_LINES)
			return reject("list", "一度に%d人までです。分けて記録してください。", TRAINING_MOST_LINES);
		struct attendance one;
		struct error *fault = read_line(look, no, line, &one);
		if (fault == OK && is_twice(*list, *count, one.person))
			fault = reject("list", "%lld行目: 同じ人が二度あります。", (long long)no);
		if (fault != OK && fault->kind != ERROR_INVALID)
			return fault;
		error_add(&faults, fault);
		if (fault == OK)
			(*list)[(*count)++] = one;
	}
	if (faults == OK && *count == 0)
		return reject("list", "出席した人を、一行に一人ずつ書いてください。");
	return faults;
}

/* ---- Taking it ---- */

static struct error *
open_or_new(struct act *act, const struct pack *pack, const struct pack_course *course,
	    struct person_id person, struct enrolment_id *id)
{
	struct enrolment enrolment;
	bool found;
	const struct day today = moment_day(act->look.now);
	TRY(training_open_of(&act->look, pack, person, course, &found, &enrolment));
	*id = enrolment.id;
	if (found)
		return OK;
	return enrol(act,
		     &(struct enrolling){ .course = course->code, .person = person, .why = "class",
					  .since = today, .due = day_plus(today, course->days) },
		     id);
}

static struct error *
take(struct act *act, const struct pack *pack, const struct pack_course *course, int64_t class,
     const struct attendance *one)
{
	struct arena *arena = act->look.arena;
	struct enrolment_id id = { 0 };
	TRY(open_or_new(act, pack, course, one->person, &id));
	if (one->stand_in.no == 0)
		return end_enrolment(act, id, &(struct enrolment_end){ .state = "passed", .how = "class",
								       .score = -1, .class = class,
								       .words = T("") });
	TRY(training_enrolment_stood_in(
		act, &(struct training_enrolment_stood_in_in){ id.no, one->stand_in.no, class }));
	return people_notify(
		act, &(struct notify){
			     .person = one->person,
			     .about = about_training(arena, "enrolment", id.no),
			     .words = text_format(arena, say("代理出席の研修: %.*s。内容を聞いたら確認してください"),
						  T_ARG(words_now(course->name))),
			     .path = T("/training"),
		     });
}

struct error *
training_class(struct act *act, const struct pack *pack, const struct pack_course *course,
	       struct day held, struct text place, const struct attendance *list, size_t count,
	       int64_t *id)
{
	int64_t stood_in = 0;
	TRY(must_keep(act, pack));
	if (day_is_none(held) || held.no > moment_day(act->look.now).no)
		return reject("held", "開いた日は、今日までの日にしてください。");
	if (text_count(place) > TRAINING_MOST_WORDS)
		return reject("place", "%d文字までにしてください。", TRAINING_MOST_WORDS);
	TRY(act_number(act, T("training-class"), id));
	for (size_t at = 0; at < count; at++) {
		stood_in += list[at].stand_in.no != 0;
		TRY(take(act, pack, course, *id, &list[at]));
	}
	TRY(training_class_add(act, &(struct training_class_add_in){
					    *id, course->code, held.no, text_trim(place),
					    (int64_t)count - stood_in, stood_in, act->look.now.ms,
					    act->actor.person }));
	const struct text about = about_training(act->look.arena, "training-class", *id);
	TRY(note_training(act, "training.class", about,
			  (struct fact_pair[]){ { "attended", { 0 }, (int64_t)count - stood_in },
						{ "course", course->code, 0 },
						{ "stood-in", { 0 }, stood_in },
						{ NULL } }));
	return duty_done_by(act, pack,
			    &(struct duty_deed){ .by = "training.round", .of = course->code, .on = held, .source = about,
						 .words = words_now(course->name) },
			    NULL);
}

struct error *
training_classes(struct look *look, const struct pack *pack, struct class_held **list, size_t *count)
{
	struct training_class_list_row *rows;
	TRY(training_class_list(look, &(struct training_class_list_in){ CLASSES_MOST }, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct class_held, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct class_held){
			.id = rows[at].id,
			.code = rows[at].course,
			.place = rows[at].place,
			.course = pack_course(pack, rows[at].course),
			.held = { rows[at].held },
			.attended = rows[at].attended,
			.stood_in = rows[at].stood_in,
			.at = { rows[at].at },
		};
	return OK;
}
