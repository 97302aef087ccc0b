/* What was shown in a session, second factors, what is demanded, recovery: each promise one test. */
#include "people_house.h"

#include "people/notice.h"
#include "signin/signin.h"

#include <liboath/oath.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <string.h>

static struct new_password made;

static struct error *
open_account(struct act *act, void *with)
{
	struct house *h = with;
	return people_account_open(act, h->pack, h->staff, T("yamada"), &made);
}

static void
give_account(struct house *h)
{
	SECRET_SCOPED secret = secret_from(T("nagai-aikotoba-no-rei-42"));
	must(people_password_encode(h->arena, secret, false, &made));
	must(act_now(h, open_account, h));
}

static struct error *
open_session(struct act *act, void *with)
{
	return people_session_open(act, with);
}

static struct opening
opening_of(struct house *h, unsigned methods, const char *with)
{
	return (struct opening){ .person = h->staff, .pack = h->pack, .methods = methods,
				 .with = text_of(with), .address = T("127.0.0.1"), .agent = T("試験") };
}

static bool
session_lives(struct house *h, struct text token, struct session *session)
{
	bool found;
	LOOK(h, look);
	must(people_session_find(&look, token, (struct moment){ 0 }, &found, session));
	return found;
}

struct raising {
	struct session_id session;
	unsigned methods;
	struct text with, token;
};

static struct error *
raise_session(struct act *act, void *with)
{
	struct raising *raising = with;
	return people_session_raise(act, raising->session, raising->methods, raising->with,
				    &raising->token);
}

static void
a_token_fixed_before_is_worth_nothing_after_more_was_shown(void **state)
{
	struct house *h = *state;
	struct session session;
	give_account(h);
	struct opening opening = opening_of(h, METHOD_PASSWORD, "");
	fault_walk(h, NOBODY, open_session, &opening);
	assert_true(session_lives(h, opening.token, &session));
	assert_int_equal(session.methods, METHOD_PASSWORD);
	h->now.ms += 60000;
	struct raising raising = { opening.session, METHOD_TOTP, T("factor:1"), { 0 } };
	assert_non_null(act_as(h, h->manager, raise_session, &raising)); /* somebody else's */
	fault_walk(h, h->staff, raise_session, &raising);
	assert_string_equal(h->last_act, "people.session_raise");
	assert_false(session_lives(h, opening.token, &session));
	assert_true(session_lives(h, raising.token, &session));
	assert_int_equal(session.methods, METHOD_PASSWORD | METHOD_TOTP);
	assert_int_equal(session.proven.ms, h->now.ms);
	assert_int_equal(people_kinds_count(people_kinds(session.methods)), 2);
}

struct lost {
	struct person_id person;
	struct text with;
};

static struct error *
end_with(struct act *act, void *with)
{
	const struct lost *lost = with;
	return people_sessions_end_with(act, lost->person, lost->with);
}

static void
what_was_lost_ends_the_sessions_it_was_shown_in(void **state)
{
	struct house *h = *state;
	struct session session;
	give_account(h);
	struct opening card = opening_of(h, METHOD_CARD, "card:1");
	struct opening other = opening_of(h, METHOD_CARD, "card:12");
	struct opening raised = opening_of(h, METHOD_PASSWORD, "");
	must(act_now(h, open_session, &card));
	must(act_now(h, open_session, &other));
	must(act_now(h, open_session, &raised));
	struct raising raising = { raised.session, METHOD_CARD, T("card:1"), { 0 } };
	must(act_as(h, h->staff, raise_session, &raising));
	struct lost lost = { h->staff, T("card:1") };
	fault_walk(h, h->staff, end_with, &lost);
	assert_false(session_lives(h, card.token, &session));
	assert_false(session_lives(h, raising.token, &session));
	assert_true(session_lives(h, other.token, &session));
}

static void
a_pin_and_a_password_are_one_kind(void **state)
{
	(void)state;
	assert_int_equal(people_kinds_count(people_kinds(METHOD_PASSWORD | METHOD_DIRECTORY)), 1);
	assert_int_equal(people_kinds_count(people_kinds(METHOD_TOTP | METHOD_KEY)), 1);
	assert_int_equal(people_kinds_count(people_kinds(METHOD_PASSWORD | METHOD_CARD)), 2);
	assert_int_equal(people_kinds_count(people_kinds(METHOD_PASSKEY | METHOD_PASSWORD)), 2);
}

