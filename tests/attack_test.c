/*
 * The attack table, each attack at many random positions (1,000, or POSITIONS): none may pass
 * unnoticed, and each must be called what it is. The seed is printed; SEED repeats a run. The
 * attacker has the store's file, and where said the signing key too.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "journal_world.h"

#include "base/number.h"
#include "base/secret.h"

#include <limits.h>
#include <sqlite3.h>

#if defined(__SANITIZE_ADDRESS__)
enum { POSITIONS_USUAL = 60 };
#else
enum { POSITIONS_USUAL = 1000 };
#endif
enum { SIGNED_FIRST = 150, ALL = 300, KINDS = 32 };

struct scene {
	struct world world;
	struct text vkey, kept; /* both got by another way */
	const char *path;	/* the attacked copy, in memory */
	sqlite3 *db;		/* the attacker's hand in it */
	struct store *store;	/* the verifier's eye on it */
	struct text entries[ALL];
	unsigned char seed[NOTE_SEED_LEN];
	int64_t positions;
	uint64_t dice;
};

/* ---- chance ---- */

static uint64_t
roll(struct scene *scene)
{
	/* xorshift64*: not for secrets, the same everywhere */
	scene->dice ^= scene->dice >> 12;
	scene->dice ^= scene->dice << 25;
	scene->dice ^= scene->dice >> 27;
	return scene->dice * 0x2545F4914F6CDD1DULL;
}

static int64_t
between(struct scene *scene, int64_t least, int64_t most)
{
	return least + (int64_t)((roll(scene) >> 16) % (uint64_t)(most - least + 1));
}

static int64_t
from_environment(const char *name, int64_t usual)
{
	int64_t number;
	const char *words = getenv(name);
	return words != NULL && number_read(text_of(words), 1, INT64_MAX, &number) ? number : usual;
}

/* ---- the attacker's hand ---- */

static void
sql(struct scene *scene, const char *statement)
{
	char *trouble = NULL;
	if (sqlite3_exec(scene->db, statement, NULL, NULL, &trouble) != SQLITE_OK)
		fail_msg("%s: %s", statement, trouble);
}

static void __attribute__((format(printf, 2, 3)))
sql_with(struct scene *scene, const char *format, ...)
{
	char statement[1024];
	va_list args;
	va_start(args, format);
	vsnprintf(statement, sizeof statement, format, args);
	va_end(args);
	sql(scene, statement);
}

/* "UPDATE … ?1 … ?2": bytes, and as text when that is what the column holds */
static void
put(struct scene *scene, const char *statement, struct text bytes, bool is_text, int64_t id)
{
	sqlite3_stmt *made;
	assert_int_equal(sqlite3_prepare_v2(scene->db, statement, -1, &made, NULL), SQLITE_OK);
	if (is_text)
		sqlite3_bind_text(made, 1, bytes.data, (int)bytes.len, SQLITE_STATIC);
	else
		sqlite3_bind_blob(made, 1, bytes.data, (int)bytes.len, SQLITE_STATIC);
	sqlite3_bind_int64(made, 2, id);
	assert_int_equal(sqlite3_step(made), SQLITE_DONE);
	sqlite3_finalize(made);
}

static void
put_entry(struct scene *scene, int64_t seq, struct text entry)
{
	put(scene, "UPDATE journal_entry SET entry = ?1 WHERE id = ?2", entry, true, seq);
}

static void
put_leaf(struct scene *scene, int64_t seq, struct text entry)
{
	const struct hash leaf = merkle_leaf(entry);
	put(scene, "UPDATE journal_entry SET leaf = ?1 WHERE id = ?2", hash_bytes(&leaf), false, seq);
}

/* The entry with another byte at one place, in the arena. */
static struct text
flip(struct scene *scene, struct arena *arena, struct text bytes)
{
	char *copy = arena_get(arena, 1, bytes.len + 1);
	memcpy(copy, bytes.data, bytes.len);
	copy[between(scene, 0, (int64_t)bytes.len - 1)] ^= (char)between(scene, 1, 255);
	return (struct text){ copy, bytes.len };
}

/* A head of the attacker's tree over `size` leaves, signed with the stolen key. */
static struct text
forge(struct scene *scene, struct arena *arena, const struct hash *leaves, int64_t size)
{
	SECRET_SCOPED seed = secret_open(NOTE_SEED_LEN);
	memcpy(seed.data, scene->seed, NOTE_SEED_LEN);
	struct head head;
	assert_null(note_read(arena, scene->kept, &head));
	head.size = size;
	head.root = merkle_root_of(leaves, size);
	return note_sign(arena, &head, seed);
}

