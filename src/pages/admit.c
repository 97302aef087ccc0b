/*
 * Who is it, and may they? The session by its cookie, what the day still asks of whoever signed in, the CSRF
 * token, the right, a fresh proof: asked of every row of the table before it is drawn or done.
 */
#include "pages/rooms.h"
#include "pages/seen.h"
#include "pages/upload.h"

#include "signin/signin.h"

#include "base/log.h"

static struct error *
read_session(struct look *look, struct visit *visit)
{
	const struct office *office = visit->office;
	const struct moment now = look->now;
	visit->token = request_cookie(visit->request, "session");
	if (visit->token.len == TOKEN_LEN) {
		TRY(people_session_find(look, visit->token, (struct moment){ 0 },
					&visit->has_session, &visit->session));
		if (!visit->has_session)
			TRY(people_session_find(look, visit->token, now, &visit->has_session,
						&visit->session));
	}
	if (!visit->has_session)
		return people_rights(look, office->pack, (struct person_id){ 0 }, &visit->rights);
	const struct moment seen = seen_when(office->seen, visit->session.id.no);
	const int64_t last = seen.ms > visit->session.seen.ms ? seen.ms : visit->session.seen.ms;
	if (now.ms - last > visit->session.idle_minutes * 60000 ||
	    last - now.ms > PEOPLE_CLOCK_SLACK_MS) {
		visit->has_session = false;
		return people_rights(look, office->pack, (struct person_id){ 0 }, &visit->rights);
	}
	visit->csrf = people_csrf(visit->arena, visit->token);
	visit->language = visit->session.language;
	TRY(people_rights(look, office->pack, visit->session.person, &visit->rights));
	return visit_read_window(look, visit);
}

static void
touched(struct act_order *order, struct error *error)
{
	if (error != OK)
		log_error("session", error);
	arena_close(order->arena);
}

/* Keep when the session was seen; nobody waits for it. */
static void
touch(const struct visit *visit)
{
	if (!seen_now(visit->office->seen, visit->session.id.no, visit->now, visit->session.seen))
		return;
	struct arena *arena = arena_open(ARENA_USUAL);
	struct act_order *order = ARENA_NEW(arena, struct act_order);
	struct session *session = ARENA_NEW(arena, struct session);
	*session = (struct session){ .id = visit->session.id, .person = visit->session.person,
				     .seen = visit->now };
	*order = (struct act_order){
		.work = people_session_touch,
		.with = session,
		.arena = arena,
		.actor = { .person = visit->session.person.no, .through = T("web") },
		.done = touched,
	};
	store_submit(visit->office->store, order);
}

static void
language_of(struct visit *visit)
{
	const struct text chosen = request_cookie(visit->request, "language");
	if (text_is(chosen, "en"))
		visit->language = LANGUAGE_EN;
	else if (text_is(chosen, "ja"))
		visit->language = LANGUAGE_JA;
	language_use(visit->language);
}

/* The form again, with what was typed into it; false when that is not kept. */
static bool
form_url(const struct visit *visit, struct url *form)
{
	struct text name;
	if (!visit->row->keeps || !request_is_same_origin(visit->request) ||
	    !url_from_local(visit->request->path, form))
		return false;
	struct error *error = typed_keep(visit, &name);
	if (error != OK) {
		log_error("typed", error);
		error_sweep();
		return false;
	}
	*form = url_query(visit->arena, *form, "kept", name);
	return true;
}

static struct url
sign_in_url(const struct visit *visit)
{
	struct url form, to = url_path(visit->arena, "/sign-in");
	if (visit->request->method == METHOD_GET)
		return url_query(visit->arena, to, "next", visit->request->raw_target);
	if (form_url(visit, &form))
		return url_query(visit->arena, url_query(visit->arena, to, "next", form.text), "done",
				 T("typed-kept"));
	return url_query(visit->arena, to, "done", T("signed-out"));
}

static struct url
more_url(const struct visit *visit)
{
	const struct url to = url_path(visit->arena, "/sign-in/more");
	struct url form;
	if (visit->request->method == METHOD_GET)
		return url_query(visit->arena, to, "next", visit->request->raw_target);
	return form_url(visit, &form) ? url_query(visit->arena, to, "next", form.text) : to;
}

/* With a temporary or too old a password. */
static bool
is_open_to_change(const struct visit *visit)
{
	return text_is(visit->request->path, "/password") || text_is(visit->request->path, "/sign-out");
}

static struct error *
read_demand(struct look *look, struct visit *visit)
{
	struct signin_demand demand;
	if (!visit->has_session)
		return OK;
	TRY(signin_demand(look, visit->office->pack, visit->session.person, visit->request->client, &demand));
	visit->is_part = !signin_is_enough(&demand, visit->session.methods);
	return OK;
}

/* Where the person must go first, or nothing. */
static bool
must_go_elsewhere(struct visit *visit)
{
	struct url to = { 0 };
	if (visit->row->right == RIGHT_PUBLIC)
		return false;
	if (!visit->has_session)
		to = sign_in_url(visit);
	else if (visit->session.must_change)
		to = is_open_to_change(visit) ? to : url_path(visit->arena, "/password");
	else if (visit->is_part && visit->row->proof != PROOF_PART)
		to = more_url(visit);
	if (url_is_empty(to))
		return false;
	exchange_redirect(visit->exchange, to);
	return true;
}

/* A change comes from our own page, in the session's name. */
static struct error *
check_token(const struct visit *visit)
{
	if (visit->row->kind != PAGE_ACT)
		return OK;
	if (!request_is_same_origin(visit->request))
		return refuse("この操作は番所の画面から行ってください。画面を開き直して、もう一度実行してください。");
	if (visit->row->right == RIGHT_PUBLIC)
		return OK;
	if (!people_csrf_matches(visit->token, request_field(visit->request, "csrf")))
		return refuse("画面が古くなっています。画面を開き直して、もう一度実行してください。操作は行われていません。");
	return OK;
}

static struct error *
check_right(const struct visit *visit)
{
	if (visit->row->right == RIGHT_PUBLIC || rights_may(&visit->rights, visit->row->right))
		return OK;
	return refuse("この画面を使う権限がありません。必要なときは、情報セキュリティ管理者(課長)かシステムの担当者に相談してください。");
}

struct error *
visit_must_be_fresh(struct look *look, struct visit *visit)
{
	bool is_fresh;
	TRY(signin_is_fresh(look, visit->office->pack, &visit->session, &is_fresh));
	visit->wants_proof = !is_fresh;
	return is_fresh ? OK : refuse("この操作の前に、もう一度本人確認をしてください。");
}

static struct error *
check_proof(struct look *look, struct visit *visit)
{
	return visit->row->proof == PROOF_FRESH ? visit_must_be_fresh(look, visit) : OK;
}

struct error *
visit_admit(struct look *look, struct visit *visit, bool *is_done)
{
	TRY(read_session(look, visit));
	visit->now = look->now;
	visit->today = moment_day(visit->now);
	language_of(visit);
	TRY(read_demand(look, visit));
	*is_done = must_go_elsewhere(visit);
	if (*is_done)
		return OK;
	if (visit->has_session)
		touch(visit);
	struct error *stale = check_token(visit);
	struct url form;
	if (stale != OK && visit->row->right != RIGHT_PUBLIC && form_url(visit, &form)) {
		/* Signed in anew in another window: nothing was done, and nothing typed is lost. */
		*is_done = true;
		exchange_redirect(visit->exchange, url_query(visit->arena, form, "done", T("typed-again")));
		return OK;
	}
	TRY(stale);
	TRY(check_right(visit));
	return check_proof(look, visit);
}
