/* A report on one of the pack's own forms opens a case, or goes into the one whose number it names. */
#include "incident/rooms.h"

#include "base/number.h"

static struct text
argument(const struct dossier *dossier, const struct pack_outcome *outcome, const char *name)
{
	for (size_t at = 0; at < outcome->arguments_count; at++) {
		const struct pack_argument *one = &outcome->arguments[at];
		if (!text_is(one->name, name))
			continue;
		const struct text value = one->is_field ? dossier_answer(dossier, one->value, T(""))
							: one->value;
		return value.data == NULL ? T("") : value;
	}
	return T("");
}

static struct moment
moment_argument(const struct dossier *dossier, const struct pack_outcome *outcome, const char *name)
{
	struct moment moment = { 0 };
	struct day day;
	const struct text value = argument(dossier, outcome, name);
	if (value.len != 0 && !moment_read(value, &moment) && day_read(value, &day))
		moment = day_begin(day);
	return moment;
}

/* The first line of what was written, not longer than a title may be. */
static struct text
first_line(struct text words)
{
	struct text line, rest;
	size_t at = 0, end = 0, characters = 0;
	uint32_t character;
	(void)text_cut(words, '\n', &line, &rest);
	while (characters < INCIDENT_MOST_TITLE && text_next(line, &at, &character)) {
		end = at;
		characters++;
	}
	return text_first(line, end);
}

static struct text
shortened(struct text words, size_t most)
{
	size_t at = 0, end = 0, characters = 0;
	uint32_t character;
	while (characters < most && text_next(words, &at, &character)) {
		end = at;
		characters++;
	}
	return text_first(words, end);
}

static struct error *
add_to(struct act *act, struct incident_id id, const struct dossier *dossier, struct text words)
{
	struct entry_id entry;
	TRY(entry_put(act,
		      &(struct adding_entry){
			      .incident = id,
			      .at = act->look.now,
			      .category = ENTRY_REPORT,
			      .source = FROM_TOLD,
			      .is_reported = true,
			      .words = text_format(act->look.arena, "%.*s　%.*s", T_ARG(dossier->number),
						   T_ARG(shortened(words, INCIDENT_MOST_WORDS))),
		      },
		      &entry));
	return note_incident(act, id, "incident.sheet", NULL,
			     (struct fact_pair[]){ { "dossier", { 0 }, dossier->id.no }, { 0 } });
}

static struct error *
open_case(struct act *act, const struct pack *pack, const struct dossier *dossier,
	  const struct pack_outcome *outcome)
{
	const struct text words = shortened(argument(dossier, outcome, "words"), INCIDENT_MOST_WORDS);
	const struct text title = argument(dossier, outcome, "title");
	struct incident_reporting reporting = {
		.kind = argument(dossier, outcome, "kind"),
		.title = first_line(title.len != 0 ? title : words),
		.words = words,
		.place = shortened(argument(dossier, outcome, "place"), INCIDENT_MOST_LINE),
		.damage = shortened(argument(dossier, outcome, "damage"), INCIDENT_MOST_WORDS),
		.finder = shortened(argument(dossier, outcome, "finder"), INCIDENT_MOST_LINE),
		.source = text_is(argument(dossier, outcome, "citizen"), "yes") ? SOURCE_CITIZEN : SOURCE_STAFF,
		.way = WAY_SHEET,
		.happened = moment_argument(dossier, outcome, "happened"),
		.known = moment_argument(dossier, outcome, "known"),
		.said = moment_argument(dossier, outcome, "said"),
		.reporter = dossier->applicant,
		.unit = dossier->unit,
		.crime = text_is(argument(dossier, outcome, "crime"), "yes") ? SAID_YES : SAID_NOTHING,
		.class_code = argument(dossier, outcome, "class"),
		.dossier = dossier->id,
	};
	struct incident_id id;
	(void)number_read(argument(dossier, outcome, "system"), 1, INT64_MAX, &reporting.system.no);
	if (reporting.title.len == 0)
		reporting.title = dossier->number;
	if (reporting.known.ms == 0 || reporting.known.ms > act->look.now.ms)
		reporting.known = act->look.now;
	if (reporting.happened.ms > reporting.known.ms)
		reporting.happened.ms = 0; /* the sheet keeps what was written */
	if (reporting.said.ms > act->look.now.ms)
		reporting.said.ms = 0;
	return incident_report(act, pack, &reporting, &id);
}

struct error *
incident_outcome_open(struct act *act, const struct flow *flow, struct dossier_id id,
		      const struct pack_occasion *occasion, const struct pack_outcome *outcome)
{
	const struct pack *pack = flow->pack;
	struct dossier dossier;
	struct incident_id named;
	bool found = false;
	(void)occasion;
	if (pack->incidents.kinds_count == 0)
		return OK; /* an earlier version of the policy */
	TRY(flow_read(&act->look, flow, id, &dossier));
	const struct text number = argument(&dossier, outcome, "number");
	if (number.len != 0)
		TRY(incident_by_number(&act->look, number, &found, &named));
	if (found)
		return add_to(act, named, &dossier, argument(&dossier, outcome, "words"));
	if (argument(&dossier, outcome, "kind").len == 0)
		return OK; /* it only adds to a case, and names none */
	return open_case(act, pack, &dossier, outcome);
}

const struct flow_outcome incident_outcomes[] = {
	{ "permit.issue", flow_permit_issue },
	{ "ledger.retire", flow_ledger_retire },
	{ "ledger.put", flow_ledger_put },
	{ "incident.open", incident_outcome_open },
	{ NULL, NULL },
};
