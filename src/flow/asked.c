/* Answers and assets as the pack's conditions see them; which occasions they meet. */
#include "flow/rooms.h"

#include "base/number.h"
#include "base/writer.h"

enum { SHOWN_DEPTH = 6, VALUES_MOST = 64 << 10 };

const struct pack_field *
field_of(const struct pack *pack, struct text name, const struct pack_section **section)
{
	const struct pack_section *found = NULL;
	const struct pack_field *field = pack_question(pack, name);
	for (size_t at = 0; field == NULL && at < pack->forms_count; at++)
		field = form_field(&pack->forms[at], name, &found);
	if (section != NULL)
		*section = found;
	return field;
}

const struct pack_ledger *
flow_asset_ledger(const struct pack *pack)
{
	for (size_t at = 0; at < pack->questions_count; at++) {
		const struct pack_field *field = &pack->questions[at];
		if ((field->kind == FIELD_ASSET || field->kind == FIELD_ASSETS) && field->of != NULL)
			return field->of;
	}
	return pack->ledgers_count != 0 ? &pack->ledgers[0] : NULL;
}

/* A row of a ledger that the pack no longer has was an asset when it was chosen. */
bool
row_is_asset(const struct pack *pack, const struct ledger_row *row)
{
	return row->ledger == NULL || row->ledger == flow_asset_ledger(pack);
}

bool
field_is_asset(const struct pack *pack, const struct pack_field *field)
{
	return (field->kind == FIELD_ASSET || field->kind == FIELD_ASSETS) &&
	       (field->of == NULL || field->of == flow_asset_ledger(pack));
}

bool
section_is_result(const struct pack_section *section)
{
	return section != NULL && section->stage == STAGE_RESULT;
}

struct text
asking_typed(const struct asking *asking, struct text name, struct text item)
{
	struct text shared = T("");
	for (size_t at = 0; at < asking->answers_count; at++) {
		const struct flow_answer *answer = &asking->answers[at];
		if (!text_same(answer->name, name))
			continue;
		if (text_same(answer->item, item))
			return answer->value;
		if (text_is_empty(answer->item))
			shared = answer->value;
	}
	return shared;
}

static struct text
rows_chosen(const struct asking *asking, const struct pack_field *field)
{
	struct writer out = writer_open(asking->look->arena, VALUES_MOST);
	for (size_t at = 0; at < asking->rows_count; at++) {
		if (field->of != NULL && asking->rows[at].ledger != field->of)
			continue;
		if (out.len > 0 && field->kind == FIELD_ASSET)
			break;
		if (out.len > 0)
			write_byte(&out, '\n');
		write_number(&out, asking->rows[at].id.no);
	}
	return writer_text(&out);
}

static struct text
class_chosen(const struct asking *asking, const struct pack_axis *axis)
{
	for (size_t at = 0; at < asking->classes_count; at++)
		if (asking->classes[at].axis == axis)
			return asking->classes[at].value->code;
	return T("");
}

struct text
asking_value(struct asking *asking, const struct pack_field *field, struct text item)
{
	if (field->kind == FIELD_CLASS && field->is_computed)
		return class_chosen(asking, field->axis);
	const struct text typed = asking_typed(asking, field->name, item);
	if (text_is_blank(typed) && field_is_asset(asking->pack, field))
		return rows_chosen(asking, field);
	struct text value;
	if (field_read(asking->look->arena, field, typed, &value) != OK)
		return T("");
	return value;
}

struct answering {
	struct asking *asking;
	struct text item;
	int depth;
};

static struct when_value answer_name(void *with, struct text name);

static bool
is_shown(struct answering *answering, const struct when *when)
{
	if (when == NULL || answering->depth >= SHOWN_DEPTH)
		return true;
	struct answering below = *answering;
	below.depth++;
	return when_evaluate(when,
			     &(struct when_answers){ .answer = answer_name, .with = &below });
}

static struct when_value
answer_column(const struct asking *asking, struct text column)
{
	struct writer out = writer_open(asking->look->arena, VALUES_MOST);
	for (size_t at = 0; at < asking->rows_count; at++) {
		const struct text value = ledger_value(asking->look->arena, &asking->rows[at],
						       text_z(asking->look->arena, column));
		if (value.len == 0)
			continue;
		if (out.len > 0)
			write_byte(&out, '\n');
		write_text(&out, value);
	}
	if (out.len == 0)
		return (struct when_value){ .kind = WHEN_NONE };
	return (struct when_value){ .kind = WHEN_LIST, .text = writer_text(&out) };
}

