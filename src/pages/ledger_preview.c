/* The preview of an import: columns, rows to be put right, and what would be done. */
#include "pages/ledger_import.h"

#include "base/number.h"

enum { WRONG_SHOWN = 200, DOINGS_SHOWN = 200 };

/* ---- Columns ---- */

static struct text
cell_at(const struct table *table, size_t row, int column)
{
	if (row >= table->count || column < 0 || (size_t)column >= table->rows[row].count)
		return T("");
	return table->rows[row].cells[column];
}

static struct text
sample_of(struct visit *visit, const struct import_plan *plan, int column)
{
	enum { SAMPLE_MOST = 40 };
	const struct text cell = cell_at(&plan->sheet.table, plan->mapping.heading + 1, column);
	size_t at = 0, count = 0;
	uint32_t character;
	while (count < SAMPLE_MOST && text_next(cell, &at, &character))
		count++;
	if (at == cell.len)
		return cell;
	return text_format(visit->arena, "%.*s…", (int)at, cell.data); /* a cell is short */
}

/* 「A: 情報資産名」, as spreadsheets call columns. */
static struct text
column_words(struct visit *visit, const struct import_plan *plan, int column)
{
	char letters[4] = { 0 };
	if (column < 26) {
		letters[0] = (char)('A' + column);
	} else {
		letters[0] = (char)('A' + column / 26 - 1); /* at most 200 columns */
		letters[1] = (char)('A' + column % 26);
	}
	return text_format(visit->arena, "%s: %.*s", letters,
			   T_ARG(cell_at(&plan->sheet.table, plan->mapping.heading, column)));
}

static void
fill_mapping_row(struct visit *visit, const struct import_plan *plan, int chosen,
		 struct ledger_preview_mapping *out)
{
	const size_t count = plan->sheet.table.count != 0
				     ? plan->sheet.table.rows[plan->mapping.heading].count
				     : 0;
	out->options = ARENA_ARRAY(visit->arena, struct ledger_preview_mapping_options, count + 1);
	out->options_count = count;
	out->sample = sample_of(visit, plan, chosen);
	out->chosen = chosen < 0 ? T("-") : text_format(visit->arena, "%d", chosen);
	for (int at = 0; (size_t)at < count; at++)
		out->options[at] = (struct ledger_preview_mapping_options){
			.value = text_format(visit->arena, "%d", at),
			.words = column_words(visit, plan, at),
			.is_chosen = at == chosen,
		};
}

static void
fill_mapping(struct visit *visit, const struct import_plan *plan, struct ledger_preview_page *page)
{
	const struct pack_ledger *ledger = plan->ledger;
	page->mapping_count = ledger->fields_count + 1;
	page->mapping = ARENA_ARRAY(visit->arena, struct ledger_preview_mapping, page->mapping_count);
	page->mapping[0].name = T("number");
	page->mapping[0].label = text_of(say("台帳番号"));
	fill_mapping_row(visit, plan, plan->mapping.number_column, &page->mapping[0]);
	for (size_t at = 0; at < ledger->fields_count; at++) {
		const struct pack_field *field = &ledger->fields[at];
		struct ledger_preview_mapping *out = &page->mapping[at + 1];
		out->name = field->name;
		out->label = words_now(field->label);
		out->is_required = field->is_required;
		out->is_missing = field->is_required && plan->mapping.column[at] < 0 &&
				  plan->mapping.number_column < 0 && field != ledger->owner;
		page->is_unclear = page->is_unclear || out->is_missing;
		fill_mapping_row(visit, plan, plan->mapping.column[at], out);
	}
}

static void
fill_sheets(struct visit *visit, const struct sheet *sheet, struct ledger_preview_page *page)
{
	if (sheet->names_count < 2)
		return;
	page->sheets = ARENA_ARRAY(visit->arena, struct ledger_preview_sheets, sheet->names_count);
	page->sheets_count = sheet->names_count;
	for (size_t at = 0; at < sheet->names_count; at++)
		page->sheets[at] = (struct ledger_preview_sheets){ sheet->names[at], sheet->names[at],
								   at == sheet->chosen };
}

/* ---- Rows ---- */

static void
fill_wrong(struct visit *visit, const struct ledger_import *import, struct ledger_preview_page *page)
{
	int64_t rows = 0;
	page->wrongs = ARENA_ARRAY(visit->arena, struct ledger_preview_wrongs, WRONG_SHOWN);
	for (size_t at = 0; at < import->count; at++) {
		const struct ledger_import_row *row = &import->rows[at];
		if (row->doing != ROW_WRONG || page->wrongs_count == WRONG_SHOWN)
			continue;
		rows++;
		for (const struct error *one = row->faults;
		     one != NULL && page->wrongs_count < WRONG_SHOWN; one = one->next)
			page->wrongs[page->wrongs_count++] = (struct ledger_preview_wrongs){
				.line = row->line, .column = one->field, .words = one->words
			};
	}
	page->more_wrong = import->wrong - rows;
}

static struct text
value_in(const struct ledger_import_row *row, const struct pack_field *field)
{
	for (size_t at = 0; field != NULL && at < row->count; at++)
		if (text_same(row->values[at].name, field->name))
			return row->values[at].value;
	return T("");
}

