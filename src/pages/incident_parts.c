/* What the pages of incidents share: opening a case, boxes and what is typed into them, a plain form. */
#include "pages/incident_pages.h"
#include "pages/upload.h"

#include "access/access.h"

#include "base/number.h"

struct error *
incidents_must_be(const struct visit *visit)
{
	if (visit->office->pack->incidents.kinds_count == 0)
		return missing("この方針には、事案の扱いが定められていません。");
	return OK;
}

struct error *
incident_of_path(struct look *look, struct visit *visit, struct incident *incident, struct incident_may *may)
{
	TRY(incidents_must_be(visit));
	typed_take(visit);
	return incident_open(look, visit->office->pack, &visit->rights,
			     (struct incident_id){ visit_id(visit, "id") }, incident, may);
}

struct url
incident_url(struct arena *arena, struct incident_id id)
{
	return url_of_number(arena, "/incidents/{}", id.no);
}

struct text
incident_line(struct arena *arena, const struct incident *incident)
{
	return text_format(arena, "%.*s %.*s", T_ARG(incident->number), T_ARG(incident->title));
}

const char *
incident_state_tag(enum incident_state state)
{
	static const char *const tags[INCIDENT_STATES] = { [INCIDENT_REPORTED] = "stop",
							   [INCIDENT_OPEN] = "wait",
							   [INCIDENT_CONCLUDED] = "wait",
							   [INCIDENT_CLOSED] = "off",
							   [INCIDENT_DISMISSED] = "off" };
	return tags[state];
}

struct text
kind_words(const struct incident *incident)
{
	return incident->kind != NULL ? words_now(incident->kind->name) : incident->kind_code;
}

struct text
role_words(const struct visit *visit, struct text code)
{
	const struct pack_role *role = pack_role(visit->office->pack, code);
	return role != NULL ? words_now(role->name) : code;
}

struct text
case_class_words(const struct visit *visit, struct text code)
{
	const struct pack *pack = visit->office->pack;
	const struct pack_class *value = pack->axes_count != 0 && code.len != 0
						 ? axis_value(&pack->axes[0], code)
						 : NULL;
	return value != NULL ? words_now(value->name) : code;
}

/* ---- Boxes ---- */

static struct field_part *
kept_box(struct visit *visit, enum box_kind kind, const char *name, const char *label, const char *help,
	 struct text stored, bool is_required)
{
	struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
	*box = plain_box(visit, kind, name, text_of(label), text_of(help), stored, is_required);
	return box;
}

struct field_part *
moment_box(struct visit *visit, const char *name, const char *label, const char *help, struct moment stored,
	   bool is_required)
{
	return kept_box(visit, BOX_MOMENT, name, label, help,
			stored.ms == 0 ? T("") : moment_local(visit->arena, stored), is_required);
}

struct field_part *
said_box(struct visit *visit, const char *name, const char *label, const char *help, enum said stored)
{
	const struct field_option options[] = { { T("yes"), text_of(say("はい")) },
						{ T("no"), text_of(say("いいえ")) },
						{ T("unsaid"), text_of(say("まだ分からない")) } };
	const struct text now = stored == SAID_YES ? T("yes") : stored == SAID_NO ? T("no") : T("unsaid");
	return radio_box(visit, name, text_of(label), text_of(help), now, false, options, 3);
}

struct field_part *
kind_box(struct visit *visit, struct text stored)
{
	const struct pack_incidents *incidents = &visit->office->pack->incidents;
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, incidents->kinds_count + 1);
	for (size_t at = 0; at < incidents->kinds_count; at++)
		options[at] = (struct field_option){ incidents->kinds[at].code,
						     words_now(incidents->kinds[at].name) };
	return select_box(visit, "kind", text_of(say("種類")), T(""), stored, true, options,
			  incidents->kinds_count);
}

struct field_part *
case_class_box(struct visit *visit, struct text stored)
{
	const struct pack *pack = visit->office->pack;
	if (pack->axes_count == 0)
		return NULL;
	const struct pack_axis *axis = &pack->axes[0];
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, axis->values_count + 1);
	for (size_t at = 0; at < axis->values_count; at++)
		options[at] = (struct field_option){ axis->values[at].code, words_now(axis->values[at].name) };
	return select_box(visit, "class", text_of(say("関わる情報の分類")),
			  text_of(say("いちばん高いもの。影響を受けた資産を加えると自動で上がります。")), stored, false,
			  options, axis->values_count);
}

