/*
 * From a dossier to its paper: caption, applicant, the form's sections with their answers, assets,
 * items and their ends, decision boxes, the permit's conditions, and the proof in the footer.
 */
#include "paper/dossier_paper.h"

#include "base/say.h"
#include "base/writer.h"
#include "paper/form_paper.h"

struct papering {
	struct look *look;
	const struct flow *flow;
	const struct dossier *dossier; /* NULL for an empty form */
	const struct pack_form *form;
	struct flow_asked asked;
	json_t *sections;
};

static struct text
answer_of(const struct papering *papering, struct text name, struct text item)
{
	return papering->dossier != NULL ? dossier_answer(papering->dossier, name, item) : T("");
}

/* ---- Values ---- */

static struct text
assets_in_words(const struct papering *papering)
{
	struct writer out = writer_open(papering->look->arena, 1 << 20);
	if (papering->dossier == NULL)
		return T("");
	for (size_t at = 0; at < papering->dossier->assets_count; at++) {
		const struct ledger_row *row = &papering->dossier->assets[at].row;
		if (at != 0)
			write_byte(&out, '\n');
		write_format(&out, "%lld　%.*s", (long long)row->number, T_ARG(row->title));
		if (row->serial.len != 0)
			write_format(&out, "（%.*s）", T_ARG(row->serial));
	}
	return writer_text(&out);
}

static struct error *
shown(const struct papering *papering, const struct pack_field *field, struct text value,
      struct text *words)
{
	if (field->kind == FIELD_ASSETS) {
		*words = assets_in_words(papering);
		return OK;
	}
	if (field->is_computed && papering->dossier != NULL &&
	    papering->dossier->classes_count != 0) {
		*words = words_now(papering->dossier->classes[0].value->name);
		return OK;
	}
	return ledger_show(papering->look, field, value, words);
}

static struct error *
field_job(const struct papering *papering, const struct pack_field *field, struct paper_rows *rows)
{
	const struct text value = answer_of(papering, field->name, T(""));
	json_t *made = paper_field(rows, field);
	if (field->kind == FIELD_CHOICE || field->kind == FIELD_CHOICES) {
		paper_choices(made, field, value);
		return OK;
	}
	struct text words;
	TRY(shown(papering, field, value, &words));
	job_put(made, "value", words);
	if (field->kind == FIELD_LONG_TEXT)
		json_object_set_new(made, "lines", json_integer(2));
	return OK;
}

/* ---- Sections ---- */

static struct error *
is_asked(const struct papering *papering, const struct when *when, struct text item, bool *asked)
{
	*asked = true;
	if (papering->dossier == NULL || when == NULL)
		return OK;
	return flow_is_shown(papering->look, papering->flow, &papering->asked, when, item, asked);
}

/* Two narrow fields share a row, as on paper forms. */
static struct error *
rows_section(const struct papering *papering, const struct pack_section *section)
{
	struct paper_rows rows = { 0 };
	for (size_t at = 0; at < section->fields_count; at++) {
		const struct pack_field *field = &section->fields[at];
		bool asked;
		TRY(is_asked(papering, field->shown_when, T(""), &asked));
		if (!asked || field->kind == FIELD_SERIALS)
			continue;
		if (rows.rows == NULL)
			rows.rows = job_list(job_section(papering->sections, "rows", words_now(section->title)),
					     "rows");
		TRY(field_job(papering, field, &rows));
	}
	return OK;
}

static struct error *
item_row(const struct papering *papering, const struct pack_section *section,
	 const struct flow_item *item, json_t *rows)
{
	json_t *row = job_row(rows);
	json_array_append_new(row, job_string(item->serial));
	json_array_append_new(row, job_string(item->what));
	struct writer out = writer_open(papering->look->arena, 1 << 18);
	for (size_t at = 0; at < section->fields_count; at++) {
		const struct pack_field *field = &section->fields[at];
		struct text words;
		bool asked;
		TRY(is_asked(papering, field->shown_when, item->serial, &asked));
		const struct text value = answer_of(papering, field->name, item->serial);
		if (!asked || value.len == 0)
			continue;
		TRY(shown(papering, field, value, &words));
		if (out.len != 0)
			write_byte(&out, '\n');
		write_format(&out, "%.*s: %.*s", T_ARG(words_now(field->label)), T_ARG(words));
	}
	json_array_append_new(row, job_string(writer_text(&out)));
	json_array_append_new(row, job_string(item->is_struck ? text_of(say("対象外"))
					  : item->end != NULL
						  ? words_now(item->end->words)
						  : text_of(say("未記録"))));
	return OK;
}

