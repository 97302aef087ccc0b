/* What only the files of this room know. */
#ifndef BANSHO_SIGNIN_ROOMS_H
#define BANSHO_SIGNIN_ROOMS_H

#include "signin/signin.h"
#include "signin/signin_sql.h"

struct text about_factor(struct arena *into, struct factor_id id);
/* Note a fact about the person and a second thing (empty: none), with up to three pairs ended by name NULL. */
struct error *note_factor(struct act *act, const char *what, struct person_id person,
			  struct text other, const struct fact_pair *pairs) MUST_USE;

/* A living code of the person that was not used yet: *factor no 0 when it is none. Marks it used. */
struct error *totp_use(struct act *act, struct person_id person, struct text code,
		       struct factor_id *factor) MUST_USE;
/* Every living factor of the person ends; the caller notes it. */
struct error *factors_drop(struct act *act, struct person_id person, int64_t *count) MUST_USE;

#endif
