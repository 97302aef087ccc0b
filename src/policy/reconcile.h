/*
 * Reconciliations (突き合わせ): two sets that must agree, by which key, within what tolerance, and who answers
 * for what does not.
 */
#ifndef BANSHO_POLICY_RECONCILE_H
#define BANSHO_POLICY_RECONCILE_H

#include "policy/form.h"

struct pack_clause;
struct pack_occasion;
struct pack_parameter;
struct pack_role;

/* ---- Where a set comes from ---- */

/* What a source must be told besides its name. */
enum source_takes {
	TAKES_NOTHING,
	TAKES_COLUMNS,	/* an uploaded list: what its columns are called */
	TAKES_LEDGER,	/* its columns are the ledger's */
	TAKES_OCCASION, /* a permit's: its own columns, then the fields of the occasion's form */
	TAKES_ITEMS,	/* an occasion whose form is answered item by item */
};

struct pack_source_column {
	const char *name;
	const char *ja, *en;
	enum field_kind kind;
};

/*
 * The named sources of this version (sources.c): a pack that names another does not load. Room reconcile
 * has a reader of the same name for each (reconcile/sources.c).
 */
struct pack_source {
	const char *name; /* "permits" */
	const char *ja, *en;
	enum source_takes takes;
	const struct pack_source_column *columns;
	size_t columns_count;
};
extern const struct pack_source pack_sources[];
extern const size_t pack_sources_count;

/* ---- One reconciliation ---- */

enum pack_side { SIDE_LEFT, SIDE_RIGHT, SIDES };

struct pack_reconcile_side {
	const struct pack_source *source;
	struct words name;		    /* what the set is called here */
	const struct pack_ledger *ledger;   /* TAKES_LEDGER */
	const struct pack_occasion *occasion; /* TAKES_OCCASION, TAKES_ITEMS */
	/* Its columns, as a ledger without a code: what conditions and keys may name. */
	const struct pack_ledger *shape;
	const struct when *where; /* only these rows; NULL: all */
	bool is_many;		  /* several rows may have the same key */
	bool may_be_alone;	  /* a row without counterpart is no difference */
	/* A row without counterpart is waited for until so many days after the day in its column. */
	const struct pack_field *wait;
	const struct pack_parameter *wait_days;
};

struct pack_reconcile_key {
	const struct pack_field *of[SIDES];
	bool drops_zeros; /* zeros in front do not count: spreadsheets lose them */
};

enum compare_as {
	COMPARE_SAME,	/* as the key is compared: width, case, hyphens, spaces do not matter */
	COMPARE_NUMBER, /* at most `within` apart */
	COMPARE_DAY,	/* at most `within` days apart */
	COMPARE_INSIDE, /* the left day lies in the right period */
};
const char *compare_as_name(enum compare_as as); /* "inside" */

/* What of a side is compared. */
enum compare_what {
	COMPARE_COLUMN,
	COMPARE_ROWS,  /* how many rows of the side have the key */
	COMPARE_TODAY, /* the day of the run */
};

struct pack_reconcile_compare {
	struct words name; /* what does not agree, for people */
	enum compare_as as;
	enum compare_what what[SIDES];
	const struct pack_field *of[SIDES]; /* COMPARE_COLUMN */
	int64_t within;
	bool may_be_more[SIDES]; /* that side may be more (later) by any amount */
};

struct pack_reconcile {
	struct text code; /* "software-found" */
	struct words name;
	struct words help; /* what to do about a difference */
	const struct pack_clause **clauses;
	size_t clauses_count;
	const struct pack_role *owner;	    /* of the whole body: runs it, explains what differs */
	const struct pack_parameter *every; /* run again within so many days; NULL: when wanted */
	const struct pack_parameter *due;   /* a difference is put right in so many days; NULL: 30 */
	struct pack_reconcile_side sides[SIDES];
	struct pack_reconcile_key *keys;
	size_t keys_count;
	struct pack_reconcile_compare *compares;
	size_t compares_count;
	const struct pack_field **shows[SIDES]; /* columns shown with a difference, besides those compared */
	size_t shows_count[SIDES];
};

enum { RECONCILE_USUAL_DUE = 30, RECONCILE_MOST_KEYS = 6, RECONCILE_MOST_COMPARES = 12,
       RECONCILE_MOST_COLUMNS = 40 };

/* Neither side is uploaded: it can be run without anybody. */
bool reconcile_is_inside(const struct pack_reconcile *of);
const struct pack_source *pack_source(struct text name);

#endif
