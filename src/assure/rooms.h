/* What only assure's own files know. */
#ifndef BANSHO_ASSURE_ROOMS_H
#define BANSHO_ASSURE_ROOMS_H

#include "assure/assure.h"
#include "assure/assure_sql.h"

#include <pthread.h>

enum { ASSURE_HISTORY_STEP = 2, DAY_MS = 86400000, SOON_DAYS = 30, JUDGEMENTS_MOST = 5000 };

/* What several rules ask for, worked out once a call. */
struct asked_once {
	bool has_gaps, has_until;
	struct role_gap *gaps; /* of all roles */
	size_t gaps_count;
	struct moment until; /* permits_until() */
	struct moment incidents_until; /* incidents_until() */
	bool has_incidents_until, has_systems;
	struct access_system *systems;
	size_t systems_count;
	struct audit_stand *audit; /* NULL: not asked yet */
};

struct evaluating {
	struct look *look;
	const struct flow *flow;
	struct sealing *sealing;
	struct asked_once *once;
	int64_t size;	 /* entries of the journal */
	bool is_keeping; /* what is kept between looks may be used and brought up to this one */
};

/*
 * What one rule says now. `until`: the first moment at which time alone might make it say something
 * else; ms 0: at any. EVIDENCE_JUDGED is not a matter of the rule alone: see judged_rule().
 */
struct error *rule_evaluate(const struct evaluating *evaluating, const struct pack_evidence *rule,
			    struct assured_rule *answer, struct moment *until) MUST_USE;

/* What rules of a kind read. Bits of what kept.c marks when an entry names a row of theirs. */
enum topic {
	TOPIC_PEOPLE = 1, /* units, posts, persons, assignments */
	TOPIC_LEDGER = 2, /* rows of the rule's own ledger */
	TOPIC_FLOW = 4,
	TOPIC_ENACT = 8,
	TOPIC_ACCESS = 16,
	TOPIC_SIGNIN = 32, /* factors and cards, accounts, grants */
	TOPIC_DUTY = 64,
	TOPIC_INCIDENT = 128,
	TOPIC_CHECK = 256,
	TOPIC_TRAINING = 512,
	TOPIC_AUDIT = 1024,
	TOPIC_INVENTORY = 2048,
	TOPIC_ENTRANCE = 4096,
	TOPIC_CONTRACT = 8192,
	TOPIC_RECONCILE = 16384,
	TOPIC_NONE = 0,
};
unsigned rule_topics(const struct pack_evidence *rule);

/* Kinds, each in its file. */
struct error *ledger_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			  struct assured_rule *answer) MUST_USE;
struct error *permits_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			   struct assured_rule *answer) MUST_USE;
struct error *balanced_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			    struct assured_rule *answer) MUST_USE;
struct error *reports_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			   struct assured_rule *answer) MUST_USE;
struct error *exceptions_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			      struct assured_rule *answer) MUST_USE;
struct error *acknowledged_rule(const struct evaluating *evaluating,
				const struct pack_evidence *rule, struct assured_rule *answer) MUST_USE;
struct error *accounts_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			    struct assured_rule *answer) MUST_USE;
/* Controls whose answer is worked out: what is demanded of whom at signing in. */
bool rule_is_of_sign_in(const struct pack_evidence *rule);
struct error *sign_in_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			   struct assured_rule *answer) MUST_USE;
struct error *duty_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			struct assured_rule *answer) MUST_USE;
struct error *incidents_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			     struct assured_rule *answer) MUST_USE;
/* The next moment at which a link, a task or a judgement becomes late. */
struct error *incidents_until(const struct evaluating *evaluating, struct moment *until) MUST_USE;
struct error *checks_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			  struct assured_rule *answer) MUST_USE;
struct error *training_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			    struct assured_rule *answer) MUST_USE;
struct error *contracts_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			     struct assured_rule *answer) MUST_USE;
struct error *reconciliation_rule(const struct evaluating *evaluating,
				  const struct pack_evidence *rule, struct assured_rule *answer) MUST_USE;
