/* Looking back: earlier permits, and what is different from last time. */
#include "flow/rooms.h"

#include "base/number.h"

#include <jansson.h>

static struct error *
add_permit(struct look *look, const struct flow *flow, int64_t id, size_t most,
	   struct flow_permit *permits, size_t *count)
{
	for (size_t at = 0; at < *count; at++)
		if (permits[at].id.no == id)
			return OK;
	if (*count >= most)
		return OK;
	TRY(flow_permit_read(look, flow, (struct permit_id){ id }, &permits[*count]));
	(*count)++;
	return OK;
}

struct error *
flow_earlier(struct look *look, const struct flow *flow, const struct dossier *dossier, size_t most,
	     struct flow_permit **permits, size_t *count)
{
	struct flow_permit *found = ARENA_ARRAY(look->arena, struct flow_permit, most + 1);
	size_t found_count = 0;
	for (size_t at = 0; at < dossier->assets_count && found_count < most; at++) {
		struct flow_earlier_by_asset_row *rows;
		size_t rows_count;
		TRY(flow_earlier_by_asset(look,
					  &(struct flow_earlier_by_asset_in){
						  dossier->assets[at].row.id.no, dossier->id.no,
						  (int64_t)most },
					  &rows, &rows_count));
		for (size_t row = 0; row < rows_count; row++)
			TRY(add_permit(look, flow, rows[row].id, most, found, &found_count));
	}
	for (size_t at = 0; at < dossier->occasions_count && found_count < most; at++) {
		struct flow_earlier_by_applicant_row *rows;
		size_t rows_count;
		TRY(flow_earlier_by_applicant(look,
					      &(struct flow_earlier_by_applicant_in){
						      dossier->applicant.no,
						      dossier->occasions[at]->code, dossier->id.no,
						      (int64_t)most },
					      &rows, &rows_count));
		for (size_t row = 0; row < rows_count; row++)
			TRY(add_permit(look, flow, rows[row].id, most, found, &found_count));
	}
	*permits = found;
	*count = found_count;
	return OK;
}

/* A frozen content opened up: its purpose and answers, each once. */
struct opened {
	struct text purpose;
	struct flow_answer *answers;
	size_t count;
};

static struct text
member(struct arena *into, const json_t *object, const char *name)
{
	const json_t *value = json_object_get(object, name);
	if (!json_is_string(value))
		return T("");
	return text_copy(into, (struct text){ json_string_value(value),
					      json_string_length(value) });
}

static void
open_answers(struct arena *into, const json_t *list, struct opened *opened)
{
	for (size_t at = 0; at < json_array_size(list); at++) {
		const json_t *one = json_array_get(list, at);
		const struct flow_answer answer = { member(into, one, "name"),
						    member(into, one, "item"),
						    member(into, one, "value") };
		bool is_there = false;
		for (size_t old = 0; old < opened->count && !is_there; old++)
			is_there = text_same(opened->answers[old].name, answer.name) &&
				   text_same(opened->answers[old].item, answer.item);
		if (!is_there && opened->count < FLOW_MOST_ANSWERS)
			opened->answers[opened->count++] = answer;
	}
}

static void
json_close(json_t **root)
{
	json_decref(*root);
}

static struct error *
open_content(struct arena *into, struct text content, struct opened *opened)
{
	__attribute__((cleanup(json_close))) json_t *root =
		json_loadb(content.data, content.len, 0, NULL);
	if (root == NULL)
		return broken("凍結された申請内容が読めません。");
	*opened = (struct opened){ .purpose = member(into, root, "purpose") };
	opened->answers = ARENA_ARRAY(into, struct flow_answer, FLOW_MOST_ANSWERS);
	open_answers(into, json_object_get(root, "questions"), opened);
	const json_t *sheets = json_object_get(root, "sheets");
	for (size_t at = 0; at < json_array_size(sheets); at++)
		open_answers(into, json_object_get(json_array_get(sheets, at), "answers"), opened);
	return OK;
}

static struct text
answer_in(const struct opened *opened, const struct flow_answer *like)
{
	for (size_t at = 0; at < opened->count; at++)
		if (text_same(opened->answers[at].name, like->name) &&
		    text_same(opened->answers[at].item, like->item))
			return opened->answers[at].value;
	return T("");
}

