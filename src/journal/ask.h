/*
 * What a log says to a witness: the bodies of C2SP tlog-witness add-checkpoint and of our own
 * add-key, and files that carry several of them on a medium. Pure. https://c2sp.org/tlog-witness
 */
#ifndef BANSHO_JOURNAL_ASK_H
#define BANSHO_JOURNAL_ASK_H

#include "journal/merkle.h"
#include "journal/note.h"

enum { ASK_PROOF_MOST = 63, ASK_MOST = 128 << 10 };

/*
 * add-checkpoint:	"old <size>", up to 63 proof lines in base64, an empty line, the checkpoint.
 */
struct ask {
	int64_t old;
	struct merkle_proof proof;
	struct head head; /* of the note */
	struct text note;
};
struct text ask_write(struct arena *into, const struct ask *ask);
/* INVALID says what is wrong. Any input is allowed; the note may carry extension lines. */
struct error *ask_read(struct arena *into, struct text body, struct ask *ask) MUST_USE;

/*
 * add-key (ours; docs/journal.md, "Witnesses"): "entry <index>", the entry's bytes as one line of
 * base64, up to 63 lines of its inclusion proof, an empty line, the checkpoint that covers it.
 */
struct ask_key {
	int64_t index; /* of the leaf within its log */
	struct text entry;
	struct merkle_proof proof;
	struct head head;
	struct text note;
};
struct text ask_key_write(struct arena *into, const struct ask_key *ask);
struct error *ask_key_read(struct arena *into, struct text body, struct ask_key *ask) MUST_USE;

/* The name under which a witness shows an origin: the SHA-256 of its line, in hex. */
struct text ask_place(struct arena *into, struct text origin);

/* ---- Files that are carried ---- */

enum { CARRY_MOST = 8 << 20, CARRY_PARTS_MOST = 2000 };

enum carry_kind { CARRY_CHECKPOINT, CARRY_KEY };

/* One request, or the answer to one. */
struct carry_part {
	enum carry_kind kind;
	int64_t status;	     /* of an answer: as HTTP's; 0 in a request */
	int64_t size;	     /* of the checkpoint asked about */
	struct text origin;
	struct text body;
};
struct carry {
	bool is_answer;
	struct text witness; /* vkey line */
	struct carry_part *parts;
	size_t count;
};
struct text carry_write(struct arena *into, const struct carry *carry);
struct error *carry_read(struct arena *into, struct text file, struct carry *carry) MUST_USE;

#endif
