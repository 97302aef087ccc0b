/*
 * Self-checks (自己点検): checklists of the pack (policy/check.h), asked in campaigns. A campaign is planned
 * for days and units, opened (by whoever runs it, or by the clock on its first day), answered, and closed
 * with words about what came out of it.
 *
 * Every question is answered yes, no, or does not apply because. A no asks at once what will be done and
 * until when: an own improvement, which stays open, whatever becomes of the campaign, until whoever answered
 * says what was done. Late ones are findings (room assure), one for each question of a campaign.
 *
 * Who sees what: everybody their own; counts by question and unit, whoever runs the checklist or has
 * map.read; answers of staff by name only holders of the pack's `named` roles for their own units. Counts of
 * answers of fewer than CHECK_FEW people are shown to nobody else, for they would be answers by name.
 *
 * Journal: "check.plan", "check.open", "check.close", "check.withdraw" about check:N; "check.answer" about
 * check-sheet:N; "check.improve", "check.replan" about check-improvement:N; "check.remind",
 * "check.escalate". No entry says what anybody answered: how many, and the digest of all of it.
 */
#ifndef BANSHO_CHECK_CHECK_H
#define BANSHO_CHECK_CHECK_H

#include "flow/flow.h"
#include "ledger/ledger.h"
#include "people/people.h"
#include "policy/policy.h"
#include "store/store.h"

struct campaign_id {
	int64_t no;
};
struct sheet_id {
	int64_t no;
};
struct improvement_id {
	int64_t no;
};

enum {
	CHECK_MOST_TITLE = 100, /* characters */
	CHECK_MOST_WORDS = 1000,
	CHECK_MOST_UNITS = 200,	   /* a campaign names */
	CHECK_MOST_ITEMS = 40,	   /* as the pack's reader allows */
	CHECK_MOST_CAMPAIGNS = 500,
	CHECK_MOST_DAYS = 366,	   /* from first to last day, and until an improvement is due */
	CHECK_FEW = 3,
};

/* ---- Campaigns ---- */

enum campaign_state { CAMPAIGN_PLANNED, CAMPAIGN_OPEN, CAMPAIGN_CLOSED, CAMPAIGN_WITHDRAWN };
const char *campaign_state_words(enum campaign_state state); /* 受付中 (through say) */

struct campaign {
	struct campaign_id id;
	struct text checklist;			  /* code */
	const struct pack_checklist *pack_checklist; /* NULL when the pack no longer has it */
	enum checklist_of asks;
	struct text title;
	enum campaign_state state;
	struct day since, until; /* both count */
	struct moment planned, opened, closed; /* ms 0: not */
	struct text planned_by, opened_by, closed_by; /* names; empty: the clock */
	struct text words; /* of closing */
	int64_t asked, answered; /* without those who left before they answered */
	int64_t yes, no, na;	 /* answers */
	int64_t open, late;	 /* improvements that are not done, and those of them past their day */
	bool is_over;		 /* open, and its last day is past */
};

/* Newest first, without those withdrawn; at most CHECK_MOST_CAMPAIGNS. */
struct error *check_campaigns(struct look *look, const struct pack *pack, struct campaign **list,
			      size_t *count) MUST_USE;
/* MISSING when there is none. */
struct error *check_campaign(struct look *look, const struct pack *pack, struct campaign_id id,
			     struct campaign *campaign) MUST_USE;
/* Units it was planned for; none: the whole body. */
struct error *check_campaign_units(struct look *look, struct campaign_id id, struct text **names,
				   size_t *count) MUST_USE;

/* Does the person hold a role that runs the checklist (NULL: any checklist of the pack) today? */
struct error *check_may_run(struct look *look, const struct pack *pack,
			    const struct pack_checklist *checklist, struct person_id person, bool *may)
	MUST_USE;

struct planning {
	struct text checklist;
	struct text title; /* empty: the checklist's name and the year */
	struct day since, until;
	const struct unit_id *units; /* none: the whole body */
	size_t units_count;
};
/* By whoever runs the checklist (checked here, as for the three below). INVALID: "checklist", "title",
   "since", "until", "units". */
