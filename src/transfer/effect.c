/* What follows from the lines: roles gained and lost, roles that nobody holds, what stays behind. */
#include "transfer/rooms.h"

enum { HELD_MOST = 64 };

struct held {
	const struct pack_role *role[HELD_MOST];
	int64_t unit[HELD_MOST]; /* index */
	size_t count;
};

static void
hold(struct held *held, const struct pack_role *role, int64_t unit)
{
	for (size_t at = 0; at < held->count; at++)
		if (held->role[at] == role && held->unit[at] == unit)
			return;
	if (held->count == HELD_MOST)
		return;
	held->role[held->count] = role;
	held->unit[held->count++] = unit;
}

static bool
is_held(const struct world *world, const struct world_place *place, bool before)
{
	return before ? world_was_held(world, place) : world_covers(world, place, world->day);
}

static struct held
held_by(const struct world *world, int64_t person, bool before)
{
	struct held held = { .count = 0 };
	for (int64_t at = world->persons[person].first; at >= 0; at = world->places[at].next) {
		const struct world_place *place = &world->places[at];
		const struct world_post *post = &world->posts[place->post];
		if (post->unit < 0 || !is_held(world, place, before))
			continue;
		for (size_t role = 0; role < post->roles_count; role++)
			hold(&held, post->roles[role], post->unit);
	}
	return held;
}

static bool
has(const struct held *held, const struct pack_role *role, int64_t unit)
{
	for (size_t at = 0; at < held->count; at++)
		if (held->role[at] == role && held->unit[at] == unit)
			return true;
	return false;
}

static void
add_role(struct world *world, const struct world_person *person, const struct pack_role *role,
	 int64_t unit, bool is_gained)
{
	struct transfer_preview *preview = world->preview;
	const struct world_unit *of = &world->units[unit];
	preview->roles[preview->roles_count++] = (struct transfer_role){
		.person = person->id,
		.who = person->name,
		.role = role,
		.unit_name = is_gained || of->was.len == 0 ? of->unit.name : of->was,
		.is_gained = is_gained,
	};
	preview->gained += is_gained;
	preview->lost += !is_gained;
}

void
effect_roles(struct world *world)
{
	struct transfer_preview *preview = world->preview;
	size_t listed = 0;
	for (size_t at = 0; at < world->persons_count; at++)
		listed += world->persons[at].is_listed;
	preview->roles = ARENA_ARRAY(world->arena, struct transfer_role, listed * HELD_MOST * 2 + 1);
	for (size_t at = 0; at < world->persons_count; at++) {
		const struct world_person *person = &world->persons[at];
		if (!person->is_listed)
			continue;
		const struct held was = held_by(world, (int64_t)at, true); /* an index */
		const struct held is = held_by(world, (int64_t)at, false);
		for (size_t one = 0; one < is.count; one++)
			if (!has(&was, is.role[one], is.unit[one]))
				add_role(world, person, is.role[one], is.unit[one], true);
		for (size_t one = 0; one < was.count; one++)
			if (!has(&is, was.role[one], was.unit[one]))
				add_role(world, person, was.role[one], was.unit[one], false);
	}
}

/* ---- Gaps ---- */

/* held[unit * roles + role]: somebody holds it in that very unit. */
static bool *
holding(const struct world *world, bool before)
{
	const struct pack *pack = world->pack;
	bool *held = ARENA_ARRAY(world->arena, bool, world->units_count * pack->roles_count + 1);
	for (size_t at = 0; at < world->places_count; at++) {
		const struct world_place *place = &world->places[at];
		const struct world_post *post = &world->posts[place->post];
		if (post->unit < 0 || !is_held(world, place, before))
			continue;
		for (size_t role = 0; role < post->roles_count; role++)
			held[(size_t)post->unit * pack->roles_count + /* not NOWHERE */
			     (size_t)(post->roles[role] - pack->roles)] = true;
	}
	return held;
}

static bool
anybody(const struct world *world, const bool *held, size_t role)
{
	for (size_t unit = 0; unit < world->units_count; unit++)
		if (held[unit * world->pack->roles_count + role])
			return true;
	return false;
}

static void
add_gap(struct world *world, const struct pack_role *role, const struct world_unit *unit, bool is_new)
{
	struct transfer_preview *preview = world->preview;
	if (preview->gaps_count == PEOPLE_MOST_LIST)
		return;
	preview->gaps[preview->gaps_count++] = (struct transfer_gap){
		.role = role,
		.unit = unit != NULL ? unit->unit.id : (struct unit_id){ 0 },
		.unit_name = unit != NULL ? unit->unit.name : T(""),
		.is_new = is_new,
	};
	preview->new_gaps += is_new;
}

static void
gaps_in_units(struct world *world, size_t role, enum unit_kind kind, const bool *was, const bool *is)
{
	const size_t roles = world->pack->roles_count;
	for (size_t at = 0; at < world->units_count; at++) {
		const struct world_unit *unit = &world->units[at];
		if (unit->is_there && unit->unit.kind == kind && !is[at * roles + role])
			add_gap(world, &world->pack->roles[role], unit,
				unit->is_new || was[at * roles + role]);
	}
}

