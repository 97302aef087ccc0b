/*
 * A Monday morning: so many people sign in within so many seconds, at moments that do not wait for each other (Poisson), each
 * with a browser of their own: a new TLS connection, the page of the sign-in, the sign-in, the home page. Beside them the
 * normal work: pages and acts by people who are signed in already. What is measured begins at the planned moment, so that
 * waiting in a queue counts. In the same run, before and after: bare argon2id by as many threads as the server's pool has, with the same
 * parameters, and then sign-ins as fast as they go by 8 browsers: what a sign-in costs above its hash.
 *
 * With RUNNER, a self-check is planned and opened first by whoever has that login, and everybody answers it: their list, the sheet,
 * the answers. Every twentieth answers a question with no.
 *
 * usage: monday PORT LOGINS-FILE PASSWORD SECONDS PAGES-A-SECOND ACTS-A-SECOND [RUNNER]
 */
#include "clock.h"
#include "median.h"

#include "base/secret.h"

#include <arpa/inet.h>
#include <math.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { LOGINS_MOST = 20000, WORKERS = 96, WORK_THREADS = 8, ANSWER_MOST = 256 << 10, POOL = 2, BARE_SECONDS = 5, FAST = 8,
       FAST_SECONDS = 10, FIGURES_MOST = 200000 };

static char logins[LOGINS_MOST][32];
static int logins_count, port;
static const char *password;
static SSL_CTX *context;

static void
stop(const char *why, const char *more)
{
	fprintf(stderr, "monday: %s %.600s\n", why, more);
	exit(2);
}

static void
sleep_until(double at)
{
	const double left = at - now();
	if (left > 0)
		nanosleep(&(struct timespec){ (time_t)left, (long)((left - floor(left)) * 1e9) }, NULL);
}

/* ---- Figures ---- */

struct figures {
	pthread_mutex_t lock;
	int count;
	double list[FIGURES_MOST];
};

static void
figure(struct figures *figures, double value)
{
	pthread_mutex_lock(&figures->lock);
	if (figures->count < FIGURES_MOST)
		figures->list[figures->count++] = value;
	pthread_mutex_unlock(&figures->lock);
}

static void
say_figures(const char *name, struct figures *figures)
{
	qsort(figures->list, (size_t)figures->count, sizeof *figures->list, by_value);
	const int count = figures->count;
	if (count == 0)
		stop("no figures for", name);
	printf("%-34s p50 %7.1f ms  p95 %7.1f ms  p99 %7.1f ms  most %7.1f ms  (%d)\n", name, figures->list[count / 2] * 1e3,
	       figures->list[(int)(count * 0.95)] * 1e3, figures->list[(int)(count * 0.99)] * 1e3, figures->list[count - 1] * 1e3, count);
	fflush(stdout);
}

/* ---- A browser ---- */

struct browser {
	SSL *tls;
	int fd;
	char session[80], csrf[80];
	char answer[ANSWER_MOST];
};

static void
browser_open(struct browser *browser)
{
	const struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port),
					     .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	const int one = 1;
	browser->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (connect(browser->fd, (const struct sockaddr *)&address, sizeof address) != 0)
		stop("cannot connect", "");
	setsockopt(browser->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	browser->tls = SSL_new(context);
	SSL_set_fd(browser->tls, browser->fd);
	if (SSL_connect(browser->tls) != 1)
		stop("no TLS", "");
}

static void
browser_close(struct browser *browser)
{
	SSL_shutdown(browser->tls);
	SSL_free(browser->tls);
	close(browser->fd);
}

static size_t
content_length(const char *head)
{
	const char *at = strcasestr(head, "\r\ncontent-length:");
	return at == NULL ? 0 : (size_t)strtoul(at + 17, NULL, 10);
}

