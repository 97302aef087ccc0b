/* The row of logs and their keys: turned, rolled, interrupted anywhere, forged. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "journal_world.h"

#include "base/child.h"
#include "base/wire.h"

static const struct actor clock_actor = { .through = T_INIT("test") };
static struct moment now_is;

/* A body that began in fiscal year 2025, on a clock of our own. */
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
	world_fill(&world, 0, 30);
	assert_null(journal_seal(world.store, world.sealer));
	return world;
}

static struct text
line_of(struct world *world, const char *name)
{
	struct text line;
	assert_null(file_read(world->arena, world_path(world, name), 4096, &line));
	return text_trim(line);
}

static void
say_report(struct world *world, const struct journal_report *report)
{
	if (report->finding_total == 0)
		return;
	const struct text words = journal_report_words(world->arena, report);
	print_message("%.*s", (int)words.len, words.data);
}

static struct journal_report
must_be_right(struct world *world, struct text vkey)
{
	struct journal_report report;
	const struct journal_verify_options options = { .vkey = vkey };
	world_verify(world, &options, &report);
	say_report(world, &report);
	assert_int_equal(report.finding_total, 0);
	return report;
}

static void
must_find(struct world *world, enum journal_finding_kind kind, const char *words)
{
	struct journal_report report;
	const struct journal_verify_options options = { 0 };
	world_verify(world, &options, &report);
	const struct journal_finding *finding = find(&report, kind);
	bool is_said = false;
	for (size_t at = 0; at < report.finding_count; at++)
		is_said = is_said || (report.findings[at].kind == kind &&
				      text_has(report.findings[at].words, text_of(words)));
	if (!is_said)
		say_report(world, &report);
	assert_non_null(finding);
	assert_true(is_said);
}

static struct journal_log
log_now(struct world *world)
{
	struct journal_log log;
	struct look look;
	bool found;
	assert_null(look_begin(world->store, world->arena, &look));
	assert_null(journal_log_now(&look, &found, &log));
	look_end(&look);
	assert_true(found);
	return log;
}

static struct journal_due
due_now(struct world *world)
{
	struct journal_due due;
	struct look look;
	assert_null(look_begin(world->store, world->arena, &look));
	assert_null(journal_due(&look, &due));
	look_end(&look);
	return due;
}

static size_t
keys_of(struct world *world, const struct journal_log *log, struct journal_key **keys)
{
	struct look look;
	size_t count;
	assert_null(look_begin(world->store, world->arena, &look));
	assert_null(journal_keys(&look, log, keys, &count));
	look_end(&look);
	return count;
}

static void
turn(struct world *world, int year)
{
	now_is = noon(year, 4, 1);
	assert_null(journal_turn(world->store, world->sealer, &clock_actor));
}

/* ---- Turning and rolling ---- */

static void
the_year_turns_into_a_log_of_its_own(void **state)
{
	(void)state;
	struct world world = begin_world();
	const struct text first = line_of(&world, "seal/test/vkey");
	struct journal_entry entry;
	struct look look;
	assert_true(text_starts(first, T("test.bansho/journal/2025+")));
	now_is = noon(2026, 3, 31);
	assert_false(due_now(&world).turn);
	struct error *error = journal_turn(world.store, world.sealer, &clock_actor);
	assert_int_equal(error->kind, ERROR_CONFLICT);
	now_is = (struct moment){ noon(2026, 4, 1).ms - 12 * 3600000 }; /* midnight in Japan */
	assert_true(due_now(&world).turn);
	world_fill(&world, 30, 32); /* until it is turned they stand in the old log */
	assert_null(journal_turn(world.store, world.sealer, &clock_actor));
	const struct journal_log log = log_now(&world);
	assert_int_equal(log.no, 1);
	assert_int_equal(log.first, 33);
	assert_true(text_is(log.origin, "test.bansho/journal/2026"));
	assert_true(text_is(log.place, "2026"));
	assert_null(look_begin(world.store, world.arena, &look));
	assert_null(journal_entry_read(&look, 32, &entry));
	assert_true(text_is(entry.act, "journal.close"));
	assert_null(journal_entry_read(&look, 33, &entry));
	assert_true(text_is(entry.act, "journal.begin"));
	assert_true(text_has(entry.json, T("\"previous-size\":33")));
	look_end(&look);
	assert_false(file_exists(world_path(&world, "seal/test/key")));
	assert_true(file_exists(world_path(&world, "seal/test/2026/key")));
	world_fill(&world, 33, 400);
	assert_null(journal_seal(world.store, world.sealer));
	const struct journal_report report = must_be_right(&world, first);
	assert_int_equal(report.logs, 2);
	assert_int_equal(report.signed_size, report.size);
	/* A clock that goes back opens nothing again. */
	now_is = noon(2025, 5, 1);
	assert_false(due_now(&world).turn);
	error = journal_turn(world.store, world.sealer, &clock_actor);
	assert_int_equal(error->kind, ERROR_CONFLICT);
	world_fill(&world, 400, 410);
	assert_int_equal(log_now(&world).no, 1);
	world_end(&world);
}

