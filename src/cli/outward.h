/*
 * One HTTP call to another body's machine. Only bansho-clock makes them: no other program of ours
 * opens a connection outward. To what the operator has set, nothing else: no proxy, no redirect.
 */
#ifndef BANSHO_CLI_OUTWARD_H
#define BANSHO_CLI_OUTWARD_H

#include "base/error.h"

enum { OUTWARD_MOST = 64 << 10, OUTWARD_SECONDS = 15 };

struct outward {
	struct text url;
	struct text ca;	  /* PEM; empty: the authorities of the system */
	const char *type; /* of the body */
	struct text body; /* data NULL: GET, otherwise POST */
};
struct reply {
	bool is_reached;  /* an answer came, whatever its status */
	long status;
	struct text body; /* at most OUTWARD_MOST; more is not reached */
	struct text why;  /* when it was not reached */
};
void outward_call(struct arena *into, const struct outward *call, struct reply *reply);

/* "https://host…", or "http://" to this machine; with `may_plain` to any. INVALID otherwise. */
struct error *outward_url_check(const char *field, struct text url, bool may_plain) MUST_USE;

#endif
