/* What only the witness's own files know. */
#ifndef BANSHO_WITNESS_ROOMS_H
#define BANSHO_WITNESS_ROOMS_H

#include "witness/witness.h"

#include <pthread.h>

enum { STATE_KEYS_MOST = 64, STATE_MOST = 64 << 10, LOGS_MOST = 20000 };

struct witness {
	struct arena *arena;
	const char *data, *logs;
	struct text name;
	struct note_key key;
	struct secret seed;
	pthread_mutex_t lock; /* threads of this process; */
	int turn;	      /* flock: other processes */
};

/* A key of a log, in order of announcement. */
struct state_key {
	int64_t after; /* index of the announcing entry: trusted for greater sizes; -1: for any */
	struct note_key key;
};

/* Where a log must begin: what its predecessor ended with. */
struct state_begin {
	struct text origin; /* empty: nothing is asked, or it has begun */
	int64_t size;
	struct hash root;
};

struct state {
	struct text origin;
	struct text family; /* empty: it may not announce a successor */
	struct text next;   /* the successor it has announced: closed */
	struct state_begin begin;
	struct state_key keys[STATE_KEYS_MOST];
	size_t key_count;
	struct head head; /* last cosigned; size 0 and no note before the first */
	struct text note; /* with the cosignature */
};

/* state.c: *found false for a log that is not known. BROKEN when its file cannot be understood. */
struct error *state_read(struct witness *witness, struct arena *into, struct text place, bool *found,
			 struct state *state) MUST_USE;
struct error *state_write(struct witness *witness, struct arena *scratch, const struct state *state)
	MUST_USE;
/* One at a time, over threads and processes. */
struct error *turn_take(struct witness *witness) MUST_USE;
void turn_give(struct witness *witness);

/* judge.c */
void answer_words(struct arena *arena, struct witness_answer *answer, int status,
		  struct text words);
void answer_size(struct arena *arena, struct witness_answer *answer, int64_t size);
void answer_broken(struct arena *arena, struct witness_answer *answer, const struct error *error);
/* The newest key of the log that signed the note and may, or false and the answer 403. */
bool signer_of(struct arena *arena, const struct state *state, const struct head *head,
	       struct text note, size_t *signer, struct witness_answer *answer);
/* Remember the head, forget keys older than `signer`, answer with the cosignature. */
void cosign_head(struct witness *witness, struct arena *arena, struct state *state,
		 const struct head *head, struct text note, size_t signer,
		 struct witness_answer *answer);

/* entry.c: what an announcing entry says. False when it says nothing of the kind. */
enum saying { SAYING_KEY, SAYING_CLOSE, SAYING_BEGIN };
struct said {
	enum saying what;
	struct text vkey;	  /* of key and close */
	struct text next_origin;  /* of close */
	struct state_begin begin; /* of begin */
};
bool entry_said(struct arena *arena, struct text entry, struct said *said);

#endif
