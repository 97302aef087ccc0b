/*
 * Change of policy (制定・改正): versions of the body's policy, from proposed to in force to past.
 *
 * Every version ever proposed lies as files under DATA/bodies/CODE/packs/DIGEST (policy/shelf.h). Which
 * one is in force is a row here, changed by an act alone: the programs read it when they start, and end
 * to be started again when it has changed (cli/body.h). A version is put into force at the beginning of
 * its day by bansho-clock, without anybody present.
 *
 * What a version touches (open dossiers, permits, ledgers, judgements, roles held) is worked out from
 * the difference to the version in force and from what is there today. Each such item is asked about;
 * answers can be saved a few at a time. Publishing refuses while one is unanswered. What was sent under
 * an older version is read and decided under it (struct flow.shelf).
 *
 * Who may: propose: the operator of the machine, by the command line, for it puts files there. Answer,
 * publish, withdraw: a holder or deputy of the role that the version in force names as `publishes`; where
 * it names none, only the command line. Acknowledge: everybody, for themselves.
 *
 * Journal: "enact.propose", "enact.answer", "enact.publish", "enact.withdraw", "enact.in_force",
 * "enact.carry_out", "enact.acknowledge", "enact.tell", each about version:N.
 */
#ifndef BANSHO_ENACT_ENACT_H
#define BANSHO_ENACT_ENACT_H

#include "flow/flow.h"
#include "flow/version.h"
#include "ledger/ledger.h"
#include "people/people.h"
#include "policy/diff.h"
#include "policy/shelf.h"
#include "store/store.h"

struct version_id {
	int64_t no;
};

enum version_state {
	VERSION_PROPOSED,  /* 案 */
	VERSION_PUBLISHED, /* 公布済み: takes effect on its day */
	VERSION_IN_FORCE,  /* 施行中 */
	VERSION_PAST,	   /* 旧版 */
	VERSION_WITHDRAWN, /* 取下げ */
};
const char *version_state_name(enum version_state state);  /* "in-force" */
const char *version_state_words(enum version_state state); /* 施行中 (through say) */

struct enact_version {
	struct version_id id;
	struct hash digest;
	struct text pack, version, title;
	enum version_state state;
	bool is_acknowledged; /* everybody bound is asked to read it */
	int64_t change;	      /* counts acts; give it back to the next act */
	struct moment proposed, published, in_force, ended;
	struct person_id proposed_by, published_by, withdrawn_by;
	struct text proposed_name, published_name;
	struct text published_role;
	struct day effective; /* DAY_NONE before it is published */
	struct text why;      /* of withdrawing */
};

enum { ENACT_MOST_VERSIONS = 200, ENACT_MOST_ITEMS = 1000, ENACT_MOST_WHY = 1000 };

/* At most one is. *found false: a store from before this room. */
struct error *enact_version_in_force(struct look *look, bool *found, struct enact_version *version)
	MUST_USE;
struct error *enact_version(struct look *look, struct version_id id, struct enact_version *version)
	MUST_USE;
/* Newest first. */
struct error *enact_versions(struct look *look, struct enact_version **list, size_t *count) MUST_USE;
/*
 * CONFLICT (busy with words for the person) when another version than `pack` is in force: an act under
 * a policy that is no longer must not be done. Every program asks in its acts.
 */
struct error *enact_must_be_current(struct look *look, const struct pack *pack) MUST_USE;

/* ---- Acts ---- */

/* A body's first version is in force from the beginning. `notes`: as an act of its own. Nothing when
   there is one already. */
struct error *enact_first(struct act *act, const struct pack *pack, bool notes) MUST_USE;
/*
 * Propose `pack`, whose files lie on the shelf. CONFLICT when it is proposed, published or in force
 * already. Command line only.
 */
struct error *enact_propose(struct act *act, const struct pack *pack, struct version_id *id) MUST_USE;

/* What is touched. */
enum item_kind {
	ITEM_DOSSIERS,	 /* being decided in occasion `code` */
	ITEM_PERMITS,	 /* living, of occasion `code` */
	ITEM_EXCEPTIONS, /* living permits that bend rules, of occasion `code` */
	ITEM_ROLE,	 /* carried by posts and gone */
	ITEM_LEDGER,	 /* gone, with rows */
	ITEM_COLUMN,	 /* "ledger.column" gone, of a ledger with rows */
	ITEM_FILL,	 /* "ledger.column" new and required */
	ITEM_JUDGEMENTS, /* valid ones about clause `code`, which is gone or changed */
	ITEM_COUNT,
};
/* What happens to it. */
enum item_choice {
	CHOICE_NONE,	 /* not answered */
	CHOICE_CONTINUE, /* goes on under the older version; ledgers: stays readable as it is */
	CHOICE_RESEND,	 /* must be sent again */
	CHOICE_END,	 /* ends on that day */
	CHOICE_CARRY,	 /* to `target`: a clause, a role */
	CHOICE_LATER,	 /* filled in when the row is next changed */
	CHOICE_COUNT,
};
const char *item_kind_name(enum item_kind kind);	  /* "dossiers" */
const char *item_kind_words(enum item_kind kind);
const char *item_choice_name(enum item_choice choice);	  /* "resend" */
const char *item_choice_words(enum item_kind kind, enum item_choice choice);
bool item_choice_read(struct text name, enum item_choice *choice);