static void
fill_doing(struct look *look, struct visit *visit, const struct pack_ledger *ledger,
	   const struct ledger_import_row *row, struct ledger_preview_doings *out)
{
	const bool is_new = row->doing == ROW_ADDED;
	*out = (struct ledger_preview_doings){
		.line = row->line,
		.what = text_of(is_new ? say("登録") : say("変更")),
		.tag = is_new ? T("go") : T("wait"),
		.title = value_in(row, ledger->title),
		.changes = ARENA_ARRAY(visit->arena, struct ledger_preview_doings_changes,
				       row->changes_count + 1),
		.changes_count = row->changes_count,
	};
	if (is_new && ledger->class_field != NULL)
		out->class = value_words(look, ledger->class_field, value_in(row, ledger->class_field));
	if (is_new && ledger->owner != NULL)
		out->owner = value_words(look, ledger->owner, value_in(row, ledger->owner));
	for (size_t at = 0; at < row->changes_count; at++)
		out->changes[at] = (struct ledger_preview_doings_changes){
			.label = words_now(row->changes[at].field->label),
			.before = row->changes[at].before,
			.after = row->changes[at].after,
			.had = row->changes[at].before.len != 0,
		};
}

/* Changes first: they are what one must not overlook. */
static void
fill_doings(struct look *look, struct visit *visit, const struct pack_ledger *ledger,
	    const struct ledger_import *import, struct ledger_preview_page *page)
{
	static const enum row_doing order[] = { ROW_CHANGED, ROW_ADDED };
	page->doings = ARENA_ARRAY(visit->arena, struct ledger_preview_doings, DOINGS_SHOWN);
	for (size_t kind = 0; kind < 2; kind++)
		for (size_t at = 0; at < import->count && page->doings_count < DOINGS_SHOWN; at++)
			if (import->rows[at].doing == order[kind])
				fill_doing(look, visit, ledger, &import->rows[at],
					   &page->doings[page->doings_count++]);
	page->more_rows = import->added + import->changed - (int64_t)page->doings_count; /* 200 */
}

/* ---- The page ---- */

static void
fill_import(struct look *look, struct visit *visit, const struct import_plan *plan,
	    const struct ledger_import *import, struct ledger_preview_page *page)
{
	page->is_read = true;
	page->rows = (int64_t)import->count; /* bounded by the file */
	page->added = import->added;
	page->changed = import->changed;
	page->same = import->same;
	page->wrong = import->wrong;
	page->digest = hash_hex(visit->arena, &import->digest);
	page->may_apply = import->added + import->changed != 0 &&
			  (import->wrong == 0 || plan->skips_wrong);
	fill_wrong(visit, import, page);
	fill_doings(look, visit, plan->ledger, import, page);
}

static struct error *
draw(struct look *look, struct visit *visit, const struct import_plan *plan)
{
	struct ledger_import import;
	struct arena *arena = visit->arena;
	const struct text pieces[] = { plan->ledger->code, capture_text(visit->captures, "file") };
	struct ledger_preview_page page = {
		.frame = visit_frame(visit, text_of(say("取り込みを確かめる")), "ledger"),
		.ledger = words_now(plan->ledger->name),
		.list = ledger_url(visit, plan->ledger),
		.choose = url_of(arena, "/ledger/{}/import", plan->ledger->code),
		.here = url_make(arena, "/ledger/{}/import/{}", 2, pieces),
		.apply = url_make(arena, "/ledger/{}/import/{}", 2, pieces),
		.csrf = visit->csrf,
		.encoding = plan->sheet.table.encoding,
		.usual = unit_name(look, plan->usual.no),
		.unit = text_format(arena, "%lld", (long long)plan->usual.no),
		.is_skipping = plan->skips_wrong,
		.heading = (int64_t)plan->mapping.heading, /* bounded by the file */
	};
	if (plan->sheet.names_count != 0)
		page.sheet = plan->sheet.names[plan->sheet.chosen];
	if (text_is(page.encoding, "XLSX"))
		page.encoding = text_format(arena, say("Excel、シート「%.*s」"),
					    T_ARG(page.sheet));
	struct error *error = ledger_import_preview(look, visit->office->pack, plan->ledger,
						    &plan->sheet.table, &plan->mapping, plan->usual,
						    &import);
	if (error != OK && error->kind != ERROR_INVALID)
		return error;
	if (error != OK)
		page.fault = error->words; /* the columns do not fit yet: they can be chosen here */
	page.is_unclear = error != OK;
	if (error == OK)
		fill_import(look, visit, plan, &import, &page);
	fill_mapping(visit, plan, &page);
	fill_sheets(visit, &plan->sheet, &page);
	return visit_draw(visit, ledger_preview_page, &page);
}

/* A big file has an arena of its own; what the page shows is drawn before it closes. */
struct error *
import_preview_draw(struct look *look, struct visit *visit)
{
	struct import_plan plan;
	(void)look;
	ARENA_SCOPED arena = arena_open(IMPORT_MEMORY);
	TRY(import_read(arena, visit, &plan));
	LOOK_SCOPED own = { 0 };
	TRY(look_begin(visit->office->store, arena, &own));
	if (plan.usual.no != 0)
		TRY(visit_must_reach(&own, visit, RIGHT_LEDGER_WRITE, plan.usual));
	return draw(&own, visit, &plan);
}
