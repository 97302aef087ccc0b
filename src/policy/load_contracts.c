#include "policy/rooms.h"

/* contracts.yaml: how work is given out. It may be left out: then contracts are not kept here. */

static const char *const shows_names[] = {"title",  "unit",	 "firm",  "work",  "kind",
					  "class",  "system",	 "period", "until", "items",
					  "absent", "chain",	 "explained", "checked", "found",
					  "number", NULL};

const char *
contract_shows_name(enum contract_shows shows)
{
	return shows < CONTRACT_LITERAL ? shows_names[shows] : "is";
}

static void
load_kinds(struct reading *reading, const struct node *list, struct pack_contracts *contracts)
{
	static const struct key keys[] = {{"code", true}, {"ja", true}, {"en", true}, {NULL, false}};

	contracts->kinds = ARENA_ARRAY(reading->into, struct pack_contract_kind, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "委託の種類", keys))
			continue;
		const struct pack_contract_kind made = {.code = get_code(reading, at, "code"),
							.name = own_words(reading, at)};
		if (pack_contract_kind(contracts, made.code) != NULL)
			fault_twice(reading, at, made.code);
		contracts->kinds[contracts->kinds_count++] = made;
	}
	if (contracts->kinds_count == 0)
		fault(reading, list, "委託の種類（kinds）を一つ以上書いてください。");
}

static void
load_criteria(struct reading *reading, const struct node *list, struct pack_contracts *contracts)
{
	static const struct key keys[] = {{"code", true},  {"ja", true},   {"en", true},
					  {"help", false}, {"must", false}, {"kind", false},
					  {"clause", false}, {NULL, false}};

	if (list->count > CONTRACT_MOST_ASKED)
		fault(reading, list, "選定の基準は%dまでにしてください。", CONTRACT_MOST_ASKED);
	contracts->criteria = ARENA_ARRAY(reading->into, struct pack_contract_criterion, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "選定の基準", keys))
			continue;
		const struct pack_contract_criterion made = {
			.code = get_code(reading, at, "code"),
			.name = own_words(reading, at),
			.help = get_words(reading, at, "help"),
			.is_must = get_yes_no(reading, at, "must", false),
			.kind = node_get(at, "kind") != NULL ? get_code(reading, at, "kind") : T(""),
			.clause = REFER(reading, at, "clause", refer_clause)};
		if (pack_contract_criterion(contracts, made.code) != NULL)
			fault_twice(reading, at, made.code);
		if (made.kind.len > 0 && pack_contract_kind(contracts, made.kind) == NULL)
			fault(reading, node_get(at, "kind"), "委託の種類「%.*s」は kinds にありません。",
			      T_ARG(made.kind));
		contracts->criteria[contracts->criteria_count++] = made;
	}
}

static void
load_items(struct reading *reading, const struct node *list, struct pack_contracts *contracts)
{
	static const struct key keys[] = {{"code", true},  {"ja", true},     {"en", true},
					  {"must", false}, {"clause", false}, {NULL, false}};

	if (list->count > CONTRACT_MOST_ASKED)
		fault(reading, list, "契約に明記する要件は%dまでにしてください。", CONTRACT_MOST_ASKED);
	contracts->items = ARENA_ARRAY(reading->into, struct pack_contract_item, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "契約に明記する要件", keys))
			continue;
		const struct pack_contract_item made = {
			.code = get_code(reading, at, "code"),
			.name = own_words(reading, at),
			.is_must = get_yes_no(reading, at, "must", false),
			.clause = REFER(reading, at, "clause", refer_clause)};
		if (pack_contract_item(contracts, made.code) != NULL)
			fault_twice(reading, at, made.code);
		contracts->items[contracts->items_count++] = made;
	}
}

static void
load_ways(struct reading *reading, const struct node *list, struct pack_contracts *contracts)
{
	static const struct key keys[] = {{"code", true}, {"ja", true}, {"en", true}, {NULL, false}};

	contracts->ways = ARENA_ARRAY(reading->into, struct pack_contract_way, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "データの渡し方", keys))
			continue;
		const struct pack_contract_way made = {.code = get_code(reading, at, "code"),
						       .name = own_words(reading, at)};
		if (pack_contract_way(contracts, made.code) != NULL)
			fault_twice(reading, at, made.code);
		contracts->ways[contracts->ways_count++] = made;
	}
	if (contracts->ways_count == 0)
		fault(reading, list, "データの渡し方（ways）を一つ以上書いてください。");
}

