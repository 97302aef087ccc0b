/*
 * The register of exceptions: what is in force, ends soon, ran out without a word, is closed. Officers
 * read it as they read the map; the acts on one exception are checked by flow itself.
 */
#include "pages/bent.h"
#include "pages/dossier_parts.h"

#include "flow/exception.h"
#include "pages/exception_send.h"

enum { SOON_DAYS = 14, WALK_MOST = 20, LISTED_MOST = 5000, CLAUSE_MOST = 200 };

struct kind {
	const char *name;
	const char *words;
	bool has_state;
	enum exception_state state;
	bool is_soon;
};

static const struct kind kinds[] = {
	{ "living", N_("例外中"), true, EXCEPTION_LIVING, false },
	{ "soon", N_("まもなく終わる(14日以内)"), true, EXCEPTION_LIVING, true },
	{ "run-out", N_("期限切れ・終了の記録なし"), true, EXCEPTION_RUN_OUT, false },
	{ "closed", N_("終了"), true, EXCEPTION_CLOSED, false },
	{ "all", N_("すべて"), false, EXCEPTION_LIVING, false },
};

struct register_query {
	const struct kind *kind;
	struct text clause; /* as typed */
	const struct pack_clause *found;
	struct permit_id before;
};

/* ---- Reading ---- */

static const struct pack_clause *
clause_named(struct visit *visit, struct text words)
{
	const struct pack *pack = visit->office->pack;
	const struct pack_clause *clause = pack_clause(pack, words);
	const struct text folded = text_fold(visit->arena, words);
	for (size_t at = 0; clause == NULL && at < pack->clauses_count; at++)
		if (text_same(text_fold(visit->arena, pack->clauses[at].number), folded))
			clause = &pack->clauses[at];
	return clause;
}

static struct register_query
query_of(struct visit *visit)
{
	struct register_query query = { .kind = &kinds[0] };
	const struct text name = visit_text(visit, "list");
	for (size_t at = 0; at < sizeof kinds / sizeof *kinds; at++)
		if (text_is(name, kinds[at].name))
			query.kind = &kinds[at];
	query.clause = text_first(text_trim(visit_text(visit, "clause")), CLAUSE_MOST);
	/* From a clause's page: everything about it. */
	if (query.clause.len != 0 && name.len == 0)
		query.kind = &kinds[sizeof kinds / sizeof *kinds - 1];
	if (query.clause.len != 0)
		query.found = clause_named(visit, query.clause);
	return query;
}

static bool
is_soon(const struct visit *visit, const struct flow_exception *one)
{
	return one->state == EXCEPTION_LIVING && one->until.no <= visit->today.no + SOON_DAYS;
}

/* So many of the kind, from `before` on; several pages of the room's where it is narrowed here. */
static struct error *
read_register(struct look *look, struct visit *visit, const struct register_query *query,
	      size_t most, struct flow_exception **list, size_t *count, struct permit_id *next)
{
	struct flow_exceptions_query asked = { .has_state = query->kind->has_state,
					       .state = query->kind->state,
					       .clause = query->found,
					       .before = query->before };
	struct flow_exception *found;
	size_t got;
	*list = ARENA_ARRAY(visit->arena, struct flow_exception, most + 1);
	*count = 0;
	*next = (struct permit_id){ 0 };
	for (int walk = 0; walk < WALK_MOST && *count < most; walk++) {
		struct permit_id after;
		TRY(flow_exceptions(look, visit->office->flow, &asked, FLOW_MOST_PAGE, &found, &got,
				    &after));
		for (size_t at = 0; at < got; at++) {
			if (query->kind->is_soon && !is_soon(visit, &found[at]))
				continue;
			if (*count == most) {
				*next = (*list)[most - 1].permit;
				return OK;
			}
			(*list)[(*count)++] = found[at];
		}
		if (after.no == 0)
			return OK;
		asked.before = after;
	}
	*next = asked.before;
	return OK;
}

static struct text
tag_of(enum exception_state state)
{
	switch (state) {
	case EXCEPTION_LIVING:
		return T("bent");
	case EXCEPTION_RUN_OUT:
		return T("stop");
	case EXCEPTION_CLOSED:
		return T("off");
	}
	return T("");
}

