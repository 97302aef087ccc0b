/* Reading a route, and finding who may decide its steps today. */
#include "flow/rooms.h"

enum decider_basis
basis_of(enum decider_why why, bool is_escalated)
{
	if (is_escalated)
		return DECIDES_ABOVE;
	switch (why) {
	case DECIDER_HOLDER:
		return DECIDES_HOLDER;
	case DECIDER_DEPUTY:
		return DECIDES_DEPUTY;
	case DECIDER_ABOVE:
		return DECIDES_ABOVE;
	case DECIDER_DELEGATE:
		return DECIDES_DELEGATE;
	case DECIDER_STAND_IN:
		return DECIDES_STAND_IN;
	}
	return DECIDES_HOLDER;
}

static struct error *
take_deciders(struct look *look, const struct decider *list, size_t count, bool is_escalated,
	      struct flow_step *step)
{
	struct arena *arena = look->arena;
	struct flow_decider *all =
		ARENA_ARRAY(arena, struct flow_decider, step->deciders_count + count + 1);
	for (size_t at = 0; at < step->deciders_count; at++)
		all[at] = step->deciders[at];
	step->deciders = all;
	for (size_t at = 0; at < count; at++) {
		if (step_decider(step, list[at].person) != NULL)
			continue;
		struct flow_decider *decider = &all[step->deciders_count++];
		*decider = (struct flow_decider){
			.person = list[at].person,
			.post = list[at].post,
			.deputy_for = list[at].deputy_for,
			.basis = basis_of(list[at].why, is_escalated),
			.delegation = list[at].delegation,
			.role = list[at].role->code,
			.name = list[at].name,
			.post_name = list[at].post_name,
		};
		if (decider->deputy_for.no != 0)
			TRY(people_name(look, decider->deputy_for, &decider->deputy_for_name));
	}
	return OK;
}

/* The policy names `wished`, but `role` decides: because it is the applicant's own, or vacant. */
static struct error *
say_raised(struct look *look, struct person_id applicant, struct flow_step *step)
{
	struct decider *holders;
	size_t count;
	bool is_own = false;
	TRY(people_role_holders(look, step->wished, step->unit, moment_day(look->now), &holders,
				&count));
	for (size_t at = 0; at < count; at++)
		is_own |= holders[at].person.no == applicant.no;
	const struct text wished = words_now(step->wished->name);
	const struct text role = words_now(step->role->name);
	step->raised = is_own ? text_format(look->arena,
					    say("申請者本人が%.*sなので、上の%.*sが決裁します。"),
					    T_ARG(wished), T_ARG(role))
			      : text_format(look->arena,
					    say("%.*sがいま置かれていないので、上の%.*sが決裁します。"),
					    T_ARG(wished), T_ARG(role));
	return OK;
}

static void
say_vacant(struct look *look, struct flow_step *step)
{
	const struct text wished = words_now(step->wished->name);
	step->problem = text_format(
		look->arena,
		say("%.*sにも、その上の役割にも、いま決裁できる人がいません。"
		    "「組織と職」で職に人を割り当てると、ここから先へ進みます。"),
		T_ARG(wished));
}

/* Under a standing delegation that runs today; nobody: who gave it decides themself. */
static struct error *
take_delegates(struct look *look, struct person_id applicant, struct flow_step *step, size_t *count)
{
	struct decider *list;
	*count = 0;
	if (step->power == NULL)
		return OK;
	TRY(people_delegates(look, step->power, step->unit, moment_day(look->now), applicant, &list,
			     count));
	if (*count == 0)
		return OK;
	step->role = step->power->to;
	step->raised = text_format(look->arena, say("%.*sの委任（%.*s）により、%.*sが専決します。"),
				   T_ARG(words_now(step->power->from->short_name)),
				   T_ARG(words_now(step->power->name)),
				   T_ARG(words_now(step->power->to->short_name)));
	return take_deciders(look, list, *count, false, step);
}

/* By the policy's own role, or the role above it. */
static struct error *
take_own(struct look *look, struct person_id applicant, struct flow_step *step)
{
	struct decider *list;
	size_t count;
	TRY(people_deciders(look, step->wished, step->unit, moment_day(look->now), applicant, &list,
			    &count));
	TRY(take_deciders(look, list, count, false, step));
	if (count == 0) {
		say_vacant(look, step);
	} else if (list[0].role != step->wished) {
		step->role = list[0].role;
		TRY(say_raised(look, applicant, step));
	}
	return OK;
}

struct error *
resolve_deciders(struct look *look, struct person_id applicant, const struct pack_role *escalated,
		 struct flow_step *step)
{
	struct decider *list;
	size_t count;
	const struct day today = moment_day(look->now);
	step->role = step->wished;
	step->deciders_count = 0;
	TRY(take_delegates(look, applicant, step, &count));
	if (count == 0)
		TRY(take_own(look, applicant, step));
	if (escalated == NULL)
		return OK;
	TRY(people_deciders(look, escalated, step->unit, today, applicant, &list, &count));
	return take_deciders(look, list, count, true, step);
}

