#include "policy/rooms.h"

/* Roles, classes and parameters: the words the rest of the pack is written in. */

void
list_roles(struct reading *reading, const struct node *file)
{
	struct pack *pack = reading->pack;
	const struct node *at = file_items(reading, file, "roles", &pack->roles_count);

	pack->roles = ARENA_ARRAY(reading->into, struct pack_role, pack->roles_count + 1);
	for (size_t i = 0; at != NULL; at = at->next, i++) {
		const struct text code = get_code(reading, at, "code");
		if (code.len > 0 && pack_role(pack, code) != NULL)
			fault_twice(reading, at, code);
		pack->roles[i].code = code;
	}
}

static void
load_role(struct reading *reading, const struct node *node, struct pack_role *role)
{
	static const struct key keys[] = {
		{"code", true},       {"ja", true},
		{"en", true},         {"short", false},
		{"scope", true},      {"appointed", false},
		{"above", false},     {"must-be-held", false},
		{"collegial", false}, {"clause", false},
		{"privileged", false}, {NULL, false},
	};
	static const char *const scopes[] = {"body",   "bureau",   "section",
					     "system", "everyone", NULL};

	if (!shape_map(reading, node, "役割", keys))
		return;
	role->name = own_words(reading, node);
	place_keep(reading, role, node);
	role->short_name = get_words(reading, node, "short");
	if (role->short_name.ja.len == 0)
		role->short_name = role->name;
	role->scope = (enum role_scope)get_one_of(reading, node, "scope", scopes, 0);
	role->appointed = get_words(reading, node, "appointed");
	role->above = REFER(reading, node, "above", refer_role);
	role->must_be_held = get_yes_no(reading, node, "must-be-held", false);
	role->is_collegial = get_yes_no(reading, node, "collegial", false);
	role->is_privileged = get_yes_no(reading, node, "privileged", false);
	role->clause = REFER(reading, node, "clause", refer_clause);
}

void
load_roles(struct reading *reading, const struct node *file)
{
	struct pack *pack = reading->pack;
	size_t count;
	const struct node *first = file_items(reading, file, "roles", &count);
	size_t i = 0;

	for (const struct node *at = first; at != NULL; at = at->next)
		load_role(reading, at, &pack->roles[i++]);
	i = 0;
	for (const struct node *at = first; at != NULL; at = at->next, i++) {
		size_t steps = 0;
		const struct pack_role *above = pack->roles[i].above;
		while (above != NULL && steps++ <= pack->roles_count)
			above = above->above;
		if (above != NULL)
			fault(reading, at,
			      "役割「%.*s」の above をたどると元に戻ります。一番上の役割の "
			      "above を消してください。",
			      T_ARG(pack->roles[i].code));
	}
}

void
list_axes(struct reading *reading, const struct node *file)
{
	struct pack *pack = reading->pack;
	const struct node *at = file_items(reading, file, "axes", &pack->axes_count);

	pack->axes = ARENA_ARRAY(reading->into, struct pack_axis, pack->axes_count + 1);
	for (size_t i = 0; at != NULL; at = at->next, i++) {
		const struct text code = get_code(reading, at, "code");
		if (code.len > 0 && pack_axis(pack, code) != NULL)
			fault_twice(reading, at, code);
		pack->axes[i].code = code;
	}
}

static unsigned
load_moments(struct reading *reading, const struct node *map)
{
	static const char *const names[] = {"create",  "store",   "send", "carry",
					    "outside", "dispose", NULL};
	const struct node *list = node_get(map, "moments");
	unsigned bits = 0;

	if (list == NULL || !shape_list(reading, list, "moments"))
		return 0;
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		const int bit = one_of(reading, at, names, -1);
		if (bit >= 0)
			bits |= 1U << (unsigned)bit; /* not negative */
	}
	return bits;
}

static struct pack_criterion *
load_criteria(struct reading *reading, const struct node *list, size_t *count)
{
	static const struct key keys[] = {
		{"ja", true}, {"en", true}, {"clause", false}, {NULL, false}};

	*count = 0;
	if (list == NULL || !shape_list(reading, list, "criteria"))
		return NULL;
	struct pack_criterion *criteria =
		ARENA_ARRAY(reading->into, struct pack_criterion, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "分類の基準", keys))
			continue;
		criteria[(*count)++] = (struct pack_criterion){
			.words = own_words(reading, at),
			.clause = REFER(reading, at, "clause", refer_clause),
		};
	}
	return criteria;
}

static struct pack_rule *
load_rules(struct reading *reading, const struct node *list, size_t *count)
{
	static const struct key keys[] = {
		{"ja", true}, {"en", true}, {"clause", true}, {"moments", true}, {NULL, false}};

	*count = 0;
	if (list == NULL || !shape_list(reading, list, "rules"))
		return NULL;
	struct pack_rule *rules = ARENA_ARRAY(reading->into, struct pack_rule, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "取扱いの決まり", keys))
			continue;
		rules[(*count)++] = (struct pack_rule){
			.words = own_words(reading, at),
			.clause = REFER(reading, at, "clause", refer_clause),
			.moments = load_moments(reading, at),
		};
	}
	return rules;
}

