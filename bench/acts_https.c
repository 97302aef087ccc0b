/*
 * Acts by many browsers at once: N connections over TLS, each posting a form of the real pages with
 * session and CSRF token, one after another, and waiting for each answer. One thread with epoll, so
 * that the generator is not what is measured. Answers anything but 303: the run is worth nothing.
 * In turn with it, in the same run, the bare SQLite writer: one row and one entry of the same size
 * per commit, synchronous=FULL, nobody else.
 *
 * usage: acts_https PORT SESSION CSRF PATH FORM_A FORM_B CLIENTS EACH ROUNDS FOLDER
 * FORM_A and FORM_B alternate, so that every act changes something.
 */
#include "median.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS_MOST = 20, CLIENTS_MOST = 256, BARE_COMMITS = 2000, REQUEST_MOST = 2048,
       ANSWER_MOST = 64 << 10 };

struct client {
	SSL *tls;
	int fd, left;
	size_t got;
	char answer[ANSWER_MOST];
};

static char requests[2][REQUEST_MOST];
static int request_len[2];

static void
stop(const char *why)
{
	fprintf(stderr, "acts_https: %s\n", why);
	exit(2);
}

static double
now(void)
{
	struct timespec at;
	clock_gettime(CLOCK_MONOTONIC, &at);
	return (double)at.tv_sec + (double)at.tv_nsec / 1e9;
}

/* ---- The bare writer ---- */

static double
bare(const char *folder, int round)
{
	char path[300], words[300], name[32];
	sqlite3 *db;
	sqlite3_stmt *row, *entry;
	snprintf(path, sizeof path, "%s/bare%d.sqlite", folder, round);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db,
			 "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
			 "CREATE TABLE room (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, note TEXT)"
			 " STRICT;"
			 "CREATE TABLE entry (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT",
			 NULL, NULL, NULL) != SQLITE_OK)
		stop("cannot make the bare store");
	sqlite3_prepare_v2(db, "INSERT INTO room VALUES (?, ?, 'note')", -1, &row, NULL);
	sqlite3_prepare_v2(db, "INSERT INTO entry VALUES (?, ?)", -1, &entry, NULL);
	memset(words, 'x', sizeof words);
	const double begin = now();
	for (int at = 0; at < BARE_COMMITS; at++) {
		snprintf(name, sizeof name, "room %d", at);
		sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL);
		sqlite3_bind_int(row, 1, at);
		sqlite3_bind_text(row, 2, name, -1, SQLITE_STATIC);
		sqlite3_step(row);
		sqlite3_reset(row);
		sqlite3_bind_int(entry, 1, at);
		sqlite3_bind_text(entry, 2, words, sizeof words, SQLITE_STATIC);
		sqlite3_step(entry);
		sqlite3_reset(entry);
		if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
			stop("the bare store cannot commit");
	}
	const double rate = BARE_COMMITS / (now() - begin);
	sqlite3_finalize(row);
	sqlite3_finalize(entry);
	sqlite3_close(db);
	return rate;
}

/* ---- The clients ---- */

static void
request_make(int at, int port, const char *session, const char *csrf, const char *path,
	     const char *form)
{
	char body[1024];
	const int body_len = snprintf(body, sizeof body, "csrf=%s&%s", csrf, form);
	request_len[at] = snprintf(requests[at], REQUEST_MOST,
				   "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n"
				   "Cookie: __Host-session=%s\r\nSec-Fetch-Site: same-origin\r\n"
				   "Content-Type: application/x-www-form-urlencoded\r\n"
				   "Content-Length: %d\r\n\r\n%s",
				   path, port, session, body_len, body);
	if (body_len >= (int)sizeof body || request_len[at] >= REQUEST_MOST)
		stop("the form is too long");
}

