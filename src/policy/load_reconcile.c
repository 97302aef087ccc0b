#include "policy/rooms.h"

/* reconciliations.yaml: two sets that must agree. */

static const char *const as_names[] = {"same", "number", "day", "inside", NULL};

const char *
compare_as_name(enum compare_as as)
{
	return as_names[as];
}

/* ---- A side, and its columns ---- */

enum { SHAPE_MOST = 300 };

static void
add_column(struct pack_ledger *shape, const struct pack_field *field)
{
	if (shape->fields_count == SHAPE_MOST || ledger_field(shape, field->name) != NULL)
		return;
	shape->fields[shape->fields_count++] = *field;
}

/* What is answered once for the whole case. */
static void
add_fields_of(struct pack_ledger *shape, const struct pack_form *form)
{
	for (size_t i = 0; form != NULL && i < form->sections_count; i++) {
		const struct pack_section *section = &form->sections[i];
		for (size_t j = 0; section->each == NULL && j < section->fields_count; j++)
			add_column(shape, &section->fields[j]);
	}
}

static const struct pack_ledger *
shape_of(struct reading *reading, const struct pack_reconcile_side *side)
{
	struct pack_ledger *shape = ARENA_NEW(reading->into, struct pack_ledger);
	const struct pack_source *source = side->source;

	shape->fields = ARENA_ARRAY(reading->into, struct pack_field, SHAPE_MOST);
	for (size_t i = 0; i < source->columns_count; i++) {
		const struct pack_source_column *column = &source->columns[i];
		add_column(shape,
			   &(struct pack_field){.name = text_of(column->name),
						.label = {text_of(column->ja), text_of(column->en)},
						.kind = column->kind});
	}
	if (source->takes == TAKES_OCCASION && side->occasion != NULL)
		add_fields_of(shape, side->occasion->form);
	return shape;
}

/* An uploaded list has plain columns: what stands in a cell is all there is. */
static const struct pack_ledger *
load_columns(struct reading *reading, const struct node *node)
{
	struct pack_ledger *shape = ARENA_NEW(reading->into, struct pack_ledger);
	const struct node *list = node_get(node, "columns");
	const unsigned plain = KIND(FIELD_TEXT) | KIND(FIELD_NUMBER) | KIND(FIELD_DAY) |
			       KIND(FIELD_MOMENT);

	if (list != NULL)
		shape->fields = load_field_list(reading, list, &shape->fields_count);
	if (shape->fields_count > RECONCILE_MOST_COLUMNS)
		fault(reading, list, "一覧の列は%dまでにしてください。", RECONCILE_MOST_COLUMNS);
	for (size_t i = 0; i < shape->fields_count; i++)
		if ((KIND(shape->fields[i].kind) & plain) == 0)
			fault(reading, list,
			      "一覧の列「%.*s」の種類は text、number、day、moment のどれかにしてください。",
			      T_ARG(shape->fields[i].name));
	return shape;
}

static void
check_takes(struct reading *reading, const struct node *node, const struct pack_source *source)
{
	static const char *const keys[] = {NULL, "columns", "ledger", "occasion", "occasion"};
	static const char *const all[] = {"columns", "ledger", "occasion"};
	const char *needed = keys[source->takes];

	if (needed != NULL && node_get(node, needed) == NULL)
		fault(reading, node, "source: %s には %s が要ります。", source->name, needed);
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (node_get(node, all[i]) != NULL &&
		    (needed == NULL || !text_is(text_of(all[i]), needed)))
			fault(reading, node_get(node, all[i]), "source: %s に %s は使えません。",
			      source->name, all[i]);
}

