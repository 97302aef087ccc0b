/*
 * Training and drills: the plan of a 年度, who is asked to take which course, tests repeated until passed,
 * attendance lists of classes, and mail for practice (標的型メール訓練). The pack says what there is
 * (policy/training.h); a pack without training.yaml has nothing of this.
 *
 * Being asked is a row (enrolment). The clock makes it: for a course of a decided plan from its first day
 * on, for a course on joining when somebody comes to belong to its audience. Opening the mail of a drill
 * makes one by itself. It ends by passing the test (or reading, where there is none), by standing on an
 * attendance list, by being excused with a reason, or with the service.
 *
 * 代理出席: who is on a shift may send somebody in their place. They are not done until they say that it
 * was passed on to them (training_passed_on).
 *
 * Who may: take a course: everybody. Make plans, lists and drills: holders of `keeps` and their deputies;
 * decide a plan: `decides`. Excuse: heads of sections, and who keeps. Who opened a mail of a drill is
 * told by name to holders of `names` alone; everybody else who may see results gets numbers of units with at
 * least TRAINING_UNIT_LEAST people. Enrolments made by a drill stand in nobody else's lists, nor in entries
 * of the journal by person.
 *
 * Journal: "training.plan", "training.item", "training.decide", "training.report" about training-plan:N;
 * "training.enrol", "training.try", "training.pass", "training.excuse", "training.passed-on" about
 * enrolment:N; "training.class" about training-class:N; "training.open" about training-item:N;
 * "training.remind" about training; "training.drill", "training.send", "training.opened", "training.ended",
 * "training.cancel" about mail-drill:N; "training.suspicious" about mail-report:N.
 */
#ifndef BANSHO_TRAINING_TRAINING_H
#define BANSHO_TRAINING_TRAINING_H

#include "people/people.h"
#include "policy/policy.h"
#include "store/store.h"

struct enrolment_id {
	int64_t no;
};
struct training_plan_id {
	int64_t no;
};
struct training_item_id {
	int64_t no;
};
struct mail_drill_id {
	int64_t no;
};

enum {
	TRAINING_MOST_WORDS = 400,
	TRAINING_MOST_LINES = 2000, /* of an attendance list */
	TRAINING_MOST_LIST = 5000,
	TRAINING_UNIT_LEAST = 5,    /* people of a unit whose figures of a drill are shown */
	TRAINING_MOST_TARGETS = 20000,
};

/* ---- May they? ---- */

/* Holders of the role, or their deputies, today. false where the pack has no training. */
struct error *training_may_keep(struct look *look, const struct pack *pack, struct person_id person,
				bool *may) MUST_USE;
struct error *training_may_decide(struct look *look, const struct pack *pack,
				  struct person_id person, bool *may) MUST_USE;
struct error *training_may_name(struct look *look, const struct pack *pack, struct person_id person,
				bool *may) MUST_USE;

/* ---- Plans ---- */

struct training_plan {
	struct training_plan_id id;
	int64_t year;
	bool is_decided;
	struct moment made, decided;
	struct person_id decided_by;
	struct text decided_name, decided_role;
	struct day reported; /* DAY_NONE: not yet */
	struct text reported_where;
	int64_t change; /* give it back to the next act */
};
struct training_item {
	struct training_item_id id;
	struct training_plan_id plan;
	const struct pack_course *course; /* NULL: the policy has it no longer */
	struct text code, place;
	struct day begins, due;
	bool is_opened;
	/* People, as training_counts() counts them. */
	int64_t asked, passed, excused, open, late;
};

struct error *training_plan_of(struct look *look, int64_t year, bool *found,
			       struct training_plan *plan) MUST_USE;
struct error *training_plan(struct look *look, struct training_plan_id id,
			    struct training_plan *plan) MUST_USE;
/* Years that have a plan, newest first. */
struct error *training_years(struct look *look, int64_t **years, size_t *count) MUST_USE;
struct error *training_items(struct look *look, const struct pack *pack, struct training_plan_id id,
			     struct training_item **list, size_t *count) MUST_USE;
/* People serving today with a post whom no course of the plan, nor one on joining, is for. */
struct error *training_uncovered(struct look *look, const struct pack *pack,
				 struct training_plan_id id, int64_t *people) MUST_USE;

