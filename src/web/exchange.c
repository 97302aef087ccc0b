/*
 * The life of an exchange. Two hold it: the connection (until MHD says the request has ended)
 * and whoever will answer (until exchange_answer); the last one closes it. A connection never
 * waits in a thread: when serve() returns without an answer it is suspended, under the
 * exchange's lock, so that an answer coming at that moment either is seen here or resumes it.
 */
#include "base/log.h"
#include "web/rooms.h"

#include <string.h>

enum {
	BODY_BEGIN = 64 << 10,
	SLOWEST_READ = 8 << 10, /* bytes a second */
	SLOWEST_SEND = 4 << 10,
	SEND_SECONDS = 60, /* on top of that rate */
	DRAIN_SECONDS = 300,
	DRAIN_DIGITS = 8, /* of Content-Length: 100 MB and more is not waited for */
};

static void
release(struct exchange *exchange)
{
	if (atomic_fetch_sub(&exchange->references, 1) != 1)
		return;
	struct server *server = exchange->server;
	struct arena *arena = exchange->arena;
	if (exchange->response != NULL)
		MHD_destroy_response(exchange->response);
	atomic_fetch_sub(&server->bodies, exchange->body_promised);
	arena_close(exchange->body_arena);
	pthread_mutex_destroy(&exchange->lock);
	arena_close(arena);
	server_release(server);
}

static struct caller *
caller_of(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info == NULL ? NULL : info->socket_context;
}

static void
caller_limit(struct exchange *exchange, int64_t ms)
{
	if (exchange->caller != NULL)
		atomic_store(&exchange->caller->until, ms == 0 ? 0 : clock_ms() + ms);
}

/* Letters that are not mistaken for each other when read out on the telephone. */
static void
name_make(char name[static 12])
{
	static const char letters[] = "abcdefghjkmnpqrstuvwxyz23456789x";
	unsigned char bytes[10];
	random_bytes(bytes, sizeof bytes);
	for (size_t at = 0; at < sizeof bytes; at++)
		name[at] = letters[bytes[at] % 32];
	name[sizeof bytes] = '\0';
}

struct text
exchange_name(const struct exchange *exchange)
{
	return text_of(exchange->name);
}

/* Once per exchange, whoever answers it. */
static void
count(struct exchange *exchange, int status)
{
	struct server_counts *counts = &exchange->server->counts;
	const size_t at = status > 0 && status < 600 ? (size_t)status : 0; /* bounded */
	atomic_fetch_add_explicit(&counts->status[at], 1, memory_order_relaxed);
	histogram_add(&counts->seconds, clock_us() - exchange->began_us);
}

void *
exchange_on_target(void *with, const char *target, struct MHD_Connection *connection)
{
	struct server *server = with;
	struct arena *arena = arena_open(WEB_MOST_MEMORY);
	struct exchange *exchange = ARENA_NEW(arena, struct exchange);
	exchange->server = server;
	exchange->arena = arena;
	name_make(exchange->name);
	exchange->connection = connection;
	exchange->caller = caller_of(connection);
	atomic_init(&exchange->references, 1);
	pthread_mutex_init(&exchange->lock, NULL);
	atomic_fetch_add(&server->references, 1);
	const struct text sent = text_of(target);
	exchange->is_target_long = sent.len > WEB_MOST_TARGET;
	exchange->request.raw_target =
		text_copy(arena, text_first(sent, exchange->is_target_long ? 0 : sent.len));
	return exchange;
}

static enum MHD_Result
queue(struct exchange *exchange)
{
	struct MHD_Response *response = exchange->response;
	exchange->response = NULL;
	caller_limit(exchange, SEND_SECONDS * 1000 + exchange->sending * 1000 / SLOWEST_SEND);
	const enum MHD_Result result = MHD_queue_response(
		exchange->connection, (unsigned)exchange->status, response); /* 100..599 */
	MHD_destroy_response(response);
	return result;
}

static void
answer_fault(struct exchange *exchange, int status, struct text words)
{
	const struct server_options *options = &exchange->server->options;
	if (options->fault == NULL || exchange->is_faulting) {
		answer_plain(exchange, status, words);
		return;
	}
	exchange->is_faulting = true;
	options->fault(options->with, exchange, status, words);
}

static void
serve(struct exchange *exchange)
{
	const struct server_options *options = &exchange->server->options;
	if (atomic_load(&exchange->server->is_stopping))
		exchange_fault(exchange, 503,
			       say("サーバーを止めるところです。少し待ってからもう一度お試しく"
				   "ださい。"));
	if (exchange->fault_status != 0)
		answer_fault(exchange, exchange->fault_status, exchange->fault_words);
	else
		options->serve(options->with, exchange);
}

