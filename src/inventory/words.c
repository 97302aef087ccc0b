/* Names and words; what several files ask of a row. */
#include "inventory/rooms.h"

static const char *const thing_words[THING_STATES] = { N_("保管中"),	N_("貸出中"),
						       N_("修理に出している"), N_("持ち出し中"),
						       N_("所在不明"), N_("台帳から除いた") };
static const char *const item_names[ITEM_STATES] = { "open", "seen", "away", "gone", "extra", "stray" };
static const char *const item_words[ITEM_STATES] = { N_("まだ見ていない"), N_("あった"),
						     N_("記録のとおり外にある"), N_("見つからない"),
						     N_("この課の台帳にない"), N_("どの台帳にもない") };
static const char *const trouble_names[AMISS_KINDS] = { "overdue", "gone", "held", "support", "licences" };

const char *
thing_state_words(enum thing_state state)
{
	return say(thing_words[state]);
}

const char *
item_state_name(enum item_state state)
{
	return item_names[state];
}

const char *
item_state_words(enum item_state state)
{
	return say(item_words[state]);
}

const char *
inventory_trouble_name(enum inventory_trouble_kind kind)
{
	return trouble_names[kind];
}

struct text
inventory_about_take(struct arena *into, struct take_id id)
{
	return text_format(into, "take:%lld", (long long)id.no);
}

struct text
about_thing(struct arena *into, struct row_id row)
{
	return text_format(into, "asset:%lld", (long long)row.no);
}

struct text
ledger_place(struct arena *into, const struct pack *pack, struct text ledger, int64_t number)
{
	const struct pack_ledger *of = pack_ledger(pack, ledger);
	return text_format(into, "%.*s %lld", T_ARG(of != NULL ? words_now(of->name) : ledger),
			   (long long)number);
}

struct text
tidy_words(struct text words)
{
	return text_trim(words);
}

struct error *
words_are(struct text words, const char *field, const char *what, size_t most)
{
	if (text_trim(words).len == 0)
		return reject(field, "%sを書いてください。", what);
	if (text_count(words) > most)
		return reject(field, "%sは%zu文字までにしてください。", what, most);
	return OK;
}

struct moment
end_of_day(struct day day)
{
	return (struct moment){ day_begin(day_plus(day, 1)).ms - 1 };
}

struct error *
inventory_rules(const struct flow *flow, const struct pack_inventory **rules)
{
	*rules = flow->pack->inventory;
	if (*rules == NULL)
		return missing("この団体の方針には、物品の決まり（inventory.yaml）がありません。");
	return OK;
}

const struct pack_things *
things_of(struct arena *arena, const struct pack *pack, const struct ledger_row *row)
{
	const struct pack_inventory *rules = pack->inventory;
	for (size_t at = 0; rules != NULL && at < rules->things_count; at++) {
		const struct pack_things *things = &rules->things[at];
		struct ledger_value *values;
		struct ledger_answers holding = { .ledger = things->ledger };
		if (things->ledger != row->ledger)
			continue;
		if (things->where == NULL)
			return things;
		struct error *error = ledger_values(arena, row, &values, &holding.count);
		holding.values = values;
		return error == OK && when_evaluate(things->where, &(struct when_answers){ ledger_answer, &holding })
			       ? things
			       : NULL;
	}
	return NULL;
}
