/*
 * IC cards as a way to sign in: a client certificate, registered to one person. Whether the certificate
 * itself is good (issuer, time, revocation list) the caller has asked before (web/issuers.h); here is
 * whose it is and whether it still counts. A card that is stopped ends, in the same act, every session
 * in which it was shown; since every request asks the store, that is at once and everywhere.
 */
#ifndef BANSHO_SIGNIN_CARD_H
#define BANSHO_SIGNIN_CARD_H

#include "people/account.h"

struct card_id {
	int64_t no;
};

/* What a certificate says of itself. */
struct card_face {
	struct text issuer_key;	 /* hex SHA-256 of the issuer's name */
	struct text serial;	 /* hex */
	struct text issuer_name; /* for people */
	struct text subject;
	struct hash fingerprint;
	struct moment since, until;
};

enum card_reason { CARD_LOST, CARD_RETURNED, CARD_REPLACED, CARD_REVOKED, CARD_OTHER };
enum { CARD_REASONS = 5, CARD_MOST = 20 /* living ones of a person */, CARD_ROWS = 200 };
const char *card_reason_code(enum card_reason reason);
const char *card_reason_words(enum card_reason reason);
bool card_reason_read(struct text code, enum card_reason *reason);

struct card {
	struct card_id id;
	struct person_id person;
	struct card_face face; /* without its fingerprint */
	struct moment registered;
	struct person_id registered_by;
	bool is_by_file; /* by an administrator, from a file: nobody has shown that they hold it */
	struct moment stopped; /* 0: it counts */
	enum card_reason reason;
	struct person_id stopped_by; /* no 0: a revocation list */
	struct moment last_used;
};
struct text card_about(struct arena *into, struct card_id id); /* "card:12" */
/* Counts it on that moment: neither stopped nor past its end? */
bool card_is_living(const struct card *card, struct moment now);

/*
 * Register a good certificate to a person. By the person, with the card shown in this request, or from a
 * file (`is_by_file`): then who acts needs the right accounts, which the caller has checked; the person
 * is told. REFUSED to others; CONFLICT when it is registered and not stopped, whoever's it is, and
 * without saying whose; INVALID when the person has no account, or too many cards.
 */
struct card_registering {
	struct person_id person;
	struct card_face face;
	bool is_by_file;
	struct card_id id; /* result */
};
struct error *signin_card_register(struct act *act, struct card_registering *registering) MUST_USE;

/*
 * Stop a card: the person whose it is, who has the right accounts, or who answers for the person's unit
 * (ledger.write reaches it): REFUSED to others, CONFLICT when it is stopped. A lost card is told to who
 * holds the roles `tell`, and to the person when somebody else reports it. Every session in which the card
 * was shown ends here.
 */
struct card_stopping {
	struct card_id id;
	enum card_reason reason;
	const struct pack *pack;
	const struct rights *rights; /* of who acts */
};
struct error *signin_card_stop(struct act *act, const struct card_stopping *stopping) MUST_USE;
/* May they? `rights` of who asks. */
struct error *signin_card_may_stop(struct look *look, const struct rights *rights,
				   struct person_id owner, bool *may) MUST_USE;

/*
 * An act_work, after revocation lists have changed: stops what they name. By nobody, of reason revoked.
 */
struct card_sweep {
	bool (*is_revoked)(void *with, struct text issuer_key, struct text serial);
	void *with;
	const struct pack *pack;
	int64_t stopped; /* result */
};
struct error *signin_card_sweep(struct act *act, void *card_sweep) MUST_USE;

/*
 * Show a card: sign in with it (`session` no 0), or add it to what a session of the same person has
 * shown. `state` says what is wrong with the certificate itself (certificate_state_code), empty when it
 * is good. Both outcomes leave an entry, so the act succeeds either way: look at `is_shown`. When another
 * living session shows the same card from another address, that is noted and told.
 */
struct card_showing {
	struct card_face face;
	const char *state;
	struct session_id session;
	struct person_id signed_in; /* whose session it is */
	struct text address, agent;
	const struct pack *pack;
	/* result */
	bool is_shown;
	struct text refusal;
	struct text token; /* for the cookie */
	struct person_id person;
	struct session_id shown_in;
	bool is_elsewhere;
};
struct error *signin_card_show(struct act *act, void *card_showing) MUST_USE;

struct error *signin_card(struct look *look, struct card_id id, struct card *card) MUST_USE;
/* Of a person: living ones first, newest first. */
struct error *signin_cards_of(struct look *look, struct person_id person, struct card **list,
			      size_t *count) MUST_USE;

enum card_filter { CARDS_ALL, CARDS_LIVING, CARDS_ENDING, CARDS_STOPPED };
struct card_search {
	enum card_filter filter; /* CARDS_ENDING: past their end, or within 30 days of it */
	struct text words;	 /* a serial or staff number; empty: any */
	struct card_id before;	 /* page: those registered before it; no 0: from the newest */
	size_t most;		 /* at most CARD_ROWS */
};
struct error *signin_cards(struct look *look, const struct card_search *search, struct card **list,
			   size_t *count) MUST_USE;

#endif
