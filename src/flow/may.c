/* Who may see a dossier, and what a person may do with it now. */
#include "flow/rooms.h"

static bool
has_decided(const struct dossier *dossier, struct person_id person)
{
	for (size_t at = 0; at < dossier->decisions_count; at++)
		if (dossier->decisions[at].person.no == person.no)
			return true;
	for (size_t at = 0; at < dossier->steps_count; at++)
		if (dossier->steps[at].state != STEP_DROPPED &&
		    step_decider(&dossier->steps[at], person) != NULL)
			return true;
	return false;
}

static struct error *
reaches_it(struct look *look, const struct flow *flow, const struct dossier *dossier,
	   struct person_id person, bool *may)
{
	struct rights rights;
	TRY(people_rights(look, flow->pack, person, &rights));
	if (!rights_may(&rights, RIGHT_DOSSIER_READ))
		return OK;
	TRY(rights_reach(look, &rights, RIGHT_DOSSIER_READ, dossier->unit, may));
	for (size_t at = 0; at < dossier->assets_count && !*may; at++)
		if (dossier->assets[at].row.owner != 0)
			TRY(rights_reach(look, &rights, RIGHT_DOSSIER_READ,
					 (struct unit_id){ dossier->assets[at].row.owner }, may));
	return OK;
}

struct error *
flow_may_see(struct look *look, const struct flow *flow, const struct dossier *dossier,
	     struct person_id person, bool *may)
{
	*may = person.no != 0 && person.no == dossier->applicant.no;
	if (*may || person.no == 0)
		return OK;
	if (dossier->state == DOSSIER_DRAFT)
		return OK;
	*may = has_decided(dossier, person);
	if (!*may)
		TRY(is_of_unit(look, dossier, person, may));
	if (!*may)
		TRY(reaches_it(look, flow, dossier, person, may));
	return OK;
}

static void
find_step(const struct dossier *dossier, struct person_id person, struct flow_may *may)
{
	for (size_t at = 0; at < dossier->steps_count && !may->decide; at++) {
		const struct flow_step *step = &dossier->steps[at];
		const struct flow_decider *as = step_decider(step, person);
		if (step->state != STEP_OPEN || as == NULL ||
		    (dossier->state != DOSSIER_SENT && step->verb != STEP_NOTIFICATION))
			continue;
		may->decide = true;
		may->step = step->id;
		may->verb = step->verb;
		may->deputy_for = as->deputy_for;
	}
}

static struct error *
find_permits(struct look *look, const struct flow *flow, const struct dossier *dossier,
	     struct person_id person, bool is_units, bool is_overseer, struct flow_may *may)
{
	const bool is_own = person.no == dossier->applicant.no;
	const struct day today = moment_day(look->now);
	for (size_t at = 0; at < dossier->permits_count; at++) {
		const struct flow_permit *permit = &dossier->permits[at];
		const bool is_living = permit->ended.ms == 0;
		bool is_asked = false;
		for (size_t one = 0; one < permit->outings_count; one++)
			may->back |= is_units && permit->outings[one].back.ms == 0;
		for (size_t one = 0; one < permit->extensions_count; one++)
			is_asked |= permit->extensions[one].state == EXTENSION_ASKED;
		may->out |= is_units && is_living && permit->is_signed_out &&
			    today.no >= permit->from.no && today.no <= permit->until.no;
		may->extend |= is_own && is_living && !is_asked && permit->occasion != NULL &&
			       permit->occasion->permit.extends != NULL;
		may->revoke |= is_living && is_overseer;
		if (!is_asked || !is_living)
			continue;
		struct decider *list;
		size_t count;
		TRY(extension_deciders(look, flow, dossier, permit, dossier->applicant, &list,
				       &count));
		for (size_t one = 0; one < count; one++)
			may->rule_extension |= list[one].person.no == person.no;
	}
	return OK;
}

/* An exception may be closed by its own unit too; looked at only by those who keep the register. */
static struct error *
find_exceptions(struct look *look, const struct dossier *dossier, struct person_id person,
		bool is_units, struct flow_may *may)
{
	struct decider as;
	bool is_open = false, is_keeper;
	for (size_t at = 0; at < dossier->permits_count; at++)
		is_open |= dossier->permits[at].is_exception && !dossier->permits[at].is_closed;
	if (!is_open)
		return OK;
	TRY(may_keep(look, dossier, person, &is_keeper, &as));
	may->review = is_keeper;
	may->close = is_keeper || is_units;
	return OK;
}

static bool
is_used(const struct dossier *dossier)
{
	for (size_t at = 0; at < dossier->permits_count; at++)
		if (dossier->permits[at].outings_count > 0)
			return true;
	return dossier->balance.ended > 0 || dossier->balance.unlisted > 0;
}

struct error *
flow_may(struct look *look, const struct flow *flow, const struct dossier *dossier,
	 struct person_id person, struct flow_may *may)
{
	struct flow_may found = { 0 };
	bool is_units = person.no == dossier->applicant.no, is_overseer = false;
	const bool is_own = is_units;
	const bool is_editable =
		dossier->state == DOSSIER_DRAFT || dossier->state == DOSSIER_RETURNED;
	if (!is_units)
		TRY(is_of_unit(look, dossier, person, &is_units));
	if (dossier->state == DOSSIER_GRANTED)
		TRY(may_oversee(look, flow, dossier, person, &is_overseer));
	found.save = found.send = is_own && is_editable;
	found.withdraw = is_own && (dossier->state == DOSSIER_SENT ||
				    dossier->state == DOSSIER_RETURNED);
	found.cancel = is_own && (dossier->state == DOSSIER_DRAFT ||
				  (dossier->state == DOSSIER_GRANTED && !is_used(dossier) &&
				   !has_emergency(dossier)));
	found.result = is_units && dossier->state == DOSSIER_GRANTED;
	found.strike = is_overseer && dossier->balance.unlisted > 0;
	find_step(dossier, person, &found);
	TRY(find_permits(look, flow, dossier, person, is_units, is_overseer, &found));
	TRY(find_exceptions(look, dossier, person, is_units, &found));
	*may = found;
	return OK;
}
