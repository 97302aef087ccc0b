/* A month of a room's log, its review, and one visit. */
#include "pages/entrance_pages.h"

#include "duty/duty.h"
#include "paper/ledger_paper.h"
#include "pages/incident_pages.h"

enum { CLOCK_LEN = 5 };

/* ---- A month ---- */

static struct day
first_of(struct day day)
{
	struct day first = day;
	int year, month, of;
	day_parts(day, &year, &month, &of);
	(void)day_make(year, month, 1, &first);
	return first;
}

static struct day
month_asked(const struct visit *visit)
{
	struct day day;
	if (!day_read(visit_text(visit, "month"), &day))
		day = visit->today;
	return first_of(day);
}

static struct text
devices_in_words(struct arena *arena, const struct visited *visit)
{
	struct text words = T("");
	for (size_t at = 0; at < visit->devices_count; at++) {
		const struct visited_device *device = &visit->devices[at];
		words = text_format(arena, "%.*s%s%.*s%s", T_ARG(words), words.len == 0 ? "" : say("、"),
				    T_ARG(device->serial),
				    device->is_outside	     ? say("(室外に置いた)")
				    : device->is_unpermitted ? say("(許可なし)")
				    : device->is_inside	     ? say("(室内に残した)")
							     : "");
	}
	return words;
}

static struct error *
visits_in(struct look *look, struct visit *visit, const struct entrance_room *room,
	  struct visited **list, size_t *count)
{
	const struct day first = month_asked(visit);
	return entrance_visits(look, visit->office->pack,
			       &(struct visits_query){ .room = room->id, .from = first,
						       .until = day_plus(first_of(day_plus(first, 31)), -1) },
			       ENTRANCE_MOST_VISITS, list, count);
}

/* 22日 06:27; the hour alone on the day of the entry. */
static struct text
short_moment(struct arena *arena, struct moment moment, struct moment beside)
{
	const struct text local = moment_local(arena, moment); /* 2026-11-22T06:27 */
	const struct day day = moment_day(moment);
	const struct text clock = text_from(local, local.len - CLOCK_LEN);
	int year, month, of;
	if (moment.ms == 0)
		return T("");
	day_parts(day, &year, &month, &of);
	return moment_day(beside).no == day.no ? clock
					       : text_format(arena, say("%d日 %.*s"), of, T_ARG(clock));
}

static struct error *
fill_visits(struct look *look, struct visit *visit, const struct entrance_room *room,
	    struct entrance_log_page *page)
{
	struct visited *list;
	size_t count;
	TRY(visits_in(look, visit, room, &list, &count));
	page->visits = ARENA_ARRAY(visit->arena, struct entrance_log_visits, count + 1);
	page->visits_count = count;
	for (size_t at = 0; at < count; at++)
		page->visits[at] = (struct entrance_log_visits){
			.entered = short_moment(visit->arena, list[at].entered, (struct moment){ 0 }),
			.left = short_moment(visit->arena, list[at].left, list[at].entered),
			.name = list[at].name,
			.of = list[at].of,
			.kind = text_of(entrant_kind_words(list[at].kind)),
			.purpose = list[at].purpose,
			.escort = list[at].escort,
			.devices = devices_in_words(visit->arena, &list[at]),
			.state = text_of(visit_state_words(list[at].state)),
			.tag = visited_tag(&list[at]),
			.href = entrance_visit_url(visit->arena, list[at].id),
			.is_late = list[at].is_late || list[at].is_left_late,
			.is_open = list[at].is_open,
			.is_unshown = list[at].state != VISIT_REFUSED && !list[at].id_shown,
		};
	return OK;
}

static struct error *
fill_month(struct look *look, struct visit *visit, const struct entrance_room *room,
	   struct entrance_log_page *page)
{
	const struct day first = month_asked(visit);
	struct entrance_month month;
	TRY(entrance_month(look, visit->office->pack, room, first, &month));
	page->entries = month.entries;
	page->refused = month.refused;
	page->late = month.late;
	page->inside = month.inside;
	page->troubled = month.troubled;
	page->by_hand = month.by_hand;
	page->reviewed = month.reviewed;
	page->reviewer = month.reviewer;
	page->review_words = month.words;
	page->is_over = first_of(day_plus(first, 31)).no <= visit->today.no;
	return entrance_may_keep(look, visit->office->pack, room->unit, visit->session.person,
				 &page->may_review);
}

