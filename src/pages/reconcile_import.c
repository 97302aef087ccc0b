/*
 * Handing in a list: upload, see which column says what and what cannot be read, take in exactly that. The
 * file waits beside the store (upload.h) and is read anew by bansho-sheet.
 */
#include "pages/import_sheet.h"
#include "pages/reconcile_pages.h"

static const struct import_bounds list_bounds = { 16 << 20, 100001, (size_t)1 << 30 };

enum { SAMPLES_SHOWN = 5 };

struct plan {
	const struct pack_reconcile *of;
	enum pack_side side;
	struct sheet sheet;
	struct reconcile_mapping mapping;
};

static struct error *
side_of(const struct visit *visit, const struct pack_reconcile *of, enum pack_side *side)
{
	if (!reconcile_side_read(capture_text(visit->captures, "side"), side) ||
	    of->sides[*side].source->takes != TAKES_COLUMNS)
		return missing("ここに取り込む一覧はありません。突き合わせの画面から選んでください。");
	return OK;
}

static struct error *
owned_side(struct look *look, const struct visit *visit, const struct pack_reconcile **of,
	   enum pack_side *side)
{
	TRY(reconcile_owned(look, visit, of));
	return side_of(visit, *of, side);
}

static struct url
side_url(struct arena *arena, const struct pack_reconcile *of, enum pack_side side)
{
	return url_make(arena, "/reconciliations/{}/lists/{}", 2,
			(struct text[]){ of->code, text_of(reconcile_side_name(side)) });
}

/* ---- Choosing a file ---- */

static bool
is_key(const struct pack_reconcile *of, enum pack_side side, const struct pack_field *field)
{
	for (size_t at = 0; at < of->keys_count; at++)
		if (of->keys[at].of[side] == field)
			return true;
	return false;
}

static struct error *
choose_draw(struct look *look, struct visit *visit)
{
	const struct pack_reconcile *of;
	enum pack_side side;
	TRY(owned_side(look, visit, &of, &side));
	upload_sweep(visit);
	const struct pack_ledger *shape = of->sides[side].shape;
	struct reconcile_import_page page = {
		.frame = visit_frame(visit, text_of(say("一覧を取り込む")), "outside"),
		.title = words_now(of->name),
		.back = reconcile_url(visit->arena, of),
		.list = words_now(of->sides[side].name),
		.action = side_url(visit->arena, of, side),
		.csrf = visit->csrf,
		.fault = visit_fault(visit, T("file")),
		.columns = ARENA_ARRAY(visit->arena, struct reconcile_import_columns, shape->fields_count + 1),
		.columns_count = shape->fields_count,
	};
	for (size_t at = 0; at < shape->fields_count; at++)
		page.columns[at] = (struct reconcile_import_columns){
			words_now(shape->fields[at].label),
			shape->fields[at].is_required || is_key(of, side, &shape->fields[at])
		};
	return visit_draw(visit, reconcile_import_page, &page);
}

static struct error *
may_prepare(struct look *look, struct visit *visit)
{
	const struct pack_reconcile *of;
	enum pack_side side;
	return owned_side(look, visit, &of, &side);
}

static struct error *
keep_file(struct visit *visit)
{
	return import_sheet_keep(visit, &list_bounds);
}

/* Nothing of the store changes yet: only on to the preview. */
static struct error *
chosen_do(struct act *act, struct visit *visit)
{
	const struct pack_reconcile *of;
	enum pack_side side;
	const struct field *file = request_file(visit->request, "file");
	TRY(owned_side(&act->look, visit, &of, &side));
	const struct text pieces[] = { of->code, text_of(reconcile_side_name(side)),
				       *(const struct text *)visit->kept };
	visit->go_to = url_query(visit->arena, url_make(visit->arena, "/reconciliations/{}/lists/{}/{}", 3, pieces),
				 "name", file != NULL ? file->file_name : T(""));
	return OK;
}

/* ---- The preview ---- */

static struct error *
plan_read(struct arena *into, const struct visit *visit, struct plan *plan)
{
	const struct pack_reconcile_side *side;
	TRY(reconcile_of(visit, &plan->of));
	TRY(side_of(visit, plan->of, &plan->side));
	TRY(import_sheet_read(into, visit, &list_bounds, &plan->sheet));
	side = &plan->of->sides[plan->side];
	plan->mapping = reconcile_mapping_guess(into, side, &plan->sheet.table);
	if (!import_choice_holds(visit))
		return OK;
	plan->mapping.heading = import_heading(visit, &plan->sheet, plan->mapping.heading);
	for (size_t at = 0; at < plan->mapping.count; at++)
		plan->mapping.column[at] =
			import_column(visit, side->shape->fields[at].name, plan->mapping.column[at]);
	return OK;
}

