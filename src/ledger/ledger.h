/*
 * Ledgers (台帳): kinds of record that the pack defines, their rows, and what happened to each.
 *
 * A row keeps the values of its ledger's fields as the pack's field kinds write them, plus what the
 * machine itself reads (owner unit, class, serial, parent). Every change makes a version, so that a
 * row's history shows what was changed from what to what; the journal proves it.
 *
 * Rules of the house, whatever the pack says: a copy never stands below the class of what it was
 * copied from (Takamatsu 3.2.1.c), mixed media take the highest class (3.2.5.c), a class not yet
 * given counts as the pack's `unclassified`. Nothing is deleted; a row is retired.
 */
#ifndef BANSHO_LEDGER_LEDGER_H
#define BANSHO_LEDGER_LEDGER_H

#include "people/people.h"
#include "policy/policy.h"
#include "store/store.h"

struct row_id {
	int64_t no;
};

enum row_state { ROW_LIVING, ROW_RETIRED };

struct ledger_value {
	struct text name; /* of the pack's field */
	struct text value; /* as the field kind keeps it; empty: not answered */
};

struct ledger_row {
	struct row_id id;
	const struct pack_ledger *ledger; /* NULL when the pack no longer has it */
	int64_t number;			  /* 台帳番号, from 1 within its ledger */
	struct text title;
	struct text class_code;
	int64_t owner; /* unit */
	struct text serial;
	struct row_id parent; /* no 0: not a copy */
	enum row_state state;
	int64_t revision; /* 1 when new */
	struct moment created, changed, confirmed; /* confirmed.ms 0: never */
	struct moment retired;
	int64_t retired_by; /* dossier, 0 for none */
	struct text values; /* all of them, canonical JSON object; read with ledger_value() */
};

/* A value of a row by its field's name; empty when not answered. Lives in `into`. */
struct text ledger_value(struct arena *into, const struct ledger_row *row, const char *name);

/* All answered values of a row at once: cheaper than asking for each. BROKEN when unreadable. */
struct error *ledger_values(struct arena *into, const struct ledger_row *row,
			    struct ledger_value **values, size_t *count) MUST_USE;

/* A row as a condition of the pack asks it: `with` of ledger_answer() is one of these. */
struct ledger_answers {
	const struct pack_ledger *ledger;
	const struct ledger_value *values; /* ledger_values() */
	size_t count;
};
/* For struct when_answers. What is not answered, or no column of the ledger, is WHEN_NONE. */
struct when_value ledger_answer(void *with, struct text name);

/* A value as people read it: names of units, persons and assets instead of their numbers. */
struct error *ledger_show(struct look *look, const struct pack_field *field, struct text value,
			  struct text *shown) MUST_USE;

/* MISSING when there is no such row. */
struct error *ledger_read(struct look *look, const struct pack *pack, struct row_id id,
			  struct ledger_row *row) MUST_USE;
/* The living row with that serial number (width and case do not matter), if any. */
struct error *ledger_by_serial(struct look *look, const struct pack *pack,
			       const struct pack_ledger *ledger, struct text serial, bool *found,
			       struct ledger_row *row) MUST_USE;

enum ledger_sort { SORT_NUMBER, SORT_TITLE, SORT_CLASS, SORT_CHANGED };

enum { LEDGER_MOST_WITHIN = 8 };

struct ledger_query {
	struct text words;	/* as typed; width, kana kind and spaces do not matter; all must match */
	int64_t owner;		/* this very unit, 0 for any */
	const struct unit_id *within; /* these units and all below them; NULL for any */
	size_t within_count;	      /* at most LEDGER_MOST_WITHIN; INVALID beyond */
	struct text class_code; /* empty for any */
	enum row_state state;
	bool is_unconfirmed;	/* only rows whose confirmation is older than `unconfirmed_before` */
	struct moment unconfirmed_before;
	enum ledger_sort sort;
	struct text after; /* cursor from the page before, or empty */
};

