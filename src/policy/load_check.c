#include "policy/rooms.h"

/* checklists.yaml: what is asked in self-checks. */

static const char *const of_names[] = {"person", "section", "system", NULL};

const char *
checklist_of_name(enum checklist_of of)
{
	return of_names[of];
}

static bool
has_item(const struct pack_checklist *made, struct text code)
{
	for (size_t i = 0; i < made->items_count; i++)
		if (text_same(made->items[i].code, code))
			return true;
	return false;
}

static void
load_item(struct reading *reading, const struct node *node, struct pack_checklist *made)
{
	static const struct key keys[] = {{"code", true},  {"ja", true},       {"en", true},
					  {"help", false}, {"clauses", true}, {"na", false},
					  {NULL, false}};
	struct pack_check_item *item = &made->items[made->items_count];

	if (!shape_map(reading, node, "点検の項目", keys))
		return;
	item->code = get_code(reading, node, "code");
	if (item->code.len > 0 && has_item(made, item->code))
		fault_twice(reading, node, item->code);
	item->words = own_words(reading, node);
	item->help = get_words(reading, node, "help");
	item->clauses = refer_clauses(reading, node, "clauses", &item->clauses_count);
	item->may_not_apply = get_yes_no(reading, node, "na", true);
	made->items_count++;
}

/* Who answers, and about what, must go with whom the checklist asks. */
static void
check_asked(struct reading *reading, const struct node *node, const struct pack_checklist *made)
{
	const struct node *by = node_get(node, "by");
	const struct node *ledger = node_get(node, "ledger");

	if (made->of != CHECKLIST_PERSON && by == NULL)
		fault(reading, node, "of: %s には by（だれが答えるかの役割）が要ります。",
		      of_names[made->of]);
	if (made->of == CHECKLIST_PERSON && by != NULL)
		fault(reading, by, "of: person に by は使えません。一人ひとりが答えます。");
	if (made->of == CHECKLIST_SYSTEM && ledger == NULL)
		fault(reading, node, "of: system には ledger（システムの台帳）が要ります。");
	if (made->of != CHECKLIST_SYSTEM && ledger != NULL)
		fault(reading, ledger, "ledger は of: system だけで使えます。");
	if (made->by != NULL && made->by->scope == SCOPE_EVERYONE)
		fault(reading, by, "「%.*s」は全員の役割なので、所属やシステムを代表して答えられません。",
		      T_ARG(made->by->code));
}

static void
load_items(struct reading *reading, const struct node *node, struct pack_checklist *made)
{
	const struct node *list = node_get(node, "items");

	if (list == NULL || !shape_list(reading, list, "items"))
		return;
	if (list->count == 0 || list->count > CHECKLIST_MOST_ITEMS)
		fault(reading, list, "点検の項目は1から%dまでにしてください。三分で答えられる数が目安です。",
		      CHECKLIST_MOST_ITEMS);
	made->items = ARENA_ARRAY(reading->into, struct pack_check_item, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next)
		load_item(reading, at, made);
}

static void
load_checklist(struct reading *reading, const struct node *node, struct pack_checklist *made)
{
	static const struct key keys[] = {
		{"code", true},	  {"ja", true},	  {"en", true},	   {"of", true},
		{"by", false},	  {"ledger", false}, {"clause", false}, {"runs", true},
		{"named", false}, {"items", true},   {NULL, false}};

	if (!shape_map(reading, node, "点検表", keys))
		return;
	place_keep(reading, made, node);
	made->code = get_code(reading, node, "code");
	if (made->code.len > 0 && pack_checklist(reading->pack, made->code) != NULL)
		fault_twice(reading, node, made->code);
	made->name = own_words(reading, node);
	made->of = (enum checklist_of)get_one_of(reading, node, "of", of_names, 0);
	made->by = REFER(reading, node, "by", refer_role);
	made->ledger = REFER(reading, node, "ledger", refer_ledger);
	made->clause = REFER(reading, node, "clause", refer_clause);
	made->runs = refer_roles(reading, node, "runs", &made->runs_count);
	made->named = refer_roles(reading, node, "named", &made->named_count);
	check_asked(reading, node, made);
	load_items(reading, node, made);
}

void
load_checklists(struct reading *reading, const struct node *file)
{
	struct pack *pack = reading->pack;
	size_t count;
	const struct node *at = file_items(reading, file, "checklists", &count);

	pack->checklists = ARENA_ARRAY(reading->into, struct pack_checklist, count + 1);
	for (; at != NULL; at = at->next) {
		load_checklist(reading, at, &pack->checklists[pack->checklists_count]);
		pack->checklists_count++;
	}
}
