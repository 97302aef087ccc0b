/* What a person may do, worked out from assignments, roles and grants. The table is in people.h. */
#include "people/rooms.h"

struct working {
	struct look *look;
	struct rights *rights;
	struct day day;
};

static void
give(struct working *working, enum right right)
{
	working->rights->at[right].may = true;
}

static void
give_all(struct working *working, enum right right)
{
	working->rights->at[right].may = true;
	working->rights->at[right].is_all = true;
}

static void
give_in(struct working *working, enum right right, struct unit_id unit)
{
	struct reach *reach = &working->rights->at[right];
	enum { UNITS_FIRST = 8, UNITS_MOST = 256 };
	reach->may = true;
	for (size_t at = 0; at < reach->count; at++)
		if (reach->units[at].no == unit.no)
			return;
	if (reach->count == UNITS_MOST)
		return;
	/* Full at 0, 8, 16, 32 … */
	if (reach->count == 0 || (reach->count >= UNITS_FIRST && (reach->count & (reach->count - 1)) == 0)) {
		const size_t room = reach->count == 0 ? UNITS_FIRST : reach->count * 2;
		struct unit_id *more = ARENA_ARRAY(working->look->arena, struct unit_id, room);
		for (size_t at = 0; at < reach->count; at++)
			more[at] = reach->units[at];
		reach->units = more;
	}
	reach->units[reach->count++] = unit;
}

static void
give_officer(struct working *working)
{
	give(working, RIGHT_DECIDE);
	give_all(working, RIGHT_MAP_READ);
}

static void
give_for_role(struct working *working, const struct held_role *held)
{
	switch (held->role->scope) {
	case SCOPE_BODY:
		give_officer(working);
		give_all(working, RIGHT_LEDGER_READ);
		give_all(working, RIGHT_DOSSIER_READ);
		give_all(working, RIGHT_JOURNAL_READ);
		return;
	case SCOPE_BUREAU:
	case SCOPE_SECTION:
	case SCOPE_SYSTEM:
		give_officer(working);
		give_in(working, RIGHT_LEDGER_READ, held->unit);
		give_in(working, RIGHT_LEDGER_WRITE, held->unit);
		give_in(working, RIGHT_DOSSIER_READ, held->unit);
		return;
	case SCOPE_EVERYONE:
		return;
	}
}

static void
give_for_grant(struct working *working, enum grant_kind kind, struct unit_id unit)
{
	switch (kind) {
	case GRANT_OPERATOR:
		give_all(working, RIGHT_PEOPLE_EDIT);
		give_all(working, RIGHT_MAP_READ);
		give_all(working, RIGHT_JOURNAL_READ);
		give_all(working, RIGHT_SETTINGS);
		give_all(working, RIGHT_ACCOUNTS);
		return;
	case GRANT_PEOPLE:
		give_all(working, RIGHT_PEOPLE_EDIT);
		return;
	case GRANT_LEDGER:
		if (unit.no == 0) {
			give_all(working, RIGHT_LEDGER_READ);
			give_all(working, RIGHT_LEDGER_WRITE);
			return;
		}
		give_in(working, RIGHT_LEDGER_READ, unit);
		give_in(working, RIGHT_LEDGER_WRITE, unit);
		return;
	case GRANT_AUDITOR:
		give_all(working, RIGHT_LEDGER_READ);
		give_all(working, RIGHT_DOSSIER_READ);
		give_all(working, RIGHT_MAP_READ);
		give_all(working, RIGHT_JOURNAL_READ);
		return;
	}
}

static struct error *
from_grants(struct working *working)
{
	struct grant *grants;
	size_t count;
	TRY(people_grants(working->look, working->rights->person, working->day, &grants, &count));
	for (size_t at = 0; at < count; at++)
		if (day_is_within(working->day, grants[at].since, grants[at].until))
			give_for_grant(working, grants[at].kind, grants[at].unit);
	return OK;
}

static struct error *
from_assignments(struct working *working, size_t *assignments)
{
	struct people_assignment_units_row *rows;
	size_t count;
	TRY(people_assignment_units(
		working->look,
		&(struct people_assignment_units_in){ working->rights->person.no, working->day.no },
		&rows, &count));
	for (size_t at = 0; at < count; at++) {
		give_in(working, RIGHT_APPLY, (struct unit_id){ rows[at].unit });
		give_in(working, RIGHT_LEDGER_READ, (struct unit_id){ rows[at].unit });
	}
	*assignments = count;
	return OK;
}

