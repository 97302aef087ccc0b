#include "policy/rooms.h"

/* incidents.yaml: the kinds and their playbooks, the chain, authorities outside, the emergency plan. */

static const char *const category_names[ENTRY_CATEGORIES + 1] = {
	"report", "observation", "action",  "decision", "contact", "evidence", "cause",
	"secondary", "persons",  "publish", "done",	"todo",	   "other",    NULL};

const char *
entry_category_name(enum entry_category category)
{
	return category_names[category];
}

bool
entry_category_read(struct text name, enum entry_category *category)
{
	for (int i = 0; i < ENTRY_CATEGORIES; i++)
		if (text_is(name, category_names[i])) {
			*category = (enum entry_category)i;
			return true;
		}
	return false;
}

const char *const incident_view_sources[] = {
	"number", "title", "kind", "words", "place", "damage", "finder", "occurred", "known", "reported",
	"reporter", "unit", "today", "source-outside", "said-first", "said-at", "judged", "grave", "crime",
	"class", "assets", "system", "persons", "timeline", "tasks", "evidence", "authorities", "disclosure",
	"entries.report", "entries.observation", "entries.action", "entries.decision", "entries.contact",
	"entries.evidence", "entries.cause", "entries.secondary", "entries.persons", "entries.publish",
	"entries.done", "entries.todo", "entries.other", NULL};

/* A list of {ja, en}. */
static struct words *
words_list(struct reading *reading, const struct node *map, const char *key, size_t *count)
{
	static const struct key keys[] = {{"ja", true}, {"en", true}, {NULL, false}};
	const struct node *list = node_get(map, key);

	*count = 0;
	if (list == NULL || !shape_list(reading, list, key))
		return NULL;
	struct words *made = ARENA_ARRAY(reading->into, struct words, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next)
		if (shape_map(reading, at, "日本語と英語の言葉", keys))
			made[(*count)++] = own_words(reading, at);
	return made;
}

static const struct node *
list_of(struct reading *reading, const struct node *file, const char *key, size_t *count)
{
	const struct node *list = node_get(file, key);

	*count = 0;
	if (list == NULL || !shape_list(reading, list, key))
		return NULL;
	*count = list->count;
	return list->first;
}

/* ---- Kinds ---- */

static void
load_play(struct reading *reading, const struct node *node, struct pack_play *play)
{
	static const struct key keys[] = {{"code", true},    {"ja", true},	{"en", true},
					  {"phase", true},   {"role", true},	{"within", false},
					  {"clause", false}, {NULL, false}};
	static const char *const phases[] = {"contain", "keep", "recover", "inform", "prevent", NULL};

	if (!shape_map(reading, node, "対応の手順", keys))
		return;
	place_keep(reading, play, node);
	play->code = get_code(reading, node, "code");
	play->words = own_words(reading, node);
	play->phase = (enum play_phase)get_one_of(reading, node, "phase", phases, 0);
	play->role = REFER(reading, node, "role", refer_role);
	play->within = refer_time(reading, node, "within",
				  KIND(PARAMETER_DAYS) | KIND(PARAMETER_MINUTES));
	play->clause = REFER(reading, node, "clause", refer_clause);
}

static void
load_kind(struct reading *reading, const struct node *node, struct pack_incident_kind *kind)
{
	static const struct key keys[] = {{"code", true},  {"ja", true},      {"en", true},
					  {"help", false}, {"at-once", true}, {"plays", true},
					  {NULL, false}};
	size_t count;

	if (!shape_map(reading, node, "事案の種類", keys))
		return;
	place_keep(reading, kind, node);
	kind->code = get_code(reading, node, "code");
	if (kind->code.len > 0 && pack_incident_kind(reading->pack, kind->code) != NULL)
		fault_twice(reading, node, kind->code);
	kind->name = own_words(reading, node);
	kind->help = get_words(reading, node, "help");
	kind->at_once = words_list(reading, node, "at-once", &kind->at_once_count);
	const struct node *at = list_of(reading, node, "plays", &count);
	kind->plays = ARENA_ARRAY(reading->into, struct pack_play, count + 1);
	for (; at != NULL; at = at->next) {
		struct pack_play *play = &kind->plays[kind->plays_count];
		load_play(reading, at, play);
		for (size_t i = 0; i < kind->plays_count; i++)
			if (play->code.len > 0 && text_same(kind->plays[i].code, play->code))
				fault_twice(reading, at, play->code);
		kind->plays_count++;
	}
}

