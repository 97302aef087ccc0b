#include "policy/lint.h"

/* What is there and leads nowhere: values nobody reads, questions that change nothing. */

/* Every condition of the pack. */
static void
each_field_condition(const struct pack_field *fields, size_t count,
		     void (*each)(void *with, const struct when *when), void *with)
{
	for (size_t i = 0; i < count; i++)
		if (fields[i].shown_when != NULL)
			each(with, fields[i].shown_when);
}

static void
each_form_condition(const struct pack_form *form,
		    void (*each)(void *with, const struct when *when), void *with)
{
	for (size_t i = 0; i < form->sections_count; i++) {
		const struct pack_section *section = &form->sections[i];
		if (section->shown_when != NULL)
			each(with, section->shown_when);
		each_field_condition(section->fields, section->fields_count, each, with);
	}
	for (size_t i = 0; i < form->ends_count; i++)
		if (form->ends[i].when != NULL)
			each(with, form->ends[i].when);
}

static void
each_condition(const struct pack *pack, void (*each)(void *with, const struct when *when),
	       void *with)
{
	for (size_t i = 0; i < pack->occasions_count; i++) {
		const struct pack_occasion *occasion = &pack->occasions[i];
		if (occasion->when != NULL)
			each(with, occasion->when);
		for (size_t j = 0; j < occasion->steps_count; j++)
			if (occasion->steps[j].when != NULL)
				each(with, occasion->steps[j].when);
	}
	for (size_t i = 0; i < pack->delegations_count; i++)
		for (size_t j = 0; j < pack->delegations[i].powers_count; j++)
			if (pack->delegations[i].powers[j].when != NULL)
				each(with, pack->delegations[i].powers[j].when);
	for (size_t i = 0; i < pack->forms_count; i++)
		each_form_condition(&pack->forms[i], each, with);
	each_field_condition(pack->questions, pack->questions_count, each, with);
}

/* Of one question: is its name in any condition, and which of its choices are? */
struct asked {
	const struct pack_field *question;
	bool is_named;
	bool *are_tested; /* by choice */
	size_t tested;
};

static void
look_at_name(void *with, struct text name)
{
	struct asked *asked = with;

	asked->is_named = asked->is_named || text_same(name, asked->question->name);
}

static void
look_at_test(void *with, struct text name, const struct when_value *literal)
{
	struct asked *asked = with;
	const struct pack_choice *choice = field_choice(asked->question, literal->text);

	if (choice == NULL || !text_same(name, asked->question->name))
		return;
	bool *is_tested = &asked->are_tested[choice - asked->question->choices];
	asked->tested += !*is_tested;
	*is_tested = true;
}

static void
look_at(void *with, const struct when *when)
{
	when_names(when, look_at_name, with);
	when_tests(when, look_at_test, with);
}

static bool
is_in_forms(const struct pack *pack, struct text name)
{
	for (size_t i = 0; i < pack->forms_count; i++)
		if (form_field(&pack->forms[i], name, NULL) != NULL)
			return true;
	return false;
}

static bool
is_of_step(const struct pack *pack, const struct pack_field *field)
{
	for (size_t i = 0; i < pack->occasions_count; i++)
		for (size_t j = 0; j < pack->occasions[i].steps_count; j++)
			if (pack->occasions[i].steps[j].field == field)
				return true;
	return false;
}

/* Rows chosen in a question speak through the class and their columns; `purpose` is what the
 * dossier is for. */
static bool
is_read_by_itself(const struct pack *pack, const struct pack_field *question)
{
	return question->kind == FIELD_ASSET || question->kind == FIELD_ASSETS ||
	       question->kind == FIELD_CLASS || text_is(question->name, "purpose") ||
	       is_in_forms(pack, question->name) || is_of_step(pack, question);
}

static void
lint_question(struct reading *reading, const struct pack_field *question)
{
	const struct pack *pack = reading->pack;
	struct asked asked = {
		.question = question,
		.are_tested = ARENA_ARRAY(reading->scratch, bool, question->choices_count + 1),
	};

	each_condition(pack, look_at, &asked);
	if (!asked.is_named && !is_read_by_itself(pack, question))
		note(reading, question, "question-unused",
		     "質問「%.*s」の答えは何も変えません。条件に使うか、消してください。",
		     T_ARG(words_now(question->label)));
	/* Where no choice is told apart, the question is text for a form, not a way. */
	for (size_t i = 0; asked.tested > 0 && i < question->choices_count; i++)
		if (!asked.are_tested[i])
			note(reading, &question->choices[i], "choice-leads-nowhere",
			     "質問「%.*s」の選択肢「%.*s」を選んでも、どの場面にもなりません。",
			     T_ARG(words_now(question->label)),
			     T_ARG(words_now(question->choices[i].words)));
}

