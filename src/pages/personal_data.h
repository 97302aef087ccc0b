/* What the files of the page about a person's own data share (personal_data.c). */
#ifndef BANSHO_PAGES_PERSONAL_DATA_H
#define BANSHO_PAGES_PERSONAL_DATA_H

#include "pages/people_pages.h"
#include "people/retention.h"

struct gathering {
	struct look *look;
	struct visit *visit;
	struct person person;
	bool is_own; /* they look themself */
	struct personal_data_kinds *kinds;
	size_t count;
	struct text until[RETAINED_KINDS]; /* in words */
	struct text record; /* of what is no personal data but a record of the office */
};

/* One kind: where it comes from, who sees it, until when; then its lines. */
struct personal_data_kinds *personal_begin(struct gathering *to, const char *title, const char *source,
					   const char *seen, struct text until);
void personal_add(struct personal_data_kinds *kind, const char *label, struct text value);
/* The same of so many: 3件. */
void personal_count(struct gathering *to, struct personal_data_kinds *kind, const char *label, int64_t count);

/* ---- personal_rooms.c: self-checks, training, incidents, duties, audits ---- */

enum { PERSONAL_ROOMS = 6 }; /* kinds */
struct error *personal_rooms(struct gathering *to) MUST_USE;

#endif
