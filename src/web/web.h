/*
 * The web engine: HTTP over libmicrohttpd (epoll, a thread per core, GnuTLS), requests read whole
 * and checked, answers with the security headers on every one of them. It knows no office and no
 * store; sign-in, rights and acts are the pages' business.
 *
 * One thing happening: the request is read to its end within the limits; then `serve` is called
 * with the exchange, on a thread of the server. It either answers at once (exchange_answer) or
 * keeps the exchange and answers later from any thread (an act's writer, a pool worker): the
 * connection sleeps meanwhile and holds no thread. Slow work (argon2, PDF, XLSX) belongs in a pool,
 * never in `serve` itself.
 *
 * Every text of a request is valid UTF-8 without NUL, whatever the client sent; anything else has
 * been answered with 400 before `serve` sees it. Text in fields and paths is otherwise untouched
 * (no folding, no trimming), except that line ends CR LF arrive as LF.
 *
 * What is not HTTP at all, or a head beyond 32 KB, libmicrohttpd refuses itself, in English.
 */
#ifndef BANSHO_WEB_WEB_H
#define BANSHO_WEB_WEB_H

#include "base/error.h"
#include "base/histogram.h"
#include "base/say.h"
#include "base/secret.h"
#include "web/url.h"

struct exchange; /* one request and the answer to it */
struct server;

/* ---- Request ---- */

enum {
	WEB_MOST_TARGET = 8192,	       /* bytes of path and query as sent; more is 414 */
	WEB_MOST_HEADERS = 16 << 10,   /* bytes of all header lines; more is 431 */
	WEB_MOST_HEADER_COUNT = 100,
	WEB_MOST_SEGMENTS = 16,	       /* of the path */
	WEB_MOST_FIELDS = 2000,	       /* query and body together */
	WEB_MOST_NAME = 200,	       /* bytes of a field's name */
	WEB_MOST_VALUE = 512 << 10,    /* bytes of a field's value; files are limited by the body */
	WEB_MOST_FILE_NAME = 1020,     /* bytes: 255 characters */
	WEB_MOST_COOKIES = 50,
	WEB_MOST_MEMORY = 512 << 20,   /* an exchange's arena; imports of a whole staff need it */
	WEB_MOST_FORM = 1 << 20,       /* bytes of a body under BODY_FORM and BODY_RAW */
	WEB_MOST_UPLOAD = 32 << 20,    /* bytes of a body under BODY_UPLOAD */
};

/* HEAD arrives as METHOD_GET; the engine leaves out the body. All but these are METHOD_OTHER. */
enum method { METHOD_GET, METHOD_POST, METHOD_OTHER };

struct field {
	struct text name;
	struct text value; /* of a file: its bytes, which need not be UTF-8 */
	bool is_file;
	struct text file_name; /* without folders; empty when nothing was chosen */
	struct text type;      /* what the browser claims the file to be; never trust it */
};

struct fields {
	const struct field *at; /* in the order they were sent */
	size_t count;
};

/* What was asked. Everything in it lives as long as the exchange. Read it, never write it. */
struct request {
	enum method method;
	bool is_head;
	struct text path;	   /* decoded, begins with '/'; for logs and comparing, not for links */
	struct text segments[WEB_MOST_SEGMENTS]; /* decoded; "/" has none; none is "", "." or ".." */
	size_t segment_count;
	struct text raw_target;	   /* path and query as sent; printable ASCII. For "return to here" */
	struct fields query;
	struct fields fields;	   /* of the body: urlencoded or multipart/form-data */
	struct text body;	   /* under BODY_RAW: the bytes */
	struct text body_type;	   /* Content-Type without parameters, lower case */
	struct fields cookies;

	struct text host;	   /* the Host header: name, perhaps with port */
	struct text origin;
	struct text referer;
	struct text accept_language;
	struct text user_agent;
	struct text fetch_site;	   /* Sec-Fetch-Site */
	struct text client;	   /* address of the client, or of what the trusted proxy names */
	bool is_secure;		   /* over TLS, ours or the trusted proxy's */
	struct text certificate;   /* the client's, DER: TLS has proved that it holds the key. Nothing more
				      is known of it (web/issuers.h); empty: none came */
};

