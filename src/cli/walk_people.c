/* Who works in the body a pack is walked in: one section with clerks, and somebody in every role. */
#include "cli/walk.h"

static struct error *
add_unit(struct act *act, const char *code, const char *name, enum unit_kind kind,
	 struct unit_id parent, struct unit_id *id)
{
	const struct unit unit = { .code = text_of(code), .name = text_of(name), .kind = kind,
				   .parent = parent, .since = DAY_NONE, .until = DAY_NONE };
	return people_unit_add(act, &unit, id);
}

static struct error *
add_units(struct walking *walking, struct act *act)
{
	TRY(add_unit(act, "0000", "試し町", UNIT_BODY, (struct unit_id){ 0 }, &walking->top));
	TRY(add_unit(act, "1000", "総務局", UNIT_BUREAU, walking->top, &walking->bureau));
	TRY(add_unit(act, "1100", "総務課", UNIT_SECTION, walking->bureau, &walking->section));
	return add_unit(act, "1200", "情報課", UNIT_SECTION, walking->bureau, &walking->other);
}

static struct error *
add_person(struct walking *walking, struct act *act, struct unit_id unit, struct text post_name,
	   const struct text *roles, size_t roles_count, struct person_id *id)
{
	struct post post = { .unit = unit, .name = post_name, .rank = 1, .since = DAY_NONE,
			     .until = DAY_NONE };
	struct post_id post_id;
	struct assignment_id assignment;
	const int64_t no = ++walking->serial;
	for (size_t at = 0; at < roles_count && at < PEOPLE_MOST_ROLES; at++)
		post.roles[post.roles_count++] = roles[at];
	TRY(people_post_add(act, walking->pack, &post, &post_id));
	const struct person person = {
		.number = text_format(act->look.arena, "%06lld", (long long)no),
		.family = T("𠮷野"),
		.given = text_format(act->look.arena, "%lld子", (long long)no),
		.kana = T("ヨシノ コ"),
		.since = DAY_NONE,
		.until = DAY_NONE,
	};
	TRY(people_person_add(act, &person, id));
	return people_assign(act, &(struct assignment){ .person = *id, .post = post_id,
							.is_main = true, .since = DAY_NONE,
							.until = DAY_NONE },
			     &assignment);
}

static struct unit_id
unit_for(const struct walking *walking, const struct pack_role *role)
{
	switch (role->scope) {
	case SCOPE_BODY:
		return walking->top;
	case SCOPE_BUREAU:
		return walking->bureau;
	case SCOPE_SECTION:
	case SCOPE_SYSTEM:
	case SCOPE_EVERYONE:
		break;
	}
	return walking->section;
}

static struct error *
add_holder(struct walking *walking, struct act *act, const struct pack_role *role)
{
	const struct text name = text_format(act->look.arena, "%.*sの職", T_ARG(role->name.ja));
	struct person_id *held = &walking->holders[role - walking->pack->roles];
	struct person_id other;
	TRY(add_person(walking, act, unit_for(walking, role), name, &role->code, 1, held));
	/* The other section has its own head, and runs the systems too. */
	if (role->scope == SCOPE_SECTION || role->scope == SCOPE_SYSTEM)
		return add_person(walking, act, walking->other, name, &role->code, 1, &other);
	return OK;
}

static struct error *
add_people(struct act *act, void *with)
{
	struct walking *walking = with;
	const struct pack *pack = walking->pack;
	const struct fact fact = { .act = "body.walk", .about = { T("body") } };
	TRY(add_units(walking, act));
	for (size_t at = 0; at < pack->roles_count; at++)
		if (pack->roles[at].scope != SCOPE_EVERYONE)
			TRY(add_holder(walking, act, &pack->roles[at]));
	TRY(add_person(walking, act, walking->section, T("主事"), NULL, 0, &walking->clerk));
	TRY(add_person(walking, act, walking->section, T("主任"), NULL, 0, &walking->witness));
	return act_note(act, &fact);
}

struct error *
walk_people(struct walking *walking)
{
	walking->holders =
		ARENA_ARRAY(walking->arena, struct person_id, walking->pack->roles_count + 1);
	return call_act(walking->body, add_people, walking);
}