static struct error *
close_account(struct act *act, void *with)
{
	return people_account_close(act, ((struct house *)with)->staff);
}

static void
no_way_of_signing_in_opens_a_closed_account(void **state)
{
	struct house *h = *state;
	struct opening opening = opening_of(h, METHOD_CARD, "card:1");
	assert_non_null(act_now(h, open_session, &opening)); /* there is none */
	give_account(h);
	must(act_now(h, close_account, h));
	assert_non_null(act_now(h, open_session, &opening));
}

/* ---- Codes of an app ---- */

static const char rfc_secret[] = "12345678901234567890"; /* RFC 6238, appendix B */

static const char *
code_at(struct moment now, const char *secret)
{
	static char code[7];
	assert_int_equal(oath_totp_generate(secret, 20, (time_t)(now.ms / 1000), 30, 0, 6, code), OATH_OK);
	return code;
}

static struct error *
add_totp(struct act *act, void *with)
{
	struct house *h = with;
	struct factor_id id;
	return signin_totp_add(act, &(struct totp_new){ .person = h->staff, .name = T("スマホ"),
							.secret = text_of(rfc_secret),
							.code = text_of(code_at(h->now, rfc_secret)) },
			       &id);
}

static bool
shows(struct house *h, struct session *session, const char *code)
{
	struct showing showing = { .what = SHOW_CODE, .pack = h->pack, .session = *session,
				   .code = text_of(code) };
	must(act_as(h, h->staff, signin_show, &showing));
	if (showing.is_shown)
		assert_true(session_lives(h, showing.token, session));
	return showing.is_shown;
}

static struct session
a_session(struct house *h)
{
	struct session session;
	struct opening opening = opening_of(h, METHOD_PASSWORD, "");
	must(act_now(h, open_session, &opening));
	assert_true(session_lives(h, opening.token, &session));
	return session;
}

static void
a_replayed_code_is_refused(void **state)
{
	struct house *h = *state;
	char code[7];
	give_account(h);
	strcpy(code, code_at(h->now, rfc_secret));
	fault_walk(h, h->staff, add_totp, h);
	struct session session = a_session(h);
	assert_false(shows(h, &session, code)); /* it was the registration's */
	h->now.ms += 30000;
	assert_false(shows(h, &session, code));
	strcpy(code, code_at(h->now, rfc_secret));
	assert_true(shows(h, &session, code));
	assert_int_equal(session.methods, METHOD_PASSWORD | METHOD_TOTP);
	assert_false(shows(h, &session, code));
	h->now.ms += 20000; /* still within its window */
	assert_false(shows(h, &session, code));
}

static void
a_code_of_another_time_is_refused(void **state)
{
	struct house *h = *state;
	give_account(h);
	must(act_as(h, h->staff, add_totp, h));
	struct session session = a_session(h);
	h->now.ms += 600000;
	assert_false(shows(h, &session, code_at((struct moment){ h->now.ms - 90000 }, rfc_secret)));
	assert_false(shows(h, &session, code_at((struct moment){ h->now.ms + 90000 }, rfc_secret)));
	assert_false(shows(h, &session, "12345"));
	assert_true(shows(h, &session, code_at((struct moment){ h->now.ms + 30000 }, rfc_secret)));
	/* The step just used ends what lies before it. */
	assert_false(shows(h, &session, code_at(h->now, rfc_secret)));
}

static void
guessed_codes_lock_as_guessed_passwords_do(void **state)
{
	struct house *h = *state;
	give_account(h);
	must(act_as(h, h->staff, add_totp, h));
	struct session session = a_session(h);
	h->now.ms += 60000;
	for (int at = 0; at < 5; at++)
		assert_false(shows(h, &session, strcmp(code_at(h->now, rfc_secret), "000000") == 0 ? "1" : "000000"));
	assert_false(shows(h, &session, code_at(h->now, rfc_secret)));
	h->now.ms += 16 * 60000;
	assert_true(shows(h, &session, code_at(h->now, rfc_secret)));
}

/* ---- Keys ---- */

static const struct key_party party = { T_INIT("bansho.example.jp"), T_INIT("https://bansho.example.jp") };
static const char key_id[] = "0123456789abcdef";

struct token_key {
	EVP_PKEY *key;
	unsigned char point[65]; /* 04 x y */
};

