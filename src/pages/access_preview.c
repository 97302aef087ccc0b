/* The preview of a list of accounts: columns, lines to be put right, what would be done, who is missing. */
#include "pages/access_import.h"

enum { WRONG_SHOWN = 200, DOINGS_SHOWN = 200, GONE_SHOWN = 100 };

static struct text
cell_of(const struct table *table, size_t row, int column)
{
	if (row >= table->count || column < 0 || (size_t)column >= table->rows[row].count)
		return T("");
	return table->rows[row].cells[column];
}

/* 「A: ユーザーID」, as spreadsheets call columns. */
static struct text
column_words(struct visit *visit, const struct access_plan *plan, int column)
{
	char letters[4] = { 0 };
	if (column < 26) {
		letters[0] = (char)('A' + column);
	} else {
		letters[0] = (char)('A' + column / 26 - 1); /* at most 200 columns */
		letters[1] = (char)('A' + column % 26);
	}
	return text_format(visit->arena, "%s: %.*s", letters,
			   T_ARG(cell_of(&plan->sheet.table, plan->mapping.heading, column)));
}

static void
fill_mapping(struct visit *visit, const struct access_plan *plan, struct access_preview_page *page)
{
	const struct table *table = &plan->sheet.table;
	const size_t count = table->count != 0 ? table->rows[plan->mapping.heading].count : 0;
	page->mapping = ARENA_ARRAY(visit->arena, struct access_preview_mapping, ACCESS_COLUMNS);
	page->mapping_count = ACCESS_COLUMNS;
	for (int column = 0; column < ACCESS_COLUMNS; column++) {
		struct access_preview_mapping *out = &page->mapping[column];
		const int chosen = plan->mapping.column[column];
		out->name = text_of(access_column_name((enum access_column)column));
		out->label = text_of(access_column_words((enum access_column)column));
		out->is_required = column == COLUMN_NAME;
		out->is_missing = out->is_required && chosen < 0;
		out->sample = cell_of(table, plan->mapping.heading + 1, chosen);
		out->chosen = chosen < 0 ? T("-") : text_number(visit->arena, chosen);
		out->options = ARENA_ARRAY(visit->arena, struct access_preview_mapping_options, count + 1);
		out->options_count = count;
		for (int at = 0; (size_t)at < count; at++)
			out->options[at] = (struct access_preview_mapping_options){
				text_number(visit->arena, at), column_words(visit, plan, at), at == chosen
			};
	}
}

static void
fill_sheets(struct visit *visit, const struct sheet *sheet, struct access_preview_page *page)
{
	if (sheet->names_count < 2)
		return;
	page->sheets = ARENA_ARRAY(visit->arena, struct access_preview_sheets, sheet->names_count);
	page->sheets_count = sheet->names_count;
	for (size_t at = 0; at < sheet->names_count; at++)
		page->sheets[at] =
			(struct access_preview_sheets){ sheet->names[at], at == sheet->chosen };
}

static struct text
column_said(struct text name)
{
	for (int column = 0; column < ACCESS_COLUMNS; column++)
		if (text_is(name, access_column_name((enum access_column)column)))
			return text_of(access_column_words((enum access_column)column));
	return name;
}

static void
fill_wrong(struct visit *visit, const struct access_import *import, struct access_preview_page *page)
{
	int64_t rows = 0;
	page->wrongs = ARENA_ARRAY(visit->arena, struct access_preview_wrongs, WRONG_SHOWN);
	for (size_t at = 0; at < import->count; at++) {
		const struct access_import_row *row = &import->rows[at];
		if (row->doing != ROW_WRONG || page->wrongs_count == WRONG_SHOWN)
			continue;
		rows++;
		for (const struct error *one = row->faults;
		     one != NULL && page->wrongs_count < WRONG_SHOWN; one = one->next)
			page->wrongs[page->wrongs_count++] = (struct access_preview_wrongs){
				row->line, column_said(one->field), one->words
			};
	}
	page->more_wrong = import->wrong - rows;
}

static void
fill_doing(struct visit *visit, const struct access_import_row *row,
	   struct access_preview_doings *out)
{
	const bool is_new = row->doing == ROW_ADDED;
	*out = (struct access_preview_doings){
		.line = row->line,
		.what = text_of(is_new ? say("新規") : say("変更")),
		.tag = is_new ? T("go") : T("wait"),
		.name = row->name,
		.whose = row->person.no != 0 && row->person_name.len != 0 ? row->person_name
									   : row->label,
		.how = row->match == MATCH_NAME ? text_of(access_match_words(row->match)) : T(""),
		.is_privileged = row->is_privileged,
		.is_unknown = row->kind == ACCESS_UNKNOWN,
		.changes = ARENA_ARRAY(visit->arena, struct access_preview_doings_changes,
				       row->changes_count + 1),
		.changes_count = row->changes_count,
	};
	for (size_t at = 0; at < row->changes_count; at++)
		out->changes[at] = (struct access_preview_doings_changes){
			row->changes[at].label, row->changes[at].before, row->changes[at].after
		};
}