enum { LEDGER_PAGE = 50, LEDGER_MOST_WORDS = 4 };

struct ledger_page {
	struct ledger_row *rows;
	size_t count;
	struct text next; /* cursor of the next page, empty at the end */
	int64_t total;	  /* of all pages */
};

/* One page of at most `most` (<= 200) rows, by keyset: a page costs the same wherever it lies. */
struct error *ledger_list(struct look *look, const struct pack *pack,
			  const struct pack_ledger *ledger, const struct ledger_query *query,
			  size_t most, struct ledger_page *page) MUST_USE;

/* Every row the query matches, for export. Texts of `row` are valid during the call only. */
struct error *ledger_each(struct look *look, const struct pack *pack,
			  const struct pack_ledger *ledger, const struct ledger_query *query,
			  struct error *(*each)(void *with, const struct ledger_row *row),
			  void *with) MUST_USE;

/* The highest class among rows; `unclassified` for none. */
struct error *ledger_highest_class(struct look *look, const struct pack *pack,
				   const struct row_id *rows, size_t count,
				   const struct pack_class **highest) MUST_USE;

/* The living copies of a row (field `parent`), at most 200. */
struct error *ledger_copies(struct look *look, const struct pack *pack, struct row_id id,
			    struct ledger_row **rows, size_t *count) MUST_USE;

/*
 * Whom or what a person or a list means: units by code, name or 局課名, assets by 台帳番号, persons by
 * employee number or name; as the number that is kept. Other kinds, and an empty text, come back as
 * they are. INVALID names the field when there is none, or more than one.
 */
struct error *ledger_resolve(struct look *look, const struct pack_field *field, struct text typed,
			     struct text *value) MUST_USE;

/*
 * Turn what was typed into what is kept, checking every field: kinds, limits, required ones, that
 * units, assets and persons exist, that the serial is free, that a copy's class is not too low.
 * All faults come at once, each naming its field. `changing` is the row being changed, or no 0.
 * Units, assets and persons are given by the numbers Bansho gave them (see ledger_resolve).
 */
struct error *ledger_check(struct look *look, const struct pack *pack,
			   const struct pack_ledger *ledger, struct row_id changing,
			   const struct ledger_value *typed, size_t typed_count,
			   struct ledger_value **values, size_t *count) MUST_USE;

/*
 * Enter a row. For the head of the owner unit's staff and above (right "ledger.write"; the caller
 * has asked people_must...). Checks as ledger_check; the journal holds "ledger.add" about asset:N.
 */
struct error *ledger_add(struct act *act, const struct pack *pack, const struct pack_ledger *ledger,
			 const struct ledger_value *typed, size_t count, struct row_id *added)
	MUST_USE;
/* CONFLICT when somebody changed it since `revision`, or it is retired. No change, no entry. */
struct error *ledger_change(struct act *act, const struct pack *pack, struct row_id id,
			    int64_t revision, const struct ledger_value *typed, size_t count)
	MUST_USE;
/*
 * The unit confirms its rows of the ledger (yearly): every living row it owns counts as confirmed
 * now. One entry about unit:N with the number of rows and the digest over them; *confirmed says
 * how many. INVALID when it owns none.
 */
struct error *ledger_confirm(struct act *act, const struct pack *pack,
			     const struct pack_ledger *ledger, struct unit_id unit,
			     int64_t *confirmed) MUST_USE;
/* Close the row: disposed of through `dossier` (0: a mistake put right, `why` says so). */
struct error *ledger_retire(struct act *act, const struct pack *pack, struct row_id id,
			    int64_t dossier, struct text why) MUST_USE;

/* One change of a row: what a field was and became. */
struct ledger_change_of {
	const struct pack_field *field;
	struct text before, after; /* as people read them */
};
struct ledger_version {
	int64_t revision;
	struct moment at;
	int64_t person; /* who */
	struct text act; /* "ledger.add", "ledger.change", … */
	struct text why;
	struct ledger_change_of *changes;
	size_t changes_count;
};
/* Newest first, at most `most`; before a revision, or 0 for the newest. */
struct error *ledger_versions(struct look *look, const struct pack *pack, struct row_id id,
			      int64_t before, size_t most, struct ledger_version **versions,
			      size_t *count) MUST_USE;

