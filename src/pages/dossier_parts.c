/* Reading a dossier for its pages; addresses, words and tags they share. */
#include "pages/dossier_parts.h"

/* ---- Reading ---- */

static struct error *
must_see(struct look *look, struct visit *visit, const struct dossier *dossier)
{
	bool may = false;
	TRY(flow_may_see(look, visit->office->flow, dossier, visit->session.person, &may));
	if (!may)
		return refuse("この案件を見られるのは、申請した人、同じ所属の人、決裁にかかわる人だけです。");
	return OK;
}

struct error *
dossier_open(struct look *look, struct visit *visit, struct dossier *dossier)
{
	TRY(flow_read(look, visit->office->flow, (struct dossier_id){ visit_id(visit, "id") },
		      dossier));
	return must_see(look, visit, dossier);
}

struct error *
dossier_open_draft(struct look *look, struct visit *visit, struct dossier *dossier)
{
	TRY(dossier_open(look, visit, dossier));
	if (dossier->applicant.no != visit->session.person.no)
		return refuse("書き直せるのは、申請した本人だけです。");
	if (dossier->state != DOSSIER_DRAFT && dossier->state != DOSSIER_RETURNED)
		return conflict("この案件はもう書き直せません(いまは「%s」)。案件の画面を開いて、いまの状態を確かめてください。",
				dossier_state_words(dossier->state));
	return OK;
}

struct flow_asked
dossier_asked(struct arena *into, const struct dossier *dossier)
{
	struct row_id *rows = ARENA_ARRAY(into, struct row_id, dossier->assets_count + 1);
	for (size_t at = 0; at < dossier->assets_count; at++)
		rows[at] = dossier->assets[at].row.id;
	return (struct flow_asked){ dossier->answers, dossier->answers_count, rows,
				    dossier->assets_count, dossier->forms, dossier->forms_count };
}

const struct pack_field *
dossier_field(const struct visit *visit, const struct dossier *dossier, struct text name,
	      const struct pack_section **section)
{
	const struct pack *pack = dossier != NULL ? dossier->flow->pack : visit->office->pack;
	const struct pack_field *field = pack_question(pack, name);
	if (section != NULL)
		*section = NULL;
	for (size_t at = 0; field == NULL && dossier != NULL && at < dossier->forms_count; at++)
		field = form_field(dossier->forms[at], name, section);
	return field;
}

struct text
value_words(struct look *look, const struct pack_field *field, struct text value)
{
	struct text shown;
	if (ledger_show(look, field, value, &shown) != OK)
		return value;
	return shown;
}

/* ---- Addresses ---- */

struct url
dossier_url(struct visit *visit, struct dossier_id id)
{
	return url_of_number(visit->arena, "/dossiers/{}", id.no);
}

struct url
permit_url(struct visit *visit, struct permit_id id)
{
	return url_of_number(visit->arena, "/permits/{}", id.no);
}

struct url
row_url(struct visit *visit, const struct ledger_row *row)
{
	const struct text code = row->ledger != NULL ? row->ledger->code : T("asset");
	const struct text number = text_number(visit->arena, row->id.no);
	return url_make(visit->arena, "/ledger/{}/{}", 2, (struct text[]){ code, number });
}

bool
row_opens(struct look *look, const struct visit *visit, const struct ledger_row *row)
{
	return visit_reaches(look, visit, RIGHT_LEDGER_READ, (struct unit_id){ row->owner });
}

struct url
clause_url(struct visit *visit, const struct pack_clause *clause)
{
	return url_of(visit->arena, "/clauses/{}", clause->id);
}

/* ---- Words and tags ---- */

struct class_tag
class_tag(const struct pack_axis *axis, const struct pack_class *value)
{
	if (axis == NULL || value == NULL)
		return (struct class_tag){ 0 };
	const bool is_top = value == &axis->values[0];
	return (struct class_tag){
		.mark = words_now(value->mark),
		.words = words_now(value->name),
		.is_top = is_top,
		.is_mid = !is_top && value != &axis->values[axis->values_count - 1],
	};
}

struct class_tag
row_tag(const struct ledger_row *row)
{
	if (row->ledger == NULL || row->ledger->class_field == NULL)
		return (struct class_tag){ 0 };
	const struct pack_axis *axis = row->ledger->class_field->axis;
	return class_tag(axis, class_highest(axis, row->class_code, row->class_code));
}

