#include "policy/rooms.h"

/* What a clause leaves open in time, and what it cites: other clauses, roles, acts. */

static struct words
load_time(struct reading *reading, const struct node *map, const char *key, const char *number,
	  unsigned kinds, const struct pack_parameter **parameter)
{
	const struct key keys[] = {{"ja", true}, {"en", true}, {number, false}, {NULL, false}};
	const struct node *node = node_get(map, key);

	if (node == NULL || !shape_map(reading, node, "期限と周期", keys))
		return (struct words){T_INIT(""), T_INIT("")};
	*parameter = refer_time(reading, node, number, kinds);
	return own_words(reading, node);
}

void
load_times(struct reading *reading, const struct node *node, struct pack_clause *clause)
{
	const unsigned days = KIND(PARAMETER_DAYS);

	clause->deadline_words = load_time(reading, node, "deadline", "within",
					   days | KIND(PARAMETER_MINUTES), &clause->deadline);
	clause->period_words =
		load_time(reading, node, "period", "every", days, &clause->period);
}

static void
load_references(struct reading *reading, const struct node *list, struct pack_clause *clause)
{
	static const struct key keys[] = {
		{"printed", true}, {"subject", false}, {"to", false}, {NULL, false}};

	if (list == NULL || !shape_list(reading, list, "refers"))
		return;
	clause->references = ARENA_ARRAY(reading->into, struct pack_reference, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		struct pack_reference *reference =
			&clause->references[clause->references_count];
		if (!shape_map(reading, at, "条項の引用", keys))
			continue;
		reference->printed = get_text(reading, at, "printed");
		reference->subject = get_printed(reading, at, "subject");
		reference->to = REFER(reading, at, "to", refer_clause);
		place_keep(reading, reference, at);
		clause->references_count++;
	}
}

static void
load_statutes(struct reading *reading, const struct node *list, struct pack_clause *clause)
{
	static const struct key keys[] = {{"name", true}, {"number", true}, {NULL, false}};

	if (list == NULL || !shape_list(reading, list, "statutes"))
		return;
	clause->statutes = ARENA_ARRAY(reading->into, struct pack_statute, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		struct pack_statute *statute = &clause->statutes[clause->statutes_count];
		if (!shape_map(reading, at, "法令の引用", keys))
			continue;
		statute->name = get_text(reading, at, "name");
		statute->number = get_text(reading, at, "number");
		place_keep(reading, statute, at);
		clause->statutes_count++;
	}
}

void
load_cited(struct reading *reading, const struct node *node, struct pack_clause *clause)
{
	clause->printed = get_printed(reading, node, "printed");
	load_references(reading, node_get(node, "refers"), clause);
	clause->roles_named = get_texts(reading, node, "names", &clause->roles_named_count);
	load_statutes(reading, node_get(node, "statutes"), clause);
}
