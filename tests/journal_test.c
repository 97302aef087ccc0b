/* The journal in a real store with the real sealer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "journal_world.h"

#include "base/child.h"
#include "base/wire.h"
#include "store/query.h"

#include <time.h>

static void
an_act_leaves_its_entry_with_everything_in_it(void **state)
{
	(void)state;
	struct world world = world_make(true);
	struct journal_entry entry;
	struct look look;
	world_fill(&world, 0, 1);
	assert_null(look_begin(world.store, world.arena, &look));
	assert_null(journal_entry_read(&look, 0, &entry));
	look_end(&look);
	assert_true(text_is(entry.act, "test.set"));
	assert_true(text_is(entry.body, "test"));
	assert_int_equal(entry.about_count, 2);
	assert_true(text_is(entry.about[0], "setting:s0"));
	assert_true(text_is(entry.clauses[0], "3.2.9.a"));
	assert_int_equal(entry.pair_count, 2);
	assert_int_equal(entry.row_count, 1);
	assert_true(text_is(entry.rows[0].table, "store_setting"));
	assert_int_equal(entry.who.person, 12);
	assert_int_equal(entry.who.post, 3);
	assert_true(text_is(entry.who.role, "manager"));
	assert_true(entry.at.ms > 1700000000000);
	assert_true(text_starts(entry.json, T("{\"about\":[\"setting:s0\",\"all:1\"],\"act\":")));
	assert_false(text_has(entry.json, T("value 0"))); /* what the row holds is not in the entry */
	world_end(&world);
}

static void
a_refused_act_leaves_no_entry_and_the_tree_as_it_was(void **state)
{
	(void)state;
	struct world world = world_make(true);
	struct journal_report report;
	const struct journal_verify_options options = { 0 };
	for (int64_t no = 0; no < 600; no++)
		assert_int_equal(world_change(&world, no, no % 3 == 1) != OK, no % 3 == 1);
	assert_null(journal_seal(world.store, world.sealer));
	world_verify(&world, &options, &report);
	assert_int_equal(report.finding_total, 0);
	assert_int_equal(report.size, 400);
	assert_int_equal(report.signed_size, 400);
	world_end(&world);
}

static void
a_failing_store_call_changes_nothing_and_the_journal_goes_on(void **state)
{
	(void)state;
	struct world world = world_make(true);
	struct journal_report report;
	const struct journal_verify_options options = { 0 };
	world_fill(&world, 0, 254);
	int64_t kept = 254;
	for (int64_t n = 1; n < 330; n++) {
		store_fault_at(world.store, n);
		if (world_change(&world, 254 + n, false) == OK)
			kept++;
		store_fault_at(world.store, 0);
		error_sweep();
	}
	world_fill(&world, 600, 610);
	print_message("# kept %lld\n", (long long)kept);
	assert_true(kept > 260 && kept < 500);
	assert_null(journal_seal(world.store, world.sealer));
	world_verify(&world, &options, &report);
	assert_int_equal(report.finding_total, 0);
	assert_int_equal(report.size, kept + 10);
	world_end(&world);
}

static void
the_tree_goes_on_after_a_restart_and_beside_another_process(void **state)
{
	(void)state;
	struct world world = world_make(true);
	struct journal_report report;
	const struct journal_verify_options options = { 0 };
	world_fill(&world, 0, 300);
	world_shut(&world);
	world_open(&world);
	struct world other = world;
	world_open(&other);
	for (int64_t no = 300; no < 600; no++)
		assert_null(world_change(no % 7 < 3 ? &world : &other, no, false));
	assert_null(journal_seal(world.store, world.sealer));
	world_fill(&other, 600, 620);
	assert_null(journal_seal(other.store, other.sealer));
	world_verify(&world, &options, &report);
	assert_int_equal(report.finding_total, 0);
	assert_int_equal(report.signed_size, 620);
	assert_int_equal(report.checkpoints, 2);
	world_shut(&other);
	world_end(&world);
}

