/* The record of an occurrence, and the ledger row it may write. */
#include "duty/rooms.h"

#include "base/json.h"

#include <stdlib.h>

enum { RECORD_MOST_BYTES = 1 << 20 };

static int
value_order(const void *left, const void *right)
{
	const struct ledger_value *a = left, *b = right;
	return text_order(a->name, b->name);
}

static struct text
record_json(struct arena *into, const struct ledger_value *values, size_t count)
{
	struct ledger_value *sorted = ARENA_ARRAY(into, struct ledger_value, count + 1);
	size_t kept = 0;
	for (size_t at = 0; at < count; at++)
		if (values[at].value.len != 0)
			sorted[kept++] = values[at];
	if (kept > 1)
		qsort(sorted, kept, sizeof *sorted, value_order);
	struct writer out = writer_open(into, RECORD_MOST_BYTES);
	struct json json = json_begin(&out);
	json_open_object(&json);
	for (size_t at = 0; at < kept; at++) {
		json_name(&json, sorted[at].name);
		json_text(&json, sorted[at].value);
	}
	json_end(&json);
	return writer_text(&out);
}

struct answering {
	const struct pack_ledger *record;
	const struct ledger_value *values;
	size_t count;
};

static struct when_value
answer(void *with, struct text name)
{
	const struct answering *answering = with;
	const struct pack_field *field = ledger_field(answering->record, name);
	for (size_t at = 0; field != NULL && at < answering->count; at++)
		if (text_same(answering->values[at].name, name))
			return when_value_of(field, answering->values[at].value);
	return (struct when_value){ .kind = WHEN_NONE };
}

/* What is not asked under the other answers is not answered, whatever was typed. */
static void
drop_unasked(const struct pack_ledger *record, struct ledger_value *values, size_t count)
{
	struct answering answering = { record, values, count };
	const struct when_answers answers = { answer, &answering };
	for (size_t at = 0; at < count; at++) {
		const struct pack_field *field = ledger_field(record, values[at].name);
		if (field != NULL && !when_evaluate(field->shown_when, &answers))
			values[at].value = T("");
	}
}

struct error *
record_check(struct look *look, const struct flow *flow, const struct duty_occurrence *occurrence,
	     const struct duty_doing *doing, struct ledger_value **values, size_t *count,
	     struct text *json)
{
	const struct day today = moment_day(look->now);
	struct error *faults = OK;
	if (day_is_none(doing->on))
		return reject("on", "行った日を入力してください。");
	if (doing->on.no > today.no)
		return reject("on", "行った日がまだ来ていません。今日までの日を入力してください。");
	if (text_count(doing->words) > DUTY_MOST_WORDS)
		return reject("words", "%d 文字までで入力してください。", DUTY_MOST_WORDS);
	faults = ledger_check(look, flow->pack, &occurrence->duty->record, (struct row_id){ 0 },
			      doing->typed, doing->typed_count, values, count);
	if (faults != OK)
		return faults;
	drop_unasked(&occurrence->duty->record, *values, *count);
	*json = record_json(look->arena, *values, *count);
	return OK;
}

static struct text
number_of(struct arena *into, int64_t number)
{
	return number == 0 ? T("") : text_format(into, "%lld", (long long)number);
}

/* A value of the record as the column takes it: words where the column is words. */
static struct error *
from_field(struct look *look, const struct pack_duty_column *column,
	   const struct ledger_value *values, size_t count, struct text *value)
{
	*value = T("");
	for (size_t at = 0; at < count; at++)
		if (text_same(values[at].name, column->field->name))
			*value = values[at].value;
	if (column->field->kind == column->column->kind || value->len == 0 ||
	    (column->column->kind != FIELD_TEXT && column->column->kind != FIELD_LONG_TEXT))
		return OK;
	return ledger_show(look, column->field, *value, value);
}

