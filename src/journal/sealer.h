/* The client of bansho-sealer, as seal.c and turn.c speak to it (docs/journal.md, "The sealer"). */
#ifndef BANSHO_JOURNAL_SEALER_H
#define BANSHO_JOURNAL_SEALER_H

#include "base/child.h"
#include "journal/rooms.h"

struct sealer {
	const char *argv[6];
	struct text body;
	pthread_mutex_t lock; /* of the connection */
	struct child child;
	bool is_running;
	/*
	 * What the last seal left, under seal_lock: the tree's frontier at what was signed, so that the
	 * next needs only the leaves since; and the key that the sealer had then.
	 */
	pthread_mutex_t seal_lock;
	bool is_loaded;
	int64_t log;
	struct frontier frontier;
	char vkey[NOTE_ORIGIN_MOST + 80];
};

/* What the sealer signed last of a log, and with which key it goes on. */
struct sealer_head {
	struct head head; /* size 0: nothing yet */
	struct text vkey; /* empty when the log has no key there */
};
struct error *sealer_head(struct sealer *sealer, struct arena *arena, struct text origin,
			  struct sealer_head *head) MUST_USE;

/* A checkpoint of `head` that extends `from` by the proof. */
struct sealer_wish {
	struct head head;
	int64_t from;
	struct merkle_proof proof;
	/* The first of a log that follows another: its begin, and the close of the one before. */
	bool is_first;
	struct text begin, close;
	struct merkle_proof begin_proof, close_proof;
};
struct error *sealer_sign(struct sealer *sealer, struct arena *arena,
			  const struct sealer_wish *wish, struct text *note, struct text *vkey)
	MUST_USE;

/* Have the next key made, of the same log or of the one that is to follow; the same when asked again. */
struct error *sealer_next_key(struct sealer *sealer, struct arena *arena, struct text origin,
			      bool is_new_log, struct text *vkey) MUST_USE;
/* Go over to the next key, which `entry` (leaf `leaf` of what was signed last) announces. */
struct error *sealer_roll(struct sealer *sealer, struct arena *arena, struct text origin,
			  struct text entry, int64_t leaf, const struct merkle_proof *proof,
			  struct text *vkey) MUST_USE;

#endif
