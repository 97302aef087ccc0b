/* The witness: what it signs and what it never signs. No store, no network: those are in witness_test.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/file.h"
#include "witness/witness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LEAVES_MOST = 64 };
#define ORIGIN "town.bansho/journal"

/* A log made by hand: entries, and a seed per key. */
struct hand_log {
	struct text origin;
	struct hash leaves[LEAVES_MOST];
	struct text entries[LEAVES_MOST];
	int64_t size;
	unsigned char seed[NOTE_SEED_LEN];
};

struct world {
	struct arena *arena;
	struct witness *witness;
	char folder[64];
	struct hand_log log;
	struct witness_answer answer;
};

static struct hash *source_leaves;

static struct error *
subtree(void *with, int level, int64_t index, struct hash *hash)
{
	(void)with;
	*hash = merkle_root_of(&source_leaves[index << level], (int64_t)1 << level);
	return OK;
}

static void
must(struct error *error)
{
	if (error != OK)
		print_message("# %.*s\n", T_ARG(error->words));
	assert_null(error);
}

static void
add(struct hand_log *log, struct text entry)
{
	assert_true(log->size < LEAVES_MOST);
	log->entries[log->size] = entry;
	log->leaves[log->size++] = merkle_leaf(entry);
}

static void
grow(struct world *world, struct hand_log *log, int64_t to, const char *flavour)
{
	while (log->size < to)
		add(log, text_format(world->arena, "{\"flavour\":\"%s\",\"seq\":%lld}", flavour,
				     (long long)log->size));
}

static struct hash
root_at(struct hand_log *log, int64_t size)
{
	return merkle_root_of(log->leaves, size);
}

static struct note_key
key_of(struct hand_log *log)
{
	return note_key_of_seed(log->origin, (struct secret){ log->seed, NOTE_SEED_LEN });
}

static struct text
note_at(struct world *world, struct hand_log *log, int64_t size)
{
	const struct head head = { log->origin, size, root_at(log, size) };
	return note_sign(world->arena, &head, (struct secret){ log->seed, NOTE_SEED_LEN });
}

static struct text
body_at(struct world *world, struct hand_log *log, int64_t old, int64_t size)
{
	struct ask ask = { .old = old, .note = note_at(world, log, size) };
	const struct merkle_source source = { NULL, subtree };
	source_leaves = log->leaves;
	if (old <= size)
		must(merkle_consistency(&source, old, size, &ask.proof));
	return ask_write(world->arena, &ask);
}

static int
ask(struct world *world, struct text body)
{
	witness_add_checkpoint(world->witness, world->arena, body, &world->answer);
	return world->answer.status;
}

static int
ask_at(struct world *world, struct hand_log *log, int64_t old, int64_t size)
{
	return ask(world, body_at(world, log, old, size));
}

static struct text
key_body(struct world *world, struct hand_log *log, int64_t index, int64_t size)
{
	struct ask_key ask = { .index = index, .entry = log->entries[index],
			       .note = note_at(world, log, size) };
	const struct merkle_source source = { NULL, subtree };
	source_leaves = log->leaves;
	must(merkle_inclusion(&source, index, size, &ask.proof));
	return ask_key_write(world->arena, &ask);
}

static int
roll(struct world *world, struct text body)
{
	witness_add_key(world->witness, world->arena, body, &world->answer);
	return world->answer.status;
}

static void
new_seed(struct hand_log *log, unsigned char what)
{
	memset(log->seed, what, sizeof log->seed);
}

static int
set_up(void **state)
{
	struct world *world = calloc(1, sizeof *world);
	struct text vkey;
	world->arena = arena_open((size_t)512 << 20);
	strcpy(world->folder, "/tmp/witness-test-XXXXXX");
	assert_non_null(mkdtemp(world->folder));
	must(witness_init(world->arena, world->folder, T("pref.example/w1"), &vkey));
	must(witness_open(world->arena, world->folder, &world->witness));
	world->log.origin = T(ORIGIN);
	new_seed(&world->log, 1);
	grow(world, &world->log, 20, "honest");
	const struct note_key key = key_of(&world->log);
	must(witness_log_add(world->witness, T(ORIGIN), note_vkey(world->arena, &key)));
	*state = world;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *world = *state;
	char line[128];
	witness_close(world->witness);
	arena_close(world->arena);
	snprintf(line, sizeof line, "rm -rf '%s'", world->folder);
	assert_int_equal(system(line), 0);
	free(world);
	return 0;
}

