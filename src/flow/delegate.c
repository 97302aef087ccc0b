/* Standing delegation at work: which steps and extensions may be decided under one, and who does. */
#include "flow/rooms.h"

#include "people/conflict.h"

static bool
covers(struct asking *asking, const struct pack_delegation *of, enum power_kind kind,
       const struct pack_occasion *occasion)
{
	for (size_t at = 0; at < of->powers_count; at++)
		if (of->powers[at].kind == kind && of->powers[at].occasion == occasion &&
		    asking_meets(asking, of->powers[at].when, T("")))
			return true;
	return false;
}

static bool
covers_all(struct asking *asking, const struct pack_delegation *of, const struct flow_step *step)
{
	for (size_t at = 0; at < step->parts_count; at++)
		if (!covers(asking, of, POWER_PERMIT, step->parts[at].occasion))
			return false;
	return step->parts_count > 0;
}

const struct pack_delegation *
step_power(struct asking *asking, const struct flow_step *step)
{
	const struct pack *pack = asking->pack;
	for (size_t at = 0; step->verb == STEP_PERMISSION && at < pack->delegations_count; at++)
		if (pack->delegations[at].from == step->wished &&
		    covers_all(asking, &pack->delegations[at], step))
			return &pack->delegations[at];
	return NULL;
}

const struct pack_delegation *
extension_power(struct look *look, const struct flow *flow, const struct dossier *dossier,
		const struct pack_occasion *occasion)
{
	const struct pack *pack = flow->pack;
	struct asking asking = dossier_asking(look, flow, dossier);
	for (size_t at = 0; at < pack->delegations_count; at++)
		if (covers(&asking, &pack->delegations[at], POWER_EXTEND, occasion))
			return &pack->delegations[at];
	return NULL;
}

struct error *
power_then(struct look *look, const struct flow *flow, int64_t dossier, struct text code,
	   const struct pack_delegation **of)
{
	struct flow under;
	*of = NULL;
	if (code.len == 0)
		return OK;
	*of = pack_delegation(flow->pack, code);
	if (*of != NULL)
		return OK;
	TRY(flow_under(look, flow, dossier, &under));
	*of = pack_delegation(under.pack, code);
	return OK;
}

/* Told to the one who may not, though the role is theirs: why. */
struct error *
refuse_for_conflict(struct look *look, const struct dossier *dossier,
		    const struct flow_step *step, struct person_id person)
{
	const enum matter matter = is_exception(dossier) ? MATTER_EXCEPTION : MATTER_REQUEST;
	const struct day today = moment_day(look->now);
	struct decider *list;
	size_t count;
	enum conflict conflict;
	TRY(people_must_be_free(person, dossier->applicant, matter));
	TRY(people_deciders_in(look, step->wished, step->unit, today, (struct person_id){ 0 }, &list,
			       &count));
	for (size_t at = 0; at < count; at++) {
		if (list[at].person.no != person.no)
			continue;
		TRY(conflict_of_decider(look, &list[at], dossier->applicant, today, &conflict));
		if (conflict != CONFLICT_NONE)
			return refuse("%s", conflict_words(conflict, matter));
	}
	if (step->power == NULL)
		return OK;
	TRY(people_delegates(look, step->power, step->unit, today, (struct person_id){ 0 }, &list,
			     &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].person.no == person.no)
			return refuse("%s", conflict_words(CONFLICT_GIVER, matter));
	return OK;
}
