/* Which rows of the pack's ledger are rooms whose log is kept, and who keeps it. */
#include "entrance/rooms.h"

#include <stdlib.h>

struct text
entrance_about_room(struct arena *into, struct row_id id)
{
	return text_format(into, "room:%lld", (long long)id.no);
}

struct text
entrance_about_visit(struct arena *into, struct visit_id id)
{
	return text_format(into, "visit:%lld", (long long)id.no);
}

struct text
room_about_tablet(struct arena *into, struct tablet_id id)
{
	return text_format(into, "tablet:%lld", (long long)id.no);
}

struct text
room_about_row(struct arena *into, struct row_id id)
{
	return text_format(into, "asset:%lld", (long long)id.no);
}

struct fact
room_fact_in(struct arena *into, const char *act, struct row_id room)
{
	return (struct fact){ .act = act, .about = { entrance_about_room(into, room) } };
}

/* ---- Rooms ---- */

static struct error *
is_kept(struct arena *arena, const struct pack_entrance *entrance, const struct ledger_row *row,
	bool *is)
{
	struct ledger_answers holding = { .ledger = entrance->rooms };
	struct ledger_value *values;
	*is = row->ledger == entrance->rooms && row->state == ROW_LIVING && row->owner != 0;
	if (!*is || entrance->where == NULL)
		return OK;
	TRY(ledger_values(arena, row, &values, &holding.count));
	holding.values = values;
	*is = when_evaluate(entrance->where, &(struct when_answers){ ledger_answer, &holding });
	return OK;
}

static struct error *
fill(struct look *look, const struct ledger_row *row, struct entrance_room *room)
{
	struct entrance_room_counts_row counts;
	struct unit unit;
	TRY(people_unit(look, (struct unit_id){ row->owner }, &unit));
	TRY(entrance_room_counts(look, &(struct entrance_room_counts_in){ row->id.no }, &counts));
	*room = (struct entrance_room){
		.id = row->id,
		.name = text_copy(look->arena, row->title),
		.unit = { row->owner },
		.unit_name = unit.name,
		.tablets = counts.tablets,
		.inside = counts.inside,
		.troubled = counts.troubled,
		.last = { counts.last },
		.reviewed = counts.reviewed == 0 ? DAY_NONE : (struct day){ counts.reviewed },
	};
	return OK;
}

struct gathering {
	struct look *look;
	const struct pack_entrance *entrance;
	struct entrance_room *list;
	size_t count;
};

static struct error *
gather(void *with, const struct ledger_row *row)
{
	struct gathering *gathering = with;
	bool is;
	if (gathering->count == ENTRANCE_MOST_ROOMS)
		return OK;
	TRY(is_kept(gathering->look->arena, gathering->entrance, row, &is));
	return is ? fill(gathering->look, row, &gathering->list[gathering->count++]) : OK;
}

static int
by_name(const void *left, const void *right)
{
	const struct entrance_room *a = left, *b = right;
	const int order = text_order(a->name, b->name);
	return order != 0 ? order : (a->id.no > b->id.no) - (a->id.no < b->id.no);
}

struct error *
entrance_rooms(struct look *look, const struct pack *pack, struct entrance_room **list,
	       size_t *count)
{
	struct gathering gathering = { .look = look, .entrance = pack->entrance };
	*list = NULL;
	*count = 0;
	if (pack->entrance == NULL)
		return OK;
	gathering.list = ARENA_ARRAY(look->arena, struct entrance_room, ENTRANCE_MOST_ROOMS);
	TRY(ledger_each(look, pack, pack->entrance->rooms,
			&(struct ledger_query){ .state = ROW_LIVING }, gather, &gathering));
	if (gathering.count > 1)
		qsort(gathering.list, gathering.count, sizeof *gathering.list, by_name);
	*list = gathering.list;
	*count = gathering.count;
	return OK;
}

struct error *
entrance_room(struct look *look, const struct pack *pack, struct row_id id,
	      struct entrance_room *room)
{
	struct ledger_row row;
	bool is = false;
	if (pack->entrance != NULL) {
		TRY(ledger_read(look, pack, id, &row));
		TRY(is_kept(look->arena, pack->entrance, &row, &is));
	}
	if (!is)
		return missing("入退室を記録する部屋ではありません。");
	return fill(look, &row, room);
}

/* ---- Who keeps it ---- */

struct error *
entrance_may_keep(struct look *look, const struct pack *pack, struct unit_id unit,
		  struct person_id person, bool *may)
{
	struct decider *list;
	size_t count;
	*may = false;
	if (pack->entrance == NULL)
		return OK;
	TRY(people_deciders(look, pack->entrance->keeper, unit, moment_day(look->now),
			    (struct person_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		*may |= list[at].person.no == person.no;
	return OK;
}

struct error *
room_must_keep(struct act *act, const struct pack *pack, struct row_id id, struct entrance_room *room)
{
	TRY(entrance_room(&act->look, pack, id, room));
	return people_must_hold(act, pack->entrance->keeper, room->unit, (struct person_id){ 0 },
				NULL);
}

struct error *
room_must_reason(const char *box, struct text words, const char *ask)
{
	if (text_is_blank(words))
		return reject(box, "%s", ask);
	if (text_count(words) > ENTRANCE_MOST_REASON)
		return reject(box, "%d文字までにしてください。", ENTRANCE_MOST_REASON);
	return OK;
}
