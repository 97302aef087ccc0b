/* Tags and attributes. */
#include "pagec.h"

static struct open *
open_above(struct open *open)
{
	while (open && open->is_wall)
		open = open->up;
	return open;
}

/* Would the parser of HTML move or close something here? */
static void
place_check(struct reader *reader, const struct element *element, int line)
{
	const struct open *const parent = open_above(reader->open);

	if (parent && parent->element->flags & ELEMENT_WORDS)
		READER_FAULT(reader, line, "<%s> holds text only, no <%s>",
			     parent->element->name, element->name);
	else if (parent && parent->element->children &&
		 !is_listed(parent->element->children, text_of(element->name)))
		READER_FAULT(reader, line, "<%s> may not stand in <%s>, which holds only: %s",
			     element->name, parent->element->name, parent->element->children);
	else if (parent && element->parents &&
		 !is_listed(element->parents, text_of(parent->element->name)))
		READER_FAULT(reader, line, "<%s> may not stand in <%s>, only in: %s",
			     element->name, parent->element->name, element->parents);
	if (parent && element->flags & ELEMENT_HEADING &&
	    parent->element->flags & ELEMENT_HEADING)
		READER_FAULT(reader, line, "a heading may not stand in a heading");
	if (element->flags & ELEMENT_LAYOUT && reader->template->kind == TEMPLATE_PART)
		READER_FAULT(reader, line, "<%s> may not stand in a part", element->name);
	for (const struct open *open = parent; open; open = open_above(open->up)) {
		const bool is_like = open->element == element;
		if (is_like && element->flags & ELEMENT_ALONE)
			READER_FAULT(reader, line, "<%s> may not stand inside <%s> (line %d)",
				     element->name, element->name, open->line);
		else if (element->flags & ELEMENT_BLOCK &&
			 text_is(text_of(open->element->name), "p"))
			READER_FAULT(reader, line,
				     "<%s> would end the <p> of line %d; close it "
				     "before",
				     element->name, open->line);
	}
}

static void
end_tag_read(struct reader *reader, struct nodes *nodes)
{
	const int line = reader->line;

	reader_skip(reader, 2);
	const struct text name = reader_name(reader, "");
	reader_skip_space(reader);
	struct open *const open = reader->open;
	if (reader_peek(reader, 0) != '>') {
		READER_FAULT(reader, line, "</%.*s: an end tag is </name>", T_ARG(name));
		reader->is_lost = true;
	} else if (!open || open->is_wall) {
		READER_FAULT(reader, line,
			     open ? "</%.*s> closes an element opened outside this "
				    "directive"
				  : "</%.*s> closes nothing",
			     T_ARG(name));
		reader->is_lost = true;
	} else if (!text_is(name, open->element->name)) {
		READER_FAULT(reader, line, "</%.*s> where </%s> is due for line %d",
			     T_ARG(name), open->element->name, open->line);
		reader->is_lost = true;
	} else {
		reader->open = open->up;
	}
	reader_skip(reader, 1);
	literal_add(reader, nodes, text_format(reader->arena, "</%.*s>", T_ARG(name)));
}

static const struct attribute *
attribute_of(const struct attribute *attributes, const char *name)
{
	while (attributes && !text_is(attributes->name, name))
		attributes = attributes->next;
	return attributes;
}

static bool
has_value(const struct attribute *attributes, const char *name, const char *listed)
{
	const struct attribute *const one = attribute_of(attributes, name);

	return one && one->value.data && is_listed(listed, one->value);
}

/* Is the text literals only? Their join, or data NULL. */
static struct text
constant_of(struct arena *arena, const struct node *node)
{
	struct text constant = T("");

	for (; node; node = node->next) {
		if (node->kind == NODE_MESSAGE && constant_of(arena, node->inside).data)
			constant = text_join(arena, constant, node->text);
		else if (node->kind != NODE_LITERAL)
			return (struct text){NULL, 0};
		else
			constant = text_join(arena, constant, node->text);
	}
	return constant;
}

