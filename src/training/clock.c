/* What time causes in training. */
#include "training/rooms.h"

#include "people/notice.h"

enum { REMIND_DAYS = 7, AT_ONCE = 200, ITEMS_AT_ONCE = 100, UNITS_AT_ONCE = 2000 };

/* ---- Asking people to take a course ---- */

/* One course, and since when who was asked is asked no more. */
struct asking {
	const struct pack_course *course;
	struct text code;
	const char *why;
	int64_t item;
	struct day since; /* of asking; DAY_NONE: whenever */
	struct day due;
	const int64_t *persons;
	size_t count;
};

static struct error *
lacking(struct look *look, const struct asking *asking, int64_t **persons, size_t *count)
{
	const struct pack_audience *audience = asking->course->audience;
	const struct day today = moment_day(look->now);
	size_t roles;
	const struct text *role = roles_asked(look->arena, audience, &roles);
	*persons = NULL;
	*count = 0;
	for (size_t at = 0; at < roles && *count == 0; at++) {
		struct training_lacking_row *rows;
		TRY(training_lacking(look,
				     &(struct training_lacking_in){
					     role[at], employments_of(look->arena, audience),
					     served_since(audience, today), asking->code,
					     day_is_none(asking->since) ? 0 : asking->since.no, today.no,
					     AT_ONCE },
				     &rows, count));
		*persons = ARENA_ARRAY(look->arena, int64_t, *count + 1);
		for (size_t i = 0; i < *count; i++)
			(*persons)[i] = rows[i].person;
	}
	return OK;
}

/* Who still has last year's to take is asked for this year's instead. */
static struct error *
end_older(struct act *act, struct text course, int64_t person)
{
	struct training_enrolment_open_row row;
	bool found;
	TRY(training_enrolment_open(&act->look, &(struct training_enrolment_open_in){ person, course },
				    &found, &row));
	if (!found)
		return OK;
	return end_enrolment(act, (struct enrolment_id){ row.id },
			     &(struct enrolment_end){ .state = "ended", .how = "", .score = -1,
						      .words = T("") });
}

static struct error *
ask_act(struct act *act, void *with)
{
	const struct asking *asking = with;
	struct enrolment_id id = { 0 };
	for (size_t at = 0; at < asking->count; at++) {
		TRY(end_older(act, asking->code, asking->persons[at]));
		TRY(enrol(act,
			  &(struct enrolling){ .course = asking->code,
					       .person = { asking->persons[at] },
					       .why = asking->why,
					       .item = asking->item,
					       .since = moment_day(act->look.now),
					       .due = asking->due },
			  &id));
	}
	return note_training(act, "training.enrol",
			     asking->item != 0
				     ? about_training(act->look.arena, "training-item", asking->item)
				     : T("training"),
			     (struct fact_pair[]){ { "course", asking->code, 0 },
						   { "due", day_iso(act->look.arena, asking->due), 0 },
						   { "persons", { 0 }, (int64_t)asking->count },
						   { NULL } });
}

static struct error *
ask_all(struct clocking *clocking, struct asking *asking)
{
	while (clocking->left > 0) {
		int64_t *persons;
		{
			LOOK_SCOPED look = { 0 };
			TRY(look_begin(clocking->store, clocking->arena, &look));
			TRY(lacking(&look, asking, &persons, &asking->count));
		}
		if (asking->count == 0)
			return OK;
		asking->persons = persons;
		TRY(store_act(clocking->store, clocking->arena, &training_clock_actor, ask_act, asking));
		clocking->done->enrolled += (int64_t)asking->count; /* at most 200 */
		clocking->left -= asking->count < clocking->left ? asking->count : clocking->left;
	}
	return OK;
}

/* ---- Courses of a plan ---- */

struct opening {
	const struct training_item_running_row *item;
	struct day due;
};

static struct error *
open_act(struct act *act, void *with)
{
	const struct opening *opening = with;
	TRY(training_item_open(act, &(struct training_item_open_in){
					    opening->item->id, opening->due.no, act->look.now.ms }));
	return note_training(act, "training.open",
			     about_training(act->look.arena, "training-item", opening->item->id),
			     (struct fact_pair[]){ { "course", opening->item->course, 0 },
						   { "due", day_iso(act->look.arena, opening->due), 0 },
						   { NULL } });
}

