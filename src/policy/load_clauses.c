#include "policy/rooms.h"

/* The clause tree. Files are read in the order of their names; a parent stands before its
 * parts. */

static const struct node *
clause_nodes(struct reading *reading, const struct node *file, size_t *count)
{
	return file_items(reading, file, "clauses", count);
}

/* The node of the index-th clause over all files; only for faults. */
static const struct node *
clause_node(struct reading *reading, const struct node *const *files, size_t files_count,
	    size_t index)
{
	for (size_t i = 0; i < files_count; i++) {
		size_t count;
		const struct node *at = clause_nodes(reading, files[i], &count);
		for (; at != NULL; at = at->next)
			if (index-- == 0)
				return at;
	}
	return files[0];
}

void
list_clauses(struct reading *reading, const struct node *const *files, size_t files_count)
{
	struct pack *pack = reading->pack;
	size_t total = 0;

	for (size_t i = 0; i < files_count; i++) {
		size_t count;
		(void)clause_nodes(reading, files[i], &count);
		total += count;
	}
	if (total > PACK_MOST_CLAUSES) {
		fault(reading, files[0], "条項が %zu あります。%d までです。", total,
		      PACK_MOST_CLAUSES);
		total = 0;
	}
	pack->clauses = ARENA_ARRAY(reading->into, struct pack_clause, total + 1);
	for (size_t i = 0; i < files_count && total > 0; i++) {
		size_t count;
		const struct node *at = clause_nodes(reading, files[i], &count);
		for (; at != NULL; at = at->next)
			pack->clauses[pack->clauses_count++].id = get_code(reading, at, "id");
	}
	index_clauses(reading->into, pack);
	for (size_t i = 0; i + 1 < pack->clauses_count; i++) {
		const struct named *one = &pack->index->clauses[i];
		const struct pack_clause *second = one[1].thing;
		if (one->name.len == 0 || !text_same(one->name, second->id))
			continue;
		const size_t at = (size_t)(second - pack->clauses); /* not negative */
		fault_twice(reading, clause_node(reading, files, files_count, at), second->id);
	}
}

static void
load_parent(struct reading *reading, const struct node *node, struct pack_clause *clause)
{
	const struct node *under = node_get(node, "under");

	if (under == NULL)
		return;
	const struct pack_clause *parent = refer_clause(reading, under);
	if (parent == NULL)
		return;
	if (parent >= clause) {
		fault(reading, under, "条項「%.*s」は上の条項「%.*s」より後に書いてください。",
		      T_ARG(clause->id), T_ARG(parent->id));
		return;
	}
	clause->parent = parent;
	clause->depth = parent->depth + 1;
	if (clause->depth > PACK_MOST_DEPTH)
		fault(reading, under, "条項の段が深すぎます。%d 段までです。", PACK_MOST_DEPTH);
}

static void
load_duty(struct reading *reading, const struct node *node, struct pack_clause *clause)
{
	static const char *const kinds[] = {
		"heading", "approve", "report", "record", "periodic", "enforce", "detect",
		"convert", "assign",  "attest", "plan",   "physical", NULL};

	static const char *const modalities[] = {"must", "must-not", "may", "endeavour", NULL};

	clause->duty = own_words(reading, node);
	clause->is_duty = true;
	reading->pack->duties_count++;
	if (node_get(node, "en") == NULL)
		fault(reading, node, "条項「%.*s」に英語の文（en）がありません。",
		      T_ARG(clause->id));
	if (node_get(node, "actor") == NULL)
		fault(reading, node, "条項「%.*s」に actor（だれの義務か）がありません。",
		      T_ARG(clause->id));
	if (node_get(node, "kind") == NULL)
		fault(reading, node, "条項「%.*s」に kind がありません。", T_ARG(clause->id));
	clause->actor = REFER(reading, node, "actor", refer_role);
	clause->kind = (enum clause_kind)get_one_of(reading, node, "kind", kinds, 0);
	clause->module = get_code(reading, node, "module");
	clause->form_number = get_code(reading, node, "form");
	clause->is_note = get_yes_no(reading, node, "note", false);
	clause->is_discretionary = get_yes_no(reading, node, "discretionary", false);
	clause->modality =
		(enum modality)get_one_of(reading, node, "modality", modalities, MUST);
	clause->also = refer_roles(reading, node, "also", &clause->also_count);
	load_times(reading, node, clause);
}

/* A heading has nothing that only a duty can have. */
static void
refuse_duty_keys(struct reading *reading, const struct node *node,
		 const struct pack_clause *clause)
{
	static const char *const keys[] = {"actor",    "kind",     "also",
					   "modality", "deadline", "period"};
	const struct node *found = NULL;

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]) && found == NULL; i++)
		found = node_get(node, keys[i]);
	if (found != NULL)
		fault(reading, node,
		      "条項「%.*s」に義務の文（ja）がありません。見出しなら %.*s "
		      "を消してください。",
		      T_ARG(clause->id), T_ARG(found->key->text));
}

static void
load_clause(struct reading *reading, const struct node *node, struct pack_clause *clause)
{
	static const struct key keys[] = {
		{"id", true},      {"number", true},    {"under", false},
		{"title", false},  {"ja", false},       {"en", false},
		{"actor", false},  {"kind", false},     {"module", false},
		{"form", false},   {"note", false},     {"discretionary", false},
		{"also", false},   {"modality", false}, {"deadline", false},
		{"period", false}, {"printed", false},  {"refers", false},
		{"names", false},  {"statutes", false}, {NULL, false},
	};

	if (!shape_map(reading, node, "条項", keys))
		return;
	clause->number = get_text(reading, node, "number");
	clause->title = get_words(reading, node, "title");
	load_parent(reading, node, clause);
	if (node_get(node, "ja") != NULL)
		load_duty(reading, node, clause);
	else
		refuse_duty_keys(reading, node, clause);
	load_cited(reading, node, clause);
	place_keep(reading, clause, node);
}

/* A form the policy names but the pack does not hold yet: said once per form, not per clause.
 */
static void
warn_missing_forms(struct reading *reading, const struct node *const *files, size_t count)
{
	const struct pack *pack = reading->pack;

	for (size_t i = 0; i < pack->clauses_count; i++) {
		const struct text number = pack->clauses[i].form_number;
		bool is_new = number.len > 0 && pack_form(pack, number) == NULL;
		for (size_t j = 0; j < i && is_new; j++)
			is_new = !text_same(pack->clauses[j].form_number, number);
		if (!is_new)
			continue;
		const struct node *node = clause_node(reading, files, count, i);
		warn_at(reading, node, "form-absent",
			"条項「%.*s」の様式第%.*s号がまだ forms/ にありません。",
			T_ARG(pack->clauses[i].id), T_ARG(number));
	}
}

void
load_clauses(struct reading *reading, const struct node *const *files, size_t files_count)
{
	struct pack *pack = reading->pack;
	size_t index = 0;

	for (size_t i = 0; i < files_count && pack->clauses_count > 0; i++) {
		size_t count;
		const struct node *at = clause_nodes(reading, files[i], &count);
		for (; at != NULL; at = at->next)
			load_clause(reading, at, &pack->clauses[index++]);
	}
	if (pack->clauses_count > 0)
		warn_missing_forms(reading, files, files_count);
}
