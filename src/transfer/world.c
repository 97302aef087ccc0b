/* The organisation on the day and the day before, in memory. */
#include "transfer/rooms.h"

/* ---- Units ---- */

static void
fold_unit(struct world *world, struct world_unit *unit)
{
	struct arena *arena = world->arena;
	const struct text above = unit->above >= 0 ? world->units[unit->above].unit.name : T("");
	unit->folded = text_fold(arena, unit->unit.name);
	unit->folded_was = text_fold(arena, unit->was);
	unit->folded_whole = text_fold(arena, text_join(arena, above, unit->unit.name));
	unit->folded_whole_was = text_fold(arena, text_join(arena, above, unit->was));
}

int64_t
world_unit_add(struct world *world, const struct world_unit *unit)
{
	struct world_unit *made = &world->units[world->units_count];
	*made = *unit;
	made->first = NOWHERE;
	fold_unit(world, made);
	return (int64_t)world->units_count++; /* an index */
}

static struct error *
read_units(struct world *world)
{
	struct unit *then, *before;
	size_t then_count, before_count;
	TRY(people_units(world->look, world->day, &then, &then_count));
	TRY(people_units(world->look, world->before, &before, &before_count));
	world->units = ARENA_ARRAY(world->arena, struct world_unit,
				   then_count + before_count + world->lines_count + 1);
	for (size_t at = 0; at < then_count; at++)
		world->units[world->units_count++] = (struct world_unit){
			.unit = then[at], .was = T(""), .is_there = true, .above = NOWHERE,
			.successor = NOWHERE, .first = NOWHERE };
	for (size_t at = 0; at < before_count; at++) {
		const int64_t known = world_unit_of_id(world, before[at].id.no);
		if (known >= 0)
			world->units[known].was = before[at].name;
		else
			world->units[world->units_count++] = (struct world_unit){
				.unit = before[at], .was = before[at].name, .above = NOWHERE,
				.successor = NOWHERE, .first = NOWHERE };
	}
	for (size_t at = 0; at < world->units_count; at++) {
		world->units[at].above = world_unit_of_id(world, world->units[at].unit.parent.no);
		fold_unit(world, &world->units[at]);
	}
	return OK;
}

int64_t
world_unit_of_id(const struct world *world, int64_t id)
{
	for (size_t at = 0; id != 0 && at < world->units_count; at++)
		if (world->units[at].unit.id.no == id)
			return (int64_t)at; /* an index */
	return NOWHERE;
}

int64_t
world_unit(const struct world *world, struct text words, bool on_the_day, size_t *how_many)
{
	const struct text folded = text_fold(world->arena, words);
	int64_t found = NOWHERE;
	*how_many = 0;
	for (size_t at = 0; words.len != 0 && at < world->units_count; at++) {
		const struct world_unit *unit = &world->units[at];
		if (on_the_day ? !unit->is_there : unit->was.len == 0)
			continue;
		if (text_same(unit->unit.code, words)) {
			*how_many = 1;
			return (int64_t)at; /* an index */
		}
		if (!text_same(on_the_day ? unit->folded : unit->folded_was, folded) &&
		    !text_same(on_the_day ? unit->folded_whole : unit->folded_whole_was, folded))
			continue;
		found = (int64_t)at;
		(*how_many)++;
	}
	return found;
}

/* ---- Posts ---- */

static void
join_post(struct world *world, int64_t at)
{
	struct world_post *post = &world->posts[at];
	if (post->unit < 0)
		return;
	post->next = world->units[post->unit].first;
	world->units[post->unit].first = at;
}

static struct error *
keep_post(void *with, const struct transfer_posts_row *row)
{
	struct world *world = with;
	const struct text name = text_copy(world->arena, row->name);
	world->posts[world->posts_count] = (struct world_post){
		.id = { row->id },
		.unit = world_unit_of_id(world, row->unit),
		.name = name,
		.folded = text_fold(world->arena, name),
		.rank = row->place,
		.since = day_of(row->since),
		.until = day_of(row->until),
		.next = NOWHERE,
	};
	join_post(world, (int64_t)world->posts_count++); /* an index */
	return OK;
}

