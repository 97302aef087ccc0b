/* The cases one may read, what waits for the visitor, and the list to take away. */
#include "pages/incident_pages.h"

#include "base/number.h"

enum { PAGE = 50, SEND_MOST = 1000, YEARS = 6 };

/* ---- What was asked ---- */

static struct incident_query
query_of(struct visit *visit)
{
	struct incident_query query = { .kind = visit_text(visit, "kind"),
					.words = text_trim(visit_text(visit, "words")),
					.with_drills = text_is(visit_text(visit, "drills"), "1"),
					.most = PAGE };
	int64_t year;
	query.has_state = incident_state_read(visit_text(visit, "state"), &query.state);
	query.only_living = text_is(visit_text(visit, "state"), "living");
	if (number_read(visit_text(visit, "year"), 2000, 2099, &year))
		query.fiscal_year = (int)year;
	(void)number_read(visit_text(visit, "before"), 1, INT64_MAX, &query.before.no);
	return query;
}

static struct url
asked_url(struct visit *visit, struct url url)
{
	static const char *const names[] = { "state", "kind", "year", "words", "drills" };
	for (size_t at = 0; at < sizeof names / sizeof *names; at++)
		if (visit_text(visit, names[at]).len != 0)
			url = url_query(visit->arena, url, names[at], visit_text(visit, names[at]));
	return url;
}

static struct filter_part
state_filter(struct visit *visit, const struct incident_query *query)
{
	struct filter_part filter = filter_of(visit, "state", say("状態"), say("すべて"), INCIDENT_STATES + 1);
	filter_add(&filter, T("living"), text_of(say("終わっていないもの")));
	filter.options[0].is_chosen = query->only_living;
	for (int at = 0; at < INCIDENT_STATES; at++) {
		filter_add(&filter, text_of(incident_state_name((enum incident_state)at)),
			   text_of(incident_state_words((enum incident_state)at)));
		filter.options[at + 1].is_chosen = query->has_state && query->state == (enum incident_state)at;
	}
	return filter;
}

static struct filter_part
kind_filter(struct visit *visit, const struct incident_query *query)
{
	const struct pack_incidents *incidents = &visit->office->pack->incidents;
	struct filter_part filter = filter_of(visit, "kind", say("種類"), say("すべて"), incidents->kinds_count);
	for (size_t at = 0; at < incidents->kinds_count; at++) {
		filter_add(&filter, incidents->kinds[at].code, words_now(incidents->kinds[at].name));
		filter.options[at].is_chosen = text_same(query->kind, incidents->kinds[at].code);
	}
	return filter;
}

static struct filter_part
year_filter(struct visit *visit, const struct incident_query *query)
{
	const int now = day_fiscal_year(visit->today);
	struct filter_part filter = filter_of(visit, "year", say("年度"), say("すべて"), YEARS);
	for (int at = 0; at < YEARS; at++) {
		filter_add(&filter, number_text(visit->arena, now - at), fiscal_wareki(visit->arena, now - at));
		filter.options[at].is_chosen = query->fiscal_year == now - at;
	}
	return filter;
}

/* ---- What waits for me ---- */

static struct error *
mine_line(struct look *look, struct visit *visit, struct incident_id id, const char *what, struct text *words)
{
	struct incident incident;
	TRY(incident_read(look, visit->office->pack, id, &incident));
	*words = text_format(visit->arena, "%s%.*s", what, T_ARG(incident_line(visit->arena, &incident)));
	return OK;
}

static struct error *
fill_mine(struct look *look, struct visit *visit, struct incident_list_page *page)
{
	struct arena *arena = visit->arena;
	const struct pack *pack = visit->office->pack;
	struct incident_link *links;
	struct incident_task *tasks;
	size_t links_count, tasks_count;
	TRY(incident_links_of(look, pack, visit->session.person, &links, &links_count));
	TRY(incident_tasks_of(look, pack, visit->session.person, &tasks, &tasks_count));
	page->mine = ARENA_ARRAY(arena, struct incident_list_mine, links_count + tasks_count + 1);
	for (size_t at = 0; at < links_count; at++) {
		struct incident_list_mine *row = &page->mine[page->mine_count++];
		const struct text id = number_text(arena, links[at].incident.no);
		TRY(mine_line(look, visit, links[at].incident, say("連絡: "), &row->words));
		row->href = url_make(arena, "/incidents/{}/links/{}", 2,
				     (struct text[]){ id, number_text(arena, links[at].id.no) });
		row->button = text_of(say("受領する"));
		row->is_late = links[at].is_late;
		row->due = links[at].term;
	}
	for (size_t at = 0; at < tasks_count; at++) {
		struct incident_list_mine *row = &page->mine[page->mine_count++];
		const struct text id = number_text(arena, tasks[at].incident.no);
		row->words = text_format(arena, "%s: %.*s（%.*s）", task_kind_words(tasks[at].kind),
					 T_ARG(tasks[at].words), T_ARG(tasks[at].incident_number));
		row->href = url_make(arena, "/incidents/{}/tasks/{}", 2,
				     (struct text[]){ id, number_text(arena, tasks[at].id.no) });
		row->button = text_of(say("結果を書く"));
		row->is_late = tasks[at].is_late;
		row->due = tasks[at].due;
	}
	return OK;
}

