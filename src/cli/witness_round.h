/* What bansho-clock does about witnesses and time-stamps, and the question before the start. */
#ifndef BANSHO_CLI_WITNESS_ROUND_H
#define BANSHO_CLI_WITNESS_ROUND_H

#include "cli/body.h"
#include "journal/stamp.h"
#include "journal/witness.h"

struct witness_work {
	struct moment asked[JOURNAL_WITNESSES_MOST + 1]; /* by place: when last */
	bool is_silent[JOURNAL_WITNESSES_MOST + 1];	 /* it could not be reached; said once */
	struct moment stamp_asked;
	bool is_stamp_silent;
};

/*
 * Ask each witness that has an address to cosign what is new (at most every witness.every-seconds,
 * 60), and raise the alarm (notice, journal page, log) when one has cosigned nothing for
 * witness.alarm-minutes (60; one without an address: witness.carry-days, 35), or refuses. What fails
 * is logged and tried again. `*has_acted`: an entry was made.
 */
void witness_round(struct body *body, struct witness_work *work, bool *has_acted);
/* Once a day: the newest checkpoint to the authority of the setting stamp.url. */
void stamp_round(struct body *body, struct witness_work *work, bool *has_acted);

/*
 * Before the start: does the store still have what was signed and cosigned? Held against what the
 * sealer signed last, the cosigned checkpoints kept beside the store, and what each witness answers
 * now. `refusal` is empty when nothing speaks against it; `warning` when everybody could be asked.
 */
struct witness_verdict {
	struct text refusal;
	struct text warning;
};
struct error *witness_ask_start(struct body *body, struct arena *into,
				struct witness_verdict *verdict) MUST_USE;

/* Beside the store, so that a store put back alone is noticed: DATA/bodies/CODE/witness/<id>. */
struct error *floor_write(struct body *body, struct arena *scratch, const struct note_key *witness,
			  struct text note) MUST_USE;

/* A setting as a number within bounds, or the usual one. */
struct error *setting_number(struct look *look, const char *name, int64_t least, int64_t most,
			     int64_t usual, int64_t *number) MUST_USE;

#endif