/* The status; the answer stands in browser->answer. */
static int
browser_ask(struct browser *browser, const char *method, const char *path, const char *form)
{
	char request[2048];
	const int len = snprintf(request, sizeof request,
				 "%s %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nSec-Fetch-Site: same-origin\r\n%s%s%s%s%zu\r\n\r\n%s", method, path,
				 port, browser->session[0] != '\0' ? "Cookie: __Host-session=" : "", browser->session,
				 browser->session[0] != '\0' ? "\r\n" : "",
				 form[0] != '\0' ? "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: " : "Content-Length: ",
				 strlen(form), form);
	if (SSL_write(browser->tls, request, len) != len)
		stop("cannot send", path);
	size_t got = 0;
	for (;;) {
		const int more = SSL_read(browser->tls, browser->answer + got, (int)(ANSWER_MOST - 1 - got));
		if (more <= 0)
			stop("the server hung up at", path);
		got += (size_t)more;
		browser->answer[got] = '\0';
		const char *end = strstr(browser->answer, "\r\n\r\n");
		if (end != NULL && got >= (size_t)(end + 4 - browser->answer) + content_length(browser->answer))
			return atoi(browser->answer + 9);
	}
}

static void
take(const char *from, const char *before, char *into, size_t room)
{
	const char *at = strstr(from, before);
	if (at == NULL)
		return;
	at += strlen(before);
	size_t len = strcspn(at, ";\"\r\n");
	snprintf(into, room, "%.*s", (int)len, at);
}

static void
sign_in(struct browser *browser, const char *login)
{
	char form[256];
	browser->session[0] = browser->csrf[0] = '\0';
	snprintf(form, sizeof form, "login=%s&password=%s", login, password);
	const int status = browser_ask(browser, "POST", "/sign-in", form);
	if (status != 303)
		stop("the sign-in was refused:", browser->answer);
	take(browser->answer, "__Host-session=", browser->session, sizeof browser->session);
}

/* ---- The morning ---- */

static struct figures posts, mornings, pages, acts, sheets, answers;
static bool has_check;
static int campaign;
static char due[16]; /* of improvements */
static double begin, seconds;
static _Atomic int next_login;
static double *planned;

/* The sheet of the campaign, answered as people do. */
static void
answer_check(struct browser *browser, int who)
{
	char path[80], form[1400], csrf[80] = "";
	double from = now();
	if (browser_ask(browser, "GET", "/checks", "") != 200)
		stop("no list of self-checks", browser->answer);
	/* The newest campaign ends last, so its sheet is the last that is listed. */
	const char *at = NULL, *next = browser->answer;
	while ((next = strstr(next, "href=\"/checks/sheets/")) != NULL)
		at = next++;
	if (at == NULL)
		stop("nobody is asked", browser->answer);
	snprintf(path, sizeof path, "%.*s", (int)strcspn(at + 6, "\""), at + 6);
	if (browser_ask(browser, "GET", path, "") != 200)
		stop("no sheet", browser->answer);
	figure(&sheets, now() - from);
	take(browser->answer, "name=\"csrf\" value=\"", csrf, sizeof csrf);
	int len = snprintf(form, sizeof form, "csrf=%s", csrf);
	at = browser->answer;
	for (int no = 0; (at = strstr(at, "id=\"f-a-")) != NULL; no++, at++) {
		const int item = atoi(at + 8);
		const bool is_no = who % 20 == 0 && no == 3;
		len += snprintf(form + len, sizeof form - (size_t)len, is_no ? "&a-%d=no&w-%d=lock" : "&a-%d=yes", item, item);
		if (is_no)
			len += snprintf(form + len, sizeof form - (size_t)len, "&d-%d=%s", item, due);
	}
	from = now();
	const int status = browser_ask(browser, "POST", path, form);
	if (status != 303)
		stop("the answers were refused:", browser->answer);
	figure(&answers, now() - from);
}

static void *
morning(void *with)
{
	struct browser *browser = calloc(1, sizeof *browser);
	(void)with;
	for (;;) {
		const int at = next_login++;
		if (at >= logins_count)
			break;
		sleep_until(begin + planned[at]);
		const double from = begin + planned[at];
		browser_open(browser);
		browser->session[0] = '\0';
		if (browser_ask(browser, "GET", "/sign-in", "") != 200)
			stop("no page of the sign-in", "");
		const double posted = now();
		sign_in(browser, logins[at]);
		figure(&posts, now() - posted);
		if (browser_ask(browser, "GET", "/?welcome=1", "") != 200)
			stop("no home page", browser->answer);
		figure(&mornings, now() - from);
		if (has_check)
			answer_check(browser, at);
		browser_close(browser);
	}
	free(browser);
	return NULL;
}

