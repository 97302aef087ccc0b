#include "policy/rooms.h"

/* Do the names of a condition exist, and can what they are compared with ever be an answer? */

enum { KNOWN_MOST = 600 };

struct checking {
	struct reading *reading;
	const struct node *node;
	const struct pack_form *form;
	const struct pack_ledger *ledger; /* not NULL: its columns and nothing else */
};

static const struct pack_field *
column_of(const struct pack *pack, struct text column)
{
	for (size_t i = 0; i < pack->ledgers_count; i++) {
		const struct pack_field *field = ledger_field(&pack->ledgers[i], column);
		if (field != NULL)
			return field;
	}
	return NULL;
}

/* The field a name stands for, or NULL; an axis gives *axis instead. */
static const struct pack_field *
name_find(const struct checking *checking, struct text name, const struct pack_axis **axis)
{
	const struct pack *pack = checking->reading->pack;
	const struct pack_field *field = NULL;

	*axis = NULL;
	if (checking->ledger != NULL) {
		field = ledger_field(checking->ledger, name);
		if (field != NULL && field->kind == FIELD_CLASS)
			*axis = field->axis;
		return field;
	}
	if (text_starts(name, T("asset.")))
		return column_of(pack, text_from(name, T("asset.").len));
	if (checking->form != NULL)
		field = form_field(checking->form, name, NULL);
	if (field == NULL)
		field = pack_question(pack, name);
	if (field != NULL && field->kind == FIELD_CLASS)
		*axis = field->axis;
	if (field == NULL)
		*axis = pack_axis(pack, name);
	return field;
}

static size_t
add_fields(struct text *names, size_t count, size_t most, const struct pack_field *fields,
	   size_t fields_count)
{
	for (size_t i = 0; i < fields_count && count < most; i++)
		names[count++] = fields[i].name;
	return count;
}

/* What the condition may speak of, for hints. */
static size_t
names_known(const struct checking *checking, struct text *names)
{
	struct reading *reading = checking->reading;
	const struct pack *pack = reading->pack;
	size_t count = 0;

	if (checking->ledger != NULL)
		return add_fields(names, count, KNOWN_MOST, checking->ledger->fields,
				  checking->ledger->fields_count);
	count = add_fields(names, count, 100, pack->questions, pack->questions_count);
	for (size_t i = 0; i < pack->axes_count && count < 120; i++)
		names[count++] = pack->axes[i].code;
	for (size_t i = 0; checking->form != NULL && i < checking->form->sections_count; i++)
		count = add_fields(names, count, 400, checking->form->sections[i].fields,
				   checking->form->sections[i].fields_count);
	for (size_t i = 0; i < pack->ledgers_count; i++)
		for (size_t j = 0; j < pack->ledgers[i].fields_count && count < KNOWN_MOST; j++)
			names[count++] = text_format(reading->scratch, "asset.%.*s",
						     T_ARG(pack->ledgers[i].fields[j].name));
	return count;
}

static void
check_one_name(void *with, struct text name)
{
	const struct checking *checking = with;
	struct reading *reading = checking->reading;
	const struct pack_axis *axis;
	struct text names[KNOWN_MOST];

	if (name_find(checking, name, &axis) != NULL || axis != NULL)
		return;
	const size_t count = names_known(checking, names);
	fault(reading, checking->node, "条件の名前「%.*s」が分かりません。%s", T_ARG(name),
	      did_you_mean(reading, name, names, count));
}

static void
check_code(const struct checking *checking, struct text name, struct text code,
	   const struct text *codes, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (text_same(codes[i], code))
			return;
	fault(checking->reading, checking->node, "「%.*s」の答えに「%.*s」はありません。%s",
	      T_ARG(name), T_ARG(code), did_you_mean(checking->reading, code, codes, count));
}

static void
check_one_test(void *with, struct text name, const struct when_value *literal)
{
	const struct checking *checking = with;
	struct text codes[PACK_MOST_KEYS];
	size_t count = 0;
	const struct pack_axis *axis;
	const struct pack_field *field = name_find(checking, name, &axis);

	if (field != NULL && field->kind == FIELD_CLASS)
		axis = field->axis;
	if (axis != NULL)
		for (; count < axis->values_count && count < PACK_MOST_KEYS; count++)
			codes[count] = axis->values[count].code;
	else if (field != NULL)
		for (; count < field->choices_count && count < PACK_MOST_KEYS; count++)
			codes[count] = field->choices[count].code;
	if (count > 0)
		check_code(checking, name, literal->text, codes, count);
	else if (field != NULL &&
		 (field->kind == FIELD_YES_NO) != (literal->kind == WHEN_YES_NO))
		fault(checking->reading, checking->node,
		      "「%.*s」は種類 %s です。yes・no は種類 yes-no "
		      "の項目とだけ比べられます。",
		      T_ARG(name), field_kind_name(field->kind));
	else if (field != NULL &&
		 (field->kind == FIELD_NUMBER) != (literal->kind == WHEN_NUMBER))
		fault(checking->reading, checking->node,
		      "「%.*s」は種類 %s です。数は種類 number の項目とだけ比べられます。",
		      T_ARG(name), field_kind_name(field->kind));
}

void
when_check(struct reading *reading, const struct node *map, const char *key,
	   const struct when *when, const struct pack_form *form)
{
	struct checking checking = {
		.reading = reading, .node = node_get(map, key), .form = form};

	if (when == NULL || checking.node == NULL)
		return;
	when_names(when, check_one_name, &checking);
	when_tests(when, check_one_test, &checking);
}

void
when_check_row(struct reading *reading, const struct node *map, const char *key,
	       const struct when *when, const struct pack_ledger *ledger)
{
	struct checking checking = {
		.reading = reading, .node = node_get(map, key), .ledger = ledger};

	if (when == NULL || checking.node == NULL || ledger == NULL)
		return;
	when_names(when, check_one_name, &checking);
	when_tests(when, check_one_test, &checking);
}