/* A plan with every yearly course of the pack, in its usual month. CONFLICT when the year has one. */
struct error *training_plan_make(struct act *act, const struct pack *pack, int64_t year,
				 struct training_plan_id *id) MUST_USE;
/* Days and place of a course; both days within the 年度. While the plan is open, or the course not begun. */
struct error *training_item_set(struct act *act, const struct pack *pack, struct training_item_id id,
				struct day begins, struct day due, struct text place) MUST_USE;
struct error *training_plan_decide(struct act *act, const struct pack *pack,
				   struct training_plan_id id, int64_t change) MUST_USE;
/* What came of it was reported (推進会議), on a day not to come. */
struct error *training_plan_report(struct act *act, const struct pack *pack,
				   struct training_plan_id id, struct day day, struct text where)
	MUST_USE;

/* ---- Enrolments ---- */

enum enrolment_state { ENROLMENT_OPEN, ENROLMENT_PASSED, ENROLMENT_EXCUSED, ENROLMENT_ENDED };
const char *enrolment_state_words(enum enrolment_state state);

struct enrolment {
	struct enrolment_id id;
	struct text code;
	const struct pack_course *course; /* NULL: the policy has it no longer */
	struct person_id person;
	struct text number, name;
	struct unit_id unit;
	struct text unit_name;
	bool is_from_drill;
	struct day since, due;
	enum enrolment_state state;
	struct moment ended;
	struct text how; /* "test", "read", "class", "passed-on" */
	int64_t score, tries;
	bool waits_for_passing_on; /* somebody stood in; see training_passed_on() */
	struct text words;	   /* why excused */
	bool is_late;
};
/* "テスト合格（90%）" … in the thread's language. */
struct text enrolment_how_words(struct arena *into, const struct enrolment *enrolment);

struct error *training_enrolment(struct look *look, const struct pack *pack, struct enrolment_id id,
				 struct enrolment *enrolment) MUST_USE;
/* A person's own: what is open first, then the newest. */
struct error *training_of(struct look *look, const struct pack *pack, struct person_id person,
			  struct enrolment **list, size_t *count) MUST_USE;
/* The open one of a course. */
struct error *training_open_of(struct look *look, const struct pack *pack, struct person_id person,
			       const struct pack_course *course, bool *found,
			       struct enrolment *enrolment) MUST_USE;
/*
 * Who is missing: open enrolments of people whose main unit stands under `unit` (no 0: anywhere), the
 * longest due first, without those made by a drill. `course` empty: of all.
 */
struct error *training_missing(struct look *look, const struct pack *pack, struct unit_id unit,
			       struct text course, size_t most, struct enrolment **list,
			       size_t *count) MUST_USE;
/*
 * Per unit and course since a day, of people who serve today: each once by the newest time they were asked,
 * without those made by a drill. What a plan says of its course is the same, of its year (of a year that is
 * over: people who served on its last day).
 */
struct training_count {
	struct unit_id unit;
	struct text unit_name, code;
	const struct pack_course *course;
	int64_t asked, passed, excused, late;
};
struct error *training_counts(struct look *look, const struct pack *pack, struct day since,
			      struct training_count **list, size_t *count) MUST_USE;

/* What a person must do: for home pages. */
struct training_mine {
	int64_t open, late;
	struct text next; /* name of the course that is due next; empty: none */
	struct day due;
	int64_t section_late; /* of people in units where the person is to look after it */
};
struct error *training_mine(struct look *look, const struct pack *pack, struct person_id person,
			    struct training_mine *mine) MUST_USE;

/*
 * Not now: on leave, say. `words` why. By `keeps`, or who heads the person's section (role of scope section)
 * or stands above; nobody for themselves. Made by a drill: MISSING.
 */
struct error *training_excuse(struct act *act, const struct pack *pack, struct enrolment_id id,
			      struct text words) MUST_USE;
/* The person themself: what the stand-in heard was passed on. */
struct error *training_passed_on(struct act *act, struct enrolment_id id) MUST_USE;

/* ---- Courses and tests ---- */

