/* Permits in use: out, back, revoked. */
#include "flow/rooms.h"

struct error *
permit_take(struct act *act, const struct flow *flow, struct permit_id id, int64_t change,
	    struct dossier *dossier, struct flow_permit *permit)
{
	TRY(flow_permit_read(&act->look, flow, id, permit));
	return dossier_take(act, flow, permit->dossier, change, dossier);
}

static bool
is_over(enum permit_state state)
{
	switch (state) {
	case PERMIT_VALID:
	case PERMIT_OUT:
	case PERMIT_RETURNED:
		return false;
	case PERMIT_EXPIRED:
	case PERMIT_REVOKED:
	case PERMIT_USED_UP:
	case PERMIT_GIVEN_UP:
		return true;
	}
	return true;
}

static const struct flow_asset *
asset_of(const struct dossier *dossier, struct row_id asset)
{
	for (size_t at = 0; at < dossier->assets_count; at++)
		if (dossier->assets[at].row.id.no == asset.no)
			return &dossier->assets[at];
	return NULL;
}

static struct error *
must_be_usable(struct look *look, const struct dossier *dossier, const struct flow_permit *permit)
{
	const struct day today = moment_day(look->now);
	struct arena *arena = look->arena;
	if (dossier->state != DOSSIER_GRANTED || is_over(permit->state))
		return conflict("この許可証はもう使えません（いまは「%s」）。",
				permit_state_words(permit->state));
	if (!permit->is_signed_out)
		return reject("permit", "この許可証は、持ち出しのためのものではありません。");
	if (today.no < permit->from.no)
		return refuse("この許可は%.*sからです。",
			      T_ARG(day_wareki(arena, permit->from)));
	if (today.no > permit->until.no)
		return refuse("この許可は%.*sで終わりました。延長するか、申請し直してください。",
			      T_ARG(day_wareki(arena, permit->until)));
	return OK;
}

static struct error *
must_not_be_out(const struct flow_permit *permit, struct row_id asset, struct text what)
{
	for (size_t at = 0; at < permit->outings_count; at++) {
		const struct flow_outing *one = &permit->outings[at];
		if (one->back.ms == 0 && one->asset.no == asset.no && text_same(one->what, what))
			return conflict("「%.*s」はもう持ち出してあります。", T_ARG(what));
	}
	return OK;
}

/* The planned return; a later use under the same permit is back by the end of its day. */
static int64_t
due_of(const struct flow_permit *permit, struct moment now)
{
	if (permit->returns.ms > now.ms)
		return permit->returns.ms;
	return day_begin(day_plus(moment_day(now), 1)).ms - 1;
}

struct error *
flow_out(struct act *act, const struct flow *flow, struct permit_id id, int64_t change,
	 struct row_id asset, struct text what)
{
	struct dossier dossier;
	struct flow_permit permit;
	int64_t outing;
	TRY(permit_take(act, flow, id, change, &dossier, &permit));
	flow = dossier.flow;
	TRY(dossier_must_be_units(act, &dossier));
	TRY(must_be_usable(&act->look, &dossier, &permit));
	const struct flow_asset *of = asset_of(&dossier, asset);
	if (of == NULL && (asset.no != 0 || (dossier.assets_count > 0 &&
					     !scope_has(act->look.arena, &permit, what))))
		return reject("asset", "この許可証にある情報資産を選んでください。");
	if (of != NULL)
		what = of->row.title;
	what = text_trim(what);
	TRY(words_must(what, "what", say("持ち出す物")));
	TRY(must_not_be_out(&permit, asset, what));
	TRY(act_number(act, T("flow-outing"), &outing));
	TRY(flow_outing_add(act, &(struct flow_outing_add_in){
					 .id = outing, .permit = id.no, .asset = asset.no,
					 .what = what, .now = act->look.now.ms,
					 .due = due_of(&permit, act->look.now),
					 .person = act->actor.person }));
	TRY(flow_permit_state(act, &(struct flow_permit_state_in){
					   id.no, text_of(permit_state_name(PERMIT_OUT)) }));
	TRY(flow_dossier_touch(act, &(struct flow_dossier_touch_in){ dossier.id.no,
								     act->look.now.ms }));
	return note_permit(act, &dossier, &permit, "permit.out", of != NULL ? &of->row : NULL,
			   (struct fact_pair[]){ { "outing", { 0 }, outing }, { NULL } });
}

