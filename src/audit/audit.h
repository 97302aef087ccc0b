/*
 * Audits, the council (推進会議) and the yearly review (Takamatsu 2.7, 10.1, 10.3; Koga 7.9, 8).
 *
 * A plan names what is looked at (units or a firm's engagement, clauses) and who looks. Nobody audits what
 * they belong to, answer for, decided, or do for a firm (audit_independent()): asked when they are named and
 * again at everything they do as an auditor. An audit goes planned -> begun -> reported -> closed:
 *
 * - begun once auditors are named and, where the pack has a council, the council took note of the plan;
 * - reported once every item is signed by an auditor; then points are ordered (CISO), answered (unit), and
 *   verified by an auditor of that audit, who never is the one who answered;
 * - closed once it was received by who orders and by the council, and no point that is ordered is open.
 *
 * Samples are drawn from the journal with a public seed; docs/audit.md says how, and `bansho audit sample`
 * recomputes one from an exported bundle alone. A draw cannot be taken back: repeated ones show.
 *
 * Who may read: audit_sees(). Every function that changes checks itself who acts: the pack's roles
 * (policy/audit.h) or auditors of that audit. Without audit.yaml everything is MISSING.
 *
 * Journal: "audit.plan", .name, .dismiss, .begin, .sign, .sample, .look, .ask, .show, .paper, .point, .report,
 * .receive, .close about audit:N; "audit.order", .answer, .verify, .return, .remind, .escalate about
 * audit-point:N; "council.call", .item, .minutes about council:N; "review.start", .input, .decide about
 * review:N. Words of people stand in the store, not in the journal; the seed of a sample does.
 */
#ifndef BANSHO_AUDIT_AUDIT_H
#define BANSHO_AUDIT_AUDIT_H

#include "flow/flow.h"
#include "journal/journal.h"
#include "people/organisation.h"
#include "policy/policy.h"
#include "store/store.h"

#include "audit/sample.h"

struct audit_id {
	int64_t no;
};
struct point_id {
	int64_t no;
};
struct meeting_id {
	int64_t no;
};
struct review_id {
	int64_t no;
};

enum {
	AUDIT_MOST_TITLE = 200,
	AUDIT_MOST_WORDS = 4000,
	AUDIT_MOST_UNITS = 200,	/* in one audit */
	AUDIT_MOST_ITEMS = 500,
	AUDIT_MOST_AUDITORS = 50,
	AUDIT_MOST_LIST = 500,
	AUDIT_LOOK_BACK_DAYS = 366, /* decisions and posts of that time bind */
	AUDIT_FILE_MOST = 32 << 20,
};

struct text audit_about(struct arena *into, struct audit_id id);	   /* "audit:3" */
struct text audit_about_point(struct arena *into, struct point_id id);   /* "audit-point:3" */
struct text audit_about_meeting(struct arena *into, struct meeting_id id); /* "council:3" */
struct text audit_about_review(struct arena *into, struct review_id id);   /* "review:3" */

/* ---- Words ---- */

enum audit_kind { AUDIT_REGULAR, AUDIT_SPECIAL, AUDIT_OUTSIDE, AUDIT_KINDS };
const char *audit_kind_name(enum audit_kind kind);
const char *audit_kind_words(enum audit_kind kind); /* 定期監査 (through say) */
bool audit_kind_read(struct text name, enum audit_kind *kind);

enum audit_state { AUDIT_PLANNED, AUDIT_BEGUN, AUDIT_REPORTED, AUDIT_CLOSED };
const char *audit_state_words(enum audit_state state);

enum item_result { ITEM_NONE, ITEM_MET, ITEM_WEAK, ITEM_UNMET, ITEM_APART, ITEM_RESULTS };
const char *item_result_name(enum item_result result);
const char *item_result_words(enum item_result result); /* 守られている */
bool item_result_read(struct text name, enum item_result *result);

enum drawn_result { DRAWN_NONE, DRAWN_GOOD, DRAWN_DOUBT, DRAWN_RESULTS };
const char *drawn_result_words(enum drawn_result result);
const char *drawn_result_name(enum drawn_result result);

enum point_state {
	POINT_WRITTEN,	/* found; the audit is not reported yet, or nobody has ordered */
	POINT_ADVICE,	/* of a grade that is not ordered */
	POINT_ORDERED,	/* waits for the unit */
	POINT_ANSWERED, /* the unit says how and until when */
	POINT_DONE,	/* the unit says that it is done: waits for the auditor */
	POINT_SETTLED,	/* verified */
};
const char *point_state_words(enum point_state state);

