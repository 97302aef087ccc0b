/*
 * The daemon and its watch. libmicrohttpd ends a connection that says nothing; the watch ends
 * those that say too little for too long, and gives up waiting for answers that never come.
 */
#include "base/file.h"
#include "base/log.h"
#include "web/rooms.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	MEMORY_LIMIT = 32 << 10,
	SPARE_CALLERS = 64,
	SECONDS_TO_SEND = 3, /* after the last answer, before the sockets close */
};

static const char PRIORITIES[] = "SECURE128:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-RSA:"
				 "-AES-128-CBC:-AES-256-CBC:-GROUP-FFDHE2048";

int64_t
clock_ms(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void
server_release(struct server *server)
{
	if (atomic_fetch_sub(&server->references, 1) != 1)
		return;
	pthread_cond_destroy(&server->wake);
	pthread_mutex_destroy(&server->lock);
	arena_close(server->arena);
}

void
server_enlist(struct server *server, struct exchange *exchange)
{
	pthread_mutex_lock(&server->lock);
	exchange->later = server->first;
	exchange->earlier = NULL;
	if (server->first != NULL)
		server->first->earlier = exchange;
	server->first = exchange;
	exchange->is_listed = true;
	pthread_mutex_unlock(&server->lock);
}

void
server_delist(struct server *server, struct exchange *exchange)
{
	pthread_mutex_lock(&server->lock);
	if (exchange->is_listed) {
		if (exchange->earlier != NULL)
			exchange->earlier->later = exchange->later;
		else
			server->first = exchange->later;
		if (exchange->later != NULL)
			exchange->later->earlier = exchange->earlier;
		exchange->is_listed = false;
	}
	pthread_mutex_unlock(&server->lock);
}

static void
on_connection(void *with, struct MHD_Connection *connection, void **context,
	      enum MHD_ConnectionNotificationCode what)
{
	struct server *server = with;
	pthread_mutex_lock(&server->lock);
	if (what == MHD_CONNECTION_NOTIFY_STARTED) {
		struct caller *caller = server->free_callers;
		const union MHD_ConnectionInfo *info =
			MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
		if (caller != NULL && info != NULL) {
			const struct server_options *options = &server->options;
			server->free_callers = caller->next_free;
			caller->fd = info->connect_fd;
			caller->is_open = true;
			atomic_store(&caller->until,
				     clock_ms() + (int64_t)options->read_seconds * 1000);
			*context = caller;
		}
	} else if (*context != NULL) {
		struct caller *caller = *context;
		caller->is_open = false;
		caller->next_free = server->free_callers;
		server->free_callers = caller;
		*context = NULL;
	}
	pthread_mutex_unlock(&server->lock);
}

static void
look_around(struct server *server)
{
	const int64_t now = clock_ms();
	for (size_t i = 0; i < server->caller_count; i++) {
		struct caller *caller = &server->callers[i];
		const int64_t until = caller->is_open ? atomic_load(&caller->until) : 0;
		if (until != 0 && now > until) {
			/* The daemon sees the end of the stream and closes it in its own
			 * thread. */
			shutdown(caller->fd, SHUT_RDWR);
			atomic_store(&caller->until, 0);
		}
	}
	const int64_t patience = (int64_t)server->options.answer_seconds * 1000;
	for (struct exchange *at = server->first; at != NULL; at = at->later)
		if (now - at->serving_since > patience)
			exchange_give_up(at);
}

static void *
watch(void *with)
{
	struct server *server = with;
	pthread_mutex_lock(&server->lock);
	while (!atomic_load(&server->is_stopping)) {
		struct timespec next;
		clock_gettime(CLOCK_REALTIME, &next);
		next.tv_sec += 1;
		pthread_cond_timedwait(&server->wake, &server->lock, &next);
		look_around(server);
	}
	pthread_mutex_unlock(&server->lock);
	return NULL;
}

/* Escapes are undone by head.c, which refuses what must not be; MHD keeps its hands off. */
static size_t
leave_escapes(void *with, struct MHD_Connection *connection, char *text)
{
	(void)with, (void)connection;
	return strlen(text);
}

static void on_message(void *with, const char *format, va_list arguments)
	__attribute__((format(printf, 2, 0)));

/* What clients do wrong on the wire is noise; it is kept out of the operator's log. */
static void
on_message(void *with, const char *format, va_list arguments)
{
	(void)with, (void)format, (void)arguments;
}

static void
options_fill(struct server_options *options)
{
	const long cores = sysconf(_SC_NPROCESSORS_ONLN);
	if (options->threads == 0)
		options->threads = cores < 1 ? 1 : (unsigned)cores; /* positive and small */
	if (options->most_connections == 0)
		options->most_connections = 4000;
	if (options->idle_seconds == 0)
		options->idle_seconds = 30;
	if (options->read_seconds == 0)
		options->read_seconds = 60;
	if (options->answer_seconds == 0)
		options->answer_seconds = 300;
	if (options->most_bodies == 0)
		options->most_bodies = (size_t)256 << 20;
	if (options->address == NULL)
		options->address = "127.0.0.1";
}

static struct error *
address_find(const char *from, uint16_t number, struct sockaddr_storage *address, socklen_t *len)
{
	ARENA_SCOPED arena = arena_open(0);
	const char *port = text_z(arena, text_format(arena, "%u", (unsigned)number));
	const struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
				       .ai_socktype = SOCK_STREAM};
	struct addrinfo *found = NULL;
	if (getaddrinfo(from, port, &hints, &found) != 0)
		return reject("address",
			      "待ち受けるアドレス %s が正しくありません。IP "
			      "アドレスを書いてください。",
			      from);
	memcpy(address, found->ai_addr, found->ai_addrlen);
	*len = found->ai_addrlen;
	freeaddrinfo(found);
	return OK;
}