static const struct pack_source *
refer_source(struct reading *reading, const struct node *node)
{
	struct text names[64];
	const struct pack_source *source =
		node->kind == NODE_TEXT ? pack_source(node->text) : NULL;

	if (source != NULL)
		return source;
	for (size_t i = 0; i < pack_sources_count && i < 64; i++)
		names[i] = text_of(pack_sources[i].name);
	fault(reading, node, "突き合わせの元「%.*s」はありません。%s", T_ARG(node->text),
	      did_you_mean(reading, node->text, names, pack_sources_count));
	return NULL;
}

static void
load_wait(struct reading *reading, const struct node *node, struct pack_reconcile_side *side)
{
	static const struct key keys[] = {{"column", true}, {"days", true}, {NULL, false}};
	const struct node *wait = node_get(node, "wait");

	if (wait == NULL || !shape_map(reading, wait, "wait", keys))
		return;
	side->wait = refer_field(reading, wait, "column", side->shape->fields,
				 side->shape->fields_count, KIND(FIELD_DAY) | KIND(FIELD_MOMENT));
	side->wait_days = refer_time(reading, wait, "days", KIND(PARAMETER_DAYS));
	if (side->may_be_alone)
		fault(reading, wait, "alone: fine の側に wait は要りません。");
}

static bool
load_side(struct reading *reading, const struct node *map, const char *name,
	  struct pack_reconcile_side *side)
{
	static const struct key keys[] = {
		{"source", true}, {"ja", false},    {"en", false},    {"ledger", false},
		{"occasion", false}, {"columns", false}, {"where", false}, {"many", false},
		{"alone", false}, {"wait", false},  {NULL, false},
	};
	static const char *const alone[] = {"difference", "fine", NULL};
	const struct node *node = node_get(map, name);

	if (node == NULL || !shape_map(reading, node, name, keys) ||
	    node_get(node, "source") == NULL)
		return false;
	side->source = refer_source(reading, node_get(node, "source"));
	if (side->source == NULL)
		return false;
	check_takes(reading, node, side->source);
	side->ledger = REFER(reading, node, "ledger", refer_ledger);
	side->occasion = REFER(reading, node, "occasion", refer_occasion);
	if (node_get(node, "ja") != NULL)
		side->name = own_words(reading, node);
	else if (side->ledger != NULL)
		side->name = side->ledger->name;
	else
		side->name = (struct words){text_of(side->source->ja), text_of(side->source->en)};
	if (side->source->takes == TAKES_COLUMNS)
		side->shape = load_columns(reading, node);
	else
		side->shape = side->ledger != NULL ? side->ledger : shape_of(reading, side);
	side->where = get_when(reading, node, "where");
	when_check_row(reading, node, "where", side->where, side->shape);
	side->is_many = get_yes_no(reading, node, "many", false);
	side->may_be_alone = get_one_of(reading, node, "alone", alone, 0) == 1;
	load_wait(reading, node, side);
	return true;
}

/* ---- Keys ---- */

static const struct pack_field *
side_field(struct reading *reading, const struct node *node, const char *key,
	   const struct pack_reconcile_side *side, unsigned kinds)
{
	return refer_field(reading, node, key, side->shape->fields, side->shape->fields_count, kinds);
}

static void
load_keys(struct reading *reading, const struct node *node, struct pack_reconcile *made)
{
	static const struct key keys[] = {
		{"left", true}, {"right", true}, {"zeros", false}, {NULL, false}};
	const unsigned fitting = ~(KIND(FIELD_FILE) | KIND(FIELD_SERIALS) | KIND(FIELD_LONG_TEXT));
	const struct node *list = node_get(node, "key");

	if (list == NULL || !shape_list(reading, list, "key"))
		return;
	if (list->count == 0 || list->count > RECONCILE_MOST_KEYS) {
		fault(reading, list, "key には、一つから%dまでの列の組を書いてください。",
		      RECONCILE_MOST_KEYS);
		return;
	}
	made->keys = ARENA_ARRAY(reading->into, struct pack_reconcile_key, list->count);
	for (const struct node *at = list->first; at != NULL; at = at->next) {
		struct pack_reconcile_key *key = &made->keys[made->keys_count];
		if (!shape_map(reading, at, "key", keys))
			continue;
		key->of[SIDE_LEFT] = side_field(reading, at, "left", &made->sides[SIDE_LEFT], fitting);
		key->of[SIDE_RIGHT] = side_field(reading, at, "right", &made->sides[SIDE_RIGHT], fitting);
		key->drops_zeros = get_yes_no(reading, at, "zeros", false);
		made->keys_count += key->of[SIDE_LEFT] != NULL && key->of[SIDE_RIGHT] != NULL;
	}
}

