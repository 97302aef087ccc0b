/* Answers of a dossier: shown as sheets, asked in boxes, read back as typed. */
#include "pages/dossier_parts.h"

#include "base/number.h"

enum { NAMES_MOST = 2000, PEOPLE_MOST = 200 };

/* ---- Shown ---- */

/* Which names have been shown already: what two sheets share stands once. */
struct shown {
	struct text names[NAMES_MOST];
	size_t count;
};

static bool
is_shown_already(struct shown *shown, struct text name)
{
	for (size_t at = 0; at < shown->count; at++)
		if (text_same(shown->names[at], name))
			return true;
	if (shown->count < NAMES_MOST)
		shown->names[shown->count++] = name;
	return false;
}

struct showing {
	struct look *look;
	struct visit *visit;
	const struct dossier *dossier;
	struct flow_asked asked;
	struct shown *shown;
};

static void
fill_answer(struct showing *showing, struct sheets_sheets_sections_answers *made,
	    const struct pack_field *field)
{
	struct visit *visit = showing->visit;
	const struct text value = dossier_answer(showing->dossier, field->name, T(""));
	made->label = words_now(field->label);
	made->value = value_words(showing->look, field, value);
	if (field->kind != FIELD_FILE || value.len == 0)
		return;
	file_link(visit, showing->dossier, value, &made->file, &made->href);
}

/* Assets and their class have a table of their own. */
static bool
has_own_table(const struct visit *visit, const struct pack_field *field)
{
	return is_asset_field(visit, field) || field->is_computed;
}

static struct error *
add_answer(struct showing *showing, struct sheets_sheets_sections *section,
	   const struct pack_field *field)
{
	bool is_shown = true;
	if (has_own_table(showing->visit, field))
		return OK;
	if (field->shown_when != NULL)
		TRY(flow_is_shown(showing->look, showing->visit->office->flow, &showing->asked,
				  field->shown_when, T(""), &is_shown));
	/* In what was sent, what nobody answered needed no answer. */
	if (showing->dossier->sent.ms != 0 &&
	    dossier_answer(showing->dossier, field->name, T("")).len == 0)
		return OK;
	if (is_shown && !is_shown_already(showing->shown, field->name))
		fill_answer(showing, &section->answers[section->answers_count++], field);
	return OK;
}

static struct error *
fill_section(struct showing *showing, struct sheets_sheets *sheet,
	     const struct pack_section *section)
{
	bool is_shown = true;
	const struct dossier *dossier = showing->dossier;
	const bool is_result = section->stage == STAGE_RESULT;
	if (section->each != NULL ||
	    (is_result && dossier->state != DOSSIER_GRANTED && dossier->state != DOSSIER_COMPLETE))
		return OK;
	if (section->shown_when != NULL)
		TRY(flow_is_shown(showing->look, showing->visit->office->flow, &showing->asked,
				  section->shown_when, T(""), &is_shown));
	if (!is_shown)
		return OK;
	struct sheets_sheets_sections *made = &sheet->sections[sheet->sections_count];
	made->title = words_now(section->title);
	made->answers = ARENA_ARRAY(showing->visit->arena, struct sheets_sheets_sections_answers,
				    section->fields_count + 1);
	for (size_t at = 0; at < section->fields_count; at++)
		TRY(add_answer(showing, made, &section->fields[at]));
	if (made->answers_count != 0)
		sheet->sections_count++;
	return OK;
}

static struct error *
fill_sheet(struct showing *showing, struct sheets_sheets *made, const struct pack_form *form)
{
	struct visit *visit = showing->visit;
	made->label = words_now(form->label);
	made->title = words_now(form->title);
	made->is_own = !form->is_given;
	made->sections = ARENA_ARRAY(visit->arena, struct sheets_sheets_sections,
				     form->sections_count + 1);
	if (showing->dossier->sent.ms != 0)
		made->print = url_make(visit->arena, "/dossiers/{}/paper/{}", 2,
				       (struct text[]){ text_format(visit->arena, "%lld",
								    (long long)showing->dossier
									    ->id.no),
							form->number });
	for (size_t at = 0; at < form->sections_count; at++)
		TRY(fill_section(showing, made, &form->sections[at]));
	return OK;
}

static bool
is_on_a_form(const struct dossier *dossier, struct text name)
{
	for (size_t at = 0; at < dossier->forms_count; at++)
		if (form_field(dossier->forms[at], name, NULL) != NULL)
			return true;
	return false;
}

/* What was asked first and stands on no sheet. */
static struct error *
fill_questions(struct showing *showing, struct sheets_sheets *made)
{
	const struct pack *pack = showing->dossier->flow->pack;
	made->title = text_of(say("したいこと"));
	made->sections = ARENA_ARRAY(showing->visit->arena, struct sheets_sheets_sections, 1);
	made->sections[0].answers = ARENA_ARRAY(showing->visit->arena,
						struct sheets_sheets_sections_answers,
						pack->questions_count + 1);
	for (size_t at = 0; at < pack->questions_count; at++)
		if (!is_on_a_form(showing->dossier, pack->questions[at].name))
			TRY(add_answer(showing, &made->sections[0], &pack->questions[at]));
	made->sections_count = made->sections[0].answers_count != 0 ? 1 : 0;
	return OK;
}

