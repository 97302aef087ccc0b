/*
 * Flow (決裁): from "what do you want to do" to a permit, its use and its end.
 *
 * A dossier (案件) is one thing somebody wants to do. The pack's occasions (場面) that fit its
 * answers and assets bring forms (様式: one sheet per form), and steps (許可, 協議, 報告). Sending
 * freezes the content: its digest is SHA-256 over canonical JSON of answers, assets with their
 * class, occasions, clauses and pack. Every decision keeps the digest it was about; when content
 * or an asset's class or owner is different afterwards, the decision is shown as stale.
 *
 * Who may: every act below checks it again itself, from act->actor.person; pages only hide buttons.
 *  - draft, save, send, withdraw, cancel, ask for extension, out, return, result: the applicant
 *    (out, return and result also colleagues of the applicant's unit, who are recorded as such)
 *  - decide: a candidate of the step today (people: holder or deputy; above when escalated)
 *  - revoke: whoever holds a deciding role of the dossier today, or a role above it
 * Acts take `change`, the dossier's counter as the page showed it: when somebody acted meanwhile
 * the act is a CONFLICT and nothing happens. Failing in any other way changes nothing either.
 *
 * Journal: each act notes one fact "dossier.…" or "permit.…" about dossier:N (then permit:N,
 * asset:N), with clauses and pairs (state, form, decision, digest …); never words that people wrote,
 * only their digest.
 */
#ifndef BANSHO_FLOW_FLOW_H
#define BANSHO_FLOW_FLOW_H

#include "ledger/ledger.h"
#include "people/people.h"
#include "policy/policy.h"
#include "policy/shelf.h"
#include "store/store.h"

struct dossier_id {
	int64_t no;
};
struct permit_id {
	int64_t no;
};
struct step_id {
	int64_t no;
};

enum {
	FLOW_MOST_ANSWERS = 4000,   /* of a dossier, items' included */
	FLOW_MOST_ASSETS = 200,	    /* chosen in a dossier */
	FLOW_MOST_ITEMS = 500,	    /* serials in a dossier */
	FLOW_MOST_OCCASIONS = 40,
	FLOW_MOST_STEPS = 80,	    /* of a route */
	FLOW_MOST_PURPOSE = 2000,   /* characters */
	FLOW_MOST_VALUE = 20000,    /* bytes of one answer */
	FLOW_MOST_WORDS = 4000,	    /* characters of reasons, conditions, opinions */
	FLOW_PAGE = 50,
	FLOW_MOST_PAGE = 200,
};

/* ---- What the room works with ---- */

struct flow;

/* What a granted or completed dossier causes. Runs inside the act that caused it. */
struct flow_outcome {
	const char *name; /* as packs write it: "permit.issue" */
	struct error *(*run)(struct act *act, const struct flow *flow, struct dossier_id dossier,
			     const struct pack_occasion *occasion,
			     const struct pack_outcome *outcome);
};

/* Made once by the program; everything here reads it only. `outcomes` ends with name NULL. */
struct flow {
	const struct pack *pack; /* in force */
	const struct flow_outcome *outcomes;
	struct pack_shelf *shelf; /* earlier versions; NULL: everything is read under `pack` */
};

/* Outcomes that this room can do by itself, for the programs' table. */
struct error *flow_permit_issue(struct act *act, const struct flow *flow, struct dossier_id dossier,
				const struct pack_occasion *occasion,
				const struct pack_outcome *outcome) MUST_USE;
/* Retires the dossier's assets in the ledger (those matched by serial too), once per dossier. */
struct error *flow_ledger_retire(struct act *act, const struct flow *flow,
				 struct dossier_id dossier, const struct pack_occasion *occasion,
				 const struct pack_outcome *outcome) MUST_USE;
/* permit.issue and ledger.retire, ended with name NULL: everything pack_known names. */
extern const struct flow_outcome flow_usual_outcomes[];

/*
 * Parameters (people_parameter) that this room reads, with the value where the pack has none:
 * decide.remind-days 2, decide.escalate-days 5, permit.remind-days 3 (before it ends),
 * return.before-minutes 1440, return.remind-minutes 60 and return.escalate-minutes 240 (after the
 * planned return); permit.usual-days 30 for permits whose occasion names no days.
 */

/* ---- Say what you want to do ---- */

/*
 * One answer: `name` is a question's or a field's name. `item` is empty, or in an `each` section
 * the serial number it is about. Faults name it "name" or "name@serial".
 */
