/* Ways to show something in a running session. */
#include "pages/ways.h"

#include "pages/limits.h"
#include "pages/people_pages.h"

#include "base/log.h"

struct text
ways_base64url(struct arena *into, struct text bytes)
{
	const struct text plain = text_base64(into, bytes);
	return text_replace(into,
			    text_replace(into, text_replace(into, plain, T("+"), T("-")), T("/"), T("_")),
			    T("="), T(""));
}

struct text
ways_user(struct visit *visit, struct person_id person)
{
	return text_format(visit->arena, "%.*s:%lld", T_ARG(visit->office->body_code), (long long)person.no);
}

struct error *
ways_party(struct look *look, struct visit *visit, struct key_party *party, struct text *words)
{
	enum party_fault fault;
	struct text url;
	TRY(signin_party(look, visit->request->host, party, &fault));
	TRY(store_setting(look, T("body.url"), &url));
	*words = party_fault_words(visit->arena, fault, url);
	return OK;
}

/* ---- Drawing ---- */

static struct error *
fill_key(struct look *look, struct visit *visit, const char *use, const struct factor *list, size_t count,
	 struct ways_part *ways)
{
	struct key_party party;
	size_t keys = 0;
	struct arena *arena = visit->arena;
	for (size_t at = 0; at < count; at++) {
		if (list[at].kind != FACTOR_KEY)
			continue;
		const struct text id = ways_base64url(arena, list[at].credential);
		ways->ids = keys++ == 0 ? id : text_format(arena, "%.*s %.*s", T_ARG(ways->ids), T_ARG(id));
	}
	if (keys == 0)
		return OK;
	TRY(ways_party(look, visit, &party, &ways->party));
	if (ways->party.len != 0 || visit->office->challenges == NULL)
		return OK;
	ways->has_key = true;
	ways->rp = party.rp;
	ways->key_fault = visit_fault(visit, T("key"));
	ways->challenge = challenge_make(visit->office->challenges, arena, use, visit->session.id.no,
					 visit->now);
	return OK;
}

struct error *
ways_make(struct look *look, struct visit *visit, const char *use, bool wants_held, bool wants_known,
	  struct ways_part **ways)
{
	struct factor *list;
	size_t count;
	struct account account;
	bool has_account;
	struct ways_part *made = ARENA_NEW(visit->arena, struct ways_part);
	TRY(signin_factors(look, visit->session.person, &list, &count));
	if (!wants_held)
		count = 0;
	for (size_t at = 0; at < count; at++)
		made->has_code |= list[at].kind == FACTOR_TOTP;
	made->code_fault = visit_fault(visit, T("code"));
	TRY(fill_key(look, visit, use, list, count, made));
	TRY(people_account(look, visit->session.person, &has_account, &account));
	if (wants_known && has_account) {
		struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
		*box = plain_box(visit, BOX_PASSWORD, "password", text_of(say("パスワード")), T(""), T(""), true);
		made->password = box;
	}
	*ways = made->has_code || made->has_key || made->party.len != 0 || made->password != NULL ? made : NULL;
	return OK;
}

/* ---- Reading ---- */

struct error *
ways_must_be_open(struct visit *visit)
{
	int64_t wait;
	if (limits_may_sign_in(visit->office->limits, visit->request->client, visit->now, &wait))
		return OK;
	visit->answer.retry_after = wait;
	return refuse("この端末(または同じ接続元)からのサインインの失敗が続いたため、しばらく受け付けません。約%lld分後にもう一度お試しください。急ぐときは、システムの担当者に伝えてください。",
		      (long long)((wait + 59) / 60));
}

static struct error *
read_answer(struct visit *visit, struct key_answer *answer)
{
	return signin_key_read(visit->arena, visit_text(visit, "key-id"), visit_text(visit, "key-client"),
			       visit_text(visit, "key-data"), visit_text(visit, "key-signature"),
			       visit_text(visit, "key-user"), answer);
}

/* False with a line in the operator's log: the reasons, never the bytes. */
static bool
is_signed(struct look *look, struct visit *visit, const struct key_party *party,
	  const struct key_answer *answer, struct key_shown *shown)
{
	struct key key;
	bool found = false;
	struct error *error = signin_key_find(look, answer->credential, &found, &key);
	if (error == OK && found)
		error = signin_key_check(party, visit_text(visit, "challenge"), answer, &key, shown);
	if (error != OK)
		log_error("key", error);
	return error == OK && found &&
	       (answer->user.len == 0 || text_same(answer->user, ways_user(visit, key.person))) &&
	       challenge_spend(visit->office->challenges, visit_text(visit, "challenge"), visit->now);
}

