/*
 * Conflicts of interest: who may not decide although they hold the role, and why. The one place:
 * people_deciders() and people_delegates() leave out whom conflict_of_decider() finds, and every act
 * that judges somebody's matter asks people_must_be_free() and refuses with its words.
 */
#ifndef BANSHO_PEOPLE_CONFLICT_H
#define BANSHO_PEOPLE_CONFLICT_H

#include "people/people.h"

enum conflict {
	CONFLICT_NONE,
	CONFLICT_OWN,	   /* it is their own matter */
	CONFLICT_STAND_IN, /* they would act in the place of the one whose matter it is */
	CONFLICT_NAMED,	   /* it was asked by whom they named as their own deputy */
	CONFLICT_GIVER,	   /* they would act by delegation of the one whose matter it is */
};

/* What is being decided, for the words of the refusal. */
enum matter {
	MATTER_REQUEST,	   /* an application or report */
	MATTER_EXCEPTION,  /* an exception to the rules: permitting, extending, looking at it */
	MATTER_FINDING,	   /* a finding that rests on what they did */
	MATTER_JUDGEMENT,  /* judging a duty that is theirs and is late */
	MATTER_AUDIT,	   /* auditing what they run */
	MATTER_RIGHTS,	   /* rights and data of their own: grants, erasure, recovery */
};

/*
 * May `decider` (a holder, or a deputy in the place of deputy_for) decide what `whose` asked, on the
 * day? `whose` no 0: nobody's. A deputy named for another post is no conflict.
 */
struct error *conflict_of_decider(struct look *look, const struct decider *decider,
				  struct person_id whose, struct day day, enum conflict *conflict)
	MUST_USE;

/* In one sentence: why that is refused, and who does it instead. */
const char *conflict_words(enum conflict conflict, enum matter matter);

/* REFUSED with the words when `person` is `whose`; persons of no 0 are never the same. */
struct error *people_must_be_free(struct person_id person, struct person_id whose,
				  enum matter matter) MUST_USE;

#endif
