/*
 * Errors live in an arena of their thread, opened when the first one is made. The main thread's
 * stays reachable until exit; other threads give theirs back when they end.
 */
#include "base/error.h"
#include "base/say.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Longer words are cut: a person reads one or two sentences. */
enum { MOST_WORDS = 4096 };

static _Thread_local struct arena *errors;
static pthread_key_t errors_key;
static pthread_once_t errors_once = PTHREAD_ONCE_INIT;

static void
errors_close(void *arena)
{
	arena_close(arena);
	errors = NULL;
}

static void
errors_start(void)
{
	if (pthread_key_create(&errors_key, errors_close) != 0)
		abort();
}

static struct arena *
errors_arena(void)
{
	if (errors != NULL)
		return errors;
	pthread_once(&errors_once, errors_start);
	errors = arena_open(ARENA_USUAL);
	pthread_setspecific(errors_key, errors);
	return errors;
}

/* Cut words that did not fit so that they stay whole characters. */
static size_t
whole_characters(const char *words, size_t len)
{
	size_t bad_at;
	if (text_is_utf8((struct text){words, len}, &bad_at) || len - bad_at > 3)
		return len;
	return bad_at;
}

struct error *
error_make(enum error_kind kind, const char *file, int line, const char *field,
	   const char *format, ...)
{
	char words[MOST_WORDS];
	va_list args;
	va_start(args, format);
	const int wanted = vsnprintf(words, sizeof words, say(format), args);
	va_end(args);

	size_t len = wanted < 0 ? 0 : (size_t)wanted; /* not negative here */
	if (len >= sizeof words)
		len = whole_characters(words, sizeof words - 1);

	struct arena *const into = errors_arena();
	struct error *const error = ARENA_NEW(into, struct error);
	*error = (struct error){
		.kind = kind,
		.words = text_copy(into, (struct text){words, len}),
		.file = file,
		.line = line,
	};
	if (field != NULL)
		error->field = text_copy(into, text_of(field));
	return error;
}

void
error_add(struct error **list, struct error *one)
{
	while (*list != NULL)
		list = &(*list)->next;
	*list = one;
}

size_t
error_count(const struct error *list)
{
	size_t count = 0;
	for (; list != NULL; list = list->next)
		count++;
	return count;
}

struct error *
error_keep(struct arena *into, const struct error *error)
{
	struct error *kept = NULL;
	for (struct error **end = &kept; error != NULL; error = error->next) {
		*end = ARENA_NEW(into, struct error);
		**end = *error;
		(*end)->words = text_copy(into, error->words);
		(*end)->field = text_copy(into, error->field);
		(*end)->next = NULL;
		end = &(*end)->next;
	}
	return kept;
}

void
error_sweep(void)
{
	if (errors != NULL)
		arena_reset(errors);
}

const char *
error_kind_name(enum error_kind kind)
{
	switch (kind) {
	case ERROR_INVALID:
		return "invalid";
	case ERROR_REFUSED:
		return "refused";
	case ERROR_MISSING:
		return "missing";
	case ERROR_CONFLICT:
		return "conflict";
	case ERROR_BUSY:
		return "busy";
	case ERROR_BROKEN:
		return "broken";
	}
	return "broken";
}
