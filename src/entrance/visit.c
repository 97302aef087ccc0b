/* Visits: read, closed and explained by the keeper. */
#include "entrance/rooms.h"

static const char *const state_names[VISIT_STATES] = { "inside", "left", "refused" };
static const char *const state_words[VISIT_STATES] = { N_("在室"), N_("退室"), N_("入室を断った") };

const char *
visit_state_words(enum visit_state state)
{
	return say(state_words[state]);
}

struct text
room_purpose_words(const struct pack_entrance *entrance, struct text code)
{
	for (size_t at = 0; at < entrance->purposes_count; at++)
		if (text_same(entrance->purposes[at].code, code))
			return words_now(entrance->purposes[at].name);
	return T("");
}

struct error *
room_late_ms(struct look *look, const struct pack *pack, int64_t *ms)
{
	TRY(people_parameter(look, pack, "entrance.late-minutes", ENTRANCE_USUAL_LATE, ms));
	*ms *= MINUTE_MS;
	return OK;
}

struct error *
room_long_before(struct look *look, const struct pack *pack, struct moment *before)
{
	int64_t hours;
	TRY(people_parameter(look, pack, "entrance.long-hours", ENTRANCE_LONG_HOURS, &hours));
	before->ms = look->now.ms - hours * HOUR_MS;
	return OK;
}

/* ---- Reading ---- */

struct reading {
	struct look *look;
	const struct pack *pack;
	int64_t late;
	struct moment before; /* who entered before it and is inside is so too long */
	struct ledger_row room; /* the last one read */
};

static struct error *
reading_begin(struct look *look, const struct pack *pack, struct reading *reading)
{
	*reading = (struct reading){ .look = look, .pack = pack };
	TRY(room_late_ms(look, pack, &reading->late));
	return room_long_before(look, pack, &reading->before);
}

static struct error *
fill_devices(struct reading *reading, struct visited *visited)
{
	struct entrance_devices_of_row *rows;
	size_t count;
	TRY(entrance_devices_of(reading->look,
		       &(struct entrance_devices_of_in){ visited->id.no, 2 * ENTRANCE_MOST_DEVICES }, &rows, &count));
	visited->devices = ARENA_ARRAY(reading->look->arena, struct visited_device, count + 1);
	visited->devices_count = count;
	for (size_t at = 0; at < count; at++)
		visited->devices[at] = (struct visited_device){
			.serial = rows[at].serial,
			.permit = { rows[at].permit },
			.is_outside = text_is(rows[at].verdict, "outside"),
			.is_unpermitted = text_is(rows[at].verdict, "unpermitted"),
			.is_inside = !text_is(rows[at].verdict, "outside") &&
				     visited->state == VISIT_LEFT && rows[at].is_out == 0,
		};
	return OK;
}

static struct error *
fill_room(struct reading *reading, struct visited *visited)
{
	if (reading->room.id.no != visited->room.no)
		TRY(ledger_read(reading->look, reading->pack, visited->room, &reading->room));
	visited->room_name = reading->room.title;
	visited->unit = (struct unit_id){ reading->room.owner };
	return OK;
}

/* The rest, from what the rows of both queries hold alike. */
static struct error *
fill(struct reading *reading, struct text kind, struct text state, struct visited *visited)
{
	for (int at = 0; at < ENTRANT_KINDS; at++)
		if (text_is(kind, entrant_kind_name((enum entrant_kind)at)))
			visited->kind = (enum entrant_kind)at;
	for (int at = 0; at < VISIT_STATES; at++)
		if (text_is(state, state_names[at]))
			visited->state = (enum visit_state)at;
	if (reading->pack->entrance != NULL)
		visited->purpose = room_purpose_words(reading->pack->entrance, visited->purpose);
	if (visited->kind == ENTRANT_STAFF)
		visited->key = text_format(reading->look->arena, "P%lld", (long long)visited->person.no);
	else if (visited->row.no != 0)
		visited->key = text_format(reading->look->arena, "L%lld", (long long)visited->row.no);
	visited->is_late = visited->received.ms - visited->entered.ms > reading->late;
	visited->is_left_late = visited->left.ms != 0 && !visited->is_closed &&
				visited->left_received.ms - visited->left.ms > reading->late;
	visited->is_long = visited->state == VISIT_INSIDE && visited->entered.ms < reading->before.ms;
	visited->is_open = visited->trouble.len != 0 && visited->settled.ms == 0;
	TRY(fill_room(reading, visited));
	return fill_devices(reading, visited);
}

#define VISITED_FROM(r)                                                                        \
	((struct visited){ .id = { (r)->id },                                                  \
			   .room = { (r)->room },                                              \
			   .mark = (r)->mark,                                                  \
			   .person = { (r)->person },                                          \
			   .row = { (r)->list_row },                                           \
			   .name = (r)->name,                                                  \
			   .of = (r)->of_words,                                                \
			   .purpose = (r)->purpose,                                            \
			   .words = (r)->words,                                                \
			   .id_shown = (r)->id_shown != 0,                                     \
			   .moved = (r)->moved != 0,                                           \
			   .impact = (r)->impact != 0,                                         \
			   .escort = (r)->escort,                                              \
			   .entered = { (r)->entered },                                        \
			   .taken = { (r)->taken },                                            \
			   .received = { (r)->received },                                      \
			   .left = { (r)->left_at },                                           \
			   .left_received = { (r)->left_received },                            \
			   .left_words = (r)->left_words,                                      \
			   .is_closed = (r)->closed_by != 0,                                   \
			   .trouble = (r)->trouble.len == 0 ? T("") : (r)->why,                \
			   .settled = { (r)->settled },                                        \
			   .settled_by = (r)->settled_name,                                    \
			   .settled_words = (r)->settled_words,                                \
			   .ledger_row = { (r)->ledger_row },                                  \
			   .change = (r)->change })

