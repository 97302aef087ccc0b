/*
 * embed NAME OUT.c FILE... - write files as a `const struct assets NAME` (web/web.h). The
 * digest of the set covers names and contents, so it changes whenever any file does.
 */
#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/writer.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_FILE = 8 << 20, MOST_FILES = 200, MOST_OUT = 64 << 20 };

struct source {
	struct text name, bytes, digest;
};

static const char *
type_of(struct text name)
{
	static const char *const types[][2] = {
		{".css", "text/css; charset=utf-8"},
		{".js", "text/javascript; charset=utf-8"},
		{".svg", "image/svg+xml"},
		{".png", "image/png"},
		{".ico", "image/vnd.microsoft.icon"},
		{".woff2", "font/woff2"},
		{".json", "application/json"},
		{".txt", "text/plain; charset=utf-8"},
	};
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (text_ends(name, text_of(types[i][0])))
			return types[i][1];
	return NULL;
}

static bool
name_is_plain(struct text name)
{
	for (size_t i = 0; i < name.len; i++) {
		const char c = name.data[i];
		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
		      (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_'))
			return false;
	}
	return name.len > 0 && name.data[0] != '.';
}

static struct error *
source_read(struct arena *arena, const char *path, struct source *source)
{
	const char *slash = strrchr(path, '/');
	source->name = text_of(slash == NULL ? path : slash + 1);
	if (!name_is_plain(source->name) || type_of(source->name) == NULL)
		return reject(path, "%s: not a name or kind of file that can be embedded",
			      path);
	TRY(file_read(arena, path, MOST_FILE, &source->bytes));
	const struct hash digest = hash_of(source->bytes);
	source->digest = hash_hex(arena, &digest);
	return OK;
}

static int
by_name(const void *a, const void *b)
{
	const struct source *left = a, *right = b;
	return text_order(left->name, right->name);
}

static void
bytes_write(struct writer *out, size_t index, struct text bytes)
{
	write_format(out, "static const unsigned char bytes_%zu[] = {", index);
	for (size_t i = 0; i < bytes.len; i++)
		write_format(out, "%s%u,", i % 24 == 0 ? "\n" : "",
			     (unsigned)(unsigned char)bytes.data[i]);
	write_z(out, "0\n};\n");
}

static struct error *
run(struct arena *arena, const char *name, const char *path, const char *const files[],
    size_t count)
{
	struct source *sources = ARENA_ARRAY(arena, struct source, count + 1);
	struct writer out = writer_open(arena, MOST_OUT), sum = writer_open(arena, 1 << 20);
	for (size_t i = 0; i < count; i++)
		TRY(source_read(arena, files[i], &sources[i]));
	qsort(sources, count, sizeof *sources, by_name);
	write_z(&out, "/* Made by tools/embed. */\n#include \"web/web.h\"\n");
	for (size_t i = 0; i < count; i++) {
		write_format(&sum, "%.*s %.*s\n", T_ARG(sources[i].name),
			     T_ARG(sources[i].digest));
		bytes_write(&out, i, sources[i].bytes);
	}
	const struct hash whole = hash_of(writer_text(&sum));
	write_format(&out, "static const struct asset list[] = {\n");
	for (size_t i = 0; i < count; i++)
		write_format(&out, "\t{ \"%.*s\", \"%s\", bytes_%zu, %zu, \"%.*s\" },\n",
			     T_ARG(sources[i].name), type_of(sources[i].name), i,
			     sources[i].bytes.len, T_ARG(sources[i].digest));
	write_format(&out,
		     "\t{ NULL, NULL, NULL, 0, NULL },\n};\n"
		     "extern const struct assets %s;\n"
		     "const struct assets %s = { list, %zu, \"%.*s\" };\n",
		     name, name, count, T_ARG(text_first(hash_hex(arena, &whole), 16)));
	if (writer_is_full(&out) || writer_is_full(&sum))
		return reject(path, "the files are too large to embed");
	return file_replace(path, writer_text(&out), 0644);
}

int
main(int argc, char **argv)
{
	log_name("embed");
	if (argc < 3 || argc > MOST_FILES) {
		log_say("usage: embed NAME OUT.c FILE...");
		return 2;
	}
	ARENA_SCOPED arena = arena_open((size_t)512 << 20);
	struct error *error =
		run(arena, argv[1], argv[2], (const char *const *)&argv[3], (size_t)(argc - 3));
	if (error != NULL) {
		log_error("embedding", error);
		return 1;
	}
	return 0;
}
