/* What a template is and what it needs. */
#include "pagec.h"

static const struct {
	const char *name;
	enum field_type type;
} types[] = {
	{"text", FIELD_TEXT},     {"int", FIELD_INT},   {"count", FIELD_COUNT},
	{"url", FIELD_URL},       {"bool", FIELD_BOOL}, {"day", FIELD_DAY},
	{"moment", FIELD_MOMENT}, {"list", FIELD_LIST}, {"part", FIELD_PART},
};

static bool
type_read(struct text name, enum field_type *type)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (!text_is(name, types[i].name))
			continue;
		*type = types[i].type;
		return true;
	}
	return false;
}

static bool
is_taken(const struct field *fields, struct text name)
{
	for (const struct field *field = fields; field; field = field->next) {
		if (text_same(field->name, name))
			return true;
		if (field->type == FIELD_LIST && text_ends(name, T("_count")) &&
		    text_same(field->name, text_first(name, name.len - 6)))
			return true;
	}
	return false;
}

static void
field_append(struct field **fields, struct field *field)
{
	while (*fields)
		fields = &(*fields)->next;
	*fields = field;
}

/* From the words after {needs or on a list's line; NULL after telling the fault. */
static struct field *
field_of(struct reader *reader, const struct text *words, size_t count, int line)
{
	const struct text given = count > 0 ? words[0] : T("");
	enum field_type type;

	if (count == 0 || !type_read(words[0], &type)) {
		READER_FAULT(reader, line,
			     "unknown type '%.*s'; there are text int count url bool "
			     "day moment list part",
			     T_ARG(given));
		return NULL;
	}
	const size_t want = type == FIELD_PART ? 3 : 2;
	if (count != want) {
		READER_FAULT(reader, line, "write %s",
			     type == FIELD_PART ? "part <the part's name> <name>"
						: "<type> <name>");
		return NULL;
	}
	struct field *const field = ARENA_NEW(reader->arena, struct field);
	field->type = type;
	field->name = words[want - 1];
	field->part = type == FIELD_PART ? words[1] : (struct text){NULL, 0};
	field->line = line;
	if (!is_identifier(field->name)) {
		READER_FAULT(reader, line,
			     "'%.*s' cannot be a name: use a-z, 0-9 and _, and no "
			     "word of C or of templates",
			     T_ARG(field->name));
		return NULL;
	}
	return field;
}

static struct text
line_read(struct reader *reader)
{
	const size_t begin = reader->at;

	while (reader->at < reader->source.len && reader_peek(reader, 0) != '\n')
		reader_skip(reader, 1);
	const struct text line = {reader->source.data + begin, reader->at - begin};
	reader_skip(reader, 1);
	return line;
}

/* The lines of a list down to its {end}. */
static void
list_read(struct reader *reader, struct field *list, struct text prefix, int depth)
{
	list->item = text_format(reader->arena, "%.*s_%.*s", T_ARG(prefix), T_ARG(list->name));
	while (reader->at < reader->source.len && !reader->is_lost) {
		const int line = reader->line;
		const struct words words = words_of(line_read(reader));
		if (words.count == 0)
			continue;
		if (text_is(words.at[0], "{end}") && words.count == 1)
			return;
		struct field *const field = field_of(reader, words.at, words.count, line);
		if (!field)
			continue;
		if (is_taken(list->fields, field->name))
			READER_FAULT(reader, line, "'%.*s' is needed twice",
				     T_ARG(field->name));
		field_append(&list->fields, field);
		if (field->type == FIELD_LIST && depth >= 4) {
			READER_FAULT(reader, line, "lists may be nested four deep");
			reader->is_lost = true;
		} else if (field->type == FIELD_LIST) {
			list_read(reader, field, list->item, depth + 1);
		}
	}
	if (!reader->is_lost)
		READER_FAULT(reader, list->line, "the list '%.*s' has no {end}",
			     T_ARG(list->name));
	reader->is_lost = true;
}

