/*
 * From a request to its answer. The dispatcher finds the row, signs in by the session's cookie,
 * checks the right and the CSRF token, opens the snapshot or queues the act, commits, and answers.
 * Handlers hold nothing but the rule they implement.
 *
 * An act: look (prepare) on the server's thread, slow work on the pool, the act on the store's
 * writer; its answer goes out after the commit. A refused act is drawn again on the pool, with
 * what the person typed still there.
 */
#include "pages/limits.h"
#include "pages/rooms.h"
#include "pages/seen.h"
#include "pages/upload.h"

#include "enact/enact.h"
#include "signin/signin.h"

#include "base/log.h"

#include <string.h>

/* What travels with an exchange through the threads. */
struct passage {
	struct visit visit;
	struct captures captures;
	struct act_order order;
	struct look look; /* who it is and may they; a page that only looks is drawn in the same */
};

static void
fail(struct passage *passage, const struct error *error)
{
	if (error->kind == ERROR_BROKEN)
		log_error("request", error);
	exchange_fail(passage->visit.exchange, error);
	error_sweep();
}

static void
answer(struct passage *passage)
{
	exchange_answer(passage->visit.exchange, &passage->visit.answer);
}

/* ---- Looking ---- */

static struct error *
draw(struct passage *passage, look_page *page)
{
	struct visit *visit = &passage->visit;
	LOOK_SCOPED look = { 0 };
	TRY(look_begin(visit->office->store, visit->arena, &look));
	visit->look = &look;
	struct error *error = page(&look, visit);
	visit->look = NULL;
	return error;
}

static void
draw_and_answer(void *with)
{
	struct passage *passage = with;
	language_use(passage->visit.language);
	log_request(exchange_name(passage->visit.exchange));
	struct error *error = draw(passage, passage->visit.row->look);
	if (error != OK)
		fail(passage, error);
	else
		answer(passage);
	log_request(T(""));
}

/* ---- Acting ---- */

static int
status_again(const struct error *error)
{
	return error->kind == ERROR_INVALID ? 422 : status_of(error->kind);
}

/* What is drawn instead of an act that was refused; NULL: the fault page. */
static look_page *
page_again(const struct visit *visit)
{
	return visit->wants_proof ? proof_draw : visit->row->again;
}

/* The form again, with what was typed and what is wrong. */
static void
draw_again(void *with)
{
	struct passage *passage = with;
	struct visit *visit = &passage->visit;
	language_use(visit->language);
	log_request(exchange_name(visit->exchange));
	const int status = status_again(visit->faults);
	if (visit->wants_proof)
		visit->faults = NULL; /* nothing is wrong with what was typed */
	struct error *error = draw(passage, page_again(visit));
	if (error != OK) {
		fail(passage, visit->faults != NULL ? visit->faults : error);
		return;
	}
	visit->answer.status = status;
	answer(passage);
}

static void
refused(struct passage *passage, const struct error *error)
{
	struct visit *visit = &passage->visit;
	visit->faults = error_keep(visit->arena, error);
	if (error->kind == ERROR_BROKEN)
		log_error("act", error);
	if (page_again(visit) == NULL || error->kind == ERROR_BROKEN ||
	    error->kind == ERROR_BUSY) {
		fail(passage, visit->faults);
		return;
	}
	struct error *full = pool_do(visit->office->pool, draw_again, passage);
	if (full != OK)
		fail(passage, full);
}

static void
acted(struct act_order *order, struct error *error)
{
	struct passage *passage = order->done_with;
	struct visit *visit = &passage->visit;
	if (error != OK) {
		log_request(exchange_name(visit->exchange));
		refused(passage, error);
		log_request(T(""));
		return;
	}
	if (!url_is_empty(visit->go_to)) {
		struct url to = visit->go_to;
		if (visit->done != NULL)
			to = url_query(visit->arena, to, "done", text_of(visit->done));
		visit->answer.status = 303;
		visit->answer.location = to;
	}
	answer(passage);
}

