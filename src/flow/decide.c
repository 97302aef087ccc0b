/* Send, decide, withdraw, cancel. */
#include "flow/rooms.h"

static const struct ledger_row *
chosen_row(const struct dossier *dossier, int64_t id)
{
	for (size_t at = 0; at < dossier->assets_count; at++)
		if (dossier->assets[at].row.id.no == id)
			return &dossier->assets[at].row;
	for (size_t at = 0; at < dossier->others_count; at++)
		if (dossier->others[at].row.id.no == id)
			return &dossier->others[at].row;
	return NULL;
}

static struct error *
freeze_assets(struct act *act, const struct dossier *dossier)
{
	struct flow_chosen_list_row *rows;
	size_t count;
	TRY(flow_chosen_list(&act->look, &(struct flow_chosen_list_in){ dossier->id.no }, &rows,
			     &count));
	for (size_t at = 0; at < count; at++) {
		const struct ledger_row *row = chosen_row(dossier, rows[at].asset);
		if (row == NULL)
			continue;
		const struct text code = row->class_code.data == NULL ? T("") : row->class_code;
		TRY(flow_chosen_freeze(act, &(struct flow_chosen_freeze_in){ rows[at].id, code,
									     row->owner }));
	}
	return OK;
}

static struct error *
freeze(struct act *act, const struct flow *flow, const struct dossier *dossier, int64_t revision,
       struct hash *digest)
{
	int64_t id;
	struct asking asking = dossier_asking(&act->look, flow, dossier);
	const struct text content = frozen_content(
		&asking, dossier, (struct freezing){ .has_route = true, .revision = revision });
	*digest = hash_of(content);
	TRY(occasions_put(act, flow, dossier));
	TRY(freeze_assets(act, dossier));
	TRY(reports_put(act, flow, dossier, true));
	TRY(items_list(act, flow, dossier));
	TRY(act_number(act, T("flow-frozen"), &id));
	TRY(flow_frozen_add(act, &(struct flow_frozen_add_in){ id, dossier->id.no, revision,
							       hash_bytes(digest), content,
							       act->look.now.ms }));
	return flow_dossier_freeze(act, &(struct flow_dossier_freeze_in){
						dossier->id.no, revision, hash_bytes(digest),
						hash_bytes(&flow->pack->digest),
						act->look.now.ms });
}

static struct error *
add_step(struct act *act, const struct dossier *dossier, int64_t revision,
	 const struct flow_step *step)
{
	int64_t id, part;
	TRY(act_number(act, T("flow-step"), &id));
	TRY(flow_step_add(act, &(struct flow_step_add_in){
				       .id = id,
				       .dossier = dossier->id.no,
				       .revision = revision,
				       .place = step->order,
				       .verb = step->verb,
				       .wished = step->wished->code,
				       .role = step->deciders_count > 0 ? step->role->code : T(""),
				       .unit = step->unit.no,
				       .delegation = step->power != NULL ? step->power->code
									 : (struct text){ 0 },
			       }));
	for (size_t at = 0; at < step->parts_count; at++) {
		const struct flow_part *of = &step->parts[at];
		TRY(act_number(act, T("flow-part"), &part));
		TRY(flow_part_add(act, &(struct flow_part_add_in){
					       part, id, of->occasion->code,
					       of->clause != NULL ? of->clause->id
								  : (struct text){ 0 } }));
	}
	return OK;
}