static void
history_pages_newest_first_without_gap_or_repeat(void **state)
{
	(void)state;
	struct world world = world_make(true);
	struct journal_entry *entries;
	struct look look;
	size_t count;
	int64_t before = JOURNAL_NEWEST, expected = 249;
	world_fill(&world, 0, 250);
	assert_null(look_begin(world.store, world.arena, &look));
	for (;;) {
		assert_null(journal_history(&look, T("all:1"), before, 60, &entries, &count));
		if (count == 0)
			break;
		for (size_t at = 0; at < count; at++)
			assert_int_equal(entries[at].seq, expected--);
		before = entries[count - 1].seq;
	}
	assert_int_equal(expected, -1);
	assert_null(journal_history(&look, T("setting:s7"), JOURNAL_NEWEST, 50, &entries, &count));
	assert_int_equal(count, 3);
	assert_int_equal(entries[0].seq, 207);
	assert_null(journal_history(&look, T(""), 5, 50, &entries, &count));
	assert_int_equal(count, 5);
	look_end(&look);
	world_end(&world);
}

static void
proofs_from_the_store_hold(void **state)
{
	(void)state;
	struct world world = world_make(true);
	struct look look;
	world_fill(&world, 0, 600);
	assert_null(look_begin(world.store, world.arena, &look));
	static const int64_t sizes[] = { 1, 2, 255, 256, 257, 511, 512, 513, 600 };
	struct hash roots[9];
	struct merkle_proof proof;
	struct journal_log log;
	bool found;
	assert_null(journal_log_now(&look, &found, &log));
	assert_true(found);
	for (int to = 0; to < 9; to++) {
		assert_null(journal_root(&look, &log, sizes[to], &roots[to]));
		for (int from = 0; from <= to; from++) {
			assert_null(journal_consistency(&look, &log, sizes[from], sizes[to], &proof));
			assert_true(merkle_consistency_holds(sizes[from], &roots[from], sizes[to],
							     &roots[to], &proof));
		}
		for (int64_t seq = 0; seq < sizes[to]; seq += 37) {
			struct journal_entry entry;
			assert_null(journal_entry_read(&look, seq, &entry));
			assert_null(journal_inclusion(&look, &log, seq, sizes[to], &proof));
			assert_true(merkle_inclusion_holds(&entry.leaf, seq, sizes[to], &proof,
							   &roots[to]));
		}
	}
	struct error *error = journal_root(&look, &log, 601, &roots[0]);
	assert_int_equal(error->kind, ERROR_INVALID);
	look_end(&look);
	world_end(&world);
}

static void
without_a_key_acts_are_done_and_the_trouble_is_said(void **state)
{
	(void)state;
	struct world world = world_make(false);
	struct sealing *sealing;
	struct journal_state now;
	struct look look;
	assert_null(sealing_start(world.arena, world.store, world.journal, world.sealer, &sealing));
	world_fill(&world, 0, 5);
	struct error *error = journal_seal(world.store, world.sealer);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_MISSING);
	assert_true(text_has(error->words, T("署名鍵")));
	now.trouble = T("");
	for (int tries = 0; tries < 600 && now.trouble.len == 0; tries++) {
		usleep(50000);
		assert_null(look_begin(world.store, world.arena, &look));
		assert_null(journal_state(&look, sealing, &now));
		look_end(&look);
	}
	assert_int_equal(now.size, 5);
	assert_int_equal(now.signed_size, 0);
	assert_true(text_has(now.trouble, T("署名鍵")));
	/* The key is put in place: sealing goes on by itself. */
	assert_int_equal(run_shell("%s --data %s --body test init >/dev/null", world.program,
				   world.folder), 0);
	sealing_stop(sealing);
	assert_null(look_begin(world.store, world.arena, &look));
	assert_null(journal_state(&look, NULL, &now));
	look_end(&look);
	assert_int_equal(now.signed_size, 5);
	world_end(&world);
}

static void
the_thread_seals_what_was_committed(void **state)
{
	(void)state;
	struct world world = world_make(true);
	struct sealing *sealing;
	struct journal_state now = { 0 };
	struct look look;
	assert_null(sealing_start(world.arena, world.store, world.journal, world.sealer, &sealing));
	world_fill(&world, 0, 40);
	for (int tries = 0; tries < 600 && now.signed_size != 40; tries++) {
		usleep(50000);
		assert_null(look_begin(world.store, world.arena, &look));
		assert_null(journal_state(&look, sealing, &now));
		look_end(&look);
	}
	assert_int_equal(now.signed_size, 40);
	sealing_stop(sealing);
	world_end(&world);
}

static struct text
say_to(struct world *world, struct child *child, struct text words)
{
	struct text answer;
	bool is_end;
	assert_null(wire_send(child->fd, words));
	assert_null(wire_receive(world->arena, child->fd, &answer, &is_end));
	assert_false(is_end);
	return answer;
}

