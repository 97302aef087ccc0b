/* Controls as others write them: statements and their items are duties, the rest is kept to read. */
#include "oscal/reading.h"

#include <string.h>

static struct text
label_of(struct draft *draft, const struct spot *spot, struct text otherwise)
{
	const struct text label =
		text_trim(prop_at(draft->into, spot->value, NULL, "label", NULL));
	return label.len > 0 ? label : otherwise;
}

static void
put_aside(struct draft *draft, struct text about, struct text name, struct text words)
{
	write_format(&draft->aside, "- **%.*s** %.*s: %.*s\n", T_ARG(about), T_ARG(name), T_ARG(words));
}

/* Guidance, objectives, assessment methods: kept to read, for they are no duties. */
static struct error *
aside_part(struct draft *draft, const struct spot *part, struct text about, struct text name)
{
	json_t *array;
	size_t count;
	struct text prose;
	TRY(text_at(draft->into, part, "prose", &prose));
	if (prose.len > 0)
		put_aside(draft, about, name, prose_plain(draft, prose));
	TRY(array_at(draft->into, part, "parts", &array, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot below = item_at(part, "parts", array, at);
		TRY(aside_part(draft, &below, about, name));
	}
	return OK;
}

/* The words of a statement and of the items it introduces: together they are one duty. */
static struct error *
join_items(struct draft *draft, const struct spot *part, struct writer *out)
{
	json_t *array;
	size_t count;
	TRY(array_at(draft->into, part, "parts", &array, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot item = item_at(part, "parts", array, at);
		struct text prose;
		TRY(text_at(draft->into, &item, "prose", &prose));
		if (prose.len > 0)
			write_format(out, "\n%.*s %.*s", T_ARG(label_of(draft, &item, T("・"))),
				     T_ARG(prose_plain(draft, prose)));
		TRY(join_items(draft, &item, out));
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
modality_of(struct draft *draft, const struct spot *control)
{
	struct text said = prop_at(draft->into, control->value, NULL, "modality", NULL);
	if (said.len == 0)
		said = prop_at(draft->into, control->value, NULL, "modal_verb", NULL);
	for (size_t at = 0; at < sizeof modalities / sizeof *modalities; at++)
		if (text_is(text_fold(draft->into, said), modalities[at].theirs) ||
		    text_is(said, modalities[at].theirs))
			return text_of(modalities[at].ours);
	return T("must");
}

static struct error *
their_duty(struct draft *draft, const struct spot *control, const struct spot *part, struct text prose,
	   struct draft_clause *clause)
{
	struct writer words = writer_open(draft->into, 1 << 20);
	const struct text holder = plain_code(
		draft, prop_at(draft->into, control->value, NULL, "duty-holder", NULL));
	write_text(&words, prose_plain(draft, prose));
	if (part != NULL)
		TRY(join_items(draft, part, &words));
	clause->is_duty = true;
	clause->duty = words_from(draft, text_copy(draft->into, finished(draft, &words)), clause->id);
	clause->modality = modality_of(draft, control);
	clause->actor = is_role(draft, holder) ? holder : T("");
	return OK;
}

static struct error *their_parts(struct draft *draft, const struct spot *control,
				 const struct spot *part, struct draft_clause *clause);

/* An item of a statement that says nothing itself: each is a duty of its own. */
static struct error *
their_item(struct draft *draft, const struct spot *control, const struct spot *item,
	   struct draft_clause *parent, size_t number)
{
	struct draft_clause *clause;
	struct text id, prose;
	TRY(text_at(draft->into, item, "id", &id));
	TRY(text_at(draft->into, item, "prose", &prose));
	TRY(clause_new(draft, item, parent, &clause));
	if (id.len == 0)
		id = text_format(draft->into, "%.*s.%zu", T_ARG(parent->id), number);
	clause->id = draft_code(draft, id);
	clause->number = text_format(
		draft->into, "%.*s %.*s", T_ARG(parent->number),
		T_ARG(label_of(draft, item, text_format(draft->into, "(%zu)", number))));
	if (prose.len > 0)
		return their_duty(draft, control, item, prose, clause);
	return their_parts(draft, control, item, clause);
}

static struct error *
their_parts(struct draft *draft, const struct spot *control, const struct spot *part,
	    struct draft_clause *clause)
{
	json_t *array;
	size_t count;
	TRY(array_at(draft->into, part, "parts", &array, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot item = item_at(part, "parts", array, at);
		TRY(their_item(draft, control, &item, clause, at + 1));
	}
	return OK;
}

static struct error *
their_statement(struct draft *draft, const struct spot *control, const struct spot *part,
		struct draft_clause *clause)
{
	struct text prose;
	TRY(text_at(draft->into, part, "prose", &prose));
	if (prose.len > 0 && !clause->is_duty)
		return their_duty(draft, control, part, prose, clause);
	if (prose.len > 0)
		put_aside(draft, clause->id, T("statement"), prose_plain(draft, prose));
	return their_parts(draft, control, part, clause);
}

static bool
is_withdrawn(struct draft *draft, const struct spot *control)
{
	const struct text status = prop_at(draft->into, control->value, NULL, "status", NULL);
	return text_is(status, "withdrawn") || text_is(status, "Withdrawn");
}

static struct error *
their_text(struct draft *draft, const struct spot *control, struct draft_clause *clause)
{
	json_t *array;
	size_t count;
	bool has_statement = is_withdrawn(draft, control);
	TRY(array_at(draft->into, control, "parts", &array, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot part = item_at(control, "parts", array, at);
		struct text name;
		TRY(text_at(draft->into, &part, "name", &name));
		if (text_is(name, "statement") && !is_withdrawn(draft, control)) {
			has_statement = true;
			TRY(their_statement(draft, control, &part, clause));
		} else {
			TRY(aside_part(draft, &part, clause->id, name));
		}
	}
	if (!has_statement)
		oscal_ask(draft, ANSWER_STATEMENT, clause->id);
	return OK;
}

static struct error *
their_links(struct draft *draft, const struct spot *control, struct draft_clause *clause)
{
	json_t *array;
	size_t count;
	TRY(array_at(draft->into, control, "links", &array, &count));
	clause->cites = ARENA_ARRAY(draft->into, struct cited, count + 1);
	for (size_t at = 0; at < count; at++) {
		const struct spot link = item_at(control, "links", array, at);
		struct text href, words;
		TRY(text_at(draft->into, &link, "href", &href));
		TRY(text_at(draft->into, &link, "text", &words));
		if (text_is_blank(href))
			continue;
		/* To another control: a reference of the clause. Anything else is kept to read. */
		if (text_starts(href, T("#")) && href.len > 1 && href.data[1] != '\0')
			clause->cites[clause->cites_count++] = (struct cited){
				.printed = words.len > 0 ? plain_of(draft->into, words) : text_from(href, 1),
				.to = text_from(href, 1),
			};
		else
			put_aside(draft, clause->id, T("link"), href);
	}
	return OK;
}

/* Properties that say nothing to a pack. */
static void
their_props(struct draft *draft, const struct spot *spot, struct draft_clause *clause)
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
			put_aside(draft, clause->id, text_of(name), text_of(value));
	}
}

struct error *
their_clause(struct draft *draft, const struct spot *spot, struct draft_clause *clause, bool is_control)
{
	struct text id, title;
	TRY(text_at(draft->into, spot, "id", &id));
	TRY(text_at(draft->into, spot, "title", &title));
	if (is_control && id.len == 0)
		return reject(where_is(draft->into, spot, NULL), "id がありません。");
	if (id.len == 0)
		id = text_format(draft->into, "group-%zu", draft->clauses_count);
	clause->id = draft_code(draft, id);
	clause->number = label_of(draft, spot, id);
	clause->title = words_from(draft, plain_of(draft->into, title), clause->id);
	if (clause->title.ja.len == 0 && !is_control)
		clause->title = words_from(draft, clause->number, clause->id);
	TRY(their_links(draft, spot, clause));
	their_props(draft, spot, clause);
	if (is_control)
		return their_text(draft, spot, clause);
	json_t *array;
	size_t count;
	TRY(array_at(draft->into, spot, "parts", &array, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot part = item_at(spot, "parts", array, at);
		TRY(aside_part(draft, &part, clause->id, T("group")));
	}
	return OK;
}