struct error *
flow_send(struct act *act, const struct flow *flow, struct dossier_id id, int64_t change)
{
	struct dossier dossier;
	struct error *faults = NULL;
	struct hash digest;
	TRY(dossier_take(act, flow, id, change, &dossier));
	flow = dossier.flow;
	TRY(dossier_must_be_applicants(act, &dossier));
	if (dossier.state != DOSSIER_DRAFT && dossier.state != DOSSIER_RETURNED)
		return conflict("この案件は申請できません（いまは「%s」）。",
				dossier_state_words(dossier.state));
	TRY(check_apply(&act->look, flow, &dossier, &faults));
	if (faults != NULL)
		return faults;
	const int64_t revision = dossier.sent.ms == 0 ? 1 : dossier.revision + 1;
	TRY(take_entitled_role(act, flow, &dossier));
	TRY(freeze(act, flow, &dossier, revision, &digest));
	for (size_t at = 0; at < dossier.steps_count; at++)
		TRY(add_step(act, &dossier, revision, &dossier.steps[at]));
	const struct fact_pair pairs[] = {
		{ "assets", { 0 }, (int64_t)dossier.assets_count },
		{ "digest", hash_hex(act->look.arena, &digest), 0 },
		{ "steps", { 0 }, (int64_t)dossier.steps_count },
		{ NULL },
	};
	return route_advance(act, flow, id,
			     (struct advance){ .what = "dossier.send", .pairs = pairs,
					       .is_sending = true });
}

static bool
verdict_fits(enum step_verb verb, enum verdict verdict)
{
	switch (verb) {
	case STEP_PERMISSION:
		return verdict != VERDICT_OPINION && verdict != VERDICT_ACKNOWLEDGE;
	case STEP_CONSULTATION:
		return verdict == VERDICT_OPINION;
	case STEP_NOTIFICATION:
		return verdict == VERDICT_ACKNOWLEDGE;
	}
	return false;
}

static struct error *
words_must_fit(const struct flow_ruling *ruling)
{
	switch (ruling->verdict) {
	case VERDICT_PERMIT_WITH:
		return words_must(ruling->words, "words", say("条件"));
	case VERDICT_REFUSE:
	case VERDICT_SEND_BACK:
		return words_must(ruling->words, "words", say("理由"));
	case VERDICT_OPINION:
		return words_must(ruling->words, "words", say("意見"));
	case VERDICT_PERMIT:
	case VERDICT_ACKNOWLEDGE:
		return words_may(ruling->words, "words");
	}
	return OK;
}

static struct error *
ruling_must_fit(const struct dossier *dossier, const struct flow_step *step,
		const struct flow_ruling *ruling)
{
	const bool is_permit = ruling->verdict == VERDICT_PERMIT ||
			       ruling->verdict == VERDICT_PERMIT_WITH;
	if (step->state != STEP_OPEN ||
	    (dossier->state != DOSSIER_SENT && step->verb != STEP_NOTIFICATION))
		return conflict("この段は、いま決裁できません（案件はいま「%s」）。画面を開き直してください。",
				dossier_state_words(dossier->state));
	if (!verdict_fits(step->verb, ruling->verdict))
		return reject("verdict", "「%s」の段に「%s」はありません。", step_verb_words(step->verb),
			      verdict_words(ruling->verdict));
	if (!hash_same(&ruling->digest, &dossier->digest))
		return conflict("開いていた内容と、申請されている内容が違います。"
				"画面を開き直して、内容を確かめてから決裁してください。");
	if (is_permit && dossier->is_stale)
		return conflict("%.*s許可はできません。差し戻して、申請し直してもらってください。",
				T_ARG(dossier->stale_why));
	return words_must_fit(ruling);
}

static struct error *
add_decision(struct act *act, const struct dossier *dossier, const struct flow_decider *as,
	     const struct flow_ruling *ruling, int64_t *id)
{
	TRY(act_number(act, T("flow-decision"), id));
	act->actor.post = as->post.no;
	act->actor.role = as->role;
	act->actor.deputy_for = as->deputy_for.no;
	return flow_decision_add(act, &(struct flow_decision_add_in){
					      .id = *id,
					      .dossier = dossier->id.no,
					      .revision = dossier->revision,
					      .verdict = text_of(verdict_name(ruling->verdict)),
					      .person = as->person.no,
					      .post = as->post.no,
					      .deputy_for = as->deputy_for.no,
					      .role = as->role,
					      .basis = as->basis,
					      .words = clean_words(ruling->words),
					      .digest = hash_bytes(&dossier->digest),
					      .at = act->look.now.ms,
					      .delegation = as->delegation.no,
				      });
}

