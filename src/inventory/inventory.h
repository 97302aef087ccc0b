/*
 * Things in hand (物品: 媒体・機器・ソフトウェア): which rows of the ledgers are things the pack says
 * (policy/inventory.h), the label each carries, who has it now, and whether it is there when it is looked for.
 *
 * A label holds ten digits: eight of the row's number and two check digits (ISO/IEC 7064 MOD 97-10), so that a
 * scanner that swallows or doubles a digit is noticed, on any keyboard and with any input method.
 *
 * Out of the house a thing goes by a permit: inventory_out() and inventory_back() sign flow's own outing
 * (flow_out, flow_back); there is no other way out for things whose ledger `needs_permit`. Within the house it is
 * lent for some days; to repair it goes with an answer to what it stores.
 *
 * A stock-take (棚卸) of a unit expects what the ledgers say on the day it begins. What is not met by its end is
 * away as recorded, or gone: then it needs an explanation, and stays missing until it is found or written off.
 *
 * Rights: whoever decides in the pack's `keeps` role for the unit that owns the row (people_deciders) lends to
 * others, sends to repair, begins and closes stock-takes. People of that unit borrow for themselves, give back and
 * scan. Checked here from act->actor; reading is the dispatcher's to check.
 *
 * Journal, about asset:N (the row), unit:N and what is named: "inventory.lend", ".repair", ".back", ".out" (a thing
 * that a permit's scope names), ".begin" about take:N, ".seen", ".unseen", ".stray", ".explain", ".close",
 * ".found", ".remind", ".escalate", ".support".
 */
#ifndef BANSHO_INVENTORY_INVENTORY_H
#define BANSHO_INVENTORY_INVENTORY_H

#include "flow/flow.h"
#include "ledger/ledger.h"
#include "people/people.h"
#include "policy/policy.h"
#include "store/store.h"

struct take_id {
	int64_t no;
};

enum {
	INVENTORY_MOST_WORDS = 1000, /* characters of a purpose or an explanation */
	INVENTORY_MOST_FIRM = 120,
	INVENTORY_MOST_LISTED = 5000,
	INVENTORY_MOST_ITEMS = 20000, /* things of one stock-take */
	INVENTORY_TAKE_DAYS = 30,     /* a stock-take is closed within so many days */
	INVENTORY_ESCALATE_DAYS = 3,  /* after which who keeps it is told of a loan not given back */
};

/* ---- Labels ---- */

/* "0000001234" and two digits; empty beyond 99,999,999 rows. */
struct text inventory_code(struct arena *into, struct row_id row);
/* The same as people read it: 0000 1234 85 */
struct text inventory_code_shown(struct arena *into, struct row_id row);

enum code_kind {
	CODE_LABEL,   /* one of our labels: *row */
	CODE_EMPTY,
	CODE_GARBLED, /* digits as on our labels, but they do not fit together */
	CODE_OTHER,   /* not one of our labels: a serial number, or another maker's code */
};
/* Reads what a scanner or a person typed: width, spaces and hyphens do not matter; a code that arrived twice or
   more in one go is read once. */
enum code_kind inventory_code_read(struct arena *arena, struct text typed, struct row_id *row);

/* ---- Things ---- */

enum thing_state {
	THING_IN,     /* where it is kept */
	THING_LENT,   /* within the house */
	THING_REPAIR, /* at a firm */
	THING_OUT,    /* out of the house under a permit */
	THING_GONE,   /* a stock-take did not find it */
	THING_ENDED,  /* its row is retired */
	THING_STATES,
};
const char *thing_state_words(enum thing_state state); /* 貸出中 (through say) */

struct inventory_thing {
	struct ledger_row row;
	const struct pack_things *kind; /* NULL: not a thing by the pack in force */
	struct text code;		/* of its label */
	struct unit_id unit;
	struct text unit_name;
	enum thing_state state;
	int64_t loan;	/* open; 0: none */
	int64_t outing; /* open, flow's; 0: none */
	struct permit_id permit;
	struct text permit_number;
	struct person_id person; /* who has it; no 0: nobody, or a firm */
	struct text person_name;
	struct text firm;
	struct text words; /* what for */
	struct moment since, due;
	bool is_overdue;
	int64_t item; /* THING_GONE: of the stock-take */
};
/* MISSING when there is no such row. */
struct error *inventory_thing(struct look *look, const struct flow *flow, struct row_id id,
			      struct inventory_thing *thing) MUST_USE;