void
effect_gaps(struct world *world)
{
	const struct pack *pack = world->pack;
	const bool *was = holding(world, true), *is = holding(world, false);
	world->preview->gaps = ARENA_ARRAY(world->arena, struct transfer_gap, PEOPLE_MOST_LIST + 1);
	for (size_t role = 0; role < pack->roles_count; role++) {
		if (!pack->roles[role].must_be_held)
			continue;
		switch (pack->roles[role].scope) {
		case SCOPE_BODY:
		case SCOPE_SYSTEM:
			if (!anybody(world, is, role))
				add_gap(world, &pack->roles[role], NULL, anybody(world, was, role));
			break;
		case SCOPE_BUREAU:
			gaps_in_units(world, role, UNIT_BUREAU, was, is);
			break;
		case SCOPE_SECTION:
			gaps_in_units(world, role, UNIT_SECTION, was, is);
			break;
		case SCOPE_EVERYONE:
			break;
		}
	}
}

/* ---- What stays behind ---- */

/* Who comes to the post; where nobody does, who is in it already. */
static struct error *
who_follows(struct world *world, int64_t post, int64_t except, struct text *names)
{
	struct writer come = writer_open(world->arena, 1000), stay = writer_open(world->arena, 1000);
	for (size_t at = 0; at < world->places_count; at++) {
		const struct world_place *place = &world->places[at];
		const bool was = is_held(world, place, true);
		if (place->post != post || place->person == except ||
		    !world_covers(world, place, world->day))
			continue;
		struct writer *out = was ? &stay : &come;
		TRY(world_name(world, place->person));
		write_z(out, out->len > 0 ? "、" : "");
		write_text(out, world->persons[place->person].name);
	}
	*names = come.len > 0 ? writer_text(&come) : writer_text(&stay);
	return OK;
}

static struct error *
count_left(struct world *world, int64_t at, struct transfer_left *left)
{
	struct world_person *person = &world->persons[at];
	const struct held was = held_by(world, at, true), is = held_by(world, at, false);
	struct transfer_left_row row;
	TRY(transfer_left(world->look, &(struct transfer_left_in){ person->id.no }, &row));
	left->dossiers = row.dossiers;
	left->permits = row.permits;
	left->out = row.outings;
	for (size_t one = 0; one < was.count; one++) {
		struct transfer_waiting_row waiting;
		struct transfer_rows_of_unit_row rows;
		const int64_t unit = world->units[was.unit[one]].unit.id.no;
		if (has(&is, was.role[one], was.unit[one]))
			continue;
		TRY(transfer_waiting(world->look,
				     &(struct transfer_waiting_in){ was.role[one]->code, unit },
				     &waiting));
		left->waiting += waiting.waiting;
		if (was.role[one]->scope != SCOPE_SECTION)
			continue;
		TRY(transfer_rows_of_unit(world->look, &(struct transfer_rows_of_unit_in){ unit },
					  &rows));
		left->rows += rows.living;
	}
	return OK;
}

/* The main post that they were in the day before and are not in on the day. */
static int64_t
post_left(const struct world *world, int64_t person)
{
	const int64_t main = world_main(world, person);
	if (main < 0 || world_covers(world, &world->places[main], world->day))
		return NOWHERE;
	return world->places[main].post;
}

struct error *
effect_left(struct world *world)
{
	struct transfer_preview *preview = world->preview;
	preview->left = ARENA_ARRAY(world->arena, struct transfer_left, world->persons_count + 1);
	for (size_t at = 0; at < world->known_count; at++) {
		const struct world_person *person = &world->persons[at];
		const int64_t post = person->is_listed ? post_left(world, (int64_t)at) : NOWHERE;
		struct transfer_left left = { .person = person->id, .who = person->name };
		if (post < 0)
			continue;
		left.is_leaving = !day_is_none(person->until) && person->until.no < world->day.no;
		TRY(count_left(world, (int64_t)at, &left)); /* an index */
		TRY(who_follows(world, post, (int64_t)at, &left.to)); /* an index */
		if (left.dossiers + left.waiting + left.permits + left.out + left.rows > 0)
			preview->left[preview->left_count++] = left;
	}
	return OK;
}

/* ---- Who keeps what ---- */

struct keeping {
	struct world *world;
	struct transfer_end_all_row *ticked;
	size_t ticked_count, room;
};

static bool
is_ticked(const struct keeping *keeping, enum stays_kind kind, int64_t object)
{
	for (size_t at = 0; at < keeping->ticked_count; at++)
		if (keeping->ticked[at].object == object &&
		    text_is(keeping->ticked[at].kind, stays_kind_name(kind)))
			return true;
	return false;
}

