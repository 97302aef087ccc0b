/*
 * Evidence: what is in force, for every clause of the policy, at any time. A clause's state is
 * computed from the pack's evidence rules, never typed in. Two answers stand side by side: what the
 * machine saw, and what a person judged (with reason and end); where they disagree it is said.
 */
#ifndef BANSHO_ASSURE_ASSURE_H
#define BANSHO_ASSURE_ASSURE_H

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

struct assured {
	const struct pack_clause *clause;
	enum clause_state machine; /* what the machine saw; MISSING without a rule */
	enum clause_state state;   /* shown: the machine's, or a valid judgement's where nothing is seen */
	struct text why;
	struct assured_rule *rules;
	size_t rules_count;
	const struct judgement *judgement; /* the newest valid one, or NULL */
	bool is_disagreeing; /* a person judged it fulfilled while the machine sees it late */
};

struct assurance {
	struct assured *clauses; /* duties, in the document's order */
	size_t count;
	int64_t of[STATE_COUNT]; /* how many in each state */
	struct moment at;
};

/* Everything, computed now: about 10 ms for 413 clauses. `sealing` as for journal_state(). */
struct error *assure(struct look *look, const struct flow *flow, struct sealing *sealing,
		     struct assurance *assurance) MUST_USE;
/* As JSON: a list of {clause, state, why}. */
struct text assurance_json(struct arena *into, const struct assurance *assurance);

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