static void
load_class(struct reading *reading, const struct node *node, struct pack_class *class, int rank)
{
	static const struct key keys[] = {
		{"code", true},      {"ja", true},     {"en", true}, {"mark", false},
		{"criteria", false}, {"rules", false}, {NULL, false}};

	if (!shape_map(reading, node, "分類の値", keys))
		return;
	class->name = own_words(reading, node);
	class->mark = get_words(reading, node, "mark");
	if (class->mark.ja.len == 0)
		class->mark = class->name;
	class->rank = rank;
	class->criteria =
		load_criteria(reading, node_get(node, "criteria"), &class->criteria_count);
	class->rules = load_rules(reading, node_get(node, "rules"), &class->rules_count);
}

static void
load_values(struct reading *reading, const struct node *list, struct pack_axis *axis)
{
	axis->values = ARENA_ARRAY(reading->into, struct pack_class, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		const struct text code = get_code(reading, at, "code");
		if (code.len > 0 && axis_value(axis, code) != NULL)
			fault_twice(reading, at, code);
		struct pack_class *class = &axis->values[axis->values_count];
		class->code = code;
		load_class(reading, at, class, (int)(list->count - axis->values_count));
		axis->values_count++;
	}
}

static void
load_unclassified(struct reading *reading, const struct node *node, struct pack_axis *axis)
{
	const struct node *named = node_get(node, "unclassified");
	struct text names[PACK_MOST_KEYS];
	size_t count = 0;

	if (axis->values_count == 0) {
		fault(reading, node,
		      "分類の軸には値が一つ以上要ります。values に書いてください。");
		return;
	}
	axis->unclassified = &axis->values[0];
	if (named == NULL || named->kind != NODE_TEXT)
		return;
	const struct pack_class *class = axis_value(axis, named->text);
	for (; count < axis->values_count && count < PACK_MOST_KEYS; count++)
		names[count] = axis->values[count].code;
	if (class == NULL)
		fault(reading, named, "分類「%.*s」はこの軸にありません。%s",
		      T_ARG(named->text), did_you_mean(reading, named->text, names, count));
	else
		axis->unclassified = class;
}

void
load_axes(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {
		{"code", true},          {"ja", true}, {"en", true}, {"values", true},
		{"unclassified", false}, {NULL, false}};
	size_t count;
	const struct node *at = file_items(reading, file, "axes", &count);

	for (size_t i = 0; at != NULL; at = at->next, i++) {
		struct pack_axis *axis = &reading->pack->axes[i];
		if (!shape_map(reading, at, "分類の軸", keys))
			continue;
		axis->name = own_words(reading, at);
		const struct node *values = node_get(at, "values");
		if (values != NULL && shape_list(reading, values, "values"))
			load_values(reading, values, axis);
		load_unclassified(reading, at, axis);
	}
	if (file != NULL && reading->pack->axes_count == 0)
		fault(reading, file, "分類の軸が一つもありません。axes に書いてください。");
}

void
list_parameters(struct reading *reading, const struct node *file)
{
	struct pack *pack = reading->pack;
	const struct node *at =
		file_items(reading, file, "parameters", &pack->parameters_count);

	pack->parameters =
		ARENA_ARRAY(reading->into, struct pack_parameter, pack->parameters_count + 1);
	for (size_t i = 0; at != NULL; at = at->next, i++) {
		const struct text code = get_code(reading, at, "code");
		if (code.len > 0 && pack_parameter(pack, code) != NULL)
			fault_twice(reading, at, code);
		pack->parameters[i].code = code;
	}
}

static void
load_parameter(struct reading *reading, const struct node *node,
	       struct pack_parameter *parameter)
{
	static const struct key keys[] = {
		{"code", true},  {"ja", true},      {"en", true},
		{"kind", true},  {"usual", true},   {"least", false},
		{"most", false}, {"clause", false}, {NULL, false},
	};
	static const char *const kinds[] = {"days", "minutes", "count", "yes-no", NULL};
	const int64_t widest = 1000000000;

	if (!shape_map(reading, node, "設定値", keys))
		return;
	parameter->name = own_words(reading, node);
	place_keep(reading, parameter, node);
	parameter->kind = (enum parameter_kind)get_one_of(reading, node, "kind", kinds, 0);
	parameter->clause = REFER(reading, node, "clause", refer_clause);
	if (parameter->kind == PARAMETER_YES_NO) {
		parameter->most = 1;
		parameter->usual = get_yes_no(reading, node, "usual", false);
		return;
	}
	parameter->most = widest;
	(void)get_number(reading, node, "least", 0, widest, &parameter->least);
	(void)get_number(reading, node, "most", 0, widest, &parameter->most);
	if (parameter->least > parameter->most)
		fault(reading, node, "least（%lld）が most（%lld）より大きくなっています。",
		      (long long)parameter->least, (long long)parameter->most);
	else
		(void)get_number(reading, node, "usual", parameter->least, parameter->most,
				 &parameter->usual);
}

void
load_parameters(struct reading *reading, const struct node *file)
{
	size_t count;
	const struct node *at = file_items(reading, file, "parameters", &count);

	for (size_t i = 0; at != NULL; at = at->next, i++)
		load_parameter(reading, at, &reading->pack->parameters[i]);
}
