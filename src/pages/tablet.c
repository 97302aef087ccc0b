/*
 * The tablet at a server room's door. It has no person's session: a cookie holds the token that tying it gave, and
 * every request here asks whose it is. What it may see is who may enter that room and who is inside;
 * what it may do is hand in what it took. A stopped token sees and does nothing.
 */
#include "pages/limits.h"
#include "pages/rooms.h"

#include "entrance/entrance.h"

#include "base/json.h"

#include <jansson.h>

enum { COOKIE_DAYS = 400, KEY_MINUTES = 10, STATE_MOST = 1 << 20, INSIDE_MOST = 200 };

struct asking {
	bool is_tied; /* and not stopped */
	bool is_stopped;
	struct text token;
	struct tablet tablet;
	struct entrance_room room;
};

static struct error *
who_asks(struct look *look, const struct visit *visit, struct asking *asking)
{
	bool found;
	*asking = (struct asking){ .token = request_cookie(visit->request, "tablet") };
	if (visit->office->pack->entrance == NULL)
		return missing("この団体の方針には、サーバ室の入退室の決まりがありません。");
	TRY(entrance_tablet_find(look, asking->token, &found, &asking->tablet));
	if (!found)
		return OK;
	asking->is_stopped = asking->tablet.stopped.ms != 0;
	if (asking->is_stopped)
		return OK;
	struct error *error = entrance_room(look, visit->office->pack, asking->tablet.room, &asking->room);
	if (error != OK && error->kind != ERROR_MISSING)
		return error;
	asking->is_stopped = error != OK; /* the room is gone from the ledger */
	asking->is_tied = error == OK;
	return OK;
}

static void
keep_cookie(struct visit *visit, struct text token)
{
	visit->answer.cookies[0] = (struct cookie){ .name = "tablet", .value = token,
						    .seconds = (int64_t)COOKIE_DAYS * 86400 };
}

static struct tablet_frame_part
frame_of(struct visit *visit, struct text title)
{
	struct arena *arena = visit->arena;
	return (struct tablet_frame_part){
		.title = title,
		.css = asset_url(&pages_assets, arena, "app.css"),
		.tokens = asset_url(&pages_assets, arena, "tokens.css"),
		.script = asset_url(&pages_assets, arena, "door.js"),
		.icon = asset_url(&pages_assets, arena, "icon.svg"),
		.is_english = language_now() == LANGUAGE_EN,
	};
}

/* ---- Tying ---- */

static struct error *
tie_draw(struct look *look, struct visit *visit)
{
	struct asking asking;
	TRY(who_asks(look, visit, &asking));
	struct tablet_tie_page page = {
		.frame = frame_of(visit, text_of(say("部屋のタブレットを登録する"))),
		.fault = visit_fault(visit, T("code")),
		.code = visit->faults != NULL ? visit_text(visit, "code") : T(""),
		.is_tied = asking.is_tied,
		.is_stopped = asking.is_stopped,
	};
	if (page.fault.len == 0 && visit->faults != NULL)
		page.fault = visit->faults->words;
	return visit_draw(visit, tablet_tie_page, &page);
}

/* Guessing a code is limited as guessing a password is. */
static struct error *
tie_begin(struct look *look, struct visit *visit)
{
	int64_t wait;
	(void)look;
	if (limits_may_sign_in(visit->office->limits, visit->request->client, visit->now, &wait))
		return OK;
	visit->answer.retry_after = wait;
	return refuse("違う番号が続いたため、しばらく受け付けません。約%lld分後にもう一度入力してください。",
		      (long long)((wait + 59) / 60));
}

static struct error *
tie_do(struct act *act, struct visit *visit)
{
	struct text token;
	struct error *error =
		visit->office->pack->entrance == NULL
			? missing("この団体の方針には、サーバ室の入退室の決まりがありません。")
			: entrance_tablet_tie(act, visit->office->pack, visit_text(visit, "code"), &token);
	if (error != OK) {
		if (error->kind == ERROR_INVALID)
			limits_sign_in_failed(visit->office->limits, visit->request->client, visit->now);
		return error;
	}
	keep_cookie(visit, token);
	visit->go_to = url_path(visit->arena, "/tablet/door");
	return OK;
}

/* ---- The door ---- */