struct flow_answer {
	struct text name;
	struct text item;
	struct text value;
};

/* Answers as typed, and the rows chosen from ledgers (any; usually the asset ledger). */
struct flow_asked {
	const struct flow_answer *answers;
	size_t answers_count;
	const struct row_id *assets;
	size_t assets_count;
};

struct flow_class {
	const struct pack_axis *axis;
	const struct pack_class *value; /* the highest of the assets chosen */
};

struct flow_match {
	const struct pack_occasion **occasions; /* in the pack's order; clauses and why are theirs */
	size_t occasions_count;
	const struct pack_form **forms; /* each once */
	size_t forms_count;
	struct flow_class *classes; /* one per axis; none when no asset is chosen */
	size_t classes_count;
};

/* Which occasions the answers meet. What cannot be read counts as not answered. Anybody. */
struct error *flow_match(struct look *look, const struct flow *flow, const struct flow_asked *asked,
			 struct flow_match *match) MUST_USE;
/*
 * Is the field asked at all, after these answers (its `shown_when`)? `item`: the serial in an
 * `each` section, else empty.
 */
struct error *flow_is_shown(struct look *look, const struct flow *flow,
			    const struct flow_asked *asked, const struct when *shown_when,
			    struct text item, bool *is_shown) MUST_USE;

/* ---- Dossiers ---- */

enum dossier_state {
	DOSSIER_DRAFT,	   /* 下書き */
	DOSSIER_SENT,	   /* 決裁中 */
	DOSSIER_RETURNED,  /* 差戻し: with the applicant again */
	DOSSIER_REFUSED,   /* 不許可 */
	DOSSIER_GRANTED,   /* 許可: in use, or its result not yet recorded */
	DOSSIER_COMPLETE,  /* 完了 */
	DOSSIER_WITHDRAWN, /* 取下げ */
	DOSSIER_CANCELLED, /* 取消し: a draft thrown away, or a permission given up unused */
};

enum verdict {
	VERDICT_PERMIT,
	VERDICT_PERMIT_WITH, /* with conditions, which are `words` */
	VERDICT_REFUSE,	     /* reason in `words` */
	VERDICT_SEND_BACK,   /* reason in `words` */
	VERDICT_OPINION,     /* consultation: `words` */
	VERDICT_ACKNOWLEDGE, /* notification */
};

enum step_state {
	STEP_BEHIND,	/* an earlier step comes first */
	STEP_OPEN,	/* can be decided now */
	STEP_DONE,
	STEP_DROPPED,	/* the dossier was refused, sent back or withdrawn before */
};

/* Why somebody may decide a step. */
enum decider_basis {
	DECIDES_HOLDER,
	DECIDES_DEPUTY, /* 代: in the place of `deputy_for` */
	DECIDES_ABOVE,	/* the role above, because the step was escalated */
};

struct flow_decider {
	struct person_id person;
	struct post_id post;
	struct person_id deputy_for; /* no 0: in their own right */
	enum decider_basis basis;
	struct text role; /* in which they would decide */
	struct text name, post_name, deputy_for_name;
};

/* One occasion's wish that a step fulfils; equal wishes of several occasions are one step. */
struct flow_part {
	const struct pack_occasion *occasion;
	const struct pack_clause *clause; /* of the step, or NULL */
};

struct flow_step {
	struct step_id id; /* no 0 in a preview */
	int order;
	enum step_verb verb;
	const struct pack_role *role;	/* who decides */
	const struct pack_role *wished; /* what the policy names; differs when `raised` */
	struct text raised;		/* why the role above decides; empty: it does not */
	struct unit_id unit;		/* in which the role is looked up; no 0: the body */
	struct text unit_name;
	struct flow_part *parts;
	size_t parts_count;
	enum step_state state;
	struct moment opened;	 /* since when it waits; ms 0: not yet */
	struct moment escalated; /* ms 0: not */
	struct flow_decider *deciders; /* today; empty: nobody, then `problem` says what to do */
	size_t deciders_count;
	struct text problem;
	int same_as; /* index of an earlier step whose decision counts here too (same person), or -1 */
	int decision; /* index into the dossier's decisions, or -1 */
};

struct flow_decision {
	int64_t id;
	int64_t revision; /* of the content; older than the dossier's: superseded */
	enum verdict verdict;
	struct person_id person, deputy_for;
	struct post_id post;
	struct text name, post_name, deputy_for_name;
	struct text role;	/* the first role it was given in; the steps name all of them */
	enum decider_basis basis;
	struct text words;
	struct hash digest;	/* of what was decided */
	struct moment at;
	bool is_superseded;
};

