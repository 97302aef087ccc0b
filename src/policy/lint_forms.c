#include "policy/lint.h"

/* Forms nobody answers for, ledgers nobody is asked about, rows written with a hole. */

static bool
is_of_ledger(const struct pack *pack, const struct pack_form *form)
{
	for (size_t i = 0; i < pack->ledgers_count; i++)
		if (pack->ledgers[i].form == form)
			return true;
	return form->ledger != NULL;
}

/* Somebody permits it, is told of it, or it must be sent within a time. A consultation alone
 * decides nothing. */
static bool
is_answered(const struct pack_occasion *occasion)
{
	for (size_t i = 0; i < occasion->steps_count; i++)
		if (occasion->steps[i].verb != STEP_CONSULTATION)
			return true;
	return occasion->has_report;
}

static void
lint_form(struct reading *reading, const struct pack_form *form)
{
	const struct pack *pack = reading->pack;
	size_t occasions = 0;
	size_t answered = 0;

	for (size_t i = 0; i < pack->occasions_count; i++) {
		occasions += pack->occasions[i].form == form;
		answered += pack->occasions[i].form == form && is_answered(&pack->occasions[i]);
	}
	if (is_of_ledger(pack, form))
		return;
	if (occasions == 0)
		note(reading, form, "form-unused",
		     "「%.*s」を使う場面がありません。occasions "
		     "に書くか、台帳の様式にしてください。",
		     T_ARG(words_now(form->title)));
	else if (answered == 0 && form->is_given)
		note(reading, form, "form-nobody-approves",
		     "「%.*s」は、だれも許可せず、だれにも報告されません。場面の route "
		     "を確かめてください。",
		     T_ARG(words_now(form->title)));
}

/* Rules about things look at the ledgers that inventory.yaml names. */
static bool
is_of_things(const struct pack *pack, const struct pack_evidence *rule, const struct pack_ledger *ledger)
{
	const struct pack_inventory *inventory = pack->inventory;

	if (rule->kind != EVIDENCE_INVENTORY || inventory == NULL)
		return false;
	if (rule->keeps == KEEPS_SUPPORT || rule->keeps == KEEPS_LICENCES)
		return inventory->software == ledger;
	for (size_t i = 0; i < inventory->things_count; i++)
		if (inventory->things[i].ledger == ledger)
			return true;
	return false;
}

static void
lint_ledger(struct reading *reading, const struct pack_ledger *ledger)
{
	const struct pack *pack = reading->pack;

	for (size_t i = 0; i < pack->evidence_count; i++)
		if (pack->evidence[i].ledger == ledger ||
		    (pack->evidence[i].kind == EVIDENCE_ENTRANCE && pack->entrance != NULL &&
		     (pack->entrance->log == ledger || pack->entrance->listed == ledger)) ||
		    is_of_things(pack, &pack->evidence[i], ledger) ||
		    (pack->evidence[i].duty != NULL && pack->evidence[i].duty->each == ledger))
			return;
	note(reading, ledger, "ledger-without-evidence",
	     "台帳「%.*s」はどの条項の証拠にもなっていません。evidence に書いてください。",
	     T_ARG(words_now(ledger->name)));
}

static const struct pack_argument *
argument_of(const struct pack_outcome *outcome, struct text name)
{
	for (size_t i = 0; i < outcome->arguments_count; i++)
		if (text_same(outcome->arguments[i].name, name))
			return &outcome->arguments[i];
	return NULL;
}

/* A required column that ledger.put leaves empty: somebody will have to complete the row. */
static void
lint_put(struct reading *reading, const struct pack_occasion *occasion,
	 const struct pack_outcome *outcome)
{
	const struct pack_argument *named = argument_of(outcome, T("ledger"));
	const struct pack_ledger *ledger =
		named == NULL ? NULL : pack_ledger(reading->pack, named->value);

	for (size_t i = 0; ledger != NULL && i < ledger->fields_count; i++) {
		const struct pack_field *column = &ledger->fields[i];
		/* The unit of who applies fills the owner. */
		if (column == ledger->owner)
			continue;
		if (column->is_required && column->shown_when == NULL && !column->is_computed &&
		    argument_of(outcome, column->name) == NULL)
			note(reading, outcome, "column-unfilled",
			     "場面「%.*s」が台帳「%.*s」に書く行に、必ず要る列「%.*"
			     "s」がありません。",
			     T_ARG(occasion->code), T_ARG(words_now(ledger->name)),
			     T_ARG(words_now(column->label)));
	}
}

void
lint_forms(struct reading *reading)
{
	const struct pack *pack = reading->pack;

	for (size_t i = 0; i < pack->forms_count; i++)
		lint_form(reading, &pack->forms[i]);
	for (size_t i = 0; i < pack->ledgers_count; i++)
		lint_ledger(reading, &pack->ledgers[i]);
	for (size_t i = 0; i < pack->occasions_count; i++)
		for (size_t j = 0; j < pack->occasions[i].outcomes_count; j++)
			if (text_is(pack->occasions[i].outcomes[j].name, "ledger.put"))
				lint_put(reading, &pack->occasions[i],
					 &pack->occasions[i].outcomes[j]);
}
