/* Runs of text and holes: white space, character references, messages. */
#include "pagec.h"

/* Hiragana, katakana, ideographs (all planes), and full-width forms and signs. */
static bool
is_japanese(uint32_t character)
{
	return (character >= 0x3000 && character <= 0x9FFF) ||
	       (character >= 0xF900 && character <= 0xFAFF) ||
	       (character >= 0xFF00 && character <= 0xFFEF) ||
	       (character >= 0x20000 && character <= 0x3FFFF);
}

bool
has_japanese(struct text text)
{
	uint32_t character;
	size_t at = 0;

	while (text_next(text, &at, &character))
		if (is_japanese(character))
			return true;
	return false;
}

/* A '&' must begin a reference that every browser reads alike: &name; or &#123;. */
static void
reference_check(struct reader *reader)
{
	static const char names[] =
		"amp lt gt quot apos nbsp times copy hellip ndash mdash larr "
		"rarr uarr darr laquo raquo middot bull ensp emsp thinsp shy";
	size_t len = 0;
	size_t digits = 0;

	while (len < 12 && reader_peek(reader, 1 + len) != ';' && reader_peek(reader, 1 + len))
		len++;
	const struct text name = {reader->source.data + reader->at + 1, len};
	const bool ends = reader_peek(reader, 1 + len) == ';';
	while (digits + 1 < len && name.data[digits + 1] >= '0' && name.data[digits + 1] <= '9')
		digits++;
	const bool is_number = len >= 3 && name.data[0] == '#' && digits + 1 == len;
	if (!ends || !(is_number || is_listed(names, name)))
		READER_FAULT(reader, reader->line,
			     "& begins no known character reference; write "
			     "&amp; for the sign itself");
}

static const char *
type_refused(enum field_type type)
{
	switch (type) {
	case FIELD_URL:
		return "is a url: it stands only as the whole value of href, src, action or "
		       "formaction";
	case FIELD_BOOL:
		return "is a bool: decide with {if}";
	case FIELD_LIST:
		return "is a list: go over it with {each}";
	case FIELD_PART:
		return "is a part: draw it with {use}";
	case FIELD_TEXT:
	case FIELD_INT:
	case FIELD_COUNT:
	case FIELD_DAY:
	case FIELD_MOMENT:
		return NULL;
	}
	return NULL;
}

static void
hole_read(struct reader *reader, enum where where, struct nodes *holes)
{
	struct node *const node = node_add(reader, holes, NODE_HOLE);
	struct words words;

	if (!reader_directive(reader, &words))
		return;
	node->path = words.at[0];
	node->is_for_machine = where == IN_VALUE && reader->attribute != ATTRIBUTE_HUMAN;
	if (words.count != 1) {
		READER_FAULT(reader, node->line, "a hole is one name: {title} or {row.title}");
		reader->is_lost = true;
		return;
	}
	if (!path_resolve(reader, node->path, node->line, &node->field, &node->c))
		return;
	const char *const refused = type_refused(node->field->type);
	if (refused)
		READER_FAULT(reader, node->line, "'%.*s' %s", T_ARG(node->path), refused);
	if (where == IN_VALUE && reader->attribute == ATTRIBUTE_CONSTANT)
		READER_FAULT(reader, node->line,
			     "this attribute takes a constant only; put {if} "
			     "around the whole attribute to choose");
}

/* Through the run once: its holes in order, its faults, and where it ends. */
static struct text
run_scan(struct reader *reader, enum where where, struct nodes *holes)
{
	const size_t begin = reader->at;

	while (reader->at < reader->source.len && !reader->is_lost) {
		const char byte = reader_peek(reader, 0);
		if ((where == IN_TEXT && byte == '<') || (where == IN_VALUE && byte == '"'))
			break;
		if (byte == '<')
			READER_FAULT(reader, reader->line, "write &lt; in an attribute");
		if (byte == '&')
			reference_check(reader);
		if (byte != '{') {
			reader_skip(reader, 1);
			continue;
		}
		if (reader_peek(reader, 1) == '{')
			reader_skip(reader, 2);
		else if (at_directive(reader))
			break;
		else
			hole_read(reader, where, holes);
	}
	return (struct text){reader->source.data + begin, reader->at - begin};
}