static struct url
log_url(struct visit *visit, const struct entrance_room *room, const char *ending, struct day month)
{
	struct url url = url_of_number(visit->arena, "/entrance/rooms/{}/log", room->id.no);
	if (text_is(text_of(ending), "csv"))
		url = url_of_number(visit->arena, "/entrance/rooms/{}/log/csv", room->id.no);
	if (text_is(text_of(ending), "xlsx"))
		url = url_of_number(visit->arena, "/entrance/rooms/{}/log/xlsx", room->id.no);
	if (text_is(text_of(ending), "paper"))
		url = url_of_number(visit->arena, "/entrance/rooms/{}/log/paper", room->id.no);
	return url_query(visit->arena, url, "month", day_iso(visit->arena, month));
}

static struct error *
log_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	const struct day first = month_asked(visit);
	struct entrance_room room;
	struct field_part words = plain_box(visit, BOX_LONG, "words", text_of(say("見て分かったこと")),
					    text_of(say("知らない人、長い在室、夜の入室、断った入室、手書きの記録を見ます。なければ「問題なし」と書きます。")),
					    T(""), true);
	TRY(entrance_open_room(look, visit, &room));
	struct entrance_log_page page = {
		.frame = visit_frame(visit, room.name, "outside"),
		.name = room.name,
		.room = entrance_room_url(arena, room.id),
		.month = month_words(arena, first),
		.earlier = log_url(visit, &room, "", first_of(day_plus(first, -1))),
		.later = log_url(visit, &room, "", first_of(day_plus(first, 31))),
		.has_later = first.no < first_of(visit->today).no,
		.csv = log_url(visit, &room, "csv", first),
		.xlsx = log_url(visit, &room, "xlsx", first),
		.paper = log_url(visit, &room, "paper", first),
		.log_name = words_now(visit->office->pack->entrance->log->name),
		.csrf = visit->csrf,
		.first = day_iso(arena, first),
		.review = url_of_number(arena, "/entrance/rooms/{}/review", room.id.no),
		.words = &words,
	};
	TRY(fill_month(look, visit, &room, &page));
	TRY(fill_visits(look, visit, &room, &page));
	return visit_draw(visit, entrance_log_page, &page);
}

