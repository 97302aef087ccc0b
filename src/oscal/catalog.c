/*
 * The catalog: the clause tree. A chapter or section that is nothing but a heading over headings is a
 * group; everything else is a control, for controls nest as deep as a clause tree needs.
 */
#include "oscal/rooms.h"

#include "base/say.h"

struct tree {
	struct writing *writing;
	const struct pack *pack;
	size_t *child, *next; /* number of a clause + 1; 0: none */
	bool *is_group;
	bool is_ordered; /* reading the tree downwards gives the document's order */
};

static size_t
number_of(const struct tree *tree, const struct pack_clause *clause)
{
	return (size_t)(clause - tree->pack->clauses); /* one of them: not negative */
}

static void
tree_grow(struct tree *tree, struct arena *arena)
{
	const size_t count = tree->pack->clauses_count;
	size_t *last = ARENA_ARRAY(arena, size_t, count + 1);
	tree->child = ARENA_ARRAY(arena, size_t, count + 1);
	tree->next = ARENA_ARRAY(arena, size_t, count + 1);
	tree->is_group = ARENA_ARRAY(arena, bool, count + 1);
	for (size_t at = 0; at < count; at++) {
		const struct pack_clause *parent = tree->pack->clauses[at].parent;
		/* Slot `count` of child is the root's. */
		const size_t above = parent == NULL ? count : number_of(tree, parent);
		if (last[above] == 0)
			tree->child[above] = at + 1;
		else
			tree->next[last[above] - 1] = at + 1;
		last[above] = at + 1;
	}
}

static bool
are_headings(const struct tree *tree, size_t first)
{
	for (size_t at = first; at != 0; at = tree->next[at - 1])
		if (tree->pack->clauses[at - 1].is_duty)
			return false;
	return true;
}

/* A group holds groups or controls, never both; the catalog itself may hold both. */
static void
choose_groups(struct tree *tree, size_t first, bool is_top)
{
	const bool may = is_top || are_headings(tree, first);
	for (size_t at = first; at != 0; at = tree->next[at - 1]) {
		tree->is_group[at - 1] = may && !tree->pack->clauses[at - 1].is_duty;
		if (tree->is_group[at - 1])
			choose_groups(tree, tree->child[at - 1], false);
	}
}

static bool
is_ordered(const struct tree *tree, size_t first, size_t *seen)
{
	for (size_t at = first; at != 0; at = tree->next[at - 1])
		if (at - 1 != (*seen)++ || !is_ordered(tree, tree->child[at - 1], seen))
			return false;
	return true;
}

/* ---- One clause ---- */

static void
add_duty_props(struct tree *tree, json_t *control, const struct pack_clause *clause)
{
	static const char *const modalities[] = { "must", "must-not", "may", "endeavour" };
	struct arena *arena = tree->writing->arena;
	add_prop(arena, control, "kind", text_of(clause_kind_name(clause->kind)));
	add_prop(arena, control, "modality", text_of(modalities[clause->modality]));
	if (clause->actor != NULL)
		add_prop(arena, control, "duty-holder", token_of(arena, clause->actor->code));
	for (size_t at = 0; at < clause->also_count; at++)
		add_prop(arena, control, "duty-holder-also", token_of(arena, clause->also[at]->code));
	add_prop(arena, control, "module", clause->module);
	if (clause->is_discretionary)
		add_prop(arena, control, "discretionary", T("yes"));
	add_words(arena, control, "deadline", clause->deadline_words);
	if (clause->deadline != NULL)
		add_prop(arena, control, "deadline-within", clause->deadline->code);
	add_words(arena, control, "period", clause->period_words);
	if (clause->period != NULL)
		add_prop(arena, control, "period-every", clause->period->code);
}

static void
add_reference(struct tree *tree, json_t *control, const struct pack_reference *reference,
	      const char *group)
{
	struct arena *arena = tree->writing->arena;
	const struct words subject = reference->subject;
	add_property(arena, control, &(struct property){ "cites", reference->printed, NULL, group });
	add_property(arena, control, &(struct property){ "cites-subject", subject.ja, "ja", group });
	add_property(arena, control, &(struct property){ "cites-subject", subject.en, "en", group });
	if (reference->to == NULL)
		return;
	add_property(arena, control,
		     &(struct property){ "cites-clause", reference->to->id, NULL, group });
	add_link(control, "related",
		 text_join(arena, T("#"), control_id(arena, tree->pack, reference->to->id)),
		 markup_of(arena, line_of(arena, reference->printed)));
}

