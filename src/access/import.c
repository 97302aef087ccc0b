/* What a list of accounts would do, line by line. Preview and apply run the same code. */
#include "access/rooms.h"

#include "base/table.h"

#include <stdlib.h>

enum { MEMO_MOST = 64, CHANGES_MOST = 8 };

struct old_account {
	int64_t id, person, unit, used, list, closed, change;
	struct text name, label, why;
	enum access_kind kind;
	bool is_privileged, is_disabled, is_in_list;
};

/* States and rights are few different words, repeated ten thousand times. */
struct memo {
	struct text cell[MEMO_MOST];
	bool is_known[MEMO_MOST];
	int value[MEMO_MOST];
	size_t count;
};

struct importing {
	struct look *look;
	struct arena *arena;
	const struct table *table;
	const struct access_mapping *mapping;
	struct match_index *index;
	struct pairs users; /* account: persons */
	struct old_account *old;
	size_t old_count, old_room;
	struct memo states, privileges, kinds;
	struct access_import *import;
};

/* ---- What is there ---- */

static struct error *
add_old(void *with, const struct access_import_old_row *row)
{
	struct importing *importing = with;
	struct arena *arena = importing->arena;
	enum access_kind kind = ACCESS_UNKNOWN;
	(void)access_kind_read(row->kind, &kind);
	GROW(arena, importing->old, importing->old_count, importing->old_room);
	importing->old[importing->old_count++] = (struct old_account){
		.id = row->id, .person = row->person, .unit = row->unit, .used = row->used,
		.list = row->list, .closed = row->closed, .change = row->change,
		.name = text_copy(arena, row->name), .label = text_copy(arena, row->label),
		.why = text_copy(arena, row->why), .kind = kind,
		.is_privileged = row->is_privileged, .is_disabled = row->is_disabled,
	};
	return OK;
}

static int
old_order(const void *a, const void *b)
{
	return text_order(((const struct old_account *)a)->name,
			  ((const struct old_account *)b)->name);
}

static struct old_account *
old_of(struct importing *importing, struct text name)
{
	const struct old_account key = { .name = name };
	return importing->old_count == 0
		       ? NULL
		       : bsearch(&key, importing->old, importing->old_count, sizeof key, old_order);
}

static struct error *
add_user(void *with, const struct access_used_by_row *row)
{
	pair_add(with, row->account, row->person);
	return OK;
}

static struct error *
gather(struct importing *importing, struct row_id system)
{
	struct look *look = importing->look;
	TRY(match_index_make(look, &importing->index));
	importing->users.arena = importing->arena;
	TRY(access_used_by(look, &(struct access_used_by_in){ moment_day(look->now).no }, add_user,
			   &importing->users));
	TRY(access_import_old(look, &(struct access_import_old_in){ system.no }, add_old, importing));
	if (importing->old_count != 0)
		qsort(importing->old, importing->old_count, sizeof *importing->old, old_order);
	return OK;
}

/* ---- Cells ---- */

static int
memo_of(struct memo *memo, struct text cell, bool *is_there)
{
	for (size_t at = 0; at < memo->count; at++)
		if (text_same(memo->cell[at], cell)) {
			*is_there = true;
			return (int)at; /* at most 64 */
		}
	*is_there = false;
	return 0;
}

typedef bool reads(struct importing *importing, struct text cell, int *value);

static bool
read_state(struct importing *importing, struct text cell, int *value)
{
	bool is;
	const struct text heading =
		cell_at(&importing->table->rows[importing->mapping->heading],
			importing->mapping->column[COLUMN_STATE]);
	const bool known = cell_disabled(importing->arena, heading, cell, &is);
	*value = is;
	return known;
}

static bool
read_privilege(struct importing *importing, struct text cell, int *value)
{
	bool is;
	const bool known = cell_privileged(importing->arena, cell, &is);
	*value = is;
	return known;
}

static bool
read_kind(struct importing *importing, struct text cell, int *value)
{
	enum access_kind kind = ACCESS_UNKNOWN;
	const bool known = cell_kind(importing->arena, cell, &kind);
	*value = (int)kind;
	return known;
}

