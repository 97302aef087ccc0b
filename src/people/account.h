/*
 * Accounts and passwords, signing in, sessions. What people.h says of rights and of the journal holds here.
 */
#ifndef BANSHO_PEOPLE_ACCOUNT_H
#define BANSHO_PEOPLE_ACCOUNT_H

#include "people/people.h"

/* --- accounts and passwords --- */

struct account {
	struct person_id person;
	struct text login;
	bool is_temporary; /* the password must be changed at the next sign-in */
	bool is_closed;
	bool is_kept_elsewhere;	     /* no password here: another room says who checks it */
	struct moment changed;	     /* of the password */
	struct moment locked_until;  /* 0: not locked */
	int64_t failed;		     /* attempts since the last success */
	struct moment last_sign_in;  /* 0: never */
};
struct error *people_account(struct look *look, struct person_id person, bool *found,
			     struct account *account) MUST_USE;

/*
 * A password and its argon2id code. Making one takes 20 ms and 19 MiB: never inside an act; at most
 * as many at once as cores.
 */
struct new_password {
	struct text encoded;
	bool is_temporary;
};
/* Of accounts whose password somebody else keeps: nothing that is typed here matches it. */
extern const struct new_password people_password_elsewhere;
/* A random temporary password of 14 easily read characters, in clear (shown once) and encoded. */
struct error *people_password_random(struct arena *into, struct text *clear,
				     struct new_password *password) MUST_USE;
/*
 * Is the password good enough? INVALID (field "password"): shorter than `least` characters
 * (parameter sign-in.password-least, 10), longer than 200 bytes, with the login name or employee
 * number in it, guessed within 2^28 tries by whoever knows common passwords, Japanese words and `own`
 * (quality.h), or in the list of breached ones at the path `breached` (NULL: there is none).
 */
struct password_rules {
	int64_t least;
	struct text login, number;
	const struct text *own; /* names of the body, its units and systems, the person; in any script */
	size_t own_count;
	const char *breached; /* SHA-1 list as of Have I Been Pwned */
};
struct error *people_password_rules(struct text password, const struct password_rules *rules) MUST_USE;
/* The file of breached passwords in a body's folder, which the operator may lay there. */
#define PASSWORD_BREACHED_FILE "breached-passwords.txt"
/* Names that are easily thought of: the body, its pack, its units, the person. */
struct error *people_password_own(struct look *look, const struct pack *pack, struct person_id person,
				  struct text **own, size_t *count) MUST_USE;
/* For the first operator and demonstrations: encode a chosen one without further rules. */
struct error *people_password_encode(struct arena *into, struct secret password, bool is_temporary,
				     struct new_password *encoded) MUST_USE;

/*
 * Open an account. Login names are kept narrow and in lower case: letters, digits and . _ - @, 2 to
 * 64. INVALID when in use. CONFLICT when the person has one. A temporary password lasts
 * sign-in.temporary-days (7). Right: accounts.
 */
struct error *people_account_open(struct act *act, const struct pack *pack, struct person_id person,
				  struct text login, const struct new_password *password) MUST_USE;
/* A new temporary password: unlocks, ends all sessions. Right: accounts. */
struct error *people_account_reset(struct act *act, const struct pack *pack,
				   struct person_id person, const struct new_password *password)
	MUST_USE;
/* No more sign-in; ends all sessions. Opened again by people_account_reset(). Right: accounts. */
struct error *people_account_close(struct act *act, struct person_id person) MUST_USE;

/*
 * A person changes their own password, in three steps like sign-in:
 * prepare (look): reads what is needed and checks the rules for the new one (but the breached list);
 * verify (slow, no look, no act): the present one must be right, the new one must differ from it and
 * not be a breached one;
 * change (act): CONFLICT when the password was changed meanwhile. Ends all other sessions.
 */
struct password_change {
	struct person_id person;
	struct session_id session; /* stays */
	struct secret present, chosen;
	const char *breached;	   /* path of the list, or NULL */
	const struct text *more;   /* further names of the body's own: its systems */
	size_t more_count;
	/* private: */
	struct text encoded, login, number;
	struct new_password made;
};
struct error *people_password_prepare(struct look *look, const struct pack *pack,
				      struct password_change *change) MUST_USE;
/* INVALID with field "present" or "password". `into` keeps the encoded password. */
struct error *people_password_verify(struct arena *into, struct password_change *change) MUST_USE;
struct error *people_password_change(struct act *act, void *password_change) MUST_USE;

/* Can it be a login name, folded as it is kept? */
bool people_login_is_well_formed(struct text login);
/* Whose login name it is, the account open or closed. */
struct error *people_person_by_login(struct look *look, struct text login, bool *found,
				     struct person_id *person) MUST_USE;