static struct error *
log_send(struct look *look, struct visit *visit)
{
	const struct rows_column columns[] = {
		{ text_of(say("入室")), 18 },	    { text_of(say("退室")), 18 },
		{ text_of(say("届いた日時")), 18 }, { text_of(say("氏名")), 20 },
		{ text_of(say("所属・会社")), 24 }, { text_of(say("入り方")), 16 },
		{ text_of(say("目的")), 24 },	    { text_of(say("身分証明書")), 10 },
		{ text_of(say("立会い")), 16 },	    { text_of(say("機器・媒体")), 30 },
		{ text_of(say("状態")), 10 },	    { text_of(say("説明の要ること")), 40 },
		{ text_of(say("説明")), 40 },
	};
	struct entrance_room room;
	struct visited *list;
	size_t count;
	TRY(entrance_open_room(look, visit, &room));
	TRY(visits_in(look, visit, &room, &list, &count));
	struct rows_out out = rows_begin(visit->arena, text_of(say("入退室")), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = text_format(visit->arena, "%.*s %.*s", T_ARG(room.name),
			       T_ARG(month_words(visit->arena, month_asked(visit))));
	for (size_t at = count; at-- > 0;) {
		struct rows_cell *cells = rows_next(&out);
		const struct visited *one = &list[at];
		cells[0] = rows_words(moment_local(visit->arena, one->entered));
		cells[1] = rows_words(one->left.ms == 0 ? T("") : moment_local(visit->arena, one->left));
		cells[2] = rows_words(moment_local(visit->arena, one->received));
		cells[3] = rows_words(one->name);
		cells[4] = rows_words(one->of);
		cells[5] = rows_words(text_of(entrant_kind_words(one->kind)));
		cells[6] = rows_words(one->words.len == 0 ? one->purpose
							  : text_format(visit->arena, "%.*s %.*s", T_ARG(one->purpose),
									T_ARG(one->words)));
		cells[7] = rows_words(text_of(one->id_shown ? say("確認") : say("なし")));
		cells[8] = rows_words(one->escort);
		cells[9] = rows_words(devices_in_words(visit->arena, one));
		cells[10] = rows_words(text_of(visit_state_words(one->state)));
		cells[11] = rows_words(one->trouble);
		cells[12] = rows_words(one->settled_words);
	}
	return rows_send(look, visit, &out);
}

/* The log on paper, as the ledger prints it: this room and month alone, what was written by hand too. */
struct month_paper {
	const struct pack *pack;
	struct entrance_room room;
	struct day first;
};

static bool
is_of_month(const void *with, struct arena *arena, const struct ledger_row *row)
{
	const struct month_paper *paper = with;
	return entrance_row_is_of(arena, paper->pack, &paper->room, paper->first, row);
}

static struct error *
log_print(struct look *look, struct visit *visit)
{
	struct month_paper paper = { .pack = visit->office->pack, .first = month_asked(visit) };
	struct text job;
	TRY(entrance_open_room(look, visit, &paper.room));
	const struct pack_ledger *log = paper.pack->entrance->log;
	const struct ledger_out out = {
		.pack = paper.pack,
		.ledger = log,
		.query = { .owner = paper.room.unit.no, .state = ROW_LIVING },
		.body_name = visit->office->body_name,
		.said = text_format(visit->arena, "%.*s %.*s", T_ARG(paper.room.name),
				    T_ARG(month_words(visit->arena, paper.first))),
		.wants = is_of_month,
		.wants_with = &paper,
	};
	TRY(paper_ledger(look, &out, &job));
	look_end(look); /* printing takes seconds and holds no snapshot */
	TRY(run_companion(visit, "bansho-print", NULL, job, &visit->answer.body));
	visit->answer.type = "application/pdf";
	visit->answer.shown_as = text_format(visit->arena, "%.*s-%.*s.pdf", T_ARG(words_now(log->name)),
					     T_ARG(day_iso(visit->arena, paper.first)));
	return OK;
}

static struct error *
review_do(struct act *act, struct visit *visit)
{
	struct entrance_room room;
	struct day month;
	TRY(entrance_open_room(&act->look, visit, &room));
	TRY(people_must_hold(act, visit->office->pack->entrance->keeper, room.unit, (struct person_id){ 0 }, NULL));
	if (!day_read(visit_text(visit, "month"), &month))
		return reject("month", "月が読めません。画面を開き直してください。");
	TRY(entrance_review(act, visit->office->pack, room.id, month, visit_text(visit, "words")));
	TRY(duty_done_by(act, visit->office->pack,
			 &(struct duty_deed){ .by = "entrance.review", .unit = room.unit, .row = room.id,
					      .on = DAY_NONE,
					      .source = entrance_about_room(visit->arena, room.id),
					      .words = text_format(visit->arena, say("%.*sの記録を点検した。"),
								   T_ARG(month_words(visit->arena, month))) },
			 NULL));
	visit->go_to = log_url(visit, &room, "", month);
	visit->done = "entrance-reviewed";
	return OK;
}

/* ---- One visit ---- */

static struct error *
open_visit(struct look *look, struct visit *visit, struct visited *visited)
{
	TRY(entrance_visit(look, visit->office->pack, (struct visit_id){ visit_id(visit, "id") }, visited));
	if (!visit_reaches(look, visit, RIGHT_LEDGER_READ, visited->unit))
		return missing("その入室の記録はありません。");
	return OK;
}

static struct error *
fill_devices(struct look *look, struct visit *visit, const struct visited *visited,
	     struct entrance_visit_page *page)
{
	(void)look;
	page->devices = ARENA_ARRAY(visit->arena, struct entrance_visit_devices, visited->devices_count + 1);
	page->devices_count = visited->devices_count;
	for (size_t at = 0; at < visited->devices_count; at++) {
		const struct visited_device *device = &visited->devices[at];
		page->devices[at] = (struct entrance_visit_devices){
			.serial = device->serial,
			.state = text_of(device->is_outside	   ? say("(許可がないので室外に置いた)")
					 : device->is_unpermitted ? say("(許可なしで持ち込んだ)")
					 : device->is_inside	   ? say("(室内に残した)")
					 : visited->state == VISIT_LEFT ? say("(持ち出した)")
									: say("(室内にある)")),
			.has_permit = device->permit.no != 0 && visit_may(visit, RIGHT_DOSSIER_READ),
			.permit = url_of_number(visit->arena, "/permits/{}", device->permit.no),
		};
	}
	return OK;
}

struct boxes {
	struct field_part left, words, settled;
};

static void
fill_boxes(struct visit *visit, const struct visited *visited, struct boxes *boxes,
	   struct entrance_visit_page *page)
{
	boxes->left = plain_box(visit, BOX_MOMENT, "left", text_of(say("退室した日時")), T(""), T(""), true);
	boxes->words = plain_box(visit, BOX_LONG, "words", text_of(say("どうやって確かめたか")),
				 text_of(say("例: 本人に電話で確かめた。守衛の記録を見た。")), T(""), true);
	boxes->settled = plain_box(visit, BOX_LONG, "settled", text_of(say("なぜそうなったかと、どうしたか")),
				   text_of(say("説明は管理簿と一緒に残り、監査で読まれます。入ってはいけない人が入ったときは、事案としても報告してください。")),
				   T(""), true);
	page->left_box = &boxes->left;
	page->words_box = &boxes->words;
	page->settled_box = &boxes->settled;
	page->may_close &= visited->state == VISIT_INSIDE;
	page->may_settle &= visited->is_open;
}

static void
fill_row(struct look *look, struct visit *visit, const struct visited *visited,
	 struct entrance_visit_page *page)
{
	const struct pack_entrance *entrance = visit->office->pack->entrance;
	(void)look;
	page->has_row = visited->ledger_row.no != 0 && entrance != NULL;
	if (page->has_row)
		page->row = url_make(visit->arena, "/ledger/{}/{}", 2,
				     (struct text[]){ entrance->log->code,
						      text_number(visit->arena, visited->ledger_row.no) });
}

static struct error *
visit_page_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	struct boxes boxes;
	struct visited one;
	bool may;
	TRY(open_visit(look, visit, &one));
	TRY(entrance_may_keep(look, visit->office->pack, one.unit, visit->session.person, &may));
	struct entrance_visit_page page = {
		.frame = visit_frame(visit, text_of(say("入退室")), "outside"),
		.name = one.name,
		.of = one.of,
		.kind = text_of(entrant_kind_words(one.kind)),
		.room = one.room_name,
		.room_href = entrance_room_url(arena, one.room),
		.state = text_of(visit_state_words(one.state)),
		.tag = visited_tag(&one),
		.entered = one.entered,
		.taken = one.taken,
		.received = one.received,
		.left = one.left,
		.left_received = one.left_received,
		.is_late = one.is_late,
		.is_left_late = one.is_left_late,
		.is_closed = one.is_closed,
		.is_refused = one.state == VISIT_REFUSED,
		.is_long = one.is_long,
		.left_words = one.left_words,
		.purpose = one.purpose,
		.words = one.words,
		.escort = one.escort,
		.id_shown = one.id_shown,
		.moved = one.moved,
		.impact = one.impact,
		.trouble = one.trouble,
		.is_open = one.is_open,
		.settled = one.settled,
		.settled_by = one.settled_by,
		.settled_words = one.settled_words,
		.may_close = may,
		.may_settle = may,
		.csrf = visit->csrf,
		.change = one.change,
		.close = url_of_number(arena, "/entrance/visits/{}/close", one.id.no),
		.settle = url_of_number(arena, "/entrance/visits/{}/settle", one.id.no),
		.has_journal = visit_may(visit, RIGHT_JOURNAL_READ),
		.journal = url_query(arena, url_path(arena, "/journal"), "about",
				     entrance_about_visit(arena, one.id)),
	};
	fill_boxes(visit, &one, &boxes, &page);
	fill_row(look, visit, &one, &page);
	TRY(fill_devices(look, visit, &one, &page));
	return visit_draw(visit, entrance_visit_page, &page);
}