struct error *check_plan(struct act *act, const struct flow *flow, const struct planning *planning,
			 struct campaign_id *id) MUST_USE;
/*
 * Ask now: one sheet for each person, section or system that serves today. Everybody is told by the clock,
 * not here. CONFLICT when it is not planned. INVALID ("units") when nobody is asked.
 */
struct error *check_begin(struct act *act, const struct flow *flow, struct campaign_id id) MUST_USE;
/* Close with words about what came out of it. CONFLICT while days are left and somebody has not answered. */
struct error *check_finish(struct act *act, const struct flow *flow, struct campaign_id id,
			  struct text words) MUST_USE;
/* Planned ones alone. */
struct error *check_withdraw(struct act *act, const struct flow *flow, struct campaign_id id) MUST_USE;

/* ---- One sheet ---- */

enum check_answer { CHECK_NONE, CHECK_YES, CHECK_NO, CHECK_NA };
const char *check_answer_name(enum check_answer answer);  /* "yes" */
const char *check_answer_words(enum check_answer answer); /* はい (through say) */
bool check_answer_read(struct text name, enum check_answer *answer);

struct check_item {
	int64_t id;
	struct text code;
	struct words words, help;
	struct text *clauses; /* ids */
	size_t clauses_count;
	bool may_not_apply;
	/* Of a sheet that was answered: */
	enum check_answer answer;
	struct text why; /* CHECK_NA: why; CHECK_NO: what will be done */
	struct improvement_id improvement; /* CHECK_NO */
	struct day due;
	struct moment done; /* ms 0: not yet */
	struct text done_words;
};

struct check_sheet {
	struct sheet_id id;
	struct campaign_id campaign;
	struct text checklist, title; /* of the campaign */
	enum checklist_of asks;
	bool is_open; /* may still be answered */
	struct day since, until;
	struct person_id person; /* CHECKLIST_PERSON */
	struct unit_id unit;
	struct text about; /* the person's, section's or system's name */
	struct text unit_name;
	struct moment done; /* ms 0: not answered */
	struct text done_by;
	int64_t yes, no, na;
	struct check_item *items;
	size_t count;
};
/* MISSING when there is none. Whoever calls asks check_reaches() first what may be shown. */
struct error *check_sheet(struct look *look, struct sheet_id id, struct check_sheet *sheet) MUST_USE;
/* May the person answer it: their own, or for the section or system as holder, deputy or who stands above? */
struct error *check_may_answer(struct look *look, const struct pack *pack,
			       const struct check_sheet *sheet, struct person_id person, bool *may)
	MUST_USE;
/* May they read it: those, the `named` roles for their units, and, of sections and systems, who runs it. */
struct error *check_may_read(struct look *look, const struct pack *pack,
			     const struct check_sheet *sheet, struct person_id person, bool *may)
	MUST_USE;

struct check_answering {
	int64_t item;
	enum check_answer answer;
	struct text words; /* CHECK_NA: why. CHECK_NO: what will be done */
	struct day due;	   /* CHECK_NO: until when, from today on */
};
/*
 * Answer the whole sheet ("check.answer"), once. By whoever may (checked here). CONFLICT when it was
 * answered already or its campaign is closed. INVALID, all of them at once: "a-ITEM" without an answer,
 * "w-ITEM" words missing or too long, "d-ITEM" the day.
 */
struct error *check_answer(struct act *act, const struct flow *flow, struct sheet_id id,
			   const struct check_answering *answers, size_t count) MUST_USE;

/* ---- Improvements ---- */

struct improvement {
	struct improvement_id id;
	struct campaign_id campaign;
	struct sheet_id sheet;
	struct text checklist, title;
	struct words question;
	struct text about; /* section or system; empty: a person's own */
	struct person_id person; /* whose it is; no 0: of a section or system */
	struct unit_id unit;
	struct text plan;
	struct day due;
	struct moment done; /* ms 0: open */
	struct text done_words;
	bool is_late;
};
/* MISSING when there is none, and when it is nobody's business of this person. */
struct error *check_improvement(struct look *look, const struct pack *pack, struct improvement_id id,
				struct person_id person, struct improvement *improvement) MUST_USE;