static void
keep(struct keeping *keeping, enum stays_kind kind, int64_t object, int64_t person, struct day until,
     struct text what)
{
	struct world *world = keeping->world;
	struct transfer_preview *preview = world->preview;
	if (preview->kept_count == keeping->room)
		return;
	preview->kept[preview->kept_count++] = (struct transfer_kept){
		.kind = kind,
		.object = object,
		.person = world->persons[person].id,
		.who = world->persons[person].name,
		.what = what,
		.until = until,
		.may_end = kind != STAYS_PERMIT,
		.ends = is_ticked(keeping, kind, object),
	};
}

/* Moves to another post, and so may keep what was given for the old one. */
static bool
is_mover(const struct world *world, int64_t at)
{
	return at >= 0 && world->persons[at].is_listed && !world->persons[at].is_ending &&
	       post_left(world, at) >= 0;
}

static int64_t
mover(const struct world *world, struct person_id id)
{
	const int64_t at = world_person_of_id(world, id.no);
	return is_mover(world, at) ? at : NOWHERE;
}

static struct error *
keep_grants(struct keeping *keeping)
{
	struct world *world = keeping->world;
	struct grant *grants;
	size_t count;
	TRY(people_grants(world->look, (struct person_id){ 0 }, world->day, &grants, &count));
	for (size_t at = 0; at < count; at++) {
		const int64_t person = mover(world, grants[at].person);
		const int64_t unit = world_unit_of_id(world, grants[at].unit.no);
		if (person < 0)
			continue;
		keep(keeping, STAYS_GRANT, grants[at].id.no, person, grants[at].until,
		     unit < 0 ? text_format(world->arena, say("特別な権限「%s」"),
					    grant_kind_words(grants[at].kind))
			      : text_format(world->arena, say("特別な権限「%s」（%.*s）"),
					    grant_kind_words(grants[at].kind),
					    T_ARG(world->units[unit].unit.name)));
	}
	return OK;
}

static struct error *
keep_deputies(struct keeping *keeping)
{
	struct world *world = keeping->world;
	struct deputy *list;
	size_t count;
	TRY(people_deputies(world->look, (struct person_id){ 0 }, world->day, &list, &count));
	for (size_t at = 0; at < count; at++) {
		const int64_t person = mover(world, list[at].deputy);
		if (person >= 0)
			keep(keeping, STAYS_DEPUTY, list[at].id.no, person, list[at].until,
			     text_format(world->arena, say("%.*s %.*sの職務代理"),
					 T_ARG(list[at].unit_name), T_ARG(list[at].post_name)));
	}
	return OK;
}

static void
keep_places(struct keeping *keeping)
{
	struct world *world = keeping->world;
	for (size_t at = 0; at < world->places_count; at++) {
		const struct world_place *place = &world->places[at];
		const struct world_person *person = &world->persons[place->person];
		if (place->is_main || place->is_new || !person->is_listed ||
		    !is_mover(world, place->person) ||
		    (!place->is_by_hand && !world_covers(world, place, world->day)))
			continue;
		keep(keeping, STAYS_ASSIGNMENT, place->id.no, place->person, place->was,
		     text_format(world->arena, say("兼務などの職 %.*s"),
				 T_ARG(world_place_words(world, (int64_t)at, true)))); /* an index */
	}
}

/* Of who leaves too: nothing revokes a permit by itself. */
static struct error *
keep_permits(struct keeping *keeping)
{
	struct world *world = keeping->world;
	for (size_t at = 0; at < world->known_count; at++) {
		struct transfer_permits_of_row *rows;
		size_t count;
		if (!world->persons[at].is_listed || post_left(world, (int64_t)at) < 0) /* an index */
			continue;
		TRY(transfer_permits_of(world->look,
					&(struct transfer_permits_of_in){ world->persons[at].id.no, 50 },
					&rows, &count));
		for (size_t row = 0; row < count; row++) {
			/* It has run out by then. What is out under it stands with what is left behind. */
			if (rows[row].until_day != 0 && rows[row].until_day < world->day.no)
				continue;
			keep(keeping, STAYS_PERMIT, rows[row].id, (int64_t)at, /* an index */
			     (struct day){ rows[row].until_day },
			     text_format(world->arena, say("許可 %.*s（%.*sまで）"),
					 T_ARG(rows[row].number),
					 T_ARG(day_wareki(world->arena,
							  (struct day){ rows[row].until_day }))));
		}
	}
	return OK;
}

struct error *
effect_kept(struct world *world)
{
	struct keeping keeping = { .world = world,
				   .room = world->lines_count * 4 + world->places_count + 100 };
	world->preview->kept = ARENA_ARRAY(world->arena, struct transfer_kept, keeping.room + 1);
	TRY(transfer_end_all(world->look, &(struct transfer_end_all_in){ world->transfer.id.no },
			     &keeping.ticked, &keeping.ticked_count));
	TRY(keep_grants(&keeping));
	TRY(keep_deputies(&keeping));
	keep_places(&keeping);
	return keep_permits(&keeping);
}