static void
add_citations(struct tree *tree, json_t *control, const struct pack_clause *clause)
{
	struct arena *arena = tree->writing->arena;
	for (size_t at = 0; at < clause->references_count; at++)
		add_reference(tree, control, &clause->references[at],
			      text_format(arena, "cites-%zu", at + 1).data);
	for (size_t at = 0; at < clause->roles_named_count; at++)
		add_prop(arena, control, "names", clause->roles_named[at]);
	for (size_t at = 0; at < clause->statutes_count; at++) {
		const char *group = text_format(arena, "statute-%zu", at + 1).data;
		const struct pack_statute *statute = &clause->statutes[at];
		add_property(arena, control, &(struct property){ "statute", statute->name, NULL, group });
		add_property(arena, control,
			     &(struct property){ "statute-number", statute->number, NULL, group });
	}
}

static void
add_form(struct tree *tree, json_t *control, const struct pack_clause *clause)
{
	struct arena *arena = tree->writing->arena;
	const struct pack_form *form = pack_form(tree->pack, clause->form_number);
	add_prop(arena, control, "form", clause->form_number);
	if (form != NULL)
		add_link(control, "reference",
			 text_join(arena, T("#"),
				   uuid_of(arena, tree->writing->scope, "form", form->number)),
			 markup_of(arena, line_of(arena, form->label.ja)));
}

static json_t *
add_part(json_t *control, const char *name, struct text id, const char *class)
{
	json_t *part = add_object(control, "parts");
	put_z(part, "name", name);
	if (id.len > 0)
		put_text(part, "id", id);
	if (class == NULL)
		return part;
	put_z(part, "ns", OSCAL_NS);
	put_z(part, "class", class);
	return part;
}

/* NIST asks every control for a statement; a heading's is its title. */
static void
add_parts(struct tree *tree, json_t *control, const struct pack_clause *clause)
{
	struct arena *arena = tree->writing->arena;
	json_t *part = add_part(control, "statement", statement_id(arena, tree->pack, clause->id), NULL);
	put_prose(arena, part, "prose",
		  clause->is_duty ? clause->duty.ja
				  : (clause->title.ja.len > 0 ? clause->title.ja : clause->number));
	if (clause->duty.en.len > 0)
		put_prose(arena, add_part(control, "translation", T(""), "en"), "prose",
			  clause->duty.en);
}

/* The document's own sentence, where the pack gives it. */
static void
add_printed(struct tree *tree, json_t *object, const struct pack_clause *clause)
{
	struct arena *arena = tree->writing->arena;
	if (clause->printed.ja.len > 0)
		put_prose(arena, add_part(object, "printed", T(""), "ja"), "prose", clause->printed.ja);
	if (clause->printed.en.len > 0)
		put_prose(arena, add_part(object, "printed", T(""), "en"), "prose", clause->printed.en);
}

static const char *
class_of(const struct pack_clause *clause)
{
	if (clause->is_note)
		return "note";
	return clause->is_duty ? "duty" : "heading";
}

/* What groups and controls have in common. */
static void
put_clause(struct tree *tree, json_t *object, const struct pack_clause *clause)
{
	struct arena *arena = tree->writing->arena;
	put_text(object, "id", control_id(arena, tree->pack, clause->id));
	put_title(arena, object, clause->title, clause->number);
	json_t *label = add_object(object, "props");
	put_z(label, "name", "label");
	put_text(label, "value", line_of(arena, clause->number));
	add_prop(arena, object, "clause", clause->id);
	if (!text_same(line_of(arena, clause->number), clause->number))
		add_prop(arena, object, "number", clause->number);
	if (!tree->is_ordered)
		add_prop(arena, object, "position",
			 text_number(arena, (int64_t)number_of(tree, clause))); /* below 20,000 */
	add_citations(tree, object, clause);
	add_printed(tree, object, clause);
}

static void
put_control(struct tree *tree, json_t *control, const struct pack_clause *clause)
{
	put_clause(tree, control, clause);
	put_z(control, "class", class_of(clause));
	if (clause->is_duty)
		add_duty_props(tree, control, clause);
	if (clause->form_number.len > 0)
		add_form(tree, control, clause);
	add_parts(tree, control, clause);
}

