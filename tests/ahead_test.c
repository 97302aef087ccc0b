/*
 * Threads that read ahead of a verification: whatever stands in the store, and wherever logs and runs
 * begin, the report says the same to the letter with no thread, with one, and with many.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "journal_world.h"

enum { RUN = 1024, BATCH = 50, LOGS = 3 }; /* RUN: RUN_LEN of src/journal/rooms.h */

static const struct actor clock_actor = { .through = T_INIT("test") };
static const int threads_tried[] = { -1, 1, 2, 8 };
static struct moment now_is;

/* A scene: a closed store, and where each of its logs begins. */
struct scene {
	struct world world;
	int64_t first[LOGS + 1]; /* and the size */
	int64_t logs;
};

struct some {
	int64_t from, to;
};

static struct error *
some_work(struct act *act, void *with)
{
	const struct some *some = with;
	for (int64_t no = some->from; no < some->to; no++) {
		struct change change = { no, false };
		TRY(change_work(act, &change));
	}
	return OK;
}

static int64_t
size_of(struct world *world)
{
	struct look look;
	int64_t size;
	assert_null(look_begin(world->store, world->arena, &look));
	assert_null(journal_size(&look, &size));
	look_end(&look);
	return size;
}

/* Many entries an act, up to `size` entries in all. */
static void
fill_to(struct world *world, int64_t size)
{
	for (int64_t at = size_of(world); at < size; at += BATCH) {
		ARENA_SCOPED arena = arena_open(ARENA_USUAL);
		struct some some = { at, at + BATCH < size ? at + BATCH : size };
		now_is.ms += 1000;
		assert_null(store_act(world->store, arena, &clock_actor, some_work, &some));
	}
	assert_int_equal(size_of(world), size);
}

static struct world
begin_world(void)
{
	struct world world = world_place();
	now_is = noon(2025, 6, 2);
	world.clock = told_time;
	world.clock_with = &now_is;
	assert_int_equal(run_shell("%s --data %s --body test init --place 2025 >/dev/null",
				   world.program, world.folder), 0);
	world_open(&world);
	return world;
}

/* Logs of 1300, of three runs and 5, and of a run less one: none begins where a run would. */
static int
build(void **state)
{
	static struct scene scene; /* of the whole program */
	static const int64_t ends[LOGS] = { 1299, 1300 + 3 * RUN + 4, 1300 + 4 * RUN + 4 };
	scene.world = begin_world();
	struct world *world = &scene.world;
	for (int log = 0; log < LOGS; log++) {
		fill_to(world, ends[log]); /* the entry that closes it is one more */
		assert_null(journal_seal(world->store, world->sealer));
		if (log + 1 == LOGS)
			break;
		now_is = noon(2026 + log, 4, 1);
		assert_null(journal_turn(world->store, world->sealer, &clock_actor));
		scene.first[log + 1] = ends[log] + 1;
	}
	scene.first[LOGS] = size_of(world);
	scene.logs = LOGS;
	world_shut(world);
	*state = &scene;
	return 0;
}

static int
clear(void **state)
{
	struct scene *scene = *state;
	assert_int_equal(run_shell("rm -rf %s", scene->world.folder), 0);
	arena_close(scene->world.arena);
	return 0;
}

static struct text
verify_with(struct arena *arena, const char *path, int threads, struct journal_report *report)
{
	const struct store_options open = { .path = path, .is_read_only = true,
					    .migrations = bansho_migrations };
	const struct journal_verify_options options = { .threads = threads };
	struct store *store;
	struct look look;
	assert_null(store_open(arena, &open, &store));
	assert_null(look_begin(store, arena, &look));
	assert_null(journal_verify_store(&look, &options, report));
	look_end(&look);
	store_close(store);
	return journal_report_json(arena, report);
}

/* The report on `path`, by however many threads; the last of them in *report, living in `arena`. */
static void
must_be_the_same(struct arena *arena, const char *path, const char *what,
		 struct journal_report *report)
{
	struct text first = T("");
	for (size_t at = 0; at < sizeof threads_tried / sizeof *threads_tried; at++) {
		const struct text said = verify_with(arena, path, threads_tried[at], report);
		if (at == 0) {
			assert_int_equal(report->ahead, 0);
			first = said;
		} else if (!text_same(said, first)) {
			print_message("# %s\n# no thread: %.*s\n# %d: %.*s\n", what, (int)first.len,
				      first.data, threads_tried[at], (int)said.len, said.data);
			fail();
		}
	}
}

