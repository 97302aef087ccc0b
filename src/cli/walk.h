/*
 * Walking a pack: `bansho pack walk FOLDER` makes a body of its own for the pack, in a temporary
 * folder, with somebody in every role; draws every sheet empty; and takes every occasion through
 * its whole life, with the shortest and with the longest answers. What a pack's author would find
 * out from the first clerk who tries, is found out here.
 *
 * Every case is a row of struct walked: what was tried, and what was wrong (empty: nothing).
 */
#ifndef BANSHO_CLI_WALK_H
#define BANSHO_CLI_WALK_H

#include "cli/demo.h"

enum walk_fill {
	FILL_LEAST, /* only what is required, as short as allowed */
	FILL_MOST,  /* everything, as long as allowed */
	FILL_USUAL, /* what is required, in words that say what stands there: for a demonstration */
};

/* How a case ends. */
enum walk_way {
	WAY_THROUGH, /* permitted, used, finished */
	WAY_REFUSED,
	WAY_BACK, /* sent back, sent again, permitted */
	WAY_WAITING, /* sent, and nobody has decided */
	WAY_PERMITTED, /* permitted, and in use */
	WAY_COUNT,
};

struct walked {
	struct text what;  /* "occasion transport (most, through)" */
	struct text wrong; /* a sentence; empty: it went well */
};

enum { WALK_ROWS = 4, WALK_MOST = 4000 };

struct walking {
	struct call *call;
	struct arena *arena;	   /* of the whole walk */
	struct arena *case_arena;  /* of one case */
	struct body *body;
	const struct pack *pack;
	struct unit_id top, bureau, section, other, system;
	struct person_id clerk, witness;
	struct person_id *holders; /* by role, no 0 for everyone's */
	struct row_id *rows;	   /* WALK_ROWS of each ledger */
	struct walked *walked;
	size_t walked_count, wrong_count;
	int64_t serial; /* makes texts that must differ */
	struct chance *chance; /* names for a demonstration; NULL: one name for all */
	int64_t sheets; /* drawn */
	struct moment now; /* of a demonstration whose day is not the machine's; 0: the machine's */
};

/* Note a case. `wrong` NULL: it went well. */
void walk_note(struct walking *walking, struct text what, const struct error *wrong);

/* Units, a post and a person for every role, a clerk, a second clerk. */
struct error *walk_people(struct walking *walking) MUST_USE;
/* Rows in every ledger: with the highest class, the next, …; the first of them full, the last bare. */
void walk_ledgers(struct walking *walking);
/* New rows where a case uses them up: every ledger whose rows have a class. */
struct error *walk_fresh_rows(struct walking *walking) MUST_USE;

/* What days and times of answers are counted from: the body's clock. */
struct moment walk_now(const struct walking *walking);
/* A value the field takes. Never fails: what it cannot make is empty. */
struct text walk_value(struct walking *walking, const struct pack_field *field, enum walk_fill fill);

/* Every sheet without answers, every ledger's rows as paper. */
void walk_papers(struct walking *walking);
/* The dossier's sheets as PDF. */
struct error *walk_print(struct walking *walking, const struct dossier *dossier) MUST_USE;

/* Answers to the questions under which the occasion arises; *found false when none were found. */
struct walk_answers {
	struct flow_answer *list;
	size_t count;
	struct row_id assets[2];
	size_t assets_count;
};
struct error *walk_find(struct walking *walking, const struct pack_occasion *occasion,
			struct walk_answers *answers, bool *found) MUST_USE;

/* A self-check, the training plan, incidents: of the demonstration body of any pack. */
void demo_any_year(struct walking *walking);

/* One occasion's whole life. */
struct error *walk_case(struct walking *walking, const struct pack_occasion *occasion,
			enum walk_fill fill, enum walk_way way) MUST_USE;

/* The year's training plan and mail for practice: some days before everything else. */
void demo_any_training(struct walking *walking);
/* Courses taken, systems, documents, judgements, a self-check, an audit and a review: after rows and occasions. */
void demo_any_more(struct walking *walking);

#endif
