/*
 * Security keys and passkeys: WebAuthn Level 2, §7.1 (registering) and §7.2 (asserting). libfido2 reads what
 * the authenticator wrote and verifies its signature; type, challenge, origin, rpId, presence, counter and
 * whose key it is are checked here.
 */
#include "signin/rooms.h"

#include "people/notice.h"

#include <fido.h>
#include <fido/eddsa.h>
#include <fido/es256.h>
#include <fido/rs256.h>
#include <jansson.h>
#include <string.h>

enum {
	HEAD_LEN = HASH_LEN + 1 + 4, /* of authenticator data: rpIdHash, flags, counter */
	FLAG_PRESENT = 0x01,
	FLAG_VERIFIED = 0x04,
	FLAG_CREDENTIAL = 0x40,
	KEY_MOST = 1024,
};

static struct error *
not_ours(const char *why)
{
	return refuse("パスキーやセキュリティキーの確認ができませんでした(%s)。画面を開き直して、もう一度試してください。", why);
}

static void
json_drop(json_t **value)
{
	json_decref(*value);
}

static struct text
json_words(const json_t *from, const char *name)
{
	const json_t *value = json_object_get(from, name);
	return json_is_string(value) ? (struct text){ json_string_value(value), json_string_length(value) }
				     : T("");
}

/* What the browser says it was asked: signed along, so it cannot be another page's. */
static struct error *
check_client(const struct key_party *party, struct text type, struct text challenge,
	     const struct key_answer *answer)
{
	__attribute__((cleanup(json_drop))) json_t *client =
		json_loadb(answer->client.data, answer->client.len, JSON_REJECT_DUPLICATES, NULL);
	ARENA_SCOPED scratch = arena_open((size_t)1 << 16);
	struct text bytes;
	if (!json_is_object(client) || !text_unhex(scratch, challenge, &bytes))
		return not_ours(say("答えの形が違います"));
	/* The challenge comes back as base64url. */
	const struct text plain = text_base64(scratch, bytes);
	const struct text url = text_replace(
		scratch, text_replace(scratch, text_replace(scratch, plain, T("+"), T("-")), T("/"), T("_")),
		T("="), T(""));
	if (!text_same(json_words(client, "type"), type))
		return not_ours(say("種類が違います"));
	if (!bytes_same_constant_time(json_words(client, "challenge"), url))
		return not_ours(say("別の問いへの答えです"));
	if (!text_same(json_words(client, "origin"), party->origin) ||
	    json_is_true(json_object_get(client, "crossOrigin")))
		return not_ours(say("別のアドレスの画面への答えです"));
	return OK;
}

struct head {
	unsigned flags;
	int64_t counter;
};

static struct error *
check_head(const struct key_party *party, const struct key_answer *answer, struct head *head)
{
	const struct text data = answer->authenticator;
	const struct hash rp = hash_of(party->rp);
	if (data.len < HEAD_LEN)
		return not_ours(say("答えの形が違います"));
	if (!bytes_same_constant_time(text_first(data, HASH_LEN), hash_bytes(&rp)))
		return not_ours(say("別の場所のためのキーです"));
	const unsigned char *at = (const unsigned char *)data.data + HASH_LEN;
	head->flags = at[0];
	head->counter = (int64_t)at[1] << 24 | (int64_t)at[2] << 16 | (int64_t)at[3] << 8 | at[4];
	return (head->flags & FLAG_PRESENT) != 0 ? OK : not_ours(say("キーに触れていません"));
}

/* ---- Registering ---- */

static void
cred_drop(fido_cred_t **cred)
{
	fido_cred_free(cred);
}

static bool
read_credential(const struct key_answer *answer, int algorithm, fido_cred_t *cred)
{
	return fido_cred_set_type(cred, algorithm) == FIDO_OK &&
	       fido_cred_set_authdata_raw(cred, (const unsigned char *)answer->authenticator.data,
					  answer->authenticator.len) == FIDO_OK &&
	       fido_cred_id_len(cred) != 0 && fido_cred_pubkey_len(cred) != 0 &&
	       fido_cred_pubkey_len(cred) <= KEY_MOST;
}

