/*
 * Import of a ledger from a table: which column feeds which field, what each row would do, and
 * doing exactly that. Preview and apply run the same code; the digest holds them together.
 */
#include "ledger/rooms.h"

#include "base/number.h"
#include "base/table.h"

/* What a row of 200 cells of 32 KiB each takes at most while it is examined; and a whole file. */
#define ROW_MEMORY ((size_t)512 << 20)
#define IMPORT_MEMORY ((size_t)4 << 30)

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

/* Fill the mapping from one row taken as the heading; how many columns were known. */
static size_t
guess_from(struct arena *into, const struct pack_ledger *ledger, const struct table_row *heading,
	   struct ledger_mapping *mapping)
{
	size_t known = 0;
	for (size_t at = 0; at < mapping->count; at++)
		mapping->column[at] = -1;
	mapping->number_column = -1;
	for (size_t column = heading->count; column-- > 0;) {
		const struct text folded = text_fold(into, heading->cells[column]);
		bool is_known = means_number(into, folded);
		if (is_known)
			mapping->number_column = (int)column; /* a table has 200 columns at most */
		for (size_t at = 0; at < mapping->count; at++) {
			if (!means(into, &ledger->fields[at], folded))
				continue;
			mapping->column[at] = (int)column;
			is_known = true;
		}
		known += is_known;
	}
	return known;
}

struct ledger_mapping
ledger_mapping_guess(struct arena *into, const struct pack_ledger *ledger,
		     const struct table *table)
{
	enum { TITLES_MOST = 10 };
	struct ledger_mapping mapping = {
		.column = ARENA_ARRAY(into, int, ledger->fields_count + 1),
		.count = ledger->fields_count,
	};
	size_t most = 0;
	for (size_t row = 0; row < table->count && row < TITLES_MOST; row++) {
		const size_t known = guess_from(into, ledger, &table->rows[row], &mapping);
		if (known > most)
			mapping.heading = row;
		most = known > most ? known : most;
	}
	static const struct table_row nothing;
	(void)guess_from(into, ledger,
			 table->count != 0 ? &table->rows[mapping.heading] : &nothing, &mapping);
	return mapping;
}

