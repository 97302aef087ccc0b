/*
 * From a dossier to its paper: caption, applicant, the form's sections with their answers, assets,
 * items and their ends, decision boxes, the permit's conditions, and the proof in the footer.
 */
#include "paper/dossier_paper.h"

#include "base/writer.h"

#include <jansson.h>

struct papering {
	struct look *look;
	const struct flow *flow;
	const struct dossier *dossier; /* NULL for an empty form */
	const struct pack_form *form;
	struct flow_asked asked;
	json_t *sections;
};

static json_t *
string(struct text text)
{
	return json_stringn(text.data != NULL ? text.data : "", text.len);
}

static void
put(json_t *object, const char *name, struct text text)
{
	json_object_set_new(object, name, string(text));
}

static void
drop(json_t **json)
{
	json_decref(*json);
}

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

static json_t *
choices_of(const struct pack_field *field, struct text value)
{
	json_t *choices = json_array();
	for (size_t at = 0; at < field->choices_count; at++) {
		bool is_chosen = false;
		struct text item, rest = value;
		while (value_next(&rest, &item))
			is_chosen = is_chosen || text_same(item, field->choices[at].code);
		json_t *choice = json_object();
		put(choice, "words", words_now(field->choices[at].words));
		json_object_set_new(choice, "is_chosen", json_boolean(is_chosen));
		json_array_append_new(choices, choice);
	}
	return choices;
}

static struct error *
field_job(const struct papering *papering, const struct pack_field *field, struct text item,
	  json_t *row)
{
	const struct text value = answer_of(papering, field->name, item);
	json_t *made = json_object();
	json_array_append_new(row, made);
	put(made, "label", words_now(field->label));
	if (field->kind == FIELD_CHOICE || field->kind == FIELD_CHOICES) {
		json_object_set_new(made, "choices", choices_of(field, value));
		return OK;
	}
	struct text words;
	TRY(shown(papering, field, value, &words));
	put(made, "value", words);
	if (field->kind == FIELD_LONG_TEXT)
		json_object_set_new(made, "lines", json_integer(2));
	return OK;
}

/* ---- Sections ---- */

static bool
is_narrow(const struct pack_field *field)
{
	switch (field->kind) {
	case FIELD_DAY:
	case FIELD_MOMENT:
	case FIELD_NUMBER:
	case FIELD_PERSON:
	case FIELD_UNIT:
	case FIELD_CLASS:
	case FIELD_YES_NO:
		return true;
	case FIELD_TEXT:
	case FIELD_LONG_TEXT:
	case FIELD_PERIOD:
	case FIELD_CHOICE:
	case FIELD_CHOICES:
	case FIELD_ASSET:
	case FIELD_ASSETS:
	case FIELD_SERIALS:
	case FIELD_FILE:
	case FIELD_CLAUSES:
		return false;
	}
	return false;
}

static struct error *
is_asked(const struct papering *papering, const struct when *when, struct text item, bool *asked)
{
	*asked = true;
	if (papering->dossier == NULL || when == NULL)
		return OK;
	return flow_is_shown(papering->look, papering->flow, &papering->asked, when, item, asked);
}

/* Day, unit and name of the applicant are printed at the top: a section of these alone is there. */
static bool
stands_in_head(const struct pack_section *section)
{
	for (size_t at = 0; at < section->fields_count; at++) {
		const enum prefill prefill = section->fields[at].prefill;
		if (prefill != PREFILL_APPLICANT && prefill != PREFILL_APPLICANT_UNIT &&
		    prefill != PREFILL_TODAY)
			return false;
	}
	return true;
}

/* Two narrow fields share a row, as on paper forms. */
static struct error *
rows_section(const struct papering *papering, const struct pack_section *section)
{
	json_t *made = json_object(), *rows = json_array(), *row = NULL;
	bool is_pair_open = false;
	json_array_append_new(papering->sections, made);
	json_object_set_new(made, "kind", json_string("rows"));
	put(made, "heading", words_now(section->title));
	json_object_set_new(made, "rows", rows);
	for (size_t at = 0; at < section->fields_count; at++) {
		const struct pack_field *field = &section->fields[at];
		bool asked;
		TRY(is_asked(papering, field->shown_when, T(""), &asked));
		if (!asked || field->kind == FIELD_SERIALS)
			continue;
		if (!is_pair_open || !is_narrow(field)) {
			row = json_array();
			json_array_append_new(rows, row);
			is_pair_open = is_narrow(field);
		} else {
			is_pair_open = false;
		}
		TRY(field_job(papering, field, T(""), row));
	}
	if (json_array_size(rows) == 0)
		json_array_remove(papering->sections, json_array_size(papering->sections) - 1);
	return OK;
}