static bool
take_credential(struct arena *into, const struct key_answer *answer, int algorithm,
		struct key_made *made)
{
	__attribute__((cleanup(cred_drop))) fido_cred_t *cred = fido_cred_new();
	if (cred == NULL || !read_credential(answer, algorithm, cred))
		return false;
	const struct text id = { (const char *)fido_cred_id_ptr(cred), fido_cred_id_len(cred) };
	if (!text_same(id, answer->credential))
		return false;
	made->algorithm = algorithm;
	made->credential = text_copy(into, id);
	made->public_key = text_copy(into, (struct text){ (const char *)fido_cred_pubkey_ptr(cred),
							  fido_cred_pubkey_len(cred) });
	return true;
}

/* Attestation is not asked for (it would tell the maker's serials), so the key stands for itself. */
struct error *
signin_key_made(struct arena *into, const struct key_party *party, struct text challenge,
		const struct key_answer *answer, struct key_made *made)
{
	static const int algorithms[] = { COSE_ES256, COSE_EDDSA, COSE_RS256 };
	struct key_made found = { 0 };
	struct head head;
	bool is_taken = false;
	TRY(check_client(party, T("webauthn.create"), challenge, answer));
	TRY(check_head(party, answer, &head));
	for (size_t at = 0; at < 3 && !is_taken && (head.flags & FLAG_CREDENTIAL) != 0; at++)
		is_taken = take_credential(into, answer, algorithms[at], &found);
	if (!is_taken)
		return reject("key", "このキーの方式は使えません。別のキーかパスキーを使ってください。");
	found.counter = head.counter;
	found.verifies = (head.flags & FLAG_VERIFIED) != 0;
	*made = found;
	return OK;
}

struct error *
signin_key_add(struct act *act, const struct key_new *made, struct factor_id *id)
{
	struct signin_factor_by_credential_row row;
	struct signin_factor_count_row factors;
	bool found;
	int64_t no;
	if (text_is_blank(made->name) || text_count(made->name) > PEOPLE_MOST_NAME)
		return reject("name", "見分けるための名前を入れてください。例 机の引き出しのキー");
	TRY(signin_factor_count(&act->look, &(struct signin_factor_count_in){ made->person.no }, &factors));
	if (factors.living >= SIGNIN_MOST_FACTORS)
		return refuse("二つめの確認は%d個まで登録できます。使わないものを外してください。", SIGNIN_MOST_FACTORS);
	TRY(signin_factor_by_credential(&act->look,
					&(struct signin_factor_by_credential_in){ made->made.credential },
					&found, &row));
	if (found)
		return conflict("このキーはすでに登録されています。");
	TRY(act_number(act, T("factor"), &no));
	TRY(signin_factor_insert(act, &(struct signin_factor_insert_in){
					      .id = no,
					      .person = made->person.no,
					      .kind = T("key"),
					      .name = text_trim(made->name),
					      .secret = T(""),
					      .counter = made->made.counter,
					      .credential = made->made.credential,
					      .public_key = made->made.public_key,
					      .algorithm = made->made.algorithm,
					      .verifies = made->made.verifies,
					      .is_resident = made->is_resident,
					      .created = act->look.now.ms,
				      }));
	id->no = no;
	return note_factor(act, "signin.factor_add", made->person, about_factor(act->look.arena, *id),
			   (struct fact_pair[]){ { .name = "kind", .text = T("key") },
						 { .name = "verifies", .number = made->made.verifies },
						 { 0 } });
}

/* ---- Asserting ---- */

struct error *
signin_key_find(struct look *look, struct text credential, bool *found, struct key *key)
{
	struct signin_factor_by_credential_row row;
	TRY(signin_factor_by_credential(look, &(struct signin_factor_by_credential_in){ credential }, found,
					&row));
	if (*found)
		*key = (struct key){ { row.id }, { row.person }, row.public_key, (int)row.algorithm,
				     row.counter };
	return OK;
}

static void
assert_drop(fido_assert_t **assertion)
{
	fido_assert_free(assertion);
}

static const unsigned char *
bytes_of(struct text text)
{
	return (const unsigned char *)text.data;
}

