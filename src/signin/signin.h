/*
 * What a person must have shown, and second factors: codes of an app (TOTP), security keys and passkeys;
 * step-up before what weighs; recovery by two. Sessions and what was shown in them are people/account.h's.
 *
 * A person who has a second factor is always asked for it. Others are when the pack (sign-in.yaml)
 * demands it of the zone their address lies in, or of a role or right they have.
 */
#ifndef BANSHO_SIGNIN_SIGNIN_H
#define BANSHO_SIGNIN_SIGNIN_H

#include "people/account.h"

struct factor_id {
	int64_t no;
};
struct recovery_id {
	int64_t no;
};

enum {
	SIGNIN_MOST_FACTORS = 20, /* living ones of one person */
	SIGNIN_MOST_RANGES = 200, /* of one zone */
	SIGNIN_TOTP_SECRET = 20,  /* bytes */
	SIGNIN_MOST_CREDENTIAL = 1023, /* bytes, WebAuthn 2 §4 */
};

/* ---- What is demanded ---- */

struct signin_demand {
	int64_t kinds; /* how many different ones of known, held, being */
	/* Why more than one; the first that applies. */
	const struct pack_zone *zone;
	const struct pack_demand *by;
	bool is_own; /* they have a second factor */
};
struct error *signin_demand(struct look *look, const struct pack *pack, struct person_id person,
			    struct text address, struct signin_demand *demand) MUST_USE;
/* The same without their own factors: whether they may do without. */
struct error *signin_demand_others(struct look *look, const struct pack *pack,
				   struct person_id person, struct text address,
				   struct signin_demand *demand) MUST_USE;
bool signin_is_enough(const struct signin_demand *demand, unsigned methods);
/* 「マイナンバー利用事務系」の端末だから, …; empty when one kind is enough. */
struct text signin_demand_words(struct arena *into, const struct signin_demand *demand);

/*
 * Was something proven in the session within the parameter sign-in.step-up-minutes (0, or a pack that
 * doesn't know it: no step-up; then every session is fresh)? The dispatcher asks for rows with
 * PROOF_FRESH, handlers with visit_must_be_fresh().
 */
struct error *signin_is_fresh(struct look *look, const struct pack *pack,
			      const struct session *session, bool *is_fresh) MUST_USE;

/*
 * How what is demanded of roles and rights stands: of so many people who can sign in here and of whom it
 * is demanded (or would be: `is_on` is the parameter sign-in.demands), so many have registered something
 * they hold. Who has not gets no further than the page to register it.
 */
struct signin_standing {
	bool is_on;
	int64_t asked, ready;
};
struct error *signin_demands_stand(struct look *look, const struct pack *pack,
				   struct signin_standing *standing) MUST_USE;

/* The addresses of a zone as they were set: "192.0.2.0/24 2001:db8::/32"; empty: none. */
struct error *signin_zone_addresses(struct look *look, const struct pack_zone *zone,
				    struct text *addresses) MUST_USE;
/* Separated by spaces, commas or lines. INVALID (`field`) names the one that is none. Right: settings. */
struct error *signin_zone_set(struct act *act, const struct pack_zone *zone, const char *field,
			      struct text addresses) MUST_USE;
bool signin_address_in(struct text address, struct text addresses);

/* ---- Factors ---- */

enum factor_kind { FACTOR_TOTP, FACTOR_KEY };

struct factor {
	struct factor_id id;
	enum factor_kind kind;
	struct text name; /* as its owner calls it */
	bool verifies;	  /* asks for a PIN or finger: known and held */
	bool is_resident; /* signs in without a login name: a passkey */
	struct text credential; /* FACTOR_KEY: bytes */
	struct moment created;
	struct moment last_used; /* 0: never */
};
/* "確認コードのアプリ", "パスキー", "セキュリティキー". */
const char *factor_words(const struct factor *factor);
/* Living ones, oldest first. */
struct error *signin_factors(struct look *look, struct person_id person, struct factor **list,
			     size_t *count) MUST_USE;

/*
 * May the actor of this session add or change their factors? Who has some must have shown one. Who has
 * none and has not shown enough must have signed in with a temporary password, which was handed over in
 * person or by two (METHOD_TEMPORARY). REFUSED with what to do.
 */
struct error *signin_may_enrol(struct look *look, const struct pack *pack,
			       const struct session *session, struct text address) MUST_USE;

