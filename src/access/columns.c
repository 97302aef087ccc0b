/* Columns of account lists as systems write them, and what their cells mean. */
#include "access/rooms.h"

#include "base/number.h"
#include "base/table.h"

enum { NAMES_MOST = 18, TITLES_MOST = 10 };

/* Folded when compared: width, case and spaces do not matter. */
static const char *const names_of[ACCESS_COLUMNS][NAMES_MOST] = {
	[COLUMN_NAME] = { "アカウント", "アカウント名", "ユーザーID", "ユーザID", "利用者ID", "ログインID",
			  "ログイン名", "ログオン名", "ID", "ユーザー名", "ユーザ名", "登録ID", "sAMAccountName",
			  "uid", "userPrincipalName", "account", "user", "login" },
	[COLUMN_NUMBER] = { "職員番号", "職員コード", "職員ID", "社員番号", "employeeNumber", "employeeID",
			    "staff number" },
	[COLUMN_PERSON] = { "氏名", "名前", "表示名", "利用者", "利用者名", "使用者", "使用者名", "displayName",
			    "cn", "name" },
	[COLUMN_MAIL] = { "メールアドレス", "メール", "mail", "e-mail", "email" },
	[COLUMN_STATE] = { "状態", "利用状態", "ステータス", "有効", "有効無効", "有効/無効", "使用可否", "無効", "停止",
			   "ロック", "enabled", "disabled", "status" },
	[COLUMN_PRIVILEGE] = { "権限", "特権", "管理者", "管理者権限", "特権ID", "権限区分", "ロール", "role",
			       "privileged", "admin" },
	[COLUMN_USED] = { "最終ログイン", "最終ログイン日", "最終ログイン日時", "最終ログオン", "最終ログオン日時",
			  "最終利用日", "最終使用日", "最終サインイン", "最終アクセス", "前回ログイン", "lastLogon",
			  "lastLogonTimestamp", "last used", "last sign-in" },
	[COLUMN_KIND] = { "種別", "種類", "区分", "アカウント種別", "ID種別", "kind", "type" },
	[COLUMN_USERS] = { "共用者", "共用する人", "共有者", "利用者一覧", "使う人", "users" },
	[COLUMN_WHY] = { "用途", "理由", "目的", "備考", "説明", "摘要", "description", "why" },
};

struct text
cell_at(const struct table_row *row, int column)
{
	return column >= 0 && (size_t)column < row->count ? text_trim(row->cells[column]) : T("");
}

static bool
is_one_of(struct arena *arena, struct text cell, const char *const *words, size_t count)
{
	const struct text folded = text_fold(arena, cell);
	for (size_t at = 0; at < count && words[at] != NULL; at++)
		if (text_same(folded, text_fold(arena, text_of(words[at]))))
			return true;
	return false;
}

/* ---- Which column is which ---- */

/* "number=職員番号" lines of the list before, by heading. */
static bool
was_kept(struct arena *arena, struct text columns, enum access_column column, struct text heading)
{
	struct text line, rest = columns;
	while (rest.len != 0) {
		struct text name, kept;
		if (!text_cut(rest, '\n', &line, &rest))
			rest = T("");
		if (text_cut(line, '=', &name, &kept) && text_is(name, access_column_name(column)) &&
		    text_same(text_fold(arena, kept), text_fold(arena, heading)))
			return true;
	}
	return false;
}

static size_t
guess_from(struct arena *arena, struct text kept, const struct table_row *heading,
	   struct access_mapping *mapping)
{
	size_t known = 0;
	for (int column = 0; column < ACCESS_COLUMNS; column++) {
		mapping->column[column] = -1;
		for (size_t at = heading->count; at-- > 0;) {
			const struct text cell = heading->cells[at];
			const bool is = kept.len != 0
						? was_kept(arena, kept, (enum access_column)column, cell)
						: is_one_of(arena, cell, names_of[column], NAMES_MOST);
			if (is && cell.len != 0)
				mapping->column[column] = (int)at; /* at most 200 columns */
		}
		known += mapping->column[column] >= 0;
	}
	return known;
}

static size_t
guess(struct arena *arena, struct text kept, const struct table *table,
      struct access_mapping *mapping)
{
	static const struct table_row nothing;
	size_t most = 0;
	*mapping = (struct access_mapping){ .heading = 0 };
	for (size_t row = 0; row < table->count && row < TITLES_MOST; row++) {
		struct access_mapping one = { 0 };
		const size_t known = guess_from(arena, kept, &table->rows[row], &one);
		if (known > most)
			mapping->heading = row;
		most = known > most ? known : most;
	}
	(void)guess_from(arena, kept, table->count != 0 ? &table->rows[mapping->heading] : &nothing,
			 mapping);
	return most;
}

struct access_mapping
access_mapping_guess(struct arena *into, const struct access_system *system,
		     const struct table *table)
{
	struct access_mapping mapping;
	if (system->columns.len != 0) {
		(void)guess(into, system->columns, table, &mapping);
		if (mapping.column[COLUMN_NAME] >= 0)
			return mapping;
	}
	(void)guess(into, T(""), table, &mapping);
	return mapping;
}

