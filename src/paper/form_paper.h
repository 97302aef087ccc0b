/* What every sheet of a 様式 has in common, whatever fills it: a dossier (dossier_paper.h) or a case (incident_paper.h). */
#ifndef BANSHO_PAPER_FORM_PAPER_H
#define BANSHO_PAPER_FORM_PAPER_H

#include "paper/job.h"
#include "policy/policy.h"

/* 様式第2号（3.2.7.a、3.2.8.b関係） */
struct text paper_caption(struct arena *into, const struct pack_form *form);
/* Title, caption, body, addressee with 様. */
void paper_head(struct arena *arena, const struct pack_form *form, struct text body, json_t *job);
void paper_applicant(json_t *job, const char *label, struct text unit, struct text post, struct text name);

/* Day, unit and name of the applicant are printed at the top: a section of these alone is there. */
bool paper_stands_in_head(const struct pack_section *section);

/* Fields of one section, two narrow ones in a row. {0} before the first. */
struct paper_rows {
	json_t *rows;
	json_t *row;
	bool is_pair_open;
};
/* The next field with its label; the caller puts its value, choices, lines. */
json_t *paper_field(struct paper_rows *rows, const struct pack_field *field);
/* Its choices as boxes, those in `value` ticked. */
void paper_choices(json_t *made, const struct pack_field *field, struct text value);

/* 決裁欄 with the form's own boxes, to be stamped by hand; none when the form has none. */
void paper_boxes(const struct pack_form *form, json_t *sections);

#endif