static void
load_kinds(struct reading *reading, const struct node *file)
{
	struct pack_incidents *made = &reading->pack->incidents;
	size_t count;
	const struct node *at = list_of(reading, file, "kinds", &count);

	made->kinds = ARENA_ARRAY(reading->into, struct pack_incident_kind, count + 1);
	for (; at != NULL; at = at->next) {
		load_kind(reading, at, &made->kinds[made->kinds_count]);
		made->kinds_count++;
	}
}

/* ---- Grounds ---- */

static void
load_grounds(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {{"code", true},     {"ja", true},	{"en", true},
					  {"help", false},    {"persons", false}, {"final", false},
					  {NULL, false}};
	struct pack_incidents *made = &reading->pack->incidents;
	size_t count;
	const struct node *at = list_of(reading, file, "grounds", &count);

	made->grounds = ARENA_ARRAY(reading->into, struct pack_ground, count + 1);
	for (; at != NULL; at = at->next) {
		struct pack_ground *ground = &made->grounds[made->grounds_count];
		if (!shape_map(reading, at, "報告が要る事由", keys))
			continue;
		place_keep(reading, ground, at);
		ground->code = get_code(reading, at, "code");
		if (ground->code.len > 0 && pack_ground(reading->pack, ground->code) != NULL)
			fault_twice(reading, at, ground->code);
		ground->words = own_words(reading, at);
		ground->help = get_words(reading, at, "help");
		ground->persons = REFER(reading, at, "persons", refer_parameter);
		if (ground->persons != NULL && ground->persons->kind != PARAMETER_COUNT)
			fault(reading, node_get(at, "persons"),
			      "persons には種類 count の設定値（人数）を書いてください。");
		ground->final = refer_time(reading, at, "final", KIND(PARAMETER_DAYS));
		made->grounds_count++;
	}
}

/* ---- Facts: what conditions may speak of ---- */

static const char *const fact_names[INCIDENT_FACTS] = {
	"kind", "source", "verdict", "grave", "needed", "crime", "drill", "persons", "grounds"};

static struct pack_choice *
choices_of(struct reading *reading, const char *const *names, size_t *count)
{
	*count = 0;
	while (names[*count] != NULL)
		(*count)++;
	struct pack_choice *made = ARENA_ARRAY(reading->into, struct pack_choice, *count + 1);
	for (size_t i = 0; i < *count; i++) {
		made[i].code = text_of(names[i]);
		made[i].words = (struct words){made[i].code, made[i].code};
	}
	return made;
}

static void
make_facts(struct reading *reading)
{
	static const char *const sources[] = {"staff", "citizen", "system", "vendor", NULL};
	static const char *const verdicts[] = {"incident", "near-miss", "event", NULL};
	struct pack_incidents *made = &reading->pack->incidents;
	struct pack_section *section = ARENA_ARRAY(reading->into, struct pack_section, 1);
	struct pack_field *fields = ARENA_ARRAY(reading->into, struct pack_field, INCIDENT_FACTS);

	for (int i = 0; i < INCIDENT_FACTS; i++) {
		fields[i].name = text_of(fact_names[i]);
		fields[i].label = (struct words){fields[i].name, fields[i].name};
		fields[i].kind = FIELD_YES_NO;
	}
	struct pack_field *kind = &fields[INCIDENT_KIND];
	kind->kind = FIELD_CHOICE;
	kind->choices = ARENA_ARRAY(reading->into, struct pack_choice, made->kinds_count + 1);
	for (; kind->choices_count < made->kinds_count; kind->choices_count++) {
		kind->choices[kind->choices_count].code = made->kinds[kind->choices_count].code;
		kind->choices[kind->choices_count].words = made->kinds[kind->choices_count].name;
	}
	struct pack_field *grounds = &fields[INCIDENT_GROUNDS];
	grounds->kind = FIELD_CHOICES;
	grounds->choices = ARENA_ARRAY(reading->into, struct pack_choice, made->grounds_count + 1);
	for (; grounds->choices_count < made->grounds_count; grounds->choices_count++) {
		grounds->choices[grounds->choices_count].code = made->grounds[grounds->choices_count].code;
		grounds->choices[grounds->choices_count].words = made->grounds[grounds->choices_count].words;
	}
	fields[INCIDENT_SOURCE].kind = FIELD_CHOICE;
	fields[INCIDENT_SOURCE].choices =
		choices_of(reading, sources, &fields[INCIDENT_SOURCE].choices_count);
	fields[INCIDENT_VERDICT].kind = FIELD_CHOICE;
	fields[INCIDENT_VERDICT].choices =
		choices_of(reading, verdicts, &fields[INCIDENT_VERDICT].choices_count);
	fields[INCIDENT_PERSONS].kind = FIELD_NUMBER;
	section->fields = fields;
	section->fields_count = INCIDENT_FACTS;
	made->facts.sections = section;
	made->facts.sections_count = 1;
}

