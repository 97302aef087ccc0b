/* What follows from an act: steps open, decisions count, the dossier is granted or complete. */
#include "flow/rooms.h"

#include "base/writer.h"
#include "people/notice.h"

static void
add_clause(struct fact *fact, size_t *count, struct text clause)
{
	for (size_t at = 0; at < *count; at++)
		if (text_same(fact->clauses[at], clause))
			return;
	if (*count < FACT_MOST_CLAUSES)
		fact->clauses[(*count)++] = clause;
}

static void
add_clauses(struct fact *fact, const struct dossier *dossier)
{
	size_t count = 0;
	for (size_t at = 0; at < dossier->occasions_count; at++) {
		const struct pack_occasion *occasion = dossier->occasions[at];
		for (size_t clause = 0; clause < occasion->clauses_count; clause++)
			add_clause(fact, &count, occasion->clauses[clause]->id);
	}
}

static struct text
form_numbers(struct arena *arena, const struct dossier *dossier)
{
	struct writer out = writer_open(arena, 1000);
	for (size_t at = 0; at < dossier->forms_count; at++)
		write_format(&out, "%s%.*s", at > 0 ? "," : "", T_ARG(dossier->forms[at]->number));
	return writer_text(&out);
}

static void
add_pairs(struct arena *arena, struct fact *fact, const struct dossier *dossier,
	  const struct fact_pair *pairs)
{
	size_t count = 0;
	for (; pairs != NULL && pairs[count].name != NULL; count++)
		fact->pairs[count] = pairs[count];
	if (dossier->forms_count > 0)
		fact->pairs[count++] =
			(struct fact_pair){ "form", form_numbers(arena, dossier), 0 };
	fact->pairs[count] = (struct fact_pair){ "revision", { 0 }, dossier->revision };
}

struct error *
note_dossier(struct act *act, const struct dossier *dossier, const char *what,
	     const struct fact_pair *pairs)
{
	struct arena *arena = act->look.arena;
	struct fact fact = { .act = what, .about = { about_dossier(arena, dossier->id) } };
	for (size_t at = 0; at < dossier->assets_count && at + 1 < FACT_MOST_ABOUT; at++)
		fact.about[at + 1] = about_asset(arena, &dossier->assets[at].row);
	add_clauses(&fact, dossier);
	add_pairs(arena, &fact, dossier, pairs);
	return act_note(act, &fact);
}

struct error *
note_permit(struct act *act, const struct dossier *dossier, const struct flow_permit *permit,
	    const char *what, const struct ledger_row *asset, const struct fact_pair *pairs)
{
	struct arena *arena = act->look.arena;
	struct fact fact = { .act = what, .about = { about_permit(arena, permit->id),
						     about_dossier(arena, dossier->id) } };
	if (asset != NULL)
		fact.about[2] = about_asset(arena, asset);
	size_t count = 0;
	const struct pack_occasion *occasion = permit->occasion;
	for (size_t at = 0; occasion != NULL && at < occasion->clauses_count; at++)
		add_clause(&fact, &count, occasion->clauses[at]->id);
	/* A rule's own history shows where it was bent. */
	for (size_t at = 0; at < permit->bends_count; at++)
		add_clause(&fact, &count, permit->bends[at]);
	add_pairs(arena, &fact, dossier, pairs);
	return act_note(act, &fact);
}

struct error *
tell(struct act *act, struct person_id person, const struct dossier *dossier, const char *words)
{
	struct arena *arena = act->look.arena;
	if (person.no == 0 || person.no == act->actor.person)
		return OK;
	return people_notify(
		act, &(struct notify){
			     .person = person,
			     .about = about_dossier(arena, dossier->id),
			     .words = text_format(arena, "%s（%.*s）", words, T_ARG(dossier->number)),
			     .path = text_format(arena, "/dossiers/%lld", (long long)dossier->id.no),
			     .subject = text_of(words),
		     });
}

struct error *
tell_deciders(struct act *act, const struct flow_step *step, const struct dossier *dossier,
	      const char *words)
{
	for (size_t at = 0; at < step->deciders_count; at++)
		TRY(tell(act, step->deciders[at].person, dossier, words));
	return OK;
}