/* Something is found after `sql` has been done to a copy, as `kind`, the same by all. */
static void
attack(struct scene *scene, enum journal_finding_kind kind, const char *format, ...)
{
	char sql[2000];
	va_list args;
	bool is_found = false;
	struct journal_report report;
	ARENA_SCOPED arena = arena_open((size_t)1 << 30);
	const char *copy = path_join(arena, scene->world.folder, "copy.sqlite");
	const char *script = path_join(arena, scene->world.folder, "script.sql");
	va_start(args, format);
	vsnprintf(sql, sizeof sql, format, args);
	va_end(args);
	assert_int_equal(run_shell("rm -f %s*; cp %s %s", copy, scene->world.store_path, copy), 0);
	assert_null(file_replace(script, text_of(sql), 0600));
	assert_int_equal(run_shell("sqlite3 -bail %s < %s", copy, script), 0);
	must_be_the_same(arena, copy, sql, &report);
	for (size_t at = 0; at < report.finding_count; at++)
		is_found = is_found || report.findings[at].kind == kind;
	if (!is_found)
		print_message("not found after: %s\n", sql);
	assert_true(is_found);
}

/* First, some middle and last entries of runs and of logs. */
static size_t
places(const struct scene *scene, int64_t *at)
{
	size_t count = 0;
	for (int64_t log = 0; log < scene->logs; log++) {
		const int64_t first = scene->first[log], end = scene->first[log + 1];
		at[count++] = first;
		at[count++] = first + 300;
		if (first + RUN - 1 < end)
			at[count++] = first + RUN - 1;
		if (first + RUN < end)
			at[count++] = first + RUN;
		if (first + 2 * RUN < end)
			at[count++] = first + 2 * RUN + 511;
		at[count++] = end - 1;
	}
	return count;
}

static void
an_untouched_store_is_read_ahead(void **state)
{
	struct scene *scene = *state;
	struct journal_report report;
	ARENA_SCOPED arena = arena_open((size_t)1 << 30);
	must_be_the_same(arena, scene->world.store_path, "nothing", &report);
	assert_int_equal(report.finding_total, 0);
	assert_int_equal(report.logs, LOGS);
	assert_int_equal(report.size, scene->first[LOGS]);
	assert_int_equal(report.signed_size, report.size);
	/* The entries about the journal itself begin and end the logs: their runs are read again. */
	assert_true(report.ahead >= 2 * RUN);
}

static void
edits_are_found_the_same(void **state)
{
	int64_t at[32];
	const size_t count = places(*state, at);
	for (size_t no = 0; no < count; no++) {
		const long long id = at[no];
		attack(*state, FINDING_ENTRY_EDITED,
		       "UPDATE journal_entry SET entry = replace(entry, '\"v\":1', '\"v\":2') WHERE id = %lld;", id);
		attack(*state, FINDING_ENTRY_EDITED,
		       "UPDATE journal_entry SET leaf = zeroblob(32) WHERE id = %lld;", id);
		attack(*state, FINDING_INDEX_WRONG,
		       "UPDATE journal_about SET about = 'setting:other' WHERE id = (SELECT min(id) FROM "
		       "journal_about WHERE id >= %lld);", id * 8);
	}
}

static void
missing_and_moved_entries_are_found_the_same(void **state)
{
	struct scene *scene = *state;
	int64_t at[32];
	const size_t count = places(scene, at);
	for (size_t no = 0; no < count; no++) {
		const long long id = at[no];
		attack(scene, id + 1 == scene->first[LOGS] ? FINDING_TAIL_CUT : FINDING_ENTRY_MISSING,
		       "DELETE FROM journal_entry WHERE id = %lld;", id);
		if (id + 1 == scene->first[LOGS])
			continue;
		attack(scene, FINDING_ENTRY_MOVED,
		       "UPDATE journal_entry SET id = -9 WHERE id = %lld;"
		       "UPDATE journal_entry SET id = %lld WHERE id = %lld;"
		       "UPDATE journal_entry SET id = %lld WHERE id = -9;",
		       id, id, id + 1, id + 1);
	}
}

