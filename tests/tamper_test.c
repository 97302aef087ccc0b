/*
 * What an administrator can do to the files, done as one would: with the sqlite3 shell on the store,
 * with zip and an editor on a bundle. Each must be found, and said to be what it is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "journal_world.h"

enum { SIGNED_EARLY = 200, SIGNED = 600, ALL = 650 };

struct scene {
	struct world world;
	struct text early, late; /* checkpoints kept elsewhere */
	struct text vkey;
	const char *bundle, *object;
};

static struct text
latest(struct world *world)
{
	struct journal_checkpoint checkpoint;
	struct look look;
	bool found;
	assert_null(look_begin(world->store, world->arena, &look));
	assert_null(journal_latest_checkpoint(&look, &found, &checkpoint));
	look_end(&look);
	assert_true(found);
	return checkpoint.note;
}

static int
build(void **state)
{
	static struct scene scene; /* of the whole program */
	scene.world = world_make(true);
	struct world *world = &scene.world;
	world_fill(world, 0, SIGNED_EARLY);
	assert_null(journal_seal(world->store, world->sealer));
	scene.early = latest(world);
	world_fill(world, SIGNED_EARLY, SIGNED);
	assert_null(journal_seal(world->store, world->sealer));
	scene.late = latest(world);
	world_fill(world, SIGNED, ALL);
	struct look look;
	assert_null(look_begin(world->store, world->arena, &look));
	assert_null(journal_vkey(&look, &scene.vkey));
	scene.bundle = world_path(world, "all.zip");
	scene.object = world_path(world, "object.zip");
	assert_null(journal_export(&look, &(struct journal_export_options){ 0 }, scene.bundle));
	assert_null(journal_export(
		&look, &(struct journal_export_options){ .about = T("setting:s7") },
		scene.object));
	look_end(&look);
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

/* A copy of the store after `sql`, verified. */
static struct journal_report
verify_after(struct scene *scene, const char *sql, const struct journal_verify_options *options)
{
	struct world *world = &scene->world;
	const char *copy = world_path(world, "copy.sqlite");
	const char *script = world_path(world, "script.sql");
	struct journal_report report;
	struct store *store;
	struct look look;
	assert_int_equal(run_shell("rm -f %s*; cp %s %s", copy, world->store_path, copy), 0);
	assert_null(file_replace(script, text_of(sql), 0600));
	assert_int_equal(run_shell("sqlite3 -bail %s < %s", copy, script), 0);
	const struct store_options open = { .path = copy, .is_read_only = true,
					    .migrations = bansho_migrations };
	assert_null(store_open(world->arena, &open, &store));
	assert_null(look_begin(store, world->arena, &look));
	assert_null(journal_verify_store(&look, options, &report));
	look_end(&look);
	store_close(store);
	return report;
}

static void
say_report(struct scene *scene, const struct journal_report *report)
{
	const struct text words = journal_report_words(scene->world.arena, report);
	print_message("%.*s", (int)words.len, words.data);
}

/* Found, as `kind` at entry `seq` (-1: whichever). */
static const struct journal_finding *
must_find(struct scene *scene, const char *sql, const struct journal_verify_options *options,
	  enum journal_finding_kind kind, int64_t seq)
{
	const struct journal_report report = verify_after(scene, sql, options);
	const struct journal_finding *finding = find(&report, kind);
	if (finding == NULL || (seq >= 0 && finding->seq != seq)) {
		print_message("after: %s\n", sql);
		say_report(scene, &report);
	}
	assert_non_null(finding);
	if (seq >= 0)
		assert_int_equal(finding->seq, seq);
	assert_true(finding->words.len > 0);
	return finding;
}

static const struct journal_verify_options plain = { 0 };

static void
an_untouched_store_verifies(void **state)
{
	struct scene *scene = *state;
	const struct text earlier[] = { scene->early, scene->late };
	const struct journal_verify_options options = { .vkey = scene->vkey, .earlier = earlier,
							.earlier_count = 2 };
	const struct journal_report report = verify_after(scene, "SELECT 1;", &options);
	if (report.finding_total != 0)
		say_report(scene, &report);
	assert_int_equal(report.finding_total, 0);
	assert_int_equal(report.size, ALL);
	assert_int_equal(report.signed_size, SIGNED);
	assert_int_equal(report.checkpoints, 4);
	assert_int_equal(report.rows, 100);
	assert_true(report.is_key_given);
	const struct text json = journal_report_json(scene->world.arena, &report);
	assert_true(text_has(json, T("\"ok\":true")));
}

static void
an_edited_entry_is_found(void **state)
{
	must_find(*state,
		  "UPDATE journal_entry SET entry = replace(entry, 'manager', 'clerk') WHERE id = 100;",
		  &plain, FINDING_ENTRY_EDITED, 100);
	/* also one that is not signed yet */
	must_find(*state,
		  "UPDATE journal_entry SET entry = replace(entry, 'manager', 'clerk') WHERE id = 640;",
		  &plain, FINDING_ENTRY_EDITED, 640);
	must_find(*state, "UPDATE journal_entry SET entry = 'x' WHERE id = 100;", &plain,
		  FINDING_ENTRY_STRANGE, 100);
}

/* The SQL that edits entry `seq` together with its leaf. */
static const char *
edit_with_leaf(struct scene *scene, int64_t seq)
{
	struct world *world = &scene->world;
	struct journal_entry entry;
	struct look look;
	world_open(world);
	assert_null(look_begin(world->store, world->arena, &look));
	assert_null(journal_entry_read(&look, seq, &entry));
	look_end(&look);
	world_shut(world);
	const struct text changed =
		text_replace(world->arena, entry.json, T("manager"), T("clerk"));
	const struct hash leaf = merkle_leaf(changed);
	return text_z(world->arena,
		      text_format(world->arena,
				  "UPDATE journal_entry SET entry = replace(entry, 'manager', 'clerk'), "
				  "leaf = x'%.*s' WHERE id = %lld;",
				  T_ARG(hash_hex(world->arena, &leaf)), (long long)seq));
}

static void
an_entry_edited_with_its_leaf_is_found(void **state)
{
	struct scene *scene = *state;
	/* in a full tile: at its place; in the edge: by the checkpoint */
	must_find(scene, edit_with_leaf(scene, 100), &plain, FINDING_ENTRY_EDITED, 100);
	must_find(scene, edit_with_leaf(scene, 100), &plain, FINDING_REWRITTEN, -1);
	must_find(scene, edit_with_leaf(scene, 580), &plain, FINDING_REWRITTEN, -1);
	const char *everything = text_z(
		scene->world.arena,
		text_format(scene->world.arena,
			    "%s DELETE FROM journal_tile; DELETE FROM journal_checkpoint;",
			    edit_with_leaf(scene, 100)));
	const struct journal_verify_options options = { .vkey = scene->vkey,
							.earlier = &scene->early,
							.earlier_count = 1 };
	must_find(scene, everything, &options, FINDING_REWRITTEN, -1);
}

static void
a_deleted_entry_is_found(void **state)
{
	must_find(*state, "DELETE FROM journal_entry WHERE id = 300;", &plain,
		  FINDING_ENTRY_MISSING, 300);
	must_find(*state, "DELETE FROM journal_entry WHERE id = 0;", &plain,
		  FINDING_ENTRY_MISSING, 0);
	must_find(*state, "DELETE FROM journal_entry WHERE id = 300;"
			  "UPDATE journal_entry SET id = -id WHERE id > 300;"
			  "UPDATE journal_entry SET id = -id - 1 WHERE id < 0;",
		  &plain, FINDING_ENTRY_MOVED, 300);
}

static void
reordered_entries_are_found(void **state)
{
	must_find(*state, "UPDATE journal_entry SET id = -1 WHERE id = 100;"
			  "UPDATE journal_entry SET id = 100 WHERE id = 101;"
			  "UPDATE journal_entry SET id = 101 WHERE id = -1;",
		  &plain, FINDING_ENTRY_MOVED, 100);
	must_find(*state, "UPDATE journal_entry SET id = 700 WHERE id = 649;", &plain,
		  FINDING_ENTRY_MOVED, 700);
}

static void
an_inserted_entry_is_found(void **state)
{
	must_find(*state, "UPDATE journal_entry SET id = -id - 1 WHERE id >= 50;"
			  "UPDATE journal_entry SET id = -id WHERE id < 0;"
			  "INSERT INTO journal_entry SELECT 50, entry, leaf FROM journal_entry "
			  "WHERE id = 49;",
		  &plain, FINDING_ENTRY_MOVED, 50);
	must_find(*state,
		  "INSERT INTO journal_entry SELECT -5, entry, leaf FROM journal_entry WHERE id = 3;",
		  &plain, FINDING_ENTRY_STRANGE, -1);
	must_find(*state,
		  "INSERT INTO journal_entry SELECT 650, entry, leaf FROM journal_entry WHERE id = 3;",
		  &plain, FINDING_ENTRY_MOVED, 650);
	must_find(*state, "INSERT INTO journal_entry SELECT 9007199254740000, entry, leaf "
			  "FROM journal_entry WHERE id = 3;",
		  &plain, FINDING_ENTRY_MISSING, 650);
}

static const char cut[] =
	"DELETE FROM journal_entry WHERE id >= 150; DELETE FROM journal_about WHERE entry >= 150;"
	"DELETE FROM journal_salt WHERE id >= 150; DELETE FROM journal_tile;";

static void
a_cut_tail_is_found(void **state)
{
	struct scene *scene = *state;
	must_find(scene, cut, &plain, FINDING_TAIL_CUT, 150);
	/* with its checkpoints: by one kept elsewhere */
	const char *all = text_z(scene->world.arena,
				 text_format(scene->world.arena,
					     "%s DELETE FROM journal_checkpoint;", cut));
	const struct journal_verify_options options = { .vkey = scene->vkey,
							.earlier = &scene->early,
							.earlier_count = 1 };
	must_find(scene, all, &options, FINDING_TAIL_CUT, 150);
	/* and by what the sealer remembers */
	struct text note;
	bool found;
	assert_null(sealer_note_read(scene->world.arena, scene->world.folder, T("test"), &found,
				     &note));
	assert_true(found);
	const struct journal_verify_options sealer = { .earlier = &note, .earlier_count = 1 };
	must_find(scene, all, &sealer, FINDING_TAIL_CUT, 150);
	must_find(scene, "DELETE FROM journal_entry;", &plain, FINDING_TAIL_CUT, -1);
}

static void
a_row_that_disagrees_with_its_entry_is_found(void **state)
{
	const struct journal_finding *finding =
		must_find(*state, "UPDATE store_setting SET value = 'forged' WHERE name = 's7';",
			  &plain, FINDING_ROW_EDITED, 607);
	assert_true(text_is(finding->table, "store_setting"));
	assert_int_equal(finding->id, 8);
	finding = must_find(*state, "DELETE FROM store_setting WHERE name = 's7';", &plain,
			    FINDING_ROW_REMOVED, 607);
	assert_int_equal(finding->id, 8);
	finding = must_find(*state, "INSERT INTO store_setting (id, name, value) "
				    "VALUES (9999, 'evil', 'x');",
			    &plain, FINDING_ROW_ADDED, -1);
	assert_int_equal(finding->id, 9999);
	must_find(*state, "UPDATE store_setting SET id = 9999 WHERE name = 's7';", &plain,
		  FINDING_ROW_REMOVED, 607);
	must_find(*state, "UPDATE journal_salt SET salt = zeroblob(32) WHERE id = 649;", &plain,
		  FINDING_ROW_EDITED, 649);
	must_find(*state, "DELETE FROM journal_salt WHERE id = 649;", &plain, FINDING_ROW_EDITED,
		  649);
}

static void
a_wrong_tile_is_found(void **state)
{
	must_find(*state, "UPDATE journal_tile SET hashes = zeroblob(8192) WHERE id = 0;", &plain,
		  FINDING_TILE_WRONG, -1);
	must_find(*state, "DELETE FROM journal_tile WHERE id = 1;", &plain, FINDING_TILE_WRONG, -1);
	must_find(*state, "INSERT INTO journal_tile VALUES (77, zeroblob(8192));", &plain,
		  FINDING_TILE_WRONG, -1);
}

static void
a_wrong_index_is_found(void **state)
{
	must_find(*state, "UPDATE journal_about SET about = 'setting:s8' WHERE id = 800;", &plain,
		  FINDING_INDEX_WRONG, 100);
	must_find(*state, "DELETE FROM journal_about WHERE entry = 100;", &plain,
		  FINDING_INDEX_WRONG, 100);
	must_find(*state, "DELETE FROM journal_about WHERE entry = 649;", &plain,
		  FINDING_INDEX_WRONG, 649);
	must_find(*state, "INSERT INTO journal_about VALUES (802, 'setting:s9', 100);", &plain,
		  FINDING_INDEX_WRONG, -1);
}

static void
an_edited_checkpoint_is_found(void **state)
{
	struct scene *scene = *state;
	must_find(scene, "UPDATE journal_checkpoint SET note = replace(note, char(10) || '600' || "
			 "char(10), char(10) || '500' || char(10)) WHERE id = 600;",
		  &plain, FINDING_CHECKPOINT_BAD, -1);
	must_find(scene, "UPDATE journal_checkpoint SET id = 500 WHERE id = 600;", &plain,
		  FINDING_CHECKPOINT_BAD, -1);
	must_find(scene, "UPDATE journal_checkpoint SET note = 'x' WHERE id = 600;", &plain,
		  FINDING_CHECKPOINT_BAD, -1);
	/* signed anew with a key of the administrator's own, put in the place of ours */
	struct arena *arena = scene->world.arena;
	SECRET_SCOPED seed = secret_open(NOTE_SEED_LEN);
	struct head head;
	assert_null(note_read(arena, scene->late, &head));
	const struct note_key key = note_key_of_seed(head.origin, seed);
	const char *sql = text_z(arena, text_format(arena,
		"UPDATE journal_key SET vkey = '%.*s'; UPDATE journal_checkpoint SET note = '%.*s' "
		"WHERE id = 600;", T_ARG(note_vkey(arena, &key)),
		T_ARG(note_sign(arena, &head, seed))));
	const struct journal_verify_options options = { .vkey = scene->vkey };
	must_find(scene, sql, &options, FINDING_KEY_OTHER, -1);
	must_find(scene, text_z(arena, text_format(arena, "UPDATE journal_key SET vkey = '%.*s';",
						   T_ARG(note_vkey(arena, &key)))),
		  &options, FINDING_KEY_OTHER, -1);
	must_find(scene, sql, &plain, FINDING_KEY_OTHER, -1); /* the earlier ones are not its */
}

static void
an_edited_list_of_logs_or_keys_is_found(void **state)
{
	must_find(*state, "UPDATE journal_log SET origin = 'test.bansho/journal/1999';", &plain,
		  FINDING_CHECKPOINT_BAD, -1);
	must_find(*state, "UPDATE journal_log SET first = 5;", &plain, FINDING_LOG_BROKEN, 0);
	must_find(*state, "DELETE FROM journal_log;", &plain, FINDING_CHECKPOINT_BAD, -1);
	must_find(*state,
		  "INSERT INTO journal_log VALUES (1, 300, 'test.bansho/journal/2099', '2099');",
		  &plain, FINDING_LOG_BROKEN, -1);
	must_find(*state,
		  "INSERT INTO journal_log VALUES (1, 9999, 'test.bansho/journal/2099', '2099');",
		  &plain, FINDING_LOG_BROKEN, 9999);
	must_find(*state, "INSERT INTO journal_log_key VALUES (3, 9, 'x');", &plain,
		  FINDING_KEY_OTHER, -1);
	must_find(*state, "INSERT INTO journal_log_key VALUES (3, 0, 'x');", &plain,
		  FINDING_KEY_OTHER, -1);
	must_find(*state, "INSERT INTO journal_checkpoint SELECT (1 << 48) + id, note, \"at\" "
			  "FROM journal_checkpoint;",
		  &plain, FINDING_CHECKPOINT_BAD, -1);
}

/* ---- Bundles ---- */

static struct journal_report
verify_zip(struct scene *scene, const char *path, const char *edit,
	   const struct journal_verify_options *options)
{
	struct world *world = &scene->world;
	const char *folder = world_path(world, "unpacked");
	const char *copy = world_path(world, "copy.zip");
	struct journal_report report;
	assert_int_equal(run_shell("rm -rf %s %s; mkdir %s && cd %s && unzip -q %s && (%s) && "
				   "zip -q -r -X %s .", folder, copy, folder, folder, path, edit,
				   copy), 0);
	assert_int_equal(run_shell("cd %s && zip -q -d %s '*/' >/dev/null 2>&1; true", folder, copy),
			 0);
	struct error *error = journal_verify_bundle(world->arena, copy, options, &report);
	assert_null(error);
	return report;
}

static void
must_find_in(struct scene *scene, const char *path, const char *edit,
	     const struct journal_verify_options *options, enum journal_finding_kind kind,
	     int64_t seq)
{
	const struct journal_report report = verify_zip(scene, path, edit, options);
	const struct journal_finding *finding = find(&report, kind);
	if (finding == NULL || (seq >= 0 && finding->seq != seq)) {
		print_message("after: %s\n", edit);
		say_report(scene, &report);
	}
	assert_non_null(finding);
	if (seq >= 0)
		assert_int_equal(finding->seq, seq);
}

static void
untouched_bundles_verify(void **state)
{
	struct scene *scene = *state;
	const struct text earlier[] = { scene->early };
	const struct journal_verify_options options = { .vkey = scene->vkey, .earlier = earlier,
							.earlier_count = 1 };
	const char *const paths[] = { scene->bundle, scene->object };
	for (int at = 0; at < 2; at++) {
		const struct journal_report report =
			verify_zip(scene, paths[at], "true", &options);
		if (report.finding_total != 0)
			say_report(scene, &report);
		assert_int_equal(report.finding_total, 0);
		assert_int_equal(report.signed_size, SIGNED);
		assert_int_equal(report.size, at == 0 ? SIGNED : 6);
	}
}

/* A change of the entries in tile/entries/000, written as a small program. */
#define IN_LOG "cd logs/2* && "
#define ON_ENTRIES(change) \
	IN_LOG "python3 -c \"\n" \
	"import struct\n" \
	"p = 'tile/entries/000'\n" \
	"b = open(p, 'rb').read()\n" \
	"es = []\n" \
	"while b:\n" \
	"    n = struct.unpack('>H', b[:2])[0]; es.append(b[2:2+n]); b = b[2+n:]\n" \
	change "\n" \
	"open(p, 'wb').write(b''.join(struct.pack('>H', len(e)) + e for e in es))\n" \
	"\""

static void
every_change_of_a_bundle_is_found(void **state)
{
	struct scene *scene = *state;
	const char *path = scene->bundle;
	must_find_in(scene, path, ON_ENTRIES("es[100] = es[100].replace(b'manager', b'clerk00')"),
		     &plain, FINDING_ENTRY_EDITED, 100);
	must_find_in(scene, path, ON_ENTRIES("del es[100]"), &plain, FINDING_ENTRY_MOVED, 100);
	must_find_in(scene, path, ON_ENTRIES("es[5], es[6] = es[6], es[5]"), &plain,
		     FINDING_ENTRY_MOVED, 5);
	must_find_in(scene, path, ON_ENTRIES("es.insert(9, es[8])"), &plain, FINDING_ENTRY_MOVED, 9);
	must_find_in(scene, path, IN_LOG "rm tile/entries/001", &plain, FINDING_FILE_STRANGE, -1);
	must_find_in(scene, path, IN_LOG "rm tile/entries/002.p/88", &plain, FINDING_TAIL_CUT, -1);
	must_find_in(scene, path, IN_LOG "head -c 500 /dev/zero > tile/entries/001", &plain,
		     FINDING_FILE_STRANGE, -1);
	must_find_in(scene, path, IN_LOG "head -c 8192 /dev/zero > tile/0/000", &plain,
		     FINDING_TILE_WRONG, -1);
	must_find_in(scene, path, IN_LOG "head -c 2816 /dev/zero > tile/0/002.p/88", &plain,
		     FINDING_TILE_WRONG, -1);
	must_find_in(scene, path, IN_LOG "head -c 64 /dev/zero > tile/1/000.p/2", &plain,
		     FINDING_TILE_WRONG, -1);
	must_find_in(scene, path, IN_LOG "sed -i 's/^600$/601/' checkpoint", &plain,
		     FINDING_CHECKPOINT_BAD, -1);
	must_find_in(scene, path, IN_LOG "echo > checkpoint", &plain, FINDING_CHECKPOINT_BAD, -1);
	must_find_in(scene, path, IN_LOG "rm checkpoint", &plain, FINDING_FILE_STRANGE, -1);
	must_find_in(scene, path, IN_LOG "echo more > tile/entries/003", &plain, FINDING_FILE_STRANGE, -1);
}

static void
another_key_in_a_bundle_is_found(void **state)
{
	struct scene *scene = *state;
	struct arena *arena = scene->world.arena;
	SECRET_SCOPED seed = secret_open(NOTE_SEED_LEN);
	struct head head;
	assert_null(note_read(arena, scene->late, &head));
	const struct note_key key = note_key_of_seed(head.origin, seed);
	const char *edit = text_z(arena, text_format(arena,
		"printf '%%s\\n' '%.*s' > vkey; cd logs/2*; cp ../../vkey vkeys; rm -r checkpoints; "
		"printf '%%s' '%.*s' > checkpoint",
		T_ARG(note_vkey(arena, &key)), T_ARG(note_sign(arena, &head, seed))));
	const struct journal_verify_options options = { .vkey = scene->vkey };
	must_find_in(scene, scene->bundle, edit, &options, FINDING_KEY_OTHER, -1);
	/* Without a key from elsewhere it cannot be told; the report says so. */
	const struct journal_report report = verify_zip(scene, scene->bundle, edit, &plain);
	assert_int_equal(report.finding_total, 0);
	assert_false(report.is_key_given);
}

static void
a_bundle_older_than_an_earlier_checkpoint_is_found(void **state)
{
	struct scene *scene = *state;
	struct world *world = &scene->world;
	const char *old = world_path(world, "old.sqlite"), *zip = world_path(world, "old.zip");
	const struct store_options open = { .path = old, .is_read_only = true,
					    .migrations = bansho_migrations };
	struct store *store;
	struct look look;
	assert_int_equal(run_shell("cp %s %s && sqlite3 %s 'DELETE FROM journal_checkpoint WHERE "
				   "id = 600'", world->store_path, old, old), 0);
	assert_null(store_open(world->arena, &open, &store));
	assert_null(look_begin(store, world->arena, &look));
	assert_null(journal_export(&look, &(struct journal_export_options){ 0 }, zip));
	look_end(&look);
	store_close(store);
	const struct journal_report report = verify_zip(scene, zip, "true", &plain);
	assert_int_equal(report.finding_total, 0);
	assert_int_equal(report.size, SIGNED_EARLY);
	const struct journal_verify_options options = { .earlier = &scene->late,
							.earlier_count = 1 };
	must_find_in(scene, zip, "true", &options, FINDING_TAIL_CUT, -1);
}

static void
every_change_of_an_object_bundle_is_found(void **state)
{
	struct scene *scene = *state;
	const char *path = scene->object;
	must_find_in(scene, path, "sed -i s/manager/clerk/ entry/107.json", &plain,
		     FINDING_ENTRY_EDITED, 107);
	must_find_in(scene, path, "cp entry/7.json entry/107.json", &plain, FINDING_ENTRY_MOVED,
		     107);
	must_find_in(scene, path, "rm proof/107.tlog-proof", &plain, FINDING_FILE_STRANGE, -1);
	must_find_in(scene, path, "rm entry/107.json", &plain, FINDING_FILE_STRANGE, -1);
	must_find_in(scene, path, "rm entry/* proof/*", &plain, FINDING_FILE_STRANGE, -1);
	must_find_in(scene, path, "printf setting:s8 > about", &plain, FINDING_ENTRY_STRANGE, -1);
	must_find_in(scene, path, IN_LOG "sed -i 's/^600$/601/' checkpoint", &plain,
		     FINDING_CHECKPOINT_BAD, -1);
}

static void
what_is_no_bundle_is_refused_with_words(void **state)
{
	struct scene *scene = *state;
	struct journal_report report;
	struct error *error = journal_verify_bundle(scene->world.arena, "/nowhere.zip", &plain,
						    &report);
	assert_int_equal(error->kind, ERROR_MISSING);
	error = journal_verify_bundle(scene->world.arena, scene->world.store_path, &plain, &report);
	assert_int_equal(error->kind, ERROR_INVALID);
	const struct journal_verify_options options = { .vkey = T("nonsense") };
	error = journal_verify_bundle(scene->world.arena, scene->bundle, &options, &report);
	assert_int_equal(error->kind, ERROR_INVALID);
}

int
main(void)
{
	secret_start();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_untouched_store_verifies),
		cmocka_unit_test(an_edited_entry_is_found),
		cmocka_unit_test(an_entry_edited_with_its_leaf_is_found),
		cmocka_unit_test(a_deleted_entry_is_found),
		cmocka_unit_test(reordered_entries_are_found),
		cmocka_unit_test(an_inserted_entry_is_found),
		cmocka_unit_test(a_cut_tail_is_found),
		cmocka_unit_test(a_row_that_disagrees_with_its_entry_is_found),
		cmocka_unit_test(a_wrong_tile_is_found),
		cmocka_unit_test(a_wrong_index_is_found),
		cmocka_unit_test(an_edited_checkpoint_is_found),
		cmocka_unit_test(an_edited_list_of_logs_or_keys_is_found),
		cmocka_unit_test(untouched_bundles_verify),
		cmocka_unit_test(every_change_of_a_bundle_is_found),
		cmocka_unit_test(another_key_in_a_bundle_is_found),
		cmocka_unit_test(a_bundle_older_than_an_earlier_checkpoint_is_found),
		cmocka_unit_test(every_change_of_an_object_bundle_is_found),
		cmocka_unit_test(what_is_no_bundle_is_refused_with_words),
	};
	return cmocka_run_group_tests_name("tamper", tests, build, clear);
}
