/* Fields of ledgers, forms and questions. What is typed into them and shown: policy/value.h. */
#ifndef BANSHO_POLICY_FIELD_H
#define BANSHO_POLICY_FIELD_H

#include "policy/words.h"

struct pack_ledger;
struct when;
struct pack;

/*
 * The closed set of kinds. A value is always text; field_read() turns what a person typed into
 * the one way it is kept (right column), field_show() into what a person reads. Empty is
 * "not answered" for every kind.
 */
enum field_kind {
	FIELD_TEXT,	 /* one line */
	FIELD_LONG_TEXT, /* lines separated by \n */
	FIELD_DAY,	 /* 2026-11-21 */
	FIELD_MOMENT,	 /* 2026-11-21T09:30, JST */
	FIELD_PERIOD,	 /* 2026-11-21/2027-03-31, both included */
	FIELD_NUMBER,	 /* 42 */
	FIELD_CHOICE,	 /* the choice's code */
	FIELD_CHOICES,	 /* codes separated by \n, in the field's order */
	FIELD_YES_NO,	 /* yes, no */
	FIELD_ASSET,	 /* row number of ledger `of` */
	FIELD_ASSETS,	 /* row numbers separated by \n */
	FIELD_PERSON,	 /* a person's number */
	FIELD_UNIT,	 /* a unit's number */
	FIELD_CLASS,	 /* code of a value of `axis` */
	FIELD_SERIALS,	 /* one item per line: serial number, then optionally \t and what it is */
	FIELD_FILE,	 /* attachment: 64 hex digits SHA-256, \t, file name */
	FIELD_CLAUSES,	 /* ids of duties separated by \n */
};

struct pack_choice {
	struct text code;
	struct words words;
	struct words help;
	struct words group;   /* heading under which it is offered; empty: none */
	struct text *aliases; /* what people's old lists call it; for import */
	size_t aliases_count;
};

/* Where a field's first value comes from. */
enum prefill {
	PREFILL_NONE,
	PREFILL_APPLICANT,	/* the person applying */
	PREFILL_APPLICANT_UNIT,
	PREFILL_TODAY,
	PREFILL_NOW,
	PREFILL_ASSET, /* the column `prefill_column` of the asset chosen first */
};

struct pack_field {
	struct text name; /* the same name in two forms or a question is one shared answer */
	struct words label;
	struct words help;
	enum field_kind kind;
	bool is_required;
	int64_t least; /* texts: characters; number: value; lists: items */
	int64_t most;
	bool has_least;
	bool has_most;
	struct pack_choice *choices;
	size_t choices_count;
	const struct when *shown_when; /* NULL: always. A field that is not shown is not answered. */
	enum prefill prefill;
	struct text prefill_column;
	const struct pack_axis *axis;	 /* FIELD_CLASS */
	bool is_computed;		 /* FIELD_CLASS: the highest of the assets chosen; nobody types it */
	const struct pack_ledger *of;	 /* FIELD_ASSET(S) */
	const struct pack *pack;	 /* FIELD_CLAUSES: whose duties */
	const struct pack_clause *clause; /* why it is asked, or NULL */
	bool is_personal;		 /* names a person: only as a commitment in the journal */
	/* In ledgers: */
	bool is_listed;	  /* a column of list pages */
	bool is_searched; /* found by the search box */
	struct text *aliases; /* column names in people's old lists, for import */
	size_t aliases_count;
};

#endif
