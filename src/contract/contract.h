/*
 * Contracts (委託): work given to firms, from choosing one to the day on which nothing of ours is left with
 * it. The pack says by what is chosen, what a contract holds, who consents and what must be seen to be gone
 * (policy/contract.h); without contracts.yaml everything here is MISSING.
 *
 * A contract is *selecting* until its contractor is chosen and it is signed, then *running*, then *ended*;
 * one that came to nothing is *dropped*. Signing asks for each item of the pack whether it stands in the
 * contract or why not, makes the engagement of room people (people/organisation.h), and writes the row of
 * the register that the pack names (kept up to date by every act here).
 *
 * Links are the firms that work under it: the contractor, and any depth of firms below (再委託). A link
 * below is asked for, then consented or refused by the role the pack names; nothing below a link that was
 * not consented can be consented. One that was found at work without having asked is written down as
 * *found*. Only consent makes an engagement, and nobody of a link without one is ever covered.
 *
 * Workers are named per link. Their names lie sealed with room people, where consent, pledge of secrecy and
 * (where the pack asks) training make them workers who may be given accounts, permits and doors.
 *
 * Hand-overs are the register of all data that went over, to whom, and on to whom. Each is closed by itself:
 * returned or erased, *claimed* by the contractor's word or paper, *verified* when somebody of the body saw
 * it, how and when. A contract is not ended while one is open, or only claimed where the class wants more.
 *
 * Rights, checked here: `answers` of the pack in the contract's unit chooses, signs, names, hands over,
 * demands, ends; `consents` decides about links; `verifies` verifies (nobody of a firm can). Reading is the
 * dispatcher's to check: contract_may_read().
 *
 * Journal: "contract.open", ".candidate", ".answer", ".choose", ".sign", ".drop", ".explain", ".prolong", ".end",
 * ".check", ".demand", ".answered", ".settle" about contract:N and unit:N; "contract.ask", ".found",
 * ".consent", ".refuse" about contract-link:N, contract:N; "contract.name", ".ready", ".unname" about
 * contract-link:N, contract:N, person:N; "contract.hand", ".receive", ".claim", ".verify" about contract-data:N,
 * contract:N; "contract.remind" about contract:N.
 */
#ifndef BANSHO_CONTRACT_CONTRACT_H
#define BANSHO_CONTRACT_CONTRACT_H

#include "flow/flow.h"
#include "ledger/ledger.h"
#include "people/organisation.h"
#include "people/people.h"
#include "policy/policy.h"
#include "store/store.h"

struct contract_id {
	int64_t no;
};
struct contract_candidate_id {
	int64_t no;
};
struct contract_link_id {
	int64_t no;
};
struct contract_worker_id {
	int64_t no;
};
struct contract_handover_id {
	int64_t no;
};
struct contract_demand_id {
	int64_t no;
};

enum {
	CONTRACT_MOST_WORDS = 2000, /* characters of anything longer */
	CONTRACT_MOST_LISTED = 2000,
	CONTRACT_MOST_LINKS = 200, /* of one contract */
	CONTRACT_MOST_COPIES = 10000,
	CONTRACT_REMIND_DAYS = 30, /* where the pack names no parameter */
};

/* "contract:3" */
struct text contract_about(struct arena *into, struct contract_id id);

/* ---- The question other rooms ask ---- */

enum contract_worker_state {
	WORKER_ALLOWED,
	WORKER_NOT_NAMED,  /* nobody named them for any contract */
	WORKER_NOT_YET,	   /* named for later days */
	WORKER_OVER,	   /* named until an earlier day, or taken off */
	WORKER_NO_CONSENT, /* of a firm whose work was not consented to, or somebody above it */
	WORKER_NO_PLEDGE,  /* no pledge of secrecy */
	WORKER_NO_TRAINING,
	WORKER_CONTRACT_OVER, /* the contract has ended */
	WORKER_STATES,
};
const char *contract_worker_state_words(enum contract_worker_state state); /* why, for who stands at the door */