struct importing {
	struct look *look;   /* its arena is forgotten after every row */
	struct arena *keep;  /* for what the import says */
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
cell(const struct table_row *row, int column)
{
	return column >= 0 && (size_t)column < row->count ? text_trim(row->cells[column]) : T("");
}

/* What the row writes, with units, assets and persons as their numbers. All faults at once. */
static struct error *
typed_values(const struct importing *importing, const struct table_row *row,
	     struct ledger_value *typed, size_t *count)
{
	const struct pack_ledger *ledger = importing->ledger;
	struct error *faults = OK;
	*count = 0;
	for (size_t at = 0; at < ledger->fields_count; at++) {
		const struct pack_field *field = &ledger->fields[at];
		struct text value = cell(row, importing->mapping->column[at]);
		struct error *fault = ledger_resolve(importing->look, field, value, &value);
		if (fault != OK && fault->kind != ERROR_INVALID)
			return fault;
		error_add(&faults, fault);
		if (value.len == 0 && field == ledger->owner && importing->usual_owner.no != 0)
			value = text_format(importing->look->arena, "%lld",
					    (long long)importing->usual_owner.no);
		if (importing->mapping->column[at] < 0 && value.len == 0)
			continue;
		typed[(*count)++] = (struct ledger_value){ field->name, value };
	}
	return faults;
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
	const struct text typed = cell(row, importing->mapping->number_column);
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

/* Was this key seen before in the file? A table of hashes at most half full. */
static bool
was_seen(struct importing *importing, struct text key)
{
	const struct hash hash = hash_of(key);
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
check_twice(struct importing *importing, const struct ledger_import_row *made, int64_t row)
{
	struct arena *arena = importing->look->arena;
	const struct pack_field *field = importing->ledger->serial;
	if (row != 0 && was_seen(importing, text_format(arena, "row %lld", (long long)row)))
		return reject("台帳番号", "同じ台帳番号がこのファイルの中で二度使われています。");
	if (field == NULL)
		return OK;
	const struct text serial = value_of(made->values, made->count, field->name);
	const struct text folded = text_fold(arena, serial);
	if (folded.len != 0 && was_seen(importing, text_join(arena, T("serial "), folded)))
		return reject(text_z(arena, field->name),
			      "「%.*s」がこのファイルの中で二度使われています。", T_ARG(serial));
	return OK;
}

/* Is the row's unit, and the unit it had, one the person keeps the ledger of? */
static struct error *
check_reach(struct importing *importing, int64_t unit)
{
	const struct pack_field *owner = importing->ledger->owner;
	bool reaches = true;
	if (importing->mapping->rights != NULL)
		TRY(rights_reach(importing->look, importing->mapping->rights, RIGHT_LEDGER_WRITE,
				 (struct unit_id){ unit }, &reaches));
	if (reaches)
		return OK;
	return reject(owner != NULL ? text_z(importing->look->arena, owner->name) : NULL,
		      "この所属の台帳を変更する権限がありません。");
}

static int64_t
owner_of(const struct importing *importing, const struct ledger_import_row *made)
{
	const struct pack_field *owner = importing->ledger->owner;
	int64_t unit = 0;
	if (owner == NULL ||
	    !number_read(value_of(made->values, made->count, owner->name), 1, INT64_MAX, &unit))
		return 0;
	return unit;
}

static struct error *
examine_known(struct importing *importing, const struct ledger_row *known,
	      struct ledger_import_row *made)
{
	struct look *look = importing->look;
	const struct text json = values_write(look->arena, importing->ledger, made->values, made->count);
	made->row = known->id;
	made->revision = known->revision;
	TRY(changes_between(look, importing->pack, importing->ledger, known->values, json,
			    &made->changes, &made->changes_count));
	made->doing = made->changes_count == 0 ? ROW_SAME : ROW_CHANGED;
	return made->doing == ROW_SAME ? OK : check_reach(importing, known->owner);
}

static struct error *
examine(struct importing *importing, const struct table_row *row, struct ledger_import_row *made)
{
	struct ledger_value *typed = ARENA_ARRAY(importing->look->arena, struct ledger_value,
						 importing->ledger->fields_count + 1);
	struct ledger_row known = { 0 };
	size_t count;
	bool is_known;
	TRY(known_row(importing, row, &is_known, &known));
	TRY(typed_values(importing, row, typed, &count));
	if (is_known)
		TRY(keep_others(importing, &known, typed, &count));
	TRY(ledger_check(importing->look, importing->pack, importing->ledger, known.id, typed, count,
			 &made->values, &made->count));
	TRY(check_twice(importing, made, known.id.no));
	made->doing = ROW_ADDED;
	if (is_known)
		TRY(examine_known(importing, &known, made));
	return made->doing == ROW_SAME ? OK : check_reach(importing, owner_of(importing, made));
}

/* Faults name fields; the person sees the columns of their file. */
static void
name_columns(const struct importing *importing, struct error *faults)
{
	const struct table_row *heading = &importing->table->rows[importing->mapping->heading];
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

/* What was worked out for a row, out of the arena that is forgotten behind it. */
static void
keep_row(struct importing *importing, struct ledger_import_row *made)
{
	struct arena *keep = importing->keep;
	struct ledger_value *values = ARENA_ARRAY(keep, struct ledger_value, made->count + 1);
	struct ledger_change_of *changes = ARENA_ARRAY(keep, struct ledger_change_of,
						       made->changes_count + 1);
	size_t count = 0;
	for (size_t at = 0; at < made->count; at++)
		if (made->values[at].value.len != 0)
			values[count++] = (struct ledger_value){
				made->values[at].name, text_copy(keep, made->values[at].value)
			};
	for (size_t at = 0; at < made->changes_count; at++)
		changes[at] = (struct ledger_change_of){
			made->changes[at].field, text_copy(keep, made->changes[at].before),
			text_copy(keep, made->changes[at].after)
		};
	made->values = values;
	made->count = count;
	made->changes = changes;
	made->faults = error_keep(keep, made->faults);
}

static struct error *
examine_all(struct importing *importing)
{
	const struct table *table = importing->table;
	struct ledger_import *import = importing->import;
	import->rows = ARENA_ARRAY(importing->keep, struct ledger_import_row, table->count);
	for (size_t at = importing->mapping->heading + 1; at < table->count; at++) {
		if (is_blank_row(&table->rows[at]))
			continue;
		struct ledger_import_row *made = &import->rows[import->count++];
		made->line = table->rows[at].line;
		struct error *fault = examine(importing, &table->rows[at], made);
		if (fault != OK && fault->kind != ERROR_INVALID)
			return fault;
		if (fault != OK) {
			name_columns(importing, fault);
			*made = (struct ledger_import_row){ .line = made->line, .doing = ROW_WRONG,
							    .faults = fault };
		}
		count_row(importing, made);
		keep_row(importing, made);
		error_sweep();
		arena_reset(importing->look->arena);
	}
	return OK;
}

static struct error *
check_mapping(const struct pack_ledger *ledger, const struct ledger_mapping *mapping,
	      const struct table *table)
{
	if (table->count < mapping->heading + 2)
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
	ARENA_SCOPED scratch = arena_open(ROW_MEMORY);
	struct look row_look = *look;
	row_look.arena = scratch;
	struct ledger_import made = { 0 };
	struct importing importing = {
		.look = &row_look,
		.keep = look->arena,
		.pack = pack,
		.ledger = ledger,
		.table = table,
		.mapping = mapping,
		.usual_owner = usual_owner,
		.import = &made,
		.hasher = hasher,
		.seen_room = 64,
	};
	while (importing.seen_room < table->count * 4)
		importing.seen_room *= 2;
	importing.seen = ARENA_ARRAY(look->arena, struct hash, importing.seen_room);
	hasher_begin(hasher);
	TRY(examine_all(&importing));
	made.digest = hasher_end(hasher);
	*import = made;
	return OK;
}

static struct error *
apply_row(struct act *act, struct arena *scratch, const struct pack *pack,
	  const struct pack_ledger *ledger, const struct ledger_import_row *made)
{
	struct look look = act->look;
	struct row_id added;
	struct ledger_row row;
	look.arena = scratch;
	if (made->doing == ROW_ADDED)
		return row_enter(act, scratch, pack, ledger, made->values, made->count, &added);
	TRY(ledger_read(&look, pack, made->row, &row));
	return row_rewrite(act, scratch, pack, &row, made->values, made->count);
}

static struct error *
apply_all(struct act *act, const struct pack *pack, const struct pack_ledger *ledger,
	  const struct ledger_import *import, int64_t *done)
{
	ARENA_SCOPED scratch = arena_open(ROW_MEMORY);
	*done = 0;
	for (size_t at = 0; at < import->count; at++) {
		const struct ledger_import_row *made = &import->rows[at];
		if (made->doing != ROW_ADDED && made->doing != ROW_CHANGED)
			continue;
		struct error *error = apply_row(act, scratch, pack, ledger, made);
		if (error != OK && error->kind == ERROR_INVALID)
			return reject("file", "%lld行目: %.*s", (long long)made->line,
				      T_ARG(error->words));
		TRY(error);
		arena_reset(scratch);
		(*done)++;
	}
	return OK;
}

static struct error *
note_import(struct act *act, const struct pack_ledger *ledger, const struct ledger_import *import)
{
	struct arena *arena = act->look.arena;
	const struct fact fact = {
		.act = "ledger.import",
		.about = { text_format(arena, "ledger:%.*s", T_ARG(ledger->code)) },
		.pairs = { { "added", { 0 }, import->added },
			   { "changed", { 0 }, import->changed },
			   { "digest", hash_hex(arena, &import->digest), 0 },
			   { "skipped", { 0 }, import->wrong } },
	};
	return act_note(act, &fact);
}

struct error *
ledger_import_apply(struct act *act, const struct pack *pack, const struct pack_ledger *ledger,
		    const struct table *table, const struct ledger_mapping *mapping,
		    struct unit_id usual_owner, const struct hash *digest, bool skip_wrong,
		    int64_t *done)
{
	ARENA_SCOPED scratch = arena_open(IMPORT_MEMORY);
	struct look look = act->look;
	struct ledger_import import;
	int64_t applied;
	look.arena = scratch;
	TRY(ledger_import_preview(&look, pack, ledger, table, mapping, usual_owner, &import));
	if (!hash_same(&import.digest, digest))
		return conflict("確かめたあとに台帳が変わりました。もう一度、取り込みの内容を確かめてください。");
	if (import.wrong != 0 && !skip_wrong)
		return reject("file", "直す必要のある行が%lld行あります。直すか、その行を除いて取り込んでください。",
			      (long long)import.wrong);
	if (import.added + import.changed == 0)
		return reject("file", "台帳と違うところがないので、取り込むものがありません。");
	TRY(apply_all(act, pack, ledger, &import, &applied));
	TRY(note_import(act, ledger, &import));
	*done = applied;
	return OK;
}
