/* What the store promises: acts, notes, savepoints, group commit, migrations, copies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "house_sql.h"
#include "store/store.h"

#include "base/file.h"
#include "base/secret.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char store_schema[] =
	"CREATE TABLE store_migration (id INTEGER PRIMARY KEY, room TEXT NOT NULL, number INTEGER NOT NULL,"
	" digest BLOB NOT NULL, UNIQUE (room, number)) STRICT;"
	"CREATE TABLE store_setting (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, value TEXT NOT NULL) STRICT;"
	"CREATE TABLE store_counter_cache (id INTEGER PRIMARY KEY, series TEXT NOT NULL UNIQUE, next INTEGER NOT NULL) STRICT;";

struct ground {
	struct arena *arena;
	char folder[64];
	const char *path;
	struct migration migrations[5];
	struct store *store;
	/* What the journal received. */
	int appended, begun, committed, undone;
	size_t rows;
	struct row_digest last_row;
	bool fails;
};

static struct error *
append(void *self, struct act *act, const struct store_note *note)
{
	struct ground *ground = self;
	(void)act;
	if (ground->fails)
		return broken("the journal fails");
	ground->appended++;
	ground->rows += note->row_count;
	if (note->row_count != 0)
		ground->last_row = note->rows[note->row_count - 1];
	return OK;
}

static struct error *
begun(void *self, struct act *act)
{
	(void)act;
	((struct ground *)self)->begun++;
	return OK;
}

static void
ended(void *self, bool is_committed)
{
	struct ground *ground = self;
	if (is_committed)
		ground->committed++;
	else
		ground->undone++;
}

static void
open_store(struct ground *ground)
{
	const struct store_journal journal = { ground, append, begun, ended };
	assert_null(store_open(ground->arena,
			       &(struct store_options){ .path = ground->path, .may_create = true,
							.migrations = ground->migrations },
			       &ground->store));
	store_attach(ground->store, &journal);
}

static int
set_up(void **state)
{
	static char house[8192];
	struct ground *ground = calloc(1, sizeof *ground);
	struct text sql;
	ground->arena = arena_open(ARENA_USUAL);
	strcpy(ground->folder, "/tmp/bansho-store-XXXXXX");
	assert_non_null(mkdtemp(ground->folder));
	ground->path = path_join(ground->arena, ground->folder, "store.sqlite");
	assert_null(file_read(ground->arena, HOUSE_SCHEMA, sizeof house, &sql));
	memcpy(house, sql.data, sql.len);
	house[sql.len] = '\0';
	ground->migrations[0] = (struct migration){ "store", 1, store_schema };
	ground->migrations[1] = (struct migration){ "house", 1, house };
	open_store(ground);
	*state = ground;
	return 0;
}

static int
tear_down(void **state)
{
	struct ground *ground = *state;
	char command[128];
	if (ground->store != NULL)
		store_close(ground->store);
	snprintf(command, sizeof command, "rm -rf %s", ground->folder);
	assert_int_equal(system(command), 0);
	arena_close(ground->arena);
	error_sweep();
	free(ground);
	return 0;
}

static struct error *
run(struct ground *ground, act_work *work, void *with)
{
	const struct actor actor = { .person = 1, .through = T("test") };
	return store_act(ground->store, ground->arena, &actor, work, with);
}

static int64_t
count_rooms(struct ground *ground)
{
	LOOK_SCOPED look = { 0 };
	struct house_count_row row;
	assert_null(look_begin(ground->store, ground->arena, &look));
	assert_null(house_count(&look, &row));
	return row.n;
}

static const struct fact fact = { .act = "house.add", .about = { T_INIT("room:1") } };

static struct error *
add_one(struct act *act, void *with)
{
	int64_t id;
	(void)with;
	TRY(act_number(act, T("room"), &id));
	TRY(house_add(act, &(struct house_add_in){ .id = id,
						   .name = text_format(act->look.arena, "室%lld",
								       (long long)id),
						   .note = T("𠮟髙辻󠄀") }));
	return act_note(act, &fact);
}

static void
an_act_changes_and_its_entry_knows_the_row(void **state)
{
	struct ground *ground = *state;
	assert_null(run(ground, add_one, NULL));
	assert_int_equal(count_rooms(ground), 1);
	assert_int_equal(ground->appended, 1);
	assert_int_equal(ground->rows, 1);
	assert_true(text_is(ground->last_row.table, "house_room"));
	assert_int_equal(ground->last_row.id, 1);
	assert_false(ground->last_row.is_gone);
}

