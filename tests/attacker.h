/* The attacker's world and its attempts. */
#ifndef BANSHO_TESTS_ATTACKER_H
#define BANSHO_TESTS_ATTACKER_H

#include "base/jails.h"

#include <netinet/in.h>
#include <sys/types.h>
#include <sys/un.h>

enum { PLACE_MOST = 64, ATTEMPTS_MOST = 160 };
enum { REPORT_REFUSED = 0, REPORT_DONE = 1, REPORT_BROKEN = 2 };

enum {
	MAY_THREAD = 1 << 0,
	MAY_NETWORK = 1 << 1,
	MAY_DIAL = 1 << 2,
	MAY_RUN = 1 << 3,
	MAY_SPIN = 1 << 4,
	MAY_READ_OWN = 1 << 5,
	MAY_WRITE_OWN = 1 << 6,
	MAY_READ_BODY = 1 << 7,
	MAY_WRITE_BODY = 1 << 8,
	MAY_READ_ALL = 1 << 9,
	MAY_READ_ETC = 1 << 10,
	MAY_READ_PROC = 1 << 11,
	HAS_FILES = 1 << 12,
	MAY_READ_CARDS = 1 << 13,
};

struct attempt {
	const char *name;
	bool (*try)(void); /* true: it worked */
	unsigned needs;	   /* what a row must grant for it to be right; 0: nobody may */
	int landlock;	   /* the version that refuses it, where seccomp alone cannot; 0: seccomp does */
	bool is_file;	   /* leans on Landlock when the row has files at all */
	unsigned leans_when; /* otherwise: when the row grants one of these */
	void (*before)(void); /* outside the jail */
};

struct world {
	char folder[32];
	char body[PLACE_MOST], own[PLACE_MOST], cards[PLACE_MOST], programs[PLACE_MOST], elsewhere[PLACE_MOST];
	char name[PLACE_MOST * 2]; /* of new files */
	char abstract[32];
	unsigned seed;
	pid_t driver, victim;
	int listening, accepted;
	struct sockaddr_in there;
	struct sockaddr_un there_unix, there_abstract;
	const struct jail_row *row;
};

extern struct world world;
extern const struct attempt attempt_list[];
extern const size_t attempt_count;

#endif
