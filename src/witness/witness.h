/*
 * A witness (証人): another body's program that cosigns the heads of our journal. It remembers the
 * newest head of each log it knows and signs only what extends it, so whoever cuts or rewrites a
 * journal, even with its stolen signing key, gets no cosignature. C2SP tlog-witness; docs/journal.md,
 * "Witnesses". It knows no store and no office.
 *
 *	DATA/key, DATA/vkey, DATA/name	its own key (0600), its vkey line, its name
 *	DATA/logs/<sha256 of origin>	what it knows of one log: one file, replaced whole, on disk
 *					before any answer
 */
#ifndef BANSHO_WITNESS_WITNESS_H
#define BANSHO_WITNESS_WITNESS_H

#include "base/error.h"
#include "journal/ask.h"
#include "journal/cosign.h"

struct witness;

/* Make a key under DATA (never over an old one: CONFLICT). The name is a signed-note key name. */
struct error *witness_init(struct arena *into, const char *data, struct text name,
			   struct text *vkey) MUST_USE;
/* The key is read into locked memory until witness_close(). MISSING before witness_init(). */
struct error *witness_open(struct arena *into, const char *data, struct witness **witness) MUST_USE;
void witness_close(struct witness *witness);
struct text witness_vkey(struct arena *into, const struct witness *witness);

/* ---- Logs, by the operator of the witness ---- */

/*
 * Trust `vkey` for the log that is its name. `origin` is that name, or a family of it: the name up
 * to a '/'. A log of a family may announce, signed, its successor in the same family (fiscal years:
 * "town.bansho/journal" for "town.bansho/journal/2026"). CONFLICT when the log is known already.
 */
struct error *witness_log_add(struct witness *witness, struct text origin, struct text vkey) MUST_USE;

struct witness_log {
	struct text origin;
	struct text vkey; /* the newest trusted key */
	int64_t size;
	bool is_closed; /* it has announced its successor: nothing is added to it any more */
};
struct error *witness_log_list(struct witness *witness, struct arena *into,
			       struct witness_log **logs, size_t *count) MUST_USE;

/* ---- Requests. Safe from several threads and processes at once. ---- */

struct witness_answer {
	int status;	  /* as HTTP's */
	const char *type; /* of the body */
	struct text body; /* ends with a line feed */
};

/* POST /add-checkpoint. Any bytes are allowed as body. */
void witness_add_checkpoint(struct witness *witness, struct arena *arena, struct text body,
			    struct witness_answer *answer);
/*
 * POST /add-key (ours). By the act of the shown entry, which must lie in the very tree last cosigned:
 * "journal.key"	200: the announced key is trusted for sizes beyond the entry
 * "journal.close"	200: the next log is known; the entry must be the last, the log is closed
 * "journal.begin"	200 and a cosignature: the first checkpoint of a next log, which is taken only
 *			with its first entry naming exactly the head the old log ended with
 * 400, 403, 404 and 409 as add-checkpoint; 422 when the entry is not what it would have to be.
 */
void witness_add_key(struct witness *witness, struct arena *arena, struct text body,
		     struct witness_answer *answer);
/* GET /<sha256 of origin, hex>/checkpoint: the newest cosigned one; 404 without. */
void witness_checkpoint(struct witness *witness, struct arena *arena, struct text place,
			struct witness_answer *answer);

/*
 * A carried file of requests answered as a file. What was answered before is answered again as long
 * as it names the newest tree. INVALID for a file that is no request, or meant for another witness.
 */
struct witness_carried {
	int64_t asked;
	bool is_done;	   /* the last, newest request was granted: what was refused before it was old */
	bool is_again;	   /* it had been granted before */
	struct text words; /* of the first refusal, when it is not done */
};
struct error *witness_carry(struct witness *witness, struct arena *into, struct text file,
			    struct text *answer, struct witness_carried *carried) MUST_USE;

#endif