static void
what_was_written_is_read_unharmed(void **state)
{
	struct ground *ground = *state;
	LOOK_SCOPED look = { 0 };
	struct house_find_row row;
	bool found;
	assert_null(run(ground, add_one, NULL));
	assert_null(look_begin(ground->store, ground->arena, &look));
	assert_null(house_find(&look, &(struct house_find_in){ 1 }, &found, &row));
	assert_true(found);
	assert_true(text_is(row.note, "𠮟髙辻󠄀"));
	assert_null(row.picture.data);
	assert_int_equal(row.seats, 0);
	assert_null(house_find(&look, &(struct house_find_in){ 9 }, &found, &row));
	assert_false(found);
}

static struct error *
add_unnoted(struct act *act, void *with)
{
	(void)with;
	return house_add(act, &(struct house_add_in){ .id = 7, .name = T("x") });
}

static void
a_change_without_an_entry_is_undone(void **state)
{
	struct ground *ground = *state;
	struct error *error = run(ground, add_unnoted, NULL);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_BROKEN);
	assert_int_equal(count_rooms(ground), 0);
}

static struct error *
add_then_refuse(struct act *act, void *with)
{
	TRY(add_one(act, with));
	return refuse("いいえ。");
}

static void
a_refused_act_leaves_nothing(void **state)
{
	struct ground *ground = *state;
	struct error *error = run(ground, add_then_refuse, NULL);
	assert_int_equal(error->kind, ERROR_REFUSED);
	assert_int_equal(count_rooms(ground), 0);
	assert_int_equal(ground->appended, 0);
	/* The number that was taken is free again. */
	assert_null(run(ground, add_one, NULL));
	assert_int_equal(ground->last_row.id, 1);
}

static struct error *
note_only(struct act *act, void *with)
{
	(void)with;
	return act_note(act, &fact);
}

static void
a_journal_that_fails_undoes_the_change(void **state)
{
	struct ground *ground = *state;
	ground->fails = true;
	assert_non_null(run(ground, add_one, NULL));
	assert_int_equal(count_rooms(ground), 0);
	ground->fails = false;
	assert_null(run(ground, note_only, NULL));
	assert_null(run(ground, add_one, NULL));
	assert_int_equal(count_rooms(ground), 1);
}

static struct error *
add_rename_drop(struct act *act, void *with)
{
	(void)with;
	TRY(house_add(act, &(struct house_add_in){ .id = 5, .name = T("a") }));
	TRY(house_rename(act, &(struct house_rename_in){ 5, T("b") }));
	assert_int_equal(act_changes(act), 1);
	TRY(house_drop(act, &(struct house_drop_in){ 5 }));
	return act_note(act, &fact);
}

static void
a_row_that_is_gone_is_noted_as_gone(void **state)
{
	struct ground *ground = *state;
	assert_null(run(ground, add_rename_drop, NULL));
	assert_int_equal(ground->rows, 1);
	assert_true(ground->last_row.is_gone);
}

static struct error *
visit(struct act *act, void *with)
{
	(void)with;
	return house_visit(act, &(struct house_visit_in){ 1, 1 });
}

static void
cache_tables_need_no_entry(void **state)
{
	assert_null(run(*state, visit, NULL));
}

/* ---- Walls ---- */

static struct error *
read_in_act(struct act *act, void *with)
{
	struct house_list_row *rows;
	size_t count;
	(void)with;
	TRY(add_one(act, NULL));
	TRY(house_list(&act->look, &(struct house_list_in){ 10 }, &rows, &count));
	assert_int_equal(count, 1);
	return OK;
}

static void
an_act_reads_what_it_wrote_and_a_look_does_not_before_commit(void **state)
{
	assert_null(run(*state, read_in_act, NULL));
}

static void
a_snapshot_does_not_move(void **state)
{
	struct ground *ground = *state;
	LOOK_SCOPED look = { 0 };
	struct house_count_row row;
	assert_null(look_begin(ground->store, ground->arena, &look));
	assert_null(run(ground, add_one, NULL));
	assert_null(house_count(&look, &row));
	assert_int_equal(row.n, 0);
	assert_int_equal(count_rooms(ground), 1);
}

static void
sqlite_shell(struct ground *ground, const char *sql)
{
	char command[600];
	snprintf(command, sizeof command, "sqlite3 %s \"%s\" >/dev/null", ground->path, sql);
	assert_int_equal(system(command), 0);
}

