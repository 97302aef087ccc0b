/*
 * How long holding two sets against each other takes: N rows a side, keys as people write them (widths, hyphens,
 * case), a comparison, one row in a hundred missing on either side. Named baseline: the same two columns
 * of bytes sorted with qsort and merged, nothing normalised, nothing compared, nothing told. Medians of five.
 *
 *	reconcile_bench PACK_FOLDER N
 */
#include "base/number.h"
#include "base/table.h"
#include "base/writer.h"
#include "clock.h"
#include "reconcile/match.h"

#include <stdio.h>
#include <stdlib.h>

enum { TIMES = 5 };

struct bench {
	struct arena *arena;
	const struct pack_reconcile *of;
	struct text csv[SIDES];
	int64_t rows;
};

static void
write_row(struct writer *out, enum pack_side side, int64_t no)
{
	static const char *const ways[] = { "ABC-", "abc", "Abc‐", "ＡＢＣ－" };
	/* One in a hundred is missing on either side. */
	if (no % 100 == (side == SIDE_LEFT ? 7 : 53))
		return;
	if (side == SIDE_LEFT) {
		write_z(out, ways[no % 4]);
		write_format(out, "%07lld,PC-%06lld,2026-11-01\r\n", (long long)no, (long long)no);
	} else {
		write_format(out, "ABC-%07lld,1,2030-03-31,人事課,1.0\r\n", (long long)no);
	}
}

static struct text
csv_of(struct bench *bench, enum pack_side side)
{
	struct writer out = writer_open_roomy(bench->arena, (size_t)bench->rows * 48, (size_t)64 << 20);
	write_z(&out, side == SIDE_LEFT ? "product,machine,found-on\r\n"
					: "name,licence-count,support-until,owner,version\r\n");
	for (int64_t no = 0; no < bench->rows; no++)
		write_row(&out, side, no);
	return writer_text(&out);
}

static int
cell_order(const void *left, const void *right)
{
	return text_order(*(const struct text *)left, *(const struct text *)right);
}

static int64_t
merge(struct arena *arena, const struct reconcile_set sets[SIDES])
{
	struct text *keys[SIDES];
	size_t at[SIDES] = { 0 };
	int64_t same = 0;
	for (int side = 0; side < SIDES; side++) {
		keys[side] = ARENA_ARRAY(arena, struct text, sets[side].count + 1);
		for (size_t row = 0; row < sets[side].count; row++)
			keys[side][row] = sets[side].cells[row * sets[side].columns];
		qsort(keys[side], sets[side].count, sizeof **keys, cell_order);
	}
	while (at[0] < sets[0].count && at[1] < sets[1].count) {
		const int order = text_order(keys[0][at[0]], keys[1][at[1]]);
		same += order == 0;
		at[0] += order <= 0;
		at[1] += order >= 0;
	}
	return same;
}

static int
number_order(const void *left, const void *right)
{
	const double a = *(const double *)left, b = *(const double *)right;
	return a < b ? -1 : a > b;
}

static double
median(double *list)
{
	qsort(list, TIMES, sizeof *list, number_order);
	return list[TIMES / 2];
}

static struct error *
measure(struct bench *bench)
{
	double read[TIMES], matched[TIMES], written[TIMES], bare[TIMES];
	struct reconcile_result result = { 0 };
	const struct reconcile_terms terms = { .today = { 20000 } };
	for (int time = 0; time < TIMES; time++) {
		ARENA_SCOPED arena = arena_open((size_t)1 << 30);
		struct reconcile_set sets[SIDES];
		struct text csv;
		double start = (now() * 1000);
		for (int side = 0; side < SIDES; side++)
			TRY(reconcile_set_read(arena, bench->csv[side], &sets[side]));
		read[time] = (now() * 1000) - start;
		start = (now() * 1000);
		reconcile_match(arena, bench->of, sets, &terms, &result);
		matched[time] = (now() * 1000) - start;
		start = (now() * 1000);
		TRY(reconcile_result_write(arena, bench->of, sets, &result, &csv));
		(void)hash_of(csv);
		written[time] = (now() * 1000) - start;
		start = (now() * 1000);
		(void)merge(arena, sets);
		bare[time] = (now() * 1000) - start;
	}
	const double merged = median(bare), held = median(matched);
	printf("rows a side            %lld\n", (long long)bench->rows);
	printf("agree, differ          %lld, %zu\n", (long long)result.matched, result.count);
	printf("read both lists        %8.1f ms\n", median(read));
	printf("reconcile              %8.1f ms  %.2f to qsort and merge\n", held, held / merged);
	printf("write and hash result  %8.1f ms\n", median(written));
	printf("qsort and merge        %8.1f ms\n", merged);
	return OK;
}

int
main(int count, char **words)
{
	struct bench bench = { .arena = arena_open((size_t)1 << 30), .rows = 100000 };
	struct pack *pack;
	if (count < 2 || (count > 2 && !number_read(text_of(words[2]), 1, RECONCILE_MOST_ROWS, &bench.rows)))
		return 2;
	must(pack_load(bench.arena, words[1], &pack_known, &pack, NULL));
	bench.of = pack_reconcile(pack, T("software-found"));
	for (int side = 0; side < SIDES; side++)
		bench.csv[side] = csv_of(&bench, (enum pack_side)side);
	must(measure(&bench));
	arena_close(bench.arena);
	return 0;
}
