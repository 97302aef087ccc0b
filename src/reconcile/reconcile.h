/*
 * Reconciliations (突き合わせ): two sets that must agree (policy/reconcile.h), held against each other, and what
 * comes of it. Each difference has its day and, until a later run no longer finds it, stays to be seen: put
 * right, or explained until a day by who answers for the reconciliation. Room assure makes one finding of the
 * differences of a reconciliation; it ends by itself with the last of them.
 *
 * A set is read from what Bansho holds (reconcile/sources.c: one reader for each named source) or is a list
 * handed in. Both are kept beside the store as CSV, as they were held against each other, under their
 * SHA-256; the run's entry names both digests and that of the result. So an outsider with the two files and
 * the pack recomputes it without our server (bansho reconcile; docs/reconciliations.md).
 *
 * Rights: running, handing in and explaining belong to who decides in the owner's role (checked here), or to
 * the clock. Reading is the dispatcher's to check: sets hold rows of every unit.
 *
 * Journal: "reconcile.list", "reconcile.run" about reconciliation:CODE; "reconcile.explain" about
 * difference:N and reconciliation:CODE; "reconcile.remind", "reconcile.escalate" about reconciliation:CODE.
 * Nothing of what stands in the sets is in the journal.
 */
#ifndef BANSHO_RECONCILE_RECONCILE_H
#define BANSHO_RECONCILE_RECONCILE_H

#include "flow/flow.h"
#include "ledger/ledger.h"
#include "people/people.h"
#include "policy/policy.h"
#include "reconcile/match.h"
#include "store/store.h"

struct difference_id {
	int64_t no;
};
struct run_id {
	int64_t no;
};

enum {
	RECONCILE_MOST_KEPT = 5000,  /* differences of a reconciliation that are followed one by one */
	RECONCILE_MOST_WORDS = 2000, /* characters of an explanation */
	RECONCILE_MOST_UNTIL = 366,  /* days an explanation may hold */
	RECONCILE_MOST_LISTED = 1000,
	RECONCILE_LEAD_DAYS = 14,    /* told so many days before it is to be run again */
	RECONCILE_ESCALATE_DAYS = 7,
	RECONCILE_MEMORY = 1 << 30,  /* an arena for reconcile_prepare() may be given so much */
};

const char *reconcile_side_name(enum pack_side side); /* "left" */
bool reconcile_side_read(struct text name, enum pack_side *side);
/* "difference:12", "reconciliation:software-found" */
struct text difference_about(struct arena *into, struct difference_id id);
struct text reconcile_about(struct arena *into, struct text code);

/* ---- Reading ---- */

/* A list handed in; id 0: none yet. */
struct reconcile_list {
	int64_t id;
	struct moment at;
	struct person_id person;
	struct text person_name;
	struct text name, encoding; /* of the file */
	int64_t rows;
	struct hash digest; /* as it is kept */
	struct hash source; /* of the file as it was handed in */
};

struct reconcile_run {
	struct run_id id;
	struct text code;
	struct moment at, seen; /* entered; of the snapshot that was read */
	struct person_id person; /* no 0: the clock */
	struct text person_name;
	struct hash digests[SIDES];
	struct hash result;
	int64_t lists[SIDES]; /* handed in; 0: read from what Bansho holds */
	int64_t waits[SIDES];
	int64_t rows[SIDES];
	int64_t matched, waiting;
	int64_t alone[SIDES], differing;
	int64_t unclear; /* the same key twice, or none */
	int64_t differences; /* all of these */
	int64_t added, gone; /* against the run before */
};

enum difference_state {
	DIFFERENCE_OPEN,
	DIFFERENCE_LATE,      /* open and past its day */
	DIFFERENCE_EXPLAINED, /* may stay until a day that has not passed */
	DIFFERENCE_GONE,      /* the newest run no longer finds it */
	DIFFERENCE_STATES,
};
const char *difference_state_words(enum difference_state state); /* 期限を過ぎた (through say) */

