/* How the logs of all rooms stand; for evidence. */
#include "entrance/rooms.h"

static struct error *
add_room(struct look *look, const struct entrance_room *room, struct moment since,
	 struct entrance_stand *stand)
{
	const struct day last = room_month_first(day_plus(room_month_first(moment_day(look->now)), -1));
	struct entrance_stand_of_row row;
	struct entrance_month_counts_row counts;
	TRY(entrance_stand_of(look, &(struct entrance_stand_of_in){ room->id.no, since.ms }, &row));
	TRY(entrance_month_counts(look,
			 &(struct entrance_month_counts_in){ room->id.no, day_begin(last).ms,
						    day_begin(room_month_next(last)).ms, 0 },
			 &counts));
	stand->with_tablet += room->tablets != 0;
	stand->silent += room->last.ms < since.ms;
	stand->unreviewed += counts.entries + counts.refused != 0 &&
			     (day_is_none(room->reviewed) || room->reviewed.no < last.no);
	stand->reviewed += !day_is_none(room->reviewed) && room->reviewed.no >= moment_day(since).no;
	stand->entries += row.entries;
	stand->refused += row.refused;
	stand->unlisted += row.unlisted;
	stand->unlisted_open += row.unlisted_open;
	stand->carried_open += row.device_open;
	stand->unshown += row.unshown;
	stand->moves += row.moves;
	stand->unattended += row.unattended;
	return OK;
}

/* Rows are the unit's, whichever of its rooms they name: each unit counts once. */
static struct error *
add_by_hand(struct look *look, const struct pack *pack, const struct entrance_room *rooms, size_t at,
	    struct moment since, int64_t *sum)
{
	int64_t by_hand;
	for (size_t before = 0; before < at; before++)
		if (rooms[before].unit.no == rooms[at].unit.no)
			return OK;
	TRY(room_by_hand_in(look, pack, rooms[at].unit, since, (struct moment){ INT64_MAX }, &by_hand));
	*sum += by_hand;
	return OK;
}

struct error *
entrance_stand(struct look *look, const struct pack *pack, struct day since,
	       struct entrance_stand *stand)
{
	struct entrance_room *rooms;
	struct entrance_long_inside_row inside;
	struct entrance_carried_since_row carried;
	struct moment before;
	size_t count;
	*stand = (struct entrance_stand){ 0 };
	TRY(entrance_rooms(look, pack, &rooms, &count));
	TRY(room_long_before(look, pack, &before));
	TRY(entrance_long_inside(look, &(struct entrance_long_inside_in){ before.ms }, &inside));
	TRY(entrance_carried_since(look, &(struct entrance_carried_since_in){ day_begin(since).ms }, &carried));
	stand->rooms = (int64_t)count;
	stand->long_inside = inside.visits;
	stand->carried = carried.devices;
	for (size_t at = 0; at < count; at++) {
		TRY(add_room(look, &rooms[at], day_begin(since), stand));
		TRY(add_by_hand(look, pack, rooms, at, day_begin(since), &stand->by_hand));
	}
	return OK;
}