static struct error *
column_value(struct act *act, const struct duty_occurrence *occurrence, struct day on,
	     const struct pack_duty_column *column, struct text *value)
{
	struct look *look = &act->look;
	switch (column->source) {
	case FROM_FIELD:
	case FROM_LITERAL:
		*value = column->literal;
		return OK;
	case FROM_UNIT:
		*value = number_of(look->arena, occurrence->unit.no);
		return OK;
	case FROM_DONE:
		*value = day_iso(look->arena, on);
		if (column->column->kind == FIELD_MOMENT)
			*value = text_format(look->arena, "%.*sT09:00", T_ARG(*value));
		return OK;
	case FROM_PERSON:
		*value = number_of(look->arena, act->actor.person);
		return OK;
	case FROM_DUTY:
		*value = duty_title(look->arena, occurrence);
		return OK;
	case FROM_ROW:
		*value = column->column->kind == FIELD_ASSET || column->column->kind == FIELD_ASSETS
				 ? number_of(look->arena, occurrence->row.no)
				 : occurrence->row_title;
		return OK;
	}
	return OK;
}

/* The body's own duty has no unit: its row belongs to the unit of who did it. */
static struct error *
owner_value(struct act *act, const struct duty_occurrence *occurrence, struct text *value)
{
	struct unit unit = { .id = occurrence->unit };
	if (occurrence->unit.no == 0)
		TRY(people_unit_of(&act->look, (struct person_id){ act->actor.person },
				   moment_day(act->look.now), &unit.id));
	*value = number_of(act->look.arena, unit.id.no);
	return OK;
}

/* The very row the duty is about: its other columns stay as they are. */
static struct error *
change_row(struct act *act, const struct flow *flow, const struct duty_occurrence *occurrence,
	   const struct ledger_value *typed, size_t count)
{
	struct ledger_row row;
	struct ledger_value *kept;
	size_t kept_count;
	TRY(ledger_read(&act->look, flow->pack, occurrence->row, &row));
	TRY(ledger_values(act->look.arena, &row, &kept, &kept_count));
	struct ledger_value *all =
		ARENA_ARRAY(act->look.arena, struct ledger_value, kept_count + count + 1);
	size_t filled = 0;
	for (size_t at = 0; at < count; at++)
		if (typed[at].value.len != 0)
			all[filled++] = typed[at];
	const size_t given = filled;
	for (size_t at = 0; at < kept_count; at++) {
		bool is_given = false;
		for (size_t i = 0; i < given; i++)
			is_given |= text_same(all[i].name, kept[at].name);
		if (!is_given)
			all[filled++] = kept[at];
	}
	return ledger_change(act, flow->pack, row.id, row.revision, all, filled);
}

struct error *
record_put(struct act *act, const struct flow *flow, const struct duty_occurrence *occurrence,
	   struct day on, const struct ledger_value *values, size_t count, struct row_id *put)
{
	const struct pack_duty *duty = occurrence->duty;
	size_t filled = 0;
	bool has_owner = false;
	*put = (struct row_id){ 0 };
	if (duty->puts == NULL)
		return OK;
	struct ledger_value *typed =
		ARENA_ARRAY(act->look.arena, struct ledger_value, duty->columns_count + 1);
	const struct pack_field *owner = duty->puts->owner;
	for (size_t at = 0; at < duty->columns_count; at++) {
		const struct pack_duty_column *column = &duty->columns[at];
		struct ledger_value *one = &typed[filled++];
		one->name = column->column->name;
		if (column->source == FROM_FIELD)
			TRY(from_field(&act->look, column, values, count, &one->value));
		else
			TRY(column_value(act, occurrence, on, column, &one->value));
		if (column->column == owner && one->value.len == 0)
			TRY(owner_value(act, occurrence, &one->value));
		has_owner |= column->column == owner;
	}
	if (duty->puts == duty->each && occurrence->row.no != 0) {
		*put = occurrence->row;
		return change_row(act, flow, occurrence, typed, filled);
	}
	if (owner != NULL && !has_owner) {
		typed[filled].name = owner->name;
		TRY(owner_value(act, occurrence, &typed[filled++].value));
	}
	return ledger_add(act, flow->pack, duty->puts, typed, filled, put);
}
