/*
 * C2SP tlog-checkpoint inside signed-note, with Ed25519. Part of journal.h; the sealer includes it
 * alone. https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint
 */
#ifndef BANSHO_JOURNAL_NOTE_H
#define BANSHO_JOURNAL_NOTE_H

#include "base/hash.h"
#include "base/secret.h"

enum { NOTE_MOST = 16384, NOTE_PUBLIC_LEN = 32, NOTE_SEED_LEN = 32, NOTE_ORIGIN_MOST = 200 };

/* The head of a tree as a checkpoint states it. */
struct head {
	struct text origin; /* "takamatsu-demo.bansho/journal" */
	int64_t size;
	struct hash root;
};

/* A public key with its name: a vkey line is "<name>+<hash hex 8>+<base64(0x01 ‖ key)>". */
struct note_key {
	struct text name;
	uint8_t id[4]; /* SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key)[:4] */
	uint8_t key[NOTE_PUBLIC_LEN];
};

/* "<body>.bansho/journal": a body's origin and its key's name. */
struct text note_origin(struct arena *into, struct text body);

/* What a key signs: the id of a key and its vkey line depend on it. */
enum note_kind {
	NOTE_LOG = 0x01,     /* the note itself: a log's own signature */
	NOTE_WITNESS = 0x04, /* a cosignature (journal/cosign.h) */
};

struct note_key note_key_of_kind(enum note_kind kind, struct text name,
				 const uint8_t key[static NOTE_PUBLIC_LEN]);
struct text note_vkey_of_kind(struct arena *into, enum note_kind kind, const struct note_key *key);
struct error *note_vkey_read_kind(struct arena *into, enum note_kind kind, struct text line,
				  struct note_key *key) MUST_USE;
/* The same for logs. */
struct note_key note_key_of(struct text name, const uint8_t key[static NOTE_PUBLIC_LEN]);
struct text note_vkey(struct arena *into, const struct note_key *key);
/* INVALID says what is wrong with the line. */
struct error *note_vkey_read(struct arena *into, struct text line, struct note_key *key) MUST_USE;

/* The key pair that a 32-byte seed stands for. */
struct note_key note_key_of_seed(struct text name, struct secret seed);
/* The signed checkpoint over `head`; key and head share one name. */
struct text note_sign(struct arena *into, const struct head *head, struct secret seed);

/*
 * Take a checkpoint apart: exactly three lines, an empty one, at least one signature line. INVALID
 * says what is wrong. Nothing is verified yet.
 */
struct error *note_read(struct arena *into, struct text note, struct head *head) MUST_USE;

/* The same, but further lines of other logs (C2SP: extension lines) are let pass. */
struct error *note_read_any(struct arena *into, struct text note, struct head *head) MUST_USE;
/* Where the signed text ends (its last line feed included) and the signature lines begin. */
bool note_cut(struct text note, struct text *text, struct text *signatures);

enum note_answer {
	NOTE_HOLDS,
	NOTE_FALSE,	/* a signature by this key that does not hold */
	NOTE_OTHER_KEY, /* no signature by this key */
};
/* Whether the note carries the key's valid signature. Lines of unknown keys are passed over. */
enum note_answer note_check(struct arena *into, struct text note, const struct note_key *key);

#endif