static const char *const cannot_listen =
	N_("待ち受けを始められません。ポートが使われていないか、証明書が正しいか確かめてください。");

struct error *
server_listen(const char *address, uint16_t port, int *fd)
{
	struct sockaddr_storage at = {.ss_family = AF_UNSPEC};
	socklen_t len = 0;
	TRY(address_find(address, port, &at, &len));
	FD_SCOPED made = socket(at.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	const int yes = 1, no = 0;
	if (made >= 0) {
		(void)setsockopt(made, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
		if (at.ss_family == AF_INET6) /* "::" means every address, of both kinds */
			(void)setsockopt(made, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof no);
	}
	if (made < 0 || bind(made, (const struct sockaddr *)&at, len) != 0 ||
	    listen(made, SOMAXCONN) != 0) {
		log_warn("待ち受けられません: %s %u（%s）", address, (unsigned)port,
			 strerrordesc_np(errno));
		return broken("%s", say(cannot_listen));
	}
	*fd = made;
	made = -1; /* now the caller's */
	return OK;
}

static void
callers_make(struct server *server)
{
	server->caller_count = server->options.most_connections + SPARE_CALLERS;
	server->callers = ARENA_ARRAY(server->arena, struct caller, server->caller_count);
	for (size_t i = 0; i < server->caller_count; i++) {
		server->callers[i].next_free = server->free_callers;
		server->free_callers = &server->callers[i];
	}
}

static struct MHD_Daemon *
daemon_start(struct server *server)
{
	const struct server_options *options = &server->options;
	const bool is_tls = options->tls != NULL;
	/* The library only reads what these point at. */
	void *key = is_tls ? options->tls->key.data : NULL;
	void *certificate = is_tls ? (void *)(uintptr_t)options->tls->certificate.data : NULL;
	/* Who is asked for a certificate; what comes is judged by issuers_check(), not here. */
	const struct MHD_OptionItem asking[] = {
		{is_tls && options->issuers != NULL ? MHD_OPTION_HTTPS_MEM_TRUST : MHD_OPTION_END, 0,
		 (void *)(uintptr_t)options->issuers},
		{MHD_OPTION_END, 0, NULL},
	};
	const struct MHD_OptionItem over_tls[] = {
		{MHD_OPTION_HTTPS_MEM_KEY, 0, key},
		{MHD_OPTION_HTTPS_MEM_CERT, 0, certificate},
		{MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t)PRIORITIES},
		{MHD_OPTION_END, 0, NULL},
	};
	const struct MHD_OptionItem plain[] = {{MHD_OPTION_END, 0, NULL}};
	/* A pool of one is no pool to the library. */
	const struct MHD_OptionItem pool[] = {
		{options->threads > 1 ? MHD_OPTION_THREAD_POOL_SIZE : MHD_OPTION_END,
		 (intptr_t)options->threads, NULL},
		{MHD_OPTION_END, 0, NULL},
	};
	const unsigned flags =
		MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG |
		(is_tls ? (unsigned)MHD_USE_TLS : 0u);
	return MHD_start_daemon(
		flags, options->port, NULL, NULL, exchange_on_call, server,
		MHD_OPTION_EXTERNAL_LOGGER, on_message, NULL, MHD_OPTION_LISTEN_SOCKET,
		options->listening, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
		(size_t)MEMORY_LIMIT, MHD_OPTION_CONNECTION_LIMIT, options->most_connections,
		MHD_OPTION_CONNECTION_TIMEOUT, options->idle_seconds,
		MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_UNESCAPE_CALLBACK, leave_escapes,
		NULL, MHD_OPTION_URI_LOG_CALLBACK, exchange_on_target, server,
		MHD_OPTION_NOTIFY_COMPLETED, exchange_on_end, server,
		MHD_OPTION_NOTIFY_CONNECTION, on_connection, server, MHD_OPTION_ARRAY,
		is_tls ? over_tls : plain, MHD_OPTION_ARRAY, asking, MHD_OPTION_ARRAY, pool,
		MHD_OPTION_END);
}

static struct error *
start_failed(struct server *server, const char *why)
{
	server_release(server);
	return broken("%s", why);
}

uint16_t
server_listening_port(int fd)
{
	struct sockaddr_storage at = {.ss_family = AF_UNSPEC};
	socklen_t len = sizeof at;
	if (getsockname(fd, (struct sockaddr *)&at, &len) != 0)
		return 0;
	if (at.ss_family == AF_INET)
		return ntohs(((const struct sockaddr_in *)&at)->sin_port);
	if (at.ss_family == AF_INET6)
		return ntohs(((const struct sockaddr_in6 *)&at)->sin6_port);
	return 0;
}

struct error *
server_start(const struct server_options *options, struct server **started)
{
	struct server_options filled = *options;
	options_fill(&filled);
	if (filled.listening < 1)
		TRY(server_listen(filled.address, filled.port, &filled.listening));

	struct arena *arena = arena_open(ARENA_USUAL);
	struct server *server = ARENA_NEW(arena, struct server);
	server->arena = arena;
	server->options = filled;
	atomic_init(&server->references, 1);
	pthread_mutex_init(&server->lock, NULL);
	pthread_cond_init(&server->wake, NULL);
	callers_make(server);
	server->port = server_listening_port(filled.listening);
	server->daemon = daemon_start(server);
	if (server->daemon == NULL)
		return start_failed(server, say(cannot_listen));
	if (pthread_create(&server->watch, NULL, watch, server) != 0) {
		MHD_stop_daemon(server->daemon);
		return start_failed(server, say("見張りのスレッドを始められません。"));
	}
	*started = server;
	return OK;
}

uint16_t
server_port(const struct server *server)
{
	return server->port;
}

const struct server_counts *
server_counts(const struct server *server)
{
	return &server->counts;
}

size_t
server_running(const struct server *server)
{
	return atomic_load(&server->running);
}

static bool
has_open(struct server *server)
{
	pthread_mutex_lock(&server->lock);
	const bool is_open = server->first != NULL;
	pthread_mutex_unlock(&server->lock);
	return is_open;
}

static void
short_sleep(void)
{
	nanosleep(&(struct timespec){.tv_nsec = 5 * 1000 * 1000}, NULL);
}

void
server_stop(struct server *server, unsigned seconds)
{
	const int listening = MHD_quiesce_daemon(server->daemon);
	pthread_mutex_lock(&server->lock);
	atomic_store(&server->is_stopping, true);
	pthread_cond_signal(&server->wake);
	pthread_mutex_unlock(&server->lock);
	pthread_join(server->watch, NULL);

	const int64_t until = clock_ms() + (int64_t)seconds * 1000;
	while (server_running(server) > 0 && clock_ms() < until)
		short_sleep();
	/* A thread inside serve() may fall asleep just now: ask again until nobody sleeps. */
	while (server_running(server) > 0) {
		pthread_mutex_lock(&server->lock);
		for (struct exchange *at = server->first; at != NULL; at = at->later)
			exchange_give_up(at);
		pthread_mutex_unlock(&server->lock);
		short_sleep();
	}
	const int64_t sent = clock_ms() + SECONDS_TO_SEND * 1000;
	while (has_open(server) && clock_ms() < sent)
		short_sleep();
	MHD_stop_daemon(server->daemon);
	if (listening >= 0)
		close(listening);
	server_release(server);
}
