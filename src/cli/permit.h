/* Asking banshod after a permit, instead of opening the store. */
#ifndef BANSHO_CLI_PERMIT_H
#define BANSHO_CLI_PERMIT_H

#include "flow/consult.h"

/* One line out, one line back (without its line end). BUSY when nobody answers within seconds. */
struct error *permit_ask(struct arena *into, const char *socket, struct text question,
			 struct text *answer) MUST_USE;

#endif
