/*
 * C2SP tlog-cosignature, version 1 (timestamped Ed25519, type 0x04): what a witness says of a
 * checkpoint. Pure. https://c2sp.org/tlog-cosignature
 */
#ifndef BANSHO_JOURNAL_COSIGN_H
#define BANSHO_JOURNAL_COSIGN_H

#include "journal/note.h"

struct note_key cosign_key_of_seed(struct text name, struct secret seed);
/* A witness's vkey line: "<name>+<8 hex>+<base64(0x04 ‖ key)>". */
struct text cosign_vkey(struct arena *into, const struct note_key *key);
struct error *cosign_vkey_read(struct arena *into, struct text line, struct note_key *key) MUST_USE;

/*
 * The signature line, its line feed included, that says: at `seconds` (since 1970) the largest
 * consistent tree of this origin that I have seen is the one of this checkpoint. The caller has
 * checked that it is. INVALID when the note is none.
 */
struct error *cosign_line(struct arena *into, struct text note, struct text name,
			  struct secret seed, int64_t seconds, struct text *line) MUST_USE;

/* Whether the note carries the witness's valid cosignature; *seconds is the newest one's time. */
enum note_answer cosign_check(struct arena *into, struct text note, const struct note_key *key,
			      int64_t *seconds);

#endif
