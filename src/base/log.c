/* Lines for operators: one write() each, so that lines of several threads do not mix. */
#include "base/log.h"
#include "base/say.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST_LINE = 2048, MOST_REQUEST = 32 };

enum level { LEVEL_ERROR = 3, LEVEL_WARNING = 4, LEVEL_INFO = 6 };

static const char *program_name = "bansho"; /* set once, before threads start */
static bool is_for_journald;		    /* the same */
static _Thread_local char request_now[MOST_REQUEST];

void
log_name(const char *program)
{
	program_name = program;
	is_for_journald = getenv("JOURNAL_STREAM") != NULL;
}

void
log_request(struct text request)
{
	const struct text kept = text_first(request, sizeof request_now - 1);
	memset(request_now, 0, sizeof request_now);
	if (kept.len > 0)
		memcpy(request_now, kept.data, kept.len);
}

/* Control characters could forge a second line, or drive the operator's terminal. */
static void
make_harmless(char *line, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)line[i] < 0x20 || line[i] == 0x7F)
			line[i] = ' ';
}

static const char *
name_of(enum level level)
{
	switch (level) {
	case LEVEL_ERROR:
		return is_for_journald ? "<3>" : "error ";
	case LEVEL_WARNING:
		return is_for_journald ? "<4>" : "warning ";
	case LEVEL_INFO:
		return is_for_journald ? "<6>" : "info ";
	}
	return "";
}

static void
put(enum level level, const char *words)
{
	char line[MOST_LINE];
	const int wanted = snprintf(line, sizeof line, "%s%s: %s%s%s%s", name_of(level),
				    program_name, request_now[0] != '\0' ? "[" : "", request_now,
				    request_now[0] != '\0' ? "] " : "", words);
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

static void put_format(enum level level, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

static void
put_format(enum level level, const char *format, va_list args)
{
	char words[MOST_LINE];
	if (vsnprintf(words, sizeof words, format, args) >= 0)
		put(level, words);
}

void
log_say(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	put_format(LEVEL_INFO, say(format), args);
	va_end(args);
}

void
log_warn(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	put_format(LEVEL_WARNING, say(format), args);
	va_end(args);
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
		put(error->kind == ERROR_BROKEN ? LEVEL_ERROR : LEVEL_WARNING, words.data);
	}
}