static struct text
wish(struct world *world, int64_t from, int64_t size, const struct hash *root,
     const struct merkle_proof *proof)
{
	struct text list = T("");
	for (size_t at = 0; at < proof->count; at++)
		list = text_format(world->arena, "%.*s%s\"%.*s\"", T_ARG(list), at ? "," : "",
				   T_ARG(hash_hex(world->arena, &proof->at[at])));
	return text_format(world->arena,
			   "{\"do\":\"sign\",\"from\":%lld,\"proof\":[%.*s],\"root\":\"%.*s\",\"size\":%lld}",
			   (long long)from, T_ARG(list), T_ARG(hash_hex(world->arena, root)),
			   (long long)size);
}

static struct error *
grown(void *with, int level, int64_t index, struct hash *hash)
{
	const struct hash *leaves = with;
	*hash = merkle_root_of(&leaves[index << level], (int64_t)1 << level);
	return OK;
}

static void
the_sealer_signs_nothing_but_an_extension(void **state)
{
	(void)state;
	struct world world = world_make(true);
	struct hash leaves[40], other;
	for (int at = 0; at < 40; at++)
		leaves[at] = merkle_leaf(text_format(world.arena, "%d", at));
	const struct merkle_source source = { leaves, grown };
	struct merkle_proof proof = { .count = 0 };
	const struct hash ten = merkle_root_of(leaves, 10), twenty = merkle_root_of(leaves, 20);
	const struct hash nine = merkle_root_of(leaves, 9);
	const char *const argv[] = { world.program, "--data", world.folder, "--body", "test", NULL };
	struct child child;
	assert_null(child_start(argv, &child));
	assert_true(text_has(say_to(&world, &child, wish(&world, 0, 10, &ten, &proof)),
			     T("\"signed\"")));
	/* smaller; same size but another root; larger without and with false proof */
	assert_true(text_has(say_to(&world, &child, wish(&world, 0, 9, &nine, &proof)),
			     T("\"smaller\"")));
	assert_true(text_has(say_to(&world, &child, wish(&world, 10, 10, &nine, &proof)),
			     T("\"fork\"")));
	assert_true(text_has(say_to(&world, &child, wish(&world, 10, 20, &twenty, &proof)),
			     T("\"proof\"")));
	assert_null(merkle_consistency(&source, 10, 20, &proof));
	other = leaves[3];
	leaves[3] = leaves[4];
	const struct hash forked = merkle_root_of(leaves, 20);
	leaves[3] = other;
	assert_true(text_has(say_to(&world, &child, wish(&world, 10, 20, &forked, &proof)),
			     T("\"proof\"")));
	assert_true(text_has(say_to(&world, &child, wish(&world, 9, 20, &twenty, &proof)),
			     T("\"stale\"")));
	assert_true(text_has(say_to(&world, &child, T("nonsense")), T("\"request\"")));
	assert_true(text_has(say_to(&world, &child, T("{\"do\":\"sign\",\"size\":-1}")),
			     T("\"request\"")));
	assert_true(text_has(say_to(&world, &child, T("{\"do\":\"head\"}")), T("\"size\":10")));
	assert_true(text_has(say_to(&world, &child, wish(&world, 10, 20, &twenty, &proof)),
			     T("\"signed\"")));
	child_end(&child);
	/* Another sealer remembers. */
	assert_null(child_start(argv, &child));
	assert_true(text_has(say_to(&world, &child, wish(&world, 0, 10, &ten, &proof)),
			     T("\"smaller\"")));
	assert_int_equal(child_end(&child), 0);
	/* A key is never made over an old one. */
	assert_int_not_equal(run_shell("%s --data %s --body test init >/dev/null 2>&1",
				       world.program, world.folder), 0);
	world_end(&world);
}

static void
a_store_put_back_to_an_earlier_state_is_not_sealed(void **state)
{
	(void)state;
	struct world world = world_make(true);
	world_fill(&world, 0, 10);
	assert_null(journal_seal(world.store, world.sealer));
	world_shut(&world);
	assert_int_equal(run_shell("cp %s %s.old", world.store_path, world.store_path), 0);
	world_open(&world);
	world_fill(&world, 10, 20);
	assert_null(journal_seal(world.store, world.sealer));
	world_shut(&world);
	assert_int_equal(run_shell("mv %s.old %s", world.store_path, world.store_path), 0);
	world_open(&world);
	world_fill(&world, 10, 15);
	struct error *error = journal_seal(world.store, world.sealer);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_REFUSED);
	world_fill(&world, 15, 30);
	error = journal_seal(world.store, world.sealer);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_REFUSED);
	world_end(&world);
}

