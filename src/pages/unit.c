/* The organisation to look at: the tree of units, and one unit on a chosen day. */
#include "pages/people_pages.h"

#include "base/writer.h"

/* As of the day the page shows. */
static struct url
unit_href(struct visit *visit, struct unit_id id, struct day day)
{
	return with_day(visit, url_of_number(visit->arena, "/units/{}", id.no), day);
}

static struct url
person_href(struct visit *visit, struct person_id id, struct day day)
{
	return with_day(visit, url_of_number(visit->arena, "/people/{}", id.no), day);
}

/* ---- The tree ---- */

static struct error *
units_draw(struct look *look, struct visit *visit)
{
	struct unit *units;
	size_t count;
	struct day day;
	struct arena *arena = visit->arena;
	(void)shown_day(visit, &day);
	TRY(people_units(look, day, &units, &count));
	struct units_page page = {
		.frame = visit_frame(visit, text_of(say("所属と職")), "people"),
		.tabs = people_tabs(visit, TAB_UNITS),
		.may_edit = visit_may(visit, RIGHT_PEOPLE_EDIT),
		.as_of = as_of(visit, url_path(arena, "/units"), NULL),
		.rows = ARENA_ARRAY(arena, struct units_rows, count + 1),
		.rows_count = count,
	};
	for (size_t at = 0; at < count; at++) {
		struct units_rows *row = &page.rows[at];
		*row = (struct units_rows){
			.depth = units[at].depth > 6 ? 6 : units[at].depth,
			.name = units[at].name,
			.code = units[at].code,
			.kind = text_of(unit_kind_words(units[at].kind)),
			.until = units[at].until,
			.href = unit_href(visit, units[at].id, day),
		};
	}
	return visit_draw(visit, units_page, &page);
}

/* ---- One unit ---- */

static struct error *
fill_around(struct look *look, struct visit *visit, const struct unit *unit, struct day day,
	    struct unit_page *page)
{
	struct unit *path, *all;
	size_t path_count, all_count;
	struct arena *arena = visit->arena;
	TRY(people_unit_path_on(look, unit->id, day, &path, &path_count));
	TRY(people_units(look, day, &all, &all_count));
	page->above = ARENA_ARRAY(arena, struct unit_above, path_count + 1);
	for (size_t at = path_count; at-- > 1;)
		page->above[page->above_count++] = (struct unit_above){
			.name = path[at].name,
			.href = unit_href(visit, path[at].id, day),
		};
	page->below = ARENA_ARRAY(arena, struct unit_below, all_count + 1);
	for (size_t at = 0; at < all_count; at++)
		if (all[at].parent.no == unit->id.no)
			page->below[page->below_count++] = (struct unit_below){
				.name = all[at].name,
				.href = unit_href(visit, all[at].id, day),
			};
	return OK;
}

static struct text
roles_in_words(struct visit *visit, const struct post *post)
{
	struct writer out = writer_open(visit->arena, 4096);
	for (size_t at = 0; at < post->roles_count; at++) {
		const struct pack_role *role = pack_role(visit->office->pack, post->roles[at]);
		if (role == NULL)
			continue;
		if (writer_text(&out).len != 0)
			write_z(&out, "、");
		write_text(&out, words_now(role->name));
	}
	return writer_text(&out);
}

static void
fill_holders(struct visit *visit, struct post_id post, struct day day,
	     const struct assignment *held, size_t count, struct unit_posts *row)
{
	row->holders = ARENA_ARRAY(visit->arena, struct unit_posts_holders, count + 1);
	for (size_t at = 0; at < count; at++)
		if (held[at].post.no == post.no)
			row->holders[row->holders_count++] = (struct unit_posts_holders){
				.name = held[at].person_name,
				.href = person_href(visit, held[at].person, day),
				.kind = held[at].is_main
						? T("")
						: text_of(assignment_words(false, held[at].beside)),
			};
}

