/*
 * The demonstration body: a plan of a year (who works where, what is in the ledger, which dossiers
 * take which course), made from a seed, then played as acts of the rooms in the order of their times.
 * Planning decides everything that chance decides; playing decides nothing, so that one seed gives one
 * body. Names come from lists of common names; nobody real is meant.
 */
#ifndef BANSHO_CLI_DEMO_H
#define BANSHO_CLI_DEMO_H

#include "cli/rooms.h"
#include "incident/incident.h"

/* ---- chance from a seed ---- */

struct chance {
	uint64_t state;
};
/* 0 to below - 1. */
int64_t chance_below(struct chance *chance, int64_t below);
/* True in `percent` of a hundred cases. */
bool chance_is(struct chance *chance, int64_t percent);

/* ---- words ---- */

struct demo_name {
	const char *words;
	const char *kana;
};
struct demo_name demo_family(struct chance *chance);
struct demo_name demo_given(struct chance *chance);

/* What a section is called and is about. */
enum demo_theme {
	THEME_CITIZEN, THEME_TAX, THEME_WELFARE, THEME_OFFICE, THEME_WORKS, THEME_SCHOOL, THEME_IT,
};
struct demo_section_name {
	const char *name;
	enum demo_theme theme;
};
struct demo_bureau_name {
	const char *name;
	const struct demo_section_name *sections; /* ends with name NULL */
};
extern const struct demo_bureau_name demo_bureaus[];
extern const size_t demo_bureaus_count;

struct demo_asset_kind {
	const char *name;
	const char *contents;
	const char *class_code; /* empty: not classified yet */
	int themes;		/* bits of enum demo_theme; 0: any */
	bool is_personal;
};
extern const struct demo_asset_kind demo_asset_kinds[];
extern const size_t demo_asset_kinds_count;

const char *demo_place(struct chance *chance, bool is_paper);
const char *demo_purpose(struct chance *chance, enum demo_theme theme);
const char *demo_partner(struct chance *chance);
const char *demo_route(struct chance *chance);

/* ---- the plan ---- */

enum demo_rank { RANK_HEAD, RANK_VICE, RANK_CHIEF, RANK_SENIOR, RANK_STAFF, RANK_TEMPORARY };

struct demo_unit {
	const char *name;
	struct text code;
	enum unit_kind kind;
	enum demo_theme theme;
	size_t parent; /* index; its own for the body */
	size_t head, vice, chief; /* persons; 0: nobody */
	size_t first, count; /* persons of a section, in order of rank */
	struct unit_id id;
	struct post_id posts[6]; /* by rank */
};

struct demo_person {
	struct person person;
	size_t unit;
	enum demo_rank rank;
	bool is_settled; /* neither comes nor goes nor moves during the year: may act in stories */
	const char *login; /* a name for those whom visitors sign in as; NULL: their number */
	struct person_id id;
	struct assignment_id assignment;
};

struct demo_asset {
	const struct demo_asset_kind *kind;
	const char *shape; /* choice code */
	size_t unit;
	size_t source; /* index + 1 of what it is a copy of, 0 for none */
	const char *class_code;
	struct text serial;
	struct text title;
	struct moment added;
	struct moment free_from; /* no story uses it before */
	struct row_id id;
	bool is_taken; /* a disposal has it */
};

/* How a dossier goes. */
enum demo_fate {
	FATE_DONE,
	FATE_LATE, /* came back after the time planned */
	FATE_SENT_AGAIN,
	FATE_WITH_CONDITIONS,
	FATE_EXTENDED,
	FATE_REFUSED,
	FATE_WITHDRAWN,
	FATE_CANCELLED,
	FATE_EXPIRED,
	FATE_REVOKED,
	FATE_CLAIMED, /* disposal, provided: certificates only */
	/* as they stand now: */
	FATE_DRAFT,
	FATE_WAITING,
	FATE_STUCK, /* waits so long that it was reminded and escalated */
	FATE_SENT_BACK,
	FATE_VALID,
	FATE_OUT,
	FATE_OVERDUE,
	FATE_EXTENSION_ASKED,
	FATE_OPEN, /* disposal: not every item has ended */
	FATE_UNLISTED, /* disposal: a serial turned up that nobody applied for */
	FATE_COUNT,
};

enum demo_doing { DOING_SEND, DOING_PROVIDE, DOING_CARRY, DOING_DISPOSE };

struct demo_story {
	enum demo_doing doing;
	enum demo_fate fate;
	size_t unit;
	size_t applicant; /* person */
	size_t asset;
	size_t more; /* second asset + 1, 0 for none */
	const char *purpose, *partner, *route;
	struct day from, until;
	struct moment leaves, returns;
	struct chance chance; /* for details while playing */
	struct dossier_id dossier;
	bool is_broken; /* an act was refused: the rest is left out */
};

