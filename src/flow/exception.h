/*
 * Exceptions (例外措置): permits that bend other rules, visibly and for a time.
 *
 * An occasion with `exception` makes its permit one. The rules bent, the measure taken instead, from
 * and until stand in a register that never forgets: when the permit has run out (or was revoked) the
 * exception stays there as "run out, not closed" until somebody says what was done. An emergency
 * exception is in force from the moment it happened, without permission; where nobody stated an end it
 * has the pack's, and says so. Its dossier is complete when the exception is closed.
 *
 * Who may: close: the applicant, colleagues of the applicant's unit, and who may look at it. Look at it:
 * whoever holds today a role that decided on it or was told of it, a role above one of those, or the
 * role that extends it (Takamatsu 8.4.3: the register's keeper).
 *
 * Journal: "permit.issue" of an exception names the duties bent (pair `bends`), "exception.review" and
 * "exception.close" are about permit:N and dossier:N, with the duties bent among their clauses.
 */
#ifndef BANSHO_FLOW_EXCEPTION_H
#define BANSHO_FLOW_EXCEPTION_H

#include "flow/permit.h"

enum exception_state {
	EXCEPTION_LIVING,  /* in force, or not begun yet */
	EXCEPTION_RUN_OUT, /* over, and nobody has said what was done */
	EXCEPTION_CLOSED,
};
const char *exception_state_words(enum exception_state state); /* 期限切れ・未終了 */

/* Somebody has looked whether it still has to be. */
struct flow_review {
	struct day day;
	struct person_id by;
	struct text by_name;
	struct text role; /* code, in which they looked */
	struct text words;
	struct moment at;
};

struct flow_exception {
	struct permit_id permit;
	struct text number; /* of the permit */
	struct dossier_id dossier;
	int64_t change; /* of the dossier: for the acts */
	const struct pack_occasion *occasion; /* NULL when the pack no longer has it */
	struct text *clauses; /* ids of the duties bent, as they were called then */
	size_t clauses_count;
	struct text measure; /* done instead; empty: not asked */
	struct day from, until;
	bool is_emergency;
	bool is_default_end; /* nobody stated an end */
	enum exception_state state;
	enum permit_state permit_state;
	struct person_id applicant;
	struct text applicant_name;
	struct unit_id unit;
	struct text unit_name;
	struct moment issued;
	struct moment reviewed; /* last; ms 0: never */
	struct flow_review *reviews; /* oldest first */
	size_t reviews_count;
	struct moment closed; /* ms 0: not */
	struct person_id closed_by; /* who closed it, filled in its result sheet, or gave it up unused */
	struct text closed_name;
	struct text result; /* what was done; empty: the dossier's result sheet says it */
};

/* MISSING when the permit is no exception. Who may see the dossier may see it. */
struct error *flow_exception_read(struct look *look, const struct flow *flow,
				  struct permit_id permit, struct flow_exception *exception)
	MUST_USE;

struct flow_exceptions_query {
	bool has_state;
	enum exception_state state;
	const struct pack_clause *clause; /* bends it or a duty below it; NULL: any */
	struct permit_id before;	  /* of the page before, no 0: the newest */
};
/* The register, newest first, at most `most` (<= FLOW_MOST_PAGE; 0: FLOW_PAGE); *next.no 0 at the end. */
struct error *flow_exceptions(struct look *look, const struct flow *flow,
			      const struct flow_exceptions_query *query, size_t most,
			      struct flow_exception **list, size_t *count, struct permit_id *next)
	MUST_USE;

enum { FLOW_MOST_BENDS = 1000 };

/* Where a rule is bent on a day: short, for every page that shows a rule. */
struct flow_bend {
	struct text clause; /* id of the duty */
	struct permit_id permit;
	struct text number;
	struct dossier_id dossier;
	struct text measure;
	struct day from, until;
	bool is_emergency, is_default_end;
};
/*
 * What bends `clause` (or a duty below it; NULL: any) on the day, oldest first. A permit that was
 * revoked or closed early bends until that day.
 */
struct error *flow_bends(struct look *look, const struct flow *flow,
			 const struct pack_clause *clause, struct day day, struct flow_bend **list,
			 size_t *count) MUST_USE;

/* Figures for the clauses' evidence. */
struct flow_exception_figures {
	int64_t living, run_out, closed;
	int64_t unreviewed; /* not closed, and neither begun nor looked at since */
	struct moment last; /* newest issued, ms 0: none ever */
};
struct error *flow_exception_figures(struct look *look, struct moment since,
				     struct flow_exception_figures *figures) MUST_USE;

/*
 * Close it with what was done ("exception.close"): `result` is required. A permit that was still
 * valid ends with it. CONFLICT when it is closed already, or something is out under it.
 */
struct error *flow_exception_close(struct act *act, const struct flow *flow,
				   struct permit_id permit, int64_t change, struct text result)
	MUST_USE;
/*
 * Looked at, on `day` (today or before, not before it began), with words: whether it must go on
 * ("exception.review"). Whoever asked for it is told.
 */
struct error *flow_exception_review(struct act *act, const struct flow *flow,
				    struct permit_id permit, int64_t change, struct day day,
				    struct text words) MUST_USE;

#endif
