/*
 * The pages: what people see and do in the browser. One table of rows (table.c) says for every
 * method and path which right it takes, whether it looks or acts, and who handles it; dispatch.c
 * does sign-in, rights, CSRF, transaction and commit, so that a handler holds only its own rule.
 */
#ifndef BANSHO_PAGES_PAGES_H
#define BANSHO_PAGES_PAGES_H

#include "directory/directory.h"
#include "flow/flow.h"
#include "journal/journal.h"
#include "ledger/ledger.h"
#include "people/account.h"
#include "policy/policy.h"
#include "store/store.h"
#include "web/web.h"

struct seen;
struct limits;

/* One body as the server serves it. Made by the program; pages read it. */
struct office {
	struct store *store;
	const struct pack *pack;
	const struct flow *flow;
	struct pool *pool;	   /* slow work: argon2, PDF, tables */
	struct pool *waiters;	   /* what waits for other machines; NULL: the same */
	struct directory *directory; /* NULL: none; ask directory_is_there() */
	struct sealing *sealing;   /* for the journal's state; NULL when nothing signs */
	struct seen *seen;	   /* when sessions were last used */
	struct limits *limits;	   /* of addresses, sessions and files; NULL: none */
	const char *data;	   /* folder of the stores */
	const char *folder;	   /* DATA/bodies/CODE */
	const char *programs;	   /* folder of our companion programs */
	const struct server *server; /* for metrics; NULL until it runs */
	int64_t certificate_ends;    /* ms since 1970; 0: no certificate of our own */
	struct text body_code;
	struct text body_name;
	struct text version;
	bool is_demo;
};

/* Remembers when sessions were seen, between the acts that keep it. */
struct seen *seen_open(void);
void seen_close(struct seen *seen);

/* Counts what one address, session or person may do too much of (limits.c). */
struct limits *limits_open(void);
void limits_close(struct limits *limits);

/* CSS, scripts, the icon; embedded at build time from src/pages/static. */
extern const struct assets pages_assets;

/* Serve one exchange; the `serve` of struct server_options with the office as `with`. */
void pages_serve(void *office, struct exchange *exchange);
/* The `body` and `fault` of struct server_options. */
enum body_allowed pages_body(void *office, const struct request *request);
void pages_fault(void *office, struct exchange *exchange, int status, struct text words);

/*
 * GET /health (JSON; 503 when something is bad) and GET /metrics (Prometheus) for the operator: the
 * `serve` of a second server on a local socket, with the office as `with`.
 */
void pages_operator(void *office, struct exchange *exchange);

/* The dispatch table, for the walk test. */
struct page_row;
const struct page_row *pages_table(size_t *count);

#endif