static void
add_column(json_t *columns, struct text name, int width)
{
	json_t *column = json_object();
	put(column, "name", name);
	json_object_set_new(column, "width", json_integer(width));
	json_array_append_new(columns, column);
}

static struct error *
item_row(const struct papering *papering, const struct pack_section *section,
	 const struct flow_item *item, json_t *rows)
{
	json_t *row = json_array();
	json_array_append_new(rows, row);
	json_array_append_new(row, string(item->serial));
	json_array_append_new(row, string(item->what));
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
	json_array_append_new(row, string(writer_text(&out)));
	json_array_append_new(row, string(item->is_struck ? text_of(say("対象外"))
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
	json_t *made = json_object(), *columns = json_array(), *rows = json_array();
	json_array_append_new(papering->sections, made);
	json_object_set_new(made, "kind", json_string("items"));
	put(made, "heading", words_now(section->title));
	add_column(columns, text_of(say("番号")), 22);
	add_column(columns, text_of(say("品名")), 22);
	add_column(columns, text_of(say("処理の記録")), 40);
	add_column(columns, text_of(say("結果")), 16);
	json_object_set_new(made, "columns", columns);
	json_object_set_new(made, "rows", rows);
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
		if (!asked || stands_in_head(section) ||
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
	json_t *made = json_object();
	json_array_append_new(steps, made);
	put(made, "role", words_now(step->role->short_name));
	if (step->decision < 0) {
		put(made, "verdict", text_format(arena, say("(%s)"), step_verb_words(step->verb)));
		return;
	}
	const struct flow_decision *decision = &dossier->decisions[step->decision];
	put(made, "post", decision->post_name);
	put(made, "name", decision->name);
	put(made, "verdict", text_of(verdict_words(decision->verdict)));
	put(made, "day", day_iso(arena, moment_day(decision->at)));
	const enum decider_basis basis = decision_basis(decision, step->id);
	json_object_set_new(made, "is_deputy", json_boolean(decision->deputy_for.no != 0));
	if (basis == DECIDES_DELEGATE || basis == DECIDES_STAND_IN)
		put(made, "as", text_of(decider_basis_words(basis)));
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
empty_boxes(const struct papering *papering, json_t *steps)
{
	for (size_t at = 0; at < papering->form->boxes_count; at++) {
		json_t *made = json_object();
		put(made, "role", words_now(papering->form->boxes[at].label));
		json_array_append_new(steps, made);
	}
}

static void
decisions_section(const struct papering *papering)
{
	json_t *made = json_object(), *steps = json_array();
	if (papering->dossier != NULL)
		for (size_t at = 0; at < papering->dossier->steps_count; at++)
			if (is_about_form(papering, &papering->dossier->steps[at]) &&
			    !has_box(papering, at))
				step_job(papering, &papering->dossier->steps[at], steps);
	if (json_array_size(steps) == 0)
		empty_boxes(papering, steps);
	if (json_array_size(steps) == 0) {
		json_decref(steps);
		json_decref(made);
		return;
	}
	json_object_set_new(made, "kind", json_string("decisions"));
	put(made, "heading", text_of(say("決裁欄")));
	json_object_set_new(made, "steps", steps);
	json_array_append_new(papering->sections, made);
}

static void
permit_lines(const struct papering *papering, const struct flow_permit *permit, json_t *lines)
{
	struct arena *arena = papering->look->arena;
	json_array_append_new(
		lines, string(text_format(arena, say("許可番号 %.*s　有効期間 %.*sから%.*sまで（%s）"),
					  T_ARG(permit->number),
					  T_ARG(day_wareki(arena, permit->from)),
					  T_ARG(day_wareki(arena, permit->until)),
					  permit_state_words(permit->state))));
	if (permit->conditions.len != 0)
		json_array_append_new(lines, string(text_format(arena, say("条件　%.*s"),
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
			lines, string(text_format(arena, say("%.*s　持出 %.*s %.*s　%.*s"),
						  T_ARG(outing->what),
						  T_ARG(moment_wareki(arena, outing->out)),
						  T_ARG(outing->out_name), T_ARG(back))));
	}
}

static void
permits_section(const struct papering *papering)
{
	const struct dossier *dossier = papering->dossier;
	json_t *lines = json_array();
	for (size_t at = 0; dossier != NULL && at < dossier->permits_count; at++)
		if (dossier->permits[at].occasion->form == papering->form)
			permit_lines(papering, &dossier->permits[at], lines);
	if (json_array_size(lines) == 0) {
		json_decref(lines);
		return;
	}
	json_t *made = json_object();
	json_object_set_new(made, "kind", json_string("notes"));
	put(made, "heading", text_of(say("許可")));
	json_object_set_new(made, "lines", lines);
	json_array_append_new(papering->sections, made);
}

/* ---- The head ---- */

static struct text
caption_of(const struct papering *papering)
{
	struct writer out = writer_open(papering->look->arena, 2048);
	write_text(&out, words_now(papering->form->label));
	for (size_t at = 0; at < papering->form->clauses_count; at++) {
		write_z(&out, at == 0 ? "（" : "、");
		write_text(&out, papering->form->clauses[at]->number);
	}
	if (papering->form->clauses_count != 0)
		write_z(&out, say("関係）"));
	return writer_text(&out);
}

static struct error *
head(const struct papering *papering, json_t *job)
{
	struct arena *arena = papering->look->arena;
	const struct dossier *dossier = papering->dossier;
	struct text body;
	json_object_set_new(job, "job", json_string("sheet"));
	put(job, "title", words_now(papering->form->title));
	put(job, "caption", caption_of(papering));
	TRY(store_setting(papering->look, T("body.name"), &body));
	put(job, "body", body);
	json_t *addressee = json_array();
	json_array_append_new(addressee,
			      string(text_format(arena, say("%.*s　様"),
						 T_ARG(words_now(papering->form->addressee)))));
	json_object_set_new(job, "addressee", addressee);
	put(job, "lead", text_of(say("次のとおり申請します。")));
	json_t *applicant = json_object();
	put(applicant, "label", text_of(say("申請者")));
	put(applicant, "unit", dossier != NULL ? dossier->unit_name : T(""));
	put(applicant, "post", dossier != NULL ? dossier->post_name : T(""));
	put(applicant, "name", dossier != NULL ? dossier->applicant_name : T(""));
	json_object_set_new(job, "applicant", applicant);
	if (dossier == NULL) {
		put(job, "day", T(""));
		put(job, "made", T("2026-04-01T00:00"));
		return OK;
	}
	const struct moment when = dossier->sent.ms != 0 ? dossier->sent : dossier->created;
	put(job, "number", dossier->number);
	put(job, "day", day_iso(arena, moment_day(when)));
	put(job, "made", moment_local(arena, dossier->changed));
	return OK;
}

static void
proof_job(const struct papering *papering, const struct paper_proof *proof, json_t *job)
{
	struct arena *arena = papering->look->arena;
	static const struct hash none;
	if (hash_same(&papering->dossier->digest, &none))
		return;
	json_t *made = json_object();
	put(made, "record",
	    text_format(arena, "dossier:%lld", (long long)papering->dossier->id.no));
	put(made, "digest", hash_hex(arena, &papering->dossier->digest));
	json_object_set_new(made, "tree_size", json_integer(proof->tree_size));
	put(made, "command", proof->command);
	json_object_set_new(job, "proof", made);
}

static int
write_piece(const char *data, size_t len, void *out)
{
	write_text(out, (struct text){ data, len });
	return 0;
}

static struct error *
write_job(struct papering *papering, const struct paper_proof *proof, struct text *job)
{
	__attribute__((cleanup(drop))) json_t *made = json_object();
	TRY(head(papering, made));
	papering->sections = json_array();
	json_object_set_new(made, "sections", papering->sections);
	decisions_section(papering);
	TRY(all_sections(papering));
	permits_section(papering);
	if (papering->dossier != NULL)
		proof_job(papering, proof, made);
	struct writer out = writer_open(papering->look->arena, (size_t)8 << 20);
	if (json_dump_callback(made, write_piece, &out, JSON_COMPACT) != 0 || writer_is_full(&out))
		return broken("様式を紙の形にできませんでした。");
	*job = writer_text(&out);
	return OK;
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