static void
load_verified(struct reading *reading, const struct node *file, struct pack_contracts *contracts)
{
	static const struct key keys[] = {{"axis", true}, {"least", true}, {NULL, false}};
	const struct node *node = node_get(file, "verified");

	if (node == NULL || !shape_map(reading, node, "verified", keys))
		return;
	const struct node *least = node_get(node, "least");
	contracts->axis = REFER(reading, node, "axis", refer_axis);
	if (contracts->axis == NULL || least == NULL || least->kind != NODE_TEXT)
		return;
	contracts->verified = axis_value(contracts->axis, least->text);
	if (contracts->verified == NULL)
		fault(reading, least, "分類「%.*s」はこの軸にありません。", T_ARG(least->text));
}

static void
load_access(struct reading *reading, const struct node *file, struct pack_contracts *contracts)
{
	const struct node *list = node_get(file, "access");

	if (list == NULL || !shape_list(reading, list, "access"))
		return;
	contracts->access =
		ARENA_ARRAY(reading->into, const struct pack_occasion *, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		const struct pack_occasion *occasion = refer_occasion(reading, at);
		if (occasion != NULL)
			contracts->access[contracts->access_count++] = occasion;
	}
}

/* The codes written into a column of choices must be choices of it. */
static void
check_choices(struct reading *reading, const struct node *at, const struct pack_contracts *contracts,
	      const struct pack_contract_column *column)
{
	const bool is_kind = column->shows == CONTRACT_KIND;
	const size_t count = is_kind ? contracts->kinds_count : contracts->items_count;

	if ((!is_kind && column->shows != CONTRACT_ITEMS) ||
	    (column->column->kind != FIELD_CHOICE && column->column->kind != FIELD_CHOICES))
		return;
	for (size_t i = 0; i < count; i++) {
		const struct text code = is_kind ? contracts->kinds[i].code : contracts->items[i].code;
		if (field_choice(column->column, code) == NULL)
			fault(reading, at, "「%.*s」は、台帳の列「%.*s」の選択肢にありません。", T_ARG(code),
			      T_ARG(column->column->name));
	}
}

static const struct pack_field *
refer_column(struct reading *reading, const struct node *at, const struct pack_ledger *ledger)
{
	const struct node *node = node_get(at, "column");
	const struct pack_field *field =
		node == NULL || node->kind != NODE_TEXT ? NULL : ledger_field(ledger, node->text);

	if (node != NULL && field == NULL)
		fault(reading, node, "台帳「%.*s」に「%.*s」という列はありません。", T_ARG(ledger->code),
		      T_ARG(node->text));
	return field;
}

static void
load_contract_columns(struct reading *reading, const struct node *list,
		      struct pack_contracts *contracts)
{
	static const struct key keys[] = {
		{"column", true}, {"from", false}, {"is", false}, {NULL, false}};

	contracts->columns = ARENA_ARRAY(reading->into, struct pack_contract_column, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		struct pack_contract_column made = {0};
		if (!shape_map(reading, at, "台帳の列", keys))
			continue;
		made.column = refer_column(reading, at, contracts->puts);
		if ((node_get(at, "from") != NULL) == (node_get(at, "is") != NULL)) {
			fault(reading, at, "列に入れるものを from か is のどちらかで書いてください。");
			continue;
		}
		made.shows = node_get(at, "is") != NULL
				     ? CONTRACT_LITERAL
				     : (enum contract_shows)get_one_of(reading, at, "from", shows_names, 0);
		made.literal = node_get(at, "is") != NULL ? get_text(reading, at, "is") : T("");
		if (made.column == NULL)
			continue;
		check_choices(reading, at, contracts, &made);
		contracts->columns[contracts->columns_count++] = made;
	}
}

static void
load_puts(struct reading *reading, const struct node *file, struct pack_contracts *contracts)
{
	static const struct key keys[] = {{"ledger", true}, {"columns", true}, {NULL, false}};
	const struct node *puts = node_get(file, "puts");

	if (puts == NULL || !shape_map(reading, puts, "puts", keys))
		return;
	contracts->puts = REFER(reading, puts, "ledger", refer_ledger);
	const struct node *list = node_get(puts, "columns");
	if (contracts->puts != NULL && list != NULL && shape_list(reading, list, "columns"))
		load_contract_columns(reading, list, contracts);
}