static struct import_choice *
choice_of(struct visit *visit, const struct plan *plan)
{
	const struct pack_ledger *shape = plan->of->sides[plan->side].shape;
	struct import_choice *choice =
		import_choice(visit, &plan->sheet, plan->mapping.heading, shape->fields_count);
	choice->columns.choose = side_url(visit->arena, plan->of, plan->side);
	choice->columns.reader = text_of(say("番所が読むもの"));
	for (size_t at = 0; at < shape->fields_count; at++) {
		const int chosen = plan->mapping.column[at];
		struct import_columns_mapping *one =
			import_choice_add(visit, choice, shape->fields[at].name,
					  words_now(shape->fields[at].label), chosen);
		one->is_required = shape->fields[at].is_required ||
				   is_key(plan->of, plan->side, &shape->fields[at]);
		one->is_missing = one->is_required && chosen < 0;
	}
	return choice;
}

/* People know a column by its words. */
static void
name_columns(const struct plan *plan, struct error *faults)
{
	for (struct error *one = faults; one != NULL; one = one->next) {
		const struct pack_field *field =
			ledger_field(plan->of->sides[plan->side].shape, one->field);
		if (field != NULL)
			one->field = words_now(field->label);
	}
}

static const struct import_faults_part *
faults_of(struct visit *visit, const struct plan *plan, const struct reconcile_taking *taking)
{
	struct import_faults_part *faults = import_faults(visit, (int64_t)taking->wrong_count); /* bounded */
	for (size_t at = 0; at < taking->wrong_count && at < RECONCILE_WRONG_MOST; at++) {
		name_columns(plan, taking->wrong[at].faults);
		import_faults_add(faults, taking->wrong[at].line, taking->wrong[at].faults, NULL);
	}
	return faults;
}

static void
fill_samples(struct visit *visit, const struct plan *plan, const struct reconcile_taking *taking,
	     struct reconcile_preview_page *page)
{
	const struct pack_ledger *shape = plan->of->sides[plan->side].shape;
	const size_t count = taking->set.count < SAMPLES_SHOWN ? taking->set.count : (size_t)SAMPLES_SHOWN;
	page->heads = ARENA_ARRAY(visit->arena, struct reconcile_preview_heads, shape->fields_count + 1);
	page->heads_count = shape->fields_count;
	for (size_t at = 0; at < shape->fields_count; at++)
		page->heads[at].words = words_now(shape->fields[at].label);
	page->samples = ARENA_ARRAY(visit->arena, struct reconcile_preview_samples, count + 1);
	page->samples_count = count;
	for (size_t row = 0; row < count; row++) {
		struct reconcile_preview_samples *sample = &page->samples[row];
		sample->cells = ARENA_ARRAY(visit->arena, struct reconcile_preview_samples_cells,
					    shape->fields_count + 1);
		sample->cells_count = shape->fields_count;
		for (size_t at = 0; at < shape->fields_count; at++)
			sample->cells[at].words =
				cell_words(visit->arena, &shape->fields[at],
					   taking->set.cells[row * taking->set.columns + at]);
	}
}

static void
fill_taking(struct visit *visit, const struct plan *plan, const struct reconcile_taking *taking,
	    struct reconcile_preview_page *page)
{
	page->is_read = true;
	page->may_apply = taking->wrong_count == 0;
	page->rows = (int64_t)taking->set.count; /* all bounded by the file */
	page->wrong = (int64_t)taking->wrong_count;
	page->blank = taking->blank;
	page->doubtful = taking->doubtful;
	page->faults = faults_of(visit, plan, taking);
	fill_samples(visit, plan, taking, page);
}

