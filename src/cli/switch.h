/* What upgrade and rollback share: a body held still, stores measured, proved and put in place. */
#ifndef BANSHO_CLI_SWITCH_H
#define BANSHO_CLI_SWITCH_H

#include "cli/rooms.h"

struct switching {
	struct call *call;
	struct arena *arena;
	struct text code;
	const char *folder;   /* DATA/bodies/CODE */
	const char *store;    /* the store in use */
	const char *beside;   /* the one being made */
	const char *previous; /* folder of the one before the last upgrade */
	const char *later;    /* folder of the one a rollback put away */
	int lock;
};

/* MISSING when there is no such body. */
struct error *switch_begin(struct call *call, struct text code, struct switching *made) MUST_USE;
/* Nobody writes to the body until switch_end(). BUSY while somebody does. */
struct error *switch_hold(struct switching *switching) MUST_USE;
/* Takes away what was made beside. */
void switch_end(struct switching *switching);

struct measured {
	int64_t size;
	struct hash root;
	size_t lacking; /* steps of the schema */
};
/* Over the first `before` entries, from the entries alone. Nothing is changed. */
struct error *switch_measure(const struct switching *switching, const char *path, int64_t before,
			     struct measured *measured) MUST_USE;
/* A consistent copy of the store at `from` as ->beside. */
struct error *switch_copy(const struct switching *switching, const char *from) MUST_USE;
/*
 * ->beside must begin with the tree that `was` is, hold against what the sealer signed last, and
 * every row against its entry. BROKEN otherwise; what was found is on stderr by then.
 */
struct error *switch_prove(const struct switching *switching, const struct measured *was) MUST_USE;
/* A second name for the file at `from`: `folder`/store.sqlite, in place of what was there. */
struct error *switch_keep(const struct switching *switching, const char *from, const char *folder,
			  struct text record) MUST_USE;
/* ->beside becomes the store in use, used last by `version`. */
struct error *switch_place(const struct switching *switching, struct text version) MUST_USE;

/* The version that brought the store up to date. */
struct text switch_version(const struct switching *switching);

/* The bodies a command is for: --body, or all. */
struct error *switch_codes(struct call *call, struct text **codes, size_t *count) MUST_USE;

#endif