struct contract_allowed {
	enum contract_worker_state state;
	bool is_allowed; /* state == WORKER_ALLOWED */
	struct contract_id contract; /* no 0: an engagement that is kept in room people alone */
	struct text title;	     /* of the contract, or the work of the engagement */
	struct contract_link_id link;
	struct text firm;
	struct engagement_id engagement; /* no 0 where nobody consented */
	struct unit_id unit;		 /* that answers for it */
	struct text state_words;
};

/*
 * Is this person, who is of a firm, named and consented on that day, and under which contract? Allowed is
 * whom room people covers on the day (engagement, every one above it, pledge) and who, where they were named
 * here, has everything the pack asks for. Otherwise *allowed says the nearest thing that is missing.
 * `contract` no 0: under any; else under that one alone. It works without contracts.yaml too: then only
 * what room people knows counts. For persons of the body itself the answer is WORKER_NOT_NAMED: ask for
 * their post. One indexed look for each engagement of the person (a handful).
 */
struct error *contract_worker_allowed(struct look *look, const struct pack *pack,
				      struct person_id person, struct day day,
				      struct contract_id contract, struct contract_allowed *allowed)
	MUST_USE;
/* Everybody allowed on the day, by firm and number: what a list of permitted persons is held against. */
struct contract_allowed_person {
	struct person_id person;
	struct text name;
	struct text number; /* employee number of room people */
	struct contract_allowed by;
};
struct error *contract_workers_allowed(struct look *look, const struct pack *pack, struct day day,
				       struct contract_allowed_person **list, size_t *count) MUST_USE;

/* ---- Words ---- */

enum contract_stage { CONTRACT_SELECTING, CONTRACT_RUNNING, CONTRACT_ENDED, CONTRACT_DROPPED, CONTRACT_STAGES };
const char *contract_stage_name(enum contract_stage stage);  /* "running" */
const char *contract_stage_words(enum contract_stage stage); /* 契約中 (through say) */
bool contract_stage_read(struct text name, enum contract_stage *stage);

enum contract_link_state { LINK_ASKED, LINK_CONSENTED, LINK_REFUSED, LINK_FOUND, LINK_ENDED, LINK_STATES };
const char *contract_link_state_name(enum contract_link_state state);
const char *contract_link_state_words(enum contract_link_state state); /* 同意を求められている, 同意済み, 不同意, 無断 … */

enum contract_handover_state { HANDOVER_OPEN, HANDOVER_CLAIMED, HANDOVER_VERIFIED, HANDOVER_STATES };
const char *contract_handover_state_name(enum contract_handover_state state);
const char *contract_handover_state_words(enum contract_handover_state state); /* 渡したまま, 委託先の申告のみ, 職員が確認 */

enum contract_handover_end { END_RETURNED, END_ERASED, HANDOVER_ENDS };
const char *contract_handover_end_name(enum contract_handover_end end);
const char *contract_handover_end_words(enum contract_handover_end end); /* 返却, 消去 */
bool contract_handover_end_read(struct text name, enum contract_handover_end *end);

/* ---- Reading ---- */

struct contract {
	struct contract_id id;
	enum contract_stage stage;
	struct unit_id unit;
	struct text unit_name;
	struct text title, work;
	struct text kind; /* code */
	const struct pack_contract_kind *of; /* NULL: the pack no longer has it */
	struct text class_code;		     /* of the pack's axis; empty until known */
	struct row_id system;		     /* no 0: none */
	struct text system_title;
	struct moment made;
	struct contract_candidate_id chosen; /* no 0: nobody yet */
	struct text firm_name;	    /* of the contractor, or of who is chosen */
	struct text reason;
	struct text number;
	struct day agreed, since, until; /* DAY_NONE until signed */
	struct engagement_id engagement;
	struct day explained; /* what must be kept was explained to the firm (Takamatsu 6.1.4) */
	struct text explained_words;
	struct row_id row; /* of the register */
	struct day ended;
	struct text end_words;
	/* Counted now */
	int64_t links, unconsented, found; /* below the contractor; asked or found; found alone */
	int64_t workers;		   /* named, not taken off */
	int64_t handovers, open, claimed;  /* of data */
	int64_t unverified;		   /* open, or claimed where the class wants more */
	int64_t demands, late_demands;	   /* not settled */
	struct day checked;		   /* newest confirmation; DAY_NONE: never */
	bool is_past;			   /* running, but its last day is over */
	int64_t change;			   /* counts acts; give it back to the next */
};
/* MISSING when there is none. */
struct error *contract_read(struct look *look, const struct pack *pack, struct contract_id id,
			    struct contract *contract) MUST_USE;

