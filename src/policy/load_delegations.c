#include "policy/rooms.h"

/* What standing delegation the policy allows, and how long personal data is kept. */

static const char *const retained_names[] = {"person", NULL};

const char *
retained_name(enum retained kind)
{
	return retained_names[kind];
}

static bool
permits(const struct pack_occasion *occasion, const struct pack_role *role)
{
	for (size_t i = 0; i < occasion->steps_count; i++)
		if (occasion->steps[i].verb == STEP_PERMISSION &&
		    occasion->steps[i].role == role)
			return true;
	return false;
}

/* Nobody gives on what the policy has not given them. */
static void
check_held(struct reading *reading, const struct node *node, const struct pack_delegation *made,
	   const struct pack_power *power)
{
	const struct pack_occasion *occasion = power->occasion;

	if (made->from == NULL || occasion == NULL)
		return;
	if (power->kind == POWER_PERMIT && !permits(occasion, made->from))
		fault(reading, node,
		      "「%.*s」は場面「%.*s」を許可する役割ではありません。持っていない権限は委任で"
		      "きません。route に permission の段をもつ役割を from に書いてください。",
		      T_ARG(made->from->code), T_ARG(occasion->code));
	if (power->kind == POWER_EXTEND && occasion->permit.extends != made->from)
		fault(reading, node,
		      "「%.*s」は場面「%.*s」の許可を延長する役割ではありません。持っていない権限は"
		      "委任できません。permit の extends にある役割を from に書いてください。",
		      T_ARG(made->from->code), T_ARG(occasion->code));
}

static void
load_power(struct reading *reading, const struct node *node, const struct pack_delegation *made,
	   struct pack_power *power)
{
	static const struct key keys[] = {
		{"occasion", true}, {"does", true}, {"when", false}, {NULL, false}};
	static const char *const kinds[] = {"permit", "extend", NULL};

	if (!shape_map(reading, node, "委任する権限", keys))
		return;
	power->occasion = REFER(reading, node, "occasion", refer_occasion);
	power->kind = (enum power_kind)get_one_of(reading, node, "does", kinds, 0);
	power->when = get_when(reading, node, "when");
	if (power->occasion != NULL)
		when_check(reading, node, "when", power->when, power->occasion->form);
	if (!is_faulty(reading, "roles.yaml"))
		check_held(reading, node, made, power);
}

static bool
stands_above(const struct pack_role *role, const struct pack_role *below)
{
	int steps = 0;

	for (; below != NULL && steps < 100; below = below->above, steps++)
		if (below == role)
			return true;
	return false;
}

static void
check_to(struct reading *reading, const struct node *node, const struct pack_delegation *made)
{
	const struct pack_role *from = made->from;
	const struct pack_role *to = made->to;

	if (from == NULL || to == NULL || is_faulty(reading, "roles.yaml"))
		return;
	if (to->scope == SCOPE_EVERYONE)
		fault(reading, node, "「%.*s」は全員の役割なので、権限を委任できません。",
		      T_ARG(to->code));
	else if (stands_above(to, from))
		fault(reading, node,
		      "「%.*s」は「%.*s」と同じか、その上の役割です。委任は下の役割にしてください。",
		      T_ARG(to->code), T_ARG(from->code));
	else if (from->scope == SCOPE_BODY && to->scope != SCOPE_BODY)
		fault(reading, node,
		      "「%.*s」は団体に一人の役割なので、委任を受けるのも団体に一人の役割（scope: "
		      "body）にしてください。",
		      T_ARG(from->code));
}

static void
load_delegation(struct reading *reading, const struct node *node, struct pack_delegation *made)
{
	static const struct key keys[] = {{"code", true},   {"ja", true},     {"en", true},
					  {"from", true},   {"to", true},     {"powers", true},
					  {"most", false},  {"clause", true}, {NULL, false}};
	const struct node *list = node_get(node, "powers");

	if (!shape_map(reading, node, "委任", keys))
		return;
	place_keep(reading, made, node);
	made->code = get_code(reading, node, "code");
	if (made->code.len > 0 && pack_delegation(reading->pack, made->code) != NULL)
		fault_twice(reading, node, made->code);
	made->name = own_words(reading, node);
	made->from = REFER(reading, node, "from", refer_role);
	made->to = REFER(reading, node, "to", refer_role);
	made->most = refer_time(reading, node, "most", KIND(PARAMETER_DAYS));
	made->clause = REFER(reading, node, "clause", refer_clause);
	if (node_get(node, "to") != NULL)
		check_to(reading, node_get(node, "to"), made);
	if (list == NULL || !shape_list(reading, list, "powers"))
		return;
	made->powers = ARENA_ARRAY(reading->into, struct pack_power, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next)
		load_power(reading, at, made, &made->powers[made->powers_count++]);
}

void
load_delegations(struct reading *reading, const struct node *file)
{
	struct pack *pack = reading->pack;
	size_t count;
	const struct node *at = file_items(reading, file, "delegations", &count);

	pack->delegations = ARENA_ARRAY(reading->into, struct pack_delegation, count + 1);
	for (; at != NULL; at = at->next) {
		load_delegation(reading, at, &pack->delegations[pack->delegations_count]);
		pack->delegations_count++;
	}
}

void
load_retention(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {{"keep", true}, {"ja", true},     {"en", true},
					  {"days", true}, {"clause", false}, {NULL, false}};
	struct pack *pack = reading->pack;
	size_t count;
	const struct node *at = file_items(reading, file, "retention", &count);

	pack->retentions = ARENA_ARRAY(reading->into, struct pack_retention, count + 1);
	for (; at != NULL; at = at->next) {
		struct pack_retention *made = &pack->retentions[pack->retentions_count];
		if (!shape_map(reading, at, "保存の決まり", keys))
			continue;
		made->kind = (enum retained)get_one_of(reading, at, "keep", retained_names, 0);
		if (pack_retention(pack, made->kind) != NULL)
			fault_twice(reading, at, text_of(retained_names[made->kind]));
		made->why = own_words(reading, at);
		made->days = refer_time(reading, at, "days", KIND(PARAMETER_DAYS));
		made->clause = REFER(reading, at, "clause", refer_clause);
		place_keep(reading, made, at);
		pack->retentions_count++;
	}
}
