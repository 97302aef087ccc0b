/*
 * What a new version of the policy does to what is going on (room enact asks; only it calls the acts
 * here, in the name of who put the version into force).
 */
#ifndef BANSHO_FLOW_VERSION_H
#define BANSHO_FLOW_VERSION_H

#include "flow/flow.h"

/* What is going on in one occasion. */
struct flow_going_on {
	int64_t sent;	 /* dossiers being decided */
	int64_t editable; /* drafts and those sent back: they are under the version in force anyway */
	int64_t permits; /* living */
};
struct error *flow_going_on(struct look *look, struct text occasion, struct flow_going_on *found)
	MUST_USE;

/* Numbers above `after`, ascending, of what was sent before / is living; at most `most`. */
struct error *flow_sent_of(struct look *look, struct text occasion, int64_t after, size_t most,
			   int64_t **ids, size_t *count) MUST_USE;
struct error *flow_living_of(struct look *look, struct text occasion, int64_t after, size_t most,
			     int64_t **ids, size_t *count) MUST_USE;

/*
 * Back to the applicant, to be sent again under the version in force ("dossier.resend"), or ended
 * ("dossier.end"). The applicant is told. Nothing happens when it is no longer being decided, or was
 * sent under the version in force: *has_done false.
 */
struct error *flow_send_again(struct act *act, const struct flow *flow, struct dossier_id id,
			      struct text why, bool *has_done) MUST_USE;
struct error *flow_end(struct act *act, const struct flow *flow, struct dossier_id id,
		       struct text why, bool *has_done) MUST_USE;
/* A living permit ends ("permit.end"); what is out under it stays visible as out. */
struct error *flow_end_permit(struct act *act, const struct flow *flow, struct permit_id id,
			      struct text why, bool *has_done) MUST_USE;

#endif
