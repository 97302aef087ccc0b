/*
 * Incidents (事案): from the first report to the CISO's closing. Kinds, playbooks, the chain of reports,
 * authorities and the emergency plan are the pack's (policy/incident.h); a pack without incidents has none.
 *
 * A case has three times: when it happened (may be unknown), when somebody of ours knew, when it was entered.
 * Its heart is the timeline: entries are only ever added; what is put right is a new entry that replaces
 * an older one, so two people writing at once never lose a word. Everything else that happens (receipts,
 * judgement, orders, answers, evidence, outside reports) leaves an entry in the timeline by itself.
 *
 * The chain (連絡): links of the pack, told in their order. The next order is told when somebody of the
 * order before has received it, or when that ran out unanswered and its substitute was told: an absent link
 * never holds the others up. bansho-clock tells substitutes (incident_clock), also after it was off.
 *
 * Who may: every act checks it itself, from act->actor.person; pages only hide buttons.
 *  - report: whoever works for the body; a citizen's report comes with actor.person 0
 *  - write entries, add evidence and what is concerned: leads (CSIRT), holders of links that were told and of
 *    open tasks, the reporter, who entered it, holders of `orders`
 *  - judge, tasks, custody, outside reports, conclude: leads, holders of `orders`
 *  - orders: holders of `orders`; close: the holder of `closes` or who stands in for them
 *  - receive a link, answer a task: who holds its role today, a deputy, a substitute once told
 *  - read: all of these, and RIGHT_DOSSIER_READ for the unit where it happened
 * Acts that change the state take `change` as the page showed it: a CONFLICT when somebody acted meanwhile.
 * Failing in any other way changes nothing.
 *
 * Journal: "incident.report", "incident.receive" … about incident:N; ids, codes and times, never what
 * people wrote (it stands in the rows that the entry covers).
 */
#ifndef BANSHO_INCIDENT_INCIDENT_H
#define BANSHO_INCIDENT_INCIDENT_H

#include "flow/flow.h"
#include "ledger/ledger.h"
#include "people/people.h"
#include "policy/policy.h"
#include "store/store.h"

struct incident_id {
	int64_t no;
};
struct entry_id {
	int64_t no;
};
struct link_id {
	int64_t no;
};
struct task_id {
	int64_t no;
};
struct evidence_id {
	int64_t no;
};
struct affected_id {
	int64_t no;
};

enum {
	INCIDENT_MOST_TITLE = 200,   /* characters */
	INCIDENT_MOST_WORDS = 4000,  /* of an entry, answer, order */
	INCIDENT_MOST_LINE = 200,    /* of place, finder, contact, names */
	INCIDENT_MOST_ENTRIES = 5000,
	INCIDENT_MOST_TASKS = 500,
	INCIDENT_MOST_EVIDENCE = 500,
	INCIDENT_MOST_AFFECTED = 500,
	INCIDENT_MOST_FILE = 32 << 20, /* bytes of one evidence file */
};

struct text incident_about(struct arena *into, struct incident_id id); /* "incident:12" */

/* ---- Words. …_name() is what is kept, …_words() what people read (through say) ---- */

enum incident_state {
	INCIDENT_REPORTED,  /* 報告: not judged yet */
	INCIDENT_OPEN,	    /* 対応中: judged an incident or a near miss */
	INCIDENT_CONCLUDED, /* 原因・再発防止を報告済み */
	INCIDENT_CLOSED,    /* 終結 */
	INCIDENT_DISMISSED, /* インシデントではない: an event only; may be judged again */
	INCIDENT_STATES,
};
const char *incident_state_name(enum incident_state state);
const char *incident_state_words(enum incident_state state);
bool incident_state_read(struct text name, enum incident_state *state);

enum incident_source {
	SOURCE_STAFF,	/* 職員 */
	SOURCE_CITIZEN, /* 市民など外部 */
	SOURCE_SYSTEM,	/* 監視・システム */
	SOURCE_VENDOR,	/* 委託先 */
	INCIDENT_SOURCES,
};
const char *incident_source_name(enum incident_source source);
const char *incident_source_words(enum incident_source source);
bool incident_source_read(struct text name, enum incident_source *source);