enum { BLOCK_MOST = 2000, SPAN_MOST = 20000 };
enum block_kind { BLOCK_HEADING, BLOCK_SMALL_HEADING, BLOCK_PARAGRAPH, BLOCK_ITEM, BLOCK_STEP, BLOCK_QUOTE };
struct span {
	struct text words;
	bool is_strong, is_emphasised, is_code;
};
struct block {
	enum block_kind kind;
	struct span *spans;
	size_t count;
};
/*
 * Markdown as blocks of spans: headings, paragraphs, lists, quotes, strong, emphasis, code. Everything
 * else (HTML, pictures, links) stands as the words it is made of, so that nothing of a pack's text reaches a page unescaped.
 */
struct error *course_blocks(struct arena *into, struct text markdown, struct block **blocks,
			    size_t *count) MUST_USE;

struct course_try {
	int64_t id;
	struct enrolment_id enrolment;
	struct moment at;
	int64_t asked, right;
	bool is_passed;
	int64_t given[COURSE_MOST_QUESTIONS]; /* by question: which answer, from 1 */
};
/*
 * A try by act->actor.person at the course's test (or, without questions, that it was read): `given` has one
 * answer (from 1) per question. Whoever was not asked to take the course takes it all the same, and a pass
 * counts. INVALID names each question without an answer ("q3").
 */
struct error *training_try(struct act *act, const struct pack *pack,
			   const struct pack_course *course, const int64_t *given,
			   struct course_try *made) MUST_USE;
/* MISSING unless it is the person's own. */
struct error *training_try_read(struct look *look, int64_t id, struct person_id person,
				struct course_try *made, struct enrolment_id *enrolment) MUST_USE;

/* ---- Classes ---- */

/* One line of an attendance list: who, and who went in their place. */
struct attendance {
	int64_t line;
	struct person_id person, stand_in; /* stand_in.no 0: they were there themselves */
};
struct class_held {
	int64_t id;
	struct text code, place;
	const struct pack_course *course;
	struct day held;
	int64_t attended, stood_in;
	struct moment at;
};
/*
 * A list as typed or pasted: one person a line, staff number or whole name first; then, after a comma, tab or
 * 、, perhaps 代理 and who went. A first line of headings is passed over. INVALID ("list"), one error per
 * line that cannot be read: nothing of it is taken then.
 */
struct error *attendance_read(struct look *look, struct text typed, struct attendance **list,
			      size_t *count) MUST_USE;
struct error *training_class(struct act *act, const struct pack *pack,
			     const struct pack_course *course, struct day held, struct text place,
			     const struct attendance *list, size_t count, int64_t *id) MUST_USE;
struct error *training_classes(struct look *look, const struct pack *pack,
			       struct class_held **list, size_t *count) MUST_USE;

/* ---- Drills by mail ---- */

enum drill_state { DRILL_PLANNED, DRILL_RUNNING, DRILL_ENDED, DRILL_CANCELLED };
const char *drill_state_words(enum drill_state state);

struct mail_drill {
	struct mail_drill_id id;
	const struct pack_lure *lure; /* NULL: the policy has it no longer */
	struct text lure_code, audience_code;
	const struct pack_audience *audience;
	struct unit_id unit; /* no 0: all */
	struct text unit_name;
	struct moment sends, ended;
	struct day ends; /* its last day */
	enum drill_state state;
	int64_t targets, without_mail, opened, reported, both;
	int64_t ignored; /* neither opened nor reported */
};
struct drill_unit {
	struct unit_id unit; /* no 0: units too small to be shown, together */
	struct text name;
	int64_t targets, opened, reported, ignored;
};
struct drill_person {
	struct person_id person;
	struct text number, name, unit_name;
	struct moment opened, reported;
};

struct drill_plan {
	const struct pack_lure *lure;
	const struct pack_audience *audience;
	struct unit_id unit;
	struct moment sends;
	struct day ends;
};
/* To be sent from `sends` on (by the clock); counted until the end of `ends`. */
struct error *training_drill_plan(struct act *act, const struct pack *pack,
				  const struct drill_plan *plan, struct mail_drill_id *id) MUST_USE;
