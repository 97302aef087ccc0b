/* Who holds a role on a day, who may decide in it, and where nobody holds it. */
#include "people/rooms.h"

#include "people/conflict.h"

#include <string.h>

enum { ROLE_MOST_ABOVE = 20, DEPUTIES_MOST = 20 /* of one holder, as the query limits */ };

static struct error *
holders_in_body(struct look *look, const struct pack_role *role, struct day day,
		struct decider **list, size_t *count)
{
	struct people_role_in_body_row *rows;
	size_t got;
	TRY(people_role_in_body(look, &(struct people_role_in_body_in){ role->code, day.no }, &rows,
				&got));
	struct decider *made = ARENA_ARRAY(look->arena, struct decider, got + 1);
	for (size_t at = 0; at < got; at++)
		made[at] = (struct decider){ .person = { rows[at].person },
					     .post = { rows[at].post },
					     .unit = { rows[at].unit },
					     .role = role,
					     .name = rows[at].name,
					     .post_name = rows[at].post_name,
					     .beside = beside_read(rows[at].beside) };
	*list = made;
	*count = got;
	return OK;
}

static struct error *
holders_nearest(struct look *look, const struct pack_role *role, struct unit_id unit,
		struct day day, struct decider **list, size_t *count)
{
	struct people_role_above_row *rows;
	size_t got, kept = 0;
	TRY(people_role_above(look, &(struct people_role_above_in){ role->code, unit.no, day.no },
			      &rows, &got));
	struct decider *made = ARENA_ARRAY(look->arena, struct decider, got + 1);
	for (size_t at = 0; at < got && rows[at].steps == rows[0].steps; at++)
		made[kept++] = (struct decider){ .person = { rows[at].person },
						 .post = { rows[at].post },
						 .unit = { rows[at].unit },
						 .role = role,
						 .name = rows[at].name,
						 .post_name = rows[at].post_name,
					     .beside = beside_read(rows[at].beside) };
	*list = made;
	*count = kept;
	return OK;
}

struct error *
people_role_holders(struct look *look, const struct pack_role *role, struct unit_id unit,
		    struct day day, struct decider **list, size_t *count)
{
	switch (role->scope) {
	case SCOPE_BODY:
		return holders_in_body(look, role, day, list, count);
	case SCOPE_BUREAU:
	case SCOPE_SECTION:
	case SCOPE_SYSTEM:
		return holders_nearest(look, role, unit, day, list, count);
	case SCOPE_EVERYONE:
		break;
	}
	*list = NULL;
	*count = 0;
	return OK;
}

struct choosing {
	struct look *look;
	struct person_id except;
	struct day day;
	enum decider_why why;
	struct decider *list;
	size_t count;
	size_t room;
};

static void
choose(struct choosing *choosing, const struct decider *decider)
{
	if (decider->person.no == choosing->except.no || choosing->count == choosing->room)
		return;
	for (size_t at = 0; at < choosing->count; at++)
		if (choosing->list[at].person.no == decider->person.no)
			return;
	choosing->list[choosing->count++] = *decider;
}

static struct error *
choose_deputies(struct choosing *choosing, const struct decider *holder)
{
	struct people_deputy_for_row *rows;
	size_t count;
	TRY(people_deputy_for(choosing->look,
			      &(struct people_deputy_for_in){ holder->post.no, holder->person.no,
							      choosing->day.no },
			      &rows, &count));
	for (size_t at = 0; at < count; at++) {
		struct decider deputy = *holder;
		deputy.person = (struct person_id){ rows[at].deputy };
		deputy.deputy_for = holder->person;
		deputy.name = rows[at].name;
		deputy.why = choosing->why == DECIDER_ABOVE ? DECIDER_ABOVE : DECIDER_DEPUTY;
		choose(choosing, &deputy);
	}
	return OK;
}

static struct error *
choose_in_role(struct choosing *choosing, const struct pack_role *role, struct unit_id unit)
{
	struct decider *holders;
	size_t count, free = 0;
	TRY(people_role_holders(choosing->look, role, unit, choosing->day, &holders, &count));
	choosing->room = count * (1 + DEPUTIES_MOST);
	choosing->list = ARENA_ARRAY(choosing->look->arena, struct decider, choosing->room + 1);
	for (size_t at = 0; at < count; at++) {
		enum conflict conflict;
		TRY(conflict_of_decider(choosing->look, &holders[at], choosing->except,
					choosing->day, &conflict));
		/* Who decides in the place of somebody in conflict is in it too. */
		if (conflict != CONFLICT_NONE)
			continue;
		holders[at].why = choosing->why;
		holders[free++] = holders[at];
	}
	for (size_t at = 0; at < free; at++)
		choose(choosing, &holders[at]);
	for (size_t at = 0; at < free; at++)
		TRY(choose_deputies(choosing, &holders[at]));
	return OK;
}

struct error *
people_deciders_in(struct look *look, const struct pack_role *role, struct unit_id unit,
		   struct day day, struct person_id except_person, struct decider **list,
		   size_t *count)
{
	struct choosing choosing = { look, except_person, day, DECIDER_HOLDER, NULL, 0, 0 };
	TRY(choose_in_role(&choosing, role, unit));
	*list = choosing.list;
	*count = choosing.count;
	return OK;
}

