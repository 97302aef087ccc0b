/* Server rooms: the list of them, and one with who is inside, its months, who may enter, its tablets. */
#include "pages/entrance_pages.h"

enum { INSIDE_MOST = 100, TROUBLES_MOST = 50, FIRST_DAY_LEN = 4 /* bytes of its last two characters */ };

struct url
entrance_room_url(struct arena *arena, struct row_id id)
{
	return url_of_number(arena, "/entrance/rooms/{}", id.no);
}

struct url
entrance_visit_url(struct arena *arena, struct visit_id id)
{
	return url_of_number(arena, "/entrance/visits/{}", id.no);
}

struct text
month_words(struct arena *arena, struct day first)
{
	int year, month, day;
	day_parts(first, &year, &month, &day);
	if (language_now() == LANGUAGE_EN)
		return text_format(arena, "%04d-%02d", year, month);
	const struct text whole = day_wareki(arena, first); /* 令和8年11月1日 */
	return text_first(whole, whole.len - FIRST_DAY_LEN);
}

struct text
visited_tag(const struct visited *visited)
{
	switch (visited->state) {
	case VISIT_INSIDE:
		return visited->is_long ? T("stop") : T("wait");
	case VISIT_REFUSED:
		return T("stop");
	case VISIT_LEFT:
	case VISIT_STATES:
		break;
	}
	return T("go");
}

struct error *
entrance_open_room(struct look *look, struct visit *visit, struct entrance_room *room)
{
	TRY(entrance_room(look, visit->office->pack, (struct row_id){ visit_id(visit, "id") }, room));
	if (!visit_reaches(look, visit, RIGHT_LEDGER_READ, room->unit))
		return missing("入退室を記録する部屋ではありません。");
	return OK;
}

/* ---- The list ---- */

static struct error *
entrance_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	struct entrance_page page = {
		.frame = visit_frame(visit, text_of(say("サーバ室の入退室")), "outside"),
	};
	struct entrance_room *rooms;
	size_t count;
	TRY(entrance_rooms(look, visit->office->pack, &rooms, &count));
	page.rooms = ARENA_ARRAY(arena, struct entrance_rooms, count + 1);
	for (size_t at = 0; at < count; at++) {
		if (!visit_reaches(look, visit, RIGHT_LEDGER_READ, rooms[at].unit))
			continue;
		page.rooms[page.rooms_count++] = (struct entrance_rooms){
			.name = rooms[at].name,
			.unit = rooms[at].unit_name,
			.href = entrance_room_url(arena, rooms[at].id),
			.inside = rooms[at].inside,
			.troubled = rooms[at].troubled,
			.tablets = rooms[at].tablets,
			.last = rooms[at].last,
			.reviewed = day_is_none(rooms[at].reviewed) ? T("")
								    : month_words(arena, rooms[at].reviewed),
		};
	}
	return visit_draw(visit, entrance_page, &page);
}

/* ---- One room ---- */

static struct error *
fill_inside(struct look *look, struct visit *visit, const struct entrance_room *room,
	    struct entrance_room_page *page)
{
	struct visited *list;
	size_t count;
	TRY(entrance_visits(look, visit->office->pack,
			    &(struct visits_query){ .room = room->id, .from = DAY_NONE, .until = DAY_NONE, .only_inside = true },
			    INSIDE_MOST, &list, &count));
	page->inside = ARENA_ARRAY(visit->arena, struct entrance_room_inside, count + 1);
	page->inside_count = count;
	for (size_t at = 0; at < count; at++)
		page->inside[at] = (struct entrance_room_inside){
			list[at].name, list[at].of, list[at].entered,
			entrance_visit_url(visit->arena, list[at].id), list[at].is_long
		};
	TRY(entrance_visits(look, visit->office->pack,
			    &(struct visits_query){ .room = room->id, .from = DAY_NONE, .until = DAY_NONE, .only_troubled = true },
			    TROUBLES_MOST, &list, &count));
	page->troubles = ARENA_ARRAY(visit->arena, struct entrance_room_troubles, count + 1);
	for (size_t at = 0; at < count; at++)
		if (list[at].is_open)
			page->troubles[page->troubles_count++] = (struct entrance_room_troubles){
				list[at].entered, list[at].name, list[at].trouble,
				entrance_visit_url(visit->arena, list[at].id)
			};
	return OK;
}

static struct error *
fill_months(struct look *look, struct visit *visit, const struct entrance_room *room,
	    struct entrance_room_page *page)
{
	struct entrance_month *list;
	size_t count;
	TRY(entrance_months(look, visit->office->pack, room, &list, &count));
	page->months = ARENA_ARRAY(visit->arena, struct entrance_room_months, count + 1);
	page->months_count = count;
	for (size_t at = 0; at < count; at++)
		page->months[at] = (struct entrance_room_months){
			.words = month_words(visit->arena, list[at].first),
			.href = url_query(visit->arena, url_of_number(visit->arena, "/entrance/rooms/{}/log", room->id.no),
					  "month", day_iso(visit->arena, list[at].first)),
			.entries = list[at].entries,
			.refused = list[at].refused,
			.late = list[at].late,
			.troubled = list[at].troubled,
			.by_hand = list[at].by_hand,
			.reviewed = list[at].reviewed.ms == 0
					    ? T("")
					    : text_format(visit->arena, say("%.*s 済み"),
							  T_ARG(day_wareki(visit->arena, moment_day(list[at].reviewed)))),
			.is_due = at != 0,
		};
	return OK;
}

