/*
 * Dossiers: what somebody wants to do, its route and decisions, its items and result.
 */
#ifndef BANSHO_FLOW_DOSSIER_H
#define BANSHO_FLOW_DOSSIER_H

#include "flow/ids.h"
#include "flow/permit.h"

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
	/* Sheets whose sections decide which answers count in conditions; none: any sheet of the pack. */
	const struct pack_form *const *forms;
	size_t forms_count;
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
	DECIDES_DELEGATE, /* 専決: by a standing delegation of who holds the role */
	DECIDES_STAND_IN, /* 代決: in the place of `deputy_for`, who has it by delegation */
};
/* 代理, 専決, 代決, 上位; empty for a holder in their own right (through say). */
const char *decider_basis_words(enum decider_basis basis);

struct flow_decider {
	struct person_id person;
	struct post_id post;
	struct person_id deputy_for; /* no 0: in their own right */
	enum decider_basis basis;
	struct delegation_id delegation; /* no 0: under none */
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
	struct text raised;		/* why another role decides; empty: it does not */
	const struct pack_delegation *power; /* under which it may be decided, or NULL */
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

/* A decision counts for every step of its verb that the person may decide: in which role for each. */
struct flow_capacity {
	struct step_id step;
	struct text role; /* code */
	struct post_id post;
	struct person_id deputy_for; /* no 0: in their own right */
	enum decider_basis basis;
	struct delegation_id delegation; /* no 0: under none */
};

struct flow_decision {
	int64_t id;
	int64_t revision; /* of the content; older than the dossier's: superseded */
	enum verdict verdict;
	struct person_id person, deputy_for;
	struct post_id post;
	struct text name, post_name, deputy_for_name;
	struct text role;	/* the first role it was given in */
	struct flow_capacity *capacities; /* every step it counts for; none on decisions of 0.1 */
	size_t capacities_count;
	enum decider_basis basis;
	struct delegation_id delegation; /* under which it was made; no 0: under none */
	struct text words;
	struct hash digest;	/* of what was decided */
	struct moment at;
	bool is_superseded;
};
/* A decision counts in several steps, and may be by delegation in one of them only. */
enum decider_basis decision_basis(const struct flow_decision *decision, struct step_id step);

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

/* Acted first, reported after: the clock of one occasion. */
struct flow_report {
	const struct pack_occasion *occasion;
	struct moment happened; /* ms 0: not said yet */
	struct moment due;	/* it must be sent until then; while nobody said when: from the draft on */
	struct moment sent;	/* ms 0: not yet */
	bool is_late;		/* sent after it was due, or due and not sent */
};

/* A row that the dossier wrote into a ledger. */
struct flow_made {
	const struct pack_occasion *occasion;
	struct ledger_row row;
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
	size_t assets_count; /* rows of flow_asset_ledger() only */
	struct flow_asset *others; /* rows of other ledgers, chosen in fields: a system */
	size_t others_count;
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
	struct flow_report *reports;
	size_t reports_count;
	bool is_late; /* one of them is */
	struct flow_made *made;
	size_t made_count;
};

/* The ledger whose rows are assets: that of the first question for assets, else the pack's first. */
const struct pack_ledger *flow_asset_ledger(const struct pack *pack);

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
/* Nobody permits anything: it is told, recorded, and goes on. */
bool dossier_is_told(const struct dossier *dossier);
/* The same for one dossier: what was only told is 報告済み, never 許可. */
const char *dossier_stands(enum dossier_state state, bool is_told);
const char *verdict_name(enum verdict verdict);		    /* "permit" */
const char *verdict_words(enum verdict verdict);	    /* 許可 */
bool verdict_read(struct text name, enum verdict *verdict);
const char *permit_state_name(enum permit_state state);	    /* "valid" */
const char *permit_state_words(enum permit_state state);    /* 有効 */
const char *step_verb_words(enum step_verb verb);	    /* 許可, 協議, 報告 */

/*
 * Everything that keeps the dossier from being sent, all at once (*faults NULL: nothing does):
 * what cannot be read, what is missing, asset not living, serial open in another dossier (named),
 * no occasion, an applicant without the role that the occasion asks for (who may is named, and who
 * that is today), a permit that is needed first, a clause that is none of the pack's, what a ledger
 * would not take, an event that is still to come. Fields: "purpose", "assets", "occasions" (also for
 * roles and needed permits), field names, "name@serial".
 */
struct error *flow_check(struct look *look, const struct flow *flow, struct dossier_id id,
			 struct error **faults) MUST_USE;
/* The same for the sections of STAGE_RESULT, of a granted dossier. */
struct error *flow_check_result(struct look *look, const struct flow *flow, struct dossier_id id,
				struct error **faults) MUST_USE;
/* The route as it would be if the draft were sent now; flow_preview_permits() says what it would allow. */
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
/* Has the person a role the occasion asks its applicants for (or a holder's place as deputy)? */
struct error *flow_may_apply(struct look *look, const struct flow *flow,
			     const struct pack_occasion *occasion, struct person_id person,
			     bool *may) MUST_USE;
/*
 * 申請 ("dossier.send"): checks (all faults at once), freezes, makes the route, tells the deciders.
 * A dossier whose route holds no permission is granted at once, and those to be told acknowledge.
 * Outcomes of AT_SEND run, once. After send back: revision + 1. When an occasion names who may apply
 * (`by`), the entry holds the role the applicant has.
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
	bool close, review; /* some exception */
};
struct error *flow_may(struct look *look, const struct flow *flow, const struct dossier *dossier,
		       struct person_id person, struct flow_may *may) MUST_USE;

#endif
