#include "policy/rooms.h"

/* What an occasion leads to: permits, reports, exceptions, and what the machine then does. */

/* A field of the occasion's form, anywhere in it, of one of these kinds. */
const struct pack_field *
refer_form_field(struct reading *reading, const struct node *map, const char *key,
		 const struct pack_form *form, unsigned kinds)
{
	const struct node *node = node_get(map, key);

	if (node == NULL)
		return NULL;
	if (form == NULL) {
		fault(reading, node,
		      "%s には様式の項目を書きますが、この場面に form がありません。", key);
		return NULL;
	}
	size_t count = 0;
	for (size_t i = 0; i < form->sections_count; i++)
		count += form->sections[i].fields_count;
	struct pack_field *fields = ARENA_ARRAY(reading->scratch, struct pack_field, count + 1);
	count = 0;
	for (size_t i = 0; i < form->sections_count; i++)
		for (size_t j = 0; j < form->sections[i].fields_count; j++)
			fields[count++] = form->sections[i].fields[j];
	const struct pack_field *found = refer_field(reading, map, key, fields, count, kinds);
	return found == NULL ? NULL : form_field(form, found->name, NULL);
}

static void
load_scope(struct reading *reading, const struct node *list, struct pack_permit *permit,
	   const struct pack_form *form)
{
	static const struct key keys[] = {{"name", true}, {"field", true}, {NULL, false}};

	if (list == NULL || !shape_list(reading, list, "scope"))
		return;
	permit->scope = ARENA_ARRAY(reading->into, struct pack_scope, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "許可の範囲", keys))
			continue;
		struct pack_scope *scope = &permit->scope[permit->scope_count];
		scope->name = get_code(reading, at, "name");
		scope->field = refer_form_field(reading, at, "field", form, ~0U);
		for (size_t i = 0; i < permit->scope_count; i++)
			if (scope->name.len > 0 &&
			    text_same(permit->scope[i].name, scope->name))
				fault_twice(reading, at, scope->name);
		permit->scope_count++;
	}
}

static void
load_permit(struct reading *reading, const struct node *node, struct pack_occasion *occasion)
{
	static const struct key keys[] = {
		{"usual", false},  {"most", false},    {"period", false},
		{"leaves", false}, {"returns", false}, {"extends", false},
		{"holder", false}, {"scope", false},   {NULL, false}};
	const struct pack_form *form = occasion->form;
	struct pack_permit *permit = &occasion->permit;

	if (node == NULL || !shape_map(reading, node, "許可証", keys))
		return;
	occasion->has_permit = true;
	permit->usual = refer_time(reading, node, "usual", KIND(PARAMETER_DAYS));
	permit->most = refer_time(reading, node, "most", KIND(PARAMETER_DAYS));
	permit->period = refer_form_field(reading, node, "period", form,
					  KIND(FIELD_PERIOD) | KIND(FIELD_DAY));
	permit->leaves = refer_form_field(reading, node, "leaves", form, KIND(FIELD_MOMENT));
	permit->returns = refer_form_field(reading, node, "returns", form, KIND(FIELD_MOMENT));
	permit->extends = REFER(reading, node, "extends", refer_role);
	permit->holder = refer_form_field(reading, node, "holder", form, KIND(FIELD_PERSON));
	load_scope(reading, node_get(node, "scope"), permit, form);
}

static void
load_report(struct reading *reading, const struct node *node, struct pack_occasion *occasion)
{
	static const struct key keys[] = {{"happened", true}, {"within", true}, {NULL, false}};

	if (node == NULL || !shape_map(reading, node, "事後の報告", keys))
		return;
	occasion->has_report = true;
	occasion->report.happened = refer_form_field(reading, node, "happened", occasion->form,
						     KIND(FIELD_MOMENT) | KIND(FIELD_DAY));
	occasion->report.within = refer_time(reading, node, "within",
					     KIND(PARAMETER_DAYS) | KIND(PARAMETER_MINUTES));
}