/* ---- the verifier's eye ---- */

static struct journal_report
verify(struct scene *scene, struct arena *arena, bool has_kept)
{
	const struct journal_verify_options options = { .vkey = scene->vkey,
							.earlier = &scene->kept,
							.earlier_count = has_kept };
	struct journal_report report;
	struct look look;
	assert_null(look_begin(scene->store, arena, &look));
	assert_null(journal_verify_store(&look, &options, &report));
	look_end(&look);
	return report;
}

static bool
has_kind(const struct journal_report *report, unsigned kinds)
{
	for (size_t at = 0; at < report->finding_count; at++)
		if ((kinds & 1U << report->findings[at].kind) != 0)
			return true;
	return false;
}

/* ---- the table ---- */

static const char *const tables[] = { "journal_entry", "journal_tile",	"journal_checkpoint",
				      "journal_salt",  "journal_about", "store_setting" };
enum { TABLES = sizeof tables / sizeof *tables, ENTRY = 1, TILE = 2, NOTE = 4, SALT = 8, ABOUT = 16, ROW = 32 };

struct attack {
	const char *name;
	void (*change)(struct scene *scene, struct arena *arena);
	unsigned touches; /* tables */
	unsigned kinds;	  /* of which one must be found */
	bool needs_kept; /* a head kept elsewhere is what shows it; without one nothing can */
};
#define KIND(name) (1U << FINDING_##name)

static void
flip_entry(struct scene *scene, struct arena *arena)
{
	const int64_t seq = between(scene, 0, ALL - 1);
	put_entry(scene, seq, flip(scene, arena, scene->entries[seq]));
}

static void
flip_entry_and_leaf(struct scene *scene, struct arena *arena)
{
	const int64_t seq = between(scene, 0, ALL - 1);
	const struct text changed = flip(scene, arena, scene->entries[seq]);
	put_entry(scene, seq, changed);
	put_leaf(scene, seq, changed);
}

static void
delete_entry(struct scene *scene, struct arena *arena)
{
	(void)arena;
	sql_with(scene, "DELETE FROM journal_entry WHERE id = %lld",
		 (long long)between(scene, 0, ALL - 1));
}

static void
cut(struct scene *scene, int64_t size)
{
	sql_with(scene, "DELETE FROM journal_entry WHERE id >= %lld;"
			"DELETE FROM journal_about WHERE entry >= %lld;"
			"DELETE FROM journal_salt WHERE id >= %lld;"
			"DELETE FROM journal_tile WHERE id %% (1 << 40) >= %lld >> 8;",
		 (long long)size, (long long)size, (long long)size, (long long)size);
}

static void
delete_newest(struct scene *scene, struct arena *arena)
{
	(void)arena;
	cut(scene, between(scene, 0, ALL - 1));
}

/* The size's digits or the root's: the signed part of the newest checkpoint. */
static void
edit_head(struct scene *scene, struct arena *arena)
{
	struct head head;
	assert_null(note_read(arena, scene->kept, &head));
	const struct text old = scene->kept;
	if (between(scene, 0, 1) == 0) {
		head.size += between(scene, 1, 1 << 20) - (between(scene, 0, 1) == 0 ? ALL : 0);
		if (head.size == ALL)
			head.size = 1;
	} else {
		head.root.at[between(scene, 0, HASH_LEN - 1)] ^= (unsigned char)between(scene, 1, 255);
	}
	size_t gap;
	assert_true(text_find(old, T("\n\n"), &gap));
	const struct text root = text_base64(arena, hash_bytes(&head.root));
	const struct text note = text_format(arena, "%.*s\n%lld\n%.*s%.*s", T_ARG(head.origin),
					     (long long)head.size, T_ARG(root),
					     T_ARG(text_from(old, gap)));
	put(scene, "UPDATE journal_checkpoint SET note = ?1 WHERE id = ?2", note, true, ALL);
}

static void
flip_note(struct scene *scene, struct arena *arena)
{
	put(scene, "UPDATE journal_checkpoint SET note = ?1 WHERE id = ?2",
	    flip(scene, arena, scene->kept), true, ALL);
}

static void
flip_tile(struct scene *scene, struct arena *arena)
{
	struct hash leaves[256];
	for (int at = 0; at < 256; at++)
		leaves[at] = merkle_leaf(scene->entries[at]);
	const struct text tile = { (const char *)leaves, sizeof leaves };
	put(scene, "UPDATE journal_tile SET hashes = ?1 WHERE id = ?2", flip(scene, arena, tile),
	    false, 0);
}