struct bulk {
	int64_t rows;
};

static struct error *
bulk_work(struct act *act, void *with)
{
	const struct bulk *bulk = with;
	for (int64_t at = 0; at < bulk->rows; at++)
		TRY(act_set(act, text_format(act->look.arena, "b%lld", (long long)at), T("x")));
	return act_note(act, &(struct fact){ .act = "test.bulk", .about = { T("bulk:1") } });
}

static void
an_act_over_many_rows_goes_on_in_further_entries(void **state)
{
	(void)state;
	struct world world = world_make(true);
	struct journal_report report;
	const struct journal_verify_options options = { 0 };
	struct journal_entry *entries;
	struct bulk bulk = { 700 };
	struct look look;
	size_t count;
	const struct actor actor = { .through = T("test") };
	assert_null(store_act(world.store, world.arena, &actor, bulk_work, &bulk));
	assert_null(look_begin(world.store, world.arena, &look));
	assert_null(journal_history(&look, T("bulk:1"), JOURNAL_NEWEST, 10, &entries, &count));
	look_end(&look);
	assert_int_equal(count, 3);
	assert_int_equal(entries[0].part, 3);
	assert_int_equal(entries[0].row_count, 100);
	assert_int_equal(entries[2].part, 1);
	world_verify(&world, &options, &report);
	assert_int_equal(report.finding_total, 0);
	assert_int_equal(report.rows, 700);
	world_end(&world);
}

/* ---- Counting acts ---- */

static int64_t
counted(const struct journal_span *span, const char *act)
{
	int64_t count = 0;
	for (size_t at = 0; at < span->count; at++)
		if (text_is(span->acts[at].act, act))
			count += span->acts[at].count;
	return count;
}

static struct journal_span
count_between(struct world *world, struct moment from, struct moment until)
{
	struct journal_span span;
	struct look look;
	assert_null(look_begin(world->store, world->arena, &look));
	assert_null(journal_count_acts(&look, from, until, &span));
	look_end(&look);
	return span;
}

static void
acts_are_counted_from_a_moment_on_and_before_another(void **state)
{
	static struct moment now;
	(void)state;
	const struct actor actor = { .through = T("test") };
	struct world world = world_place();
	struct bulk bulk = { 700 };
	world.clock = told_time;
	world.clock_with = &now;
	now = noon(2026, 4, 1);
	assert_int_equal(run_shell("%s --data %s --body test init >/dev/null", world.program, world.folder), 0);
	world_open(&world);
	assert_int_equal(count_between(&world, (struct moment){ 0 }, noon(2030, 1, 1)).count, 0); /* nothing yet */
	world_fill(&world, 0, 3);
	now = noon(2026, 4, 2);
	world_fill(&world, 3, 603); /* more than are read at once */
	assert_null(store_act(world.store, world.arena, &actor, bulk_work, &bulk));
	now = noon(2026, 4, 3);
	world_fill(&world, 603, 605);
	struct journal_span span = count_between(&world, noon(2026, 4, 2), noon(2026, 4, 3));
	assert_int_equal(counted(&span, "test.set"), 600);
	assert_int_equal(counted(&span, "test.bulk"), 1); /* in three parts */
	assert_int_equal(span.count, 2);
	assert_int_equal(span.first, 3);
	assert_int_equal(span.last, 3 + 600 + 3 - 1);
	span = count_between(&world, (struct moment){ 0 }, noon(2030, 1, 1));
	assert_int_equal(counted(&span, "test.set"), 605);
	assert_int_equal(span.first, 0);
	span = count_between(&world, (struct moment){ noon(2026, 4, 2).ms + 1 }, noon(2026, 4, 3));
	assert_true(span.count == 0 && span.last < span.first);
	world_end(&world);
}

static struct error *
forget_work(struct act *act, void *with)
{
	(void)with;
	static const struct query forget = { "forget",
					     "DELETE FROM store_setting WHERE name = 's1'" };
	STATEMENT_SCOPED statement = { 0 };
	TRY(query_begin(&act->look, &forget, &statement));
	TRY(query_run(act, &statement));
	return act_note(act, &(struct fact){ .act = "test.forget", .about = { T("setting:s1") } });
}