static void
url_constant_check(struct reader *reader, struct text value, int line)
{
	bool is_safe = value.len > 0 && (value.data[0] == '/' || value.data[0] == '#') &&
		       !text_starts(value, T("//"));

	for (size_t i = 0; i < value.len; i++)
		if (value.data[i] == '\\' || (unsigned char)value.data[i] <= ' ')
			is_safe = false;
	/* "/&#47;host" would be "//host" to the browser. */
	if (text_has(text_replace(reader->arena, value, T("&amp;"), T("")), T("&")))
		is_safe = false;
	if (!is_safe)
		READER_FAULT(reader, line,
			     "a constant address begins with one / or with #; other "
			     "addresses come from a hole of type url");
}

/* Behind the opening quote: one {url} hole, or a constant. */
static void
url_value_read(struct reader *reader, struct nodes *nodes, struct attribute *attribute)
{
	struct words words;
	const int line = reader->line;

	if (reader_peek(reader, 0) == '{') {
		if (!reader_directive(reader, &words))
			return;
		struct node *const node = node_add(reader, nodes, NODE_HOLE);
		node->path = words.at[0];
		const bool is_whole = words.count == 1 && reader_peek(reader, 0) == '"';
		if (!is_whole) {
			READER_FAULT(reader, line,
				     "%.*s takes one hole of type url as its whole "
				     "value; build the address in C",
				     T_ARG(attribute->name));
			reader->is_lost = true;
		} else if (path_resolve(reader, words.at[0], line, &node->field, &node->c) &&
			   node->field->type != FIELD_URL) {
			READER_FAULT(reader, line,
				     "%.*s takes a hole of type url; '%.*s' is another "
				     "type",
				     T_ARG(attribute->name), T_ARG(words.at[0]));
		}
		return;
	}
	struct nodes value = {0};
	block_read(reader, IN_VALUE, &value);
	attribute->value = constant_of(reader->arena, value.first);
	if (attribute->value.data) {
		url_constant_check(reader, attribute->value, line);
		literal_add(reader, nodes, attribute->value);
	} else if (!reader->is_lost) {
		READER_FAULT(reader, line,
			     "%.*s takes one hole of type url as its whole value; "
			     "build the address in C",
			     T_ARG(attribute->name));
	}
}

static void
value_read(struct reader *reader, struct nodes *nodes, struct attribute *attribute)
{
	struct nodes value = {0};
	const int line = reader->line;

	literal_add(reader, nodes,
		    text_format(reader->arena, " %.*s=\"", T_ARG(attribute->name)));
	if (reader->attribute == ATTRIBUTE_URL) {
		url_value_read(reader, nodes, attribute);
	} else {
		const enum stop stop = block_read(reader, IN_VALUE, &value);
		if (stop != STOP_QUOTE && !reader->is_lost) {
			READER_FAULT(reader, line,
				     "the value of %.*s has no closing quote, or a "
				     "directive in it is not whole",
				     T_ARG(attribute->name));
			reader->is_lost = true;
		}
		attribute->value = constant_of(reader->arena, value.first);
		if (reader->attribute == ATTRIBUTE_CONSTANT && !attribute->value.data &&
		    !reader->is_lost)
			READER_FAULT(reader, line,
				     "%.*s takes a constant only; put {if} around the "
				     "whole attribute to choose",
				     T_ARG(attribute->name));
		if (nodes->last)
			nodes->last->next = value.first;
		if (value.last)
			nodes->last = value.last;
	}
	if (reader_peek(reader, 0) == '"')
		reader_skip(reader, 1);
	else
		reader->is_lost = true;
	literal_add(reader, nodes, T("\""));
}

/* The words on an input that is a button are for people. */
static enum attribute_kind
kind_here(struct reader *reader, struct text name, int line)
{
	const struct tag *const tag = reader->tag;

	if (!text_is(name, "value") || !text_is(text_of(tag->element->name), "input"))
		return attribute_kind_of(name);
	if (!attribute_of(tag->attributes, "type"))
		READER_FAULT(reader, line, "write type before value in <input>");
	return has_value(tag->attributes, "type", "submit button reset") ? ATTRIBUTE_HUMAN
									 : ATTRIBUTE_PLAIN;
}

