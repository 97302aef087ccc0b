/* Writing what was previewed, and putting it back. Every row that was changed is remembered. */
#include "transfer/rooms.h"

#include "people/organisation.h"

struct writing {
	struct act *act;
	struct world *world;
};

static struct error *
remember(struct writing *writing, const char *what, int64_t object, struct day was)
{
	int64_t id;
	TRY(act_number(writing->act, T("transfer-done"), &id));
	return transfer_done_add(writing->act, &(struct transfer_done_add_in){
						       id, writing->world->transfer.id.no,
						       text_of(what), object, no_of(was) });
}

/* ---- Units and posts ---- */

static struct error *
open_unit(struct writing *writing, struct world_unit *unit)
{
	if (unit->above >= 0)
		unit->unit.parent = writing->world->units[unit->above].unit.id;
	TRY(people_unit_add(writing->act, &unit->unit, &unit->unit.id));
	return remember(writing, "unit-add", unit->unit.id.no, writing->world->day);
}

/* In the order of the lines one may stand below another that comes later. */
static struct error *
open_units(struct writing *writing)
{
	struct world *world = writing->world;
	for (bool is_more = true; is_more;) {
		is_more = false;
		for (size_t at = 0; at < world->units_count; at++) {
			struct world_unit *unit = &world->units[at];
			if (!unit->is_new || unit->unit.id.no != 0)
				continue;
			if (unit->above >= 0 && world->units[unit->above].unit.id.no == 0)
				continue;
			TRY(open_unit(writing, unit));
			is_more = true;
		}
	}
	return OK;
}

static struct error *
rename_units(struct writing *writing)
{
	struct world *world = writing->world;
	for (size_t at = 0; at < world->units_count; at++) {
		if (!world->units[at].is_renamed)
			continue;
		TRY(people_unit_change_from(writing->act, &world->units[at].unit, world->day));
		TRY(remember(writing, "unit-form", world->units[at].unit.id.no, world->day));
	}
	return OK;
}

static struct error *
add_posts(struct writing *writing)
{
	struct world *world = writing->world;
	for (size_t at = 0; at < world->posts_count; at++) {
		struct world_post *post = &world->posts[at];
		if (!post->is_new)
			continue;
		struct post made = { .unit = world->units[post->unit].unit.id, .name = post->name,
				     .rank = post->rank, .since = world->day, .until = DAY_NONE };
		for (size_t role = 0; role < post->roles_count; role++)
			made.roles[made.roles_count++] = post->roles[role]->code;
		TRY(people_post_add(writing->act, world->pack, &made, &post->id));
		TRY(remember(writing, "post-add", post->id.no, world->day));
	}
	return OK;
}

static bool
is_below_another(const struct world *world, const struct world_unit *unit)
{
	for (size_t at = 0; at < world->units_count; at++)
		if (world->units[at].is_closed && world->units[at].above >= 0 &&
		    &world->units[world->units[at].above] == unit)
			return true;
	return false;
}

static struct error *
close_unit(struct writing *writing, struct world_unit *unit)
{
	struct world *world = writing->world;
	for (int64_t at = unit->first; at >= 0; at = world->posts[at].next)
		TRY(remember(writing, "post-end", world->posts[at].id.no, world->posts[at].until));
	TRY(people_unit_end(writing->act, unit->unit.id, world->before));
	TRY(remember(writing, "unit-end", unit->unit.id.no, unit->unit.until));
	unit->is_closed = false; /* done */
	if (unit->successor < 0)
		return OK;
	TRY(people_unit_succeed(writing->act, unit->unit.id,
				world->units[unit->successor].unit.id));
	return remember(writing, "unit-succeed", unit->unit.id.no, DAY_NONE);
}

/* What is below ends first. */
static struct error *
close_units(struct writing *writing)
{
	struct world *world = writing->world;
	for (bool is_more = true; is_more;) {
		is_more = false;
		for (size_t at = 0; at < world->units_count; at++) {
			if (!world->units[at].is_closed || is_below_another(world, &world->units[at]))
				continue;
			TRY(close_unit(writing, &world->units[at]));
			is_more = true;
		}
	}
	return OK;
}

/* ---- Persons ---- */

static void
name_split(struct text name, struct text *family, struct text *given)
{
	size_t at;
	*family = name;
	*given = T("");
	if (text_find(name, T("　"), &at)) {
		*family = text_first(name, at);
		*given = text_trim(text_from(name, at));
	} else if (text_find(name, T(" "), &at)) {
		*family = text_first(name, at);
		*given = text_trim(text_from(name, at));
	}
}

