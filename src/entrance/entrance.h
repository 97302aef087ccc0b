/*
 * Entry logs of server rooms (入退室): who was in them, with what, and who may enter.
 *
 * Which rooms keep a log, who keeps it and who may enter is the pack's (policy/entrance.h). Entries are taken by
 * a tablet at the door. It has no person's session: whoever keeps the room makes a code, with which the tablet is
 * tied once and gets a token; the token can be stopped at any time and opens nothing but this: who may
 * enter that one room, who is inside, and handing in what was taken. The tablet goes on without a network: it signs
 * each thing it took when it took it, keeps it, and hands it in later. Handing in twice is once, by the
 * mark each has. When something happened and when it reached Bansho are kept both.
 *
 * Who may enter is worked out on each day: who holds one of the pack's roles in the room's unit, and who stands in
 * the list of persons permitted; of them nobody whose permit was taken back, and nobody of a firm who may not work that
 * day (contract/contract.h: named, consented in every link of the chain, pledged). Who is not
 * permitted may come with somebody who is; who is named for work nobody consented to has a trouble all the same. The tablet refuses the rest, and that is kept too.
 *
 * Every visit stands as a row in the pack's ledger of entries as well (what form 5 prints), written by this room
 * in the same act. Rows entered there by hand did not pass the tablet; entrance_stand() counts them apart.
 *
 * Rights: tablets, closing, settling and reviewing are for who decides in the pack's `keeper` role in the room's unit,
 * checked here. Reading is the dispatcher's to check: rooms of units that RIGHT_LEDGER_READ reaches.
 *
 * Journal, about room:N (the ledger's row) and what else: "entrance.tablet", "entrance.tie", "entrance.stop" about
 * tablet:N; "entrance.enter", "entrance.leave", "entrance.refuse", "entrance.close", "entrance.settle" about
 * visit:N; "entrance.review", "entrance.ask". No names.
 */
#ifndef BANSHO_ENTRANCE_ENTRANCE_H
#define BANSHO_ENTRANCE_ENTRANCE_H

#include "flow/flow.h"
#include "ledger/ledger.h"
#include "people/people.h"
#include "policy/policy.h"
#include "store/store.h"

struct tablet_id {
	int64_t no;
};
struct visit_id {
	int64_t no;
};

enum {
	ENTRANCE_MOST_ROOMS = 200,
	ENTRANCE_MOST_TABLETS = 50,   /* of a room, stopped ones too */
	ENTRANCE_MOST_ENTRANTS = 500, /* of a room */
	ENTRANCE_MOST_DEVICES = 20,   /* of a visit */
	ENTRANCE_MOST_PERMITS = 200,  /* for devices, of a room */
	ENTRANCE_MOST_VISITS = 5000,  /* listed at once */
	ENTRANCE_MOST_WORDS = 200,    /* characters of what the tablet takes */
	ENTRANCE_MOST_NAME = 80,
	ENTRANCE_MOST_REASON = 1000,
	ENTRANCE_MARK_LEN = 32,	      /* hex of 16 random bytes */
	ENTRANCE_TOKEN_LEN = 64,      /* hex of 32 random bytes */
	ENTRANCE_CODE_LEN = 8,	      /* of 28 letters and digits */
	ENTRANCE_CODE_MINUTES = 30,
	ENTRANCE_OLDEST_DAYS = 30,    /* what a tablet hands in may not be older */
	ENTRANCE_NIGHT_HOUR = 21,     /* parameter entrance.night-hour */
	ENTRANCE_LONG_HOURS = 24,     /* parameter entrance.long-hours */
};

/* ---- Rooms ---- */

struct entrance_room {
	struct row_id id;
	struct text name;
	struct unit_id unit;
	struct text unit_name;
	int64_t tablets;  /* tied and not stopped */
	int64_t inside;   /* persons, now */
	int64_t troubled; /* visits with a trouble nobody has explained */
	struct moment last; /* entry; ms 0: none */
	struct day reviewed; /* first day of the newest month looked through; DAY_NONE: none */
};
/* By name. None where the pack has no entrance.yaml. */
struct error *entrance_rooms(struct look *look, const struct pack *pack, struct entrance_room **list,
			     size_t *count) MUST_USE;
/*
 * May a row with these values stand in the ledger of persons permitted? INVALID on its name's column for somebody of
 * a firm who is not allowed to work on its first day (contract/contract.h), or who serves no longer; other ledgers' rows are OK.
 */
struct error *entrance_may_list(struct look *look, const struct flow *flow,
				const struct pack_ledger *ledger, const struct ledger_value *values,
				size_t count) MUST_USE;
/* "ledger.put" for the programs' table of outcomes: flow's, which takes back what entrance_may_list() refuses. */
struct error *entrance_ledger_put(struct act *act, const struct flow *flow, struct dossier_id id,
				  const struct pack_occasion *occasion,
				  const struct pack_outcome *outcome) MUST_USE;
/* MISSING when it is none whose log is kept. */
struct error *entrance_room(struct look *look, const struct pack *pack, struct row_id id,
			    struct entrance_room *room) MUST_USE;