struct contract_eyes;
struct contract_query {
	const struct contract_eyes *eyes; /* what they see; NULL: everything */
	bool is_waiting_only;	    /* running, and past its day, with a link to decide, or with a late demand */
	bool is_open_only;	    /* selecting or running */
	enum contract_stage stage;  /* with has_stage */
	bool has_stage;
};
/* Open ones first, by last day, then the others, newest first; at most `most` (<= CONTRACT_MOST_LISTED). */
struct error *contract_list(struct look *look, const struct pack *pack,
			    const struct contract_query *query, size_t most, struct contract **list,
			    size_t *count) MUST_USE;

struct contract_candidate {
	struct contract_candidate_id id;
	struct firm_id firm; /* no 0: not registered yet */
	struct text name;
	bool is_chosen;
	int64_t answered, musts; /* criteria answered; those that must be yes and are not */
};
struct error *contract_candidates(struct look *look, const struct pack *pack,
				  const struct contract *contract, struct contract_candidate **list,
				  size_t *count) MUST_USE;
struct contract_answered {
	const struct pack_contract_criterion *criterion; /* NULL: an earlier pack's */
	struct text code, answer, words; /* answer: yes, no, na, or empty */
};
/* In the order of the pack, those of the contract's kind; unanswered ones too. */
struct error *contract_answers(struct look *look, const struct pack *pack,
			       const struct contract *contract, struct contract_candidate_id candidate,
			       struct contract_answered **list, size_t *count) MUST_USE;

struct contract_said {
	const struct pack_contract_item *item; /* NULL: an earlier pack's */
	struct text code;
	bool is_answered, is_present;
	struct text words;
};
/* In the order of the pack; unanswered ones too. */
struct error *contract_items(struct look *look, const struct pack *pack, struct contract_id id,
			     struct contract_said **list, size_t *count) MUST_USE;

struct contract_link {
	struct contract_link_id id, above; /* above no 0: the contractor itself */
	struct contract_id contract;
	int depth; /* 0: the contractor */
	struct firm_id firm;
	struct text firm_name, work, place, why;
	enum contract_link_state state;
	struct day since, until;
	struct moment made, decided;
	struct text decider_name, role, words;
	struct engagement_id engagement;
	bool may_be_consented; /* asked or found, and everything above is consented */
	int64_t workers;
	int64_t change;
};
/* The contractor first, each link behind the one above it. */
struct error *contract_links(struct look *look, struct contract_id id, struct contract_link **list,
			     size_t *count) MUST_USE;
struct error *contract_link_read(struct look *look, struct contract_link_id id, struct contract_link *link)
	MUST_USE;

struct contract_worker {
	struct contract_worker_id id;
	struct contract_link_id link;
	struct contract_id contract;
	struct person_id person;
	struct text name, number, task;
	struct day since, until, pledged, trained, ended; /* DAY_NONE: not */
	struct text trained_words;
	enum contract_worker_state state; /* today */
	int64_t permits; /* in force today, of the pack's `access` */
	int64_t change;
};
/* Of a link, or of all links of a contract (link no 0). */
struct error *contract_workers(struct look *look, const struct pack *pack, struct contract_id id,
			       struct contract_link_id link, struct contract_worker **list, size_t *count)
	MUST_USE;