static struct text
title_of(const struct flow_exception *one)
{
	return one->occasion != NULL ? words_now(one->occasion->title) : text_of(say("例外措置"));
}

/* ---- The list ---- */

static struct url
list_url(struct visit *visit, struct url path, const struct register_query *query,
	 const struct kind *kind)
{
	struct url url = url_query(visit->arena, path, "list",
				   text_of(kind->name));
	return query->clause.len != 0 ? url_query(visit->arena, url, "clause", query->clause) : url;
}

static struct error *
fill_lists(struct look *look, struct visit *visit, const struct register_query *query,
	   struct exceptions_page *page)
{
	struct flow_exception_figures figures;
	const size_t count = sizeof kinds / sizeof *kinds;
	TRY(flow_exception_figures(look, (struct moment){ 0 }, &figures));
	page->lists = ARENA_ARRAY(visit->arena, struct exceptions_lists, count);
	page->lists_count = count;
	for (size_t at = 0; at < count; at++) {
		struct exceptions_lists *made = &page->lists[at];
		made->words = text_of(say(kinds[at].words));
		made->href = list_url(visit, url_path(visit->arena, "/exceptions"), query, &kinds[at]);
		made->is_here = &kinds[at] == query->kind;
		/* Figures are of the whole register: of one clause they would mislead. */
		made->has_count = query->clause.len == 0 && kinds[at].has_state && !kinds[at].is_soon;
		made->number = kinds[at].state == EXCEPTION_LIVING    ? figures.living
			       : kinds[at].state == EXCEPTION_RUN_OUT ? figures.run_out
								      : figures.closed;
	}
	return OK;
}

static void
fill_row(struct visit *visit, const struct flow_exception *one, struct exceptions_rows *made)
{
	*made = (struct exceptions_rows){
		.number = one->number,
		.href = exception_url(visit, one->permit),
		.title = title_of(one),
		.state = text_of(exception_state_words(one->state)),
		.tag = tag_of(one->state),
		.is_emergency = one->is_emergency,
		.is_default_end = one->is_default_end,
		.is_soon = is_soon(visit, one),
		.from = one->from,
		.until = one->until,
		.measure = one->measure,
		.applicant = one->applicant_name,
		.unit = one->unit_name,
		.reviewed = one->reviewed,
		.clauses = ARENA_ARRAY(visit->arena, struct exceptions_rows_clauses,
				       one->clauses_count + 1),
		.clauses_count = one->clauses_count,
	};
	for (size_t at = 0; at < one->clauses_count; at++) {
		const struct pack_clause *clause = pack_clause(visit->office->pack, one->clauses[at]);
		made->clauses[at].number = clause != NULL ? clause->number : one->clauses[at];
		made->clauses[at].href = url_of(visit->arena, "/clauses/{}", one->clauses[at]);
		if (clause != NULL)
			made->clauses[at].duty = words_now(clause->duty);
	}
}

static struct error *
exceptions_draw(struct look *look, struct visit *visit)
{
	struct flow_exception *list;
	size_t count;
	struct permit_id next;
	struct register_query query = query_of(visit);
	struct exceptions_page page = {
		.frame = visit_frame(visit, text_of(say("例外措置の記録")), "exceptions"),
		.list_name = text_of(query.kind->name),
		.clause = query.clause,
		.without = url_query(visit->arena, url_path(visit->arena, "/exceptions"), "list",
				     text_of(query.kind->name)),
		.csv = list_url(visit, url_path(visit->arena, "/exceptions/csv"), &query, query.kind),
		.xlsx = list_url(visit, url_path(visit->arena, "/exceptions/xlsx"), &query, query.kind),
	};
	if (request_has(visit->request, "before"))
		TRY(visit_number(visit, "before", &query.before.no));
	if (query.found != NULL)
		page.clause_words = text_format(visit->arena, "%.*s %.*s", T_ARG(query.found->number),
						T_ARG(words_now(query.found->is_duty
									? query.found->duty
									: query.found->title)));
	else if (query.clause.len != 0)
		page.trouble = text_of(say("その番号の条項はありません。方針の一覧で番号を確かめてください。"));
	TRY(fill_lists(look, visit, &query, &page));
	if (page.trouble.len != 0)
		return visit_draw(visit, exceptions_page, &page);
	TRY(read_register(look, visit, &query, FLOW_PAGE, &list, &count, &next));
	page.rows = ARENA_ARRAY(visit->arena, struct exceptions_rows, count + 1);
	page.rows_count = count;
	for (size_t at = 0; at < count; at++)
		fill_row(visit, &list[at], &page.rows[at]);
	struct pager_part pager = { 0 };
	const struct url here = list_url(visit, url_path(visit->arena, "/exceptions"), &query, query.kind);
	if (query.before.no != 0)
		pager.first = here;
	if (next.no != 0)
		pager.next = url_query(visit->arena, here, "before",
				       text_number(visit->arena, next.no));
	page.pager = &pager;
	return visit_draw(visit, exceptions_page, &page);
}

