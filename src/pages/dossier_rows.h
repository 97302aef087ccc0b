/* Handlers of the dossier's rows, which stand in several files (dossier.c has the table). */
#ifndef BANSHO_PAGES_DOSSIER_ROWS_H
#define BANSHO_PAGES_DOSSIER_ROWS_H

#include "pages/dossier_parts.h"

look_page dossier_list_draw, dossier_form_draw, dossier_send_draw, dossier_result_draw,
	dossier_result_may, waiting_draw, decide_draw;
act_page dossier_form_do, dossier_send_do, dossier_result_do, decide_do;
slow_page dossier_result_keep;

/* What happened to the dossier, newest first (dossier_events.c). */
struct error *events_make(struct look *look, struct visit *visit, const struct dossier *dossier,
			  struct dossier_page *page) MUST_USE;

#endif