/* The page holds nobody's name: the browser keeps it for when the network is down. */
static struct error *
door_draw(struct look *look, struct visit *visit)
{
	const struct pack_entrance *entrance = visit->office->pack->entrance;
	struct asking asking;
	TRY(who_asks(look, visit, &asking));
	if (!asking.is_tied) {
		visit->answer.status = 303;
		visit->answer.location = url_path(visit->arena, "/tablet");
		return OK;
	}
	visit->answer.uses_camera = true;
	struct tablet_door_page page = {
		.frame = frame_of(visit, asking.room.name),
		.room = asking.room.name,
	};
	page.purposes = ARENA_ARRAY(visit->arena, struct tablet_door_purposes, entrance->purposes_count + 1);
	page.purposes_count = entrance->purposes_count;
	for (size_t at = 0; at < entrance->purposes_count; at++)
		page.purposes[at] = (struct tablet_door_purposes){ entrance->purposes[at].code,
								   words_now(entrance->purposes[at].name) };
	return visit_draw(visit, tablet_door_page, &page);
}

static struct error *
answer_json(struct visit *visit, int status, struct writer *out)
{
	visit->answer.type = "application/json";
	visit->answer.status = status;
	visit->answer.body = writer_text(out);
	return OK;
}

/* What is said to a tablet that is none, or is stopped. */
static struct error *
answer_none(struct visit *visit, const struct asking *asking)
{
	struct writer out = writer_open(visit->arena, STATE_MOST);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_text_at(&json, "state", asking->is_stopped ? T("stopped") : T("none"));
	json_end(&json);
	return answer_json(visit, 403, &out);
}

static void
put_entrants(struct json *json, const struct entrant *list, size_t count)
{
	json_name(json, T("entrants"));
	json_open_array(json);
	for (size_t at = 0; at < count; at++) {
		json_open_object(json);
		json_text_at(json, "key", list[at].key);
		json_bool_at(json, "may", list[at].may);
		json_text_at(json, "name", list[at].name);
		json_bool_at(json, "outside", list[at].is_outside);
		json_end(json);
	}
	json_end(json);
}

static struct error *
put_inside(struct look *look, struct visit *visit, const struct asking *asking, struct json *json)
{
	struct visited *list;
	size_t count;
	TRY(entrance_visits(look, visit->office->pack,
			    &(struct visits_query){ .room = asking->room.id, .from = DAY_NONE, .until = DAY_NONE, .only_inside = true },
			    INSIDE_MOST, &list, &count));
	json_name(json, T("inside"));
	json_open_array(json);
	for (size_t at = 0; at < count; at++) {
		json_open_object(json);
		json_name(json, T("devices"));
		json_open_array(json);
		for (size_t i = 0; i < list[at].devices_count; i++)
			if (!list[at].devices[i].is_outside)
				json_text(json, list[at].devices[i].serial);
		json_end(json);
		json_text_at(json, "key", list[at].key);
		json_text_at(json, "mark", list[at].mark);
		json_text_at(json, "name", list[at].name);
		json_end(json);
	}
	json_end(json);
	return OK;
}

static struct error *
state_send(struct look *look, struct visit *visit)
{
	struct writer out = writer_open(visit->arena, STATE_MOST);
	struct json json = json_begin(&out);
	struct carried *carried;
	struct entrant *entrants;
	struct asking asking;
	size_t count, carried_count;
	TRY(who_asks(look, visit, &asking));
	if (!asking.is_tied)
		return answer_none(visit, &asking);
	TRY(entrance_entrants(look, visit->office->flow, &asking.room, &entrants, &count));
	TRY(entrance_carried(look, visit->office->flow, &asking.room, &carried, &carried_count));
	json_open_object(&json);
	json_name(&json, T("devices"));
	json_open_array(&json);
	for (size_t at = 0; at < carried_count; at++)
		json_text(&json, carried[at].serial);
	json_end(&json);
	put_entrants(&json, entrants, count);
	TRY(put_inside(look, visit, &asking, &json));
	json_text_at(&json, "room", asking.room.name);
	json_text_at(&json, "state", T("tied"));
	json_bool_at(&json, "visitors", visit->office->pack->entrance->takes_visitors);
	json_end(&json);
	keep_cookie(visit, asking.token);
	return answer_json(visit, 200, &out);
}

/* The key it signs with, right after tying alone: the browser keeps it so that no script can read it. */
static struct error *
key_send(struct look *look, struct visit *visit)
{
	struct writer out = writer_open(visit->arena, STATE_MOST);
	struct json json = json_begin(&out);
	struct asking asking;
	TRY(who_asks(look, visit, &asking));
	if (!asking.is_tied || visit->now.ms - asking.tablet.tied.ms > (int64_t)KEY_MINUTES * 60000)
		return answer_none(visit, &asking);
	json_open_object(&json);
	json_text_at(&json, "key", entrance_signing_key(visit->arena, asking.token));
	json_end(&json);
	return answer_json(visit, 200, &out);
}

