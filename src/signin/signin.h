/*
 * What a person must have shown, and second factors: TOTP, security keys and passkeys; step-up before
 * what weighs; recovery by two. Sessions and what was shown in them are people/account.h's.
 */
#ifndef BANSHO_SIGNIN_SIGNIN_H
#define BANSHO_SIGNIN_SIGNIN_H

#include "people/account.h"

/*
 * Was something proven in the session within the parameter sign-in.step-up-minutes (0, or a pack that
 * doesn't know it: no step-up; then every session is fresh)? The dispatcher asks for rows with
 * PROOF_FRESH, handlers with visit_must_be_fresh().
 */
struct error *signin_is_fresh(struct look *look, const struct pack *pack,
			      const struct session *session, bool *is_fresh) MUST_USE;

#endif