static void
keys_roll_and_the_old_one_is_gone(void **state)
{
	(void)state;
	struct world world = begin_world();
	struct journal_key *keys;
	const struct text first = line_of(&world, "seal/test/vkey");
	for (int no = 1; no <= 5; no++) {
		struct text was, is;
		assert_null(file_read(world.arena, world_path(&world, "seal/test/key"), 32, &was));
		assert_null(journal_roll(world.store, world.sealer, &clock_actor));
		assert_null(file_read(world.arena, world_path(&world, "seal/test/key"), 32, &is));
		assert_false(text_same(was, is));
		assert_false(file_exists(world_path(&world, "seal/test/key.old")));
		assert_false(file_exists(world_path(&world, "seal/test/key.next")));
		const struct journal_log log = log_now(&world);
		assert_int_equal(keys_of(&world, &log, &keys), no + 1);
		assert_true(text_same(keys[no].vkey, line_of(&world, "seal/test/vkey")));
		if (no == 3) /* two rolls on end */
			continue;
		world_fill(&world, no * 100, no * 100 + 70);
		assert_null(journal_seal(world.store, world.sealer));
	}
	const struct journal_report report = must_be_right(&world, first);
	assert_int_equal(report.signed_size, report.size);
	/* Any key of the row leads on; one that is none of them does not. */
	must_be_right(&world, keys[2].vkey);
	must_be_right(&world, keys[5].vkey);
	SECRET_SCOPED seed = secret_open(NOTE_SEED_LEN);
	const struct note_key other = note_key_of_seed(T("test.bansho/journal/2025"), seed);
	const struct journal_verify_options options = { .vkey = note_vkey(world.arena, &other) };
	struct journal_report wrong;
	world_verify(&world, &options, &wrong);
	assert_non_null(find(&wrong, FINDING_KEY_OTHER));
	world_end(&world);
}

static struct error *
set_days(struct act *act, void *with)
{
	TRY(act_set(act, T("journal.key-days"), text_of(*(const char **)with)));
	return act_note(act, &(struct fact){ .act = "settings.change", .about = { T("body") } });
}

static void
a_key_is_due_by_days_and_only_when_it_signed_something(void **state)
{
	(void)state;
	struct world world = begin_world();
	const char *week = "7", *never = "0";
	assert_false(due_now(&world).roll);
	now_is = noon(2025, 6, 3);
	assert_true(due_now(&world).roll);
	assert_null(journal_roll(world.store, world.sealer, &clock_actor));
	assert_false(due_now(&world).roll);
	now_is = noon(2025, 6, 9);
	assert_false(due_now(&world).roll); /* nothing happened since */
	world_fill(&world, 1, 2);
	assert_true(due_now(&world).roll);
	assert_null(store_act(world.store, world.arena, &clock_actor, set_days, &week));
	assert_false(due_now(&world).roll);
	now_is = noon(2025, 6, 10);
	assert_true(due_now(&world).roll);
	assert_null(store_act(world.store, world.arena, &clock_actor, set_days, &never));
	assert_false(due_now(&world).roll);
	world_end(&world);
}

static void
another_process_goes_on_in_the_new_log(void **state)
{
	(void)state;
	struct world world = begin_world();
	struct world other = world;
	world_open(&other);
	world_fill(&other, 30, 40);
	turn(&world, 2026);
	world_fill(&other, 40, 300);
	assert_null(journal_roll(other.store, other.sealer, &clock_actor));
	world_fill(&world, 300, 620);
	assert_null(journal_seal(world.store, world.sealer));
	assert_null(journal_seal(other.store, other.sealer));
	turn(&other, 2027);
	world_fill(&world, 700, 710);
	assert_null(journal_seal(world.store, world.sealer));
	const struct journal_report report = must_be_right(&world, T(""));
	assert_int_equal(report.logs, 3);
	assert_int_equal(report.signed_size, report.size);
	world_shut(&other);
	world_end(&world);
}

/* ---- Interrupted ---- */

