/* The logs of the journal, as the files about witnesses see them. Only those include this. */
#ifndef BANSHO_JOURNAL_WITNESS_ROOMS_H
#define BANSHO_JOURNAL_WITNESS_ROOMS_H

#include "journal/rooms.h"
#include "journal/witness.h"

/* The steps of the schema that cosignatures and time-stamps stand on. */
enum { WITNESS_STEP = 3 };

struct log_view {
	int64_t no;
	int64_t first; /* seq of leaf 0 */
	int64_t size;
	struct text origin;
};
struct log_key {
	struct note_key key;
	int64_t leaf; /* of the announcing entry in this log; -1: known from before its first leaf */
};

/* Oldest first. */
struct error *log_list(struct look *look, struct log_view **logs, size_t *count) MUST_USE;
struct error *log_find(struct look *look, struct text origin, bool *found, struct log_view *log)
	MUST_USE;
/* In order of use. */
struct error *log_keys(struct look *look, const struct log_view *log, struct log_key **keys,
		       size_t *count) MUST_USE;
/* The smallest checkpoint of at least `size`; the newest. */
struct error *log_checkpoint_from(struct look *look, const struct log_view *log, int64_t size,
				  bool *found, struct journal_checkpoint *checkpoint) MUST_USE;
struct error *log_checkpoint_newest(struct look *look, const struct log_view *log, bool *found,
				    struct journal_checkpoint *checkpoint) MUST_USE;
struct error *log_root(struct look *look, const struct log_view *log, int64_t size,
		       struct hash *root) MUST_USE;
struct error *log_inclusion(struct look *look, const struct log_view *log, int64_t leaf,
			    int64_t size, struct merkle_proof *proof) MUST_USE;
struct error *log_consistency(struct look *look, const struct log_view *log, int64_t from,
			      int64_t to, struct merkle_proof *proof) MUST_USE;

/* witness_verify.c: what verify checks beside the checkpoints themselves. */
struct error *verify_others(struct look *look, const struct journal_verify_options *options,
			    struct journal_report *report) MUST_USE;
/* The cosignatures standing in a note (of a bundle). */
struct error *verify_note(struct arena *arena, const struct journal_verify_options *options,
			  struct journal_report *report, struct text note, int64_t end) MUST_USE;

#endif