/* May the person keep that room's log today? */
struct error *entrance_may_keep(struct look *look, const struct pack *pack, struct unit_id unit,
				struct person_id person, bool *may) MUST_USE;
/* "room:12" */
struct text entrance_about_room(struct arena *into, struct row_id id);
struct text entrance_about_visit(struct arena *into, struct visit_id id);

/* ---- Tablets ---- */

struct tablet {
	struct tablet_id id;
	struct row_id room;
	struct text name;
	struct moment made, code_until, tied, handed, stopped; /* ms 0: not */
	struct text made_by, stopped_by; /* names */
	struct text why;
	int64_t change;
};
/* Newest first. */
struct error *entrance_tablets(struct look *look, struct row_id room, struct tablet **list,
			       size_t *count) MUST_USE;
/* A place for a tablet, and the code with which it is tied within ENTRANCE_CODE_MINUTES; shown once. */
struct error *entrance_tablet_make(struct act *act, const struct pack *pack, struct row_id room,
				   struct text name, struct tablet_id *id, struct text *code) MUST_USE;
/* No person is needed: the code says it. INVALID "code" when it is wrong, used or too old. */
struct error *entrance_tablet_tie(struct act *act, const struct pack *pack, struct text code,
				  struct text *token) MUST_USE;
struct error *entrance_tablet_stop(struct act *act, const struct pack *pack, struct tablet_id id,
				   int64_t change, struct text why) MUST_USE;
/* MISSING when there is no such tablet. */
struct error *entrance_tablet_room(struct look *look, struct tablet_id id, struct row_id *room)
	MUST_USE;
/* Whose token is it? Stopped ones are found too. */
struct error *entrance_tablet_find(struct look *look, struct text token, bool *found,
				   struct tablet *tablet) MUST_USE;
/* The key with which a tablet signs what it takes: made of its token, kept nowhere. 64 hex digits. */
struct text entrance_signing_key(struct arena *into, struct text token);
bool entrance_is_signed(struct arena *arena, struct text token, struct text body, struct text sign);

/* ---- Who may enter, and with what ---- */

enum entrant_kind {
	ENTRANT_STAFF,	 /* by their post */
	ENTRANT_LISTED,	 /* by name */
	ENTRANT_VISITOR, /* neither */
	ENTRANT_KINDS,
};
const char *entrant_kind_name(enum entrant_kind kind); /* "listed" */
const char *entrant_kind_words(enum entrant_kind kind);

struct entrant {
	struct text key; /* "P12": a person; "L34": a row of the list */
	enum entrant_kind kind;
	struct person_id person;
	struct row_id row;
	struct text name;
	struct text of;	 /* unit or firm */
	bool is_outside; /* not of the body: attends nobody */
	bool may;
	struct text why; /* may not: because */
};
/* Who stands for that room today, staff first, then by name; those who may not now as well. */
struct error *entrance_entrants(struct look *look, const struct flow *flow,
				const struct entrance_room *room, struct entrant **list,
				size_t *count) MUST_USE;
/*
 * What stands on a badge: "B-", the key, and a character by which a misread one is told (ISO 7064, MOD 37,36).
 * It is no secret and proves nothing; it spares choosing one's name.
 */
struct text entrance_badge(struct arena *into, struct text key);
/* False when garbled. Width and case do not matter. */
bool entrance_badge_read(struct arena *into, struct text badge, struct text *key);

struct carried {
	struct text serial;
	struct text number; /* of the permit */
	struct permit_id permit;
	struct day until;
};
/* What may be brought in today. */
struct error *entrance_carried(struct look *look, const struct flow *flow,
			       const struct entrance_room *room, struct carried **list, size_t *count)
	MUST_USE;

/* ---- What the tablet takes ---- */

enum entrance_what { ENTRANCE_ENTERS, ENTRANCE_LEAVES, ENTRANCE_REFUSES };

struct entrance_event {
	enum entrance_what what;
	struct text mark;
	struct moment at;   /* by the tablet's clock */
	struct moment sent; /* by the same clock, when it was handed in: what its clock is off by */
	struct text key;    /* of an entrant; empty: a visitor. ENTRANCE_REFUSES: may be empty */
	struct text name, of; /* a visitor's */
	struct text purpose; /* code of the pack */
	struct text words;
	struct text escort; /* key of an entrant */
	bool id_shown, moved, impact;
	struct text devices[ENTRANCE_MOST_DEVICES]; /* serials: brought in; ENTRANCE_LEAVES: left inside */
	size_t devices_count;
	struct text outside[ENTRANCE_MOST_DEVICES]; /* had no permit and were left outside */
	size_t outside_count;
	struct text visit; /* ENTRANCE_LEAVES: its mark */
};
/* As the tablet writes it (JSON). INVALID with words for who stands at the tablet. */
struct error *entrance_event_read(struct arena *into, struct text body,
				  struct entrance_event *event) MUST_USE;

/*
 * Take it. *known when it was taken before: nothing changes then. Looked at anew here, whatever the tablet
 * said: who came in without being permitted has a trouble. INVALID what cannot be right; it stays
 * with the tablet. CONFLICT a leaving whose visit is unknown or over.
 */