static bool
waits(const struct flow_step *step)
{
	return step->state == STEP_BEHIND || step->state == STEP_OPEN;
}

static struct error *
open_steps(struct act *act, struct dossier *dossier, bool *is_new)
{
	int first = FLOW_MOST_STEPS + 1000;
	for (size_t at = 0; at < dossier->steps_count; at++) {
		const struct flow_step *step = &dossier->steps[at];
		if (waits(step) && step->verb != STEP_NOTIFICATION && step->order < first)
			first = step->order;
	}
	for (size_t at = 0; at < dossier->steps_count; at++) {
		struct flow_step *step = &dossier->steps[at];
		if (step->state != STEP_BEHIND || step->order > first)
			continue;
		TRY(flow_step_open(act, &(struct flow_step_open_in){
						step->id.no,
						step->deciders_count > 0 ? step->role->code : T(""),
						act->look.now.ms }));
		step->state = STEP_OPEN;
		is_new[at] = true;
	}
	return OK;
}

static bool
verdict_counts(enum step_verb verb, enum verdict verdict)
{
	const bool is_permit = verdict == VERDICT_PERMIT || verdict == VERDICT_PERMIT_WITH;
	switch (verb) {
	case STEP_PERMISSION:
		return is_permit;
	case STEP_CONSULTATION:
		return verdict == VERDICT_OPINION;
	case STEP_NOTIFICATION:
		return is_permit || verdict == VERDICT_OPINION || verdict == VERDICT_ACKNOWLEDGE;
	}
	return false;
}

/* Somebody's opinion or condition after that decision: it has to be thought over again. */
static bool
has_come_between(const struct dossier *dossier, size_t decision)
{
	for (size_t at = decision + 1; at < dossier->decisions_count; at++) {
		const struct flow_decision *later = &dossier->decisions[at];
		if (later->person.no != dossier->decisions[decision].person.no &&
		    (later->verdict == VERDICT_OPINION || later->verdict == VERDICT_PERMIT_WITH))
			return true;
	}
	return false;
}

static int
decision_that_counts(const struct dossier *dossier, const struct flow_step *step)
{
	for (size_t at = dossier->decisions_count; at-- > 0;) {
		const struct flow_decision *decision = &dossier->decisions[at];
		if (decision->revision != dossier->revision ||
		    !verdict_counts(step->verb, decision->verdict))
			continue;
		const struct flow_decider *decider = step_decider(step, decision->person);
		if (decider == NULL ||
		    (step->escalated.ms != 0 && decider->basis == DECIDES_ABOVE))
			continue;
		if (step->verb != STEP_NOTIFICATION && has_come_between(dossier, at))
			continue;
		return (int)at; /* at most 1000 */
	}
	return -1;
}

struct error *
step_done(struct act *act, const struct dossier *dossier, const struct flow_step *step,
	  int64_t decision, const struct flow_decider *as)
{
	int64_t id;
	TRY(flow_step_done(act, &(struct flow_step_done_in){ step->id.no, decision }));
	TRY(act_number(act, T("flow-capacity"), &id));
	return flow_capacity_add(act, &(struct flow_capacity_add_in){
					      .id = id, .dossier = dossier->id.no,
					      .decision = decision, .step = step->id.no,
					      .role = as->role, .post = as->post.no,
					      .deputy_for = as->deputy_for.no,
					      .basis = as->basis,
					      .delegation = as->delegation.no });
}

static struct error *
carry_decisions(struct act *act, struct dossier *dossier, bool *has_moved)
{
	*has_moved = false;
	for (size_t at = 0; at < dossier->steps_count; at++) {
		struct flow_step *step = &dossier->steps[at];
		if (step->state != STEP_OPEN)
			continue;
		const int decision = decision_that_counts(dossier, step);
		if (decision < 0)
			continue;
		const struct flow_decision *of = &dossier->decisions[decision];
		TRY(step_done(act, dossier, step, of->id, step_decider(step, of->person)));
		step->state = STEP_DONE;
		step->decision = decision;
		*has_moved = true;
	}
	return OK;
}

