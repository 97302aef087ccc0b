/*
 * The ring of keys (鍵束) of one body: a file outside the store with a key for every person, and one of
 * the body itself (owner 0) for attachments. Without a person's key what the store holds of them can
 * be read by nobody; rows and proofs stay as they are.
 *
 *	bytes	what
 *	16	"bansho ring 1\n", NUL
 *	16	id of the ring, random; the store names it ("store.ring")
 *	40 each	owner (8, big-endian), key (32); a key of zeros says: erased. Ascending owners
 *	32	SHA-256 of all before
 */
#ifndef BANSHO_STORE_RING_H
#define BANSHO_STORE_RING_H

#include "base/cipher.h"
#include "base/secret.h"
#include "store/store.h"

enum { RING_ID = 16 };

struct ring;

/*
 * Open the ring at `path`, making folder and file (mode 0600) when `may_make` and there is none;
 * MISSING otherwise. INVALID when it is damaged.
 */
struct error *ring_open(const char *path, bool may_make, struct ring **ring) MUST_USE;
/* NULL is allowed. */
void ring_close(struct ring *ring);
struct text ring_name(struct arena *into, struct ring *ring); /* its id, in hex */

/* Reread when another process has changed the file; `now`: look at once, not once a second. */
struct error *ring_refresh(struct ring *ring, bool now) MUST_USE;
/* The owner's key, when held; wipe it after use. */
enum key_state ring_key(struct ring *ring, int64_t owner, unsigned char key[static CIPHER_KEY]);

/* A new key for an owner who has none. Kept by ring_save(), forgotten by ring_forget(). */
void ring_make(struct ring *ring, int64_t owner);
/* Write new keys down, durably: before the rows sealed with them are committed. */
struct error *ring_save(struct ring *ring) MUST_USE;
void ring_forget(struct ring *ring);
/* The key is gone afterwards, in memory and in the file; the old file is overwritten. Idempotent. */
struct error *ring_destroy(struct ring *ring, int64_t owner) MUST_USE;

/* A copy of the file at `to`, which must not be there yet. */
struct error *ring_export(struct ring *ring, const char *to) MUST_USE;
/*
 * Bring back the copy `from`: whole when there is no ring at `to`, else the keys that `to` lacks. What
 * is erased at `to` stays erased. REFUSED for another body's ring.
 */
struct error *ring_import(const char *from, const char *to, int64_t *taken) MUST_USE;

#endif
