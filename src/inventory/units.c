/* Things by unit: who keeps what, and who may. */
#include "inventory/rooms.h"

#include <stdlib.h>

bool
reach_has_unit(struct look *look, const struct unit_id *within, size_t count, struct unit_id unit)
{
	for (size_t at = 0; at < count; at++) {
		bool is = false;
		if (unit.no != 0 && people_unit_is_under(look, unit, within[at], &is) == OK && is)
			return true;
	}
	return false;
}

struct walking {
	const struct pack_things *things;
	const struct pack *pack;
	struct arena *row_arena;
	struct error *(*each)(void *with, const struct ledger_row *row, const struct pack_things *things);
	void *with;
};

static struct error *
walk_row(void *with, const struct ledger_row *row)
{
	struct walking *walking = with;
	if (row->owner == 0)
		return OK;
	if (walking->things->where != NULL) {
		arena_reset(walking->row_arena);
		if (things_of(walking->row_arena, walking->pack, row) == NULL)
			return OK;
	}
	return walking->each(walking->with, row, walking->things);
}

struct error *
things_each(struct look *look, const struct flow *flow, struct unit_id unit,
	    struct error *(*each)(void *with, const struct ledger_row *row,
				  const struct pack_things *things),
	    void *with)
{
	ARENA_SCOPED row_arena = arena_open(ARENA_USUAL);
	const struct pack_inventory *rules;
	TRY(inventory_rules(flow, &rules));
	for (size_t at = 0; at < rules->things_count; at++) {
		struct walking walking = { &rules->things[at], flow->pack, row_arena, each, with };
		TRY(ledger_each(look, flow->pack, rules->things[at].ledger,
				&(struct ledger_query){ .owner = unit.no, .state = ROW_LIVING }, walk_row,
				&walking));
	}
	return OK;
}

/* ---- The things of one unit ---- */

struct gathering {
	struct look *look;
	struct inventory_thing *list;
	size_t count, most;
};

static struct error *
gather(void *with, const struct ledger_row *row, const struct pack_things *things)
{
	struct gathering *gathering = with;
	struct arena *arena = gathering->look->arena;
	if (gathering->count == gathering->most)
		return OK;
	struct inventory_thing *thing = &gathering->list[gathering->count++];
	*thing = (struct inventory_thing){ .row = *row, .kind = things,
					   .code = inventory_code(arena, row->id),
					   .unit = { row->owner } };
	/* Texts of the row end with the call. */
	thing->row.title = text_copy(arena, row->title);
	thing->row.serial = text_copy(arena, row->serial);
	thing->row.class_code = text_copy(arena, row->class_code);
	thing->row.values = text_copy(arena, row->values);
	return OK;
}

struct error *
inventory_of_unit(struct look *look, const struct flow *flow, struct unit_id unit, size_t most,
		  struct inventory_thing **list, size_t *count)
{
	struct gathering gathering = { look, NULL, 0, most };
	struct unit of;
	gathering.list = ARENA_ARRAY(look->arena, struct inventory_thing, most + 1);
	TRY(people_unit(look, unit, &of));
	TRY(things_each(look, flow, unit, gather, &gathering));
	for (size_t at = 0; at < gathering.count; at++)
		gathering.list[at].unit_name = of.name;
	*list = gathering.list;
	*count = gathering.count;
	return OK;
}

/* ---- Units ---- */

struct counting {
	struct inventory_unit *list;
	size_t count;
};

static struct error *
count_row(void *with, const struct ledger_row *row, const struct pack_things *things)
{
	struct counting *counting = with;
	size_t low = 0, high = counting->count;
	(void)things;
	while (low < high) {
		const size_t middle = (low + high) / 2;
		if (counting->list[middle].unit.no < row->owner)
			low = middle + 1;
		else
			high = middle;
	}
	if (low < counting->count && counting->list[low].unit.no == row->owner) {
		counting->list[low].things++;
		return OK;
	}
	if (counting->count == OWNERS_MOST)
		return OK;
	for (size_t at = counting->count++; at > low; at--)
		counting->list[at] = counting->list[at - 1];
	counting->list[low] = (struct inventory_unit){ .unit = { row->owner }, .things = 1,
						       .last = DAY_NONE };
	return OK;
}

struct error *
inventory_units(struct look *look, const struct flow *flow, struct inventory_unit **list, size_t *count)
{
	struct counting counting = { ARENA_ARRAY(look->arena, struct inventory_unit, OWNERS_MOST + 1), 0 };
	TRY(things_each(look, flow, (struct unit_id){ 0 }, count_row, &counting));
	for (size_t at = 0; at < counting.count; at++) {
		struct inventory_unit *one = &counting.list[at];
		struct inventory_take_last_row last;
		struct inventory_take_open_row open;
		struct unit unit;
		bool found;
		TRY(people_unit(look, one->unit, &unit));
		one->name = unit.name;
		TRY(inventory_take_last(look, &(struct inventory_take_last_in){ one->unit.no }, &last));
		if (last.closed != 0)
			one->last = moment_day((struct moment){ last.closed });
		TRY(inventory_take_open(look, &(struct inventory_take_open_in){ one->unit.no }, &found,
					&open));
		if (found)
			one->open = (struct take_id){ open.id };
	}
	*list = counting.list;
	*count = counting.count;
	return OK;
}

/* ---- Who may ---- */

struct error *
inventory_may(struct look *look, const struct flow *flow, struct unit_id unit, struct person_id person,
	      struct inventory_may *may)
{
	const struct pack_inventory *rules;
	const struct day today = moment_day(look->now);
	struct inventory_is_of_row is;
	struct decider *list;
	size_t count;
	*may = (struct inventory_may){ 0 };
	TRY(inventory_rules(flow, &rules));
	TRY(people_deciders(look, rules->keeps, unit, today, (struct person_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		may->keep |= list[at].person.no == person.no;
	TRY(inventory_is_of(look, &(struct inventory_is_of_in){ person.no, unit.no, today.no }, &is));
	may->borrow = may->keep || is.has != 0;
	return OK;
}