static const struct when *
fact_when(struct reading *reading, const struct node *map)
{
	const struct when *when = get_when(reading, map, "when");
	when_check(reading, map, "when", when, &reading->pack->incidents.facts);
	return when;
}

/* ---- The chain ---- */

static void
load_link(struct reading *reading, const struct node *node, struct pack_link *link)
{
	static const struct key keys[] = {{"code", true},   {"at", true},	   {"order", true},
					  {"role", true},   {"whose", true},	   {"within", true},
					  {"substitute", false}, {"when", false}, {"clause", false},
					  {NULL, false}};
	static const char *const ats[] = {"report", "confirm", "cause", NULL};
	static const char *const whoses[] = {"unit", "system", "body", NULL};
	int64_t order = 1;

	if (!shape_map(reading, node, "連絡の段", keys))
		return;
	link->code = get_code(reading, node, "code");
	if (link->code.len > 0 && pack_link(reading->pack, link->code) != NULL)
		fault_twice(reading, node, link->code);
	link->at = (enum link_at)get_one_of(reading, node, "at", ats, 0);
	(void)get_number(reading, node, "order", 1, 20, &order);
	link->order = (int)order; /* 1 to 20 */
	link->role = REFER(reading, node, "role", refer_role);
	link->whose = (enum link_whose)get_one_of(reading, node, "whose", whoses, 0);
	link->within = refer_time(reading, node, "within",
				  KIND(PARAMETER_DAYS) | KIND(PARAMETER_MINUTES));
	link->substitute = REFER(reading, node, "substitute", refer_role);
	link->when = fact_when(reading, node);
	link->clause = REFER(reading, node, "clause", refer_clause);
	if (link->role != NULL && link->role->scope == SCOPE_EVERYONE)
		fault(reading, node_get(node, "role"),
		      "「%.*s」は全員の役割なので、連絡の段にできません。受け取る人が決まる役割を書いてください。",
		      T_ARG(link->role->code));
	if (link->substitute == NULL && link->role != NULL)
		link->substitute = link->role->above;
}

static bool
comes_before(const struct pack_link *one, const struct pack_link *two)
{
	return one->at < two->at || (one->at == two->at && one->order < two->order);
}

static void
load_chain(struct reading *reading, const struct node *file)
{
	struct pack_incidents *made = &reading->pack->incidents;
	size_t count;
	const struct node *at = list_of(reading, file, "chain", &count);

	made->chain = ARENA_ARRAY(reading->into, struct pack_link, count + 1);
	for (; at != NULL; at = at->next) {
		struct pack_link link = {0};
		size_t to = made->chain_count;
		load_link(reading, at, &link);
		for (; to > 0 && comes_before(&link, &made->chain[to - 1]); to--)
			made->chain[to] = made->chain[to - 1];
		made->chain[to] = link;
		made->chain_count++;
	}
}

/* ---- Outside ---- */

