#include "policy/rooms.h"

#include "base/say.h"

#include <stdlib.h>

struct text
words_now(struct words words)
{
	return language_now() == LANGUAGE_EN && words.en.len > 0 ? words.en : words.ja;
}

/* Small arrays: a walk is as fast as anything else. */
#define FIND_IN(array, count, member, wanted) \
	do { \
		for (size_t i_ = 0; i_ < (count); i_++) \
			if (text_same((array)[i_].member, (wanted))) \
				return &(array)[i_]; \
		return NULL; \
	} while (0)

const struct pack_role *
pack_role(const struct pack *pack, struct text code)
{
	FIND_IN(pack->roles, pack->roles_count, code, code);
}

const struct pack_axis *
pack_axis(const struct pack *pack, struct text code)
{
	FIND_IN(pack->axes, pack->axes_count, code, code);
}

const struct pack_parameter *
pack_parameter(const struct pack *pack, struct text code)
{
	FIND_IN(pack->parameters, pack->parameters_count, code, code);
}

const struct pack_ledger *
pack_ledger(const struct pack *pack, struct text code)
{
	FIND_IN(pack->ledgers, pack->ledgers_count, code, code);
}

const struct pack_form *
pack_form(const struct pack *pack, struct text number)
{
	FIND_IN(pack->forms, pack->forms_count, number, number);
}

const struct pack_occasion *
pack_occasion(const struct pack *pack, struct text code)
{
	FIND_IN(pack->occasions, pack->occasions_count, code, code);
}

const struct pack_delegation *
pack_delegation(const struct pack *pack, struct text code)
{
	FIND_IN(pack->delegations, pack->delegations_count, code, code);
}

const struct pack_duty *
pack_duty(const struct pack *pack, struct text code)
{
	FIND_IN(pack->recurring, pack->recurring_count, code, code);
}

const struct pack_reconcile *
pack_reconcile(const struct pack *pack, struct text code)
{
	FIND_IN(pack->reconciliations, pack->reconciliations_count, code, code);
}

const struct pack_checklist *
pack_checklist(const struct pack *pack, struct text code)
{
	FIND_IN(pack->checklists, pack->checklists_count, code, code);
}

const struct pack_check_item *
checklist_item(const struct pack_checklist *checklist, struct text code)
{
	FIND_IN(checklist->items, checklist->items_count, code, code);
}

const struct pack_audience *
pack_audience(const struct pack *pack, struct text code)
{
	FIND_IN(pack->training.audiences, pack->training.audiences_count, code, code);
}

const struct pack_course *
pack_course(const struct pack *pack, struct text code)
{
	FIND_IN(pack->training.courses, pack->training.courses_count, code, code);
}

const struct pack_lure *
pack_lure(const struct pack *pack, struct text code)
{
	FIND_IN(pack->training.lures, pack->training.lures_count, code, code);
}

const struct pack_retention *
pack_retention(const struct pack *pack, enum retained kind)
{
	for (size_t at = 0; at < pack->retentions_count; at++)
		if (pack->retentions[at].kind == kind)
			return &pack->retentions[at];
	return NULL;
}

const struct pack_grade *
pack_grade(const struct pack_audit *audit, struct text code)
{
	for (size_t at = 0; audit != NULL && at < audit->grades_count; at++)
		if (text_same(audit->grades[at].code, code))
			return &audit->grades[at];
	return NULL;
}

const struct pack_theme *
pack_theme(const struct pack_audit *audit, struct text code)
{
	for (size_t at = 0; audit != NULL && at < audit->themes_count; at++)
		if (text_same(audit->themes[at].code, code))
			return &audit->themes[at];
	return NULL;
}

const struct pack_field *
pack_question(const struct pack *pack, struct text name)
{
	FIND_IN(pack->questions, pack->questions_count, name, name);
}

const struct pack_field *
ledger_field(const struct pack_ledger *ledger, struct text name)
{
	FIND_IN(ledger->fields, ledger->fields_count, name, name);
}

const struct pack_choice *
field_choice(const struct pack_field *field, struct text code)
{
	FIND_IN(field->choices, field->choices_count, code, code);
}

const struct pack_class *
axis_value(const struct pack_axis *axis, struct text code)
{
	FIND_IN(axis->values, axis->values_count, code, code);
}

