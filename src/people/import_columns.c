/* Which column means what, by its heading as groupware and staff systems write it. */
#include "people/import_rooms.h"

#include <stdlib.h>

struct heading {
	enum meaning meaning;
	enum people_import_kind kind;
	const char *label;
	const char *aliases; /* separated by '|' */
};

static const struct heading headings[] = {
	{ UNIT_CODE, IMPORT_UNITS, N_("所属コード"),
	  "所属コード|組織コード|部署コード|部門コード|課コード|コード|code|現組織コード" },
	{ UNIT_NAME, IMPORT_UNITS, N_("所属名"),
	  "所属名|組織名|部署名|部門名|所属名称|組織名称|名称|名前|name|所属" },
	{ UNIT_PARENT, IMPORT_UNITS, N_("上位の所属コード"),
	  "上位の所属コード|上位所属コード|上位組織コード|親組織コード|親コード|親所属コード|親部署コード|上位部門コード|上位コード|parent" },
	{ UNIT_KIND, IMPORT_UNITS, N_("種別"), "種別|区分|組織区分|所属区分|組織種別|kind" },
	{ UNIT_RANK, IMPORT_UNITS, N_("表示順"), "表示順|表示優先度|並び順|順序|rank" },
	{ STAFF_NUMBER, IMPORT_STAFF, N_("職員番号"),
	  "職員番号|社員番号|従業員番号|職員コード|職員ID|社員コード|個人番号コード|number" },
	{ STAFF_NAME, IMPORT_STAFF, N_("氏名"), "氏名|名前|職員名|社員名|表示名|氏名(漢字)|name" },
	{ STAFF_FAMILY, IMPORT_STAFF, N_("姓"), "姓|氏|苗字|family" },
	{ STAFF_GIVEN, IMPORT_STAFF, N_("名"), "名|given" },
	{ STAFF_KANA, IMPORT_STAFF, N_("フリガナ"),
	  "フリガナ|ふりがな|氏名カナ|氏名(カナ)|カナ氏名|カナ|読み|よみ|よみがな|kana" },
	{ STAFF_KANA_FAMILY, IMPORT_STAFF, N_("姓カナ"), "姓カナ|カナ姓|姓(カナ)|姓フリガナ|よみ(姓)" },
	{ STAFF_KANA_GIVEN, IMPORT_STAFF, N_("名カナ"), "名カナ|カナ名|名(カナ)|名フリガナ|よみ(名)" },
	{ STAFF_MAIL, IMPORT_STAFF, N_("メールアドレス"), "メールアドレス|メール|E-mail|email|mail" },
	{ STAFF_LOGIN, IMPORT_STAFF, N_("ログイン名"),
	  "ログイン名|ログインID|ユーザーID|ユーザID|アカウント|login" },
	{ STAFF_EMPLOYMENT, IMPORT_STAFF, N_("任用の種別"),
	  "任用の種別|任用種別|任用区分|任用形態|雇用形態|雇用区分|職員区分|身分|employment" },
	{ STAFF_UNTIL, IMPORT_STAFF, N_("任期の終わりの日"),
	  "任期の終わりの日|任期の終わり|任期満了日|任期終了日|任用終了日|任期(至)|退職予定日|until" },
	{ STAFF_UNIT_CODE, IMPORT_STAFF, N_("所属コード"),
	  "所属コード|組織コード|部署コード|部門コード|課コード|優先する組織コード|unit" },
	{ STAFF_UNIT, IMPORT_STAFF, N_("所属"), "所属|所属名|組織名|部署|部署名|部門|部門名|優先する組織" },
	{ STAFF_POST, IMPORT_STAFF, N_("役職"), "役職|職名|職位|補職|役職名|post" },
	{ STAFF_CONCURRENT, IMPORT_STAFF, N_("兼務"), "兼務|兼務区分|本務兼務|本兼区分|本務兼務区分|配属区分|補職区分" },
	{ STAFF_CONCURRENT_UNIT, IMPORT_STAFF, N_("兼務所属コード"),
	  "兼務所属コード|兼務所属|兼務組織コード|兼務先コード|兼務先" },
	{ STAFF_CONCURRENT_POST, IMPORT_STAFF, N_("兼務役職"), "兼務役職|兼務職名|兼務補職" },
};

enum { HEADINGS = sizeof headings / sizeof *headings };

static bool
is_alias(struct arena *arena, struct text folded, const char *aliases)
{
	struct text rest = text_of(aliases), one;
	for (bool more = true; more;) {
		more = text_cut(rest, '|', &one, &rest);
		if (text_same(text_fold(arena, one), folded))
			return true;
	}
	return false;
}

