/* Who may do what with a contract, and what waits for whom. */
#include "contract/rooms.h"

static struct error *
decides(struct look *look, const struct pack_role *role, struct unit_id unit, struct person_id person,
	bool *may)
{
	struct decider *list;
	size_t count;
	*may = false;
	if (role == NULL)
		return OK;
	TRY(people_deciders(look, role, unit, moment_day(look->now), (struct person_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		*may |= list[at].person.no == person.no;
	return OK;
}

static bool
stands_for(const struct pack_role *role, const struct pack_role *held)
{
	for (const struct pack_role *at = role; at != NULL; at = at->above)
		if (at == held)
			return true;
	return false;
}

static bool
is_ours(const struct pack_contracts *rules, const struct pack_role *held)
{
	return stands_for(rules->answers, held) || stands_for(rules->consents, held) ||
	       stands_for(rules->verifies, held) || (rules->told != NULL && stands_for(rules->told, held));
}

/* Somebody of a firm reads nothing here: neither of other firms, nor what is thought of theirs. */
static struct error *
is_of_body(struct look *look, struct person_id id, bool *is)
{
	struct person person;
	*is = false;
	if (id.no == 0)
		return OK;
	TRY(people_person(look, id, &person));
	*is = !employment_is_outside(person.employment);
	return OK;
}

struct error *
contract_sees(struct look *look, const struct pack *pack, struct person_id person,
	      struct contract_eyes *eyes)
{
	const struct day today = moment_day(look->now);
	struct held_role *held;
	struct grant *grants;
	size_t count, grants_count;
	struct unit_id own = { 0 };
	bool is_inside;
	*eyes = (struct contract_eyes){ 0 };
	TRY(is_of_body(look, person, &is_inside));
	if (!is_inside || pack->contracts == NULL)
		return OK;
	TRY(people_roles_of(look, pack, person, today, &held, &count));
	eyes->units = ARENA_ARRAY(look->arena, struct unit_id, count + 2);
	for (size_t at = 0; at < count; at++) {
		if (held[at].role->scope == SCOPE_EVERYONE || !is_ours(pack->contracts, held[at].role))
			continue;
		eyes->all |= held[at].role->scope == SCOPE_BODY;
		if (held[at].role->scope != SCOPE_BODY)
			eyes->units[eyes->count++] = held[at].unit;
	}
	TRY(people_unit_of(look, person, today, &own));
	if (own.no != 0)
		eyes->units[eyes->count++] = own;
	TRY(people_grants(look, person, today, &grants, &grants_count));
	for (size_t at = 0; at < grants_count; at++)
		eyes->all |= grants[at].kind == GRANT_AUDITOR;
	return OK;
}

static struct error *
sees(struct look *look, const struct contract_eyes *eyes, struct unit_id unit, bool *is_seen)
{
	*is_seen = eyes->all;
	for (size_t at = 0; at < eyes->count && !*is_seen; at++)
		TRY(people_unit_is_under(look, unit, eyes->units[at], is_seen));
	return OK;
}

struct error *
contract_rights(struct look *look, const struct pack *pack, const struct contract *contract,
		struct person_id person, struct contract_rights *rights)
{
	const struct pack_contracts *rules;
	struct contract_eyes eyes;
	bool is_inside;
	*rights = (struct contract_rights){ 0 };
	TRY(contract_rules(pack, &rules));
	TRY(is_of_body(look, person, &is_inside));
	if (!is_inside)
		return OK;
	TRY(decides(look, rules->answers, contract->unit, person, &rights->may_lead));
	TRY(decides(look, rules->consents, contract->unit, person, &rights->may_consent));
	TRY(decides(look, rules->verifies, contract->unit, person, &rights->may_verify));
	TRY(contract_sees(look, pack, person, &eyes));
	TRY(sees(look, &eyes, contract->unit, &rights->may_read));
	rights->may_read |= rights->may_lead || rights->may_consent || rights->may_verify;
	return OK;
}

struct error *
contract_units(struct look *look, const struct pack *pack, struct person_id person,
	       struct unit_id **units, size_t *count)
{
	const struct pack_contracts *rules;
	struct held_role *held;
	size_t got, filled = 0;
	TRY(contract_rules(pack, &rules));
	TRY(people_roles_of(look, pack, person, moment_day(look->now), &held, &got));
	*units = ARENA_ARRAY(look->arena, struct unit_id, got + 1);
	for (size_t at = 0; at < got; at++) {
		bool is_known = held[at].role != rules->answers;
		for (size_t i = 0; i < filled; i++)
			is_known |= (*units)[i].no == held[at].unit.no;
		if (!is_known)
			(*units)[filled++] = held[at].unit;
	}
	*count = filled;
	return OK;
}

struct error *
contract_mine(struct look *look, const struct pack *pack, struct person_id person,
	      struct contract_mine *mine)
{
	struct contract_eyes eyes;
	struct contract *list;
	size_t count;
	*mine = (struct contract_mine){ 0 };
	if (pack->contracts == NULL || person.no == 0)
		return OK;
	TRY(contract_sees(look, pack, person, &eyes));
	if (!eyes.all && eyes.count == 0)
		return OK;
	TRY(contract_list(look, pack, &(struct contract_query){ .is_waiting_only = true },
			  CONTRACT_MOST_LISTED, &list, &count));
	for (size_t at = 0; at < count; at++) {
		const struct contract *one = &list[at];
		struct contract_rights rights;
		struct contract_link *links;
		size_t links_count;
		int64_t consents = 0;
		TRY(contract_rights(look, pack, one, person, &rights));
		TRY(contract_links(look, one->id, &links, &links_count));
		for (size_t i = 0; i < links_count && rights.may_consent; i++)
			consents += links[i].may_be_consented;
		mine->consents += consents;
		mine->past += rights.may_lead && one->is_past;
		mine->demands += rights.may_lead ? one->late_demands : 0;
		if (mine->first.no == 0 && consents + (rights.may_lead && (one->is_past || one->late_demands)) != 0)
			mine->first = one->id;
	}
	return OK;
}
