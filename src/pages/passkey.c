/* Signing in with a passkey alone: it is held, and asks for its PIN or finger. */
#include "pages/limits.h"
#include "pages/ways.h"

struct passkey_part *
passkey_offer(struct look *look, struct visit *visit)
{
	struct key_party party;
	struct text words;
	struct error *error = ways_party(look, visit, &party, &words);
	if (error != OK || words.len != 0 || visit->office->challenges == NULL)
		return NULL;
	struct passkey_part *part = ARENA_NEW(visit->arena, struct passkey_part);
	*part = (struct passkey_part){
		.rp = party.rp,
		.next = visit_text(visit, "next"),
		.fault = visit_fault(visit, T("key")),
		.challenge = challenge_make(visit->office->challenges, visit->arena, "passkey", 0, visit->now),
	};
	return part;
}

static struct error *
passkey_begin(struct look *look, struct visit *visit)
{
	struct passkey_sign_in *passkey = ARENA_NEW(visit->arena, struct passkey_sign_in);
	*passkey = (struct passkey_sign_in){
		.pack = visit->office->pack,
		.address = visit->request->client,
		.agent = visit->request->user_agent,
	};
	visit->kept = passkey;
	if (visit->office->challenges == NULL)
		return refuse("この番所では、パスキーでサインインできません。");
	return ways_key(look, visit, "passkey", 0, &passkey->key, &passkey->is_wrong);
}

static struct error *
passkey_do(struct act *act, struct visit *visit)
{
	struct passkey_sign_in *passkey = visit->kept;
	TRY(signin_passkey(act, passkey));
	if (!passkey->is_signed_in) {
		limits_sign_in_failed(visit->office->limits, visit->request->client, visit->now);
		visit->faults = error_keep(visit->arena, reject("key", "%.*s", T_ARG(passkey->refusal)));
		return sign_in_draw(&act->look, visit);
	}
	if (!url_from_local(visit_text(visit, "next"), &visit->go_to))
		visit->go_to = url_query(visit->arena, url_path(visit->arena, "/"), "welcome", T("1"));
	visit->answer.cookies[0] = (struct cookie){ .name = "session", .value = passkey->opening.token };
	return OK;
}

PAGE_ROWS(passkey,
	  { { METHOD_POST, "/sign-in/passkey" }, RIGHT_PUBLIC, PAGE_ACT, .look = passkey_begin,
	    .act = passkey_do, .again = sign_in_draw });
