/* A catalog's groups, controls and statements as the clauses of a pack. */
#include "oscal/reading.h"

#include "base/number.h"
#include "base/say.h"

#include <stdlib.h>
#include <string.h>

enum { CLAUSES_MOST = 20000 };

static struct error *
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

/* Words that we wrote keep both languages; what is empty stays so, what is new gets a mark. */
static struct words
both(struct draft *draft, struct words words, struct text about)
{
	if (words.ja.len == 0 && words.en.len == 0)
		return words;
	if (words.ja.len == 0)
		return words_from(draft, words.en, about);
	if (words.en.len > 0)
		return words;
	words.en = text_join(draft->into, text_of(mark_en), words.ja);
	ask(draft, ANSWER_ENGLISH, about);
	return words;
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
	TRY(part_prose(draft, spot, "printed", "ja", &clause->printed.ja));
	TRY(part_prose(draft, spot, "printed", "en", &clause->printed.en));
	clause->duty = both(draft, clause->duty, clause->id);
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
	clause->title = both(draft, own_title(draft, spot, title), clause->id);
	clause->form = own(draft, spot, "form");
	const struct text position = own(draft, spot, "position");
	if (number_read(position, 0, CLAUSES_MOST, &clause->position))
		draft->has_positions = true;
	own_citations(draft, spot, clause);
	clause->is_note = text_is(class, "note");
	clause->is_duty = is_control && !text_is(class, "heading");
	return clause->is_duty ? own_duty(draft, spot, clause) : OK;
}

/* ---- A clause of somebody else's ---- */

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

static bool
is_role(const struct draft *draft, struct text code)
{
	for (size_t at = 0; at < draft->roles_count; at++)
		if (text_same(draft->roles[at].code, code))
			return true;
	return false;
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
		ask(draft, ANSWER_STATEMENT, clause->id);
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

static struct error *
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

/* What a clause must have and nobody said, under a mark and on the list. */
static void
complete(struct draft *draft, struct draft_clause *clause)
{
	if (!clause->is_duty && clause->title.ja.len == 0 && clause->number.len == 0)
		clause->number = clause->id;
	if (!clause->is_duty)
		return;
	if (clause->duty.ja.len == 0) {
		ask(draft, ANSWER_STATEMENT, clause->id);
		clause->duty = (struct words){ text_of(mark_ja), text_of(mark_en) };
	}
	if (clause->actor.len == 0) {
		ask(draft, ANSWER_ACTOR, clause->id);
		clause->actor = T("to-answer");
	}
	if (clause->kind.len == 0) {
		ask(draft, ANSWER_KIND, clause->id);
		clause->kind = T("attest");
	}
}

static int
position_order(const void *a, const void *b)
{
	const struct draft_clause *one = *(struct draft_clause *const *)a;
	const struct draft_clause *other = *(struct draft_clause *const *)b;
	return (one->position > other->position) - (one->position < other->position);
}

/* Headings of which a profile has taken nothing. */
static size_t
without_empty(struct draft_clause **clauses, size_t count)
{
	size_t kept = 0;
	for (size_t at = count; at-- > 0;) {
		clauses[at]->is_needed |= clauses[at]->is_duty;
		if (clauses[at]->is_needed && clauses[at]->parent != NULL)
			clauses[at]->parent->is_needed = true;
	}
	for (size_t at = 0; at < count; at++)
		if (clauses[at]->is_needed)
			clauses[kept++] = clauses[at];
	return kept;
}

/* The pack's order, where the tree could not tell it; what somebody added follows what it stands behind. */
static void
put_in_order(struct draft *draft)
{
	size_t count = 0;
	int64_t last = 0;
	draft->clauses = ARENA_ARRAY(draft->into, struct draft_clause *, draft->clauses_count + 1);
	for (struct draft_clause *at = draft->first; at != NULL; at = at->next) {
		complete(draft, at);
		if (at->position < 0)
			at->position = last;
		if (at->parent != NULL && at->parent->position > at->position)
			at->position = at->parent->position;
		last = at->position;
		draft->clauses[count++] = at;
	}
	draft->clauses_count = draft->selection != NULL ? without_empty(draft->clauses, count) : count;
	count = draft->clauses_count;
	if (!draft->has_positions)
		return;
	/* Insertion keeps equals in their order, and such packs are nearly in order already. */
	for (size_t at = 1; at < count; at++)
		for (size_t to = at; to > 0 && position_order(&draft->clauses[to - 1],
							      &draft->clauses[to]) > 0; to--) {
			struct draft_clause *moved = draft->clauses[to];
			draft->clauses[to] = draft->clauses[to - 1];
			draft->clauses[to - 1] = moved;
		}
}

static int
id_order(const void *a, const void *b)
{
	return text_order((*(struct draft_clause *const *)a)->id, (*(struct draft_clause *const *)b)->id);
}

static struct draft_clause *
clause_called(struct draft_clause **sorted, size_t count, struct text id)
{
	struct draft_clause wanted = { .id = id };
	struct draft_clause *key = &wanted;
	struct draft_clause **found = bsearch(&key, sorted, count, sizeof *sorted, id_order);
	return found != NULL ? *found : NULL;
}

/* References that lead to no clause stay as they are printed, and are listed. */
static void
resolve_links(struct draft *draft, struct draft_clause **sorted, struct draft_clause *clause)
{
	for (size_t at = 0; at < clause->cites_count; at++) {
		struct cited *cited = &clause->cites[at];
		if (cited->to.len == 0 ||
		    clause_called(sorted, draft->clauses_count, cited->to) != NULL)
			continue;
		ask(draft, ANSWER_LINK, text_format(draft->into, "%.*s → %.*s", T_ARG(clause->id),
						    T_ARG(cited->to)));
		cited->to = T("");
	}
}

static struct error *
check_ids(struct draft *draft)
{
	const size_t count = draft->clauses_count;
	struct draft_clause **sorted = ARENA_ARRAY(draft->into, struct draft_clause *, count + 1);
	if (count == 0)
		return reject(draft->file, "条項になるもの（groups、controls）が一つもありません。");
	memcpy(sorted, draft->clauses, count * sizeof *sorted);
	qsort(sorted, count, sizeof *sorted, id_order);
	for (size_t at = 0; at + 1 < count; at++)
		if (text_same(sorted[at]->id, sorted[at + 1]->id))
			return reject(text_z(draft->into, sorted[at + 1]->where),
				      "id「%.*s」が二度使われています（%.*s）。", T_ARG(sorted[at]->id),
				      T_ARG(sorted[at]->where));
	for (size_t at = 0; at < count; at++)
		resolve_links(draft, sorted, sorted[at]);
	for (size_t at = 0; at < draft->parameters_count; at++)
		if (clause_called(sorted, count, draft->parameters[at].clause) == NULL)
			draft->parameters[at].clause = T("");
	for (size_t at = 0; at < draft->roles_count; at++)
		if (clause_called(sorted, count, draft->roles[at].clause) == NULL)
			draft->roles[at].clause = T("");
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
	put_in_order(draft);
	return check_ids(draft);
}