enum demo_deed {
	DEED_UNIT, DEED_POSTS, DEED_PERSON, DEED_ASSIGN, DEED_CONCURRENT, DEED_ACCOUNT, DEED_GRANT,
	DEED_DEPUTY, DEED_DELEGATE, DEED_LEAVE, DEED_CLOSE, DEED_ERASE, DEED_ORGANISATION,
	DEED_ASSET, DEED_TOUCH, DEED_CONFIRM, DEED_ROW,
	DEED_DRAFT, DEED_SEND, DEED_PERMIT, DEED_CONDITIONS, DEED_REFUSE, DEED_SEND_BACK, DEED_SAVE,
	DEED_ACKNOWLEDGE, DEED_WITHDRAW, DEED_CANCEL, DEED_OUT, DEED_BACK, DEED_EXTEND,
	DEED_RULE_EXTENSION, DEED_REVOKE, DEED_RESULT, DEED_SEAL, DEED_CLOCK,
	DEED_SETTINGS, DEED_CASE, DEED_ASSURE, DEED_JUDGE, DEED_ANSWER, DEED_ACCESS,
	DEED_TRANSFER, DEED_DUTY, DEED_INCIDENT, DEED_CHECK, DEED_TRAINING, DEED_TRAINING_CLOCK,
	DEED_AUDIT, DEED_SYSTEMS, DEED_INVENTORY, DEED_ENTRANCE,
	DEED_CONTRACT, DEED_RECONCILE,
};

struct demo_event {
	struct moment at;
	int64_t order; /* among events of one moment */
	enum demo_deed deed;
	size_t what; /* index of unit, person, asset or story */
	size_t other;
};

struct demo_size {
	int64_t staff, assets, entries, seed;
	struct day today;
	struct moment now;
};

enum { DEMO_ROWS = 40, DEMO_CASES = 20, DEMO_SYSTEM_CASES = 16, DEMO_INCIDENTS = 10 };

struct demo {
	struct arena *arena;
	struct demo_size size;
	struct chance chance;
	struct body *body;
	const struct pack_ledger *ledger;
	struct new_password password;
	struct day first; /* on which the body begins */
	struct demo_unit *units;
	size_t units_count, bureaus_count, sections_count;
	size_t it_unit, citizen_unit, audit_unit, vacant_unit, away_unit, csirt_unit, council_unit;
	struct demo_person *people; /* [0] is nobody */
	size_t people_count;
	size_t mayor, vice_mayor, clerk, manager, operator_, auditor;
	size_t erased; /* whose personal data is erased during the year; 0: nobody's */
	struct demo_asset *assets;
	size_t assets_count;
	struct demo_story *stories;
	size_t stories_count, stories_room;
	struct row_id rows[DEMO_ROWS]; /* of the other ledgers */
	struct dossier_id cases[DEMO_CASES];
	struct dossier_id system_cases[DEMO_SYSTEM_CASES];
	struct incident_id incidents[DEMO_INCIDENTS];
	struct chance cases_chance; /* their own, so that the stories stay as they are */
	struct demo_event *events;
	size_t events_count, events_room;
	struct demo_organisation *organisation;
	struct demo_transfer *transfer; /* NULL: nobody leaves or moves */
	struct demo_audit *audit;
	struct demo_entrance *entrance;
	struct demo_contract *contract;
	int64_t refused; /* acts that the rooms refused while playing: none is expected */
	struct text first_refusal;
	_Atomic int64_t clock_ms;
};

void demo_at(struct demo *demo, struct moment at, enum demo_deed deed, size_t what, size_t other);
/* A moment in the office hours of the day, or of the next working day. */
struct moment demo_moment(struct chance *chance, struct day day);
/* So many minutes later, or the next morning when that is out of hours. */
struct moment demo_later(struct chance *chance, struct moment from,
			 int64_t least_minutes, int64_t most_minutes);

void demo_plan_people(struct demo *demo);
/* Terms, posts held beside others, secondment, firms and their people. */
void demo_plan_organisation(struct demo *demo);
struct error *demo_do_organisation(struct demo *demo, const struct demo_event *event,
				   struct act *act) MUST_USE;