static int
post_order(const struct world *world, int64_t post, size_t at)
{
	return post < world->posts[at].id.no ? -1 : post > world->posts[at].id.no;
}

/* In order of ids, as they were read. */
static struct world_post *
post_of_id(const struct world *world, int64_t post)
{
	size_t low = 0, high = world->posts_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = post_order(world, post, middle);
		if (order == 0)
			return &world->posts[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

static struct error *
keep_role(void *with, const struct transfer_post_roles_row *row)
{
	struct world *world = with;
	struct world_post *post = post_of_id(world, row->post);
	const struct pack_role *role = pack_role(world->pack, row->role);
	if (post != NULL && role != NULL && role->scope != SCOPE_EVERYONE &&
	    post->roles_count < POST_MOST_ROLES)
		post->roles[post->roles_count++] = role;
	return OK;
}

int64_t
world_post(const struct world *world, int64_t unit, struct text name)
{
	const struct text folded = text_fold(world->arena, name);
	for (int64_t at = world->units[unit].first; at >= 0; at = world->posts[at].next) {
		const struct world_post *post = &world->posts[at];
		if (text_same(post->folded, folded) &&
		    (day_is_none(post->until) || post->until.no >= world->day.no))
			return at;
	}
	return NOWHERE;
}

struct namesakes {
	size_t posts;
	int64_t rank;
	const struct pack_role *roles[POST_MOST_ROLES];
	size_t times[POST_MOST_ROLES], count;
};

static void
count_role(struct namesakes *of, const struct pack_role *role)
{
	for (size_t at = 0; at < of->count; at++)
		if (of->roles[at] == role) {
			of->times[at]++;
			return;
		}
	if (of->count < POST_MOST_ROLES) {
		of->roles[of->count] = role;
		of->times[of->count++] = 1;
	}
}

/* Posts of that name in units of the same kind. */
static struct namesakes
namesakes_of(const struct world *world, enum unit_kind kind, struct text folded)
{
	struct namesakes of = { .rank = RANK_OF_OTHERS };
	for (size_t at = 0; at < world->posts_count; at++) {
		const struct world_post *post = &world->posts[at];
		if (post->unit < 0 || post->is_new || !text_same(post->folded, folded) ||
		    world->units[post->unit].unit.kind != kind)
			continue;
		of.rank = post->rank;
		of.posts++;
		for (size_t role = 0; role < post->roles_count; role++)
			count_role(&of, post->roles[role]);
	}
	return of;
}

int64_t
world_post_for(struct world *world, int64_t unit, struct text name, bool *is_made)
{
	int64_t found = world_post(world, unit, name);
	*is_made = false;
	if (found >= 0 || world->posts_count == world->posts_room)
		return found;
	struct world_post post = { .unit = unit, .name = name, .is_new = true,
				   .folded = text_fold(world->arena, name), .since = world->day,
				   .until = DAY_NONE, .next = NOWHERE };
	const struct namesakes of =
		namesakes_of(world, world->units[unit].unit.kind, post.folded);
	post.rank = of.rank;
	for (size_t at = 0; at < of.count; at++)
		if (of.times[at] * 2 > of.posts)
			post.roles[post.roles_count++] = of.roles[at];
	world->posts[world->posts_count] = post;
	found = (int64_t)world->posts_count++; /* an index */
	join_post(world, found);
	*is_made = true;
	return found;
}

/* ---- Persons and places ---- */

static struct error *
keep_person(void *with, const struct transfer_people_row *row)
{
	struct world *world = with;
	world->persons[world->persons_count++] = (struct world_person){
		.id = { row->id },
		.number = text_copy(world->arena, row->number),
		.name = T(""),
		.kana = T(""),
		.since = day_of(row->since),
		.until = day_of(row->until),
		.was = day_of(row->until),
		.other = T(""),
		.away_from = DAY_NONE,
		.first = NOWHERE,
	};
	return OK;
}

int64_t
world_person(const struct world *world, struct text number)
{
	size_t low = 0, high = world->known_count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (text_order(world->persons[middle].number, number) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < world->known_count && text_same(world->persons[low].number, number))
		return (int64_t)low; /* an index */
	for (size_t at = world->known_count; at < world->persons_count; at++)
		if (text_same(world->persons[at].number, number))
			return (int64_t)at;
	return NOWHERE;
}

int64_t
world_person_of_id(const struct world *world, int64_t id)
{
	for (size_t at = 0; id != 0 && at < world->known_count; at++)
		if (world->persons[at].id.no == id)
			return (int64_t)at; /* an index */
	return NOWHERE;
}

int64_t
world_person_add(struct world *world, const struct world_person *person)
{
	struct world_person *made = &world->persons[world->persons_count];
	*made = *person;
	made->is_new = true;
	made->first = NOWHERE;
	return (int64_t)world->persons_count++; /* an index */
}

struct placing {
	struct world *world;
	int64_t person; /* the last one's id and index: rows come in order of persons */
	int64_t at;
};

static enum beside
beside_read(struct text code)
{
	return text_is(code, "acting")	? BESIDE_ACTING
	       : text_is(code, "joint") ? BESIDE_JOINT
					: BESIDE_CONCURRENT;
}

static struct error *
keep_place(void *with, const struct transfer_places_row *row)
{
	struct placing *placing = with;
	struct world *world = placing->world;
	const struct world_post *post = post_of_id(world, row->post);
	if (placing->person != row->person) {
		placing->person = row->person;
		placing->at = world_person_of_id(world, row->person);
	}
	if (post == NULL || placing->at < 0)
		return OK;
	struct world_person *person = &world->persons[placing->at];
	world->places[world->places_count] = (struct world_place){
		.id = { row->id },
		.person = placing->at,
		.post = post - world->posts,
		.is_main = row->is_main,
		.beside = beside_read(row->beside),
		.since = day_of(row->since),
		.until = day_of(row->until),
		.was = day_of(row->until),
		.next = person->first,
	};
	person->first = (int64_t)world->places_count++; /* an index */
	return OK;
}

bool
world_covers(const struct world *world, const struct world_place *place, struct day day)
{
	const struct world_person *person = &world->persons[place->person];
	const struct world_post *post = &world->posts[place->post];
	return (day_is_none(place->since) || place->since.no <= day.no) &&
	       (day_is_none(place->until) || place->until.no >= day.no) &&
	       (day_is_none(person->until) || person->until.no >= day.no) &&
	       (day_is_none(post->until) || post->until.no >= day.no);
}

bool
world_was_held(const struct world *world, const struct world_place *place)
{
	const struct world_person *person = &world->persons[place->person];
	return !place->is_new &&
	       (day_is_none(place->since) || place->since.no <= world->before.no) &&
	       (day_is_none(place->was) || place->was.no >= world->before.no) &&
	       (day_is_none(person->was) || person->was.no >= world->before.no);
}

int64_t
world_main(const struct world *world, int64_t person)
{
	for (int64_t at = world->persons[person].first; at >= 0; at = world->places[at].next) {
		const struct world_place *place = &world->places[at];
		if (place->is_main && !place->is_new &&
		    (day_is_none(place->since) || place->since.no <= world->before.no) &&
		    (day_is_none(place->was) || place->was.no >= world->before.no))
			return at;
	}
	return NOWHERE;
}

void
world_place(struct world *world, int64_t person, int64_t post, bool is_main, enum beside beside,
	    struct day since)
{
	world->places[world->places_count] = (struct world_place){
		.person = person, .post = post, .is_main = is_main, .is_new = true,
		.beside = beside, .since = since, .until = DAY_NONE, .was = DAY_NONE,
		.next = world->persons[person].first };
	world->persons[person].first = (int64_t)world->places_count++; /* an index */
}

void
world_end(struct world *world, int64_t place, struct day last)
{
	world->places[place].until = last;
	world->places[place].is_ended = true;
}

struct text
world_post_words(const struct world *world, int64_t at)
{
	const struct world_post *post = &world->posts[at];
	const struct text unit = post->unit >= 0 ? world->units[post->unit].unit.name : T("");
	return text_format(world->arena, "%.*s %.*s", T_ARG(unit), T_ARG(post->name));
}

struct text
world_place_words(const struct world *world, int64_t place, bool on_the_day)
{
	if (place < 0)
		return T("");
	const struct world_post *post = &world->posts[world->places[place].post];
	if (on_the_day || post->unit < 0)
		return world_post_words(world, world->places[place].post);
	return text_format(world->arena, "%.*s %.*s", T_ARG(world->units[post->unit].was),
			   T_ARG(post->name));
}

/* ---- All of it ---- */

static struct error *
read_people(struct world *world)
{
	struct transfer_sizes_row sizes;
	struct placing placing = { .world = world };
	const size_t lines = world->lines_count;
	TRY(transfer_sizes(world->look, &sizes));
	/* A merged unit's people are taken along: as many places and posts again at most. */
	world->posts_room = (size_t)sizes.posts * 2 + lines + 1; /* counts, not negative */
	world->posts = ARENA_ARRAY(world->arena, struct world_post, world->posts_room);
	world->persons = ARENA_ARRAY(world->arena, struct world_person,
				     (size_t)sizes.persons + lines + 1);
	world->places = ARENA_ARRAY(world->arena, struct world_place,
				    (size_t)sizes.places * 2 + lines + 1);
	TRY(transfer_posts(world->look, &(struct transfer_posts_in){ world->before.no }, keep_post,
			   world));
	TRY(transfer_post_roles(world->look, &(struct transfer_post_roles_in){ world->day.no },
				keep_role, world));
	TRY(transfer_people(world->look, keep_person, world));
	world->known_count = world->persons_count;
	return transfer_places(world->look, &(struct transfer_places_in){ world->before.no },
			       keep_place, &placing);
}

struct error *
world_read(struct look *look, const struct pack *pack, const struct transfer *transfer,
	   const struct transfer_line *lines, size_t count, struct world *world)
{
	*world = (struct world){ .look = look, .arena = look->arena, .pack = pack,
				 .transfer = *transfer, .day = transfer->day,
				 .before = day_plus(transfer->day, -1) };
	world->lines = ARENA_ARRAY(look->arena, struct transfer_line, count + 1);
	for (size_t at = 0; at < count; at++)
		if (!lines[at].is_dropped)
			world->lines[world->lines_count++] = lines[at];
	TRY(read_units(world));
	return read_people(world);
}

/* ---- What is said about lines ---- */

void
world_fault(struct world *world, const struct transfer_line *line, const char *column, bool is_hint,
	    struct text wrong)
{
	struct transfer_preview *preview = world->preview;
	if (preview->faults_count == world->faults_room)
		return;
	preview->faults[preview->faults_count++] = (struct transfer_fault){
		.line = line != NULL ? line->id : (struct line_id){ 0 },
		.place = line != NULL ? line->place : 0,
		.column = column,
		.wrong = wrong,
		.is_hint = is_hint,
	};
	preview->hints += is_hint;
}

bool
world_line_is_faulty(const struct world *world, const struct transfer_line *line)
{
	const struct transfer_preview *preview = world->preview;
	for (size_t at = preview->faults_count; at-- > 0;)
		if (preview->faults[at].line.no == line->id.no && !preview->faults[at].is_hint)
			return true;
	return false;
}

struct transfer_deed *
world_deed(struct world *world, const struct transfer_line *line, enum transfer_kind kind,
	   struct text who)
{
	struct transfer_preview *preview = world->preview;
	if (preview->deeds_count == world->deeds_room)
		return &preview->deeds[world->deeds_room]; /* one to write into; it is full */
	struct transfer_deed *made = &preview->deeds[preview->deeds_count++];
	*made = (struct transfer_deed){
		.kind = kind, .who = who, .number = T(""), .was = T(""), .becomes = T(""),
		.day = line != NULL && !day_is_none(line->day) ? line->day : world->day };
	if (line != NULL) {
		made->line = line->id;
		made->place = line->place;
	}
	return made;
}
