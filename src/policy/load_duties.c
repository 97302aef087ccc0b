#include "policy/rooms.h"

/* duties.yaml and duties/: what recurs. */

static const char *const rhythm_names[] = {"months", "every", "needed"};

const char *
duty_rhythm_name(enum duty_rhythm rhythm)
{
	return rhythm_names[rhythm];
}

static unsigned
load_months(struct reading *reading, const struct node *node)
{
	unsigned months = 0;

	if (!shape_list(reading, node, "months"))
		return 0;
	for (const struct node *at = node->first; at != NULL; at = at->next) {
		int month = 0;
		for (int i = 0; at->kind == NODE_TEXT && i < (int)at->text.len && i < 3; i++)
			month = month * 10 + at->text.data[i] - '0';
		if (month < 1 || month > 12)
			fault(reading, at, "月は 1 から 12 までの数で書いてください。");
		else
			months |= 1U << (month - 1);
	}
	if (months == 0)
		fault(reading, node, "months に月がありません。");
	return months;
}

/* Exactly one of months, every and needed says when. */
static void
load_rhythm(struct reading *reading, const struct node *node, struct pack_duty *duty)
{
	const bool is_needed = get_yes_no(reading, node, "needed", false);
	const struct node *months = node_get(node, "months");
	const struct node *every = node_get(node, "every");

	if ((months != NULL) + (every != NULL) + is_needed != 1)
		fault(reading, node,
		      "いつ行うかは months（月）、every（日数のパラメータ）、needed: yes（起きたとき）のどれか一つで書いてください。");
	if (months != NULL)
		duty->months = load_months(reading, months);
	duty->every = refer_time(reading, node, "every", KIND(PARAMETER_DAYS));
	duty->within = refer_time(reading, node, "within", KIND(PARAMETER_DAYS));
	duty->rhythm = is_needed	? RHYTHM_NEEDED
		       : every != NULL ? RHYTHM_EVERY
				       : RHYTHM_MONTHS;
	if (duty->within != NULL && !is_needed)
		fault(reading, node_get(node, "within"),
		      "within は needed: yes の仕事にだけ書けます。");
	if (is_needed && node_get(node, "each") != NULL)
		fault(reading, node_get(node, "each"),
		      "needed: yes の仕事に each は使えません。");
}

static void
load_where(struct reading *reading, const struct node *node, struct pack_duty *duty)
{
	duty->each = REFER(reading, node, "each", refer_ledger);
	duty->where = get_when(reading, node, "where");
	if (node_get(node, "where") != NULL && node_get(node, "each") == NULL)
		fault(reading, node_get(node, "where"),
		      "where は each（台帳）のある仕事にだけ書けます。");
	when_check_row(reading, node, "where", duty->where, duty->each);
	if (duty->each != NULL && duty->each->owner == NULL)
		fault(reading, node_get(node, "each"),
		      "台帳「%.*s」には owner（管理する所属の列）がないので、だれの仕事か決まりません。",
		      T_ARG(duty->each->code));
}

static void
load_record(struct reading *reading, const struct node *node, struct pack_duty *duty)
{
	const struct node *list = node_get(node, "fields");
	size_t i = 0;

	if (list == NULL)
		return;
	duty->record.fields = load_field_list(reading, list, &duty->record.fields_count);
	if (duty->record.fields == NULL)
		return;
	for (const struct node *at = list->first; at != NULL; at = at->next, i++)
		when_check_row(reading, at, "shown-when", duty->record.fields[i].shown_when,
			       &duty->record);
}

static void
load_source(struct reading *reading, const struct node *node, const struct pack_duty *duty,
	    struct pack_duty_column *column)
{
	static const char *const names[] = {"unit", "done", "person", "duty", "row", NULL};
	const struct node *from = node_get(node, "from");
	const struct node *is = node_get(node, "is");

	if ((from != NULL) == (is != NULL)) {
		fault(reading, node,
		      "列に入れるものを from（記録の項目、unit、done、person、duty、row）か is（いつも同じ値）のどちらかで書いてください。");
		return;
	}
	if (is != NULL) {
		column->source = FROM_LITERAL;
		column->literal = get_text(reading, node, "is");
		return;
	}
	column->field = from->kind == NODE_TEXT ? ledger_field(&duty->record, from->text) : NULL;
	column->source = FROM_FIELD;
	if (column->field == NULL)
		column->source = (enum duty_source)(FROM_UNIT +
						    one_of(reading, from, names, 0));
	if (column->source == FROM_ROW && duty->each == NULL)
		fault(reading, from, "row は each（台帳）のある仕事でだけ使えます。");
}

