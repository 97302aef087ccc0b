/* What the tablet took: looked at anew, and written down. */
#include "entrance/rooms.h"

#include "people/notice.h"
#include "flow/consult.h"

#include "base/number.h"

enum { CLOCK_SLACK_MS = 2000 };

/* One event being taken. */
struct taking {
	const struct flow *flow;
	const struct tablet *tablet;
	const struct entrance_event *event;
	struct entrance_room room;
	struct moment at; /* when it happened, by our clock */
	int64_t late;
	struct entrant *list;
	size_t count;
	const struct entrant *entrant, *escort;
	struct person_id person;
	struct text name, of, trouble, why;
	int64_t visit;
};

/* The tablet says what its clock showed when it took the thing, and when it handed it in: the difference is true,
   whatever the clock was. */
static struct error *
put_right(struct look *look, struct taking *taking)
{
	const struct entrance_event *event = taking->event;
	int64_t ago;
	if (!add_fits(event->sent.ms, -event->at.ms, &ago))
		return reject("at", "読み取れない記録です。もう一度入力してください。");
	if (ago < -CLOCK_SLACK_MS)
		return reject("at", "タブレットの時計が、受け付けた後に戻されています。時計を確かめてから、もう一度入力してください。");
	if (ago > (int64_t)ENTRANCE_OLDEST_DAYS * DAY_MS)
		return reject("at", "%d日より前の記録は受け取れません。管理する課が台帳に書き写してください。",
			      ENTRANCE_OLDEST_DAYS);
	taking->at = (struct moment){ look->now.ms - (ago < 0 ? 0 : ago) };
	return room_late_ms(look, taking->flow->pack, &taking->late);
}

static struct error *
check_known(struct look *look, const struct entrance_event *event, bool *known)
{
	struct entrance_visit_by_mark_row by_mark;
	struct entrance_visit_by_left_row by_left;
	TRY(entrance_visit_by_mark(look, &(struct entrance_visit_by_mark_in){ event->mark }, known, &by_mark));
	if (!*known)
		TRY(entrance_visit_by_left(look, &(struct entrance_visit_by_left_in){ event->mark }, known, &by_left));
	return OK;
}

static struct text
late_words(struct arena *into, const struct taking *taking, struct moment now)
{
	if (now.ms - taking->at.ms <= taking->late)
		return T("");
	return text_format(into, say("%.*s（%.*sに届いた記録）"),
			   T_ARG(taking->event->what == ENTRANCE_LEAVES ? text_of(say("退室は後から"))
									: text_of(say("入室は後から"))),
			   T_ARG(moment_local(into, now)));
}

/* ---- Who ---- */

static void
blame(struct taking *taking, struct arena *arena, const char *trouble, struct text why)
{
	if (taking->trouble.len == 0)
		taking->trouble = text_of(trouble);
	taking->why = taking->why.len == 0 ? why
					   : text_format(arena, "%.*s %.*s", T_ARG(taking->why), T_ARG(why));
}

static bool
is_attended(const struct taking *taking)
{
	return taking->escort != NULL && taking->escort->may && !taking->escort->is_outside &&
	       taking->escort != taking->entrant;
}

/* Whoever is not permitted must have somebody with them who is. */
static void
judge_entrant(struct taking *taking, struct arena *arena)
{
	const struct pack_entrance *entrance = taking->flow->pack->entrance;
	const bool is_permitted = taking->entrant != NULL && taking->entrant->may;
	if (taking->event->what != ENTRANCE_ENTERS || is_permitted)
		return;
	if (taking->entrant != NULL)
		blame(taking, arena, "unlisted", taking->entrant->why);
	else if (taking->event->key.len != 0)
		blame(taking, arena, "unlisted", text_of(say("入室のとき、もう名簿にありませんでした。")));
	else if (!entrance->takes_visitors)
		blame(taking, arena, "unlisted", text_of(say("名簿にない人です。")));
	else if (!is_attended(taking))
		blame(taking, arena, "unlisted", text_of(say("名簿にない人で、立ち会う職員がいませんでした。")));
}