/* The value of the first field of that name (body first, then query); empty when there is none. */
struct text request_field(const struct request *request, const char *name);
bool request_has(const struct request *request, const char *name);
/* All fields of that name, body before query, in order. *found lives in `into`. */
struct fields request_fields(const struct request *request, struct arena *into, const char *name);
/* The first file of that name that was really chosen; NULL when none. */
const struct field *request_file(const struct request *request, const char *name);
/*
 * The field as a number. INVALID, naming the field, when it is missing, blank, no whole number or
 * outside least..most. Full-width digits and spaces around are accepted.
 */
struct error *request_number(const struct request *request, const char *name, int64_t least,
			     int64_t most, int64_t *value) MUST_USE;
/* Empty when there is none. Ask by the name given to struct cookie, without "__Host-". */
struct text request_cookie(const struct request *request, const char *name);
/* English when the browser prefers it to Japanese, else Japanese. */
enum language request_language(const struct request *request);
/*
 * The request comes from one of our own pages: Sec-Fetch-Site says same-origin, or (old browsers)
 * Origin, or failing that Referer, names our Host. A request without any of them is not.
 */
bool request_is_same_origin(const struct request *request);

/* ---- Routes ---- */

/*
 * A pattern is made of literal segments and captures:
 *   {id}          a number from 1, decimal, no leading zero
 *   {code:text}   any one segment
 *   {when:day}    a day written 2026-11-21
 *   {path:rest}   everything that follows, one segment or more, joined by '/'; last only
 * "/dossiers/{id}/decide". Put more special patterns before more general ones: the first that
 * fits (and has the method) wins.
 */
struct route {
	enum method method;
	const char *pattern;
};

/* A table whose rows begin with a struct route, whatever else they hold. */
struct route_table {
	const struct route *first;
	size_t count;
	size_t stride; /* bytes from one row to the next */
};
/*
 * `rows` is an array whose element type has `struct route route` as its first member. The first
 * form is for static tables, the second an expression.
 */
#define ROUTE_TABLE_INIT(rows)                                                                 \
	{ &(rows)[0].route, sizeof(rows) / sizeof((rows)[0]), sizeof((rows)[0]) }
#define ROUTE_TABLE(rows) ((struct route_table)ROUTE_TABLE_INIT(rows))

enum { ROUTE_MOST_CAPTURES = 6 };

struct captures {
	struct {
		struct text name;
		struct text text;
		int64_t number; /* of {id}; the day number of {when:day} */
	} at[ROUTE_MOST_CAPTURES];
	size_t count;
};

enum route_result {
	ROUTE_FOUND,
	ROUTE_MISSING,	    /* no pattern fits: 404 */
	ROUTE_OTHER_METHOD, /* patterns fit, but for other methods: 405, answer with Allow */
};

/* *index is the row. *allow (always set for ROUTE_OTHER_METHOD) is static, like "GET, HEAD". */
enum route_result route_find(const struct route_table *table, const struct request *request,
			     size_t *index, struct captures *captures, struct text *allow);
/* Asking for a name the pattern does not have stops the process: it is our own mistake. */
int64_t capture_number(const struct captures *captures, const char *name);
struct text capture_text(const struct captures *captures, const char *name);
/* Is every pattern of the table well-formed? For a test of the table; says which is not. */
struct error *route_table_check(const struct route_table *table) MUST_USE;

/* ---- Exchange and answer ---- */

const struct request *exchange_request(const struct exchange *exchange);
/* Lives until the answer has been sent. At most WEB_MOST_MEMORY, the body not counted. One thread at a time may use it. */
struct arena *exchange_arena(struct exchange *exchange);
/* Names this request in the log and on its error pages: 10 letters and digits. */
struct text exchange_name(const struct exchange *exchange);
/* Something of the caller's that travels with the exchange; NULL at first. */
void exchange_keep(struct exchange *exchange, void *something);
void *exchange_kept(const struct exchange *exchange);

/* Always HttpOnly, SameSite=Strict, Path=/; over TLS also Secure and named "__Host-<name>". */
struct cookie {
	const char *name;  /* NULL: no cookie */
	struct text value; /* token characters (RFC 6265): base64url and hex are fine */
	int64_t seconds;   /* how long; 0: until the browser closes; below 0: forget it now */
};

enum { ANSWER_MOST_COOKIES = 4 };

