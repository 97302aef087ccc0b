/* What the files of bansho-sealer share: where heads and keys lie, and the requests. */
#ifndef BANSHO_PROGRAMS_SEALER_H
#define BANSHO_PROGRAMS_SEALER_H

#include "base/error.h"
#include "journal/merkle.h"
#include "journal/note.h"

/*
 * DATA/seal/<body>/		the body's first log: its files, and
 *	lock			held while a request is served
 *	origin			its origin; without it "<body>.bansho/journal", as 0.1.0 made them
 * DATA/seal/<body>/<place>/	each later log
 * Files of a log:
 *	key			32-byte seed of the key that signs; gone once the log is closed
 *	key.next		the key to follow, once it is announced and shown
 *	key.old			the key before, about to be destroyed
 *	head			the checkpoint signed last
 *	vkey			the public key of `key`
 */
struct sealer_room {
	struct text body;
	const char *folder; /* DATA/seal/<body> */
	int lock;
};

enum { SEALER_LOGS_MOST = 200 };

/* ---- sealer_logs.c: a log's files, whole after a crash at any point ---- */

struct sealer_log {
	struct text origin, place; /* place is empty for the body's first log */
	const char *folder, *key, *next, *old, *head, *vkey;
	bool has_folder;
};

/* *is_known false when the origin cannot be one of this body. The folder need not be there. */
struct error *sealer_log_of(const struct sealer_room *room, struct arena *arena, struct text origin,
			    struct sealer_log *log, bool *is_known) MUST_USE;
/* Every log that has files, oldest first. */
struct error *sealer_logs(const struct sealer_room *room, struct arena *arena,
			  struct sealer_log **logs, size_t *count) MUST_USE;
/* The newest log in which something was signed, and that before `log`. *found false: none. */
struct error *sealer_log_before(const struct sealer_room *room, struct arena *arena,
				const struct sealer_log *log, struct sealer_log *before, bool *found)
	MUST_USE;
/* The log that goes on: the newest with a head, else the oldest with a key. */
struct error *sealer_log_now(const struct sealer_room *room, struct arena *arena,
			     struct sealer_log *log) MUST_USE;
/* Finish what an earlier run had begun: a roll, or the erasing of a closed log's keys. */
struct error *sealer_settle(const struct sealer_room *room, struct arena *arena) MUST_USE;

struct error *seed_read(const char *path, struct secret *seed) MUST_USE;
/* Make the seed when it is not there; afterwards it is on disk. */
struct error *seed_make(const char *path) MUST_USE;
/* Overwrite, then remove. Fine when it is not there. */
struct error *seed_destroy(const char *path) MUST_USE;

/* Make a first key and its vkey; CONFLICT when the body has a key, or signed before. */
struct error *sealer_first(const struct sealer_room *room, struct arena *arena, struct text place,
			   struct text *vkey) MUST_USE;
/* Write down the public key of `seed`. */
struct error *sealer_say_key(const struct sealer_log *log, struct arena *arena, struct secret seed,
			     struct text *vkey) MUST_USE;
/* The head last signed, and its note; an empty tree and text when nothing was. Its signature is checked. */
struct error *sealer_read_head(const struct sealer_log *log, struct arena *arena, struct head *head,
			       struct text *note) MUST_USE;
/* Go from key to key.next: the head is signed anew, the old seed destroyed. */
struct error *sealer_switch(const struct sealer_log *log, struct arena *arena) MUST_USE;

/* ---- sealer_requests.c ---- */

/* Serve one request under the lock; the answer is JSON in either case. */
struct text sealer_answer(const struct sealer_room *room, struct arena *arena, struct text message);

#endif