static void
load_exception(struct reading *reading, const struct node *node, struct pack_occasion *occasion)
{
	static const struct key keys[] = {{"clauses", true},
					  {"measure", false},
					  {"emergency", false},
					  {"ends", false},
					  {NULL, false}};
	struct pack_exception *exception = &occasion->exception;

	if (node == NULL || !shape_map(reading, node, "例外", keys))
		return;
	occasion->has_exception = true;
	exception->clauses =
		refer_form_field(reading, node, "clauses", occasion->form, KIND(FIELD_CLAUSES));
	exception->measure = refer_form_field(reading, node, "measure", occasion->form,
					      KIND(FIELD_TEXT) | KIND(FIELD_LONG_TEXT));
	exception->is_emergency = get_yes_no(reading, node, "emergency", false);
	exception->ends = refer_time(reading, node, "ends", KIND(PARAMETER_DAYS));
	if (!occasion->has_permit)
		fault(reading, node,
		      "例外（exception）は許可証（permit）のある場面にだけ書けます。permit "
		      "も書いてください。");
	else if (exception->is_emergency && node_get(node, "ends") == NULL &&
		 occasion->permit.usual == NULL)
		fault(reading, node,
		      "緊急の例外には ends（終わりが書かれないときの日数）が要ります。");
}

static void
load_argument(struct reading *reading, const struct node *node, struct pack_argument *argument,
	      const struct pack_form *form)
{
	static const struct key keys[] = {
		{"name", true}, {"field", false}, {"value", false}, {NULL, false}};
	const struct node *field = node_get(node, "field");

	if (!shape_map(reading, node, "結果の引数", keys))
		return;
	argument->name = get_code(reading, node, "name");
	argument->is_field = field != NULL;
	argument->value = get_text(reading, node, field != NULL ? "field" : "value");
	if ((field != NULL) == (node_get(node, "value") != NULL))
		fault(reading, node, "field か value のどちらか一つを書いてください。");
	if (field != NULL)
		(void)refer_form_field(reading, node, "field", form, ~0U);
}

/* Does what an argument gives fit into the column it fills? */
static void
check_column(struct reading *reading, const struct node *node,
	     const struct pack_argument *argument, const struct pack_field *column,
	     const struct pack_form *form)
{
	const unsigned texts = KIND(FIELD_TEXT) | KIND(FIELD_LONG_TEXT);
	struct text kept;

	if (!argument->is_field) {
		struct error *error =
			argument->value.len == 0
				? OK
				: field_read(reading->scratch, column, argument->value, &kept);
		if (error != NULL)
			fault(reading, node, "列「%.*s」に「%.*s」は入りません。%.*s",
			      T_ARG(column->name), T_ARG(argument->value), T_ARG(error->words));
		return;
	}
	const struct pack_field *field =
		form == NULL ? NULL : form_field(form, argument->value, NULL);
	if (field == NULL || (KIND(column->kind) & texts) != 0)
		return;
	bool is_fitting = field->kind == column->kind;
	for (size_t i = 0; is_fitting && i < field->choices_count; i++)
		is_fitting = field_choice(column, field->choices[i].code) != NULL;
	if (!is_fitting)
		fault(reading, node,
		      "項目「%.*s」（種類 %s）の答えは列「%.*s」（種類 %s）に入りません。種類と"
		      "選択肢をそろえてください。",
		      T_ARG(field->name), field_kind_name(field->kind), T_ARG(column->name),
		      field_kind_name(column->kind));
}

static void
check_put_column(struct reading *reading, const struct node *node,
		 const struct pack_argument *argument, const struct pack_ledger *ledger,
		 const struct pack_form *form)
{
	struct text names[PACK_MOST_KEYS];
	size_t count = 0;
	const struct pack_field *column = ledger_field(ledger, argument->name);

	if (column != NULL) {
		check_column(reading, node, argument, column, form);
		return;
	}
	for (; count < ledger->fields_count && count < PACK_MOST_KEYS; count++)
		names[count] = ledger->fields[count].name;
	fault(reading, node, "台帳「%.*s」に列「%.*s」はありません。%s", T_ARG(ledger->code),
	      T_ARG(argument->name), did_you_mean(reading, argument->name, names, count));
}

