/* A new version of the policy and what is going on under the older one. */
#include "flow/version.h"

#include "flow/rooms.h"

struct error *
flow_going_on(struct look *look, struct text occasion, struct flow_going_on *found)
{
	struct flow_count_going_on_row dossiers;
	struct flow_count_living_row permits;
	TRY(flow_count_going_on(look, &(struct flow_count_going_on_in){ occasion }, &dossiers));
	TRY(flow_count_living(look, &(struct flow_count_living_in){ occasion }, &permits));
	*found = (struct flow_going_on){ dossiers.sent, dossiers.editable, permits.living };
	return OK;
}

struct error *
flow_sent_of(struct look *look, struct text occasion, int64_t after, size_t most, int64_t **ids,
	     size_t *count)
{
	struct flow_list_sent_of_row *rows;
	TRY(flow_list_sent_of(look,
			      &(struct flow_list_sent_of_in){ occasion, after, (int64_t)most },
			      &rows, count)); /* a page */
	*ids = ARENA_ARRAY(look->arena, int64_t, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*ids)[at] = rows[at].id;
	return OK;
}

struct error *
flow_living_of(struct look *look, struct text occasion, int64_t after, size_t most, int64_t **ids,
	       size_t *count)
{
	struct flow_list_living_of_row *rows;
	TRY(flow_list_living_of(look,
				&(struct flow_list_living_of_in){ occasion, after, (int64_t)most },
				&rows, count)); /* a page */
	*ids = ARENA_ARRAY(look->arena, int64_t, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*ids)[at] = rows[at].id;
	return OK;
}

/* Only what was sent under an earlier version is touched by the new one. */
static struct error *
stop(struct act *act, const struct flow *flow, struct dossier_id id, enum dossier_state state,
     struct text why, const char *what, const char *words, bool *has_done)
{
	struct dossier dossier;
	*has_done = false;
	TRY(flow_read(&act->look, flow, id, &dossier));
	if (dossier.state != DOSSIER_SENT || !dossier.is_other_pack)
		return OK;
	TRY(flow_step_drop(act, &(struct flow_step_drop_in){ id.no, dossier.revision }));
	TRY(flow_dossier_end(act, &(struct flow_dossier_end_in){
					  id.no, text_of(dossier_state_name(state)),
					  clean_words(why),
					  state == DOSSIER_RETURNED ? 0 : act->look.now.ms }));
	TRY(flow_dossier_touch(act, &(struct flow_dossier_touch_in){ id.no, act->look.now.ms }));
	TRY(tell(act, dossier.applicant, &dossier, words));
	*has_done = true;
	return note_dossier(act, &dossier, what,
			    (struct fact_pair[]){
				    { "state", text_of(dossier_state_name(state)), 0 },
				    { NULL } });
}

struct error *
flow_send_again(struct act *act, const struct flow *flow, struct dossier_id id, struct text why,
		bool *has_done)
{
	return stop(act, flow, id, DOSSIER_RETURNED, why, "dossier.resend",
		    say("方針が変わったため、申請し直してください"), has_done);
}

struct error *
flow_end(struct act *act, const struct flow *flow, struct dossier_id id, struct text why,
	 bool *has_done)
{
	return stop(act, flow, id, DOSSIER_CANCELLED, why, "dossier.end",
		    say("方針が変わったため、申請が終わりました"), has_done);
}

struct error *
flow_end_permit(struct act *act, const struct flow *flow, struct permit_id id, struct text why,
		bool *has_done)
{
	struct dossier dossier;
	struct flow_permit permit;
	*has_done = false;
	TRY(flow_permit_read(&act->look, flow, id, &permit));
	TRY(flow_read(&act->look, flow, permit.dossier, &dossier));
	if (permit.ended.ms != 0 || !dossier.is_other_pack)
		return OK;
	TRY(flow_permit_end(act, &(struct flow_permit_end_in){
					 id.no, text_of(permit_state_name(PERMIT_REVOKED)),
					 clean_words(why), act->look.now.ms }));
	TRY(flow_dossier_touch(act, &(struct flow_dossier_touch_in){ dossier.id.no,
								     act->look.now.ms }));
	TRY(tell(act, dossier.applicant, &dossier, say("方針が変わったため、許可が終わりました")));
	TRY(note_permit(act, &dossier, &permit, "permit.end", NULL, NULL));
	*has_done = true;
	return dossier_settle(act, flow, dossier.id, false);
}