struct error *
people_deciders(struct look *look, const struct pack_role *role, struct unit_id unit,
		struct day day, struct person_id except_person, struct decider **list,
		size_t *count)
{
	struct choosing choosing = { look, except_person, day, DECIDER_HOLDER, NULL, 0, 0 };
	for (int steps = 0; role != NULL && steps < ROLE_MOST_ABOVE; steps++) {
		TRY(choose_in_role(&choosing, role, unit));
		if (choosing.count != 0)
			break;
		role = role->above;
		choosing.why = DECIDER_ABOVE;
	}
	*list = choosing.list;
	*count = choosing.count;
	return OK;
}

struct error *
people_must_hold(struct act *act, const struct pack_role *role, struct unit_id unit,
		 struct person_id except_person, struct decider *as)
{
	struct decider *list;
	size_t count;
	TRY(people_deciders(&act->look, role, unit, act_today(act), except_person, &list, &count));
	for (size_t at = 0; at < count; at++) {
		if (list[at].person.no != act->actor.person || act->actor.person == 0)
			continue;
		act->actor.role = list[at].role->code;
		act->actor.post = list[at].post.no;
		act->actor.deputy_for = list[at].deputy_for.no;
		if (as != NULL)
			*as = list[at];
		return OK;
	}
	return refuse("この操作は「%.*s」の役割を担う人だけが行えます。",
		      T_ARG(words_now(role->name)));
}

/* --- of a person --- */

struct listing {
	const struct pack *pack;
	struct held_role *list;
	size_t count;
};

static void
list_role(struct listing *listing, struct text code, int64_t post, int64_t unit, int64_t absent)
{
	const struct pack_role *role = pack_role(listing->pack, code);
	if (role == NULL || role->scope == SCOPE_EVERYONE)
		return;
	listing->list[listing->count++] =
		(struct held_role){ role, { post }, { unit }, { absent } };
}

static struct error *
list_everybodys(struct look *look, struct listing *listing, struct person_id person,
		struct day day)
{
	struct unit_id unit;
	TRY(people_unit_of(look, person, day, &unit));
	for (size_t at = 0; unit.no != 0 && at < listing->pack->roles_count; at++)
		if (listing->pack->roles[at].scope == SCOPE_EVERYONE)
			listing->list[listing->count++] = (struct held_role){
				&listing->pack->roles[at], { 0 }, unit, { 0 } };
	return OK;
}

struct error *
people_roles_of(struct look *look, const struct pack *pack, struct person_id person,
		struct day day, struct held_role **list, size_t *count)
{
	struct people_role_of_person_row *own;
	struct people_role_as_deputy_row *others;
	size_t own_count, others_count;
	TRY(people_role_of_person(look, &(struct people_role_of_person_in){ person.no, day.no },
				  &own, &own_count));
	TRY(people_role_as_deputy(look, &(struct people_role_as_deputy_in){ person.no, day.no },
				  &others, &others_count));
	const size_t most = own_count + others_count + pack->roles_count + 1;
	struct listing listing = { pack, ARENA_ARRAY(look->arena, struct held_role, most), 0 };
	for (size_t at = 0; at < own_count; at++)
		list_role(&listing, own[at].role, own[at].post, own[at].unit, 0);
	for (size_t at = 0; at < others_count; at++)
		list_role(&listing, others[at].role, others[at].post, others[at].unit,
			  others[at].absent);
	TRY(list_everybodys(look, &listing, person, day));
	*list = listing.list;
	*count = listing.count;
	return OK;
}

/* --- gaps --- */

struct gaps {
	struct role_gap *list;
	size_t count;
};

static void
add_gap(struct gaps *gaps, const struct role_gap *gap)
{
	if (gaps->count < PEOPLE_MOST_LIST)
		gaps->list[gaps->count++] = *gap;
}

static struct error *
gaps_of_kind(struct look *look, const struct pack_role *role, enum unit_kind kind, struct day day,
	     struct gaps *gaps)
{
	struct people_role_gap_units_row *rows;
	size_t count;
	TRY(people_role_gap_units(look,
				  &(struct people_role_gap_units_in){
					  role->code, text_of(unit_kind_code(kind)), day.no },
				  &rows, &count));
	for (size_t at = 0; at < count; at++)
		add_gap(gaps, &(struct role_gap){ role, { rows[at].id }, rows[at].name });
	return OK;
}

static struct error *
gaps_of(struct look *look, const struct pack_role *role, struct day day, struct gaps *gaps)
{
	struct decider *holders;
	size_t count;
	switch (role->scope) {
	case SCOPE_BODY:
	case SCOPE_SYSTEM: /* systems are not units: held by anybody at all is what we can see */
		TRY(holders_in_body(look, role, day, &holders, &count));
		if (count == 0)
			add_gap(gaps, &(struct role_gap){ .role = role, .unit_name = T("") });
		return OK;
	case SCOPE_BUREAU:
		return gaps_of_kind(look, role, UNIT_BUREAU, day, gaps);
	case SCOPE_SECTION:
		return gaps_of_kind(look, role, UNIT_SECTION, day, gaps);
	case SCOPE_EVERYONE:
		return OK;
	}
	return OK;
}

struct error *
people_role_gaps(struct look *look, const struct pack *pack, struct day day,
		 struct role_gap **list, size_t *count)
{
	struct gaps gaps = { ARENA_ARRAY(look->arena, struct role_gap, PEOPLE_MOST_LIST), 0 };
	for (size_t at = 0; at < pack->roles_count; at++)
		if (pack->roles[at].must_be_held)
			TRY(gaps_of(look, &pack->roles[at], day, &gaps));
	*list = gaps.list;
	*count = gaps.count;
	return OK;
}