enum caching {
	CACHE_NEVER,   /* no-store: every page with somebody's data. The usual */
	CACHE_ASK,     /* no-cache: may be kept, must ask (with etag) */
	CACHE_FOREVER, /* public, one year, immutable: only what is named by its digest */
};

/*
 * What to send. Unset members mean "not". `body` lives in the exchange's arena or is static;
 * everything else is copied by exchange_answer.
 */
struct answer {
	int status;	  /* 200 when 0 */
	const char *type; /* "text/html; charset=utf-8" when NULL */
	struct text body;
	struct url location; /* for 303 and 201 */
	struct cookie cookies[ANSWER_MOST_COOKIES];
	struct text download; /* file name (Japanese is fine): Content-Disposition: attachment */
	struct text shown_as; /* the same but inline, for PDF in the browser's own viewer */
	struct text etag;     /* without quotes; a request that has it gets 304 */
	struct text allow;    /* for 405 */
	int64_t retry_after;  /* seconds, for 429 and 503 */
	bool uses_camera;     /* the page may ask the browser for the camera: where labels are read */
	bool clears_site;     /* the browser forgets what it kept of this site (sign-out) */
	enum caching caching;
	/* Send a file instead of body: the descriptor is closed by the engine in every case. */
	bool is_stream;
	int fd;
	int64_t length; /* bytes from the beginning of fd */
};

/*
 * Answer, once. From any thread, also when the client has gone meanwhile (the answer is dropped).
 * Afterwards the exchange, its request and its arena belong to the engine again: do not touch
 * them. A header value with a control character in it is never sent: 500 goes out instead, and
 * the log says why.
 */
void exchange_answer(struct exchange *exchange, const struct answer *answer);
/* 303 See Other: after a POST was done. */
void exchange_redirect(struct exchange *exchange, struct url to);
/* The error's words as a page by `fault` (below), with the status that fits its kind. */
void exchange_fail(struct exchange *exchange, const struct error *error);
/* 400 invalid, 403 refused, 404 missing, 409 conflict, 503 busy, 500 broken. */
int status_of(enum error_kind kind);

/* ---- Static files ---- */

struct asset {
	const char *name; /* "app.css"; letters, digits, '.', '-' and '_' only */
	const char *type;
	const unsigned char *bytes;
	size_t len;
	const char *digest; /* hex, of this file */
};

/* Made by tools/embed. One digest for the set, so that files may name each other relatively. */
struct assets {
	const struct asset *list; /* sorted by name */
	size_t count;
	const char *digest; /* hex, of all files and names */
};

/* NULL when there is none of that name. */
const struct asset *asset_find(const struct assets *assets, struct text name);
/* "/static/<digest>/<name>"; naming a file that is not there stops the process. */
struct url asset_url(const struct assets *assets, struct arena *into, const char *name);
/*
 * Answer a request under /static/. False, and nothing answered, when the path is not under
 * /static/ or the method is not GET. The present digest is cached for ever; an old one (a page
 * loaded before an upgrade) gets the present file, uncached; ETag and 304 in both cases.
 */
bool assets_serve(const struct assets *assets, struct exchange *exchange);

/* ---- Server ---- */

/* What a body may be; asked before it is read. The routes decide. */
enum body_allowed {
	BODY_NONE,   /* 413 when one comes */
	BODY_FORM,   /* urlencoded or multipart, WEB_MOST_FORM */
	BODY_UPLOAD, /* urlencoded up to WEB_MOST_FORM, multipart up to WEB_MOST_UPLOAD */
	BODY_RAW,    /* any type but those two, WEB_MOST_FORM, as request->body */
};

/* Key and certificate chain as PEM; the key ends in NUL. */
struct tls {
	struct secret key;
	struct text certificate; /* NUL-terminated */
	struct text fingerprint; /* SHA-256 of the certificate, AA:BB:…, to tell to people */
};