/* The lines of one who comes are theirs now: sealed under their key, to be erased with them. */
static struct error *
give_lines(struct writing *writing, const struct world_person *person)
{
	struct world *world = writing->world;
	for (size_t at = 0; at < world->lines_count; at++) {
		const struct transfer_line *line = &world->lines[at];
		if (line->person.no != 0 || !text_same(line->number, person->number))
			continue;
		TRY(transfer_line_change(
			writing->act, &(struct transfer_line_change_in){
					      .id = line->id.no, .kind = line->kind,
					      .person = person->id.no, .number = line->number,
					      .name = line->name, .kana = line->kana,
					      .from_unit = line->from_unit,
					      .from_post = line->from_post,
					      .to_unit = line->to_unit, .to_post = line->to_post,
					      .above = line->above, .day = no_of(line->day),
					      .note = line->note }));
	}
	return OK;
}

static struct error *
add_person(struct writing *writing, struct world_person *person)
{
	struct person made = { .number = person->number, .kana = person->kana, .mail = T(""),
			       .since = person->since, .until = DAY_NONE };
	name_split(person->name, &made.family, &made.given);
	TRY(people_person_add(writing->act, &made, &person->id));
	TRY(remember(writing, "person-add", person->id.no, person->since));
	return give_lines(writing, person);
}

static struct error *
take_back(struct writing *writing, struct world_person *person)
{
	struct person back;
	TRY(people_person(&writing->act->look, person->id, &back));
	/* One whom an earlier list called in, and that was withdrawn, has never been here. */
	const bool never_was = !day_is_none(back.since) && back.since.no > back.until.no;
	if (never_was)
		back.since = person->since;
	back.until = DAY_NONE;
	name_split(person->name, &back.family, &back.given);
	TRY(people_person_change(writing->act, &back));
	return remember(writing, never_was ? "person-add" : "person-back", person->id.no,
			never_was ? person->since : person->was);
}

static struct error *
end_grants(struct writing *writing, const struct world_person *person)
{
	struct grant *grants;
	struct deputy *deputies;
	size_t count;
	TRY(people_grants(&writing->act->look, person->id, day_plus(person->until, 1), &grants, &count));
	for (size_t at = 0; at < count; at++)
		TRY(remember(writing, "grant-end", grants[at].id.no, grants[at].until));
	TRY(people_deputies(&writing->act->look, person->id, day_plus(person->until, 1), &deputies,
			    &count));
	for (size_t at = 0; at < count; at++)
		TRY(remember(writing, "deputy-end", deputies[at].id.no, deputies[at].until));
	return OK;
}

static struct error *
end_person(struct writing *writing, int64_t at)
{
	struct world *world = writing->world;
	struct world_person *person = &world->persons[at];
	for (int64_t place = person->first; place >= 0; place = world->places[place].next)
		if (world->places[place].is_ended)
			TRY(remember(writing, "assign-end", world->places[place].id.no,
				     world->places[place].was));
	TRY(end_grants(writing, person));
	TRY(people_person_end(writing->act, person->id, person->until));
	TRY(remember(writing, "person-end", person->id.no, person->was));
	return returns_begin(writing->act, world, at);
}

static struct error *
add_persons(struct writing *writing)
{
	struct world *world = writing->world;
	for (size_t at = 0; at < world->persons_count; at++) {
		if (world->persons[at].is_back)
			TRY(take_back(writing, &world->persons[at]));
		else if (world->persons[at].is_new)
			TRY(add_person(writing, &world->persons[at]));
	}
	return OK;
}

static struct error *
end_persons(struct writing *writing)
{
	struct world *world = writing->world;
	for (size_t at = 0; at < world->persons_count; at++) {
		const struct world_person *person = &world->persons[at];
		struct secondment_id made;
		if (person->is_ending)
			TRY(end_person(writing, (int64_t)at)); /* an index */
		if (!person->is_away)
			continue;
		TRY(people_secondment_add(writing->act,
					  &(struct secondment){ .person = person->id,
								.way = SECONDMENT_OUT,
								.other = person->other,
								.since = person->away_from,
								.until = DAY_NONE },
					  &made));
		TRY(remember(writing, "secondment", made.no, person->away_from));
	}
	return OK;
}

/* ---- Places ---- */

static struct error *
end_places(struct writing *writing)
{
	struct world *world = writing->world;
	for (size_t at = 0; at < world->places_count; at++) {
		const struct world_place *place = &world->places[at];
		if (!place->is_ended || place->is_new || world->persons[place->person].is_ending)
			continue;
		TRY(people_assignment_end(writing->act, place->id, place->until));
		TRY(remember(writing, "assign-end", place->id.no, place->was));
	}
	return OK;
}

