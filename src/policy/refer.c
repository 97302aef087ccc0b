#include "policy/rooms.h"

#include "base/say.h"

/* One function per kind of thing, the same shape: find it, or say so with what is near. */
#define REFER_TO(function, type, find, array, count, member, missing_words) \
	const struct type *function(struct reading *reading, const struct node *node) \
	{ \
		const struct pack *pack = reading->pack; \
		if (node->kind != NODE_TEXT) { \
			fault(reading, node, "ここには名前を一つ書いてください。"); \
			return NULL; \
		} \
		const struct type *found = find(pack, node->text); \
		if (found != NULL) \
			return found; \
		struct text *names = \
			ARENA_ARRAY(reading->scratch, struct text, pack->count + 1); \
		for (size_t i = 0; i < pack->count; i++) \
			names[i] = pack->array[i].member; \
		fault(reading, node, missing_words, T_ARG(node->text), \
		      did_you_mean(reading, node->text, names, pack->count)); \
		return NULL; \
	}

REFER_TO(refer_role, pack_role, pack_role, roles, roles_count, code,
	 "役割「%.*s」は roles.yaml にありません。%s")
REFER_TO(refer_clause, pack_clause, pack_clause, clauses, clauses_count, id,
	 "条項「%.*s」はこの方針にありません。%s")
REFER_TO(refer_form, pack_form, pack_form, forms, forms_count, number,
	 "様式「%.*s」は forms/ にありません。%s")
REFER_TO(refer_ledger, pack_ledger, pack_ledger, ledgers, ledgers_count, code,
	 "台帳「%.*s」は ledgers/ にありません。%s")
REFER_TO(refer_axis, pack_axis, pack_axis, axes, axes_count, code,
	 "分類の軸「%.*s」は classes.yaml にありません。%s")
REFER_TO(refer_parameter, pack_parameter, pack_parameter, parameters, parameters_count, code,
	 "設定値「%.*s」は parameters.yaml にありません。%s")
REFER_TO(refer_occasion, pack_occasion, pack_occasion, occasions, occasions_count, code,
	 "場面「%.*s」は occasions.yaml にありません。%s")
REFER_TO(refer_checklist, pack_checklist, pack_checklist, checklists, checklists_count, code,
	 "点検表「%.*s」は checklists.yaml にありません。%s")

REFER_TO(refer_duty, pack_duty, pack_duty, recurring, recurring_count, code,
	 "くり返す仕事「%.*s」は duties.yaml にありません。%s")

REFER_TO(refer_reconcile, pack_reconcile, pack_reconcile, reconciliations, reconciliations_count,
	 code, "突き合わせ「%.*s」は reconciliations.yaml にありません。%s")

const struct pack_parameter *
refer_time(struct reading *reading, const struct node *map, const char *key, unsigned kinds)
{
	const struct node *node = node_get(map, key);
	const struct pack_parameter *parameter = REFER(reading, map, key, refer_parameter);

	if (parameter == NULL || (KIND(parameter->kind) & kinds) != 0 ||
	    is_faulty(reading, "parameters.yaml"))
		return parameter;
	fault(reading, node,
	      "設定値「%.*s」は種類 %s です。ここには種類 %s の設定値を書いてください。",
	      T_ARG(parameter->code), parameter_kind_name(parameter->kind),
	      kinds == KIND(PARAMETER_DAYS) ? "days" : "days・minutes");
	return NULL;
}

const struct pack_role **
refer_roles(struct reading *reading, const struct node *map, const char *key, size_t *count)
{
	const struct node *node = node_get(map, key);

	*count = 0;
	if (node == NULL || !shape_list(reading, node, "役割の一覧"))
		return NULL;
	const struct pack_role **roles =
		arena_get(reading->into, sizeof(*roles), node->count + 1);
	for (const struct node *at = node->first; at != NULL; at = at->next) {
		const struct pack_role *role = refer_role(reading, at);
		if (role != NULL)
			roles[(*count)++] = role;
	}
	return roles;
}

const struct pack_clause **
refer_clauses(struct reading *reading, const struct node *map, const char *key, size_t *count)
{
	const struct node *node = node_get(map, key);

	*count = 0;
	if (node == NULL || !shape_list(reading, node, "条項の一覧"))
		return NULL;
	const struct pack_clause **clauses =
		arena_get(reading->into, sizeof(*clauses), node->count + 1);
	for (const struct node *at = node->first; at != NULL; at = at->next) {
		const struct pack_clause *clause = refer_clause(reading, at);
		if (clause != NULL)
			clauses[(*count)++] = clause;
	}
	return clauses;
}

struct text
refer_known(struct reading *reading, const struct node *node, const char *what,
	    const char *const *names)
{
	struct text near[128];
	size_t count = 0;

	if (node->kind != NODE_TEXT) {
		fault(reading, node, "ここには名前を一つ書いてください。");
		return T("");
	}
	for (size_t i = 0; names != NULL && names[i] != NULL; i++) {
		if (text_is(node->text, names[i]))
			return text_copy(reading->into, node->text);
		if (count < 128)
			near[count++] = text_of(names[i]);
	}
	fault(reading, node, "%s「%.*s」はこの版の番所にありません。%s", say(what),
	      T_ARG(node->text), did_you_mean(reading, node->text, near, count));
	return T("");
}