static struct error *
close_do(struct act *act, struct visit *visit)
{
	const struct visit_id id = { visit_id(visit, "id") };
	struct visited one;
	struct moment left;
	int64_t change;
	TRY(open_visit(&act->look, visit, &one));
	TRY(visit_number(visit, "change", &change));
	TRY(form_moment(visit, "left", &left));
	TRY(entrance_close(act, visit->office->pack, id, change, left, visit_text(visit, "words")));
	visit->go_to = entrance_visit_url(visit->arena, id);
	visit->done = "entrance-closed";
	return OK;
}

static struct error *
settle_do(struct act *act, struct visit *visit)
{
	const struct visit_id id = { visit_id(visit, "id") };
	struct visited one;
	int64_t change;
	TRY(open_visit(&act->look, visit, &one));
	TRY(visit_number(visit, "change", &change));
	TRY(entrance_settle(act, visit->office->pack, id, change, visit_text(visit, "settled")));
	visit->go_to = entrance_visit_url(visit->arena, id);
	visit->done = "entrance-settled";
	return OK;
}

PAGE_ROWS(entrance_log,
	  { { METHOD_GET, "/entrance/rooms/{id}/log" }, RIGHT_LEDGER_READ, PAGE_LOOK, .look = log_draw },
	  { { METHOD_GET, "/entrance/rooms/{id}/log/csv" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = log_send },
	  { { METHOD_GET, "/entrance/rooms/{id}/log/xlsx" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = log_send },
	  { { METHOD_GET, "/entrance/rooms/{id}/log/paper" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = log_print },
	  { { METHOD_POST, "/entrance/rooms/{id}/review" }, RIGHT_DECIDE, PAGE_ACT, .act = review_do,
	    .again = log_draw },
	  { { METHOD_GET, "/entrance/visits/{id}" }, RIGHT_LEDGER_READ, PAGE_LOOK, .look = visit_page_draw },
	  { { METHOD_POST, "/entrance/visits/{id}/close" }, RIGHT_DECIDE, PAGE_ACT, .act = close_do,
	    .again = visit_page_draw },
	  { { METHOD_POST, "/entrance/visits/{id}/settle" }, RIGHT_DECIDE, PAGE_ACT, .act = settle_do,
	    .again = visit_page_draw });
