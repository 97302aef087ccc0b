/* Where a duty is to be done: units with the role, or rows of a ledger. */
#include "duty/rooms.h"

#include <stdlib.h>

struct gathering {
	struct look *look;
	const struct pack_duty *duty;
	struct arena *row_arena;
	struct place *list;
	size_t count, room;
};

int
place_order(const void *left, const void *right)
{
	const struct place *a = left, *b = right;
	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	return a->row < b->row ? -1 : a->row > b->row;
}

static struct error *
add_place(struct gathering *gathering, int64_t unit, int64_t row)
{
	if (gathering->count == PLACES_MOST)
		return reject("duty", "「%.*s」を行うところが%d を超えました。条件(where)で減らしてください。",
			       T_ARG(words_now(gathering->duty->name)), PLACES_MOST);
	if (gathering->count == gathering->room) {
		gathering->room = gathering->room == 0 ? 64 : gathering->room * 2;
		struct place *grown =
			ARENA_ARRAY(gathering->look->arena, struct place, gathering->room);
		for (size_t at = 0; at < gathering->count; at++)
			grown[at] = gathering->list[at];
		gathering->list = grown;
	}
	gathering->list[gathering->count++] = (struct place){ unit, row };
	return OK;
}

static struct error *
add_unit(void *with, const struct duty_units_row *row)
{
	return add_place(with, row->id, 0);
}

static struct error *
add_row(void *with, const struct ledger_row *row)
{
	struct gathering *gathering = with;
	const struct pack_duty *duty = gathering->duty;
	struct ledger_answers holding = { .ledger = duty->each };
	struct ledger_value *values;
	if (row->owner == 0)
		return OK;
	if (duty->where != NULL) {
		arena_reset(gathering->row_arena);
		TRY(ledger_values(gathering->row_arena, row, &values, &holding.count));
		holding.values = values;
		if (!when_evaluate(duty->where, &(struct when_answers){ ledger_answer, &holding }))
			return OK;
	}
	return add_place(gathering, row->owner, row->id.no);
}

struct error *
places_of(struct look *look, const struct flow *flow, const struct pack_duty *duty,
	  struct place **list, size_t *count)
{
	ARENA_SCOPED row_arena = arena_open(ARENA_USUAL);
	struct gathering gathering = { .look = look, .duty = duty, .row_arena = row_arena };
	const int64_t today = moment_day(look->now).no;
	if (duty->each != NULL)
		TRY(ledger_each(look, flow->pack, duty->each,
				&(struct ledger_query){ .state = ROW_LIVING }, add_row, &gathering));
	else if (duty->owner->scope == SCOPE_BODY)
		TRY(add_place(&gathering, 0, 0));
	else
		TRY(duty_units(look, &(struct duty_units_in){ duty->owner->code, today }, add_unit,
			       &gathering));
	if (gathering.count > 1)
		qsort(gathering.list, gathering.count, sizeof *gathering.list, place_order);
	*list = gathering.list;
	*count = gathering.count;
	return OK;
}