static void
tiles_rows_and_salts_are_found_the_same(void **state)
{
	struct scene *scene = *state;
	for (long long log = 0; log < LOGS; log++) {
		attack(scene, FINDING_TILE_WRONG,
		       "UPDATE journal_tile SET hashes = zeroblob(8192) WHERE id = %lld;", log << 48);
		attack(scene, FINDING_TILE_WRONG, "DELETE FROM journal_tile WHERE id = %lld;",
		       (log << 48) + 1);
	}
	attack(scene, FINDING_ROW_EDITED, "UPDATE store_setting SET value = 'x' WHERE name = 's7';");
	attack(scene, FINDING_ROW_REMOVED, "DELETE FROM store_setting WHERE name = 's7';");
	attack(scene, FINDING_ROW_ADDED,
	       "INSERT INTO store_setting (id, name, value) VALUES (%lld, 'x', 'x');", 1LL << 40);
	attack(scene, FINDING_ROW_EDITED, "DELETE FROM journal_salt WHERE id = %lld;",
	       (long long)scene->first[LOGS] - 1);
}

/* A step back in time between two runs, or within one: a remark at that very entry. */
static void
a_clock_set_back_is_found_the_same(void **state)
{
	static const int64_t steps[] = { RUN, RUN - 1, 700, 2 * RUN };
	(void)state;
	for (size_t no = 0; no < sizeof steps / sizeof *steps; no++) {
		struct scene scene = { .world = begin_world() };
		struct journal_report report;
		fill_to(&scene.world, steps[no]);
		now_is.ms -= 3600000;
		fill_to(&scene.world, 3 * RUN);
		assert_null(journal_seal(scene.world.store, scene.world.sealer));
		world_shut(&scene.world);
		must_be_the_same(scene.world.arena, scene.world.store_path, "clock", &report);
		assert_int_equal(report.finding_total, 0);
		assert_int_equal(report.remark_total, 1);
		assert_int_equal(report.findings[0].kind, FINDING_CLOCK_BACK);
		assert_int_equal(report.findings[0].seq, steps[no]);
		run_shell("rm -rf %s", scene.world.folder);
		arena_close(scene.world.arena);
	}
}

static void
sizes_about_a_run_are_read_the_same(void **state)
{
	static const int64_t sizes[] = { 1, RUN - 1, RUN, RUN + 1, 2 * RUN - 1, 2 * RUN,
					 2 * RUN + 1, 17 * RUN + 1 }; /* more runs than are kept */
	(void)state;
	struct scene scene = { .world = begin_world(), .logs = 1 };
	for (size_t no = 0; no < sizeof sizes / sizeof *sizes; no++) {
		struct journal_report report;
		ARENA_SCOPED arena = arena_open((size_t)1 << 30);
		fill_to(&scene.world, sizes[no]);
		assert_null(journal_seal(scene.world.store, scene.world.sealer));
		world_shut(&scene.world);
		must_be_the_same(arena, scene.world.store_path, "size", &report);
		assert_int_equal(report.finding_total, 0);
		assert_int_equal(report.size, sizes[no]);
		assert_int_equal(report.ahead, sizes[no] / RUN * RUN);
		attack(&scene, FINDING_ENTRY_EDITED,
		       "UPDATE journal_entry SET entry = replace(entry, '\"v\":1', '\"v\":2') WHERE id = %lld;",
		       (long long)sizes[no] - 1);
		attack(&scene, FINDING_TAIL_CUT, "DELETE FROM journal_entry WHERE id = %lld;",
		       (long long)sizes[no] - 1);
		world_open(&scene.world);
	}
	world_end(&scene.world);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_untouched_store_is_read_ahead),
		cmocka_unit_test(edits_are_found_the_same),
		cmocka_unit_test(missing_and_moved_entries_are_found_the_same),
		cmocka_unit_test(tiles_rows_and_salts_are_found_the_same),
		cmocka_unit_test(a_clock_set_back_is_found_the_same),
		cmocka_unit_test(sizes_about_a_run_are_read_the_same),
	};
	return cmocka_run_group_tests(tests, build, clear);
}