/* ---- Handing in ---- */

static struct error *
read_wrapped(struct visit *visit, struct text token, struct entrance_event *event)
{
	struct arena *arena = visit->arena;
	const struct text raw = visit->request->body;
	struct error *error = OK;
	json_t *object = json_loadb(raw.data, raw.len, JSON_REJECT_DUPLICATES, NULL);
	const json_t *body = json_object_get(object, "body"), *sign = json_object_get(object, "sign"),
		     *sent = json_object_get(object, "sent");
	if (!json_is_string(body) || !json_is_string(sign) || !json_is_integer(sent))
		error = reject("event", "読み取れない記録です。もう一度入力してください。");
	else if (!entrance_is_signed(arena, token,
				     (struct text){ json_string_value(body), json_string_length(body) },
				     (struct text){ json_string_value(sign), json_string_length(sign) }))
		error = reject("sign", "この記録は、登録しなおす前のものか、書き換えられたものです。管理する課が台帳に書き写してください。");
	else
		error = entrance_event_read(arena,
					    (struct text){ json_string_value(body), json_string_length(body) }, event);
	if (error == OK)
		event->sent = (struct moment){ json_integer_value(sent) };
	json_decref(object);
	return error;
}

static struct error *
entry_do(struct act *act, struct visit *visit)
{
	struct writer out = writer_open(visit->arena, STATE_MOST);
	struct json json = json_begin(&out);
	struct entrance_event event;
	struct asking asking;
	bool known;
	TRY(who_asks(&act->look, visit, &asking));
	if (!asking.is_tied)
		return refuse("このタブレットは登録されていないか、止められています。");
	TRY(read_wrapped(visit, asking.token, &event));
	TRY(entrance_take(act, visit->office->flow, &asking.tablet, &event, &known));
	json_open_object(&json);
	json_text_at(&json, "mark", event.mark);
	json_text_at(&json, "state", known ? T("known") : T("taken"));
	json_end(&json);
	return answer_json(visit, 200, &out);
}

/* Refused: the tablet keeps it and shows why. */
static struct error *
entry_again(struct look *look, struct visit *visit)
{
	struct writer out = writer_open(visit->arena, STATE_MOST);
	struct json json = json_begin(&out);
	struct asking asking;
	TRY(who_asks(look, visit, &asking));
	if (!asking.is_tied)
		return answer_none(visit, &asking);
	json_open_object(&json);
	json_text_at(&json, "state", T("wrong"));
	json_text_at(&json, "words", visit->faults->words);
	json_end(&json);
	return answer_json(visit, 422, &out);
}

/* Served at its own address, so that it may look after the pages beside it. */
static struct error *
worker_send(struct look *look, struct visit *visit)
{
	const struct asset *worker = asset_find(&pages_assets, T("door-worker.js"));
	(void)look;
	visit->answer.type = worker->type;
	visit->answer.body = (struct text){ (const char *)worker->bytes, worker->len };
	visit->answer.etag = text_of(worker->digest);
	visit->answer.caching = CACHE_ASK;
	return OK;
}

PAGE_ROWS(tablet,
	  { { METHOD_GET, "/tablet" }, RIGHT_PUBLIC, PAGE_LOOK, .look = tie_draw },
	  { { METHOD_POST, "/tablet" }, RIGHT_PUBLIC, PAGE_ACT, .look = tie_begin, .act = tie_do,
	    .again = tie_draw },
	  { { METHOD_GET, "/tablet/door" }, RIGHT_PUBLIC, PAGE_LOOK, .look = door_draw },
	  { { METHOD_GET, "/tablet/key" }, RIGHT_PUBLIC, PAGE_LOOK, .look = key_send },
	  { { METHOD_GET, "/tablet/state" }, RIGHT_PUBLIC, PAGE_LOOK, .look = state_send },
	  { { METHOD_GET, "/tablet/worker.js" }, RIGHT_PUBLIC, PAGE_LOOK, .look = worker_send },
	  { { METHOD_POST, "/tablet/entries" }, RIGHT_PUBLIC, PAGE_ACT, .act = entry_do, .again = entry_again,
	    .body = BODY_RAW });