static struct token_key
new_key(void)
{
	struct token_key token = { .key = EVP_EC_gen("P-256") };
	size_t len;
	assert_int_equal(EVP_PKEY_get_octet_string_param(token.key, "pub", token.point, sizeof token.point, &len), 1);
	assert_int_equal(len, 65);
	return token;
}

/* What a browser's authenticator says: rpIdHash, flags, counter, and for a new key the key itself. */
static struct text
authenticator_data(struct house *h, const char *rp, unsigned flags, unsigned counter, const struct token_key *token)
{
	unsigned char *at = arena_get(h->arena, 1, 512);
	const struct hash hash = hash_of(text_of(rp));
	size_t len = 37;
	memcpy(at, hash.at, 32);
	at[32] = (unsigned char)flags;
	at[33] = at[34] = 0;
	at[35] = (unsigned char)(counter >> 8);
	at[36] = (unsigned char)counter;
	if (token != NULL) {
		/* aaguid, length and id, COSE key {1: 2, 3: -7, -1: 1, -2: x, -3: y} */
		static const unsigned char head[] = { 0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32 };
		memset(at + len, 0, 16);
		len += 16;
		at[len++] = 0;
		at[len++] = 16;
		memcpy(at + len, key_id, 16);
		len += 16;
		memcpy(at + len, head, sizeof head);
		len += sizeof head;
		memcpy(at + len, token->point + 1, 32);
		len += 32;
		memcpy(at + len, (unsigned char[]){ 0x22, 0x58, 32 }, 3);
		len += 3;
		memcpy(at + len, token->point + 33, 32);
		len += 32;
	}
	return (struct text){ (const char *)at, len };
}

static struct text
client_data(struct house *h, const char *type, struct text challenge, const char *origin)
{
	struct text bytes;
	assert_true(text_unhex(h->arena, challenge, &bytes));
	struct text url = text_base64(h->arena, bytes);
	url = text_replace(h->arena, url, T("+"), T("-"));
	url = text_replace(h->arena, text_replace(h->arena, url, T("/"), T("_")), T("="), T(""));
	return text_format(h->arena, "{\"type\":\"%s\",\"challenge\":\"%.*s\",\"origin\":\"%s\",\"crossOrigin\":false}",
			   type, T_ARG(url), origin);
}

static void
sign(struct house *h, const struct token_key *token, struct key_answer *answer)
{
	unsigned char *signature = arena_get(h->arena, 1, 128);
	size_t len = 128;
	const struct hash client = hash_of(answer->client);
	const struct text message = text_join(h->arena, answer->authenticator, hash_bytes(&client));
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	assert_int_equal(EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, token->key), 1);
	assert_int_equal(EVP_DigestSign(context, signature, &len, (const unsigned char *)message.data, message.len), 1);
	EVP_MD_CTX_free(context);
	answer->signature = (struct text){ (const char *)signature, len };
}

/* How an assertion is token; what an attack changes stands out. */
struct asserting {
	const char *type, *origin, *rp;
	unsigned flags, counter;
};
static const struct asserting honest = { "webauthn.get", "https://bansho.example.jp", "bansho.example.jp", 5, 8 };

static struct key_answer
assertion(struct house *h, const struct token_key *token, const struct asserting *how, struct text challenge)
{
	struct key_answer answer = {
		.credential = text_of(key_id),
		.client = client_data(h, how->type, challenge, how->origin),
		.authenticator = authenticator_data(h, how->rp, how->flags, how->counter, NULL),
	};
	sign(h, token, &answer);
	return answer;
}

static struct text
a_challenge(struct house *h)
{
	unsigned char random[64];
	random_bytes(random, sizeof random);
	return text_hex(h->arena, (struct text){ (const char *)random, sizeof random });
}

static struct error *
add_key(struct act *act, void *with)
{
	struct factor_id id;
	return signin_key_add(act, with, &id);
}

static struct key
register_key(struct house *h, const struct token_key *token)
{
	const struct text challenge = a_challenge(h);
	const struct key_answer answer = {
		.credential = text_of(key_id),
		.client = client_data(h, "webauthn.create", challenge, "https://bansho.example.jp"),
		.authenticator = authenticator_data(h, "bansho.example.jp", 0x45, 7, token),
	};
	struct key_new new = { .person = h->staff, .name = T("キー"), .is_resident = true };
	struct key key = { 0 };
	bool found;
	must(signin_key_made(h->arena, &party, challenge, &answer, &new.made));
	assert_true(new.made.verifies);
	assert_non_null(signin_key_made(h->arena, &party, a_challenge(h), &answer, &new.made));
	fault_walk(h, h->staff, add_key, &new);
	LOOK(h, look);
	must(signin_key_find(&look, text_of(key_id), &found, &key));
	assert_true(found);
	return key;
}