/* INVALID "code" when it is not the code of now, "name" when empty; keeps the secret sealed. */
struct totp_new {
	struct person_id person;
	struct text name;
	struct text secret; /* SIGNIN_TOTP_SECRET bytes */
	struct text code;
};
struct error *signin_totp_add(struct act *act, const struct totp_new *made, struct factor_id *id)
	MUST_USE;
/* RFC 4648 base32, as apps take it, in groups of four; and the address a QR code holds. */
struct text signin_totp_base32(struct arena *into, struct text secret);
struct text signin_totp_address(struct arena *into, struct text issuer, struct text login,
				struct text secret);

/* Who our pages are to a browser's authenticator: from the setting body.url. */
struct key_party {
	struct text rp;	    /* "bansho.city.example.lg.jp" */
	struct text origin; /* "https://bansho.city.example.lg.jp" */
};
enum party_fault {
	PARTY_FINE,
	PARTY_UNSET,	/* body.url is not set */
	PARTY_ADDRESS,	/* its host is an IP address: WebAuthn needs a name */
	PARTY_INSECURE, /* http, and not localhost */
	PARTY_ELSEWHERE, /* the page was opened under another name (`host`, the Host header) */
};
struct error *signin_party(struct look *look, struct text host, struct key_party *party,
			   enum party_fault *fault) MUST_USE;
/* What to do about it, for people; empty when fine. */
struct text party_fault_words(struct arena *into, enum party_fault fault, struct text url);

/* What the browser sent, decoded from base64url: INVALID when it is none. */
struct key_answer {
	struct text credential, client, authenticator, signature, user;
};
struct error *signin_key_read(struct arena *into, struct text credential, struct text client,
			      struct text authenticator, struct text signature, struct text user,
			      struct key_answer *answer) MUST_USE;

struct key_made {
	struct text credential, public_key;
	int algorithm; /* COSE: -7, -8, -257 */
	int64_t counter;
	bool verifies;
};
/* A new key: type, challenge, origin, rpId, user presence and algorithm are checked. INVALID "key". */
struct error *signin_key_made(struct arena *into, const struct key_party *party,
			      struct text challenge, const struct key_answer *answer,
			      struct key_made *made) MUST_USE;
struct key_new {
	struct person_id person;
	struct text name;
	bool is_resident;
	struct key_made made;
};
struct error *signin_key_add(struct act *act, const struct key_new *made, struct factor_id *id)
	MUST_USE;

/* The living key of that credential. */
struct key {
	struct factor_id id;
	struct person_id person;
	struct text public_key;
	int algorithm;
	int64_t counter;
};
struct error *signin_key_find(struct look *look, struct text credential, bool *found,
			      struct key *key) MUST_USE;
/* Signed by the key for us, now: type, challenge, origin, rpId, presence, signature. REFUSED. */
struct key_shown {
	struct key key;
	int64_t counter;
	bool is_verified; /* it asked for a PIN or finger */
};
struct error *signin_key_check(const struct key_party *party, struct text challenge,
			       const struct key_answer *answer, const struct key *key,
			       struct key_shown *shown) MUST_USE;
/*
 * In the act that opens or raises the session. *is_copied: the counter did not go on, somebody may have a
 * copy of the key; then it is noted, its owner is told, and nothing may be opened.
 */
struct error *signin_key_used(struct act *act, const struct key_shown *shown, bool *is_copied)
	MUST_USE;

/* The last factor that others demand of the person stays: REFUSED. All other sessions end. */
struct error *signin_factor_remove(struct act *act, const struct pack *pack,
				   const struct session *session, struct text address,
				   struct factor_id id) MUST_USE;

/* ---- Showing something in a running session ---- */

enum showing_what { SHOW_PASSWORD, SHOW_CODE, SHOW_KEY };
struct showing {
	/* given */
	enum showing_what what;
	const struct pack *pack;
	struct session session;
	struct text code;	/* SHOW_CODE */
	struct key_shown key;	/* SHOW_KEY: checked */
	struct sign_in password; /* SHOW_PASSWORD: prepared and verified for the session's person */
	bool is_wrong;		/* found out before the act */
	/* result */
	bool is_shown;
	struct text refusal;
	struct text token;
};
/*
 * Raises the session, or counts a wrong attempt on the account; both leave an entry, so the act succeeds
 * either way: look at is_shown. A locked account shows nothing. An act_work.
 */
