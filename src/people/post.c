/* Posts and the roles they carry. */
#include "people/rooms.h"

#include <string.h>

static struct error *
post_roles(struct look *look, struct day day, struct post *post)
{
	struct people_post_roles_row *rows;
	size_t count;
	TRY(people_post_roles(look, &(struct people_post_roles_in){ post->id.no, day.no }, &rows,
			      &count));
	for (size_t at = 0; at < count && post->roles_count < PEOPLE_MOST_ROLES; at++)
		post->roles[post->roles_count++] = rows[at].role;
	return OK;
}

static struct post
post_from(const struct people_post_get_row *row)
{
	return (struct post){
		.id = { row->id },
		.unit = { row->unit },
		.name = row->name,
		.rank = row->place,
		.since = day_from_kept(row->since),
		.until = day_from_kept(row->until),
		.successor = { row->successor },
	};
}

struct error *
people_post(struct look *look, struct post_id id, struct post *post)
{
	return people_post_on(look, id, look_today(look), post);
}

struct error *
people_post_on(struct look *look, struct post_id id, struct day day, struct post *post)
{
	struct people_post_get_row row;
	bool found;
	TRY(people_post_get(look, &(struct people_post_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その職は登録されていません。");
	struct post made = post_from(&row);
	TRY(post_roles(look, day, &made));
	*post = made;
	return OK;
}

struct error *
people_posts(struct look *look, struct unit_id unit, struct day day, struct post **posts,
	     size_t *count)
{
	struct people_post_of_unit_row *rows;
	size_t got;
	TRY(people_post_of_unit(
		look, &(struct people_post_of_unit_in){ unit.no, day.no, PEOPLE_MOST_LIST }, &rows,
		&got));
	struct post *made = ARENA_ARRAY(look->arena, struct post, got + 1);
	for (size_t at = 0; at < got; at++) {
		made[at] = post_from(&(struct people_post_get_row){
			rows[at].id, rows[at].unit, rows[at].name, rows[at].place, rows[at].since,
			rows[at].until, rows[at].successor });
		TRY(post_roles(look, day, &made[at]));
	}
	*posts = made;
	*count = got;
	return OK;
}

static struct error *
check_roles(const struct pack *pack, const struct post *post)
{
	if (post->roles_count > PEOPLE_MOST_ROLES)
		return reject("roles", "一つの職が担える役割は%dまでです。", PEOPLE_MOST_ROLES);
	for (size_t at = 0; at < post->roles_count; at++) {
		const struct pack_role *role = pack_role(pack, post->roles[at]);
		if (role == NULL)
			return reject("roles", "役割「%.*s」は、この団体の方針にありません。",
				      T_ARG(post->roles[at]));
		if (role->scope == SCOPE_EVERYONE)
			return reject("roles", "「%.*s」は全員が担う役割なので、職に割り当てる必要はありません。",
				      T_ARG(words_now(role->name)));
	}
	return OK;
}

static struct error *
check_post(struct look *look, const struct pack *pack, const struct post *post)
{
	TRY(words_check("name", post->name));
	TRY(period_check(post->since, post->until));
	TRY(check_roles(pack, post));
	struct unit unit;
	TRY(people_unit(look, post->unit, &unit));
	struct people_post_clash_row row;
	bool clashes;
	TRY(people_post_clash(look,
			      &(struct people_post_clash_in){ post->unit.no, post->name, post->id.no,
							      day_first(post->since),
							      day_last(post->until) },
			      &clashes, &row));
	if (clashes)
		return reject("name", "この所属には「%.*s」という職がすでにあります。別の名前にするか、その職を使ってください。",
			      T_ARG(post->name));
	return OK;
}

static bool
has_role(const struct post *post, struct text role)
{
	for (size_t at = 0; at < post->roles_count; at++)
		if (text_same(post->roles[at], role))
			return true;
	return false;
}

static struct error *
end_roles(struct act *act, const struct post *post, struct day from,
	  const struct people_post_roles_row *rows, size_t count)
{
	for (size_t at = 0; at < count; at++)
		if (!has_role(post, rows[at].role))
			TRY(people_post_role_end(act, &(struct people_post_role_end_in){
							      rows[at].id, from.no - 1 }));
	return OK;
}

struct error *
post_set_roles(struct act *act, const struct post *post, struct day since)
{
	struct people_post_roles_row *rows;
	size_t count;
	const struct day from = day_is_none(since) ? act_today(act) : since;
	TRY(people_post_roles(&act->look, &(struct people_post_roles_in){ post->id.no, from.no },
			      &rows, &count));
	TRY(end_roles(act, post, from, rows, count));
	for (size_t at = 0; at < post->roles_count; at++) {
		bool is_there = false;
		for (size_t other = 0; other < count; other++)
			is_there = is_there || text_same(rows[other].role, post->roles[at]);
		for (size_t other = 0; other < at; other++)
			is_there = is_there || text_same(post->roles[other], post->roles[at]);
		int64_t id;
		if (is_there)
			continue;
		TRY(act_number(act, T("post_role"), &id));
		TRY(people_post_role_insert(act, &(struct people_post_role_insert_in){
							 id, post->id.no, post->roles[at],
							 day_kept(since) }));
	}
	return OK;
}

static struct text
roles_listed(struct arena *into, const struct post *post)
{
	struct text list = T("");
	for (size_t at = 0; at < post->roles_count; at++)
		list = text_format(into, "%.*s%s%.*s", T_ARG(list), at == 0 ? "" : " ",
				   T_ARG(post->roles[at]));
	return list;
}

static struct error *
note_post(struct act *act, const char *what, const struct post *post)
{
	struct arena *arena = act->look.arena;
	return people_note(act, &(struct noting){
					.act = what,
					.about = { people_about_post(arena, post->id),
						   people_about_unit(arena, post->unit) },
					.pairs = { { .name = "name", .text = post->name },
						   { .name = "roles",
						     .text = roles_listed(arena, post) } } });
}

struct error *
people_post_add(struct act *act, const struct pack *pack, const struct post *given,
		struct post_id *id)
{
	struct post post = *given;
	post.id = (struct post_id){ 0 };
	TRY(check_post(&act->look, pack, &post));
	TRY(act_number(act, T("post"), &post.id.no));
	TRY(people_post_insert(act, &(struct people_post_insert_in){
					    post.id.no, post.unit.no, post.name, post.rank,
					    day_kept(post.since), day_kept(post.until) }));
	TRY(post_set_roles(act, &post, post.since));
	TRY(note_post(act, "people.post_add", &post));
	*id = post.id;
	return OK;
}

struct error *
people_post_change(struct act *act, const struct pack *pack, const struct post *given)
{
	struct post before, post = *given;
	TRY(people_post(&act->look, post.id, &before));
	post.unit = before.unit;
	TRY(check_post(&act->look, pack, &post));
	TRY(people_post_update(act, &(struct people_post_update_in){
					    post.id.no, post.name, post.rank, day_kept(post.since),
					    day_kept(post.until) }));
	TRY(post_set_roles(act, &post, act_today(act)));
	return note_post(act, "people.post_change", &post);
}

struct error *
people_post_end(struct act *act, struct post_id id, struct day last)
{
	struct post post;
	struct people_post_is_held_row row;
	bool is_held;
	TRY(people_post(&act->look, id, &post));
	TRY(end_check(act, post.since, last));
	TRY(people_post_is_held(&act->look, &(struct people_post_is_held_in){ id.no, last.no },
				&is_held, &row));
	if (is_held)
		return refuse("その日より後もこの職に就いている職員がいるため、終えられません。先に異動を登録してください。");
	TRY(people_post_set_until(act, &(struct people_post_set_until_in){ id.no, last.no }));
	post.until = last;
	return note_post(act, "people.post_end", &post);
}

struct error *
people_post_roles_from(struct act *act, const struct pack *pack, const struct post *given,
		       struct day from)
{
	struct post before, post = *given;
	struct people_post_roles_later_row later;
	bool is_later;
	TRY(people_post_on(&act->look, post.id, from, &before));
	post.unit = before.unit;
	TRY(check_roles(pack, &post));
	if (from.no < act_today(act).no || !day_is_within(from, before.since, before.until))
		return reject("from", "役割が変わる日は、今日以後で、その職がある日にしてください。");
	TRY(people_post_roles_later(&act->look,
				    &(struct people_post_roles_later_in){ post.id.no, from.no },
				    &is_later, &later));
	if (is_later)
		return reject("from", "この職の役割は、その日より後にも変わる予定です。先にそちらを取り消してください。");
	TRY(post_set_roles(act, &post, from));
	return note_post(act, "people.post_roles_from", &post);
}