struct enact_item {
	enum item_kind kind;
	struct text code;
	struct text name; /* for a person */
	struct text why;  /* what is different, for a person */
	int64_t number;	  /* how many are touched */
	unsigned choices; /* bits 1 << CHOICE_… that may be answered */
	bool carries_role; /* target: a role of the newer version; else a clause of it */
	enum item_choice choice;
	struct text target;
};
/* "dossiers:send" */
struct text item_key(struct arena *into, const struct enact_item *item);

/* Valid judgements about a clause; who knows them (assure, a floor above) brings them. */
struct enact_judged {
	struct text clause;
	int64_t number;
};

struct enact_touched {
	struct pack_diff *diff;
	struct enact_item *items;
	size_t count;
	size_t unanswered;
};
/* Worked out now, with the answers saved so far. `from`, `to`: the version in force and the new one. */
struct error *enact_touched(struct look *look, const struct pack *from, const struct pack *to,
			    struct version_id id, const struct enact_judged *judged,
			    size_t judged_count, struct enact_touched *touched) MUST_USE;

struct enact_answer {
	struct text key; /* item_key() */
	enum item_choice choice;
	struct text target;
};
/* What the acts about a proposed version need. */
struct enacting {
	const struct pack *from, *to;
	struct version_id id;
	int64_t change;
	const struct enact_judged *judged;
	size_t judged_count;
};
/* Some answers; others stay as they were. CHOICE_NONE takes one back. INVALID names the item. */
struct error *enact_answer(struct act *act, const struct enacting *enacting,
			   const struct enact_answer *answers, size_t count) MUST_USE;
/* For `effective`, today or later. INVALID with every item that is unanswered (field: its key). */
struct error *enact_publish(struct act *act, const struct enacting *enacting, struct day effective)
	MUST_USE;
/* A proposal, or before its day what was published. */
struct error *enact_withdraw(struct act *act, const struct enacting *enacting, struct text why)
	MUST_USE;
/* May act->actor do these? *may false says so; REFUSED from the acts. */
struct error *enact_may(struct look *look, const struct pack *in_force, struct person_id person,
			bool *may) MUST_USE;

/* ---- The clock ---- */

struct enact_done {
	bool is_in_force; /* another version is in force now: the program must start afresh */
	int64_t carried_out, told;
};
/*
 * What time causes: a version comes into force on its day, what was answered is carried out (each
 * dossier and permit an act of its own), those who have not acknowledged are told: at once, then every
 * acknowledge.remind-days (7) up to three times. May be called as often as one likes.
 */
struct error *enact_clock(struct store *store, struct arena *arena, const struct flow *flow,
			  size_t most, struct enact_done *done, bool *is_more) MUST_USE;

/* ---- Acknowledgement ---- */

/* Does the version in force wait for this person's acknowledgement? */
struct error *enact_awaits(struct look *look, struct person_id person, bool *awaits,
			   struct enact_version *version) MUST_USE;
/* "enact.acknowledge", by act->actor.person; CONFLICT when `id` is no longer in force. */
struct error *enact_acknowledge(struct act *act, struct version_id id) MUST_USE;

struct enact_share {
	int64_t version;
	bool is_asked;
	int64_t bound, acknowledged; /* persons with a post today; of them */
	struct moment since;	     /* when it came into force */
};
struct error *enact_acknowledgement_share(struct look *look, const struct pack *pack,
					  struct enact_share *share) MUST_USE;

/* Per unit, in the order of codes: how many are bound, how many have not acknowledged. */
struct enact_unit {
	struct unit_id unit;
	struct text name;
	int64_t bound, open;
};
struct error *enact_units(struct look *look, struct version_id id, struct enact_unit **units,
			  size_t *count) MUST_USE;
struct enact_open {
	struct person_id person;
	struct text number, name, post_name, unit_name;
	struct unit_id unit;
	struct moment told; /* ms 0: not yet */
};
/* Who has not, after the person `after`, of one unit or (no 0) of all; at most `most`. */
struct error *enact_open(struct look *look, struct version_id id, struct unit_id unit,
			 struct person_id after, size_t most, struct enact_open **list,
			 size_t *count) MUST_USE;

/* A clause or role that a version carried to another when it came into force. */
struct enact_carry {
	struct text code;
	struct text target; /* empty: what it was about ended */
	struct moment at;
};
/* All of a kind of item, the earliest version first. A store from before this room has none. */
struct error *enact_carries(struct look *look, enum item_kind kind, struct enact_carry **list,
			    size_t *count) MUST_USE;
/* What `code`, said at `since`, is called now, along all later versions; empty when it ended. */
struct text enact_carried(const struct enact_carry *list, size_t count, struct text code,
			  struct moment since);

#endif
