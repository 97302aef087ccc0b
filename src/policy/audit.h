/* Audit and review as the pack lays them down (audit.yaml): who plans, audits, orders, decides. */
#ifndef BANSHO_POLICY_AUDIT_H
#define BANSHO_POLICY_AUDIT_H

#include "policy/occasion.h"

/* How grave a point is. */
struct pack_grade {
	struct text code; /* "grave" */
	struct words name;
	int64_t days;	 /* to put it right, from the order */
	bool is_ordered; /* no: advice; the report is enough, nobody is ordered to anything */
};

/* What is looked at together: a plan that takes the theme gets its clauses as items. */
struct pack_theme {
	struct text code;
	struct words name;
	const struct pack_clause **clauses;
	size_t clauses_count;
};

struct pack_audit {
	const struct pack_role *chief;	 /* plans, names auditors, reports */
	const struct pack_role *auditor; /* who may be named; NULL: anybody independent */
	const struct pack_role *council; /* decides about plans, results, reviews; NULL: there is none */
	const struct pack_role *orders;	 /* orders that points are put right */
	const struct pack_role *answers; /* in the unit concerned */
	const struct pack_parameter *every; /* days between audits */
	int64_t sample;			    /* entries a sample has, usually */
	int64_t review_month;		    /* of the year in which the review is due; 0: none */
	const struct pack_clause *clause;
	struct pack_grade *grades;
	size_t grades_count;
	struct pack_theme *themes;
	size_t themes_count;
};

#endif
