/*
 * Import of a ledger from a table: which column feeds which field, what each row would do, and
 * doing exactly that. Preview and apply run the same code; the digest holds them together.
 */
#include "ledger/rooms.h"

#include "base/number.h"
#include "base/table.h"

static bool
means(struct arena *arena, const struct pack_field *field, struct text folded)
{
	if (text_same(text_fold(arena, field->label.ja), folded) ||
	    text_same(text_fold(arena, field->label.en), folded) ||
	    text_same(text_fold(arena, field->name), folded))
		return true;
	for (size_t at = 0; at < field->aliases_count; at++)
		if (text_same(text_fold(arena, field->aliases[at]), folded))
			return true;
	return false;
}

static bool
means_number(struct arena *arena, struct text folded)
{
	return text_same(folded, text_fold(arena, T("台帳番号"))) ||
	       text_same(folded, text_fold(arena, T("整理番号")));
}

struct ledger_mapping
ledger_mapping_guess(struct arena *into, const struct pack_ledger *ledger,
		     const struct table *table)
{
	struct ledger_mapping mapping = {
		.column = ARENA_ARRAY(into, int, ledger->fields_count + 1),
		.count = ledger->fields_count,
		.number_column = -1,
	};
	for (size_t at = 0; at < mapping.count; at++)
		mapping.column[at] = -1;
	if (table->count == 0)
		return mapping;
	const struct table_row *heading = &table->rows[0];
	for (size_t column = heading->count; column-- > 0;) {
		const struct text folded = text_fold(into, heading->cells[column]);
		for (size_t at = 0; at < mapping.count; at++)
			if (means(into, &ledger->fields[at], folded))
				mapping.column[at] = (int)column; /* a table has 200 columns at most */
		if (means_number(into, folded))
			mapping.number_column = (int)column;
	}
	return mapping;
}

struct importing {
	struct look *look;
	const struct pack *pack;
	const struct pack_ledger *ledger;
	const struct table *table;
	const struct ledger_mapping *mapping;
	struct unit_id usual_owner;
	struct ledger_import *import;
	struct hasher *hasher;
	/* Serials that came before in this file: a small open table of hashes. */
	struct hash *seen;
	size_t seen_room;
};

static struct text
cell(const struct importing *importing, const struct table_row *row, int column)
{
	(void)importing;
	return column >= 0 && (size_t)column < row->count ? text_trim(row->cells[column]) : T("");
}

static void
typed_values(const struct importing *importing, const struct table_row *row,
	     struct ledger_value *typed, size_t *count)
{
	const struct pack_ledger *ledger = importing->ledger;
	*count = 0;
	for (size_t at = 0; at < ledger->fields_count; at++) {
		const struct pack_field *field = &ledger->fields[at];
		struct text value = cell(importing, row, importing->mapping->column[at]);
		if (value.len == 0 && field == ledger->owner && importing->usual_owner.no != 0)
			value = text_format(importing->look->arena, "%lld",
					    (long long)importing->usual_owner.no);
		if (importing->mapping->column[at] < 0 && value.len == 0)
			continue;
		typed[(*count)++] = (struct ledger_value){ field->name, value };
	}
}

/* Fields the file has no column for keep what the row holds. */
static struct error *
keep_others(const struct importing *importing, const struct ledger_row *row,
	    struct ledger_value *typed, size_t *count)
{
	struct ledger_value *old;
	size_t old_count;
	TRY(values_read(importing->look->arena, row->values, &old, &old_count));
	for (size_t at = 0; at < importing->ledger->fields_count; at++) {
		const struct text name = importing->ledger->fields[at].name;
		bool is_given = false;
		for (size_t i = 0; i < *count; i++)
			is_given = is_given || text_same(typed[i].name, name);
		if (!is_given)
			typed[(*count)++] = (struct ledger_value){ name,
								   value_of(old, old_count, name) };
	}
	return OK;
}

static struct error *
known_row(const struct importing *importing, const struct table_row *row, bool *found,
	  struct ledger_row *known)
{
	struct ledger_row_by_number_row read;
	int64_t number;
	const struct text typed = cell(importing, row, importing->mapping->number_column);
	*found = false;
	if (typed.len == 0)
		return OK;
	if (number_read(typed, 1, INT64_MAX, &number))
		TRY(ledger_row_by_number(importing->look,
					 &(struct ledger_row_by_number_in){
						 importing->ledger->code, number },
					 found, &read));
	if (!*found)
		return reject("台帳番号", "台帳番号「%.*s」の記録はありません。新しい記録なら空にしてください。",
			      T_ARG(typed));
	*known = ROW_FROM(importing->look->arena, importing->pack, &read);
	if (known->state == ROW_RETIRED)
		return reject("台帳番号", "台帳番号「%.*s」はすでに閉じられています。", T_ARG(typed));
	return OK;
}