static struct error *
name_of(struct look *look, const struct flow *flow, const struct pack_field *field,
	struct text item, struct text *name)
{
	int64_t id;
	*name = item;
	if (!number_read(item, 1, INT64_MAX, &id))
		return OK;
	if (field->kind == FIELD_PERSON)
		return people_name(look, (struct person_id){ id }, name);
	if (field->kind == FIELD_UNIT) {
		struct unit unit;
		TRY(people_unit(look, (struct unit_id){ id }, &unit));
		*name = unit.name;
		return OK;
	}
	struct ledger_row row;
	TRY(ledger_read(look, flow->pack, (struct row_id){ id }, &row));
	*name = row.title;
	return OK;
}

/* As people read it: names for numbers of persons, units and assets. */
static struct error *
show_value(struct look *look, const struct flow *flow, const struct pack_field *field,
	   struct text value, struct text *shown)
{
	const bool is_id = field->kind == FIELD_PERSON || field->kind == FIELD_UNIT ||
			   field->kind == FIELD_ASSET || field->kind == FIELD_ASSETS;
	if (!is_id) {
		*shown = field_show(look->arena, field, value);
		return OK;
	}
	struct text rest = value, item, name;
	*shown = T("");
	while (value_next(&rest, &item)) {
		TRY(name_of(look, flow, field, item, &name));
		*shown = shown->len == 0 ? name
					 : text_format(look->arena, "%.*s、%.*s", T_ARG(*shown),
						       T_ARG(name));
	}
	return OK;
}

struct comparing {
	struct look *look;
	const struct flow *flow;
	struct flow_difference *list;
	size_t count;
};

static struct error *
add_difference(struct comparing *comparing, const struct flow_answer *of, struct text before,
	       struct text after)
{
	const struct pack_field *field = field_of(comparing->flow->pack, of->name, NULL);
	if (field == NULL || text_same(before, after) || comparing->count >= FLOW_MOST_ANSWERS)
		return OK;
	struct flow_difference *one = &comparing->list[comparing->count];
	one->field = field;
	one->label = words_now(field->label);
	if (of->item.len > 0)
		one->label = text_format(comparing->look->arena, "%.*s（%.*s）",
					 T_ARG(one->label), T_ARG(of->item));
	TRY(show_value(comparing->look, comparing->flow, field, before, &one->before));
	TRY(show_value(comparing->look, comparing->flow, field, after, &one->after));
	comparing->count++;
	return OK;
}

static struct error *
compare(struct comparing *comparing, const struct opened *before, const struct opened *after)
{
	for (size_t at = 0; at < after->count; at++)
		TRY(add_difference(comparing, &after->answers[at],
				   answer_in(before, &after->answers[at]),
				   after->answers[at].value));
	for (size_t at = 0; at < before->count; at++)
		if (answer_in(after, &before->answers[at]).len == 0)
			TRY(add_difference(comparing, &before->answers[at],
					   before->answers[at].value, T("")));
	return OK;
}

static struct error *
find_before(struct look *look, const struct dossier *dossier, struct dossier_id *than,
	    int64_t *revision)
{
	*than = (struct dossier_id){ 0 };
	*revision = 0;
	const bool is_editing = dossier->state == DOSSIER_RETURNED;
	if (dossier->revision > 1 || is_editing) {
		*than = dossier->id;
		*revision = is_editing ? dossier->revision : dossier->revision - 1;
		return OK;
	}
	for (size_t at = 0; at < dossier->occasions_count && than->no == 0; at++) {
		struct flow_earlier_granted_row row;
		bool found;
		TRY(flow_earlier_granted(look,
					 &(struct flow_earlier_granted_in){
						 dossier->occasions[at]->code, dossier->unit.no,
						 dossier->id.no },
					 &found, &row));
		if (found) {
			than->no = row.id;
			*revision = row.revision;
		}
	}
	return OK;
}

struct error *
flow_changes(struct look *look, const struct flow *flow, const struct dossier *dossier,
	     struct dossier_id *than, int64_t *than_revision, struct flow_difference **changes,
	     size_t *count)
{
	struct opened before, after;
	struct text content;
	struct hash digest;
	struct comparing comparing = { look, flow, NULL, 0 };
	*changes = NULL;
	*count = 0;
	TRY(find_before(look, dossier, than, than_revision));
	if (than->no == 0)
		return OK;
	TRY(flow_frozen(look, *than, *than_revision, &content, &digest));
	TRY(open_content(look->arena, content, &before));
	struct asking asking = dossier_asking(look, flow, dossier);
	content = frozen_content(&asking, dossier, (struct freezing){ .revision = dossier->revision });
	TRY(open_content(look->arena, content, &after));
	comparing.list = ARENA_ARRAY(look->arena, struct flow_difference, FLOW_MOST_ANSWERS + 1);
	TRY(compare(&comparing, &before, &after));
	*changes = comparing.list;
	*count = comparing.count;
	return OK;
}