static struct error *
take_places(struct writing *writing)
{
	struct world *world = writing->world;
	for (size_t at = 0; at < world->places_count; at++) {
		struct world_place *place = &world->places[at];
		if (!place->is_new)
			continue;
		const struct assignment made = { .person = world->persons[place->person].id,
						 .post = world->posts[place->post].id,
						 .is_main = place->is_main,
						 .beside = place->beside,
						 .since = place->since,
						 .until = place->until };
		TRY(people_assign(writing->act, &made, &place->id));
		TRY(remember(writing, "assign", place->id.no, place->since));
	}
	return OK;
}

/* ---- What was ticked ---- */

static struct error *
end_ticked(struct writing *writing)
{
	struct world *world = writing->world;
	for (size_t at = 0; at < world->preview->kept_count; at++) {
		const struct transfer_kept *kept = &world->preview->kept[at];
		if (!kept->ends)
			continue;
		switch (kept->kind) {
		case STAYS_GRANT:
			TRY(remember(writing, "grant-end", kept->object, kept->until));
			TRY(people_grant_end(writing->act, (struct grant_id){ kept->object },
					     world->before));
			break;
		case STAYS_DEPUTY:
			TRY(remember(writing, "deputy-end", kept->object, kept->until));
			TRY(people_deputy_until(writing->act, (struct deputy_id){ kept->object },
						world->before));
			break;
		case STAYS_ASSIGNMENT: /* with the places */
		case STAYS_PERMIT:
			break;
		}
	}
	return OK;
}

struct error *
world_write(struct act *act, struct world *world)
{
	struct writing writing = { act, world };
	TRY(open_units(&writing));
	TRY(rename_units(&writing));
	TRY(add_posts(&writing));
	TRY(add_persons(&writing));
	TRY(end_places(&writing));
	TRY(end_persons(&writing));
	TRY(take_places(&writing));
	TRY(end_ticked(&writing));
	return close_units(&writing);
}

/* ---- Putting back ---- */

static struct error *
reopen_person(struct act *act, int64_t id, struct day until)
{
	struct person person;
	TRY(people_person(&act->look, (struct person_id){ id }, &person));
	person.until = until;
	return people_person_change(act, &person);
}

static struct error *
reopen_unit(struct act *act, int64_t id, struct day until)
{
	struct unit unit;
	TRY(people_unit(&act->look, (struct unit_id){ id }, &unit));
	unit.until = until;
	return people_unit_change(act, &unit);
}

static struct error *
reopen_post(struct act *act, const struct pack *pack, int64_t id, struct day until)
{
	struct post post;
	TRY(people_post(&act->look, (struct post_id){ id }, &post));
	post.until = until;
	return people_post_change(act, pack, &post);
}

static struct error *
put_back(struct act *act, const struct pack *pack, const struct transfer_done_all_row *row)
{
	const struct day was = day_of(row->was), never = day_plus(was, -1);
	const int64_t id = row->object;
	if (text_is(row->what, "unit-succeed"))
		return people_unit_succeed(act, (struct unit_id){ id }, (struct unit_id){ 0 });
	if (text_is(row->what, "unit-end"))
		return reopen_unit(act, id, was);
	if (text_is(row->what, "post-end"))
		return reopen_post(act, pack, id, was);
	if (text_is(row->what, "unit-form"))
		return people_unit_change_withdraw(act, (struct unit_id){ id }, was);
	if (text_is(row->what, "unit-add"))
		return people_unit_end(act, (struct unit_id){ id }, never);
	if (text_is(row->what, "post-add"))
		return people_post_end(act, (struct post_id){ id }, never);
	if (text_is(row->what, "person-add"))
		return people_person_end(act, (struct person_id){ id }, never);
	if (text_is(row->what, "person-end") || text_is(row->what, "person-back"))
		return reopen_person(act, id, was);
	if (text_is(row->what, "assign"))
		return people_assignment_end(act, (struct assignment_id){ id }, never);
	if (text_is(row->what, "assign-end"))
		return people_assignment_until(act, (struct assignment_id){ id }, was);
	if (text_is(row->what, "grant-end"))
		return people_grant_until(act, (struct grant_id){ id }, was);
	if (text_is(row->what, "deputy-end"))
		return people_deputy_until(act, (struct deputy_id){ id }, was);
	if (text_is(row->what, "secondment"))
		return people_secondment_end(act, (struct secondment_id){ id }, never);
	return broken("発令の記録が読めません(%lld)。", (long long)row->id);
}

/* The last thing done is undone first. */
struct error *
world_put_back(struct act *act, const struct pack *pack, const struct transfer *transfer)
{
	struct transfer_done_all_row *rows;
	size_t count;
	TRY(transfer_done_all(&act->look, &(struct transfer_done_all_in){ transfer->id.no }, &rows,
			      &count));
	for (size_t at = 0; at < count; at++)
		TRY(put_back(act, pack, &rows[at]));
	return OK;
}