/*
 * By a label, else by the serial number of a thing. INVALID on field "code" with words that say what is wrong with
 * it; MISSING when nothing has it.
 */
struct error *inventory_find(struct look *look, const struct flow *flow, struct text typed,
			     struct row_id *row) MUST_USE;

/* One time it was away. */
struct inventory_loan {
	int64_t id;	/* 0: an outing signed on its permit */
	int64_t outing; /* 0: within the house, or repair */
	struct row_id thing;
	struct text title, code, ledger; /* `ledger`: its name and the row's number: 媒体台帳 12 */
	struct unit_id unit;
	struct text unit_name;
	enum thing_state kind; /* THING_LENT, THING_REPAIR, THING_OUT */
	struct person_id person;
	struct text person_name, firm, words;
	struct text storage, storage_words; /* of a repair */
	struct permit_id permit;
	struct text permit_number;
	struct moment at, due, back; /* back.ms 0: not yet */
	bool is_overdue;
};
/* How it was away, newest first, at most `most`. */
struct error *inventory_history(struct look *look, const struct flow *flow, struct row_id id,
				size_t most, struct inventory_loan **list, size_t *count) MUST_USE;

struct inventory_query {
	const struct unit_id *within; /* units and all below; NULL for any */
	size_t within_count;
	struct person_id person; /* who has it; no 0: anybody */
	bool is_overdue_only;
};
/* What is away now, of whichever kind, by the day it is due; at most INVENTORY_MOST_LISTED. */
struct error *inventory_away(struct look *look, const struct flow *flow,
			     const struct inventory_query *query, struct inventory_loan **list,
			     size_t *count) MUST_USE;

/* The things of one unit (not those below), by ledger and number, at most `most`; state is not filled in. */
struct error *inventory_of_unit(struct look *look, const struct flow *flow, struct unit_id unit,
				size_t most, struct inventory_thing **list, size_t *count) MUST_USE;
/* Units that own things, with how many, by unit. */
struct inventory_unit {
	struct unit_id unit;
	struct text name;
	int64_t things;
	struct take_id open; /* running stock-take; no 0: none */
	struct day last;     /* of the newest closed one; DAY_NONE: never */
};
struct error *inventory_units(struct look *look, const struct flow *flow,
			      struct inventory_unit **list, size_t *count) MUST_USE;

struct inventory_may {
	bool keep;   /* in the keeping role of the owner unit */
	bool borrow; /* of that unit */
};
struct error *inventory_may(struct look *look, const struct flow *flow, struct unit_id unit,
			    struct person_id person, struct inventory_may *may) MUST_USE;

/* ---- Acts on things ---- */

struct inventory_lending {
	struct row_id thing;
	struct person_id person; /* who gets it; no 0: whoever acts */
	struct text words;	 /* what for; required */
	struct day due;		 /* last day, within the pack's days */
};
/* "inventory.lend". CONFLICT when it is away already; INVALID names each field. */
struct error *inventory_lend(struct act *act, const struct flow *flow,
			     const struct inventory_lending *lending) MUST_USE;

struct inventory_sending {
	struct row_id thing;
	struct text firm, words; /* who repairs it; what is broken; required */
	struct text storage;	 /* "erased", "none" (it stores nothing), "secrecy" (agreed instead) */
	struct text storage_words; /* how it was erased, or by which contract; required but for "none" */
	struct day due;
};
/* "inventory.repair" */
struct error *inventory_repair(struct act *act, const struct flow *flow,
			       const struct inventory_sending *sending) MUST_USE;
/* Out of the house under that permit ("permit.out", by flow_out()). REFUSED when the permit does not cover it. */
struct error *inventory_out(struct act *act, const struct flow *flow, struct row_id thing,
			    struct permit_id permit) MUST_USE;
