/*
 * The server room of the demonstration body: a tablet at its door, visits through the year, an hour without network, somebody
 * who was turned away, months looked through, one visit that wants an explanation.
 */
#include "cli/demo.h"

#include "base/hash.h"
#include "duty/duty.h"
#include "entrance/entrance.h"

enum { BEGIN_AGO = 290, EVERY_DAYS = 6, TROUBLE_AGO = 2, MINUTE_MS = 60000, MONTH_DAYS = 31, REVIEW_DAY = 4 };

enum task { TASK_TABLET, TASK_PERMIT, TASK_ENTER, TASK_LEAVE, TASK_LATE, TASK_REFUSED, TASK_TROUBLE, TASK_REVIEW };

struct demo_entrance {
	struct text token;
	struct row_id room;
};

static struct day
first_of(struct day day)
{
	struct day first = day;
	int year, month, of;
	day_parts(day, &year, &month, &of);
	(void)day_make(year, month, 1, &first);
	return first;
}

static struct moment
plus(struct moment moment, int64_t minutes)
{
	return (struct moment){ moment.ms + minutes * MINUTE_MS };
}

static void
plan_visits(struct demo *demo, struct chance *chance)
{
	size_t no = 1;
	for (int64_t ago = BEGIN_AGO - 5; ago > 4; ago -= EVERY_DAYS, no++) {
		const struct moment when = demo_moment(chance, day_plus(demo->size.today, -ago));
		const bool is_late = no % 15 == 4;
		demo_at(demo, is_late ? plus(when, 50) : when, DEED_ENTRANCE,
			is_late ? TASK_LATE : TASK_ENTER, no);
		demo_at(demo, plus(when, 55 + (int64_t)(no % 5) * 8), DEED_ENTRANCE, TASK_LEAVE, no);
		if (no % 20 == 7)
			demo_at(demo, plus(when, 110), DEED_ENTRANCE, TASK_REFUSED, 1000 + no);
	}
	const struct moment trouble = demo_moment(chance, day_plus(demo->size.today, -TROUBLE_AGO));
	demo_at(demo, trouble, DEED_ENTRANCE, TASK_TROUBLE, 2000);
	demo_at(demo, plus(trouble, 40), DEED_ENTRANCE, TASK_LEAVE, 2000);
}

void
demo_plan_entrance(struct demo *demo)
{
	struct chance chance = { (uint64_t)demo->size.seed + 83 }; /* not negative */
	demo->entrance = ARENA_NEW(demo->arena, struct demo_entrance);
	if (demo->body->pack->entrance == NULL || demo->units[demo->it_unit].head == 0)
		return;
	const struct moment begin = demo_moment(&chance, day_plus(demo->size.today, -BEGIN_AGO));
	demo_at(demo, begin, DEED_ENTRANCE, TASK_TABLET, 0);
	demo_at(demo, plus(begin, 10), DEED_ENTRANCE, TASK_PERMIT, 0);
	plan_visits(demo, &chance);
	for (struct day first = first_of(moment_day(begin)); first.no < demo->size.today.no;
	     first = first_of(day_plus(first, MONTH_DAYS))) {
		const struct day next = first_of(day_plus(first, MONTH_DAYS));
		const struct moment when = demo_moment(&chance, day_plus(next, REVIEW_DAY));
		if (moment_day(when).no < demo->size.today.no - TROUBLE_AGO)
			demo_at(demo, when, DEED_ENTRANCE, TASK_REVIEW, (size_t)first.no); /* after 1970 */
	}
}

/* ---- Acts ---- */

