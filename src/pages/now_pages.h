/*
 * いまの状況: what a person, a section, the systems or the whole body must do today, what is red and
 * why, what runs out this month. now.c draws; each row of its table of sources (now_sources.c,
 * now_assured.c, now_year.c) is one kind of thing that may stand there. A new room adds one row.
 */
#ifndef BANSHO_PAGES_NOW_PAGES_H
#define BANSHO_PAGES_NOW_PAGES_H

#include "pages/list_pages.h"

enum now_scope {
	NOW_MINE,    /* the visitor's own */
	NOW_UNIT,    /* of the units the visitor answers for */
	NOW_SYSTEMS, /* of the duties of the roles the visitor holds for systems */
	NOW_BODY,    /* everything */
	NOW_SCOPES,
};

enum now_block { NOW_DO, NOW_RED, NOW_ENDS, NOW_BLOCKS };

enum { NOW_EACH = 8, NOW_SOON_DAYS = 14, NOW_KINDS = 40 /* most kinds of line there are */ };

struct now_line {
	struct text kind; /* 承認待ち */
	struct text words;
	struct text why;  /* empty: the words say it */
	struct day due;	  /* DAY_NONE: none */
	struct url href;
	struct url all; /* the list of its kind */
};

/* Of one kind, beyond those shown. */
struct now_more {
	struct text kind;
	int64_t count;
	struct url all;
};

struct now_lines {
	struct now_line *lines;
	size_t count;
	struct now_more *more;
	size_t more_count;
	int64_t number; /* shown or not */
};

/* What is being gathered. Sources read the first members and call now_put(). */
struct now {
	struct look *look;
	struct visit *visit;
	enum now_scope scope;
	struct unit_id *units; /* NOW_UNIT, NOW_SYSTEMS: theirs; others: none */
	size_t units_count;
	struct held_role *roles; /* that count in this scope */
	size_t roles_count;
	struct day ends_by; /* the last day that is "this month" */
	struct now_lines blocks[NOW_BLOCKS];
};

/* One line more; beyond NOW_EACH of a kind they are counted. */
void now_put(struct now *now, enum now_block block, struct now_line line);
/* Does one of the roles that count have that code? */
bool now_holds(const struct now *now, struct text role);

/* Each adds what it knows for the scope, and nothing where the scope is not its own. */
typedef struct error *now_source(struct now *now);
now_source now_waiting, now_returned, now_slow, now_out, now_late_reports, now_permits, now_exceptions;
now_source now_confirmations, now_reviews, now_delegations, now_gaps;
now_source now_findings, now_clauses, now_judgements;
now_source now_duties, now_checks, now_training, now_incidents, now_audits, now_things, now_entrance, now_contracts;
now_source now_reconciliations;

#endif