enum agenda_kind { AGENDA_PLAN, AGENDA_RESULT, AGENDA_IMPROVEMENT, AGENDA_REVIEW, AGENDA_OTHER, AGENDA_KINDS };
const char *agenda_kind_name(enum agenda_kind kind);
const char *agenda_kind_words(enum agenda_kind kind);
bool agenda_kind_read(struct text name, enum agenda_kind *kind);

enum council_decision { COUNCIL_NONE, COUNCIL_NOTED, COUNCIL_AGREED, COUNCIL_AGAIN, COUNCIL_DECISIONS };
const char *council_decision_name(enum council_decision decision);
const char *council_decision_words(enum council_decision decision); /* 了承, 決定, 継続 */
bool council_decision_read(struct text name, enum council_decision *decision);

/* ---- Who may ---- */

struct audit_eyes {
	bool is_chief, is_orders, is_council, is_reader; /* by role or grant of an auditor */
	bool is_auditor;	 /* named, in any audit not closed */
	bool all;		 /* plans, results, points, council, reviews of all */
	struct unit_id *units;	 /* of which the person answers to auditors: those and all below */
	size_t count;
};
/* What the person may see on the day. */
struct error *audit_sees(struct look *look, const struct pack *pack, struct person_id person,
			 struct audit_eyes *eyes) MUST_USE;
/* Does the person answer for that unit? */
struct error *audit_answers_for(struct look *look, const struct audit_eyes *eyes, struct unit_id unit,
				bool *answers) MUST_USE;

/* ---- Plans ---- */

struct audit {
	struct audit_id id;
	int year; /* fiscal */
	enum audit_kind kind;
	enum audit_state state;
	struct text title, aim;
	struct day since, until;
	struct moment planned, begun, reported, received, closed; /* ms 0: not */
	struct person_id planner, reporter, receiver;
	struct text report, closed_why;
	int64_t change;
	/* Counted: */
	int64_t items, signed_items, unmet; /* unmet: weak or unmet */
	int64_t points, open_points;	    /* open: ordered or to be ordered, not settled */
	int64_t auditors;
	bool is_told, is_decided; /* the council decided about the plan; about the result */
};
struct error *audit_list(struct look *look, const struct pack *pack, int year, struct audit **list,
			 size_t *count) MUST_USE; /* year 0: all; newest first */
struct error *audit_read(struct look *look, const struct pack *pack, struct audit_id id,
			 struct audit *audit) MUST_USE;

struct audit_scope {
	struct unit_id unit;
	struct engagement_id engagement; /* no 0: a unit */
	struct text name;		 /* of the unit, or of the firm and its work */
};
struct error *audit_scopes(struct look *look, struct audit_id id, struct audit_scope **list,
			   size_t *count) MUST_USE;

struct audit_planning {
	enum audit_kind kind;
	struct text title, aim;
	struct day since, until;
	const struct unit_id *units;
	size_t units_count;
	struct engagement_id engagement; /* AUDIT_OUTSIDE */
	const struct text *themes;	 /* codes: their clauses become items */
	size_t themes_count;
	const struct text *clauses; /* ids, besides */
	size_t clauses_count;
};
/* By the chief ("audit.plan"). INVALID: no title, days the wrong way round, nothing to look at or in. */
struct error *audit_plan(struct act *act, const struct pack *pack, const struct audit_planning *planning,
			 struct audit_id *id) MUST_USE;

/*
 * May the person audit this? *why is empty, or says in one sentence what stands against it: they belong to
 * the unit or did within AUDIT_LOOK_BACK_DAYS, hold a role that answers for it, are the actor of a clause
 * looked at for the whole body, decided a case of the unit in that time, work under the engagement, or run Bansho.
 */
struct error *audit_independent(struct look *look, const struct pack *pack, struct audit_id id,
				struct person_id person, struct text *why) MUST_USE;

struct auditor {
	int64_t id;
	struct person_id person;
	struct text name;
	bool is_lead;
	struct moment named, ended;
	struct text ended_why;
};
struct error *audit_auditors(struct look *look, struct audit_id id, struct auditor **list, size_t *count)
	MUST_USE;
/*
 * By the chief ("audit.name"); the person is told. INVALID ("person") with the words of
 * audit_independent(), when they do not hold the pack's role, are named already, or are the actor.
 */