/* Planned from today for two weeks, for everybody, and opened at once. */
static void
open_check(const char *runner)
{
	struct browser *browser = calloc(1, sizeof *browser);
	char csrf[80] = "", form[400], path[60], since[16], until[16];
	const time_t today = time(NULL), later = today + 14 * 86400, last = today + 30 * 86400;
	struct tm day;
	strftime(since, sizeof since, "%Y-%m-%d", gmtime_r(&(time_t){ today + 9 * 3600 }, &day));
	strftime(until, sizeof until, "%Y-%m-%d", gmtime_r(&later, &day));
	strftime(due, sizeof due, "%Y-%m-%d", gmtime_r(&last, &day));
	browser_open(browser);
	sign_in(browser, runner);
	browser_ask(browser, "GET", "/checks/plan", "");
	take(browser->answer, "name=\"csrf\" value=\"", csrf, sizeof csrf);
	snprintf(form, sizeof form, "csrf=%s&checklist=staff&title=bench&units=0&since=%s&until=%s", csrf, since, until);
	if (browser_ask(browser, "POST", "/checks/plan", form) != 303)
		stop("the self-check was not planned:", browser->answer);
	campaign = atoi(strcasestr(browser->answer, "location: /checks/") + 18);
	snprintf(path, sizeof path, "/checks/%d/open", campaign);
	snprintf(form, sizeof form, "csrf=%s", csrf);
	const double from = now();
	if (browser_ask(browser, "POST", path, form) != 303)
		stop("the self-check was not opened:", browser->answer);
	printf("%-34s %8.2f s\n", "the self-check opened for everybody", now() - from);
	browser_close(browser);
	free(browser);
}

/* What the results of it cost, with everybody's answers in. */
static void
say_results(const char *runner)
{
	struct browser *browser = calloc(1, sizeof *browser);
	char path[60];
	snprintf(path, sizeof path, "/checks/%d", campaign);
	browser_open(browser);
	sign_in(browser, runner);
	const double from = now();
	for (int at = 0; at < 5; at++)
		if (browser_ask(browser, "GET", path, "") != 200)
			stop("no results", browser->answer);
	printf("%-34s %8.1f ms\n", "the page of its results", (now() - from) / 5 * 1e3);
	browser_close(browser);
	free(browser);
}

struct working {
	double pages_a_second, acts_a_second;
	unsigned seed;
	const char *login;
};

/* Somebody who is at work already: one connection, pages and now and then an act. */
static void *
work(void *with)
{
	static const char *const looked[] = { "/", "/dossiers", "/ledger/asset", "/people", "/account", "/notices" };
	struct working *working = with;
	struct browser *browser = calloc(1, sizeof *browser);
	const double rate = working->pages_a_second + working->acts_a_second;
	double at = 0;
	browser_open(browser);
	sign_in(browser, working->login);
	browser_ask(browser, "GET", "/account", "");
	take(browser->answer, "name=\"csrf\" value=\"", browser->csrf, sizeof browser->csrf);
	for (int no = 0; at < seconds; no++) {
		at += -log(1 - rand_r(&working->seed) / (RAND_MAX + 1.0)) / rate;
		sleep_until(begin + at);
		if (rand_r(&working->seed) / (RAND_MAX + 1.0) * rate < working->acts_a_second) {
			char form[160];
			snprintf(form, sizeof form, "csrf=%s&language=%s", browser->csrf, no % 2 == 0 ? "en" : "ja");
			if (browser_ask(browser, "POST", "/account/language", form) != 303)
				stop("an act was refused:", browser->answer);
			figure(&acts, now() - (begin + at));
			continue;
		}
		if (browser_ask(browser, "GET", looked[no % 6], "") != 200)
			stop("a page was refused:", browser->answer);
		figure(&pages, now() - (begin + at));
	}
	browser_close(browser);
	free(browser);
	return NULL;
}

/* ---- As fast as it goes ---- */

static _Atomic int hashes, signed_in;
static _Atomic bool is_over;
static struct text encoded;

static void *
hash_on(void *with)
{
	(void)with;
	struct secret secret = secret_from(text_of(password));
	while (!is_over) {
		if (!password_matches(encoded, secret))
			stop("the hash does not match", "");
		hashes++;
	}
	secret_close(&secret);
	return NULL;
}

