/*
 * Privileged windows: what a privileged grant (operator, people) or a role the pack marks `privileged`
 * lets a person change counts only within a time they opened for it, with a reason, in that session.
 * It is seen on every page, ends by itself, and every one of them stays on record for auditors. Reading
 * needs none. Programs and the command line act without: who runs them is root's matter.
 *
 * The dispatcher asks; rights_need_window() says for which rights (people.h).
 */
#ifndef BANSHO_PEOPLE_WINDOW_H
#define BANSHO_PEOPLE_WINDOW_H

#include "people/people.h"

struct window_id {
	int64_t no;
};

struct window {
	struct window_id id;
	struct person_id person;
	struct session_id session;
	struct text reason;
	struct moment opened;
	struct moment until; /* ends by itself then */
	struct moment ended; /* ms 0: by itself, or not yet */
	struct text name;    /* of the person */
};

enum { WINDOW_MOST_WORDS = 200 };

/* The longest a window may be: parameter privileged.window-minutes. 0: windows are off, rights count at
   once. */
struct error *people_window_minutes(struct look *look, const struct pack *pack, int64_t *minutes)
	MUST_USE;

struct window_ask {
	struct session_id session;
	int64_t minutes; /* 1 to people_window_minutes() */
	struct text reason;
};
/*
 * Open one for the actor's session ("people.window_open"); one that runs in it is replaced. REFUSED when
 * none of the actor's rights needs one, or windows are off. INVALID: "minutes", "reason".
 */
struct error *people_window_open(struct act *act, const struct pack *pack,
				 const struct window_ask *ask, struct window_id *id) MUST_USE;
/* End what runs in the actor's session ("people.window_end"). CONFLICT when nothing does. */
struct error *people_window_end(struct act *act, struct session_id session) MUST_USE;
/* What runs in the session at this moment. */
struct error *people_window_of(struct look *look, struct session_id session, bool *found,
			       struct window *window) MUST_USE;
/* Newest first; person no 0: everybody's (right: journal.read); `before` (no 0: the newest) pages. */
struct error *people_windows(struct look *look, struct person_id person, struct window_id before,
			     size_t most, struct window **list, size_t *count) MUST_USE;

#endif