/* Coming with somebody does not make up for consent that is not there. */
static struct error *
judge_visitor(struct look *look, struct taking *taking)
{
	struct text why;
	if (taking->event->what != ENTRANCE_ENTERS || taking->entrant != NULL)
		return OK;
	TRY(room_unconsented(look, taking->flow, taking->at, taking->name, taking->of, &why));
	if (why.len != 0)
		blame(taking, look->arena, "unlisted", why);
	return OK;
}

static struct error *
find_persons(struct look *look, struct taking *taking)
{
	const struct entrance_event *event = taking->event;
	TRY(room_entrants_at(look, taking->flow, &taking->room, taking->at, &taking->list, &taking->count));
	taking->entrant = room_entrant_called(taking->list, taking->count, event->key);
	taking->escort = room_entrant_called(taking->list, taking->count, event->escort);
	taking->name = taking->entrant != NULL ? taking->entrant->name : event->name;
	taking->of = taking->entrant != NULL ? taking->entrant->of : event->of;
	if (taking->name.len == 0)
		return reject("name", "氏名を入力してください。");
	if (taking->of.len == 0 && event->key.len == 0 && event->what == ENTRANCE_ENTERS)
		return reject("of", "所属・会社を入力してください。");
	if (taking->of.len == 0)
		taking->of = text_of(say("（不明）"));
	judge_entrant(taking, look->arena);
	return judge_visitor(look, taking);
}

/* "L34", "P12"; 0 for another kind. */
static int64_t
number_of_key(struct text key, char kind)
{
	int64_t no = 0;
	if (key.len > 1 && key.data[0] == kind && !number_read(text_from(key, 1), 1, INT64_MAX, &no))
		return 0;
	return no;
}

/* Who has left the post, or the body, by the time it is handed in is the same person still. */
static struct error *
find_left(struct look *look, struct taking *taking)
{
	const struct person_id asked = { number_of_key(taking->event->key, 'P') };
	struct person person;
	if (taking->entrant != NULL) {
		taking->person = taking->entrant->person;
		return OK;
	}
	if (asked.no == 0)
		return OK;
	struct error *error = people_person(look, asked, &person);
	if (error != OK && error->kind == ERROR_MISSING)
		return OK;
	taking->person = asked;
	return error;
}

/* ---- With what ---- */

struct brought {
	struct text serial;
	struct permit_id permit;
};

static struct error *
judge_devices(struct look *look, struct taking *taking, struct brought *brought)
{
	const struct entrance_event *event = taking->event;
	for (size_t at = 0; at < event->devices_count; at++) {
		brought[at] = (struct brought){ .serial = event->devices[at] };
		TRY(room_permit_of(look, taking->flow, &taking->room, taking->at, event->devices[at],
				   &brought[at].permit));
		if (brought[at].permit.no == 0 && taking->flow->pack->entrance->devices != NULL)
			blame(taking, look->arena, "device",
			      text_format(look->arena, say("持込みの許可のない機器を持ち込みました(%.*s)。"),
					  T_ARG(event->devices[at])));
	}
	return OK;
}

static struct error *
add_device(struct act *act, const struct taking *taking, struct text serial, int64_t permit,
	   const char *verdict)
{
	int64_t id;
	TRY(act_number(act, T("entrance-device"), &id));
	return entrance_device_add(act, &(struct entrance_device_add_in){ id, taking->visit, serial, permit,
							text_of(verdict) });
}

static struct error *
add_devices(struct act *act, const struct taking *taking, const struct brought *brought)
{
	const bool is_asked = taking->flow->pack->entrance->devices != NULL;
	for (size_t at = 0; at < taking->event->devices_count; at++)
		TRY(add_device(act, taking, brought[at].serial, brought[at].permit.no,
			       brought[at].permit.no != 0 || !is_asked ? "permitted" : "unpermitted"));
	for (size_t at = 0; at < taking->event->outside_count; at++)
		TRY(add_device(act, taking, taking->event->outside[at], 0, "outside"));
	return OK;
}

static struct text
devices_words(struct arena *into, const struct taking *taking)
{
	struct text words = T("");
	for (size_t at = 0; at < taking->event->devices_count; at++)
		words = text_format(into, "%.*s%s%.*s", T_ARG(words), words.len == 0 ? "" : "、",
				    T_ARG(taking->event->devices[at]));
	return words;
}

