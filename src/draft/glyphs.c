/* Characters and pieces of Japanese text. Everything here works on text_plain(). */
#include "draft/rooms.h"

ssize_t
find_from(struct text text, size_t at, const char *z)
{
	size_t found;
	if (at > text.len || !text_find(text_from(text, at), text_of(z), &found))
		return NOT_FOUND;
	return (ssize_t)(at + found); /* texts are far below half the address space */
}

bool
has_z(struct text text, const char *z)
{
	return text_has(text, text_of(z));
}

bool
starts_z(struct text text, const char *z)
{
	return text_starts(text, text_of(z));
}

bool
ends_z(struct text text, const char *z)
{
	return text_ends(text, text_of(z));
}

static struct text
any_of(struct text text, const char *words, bool (*holds)(struct text, struct text))
{
	struct text word, rest = text_of(words);
	for (bool is_more = true; is_more;) {
		is_more = text_cut(rest, '|', &word, &rest);
		if (holds(text, word))
			return word;
	}
	return T("");
}

struct text
has_any(struct text text, const char *words)
{
	return any_of(text, words, text_has);
}

struct text
starts_any(struct text text, const char *words)
{
	return any_of(text, words, text_starts);
}

struct text
ends_any(struct text text, const char *words)
{
	return any_of(text, words, text_ends);
}

struct text
slice(struct text text, size_t from, size_t to)
{
	if (to > text.len)
		to = text.len;
	return from >= to ? T("") : text_from(text_first(text, to), from);
}

static bool
is_inside(struct text text, size_t at)
{
	return at < text.len && ((unsigned char)text.data[at] & 0xC0) == 0x80;
}

struct text
head_of(struct text text, size_t bytes)
{
	size_t to = text.len < bytes ? text.len : bytes;
	while (to > 0 && is_inside(text, to))
		to--;
	return text_first(text, to);
}

struct text
tail_of(struct text text, size_t bytes)
{
	size_t from = text.len < bytes ? 0 : text.len - bytes;
	while (is_inside(text, from))
		from++;
	return text_from(text, from);
}

uint32_t
before(struct text text, size_t *at)
{
	uint32_t c = 0;
	size_t from = *at;
	if (from == 0)
		return 0;
	while (--from > 0 && ((unsigned char)text.data[from] & 0xC0) == 0x80)
		;
	size_t next = from;
	(void)text_next(text, &next, &c);
	*at = from;
	return c;
}

uint32_t
last_character(struct text text)
{
	size_t at = text.len;
	return before(text, &at);
}

uint32_t
first_character(struct text text)
{
	uint32_t c = 0;
	size_t at = 0;
	(void)text_next(text, &at, &c);
	return c;
}

bool
is_kanji(uint32_t c)
{
	return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) || c == 0x3005 ||
	       (c >= 0x20000 && c <= 0x3FFFF) || (c >= 0xF900 && c <= 0xFAFF);
}

bool
is_katakana(uint32_t c)
{
	return (c >= 0x30A1 && c <= 0x30FA) || c == 0x30FC;
}

bool
is_control(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c <= 0xA0) || (c >= 0x200B && c <= 0x200F) ||
	       (c >= 0x2028 && c <= 0x202F) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
	       (c & 0xFFFE) == 0xFFFE;
}

bool
is_word(uint32_t c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

int
number_at(struct text text, size_t *at)
{
	int number = 0;
	size_t digits = 0;
	while (*at < text.len && text.data[*at] >= '0' && text.data[*at] <= '9' && digits++ < 6)
		number = number * 10 + (text.data[(*at)++] - '0');
	return digits > 0 && digits < 6 ? number : 0;
}

void
skip_spaces(struct text text, size_t *at)
{
	while (*at < text.len && (text.data[*at] == ' ' || text.data[*at] == '\t'))
		(*at)++;
}

static bool
is_letter(uint32_t c)
{
	return is_word(c) && c > '9';
}

/* A space between two letters that both stand alone: part of a word set wide. */
static bool
is_set_wide(struct text text, size_t space, size_t behind)
{
	uint32_t second = 0, third = 0;
	size_t at = space;
	const uint32_t first = before(text, &at);
	const uint32_t zeroth = before(text, &at);
	at = behind;
	(void)text_next(text, &at, &second);
	(void)text_next(text, &at, &third);
	return is_letter(first) && is_letter(second) && !is_word(zeroth) && !is_word(third);
}

struct text
glue(struct arena *into, struct text plain)
{
	struct writer out = writer_open_roomy(into, plain.len + 1, plain.len + 1);
	uint32_t c, next = 0;
	for (size_t at = 0, was = 0; text_next(plain, &at, &c); was = at) {
		if (c != ' ' && c != '\t') {
			write_text(&out, slice(plain, was, at));
			continue;
		}
		while (at < plain.len && (plain.data[at] == ' ' || plain.data[at] == '\t'))
			at++;
		size_t peek = at, back = was;
		next = 0;
		(void)text_next(plain, &peek, &next);
		const bool is_latin = before(plain, &back) < 0x80 && next < 0x80;
		if (is_latin && !is_set_wide(plain, was, at) && next != ')' && next != '(')
			write_byte(&out, ' ');
	}
	return writer_text(&out);
}

struct text
readable(struct arena *into, struct text plain)
{
	struct writer out = writer_open(into, 3 * plain.len + 1);
	for (size_t at = 0; at < plain.len; at++) {
		if (plain.data[at] == '(')
			write_z(&out, "（");
		else if (plain.data[at] == ')' &&
			 !(at > 0 && is_letter((unsigned char)plain.data[at - 1]) &&
			   (at < 2 || !is_word((unsigned char)plain.data[at - 2])) &&
			   !(at >= 2 && plain.data[at - 2] == '(')))
			write_z(&out, "）");
		else
			write_byte(&out, plain.data[at]);
	}
	return writer_text(&out);
}

bool
next_sentence(struct text *rest, struct text *sentence)
{
	int depth = 0;
	uint32_t c;
	for (size_t at = 0; text_next(*rest, &at, &c);) {
		if (c == '(' || c == 0xFF08 || c == 0x300C)
			depth++;
		else if ((c == ')' || c == 0xFF09 || c == 0x300D) && depth > 0)
			depth--;
		if (c != 0x3002 || depth > 0)
			continue;
		*sentence = text_first(*rest, at);
		*rest = text_trim(text_from(*rest, at));
		return true;
	}
	*sentence = *rest;
	*rest = T("");
	return sentence->len > 0;
}

bool
is_complete(struct text text)
{
	const uint32_t last = last_character(text_trim(text));
	return last == 0x3002 || last == 0x3011 || last == 0 || last == 0x300D ||
	       (last == ')' && has_z(text, "。"));
}

bool
is_titlelike(struct text text)
{
	return text.len > 0 && !has_z(text, "。") && !has_z(text, "は、") &&
	       has_any(text, "場合、|ものとする|しなければ|してはなら|とき、").len == 0 &&
	       last_character(text) != 0x3001 && text_count(text) <= 60;
}

const struct item *
item_by_id(const struct reading *reading, struct text id)
{
	for (size_t at = 0; at < reading->items_count; at++)
		if (!reading->items[at]->is_dropped && text_same(reading->items[at]->id, id))
			return reading->items[at];
	return NULL;
}
