/* Who holds which role on a day, and where somebody is missing. */
#include "pages/people_pages.h"

/* The kind of unit a role belongs to; false for roles of the body, of systems and of everybody. */
static bool
kind_of(const struct pack_role *role, enum unit_kind *kind)
{
	switch (role->scope) {
	case SCOPE_BUREAU:
		*kind = UNIT_BUREAU;
		return true;
	case SCOPE_SECTION:
	case SCOPE_SYSTEM:
		*kind = UNIT_SECTION;
		return true;
	case SCOPE_BODY:
	case SCOPE_EVERYONE:
		break;
	}
	return false;
}

static struct url
role_url(struct visit *visit, const struct pack_role *role, struct day day, bool only_gaps)
{
	struct url url = with_day(visit, url_of(visit->arena, "/people/roles/{}", role->code), day);
	if (only_gaps)
		url = url_query(visit->arena, url, "gaps", T("1"));
	return url;
}

/* Those who hold it in that very unit: further up does not count here. */
static struct error *
holders_in(struct look *look, const struct pack_role *role, struct unit_id unit, struct day day,
	   struct decider **list, size_t *count)
{
	TRY(people_role_holders(look, role, unit, day, list, count));
	size_t kept = 0;
	for (size_t at = 0; at < *count; at++)
		if ((*list)[at].unit.no == unit.no)
			(*list)[kept++] = (*list)[at];
	*count = kept;
	return OK;
}

/* 事務取扱 and 併任 are seen wherever they hold a role. */
static struct text
kind_in_words(const struct decider *decider)
{
	return decider->beside == BESIDE_CONCURRENT
		       ? T("")
		       : text_of(assignment_words(false, decider->beside));
}

/* ---- All roles ---- */

static struct error *
fill_body_role(struct look *look, struct visit *visit, const struct pack_role *role,
	       struct day day, struct roles_rows *row)
{
	struct decider *list;
	size_t count;
	TRY(people_role_holders(look, role, (struct unit_id){ 0 }, day, &list, &count));
	row->is_body = true;
	row->holders = ARENA_ARRAY(visit->arena, struct roles_rows_holders, count + 1);
	row->holders_count = count;
	for (size_t at = 0; at < count; at++)
		row->holders[at] = (struct roles_rows_holders){
			.name = list[at].name,
			.post = list[at].post_name,
			.href = with_day(visit,
					 url_of_number(visit->arena, "/people/{}", list[at].person.no),
					 day),
			.kind = kind_in_words(&list[at]),
		};
	return OK;
}

static struct error *
count_units(struct look *look, const struct pack_role *role, const struct unit *units,
	    size_t units_count, struct day day, struct roles_rows *row)
{
	enum unit_kind kind;
	if (!kind_of(role, &kind))
		return OK;
	for (size_t at = 0; at < units_count; at++) {
		struct decider *list;
		size_t count;
		if (units[at].kind != kind)
			continue;
		TRY(holders_in(look, role, units[at].id, day, &list, &count));
		row->units++;
		row->held += count != 0;
	}
	return OK;
}

static struct error *
fill_rows(struct look *look, struct visit *visit, struct day day, struct roles_page *page)
{
	struct unit *units;
	size_t count;
	const struct pack *pack = visit->office->pack;
	TRY(people_units(look, day, &units, &count));
	page->rows = ARENA_ARRAY(visit->arena, struct roles_rows, pack->roles_count + 1);
	for (size_t at = 0; at < pack->roles_count; at++) {
		const struct pack_role *role = &pack->roles[at];
		if (role->scope == SCOPE_EVERYONE)
			continue;
		struct roles_rows *row = &page->rows[page->rows_count++];
		row->name = words_now(role->name);
		row->appointed = words_now(role->appointed);
		row->href = role_url(visit, role, day, false);
		row->is_system = role->scope == SCOPE_SYSTEM;
		if (role->scope == SCOPE_BODY)
			TRY(fill_body_role(look, visit, role, day, row));
		else
			TRY(count_units(look, role, units, count, day, row));
	}
	return OK;
}

static void
add_gap(struct visit *visit, const struct role_gap *gap, struct day day, struct roles_page *page)
{
	const struct text name = words_now(gap->role->name);
	if (page->gaps_count != 0 && text_same(page->gaps[page->gaps_count - 1].role, name)) {
		struct roles_gaps *same = &page->gaps[page->gaps_count - 1];
		same->units++;
		same->is_one = false;
		same->href = role_url(visit, gap->role, day, true);
		return;
	}
	struct roles_gaps *made = &page->gaps[page->gaps_count++];
	*made = (struct roles_gaps){
		.role = name,
		.appointed = words_now(gap->role->appointed),
		.units = 1,
		.unit = gap->unit_name,
		.is_body = gap->unit.no == 0,
		.is_one = true,
	};
	if (!made->is_body)
		made->href = with_day(
			visit, url_of_number(visit->arena, "/units/{}", gap->unit.no), day);
}