static bool
is_accepted(struct house *h, const struct token_key *token, const struct key *key, const struct asserting *how)
{
	struct key_shown shown;
	const struct text challenge = a_challenge(h);
	const struct key_answer answer = assertion(h, token, how, challenge);
	return signin_key_check(&party, challenge, &answer, key, &shown) == OK;
}

static void
an_assertion_for_another_origin_place_or_kind_is_refused(void **state)
{
	struct house *h = *state;
	const struct token_key token = new_key(), other = new_key();
	give_account(h);
	const struct key key = register_key(h, &token);
	struct asserting how = honest;
	assert_true(is_accepted(h, &token, &key, &how));
	how.origin = "https://bansho.example.jp.evil.example"; /* wrong origin */
	assert_false(is_accepted(h, &token, &key, &how));
	how = honest;
	how.rp = "evil.example"; /* wrong rp */
	assert_false(is_accepted(h, &token, &key, &how));
	how = honest;
	how.type = "webauthn.create";
	assert_false(is_accepted(h, &token, &key, &how));
	how = honest;
	how.flags = 4; /* nobody touched it */
	assert_false(is_accepted(h, &token, &key, &how));
	assert_false(is_accepted(h, &other, &key, &honest)); /* another key's signature */
	EVP_PKEY_free(token.key);
	EVP_PKEY_free(other.key);
}

static void
a_changed_assertion_is_refused(void **state)
{
	struct house *h = *state;
	const struct token_key token = new_key();
	struct key_shown shown;
	give_account(h);
	const struct key key = register_key(h, &token);
	const struct text challenge = a_challenge(h);
	struct key_answer answer = assertion(h, &token, &honest, challenge);
	answer.authenticator = authenticator_data(h, "bansho.example.jp", 5, 9, NULL);
	assert_non_null(signin_key_check(&party, challenge, &answer, &key, &shown));
	answer = assertion(h, &token, &honest, a_challenge(h)); /* somebody else's challenge */
	assert_non_null(signin_key_check(&party, challenge, &answer, &key, &shown));
	for (size_t len = 0; len < answer.authenticator.len; len += 9) { /* cut short */
		struct key_answer cut = answer;
		cut.authenticator = text_first(answer.authenticator, len);
		assert_non_null(signin_key_check(&party, challenge, &cut, &key, &shown));
	}
	answer.client = T("{}");
	assert_non_null(signin_key_check(&party, challenge, &answer, &key, &shown));
	EVP_PKEY_free(token.key);
}

static void
a_replayed_answer_finds_its_challenge_spent(void **state)
{
	struct house *h = *state;
	struct challenges *challenges = challenges_open();
	const struct text one = challenge_make(challenges, h->arena, "more", 7, h->now);
	assert_true(challenge_holds(challenges, "more", 7, one, h->now));
	assert_false(challenge_holds(challenges, "more", 8, one, h->now));    /* another's session */
	assert_false(challenge_holds(challenges, "passkey", 7, one, h->now)); /* for something else */
	assert_false(challenge_holds(challenges, "more", 7, one, (struct moment){ h->now.ms + 600000 }));
	assert_false(challenge_holds(challenges, "more", 7, one, (struct moment){ h->now.ms - 1000 }));
	assert_true(challenge_spend(challenges, one, h->now));
	assert_false(challenge_spend(challenges, one, h->now));
	struct challenges *restarted = challenges_open();
	assert_false(challenge_holds(restarted, "more", 7, one, h->now));
	challenges_close(restarted);
	challenges_close(challenges);
}

static bool
signs_in(struct house *h, const struct token_key *token, const struct key *key, const struct asserting *how)
{
	struct passkey_sign_in passkey = { .pack = h->pack, .address = T("127.0.0.1"), .agent = T("試験") };
	const struct text challenge = a_challenge(h);
	const struct key_answer answer = assertion(h, token, how, challenge);
	passkey.is_wrong = signin_key_check(&party, challenge, &answer, key, &passkey.key) != OK;
	must(act_now(h, signin_passkey, &passkey));
	return passkey.is_signed_in;
}

