/* A pack to be spoilt: a copy of a good one, in which one thing is changed. Include after
 * cmocka.h. */
#ifndef BANSHO_TESTS_PACK_COPY_H
#define BANSHO_TESTS_PACK_COPY_H

#include "base/file.h"
#include "policy/policy.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct arena *arena;

static int
setup(void **state)
{
	(void)state;
	arena = arena_open(ARENA_USUAL);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_close(arena);
	error_sweep();
	return 0;
}

/* A path below tests/ in the repository. */
static const char *
here(const char *below)
{
	return path_join(arena, TESTS_FOLDER, below);
}

static struct error *load(const char *folder, struct pack **pack, struct pack_report *report);

/* A pack that must be without a fault; its faults are printed. */
static inline struct pack *
good_pack_of(const char *folder, struct pack_report *report)
{
	struct pack *pack = NULL;
	struct error *error = load(folder, &pack, report);

	for (const struct error *at = error; at != NULL; at = at->next)
		print_message("# %.*s %.*s\n", T_ARG(at->field), T_ARG(at->words));
	assert_null(error);
	return pack;
}

/* --- a copy of the good pack, to be spoilt --- */

static const char *const subfolders[] = {"",        "clauses",   "forms",
					 "ledgers", "occasions", "evidence", "courses"};
enum { SUBFOLDERS = sizeof subfolders / sizeof *subfolders };

static void
copy_folder(const char *from, const char *to)
{
	struct text *names;
	size_t count;

	assert_null(folder_make(to));
	assert_null(folder_list(arena, from, 100, &names, &count));
	for (size_t i = 0; i < count; i++) {
		struct text bytes;
		const char *name = text_z(arena, names[i]);
		if (!text_ends(names[i], T(".yaml")) && !text_ends(names[i], T(".md")))
			continue;
		assert_null(file_read(arena, path_join(arena, from, name), 1 << 20, &bytes));
		assert_null(file_replace(path_join(arena, to, name), bytes, 0600));
	}
}

static const char *
copy_pack_of(const char *from)
{
	char template[] = "/tmp/bansho-pack-XXXXXX";
	const char *folder = mkdtemp(template);

	assert_non_null(folder);
	const char *to = text_z(arena, text_of(folder));
	for (size_t i = 0; i < SUBFOLDERS; i++) {
		const char *path = path_join(arena, here(from), subfolders[i]);
		if (access(path, F_OK) == 0)
			copy_folder(path, path_join(arena, to, subfolders[i]));
	}
	return to;
}

static void
remove_pack(const char *folder)
{
	for (size_t i = SUBFOLDERS; i-- > 0;) {
		struct text *names;
		size_t count;
		const char *path = path_join(arena, folder, subfolders[i]);
		if (access(path, F_OK) != 0)
			continue;
		assert_null(folder_list(arena, path, 100, &names, &count));
		for (size_t j = 0; j < count; j++)
			unlink(path_join(arena, path, text_z(arena, names[j])));
		rmdir(path);
	}
}

static void
put(const char *folder, const char *file, struct text bytes)
{
	assert_null(file_replace(path_join(arena, folder, file), bytes, 0600));
}

/* Replace the first `from` (it must be there); returns the line where it stood. */
static int
spoil(const char *folder, const char *file, const char *from, const char *to)
{
	struct text bytes;
	size_t at;
	int line = 1;

	assert_null(file_read(arena, path_join(arena, folder, file), 4 << 20, &bytes));
	if (!text_find(bytes, text_of(from), &at))
		fail_msg("'%s' is not in %s", from, file);
	for (size_t i = 0; i < at; i++)
		line += bytes.data[i] == '\n';
	put(folder, file,
	    text_join(arena, text_join(arena, text_first(bytes, at), text_of(to)),
		      text_from(bytes, at + strlen(from))));
	return line;
}

static struct error *
load(const char *folder, struct pack **pack, struct pack_report *report)
{
	return pack_load(arena, folder, &pack_known, pack, report);
}

#endif
