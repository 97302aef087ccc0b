/* A catalog's tree as the clauses of a pack; controls that we wrote, with all that they say. */
#include "oscal/reading.h"

#include "base/number.h"

enum { CLAUSES_MOST = 20000 };

struct error *
clause_new(struct taken *taken, const struct spot *spot, struct taken_clause *parent,
	   struct taken_clause **made)
{
	struct taken_clause *clause = ARENA_NEW(taken->into, struct taken_clause);
	if (++taken->clauses_count > CLAUSES_MOST)
		return reject(where_is(taken->into, spot, NULL), "条項が多すぎます（%dまで）。",
			      CLAUSES_MOST);
	*clause = (struct taken_clause){ .parent = parent, .position = -1 };
	clause->where = text_of(where_is(taken->into, spot, NULL));
	clause->chapter = parent != NULL ? parent->chapter : taken->chapters++;
	if (taken->last == NULL)
		taken->first = clause;
	else
		taken->last->next = clause;
	taken->last = clause;
	*made = clause;
	return OK;
}

static struct text
own(struct taken *taken, const struct spot *spot, const char *name)
{
	return prop_at(taken->into, spot->value, OSCAL_NS, name, NULL);
}

static struct words
own_words(struct taken *taken, const struct spot *spot, const char *name)
{
	return (struct words){ prop_at(taken->into, spot->value, OSCAL_NS, name, "ja"),
			       prop_at(taken->into, spot->value, OSCAL_NS, name, "en") };
}

struct words
own_title(struct taken *taken, const struct spot *spot, struct text title)
{
	struct words words = own_words(taken, spot, "title");
	if (own(taken, spot, "untitled").len > 0)
		return (struct words){ T_INIT(""), T_INIT("") };
	if (words.ja.len == 0)
		words.ja = plain_of(taken->into, title);
	return words;
}

/* ---- A clause of ours ---- */

static size_t
own_list(struct taken *taken, const struct spot *spot, const char *name, struct text **list)
{
	const size_t most = json_array_size(json_object_get(spot->value, "props"));
	struct found_prop found;
	size_t from = 0, count = 0;
	*list = ARENA_ARRAY(taken->into, struct text, most + 1);
	while (prop_next(taken->into, spot->value, name, &from, &found))
		(*list)[count++] = found.value;
	return count;
}

/* A value of the same group: "cites-subject" that belongs to the third "cites". */
static struct text
grouped(struct taken *taken, const struct spot *spot, const char *name, struct text group,
	const char *class)
{
	struct found_prop found;
	size_t from = 0;
	while (prop_next(taken->into, spot->value, name, &from, &found))
		if (text_same(found.group, group) && (class == NULL || text_is(found.class, class)))
			return found.value;
	return T("");
}

static void
own_citations(struct taken *taken, const struct spot *spot, struct taken_clause *clause)
{
	const size_t most = json_array_size(json_object_get(spot->value, "props"));
	struct found_prop found;
	size_t from = 0;
	if (most == 0)
		return;
	clause->cites = ARENA_ARRAY(taken->into, struct cited, most);
	clause->statutes = ARENA_ARRAY(taken->into, struct pack_statute, most);
	while (prop_next(taken->into, spot->value, "cites", &from, &found))
		clause->cites[clause->cites_count++] = (struct cited){
			found.value,
			grouped(taken, spot, "cites-clause", found.group, NULL),
			{ grouped(taken, spot, "cites-subject", found.group, "ja"),
			  grouped(taken, spot, "cites-subject", found.group, "en") },
		};
	from = 0;
	while (prop_next(taken->into, spot->value, "statute", &from, &found))
		clause->statutes[clause->statutes_count++] = (struct pack_statute){
			found.value, grouped(taken, spot, "statute-number", found.group, NULL) };
	clause->names_count = own_list(taken, spot, "names", &clause->names);
}