static bool
read_cell(struct importing *importing, struct memo *memo, reads *read, struct text cell, int *value)
{
	bool is_there;
	const int at = memo_of(memo, cell, &is_there);
	if (is_there) {
		*value = memo->value[at];
		return memo->is_known[at];
	}
	const bool known = read(importing, cell, value);
	if (memo->count < MEMO_MOST) {
		memo->cell[memo->count] = cell;
		memo->is_known[memo->count] = known;
		memo->value[memo->count++] = *value;
	}
	return known;
}

static struct text
cell_of(const struct importing *importing, const struct table_row *row, enum access_column column)
{
	return cell_at(row, importing->mapping->column[column]);
}

static bool
has_column(const struct importing *importing, enum access_column column)
{
	return importing->mapping->column[column] >= 0;
}

#define FAULT(made, column, ...)                                                               \
	error_add(&(made)->faults, reject(access_column_name(column), __VA_ARGS__))

/* 「0012、0034」 or names, by commas, semicolons, spaces of lists. */
static void
read_users(struct importing *importing, struct text cell, struct access_import_row *made)
{
	struct arena *arena = importing->arena;
	struct text rest = text_replace(arena, cell, T("、"), T(","));
	rest = text_replace(arena, rest, T("，"), T(","));
	rest = text_replace(arena, rest, T(";"), T(","));
	rest = text_replace(arena, rest, T("\n"), T(","));
	made->users = ARENA_ARRAY(arena, struct person_id, rest.len + 1);
	while (rest.len != 0) {
		struct text one;
		if (!text_cut(rest, ',', &one, &rest))
			rest = T("");
		one = text_trim(one);
		if (one.len == 0)
			continue;
		const struct matched matched = match_user(importing->index, arena, one);
		if (matched.person.no == 0)
			FAULT(made, COLUMN_USERS, "共用する人「%.*s」が%s。職員番号で書いてください。",
			      T_ARG(one),
			      matched.is_many ? say("複数います") : say("見つかりません"));
		else if (made->users_count < ACCESS_MOST_USERS)
			made->users[made->users_count++] = matched.person;
	}
}

static void
read_words(struct importing *importing, const struct table_row *row, struct access_import_row *made)
{
	made->name = cell_of(importing, row, COLUMN_NAME);
	made->why = cell_of(importing, row, COLUMN_WHY);
	if (made->name.len == 0)
		FAULT(made, COLUMN_NAME, "アカウントの欄が空です。");
	if (text_count(made->name) > ACCESS_MOST_NAME)
		FAULT(made, COLUMN_NAME, "アカウントは%d文字までにしてください。", ACCESS_MOST_NAME);
	if (text_count(made->why) > ACCESS_MOST_WORDS)
		FAULT(made, COLUMN_WHY, "備考は%d文字までにしてください。", ACCESS_MOST_WORDS);
}

static void
read_flags(struct importing *importing, const struct table_row *row, struct access_import_row *made)
{
	const struct text state = cell_of(importing, row, COLUMN_STATE);
	const struct text privilege = cell_of(importing, row, COLUMN_PRIVILEGE);
	const struct text used = cell_of(importing, row, COLUMN_USED);
	int value;
	if (!read_cell(importing, &importing->states, read_state, state, &value))
		FAULT(made, COLUMN_STATE, "「%.*s」が、使えるのか停止なのか分かりません。「有効」か「停止」と書いてください。",
		      T_ARG(state));
	made->is_disabled = value != 0;
	(void)read_cell(importing, &importing->privileges, read_privilege, privilege, &value);
	made->is_privileged = value != 0;
	if (!cell_used(importing->arena, used, &made->used))
		FAULT(made, COLUMN_USED, "「%.*s」は日付として読めません。2026-03-31 のように書いてください。",
		      T_ARG(used));
	made->has_used = has_column(importing, COLUMN_USED);
}

/* ---- Whose, and what kind ---- */