static void
load_wrongs(struct reading *reading, const struct node *list, struct pack_contracts *contracts)
{
	static const struct key keys[] = {{"code", true},  {"ja", true},      {"en", true},
					  {"where", true}, {"clauses", true}, {NULL, false}};

	contracts->wrongs = ARENA_ARRAY(reading->into, struct pack_contract_wrong, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "サービスの決まり", keys))
			continue;
		struct pack_contract_wrong *made = &contracts->wrongs[contracts->wrongs_count];
		*made = (struct pack_contract_wrong){.code = get_code(reading, at, "code"),
						     .name = own_words(reading, at),
						     .ledger = contracts->services,
						     .where = get_when(reading, at, "where")};
		if (pack_contract_wrong(contracts, made->code) != NULL)
			fault_twice(reading, at, made->code);
		when_check_row(reading, at, "where", made->where, made->ledger);
		made->clauses = refer_clauses(reading, at, "clauses", &made->clauses_count);
		contracts->wrongs_count++;
	}
}

static void
load_services(struct reading *reading, const struct node *file, struct pack_contracts *contracts)
{
	static const struct key keys[] = {{"ledger", true}, {"wrong", true}, {NULL, false}};
	const struct node *services = node_get(file, "services");

	if (services == NULL || !shape_map(reading, services, "services", keys))
		return;
	contracts->services = REFER(reading, services, "ledger", refer_ledger);
	const struct node *list = node_get(services, "wrong");
	if (contracts->services != NULL && list != NULL && shape_list(reading, list, "wrong"))
		load_wrongs(reading, list, contracts);
}

static void
check_contract_roles(struct reading *reading, const struct node *file,
		     const struct pack_contracts *contracts)
{
	const struct pack_role *const roles[] = {contracts->answers, contracts->consents,
						 contracts->verifies, contracts->told};
	static const char *const names[] = {"answers", "consents", "verifies", "told"};

	for (size_t i = 0; i < sizeof(roles) / sizeof(roles[0]); i++)
		if (roles[i] != NULL && roles[i]->scope == SCOPE_EVERYONE)
			fault(reading, node_get(file, names[i]),
			      "「%.*s」は全員の役割です。委託では、任じられる役割を書いてください。",
			      T_ARG(roles[i]->code));
}

#define LOAD_LIST(reading, file, key, how, into)                                               \
	do {                                                                                   \
		const struct node *list_ = node_get((file), (key));                            \
		if (list_ != NULL && shape_list((reading), list_, (key)))                      \
			how((reading), list_, (into));                                         \
	} while (0)

void
load_contracts(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {
		{"answers", true},  {"consents", true},	 {"verifies", false}, {"told", false},
		{"verified", false}, {"trained", false}, {"every", false},    {"remind", false},
		{"clause", false},  {"kinds", true},	 {"criteria", true},  {"items", true},
		{"ways", true},	    {"access", false},	 {"puts", false},     {"services", false},
		{NULL, false}};
	struct pack_contracts *contracts;

	if (file == NULL || !shape_map(reading, file, "ファイル", keys))
		return;
	contracts = ARENA_NEW(reading->into, struct pack_contracts);
	contracts->answers = REFER(reading, file, "answers", refer_role);
	contracts->consents = REFER(reading, file, "consents", refer_role);
	contracts->verifies = REFER(reading, file, "verifies", refer_role);
	if (contracts->verifies == NULL)
		contracts->verifies = contracts->answers;
	contracts->told = REFER(reading, file, "told", refer_role);
	contracts->is_trained = get_yes_no(reading, file, "trained", false);
	contracts->every = refer_time(reading, file, "every", KIND(PARAMETER_DAYS));
	contracts->remind = refer_time(reading, file, "remind", KIND(PARAMETER_DAYS));
	contracts->clause = REFER(reading, file, "clause", refer_clause);
	load_verified(reading, file, contracts);
	LOAD_LIST(reading, file, "kinds", load_kinds, contracts);
	LOAD_LIST(reading, file, "criteria", load_criteria, contracts);
	LOAD_LIST(reading, file, "items", load_items, contracts);
	LOAD_LIST(reading, file, "ways", load_ways, contracts);
	load_access(reading, file, contracts);
	load_puts(reading, file, contracts);
	load_services(reading, file, contracts);
	check_contract_roles(reading, file, contracts);
	reading->pack->contracts = contracts;
}