static void
a_copied_key_is_noticed_by_its_counter(void **state)
{
	struct house *h = *state;
	const struct token_key token = new_key();
	struct asserting how = honest;
	struct notice *list;
	size_t count;
	give_account(h);
	const struct key key = register_key(h, &token);
	assert_true(signs_in(h, &token, &key, &how)); /* 8 */
	assert_false(signs_in(h, &token, &key, &how)); /* 8 again: somebody has a copy */
	how.counter = 3;
	assert_false(signs_in(h, &token, &key, &how));
	{
		LOOK(h, look);
		must(people_notices(&look, h->staff, true, (struct notice_id){ 0 }, 10, &list, &count));
		assert_true(count >= 1);
		assert_true(text_has(list[0].words, T("写し")));
	}
	how.counter = 9;
	assert_true(signs_in(h, &token, &key, &how));
	EVP_PKEY_free(token.key);
}

static void
a_key_that_was_only_touched_does_not_sign_in_alone(void **state)
{
	struct house *h = *state;
	const struct token_key token = new_key();
	struct asserting how = honest;
	give_account(h);
	const struct key key = register_key(h, &token);
	how.flags = 1;
	assert_false(signs_in(h, &token, &key, &how));
	must(act_now(h, close_account, h));
	assert_false(signs_in(h, &token, &key, &honest));
	EVP_PKEY_free(token.key);
}

/* ---- What is demanded ---- */

static void
addresses_are_in_a_range_or_not(void **state)
{
	(void)state;
	assert_true(signin_address_in(T("192.0.2.7"), T("198.51.100.0/24 192.0.2.0/29")));
	assert_false(signin_address_in(T("192.0.2.8"), T("192.0.2.0/29")));
	assert_true(signin_address_in(T("::ffff:192.0.2.7"), T("192.0.2.0/24")));
	assert_true(signin_address_in(T("2001:db8::1"), T("2001:db8::/32")));
	assert_false(signin_address_in(T("2001:db9::1"), T("2001:db8::/32")));
	assert_true(signin_address_in(T("192.0.2.1"), T("0.0.0.0/0")));
	assert_false(signin_address_in(T("2001:db8::1"), T("0.0.0.0/0")));
	assert_false(signin_address_in(T("nobody"), T("0.0.0.0/0")));
	assert_false(signin_address_in(T(""), T("::/0")));
}

struct zoning {
	struct house *h;
	const char *addresses;
};

static struct error *
set_zone(struct act *act, void *with)
{
	const struct zoning *zoning = with;
	return signin_zone_set(act, &zoning->h->pack->sign_in.zones[0], "zone", text_of(zoning->addresses));
}

static struct signin_demand
demand_of(struct house *h, struct person_id person, const char *address)
{
	struct signin_demand demand;
	LOOK(h, look);
	must(signin_demand(&look, h->pack, person, text_of(address), &demand));
	return demand;
}

static struct error *
demand_roles(struct act *act, void *with)
{
	(void)with;
	TRY(act_set(act, T("parameter.sign-in.demands"), T("1")));
	return act_note(act, &(struct fact){ .act = "settings.change", .about = { T("setting:x") } });
}

static void
zones_and_roles_demand_two_kinds_once_the_body_says_so(void **state)
{
	struct house *h = *state;
	struct zoning zoning = { h, "192.0.2.0/24, 2001:db8::/32" };
	give_account(h);
	assert_int_equal(demand_of(h, h->staff, "192.0.2.1").kinds, 1);
	fault_walk(h, h->staff, set_zone, &zoning);
	const struct signin_demand inside = demand_of(h, h->staff, "192.0.2.1");
	assert_int_equal(inside.kinds, 2);
	assert_non_null(inside.zone);
	assert_false(signin_is_enough(&inside, METHOD_PASSWORD | METHOD_DIRECTORY));
	assert_false(signin_is_enough(&inside, METHOD_TOTP | METHOD_KEY));
	assert_true(signin_is_enough(&inside, METHOD_PASSWORD | METHOD_TOTP));
	assert_true(signin_is_enough(&inside, METHOD_PASSKEY));
	assert_int_equal(demand_of(h, h->staff, "203.0.113.1").kinds, 1);
	zoning.addresses = "192.0.2.0/33";
	assert_non_null(act_as(h, h->staff, set_zone, &zoning));
	/* The right to change settings is the staff's here, the role of section manager is not demanded of. */
	must(act_as(h, h->staff, demand_roles, h));
	assert_non_null(demand_of(h, h->staff, "203.0.113.1").by);
	assert_null(demand_of(h, h->manager, "203.0.113.1").by);
}

