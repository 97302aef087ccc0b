/* Who may see and do what, and who is told. */
#include "audit/rooms.h"

struct error *
audit_rules(const struct pack *pack, const struct pack_audit **rules)
{
	*rules = pack->audit;
	if (pack->audit == NULL)
		return missing("この団体の方針には、監査の決まり（audit.yaml）がありません。");
	return OK;
}

struct error *
must_be(struct act *act, const struct pack_role *role)
{
	return people_must_hold(act, role, (struct unit_id){ 0 }, (struct person_id){ 0 }, NULL);
}

struct error *
must_audit(struct act *act, const struct pack *pack, struct audit_id id, bool *is_lead)
{
	const struct person_id person = { act->actor.person };
	struct audit_auditor_find_row row;
	struct text why;
	bool found;
	TRY(audit_auditor_find(&act->look, &(struct audit_auditor_find_in){ id.no, person.no }, &found,
			       &row));
	if (!found)
		return refuse("この監査の監査人だけができます。監査人は、監査を命じる人が決めます。");
	TRY(audit_independent(&act->look, pack, id, person, &why));
	if (why.len != 0)
		return refuse("監査人でいられません。%.*s 監査を命じる人に知らせてください。", T_ARG(why));
	if (pack->audit->auditor != NULL)
		act->actor.role = pack->audit->auditor->code;
	if (is_lead != NULL)
		*is_lead = row.is_lead;
	return OK;
}

/* ---- What somebody may see ---- */

static bool
stands_for(const struct pack_role *role, const struct pack_role *held)
{
	for (const struct pack_role *at = role; at != NULL; at = at->above)
		if (at == held)
			return true;
	return false;
}

static void
see_by(const struct pack_audit *rules, const struct held_role *held, struct audit_eyes *eyes)
{
	eyes->is_chief |= held->role == rules->chief;
	eyes->is_orders |= held->role == rules->orders;
	eyes->is_council |= rules->council != NULL && held->role == rules->council;
	eyes->is_reader |= rules->auditor != NULL && held->role == rules->auditor;
	/* A role of the whole body answers for no unit in particular. */
	if (stands_for(rules->answers, held->role) && held->role->scope != SCOPE_BODY)
		eyes->units[eyes->count++] = held->unit;
}

struct error *
audit_sees(struct look *look, const struct pack *pack, struct person_id person, struct audit_eyes *eyes)
{
	const struct day today = moment_day(look->now);
	struct audit_auditor_open_row open;
	struct held_role *held;
	struct grant *grants;
	size_t count, grants_count;
	*eyes = (struct audit_eyes){ 0 };
	if (person.no == 0 || pack->audit == NULL)
		return OK;
	TRY(people_roles_of(look, pack, person, today, &held, &count));
	eyes->units = ARENA_ARRAY(look->arena, struct unit_id, count + 1);
	for (size_t at = 0; at < count; at++)
		see_by(pack->audit, &held[at], eyes);
	TRY(people_grants(look, person, today, &grants, &grants_count));
	for (size_t at = 0; at < grants_count; at++)
		eyes->is_reader |= grants[at].kind == GRANT_AUDITOR;
	TRY(audit_auditor_open(look, &(struct audit_auditor_open_in){ person.no }, &open));
	eyes->is_auditor = open.has != 0;
	eyes->all = eyes->is_chief || eyes->is_orders || eyes->is_council || eyes->is_reader ||
		    eyes->is_auditor;
	return OK;
}

struct error *
audit_answers_for(struct look *look, const struct audit_eyes *eyes, struct unit_id unit, bool *answers)
{
	*answers = false;
	for (size_t at = 0; at < eyes->count && !*answers; at++)
		TRY(people_unit_is_under(look, unit, eyes->units[at], answers));
	return OK;
}
