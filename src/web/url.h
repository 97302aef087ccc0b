/*
 * Addresses within this site. A struct url is made only here, from literals whose variable
 * pieces are percent-encoded (RFC 3986), so none can name a scheme (javascript:) or another
 * host. The page compiler accepts nothing else in href, src, action and formaction.
 */
#ifndef BANSHO_WEB_URL_H
#define BANSHO_WEB_URL_H

#include "base/text.h"

struct url {
	struct text text; /* empty, or printable ASCII beginning with one '/' (but see url_at_port, url_telephone) */
};

/*
 * A constant address: url_path(arena, "/duty/year?by=unit"). A literal beginning with one '/';
 * anything else does not compile or stops the process, being our own mistake.
 */
#define url_path(into, literal) url_make_of((into), "" literal, 0, NULL)

/*
 * url_make(arena, "/ledger/{}/rows/{}", 2, (struct text[]){ name, no }): each {} follows a '/'
 * and takes the next piece, percent-encoded whole ('/' too). A piece that would be an empty,
 * "." or ".." segment is written "_", which names nothing. There must be `count` {}.
 */
#define url_make(into, literal, count, ...) \
	url_make_of((into), "" literal, (count), __VA_ARGS__)
/* One {}: url_of(arena, "/people/{}", login). */
#define url_of(into, literal, piece) \
	url_make_of((into), "" literal, 1, (const struct text[]){(piece)})
/* One {}: url_of_number(arena, "/incident/{}", id.no). */
#define url_of_number(into, literal, number) url_number_of((into), "" literal, (number))

/* /ledger/asset and 12: /ledger/asset/12. `base` has neither query nor fragment. */
struct url url_below(struct arena *into, struct url base, int64_t number);

/*
 * The address with name=value added to its query, both percent-encoded; a
 * fragment stays last.
 */
struct url url_query(struct arena *into, struct url url, const char *name, struct text value);
struct url url_query_number(struct arena *into, struct url url, const char *name,
			    int64_t value);
/* The address with #id, percent-encoded, in place of any fragment it had. */
struct url url_fragment(struct arena *into, struct url url, struct text id);

/*
 * An address that comes back from outside ("next" after signing in): accepted only when it
 * begins with one '/', is printable ASCII of at most 2048 bytes, and holds no "//", backslash,
 * quote or angle bracket. *url is a view of `text`. False, and *url untouched, otherwise.
 */
bool url_from_local(struct text text, struct url *url);
bool url_is_empty(struct url url);
/*
 * An address that is not within this site's origin: the same host at another of our ports, over
 * TLS. `host` is the Host header, with or without a port. Empty when it is no plain name or address.
 */
struct url url_at_port(struct arena *into, struct text host, uint16_t port, struct url local);
/*
 * The other one, tel: (RFC 3966): a telephone number as people write it, "087-839-2011", "（087）839 2011",
 * "+81 87 839 2011". Empty for anything else, as an extension, two numbers, or words beside it.
 */
struct url url_telephone(struct arena *into, struct text number);

/* What the macros above call. */
struct url url_make_of(struct arena *into, const char *pattern, size_t count,
		       const struct text *pieces);
struct url url_number_of(struct arena *into, const char *pattern, int64_t number);

#endif
