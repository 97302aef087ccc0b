#include "policy/rooms.h"

/* Ledgers and forms: one file each. */

void
list_ledgers(struct reading *reading, const struct node *const *files, size_t count)
{
	struct pack *pack = reading->pack;

	pack->ledgers = ARENA_ARRAY(reading->into, struct pack_ledger, count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct text code = get_code(reading, files[i], "code");
		if (code.len > 0 && pack_ledger(pack, code) != NULL)
			fault_twice(reading, files[i], code);
		pack->ledgers[i].code = code;
		pack->ledgers_count = i + 1;
	}
}

static void
load_columns(struct reading *reading, const struct node *node, struct pack_ledger *ledger)
{
	const struct pack_field *fields = ledger->fields;
	const size_t count = ledger->fields_count;

	ledger->title = refer_field(reading, node, "title", fields, count, KIND(FIELD_TEXT));
	ledger->class_field =
		refer_field(reading, node, "class", fields, count, KIND(FIELD_CLASS));
	ledger->owner = refer_field(reading, node, "owner", fields, count, KIND(FIELD_UNIT));
	ledger->serial = refer_field(reading, node, "serial", fields, count, KIND(FIELD_TEXT));
	ledger->parent = refer_field(reading, node, "parent", fields, count, KIND(FIELD_ASSET));
	ledger->retention =
		refer_field(reading, node, "retention", fields, count, KIND(FIELD_DAY));
}

static bool
has_accounts_before(const struct pack *pack, const struct pack_ledger *ledger)
{
	for (const struct pack_ledger *other = pack->ledgers; other < ledger; other++)
		if (other->accounts_manager != NULL)
			return true;
	return false;
}

/* Whose accounts are looked after by whom. */
static void
load_accounts(struct reading *reading, const struct node *node, struct pack_ledger *ledger)
{
	static const struct key keys[] = {{"manager", true}, {"reviews", true}, {NULL, false}};
	const struct node *accounts = node_get(node, "accounts");

	if (accounts == NULL || !shape_map(reading, accounts, "accounts", keys))
		return;
	if (ledger->owner == NULL)
		fault(reading, accounts,
		      "accounts のある台帳には owner（管理する所属の列）が要ります。");
	if (has_accounts_before(reading->pack, ledger))
		fault(reading, accounts,
		      "accounts のある台帳は一つだけです。システムの台帳に付けてください。");
	ledger->accounts_manager = REFER(reading, accounts, "manager", refer_role);
	ledger->accounts_reviewer = REFER(reading, accounts, "reviews", refer_role);
	if (ledger->accounts_reviewer != NULL &&
	    ledger->accounts_reviewer->scope == SCOPE_EVERYONE)
		fault(reading, node_get(accounts, "reviews"),
		      "reviews には、職に付く役割を書いてください（「%.*s」は全員のものです）。",
		      T_ARG(ledger->accounts_reviewer->code));
}

static void
load_ledger(struct reading *reading, const struct node *node, struct pack_ledger *ledger)
{
	static const struct key keys[] = {
		{"code", true},    {"ja", true},      {"en", true},         {"form", false},
		{"clauses", true}, {"title", true},   {"class", false},     {"owner", false},
		{"serial", false}, {"parent", false}, {"retention", false}, {"confirm", false},
		{"fields", true},  {"accounts", false}, {NULL, false},
	};

	if (!shape_map(reading, node, "台帳", keys))
		return;
	ledger->name = own_words(reading, node);
	place_keep(reading, ledger, node);
	ledger->form = REFER(reading, node, "form", refer_form);
	ledger->clauses = refer_clauses(reading, node, "clauses", &ledger->clauses_count);
	ledger->confirm = REFER(reading, node, "confirm", refer_parameter);
	const struct node *list = node_get(node, "fields");
	if (list == NULL)
		return;
	ledger->fields = load_field_list(reading, list, &ledger->fields_count);
	load_columns(reading, node, ledger);
	load_accounts(reading, node, ledger);
}

void
load_ledgers(struct reading *reading, const struct node *const *files, size_t count)
{
	struct pack *pack = reading->pack;

	for (size_t i = 0; i < count; i++)
		load_ledger(reading, files[i], &pack->ledgers[i]);
	for (size_t i = 0; i < count; i++)
		if (pack->ledgers[i].fields != NULL)
			check_fields(reading, node_get(files[i], "fields"),
				     pack->ledgers[i].fields, NULL);
}

void
list_forms(struct reading *reading, const struct node *const *files, size_t count)
{
	struct pack *pack = reading->pack;

	pack->forms = ARENA_ARRAY(reading->into, struct pack_form, count + 1);
	for (size_t i = 0; i < count; i++) {
		const struct text number = get_code(reading, files[i], "number");
		if (number.len > 0 && pack_form(pack, number) != NULL)
			fault_twice(reading, files[i], number);
		pack->forms[i].number = number;
		pack->forms_count = i + 1;
	}
}

static const struct pack_field *
load_each(struct reading *reading, const struct node *node, const struct pack_form *form)
{
	const struct node *named = node_get(node, "each");

	if (named == NULL)
		return NULL;
	const struct pack_field *field =
		named->kind == NODE_TEXT ? form_field(form, named->text, NULL) : NULL;
	if (field == NULL)
		fault(reading, named,
		      "each の項目がこの様式の前の節にありません。種類 serials "
		      "の項目の名前を書いてください。");
	else if (field->kind != FIELD_SERIALS)
		fault(reading, named,
		      "each に使えるのは種類 serials の項目です（「%.*s」は %s）。",
		      T_ARG(field->name), field_kind_name(field->kind));
	return field;
}