static void
whatever_store_call_fails_it_is_finished_later(void **state)
{
	(void)state;
	struct world world = begin_world();
	int64_t failed = 0;
	for (int64_t n = 1; n < 60; n++) {
		const bool is_turn = n % 2 == 0;
		if (is_turn)
			now_is = noon(2025 + (int)n / 2, 4, 1);
		store_fault_at(world.store, n);
		struct error *error =
			is_turn ? journal_turn(world.store, world.sealer, &clock_actor)
				: journal_roll(world.store, world.sealer, &clock_actor);
		store_fault_at(world.store, 0);
		failed += error != OK ? 1 : 0;
		error_sweep();
		world_fill(&world, n * 10, n * 10 + 3);
		assert_null(journal_seal(world.store, world.sealer));
		if (is_turn && log_now(&world).no < n / 2)
			assert_null(journal_turn(world.store, world.sealer, &clock_actor));
		const struct journal_report report = must_be_right(&world, T(""));
		assert_int_equal(report.signed_size, report.size);
	}
	assert_true(failed > 20);
	assert_int_equal(log_now(&world).no, 29);
	world_end(&world);
}

/* A sealer that is killed before its n-th change of the disk. */
static void
put_crashing_sealer(struct world *world)
{
	const char *script = world_path(world, "sealer");
	const char *lib = path_join(world->arena, program_folder(world->arena),
				    "libcrash_at.so");
	assert_null(file_replace(script,
				 text_format(world->arena,
					     "#!/bin/sh\nexport ASAN_OPTIONS=verify_asan_link_order=0\nCRASH_AT=$(cat %s/at) LD_PRELOAD=%s "
					     "exec %s \"$@\"\n",
					     world->folder, lib, world->program),
				 0755));
	world->program = script;
}

static void
crash_at(struct world *world, int n)
{
	assert_null(file_replace(world_path(world, "at"),
				 text_format(world->arena, "%d", n), 0600));
}

static int
interrupt(struct world *world, int *year, bool is_turn)
{
	int crashes = 0;
	for (int n = 1; n < 80; n++) {
		world_shut(world);
		crash_at(world, n);
		world_open(world);
		if (is_turn)
			now_is = noon(++*year, 4, 1);
		struct error *error =
			is_turn ? journal_turn(world->store, world->sealer, &clock_actor)
				: journal_roll(world->store, world->sealer, &clock_actor);
		const bool is_done = error == OK;
		error_sweep();
		world_shut(world);
		crash_at(world, 0);
		world_open(world);
		assert_null(journal_seal(world->store, world->sealer));
		if (is_turn && due_now(world).turn)
			assert_null(journal_turn(world->store, world->sealer, &clock_actor));
		world_fill(world, n, n + 2);
		assert_null(journal_seal(world->store, world->sealer));
		const struct journal_report report = must_be_right(world, T(""));
		assert_int_equal(report.signed_size, report.size);
		assert_int_equal(run_shell("cd %s/seal/test && ! ls key.old */key.old >/dev/null "
					   "2>&1 && test $(ls key */key 2>/dev/null | wc -l) = 1",
					   world->folder), 0);
		if (is_done)
			return crashes;
		crashes++;
	}
	return crashes;
}

static void
wherever_the_sealer_dies_it_is_finished_later(void **state)
{
	(void)state;
	struct world world = begin_world();
	int year = 2025;
	world_shut(&world);
	put_crashing_sealer(&world);
	crash_at(&world, 0);
	world_open(&world);
	const int rolls = interrupt(&world, &year, false);
	const int turns = interrupt(&world, &year, true);
	print_message("# died at %d places of a roll, %d of a turn\n", rolls, turns);
	assert_true(rolls >= 10 && rolls < 79);
	assert_true(turns >= 10 && turns < 79);
	world_end(&world);
}

/* ---- What the sealer refuses ---- */

enum { LEAVES = 12 };

struct talk {
	struct world world;
	struct child child;
	struct hash leaves[LEAVES];
	int64_t count;
};

static struct text
say_to(struct talk *talk, struct text words)
{
	struct text answer;
	bool is_end;
	assert_null(wire_send(talk->child.fd, words));
	assert_null(wire_receive(talk->world.arena, talk->child.fd, &answer, &is_end));
	assert_false(is_end);
	return answer;
}

static struct error *
grown(void *with, int level, int64_t index, struct hash *hash)
{
	const struct hash *leaves = with;
	*hash = merkle_root_of(&leaves[index << level], (int64_t)1 << level);
	return OK;
}

static struct text
hashes(struct talk *talk, const struct merkle_proof *proof)
{
	struct text list = T("");
	for (size_t at = 0; at < proof->count; at++)
		list = text_format(talk->world.arena, "%.*s%s\"%.*s\"", T_ARG(list), at ? "," : "",
				   T_ARG(hash_hex(talk->world.arena, &proof->at[at])));
	return list;
}

static struct text
inclusion(struct talk *talk, struct hash *leaves, int64_t leaf, int64_t size)
{
	const struct merkle_source source = { leaves, grown };
	struct merkle_proof proof;
	assert_null(merkle_inclusion(&source, leaf, size, &proof));
	return hashes(talk, &proof);
}