/* Say what was done: it is closed ("check.improve"). By whoever may answer its sheet (checked here). */
struct error *check_improve(struct act *act, const struct flow *flow, struct improvement_id id,
			    struct text words) MUST_USE;
/* Another plan or day, from today within a year ("check.replan"). By the same. */
struct error *check_replan(struct act *act, const struct flow *flow, struct improvement_id id,
			   struct text words, struct day due) MUST_USE;

/* ---- What is mine ---- */

struct check_mine {
	struct check_sheet *sheets; /* of open campaigns, without items; those not answered first */
	size_t sheets_count;
	struct improvement *improvements; /* open, the first due first */
	size_t improvements_count;
	int64_t waiting; /* sheets not answered */
	int64_t late;	 /* of these and improvements, those past their day */
	struct day next; /* the first of all their days; DAY_NONE: nothing */
};
struct error *check_mine(struct look *look, const struct pack *pack, struct person_id person,
			 struct day day, struct check_mine *mine) MUST_USE;

/* ---- Results ---- */

struct check_item_result {
	struct check_item item; /* without an answer */
	int64_t yes, no, na, open, late;
};
/* By question, in order. */
struct error *check_items(struct look *look, const struct campaign *campaign,
			  struct check_item_result **list, size_t *count) MUST_USE;

struct check_unit_result {
	struct unit_id unit;
	struct text name;
	int64_t asked, answered, no, open, late;
	bool is_few; /* fewer than CHECK_FEW answered, staff: no, open, late are not to be shown */
};
/* By code of unit. */
struct error *check_units(struct look *look, const struct campaign *campaign,
			  struct check_unit_result **list, size_t *count) MUST_USE;

struct check_named {
	struct sheet_id sheet;
	struct text number, name; /* of the person; the system's title */
	bool has_answered, is_excused;
	int64_t no, na;
};
/* Who was asked in units of which the person holds a `named` role; and so may be shown by name. */
struct error *check_by_name(struct look *look, const struct campaign *campaign, struct person_id person,
			    const struct pack *pack, struct check_named **list, size_t *count) MUST_USE;

/* ---- For evidence and findings ---- */

struct check_stand {
	bool has_over, has_running; /* the newest that is over; one that runs today */
	struct campaign_id over, running;
	struct text title;
	struct day until; /* of the one that is over */
	int64_t asked, answered;
	int64_t yes, no, na; /* of `item`, or of all */
	int64_t open, late;  /* improvements of that campaign, of `item` or of all */
	struct day running_until;
};
/* `item` empty: all questions. An older store without the room has nothing. */
struct error *check_stand(struct look *look, struct text checklist, struct text item,
			  struct check_stand *stand) MUST_USE;

/* Questions whose improvements are late. */
struct check_late {
	int64_t item;
	struct campaign_id campaign;
	struct text title;
	struct words question;
	struct text clause; /* the first */
	int64_t late;
};
struct error *check_late(struct look *look, struct check_late **list, size_t *count) MUST_USE;

/* How often a person stands here, for their own page. */
struct check_kept {
	int64_t sheets, answers;
};
struct error *check_kept(struct look *look, struct person_id person, struct check_kept *kept) MUST_USE;

/* ---- The clock ---- */

struct check_done {
	int64_t opened, told, reminded, escalated;
};
/*
 * What time causes: planned campaigns open on their first day (or as soon as the clock runs again); who was
 * asked is told; who has not answered is reminded check.remind-days (3) before the end and every so often
 * after it; heads are told once how many of their people are missing; improvements likewise, and once late
 * who stands above. Acts of at most CHECK_AT_ONCE people each. *is_more: there is more to do at once. As
 * often as one likes.
 */
enum { CHECK_AT_ONCE = 100 };
struct error *check_clock(struct store *store, struct arena *arena, const struct flow *flow,
			  struct check_done *done, bool *is_more) MUST_USE;

#endif
