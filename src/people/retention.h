/*
 * Keeping personal data no longer than the pack says (retention.yaml): what is kept about a person, until
 * when, and whose time has passed. Bansho proposes; a person decides: erases (flow_person_erase()), or puts
 * it off with a reason. Where the pack says nothing, nothing is proposed.
 */
#ifndef BANSHO_PEOPLE_RETENTION_H
#define BANSHO_PEOPLE_RETENTION_H

#include "people/people.h"

/* Counted for the person's own page; what is listed elsewhere is not read here. */
struct person_kept {
	int64_t sessions;	/* ever, with from where and with what */
	struct moment first_session; /* ms 0: none */
	int64_t windows;	/* privileged windows, with their reasons */
	int64_t notices;
	struct moment first_notice;
	int64_t mails; /* written to them, not yet sent: sent ones are emptied */
	int64_t deputies, delegations, grants, assignments;
};
struct error *people_kept(struct look *look, struct person_id person, struct person_kept *kept)
	MUST_USE;

/* How many days the pack keeps that kind; 0: it says nothing. */
struct error *people_retention_days(struct look *look, const struct pack *pack, enum retained kind,
				    int64_t *days) MUST_USE;

struct due_person {
	struct person_id person;
	struct text name, number;
	struct day left; /* last day of service */
	struct day due;	 /* since when the data need no more be kept */
	struct moment proposed; /* ms 0: not yet */
	struct day held_until;	/* DAY_NONE: not put off */
	struct person_id held_by;
	struct text held_by_name;
	struct text reason; /* why it was put off */
};
enum { RETENTION_MOST = 500 };
/*
 * Whose data is due for erasure today, longest due first, at most RETENTION_MOST; with those put off to a
 * later day when asked. None where the pack says nothing. Right: people.edit.
 */
struct error *people_retention_due(struct look *look, const struct pack *pack, bool with_held,
				   struct due_person **list, size_t *count) MUST_USE;
/* Propose it: an entry "people.erase_propose", and a notice to everybody with grant operator or people. Once
   per person; after it was put off, again. For the clock. */
struct error *people_erase_propose(struct act *act, const struct due_person *due) MUST_USE;
/*
 * Put it off ("people.erase_hold"): `until` later than today and within ten years, with a reason.
 * CONFLICT unless it is due. Right: people.edit.
 */
struct error *people_erase_hold(struct act *act, const struct pack *pack, struct person_id person,
				struct day until, struct text reason) MUST_USE;

/* Somebody took out all that is kept about a person ("people.disclose"): noted, so that the person sees it. */
struct error *people_disclosed(struct act *act, struct person_id person) MUST_USE;

#endif
