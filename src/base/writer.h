/*
 * A growing piece of text in an arena, with a limit. Passing the limit sets `is_full` and drops
 * what comes after; whoever began the writer checks writer_is_full() once, at the end.
 */
#ifndef BANSHO_BASE_WRITER_H
#define BANSHO_BASE_WRITER_H

#include "base/text.h"

#include <string.h>

struct writer {
	struct arena *arena;
	char *data;
	size_t len;
	size_t room;
	size_t limit;
	bool is_full;
};

struct writer writer_open(struct arena *arena, size_t limit);
/* The first bytes are given room for at once, so that a page need not move as it grows. */
struct writer writer_open_roomy(struct arena *arena, size_t room, size_t limit);
void write_z(struct writer *out, const char *z);
void write_number(struct writer *out, int64_t number);
void write_format(struct writer *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* One code point as UTF-8. */
void write_character(struct writer *out, uint32_t character);
/* Here, because pages are made of thousands of these. */
void write_grown(struct writer *out, struct text text);
static inline void
write_text(struct writer *out, struct text text)
{
	if (text.len == 0)
		return;
	if (text.len > out->room - out->len || out->is_full) {
		write_grown(out, text);
		return;
	}
	memcpy(out->data + out->len, text.data, text.len);
	out->len += text.len;
}
static inline void
write_byte(struct writer *out, char byte)
{
	write_text(out, (struct text){&byte, 1});
}

/* What has been written; valid until the next write. */
struct text writer_text(const struct writer *out);
bool writer_is_full(const struct writer *out);

#endif