static void
all_leaves(struct scene *scene, struct hash *leaves)
{
	for (int64_t at = 0; at < ALL; at++)
		leaves[at] = merkle_leaf(scene->entries[at]);
}

/* Another role stands in an entry; everything behind it is computed and signed anew. */
static void
rewrite(struct scene *scene, struct arena *arena)
{
	struct hash leaves[ALL];
	const int64_t seq = between(scene, 0, ALL - 1);
	const struct text role = text_format(arena, "\"role\":\"r%lld\"",
					     (long long)between(scene, 0, 1 << 30));
	const struct text changed =
		text_replace(arena, scene->entries[seq], T("\"role\":\"manager\""), role);
	all_leaves(scene, leaves);
	leaves[seq] = merkle_leaf(changed);
	put_entry(scene, seq, changed);
	put_leaf(scene, seq, changed);
	put(scene, "UPDATE journal_tile SET hashes = ?1 WHERE id = ?2",
	    (struct text){ (const char *)leaves, 256 * HASH_LEN }, false, 0);
	put(scene, "UPDATE journal_checkpoint SET note = ?1 WHERE id = ?2",
	    forge(scene, arena, leaves, SIGNED_FIRST), true, SIGNED_FIRST);
	put(scene, "UPDATE journal_checkpoint SET note = ?1 WHERE id = ?2",
	    forge(scene, arena, leaves, ALL), true, ALL);
}

/* The rows as they stood when there were `size` entries: entry n set s(n % 100) to "value n". */
static void
rows_as_of(struct scene *scene, int64_t size)
{
	sql_with(scene, "DELETE FROM store_setting WHERE CAST(substr(name, 2) AS INTEGER) >= %lld;"
			"UPDATE store_setting SET value = 'value ' || (CAST(substr(name, 2) AS INTEGER)"
			" + 100 * ((%lld - 1 - CAST(substr(name, 2) AS INTEGER)) / 100));",
		 (long long)size, (long long)size);
}

/* Cut back to an earlier state of everything, its head signed: with the stolen key, or in its time. */
static void
go_back(struct scene *scene, struct arena *arena)
{
	struct hash leaves[ALL];
	const int64_t size = between(scene, 1, ALL - 1);
	cut(scene, size);
	rows_as_of(scene, size);
	all_leaves(scene, leaves);
	sql_with(scene, "DELETE FROM journal_checkpoint WHERE id > %lld", (long long)size);
	sql_with(scene, "INSERT OR REPLACE INTO journal_checkpoint (id, note, at) VALUES (%lld, '', 0)",
		 (long long)size);
	put(scene, "UPDATE journal_checkpoint SET note = ?1 WHERE id = ?2",
	    forge(scene, arena, leaves, size), true, size);
}

static void
delete_row(struct scene *scene, struct arena *arena)
{
	(void)arena;
	sql_with(scene, "DELETE FROM store_setting WHERE name = 's%lld'",
		 (long long)between(scene, 0, 99));
}

static void
edit_row(struct scene *scene, struct arena *arena)
{
	(void)arena;
	sql_with(scene, "UPDATE store_setting SET value = value || '%lld' WHERE name = 's%lld'",
		 (long long)between(scene, 0, 9), (long long)between(scene, 0, 99));
}

/* What makes a row's digest readable is gone, as after an erasure, but no entry says so. */
static void
delete_salt(struct scene *scene, struct arena *arena)
{
	(void)arena;
	sql_with(scene, "DELETE FROM journal_salt WHERE id = %lld",
		 (long long)between(scene, ALL - 100, ALL - 1));
}

/* An entry at a number that was never given, up to the largest there is. */
static void
insert_entry(struct scene *scene, struct arena *arena)
{
	(void)arena;
	int64_t at = ALL + (int64_t)(roll(scene) >> between(scene, 1, 62));
	if (at < ALL)
		at = INT64_MAX;
	sql_with(scene, "INSERT INTO journal_entry SELECT %lld, entry, leaf FROM journal_entry "
			"WHERE id = %lld",
		 (long long)(between(scene, 0, 3) == 0 ? -at : at), (long long)between(scene, 0, ALL - 1));
}

