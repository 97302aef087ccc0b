/* Who is in which post, from when until when. */
#include "people/rooms.h"

static struct error *
check_main(struct look *look, const struct assignment *assignment)
{
	if (!assignment->is_main)
		return OK;
	struct people_assignment_main_clash_row row;
	bool clashes;
	TRY(people_assignment_main_clash(look,
					 &(struct people_assignment_main_clash_in){
						 assignment->person.no, assignment->id.no,
						 day_first(assignment->since),
						 day_last(assignment->until) },
					 &clashes, &row));
	if (clashes)
		return reject("is_main", "この期間にはすでに本務があります。先に今の本務を終えるか、兼務として登録してください。");
	return OK;
}

static struct error *
check_assignment(struct look *look, const struct assignment *assignment)
{
	struct person person;
	struct post post;
	TRY(people_person(look, assignment->person, &person));
	TRY(people_post(look, assignment->post, &post));
	TRY(period_check(assignment->since, assignment->until));
	if (day_first(assignment->since) > day_last(post.until))
		return reject("post", "その職は、就く日より前に終わっています。別の職を選んでください。");
	if (day_first(assignment->since) > day_last(person.until))
		return reject("person", "その職員は、就く日より前に退職しています。");
	TRY(worker_check(look, person.id, person.employment, assignment->since,
			 assignment->until));
	return check_main(look, assignment);
}

struct error *
assignment_insert(struct act *act, const struct assignment *given, struct assignment_id *id)
{
	struct assignment copy = *given;
	const struct assignment *assignment = &copy;
	int64_t made;
	copy.id = (struct assignment_id){ 0 };
	TRY(check_assignment(&act->look, assignment));
	TRY(act_number(act, T("assignment"), &made));
	TRY(people_assignment_insert(act, &(struct people_assignment_insert_in){
						  made, assignment->person.no, assignment->post.no,
						  assignment->is_main,
						  assignment->is_main
							  ? (struct text){ 0 }
							  : beside_code(assignment->beside),
						  day_kept(assignment->since),
						  day_kept(assignment->until) }));
	id->no = made;
	return OK;
}

static struct error *
note_assignment(struct act *act, const char *what, int64_t person, int64_t post, int64_t id)
{
	struct arena *arena = act->look.arena;
	struct post in;
	TRY(people_post(&act->look, (struct post_id){ post }, &in));
	return people_note(
		act, &(struct noting){ .act = what,
				       .about = { people_about_person(arena, (struct person_id){ person }),
						  people_about_post(arena, in.id),
						  people_about_unit(arena, in.unit) },
				       .pairs = { { .name = "assignment", .number = id } } });
}

struct error *
people_assign(struct act *act, const struct assignment *assignment, struct assignment_id *id)
{
	struct assignment_id made;
	TRY(assignment_insert(act, assignment, &made));
	TRY(note_assignment(act, "people.assign", assignment->person.no, assignment->post.no,
			    made.no));
	*id = made;
	return OK;
}

struct error *
people_assignment_end(struct act *act, struct assignment_id id, struct day last)
{
	struct people_assignment_get_row row;
	bool found;
	TRY(people_assignment_get(&act->look, &(struct people_assignment_get_in){ id.no }, &found,
				  &row));
	if (!found)
		return missing("その配属は登録されていません。");
	/* One that has not begun may end before it begins: it then never was. */
	if (row.since == 0 || row.since <= act_today(act).no)
		TRY(period_check(day_from_kept(row.since), last));
	TRY(people_assignment_set_until(
		act, &(struct people_assignment_set_until_in){ id.no, last.no }));
	return note_assignment(act, "people.assignment_end", row.person, row.post, id.no);
}

struct error *
people_assignment(struct look *look, struct assignment_id id, struct assignment *assignment)
{
	struct people_assignment_get_row row;
	bool found;
	TRY(people_assignment_get(look, &(struct people_assignment_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その配属は登録されていません。");
	struct assignment made = {
		.id = id,
		.person = { row.person },
		.post = { row.post },
		.is_main = row.is_main,
		.beside = beside_read(row.beside),
		.since = day_from_kept(row.since),
		.until = day_from_kept(row.until),
		.unit = { row.unit },
		.post_name = row.post_name,
	};
	struct unit unit;
	TRY(people_unit(look, made.unit, &unit));
	TRY(people_name(look, made.person, &made.person_name));
	made.unit_name = unit.name;
	*assignment = made;
	return OK;
}

struct error *
people_assignment_until(struct act *act, struct assignment_id id, struct day until)
{
	struct assignment assignment;
	TRY(people_assignment(&act->look, id, &assignment));
	assignment.until = until;
	TRY(check_assignment(&act->look, &assignment));
	TRY(people_assignment_set_until(
		act, &(struct people_assignment_set_until_in){ id.no, day_kept(until) }));
	return note_assignment(act, "people.assignment_until", assignment.person.no,
			       assignment.post.no, id.no);
}

static struct assignment
assignment_from(const struct people_assignment_of_person_row *row)
{
	return (struct assignment){
		.id = { row->id },
		.person = { row->person },
		.post = { row->post },
		.is_main = row->is_main,
		.beside = beside_read(row->beside),
		.since = day_from_kept(row->since),
		.until = day_from_kept(row->until),
		.unit = { row->unit },
		.person_name = row->person_name,
		.post_name = row->post_name,
		.unit_name = row->unit_name,
	};
}

struct error *
people_assignments_of(struct look *look, struct person_id person, struct assignment **list,
		      size_t *count)
{
	struct people_assignment_of_person_row *rows;
	TRY(people_assignment_of_person(
		look,
		&(struct people_assignment_of_person_in){ person.no, look_today(look).no }, &rows,
		count));
	*list = ARENA_ARRAY(look->arena, struct assignment, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = assignment_from(&rows[at]);
	return OK;
}

struct error *
people_assignments_in(struct look *look, struct unit_id unit, struct day day,
		      struct assignment **list, size_t *count)
{
	struct people_assignment_of_unit_row *rows;
	TRY(people_assignment_of_unit(
		look, &(struct people_assignment_of_unit_in){ unit.no, day.no }, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct assignment, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		const struct people_assignment_of_unit_row *row = &rows[at];
		(*list)[at] = assignment_from(&(struct people_assignment_of_person_row){
			row->id, row->person, row->post, row->is_main, row->beside, row->since,
			row->until, row->unit, row->person_name, row->post_name, row->unit_name });
	}
	return OK;
}

struct error *
people_unit_of(struct look *look, struct person_id person, struct day day, struct unit_id *unit)
{
	struct people_assignment_unit_row row;
	bool found;
	TRY(people_assignment_unit(look,
				   &(struct people_assignment_unit_in){ person.no, day.no }, &found,
				   &row));
	unit->no = found ? row.unit : 0;
	return OK;
}