struct server_options {
	const char *address;   /* "127.0.0.1", "::", "0.0.0.0"; NULL: 127.0.0.1 */
	uint16_t port;	       /* 0: any free one */
	int listening;	       /* a socket that listens already (server_listen); below 1: none */
	const struct tls *tls; /* NULL: plain HTTP, for loopback and behind a proxy */
	bool trusts_proxy;     /* believe X-Forwarded-For and -Proto of a client on loopback */
	/*
	 * A door for client certificates. `issuers`: PEM, NUL-terminated, of those whose certificates
	 * each handshake asks for (a client may have none; TLS only). `takes_certificate`: what a proxy on
	 * loopback gives in the header Client-Cert (RFC 9440, or percent-encoded PEM) is the client's;
	 * without it that header is never looked at. Behind either, every answer ends its connection and no
	 * session of TLS is resumed, so that each request proves anew that the card is there.
	 */
	const char *issuers;
	bool takes_certificate;
	uint16_t home_port; /* forms may lead to that port of the same host as well; 0: nowhere else */
	const char *const *hosts; /* names this server answers to, ends with NULL; NULL: any */
	unsigned threads;	     /* 0: one per core */
	unsigned most_connections;   /* 0: 4,000; the next waits in the kernel */
	unsigned idle_seconds;	     /* 0: 30; without a byte */
	unsigned read_seconds;	     /* 0: 60; for a whole head, and for a body at 8 KiB/s on top */
	unsigned answer_seconds;     /* 0: 300; then the client is told 503, a late answer is dropped */
	size_t most_bodies;	     /* 0: 256 MiB; bytes of bodies held at once; then 503 */

	void *with;
	/* Called with method, path, query, cookies and headers known, before the body is read. May be
	 * called on several threads. NULL: BODY_FORM for every path. */
	enum body_allowed (*body)(void *with, const struct request *request);
	/* Must lead to exactly one exchange_answer (or _redirect, _fail). On several threads at once.
	 * The thread speaks request_language(). */
	void (*serve)(void *with, struct exchange *exchange);
	/*
	 * Answer a fault found by the engine, or handed to exchange_fail, as a page of the house:
	 * calls exchange_answer with that status before it returns. It may read the request's path,
	 * headers and cookies, but the body may not have been read. NULL: a plain page of the engine.
	 */
	void (*fault)(void *with, struct exchange *exchange, int status, struct text words);
};

/*
 * Open the listening socket alone, for a program that shuts itself in before it can start its
 * threads. INVALID when the address is none of an IP; BROKEN when it cannot be had.
 */
struct error *server_listen(const char *address, uint16_t port, int *fd) MUST_USE;
/* Listens from when it returns. The options are copied, their pointers must outlive the server. */
struct error *server_start(const struct server_options *options, struct server **server) MUST_USE;
uint16_t server_port(const struct server *server);
/* Of a socket that listens; 0 for a Unix socket. */
uint16_t server_listening_port(int fd);
/* What has been answered since the start, by status; counted without a lock. */
struct server_counts {
	_Atomic uint64_t status[600];
	struct histogram seconds; /* from the request's end to its answer */
};
const struct server_counts *server_counts(const struct server *server);
/* Exchanges begun and not yet answered. */
size_t server_running(const struct server *server);
/*
 * Stop listening, wait at most `seconds` for running exchanges, tell what is still running 503,
 * close. An exchange_answer that comes after that is dropped safely; `with` and the hooks are not
 * called any more, so close the pool and the store's writer after the server, not before.
 */
void server_stop(struct server *server, unsigned seconds);

/* ---- TLS ---- */

/*
 * A key (ECDSA P-256, mode 0600) and a self-signed certificate for 825 days in `folder`
 * (tls-key.pem, tls-certificate.pem), for localhost, 127.0.0.1, ::1, this machine's name and
 * `hosts` (ends with NULL; names or addresses; may be NULL). Does nothing when both files exist.
 */
struct error *tls_make(const char *folder, const char *const *hosts) MUST_USE;
/* Read both files. BROKEN when key and certificate do not belong together. */
struct error *tls_load(struct arena *into, const char *folder, struct tls *tls) MUST_USE;
/* The same of an operator's own files; the certificate may be followed by its chain. */
struct error *tls_load_files(struct arena *into, const char *key_path,
			     const char *certificate_path, struct tls *tls) MUST_USE;
/* When the certificate ends, in ms since 1970, for reminding people. */
struct error *tls_ends(const struct tls *tls, int64_t *ms) MUST_USE;

/* ---- Pool of workers for slow work ---- */

struct pool;
struct pool *pool_open(unsigned threads, size_t most_waiting);
/* BUSY when `most_waiting` are waiting already; then `work` is not called. */
struct error *pool_do(struct pool *pool, void (*work)(void *with), void *with) MUST_USE;
/* Finishes what is waiting, then ends the threads. */
void pool_close(struct pool *pool);

#endif