/* The first of April within the year played. */
struct day demo_april(const struct demo *demo);
/* In the April played the person moves to the unit, or (0) leaves. */
void demo_transfer_add(struct demo *demo, size_t person, size_t to);
void demo_plan_transfer(struct demo *demo);
void demo_plan_assets(struct demo *demo);
void demo_plan_stories(struct demo *demo);
void demo_plan_cases(struct demo *demo);
/* How many of the planned cases became dossiers. */
size_t demo_cases_made(const struct demo *demo);
void demo_plan_assure(struct demo *demo);
/* What somebody wrote who looked where the policy leaves nothing but a person's eye. */
const char *demo_seen_words(enum clause_kind kind, size_t no);
/* Does the clause ask for a person's judgement, and no part still to come keep it open anyway? */
bool demo_asks_a_person(const struct pack_clause *clause);
void demo_plan_access(struct demo *demo);
void demo_plan_duty(struct demo *demo);
void demo_plan_reconcile(struct demo *demo);
void demo_plan_incidents(struct demo *demo);
void demo_plan_check(struct demo *demo);
void demo_plan_training(struct demo *demo);
void demo_plan_audit(struct demo *demo);
/* Settings of the body's systems, what else stands in its ledgers, rare applications. */
void demo_plan_systems(struct demo *demo);
struct error *demo_do_systems(struct demo *demo, const struct demo_event *event, struct act *act) MUST_USE;


void demo_plan_inventory(struct demo *demo);
struct error *demo_do_inventory(struct demo *demo, const struct demo_event *event, struct act *act) MUST_USE;
/* In a body without a year. */
struct error *demo_any_inventory(struct body *body) MUST_USE;
void demo_plan_entrance(struct demo *demo);
struct error *demo_do_entrance(struct demo *demo, const struct demo_event *event, struct act *act)
	MUST_USE;
void demo_plan_contract(struct demo *demo);
struct error *demo_do_contract(struct demo *demo, const struct demo_event *event, struct act *act) MUST_USE;
struct error *demo_do_audit(struct demo *demo, const struct demo_event *event, struct act *act) MUST_USE;

/* Play every event in the order of time. */
struct error *demo_play(struct demo *demo, struct progress *progress) MUST_USE;

/* One event as an act. */
struct error *demo_do(struct demo *demo, const struct demo_event *event, struct act *act) MUST_USE;
struct error *demo_do_people(struct demo *demo, const struct demo_event *event, struct act *act)
	MUST_USE;
struct error *demo_do_ledger(struct demo *demo, const struct demo_event *event, struct act *act)
	MUST_USE;
struct error *demo_do_story(struct demo *demo, const struct demo_event *event, struct act *act)
	MUST_USE;
struct error *demo_do_row(struct demo *demo, const struct demo_event *event, struct act *act)
	MUST_USE;
struct error *demo_do_case(struct demo *demo, const struct demo_event *event, struct act *act)
	MUST_USE;

struct error *demo_do_assure(struct demo *demo, const struct demo_event *event, struct act *act)
	MUST_USE;
struct error *demo_do_access(struct demo *demo, const struct demo_event *event, struct act *act)
	MUST_USE;
struct error *demo_do_transfer(struct demo *demo, const struct demo_event *event, struct act *act)
	MUST_USE;
/* Recurring work that is due by then; many acts, one after another. */
struct error *demo_play_duty(struct demo *demo, const struct demo_event *event) MUST_USE;
/* Every reconciliation, with lists as tools and contractors would write them. */
struct error *demo_play_reconcile(struct demo *demo, const struct demo_event *event) MUST_USE;
struct error *demo_any_reconcile(struct body *body, struct moment now) MUST_USE;
/* The same in a body without a year: everything is done once, now. */
struct error *demo_any_duty(struct body *body) MUST_USE;
struct error *demo_do_incident(struct demo *demo, const struct demo_event *event, struct act *act)
	MUST_USE;
struct error *demo_do_check(struct demo *demo, const struct demo_event *event, struct act *act)
	MUST_USE;
struct error *demo_do_training(struct demo *demo, const struct demo_event *event, struct act *act)
	MUST_USE;
/* All courses that wait for the person; some answer wrongly at first. */
struct error *demo_take_courses(struct act *act, const struct pack *pack, struct person_id person, size_t no)
	MUST_USE;
/* States of clauses written down, as bansho-clock does it. */
struct error *demo_record(struct demo *demo) MUST_USE;

/* Whom to sign in as; run prints it. */
struct demo_guest {
	struct text login, name, what;
};
enum { DEMO_GUESTS = 7 };
struct error *demo_guests(struct body *body, struct text *password, struct demo_guest *guests,
			  size_t *count) MUST_USE;
struct error *demo_print_guests(struct body *body) MUST_USE;

/* A body for a pack without a story: somebody in every role, rows in every ledger, and every occasion
   waiting, in use and finished. */
struct error *demo_any(struct call *call, struct demo *demo) MUST_USE;

#endif
