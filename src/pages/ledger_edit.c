/* Entering and changing a row. What was typed stays when something is wrong. */
#include "pages/ledger_pages.h"

#include "base/number.h"
#include "entrance/entrance.h"

/* Numbers of rows and persons as people know them: 台帳番号, employee number. */
static struct error *
known_as(struct look *look, struct visit *visit, const struct pack_field *field, struct text value,
	 struct text *words)
{
	int64_t id;
	*words = value;
	if (!number_read(value, 1, INT64_MAX, &id))
		return OK;
	if (field->kind == FIELD_ASSET) {
		struct ledger_row row;
		TRY(ledger_read(look, visit->office->pack, (struct row_id){ id }, &row));
		*words = text_format(visit->arena, "%lld", (long long)row.number);
	}
	if (field->kind == FIELD_PERSON) {
		struct person person;
		TRY(people_person(look, (struct person_id){ id }, &person));
		*words = person.number;
	}
	return OK;
}

static struct text
with_hint(struct visit *visit, const struct pack_field *field, struct text help)
{
	const char *hint = field->kind == FIELD_ASSET	? say("台帳番号を書いてください。") :
			   field->kind == FIELD_PERSON ? say("職員番号を書いてください。") :
							  "";
	return text_format(visit->arena, "%.*s%s", T_ARG(help), hint);
}

struct form {
	const struct pack_ledger *ledger;
	const struct ledger_value *stored;
	size_t stored_count;
	struct field_option *units;
	size_t units_count;
};

static struct text
stored_of(const struct form *form, struct text name)
{
	for (size_t at = 0; at < form->stored_count; at++)
		if (text_same(form->stored[at].name, name))
			return form->stored[at].value;
	return T("");
}

static struct error *
fill_boxes(struct look *look, struct visit *visit, const struct form *form,
	   struct ledger_form_page *page)
{
	const size_t count = form->ledger->fields_count;
	page->fields = ARENA_ARRAY(visit->arena, struct ledger_form_fields, count + 1);
	page->fields_count = count;
	for (size_t at = 0; at < count; at++) {
		const struct pack_field *field = &form->ledger->fields[at];
		const bool is_unit = field->kind == FIELD_UNIT;
		struct text shown;
		TRY(known_as(look, visit, field, stored_of(form, field->name), &shown));
		struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
		*box = field_box(visit, field, shown, is_unit ? form->units : NULL,
				 is_unit ? form->units_count : 0);
		box->help = with_hint(visit, field, box->help);
		page->fields[at].box = box;
	}
	return OK;
}

/* What a new row begins with: one's own unit; for a copy its source and the source's class. */
static struct error *
first_values(struct look *look, struct visit *visit, const struct pack_ledger *ledger,
	     struct form *form, struct ledger_form_page *page)
{
	struct ledger_value *values = ARENA_ARRAY(visit->arena, struct ledger_value, 4);
	struct unit_id unit;
	struct ledger_row source;
	int64_t from;
	TRY(people_unit_of(look, visit->session.person, visit->today, &unit));
	form->stored = values;
	if (number_read(visit_text(visit, "from"), 1, INT64_MAX, &from) && ledger->parent != NULL) {
		TRY(ledger_read(look, visit->office->pack, (struct row_id){ from }, &source));
		TRY(visit_must_reach(look, visit, RIGHT_LEDGER_READ, (struct unit_id){ source.owner }));
		page->source = source.title;
		page->from = visit_text(visit, "from");
		values[form->stored_count++] = (struct ledger_value){ ledger->parent->name, page->from };
		if (ledger->class_field != NULL)
			values[form->stored_count++] = (struct ledger_value){
				ledger->class_field->name, source.class_code
			};
	}
	if (ledger->owner != NULL && unit.no != 0 && may_write(look, visit, unit.no))
		values[form->stored_count++] = (struct ledger_value){
			ledger->owner->name, text_format(visit->arena, "%lld", (long long)unit.no)
		};
	return OK;
}

struct error *
ledger_new_draw(struct look *look, struct visit *visit)
{
	const struct pack_ledger *ledger;
	TRY(ledger_of(visit, &ledger));
	struct form form = { .ledger = ledger };
	struct ledger_form_page page = {
		.frame = visit_frame(visit, text_of(say("台帳に登録する")), "ledger"),
		.ledger = words_now(ledger->name),
		.title = text_of(say("台帳に登録する")),
		.is_new = true,
		.csrf = visit->csrf,
		.list = ledger_url(visit, ledger),
		.action = url_of(visit->arena, "/ledger/{}/new", ledger->code),
		.back = ledger_url(visit, ledger),
	};
	TRY(reach_options(look, visit, RIGHT_LEDGER_WRITE, &form.units, &form.units_count));
	TRY(first_values(look, visit, ledger, &form, &page));
	TRY(fill_boxes(look, visit, &form, &page));
	return visit_draw(visit, ledger_form_page, &page);
}