enum incident_way {
	WAY_SELF,   /* typed by who found it */
	WAY_SAID,   /* told by voice, typed in by somebody else or later */
	WAY_PUBLIC, /* the page for citizens */
	WAY_SHEET,  /* a dossier of the pack's own form (incident.open) */
	INCIDENT_WAYS,
};
const char *incident_way_name(enum incident_way way);
const char *incident_way_words(enum incident_way way);
bool incident_way_read(struct text name, enum incident_way *way);

enum incident_verdict {
	VERDICT_INCIDENT,  /* インシデント */
	VERDICT_NEAR_MISS, /* ヒヤリ・ハット（被害なし）: followed up, nobody outside is told */
	VERDICT_EVENT,	   /* インシデントではない */
	INCIDENT_VERDICTS,
};
const char *incident_verdict_name(enum incident_verdict verdict);
const char *incident_verdict_words(enum incident_verdict verdict);
bool incident_verdict_read(struct text name, enum incident_verdict *verdict);

const char *entry_category_words(enum entry_category category);
const char *play_phase_words(enum play_phase phase);

/* Where what an entry says comes from. */
enum entry_source {
	FROM_SEEN,    /* 自分で確かめた */
	FROM_TOLD,    /* 人から聞いた */
	FROM_LOG,     /* ログ・機器 */
	FROM_OUTSIDE, /* 外部から */
	FROM_BANSHO,  /* 番所が書いた: receipts, orders, answers … */
	ENTRY_SOURCES,
};
const char *entry_source_name(enum entry_source source);
const char *entry_source_words(enum entry_source source);
bool entry_source_read(struct text name, enum entry_source *source);

enum task_kind {
	TASK_PLAY,    /* 手順: a step of the playbook */
	TASK_TASK,    /* 作業 */
	TASK_CONTAIN, /* 応急措置の指示 */
	TASK_RECOVER, /* 復旧の指示 */
	TASK_PREVENT, /* 再発防止の指示 */
	TASK_STOP,    /* 停止の指示 */
	TASK_KINDS,
};
const char *task_kind_name(enum task_kind kind);
const char *task_kind_words(enum task_kind kind);
bool task_kind_read(struct text name, enum task_kind *kind);
bool task_kind_is_order(enum task_kind kind);

enum custody_doing { CUSTODY_TAKEN, CUSTODY_HANDED, CUSTODY_CHECKED, CUSTODY_RETURNED, CUSTODY_DESTROYED, CUSTODY_DOINGS };
const char *custody_name(enum custody_doing doing);
const char *custody_words(enum custody_doing doing);
bool custody_read(struct text name, enum custody_doing *doing);

enum disclosure { DISCLOSURE_DONE, DISCLOSURE_PLANNED, DISCLOSURE_NOT, DISCLOSURES };
const char *disclosure_name(enum disclosure disclosure);
const char *disclosure_words(enum disclosure disclosure);
bool disclosure_read(struct text name, enum disclosure *disclosure);

/* Yes, no, or nobody has said. */
enum said { SAID_NOTHING, SAID_NO, SAID_YES };

/* ---- The case ---- */

struct incident {
	struct incident_id id;
	struct text number; /* 事案令和8年度-0012 */
	const struct pack_incident_kind *kind; /* NULL when the pack no longer has it */
	struct text kind_code;
	struct text title, place, damage, finder;
	struct text contact; /* of a citizen; for who may write only: pages must not show it to others */
	enum incident_source source;
	enum incident_way way;
	struct moment happened; /* ms 0: not known */
	struct moment known;
	struct moment said; /* told by voice; ms 0: it was not */
	struct moment entered;
	struct person_id entered_by, reporter; /* no 0: a citizen, a program */
	struct text entered_by_name, reporter_name;
	struct unit_id unit; /* where it happened; no 0: nobody has said */
	struct text unit_name;
	struct row_id system; /* no 0: none */
	struct text system_title;
	struct dossier_id dossier; /* it was reported by; no 0: none */
	bool is_drill;
	enum incident_state state;
	bool is_judged;
	enum incident_verdict verdict;
	struct moment judged;
	struct text judged_by_name, judged_role, judged_words;
	enum said grave, needed, crime;
	struct text class_code; /* on the pack's first axis; empty: nobody has said */
	struct text grounds;	/* codes, one a line: value_next() */
	int64_t persons;	/* concerned or maybe concerned */
	bool has_disclosure;
	enum disclosure disclosure;
	struct text disclosure_words;
	struct moment concluded, closed; /* ms 0: not */
	struct text concluded_by_name, closed_by_name, closed_words;
	int64_t change; /* give it back to the next act */
	/* In lists and incident_read(): */
	int64_t waiting; /* links told and neither received nor ended */
	int64_t late;	 /* of them past their time; tasks past theirs; outside reports past their day */
	int64_t open_tasks;
	struct day next_due; /* the nearest day outside; DAY_NONE */
};

