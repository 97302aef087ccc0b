/* Software: when its support ends, and whether there are licences enough. */
#include "inventory/rooms.h"

#include "base/number.h"

#include <stdlib.h>

struct gathering {
	struct look *look;
	const struct flow *flow;
	const struct unit_id *within;
	size_t within_count;
	int64_t warn;
	struct inventory_software *list;
	size_t count;
};

static int64_t
number_in(struct arena *arena, const struct ledger_row *row, const struct pack_field *field)
{
	int64_t number = 0;
	if (field == NULL)
		return 0;
	const struct text value = ledger_value(arena, row, text_z(arena, field->name));
	return number_read(value, 0, INT64_MAX, &number) ? number : 0;
}

static struct error *
gather(void *with, const struct ledger_row *row)
{
	struct gathering *gathering = with;
	struct arena *arena = gathering->look->arena;
	const struct pack_inventory *rules = gathering->flow->pack->inventory;
	const struct day today = moment_day(gathering->look->now);
	const struct unit_id unit = { row->owner };
	struct day until = DAY_NONE;
	if (gathering->count == INVENTORY_MOST_LISTED ||
	    (gathering->within != NULL &&
	     !reach_has_unit(gathering->look, gathering->within, gathering->within_count, unit)))
		return OK;
	const struct text said = ledger_value(arena, row, text_z(arena, rules->until->name));
	if (said.len == 0 || !day_read(said, &until))
		until = DAY_NONE;
	struct inventory_software *made = &gathering->list[gathering->count++];
	*made = (struct inventory_software){
		.row = row->id,
		.number = row->number,
		.title = text_copy(arena, row->title),
		.version = text_copy(arena, ledger_value(arena, row, "version")),
		.unit = unit,
		.until = until,
		.left = day_is_none(until) ? 0 : until.no - today.no,
		.licences = number_in(arena, row, rules->licences),
		.used = number_in(arena, row, rules->used),
	};
	made->has_ended = !day_is_none(until) && made->left < 0;
	made->is_ending = !day_is_none(until) && made->left >= 0 && made->left <= gathering->warn;
	made->is_over = rules->licences != NULL && made->used > made->licences;
	return OK;
}

/* By the end of support; what does not say when, last. */
static int
end_order(const void *left, const void *right)
{
	const struct inventory_software *a = left, *b = right;
	if (day_is_none(a->until) != day_is_none(b->until))
		return day_is_none(a->until) ? 1 : -1;
	if (!day_is_none(a->until) && a->until.no != b->until.no)
		return a->until.no < b->until.no ? -1 : 1;
	return a->number < b->number ? -1 : a->number > b->number;
}

struct error *
inventory_software(struct look *look, const struct flow *flow, const struct unit_id *within,
		   size_t within_count, struct inventory_software **list, size_t *count)
{
	const struct pack_inventory *rules = flow->pack->inventory;
	struct gathering gathering = { look, flow, within, within_count, INVENTORY_USUAL_WARN, NULL, 0 };
	*count = 0;
	*list = ARENA_ARRAY(look->arena, struct inventory_software, 1);
	if (rules == NULL || rules->software == NULL)
		return OK;
	if (rules->warn != NULL)
		TRY(people_parameter(look, flow->pack, text_z(look->arena, rules->warn->code),
				     INVENTORY_USUAL_WARN, &gathering.warn));
	gathering.list = ARENA_ARRAY(look->arena, struct inventory_software, INVENTORY_MOST_LISTED + 1);
	TRY(ledger_each(look, flow->pack, rules->software, &(struct ledger_query){ .state = ROW_LIVING },
			gather, &gathering));
	if (gathering.count > 1)
		qsort(gathering.list, gathering.count, sizeof *gathering.list, end_order);
	for (size_t at = 0; at < gathering.count; at++) {
		struct unit unit;
		if (gathering.list[at].unit.no == 0)
			continue;
		TRY(people_unit(look, gathering.list[at].unit, &unit));
		gathering.list[at].unit_name = unit.name;
	}
	*list = gathering.list;
	*count = gathering.count;
	return OK;
}
