/* Shared by the pages about audits, the council and the review. */
#include "pages/audit_pages.h"

struct error *
audit_eyes_of(struct look *look, struct visit *visit, bool needs_all, struct audit_eyes *eyes)
{
	TRY(audit_sees(look, visit->office->pack, visit->session.person, eyes));
	if (needs_all && !eyes->all)
		return refuse("監査の記録を見られるのは、監査を命じる人、監査人、是正を指示する人、審議する会議の人です。");
	return OK;
}

struct error *
audit_gate(struct look *look, struct visit *visit)
{
	struct audit_eyes eyes;
	return audit_eyes_of(look, visit, true, &eyes);
}

struct error *
audit_open(struct look *look, struct visit *visit, struct audit *audit, struct audit_eyes *eyes)
{
	TRY(audit_eyes_of(look, visit, true, eyes));
	return audit_read(look, visit->office->pack, (struct audit_id){ visit_id(visit, "id") }, audit);
}

struct error *
audit_is_mine(struct look *look, struct visit *visit, struct audit_id id, bool *is_auditor, bool *is_lead)
{
	struct auditor *list;
	size_t count;
	*is_auditor = *is_lead = false;
	TRY(audit_auditors(look, id, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].ended.ms == 0 && list[at].person.no == visit->session.person.no) {
			*is_auditor = true;
			*is_lead |= list[at].is_lead;
		}
	return OK;
}

/* ---- A form ---- */

struct audit_form_page *
audit_form_make(struct visit *visit, const char *title, struct text above, struct url above_href,
		struct url action, const char *button)
{
	struct audit_form_page *page = ARENA_NEW(visit->arena, struct audit_form_page);
	*page = (struct audit_form_page){
		.frame = visit_frame(visit, text_of(title), "yearly"),
		.title = text_of(title),
		.above = above,
		.above_href = above_href,
		.csrf = visit->csrf,
		.action = action,
		.button = text_of(button),
		.facts = ARENA_ARRAY(visit->arena, struct audit_form_facts, AUDIT_FORM_FIELDS),
		.fields = ARENA_ARRAY(visit->arena, struct audit_form_fields, AUDIT_FORM_FIELDS),
	};
	return page;
}

void
audit_form_fact(struct audit_form_page *page, const char *name, struct text words)
{
	if (page->facts_count < AUDIT_FORM_FIELDS && words.len != 0)
		page->facts[page->facts_count++] = (struct audit_form_facts){ .name = text_of(name), .words = words };
}

void
audit_form_fact_at(struct audit_form_page *page, const char *name, struct text words, struct url href)
{
	if (page->facts_count < AUDIT_FORM_FIELDS)
		page->facts[page->facts_count++] = (struct audit_form_facts){ text_of(name), words, href };
}

void
audit_form_heading(struct audit_form_page *page, struct text words)
{
	if (page->fields_count < AUDIT_FORM_FIELDS)
		page->fields[page->fields_count].heading = words;
}

void
audit_form_field(struct audit_form_page *page, struct field_part *box)
{
	if (page->fields_count < AUDIT_FORM_FIELDS)
		page->fields[page->fields_count++].box = box;
	page->has_file |= box->is_file;
}

static struct field_part *
kept_box(struct visit *visit, struct field_part made)
{
	struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
	*box = made;
	return box;
}

struct field_part *
file_box(struct visit *visit, const char *name, const char *label, const char *help, bool is_required)
{
	struct field_part *box = kept_box(visit, plain_box(visit, BOX_TEXT, name, text_of(label),
							   text_of(help), T(""), is_required));
	box->is_text = false;
	box->is_file = true;
	return box;
}

struct error *
audit_form_draw(struct visit *visit, struct audit_form_page *page)
{
	return visit_draw(visit, audit_form_page, page);
}

const struct audit_file *
audit_file_of(struct visit *visit, const char *name)
{
	const struct field *field = request_file(visit->request, name);
	struct text digest, plain;
	if (field == NULL || field->file_name.len == 0)
		return NULL;
	value_halves(file_value(visit, text_of(name)), &digest, &plain);
	struct audit_file *file = ARENA_NEW(visit->arena, struct audit_file);
	*file = (struct audit_file){ hash_of(field->value), plain, (int64_t)field->value.len };
	return file;
}

struct text
audit_typed(const struct visit *visit, const char *name)
{
	return text_trim(visit_text(visit, name));
}

/* ---- Tags and addresses ---- */

const char *
audit_state_tag(enum audit_state state)
{
	static const char *const tags[] = { "off", "wait", "wait", "go" };
	return tags[state];
}

const char *
item_result_tag(enum item_result result)
{
	static const char *const tags[ITEM_RESULTS] = { "off", "go", "wait", "stop", "off" };
	return tags[result];
}

const char *
point_tag(const struct audit_point *point)
{
	static const char *const tags[] = { "stop", "off", "wait", "wait", "wait", "go" };
	return tags[point->state];
}

const char *
decision_tag(enum council_decision decision)
{
	static const char *const tags[COUNCIL_DECISIONS] = { "off", "go", "go", "wait" };
	return tags[decision];
}

struct url
audit_url(struct visit *visit, struct audit_id id)
{
	return url_of_number(visit->arena, "/audits/{}", id.no);
}

struct url
point_url(struct visit *visit, struct point_id id)
{
	return url_of_number(visit->arena, "/audit-points/{}", id.no);
}

struct url
council_url(struct visit *visit, struct meeting_id id)
{
	return url_of_number(visit->arena, "/council/{}", id.no);
}

struct url
review_page_url(struct visit *visit, struct review_id id)
{
	return url_of_number(visit->arena, "/reviews/{}", id.no);
}