/* Temporary passwords not changed yet that run out by `soon`, a page of `most` after a person, by number. */
struct temporary_password {
	struct person_id person;
	struct moment until;
};
struct error *people_temporaries_ending(struct look *look, struct moment soon, struct person_id after,
					size_t most, struct temporary_password **list, size_t *count)
	MUST_USE;

/*
 * Whose open accounts they are who hold more than a post today (a role, a deputyship, a grant), or
 * everybody's, by number: a page of PEOPLE_MOST_LIST at most, of those after `after` (no 0: the first).
 */
struct error *people_accounts_entitled(struct look *look, bool is_everybody, struct person_id after,
				       struct person_id **list, size_t *count) MUST_USE;

/* --- sign-in and sessions --- */

enum { DEVICE_DAYS = 365 }; /* how long a browser keeps its device cookie */
enum { TOKEN_LEN = 64 }; /* characters of a session's token: hex of 32 random bytes */

/*
 * Parameters: sign-in.attempts (5), .lock-minutes (15), .idle-minutes (30), .session-hours (12),
 * .temporary-days (7), .password-least (10), .password-days (0: never too old), .sessions-most (10: at one
 * more the oldest ends).
 *
 * Attempts. A browser from which somebody has signed in before carries a device cookie. Wrong passwords
 * from elsewhere lock the account for strangers only (sign-in.attempts; lock-minutes, then twice as
 * long, at most 8 times), so nobody can keep the house out by typing its names; wrong passwords from
 * the known browser lock that browser alone, which then is a stranger. The cookie opens nothing.
 *
 * Sign-in. 1 prepare (look, quick) 2 verify (slow: on a pool thread, holding neither look nor act;
 * an unknown name takes as long) 3 the act people_sign_in: opens the session or counts the failure;
 * both leave an entry, so the act succeeds either way: look at is_signed_in. `refusal` is the same
 * for unknown name, wrong password, lock, closed account and ended service.
 */
struct sign_in {
	/* given */
	struct text login;
	struct secret password;
	struct text address; /* of the client */
	struct text agent;   /* summary of the user agent, cut to 200 bytes */
	struct text device;  /* the browser's device cookie, as it came; may be empty */
	const struct pack *pack;
	/* private, and of the room directory, which can be asked instead of people_sign_in_verify() */
	struct text encoded;
	struct person_id candidate;
	bool matches;
	bool is_kept_elsewhere; /* the password is the directory's: its age is none of ours */
	struct text elsewhere;	/* of the account there; empty: it is not to be asked */
	/* after prepare: the person signed in from this browser before, and has guesses left there */
	bool is_known;
	struct people_device_known {
		int64_t id, failed;
	} known;
	int64_t longest_lock; /* ms */
	/* result of the act */
	bool is_signed_in;
	struct text refusal;
	struct person_id person;
	struct session_id session;
	struct text token;	      /* for the cookie; nowhere else */
	struct text new_device;	      /* what the device cookie becomes; empty: as it is */
	bool must_change;	      /* only the change of password is open to this session */
	struct moment last_sign_in;   /* before this one; 0: first */
	int64_t failed_since;	      /* attempts that failed since then */
};
struct error *people_sign_in_prepare(struct look *look, struct sign_in *sign_in) MUST_USE;
void people_sign_in_verify(struct sign_in *sign_in);
struct error *people_sign_in(struct act *act, void *sign_in) MUST_USE; /* an act_work */

/*
 * What a person showed to sign in. A session keeps all that was shown in it. What a kind is, is said by
 * NIST SP 800-63B: something known, held or being. A PIN that unlocks what is held is known, as a
 * password is: both together are one kind. Whether a passkey was unlocked by a PIN or a finger, its
 * device doesn't say; it counts as known.
 */
enum session_method {
	METHOD_PASSWORD = 1 << 0,  /* known */
	METHOD_DIRECTORY = 1 << 1, /* known: the password of LDAP or Active Directory */
	METHOD_TOTP = 1 << 2,	   /* held: a code of an app */
	METHOD_KEY = 1 << 3,	   /* held: a security key, touched */
	METHOD_PASSKEY = 1 << 4,   /* held and known: a passkey or key that asked for its PIN or finger */
	METHOD_CARD = 1 << 5,	   /* held: a client certificate */
	METHOD_CARD_PIN = 1 << 6,  /* held and known: one on a card that asks for its PIN, by the pack */
	METHOD_TICKET = 1 << 7,	   /* known: Kerberos */
	METHOD_TEMPORARY = 1 << 8, /* known: a temporary password, handed over in person */
};
enum { KIND_KNOWN = 1 << 0, KIND_HELD = 1 << 1, KIND_BEING = 1 << 2 };
/* The kinds of all these methods together, and how many they are. */
unsigned people_kinds(unsigned methods);
int people_kinds_count(unsigned kinds);
/* "totp", for journals and packs; the name for people: 確認コード. */
const char *session_method_code(enum session_method method);
const char *session_method_words(enum session_method method);
bool session_method_read(struct text code, enum session_method *method);
/* All of them, joined: パスワード、確認コード. */
struct text session_methods_words(struct arena *into, unsigned methods);