static void
the_rights_a_pack_may_name_are_rights(void **state)
{
	enum right right;
	(void)state;
	for (const char *const *name = pack_known.rights; *name != NULL; name++)
		assert_true(right_read(text_of(*name), &right));
}

static struct error *
may_enrol(struct house *h, unsigned methods, const char *address)
{
	const struct session session = { .person = h->staff, .methods = methods };
	LOOK(h, look);
	struct error *error = signin_may_enrol(&look, h->pack, &session, text_of(address));
	return error == OK ? OK : error_keep(h->arena, error);
}

static void
a_stolen_password_registers_no_factor(void **state)
{
	struct house *h = *state;
	struct zoning zoning = { h, "192.0.2.0/24" };
	give_account(h);
	must(act_as(h, h->staff, set_zone, &zoning));
	assert_null(may_enrol(h, METHOD_PASSWORD, "203.0.113.1")); /* one kind is enough there */
	assert_non_null(may_enrol(h, METHOD_PASSWORD, "192.0.2.1"));
	assert_null(may_enrol(h, METHOD_PASSWORD | METHOD_TEMPORARY, "192.0.2.1"));
	must(act_as(h, h->staff, add_totp, h));
	assert_non_null(may_enrol(h, METHOD_PASSWORD, "203.0.113.1"));
	assert_non_null(may_enrol(h, METHOD_PASSWORD | METHOD_TEMPORARY, "192.0.2.1"));
	assert_null(may_enrol(h, METHOD_PASSWORD | METHOD_TOTP, "192.0.2.1"));
}

struct removing {
	struct house *h;
	struct session session;
	const char *address;
};

static struct error *
remove_factor(struct act *act, void *with)
{
	const struct removing *removing = with;
	return signin_factor_remove(act, removing->h->pack, &removing->session, text_of(removing->address),
				    (struct factor_id){ 1 });
}

static void
the_last_factor_that_is_demanded_stays(void **state)
{
	struct house *h = *state;
	struct zoning zoning = { h, "192.0.2.0/24" };
	struct session other;
	give_account(h);
	must(act_as(h, h->staff, set_zone, &zoning));
	must(act_as(h, h->staff, add_totp, h));
	struct opening elsewhere = opening_of(h, METHOD_PASSWORD, "");
	must(act_now(h, open_session, &elsewhere));
	struct removing removing = { h, a_session(h), "192.0.2.1" };
	assert_non_null(act_as(h, h->staff, remove_factor, &removing));
	removing.address = "203.0.113.1";
	fault_walk(h, h->staff, remove_factor, &removing);
	assert_false(session_lives(h, elsewhere.token, &other));
	assert_non_null(act_as(h, h->staff, remove_factor, &removing)); /* gone already */
	assert_int_equal(demand_of(h, h->staff, "203.0.113.1").kinds, 1);
}

/* ---- Recovery ---- */

struct recovering {
	struct house *h;
	struct recovery_id id;
	struct person_id person;
};

static struct error *
ask_recovery(struct act *act, void *with)
{
	struct recovering *recovering = with;
	return signin_recovery_ask(act,
				   &(struct recovery_new){ .pack = recovering->h->pack,
							   .person = recovering->person,
							   .reason = T("なくした。窓口で確かめた。"),
							   .removes_factors = true },
				   &recovering->id);
}

static struct error *
agree_recovery(struct act *act, void *with)
{
	const struct recovering *recovering = with;
	return signin_recovery_agree(act, recovering->h->pack, recovering->id, &made);
}

/* The mayor is 統括責任者 here and the manager 情報政策課長: two of the pack's recovery roles. */
static struct post_id it_post;

static struct error *
give_roles(struct act *act, void *with)
{
	struct house *h = with;
	struct assignment_id id;
	const struct post_id chief = add_post(act, h, h->city, "統括", "chief");
	it_post = add_post(act, h, h->section, "情報政策課長", "policy-manager");
	struct assignment one = { .person = h->mayor, .post = chief, .since = DAY_NONE, .until = DAY_NONE };
	TRY(people_assign(act, &one, &id));
	one.person = h->manager;
	one.post = it_post;
	return people_assign(act, &one, &id);
}