static bool
is_cosigned(struct world *world, struct text note)
{
	struct note_key key;
	int64_t seconds = 0;
	const struct text whole = text_join(world->arena, note, world->answer.body);
	must(cosign_vkey_read(world->arena, witness_vkey(world->arena, world->witness), &key));
	return cosign_check(world->arena, whole, &key, &seconds) == NOTE_HOLDS && seconds > 1700000000;
}

static void
honest_growth_is_cosigned(void **state)
{
	struct world *world = *state;
	assert_int_equal(ask_at(world, &world->log, 0, 7), 200);
	assert_true(is_cosigned(world, note_at(world, &world->log, 7)));
	/* The cosignature is of this checkpoint, not of another. */
	assert_false(is_cosigned(world, note_at(world, &world->log, 8)));
	assert_int_equal(ask_at(world, &world->log, 7, 20), 200);
	assert_true(is_cosigned(world, note_at(world, &world->log, 20)));
	assert_int_equal(ask_at(world, &world->log, 20, 20), 200);
	witness_checkpoint(world->witness, world->arena,
			   ask_place(world->arena, T(ORIGIN)), &world->answer);
	assert_int_equal(world->answer.status, 200);
	assert_true(text_starts(world->answer.body, note_at(world, &world->log, 20)));
}

static void
a_smaller_tree_gets_the_size(void **state)
{
	struct world *world = *state;
	assert_int_equal(ask_at(world, &world->log, 0, 20), 200);
	assert_int_equal(ask_at(world, &world->log, 0, 10), 409);
	assert_string_equal(text_z(world->arena, world->answer.body), "20\n");
	assert_string_equal(world->answer.type, "text/x.tlog.size");
	assert_int_equal(ask_at(world, &world->log, 10, 10), 409);
	assert_int_equal(ask_at(world, &world->log, 20, 10), 400);
}

static void
a_fork_is_never_cosigned(void **state)
{
	struct world *world = *state;
	struct hand_log fork = world->log;
	assert_int_equal(ask_at(world, &world->log, 0, 15), 200);
	fork.size = 12; /* the stolen key, another history from entry 12 on */
	grow(world, &fork, 40, "forged");
	assert_int_equal(ask_at(world, &fork, 15, 15), 409); /* C2SP: same size, other root */
	assert_int_equal(ask_at(world, &fork, 15, 40), 422);
	assert_int_equal(ask_at(world, &fork, 0, 40), 409);
	assert_int_equal(ask_at(world, &fork, 12, 40), 409);
	/* The honest log goes on as if nothing had been. */
	assert_int_equal(ask_at(world, &world->log, 15, 20), 200);
}

static void
unknown_origins_and_keys_are_refused(void **state)
{
	struct world *world = *state;
	struct hand_log other = world->log;
	new_seed(&other, 2);
	assert_int_equal(ask_at(world, &other, 0, 5), 403);
	other.origin = T("elsewhere.bansho/journal");
	assert_int_equal(ask_at(world, &other, 0, 5), 404);
	witness_checkpoint(world->witness, world->arena, T("../key"), &world->answer);
	assert_int_equal(world->answer.status, 404);
	struct text body = body_at(world, &world->log, 0, 5);
	char *bent = (char *)(uintptr_t)text_copy(world->arena, body).data;
	bent[body.len - 12] ^= 1; /* in the signature */
	assert_int_not_equal(ask(world, (struct text){ bent, body.len }), 200);
}

static void
a_proof_for_an_empty_tree_must_be_empty(void **state)
{
	struct world *world = *state;
	struct ask wrong = { .note = note_at(world, &world->log, 5), .proof.count = 1 };
	assert_int_equal(ask(world, ask_write(world->arena, &wrong)), 422);
}

/* ---- Keys ---- */

static struct text
roll_entry(struct world *world, struct hand_log *log, unsigned char next)
{
	unsigned char seed[NOTE_SEED_LEN];
	memset(seed, next, sizeof seed);
	const struct note_key key =
		note_key_of_seed(log->origin, (struct secret){ seed, sizeof seed });
	return text_format(world->arena,
			   "{\"act\":\"journal.key\",\"body\":\"town\",\"data\":{\"vkey\":\"%.*s\"},\"seq\":%lld,\"v\":1}",
			   T_ARG(note_vkey(world->arena, &key)), (long long)log->size);
}

