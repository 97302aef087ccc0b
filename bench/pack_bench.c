/*
 * How long it takes to load and check a pack, warnings and all, against libfyaml alone reading the
 * same files event by event. Processor time, for the machine is shared. usage: pack_bench FOLDER...
 */
#include "median.h"

#include "base/file.h"
#include "policy/policy.h"

#include <libfyaml.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROUNDS_USUAL = 15, ROUNDS_MOST = 101, FILES_MOST = 400 };

struct files {
	struct text at[FILES_MOST];
	size_t count;
};

static double
spent_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void
must(struct error *error, const char *what)
{
	if (error == OK)
		return;
	fprintf(stderr, "%s: %.*s %.*s\n", what, T_ARG(error->field), T_ARG(error->words));
	exit(1);
}

static void
read_files(struct arena *arena, const char *folder, struct files *files)
{
	static const char *const below[] = { "", "clauses", "forms", "ledgers", "occasions", "evidence" };
	for (size_t i = 0; i < sizeof below / sizeof *below; i++) {
		struct text *names;
		size_t count;
		const char *path = path_join(arena, folder, below[i]);
		if (folder_list(arena, path, FILES_MOST, &names, &count) != OK)
			continue;
		for (size_t at = 0; at < count && files->count < FILES_MOST; at++)
			if (text_ends(names[at], T(".yaml")))
				must(file_read(arena, path_join(arena, path, text_z(arena, names[at])),
					       4 << 20, &files->at[files->count++]),
				     path);
	}
	error_sweep();
}

static double
parse_alone(const struct files *files)
{
	const double began = spent_ms();
	for (size_t at = 0; at < files->count; at++) {
		struct fy_parse_cfg cfg = { .flags = FYPCF_QUIET };
		struct fy_parser *parser = fy_parser_create(&cfg);
		struct fy_event *event;
		fy_parser_set_string(parser, files->at[at].data, files->at[at].len);
		while ((event = fy_parser_parse(parser)) != NULL)
			fy_parser_event_free(parser, event);
		fy_parser_destroy(parser);
	}
	return spent_ms() - began;
}

/* With a report the linter runs; without one it does not. */
static double
load(const char *folder, struct pack_report *report)
{
	struct pack *pack;
	struct arena *arena = arena_open(ARENA_USUAL);
	const double began = spent_ms();
	must(pack_load(arena, folder, &pack_known, &pack, report), folder);
	const double took = spent_ms() - began;
	arena_close(arena);
	error_sweep();
	return took;
}

static void
measure(const char *folder, int rounds)
{
	double alone[ROUNDS_MOST], loaded[ROUNDS_MOST], checked[ROUNDS_MOST];
	struct arena *arena = arena_open(ARENA_USUAL);
	struct files files = { .count = 0 };
	struct pack_report report;
	read_files(arena, folder, &files);
	for (int round = 0; round < rounds; round++) {
		alone[round] = parse_alone(&files);
		loaded[round] = load(folder, NULL);
		checked[round] = load(folder, &report);
	}
	const double base = median(alone, (size_t)rounds);
	const double with = median(loaded, (size_t)rounds), all = median(checked, (size_t)rounds);
	printf("%s: %zu clauses, %zu files, %zu warnings\n", folder, report.clauses, report.files,
	       report.warnings_count);
	printf("%-34s %8.1f  ms\n", "libfyaml alone", base);
	printf("%-34s %8.1f  ms         %.2f to libfyaml\n", "pack loaded", with, with / base);
	printf("%-34s %8.1f  ms         %.2f to libfyaml\n", "pack loaded and linted", all, all / base);
	arena_close(arena);
}

int
main(int count, char **words)
{
	const char *given = getenv("BENCH_ROUNDS");
	int rounds = given != NULL ? atoi(given) : ROUNDS_USUAL;
	rounds = rounds < 1 ? 1 : rounds > ROUNDS_MOST ? ROUNDS_MOST : rounds;
	for (int at = 1; at < count; at++)
		measure(words[at], rounds);
	return 0;
}