static bool
is_read_by_programs(const struct reading *reading, struct text code)
{
	const char *const *names = reading->known->parameters;

	for (size_t i = 0; names != NULL && names[i] != NULL; i++)
		if (text_is(code, names[i]))
			return true;
	return false;
}

static bool
is_in_clauses(const struct pack *pack, const struct pack_parameter *parameter)
{
	for (size_t i = 0; i < pack->clauses_count; i++)
		if (pack->clauses[i].deadline == parameter ||
		    pack->clauses[i].period == parameter)
			return true;
	for (size_t i = 0; i < pack->evidence_count; i++)
		if (pack->evidence[i].within == parameter ||
		    pack->evidence[i].at_least.parameter == parameter ||
		    pack->evidence[i].at_most.parameter == parameter)
			return true;
	return false;
}

static bool
is_in_occasions(const struct pack *pack, const struct pack_parameter *parameter)
{
	for (size_t i = 0; i < pack->occasions_count; i++) {
		const struct pack_occasion *at = &pack->occasions[i];
		if (at->permit.usual == parameter || at->permit.most == parameter ||
		    at->report.within == parameter || at->exception.ends == parameter)
			return true;
	}
	for (size_t i = 0; i < pack->ledgers_count; i++)
		if (pack->ledgers[i].confirm == parameter)
			return true;
	for (size_t i = 0; i < pack->delegations_count; i++)
		if (pack->delegations[i].most == parameter)
			return true;
	for (size_t i = 0; i < pack->recurring_count; i++)
		if (pack->recurring[i].every == parameter || pack->recurring[i].within == parameter)
			return true;
	const struct pack_inventory *inventory = pack->inventory;
	if (inventory != NULL && (inventory->loan == parameter || inventory->stock == parameter ||
				  inventory->repair == parameter || inventory->warn == parameter))
		return true;
	for (size_t i = 0; i < pack->reconciliations_count; i++) {
		const struct pack_reconcile *at = &pack->reconciliations[i];
		if (at->every == parameter || at->due == parameter ||
		    at->sides[SIDE_LEFT].wait_days == parameter ||
		    at->sides[SIDE_RIGHT].wait_days == parameter)
			return true;
	}
	if (pack->audit != NULL && pack->audit->every == parameter)
		return true;
	if (pack->contracts != NULL &&
	    (pack->contracts->every == parameter || pack->contracts->remind == parameter))
		return true;
	for (size_t i = 0; i < pack->retentions_count; i++)
		if (pack->retentions[i].days == parameter)
			return true;
	return false;
}

static bool
is_in_incidents(const struct pack *pack, const struct pack_parameter *parameter)
{
	const struct pack_incidents *all = &pack->incidents;

	for (size_t i = 0; i < all->kinds_count; i++)
		for (size_t j = 0; j < all->kinds[i].plays_count; j++)
			if (all->kinds[i].plays[j].within == parameter)
				return true;
	for (size_t i = 0; i < all->chain_count; i++)
		if (all->chain[i].within == parameter)
			return true;
	for (size_t i = 0; i < all->grounds_count; i++)
		if (all->grounds[i].persons == parameter || all->grounds[i].final == parameter)
			return true;
	for (size_t i = 0; i < all->authorities_count; i++)
		if (all->authorities[i].first == parameter || all->authorities[i].final == parameter)
			return true;
	return false;
}

void
lint_unused(struct reading *reading)
{
	const struct pack *pack = reading->pack;

	for (size_t i = 0; i < pack->questions_count; i++)
		lint_question(reading, &pack->questions[i]);
	for (size_t i = 0; i < pack->parameters_count; i++) {
		const struct pack_parameter *parameter = &pack->parameters[i];
		/* One that a clause leaves open is the body's own setting, whoever reads it. */
		if (parameter->clause == NULL &&
		    !is_read_by_programs(reading, parameter->code) &&
		    !is_in_clauses(pack, parameter) && !is_in_occasions(pack, parameter) &&
		    !is_in_incidents(pack, parameter))
			note(reading, parameter, "parameter-unused",
			     "設定値「%.*s」はどこでも使われていません。",
			     T_ARG(parameter->code));
	}
}
