/* Start a companion program with pipes or a socket on its standard descriptors. */
#ifndef BANSHO_BASE_CHILD_H
#define BANSHO_BASE_CHILD_H

#include "base/error.h"

#include <sys/types.h>

enum { CHILD_IS_SERVICE = -1 };

struct child {
	pid_t pid; /* CHILD_IS_SERVICE: not ours, only connected (base/companion.h) */
	int fd; /* a stream socket that is the child's stdin and stdout */
};

/* argv[0] is a path. The child gets `fd` as stdin and stdout, our stderr, and no other file. */
struct error *child_start(const char *const argv[], struct child *child) MUST_USE;
/* Close the socket, wait, and report how it ended: 0 for exit status 0. */
int child_end(struct child *child);
/*
 * Give `in` to whoever listens at `fd`, close that half, take everything that is answered (at most
 * `limit` bytes) within `seconds`. `name` is for the errors.
 */
struct error *child_exchange(struct arena *into, const char *name, int fd, struct text in,
			     size_t limit, unsigned seconds, struct text *out) MUST_USE;
/*
 * Give `in` to the program, take everything it answers (at most `limit` bytes), within `seconds`.
 * BROKEN when it ends with another status than 0; its own last stderr line is in the log.
 */
struct error *child_filter(struct arena *into, const char *const argv[], struct text in,
			   size_t limit, unsigned seconds, struct text *out) MUST_USE;

#endif