struct difference {
	struct difference_id id;
	struct text code;
	enum difference_kind kind;
	enum difference_state state; /* today */
	struct text key, title;
	struct text fails; /* reconcile_fails() */
	struct text row[SIDES]; /* difference_row(); empty: none */
	int64_t rows[SIDES];
	struct run_id first, end; /* end no 0: still there */
	struct moment opened, ended;
	struct day due;
	struct text words; /* of the explanation; empty: none */
	struct day until;
	struct moment explained;
	struct person_id person;
	struct text person_name;
	int64_t change;
};

/* How a reconciliation stands today. */
struct reconcile_stand {
	const struct pack_reconcile *of;
	struct reconcile_list lists[SIDES];
	bool has_run;
	struct reconcile_run run; /* the newest */
	bool is_empty;	/* the newest run had nothing to hold against anything */
	int64_t open, late, explained; /* differences; late ones are open too */
	int64_t every;		       /* days; 0: run when wanted */
	struct day next;	       /* to be run again by then; DAY_NONE: no day, or never run */
	bool is_overdue;
	bool has_newer_list; /* handed in after the newest run */
};
struct error *reconcile_stand(struct look *look, const struct pack *pack,
			      const struct pack_reconcile *of, struct reconcile_stand *stand) MUST_USE;

/* Newest first, at most `most`. */
struct error *reconcile_runs(struct look *look, struct text code, size_t most,
			     struct reconcile_run **list, size_t *count) MUST_USE;
/* MISSING when there is none, or it is of another reconciliation. */
struct error *reconcile_run_read(struct look *look, struct text code, struct run_id id,
				 struct reconcile_run *run) MUST_USE;
struct error *reconcile_list_read(struct look *look, struct text code, int64_t id,
				  struct reconcile_list *list) MUST_USE;

struct difference_query {
	struct text code;
	bool is_there_only; /* not gone */
	struct run_id run;  /* no 0: any; else those first found or no longer found by it */
};
/* Late first, then open, explained, gone; at most `most` (<= RECONCILE_MOST_KEPT). */
struct error *reconcile_differences(struct look *look, const struct difference_query *query, size_t most,
				    struct difference **list, size_t *count) MUST_USE;
struct error *reconcile_difference(struct look *look, struct difference_id id,
				   struct difference *difference) MUST_USE;
/* The row of a side column by column, as kept. */
struct error *difference_row(struct arena *into, const struct difference *difference,
			     enum pack_side side, struct ledger_value **values, size_t *count) MUST_USE;

/* Does the person decide in the owner's role today? */
struct error *reconcile_may(struct look *look, const struct pack_reconcile *of, struct person_id person,
			    bool *may) MUST_USE;

/* A set or result of a run as it is kept: MISSING, or BROKEN when it is not what the digest says. */
struct error *reconcile_file(struct store *store, struct arena *into, const struct hash *digest,
			     struct text *csv) MUST_USE;

/*
 * What is kept about a person: things handed out to them, their visits of server rooms, where they are named for
 * work given out; and runs in whose sets everybody of the body stands by name and number. Such a set is not
 * erased with the person: its digest is in the journal.
 */
struct reconcile_kept {
	int64_t loans, visits, works;
	int64_t runs;
};
struct error *reconcile_kept(struct look *look, const struct pack *pack, struct person_id person,
			     struct reconcile_kept *kept) MUST_USE;

/* ---- Handing in a list ---- */

struct table;

/* Which column of the file feeds which of the side's; -1: none. By the order of side->shape->fields. */
struct reconcile_mapping {
	int *column;
	size_t count;
	size_t heading; /* row with the columns' names; what stands above is not read */
};
struct reconcile_mapping reconcile_mapping_guess(struct arena *into,
						 const struct pack_reconcile_side *side,
						 const struct table *table);

struct reconcile_wrong {
	int64_t line;
	struct error *faults; /* each with its column's name */
};
struct reconcile_taking {
	struct reconcile_set set;
	int64_t blank;	 /* rows without any of the key's columns */
	int64_t doubtful; /* rows with "?" or 〓 where a character was lost */
	struct reconcile_wrong *wrong;
	size_t wrong_count;
	struct text csv;
	struct hash digest;
};
enum { RECONCILE_WRONG_MOST = 200 };
/*
 * Read the list as the pack's columns. INVALID when a column of the key is not known, or there are too many
 * rows. Rows that cannot be read are in `wrong` (the first of them); then there is no csv, and nothing is
 * taken in: a list is taken whole or not at all.
 */
