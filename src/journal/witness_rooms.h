/* What the files about witnesses and time-stamps share. */
#ifndef BANSHO_JOURNAL_WITNESS_ROOMS_H
#define BANSHO_JOURNAL_WITNESS_ROOMS_H

#include "journal/rooms.h"
#include "journal/stamp.h"
#include "journal/witness.h"

struct log_key {
	struct note_key key;
	int64_t leaf; /* of the announcing entry in this log; -1: known from before its first leaf */
};

struct error *log_find(struct look *look, struct text origin, bool *found, struct journal_log *log)
	MUST_USE;
/* In order of use. */
struct error *log_keys(struct look *look, const struct journal_log *log, struct log_key **keys,
		       size_t *count) MUST_USE;
/* The smallest checkpoint of at least `size`, whether or not its entries are still there. */
struct error *log_checkpoint_from(struct look *look, const struct journal_log *log, int64_t size,
				  bool *found, struct journal_checkpoint *checkpoint) MUST_USE;

/* witness_verify.c: what verify checks beside the checkpoints themselves. */
struct error *verify_others(struct look *look, const struct journal_verify_options *options,
			    struct journal_report *report) MUST_USE;
/* The cosignatures standing in a note (of a bundle). */
struct error *verify_note(struct arena *arena, const struct journal_verify_options *options,
			  struct journal_report *report, struct text note, int64_t end) MUST_USE;

/* A time-stamp in a bundle: only what it stamps is checked. */
void verify_stamp(struct arena *arena, struct journal_report *report, struct text answer,
		  struct text note);

#endif
