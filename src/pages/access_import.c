/*
 * Taking in a system's list of accounts: upload, see which column says what and what every line would
 * do, apply exactly that. The file waits beside the store (upload.h) and is read anew by bansho-sheet.
 */
#include "pages/access_import.h"

#include "directory/directory.h"

/* ---- Choosing a file ---- */

struct error *
access_import_choose_draw(struct look *look, struct visit *visit)
{
	struct access_system system;
	TRY(access_system_of(look, visit, RIGHT_LEDGER_WRITE, &system));
	upload_sweep(visit);
	struct access_import_page page = {
		.frame = visit_frame(visit, text_of(say("アカウントの一覧を取り込む")), "ledger"),
		.system = system.title,
		.back = access_system_url(visit->arena, system.id),
		.action = url_of_number(visit->arena, "/systems/{}/import", system.id.no),
		.csrf = visit->csrf,
		.fault = visit_fault(visit, T("file")),
		.is_known = system.columns.len != 0,
		.has_directory = directory_is_there(visit->office->directory),
		.directory = url_of_number(visit->arena, "/systems/{}/directory", system.id.no),
		.columns = ARENA_ARRAY(visit->arena, struct access_import_columns, ACCESS_COLUMNS),
		.columns_count = ACCESS_COLUMNS,
	};
	for (int column = 0; column < ACCESS_COLUMNS; column++)
		page.columns[column] = (struct access_import_columns){
			text_of(access_column_words((enum access_column)column)),
			column == COLUMN_NAME
		};
	return visit_draw(visit, access_import_page, &page);
}

static struct error *
keep_file(struct visit *visit)
{
	return import_sheet_keep(visit, &access_bounds);
}

/* Nothing of the store changes yet: only on to the preview. */
static struct error *
chosen_do(struct act *act, struct visit *visit)
{
	struct access_system system;
	TRY(access_system_of(&act->look, visit, RIGHT_LEDGER_WRITE, &system));
	const struct text pieces[] = { text_number(visit->arena, system.id.no),
				       *(const struct text *)visit->kept };
	visit->go_to = url_make(visit->arena, "/systems/{}/import/{}", 2, pieces);
	return OK;
}

/* Before anybody is asked for thousands of accounts: may the visitor take them in? */
static struct error *
directory_prepare(struct look *look, struct visit *visit)
{
	struct access_system system;
	TRY(access_system_of(look, visit, RIGHT_LEDGER_WRITE, &system));
	visit->waits = true;
	return OK;
}

/* ---- Reading what was asked ---- */

static void
read_mapping(struct arena *into, const struct visit *visit, struct access_plan *plan)
{
	plan->mapping = access_mapping_guess(into, &plan->system, &plan->sheet.table);
	if (!import_choice_holds(visit))
		return;
	plan->mapping.heading = import_heading(visit, &plan->sheet, plan->mapping.heading);
	for (int column = 0; column < ACCESS_COLUMNS; column++)
		plan->mapping.column[column] =
			import_column(visit, text_of(access_column_name((enum access_column)column)),
				      plan->mapping.column[column]);
}

struct error *
access_plan_read(struct arena *into, struct look *look, struct visit *visit,
		 struct access_plan *plan)
{
	*plan = (struct access_plan){ 0 };
	TRY(access_system_of(look, visit, RIGHT_LEDGER_WRITE, &plan->system));
	TRY(import_sheet_read(into, visit, &access_bounds, &plan->sheet));
	read_mapping(into, visit, plan);
	plan->skips_wrong = visit_text(visit, "skip").len != 0;
	return OK;
}

/* ---- Applying ---- */

static struct error *
apply_prepare(struct visit *visit)
{
	struct access_plan *plan = ARENA_NEW(visit->arena, struct access_plan);
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(visit->office->store, visit->arena, &look));
	TRY(access_plan_read(visit->arena, &look, visit, plan));
	visit->kept = plan;
	return visit_digest(visit, &plan->digest);
}

static struct error *
apply_do(struct act *act, struct visit *visit)
{
	const struct access_plan *plan = visit->kept;
	struct access_system system;
	int64_t done;
	TRY(access_system_of(&act->look, visit, RIGHT_LEDGER_WRITE, &system));
	const struct table *table = &plan->sheet.table;
	const bool is_directory = table->count != 0 && table->rows[0].count != 0 &&
				  text_is(table->rows[0].cells[0], ACCESS_DIRECTORY_TITLE);
	const struct access_applying applying = {
		.system = system.id,
		.table = &plan->sheet.table,
		.mapping = &plan->mapping,
		.source = is_directory			 ? T("ldap")
			  : text_is(table->encoding, "XLSX") ? T("xlsx")
							     : T("csv"),
		.digest = plan->digest,
		.skip_wrong = plan->skips_wrong,
	};
	TRY(access_import_apply(act, visit->office->flow, &applying, &done));
	visit->go_to = access_system_url(visit->arena, system.id);
	visit->done = "accounts-listed";
	return OK;
}

PAGE_ROWS(access_import,
	  { { METHOD_GET, "/systems/{id}/import" }, RIGHT_LEDGER_WRITE, PAGE_LOOK,
	    .look = access_import_choose_draw },
	  { { METHOD_POST, "/systems/{id}/import" }, RIGHT_LEDGER_WRITE, PAGE_ACT, .slow = keep_file,
	    .act = chosen_do, .again = access_import_choose_draw, .body = BODY_UPLOAD },
	  { { METHOD_POST, "/systems/{id}/directory" }, RIGHT_LEDGER_WRITE, PAGE_ACT,
	    .look = directory_prepare, .slow = access_directory_read, .act = chosen_do, .again = access_import_choose_draw },
	  { { METHOD_GET, "/systems/{id}/import/{file:text}" }, RIGHT_LEDGER_WRITE, PAGE_SLOW_LOOK,
	    .look = access_preview_draw },
	  { { METHOD_POST, "/systems/{id}/import/{file:text}" }, RIGHT_LEDGER_WRITE, PAGE_ACT,
	    .slow = apply_prepare, .act = apply_do, .again = access_preview_draw });
