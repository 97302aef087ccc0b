/*
 * Signing in and out, the language of the pages, and one's own password. Takamatsu 6.4.3, 7.2.4:
 * attempts are limited, a temporary password must be changed, the last sign-in is shown.
 */
#include "pages/limits.h"
#include "pages/ways.h"

#include "ledger/ledger.h"

#include "base/file.h"

struct error *
sign_in_draw(struct look *look, struct visit *visit)
{
	struct field_part login = plain_box(visit, BOX_TEXT, "login", text_of(say("ログイン名")),
					    T(""), T(""), false);
	struct field_part password = plain_box(visit, BOX_PASSWORD, "password",
					       text_of(say("パスワード")), T(""), T(""), false);
	login.is_required = password.is_required = true;
	struct sign_in_page page = {
		.frame = visit_frame(visit, text_of(say("サインイン")), NULL),
		.next = request_field(visit->request, "next"),
		.login = &login,
		.password = &password,
		.passkey = passkey_offer(look, visit),
	};
	page.has_public = visit->office->pack->incidents.kinds_count != 0;
	page.has_cards = visit->office->issuers != NULL;
	page.card = url_path(visit->arena, "/card");
	if (page.next.len != 0)
		page.card = url_query(visit->arena, page.card, "next", page.next);
	if (visit->office->is_demo)
		page.hint = text_of(say("デモのログイン名とパスワードは、番所を起動した画面に表示されています。"));
	return visit_draw(visit, sign_in_page, &page);
}

static struct text
agent_of(const struct visit *visit)
{
	const struct text agent = visit->request->user_agent;
	return agent.len > 200 ? text_first(agent, 200) : agent;
}

static struct error *
sign_in_begin(struct look *look, struct visit *visit)
{
	struct sign_in *sign_in = ARENA_NEW(visit->arena, struct sign_in);
	visit->kept = sign_in;
	const struct text login = text_trim(visit_text(visit, "login"));
	const struct text password = visit_text(visit, "password");
	struct error *faults = OK;
	if (login.len == 0)
		error_add(&faults, reject("login", "ログイン名を入力してください。"));
	if (password.len == 0)
		error_add(&faults, reject("password", "パスワードを入力してください。"));
	if (faults != OK)
		return faults;
	*sign_in = (struct sign_in){
		.login = login,
		.password = secret_from(password),
		.address = visit->request->client,
		.agent = agent_of(visit),
		.device = request_cookie(visit->request, "device"),
		.pack = visit->office->pack,
	};
	struct error *error = people_sign_in_prepare(look, sign_in);
	/* Whoever is known here is not held up by what others behind the same address did. */
	if (error == OK && !sign_in->is_known)
		error = ways_must_be_open(visit);
	if (error == OK)
		error = directory_sign_in_prepare(look, sign_in);
	if (error != OK)
		secret_close(&sign_in->password);
	visit->waits = sign_in->is_kept_elsewhere;
	return error;
}

static struct error *
sign_in_check(struct visit *visit)
{
	struct sign_in *sign_in = visit->kept;
	struct error *error = OK;
	if (sign_in->is_kept_elsewhere)
		error = directory_sign_in_verify(visit->arena, visit->office->directory, sign_in);
	else
		people_sign_in_verify(sign_in);
	secret_close(&sign_in->password);
	/* Said where one signs in: nothing was wrong with what was typed, and nothing is counted. */
	return error == OK ? OK : reject("login", "%.*s", T_ARG(error->words));
}

static struct url
after_sign_in(const struct visit *visit, const struct sign_in *sign_in)
{
	struct url to;
	if (sign_in->must_change)
		return url_path(visit->arena, "/password");
	if (url_from_local(visit_text(visit, "next"), &to))
		return to;
	return url_query(visit->arena, url_path(visit->arena, "/"), "welcome", T("1"));
}

static struct error *
sign_in_do(struct act *act, struct visit *visit)
{
	struct sign_in *sign_in = visit->kept;
	TRY(people_sign_in(act, sign_in));
	if (!sign_in->is_signed_in) {
		if (!sign_in->is_known)
			limits_sign_in_failed(visit->office->limits, visit->request->client,
					      visit->now);
		/* The failure is an act of its own and stands; only the page says no. */
		visit->faults = error_keep(visit->arena,
					   reject("login", "%.*s", T_ARG(sign_in->refusal)));
		return sign_in_draw(&act->look, visit);
	}
	visit->go_to = after_sign_in(visit, sign_in);
	visit->answer.cookies[0] = (struct cookie){ .name = "session", .value = sign_in->token };
	if (sign_in->new_device.len != 0)
		visit->answer.cookies[1] = (struct cookie){ .name = "device",
							    .value = sign_in->new_device,
							    .seconds = (int64_t)DEVICE_DAYS * 86400 };
	return OK;
}

static struct error *
sign_out_do(struct act *act, struct visit *visit)
{
	TRY(people_session_end(act, visit->session.id, visit->session.person));
	visit->go_to = url_path(visit->arena, "/sign-in");
	visit->done = "bye";
	/* A tablet of a server room keeps what it has not handed in yet. */
	visit->answer.clears_site = request_cookie(visit->request, "tablet").len == 0;
	visit->answer.cookies[0] = (struct cookie){ .name = "session", .value = T(""),
						    .seconds = -1 };
	return OK;
}