static void
put_clauses(struct tree *tree, json_t *above, size_t first)
{
	for (size_t at = first; at != 0; at = tree->next[at - 1]) {
		const struct pack_clause *clause = &tree->pack->clauses[at - 1];
		json_t *object = add_object(above, tree->is_group[at - 1] ? "groups" : "controls");
		if (tree->is_group[at - 1]) {
			put_clause(tree, object, clause);
			put_z(object, "class", clause->depth == 0 ? "chapter" : "section");
		} else {
			put_control(tree, object, clause);
		}
		put_clauses(tree, object, tree->child[at - 1]);
	}
}

/* ---- Roles, parameters ---- */

static void
put_role(struct writing *writing, json_t *object, const struct pack_role *role)
{
	static const char *const scopes[] = { "body", "bureau", "section", "system", "everyone" };
	struct arena *arena = writing->arena;
	put_text(object, "id", token_of(arena, role->code));
	put_title(arena, object, role->name, role->code);
	if (!text_same(role->short_name.ja, role->name.ja) ||
	    !text_same(role->short_name.en, role->name.en)) {
		put_text(object, "short-name", line_of(arena, role->short_name.ja));
		add_words(arena, object, "short", role->short_name);
	}
	if (role->appointed.ja.len > 0) {
		put_prose(arena, object, "description", role->appointed.ja);
		add_english(arena, object, "appointed", role->appointed);
	}
	add_prop(arena, object, "scope", text_of(scopes[role->scope]));
	if (role->above != NULL)
		add_prop(arena, object, "above", token_of(arena, role->above->code));
	if (role->must_be_held)
		add_prop(arena, object, "must-be-held", T("yes"));
	if (role->is_collegial)
		add_prop(arena, object, "collegial", T("yes"));
	if (role->clause != NULL)
		add_prop(arena, object, "clause", role->clause->id);
}

static void
put_parameter(struct writing *writing, json_t *object, const struct pack_parameter *parameter)
{
	static const char *const kinds[] = { "days", "minutes", "count", "yes-no" };
	struct arena *arena = writing->arena;
	put_text(object, "id", parameter_id(arena, writing->source->pack, parameter->code));
	put_line(arena, object, "label", parameter->name.ja);
	if (!text_same(line_of(arena, parameter->name.ja), parameter->name.ja))
		add_words(arena, object, "label", parameter->name);
	else
		add_english(arena, object, "label", parameter->name);
	add_prop(arena, object, "kind", text_of(kinds[parameter->kind]));
	add_prop(arena, object, "least", text_number(arena, parameter->least));
	add_prop(arena, object, "most", text_number(arena, parameter->most));
	add_text(object, "values", text_number(arena, parameter->usual));
	if (parameter->clause == NULL)
		return;
	add_prop(arena, object, "clause", parameter->clause->id);
	add_link(object, "reference",
		 text_join(arena, T("#"),
			   control_id(arena, writing->source->pack, parameter->clause->id)),
		 T(""));
}

/* ---- The pack itself ---- */

static void
add_edition(struct writing *writing, json_t *metadata, const struct pack_edition *edition)
{
	struct arena *arena = writing->arena;
	json_t *revision = add_object(metadata, "revisions");
	put_text(revision, "version", line_of(arena, edition->version));
	if (edition->effective.len > 0)
		put_text(revision, "published", time_of_day(arena, edition->effective));
	add_prop(arena, revision, "enacted", edition->enacted);
	add_prop(arena, revision, "effective", edition->effective);
	if (edition->is_full)
		add_prop(arena, revision, "full", T("yes"));
}

static void
put_pack(struct writing *writing, json_t *metadata)
{
	const struct pack *pack = writing->source->pack;
	struct arena *arena = writing->arena;
	put_title(arena, metadata, pack->title, pack->id);
	put_text(metadata, "published", time_of_day(arena, pack->effective));
	add_prop(arena, metadata, "mode", pack->is_sample ? T("sample") : T("adopted"));
	add_words(arena, metadata, "body", pack->body);
	add_words(arena, metadata, "law", pack->law);
	add_words(arena, metadata, "document", pack->document);
	add_prop(arena, metadata, "effective", pack->effective);
	add_prop(arena, metadata, "enacted", pack->enacted);
	if (pack->publishes != NULL)
		add_prop(arena, metadata, "publishes", token_of(arena, pack->publishes->code));
	if (pack->transfers != NULL)
		add_prop(arena, metadata, "transfers", token_of(arena, pack->transfers->code));
	if (pack->is_acknowledged)
		add_prop(arena, metadata, "acknowledged", T("yes"));
	for (size_t at = 0; at < pack->editions_count; at++)
		add_edition(writing, metadata, &pack->editions[at]);
	for (size_t at = 0; at < pack->roles_count; at++)
		put_role(writing, add_object(metadata, "roles"), &pack->roles[at]);
}

