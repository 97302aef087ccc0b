/* What the command line says: results on stdout, words and progress on stderr. */
#include "cli/rooms.h"

#include "base/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

void
print(const char *format, ...)
{
	va_list args;
	va_start(args, format);
	vfprintf(stdout, format, args);
	va_end(args);
	fflush(stdout);
}

void
print_text(struct text text)
{
	fwrite(text.data, 1, text.len, stdout);
	fflush(stdout);
}

struct error *
print_writer(struct writer *out)
{
	write_byte(out, '\n');
	if (writer_is_full(out))
		return broken("結果が大きすぎて書けません。");
	fflush(stdout);
	return fd_write_all(STDOUT_FILENO, writer_text(out));
}

void
print_errors(const struct error *error)
{
	for (; error != NULL; error = error->next) {
		if (error->field.len != 0)
			fprintf(stderr, "bansho: %.*s: %.*s\n", T_ARG(error->field),
				T_ARG(error->words));
		else
			fprintf(stderr, "bansho: %.*s\n", T_ARG(error->words));
	}
}

void
put_errors_json(struct json *json, const struct error *error)
{
	json_open_array(json);
	for (; error != NULL; error = error->next) {
		json_open_object(json);
		json_text_at(json, "kind", text_of(error_kind_name(error->kind)));
		json_text_at(json, "where", error->field);
		json_text_at(json, "words", error->words);
		json_end(json);
	}
	json_end(json);
}

struct text
json_of_error(struct arena *into, const struct error *error)
{
	struct writer out = writer_open(into, 4 << 20);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_name(&json, T("errors"));
	put_errors_json(&json, error);
	json_end(&json);
	return writer_text(&out);
}

/* ---- Progress ---- */

enum { SHOW_AFTER_MS = 1000, TTY_EVERY_MS = 200, LINE_EVERY_MS = 1000 };

struct progress
progress_begin(const char *doing)
{
	return (struct progress){ .doing = doing, .began = moment_now().ms };
}

void
progress_step(void *with, int64_t done, int64_t all)
{
	struct progress *progress = with;
	const int64_t now = moment_now().ms;
	const bool is_tty = isatty(STDERR_FILENO) == 1;
	if (now - progress->began < SHOW_AFTER_MS ||
	    now - progress->last < (is_tty ? TTY_EVERY_MS : LINE_EVERY_MS))
		return;
	progress->last = now;
	progress->is_shown = true;
	fprintf(stderr, "%s%s", is_tty ? "\r\033[K" : "", say(progress->doing));
	if (all > 0)
		fprintf(stderr, " %lld/%lld (%lld%%)", (long long)done, (long long)all,
			(long long)(done * 100 / all));
	else if (done > 0)
		fprintf(stderr, " %lld", (long long)done);
	fprintf(stderr, "%s", is_tty ? "" : "\n");
	fflush(stderr);
}

void
progress_end(struct progress *progress)
{
	if (progress->is_shown && isatty(STDERR_FILENO) == 1)
		fprintf(stderr, "\r\033[K");
	progress->is_shown = false;
}