/*
 * The one way to a session: password, directory, card, passkey all end here, after they have checked
 * what they check. REFUSED with one sentence for all when the account is closed, there is none, or the
 * service has not begun or has ended; a lock after wrong passwords is the matter of those who take
 * passwords. The act's actor is the person from here on; the entry is "people.sign_in". Who refuses a
 * sign-in notes it with people_sign_in_fail().
 */
struct opening {
	struct person_id person;
	const struct pack *pack;
	unsigned methods;    /* shown */
	struct text with;    /* what was held: "card:12"; empty: nothing */
	struct text address; /* of the client */
	struct text agent;
	bool must_change; /* only the change of password is open to this session */
	/* result */
	struct session_id session;
	struct text token; /* for the cookie; nowhere else */
	struct moment last_sign_in;
	int64_t failed_since;
};
struct error *people_session_open(struct act *act, struct opening *opening) MUST_USE;
/*
 * More was shown, or the same once more: the session keeps it, *token is its new token (the old one is
 * worth nothing any more, so who fixed or stole it has nothing), and it is proven now. `with` as above.
 * The actor must be the session's person: MISSING otherwise.
 */
struct error *people_session_raise(struct act *act, struct session_id session, unsigned methods,
				   struct text with, struct text *token) MUST_USE;
/* End every session of the person in which `with` was shown ("card:12"); notes "people.sessions_end". */
struct error *people_sessions_end_with(struct act *act, struct person_id person, struct text with)
	MUST_USE;
/* Count and note a failed attempt on an account (no 0: nobody's), as a wrong password does; the entry's
   "method" says by what. */
struct error *people_sign_in_fail(struct act *act, const struct pack *pack, struct person_id person,
				  enum session_method method) MUST_USE;
/* Is the account locked now, after too many wrong attempts? */
struct error *people_sign_in_locked(struct look *look, struct person_id person, bool *is_locked)
	MUST_USE;

struct session {
	struct session_id id;
	struct person_id person;
	struct moment created;
	struct moment seen; /* as last touched in the store */
	struct moment until; /* absolute end */
	int64_t idle_minutes;
	bool must_change; /* temporary or too old a password: only its change is allowed */
	struct text name; /* of the person */
	enum language language;
	struct text address;
	struct text agent;
	unsigned methods;     /* bits of enum session_method */
	struct moment proven; /* when something was last shown */
};
/*
 * The session of a cookie's token: one indexed SELECT. `last_seen` is what the caller remembers (0:
 * nothing); a session neither seen in the store nor by the caller for idle_minutes, past its end,
 * revoked, of a closed account or ended service is not found. Tokens are stored hashed.
 */
struct error *people_session_find(struct look *look, struct text token, struct moment last_seen,
				  bool *found, struct session *session) MUST_USE;
/*
 * A clock that ran ahead for a while and was set right leaves sessions that were made or seen in the
 * future: no limit would end them for as long, so they are not found either. Slack for small corrections.
 */
enum { PEOPLE_CLOCK_SLACK_MS = 300000 };
/* An act_work with a struct session *: keep `seen`. Call at most every PEOPLE_TOUCH_MS. */
enum { PEOPLE_TOUCH_MS = 180000 };
struct error *people_session_touch(struct act *act, void *session) MUST_USE;
/* Sign out, or revoke: the actor's own sessions, or anyone's with right accounts (checked by the
   caller; `person` must match the session's or be 0). */
struct error *people_session_end(struct act *act, struct session_id session,
				 struct person_id person) MUST_USE;
/* All of a person's but `keep` (no 0: none is kept). */
struct error *people_sessions_end(struct act *act, struct person_id person, struct session_id keep)
	MUST_USE;
/* Living ones, last seen first. */
struct error *people_sessions(struct look *look, struct person_id person, struct session **list,
			      size_t *count) MUST_USE;

/* The CSRF token of a session: HMAC-SHA-256 under the session's token, hex. */
struct text people_csrf(struct arena *into, struct text token);
/* Constant time. */
bool people_csrf_matches(struct text token, struct text given);

/* How many sessions are open. */
struct error *people_sessions_count(struct look *look, int64_t *open) MUST_USE;

#endif
