/* Standing delegation: given and taken back by who holds the role, exercised by who receives it. */
#include "people/delegation.h"

#include "people/conflict.h"
#include "people/rooms.h"

/* ---- Reading ---- */

static struct error *
is_held_today(struct look *look, const struct pack_delegation *of, struct post_id post, bool *is)
{
	struct people_delegation_holder_row row;
	*is = false;
	if (of == NULL)
		return OK;
	return people_delegation_holder(
		look, &(struct people_delegation_holder_in){ post.no, of->from->code, look_today(look).no },
		is, &row);
}

#define DELEGATION_FROM(pack, r)                                                               \
	((struct delegation){                                                                  \
		.id = { (r)->id },                                                             \
		.code = (r)->code,                                                             \
		.post = { (r)->post },                                                         \
		.given_by = { (r)->given_by },                                                 \
		.since = { (r)->since },                                                       \
		.until = { (r)->until },                                                       \
		.reason = (r)->reason,                                                         \
		.of = pack_delegation((pack), (r)->code),                                      \
		.post_name = (r)->post_name,                                                   \
		.unit_name = (r)->unit_name,                                                   \
		.given_by_name = (r)->given_by_name,                                           \
	})

struct error *
people_delegations(struct look *look, const struct pack *pack, struct day day,
		   struct delegation **list, size_t *count)
{
	struct people_delegation_list_row *rows;
	TRY(people_delegation_list(look, &(struct people_delegation_list_in){ day.no }, &rows,
				   count));
	*list = ARENA_ARRAY(look->arena, struct delegation, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		(*list)[at] = DELEGATION_FROM(pack, &rows[at]);
		TRY(is_held_today(look, (*list)[at].of, (*list)[at].post, &(*list)[at].is_held));
	}
	return OK;
}