struct error *audit_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			 struct assured_rule *answer) MUST_USE;
struct error *values_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			  struct assured_rule *answer) MUST_USE;
struct error *inventory_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			     struct assured_rule *answer) MUST_USE;
struct error *entrance_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
			    struct assured_rule *answer) MUST_USE;
/* The next moment at which a permit of any occasion becomes overdue or a decision stale. */
struct error *permits_until(const struct evaluating *evaluating, struct moment *until) MUST_USE;


/* Does the rule count rows one by one, and does its condition hold for a row of these values? */
bool rule_reads_rows(const struct pack_evidence *rule);
bool rule_holds_for(const struct pack_evidence *rule, const struct ledger_value *values, size_t count);

/* What is kept with the store (store_index) and has followed its journal; the first member of
 * what it is. */
struct following {
	struct arena *own;
	pthread_mutex_t lock;
	struct arena *arena; /* of what is kept */
	const struct pack *pack;
	int64_t size; /* entries that are accounted for */
};
enum { FOLLOWING_MOST = 1000 }; /* entries: after more, from the beginning is sooner */
/* `size` bytes of a struct that begins with one; what it keeps takes at most `most`. */
void *following_open(size_t size, size_t most);
void following_close(void *index);
/* From the beginning, and of this pack. */
void following_forget(struct following *following, const struct pack *pack, int64_t size);

/* The rows that the entries after `from` name, up to `size`, the newest entry first. */
struct newer_rows {
	int64_t from, size;
	struct error *(*see)(struct look *look, struct newer_rows *newer,
			     const struct row_digest *row);
	void *with;
	const struct journal_entry *entry; /* that names the row, while `see` is asked */
	bool is_over;    /* `see` needs no more entries */
	int64_t missing; /* the entry that the store has not; 0: none */
};
struct error *newer_rows(struct look *look, struct newer_rows *newer) MUST_USE;

/*
 * The living rows for which a rule holds, from what is kept of every row (marks.c) brought up to the
 * look's snapshot of `size` entries. Not told when that is older than what is kept.
 */
struct marks_asked {
	const struct pack_evidence *rule; /* rule_reads_rows() */
	int64_t size;
	struct moment since, soon_since;
};
struct marks_tally {
	struct ledger_totals totals; /* without units_stale */
	int64_t made, made_soon;     /* entered since `since`, since `soon_since` */
};
struct error *marks_tally(struct look *look, const struct pack *pack, const struct marks_asked *asked,
			  struct marks_tally *told, bool *is_told) MUST_USE;
/* One more row for which it holds. */
void marks_count(struct marks_tally *tally, const struct marks_asked *asked, struct moment created,
		 struct moment confirmed);

struct error *within_days(const struct evaluating *evaluating, const struct pack_evidence *rule,
			  int64_t otherwise, int64_t *days) MUST_USE;
/* The beginning of the day so many days ago: figures change with the day, not with the minute. */
struct moment days_ago(const struct look *look, int64_t days);
struct error *answer_with(struct assured_rule *answer, enum clause_state state, struct text why)
	MUST_USE;
/* 「無害化の関門」 for "gate". */
const char *awaited_words(struct text part);

/* Exceptions in force or overrun, of every clause: in order of clause, the longest first. */
struct bent {
	struct text clause;
	struct exception_of exception;
};
struct error *exceptions_now(const struct evaluating *evaluating, struct bent **list, size_t *count)
	MUST_USE;

/* The answers of all the pack's rules, by their place in pack->evidence (kept.c). */
struct answers {
	struct assured_rule *of;
	int64_t size;
};
struct error *answers_now(const struct evaluating *evaluating, bool is_afresh,
			  struct answers *answers) MUST_USE;

#define JUDGEMENT_FROM(r, today)                                                               \
	((struct judgement){ (r)->id, (r)->clause, { (r)->person }, (r)->person_name,          \
			     (r)->role, (r)->is_not_needed, (r)->words, { (r)->at },           \
			     { (r)->until }, (r)->until >= (today).no })

/* The newest of each clause as it is called now, in order of clause (carried.c). What a change of policy
   ended is not among them. */
struct error *judgements_newest(struct look *look, const struct judgement **list, size_t *count)
	MUST_USE;

struct error *assure_knows_history(struct look *look, bool *knows) MUST_USE;

#endif
