/* One thing: by its label or number, and where it is now. */
#include "inventory/rooms.h"

static struct error *
fill_loan(struct look *look, struct inventory_thing *thing)
{
	struct inventory_loan_open_row row;
	bool found;
	TRY(inventory_loan_open(look, &(struct inventory_loan_open_in){ thing->row.id.no }, &found, &row));
	if (!found)
		return OK;
	thing->state = text_is(row.kind, "repair") ? THING_REPAIR : THING_LENT;
	thing->loan = row.id;
	thing->person = (struct person_id){ row.person };
	thing->person_name = row.person_name;
	thing->firm = row.firm;
	thing->words = row.words;
	thing->since = (struct moment){ row.at };
	thing->due = (struct moment){ row.due };
	return OK;
}

static struct error *
fill_outing(struct look *look, struct inventory_thing *thing)
{
	struct inventory_outing_open_row row;
	bool found;
	TRY(inventory_outing_open(look, &(struct inventory_outing_open_in){ thing->row.id.no }, &found,
				  &row));
	if (!found)
		return OK;
	thing->state = THING_OUT;
	thing->outing = row.id;
	thing->permit = (struct permit_id){ row.permit };
	thing->permit_number = row.number;
	thing->person = (struct person_id){ row.holder };
	thing->person_name = row.person_name;
	thing->since = (struct moment){ row.at };
	thing->due = (struct moment){ row.due };
	return OK;
}

static struct error *
fill_gone(struct look *look, struct inventory_thing *thing)
{
	struct inventory_item_gone_row row;
	bool found;
	TRY(inventory_item_gone(look, &(struct inventory_item_gone_in){ thing->row.id.no }, &found, &row));
	if (!found)
		return OK;
	thing->state = THING_GONE;
	thing->item = row.id;
	return OK;
}

struct error *
inventory_thing(struct look *look, const struct flow *flow, struct row_id id,
		struct inventory_thing *thing)
{
	struct unit unit;
	*thing = (struct inventory_thing){ .code = inventory_code(look->arena, id) };
	TRY(ledger_read(look, flow->pack, id, &thing->row));
	thing->kind = things_of(look->arena, flow->pack, &thing->row);
	thing->unit = (struct unit_id){ thing->row.owner };
	if (thing->unit.no != 0) {
		TRY(people_unit(look, thing->unit, &unit));
		thing->unit_name = unit.name;
	}
	TRY(fill_loan(look, thing));
	if (thing->state == THING_IN)
		TRY(fill_outing(look, thing));
	if (thing->state == THING_IN)
		TRY(fill_gone(look, thing));
	if (thing->row.state == ROW_RETIRED)
		thing->state = THING_ENDED;
	thing->is_overdue = thing->due.ms != 0 && thing->due.ms < look->now.ms;
	return OK;
}

static struct error *
find_serial(struct look *look, const struct pack *pack, struct text typed, bool *found,
	    struct row_id *row)
{
	const struct pack_inventory *rules = pack->inventory;
	struct ledger_row of;
	*found = false;
	for (size_t at = 0; at < rules->things_count && !*found; at++) {
		if (rules->things[at].ledger->serial == NULL)
			continue;
		TRY(ledger_by_serial(look, pack, rules->things[at].ledger, typed, found, &of));
		*found = *found && things_of(look->arena, pack, &of) != NULL;
		if (*found)
			*row = of.id;
	}
	return OK;
}

static struct error *
not_found(enum code_kind kind, struct text typed)
{
	if (kind == CODE_GARBLED)
		return reject("code", "コードを正しく読み取れませんでした。もう一度読み取るか、ラベルの数字を打ってください。");
	return reject("code", "「%.*s」は、番所のラベルでも、台帳にある製造番号・管理番号でもありません。ラベルのQRコードを読み取ってください。",
		      T_ARG(typed));
}

struct error *
inventory_find(struct look *look, const struct flow *flow, struct text typed, struct row_id *row)
{
	enum { SHOWN_MOST = 80 };
	const struct pack_inventory *rules;
	struct ledger_row of;
	bool found;
	TRY(inventory_rules(flow, &rules));
	typed = text_trim(typed);
	const enum code_kind kind = inventory_code_read(look->arena, typed, row);
	if (kind == CODE_EMPTY)
		return reject("code", "コードがありません。ラベルを読み取るか、数字を打ってください。");
	if (typed.len > SHOWN_MOST)
		return reject("code", "長すぎます。ラベルのQRコードを一つだけ読み取ってください。");
	if (kind != CODE_LABEL) {
		TRY(find_serial(look, flow->pack, typed, &found, row));
		return found ? OK : not_found(kind, typed);
	}
	struct error *error = ledger_read(look, flow->pack, *row, &of);
	if (error != OK && error->kind == ERROR_MISSING)
		return missing("このラベルの物は、この団体の台帳にありません。ほかの団体のラベルかもしれません。");
	TRY(error);
	if (things_of(look->arena, flow->pack, &of) == NULL)
		return missing("このラベルの台帳の行は、物品ではありません。台帳の「種類」を確かめてください。");
	return OK;
}