static void
load_authorities(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {{"code", true},  {"ja", true},    {"en", true},
					  {"how", false},  {"when", false}, {"first", false},
					  {"final", false}, {"choice", false}, {"drafted", false},
					  {"clause", false}, {NULL, false}};
	struct pack_incidents *made = &reading->pack->incidents;
	size_t count;
	const struct node *at = list_of(reading, file, "authorities", &count);

	made->authorities = ARENA_ARRAY(reading->into, struct pack_authority, count + 1);
	for (; at != NULL; at = at->next) {
		struct pack_authority *authority = &made->authorities[made->authorities_count];
		if (!shape_map(reading, at, "報告先", keys))
			continue;
		place_keep(reading, authority, at);
		authority->code = get_code(reading, at, "code");
		if (authority->code.len > 0 && pack_authority(reading->pack, authority->code) != NULL)
			fault_twice(reading, at, authority->code);
		authority->name = own_words(reading, at);
		authority->how = get_words(reading, at, "how");
		authority->when = fact_when(reading, at);
		authority->first = refer_time(reading, at, "first", KIND(PARAMETER_DAYS));
		authority->final = refer_time(reading, at, "final", KIND(PARAMETER_DAYS));
		authority->is_choice = get_yes_no(reading, at, "choice", false);
		authority->is_drafted = get_yes_no(reading, at, "drafted", false);
		authority->clause = REFER(reading, at, "clause", refer_clause);
		made->authorities_count++;
	}
}

static unsigned
categories_of(struct reading *reading, const struct node *map)
{
	const struct node *list = node_get(map, "entries");
	unsigned bits = 0;

	if (list == NULL || !shape_list(reading, list, "entries"))
		return 0;
	for (const struct node *at = list->first; at != NULL; at = at->next)
		bits |= 1U << one_of(reading, at, category_names, ENTRY_OTHER);
	return bits;
}

static void
load_items(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {{"code", true},    {"ja", true},	{"en", true},
					  {"takes", true},   {"entries", false}, {NULL, false}};
	static const char *const sources[] = {"overview", "items", "persons", "entries", NULL};
	struct pack_incidents *made = &reading->pack->incidents;
	size_t count;
	const struct node *at = list_of(reading, file, "items", &count);

	made->items = ARENA_ARRAY(reading->into, struct pack_report_item, count + 1);
	for (; at != NULL; at = at->next) {
		struct pack_report_item *item = &made->items[made->items_count];
		if (!shape_map(reading, at, "報告する事項", keys))
			continue;
		item->code = get_code(reading, at, "code");
		item->name = own_words(reading, at);
		item->source = (enum report_source)get_one_of(reading, at, "takes", sources, 0);
		item->categories = categories_of(reading, at);
		if ((item->source == SOURCE_ENTRIES) != (item->categories != 0))
			fault(reading, at, "takes: entries のときだけ、entries（経過のどの区分か）を書きます。");
		made->items_count++;
	}
}

/* ---- Forms as views ---- */

static void
load_view_fields(struct reading *reading, const struct node *map, struct pack_form_view *view)
{
	if (map == NULL)
		return;
	if (map->kind != NODE_MAP) {
		fault(reading, map, "fields は「様式の項目: 事案の何か」の並びで書いてください。");
		return;
	}
	view->fields = arena_get(reading->into, sizeof(*view->fields), map->count + 1);
	for (const struct node *at = map->first; at != NULL; at = at->next) {
		struct pack_view_field *made = &view->fields[view->fields_count];
		made->field = view->form == NULL ? NULL : form_field(view->form, at->key->text, NULL);
		if (view->form != NULL && made->field == NULL)
			fault(reading, at->key, "様式「%.*s」に項目「%.*s」はありません。",
			      T_ARG(view->form->number), T_ARG(at->key->text));
		const int source = one_of(reading, at, incident_view_sources, -1);
		if (source < 0 || made->field == NULL)
			continue;
		made->from = text_of(incident_view_sources[source]);
		view->fields_count++;
	}
}

static void
load_views(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {{"form", true}, {"fields", true}, {NULL, false}};
	struct pack_incidents *made = &reading->pack->incidents;
	size_t count;
	const struct node *at = list_of(reading, file, "views", &count);

	made->views = ARENA_ARRAY(reading->into, struct pack_form_view, count + 1);
	for (; at != NULL; at = at->next) {
		struct pack_form_view *view = &made->views[made->views_count];
		if (!shape_map(reading, at, "様式として見る決まり", keys))
			continue;
		view->form = REFER(reading, at, "form", refer_form);
		load_view_fields(reading, node_get(at, "fields"), view);
		made->views_count++;
	}
}

