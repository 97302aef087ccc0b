/* Asking after who is still inside in the evening. */
#include "entrance/rooms.h"

#include "people/notice.h"

static const struct actor the_clock = { .through = T_INIT("clock") };

enum { UNTOLD_MOST = 1000 };

/* Visits of one room. */
struct asking {
	const struct flow *flow;
	const struct entrance_visits_untold_row *rows;
	size_t count;
	int64_t hour;
	struct entrance_done *done;
};

/* The first evening hour after the entry has come. */
static bool
is_night(int64_t entered, int64_t hour, struct moment now)
{
	struct moment night = day_begin(moment_day((struct moment){ entered }));
	night.ms += hour * HOUR_MS;
	if (night.ms <= entered)
		night.ms += DAY_MS;
	return now.ms >= night.ms;
}

static struct error *
tell(struct act *act, const struct asking *asking, const struct entrance_room *room, int64_t count)
{
	struct arena *arena = act->look.arena;
	struct decider *list;
	size_t deciders;
	TRY(people_deciders(&act->look, asking->flow->pack->entrance->keeper, room->unit,
			    moment_day(act->look.now), (struct person_id){ 0 }, &list, &deciders));
	for (size_t at = 0; at < deciders; at++)
		TRY(people_notify(act, &(struct notify){
					       .person = list[at].person,
					       .about = entrance_about_room(arena, room->id),
					       .words = text_format(arena, say("%.*sに、退室の記録がない人が%lld人います。"),
								    T_ARG(room->name), (long long)count),
					       .path = text_format(arena, "/entrance/rooms/%lld",
								   (long long)room->id.no),
					       .subject = text_of(say("退室の記録がない人がいます")),
				       }));
	return OK;
}

static struct error *
ask(struct act *act, void *with)
{
	struct asking *asking = with;
	const struct row_id id = { asking->rows[0].room };
	struct entrance_room room;
	int64_t count = 0;
	for (size_t at = 0; at < asking->count; at++) {
		if (!is_night(asking->rows[at].entered, asking->hour, act->look.now))
			continue;
		TRY(entrance_visit_told(act, &(struct entrance_visit_told_in){ asking->rows[at].id, act->look.now.ms }));
		count++;
	}
	if (count == 0)
		return OK;
	struct error *error = entrance_room(&act->look, asking->flow->pack, id, &room);
	if (error == OK)
		TRY(tell(act, asking, &room, count));
	else if (error->kind != ERROR_MISSING) /* closed since: nobody is asked, the finding stays */
		return error;
	asking->done->asked += count;
	struct fact fact = room_fact_in(act->look.arena, "entrance.ask", id);
	fact.pairs[0] = (struct fact_pair){ "count", { 0 }, count };
	return act_note(act, &fact);
}

static bool
has_night(const struct asking *asking, struct moment now)
{
	for (size_t at = 0; at < asking->count; at++)
		if (is_night(asking->rows[at].entered, asking->hour, now))
			return true;
	return false;
}

struct error *
entrance_clock(struct store *store, struct arena *arena, const struct flow *flow,
	       struct entrance_done *done)
{
	struct entrance_visits_untold_row *rows;
	struct moment now;
	size_t count;
	int64_t hour;
	*done = (struct entrance_done){ 0 };
	if (flow->pack->entrance == NULL)
		return OK;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		now = look.now;
		TRY(people_parameter(&look, flow->pack, "entrance.night-hour", ENTRANCE_NIGHT_HOUR, &hour));
		TRY(entrance_visits_untold(&look, &(struct entrance_visits_untold_in){ UNTOLD_MOST }, &rows, &count));
	}
	for (size_t at = 0; at < count;) {
		struct asking asking = { flow, &rows[at], 1, hour, done };
		while (at + asking.count < count && rows[at + asking.count].room == rows[at].room)
			asking.count++;
		if (has_night(&asking, now))
			TRY(store_act(store, arena, &the_clock, ask, &asking));
		at += asking.count;
	}
	return OK;
}
