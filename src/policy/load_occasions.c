#include "policy/rooms.h"

/* Occasions: when, who may apply, who decides. What follows from it is in load_permits.c. */

void
list_occasions(struct reading *reading, const struct trees *trees)
{
	struct pack *pack = reading->pack;
	const struct node *at = NULL;
	const size_t count = items_count(reading, trees, "occasions");

	pack->occasions = ARENA_ARRAY(reading->into, struct pack_occasion, count + 1);
	for (size_t i = 0; i < count; i++) {
		at = items_next(reading, trees, "occasions", at);
		const struct text code = get_code(reading, at, "code");
		if (code.len > 0 && pack_occasion(pack, code) != NULL)
			fault_twice(reading, at, code);
		pack->occasions[i].code = code;
		pack->occasions_count = i + 1;
	}
}

/* A field of the form or a question that tells whose role is meant. */
static const struct pack_field *
step_field(struct reading *reading, const struct node *map, const struct pack_form *form)
{
	const unsigned kinds = KIND(FIELD_UNIT) | KIND(FIELD_ASSET) | KIND(FIELD_ASSETS);
	const struct node *node = node_get(map, "field");
	const struct pack *pack = reading->pack;

	if (node == NULL)
		return NULL;
	const bool is_question =
		node->kind == NODE_TEXT && pack_question(pack, node->text) != NULL;
	if (form != NULL && !(is_question && form_field(form, node->text, NULL) == NULL))
		return refer_form_field(reading, map, "field", form, kinds);
	return refer_field(reading, map, "field", pack->questions, pack->questions_count,
			   kinds);
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
		      "applicant・owner・field のどれかです。",
		      T_ARG(step->role->code));
}

static void
load_step(struct reading *reading, const struct node *node, struct pack_step *step,
	  const struct pack_form *form)
{
	static const struct key keys[] = {{"verb", true},   {"role", true},  {"whose", true},
					  {"order", false}, {"when", false}, {"clause", false},
					  {"field", false}, {NULL, false}};
	static const char *const verbs[] = {"permission", "consultation", "notification", NULL};
	static const char *const whose[] = {"applicant", "owner", "body", "field", NULL};
	int64_t order = 1;

	if (!shape_map(reading, node, "決裁の段", keys))
		return;
	step->verb = (enum step_verb)get_one_of(reading, node, "verb", verbs, 0);
	place_keep(reading, step, node);
	step->role = REFER(reading, node, "role", refer_role);
	step->whose = (enum step_whose)get_one_of(reading, node, "whose", whose, 0);
	step->field = step_field(reading, node, form);
	if ((step->whose == WHOSE_FIELD) != (node_get(node, "field") != NULL))
		fault(reading, node,
		      "whose: field と field（どの項目か）は、いつも一緒に"
		      "書いてください。");
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

/* Permits that must be there before; their own needs are known only when all are read. */
static void
load_needs(struct reading *reading, const struct node *list, struct pack_occasion *occasion)
{
	if (list == NULL || !shape_list(reading, list, "needs"))
		return;
	occasion->needs = arena_get(reading->into, sizeof(*occasion->needs), list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		const struct pack_occasion *needed = refer_occasion(reading, at);
		if (needed != NULL)
			occasion->needs[occasion->needs_count++] = needed;
	}
}

static void
load_by(struct reading *reading, const struct node *node, struct pack_occasion *occasion)
{
	const struct node *list = node_get(node, "by");

	occasion->by = refer_roles(reading, node, "by", &occasion->by_count);
	for (const struct node *at = list == NULL ? NULL : list->first; at != NULL;
	     at = at->next) {
		const struct pack_role *role =
			at->kind == NODE_TEXT ? pack_role(reading->pack, at->text) : NULL;
		if (role != NULL && role->scope == SCOPE_EVERYONE &&
		    !is_faulty(reading, "roles.yaml"))
			fault(reading, at,
			      "「%.*s」は全員の役割です。だれでも申請できるなら by "
			      "を消してください。",
			      T_ARG(role->code));
	}
}

static void
load_occasion(struct reading *reading, const struct node *node, struct pack_occasion *occasion)
{
	static const struct key keys[] = {
		{"code", true},     {"ja", true},        {"en", true},         {"why", true},
		{"clauses", true},  {"form", false},     {"when", true},       {"route", true},
		{"permit", false},  {"outcomes", false}, {"by", false},        {"needs", false},
		{"offered", false}, {"report", false},   {"exception", false}, {NULL, false},
	};

	if (!shape_map(reading, node, "場面", keys))
		return;
	place_keep(reading, occasion, node);
	occasion->title = own_words(reading, node);
	occasion->why = get_words(reading, node, "why");
	occasion->clauses = refer_clauses(reading, node, "clauses", &occasion->clauses_count);
	occasion->form = REFER(reading, node, "form", refer_form);
	occasion->when = get_when(reading, node, "when");
	when_check(reading, node, "when", occasion->when, NULL);
	load_by(reading, node, occasion);
	load_needs(reading, node_get(node, "needs"), occasion);
	occasion->is_offered = get_yes_no(reading, node, "offered", true);
	load_route(reading, node_get(node, "route"), occasion);
	load_results(reading, node, occasion);
}

/* Does following the needs of an occasion lead back to it? */
static bool
needs_itself(struct reading *reading, const struct pack_occasion *occasion)
{
	const struct pack *pack = reading->pack;
	bool *is_seen = ARENA_ARRAY(reading->scratch, bool, pack->occasions_count + 1);
	const struct pack_occasion **waiting =
		arena_get(reading->scratch, sizeof(*waiting), pack->occasions_count + 1);
	size_t count = 0;

	waiting[count++] = occasion;
	while (count > 0) {
		const struct pack_occasion *at = waiting[--count];
		for (size_t i = 0; i < at->needs_count; i++) {
			const size_t no = (size_t)(at->needs[i] - pack->occasions); /* >= 0 */
			if (at->needs[i] == occasion)
				return true;
			if (!is_seen[no])
				waiting[count++] = at->needs[i];
			is_seen[no] = true;
		}
	}
	return false;
}

static void
check_needs(struct reading *reading, const struct node *node,
	    const struct pack_occasion *occasion)
{
	const struct node *list = node_get(node, "needs");

	for (const struct node *at = list == NULL ? NULL : list->first; at != NULL;
	     at = at->next) {
		const struct pack_occasion *needed =
			at->kind == NODE_TEXT ? pack_occasion(reading->pack, at->text) : NULL;
		if (needed != NULL && !needed->has_permit)
			fault(reading, at,
			      "場面「%.*s」には許可証（permit）がありません。needs "
			      "には許可証の出る場面を書いてください。",
			      T_ARG(needed->code));
	}
	if (list != NULL && needs_itself(reading, occasion))
		fault(reading, list,
		      "場面「%.*s」の needs をたどると元に戻ります。どれかの needs "
		      "から消してください。",
		      T_ARG(occasion->code));
}

void
load_occasions(struct reading *reading, const struct trees *trees)
{
	struct pack *pack = reading->pack;
	const struct node *at = NULL;

	for (size_t i = 0; i < pack->occasions_count; i++) {
		at = items_next(reading, trees, "occasions", at);
		load_occasion(reading, at, &pack->occasions[i]);
	}
	at = NULL;
	for (size_t i = 0; i < pack->occasions_count; i++) {
		at = items_next(reading, trees, "occasions", at);
		check_needs(reading, at, &pack->occasions[i]);
	}
}
