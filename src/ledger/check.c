/* Are these values acceptable for a row of this ledger? All faults come at once. */
#include "ledger/rooms.h"

#include "base/number.h"

struct checking {
	struct look *look;
	const struct pack *pack;
	const struct pack_ledger *ledger;
	struct row_id changing;
	const struct ledger_value *typed;
	size_t typed_count;
	struct ledger_value *values;
	size_t count;
	struct error *faults;
};

static void
add_fault(struct checking *checking, struct error *fault)
{
	error_add(&checking->faults, fault);
}

static const char *
label_of(struct checking *checking, const struct pack_field *field)
{
	return text_z(checking->look->arena, words_now(field->label));
}

static const char *
name_of(struct checking *checking, const struct pack_field *field)
{
	return text_z(checking->look->arena, field->name);
}

static struct when_value
answer(void *with, struct text name)
{
	const struct checking *checking = with;
	const struct pack_field *field = ledger_field(checking->ledger, name);
	const struct text value = value_of(checking->values, checking->count, name);
	if (field == NULL || value.len == 0)
		return (struct when_value){ .kind = WHEN_NONE };
	return when_value_of(field, value);
}

static struct error *
check_unit_exists(struct checking *checking, const struct pack_field *field, struct text number)
{
	struct ledger_unit_exists_row row;
	int64_t id;
	bool found = false;
	if (number_read(number, 1, INT64_MAX, &id))
		TRY(ledger_unit_exists(checking->look, &(struct ledger_unit_exists_in){ id }, &found,
				       &row));
	if (!found)
		return reject(name_of(checking, field), "「%s」の所属が見つかりません。選び直してください。",
			      label_of(checking, field));
	return OK;
}

static struct error *
check_row_exists(struct checking *checking, const struct pack_field *field, struct text number)
{
	struct ledger_row_read_row row;
	int64_t id;
	bool found = false;
	if (number_read(number, 1, INT64_MAX, &id))
		TRY(ledger_row_read(checking->look, &(struct ledger_row_read_in){ id }, &found, &row));
	if (!found || (field->of != NULL && !text_same(row.ledger, field->of->code)))
		return reject(name_of(checking, field), "「%s」に書かれた記録は台帳にありません。",
			      label_of(checking, field));
	return OK;
}

static struct error *
check_person_exists(struct checking *checking, const struct pack_field *field, struct text number)
{
	struct ledger_person_exists_row row;
	int64_t id;
	bool found = false;
	if (number_read(number, 1, INT64_MAX, &id))
		TRY(ledger_person_exists(checking->look, &(struct ledger_person_exists_in){ id },
					 &found, &row));
	if (!found)
		return reject(name_of(checking, field), "「%s」の人が見つかりません。",
			      label_of(checking, field));
	return OK;
}

static struct error *
check_references(struct checking *checking, const struct pack_field *field, struct text value)
{
	struct text item, rest = value;
	if (field->kind == FIELD_PERSON)
		return check_person_exists(checking, field, value);
	if (field->kind == FIELD_UNIT)
		return check_unit_exists(checking, field, value);
	if (field->kind != FIELD_ASSET && field->kind != FIELD_ASSETS)
		return OK;
	while (value_next(&rest, &item))
		TRY(check_row_exists(checking, field, item));
	return OK;
}

static struct error *
read_field(struct checking *checking, const struct pack_field *field, struct text typed)
{
	struct text value;
	TRY(field_read(checking->look->arena, field, typed, &value));
	if (value.len != 0)
		TRY(check_references(checking, field, value));
	checking->values[checking->count++] = (struct ledger_value){ field->name, value };
	return OK;
}

static void
check_required(struct checking *checking)
{
	const struct when_answers answers = { answer, checking };
	for (size_t at = 0; at < checking->ledger->fields_count; at++) {
		const struct pack_field *field = &checking->ledger->fields[at];
		bool has_fault = false;
		for (const struct error *one = checking->faults; one != NULL; one = one->next)
			has_fault = has_fault || text_same(one->field, field->name);
		if (has_fault || !field->is_required ||
		    !when_evaluate(field->shown_when, &answers))
			continue;
		if (value_of(checking->values, checking->count, field->name).len == 0)
			add_fault(checking, reject(name_of(checking, field), "「%s」を入力してください。",
						   label_of(checking, field)));
	}
}