struct field_part *
grounds_box(struct visit *visit, struct text stored)
{
	const struct pack_incidents *incidents = &visit->office->pack->incidents;
	const size_t most = incidents->grounds_count;
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, most + 1);
	struct text *chosen = ARENA_ARRAY(visit->arena, struct text, most + 1);
	size_t count = 0;
	struct text item;
	for (size_t at = 0; at < most; at++)
		options[at] = (struct field_option){ incidents->grounds[at].code,
						     words_now(incidents->grounds[at].words) };
	while (count < most && value_next(&stored, &item))
		chosen[count++] = item;
	return most == 0 ? NULL
			 : checks_box(visit, "grounds", text_of(say("個人情報の漏えいなどにあたる事由")),
				      text_of(say("当てはまるものがあると、外部への報告の期限が始まります。人数による事由は、人数を入れると自動で付きます。")),
				      chosen, count, options, most);
}

struct error *
system_box(struct look *look, struct visit *visit, struct row_id stored, struct field_part **box)
{
	struct access_system *list;
	size_t count;
	*box = NULL;
	if (access_ledger(visit->office->pack) == NULL)
		return OK;
	TRY(access_systems(look, visit->office->flow, &list, &count));
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++)
		options[at] = (struct field_option){ number_text(visit->arena, list[at].id.no),
						     list[at].title };
	if (count != 0)
		*box = select_box(visit, "system", text_of(say("関わるシステム")),
				  text_of(say("選ぶと、そのシステムの管理者にも連絡が届きます。")),
				  stored.no == 0 ? T("") : number_text(visit->arena, stored.no), false,
				  options, count);
	return OK;
}

struct error *
unit_box(struct look *look, struct visit *visit, const char *label, const char *help, struct unit_id stored,
	 struct field_part **box)
{
	struct field_option *options;
	size_t count;
	TRY(unit_options(look, visit, &options, &count));
	*box = select_box(visit, "unit", text_of(label), text_of(help),
			  stored.no == 0 ? T("") : number_text(visit->arena, stored.no), false, options,
			  count);
	return OK;
}

/* ---- What was typed ---- */

struct error *
form_moment(const struct visit *visit, const char *name, struct moment *moment)
{
	const struct text typed = text_trim(visit_text(visit, name));
	*moment = (struct moment){ 0 };
	if (typed.len != 0 && !moment_read(typed, moment))
		return reject(name, "日時として読めません。例 2026-11-21 09:30");
	return OK;
}

enum said
form_said(const struct visit *visit, const char *name)
{
	const struct text typed = visit_text(visit, name);
	return text_is(typed, "yes") ? SAID_YES : text_is(typed, "no") ? SAID_NO : SAID_NOTHING;
}

struct text
form_grounds(struct visit *visit)
{
	const struct fields ticked = request_fields(visit->request, visit->arena, "grounds");
	struct text grounds = T("");
	for (size_t at = 0; at < ticked.count; at++)
		grounds = text_format(visit->arena, "%.*s%s%.*s", T_ARG(grounds), at == 0 ? "" : "\n",
				      T_ARG(ticked.at[at].value));
	return grounds;
}

struct error *
form_row(const struct visit *visit, const char *name, int64_t *no)
{
	*no = 0;
	if (text_is_blank(visit_text(visit, name)))
		return OK;
	return visit_number(visit, name, no);
}

struct error *
form_person(struct look *look, struct visit *visit, const char *name, struct person_id *person)
{
	const struct pack_field field = { .name = text_of(name), .kind = FIELD_PERSON };
	struct text value;
	*person = (struct person_id){ 0 };
	TRY(ledger_resolve(look, &field, visit_text(visit, name), &value));
	if (value.len != 0 && !number_read(value, 1, INT64_MAX, &person->no))
		return reject(name, "職員番号か氏名を入れてください。");
	return OK;
}

/* ---- The form ---- */

struct error *
case_form_draw(struct visit *visit, const struct case_form *form)
{
	enum { MOST = sizeof form->boxes / sizeof *form->boxes };
	struct incident_form_page page = {
		.frame = visit_frame(visit, text_of(say(form->title)), "incidents"),
		.title = text_of(say(form->title)),
		.about = form->about,
		.lead = form->lead != NULL ? text_of(say(form->lead)) : T(""),
		.csrf = visit->csrf,
		.change = form->change,
		.action = form->action,
		.back = form->back,
		.button = text_of(say(form->button)),
		.has_file = form->has_file,
		.boxes = ARENA_ARRAY(visit->arena, struct incident_form_boxes, MOST),
		.notes = ARENA_ARRAY(visit->arena, struct incident_form_notes, form->notes_count + 1),
	};
	for (size_t at = 0; at < form->notes_count; at++)
		page.notes[page.notes_count++].words = form->notes[at];
	for (size_t at = 0; at < MOST; at++)
		if (form->boxes[at] != NULL)
			page.boxes[page.boxes_count++].box = form->boxes[at];
	return visit_draw(visit, incident_form_page, &page);
}