struct contract_handover {
	struct contract_handover_id id;
	struct contract_id contract;
	struct contract_link_id link, source; /* who holds it; from whom it came (no 0: from the body) */
	struct text firm_name, source_name;
	struct day day;
	struct text what, class_code, way, serial;
	int64_t copies;
	bool is_test; /* real data, used to test with */
	struct text file, file_name; /* digest and name, where there is a file */
	struct text receipt;
	struct day received;
	enum contract_handover_state state;
	enum contract_handover_end end; /* of a claimed or verified one */
	struct day claimed, verified;
	struct text claim, certificate, certificate_name, verify, verifier_name;
	bool must_be_verified; /* the class wants that somebody of the body sees it */
	bool is_closed;	       /* verified, or claimed where that is enough */
	int64_t change;
};
struct error *contract_handovers(struct look *look, const struct pack *pack, struct contract_id id,
				 struct contract_handover **list, size_t *count) MUST_USE;
struct error *contract_handover_read(struct look *look, const struct pack *pack, struct contract_handover_id id,
			    struct contract_handover *handover) MUST_USE;

struct contract_demand {
	struct contract_demand_id id;
	struct contract_id contract;
	struct text contract_title;
	struct unit_id unit;
	struct contract_link_id link;
	struct text firm_name, found, wanted;
	const struct pack_contract_item *item; /* the item of the contract it rests on, or NULL */
	struct day due;
	struct moment made, answered, settled;
	struct text answer, settle;
	bool is_late;
	int64_t change;
};
/* Of a contract (no 0: of all, open ones), newest first. */
struct error *contract_demands(struct look *look, const struct pack *pack, struct contract_id id,
			       struct contract_demand **list, size_t *count) MUST_USE;

struct contract_checked {
	struct day day;
	struct text how, found, name;
	bool is_fine;
};
struct error *contract_checks(struct look *look, struct contract_id id,
			      struct contract_checked **list, size_t *count) MUST_USE;

/* ---- Who may ---- */

struct contract_rights {
	bool may_lead;	  /* choose, sign, name, hand over, demand, end */
	bool may_consent; /* decide about links */
	bool may_verify;
	bool may_read;	  /* any of these, staff of the unit, roles above, auditors */
};
struct error *contract_rights(struct look *look, const struct pack *pack,
			      const struct contract *contract, struct person_id person,
			      struct contract_rights *rights) MUST_USE;
/* The units in which the person may open a contract. */
struct error *contract_units(struct look *look, const struct pack *pack, struct person_id person,
			     struct unit_id **units, size_t *count) MUST_USE;
/* What the person sees in lists: everything, or what is in these units and below. */
struct contract_eyes {
	bool all;
	struct unit_id *units;
	size_t count;
};
struct error *contract_sees(struct look *look, const struct pack *pack, struct person_id person,
			    struct contract_eyes *eyes) MUST_USE;

/* What waits for a person: links to decide, contracts past their day, demands past their day. */
struct contract_mine {
	int64_t consents, past, demands;
	struct contract_id first; /* one of them, to go to */
};
struct error *contract_mine(struct look *look, const struct pack *pack, struct person_id person,
			    struct contract_mine *mine) MUST_USE;

/* ---- Acts: choosing and signing ---- */

struct contract_opening {
	struct unit_id unit;
	struct text title, work, kind, class_code;
	struct row_id system;
};
/* INVALID names what is missing. The acting person answers for the unit. */
struct error *contract_open(struct act *act, const struct pack *pack,
			    const struct contract_opening *opening, struct contract_id *id) MUST_USE;
/* A firm that is registered (by its id), or a name. INVALID when it is there already. */
struct error *contract_candidate_add(struct act *act, const struct pack *pack, struct contract_id id,
				     struct firm_id firm, struct text name,
				     struct contract_candidate_id *candidate) MUST_USE;
/* All answers of one candidate at once; empty ones stay open. An answer without words by what it was
   seen is INVALID, and so are words without an answer. */
struct contract_answering {
	struct contract_candidate_id candidate;
	const struct contract_answered *answers; /* code, answer, words */
	size_t count;
};
struct error *contract_answer(struct act *act, const struct pack *pack, struct contract_id id,
			      const struct contract_answering *answering) MUST_USE;