/* Sign our leaves up to `size`. */
static struct text
sign_to(struct talk *talk, const char *origin, int64_t from, int64_t size)
{
	struct arena *arena = talk->world.arena;
	const struct merkle_source source = { talk->leaves, grown };
	const struct hash root = merkle_root_of(talk->leaves, size);
	struct merkle_proof proof;
	assert_null(merkle_consistency(&source, from, size, &proof));
	return say_to(talk, text_format(arena,
					"{\"do\":\"sign\",\"from\":%lld,\"origin\":\"%s\","
					"\"proof\":[%.*s],\"root\":\"%.*s\",\"size\":%lld}",
					(long long)from, origin, T_ARG(hashes(talk, &proof)),
					T_ARG(hash_hex(arena, &root)), (long long)size));
}

static struct text
quoted(struct talk *talk, struct text json)
{
	return text_replace(talk->world.arena, json, T("\""), T("\\\""));
}

static struct text
vkey_in(struct talk *talk, struct text answer)
{
	size_t at;
	struct text vkey, rest;
	assert_true(text_find(answer, T("\"vkey\":\""), &at));
	text_cut(text_from(answer, at + 8), '"', &vkey, &rest);
	(void)talk;
	return vkey;
}

static struct talk
talk_begin(void)
{
	struct talk talk = { .world = world_place() };
	struct world *world = &talk.world;
	assert_int_equal(run_shell("%s --data %s --body test init --place 2025 >/dev/null",
				   world->program, world->folder), 0);
	for (int at = 0; at < LEAVES; at++)
		talk.leaves[at] = merkle_leaf(text_format(world->arena, "%d", at));
	const char *const argv[] = { world->program, "--data", world->folder, "--body", "test",
				     NULL };
	assert_null(child_start(argv, &talk.child));
	return talk;
}

static void
talk_end(struct talk *talk)
{
	child_end(&talk->child);
	run_shell("rm -rf %s", talk->world.folder);
	arena_close(talk->world.arena);
}

#define OLD "test.bansho/journal/2025"
#define NEW "test.bansho/journal/2026"

static struct text
roll_wish(struct talk *talk, struct text entry, int64_t leaf, int64_t size)
{
	return text_format(talk->world.arena,
			   "{\"do\":\"roll\",\"entry\":\"%.*s\",\"leaf\":%lld,\"origin\":\"" OLD
			   "\",\"proof\":[%.*s]}",
			   T_ARG(quoted(talk, entry)), (long long)leaf,
			   T_ARG(inclusion(talk, talk->leaves, leaf, size)));
}

static void
the_sealer_rolls_only_to_a_key_that_is_announced_and_signed(void **state)
{
	(void)state;
	struct talk talk = talk_begin();
	struct arena *arena = talk.world.arena;
	assert_true(text_has(sign_to(&talk, OLD, 0, 3), T("signed")));
	const struct text next = say_to(&talk, T("{\"do\":\"next-key\",\"origin\":\"" OLD "\"}"));
	const struct text vkey = vkey_in(&talk, next);
	assert_true(text_same(next, say_to(&talk, T("{\"do\":\"next-key\",\"origin\":\"" OLD "\"}"))));
	const struct text good = text_format(arena,
		"{\"act\":\"journal.key\",\"body\":\"test\",\"data\":{\"vkey\":\"%.*s\"}}",
		T_ARG(vkey));
	SECRET_SCOPED seed = secret_open(NOTE_SEED_LEN);
	const struct note_key forged = note_key_of_seed(T(OLD), seed);
	const struct text bad = text_format(arena,
		"{\"act\":\"journal.key\",\"body\":\"test\",\"data\":{\"vkey\":\"%.*s\"}}",
		T_ARG(note_vkey(arena, &forged)));
	const struct text other_act = text_replace(arena, good, T("journal.key"), T("journal.kez"));
	talk.leaves[3] = merkle_leaf(good);
	talk.leaves[4] = merkle_leaf(bad);
	talk.leaves[5] = merkle_leaf(other_act);
	/* not signed yet; an entry that is not there; another key; another act */
	assert_true(text_has(say_to(&talk, roll_wish(&talk, good, 3, 4)), T("\"entry\"")));
	assert_true(text_has(sign_to(&talk, OLD, 3, 6), T("signed")));
	assert_true(text_has(say_to(&talk, roll_wish(&talk, good, 2, 6)), T("\"entry\"")));
	assert_true(text_has(say_to(&talk, roll_wish(&talk, bad, 4, 6)), T("\"entry\"")));
	assert_true(text_has(say_to(&talk, roll_wish(&talk, other_act, 5, 6)), T("\"entry\"")));
	assert_true(text_has(say_to(&talk, roll_wish(&talk, good, 3, 6)), T("\"rolled\"")));
	assert_true(text_has(say_to(&talk, roll_wish(&talk, good, 3, 6)), T("\"rolled\"")));
	assert_true(text_same(vkey_in(&talk, sign_to(&talk, OLD, 6, 8)), vkey));
	assert_true(text_has(sign_to(&talk, OLD, 6, 7), T("\"smaller\"")));
	talk_end(&talk);
}