/* The first report (第一報). Only kind, title and known must be given; the rest comes later. */
struct incident_reporting {
	struct text kind;  /* code */
	struct text title; /* one line: what happened */
	struct text words; /* more of it; becomes the first entry. May be empty */
	struct text place, damage, finder, contact;
	enum incident_source source;
	enum incident_way way;
	struct moment happened, known, said;
	struct person_id reporter; /* no 0: the acting person */
	struct unit_id unit;	   /* no 0: the reporter's */
	struct row_id system;	   /* no 0: none */
	enum said crime;
	struct text class_code;	   /* empty: nobody has said */
	bool is_drill;		   /* 訓練: by leads; nobody outside is told */
	struct dossier_id dossier; /* no 0 */
	struct text receipt_key, receipt_number; /* WAY_PUBLIC, both or neither: for incident_receipt() */
};
/*
 * "incident.report". The chain begins, those of its first order are told. INVALID names the field ("kind",
 * "title", "known", "happened", …): times to come (five minutes are forgiven), happened after known.
 */
struct error *incident_report(struct act *act, const struct pack *pack,
			      const struct incident_reporting *reporting, struct incident_id *id) MUST_USE;
/*
 * What somebody outside was given for the report with this key. No right is checked: who has the key has the
 * number, and nothing else of the case is told.
 */
struct error *incident_receipt(struct look *look, struct text key, bool *found, struct text *number,
			       struct moment *made) MUST_USE;
/* MISSING when there is none. No right is checked: incident_may(). */
struct error *incident_read(struct look *look, const struct pack *pack, struct incident_id id,
			    struct incident *incident) MUST_USE;
struct error *incident_by_number(struct look *look, struct text number, bool *found,
				 struct incident_id *id) MUST_USE;

struct incident_query {
	bool has_state, only_living; /* living: neither closed nor dismissed */
	enum incident_state state;
	struct text kind;  /* code; empty: any */
	struct text words; /* in number, title, place; empty: any */
	int fiscal_year;   /* of the day of knowledge; 0: any */
	bool with_drills;
	struct person_id reporter; /* no 0: anybody's; else reported or entered by them */
	struct incident_id before; /* of the page before */
	size_t most;		   /* at most 1,000; 0: 100 */
};
/* Newest first, those the person may read. *has_more: another page follows. */
struct error *incident_list(struct look *look, const struct pack *pack, const struct rights *rights,
			    const struct incident_query *query, struct incident **list, size_t *count,
			    bool *has_more) MUST_USE;

struct incident_may {
	bool read, write, lead, order, close;
	bool sees_contact; /* write, or reported it */
};
struct error *incident_may(struct look *look, const struct pack *pack, const struct rights *rights,
			   const struct incident *incident, struct incident_may *may) MUST_USE;
/* Read and may.read at once: MISSING else, so that nobody learns what there is. */
struct error *incident_open(struct look *look, const struct pack *pack, const struct rights *rights,
			    struct incident_id id, struct incident *incident, struct incident_may *may)
	MUST_USE;

/* ---- The timeline ---- */

struct incident_entry {
	struct entry_id id;
	struct moment at, made; /* when it was so; when it was written */
	struct person_id person; /* no 0: a program, a citizen */
	struct text person_name, role;
	enum entry_category category;
	enum entry_source source;
	bool is_reported; /* goes into reports to authorities and forms */
	struct text words;
	struct entry_id replaces, replaced; /* no 0: none */
};
struct entry_query {
	unsigned categories; /* bits; 0: all */
	bool only_reported, with_replaced;
	size_t most; /* 0: INCIDENT_MOST_ENTRIES */
};
/* In order of `at`. 2,000 entries take a few ms. */
struct error *incident_entries(struct look *look, struct incident_id id, const struct entry_query *query,
			       struct incident_entry **list, size_t *count) MUST_USE;

