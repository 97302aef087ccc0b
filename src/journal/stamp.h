/*
 * RFC 3161 time-stamps over checkpoints: what is stamped is the note as the log itself signed it
 * (its text, the empty line, the log's own signature line). Part of journal.h.
 */
#ifndef BANSHO_JOURNAL_STAMP_H
#define BANSHO_JOURNAL_STAMP_H

#include "journal/journal.h"

enum { STAMP_MOST = 64 << 10, STAMP_CA_MOST = 256 << 10 };

/* A query (DER) for a note: SHA-256, the authority's certificate asked for; a nonce when wanted. */
struct error *stamp_query(struct arena *into, struct text note, bool has_nonce,
			  struct text *query) MUST_USE;

struct stamp {
	struct hash imprint; /* SHA-256 of what was stamped */
	struct moment at;    /* as the authority states */
};
/* Take an answer (DER) apart; nothing is verified. INVALID for one that grants nothing. */
struct error *stamp_read(struct arena *into, struct text answer, struct stamp *stamp) MUST_USE;
/*
 * Does the answer hold for the note, signed by an authority under `ca` (PEM certificates) that was
 * valid at the time it states? `query`: also its nonce; empty: not asked. INVALID says what does not.
 */
struct error *stamp_check(struct arena *scratch, struct text answer, struct text note,
			  struct text ca, struct text query) MUST_USE;
/* PEM with at least one certificate? */
struct error *stamp_ca_check(struct text ca) MUST_USE;

/* ---- Kept stamps ---- */

/*
 * Keep an answer over one of our newest 2,000 checkpoints: an act_work. Verified first; its hash goes
 * into the next entry ("journal.stamp"). MISSING when it stamps no checkpoint of ours; CONFLICT
 * when that checkpoint is stamped already.
 */
struct journal_stamping {
	struct text answer, ca, query;
	struct head head; /* out: what it stamps */
	struct moment at; /* out */
};
struct error *journal_stamp_keep(struct act *act, void *journal_stamping) MUST_USE;

struct journal_stamped {
	bool is_any;
	int64_t size;
	struct moment at;
};
struct error *journal_stamped(struct look *look, struct journal_stamped *stamped) MUST_USE;

#endif