/* The language is the browser's own matter: a cookie; nothing stored changes, so it is a look. */
static struct error *
language_do(struct look *look, struct visit *visit)
{
	(void)look;
	struct url to;
	if (!url_from_local(visit_text(visit, "here"), &to))
		to = url_path(visit->arena, "/");
	const bool is_english = text_is(visit_text(visit, "language"), "en");
	visit->answer.status = 303;
	visit->answer.location = to;
	visit->answer.cookies[0] = (struct cookie){ .name = "language",
						    .value = is_english ? T("en") : T("ja"),
						    .seconds = (int64_t)365 * 86400 };
	return OK;
}

/* ---- One's own password ---- */

static struct error *
password_draw(struct look *look, struct visit *visit)
{
	int64_t least;
	bool found;
	struct account account = { 0 };
	TRY(people_account(look, visit->session.person, &found, &account));
	TRY(people_parameter(look, visit->office->pack, "sign-in.password-least", 10, &least));
	struct field_part present = plain_box(visit, BOX_PASSWORD, "present",
					      text_of(say("今のパスワード")), T(""), T(""), true);
	struct field_part chosen = plain_box(visit, BOX_PASSWORD, "password",
					     text_of(say("新しいパスワード")), T(""), T(""), true);
	struct field_part again = plain_box(visit, BOX_PASSWORD, "again",
					    text_of(say("新しいパスワード(もう一度)")), T(""), T(""),
					    true);
	chosen.is_new_password = again.is_new_password = true;
	struct password_page page = {
		.frame = visit_frame(visit, text_of(say("パスワードの変更")), NULL),
		.must_change = visit->session.must_change,
		.is_elsewhere = account.is_kept_elsewhere,
		.least = least,
		.csrf = visit->csrf,
		.present = &present,
		.chosen = &chosen,
		.again = &again,
	};
	return visit_draw(visit, password_page, &page);
}

/* Systems of the body, 住民記録システム and 住民記録: easily thought of. Of a pack that lists them in a ledger "system". */
static struct error *
systems_named(struct look *look, struct visit *visit, struct text **names, size_t *count)
{
	enum { SYSTEMS_MOST = 200 };
	const struct pack_ledger *ledger = pack_ledger(visit->office->pack, T("system"));
	const struct text kind = text_of(N_("システム"));
	struct ledger_page page = { 0 };
	if (ledger != NULL)
		TRY(ledger_list(look, visit->office->pack, ledger, &(struct ledger_query){ 0 }, SYSTEMS_MOST,
				&page));
	*names = ARENA_ARRAY(visit->arena, struct text, page.count * 2 + 1);
	*count = 0;
	for (size_t at = 0; at < page.count; at++) {
		const struct text title = page.rows[at].title;
		(*names)[(*count)++] = title;
		if (text_ends(title, kind))
			(*names)[(*count)++] = text_first(title, title.len - kind.len);
	}
	return OK;
}

static struct error *
password_begin(struct look *look, struct visit *visit)
{
	const struct text chosen = visit_text(visit, "password");
	bool found;
	struct account account = { 0 };
	TRY(people_account(look, visit->session.person, &found, &account));
	if (account.is_kept_elsewhere)
		return refuse("このアカウントのパスワードは、庁内のディレクトリ(パソコンのサインイン)のものです。パソコンで変えてください。");
	if (!text_same(chosen, visit_text(visit, "again")))
		return reject("again", "二つの新しいパスワードが違います。もう一度入力してください。");
	struct password_change *change = ARENA_NEW(visit->arena, struct password_change);
	*change = (struct password_change){
		.person = visit->session.person,
		.session = visit->session.id,
		.present = secret_from(visit_text(visit, "present")),
		.chosen = secret_from(chosen),
		.breached = path_join(visit->arena, visit->office->folder, PASSWORD_BREACHED_FILE),
	};
	visit->kept = change;
	struct text *systems = NULL;
	struct error *error = systems_named(look, visit, &systems, &change->more_count);
	change->more = systems;
	if (error == OK)
		error = people_password_prepare(look, visit->office->pack, change);
	if (error != OK) {
		secret_close(&change->present);
		secret_close(&change->chosen);
	}
	return error;
}

static struct error *
password_check(struct visit *visit)
{
	struct password_change *change = visit->kept;
	struct error *error = people_password_verify(visit->arena, change);
	secret_close(&change->present);
	secret_close(&change->chosen);
	return error;
}

static struct error *
password_do(struct act *act, struct visit *visit)
{
	TRY(people_password_change(act, visit->kept));
	visit->go_to = url_path(visit->arena, "/");
	visit->done = "password";
	return OK;
}

PAGE_ROWS(sign_in,
	  { { METHOD_GET, "/sign-in" }, RIGHT_PUBLIC, PAGE_LOOK, .look = sign_in_draw },
	  { { METHOD_POST, "/sign-in" }, RIGHT_PUBLIC, PAGE_ACT, .look = sign_in_begin,
	    .slow = sign_in_check, .act = sign_in_do, .again = sign_in_draw },
	  { { METHOD_POST, "/sign-out" }, RIGHT_SELF, PAGE_ACT, .act = sign_out_do,
	    .proof = PROOF_PART },
	  { { METHOD_GET, "/language" }, RIGHT_PUBLIC, PAGE_LOOK, .look = language_do },
	  { { METHOD_GET, "/password" }, RIGHT_SELF, PAGE_LOOK, .look = password_draw },
	  { { METHOD_POST, "/password" }, RIGHT_SELF, PAGE_ACT, .look = password_begin,
	    .slow = password_check, .act = password_do, .again = password_draw });
