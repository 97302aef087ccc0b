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

struct issuers;
struct seen;
struct limits;
struct aside;
struct challenges;

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
	struct aside *aside;	   /* forms while a card is shown; NULL: none is kept */
	struct challenges *challenges; /* for keys and passkeys (signin.h); NULL: none are taken */
	const char *data;	   /* folder of the stores */
	const char *folder;	   /* DATA/bodies/CODE */
	const char *programs;	   /* folder of our companion programs */
	const struct server *server; /* for metrics; NULL until it runs */
	int64_t certificate_ends;    /* ms since 1970; 0: no certificate of our own */
	struct issuers *issuers;     /* whose IC cards count; NULL: no cards here */
	uint16_t card_port, home_port; /* as browsers reach the card door, and everything else */
	bool is_card_door;	     /* this is the card door: it serves /card and what that needs */
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

/* Keeps what was typed while an IC card is shown at its own door (aside.c). */
struct aside *aside_open(void);
void aside_close(struct aside *aside);

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
