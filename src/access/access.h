/*
 * Accounts of the body's other systems (ほかのシステムのアカウント): a register of who has which account
 * where, taken from the systems' own lists, held against the staff, and reviewed by the units once a
 * year. The systems are the rows of the pack's ledger with `accounts` (policy/form.h).
 *
 * A list is taken in after a preview. Nothing is ever removed because a list leaves it out: such an
 * account is "absent" until somebody looked and closed it. No password, and nothing an account could be
 * opened with, is ever read or kept.
 *
 * access_check() finds what is out of order now (struct trouble); it is computed, never typed in. Room
 * assure makes findings of it, one for each system and kind, that end by themselves when the last
 * trouble is put right or, account by account, decided to stay with a reason until a day (access_keep).
 *
 * Rights: reading, RIGHT_LEDGER_READ for the unit that runs the system; changing, RIGHT_LEDGER_WRITE for
 * it: the dispatcher's to check, unless a function says that it checks itself.
 *
 * Journal: "access.list" about system:N; "access.change", "access.close", "access.keep", "access.handle"
 * about account:N and system:N; "access.round" about access-round:N; "access.review" about unit:N;
 * "access.remind", "access.escalate". Account names stand in the store, never in the journal.
 */
#ifndef BANSHO_ACCESS_ACCESS_H
#define BANSHO_ACCESS_ACCESS_H

#include "flow/flow.h"
#include "ledger/ledger.h"
#include "people/people.h"
#include "policy/policy.h"
#include "store/store.h"

struct access_id {
	int64_t no;
};

enum {
	ACCESS_MOST_NAME = 200,	   /* characters of an account's name and label */
	ACCESS_MOST_WORDS = 1000,  /* of a reason */
	ACCESS_MOST_USERS = 500,   /* of a shared account */
	ACCESS_MOST_SYSTEMS = 1000,
	ACCESS_PAGE = 100,
	ACCESS_KEEP_MOST_DAYS = 366,
};

/* ---- Words ---- */

enum access_kind {
	ACCESS_PERSON,	/* one person's */
	ACCESS_SHARED,	/* used by those on its list */
	ACCESS_MACHINE, /* a program's; `why` says which */
	ACCESS_UNKNOWN, /* nobody knows yet */
	ACCESS_KINDS,
};
const char *access_kind_name(enum access_kind kind);  /* "shared" */
const char *access_kind_words(enum access_kind kind); /* 共用 (through say) */
bool access_kind_read(struct text name, enum access_kind *kind);

/* What is out of order. The names are those of evidence_check. */
enum trouble_kind {
	TROUBLE_LEFT,	    /* its person no longer serves, or holds no post */
	TROUBLE_MOVED,	    /* its person is in another unit than when it was given */
	TROUBLE_UNUSED,	    /* not used for account.check-days, or never */
	TROUBLE_UNKNOWN,    /* nobody knows whose it is */
	TROUBLE_PRIVILEGED, /* privileged, and no permit in force names it */
	TROUBLE_SHARED,	    /* shared, and nobody is on its list of users */
	TROUBLE_ABSENT,	    /* not in its system's newest list */
	TROUBLE_ASKED,	    /* a unit asked for its removal or change, and it is not done */
	TROUBLE_KINDS,
};
const char *trouble_name(enum trouble_kind kind);  /* "left" */
const char *trouble_words(enum trouble_kind kind); /* 退職・離任した人のもの (through say) */
bool trouble_read(struct text name, enum trouble_kind *kind);

/* ---- Systems ---- */

/* The pack's ledger of systems with accounts, or NULL. */
const struct pack_ledger *access_ledger(const struct pack *pack);

struct access_system {
	struct row_id id;
	struct text title;
	struct unit_id owner; /* the unit that runs it */
	struct text owner_name;
	bool is_for_all;    /* everybody has an account there: a move alone is no trouble */
	bool is_used_known; /* the newest list said when accounts were used */
	struct moment listed; /* ms 0: never */
	struct text columns;  /* how the newest list was read: access_mapping_kept() */
	int64_t accounts;     /* not closed */
	int64_t privileged, shared;
	int64_t troubles[TROUBLE_KINDS]; /* access_systems() and access_system(); kept ones do not count */
};

/* Living rows of the ledger by title. What troubles them is counted too: some ms per 10,000 accounts. */
struct error *access_systems(struct look *look, const struct flow *flow,
			     struct access_system **list, size_t *count) MUST_USE;
/* MISSING when the row is none of the ledger with accounts. */
struct error *access_system(struct look *look, const struct flow *flow, struct row_id id,
			    struct access_system *system) MUST_USE;
