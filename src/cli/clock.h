/* One round of bansho-clock: what time alone causes, mail, the seal over both, and the witnesses. */
#ifndef BANSHO_CLI_CLOCK_H
#define BANSHO_CLI_CLOCK_H

#include "cli/witness_round.h"

struct clock_work {
	struct moment no_mail_before; /* the relay could not be reached: not again before then */
	int64_t relay_failures;
	bool has_said; /* that the relay is unusable, once */
	struct witness_work witnesses;
};

/* May be called as often as one likes. What fails is logged and tried again next time. */
void clock_round(struct body *body, struct clock_work *work);

#endif
