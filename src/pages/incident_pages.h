/* What the pages of incidents share. */
#ifndef BANSHO_PAGES_INCIDENT_PAGES_H
#define BANSHO_PAGES_INCIDENT_PAGES_H

#include "pages/list_pages.h"
#include "pages/people_pages.h"

#include "incident/incident.h"

/* MISSING with plain words when the pack knows no incidents. */
struct error *incidents_must_be(const struct visit *visit) MUST_USE;
/* The case {id} of the path for who may read it: MISSING for everybody else. */
struct error *incident_of_path(struct look *look, struct visit *visit, struct incident *incident,
			       struct incident_may *may) MUST_USE;
struct url incident_url(struct arena *arena, struct incident_id id);
/* The case's number with its title. */
struct text incident_line(struct arena *arena, const struct incident *incident);
const char *incident_state_tag(enum incident_state state);
struct text kind_words(const struct incident *incident);
/* A role of the pack as people call it; the code when the pack no longer has it. */
struct text role_words(const struct visit *visit, struct text code);
/* The name of the class on the pack's first axis; empty when nobody has said. */
struct text case_class_words(const struct visit *visit, struct text code);

/* ---- Boxes ---- */

struct field_part *moment_box(struct visit *visit, const char *name, const char *label, const char *help,
			      struct moment stored, bool is_required);
/* Yes, no, or nothing said yet. */
struct field_part *said_box(struct visit *visit, const char *name, const char *label, const char *help,
			    enum said stored);
struct field_part *kind_box(struct visit *visit, struct text stored);
struct field_part *case_class_box(struct visit *visit, struct text stored);
struct field_part *grounds_box(struct visit *visit, struct text stored);
/* Systems of the ledger; NULL when there are none. */
struct error *system_box(struct look *look, struct visit *visit, struct row_id stored,
			 struct field_part **box) MUST_USE;
struct error *unit_box(struct look *look, struct visit *visit, const char *label, const char *help,
		       struct unit_id stored, struct field_part **box) MUST_USE;

/* What was typed into them. Empty: ms 0, SAID_NOTHING, no 0. */
struct error *form_moment(const struct visit *visit, const char *name, struct moment *moment) MUST_USE;
enum said form_said(const struct visit *visit, const char *name);
struct text form_grounds(struct visit *visit);
struct error *form_row(const struct visit *visit, const char *name, int64_t *no) MUST_USE;
/* Somebody by staff number or name, an asset by its number in the ledger: no 0 when nothing was typed. */
struct error *form_person(struct look *look, struct visit *visit, const char *name,
			  struct person_id *person) MUST_USE;

/* ---- A form of its own page: a title, boxes, one button ---- */

struct case_form {
	const char *title;  /* message id */
	const char *lead;   /* message id, or NULL */
	const char *button; /* message id */
	struct text about;  /* what it is about, said already */
	struct url action, back;
	int64_t change;	    /* of the case as shown; 0: not asked */
	bool has_file;
	struct text *notes; /* what to know first */
	size_t notes_count;
	struct field_part *boxes[16]; /* NULL ones are left out */
};
struct error *case_form_draw(struct visit *visit, const struct case_form *form) MUST_USE;

#endif