static struct error *
fill_tablets(struct look *look, struct visit *visit, const struct entrance_room *room,
	     struct entrance_room_page *page)
{
	struct tablet *list;
	size_t count;
	TRY(entrance_tablets(look, room->id, &list, &count));
	page->tablets = ARENA_ARRAY(visit->arena, struct entrance_room_tablets, count + 1);
	page->tablets_count = count;
	for (size_t at = 0; at < count; at++) {
		const bool is_stopped = list[at].stopped.ms != 0;
		const bool is_waiting = !is_stopped && list[at].tied.ms == 0;
		const bool is_over = is_waiting && list[at].code_until.ms < visit->now.ms;
		page->tablets[at] = (struct entrance_room_tablets){
			.name = list[at].name,
			.state = text_of(is_stopped   ? say("止めた")
					 : is_over    ? say("番号が切れた")
					 : is_waiting ? say("番号の入力を待っている")
						      : say("使用中")),
			.tag = is_stopped || is_over ? T("off") : is_waiting ? T("wait") : T("go"),
			.handed = list[at].handed,
			.why = is_stopped ? list[at].why : T(""),
			.may_stop = page->may_keep && !is_stopped,
			.stop = url_of_number(visit->arena, "/entrance/tablets/{}/stop", list[at].id.no),
			.change = list[at].change,
		};
	}
	return OK;
}

/* Whoever reads the unit's rows reads the list of persons permitted as well. */
static struct error *
fill_entrants(struct look *look, struct visit *visit, const struct entrance_room *room,
	      struct entrance_room_page *page)
{
	struct entrant *list;
	size_t count;
	TRY(entrance_entrants(look, visit->office->flow, room, &list, &count));
	page->entrants = ARENA_ARRAY(visit->arena, struct entrance_room_entrants, count + 1);
	page->entrants_count = count;
	for (size_t at = 0; at < count; at++) {
		page->allowed += list[at].may;
		page->entrants[at] = (struct entrance_room_entrants){
			list[at].name, list[at].of, text_of(entrant_kind_words(list[at].kind)),
			list[at].why, list[at].may
		};
	}
	return OK;
}

static struct error *
room_draw_of(struct look *look, struct visit *visit, const struct entrance_room *room)
{
	struct arena *arena = visit->arena;
	const struct pack_entrance *entrance = visit->office->pack->entrance;
	struct field_part name = plain_box(visit, BOX_TEXT, "name", text_of(say("タブレットの名前")),
					   text_of(say("置く場所で見分けます。例: 入口の右")), T(""), true);
	struct entrance_room_page page = {
		.frame = visit_frame(visit, room->name, "outside"),
		.name = room->name,
		.unit = room->unit_name,
		.csrf = visit->csrf,
		.make = url_of_number(arena, "/entrance/rooms/{}/tablets", room->id.no),
		.tablet_name = &name,
		.badges = url_of_number(arena, "/entrance/rooms/{}/badges", room->id.no),
		.log_name = words_now(entrance->log->name),
		.ledger = url_of(arena, "/ledger/{}", entrance->log->code),
		.list_name = words_now(entrance->listed->name),
		.list_href = url_of(arena, "/ledger/{}", entrance->listed->code),
	};
	TRY(entrance_may_keep(look, visit->office->pack, room->unit, visit->session.person, &page.may_keep));
	TRY(fill_inside(look, visit, room, &page));
	TRY(fill_months(look, visit, room, &page));
	TRY(fill_tablets(look, visit, room, &page));
	TRY(fill_entrants(look, visit, room, &page));
	return visit_draw(visit, entrance_room_page, &page);
}

static struct error *
room_draw(struct look *look, struct visit *visit)
{
	struct entrance_room room;
	TRY(entrance_open_room(look, visit, &room));
	return room_draw_of(look, visit, &room);
}

/* ---- Tablets ---- */

static struct error *
make_do(struct act *act, struct visit *visit)
{
	struct entrance_room room;
	struct tablet_id id;
	struct text code;
	TRY(entrance_open_room(&act->look, visit, &room));
	TRY(entrance_tablet_make(act, visit->office->pack, room.id, visit_text(visit, "name"), &id, &code));
	struct entrance_code_page page = {
		.frame = visit_frame(visit, text_of(say("タブレットの番号")), "outside"),
		.name = text_trim(visit_text(visit, "name")),
		.room = room.name,
		.code = text_format(visit->arena, "%.4s-%.4s", code.data, code.data + ENTRANCE_CODE_LEN / 2),
		.minutes = ENTRANCE_CODE_MINUTES,
		.address = text_format(visit->arena, "%s://%.*s", visit->request->is_secure ? "https" : "http",
				       T_ARG(visit->request->host)),
		.back = entrance_room_url(visit->arena, room.id),
	};
	return visit_draw(visit, entrance_code_page, &page);
}

static struct error *
stop_do(struct act *act, struct visit *visit)
{
	const struct tablet_id id = { visit_id(visit, "id") };
	struct row_id room;
	int64_t change;
	TRY(visit_number(visit, "change", &change));
	TRY(entrance_tablet_stop(act, visit->office->pack, id, change, visit_text(visit, "why")));
	TRY(entrance_tablet_room(&act->look, id, &room));
	visit->go_to = entrance_room_url(visit->arena, room);
	visit->done = "tablet-stopped";
	return OK;
}

PAGE_ROWS(entrance,
	  { { METHOD_GET, "/entrance" }, RIGHT_LEDGER_READ, PAGE_LOOK, .look = entrance_draw },
	  { { METHOD_GET, "/entrance/rooms/{id}" }, RIGHT_LEDGER_READ, PAGE_LOOK, .look = room_draw },
	  { { METHOD_POST, "/entrance/rooms/{id}/tablets" }, RIGHT_DECIDE, PAGE_ACT, .act = make_do,
	    .again = room_draw },
	  { { METHOD_POST, "/entrance/tablets/{id}/stop" }, RIGHT_DECIDE, PAGE_ACT, .act = stop_do });
