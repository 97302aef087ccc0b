/* A catalog's tree as the clauses of a pack; controls that we wrote, with all that they say. */
#include "oscal/reading.h"

#include "base/number.h"

enum { CLAUSES_MOST = 20000 };

struct error *
clause_new(struct draft *draft, const struct spot *spot, struct draft_clause *parent,
	   struct draft_clause **made)
{
	struct draft_clause *clause = ARENA_NEW(draft->into, struct draft_clause);
	if (++draft->clauses_count > CLAUSES_MOST)
		return reject(where_is(draft->into, spot, NULL), "条項が多すぎます（%dまで）。",
			      CLAUSES_MOST);
	*clause = (struct draft_clause){ .parent = parent, .position = -1 };
	clause->where = text_of(where_is(draft->into, spot, NULL));
	clause->chapter = parent != NULL ? parent->chapter : draft->chapters++;
	if (draft->last == NULL)
		draft->first = clause;
	else
		draft->last->next = clause;
	draft->last = clause;
	*made = clause;
	return OK;
}

static struct text
own(struct draft *draft, const struct spot *spot, const char *name)
{
	return prop_at(draft->into, spot->value, OSCAL_NS, name, NULL);
}

static struct words
own_words(struct draft *draft, const struct spot *spot, const char *name)
{
	return (struct words){ prop_at(draft->into, spot->value, OSCAL_NS, name, "ja"),
			       prop_at(draft->into, spot->value, OSCAL_NS, name, "en") };
}

struct words
own_title(struct draft *draft, const struct spot *spot, struct text title)
{
	struct words words = own_words(draft, spot, "title");
	if (own(draft, spot, "untitled").len > 0)
		return (struct words){ T_INIT(""), T_INIT("") };
	if (words.ja.len == 0)
		words.ja = plain_of(draft->into, title);
	return words;
}

/* ---- A clause of ours ---- */

static size_t
own_list(struct draft *draft, const struct spot *spot, const char *name, struct text **list)
{
	const size_t most = json_array_size(json_object_get(spot->value, "props"));
	struct found_prop found;
	size_t from = 0, count = 0;
	*list = ARENA_ARRAY(draft->into, struct text, most + 1);
	while (prop_next(draft->into, spot->value, name, &from, &found))
		(*list)[count++] = found.value;
	return count;
}

/* A value of the same group: "cites-subject" that belongs to the third "cites". */
static struct text
grouped(struct draft *draft, const struct spot *spot, const char *name, struct text group,
	const char *class)
{
	struct found_prop found;
	size_t from = 0;
	while (prop_next(draft->into, spot->value, name, &from, &found))
		if (text_same(found.group, group) && (class == NULL || text_is(found.class, class)))
			return found.value;
	return T("");
}

static void
own_citations(struct draft *draft, const struct spot *spot, struct draft_clause *clause)
{
	const size_t most = json_array_size(json_object_get(spot->value, "props"));
	struct found_prop found;
	size_t from = 0;
	if (most == 0)
		return;
	clause->cites = ARENA_ARRAY(draft->into, struct cited, most);
	clause->statutes = ARENA_ARRAY(draft->into, struct pack_statute, most);
	while (prop_next(draft->into, spot->value, "cites", &from, &found))
		clause->cites[clause->cites_count++] = (struct cited){
			found.value,
			grouped(draft, spot, "cites-clause", found.group, NULL),
			{ grouped(draft, spot, "cites-subject", found.group, "ja"),
			  grouped(draft, spot, "cites-subject", found.group, "en") },
		};
	from = 0;
	while (prop_next(draft->into, spot->value, "statute", &from, &found))
		clause->statutes[clause->statutes_count++] = (struct pack_statute){
			found.value, grouped(draft, spot, "statute-number", found.group, NULL) };
	clause->names_count = own_list(draft, spot, "names", &clause->names);
}

static struct error *
part_prose(struct draft *draft, const struct spot *spot, const char *name, const char *class,
	   struct text *prose)
{
	json_t *array;
	size_t count;
	*prose = T("");
	TRY(array_at(draft->into, spot, "parts", &array, &count));
	for (size_t at = 0; at < count; at++) {
		const struct spot part = item_at(spot, "parts", array, at);
		struct text part_name, part_class;
		TRY(text_at(draft->into, &part, "name", &part_name));
		TRY(text_at(draft->into, &part, "class", &part_class));
		if (!text_is(part_name, name) || (class != NULL && !text_is(part_class, class)))
			continue;
		TRY(text_at(draft->into, &part, "prose", prose));
		*prose = plain_of(draft->into, *prose);
		return OK;
	}
	return OK;
}

