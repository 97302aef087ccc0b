/*
 * Rules of evidence about values: what a column of a ledger must hold in every row (the settings of
 * the body's systems), measured against a number, a parameter or an answer.
 */
#include "policy/rooms.h"

#include "base/number.h"

static bool
is_a_number(const struct node *node)
{
	int64_t number;
	return number_read(node->text, INT64_MIN, INT64_MAX, &number);
}

static void
load_bound(struct reading *reading, const struct node *node, const char *key,
	   struct evidence_bound *bound)
{
	const struct node *value = node_get(node, key);

	if (value == NULL)
		return;
	bound->is_there = true;
	if (is_a_number(value)) {
		(void)get_number(reading, node, key, 0, 1000000000, &bound->number);
		return;
	}
	bound->parameter = refer_parameter(reading, value);
	if (bound->parameter != NULL && bound->parameter->kind == PARAMETER_YES_NO)
		fault(reading, value, "%s には、数か、数のパラメータを書いてください。", key);
}

/* An answer that this column can have. */
static void
check_is(struct reading *reading, const struct node *node, const struct pack_evidence *rule)
{
	const struct pack_field *column = rule->column;
	const struct node *is = node_get(node, "is");

	if (column->kind == FIELD_YES_NO && (text_is(rule->is, "yes") || text_is(rule->is, "no")))
		return;
	for (size_t i = 0; i < column->choices_count; i++)
		if (text_same(column->choices[i].code, rule->is))
			return;
	fault(reading, is, "「%.*s」の答えに「%.*s」はありません。", T_ARG(column->name),
	      T_ARG(rule->is));
}

static void
check_asked(struct reading *reading, const struct node *node, const struct pack_evidence *rule)
{
	const bool has_bounds = rule->at_least.is_there || rule->at_most.is_there;
	const bool is_number = rule->column->kind == FIELD_NUMBER;

	if (is_number != has_bounds || is_number == (rule->is.len != 0))
		fault(reading, node, "列「%.*s」には、%s を書いてください。",
		      T_ARG(rule->column->name), is_number ? "least / most" : "is");
	else if (!is_number)
		check_is(reading, node, rule);
}

void
load_values_rule(struct reading *reading, const struct node *node, struct pack_evidence *rule)
{
	const struct pack_ledger *ledger = rule->ledger;

	if (ledger == NULL) {
		if (node_get(node, "ledger") == NULL)
			fault(reading, node, "証拠の種類 values には ledger が要ります。");
		return;
	}
	rule->column = refer_field(reading, node, "column", ledger->fields, ledger->fields_count,
				   KIND(FIELD_NUMBER) | KIND(FIELD_YES_NO) | KIND(FIELD_CHOICE));
	rule->looked = refer_field(reading, node, "looked", ledger->fields, ledger->fields_count,
				   KIND(FIELD_DAY));
	load_bound(reading, node, "least", &rule->at_least);
	load_bound(reading, node, "most", &rule->at_most);
	rule->is = node_get(node, "is") == NULL ? T("") : get_text(reading, node, "is");
	if (rule->column != NULL)
		check_asked(reading, node, rule);
	if ((node_get(node, "looked") == NULL) != (node_get(node, "within") == NULL))
		fault(reading, node,
		      "within（日数のパラメータ）と looked（値を確かめた日の列）は、いっしょに書いてください。");
	if (ledger->owner == NULL)
		fault(reading, node_get(node, "ledger"),
		      "台帳「%.*s」に owner の列がないので、だれが直すかが分かりません。",
		      T_ARG(ledger->code));
}