struct error *audit_name(struct act *act, const struct pack *pack, struct audit_id id,
			 struct person_id person, bool is_lead) MUST_USE;
/* No longer an auditor of it ("audit.dismiss"), for a reason that stays. By the chief. */
struct error *audit_dismiss(struct act *act, const struct pack *pack, struct audit_id id,
			    int64_t auditor, struct text why) MUST_USE;
/* By the chief or its lead ("audit.begin"). CONFLICT, saying what is missing. The units are told. */
struct error *audit_begin(struct act *act, const struct pack *pack, struct audit_id id) MUST_USE;

/* ---- The work ---- */

struct audit_item {
	int64_t id;
	const struct pack_clause *clause; /* NULL: the policy has it no more */
	struct text clause_id;
	enum item_result result;
	struct text words, name;
	struct moment at;
};
struct error *audit_items(struct look *look, const struct pack *pack, struct audit_id id,
			  struct audit_item **list, size_t *count) MUST_USE;
/* An auditor signs an item ("audit.sign"), again as often as needed until it is reported; words are needed
   unless it is met. */
struct error *audit_sign(struct act *act, const struct pack *pack, struct audit_id id, int64_t item,
			 enum item_result result, struct text words) MUST_USE;

struct audit_draw {
	int64_t id;
	struct audit_id audit;
	struct sample_asked asked;
	struct hash digest;
	int64_t count, looked, doubts;
	struct text name; /* of who drew */
	struct moment at;
	int64_t entry; /* of the journal, -1: not found */
};
struct error *audit_draws(struct look *look, struct audit_id id, struct audit_draw **list, size_t *count)
	MUST_USE;
struct audit_drawn {
	int64_t place, seq;
	enum drawn_result result;
	struct text words, name;
};
struct error *audit_drawn(struct look *look, int64_t draw, struct audit_drawn **list, size_t *count)
	MUST_USE;
/*
 * Draw ("audit.sample") by an auditor of it, from all entries under the newest checkpoint. `asked` gives
 * seed words, acts, days and how many; the rest is filled in. CONFLICT while nothing is signed.
 */
struct error *audit_sample(struct act *act, const struct pack *pack, struct audit_id id,
			   const struct sample_asked *asked, int64_t *draw) MUST_USE;
/* What an auditor made of one of them ("audit.look"); a doubt wants words. */
struct error *audit_look(struct act *act, const struct pack *pack, struct audit_id id, int64_t draw,
			 int64_t place, enum drawn_result result, struct text words) MUST_USE;

struct audit_request {
	int64_t id;
	struct audit_id audit;
	struct text audit_title;
	struct unit_id unit;
	struct text unit_name, words, answer, name;
	struct day due;
	struct moment at, answered;
	bool is_late;
};
/* Of an audit; no 0: open ones of units, for audit_mine(). */
struct error *audit_requests(struct look *look, struct audit_id id, struct audit_request **list,
			     size_t *count) MUST_USE;
/* An auditor asks a unit of the scope ("audit.ask"); its heads are told. */
struct error *audit_ask(struct act *act, const struct pack *pack, struct audit_id id, struct unit_id unit,
			struct text words, struct day due) MUST_USE;

/* A file already kept beside the store under its digest. */
struct audit_file {
	struct hash digest;
	struct text name;
	int64_t size;
};
/* The unit answers ("audit.show"), by who answers for it; with a file or without (NULL). */
struct error *audit_show(struct act *act, const struct pack *pack, int64_t request, struct text words,
			 const struct audit_file *file) MUST_USE;

struct audit_paper {
	int64_t id, item, request; /* 0: of none */
	struct text title, name, person_name;
	struct hash digest;
	int64_t size;
	struct moment at;
};
struct error *audit_papers(struct look *look, struct audit_id id, struct audit_paper **list,
			   size_t *count) MUST_USE;
/* An auditor keeps a working paper ("audit.paper"). */
struct error *audit_paper_keep(struct act *act, const struct pack *pack, struct audit_id id,
			       struct text title, int64_t item, const struct audit_file *file) MUST_USE;

/* ---- Points ---- */