struct error *
sheets_make(struct look *look, struct visit *visit, const struct dossier *dossier,
	    struct sheets_part **made)
{
	struct sheets_part *part = ARENA_NEW(visit->arena, struct sheets_part);
	struct showing showing = { look, visit, dossier, dossier_asked(visit->arena, dossier),
				   ARENA_NEW(visit->arena, struct shown) };
	part->sheets = ARENA_ARRAY(visit->arena, struct sheets_sheets, dossier->forms_count + 1);
	TRY(fill_questions(&showing, &part->sheets[0]));
	part->sheets_count = part->sheets[0].sections_count;
	for (size_t at = 0; at < dossier->forms_count; at++)
		TRY(fill_sheet(&showing, &part->sheets[part->sheets_count++], dossier->forms[at]));
	*made = part;
	return OK;
}

/* ---- Asked ---- */

/* The people of the unit, and whoever is named already. */
static struct error *
people_options(struct look *look, struct visit *visit, const struct dossier *dossier,
	       struct text stored, struct field_option **options, size_t *count)
{
	struct person_row *rows = NULL;
	size_t got = 0;
	bool has_more, is_there = stored.len == 0;
	int64_t id;
	if (dossier != NULL && dossier->unit.no != 0)
		TRY(people_search(look,
				  &(struct people_search){ .unit = dossier->unit,
							   .day = visit->today,
							   .most = PEOPLE_MOST },
				  &rows, &got, &has_more));
	struct field_option *made = ARENA_ARRAY(visit->arena, struct field_option, got + 2);
	*count = 0;
	for (size_t at = 0; at < got; at++) {
		struct field_option *option = &made[(*count)++];
		option->value = text_format(visit->arena, "%lld", (long long)rows[at].id.no);
		option->words = text_format(visit->arena, "%.*s(%.*s)", T_ARG(rows[at].name),
					    T_ARG(rows[at].post_name));
		is_there |= text_same(option->value, stored);
	}
	if (!is_there && number_read(stored, 1, INT64_MAX, &id)) {
		struct field_option *option = &made[(*count)++];
		option->value = stored;
		TRY(people_name(look, (struct person_id){ id }, &option->words));
	}
	*options = made;
	return OK;
}

struct error *
answer_box(struct look *look, struct visit *visit, const struct dossier *dossier,
	   const struct pack_field *field, struct text name, struct text stored,
	   struct field_part **box)
{
	struct field_option *options = NULL;
	size_t count = 0;
	struct pack_field named = *field;
	named.name = name;
	if (field->kind == FIELD_UNIT)
		TRY(unit_options(look, visit, &options, &count));
	else if (field->kind == FIELD_PERSON)
		TRY(people_options(look, visit, dossier, stored, &options, &count));
	else if (field->kind == FIELD_ASSET || field->kind == FIELD_ASSETS)
		TRY(row_options(look, visit, field, stored, &options, &count));
	*box = ARENA_NEW(visit->arena, struct field_part);
	**box = field_box(visit, &named, stored, options, count);
	if (field->kind == FIELD_ASSET && count == 0) {
		(*box)->is_text = false;
		(*box)->is_select = true;
		(*box)->help = text_format(visit->arena,
					   say("台帳「%.*s」には、まだ登録がありません。"),
					   T_ARG(words_now(field->of->name)));
	}
	if (field->kind == FIELD_CLAUSES)
		clauses_box(visit, *box);
	if (field->kind == FIELD_FILE) {
		(*box)->is_text = false;
		(*box)->is_file = true;
	}
	return OK;
}

/* ---- Read back ---- */

static bool
has_answer(const struct flow_answer *answers, size_t count, struct text name)
{
	for (size_t at = 0; at < count; at++)
		if (text_same(answers[at].name, name))
			return true;
	return false;
}

struct error *
answers_typed(struct visit *visit, const struct dossier *dossier, struct text item,
	      struct flow_answer *answers, size_t most, size_t *count)
{
	const struct fields shown = request_fields(visit->request, visit->arena, "shown");
	const size_t first = *count;
	for (size_t at = 0; at < shown.count; at++) {
		const struct text name = shown.at[at].value;
		const struct pack_field *field = dossier_field(visit, dossier, name, NULL);
		if (field == NULL || has_answer(answers + first, *count - first, name))
			continue;
		if (*count >= most)
			return reject("answers", "一度に記録できる量を超えています。選ぶ物を減らしてください。");
		const struct text value = field->kind == FIELD_FILE ? file_value(visit, name)
								    : field_typed(visit, field);
		if (field->kind == FIELD_FILE && value.len == 0)
			continue;
		answers[(*count)++] = (struct flow_answer){ field->name, item, value };
	}
	return OK;
}