static void
needs_read(struct reader *reader, const struct words *words, int line)
{
	struct template *const template = reader->template;
	struct field *const field = field_of(reader, words->at + 1, words->count - 1, line);

	if (!field)
		return;
	if (is_taken(template->fields, field->name))
		READER_FAULT(reader, line, "'%.*s' is needed twice", T_ARG(field->name));
	field_append(&template->fields, field);
	if (field->type != FIELD_LIST)
		return;
	if (text_is_blank(line_read(reader)))
		list_read(reader, field, template->name, 1);
	else
		READER_FAULT(reader, line,
			     "a list's members stand on lines of their own, "
			     "down to {end}");
}

static const char title_help[] =
	"a template begins with {page <name>}, {page <name> in <layout>}, {part <name>} or "
	"{layout <name>}";

static void
title_read(struct reader *reader)
{
	struct template *const template = reader->template;
	struct words words = {0};

	reader_skip_space(reader);
	template->line = reader->line;
	const bool begins = at_directive(reader) && reader_directive(reader, &words);
	const bool is_framed =
		words.count == 4 && text_is(words.at[0], "page") && text_is(words.at[2], "in");
	if (!begins || (words.count != 2 && !is_framed) ||
	    !is_listed("page part layout", words.at[0]) || !is_identifier(words.at[1])) {
		/* `frame` is a fine name for a layout, though not for a field. */
		const bool is_frame = begins && words.count == 2 &&
				      text_is(words.at[0], "layout") &&
				      text_is(words.at[1], "frame");
		if (!is_frame) {
			READER_FAULT(reader, template->line, "%s", title_help);
			reader->is_lost = true;
			return;
		}
	}
	template->name = words.at[1];
	template->kind = text_is(words.at[0], "page")   ? TEMPLATE_PAGE
			 : text_is(words.at[0], "part") ? TEMPLATE_PART
							: TEMPLATE_LAYOUT;
	template->c_struct = text_format(reader->arena, "%.*s_%s", T_ARG(template->name),
					 template->kind == TEMPLATE_PAGE ? "page" : "part");
	if (is_framed)
		template->frame = words.at[3];
}

void
head_read(struct reader *reader)
{
	struct words words;

	title_read(reader);
	while (!reader->is_lost) {
		reader_skip_space(reader);
		if (!reader_sees(reader, "{needs"))
			break;
		const int line = reader->line;
		if (reader_directive(reader, &words))
			needs_read(reader, &words, line);
	}
}

static struct field *
field_named(struct field *fields, struct text name)
{
	for (struct field *field = fields; field; field = field->next)
		if (text_same(field->name, name))
			return field;
	return NULL;
}

/* "title, rows" for a message. */
static struct text
names_of(struct arena *arena, const struct field *fields)
{
	struct writer out = writer_open(arena, 400);

	for (const struct field *field = fields; field; field = field->next) {
		write_text(&out, field->name);
		if (field->next)
			write_z(&out, ", ");
	}
	return fields ? writer_text(&out) : T("none");
}

static const struct scope *
scope_named(const struct scope *scope, struct text variable)
{
	while (scope && !text_same(scope->variable, variable))
		scope = scope->up;
	return scope;
}

bool
path_resolve(struct reader *reader, struct text path, int line, struct field **field,
	     struct text *c)
{
	struct text head;
	struct text member = {NULL, 0};
	const bool has_dot = text_cut(path, '.', &head, &member);
	const struct scope *const scope = scope_named(reader->scope, head);
	struct field *const fields = scope ? scope->fields : reader->template->fields;

	if (has_dot != (scope != NULL)) {
		if (scope)
			READER_FAULT(reader, line,
				     "'%.*s' is an item of a list; write {%.*s.<name>}"
				     ", there are %.*s",
				     T_ARG(head), T_ARG(head),
				     T_ARG(names_of(reader->arena, fields)));
		else
			READER_FAULT(reader, line,
				     "'%.*s' is no item of a list here; {each %.*s in "
				     "<list>} would make it one",
				     T_ARG(head), T_ARG(head));
		return false;
	}
	*field = field_named(fields, scope ? member : head);
	if (!*field) {
		READER_FAULT(reader, line, "nothing is named '%.*s' here; there are %.*s",
			     T_ARG(path), T_ARG(names_of(reader->arena, fields)));
		return false;
	}
	(*field)->is_used = true;
	*c = scope ? text_format(reader->arena, "each_%.*s->%.*s", T_ARG(head), T_ARG(member))
		   : text_format(reader->arena, "page->%.*s", T_ARG(head));
	return true;
}
