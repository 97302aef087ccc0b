/*
 * Whose client certificates count. An operator's folder holds issuers.pem, the certificates of the
 * authorities that issue cards, and their revocation lists in files ending in .crl (PEM or DER).
 * What changes in the folder is read again while the server runs; what cannot be read leaves the last
 * good state standing and is said (issuers_trouble). TLS itself proves that the client holds the
 * key; whether the certificate is any good is decided here, by libcrypto and RFC 5280, at every use.
 *
 * A certificate is good when one of the issuers listed has itself issued it (no chain in between),
 * it is in its time, fit for signing in (RFC 5280 4.2.1.3, 4.2.1.12) and strong enough (112 bits), and
 * a list of that issuer, signed by it and still current, does not name it. Without such a list no
 * certificate of that issuer is good.
 */
#ifndef BANSHO_WEB_ISSUERS_H
#define BANSHO_WEB_ISSUERS_H

#include "base/day.h"
#include "base/error.h"
#include "base/hash.h"

struct issuers;

enum {
	ISSUERS_MOST = 64,
	ISSUERS_MOST_LISTS = 64,
	ISSUERS_MOST_BYTES = 1 << 20,	    /* of issuers.pem */
	ISSUERS_MOST_LIST_BYTES = 16 << 20, /* of one file of lists */
	CERTIFICATE_MOST_BYTES = 32 << 10,
	CERTIFICATE_MOST_NAME = 500, /* bytes of a name shown */
};

enum certificate_state {
	CERTIFICATE_GOOD,
	CERTIFICATE_UNREADABLE,
	CERTIFICATE_UNFIT,	    /* not for signing in, an authority's own, or too weak */
	CERTIFICATE_UNKNOWN_ISSUER, /* nobody listed issued it, or the issuer's own time is over */
	CERTIFICATE_NOT_YET,
	CERTIFICATE_EXPIRED,
	CERTIFICATE_REVOKED,
	CERTIFICATE_NO_LIST,	/* its issuer's revocation list is missing, or none that covers it */
	CERTIFICATE_OLD_LIST,	/* the list's own time is over */
};
enum { CERTIFICATE_STATES = 9 };
/* "revoked": for the journal and for tests. */
const char *certificate_state_code(enum certificate_state state);

/* What a certificate says of itself, for showing and for knowing it again. */
struct certificate {
	struct text issuer_key; /* hex SHA-256 of the issuer's name as issuers.pem has it; empty: unknown */
	struct text serial;	/* hex */
	struct text issuer;	/* its common name, else the whole name (RFC 4514) */
	struct text name;	/* whose it says it is, likewise */
	struct hash fingerprint; /* SHA-256 of all of it */
	struct moment since, until;
};

/* INVALID when the folder has no issuers.pem that can be read. Lists may come later. */
struct error *issuers_open(const char *folder, struct issuers **issuers) MUST_USE;
void issuers_close(struct issuers *issuers);
/* As they stood at opening, for naming them in a handshake: PEM, NUL-terminated. */
struct text issuers_pem(const struct issuers *issuers);
/* Look whether the folder has changed, and read it if so: true. From one thread at a time. */
bool issuers_refresh(struct issuers *issuers);
/* What could not be read when it was last tried, for the operator; empty: nothing. */
struct text issuers_trouble(struct issuers *issuers, struct arena *into);

/* `bytes` is the certificate, DER or PEM. *certificate is filled unless it is unreadable. */
enum certificate_state issuers_check(struct issuers *issuers, struct arena *into, struct text bytes,
				     struct moment now, struct certificate *certificate);
/* Does a list name it, current or not? */
bool issuers_revoked(struct issuers *issuers, struct text issuer_key, struct text serial);

struct issuer_state {
	struct text name;
	struct text key;
	struct moment until;	       /* of its own certificate */
	bool has_list;
	struct moment list_since, list_until; /* of the newest; until 0: the list does not say */
	int64_t revoked;	       /* how many it names */
};
struct error *issuers_list(struct issuers *issuers, struct arena *into, struct issuer_state **list,
			   size_t *count) MUST_USE;

#endif
