/*
 * Permits: what they let pass, their use, their extension and their end.
 *
 * holder and scope are kept when a permit is issued; answers that change afterwards change nothing.
 */
#ifndef BANSHO_FLOW_PERMIT_H
#define BANSHO_FLOW_PERMIT_H

#include "flow/ids.h"

enum permit_state {
	PERMIT_VALID,
	PERMIT_OUT,	 /* something under it is out */
	PERMIT_RETURNED, /* everything that went out came back */
	PERMIT_EXPIRED,
	PERMIT_REVOKED,
	PERMIT_USED_UP,	 /* the dossier is complete */
	PERMIT_GIVEN_UP, /* cancelled unused */
};

/* One thing that went out (持出) and perhaps came back (返却). */
struct flow_outing {
	int64_t id;
	struct permit_id permit;
	struct row_id asset;	/* no 0: named by `what` only */
	struct text what;	/* its title, or the serial */
	struct moment out, due, back; /* due.ms 0: not planned; back.ms 0: still out */
	struct person_id out_by, back_by;
	struct text out_name, back_name;
	bool is_overdue;
};

enum extension_state { EXTENSION_ASKED, EXTENSION_GRANTED, EXTENSION_REFUSED };

struct flow_extension {
	int64_t id;
	struct day until;
	struct text reason, answer;
	enum extension_state state;
	struct moment asked, decided;
	struct person_id by;
	struct text by_name;
	struct delegation_id delegation; /* under which it was answered; no 0: under none */
};

/* One value that machines compare, as the pack names it: device = serial. */
struct flow_scope {
	struct text name;
	struct text value;
};

struct flow_permit {
	struct permit_id id;
	struct text number; /* 令和8年度-0012-1 */
	struct dossier_id dossier;
	const struct pack_occasion *occasion;
	enum permit_state state;
	struct person_id holder; /* whom it lets pass; the applicant where the pack names nobody */
	struct text holder_name;
	struct flow_scope *scope;
	size_t scope_count;
	struct day from, until; /* both included */
	bool is_default_end;	/* nobody stated an end: `until` is the pack's */
	struct moment leaves, returns; /* as planned; ms 0: not asked */
	bool is_signed_out; /* out and return are signed */
	struct text conditions;
	struct moment issued, ended;
	struct text ended_why; /* reason of revoking */
	bool is_lapsed;	 /* `until` has passed while something is still out */
	bool is_overdue; /* something is out longer than planned */
	struct flow_outing *outings;
	size_t outings_count;
	struct flow_extension *extensions;
	size_t extensions_count;
	bool is_exception; /* it bends other rules: flow/exception.h */
	bool is_closed;	   /* as an exception: somebody said what was done */
	struct text *bends; /* ids of the duties it bends */
	size_t bends_count;
};
struct error *flow_permit_read(struct look *look, const struct flow *flow, struct permit_id id,
			       struct flow_permit *permit) MUST_USE;
/* 持出 of one item, now ("permit.out"). `asset` no 0: `what` names it; where the dossier has assets, `what` must be
   a value of the permit's scope (the medium that carries them, by its number). */
struct error *flow_out(struct act *act, const struct flow *flow, struct permit_id id,
		       int64_t change, struct row_id asset, struct text what) MUST_USE;
/* 返却 of one item ("permit.return"); possible also after expiry and revocation. */
struct error *flow_back(struct act *act, const struct flow *flow, struct permit_id id,
			int64_t change, int64_t outing) MUST_USE;
/*
 * Permits under which that thing may be signed out by the person now: running today, signed out and back, with the
 * row among the dossier's assets or its number (may be empty) in the scope. At most FLOW_THING_MOST.
 */
enum { FLOW_THING_MOST = 20 };
struct error *flow_permits_of_thing(struct look *look, const struct flow *flow, struct row_id row,
				    struct text serial, struct person_id person,
				    struct flow_permit **list, size_t *count) MUST_USE;
/* Ask for longer ("permit.extend-ask"); INVALID beyond the pack's most or without reason. */
struct error *flow_extend(struct act *act, const struct flow *flow, struct permit_id id,
			  int64_t change, struct day until, struct text reason) MUST_USE;
/* Answer it ("permit.extend"): holder or deputy of the pack's `extends` role, not the asker. */
struct error *flow_rule_extension(struct act *act, const struct flow *flow, struct permit_id id,
				  int64_t change, bool is_granted, struct text words) MUST_USE;
/* Revoke with reason ("permit.revoke"). What is out stays visible as out until returned. */
struct error *flow_revoke(struct act *act, const struct flow *flow, struct permit_id id,
			  int64_t change, struct text why) MUST_USE;

/* ---- Before it is sent ---- */

/* A permit as it would be if the dossier were sent now and granted today. */
struct flow_permit_preview {
	const struct pack_occasion *occasion;
	bool is_at_send; /* no permission is waited for: in force by being reported */
	struct day from, until;
	bool is_default_end;
	struct person_id holder;
	struct text holder_name;
	struct flow_scope *scope;
	size_t scope_count;
	const struct pack_clause **bends; /* duties it would bend */
	size_t bends_count;
};
/* In the pack's order of occasions. Answers not given yet leave the holder the applicant, scope empty. */
struct error *flow_preview_permits(struct look *look, const struct flow *flow,
				   struct dossier_id id, struct flow_permit_preview **permits,
				   size_t *count) MUST_USE;

#endif
