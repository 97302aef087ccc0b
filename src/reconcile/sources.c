/* The named sources, and a side's set read from one of them. */
#include "reconcile/rooms.h"

/* A reader for each name of policy/sources.c; a set's rows come in an order that does not change by itself. */
static const struct {
	const char *name;
	source_reader *read;
} sources[] = {
	{ "ledger", source_ledger },   { "permits", source_permits }, { "outings", source_outings },
	{ "items", source_items },     { "people", source_people },	  { "workers", source_workers },
	{ "everyone", source_everyone }, { "all-permits", source_all_permits },
	{ "contract-workers", source_contract_workers }, { "named", source_named },
	{ "handovers", source_handovers }, { "visits", source_visits },
	{ "loans", source_loans },
};

/* ---- Values a reader has at hand ---- */

struct ledger_value
named_text(const char *name, struct text value)
{
	return (struct ledger_value){ text_of(name), value };
}

struct ledger_value
named_day(struct arena *into, const char *name, int64_t day)
{
	return named_text(name, day == 0 || day_is_none((struct day){ day })
					? T("")
					: day_iso(into, (struct day){ day }));
}

struct ledger_value
named_moment(struct arena *into, const char *name, int64_t ms)
{
	return named_text(name, ms == 0 ? T("") : moment_local(into, (struct moment){ ms }));
}

struct ledger_value
named_number(struct arena *into, const char *name, int64_t number)
{
	return named_text(name, text_number(into, number));
}

struct ledger_value
named_yes(const char *name, bool is_yes)
{
	return named_text(name, is_yes ? T("yes") : T("no"));
}

/* ---- Filling ---- */

static struct text
value_of(const struct ledger_value *values, size_t count, struct text name)
{
	for (size_t at = 0; at < count; at++)
		if (text_same(values[at].name, name))
			return values[at].value;
	return T("");
}

struct answering {
	const struct pack_ledger *shape;
	const struct ledger_value *values;
	size_t count;
};

static struct when_value
answer(void *with, struct text name)
{
	const struct answering *answering = with;
	const struct pack_field *field = ledger_field(answering->shape, name);
	const struct text value = value_of(answering->values, answering->count, name);
	if (field == NULL || value.len == 0)
		return (struct when_value){ .kind = WHEN_NONE };
	return when_value_of(field, value);
}

static bool
holds(const struct filling *filling, const struct ledger_value *values, size_t count)
{
	struct answering answering = { filling->side->shape, values, count };
	const struct when_answers answers = { answer, &answering };
	return when_evaluate(filling->side->where, &answers);
}

/* Numbers that stand for a unit, a person or a row come as what they are called. */
static struct error *
in_words(struct filling *filling, const struct pack_field *field, struct text value, struct text *words)
{
	const bool is_named = field->kind == FIELD_UNIT || field->kind == FIELD_PERSON ||
			      field->kind == FIELD_ASSET || field->kind == FIELD_ASSETS;
	if (is_named && value.len != 0)
		return ledger_show(filling->look, field, value, words);
	*words = value;
	return OK;
}

static struct text *
next_row(struct filling *filling)
{
	struct reconcile_set *set = filling->set;
	if (set->count == filling->room) {
		const size_t room = filling->room == 0 ? 256 : filling->room * 2;
		struct text *grown =
			ARENA_ARRAY(filling->look->arena, struct text, room * set->columns + 1);
		for (size_t at = 0; at < set->count * set->columns; at++)
			grown[at] = set->cells[at];
		set->cells = grown;
		filling->room = room;
	}
	return &set->cells[set->count++ * set->columns];
}

struct error *
filling_add(struct filling *filling, const struct ledger_value *values, size_t count)
{
	struct arena *arena = filling->look->arena;
	if (!holds(filling, values, count))
		return OK;
	if (filling->set->count == RECONCILE_MOST_ROWS)
		return reject("file", "「%.*s」が%d行を超えました。条件で絞ってください。",
			      T_ARG(words_now(filling->side->name)), RECONCILE_MOST_ROWS);
	struct text *cells = next_row(filling);
	for (size_t at = 0; at < filling->columns_count; at++) {
		const struct pack_field *field = filling->columns[at];
		struct text words;
		TRY(in_words(filling, field, value_of(values, count, field->name), &words));
		cells[at] = text_copy(arena, words);
	}
	return OK;
}

struct error *
reconcile_source_read(struct look *look, const struct flow *flow, const struct pack_reconcile *of,
	     enum pack_side side, struct reconcile_set *set)
{
	struct filling filling = { .look = look, .flow = flow, .of = of, .side = &of->sides[side],
				   .set = set };
	filling.columns_count = reconcile_columns(of, side, filling.columns);
	*set = (struct reconcile_set){ .columns = filling.columns_count };
	set->names = ARENA_ARRAY(look->arena, struct text, set->columns + 1);
	for (size_t at = 0; at < set->columns; at++)
		set->names[at] = filling.columns[at]->name;
	for (size_t at = 0; at < sizeof sources / sizeof *sources; at++)
		if (text_is(text_of(filling.side->source->name), sources[at].name))
			return sources[at].read(&filling);
	return broken("突き合わせの元「%s」を読む部分がありません。", filling.side->source->name);
}

/* ---- Ledgers ---- */

static struct error *
take_row(void *with, const struct ledger_row *row)
{
	struct filling *filling = with;
	struct ledger_value *values;
	size_t count;
	TRY(ledger_values(filling->look->arena, row, &values, &count));
	return filling_add(filling, values, count);
}

struct error *
source_ledger(struct filling *filling)
{
	const struct ledger_query query = { .state = ROW_LIVING };
	return ledger_each(filling->look, filling->flow->pack, filling->side->ledger, &query, take_row,
			   filling);
}