struct error *
ledger_edit_draw(struct look *look, struct visit *visit)
{
	struct ledger_row row;
	TRY(ledger_row_to_change(look, visit, &row));
	struct arena *arena = visit->arena;
	const struct pack_ledger *ledger = row.ledger;
	struct ledger_value *stored = ARENA_ARRAY(arena, struct ledger_value, ledger->fields_count + 1);
	struct form form = { .ledger = ledger, .stored = stored, .stored_count = ledger->fields_count };
	for (size_t at = 0; at < ledger->fields_count; at++)
		stored[at] = (struct ledger_value){
			ledger->fields[at].name,
			ledger_value(arena, &row, text_z(arena, ledger->fields[at].name))
		};
	const struct text pieces[] = { ledger->code,
				       text_format(arena, "%lld", (long long)row.id.no) };
	struct ledger_form_page page = {
		.frame = visit_frame(visit, text_of(say("台帳を変更する")), "ledger"),
		.ledger = words_now(ledger->name),
		.title = text_format(arena, say("「%.*s」を変更する"), T_ARG(row.title)),
		.csrf = visit->csrf,
		.revision = row.revision,
		.list = ledger_url(visit, ledger),
		.action = url_make(arena, "/ledger/{}/{}/edit", 2, pieces),
		.back = row_url(visit, &row),
	};
	/* Drawn again over somebody else's change it must not win: the person opens it anew. */
	if (visit->faults != NULL)
		(void)number_read(visit_text(visit, "revision"), 1, INT64_MAX, &page.revision);
	TRY(reach_options(look, visit, RIGHT_LEDGER_WRITE, &form.units, &form.units_count));
	TRY(fill_boxes(look, visit, &form, &page));
	return visit_draw(visit, ledger_form_page, &page);
}

/* One field as typed, with rows and persons by the numbers people know; the unit must be one's own. */
static struct error *
typed_value(struct look *look, struct visit *visit, const struct pack_ledger *ledger,
	    const struct pack_field *field, struct text *value)
{
	int64_t unit = 0;
	*value = field_typed(visit, field);
	if (field->kind != FIELD_UNIT)
		return ledger_resolve(look, field, *value, value);
	if (field == ledger->owner && number_read(*value, 1, INT64_MAX, &unit) &&
	    !may_write(look, visit, unit))
		return reject(text_z(visit->arena, field->name),
			      "この所属の台帳を変更する権限がありません。");
	return OK;
}

/* What was typed. Is something wrong already, then what the ledger finds wrong is said with it. */
static struct error *
typed_values(struct look *look, struct visit *visit, const struct pack_ledger *ledger,
	     struct row_id changing, struct ledger_value **values)
{
	struct error *faults = OK;
	size_t count = 0;
	*values = ARENA_ARRAY(visit->arena, struct ledger_value, ledger->fields_count + 1);
	for (size_t at = 0; at < ledger->fields_count; at++) {
		struct text value;
		struct error *fault = typed_value(look, visit, ledger, &ledger->fields[at], &value);
		if (fault != OK && fault->kind != ERROR_INVALID)
			return fault;
		error_add(&faults, fault);
		(*values)[count++] = (struct ledger_value){ ledger->fields[at].name,
							    fault == OK ? value : T("") };
	}
	if (faults == OK)
		return OK;
	struct ledger_value *kept;
	struct error *more = ledger_check(look, visit->office->pack, ledger, changing, *values,
					  ledger->fields_count, &kept, &count);
	if (more != OK && more->kind != ERROR_INVALID)
		return more;
	error_add(&faults, more);
	return faults;
}

struct error *
ledger_new_do(struct act *act, struct visit *visit)
{
	const struct pack_ledger *ledger;
	struct ledger_value *values;
	struct row_id added;
	TRY(ledger_of(visit, &ledger));
	TRY(typed_values(&act->look, visit, ledger, (struct row_id){ 0 }, &values));
	TRY(entrance_may_list(&act->look, visit->office->flow, ledger, values, ledger->fields_count));
	TRY(ledger_add(act, visit->office->pack, ledger, values, ledger->fields_count, &added));
	const struct text pieces[] = { ledger->code,
				       text_format(visit->arena, "%lld", (long long)added.no) };
	visit->go_to = url_make(visit->arena, "/ledger/{}/{}", 2, pieces);
	visit->done = "row-added";
	return OK;
}

struct error *
ledger_edit_do(struct act *act, struct visit *visit)
{
	struct ledger_row row;
	struct ledger_value *values;
	int64_t revision;
	TRY(visit_number(visit, "revision", &revision));
	TRY(ledger_row_to_change(&act->look, visit, &row));
	TRY(typed_values(&act->look, visit, row.ledger, row.id, &values));
	TRY(entrance_may_list(&act->look, visit->office->flow, row.ledger, values, row.ledger->fields_count));
	TRY(ledger_change(act, visit->office->pack, row.id, revision, values,
			  row.ledger->fields_count));
	visit->go_to = row_url(visit, &row);
	visit->done = "row-changed";
	return OK;
}