/* ---- Entering, and being refused ---- */

static struct text
purpose_of(struct arena *into, const struct taking *taking)
{
	const struct entrance_event *event = taking->event;
	const struct text purpose = room_purpose_words(taking->flow->pack->entrance, event->purpose);
	if (event->words.len == 0)
		return purpose;
	return purpose.len == 0 ? event->words
				: text_format(into, "%.*s: %.*s", T_ARG(purpose), T_ARG(event->words));
}

static struct error *
add_row(struct act *act, const struct taking *taking, struct row_id *row)
{
	const struct entrance_event *event = taking->event;
	struct arena *arena = act->look.arena;
	const struct log_row log = {
		.room = &taking->room,
		.name = taking->name,
		.of = taking->of,
		.purpose = purpose_of(arena, taking),
		.devices = devices_words(arena, taking),
		.attended = taking->escort != NULL ? taking->escort->name : T(""),
		.remarks = late_words(arena, taking, act->look.now),
		.id_shown = event->id_shown,
		.moved = event->moved,
		.impact = event->impact,
		.entered = taking->at,
	};
	return room_log_row_add(act, taking->flow->pack, &log, row);
}

static enum entrant_kind
kind_of(const struct taking *taking)
{
	if (taking->entrant != NULL)
		return taking->entrant->kind;
	if (taking->event->key.len == 0)
		return ENTRANT_VISITOR;
	return taking->person.no != 0 ? ENTRANT_STAFF : ENTRANT_LISTED;
}

static struct error *
add_visit(struct act *act, const struct taking *taking, const char *state, struct row_id row)
{
	const struct entrance_event *event = taking->event;
	return entrance_visit_add(act, &(struct entrance_visit_add_in){
				      .id = taking->visit,
				      .room = taking->room.id.no,
				      .tablet = taking->tablet->id.no,
				      .mark = event->mark,
				      .kind = text_of(entrant_kind_name(kind_of(taking))),
				      .person = taking->person.no,
				      .list_row = number_of_key(event->key, 'L'),
				      .name = taking->name,
				      .of_words = taking->of,
				      .purpose = event->purpose,
				      .words = event->words,
				      .id_shown = event->id_shown,
				      .moved = event->moved,
				      .impact = event->impact,
				      .escort = taking->escort != NULL ? taking->escort->name : T(""),
				      .escort_person = taking->escort != NULL ? taking->escort->person.no : 0,
				      .state = text_of(state),
				      .entered = taking->at.ms,
				      .taken = event->at.ms,
				      .received = act->look.now.ms,
				      .trouble = taking->trouble,
				      .why = taking->why,
				      .ledger_row = row.no,
			      });
}

