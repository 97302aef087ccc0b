/*
 * A growing piece of text in an arena, with a limit. Passing the limit sets `is_full` and drops
 * what comes after; whoever began the writer checks writer_is_full() once, at the end.
 */
#ifndef BANSHO_BASE_WRITER_H
#define BANSHO_BASE_WRITER_H

#include "base/text.h"

struct writer {
	struct arena *arena;
	char *data;
	size_t len;
	size_t room;
	size_t limit;
	bool is_full;
};

struct writer writer_open(struct arena *arena, size_t limit);
void write_text(struct writer *out, struct text text);
void write_z(struct writer *out, const char *z);
void write_byte(struct writer *out, char byte);
void write_number(struct writer *out, int64_t number);
void write_format(struct writer *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* One code point as UTF-8. */
void write_character(struct writer *out, uint32_t character);
/* What has been written; valid until the next write. */
struct text writer_text(const struct writer *out);
bool writer_is_full(const struct writer *out);

#endif