static void
an_honest_roll_needs_nobodys_word(void **state)
{
	struct world *world = *state;
	struct hand_log *log = &world->log;
	const int64_t at = log->size;
	add(log, roll_entry(world, log, 7));
	const int64_t covered = log->size;
	assert_int_equal(ask_at(world, log, 0, 10), 200);
	assert_int_equal(roll(world, key_body(world, log, at, covered)), 409); /* not yet seen */
	assert_int_equal(ask_at(world, log, 10, covered), 200);
	assert_int_equal(roll(world, key_body(world, log, at, covered)), 200);
	assert_int_equal(roll(world, key_body(world, log, at, covered)), 200); /* once more */
	struct hand_log old = *log;
	new_seed(log, 7);
	grow(world, log, 40, "honest");
	assert_int_equal(ask_at(world, log, covered, 40), 200);
	/* The old key is dead now: stolen from a backup, it signs nothing more. */
	grow(world, &old, 40, "honest");
	grow(world, &old, 50, "forged");
	assert_int_equal(ask_at(world, &old, 40, 50), 403);
	assert_int_equal(roll(world, key_body(world, &old, at, 40)), 403);
}

static void
a_new_key_signs_nothing_before_its_entry(void **state)
{
	struct world *world = *state;
	struct hand_log *log = &world->log;
	const int64_t at = log->size;
	add(log, roll_entry(world, log, 7));
	assert_int_equal(ask_at(world, log, 0, at + 1), 200);
	assert_int_equal(roll(world, key_body(world, log, at, at + 1)), 200);
	struct hand_log early = *log;
	new_seed(&early, 7);
	assert_int_equal(ask_at(world, &early, at + 1, at), 403);
}

static void
a_forged_roll_is_never_accepted(void **state)
{
	struct world *world = *state;
	struct hand_log *log = &world->log;
	assert_int_equal(ask_at(world, log, 0, 20), 200);
	/* A fork with the stolen key that announces the thief's key, never cosigned. */
	struct hand_log fork = *log;
	const int64_t at = fork.size;
	add(&fork, roll_entry(world, &fork, 9));
	assert_int_equal(roll(world, key_body(world, &fork, at, at + 1)), 409);
	/* The same size as the witness's tree, another content. */
	fork.size = 19;
	add(&fork, roll_entry(world, &fork, 9));
	assert_int_equal(roll(world, key_body(world, &fork, 19, 20)), 409);
	/* In the right tree, but the entry is not the one included. */
	struct ask_key lie = { .index = 3, .entry = roll_entry(world, log, 9),
			       .note = note_at(world, log, 20) };
	const struct merkle_source source = { NULL, subtree };
	source_leaves = log->leaves;
	must(merkle_inclusion(&source, 3, 20, &lie.proof));
	assert_int_equal(roll(world, ask_key_write(world->arena, &lie)), 422);
	/* An entry that is included and announces nothing. */
	assert_int_equal(roll(world, key_body(world, log, 3, 20)), 422);
	/* Signed by a stranger. */
	struct hand_log stranger = *log;
	new_seed(&stranger, 9);
	assert_int_equal(roll(world, key_body(world, &stranger, 3, 20)), 403);
	assert_int_equal(ask_at(world, &stranger, 20, 20), 403);
	/* A key with another log's name. */
	struct hand_log named = *log;
	named.origin = T("other.bansho/journal");
	const int64_t place = log->size;
	add(log, roll_entry(world, &named, 9));
	assert_int_equal(ask_at(world, log, 20, 21), 200);
	assert_int_equal(roll(world, key_body(world, log, place, 21)), 422);
}

/* ---- Years ---- */

static struct text
close_entry(struct world *world, struct hand_log *log, const char *next, unsigned char seed_of)
{
	unsigned char seed[NOTE_SEED_LEN];
	memset(seed, seed_of, sizeof seed);
	const struct note_key key =
		note_key_of_seed(text_of(next), (struct secret){ seed, sizeof seed });
	return text_format(world->arena,
			   "{\"act\":\"journal.close\",\"data\":{\"next-origin\":\"%s\",\"next-vkey\":\"%.*s\"},\"seq\":%lld}",
			   next, T_ARG(note_vkey(world->arena, &key)), (long long)log->size);
}

static struct text
begin_entry(struct world *world, struct text origin, int64_t size, struct hash root)
{
	return text_format(world->arena,
			   "{\"act\":\"journal.begin\",\"data\":{\"previous-origin\":\"%.*s\",\"previous-root\":\"%.*s\",\"previous-size\":%lld}}",
			   T_ARG(origin), T_ARG(hash_hex(world->arena, &root)), (long long)size);
}