static struct error *
make_tablet(struct demo *demo, struct act *act)
{
	const struct pack *pack = demo->body->pack;
	struct entrance_room *rooms;
	struct tablet_id id;
	struct text code, token;
	size_t count;
	TRY(entrance_rooms(&act->look, pack, &rooms, &count));
	if (count == 0)
		return OK;
	TRY(entrance_tablet_make(act, pack, rooms[0].id, text_of("サーバ室 入口"), &id, &code));
	act->actor.person = 0;
	TRY(entrance_tablet_tie(act, pack, code, &token));
	demo->entrance->token = text_copy(demo->arena, token);
	demo->entrance->room = rooms[0].id;
	return OK;
}

/* Two whom the list permits: one of a firm, and one whose time is over. */
static struct error *
add_listed(struct demo *demo, struct act *act)
{
	static const char *const names[2][2] = { { "保田 点検", "みほん空調サービス" }, { "旧山 済", "みほん電設" } };
	const struct pack_entrance *entrance = demo->body->pack->entrance;
	struct arena *arena = act->look.arena;
	struct entrance_room room;
	struct row_id row;
	if (demo->entrance->room.no == 0 || entrance->listed_of == NULL || entrance->listed_period == NULL)
		return OK;
	TRY(entrance_room(&act->look, demo->body->pack, demo->entrance->room, &room));
	for (size_t at = 0; at < 2; at++) {
		const struct day until = day_plus(demo->size.today, at == 0 ? 120 : -200);
		const struct ledger_value values[] = {
			{ entrance->listed_name->name, text_of(names[at][0]) },
			{ entrance->listed->owner->name, text_number(arena, room.unit.no) },
			{ entrance->listed_room->name, room.name },
			{ entrance->listed_of->name, text_of(names[at][1]) },
			{ entrance->listed_period->name,
			  text_format(arena, "%.*s/%.*s", T_ARG(day_iso(arena, moment_day(act->look.now))),
				      T_ARG(day_iso(arena, until))) },
		};
		TRY(ledger_add(act, demo->body->pack, entrance->listed, values, sizeof values / sizeof *values, &row));
	}
	return OK;
}

static struct text
mark_of(struct arena *into, size_t no, const char *what)
{
	const struct hash hash = hash_of(text_format(into, "demo %s %zu", what, no));
	return text_first(hash_hex(into, &hash), ENTRANCE_MARK_LEN);
}

static struct error *
find(struct demo *demo, struct look *look, struct tablet *tablet, struct entrant **list, size_t *count)
{
	struct entrance_room room;
	bool found;
	*count = 0;
	TRY(entrance_tablet_find(look, demo->entrance->token, &found, tablet));
	if (!found)
		return OK;
	TRY(entrance_room(look, demo->body->pack, demo->entrance->room, &room));
	return entrance_entrants(look, &demo->body->flow, &room, list, count);
}

static const struct entrant *
one_who(const struct entrant *list, size_t count, size_t no, bool may, bool is_outside)
{
	size_t fitting = 0;
	for (size_t at = 0; at < count; at++)
		fitting += list[at].may == may && (!is_outside || list[at].is_outside);
	for (size_t at = 0, seen = 0; at < count && fitting != 0; at++)
		if (list[at].may == may && (!is_outside || list[at].is_outside) && seen++ == no % fitting)
			return &list[at];
	return NULL;
}

static const struct entrant *
own_staff(const struct entrant *list, size_t count)
{
	for (size_t at = 0; at < count; at++)
		if (list[at].may && !list[at].is_outside)
			return &list[at];
	return NULL;
}

/* Every fourth is from outside and brings equipment in; every ninth is a visitor. */
static void
fill_entry(struct entrance_event *event, const struct entrant *list, size_t count, size_t no)
{
	static const char *const purposes[] = { "maintain", "backup", "maintain", "failure", "visit" };
	const struct entrant *staff = own_staff(list, count);
	const struct entrant *entrant = one_who(list, count, no, true, no % 4 == 3);
	event->id_shown = true;
	event->purpose = text_of(purposes[no % 5]);
	if (no % 9 == 5 && staff != NULL) {
		event->name = text_of("見本 視察");
		event->of = text_of("となり町 情報係");
		event->purpose = text_of("visit");
		event->escort = staff->key;
		return;
	}
	event->key = entrant != NULL ? entrant->key : T("");
	event->name = entrant != NULL ? entrant->name : text_of("見本 視察");
	event->of = entrant != NULL ? entrant->of : text_of("となり町 情報係");
	if (entrant == NULL || !entrant->is_outside || staff == NULL)
		return;
	event->escort = staff->key;
	event->moved = event->impact = no % 8 == 3;
}

