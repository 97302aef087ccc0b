/*
 * Flow (決裁): from "what do you want to do" to a permit, its use and its end.
 *
 * A dossier (案件) is one thing somebody wants to do. The pack's occasions (場面) that fit its
 * answers and assets bring forms (様式: one sheet per form), and steps (許可, 協議, 報告). Sending
 * freezes the content: its digest is SHA-256 over canonical JSON of answers, assets with their
 * class, occasions, clauses and pack. Every decision keeps the digest it was about; when content
 * or an asset's class or owner is different afterwards, the decision is shown as stale.
 *
 * Who may: every act below checks it again itself, from act->actor.person; pages only hide buttons.
 *  - draft, save, send, withdraw, cancel, ask for extension, out, return, result: the applicant
 *    (out, return and result also colleagues of the applicant's unit, who are recorded as such)
 *  - decide: a candidate of the step today (people: holder or deputy; above when escalated)
 *  - revoke: whoever holds a deciding role of the dossier today, or a role above it
 * Acts take `change`, the dossier's counter as the page showed it: when somebody acted meanwhile
 * the act is a CONFLICT and nothing happens. Failing in any other way changes nothing either.
 *
 * Journal: each act notes one fact "dossier.…" or "permit.…" about dossier:N (then permit:N,
 * asset:N), with clauses and pairs (state, form, decision, digest …); never words that people wrote,
 * only their digest.
 */
#ifndef BANSHO_FLOW_FLOW_H
#define BANSHO_FLOW_FLOW_H

#include "flow/dossier.h"
#include "flow/exception.h"
#include "flow/ids.h"
#include "flow/list.h"
#include "flow/permit.h"

/* ---- The clock ---- */

struct flow_clock_done {
	int64_t reminded, escalated, expired, overdue, overdue_escalated, completed;
};
/*
 * Everything that time alone causes, called by bansho-clock as often as it likes: reminders to
 * deciders, escalation to the role above, expiry, reminders before a permit ends and before and
 * after a planned return, overdue returns to the head of the unit, reports that nobody has sent, before
 * they are due and when they are late. Each is an act with its entry, done
 * once; a second call at the same moment does nothing. At most `most` acts; *is_more when there is
 * more to do. An act that fails does not keep the others from being done; the first error is returned
 * at the end.
 */
struct error *flow_clock(struct store *store, struct arena *arena, const struct flow *flow,
			 size_t most, struct flow_clock_done *done, bool *is_more) MUST_USE;

/* ---- Figures for assure ---- */

struct flow_occasion_state {
	int64_t dossiers, granted, living; /* sent ever; granted ever; permits valid or out */
	int64_t overdue, stale_waiting;	   /* out too long; waiting longer than the escalation days */
	int64_t unbalanced, claimed;	   /* items open in granted dossiers; ended as claimed only */
	int64_t reports, late;		   /* reports sent ever; of them after their clock */
	int64_t reports_running;	   /* drafts whose clock is running */
	int64_t reports_waiting;	   /* of them those whose clock has run out: late and not sent */
	int64_t last_dossier;		   /* newest granted, 0: none */
	struct moment last;
};
/* Living state of one occasion, over all dossiers of the body. */
struct error *flow_occasion_state(struct look *look, const struct flow *flow,
				  const struct pack_occasion *occasion,
				  struct flow_occasion_state *state) MUST_USE;

/* ---- erasing a person (people/erase.h) ---- */

struct erasing;
/* people_erasable(), and REFUSED while a dossier of theirs is being decided or permitted, or something
   they took out is not back. Drafts and dossiers sent back are nobody's matter any more. */
struct error *flow_erasable(struct look *look, struct person_id person) MUST_USE;
struct error *flow_person_erase(struct act *act, const struct erasing *erasing) MUST_USE;
/* How often a person stands in dossiers, for their own page. Right: their own, or people.edit. */
struct flow_kept {
	int64_t dossiers;  /* applied for */
	int64_t decisions; /* made, or made in their place */
	int64_t permits;   /* that let them pass */
	int64_t outings;   /* taken out by them */
};
struct error *flow_kept(struct look *look, struct person_id person, struct flow_kept *kept)
	MUST_USE;
/* Take applicants' names out of what search finds dossiers by, as Bansho 0.1 kept them there. */
struct error *flow_unname(struct act *act) MUST_USE;

#endif