static bool
attribute_may_be(struct reader *reader, struct text name, int line)
{
	const enum attribute_kind kind = reader->attribute;

	if (attribute_of(reader->tag->attributes, text_z(reader->arena, name)))
		READER_FAULT(reader, line, "attribute %.*s stands twice", T_ARG(name));
	if (kind == ATTRIBUTE_DANGEROUS)
		READER_FAULT(reader, line,
			     "attribute %.*s can carry a program or leave the site; use "
			     "classes and script files instead",
			     T_ARG(name));
	if (kind == ATTRIBUTE_UNKNOWN)
		READER_FAULT(reader, line,
			     "unknown attribute %.*s; if it is harmless, add it to "
			     "tools/pagec_rules.c",
			     T_ARG(name));
	else if (!is_drawn_with(reader->tag->element, name))
		READER_FAULT(reader, line, "a drawing has no attribute %.*s", T_ARG(name));
	return kind != ATTRIBUTE_DANGEROUS && kind != ATTRIBUTE_UNKNOWN;
}

void
attribute_read(struct reader *reader, struct nodes *nodes)
{
	const int line = reader->line;
	const char byte = reader_peek(reader, 0);
	const struct text name = reader_name(reader, "-");

	if (name.len == 0) {
		READER_FAULT(reader, line,
			     byte == '{' ? "no hole may stand here: not as a tag's or an "
					   "attribute's name"
					 : "expected an attribute's name in lower case, or > "
					   "(a tag ends with "
					   "plain >)");
		reader->is_lost = true;
		return;
	}
	reader->attribute = kind_here(reader, name, line);
	attribute_may_be(reader, name, line);
	struct attribute *const attribute = ARENA_NEW(reader->arena, struct attribute);
	attribute->name = name;
	attribute->value = T("");
	attribute->next = reader->tag->attributes;
	if (reader_peek(reader, 0) == '{' && !at_directive(reader)) {
		READER_FAULT(reader, line, "no hole may stand in an attribute's name");
		reader->is_lost = true;
	} else if (reader_peek(reader, 0) != '=') {
		if (reader->attribute != ATTRIBUTE_BOOLEAN &&
		    reader->attribute != ATTRIBUTE_DANGEROUS)
			READER_FAULT(reader, line, "%.*s needs a value in double quotes",
				     T_ARG(name));
		literal_add(reader, nodes, text_format(reader->arena, " %.*s", T_ARG(name)));
	} else if (reader_peek(reader, 1) != '"') {
		READER_FAULT(reader, line, "put the value of %.*s in double quotes",
			     T_ARG(name));
		reader->is_lost = true;
	} else {
		reader_skip(reader, 2);
		if (reader->attribute == ATTRIBUTE_BOOLEAN) {
			READER_FAULT(reader, line, "%.*s has no value: write {if x}%.*s{end}",
				     T_ARG(name), T_ARG(name));
		}
		attribute->value.data = NULL;
		value_read(reader, nodes, attribute);
	}
	reader->tag->attributes = attribute;
}

/*
 * A program's or a style's address is a constant. A layout may also take it from a url hole,
 * for addresses that carry the digest of the file (asset_url() of web/web.h).
 */
static bool
is_asset(const struct reader *reader, const struct attribute *address)
{
	return address && (address->value.data || reader->template->kind == TEMPLATE_LAYOUT);
}

/* What an element asks of its attributes together. */
static void
tag_check(struct reader *reader, const struct tag *tag)
{
	const struct text name = text_of(tag->element->name);
	const struct attribute *const src = attribute_of(tag->attributes, "src");
	const struct attribute *const href = attribute_of(tag->attributes, "href");

	if (text_is(name, "script") &&
	    !(is_asset(reader, src) && has_value(tag->attributes, "type", "module")))
		READER_FAULT(reader, tag->line,
			     "a script is <script src=\"/…\" type=\"module\">"
			     "</script>: constant src, type module");
	if (text_is(name, "link") &&
	    !(is_asset(reader, href) &&
	      has_value(tag->attributes, "rel", "stylesheet icon manifest modulepreload")))
		READER_FAULT(reader, tag->line,
			     "a link is <link rel=\"stylesheet\" href=\"/…\">: "
			     "constant href, rel stylesheet, icon, manifest or modulepreload");
	if (text_is(name, "img") && !attribute_of(tag->attributes, "alt"))
		READER_FAULT(reader, tag->line,
			     "<img> needs alt (alt=\"\" when it only decorates)");
	if (text_is(name, "form") && !has_value(tag->attributes, "method", "get post dialog"))
		READER_FAULT(reader, tag->line,
			     "<form> needs method=\"get\" or method=\"post\"");
	if (text_is(name, "button") &&
	    !has_value(tag->attributes, "type", "submit button reset"))
		READER_FAULT(reader, tag->line,
			     "<button> needs type=\"submit\", \"button\" or "
			     "\"reset\"");
}