/* The items of a sheet: one line each with what was recorded and how it ended. */
static struct error *
items_section(const struct papering *papering, const struct pack_section *section)
{
	enum { EMPTY_ROWS = 5 };
	json_t *made = job_section(papering->sections, "items", words_now(section->title));
	json_t *columns = job_list(made, "columns"), *rows = job_list(made, "rows");
	job_column(columns, text_of(say("番号")), 22);
	job_column(columns, text_of(say("品名")), 22);
	job_column(columns, text_of(say("処理の記録")), 40);
	job_column(columns, text_of(say("結果")), 16);
	const size_t count = papering->dossier != NULL ? papering->dossier->items_count : 0;
	for (size_t at = 0; at < count; at++)
		if (papering->dossier->items[at].form == papering->form)
			TRY(item_row(papering, section, &papering->dossier->items[at], rows));
	if (json_array_size(rows) == 0)
		json_object_set_new(made, "empty_rows", json_integer(EMPTY_ROWS));
	return OK;
}

static bool
has_result(const struct papering *papering)
{
	if (papering->dossier == NULL)
		return true;
	return papering->dossier->state == DOSSIER_GRANTED ||
	       papering->dossier->state == DOSSIER_COMPLETE;
}

static struct error *
all_sections(const struct papering *papering)
{
	for (size_t at = 0; at < papering->form->sections_count; at++) {
		const struct pack_section *section = &papering->form->sections[at];
		bool asked;
		TRY(is_asked(papering, section->shown_when, T(""), &asked));
		if (!asked || paper_stands_in_head(section) ||
		    (section->stage == STAGE_RESULT && !has_result(papering)))
			continue;
		if (section->each != NULL)
			TRY(items_section(papering, section));
		else
			TRY(rows_section(papering, section));
	}
	return OK;
}

/* ---- Decisions, permits ---- */

static bool
is_about_form(const struct papering *papering, const struct flow_step *step)
{
	for (size_t at = 0; at < step->parts_count; at++)
		if (step->parts[at].occasion->form == papering->form)
			return true;
	return false;
}

static void
step_job(const struct papering *papering, const struct flow_step *step, json_t *steps)
{
	struct arena *arena = papering->look->arena;
	const struct dossier *dossier = papering->dossier;
	json_t *made = job_object(steps);
	job_put(made, "role", words_now(step->role->short_name));
	if (step->decision < 0) {
		job_put(made, "verdict", text_format(arena, say("(%s)"), step_verb_words(step->verb)));
		return;
	}
	const struct flow_decision *decision = &dossier->decisions[step->decision];
	job_put(made, "post", decision->post_name);
	job_put(made, "name", decision->name);
	job_put(made, "verdict", text_of(verdict_words(decision->verdict)));
	job_put(made, "day", day_iso(arena, moment_day(decision->at)));
	const enum decider_basis basis = decision_basis(decision, step->id);
	json_object_set_new(made, "is_deputy", json_boolean(decision->deputy_for.no != 0));
	if (basis == DECIDES_DELEGATE || basis == DECIDES_STAND_IN)
		job_put(made, "as", text_of(decider_basis_words(basis)));
}

/* The same decision in the same role, counted for two wishes of the policy, is one box on paper. */
static bool
has_box(const struct papering *papering, size_t which)
{
	const struct flow_step *steps = papering->dossier->steps;
	for (size_t at = 0; at < which; at++)
		if (steps[which].decision >= 0 && steps[at].decision == steps[which].decision &&
		    steps[at].role == steps[which].role)
			return true;
	return false;
}

static void
decisions_section(const struct papering *papering)
{
	json_t *steps = NULL;
	for (size_t at = 0; papering->dossier != NULL && at < papering->dossier->steps_count; at++) {
		if (!is_about_form(papering, &papering->dossier->steps[at]) || has_box(papering, at))
			continue;
		if (steps == NULL)
			steps = job_list(job_section(papering->sections, "decisions", text_of(say("決裁欄"))),
					 "steps");
		step_job(papering, &papering->dossier->steps[at], steps);
	}
	if (steps == NULL)
		paper_boxes(papering->form, papering->sections);
}

