/* Lists handed in: read as the pack's columns, whole or not at all, and kept beside the store. */
#include "reconcile/rooms.h"

#include "base/file.h"
#include "base/table.h"

enum { HEADING_MOST = 20 }; /* rows above the columns' names */

/* ---- Which column is which ---- */

static bool
is_called(struct arena *into, const struct pack_field *field, struct text heading)
{
	const struct text folded = reconcile_normal(into, heading, false);
	if (folded.len == 0)
		return false;
	const struct text own[] = { field->name, field->label.ja, field->label.en };
	for (size_t at = 0; at < sizeof own / sizeof *own; at++)
		if (text_same(reconcile_normal(into, own[at], false), folded))
			return true;
	for (size_t at = 0; at < field->aliases_count; at++)
		if (text_same(reconcile_normal(into, field->aliases[at], false), folded))
			return true;
	return false;
}

static size_t
guess_row(struct arena *into, const struct pack_ledger *shape, const struct table_row *row, int *column)
{
	size_t known = 0;
	for (size_t at = 0; at < shape->fields_count; at++) {
		column[at] = -1;
		for (size_t no = 0; no < row->count && column[at] < 0; no++)
			if (is_called(into, &shape->fields[at], row->cells[no]))
				column[at] = (int)no; /* at most TABLE_MOST_COLUMNS */
		known += column[at] >= 0;
	}
	return known;
}

struct reconcile_mapping
reconcile_mapping_guess(struct arena *into, const struct pack_reconcile_side *side,
			const struct table *table)
{
	const struct pack_ledger *shape = side->shape;
	struct reconcile_mapping best = { .count = shape->fields_count };
	size_t most = 0;
	best.column = ARENA_ARRAY(into, int, shape->fields_count + 1);
	for (size_t at = 0; at < shape->fields_count; at++)
		best.column[at] = -1;
	for (size_t row = 0; row < table->count && row < HEADING_MOST; row++) {
		int *column = ARENA_ARRAY(into, int, shape->fields_count + 1);
		const size_t known = guess_row(into, shape, &table->rows[row], column);
		if (known <= most)
			continue;
		most = known;
		best.column = column;
		best.heading = row;
	}
	return best;
}

/* ---- Reading ---- */

static struct text
cell_of(const struct table_row *row, int column)
{
	return column < 0 || (size_t)column >= row->count ? T("") : text_trim(row->cells[column]);
}

/* What tools write where they know nothing. */
static bool
is_nothing(struct text cell)
{
	static const char *const marks[] = { "-", "－", "―", "ー", "N/A", "n/a", "なし", "不明" };
	for (size_t at = 0; at < sizeof marks / sizeof *marks; at++)
		if (text_is(cell, marks[at]))
			return true;
	return cell.len == 0;
}

static bool
is_of_key(const struct pack_reconcile *of, enum pack_side side, const struct pack_field *field)
{
	for (size_t at = 0; at < of->keys_count; at++)
		if (of->keys[at].of[side] == field)
			return true;
	return false;
}

/* Nothing in a key is no key: "不明" on both sides are not the same thing. */
static struct error *
read_cell(struct arena *into, const struct pack_field *field, bool is_key, struct text cell,
	  struct text *value)
{
	*value = cell;
	if (cell.len > RECONCILE_MOST_WORDS)
		return reject(text_z(into, field->name), "長すぎます。列の選び方を確かめてください。");
	if (field->kind == FIELD_TEXT && !is_key)
		return OK;
	if (is_nothing(cell)) {
		*value = T("");
		return OK;
	}
	if (field->kind == FIELD_TEXT)
		return OK;
	if (field->kind == FIELD_NUMBER)
		cell = text_replace(into, cell, T(","), T(""));
	return field_read(into, field, cell, value);
}

static bool
is_blank_row(const struct table_row *row)
{
	for (size_t at = 0; at < row->count; at++)
		if (!text_is_blank(row->cells[at]))
			return false;
	return true;
}

/* A character that a tool could not write: nothing with it can be found again. */
static bool
is_doubtful(struct text cell)
{
	return text_has(cell, T("?")) || text_has(cell, T("〓")) || text_has(cell, T("\xEF\xBF\xBD"));
}

static bool
has_key(const struct pack_reconcile *of, enum pack_side side, const struct pack_ledger *shape,
	const struct text *cells)
{
	for (size_t at = 0; at < shape->fields_count; at++)
		if (cells[at].len != 0 && is_of_key(of, side, &shape->fields[at]))
			return true;
	return false;
}

static void
take_row(struct arena *into, const struct pack_reconcile *of, enum pack_side side,
	 const struct table_row *row, const struct reconcile_mapping *mapping,
	 struct reconcile_taking *taking)
{
	const struct pack_ledger *shape = of->sides[side].shape;
	struct text *cells = &taking->set.cells[taking->set.count * shape->fields_count];
	struct error *faults = OK;
	bool doubtful = false;
	for (size_t at = 0; at < shape->fields_count; at++) {
		const struct text cell = cell_of(row, mapping->column[at]);
		doubtful |= is_doubtful(cell);
		error_add(&faults, read_cell(into, &shape->fields[at], is_of_key(of, side, &shape->fields[at]),
					     cell, &cells[at]));
	}
	taking->set.count++;
	taking->doubtful += doubtful;
	taking->blank += !has_key(of, side, shape, cells);
	if (faults == OK)
		return;
	if (taking->wrong_count < RECONCILE_WRONG_MOST)
		taking->wrong[taking->wrong_count] = (struct reconcile_wrong){ row->line, faults };
	taking->wrong_count++;
}

