/* Ids, UUIDs, times, and text as OSCAL's data types want them. */
#include "oscal/rooms.h"

#include "base/day.h"
#include "base/hash.h"

#include <string.h>

struct text
uuid_of(struct arena *into, struct text scope, const char *kind, struct text id)
{
	const struct hash hash = hash_of(text_format(into, OSCAL_NS "\n%.*s\n%s\n%.*s", T_ARG(scope),
						     kind, T_ARG(id)));
	uint8_t at[16];
	memcpy(at, hash.at, sizeof at);
	at[6] = (uint8_t)((at[6] & 0x0f) | 0x50); /* RFC 9562: version 5 in form */
	at[8] = (uint8_t)((at[8] & 0x3f) | 0x80);
	const struct text hex = text_hex(into, (struct text){ (const char *)at, sizeof at });
	return text_format(into, "%.8s-%.4s-%.4s-%.4s-%.12s", hex.data, hex.data + 8, hex.data + 12,
			   hex.data + 16, hex.data + 20);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

struct text
token_of(struct arena *into, struct text code)
{
	return code.len > 0 && is_letter(code.data[0]) ? code : text_join(into, T("_"), code);
}

struct text
code_of(struct text token)
{
	return text_starts(token, T("_")) ? text_from(token, 1) : token;
}

static struct text
id_in(struct arena *into, const struct pack *pack, const char *what, struct text id)
{
	const struct text place = token_of(into, pack->id);
	return text_format(into, "%.*s%s.%.*s", T_ARG(place), what, T_ARG(id));
}

struct text
control_id(struct arena *into, const struct pack *pack, struct text clause)
{
	return id_in(into, pack, "", clause);
}

struct text
statement_id(struct arena *into, const struct pack *pack, struct text clause)
{
	return id_in(into, pack, "_smt", clause);
}

struct text
parameter_id(struct arena *into, const struct pack *pack, struct text code)
{
	return id_in(into, pack, "_prm", code);
}

struct text
time_of_day(struct arena *into, struct text iso)
{
	return text_format(into, "%.*sT00:00:00+09:00", T_ARG(iso));
}

/* What Markdown, as OSCAL has it, would take for a mark: anywhere, and at the beginning of a line. */
static const char marks[] = "\\`*_~^[]<>{}\"";
static const char line_marks[] = "#+-=";

static bool
is_in(const char *list, char c)
{
	return c != '\0' && strchr(list, c) != NULL;
}

struct text
markup_of(struct arena *into, struct text plain)
{
	struct writer out = writer_open(into, 2 * plain.len + 16);
	for (size_t at = 0; at < plain.len; at++) {
		const char c = plain.data[at];
		const bool is_first = at == 0 || plain.data[at - 1] == '\n';
		if (is_in(marks, c) || (is_first && is_in(line_marks, c)))
			write_byte(&out, '\\');
		write_byte(&out, c);
	}
	return writer_text(&out);
}

struct text
plain_of(struct arena *into, struct text markup)
{
	struct writer out = writer_open(into, markup.len + 16);
	for (size_t at = 0; at < markup.len; at++) {
		if (markup.data[at] == '\\' && at + 1 < markup.len &&
		    (is_in(marks, markup.data[at + 1]) || is_in(line_marks, markup.data[at + 1])))
			at++;
		write_byte(&out, markup.data[at]);
	}
	return writer_text(&out);
}

/* White space as the patterns of the schema mean it, line ends included. */
static bool
is_space(uint32_t c)
{
	return c <= 0x20 || c == 0x7f || c == 0x85 || c == 0xa0 || c == 0x1680 ||
	       (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
	       c == 0x205f || c == 0x3000 || c == 0xfeff;
}

struct text
line_of(struct arena *into, struct text text)
{
	struct writer out = writer_open(into, text.len + 16);
	size_t end = 0;
	for (size_t at = 0; at < text.len;) {
		uint32_t c;
		const size_t begin = at;
		if (!text_next(text, &at, &c))
			break;
		const bool is_break = c < 0x20 || c == 0x85 || c == 0x2028 || c == 0x2029;
		if (is_space(c) && out.len == 0)
			continue;
		if (is_break)
			write_byte(&out, ' ');
		else
			write_text(&out, (struct text){ text.data + begin, at - begin });
		if (!is_space(c))
			end = out.len;
	}
	return text_first(writer_text(&out), end);
}