/* ---- What looks keep ---- */

static const struct kept_kind kept_word = { "a word" };

/* What is kept under the number, or 0; keeps `keep` there when that is not 0. */
static int64_t
kept_at(struct store *store, struct arena *arena, int64_t number, int64_t keep)
{
	LOOK_SCOPED look = { 0 };
	const struct kept_key key = { &kept_word, NULL, number, 0 };
	assert_null(look_begin(store, arena, &look));
	const int64_t *kept = look_kept(&look, &key);
	if (kept == NULL && keep != 0) {
		struct look keeping = look_to_keep(&look);
		int64_t *made = ARENA_NEW(keeping.arena, int64_t);
		*made = keep;
		look_keep(&keeping, &key, made);
	}
	return kept == NULL ? 0 : *kept;
}

static struct error *
find_kept_in_act(struct act *act, void *with)
{
	const struct kept_key key = { &kept_word, NULL, 1, 0 };
	(void)with;
	assert_null(look_kept(&act->look, &key));
	struct look keeping = look_to_keep(&act->look);
	assert_ptr_equal(keeping.arena, act->look.arena);
	look_keep(&keeping, &key, "not kept");
	assert_null(look_kept(&act->look, &key));
	return add_one(act, NULL);
}

static void
what_looks_keep_lasts_until_anybody_changes_the_file(void **state)
{
	struct ground *ground = *state;
	assert_int_equal(kept_at(ground->store, ground->arena, 1, 11), 0);
	assert_int_equal(kept_at(ground->store, ground->arena, 1, 12), 11);
	assert_int_equal(kept_at(ground->store, ground->arena, 2, 0), 0);

	assert_null(run(ground, find_kept_in_act, NULL));
	assert_int_equal(kept_at(ground->store, ground->arena, 1, 13), 0);
	assert_int_equal(kept_at(ground->store, ground->arena, 1, 0), 13);

	/* Another process. */
	sqlite_shell(ground, "UPDATE store_setting SET value = 'x'; CREATE TABLE other (id INTEGER PRIMARY KEY)");
	assert_int_equal(kept_at(ground->store, ground->arena, 1, 14), 0);
	assert_int_equal(kept_at(ground->store, ground->arena, 1, 0), 14);
}

static void
what_looks_keep_is_bounded(void **state)
{
	struct ground *ground = *state;
	LOOK_SCOPED look = { 0 };
	size_t kept = 0;
	assert_null(look_begin(ground->store, ground->arena, &look));
	for (int64_t at = 0; at < 5000; at++) {
		const struct kept_key key = { &kept_word, NULL, at, 0 };
		struct look keeping = look_to_keep(&look);
		look_keep(&keeping, &key, "kept");
	}
	for (int64_t at = 0; at < 5000; at++)
		kept += look_kept(&look, &(struct kept_key){ &kept_word, NULL, at, 0 }) != NULL;
	assert_in_range(kept, 500, 1024);
	look_end(&look);
	assert_int_equal(kept_at(ground->store, ground->arena, 0, 0), 0); /* too full: begun anew */
}

/* ---- Migrations ---- */

static void
reopen_expecting(struct ground *ground, const char *words)
{
	struct store *store = NULL;
	struct error *error = store_open(ground->arena,
					 &(struct store_options){ .path = ground->path,
								  .migrations = ground->migrations },
					 &store);
	assert_non_null(error);
	assert_true(text_has(error->words, text_of(words)));
}

static void
a_failing_migration_leaves_the_store_as_it_was(void **state)
{
	struct ground *ground = *state;
	assert_null(run(ground, add_one, NULL));
	store_close(ground->store);
	ground->store = NULL;
	ground->migrations[2] = (struct migration){
		"house", 2, "ALTER TABLE house_room ADD COLUMN colour TEXT; CREATE TABLE nonsense (;"
	};
	reopen_expecting(ground, "元のままです");
	sqlite_shell(ground, "SELECT CASE WHEN count(*) = 5 THEN 1 ELSE abs(-9223372036854775808) END "
			     "FROM pragma_table_info('house_room')");
	ground->migrations[2] = (struct migration){ 0 };
	open_store(ground);
	assert_int_equal(count_rooms(ground), 1);
}