/* "access.settings" about system:N. */
struct error *access_system_settings(struct act *act, const struct flow *flow, struct row_id id,
				     bool is_for_all) MUST_USE;

/* ---- Accounts ---- */

struct access_account {
	struct access_id id;
	struct row_id system;
	struct text system_title;
	struct unit_id owner; /* of the system */
	struct text name;     /* as the system calls it */
	enum access_kind kind;
	struct person_id person; /* ACCESS_PERSON */
	struct text person_number, person_name;
	struct unit_id unit; /* where the person was when it was given or last reviewed; no 0: not known */
	bool is_privileged, is_disabled;
	struct text label; /* what the list calls somebody unknown */
	struct text why;
	struct day used; /* DAY_NONE: never, or not known */
	struct moment added, reviewed, closed; /* ms 0: not */
	struct text closed_by_name, closed_why;
	bool is_absent; /* not in its system's newest list */
	int64_t change; /* counts acts; give it back to the next */
};

struct access_query {
	struct row_id system; /* no 0: of every system */
	struct text words;    /* in the account's name, label, and the names of its person; empty: any */
	bool has_kind;
	enum access_kind kind;
	bool is_privileged_only;
	bool with_closed;
	struct access_id after; /* of the page before */
};
/* By system, then number; at most `most` (<= 1,000). */
struct error *access_accounts(struct look *look, const struct access_query *query, size_t most,
			      struct access_account **list, size_t *count) MUST_USE;
/* MISSING when there is none. */
struct error *access_account(struct look *look, struct access_id id,
			     struct access_account *account) MUST_USE;
/* A person's own and those shared ones they are on the list of, not closed. */
struct error *access_accounts_of(struct look *look, struct person_id person,
				 struct access_account **list, size_t *count) MUST_USE;

/* Where somebody will be: the units, with all above them. None: they leave, or hold no post here. */
struct access_moving {
	struct person_id person;
	const struct unit_id *units;
	size_t units_count;
};
struct access_staying {
	struct access_id id;
	struct row_id system;
	struct text system_title;
	struct unit_id owner; /* of the system */
	struct text owner_name;
	struct text name;
	bool is_shared, is_privileged;
};
/*
 * What they can use now and would hold on to without ground: of who leaves everything, of who moves what
 * access_check() will call TROUBLE_MOVED on the day, and shared ones. Not those that are disabled, or
 * absent from their system's newest list. By system.
 */
struct error *access_staying(struct look *look, const struct access_moving *moving,
			     struct access_staying **list, size_t *count) MUST_USE;

/* Who may use a shared account today. */
struct access_user {
	struct person_id person;
	struct text number, name;
	struct day since;
};
struct error *access_users(struct look *look, struct access_id id, struct access_user **list,
			   size_t *count) MUST_USE;

/* The permit in force whose scope names the account (account = its name, system = the row). */
struct error *access_permit(struct look *look, const struct flow *flow,
			    const struct access_account *account, bool *found, struct permit_id *permit,
			    struct text *number) MUST_USE;

/* A decision to leave something as it is, newest first. */
struct access_keeping {
	enum trouble_kind kind;
	struct text words;
	struct day until;
	struct text person_name;
	struct moment at;
};
struct error *access_keepings(struct look *look, struct access_id id, struct access_keeping **list,
			      size_t *count) MUST_USE;

/* What somebody says an account is. */
struct access_saying {
	struct access_id id;
	int64_t change;
	enum access_kind kind;
	struct person_id person; /* ACCESS_PERSON */
	const struct person_id *users; /* ACCESS_SHARED: all who may from today */
	size_t users_count;
	bool is_privileged;
	struct text why; /* required for ACCESS_MACHINE and privileged ones */
};
/* "access.change". CONFLICT when it changed since, or is closed. INVALID names the field. */
struct error *access_say(struct act *act, const struct access_saying *saying) MUST_USE;
/* It was removed from its system ("access.close"), with words. Those closed already are passed over. */
struct error *access_close(struct act *act, const struct access_id *ids, size_t count,
			   struct text words, int64_t *closed) MUST_USE;
/*
 * Leave them as they are in this respect, for a reason, until a day within a year ("access.keep"). By
 * who answers for the system's accounts or somebody above (checked here), for all of `ids`.
 * TROUBLE_ASKED cannot be kept: it is handled.
 */
struct error *access_keep(struct act *act, const struct flow *flow, const struct access_id *ids,
			  size_t count, enum trouble_kind kind, struct text words, struct day until)
	MUST_USE;

/* ---- What is out of order ---- */

