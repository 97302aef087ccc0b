#include "policy/rooms.h"

#include <stdint.h>

/* Where things stand in the files, for what is found only once all of them are read. */

static size_t
slot_of(const struct place *places, size_t room, const void *thing)
{
	/* Things are at least eight bytes apart; the multiplier spreads what is left. */
	size_t at = (size_t)(((uintptr_t)thing >> 3) * UINT64_C(0x9e3779b97f4a7c15) >> 20);

	for (at %= room; places[at].thing != NULL && places[at].thing != thing;)
		at = at + 1 == room ? 0 : at + 1;
	return at;
}

static void
grow(struct reading *reading)
{
	const size_t room = reading->places_room * 2 + 1024;
	struct place *places = ARENA_ARRAY(reading->scratch, struct place, room);

	for (size_t i = 0; i < reading->places_room; i++)
		if (reading->places[i].thing != NULL)
			places[slot_of(places, room, reading->places[i].thing)] =
				reading->places[i];
	reading->places = places;
	reading->places_room = room;
}

void
place_keep(struct reading *reading, const void *thing, const struct node *node)
{
	if (!reading->is_linted)
		return;
	if (reading->places_count * 2 >= reading->places_room)
		grow(reading);
	const size_t at = slot_of(reading->places, reading->places_room, thing);
	reading->places_count += reading->places[at].thing == NULL;
	reading->places[at] = (struct place){thing, node};
}

const struct node *
place_of(const struct reading *reading, const void *thing)
{
	if (reading->places_room == 0)
		return NULL;
	return reading->places[slot_of(reading->places, reading->places_room, thing)].node;
}
