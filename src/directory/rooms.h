/* What only the files of this room, and the companion on its other side, know. */
#ifndef BANSHO_DIRECTORY_ROOMS_H
#define BANSHO_DIRECTORY_ROOMS_H

#include "directory/directory.h"
#include "directory/wire.h"

#include "base/number.h"
#include "base/say.h"
#include "base/writer.h"

/*
 * Does the directory take that password? *matches false: no, or it has no such account, or not
 * exactly one. *id: of the account. BUSY when it cannot be asked: then nothing is known.
 */
struct error *directory_ask_password(struct arena *into, struct directory *directory,
				     struct text login, struct secret password, bool *matches,
				     struct text *id) MUST_USE;

/* Tie the person to the account, anew where there was a tie. */
struct error *tie_put(struct act *act, const struct directory_match *match) MUST_USE;

#endif
