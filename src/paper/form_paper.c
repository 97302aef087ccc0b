#include "paper/form_paper.h"

#include "base/say.h"
#include "base/writer.h"

struct text
paper_caption(struct arena *into, const struct pack_form *form)
{
	struct writer out = writer_open(into, 2048);
	write_text(&out, words_now(form->label));
	for (size_t at = 0; at < form->clauses_count; at++) {
		write_z(&out, at == 0 ? "（" : "、");
		write_text(&out, form->clauses[at]->number);
	}
	if (form->clauses_count != 0)
		write_z(&out, say("関係）"));
	return writer_text(&out);
}

void
paper_head(struct arena *arena, const struct pack_form *form, struct text body, json_t *job)
{
	job_put(job, "job", T("sheet"));
	job_put(job, "title", words_now(form->title));
	job_put(job, "caption", paper_caption(arena, form));
	job_put(job, "body", body);
	json_array_append_new(job_list(job, "addressee"),
			      job_string(text_format(arena, say("%.*s　様"), T_ARG(words_now(form->addressee)))));
}

void
paper_applicant(json_t *job, const char *label, struct text unit, struct text post, struct text name)
{
	json_t *made = json_object();
	job_put(made, "label", text_of(label));
	job_put(made, "unit", unit);
	job_put(made, "post", post);
	job_put(made, "name", name);
	json_object_set_new(job, "applicant", made);
}

bool
paper_stands_in_head(const struct pack_section *section)
{
	for (size_t at = 0; at < section->fields_count; at++) {
		const enum prefill prefill = section->fields[at].prefill;
		if (prefill != PREFILL_APPLICANT && prefill != PREFILL_APPLICANT_UNIT && prefill != PREFILL_TODAY)
			return false;
	}
	return true;
}

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

json_t *
paper_field(struct paper_rows *rows, const struct pack_field *field)
{
	if (!rows->is_pair_open || !is_narrow(field)) {
		rows->row = job_row(rows->rows);
		rows->is_pair_open = is_narrow(field);
	} else {
		rows->is_pair_open = false;
	}
	json_t *made = job_object(rows->row);
	job_put(made, "label", words_now(field->label));
	return made;
}

void
paper_choices(json_t *made, const struct pack_field *field, struct text value)
{
	json_t *choices = job_list(made, "choices");
	for (size_t at = 0; at < field->choices_count; at++) {
		bool is_chosen = false;
		struct text item, rest = value;
		while (value_next(&rest, &item))
			is_chosen = is_chosen || text_same(item, field->choices[at].code);
		json_t *choice = job_object(choices);
		job_put(choice, "words", words_now(field->choices[at].words));
		json_object_set_new(choice, "is_chosen", json_boolean(is_chosen));
	}
}

void
paper_boxes(const struct pack_form *form, json_t *sections)
{
	if (form->boxes_count == 0)
		return;
	json_t *steps = job_list(job_section(sections, "decisions", text_of(say("決裁欄"))), "steps");
	for (size_t at = 0; at < form->boxes_count; at++)
		job_put(job_object(steps), "role", words_now(form->boxes[at].label));
}