static struct error *
check_serial(struct checking *checking)
{
	const struct pack_field *field = checking->ledger->serial;
	struct ledger_row row;
	bool found;
	if (field == NULL)
		return OK;
	const struct text serial = value_of(checking->values, checking->count, field->name);
	if (serial.len == 0)
		return OK;
	TRY(ledger_by_serial(checking->look, checking->pack, checking->ledger, serial, &found, &row));
	if (found && row.id.no != checking->changing.no)
		add_fault(checking,
			  reject(name_of(checking, field),
				 "同じ「%s」の記録がすでにあります(台帳番号%lld「%.*s」)。番号を確かめてください。",
				 label_of(checking, field), (long long)row.number, T_ARG(row.title)));
	return OK;
}

/* A copy of a copy of … must come to an end. */
static struct error *
check_circle(struct checking *checking, const struct ledger_row *parent)
{
	enum { GENERATIONS_MOST = 50 };
	const struct pack_field *field = checking->ledger->parent;
	struct ledger_row row = *parent;
	for (int at = 0; at < GENERATIONS_MOST; at++) {
		if (row.id.no == checking->changing.no)
			return reject(name_of(checking, field),
				      "自分自身や自分の写しを「%s」にすることはできません。",
				      label_of(checking, field));
		if (row.parent.no == 0)
			return OK;
		TRY(ledger_read(checking->look, checking->pack, row.parent, &row));
	}
	return reject(name_of(checking, field), "写しの写しは%d代までです。", GENERATIONS_MOST);
}

/* Takamatsu 3.2.1.c: what was copied is classified like what it was copied from, or higher. */
static struct error *
check_parent(struct checking *checking)
{
	const struct pack_field *field = checking->ledger->parent;
	const struct pack_field *of_class = checking->ledger->class_field;
	struct ledger_row parent;
	int64_t id;
	if (field == NULL ||
	    !number_read(value_of(checking->values, checking->count, field->name), 1, INT64_MAX, &id))
		return OK;
	TRY(ledger_read(checking->look, checking->pack, (struct row_id){ id }, &parent));
	TRY(check_circle(checking, &parent));
	if (of_class == NULL)
		return OK;
	const struct pack_class *least = class_of(checking->pack, parent.class_code);
	const struct pack_class *given = class_of(
		checking->pack, value_of(checking->values, checking->count, of_class->name));
	if (given->rank < least->rank)
		return reject(name_of(checking, of_class),
			      "元の資産は「%.*s」です。写しは「%.*s」以上の分類にしてください。",
			      T_ARG(words_now(least->name)), T_ARG(words_now(least->name)));
	return OK;
}

static const struct text *
typed_for(const struct checking *checking, struct text name)
{
	for (size_t at = 0; at < checking->typed_count; at++)
		if (text_same(checking->typed[at].name, name))
			return &checking->typed[at].value;
	return NULL;
}

struct error *
ledger_check(struct look *look, const struct pack *pack, const struct pack_ledger *ledger,
	     struct row_id changing, const struct ledger_value *typed, size_t typed_count,
	     struct ledger_value **values, size_t *count)
{
	struct checking checking = {
		.look = look,
		.pack = pack,
		.ledger = ledger,
		.changing = changing,
		.typed = typed,
		.typed_count = typed_count,
		.values = ARENA_ARRAY(look->arena, struct ledger_value, ledger->fields_count + 1),
	};
	for (size_t at = 0; at < ledger->fields_count; at++) {
		const struct text *given = typed_for(&checking, ledger->fields[at].name);
		if (given == NULL)
			continue;
		struct error *fault = read_field(&checking, &ledger->fields[at], *given);
		if (fault != OK && fault->kind != ERROR_INVALID)
			return fault;
		add_fault(&checking, fault);
	}
	check_required(&checking);
	TRY(check_serial(&checking));
	if (checking.faults == OK)
		TRY(check_parent(&checking));
	if (checking.faults != OK)
		return checking.faults;
	*values = checking.values;
	*count = checking.count;
	return OK;
}