enum permit_state {
	PERMIT_VALID,
	PERMIT_OUT,	 /* something under it is out */
	PERMIT_RETURNED, /* everything that went out came back */
	PERMIT_EXPIRED,
	PERMIT_REVOKED,
	PERMIT_USED_UP,	 /* the dossier is complete */
	PERMIT_GIVEN_UP, /* cancelled unused */
};

/* One thing that went out (持出) and perhaps came back (返却). */
struct flow_outing {
	int64_t id;
	struct permit_id permit;
	struct row_id asset;	/* no 0: named by `what` only */
	struct text what;	/* its title, or the serial */
	struct moment out, due, back; /* due.ms 0: not planned; back.ms 0: still out */
	struct person_id out_by, back_by;
	struct text out_name, back_name;
	bool is_overdue;
};

enum extension_state { EXTENSION_ASKED, EXTENSION_GRANTED, EXTENSION_REFUSED };

struct flow_extension {
	int64_t id;
	struct day until;
	struct text reason, answer;
	enum extension_state state;
	struct moment asked, decided;
	struct person_id by;
	struct text by_name;
};

struct flow_permit {
	struct permit_id id;
	struct text number; /* 令和8年度-0012-1 */
	struct dossier_id dossier;
	const struct pack_occasion *occasion;
	enum permit_state state;
	struct day from, until; /* both included */
	struct moment leaves, returns; /* as planned; ms 0: not asked */
	bool is_signed_out; /* out and return are signed */
	struct text conditions;
	struct moment issued, ended;
	struct text ended_why; /* reason of revoking */
	bool is_lapsed;	 /* `until` has passed while something is still out */
	bool is_overdue; /* something is out longer than planned */
	struct flow_outing *outings;
	size_t outings_count;
	struct flow_extension *extensions;
	size_t extensions_count;
};

struct flow_asset {
	struct ledger_row row;	   /* as it is now */
	struct text class_then;	   /* when sent: code on the first axis; empty in a draft */
	struct unit_id owner_then;
	bool is_changed;	   /* class or owner is another now than when it was sent */
};

/* An item of an `each` section (a serial number) and how it ended. */
struct flow_item {
	int64_t id;
	const struct pack_form *form;
	struct text serial, what;
	bool is_listed;		    /* false: nobody applied for it; it turned up in the result */
	struct row_id asset;	    /* the living row with that serial, no 0: none */
	const struct pack_end *end; /* NULL: open */
	bool is_struck;		    /* put right: it was no item after all, `struck_why` */
	struct text struck_why;
};

struct flow_balance {
	size_t listed, ended, verified; /* claimed only: ended - verified */
	size_t open;	 /* listed and not ended */
	size_t unlisted; /* turned up and not struck */
	bool is_balanced; /* open and unlisted are 0 */
};

struct dossier {
	struct dossier_id id;
	struct text number; /* 令和8年度-0012 */
	int64_t change;	    /* counts acts; give it back to the next act */
	int64_t revision;   /* of the content: 1 when first sent, +1 for each resubmission */
	enum dossier_state state;
	struct text purpose;
	struct person_id applicant;
	struct post_id post;
	struct unit_id unit;
	struct text applicant_name, post_name, unit_name;
	struct moment created, sent, changed, ended;
	const struct pack_occasion **occasions;
	size_t occasions_count;
	bool *is_wanted; /* per occasion: chosen by the person, not found by the answers */
	const struct pack_form **forms; /* the sheets */
	size_t forms_count;
	struct flow_answer *answers; /* kept values; typed text where it could not be read */
	size_t answers_count;
	struct flow_asset *assets;
	size_t assets_count;
	struct flow_class *classes; /* highest now, per axis */
	size_t classes_count;
	struct hash digest; /* of what was sent last; zero before */
	bool is_stale;	    /* decided, and assets' class or owner changed since */
	struct text stale_why;
	bool is_other_pack; /* sent under another version of the policy than the one in force */
	const struct flow *flow; /* under the version it is read and dealt with: that of its sending,
				    as long as it lies on the shelf; until then the one in force */
	struct flow_step *steps; /* of this revision; the preview while a draft */
	size_t steps_count;
	struct flow_decision *decisions; /* of all revisions, oldest first */
	size_t decisions_count;
	struct flow_permit *permits;
	size_t permits_count;
	struct flow_item *items;
	size_t items_count;
	struct flow_balance balance;
};

