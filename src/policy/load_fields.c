#include "policy/rooms.h"

#include "base/say.h"

static struct pack_choice *
load_choices(struct reading *reading, const struct node *list, size_t *count)
{
	static const struct key keys[] = {{"code", true},  {"ja", true},       {"en", true},
					  {"help", false}, {"aliases", false}, {"group", false},
					  {NULL, false}};

	*count = 0;
	if (!shape_list(reading, list, "choices"))
		return NULL;
	struct pack_choice *choices =
		ARENA_ARRAY(reading->into, struct pack_choice, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		if (!shape_map(reading, at, "選択肢", keys))
			continue;
		struct pack_choice *choice = &choices[(*count)++];
		choice->code = get_code(reading, at, "code");
		choice->words = own_words(reading, at);
		choice->help = get_words(reading, at, "help");
		choice->group = get_words(reading, at, "group");
		choice->aliases = get_texts(reading, at, "aliases", &choice->aliases_count);
		for (size_t i = 0; i + 1 < *count; i++)
			if (choice->code.len > 0 && text_same(choices[i].code, choice->code))
				fault_twice(reading, at, choice->code);
	}
	return choices;
}

static void
load_prefill(struct reading *reading, const struct node *map, struct pack_field *field)
{
	static const char *const names[] = {"applicant", "applicant-unit", "today",
					    "now",       "asset.<column>", NULL};
	static const enum prefill kinds[] = {PREFILL_APPLICANT, PREFILL_APPLICANT_UNIT,
					     PREFILL_TODAY, PREFILL_NOW};
	const struct node *node = node_get(map, "prefill");

	if (node == NULL)
		return;
	if (node->kind == NODE_TEXT && text_starts(node->text, T("asset."))) {
		field->prefill = PREFILL_ASSET;
		field->prefill_column =
			text_copy(reading->into, text_from(node->text, T("asset.").len));
		return;
	}
	const int kind = one_of(reading, node, names, -1);
	if (kind >= 0 && kind < 4)
		field->prefill = kinds[kind];
}

/* What a kind needs, and what makes no sense with it. */
static void
check_kind(struct reading *reading, const struct node *node, const struct pack_field *field)
{
	const unsigned bit = KIND(field->kind);
	const unsigned choices = KIND(FIELD_CHOICE) | KIND(FIELD_CHOICES);
	const unsigned rows = KIND(FIELD_ASSET) | KIND(FIELD_ASSETS);
	const unsigned bounded = KIND(FIELD_TEXT) | KIND(FIELD_LONG_TEXT) | KIND(FIELD_NUMBER) |
				 KIND(FIELD_ASSETS) | KIND(FIELD_SERIALS) | KIND(FIELD_CLAUSES);
	const char *kind = field_kind_name(field->kind);

	if ((bit & choices) != 0 && field->choices_count == 0)
		fault(reading, node, "種類 %s の項目には choices が要ります。", kind);
	if ((bit & choices) == 0 && node_get(node, "choices") != NULL)
		fault(reading, node_get(node, "choices")->key,
		      "種類 %s の項目に choices は使えません。kind を choice か choices "
		      "にしてください。",
		      kind);
	if ((bit & rows) != 0 && node_get(node, "of") == NULL)
		fault(reading, node, "種類 %s の項目には of（どの台帳か）が要ります。", kind);
	if (field->kind == FIELD_CLASS && node_get(node, "axis") == NULL)
		fault(reading, node, "種類 class の項目には axis（分類の軸）が要ります。");
	if (field->is_computed && field->kind != FIELD_CLASS)
		fault(reading, node_get(node, "computed"),
		      "computed は種類 class の項目だけに使えます。");
	if ((bit & bounded) == 0 && (field->has_least || field->has_most))
		fault(reading, node, "種類 %s の項目に least・most は使えません。", kind);
	if (field->has_least && field->has_most && field->least > field->most)
		fault(reading, node, "least（%lld）が most（%lld）より大きくなっています。",
		      (long long)field->least, (long long)field->most);
}

