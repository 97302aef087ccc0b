/*
 * Our side of witnesses: which ones the body has chosen, what they have cosigned, and what they are
 * to be asked. Part of journal.h. docs/journal.md, "Witnesses".
 */
#ifndef BANSHO_JOURNAL_WITNESS_H
#define BANSHO_JOURNAL_WITNESS_H

#include "journal/ask.h"
#include "journal/cosign.h"
#include "journal/journal.h"

/* ---- Chosen witnesses: settings witness.<1 to 4>.vkey, .url, .ca, .told ---- */

enum { JOURNAL_WITNESSES_MOST = 4, JOURNAL_WITNESS_STEP = 3 /* of this room's schema */ };

struct journal_witness {
	struct note_key key; /* its name is the witness's */
	struct text vkey;
	struct text url; /* "https://…" without a '/' at the end; empty: files are carried */
	struct text ca;	 /* PEM; empty: the authorities of the system */
	struct text told; /* our vkey that its operator was to be given; may be empty */
	int place;	 /* 1 to 4 */
};
/* A setting that cannot be read is left out. */
struct error *journal_witnesses(struct look *look,
				struct journal_witness list[static JOURNAL_WITNESSES_MOST],
				size_t *count) MUST_USE;
/* "pref.example/w1+0a1b2c3d": a key's name and id, under which its cosignatures are kept. */
struct text journal_witness_id(struct arena *into, const struct note_key *key);

/* ---- Cosignatures ---- */

struct journal_cosigned {
	bool is_any;
	struct text origin;
	int64_t size; /* of its tree */
	int64_t end;  /* entries of all logs that it covers */
	struct moment at; /* when we kept it */
	struct text note; /* the checkpoint with the witness's line */
};
/* The newest one of a witness. */
struct error *journal_cosigned(struct look *look, const struct note_key *witness,
			       struct journal_cosigned *cosigned) MUST_USE;

/*
 * Keep a cosignature: an act_work. INVALID when the lines hold no valid cosignature by this key over
 * the checkpoint; MISSING when we have no such checkpoint (then we are older than the witness).
 */
struct journal_cosignature {
	struct note_key witness;
	struct text origin;
	int64_t size;
	struct text lines; /* the witness's answer */
	struct text note;  /* out: the cosigned checkpoint, in the act's arena */
};
struct error *journal_cosignature_keep(struct act *act, void *journal_cosignature) MUST_USE;

/* The note with the newest line of every witness behind it (at most 16): for exports. */
struct error *journal_note_cosigned(struct look *look, struct text origin, int64_t size,
				    struct text note, struct text *cosigned) MUST_USE;

/* ---- What a witness is to be asked ---- */

/* Where a witness stands. */
struct journal_standing {
	struct text origin; /* of the log; empty: that of `vkey`, or our first */
	int64_t size;	    /* entries of it that the witness has cosigned */
	struct text vkey;   /* while size is 0: the key of ours it was given; empty: the log's first */
};
/*
 * The requests, in order, that bring a witness from there to our newest checkpoint: through every
 * roll of the key and every turn of the year. Nothing new: one request to cosign the same checkpoint
 * again. None without a checkpoint. CONFLICT when the witness is ahead of us; MISSING when there is
 * no such log.
 */
struct error *journal_requests(struct look *look, const struct journal_standing *standing,
			       struct carry_part **parts, size_t *count) MUST_USE;
/* The origins of our logs, oldest first. */
struct error *journal_origins(struct look *look, struct text **origins, size_t *count) MUST_USE;

/* ---- Is the store as old as somebody remembers? ---- */

enum journal_age {
	AGE_FITS,   /* the store has what the checkpoint says */
	AGE_OLDER,  /* the checkpoint covers more than the store has */
	AGE_FORKED, /* the store has something else */
	AGE_OTHER,  /* not a checkpoint of this journal */
};
/* Signatures are the caller's business. *ours is how much of that log the store has. */
struct error *journal_compare(struct look *look, const struct head *head, enum journal_age *age,
			      int64_t *ours) MUST_USE;

#endif