static void
a_deleted_row_is_noted_as_gone(void **state)
{
	(void)state;
	struct world world = world_make(true);
	struct journal_report report;
	const struct journal_verify_options options = { 0 };
	const struct actor actor = { .through = T("test") };
	struct journal_entry entry;
	struct look look;
	world_fill(&world, 0, 3);
	assert_null(store_act(world.store, world.arena, &actor, forget_work, NULL));
	assert_null(look_begin(world.store, world.arena, &look));
	assert_null(journal_entry_read(&look, 3, &entry));
	look_end(&look);
	assert_int_equal(entry.row_count, 1);
	assert_true(entry.rows[0].is_gone);
	assert_true(text_has(entry.json, T(",null]]")));
	world_verify(&world, &options, &report);
	assert_int_equal(report.finding_total, 0);
	assert_int_equal(report.rows, 2);
	world_fill(&world, 1, 2);
	world_verify(&world, &options, &report);
	assert_int_equal(report.finding_total, 0);
	world_end(&world);
}

enum { TOGETHER = 12 };

struct crowd {
	struct change changes[TOGETHER];
	struct act_order orders[TOGETHER];
	int done, kept;
};

static struct error *
slow_work(struct act *act, void *with)
{
	usleep(3000); /* meanwhile the others queue up behind */
	return change_work(act, with);
}

static void
count_done(struct act_order *order, struct error *error)
{
	struct crowd *crowd = order->done_with;
	if (error == OK)
		__atomic_add_fetch(&crowd->kept, 1, __ATOMIC_SEQ_CST);
	arena_close(order->arena);
	__atomic_add_fetch(&crowd->done, 1, __ATOMIC_SEQ_CST);
}

/* Acts that are committed together, one of which fails at its n-th store call. */
static void
one_of_many_acts_of_a_commit_fails_and_the_tree_holds_the_others(void **state)
{
	(void)state;
	struct world world = world_make(true);
	struct journal_report report;
	const struct journal_verify_options options = { 0 };
	static struct crowd crowd;
	int64_t kept = 0;
	for (int64_t n = 1; n < 260; n += 3) {
		crowd = (struct crowd){ .done = 0 };
		store_fault_at(world.store, n);
		for (int at = 0; at < TOGETHER; at++) {
			crowd.changes[at].no = n * TOGETHER + at;
			crowd.orders[at] = (struct act_order){
				.work = at == 0 ? slow_work : change_work,
				.with = &crowd.changes[at],
				.arena = arena_open(ARENA_USUAL),
				.done = count_done,
				.done_with = &crowd,
			};
			store_submit(world.store, &crowd.orders[at]);
		}
		while (__atomic_load_n(&crowd.done, __ATOMIC_SEQ_CST) != TOGETHER)
			usleep(200);
		kept += crowd.kept;
	}
	store_fault_at(world.store, 0);
	world_verify(&world, &options, &report);
	assert_int_equal(report.finding_total, 0);
	assert_int_equal(report.size, kept);
	assert_true(kept > 200);
	assert_null(journal_seal(world.store, world.sealer));
	world_end(&world);
}

int
main(void)
{
	secret_start();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_act_leaves_its_entry_with_everything_in_it),
		cmocka_unit_test(a_refused_act_leaves_no_entry_and_the_tree_as_it_was),
		cmocka_unit_test(a_failing_store_call_changes_nothing_and_the_journal_goes_on),
		cmocka_unit_test(the_tree_goes_on_after_a_restart_and_beside_another_process),
		cmocka_unit_test(history_pages_newest_first_without_gap_or_repeat),
		cmocka_unit_test(proofs_from_the_store_hold),
		cmocka_unit_test(without_a_key_acts_are_done_and_the_trouble_is_said),
		cmocka_unit_test(the_thread_seals_what_was_committed),
		cmocka_unit_test(the_sealer_signs_nothing_but_an_extension),
		cmocka_unit_test(a_store_put_back_to_an_earlier_state_is_not_sealed),
		cmocka_unit_test(a_deleted_row_is_noted_as_gone),
		cmocka_unit_test(one_of_many_acts_of_a_commit_fails_and_the_tree_holds_the_others),
		cmocka_unit_test(an_act_over_many_rows_goes_on_in_further_entries),
		cmocka_unit_test(acts_are_counted_from_a_moment_on_and_before_another),
	};
	return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