static struct error *
check_mapping(const struct pack_reconcile *of, enum pack_side side,
	      const struct reconcile_mapping *mapping)
{
	const struct pack_ledger *shape = of->sides[side].shape;
	for (size_t at = 0; at < shape->fields_count; at++) {
		const bool is_needed = shape->fields[at].is_required || is_of_key(of, side, &shape->fields[at]);
		if (is_needed && mapping->column[at] < 0)
			return reject("file", "どの列が「%.*s」かを選んでください。",
				      T_ARG(words_now(shape->fields[at].label)));
	}
	return OK;
}

struct error *
reconcile_take(struct arena *into, const struct pack_reconcile *of, enum pack_side side,
	       const struct table *table, const struct reconcile_mapping *mapping,
	       struct reconcile_taking *taking)
{
	const struct pack_ledger *shape = of->sides[side].shape;
	*taking = (struct reconcile_taking){ 0 };
	if (table->count > RECONCILE_MOST_ROWS)
		return reject("file", "一覧は%d行までにしてください。", RECONCILE_MOST_ROWS);
	TRY(check_mapping(of, side, mapping));
	taking->wrong = ARENA_ARRAY(into, struct reconcile_wrong, RECONCILE_WRONG_MOST);
	taking->set.columns = shape->fields_count;
	taking->set.names = ARENA_ARRAY(into, struct text, shape->fields_count + 1);
	taking->set.cells = ARENA_ARRAY(into, struct text, table->count * shape->fields_count + 1);
	for (size_t at = 0; at < shape->fields_count; at++)
		taking->set.names[at] = shape->fields[at].name;
	for (size_t at = mapping->heading + 1; at < table->count; at++)
		if (!is_blank_row(&table->rows[at]))
			take_row(into, of, side, &table->rows[at], mapping, taking);
	if (taking->set.count == 0)
		return reject("file", "見出しの下に行がありません。ファイルを確かめてください。");
	if (taking->wrong_count != 0)
		return OK;
	TRY(reconcile_set_write(into, &taking->set, &taking->csv));
	taking->digest = hash_of(taking->csv);
	return OK;
}

/* ---- Beside the store ---- */

static const char *
files_folder(struct store *store, struct arena *into)
{
	const struct text path = text_of(store_path(store));
	size_t end = path.len;
	while (end > 0 && path.data[end - 1] != '/')
		end--;
	return path_join(into, end == 0 ? "." : text_z(into, text_first(path, end)), "blobs");
}

const char *
file_path(struct store *store, struct arena *into, const struct hash *digest)
{
	return path_join(into, files_folder(store, into), text_z(into, hash_hex(into, digest)));
}

struct error *
reconcile_keep(struct store *store, struct arena *arena, struct text csv)
{
	const struct hash digest = hash_of(csv);
	const char *path = file_path(store, arena, &digest);
	if (file_exists(path))
		return OK;
	TRY(folder_make(files_folder(store, arena)));
	return store_file_write(store, path, csv);
}

struct error *
reconcile_file(struct store *store, struct arena *into, const struct hash *digest, struct text *csv)
{
	TRY(store_file_read(store, into, file_path(store, into, digest),
			    (size_t)2 * RECONCILE_MOST_BYTES, csv));
	const struct hash found = hash_of(*csv);
	if (!hash_same(&found, digest))
		return broken("保管している一覧が、突き合わせたときと違っています。システムの担当者に知らせてください。");
	return OK;
}

struct error *
reconcile_hand_in(struct act *act, const struct reconcile_handing *handing, int64_t *id)
{
	struct arena *arena = act->look.arena;
	const struct reconcile_taking *taking = handing->taking;
	TRY(must_own(act, handing->of));
	if (taking->wrong_count != 0 || taking->csv.len == 0)
		return reject("file", "読み取れない行があります。直してから、もう一度取り込んでください。");
	TRY(act_number(act, T("reconcile-list"), id));
	TRY(reconcile_list_add(act, &(struct reconcile_list_add_in){
					    .id = *id,
					    .code = handing->of->code,
					    .side = text_of(reconcile_side_name(handing->side)),
					    .at = act->look.now.ms,
					    .person = act->actor.person,
					    .name = handing->name,
					    .encoding = handing->encoding,
					    .row_count = (int64_t)taking->set.count, /* bounded */
					    .digest = hash_bytes(&taking->digest),
					    .source = hash_bytes(&handing->source),
				    }));
	struct fact fact = fact_of(arena, "reconcile.list", handing->of);
	fact.pairs[0] = (struct fact_pair){ "side", text_of(reconcile_side_name(handing->side)), 0 };
	fact.pairs[1] = (struct fact_pair){ "digest", hash_hex(arena, &taking->digest), 0 };
	fact.pairs[2] = (struct fact_pair){ "source", hash_hex(arena, &handing->source), 0 };
	fact.pairs[3] = (struct fact_pair){ "rows", { 0 }, (int64_t)taking->set.count }; /* bounded */
	return act_note(act, &fact);
}