static void
client_open(struct client *client, SSL_CTX *context, int port, int loop)
{
	const struct sockaddr_in address = { .sin_family = AF_INET,
					     .sin_port = htons((uint16_t)port),
					     .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const int one = 1;
	client->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(client->fd, (const struct sockaddr *)&address, sizeof address) != 0)
		stop("cannot connect");
	setsockopt(client->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	client->tls = SSL_new(context);
	SSL_set_fd(client->tls, client->fd);
	if (SSL_connect(client->tls) != 1)
		stop("no TLS");
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = client };
	epoll_ctl(loop, EPOLL_CTL_ADD, client->fd, &event);
}

static void
client_send(struct client *client)
{
	const int which = client->left % 2;
	client->got = 0;
	if (SSL_write(client->tls, requests[which], request_len[which]) != request_len[which])
		stop("cannot send");
}

/* Has a whole answer come? Its body is empty: a 303. */
static int
client_read(struct client *client)
{
	const int got = SSL_read(client->tls, client->answer + client->got,
				 (int)(ANSWER_MOST - 1 - client->got));
	if (got <= 0) {
		if (SSL_get_error(client->tls, got) == SSL_ERROR_WANT_READ)
			return 0;
		stop("the server hung up");
	}
	client->got += (size_t)got;
	client->answer[client->got] = '\0';
	if (strstr(client->answer, "\r\n\r\n") == NULL)
		return 0;
	if (strncmp(client->answer, "HTTP/1.1 303", 12) != 0)
		stop(client->answer);
	return 1;
}

static double
acts(struct client *clients, int count, int each, int loop)
{
	int open = count;
	const double begin = now();
	for (int at = 0; at < count; at++) {
		clients[at].left = each;
		client_send(&clients[at]);
	}
	while (open > 0) {
		struct epoll_event events[CLIENTS_MOST];
		const int ready = epoll_wait(loop, events, CLIENTS_MOST, 10000);
		if (ready <= 0)
			stop("the server is silent");
		for (int at = 0; at < ready; at++) {
			struct client *client = events[at].data.ptr;
			do {
				if (!client_read(client))
					continue;
				if (--client->left > 0)
					client_send(client);
				else
					open--;
			} while (SSL_pending(client->tls) > 0);
		}
	}
	return (double)count * each / (now() - begin);
}

int
main(int count, char **words)
{
	static struct client clients[CLIENTS_MOST];
	double bares[ROUNDS_MOST], rates[ROUNDS_MOST];
	if (count != 11)
		stop("usage: acts_https PORT SESSION CSRF PATH FORM_A FORM_B CLIENTS EACH ROUNDS FOLDER");
	const int port = atoi(words[1]), many = atoi(words[7]), each = atoi(words[8]);
	const int rounds = atoi(words[9]);
	if (many < 1 || many > CLIENTS_MOST || rounds < 1 || rounds > ROUNDS_MOST)
		stop("too many");
	for (int at = 0; at < 2; at++)
		request_make(at, port, words[2], words[3], words[4], words[5 + at]);
	/* The certificate is the body's own; loopback is not what it protects from. */
	SSL_CTX *context = SSL_CTX_new(TLS_client_method());
	const int loop = epoll_create1(EPOLL_CLOEXEC);
	for (int at = 0; at < many; at++)
		client_open(&clients[at], context, port, loop);
	acts(clients, many, 10, loop);
	for (int round = 0; round < rounds; round++) {
		bares[round] = bare(words[10], round);
		rates[round] = acts(clients, many, each, loop);
	}
	const double best_bare = (qsort(bares, (size_t)rounds, sizeof *bares, by_value), bares[rounds - 1]);
	const double best = (qsort(rates, (size_t)rounds, sizeof *rates, by_value), rates[rounds - 1]);
	const double base = median(bares, (size_t)rounds), rate = median(rates, (size_t)rounds);
	printf("%-34s %8.0f  commits/s  1.00  (best %.0f)\n", "bare SQLite writer", base, best_bare);
	printf("%-34s %8.0f  acts/s     %.2f to bare SQLite writer  (best %.0f)\n",
	       "acts, 32 clients over HTTPS", rate, rate / base, best);
	for (int at = 0; at < many; at++)
		SSL_free(clients[at].tls);
	SSL_CTX_free(context);
	return 0;
}