static const struct element *
element_read(struct reader *reader, int line)
{
	const size_t begin = reader->at;
	const struct text name = reader_name(reader, "-");
	const struct element *const element = element_of(name);

	if (reader_peek(reader, 0) == '{' && (name.len == 0 || !at_directive(reader)))
		READER_FAULT(reader, line, "no hole may stand in a tag's name");
	else if (name.len == 0 || reader->at == begin)
		READER_FAULT(reader, line,
			     "< begins no tag; write &lt; for the sign, and tags in "
			     "lower case");
	else if (text_is(name, "style"))
		READER_FAULT(reader, line, "<style> is refused; styles stand in a .css file");
	else if (!element)
		READER_FAULT(reader, line,
			     "<%.*s> is not an element pages may use; if it is "
			     "harmless, add it to tools/pagec_rules.c",
			     T_ARG(name));
	else
		return element;
	reader->is_lost = true;
	return NULL;
}

static void
start_tag_read(struct reader *reader, struct nodes *nodes)
{
	struct tag tag = {.line = reader->line};

	reader_skip(reader, 1);
	tag.element = element_read(reader, tag.line);
	if (!tag.element)
		return;
	place_check(reader, tag.element, tag.line);
	literal_add(reader, nodes, text_format(reader->arena, "<%s", tag.element->name));
	reader->tag = &tag;
	const enum stop stop = block_read(reader, IN_TAG, nodes);
	reader->tag = NULL;
	if (reader->is_lost)
		return;
	if (stop != STOP_TAG) {
		READER_FAULT(reader, tag.line,
			     "<%s has no >, or a directive in it is not whole",
			     tag.element->name);
		reader->is_lost = true;
		return;
	}
	reader_skip(reader, 1);
	literal_add(reader, nodes, T(">"));
	tag_check(reader, &tag);
	if (tag.element->flags & ELEMENT_VOID)
		return;
	struct open *const open = ARENA_NEW(reader->arena, struct open);
	open->element = tag.element;
	open->line = tag.line;
	open->up = reader->open;
	reader->open = open;
	if (tag.element->flags & ELEMENT_SPACED) {
		/* The parser of HTML drops one line break here: give it one of ours. */
		literal_add(reader, nodes, T("\n"));
		if (reader_peek(reader, 0) == '\n')
			reader_skip(reader, 1);
	}
}

static void
comment_skip(struct reader *reader)
{
	const int line = reader->line;
	size_t end;
	const struct text rest = text_from(reader->source, reader->at + 4);

	if (!text_find(rest, T("-->"), &end)) {
		READER_FAULT(reader, line, "a comment has no -->");
		reader->is_lost = true;
		return;
	}
	if (text_has(text_first(rest, end), T("{")))
		READER_FAULT(reader, line, "no hole or directive may stand in a comment");
	reader_skip(reader, 4 + end + 3);
}

void
tag_read(struct reader *reader, struct nodes *nodes)
{
	if (reader_sees(reader, "<!--")) {
		comment_skip(reader);
	} else if (reader_sees(reader, "<!doctype html>")) {
		if (reader->template->kind == TEMPLATE_PART || reader->open || nodes->first)
			READER_FAULT(reader, reader->line,
				     "<!doctype html> begins a layout or a "
				     "page without one");
		literal_add(reader, nodes, T("<!doctype html>"));
		reader_skip(reader, 15);
	} else if (reader_peek(reader, 1) == '!' || reader_peek(reader, 1) == '?') {
		READER_FAULT(reader, reader->line,
			     "only <!doctype html> and comments begin with <!");
		reader->is_lost = true;
	} else if (reader_peek(reader, 1) == '/') {
		end_tag_read(reader, nodes);
	} else {
		start_tag_read(reader, nodes);
	}
}