/* Refused or sent back: the rest of the route falls away. */
static struct error *
stop_route(struct act *act, const struct dossier *dossier, enum dossier_state state,
	   struct text why, const char *words)
{
	const bool is_end = state != DOSSIER_RETURNED;
	TRY(flow_step_drop(act,
			   &(struct flow_step_drop_in){ dossier->id.no, dossier->revision }));
	TRY(flow_dossier_end(act, &(struct flow_dossier_end_in){
					  dossier->id.no, text_of(dossier_state_name(state)),
					  clean_words(why), is_end ? act->look.now.ms : 0 }));
	return tell(act, dossier->applicant, dossier, words);
}

static const struct flow_step *
step_of(const struct dossier *dossier, struct step_id id)
{
	for (size_t at = 0; at < dossier->steps_count; at++)
		if (dossier->steps[at].id.no == id.no)
			return &dossier->steps[at];
	return NULL;
}

static struct error *
carry_out(struct act *act, const struct flow *flow, const struct dossier *dossier,
	  const struct flow_ruling *ruling, const struct flow_step *step,
	  const struct flow_decider *as, int64_t decision)
{
	struct arena *arena = act->look.arena;
	struct fact_pair pairs[8] = { { "decision", text_of(verdict_name(ruling->verdict)), 0 } };
	size_t count = 1;
	if (as->delegation.no != 0)
		pairs[count++] = (struct fact_pair){ "delegation", { 0 }, as->delegation.no };
	pairs[count++] = (struct fact_pair){ "digest", hash_hex(arena, &dossier->digest), 0 };
	pairs[count++] = (struct fact_pair){ "role", act->actor.role, 0 };
	pairs[count++] = (struct fact_pair){ "step", step->wished->code, 0 };
	pairs[count] = (struct fact_pair){ "words", words_digest(arena, clean_words(ruling->words)), 0 };
	switch (ruling->verdict) {
	case VERDICT_REFUSE:
		TRY(stop_route(act, dossier, DOSSIER_REFUSED, ruling->words,
			       say("許可されませんでした")));
		return note_dossier(act, dossier, "dossier.decide", pairs);
	case VERDICT_SEND_BACK:
		TRY(stop_route(act, dossier, DOSSIER_RETURNED, ruling->words,
			       say("差し戻されました")));
		return note_dossier(act, dossier, "dossier.decide", pairs);
	case VERDICT_PERMIT:
	case VERDICT_PERMIT_WITH:
	case VERDICT_OPINION:
	case VERDICT_ACKNOWLEDGE:
		return route_advance(act, flow, dossier->id,
				     (struct advance){ .what = "dossier.decide", .pairs = pairs,
						       .decision = decision });
	}
	return OK;
}

/* Who guesses numbers learns nothing of what stands behind them, not even whether it waits. */
static struct error *
must_be_seen(struct act *act, const struct flow *flow, const struct dossier *dossier)
{
	bool may;
	TRY(flow_may_see(&act->look, flow, dossier, (struct person_id){ act->actor.person }, &may));
	for (size_t at = 0; at < dossier->steps_count && !may; at++)
		may = step_decider(&dossier->steps[at], (struct person_id){ act->actor.person }) != NULL;
	return may ? OK : refuse("この案件を見る権限がありません。");
}

struct error *
flow_decide(struct act *act, const struct flow *flow, struct dossier_id id, int64_t change,
	    const struct flow_ruling *ruling)
{
	struct dossier dossier;
	int64_t decision;
	TRY(dossier_take(act, flow, id, change, &dossier));
	flow = dossier.flow;
	TRY(must_be_seen(act, flow, &dossier));
	const struct flow_step *step = step_of(&dossier, ruling->step);
	if (step == NULL)
		return conflict("その段は、いまの申請にはありません。画面を開き直してください。");
	TRY(ruling_must_fit(&dossier, step, ruling));
	const struct flow_decider *as =
		step_decider(step, (struct person_id){ act->actor.person });
	if (as == NULL)
		TRY(refuse_for_conflict(&act->look, &dossier, step,
					(struct person_id){ act->actor.person }));
	if (as == NULL)
		return refuse("この段を決裁できるのは、きょう%.*sの役割にある人です。",
			      T_ARG(words_now(step->role->name)));
	TRY(add_decision(act, &dossier, as, ruling, &decision));
	TRY(step_done(act, &dossier, step, decision, as));
	TRY(flow_dossier_touch(act, &(struct flow_dossier_touch_in){ id.no, act->look.now.ms }));
	return carry_out(act, flow, &dossier, ruling, step, as, decision);
}