static bool
form_shows(struct answering *answering, const struct pack_form *form, struct text name,
	   const struct pack_field **field)
{
	const struct pack_section *section;
	const struct pack_field *found = form_field(form, name, &section);
	if (found == NULL)
		return false;
	*field = found;
	return is_shown(answering, found->shown_when) && is_shown(answering, section->shown_when);
}

/* Several sheets may ask the same thing: it counts as soon as one of them shows it. */
static bool
find_asked(struct answering *answering, struct text name, const struct pack_field **field)
{
	const struct asking *asking = answering->asking;
	*field = pack_question(asking->pack, name);
	if (*field != NULL)
		return is_shown(answering, (*field)->shown_when);
	for (size_t at = 0; at < asking->forms_count; at++)
		if (form_shows(answering, asking->forms[at], name, field))
			return true;
	for (size_t at = 0; asking->forms_count == 0 && at < asking->pack->forms_count; at++)
		if (form_shows(answering, &asking->pack->forms[at], name, field))
			return true;
	return false;
}

bool
asking_asks(struct asking *asking, struct text name)
{
	const struct pack_field *field;
	struct answering answering = { .asking = asking, .item = T("") };
	return find_asked(&answering, name, &field);
}

static struct when_value
answer_name(void *with, struct text name)
{
	struct answering *answering = with;
	struct asking *asking = answering->asking;
	const struct pack_field *field;
	const bool is_asked = find_asked(answering, name, &field);
	if (field != NULL) {
		if (!is_asked)
			return (struct when_value){ .kind = WHEN_NONE };
		const struct text value = asking_value(asking, field, answering->item);
		if (value.len == 0)
			return (struct when_value){ .kind = WHEN_NONE };
		return when_value_of(field, value);
	}
	if (text_starts(name, T("asset.")))
		return answer_column(asking, text_from(name, 6));
	const struct pack_axis *axis = pack_axis(asking->pack, name);
	if (axis == NULL || class_chosen(asking, axis).len == 0)
		return (struct when_value){ .kind = WHEN_NONE };
	return (struct when_value){ .kind = WHEN_CLASS, .axis = axis,
				    .text = class_chosen(asking, axis) };
}

bool
asking_meets(struct asking *asking, const struct when *when, struct text item)
{
	struct answering answering = { .asking = asking, .item = item };
	return when_evaluate(when,
			     &(struct when_answers){ .answer = answer_name, .with = &answering });
}

static const struct pack_class *
row_class(struct asking *asking, const struct ledger_row *row, const struct pack_axis *axis)
{
	const struct pack_ledger *ledger = row->ledger;
	for (size_t at = 0; ledger != NULL && at < ledger->fields_count; at++) {
		const struct pack_field *field = &ledger->fields[at];
		if (field->kind != FIELD_CLASS || field->axis != axis)
			continue;
		const struct text code = ledger_value(asking->look->arena, row,
						      text_z(asking->look->arena, field->name));
		return class_highest(axis, code, code);
	}
	return NULL;
}

void
asking_classes(struct asking *asking)
{
	const struct pack *pack = asking->pack;
	asking->classes = ARENA_ARRAY(asking->look->arena, struct flow_class, pack->axes_count);
	for (size_t axis = 0; axis < pack->axes_count; axis++) {
		const struct pack_class *top = NULL;
		for (size_t at = 0; at < asking->rows_count; at++) {
			const struct pack_class *value =
				row_class(asking, &asking->rows[at], &pack->axes[axis]);
			if (value != NULL && (top == NULL || value->rank > top->rank))
				top = value;
		}
		if (top != NULL)
			asking->classes[asking->classes_count++] =
				(struct flow_class){ &pack->axes[axis], top };
	}
}

static bool
has_row(const struct ledger_row *rows, size_t count, int64_t id)
{
	for (size_t at = 0; at < count; at++)
		if (rows[at].id.no == id)
			return true;
	return false;
}

