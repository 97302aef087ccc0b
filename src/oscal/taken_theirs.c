/* Controls as others write them: statements and their items are duties, the rest is kept to read. */
#include "oscal/reading.h"

#include <string.h>

static struct text
label_of(struct taken *taken, const struct spot *spot, struct text otherwise)
{
	const struct text label =
		text_trim(prop_at(taken->into, spot->value, NULL, "label", NULL));
	return label.len > 0 ? label : otherwise;
}

static void
put_aside(struct taken *taken, struct text about, struct text name, struct text words)
{
	write_format(&taken->aside, "- **%.*s** %.*s: %.*s\n", T_ARG(about), T_ARG(name), T_ARG(words));
}

/* Guidance, objectives, assessment methods: kept to read, for they are no duties. */
static struct error *
aside_part(struct taken *taken, const struct spot *part, struct text about, struct text name)
{
	json_t *array;
	size_t count;
	struct text prose;
	TRY(text_at(taken->into, part, "prose", &prose));
	if (prose.len > 0)
		put_aside(taken, about, name, prose_plain(taken, prose));
	TRY(array_at(taken->into, part, "parts", &array, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot below = item_at(part, "parts", array, at);
		TRY(aside_part(taken, &below, about, name));
	}
	return OK;
}

/* The words of a statement and of the items it introduces: together they are one duty. */
static struct error *
join_items(struct taken *taken, const struct spot *part, struct writer *out)
{
	json_t *array;
	size_t count;
	TRY(array_at(taken->into, part, "parts", &array, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot item = item_at(part, "parts", array, at);
		struct text prose;
		TRY(text_at(taken->into, &item, "prose", &prose));
		if (prose.len > 0)
			write_format(out, "\n%.*s %.*s", T_ARG(label_of(taken, &item, T("・"))),
				     T_ARG(prose_plain(taken, prose)));
		TRY(join_items(taken, &item, out));
	}
	return OK;
}

static const struct {
	const char *theirs, *ours;
} modalities[] = {
	{ "shall", "must" },	    { "must", "must" },	      { "muss", "must" },
	{ "shall-not", "must-not" }, { "must-not", "must-not" }, { "should", "endeavour" },
	{ "sollte", "endeavour" },  { "may", "may" },	      { "kann", "may" },
};

static struct text
modality_of(struct taken *taken, const struct spot *control)
{
	struct text said = prop_at(taken->into, control->value, NULL, "modality", NULL);
	if (said.len == 0)
		said = prop_at(taken->into, control->value, NULL, "modal_verb", NULL);
	for (size_t at = 0; at < sizeof modalities / sizeof *modalities; at++)
		if (text_is(text_fold(taken->into, said), modalities[at].theirs) ||
		    text_is(said, modalities[at].theirs))
			return text_of(modalities[at].ours);
	return T("must");
}

static struct error *
their_duty(struct taken *taken, const struct spot *control, const struct spot *part, struct text prose,
	   struct taken_clause *clause)
{
	struct writer words = writer_open(taken->into, 1 << 20);
	const struct text holder = plain_code(
		taken, prop_at(taken->into, control->value, NULL, "duty-holder", NULL));
	write_text(&words, prose_plain(taken, prose));
	if (part != NULL)
		TRY(join_items(taken, part, &words));
	clause->is_duty = true;
	clause->duty = words_from(taken, text_copy(taken->into, finished(taken, &words)), clause->id);
	clause->modality = modality_of(taken, control);
	clause->actor = is_role(taken, holder) ? holder : T("");
	return OK;
}

static struct error *their_parts(struct taken *taken, const struct spot *control,
				 const struct spot *part, struct taken_clause *clause);

/* An item of a statement that says nothing itself: each is a duty of its own. */
static struct error *
their_item(struct taken *taken, const struct spot *control, const struct spot *item,
	   struct taken_clause *parent, size_t number)
{
	struct taken_clause *clause;
	struct text id, prose;
	TRY(text_at(taken->into, item, "id", &id));
	TRY(text_at(taken->into, item, "prose", &prose));
	TRY(clause_new(taken, item, parent, &clause));
	if (id.len == 0)
		id = text_format(taken->into, "%.*s.%zu", T_ARG(parent->id), number);
	clause->id = taken_code(taken, id);
	clause->number = text_format(
		taken->into, "%.*s %.*s", T_ARG(parent->number),
		T_ARG(label_of(taken, item, text_format(taken->into, "(%zu)", number))));
	if (prose.len > 0)
		return their_duty(taken, control, item, prose, clause);
	return their_parts(taken, control, item, clause);
}

static struct error *
their_parts(struct taken *taken, const struct spot *control, const struct spot *part,
	    struct taken_clause *clause)
{
	json_t *array;
	size_t count;
	TRY(array_at(taken->into, part, "parts", &array, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot item = item_at(part, "parts", array, at);
		TRY(their_item(taken, control, &item, clause, at + 1));
	}
	return OK;
}

static struct error *
their_statement(struct taken *taken, const struct spot *control, const struct spot *part,
		struct taken_clause *clause)
{
	struct text prose;
	TRY(text_at(taken->into, part, "prose", &prose));
	if (prose.len > 0 && !clause->is_duty)
		return their_duty(taken, control, part, prose, clause);
	if (prose.len > 0)
		put_aside(taken, clause->id, T("statement"), prose_plain(taken, prose));
	return their_parts(taken, control, part, clause);
}

static bool
is_withdrawn(struct taken *taken, const struct spot *control)
{
	const struct text status = prop_at(taken->into, control->value, NULL, "status", NULL);
	return text_is(status, "withdrawn") || text_is(status, "Withdrawn");
}

static struct error *
their_text(struct taken *taken, const struct spot *control, struct taken_clause *clause)
{
	json_t *array;
	size_t count;
	bool has_statement = is_withdrawn(taken, control);
	TRY(array_at(taken->into, control, "parts", &array, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot part = item_at(control, "parts", array, at);
		struct text name;
		TRY(text_at(taken->into, &part, "name", &name));
		if (text_is(name, "statement") && !is_withdrawn(taken, control)) {
			has_statement = true;
			TRY(their_statement(taken, control, &part, clause));
		} else {
			TRY(aside_part(taken, &part, clause->id, name));
		}
	}
	if (!has_statement)
		oscal_ask(taken, ANSWER_STATEMENT, clause->id);
	return OK;
}

static struct error *
their_links(struct taken *taken, const struct spot *control, struct taken_clause *clause)
{
	json_t *array;
	size_t count;
	TRY(array_at(taken->into, control, "links", &array, &count));
	clause->cites = ARENA_ARRAY(taken->into, struct cited, count + 1);
	for (size_t at = 0; at < count; at++) {
		const struct spot link = item_at(control, "links", array, at);
		struct text href, words;
		TRY(text_at(taken->into, &link, "href", &href));
		TRY(text_at(taken->into, &link, "text", &words));
		if (text_is_blank(href))
			continue;
		/* To another control: a reference of the clause. Anything else is kept to read. */
		if (text_starts(href, T("#")) && href.len > 1 && href.data[1] != '\0')
			clause->cites[clause->cites_count++] = (struct cited){
				.printed = words.len > 0 ? plain_of(taken->into, words) : text_from(href, 1),
				.to = text_from(href, 1),
			};
		else
			put_aside(taken, clause->id, T("link"), href);
	}
	return OK;
}

/* Properties that say nothing to a pack. */
static void
their_props(struct taken *taken, const struct spot *spot, struct taken_clause *clause)
{
	static const char *const known[] = { "label", "sort-id", "duty-holder", "modality", "modal_verb" };
	json_t *prop;
	size_t at;
	json_array_foreach(json_object_get(spot->value, "props"), at, prop) {
		const char *name = json_string_value(json_object_get(prop, "name"));
		const char *value = json_string_value(json_object_get(prop, "value"));
		bool is_known = name == NULL || value == NULL;
		for (size_t of = 0; !is_known && of < sizeof known / sizeof *known; of++)
			is_known = strcmp(name, known[of]) == 0;
		if (!is_known)
			put_aside(taken, clause->id, text_of(name), text_of(value));
	}
}

struct error *
their_clause(struct taken *taken, const struct spot *spot, struct taken_clause *clause, bool is_control)
{
	struct text id, title;
	TRY(text_at(taken->into, spot, "id", &id));
	TRY(text_at(taken->into, spot, "title", &title));
	if (is_control && id.len == 0)
		return reject(where_is(taken->into, spot, NULL), "id がありません。");
	if (id.len == 0)
		id = text_format(taken->into, "group-%zu", taken->clauses_count);
	clause->id = taken_code(taken, id);
	clause->number = label_of(taken, spot, id);
	clause->title = words_from(taken, plain_of(taken->into, title), clause->id);
	if (clause->title.ja.len == 0 && !is_control)
		clause->title = words_from(taken, clause->number, clause->id);
	TRY(their_links(taken, spot, clause));
	their_props(taken, spot, clause);
	if (is_control)
		return their_text(taken, spot, clause);
	json_t *array;
	size_t count;
	TRY(array_at(taken->into, spot, "parts", &array, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot part = item_at(spot, "parts", array, at);
		TRY(aside_part(taken, &part, clause->id, T("group")));
	}
	return OK;
}
