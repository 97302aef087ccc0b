#include "policy/rooms.h"

/* sign-in.yaml: who must show what. It may be left out: then a password is enough. */

enum { KINDS_MOST = 2 };

static int64_t
load_kinds(struct reading *reading, const struct node *node)
{
	int64_t kinds = 1;
	(void)get_number(reading, node, "kinds", 1, KINDS_MOST, &kinds);
	return kinds;
}

static void
load_zones(struct reading *reading, const struct node *list, struct pack_sign_in *sign_in)
{
	static const struct key keys[] = {{"code", true},  {"ja", true},      {"en", true},
					  {"kinds", true}, {"clause", false}, {NULL, false}};

	sign_in->zones = ARENA_ARRAY(reading->into, struct pack_zone, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "区域", keys))
			continue;
		const struct text code = get_code(reading, at, "code");
		for (size_t i = 0; i < sign_in->zones_count; i++)
			if (text_same(sign_in->zones[i].code, code))
				fault_twice(reading, at, code);
		sign_in->zones[sign_in->zones_count++] = (struct pack_zone){
			.code = code,
			.name = own_words(reading, at),
			.kinds = load_kinds(reading, at),
			.clause = REFER(reading, at, "clause", refer_clause),
		};
	}
}

/* Exactly one of two keys says of what it is. */
static void
must_have_one(struct reading *reading, const struct node *node, const char *one, const char *other)
{
	if ((node_get(node, one) != NULL) == (node_get(node, other) != NULL))
		fault(reading, node, "%s か %s のどちらか一つを書いてください。", one, other);
}

static void
load_demands(struct reading *reading, const struct node *list, struct pack_sign_in *sign_in)
{
	static const struct key keys[] = {
		{"role", false}, {"right", false}, {"kinds", true}, {"clause", false}, {NULL, false}};

	sign_in->demands = ARENA_ARRAY(reading->into, struct pack_demand, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "サインインの要求", keys))
			continue;
		struct pack_demand *demand = &sign_in->demands[sign_in->demands_count++];
		must_have_one(reading, at, "role", "right");
		demand->role = REFER(reading, at, "role", refer_role);
		if (node_get(at, "right") != NULL)
			demand->right = refer_known(reading, node_get(at, "right"), "権限",
						    reading->known->rights);
		demand->kinds = load_kinds(reading, at);
		demand->clause = REFER(reading, at, "clause", refer_clause);
	}
}

static void
load_least(struct reading *reading, const struct node *node, struct pack_weight *weight)
{
	const struct node *least = node_get(node, "least");

	weight->axis = REFER(reading, node, "axis", refer_axis);
	if (weight->axis == NULL || least == NULL || least->kind != NODE_TEXT)
		return;
	weight->least = axis_value(weight->axis, least->text);
	if (weight->least == NULL)
		fault(reading, least, "分類「%.*s」はこの軸にありません。", T_ARG(least->text));
}

static void
load_weights(struct reading *reading, const struct node *list, struct pack_sign_in *sign_in)
{
	static const struct key keys[] = {{"occasion", false},
					  {"axis", false},
					  {"least", false},
					  {"clause", false},
					  {NULL, false}};

	sign_in->weights = ARENA_ARRAY(reading->into, struct pack_weight, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "決裁の前の本人確認", keys))
			continue;
		struct pack_weight *weight = &sign_in->weights[sign_in->weights_count++];
		must_have_one(reading, at, "occasion", "axis");
		if ((node_get(at, "axis") != NULL) != (node_get(at, "least") != NULL))
			fault(reading, at, "axis と least は一緒に書いてください。");
		weight->occasion = REFER(reading, at, "occasion", refer_occasion);
		load_least(reading, at, weight);
		weight->clause = REFER(reading, at, "clause", refer_clause);
	}
}

static void
load_recovery(struct reading *reading, const struct node *node, struct pack_sign_in *sign_in)
{
	static const struct key keys[] = {{"roles", true}, {"clause", false}, {NULL, false}};

	if (!shape_map(reading, node, "サインインの回復", keys))
		return;
	sign_in->recovers = refer_roles(reading, node, "roles", &sign_in->recovers_count);
	sign_in->recovery_clause = REFER(reading, node, "clause", refer_clause);
}

void
load_sign_in(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {{"zones", false},
					  {"demands", false},
					  {"step-up", false},
					  {"recovery", false},
					  {NULL, false}};
	const struct {
		const char *key;
		void (*load)(struct reading *, const struct node *, struct pack_sign_in *);
	} lists[] = {{"zones", load_zones}, {"demands", load_demands}, {"step-up", load_weights}};
	struct pack_sign_in *sign_in = &reading->pack->sign_in;

	if (file == NULL || !shape_map(reading, file, "ファイル", keys))
		return;
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		const struct node *list = node_get(file, lists[i].key);
		if (list != NULL && shape_list(reading, list, lists[i].key))
			lists[i].load(reading, list, sign_in);
	}
	if (node_get(file, "recovery") != NULL)
		load_recovery(reading, node_get(file, "recovery"), sign_in);
}
