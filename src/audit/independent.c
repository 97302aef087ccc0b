/* Nobody audits what they belong to, answer for, decided, or do for a firm. */
#include "audit/rooms.h"

#include "people/conflict.h"

/* Their own role: for a unit looked at, or of the whole body and named by a clause looked at. */
static struct error *
by_role(struct look *look, const struct pack *pack, struct audit_id id, const struct held_role *held,
	const struct audit_item *items, size_t count, struct text *why)
{
	struct audit_stands_above_row row;
	const struct pack_role *role = held->role;
	if (role->scope == SCOPE_EVERYONE || role == pack->audit->auditor || why->len != 0)
		return OK;
	if (role->scope != SCOPE_BODY) {
		TRY(audit_stands_above(look, &(struct audit_stands_above_in){ id.no, held->unit.no },
				       &row));
		if (row.has != 0)
			*why = text_format(look->arena, say("監査する所属に責任を負う役割（%.*s）に就いています。"),
					   T_ARG(words_now(role->name)));
		return OK;
	}
	for (size_t at = 0; at < count && why->len == 0; at++)
		if (items[at].clause != NULL && items[at].clause->actor == role)
			*why = text_format(look->arena, say("監査する条項（%.*s）を行う役割（%.*s）に就いています。"),
					   T_ARG(items[at].clause->number), T_ARG(words_now(role->name)));
	return OK;
}

static struct error *
by_roles(struct look *look, const struct pack *pack, struct audit_id id, struct person_id person,
	 struct text *why)
{
	struct audit_item *items;
	struct held_role *held;
	size_t items_count, count;
	TRY(audit_items(look, pack, id, &items, &items_count));
	TRY(people_roles_of(look, pack, person, moment_day(look->now), &held, &count));
	for (size_t at = 0; at < count && why->len == 0; at++)
		TRY(by_role(look, pack, id, &held[at], items, items_count, why));
	return OK;
}

static struct error *
by_grant(struct look *look, struct person_id person, struct text *why)
{
	struct grant *list;
	size_t count;
	TRY(people_grants(look, person, moment_day(look->now), &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].kind == GRANT_OPERATOR)
			*why = text_of(conflict_words(CONFLICT_OWN, MATTER_AUDIT));
	return OK;
}

struct error *
audit_independent(struct look *look, const struct pack *pack, struct audit_id id,
		  struct person_id person, struct text *why)
{
	const struct day since = day_plus(moment_day(look->now), -AUDIT_LOOK_BACK_DAYS);
	struct audit_belongs_row belongs;
	struct audit_decided_row decided;
	struct audit_works_for_row works;
	*why = T("");
	TRY(audit_belongs(look, &(struct audit_belongs_in){ id.no, person.no, since.no }, &belongs));
	if (belongs.has != 0)
		*why = text_of(say("監査する所属に、いま、またはこの1年のうちに所属していました。"));
	if (why->len == 0)
		TRY(by_roles(look, pack, id, person, why));
	TRY(audit_decided(look, &(struct audit_decided_in){ id.no, person.no, day_begin(since).ms },
			  &decided));
	if (why->len == 0 && decided.has != 0)
		*why = text_format(look->arena, say("この1年に、監査する所属の案件を%lld件決裁しました。"),
				   (long long)decided.has);
	TRY(audit_works_for(look, &(struct audit_works_for_in){ id.no, person.no, since.no }, &works));
	if (why->len == 0 && works.has != 0)
		*why = text_of(say("監査する委託の仕事をしている（していた）人です。"));
	if (why->len == 0)
		TRY(by_grant(look, person, why));
	return OK;
}
