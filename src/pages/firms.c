/* Firms to look at: who works for the body, on what consent, with which people, on a day. */
#include "pages/people_pages.h"

#include "base/writer.h"

enum { SOON_DAYS = 60, CHAIN_BYTES = 4096 };

static struct url
firm_url(struct visit *visit, struct firm_id id)
{
	return url_of_number(visit->arena, "/people/firms/{}", id.no);
}

/* ---- All firms ---- */

static struct error *
fill_ending(struct look *look, struct visit *visit, struct firms_page *page)
{
	struct engagement *list;
	size_t count;
	TRY(people_engagements(look, (struct firm_id){ 0 }, (struct unit_id){ 0 }, visit->today,
			       &list, &count));
	page->ending = ARENA_ARRAY(visit->arena, struct firms_ending, count + 1);
	for (size_t at = count; at-- > 0;) /* the first to end first */
		if (list[at].until.no <= visit->today.no + SOON_DAYS)
			page->ending[page->ending_count++] = (struct firms_ending){
				.firm = list[at].firm_name,
				.href = firm_url(visit, list[at].firm),
				.work = list[at].work,
				.until = list[at].until,
			};
	return OK;
}

static struct error *
firms_draw(struct look *look, struct visit *visit)
{
	struct firm *list;
	size_t count;
	struct day day;
	struct arena *arena = visit->arena;
	const struct url here = url_path(arena, "/people/firms");
	(void)shown_day(visit, &day);
	const bool with_ended = visit_text(visit, "ended").len != 0;
	TRY(people_firms(look, day, with_ended, &list, &count));
	struct firms_page page = {
		.frame = visit_frame(visit, text_of(say("委託先")), "people"),
		.tabs = people_tabs(visit, TAB_FIRMS),
		.as_of = as_of(visit, here, (const char *const[]){ "ended", NULL }),
		.may_edit = visit_may(visit, RIGHT_PEOPLE_EDIT),
		.with_ended = with_ended,
		.current = with_day(visit, here, day),
		.all = url_query(arena, with_day(visit, here, day), "ended", T("1")),
		.rows = ARENA_ARRAY(arena, struct firms_rows, count + 1),
		.rows_count = count,
	};
	for (size_t at = 0; at < count; at++)
		page.rows[at] = (struct firms_rows){
			.code = list[at].code,
			.name = list[at].name,
			.contact = list[at].contact,
			.href = with_day(visit, firm_url(visit, list[at].id), day),
			.engagements = list[at].engagements,
			.workers = list[at].workers,
			.until = list[at].until,
			.is_ended = !day_is_none(list[at].until) && list[at].until.no < day.no,
		};
	if (day.no == visit->today.no)
		TRY(fill_ending(look, visit, &page));
	return visit_draw(visit, firms_page, &page);
}

/* ---- One firm ---- */

/* The body, then every firm down to this one: 高松市 → A社 → B社. */
static struct error *
chain_in_words(struct look *look, struct visit *visit, struct engagement_id id, struct text *words)
{
	struct engagement *chain;
	size_t count;
	struct writer out = writer_open(visit->arena, CHAIN_BYTES);
	TRY(people_engagement_chain(look, id, &chain, &count));
	write_text(&out, visit->office->body_name);
	for (size_t at = 0; at < count; at++)
		write_format(&out, " → %.*s", T_ARG(chain[at].firm_name));
	*words = writer_text(&out);
	return OK;
}

static struct error *
fill_workers(struct look *look, struct visit *visit, struct engagement_id id, bool may_edit,
	     struct firm_engagements *row)
{
	struct worker *list;
	size_t count;
	struct arena *arena = visit->arena;
	TRY(people_workers(look, (struct person_id){ 0 }, id, (struct firm_id){ 0 }, &list, &count));
	row->workers = ARENA_ARRAY(arena, struct firm_engagements_workers, count + 1);
	row->workers_count = count;
	for (size_t at = 0; at < count; at++)
		row->workers[at] = (struct firm_engagements_workers){
			.name = list[at].person_name,
			.number = list[at].number,
			.href = url_of_number(arena, "/people/{}", list[at].person.no),
			.pledged = list[at].pledged,
			.since = list[at].since,
			.until = list[at].until,
			.may_end = may_edit && list[at].until.no >= visit->today.no,
			.ends = url_of_number(arena, "/people/workers/{}/end", list[at].id.no),
		};
	return OK;
}

static struct error *
fill_engagement(struct look *look, struct visit *visit, const struct engagement *one,
		struct day day, bool may_edit, struct firm_engagements *row)
{
	struct arena *arena = visit->arena;
	*row = (struct firm_engagements){
		.work = one->work,
		.unit = one->unit_name,
		.unit_href = with_day(visit, url_of_number(arena, "/units/{}", one->unit.no), day),
		.basis = one->basis,
		.agreed = one->agreed,
		.since = one->since,
		.until = one->until,
		.is_now = is_within(one->since, one->until, day),
		.is_coming = one->since.no > day.no,
		.may_change = may_edit && one->until.no >= visit->today.no,
		.change = url_of_number(arena, "/people/engagements/{}/until", one->id.no),
		.add_worker = url_of_number(arena, "/people/engagements/{}/workers/new", one->id.no),
		.add_below = url_of_number(arena, "/people/engagements/{}/below", one->id.no),
	};
	TRY(chain_in_words(look, visit, one->id, &row->chain));
	return fill_workers(look, visit, one->id, may_edit, row);
}

static struct error *
firm_draw(struct look *look, struct visit *visit)
{
	struct firm firm;
	struct engagement *list;
	size_t count;
	struct day day;
	struct arena *arena = visit->arena;
	const struct firm_id id = { visit_id(visit, "id") };
	(void)shown_day(visit, &day);
	TRY(people_firm(look, id, &firm));
	TRY(people_engagements(look, id, (struct unit_id){ 0 }, DAY_NONE, &list, &count));
	struct firm_page page = {
		.frame = visit_frame(visit, firm.name, "people"),
		.tabs = people_tabs(visit, TAB_FIRMS),
		.as_of = as_of(visit, firm_url(visit, id), NULL),
		.name = firm.name,
		.code = firm.code,
		.contact = firm.contact,
		.until = firm.until,
		.may_edit = visit_may(visit, RIGHT_PEOPLE_EDIT),
		.edit = url_of_number(arena, "/people/firms/{}/edit", id.no),
		.engage = url_of_number(arena, "/people/firms/{}/engage", id.no),
		.engagements = ARENA_ARRAY(arena, struct firm_engagements, count + 1),
		.engagements_count = count,
	};
	for (size_t at = 0; at < count; at++)
		TRY(fill_engagement(look, visit, &list[at], day, page.may_edit,
				    &page.engagements[at]));
	TRY(history_of(look, visit, text_format(arena, "firm:%lld", (long long)id.no), false,
		       &page.history));
	return visit_draw(visit, firm_page, &page);
}

PAGE_ROWS(firms,
	  { { METHOD_GET, "/people/firms" }, RIGHT_PEOPLE_READ, PAGE_LOOK, .look = firms_draw },
	  { { METHOD_GET, "/people/firms/{id}" }, RIGHT_PEOPLE_READ, PAGE_LOOK,
	    .look = firm_draw });