/* Hand the exchange to the one who answers; queue the answer, or let the connection sleep. */
static enum MHD_Result
begin(struct exchange *exchange)
{
	exchange->stage = STAGE_SERVING;
	exchange->serving_since = clock_ms();
	exchange->began_us = clock_us();
	log_request(text_of(exchange->name));
	caller_limit(exchange, 0);
	atomic_fetch_add(&exchange->references, 1);
	atomic_fetch_add(&exchange->server->running, 1);
	server_enlist(exchange->server, exchange);
	language_use(request_language(&exchange->request));
	serve(exchange);
	language_use(LANGUAGE_JA);
	log_request(T(""));
	error_sweep();

	pthread_mutex_lock(&exchange->lock);
	const bool is_answered = exchange->stage == STAGE_ANSWERED;
	if (!is_answered) {
		exchange->stage = STAGE_ASLEEP;
		MHD_suspend_connection(exchange->connection);
	}
	pthread_mutex_unlock(&exchange->lock);
	return is_answered ? queue(exchange) : MHD_YES;
}

/* Each piece doubles the room in a fresh arena, so that memory follows what really arrives. */
static void
body_add(struct exchange *exchange, const char *data, size_t len)
{
	if (exchange->body_len + len > exchange->body_promised) {
		exchange_fault(exchange, 400, say("送信の形が正しくありません。"));
		exchange->stage = STAGE_DRAIN;
		return;
	}
	if (exchange->body_len + len > exchange->body_room) {
		size_t room = exchange->body_room == 0 ? BODY_BEGIN : exchange->body_room * 2;
		while (room < exchange->body_len + len)
			room *= 2;
		if (room > exchange->body_promised)
			room = exchange->body_promised;
		struct arena *arena = arena_open(room + (64 << 10));
		char *body = arena_get(arena, 1, room);
		if (exchange->body_len > 0)
			memcpy(body, exchange->body, exchange->body_len);
		arena_close(exchange->body_arena);
		exchange->body_arena = arena;
		exchange->body = body;
		exchange->body_room = room;
	}
	memcpy(exchange->body + exchange->body_len, data, len);
	exchange->body_len += len;
}

static void
body_parse(struct exchange *exchange)
{
	struct request *request = &exchange->request;
	struct field_list list = {.arena = exchange->arena, .count = 0};
	struct error *error = OK;
	struct text boundary = T("");
	if (exchange->body_len == 0)
		return;
	if (exchange->body_allowed == BODY_RAW) {
		request->body = (struct text){exchange->body, exchange->body_len};
		return;
	}
	if (text_is(request->body_type, "multipart/form-data")) {
		header_parameter(exchange->content_type, "boundary", &boundary);
		error = fields_multipart(&list, exchange->body, exchange->body_len, boundary);
	} else {
		error = fields_urlencoded(&list, exchange->body, exchange->body_len);
	}
	if (error == OK && list.count + request->query.count > WEB_MOST_FIELDS)
		error = reject(NULL, "入力欄の数が多すぎます (%d 個まで)。", WEB_MOST_FIELDS);
	if (error != OK)
		exchange_fault(exchange, 400, text_z(exchange->arena, error->words));
	else
		request->fields = (struct fields){list.at, list.count};
}

/* A body that may not come is thrown away first, else many clients never read the answer. */
static enum MHD_Result
head_done(struct exchange *exchange, const char *method)
{
	const char *sent = MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND,
						       "Content-Length");
	const bool is_sound = head_read(exchange, method);
	exchange->stage = is_sound ? STAGE_BODY : STAGE_DRAIN;
	const int fault = exchange->fault_status;
	const bool is_worth_draining = (fault == 413 || fault == 415 || fault == 503) &&
				       sent != NULL && text_of(sent).len <= DRAIN_DIGITS &&
				       exchange->expect.len == 0;
	language_use(LANGUAGE_JA);
	if (!is_sound && !is_worth_draining)
		return begin(exchange);
	/* At most WEB_MOST_UPLOAD, so it fits. */
	const int64_t body = (int64_t)exchange->body_promised * 1000 / SLOWEST_READ;
	caller_limit(exchange, (int64_t)exchange->server->options.read_seconds * 1000 +
				       (is_sound ? body : DRAIN_SECONDS * 1000));
	return MHD_YES;
}

