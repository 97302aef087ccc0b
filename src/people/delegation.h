/*
 * Standing delegation (委任): what the pack's delegations.yaml allows, given by the holder of a role and
 * exercised (専決) by whoever holds the other. It hangs on the giving post: it goes on when another
 * person takes the post, sleeps while nobody holds it, and is over when the post no longer carries the
 * role, so that nobody ever exercises what the giver does not hold. It cannot be given on: a power
 * received is none of the receiving role's own, and the loader lets a role give only its own.
 */
#ifndef BANSHO_PEOPLE_DELEGATION_H
#define BANSHO_PEOPLE_DELEGATION_H

#include "people/people.h"

struct delegation {
	struct delegation_id id;
	struct text code;	   /* of the pack */
	struct post_id post;	   /* that gives; no 0 when giving: the actor's first that may */
	struct person_id given_by;
	struct day since;
	struct day until; /* must be given */
	struct text reason;
	/* Read only: */
	const struct pack_delegation *of; /* NULL when the pack in force has it no more */
	struct text post_name, unit_name, given_by_name;
	bool is_held; /* today somebody holds the post, and it carries the role */
};

/*
 * Give it, from today or later. Checks itself: the actor holds the giving role in their own right
 * today, not as somebody's deputy (REFUSED). INVALID: a code the pack does not have ("code"), days in
 * the past, no end, longer than the pack allows, no reason. CONFLICT: it runs already from that post.
 * The holders of the receiving role are told.
 */
struct error *people_delegation_give(struct act *act, const struct pack *pack,
				     const struct delegation *delegation, struct delegation_id *id)
	MUST_USE;
/* Take it back: by who holds the giving post today. `last` may be yesterday: at once. */
struct error *people_delegation_end(struct act *act, const struct pack *pack,
				    struct delegation_id id, struct day last) MUST_USE;
/* Not yet over on the day, oldest first. */
struct error *people_delegations(struct look *look, const struct pack *pack, struct day day,
				 struct delegation **list, size_t *count) MUST_USE;
/* MISSING when there is none. */
struct error *people_delegation(struct look *look, const struct pack *pack,
				struct delegation_id id, struct delegation *delegation) MUST_USE;
/* Which of the pack's the person may give today, with the post they would give it from. */
struct error *people_delegations_givable(struct look *look, const struct pack *pack,
					 struct person_id person, struct delegation **list,
					 size_t *count) MUST_USE;

/*
 * Who may exercise a delegation for `unit` on the day: holders of the receiving role and their deputies,
 * without those in conflict with `except` (conflict.h). None when nobody has given it, it sleeps, or the
 * giver is `except`. Nobody above the receiving role is asked: then the giver decides.
 */
struct error *people_delegates(struct look *look, const struct pack_delegation *of,
			       struct unit_id unit, struct day day, struct person_id except,
			       struct decider **list, size_t *count) MUST_USE;

#endif
