/*
 * The states of clauses as they were. assure_record() compares how things stand with what was written
 * down last and writes every change as an act: entries "assure.state" about clause:ID, findings opened
 * and ended, and "assure.round" about assure, at least one a day. So any past day can be read back, and
 * every state of it is an entry of the journal. Nothing is known of days before the first round.
 */
#ifndef BANSHO_ASSURE_HISTORY_H
#define BANSHO_ASSURE_HISTORY_H

#include "assure/finding.h"

struct assure_recorded {
	bool is_done; /* false: nothing had changed and the day had its round already */
	int64_t changed, opened, ended, reminded;
};
/*
 * Look at everything and write down what changed (bansho-clock, as often as it likes; the demonstration).
 * One act at most. Nothing happens, and that is success, when another program did the same meanwhile.
 */
struct error *assure_record(struct store *store, struct arena *arena, const struct flow *flow,
			    struct sealing *sealing, const struct actor *actor,
			    struct assure_recorded *done) MUST_USE;

struct assure_then {
	bool found;	     /* the day, or one before it, has a round */
	struct moment at;    /* of that round */
	int64_t entry;	     /* in the journal, that closed it; -1: not found there */
	struct moment first; /* of the first round ever; ms 0: there is none */
};
/*
 * All clauses of `pack` as they stood at the end of the day (JST). Clauses that had no state then are
 * MISSING and say so. Not found: *assurance holds no clause.
 */
struct error *assure_at(struct look *look, const struct pack *pack, struct day day,
			struct assurance *assurance, struct assure_then *then) MUST_USE;

struct assure_change {
	struct moment at;
	bool is_first; /* the first state ever written down */
	enum clause_state before, state, machine;
	bool is_disagreeing;
	struct text why;
	int64_t good, all;
	int64_t entry; /* in the journal; -1: not found */
};
enum { CHANGES_MOST = 200 };
/* How the clause's state changed, newest first, at most CHANGES_MOST. */
struct error *assure_changes(struct look *look, struct text clause, struct assure_change **list,
			     size_t *count) MUST_USE;
/* The state at the end of that day; false: none was written down before it ended. */
bool assure_state_at(const struct assure_change *list, size_t count, struct day day,
		     enum clause_state *state);

#endif
