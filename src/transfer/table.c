/* Rows of a table as lines, by headings as personnel offices write them. */
#include "transfer/rooms.h"

enum column { C_NUMBER, C_NAME, C_KANA, C_FROM_UNIT_CODE, C_FROM_UNIT, C_FROM_POST, C_TO_UNIT_CODE, C_TO_UNIT,
	      C_TO_POST, C_KIND, C_DAY, C_ABOVE, C_NOTE, COLUMNS };
enum { HEADING_ROWS = 10 };

static const struct {
	const char *label, *aliases;
} headings[COLUMNS] = {
	[C_NUMBER] = { N_("職員番号"), "職員番号|社員番号|従業員番号|職員コード|職員ID|番号|number" },
	[C_NAME] = { N_("氏名"), "氏名|名前|職員名|職員氏名|氏名(漢字)|name" },
	[C_KANA] = { N_("フリガナ"), "フリガナ|ふりがな|氏名カナ|カナ氏名|カナ|読み|kana" },
	[C_FROM_UNIT_CODE] = { N_("異動前の所属コード"), "異動前所属コード|旧所属コード|現所属コード|前所属コード" },
	[C_FROM_UNIT] = { N_("異動前の所属"),
			  "異動前所属|異動前の所属|旧所属|現所属|前所属|異動前所属名|現在の所属|from-unit" },
	[C_FROM_POST] = { N_("異動前の職"),
			  "異動前職|異動前の職|異動前職名|異動前役職|旧職|旧職名|旧役職|現職|現職名|現役職|前職|from-post" },
	[C_TO_UNIT_CODE] = { N_("異動後の所属コード"), "異動後所属コード|新所属コード|所属コード|配属先コード" },
	[C_TO_UNIT] = { N_("異動後の所属"),
			"異動後所属|異動後の所属|新所属|異動後所属名|発令所属|配属先|新所属名|所属|to-unit" },
	[C_TO_POST] = { N_("異動後の職"),
			"異動後職|異動後の職|異動後職名|異動後役職|新職|新職名|新役職|発令職|補職|職名|役職|to-post" },
	[C_KIND] = { N_("区分"), "区分|異動区分|発令区分|異動種別|発令種別|種別|事由|kind" },
	[C_DAY] = { N_("発令日"), "発令日|発令年月日|異動日|異動年月日|年月日|日付|day" },
	[C_ABOVE] = { N_("上位の所属・出向先"),
		      "上位の所属・出向先|上位所属|上位の所属|上位組織|出向先|派遣先|転出先|above" },
	[C_NOTE] = { N_("備考"), "備考|摘要|note" },
};

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

static bool
column_of(struct arena *arena, struct text heading, const int *column, enum column *found)
{
	struct text folded = text_replace(arena, text_fold(arena, heading), T("*"), T(""));
	folded = text_replace(arena, folded, T("\n"), T(""));
	for (size_t at = 0; at < COLUMNS; at++)
		if (column[at] < 0 && is_alias(arena, folded, headings[at].aliases)) {
			*found = (enum column)at;
			return true;
		}
	return false;
}

static size_t
map(struct arena *arena, const struct table_row *row, int *column, struct transfer_table *read)
{
	size_t known = 0;
	for (size_t at = 0; at < COLUMNS; at++)
		column[at] = -1;
	read->columns = ARENA_ARRAY(arena, struct transfer_column, row->count + 1);
	read->columns_count = row->count;
	for (size_t at = 0; at < row->count; at++) {
		enum column meaning;
		read->columns[at] = (struct transfer_column){ row->cells[at], NULL };
		if (!column_of(arena, row->cells[at], column, &meaning))
			continue;
		read->columns[at].meaning = headings[meaning].label;
		column[meaning] = (int)at; /* below TABLE_MOST_COLUMNS */
		known++;
	}
	return known;
}

static struct text
cell(const struct table_row *row, const int *column, enum column meaning)
{
	const int at = column[meaning];
	return at >= 0 && (size_t)at < row->count ? text_trim(row->cells[at]) : T("");
}