static struct error *
do_act(struct act *act, void *with)
{
	struct passage *passage = with;
	struct visit *visit = &passage->visit;
	TRY(enact_must_be_current(&act->look, visit->office->pack));
	visit->look = &act->look;
	struct error *error = visit->row->act(act, visit);
	visit->look = NULL;
	return error;
}

static void
submit(struct passage *passage)
{
	struct visit *visit = &passage->visit;
	passage->order = (struct act_order){
		.work = do_act,
		.with = passage,
		.arena = visit->arena,
		.actor = { .person = visit->session.person.no, .through = T("web") },
		.language = visit->language,
		.done = acted,
		.done_with = passage,
	};
	store_submit(visit->office->store, &passage->order);
}

static void
slow_then_submit(void *with)
{
	struct passage *passage = with;
	language_use(passage->visit.language);
	log_request(exchange_name(passage->visit.exchange));
	struct error *error = passage->visit.row->slow(&passage->visit);
	if (error != OK)
		refused(passage, error);
	else
		submit(passage);
	log_request(T(""));
	error_sweep();
}

/* A server elsewhere that answers nobody must not keep those waiting who need none. */
static struct pool *
pool_for(const struct visit *visit)
{
	const struct office *office = visit->office;
	return visit->waits && office->waiters != NULL ? office->waiters : office->pool;
}

static struct error *
begin_act(struct passage *passage)
{
	const struct page_row *row = passage->visit.row;
	struct error *lacking = visit_must_have_window(&passage->visit, row->right);
	if (lacking != OK) {
		refused(passage, lacking);
		return OK;
	}
	if (row->look != NULL) {
		struct error *error = draw(passage, row->look);
		if (error != OK) {
			refused(passage, error);
			return OK;
		}
	}
	if (row->slow != NULL)
		return pool_do(pool_for(&passage->visit), slow_then_submit, passage);
	submit(passage);
	return OK;
}

/* ---- Drawing and serving ---- */

/* In the snapshot in which the session and the rights were read. */
static struct error *
draw_at_once(struct passage *passage)
{
	struct visit *visit = &passage->visit;
	visit->look = &passage->look;
	struct error *error = visit->row->look(&passage->look, visit);
	visit->look = NULL;
	look_end(&passage->look);
	if (error == OK)
		answer(passage);
	return error;
}

/* The passage ends with its answer; who asked must be known afterwards. */
static void
draw_slowly(void *with)
{
	const struct passage *passage = with;
	struct limits *limits = passage->visit.office->limits;
	const int64_t session = passage->visit.session.id.no;
	draw_and_answer(with);
	limits_slow_end(limits, session);
}

/* One session does not keep everybody else's papers waiting. */
static struct error *
begin_slow(struct passage *passage)
{
	const struct visit *visit = &passage->visit;
	if (!limits_slow_begin(visit->office->limits, visit->session.id.no))
		return busy("前に頼んだ帳票や一覧をまだ作っています。できあがってから、もう一度お試しください。");
	struct error *error = pool_do(visit->office->pool, draw_slowly, passage);
	if (error != OK)
		limits_slow_end(visit->office->limits, visit->session.id.no);
	return error;
}

static struct error *
serve_row(struct passage *passage)
{
	if (passage->visit.row->kind == PAGE_LOOK)
		return draw_at_once(passage);
	look_end(&passage->look);
	switch (passage->visit.row->kind) {
	case PAGE_LOOK:
	case PAGE_SLOW_LOOK:
		return begin_slow(passage);
	case PAGE_ACT:
		return begin_act(passage);
	}
	return OK;
}

/* Nothing was done; the page asks for the proof and keeps what was typed. */
static void
ask_proof(struct passage *passage)
{
	struct error *error = draw(passage, proof_draw);
	if (error != OK) {
		fail(passage, error);
		return;
	}
	passage->visit.answer.status = status_of(ERROR_REFUSED);
	answer(passage);
}