struct error *
flow_withdraw(struct act *act, const struct flow *flow, struct dossier_id id, int64_t change,
	      struct text why)
{
	struct dossier dossier;
	TRY(dossier_take(act, flow, id, change, &dossier));
	flow = dossier.flow;
	TRY(dossier_must_be_applicants(act, &dossier));
	if (dossier.state != DOSSIER_SENT && dossier.state != DOSSIER_RETURNED)
		return conflict("取り下げられるのは、決裁中か差戻しの案件だけです（いまは「%s」）。",
				dossier_state_words(dossier.state));
	TRY(words_may(why, "why"));
	TRY(stop_route(act, &dossier, DOSSIER_WITHDRAWN, why, ""));
	TRY(flow_dossier_touch(act, &(struct flow_dossier_touch_in){ id.no, act->look.now.ms }));
	return note_dossier(act, &dossier, "dossier.withdraw",
			    (struct fact_pair[]){
				    { "why", words_digest(act->look.arena, clean_words(why)), 0 },
				    { NULL } });
}

/* Nothing went out and nothing was recorded under it. */
static bool
is_unused(const struct dossier *dossier)
{
	for (size_t at = 0; at < dossier->permits_count; at++)
		if (dossier->permits[at].outings_count > 0)
			return false;
	return dossier->balance.ended == 0 && dossier->balance.unlisted == 0;
}

static struct error *
give_up(struct act *act, const struct dossier *dossier, struct text why)
{
	TRY(exceptions_close(act, dossier, clean_words(why)));
	for (size_t at = 0; at < dossier->permits_count; at++)
		if (dossier->permits[at].ended.ms == 0)
			TRY(flow_permit_end(act,
					    &(struct flow_permit_end_in){
						    dossier->permits[at].id.no,
						    text_of(permit_state_name(PERMIT_GIVEN_UP)),
						    { 0 }, act->look.now.ms }));
	return OK;
}

struct error *
flow_cancel(struct act *act, const struct flow *flow, struct dossier_id id, int64_t change,
	    struct text why)
{
	struct dossier dossier;
	TRY(dossier_take(act, flow, id, change, &dossier));
	flow = dossier.flow;
	TRY(dossier_must_be_applicants(act, &dossier));
	if (dossier.state != DOSSIER_DRAFT && dossier.state != DOSSIER_GRANTED)
		return conflict("取り消せるのは、下書きか、許可されてまだ使っていない案件だけです（いまは「%s」）。",
				dossier_state_words(dossier.state));
	if (dossier.state == DOSSIER_GRANTED) {
		if (!is_unused(&dossier))
			return conflict("もう使っているので取り消せません。結果を記録してください。");
		TRY(words_must(why, "why", say("理由")));
		if (has_emergency(&dossier))
			return conflict("緊急の例外措置はもう行われているので、取り消せません。何をしたかを書いて閉じてください。");
		TRY(give_up(act, &dossier, why));
	}
	TRY(words_may(why, "why"));
	TRY(stop_route(act, &dossier, DOSSIER_CANCELLED, why, ""));
	TRY(flow_dossier_touch(act, &(struct flow_dossier_touch_in){ id.no, act->look.now.ms }));
	return note_dossier(act, &dossier, "dossier.cancel",
			    (struct fact_pair[]){
				    { "why", words_digest(act->look.arena, clean_words(why)), 0 },
				    { NULL } });
}