/* Works for another body and is assigned to nothing here: the account is theirs, the house is not. */
static struct error *
is_away(const struct working *working, size_t assignments, bool *away)
{
	struct people_is_away_row row;
	*away = false;
	if (assignments != 0)
		return OK;
	return people_is_away(
		working->look,
		&(struct people_is_away_in){ working->rights->person.no, working->day.no }, away,
		&row);
}

/* Of a firm, on a day that no engagement covers. */
static struct error *
is_uncovered(const struct working *working, struct text employment, bool *uncovered)
{
	bool covered = true;
	struct day last;
	if (employment_is_outside(employment_from(employment)))
		TRY(people_worker_covered(working->look, working->rights->person, working->day,
					  &covered, &last));
	*uncovered = !covered;
	return OK;
}

static struct error *
from_roles(struct working *working, const struct pack *pack)
{
	struct held_role *held;
	size_t count;
	TRY(people_roles_of(working->look, pack, working->rights->person, working->day, &held,
			    &count));
	for (size_t at = 0; at < count; at++)
		give_for_role(working, &held[at]);
	return OK;
}

static struct error *
work_out(struct look *look, const struct pack *pack, struct person_id person, struct rights *rights)
{
	struct working working = { look, rights, look_today(look) };
	struct people_person_until_row row = { 0 };
	bool found = false, away, uncovered = false;
	size_t assignments;
	give_all(&working, RIGHT_PUBLIC);
	if (person.no != 0)
		TRY(people_person_until(look, &(struct people_person_until_in){ person.no }, &found,
					&row));
	if (found)
		TRY(is_uncovered(&working, row.employment, &uncovered));
	if (found && !uncovered && day_is_within(working.day, DAY_NONE, day_from_kept(row.until))) {
		give_all(&working, RIGHT_SELF);
		TRY(from_assignments(&working, &assignments));
		TRY(is_away(&working, assignments, &away));
		if (away)
			return OK;
		give_all(&working, RIGHT_PEOPLE_READ);
		TRY(from_roles(&working, pack));
		TRY(from_grants(&working));
	}
	return OK;
}

/* A copy that lives as long as `into`: rights outlive the look they were worked out in. */
static struct rights
rights_copy(struct arena *into, const struct rights *rights)
{
	struct rights copy = *rights;
	for (size_t at = 0; at < RIGHT_COUNT; at++) {
		struct reach *reach = &copy.at[at];
		const struct unit_id *units = reach->units;
		if (reach->count == 0)
			continue;
		reach->units = ARENA_ARRAY(into, struct unit_id, reach->count);
		for (size_t i = 0; i < reach->count; i++)
			reach->units[i] = units[i];
	}
	return copy;
}

static const struct kept_kind rights_kept = { "rights" };

struct error *
people_rights(struct look *look, const struct pack *pack, struct person_id person,
	      struct rights *rights)
{
	const struct kept_key key = { &rights_kept, pack, person.no, look_today(look).no };
	const struct rights *kept = look_kept(look, &key);
	if (kept == NULL) {
		struct look keeping = look_to_keep(look);
		struct rights *made = ARENA_NEW(keeping.arena, struct rights);
		made->person = person;
		TRY(work_out(&keeping, pack, person, made));
		look_keep(&keeping, &key, made);
		kept = made;
	}
	*rights = rights_copy(look->arena, kept);
	return OK;
}

bool
rights_may(const struct rights *rights, enum right right)
{
	return rights->at[right].may;
}

struct error *
rights_reach(struct look *look, const struct rights *rights, enum right right,
	     struct unit_id unit, bool *reaches)
{
	const struct reach *reach = &rights->at[right];
	bool found = reach->may && reach->is_all;
	for (size_t at = 0; at < reach->count && !found; at++)
		TRY(people_unit_is_under(look, unit, reach->units[at], &found));
	*reaches = found;
	return OK;
}

struct error *
people_must_may(struct look *look, const struct pack *pack, struct person_id person,
		enum right right, struct unit_id unit)
{
	struct rights rights;
	TRY(people_rights(look, pack, person, &rights));
	bool may = rights_may(&rights, right);
	if (may && unit.no != 0)
		TRY(rights_reach(look, &rights, right, unit, &may));
	if (!may)
		return refuse("この操作を行う権限がありません。必要なときは番所の管理者に相談してください。");
	return OK;
}