static void
read_person(struct importing *importing, const struct table_row *row, struct access_import_row *made)
{
	const struct text number = cell_of(importing, row, COLUMN_NUMBER);
	const struct text name = cell_of(importing, row, COLUMN_PERSON);
	const struct matched matched =
		match_person(importing->index, importing->arena, number,
			     cell_of(importing, row, COLUMN_MAIL), made->name, name);
	made->person = matched.person;
	made->match = matched.match;
	made->person_name = matched.name;
	made->label = number.len == 0 || name.len == 0
			      ? (name.len != 0 ? name : number)
			      : text_format(importing->arena, "%.*s %.*s", T_ARG(number), T_ARG(name));
	if (text_count(made->label) > ACCESS_MOST_NAME)
		FAULT(made, COLUMN_PERSON, "氏名・表示名は%d文字までにしてください。", ACCESS_MOST_NAME);
}

static void
decide_kind(struct importing *importing, const struct table_row *row,
	    const struct old_account *old, struct access_import_row *made)
{
	const struct text kind = cell_of(importing, row, COLUMN_KIND);
	int value = ACCESS_UNKNOWN;
	bool is_said = false;
	if (kind.len != 0) {
		is_said = read_cell(importing, &importing->kinds, read_kind, kind, &value);
		if (!is_said)
			FAULT(made, COLUMN_KIND, "「%.*s」が何の種類か分かりません。「個人」「共用」「機器」のどれかにしてください。",
			      T_ARG(kind));
	}
	made->kind = is_said ? (enum access_kind)value : ACCESS_PERSON;
	/* What people said here stays, where the list says nothing of it. */
	if (!is_said && old != NULL && old->kind != ACCESS_UNKNOWN)
		made->kind = old->kind;
	else if (!is_said && made->users_count != 0)
		made->kind = ACCESS_SHARED;
	if (made->kind == ACCESS_PERSON && made->person.no == 0) {
		made->person.no = old != NULL && old->kind == ACCESS_PERSON ? old->person : 0;
		made->kind = made->person.no != 0 ? ACCESS_PERSON : ACCESS_UNKNOWN;
	}
	/* A name alone does not take an account from somebody. */
	if (made->kind == ACCESS_PERSON && made->match == MATCH_NAME && old != NULL &&
	    old->person != 0)
		made->person.no = old->person;
	if (made->kind != ACCESS_PERSON) {
		made->person.no = 0;
		made->match = MATCH_NONE;
	}
}

/* ---- What it changes ---- */

static void
changed(struct importing *importing, struct access_import_row *made, const char *label,
	struct text before, struct text after)
{
	if (made->changes == NULL)
		made->changes = ARENA_ARRAY(importing->arena, struct access_change_of, CHANGES_MOST);
	if (made->changes_count < CHANGES_MOST)
		made->changes[made->changes_count++] =
			(struct access_change_of){ text_of(label), before, after };
}

static struct text
person_words(struct importing *importing, int64_t id)
{
	struct text name = T("");
	if (id != 0 && people_name(importing->look, (struct person_id){ id }, &name) != OK)
		name = T("");
	return name;
}

static bool
has_new_user(const struct importing *importing, const struct old_account *old,
	     const struct access_import_row *made)
{
	for (size_t at = 0; made->kind == ACCESS_SHARED && at < made->users_count; at++)
		if (!pair_is(&importing->users, old->id, made->users[at].no))
			return true;
	return false;
}

static void
keep_unsaid(const struct importing *importing, const struct old_account *old,
	    struct access_import_row *made)
{
	if (!has_column(importing, COLUMN_STATE))
		made->is_disabled = old->is_disabled;
	if (!has_column(importing, COLUMN_PRIVILEGE))
		made->is_privileged = old->is_privileged;
	if (!has_column(importing, COLUMN_USED) || (day_is_none(made->used) && old->used != 0))
		made->used = old->used != 0 ? (struct day){ old->used } : DAY_NONE;
	/* The reason that was written here is not replaced by a remark of the list. */
	if (made->why.len == 0 || old->why.len != 0)
		made->why = old->why;
	if (made->kind == ACCESS_PERSON)
		made->label = T("");
	else if (made->label.len == 0)
		made->label = old->label;
}