static struct error *
run_item(struct clocking *clocking, const struct training_item_running_row *item, struct day today)
{
	struct opening opening = { item, { item->due } };
	/* Nobody ran while it should have been held: it gets as many days as it had. */
	if (item->opened == 0 && item->due < today.no)
		opening.due = day_plus(today, item->due - item->begins);
	if (item->opened == 0)
		TRY(store_act(clocking->store, clocking->arena, &training_clock_actor, open_act, &opening));
	const struct pack_course *course = pack_course(clocking->pack, item->course);
	if (course == NULL || course->audience == NULL)
		return OK;
	struct asking asking = { .course = course, .code = item->course, .why = "plan", .item = item->id,
				 .since = { item->begins }, .due = opening.due };
	return ask_all(clocking, &asking);
}

static struct error *
run_items(struct clocking *clocking)
{
	struct training_item_running_row *rows;
	struct day today;
	size_t count;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(clocking->store, clocking->arena, &look));
		today = moment_day(look.now);
		TRY(training_item_running(&look,
					  &(struct training_item_running_in){ today.no, ITEMS_AT_ONCE },
					  &rows, &count));
	}
	for (size_t at = 0; at < count; at++)
		TRY(run_item(clocking, &rows[at], today));
	return OK;
}

/* ---- Courses on joining ---- */

static struct error *
run_joining(struct clocking *clocking)
{
	struct day today;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(clocking->store, clocking->arena, &look));
		today = moment_day(look.now);
	}
	for (size_t at = 0; at < clocking->pack->training.courses_count; at++) {
		const struct pack_course *course = &clocking->pack->training.courses[at];
		struct asking asking = { .course = course, .code = course->code, .why = "joined",
					 .since = course->again == 0 ? DAY_NONE
								     : day_plus(today, -course->again),
					 .due = day_plus(today, course->days) };
		if (course->held == HELD_JOINING)
			TRY(ask_all(clocking, &asking));
	}
	return OK;
}

/* ---- Who has left ---- */

static struct error *
left_act(struct act *act, void *with)
{
	const struct training_left_row *row = with;
	TRY(end_enrolment(act, (struct enrolment_id){ row->id },
			  &(struct enrolment_end){ .state = "ended", .how = "", .score = -1,
						   .words = T("") }));
	return note_training(act, "training.left",
			     about_training(act->look.arena, "enrolment", row->id), NULL);
}

static struct error *
run_left(struct clocking *clocking)
{
	struct training_left_row *rows;
	size_t count;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(clocking->store, clocking->arena, &look));
		TRY(training_left(&look, &(struct training_left_in){ moment_day(look.now).no, AT_ONCE },
				  &rows, &count));
	}
	for (size_t at = 0; at < count; at++)
		TRY(store_act(clocking->store, clocking->arena, &training_clock_actor, left_act, &rows[at]));
	return OK;
}

/* ---- Telling ---- */

struct telling {
	const struct pack *pack;
	const struct training_to_tell_row *rows;
	size_t count;
};

static struct error *
tell(struct act *act, const struct telling *telling, const struct training_to_tell_row *row)
{
	struct arena *arena = act->look.arena;
	const struct text name = course_name(telling->pack, row->course);
	const struct day due = { row->due };
	const bool is_late = row->due < moment_day(act->look.now).no;
	const struct text day = day_wareki(arena, due);
	const struct text words =
		is_late ? text_format(arena, say("期限(%.*s)を過ぎた研修があります: %.*s"), T_ARG(day), T_ARG(name))
			: text_format(arena, say("期限が%.*sの研修があります: %.*s"), T_ARG(day), T_ARG(name));
	TRY(training_enrolment_told(act, &(struct training_enrolment_told_in){ row->id, act->look.now.ms }));
	return people_notify(act, &(struct notify){
					  .person = { row->person },
					  .about = about_training(arena, "enrolment", row->id),
					  .words = words,
					  .path = T("/training"),
					  .subject = text_of(is_late ? say("研修の期限を過ぎています")
								     : say("研修の受講をお願いします")),
				  });
}

static struct error *
tell_act(struct act *act, void *with)
{
	const struct telling *telling = with;
	for (size_t at = 0; at < telling->count; at++)
		TRY(tell(act, telling, &telling->rows[at]));
	return note_training(act, "training.remind", T("training"),
			     (struct fact_pair[]){ { "persons", { 0 }, (int64_t)telling->count },
						   { NULL } });
}