/* INVALID while a criterion is unanswered, or one that must be is not answered with yes. */
struct error *contract_choose(struct act *act, const struct pack *pack, struct contract_id id,
			      int64_t change, struct contract_candidate_id candidate, struct text reason) MUST_USE;
struct contract_signing {
	struct contract_id id;
	int64_t change;
	struct text number;
	struct text firm_code; /* 業者コード, where the chosen firm is not registered yet */
	struct text place;     /* where it will work */
	struct day agreed, since, until;
	const struct contract_said *items; /* code, is_answered, is_present, words */
	size_t items_count;
};
/* INVALID unless every item of the pack is there or has a reason (must-items must be there). */
struct error *contract_sign(struct act *act, const struct pack *pack,
			    const struct contract_signing *signing) MUST_USE;
/* It came to nothing; only while selecting. */
struct error *contract_drop(struct act *act, const struct pack *pack, struct contract_id id,
			    int64_t change, struct text words) MUST_USE;
/* The firm was told what must be kept: by whom to whom, with which paper. */
struct error *contract_explain(struct act *act, const struct pack *pack, struct contract_id id,
			       struct day day, struct text words) MUST_USE;

/* ---- Acts: the chain ---- */

struct contract_asking {
	struct contract_id id;
	struct contract_link_id above; /* the firm that gives the work on */
	struct firm_id firm;  /* no 0: the firm is registered with code and name */
	struct text firm_code, firm_name;
	struct text work, place, why;
	struct day since, until;
	bool is_found; /* it works already, and nobody asked */
};
/* INVALID names what is missing; a firm that is in the chain already; days beyond the link above. Who
   consents is told. */
struct error *contract_ask(struct act *act, const struct pack *pack,
			   const struct contract_asking *asking, struct contract_link_id *link) MUST_USE;
/* CONFLICT while what is above it has no consent. Consent holds from today on at the earliest. */
struct error *contract_decide(struct act *act, const struct pack *pack, struct contract_link_id link,
			      int64_t change, bool is_consented, struct text words) MUST_USE;

struct contract_naming {
	struct contract_link_id link;
	struct person_id person; /* no 0: a person is added by name */
	struct text family, given;
	struct text task;
	struct day since, until;
	struct day pledged; /* DAY_NONE: not shown yet */
	struct day trained;
	struct text trained_words;
};
/* INVALID for a person who is not of a firm, or is named in that link on those days. Named does not mean
   allowed: contract_worker_allowed(). */
struct error *contract_name(struct act *act, const struct pack *pack,
			    const struct contract_naming *naming, struct contract_worker_id *id) MUST_USE;
/* What was missing is there now: pledge, training (DAY_NONE: leave as it is). */
struct error *contract_ready(struct act *act, const struct pack *pack, struct contract_worker_id id,
			     int64_t change, struct day pledged, struct day trained,
			     struct text trained_words) MUST_USE;
/* They work no longer after `last`; what they have in room people ends with it. */
struct error *contract_unname(struct act *act, const struct pack *pack, struct contract_worker_id id,
			      int64_t change, struct day last) MUST_USE;

/* ---- Acts: data ---- */

struct contract_handing {
	struct contract_id id;
	struct contract_link_id link;   /* who gets it */
	struct contract_link_id source; /* who passed it on; no 0: the body hands it over */
	struct day day;
	struct text what, class_code, way, serial;
	int64_t copies;
	bool is_test;
	struct text file, file_name; /* SHA-256 of the file, in hex; may be empty */
	struct text receipt;	     /* who took it; may follow later */
	struct day received;
};
/* REFUSED for a firm nobody consented to: the body hands nothing to it. INVALID for a day after the last one of
   its contract or consent. What was passed on to one is written down all the same. */
struct error *contract_hand(struct act *act, const struct pack *pack,
			    const struct contract_handing *handing, struct contract_handover_id *id) MUST_USE;