struct error *
people_delegation(struct look *look, const struct pack *pack, struct delegation_id id,
		  struct delegation *delegation)
{
	struct people_delegation_get_row row;
	bool found;
	TRY(people_delegation_get(look, &(struct people_delegation_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その委任は登録されていません。一覧から選んでください。");
	*delegation = DELEGATION_FROM(pack, &row);
	return is_held_today(look, delegation->of, delegation->post, &delegation->is_held);
}

/* ---- Giving ---- */

/* The post by which the person holds the role in their own right: deputies give nothing on. */
static bool
own_post(const struct held_role *held, size_t count, const struct pack_role *role,
	 struct post_id wanted, struct post_id *post)
{
	for (size_t at = 0; at < count; at++) {
		if (held[at].role != role || held[at].deputy_for.no != 0 ||
		    (wanted.no != 0 && held[at].post.no != wanted.no))
			continue;
		*post = held[at].post;
		return true;
	}
	return false;
}

struct error *
people_delegations_givable(struct look *look, const struct pack *pack, struct person_id person,
			   struct delegation **list, size_t *count)
{
	struct held_role *held;
	size_t held_count;
	*count = 0;
	TRY(people_roles_of(look, pack, person, look_today(look), &held, &held_count));
	*list = ARENA_ARRAY(look->arena, struct delegation, pack->delegations_count + 1);
	for (size_t at = 0; at < pack->delegations_count; at++) {
		struct delegation *one = &(*list)[*count];
		*one = (struct delegation){ .code = pack->delegations[at].code,
					    .of = &pack->delegations[at],
					    .given_by = person };
		*count += own_post(held, held_count, one->of->from, (struct post_id){ 0 },
				   &one->post);
	}
	return OK;
}

static struct error *
check_days(struct act *act, const struct pack *pack, const struct pack_delegation *of,
	   const struct delegation *given)
{
	int64_t most = DELEGATION_MOST_DAYS;
	if (day_is_none(given->since) || given->since.no < act_today(act).no)
		return reject("since", "始まりの日は、今日か、それより後の日にしてください。");
	if (day_is_none(given->until))
		return reject("until", "終わりの日を入力してください。期限のない委任は登録できません。");
	TRY(period_check(given->since, given->until));
	if (of->most != NULL)
		TRY(people_parameter(&act->look, pack, text_z(act->look.arena, of->most->code),
				     of->most->usual, &most));
	if (given->until.no - given->since.no >= most)
		return reject("until", "委任の期間は%lld日以内にしてください。", (long long)most);
	return OK;
}

static struct error *
must_not_run(struct act *act, const struct delegation *given)
{
	struct people_delegation_clash_row row;
	bool runs;
	TRY(people_delegation_clash(&act->look,
				    &(struct people_delegation_clash_in){
					    given->code, given->post.no, given->since.no,
					    given->until.no },
				    &runs, &row));
	if (runs)
		return conflict("その日には、同じ委任がもうあります。先にそれを終えてください。");
	return OK;
}

static struct error *
tell_receivers(struct act *act, const struct delegation *given)
{
	struct decider *holders;
	size_t count;
	struct post post;
	TRY(people_post(&act->look, given->post, &post));
	TRY(people_role_holders(&act->look, given->of->to, post.unit, act_today(act), &holders,
				&count));
	for (size_t at = 0; at < count; at++)
		TRY(people_notify(
			act, &(struct notify){
				     .person = holders[at].person,
				     .about = people_about_post(act->look.arena, given->post),
				     .words = text_format(act->look.arena,
							  say("「%.*s」の委任を受けました。"),
							  T_ARG(words_now(given->of->name))),
				     .path = T("/delegations"),
				     .subject = text_of(say("権限の委任を受けました")) }));
	return OK;
}

static struct error *
note_delegation(struct act *act, const char *what, const struct delegation *given)
{
	struct arena *arena = act->look.arena;
	const struct hash reason = hash_of(given->reason);
	struct fact fact = {
		.act = what,
		.about = { text_format(arena, "delegation:%lld", (long long)given->id.no),
			   people_about_post(arena, given->post) },
		.pairs = { { "code", given->code, 0 },
			   { "reason", hash_hex(arena, &reason), 0 },
			   { "since", day_iso(arena, given->since), 0 },
			   { "until", day_iso(arena, given->until), 0 } },
	};
	if (given->of != NULL && given->of->clause != NULL)
		fact.clauses[0] = given->of->clause->id;
	return act_note(act, &fact);
}

static struct error *
must_hold(struct act *act, const struct pack *pack, struct delegation *given)
{
	struct held_role *held;
	size_t count;
	TRY(people_roles_of(&act->look, pack, (struct person_id){ act->actor.person },
			    act_today(act), &held, &count));
	if (!own_post(held, count, given->of->from, given->post, &given->post))
		return refuse("この委任ができるのは、「%.*s」の職にある本人だけです（代理の人にはできません）。",
			      T_ARG(words_now(given->of->from->name)));
	act->actor.role = given->of->from->code;
	act->actor.post = given->post.no;
	return OK;
}

struct error *
people_delegation_give(struct act *act, const struct pack *pack,
		       const struct delegation *delegation, struct delegation_id *id)
{
	struct delegation given = *delegation;
	given.given_by.no = act->actor.person;
	given.of = pack_delegation(pack, given.code);
	if (given.of == NULL)
		return reject("code", "その委任は方針にありません。一覧から選んでください。");
	TRY(must_hold(act, pack, &given));
	TRY(check_days(act, pack, given.of, &given));
	TRY(words_check("reason", given.reason));
	TRY(must_not_run(act, &given));
	TRY(act_number(act, T("delegation"), &given.id.no));
	TRY(people_delegation_insert(act, &(struct people_delegation_insert_in){
						given.id.no, given.code, given.post.no,
						given.given_by.no, given.since.no, given.until.no,
						given.reason }));
	TRY(tell_receivers(act, &given));
	TRY(note_delegation(act, "people.delegation_give", &given));
	*id = given.id;
	return OK;
}

struct error *
people_delegation_end(struct act *act, const struct pack *pack, struct delegation_id id,
		      struct day last)
{
	struct delegation given;
	struct people_assignment_holds_row row;
	bool holds;
	TRY(people_delegation(&act->look, pack, id, &given));
	TRY(people_assignment_holds(&act->look,
				    &(struct people_assignment_holds_in){ act->actor.person,
									  given.post.no,
									  act_today(act).no },
				    &holds, &row));
	if (!holds)
		return refuse("委任を終えられるのは、委任した職に、いま就いている人だけです。");
	if (last.no < act_today(act).no - 1 || last.no > given.until.no)
		return reject("until", "昨日から、登録された終わりの日までの間の日にしてください。");
	TRY(people_delegation_set_until(act,
					&(struct people_delegation_set_until_in){ id.no, last.no }));
	given.until = last;
	if (given.of != NULL)
		TRY(tell_receivers(act, &given));
	return note_delegation(act, "people.delegation_end", &given);
}

/* ---- Exercising ---- */

/* Does that post give it for this unit today, held by somebody who has nothing to do with the matter? */
static struct error *
gives(struct look *look, const struct decider *givers, size_t count, struct post_id post,
      struct person_id except, struct day day, bool *does)
{
	*does = false;
	for (size_t at = 0; at < count; at++) {
		enum conflict conflict;
		if (givers[at].post.no != post.no)
			continue;
		TRY(conflict_of_decider(look, &givers[at], except, day, &conflict));
		if (conflict != CONFLICT_NONE) {
			*does = false;
			return OK;
		}
		*does = true;
	}
	return OK;
}

struct error *
people_delegates(struct look *look, const struct pack_delegation *of, struct unit_id unit,
		 struct day day, struct person_id except, struct decider **list, size_t *count)
{
	struct people_delegation_running_row *rows;
	struct decider *givers = NULL;
	size_t rows_count, givers_count;
	*list = NULL;
	*count = 0;
	TRY(people_delegation_running(
		look, &(struct people_delegation_running_in){ of->code, day.no }, &rows,
		&rows_count));
	if (rows_count == 0)
		return OK;
	TRY(people_role_holders(look, of->from, unit, day, &givers, &givers_count));
	for (size_t at = 0; at < rows_count && *count == 0; at++) {
		bool does;
		TRY(gives(look, givers, givers_count, (struct post_id){ rows[at].post }, except,
			  day, &does));
		if (!does)
			continue;
		TRY(people_deciders_in(look, of->to, unit, day, except, list, count));
		for (size_t one = 0; one < *count; one++) {
			(*list)[one].why = (*list)[one].deputy_for.no != 0 ? DECIDER_STAND_IN
									   : DECIDER_DELEGATE;
			(*list)[one].delegation.no = rows[at].id;
		}
	}
	return OK;
}