#define ENTRY_KINDS (KIND(ENTRY_EDITED) | KIND(ENTRY_MOVED) | KIND(ENTRY_STRANGE))
static const struct attack table[] = {
	{ "a byte flipped in an entry", flip_entry, ENTRY, ENTRY_KINDS, false },
	{ "a byte flipped in an entry and its hash put right", flip_entry_and_leaf, ENTRY,
	  ENTRY_KINDS | KIND(REWRITTEN), false },
	{ "an entry deleted", delete_entry, ENTRY, KIND(ENTRY_MISSING) | KIND(TAIL_CUT), false },
	{ "an entry inserted", insert_entry, ENTRY, ENTRY_KINDS | KIND(ENTRY_MISSING), false },
	{ "the newest entries deleted", delete_newest, ENTRY | TILE | SALT | ABOUT, KIND(TAIL_CUT), false },
	{ "size or root edited in the checkpoint", edit_head, NOTE, KIND(CHECKPOINT_BAD), false },
	{ "a byte flipped in the checkpoint", flip_note, NOTE, KIND(CHECKPOINT_BAD) | KIND(KEY_OTHER),
	  false },
	{ "a byte flipped in a tile", flip_tile, TILE, KIND(TILE_WRONG), false },
	{ "history rewritten, signed with the stolen key", rewrite, ENTRY | TILE | NOTE, KIND(REWRITTEN), true },
	{ "truncated, or an old backup put back, and signed", go_back, ENTRY | TILE | NOTE | SALT | ABOUT | ROW, KIND(TAIL_CUT), true },
	{ "a row deleted without a record", delete_row, ROW, KIND(ROW_REMOVED), false },
	{ "a row edited without a record", edit_row, ROW, KIND(ROW_EDITED), false },
	{ "what a digest needs deleted without a record", delete_salt, SALT, KIND(ROW_EDITED), false },
};

static void
count_kinds(const struct journal_report *report, int64_t counts[static KINDS])
{
	unsigned seen = 0;
	for (size_t at = 0; at < report->finding_count; at++)
		seen |= 1U << report->findings[at].kind;
	for (int kind = 0; kind < KINDS; kind++)
		counts[kind] += (seen >> kind) & 1;
}

static void
say_counts(const struct attack *attack, int64_t positions, const int64_t counts[static KINDS])
{
	print_message("# %s: %lld positions", attack->name, (long long)positions);
	for (int kind = 0; kind < KINDS; kind++)
		if (counts[kind] != 0)
			print_message(", %s %lld", journal_finding_name(kind),
				      (long long)counts[kind]);
	print_message("\n");
}

static void
try_once(struct scene *scene, const struct attack *attack, int64_t counts[static KINDS])
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	sql(scene, "SAVEPOINT before");
	attack->change(scene, arena);
	/* The verifier reads by another connection: the change is committed, and put back after. */
	sql(scene, "RELEASE before");
	if (attack->needs_kept) {
		const struct journal_report alone = verify(scene, arena, false);
		assert_int_equal(alone.finding_total, 0);
	}
	const struct journal_report report = verify(scene, arena, attack->needs_kept);
	count_kinds(&report, counts);
	if (report.finding_total == 0 || !has_kind(&report, attack->kinds)) {
		const struct text words = journal_report_words(arena, &report);
		fail_msg("%s: not found for what it is: %.*s", attack->name, T_ARG(words));
	}
	error_sweep();
}

/* The untouched journal lies beside: what an attack touched is put back from it. */
static void
put_back(struct scene *scene, unsigned touched)
{
	sql(scene, "BEGIN");
	for (int at = 0; at < TABLES; at++)
		if ((touched & 1U << at) != 0)
			sql_with(scene, "DELETE FROM main.%s; INSERT INTO main.%s SELECT * FROM good.%s",
				 tables[at], tables[at], tables[at]);
	sql(scene, "COMMIT");
}

static void
no_attack_passes_unnoticed(void **state)
{
	struct scene *scene = *state;
	for (size_t at = 0; at < sizeof table / sizeof *table; at++) {
		int64_t counts[KINDS] = { 0 };
		for (int64_t position = 0; position < scene->positions; position++) {
			try_once(scene, &table[at], counts);
			put_back(scene, table[at].touches);
		}
		say_counts(&table[at], scene->positions, counts);
	}
}

static void
the_untouched_journal_passes(void **state)
{
	struct scene *scene = *state;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	put_back(scene, UINT_MAX);
	const struct journal_report report = verify(scene, arena, true);
	if (report.finding_total != 0)
		print_message("%.*s", T_ARG(journal_report_words(arena, &report)));
	assert_int_equal(report.finding_total, 0);
	assert_int_equal(report.remark_total, 0);
	assert_int_equal(report.size, ALL);
	assert_int_equal(report.signed_size, ALL);
}

/* ---- the clock ---- */

struct clock {
	struct scene *scene;
	struct moment now;
	int64_t step;
};

static struct moment
jumping(void *with)
{
	struct clock *clock = with;
	clock->now.ms += clock->step;
	clock->step = 0;
	return clock->now;
}