static void
add_forms(struct writing *writing)
{
	const struct pack *pack = writing->source->pack;
	struct arena *arena = writing->arena;
	for (size_t at = 0; at < pack->forms_count; at++) {
		const struct pack_form *form = &pack->forms[at];
		json_t *resource = add_resource(
			writing, "form", form->number,
			text_format(arena, "%.*s　%.*s", T_ARG(form->label.ja), T_ARG(form->title.ja)));
		add_prop(arena, resource, "number", form->number);
		for (size_t of = 0; of < form->clauses_count; of++)
			add_prop(arena, resource, "clause", form->clauses[of]->id);
	}
}

/* An address in the folder; bytes that URIs do not allow are written as %XX. */
static struct text
address_of(struct arena *into, struct text path)
{
	struct writer out = writer_open(into, 3 * path.len + 16);
	for (size_t at = 0; at < path.len; at++) {
		const unsigned char c = (unsigned char)path.data[at];
		const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
				      (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' ||
				      c == '/';
		if (is_plain)
			write_byte(&out, (char)c);
		else
			write_format(&out, "%%%02X", c);
	}
	return writer_text(&out);
}

/* A file name is a token to OSCAL: the folder goes before a dot; the path itself is a property. */
static struct text
file_token(struct arena *into, struct text path)
{
	struct writer out = writer_open(into, path.len + 16);
	for (size_t at = 0; at < path.len; at++) {
		const char c = path.data[at];
		const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
				      (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
		if (c == '/')
			write_byte(&out, '.');
		else
			write_byte(&out, is_plain ? c : '_');
	}
	return token_of(into, writer_text(&out));
}

static void
add_files(struct writing *writing)
{
	struct arena *arena = writing->arena;
	for (size_t at = 0; at < writing->source->files_count; at++) {
		const struct oscal_file *file = &writing->source->files[at];
		const struct hash digest = hash_of(file->bytes);
		const struct text type =
			text_ends(file->path, T(".yaml")) ? T("application/yaml") : T("text/markdown");
		json_t *resource = add_resource(writing, "pack-file", file->path, file->path);
		add_prop(arena, resource, "path", file->path);
		json_t *link = add_object(resource, "rlinks");
		put_text(link, "href", address_of(arena, file->path));
		put_text(link, "media-type", type);
		json_t *hash = add_object(link, "hashes");
		put_z(hash, "algorithm", "SHA-256");
		put_text(hash, "value", hash_hex(arena, &digest));
		if (file->bytes.len == 0)
			continue;
		json_t *inside = put_object(resource, "base64");
		put_text(inside, "filename", file_token(arena, file->path));
		put_text(inside, "media-type", type);
		put_text(inside, "value", text_base64(arena, file->bytes));
	}
}

void
write_catalog(struct writing *writing)
{
	const struct pack *pack = writing->source->pack;
	struct tree tree = { .writing = writing, .pack = pack };
	size_t seen = 0;
	writing->scope = pack->id; /* a catalog is the pack's, whichever body shows it */
	writing->stamp = time_of_day(writing->arena, pack->effective);
	writing->state = hash_hex(writing->arena, &pack->digest);
	put_about(writing, N_("方針の条項"));
	put_pack(writing, json_object_get(writing->root, "metadata"));
	tree_grow(&tree, writing->arena);
	const size_t first = tree.child[pack->clauses_count];
	choose_groups(&tree, first, true);
	tree.is_ordered = is_ordered(&tree, first, &seen);
	put_clauses(&tree, writing->root, first);
	for (size_t at = 0; at < pack->parameters_count; at++)
		put_parameter(writing, add_object(writing->root, "params"), &pack->parameters[at]);
	add_forms(writing);
	add_files(writing);
}