/* ledger.put writes a row: which ledger, and what goes into its columns. */
static void
check_put(struct reading *reading, const struct node *node, const struct pack_outcome *outcome,
	  const struct pack_form *form)
{
	const struct node *with = node_get(node, "with");
	const struct pack_ledger *ledger = NULL;
	size_t i = 0;

	for (const struct node *at = with->first; at != NULL; at = at->next, i++)
		if (text_is(outcome->arguments[i].name, "ledger") &&
		    !outcome->arguments[i].is_field)
			ledger = REFER(reading, at, "value", refer_ledger);
	if (ledger == NULL) {
		fault(reading, node,
		      "ledger.put には、どの台帳に書くかが要ります: {name: ledger, value: "
		      "台帳の符号}");
		return;
	}
	i = 0;
	for (const struct node *at = with->first; at != NULL; at = at->next, i++)
		if (outcome->arguments[i].name.len > 0 &&
		    !text_is(outcome->arguments[i].name, "ledger"))
			check_put_column(reading, at, &outcome->arguments[i], ledger, form);
}

/* A permit comes when it is permitted; before that only where nobody could be asked. */
static void
check_issue(struct reading *reading, const struct node *node,
	    const struct pack_outcome *outcome, const struct pack_occasion *occasion)
{
	const bool is_emergency = occasion->has_exception && occasion->exception.is_emergency;

	if (!occasion->has_permit)
		fault(reading, node,
		      "permit.issue があるのに permit "
		      "がありません。許可証を書くか、permit.issue "
		      "を消してください。");
	else if (outcome->at == AT_SEND && !is_emergency)
		fault(reading, node_get(node, "at"),
		      "送ったときに許可証が出るのは緊急の例外（exception の emergency: "
		      "yes）だけです。grant にしてください。");
}

static void
load_outcome(struct reading *reading, const struct node *node, struct pack_outcome *outcome,
	     const struct pack_form *form)
{
	static const struct key keys[] = {
		{"name", true}, {"at", true}, {"with", false}, {NULL, false}};
	static const char *const moments[] = {"send", "grant", "complete", NULL};
	const struct node *name = node_get(node, "name");
	const struct node *with = node_get(node, "with");

	if (!shape_map(reading, node, "結果", keys))
		return;
	if (name != NULL)
		outcome->name = refer_known(reading, name, "結果", reading->known->outcomes);
	outcome->at = (enum outcome_at)get_one_of(reading, node, "at", moments, 0);
	if (with == NULL || !shape_list(reading, with, "with"))
		return;
	outcome->arguments = ARENA_ARRAY(reading->into, struct pack_argument, with->count + 1);
	for (const struct node *at = with->first; at != NULL; at = at->next)
		load_argument(reading, at, &outcome->arguments[outcome->arguments_count++],
			      form);
	if (text_is(outcome->name, "ledger.put"))
		check_put(reading, node, outcome, form);
}

static void
load_outcomes(struct reading *reading, const struct node *list, struct pack_occasion *occasion)
{
	if (list == NULL || !shape_list(reading, list, "outcomes"))
		return;
	occasion->outcomes = ARENA_ARRAY(reading->into, struct pack_outcome, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		struct pack_outcome *outcome = &occasion->outcomes[occasion->outcomes_count++];
		load_outcome(reading, at, outcome, occasion->form);
		if (text_is(outcome->name, "permit.issue"))
			check_issue(reading, at, outcome, occasion);
	}
}

/* Somebody must have permitted it, but for an emergency, which is told of afterwards. */
static void
check_permitted(struct reading *reading, const struct node *node,
		const struct pack_occasion *occasion)
{
	bool is_permitted = occasion->has_exception && occasion->exception.is_emergency;

	for (size_t i = 0; i < occasion->steps_count; i++)
		is_permitted = is_permitted || occasion->steps[i].verb == STEP_PERMISSION;
	if (occasion->has_permit && !is_permitted)
		fault(reading, node,
		      "許可証があるのに、route に permission "
		      "の段がありません。だれが許可するかを書いてください。");
}

void
load_results(struct reading *reading, const struct node *node, struct pack_occasion *occasion)
{
	const struct node *permit = node_get(node, "permit");

	load_permit(reading, permit, occasion);
	load_report(reading, node_get(node, "report"), occasion);
	load_exception(reading, node_get(node, "exception"), occasion);
	load_outcomes(reading, node_get(node, "outcomes"), occasion);
	if (permit != NULL)
		check_permitted(reading, permit, occasion);
}
