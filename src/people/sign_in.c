/* Signing in: prepare, verify, and the act that opens a session or counts a failure. */
#include "people/rooms.h"

enum {
	ATTEMPTS = 5,
	LOCK_MINUTES = 15,
};

/* What an unknown name is verified against, so that it takes as long: nobody's password. */
static const char nobodys[] = "$argon2id$v=19$m=19456,t=2,p=1$YmFuc2hvYmFuc2hvYmFucw$"
			      "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

struct error *
people_sign_in_prepare(struct look *look, struct sign_in *sign_in)
{
	const struct text login = login_fold(look->arena, sign_in->login);
	struct people_account_by_login_row row;
	bool found;
	TRY(people_account_by_login(look, &(struct people_account_by_login_in){ login }, &found,
				    &row));
	sign_in->candidate = (struct person_id){ found ? row.id : 0 };
	sign_in->encoded = found ? row.password : text_of(nobodys);
	return OK;
}

void
people_sign_in_verify(struct sign_in *sign_in)
{
	const bool matches = password_matches(sign_in->encoded, sign_in->password);
	sign_in->matches = matches && sign_in->candidate.no != 0;
}

static bool
is_open(const struct act *act, const struct sign_in *sign_in,
	const struct people_account_get_row *row)
{
	const int64_t now = act->look.now.ms;
	return !row->is_closed && row->locked_until <= now &&
	       day_is_within(act_today(act), day_from_kept(row->since), day_from_kept(row->until)) &&
	       (row->temporary_until == 0 || row->temporary_until > now) &&
	       text_same(row->password, sign_in->encoded);
}

struct error *
account_count_failure(struct act *act, const struct pack *pack,
		      const struct people_account_get_row *row)
{
	int64_t attempts, minutes;
	const int64_t now = act->look.now.ms;
	TRY(people_parameter(&act->look, pack, "sign-in.attempts", ATTEMPTS, &attempts));
	TRY(people_parameter(&act->look, pack, "sign-in.lock-minutes", LOCK_MINUTES, &minutes));
	const bool is_locked = row->locked_until > now;
	const int64_t failed = is_locked ? row->failed : row->failed + 1;
	const bool locks = !is_locked && attempts > 0 && failed >= attempts;
	return people_account_failed(
		act, &(struct people_account_failed_in){
			     row->id, locks ? 0 : failed, row->failed_since + 1,
			     locks ? now + minutes_ms(minutes)
				   : is_locked ? row->locked_until : 0 });
}

static struct error *
refuse_sign_in(struct act *act, struct sign_in *sign_in, const struct people_account_get_row *row)
{
	struct noting noting = { .act = "people.sign_in_failed", .about = { T("sign-in:unknown") } };
	if (row != NULL) {
		TRY(account_count_failure(act, sign_in->pack, row));
		noting.about[0] = people_about_person(act->look.arena, (struct person_id){ row->id });
	}
	TRY(people_note(act, &noting));
	sign_in->is_signed_in = false;
	sign_in->refusal = text_of(say("サインインできません。ログイン名とパスワードを確かめてください。続けて間違えると、しばらくの間サインインできなくなります。"));
	return OK;
}

/* A temporary password, or one older than the policy allows, must be changed first. */
static struct error *
must_change(struct act *act, const struct sign_in *sign_in,
	    const struct people_account_get_row *row, bool *must)
{
	int64_t days;
	TRY(people_parameter(&act->look, sign_in->pack, "sign-in.password-days", 0, &days));
	const bool is_old = days > 0 && act->look.now.ms - row->changed > minutes_ms(days * 24 * 60);
	*must = row->is_temporary || is_old;
	return OK;
}

static struct error *
accept_sign_in(struct act *act, struct sign_in *sign_in, const struct people_account_get_row *row)
{
	TRY(must_change(act, sign_in, row, &sign_in->must_change));
	struct opening opening = {
		.person = sign_in->candidate,
		.pack = sign_in->pack,
		.methods = METHOD_PASSWORD,
		.address = sign_in->address,
		.agent = sign_in->agent,
		.must_change = sign_in->must_change,
	};
	TRY(people_session_open(act, &opening));
	sign_in->session = opening.session;
	sign_in->token = opening.token;
	sign_in->is_signed_in = true;
	sign_in->person = sign_in->candidate;
	sign_in->last_sign_in = opening.last_sign_in;
	sign_in->failed_since = opening.failed_since;
	return OK;
}

struct error *
people_sign_in(struct act *act, void *with)
{
	struct sign_in *sign_in = with;
	struct people_account_get_row row;
	bool found = false;
	if (sign_in->candidate.no != 0)
		TRY(people_account_get(&act->look,
				       &(struct people_account_get_in){ sign_in->candidate.no },
				       &found, &row));
	if (!found)
		return refuse_sign_in(act, sign_in, NULL);
	if (!sign_in->matches || !is_open(act, sign_in, &row))
		return refuse_sign_in(act, sign_in, &row);
	return accept_sign_in(act, sign_in, &row);
}