struct entry_writing {
	struct incident_id incident;
	struct moment at; /* ms 0: now */
	enum entry_category category;
	enum entry_source source; /* not FROM_BANSHO */
	bool is_reported;
	struct text words;
	struct entry_id replaces; /* no 0: a new one. CONFLICT when it is replaced already */
};
/* "incident.entry" ("incident.correct" when it replaces). Closed cases take no entry: CONFLICT. */
struct error *incident_entry_write(struct act *act, const struct pack *pack,
				   const struct entry_writing *writing, struct entry_id *id) MUST_USE;

/* ---- The chain ---- */

struct incident_link {
	struct link_id id;
	struct incident_id incident;
	const struct pack_link *link; /* NULL when the pack no longer has it */
	struct text code, role_code;
	struct unit_id unit;
	struct text unit_name;
	struct moment told;
	struct moment term; /* when its own receipt was due; ms 0: no clock */
	struct moment due;  /* when somebody above is told next; ms 0: nobody is left */
	int64_t level;	    /* how often somebody above was told */
	struct moment escalated, received, ended; /* ms 0: not */
	struct text person_name, as_role, words;  /* of the receipt */
	struct person_id person;
	bool is_late; /* not received in its time, or received after it */
	bool is_mine; /* the person asked for may receive it now */
};
/* In the pack's order. `person`: for is_mine (no 0: nobody). */
struct error *incident_links(struct look *look, const struct pack *pack, struct incident_id id,
			     struct person_id person, struct incident_link **list, size_t *count) MUST_USE;
/* Who is to receive it now: by role, as far as it was told. Names and posts for the page. */
struct error *incident_link_people(struct look *look, const struct pack *pack,
				   const struct incident_link *link, struct decider **list, size_t *count)
	MUST_USE;

struct link_receiving {
	struct link_id link;
	struct text words;  /* an instruction or a remark; may be empty */
	enum said needed;   /* does it have to go further up (fact `needed`)? SAID_NO needs words */
	enum said grave;    /* is it especially grave (fact `grave`)? SAID_NOTHING leaves it */
};
/* "incident.receive". CONFLICT when somebody has: the words say who and when. */
struct error *incident_receive(struct act *act, const struct pack *pack,
			       const struct link_receiving *receiving) MUST_USE;

/* ---- Judgement and facts ---- */

struct incident_judging {
	struct incident_id incident;
	int64_t change;
	enum incident_verdict verdict;
	struct text words; /* why; required */
	struct text kind;  /* empty: as reported */
	enum said grave, needed, crime;
	struct text class_code; /* empty: leaves it */
	struct text grounds;	/* codes, one a line; .data NULL leaves them */
};
/*
 * "incident.judge". An incident or near miss makes the playbook's steps tasks, tells the links of LINK_CONFIRM
 * (incident only) and begins the clocks outside; an event ends what waits and tells the reporter.
 */
struct error *incident_judge(struct act *act, const struct pack *pack,
			     const struct incident_judging *judging) MUST_USE;

struct incident_facts {
	struct incident_id incident;
	int64_t change;
	struct text kind, class_code; /* empty: leaves it */
	enum said grave, needed, crime;
	struct text grounds; /* .data NULL leaves them */
	struct unit_id unit; /* no 0 leaves it */
	struct row_id system;
	bool has_disclosure; /* 公表 decided: */
	enum disclosure disclosure;
	struct text disclosure_words; /* required for DISCLOSURE_NOT */
};
/* "incident.facts". Links and outside reports that now apply are begun. */
struct error *incident_set_facts(struct act *act, const struct pack *pack,
				 const struct incident_facts *facts) MUST_USE;

/* ---- Tasks and orders ---- */