static void
a_migration_runs_once(void **state)
{
	struct ground *ground = *state;
	store_close(ground->store);
	ground->migrations[2] = (struct migration){ "house", 2,
						    "ALTER TABLE house_room ADD COLUMN colour TEXT" };
	open_store(ground);
	store_close(ground->store);
	open_store(ground);
	assert_int_equal(count_rooms(ground), 0);
}

static void
a_store_of_a_newer_program_is_refused(void **state)
{
	struct ground *ground = *state;
	store_close(ground->store);
	ground->migrations[2] = (struct migration){ "house", 2,
						    "ALTER TABLE house_room ADD COLUMN colour TEXT" };
	open_store(ground);
	store_close(ground->store);
	ground->store = NULL;
	ground->migrations[2] = (struct migration){ 0 };
	reopen_expecting(ground, "新しい版");
}

static void
an_edited_migration_is_refused(void **state)
{
	struct ground *ground = *state;
	store_close(ground->store);
	ground->store = NULL;
	ground->migrations[1].sql = "CREATE TABLE house_other (id INTEGER PRIMARY KEY) STRICT";
	reopen_expecting(ground, "版が");
}

static void
a_file_that_is_no_store_is_refused_with_words(void **state)
{
	struct ground *ground = *state;
	store_close(ground->store);
	ground->store = NULL;
	assert_null(file_replace(ground->path, T("this is not a database, but a letter to the town"), 0600));
	unlink(path_join(ground->arena, ground->folder, "store.sqlite-wal"));
	reopen_expecting(ground, "壊れています");
}

/* ---- Row checks ---- */

struct walk {
	size_t count;
	struct hash salt, digest;
};

static bool
salt_of(void *with, struct text table, int64_t id, struct hash *salt)
{
	(void)table, (void)id;
	*salt = ((struct walk *)with)->salt;
	return true;
}

static struct error *
each_row(void *with, const struct row_digest *row)
{
	struct walk *walk = with;
	walk->count++;
	walk->digest = row->digest;
	return OK;
}

static struct hash
digest_now(struct ground *ground, size_t *count)
{
	struct walk walk = { .salt = { { 1, 2, 3 } } };
	LOOK_SCOPED look = { 0 };
	assert_null(look_begin(ground->store, ground->arena, &look));
	assert_null(store_walk_rows(&look, &(struct row_check){ &walk, salt_of, each_row }));
	*count = walk.count;
	return walk.digest;
}

static void
a_row_digest_changes_with_any_value_and_not_with_an_empty_column(void **state)
{
	struct ground *ground = *state;
	size_t count;
	assert_null(run(ground, add_one, NULL));
	const struct hash first = digest_now(ground, &count);
	assert_int_equal(count, 1);
	sqlite_shell(ground, "ALTER TABLE house_room ADD COLUMN later TEXT");
	const struct hash same = digest_now(ground, &count);
	assert_true(hash_same(&first, &same));
	sqlite_shell(ground, "UPDATE house_room SET seats = 3");
	const struct hash other = digest_now(ground, &count);
	assert_false(hash_same(&first, &other));
}

/* ---- Many at once ---- */

enum { ASKERS = 16, EACH = 40 };

struct asker {
	struct ground *ground;
	pthread_t thread;
	int failed;
};

static void *
ask(void *with)
{
	struct asker *asker = with;
	const struct actor actor = { .person = 1 };
	for (int at = 0; at < EACH; at++) {
		struct arena *arena = arena_open(ARENA_USUAL);
		act_work *work = at % 5 == 4 ? add_then_refuse : add_one;
		struct error *error = store_act(asker->ground->store, arena, &actor, work, NULL);
		if ((error != OK) != (at % 5 == 4))
			asker->failed++;
		arena_close(arena);
	}
	return NULL;
}

static void
many_askers_lose_nothing_and_share_commits(void **state)
{
	struct ground *ground = *state;
	struct asker askers[ASKERS];
	for (int at = 0; at < ASKERS; at++) {
		askers[at] = (struct asker){ .ground = ground };
		assert_int_equal(pthread_create(&askers[at].thread, NULL, ask, &askers[at]), 0);
	}
	for (int at = 0; at < ASKERS; at++) {
		pthread_join(askers[at].thread, NULL);
		assert_int_equal(askers[at].failed, 0);
	}
	assert_int_equal(count_rooms(ground), ASKERS * EACH * 4 / 5);
	assert_int_equal(ground->appended, ASKERS * EACH * 4 / 5);
	assert_true(ground->committed < ASKERS * EACH);
}

