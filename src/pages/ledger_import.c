/*
 * Importing a ledger: upload, see which column feeds which field and what every row would do, apply
 * exactly that. The file waits beside the store (upload.h) and is read anew by bansho-sheet each
 * time; the digest of what would be done binds what is applied to what was seen.
 */
#include "pages/ledger_import.h"

#include "base/number.h"

/* ---- Choosing a file ---- */

static struct text
names_of(struct visit *visit, const struct pack_field *field)
{
	struct writer names = writer_open(visit->arena, 4096);
	for (size_t at = 0; at < field->aliases_count; at++) {
		if (at != 0)
			write_z(&names, "、");
		write_text(&names, field->aliases[at]);
	}
	return writer_text(&names);
}

static struct error *
unit_box(struct look *look, struct visit *visit, struct field_part **made)
{
	struct field_option *options;
	size_t count;
	struct unit_id unit;
	struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
	TRY(reach_options(look, visit, RIGHT_LEDGER_WRITE, &options, &count));
	TRY(people_unit_of(look, visit->session.person, visit->today, &unit));
	*box = plain_box(visit, BOX_CHOICE, "unit", text_of(say("所管課の列がないときの所属")),
			 text_of(say("ファイルの所管課が空の行は、この所属のものとして登録します。")),
			 text_format(visit->arena, "%lld", (long long)unit.no), false);
	box->options = ARENA_ARRAY(visit->arena, struct field_options, count + 1);
	box->options_count = count;
	for (size_t at = 0; at < count; at++)
		box->options[at] = (struct field_options){
			.value = options[at].value, .words = options[at].words,
			.is_chosen = text_same(options[at].value, box->value)
		};
	*made = box;
	return OK;
}

static struct error *
choose_draw(struct look *look, struct visit *visit)
{
	const struct pack_ledger *ledger;
	struct field_part *unit;
	TRY(ledger_of(visit, &ledger));
	TRY(unit_box(look, visit, &unit));
	struct ledger_import_page page = {
		.frame = visit_frame(visit, text_of(say("一覧表から取り込む")), "ledger"),
		.ledger = words_now(ledger->name),
		.list = ledger_url(visit, ledger),
		.action = url_of(visit->arena, "/ledger/{}/import", ledger->code),
		.csrf = visit->csrf,
		.fault = visit_fault(visit, T("file")),
		.unit = unit,
		.columns = ARENA_ARRAY(visit->arena, struct ledger_import_columns,
				       ledger->fields_count + 1),
		.columns_count = ledger->fields_count,
	};
	for (size_t at = 0; at < ledger->fields_count; at++)
		page.columns[at] = (struct ledger_import_columns){
			.label = words_now(ledger->fields[at].label),
			.names = names_of(visit, &ledger->fields[at]),
			.is_required = ledger->fields[at].is_required,
		};
	return visit_draw(visit, ledger_import_page, &page);
}

static struct error *
keep_file(struct visit *visit)
{
	return import_sheet_keep(visit, &ledger_bounds);
}

/* Nothing of the store changes yet: only on to the preview. */
static struct error *
chosen_do(struct act *act, struct visit *visit)
{
	const struct pack_ledger *ledger;
	const struct text *name = visit->kept;
	int64_t unit;
	(void)act;
	TRY(ledger_of(visit, &ledger));
	const struct text pieces[] = { ledger->code, *name };
	visit->go_to = url_make(visit->arena, "/ledger/{}/import/{}", 2, pieces);
	if (number_read(visit_text(visit, "unit"), 1, INT64_MAX, &unit))
		visit->go_to = url_query_number(visit->arena, visit->go_to, "unit", unit);
	return OK;
}

/* ---- Reading what was asked ---- */

static void
read_mapping(struct arena *into, const struct visit *visit, struct import_plan *plan)
{
	const struct pack_ledger *ledger = plan->ledger;
	plan->mapping = ledger_mapping_guess(into, ledger, &plan->sheet.table);
	plan->mapping.rights = &visit->rights;
	if (!import_choice_holds(visit))
		return;
	plan->mapping.heading = import_heading(visit, &plan->sheet, plan->mapping.heading);
	plan->mapping.number_column =
		import_column(visit, T("number"), plan->mapping.number_column);
	for (size_t at = 0; at < plan->mapping.count; at++)
		plan->mapping.column[at] = import_column(visit, ledger->fields[at].name,
							 plan->mapping.column[at]);
}

struct error *
import_read(struct arena *into, struct visit *visit, struct import_plan *plan)
{
	*plan = (struct import_plan){ 0 };
	TRY(ledger_of(visit, &plan->ledger));
	(void)number_read(visit_text(visit, "unit"), 1, INT64_MAX, &plan->usual.no);
	TRY(import_sheet_read(into, visit, &ledger_bounds, &plan->sheet));
	read_mapping(into, visit, plan);
	plan->skips_wrong = visit_text(visit, "skip").len != 0;
	return OK;
}

/* ---- Applying ---- */

static struct error *
apply_prepare(struct visit *visit)
{
	struct import_plan *plan = ARENA_NEW(visit->arena, struct import_plan);
	TRY(import_read(visit->arena, visit, plan));
	visit->kept = plan;
	return visit_digest(visit, &plan->digest);
}

static struct error *
apply_do(struct act *act, struct visit *visit)
{
	const struct import_plan *plan = visit->kept;
	int64_t done;
	if (plan->usual.no != 0)
		TRY(visit_must_reach(&act->look, visit, RIGHT_LEDGER_WRITE, plan->usual));
	TRY(ledger_import_apply(act, visit->office->pack, plan->ledger, &plan->sheet.table,
				&plan->mapping, plan->usual, &plan->digest, plan->skips_wrong, &done));
	visit->go_to = url_query(visit->arena, ledger_url(visit, plan->ledger), "sort", T("changed"));
	visit->done = "imported";
	return OK;
}

PAGE_ROWS(ledger_import,
	  { { METHOD_GET, "/ledger/{code:text}/import" }, RIGHT_LEDGER_WRITE, PAGE_LOOK,
	    .look = choose_draw },
	  { { METHOD_POST, "/ledger/{code:text}/import" }, RIGHT_LEDGER_WRITE, PAGE_ACT,
	    .slow = keep_file, .act = chosen_do, .again = choose_draw, .body = BODY_UPLOAD },
	  { { METHOD_GET, "/ledger/{code:text}/import/{file:text}" }, RIGHT_LEDGER_WRITE,
	    PAGE_SLOW_LOOK, .look = import_preview_draw },
	  { { METHOD_POST, "/ledger/{code:text}/import/{file:text}" }, RIGHT_LEDGER_WRITE, PAGE_ACT,
	    .slow = apply_prepare, .act = apply_do, .again = import_preview_draw });
