#include "policy/rooms.h"

/* inventory.yaml: things in hand. It may be left out: then nothing is lent or counted here. */

static void
check_twice(struct reading *reading, const struct node *node, const struct pack_inventory *inventory,
	    const struct pack_things *made)
{
	for (size_t i = 0; made->ledger != NULL && i < inventory->things_count; i++)
		if (inventory->things[i].ledger == made->ledger)
			fault(reading, node_get(node, "ledger"),
			      "台帳「%.*s」は二度書かれています。条件（where）を一つにまとめてください。",
			      T_ARG(made->ledger->code));
}

static void
load_things(struct reading *reading, const struct node *list, struct pack_inventory *inventory)
{
	static const struct key keys[] = {
		{"ledger", true}, {"where", false}, {"permit", false}, {NULL, false}};

	inventory->things = ARENA_ARRAY(reading->into, struct pack_things, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "現物のある台帳", keys))
			continue;
		struct pack_things made = {.ledger = REFER(reading, at, "ledger", refer_ledger),
					   .where = get_when(reading, at, "where"),
					   .needs_permit = get_yes_no(reading, at, "permit", true)};
		when_check_row(reading, at, "where", made.where, made.ledger);
		check_twice(reading, at, inventory, &made);
		if (made.ledger != NULL && made.ledger->owner == NULL)
			fault(reading, node_get(at, "ledger"),
			      "台帳「%.*s」には owner（管理する所属の列）がないので、だれが保管するか決まりません。",
			      T_ARG(made.ledger->code));
		if (made.ledger != NULL)
			inventory->things[inventory->things_count++] = made;
	}
	if (list->first == NULL)
		fault(reading, list, "現物のある台帳（things）を一つ以上書いてください。");
}

static void
load_software(struct reading *reading, const struct node *node, struct pack_inventory *inventory)
{
	static const struct key keys[] = {{"ledger", true}, {"until", true},  {"licences", false},
					  {"used", false},  {"warn", false}, {NULL, false}};

	if (!shape_map(reading, node, "ソフトウェア", keys))
		return;
	const struct pack_ledger *ledger = REFER(reading, node, "ledger", refer_ledger);
	inventory->warn = refer_time(reading, node, "warn", KIND(PARAMETER_DAYS));
	if (ledger == NULL)
		return;
	inventory->software = ledger;
	inventory->until = refer_field(reading, node, "until", ledger->fields, ledger->fields_count,
				       KIND(FIELD_DAY));
	if (node_get(node, "licences") != NULL)
		inventory->licences = refer_field(reading, node, "licences", ledger->fields,
						  ledger->fields_count, KIND(FIELD_NUMBER));
	if (node_get(node, "used") != NULL)
		inventory->used = refer_field(reading, node, "used", ledger->fields,
					      ledger->fields_count, KIND(FIELD_NUMBER));
	if ((inventory->licences == NULL) != (inventory->used == NULL))
		fault(reading, node,
		      "ライセンスを数えるには licences（持っている数の列）と used（使っている数の列）の両方が要ります。");
	if (ledger->owner == NULL)
		fault(reading, node_get(node, "ledger"),
		      "台帳「%.*s」には owner（管理する所属の列）がないので、だれが保管するか決まりません。",
		      T_ARG(ledger->code));
}

void
load_inventory(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {{"keeps", true},  {"loan", false},   {"stock", true},
					  {"repair", false}, {"things", true}, {"software", false},
					  {NULL, false}};
	struct pack_inventory *inventory;

	if (file == NULL || !shape_map(reading, file, "ファイル", keys))
		return;
	inventory = ARENA_NEW(reading->into, struct pack_inventory);
	inventory->keeps = REFER(reading, file, "keeps", refer_role);
	inventory->loan = refer_time(reading, file, "loan", KIND(PARAMETER_DAYS));
	inventory->stock = refer_time(reading, file, "stock", KIND(PARAMETER_DAYS));
	inventory->repair = refer_time(reading, file, "repair", KIND(PARAMETER_DAYS));
	if (inventory->keeps != NULL && inventory->keeps->scope == SCOPE_EVERYONE)
		fault(reading, node_get(file, "keeps"),
		      "「%.*s」は全員の役割です。保管する人には、職に付く役割を書いてください。",
		      T_ARG(inventory->keeps->code));
	const struct node *things = node_get(file, "things"), *software = node_get(file, "software");
	if (things != NULL && shape_list(reading, things, "things"))
		load_things(reading, things, inventory);
	if (software != NULL)
		load_software(reading, software, inventory);
	reading->pack->inventory = inventory;
}
