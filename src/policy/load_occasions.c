#include "policy/rooms.h"

void
list_occasions(struct reading *reading, const struct node *file)
{
	struct pack *pack = reading->pack;
	const struct node *at = file_items(reading, file, "occasions", &pack->occasions_count);

	pack->occasions =
		ARENA_ARRAY(reading->into, struct pack_occasion, pack->occasions_count + 1);
	for (size_t i = 0; at != NULL; at = at->next, i++) {
		const struct text code = get_code(reading, at, "code");
		if (code.len > 0 && pack_occasion(pack, code) != NULL)
			fault_twice(reading, at, code);
		pack->occasions[i].code = code;
	}
}

static void
check_step(struct reading *reading, const struct node *node, const struct pack_step *step)
{
	if (step->role == NULL || is_faulty(reading, "roles.yaml"))
		return;
	if (step->role->scope == SCOPE_EVERYONE)
		fault(reading, node_get(node, "role"),
		      "「%.*s」は全員の役割なので、決裁の段に置けません。",
		      T_ARG(step->role->code));
	if ((step->role->scope == SCOPE_BODY) != (step->whose == WHOSE_BODY))
		fault(reading, node_get(node, "whose"),
		      "役割「%.*s」と whose が合いません。団体に一人の役割は body、ほかは "
		      "applicant か owner です。",
		      T_ARG(step->role->code));
}

static void
load_step(struct reading *reading, const struct node *node, struct pack_step *step,
	  const struct pack_form *form)
{
	static const struct key keys[] = {{"verb", true},   {"role", true},  {"whose", true},
					  {"order", false}, {"when", false}, {"clause", false},
					  {NULL, false}};
	static const char *const verbs[] = {"permission", "consultation", "notification", NULL};
	static const char *const whose[] = {"applicant", "owner", "body", NULL};
	int64_t order = 1;

	if (!shape_map(reading, node, "決裁の段", keys))
		return;
	step->verb = (enum step_verb)get_one_of(reading, node, "verb", verbs, 0);
	step->role = REFER(reading, node, "role", refer_role);
	step->whose = (enum step_whose)get_one_of(reading, node, "whose", whose, 0);
	(void)get_number(reading, node, "order", 1, 20, &order);
	step->order = (int)order; /* between 1 and 20 */
	step->when = get_when(reading, node, "when");
	step->clause = REFER(reading, node, "clause", refer_clause);
	when_check(reading, node, "when", step->when, form);
	if (node_get(node, "whose") != NULL)
		check_step(reading, node, step);
}

static void
load_route(struct reading *reading, const struct node *list, struct pack_occasion *occasion)
{
	if (list == NULL || !shape_list(reading, list, "route"))
		return;
	occasion->steps = ARENA_ARRAY(reading->into, struct pack_step, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next)
		load_step(reading, at, &occasion->steps[occasion->steps_count++],
			  occasion->form);
}

/* A field of the occasion's form, anywhere in it, of one of these kinds. */
static const struct pack_field *
permit_field(struct reading *reading, const struct node *map, const char *key,
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
load_permit(struct reading *reading, const struct node *node, struct pack_occasion *occasion)
{
	static const struct key keys[] = {
		{"usual", false},   {"most", false},    {"period", false}, {"leaves", false},
		{"returns", false}, {"extends", false}, {NULL, false}};
	const struct pack_form *form = occasion->form;
	struct pack_permit *permit = &occasion->permit;
	bool is_permitted = false;

	if (node == NULL || !shape_map(reading, node, "許可証", keys))
		return;
	occasion->has_permit = true;
	permit->usual = REFER(reading, node, "usual", refer_parameter);
	permit->most = REFER(reading, node, "most", refer_parameter);
	permit->period = permit_field(reading, node, "period", form,
				      KIND(FIELD_PERIOD) | KIND(FIELD_DAY));
	permit->leaves = permit_field(reading, node, "leaves", form, KIND(FIELD_MOMENT));
	permit->returns = permit_field(reading, node, "returns", form, KIND(FIELD_MOMENT));
	permit->extends = REFER(reading, node, "extends", refer_role);
	for (size_t i = 0; i < occasion->steps_count; i++)
		is_permitted = is_permitted || occasion->steps[i].verb == STEP_PERMISSION;
	if (!is_permitted)
		fault(reading, node,
		      "許可証があるのに、route に permission "
		      "の段がありません。だれが許可するかを書いてください。");
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
		(void)permit_field(reading, node, "field", form, ~0U);
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
}

static void
load_outcomes(struct reading *reading, const struct node *list, struct pack_occasion *occasion)
{
	if (list == NULL || !shape_list(reading, list, "outcomes"))
		return;
	occasion->outcomes = ARENA_ARRAY(reading->into, struct pack_outcome, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next)
		load_outcome(reading, at, &occasion->outcomes[occasion->outcomes_count++],
			     occasion->form);
}

static void
load_occasion(struct reading *reading, const struct node *node, struct pack_occasion *occasion)
{
	static const struct key keys[] = {
		{"code", true},    {"ja", true},        {"en", true},   {"why", true},
		{"clauses", true}, {"form", false},     {"when", true}, {"route", true},
		{"permit", false}, {"outcomes", false}, {NULL, false},
	};

	if (!shape_map(reading, node, "場面", keys))
		return;
	occasion->title = own_words(reading, node);
	occasion->why = get_words(reading, node, "why");
	occasion->clauses = refer_clauses(reading, node, "clauses", &occasion->clauses_count);
	occasion->form = REFER(reading, node, "form", refer_form);
	occasion->when = get_when(reading, node, "when");
	when_check(reading, node, "when", occasion->when, NULL);
	load_route(reading, node_get(node, "route"), occasion);
	load_permit(reading, node_get(node, "permit"), occasion);
	load_outcomes(reading, node_get(node, "outcomes"), occasion);
}

void
load_occasions(struct reading *reading, const struct node *file)
{
	size_t count;
	const struct node *at = file_items(reading, file, "occasions", &count);

	for (size_t i = 0; at != NULL; at = at->next, i++)
		load_occasion(reading, at, &reading->pack->occasions[i]);
}
