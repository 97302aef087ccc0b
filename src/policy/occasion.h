/* Occasions: when a permission or a report is needed, whose, and what follows from it. */
#ifndef BANSHO_POLICY_OCCASION_H
#define BANSHO_POLICY_OCCASION_H

#include "policy/form.h"

enum step_verb {
	STEP_PERMISSION,   /* 許可: without it nothing goes on */
	STEP_CONSULTATION, /* 協議: an opinion is recorded; it goes on whatever the opinion is */
	STEP_NOTIFICATION, /* 報告: somebody is told and acknowledges; nothing waits for it */
};

/* In whose unit the role is looked up. */
enum step_whose {
	WHOSE_APPLICANT, /* the applicant's unit, or the nearest unit above with a holder */
	WHOSE_OWNER,	 /* the unit that owns each asset chosen */
	WHOSE_BODY,	 /* the body's one holder */
	WHOSE_FIELD,	 /* the unit answered in `field`, or owning the row chosen there */
};

struct pack_step {
	enum step_verb verb;
	const struct pack_role *role;
	enum step_whose whose;
	const struct pack_field *field; /* WHOSE_FIELD: FIELD_UNIT or FIELD_ASSET(S) of form or questions */
	int order; /* steps of equal order may be taken in any order; 1 is first */
	const struct when *when; /* NULL: always */
	const struct pack_clause *clause;
};

enum outcome_at {
	AT_SEND,     /* as soon as it is sent: for reports, which nobody permits */
	AT_GRANT,    /* as soon as every permission of the route is given */
	AT_COMPLETE, /* when the result is recorded and every item has ended */
};

struct pack_argument {
	struct text name;
	struct text value; /* a literal, or the name of a field when is_field */
	bool is_field;
};

struct pack_outcome {
	struct text name; /* "permit.issue": one of pack_names.outcomes */
	enum outcome_at at;
	struct pack_argument *arguments;
	size_t arguments_count;
};

/* One value of a permit that machines compare: remote access for device = serial. */
struct pack_scope {
	struct text name; /* "device" */
	const struct pack_field *field;
};

struct pack_permit {
	const struct pack_parameter *usual; /* days, when the form does not say until when; or NULL */
	const struct pack_parameter *most;  /* days, at most; or NULL */
	const struct pack_field *period;    /* FIELD_PERIOD or FIELD_DAY: asked validity, or NULL */
	const struct pack_field *leaves;    /* FIELD_MOMENT: planned going out, or NULL */
	const struct pack_field *returns;   /* FIELD_MOMENT: planned coming back; not NULL: the
					       permit is signed out and back */
	const struct pack_role *extends;    /* who may extend it, or NULL: nobody, apply again */
	const struct pack_field *holder;    /* FIELD_PERSON: whom it lets pass; NULL: the applicant */
	struct pack_scope *scope;
	size_t scope_count;
};

/* Acted first, reported after: the report must be sent within that time of the event. */
struct pack_report_clock {
	const struct pack_field *happened;     /* FIELD_MOMENT or FIELD_DAY */
	const struct pack_parameter *within;   /* minutes or days */
};

/* The permit of this occasion bends other rules. */
struct pack_exception {
	const struct pack_field *clauses; /* FIELD_CLAUSES: the rules bent */
	const struct pack_field *measure; /* what is done instead, or NULL */
	bool is_emergency; /* in force from the act reported, without permission */
	const struct pack_parameter *ends; /* days, where no end is stated */
};

struct pack_occasion {
	struct text code; /* "send" */
	struct words title;
	struct words why; /* plain words for the person: what the policy asks here, and why */
	const struct pack_clause **clauses;
	size_t clauses_count;
	const struct pack_form *form; /* NULL: a permission for which no 様式 exists */
	const struct when *when;      /* over question answers and asset columns */
	struct pack_step *steps;
	size_t steps_count;
	const struct pack_role **by; /* who may apply or report; none: everybody */
	size_t by_count;
	const struct pack_occasion **needs; /* permits that must be valid, or be asked for together */
	size_t needs_count;
	bool is_offered; /* may be chosen by name, without the questions leading to it */
	bool has_permit;
	struct pack_permit permit;
	bool has_report;
	struct pack_report_clock report;
	bool has_exception;
	struct pack_exception exception;
	struct pack_outcome *outcomes;
	size_t outcomes_count;
};

#endif