static struct error *
exceptions_take(struct look *look, struct visit *visit)
{
	struct flow_exception *list;
	size_t count;
	struct permit_id next;
	const struct register_query query = query_of(visit);
	if (query.clause.len != 0 && query.found == NULL)
		return missing("その番号の条項はありません。方針の一覧で番号を確かめてください。");
	TRY(read_register(look, visit, &query, LISTED_MOST, &list, &count, &next));
	return exceptions_send(look, visit, text_of(say(query.kind->words)), list, count);
}

/* ---- One ---- */

static struct error *
exception_open(struct look *look, struct visit *visit, struct flow_exception *one,
	       struct dossier *dossier, bool *may_see)
{
	const struct flow *flow = visit->office->flow;
	TRY(flow_exception_read(look, flow, (struct permit_id){ visit_id(visit, "id") }, one));
	TRY(flow_read(look, flow, one->dossier, dossier));
	TRY(flow_may_see(look, flow, dossier, visit->session.person, may_see));
	if (!*may_see && !visit_may(visit, RIGHT_MAP_READ))
		return refuse("この例外を見られるのは、申請した人、同じ所属の人、決裁にかかわる人、役割を持つ人だけです。");
	return OK;
}

static void
fill_clauses(struct visit *visit, const struct flow_exception *one, struct exception_page *page)
{
	page->clauses = ARENA_ARRAY(visit->arena, struct exception_clauses, one->clauses_count + 1);
	page->clauses_count = one->clauses_count;
	for (size_t at = 0; at < one->clauses_count; at++) {
		const struct pack_clause *clause = pack_clause(visit->office->pack, one->clauses[at]);
		struct exception_clauses *made = &page->clauses[at];
		made->number = clause != NULL ? clause->number : one->clauses[at];
		made->duty = clause != NULL ? words_now(clause->duty)
					    : text_of(say("いまの方針にはない条項です。"));
		if (clause != NULL)
			made->href = clause_url(visit, clause);
	}
}

static void
fill_reviews(struct visit *visit, const struct flow_exception *one, struct exception_page *page)
{
	page->reviews = ARENA_ARRAY(visit->arena, struct exception_reviews, one->reviews_count + 1);
	page->reviews_count = one->reviews_count;
	for (size_t at = 0; at < one->reviews_count; at++) {
		const struct flow_review *review = &one->reviews[at];
		const struct pack_role *role = pack_role(visit->office->pack, review->role);
		page->reviews[at] = (struct exception_reviews){
			review->day, review->by_name,
			role != NULL ? words_now(role->short_name) : review->role, review->words };
	}
}

static struct field_part *
box_of(struct visit *visit, enum box_kind kind, const char *name, const char *label,
       const char *help, struct text stored)
{
	struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
	*box = plain_box(visit, kind, name, text_of(label), text_of(help), stored, true);
	return box;
}

