/*
 * Lists of dossiers, figures for the home, and looking back.
 */
#ifndef BANSHO_FLOW_LIST_H
#define BANSHO_FLOW_LIST_H

#include "flow/dossier.h"

/* ---- Lists ---- */

enum flow_list {
	FLOW_MINE,	/* applied by the person */
	FLOW_WAITING,	/* waiting for the person's decision, own right or deputy; extensions too */
	FLOW_OUT,	/* something is out: of the person's, or of `units` */
	FLOW_OVERDUE,	/* of them, out longer than planned */
	FLOW_ALL,	/* of `units`; whole body when units_count is 0 */
	FLOW_STUCK,	/* open steps nobody can decide today; whole body */
	FLOW_LATE,	/* reports sent after their clock, or not sent though it has run out; whole body */
	FLOW_UNBALANCED, /* granted, with items open or unlisted; of `units` or the body */
	FLOW_ENDING,	/* permits in force that run out by `until`: of the person's, of `units`; `due` says when */
	FLOW_SLOW,	/* steps that have waited for a decision since before `before`; of `units` or the body */
};

struct flow_query {
	enum flow_list list;
	struct person_id person;
	const struct unit_id *units;
	size_t units_count;
	bool has_state;
	enum dossier_state state;
	const struct pack_occasion *occasion; /* late: of this one; NULL: of any */
	struct day until;     /* ending: the last day looked at */
	struct moment before; /* slow: opened before then */
	struct text words; /* in number or purpose, folded; all must match */
	struct text after; /* cursor of the page before, or empty */
};

struct flow_line {
	struct dossier_id id;
	struct text number, purpose, title; /* title: dossier_title */
	enum dossier_state state;
	bool is_told; /* mine, all: nobody is asked to permit anything, see dossier_is_told */
	struct text applicant_name, unit_name;
	struct moment changed;
	struct moment since;	/* waiting, slow: since when */
	enum step_verb verb;	/* waiting: what is asked */
	struct person_id deputy_for; /* waiting: in whose place */
	enum decider_basis basis; /* waiting: as what they would decide */
	bool is_extension;	/* waiting: an extension of `permit` is asked for */
	struct permit_id permit; /* out, overdue, ending, extension */
	struct moment due;	/* out, overdue: the earliest planned return; late: when it was due */
	struct day ends;	/* ending: the permit's last day */
	bool is_overdue;
	bool is_unsent; /* late: a draft, whose purpose is its writer's own and left out */
	struct text problem;	/* stuck: why */
};

struct flow_page {
	struct flow_line *lines; /* newest first; waiting, overdue, ending and slow: oldest first */
	size_t count;
	struct text next; /* empty at the end */
};

struct error *flow_list(struct look *look, const struct flow *flow, const struct flow_query *query,
			size_t most, struct flow_page *page) MUST_USE;

/* For the cards of the staff's home. */
struct flow_counts {
	int64_t mine_open; /* draft, sent, returned, granted */
	int64_t mine_returned;
	int64_t waiting;
	int64_t out, overdue; /* of the person's */
};
struct error *flow_count(struct look *look, const struct flow *flow, struct person_id person,
			 struct flow_counts *counts) MUST_USE;

/* ---- Looking back, for the decider ---- */

/* Granted before: the same asset, or the same applicant and occasion. Newest first. */
struct error *flow_earlier(struct look *look, const struct flow *flow,
			   const struct dossier *dossier, size_t most, struct flow_permit **permits,
			   size_t *count) MUST_USE;

struct flow_difference {
	const struct pack_field *field; /* NULL: the assets, or the purpose (`label` says) */
	struct text label;
	struct text before, after; /* as people read them */
};
/*
 * What is different from the latest earlier granted dossier of the same occasion by the same unit,
 * or after send back from the revision before; *than.no 0 and nothing when there is none.
 */
struct error *flow_changes(struct look *look, const struct flow *flow,
			   const struct dossier *dossier, struct dossier_id *than,
			   int64_t *than_revision, struct flow_difference **changes, size_t *count)
	MUST_USE;

/* The canonical JSON that was frozen at a revision, and its digest (for paper and proof). */
struct error *flow_frozen(struct look *look, struct dossier_id id, int64_t revision,
			  struct text *json, struct hash *digest) MUST_USE;

#endif