static bool
was_seen(struct importing *importing, struct text serial)
{
	if (serial.len == 0)
		return false;
	const struct hash hash = hash_of(text_fold(importing->look->arena, serial));
	static const struct hash none;
	size_t at = ((size_t)hash.at[0] | (size_t)hash.at[1] << 8 | (size_t)hash.at[2] << 16) &
		    (importing->seen_room - 1);
	while (!hash_same(&importing->seen[at], &none)) {
		if (hash_same(&importing->seen[at], &hash))
			return true;
		at = (at + 1) & (importing->seen_room - 1);
	}
	importing->seen[at] = hash;
	return false;
}

static struct error *
check_twice(struct importing *importing, const struct ledger_import_row *made)
{
	const struct pack_field *field = importing->ledger->serial;
	if (field == NULL)
		return OK;
	const struct text serial = value_of(made->values, made->count, field->name);
	if (was_seen(importing, serial))
		return reject(text_z(importing->look->arena, field->name),
			      "「%.*s」がこのファイルの中で二度使われています。", T_ARG(serial));
	return OK;
}

static struct error *
examine(struct importing *importing, const struct table_row *row, struct ledger_import_row *made)
{
	struct arena *arena = importing->look->arena;
	struct ledger_value *typed = ARENA_ARRAY(arena, struct ledger_value,
						 importing->ledger->fields_count + 1);
	struct ledger_row known = { 0 };
	size_t count;
	bool is_known;
	TRY(known_row(importing, row, &is_known, &known));
	typed_values(importing, row, typed, &count);
	if (is_known)
		TRY(keep_others(importing, &known, typed, &count));
	TRY(ledger_check(importing->look, importing->pack, importing->ledger, known.id, typed, count,
			 &made->values, &made->count));
	TRY(check_twice(importing, made));
	made->doing = ROW_ADDED;
	if (!is_known)
		return OK;
	made->row = known.id;
	made->revision = known.revision;
	const struct text json = values_write(arena, importing->ledger, made->values, made->count);
	TRY(changes_between(importing->look, importing->pack, importing->ledger, known.values, json,
			    &made->changes, &made->changes_count));
	made->doing = made->changes_count == 0 ? ROW_SAME : ROW_CHANGED;
	return OK;
}

/* Faults name fields; the person sees the columns of their file. */
static void
name_columns(const struct importing *importing, struct error *faults)
{
	const struct table_row *heading = &importing->table->rows[0];
	for (struct error *one = faults; one != NULL; one = one->next) {
		for (size_t at = 0; at < importing->ledger->fields_count; at++) {
			const int column = importing->mapping->column[at];
			const struct pack_field *field = &importing->ledger->fields[at];
			if (!text_same(one->field, field->name))
				continue;
			one->field = column >= 0 && (size_t)column < heading->count
					     ? heading->cells[column]
					     : words_now(field->label);
			break;
		}
	}
}

static void
count_row(struct importing *importing, const struct ledger_import_row *made)
{
	struct ledger_import *import = importing->import;
	switch (made->doing) {
	case ROW_ADDED:
		import->added++;
		break;
	case ROW_CHANGED:
		import->changed++;
		break;
	case ROW_SAME:
		import->same++;
		break;
	case ROW_WRONG:
		import->wrong++;
		break;
	}
	const struct text words = text_format(importing->look->arena, "%d %lld %lld ",
					      (int)made->doing, (long long)made->row.no,
					      (long long)made->revision);
	hasher_add(importing->hasher, words);
	if (made->doing != ROW_WRONG)
		hasher_add(importing->hasher,
			   values_write(importing->look->arena, importing->ledger, made->values,
					made->count));
	hasher_add(importing->hasher, T("\n"));
}

static bool
is_blank_row(const struct table_row *row)
{
	for (size_t at = 0; at < row->count; at++)
		if (!text_is_blank(row->cells[at]))
			return false;
	return true;
}

