/*
 * Permits consulted (許可証の照会): what a machine asks before it lets something pass. The gate, the
 * firewall, sign-in and the server room stand on this and on nothing else of flow. docs/permits.md is
 * the same for who writes such a machine.
 *
 * Pure looking: nothing is counted, reminded or changed by asking. The answer is worked out from the
 * rows as last committed and from the moment asked about, so a permit that has run out is expired at
 * the end of its last day (JST) whether or not the clock program has run.
 */
#ifndef BANSHO_FLOW_CONSULT_H
#define BANSHO_FLOW_CONSULT_H

#include "flow/flow.h"

enum {
	CONSULT_MOST_PAIRS = 8,	   /* scope values of a question */
	CONSULT_MOST_VALUE = 256,  /* bytes of one text of a question */
	CONSULT_MOST_LINE = 4096,  /* bytes of a question on the wire, without its line end */
	CONSULT_MOST_REPLY = 64 << 10,
	CONSULT_VERSION = 1,
};

enum consulted {
	CONSULTED_VALID,
	CONSULTED_NOT_YET, /* issued or beginning later */
	CONSULTED_EXPIRED, /* over: its time, its use, or its holder's service */
	CONSULTED_REVOKED, /* taken back by whoever may */
	CONSULTED_NONE,	   /* nothing that covers what was asked */
};

/* Why; more exact than the state. Only VALID ones let pass. */
enum consult_because {
	BECAUSE_IN_FORCE,   /* valid */
	BECAUSE_OUT,	    /* valid: something is out under it */
	BECAUSE_NOT_ISSUED, /* not-yet: issued after the moment asked about */
	BECAUSE_NOT_BEGUN,  /* not-yet: its first day is still to come */
	BECAUSE_ENDED,	    /* expired: its last day has passed */
	BECAUSE_USED_UP,    /* expired: what it was for is complete */
	BECAUSE_GIVEN_UP,   /* expired: the applicant gave it up unused */
	BECAUSE_HOLDER_LEFT, /* expired: whom it lets pass no longer serves the body */
	BECAUSE_REVOKED,    /* revoked */
	BECAUSE_NO_PERMIT,  /* none: there is none, or nobody of that name */
	BECAUSE_OTHER,	    /* none: the permit named is for another occasion, holder or scope */
};

struct consult_pair {
	struct text name, value;
};

/*
 * What is asked. At least one of permit, person and pairs must be given; every part given must be met
 * by one and the same permit.
 */
struct consult_question {
	struct text permit;   /* its number; empty: any */
	struct text occasion; /* its code; empty: any */
	/*
	 * Whom it is to let pass: a staff number, else a login name; "number:…", "login:…" and "id:…"
	 * leave no doubt. Empty: anybody.
	 */
	struct text person;
	struct consult_pair pairs[CONSULT_MOST_PAIRS]; /* each must be in the permit's scope */
	size_t pairs_count;
	struct moment at; /* ms 0: now */
};

struct consult_answer {
	enum consulted state;
	enum consult_because because;
	struct moment at;    /* the moment asked about */
	struct permit_id id; /* no 0: none; then nothing below is given */
	struct text number;
	struct text occasion;
	const struct pack_occasion *of; /* NULL: the policy in force no longer has it */
	struct day from, until;	       /* both included */
	struct text conditions;
	struct text holder; /* staff number; never a name */
	struct consult_pair *scope; /* as written in the permit */
	size_t scope_count;
	struct text *unchecked; /* names in the scope that the question did not name */
	size_t unchecked_count;
	int64_t entry; /* the journal's newest entry about the permit; 0: none */
};

/*
 * INVALID when the question names nothing to look for, or is too long. Several permits may meet it:
 * a valid one is answered if there is one (the longest), else one still to come (the soonest), else
 * the one that ended last. Values are compared by consult_same().
 */
struct error *flow_consult(struct look *look, const struct flow *flow,
			   const struct consult_question *question, struct consult_answer *answer)
	MUST_USE;

const char *consulted_name(enum consulted state);	      /* "not-yet" */
const char *consult_because_name(enum consult_because because); /* "not-begun" */
/* In the thread's language. */
struct text consult_reason(struct arena *into, const struct consult_answer *answer);

/*
 * Two values that mean the same device: width, case and separators (space - : . / _ and their
 * look-alikes) do not matter. Where both are separated they must be so at the same places, so that
 * 10.0.0.1 is not 100.0.1; but twelve hexadecimal digits are a MAC address however they are grouped.
 */
bool consult_same(struct arena *arena, struct text a, struct text b);
/* What is the same for all values that consult_same() may find equal: for an index. */
struct text consult_fold(struct arena *into, struct text value);

/* ---- Lists ---- */

struct consult_line {
	struct permit_id id;
	struct text number, occasion;
	enum consulted state;
	enum consult_because because;
	struct day from, until;
	struct text holder; /* staff number */
};
/* Permits by number of issue, newest first; is_living: only those that let pass now or later. */
struct error *flow_consult_list(struct look *look, struct text occasion, bool is_living,
				struct permit_id before, size_t most, struct consult_line **lines,
				size_t *count) MUST_USE;

/* ---- On the wire: one JSON object per line (docs/permits.md) ---- */

/* `id` is what the asker calls the question, given back with the answer; may be empty. */
struct error *consult_read(struct arena *into, struct text line, struct consult_question *question,
			   struct text *id) MUST_USE;
struct text consult_write(struct arena *into, struct text id, const struct consult_answer *answer);
struct text consult_write_error(struct arena *into, struct text id, const struct error *error);
struct text consult_write_question(struct arena *into, const struct consult_question *question);
/*
 * The whole of it: a line in, a line (with its line end) out. Never fails: what cannot be answered is
 * an answer "error", which no asker may take for valid.
 */
struct text consult_reply(struct look *look, const struct flow *flow, struct text line);

#endif
