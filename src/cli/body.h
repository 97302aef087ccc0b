/*
 * A body's place on disk, and opening it: store, journal, sealer, pack.
 *
 *	DATA/bodies/CODE/store.sqlite	the store
 *	DATA/bodies/CODE/pack/		the policy the body began with, as a folder of YAML
 *	DATA/bodies/CODE/packs/DIGEST/	every version of it; which is in force stands in the store
 *	DATA/bodies/CODE/blobs/		attachments
 *	DATA/bodies/CODE/in-use		locked by whoever has the store open to write
 *	DATA/bodies/CODE/version	of the Bansho that last had the store brought up to date
 *	DATA/bodies/CODE/previous/	the store before the last upgrade, for `bansho rollback`
 *	DATA/keys/CODE/ring		the keys of persons and attachments; in no backup of the store
 *	DATA/seal/CODE/			the signing key: only bansho-sealer reads it
 *	DATA/tls/			key and certificate of the web server
 */
#ifndef BANSHO_CLI_BODY_H
#define BANSHO_CLI_BODY_H

#include "enact/enact.h"
#include "flow/flow.h"
#include "incident/incident.h"
#include "journal/journal.h"
#include "people/account.h"
#include "policy/policy.h"
#include "store/store.h"

struct body {
	struct arena *arena;
	const char *data;
	struct text code;
	struct text name;
	const char *folder;
	const char *keys; /* the folder of the ring */
	const char *programs; /* where our companion programs are */
	const struct pack *pack; /* in force */
	struct pack_shelf *shelf; /* its earlier versions */
	struct store *store;
	struct journal *journal; /* NULL when opened to read */
	struct sealer *sealer;	 /* the same */
	struct sealing *sealing; /* after body_seal_on() */
	struct flow flow;
	int in_use; /* holds off `bansho upgrade` while we write */
};

struct body_options {
	const char *data;
	const char *code; /* NULL: the only one there is */
	bool is_read_only;
	bool may_create;		    /* make the store when it is not there */
	struct moment (*clock)(void *with); /* NULL: the machine's */
	void *clock_with;
	const char *programs; /* folder of our companion programs; NULL: that of the running one */
	/*
	 * Called once the sealer runs and the pack is read, before any thread starts: the program
	 * shuts itself in (base/jail.h) so that it cannot reach the signing key. NULL: it does not.
	 */
	struct error *(*shut_in)(void *with, const struct body *body);
	void *shut_in_with;
};

/* The codes of the bodies under DATA, sorted. */
struct error *body_list(struct arena *into, const char *data, struct text **codes, size_t *count)
	MUST_USE;
/* Open one. INVALID errors of the pack come through as they are. */
struct error *body_open(struct arena *into, const struct body_options *options, struct body *body)
	MUST_USE;
/*
 * A copy of the pack at `from`, whose digest is `digest`, as packs/DIGEST of the body. Nothing when it
 * is there already; BROKEN when the copy does not come out the same.
 */
struct error *pack_shelve(struct arena *arena, const char *body_folder, const char *from,
			  const struct hash *digest) MUST_USE;
/* The folder of the policy in force in a body; `store` is its file. */
struct error *policy_in_force(struct arena *arena, const char *body_folder, const char *store,
			      const char **folder) MUST_USE;
/* "DATA/keys/CODE/ring". */
const char *body_ring(struct arena *into, const char *data, struct text code);
/* Start signing in the background. */
struct error *body_seal_on(struct body *body) MUST_USE;
/* Sign what is unsigned, finish what is queued, close. */
void body_close(struct body *body);

/* The lock on in-use: exclusive for who replaces the store, shared for who writes to it. BUSY. */
struct error *body_lock(struct arena *arena, const char *folder, bool is_exclusive, int *fd)
	MUST_USE;

/*
 * What root has made at `path`, a file or a folder with all that is in it, gets the owner and group
 * of the folder above: bodies belong to the one user, keys to another. Nothing for who is not root.
 */
struct error *hand_over(struct arena *arena, const char *path) MUST_USE;

/*
 * The checkpoint that the body's sealer signed last: from its folder where we may read it, else
 * asked of it. REFUSED when there is no way to it; that is not the same as *found false.
 */
struct error *sealed_note(struct arena *into, const char *data, struct text code, bool *found,
			  struct text *note) MUST_USE;
/* May we put keys into DATA/seal ourselves? */
bool seal_is_open(struct arena *arena, const char *data);

struct body_new {
	const char *data;
	struct text code; /* letters, digits and '-'; also the name of folders */
	struct text name; /* 例 高松市; empty: as the pack calls its sample body */
	const char *pack; /* folder to copy from */
	struct moment (*clock)(void *with); /* NULL: the machine's */
	void *clock_with;
};
/*
 * Make a body: folders, a copy of the pack, store, signing key, first settings. CONFLICT when it is
 * there already. Ends with the first checkpoint signed.
 */
struct error *body_make(struct arena *into, const struct body_new *new) MUST_USE;

#endif
