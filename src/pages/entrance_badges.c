/* Badges with a QR code, to be printed and cut out. */
#include "pages/entrance_pages.h"

static struct error *
badges_draw(struct look *look, struct visit *visit)
{
	struct entrance_room room;
	struct entrant *list;
	size_t count;
	TRY(entrance_open_room(look, visit, &room));
	TRY(entrance_entrants(look, visit->office->flow, &room, &list, &count));
	struct entrance_badges_page page = {
		.frame = visit_frame(visit, room.name, "outside"),
		.room = room.name,
		.back = entrance_room_url(visit->arena, room.id),
	};
	page.badges = ARENA_ARRAY(visit->arena, struct entrance_badges_badges, count + 1);
	for (size_t at = 0; at < count; at++)
		if (list[at].may)
			page.badges[page.badges_count++] = (struct entrance_badges_badges){
				.name = list[at].name,
				.of = list[at].of,
				.code = entrance_badge(visit->arena, list[at].key),
				.picture = url_make(visit->arena, "/entrance/rooms/{}/badges/{}", 2,
						    (struct text[]){ text_number(visit->arena, room.id.no), list[at].key }),
			};
	return visit_draw(visit, entrance_badges_page, &page);
}

static struct error *
badge_send(struct look *look, struct visit *visit)
{
	const struct text key = capture_text(visit->captures, "key");
	struct entrance_room room;
	struct entrant *list;
	size_t count;
	TRY(entrance_open_room(look, visit, &room));
	TRY(entrance_entrants(look, visit->office->flow, &room, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].may && text_same(list[at].key, key))
			return qr_answer(visit, entrance_badge(visit->arena, key));
	return missing("その名札はありません。");
}

PAGE_ROWS(entrance_badge,
	  { { METHOD_GET, "/entrance/rooms/{id}/badges" }, RIGHT_LEDGER_READ, PAGE_LOOK, .look = badges_draw },
	  { { METHOD_GET, "/entrance/rooms/{id}/badges/{key:text}" }, RIGHT_LEDGER_READ, PAGE_LOOK,
	    .look = badge_send });