/* It is back, however it was away ("inventory.back", or "permit.return" by flow_back()). CONFLICT when it is not
   away: it was given back already, or never left. */
struct error *inventory_back(struct act *act, const struct flow *flow, struct row_id thing,
			     struct text words) MUST_USE;
/* What a stock-take missed is found ("inventory.found"); words say where. */
struct error *inventory_found(struct act *act, const struct flow *flow, struct row_id thing,
			      struct text words) MUST_USE;

/* ---- Stock-takes ---- */

enum item_state {
	ITEM_OPEN,  /* not met yet */
	ITEM_SEEN,
	ITEM_AWAY,  /* lent, in repair or out, as recorded; so shown while the stock-take runs, too */
	ITEM_GONE,
	ITEM_EXTRA, /* another unit's, or off the ledger */
	ITEM_STRAY, /* in no ledger */
	ITEM_STATES,
};
const char *item_state_name(enum item_state state);
const char *item_state_words(enum item_state state); /* 見つからない */

struct inventory_item {
	int64_t id;
	struct row_id thing; /* no 0: a stray */
	struct text title, ledger, code, place, serial;
	struct text unit_name; /* ITEM_EXTRA: whose it is */
	enum item_state state;
	bool is_typed;
	struct moment at;
	struct text person_name, words;
	struct moment settled;
	struct text settled_words;
};
struct inventory_take {
	struct take_id id;
	struct unit_id unit;
	struct text unit_name;
	struct moment begun;
	struct text begun_name;
	struct day due;
	int64_t expected;
	int64_t of[ITEM_STATES];
	int64_t unexplained; /* ITEM_OPEN without words, that nothing shows to be away */
	struct moment closed; /* ms 0: running */
	struct text closed_name, words;
	int64_t change;
};
struct error *inventory_take(struct look *look, const struct flow *flow, struct take_id id,
			     struct inventory_take *take) MUST_USE;
/* What still is to be met first; at most INVENTORY_MOST_ITEMS. */
struct error *inventory_items(struct look *look, const struct flow *flow, struct take_id id,
			      struct inventory_item **list, size_t *count) MUST_USE;
/* Newest first. */
struct error *inventory_takes(struct look *look, const struct flow *flow,
			      const struct unit_id *within, size_t within_count, size_t most,
			      struct inventory_take **list, size_t *count) MUST_USE;

/* "inventory.begin". CONFLICT while one runs there; INVALID when the unit keeps nothing. */
struct error *inventory_begin(struct act *act, const struct flow *flow, struct unit_id unit,
			      struct take_id *id) MUST_USE;
enum seen_kind {
	SEEN_NOW,     /* of the unit: a thing put into its ledger since the stock-take began is expected from now on */
	SEEN_BEFORE,  /* it was met already: nothing changes */
	SEEN_EXTRA,   /* of another unit, or off the ledger: written down so */
	SEEN_RETURNED, /* it was recorded as away: it still is, give it back */
};
struct inventory_seeing {
	struct take_id take;
	struct text code; /* as scanned or typed */
	bool is_typed;
	enum seen_kind kind; /* told afterwards */
	struct row_id thing; /* told afterwards */
};
/* "inventory.seen". INVALID and MISSING as inventory_find(): nothing is written then. */
struct error *inventory_seen(struct act *act, const struct flow *flow,
			     struct inventory_seeing *seeing) MUST_USE;
/* Something that is in no ledger ("inventory.stray"). */
struct error *inventory_stray(struct act *act, const struct flow *flow, struct take_id take,
			      struct text words) MUST_USE;
/* Why something was not met, or what becomes of an extra or a stray ("inventory.explain"). */
struct error *inventory_explain(struct act *act, const struct flow *flow, struct take_id take,
				int64_t item, struct text words) MUST_USE;
/*
 * "inventory.close", by who keeps. What was not met is away as recorded, or gone; INVALID while one of those has no
 * explanation. Fulfils duties whose `by` is "inventory.stock". CONFLICT when `change` is not the take's.
 */
struct error *inventory_close(struct act *act, const struct flow *flow, struct take_id take,
			      int64_t change, struct text words) MUST_USE;

/* ---- Software ---- */