static struct error *
run_telling(struct clocking *clocking)
{
	struct telling telling = { .pack = clocking->pack, .count = AT_ONCE };
	while (clocking->left > 0 && telling.count == AT_ONCE) {
		struct training_to_tell_row *rows;
		int64_t days;
		{
			LOOK_SCOPED look = { 0 };
			TRY(look_begin(clocking->store, clocking->arena, &look));
			TRY(people_parameter(&look, clocking->pack, "training.remind-days", REMIND_DAYS,
					     &days));
			const struct day today = moment_day(look.now);
			TRY(training_to_tell(&look,
					     &(struct training_to_tell_in){
						     look.now.ms - days * DAY_MS, look.now.ms,
						     day_plus(today, days).no, AT_ONCE },
					     &rows, &telling.count));
		}
		telling.rows = rows;
		if (telling.count == 0)
			return OK;
		TRY(store_act(clocking->store, clocking->arena, &training_clock_actor, tell_act, &telling));
		clocking->done->told += (int64_t)telling.count; /* at most 200 */
		clocking->left -= telling.count < clocking->left ? telling.count : clocking->left;
	}
	return OK;
}

/* ---- Telling heads who is late ---- */

struct heading {
	const struct pack *pack;
	const struct training_item_to_head_row *item;
};

static struct error *
tell_heads(struct act *act, const struct heading *heading, const struct training_item_units_row *unit)
{
	struct arena *arena = act->look.arena;
	struct decider *list;
	size_t count;
	TRY(people_deciders_in(&act->look, section_role(heading->pack), (struct unit_id){ unit->unit },
			       moment_day(act->look.now), (struct person_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		TRY(people_notify(
			act, &(struct notify){
				     .person = list[at].person,
				     .about = about_training(arena, "training-item", heading->item->id),
				     .words = text_format(arena, say("研修「%.*s」を受けていない人が%lld人います"),
							  T_ARG(course_name(heading->pack,
									    heading->item->course)),
							  (long long)unit->missing),
				     .path = T("/training/section"),
				     .subject = text_of(say("研修を受けていない人がいます")),
			     }));
	return OK;
}

/* A course that people take one by one was held when its days are over; a class is when its list is taken. */
static struct error *
tell_duties(struct act *act, const struct heading *heading)
{
	const struct pack_course *course = pack_course(heading->pack, heading->item->course);
	struct training_item_taken_row row;
	TRY(training_item_taken(&act->look, &(struct training_item_taken_in){ heading->item->id }, &row));
	if (course == NULL || course->is_class || row.taken == 0)
		return OK;
	return duty_done_by(act, heading->pack,
			    &(struct duty_deed){
				    .by = "training.round",
				    .of = course->code,
				    .on = { heading->item->due },
				    .source = about_training(act->look.arena, "training-item",
							     heading->item->id),
				    .words = words_now(course->name),
			    },
			    NULL);
}

static struct error *
head_act(struct act *act, void *with)
{
	const struct heading *heading = with;
	struct training_item_units_row *rows;
	size_t count;
	TRY(training_item_units(&act->look,
				&(struct training_item_units_in){ heading->item->id,
								  moment_day(act->look.now).no,
								  UNITS_AT_ONCE },
				&rows, &count));
	for (size_t at = 0; at < count && section_role(heading->pack) != NULL; at++)
		TRY(tell_heads(act, heading, &rows[at]));
	TRY(training_item_headed(act, &(struct training_item_headed_in){ heading->item->id,
									 act->look.now.ms }));
	TRY(note_training(act, "training.over",
			  about_training(act->look.arena, "training-item", heading->item->id),
			  (struct fact_pair[]){ { "units", { 0 }, (int64_t)count }, { NULL } }));
	return tell_duties(act, heading);
}

static struct error *
run_heads(struct clocking *clocking)
{
	struct heading heading = { .pack = clocking->pack };
	struct training_item_to_head_row *rows;
	size_t count;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(clocking->store, clocking->arena, &look));
		TRY(training_item_to_head(&look,
					  &(struct training_item_to_head_in){ moment_day(look.now).no,
									      ITEMS_AT_ONCE },
					  &rows, &count));
	}
	for (size_t at = 0; at < count; at++) {
		heading.item = &rows[at];
		TRY(store_act(clocking->store, clocking->arena, &training_clock_actor, head_act, &heading));
	}
	return OK;
}

struct error *
training_clock(struct store *store, struct arena *arena, const struct pack *pack, size_t most,
	       struct training_done *done, bool *is_more)
{
	struct clocking clocking = { .store = store, .arena = arena, .pack = pack, .left = most,
				     .done = done };
	*done = (struct training_done){ 0 };
	*is_more = false;
	if (!pack->training.is_there)
		return OK;
	TRY(run_left(&clocking));
	TRY(run_items(&clocking));
	TRY(run_joining(&clocking));
	TRY(send_drills(&clocking));
	TRY(end_drills(&clocking));
	TRY(run_telling(&clocking));
	TRY(run_heads(&clocking));
	*is_more = clocking.left == 0;
	return OK;
}
