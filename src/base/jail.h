/*
 * A program shuts itself in after it has opened what it needs: no new privileges, Landlock for
 * files, seccomp for calls, limits. What the kernel lacks (an old Landlock) is reported, not
 * silently skipped: *what_is_missing names it.
 */
#ifndef BANSHO_BASE_JAIL_H
#define BANSHO_BASE_JAIL_H

#include "base/error.h"

struct jail_path {
	const char *path; /* a file or folder that exists; a missing one is skipped */
	bool may_write;
	bool may_run;
};

struct jail {
	const struct jail_path *paths; /* everything not named is closed; ends with path NULL */
	bool may_network;	       /* sockets other than those already open */
	bool may_run;		       /* start other programs */
	size_t most_memory;	       /* bytes of address space, 0 for no limit */
	unsigned most_seconds;	       /* of processor time, 0 for no limit */
};

struct error *jail_enter(const struct jail *jail, struct text *what_is_missing) MUST_USE;

#endif