/* The whole dossier, in look->arena. MISSING when there is none. Who may see: flow_may_see. */
struct error *flow_read(struct look *look, const struct flow *flow, struct dossier_id id,
			struct dossier *dossier) MUST_USE;
/* By number as people write it (width and spaces do not matter). */
struct error *flow_find(struct look *look, struct text number, bool *found,
			struct dossier_id *id) MUST_USE;
/*
 * May the person see it: applicant, colleague of the applicant's unit, whoever has decided or may
 * decide, whoever holds a role over the applicant's or an asset owner's unit or for the body.
 */
struct error *flow_may_see(struct look *look, const struct flow *flow,
			   const struct dossier *dossier, struct person_id person, bool *may)
	MUST_USE;
/* An answer by name (and item, or empty); empty text when there is none. */
struct text dossier_answer(const struct dossier *dossier, struct text name, struct text item);
/* What it is called to a person: 様式第2号 …, or the first occasion's title. */
struct text dossier_title(const struct dossier *dossier);
const char *dossier_state_name(enum dossier_state state);   /* "sent", as stored and in the journal */
const char *dossier_state_words(enum dossier_state state);  /* 決裁中 (through say) */
const char *verdict_name(enum verdict verdict);		    /* "permit" */
const char *verdict_words(enum verdict verdict);	    /* 許可 */
bool verdict_read(struct text name, enum verdict *verdict);
const char *permit_state_name(enum permit_state state);	    /* "valid" */
const char *permit_state_words(enum permit_state state);    /* 有効 */
const char *step_verb_words(enum step_verb verb);	    /* 許可, 協議, 報告 */

/*
 * Everything that keeps the dossier from being sent, all at once (*faults NULL: nothing does):
 * what cannot be read, what is missing, asset not living, serial open in another dossier (named),
 * no occasion. Fields: "purpose", "assets", field names, "name@serial".
 */
struct error *flow_check(struct look *look, const struct flow *flow, struct dossier_id id,
			 struct error **faults) MUST_USE;
/* The same for the sections of STAGE_RESULT, of a granted dossier. */
struct error *flow_check_result(struct look *look, const struct flow *flow, struct dossier_id id,
				struct error **faults) MUST_USE;
/* The route as it would be if the draft were sent now. */
struct error *flow_preview(struct look *look, const struct flow *flow, struct dossier_id id,
			   struct flow_step **steps, size_t *count) MUST_USE;

/*
 * What a person wrote. Of the answers only the names (and items) given change; an empty value is an
 * answer taken back. Purpose, assets and wanted replace what was there, unless `keeps_choice`.
 */
struct flow_words {
	struct text purpose; /* empty: the answer called "purpose" */
	struct flow_asked asked;
	const struct text *wanted; /* occasion codes chosen directly, besides those found */
	size_t wanted_count;
	bool keeps_choice; /* a page that shows answers only: purpose, assets, wanted stay */
};

/*
 * Begin a dossier ("dossier.draft"). Fields with a first value (prefill) that nobody has answered
 * get it, here and in flow_save. `post`: in which post they apply, no 0 for their main one.
 * Saved as typed, complete or not; only names unknown to every form and question, and sizes over
 * the limits above, are refused.
 */
struct error *flow_draft(struct act *act, const struct flow *flow, struct post_id post,
			 const struct flow_words *words, struct dossier_id *made) MUST_USE;
/* Save a draft, or what was sent back ("dossier.save"). Applicant only. */
struct error *flow_save(struct act *act, const struct flow *flow, struct dossier_id id,
			int64_t change, const struct flow_words *words) MUST_USE;
/*
 * 申請 ("dossier.send"): checks (all faults at once), freezes, makes the route, tells the deciders.
 * A dossier whose route holds no permission is granted at once. After send back: revision + 1.
 */
struct error *flow_send(struct act *act, const struct flow *flow, struct dossier_id id,
			int64_t change) MUST_USE;
/*
 * Decide ("dossier.decide"). Counts for every open step of that verb for which the person is a
 * candidate, and later for steps of the same person as far as nobody's opinion or condition came
 * between. `digest` is what the person had in front of them (dossier.digest): CONFLICT when it is not
 * what was sent. Words are required for conditions, refusal, sending back and opinions.
 * When the last permission is given: granted, outcomes of AT_GRANT run.
 */