const struct flow_decider *
step_decider(const struct flow_step *step, struct person_id person)
{
	for (size_t at = 0; at < step->deciders_count; at++)
		if (step->deciders[at].person.no == person.no)
			return &step->deciders[at];
	return NULL;
}

static bool
counts_for(const struct flow_step *earlier, const struct flow_step *later)
{
	if (earlier->deciders_count == 0 || later->deciders_count == 0 ||
	    earlier->verb == STEP_NOTIFICATION || earlier->order > later->order)
		return false;
	if (earlier->verb != later->verb && later->verb != STEP_NOTIFICATION)
		return false;
	return earlier->deciders[0].person.no == later->deciders[0].person.no;
}

void
find_same(struct flow_step *steps, size_t count)
{
	for (size_t at = 0; at < count; at++) {
		steps[at].same_as = -1;
		for (size_t before = 0; before < at && steps[at].same_as < 0; before++)
			if (counts_for(&steps[before], &steps[at]))
				steps[at].same_as = (int)before; /* at most FLOW_MOST_STEPS */
	}
}

static struct error *
read_parts(struct look *look, const struct flow *flow, struct dossier *dossier)
{
	struct flow_parts_row *rows;
	size_t count;
	TRY(flow_parts(look, &(struct flow_parts_in){ dossier->id.no, dossier->revision }, &rows,
		       &count));
	for (size_t step = 0; step < dossier->steps_count; step++)
		dossier->steps[step].parts = ARENA_ARRAY(look->arena, struct flow_part, count + 1);
	for (size_t at = 0; at < count; at++) {
		const struct flow_part part = { pack_occasion(flow->pack, rows[at].occasion),
						pack_clause(flow->pack, rows[at].clause) };
		for (size_t step = 0; step < dossier->steps_count; step++) {
			struct flow_step *one = &dossier->steps[step];
			if (one->id.no == rows[at].step && part.occasion != NULL)
				one->parts[one->parts_count++] = part;
		}
	}
	return OK;
}

static enum step_state
step_state_of(struct text name)
{
	if (text_is(name, "open"))
		return STEP_OPEN;
	if (text_is(name, "done"))
		return STEP_DONE;
	if (text_is(name, "dropped"))
		return STEP_DROPPED;
	return STEP_BEHIND;
}

static int
decision_index(const struct dossier *dossier, int64_t decision)
{
	for (size_t at = 0; at < dossier->decisions_count; at++)
		if (dossier->decisions[at].id == decision)
			return (int)at; /* at most 1000 */
	return -1;
}

static struct error *
read_step(struct look *look, const struct flow *flow, const struct dossier *dossier,
	  const struct flow_steps_row *row, struct flow_step *step)
{
	*step = (struct flow_step){
		.id = { row->id },
		.order = (int)row->place,	      /* at most FLOW_MOST_STEPS */
		.verb = (enum step_verb)row->verb, /* written from the enum */
		.wished = pack_role(flow->pack, row->wished),
		.role = pack_role(flow->pack, row->role),
		.unit = { row->unit },
		.unit_name = row->unit_name,
		.state = step_state_of(row->state),
		.opened = { row->opened },
		.escalated = { row->escalated },
		.same_as = -1,
		.decision = row->decision != 0 ? decision_index(dossier, row->decision) : -1,
		.power = pack_delegation(flow->pack, row->delegation),
	};
	if (step->wished == NULL)
		return broken("方針パックに役割「%.*s」がありません。前の方針パックに戻してください。",
			      T_ARG(row->wished));
	if (step->role == NULL)
		step->role = step->wished;
	if (step->state != STEP_OPEN && step->state != STEP_BEHIND)
		return OK;
	return resolve_deciders(look, dossier->applicant,
				pack_role(flow->pack, row->escalated_role), step);
}

struct error *
read_route(struct look *look, const struct flow *flow, struct dossier *dossier)
{
	struct flow_steps_row *rows;
	size_t count;
	TRY(flow_steps(look, &(struct flow_steps_in){ dossier->id.no, dossier->revision }, &rows,
		       &count));
	dossier->steps = ARENA_ARRAY(look->arena, struct flow_step, count + 1);
	dossier->steps_count = count;
	for (size_t at = 0; at < count; at++)
		TRY(read_step(look, flow, dossier, &rows[at], &dossier->steps[at]));
	TRY(read_parts(look, flow, dossier));
	if (dossier->state == DOSSIER_SENT)
		find_same(dossier->steps, count);
	return OK;
}
