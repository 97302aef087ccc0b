/* Views of UTF-8. Nothing here reads outside data[0..len). */
#include "base/text.h"

#include <sodium.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct text
text_of(const char *z)
{
	return (struct text){z, z == NULL ? 0 : strlen(z)};
}

bool
text_same(struct text a, struct text b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.data, b.data, a.len) == 0);
}

bool
text_is(struct text a, const char *z)
{
	return text_same(a, text_of(z));
}

int
text_order(struct text a, struct text b)
{
	const size_t shorter = a.len < b.len ? a.len : b.len;
	const int order = shorter == 0 ? 0 : memcmp(a.data, b.data, shorter);
	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

bool
text_is_empty(struct text text)
{
	return text.len == 0;
}

bool
text_is_blank(struct text text)
{
	return text_trim(text).len == 0;
}

bool
text_starts(struct text text, struct text with)
{
	return text.len >= with.len && text_same(text_first(text, with.len), with);
}

bool
text_ends(struct text text, struct text with)
{
	return text.len >= with.len && text_same(text_from(text, text.len - with.len), with);
}

bool
text_find(struct text text, struct text part, size_t *at)
{
	if (part.len == 0) {
		*at = 0;
		return true;
	}
	if (text.data == NULL || part.data == NULL || text.len < part.len)
		return false;
	const char *found = memmem(text.data, text.len, part.data, part.len);
	if (found == NULL)
		return false;
	*at = (size_t)(found - text.data); /* found lies behind data */
	return true;
}

bool
text_has(struct text text, struct text part)
{
	size_t at;
	return text_find(text, part, &at);
}

struct text
text_from(struct text text, size_t at)
{
	if (text.data == NULL)
		return text;
	if (at > text.len)
		at = text.len;
	return (struct text){text.data + at, text.len - at};
}

struct text
text_first(struct text text, size_t len)
{
	return (struct text){text.data, len < text.len ? len : text.len};
}

bool
text_cut(struct text text, char separator, struct text *head, struct text *rest)
{
	size_t at;
	if (!text_find(text, (struct text){&separator, 1}, &at)) {
		*head = text;
		*rest = text_from(text, text.len);
		return false;
	}
	*head = text_first(text, at);
	*rest = text_from(text, at + 1);
	return true;
}

/* How many bytes of white space the text begins, or ends, with. */
static size_t
space_at(struct text text, bool at_end)
{
	const struct text wide = T("\u3000");
	if (text.len == 0)
		return 0;
	const char byte = text.data[at_end ? text.len - 1 : 0];
	if (byte == ' ' || (byte >= '\t' && byte <= '\r'))
		return 1;
	return (at_end ? text_ends(text, wide) : text_starts(text, wide)) ? wide.len : 0;
}

struct text
text_trim(struct text text)
{
	size_t len;
	while ((len = space_at(text, false)) > 0)
		text = text_from(text, len);
	while ((len = space_at(text, true)) > 0)
		text = text_first(text, text.len - len);
	return text;
}

/*
 * The length of the valid character at the front of `at` (len > 0), or 0. The bounds of the
 * second byte are RFC 3629 section 4: no overlong forms, no surrogates, nothing past U+10FFFF.
 */
static size_t
character_len(const unsigned char *at, size_t len)
{
	const unsigned char lead = at[0];
	if (lead < 0x80)
		return 1;
	const size_t wanted = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
	if (lead < 0xC2 || lead > 0xF4 || len < wanted)
		return 0;
	const unsigned char least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
	const unsigned char most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
	if (at[1] < least || at[1] > most)
		return 0;
	for (size_t i = 2; i < wanted; i++)
		if ((at[i] & 0xC0) != 0x80)
			return 0;
	return wanted;
}

/* Eight bytes of plain ASCII without NUL: the usual case, worth a shortcut. */
static bool
is_eight_ascii(const unsigned char *at)
{
	uint64_t word;
	memcpy(&word, at, sizeof word);
	const uint64_t high = UINT64_C(0x8080808080808080);
	const uint64_t low = UINT64_C(0x7F7F7F7F7F7F7F7F);
	return (word & high) == 0 && ((word + low) & high) == high;
}

bool
text_is_utf8(struct text text, size_t *bad_at)
{
	const unsigned char *data = (const unsigned char *)text.data;
	for (size_t at = 0; at < text.len;) {
		if (text.len - at >= 8 && is_eight_ascii(data + at)) {
			at += 8;
			continue;
		}
		const size_t len = character_len(data + at, text.len - at);
		if (len == 0 || data[at] == '\0') {
			if (bad_at != NULL)
				*bad_at = at;
			return false;
		}
		at += len;
	}
	return true;
}

bool
text_next(struct text text, size_t *at, uint32_t *character)
{
	if (*at >= text.len)
		return false;
	const unsigned char *data = (const unsigned char *)text.data + *at;
	const size_t len = character_len(data, text.len - *at);
	if (len == 0) {
		*character = 0xFFFD; /* not valid UTF-8: step on, never outside */
		*at += 1;
		return true;
	}
	const uint32_t lead_mask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
	uint32_t made = data[0] & lead_mask[len];
	for (size_t i = 1; i < len; i++)
		made = made << 6 | (data[i] & 0x3F);
	*character = made;
	*at += len;
	return true;
}

size_t
text_count(struct text text)
{
	size_t count = 0;
	for (size_t i = 0; i < text.len; i++)
		count += ((unsigned char)text.data[i] & 0xC0) != 0x80;
	return count;
}

struct text
text_copy(struct arena *into, struct text text)
{
	if (text.data == NULL)
		return text;
	return (struct text){text_z(into, text), text.len};
}

const char *
text_z(struct arena *into, struct text text)
{
	if (text.len == SIZE_MAX)
		abort();
	char *z = arena_bytes(into, text.len + 1);
	if (text.len > 0)
		memcpy(z, text.data, text.len);
	z[text.len] = '\0';
	return z;
}

struct text
text_format(struct arena *into, const char *format, ...)
{
	char small[256];
	va_list args;
	va_start(args, format);
	const int wanted = vsnprintf(small, sizeof small, format, args);
	va_end(args);
	if (wanted < 0)
		abort(); /* more than INT_MAX bytes, or a broken format: our own mistake */

	const size_t len = (size_t)wanted; /* not negative */
	char *made = arena_bytes(into, len + 1);
	if (len < sizeof small) {
		memcpy(made, small, len + 1);
		return (struct text){made, len};
	}
	va_start(args, format);
	vsnprintf(made, len + 1, format, args);
	va_end(args);
	return (struct text){made, len};
}

size_t
digits_of(int64_t number, char *into)
{
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	char digits[DIGITS_MOST];
	size_t at = sizeof digits;
	do {
		digits[--at] = (char)('0' + rest % 10); /* one digit */
		rest /= 10;
	} while (rest > 0);
	if (number < 0)
		digits[--at] = '-';
	memcpy(into, digits + at, sizeof digits - at);
	return sizeof digits - at;
}

struct text
text_number(struct arena *into, int64_t number)
{
	char digits[DIGITS_MOST];
	const size_t len = digits_of(number, digits);
	return text_copy(into, (struct text){digits, len});
}

struct text
text_join(struct arena *into, struct text a, struct text b)
{
	char *made = arena_get(into, 1, a.len + b.len + 1);
	if (a.len > 0)
		memcpy(made, a.data, a.len);
	if (b.len > 0)
		memcpy(made + a.len, b.data, b.len);
	return (struct text){made, a.len + b.len};
}

/* How often `part` (not empty) stands in the text, without overlaps. */
static size_t
times_in(struct text text, struct text part)
{
	size_t times = 0;
	size_t at;
	for (; text_find(text, part, &at); times++)
		text = text_from(text, at + part.len);
	return times;
}

struct text
text_replace(struct arena *into, struct text text, struct text from, struct text to)
{
	const size_t times = from.len == 0 ? 0 : times_in(text, from);
	if (times == 0)
		return text;
	/* A count beyond what memory holds meets the arena's limit. */
	const size_t kept = text.len - times * from.len;
	size_t made_len;
	if (__builtin_mul_overflow(times, to.len, &made_len) ||
	    __builtin_add_overflow(made_len, kept, &made_len))
		abort();

	char *const made = arena_get(into, 1, made_len + 1);
	char *end = made;
	size_t at;
	while (text_find(text, from, &at)) {
		end = mempcpy(end, text.data, at);
		if (to.len > 0)
			end = mempcpy(end, to.data, to.len);
		text = text_from(text, at + from.len);
	}
	memcpy(end, text.data, text.len);
	return (struct text){made, made_len};
}

struct text
text_hex(struct arena *into, struct text bytes)
{
	char *made = arena_get(into, 2, bytes.len + 1);
	if (bytes.len > 0)
		sodium_bin2hex(made, bytes.len * 2 + 1, (const unsigned char *)bytes.data,
			       bytes.len);
	return (struct text){made, bytes.len * 2};
}

bool
text_unhex(struct arena *into, struct text hex, struct text *bytes)
{
	unsigned char *made = arena_get(into, 1, hex.len / 2 + 1);
	size_t len = 0;
	if (hex.len > 0 &&
	    (sodium_hex2bin(made, hex.len / 2, hex.data, hex.len, NULL, &len, NULL) != 0 ||
	     len != hex.len / 2))
		return false;
	*bytes = (struct text){(const char *)made, len};
	return true;
}

struct text
text_base64(struct arena *into, struct text bytes)
{
	const size_t room =
		sodium_base64_encoded_len(bytes.len, sodium_base64_VARIANT_ORIGINAL);
	char *made = arena_get(into, 1, room);
	if (bytes.len > 0)
		sodium_bin2base64(made, room, (const unsigned char *)bytes.data, bytes.len,
				  sodium_base64_VARIANT_ORIGINAL);
	return text_of(made);
}

/* The value of a digit, and 64 more for it to be one. */
static uint8_t
base64_digit(char c)
{
	const uint8_t is_digit = 64;
	if (c >= 'A' && c <= 'Z')
		return (uint8_t)(is_digit | (c - 'A')); /* six bits each */
	if (c >= 'a' && c <= 'z')
		return (uint8_t)(is_digit | (c - 'a' + 26));
	if (c >= '0' && c <= '9')
		return (uint8_t)(is_digit | (c - '0' + 52));
	return c == '+' ? is_digit | 62 : c == '/' ? is_digit | 63 : 0;
}

/* Four digits as three bytes; false when one is no digit. */
static bool
base64_read(const char *from, unsigned char *into)
{
	const uint8_t a = base64_digit(from[0]), b = base64_digit(from[1]),
		      c = base64_digit(from[2]), d = base64_digit(from[3]);
	into[0] = (unsigned char)(a << 2 | (b >> 4 & 3)); /* the flag is shifted out */
	into[1] = (unsigned char)(b << 4 | (c >> 2 & 15));
	into[2] = (unsigned char)(c << 6 | (d & 63));
	return (a & b & c & d & 64) != 0;
}

/*
 * What is read here is open to see (signatures, ciphertext), so it need not take the same time for
 * every value, as libsodium's does. Only the one way of writing the bytes is taken.
 */
bool
text_unbase64(struct arena *into, struct text base64, struct text *bytes)
{
	unsigned char *made = (unsigned char *)arena_bytes(into, base64.len / 4 * 3 + 3);
	size_t len = 0, pads = 0;
	if (base64.len % 4 != 0)
		return false;
	for (size_t at = 0; at < base64.len; at += 4, len += 3) {
		char last[4];
		memcpy(last, base64.data + at, 4);
		if (at + 4 == base64.len && last[3] == '=') {
			pads = last[2] == '=' ? 2 : 1;
			last[3] = 'A';
			if (pads == 2)
				last[2] = 'A';
		}
		if (!base64_read(last, made + len))
			return false;
	}
	if (pads != 0 && (made[len - pads] != 0))
		return false;
	*bytes = (struct text){(const char *)made, len - pads};
	return true;
}
