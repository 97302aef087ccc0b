/* Sets and results as CSV, and back. */
#include "reconcile/match.h"

#include "base/table.h"
#include "base/writer.h"

struct error *
reconcile_set_write(struct arena *into, const struct reconcile_set *set, struct text *csv)
{
	struct writer out = writer_open_roomy(into, set->count * 32 + 256, RECONCILE_MOST_BYTES);
	table_write_cell(&out, T("no"), true);
	for (size_t at = 0; at < set->columns; at++)
		table_write_cell(&out, set->names[at], false);
	table_write_end(&out);
	for (size_t row = 0; row < set->count; row++) {
		char digits[DIGITS_MOST];
		const size_t len = digits_of((int64_t)row + 1, digits); /* at most RECONCILE_MOST_ROWS */
		table_write_cell(&out, (struct text){ digits, len }, true);
		for (size_t at = 0; at < set->columns; at++)
			table_write_cell(&out, set->cells[row * set->columns + at], false);
		table_write_end(&out);
	}
	if (writer_is_full(&out))
		return reject("file", "一覧が大きすぎます(%d MBまで)。行を分けてください。",
			      RECONCILE_MOST_BYTES >> 20);
	*csv = writer_text(&out);
	return OK;
}

struct error *
reconcile_set_read(struct arena *into, struct text csv, struct reconcile_set *set)
{
	struct table table;
	TRY(table_read(into, csv, RECONCILE_MOST_ROWS + 1, &table));
	if (table.count == 0)
		return reject("file", "一行目に、列の名前がありません。");
	const struct table_row *heading = &table.rows[0];
	/* The rows are counted already. */
	const size_t first = heading->count != 0 && text_is(heading->cells[0], "no") ? 1 : 0;
	if (heading->count - first > RECONCILE_MOST_COLUMNS)
		return reject("file", "列は%dまでにしてください。", RECONCILE_MOST_COLUMNS);
	*set = (struct reconcile_set){ .columns = heading->count - first, .count = table.count - 1 };
	set->names = ARENA_ARRAY(into, struct text, set->columns + 1);
	set->cells = ARENA_ARRAY(into, struct text, set->columns * set->count + 1);
	for (size_t at = 0; at < set->columns; at++)
		set->names[at] = text_trim(heading->cells[at + first]);
	for (size_t row = 0; row < set->count; row++) {
		const struct table_row *from = &table.rows[row + 1];
		for (size_t at = 0; at < set->columns; at++)
			set->cells[row * set->columns + at] =
				at + first < from->count ? from->cells[at + first] : T("");
	}
	return OK;
}

struct text
reconcile_fails(struct arena *into, unsigned fails)
{
	struct text words = T("");
	for (int at = 0; at < RECONCILE_MOST_COMPARES; at++)
		if ((fails & (1U << at)) != 0)
			words = words.len == 0 ? text_number(into, at + 1)
					       : text_format(into, "%.*s,%d", T_ARG(words), at + 1);
	return words;
}

struct text
reconcile_title(struct arena *into, const struct pack_reconcile *of,
		const struct reconcile_set sets[SIDES], const struct reconcile_found *found)
{
	const int side = found->row[SIDE_LEFT] != 0 ? SIDE_LEFT : SIDE_RIGHT;
	const struct reconcile_set *set = &sets[side];
	struct text title = T("");
	for (size_t at = 0; at < of->keys_count; at++)
		for (size_t column = 0; column < set->columns; column++) {
			if (!text_same(set->names[column], of->keys[at].of[side]->name))
				continue;
			const struct text one =
				set->cells[(found->row[side] - 1) * set->columns + column];
			title = at == 0 ? one
					: text_format(into, "%.*s / %.*s", T_ARG(title), T_ARG(one));
		}
	return title;
}

static void
write_names(struct writer *out, const char *side, const struct reconcile_set *set)
{
	for (size_t at = 0; at < set->columns; at++)
		table_write_cell(out, text_format(out->arena, "%s.%.*s", side, T_ARG(set->names[at])),
				 false);
}

static void
write_cells(struct writer *out, const struct reconcile_set *set, size_t row)
{
	for (size_t at = 0; at < set->columns; at++)
		table_write_cell(out, row == 0 ? T("") : set->cells[(row - 1) * set->columns + at],
				 false);
}

struct error *
reconcile_result_write(struct arena *into, const struct pack_reconcile *of,
		       const struct reconcile_set sets[SIDES], const struct reconcile_result *result,
		       struct text *csv)
{
	struct writer out = writer_open(into, (size_t)2 * RECONCILE_MOST_BYTES);
	(void)of;
	write_z(&out, "kind,key,left-rows,right-rows,differs");
	write_names(&out, "left", &sets[SIDE_LEFT]);
	write_names(&out, "right", &sets[SIDE_RIGHT]);
	table_write_end(&out);
	for (size_t at = 0; at < result->count; at++) {
		const struct reconcile_found *one = &result->found[at];
		table_write_cell(&out, text_of(difference_name(one->kind)), true);
		table_write_cell(&out, one->key, false);
		table_write_cell(&out, text_number(into, one->rows[SIDE_LEFT]), false);
		table_write_cell(&out, text_number(into, one->rows[SIDE_RIGHT]), false);
		table_write_cell(&out, reconcile_fails(into, one->fails), false);
		write_cells(&out, &sets[SIDE_LEFT], one->row[SIDE_LEFT]);
		write_cells(&out, &sets[SIDE_RIGHT], one->row[SIDE_RIGHT]);
		table_write_end(&out);
	}
	if (writer_is_full(&out))
		return reject("file", "違いが多すぎて、結果をまとめられません。一覧の列の選び方を確かめてください。");
	*csv = writer_text(&out);
	return OK;
}
