/*
 * Duties (くり返す仕事): what the pack says is done again and again (policy/duty.h), and each time it is due.
 *
 * A duty has places: the whole body, each unit in which a post carries the owner's role, or each living row
 * of a ledger. In each place there is always a next occurrence, written down before it is to be done, so
 * that what was not done stays to be seen. An occurrence ends done (with what the pack asks to be written
 * down), excused (not done, with a reason), or dropped (its place is gone). What repeats in fixed months has
 * an occurrence for each of them, missed ones too; what is due so long after it was done last has one at a
 * time; what is done when needed is begun by somebody.
 *
 * duty_plan() brings the occurrences up to date; the clock calls it, and it may be called at any time: twice
 * is the same as once, and after days without a clock it makes up for all of them.
 *
 * Rights: whoever decides in the owner's role for the place (people_deciders: deputies too, the role above
 * where nobody holds it) does, excuses and hands over, checked here; who was handed it may do it. Reading is
 * the dispatcher's to check.
 *
 * Journal: "duty.plan" about duty:CODE; "duty.begin", "duty.done", "duty.excuse", "duty.hand" about
 * occurrence:N, duty:CODE (and unit:N); "duty.remind", "duty.escalate" about duty:CODE and unit:N.
 */
#ifndef BANSHO_DUTY_DUTY_H
#define BANSHO_DUTY_DUTY_H

#include "flow/flow.h"
#include "ledger/ledger.h"
#include "people/people.h"
#include "policy/policy.h"
#include "store/store.h"

struct duty_id {
	int64_t no;
};

enum {
	DUTY_MOST_WORDS = 2000, /* characters of a reason */
	DUTY_LEAD_DAYS = 30,	/* parameter duty.lead-days */
	DUTY_ESCALATE_DAYS = 7, /* parameter duty.escalate-days */
	DUTY_MOST_LISTED = 2000,
	DUTY_MINE_MOST = 200,
};

/* ---- Words ---- */

enum duty_state {
	DUTY_PLANNED, /* its day is further away than the lead */
	DUTY_OPEN,    /* to be done */
	DUTY_LATE,
	DUTY_DONE,
	DUTY_EXCUSED, /* not done, with a reason */
	DUTY_DROPPED, /* its place is gone */
	DUTY_STATES,
};
const char *duty_state_name(enum duty_state state);  /* "late" */
const char *duty_state_words(enum duty_state state); /* 遅れ (through say) */
const char *duty_state_mark(enum duty_state state);  /* 遅: one character, for tables and print */
/* 毎年 5月・11月, 90日ごと, 必要なとき */
struct error *duty_rhythm_words(struct look *look, const struct pack *pack,
				const struct pack_duty *duty, struct text *words) MUST_USE;
/* "occurrence:12" */
struct text duty_about(struct arena *into, struct duty_id id);

/* ---- Reading ---- */

struct duty_occurrence {
	struct duty_id id;
	const struct pack_duty *duty; /* NULL: the pack in force no longer has it */
	struct text code;
	struct unit_id unit; /* no 0: the whole body */
	struct text unit_name;
	struct row_id row; /* no 0: none */
	struct text row_title;
	struct day due, opens;
	enum duty_state state; /* today */
	struct text why;       /* RHYTHM_NEEDED: what happened */
	struct moment done;    /* entered; ms 0: not ended */
	struct day done_on;
	struct person_id person; /* who ended it; no 0: nobody yet, or a program */
	struct text person_name;
	struct person_id deputy_for;
	struct text role;
	struct text words; /* the reason of an excuse, or what was said to it */
	struct text record; /* duty_record() */
	struct row_id put;  /* the ledger row it wrote */
	struct text source; /* what fulfilled it elsewhere: "training:3" */
	struct person_id handed;
	struct text handed_name;
	bool is_escalated;
	int64_t change; /* counts acts; give it back to the next */
};

/* MISSING when there is none. */
struct error *duty_read(struct look *look, const struct flow *flow, struct duty_id id,
			struct duty_occurrence *occurrence) MUST_USE;
/* Title for people: name of the duty, and the row it is about. */
struct text duty_title(struct arena *into, const struct duty_occurrence *occurrence);
/* What was written down, field by field of duty->record. */
struct error *duty_record(struct arena *into, const struct duty_occurrence *occurrence,
			  struct ledger_value **values, size_t *count) MUST_USE;

struct duty_query {
	struct text duty;     /* empty: all */
	bool is_open_only;    /* neither done, excused nor dropped */
	struct day from, until; /* of the due day; DAY_NONE: any */
	struct unit_id within; /* in it and below; no 0: anywhere */
	struct row_id row;     /* about this row; no 0: about any, or none */
};
/* By due day, at most `most` (<= DUTY_MOST_LISTED). */
struct error *duty_list(struct look *look, const struct flow *flow, const struct duty_query *query,
			size_t most, struct duty_occurrence **list, size_t *count) MUST_USE;

/*
 * What those above were to be told of: open, and longer past its day than the duty's `escalate`. By due
 * day, at most DUTY_MOST_LISTED; what an earlier policy asked for is left out. An older store has none.
 */
struct error *duty_overdue(struct look *look, const struct flow *flow, struct duty_occurrence **list,
			   size_t *count) MUST_USE;

/* May the person do it today, in their role or because it was handed to them? */
struct error *duty_may(struct look *look, const struct duty_occurrence *occurrence,
		       struct person_id person, bool *may) MUST_USE;
/* May they excuse it and hand it over: in their role? */
struct error *duty_may_lead(struct look *look, const struct duty_occurrence *occurrence,
			    struct person_id person, bool *may) MUST_USE;