static bool
is_decided(const struct dossier *dossier)
{
	for (size_t at = 0; at < dossier->steps_count; at++)
		if (waits(&dossier->steps[at]) && dossier->steps[at].verb != STEP_NOTIFICATION)
			return false;
	return true;
}

static struct error *
run_outcomes(struct act *act, const struct flow *flow, const struct dossier *dossier,
	     enum outcome_at when)
{
	for (size_t at = 0; at < dossier->occasions_count; at++) {
		const struct pack_occasion *occasion = dossier->occasions[at];
		for (size_t one = 0; one < occasion->outcomes_count; one++) {
			const struct pack_outcome *outcome = &occasion->outcomes[one];
			const struct flow_outcome *known = flow->outcomes;
			if (outcome->at != when)
				continue;
			while (known->name != NULL && !text_is(outcome->name, known->name))
				known++;
			if (known->name == NULL)
				return broken("「%.*s」をこのプログラムは行えません。",
					      T_ARG(outcome->name));
			TRY(known->run(act, flow, dossier->id, occasion, outcome));
		}
	}
	return OK;
}

static struct error *
grant(struct act *act, const struct flow *flow, const struct dossier *dossier)
{
	TRY(flow_dossier_grant(act, &(struct flow_dossier_grant_in){ dossier->id.no,
								     act->look.now.ms }));
	TRY(tell(act, dossier->applicant, dossier, dossier_is_told(dossier) ? say("報告が済みました") : say("許可されました")));
	TRY(note_dossier(act, dossier, "dossier.grant",
			 (struct fact_pair[]){
				 { "digest", hash_hex(act->look.arena, &dossier->digest), 0 },
				 { NULL } }));
	TRY(run_outcomes(act, flow, dossier, AT_GRANT));
	return dossier_settle(act, flow, dossier->id, false);
}

/* Every role in which the decision counts by now: "manager,system-manager". */
static struct error *
roles_of_decision(struct act *act, const struct dossier *dossier, int64_t decision,
		  struct text *roles)
{
	struct flow_capacities_row *rows;
	size_t count;
	struct writer out = writer_open(act->look.arena, 4000);
	TRY(flow_capacities(&act->look, &(struct flow_capacities_in){ dossier->id.no }, &rows,
			    &count));
	for (size_t at = 0; at < count; at++) {
		bool is_there = rows[at].decision != decision;
		for (size_t one = 0; one < at; one++)
			is_there |= rows[one].decision == decision &&
				    text_same(rows[one].role, rows[at].role);
		if (!is_there && out.len < 3800)
			write_format(&out, "%s%.*s", out.len > 0 ? "," : "", T_ARG(rows[at].role));
	}
	*roles = writer_text(&out);
	return OK;
}

static struct error *
note_advance(struct act *act, const struct dossier *dossier, const struct advance *how)
{
	struct fact_pair pairs[12] = { { 0 } };
	size_t count = 0;
	for (; count < 8 && how->pairs != NULL && how->pairs[count].name != NULL; count++)
		pairs[count] = how->pairs[count];
	if (how->decision != 0) {
		pairs[count].name = "roles";
		TRY(roles_of_decision(act, dossier, how->decision, &pairs[count].text));
		count++;
	}
	for (size_t at = 0; how->is_sending && at < dossier->reports_count; at++)
		if (dossier->reports[at].is_late)
			pairs[count] = (struct fact_pair){ "late", { 0 }, 1 };
	return note_dossier(act, dossier, how->what, pairs);
}

struct error *
route_advance(struct act *act, const struct flow *flow, struct dossier_id id, struct advance how)
{
	struct dossier dossier;
	bool has_moved = true;
	TRY(flow_read(&act->look, flow, id, &dossier));
	flow = dossier.flow;
	bool *is_new = ARENA_ARRAY(act->look.arena, bool, dossier.steps_count + 1);
	while (has_moved) {
		TRY(open_steps(act, &dossier, is_new));
		TRY(carry_decisions(act, &dossier, &has_moved));
	}
	for (size_t at = 0; at < dossier.steps_count; at++)
		if (is_new[at] && dossier.steps[at].state == STEP_OPEN)
			TRY(tell_deciders(act, &dossier.steps[at], &dossier,
					  dossier.steps[at].verb == STEP_NOTIFICATION
						  ? say("報告が届いています")
						  : say("決裁を待っている案件があります")));
	TRY(note_advance(act, &dossier, &how));
	if (how.is_sending)
		TRY(run_outcomes(act, flow, &dossier, AT_SEND));
	if (dossier.state == DOSSIER_SENT && is_decided(&dossier))
		return grant(act, flow, &dossier);
	return OK;
}

