/* Private to the web room. */
#ifndef BANSHO_WEB_ROOMS_H
#define BANSHO_WEB_ROOMS_H

#include "web/web.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdatomic.h>

/* ---- fields.c: pure parsers, also what the fuzz target calls ---- */

struct field_list {
	struct arena *arena;
	struct field *at;
	size_t count;
	size_t room;
};

/*
 * Undo percent-encoding where it stands (the result is never longer): *len becomes the new
 * length. INVALID for %00, a broken escape, or what is not UTF-8.
 */
struct error *percent_decode(char *data, size_t *len, bool is_form) MUST_USE;
/* Both decode in place; the fields are views of `data`. */
struct error *fields_urlencoded(struct field_list *list, char *data, size_t len) MUST_USE;
struct error *fields_multipart(struct field_list *list, char *data, size_t len,
			       struct text boundary) MUST_USE;
/* The value of a parameter of a header such as Content-Type; false when it has none. */
bool header_parameter(struct text header, const char *name, struct text *value);
bool text_same_letters(struct text a, struct text b); /* ASCII letters in either case */
struct text text_small(struct arena *into, struct text text);

/* ---- exchange.c ---- */

enum stage {
	STAGE_HEAD,  /* the headers are there */
	STAGE_BODY,  /* collecting the body */
	STAGE_DRAIN, /* a fault is known; the body is thrown away so that the client listens */
	STAGE_SERVING,  /* serve() runs, the server's thread is in it */
	STAGE_ASLEEP,   /* the connection is suspended, somebody will answer */
	STAGE_ANSWERED, /* the response is made */
};

/* A connection, as the watch sees it. */
struct caller {
	int fd;
	_Atomic int64_t until; /* ms; past it the connection is shut. 0: no limit now */
	struct caller *next_free;
	bool is_open;
};

struct exchange {
	struct server *server;
	char name[12]; /* for the log and error pages */
	int64_t began_us;
	struct arena *arena;
	struct MHD_Connection *connection;
	struct caller *caller;
	struct request request;
	_Atomic int references; /* the connection's, and the one who will answer */
	pthread_mutex_t lock;   /* stage, response, status */
	enum stage stage;
	struct MHD_Response *response;
	int status;
	int64_t sending; /* bytes of the answer */

	bool is_target_long;
	bool is_faulting; /* inside the fault hook: a fault of its own gets the plain page */
	int fault_status; /* 0: none */
	struct text fault_words;
	struct text if_none_match;
	struct text content_type;
	struct text expect;

	struct arena *body_arena;
	char *body;
	size_t body_len, body_room, body_promised;
	enum body_allowed body_allowed;

	void *kept;
	int64_t serving_since;
	struct exchange *earlier, *later; /* in the server's list; under the server's lock */
	bool is_listed;
};

/* MHD's callbacks. */
void *exchange_on_target(void *server, const char *target, struct MHD_Connection *connection);
enum MHD_Result exchange_on_call(void *server, struct MHD_Connection *connection,
				 const char *url, const char *method, const char *version,
				 const char *data, size_t *size, void **with);
void exchange_on_end(void *server, struct MHD_Connection *connection, void **with,
		     enum MHD_RequestTerminationCode how);
/* Answer in place of the one who should, if still asleep. Under the server's lock. */
void exchange_give_up(struct exchange *exchange);

/* ---- head.c: from headers to struct request ---- */

/* False after exchange_fault(). */
bool head_read(struct exchange *exchange, const char *method);
void exchange_fault(struct exchange *exchange, int status, const char *words);

/* ---- answer.c ---- */

struct MHD_Response *response_make(struct exchange *exchange, const struct answer *answer,
				   int *status);
/* Static, in Japanese and English, for when nothing of the exchange may be touched. */
struct MHD_Response *response_given_up(const struct server *server);
void answer_plain(struct exchange *exchange, int status, struct text words);

/* ---- server.c ---- */

struct server {
	struct server_counts counts;
	struct arena *arena;
	struct server_options options;
	struct MHD_Daemon *daemon;
	uint16_t port;
	_Atomic int references;
	_Atomic size_t running; /* begun, not yet answered */
	_Atomic size_t bodies;  /* bytes promised */
	_Atomic bool is_stopping;
	pthread_mutex_t lock; /* the list, the callers */
	pthread_cond_t wake;
	struct exchange *first;
	struct caller *callers, *free_callers;
	size_t caller_count;
	pthread_t watch;
};

void server_release(struct server *server);
void server_enlist(struct server *server, struct exchange *exchange);
void server_delist(struct server *server, struct exchange *exchange);
int64_t clock_ms(void); /* monotonic */

#endif
