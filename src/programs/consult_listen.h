/* The door for machines that ask after permits: lines of JSON on a Unix socket (flow/consult.h). */
#ifndef BANSHO_PROGRAMS_CONSULT_LISTEN_H
#define BANSHO_PROGRAMS_CONSULT_LISTEN_H

#include "flow/consult.h"

enum {
	/* At once. A newcomer takes the place of who was silent longest, of the same user first. */
	CONSULT_CALLERS_MOST = 64,
	CONSULT_OF_ONE_USER = 16,
	CONSULT_SECONDS = 10,	     /* to finish a line begun, and to take an answer */
	CONSULT_TURN = 32,	     /* questions of one caller before the others have their turn */
};

struct consult_door {
	int fd; /* listening, non-blocking */
	struct store *store;
	const struct flow *flow;
};

struct consult_service; /* the thread that answers */

/*
 * Open the socket at `path`, mode 0660, before the jail. `group` NULL: our own group. REFUSED when
 * the socket cannot be given to that group.
 */
struct error *consult_door_open(const char *path, const char *group, int *fd) MUST_USE;
/* Answer on a thread of its own until consult_stop(). */
struct error *consult_start(const struct consult_door *door, struct consult_service **service)
	MUST_USE;
void consult_stop(struct consult_service *service);

#endif
