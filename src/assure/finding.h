/*
 * Findings (指摘): what is out of order with a clause and must be put right by somebody until a day.
 * assure_record() (history.h) opens one when a clause turns late, an exception runs out unclosed, a
 * judgement runs out, or machine and person disagree; nobody types one in. It is closed by an act of its
 * owner with words about what was done, or by itself when the cause is gone. Both are entries about
 * finding:N and clause:ID.
 *
 * A finding about accounts (one for a system and kind of trouble) is not closed by hand: each account is put
 * right or, with a reason, left until a day; the last of them ends it. Whoever answers for the system's
 * accounts owns it, and nobody who does so for another system.
 *
 * One about improvements of a self-check (one for a question of a campaign) is not closed by hand either: who
 * answered with no says what was done, and the last of them ends it.
 *
 * One about a setting (one for a row and column, one for a row whose settings nobody looked at in time) is
 * not closed by hand either: it ends when the row holds a value that will do, or was looked at. Whoever
 * answers for that system owns it.
 * Nor are those about one thing that is overdue: an occurrence of a duty past its escalation, a point of an
 * audit past its day, a link of an incident's chain that nobody received. Who is to do it owns it, in the
 * unit concerned or above; once it is done the next round ends it.
 * Nor is one about a thing (it ends when the thing is back, found or written off, the software replaced), a
 * visit of a server room, or a contract, a firm below it or a demand.
 * One about a reconciliation is not closed by hand either: each difference is put right or explained until a
 * day, and the last of them ends it.
 *
 * A finding closed by hand while its cause lasts is opened again (as a new one that names the old) when
 * FINDING_AGAIN_DAYS have passed and the cause is still there.
 */
#ifndef BANSHO_ASSURE_FINDING_H
#define BANSHO_ASSURE_FINDING_H

#include "assure/assure.h"

struct finding_id {
	int64_t no;
};

enum finding_kind {
	ASSURE_LATE,	  /* the clause turned late */
	ASSURE_EXCEPTION, /* an exception ran out and nobody closed it */
	ASSURE_JUDGEMENT, /* a judgement ran out, and nothing else shows the clause */
	ASSURE_DISAGREE,  /* a person judged it fulfilled, the machine sees it late */
	ASSURE_ACCOUNTS,  /* accounts of a system are out of order: access/access.h */
	ASSURE_CHECK,	  /* improvements of a self-check are late, by question: check/check.h */
	ASSURE_DUTY,	  /* an occurrence is later than its escalation: duty/duty.h */
	ASSURE_POINT,	  /* a point of an audit is past its day: audit/audit.h */
	ASSURE_LINK,	  /* nobody received word of an incident in time: incident/incident.h */
	ASSURE_SETTING,	  /* a value written down for a system is worse than laid down, or was not looked at */
	ASSURE_THING,	  /* one thing is overdue, missing, held by somebody gone; software unsupported: inventory.h */
	ASSURE_ENTRANCE,  /* a visit of a server room wants an explanation or an end: entrance/entrance.h */
	ASSURE_CONTRACT,  /* a contract, a firm below it or a demand is out of order: contract/contract.h */
	ASSURE_RECONCILE, /* sets that must agree do not: reconcile/reconcile.h */
	ASSURE_KINDS,
};
const char *assure_finding_name(enum finding_kind kind);  /* "late" */
const char *assure_finding_words(enum finding_kind kind); /* 遅れ・不備 (through say) */
/* Not closed by hand: it is put right elsewhere, and ends by itself. */
bool assure_finding_ends_itself(enum finding_kind kind);
bool assure_finding_kind_read(struct text name, enum finding_kind *kind);

enum finding_state {
	FINDING_OPEN,
	FINDING_CLOSED, /* by a person, with words */
	FINDING_GONE,	/* by itself: the cause is gone */
	FINDING_STATES,
};
const char *assure_finding_state_words(enum finding_state state); /* 未処理 */

enum { FINDING_DUE_DAYS = 30, FINDING_AGAIN_DAYS = 30, FINDING_MOST_WORDS = 2000, FINDINGS_MOST = 1000 };

struct finding {
	struct finding_id id;
	struct text number; /* 令和8年度-F0001; unique in the body */
	enum finding_kind kind;
	enum finding_state state;
	struct text clause;			/* id; stays when the pack no longer has it */
	const struct pack_clause *pack_clause; /* NULL when the pack no longer has it */
	struct text about;	/* what it rests on beside the clause: "permit:12", "judgement:3", or empty */
	struct text why;	/* the sentence with figures when it was opened, in the recorder's language */
	struct text role;	/* code of the role that answers for it: the clause's actor, or who stands above */
	struct unit_id unit; /* ASSURE_ACCOUNTS, _SETTING: that runs the system. _CONTRACT: whose it is. _DUTY, _POINT, _LINK: where; or no 0 */
	struct text detail;  /* ASSURE_ACCOUNTS: "left" (trouble_name) */
	struct person_id person; /* who answers: chosen by the owner, or the only holder when opened; or 0 */
	struct text person_name; /* empty without */
	struct text plan;	/* what the owner means to do; empty: not said */
	struct day due;
	struct moment opened;
	struct moment ended;	/* ms 0: open */
	struct person_id ended_by; /* FINDING_CLOSED */
	struct text ended_by_name;
	struct text done;	/* FINDING_CLOSED: what was done. FINDING_GONE: what made the cause go */
	bool is_late;		/* open and past its due day, today */
	bool is_cause_lasting;	/* when it was last looked at */
	struct finding_id follows; /* the finding closed before while its cause lasted; no 0: none */
};

struct finding_query {
	bool is_open_only;
	bool has_kind;
	enum finding_kind kind;
	struct text clause; /* empty: any */
	struct text role;   /* empty: any */
	struct person_id person; /* whose roles own it today; no 0: anybody's (needs `pack`) */
	struct text words;  /* in number, clause, why, plan or done; empty: any */
	struct day at;	    /* DAY_NONE: now; else those that were open at the end of that day */
};

/*
 * Findings, newest first, at most FINDINGS_MOST. Nothing is left out but by the query. Right: map.read.
 * An older store without the table has none.
 */
struct error *assure_findings(struct look *look, const struct pack *pack,
			      const struct finding_query *query, struct finding **list,
			      size_t *count) MUST_USE;
/* MISSING when there is none. */
struct error *assure_finding(struct look *look, const struct pack *pack, struct finding_id id,
			     struct finding *finding) MUST_USE;
struct finding_counts {
	int64_t open, late; /* late: past their due day, among the open */
};
struct error *assure_finding_count(struct look *look, struct finding_counts *counts) MUST_USE;

/* Does the person own it today: holds its role or one above, or is the person named? */
struct error *assure_may_answer(struct look *look, const struct pack *pack,
				const struct finding *finding, struct person_id person,
				struct text *role, bool *may) MUST_USE;
/*
 * Say what will be done until when ("finding.plan"): words required, due from today within a year. The
 * one who says so answers for it from then on. By whoever owns it (checked here). CONFLICT when it is
 * not open.
 */
struct error *assure_finding_plan(struct act *act, const struct pack *pack, struct finding_id id,
				  struct text words, struct day due) MUST_USE;
/* Close it with words about what was done ("finding.close"). By whoever owns it. */
struct error *assure_finding_close(struct act *act, const struct pack *pack, struct finding_id id,
				   struct text words) MUST_USE;

/* How often a person stands in judgements and findings, for their own page. */
struct assure_kept {
	int64_t judgements, findings;
};
struct error *assure_kept(struct look *look, struct person_id person, struct assure_kept *kept)
	MUST_USE;

#endif