static struct error *
part_prose(struct taken *taken, const struct spot *spot, const char *name, const char *class,
	   struct text *prose)
{
	json_t *array;
	size_t count;
	*prose = T("");
	TRY(array_at(taken->into, spot, "parts", &array, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot part = item_at(spot, "parts", array, at);
		struct text part_name, part_class;
		TRY(text_at(taken->into, &part, "name", &part_name));
		TRY(text_at(taken->into, &part, "class", &part_class));
		if (!text_is(part_name, name) || (class != NULL && !text_is(part_class, class)))
			continue;
		TRY(text_at(taken->into, &part, "prose", prose));
		*prose = plain_of(taken->into, *prose);
		return OK;
	}
	return OK;
}

static struct error *
own_duty(struct taken *taken, const struct spot *spot, struct taken_clause *clause)
{
	TRY(part_prose(taken, spot, "statement", NULL, &clause->duty.ja));
	TRY(part_prose(taken, spot, "translation", "en", &clause->duty.en));
		clause->kind = own(taken, spot, "kind");
	clause->modality = own(taken, spot, "modality");
	clause->module = own(taken, spot, "module");
	clause->actor = code_of(own(taken, spot, "duty-holder"));
	clause->also_count = own_list(taken, spot, "duty-holder-also", &clause->also);
	for (size_t at = 0; at < clause->also_count; at++)
		clause->also[at] = code_of(clause->also[at]);
	clause->is_discretionary = own(taken, spot, "discretionary").len > 0;
	clause->deadline = own_words(taken, spot, "deadline");
	clause->deadline_within = own(taken, spot, "deadline-within");
	clause->period = own_words(taken, spot, "period");
	clause->period_every = own(taken, spot, "period-every");
	return OK;
}

static struct error *
own_clause(struct taken *taken, const struct spot *spot, struct taken_clause *clause, bool is_control)
{
	struct text title, class;
	TRY(text_at(taken->into, spot, "title", &title));
	TRY(text_at(taken->into, spot, "class", &class));
	clause->id = taken_code(taken, own(taken, spot, "clause"));
	clause->number = own(taken, spot, "number");
	if (clause->number.len == 0)
		clause->number = prop_at(taken->into, spot->value, NULL, "label", NULL);
	if (clause->number.len == 0)
		clause->number = clause->id;
	clause->title = own_title(taken, spot, title);
	clause->form = own(taken, spot, "form");
	const struct text position = own(taken, spot, "position");
	if (number_read(position, 0, CLAUSES_MOST, &clause->position))
		taken->has_positions = true;
	own_citations(taken, spot, clause);
	TRY(part_prose(taken, spot, "printed", "ja", &clause->printed.ja));
	TRY(part_prose(taken, spot, "printed", "en", &clause->printed.en));
	clause->is_note = text_is(class, "note");
	clause->is_duty = is_control && !text_is(class, "heading");
	return clause->is_duty ? own_duty(taken, spot, clause) : OK;
}

/* ---- The tree ---- */

static struct error *taken_below(struct taken *taken, const struct spot *spot,
				 struct taken_clause *parent, bool is_brought);

static struct error *
taken_item(struct taken *taken, const struct spot *item, struct taken_clause *parent, bool is_control,
	   bool is_brought)
{
	struct taken_clause *clause;
	bool brings = false;
	/* What the profile leaves out; what stands below it may be taken all the same. */
	if (is_control && !is_selected(taken, item->value, is_brought, &brings))
		return taken_below(taken, item, parent, brings);
	TRY(clause_new(taken, item, parent, &clause));
	if (own(taken, item, "clause").len > 0)
		TRY(own_clause(taken, item, clause, is_control));
	else
		TRY(their_clause(taken, item, clause, is_control));
	return taken_below(taken, item, clause, brings);
}

static struct error *
taken_below(struct taken *taken, const struct spot *spot, struct taken_clause *parent, bool is_brought)
{
	static const char *const below[] = { "groups", "controls" };
	for (size_t kind = 0; kind < 2; kind++) {
		json_t *array;
		size_t count;
		TRY(array_at(taken->into, spot, below[kind], &array, &count));
		for (size_t at = 0; at < count; at++) {
			const struct spot item = item_at(spot, below[kind], array, at);
			TRY(taken_item(taken, &item, parent, kind == 1, is_brought));
		}
	}
	return OK;
}

struct error *
taken_catalog(struct taken *taken, const struct spot *catalog)
{
	struct spot metadata;
	TRY(object_at(taken->into, catalog, "metadata", &metadata));
	if (metadata.value == NULL)
		return reject(where_is(taken->into, catalog, "metadata"), "metadata がありません。");
	const struct text pack = own(taken, &metadata, "pack");
	taken->is_ours = pack.len > 0;
	taken->prefix = text_format(taken->into, "%.*s.", T_ARG(token_of(taken->into, pack)));
	TRY(taken_roles(taken, &metadata));
	TRY(taken_parameters(taken, catalog));
	TRY(taken_below(taken, catalog, NULL, false));
	return taken_check(taken);
}