struct flow_ruling {
	struct step_id step; /* one of the open steps */
	enum verdict verdict;
	struct text words;
	struct hash digest;
};
struct error *flow_decide(struct act *act, const struct flow *flow, struct dossier_id id,
			  int64_t change, const struct flow_ruling *ruling) MUST_USE;
/* 取下げ by the applicant while sent or sent back ("dossier.withdraw"). */
struct error *flow_withdraw(struct act *act, const struct flow *flow, struct dossier_id id,
			    int64_t change, struct text why) MUST_USE;
/* Throw a draft away, or give up a permission nothing went out under ("dossier.cancel"). */
struct error *flow_cancel(struct act *act, const struct flow *flow, struct dossier_id id,
			  int64_t change, struct text why) MUST_USE;

/*
 * What was really done ("dossier.result"): answers of STAGE_RESULT sections, complete or not; only
 * the names given change. An answer for a serial nobody applied for is kept as an unlisted item and
 * keeps the dossier open. When every required answer is there, the items balance, what had to go out
 * has come back: complete, outcomes of AT_COMPLETE run ("dossier.complete"). No answers at all say
 * "finished with it": CONFLICT when something is still missing.
 */
struct error *flow_result(struct act *act, const struct flow *flow, struct dossier_id id,
			  int64_t change, const struct flow_answer *answers, size_t count) MUST_USE;
/* An unlisted item was none after all; by whoever may revoke, with reason ("dossier.strike"). */
struct error *flow_strike(struct act *act, const struct flow *flow, struct dossier_id id,
			  int64_t change, struct text serial, struct text why) MUST_USE;

/* May act->actor.person do it now? For showing buttons; acts check again. */
struct flow_may {
	bool save, send, withdraw, cancel, result, strike;
	bool decide;	    /* some open step */
	struct step_id step; /* the first of them */
	enum step_verb verb;
	struct person_id deputy_for; /* no 0: in their own right */
	bool out, back, extend, rule_extension, revoke; /* some permit */
};
struct error *flow_may(struct look *look, const struct flow *flow, const struct dossier *dossier,
		       struct person_id person, struct flow_may *may) MUST_USE;

/* ---- Permits ---- */

struct error *flow_permit_read(struct look *look, const struct flow *flow, struct permit_id id,
			       struct flow_permit *permit) MUST_USE;
/* 持出 of one item, now ("permit.out"). `asset` no 0: the dossier has no assets, `what` names it. */
struct error *flow_out(struct act *act, const struct flow *flow, struct permit_id id,
		       int64_t change, struct row_id asset, struct text what) MUST_USE;
/* 返却 of one item ("permit.return"); possible also after expiry and revocation. */
struct error *flow_back(struct act *act, const struct flow *flow, struct permit_id id,
			int64_t change, int64_t outing) MUST_USE;
/* Ask for longer ("permit.extend-ask"); INVALID beyond the pack's most or without reason. */
struct error *flow_extend(struct act *act, const struct flow *flow, struct permit_id id,
			  int64_t change, struct day until, struct text reason) MUST_USE;
/* Answer it ("permit.extend"): holder or deputy of the pack's `extends` role, not the asker. */
struct error *flow_rule_extension(struct act *act, const struct flow *flow, struct permit_id id,
				  int64_t change, bool is_granted, struct text words) MUST_USE;
/* Revoke with reason ("permit.revoke"). What is out stays visible as out until returned. */
struct error *flow_revoke(struct act *act, const struct flow *flow, struct permit_id id,
			  int64_t change, struct text why) MUST_USE;

/* ---- Lists ---- */

enum flow_list {
	FLOW_MINE,	/* applied by the person */
	FLOW_WAITING,	/* waiting for the person's decision, own right or deputy; extensions too */
	FLOW_OUT,	/* something is out: of the person's, or of `units` */
	FLOW_OVERDUE,	/* of them, out longer than planned */
	FLOW_ALL,	/* of `units`; whole body when units_count is 0 */
	FLOW_STUCK,	/* open steps nobody can decide today; whole body */
	FLOW_UNBALANCED, /* granted, with items open or unlisted; of `units` or the body */
};

struct flow_query {
	enum flow_list list;
	struct person_id person;
	const struct unit_id *units;
	size_t units_count;
	bool has_state;
	enum dossier_state state;
	struct text words; /* in number or purpose, folded; all must match */
	struct text after; /* cursor of the page before, or empty */
};