static struct text
turn_wish(struct talk *talk, struct text close, struct text begin, struct hash *next, int64_t size)
{
	struct arena *arena = talk->world.arena;
	next[0] = merkle_leaf(begin);
	const struct hash root = merkle_root_of(next, 2);
	return text_format(arena,
			   "{\"begin\":\"%.*s\",\"begin-proof\":[%.*s],\"close\":\"%.*s\","
			   "\"close-proof\":[%.*s],\"do\":\"turn\",\"origin\":\"" NEW
			   "\",\"root\":\"%.*s\",\"size\":2}",
			   T_ARG(quoted(talk, begin)), T_ARG(inclusion(talk, next, 0, 2)),
			   T_ARG(quoted(talk, close)),
			   T_ARG(inclusion(talk, talk->leaves, size - 1, size)),
			   T_ARG(hash_hex(arena, &root)));
}

static struct text
begin_entry(struct talk *talk, const char *origin, int64_t size, const struct hash *root)
{
	return text_format(talk->world.arena,
			   "{\"act\":\"journal.begin\",\"body\":\"test\",\"data\":{"
			   "\"previous-origin\":\"%s\",\"previous-root\":\"%.*s\","
			   "\"previous-size\":%lld}}",
			   origin, T_ARG(hash_hex(talk->world.arena, root)), (long long)size);
}

static void
the_sealer_begins_a_log_only_where_the_last_one_ended(void **state)
{
	(void)state;
	struct talk talk = talk_begin();
	struct arena *arena = talk.world.arena;
	struct hash next[2] = { talk.leaves[0], talk.leaves[1] };
	const struct text ask = T("{\"do\":\"next-log\",\"origin\":\"" NEW "\"}");
	assert_true(text_has(say_to(&talk, ask), T("\"closed\""))); /* nothing to follow yet */
	assert_true(text_has(sign_to(&talk, OLD, 0, 3), T("signed")));
	const struct text vkey = vkey_in(&talk, say_to(&talk, ask));
	assert_true(text_same(vkey, vkey_in(&talk, say_to(&talk, ask))));
	assert_true(text_starts(vkey, T(NEW "+")));
	const struct text close = text_format(arena,
		"{\"act\":\"journal.close\",\"body\":\"test\",\"data\":{\"next-origin\":\"" NEW
		"\",\"next-vkey\":\"%.*s\"}}", T_ARG(vkey));
	const struct text other = text_replace(arena, close, T("+"), T("-"));
	talk.leaves[3] = merkle_leaf(close);
	const struct hash root = merkle_root_of(talk.leaves, 4);
	const struct hash wrong = merkle_root_of(talk.leaves, 3);
	const struct text begin = begin_entry(&talk, OLD, 4, &root);
	/* the close is not signed yet */
	assert_true(text_has(say_to(&talk, turn_wish(&talk, close, begin, next, 4)), T("\"begin\"")));
	assert_true(text_has(sign_to(&talk, OLD, 3, 4), T("signed")));
	/* without showing anything; other root, size, origin; another close */
	assert_true(text_has(sign_to(&talk, NEW, 0, 2), T("\"begin\"")));
	assert_true(text_has(say_to(&talk, turn_wish(&talk, close,
						     begin_entry(&talk, OLD, 4, &wrong), next, 4)),
			     T("\"begin\"")));
	assert_true(text_has(say_to(&talk, turn_wish(&talk, close,
						     begin_entry(&talk, OLD, 3, &root), next, 4)),
			     T("\"begin\"")));
	assert_true(text_has(say_to(&talk, turn_wish(&talk, close,
						     begin_entry(&talk, NEW, 4, &root), next, 4)),
			     T("\"begin\"")));
	assert_true(text_has(say_to(&talk, turn_wish(&talk, other, begin, next, 4)),
			     T("\"begin\"")));
	assert_true(file_exists(world_path(&talk.world, "seal/test/key")));
	assert_true(text_has(say_to(&talk, turn_wish(&talk, close, begin, next, 4)), T("signed")));
	/* The old log is closed for good: its last head is given again, nothing beyond. */
	assert_false(file_exists(world_path(&talk.world, "seal/test/key")));
	assert_true(text_has(sign_to(&talk, OLD, 4, 4), T("signed")));
	assert_true(text_has(sign_to(&talk, OLD, 4, 6), T("\"closed\"")));
	assert_true(text_has(say_to(&talk, T("{\"do\":\"next-key\",\"origin\":\"" OLD "\"}")),
			     T("\"closed\"")));
	assert_true(text_has(say_to(&talk, T("{\"do\":\"next-log\",\"origin\":\"" OLD "\"}")),
			     T("\"closed\"")));
	assert_true(text_has(say_to(&talk, T("{\"do\":\"head\",\"origin\":\"other/journal\"}")),
			     T("\"origin\"")));
	assert_true(text_has(say_to(&talk, T("{\"do\":\"head\"}")), T(NEW)));
	talk_end(&talk);
}