struct trouble {
	struct access_id account;
	struct row_id system;
	enum trouble_kind kind;
	struct person_id person;
	bool is_kept;	/* decided to stay until `kept_until` */
	struct day kept_until;
	struct day since; /* TROUBLE_LEFT: last day; TROUBLE_UNUSED: last use; else DAY_NONE */
};
/* Of one system, or (no 0) of all; by system, kind, account. `with_kept`: those decided to stay too. */
struct error *access_check(struct look *look, const struct flow *flow, struct row_id system,
			   bool with_kept, struct trouble **list, size_t *count) MUST_USE;

/* ---- Lists of accounts from a system ---- */

struct table;

enum access_column {
	COLUMN_NAME,	  /* the account */
	COLUMN_NUMBER,	  /* staff number */
	COLUMN_PERSON,	  /* name of the person, or what it is called */
	COLUMN_MAIL,
	COLUMN_STATE,	  /* in use or not */
	COLUMN_PRIVILEGE,
	COLUMN_USED,	  /* day of the last use */
	COLUMN_KIND,
	COLUMN_USERS,	  /* of a shared account: staff numbers or names, separated */
	COLUMN_WHY,
	ACCESS_COLUMNS,
};
const char *access_column_name(enum access_column column);  /* "number" */
const char *access_column_words(enum access_column column); /* 職員番号 (through say) */

enum { ACCESS_LIST_MOST = 100000 };

struct access_mapping {
	int column[ACCESS_COLUMNS]; /* of the table; -1: none */
	size_t heading;		    /* row with the columns' names; what stands above is not read */
};
/* By what was chosen for this system's list before, else by names and aliases. Never fails. */
struct access_mapping access_mapping_guess(struct arena *into, const struct access_system *system,
					   const struct table *table);

/* How the list's line was taken for a person. */
enum access_match { MATCH_NONE, MATCH_NUMBER, MATCH_MAIL, MATCH_LOGIN, MATCH_NAME };
const char *access_match_words(enum access_match match); /* 職員番号 */

struct access_change_of {
	struct text label, before, after;
};
struct access_import_row {
	int64_t line;
	enum row_doing doing;
	struct text name;
	struct access_id account; /* changed or same */
	enum access_kind kind;
	struct person_id person;
	struct text person_name; /* as Bansho knows them, else the list's label */
	enum access_match match;
	bool is_privileged, is_disabled, has_used;
	bool is_used_only; /* changed, but for nothing except when it was last used */
	struct day used;
	struct text label, why;
	struct person_id *users;
	size_t users_count;
	struct error *faults;
	struct access_change_of *changes;
	size_t changes_count;
};
struct access_import {
	struct access_import_row *rows;
	size_t count;
	int64_t added, changed, same, wrong;
	int64_t used_only; /* of the changed */
	int64_t unknown;   /* persons whom nobody could be found for, among those added */
	struct access_account *absent; /* open ones the list does not hold: they stay */
	size_t absent_count;
	struct hash digest;
};

/*
 * What the list would do. Not applied; a list with wrong lines can be applied only with `skip_wrong`.
 * INVALID when the column of the account itself is not known. Takes some 1 KiB of look->arena a line;
 * 10,000 lines against 10,000 staff in well under a second.
 */
struct error *access_import_preview(struct look *look, const struct flow *flow, struct row_id system,
				    const struct table *table, const struct access_mapping *mapping,
				    struct access_import *import) MUST_USE;
struct access_applying {
	struct row_id system;
	const struct table *table;
	const struct access_mapping *mapping;
	struct text source; /* "csv", "xlsx", "ldap" */
	struct hash digest;
	bool skip_wrong;
};
/*
 * CONFLICT when what it would do now differs from `digest`. One entry for the list, one for each account
 * that changes by more than its last use, and one for every LIST_BLOCK of the rest.
 */
struct error *access_import_apply(struct act *act, const struct flow *flow,
				  const struct access_applying *applying, int64_t *done) MUST_USE;

/* ---- The yearly review by the units ---- */

struct access_round {
	int64_t id;
	int year; /* fiscal */
	struct moment started;
	struct day due;
	int64_t units, done; /* units asked, and those that have answered */
	int64_t accounts;    /* in those that have answered */
	int64_t removals, changes;
};
/* The newest one. */
struct error *access_round(struct look *look, bool *found, struct access_round *round) MUST_USE;
/*
 * Begin one now ("access.round"): every unit with a holder of the pack's reviewing role that has anybody
 * with an account is asked until `due`, and its holders are told. CONFLICT while one is open and not
 * past its day. By the clock, or right map.read with settings.
 */
struct error *access_round_begin(struct act *act, const struct flow *flow, struct day due,
				 int64_t *id) MUST_USE;

