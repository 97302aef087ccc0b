/* The parts of the page of a case (incident_case.c), filled for incident.c. */
#ifndef BANSHO_PAGES_INCIDENT_CASE_H
#define BANSHO_PAGES_INCIDENT_CASE_H

#include "pages/incident_pages.h"

/* /incidents/{id}/WHAT/{no}. */
#define case_url(arena, id, literal, number)                                                   \
	url_make((arena), "/incidents/{}/" literal "/{}", 2,                                   \
		 ((struct text[]){ text_number((arena), (id).no), text_number((arena), (number)) }))

struct error *case_fill_top(struct look *look, struct visit *visit, const struct incident *incident,
			    const struct incident_may *may, struct incident_case_page *page) MUST_USE;
struct error *case_fill_chain(struct look *look, struct visit *visit, const struct incident *incident,
			      struct incident_case_page *page) MUST_USE;
struct error *case_fill_tasks(struct look *look, struct visit *visit, const struct incident *incident,
			      struct incident_case_page *page) MUST_USE;
struct error *case_fill_outside(struct look *look, struct visit *visit, const struct incident *incident,
				const struct incident_may *may, struct incident_case_page *page) MUST_USE;
struct error *case_fill_things(struct look *look, struct visit *visit, const struct incident *incident,
			       const struct incident_may *may, struct incident_case_page *page) MUST_USE;

#endif