static void
fill_acts(struct visit *visit, const struct flow_exception *one, const struct flow_may *may,
	  struct exception_page *page)
{
	const int64_t id = one->permit.no;
	page->is_wrong = visit->faults != NULL;
	page->is_open = page->is_wrong || one->state == EXCEPTION_RUN_OUT;
	page->may_review = may->review && one->state != EXCEPTION_CLOSED;
	page->may_close = may->close && one->state != EXCEPTION_CLOSED;
	page->may_extend = may->extend && one->state == EXCEPTION_LIVING && one->occasion != NULL &&
			   one->occasion->permit.extends != NULL;
	page->review = url_of_number(visit->arena, "/exceptions/{}/review", id);
	page->close = url_of_number(visit->arena, "/exceptions/{}/close", id);
	page->extend = permit_url(visit, one->permit);
	page->day_box = box_of(visit, BOX_DAY, "day", say("見直した日"), "",
			       day_iso(visit->arena, visit->today));
	page->words_box = box_of(visit, BOX_LONG, "words", say("見直しの結果"),
				 say("例外がまだ要るか、代わりの措置が続いているかを書いてください。"), T(""));
	page->result_box = box_of(visit, BOX_LONG, "result", say("結果"),
				  say("例えば、いまは条項どおりに守れていること、代わりの措置をどうしたかを書いてください。"), T(""));
}

static struct error *
exception_draw(struct look *look, struct visit *visit)
{
	struct flow_exception one;
	struct dossier dossier;
	struct flow_may may;
	bool may_see;
	TRY(exception_open(look, visit, &one, &dossier, &may_see));
	TRY(flow_may(look, visit->office->flow, &dossier, visit->session.person, &may));
	struct exception_page page = {
		.frame = visit_frame(visit, one.number, "exceptions"),
		.csrf = visit->csrf,
		.change = one.change,
		.number = one.number,
		.title = title_of(&one),
		.state = text_of(exception_state_words(one.state)),
		.tag = tag_of(one.state),
		.is_emergency = one.is_emergency,
		.is_default_end = one.is_default_end,
		.is_run_out = one.state == EXCEPTION_RUN_OUT,
		.from = one.from,
		.until = one.until,
		.measure = one.measure,
		.applicant = one.applicant_name,
		.unit = one.unit_name,
		.issued = one.issued,
		.may_see = may_see,
		.permit = permit_url(visit, one.permit),
		.dossier = dossier_url(visit, one.dossier),
		.back = visit_may(visit, RIGHT_MAP_READ) ? url_path(visit->arena, "/exceptions")
							 : dossier_url(visit, one.dossier),
		.closed = one.closed,
		.closed_by = one.closed_name,
		.result = one.result,
	};
	fill_clauses(visit, &one, &page);
	fill_reviews(visit, &one, &page);
	fill_acts(visit, &one, &may, &page);
	return visit_draw(visit, exception_page, &page);
}

static struct error *
review_do(struct act *act, struct visit *visit)
{
	const struct permit_id id = { visit_id(visit, "id") };
	struct day day;
	int64_t change;
	TRY(visit_number(visit, "change", &change));
	if (!day_read(visit_text(visit, "day"), &day))
		return reject("day", "日付を読めません。「R8.11.21」のように書いてください。");
	TRY(flow_exception_review(act, visit->office->flow, id, change, day,
				  text_trim(visit_text(visit, "words"))));
	visit->go_to = exception_url(visit, id);
	visit->done = "reviewed";
	return OK;
}

static struct error *
close_do(struct act *act, struct visit *visit)
{
	const struct permit_id id = { visit_id(visit, "id") };
	int64_t change;
	TRY(visit_number(visit, "change", &change));
	TRY(flow_exception_close(act, visit->office->flow, id, change,
				 text_trim(visit_text(visit, "result"))));
	visit->go_to = exception_url(visit, id);
	visit->done = "exception-closed";
	return OK;
}

PAGE_ROWS(exception,
	  { { METHOD_GET, "/exceptions" }, RIGHT_MAP_READ, PAGE_LOOK, .look = exceptions_draw },
	  { { METHOD_GET, "/exceptions/csv" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = exceptions_take },
	  { { METHOD_GET, "/exceptions/xlsx" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = exceptions_take },
	  { { METHOD_GET, "/exceptions/{id}" }, RIGHT_SELF, PAGE_LOOK, .look = exception_draw },
	  { { METHOD_POST, "/exceptions/{id}/review" }, RIGHT_DECIDE, PAGE_ACT, .act = review_do,
	    .again = exception_draw },
	  { { METHOD_POST, "/exceptions/{id}/close" }, RIGHT_SELF, PAGE_ACT, .act = close_do,
	    .again = exception_draw });