enum MHD_Result
exchange_on_call(void *server, struct MHD_Connection *connection, const char *url,
		 const char *method, const char *version, const char *data, size_t *size,
		 void **with)
{
	(void)server, (void)connection, (void)url, (void)version;
	struct exchange *exchange = *with;
	if (exchange == NULL)
		return MHD_NO;
	switch (exchange->stage) {
	case STAGE_HEAD:
		return head_done(exchange, method);
	case STAGE_BODY:
	case STAGE_DRAIN:
		if (*size > 0) {
			if (exchange->stage == STAGE_BODY)
				body_add(exchange, data, *size);
			*size = 0;
			return MHD_YES;
		}
		if (exchange->stage == STAGE_BODY)
			body_parse(exchange);
		return begin(exchange);
	case STAGE_ANSWERED:
		if (exchange->response == NULL)
			return MHD_YES;
		return queue(exchange);
	case STAGE_SERVING:
	case STAGE_ASLEEP:
		return MHD_YES;
	}
	return MHD_NO;
}

void
exchange_on_end(void *with, struct MHD_Connection *connection, void **held,
		enum MHD_RequestTerminationCode how)
{
	(void)connection, (void)how;
	struct server *server = with;
	struct exchange *exchange = *held;
	*held = NULL;
	if (exchange == NULL)
		return;
	const struct server_options *options = &server->options;
	caller_limit(exchange,
		     ((int64_t)options->idle_seconds + (int64_t)options->read_seconds) * 1000);
	server_delist(server, exchange);
	release(exchange);
}

void
exchange_answer(struct exchange *exchange, const struct answer *answer)
{
	int status;
	struct MHD_Response *response = response_make(exchange, answer, &status);
	pthread_mutex_lock(&exchange->lock);
	const bool is_late = exchange->stage == STAGE_ANSWERED;
	if (!is_late) {
		const bool is_asleep = exchange->stage == STAGE_ASLEEP;
		exchange->response = response;
		exchange->status = status;
		exchange->sending = answer->is_stream ? answer->length
						      : (int64_t)answer->body.len; /* fits */
		exchange->stage = STAGE_ANSWERED;
		count(exchange, status);
		atomic_fetch_sub(&exchange->server->running, 1);
		if (is_asleep)
			MHD_resume_connection(exchange->connection);
	}
	pthread_mutex_unlock(&exchange->lock);
	if (is_late)
		MHD_destroy_response(response);
	release(exchange);
}

void
exchange_give_up(struct exchange *exchange)
{
	pthread_mutex_lock(&exchange->lock);
	if (exchange->stage == STAGE_ASLEEP) {
		exchange->response = response_given_up(exchange->server);
		exchange->status = 503;
		exchange->stage = STAGE_ANSWERED;
		count(exchange, 503);
		atomic_fetch_sub(&exchange->server->running, 1);
		MHD_resume_connection(exchange->connection);
	}
	pthread_mutex_unlock(&exchange->lock);
}

void
exchange_redirect(struct exchange *exchange, struct url to)
{
	exchange_answer(exchange, &(struct answer){.status = 303, .location = to});
}

int
status_of(enum error_kind kind)
{
	switch (kind) {
	case ERROR_INVALID:
		return 400;
	case ERROR_REFUSED:
		return 403;
	case ERROR_MISSING:
		return 404;
	case ERROR_CONFLICT:
		return 409;
	case ERROR_BUSY:
		return 503;
	case ERROR_BROKEN:
		return 500;
	}
	return 500;
}

void
exchange_fail(struct exchange *exchange, const struct error *error)
{
	if (error->kind == ERROR_BROKEN)
		log_error("serving a page", error);
	pthread_mutex_lock(&exchange->lock);
	const bool is_late = exchange->stage == STAGE_ANSWERED;
	pthread_mutex_unlock(&exchange->lock);
	/* After server_stop the hook's own things may be gone. */
	if (is_late)
		exchange_answer(exchange, &(struct answer){.status = 503});
	else
		answer_fault(exchange, status_of(error->kind),
			     text_copy(exchange->arena, error->words));
}

const struct request *
exchange_request(const struct exchange *exchange)
{
	return &exchange->request;
}

struct arena *
exchange_arena(struct exchange *exchange)
{
	return exchange->arena;
}

void
exchange_keep(struct exchange *exchange, void *something)
{
	exchange->kept = something;
}

void *
exchange_kept(const struct exchange *exchange)
{
	return exchange->kept;
}