static struct error *
own_duty(struct draft *draft, const struct spot *spot, struct draft_clause *clause)
{
	TRY(part_prose(draft, spot, "statement", NULL, &clause->duty.ja));
	TRY(part_prose(draft, spot, "translation", "en", &clause->duty.en));
		clause->kind = own(draft, spot, "kind");
	clause->modality = own(draft, spot, "modality");
	clause->module = own(draft, spot, "module");
	clause->actor = code_of(own(draft, spot, "duty-holder"));
	clause->also_count = own_list(draft, spot, "duty-holder-also", &clause->also);
	for (size_t at = 0; at < clause->also_count; at++)
		clause->also[at] = code_of(clause->also[at]);
	clause->is_discretionary = own(draft, spot, "discretionary").len > 0;
	clause->deadline = own_words(draft, spot, "deadline");
	clause->deadline_within = own(draft, spot, "deadline-within");
	clause->period = own_words(draft, spot, "period");
	clause->period_every = own(draft, spot, "period-every");
	return OK;
}

static struct error *
own_clause(struct draft *draft, const struct spot *spot, struct draft_clause *clause, bool is_control)
{
	struct text title, class;
	TRY(text_at(draft->into, spot, "title", &title));
	TRY(text_at(draft->into, spot, "class", &class));
	clause->id = draft_code(draft, own(draft, spot, "clause"));
	clause->number = own(draft, spot, "number");
	if (clause->number.len == 0)
		clause->number = prop_at(draft->into, spot->value, NULL, "label", NULL);
	if (clause->number.len == 0)
		clause->number = clause->id;
	clause->title = own_title(draft, spot, title);
	clause->form = own(draft, spot, "form");
	const struct text position = own(draft, spot, "position");
	if (number_read(position, 0, CLAUSES_MOST, &clause->position))
		draft->has_positions = true;
	own_citations(draft, spot, clause);
	TRY(part_prose(draft, spot, "printed", "ja", &clause->printed.ja));
	TRY(part_prose(draft, spot, "printed", "en", &clause->printed.en));
	clause->is_note = text_is(class, "note");
	clause->is_duty = is_control && !text_is(class, "heading");
	return clause->is_duty ? own_duty(draft, spot, clause) : OK;
}

/* ---- The tree ---- */

static struct error *draft_below(struct draft *draft, const struct spot *spot,
				 struct draft_clause *parent, bool is_brought);

static struct error *
draft_item(struct draft *draft, const struct spot *item, struct draft_clause *parent, bool is_control,
	   bool is_brought)
{
	struct draft_clause *clause;
	bool brings = false;
	/* What the profile leaves out; what stands below it may be taken all the same. */
	if (is_control && !is_selected(draft, item->value, is_brought, &brings))
		return draft_below(draft, item, parent, brings);
	TRY(clause_new(draft, item, parent, &clause));
	if (own(draft, item, "clause").len > 0)
		TRY(own_clause(draft, item, clause, is_control));
	else
		TRY(their_clause(draft, item, clause, is_control));
	return draft_below(draft, item, clause, brings);
}

static struct error *
draft_below(struct draft *draft, const struct spot *spot, struct draft_clause *parent, bool is_brought)
{
	static const char *const below[] = { "groups", "controls" };
	for (size_t kind = 0; kind < 2; kind++) {
		json_t *array;
		size_t count;
		TRY(array_at(draft->into, spot, below[kind], &array, &count));
		for (size_t at = 0; at < count; at++) {
			const struct spot item = item_at(spot, below[kind], array, at);
			TRY(draft_item(draft, &item, parent, kind == 1, is_brought));
		}
	}
	return OK;
}

struct error *
draft_catalog(struct draft *draft, const struct spot *catalog)
{
	struct spot metadata;
	TRY(object_at(draft->into, catalog, "metadata", &metadata));
	if (metadata.value == NULL)
		return reject(where_is(draft->into, catalog, "metadata"), "metadata がありません。");
	const struct text pack = own(draft, &metadata, "pack");
	draft->is_ours = pack.len > 0;
	draft->prefix = text_format(draft->into, "%.*s.", T_ARG(token_of(draft->into, pack)));
	TRY(draft_roles(draft, &metadata));
	TRY(draft_parameters(draft, catalog));
	TRY(draft_below(draft, catalog, NULL, false));
	return draft_check(draft);
}
