/* What a decision is about, as canonical JSON: its SHA-256 is the digest decided upon. */
#include "flow/rooms.h"

#include "base/json.h"

enum { CONTENT_MOST = 8 << 20 };

static void
write_field(struct asking *asking, struct json *json, const struct pack_field *field,
	    struct text item)
{
	const struct text value = asking_value(asking, field, item);
	if (value.len == 0 || !asking_meets(asking, field->shown_when, item))
		return;
	json_open_object(json);
	json_text_at(json, "item", item);
	json_text_at(json, "name", field->name);
	json_text_at(json, "value", value);
	json_end(json);
}

static void
write_each(struct asking *asking, struct json *json, const struct pack_section *section)
{
	struct text rest = asking_value(asking, section->each, T("")), item, serial, what;
	while (value_next(&rest, &item)) {
		value_halves(item, &serial, &what);
		for (size_t at = 0; at < section->fields_count; at++)
			write_field(asking, json, &section->fields[at], serial);
	}
}

static void
write_sheet(struct asking *asking, struct json *json, const struct pack_form *form)
{
	for (size_t at = 0; at < form->sections_count; at++) {
		const struct pack_section *section = &form->sections[at];
		if (section->stage != STAGE_APPLY ||
		    !asking_meets(asking, section->shown_when, T("")))
			continue;
		if (section->each != NULL) {
			write_each(asking, json, section);
			continue;
		}
		for (size_t field = 0; field < section->fields_count; field++)
			write_field(asking, json, &section->fields[field], T(""));
	}
}

static void
write_questions(struct asking *asking, struct json *json)
{
	json_name(json, T("questions"));
	json_open_array(json);
	for (size_t at = 0; at < asking->pack->questions_count; at++)
		write_field(asking, json, &asking->pack->questions[at], T(""));
	json_end(json);
}

static void
write_sheets(struct asking *asking, struct json *json, const struct dossier *dossier)
{
	json_name(json, T("sheets"));
	json_open_array(json);
	for (size_t at = 0; at < dossier->forms_count; at++) {
		json_open_object(json);
		json_name(json, T("answers"));
		json_open_array(json);
		write_sheet(asking, json, dossier->forms[at]);
		json_end(json);
		json_text_at(json, "form", dossier->forms[at]->number);
		json_end(json);
	}
	json_end(json);
}

static void
write_rows(struct json *json, const struct flow_asset *assets, size_t count, bool is_then)
{
	for (size_t at = 0; at < count; at++) {
		const struct flow_asset *asset = &assets[at];
		const struct ledger_row *row = &asset->row;
		json_open_object(json);
		json_text_at(json, "class", is_then ? asset->class_then : row->class_code);
		json_text_at(json, "ledger", row->ledger != NULL ? row->ledger->code : T(""));
		json_number_at(json, "owner", is_then ? asset->owner_then.no : row->owner);
		json_number_at(json, "row", row->id.no);
		json_end(json);
	}
}

static void
write_assets(struct json *json, const struct dossier *dossier, bool is_then)
{
	json_name(json, T("assets"));
	json_open_array(json);
	write_rows(json, dossier->assets, dossier->assets_count, is_then);
	write_rows(json, dossier->others, dossier->others_count, is_then);
	json_end(json);
}

static const char *const verb_names[] = { [STEP_PERMISSION] = "permission",
					  [STEP_CONSULTATION] = "consultation",
					  [STEP_NOTIFICATION] = "notification" };

/* In which roles it is asked for: whoever holds two of them decides once, in both. */
static void
write_route(struct json *json, const struct dossier *dossier)
{
	json_name(json, T("route"));
	json_open_array(json);
	for (size_t at = 0; at < dossier->steps_count; at++) {
		const struct flow_step *step = &dossier->steps[at];
		json_open_object(json);
		json_name(json, T("occasions"));
		json_open_array(json);
		for (size_t part = 0; part < step->parts_count; part++)
			json_text(json, step->parts[part].occasion->code);
		json_end(json);
		json_number_at(json, "order", step->order);
		json_text_at(json, "role", step->wished->code);
		json_number_at(json, "unit", step->unit.no);
		json_text_at(json, "verb", text_of(verb_names[step->verb]));
		json_end(json);
	}
	json_end(json);
}

static void
write_occasions(struct json *json, const struct dossier *dossier)
{
	json_name(json, T("occasions"));
	json_open_array(json);
	for (size_t at = 0; at < dossier->occasions_count; at++) {
		const struct pack_occasion *occasion = dossier->occasions[at];
		json_open_object(json);
		json_name(json, T("clauses"));
		json_open_array(json);
		for (size_t clause = 0; clause < occasion->clauses_count; clause++)
			json_text(json, occasion->clauses[clause]->id);
		json_end(json);
		json_text_at(json, "occasion", occasion->code);
		json_end(json);
	}
	json_end(json);
}

static void
write_pack(struct json *json, const struct pack *pack, struct arena *arena)
{
	json_name(json, T("pack"));
	json_open_object(json);
	json_text_at(json, "digest", hash_hex(arena, &pack->digest));
	json_text_at(json, "id", pack->id);
	json_text_at(json, "version", pack->version);
	json_end(json);
}

struct text
frozen_content(struct asking *asking, const struct dossier *dossier, struct freezing how)
{
	struct writer out = writer_open(asking->look->arena, CONTENT_MOST);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_name(&json, T("applicant"));
	json_open_object(&json);
	json_number_at(&json, "person", dossier->applicant.no);
	json_number_at(&json, "post", dossier->post.no);
	json_number_at(&json, "unit", dossier->unit.no);
	json_end(&json);
	write_assets(&json, dossier, how.is_then);
	json_text_at(&json, "dossier", dossier->number);
	write_occasions(&json, dossier);
	write_pack(&json, asking->pack, asking->look->arena);
	json_text_at(&json, "purpose", dossier->purpose);
	write_questions(asking, &json);
	json_number_at(&json, "revision", how.revision);
	if (how.has_route)
		write_route(&json, dossier);
	write_sheets(asking, &json, dossier);
	json_end(&json);
	return writer_text(&out);
}

struct error *
flow_frozen(struct look *look, struct dossier_id id, int64_t revision, struct text *json,
	    struct hash *digest)
{
	struct flow_frozen_get_row row;
	bool found;
	TRY(flow_frozen_get(look, &(struct flow_frozen_get_in){ id.no, revision }, &found, &row));
	if (!found)
		return missing("この案件は、まだ申請されていません。");
	*json = row.content;
	*digest = hash_of(row.content);
	return OK;
}
