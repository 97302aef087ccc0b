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

/* --- firms, engagements, workers (委託先, 委託・再委託, 従事者) --- */

/*
 * Who is employed as 派遣 or 委託先の従事者 (employment_is_outside()) is covered on a day when they are a
 * worker of an engagement then: they have pledged secrecy, the engagement was agreed to by the body, and so
 * was every one above it. Nobody uncovered gets a post or an account, and what they have ends with the
 * cover: an engagement cut short ends, from the next day, those below it, its workers and their posts.
 */
struct firm {
	struct firm_id id;
	struct text code; /* 業者コード; unique */
	struct text name;
	struct text contact; /* desk and telephone; may be empty */
	struct day until;    /* no longer used after it; DAY_NONE */
	/* Read only, in people_firms(): on the day asked for */
	int64_t engagements;
	int64_t workers;
};
/* INVALID: no code or name, a code in use; an end while engagements go on. Right: people.edit. */
struct error *people_firm_add(struct act *act, const struct firm *firm, struct firm_id *id) MUST_USE;
struct error *people_firm_change(struct act *act, const struct firm *firm) MUST_USE;
struct error *people_firm(struct look *look, struct firm_id id, struct firm *firm) MUST_USE;
struct error *people_firm_by_code(struct look *look, struct text code, bool *found,
				  struct firm_id *id) MUST_USE;
/* By name: those engaged on the day or later, and new ones; all of them when asked. */
struct error *people_firms(struct look *look, struct day day, bool with_ended, struct firm **list,
			   size_t *count) MUST_USE;

struct engagement {
	struct engagement_id id;
	struct firm_id firm;
	struct engagement_id above; /* 再委託: of whom; no 0: the body's own contract */
	struct unit_id unit;	    /* that answers for it; below a contract that contract's */
	struct text work;	    /* 住民記録システムの運用保守 */
	struct text basis;	    /* number of the contract, or of the permit that consents */
	struct day agreed;	    /* when the body signed or consented: not after `since` */
	struct day since;
	struct day until; /* both must be given */
	/* Read only: */
	struct text firm_name;
	struct text unit_name;
	struct text above_name; /* of the firm above */
};
/* INVALID: something missing; agreed after the beginning; days beyond those of the one above; a firm that
   is in the chain already. Right: people.edit. */
struct error *people_engagement_add(struct act *act, const struct engagement *engagement,
				    struct engagement_id *id) MUST_USE;
/* Until another day: earlier ends what hangs on it, later only prolongs itself (within the one above). */
struct error *people_engagement_until(struct act *act, struct engagement_id id, struct day until)
	MUST_USE;
struct error *people_engagement(struct look *look, struct engagement_id id,
				struct engagement *engagement) MUST_USE;
/* Of a firm (no 0: all), of a unit and those below (no 0: all), on a day (DAY_NONE: any). */
struct error *people_engagements(struct look *look, struct firm_id firm, struct unit_id unit,
				 struct day day, struct engagement **list, size_t *count) MUST_USE;
/* The contract first, down to this one. */
struct error *people_engagement_chain(struct look *look, struct engagement_id id,
				      struct engagement **chain, size_t *count) MUST_USE;

struct worker {
	struct worker_id id;
	struct person_id person;
	struct engagement_id engagement;
	struct day pledged; /* when they signed the pledge of secrecy: not after `since` */
	struct day since;
	struct day until; /* both must be given */
	/* Read only: */
	struct text person_name;
	struct text number;
	struct firm_id firm;
	struct text firm_name;
	struct text work;
	struct text basis;
};
/* INVALID: a person who is not of a firm; no pledge, or one after the beginning; days beyond the
   engagement's. The person's last day of service follows. Right: people.edit. */
struct error *people_worker_add(struct act *act, const struct worker *worker, struct worker_id *id)
	MUST_USE;
/* Ends their posts as well, from the next day, where nothing else covers them. */
struct error *people_worker_end(struct act *act, struct worker_id id, struct day last) MUST_USE;
/* Of a person, an engagement, a firm (no 0: any); latest first. */
struct error *people_workers(struct look *look, struct person_id person,
			     struct engagement_id engagement, struct firm_id firm,
			     struct worker **list, size_t *count) MUST_USE;
struct error *people_worker(struct look *look, struct worker_id id, struct worker *worker) MUST_USE;
/* The last day without a gap from `day` on; *covered false when not even that day is. */
struct error *people_worker_covered(struct look *look, struct person_id person, struct day day,
				    bool *covered, struct day *last) MUST_USE;

#endif