static struct error *
fill_posts(struct look *look, struct visit *visit, const struct unit *unit, struct day day,
	   struct unit_page *page)
{
	struct post *posts;
	struct assignment *held;
	size_t count, held_count;
	struct arena *arena = visit->arena;
	TRY(people_posts(look, unit->id, day, &posts, &count));
	TRY(people_assignments_in(look, unit->id, day, &held, &held_count));
	page->posts = ARENA_ARRAY(arena, struct unit_posts, count + 1);
	page->posts_count = count;
	for (size_t at = 0; at < count; at++) {
		page->posts[at] = (struct unit_posts){
			.name = posts[at].name,
			.roles = roles_in_words(visit, &posts[at]),
			.edit = url_of_number(arena, "/posts/{}/edit", posts[at].id.no),
			.ends = url_of_number(arena, "/posts/{}/end", posts[at].id.no),
			.until = posts[at].until,
		};
		fill_holders(visit, posts[at].id, day, held, held_count, &page->posts[at]);
	}
	return OK;
}

static struct error *
fill_role(struct look *look, struct visit *visit, const struct pack_role *role,
	  const struct unit *unit, struct day day, struct unit_roles *row)
{
	struct decider *list;
	size_t count;
	TRY(people_role_holders(look, role, unit->id, day, &list, &count));
	row->name = words_now(role->name);
	row->appointed = words_now(role->appointed);
	row->is_gap = count == 0 && role->must_be_held && role->scope != SCOPE_SYSTEM;
	row->holders = ARENA_ARRAY(visit->arena, struct unit_roles_holders, count + 1);
	row->holders_count = count;
	for (size_t at = 0; at < count; at++) {
		row->holders[at] = (struct unit_roles_holders){
			.name = list[at].name,
			.post = list[at].post_name,
			.is_elsewhere = list[at].unit.no != unit->id.no,
			.href = person_href(visit, list[at].person, day),
		};
		if (row->holders[at].is_elsewhere) {
			struct unit other;
			TRY(people_unit_on(look, list[at].unit, day, &other));
			row->holders[at].unit = other.name;
		}
	}
	return OK;
}

/* Not every unit keeps a system: without a holder such a role is not spoken of. */
static struct error *
add_role(struct look *look, struct visit *visit, const struct pack_role *role,
	 const struct unit *unit, struct day day, struct unit_page *page)
{
	struct unit_roles *row = &page->roles[page->roles_count];
	TRY(fill_role(look, visit, role, unit, day, row));
	if (row->holders_count != 0 || role->scope != SCOPE_SYSTEM)
		page->roles_count++;
	return OK;
}

static bool
is_of_units(const struct pack_role *role)
{
	return role->scope == SCOPE_BUREAU || role->scope == SCOPE_SECTION ||
	       role->scope == SCOPE_SYSTEM;
}

/* A role of bureaus says nothing at the body's top, one of sections nothing at a bureau. */
static bool
concerns(const struct pack_role *role, const struct unit *unit)
{
	if (unit->kind == UNIT_BODY)
		return false;
	return is_of_units(role) && !(unit->kind == UNIT_BUREAU && role->scope == SCOPE_SECTION);
}

static struct error *
fill_roles(struct look *look, struct visit *visit, const struct unit *unit, struct day day,
	   struct unit_page *page)
{
	const struct pack *pack = visit->office->pack;
	page->roles = ARENA_ARRAY(visit->arena, struct unit_roles, pack->roles_count + 1);
	for (size_t at = 0; at < pack->roles_count; at++)
		if (concerns(&pack->roles[at], unit))
			TRY(add_role(look, visit, &pack->roles[at], unit, day, page));
	return OK;
}

static void
fill_links(struct visit *visit, const struct unit *unit, struct unit_page *page)
{
	struct arena *arena = visit->arena;
	page->edit = url_of_number(arena, "/units/{}/edit", unit->id.no);
	page->ends = url_of_number(arena, "/units/{}/end", unit->id.no);
	page->add_post = url_of_number(arena, "/units/{}/posts/new", unit->id.no);
	page->add_unit = url_query_number(arena, url_path(arena, "/units/new"), "parent",
					  unit->id.no);
	page->people = url_query_number(arena, url_path(arena, "/people"), "unit", unit->id.no);
}