struct inventory_software {
	struct row_id row;
	int64_t number;
	struct text title, version;
	struct unit_id unit;
	struct text unit_name;
	struct day until; /* DAY_NONE: not said */
	int64_t left;	  /* days; below 0: it has ended */
	bool is_ending;	  /* within the pack's days */
	bool has_ended;
	int64_t licences, used;
	bool is_over; /* more in use than licences */
};
/* What has ended and what ends first on top; at most INVENTORY_MOST_LISTED. Empty where the pack has none. */
struct error *inventory_software(struct look *look, const struct flow *flow,
				 const struct unit_id *within, size_t within_count,
				 struct inventory_software **list, size_t *count) MUST_USE;

/* ---- What is wrong, one by one; and how it stands as a whole ---- */

enum inventory_trouble_kind {
	AMISS_OVERDUE,  /* a loan or a repair past its day */
	AMISS_GONE,	  /* not found in a stock-take */
	AMISS_HELD,	  /* by somebody who has left */
	AMISS_ENDED,	  /* software without support */
	AMISS_OVER,	  /* more copies than licences */
	AMISS_KINDS,
};
const char *inventory_trouble_name(enum inventory_trouble_kind kind); /* "overdue" */
struct inventory_trouble {
	enum inventory_trouble_kind kind;
	struct row_id row;
	int64_t no; /* of the loan, the outing, the item of the stock-take; 0 for software */
	struct unit_id unit;
	struct text words; /* names the ledger and the row's number, nobody and no title */
};
struct error *inventory_troubles(struct look *look, const struct flow *flow,
				 struct inventory_trouble **list, size_t *count) MUST_USE;

struct inventory_stand {
	int64_t loans, outings;	 /* ever: lent or repaired; out under permits */
	int64_t away, overdue;	 /* now; outings too */
	int64_t units, taken;	 /* that keep things; of them with a stock-take closed since `since` */
	int64_t untaken;	 /* of them never */
	int64_t running;	 /* stock-takes */
	struct day last;	 /* newest closed; DAY_NONE: never */
	int64_t gone;
	int64_t held;	     /* things in the hands of people who have left */
	int64_t left;	     /* people who left in the last year */
	int64_t repairs, unsafe; /* repairs ever; of them with secrecy agreed instead of erasure */
	int64_t ended, unpermitted; /* rows of things retired; of them by no disposal */
	int64_t software, dated; /* rows; of them that say until when */
	int64_t ending, past;
	int64_t over;
};
/* `since`: KEEPS_STOCK's days ago; what it does not need is not counted. */
struct error *inventory_stand(struct look *look, const struct flow *flow, enum evidence_keeps keeps,
			      struct moment since, struct inventory_stand *stand) MUST_USE;

/* What waits for a person: what they have, and what is theirs to close. */
struct inventory_mine {
	struct inventory_loan *held;
	size_t held_count;
	struct inventory_take *takes; /* running, in units whose things they keep */
	size_t takes_count;
};
struct error *inventory_mine(struct look *look, const struct flow *flow, struct person_id person,
			     struct inventory_mine *mine) MUST_USE;

/* ---- Erasing a person (people/erase.h) ---- */

struct erasing;
/* flow_erasable(), and REFUSED while something that was lent to them is not back. */
struct error *inventory_erasable(struct look *look, struct person_id person) MUST_USE;
/* flow_person_erase(), refused as inventory_erasable() says. */
struct error *inventory_person_erase(struct act *act, const struct erasing *erasing) MUST_USE;

/* ---- What time causes ---- */

struct inventory_done {
	int64_t reminded, escalated, warned;
};
/*
 * Who has something that was due yesterday or before is told once, and who keeps it after
 * INVENTORY_ESCALATE_DAYS; owners of software are told once when its end comes near and once when it is past.
 * (Outings under permits are flow_clock()'s.) Twice is the same as once. At most `most` acts.
 */
struct error *inventory_clock(struct store *store, struct arena *arena, const struct flow *flow,
			      size_t most, struct inventory_done *done, bool *is_more) MUST_USE;

/* "take:3" */
struct text inventory_about_take(struct arena *into, struct take_id id);

#endif