static struct error *
roles_draw(struct look *look, struct visit *visit)
{
	struct role_gap *gaps;
	size_t count;
	struct day day;
	(void)shown_day(visit, &day);
	TRY(people_role_gaps(look, visit->office->pack, day, &gaps, &count));
	struct roles_page page = {
		.frame = visit_frame(visit, text_of(say("役割を担う人")), "people"),
		.tabs = people_tabs(visit, TAB_ROLES),
		.may_edit = visit_may(visit, RIGHT_PEOPLE_EDIT),
		.as_of = as_of(visit, url_path(visit->arena, "/people/roles"), NULL),
		.gaps = ARENA_ARRAY(visit->arena, struct roles_gaps, count + 1),
	};
	for (size_t at = 0; at < count; at++)
		add_gap(visit, &gaps[at], day, &page);
	TRY(fill_rows(look, visit, day, &page));
	return visit_draw(visit, roles_page, &page);
}

/* ---- One role, unit by unit ---- */

static struct error *
fill_unit(struct look *look, struct visit *visit, const struct pack_role *role,
	  const struct unit *unit, struct day day, struct role_page *page)
{
	struct decider *list;
	size_t count;
	TRY(holders_in(look, role, unit->id, day, &list, &count));
	/* Not every unit keeps a system. */
	if ((page->only_gaps && count != 0) || (count == 0 && role->scope == SCOPE_SYSTEM))
		return OK;
	struct role_rows *row = &page->rows[page->rows_count++];
	*row = (struct role_rows){
		.unit = unit->name,
		.href = with_day(visit, url_of_number(visit->arena, "/units/{}", unit->id.no), day),
		.is_gap = role->must_be_held,
		.holders = ARENA_ARRAY(visit->arena, struct role_rows_holders, count + 1),
		.holders_count = count,
	};
	for (size_t at = 0; at < count; at++)
		row->holders[at] = (struct role_rows_holders){
			.name = list[at].name,
			.post = list[at].post_name,
			.href = with_day(visit,
					 url_of_number(visit->arena, "/people/{}", list[at].person.no),
					 day),
			.kind = kind_in_words(&list[at]),
		};
	return OK;
}

static struct error *
fill_units(struct look *look, struct visit *visit, const struct pack_role *role, struct day day,
	   struct role_page *page)
{
	struct unit *units;
	size_t count;
	enum unit_kind kind;
	TRY(people_units(look, day, &units, &count));
	page->rows = ARENA_ARRAY(visit->arena, struct role_rows, count + 1);
	if (!kind_of(role, &kind))
		return OK;
	for (size_t at = 0; at < count; at++)
		if (units[at].kind == kind)
			TRY(fill_unit(look, visit, role, &units[at], day, page));
	return OK;
}

static struct error *
role_draw(struct look *look, struct visit *visit)
{
	struct day day;
	(void)shown_day(visit, &day);
	const struct pack_role *role = pack_role(visit->office->pack,
						 capture_text(visit->captures, "code"));
	if (role == NULL)
		return missing("その役割は、方針にありません。");
	struct role_page page = {
		.frame = visit_frame(visit, words_now(role->name), "people"),
		.tabs = people_tabs(visit, TAB_ROLES),
		.name = words_now(role->name),
		.appointed = words_now(role->appointed),
		.as_of = as_of(visit, url_of(visit->arena, "/people/roles/{}", role->code),
			       (const char *const[]){ "gaps", NULL }),
		.only_gaps = visit_text(visit, "gaps").len != 0,
		.all = role_url(visit, role, day, false),
		.gaps = role_url(visit, role, day, true),
		.is_system = role->scope == SCOPE_SYSTEM,
	};
	if (role->clause != NULL) {
		page.clause = role->clause->number;
		page.clause_href = url_of(visit->arena, "/clauses/{}", role->clause->id);
	}
	TRY(fill_units(look, visit, role, day, &page));
	return visit_draw(visit, role_page, &page);
}

PAGE_ROWS(role,
	  { { METHOD_GET, "/people/roles" }, RIGHT_PEOPLE_READ, PAGE_SLOW_LOOK,
	    .look = roles_draw },
	  { { METHOD_GET, "/people/roles/{code:text}" }, RIGHT_PEOPLE_READ, PAGE_SLOW_LOOK,
	    .look = role_draw });
