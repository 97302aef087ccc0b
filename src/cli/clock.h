/* One round of bansho-clock: what time alone causes, then mail, then the seal over both. */
#ifndef BANSHO_CLI_CLOCK_H
#define BANSHO_CLI_CLOCK_H

#include "cli/body.h"

struct clock_work {
	struct moment no_mail_before; /* the relay could not be reached: not again before then */
	int64_t relay_failures;
	bool has_said; /* that the relay is unusable, once */
	bool has_said_journal; /* that the key cannot be rolled, or the year not turned, once */
};

/* The journal's own: a new log when the fiscal year has turned, a new key when it is time. */
struct error *clock_journal(struct body *body, bool *has_acted) MUST_USE;
/* May be called as often as one likes. What fails is logged and tried again next time. */
void clock_round(struct body *body, struct clock_work *work);

#endif