/* ---- The plan ---- */

static void
load_plan(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {{"code", true},  {"ja", true},     {"en", true},
					  {"words", false}, {"shows", false}, {"clause", false},
					  {NULL, false}};
	static const char *const shows[] = {"words", "contacts", "items", "measures", "prevention", NULL};
	struct pack_incidents *made = &reading->pack->incidents;
	size_t count;
	const struct node *at = list_of(reading, file, "plan", &count);

	made->plan = ARENA_ARRAY(reading->into, struct pack_plan_part, count + 1);
	for (; at != NULL; at = at->next) {
		struct pack_plan_part *part = &made->plan[made->plan_count];
		if (!shape_map(reading, at, "緊急時計画の部分", keys))
			continue;
		place_keep(reading, part, at);
		part->code = get_code(reading, at, "code");
		part->name = own_words(reading, at);
		part->words = words_list(reading, at, "words", &part->words_count);
		part->shows = (enum plan_shows)get_one_of(reading, at, "shows", shows, 0);
		part->clause = REFER(reading, at, "clause", refer_clause);
		made->plan_count++;
	}
}

/* ---- Reports on the pack's own forms that open a case ---- */

static void
check_argument(struct reading *reading, const struct node *node, const struct pack_argument *argument)
{
	static const char *const names[] = {"kind", "title", "words", "place", "damage", "finder",
					    "happened", "known", "said", "system", "crime", "citizen",
					    "class", "number", NULL};

	for (size_t i = 0; names[i] != NULL; i++) {
		if (!text_is(argument->name, names[i]))
			continue;
		if (i == 0 && !argument->is_field &&
		    pack_incident_kind(reading->pack, argument->value) == NULL)
			fault(reading, node,
			      "incident.open の kind「%.*s」は、incidents.yaml の種類にありません。",
			      T_ARG(argument->value));
		return;
	}
	fault(reading, node, "incident.open に「%.*s」は渡せません。docs/pack-format.md を見てください。",
	      T_ARG(argument->name));
}

static void
check_openings(struct reading *reading, const struct node *file)
{
	const struct pack *pack = reading->pack;

	for (size_t i = 0; i < pack->occasions_count; i++) {
		const struct pack_occasion *occasion = &pack->occasions[i];
		const struct node *node = place_of(reading, occasion);
		for (size_t j = 0; node != NULL && j < occasion->outcomes_count; j++) {
			const struct pack_outcome *outcome = &occasion->outcomes[j];
			if (!text_is(outcome->name, "incident.open"))
				continue;
			if (file == NULL)
				fault(reading, node,
				      "incident.open には incidents.yaml が要ります。事案の種類と連絡の段を書いてください。");
			for (size_t k = 0; file != NULL && k < outcome->arguments_count; k++)
				check_argument(reading, node, &outcome->arguments[k]);
		}
	}
}

void
load_incidents(struct reading *reading, const struct node *file)
{
	static const struct key keys[] = {
		{"kinds", true},  {"chain", true},	{"leads", true}, {"orders", true}, {"closes", true},
		{"acts-for", false}, {"grounds", false}, {"authorities", false}, {"items", false},
		{"views", false}, {"plan", false},	{NULL, false}};
	struct pack_incidents *made = &reading->pack->incidents;

	if (file == NULL) {
		check_openings(reading, file);
		return;
	}
	if (!shape_map(reading, file, "ファイル", keys))
		return;
	load_kinds(reading, file);
	load_grounds(reading, file);
	make_facts(reading);
	load_chain(reading, file);
	made->leads = refer_roles(reading, file, "leads", &made->leads_count);
	made->orders = refer_roles(reading, file, "orders", &made->orders_count);
	made->acts_for = REFER(reading, file, "acts-for", refer_role);
	made->closes = REFER(reading, file, "closes", refer_role);
	load_authorities(reading, file);
	load_items(reading, file);
	load_views(reading, file);
	load_plan(reading, file);
	check_openings(reading, file);
	if (made->kinds_count == 0)
		fault(reading, file, "事案の種類が一つもありません。kinds に書いてください。");
}