struct audit_point {
	struct point_id id;
	struct audit_id audit;
	struct text audit_title;
	int64_t number;
	const struct pack_clause *clause;
	struct text clause_id;
	struct unit_id unit;
	struct text unit_name;
	const struct pack_grade *grade;
	struct text title, words, wish; /* what is so; what would be right */
	enum point_state state;
	struct day due; /* DAY_NONE: not ordered */
	struct moment at, ordered, answered, settled;
	bool is_late;
	int64_t change;
};
/* of no 0: of all audits that were reported; newest audits first, then number. */
struct error *audit_points(struct look *look, const struct pack *pack, struct audit_id audit,
			   struct audit_point **list, size_t *count) MUST_USE;
struct error *audit_point(struct look *look, const struct pack *pack, struct point_id id,
			  struct audit_point *point) MUST_USE;
struct point_writing {
	struct text clause; /* of an item */
	struct unit_id unit;
	struct text grade, title, words, wish;
};
/* An auditor writes one ("audit.point") while the audit runs. */
struct error *audit_point_add(struct act *act, const struct pack *pack, struct audit_id id,
			      const struct point_writing *writing, struct point_id *point) MUST_USE;
struct point_step {
	struct text kind; /* "order" */
	const char *kind_words;
	struct text words, name;
	struct day day;
	struct moment at;
};
struct error *audit_steps(struct look *look, struct point_id id, struct point_step **list,
			  size_t *count) MUST_USE;
/* The CISO orders ("audit.order") until `due`; who answers for the unit is told. */
struct error *audit_order(struct act *act, const struct pack *pack, struct point_id id, int64_t change,
			  struct text words, struct day due) MUST_USE;
/* The unit says how and until when ("audit.answer"), or that it is done. */
struct error *audit_answer(struct act *act, const struct pack *pack, struct point_id id, int64_t change,
			   bool is_done, struct text words, struct day day) MUST_USE;
/* An auditor of that audit, who did not answer it, verifies or gives it back ("audit.verify", ".return"). */
struct error *audit_verify(struct act *act, const struct pack *pack, struct point_id id, int64_t change,
			   bool is_good, struct text words) MUST_USE;

/* ---- Report ---- */

/* By the lead or the chief ("audit.report"); CONFLICT, saying what is missing. CISO and council are told. */
struct error *audit_report(struct act *act, const struct pack *pack, struct audit_id id, int64_t change,
			   struct text words) MUST_USE;
/* By who orders ("audit.receive"). */
struct error *audit_receive(struct act *act, const struct pack *pack, struct audit_id id) MUST_USE;
/* By the chief ("audit.close"); CONFLICT, saying what is missing. */
struct error *audit_close(struct act *act, const struct pack *pack, struct audit_id id, struct text why)
	MUST_USE;

/* ---- The council ---- */

struct meeting {
	struct meeting_id id;
	struct day day;
	struct text title, place, minutes, present, writer_name;
	struct moment called, held; /* held ms 0: not yet */
	int64_t items, change;
};
struct agenda {
	int64_t id, place;
	enum agenda_kind kind;
	struct text about, title, words, decided;
	enum council_decision decision;
	struct meeting_id meeting;
	struct day day;
};
/* Newest first. */
struct error *council_list(struct look *look, struct meeting **list, size_t *count) MUST_USE;
struct error *council_read(struct look *look, struct meeting_id id, struct meeting *meeting) MUST_USE;
struct error *council_agenda(struct look *look, struct meeting_id id, struct agenda **list, size_t *count)
	MUST_USE;
/* Items about an object, newest first: where it was decided. */
struct error *council_about(struct look *look, struct text about, struct agenda **list, size_t *count)
	MUST_USE;
/* By the chief or a member ("council.call"); members are told. */
struct error *council_call(struct act *act, const struct pack *pack, struct day day, struct text title,
			   struct text place, struct meeting_id *id) MUST_USE;
struct agenda_writing {
	enum agenda_kind kind;
	struct text about; /* "audit:3", "review:2"; empty for AGENDA_OTHER */
	struct text title, words;
};
/* "council.item". INVALID when what it is about is not there. */
struct error *council_add(struct act *act, const struct pack *pack, struct meeting_id id,
			  const struct agenda_writing *writing) MUST_USE;
struct agenda_deciding {
	int64_t id;
	enum council_decision decision;
	struct text words;
};
/* Minutes, who was present, a decision for every item: "council.minutes", once, on or after its day. */
struct error *council_minutes(struct act *act, const struct pack *pack, struct meeting_id id,
			      int64_t change, struct text minutes, struct text present,
			      const struct agenda_deciding *deciding, size_t count) MUST_USE;

/* ---- The review ---- */

