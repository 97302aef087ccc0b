/* Stock-takes as they are read. */
#include "inventory/rooms.h"

static enum item_state
state_of(struct text name)
{
	for (int at = 0; at < ITEM_STATES; at++)
		if (text_is(name, item_state_name((enum item_state)at)))
			return (enum item_state)at;
	return ITEM_OPEN;
}

/* While it runs: does somebody have it, as recorded? */
static struct error *
is_away(struct look *look, struct row_id thing, bool *is)
{
	struct inventory_loan_open_row loan;
	struct inventory_outing_open_row outing;
	*is = false;
	if (thing.no == 0)
		return OK;
	TRY(inventory_loan_open(look, &(struct inventory_loan_open_in){ thing.no }, is, &loan));
	if (!*is)
		TRY(inventory_outing_open(look, &(struct inventory_outing_open_in){ thing.no }, is, &outing));
	return OK;
}

static struct error *
count_items(struct look *look, struct inventory_take *take)
{
	struct inventory_item_counts_row *counts;
	size_t count;
	TRY(inventory_item_counts(look, &(struct inventory_item_counts_in){ take->id.no, ITEM_STATES },
				  &counts, &count));
	for (size_t at = 0; at < count; at++) {
		const enum item_state state = state_of(counts[at].state);
		take->of[state] = counts[at].items;
		if (state == ITEM_OPEN)
			take->unexplained = counts[at].unexplained;
	}
	return OK;
}

struct error *
take_head(struct look *look, const struct flow *flow, struct take_id id, struct inventory_take *take)
{
	struct inventory_take_get_row row;
	const struct pack_inventory *rules;
	bool found;
	TRY(inventory_rules(flow, &rules));
	TRY(inventory_take_get(look, &(struct inventory_take_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その棚卸はありません。一覧から選んでください。");
	*take = (struct inventory_take){
		.id = id,
		.unit = { row.unit },
		.unit_name = row.unit_name,
		.begun = { row.begun },
		.begun_name = row.begun_name,
		.due = { row.due },
		.expected = row.expected,
		.closed = { row.closed },
		.closed_name = row.closed_name,
		.words = row.words,
		.change = row.change,
	};
	return OK;
}

struct error *
inventory_take(struct look *look, const struct flow *flow, struct take_id id, struct inventory_take *take)
{
	TRY(take_head(look, flow, id, take));
	TRY(count_items(look, take));
	if (take->closed.ms != 0)
		return OK;
	/* What somebody has by the records needs no explanation. */
	struct inventory_item *items;
	size_t count;
	TRY(inventory_items(look, flow, id, &items, &count));
	take->unexplained = take->of[ITEM_OPEN] = take->of[ITEM_AWAY] = 0;
	for (size_t at = 0; at < count; at++) {
		take->of[ITEM_OPEN] += items[at].state == ITEM_OPEN;
		take->of[ITEM_AWAY] += items[at].state == ITEM_AWAY;
		take->unexplained += items[at].state == ITEM_OPEN && items[at].words.len == 0;
	}
	return OK;
}

static struct error *
fill_item(struct look *look, const struct flow *flow, const struct inventory_item_list_row *row,
	  struct inventory_item *item)
{
	struct ledger_row of;
	bool is = false;
	*item = (struct inventory_item){
		.id = row->id,
		.thing = { row->thing },
		.title = row->title,
		.serial = row->serial,
		.unit_name = row->unit_name,
		.state = state_of(row->state),
		.is_typed = row->is_typed != 0,
		.at = { row->at },
		.person_name = row->person_name,
		.words = row->words,
		.settled = { row->settled },
		.settled_words = row->settled_words,
	};
	if (row->thing == 0)
		return OK;
	item->ledger = ledger_place(look->arena, flow->pack, row->ledger, row->number);
	item->code = inventory_code_shown(look->arena, item->thing);
	if (item->state == ITEM_OPEN)
		TRY(is_away(look, item->thing, &is));
	if (is)
		item->state = ITEM_AWAY;
	if (item->state == ITEM_OPEN || item->state == ITEM_GONE) {
		TRY(ledger_read(look, flow->pack, item->thing, &of));
		item->place = ledger_value(look->arena, &of, "place");
		/* Disposed of since it began. */
		if (item->state == ITEM_OPEN && of.state == ROW_RETIRED)
			item->state = ITEM_AWAY;
	}
	return OK;
}

struct error *
inventory_items(struct look *look, const struct flow *flow, struct take_id id,
		struct inventory_item **list, size_t *count)
{
	struct inventory_item_list_row *rows;
	TRY(inventory_item_list(look, &(struct inventory_item_list_in){ id.no, INVENTORY_MOST_ITEMS },
				&rows, count));
	*list = ARENA_ARRAY(look->arena, struct inventory_item, *count + 1);
	for (size_t at = 0; at < *count; at++)
		TRY(fill_item(look, flow, &rows[at], &(*list)[at]));
	return OK;
}

struct error *
inventory_takes(struct look *look, const struct flow *flow, const struct unit_id *within,
		size_t within_count, size_t most, struct inventory_take **list, size_t *count)
{
	enum { LOOKED_AT = 5000 };
	struct inventory_take_list_row *rows;
	size_t rows_count;
	TRY(inventory_take_list(look, &(struct inventory_take_list_in){ LOOKED_AT }, &rows, &rows_count));
	*list = ARENA_ARRAY(look->arena, struct inventory_take, most + 1);
	*count = 0;
	for (size_t at = 0; at < rows_count && *count < most; at++) {
		if (within != NULL && !reach_has_unit(look, within, within_count, (struct unit_id){ rows[at].unit }))
			continue;
		TRY(inventory_take(look, flow, (struct take_id){ rows[at].id }, &(*list)[*count]));
		(*count)++;
	}
	return OK;
}
