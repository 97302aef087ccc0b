/*
 * Any table as a list handed in for a reconciliation (the first of fuzz/pack). It is taken whole or not at all;
 * what is kept is read back as the same set, and written again as the same bytes; held against its own keys
 * nothing in it is alone.
 */
#include "base/table.h"
#include "promise.h"
#include "reconcile/reconcile.h"

enum { ROWS_MOST = 500 };

static const struct pack_reconcile *
first_of_pack(void)
{
	static struct arena *always;
	static struct pack *pack;
	if (always == NULL) {
		always = arena_open(ARENA_USUAL);
		must(pack_load(always, FUZZ_PACK, &pack_known, &pack, NULL) == OK);
	}
	return &pack->reconciliations[0];
}

/* A ' may have come before what a spreadsheet would calculate: the same, as keys are compared. */
static void
must_read_back(struct arena *arena, const struct reconcile_taking *taking, struct reconcile_set *back)
{
	const struct reconcile_set *set = &taking->set;
	struct text again;
	must(reconcile_set_read(arena, taking->csv, back) == OK);
	must(back->count == set->count && back->columns == set->columns);
	for (size_t at = 0; at < set->count * set->columns; at++)
		must(text_same(reconcile_normal(arena, back->cells[at], false),
			       reconcile_normal(arena, set->cells[at], false)));
	must(reconcile_set_write(arena, back, &again) == OK && text_same(again, taking->csv));
}

/* The list's serials, as rows of the register. */
static struct reconcile_set
its_own_keys(struct arena *arena, const struct reconcile_set *set)
{
	struct reconcile_set keys = { .columns = 1, .count = set->count };
	keys.names = ARENA_ARRAY(arena, struct text, 1);
	keys.cells = ARENA_ARRAY(arena, struct text, set->count);
	keys.names[0] = T("name");
	for (size_t row = 0; row < set->count; row++)
		keys.cells[row] = set->cells[row * set->columns];
	return keys;
}

static void
match_itself(struct arena *arena, const struct pack_reconcile *of, const struct reconcile_set *set)
{
	const struct reconcile_set sets[SIDES] = { *set, its_own_keys(arena, set) };
	const struct reconcile_terms terms = { .today = { 20000 } };
	struct reconcile_result result;
	struct text csv;
	reconcile_match(arena, of, sets, &terms, &result);
	must(result.of[DIFFERENCE_LEFT] == 0 && result.of[DIFFERENCE_RIGHT] == 0 && result.waiting == 0);
	for (size_t at = 0; at < result.count; at++) {
		must(result.found[at].row[SIDE_LEFT] <= set->count);
		must(result.found[at].row[SIDE_RIGHT] <= set->count);
	}
	must(reconcile_result_write(arena, of, sets, &result, &csv) == OK);
}

static void
take_list(struct arena *arena, const struct table *table)
{
	const struct pack_reconcile *of = first_of_pack();
	const struct reconcile_mapping mapping =
		reconcile_mapping_guess(arena, &of->sides[SIDE_LEFT], table);
	struct reconcile_taking taking;
	struct reconcile_set back;
	if (!must_say(reconcile_take(arena, of, SIDE_LEFT, table, &mapping, &taking)))
		return;
	must((taking.wrong_count == 0) == (taking.csv.len != 0));
	for (size_t at = 0; at < taking.wrong_count && at < RECONCILE_WRONG_MOST; at++)
		must(!must_say(taking.wrong[at].faults) && taking.wrong[at].line > 0);
	if (taking.wrong_count != 0)
		return;
	must_read_back(arena, &taking, &back);
	match_itself(arena, of, &back);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct table table = { 0 };
	if (size > (1 << 13))
		return 0;
	ARENA_SCOPED arena = arena_open((size_t)1 << 30);
	if (must_say(table_read(arena, fuzz_text(arena, data, size), ROWS_MOST, &table)))
		take_list(arena, &table);
	error_sweep();
	return 0;
}
