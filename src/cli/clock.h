/* One round of bansho-clock: what time alone causes, mail, the seal over both, and the witnesses. */
#ifndef BANSHO_CLI_CLOCK_H
#define BANSHO_CLI_CLOCK_H

#include "cli/witness_round.h"

struct clock_work {
	struct moment no_mail_before; /* the relay could not be reached: not again before then */
	int64_t relay_failures;
	bool has_said; /* that the relay is unusable, once */
	struct text authority; /* the setting mail.ca when the jail was entered: all that can be read */
	bool must_restart;     /* the program should end, so that it is started afresh */
	struct witness_work witnesses;
	bool has_said_assure;  /* that states cannot be written down, once */
	bool has_said_journal; /* that the key cannot be rolled, or the year not turned, once */
};

/*
 * The file that vouches for the relay (setting mail.ca), read before the jail so that it can be
 * named there; empty when none is set, or when the body cannot be read yet.
 */
struct error *clock_authority(struct arena *into, const char *data, const char *code,
			      struct text *authority) MUST_USE;


/* The journal's own: a new log when the fiscal year has turned, a new key when it is time. */
struct error *clock_journal(struct body *body, bool *has_acted) MUST_USE;
/* May be called as often as one likes. What fails is logged and tried again next time. */
void clock_round(struct body *body, struct clock_work *work);

#endif
