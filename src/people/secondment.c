/* Who works for another body, and who comes from one. */
#include "people/rooms.h"

static struct text
way_code(enum secondment_way way)
{
	return way == SECONDMENT_IN ? T("in") : T("out");
}

static struct secondment
secondment_from(const struct people_secondment_at_row *row)
{
	return (struct secondment){
		.id = { row->id },
		.person = { row->person },
		.way = text_is(row->way, "in") ? SECONDMENT_IN : SECONDMENT_OUT,
		.other = row->other,
		.since = day_from_kept(row->since),
		.until = day_from_kept(row->until),
	};
}

static struct error *
check_clash(struct look *look, int64_t person, int64_t id, int64_t since, struct day until)
{
	struct people_secondment_clash_row row;
	bool clashes;
	TRY(people_secondment_clash(
		look, &(struct people_secondment_clash_in){ person, id, since, day_last(until) },
		&clashes, &row));
	if (clashes)
		return reject("since", "この期間には、すでに出向が登録されています。先にそちらを終えてください。");
	return OK;
}

static struct error *
check_secondment(struct look *look, const struct secondment *secondment)
{
	struct person person;
	TRY(people_person(look, secondment->person, &person));
	TRY(words_check("other", secondment->other));
	if (day_is_none(secondment->since))
		return reject("since", "出向の始まりの日を入力してください。");
	TRY(period_check(secondment->since, secondment->until));
	if (secondment->since.no > day_last(person.until))
		return reject("since", "その職員は、出向の始まりの日より前に退職しています。");
	return check_clash(look, secondment->person.no, 0, secondment->since.no,
			   secondment->until);
}

static struct error *
note_secondment(struct act *act, const char *what, int64_t person, int64_t id)
{
	return people_note(act, &(struct noting){
					.act = what,
					.about = { people_about_person(act->look.arena,
								       (struct person_id){ person }) },
					.pairs = { { .name = "secondment", .number = id } } });
}

struct error *
people_secondment_add(struct act *act, const struct secondment *secondment,
		      struct secondment_id *id)
{
	int64_t made;
	TRY(check_secondment(&act->look, secondment));
	TRY(act_number(act, T("secondment"), &made));
	TRY(people_secondment_insert(act, &(struct people_secondment_insert_in){
						  made, secondment->person.no,
						  way_code(secondment->way), secondment->other,
						  secondment->since.no,
						  day_kept(secondment->until) }));
	TRY(note_secondment(act, "people.secondment_add", secondment->person.no, made));
	id->no = made;
	return OK;
}

struct error *
people_secondment_end(struct act *act, struct secondment_id id, struct day last)
{
	struct people_secondment_get_row row;
	bool found;
	TRY(people_secondment_get(&act->look, &(struct people_secondment_get_in){ id.no }, &found,
				  &row));
	if (!found)
		return missing("その出向は登録されていません。");
	if (row.since <= act_today(act).no)
		TRY(period_check(day_from_kept(row.since), last));
	if (day_last(last) >= row.since)
		TRY(check_clash(&act->look, row.person, id.no, row.since, last));
	TRY(people_secondment_set_until(
		act, &(struct people_secondment_set_until_in){ id.no, day_kept(last) }));
	return note_secondment(act, "people.secondment_end", row.person, id.no);
}

struct error *
people_secondments(struct look *look, struct person_id person, struct secondment **list,
		   size_t *count)
{
	struct people_secondment_of_row *rows;
	size_t got;
	TRY(people_secondment_of(look, &(struct people_secondment_of_in){ person.no }, &rows, &got));
	struct secondment *made = ARENA_ARRAY(look->arena, struct secondment, got + 1);
	for (size_t at = 0; at < got; at++)
		made[at] = secondment_from(&(struct people_secondment_at_row){
			rows[at].id, rows[at].person, rows[at].way, rows[at].other, rows[at].since,
			rows[at].until });
	*list = made;
	*count = got;
	return OK;
}

struct error *
people_secondment_on(struct look *look, struct person_id person, struct day day, bool *found,
		     struct secondment *secondment)
{
	struct people_secondment_at_row row;
	bool is_there;
	TRY(people_secondment_at(look, &(struct people_secondment_at_in){ person.no, day.no },
				 &is_there, &row));
	if (is_there)
		*secondment = secondment_from(&row);
	*found = is_there;
	return OK;
}