static struct error *
preview(struct arena *arena, struct visit *visit, const struct plan *plan)
{
	struct reconcile_taking taking;
	const struct text pieces[] = { plan->of->code, text_of(reconcile_side_name(plan->side)),
				       capture_text(visit->captures, "file") };
	struct reconcile_preview_page page = {
		.frame = visit_frame(visit, text_of(say("一覧を確かめる")), "outside"),
		.title = words_now(plan->of->name),
		.back = reconcile_url(visit->arena, plan->of),
		.list = words_now(plan->of->sides[plan->side].name),
		.here = url_query(visit->arena, url_make(visit->arena, "/reconciliations/{}/lists/{}/{}", 3, pieces),
				  "name", visit_text(visit, "name")),
		.choose = side_url(visit->arena, plan->of, plan->side),
		.csrf = visit->csrf,
		.encoding = import_sheet_words(visit, &plan->sheet),
	};
	struct import_choice *choice = choice_of(visit, plan);
	struct error *error = reconcile_take(arena, plan->of, plan->side, &plan->sheet.table,
					     &plan->mapping, &taking);
	if (error != OK && error->kind != ERROR_INVALID)
		return error;
	choice->columns.is_unclear = error != OK;
	page.columns = &choice->columns;
	if (error != OK) {
		page.fault = error->words; /* the columns do not fit yet: they can be chosen here */
	} else {
		fill_taking(visit, plan, &taking, &page);
		choice->chosen.digest = hash_hex(visit->arena, &taking.digest);
		page.chosen = &choice->chosen;
	}
	return visit_draw(visit, reconcile_preview_page, &page);
}

/* A big file has an arena of its own; what the page shows is drawn before it closes. */
struct error *
reconcile_preview_draw(struct look *look, struct visit *visit)
{
	struct plan plan = { 0 };
	const struct pack_reconcile *of;
	enum pack_side side;
	ARENA_SCOPED arena = arena_open(list_bounds.memory);
	TRY(owned_side(look, visit, &of, &side));
	TRY(plan_read(arena, visit, &plan));
	return preview(arena, visit, &plan);
}

/* ---- Taking it in ---- */

struct taken {
	struct reconcile_taking taking; /* without set and csv: they are kept beside the store */
	struct text encoding;
	struct hash source;
};

static struct error *
take_slow(struct visit *visit)
{
	struct taken *taken = ARENA_NEW(visit->arena, struct taken);
	struct plan plan = { 0 };
	struct hash seen;
	struct text bytes;
	ARENA_SCOPED arena = arena_open(list_bounds.memory);
	TRY(plan_read(arena, visit, &plan));
	TRY(reconcile_take(arena, plan.of, plan.side, &plan.sheet.table, &plan.mapping, &taken->taking));
	TRY(visit_digest(visit, &seen));
	if (taken->taking.wrong_count != 0 || !hash_same(&seen, &taken->taking.digest))
		return conflict("確かめたときと内容が違います。もう一度確かめてください。");
	TRY(reconcile_keep(visit->office->store, arena, taken->taking.csv));
	TRY(upload_read(visit, capture_text(visit->captures, "file"), &bytes));
	taken->source = hash_of(bytes);
	taken->encoding = text_copy(visit->arena, import_sheet_words(visit, &plan.sheet));
	taken->taking.csv = T("kept");
	taken->taking.set.cells = NULL;
	taken->taking.wrong = NULL;
	visit->kept = taken;
	return OK;
}

static struct error *
take_do(struct act *act, struct visit *visit)
{
	const struct taken *taken = visit->kept;
	struct reconcile_handing handing = { .taking = &taken->taking, .encoding = taken->encoding,
					     .source = taken->source };
	int64_t id;
	TRY(owned_side(&act->look, visit, &handing.of, &handing.side));
	const struct text name = text_trim(visit_text(visit, "name"));
	handing.name = name.len != 0 && text_count(name) <= 200 ? name : text_of(say("名前のないファイル"));
	TRY(reconcile_hand_in(act, &handing, &id));
	visit->go_to = reconcile_url(visit->arena, handing.of);
	visit->done = "list-taken";
	return OK;
}

PAGE_ROWS(reconcile_import,
	  { { METHOD_GET, "/reconciliations/{code:text}/lists/{side:text}" }, RIGHT_DECIDE, PAGE_LOOK,
	    .look = choose_draw },
	  { { METHOD_POST, "/reconciliations/{code:text}/lists/{side:text}" }, RIGHT_DECIDE, PAGE_ACT,
	    .look = may_prepare, .slow = keep_file, .act = chosen_do, .again = choose_draw,
	    .body = BODY_UPLOAD },
	  { { METHOD_GET, "/reconciliations/{code:text}/lists/{side:text}/{file:text}" }, RIGHT_DECIDE,
	    PAGE_SLOW_LOOK, .look = reconcile_preview_draw },
	  { { METHOD_POST, "/reconciliations/{code:text}/lists/{side:text}/{file:text}" }, RIGHT_DECIDE,
	    PAGE_ACT, .look = may_prepare, .slow = take_slow, .act = take_do,
	    .again = reconcile_preview_draw });
