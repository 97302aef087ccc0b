/* Blocks and directives: {if} {else} {end} {each} {use} {slot}. */
#include "pagec.h"

/* Elements opened inside a directive must close inside it: the wall tells them apart. */
static void
wall_open(struct reader *reader)
{
	struct open *const wall = ARENA_NEW(reader->arena, struct open);

	wall->is_wall = true;
	wall->line = reader->line;
	wall->up = reader->open;
	reader->open = wall;
}

static void
wall_close(struct reader *reader)
{
	if (reader->is_lost)
		return;
	if (!reader->open->is_wall) {
		READER_FAULT(reader, reader->open->line,
			     "<%s> is opened inside a directive but not closed inside it",
			     reader->open->element->name);
		reader->is_lost = true;
		return;
	}
	reader->open = reader->open->up;
}

/* A directive's inside, then what ended it. */
static enum stop
inside_read(struct reader *reader, enum where where, struct node **inside)
{
	struct nodes nodes = {0};

	wall_open(reader);
	const enum stop stop = block_read(reader, where, &nodes);
	wall_close(reader);
	*inside = nodes.first;
	return stop;
}

static void
must_end(struct reader *reader, enum stop stop, const char *what, int line)
{
	if (reader->is_lost || stop == STOP_END)
		return;
	if (stop == STOP_ELSE)
		READER_FAULT(reader, reader->line, "{else} belongs to {if}, and only once");
	else
		READER_FAULT(reader, line, "{%s} has no {end}%s", what,
			     stop == STOP_QUOTE ? " within its attribute"
			     : stop == STOP_TAG ? " within its tag"
						: "");
	reader->is_lost = true;
}

/* Attributes that stand in both branches of an {if} are not double. */
static struct attribute *
attributes_joined(struct reader *reader, struct attribute *before, struct attribute *one,
		  struct attribute *other)
{
	for (; one != before; one = one->next) {
		struct attribute *const copy = ARENA_NEW(reader->arena, struct attribute);
		*copy = *one;
		copy->next = other;
		other = copy;
	}
	return other;
}

static void
if_read(struct reader *reader, enum where where, struct nodes *nodes, const struct words *words,
	int line)
{
	const bool is_not = words->count == 3 && text_is(words->at[1], "not");
	struct node *const node = node_add(reader, nodes, NODE_IF);

	node->line = line;
	node->is_not = is_not;
	if (words->count != (is_not ? 3 : 2))
		READER_FAULT(reader, line,
			     "write {if <name>} or {if not <name>}; decisions are "
			     "made in C and named");
	else
		path_resolve(reader, words->at[is_not ? 2 : 1], line, &node->field, &node->c);
	struct attribute *const before = reader->tag ? reader->tag->attributes : NULL;
	enum stop stop = inside_read(reader, where, &node->inside);
	if (stop == STOP_ELSE && !reader->is_lost) {
		struct attribute *const one = reader->tag ? reader->tag->attributes : NULL;
		if (reader->tag)
			reader->tag->attributes = before;
		stop = inside_read(reader, where, &node->otherwise);
		if (reader->tag)
			reader->tag->attributes =
				attributes_joined(reader, before, one, reader->tag->attributes);
	}
	must_end(reader, stop, "if", line);
}

static bool
each_begins(struct reader *reader, const struct words *words, struct node *node)
{
	if (words->count != 4 || !text_is(words->at[2], "in") || !is_identifier(words->at[1])) {
		READER_FAULT(reader, node->line, "write {each <name> in <list>}");
		return false;
	}
	if (!path_resolve(reader, words->at[3], node->line, &node->field, &node->c))
		return false;
	if (node->field->type != FIELD_LIST) {
		READER_FAULT(reader, node->line,
			     "'%.*s' is not a list; {each} goes over a list",
			     T_ARG(words->at[3]));
		return false;
	}
	for (const struct scope *scope = reader->scope; scope; scope = scope->up)
		if (text_same(scope->variable, words->at[1]))
			READER_FAULT(reader, node->line,
				     "'%.*s' already names an item here; choose "
				     "another name",
				     T_ARG(words->at[1]));
	for (const struct field *field = reader->template->fields; field; field = field->next)
		if (text_same(field->name, words->at[1]))
			READER_FAULT(reader, node->line,
				     "'%.*s' is already a name of this template; "
				     "choose another for the item",
				     T_ARG(words->at[1]));
	return true;
}

