/*
 * A case as the body's own 様式 (11-1, 11-2): its timeline, receipts and evidence in the boxes of the form, as a job for
 * bansho-print (sheet_paper.h).
 */
#ifndef BANSHO_PAPER_INCIDENT_PAPER_H
#define BANSHO_PAPER_INCIDENT_PAPER_H

#include "incident/incident.h"
#include "paper/job.h"

struct case_proof {
	struct text body;  /* the body's code, for the command */
	int64_t tree_size; /* entries the newest checkpoint covers */
};

/*
 * The job for one view of the case, for whoever may write into it (incident_may). What is not known stays an empty box,
 * the timeline holds what is marked for reports, and a box of 決裁欄 the receipt of the link in that role: of the reports
 * on the cause when the form is for these, else of the first report. The footer names the newest entry of the journal
 * about the case and its hash. *job lives in look->arena.
 */
struct error *paper_incident(struct look *look, const struct pack *pack, const struct pack_form_view *view,
			     const struct incident *incident, struct text body_name, const struct case_proof *proof,
			     struct text *job) MUST_USE;

/* That footer, for the other papers of the case. {0} as long as nothing is in the journal. */
struct error *paper_incident_proof(struct look *look, struct incident_id id, const struct case_proof *proof,
				   struct job_proof *made) MUST_USE;

#endif