static void
serve(const struct office *office, struct exchange *exchange, const struct page_row *row,
      const struct captures *captures)
{
	struct arena *arena = exchange_arena(exchange);
	struct passage *passage = ARENA_NEW(arena, struct passage);
	bool is_done = false;
	passage->captures = *captures;
	passage->visit = (struct visit){
		.office = office,
		.exchange = exchange,
		.request = exchange_request(exchange),
		.captures = &passage->captures,
		.row = row,
		.arena = arena,
		.now = moment_now(),
		.language = language_now(),
	};
	exchange_keep(exchange, &passage->visit);
	struct error *error = look_begin(office->store, arena, &passage->look);
	if (error == OK)
		error = visit_admit(&passage->look, &passage->visit, &is_done);
	if (error == OK && !is_done)
		error = serve_row(passage);
	else
		look_end(&passage->look);
	if (error != OK && passage->visit.wants_proof)
		ask_proof(passage);
	else if (error != OK)
		fail(passage, error);
	error_sweep();
}

static void
not_found(struct exchange *exchange, enum route_result result, struct text allow)
{
	if (result == ROUTE_OTHER_METHOD) {
		struct answer other = {
			.status = 405,
			.allow = allow,
			.type = "text/plain; charset=utf-8",
			.body = text_of(say("この操作はこの場所ではできません。")),
		};
		exchange_answer(exchange, &other);
		return;
	}
	exchange_fail(exchange, missing("この画面はありません。アドレスを確かめるか、ホームに戻ってください。"));
	error_sweep();
}

static struct route_table
table(void)
{
	size_t count;
	const struct page_row *rows = pages_table(&count);
	return (struct route_table){ &rows[0].route, count, sizeof *rows };
}

/* What the card door serves itself: cards, and what the frame of its pages posts to. */
static bool
is_for_door(const struct request *request)
{
	return request->segment_count > 0 &&
	       (text_is(request->segments[0], "card") || text_is(request->path, "/sign-out") ||
		text_is(request->path, "/language"));
}

/* Each page on its own side: cards where client certificates are asked for, all others where not. */
static bool
leads_elsewhere(const struct office *office, struct exchange *exchange)
{
	const struct request *request = exchange_request(exchange);
	const bool is_card = request->segment_count > 0 && text_is(request->segments[0], "card");
	const bool is_elsewhere = office->is_card_door ? !is_for_door(request) : is_card;
	struct url here;
	if (office->issuers == NULL || !is_elsewhere || request->method != METHOD_GET ||
	    !url_from_local(request->raw_target, &here))
		return false;
	const struct url there = url_at_port(exchange_arena(exchange), request->host,
					     office->is_card_door ? office->home_port
								  : office->card_port,
					     here);
	if (url_is_empty(there))
		return false;
	exchange_redirect(exchange, there);
	return true;
}

void
pages_serve(void *with, struct exchange *exchange)
{
	struct captures captures;
	struct text allow;
	size_t index, count;
	if (assets_serve(&pages_assets, exchange) || leads_elsewhere(with, exchange))
		return;
	const struct route_table routes = table();
	const enum route_result result = route_find(&routes, exchange_request(exchange), &index,
						    &captures, &allow);
	if (result != ROUTE_FOUND) {
		not_found(exchange, result, allow);
		return;
	}
	serve(with, exchange, &pages_table(&count)[index], &captures);
}

enum body_allowed
pages_body(void *with, const struct request *request)
{
	struct captures captures;
	struct text allow;
	size_t index, count;
	(void)with;
	const struct route_table routes = table();
	if (route_find(&routes, request, &index, &captures, &allow) != ROUTE_FOUND)
		return BODY_NONE;
	const struct page_row *row = &pages_table(&count)[index];
	return row->kind != PAGE_ACT ? BODY_NONE : row->body != BODY_NONE ? row->body : BODY_FORM;
}
