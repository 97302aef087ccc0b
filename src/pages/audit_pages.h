/* What the pages about audits, the council and the review share (audit_parts.c). */
#ifndef BANSHO_PAGES_AUDIT_PAGES_H
#define BANSHO_PAGES_AUDIT_PAGES_H

#include "pages/dossier_parts.h"
#include "pages/list_pages.h"
#include "pages/people_pages.h"

#include "audit/audit.h"

/* ---- Who looks ---- */

/* What the visitor may see; REFUSED without any of it when `all` is asked for. */
struct error *audit_eyes_of(struct look *look, struct visit *visit, bool needs_all, struct audit_eyes *eyes)
	MUST_USE;
/* The same without an answer: asked before anything typed is looked at, so that nobody learns from a fault. */
struct error *audit_gate(struct look *look, struct visit *visit) MUST_USE;
/* The audit {id} of the path, for who may see all. */
struct error *audit_open(struct look *look, struct visit *visit, struct audit *audit,
			 struct audit_eyes *eyes) MUST_USE;
/* Is the visitor an auditor of it now, or its lead? */
struct error *audit_is_mine(struct look *look, struct visit *visit, struct audit_id id, bool *is_auditor,
			    bool *is_lead) MUST_USE;

/* Of which acts a sample was drawn: 申請への決裁; "" is all of them. */
struct text sampled_words(struct text acts);

/* ---- A form that asks for a few things ---- */

enum { AUDIT_FORM_FIELDS = 128 }; /* a contract's items (CONTRACT_MOST_ASKED), two each, and some more */
struct audit_form_page *audit_form_make(struct visit *visit, const char *title, struct text above,
					struct url above_href, struct url action, const char *button);
void audit_form_fact(struct audit_form_page *page, const char *name, struct text words);
/* One that leads to its page. */
void audit_form_fact_at(struct audit_form_page *page, const char *name, struct text words, struct url href);
void audit_form_field(struct audit_form_page *page, struct field_part *box);
/* The next field begins under this heading. */
void audit_form_heading(struct audit_form_page *page, struct text words);
struct field_part *file_box(struct visit *visit, const char *name, const char *label, const char *help,
			    bool is_required);
struct error *audit_form_draw(struct visit *visit, struct audit_form_page *page) MUST_USE;

/* The file of the request, after files_keep(); NULL when none was chosen. */
const struct audit_file *audit_file_of(struct visit *visit, const char *name);
/* Words of the request, trimmed. */
struct text audit_typed(const struct visit *visit, const char *name);

/* ---- Tags and addresses ---- */

const char *audit_state_tag(enum audit_state state);
const char *item_result_tag(enum item_result result);
const char *point_tag(const struct audit_point *point);
const char *decision_tag(enum council_decision decision);
struct url audit_url(struct visit *visit, struct audit_id id);
struct url point_url(struct visit *visit, struct point_id id);
struct url council_url(struct visit *visit, struct meeting_id id);
struct url review_page_url(struct visit *visit, struct review_id id);
#define audit_path(visit, literal, id) url_of_number((visit)->arena, literal, (id))
#define audit_under(visit, literal, id, other)                                                  \
	url_make((visit)->arena, literal, 2,                                                    \
		 ((struct text[]){ number_text((visit)->arena, (id)), number_text((visit)->arena, (other)) }))

#endif