struct error *
entrance_visits(struct look *look, const struct pack *pack, const struct visits_query *query,
		size_t most, struct visited **list, size_t *count)
{
	struct entrance_visits_of_row *rows;
	struct reading reading;
	TRY(reading_begin(look, pack, &reading));
	const struct entrance_visits_of_in in = {
		.room = query->room.no,
		.from = day_is_none(query->from) ? 0 : day_begin(query->from).ms,
		.until = day_is_none(query->until) ? INT64_MAX : day_begin(day_plus(query->until, 1)).ms,
		.state = query->only_inside ? T("inside") : T(""),
		.only_troubled = query->only_troubled,
		.long_before = reading.before.ms,
		.most = (int64_t)most,
	};
	TRY(entrance_visits_of(look, &in, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct visited, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		(*list)[at] = VISITED_FROM(&rows[at]);
		TRY(fill(&reading, rows[at].kind, rows[at].state, &(*list)[at]));
	}
	return OK;
}

struct error *
entrance_visit(struct look *look, const struct pack *pack, struct visit_id id,
	       struct visited *visited)
{
	struct entrance_visit_get_row row;
	struct reading reading;
	bool found;
	TRY(entrance_visit_get(look, &(struct entrance_visit_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その入室の記録はありません。");
	TRY(reading_begin(look, pack, &reading));
	*visited = VISITED_FROM(&row);
	return fill(&reading, row.kind, row.state, visited);
}

struct error *
entrance_troubles(struct look *look, const struct pack *pack, struct visited **list, size_t *count)
{
	struct visited *found;
	TRY(entrance_visits(look, pack,
			    &(struct visits_query){ .from = DAY_NONE, .until = DAY_NONE, .only_troubled = true },
			    ENTRANCE_MOST_VISITS, &found, count));
	*list = ARENA_ARRAY(look->arena, struct visited, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = found[*count - 1 - at];
	return OK;
}

/* ---- Acts ---- */

static struct error *
open_for(struct act *act, const struct pack *pack, struct visit_id id, int64_t change,
	 struct visited *visited)
{
	TRY(entrance_visit(&act->look, pack, id, visited));
	if (pack->entrance == NULL)
		return missing("入退室を記録する部屋ではありません。");
	/* The room itself may be gone from its ledger meanwhile: its visits are still to be ended and explained. */
	TRY(people_must_hold(act, pack->entrance->keeper, visited->unit, (struct person_id){ 0 }, NULL));
	if (visited->change != change)
		return conflict("ほかの人が先に手を加えました。開きなおして確かめてください。");
	return OK;
}

static struct error *
note(struct act *act, const char *what, const struct visited *visited)
{
	struct arena *arena = act->look.arena;
	struct fact fact = room_fact_in(arena, what, visited->room);
	fact.about[1] = entrance_about_visit(arena, visited->id);
	if (visited->ledger_row.no != 0)
		fact.about[2] = room_about_row(arena, visited->ledger_row);
	return act_note(act, &fact);
}

struct error *
entrance_close(struct act *act, const struct pack *pack, struct visit_id id, int64_t change,
	       struct moment left, struct text words)
{
	struct visited visited;
	struct error *faults = OK;
	TRY(open_for(act, pack, id, change, &visited));
	if (visited.state != VISIT_INSIDE)
		return conflict("この入室は、もう退室として記録されています。");
	if (left.ms < visited.entered.ms - visited.entered.ms % MINUTE_MS || left.ms > act->look.now.ms)
		error_add(&faults, reject("left", "退室した日時は、入室した後で、今より前にしてください。"));
	error_add(&faults, room_must_reason("words", words, say("どうやって確かめたかを入力してください。例: 本人に電話で確かめた")));
	if (faults != OK)
		return faults;
	if (left.ms < visited.entered.ms)
		left = visited.entered;
	TRY(room_log_row_leave(act, pack, visited.ledger_row, left, text_of(say("退室は管理する課が記入"))));
	TRY(entrance_visit_leave(act, &(struct entrance_visit_leave_in){
				      .id = id.no,
				      .left_at = left.ms,
				      .left_received = act->look.now.ms,
				      .left_words = text_trim(words),
				      .closed_by = act->actor.person,
			      }));
	return note(act, "entrance.close", &visited);
}

struct error *
entrance_settle(struct act *act, const struct pack *pack, struct visit_id id, int64_t change,
		struct text words)
{
	struct visited visited;
	TRY(open_for(act, pack, id, change, &visited));
	if (!visited.is_open)
		return conflict("説明の要る入室ではないか、もう説明されています。");
	TRY(room_must_reason("settled", words, say("なぜそうなったかと、どうしたかを入力してください。")));
	TRY(entrance_visit_settle(act, &(struct entrance_visit_settle_in){ id.no, act->look.now.ms, act->actor.person,
							 text_trim(words) }));
	return note(act, "entrance.settle", &visited);
}