/* ---- Comparisons ---- */

static unsigned
kinds_for(enum compare_as as, enum pack_side side)
{
	const unsigned days = KIND(FIELD_DAY) | KIND(FIELD_MOMENT);

	switch (as) {
	case COMPARE_SAME:
		return ~(KIND(FIELD_FILE) | KIND(FIELD_SERIALS));
	case COMPARE_NUMBER:
		return KIND(FIELD_NUMBER);
	case COMPARE_DAY:
		return days;
	case COMPARE_INSIDE:
		return side == SIDE_LEFT ? days : KIND(FIELD_PERIOD);
	}
	return 0;
}

static void
load_compared(struct reading *reading, const struct node *node, const struct pack_reconcile *made,
	      enum pack_side side, struct pack_reconcile_compare *compare)
{
	static const char *const keys[SIDES] = {"left", "right"};
	const struct node *of = node_get(node, keys[side]);

	if (of == NULL || of->kind != NODE_TEXT)
		return;
	compare->what[side] = COMPARE_COLUMN;
	if (compare->as == COMPARE_NUMBER && text_is(of->text, "rows"))
		compare->what[side] = COMPARE_ROWS;
	else if (text_is(of->text, "today") &&
		 (compare->as == COMPARE_DAY ||
		  (compare->as == COMPARE_INSIDE && side == SIDE_LEFT)))
		compare->what[side] = COMPARE_TODAY;
	else
		compare->of[side] = side_field(reading, node, keys[side], &made->sides[side],
					       kinds_for(compare->as, side));
}

static void
load_compare(struct reading *reading, const struct node *node, const struct pack_reconcile *made,
	     struct pack_reconcile_compare *compare)
{
	static const struct key keys[] = {{"ja", true},	  {"en", true},	    {"as", true},
					  {"left", true}, {"right", true},  {"within", false},
					  {"more", false}, {NULL, false}};
	static const char *const more[] = {"neither", "left", "right", NULL};

	if (!shape_map(reading, node, "compare", keys))
		return;
	compare->name = own_words(reading, node);
	compare->as = (enum compare_as)get_one_of(reading, node, "as", as_names, 0);
	load_compared(reading, node, made, SIDE_LEFT, compare);
	load_compared(reading, node, made, SIDE_RIGHT, compare);
	(void)get_number(reading, node, "within", 0, 1000000, &compare->within);
	const int which = get_one_of(reading, node, "more", more, 0);
	compare->may_be_more[SIDE_LEFT] = which == 1;
	compare->may_be_more[SIDE_RIGHT] = which == 2;
	const char *only = node_get(node, "within") != NULL ? "within"
			   : which != 0			    ? "more"
							    : NULL;
	if (only != NULL && compare->as != COMPARE_NUMBER && compare->as != COMPARE_DAY)
		fault(reading, node_get(node, only), "%s は as: number か day でだけ使えます。", only);
}

static void
load_compares(struct reading *reading, const struct node *node, struct pack_reconcile *made)
{
	const struct node *list = node_get(node, "compare");

	if (list == NULL || !shape_list(reading, list, "compare"))
		return;
	if (list->count > RECONCILE_MOST_COMPARES) {
		fault(reading, list, "compare は%dまでにしてください。", RECONCILE_MOST_COMPARES);
		return;
	}
	made->compares = ARENA_ARRAY(reading->into, struct pack_reconcile_compare, list->count + 1);
	for (const struct node *at = list->first; at != NULL; at = at->next)
		load_compare(reading, at, made, &made->compares[made->compares_count++]);
}