struct error *
ways_key(struct look *look, struct visit *visit, const char *use, int64_t whose, struct key_shown *shown,
	 bool *is_wrong)
{
	struct key_party party;
	struct key_answer answer;
	struct text words;
	TRY(ways_must_be_open(visit));
	TRY(ways_party(look, visit, &party, &words));
	if (words.len != 0)
		return reject("key", "%.*s", T_ARG(words));
	TRY(read_answer(visit, &answer));
	if (!challenge_holds(visit->office->challenges, use, whose, visit_text(visit, "challenge"),
			     visit->now))
		return reject("key", "画面が古くなりました。もう一度ボタンを押してください。");
	*is_wrong = !is_signed(look, visit, &party, &answer, shown);
	return OK;
}

static struct error *
read_password(struct look *look, struct visit *visit, struct showing *showing)
{
	struct account account;
	bool found;
	const struct text typed = visit_text(visit, "password");
	if (typed.len == 0)
		return reject("password", "パスワードを入力してください。");
	TRY(people_account(look, visit->session.person, &found, &account));
	if (!found)
		return refuse("この職員には使えるアカウントがありません。");
	showing->what = SHOW_PASSWORD;
	showing->password = (struct sign_in){ .login = account.login, .password = secret_from(typed),
					      .pack = visit->office->pack };
	struct error *error = people_sign_in_prepare(look, &showing->password);
	if (error == OK)
		error = directory_sign_in_prepare(look, &showing->password);
	if (error != OK)
		secret_close(&showing->password.password);
	visit->waits = showing->password.is_kept_elsewhere;
	return error;
}

struct error *
ways_read(struct look *look, struct visit *visit, const char *use)
{
	struct showing *showing = ARENA_NEW(visit->arena, struct showing);
	const struct text what = visit_text(visit, "what");
	*showing = (struct showing){ .pack = visit->office->pack, .session = visit->session };
	visit->kept = showing;
	TRY(ways_must_be_open(visit));
	if (text_is(what, "key")) {
		showing->what = SHOW_KEY;
		return ways_key(look, visit, use, visit->session.id.no, &showing->key, &showing->is_wrong);
	}
	if (text_is(what, "password"))
		return read_password(look, visit, showing);
	showing->what = SHOW_CODE;
	showing->code = text_trim(visit_text(visit, "code"));
	return showing->code.len != 0 ? OK : reject("code", "アプリに出ている6桁の数字を入れてください。");
}

struct error *
ways_verify(struct visit *visit)
{
	struct showing *showing = visit->kept;
	if (showing->what != SHOW_PASSWORD)
		return OK;
	struct error *error = OK;
	if (showing->password.is_kept_elsewhere)
		error = directory_sign_in_verify(visit->arena, visit->office->directory, &showing->password);
	else
		people_sign_in_verify(&showing->password);
	secret_close(&showing->password.password);
	/* The directory is down: nothing was wrong with what was typed, and nothing is counted. */
	return error == OK ? OK : reject("password", "%.*s", T_ARG(error->words));
}

static const char *
field_of(enum showing_what what)
{
	switch (what) {
	case SHOW_PASSWORD:
		return "password";
	case SHOW_CODE:
		return "code";
	case SHOW_KEY:
		break;
	}
	return "key";
}

struct error *
ways_show(struct act *act, struct visit *visit, bool *is_shown)
{
	struct showing *showing = visit->kept;
	TRY(signin_show(act, showing));
	*is_shown = showing->is_shown;
	if (!showing->is_shown) {
		limits_sign_in_failed(visit->office->limits, visit->request->client, visit->now);
		/* The failure is an act of its own and stands; only the page says no. */
		visit->faults = error_keep(visit->arena, reject(field_of(showing->what), "%.*s",
								T_ARG(showing->refusal)));
		return OK;
	}
	visit->token = showing->token;
	visit->csrf = people_csrf(visit->arena, visit->token);
	visit->answer.cookies[0] = (struct cookie){ .name = "session", .value = visit->token };
	return OK;
}
