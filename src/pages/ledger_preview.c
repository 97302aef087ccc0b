/* The preview of an import: columns, rows to be put right, and what would be done. */
#include "pages/ledger_import.h"

#include "base/number.h"

enum { DOINGS_SHOWN = 200 };

/* ---- Columns ---- */

static struct text
shortened(struct visit *visit, struct text cell)
{
	enum { SAMPLE_MOST = 40 };
	size_t at = 0, count = 0;
	uint32_t character;
	while (count < SAMPLE_MOST && text_next(cell, &at, &character))
		count++;
	if (at == cell.len)
		return cell;
	return text_format(visit->arena, "%.*s…", (int)at, cell.data); /* a cell is short */
}

static struct import_columns_mapping *
add_field(struct visit *visit, struct import_choice *choice, struct text name, struct text label,
	  int chosen)
{
	struct import_columns_mapping *one = import_choice_add(visit, choice, name, label, chosen);
	one->sample = shortened(visit, one->sample);
	return one;
}

static void
fill_fields(struct visit *visit, const struct import_plan *plan, struct import_choice *choice)
{
	const struct pack_ledger *ledger = plan->ledger;
	add_field(visit, choice, T("number"), text_of(say("台帳番号")), plan->mapping.number_column);
	for (size_t at = 0; at < ledger->fields_count; at++) {
		const struct pack_field *field = &ledger->fields[at];
		struct import_columns_mapping *one =
			add_field(visit, choice, field->name, words_now(field->label),
				  plan->mapping.column[at]);
		one->is_required = field->is_required;
		one->is_missing = field->is_required && plan->mapping.column[at] < 0 &&
				  plan->mapping.number_column < 0 && field != ledger->owner;
		choice->columns.is_unclear = choice->columns.is_unclear || one->is_missing;
	}
}

static struct import_choice *
choice_of(struct look *look, struct visit *visit, const struct import_plan *plan)
{
	struct import_choice *choice = import_choice(visit, &plan->sheet, plan->mapping.heading,
						     plan->ledger->fields_count + 1);
	choice->columns.choose = url_of(visit->arena, "/ledger/{}/import", plan->ledger->code);
	choice->columns.reader = text_of(say("台帳の項目"));
	choice->columns.hint = text_format(
		visit->arena, say("ファイルのどの列を、台帳のどの項目に入れるかを選びます。所管課が空の行は「%.*s」として登録します。"),
		T_ARG(unit_name(look, plan->usual.no)));
	choice->columns.is_skipping = choice->chosen.is_skipping = plan->skips_wrong;
	fill_fields(visit, plan, choice);
	return choice;
}

/* ---- Rows ---- */

static const struct import_faults_part *
faults_of(struct visit *visit, const struct ledger_import *import, struct url choose)
{
	struct import_faults_part *faults = import_faults(visit, import->wrong);
	faults->choose = choose;
	for (size_t at = 0; at < import->count; at++)
		if (import->rows[at].doing == ROW_WRONG)
			import_faults_add(faults, import->rows[at].line, import->rows[at].faults, NULL);
	return faults;
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
	page->may_apply = import->added + import->changed != 0 &&
			  (import->wrong == 0 || plan->skips_wrong);
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
		.here = url_make(arena, "/ledger/{}/import/{}", 2, pieces),
		.apply = url_make(arena, "/ledger/{}/import/{}", 2, pieces),
		.csrf = visit->csrf,
		.encoding = import_sheet_words(visit, &plan->sheet),
		.unit = text_format(arena, "%lld", (long long)plan->usual.no),
	};
	struct import_choice *choice = choice_of(look, visit, plan);
	struct error *error = ledger_import_preview(look, visit->office->pack, plan->ledger,
						    &plan->sheet.table, &plan->mapping, plan->usual,
						    &import);
	if (error != OK && error->kind != ERROR_INVALID)
		return error;
	if (error != OK)
		page.fault = error->words; /* the columns do not fit yet: they can be chosen here */
	choice->columns.is_unclear = choice->columns.is_unclear || error != OK;
	page.columns = &choice->columns;
	if (error == OK) {
		fill_import(look, visit, plan, &import, &page);
		choice->columns.wrong = import.wrong;
		choice->chosen.digest = hash_hex(arena, &import.digest);
		page.faults = faults_of(visit, &import, choice->columns.choose);
		page.chosen = &choice->chosen;
	}
	return visit_draw(visit, ledger_preview_page, &page);
}

/* A big file has an arena of its own; what the page shows is drawn before it closes. */
struct error *
import_preview_draw(struct look *look, struct visit *visit)
{
	struct import_plan plan;
	(void)look;
	ARENA_SCOPED arena = arena_open(ledger_bounds.memory);
	TRY(import_read(arena, visit, &plan));
	LOOK_SCOPED own = { 0 };
	TRY(look_begin(visit->office->store, arena, &own));
	if (plan.usual.no != 0)
		TRY(visit_must_reach(&own, visit, RIGHT_LEDGER_WRITE, plan.usual));
	return draw(&own, visit, &plan);
}