static bool
fill_assertion(const struct key_party *party, const struct key_answer *answer, struct arena *scratch,
	       fido_assert_t *assertion)
{
	return fido_assert_set_count(assertion, 1) == FIDO_OK &&
	       fido_assert_set_rp(assertion, text_z(scratch, party->rp)) == FIDO_OK &&
	       fido_assert_set_up(assertion, FIDO_OPT_TRUE) == FIDO_OK &&
	       fido_assert_set_clientdata(assertion, bytes_of(answer->client), answer->client.len) ==
		       FIDO_OK &&
	       fido_assert_set_authdata_raw(assertion, 0, bytes_of(answer->authenticator),
					    answer->authenticator.len) == FIDO_OK &&
	       fido_assert_set_sig(assertion, 0, bytes_of(answer->signature), answer->signature.len) ==
		       FIDO_OK;
}

/* Each kind of key has functions of its own; what they make is freed by its own too. */
#define VERIFY_WITH(kind, algorithm)                                                              \
	static bool verify_##kind(const fido_assert_t *assertion, struct text key)                \
	{                                                                                         \
		kind##_pk_t *pk = kind##_pk_new();                                                \
		const bool is_right =                                                             \
			pk != NULL &&                                                             \
			kind##_pk_from_ptr(pk, bytes_of(key), key.len) == FIDO_OK &&              \
			fido_assert_verify(assertion, 0, algorithm, pk) == FIDO_OK;               \
		kind##_pk_free(&pk);                                                              \
		return is_right;                                                                  \
	}
VERIFY_WITH(es256, COSE_ES256)
VERIFY_WITH(eddsa, COSE_EDDSA)
VERIFY_WITH(rs256, COSE_RS256)

static bool
verify(const fido_assert_t *assertion, const struct key *key)
{
	switch (key->algorithm) {
	case COSE_ES256:
		return verify_es256(assertion, key->public_key);
	case COSE_EDDSA:
		return verify_eddsa(assertion, key->public_key);
	case COSE_RS256:
		return verify_rs256(assertion, key->public_key);
	}
	return false;
}

struct error *
signin_key_check(const struct key_party *party, struct text challenge, const struct key_answer *answer,
		 const struct key *key, struct key_shown *shown)
{
	__attribute__((cleanup(assert_drop))) fido_assert_t *assertion = fido_assert_new();
	ARENA_SCOPED scratch = arena_open((size_t)1 << 16);
	struct head head;
	TRY(check_client(party, T("webauthn.get"), challenge, answer));
	TRY(check_head(party, answer, &head));
	if (assertion == NULL || !fill_assertion(party, answer, scratch, assertion) ||
	    !verify(assertion, key))
		return not_ours(say("署名が合いません"));
	*shown = (struct key_shown){ *key, head.counter, (head.flags & FLAG_VERIFIED) != 0 };
	return OK;
}

/* A counter that does not go on was counted by two: the key and a copy of it (§6.1.1). */
static struct error *
tell_of_copy(struct act *act, const struct key_shown *shown)
{
	TRY(people_notify(act, &(struct notify){
				       .person = shown->key.person,
				       .about = about_factor(act->look.arena, shown->key.id),
				       .words = text_of(say("登録したセキュリティキーの写しが使われたおそれがあります。心当たりがなくても、すぐにその登録を外し、システムの担当者に伝えてください。")),
				       .path = T("/account/factors"),
				       .subject = text_of(say("サインインについてのお知らせ")) }));
	return note_factor(act, "signin.factor_copied", shown->key.person,
			   about_factor(act->look.arena, shown->key.id), NULL);
}

struct error *
signin_key_used(struct act *act, const struct key_shown *shown, bool *is_copied)
{
	struct signin_factor_get_row row;
	bool found;
	TRY(signin_factor_get(&act->look, &(struct signin_factor_get_in){ shown->key.id.no }, &found, &row));
	if (!found || row.removed != 0)
		return conflict("そのキーの登録は、もう外されています。");
	*is_copied = (shown->counter != 0 || row.counter != 0) && shown->counter <= row.counter;
	if (*is_copied)
		return tell_of_copy(act, shown);
	return signin_factor_used(act, &(struct signin_factor_used_in){ shown->key.id.no, shown->counter,
									act->look.now.ms });
}
