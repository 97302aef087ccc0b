/* Who is somewhere else afterwards: what other rooms gave them for where they were is looked at. */
#include "transfer/rooms.h"

enum { DEPTH_MOST = 12 };

/* In the very unit that day? Before the list, ends are read as they stood. */
static bool
is_in(const struct world *world, int64_t person, int64_t unit, bool before)
{
	for (int64_t at = world->persons[person].first; at >= 0; at = world->places[at].next) {
		const struct world_place *place = &world->places[at];
		if (world->posts[place->post].unit == unit &&
		    (before ? world_was_held(world, place) : world_covers(world, place, world->day)))
			return true;
	}
	return false;
}

static bool
has_moved(const struct world *world, int64_t person)
{
	for (int64_t at = world->persons[person].first; at >= 0; at = world->places[at].next) {
		const int64_t unit = world->posts[world->places[at].post].unit;
		if (unit >= 0 && is_in(world, person, unit, true) &&
		    !is_in(world, person, unit, false))
			return true;
	}
	return false;
}

static void
add_with_above(const struct world *world, int64_t unit, struct transfer_moved *moved)
{
	for (int depth = 0; unit >= 0 && depth < DEPTH_MOST;
	     depth++, unit = world->units[unit].above)
		moved->units[moved->units_count++] = world->units[unit].unit.id;
}

void
effect_moved(struct world *world)
{
	struct transfer_preview *preview = world->preview;
	size_t listed = 0;
	for (size_t at = 0; at < world->known_count; at++)
		listed += world->persons[at].is_listed;
	preview->moved = ARENA_ARRAY(world->arena, struct transfer_moved, listed + 1);
	for (size_t at = 0; at < world->known_count; at++) {
		const struct world_person *person = &world->persons[at];
		size_t places = 0;
		if (!person->is_listed || !has_moved(world, (int64_t)at)) /* an index */
			continue;
		for (int64_t one = person->first; one >= 0; one = world->places[one].next)
			places++;
		struct transfer_moved *moved = &preview->moved[preview->moved_count++];
		*moved = (struct transfer_moved){
			.person = person->id,
			.who = person->name,
			.units = ARENA_ARRAY(world->arena, struct unit_id, places * DEPTH_MOST + 1),
		};
		for (int64_t one = person->first; one >= 0; one = world->places[one].next)
			if (world_covers(world, &world->places[one], world->day))
				add_with_above(world, world->posts[world->places[one].post].unit, moved);
	}
}