const struct pack_field *
form_field(const struct pack_form *form, struct text name, const struct pack_section **section)
{
	for (size_t i = 0; i < form->sections_count; i++) {
		const struct pack_section *at = &form->sections[i];
		for (size_t j = 0; j < at->fields_count; j++) {
			if (!text_same(at->fields[j].name, name))
				continue;
			if (section != NULL)
				*section = at;
			return &at->fields[j];
		}
	}
	return NULL;
}

const struct pack_class *
class_highest(const struct pack_axis *axis, struct text a, struct text b)
{
	const struct pack_class *one = axis_value(axis, a);
	const struct pack_class *two = axis_value(axis, b);

	if (one == NULL)
		one = axis->unclassified;
	if (two == NULL)
		two = axis->unclassified;
	return two->rank > one->rank ? two : one;
}

bool
clause_is_under(const struct pack_clause *clause, const struct pack_clause *above)
{
	while (clause != NULL && clause != above)
		clause = clause->parent;
	return clause != NULL;
}

static int
named_order(const void *a, const void *b)
{
	const struct named *one = a;
	const struct named *two = b;

	return text_order(one->name, two->name);
}

/* Of two with the same name the one that stands first in the pack comes first. */
static int
named_place(const void *a, const void *b)
{
	const struct named *one = a;
	const struct named *two = b;
	const int names = named_order(a, b);

	return names != 0 ? names : (one->thing > two->thing) - (one->thing < two->thing);
}

void
index_clauses(struct arena *into, struct pack *pack)
{
	struct pack_index *index = ARENA_NEW(into, struct pack_index);

	index->clauses = ARENA_ARRAY(into, struct named, pack->clauses_count + 1);
	index->clauses_count = pack->clauses_count;
	for (size_t i = 0; i < pack->clauses_count; i++)
		index->clauses[i] =
			(struct named){.name = pack->clauses[i].id, .thing = &pack->clauses[i]};
	qsort(index->clauses, index->clauses_count, sizeof(index->clauses[0]), named_place);
	pack->index = index;
}

const struct pack_clause *
pack_clause(const struct pack *pack, struct text id)
{
	const struct named wanted = {.name = id};

	if (pack->index == NULL || pack->index->clauses_count == 0)
		return NULL;
	const struct named *found =
		bsearch(&wanted, pack->index->clauses, pack->index->clauses_count,
			sizeof(pack->index->clauses[0]), named_order);
	return found == NULL ? NULL : found->thing;
}

const struct pack_incident_kind *
pack_incident_kind(const struct pack *pack, struct text code)
{
	for (size_t i = 0; i < pack->incidents.kinds_count; i++)
		if (text_same(pack->incidents.kinds[i].code, code))
			return &pack->incidents.kinds[i];
	return NULL;
}

const struct pack_link *
pack_link(const struct pack *pack, struct text code)
{
	for (size_t i = 0; i < pack->incidents.chain_count; i++)
		if (text_same(pack->incidents.chain[i].code, code))
			return &pack->incidents.chain[i];
	return NULL;
}

const struct pack_authority *
pack_authority(const struct pack *pack, struct text code)
{
	for (size_t i = 0; i < pack->incidents.authorities_count; i++)
		if (text_same(pack->incidents.authorities[i].code, code))
			return &pack->incidents.authorities[i];
	return NULL;
}

const struct pack_ground *
pack_ground(const struct pack *pack, struct text code)
{
	for (size_t i = 0; i < pack->incidents.grounds_count; i++)
		if (text_same(pack->incidents.grounds[i].code, code))
			return &pack->incidents.grounds[i];
	return NULL;
}

#define FIND_CONTRACT(type, function, array, counted)                                          \
	const struct type *function(const struct pack_contracts *contracts, struct text code)  \
	{                                                                                      \
		for (size_t i = 0; contracts != NULL && i < contracts->counted; i++)           \
			if (text_same(contracts->array[i].code, code))                         \
				return &contracts->array[i];                                   \
		return NULL;                                                                   \
	}

FIND_CONTRACT(pack_contract_kind, pack_contract_kind, kinds, kinds_count)
FIND_CONTRACT(pack_contract_criterion, pack_contract_criterion, criteria, criteria_count)
FIND_CONTRACT(pack_contract_item, pack_contract_item, items, items_count)
FIND_CONTRACT(pack_contract_way, pack_contract_way, ways, ways_count)
FIND_CONTRACT(pack_contract_wrong, pack_contract_wrong, wrongs, wrongs_count)
