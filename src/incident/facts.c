/* The facts of a case, as the pack's conditions ask for them, and the times that follow. */
#include "incident/rooms.h"

#include "base/number.h"

struct asking_facts {
	struct arena *arena;
	const struct pack *pack;
	const struct incident *incident;
};

static struct text
said_words(enum said said)
{
	switch (said) {
	case SAID_NOTHING:
		return T("");
	case SAID_NO:
		return T("no");
	case SAID_YES:
		return T("yes");
	}
	return T("");
}

static struct text
fact_value(const struct asking_facts *asking, enum incident_fact fact)
{
	const struct incident *incident = asking->incident;
	switch (fact) {
	case INCIDENT_KIND:
		return incident->kind_code;
	case INCIDENT_SOURCE:
		return text_of(incident_source_name(incident->source));
	case INCIDENT_VERDICT:
		return incident->is_judged ? text_of(incident_verdict_name(incident->verdict)) : T("");
	case INCIDENT_GRAVE:
		return said_words(incident->grave);
	case INCIDENT_NEEDED:
		return said_words(incident->needed);
	case INCIDENT_CRIME:
		return said_words(incident->crime);
	case INCIDENT_DRILL:
		return incident->is_drill ? T("yes") : T("no");
	case INCIDENT_PERSONS:
		return text_number(asking->arena, incident->persons);
	case INCIDENT_GROUNDS:
		return incident->grounds;
	case INCIDENT_FACTS:
		break;
	}
	return T("");
}

static struct when_value
answer(void *with, struct text name)
{
	const struct asking_facts *asking = with;
	const struct pack_field *fields = asking->pack->incidents.facts.sections[0].fields;
	for (int fact = 0; fact < INCIDENT_FACTS; fact++)
		if (text_same(fields[fact].name, name))
			return when_value_of(&fields[fact], fact_value(asking, (enum incident_fact)fact));
	const struct pack_axis *axis = pack_axis(asking->pack, name);
	if (axis == NULL || axis != asking->pack->axes || asking->incident->class_code.len == 0)
		return (struct when_value){ .kind = WHEN_NONE };
	return (struct when_value){ .kind = WHEN_CLASS, .text = asking->incident->class_code, .axis = axis };
}

bool
facts_hold(struct arena *arena, const struct pack *pack, const struct when *when,
	   const struct incident *incident)
{
	struct asking_facts asking = { arena, pack, incident };
	return when == NULL || when_evaluate(when, &(struct when_answers){ answer, &asking });
}

bool
grounds_have(struct text grounds, struct text code)
{
	struct text item;
	while (value_next(&grounds, &item))
		if (text_same(item, code))
			return true;
	return false;
}

struct error *
days_of(struct look *look, const struct pack *pack, const struct pack_parameter *parameter, int64_t *days)
{
	*days = 0;
	if (parameter == NULL)
		return OK;
	return people_parameter(look, pack, text_z(look->arena, parameter->code), parameter->usual, days);
}

struct error *
term_of(struct look *look, const struct pack *pack, const struct pack_parameter *parameter, int64_t *ms)
{
	TRY(days_of(look, pack, parameter, ms));
	if (parameter != NULL)
		*ms *= parameter->kind == PARAMETER_DAYS ? DAY_MS : MINUTE_MS;
	return OK;
}

struct error *
grounds_settle(struct look *look, const struct pack *pack, struct text grounds, int64_t persons,
	       struct text *settled)
{
	struct text made = T("");
	for (size_t at = 0; at < pack->incidents.grounds_count; at++) {
		const struct pack_ground *ground = &pack->incidents.grounds[at];
		int64_t most;
		bool is = grounds_have(grounds, ground->code);
		if (ground->persons != NULL) {
			TRY(days_of(look, pack, ground->persons, &most));
			is = persons > most;
		}
		if (is)
			made = made.len == 0 ? ground->code
					     : text_format(look->arena, "%.*s\n%.*s", T_ARG(made),
							   T_ARG(ground->code));
	}
	*settled = made;
	return OK;
}