static bool
is_blank(uint32_t character)
{
	return character == ' ' || character == '\t' || character == '\n' || character == '\r';
}

/*
 * White space with a line break in it is dropped at either end and beside Japanese, which has
 * no spaces between words; any other becomes one space.
 */
static struct text
run_collapse(struct arena *arena, struct text run)
{
	struct writer out = writer_open(arena, run.len + 1);
	bool has_space = false;
	bool has_break = false;
	uint32_t before = 0;
	uint32_t character;
	size_t at = 0;

	while (text_next(run, &at, &character)) {
		if (is_blank(character)) {
			has_space = true;
			has_break = has_break || character == '\n';
			continue;
		}
		const bool is_glued =
			before == 0 || is_japanese(before) || is_japanese(character);
		if (has_space && !(has_break && is_glued))
			write_byte(&out, ' ');
		has_space = has_break = false;
		write_character(&out, character);
		before = character;
	}
	if (has_space && !has_break)
		write_byte(&out, ' ');
	return writer_text(&out);
}

/* The pieces of a run: literals, and the holes found by run_scan() in the same order. */
static void
run_pieces(struct reader *reader, struct text run, const struct node *hole, struct nodes *nodes)
{
	size_t begin = 0;
	size_t at = 0;

	while (at < run.len) {
		if (run.data[at] != '{') {
			at++;
			continue;
		}
		literal_add(reader, nodes, (struct text){run.data + begin, at - begin});
		if (at + 1 < run.len && run.data[at + 1] == '{') {
			literal_add(reader, nodes, T("{"));
			begin = at += 2;
			continue;
		}
		while (at < run.len && run.data[at] != '}')
			at++;
		begin = ++at;
		if (!hole)
			continue;
		struct node *const node = node_add(reader, nodes, NODE_HOLE);
		const struct node *const next = hole->next;
		*node = *hole;
		node->next = NULL;
		hole = next;
	}
	literal_add(reader, nodes, (struct text){run.data + begin, run.len - begin});
}

static void
message_add(struct reader *reader, struct text run, const struct node *holes,
	    struct nodes *nodes, int line)
{
	const bool has_head = run.len > 0 && run.data[0] == ' ';
	const bool has_tail = run.len > 1 && run.data[run.len - 1] == ' ';
	const struct text id = {run.data + has_head, run.len - has_head - has_tail};
	struct nodes inside = {0};

	if (has_head)
		literal_add(reader, nodes, T(" "));
	struct node *const node = node_add(reader, nodes, NODE_MESSAGE);
	node->text = id;
	node->line = line;
	run_pieces(reader, id, holes, &inside);
	node->inside = inside.first;
	if (has_tail)
		literal_add(reader, nodes, T(" "));
}

static const struct element *
element_around(const struct reader *reader)
{
	const struct open *open = reader->open;

	while (open && open->is_wall)
		open = open->up;
	return open ? open->element : NULL;
}

static void
text_place_check(struct reader *reader, struct text run, int line)
{
	const struct element *const element = element_around(reader);

	if (element && element->children && !text_is_blank(run))
		READER_FAULT(reader, line, "<%s> holds no text, only: %s", element->name,
			     element->children);
	if (element && text_is(text_of(element->name), "script") && run.len > 0)
		READER_FAULT(reader, line,
			     "a script stands in a file of its own: "
			     "<script src=\"/…\" type=\"module\"></script>");
}

void
run_read(struct reader *reader, enum where where, struct nodes *nodes)
{
	const struct element *const element = element_around(reader);
	const bool is_spaced = where == IN_TEXT && element && (element->flags & ELEMENT_SPACED);
	const bool is_human = where == IN_TEXT || reader->attribute == ATTRIBUTE_HUMAN;
	const int line = reader->line;
	struct nodes holes = {0};
	struct text run = run_scan(reader, where, &holes);

	if (reader->is_lost)
		return;
	if (where == IN_TEXT)
		text_place_check(reader, run, line);
	if (!is_spaced)
		run = run_collapse(reader->arena, run);
	if (is_human && has_japanese(run))
		message_add(reader, run, holes.first, nodes, line);
	else
		run_pieces(reader, run, holes.first, nodes);
}