/* ---- Forged ---- */

static void
insert_checkpoint(struct world *world, const struct journal_log *log, int64_t size,
		  struct secret seed)
{
	struct head head = { log->origin, size, { { 0 } } };
	struct look look;
	assert_null(look_begin(world->store, world->arena, &look));
	assert_null(journal_root(&look, log, size, &head.root));
	look_end(&look);
	const struct text note = note_sign(world->arena, &head, seed);
	assert_int_equal(run_shell("sqlite3 %s \"INSERT INTO journal_checkpoint VALUES "
				   "(%lld, '%.*s', 0)\"", world->store_path,
				   (long long)((log->no << 48) + size), T_ARG(note)), 0);
}

static struct secret
read_seed(struct world *world, const char *name)
{
	struct secret seed;
	assert_null(secret_read_file(world_path(world, name), NOTE_SEED_LEN, &seed));
	return seed;
}

static struct error *
announce(struct act *act, void *with)
{
	return act_note(act, &(struct fact){ .act = "journal.key",
					     .about = { T("journal:2025") },
					     .pairs = { { "vkey", *(struct text *)with, 0 } } });
}

static void
a_key_that_the_one_before_did_not_sign_is_found(void **state)
{
	(void)state;
	struct world world = begin_world();
	SECRET_SCOPED seed = secret_open(NOTE_SEED_LEN);
	const struct note_key forged = note_key_of_seed(T(OLD), seed);
	struct text vkey = note_vkey(world.arena, &forged);
	assert_null(store_act(world.store, world.arena, &clock_actor, announce, &vkey));
	const struct journal_log log = log_now(&world);
	insert_checkpoint(&world, &log, log.size, seed);
	must_find(&world, FINDING_KEY_OTHER, "前の鍵で署名されていません");
	/* nor does the sealer go over to it */
	world_fill(&world, 40, 45);
	struct error *error = journal_seal(world.store, world.sealer);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_REFUSED);
	assert_false(text_same(line_of(&world, "seal/test/vkey"), vkey));
	world_end(&world);
}

static void
a_key_that_no_entry_announced_is_found(void **state)
{
	(void)state;
	struct world world = begin_world();
	SECRET_SCOPED seed = secret_open(NOTE_SEED_LEN);
	const struct note_key forged = note_key_of_seed(T(OLD), seed);
	assert_int_equal(run_shell("sqlite3 %s \"INSERT INTO journal_log_key VALUES (7, 0, '%.*s')\"",
				   world.store_path, T_ARG(note_vkey(world.arena, &forged))), 0);
	world_fill(&world, 40, 45);
	const struct journal_log log = log_now(&world);
	insert_checkpoint(&world, &log, log.size, seed);
	must_find(&world, FINDING_KEY_OTHER, "告げた記録がありません");
	world_end(&world);
}

static void
an_old_key_after_the_roll_is_found(void **state)
{
	(void)state;
	struct world world = begin_world();
	SECRET_SCOPED old = read_seed(&world, "seal/test/key");
	assert_null(journal_roll(world.store, world.sealer, &clock_actor));
	world_fill(&world, 40, 50);
	assert_null(journal_seal(world.store, world.sealer));
	world_fill(&world, 50, 60);
	const struct journal_log log = log_now(&world);
	must_be_right(&world, T(""));
	insert_checkpoint(&world, &log, log.size, old);
	must_find(&world, FINDING_KEY_OTHER, "替えたあとの古い鍵");
	world_end(&world);
}

static void
a_new_key_before_its_announcement_is_found(void **state)
{
	(void)state;
	struct world world = begin_world();
	assert_null(journal_roll(world.store, world.sealer, &clock_actor));
	world_fill(&world, 40, 50);
	assert_null(journal_seal(world.store, world.sealer));
	SECRET_SCOPED seed = read_seed(&world, "seal/test/key");
	const struct journal_log log = log_now(&world);
	insert_checkpoint(&world, &log, 20, seed);
	must_find(&world, FINDING_KEY_OTHER, "まだ告げられていない鍵");
	world_end(&world);
}