struct ledger_confirmation {
	struct unit_id unit;
	struct moment at; /* of the last confirmation; ms 0: never */
	int64_t rows;	  /* living rows it owns */
	int64_t stale;	  /* of them not confirmed since `since` */
};
/* Per owner unit: how many rows, how many not confirmed since `since`. At most 2,000 units. */
struct error *ledger_confirmations(struct look *look, const struct pack_ledger *ledger,
				   struct moment since, struct ledger_confirmation **units,
				   size_t *count) MUST_USE;

struct ledger_totals {
	int64_t rows;	     /* living */
	int64_t stale;	     /* of them not confirmed since `since` */
	int64_t soon;	     /* not confirmed since `soon_since` */
	int64_t units_stale; /* owners of stale rows */
};
/* The same over the whole ledger: some milliseconds for 100,000 rows. */
struct error *ledger_totals(struct look *look, const struct pack_ledger *ledger, struct moment since,
			    struct moment soon_since, struct ledger_totals *totals) MUST_USE;

/* ---- Import from lists as people keep them ---- */

struct table;

enum { LEDGER_IMPORT_MOST = 200000 };

/* Which column of the file feeds which field: -1 for none. Index by the ledger's field order. */
struct ledger_mapping {
	int *column;
	size_t count;
	int number_column; /* 台帳番号: rows with a known number are changed, not added; -1 for none */
	size_t heading;	   /* index of the row with the columns' names; what stands above is not read */
	/* When given, rows of units that RIGHT_LEDGER_WRITE does not reach are wrong; NULL: all may be. */
	const struct rights *rights;
};

/*
 * Guess by names and aliases of the fields; whatever is not clear stays -1. The heading is that of
 * the first rows in which most columns are known: lists begin with titles. Never fails.
 */
struct ledger_mapping ledger_mapping_guess(struct arena *into, const struct pack_ledger *ledger,
					   const struct table *table);

enum row_doing { ROW_ADDED, ROW_CHANGED, ROW_SAME, ROW_WRONG };

struct ledger_import_row {
	int64_t line;
	enum row_doing doing;
	struct row_id row; /* changed or same */
	int64_t revision;
	struct ledger_value *values;
	size_t count;
	struct error *faults; /* ROW_WRONG: each with its column name */
	struct ledger_change_of *changes;
	size_t changes_count;
};
struct ledger_import {
	struct ledger_import_row *rows;
	size_t count; /* rows that hold anything */
	int64_t added, changed, same, wrong;
	struct hash digest; /* of the table, mapping and what would be done: apply is bound to it */
};

/*
 * What the file would do, row by row. `usual_owner` is the unit for rows that name none. Rows are
 * not applied; a file with wrong rows can be applied only with `skip_wrong`. Units, assets and persons
 * may be written as ledger_resolve() takes them. The result takes some 1 KiB of look->arena per row:
 * whoever reads files from outside bounds their rows by the arena.
 */
struct error *ledger_import_preview(struct look *look, const struct pack *pack,
				    const struct pack_ledger *ledger, const struct table *table,
				    const struct ledger_mapping *mapping, struct unit_id usual_owner,
				    struct ledger_import *import) MUST_USE;
/*
 * CONFLICT when the preview made now differs from `digest`. One entry per row, one for the file. The
 * preview is made in memory of its own; the act's arena takes some 4 KiB per row added or changed.
 */
struct error *ledger_import_apply(struct act *act, const struct pack *pack,
				  const struct pack_ledger *ledger, const struct table *table,
				  const struct ledger_mapping *mapping, struct unit_id usual_owner,
				  const struct hash *digest, bool skip_wrong, int64_t *done)
	MUST_USE;

#endif