static void
a_clock_set_back_is_said(void **state)
{
	struct scene *scene = *state;
	struct world world = { .arena = arena_open((size_t)1 << 30) };
	struct clock clock = { .scene = scene, .now = moment_now() };
	char folder[] = "/dev/shm/clock-XXXXXX";
	int64_t backs = 0;
	assert_non_null(mkdtemp(folder));
	world.folder = folder;
	const struct store_options options = { .path = world_path(&world, "store.sqlite"),
					       .may_create = true,
					       .migrations = bansho_migrations,
					       .clock = jumping,
					       .clock_with = &clock };
	assert_null(store_open(world.arena, &options, &world.store));
	assert_null(journal_open(world.arena, world.store, T("test"), &world.journal));
	for (int64_t no = 0; no < scene->positions; no++) {
		static const int64_t steps[] = { -1000, -1001, 0, 1 };
		const int64_t which = between(scene, 0, 5);
		clock.step = which < 4 ? steps[which]
				       : between(scene, -100000000, 100000000);
		backs += no > 0 && clock.step < -1000;
		assert_null(world_change(&world, no, false));
	}
	struct journal_report report;
	world_verify(&world, &(struct journal_verify_options){ 0 }, &report);
	assert_int_equal(report.finding_total, 0);
	assert_int_equal(report.remark_total, backs);
	assert_true(backs > 0);
	assert_int_equal(report.findings[0].kind, FINDING_CLOCK_BACK);
	print_message("# the clock moved: %lld positions, clock-back %lld\n",
		      (long long)scene->positions, (long long)backs);
	store_close(world.store);
	run_shell("rm -rf %s", folder);
	arena_close(world.arena);
}

/* ---- the stage ---- */

static void
keep_entries(struct scene *scene)
{
	struct world *world = &scene->world;
	struct journal_checkpoint checkpoint;
	struct look look;
	bool found;
	assert_null(look_begin(world->store, world->arena, &look));
	for (int64_t seq = 0; seq < ALL; seq++) {
		struct journal_entry entry;
		assert_null(journal_entry_read(&look, seq, &entry));
		scene->entries[seq] = text_copy(world->arena, entry.json);
	}
	assert_null(journal_vkey(&look, &scene->vkey));
	assert_null(journal_latest_checkpoint(&look, &found, &checkpoint));
	assert_true(found);
	scene->kept = text_copy(world->arena, checkpoint.note);
	look_end(&look);
}

static int
build(void **state)
{
	static struct scene scene; /* of the whole program */
	struct text seed;
	scene.world = world_make(true);
	struct world *world = &scene.world;
	world_fill(world, 0, SIGNED_FIRST);
	assert_null(journal_seal(world->store, world->sealer));
	world_fill(world, SIGNED_FIRST, ALL);
	assert_null(journal_seal(world->store, world->sealer));
	keep_entries(&scene);
	assert_null(file_read(world->arena, world_path(world, "seal/test/key"), 100, &seed));
	memcpy(scene.seed, seed.data, NOTE_SEED_LEN);
	world_shut(world);
	scene.path = text_z(world->arena, text_format(world->arena, "/dev/shm/attack-%d.sqlite",
						      (int)getpid()));
	assert_int_equal(run_shell("cp %s %s", world->store_path, scene.path), 0);
	assert_int_equal(sqlite3_open(scene.path, &scene.db), SQLITE_OK);
	sql_with(&scene, "PRAGMA synchronous = OFF; ATTACH '%s' AS good", world->store_path);
	const struct store_options open = { .path = scene.path, .is_read_only = true,
					    .migrations = bansho_migrations };
	assert_null(store_open(world->arena, &open, &scene.store));
	scene.positions = from_environment("POSITIONS", POSITIONS_USUAL);
	scene.dice = (uint64_t)from_environment("SEED", (moment_now().ms << 8) + getpid() % 251);
	print_message("# SEED=%llu POSITIONS=%lld\n", (unsigned long long)scene.dice,
		      (long long)scene.positions);
	*state = &scene;
	return 0;
}

static int
clear(void **state)
{
	struct scene *scene = *state;
	store_close(scene->store);
	sqlite3_close(scene->db);
	run_shell("rm -rf %s %s %s-wal %s-shm", scene->world.folder, scene->path, scene->path,
		  scene->path);
	arena_close(scene->world.arena);
	return 0;
}

int
main(void)
{
	secret_start();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_untouched_journal_passes),
		cmocka_unit_test(no_attack_passes_unnoticed),
		cmocka_unit_test(the_untouched_journal_passes),
		cmocka_unit_test(a_clock_set_back_is_said),
	};
	return cmocka_run_group_tests_name("attack", tests, build, clear);
}