/* What waits for a person: to be done now or late, by due day; at most DUTY_MINE_MOST. */
struct duty_mine {
	struct duty_occurrence *list;
	size_t count;
	int64_t late;
	struct day next; /* the earliest due day that is not past; DAY_NONE: none */
	/* Duties they may begin when needed. */
	const struct pack_duty **needed;
	struct unit_id *needed_units; /* where; no 0: the body */
	size_t needed_count;
};
struct error *duty_mine(struct look *look, const struct flow *flow, struct person_id person,
			struct day day, struct duty_mine *mine) MUST_USE;

/* ---- The year of duties ---- */

struct duty_cell {
	int64_t of[DUTY_STATES]; /* occurrences due in that month */
	int64_t all;
	bool is_to_come;    /* nothing written down yet, but the rhythm has it in that month */
	struct duty_id one; /* when there is exactly one */
};
/* The state that counts for a cell with several: the one that needs somebody most. */
enum duty_state duty_cell_state(const struct duty_cell *cell);
struct duty_year_row {
	const struct pack_duty *duty; /* NULL: an earlier policy's */
	struct text code;
	struct duty_cell months[12]; /* April first */
};
/* Rows in the pack's order. `within` no 0: of everybody. 20,000 occurrences take some 20 ms. */
struct error *duty_year(struct look *look, const struct flow *flow, int fiscal_year,
			struct unit_id within, struct duty_year_row **rows, size_t *count) MUST_USE;

/* How a duty stands in all its places; for evidence. */
struct duty_tally {
	int64_t places;
	int64_t done;	 /* places in which it was done at least once */
	int64_t late;	 /* occurrences */
	int64_t waiting; /* occurrences to be done now, late ones too */
	int64_t excused; /* occurrences ever */
	struct day next; /* earliest due day of an open one; DAY_NONE: none */
	struct day last; /* newest day on which it was done; DAY_NONE: never */
};
struct error *duty_tally(struct look *look, struct text code, struct duty_tally *tally) MUST_USE;

/* How often a person stands here, for their own page. */
struct duty_kept {
	int64_t done, excused; /* by them */
	int64_t handed;	       /* open, and given to them to do */
};
struct error *duty_kept(struct look *look, struct person_id person, struct duty_kept *kept) MUST_USE;

/* ---- Acts ---- */

/* "duty.done", with its record; a row is written where the pack says so ("ledger.add" besides). */
struct duty_doing {
	struct duty_id id;
	int64_t change;
	struct day on; /* the day it was done; not in the future */
	struct text words; /* may be empty */
	const struct ledger_value *typed; /* fields of duty->record, as typed */
	size_t typed_count;
};
/* INVALID names each field; CONFLICT when it changed or has ended; REFUSED who may not. */
struct error *duty_do(struct act *act, const struct flow *flow, const struct duty_doing *doing)
	MUST_USE;
/* "duty.excuse": it is not done this time, because. */
struct error *duty_excuse(struct act *act, const struct flow *flow, struct duty_id id,
			  int64_t change, struct text words) MUST_USE;
/* "duty.hand": ask somebody of the unit, or a deputy, to do it; no 0 takes it back. They are told. */
struct error *duty_hand(struct act *act, const struct flow *flow, struct duty_id id, int64_t change,
			struct person_id person) MUST_USE;
/* "duty.begin": something happened that a duty "when needed" is for; it is due within its days. */
struct duty_beginning {
	const struct pack_duty *duty;
	struct unit_id unit; /* no 0 for a role of the whole body */
	struct text words;   /* what happened; required */
};
struct error *duty_begin(struct act *act, const struct flow *flow,
			 const struct duty_beginning *beginning, struct duty_id *id) MUST_USE;

/*
 * Something done in another room fulfils the duties whose `by` (and `of`, where it says so) name it
 * (pack_known.deeds): the earliest
 * open occurrence of each in that place ends as done. To be called within that room's act, after its own
 * act_note(); it notes "duty.done" for each, with `source`, as done by act->actor, whose right the caller
 * has checked. A unit's deed counts for the duty of the nearest unit above it that has it, a deed of
 * the whole body (no 0) for every place. Early is on time: what is planned for later is ended too; but of a
 * duty of fixed months not before the month that comes before it is over, so that doing it twice in a
 * round leaves the next round to be done. Nothing happens (*fulfilled 0) where no duty names it.
 */
struct duty_deed {
	const char *by;	     /* "training.drill" */
	struct text of;	     /* the course of "training.round", the checklist of "check.campaign"; else empty */
	struct unit_id unit; /* no 0: done for the whole body */
	struct row_id row;   /* no 0: any row of the place */
	struct day on;	     /* DAY_NONE: today */
	struct text source;  /* "training:3" */
	struct text words;   /* what was done, for a person; no names */
};
struct error *duty_done_by(struct act *act, const struct pack *pack, const struct duty_deed *deed,
			   int64_t *fulfilled) MUST_USE; /* fulfilled may be NULL */

/* ---- What time causes ---- */

struct duty_done {
	int64_t made, dropped; /* occurrences */
	int64_t reminded, escalated; /* occurrences about which somebody was told */
};
/* Bring all occurrences up to date: 10,000 open ones in well under a second when nothing is to be done. */
struct error *duty_plan(struct store *store, struct arena *arena, const struct flow *flow,
			struct duty_done *done) MUST_USE;
/* duty_plan(), then tell holders what is to be done and what is late, and those above what stays late. */
struct error *duty_clock(struct store *store, struct arena *arena, const struct flow *flow,
			 struct duty_done *done) MUST_USE;

#endif