static struct error *
enter(struct demo *demo, struct act *act, enum task task, size_t no)
{
	struct arena *arena = act->look.arena;
	struct entrance_event event = { .what = ENTRANCE_ENTERS, .mark = mark_of(arena, no, "in"),
					.at = act->look.now, .sent = act->look.now };
	struct tablet tablet;
	struct entrant *list;
	size_t count;
	bool known;
	TRY(find(demo, &act->look, &tablet, &list, &count));
	if (count == 0)
		return OK;
	if (task == TASK_LATE)
		event.at = plus(event.at, -50);
	if (task == TASK_REFUSED) {
		const struct entrant *over = one_who(list, count, no, false, false);
		if (over == NULL)
			return OK;
		event.what = ENTRANCE_REFUSES;
		event.key = over->key;
		event.name = over->name;
	} else if (task == TASK_TROUBLE) {
		event.name = text_of("名乗 のみ");
		event.of = text_of("みほん設備");
		event.purpose = text_of("other");
	} else
		fill_entry(&event, list, count, no);
	return entrance_take(act, &demo->body->flow, &tablet, &event, &known);
}

static struct error *
leave(struct demo *demo, struct act *act, size_t no)
{
	struct arena *arena = act->look.arena;
	const struct entrance_event event = { .what = ENTRANCE_LEAVES, .mark = mark_of(arena, no, "out"),
					      .at = act->look.now, .sent = act->look.now,
					      .visit = mark_of(arena, no, "in") };
	struct tablet tablet;
	struct entrant *list;
	size_t count;
	bool known;
	TRY(find(demo, &act->look, &tablet, &list, &count));
	return count == 0 ? OK : entrance_take(act, &demo->body->flow, &tablet, &event, &known);
}

static struct error *
review(struct demo *demo, struct act *act, struct day month)
{
	const struct pack *pack = demo->body->pack;
	struct entrance_room room;
	if (demo->entrance->room.no == 0)
		return OK;
	TRY(entrance_room(&act->look, pack, demo->entrance->room, &room));
	TRY(entrance_review(act, pack, room.id, month, text_of("知らない人の入室はない。問題なし。")));
	return duty_done_by(act, pack,
			    &(struct duty_deed){ .by = "entrance.review", .unit = room.unit, .row = room.id, .on = DAY_NONE,
						 .source = entrance_about_room(act->look.arena, room.id),
						 .words = text_of("入退室の記録を点検した。") },
			    NULL);
}

struct error *
demo_do_entrance(struct demo *demo, const struct demo_event *event, struct act *act)
{
	const struct demo_unit *it = &demo->units[demo->it_unit];
	const enum task task = (enum task)event->what;
	const bool is_keeper = task == TASK_TABLET || task == TASK_PERMIT || task == TASK_REVIEW;
	act->actor.person = is_keeper ? demo->people[it->head].id.no : 0;
	switch (task) {
	case TASK_TABLET:
		return make_tablet(demo, act);
	case TASK_PERMIT:
		return add_listed(demo, act);
	case TASK_LEAVE:
		return leave(demo, act, event->other);
	case TASK_REVIEW:
		return review(demo, act, (struct day){ (int64_t)event->other });
	case TASK_ENTER:
	case TASK_LATE:
	case TASK_REFUSED:
	case TASK_TROUBLE:
		break;
	}
	return enter(demo, act, task, event->other);
}
