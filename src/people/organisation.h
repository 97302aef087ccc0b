/*
 * The organisation over time: what changes on a day, by whom it is followed, and who works for the body
 * without being of it. What people.h says of rights, days and of the journal holds here.
 *
 * Everything may be written ahead: what begins on April 1st begins at 0:00 of that day, with no process
 * running and nobody present, because every question is asked as of a day.
 */
#ifndef BANSHO_PEOPLE_ORGANISATION_H
#define BANSHO_PEOPLE_ORGANISATION_H

#include "people/people.h"

struct secondment_id {
	int64_t no;
};
struct firm_id {
	int64_t no;
};
struct engagement_id {
	int64_t no;
};
struct worker_id {
	int64_t no;
};

/* --- a unit changes on a day --- */

/*
 * From `from` on the unit is called, and stands, as said (code, name, parent, kind and rank; its days
 * stay). What it was before stays true of the days before. A later change that stands there already goes
 * on holding from its day. INVALID: "from" not after the unit's first day or after its last; else as
 * people_unit_add(). Right: people.edit.
 */
struct error *people_unit_change_from(struct act *act, const struct unit *unit, struct day from)
	MUST_USE;
/* Take the change of that day back: it then never was. MISSING when there is none. */
struct error *people_unit_change_withdraw(struct act *act, struct unit_id unit, struct day from)
	MUST_USE;

struct unit_form {
	struct day from; /* the first: the beginning of the unit */
	struct unit unit;
};
/* What it was, is and will be called, oldest first. */
struct error *people_unit_forms(struct look *look, struct unit_id unit, struct unit_form **forms,
				size_t *count) MUST_USE;

/* --- who follows --- */

/*
 * After its end the unit is followed by `successor` (no 0: by nobody): from the next day it stands below it,
 * so roles are looked up there and open dossiers, rows of ledgers and rights go there. Nothing is
 * rewritten: what was done stays with the unit that was. INVALID: the unit goes on; the successor is not there
 * on the next day, or below it. Right: people.edit.
 */
struct error *people_unit_succeed(struct act *act, struct unit_id unit, struct unit_id successor)
	MUST_USE;
/* The same for a post that ends. It says who takes over; roles are those of the successor itself. */
struct error *people_post_succeed(struct act *act, struct post_id post, struct post_id successor)
	MUST_USE;
/* Who answers on the day for what a post or unit left: itself while it lasts, else its successor, its
   successor's …; the last of them when nobody follows. */
struct error *people_unit_follow(struct look *look, struct unit_id unit, struct day day,
				 struct unit_id *now) MUST_USE;
struct error *people_post_follow(struct look *look, struct post_id post, struct day day,
				 struct post_id *now) MUST_USE;
/* The post carries these roles (as a whole) from a day on, today or later. INVALID as people_post_add(). */
struct error *people_post_roles_from(struct act *act, const struct pack *pack,
				     const struct post *post, struct day from) MUST_USE;
/* With its roles as of a day. */
struct error *people_post_on(struct look *look, struct post_id id, struct day day,
			     struct post *post) MUST_USE;

/* --- secondment (出向・派遣) --- */

enum secondment_way { SECONDMENT_OUT, SECONDMENT_IN };
const char *secondment_words(enum secondment_way way); /* 出向（他団体へ）, 出向受入れ */

struct secondment {
	struct secondment_id id;
	struct person_id person;
	enum secondment_way way;
	struct text other; /* the other body: 香川県総務部 */
	struct day since;  /* must be given */
	struct day until;
};
/*
 * Note that a person works for another body, or comes from one. Who is out holds what they are still
 * assigned to and no more: with no assignment they have their own account and nothing else. INVALID: no
 * name of the other body, no beginning, a secondment on the same days. Right: people.edit.
 */
struct error *people_secondment_add(struct act *act, const struct secondment *secondment,
				    struct secondment_id *id) MUST_USE;
/* One that has not begun may end before it begins: it then never was. DAY_NONE: open again. */
struct error *people_secondment_end(struct act *act, struct secondment_id id, struct day last)
	MUST_USE;
/* Of a person, newest first. */
struct error *people_secondments(struct look *look, struct person_id person,
				 struct secondment **list, size_t *count) MUST_USE;
/* On the day; *found false when there is none. */
struct error *people_secondment_on(struct look *look, struct person_id person, struct day day,
				   bool *found, struct secondment *secondment) MUST_USE;

#endif