static struct error *
add_row(struct asking *asking, int64_t id)
{
	struct ledger_row row;
	if (has_row(asking->rows, asking->rows_count, id) ||
	    has_row(asking->others, asking->others_count, id))
		return OK;
	if (asking->rows_count + asking->others_count >= FLOW_MOST_ASSETS)
		return reject("assets", "情報資産は一件に%d個までです。案件を分けてください。",
			      FLOW_MOST_ASSETS);
	TRY(ledger_read(asking->look, asking->pack, (struct row_id){ id }, &row));
	if (row_is_asset(asking->pack, &row))
		asking->rows[asking->rows_count++] = row;
	else
		asking->others[asking->others_count++] = row;
	return OK;
}

/* Rows named in answers of asset fields; what is no number of a row is the check's business. */
static struct error *
add_answered(struct asking *asking)
{
	for (size_t at = 0; at < asking->answers_count; at++) {
		const struct flow_answer *answer = &asking->answers[at];
		const struct pack_field *field = field_of(asking->pack, answer->name, NULL);
		if (field == NULL || (field->kind != FIELD_ASSET && field->kind != FIELD_ASSETS))
			continue;
		struct text rest, item;
		if (field_read(asking->look->arena, field, answer->value, &rest) != OK)
			continue;
		int64_t id;
		while (value_next(&rest, &item)) {
			if (!number_read(item, 1, INT64_MAX, &id))
				continue;
			struct error *error = add_row(asking, id);
			if (error != NULL && error->kind != ERROR_MISSING)
				return error;
		}
	}
	return OK;
}

struct error *
asking_begin(struct look *look, const struct pack *pack, const struct flow_asked *asked,
	     struct asking *asking)
{
	struct asking made = { .look = look, .pack = pack, .answers = asked->answers,
			       .answers_count = asked->answers_count, .forms = asked->forms,
			       .forms_count = asked->forms_count };
	made.rows = ARENA_ARRAY(look->arena, struct ledger_row, FLOW_MOST_ASSETS);
	made.others = ARENA_ARRAY(look->arena, struct ledger_row, FLOW_MOST_ASSETS);
	for (size_t at = 0; at < asked->assets_count; at++)
		TRY(add_row(&made, asked->assets[at].no));
	TRY(add_answered(&made));
	asking_classes(&made);
	*asking = made;
	return OK;
}

static bool
is_wanted(const struct pack_occasion *occasion, const struct text *wanted, size_t count)
{
	for (size_t at = 0; at < count; at++)
		if (text_same(occasion->code, wanted[at]))
			return true;
	return false;
}

static void
add_form(struct flow_match *match, const struct pack_form *form)
{
	for (size_t at = 0; at < match->forms_count; at++)
		if (match->forms[at] == form)
			return;
	if (form != NULL)
		match->forms[match->forms_count++] = form;
}

void
asking_match(struct asking *asking, const struct text *wanted, size_t wanted_count,
	     struct flow_match *match)
{
	const struct pack *pack = asking->pack;
	struct arena *arena = asking->look->arena;
	*match = (struct flow_match){ .classes = asking->classes,
				      .classes_count = asking->classes_count };
	match->occasions =
		ARENA_ARRAY(arena, const struct pack_occasion *, pack->occasions_count + 1);
	match->forms = ARENA_ARRAY(arena, const struct pack_form *, pack->occasions_count + 1);
	for (size_t at = 0; at < pack->occasions_count; at++) {
		const struct pack_occasion *occasion = &pack->occasions[at];
		if (match->occasions_count >= FLOW_MOST_OCCASIONS)
			break;
		if (!is_wanted(occasion, wanted, wanted_count) &&
		    (occasion->when == NULL || !asking_meets(asking, occasion->when, T(""))))
			continue;
		match->occasions[match->occasions_count++] = occasion;
		add_form(match, occasion->form);
	}
}

struct error *
flow_match(struct look *look, const struct flow *flow, const struct flow_asked *asked,
	   struct flow_match *match)
{
	struct asking asking;
	TRY(asking_begin(look, flow->pack, asked, &asking));
	asking_match(&asking, NULL, 0, match);
	return OK;
}

struct error *
flow_is_shown(struct look *look, const struct flow *flow, const struct flow_asked *asked,
	      const struct when *shown_when, struct text item, bool *is_shown_now)
{
	struct asking asking;
	TRY(asking_begin(look, flow->pack, asked, &asking));
	*is_shown_now = asking_meets(&asking, shown_when, item);
	return OK;
}