static void
a_year_ends_and_the_next_begins_where_it_ended(void **state)
{
	struct world *world = *state;
	struct hand_log *log = &world->log;
	add(log, close_entry(world, log, ORIGIN "/2027", 5));
	const int64_t last = log->size;
	assert_int_equal(ask_at(world, log, 0, last), 200);
	assert_int_equal(roll(world, key_body(world, log, last - 1, last)), 200);
	assert_int_equal(roll(world, key_body(world, log, last - 1, last)), 200);
	struct hand_log next = { .origin = T(ORIGIN "/2027") }, lie = next;
	new_seed(&next, 5);
	new_seed(&lie, 5);
	/* The stolen next key alone begins nothing: not bare, and not from another head. */
	grow(world, &lie, 4, "forged");
	assert_int_equal(ask_at(world, &lie, 0, 4), 403);
	lie.size = 0;
	add(&lie, begin_entry(world, log->origin, last - 1, root_at(log, last - 1)));
	assert_int_equal(roll(world, key_body(world, &lie, 0, 1)), 422);
	add(&next, begin_entry(world, log->origin, last, root_at(log, last)));
	grow(world, &next, 6, "honest");
	assert_int_equal(roll(world, key_body(world, &next, 0, 3)), 200);
	assert_true(is_cosigned(world, note_at(world, &next, 3)));
	assert_int_equal(roll(world, key_body(world, &next, 0, 3)), 409);
	assert_string_equal(text_z(world->arena, world->answer.body), "3\n");
	assert_int_equal(ask_at(world, &next, 3, 6), 200);
	/* The closed year stays as it was. */
	assert_int_equal(ask_at(world, log, last, last), 200);
	grow(world, log, last + 3, "forged");
	assert_int_equal(ask_at(world, log, last, last + 3), 403);
}

static void
only_the_last_entry_closes_and_only_for_its_own_family(void **state)
{
	struct world *world = *state;
	struct hand_log *log = &world->log;
	const int64_t at = log->size;
	add(log, close_entry(world, log, ORIGIN "/2027", 5));
	grow(world, log, at + 2, "honest");
	assert_int_equal(ask_at(world, log, 0, at + 2), 200);
	assert_int_equal(roll(world, key_body(world, log, at, at + 2)), 422);
	const char *const wrong[] = { "other.bansho/journal/2027", ORIGIN "/20a7", ORIGIN "/20270",
				      ORIGIN, "town.bansho/journalist/2027" };
	for (size_t no = 0; no < sizeof wrong / sizeof *wrong; no++) {
		const int64_t size = log->size;
		add(log, close_entry(world, log, wrong[no], 5));
		assert_int_equal(ask_at(world, log, size, size + 1), 200);
		assert_int_equal(roll(world, key_body(world, log, size, size + 1)), 422);
	}
}

/* ---- Hostile bytes ---- */

static void
every_cut_and_every_bent_byte_is_answered(void **state)
{
	struct world *world = *state;
	struct text bodies[2];
	add(&world->log, roll_entry(world, &world->log, 7));
	assert_int_equal(ask_at(world, &world->log, 0, 10), 200);
	bodies[0] = body_at(world, &world->log, 10, 21);
	assert_int_equal(ask_at(world, &world->log, 10, 21), 200);
	bodies[1] = key_body(world, &world->log, 20, 21);
	for (size_t which = 0; which < 2; which++)
		for (size_t at = 0; at < bodies[which].len; at++) {
			ARENA_SCOPED arena = arena_open(ARENA_USUAL);
			struct witness_answer answer;
			void (*const call)(struct witness *, struct arena *, struct text,
					   struct witness_answer *) =
				which == 0 ? witness_add_checkpoint : witness_add_key;
			call(world->witness, arena, text_first(bodies[which], at), &answer);
			assert_int_not_equal(answer.status, 200);
			char *bent = (char *)(uintptr_t)text_copy(arena, bodies[which]).data;
			bent[at] ^= 0x15;
			call(world->witness, arena, (struct text){ bent, bodies[which].len }, &answer);
			assert_true(answer.status != 200 && answer.status < 500);
			error_sweep();
		}
	/* It still knows what it knew. */
	assert_int_equal(ask(world, bodies[0]), 409);
	assert_string_equal(text_z(world->arena, world->answer.body), "21\n");
}

static void
limits_are_met(void **state)
{
	struct world *world = *state;
	struct ask_key long_one = { .entry = { calloc(1, 70000), 70000 },
				    .note = note_at(world, &world->log, 5) };
	assert_int_equal(roll(world, ask_key_write(world->arena, &long_one)), 400);
	free((void *)(uintptr_t)long_one.entry.data);
	struct ask many = { .old = 1, .note = note_at(world, &world->log, 5), .proof.count = 64 };
	assert_int_equal(ask(world, ask_write(world->arena, &many)), 400);
	const char *const bad[] = { "", "old", "old 1", "old 01\n", "old -1\n\n", "old 1\n\n",
				    "old 99999999999999999999\n\n", "old 1 \n\n", "old １\n\n" };
	for (size_t at = 0; at < sizeof bad / sizeof *bad; at++)
		assert_int_equal(ask(world, text_of(bad[at])), 400);
}