static void
compare(struct importing *importing, const struct old_account *old, struct access_import_row *made)
{
	keep_unsaid(importing, old, made);
	if (old->closed != 0)
		changed(importing, made, say("状態"), text_of(say("抹消済み")),
			text_of(say("また一覧にある")));
	if (old->kind != made->kind)
		changed(importing, made, say("種類"), text_of(access_kind_words(old->kind)),
			text_of(access_kind_words(made->kind)));
	if (old->person != made->person.no)
		changed(importing, made, say("使う人"), person_words(importing, old->person),
			person_words(importing, made->person.no));
	if (old->is_disabled != made->is_disabled)
		changed(importing, made, say("状態"),
			text_of(old->is_disabled ? say("停止") : say("有効")),
			text_of(made->is_disabled ? say("停止") : say("有効")));
	if (old->is_privileged != made->is_privileged)
		changed(importing, made, say("特権"),
			text_of(old->is_privileged ? say("あり") : say("なし")),
			text_of(made->is_privileged ? say("あり") : say("なし")));
	if (has_new_user(importing, old, made))
		changed(importing, made, say("共用する人"), T(""),
			text_format(importing->arena, say("%zu人"), made->users_count));
	if (!text_same(old->why, made->why))
		changed(importing, made, say("備考"), old->why, made->why);
	if (made->kind != ACCESS_PERSON && !text_same(old->label, made->label))
		changed(importing, made, say("一覧での名前"), old->label, made->label);
	made->is_used_only = made->changes_count == 0 && has_column(importing, COLUMN_USED) &&
			     !day_is_none(made->used) && made->used.no != old->used;
	made->doing = made->changes_count != 0 || made->is_used_only ? ROW_CHANGED : ROW_SAME;
}

/* ---- One line ---- */

static bool
is_blank_row(const struct table_row *row)
{
	for (size_t at = 0; at < row->count; at++)
		if (!text_is_blank(row->cells[at]))
			return false;
	return true;
}

static void
import_row(struct importing *importing, const struct table_row *row, struct access_import_row *made)
{
	struct old_account *old;
	*made = (struct access_import_row){ .line = row->line, .used = DAY_NONE };
	read_words(importing, row, made);
	read_flags(importing, row, made);
	read_person(importing, row, made);
	read_users(importing, cell_of(importing, row, COLUMN_USERS), made);
	old = old_of(importing, made->name);
	decide_kind(importing, row, old, made);
	if (old != NULL && old->is_in_list)
		FAULT(made, COLUMN_NAME, "アカウント「%.*s」が一覧に二度あります。", T_ARG(made->name));
	if (old != NULL) {
		old->is_in_list = true;
		made->account.no = old->id;
	}
	if (made->faults != NULL)
		made->doing = ROW_WRONG;
	else if (old != NULL)
		compare(importing, old, made);
	else
		made->doing = ROW_ADDED;
	if (made->doing == ROW_ADDED && made->kind == ACCESS_PERSON)
		made->label = T("");
}

static void
count_row(struct access_import *import, const struct access_import_row *row)
{
	switch (row->doing) {
	case ROW_ADDED:
		import->added++;
		import->unknown += row->kind == ACCESS_UNKNOWN;
		break;
	case ROW_CHANGED:
		import->changed++;
		import->used_only += row->is_used_only;
		break;
	case ROW_SAME:
		import->same++;
		break;
	case ROW_WRONG:
		import->wrong++;
		break;
	}
}

static int
name_order(const void *a, const void *b)
{
	const struct access_import_row *const *one = a, *const *other = b;
	const int names = text_order((*one)->name, (*other)->name);
	return names != 0 ? names : (*one)->line < (*other)->line ? -1 : 1;
}

/* New accounts that the file names twice: the second line is wrong. */
static void
find_twice(struct importing *importing)
{
	struct access_import *import = importing->import;
	const struct access_import_row **by_name =
		ARENA_ARRAY(importing->arena, const struct access_import_row *, import->count + 1);
	for (size_t at = 0; at < import->count; at++)
		by_name[at] = &import->rows[at];
	if (import->count != 0)
		qsort(by_name, import->count, sizeof *by_name, name_order);
	for (size_t at = 1; at < import->count; at++) {
		const struct access_import_row *row = by_name[at];
		struct access_import_row *made = &import->rows[row - import->rows];
		if (made->doing != ROW_ADDED || !text_same(made->name, by_name[at - 1]->name))
			continue;
		FAULT(made, COLUMN_NAME, "アカウント「%.*s」が一覧に二度あります。", T_ARG(made->name));
		made->doing = ROW_WRONG;
	}
}