struct error *entrance_take(struct act *act, const struct flow *flow, const struct tablet *tablet,
			    const struct entrance_event *event, bool *known) MUST_USE;

/* ---- Visits ---- */

enum visit_state { VISIT_INSIDE, VISIT_LEFT, VISIT_REFUSED, VISIT_STATES };
const char *visit_state_words(enum visit_state state);

struct visited_device {
	struct text serial;
	struct permit_id permit;
	bool is_outside; /* left outside */
	bool is_unpermitted;
	bool is_inside;	 /* was left in the room */
};

struct visited {
	struct visit_id id;
	struct row_id room;
	struct text room_name;
	struct unit_id unit;
	struct text mark;
	enum entrant_kind kind;
	struct text key; /* of the entrant; empty: a visitor */
	struct person_id person;
	struct row_id row;
	struct text name, of;
	struct text purpose; /* words */
	struct text words;
	bool id_shown, moved, impact;
	struct text escort;
	enum visit_state state;
	struct moment entered, taken, received;
	struct moment left, left_received; /* ms 0: inside */
	struct text left_words;
	bool is_late;	  /* reached Bansho later than entrance.late-minutes */
	bool is_left_late;
	bool is_long;	  /* inside for longer than entrance.long-hours */
	bool is_closed;	  /* its end was written by the keeper, not by the tablet */
	struct text trouble; /* words; empty: none */
	bool is_open;	  /* the trouble is not explained yet */
	struct moment settled;
	struct text settled_by, settled_words;
	struct row_id ledger_row;
	int64_t change;
	struct visited_device *devices;
	size_t devices_count;
};
struct visits_query {
	struct row_id room;	/* no 0: all */
	struct day from, until; /* of the entry; DAY_NONE: any */
	bool only_inside, only_troubled;
};
/* Newest first. */
struct error *entrance_visits(struct look *look, const struct pack *pack,
			      const struct visits_query *query, size_t most, struct visited **list,
			      size_t *count) MUST_USE;
struct error *entrance_visit(struct look *look, const struct pack *pack, struct visit_id id,
			     struct visited *visited) MUST_USE;

/* "entrance.close": nobody said on the tablet that they left; the keeper found out when. */
struct error *entrance_close(struct act *act, const struct pack *pack, struct visit_id id,
			     int64_t change, struct moment left, struct text words) MUST_USE;
/* "entrance.settle": how the trouble came about, and what is done. */
struct error *entrance_settle(struct act *act, const struct pack *pack, struct visit_id id,
			      int64_t change, struct text words) MUST_USE;

/* ---- Reviews ---- */

struct entrance_month {
	struct day first;
	int64_t entries, refused, late, inside, troubled;
	int64_t by_hand; /* rows of the ledger that no tablet took */
	struct moment reviewed; /* ms 0: not yet */
	struct text reviewer, words;
};
/* Of a room, this month first, back to its first entry; at most 24. */
struct error *entrance_months(struct look *look, const struct pack *pack,
			      const struct entrance_room *room, struct entrance_month **list,
			      size_t *count) MUST_USE;
/* The month of that day, however long ago. */
struct error *entrance_month(struct look *look, const struct pack *pack, const struct entrance_room *room,
			     struct day day, struct entrance_month *month) MUST_USE;
/* Is that row of the ledger of entries one of that room, entered in that month? By hand or by a tablet. */
bool entrance_row_is_of(struct arena *arena, const struct pack *pack, const struct entrance_room *room,
			struct day first, const struct ledger_row *row);
/* "entrance.review": a month that is over was looked through. INVALID: not over; CONFLICT: troubles are open. */
struct error *entrance_review(struct act *act, const struct pack *pack, struct row_id room,
			      struct day month, struct text words) MUST_USE;

/* ---- For evidence and findings ---- */

struct entrance_stand {
	int64_t rooms;
	int64_t with_tablet;
	int64_t silent;	  /* rooms without an entry since `since` */
	int64_t unreviewed; /* rooms whose last full month is not looked through, and that had entries in it */
	int64_t reviewed; /* rooms with a month looked through since `since` */
	int64_t entries;  /* since `since` */
	int64_t refused;
	int64_t unlisted, unlisted_open;
	int64_t carried, carried_open; /* devices brought in; visits with an unpermitted one, not explained */
	int64_t unshown;  /* entries without an identity card seen */
	int64_t moves, unattended;
	int64_t long_inside; /* visits, now */
	int64_t by_hand;
};
struct error *entrance_stand(struct look *look, const struct pack *pack, struct day since,
			     struct entrance_stand *stand) MUST_USE;
/* Visits that are wrong now: with an open trouble, or inside too long; oldest first. */
struct error *entrance_troubles(struct look *look, const struct pack *pack, struct visited **list,
				size_t *count) MUST_USE;

/* ---- What time causes ---- */

struct entrance_done {
	int64_t asked; /* visits after which somebody was asked */
};
/* Who is inside past the night hour is asked after, once. */
struct error *entrance_clock(struct store *store, struct arena *arena, const struct flow *flow,
			     struct entrance_done *done) MUST_USE;

#endif
