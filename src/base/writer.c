/* Growing text: doubles its room in the arena until the limit. */
#include "base/writer.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_ROOM = 256 };

struct writer
writer_open(struct arena *arena, size_t limit)
{
	return (struct writer){.arena = arena, .limit = limit};
}

struct writer
writer_open_roomy(struct arena *arena, size_t room, size_t limit)
{
	room = room < limit ? room : limit;
	return (struct writer){
		.arena = arena, .data = arena_bytes(arena, room), .room = room, .limit = limit};
}

/* Room for `len` more bytes, or false and full. */
static bool
has_room(struct writer *out, size_t len)
{
	if (out->is_full || len > out->limit - out->len) {
		out->is_full = true;
		return false;
	}
	const size_t needed = out->len + len;
	if (needed <= out->room)
		return true;

	size_t room = out->room < FIRST_ROOM / 2 ? FIRST_ROOM : out->room;
	room = room > out->limit / 2 ? out->limit : room * 2;
	if (room < needed)
		room = needed;
	char *const data = arena_bytes(out->arena, room);
	if (out->len > 0)
		memcpy(data, out->data, out->len);
	out->data = data;
	out->room = room;
	return true;
}

void
write_grown(struct writer *out, struct text text)
{
	if (text.len == 0 || !has_room(out, text.len))
		return;
	memcpy(out->data + out->len, text.data, text.len);
	out->len += text.len;
}

void
write_z(struct writer *out, const char *z)
{
	write_text(out, text_of(z));
}

void
write_number(struct writer *out, int64_t number)
{
	char digits[DIGITS_MOST];
	write_text(out, (struct text){digits, digits_of(number, digits)});
}

void
write_format(struct writer *out, const char *format, ...)
{
	char small[512];
	va_list args;
	va_start(args, format);
	const int wanted = vsnprintf(small, sizeof small, format, args);
	va_end(args);
	if (wanted < 0) {
		out->is_full = true;
		return;
	}
	const size_t len = (size_t)wanted; /* not negative */
	if (len < sizeof small) {
		write_text(out, (struct text){small, len});
		return;
	}
	if (!has_room(out, len))
		return;
	char *large = arena_bytes(out->arena, len + 1); /* vsnprintf adds a NUL */
	va_start(args, format);
	vsnprintf(large, len + 1, format, args);
	va_end(args);
	write_text(out, (struct text){large, len});
}

void
write_character(struct writer *out, uint32_t character)
{
	unsigned char at[4];
	size_t len = 0;
	if (character > 0x10FFFF || (character >= 0xD800 && character <= 0xDFFF))
		character = 0xFFFD; /* what is no character must not become broken UTF-8 */
	if (character < 0x80) {
		at[len++] = (unsigned char)character;
	} else if (character < 0x800) {
		at[len++] = (unsigned char)(0xC0 | character >> 6);
	} else if (character < 0x10000) {
		at[len++] = (unsigned char)(0xE0 | character >> 12);
		at[len++] = (unsigned char)(0x80 | (character >> 6 & 0x3F));
	} else {
		at[len++] = (unsigned char)(0xF0 | character >> 18);
		at[len++] = (unsigned char)(0x80 | (character >> 12 & 0x3F));
		at[len++] = (unsigned char)(0x80 | (character >> 6 & 0x3F));
	}
	if (character >= 0x80)
		at[len++] = (unsigned char)(0x80 | (character & 0x3F));
	write_text(out, (struct text){(const char *)at, len});
}

struct text
writer_text(const struct writer *out)
{
	return out->data == NULL ? T("") : (struct text){out->data, out->len};
}

bool
writer_is_full(const struct writer *out)
{
	return out->is_full;
}