struct class_tag
classes_tag(struct visit *visit, const struct flow_class *classes, size_t count)
{
	if (count == 0)
		return (struct class_tag){ 0 };
	struct class_tag tag = class_tag(classes[0].axis, classes[0].value);
	struct writer words = writer_open(visit->arena, 4096);
	for (size_t at = 0; at < count; at++) {
		if (at != 0)
			write_z(&words, "、");
		write_text(&words, words_now(classes[at].value->name));
	}
	tag.words = writer_text(&words);
	return tag;
}

struct text
state_tag(enum dossier_state state)
{
	switch (state) {
	case DOSSIER_SENT:
		return T("wait");
	case DOSSIER_RETURNED:
	case DOSSIER_REFUSED:
		return T("stop");
	case DOSSIER_GRANTED:
		return T("go");
	case DOSSIER_DRAFT:
	case DOSSIER_COMPLETE:
	case DOSSIER_WITHDRAWN:
	case DOSSIER_CANCELLED:
		return T("off");
	}
	return T("");
}

struct text
permit_tag(enum permit_state state)
{
	switch (state) {
	case PERMIT_VALID:
	case PERMIT_RETURNED:
		return T("go");
	case PERMIT_OUT:
		return T("wait");
	case PERMIT_REVOKED:
	case PERMIT_EXPIRED:
		return T("stop");
	case PERMIT_USED_UP:
	case PERMIT_GIVEN_UP:
		return T("off");
	}
	return T("");
}

struct text
unit_name(struct look *look, int64_t unit)
{
	struct unit found;
	if (unit == 0 || people_unit(look, (struct unit_id){ unit }, &found) != OK)
		return T("");
	return found.name;
}

struct text
dossier_titles(struct visit *visit, const struct dossier *dossier)
{
	struct writer out = writer_open(visit->arena, 16 << 10);
	if (dossier->occasions_count == 0)
		return dossier_title(dossier);
	for (size_t at = 0; at < dossier->occasions_count; at++) {
		if (at != 0)
			write_z(&out, "、");
		write_text(&out, words_now(dossier->occasions[at]->title));
	}
	return writer_text(&out);
}

struct text
capacity_words(struct visit *visit, enum decider_basis basis, struct text deputy_for_name)
{
	switch (basis) {
	case DECIDES_DELEGATE:
		return text_of(say("委任による専決として"));
	case DECIDES_STAND_IN:
		return text_format(visit->arena, say("専決する%.*sの代決として"),
				   T_ARG(deputy_for_name));
	case DECIDES_HOLDER:
	case DECIDES_DEPUTY:
	case DECIDES_ABOVE:
		break;
	}
	if (deputy_for_name.len == 0)
		return T("");
	return text_format(visit->arena, say("%.*sの職務代理として"), T_ARG(deputy_for_name));
}

struct text
capacity_tag(struct visit *visit, enum decider_basis basis, struct text deputy_for_name)
{
	switch (basis) {
	case DECIDES_DELEGATE:
		return text_of(say("(専決)"));
	case DECIDES_STAND_IN:
		return text_format(visit->arena, say("(代決。%.*sの代理)"), T_ARG(deputy_for_name));
	case DECIDES_HOLDER:
	case DECIDES_DEPUTY:
	case DECIDES_ABOVE:
		break;
	}
	if (deputy_for_name.len == 0)
		return T("");
	return text_format(visit->arena, say("(代。%.*sの職務代理)"), T_ARG(deputy_for_name));
}

static bool
has_own_place(const struct pack_ledger *ledger, const struct pack_field *field)
{
	return field == ledger->title || field == ledger->class_field || field == ledger->owner ||
	       field == ledger->serial;
}

struct text
row_details(struct look *look, const struct ledger_row *row)
{
	struct writer out = writer_open(look->arena, 16 << 10);
	for (size_t at = 0; row->ledger != NULL && at < row->ledger->fields_count; at++) {
		const struct pack_field *field = &row->ledger->fields[at];
		if (!field->is_listed || has_own_place(row->ledger, field))
			continue;
		const struct text value = ledger_value(look->arena, row,
						       text_z(look->arena, field->name));
		if (value.len == 0)
			continue;
		if (out.len != 0)
			write_z(&out, "、");
		if (field->kind == FIELD_DAY || field->kind == FIELD_PERIOD)
			write_format(&out, "%.*s ", T_ARG(words_now(field->label)));
		write_text(&out, value_words(look, field, value));
	}
	return writer_text(&out);
}