struct flow_line {
	struct dossier_id id;
	struct text number, purpose, title; /* title: dossier_title */
	enum dossier_state state;
	struct text applicant_name, unit_name;
	struct moment changed;
	struct moment since;	/* waiting: since when */
	enum step_verb verb;	/* waiting: what is asked */
	struct person_id deputy_for; /* waiting: in whose place */
	bool is_extension;	/* waiting: an extension of `permit` is asked for */
	struct permit_id permit; /* out, overdue, extension */
	struct moment due;	/* out, overdue: the earliest planned return */
	bool is_overdue;
	struct text problem;	/* stuck: why */
};

struct flow_page {
	struct flow_line *lines; /* newest first; waiting and overdue: oldest first */
	size_t count;
	struct text next; /* empty at the end */
};

struct error *flow_list(struct look *look, const struct flow *flow, const struct flow_query *query,
			size_t most, struct flow_page *page) MUST_USE;

/* For the cards of the staff's home. */
struct flow_counts {
	int64_t mine_open; /* draft, sent, returned, granted */
	int64_t mine_returned;
	int64_t waiting;
	int64_t out, overdue; /* of the person's */
};
struct error *flow_count(struct look *look, const struct flow *flow, struct person_id person,
			 struct flow_counts *counts) MUST_USE;

/* ---- Looking back, for the decider ---- */

/* Granted before: the same asset, or the same applicant and occasion. Newest first. */
struct error *flow_earlier(struct look *look, const struct flow *flow,
			   const struct dossier *dossier, size_t most, struct flow_permit **permits,
			   size_t *count) MUST_USE;

struct flow_difference {
	const struct pack_field *field; /* NULL: the assets, or the purpose (`label` says) */
	struct text label;
	struct text before, after; /* as people read them */
};
/*
 * What is different from the latest earlier granted dossier of the same occasion by the same unit,
 * or after send back from the revision before; *than.no 0 and nothing when there is none.
 */
struct error *flow_changes(struct look *look, const struct flow *flow,
			   const struct dossier *dossier, struct dossier_id *than,
			   int64_t *than_revision, struct flow_difference **changes, size_t *count)
	MUST_USE;

/* The canonical JSON that was frozen at a revision, and its digest (for paper and proof). */
struct error *flow_frozen(struct look *look, struct dossier_id id, int64_t revision,
			  struct text *json, struct hash *digest) MUST_USE;

/* ---- The clock ---- */

struct flow_clock_done {
	int64_t reminded, escalated, expired, overdue, overdue_escalated, completed;
};
/*
 * Everything that time alone causes, called by bansho-clock as often as it likes: reminders to
 * deciders, escalation to the role above, expiry, reminders before a permit ends and before and
 * after a planned return, overdue returns to the head of the unit. Each is an act with its entry, done
 * once; a second call at the same moment does nothing. At most `most` acts; *is_more when there is
 * more to do. An act that fails does not keep the others from being done; the first error is returned
 * at the end.
 */
struct error *flow_clock(struct store *store, struct arena *arena, const struct flow *flow,
			 size_t most, struct flow_clock_done *done, bool *is_more) MUST_USE;

/* ---- Figures for assure ---- */

struct flow_occasion_state {
	int64_t dossiers, granted, living; /* sent ever; granted ever; permits valid or out */
	int64_t overdue, stale_waiting;	   /* out too long; waiting longer than the escalation days */
	int64_t unbalanced, claimed;	   /* items open in granted dossiers; ended as claimed only */
	int64_t last_dossier;		   /* newest granted, 0: none */
	struct moment last;
};
/* Living state of one occasion, over all dossiers of the body. */
struct error *flow_occasion_state(struct look *look, const struct flow *flow,
				  const struct pack_occasion *occasion,
				  struct flow_occasion_state *state) MUST_USE;

/* ---- erasing a person (people.h) ---- */

/* people_erasable(), and REFUSED while a dossier of theirs is being decided or permitted, or something
   they took out is not back. Drafts and dossiers sent back are nobody's matter any more. */
struct error *flow_erasable(struct look *look, struct person_id person) MUST_USE;
struct error *flow_person_erase(struct act *act, const struct erasing *erasing) MUST_USE;
/* Take applicants' names out of what search finds dossiers by, as Bansho 0.1 kept them there. */
struct error *flow_unname(struct act *act) MUST_USE;

#endif