struct text
mapping_keep(struct arena *into, const struct table *table, const struct access_mapping *mapping)
{
	struct text kept = T("");
	const struct table_row *heading = &table->rows[mapping->heading];
	for (int column = 0; column < ACCESS_COLUMNS; column++) {
		const struct text cell = cell_at(heading, mapping->column[column]);
		if (mapping->column[column] >= 0)
			kept = text_format(into, "%.*s%s=%.*s\n", T_ARG(kept),
					   access_column_name((enum access_column)column),
					   T_ARG(text_replace(into, cell, T("\n"), T(" "))));
	}
	return kept;
}

/* ---- Cells ---- */

static const char *const yes_words[] = { "1", "true", "yes", "○", "〇", "◯", "はい", "有", "あり", "on", "y", "レ", "✓" };
static const char *const no_words[] = { "0", "false", "no", "×", "✕", "いいえ", "無", "なし", "off", "n", "-", "－" };

bool
cell_disabled(struct arena *arena, struct text heading, struct text cell, bool *is)
{
	static const char *const off[] = { "無効", "停止", "停止中", "廃止", "休止", "休止中", "ロック", "ロック中", "抹消",
					   "使用不可", "disabled", "inactive", "locked", "suspended" };
	static const char *const on[] = { "有効", "使用中", "利用中", "使用可", "通常", "正常", "在籍", "active",
					  "enabled", "ok" };
	static const char *const negative[] = { "無効", "停止", "ロック", "disabled", NULL };
	const bool is_negative = is_one_of(arena, heading, negative, 4);
	*is = false;
	if (cell.len == 0)
		return true;
	if (is_one_of(arena, cell, off, sizeof off / sizeof *off))
		*is = true;
	else if (is_one_of(arena, cell, yes_words, sizeof yes_words / sizeof *yes_words))
		*is = is_negative;
	else if (is_one_of(arena, cell, no_words, sizeof no_words / sizeof *no_words))
		*is = !is_negative;
	else
		return is_one_of(arena, cell, on, sizeof on / sizeof *on);
	return true;
}

bool
cell_privileged(struct arena *arena, struct text cell, bool *is)
{
	static const char *const parts[] = { "管理者", "特権", "管理", "admin", "root", "operator", "dba", "保守" };
	static const char *const ordinary[] = { "一般", "一般利用者", "利用者", "通常", "ユーザー", "user", "標準", "参照",
						"入力", "なし" };
	const struct text folded = text_fold(arena, cell);
	*is = false;
	if (cell.len == 0 || is_one_of(arena, cell, no_words, sizeof no_words / sizeof *no_words) ||
	    is_one_of(arena, cell, ordinary, sizeof ordinary / sizeof *ordinary))
		return true;
	*is = is_one_of(arena, cell, yes_words, sizeof yes_words / sizeof *yes_words);
	for (size_t at = 0; at < sizeof parts / sizeof *parts; at++)
		*is = *is || text_has(folded, text_fold(arena, text_of(parts[at])));
	return true;
}

bool
cell_kind(struct arena *arena, struct text cell, enum access_kind *kind)
{
	static const char *const person[] = { "個人", "職員", "一般", "person", "user", "personal" };
	static const char *const shared[] = { "共用", "共有", "共通", "共用ID", "共有ID", "課", "所属", "shared" };
	static const char *const machine[] = { "システム", "サービス", "機器", "連携", "プログラム", "バッチ", "service",
					       "machine", "system", "機器・プログラム" };
	if (is_one_of(arena, cell, person, sizeof person / sizeof *person))
		*kind = ACCESS_PERSON;
	else if (is_one_of(arena, cell, shared, sizeof shared / sizeof *shared))
		*kind = ACCESS_SHARED;
	else if (is_one_of(arena, cell, machine, sizeof machine / sizeof *machine))
		*kind = ACCESS_MACHINE;
	else
		return false;
	return true;
}

/* Directories write hundreds of nanoseconds since 1601. */
static bool
read_ticks(struct text cell, struct day *used)
{
	enum { TICKS_A_MS = 10000 };
	const int64_t between_ms = INT64_C(11644473600000);
	int64_t ticks;
	if (!number_read(cell, INT64_C(100000000000000000), INT64_MAX - 1, &ticks))
		return false;
	*used = moment_day((struct moment){ ticks / TICKS_A_MS - between_ms });
	return true;
}

bool
cell_used(struct arena *arena, struct text cell, struct day *used)
{
	static const char *const never[] = { "未使用", "なし", "未ログイン", "一度もなし", "never", "0", "-" };
	struct text date, rest;
	struct moment moment;
	*used = DAY_NONE;
	if (cell.len == 0 || read_ticks(cell, used) || day_read(cell, used))
		return true;
	if (moment_read(cell, &moment)) {
		*used = moment_day(moment);
		return true;
	}
	/* 2026/11/20 9:31:05: the day is enough. */
	if ((text_cut(cell, ' ', &date, &rest) || text_cut(cell, 'T', &date, &rest)) &&
	    day_read(date, used))
		return true;
	return is_one_of(arena, cell, never, sizeof never / sizeof *never);
}