/* ---- Its own place ---- */

static void
the_key_is_kept_to_itself_and_never_replaced(void **state)
{
	struct world *world = *state;
	struct stat about;
	struct text vkey;
	char path[128];
	snprintf(path, sizeof path, "%s/key", world->folder);
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	assert_non_null(witness_init(world->arena, world->folder, T("another"), &vkey));
	assert_non_null(witness_log_add(world->witness, T(ORIGIN), T("nonsense")));
	const struct note_key key = key_of(&world->log);
	assert_non_null(
		witness_log_add(world->witness, T(ORIGIN), note_vkey(world->arena, &key)));
}

static void
a_broken_memory_stops_it(void **state)
{
	struct world *world = *state;
	assert_int_equal(ask_at(world, &world->log, 0, 5), 200);
	const char *place = text_z(world->arena,
				   text_format(world->arena, "%s/logs/%.*s", world->folder,
					       T_ARG(ask_place(world->arena, T(ORIGIN)))));
	must(file_replace(place, T("nonsense\n"), 0600));
	assert_int_equal(ask_at(world, &world->log, 0, 5), 500);
}

/* ---- Carried files ---- */

static struct text
file_of(struct world *world, int64_t old, int64_t size)
{
	struct carry_part part = { .kind = CARRY_CHECKPOINT, .size = size, .origin = T(ORIGIN),
				   .body = body_at(world, &world->log, old, size) };
	const struct carry carry = { .witness = witness_vkey(world->arena, world->witness),
				     .parts = &part, .count = 1 };
	return carry_write(world->arena, &carry);
}

static struct witness_carried
carried(struct world *world, struct text file)
{
	struct witness_carried done;
	struct text answer;
	must(witness_carry(world->witness, world->arena, file, &answer, &done));
	return done;
}

static void
carried_files_are_answered_in_their_order(void **state)
{
	struct world *world = *state;
	const struct text first = file_of(world, 0, 5), second = file_of(world, 5, 9);
	struct witness_carried done = carried(world, second);
	assert_false(done.is_done);
	assert_true(text_has(done.words, T("--from 0")));
	assert_true(carried(world, first).is_done);
	done = carried(world, first);
	assert_true(done.is_done && done.is_again);
	assert_true(carried(world, second).is_done);
	done = carried(world, first);
	assert_false(done.is_done);
	assert_true(text_has(done.words, T("古い")));
}

static void
carried_files_for_others_are_refused(void **state)
{
	struct world *world = *state;
	struct witness_carried done;
	struct text answer;
	const struct text file = file_of(world, 0, 5);
	unsigned char seed[NOTE_SEED_LEN] = { 3 };
	const struct note_key key =
		cosign_key_of_seed(T("pref.example/w1"), (struct secret){ seed, sizeof seed });
	const struct carry other = { .witness = cosign_vkey(world->arena, &key) };
	assert_non_null(witness_carry(world->witness, world->arena,
				      carry_write(world->arena, &other), &answer, &done));
	for (size_t at = 0; at < file.len; at++)
		assert_non_null(witness_carry(world->witness, world->arena, text_first(file, at),
					      &answer, &done));
	error_sweep();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define WITH(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
		WITH(honest_growth_is_cosigned),
		WITH(a_smaller_tree_gets_the_size),
		WITH(a_fork_is_never_cosigned),
		WITH(unknown_origins_and_keys_are_refused),
		WITH(a_proof_for_an_empty_tree_must_be_empty),
		WITH(an_honest_roll_needs_nobodys_word),
		WITH(a_new_key_signs_nothing_before_its_entry),
		WITH(a_forged_roll_is_never_accepted),
		WITH(a_year_ends_and_the_next_begins_where_it_ended),
		WITH(only_the_last_entry_closes_and_only_for_its_own_family),
		WITH(every_cut_and_every_bent_byte_is_answered),
		WITH(limits_are_met),
		WITH(the_key_is_kept_to_itself_and_never_replaced),
		WITH(a_broken_memory_stops_it),
		WITH(carried_files_are_answered_in_their_order),
		WITH(carried_files_for_others_are_refused),
	};
	secret_start();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
