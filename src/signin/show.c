/* Showing something in a running session, and signing in by passkey alone. */
#include "signin/rooms.h"

static const char *
wrong_words(enum showing_what what)
{
	switch (what) {
	case SHOW_PASSWORD:
		return say("パスワードが違います。もう一度入力してください。続けて間違えると、しばらくの間できなくなります。");
	case SHOW_CODE:
		return say("確認コードが違うか、一度使ったものです。アプリの次の数字を待って、もう一度入力してください。");
	case SHOW_KEY:
		break;
	}
	return say("パスキーやセキュリティキーの確認ができませんでした。画面を開き直して、もう一度試してください。");
}

static enum session_method
method_of(const struct showing *showing)
{
	switch (showing->what) {
	case SHOW_PASSWORD:
		return showing->password.is_kept_elsewhere ? METHOD_DIRECTORY : METHOD_PASSWORD;
	case SHOW_CODE:
		return METHOD_TOTP;
	case SHOW_KEY:
		break;
	}
	return showing->key.is_verified ? METHOD_PASSKEY : METHOD_KEY;
}

/* What was held, when it is right: *is_right. */
static struct error *
look_at(struct act *act, const struct showing *showing, bool *is_right, struct factor_id *factor)
{
	bool is_copied = false;
	*is_right = false;
	switch (showing->what) {
	case SHOW_PASSWORD:
		*is_right = showing->password.matches &&
			    showing->password.candidate.no == showing->session.person.no;
		return OK;
	case SHOW_CODE:
		TRY(totp_use(act, showing->session.person, showing->code, factor));
		*is_right = factor->no != 0;
		return OK;
	case SHOW_KEY:
		break;
	}
	if (showing->key.key.person.no != showing->session.person.no)
		return OK;
	TRY(signin_key_used(act, &showing->key, &is_copied));
	*factor = showing->key.key.id;
	*is_right = !is_copied;
	return OK;
}

static struct error *
say_no(struct act *act, struct showing *showing, const char *words)
{
	showing->is_shown = false;
	showing->refusal = text_of(words);
	return people_sign_in_fail(act, showing->pack, showing->session.person, method_of(showing));
}

struct error *
signin_show(struct act *act, void *with)
{
	struct showing *showing = with;
	struct factor_id factor = { 0 };
	bool is_locked, is_right = false;
	TRY(people_sign_in_locked(&act->look, showing->session.person, &is_locked));
	if (is_locked)
		return say_no(act, showing, say("続けて間違えたため、しばらくの間できません。時間をおいて、もう一度試してください。"));
	if (!showing->is_wrong)
		TRY(look_at(act, showing, &is_right, &factor));
	if (!is_right)
		return say_no(act, showing, wrong_words(showing->what));
	TRY(people_session_raise(act, showing->session.id, method_of(showing),
				 factor.no != 0 ? about_factor(act->look.arena, factor) : T(""),
				 &showing->token));
	showing->is_shown = true;
	return OK;
}

static struct error *
passkey_no(struct act *act, struct passkey_sign_in *passkey)
{
	passkey->is_signed_in = false;
	passkey->refusal = text_of(say("このパスキーではサインインできません。登録した端末かキーを使うか、ログイン名とパスワードでサインインしてください。"));
	return people_sign_in_fail(act, passkey->pack, passkey->key.key.person, METHOD_PASSKEY);
}

/* Nobody's wrong answer may lock a person out, so only the owner's own key counts on their account. */
struct error *
signin_passkey(struct act *act, void *with)
{
	struct passkey_sign_in *passkey = with;
	struct person who;
	struct account account;
	bool is_copied = false, found;
	if (passkey->is_wrong || !passkey->key.is_verified) {
		passkey->key.key.person.no = 0;
		return passkey_no(act, passkey);
	}
	TRY(people_account(&act->look, passkey->key.key.person, &found, &account));
	TRY(people_person(&act->look, passkey->key.key.person, &who));
	if (!found || account.is_closed || account.is_temporary)
		return passkey_no(act, passkey);
	TRY(signin_key_used(act, &passkey->key, &is_copied));
	if (is_copied)
		return passkey_no(act, passkey);
	passkey->opening = (struct opening){
		.person = passkey->key.key.person,
		.pack = passkey->pack,
		.methods = METHOD_PASSKEY,
		.with = about_factor(act->look.arena, passkey->key.key.id),
		.address = passkey->address,
		.agent = passkey->agent,
	};
	passkey->is_signed_in = true;
	return people_session_open(act, &passkey->opening);
}