struct review {
	struct review_id id;
	int year;
	struct text why;
	struct day since; /* what is collected begins there */
	struct moment started, decided; /* decided ms 0: not yet */
	bool is_change;	/* decided: the policy is changed */
	struct text words, decider_name;
	int64_t change;
	bool is_told; /* the council decided about it */
};
struct error *review_list(struct look *look, struct review **list, size_t *count) MUST_USE;
struct error *review_read(struct look *look, struct review_id id, struct review *review) MUST_USE;

/* One thing a review looks at: a row of review_sources, or of the list that a caller above hands in. */
struct review_source {
	const char *code;  /* "audits" */
	const char *words; /* message id */
	const char *path;  /* where the things themselves stand; NULL: nowhere */
	/* In one sentence, for what happened from `since` to today. */
	struct error *(*figures)(struct look *look, const struct flow *flow, struct day since,
				 struct text *words);
	enum audit_asks asks; /* ASKS_USED: a treatment is asked for; ASKS_COUNT otherwise */
};
extern const struct review_source review_sources[];
extern const size_t review_sources_count;
enum { REVIEW_MOST_SOURCES = 40 };

struct review_input {
	const struct review_source *source;
	struct text figures; /* as of the decision, or now */
	struct text words;   /* what is made of it */
	struct text name;
};
/*
 * One of each source it was started with, in their order. `more`: sources of rooms above this one, ended by
 * code NULL; NULL: none. The same for all three functions.
 */
struct error *review_inputs(struct look *look, const struct flow *flow, const struct review_source *more,
			    const struct review *review, struct review_input **list, size_t *count)
	MUST_USE;
/* By the chief ("review.start"). CONFLICT while one is open. */
struct error *review_start(struct act *act, const struct pack *pack, const struct review_source *more,
			   struct text why, struct review_id *id) MUST_USE;
/* What is made of a source ("review.input"); by the chief or the council. */
struct error *review_use(struct act *act, const struct pack *pack, struct review_id id, struct text source,
			 struct text words) MUST_USE;
/*
 * Decided ("review.decide") by a member of the council, where there is one after the council's item about it
 * was decided; the figures are written down as they stand. CONFLICT, saying what is missing.
 */
struct error *review_decide(struct act *act, const struct flow *flow, const struct review_source *more,
			    struct review_id id, int64_t change, bool is_change, struct text words)
	MUST_USE;

/* ---- Mine, the clock ---- */

struct audit_mine {
	int64_t open, late;    /* points and requests that wait for this person */
	int64_t orders_late;   /* ordered points past their day, for who orders them; of all units */
	struct day next;       /* the next day by which something is due; DAY_NONE: nothing */
	struct text path;      /* where to go */
};
struct error *audit_mine(struct look *look, const struct pack *pack, struct person_id person,
			 struct day day, struct audit_mine *mine) MUST_USE;

struct audit_done {
	int64_t reminded, escalated;
};
/* Points and requests past their day: who answers is told at once and every 7 days, who orders after 14 days. */
struct error *audit_clock(struct store *store, struct arena *arena, const struct flow *flow,
			  struct audit_done *done) MUST_USE;

/* How often a person stands here, for their own page. */
struct audit_kept {
	int64_t named;	/* as auditor of an audit */
	int64_t signed_items;
	int64_t steps;	/* orders, answers and verifications of points */
};
struct error *audit_kept(struct look *look, struct person_id person, struct audit_kept *kept) MUST_USE;

/* ---- For room assure ---- */

struct audit_stand {
	int64_t planned;		/* audits of this fiscal year */
	int64_t begun, untold;		/* begun since; of them without the council's note */
	int64_t unnamed;		/* begun without an auditor */
	struct moment reported, outside; /* the newest; ms 0: none */
	int64_t reports, unsigned_items, papers, without_papers; /* of audits reported since */
	int64_t requests, requests_late; /* answered after their day, or open past it */
	int64_t unreceived;		/* reported, and not received by both */
	int64_t to_order, points, open, late; /* of reported audits */
	int64_t improvements;		/* decided since the newest report */
	bool has_improvable;		/* there is a report to improve from */
	struct moment met, reviewed;	/* ms 0: never */
	bool is_used;			/* the newest review says what is made of audits */
	bool has_council;
};
/* `since`: what lies before does not count where figures are counted. */
struct error *audit_stand(struct look *look, const struct pack *pack, struct day since,
			  struct audit_stand *stand) MUST_USE;

#endif
