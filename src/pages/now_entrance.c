/* What stands on いまの状況 of server rooms: entries to explain, missing exits, months to look through. */
#include "pages/entrance_pages.h"
#include "pages/now_pages.h"

static void
put_room(struct now *now, enum now_block block, const struct entrance_room *room, struct text words)
{
	now_put(now, block, (struct now_line){
		.kind = text_of(say("サーバ室の入退室")),
		.all = url_path(now->visit->arena, "/entrance"),
		.words = words,
		.why = room->name,
		.due = DAY_NONE,
		.href = entrance_room_url(now->visit->arena, room->id),
	});
}

/* The month before this one had entries, and nobody has looked through them. */
static struct error *
put_month(struct now *now, const struct entrance_room *room)
{
	struct entrance_month *months;
	size_t count;
	TRY(entrance_months(now->look, now->visit->office->pack, room, &months, &count));
	if (count > 1 && months[1].reviewed.ms == 0 && months[1].entries + months[1].refused != 0)
		put_room(now, NOW_DO, room,
			 text_format(now->visit->arena, say("%.*sの入退室を点検する"),
				     T_ARG(month_words(now->visit->arena, months[1].first))));
	return OK;
}

static struct error *
put_troubles(struct now *now, const struct entrance_room *room)
{
	struct visited *list;
	size_t count, gone = 0;
	TRY(entrance_visits(now->look, now->visit->office->pack,
			    &(struct visits_query){ .room = room->id, .from = DAY_NONE, .until = DAY_NONE, .only_inside = true },
			    ENTRANCE_MOST_VISITS, &list, &count));
	for (size_t at = 0; at < count; at++)
		gone += list[at].is_long;
	if (room->troubled != 0)
		put_room(now, NOW_RED, room,
			 text_format(now->visit->arena, say("説明の要る入室が%lld件あります。"), (long long)room->troubled));
	if (gone != 0)
		put_room(now, NOW_RED, room,
			 text_format(now->visit->arena, say("退室の記録がない入室が%zu件あります。"), gone));
	return OK;
}

static bool
is_of_units(const struct now *now, struct unit_id unit)
{
	for (size_t at = 0; at < now->units_count; at++)
		if (now->units[at].no == unit.no)
			return true;
	return false;
}

struct error *
now_entrance(struct now *now)
{
	const struct pack_entrance *entrance = now->visit->office->pack->entrance;
	struct entrance_room *rooms;
	size_t count;
	bool keeps = false;
	if (entrance == NULL || (now->scope != NOW_BODY && now->scope != NOW_UNIT && now->scope != NOW_MINE))
		return OK;
	TRY(entrance_rooms(now->look, now->visit->office->pack, &rooms, &count));
	for (size_t at = 0; at < count; at++) {
		if (now->scope == NOW_MINE)
			TRY(entrance_may_keep(now->look, now->visit->office->pack, rooms[at].unit,
					      now->visit->session.person, &keeps));
		else
			keeps = now->scope == NOW_BODY || is_of_units(now, rooms[at].unit);
		if (!keeps)
			continue;
		TRY(put_troubles(now, &rooms[at]));
		if (now->scope != NOW_BODY)
			TRY(put_month(now, &rooms[at]));
	}
	return OK;
}