static struct error *
tell_keepers(struct act *act, const struct taking *taking)
{
	struct arena *arena = act->look.arena;
	struct decider *list;
	size_t count;
	TRY(people_deciders(&act->look, taking->flow->pack->entrance->keeper, taking->room.unit,
			    moment_day(act->look.now), (struct person_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		TRY(people_notify(act, &(struct notify){
					       .person = list[at].person,
					       .about = entrance_about_visit(arena, (struct visit_id){ taking->visit }),
					       .words = text_format(arena, say("%.*sで、許可を確かめられない入室がありました。"),
								    T_ARG(taking->room.name)),
					       .path = text_format(arena, "/entrance/visits/%lld",
								   (long long)taking->visit),
					       .subject = text_of(say("確かめる入室があります")),
				       }));
	return OK;
}

static struct error *
enter(struct act *act, struct taking *taking)
{
	struct arena *arena = act->look.arena;
	struct brought brought[ENTRANCE_MOST_DEVICES];
	struct row_id row = { 0 };
	const bool enters = taking->event->what == ENTRANCE_ENTERS;
	TRY(find_persons(&act->look, taking));
	TRY(find_left(&act->look, taking));
	if (enters) {
		TRY(judge_devices(&act->look, taking, brought));
		TRY(add_row(act, taking, &row));
	} else
		taking->why = taking->entrant != NULL ? taking->entrant->why : taking->event->words;
	TRY(act_number(act, T("entrance-visit"), &taking->visit));
	TRY(add_visit(act, taking, enters ? "inside" : "refused", row));
	if (enters)
		TRY(add_devices(act, taking, brought));
	TRY(entrance_set_handed(act, &(struct entrance_set_handed_in){ taking->tablet->id.no, act->look.now.ms }));
	if (taking->trouble.len != 0)
		TRY(tell_keepers(act, taking));
	struct fact fact = room_fact_in(arena, enters ? "entrance.enter" : "entrance.refuse", taking->room.id);
	fact.about[1] = entrance_about_visit(arena, (struct visit_id){ taking->visit });
	if (row.no != 0)
		fact.about[2] = room_about_row(arena, row);
	fact.pairs[0] = (struct fact_pair){ "at", { 0 }, taking->at.ms };
	if (taking->trouble.len != 0)
		fact.pairs[1] = (struct fact_pair){ "trouble", taking->trouble, 0 };
	return act_note(act, &fact);
}

/* ---- Leaving ---- */

static bool
is_left_inside(const struct entrance_event *event, struct arena *arena, struct text serial)
{
	for (size_t at = 0; at < event->devices_count; at++)
		if (consult_same(arena, event->devices[at], serial))
			return true;
	return false;
}

static struct error *
take_out(struct act *act, const struct taking *taking)
{
	struct entrance_devices_of_row *rows;
	size_t count;
	TRY(entrance_devices_of(&act->look,
		       &(struct entrance_devices_of_in){ taking->visit, 2 * ENTRANCE_MOST_DEVICES }, &rows, &count));
	for (size_t at = 0; at < count; at++)
		if (!text_is(rows[at].verdict, "outside"))
			TRY(entrance_device_out(act, &(struct entrance_device_out_in){
						    rows[at].id,
						    !is_left_inside(taking->event, act->look.arena,
								    rows[at].serial) }));
	return OK;
}

static struct error *
leave(struct act *act, struct taking *taking)
{
	struct arena *arena = act->look.arena;
	struct entrance_visit_by_mark_row row;
	bool found;
	TRY(entrance_visit_by_mark(&act->look, &(struct entrance_visit_by_mark_in){ taking->event->visit }, &found, &row));
	if (!found || row.room != taking->room.id.no)
		return conflict("入室の記録が見つかりません。入室から入力しなおしてください。");
	if (!text_is(row.state, "inside"))
		return conflict("この入室は、もう退室として記録されています。");
	taking->visit = row.id;
	if (taking->at.ms < row.entered)
		taking->at.ms = row.entered;
	TRY(room_log_row_leave(act, taking->flow->pack, (struct row_id){ row.ledger_row }, taking->at,
			  late_words(arena, taking, act->look.now)));
	TRY(entrance_visit_leave(act, &(struct entrance_visit_leave_in){
				      .id = row.id,
				      .left_at = taking->at.ms,
				      .left_received = act->look.now.ms,
				      .left_mark = taking->event->mark,
				      .left_words = taking->event->words,
			      }));
	TRY(take_out(act, taking));
	TRY(entrance_set_handed(act, &(struct entrance_set_handed_in){ taking->tablet->id.no, act->look.now.ms }));
	struct fact fact = room_fact_in(arena, "entrance.leave", taking->room.id);
	fact.about[1] = entrance_about_visit(arena, (struct visit_id){ row.id });
	if (row.ledger_row != 0)
		fact.about[2] = room_about_row(arena, (struct row_id){ row.ledger_row });
	fact.pairs[0] = (struct fact_pair){ "at", { 0 }, taking->at.ms };
	return act_note(act, &fact);
}

struct error *
entrance_take(struct act *act, const struct flow *flow, const struct tablet *tablet,
	      const struct entrance_event *event, bool *known)
{
	struct taking taking = { .flow = flow, .tablet = tablet, .event = event };
	if (tablet->stopped.ms != 0)
		return refuse("このタブレットは止められています。管理する課に知らせてください。");
	TRY(check_known(&act->look, event, known));
	if (*known)
		return OK;
	TRY(entrance_room(&act->look, flow->pack, tablet->room, &taking.room));
	TRY(put_right(&act->look, &taking));
	return event->what == ENTRANCE_LEAVES ? leave(act, &taking) : enter(act, &taking);
}
