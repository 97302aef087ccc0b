/*
 * Evidence: what is in force, for every clause of the policy, at any time. A clause's state is
 * computed from the pack's evidence rules, never typed in. Two answers stand side by side: what the
 * machine saw, and what a person judged (with reason and end); where they disagree it is said.
 *
 * assure() computes how things stand in a snapshot. What they were on a past day is not computed but
 * read: assure_record() (history.h) writes every change of a state as an act, and assure_at() puts
 * that day's states together. finding.h: what is out of order and must be put right.
 */
#ifndef BANSHO_ASSURE_ASSURE_H
#define BANSHO_ASSURE_ASSURE_H

#include "access/access.h"
#include "enact/enact.h"
#include "flow/flow.h"
#include "journal/journal.h"
#include "ledger/ledger.h"
#include "people/people.h"
#include "policy/policy.h"

/* DESIGN §8. From the best to the worst; a clause with several rules has its worst rule's state. */
enum clause_state {
	STATE_ENFORCED,	 /* a control of Bansho's own enforces it, all of it */
	STATE_FULFILLED, /* records show it was done, and in time */
	STATE_JUDGED,	 /* judged not needed by a person, with reason, until a day */
	STATE_EXCEPTED,	 /* an exception is in force until a day */
	STATE_DUE,	 /* something must be done soon */
	STATE_CLAIMED,	 /* only claimed, or seen for a part (Bansho itself) only */
	STATE_LATE,	 /* something is late or out of order */
	STATE_MISSING,	 /* nothing shows it */
	STATE_COUNT,
};
const char *clause_state_name(enum clause_state state);	 /* "enforced" */
const char *clause_state_words(enum clause_state state); /* 仕組みで実施 (through say) */
bool clause_state_read(struct text name, enum clause_state *state);

/* One rule's answer. */
struct assured_rule {
	const struct pack_evidence *rule;
	enum clause_state state;
	struct text why;   /* a sentence with the figures it rests on */
	int64_t good, all; /* of so many, so many are in order; all 0: not countable */
	bool is_new;	   /* worked out for this call, not kept from an earlier one */
};

/* A decision a person recorded about a clause. */
struct judgement {
	int64_t id;
	struct text clause;
	struct person_id person;
	struct text person_name;
	struct text role;
	bool is_not_needed; /* else: fulfilled, by means Bansho does not see */
	struct text words;
	struct moment at;
	struct day until;
	bool is_valid; /* today */
};

/* A permit of an occasion with `exception` that bends the clause. */
struct exception_of {
	struct permit_id permit;
	struct text number; /* 令和8年度-0012-1 */
	struct day from, until;
	bool is_living;	 /* in force today */
	bool is_overrun; /* its day has passed and nobody closed it */
};

struct assured {
	const struct pack_clause *clause;
	enum clause_state machine; /* what the machine saw; MISSING without a rule */
	struct text machine_why;   /* holds no person's name */
	enum clause_state state;   /* shown: an exception in force, else the machine's, else a judgement's
				      where nothing is seen */
	struct text why;
	bool is_said; /* `why` is what a person said, and names them: to be shown, not to be kept */
	struct assured_rule *rules; /* none in what assure_at() reads */
	size_t rules_count;
	int64_t good, all; /* of the rule that decided */
	const struct judgement *judgement; /* the newest valid one, or NULL */
	const struct judgement *ran_out;   /* the newest one, when its day has passed */
	const struct exception_of *exceptions; /* in force or overrun, the longest first */
	size_t exceptions_count;
	bool is_disagreeing; /* a person judged it fulfilled while the machine sees it late */
	struct moment since; /* assure_at(): of the change to this state */
};

/* How a duty that is left to judgement (必要に応じて), or was judged anyway, stands. */
enum judging {
	JUDGING_NONE,	   /* not left to judgement, never judged */
	JUDGING_BY_DEED,   /* nobody judged; records show it is done, which answers it */
	JUDGING_VALID,
	JUDGING_ENDING,	   /* valid, and runs out within JUDGE_SOON_DAYS */
	JUDGING_RAN_OUT,   /* was judged; the day has passed, and nothing shows it */
	JUDGING_UNANSWERED, /* silence */
	JUDGING_COUNT,
};
enum { JUDGE_SOON_DAYS = 30 };
enum judging assured_judging(const struct assured *assured, struct day today);
const char *judging_words(enum judging judging); /* 未回答 */

struct assurance {
	struct assured *clauses; /* duties, in the document's order */
	size_t count;
	int64_t of[STATE_COUNT]; /* how many in each state */
	struct moment at;
	int64_t size;	      /* entries of the journal it rests on */
	bool is_proved;	      /* the journal's newest checkpoint covers what it should */
};

/*
 * Everything, computed now. `sealing` as for journal_state(). Answers of rules are kept with the store
 * and worked out again only when an entry named a row of a table they read, or when time alone may
 * have changed them (kept.c); in an act everything is worked out.
 */
struct error *assure(struct look *look, const struct flow *flow, struct sealing *sealing,
		     struct assurance *assurance) MUST_USE;
/* The same, believing nothing that was kept: for tests and benches. */
struct error *assure_afresh(struct look *look, const struct flow *flow, struct sealing *sealing,
			    struct assurance *assurance) MUST_USE;

/* ---- Rings: how far a chapter is ---- */

enum ring {
	RING_DEFINED, /* 定めた: somebody must, and how it is shown is written down, with what that needs */
	RING_DONE,    /* 実施した: it is done, and in time */
	RING_PROVED,  /* 証明できる: records prove it, and the journal they stand in is signed */
	RING_COUNT,
};
bool assured_in_ring(const struct assurance *assurance, const struct assured *assured, enum ring ring);
const char *assure_ring_name(enum ring ring);	   /* "defined" */
const char *assure_ring_words(enum ring ring);	   /* 定めた */
const char *assure_ring_formula(enum ring ring);  /* the sentence that says what is counted */
bool assure_ring_read(struct text name, enum ring *ring);
/* What keeps the clause from being 定めた: 「期限の値」; empty when it is. */
struct text clause_undefined(struct arena *into, const struct pack_clause *clause);

/* One object for machines: at, clauses (awaits, clause, good, machine, of, state, why …), rings, states. */
struct assure_then;
struct text assurance_json(struct arena *into, const struct assurance *assurance,
			   const struct assure_then *then);

enum { JUDGE_MOST_WORDS = 2000, JUDGE_MOST_DAYS = 366 };

/*
 * Record a judgement. By a holder of the clause's actor role or one above it (checked here): not
 * needed only for clauses that leave it to judgement. Words are required; until at most a year.
 */
struct error *assure_judge(struct act *act, const struct pack *pack, struct text clause,
			   bool is_not_needed, struct text words, struct day until) MUST_USE;
/* May the person judge this clause today? */
struct error *assure_may_judge(struct look *look, const struct pack *pack,
			       const struct pack_clause *clause, struct person_id person,
			       const struct pack_role **as, bool *may) MUST_USE;
/* Clauses with valid judgements today: what a new version of the policy may touch (enact.h). */
struct error *assure_judged(struct look *look, struct enact_judged **list, size_t *count) MUST_USE;
/* All judgements of a clause, newest first. */
struct error *assure_judgements(struct look *look, struct text clause, struct judgement **list,
				size_t *count) MUST_USE;

#endif
