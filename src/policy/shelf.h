/*
 * The shelf: every version of a body's policy that was ever proposed, as a folder per digest. What was
 * decided under an older version is read under it.
 */
#ifndef BANSHO_POLICY_SHELF_H
#define BANSHO_POLICY_SHELF_H

#include "policy/policy.h"

/*
 * SHELF_MOST versions stay in memory once asked for and are never moved; what is asked for beyond
 * them is read again each time, into the arena of who asks.
 */
enum { SHELF_MOST = 16 };

struct pack_shelf;

/* `folder` is DATA/bodies/CODE/packs; it need not be there yet. Any thread may use a shelf. */
struct pack_shelf *shelf_open(struct arena *into, const char *folder,
			      const struct pack_names *known);
void shelf_close(struct pack_shelf *shelf);

/*
 * The version with that digest, valid as long as the shelf and `into`. MISSING when it is not there,
 * BROKEN when its files are no longer what the digest says, INVALID errors of the pack as they are.
 */
struct error *shelf_take(struct pack_shelf *shelf, struct arena *into, const struct hash *digest,
			 const struct pack **pack) MUST_USE;
/* The same for reading: NULL when it cannot be had, which is logged once. */
const struct pack *shelf_find(struct pack_shelf *shelf, struct arena *into,
			      const struct hash *digest);
/* packs/DIGEST. */
const char *shelf_place(struct arena *into, const struct pack_shelf *shelf,
			const struct hash *digest);

#endif