static struct error *
name_deputy(struct act *act, void *with)
{
	struct house *h = with;
	struct deputy_id id;
	return people_deputy_add(act, h->pack,
				 &(struct deputy){ .post = it_post, .absent = h->manager, .deputy = h->deputy,
						   .since = D(0), .until = D(10), .reason = T("出張") },
				 &id);
}

static void
nobody_recovers_alone_nor_themself(void **state)
{
	struct house *h = *state;
	struct recovering recovering = { .h = h, .person = h->staff };
	give_account(h);
	must(act_now(h, give_roles, h));
	must(act_as(h, h->staff, add_totp, h));
	assert_non_null(act_as(h, h->staff, ask_recovery, &recovering)); /* own, and no holder */
	assert_non_null(act_as(h, h->deputy, ask_recovery, &recovering)); /* no holder */
	fault_walk(h, h->manager, ask_recovery, &recovering);
	assert_non_null(act_as(h, h->mayor, ask_recovery, &recovering)); /* one waits already */
	assert_non_null(act_as(h, h->manager, agree_recovery, &recovering)); /* the same person twice */
	assert_non_null(act_as(h, h->staff, agree_recovery, &recovering));
	must(act_as(h, h->manager, name_deputy, h));
	assert_non_null(act_as(h, h->deputy, agree_recovery, &recovering)); /* in the first one's place */
	struct session session;
	struct opening opening = opening_of(h, METHOD_PASSWORD, "");
	must(act_now(h, open_session, &opening));
	fault_walk(h, h->mayor, agree_recovery, &recovering);
	assert_false(session_lives(h, opening.token, &session));
	assert_non_null(act_as(h, h->mayor, agree_recovery, &recovering)); /* over */
	struct factor *list;
	struct notice *notices;
	size_t count;
	LOOK(h, look);
	must(signin_factors(&look, h->staff, &list, &count));
	assert_int_equal(count, 0);
	must(people_notices(&look, h->staff, true, (struct notice_id){ 0 }, 10, &notices, &count));
	assert_int_equal(count, 3); /* asked, agreed, and the temporary password */
}

static void
a_recovery_nobody_agreed_to_runs_out(void **state)
{
	struct house *h = *state;
	struct recovering recovering = { .h = h, .person = h->staff };
	struct recovery one;
	give_account(h);
	must(act_now(h, give_roles, h));
	must(act_as(h, h->manager, ask_recovery, &recovering));
	h->now.ms += (int64_t)25 * 3600000;
	assert_non_null(act_as(h, h->mayor, agree_recovery, &recovering));
	LOOK(h, look);
	must(signin_recovery(&look, recovering.id, &one));
	assert_int_equal(one.state, RECOVERY_LATE);
}

#define HOUSE_TEST(name) cmocka_unit_test_setup_teardown(name, house_open, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE_TEST(a_token_fixed_before_is_worth_nothing_after_more_was_shown),
		HOUSE_TEST(what_was_lost_ends_the_sessions_it_was_shown_in),
		cmocka_unit_test(a_pin_and_a_password_are_one_kind),
		HOUSE_TEST(no_way_of_signing_in_opens_a_closed_account),
		HOUSE_TEST(a_replayed_code_is_refused),
		HOUSE_TEST(a_code_of_another_time_is_refused),
		HOUSE_TEST(guessed_codes_lock_as_guessed_passwords_do),
		HOUSE_TEST(an_assertion_for_another_origin_place_or_kind_is_refused),
		HOUSE_TEST(a_changed_assertion_is_refused),
		HOUSE_TEST(a_replayed_answer_finds_its_challenge_spent),
		HOUSE_TEST(a_copied_key_is_noticed_by_its_counter),
		HOUSE_TEST(a_key_that_was_only_touched_does_not_sign_in_alone),
		cmocka_unit_test(addresses_are_in_a_range_or_not),
		HOUSE_TEST(zones_and_roles_demand_two_kinds_once_the_body_says_so),
		cmocka_unit_test(the_rights_a_pack_may_name_are_rights),
		HOUSE_TEST(a_stolen_password_registers_no_factor),
		HOUSE_TEST(the_last_factor_that_is_demanded_stays),
		HOUSE_TEST(nobody_recovers_alone_nor_themself),
		HOUSE_TEST(a_recovery_nobody_agreed_to_runs_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