static void
each_read(struct reader *reader, enum where where, struct nodes *nodes,
	  const struct words *words, int line)
{
	struct node *const node = node_add(reader, nodes, NODE_EACH);
	struct scope scope = {.up = reader->scope};

	node->line = line;
	if (where != IN_TEXT)
		READER_FAULT(reader, line, "{each} stands between tags only");
	if (!each_begins(reader, words, node)) {
		reader->is_lost = true; /* every {item.name} inside would be another fault */
		return;
	}
	node->text = words->at[1];
	scope.variable = words->at[1];
	scope.fields = node->field->fields;
	reader->scope = &scope;
	const enum stop stop = inside_read(reader, where, &node->inside);
	reader->scope = scope.up;
	must_end(reader, stop, "each", line);
}

static void
use_read(struct reader *reader, enum where where, struct nodes *nodes,
	 const struct words *words, int line)
{
	struct node *const node = node_add(reader, nodes, NODE_USE);

	node->line = line;
	if (where != IN_TEXT || (reader->open && reader->open->element &&
				 (reader->open->element->flags & ELEMENT_WORDS))) {
		READER_FAULT(reader, line, "{use} stands between tags only");
		return;
	}
	if (words->count != 3) {
		READER_FAULT(reader, line, "write {use <part> <name>}");
		return;
	}
	if (!path_resolve(reader, words->at[2], line, &node->field, &node->c))
		return;
	node->text = words->at[1];
	if (node->field->type != FIELD_PART || !text_same(node->field->part, words->at[1]))
		READER_FAULT(reader, line,
			     "'%.*s' is not needed as part %.*s; write {needs part "
			     "%.*s <name>}",
			     T_ARG(words->at[2]), T_ARG(words->at[1]), T_ARG(words->at[1]));
}

static void
slot_read(struct reader *reader, enum where where, struct nodes *nodes, int line)
{
	bool is_inside = where != IN_TEXT;

	for (const struct open *open = reader->open; open; open = open->up)
		if (open->is_wall)
			is_inside = true;
	if (reader->template->kind != TEMPLATE_LAYOUT)
		READER_FAULT(reader, line, "{slot} stands in a {layout …} only");
	else if (is_inside)
		READER_FAULT(reader, line, "{slot} may not stand inside {if}, {each} or a tag");
	else
		node_add(reader, nodes, NODE_SLOT)->line = line;
	reader->template->slots++;
}

/* True when the directive ends the block. */
static bool
directive_read(struct reader *reader, enum where where, struct nodes *nodes, enum stop *stop)
{
	const int line = reader->line;
	struct words words;

	if (!reader_directive(reader, &words))
		return false;
	const struct text word = words.at[0];
	if (text_is(word, "else") || text_is(word, "end")) {
		*stop = text_is(word, "else") ? STOP_ELSE : STOP_END;
		if (words.count != 1)
			READER_FAULT(reader, line, "{%.*s} stands alone", T_ARG(word));
		return true;
	}
	if (text_is(word, "if"))
		if_read(reader, where, nodes, &words, line);
	else if (text_is(word, "each"))
		each_read(reader, where, nodes, &words, line);
	else if (text_is(word, "use"))
		use_read(reader, where, nodes, &words, line);
	else if (text_is(word, "slot"))
		slot_read(reader, where, nodes, line);
	else
		READER_FAULT(reader, line,
			     "{%.*s …} stands at the beginning of a template, before "
			     "any markup",
			     T_ARG(word));
	return false;
}

enum stop
block_read(struct reader *reader, enum where where, struct nodes *nodes)
{
	enum stop stop;

	while (!reader->is_lost && reader->at < reader->source.len) {
		const char byte = reader_peek(reader, 0);
		if (where == IN_TAG)
			reader_skip_space(reader);
		if (at_directive(reader)) {
			if (directive_read(reader, where, nodes, &stop))
				return stop;
			continue;
		}
		if (where == IN_VALUE && byte == '"')
			return STOP_QUOTE;
		if (where == IN_TAG && reader_peek(reader, 0) == '>')
			return STOP_TAG;
		if (where == IN_TAG)
			attribute_read(reader, nodes);
		else if (where == IN_TEXT && byte == '<')
			tag_read(reader, nodes);
		else
			run_read(reader, where, nodes);
	}
	return STOP_FILE;
}