/* Before it is sent. */
struct error *training_drill_cancel(struct act *act, const struct pack *pack,
				    struct mail_drill_id id) MUST_USE;
struct error *training_drill(struct look *look, const struct pack *pack, struct mail_drill_id id,
			     struct mail_drill *drill) MUST_USE;
struct error *training_drills(struct look *look, const struct pack *pack, struct mail_drill **list,
			      size_t *count) MUST_USE;
/*
 * For who has no mail address: a link that is handed over otherwise (on paper). Of a running drill; each
 * person once. Right: `keeps`. The token is nowhere kept.
 */
struct error *training_drill_hand(struct act *act, const struct pack *pack, struct mail_drill_id id,
				  const struct person_id *persons, size_t count, struct text *tokens)
	MUST_USE;
/* Units of at least TRAINING_UNIT_LEAST people by themselves, the others together, so nobody can be told apart. */
struct error *training_drill_units(struct look *look, struct mail_drill_id id,
				   struct drill_unit **list, size_t *count) MUST_USE;
/* REFUSED without training_may_name(). */
struct error *training_drill_persons(struct look *look, const struct pack *pack,
				     struct mail_drill_id id, struct person_id reader,
				     struct drill_person **list, size_t *count) MUST_USE;

enum { TRAINING_TOKEN_LEN = 32 }; /* hexadecimal digits */
/*
 * What a link's token leads to: the mail it stood in, and whether that it was opened is known. Nothing says
 * whose it is. MISSING for everything that is no token of ours.
 */
struct error *training_token(struct look *look, const struct pack *pack, struct text token,
			     const struct pack_lure **lure, bool *is_opened) MUST_USE;
/* The link was opened. Counted once, and until the drill's end; afterwards nothing is changed. */
struct error *training_opened(struct act *act, const struct pack *pack, struct text token) MUST_USE;

struct mail_report {
	int64_t id;
	struct person_id person;
	struct text number, name, unit_name;
	struct moment at;
	bool is_drill;
	struct text subject, words;
	bool is_opened;
};
/*
 * act->actor.person reports mail that looks wrong. When its subject is that of a drill they are in, it is counted
 * there, and nobody is woken; otherwise holders of `tells` are told.
 */
struct error *training_suspicious(struct act *act, const struct pack *pack, struct text subject,
				  struct text words, bool is_opened, bool *is_drill) MUST_USE;
/* Not those of drills. Newest first. */
struct error *training_reports(struct look *look, struct mail_report **list, size_t *count) MUST_USE;

/* How often a person stands here, for their own page. */
struct training_kept {
	int64_t tries;
	int64_t drills, opened, reported; /* of drills that are over */
	int64_t suspicious;		  /* mail they reported, beside that of drills */
};
struct error *training_kept(struct look *look, struct person_id person, struct training_kept *kept)
	MUST_USE;

/* ---- The clock ---- */

struct training_done {
	int64_t enrolled, told, sent, ended;
};
/*
 * What time causes: courses open, who joined is asked, those who have not are reminded (training.remind-days, 7),
 * heads are told of those who are late, drills are sent and end, who has left is asked no more. Whatever
 * was due while nobody ran is made up for; a course whose last day passed meanwhile gets as many days as it had.
 */
struct error *training_clock(struct store *store, struct arena *arena, const struct pack *pack,
			     size_t most, struct training_done *done, bool *is_more) MUST_USE;

/* ---- For evidence ---- */

struct training_share {
	int64_t asked, passed, excused, open, late; /* of people who serve, as asked newest */
	struct day due;	    /* of those open and not late: the first */
	struct moment last; /* when somebody passed last */
};
struct error *training_share(struct look *look, struct text course, struct training_share *share)
	MUST_USE;
struct training_year {
	bool has_plan, is_decided;
	int64_t uncovered;
	struct day reported; /* the newest report of any plan; DAY_NONE */
};
struct error *training_year(struct look *look, const struct pack *pack, int64_t year,
			    struct training_year *made) MUST_USE;
/* The newest drill that ended; *found false: none did. */
struct error *training_drill_last(struct look *look, const struct pack *pack, bool *found,
				  struct mail_drill *drill) MUST_USE;

#endif