static void
load_field(struct reading *reading, const struct node *node, struct pack_field *field)
{
	static const struct key keys[] = {
		{"name", true},        {"ja", true},       {"en", true},
		{"help", false},       {"kind", true},     {"required", false},
		{"least", false},      {"most", false},    {"choices", false},
		{"shown-when", false}, {"prefill", false}, {"axis", false},
		{"computed", false},   {"of", false},      {"clause", false},
		{"personal", false},   {"listed", false},  {"searched", false},
		{"aliases", false},    {NULL, false},
	};
	static const char *const kinds[] = {
		"text",   "long-text", "day",     "moment", "period",  "number",
		"choice", "choices",   "yes-no",  "asset",  "assets",  "person",
		"unit",   "class",     "serials", "file",   "clauses", NULL,
	};
	const int64_t widest = 1000000000000;

	if (!shape_map(reading, node, "項目", keys))
		return;
	field->label = own_words(reading, node);
	field->help = get_words(reading, node, "help");
	field->kind = (enum field_kind)get_one_of(reading, node, "kind", kinds, FIELD_TEXT);
	field->pack = field->kind == FIELD_CLAUSES ? reading->pack : NULL;
	field->is_required = get_yes_no(reading, node, "required", false);
	field->has_least = get_number(reading, node, "least", -widest, widest, &field->least);
	field->has_most = get_number(reading, node, "most", -widest, widest, &field->most);
	if (node_get(node, "choices") != NULL)
		field->choices =
			load_choices(reading, node_get(node, "choices"), &field->choices_count);
	field->shown_when = get_when(reading, node, "shown-when");
	load_prefill(reading, node, field);
	field->axis = REFER(reading, node, "axis", refer_axis);
	field->is_computed = get_yes_no(reading, node, "computed", false);
	field->of = REFER(reading, node, "of", refer_ledger);
	field->clause = REFER(reading, node, "clause", refer_clause);
	field->is_personal = get_yes_no(reading, node, "personal", field->kind == FIELD_PERSON);
	field->is_listed = get_yes_no(reading, node, "listed", false);
	field->is_searched = get_yes_no(reading, node, "searched", false);
	field->aliases = get_texts(reading, node, "aliases", &field->aliases_count);
	check_kind(reading, node, field);
}

static void
check_name(struct reading *reading, const struct node *node, struct text name)
{
	static const char *const taken[] = {"and", "or", "not", "in", "yes", "no", "asset"};

	if (name.len == 0)
		return;
	if (!((name.data[0] >= 'a' && name.data[0] <= 'z') ||
	      (name.data[0] >= 'A' && name.data[0] <= 'Z')) ||
	    text_has(name, T(".")))
		fault(reading, node,
		      "項目の名前「%.*"
		      "s」は英字で始め、点を使わないでください。条件の中で使うためです。",
		      T_ARG(name));
	for (size_t i = 0; i < sizeof(taken) / sizeof(taken[0]); i++)
		if (text_is(name, taken[i]))
			fault(reading, node,
			      "「%.*s」は条件の言葉なので、項目の名前にできません。",
			      T_ARG(name));
}

struct pack_field *
load_field_list(struct reading *reading, const struct node *list, size_t *count)
{
	*count = 0;
	if (!shape_list(reading, list, "fields"))
		return NULL;
	struct pack_field *fields =
		ARENA_ARRAY(reading->into, struct pack_field, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		struct pack_field *field = &fields[*count];
		field->name = get_code(reading, at, "name");
		check_name(reading, at, field->name);
		load_field(reading, at, field);
		place_keep(reading, field, at);
		for (size_t i = 0; i < *count; i++)
			if (field->name.len > 0 && text_same(fields[i].name, field->name))
				fault_twice(reading, at, field->name);
		(*count)++;
	}
	return fields;
}

