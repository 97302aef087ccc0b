/* Rows in every ledger of the pack, and every sheet as paper. */
#include "cli/walk.h"

#include "base/file.h"
#include "base/child.h"
#include "paper/dossier_paper.h"

enum { PDF_MOST = 64 << 20, PDF_SECONDS = 120 };

struct row_work {
	struct walking *walking;
	const struct pack_ledger *ledger;
	struct ledger_value *values;
	size_t count;
	struct row_id made;
};

static struct error *
add_row(struct act *act, void *with)
{
	struct row_work *work = with;
	return ledger_add(act, work->walking->pack, work->ledger, work->values, work->count,
			  &work->made);
}

/* The n-th row has the n-th class of every axis; the first is full, the others bare. */
static struct text
value_at(struct walking *walking, const struct pack_field *field, size_t no)
{
	const enum walk_fill fill = no == 0 ? FILL_MOST : FILL_LEAST;
	if (field->kind == FIELD_CLASS && field->axis->values_count != 0)
		return field->axis
			->values[no < field->axis->values_count ? no : field->axis->values_count - 1]
			.code;
	if ((field->kind == FIELD_ASSET || field->kind == FIELD_ASSETS) && !field->is_required)
		return T("");
	if (field->is_required || fill == FILL_MOST || field->kind == FIELD_UNIT)
		return walk_value(walking, field, fill);
	return T("");
}

static struct error *
make_row(struct walking *walking, const struct pack_ledger *ledger, size_t no, struct row_id *made)
{
	struct row_work work = { .walking = walking, .ledger = ledger };
	work.values = ARENA_ARRAY(walking->case_arena, struct ledger_value, ledger->fields_count + 1);
	for (size_t at = 0; at < ledger->fields_count; at++) {
		const struct pack_field *field = &ledger->fields[at];
		struct text value = value_at(walking, field, no);
		if (field == ledger->serial)
			value = text_format(walking->case_arena, "R-%lld",
					    (long long)++walking->serial);
		work.values[work.count++] = (struct ledger_value){ field->name, value };
	}
	const struct actor actor = { .person = walking->clerk.no, .through = T("cli") };
	TRY(store_act(walking->body->store, walking->case_arena, &actor, add_row, &work));
	*made = work.made;
	return OK;
}

static struct error *
make_rows(struct walking *walking, size_t ledger)
{
	for (size_t no = 0; no < WALK_ROWS; no++) {
		struct row_id *row = &walking->rows[ledger * WALK_ROWS + no];
		if (row->no == 0)
			TRY(make_row(walking, &walking->pack->ledgers[ledger], no, row));
	}
	return OK;
}

void
walk_ledgers(struct walking *walking)
{
	const struct pack *pack = walking->pack;
	walking->rows =
		ARENA_ARRAY(walking->arena, struct row_id, pack->ledgers_count * WALK_ROWS + 1);
	struct error **errors = ARENA_ARRAY(walking->arena, struct error *, pack->ledgers_count + 1);
	/* A ledger whose rows name rows of another one comes after it, however they are listed. */
	for (size_t round = 0; round <= pack->ledgers_count; round++)
		for (size_t at = 0; at < pack->ledgers_count; at++)
			if (round == 0 || errors[at] != OK)
				errors[at] = make_rows(walking, at);
	for (size_t at = 0; at < pack->ledgers_count; at++) {
		walk_note(walking,
			  text_format(walking->arena, say("台帳 %.*s"), T_ARG(pack->ledgers[at].code)),
			  errors[at]);
	}
}

struct error *
walk_fresh_rows(struct walking *walking)
{
	const struct pack *pack = walking->pack;
	for (size_t at = 0; at < pack->ledgers_count; at++)
		for (size_t no = 0; no < WALK_ROWS && pack->ledgers[at].class_field != NULL; no++)
			TRY(make_row(walking, &pack->ledgers[at], no,
				     &walking->rows[at * WALK_ROWS + no]));
	return OK;
}

static struct error *
print_job(struct walking *walking, struct arena *arena, struct text job)
{
	struct text pdf;
	const char *const argv[] = { path_join(arena, walking->body->programs, "bansho-print"), NULL };
	TRY(child_filter(arena, argv, job, PDF_MOST, PDF_SECONDS, &pdf));
	if (!text_starts(pdf, T("%PDF-")))
		return broken("印刷のプログラムが PDF を返しませんでした。");
	walking->sheets++;
	return OK;
}

static struct error *
print_empty(struct walking *walking, const struct pack_form *form)
{
	ARENA_SCOPED arena = arena_open((size_t)256 << 20);
	LOOK_SCOPED look = { 0 };
	struct text job;
	TRY(look_begin(walking->body->store, arena, &look));
	TRY(paper_empty(&look, &walking->body->flow, form, &job));
	look_end(&look);
	look = (struct look){ 0 };
	struct error *error = print_job(walking, arena, job);
	return error == OK ? OK : error_keep(walking->arena, error);
}

void
walk_papers(struct walking *walking)
{
	for (size_t at = 0; at < walking->pack->forms_count; at++) {
		const struct pack_form *form = &walking->pack->forms[at];
		walk_note(walking,
			  text_format(walking->arena, say("様式 %.*s（何も書かない紙）"),
				      T_ARG(form->number)),
			  print_empty(walking, form));
	}
}

struct error *
walk_print(struct walking *walking, const struct dossier *dossier)
{
	struct arena *arena = walking->case_arena;
	const struct paper_proof proof = { .command = T("bansho verify") };
	for (size_t at = 0; at < dossier->forms_count; at++) {
		LOOK_SCOPED look = { 0 };
		struct text job;
		TRY(look_begin(walking->body->store, arena, &look));
		TRY(paper_dossier(&look, &walking->body->flow, dossier, dossier->forms[at], &proof,
				  &job));
		look_end(&look);
		look = (struct look){ 0 };
		TRY(print_job(walking, arena, job));
	}
	return OK;
}
