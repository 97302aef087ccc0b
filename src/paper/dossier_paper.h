/*
 * A dossier's sheet as the body's own 様式: the job for bansho-print (sheet_paper.h).
 */
#ifndef BANSHO_PAPER_DOSSIER_PAPER_H
#define BANSHO_PAPER_DOSSIER_PAPER_H

#include "flow/flow.h"

struct paper_proof {
	int64_t tree_size;	 /* entries the newest checkpoint covers */
	struct text command;	 /* what verifies this record, complete */
};

/*
 * The job for one form of the dossier. MISSING when the dossier has no such sheet. Whoever calls
 * has asked flow_may_see(). The JSON lives in look->arena; it depends on the record alone, so the
 * same record gives the same paper.
 */
struct error *paper_dossier(struct look *look, const struct flow *flow,
			    const struct dossier *dossier, const struct pack_form *form,
			    const struct paper_proof *proof, struct text *job) MUST_USE;

/* The form without answers, to be filled in by hand. */
struct error *paper_empty(struct look *look, const struct flow *flow, const struct pack_form *form,
			  struct text *job) MUST_USE;

#endif