static void
permit_lines(const struct papering *papering, const struct flow_permit *permit, json_t *lines)
{
	struct arena *arena = papering->look->arena;
	json_array_append_new(
		lines, job_string(text_format(arena, say("許可番号 %.*s　有効期間 %.*sから%.*sまで（%s）"),
					  T_ARG(permit->number),
					  T_ARG(day_wareki(arena, permit->from)),
					  T_ARG(day_wareki(arena, permit->until)),
					  permit_state_words(permit->state))));
	if (permit->conditions.len != 0)
		json_array_append_new(lines, job_string(text_format(arena, say("条件　%.*s"),
								T_ARG(permit->conditions))));
	for (size_t at = 0; at < permit->outings_count; at++) {
		const struct flow_outing *outing = &permit->outings[at];
		const struct text back =
			outing->back.ms != 0
				? text_format(arena, say("返却 %.*s %.*s"),
					      T_ARG(moment_wareki(arena, outing->back)),
					      T_ARG(outing->back_name))
				: text_of(say("未返却"));
		json_array_append_new(
			lines, job_string(text_format(arena, say("%.*s　持出 %.*s %.*s　%.*s"),
						  T_ARG(outing->what),
						  T_ARG(moment_wareki(arena, outing->out)),
						  T_ARG(outing->out_name), T_ARG(back))));
	}
}

static void
permits_section(const struct papering *papering)
{
	const struct dossier *dossier = papering->dossier;
	json_t *lines = NULL;
	for (size_t at = 0; dossier != NULL && at < dossier->permits_count; at++) {
		if (dossier->permits[at].occasion->form != papering->form)
			continue;
		if (lines == NULL)
			lines = job_list(job_section(papering->sections, "notes", text_of(say("許可"))), "lines");
		permit_lines(papering, &dossier->permits[at], lines);
	}
}

/* ---- The head ---- */

static struct error *
head(const struct papering *papering, json_t *job)
{
	struct arena *arena = papering->look->arena;
	const struct dossier *dossier = papering->dossier;
	struct text body;
	TRY(store_setting(papering->look, T("body.name"), &body));
	paper_head(arena, papering->form, body, job);
	job_put(job, "lead", text_of(say("次のとおり申請します。")));
	paper_applicant(job, say("申請者"), dossier != NULL ? dossier->unit_name : T(""),
		       dossier != NULL ? dossier->post_name : T(""),
		       dossier != NULL ? dossier->applicant_name : T(""));
	if (dossier == NULL) {
		job_put(job, "day", T(""));
		job_put(job, "made", T("2026-04-01T00:00"));
		return OK;
	}
	const struct moment when = dossier->sent.ms != 0 ? dossier->sent : dossier->created;
	job_put(job, "number", dossier->number);
	job_put(job, "day", day_iso(arena, moment_day(when)));
	job_put(job, "made", moment_local(arena, dossier->changed));
	return OK;
}

static void
proof_job(const struct papering *papering, const struct paper_proof *proof, json_t *job)
{
	struct arena *arena = papering->look->arena;
	static const struct hash none;
	if (hash_same(&papering->dossier->digest, &none))
		return;
	job_prove(job, &(struct job_proof){
			       .record = text_format(arena, "dossier:%lld", (long long)papering->dossier->id.no),
			       .digest = hash_hex(arena, &papering->dossier->digest),
			       .tree_size = proof->tree_size,
			       .command = proof->command,
		       });
}

static struct error *
write_job(struct papering *papering, const struct paper_proof *proof, struct text *job)
{
	JOB_SCOPED made = json_object();
	TRY(head(papering, made));
	papering->sections = job_list(made, "sections");
	decisions_section(papering);
	TRY(all_sections(papering));
	permits_section(papering);
	if (papering->dossier != NULL)
		proof_job(papering, proof, made);
	return job_write(papering->look->arena, made, say("この案件は、印刷するには大きすぎます。画面か一覧で見てください。"), job);
}

static bool
has_form(const struct dossier *dossier, const struct pack_form *form)
{
	for (size_t at = 0; at < dossier->forms_count; at++)
		if (dossier->forms[at] == form)
			return true;
	return false;
}

struct error *
paper_dossier(struct look *look, const struct flow *flow, const struct dossier *dossier,
	      const struct pack_form *form, const struct paper_proof *proof, struct text *job)
{
	if (!has_form(dossier, form))
		return missing("この案件に%.*sはありません。", T_ARG(words_now(form->label)));
	struct row_id *assets = ARENA_ARRAY(look->arena, struct row_id, dossier->assets_count + 1);
	for (size_t at = 0; at < dossier->assets_count; at++)
		assets[at] = dossier->assets[at].row.id;
	struct papering papering = {
		.look = look,
		.flow = flow,
		.dossier = dossier,
		.form = form,
		.asked = { dossier->answers, dossier->answers_count, assets, dossier->assets_count,
			   dossier->forms, dossier->forms_count },
	};
	return write_job(&papering, proof, job);
}

struct error *
paper_empty(struct look *look, const struct flow *flow, const struct pack_form *form,
	    struct text *job)
{
	struct papering papering = { .look = look, .flow = flow, .form = form };
	return write_job(&papering, NULL, job);
}