static void
the_nth_failing_call_leaves_nothing_behind(void **state)
{
	struct ground *ground = *state;
	int64_t n = 1;
	for (; n < 100; n++) {
		const int64_t before = count_rooms(ground);
		store_fault_at(ground->store, n);
		struct error *error = run(ground, add_one, NULL);
		const bool was_hit = store_fault_calls(ground->store) >= n;
		store_fault_at(ground->store, 0);
		assert_int_equal(count_rooms(ground), before + (error == OK));
		if (!was_hit)
			break;
		assert_non_null(error);
	}
	assert_in_range(n, 4, 99);
}

static void
a_full_disk_says_so_and_loses_nothing(void **state)
{
	struct ground *ground = *state;
	for (int at = 0; at < 5; at++)
		assert_null(run(ground, add_one, NULL));
	/* The writer asks for more pages than it may have: SQLite answers FULL as a disk does. */
	store_test_most_pages(ground->store, 1);
	struct error *error = OK;
	int64_t done = 5;
	for (int at = 0; at < 2000 && error == OK; at++) {
		error = run(ground, add_one, NULL);
		done += error == OK;
	}
	assert_non_null(error);
	assert_true(text_has(error->words, T("空き容量")));
	assert_int_equal(count_rooms(ground), done);
	store_test_most_pages(ground->store, 1 << 30);
	assert_null(run(ground, add_one, NULL));
	assert_int_equal(count_rooms(ground), done + 1);
}

static void
a_copy_made_while_acts_run_is_whole(void **state)
{
	struct ground *ground = *state;
	struct asker asker = { .ground = ground };
	assert_int_equal(pthread_create(&asker.thread, NULL, ask, &asker), 0);
	const char *to = path_join(ground->arena, ground->folder, "copy.sqlite");
	assert_null(store_backup(ground->store, to, NULL, NULL));
	pthread_join(asker.thread, NULL);
	char command[300];
	snprintf(command, sizeof command,
		 "test \"$(sqlite3 %s 'PRAGMA integrity_check')\" = ok", to);
	assert_int_equal(system(command), 0);
	struct error *error = store_backup(ground->store, to, NULL, NULL);
	assert_int_equal(error->kind, ERROR_CONFLICT);
}

static struct error *
set_name(struct act *act, void *with)
{
	TRY(act_set(act, T("body.name"), text_of(with)));
	return act_note(act, &fact);
}

static void
settings_are_kept_and_changed(void **state)
{
	struct ground *ground = *state;
	LOOK_SCOPED look = { 0 };
	struct text value;
	assert_null(run(ground, set_name, (char[]){ "高松市" }));
	assert_null(run(ground, set_name, (char[]){ "古河市" }));
	assert_null(look_begin(ground->store, ground->arena, &look));
	assert_null(store_setting(&look, T("body.name"), &value));
	assert_true(text_is(value, "古河市"));
	assert_null(store_setting(&look, T("nothing"), &value));
	assert_int_equal(value.len, 0);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(an_act_changes_and_its_entry_knows_the_row),
		PROMISE(what_was_written_is_read_unharmed),
		PROMISE(a_change_without_an_entry_is_undone),
		PROMISE(a_refused_act_leaves_nothing),
		PROMISE(a_journal_that_fails_undoes_the_change),
		PROMISE(a_row_that_is_gone_is_noted_as_gone),
		PROMISE(cache_tables_need_no_entry),
		PROMISE(an_act_reads_what_it_wrote_and_a_look_does_not_before_commit),
		PROMISE(a_snapshot_does_not_move),
		PROMISE(what_looks_keep_lasts_until_anybody_changes_the_file),
		PROMISE(what_looks_keep_is_bounded),
		PROMISE(a_failing_migration_leaves_the_store_as_it_was),
		PROMISE(a_migration_runs_once),
		PROMISE(a_store_of_a_newer_program_is_refused),
		PROMISE(an_edited_migration_is_refused),
		PROMISE(a_file_that_is_no_store_is_refused_with_words),
		PROMISE(a_row_digest_changes_with_any_value_and_not_with_an_empty_column),
		PROMISE(many_askers_lose_nothing_and_share_commits),
		PROMISE(the_nth_failing_call_leaves_nothing_behind),
		PROMISE(a_full_disk_says_so_and_loses_nothing),
		PROMISE(a_copy_made_while_acts_run_is_whole),
		PROMISE(settings_are_kept_and_changed),
	};
	secret_start();
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