struct incident_task {
	struct task_id id;
	struct incident_id incident;
	struct text incident_number; /* incident_tasks_of() */
	enum task_kind kind;
	const struct pack_play *play; /* TASK_PLAY; NULL when the pack no longer has it */
	struct text words;
	struct text role_code;
	struct unit_id unit;
	struct person_id assignee; /* no 0: whoever holds the role */
	struct text unit_name, assignee_name;
	struct moment at, due; /* ms 0: no clock */
	struct person_id given_by;
	struct text given_by_name, given_role;
	bool is_own_judgement; /* an order in the absence of who closes */
	bool is_answered, is_done; /* answered and not done: skipped, `answer` says why */
	struct text answer, answered_by_name;
	struct moment answered;
	bool is_late;
	bool is_mine; /* the person asked for may answer it now */
};
struct error *incident_tasks(struct look *look, const struct pack *pack, struct incident_id id,
			     struct person_id person, struct incident_task **list, size_t *count) MUST_USE;

struct task_giving {
	struct incident_id incident;
	enum task_kind kind; /* not TASK_PLAY */
	struct text words;
	const struct pack_role *role; /* and `unit`; or `assignee` */
	struct unit_id unit;
	struct person_id assignee;
	struct moment due; /* ms 0: none */
};
/*
 * "incident.task", "incident.order". The order of one who may order only in the absence of the closer
 * (pack acts-for) says whether it was instructed: is_own_judgement when the closer could not be
 * reached (their link is told and not received).
 */
struct error *incident_task_give(struct act *act, const struct pack *pack, const struct task_giving *giving,
				 struct task_id *id) MUST_USE;
struct task_answering {
	struct task_id task;
	bool is_done;
	struct text words; /* what was done; required when not done */
	struct moment at;  /* ms 0: now */
};
/* "incident.answer". CONFLICT when it is answered. */
struct error *incident_task_answer(struct act *act, const struct pack *pack,
				   const struct task_answering *answering) MUST_USE;

/* ---- Evidence ---- */

/* Keep the bytes beside the store, sealed, under their SHA-256: before the act that takes them in. */
struct error *incident_file_keep(struct store *store, struct arena *arena, struct text bytes,
				 struct hash *digest) MUST_USE;

struct incident_evidence {
	struct evidence_id id;
	struct incident_id incident;
	int64_t no; /* within the case: 証拠1 */
	struct text name;
	bool is_file;
	struct hash digest; /* of the bytes at intake; is_file */
	int64_t size;
	struct text origin; /* machine, medium, serial, log */
	struct moment taken, at; /* secured; entered */
	struct text person_name;
	struct text holder; /* who has it now */
	struct moment ended; /* returned or destroyed; ms 0: kept */
};
struct error *incident_evidence_list(struct look *look, struct incident_id id, struct incident_evidence **list,
				     size_t *count) MUST_USE;
struct error *incident_evidence_read(struct look *look, struct evidence_id id,
				     struct incident_evidence *evidence) MUST_USE;
struct evidence_taking {
	struct incident_id incident;
	struct text name, origin, holder;
	struct moment taken; /* ms 0: now */
	bool is_file;
	struct hash digest; /* incident_file_keep() */
	int64_t size;
};
/* "incident.evidence", with the digest in the entry. */
struct error *incident_evidence_take(struct act *act, const struct pack *pack,
				     const struct evidence_taking *taking, struct evidence_id *id) MUST_USE;
/* The bytes, held against the digest of the intake: BROKEN when they are others. The caller notes who read. */
struct error *incident_file_read(struct look *look, const struct incident_evidence *evidence,
				 struct text *bytes) MUST_USE;

struct custody {
	struct moment at, made;
	enum custody_doing doing;
	struct text holder, words, person_name;
	bool is_checked, is_same; /* CUSTODY_CHECKED of a file */
};
struct error *incident_custody(struct look *look, struct evidence_id id, struct custody **list,
			       size_t *count) MUST_USE;
struct custody_noting {
	struct evidence_id evidence;
	enum custody_doing doing; /* not CUSTODY_TAKEN */
	struct moment at;	  /* ms 0: now */
	struct text holder;	  /* who has it from then on; required for CUSTODY_HANDED */
	struct text words;
};
/* "incident.custody". CUSTODY_CHECKED of a file reads and hashes it: what is found is kept either way. */
struct error *incident_custody_note(struct act *act, const struct pack *pack,
				    const struct custody_noting *noting, bool *is_same) MUST_USE;

