/* The preview of a list of accounts: columns, lines to be put right, what would be done, who is missing. */
#include "pages/access_import.h"

enum { DOINGS_SHOWN = 200, GONE_SHOWN = 100 };

static struct import_choice *
choice_of(struct visit *visit, const struct access_plan *plan)
{
	struct import_choice *choice =
		import_choice(visit, &plan->sheet, plan->mapping.heading, ACCESS_COLUMNS);
	choice->columns.choose = url_of_number(visit->arena, "/systems/{}/import", plan->system.id.no);
	choice->columns.reader = text_of(say("番所が読むもの"));
	choice->columns.is_skipping = choice->chosen.is_skipping = plan->skips_wrong;
	for (int column = 0; column < ACCESS_COLUMNS; column++) {
		const int chosen = plan->mapping.column[column];
		struct import_columns_mapping *one = import_choice_add(
			visit, choice, text_of(access_column_name((enum access_column)column)),
			text_of(access_column_words((enum access_column)column)), chosen);
		one->is_required = column == COLUMN_NAME;
		one->is_missing = one->is_required && chosen < 0;
	}
	return choice;
}

static struct text
column_said(struct text name)
{
	for (int column = 0; column < ACCESS_COLUMNS; column++)
		if (text_is(name, access_column_name((enum access_column)column)))
			return text_of(access_column_words((enum access_column)column));
	return name;
}

static const struct import_faults_part *
faults_of(struct visit *visit, const struct access_import *import)
{
	struct import_faults_part *faults = import_faults(visit, import->wrong);
	for (size_t at = 0; at < import->count; at++)
		if (import->rows[at].doing == ROW_WRONG)
			import_faults_add(faults, import->rows[at].line, import->rows[at].faults,
					  column_said);
	return faults;
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
	page->may_apply = import->added + import->changed + import->same != 0 &&
			  (import->wrong == 0 || plan->skips_wrong);
	page->faults = faults_of(visit, import);
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
		.here = url_make(arena, "/systems/{}/import/{}", 2, pieces),
		.csrf = visit->csrf,
		.encoding = import_sheet_words(visit, &plan->sheet),
	};
	struct import_choice *choice = choice_of(visit, plan);
	struct error *error = access_import_preview(look, visit->office->flow, plan->system.id,
						    &plan->sheet.table, &plan->mapping, &import);
	if (error != OK && error->kind != ERROR_INVALID)
		return error;
	if (error != OK)
		page.fault = error->words; /* the columns do not fit yet: they can be chosen here */
	choice->columns.is_unclear = error != OK;
	page.columns = &choice->columns;
	if (error == OK) {
		fill_import(visit, plan, &import, &page);
		choice->columns.wrong = import.wrong;
		choice->chosen.digest = hash_hex(arena, &import.digest);
		page.chosen = &choice->chosen;
	}
	return visit_draw(visit, access_preview_page, &page);
}

/* A big file has an arena of its own; what the page shows is drawn before it closes. */
struct error *
access_preview_draw(struct look *look, struct visit *visit)
{
	struct access_plan plan;
	(void)look;
	ARENA_SCOPED arena = arena_open(access_bounds.memory);
	LOOK_SCOPED own = { 0 };
	TRY(look_begin(visit->office->store, arena, &own));
	TRY(access_plan_read(arena, &own, visit, &plan));
	return draw(&own, visit, &plan);
}
