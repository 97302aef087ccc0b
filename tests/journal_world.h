/* A small real world for journal tests: a folder, a key, a store whose settings are changed. */
#ifndef BANSHO_TESTS_JOURNAL_WORLD_H
#define BANSHO_TESTS_JOURNAL_WORLD_H

#include "base/file.h"
#include "base/log.h"
#include "journal/journal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct world {
	struct arena *arena;
	const char *folder, *store_path, *program;
	struct store *store;
	struct journal *journal;
	struct sealer *sealer;
	struct moment (*clock)(void *with); /* NULL: the machine's */
	void *clock_with;
};

static inline const char *
world_path(struct world *world, const char *name)
{
	return path_join(world->arena, world->folder, name);
}

/* A shell command; its exit status. */
static inline int __attribute__((format(printf, 1, 2)))
run_shell(const char *format, ...)
{
	char command[8192];
	va_list args;
	va_start(args, format);
	vsnprintf(command, sizeof command, format, args);
	va_end(args);
	return system(command);
}

static inline void
world_open(struct world *world)
{
	const struct store_options options = { .path = world->store_path, .may_create = true,
					       .migrations = bansho_migrations,
					       .clock = world->clock,
					       .clock_with = world->clock_with };
	assert_null(store_open(world->arena, &options, &world->store));
	assert_null(journal_open(world->arena, world->store, T("test"), &world->journal));
	assert_null(sealer_start(world->arena, world->program, world->folder, T("test"),
				 &world->sealer));
}

static inline void
world_shut(struct world *world)
{
	sealer_end(world->sealer);
	store_close(world->store);
}

static inline struct world
world_place(void)
{
	struct world world = { .arena = arena_open((size_t)1 << 30) };
	char folder[] = "/tmp/journal-XXXXXX";
	assert_non_null(mkdtemp(folder));
	world.folder = text_z(world.arena, text_of(folder));
	world.store_path = world_path(&world, "store.sqlite");
	world.program = path_join(world.arena, program_folder(world.arena),
				  "../src/programs/bansho-sealer");
	return world;
}

static inline struct world
world_make(bool has_key)
{
	struct world world = world_place();
	if (has_key)
		assert_int_equal(run_shell("%s --data %s --body test init >/dev/null",
					   world.program, world.folder), 0);
	world_open(&world);
	return world;
}

static inline void
world_end(struct world *world)
{
	world_shut(world);
	run_shell("rm -rf %s", world->folder);
	arena_close(world->arena);
}

struct change {
	int64_t no;
	bool fails;
};

static inline struct error *
change_work(struct act *act, void *with)
{
	const struct change *change = with;
	struct arena *arena = act->look.arena;
	const struct text name = text_format(arena, "s%lld", (long long)change->no % 100);
	TRY(act_set(act, name, text_format(arena, "value %lld", (long long)change->no)));
	const struct fact fact = {
		.act = "test.set",
		.about = { text_format(arena, "setting:%.*s", T_ARG(name)), T("all:1") },
		.clauses = { T("3.2.9.a") },
		.pairs = { { "words", T("a \"quoted\"\nline, 髙"), 0 }, { "no", { 0 }, change->no } },
	};
	TRY(act_note(act, &fact));
	return change->fails ? refuse("no") : OK;
}

static inline struct error *
world_change(struct world *world, int64_t no, bool fails)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct change change = { no, fails };
	const struct actor actor = { .person = 12, .post = 3, .role = T("manager"),
				     .through = T("test") };
	struct error *error = store_act(world->store, arena, &actor, change_work, &change);
	return error == OK ? OK : error_make(error->kind, error->file, error->line, NULL, "%.*s",
					     T_ARG(error->words));
}

static inline void
world_fill(struct world *world, int64_t from, int64_t to)
{
	for (int64_t no = from; no < to; no++)
		assert_null(world_change(world, no, false));
}

static inline void
world_verify(struct world *world, const struct journal_verify_options *options,
	     struct journal_report *report)
{
	struct look look;
	assert_null(look_begin(world->store, world->arena, &look));
	assert_null(journal_verify_store(&look, options, report));
	look_end(&look);
}

/* A clock of our own: world.clock, with world.clock_with the moment. */
static inline struct moment
told_time(void *with)
{
	return *(struct moment *)with;
}

static inline struct moment
noon(int year, int month, int day)
{
	struct day made;
	assert_true(day_make(year, month, day, &made));
	return (struct moment){ day_begin(made).ms + 12 * 3600000 };
}

static inline const struct journal_finding *
find(const struct journal_report *report, enum journal_finding_kind kind)
{
	for (size_t at = 0; at < report->finding_count; at++)
		if (report->findings[at].kind == kind)
			return &report->findings[at];
	return NULL;
}

#endif