static void
a_log_opened_again_or_cut_off_is_found(void **state)
{
	(void)state;
	struct world world = begin_world();
	SECRET_SCOPED old = read_seed(&world, "seal/test/key");
	const struct journal_log was = log_now(&world);
	turn(&world, 2026);
	world_fill(&world, 40, 45);
	assert_null(journal_seal(world.store, world.sealer));
	struct text head;
	bool found;
	assert_null(sealer_note_read(world.arena, world.folder, T("test"), &found, &head));
	assert_true(found && text_starts(head, T(NEW "\n")));
	world_shut(&world);
	assert_int_equal(run_shell("cp %s %s/kept", world.store_path, world.folder), 0);
	/* the old log goes on under its stolen key: more than it has */
	world_open(&world);
	struct head more = { was.origin, 40, { { 0 } } };
	const struct text note = note_sign(world.arena, &more, old);
	assert_int_equal(run_shell("sqlite3 %s \"INSERT INTO journal_checkpoint VALUES (40, '%.*s', 0)\"",
				   world.store_path, T_ARG(note)), 0);
	must_find(&world, FINDING_TAIL_CUT, "末尾");
	world_shut(&world);
	/* the whole new log is gone: the close tells, and a checkpoint of it kept elsewhere */
	assert_int_equal(run_shell("cd %s && cp kept store.sqlite && sqlite3 store.sqlite "
				   "\"DELETE FROM journal_log WHERE id = 1; DELETE FROM journal_log_key;"
				   "DELETE FROM journal_entry WHERE id >= 31; DELETE FROM journal_about WHERE entry >= 31;"
				   "DELETE FROM journal_salt WHERE id >= 31; DELETE FROM journal_checkpoint WHERE id > 31;\"",
				   world.folder), 0);
	world_open(&world);
	must_find(&world, FINDING_TAIL_CUT, "続きの記録簿");
	struct journal_report report;
	const struct journal_verify_options options = { .earlier = &head, .earlier_count = 1 };
	world_verify(&world, &options, &report);
	assert_non_null(find(&report, FINDING_TAIL_CUT));
	world_shut(&world);
	/* the row that says a log begins is gone */
	assert_int_equal(run_shell("cd %s && cp kept store.sqlite && sqlite3 store.sqlite "
				   "'DELETE FROM journal_log WHERE id = 1'", world.folder), 0);
	world_open(&world);
	must_find(&world, FINDING_LOG_BROKEN, "閉じた記録簿に");
	must_find(&world, FINDING_CHECKPOINT_BAD, "記録のない記録簿の検証点");
	world_shut(&world);
	/* the last head of the old log is gone, so nothing vouches for where the new one begins */
	assert_int_equal(run_shell("cd %s && cp kept store.sqlite && sqlite3 store.sqlite "
				   "'DELETE FROM journal_checkpoint WHERE id = 31'", world.folder), 0);
	world_open(&world);
	must_find(&world, FINDING_LOG_BROKEN, "署名がないまま");
	world_end(&world);
}

/* ---- Bundles ---- */

static void
bundles_of_several_logs_and_keys_verify(void **state)
{
	(void)state;
	struct world world = begin_world();
	const struct text first = line_of(&world, "seal/test/vkey");
	struct journal_report report;
	struct look look;
	assert_null(journal_roll(world.store, world.sealer, &clock_actor));
	world_fill(&world, 30, 400);
	assert_null(journal_roll(world.store, world.sealer, &clock_actor));
	turn(&world, 2026);
	world_fill(&world, 400, 500);
	assert_null(journal_roll(world.store, world.sealer, &clock_actor));
	turn(&world, 2027);
	world_fill(&world, 500, 800);
	assert_null(journal_seal(world.store, world.sealer));
	const char *const names[] = { "all.zip", "all", "one.zip", "one" };
	const struct text last = line_of(&world, "seal/test/2027/vkey");
	const struct text keys[] = { T(""), first, last };
	assert_null(look_begin(world.store, world.arena, &look));
	for (int at = 0; at < 4; at++) {
		const struct journal_export_options how = { .about = at < 2 ? T("")
									     : T("setting:s7") };
		const char *path = world_path(&world, names[at]);
		assert_null(journal_export(&look, &how, path));
		for (int key = 0; key < 3; key++) {
			const struct journal_verify_options options = { .vkey = keys[key] };
			assert_null(journal_verify_bundle(world.arena, path, &options, &report));
			say_report(&world, &report);
			assert_int_equal(report.finding_total, 0);
			assert_int_equal(report.logs, 3);
			assert_int_equal(report.size, at < 2 ? 807 : 8);
		}
	}
	look_end(&look);
	const char *folder = world_path(&world, "all");
	static const struct {
		const char *edit;
		enum journal_finding_kind kind;
	} attacks[] = {
		{ "rm logs/2025/checkpoints/*", FINDING_KEY_OTHER },
		{ "sed -i 2d logs/2025/vkeys", FINDING_KEY_OTHER },
		{ "cp logs/2026/vkeys logs/2027/vkeys", FINDING_KEY_OTHER },
		{ "rm -r logs/2026; sed -i /2026/d logs/index", FINDING_LOG_BROKEN },
		{ "rm -r logs/2027; sed -i /2027/d logs/index", FINDING_TAIL_CUT },
		{ "echo 400 > logs/2026/first", FINDING_LOG_BROKEN },
		{ "cp logs/2027/checkpoint logs/2026/checkpoint", FINDING_CHECKPOINT_BAD },
		{ "echo x > logs/2026/more", FINDING_FILE_STRANGE },
		{ "rm logs/index", FINDING_FILE_STRANGE },
	};
	for (size_t at = 0; at < sizeof attacks / sizeof *attacks; at++) {
		const struct journal_verify_options options = { .vkey = first };
		assert_int_equal(run_shell("rm -rf %s.x && cp -r %s %s.x && cd %s.x && { %s; }",
					   folder, folder, folder, folder, attacks[at].edit), 0);
		assert_null(journal_verify_bundle(world.arena, world_path(&world, "all.x"), &options,
						  &report));
		if (find(&report, attacks[at].kind) == NULL) {
			print_message("after: %s\n", attacks[at].edit);
			say_report(&world, &report);
		}
		assert_non_null(find(&report, attacks[at].kind));
	}
	world_end(&world);
}