static void
load_section(struct reading *reading, const struct node *node, struct pack_form *form)
{
	static const struct key keys[] = {
		{"ja", true},          {"en", true},     {"stage", false}, {"each", false},
		{"shown-when", false}, {"fields", true}, {NULL, false}};
	static const char *const stages[] = {"apply", "result", NULL};
	struct pack_section *section = &form->sections[form->sections_count];
	const struct node *list = node_get(node, "fields");

	if (shape_map(reading, node, "節", keys)) {
		section->title = own_words(reading, node);
		section->stage = (enum form_stage)get_one_of(reading, node, "stage", stages, 0);
		section->each = load_each(reading, node, form);
		section->shown_when = get_when(reading, node, "shown-when");
		if (list != NULL)
			section->fields =
				load_field_list(reading, list, &section->fields_count);
		for (size_t i = 0; i < section->fields_count; i++)
			if (section->fields[i].name.len > 0 &&
			    form_field(form, section->fields[i].name, NULL) != NULL)
				fault_twice(reading, list, section->fields[i].name);
	}
	form->sections_count++;
}

static void
load_boxes(struct reading *reading, const struct node *list, struct pack_form *form)
{
	static const struct key keys[] = {
		{"ja", true}, {"en", true}, {"role", false}, {NULL, false}};

	if (list == NULL || !shape_list(reading, list, "boxes"))
		return;
	form->boxes = ARENA_ARRAY(reading->into, struct pack_box, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "決裁欄", keys))
			continue;
		form->boxes[form->boxes_count++] = (struct pack_box){
			.label = own_words(reading, at),
			.role = REFER(reading, at, "role", refer_role),
		};
	}
}

static void
load_ends(struct reading *reading, const struct node *list, struct pack_form *form)
{
	static const struct key keys[] = {{"code", true},     {"ja", true},   {"en", true},
					  {"verified", true}, {"when", true}, {NULL, false}};

	if (list == NULL || !shape_list(reading, list, "ends"))
		return;
	form->ends = ARENA_ARRAY(reading->into, struct pack_end, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "終わり方", keys))
			continue;
		struct pack_end *end = &form->ends[form->ends_count++];
		end->code = get_code(reading, at, "code");
		end->words = own_words(reading, at);
		end->is_verified = get_yes_no(reading, at, "verified", false);
		end->when = get_when(reading, at, "when");
	}
	bool has_each = false;
	for (size_t i = 0; i < form->sections_count; i++)
		has_each = has_each || form->sections[i].each != NULL;
	if (!has_each)
		fault(reading, list,
		      "ends があるのに each の節がありません。each の節を作るか、ends "
		      "を消してください。");
}

static void
load_form(struct reading *reading, const struct node *node, struct pack_form *form)
{
	static const struct key keys[] = {
		{"number", true},     {"ja", true},      {"en", true},      {"label", true},
		{"addressee", false}, {"clauses", true}, {"ledger", false}, {"sections", true},
		{"boxes", false},     {"ends", false},   {"given", false},  {NULL, false},
	};

	if (!shape_map(reading, node, "様式", keys))
		return;
	form->title = own_words(reading, node);
	form->label = get_words(reading, node, "label");
	form->is_given = get_yes_no(reading, node, "given", true);
	place_keep(reading, form, node);
	form->addressee = get_words(reading, node, "addressee");
	form->clauses = refer_clauses(reading, node, "clauses", &form->clauses_count);
	form->ledger = REFER(reading, node, "ledger", refer_ledger);
	const struct node *sections = node_get(node, "sections");
	if (sections != NULL && shape_list(reading, sections, "sections")) {
		form->sections =
			ARENA_ARRAY(reading->into, struct pack_section, sections->count + 1);
		for (const struct node *at = sections->first; at != NULL; at = at->next)
			load_section(reading, at, form);
	}
	load_boxes(reading, node_get(node, "boxes"), form);
	load_ends(reading, node_get(node, "ends"), form);
}

/* Conditions last: they may speak of any field of the form. */
static void
check_form(struct reading *reading, const struct node *node, const struct pack_form *form)
{
	const struct node *sections = node_get(node, "sections");
	const struct node *ends = node_get(node, "ends");
	size_t i = 0;

	for (const struct node *at = sections == NULL ? NULL : sections->first;
	     at != NULL && i < form->sections_count; at = at->next, i++) {
		const struct pack_section *section = &form->sections[i];
		when_check(reading, at, "shown-when", section->shown_when, form);
		if (section->fields != NULL)
			check_fields(reading, node_get(at, "fields"), section->fields, form);
	}
	i = 0;
	for (const struct node *at = ends == NULL ? NULL : ends->first;
	     at != NULL && form->ends_count == ends->count; at = at->next)
		when_check(reading, at, "when", form->ends[i++].when, form);
}

void
load_forms(struct reading *reading, const struct node *const *files, size_t count)
{
	for (size_t i = 0; i < count; i++)
		load_form(reading, files[i], &reading->pack->forms[i]);
	for (size_t i = 0; i < count; i++)
		check_form(reading, files[i], &reading->pack->forms[i]);
}
