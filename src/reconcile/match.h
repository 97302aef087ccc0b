/*
 * Holding two sets against each other. Pure: the same two lists, terms and pack give the same result to the
 * byte, with our store or without it (bansho reconcile).
 */
#ifndef BANSHO_RECONCILE_MATCH_H
#define BANSHO_RECONCILE_MATCH_H

#include "base/day.h"
#include "base/error.h"
#include "policy/policy.h"

/* A set as it is kept: the columns the reconciliation uses, by the pack's names. */
struct reconcile_set {
	struct text *names;
	size_t columns;
	struct text *cells; /* row by row */
	size_t count;
};

enum {
	RECONCILE_MOST_ROWS = 200000,
	RECONCILE_MOST_BYTES = 64 << 20, /* of a set as it is kept */
	RECONCILE_MOST_BESIDE = 100, /* rows of one key on the right that a row on the left is compared with */
};

enum difference_kind {
	DIFFERENCE_LEFT,	/* on the left only */
	DIFFERENCE_RIGHT,	/* on the right only */
	DIFFERENCE_VALUE,	/* on both, and a comparison fails */
	DIFFERENCE_LEFT_TWICE,	/* more than once where once is expected */
	DIFFERENCE_RIGHT_TWICE,
	DIFFERENCE_LEFT_BLANK,	/* rows without a key: nothing can be said of them */
	DIFFERENCE_RIGHT_BLANK,
	DIFFERENCE_KINDS,
};
const char *difference_name(enum difference_kind kind);	 /* "left" */
/* 「台帳」にだけある: with what the pack calls the side. */
struct text difference_words(struct arena *into, const struct pack_reconcile *of, enum difference_kind kind);
bool difference_read(struct text name, enum difference_kind *kind);

struct reconcile_terms {
	struct day today;
	int64_t wait[SIDES]; /* days */
};

struct reconcile_found {
	enum difference_kind kind;
	struct text key;     /* normalised; its parts separated by a space */
	size_t row[SIDES];   /* one of them, from 1; 0: none */
	int64_t rows[SIDES]; /* how many have the key */
	unsigned fails;	     /* DIFFERENCE_VALUE: bits of comparisons */
};

struct reconcile_result {
	int64_t matched; /* keys that are on both sides and agree */
	int64_t waiting; /* keys on one side that are still waited for */
	int64_t of[DIFFERENCE_KINDS];
	struct reconcile_found *found; /* by kind, then key */
	size_t count;
};

/*
 * The columns of a side that the reconciliation uses: key, compared, waited for, shown; of a list handed in
 * all of them.
 */
size_t reconcile_columns(const struct pack_reconcile *of, enum pack_side side,
			 const struct pack_field *columns[RECONCILE_MOST_COLUMNS]);

/* 100,000 rows against 100,000 in well under two seconds; takes some 100 bytes of `into` a row. */
void reconcile_match(struct arena *into, const struct pack_reconcile *of,
		     const struct reconcile_set sets[SIDES], const struct reconcile_terms *terms,
		     struct reconcile_result *result);

/*
 * As a key is compared: compatibility forms, case, kana, spaces, hyphens and long-vowel marks (サーバー is
 * サーバ; ABC－12 is abc12), and the ' that keeps a spreadsheet from calculating, do not count.
 */
struct text reconcile_normal(struct arena *into, struct text cell, bool drops_zeros);

/*
 * A set as CSV (UTF-8, no BOM, CR LF; a column "no", then the columns by name), and back. Their SHA-256 is
 * what the journal holds. INVALID names line and column of what cannot be read.
 */
struct error *reconcile_set_write(struct arena *into, const struct reconcile_set *set, struct text *csv)
	MUST_USE;
struct error *reconcile_set_read(struct arena *into, struct text csv, struct reconcile_set *set) MUST_USE;
/* The result as CSV: kind, key, rows on either side, what fails, and the cells of one row of each. */
struct error *reconcile_result_write(struct arena *into, const struct pack_reconcile *of,
				     const struct reconcile_set sets[SIDES],
				     const struct reconcile_result *result, struct text *csv) MUST_USE;
/* "2,5": places of the comparisons that fail, from 1. */
struct text reconcile_fails(struct arena *into, unsigned fails);
/* The key as somebody wrote it: cells of the row, separated by " / ". */
struct text reconcile_title(struct arena *into, const struct pack_reconcile *of,
			    const struct reconcile_set sets[SIDES], const struct reconcile_found *found);

#endif
