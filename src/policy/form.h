/* Ledgers and forms: what is recorded, and the sheets it is asked for on. */
#ifndef BANSHO_POLICY_FORM_H
#define BANSHO_POLICY_FORM_H

#include "policy/field.h"

struct pack_parameter;
struct when;

/* --- ledgers --- */

struct pack_ledger {
	struct text code; /* "asset" */
	struct words name;
	const struct pack_form *form; /* the 様式 it prints as, or NULL */
	const struct pack_clause **clauses;
	size_t clauses_count;
	struct pack_field *fields;
	size_t fields_count;
	/* Named columns that the machine itself reads; each is one of `fields`, or NULL. */
	const struct pack_field *title;	    /* what the row is called */
	const struct pack_field *class_field; /* its class on the first axis */
	const struct pack_field *owner;	    /* FIELD_UNIT: the unit that answers for it */
	const struct pack_field *serial;    /* identifies media; unique among living rows when given */
	const struct pack_field *parent;    /* FIELD_ASSET: what it is a copy of; class never below it */
	const struct pack_field *retention; /* FIELD_DAY: keep until */
	const struct pack_parameter *confirm; /* confirmed again within that many days, or NULL */
	/* Its rows are systems with accounts (one ledger of a pack at most): who answers for a system's
	   accounts, and who reviews what their own people may do; NULL: not such a ledger. */
	const struct pack_role *accounts_manager, *accounts_reviewer;
};

/* --- forms --- */

enum form_stage {
	STAGE_APPLY,  /* answered before the decision; part of the digest decided upon */
	STAGE_RESULT, /* answered afterwards: what was really done */
};

struct pack_section {
	struct words title;
	enum form_stage stage;
	const struct pack_field *each; /* FIELD_SERIALS: the section is answered once per item; or NULL */
	const struct when *shown_when;
	struct pack_field *fields;
	size_t fields_count;
};

/* A box on the paper for a decision: who decides there is the route's business. */
struct pack_box {
	struct words label;
	const struct pack_role *role; /* NULL: the applicant's own seal box */
};

/*
 * How an item of an `each` section may end. The first whose condition holds for the item's
 * answers counts; an item for which none holds is open, and the sheet stays open with it.
 */
struct pack_end {
	struct text code;
	struct words words;
	bool is_verified; /* false: claimed, nobody of ours saw it */
	const struct when *when;
};

struct pack_form {
	struct text number; /* "2", "11-1" */
	struct words title;
	struct words label; /* 様式第2号 */
	bool is_given;	/* the policy gives this 様式; false: Bansho's own paper for what has none */
	struct words addressee; /* role or office on the paper: （宛先）情報セキュリティ管理者 */
	const struct pack_clause **clauses;
	size_t clauses_count;
	struct pack_section *sections;
	size_t sections_count;
	struct pack_box *boxes;
	size_t boxes_count;
	struct pack_end *ends;
	size_t ends_count;
	const struct pack_ledger *ledger; /* this sheet is the paper of a ledger (form 1), or NULL */
};

#endif
