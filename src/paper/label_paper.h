/* Labels for things: sheets of QR codes to cut out, as a job for bansho-print. */
#ifndef BANSHO_PAPER_LABEL_PAPER_H
#define BANSHO_PAPER_LABEL_PAPER_H

#include "base/day.h"
#include "base/error.h"

struct label_out {
	struct text code;  /* what the QR code holds: digits */
	struct text shown; /* the same for people */
	struct text title; /* whose it is */
	struct text place; /* where it stands in which ledger; nothing of what it holds */
};

/* The job; at most SHEET_MOST_LABELS (sheet_paper.h), INVALID beyond. Lives in `into`. */
struct error *paper_labels(struct arena *into, struct text body_name, struct moment made,
			   const struct label_out *labels, size_t count, struct text *job) MUST_USE;

#endif