static bool
has_result_sheet(struct look *look, const struct flow *flow, const struct dossier *dossier,
		 bool *has_answer)
{
	struct asking asking = dossier_asking(look, flow, dossier);
	bool has = false;
	*has_answer = false;
	for (size_t at = 0; at < dossier->forms_count; at++) {
		const struct pack_form *form = dossier->forms[at];
		for (size_t one = 0; one < form->sections_count; one++)
			has |= form->sections[one].stage == STAGE_RESULT &&
			       asking_meets(&asking, form->sections[one].shown_when, T(""));
	}
	for (size_t at = 0; at < dossier->answers_count; at++) {
		const struct pack_section *section;
		field_of(flow->pack, dossier->answers[at].name, &section);
		*has_answer |= section_is_result(section) && dossier->answers[at].value.len > 0;
	}
	return has;
}

/* An exception that ran out is not over before somebody said what was done. */
static bool
permits_allow_end(const struct dossier *dossier, bool must_be_over, bool has_result)
{
	for (size_t at = 0; at < dossier->permits_count; at++) {
		const struct flow_permit *permit = &dossier->permits[at];
		if (permit->is_exception && !permit->is_closed && !has_result)
			return false;
		for (size_t one = 0; one < permit->outings_count; one++)
			if (permit->outings[one].back.ms == 0)
				return false;
		if (permit->ended.ms != 0)
			continue;
		if (must_be_over || (permit->is_signed_out && permit->state == PERMIT_VALID))
			return false;
	}
	return true;
}

static struct error *
complete(struct act *act, const struct flow *flow, const struct dossier *dossier)
{
	const int64_t now = act->look.now.ms;
	const struct flow_balance *balance = &dossier->balance;
	TRY(exceptions_close(act, dossier, T("")));
	for (size_t at = 0; at < dossier->permits_count; at++)
		if (dossier->permits[at].ended.ms == 0)
			TRY(flow_permit_end(act, &(struct flow_permit_end_in){
							 dossier->permits[at].id.no,
							 text_of(permit_state_name(PERMIT_USED_UP)),
							 { 0 }, now }));
	TRY(flow_dossier_end(act, &(struct flow_dossier_end_in){
					  dossier->id.no,
					  text_of(dossier_state_name(DOSSIER_COMPLETE)), { 0 },
					  now }));
	TRY(note_dossier(act, dossier, "dossier.complete",
			 (struct fact_pair[]){
				 { "claimed", { 0 }, (int64_t)(balance->ended - balance->verified) },
				 { "ended", { 0 }, (int64_t)balance->ended },
				 { NULL } }));
	return run_outcomes(act, flow, dossier, AT_COMPLETE);
}

struct error *
dossier_settle(struct act *act, const struct flow *flow, struct dossier_id id, bool is_finished)
{
	struct dossier dossier;
	struct error *faults = NULL;
	bool has_answer;
	TRY(flow_read(&act->look, flow, id, &dossier));
	flow = dossier.flow;
	if (dossier.state != DOSSIER_GRANTED || !dossier.balance.is_balanced)
		return OK;
	const bool has_result = has_result_sheet(&act->look, flow, &dossier, &has_answer);
	if (has_result) {
		TRY(check_result(&act->look, flow, &dossier, &faults));
		if (faults != NULL)
			return OK;
	}
	const bool may_be_early = is_finished || (has_result && has_answer);
	if (!permits_allow_end(&dossier, !may_be_early, has_result && has_answer))
		return OK;
	return complete(act, flow, &dossier);
}