struct error *signin_show(struct act *act, void *showing) MUST_USE;

/* Signing in by passkey alone: opens the session for the key's owner. An act_work. */
struct passkey_sign_in {
	const struct pack *pack;
	struct key_shown key;
	bool is_wrong;
	struct text address, agent;
	bool is_signed_in;
	struct text refusal;
	struct opening opening;
};
struct error *signin_passkey(struct act *act, void *passkey_sign_in) MUST_USE;

/* ---- What runs out ---- */

/*
 * For bansho-clock, each round: whose temporary password or IC card runs out soon is told once (a notice,
 * and by mail where they have an address), with where to renew it. Parameters
 * sign-in.temporary-remind-days (1) and sign-in.card-remind-days (7); 0: nobody is told. Not told is who
 * has a card that lasts longer, or no account that opens. Each is an act of its own, "signin.remind".
 * ASVS 5.0 6.4.5.
 */
struct signin_reminded {
	int64_t told;
};
struct error *signin_clock(struct store *store, struct arena *arena, const struct pack *pack, size_t most,
			   struct signin_reminded *done) MUST_USE;

/* ---- Challenges ---- */

/*
 * Random values a browser must sign, bound to what they are for, used once and within ten minutes. They
 * live in memory: after a restart a page that was open must be opened again.
 */
struct challenges;
struct challenges *challenges_open(void);
void challenges_close(struct challenges *challenges);
/* 64 bytes as hex; `use` and `whose` as given to challenge_holds(). */
struct text challenge_make(struct challenges *challenges, struct arena *into, const char *use,
			   int64_t whose, struct moment now);
bool challenge_holds(struct challenges *challenges, const char *use, int64_t whose,
		     struct text challenge, struct moment now);
/* Once: false when it was spent before (or too many are). Call after what was signed was checked. */
bool challenge_spend(struct challenges *challenges, struct text challenge, struct moment now);
/* SIGNIN_TOTP_SECRET bytes that only we can make from it: a new TOTP secret before it is kept. */
struct text challenge_secret(struct challenges *challenges, struct arena *into,
			     struct text challenge);

/* ---- Recovery ---- */

/*
 * A person lost what they sign in with. One holder of the pack's recovery roles asks, another agrees:
 * each in their own session, neither for themself, and not one as the other's deputy. Then there is a
 * temporary password to be handed over in person, all sessions end, and, when so asked, all factors.
 */
enum { RECOVERY_HOURS = 24 };

enum recovery_state { RECOVERY_ASKED, RECOVERY_DONE, RECOVERY_REFUSED, RECOVERY_LATE };

struct recovery {
	struct recovery_id id;
	struct person_id person;
	enum recovery_state state;
	struct text reason;
	bool removes_factors;
	struct person_id asked_by;
	struct moment asked, until, ended;
	struct person_id second; /* who agreed or refused */
	struct text person_name, person_number, asked_name, second_name;
};
const char *recovery_state_words(enum recovery_state state);
/* Does the person hold one of the roles today? */
struct error *signin_may_recover(struct look *look, const struct pack *pack,
				 struct person_id person, bool *may) MUST_USE;
struct recovery_new {
	const struct pack *pack;
	struct person_id person;
	struct text reason;
	bool removes_factors;
};
/* REFUSED: not a holder, oneself; CONFLICT: one waits already; INVALID: no reason; MISSING: no account. */
struct error *signin_recovery_ask(struct act *act, const struct recovery_new *made,
				  struct recovery_id *id) MUST_USE;
/* The second holder agrees. REFUSED: the first, the person, a deputy of either or whose deputy they are. */
struct error *signin_recovery_agree(struct act *act, const struct pack *pack, struct recovery_id id,
				    const struct new_password *password) MUST_USE;
struct error *signin_recovery_refuse(struct act *act, const struct pack *pack, struct recovery_id id)
	MUST_USE;
/* MISSING when there is none. */
struct error *signin_recovery(struct look *look, struct recovery_id id, struct recovery *recovery)
	MUST_USE;
/* Newest first. */
struct error *signin_recoveries(struct look *look, size_t most, struct recovery **list,
				size_t *count) MUST_USE;

#endif