static void
find_absent(struct importing *importing)
{
	struct access_import *import = importing->import;
	import->absent = ARENA_ARRAY(importing->arena, struct access_account, importing->old_count + 1);
	for (size_t at = 0; at < importing->old_count; at++) {
		const struct old_account *old = &importing->old[at];
		if (old->is_in_list || old->closed != 0)
			continue;
		import->absent[import->absent_count++] = (struct access_account){
			.id = { old->id }, .name = old->name, .kind = old->kind,
			.person = { old->person }, .is_privileged = old->is_privileged,
			.is_disabled = old->is_disabled, .label = old->label,
			.person_name = old->person != 0 ? person_words(importing, old->person) : old->label,
		};
	}
}

/* ---- The digest ---- */

static void
hash_number(struct hasher *hasher, int64_t number)
{
	char digits[DIGITS_MOST + 1];
	const size_t count = digits_of(number, digits);
	digits[count] = ';';
	hasher_add(hasher, (struct text){ digits, count + 1 });
}

static void
hash_row(struct hasher *hasher, const struct access_import_row *row)
{
	const int64_t numbers[] = { row->line, (int64_t)row->doing, row->account.no,
				    (int64_t)row->kind, row->person.no, row->is_privileged,
				    row->is_disabled, day_is_none(row->used) ? 0 : row->used.no,
				    (int64_t)row->users_count };
	for (size_t at = 0; at < sizeof numbers / sizeof *numbers; at++)
		hash_number(hasher, numbers[at]);
	for (size_t at = 0; at < row->users_count; at++)
		hash_number(hasher, row->users[at].no);
	const struct text words[] = { row->name, row->label, row->why };
	for (size_t at = 0; at < sizeof words / sizeof *words; at++) {
		hash_number(hasher, (int64_t)words[at].len);
		hasher_add(hasher, words[at]);
	}
}

static void
digest(struct importing *importing, struct row_id system)
{
	struct access_import *import = importing->import;
	HASHER_SCOPED hasher = hasher_open();
	hasher_begin(hasher);
	hash_number(hasher, system.no);
	for (int column = 0; column < ACCESS_COLUMNS; column++)
		hash_number(hasher, importing->mapping->column[column]);
	for (size_t at = 0; at < import->count; at++)
		hash_row(hasher, &import->rows[at]);
	for (size_t at = 0; at < import->absent_count; at++)
		hash_number(hasher, import->absent[at].id.no);
	for (size_t at = 0; at < importing->old_count; at++) {
		hash_number(hasher, importing->old[at].id);
		hash_number(hasher, importing->old[at].change);
	}
	import->digest = hasher_end(hasher);
}

struct error *
access_import_preview(struct look *look, const struct flow *flow, struct row_id system,
		      const struct table *table, const struct access_mapping *mapping,
		      struct access_import *import)
{
	struct importing importing = { .look = look, .arena = look->arena, .table = table,
				       .mapping = mapping, .import = import };
	(void)flow;
	*import = (struct access_import){ 0 };
	if (mapping->column[COLUMN_NAME] < 0)
		return reject("name", "どの列がアカウントの名前(ログインに使うID)かを選んでください。");
	if (table->count > ACCESS_LIST_MOST)
		return reject("file", "一覧は%d行までにしてください。", ACCESS_LIST_MOST);
	TRY(gather(&importing, system));
	import->rows = ARENA_ARRAY(look->arena, struct access_import_row, table->count + 1);
	for (size_t at = mapping->heading + 1; at < table->count; at++)
		if (!is_blank_row(&table->rows[at]))
			import_row(&importing, &table->rows[at], &import->rows[import->count++]);
	find_twice(&importing);
	for (size_t at = 0; at < import->count; at++)
		count_row(import, &import->rows[at]);
	find_absent(&importing);
	digest(&importing, system);
	return OK;
}
