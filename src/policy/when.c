#include "policy/rooms.h"
#include "policy/when.h"

#include "base/number.h"

static struct when_value
operand_value(const struct operand *operand, const struct when_answers *answers)
{
	if (!operand->is_name)
		return operand->values[0];
	if (answers == NULL || answers->answer == NULL)
		return (struct when_value){.kind = WHEN_NONE};
	return answers->answer(answers->with, operand->name);
}

static bool
class_rank(const struct pack_axis *axis, struct text code, int64_t *rank)
{
	const struct pack_class *class = axis_value(axis, code);

	if (class == NULL)
		return false;
	*rank = class->rank;
	return true;
}

static bool
list_is_only(struct text list, struct text item)
{
	struct text rest = list;
	struct text first = {"", 0};
	struct text other;

	return value_next(&rest, &first) && !value_next(&rest, &other) &&
	       text_same(first, item);
}

/* -1, 0, 1 in *order when the two can be put in order; false otherwise. */
static bool
values_order(const struct when_value *a, const struct when_value *b, int *order)
{
	const struct pack_axis *axis = a->kind == WHEN_CLASS ? a->axis : b->axis;
	const bool is_class = a->kind == WHEN_CLASS || b->kind == WHEN_CLASS;
	int64_t x = a->number;
	int64_t y = b->number;

	if (is_class) {
		if (a->text.len == 0 || b->text.len == 0 || !class_rank(axis, a->text, &x) ||
		    !class_rank(axis, b->text, &y))
			return false;
	} else if (a->kind != b->kind || a->kind == WHEN_NONE || a->kind == WHEN_LIST) {
		return false;
	} else if (a->kind == WHEN_TEXT) {
		const int texts = text_order(a->text, b->text);
		*order = (texts > 0) - (texts < 0);
		return true;
	}
	*order = (x > y) - (x < y);
	return true;
}

static bool
values_equal(const struct when_value *a, const struct when_value *b)
{
	int order;

	if (a->kind == WHEN_LIST && b->kind == WHEN_LIST)
		return text_same(a->text, b->text);
	if (a->kind == WHEN_LIST && b->kind == WHEN_TEXT)
		return list_is_only(a->text, b->text);
	if (b->kind == WHEN_LIST && a->kind == WHEN_TEXT)
		return list_is_only(b->text, a->text);
	return values_order(a, b, &order) && order == 0;
}

static bool
is_in(const struct when_node *node, const struct when_answers *answers)
{
	const struct when_value left = operand_value(&node->left, answers);

	if (!node->right.is_name) {
		for (size_t i = 0; i < node->right.values_count; i++)
			if (values_equal(&left, &node->right.values[i]))
				return true;
		return false;
	}
	const struct when_value right = operand_value(&node->right, answers);
	if (right.kind != WHEN_LIST)
		return left.kind != WHEN_NONE && values_equal(&left, &right);
	struct text rest = right.text;
	struct text item;
	while (left.text.len > 0 && value_next(&rest, &item))
		if (text_same(item, left.text))
			return true;
	return false;
}

static bool
is_true(const struct when_value *value)
{
	switch (value->kind) {
	case WHEN_NONE:
		return false;
	case WHEN_NUMBER:
	case WHEN_YES_NO:
		return value->number != 0;
	case WHEN_TEXT:
	case WHEN_CLASS:
	case WHEN_LIST:
		return value->text.len > 0;
	}
	return false;
}

static bool
compares(const struct when_node *node, const struct when_answers *answers)
{
	const struct when_value left = operand_value(&node->left, answers);
	const struct when_value right = operand_value(&node->right, answers);
	int order = 0;

	if (node->op == OP_EQUAL)
		return values_equal(&left, &right);
	if (node->op == OP_UNEQUAL)
		return !values_equal(&left, &right);
	if (!values_order(&left, &right, &order))
		return false;
	if (node->op == OP_LESS)
		return order < 0;
	if (node->op == OP_LESS_EQUAL)
		return order <= 0;
	if (node->op == OP_MORE)
		return order > 0;
	return order >= 0;
}

static bool
node_true(const struct when_node *node, const struct when_answers *answers)
{
	switch (node->op) {
	case OP_OR:
		return node_true(node->first, answers) || node_true(node->second, answers);
	case OP_AND:
		return node_true(node->first, answers) && node_true(node->second, answers);
	case OP_NOT:
		return !node_true(node->first, answers);
	case OP_BARE: {
		const struct when_value value = operand_value(&node->left, answers);
		return is_true(&value);
	}
	case OP_IN:
		return is_in(node, answers);
	case OP_EQUAL:
	case OP_UNEQUAL:
	case OP_LESS:
	case OP_LESS_EQUAL:
	case OP_MORE:
	case OP_MORE_EQUAL:
		return compares(node, answers);
	}
	return false;
}

bool
when_evaluate(const struct when *when, const struct when_answers *answers)
{
	return when == NULL || node_true(when->root, answers);
}

struct text
when_source(const struct when *when)
{
	return when == NULL ? T("") : when->source;
}

struct walk {
	void (*name)(void *with, struct text name);
	void (*test)(void *with, struct text name, const struct when_value *literal);
	void *with;
};

static void
walk_pair(const struct operand *name, const struct operand *literals, const struct walk *walk)
{
	if (walk->test == NULL || !name->is_name || literals->is_name)
		return;
	for (size_t i = 0; i < literals->values_count; i++)
		walk->test(walk->with, name->name, &literals->values[i]);
}

static void
walk_node(const struct when_node *node, const struct walk *walk)
{
	if (node == NULL)
		return;
	walk_node(node->first, walk);
	walk_node(node->second, walk);
	if (walk->name != NULL && node->left.is_name)
		walk->name(walk->with, node->left.name);
	if (walk->name != NULL && node->right.is_name)
		walk->name(walk->with, node->right.name);
	walk_pair(&node->left, &node->right, walk);
	walk_pair(&node->right, &node->left, walk);
}

void
when_names(const struct when *when, void (*each)(void *with, struct text name), void *with)
{
	const struct walk walk = {.name = each, .with = with};

	if (when != NULL)
		walk_node(when->root, &walk);
}

void
when_tests(const struct when *when,
	   void (*each)(void *with, struct text name, const struct when_value *literal),
	   void *with)
{
	const struct walk walk = {.test = each, .with = with};

	if (when != NULL)
		walk_node(when->root, &walk);
}

struct when_value
when_value_of(const struct pack_field *field, struct text value)
{
	struct when_value made = {.kind = WHEN_TEXT, .text = value};

	if (value.len == 0)
		return (struct when_value){.kind = WHEN_NONE};
	switch (field->kind) {
	case FIELD_NUMBER:
		made.kind = number_read(value, INT64_MIN, INT64_MAX, &made.number) ? WHEN_NUMBER
										   : WHEN_NONE;
		break;
	case FIELD_YES_NO:
		made.kind = WHEN_YES_NO;
		made.number = text_is(value, "yes");
		break;
	case FIELD_CLASS:
		made.kind = WHEN_CLASS;
		made.axis = field->axis;
		break;
	case FIELD_CHOICES:
	case FIELD_ASSETS:
	case FIELD_SERIALS:
		made.kind = WHEN_LIST;
		break;
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
	case FIELD_DAY:
	case FIELD_MOMENT:
	case FIELD_PERIOD:
	case FIELD_CHOICE:
	case FIELD_ASSET:
	case FIELD_PERSON:
	case FIELD_UNIT:
	case FIELD_FILE:
	case FIELD_CLAUSES:
		break;
	}
	return made;
}
