#include "web/url.h"

#include "base/writer.h"

#include <stdlib.h>
#include <string.h>

enum { URL_MOST = 2048, URL_FIRST = 64, URL_BUILD_MOST = 1 << 20 };

/* RFC 3986 section 2.3: these stand for themselves. */
static bool
is_unreserved(unsigned char byte)
{
	return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
	       (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' ||
	       byte == '~';
}

static void
write_encoded(struct writer *out, struct text piece)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < piece.len; i++) {
		const unsigned char byte = (unsigned char)piece.data[i];
		if (__builtin_expect(is_unreserved(byte), 1)) {
			write_byte(out, (char)byte);
			continue;
		}
		write_byte(out, '%');
		write_byte(out, digits[byte >> 4]);
		write_byte(out, digits[byte & 15]);
	}
}

/* A pattern is a literal of ours: a wrong one stops the process. */
static void
must(bool holds)
{
	if (!holds)
		abort();
}

static bool
is_safe_byte(unsigned char byte)
{
	return byte > 0x20 && byte < 0x7F && byte != '\\' && byte != '"' && byte != '\'' &&
	       byte != '<' && byte != '>' && byte != '`';
}

static bool
is_local(struct text text)
{
	if (text.len == 0 || text.len > URL_MOST || text.data[0] != '/')
		return false;
	for (size_t i = 0; i < text.len; i++)
		if (!is_safe_byte((unsigned char)text.data[i]))
			return false;
	return !text_has(text, T("//"));
}

static void
write_piece(struct writer *out, struct text piece, bool is_whole_segment)
{
	const bool names_nothing =
		piece.len == 0 || text_is(piece, ".") || text_is(piece, "..");

	if (is_whole_segment && names_nothing)
		write_byte(out, '_');
	else
		write_encoded(out, piece);
}

static bool
ends_segment(struct text rest)
{
	return rest.len == 0 || rest.data[0] == '/' || rest.data[0] == '?' ||
	       rest.data[0] == '#';
}

struct url
url_make_of(struct arena *into, const char *pattern, size_t count, const struct text *pieces)
{
	struct writer out = writer_open_roomy(into, URL_FIRST, URL_BUILD_MOST);
	struct text rest = text_of(pattern);
	size_t used = 0;

	must(rest.len > 0 && rest.len <= URL_MOST && rest.data[0] == '/');
	for (size_t at = 0; at < rest.len; at++) {
		const char byte = rest.data[at];
		must(is_safe_byte((unsigned char)byte) && (byte != '/' || rest.data[at + 1] != '/'));
		if (byte != '{' || rest.data[at + 1] != '}') { /* a literal ends with NUL */
			write_byte(&out, byte);
			continue;
		}
		must(used < count && at > 0 && rest.data[at - 1] == '/');
		write_piece(&out, pieces[used++], ends_segment(text_from(rest, at + 2)));
		at++;
	}
	must(used == count);
	/* A megabyte of piece is no address: it names nothing. */
	return (struct url){writer_is_full(&out) ? T("/_") : writer_text(&out)};
}

struct url
url_number_of(struct arena *into, const char *pattern, int64_t number)
{
	struct writer digits = writer_open(into, 32);

	write_number(&digits, number);
	return url_make_of(into, pattern, 1, (const struct text[]){writer_text(&digits)});
}

struct url
url_below(struct arena *into, struct url base, int64_t number)
{
	const size_t room = base.text.len + 1 + DIGITS_MOST;
	char *const made = arena_bytes(into, room);
	must(base.text.len > 0 && base.text.len <= URL_BUILD_MOST);
	memcpy(made, base.text.data, base.text.len);
	made[base.text.len] = '/';
	const size_t digits = digits_of(number, made + base.text.len + 1);
	return (struct url){{made, base.text.len + 1 + digits}};
}

struct url
url_query(struct arena *into, struct url url, const char *name, struct text value)
{
	struct writer out = writer_open(into, URL_BUILD_MOST);
	struct text before;
	struct text fragment;
	const bool has_fragment = text_cut(url.text, '#', &before, &fragment);

	if (url_is_empty(url))
		return url;
	write_text(&out, before);
	write_byte(&out, text_has(before, T("?")) ? '&' : '?');
	write_encoded(&out, text_of(name));
	write_byte(&out, '=');
	write_encoded(&out, value);
	if (has_fragment) {
		write_byte(&out, '#');
		write_text(&out, fragment);
	}
	return writer_is_full(&out) ? url : (struct url){writer_text(&out)};
}

struct url
url_query_number(struct arena *into, struct url url, const char *name, int64_t value)
{
	struct writer digits = writer_open(into, 32);

	write_number(&digits, value);
	return url_query(into, url, name, writer_text(&digits));
}

struct url
url_fragment(struct arena *into, struct url url, struct text id)
{
	struct writer out = writer_open(into, URL_BUILD_MOST);
	struct text before;
	struct text fragment;

	text_cut(url.text, '#', &before, &fragment);
	write_text(&out, before);
	write_byte(&out, '#');
	write_encoded(&out, id);
	return writer_is_full(&out) ? url : (struct url){writer_text(&out)};
}

bool
url_from_local(struct text text, struct url *url)
{
	if (!is_local(text))
		return false;
	url->text = text;
	return true;
}

bool
url_is_empty(struct url url)
{
	return url.text.len == 0;
}

/* The name without its port: "bansho.example", "192.0.2.1", "[2001:db8::1]". */
static struct text
host_alone(struct text host)
{
	size_t end = host.len;
	if (host.len > 0 && host.data[0] == '[') {
		while (end > 0 && host.data[end - 1] != ']')
			end--;
		return text_first(host, end);
	}
	struct text name, port;
	text_cut(host, ':', &name, &port);
	return name;
}

static bool
is_plain_host(struct text name)
{
	for (size_t i = 0; i < name.len; i++) {
		const char c = name.data[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
		      c == '.' || c == '-' || (name.data[0] == '[' && (c == '[' || c == ']' || c == ':'))))
			return false;
	}
	return name.len > 0 && name.len <= 253;
}

struct url
url_at_port(struct arena *into, struct text host, uint16_t port, struct url local)
{
	const struct text name = host_alone(host);
	if (!is_plain_host(name))
		return (struct url){T("")};
	return (struct url){text_format(into, "https://%.*s:%u%.*s", T_ARG(name), (unsigned)port,
					T_ARG(local.text))};
}

/* What stands between digits, after NFKC: spaces, brackets, and the dashes that keyboards here write. */
static bool
is_between_digits(uint32_t character)
{
	return character == ' ' || character == '(' || character == ')' || character == '-' ||
	       (character >= 0x2010 && character <= 0x2015) || character == 0x2212 || character == 0x30FC;
}

struct url
url_telephone(struct arena *into, struct text number)
{
	enum { LEAST = 3, MOST = 15 }; /* 119; ITU-T E.164 */
	const struct text plain = text_trim(text_plain(into, number));
	char made[MOST];
	size_t at = 0, digits = 0;
	uint32_t character;
	const bool is_abroad = text_starts(plain, T("+"));
	if (is_abroad)
		at = 1;
	while (text_next(plain, &at, &character)) {
		if (is_between_digits(character))
			continue;
		if (character < '0' || character > '9' || digits == MOST)
			return (struct url){T("")};
		made[digits++] = (char)character; /* an ASCII digit */
	}
	if (digits < LEAST)
		return (struct url){T("")};
	return (struct url){text_format(into, "tel:%s%.*s", is_abroad ? "+" : "", (int)digits, made)}; /* at most 15 */
}