/* What it was, is and will be called: only when it is not always the same. */
static struct error *
fill_forms(struct look *look, struct visit *visit, struct unit_id unit, struct unit_page *page)
{
	struct unit_form *forms;
	size_t count;
	TRY(people_unit_forms(look, unit, &forms, &count));
	if (count == 1)
		return OK;
	page->forms = ARENA_ARRAY(visit->arena, struct unit_forms, count);
	page->forms_count = count;
	for (size_t at = 0; at < count; at++) {
		const struct unit *form = &forms[at].unit;
		struct unit_forms *row = &page->forms[at];
		struct unit above = { .name = T("") };
		if (form->parent.no != 0)
			TRY(people_unit_on(look, form->parent,
					   at == 0 ? day_plus(forms[1].from, -1) : forms[at].from,
					   &above));
		*row = (struct unit_forms){
			.from = at == 0 ? form->since : forms[at].from,
			.name = form->name,
			.above = above.name,
			.code = form->code,
			.is_coming = at != 0 && forms[at].from.no > visit->today.no,
			.withdraw = url_query(visit->arena,
					      url_of_number(visit->arena, "/units/{}/withdraw", unit.no),
					      "from", day_iso(visit->arena, forms[at].from)),
		};
	}
	return OK;
}

static struct error *
fill_successor(struct look *look, struct visit *visit, const struct unit *unit, struct day day,
	       struct unit_page *page)
{
	struct unit next;
	if (unit->successor.no == 0)
		return OK;
	TRY(people_unit_on(look, unit->successor, day, &next));
	page->successor = next.name;
	page->successor_href = unit_href(visit, next.id, day);
	return OK;
}

static struct error *
unit_draw(struct look *look, struct visit *visit)
{
	struct unit unit;
	struct day day;
	(void)shown_day(visit, &day);
	TRY(people_unit_on(look, (struct unit_id){ visit_id(visit, "id") }, day, &unit));
	struct unit_page page = {
		.frame = visit_frame(visit, unit.name, "people"),
		.tabs = people_tabs(visit, TAB_UNITS),
		.name = unit.name,
		.code = unit.code,
		.kind = text_of(unit_kind_words(unit.kind)),
		.since = unit.since,
		.until = unit.until,
		.may_edit = visit_may(visit, RIGHT_PEOPLE_EDIT),
		.as_of = as_of(visit, url_of_number(visit->arena, "/units/{}", unit.id.no), NULL),
		.is_there = is_within(unit.since, unit.until, day),
	};
	fill_links(visit, &unit, &page);
	TRY(fill_forms(look, visit, unit.id, &page));
	TRY(fill_successor(look, visit, &unit, day, &page));
	TRY(fill_around(look, visit, &unit, day, &page));
	TRY(fill_posts(look, visit, &unit, day, &page));
	TRY(fill_roles(look, visit, &unit, day, &page));
	TRY(history_of(look, visit, people_about_unit(visit->arena, unit.id), false,
		       &page.history));
	return visit_draw(visit, unit_page, &page);
}

/* A post has no page of its own: it is shown with its unit. */
static struct error *
post_go(struct look *look, struct visit *visit)
{
	struct post post;
	TRY(people_post(look, (struct post_id){ visit_id(visit, "id") }, &post));
	visit->answer.status = 303;
	visit->answer.location = url_of_number(visit->arena, "/units/{}", post.unit.no);
	return OK;
}

PAGE_ROWS(unit,
	  { { METHOD_GET, "/posts/{id}" }, RIGHT_PEOPLE_READ, PAGE_LOOK, .look = post_go },
	  { { METHOD_GET, "/units" }, RIGHT_PEOPLE_READ, PAGE_LOOK, .look = units_draw },
	  { { METHOD_GET, "/units/{id}" }, RIGHT_PEOPLE_READ, PAGE_LOOK, .look = unit_draw });