struct access_review {
	int64_t id;
	int64_t round;
	struct unit_id unit;
	struct text unit_name;
	struct day due;
	struct moment done; /* ms 0: not yet */
	struct text person_name;
	int64_t accounts, removals, changes;
	bool is_late;
};
/* Units of the newest round, those that wait first. person no 0: all; else those that they may answer. */
struct error *access_reviews(struct look *look, const struct flow *flow, struct person_id person,
			     struct access_review **list, size_t *count) MUST_USE;

/* One account on a unit's page. */
struct access_item {
	struct access_account account;
	bool troubles[TROUBLE_KINDS];
	bool must_answer; /* privileged or in trouble: "as it is" is not filled in beforehand */
};
struct access_sheet {
	struct access_review review;
	struct access_item *items; /* persons in order of number, then shared accounts of the unit */
	size_t count;
	struct hash digest; /* of the accounts shown: the answer is bound to it */
};
/*
 * What the unit is asked about: accounts of people whose nearest reviewing post, other than one they hold
 * themselves, is in the unit; and shared ones whose users are all theirs. The head's own are so asked of
 * whoever stands above. MISSING when the unit is not asked in the newest round.
 */
struct error *access_sheet(struct look *look, const struct flow *flow, struct unit_id unit,
			   struct access_sheet *sheet) MUST_USE;
/* May the person answer for the unit today, and not only read it? */
struct error *access_may_review(struct look *look, const struct flow *flow, struct unit_id unit,
				struct person_id person, bool *may) MUST_USE;

enum access_answer { ANSWER_NONE, ANSWER_SAME, ANSWER_REMOVE, ANSWER_CHANGE };
const char *access_answer_name(enum access_answer answer);  /* "remove" */
const char *access_answer_words(enum access_answer answer); /* 削除を頼む */
bool access_answer_read(struct text name, enum access_answer *answer);

struct access_answering {
	struct access_id account;
	enum access_answer answer;
	struct text words; /* ANSWER_CHANGE: what it should be */
};
/*
 * The unit has looked ("access.review" about unit:N, with counts and the digest of everything answered).
 * By a holder or deputy of the reviewing role for the unit (checked here). CONFLICT when the accounts
 * are no longer those of `digest`, or it was answered already. INVALID, field "a-ACCOUNT", for every
 * account without an answer, and "w-ACCOUNT" where words are missing.
 */
struct error *access_review(struct act *act, const struct flow *flow, struct unit_id unit,
			    const struct hash *digest, const struct access_answering *answers,
			    size_t count) MUST_USE;

/* What was asked for and is not done, of a system or (no 0) of all. */
struct access_request {
	int64_t id;
	struct access_id account;
	struct text account_name, unit_name, asked_by;
	enum access_answer answer;
	struct text words;
	struct moment at, handled; /* handled.ms 0: open */
	struct text handled_by, handled_words;
};
/* Of an account, newest first, handled ones too. */
struct error *access_requests(struct look *look, struct access_id account,
			      struct access_request **list, size_t *count) MUST_USE;
/* The change was made, or is not made for a reason ("access.handle"): words. A removal: access_close(). */
struct error *access_handle(struct act *act, int64_t request, struct text words) MUST_USE;

/* ---- For evidence ---- */

struct access_stand {
	int64_t systems, listed;   /* systems; those with a list at all */
	int64_t stale;		   /* whose newest list is older than `since`, or that have none */
	struct text stale_title;   /* of one of them */
	int64_t troubles[TROUBLE_KINDS]; /* without kept ones */
	int64_t accounts;
};
struct error *access_stand(struct look *look, const struct flow *flow, struct moment since,
			   struct access_stand *stand) MUST_USE;
/* Who answers for the accounts of a system today. */
struct error *access_managers(struct look *look, const struct pack *pack, struct unit_id owner,
			      struct decider **list, size_t *count) MUST_USE;

/* ---- Erasure ---- */

/*
 * Before flow_person_erase(), in the same act: what the person's accounts were called is replaced
 * ("access.erase"). REFUSED while one of them is not closed: its system still holds what is to be erased.
 */
struct error *access_person_erase(struct act *act, struct person_id person) MUST_USE;

/* ---- The clock ---- */

struct access_done {
	bool has_begun;
	int64_t reminded, escalated;
};
/*
 * In the month access-review.month (6) of each year a round begins if none has in the last 300 days;
 * units that have not answered are reminded every access-review.remind-days (7), and once past the day
 * who stands above is told. May be called as often as one likes.
 */
struct error *access_clock(struct store *store, struct arena *arena, const struct flow *flow,
			   struct access_done *done) MUST_USE;

#endif