static void *
sign_in_on(void *with)
{
	const int *which = with;
	struct browser *browser = calloc(1, sizeof *browser);
	browser_open(browser);
	for (int at = *which; !is_over; at += FAST, signed_in++)
		sign_in(browser, logins[at % logins_count]);
	browser_close(browser);
	free(browser);
	return NULL;
}

static double
rate_of(void *(*thread)(void *), int count, _Atomic int *counter, int for_seconds)
{
	pthread_t threads[FAST];
	int which[FAST];
	is_over = false;
	*counter = 0;
	const double from = now();
	for (int at = 0; at < count; at++) {
		which[at] = at;
		pthread_create(&threads[at], NULL, thread, &which[at]);
	}
	sleep((unsigned)for_seconds);
	const double rate = *counter / (now() - from);
	is_over = true;
	for (int at = 0; at < count; at++)
		pthread_join(threads[at], NULL);
	return rate;
}

static double
bare(void)
{
	return rate_of(hash_on, POOL, &hashes, BARE_SECONDS);
}

int
main(int count, char **words)
{
	pthread_t people[WORKERS], workers[WORK_THREADS];
	static struct working working[WORK_THREADS];
	if (count != 7 && count != 8)
		stop("usage: monday PORT LOGINS PASSWORD SECONDS PAGES-A-SECOND ACTS-A-SECOND [RUNNER]", "");
	has_check = count == 8;
	port = atoi(words[1]);
	password = words[3];
	seconds = atof(words[4]);
	FILE *file = fopen(words[2], "r");
	while (file != NULL && logins_count < LOGINS_MOST && fscanf(file, "%31s", logins[logins_count]) == 1)
		logins_count++;
	if (logins_count <= WORK_THREADS)
		stop("too few logins in", words[2]);
	logins_count -= WORK_THREADS;
	secret_start();
	context = SSL_CTX_new(TLS_client_method());
	struct secret secret = secret_from(text_of(password));
	must(password_hash(arena_open(1 << 16), secret, &encoded));
	const double before = bare();
	planned = calloc((size_t)logins_count, sizeof *planned);
	unsigned seed = 7;
	for (int at = 0; at < logins_count; at++) /* uniform moments, sorted: a Poisson stream of a fixed number */
		planned[at] = rand_r(&seed) / (RAND_MAX + 1.0) * seconds;
	qsort(planned, (size_t)logins_count, sizeof *planned, by_value);
	if (has_check)
		open_check(words[7]);
	begin = now() + 1;
	for (int at = 0; at < WORK_THREADS; at++) {
		working[at] = (struct working){ atof(words[5]) / WORK_THREADS, atof(words[6]) / WORK_THREADS, 100u + (unsigned)at,
						logins[logins_count + at] };
		pthread_create(&workers[at], NULL, work, &working[at]);
	}
	for (int at = 0; at < WORKERS; at++)
		pthread_create(&people[at], NULL, morning, NULL);
	for (int at = 0; at < WORKERS; at++)
		pthread_join(people[at], NULL);
	const double took = now() - begin;
	for (int at = 0; at < WORK_THREADS; at++)
		pthread_join(workers[at], NULL);
	printf("%d sign-ins in %.0f s, beside %.0f pages and %.0f acts a second\n", logins_count, took, pages.count / took, acts.count / took);
	say_figures("the sign-in itself (POST)", &posts);
	say_figures("from opening the page to home", &mornings);
	say_figures("pages of the normal work", &pages);
	say_figures("acts of the normal work", &acts);
	if (has_check) {
		say_figures("the list and the sheet", &sheets);
		say_figures("the answers (POST)", &answers);
		say_results(words[7]);
	}
	const double fast = rate_of(sign_in_on, FAST, &signed_in, FAST_SECONDS), after = bare();
	const double hashed = (before + after) / 2;
	printf("%-34s %8.1f  hashes/s   1.00  (before %.1f, after %.1f)\n", "bare argon2id, 2 threads", hashed, before, after);
	printf("%-34s %8.1f  sign-ins/s %.2f to bare argon2id\n", "sign-ins as fast as they go", fast, fast / hashed);
	SSL_CTX_free(context);
	return 0;
}