/* Without the marks of required columns: "*職員番号", "職員番号（必須）". */
static struct text
bare(struct arena *arena, struct text heading)
{
	struct text folded = text_fold(arena, heading);
	folded = text_replace(arena, folded, text_fold(arena, T("(必須)")), T(""));
	folded = text_replace(arena, folded, T("*"), T(""));
	return text_replace(arena, folded, text_fold(arena, T("※")), T(""));
}

static const struct heading *
heading_of(const struct importing *importing, struct text words)
{
	struct arena *arena = importing->look->arena;
	const struct text folded = bare(arena, words);
	for (size_t at = 0; at < HEADINGS; at++)
		if (headings[at].kind == importing->options->kind &&
		    importing->column[headings[at].meaning] < 0 &&
		    is_alias(arena, folded, headings[at].aliases))
			return &headings[at];
	return NULL;
}

static void
map(struct importing *importing, const struct table_row *row)
{
	struct people_import *import = importing->import;
	import->columns = ARENA_ARRAY(importing->look->arena, struct import_column, row->count + 1);
	import->columns_count = row->count;
	for (size_t at = 0; at < row->count; at++) {
		const struct heading *heading = heading_of(importing, row->cells[at]);
		import->columns[at] = (struct import_column){ row->cells[at], NULL };
		if (heading == NULL)
			continue;
		import->columns[at].meaning = heading->label;
		importing->column[heading->meaning] = (int)at; /* below TABLE_MOST_COLUMNS */
	}
}

static struct error *
need(const struct importing *importing, enum meaning meaning)
{
	if (import_has(importing, meaning))
		return OK;
	for (size_t at = 0; at < HEADINGS; at++)
		if (headings[at].meaning == meaning)
			return reject("file", "「%s」の列が見つかりません。1行目の見出しを次のどれかにしてください: %s",
				      say(headings[at].label), headings[at].aliases);
	return OK;
}

struct error *
import_columns(struct importing *importing)
{
	for (int at = 0; at < MEANING_COUNT; at++)
		importing->column[at] = -1;
	if (importing->table.count == 0)
		return reject("file", "ファイルに行がありません。1行目に見出しのあるCSVファイルを選んでください。");
	map(importing, &importing->table.rows[0]);
	struct error *faults = OK;
	if (importing->options->kind == IMPORT_UNITS) {
		error_add(&faults, need(importing, UNIT_CODE));
		error_add(&faults, need(importing, UNIT_NAME));
		return faults;
	}
	error_add(&faults, need(importing, STAFF_NUMBER));
	if (!import_has(importing, STAFF_FAMILY))
		error_add(&faults, need(importing, STAFF_NAME));
	return faults;
}

bool
import_has(const struct importing *importing, enum meaning meaning)
{
	return importing->column[meaning] >= 0;
}

struct text
import_cell(const struct importing *importing, const struct table_row *row, enum meaning meaning)
{
	const int column = importing->column[meaning];
	if (column < 0 || (size_t)column >= row->count)
		return T("");
	return text_trim(row->cells[column]);
}

bool
import_row_is_blank(const struct table_row *row)
{
	for (size_t at = 0; at < row->count; at++)
		if (!text_is_blank(row->cells[at]))
			return false;
	return true;
}

/* --- keys --- */

static int
key_order(const void *left, const void *right)
{
	const struct key *a = left, *b = right;
	const int order = text_order(a->text, b->text);
	return order != 0 ? order : a->at < b->at ? -1 : a->at > b->at;
}

void
keys_sort(struct keys *keys)
{
	if (keys->count > 1)
		qsort(keys->list, keys->count, sizeof *keys->list, key_order);
}

bool
keys_find(const struct keys *keys, struct text text, size_t *at)
{
	size_t low = 0, high = keys->count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		if (text_order(keys->list[middle].text, text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == keys->count || !text_same(keys->list[low].text, text))
		return false;
	*at = keys->list[low].at;
	return true;
}

bool
import_lost_zeros(const struct keys *keys, struct text code, struct text *full)
{
	char room[24] = "0000000000";
	enum { ZEROS_MOST = 10 };
	size_t at;
	if (code.len == 0 || code.len > 12)
		return false;
	for (size_t i = 0; i < code.len; i++) {
		if (code.data[i] < '0' || code.data[i] > '9')
			return false;
		room[ZEROS_MOST + i] = code.data[i];
	}
	for (size_t zeros = 1; zeros <= ZEROS_MOST; zeros++) {
		const struct text padded = { room + ZEROS_MOST - zeros, code.len + zeros };
		if (keys_find(keys, padded, &at)) {
			for (size_t i = 0; i < keys->count; i++)
				if (text_same(keys->list[i].text, padded))
					*full = keys->list[i].text;
			return true;
		}
	}
	return false;
}
