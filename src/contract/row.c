/* The row of the pack's register that shows a contract to everybody who reads ledgers. */
#include "contract/rooms.h"

struct showing {
	struct look *look;
	const struct pack *pack;
	const struct contract *contract;
};

static struct text
number_of(struct arena *into, int64_t number)
{
	return number == 0 ? T("") : text_format(into, "%lld", (long long)number);
}

static struct text
line(struct arena *into, struct text before, struct text next)
{
	return before.len == 0 ? next : text_format(into, "%.*s\n%.*s", T_ARG(before), T_ARG(next));
}

static struct error *
show_items(const struct showing *showing, bool is_present, struct text *value)
{
	struct arena *arena = showing->look->arena;
	struct contract_said *items;
	size_t count;
	*value = T("");
	TRY(contract_items(showing->look, showing->pack, showing->contract->id, &items, &count));
	for (size_t at = 0; at < count; at++) {
		if (!items[at].is_answered || items[at].is_present != is_present)
			continue;
		*value = line(arena, *value,
			      is_present ? items[at].code
					 : text_format(arena, "%.*s: %.*s",
						       T_ARG(words_now(items[at].item->name)),
						       T_ARG(items[at].words)));
	}
	return OK;
}

static struct error *
show_chain(const struct showing *showing, struct text *value)
{
	struct arena *arena = showing->look->arena;
	struct contract_link *links;
	size_t count;
	*value = T("");
	TRY(contract_links(showing->look, showing->contract->id, &links, &count));
	for (size_t at = 0; at < count; at++)
		if (links[at].above.no != 0)
			*value = line(arena, *value,
				      text_format(arena, say("%.*s(%s)"), T_ARG(links[at].firm_name),
						  contract_link_state_words(links[at].state)));
	return OK;
}

static struct error *
show_found(const struct showing *showing, struct text *value)
{
	struct contract_checked *checks;
	size_t count;
	TRY(contract_checks(showing->look, showing->contract->id, &checks, &count));
	*value = count != 0 ? checks[0].found : T("");
	return OK;
}

static struct text
day_of(struct arena *into, struct day day)
{
	return day_is_none(day) ? T("") : day_iso(into, day);
}

/* The name where the column is words, the code where it is a choice. */
static struct text
kind_of(const struct contract *contract, const struct pack_contract_column *column)
{
	const bool is_choice = column->column->kind == FIELD_CHOICE;
	return is_choice || contract->of == NULL ? contract->kind : contract->of->name.ja;
}

static struct error *
column_value(const struct showing *showing, const struct pack_contract_column *column, struct text *value)
{
	struct arena *arena = showing->look->arena;
	const struct contract *contract = showing->contract;
	*value = column->literal;
	switch (column->shows) {
	case CONTRACT_TITLE:
		*value = contract->title;
		return OK;
	case CONTRACT_UNIT:
		*value = number_of(arena, contract->unit.no);
		return OK;
	case CONTRACT_FIRM:
		*value = contract->firm_name;
		return OK;
	case CONTRACT_WORK:
		*value = contract->work;
		return OK;
	case CONTRACT_KIND:
		*value = kind_of(contract, column);
		return OK;
	case CONTRACT_CLASS:
		*value = contract->class_code;
		return OK;
	case CONTRACT_SYSTEM:
		*value = column->column->kind == FIELD_ASSET ? number_of(arena, contract->system.no)
							     : contract->system_title;
		return OK;
	case CONTRACT_PERIOD:
		*value = text_format(arena, "%.*s/%.*s", T_ARG(day_of(arena, contract->since)),
				     T_ARG(day_of(arena, contract->until)));
		return OK;
	case CONTRACT_UNTIL:
		*value = day_of(arena, contract->until);
		return OK;
	case CONTRACT_ITEMS:
		return show_items(showing, true, value);
	case CONTRACT_ABSENT:
		return show_items(showing, false, value);
	case CONTRACT_CHAIN:
		return show_chain(showing, value);
	case CONTRACT_EXPLAINED:
		*value = day_of(arena, contract->explained);
		return OK;
	case CONTRACT_CHECKED:
		*value = day_of(arena, contract->checked);
		return OK;
	case CONTRACT_FOUND:
		return show_found(showing, value);
	case CONTRACT_NUMBER:
		*value = contract->number;
		return OK;
	case CONTRACT_LITERAL:
	case CONTRACT_SHOWS:
		return OK;
	}
	return OK;
}

/* Columns that nobody fills from here stay as somebody wrote them. */
static struct error *
merge(struct act *act, const struct pack *pack, struct row_id id, const struct ledger_value *made,
      size_t count, int64_t *revision, struct ledger_value **all, size_t *all_count)
{
	struct ledger_row row;
	struct ledger_value *kept;
	size_t kept_count, filled = count;
	TRY(ledger_read(&act->look, pack, id, &row));
	TRY(ledger_values(act->look.arena, &row, &kept, &kept_count));
	*revision = row.revision;
	*all = ARENA_ARRAY(act->look.arena, struct ledger_value, count + kept_count + 1);
	for (size_t at = 0; at < count; at++)
		(*all)[at] = made[at];
	for (size_t at = 0; at < kept_count; at++) {
		bool is_made = false;
		for (size_t i = 0; i < count; i++)
			is_made |= text_same(made[i].name, kept[at].name);
		if (!is_made)
			(*all)[filled++] = kept[at];
	}
	*all_count = filled;
	return OK;
}

struct error *
row_put(struct act *act, const struct pack *pack, struct contract_id id)
{
	const struct pack_contracts *rules = pack->contracts;
	struct contract contract;
	struct ledger_value *all;
	struct row_id row;
	int64_t revision;
	size_t count;
	TRY(contract_read(&act->look, pack, id, &contract));
	if (rules->puts == NULL || contract.stage != CONTRACT_RUNNING)
		return OK;
	const struct showing showing = { &act->look, pack, &contract };
	struct ledger_value *made =
		ARENA_ARRAY(act->look.arena, struct ledger_value, rules->columns_count + 1);
	for (size_t at = 0; at < rules->columns_count; at++) {
		made[at].name = rules->columns[at].column->name;
		TRY(column_value(&showing, &rules->columns[at], &made[at].value));
	}
	if (contract.row.no != 0) {
		TRY(merge(act, pack, contract.row, made, rules->columns_count, &revision, &all, &count));
		return ledger_change(act, pack, contract.row, revision, all, count);
	}
	TRY(ledger_add(act, pack, rules->puts, made, rules->columns_count, &row));
	return contract_case_put(act, &(struct contract_case_put_in){ id.no, row.no });
}