/* ---- What and whom it concerns ---- */

struct incident_affected {
	struct affected_id id;
	struct row_id asset; /* no 0: described only */
	struct text asset_number, name;
	struct text items; /* 氏名、住所、… */
	struct text media; /* 紙、USBメモリ、… */
	int64_t persons;
	bool is_sure; /* false: maybe */
	struct text person_name;
	struct moment at;
};
struct error *incident_affected_list(struct look *look, const struct pack *pack, struct incident_id id,
				     struct incident_affected **list, size_t *count) MUST_USE;
struct affected_adding {
	struct incident_id incident;
	struct row_id asset;
	struct text name; /* empty: the asset's */
	struct text items, media;
	int64_t persons;
	bool is_sure;
};
/* "incident.affected". The class of the case follows the highest asset; grounds by number of persons arise. */
struct error *incident_affected_add(struct act *act, const struct pack *pack,
				    const struct affected_adding *adding, struct affected_id *id) MUST_USE;
/* It turned out not to be concerned, because. */
struct error *incident_affected_drop(struct act *act, const struct pack *pack, struct affected_id id,
				     struct text words) MUST_USE;

/* ---- The end ---- */

struct incident_concluding {
	struct incident_id incident;
	int64_t change;
	struct text cause;	/* required */
	struct text done, todo; /* prevention: done already, still to do; one of them required */
};
/* "incident.conclude": cause and prevention are reported (様式第11-2号); links of LINK_CAUSE are told. */
struct error *incident_conclude(struct act *act, const struct pack *pack,
				const struct incident_concluding *concluding) MUST_USE;
/* What stands against closing, one a line for the page; none: *count 0. */
struct error *incident_closable(struct look *look, const struct pack *pack, const struct incident *incident,
				struct text **reasons, size_t *count) MUST_USE;
struct incident_closing {
	struct incident_id incident;
	int64_t change;
	struct text words;
};
/* "incident.close" by the holder of `closes`. REFUSED with what stands against it. */
struct error *incident_close(struct act *act, const struct pack *pack,
			     const struct incident_closing *closing) MUST_USE;

/* ---- Mine, time ---- */

struct incident_mine {
	int64_t links, tasks;	/* that wait for me */
	int64_t late;		/* of both */
	int64_t cases;		/* living ones I lead or may order in */
	int64_t outside;	/* reports outside not filed, of those */
	struct moment next;	/* the nearest time of all; ms 0 */
	struct incident_id first; /* the case to open first; no 0 */
};
struct error *incident_mine(struct look *look, const struct pack *pack, struct person_id person,
			    struct incident_mine *mine) MUST_USE;
/* Links and tasks of living cases that wait for the person. */
struct error *incident_links_of(struct look *look, const struct pack *pack, struct person_id person,
				struct incident_link **list, size_t *count) MUST_USE;
struct error *incident_tasks_of(struct look *look, const struct pack *pack, struct person_id person,
				struct incident_task **list, size_t *count) MUST_USE;

struct incident_done {
	int64_t escalated, reminded, outside;
};
/*
 * For bansho-clock, as often as it likes: substitutes are told of unanswered links, who must answer a task
 * that is late, who leads before and on the last day outside. Each once, also when the clock was off
 * meanwhile: an absent link then climbs one level a round. At most `most` acts.
 */
struct error *incident_clock(struct store *store, struct arena *arena, const struct pack *pack, size_t most,
			     struct incident_done *done, bool *is_more) MUST_USE;

/* ---- A dossier of the pack's own report forms opens a case ---- */

/*
 * The outcome "incident.open" (docs/pack-format.md): kind, title, words, place, damage, finder, happened,
 * known, said, system, crime, citizen, class are arguments; `number` names a case by its number: then its
 * words become an entry there instead.
 */
struct error *incident_outcome_open(struct act *act, const struct flow *flow, struct dossier_id dossier,
				    const struct pack_occasion *occasion,
				    const struct pack_outcome *outcome) MUST_USE;
/* flow_usual_outcomes and "incident.open": everything that pack_known names. */
extern const struct flow_outcome incident_outcomes[];

#endif
