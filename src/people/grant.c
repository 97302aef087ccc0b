/* Grants: work for Bansho itself that no post of the policy carries. */
#include "people/rooms.h"

#include "people/conflict.h"

/* Who runs the house does not audit it. */
static bool
audits_itself(enum grant_kind kind, struct text other)
{
	const bool runs = kind == GRANT_OPERATOR || kind == GRANT_PEOPLE;
	return (kind == GRANT_AUDITOR && (text_is(other, "operator") || text_is(other, "people"))) ||
	       (runs && text_is(other, "auditor"));
}

static struct error *
check_grant(struct look *look, int64_t actor, const struct grant *grant)
{
	struct person person;
	struct unit unit;
	TRY(people_must_be_free((struct person_id){ actor }, grant->person, MATTER_RIGHTS));
	TRY(people_person(look, grant->person, &person));
	TRY(period_check(grant->since, grant->until));
	if (grant->unit.no != 0 && grant->kind != GRANT_LEDGER)
		return reject("unit", "所属を限れるのは台帳の担当だけです。");
	if (grant->unit.no != 0)
		TRY(people_unit(look, grant->unit, &unit));
	struct people_grant_list_row *rows;
	size_t count;
	TRY(people_grant_list(look,
			      &(struct people_grant_list_in){ grant->person.no,
							      look_today(look).no },
			      &rows, &count));
	for (size_t at = 0; at < count; at++)
		if (text_is(rows[at].kind, grant_kind_code(grant->kind)) &&
		    rows[at].unit == grant->unit.no && rows[at].until == 0)
			return conflict("この職員には、同じ担当がすでに割り当てられています。");
	for (size_t at = 0; at < count; at++)
		if (audits_itself(grant->kind, rows[at].kind))
			return refuse("%s", conflict_words(CONFLICT_OWN, MATTER_AUDIT));
	return OK;
}

static struct error *
note_grant(struct act *act, const char *what, struct person_id person, struct text kind,
	   struct unit_id unit)
{
	struct arena *arena = act->look.arena;
	struct noting noting = { .act = what,
				 .about = { people_about_person(arena, person) },
				 .pairs = { { .name = "kind", .text = kind } } };
	if (unit.no != 0)
		noting.about[1] = people_about_unit(arena, unit);
	return people_note(act, &noting);
}

struct error *
people_grant_give(struct act *act, const struct grant *grant, struct grant_id *id)
{
	const struct text kind = text_of(grant_kind_code(grant->kind));
	int64_t made;
	TRY(check_grant(&act->look, act->actor.person, grant));
	TRY(act_number(act, T("grant"), &made));
	TRY(people_grant_insert(act, &(struct people_grant_insert_in){
					     made, grant->person.no, kind, grant->unit.no,
					     day_kept(grant->since), day_kept(grant->until) }));
	TRY(note_grant(act, "people.grant_give", grant->person, kind, grant->unit));
	id->no = made;
	return OK;
}

struct error *
people_grant_end(struct act *act, struct grant_id id, struct day last)
{
	struct people_grant_get_row row;
	struct people_grant_operators_row left;
	bool found;
	TRY(people_grant_get(&act->look, &(struct people_grant_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その担当は登録されていません。");
	TRY(people_grant_set_until(act, &(struct people_grant_set_until_in){ id.no, last.no }));
	TRY(people_grant_operators(&act->look,
				   &(struct people_grant_operators_in){ last.no + 1 }, &left));
	if (left.n == 0 && text_is(row.kind, "operator"))
		return refuse("番所の管理者が一人もいなくなるため、終えられません。先に別の人を管理者にしてください。");
	return note_grant(act, "people.grant_end", (struct person_id){ row.person }, row.kind,
			  (struct unit_id){ row.unit });
}

struct error *
people_grant_until(struct act *act, struct grant_id id, struct day until)
{
	struct people_grant_get_row row;
	bool found;
	TRY(people_grant_get(&act->look, &(struct people_grant_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その担当は登録されていません。");
	TRY(people_grant_set_until(act, &(struct people_grant_set_until_in){ id.no,
									     day_kept(until) }));
	return note_grant(act, "people.grant_until", (struct person_id){ row.person }, row.kind,
			  (struct unit_id){ row.unit });
}

struct error *
people_grants(struct look *look, struct person_id person, struct day day, struct grant **list,
	      size_t *count)
{
	struct people_grant_list_row *rows;
	TRY(people_grant_list(look, &(struct people_grant_list_in){ person.no, day.no }, &rows,
			      count));
	*list = ARENA_ARRAY(look->arena, struct grant, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		struct grant *grant = &(*list)[at];
		*grant = (struct grant){
			.id = { rows[at].id },
			.person = { rows[at].person },
			.unit = { rows[at].unit },
			.since = day_from_kept(rows[at].since),
			.until = day_from_kept(rows[at].until),
			.person_name = rows[at].person_name,
		};
		(void)grant_kind_read(rows[at].kind, &grant->kind); /* CHECKed by the table */
	}
	return OK;
}