static struct error *
after_return(struct act *act, const struct flow_permit *permit, int64_t outing)
{
	const bool is_past = permit->until.no < moment_day(act->look.now).no;
	for (size_t at = 0; at < permit->outings_count; at++)
		if (permit->outings[at].back.ms == 0 && permit->outings[at].id != outing)
			return OK;
	if (is_over(permit->state))
		return OK;
	if (is_past)
		return flow_permit_end(act, &(struct flow_permit_end_in){
						    permit->id.no,
						    text_of(permit_state_name(PERMIT_EXPIRED)),
						    { 0 }, act->look.now.ms });
	return flow_permit_state(act, &(struct flow_permit_state_in){
					    permit->id.no,
					    text_of(permit_state_name(PERMIT_RETURNED)) });
}

struct error *
flow_back(struct act *act, const struct flow *flow, struct permit_id id, int64_t change,
	  int64_t outing)
{
	struct dossier dossier;
	struct flow_permit permit;
	const struct flow_outing *of = NULL;
	TRY(permit_take(act, flow, id, change, &dossier, &permit));
	flow = dossier.flow;
	TRY(dossier_must_be_units(act, &dossier));
	for (size_t at = 0; at < permit.outings_count; at++)
		if (permit.outings[at].id == outing)
			of = &permit.outings[at];
	if (of == NULL)
		return missing("その持ち出しはこの許可証にありません。");
	if (of->back.ms != 0)
		return conflict("「%.*s」はもう返却されています。", T_ARG(of->what));
	TRY(flow_outing_back(act, &(struct flow_outing_back_in){ outing, act->look.now.ms,
								 act->actor.person }));
	TRY(after_return(act, &permit, outing));
	TRY(flow_dossier_touch(act, &(struct flow_dossier_touch_in){ dossier.id.no,
								     act->look.now.ms }));
	const struct flow_asset *asset = asset_of(&dossier, of->asset);
	TRY(note_permit(act, &dossier, &permit, "permit.return",
			asset != NULL ? &asset->row : NULL,
			(struct fact_pair[]){ { "outing", { 0 }, outing },
					      { "overdue", { 0 }, of->is_overdue },
					      { NULL } }));
	return dossier_settle(act, flow, dossier.id, false);
}

static struct error *
is_decider(struct look *look, const struct pack_role *role, struct unit_id unit,
	   const struct dossier *dossier, struct person_id person, bool *is)
{
	struct decider *list;
	size_t count;
	TRY(people_deciders(look, role, unit, moment_day(look->now), dossier->applicant, &list,
			    &count));
	*is = false;
	for (size_t at = 0; at < count; at++)
		*is |= list[at].person.no == person.no;
	return OK;
}

struct error *
may_oversee(struct look *look, const struct flow *flow, const struct dossier *dossier,
	    struct person_id person, bool *may)
{
	(void)flow;
	*may = false;
	for (size_t at = 0; at < dossier->steps_count && !*may; at++) {
		const struct flow_step *step = &dossier->steps[at];
		/* Nobody permitted an emergency: who was told of it may end it. */
		if (step->verb != STEP_PERMISSION && !has_emergency(dossier))
			continue;
		for (const struct pack_role *role = step->wished; role != NULL && !*may;
		     role = role->above)
			TRY(is_decider(look, role, step->unit, dossier, person, may));
	}
	return OK;
}

struct error *
must_oversee(struct act *act, const struct flow *flow, const struct dossier *dossier)
{
	bool may;
	TRY(may_oversee(&act->look, flow, dossier, (struct person_id){ act->actor.person }, &may));
	if (!may)
		return refuse("これは、この案件を決裁する役割か、その上の役割にある人だけができます。");
	return OK;
}

struct error *
flow_revoke(struct act *act, const struct flow *flow, struct permit_id id, int64_t change,
	    struct text why)
{
	struct dossier dossier;
	struct flow_permit permit;
	TRY(permit_take(act, flow, id, change, &dossier, &permit));
	flow = dossier.flow;
	TRY(must_oversee(act, flow, &dossier));
	TRY(words_must(why, "why", say("理由")));
	if (is_over(permit.state))
		return conflict("この許可証はもう終わっています（いまは「%s」）。",
				permit_state_words(permit.state));
	TRY(flow_permit_end(act, &(struct flow_permit_end_in){
					 id.no, text_of(permit_state_name(PERMIT_REVOKED)),
					 clean_words(why), act->look.now.ms }));
	TRY(flow_dossier_touch(act, &(struct flow_dossier_touch_in){ dossier.id.no,
								     act->look.now.ms }));
	TRY(tell(act, dossier.applicant, &dossier, say("許可が取り消されました")));
	TRY(note_permit(act, &dossier, &permit, "permit.revoke", NULL,
			(struct fact_pair[]){
				{ "why", words_digest(act->look.arena, clean_words(why)), 0 },
				{ NULL } }));
	return dossier_settle(act, flow, dossier.id, false);
}
