/* Lines for operators: one write() each, so that lines of several threads do not mix. */
#include "base/log.h"
#include "base/say.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

enum { MOST_LINE = 2048 };

static const char *program_name = "bansho"; /* set once, before threads start */

void
log_name(const char *program)
{
	program_name = program;
}

/* Control characters could forge a second line, or drive the operator's terminal. */
static void
make_harmless(char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F)
			line[i] = ' ';
}

static void
put(const char *level, const char *words)
{
	char line[MOST_LINE];
	const int wanted = snprintf(line, sizeof line, "%s %s: %s", level, program_name, words);
	if (wanted < 0)
		return;
	size_t len = (size_t)wanted; /* not negative */
	if (len > sizeof line - 2)
		len = sizeof line - 2;
	make_harmless(line, len);
	line[len++] = '\n';
	if (write(STDERR_FILENO, line, len) < 0)
		return; /* nowhere left to say so */
}

void
log_say(const char *format, ...)
{
	char words[MOST_LINE];
	va_list args;
	va_start(args, format);
	const int wanted = vsnprintf(words, sizeof words, say(format), args);
	va_end(args);
	if (wanted >= 0)
		put("info", words);
}

void
log_error(const char *doing, const struct error *error)
{
	for (; error != NULL; error = error->next) {
		ARENA_SCOPED arena = arena_open(ARENA_USUAL);
		const struct text words =
			text_format(arena, "%s: %s: %.*s%s%.*s (%s:%d)", doing,
				    error_kind_name(error->kind), T_ARG(error->field),
				    error->field.len > 0 ? ": " : "", T_ARG(error->words),
				    error->file != NULL ? error->file : "?", error->line);
		put("error", words.data);
	}
}