/* ---- The list ---- */

static struct text
note_of(struct visit *visit, const struct incident *incident)
{
	if (incident->late != 0)
		return text_format(visit->arena, say("期限を過ぎたものが%lld件"), (long long)incident->late);
	if (!day_is_none(incident->next_due))
		return text_format(visit->arena, say("外部への報告は%.*sまで"),
				   T_ARG(day_wareki(visit->arena, incident->next_due)));
	return T("");
}

static void
fill_rows(struct visit *visit, const struct incident *list, size_t count, struct incident_list_page *page)
{
	page->rows = ARENA_ARRAY(visit->arena, struct incident_list_rows, count + 1);
	page->rows_count = count;
	for (size_t at = 0; at < count; at++)
		page->rows[at] = (struct incident_list_rows){
			.number = list[at].number,
			.title = list[at].title,
			.kind = kind_words(&list[at]),
			.state = text_of(incident_state_words(list[at].state)),
			.tag = text_of(incident_state_tag(list[at].state)),
			.unit = list[at].unit_name,
			.known = list[at].known,
			.note = note_of(visit, &list[at]),
			.is_late = list[at].late != 0,
			.is_drill = list[at].is_drill,
			.href = incident_url(visit->arena, list[at].id),
		};
}

static struct error *
list_draw(struct look *look, struct visit *visit)
{
	struct incident *list;
	size_t count;
	bool has_more;
	TRY(incidents_must_be(visit));
	const struct incident_query query = query_of(visit);
	const struct url here = asked_url(visit, url_path(visit->arena, "/incidents"));
	struct filter_part state = state_filter(visit, &query), kind = kind_filter(visit, &query),
			   year = year_filter(visit, &query);
	struct pager_part pager = { 0 };
	TRY(incident_list(look, visit->office->pack, &visit->rights, &query, &list, &count, &has_more));
	struct incident_list_page page = {
		.frame = visit_frame(visit, text_of(say("事案")), "incidents"),
		.words = query.words,
		.is_searched = query.has_state || query.only_living || query.kind.len != 0 ||
			       query.words.len != 0 || query.fiscal_year != 0 || query.before.no != 0,
		.with_drills = query.with_drills,
		.state = &state,
		.kind = &kind,
		.year = &year,
		.csv = asked_url(visit, url_path(visit->arena, "/incidents/csv")),
		.xlsx = asked_url(visit, url_path(visit->arena, "/incidents/xlsx")),
	};
	if (query.before.no != 0)
		pager.first = here;
	if (has_more && count != 0)
		pager.next = url_query_number(visit->arena, here, "before", list[count - 1].id.no);
	page.pages = has_more || query.before.no != 0 ? &pager : NULL;
	fill_rows(visit, list, count, &page);
	TRY(fill_mine(look, visit, &page));
	return visit_draw(visit, incident_list_page, &page);
}

static void
put_row(struct visit *visit, const struct incident *incident, struct rows_out *out)
{
	struct arena *arena = visit->arena;
	struct rows_cell *cells = rows_next(out);
	cells[0] = rows_words(incident->number);
	cells[1] = rows_words(incident->title);
	cells[2] = rows_words(kind_words(incident));
	cells[3] = rows_words(text_of(incident_state_words(incident->state)));
	cells[4] = rows_words(incident->unit_name);
	cells[5] = rows_words(incident->happened.ms == 0 ? T("") : moment_wareki(arena, incident->happened));
	cells[6] = rows_words(moment_wareki(arena, incident->known));
	cells[7] = rows_words(moment_wareki(arena, incident->entered));
	cells[8] = rows_number(arena, incident->persons);
	cells[9] = rows_words(incident->is_drill ? text_of(say("訓練")) : T(""));
}

static struct error *
list_send(struct look *look, struct visit *visit)
{
	struct incident *list;
	size_t count;
	bool has_more;
	TRY(incidents_must_be(visit));
	struct incident_query query = query_of(visit);
	query.most = SEND_MOST;
	TRY(incident_list(look, visit->office->pack, &visit->rights, &query, &list, &count, &has_more));
	const struct rows_column columns[] = {
		{ text_of(say("番号")), 14 },	    { text_of(say("何が起きたか")), 40 },
		{ text_of(say("種類")), 20 },	    { text_of(say("状態")), 14 },
		{ text_of(say("所属")), 20 },	    { text_of(say("起きた日時")), 22 },
		{ text_of(say("知った日時")), 22 }, { text_of(say("入力した日時")), 22 },
		{ text_of(say("本人の数")), 10 },   { text_of(say("訓練")), 6 },
	};
	struct rows_out out = rows_begin(visit->arena, text_of(say("事案")), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++)
		put_row(visit, &list[at], &out);
	return rows_send(look, visit, &out);
}

PAGE_ROWS(incident_list,
	  { { METHOD_GET, "/incidents" }, RIGHT_SELF, PAGE_LOOK, .look = list_draw },
	  { { METHOD_GET, "/incidents/csv" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = list_send },
	  { { METHOD_GET, "/incidents/xlsx" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = list_send });