/* What one must not overlook first: changes, then those nobody knows, then the rest. */
static int
place_of(const struct access_import_row *row)
{
	if (row->doing == ROW_CHANGED)
		return row->is_used_only ? 3 : 0;
	if (row->doing != ROW_ADDED)
		return 3;
	return row->kind == ACCESS_UNKNOWN || row->is_privileged || row->match == MATCH_NAME ? 1 : 2;
}

static void
fill_doings(struct visit *visit, const struct access_import *import,
	    struct access_preview_page *page)
{
	page->doings = ARENA_ARRAY(visit->arena, struct access_preview_doings, DOINGS_SHOWN);
	for (int place = 0; place < 3; place++)
		for (size_t at = 0; at < import->count && page->doings_count < DOINGS_SHOWN; at++)
			if (place_of(&import->rows[at]) == place)
				fill_doing(visit, &import->rows[at],
					   &page->doings[page->doings_count++]);
	page->more_rows = import->added + import->changed - import->used_only -
			  (int64_t)page->doings_count; /* at most 200 */
}

static void
fill_gone(struct visit *visit, const struct access_import *import, struct access_preview_page *page)
{
	page->gone = ARENA_ARRAY(visit->arena, struct access_preview_gone, GONE_SHOWN);
	for (size_t at = 0; at < import->absent_count && at < GONE_SHOWN; at++)
		page->gone[page->gone_count++] = (struct access_preview_gone){
			import->absent[at].name, import->absent[at].person_name,
			import->absent[at].is_privileged
		};
	page->more_absent = (int64_t)(import->absent_count - page->gone_count); /* bounded */
}

static void
fill_import(struct visit *visit, const struct access_plan *plan, const struct access_import *import,
	    struct access_preview_page *page)
{
	page->is_read = true;
	page->rows = (int64_t)import->count; /* bounded by the file */
	page->added = import->added;
	page->changed = import->changed - import->used_only;
	page->used_only = import->used_only;
	page->same = import->same;
	page->wrong = import->wrong;
	page->unknown = import->unknown;
	page->absent = (int64_t)import->absent_count; /* likewise */
	page->digest = hash_hex(visit->arena, &import->digest);
	page->may_apply = import->added + import->changed + import->same != 0 &&
			  (import->wrong == 0 || plan->skips_wrong);
	fill_wrong(visit, import, page);
	fill_doings(visit, import, page);
	fill_gone(visit, import, page);
}

static struct error *
draw(struct look *look, struct visit *visit, const struct access_plan *plan)
{
	struct access_import import;
	struct arena *arena = visit->arena;
	const struct text pieces[] = { text_number(arena, plan->system.id.no),
				       capture_text(visit->captures, "file") };
	struct access_preview_page page = {
		.frame = visit_frame(visit, text_of(say("一覧を確かめる")), "ledger"),
		.system = plan->system.title,
		.back = access_system_url(arena, plan->system.id),
		.choose = url_of_number(arena, "/systems/{}/import", plan->system.id.no),
		.here = url_make(arena, "/systems/{}/import/{}", 2, pieces),
		.csrf = visit->csrf,
		.encoding = plan->sheet.table.encoding,
		.is_skipping = plan->skips_wrong,
		.heading = (int64_t)plan->mapping.heading, /* bounded by the file */
	};
	if (plan->sheet.names_count != 0)
		page.sheet = plan->sheet.names[plan->sheet.chosen];
	if (text_is(page.encoding, "XLSX"))
		page.encoding = text_format(arena, say("Excel、シート「%.*s」"), T_ARG(page.sheet));
	struct error *error = access_import_preview(look, visit->office->flow, plan->system.id,
						    &plan->sheet.table, &plan->mapping, &import);
	if (error != OK && error->kind != ERROR_INVALID)
		return error;
	if (error != OK)
		page.fault = error->words; /* the columns do not fit yet: they can be chosen here */
	page.is_unclear = error != OK;
	if (error == OK)
		fill_import(visit, plan, &import, &page);
	fill_mapping(visit, plan, &page);
	fill_sheets(visit, &plan->sheet, &page);
	return visit_draw(visit, access_preview_page, &page);
}

/* A big file has an arena of its own; what the page shows is drawn before it closes. */
struct error *
access_preview_draw(struct look *look, struct visit *visit)
{
	struct access_plan plan;
	(void)look;
	ARENA_SCOPED arena = arena_open(ACCESS_MEMORY);
	LOOK_SCOPED own = { 0 };
	TRY(look_begin(visit->office->store, arena, &own));
	TRY(access_plan_read(arena, &own, visit, &plan));
	return draw(&own, visit, &plan);
}
