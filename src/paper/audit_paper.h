/* The report of an audit as a print job. */
#ifndef BANSHO_PAPER_AUDIT_PAPER_H
#define BANSHO_PAPER_AUDIT_PAPER_H

#include "audit/audit.h"

/* For the footer: what proves it. */
struct audit_proof {
	struct text body; /* the body's code, for the command */
	int64_t tree_size;
};

/*
 * A reported audit: scope, auditors, results by item, points with what became of them, samples with
 * their seeds. For who may see it whole (audit_sees). *job lives in look->arena.
 */
struct error *paper_audit(struct look *look, const struct flow *flow, const struct audit *audit,
			  struct text body, const struct audit_proof *proof, struct text *job) MUST_USE;

#endif
