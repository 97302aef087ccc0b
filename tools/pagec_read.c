/* Stepping through a template. */
#include "pagec.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void
fault_add(struct faults *faults, struct text file, int line, const char *format, ...)
{
	char words[600];
	va_list with;

	va_start(with, format);
	const int len = vsnprintf(words, sizeof(words), format, with);
	va_end(with);
	if (len < 0)
		return;
	struct fault *const fault = ARENA_NEW(faults->arena, struct fault);
	fault->file = file;
	fault->line = line;
	fault->words = text_copy(faults->arena, text_of(words));
	if (faults->last)
		faults->last->next = fault;
	else
		faults->first = fault;
	faults->last = fault;
	faults->count++;
}

char
reader_peek(const struct reader *reader, size_t ahead)
{
	const size_t at = reader->at + ahead;

	return at < reader->source.len ? reader->source.data[at] : '\0';
}

void
reader_skip(struct reader *reader, size_t count)
{
	while (count-- > 0 && reader->at < reader->source.len) {
		if (reader->source.data[reader->at] == '\n')
			reader->line++;
		reader->at++;
	}
}

static bool
is_space(char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

void
reader_skip_space(struct reader *reader)
{
	while (reader->at < reader->source.len && is_space(reader_peek(reader, 0)))
		reader_skip(reader, 1);
}

bool
reader_sees(const struct reader *reader, const char *z)
{
	return text_starts(text_from(reader->source, reader->at), text_of(z));
}

static bool
is_name_byte(char byte, const char *also)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') ||
	       (byte != '\0' && strchr(also, byte) != NULL);
}

/* Lower-case letters, digits and the characters in `also`. */
struct text
reader_name(struct reader *reader, const char *also)
{
	const size_t begin = reader->at;

	while (is_name_byte(reader_peek(reader, 0), also))
		reader_skip(reader, 1);
	return (struct text){reader->source.data + begin, reader->at - begin};
}

struct words
words_of(struct text text)
{
	struct words words = {0};
	size_t at = 0;

	while (at < text.len) {
		while (at < text.len && is_space(text.data[at]))
			at++;
		const size_t begin = at;
		while (at < text.len && !is_space(text.data[at]))
			at++;
		if (at == begin)
			break;
		if (words.count < 6)
			words.at[words.count] = (struct text){text.data + begin, at - begin};
		words.count++;
	}
	return words;
}

bool
reader_directive(struct reader *reader, struct words *words)
{
	const int line = reader->line;
	const size_t begin = reader->at + 1;
	size_t end = begin;

	while (end < reader->source.len && reader->source.data[end] != '}' &&
	       reader->source.data[end] != '{' && reader->source.data[end] != '\n')
		end++;
	if (end >= reader->source.len || reader->source.data[end] != '}') {
		READER_FAULT(reader, line,
			     "{ has no } on its line; a brace itself is written {{");
		reader->is_lost = true;
		return false;
	}
	*words = words_of((struct text){reader->source.data + begin, end - begin});
	reader_skip(reader, end + 1 - reader->at);
	return true;
}

bool
is_identifier(struct text name)
{
	static const char keywords[] =
		"auto break case char const continue default do double else enum extern float "
		"for "
		"goto if inline int long register restrict return short signed sizeof static "
		"struct switch typedef union unsigned void volatile while asm typeof bool true "
		"false each end use slot in not needs page part layout frame linux unix";

	if (name.len == 0 || name.len > 60 || name.data[0] < 'a' || name.data[0] > 'z')
		return false;
	for (size_t i = 0; i < name.len; i++)
		if (!is_name_byte(name.data[i], "_"))
			return false;
	return !is_listed(keywords, name);
}

bool
at_directive(const struct reader *reader)
{
	size_t len = 0;

	if (reader_peek(reader, 0) != '{')
		return false;
	while (is_name_byte(reader_peek(reader, 1 + len), "_"))
		len++;
	const struct text word = {reader->source.data + reader->at + 1, len};
	return is_listed("if each else end use slot needs page part layout", word);
}

struct node *
node_add(struct reader *reader, struct nodes *nodes, enum node_kind kind)
{
	struct node *const node = ARENA_NEW(reader->arena, struct node);

	node->kind = kind;
	node->line = reader->line;
	if (nodes->last)
		nodes->last->next = node;
	else
		nodes->first = node;
	nodes->last = node;
	return node;
}

void
literal_add(struct reader *reader, struct nodes *nodes, struct text text)
{
	if (text.len > 0)
		node_add(reader, nodes, NODE_LITERAL)->text = text;
}

struct template *
template_read(struct arena *arena, struct faults *faults, struct text file, struct text source)
{
	struct template *const template = ARENA_NEW(arena, struct template);
	struct reader reader = {.arena = arena,
				.faults = faults,
				.source = source,
				.line = 1,
				.template = template};
	struct nodes nodes = {0};
	size_t bad_at;

	template->file = file;
	template->line = 1;
	if (!text_is_utf8(source, &bad_at)) {
		fault_add(faults, file, 1, "not UTF-8 from byte %zu on; save the file as UTF-8",
			  bad_at);
		return template;
	}
	head_read(&reader);
	if (!reader.is_lost) {
		const enum stop stop = block_read(&reader, IN_TEXT, &nodes);
		if (!reader.is_lost && stop != STOP_FILE)
			READER_FAULT(&reader, reader.line, "{%s} closes nothing here",
				     stop == STOP_ELSE ? "else" : "end");
		if (!reader.is_lost && reader.open)
			READER_FAULT(&reader, reader.open->line,
				     "<%s> is never closed; add </%s>",
				     reader.open->element->name, reader.open->element->name);
	}
	template->body = nodes.first;
	return template;
}