/* ---- Shown ---- */

static void
load_shows(struct reading *reading, const struct node *node, struct pack_reconcile *made)
{
	static const struct key keys[] = {{"left", false}, {"right", false}, {NULL, false}};
	static const char *const names[SIDES] = {"left", "right"};
	const struct node *shows = node_get(node, "show");

	if (shows == NULL || !shape_map(reading, shows, "show", keys))
		return;
	for (int side = 0; side < SIDES; side++) {
		const struct node *list = node_get(shows, names[side]);
		const struct pack_ledger *shape = made->sides[side].shape;
		if (list == NULL || !shape_list(reading, list, names[side]))
			continue;
		made->shows[side] =
			ARENA_ARRAY(reading->into, const struct pack_field *, list->count + 1);
		for (const struct node *at = list->first; at != NULL; at = at->next) {
			const struct pack_field *field =
				at->kind == NODE_TEXT ? ledger_field(shape, at->text) : NULL;
			if (field == NULL)
				fault(reading, at, "「%.*s」という列はありません。", T_ARG(at->text));
			else
				made->shows[side][made->shows_count[side]++] = field;
		}
	}
}

/* ---- All ---- */

static void
load_one(struct reading *reading, const struct node *node, struct pack_reconcile *made)
{
	static const struct key keys[] = {
		{"code", true},	 {"ja", true},	 {"en", true},	    {"help", false},
		{"clauses", true}, {"owner", true}, {"every", false}, {"due", false},
		{"left", true},	 {"right", true}, {"key", true},    {"compare", false},
		{"show", false}, {NULL, false},
	};

	if (!shape_map(reading, node, "突き合わせ", keys))
		return;
	place_keep(reading, made, node);
	made->code = get_code(reading, node, "code");
	if (made->code.len > 0 && pack_reconcile(reading->pack, made->code) != NULL)
		fault_twice(reading, node, made->code);
	made->name = own_words(reading, node);
	made->help = get_words(reading, node, "help");
	made->clauses = refer_clauses(reading, node, "clauses", &made->clauses_count);
	/* Its differences are findings under the first. */
	if (node_get(node, "clauses") != NULL && node_get(node, "clauses")->first == NULL)
		fault(reading, node_get(node, "clauses"), "条項を一つ以上書いてください。違いは、はじめの条項の指摘事項になります。");
	made->owner = REFER(reading, node, "owner", refer_role);
	if (made->owner != NULL && made->owner->scope != SCOPE_BODY)
		fault(reading, node_get(node, "owner"),
		      "「%.*s」は団体に一人の役割ではありません。突き合わせは団体の全体を見るので、scope: body の役割を書いてください。",
		      T_ARG(made->owner->code));
	made->every = refer_time(reading, node, "every", KIND(PARAMETER_DAYS));
	made->due = refer_time(reading, node, "due", KIND(PARAMETER_DAYS));
	if (!load_side(reading, node, "left", &made->sides[SIDE_LEFT]) ||
	    !load_side(reading, node, "right", &made->sides[SIDE_RIGHT]))
		return;
	load_keys(reading, node, made);
	load_compares(reading, node, made);
	load_shows(reading, node, made);
}

void
load_reconciliations(struct reading *reading, const struct node *file)
{
	struct pack *pack = reading->pack;
	size_t count = 0;

	if (file == NULL)
		return;
	const struct node *at = file_items(reading, file, "reconciliations", &count);
	pack->reconciliations = ARENA_ARRAY(reading->into, struct pack_reconcile, count + 1);
	for (size_t i = 0; i < count; i++, at = at->next) {
		load_one(reading, at, &pack->reconciliations[i]);
		pack->reconciliations_count = i + 1;
	}
}