const struct pack_field *
refer_field(struct reading *reading, const struct node *map, const char *key,
	    const struct pack_field *fields, size_t count, unsigned kinds)
{
	const struct node *node = node_get(map, key);

	if (node == NULL)
		return NULL;
	struct text *names = ARENA_ARRAY(reading->scratch, struct text, count + 1);
	size_t fitting = 0;
	for (size_t i = 0; i < count; i++) {
		const bool is_fitting = (KIND(fields[i].kind) & kinds) != 0;
		if (node->kind == NODE_TEXT && text_same(fields[i].name, node->text)) {
			if (is_fitting)
				return &fields[i];
			fault(reading, node, "「%.*s」は種類 %s なので %s に使えません。",
			      T_ARG(node->text), field_kind_name(fields[i].kind), key);
			return NULL;
		}
		if (is_fitting)
			names[fitting++] = fields[i].name;
	}
	fault(reading, node, "項目「%.*s」はありません。%s", T_ARG(node->text),
	      did_you_mean(reading, node->text, names, fitting));
	return NULL;
}

/* A name used in two places is one answer, so it must be the same kind of answer. */
static void
check_shared(struct reading *reading, const struct node *node, const struct pack_field *one,
	     const struct pack_field *other, const char *elsewhere)
{
	if (one == other || other == NULL)
		return;
	bool is_same = one->kind == other->kind && one->choices_count == other->choices_count;
	for (size_t i = 0; is_same && i < one->choices_count; i++)
		is_same = text_same(one->choices[i].code, other->choices[i].code);
	if (!is_same)
		fault(reading, node,
		      "項目「%.*s」は%"
		      "sにもありますが、種類か選択肢が違います。同じ名前は一つの答えになるので"
		      "、そろえるか名前を変えてください。",
		      T_ARG(one->name), elsewhere);
}

static void
check_prefill(struct reading *reading, const struct node *node, const struct pack_field *field)
{
	const struct pack *pack = reading->pack;
	struct text names[PACK_MOST_KEYS];
	size_t count = 0;

	if (field->prefill != PREFILL_ASSET)
		return;
	for (size_t i = 0; i < pack->ledgers_count; i++) {
		if (ledger_field(&pack->ledgers[i], field->prefill_column) != NULL)
			return;
		for (size_t j = 0; j < pack->ledgers[i].fields_count && count < PACK_MOST_KEYS;
		     j++)
			names[count++] = pack->ledgers[i].fields[j].name;
	}
	fault(reading, node_get(node, "prefill"), "台帳に列「%.*s」はありません。%s",
	      T_ARG(field->prefill_column),
	      did_you_mean(reading, field->prefill_column, names, count));
}

void
check_fields(struct reading *reading, const struct node *list, const struct pack_field *fields,
	     const struct pack_form *form)
{
	const struct pack *pack = reading->pack;
	size_t i = 0;

	for (const struct node *at = list->first; at != NULL; at = at->next, i++) {
		const struct pack_field *field = &fields[i];
		when_check(reading, at, "shown-when", field->shown_when, form);
		check_prefill(reading, at, field);
		if (form == NULL || field->name.len == 0)
			continue;
		check_shared(reading, at, field, pack_question(pack, field->name), say("質問"));
		for (const struct pack_form *other = pack->forms; other < form; other++)
			check_shared(reading, at, field, form_field(other, field->name, NULL),
				     say("別の様式"));
	}
}

void
load_questions(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {{"questions", true}, {NULL, false}};
	struct pack *pack = reading->pack;

	if (file == NULL || !shape_map(reading, file, "questions.yaml", keys))
		return;
	const struct node *list = node_get(file, "questions");
	if (list == NULL)
		return;
	pack->questions = load_field_list(reading, list, &pack->questions_count);
	if (pack->questions_count > 5)
		warn_at(reading, list, "many-questions",
			"質問が %zu あります。五つまでにすると、だれでも迷わず答えられます。",
			pack->questions_count);
	if (pack->questions != NULL)
		check_fields(reading, list, pack->questions, NULL);
}