/* ---- A body of 0.1.0 ---- */

static void
a_body_of_the_first_version_goes_on(void **state)
{
	(void)state;
	struct world world = begin_world();
	static const char drop[] =
		"DROP TABLE journal_log; DROP TABLE journal_log_key; "
		"DELETE FROM store_migration WHERE room = 'journal' AND number = 2;";
	world_shut(&world);
	/* As 0.1.0 left it: no table of logs, the plain origin. */
	assert_int_equal(run_shell("cd %s && sqlite3 store.sqlite \"%s DELETE FROM "
				   "journal_checkpoint; DELETE FROM journal_key;\" && cd seal/test && "
				   "rm origin head vkey", world.folder, drop), 0);
	world_open(&world);
	assert_null(journal_seal(world.store, world.sealer));
	world_shut(&world);
	assert_int_equal(run_shell("sqlite3 %s \"%s\"", world.store_path, drop), 0);
	const struct text vkey = line_of(&world, "seal/test/vkey");
	assert_true(text_starts(vkey, T("test.bansho/journal+")));
	/* It is verified as it lies, */
	struct store *store;
	struct journal_report report;
	struct look look;
	assert_null(store_open(world.arena,
			       &(struct store_options){ .path = world.store_path,
							.is_read_only = true,
							.migrations = bansho_migrations },
			       &store));
	assert_null(look_begin(store, world.arena, &look));
	assert_null(journal_verify_store(&look, &(struct journal_verify_options){ .vkey = vkey },
					 &report));
	look_end(&look);
	store_close(store);
	say_report(&world, &report);
	assert_int_equal(report.finding_total, 0);
	assert_int_equal(report.signed_size, 30);
	/* and opened, goes on in its log until the year turns. */
	world_open(&world);
	world_fill(&world, 30, 290);
	assert_null(journal_roll(world.store, world.sealer, &clock_actor));
	assert_true(text_is(log_now(&world).origin, "test.bansho/journal"));
	assert_true(text_is(log_now(&world).place, "2025"));
	turn(&world, 2026);
	world_fill(&world, 290, 300);
	assert_null(journal_seal(world.store, world.sealer));
	assert_true(text_is(log_now(&world).origin, NEW));
	report = must_be_right(&world, vkey);
	assert_int_equal(report.logs, 2);
	assert_int_equal(report.signed_size, report.size);
	world_end(&world);
}

int
main(void)
{
	secret_start();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_year_turns_into_a_log_of_its_own),
		cmocka_unit_test(keys_roll_and_the_old_one_is_gone),
		cmocka_unit_test(a_key_is_due_by_days_and_only_when_it_signed_something),
		cmocka_unit_test(another_process_goes_on_in_the_new_log),
		cmocka_unit_test(whatever_store_call_fails_it_is_finished_later),
		cmocka_unit_test(wherever_the_sealer_dies_it_is_finished_later),
		cmocka_unit_test(the_sealer_rolls_only_to_a_key_that_is_announced_and_signed),
		cmocka_unit_test(the_sealer_begins_a_log_only_where_the_last_one_ended),
		cmocka_unit_test(a_key_that_the_one_before_did_not_sign_is_found),
		cmocka_unit_test(a_key_that_no_entry_announced_is_found),
		cmocka_unit_test(an_old_key_after_the_roll_is_found),
		cmocka_unit_test(a_new_key_before_its_announcement_is_found),
		cmocka_unit_test(a_log_opened_again_or_cut_off_is_found),
		cmocka_unit_test(bundles_of_several_logs_and_keys_verify),
		cmocka_unit_test(a_body_of_the_first_version_goes_on),
	};
	return cmocka_run_group_tests_name("logs", tests, NULL, NULL);
}