static struct error *
examine_all(struct importing *importing)
{
	const struct table *table = importing->table;
	struct ledger_import *import = importing->import;
	import->rows = ARENA_ARRAY(importing->look->arena, struct ledger_import_row, table->count);
	for (size_t at = 1; at < table->count; at++) {
		if (is_blank_row(&table->rows[at]))
			continue;
		struct ledger_import_row *made = &import->rows[import->count++];
		made->line = table->rows[at].line;
		struct error *fault = examine(importing, &table->rows[at], made);
		if (fault != OK && fault->kind != ERROR_INVALID)
			return fault;
		if (fault != OK) {
			name_columns(importing, fault);
			made->faults = error_keep(importing->look->arena, fault);
			made->doing = ROW_WRONG;
			error_sweep();
		}
		count_row(importing, made);
	}
	return OK;
}

static struct error *
check_mapping(const struct pack_ledger *ledger, const struct ledger_mapping *mapping,
	      const struct table *table)
{
	if (table->count < 2)
		return reject("file", "見出しの行のほかに、取り込む行がありません。");
	if (mapping->count != ledger->fields_count)
		return reject("file", "列の対応が台帳と合いません。ファイルを選び直してください。");
	if (table->count > LEDGER_IMPORT_MOST)
		return reject("file", "一度に取り込めるのは%d行までです。分けて取り込んでください。",
			      LEDGER_IMPORT_MOST);
	if (ledger->title != NULL && mapping->number_column < 0) {
		const size_t at = (size_t)(ledger->title - ledger->fields);
		if (mapping->column[at] < 0)
			return reject("file", "「%.*s」の列がどれか分かりません。列の対応で選んでください。",
				      T_ARG(words_now(ledger->title->label)));
	}
	return OK;
}

struct error *
ledger_import_preview(struct look *look, const struct pack *pack, const struct pack_ledger *ledger,
		      const struct table *table, const struct ledger_mapping *mapping,
		      struct unit_id usual_owner, struct ledger_import *import)
{
	TRY(check_mapping(ledger, mapping, table));
	HASHER_SCOPED hasher = hasher_open();
	struct ledger_import made = { 0 };
	struct importing importing = {
		.look = look,
		.pack = pack,
		.ledger = ledger,
		.table = table,
		.mapping = mapping,
		.usual_owner = usual_owner,
		.import = &made,
		.hasher = hasher,
		.seen_room = 64,
	};
	while (importing.seen_room < table->count * 2)
		importing.seen_room *= 2;
	importing.seen = ARENA_ARRAY(look->arena, struct hash, importing.seen_room);
	hasher_begin(hasher);
	TRY(examine_all(&importing));
	made.digest = hasher_end(hasher);
	*import = made;
	return OK;
}

static struct error *
apply_row(struct act *act, const struct pack *pack, const struct pack_ledger *ledger,
	  const struct ledger_import_row *row, int64_t *done)
{
	struct row_id added;
	if (row->doing == ROW_ADDED)
		TRY(ledger_add(act, pack, ledger, row->values, row->count, &added));
	else if (row->doing == ROW_CHANGED)
		TRY(ledger_change(act, pack, row->row, row->revision, row->values, row->count));
	else
		return OK;
	(*done)++;
	return OK;
}

struct error *
ledger_import_apply(struct act *act, const struct pack *pack, const struct pack_ledger *ledger,
		    const struct table *table, const struct ledger_mapping *mapping,
		    struct unit_id usual_owner, const struct hash *digest, bool skip_wrong,
		    int64_t *done)
{
	struct ledger_import import;
	int64_t applied = 0;
	TRY(ledger_import_preview(&act->look, pack, ledger, table, mapping, usual_owner, &import));
	if (!hash_same(&import.digest, digest))
		return conflict("確かめたあとに台帳が変わりました。もう一度、取り込みの内容を確かめてください。");
	if (import.wrong != 0 && !skip_wrong)
		return reject("file", "直す必要のある行が%lld行あります。直すか、その行を除いて取り込んでください。",
			      (long long)import.wrong);
	for (size_t at = 0; at < import.count; at++)
		TRY(apply_row(act, pack, ledger, &import.rows[at], &applied));
	struct fact fact = {
		.act = "ledger.import",
		.about = { text_format(act->look.arena, "ledger:%.*s", T_ARG(ledger->code)) },
		.pairs = { { "added", { 0 }, import.added },
			   { "changed", { 0 }, import.changed },
			   { "digest", hash_hex(act->look.arena, digest), 0 },
			   { "skipped", { 0 }, import.wrong } },
	};
	TRY(act_note(act, &fact));
	*done = applied;
	return OK;
}