/* A code is surer than a name. */
static struct text
first_of(struct text code, struct text name)
{
	return code.len != 0 ? code : name;
}

static struct error *
row_read(struct arena *arena, const struct table_row *row, const int *column,
	 struct transfer_line *line)
{
	const struct text day = cell(row, column, C_DAY);
	enum transfer_kind kind;
	*line = (struct transfer_line){
		.place = row->line,
		.kind = cell(row, column, C_KIND),
		.number = text_narrow(arena, cell(row, column, C_NUMBER)),
		.name = cell(row, column, C_NAME),
		.kana = cell(row, column, C_KANA),
		.from_unit = first_of(cell(row, column, C_FROM_UNIT_CODE),
				      cell(row, column, C_FROM_UNIT)),
		.from_post = cell(row, column, C_FROM_POST),
		.to_unit = first_of(cell(row, column, C_TO_UNIT_CODE), cell(row, column, C_TO_UNIT)),
		.to_post = cell(row, column, C_TO_POST),
		.above = cell(row, column, C_ABOVE),
		.day = DAY_NONE,
		.note = cell(row, column, C_NOTE),
	};
	if (transfer_kind_read(arena, line->kind, &kind) && kind == UNIT_OPEN) {
		/* A new unit has both a name and a code. */
		line->number = first_of(cell(row, column, C_TO_UNIT_CODE), line->number);
		line->to_unit = cell(row, column, C_TO_UNIT);
	}
	if (day.len != 0 && !day_read(day, &line->day))
		return reject("file", "%lld行目の発令日「%.*s」は日付として読めません。R9.4.1 や 2027-04-01 のように書いてください。",
			      (long long)row->line, T_ARG(day));
	return OK;
}

static bool
is_blank(const struct table_row *row)
{
	for (size_t at = 0; at < row->count; at++)
		if (!text_is_blank(row->cells[at]))
			return false;
	return true;
}

static bool
is_heading(const int *column)
{
	return column[C_NUMBER] >= 0 && (column[C_KIND] >= 0 || column[C_TO_POST] >= 0);
}

static struct error *
find_heading(struct arena *into, const struct table *table, int *column,
	     struct transfer_table *read, size_t *heading)
{
	for (size_t at = 0; at < table->count && at < HEADING_ROWS; at++) {
		(void)map(into, &table->rows[at], column, read);
		if (is_heading(column)) {
			*heading = at;
			return OK;
		}
	}
	return reject("file", "見出しの行が見つかりません。「職員番号」と「区分」の列が要ります。分かる見出し: %.*s",
		      T_ARG(transfer_headings(into)));
}

struct error *
transfer_table_read(struct arena *into, const struct table *table, struct transfer_table *read)
{
	struct transfer_table made = { 0 };
	int column[COLUMNS];
	size_t heading = 0;
	TRY(find_heading(into, table, column, &made, &heading));
	if (column[C_KIND] < 0)
		return reject("file", "「区分」の列がありません。異動、昇任、採用、退職などを書いた列を加えてください。");
	made.lines = ARENA_ARRAY(into, struct transfer_line, table->count + 1);
	struct error *faults = OK;
	for (size_t at = heading + 1; at < table->count; at++) {
		if (is_blank(&table->rows[at]))
			continue;
		if (made.count == TRANSFER_MOST_LINES)
			return reject("file", "一つの一覧は%d行までです。分けてください。", TRANSFER_MOST_LINES);
		struct transfer_line *line = &made.lines[made.count++];
		error_add(&faults, row_read(into, &table->rows[at], column, line));
		error_add(&faults, line_check(line));
	}
	if (faults != OK)
		return faults;
	if (made.count == 0)
		return reject("file", "見出しの下に行がありません。異動を一行に一人ずつ書いたファイルを選んでください。");
	*read = made;
	return OK;
}

struct text
transfer_headings(struct arena *into)
{
	struct writer out = writer_open(into, 2000);
	for (size_t at = 0; at < COLUMNS; at++)
		write_format(&out, "%s%s", at > 0 ? "、" : "", say(headings[at].label));
	return writer_text(&out);
}