/* The row a finished duty writes. */
static void
load_puts(struct reading *reading, const struct node *node, struct pack_duty *duty)
{
	static const struct key keys[] = {{"ledger", true}, {"columns", true}, {NULL, false}};
	static const struct key column_keys[] = {
		{"column", true}, {"from", false}, {"is", false}, {NULL, false}};
	const struct node *puts = node_get(node, "puts");

	if (puts == NULL || !shape_map(reading, puts, "puts", keys))
		return;
	duty->puts = REFER(reading, puts, "ledger", refer_ledger);
	const struct node *list = node_get(puts, "columns");
	if (duty->puts == NULL || list == NULL || !shape_list(reading, list, "columns"))
		return;
	duty->columns = ARENA_ARRAY(reading->into, struct pack_duty_column, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		struct pack_duty_column *column = &duty->columns[duty->columns_count];
		if (!shape_map(reading, at, "台帳の列", column_keys))
			continue;
		column->column = refer_field(reading, at, "column", duty->puts->fields,
					     duty->puts->fields_count, ~0U);
		load_source(reading, at, duty, column);
		if (column->column != NULL && column->column == duty->puts->serial &&
		    (column->source == FROM_LITERAL || column->source == FROM_DUTY))
			fault(reading, at,
			      "「%.*s」は台帳「%.*s」の二つとない番号です。いつも同じ値は入れられません。記録の項目から入れてください。",
			      T_ARG(column->column->name), T_ARG(duty->puts->code));
		duty->columns_count += column->column != NULL;
	}
}

/* What fulfils it elsewhere, and which of them. */
static void
load_by(struct reading *reading, const struct node *node, struct pack_duty *duty)
{
	const struct node *by = node_get(node, "by");
	const struct node *of = node_get(node, "of");

	if (by != NULL && reading->known->deeds != NULL)
		duty->by = refer_known(reading, by, "ほかで行うこと", reading->known->deeds);
	if (of == NULL)
		return;
	duty->of = get_code(reading, node, "of");
	if (text_is(duty->by, "training.round") ? pack_course(reading->pack, duty->of) == NULL
	    : text_is(duty->by, "check.campaign")
		    ? pack_checklist(reading->pack, duty->of) == NULL
		    : duty->by.len != 0)
		fault(reading, of,
		      "「%.*s」は、by が training.round なら training.yaml の研修、check.campaign なら checklists.yaml の点検表の符号です。ほかの by に of は書けません。",
		      T_ARG(duty->of));
	if (by == NULL)
		fault(reading, of, "of は by のある仕事にだけ書けます。");
}

static void
load_duty(struct reading *reading, const struct node *node, struct pack_duty *duty)
{
	static const struct key keys[] = {
		{"code", true},	   {"ja", true},     {"en", true},    {"help", false},
		{"clauses", true}, {"owner", true},  {"months", false}, {"every", false},
		{"needed", false}, {"within", false}, {"lead", false}, {"escalate", false},
		{"each", false},   {"where", false}, {"by", false},   {"of", false},
		{"fields", false}, {"puts", false},  {NULL, false},
	};
	duty->lead = duty->escalate = -1;
	if (!shape_map(reading, node, "くり返す仕事", keys))
		return;
	place_keep(reading, duty, node);
	duty->code = get_code(reading, node, "code");
	if (duty->code.len > 0 && pack_duty(reading->pack, duty->code) != NULL)
		fault_twice(reading, node, duty->code);
	duty->name = own_words(reading, node);
	duty->help = get_words(reading, node, "help");
	duty->clauses = refer_clauses(reading, node, "clauses", &duty->clauses_count);
	duty->owner = REFER(reading, node, "owner", refer_role);
	if (duty->owner != NULL && duty->owner->scope == SCOPE_EVERYONE)
		fault(reading, node_get(node, "owner"),
		      "「%.*s」は全員の役割です。仕事の担当には、職に付く役割を書いてください。",
		      T_ARG(duty->owner->code));
	(void)get_number(reading, node, "lead", 0, 366, &duty->lead);
	(void)get_number(reading, node, "escalate", 0, 366, &duty->escalate);
	load_rhythm(reading, node, duty);
	load_where(reading, node, duty);
	load_record(reading, node, duty);
	load_puts(reading, node, duty);
	load_by(reading, node, duty);
}

void
load_duties(struct reading *reading, const struct trees *trees)
{
	struct pack *pack = reading->pack;
	const size_t count = items_count(reading, trees, "duties");
	const struct node *at = NULL;

	pack->recurring = ARENA_ARRAY(reading->into, struct pack_duty, count + 1);
	for (size_t i = 0; i < count; i++) {
		at = items_next(reading, trees, "duties", at);
		load_duty(reading, at, &pack->recurring[i]);
		pack->recurring_count = i + 1;
	}
}