struct error *reconcile_take(struct arena *into, const struct pack_reconcile *of, enum pack_side side,
			     const struct table *table, const struct reconcile_mapping *mapping,
			     struct reconcile_taking *taking) MUST_USE;
/* Keep it beside the store, sealed under the body's key. Before the act; once is as good as twice. */
struct error *reconcile_keep(struct store *store, struct arena *arena, struct text csv) MUST_USE;

struct reconcile_handing {
	const struct pack_reconcile *of;
	enum pack_side side;
	const struct reconcile_taking *taking; /* kept */
	struct text name, encoding;
	struct hash source;
};
/* "reconcile.list". */
struct error *reconcile_hand_in(struct act *act, const struct reconcile_handing *handing, int64_t *id)
	MUST_USE;

/* ---- Running ---- */

/* A side that Bansho holds, as it is now. */
struct error *reconcile_source_read(struct look *look, const struct flow *flow,
				    const struct pack_reconcile *of, enum pack_side side,
				    struct reconcile_set *set) MUST_USE;
/* A difference as it will be written down. */
struct reconcile_ready {
	enum difference_kind kind;
	struct text key, title, fails;
	struct text row[SIDES]; /* JSON; empty: none */
	int64_t rows[SIDES];
};
/* The two sets as of a snapshot and what came of it; nothing is written down yet. */
struct reconcile_prepared {
	const struct pack_reconcile *of;
	struct moment seen;
	struct reconcile_terms terms;
	struct reconcile_list lists[SIDES];
	int64_t rows[SIDES];
	struct text csv[SIDES], result_csv; /* what reconcile_prepared_keep() keeps */
	struct hash digests[SIDES], result_digest;
	struct reconcile_result result; /* found: as long as the arena of the look */
	/* RECONCILE_MOST_KEPT of them: those that stand already, then the first of the others. */
	struct reconcile_ready *ready;
	size_t ready_count;
};
/* INVALID with the side's name as field when a list has not been handed in. `look` may be a snapshot. */
struct error *reconcile_prepare(struct look *look, const struct flow *flow, const struct pack_reconcile *of,
				struct reconcile_prepared *prepared) MUST_USE;
struct error *reconcile_prepared_keep(struct store *store, struct arena *arena,
				      const struct reconcile_prepared *prepared) MUST_USE;
/* What reconcile_run() needs of it, into another arena (some MB at most): the sets may be let go. */
struct reconcile_prepared *reconcile_prepared_copy(struct arena *into,
						   const struct reconcile_prepared *prepared);
/*
 * "reconcile.run": write down what was prepared and kept. Differences that are still there go on; new ones are
 * due in the pack's days; those no longer found end. An explanation ends when a comparison fails that did not
 * when it was given. CONFLICT when a newer run was entered meanwhile.
 */
struct error *reconcile_run(struct act *act, const struct flow *flow,
			    const struct reconcile_prepared *prepared, struct run_id *id) MUST_USE;

/* "reconcile.explain": it may stay as it is until a day within a year. CONFLICT when it changed or ended. */
struct reconcile_explaining {
	const struct pack_reconcile *of;
	struct difference_id id;
	int64_t change;
	struct text words;
	struct day until;
};
struct error *reconcile_explain(struct act *act, const struct reconcile_explaining *explaining) MUST_USE;

/* ---- What time causes ---- */

struct reconcile_done {
	int64_t run, reminded, escalated;
};
/*
 * Run what needs no list when its day has come, and once a day while differences of it are open; tell owners what they are to run
 * (and the role above when it stays undone; one never run as long as it is), and what is past its day. Twice is the same as once.
 */
struct error *reconcile_clock(struct store *store, const struct flow *flow, struct reconcile_done *done)
	MUST_USE;

/* What waits for a person. */
struct reconcile_mine {
	int64_t to_run; /* due within the lead, or overdue, or never run */
	int64_t late;	/* differences past their day */
	int64_t open;
	bool is_owner; /* of any */
};
struct error *reconcile_mine(struct look *look, const struct pack *pack, struct person_id person,
			     struct reconcile_mine *mine) MUST_USE;

#endif