/* Who took it, once: CONFLICT when it is there already. */
struct error *contract_receive(struct act *act, const struct pack *pack, struct contract_handover_id id,
			       int64_t change, struct day day, struct text words) MUST_USE;
struct contract_closing {
	struct contract_handover_id id;
	int64_t change;
	enum contract_handover_end end;
	struct day day;
	struct text words;
	struct text file, file_name; /* a claim's certificate */
};
/* The contractor says, or a paper says: it is returned or erased. */
struct error *contract_claim(struct act *act, const struct pack *pack,
			     const struct contract_closing *closing) MUST_USE;
/* Somebody of the body saw it: how. REFUSED for people of firms. */
struct error *contract_verify(struct act *act, const struct pack *pack,
			      const struct contract_closing *closing) MUST_USE;

/* ---- Acts: looking after it ---- */

/* Fulfils the duties whose `by` is contract.confirm, for this contract's row. */
struct error *contract_confirm(struct act *act, const struct pack *pack, struct contract_id id,
			       const struct contract_checked *checked) MUST_USE;
struct contract_demanding {
	struct contract_id id;
	struct contract_link_id link; /* no 0: the contractor */
	struct text found, wanted, item;
	struct day due;
};
struct error *contract_demand(struct act *act, const struct pack *pack,
			      const struct contract_demanding *demanding, struct contract_demand_id *id) MUST_USE;
struct error *contract_answered(struct act *act, const struct pack *pack, struct contract_demand_id id,
				int64_t change, struct text words) MUST_USE;
/* It was looked at and is as the contract wants it. */
struct error *contract_settle(struct act *act, const struct pack *pack, struct contract_demand_id id,
			      int64_t change, struct text words) MUST_USE;
/*
 * An amendment lets it last longer: the contractor's own days, and the register's row. Consents to firms below,
 * workers and their permits keep the days they were given, and are asked for, named and applied for anew.
 * By `answers`, as signing. INVALID: not later; without a reason; agreed after its last day: that is a new
 * contract. CONFLICT once it has ended. "contract.prolong"
 */
struct contract_prolonging {
	struct contract_id id;
	int64_t change;
	struct day until, agreed; /* new last day; the day of the amendment */
	struct text words;	  /* why, and which amendment */
	struct day was;		  /* told: the last day until then */
	struct text name;	  /* told: who wrote it down */
};
struct error *contract_prolong(struct act *act, const struct pack *pack,
			       const struct contract_prolonging *prolonging) MUST_USE;
/* Newest first. */
struct error *contract_prolonged(struct look *look, struct contract_id id, struct contract_prolonging **list,
				 size_t *count) MUST_USE;
/* CONFLICT while data is out there: it names what. The engagement ends with the contract. One that has not begun
   ends before it begins: it then never was. */
struct error *contract_end(struct act *act, const struct pack *pack, struct contract_id id,
			   int64_t change, struct day day, struct text words) MUST_USE;

/* ---- How it stands: for evidence (enum contract_part: policy/evidence.h) ---- */

struct contract_stand {
	int64_t all, good;
	int64_t due;	 /* in time, but something is to be done */
	int64_t claimed; /* by a firm's word alone */
	int64_t late;
	struct day next; /* when the next of them becomes late; DAY_NONE: none */
};
/* `within` days for CONTRACTS_CHECKED. */
struct error *contract_stands(struct look *look, const struct pack *pack, enum contract_part part,
			      int64_t within, struct contract_stand *stand) MUST_USE;

/* Rows of the register of services for which one of the pack's conditions holds. */
struct contract_wrong {
	const struct pack_contract_wrong *rule;
	struct row_id row;
	struct text title;
	struct unit_id unit;
};
struct error *contract_wrongs(struct look *look, const struct pack *pack, struct contract_wrong **list,
			      size_t *count) MUST_USE;

/* ---- What time causes ---- */

struct contract_done {
	int64_t reminded;
};
/* Who answers is told before the end what is still out there, after it, and of late demands; once each. */
struct error *contract_clock(struct store *store, struct arena *arena, const struct flow *flow,
			     struct contract_done *done) MUST_USE;

#endif
