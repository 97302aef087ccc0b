/* The promises of web.h, over real sockets. */
#include "base/file.h"
#include "base/writer.h"
#include "web/web.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

#ifndef CORPUS_FOLDER
#define CORPUS_FOLDER "tests/corpus"
#endif

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct asset asset_list[] = {
	{ "app.css", "text/css; charset=utf-8", (const unsigned char *)"a{}", 3, "d1" },
	{ "app.js", "text/javascript; charset=utf-8", (const unsigned char *)"1;", 2, "d2" },
};
static const struct assets assets = { asset_list, 2, "abcd" };

static struct site {
	struct server *server;
	struct pool *pool;
	struct exchange *held; /* by /never */
	pthread_mutex_t lock;
	char folder[64];
} site = { .lock = PTHREAD_MUTEX_INITIALIZER };

enum page { HOME, ECHO, ECHO_POST, UPLOAD, RAW, SLOW, NEVER, ITEM, DAY, TREE, COOKIE, BAD_HEADER, BAD_COOKIE,
	    DOWNLOAD, FILE_OUT, FAIL, WHO };

static const struct row {
	struct route route;
	enum page page;
} rows[] = {
	{ { METHOD_GET, "/" }, HOME },
	{ { METHOD_GET, "/echo" }, ECHO },
	{ { METHOD_POST, "/echo" }, ECHO_POST },
	{ { METHOD_POST, "/upload" }, UPLOAD },
	{ { METHOD_POST, "/raw" }, RAW },
	{ { METHOD_GET, "/slow/{id}" }, SLOW },
	{ { METHOD_GET, "/never" }, NEVER },
	{ { METHOD_GET, "/items/{id}" }, ITEM },
	{ { METHOD_GET, "/days/{when:day}" }, DAY },
	{ { METHOD_GET, "/tree/{path:rest}" }, TREE },
	{ { METHOD_GET, "/cookie" }, COOKIE },
	{ { METHOD_GET, "/bad-header" }, BAD_HEADER },
	{ { METHOD_GET, "/bad-cookie" }, BAD_COOKIE },
	{ { METHOD_GET, "/download" }, DOWNLOAD },
	{ { METHOD_GET, "/file" }, FILE_OUT },
	{ { METHOD_GET, "/fail" }, FAIL },
	{ { METHOD_GET, "/who" }, WHO },
};
static const struct route_table routes = ROUTE_TABLE_INIT(rows);

static enum body_allowed
body_of(void *with, const struct request *request)
{
	(void)with;
	size_t index;
	struct captures captures;
	struct text allow;
	if (route_find(&routes, request, &index, &captures, &allow) != ROUTE_FOUND)
		return BODY_NONE;
	if (rows[index].page == UPLOAD)
		return BODY_UPLOAD;
	return rows[index].page == RAW ? BODY_RAW : BODY_FORM;
}

static struct text
dump(struct exchange *exchange)
{
	const struct request *request = exchange_request(exchange);
	struct writer out = writer_open(exchange_arena(exchange), 8 << 20);
	const struct fields both[] = { request->query, request->fields };
	for (size_t k = 0; k < 2; k++)
		for (size_t i = 0; i < both[k].count; i++) {
			const struct field *field = &both[k].at[i];
			if (field->is_file)
				write_format(&out, "%.*s=[%.*s|%.*s|%zu]\n", T_ARG(field->name),
					     T_ARG(field->file_name), T_ARG(field->type), field->value.len);
			else if (field->value.len > 100)
				write_format(&out, "%.*s:%zu\n", T_ARG(field->name), field->value.len);
			else
				write_format(&out, "%.*s=%.*s\n", T_ARG(field->name), T_ARG(field->value));
		}
	return writer_text(&out);
}

static void
say_text(struct exchange *exchange, struct text body)
{
	exchange_answer(exchange, &(struct answer){ .type = "text/plain; charset=utf-8", .body = body });
}

struct slow {
	struct exchange *exchange;
	int64_t no;
};

static void
slow_work(void *with)
{
	struct slow *slow = with;
	nanosleep(&(struct timespec){ .tv_nsec = 2000000 }, NULL);
	say_text(slow->exchange, text_format(exchange_arena(slow->exchange), "slow %lld", (long long)slow->no));
}

static void
serve_row(struct exchange *exchange, enum page page, const struct captures *captures)
{
	const struct request *request = exchange_request(exchange);
	struct arena *arena = exchange_arena(exchange);
	struct answer answer = { .body = T("<p>番所</p>") };
	switch (page) {
	case HOME:
		exchange_answer(exchange, &answer);
		return;
	case ECHO:
	case ECHO_POST:
	case UPLOAD:
		say_text(exchange, dump(exchange));
		return;
	case RAW:
		say_text(exchange, text_format(arena, "raw %zu %.*s", request->body.len, T_ARG(request->body_type)));
		return;
	case SLOW: {
		struct slow *slow = ARENA_NEW(arena, struct slow);
		*slow = (struct slow){ exchange, capture_number(captures, "id") };
		struct error *error = pool_do(site.pool, slow_work, slow);
		if (error != NULL)
			exchange_fail(exchange, error);
		return;
	}
	case NEVER:
		pthread_mutex_lock(&site.lock);
		site.held = exchange;
		pthread_mutex_unlock(&site.lock);
		return;
	case ITEM:
		say_text(exchange, text_format(arena, "item %lld", (long long)capture_number(captures, "id")));
		return;
	case DAY:
		say_text(exchange, text_format(arena, "day %lld", (long long)capture_number(captures, "when")));
		return;
	case TREE:
		say_text(exchange, text_format(arena, "tree %.*s", T_ARG(capture_text(captures, "path"))));
		return;
	case COOKIE:
		answer.cookies[0] = (struct cookie){ "session", T("abc123"), 0 };
		answer.cookies[1] = (struct cookie){ "old", T(""), -1 };
		answer.body = request_cookie(request, "session");
		exchange_answer(exchange, &answer);
		return;
	case BAD_HEADER:
		answer.etag = request_has(request, "bell") ? T("x\007") : T("x\r\nSet-Cookie: evil=1");
		exchange_answer(exchange, &answer);
		return;
	case BAD_COOKIE:
		answer.cookies[0] = (struct cookie){ "session", T("a; Domain=evil"), 0 };
		exchange_answer(exchange, &answer);
		return;
	case DOWNLOAD:
		answer.download = T("申請 一覧\"1.csv");
		exchange_answer(exchange, &answer);
		return;
	case FILE_OUT: {
		FILE *file = tmpfile();
		for (int i = 0; i < 300000; i++)
			fputs("0123456789", file);
		fflush(file);
		exchange_answer(exchange, &(struct answer){ .type = "application/octet-stream", .is_stream = true,
							    .fd = dup(fileno(file)), .length = 3000000 });
		fclose(file);
		return;
	}
	case FAIL:
		exchange_fail(exchange, refuse("許可が<要ります>。"));
		return;
	case WHO:
		say_text(exchange, text_format(arena, "%.*s|%d|%d|%d", T_ARG(request->client), request->is_secure,
					       request_is_same_origin(request), (int)request_language(request)));
		return;
	}
}

static void
serve(void *with, struct exchange *exchange)
{
	(void)with;
	size_t index;
	struct captures captures;
	struct text allow;
	if (assets_serve(&assets, exchange))
		return;
	switch (route_find(&routes, exchange_request(exchange), &index, &captures, &allow)) {
	case ROUTE_FOUND:
		serve_row(exchange, rows[index].page, &captures);
		return;
	case ROUTE_OTHER_METHOD:
		exchange_answer(exchange, &(struct answer){ .status = 405, .allow = allow });
		return;
	case ROUTE_MISSING:
		exchange_fail(exchange, missing("そのページはありません。"));
		return;
	}
}

/* ---- A client that sends exactly what it is told ---- */

struct got {
	int status;
	char *head; /* NUL-terminated, owned */
	const char *body;
	size_t len;
};

static int
dial(void)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons(server_port(site.server)),
				  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	struct timeval patience = { .tv_sec = 20 };
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	assert_int_equal(connect(fd, (struct sockaddr *)&to, sizeof to), 0);
	return fd;
}

static void
send_all(int fd, const char *data, size_t len)
{
	while (len > 0) {
		ssize_t n = send(fd, data, len, MSG_NOSIGNAL);
		if (n <= 0)
			return;
		data += n;
		len -= (size_t)n;
	}
}

static struct got
receive(int fd)
{
	size_t room = 8 << 20, len = 0;
	char *all = malloc(room + 1);
	for (;;) {
		ssize_t n = recv(fd, all + len, room - len, 0);
		if (n <= 0)
			break;
		len += (size_t)n;
	}
	close(fd);
	all[len] = '\0';
	struct got got = { .head = all, .body = "" };
	if (len > 12)
		got.status = atoi(all + 9);
	char *gap = strstr(all, "\r\n\r\n");
	if (gap != NULL) {
		gap[2] = '\0';
		got.body = gap + 4;
		got.len = len - (size_t)(got.body - all);
	}
	return got;
}

static struct got
ask_bytes(const char *data, size_t len)
{
	int fd = dial();
	send_all(fd, data, len);
	return receive(fd);
}

/* `line` is like "GET /x", `heads` further header lines. */
static struct got
ask(const char *line, const char *heads, const char *body, size_t len)
{
	char *data = malloc(len + strlen(line) + strlen(heads) + 200);
	int n = sprintf(data, "%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s", line, heads);
	if (body != NULL)
		n += sprintf(data + n, "Content-Length: %zu\r\n", len);
	n += sprintf(data + n, "\r\n");
	if (body != NULL)
		memcpy(data + n, body, len);
	struct got got = ask_bytes(data, (size_t)n + (body == NULL ? 0 : len));
	free(data);
	return got;
}

static struct got
get(const char *path)
{
	char line[256];
	snprintf(line, sizeof line, "GET %s", path);
	return ask(line, "", NULL, 0);
}

static void
expect(struct got got, int status, const char *in_body)
{
	if (got.status != status || (in_body != NULL && strstr(got.body, in_body) == NULL))
		print_message("# got %d: %s\n%s\n", got.status, got.head, got.len < 2000 ? got.body : "(long)");
	assert_int_equal(got.status, status);
	if (in_body != NULL)
		assert_non_null(strstr(got.body, in_body));
	free(got.head);
}

static void
expect_head(struct got got, int status, const char *in_head)
{
	if (got.status != status || strstr(got.head, in_head) == NULL)
		print_message("# got %d: %s\n", got.status, got.head);
	assert_int_equal(got.status, status);
	assert_non_null(strstr(got.head, in_head));
	free(got.head);
}

#define FORM "Content-Type: application/x-www-form-urlencoded\r\n"
#define PARTS "Content-Type: multipart/form-data; boundary=XX\r\n"

/* ---- Promises ---- */

static void
every_answer_carries_the_security_headers(void **state)
{
	(void)state;
	static const char *const wanted[] = {
		"Content-Security-Policy: default-src 'none'; script-src 'self';", "frame-ancestors 'none'",
		"base-uri 'none'", "object-src 'none'", "Content-Type: text/html; charset=utf-8",
		"X-Content-Type-Options: nosniff", "Referrer-Policy: same-origin", "Cross-Origin-Opener-Policy: same-origin",
		"Cross-Origin-Resource-Policy: same-origin", "Permissions-Policy: ", "Cache-Control: no-store",
	};
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
		expect_head(get("/"), 200, wanted[i]);
		expect_head(get("/%00"), 400, wanted[i]);
		expect_head(get("/nothing"), 404, wanted[i]);
	}
	struct got plain = get("/");
	assert_null(strcasestr(plain.head, "\r\nServer:"));
	assert_null(strcasestr(plain.head, "Access-Control-"));
	free(plain.head);
	struct got got = get("/");
	assert_null(strstr(got.head, "Strict-Transport-Security"));
	expect(got, 200, "番所");
}

static void
limits_are_told_in_japanese(void **state)
{
	(void)state;
	char *big = calloc(1, 40 << 20);
	memset(big, 'a', 40 << 20);
	char line[9000] = "GET /";
	memset(line + 5, 'a', 8200);
	expect(ask(line, "", NULL, 0), 414, "アドレスが長すぎます");
	char *heads = malloc(40000);
	int n = 0;
	for (int i = 0; i < 120; i++)
		n += sprintf(heads + n, "X-%d: a\r\n", i);
	expect(ask("GET /", heads, NULL, 0), 431, "ヘッダーが大きすぎます");
	n = sprintf(heads, "X-Big: ");
	memset(heads + n, 'b', 17000);
	strcpy(heads + n + 17000, "\r\n");
	expect(ask("GET /", heads, NULL, 0), 431, "ヘッダーが大きすぎます");
	free(heads);
	expect(ask("POST /echo", FORM, big, (1 << 20) + 1), 413, "1 MB まで");
	expect(ask("POST /echo", PARTS, big, 2 << 20), 413, "1 MB まで");
	expect(ask("POST /upload", PARTS, big, 33 << 20), 413, "32 MB まで");
	expect(ask("POST /nothing", FORM, "a=1", 3), 413, "何も送れません");
	expect(ask("POST /echo", "Content-Type: text/xml\r\n", "<a/>", 4), 415, "この種類");
	expect(ask("POST /echo", FORM "Transfer-Encoding: chunked\r\n", NULL, 0), 411, "Content-Length");
	expect(ask("POST /echo", FORM "Expect: 100-continue\r\nContent-Length: 99999999999\r\n", NULL, 0), 413, "まで");
	free(big);
}

static void
field_limits_hold(void **state)
{
	(void)state;
	char *many = malloc(20000 * 4);
	int n = 0;
	for (int i = 0; i < 2000; i++)
		n += sprintf(many + n, "a=%d&", i % 10);
	expect(ask("POST /echo", FORM, many, (size_t)n), 200, "a=9");
	expect(ask("POST /echo?q=1", FORM, many, (size_t)n), 400, "多すぎます");
	n += sprintf(many + n, "a=1");
	expect(ask("POST /echo", FORM, many, (size_t)n), 400, "多すぎます");
	memset(many, 'n', 201);
	expect(ask("POST /echo", FORM, many, 201), 400, "名前が長すぎます");
	expect(ask("POST /echo", FORM, many, 200), 200, NULL);
	free(many);
	char *value = malloc(600 << 10);
	memset(value, 'v', 600 << 10);
	value[0] = 'a', value[1] = '=';
	expect(ask("POST /echo", FORM, value, (512 << 10) + 2), 200, "a:524288");
	expect(ask("POST /echo", FORM, value, (512 << 10) + 3), 400, "長すぎます");
	free(value);
}

static void
fields_keep_their_order_and_letters(void **state)
{
	(void)state;
	const char *body = "a=1&b=%E6%A1%88%E4%BB%B6+%2B&a=2&c=x%0D%0Ay&d&e=%F0%A0%AE%9F%E8%91%9B%F3%A0%84%80";
	expect(ask("POST /echo?a=0&q=%26", FORM, body, strlen(body)), 200,
	       "a=0\nq=&\na=1\nb=案件 +\na=2\nc=x\ny\nd=\ne=𠮟葛󠄀\n");
	expect(get("/echo?a=%ff"), 400, "読み取れません");
	expect(ask("POST /echo", FORM, "a=\xff", 3), 400, "読み取れません");
	expect(ask("POST /echo", FORM, "a=%00", 5), 400, "読み取れません");
	expect(ask("POST /echo", FORM, "a=%4", 4), 400, "％");
	expect(ask("GET /", "User-Agent: \xff\xfe\r\n", NULL, 0), 400, "ヘッダーの文字");
}

static void
uploads_keep_japanese_names_and_bytes(void **state)
{
	(void)state;
	const char body[] = "--XX\r\nContent-Disposition: form-data; name=\"題\"\r\n\r\n様式\r\n二行目\r\n"
			    "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"C:\\書類\\申請%22書.pdf\"\r\n"
			    "Content-Type: application/pdf\r\n\r\n%PDF\0\xff\r\n\r\n--XX\r\n"
			    "Content-Disposition: form-data; name=\"g\"; filename=\"\"\r\n\r\n\r\n--XX--\r\n";
	expect(ask("POST /upload", PARTS, body, sizeof body - 1), 200,
	       "題=様式\n二行目\nf=[申請\"書.pdf|application/pdf|8]\ng=[||0]\n");
	expect(ask("POST /upload", PARTS, body, sizeof body - 20), 400, "形が正しくありません");
	expect(ask("POST /upload", "Content-Type: multipart/form-data\r\n", body, sizeof body - 1), 400, "形が");
	const char evil[] = "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a%0D%0Ab\"\r\n\r\nv\r\n--XX--";
	expect(ask("POST /upload", PARTS, evil, sizeof evil - 1), 400, "ファイル名");
	const char latin[] = "--XX\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n\xe9\r\n--XX--";
	expect(ask("POST /upload", PARTS, latin, sizeof latin - 1), 400, "読み取れません");

	size_t len = 31 << 20;
	char *big = malloc(len + 200);
	int n = sprintf(big, "--XX\r\nContent-Disposition: form-data; name=\"f\"; filename=\"大.bin\"\r\n\r\n");
	memset(big + n, 7, len);
	memcpy(big + n + len, "\r\n--XX--", 8);
	expect(ask("POST /upload", PARTS, big, (size_t)n + len + 8), 200, "f=[大.bin||32505856]");
	free(big);
	expect(ask("POST /raw", "Content-Type: Text/Plain; charset=utf-8\r\n", "\xff\0x", 3), 200, "raw 3 text/plain");
}

static void
odd_paths_find_nothing(void **state)
{
	(void)state;
	expect(get("/items/12"), 200, "item 12");
	expect(get("/items/%31%32"), 200, "item 12");
	static const char *const lost[] = { "/items//12", "//items/12", "/items/12/", "/items/012", "/items/0", "/items/-1",
					    "/items/1%2F2", "/items/99999999999999999999", "/days/2026-02-30",
					    "/tree/a%2Fb", "/tree", "/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a/a" };
	for (size_t i = 0; i < sizeof lost / sizeof lost[0]; i++)
		expect(get(lost[i]), 404, "ありません");
	static const char *const wrong[] = { "/items/%00", "/../etc/passwd", "/items/..", "/items/%2e%2e/x", "/items/.",
					     "/items/%", "/items/%f", "/items/%ff", "*", "http://localhost/",
					     "/items/\xe3\x81\x82" };
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		expect(get(wrong[i]), 400, NULL);
	expect(get("/days/2026-11-21"), 200, "day 20778");
	expect(get("/tree/a/%E6%A1%88/c"), 200, "tree a/案/c");
}

static void
a_method_that_does_not_fit_is_told_which_do(void **state)
{
	(void)state;
	expect_head(ask("POST /items/1", "", NULL, 0), 405, "Allow: GET, HEAD\r\n");
	expect_head(ask("DELETE /echo", "", NULL, 0), 405, "Allow: GET, HEAD, POST\r\n");
	expect_head(ask("GET /upload", "", NULL, 0), 405, "Allow: POST\r\n");
	struct got got = ask("HEAD /items/12", "", NULL, 0);
	assert_int_equal(got.len, 0);
	expect_head(got, 200, "Content-Length: 7\r\n");
}

static void
cookies_are_strict_and_come_back(void **state)
{
	(void)state;
	expect_head(get("/cookie"), 200, "Set-Cookie: session=abc123; Path=/; HttpOnly; SameSite=Strict\r\n");
	expect_head(get("/cookie"), 200, "Set-Cookie: old=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0\r\n");
	expect(ask("GET /cookie", "Cookie: a=b; bad=\"x y\"; session=xyz\r\n", NULL, 0), 200, "xyz");
}

static void
nothing_can_be_put_into_a_header(void **state)
{
	(void)state;
	struct got got = get("/bad-header");
	assert_null(strstr(got.head, "evil"));
	expect(got, 500, "問題が起きました");
	expect(get("/bad-header?bell"), 500, "問題が起きました");
	got = get("/bad-cookie");
	assert_null(strstr(got.head, "evil"));
	expect(got, 500, "問題が起きました");
	expect(get("/fail"), 403, "許可が&lt;要ります&gt;。");
}

static void
downloads_carry_japanese_names(void **state)
{
	(void)state;
	expect_head(get("/download"), 200,
		    "Content-Disposition: attachment; filename=\"__ ___1.csv\"; "
		    "filename*=UTF-8''%E7%94%B3%E8%AB%8B%20%E4%B8%80%E8%A6%A7%221.csv\r\n");
	struct got got = get("/file");
	assert_int_equal(got.len, 3000000);
	assert_memory_equal(got.body + 2999990, "0123456789", 10);
	expect(got, 200, NULL);
}

static void
static_files_are_kept_by_the_browser(void **state)
{
	(void)state;
	ARENA_SCOPED arena = arena_open(0);
	struct url url = asset_url(&assets, arena, "app.css");
	assert_true(text_is(url.text, "/static/abcd/app.css"));
	expect_head(get("/static/abcd/app.css"), 200, "Cache-Control: public, max-age=31536000, immutable\r\n");
	expect_head(get("/static/abcd/app.css"), 200, "ETag: \"d1\"\r\n");
	expect_head(get("/static/old/app.js"), 200, "Cache-Control: no-cache\r\n");
	struct got got = ask("GET /static/abcd/app.css", "If-None-Match: \"x\", W/\"d1\"\r\n", NULL, 0);
	assert_int_equal(got.len, 0);
	expect(got, 304, NULL);
	expect(ask("GET /static/abcd/app.css", "If-None-Match: \"d2\"\r\n", NULL, 0), 200, "a{}");
	expect(get("/static/abcd/none.css"), 404, "ありません");
	expect(get("/static/abcd"), 404, "ありません");
}

static void
origin_client_and_language_are_known(void **state)
{
	(void)state;
	expect(get("/who"), 200, "127.0.0.1|0|0|0");
	expect(ask("GET /who", "Sec-Fetch-Site: same-origin\r\nAccept-Language: en-US,ja;q=0.8\r\n", NULL, 0), 200, "|1|1");
	expect(ask("GET /who", "Sec-Fetch-Site: cross-site\r\nOrigin: http://localhost\r\n", NULL, 0), 200, "|0|0");
	expect(ask("GET /who", "Origin: http://localhost\r\nAccept-Language: en;q=0.1,ja\r\n", NULL, 0), 200, "|1|0");
	expect(ask("GET /who", "Origin: http://localhost.evil.example\r\n", NULL, 0), 200, "|0|0");
	expect(ask("GET /who", "Origin: null\r\n", NULL, 0), 200, "|0|0");
	expect(ask("GET /who", "Referer: http://localhost/x\r\n", NULL, 0), 200, "|1|0");
	expect(ask("GET /who", "X-Forwarded-For: 9.9.9.9\r\nX-Forwarded-Proto: https\r\n", NULL, 0), 200, "127.0.0.1|0");
}

static void
one_connection_serves_many_requests(void **state)
{
	(void)state;
	int fd = dial();
	const char *two = "GET /items/1 HTTP/1.1\r\nHost: h\r\n\r\nGET /slow/2 HTTP/1.1\r\nHost: h\r\n\r\n"
			  "POST /echo HTTP/1.1\r\nHost: h\r\n" FORM "Content-Length: 3\r\n\r\na=3"
			  "GET /items/4 HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";
	send_all(fd, two, strlen(two));
	struct got got = receive(fd);
	const char *at = got.body;
	static const char *const wanted[] = { "item 1", "slow 2", "a=3", "item 4" };
	for (size_t i = 0; i < 4; i++) {
		at = strstr(at, wanted[i]);
		assert_non_null(at);
	}
	expect(got, 200, NULL);
}

static void
smuggling_shapes_are_refused(void **state)
{
	(void)state;
	const char *both = FORM "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n";
	expect(ask("POST /echo", both, NULL, 0), 400, NULL);
	expect(ask("GET /", "Host: other\r\n", NULL, 0), 400, NULL);
	const char bare[] = "GET / HTTP/1.1\r\n\r\n";
	expect(ask_bytes(bare, sizeof bare - 1), 400, NULL);
}

static void *
client(void *with)
{
	long *no = with;
	char path[64], wanted[64];
	for (int i = 0; i < 5; i++) {
		snprintf(path, sizeof path, "/slow/%ld", *no * 10 + i + 1);
		snprintf(wanted, sizeof wanted, "slow %ld", *no * 10 + i + 1);
		struct got got = get(path);
		if (got.status != 200 || strcmp(got.body, wanted) != 0)
			*no = -1000;
		free(got.head);
	}
	return NULL;
}

static void
two_hundred_clients_get_their_own_late_answers(void **state)
{
	(void)state;
	enum { CLIENTS = 200 };
	pthread_t threads[CLIENTS];
	long numbers[CLIENTS];
	for (long i = 0; i < CLIENTS; i++) {
		numbers[i] = i;
		assert_int_equal(pthread_create(&threads[i], NULL, client, &numbers[i]), 0);
	}
	for (long i = 0; i < CLIENTS; i++) {
		pthread_join(threads[i], NULL);
		assert_int_equal(numbers[i], i);
	}
}

static struct exchange *
held_exchange(void)
{
	struct exchange *held = NULL;
	for (int i = 0; i < 20000 && held == NULL; i++) {
		pthread_mutex_lock(&site.lock);
		held = site.held;
		site.held = NULL;
		pthread_mutex_unlock(&site.lock);
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	}
	assert_non_null(held);
	return held;
}

static void
an_answer_after_the_client_left_is_dropped(void **state)
{
	(void)state;
	for (int i = 0; i < 20; i++) {
		int fd = dial();
		const char *line = "GET /never HTTP/1.1\r\nHost: h\r\n\r\n";
		send_all(fd, line, strlen(line));
		struct exchange *held = held_exchange();
		struct linger at_once = { 1, 0 };
		setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
		close(fd);
		struct text *words = ARENA_NEW(exchange_arena(held), struct text);
		*words = T("遅い答え");
		say_text(held, *words);
	}
	expect(get("/items/5"), 200, "item 5");
	assert_int_equal(server_running(site.server), 0);
}

static void
a_client_that_stops_half_way_harms_nobody(void **state)
{
	(void)state;
	static const char *const halves[] = {
		"G", "GET /items", "GET / HTTP/1.1\r\nHost", "GET / HTTP/1.1\r\nHost: h\r\n",
		"POST /upload HTTP/1.1\r\nHost: h\r\n" PARTS "Content-Length: 1000000\r\n\r\n--XX\r\n",
	};
	for (size_t i = 0; i < 5 * sizeof halves / sizeof halves[0]; i++) {
		int fd = dial();
		send_all(fd, halves[i % 5], strlen(halves[i % 5]));
		if (i % 2 == 0)
			nanosleep(&(struct timespec){ .tv_nsec = 3000000 }, NULL);
		close(fd);
	}
	expect(get("/items/5"), 200, "item 5");
}

static void
the_corpus_of_forms_is_survived(void **state)
{
	(void)state;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct text *names, bytes;
	size_t count;
	assert_null(folder_list(arena, CORPUS_FOLDER "/fields", 10000, &names, &count));
	assert_true(count >= 10);
	for (size_t i = 0; i < count; i++) {
		const char *path = path_join(arena, CORPUS_FOLDER "/fields", text_z(arena, names[i]));
		assert_null(file_read(arena, path, 1 << 20, &bytes));
		assert_int_equal(LLVMFuzzerTestOneInput((const uint8_t *)bytes.data, bytes.len), 0);
	}
}

static void
a_malformed_route_table_is_named(void **state)
{
	(void)state;
	assert_null(route_table_check(&routes));
	static const char *const bad[] = { "", "x", "/a/", "/a//b", "/{", "/{}", "/{a:x}", "/{a:rest}/b", "/a}" };
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		const struct route one[] = { { METHOD_GET, bad[i] } };
		const struct route_table table = { one, 1, sizeof one[0] };
		assert_non_null(route_table_check(&table));
	}
	error_sweep();
}

static atomic_int gate, begun, done;

static void
wait_at_gate(void *with)
{
	(void)with;
	atomic_fetch_add(&begun, 1);
	while (atomic_load(&gate) == 0)
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	atomic_fetch_add(&done, 1);
}

static void
a_full_pool_says_busy_and_finishes_what_it_took(void **state)
{
	(void)state;
	struct pool *pool = pool_open(1, 2);
	assert_null(pool_do(pool, wait_at_gate, NULL));
	while (atomic_load(&begun) == 0)
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	assert_null(pool_do(pool, wait_at_gate, NULL));
	assert_null(pool_do(pool, wait_at_gate, NULL));
	struct error *error = pool_do(pool, wait_at_gate, NULL);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_BUSY);
	error_sweep();
	atomic_store(&gate, 1);
	pool_close(pool);
	assert_int_equal(atomic_load(&done), 3);
}

/* ---- Servers of other kinds ---- */

static struct server *
start(struct server_options options)
{
	struct server *server = NULL;
	options.serve = serve;
	options.body = body_of;
	struct error *error = server_start(&options, &server);
	if (error != NULL)
		print_message("# %.*s\n", T_ARG(error->words));
	assert_null(error);
	return server;
}

static void
a_slow_head_or_body_is_cut_off(void **state)
{
	(void)state;
	struct server *usual = site.server;
	site.server = start((struct server_options){ .threads = 2, .read_seconds = 1, .idle_seconds = 20 });
	static const char *const slow[] = { "GET / HTTP/1.1\r\nX-A: ",
					    "POST /echo HTTP/1.1\r\nHost: h\r\n" FORM "Content-Length: 100\r\n\r\n" };
	for (size_t k = 0; k < 2; k++) {
		int fd = dial();
		send_all(fd, slow[k], strlen(slow[k]));
		time_t began = time(NULL);
		char byte;
		ssize_t n = -1;
		for (int i = 0; i < 150 && n < 0; i++) {
			send_all(fd, "a", 1);
			nanosleep(&(struct timespec){ .tv_nsec = 100000000 }, NULL);
			n = recv(fd, &byte, 1, MSG_DONTWAIT);
			if (n < 0 && errno == ECONNRESET)
				n = 0;
		}
		assert_int_equal(n, 0);
		assert_true(time(NULL) - began < 15); /* read_seconds, not idle_seconds */
		close(fd);
	}
	server_stop(site.server, 1);
	site.server = usual;
}

static void
an_answer_that_never_comes_is_given_up(void **state)
{
	(void)state;
	struct server *usual = site.server;
	site.server = start((struct server_options){ .threads = 2, .answer_seconds = 1 });
	expect(get("/never"), 503, "時間内に");
	struct exchange *held = held_exchange();
	say_text(held, T("遅い"));
	server_stop(site.server, 1);
	site.server = usual;
}

static void
stopping_waits_for_answers_and_then_gives_up(void **state)
{
	(void)state;
	struct server *usual = site.server;
	site.server = start((struct server_options){ .threads = 2 });
	int fd = dial(), quick = dial();
	const char *line = "GET /never HTTP/1.1\r\nHost: h\r\n\r\n";
	send_all(fd, line, strlen(line));
	struct exchange *held = held_exchange();
	line = "GET /slow/7 HTTP/1.1\r\nHost: h\r\n\r\n";
	send_all(quick, line, strlen(line));
	struct pollfd answered = { .fd = quick, .events = POLLIN };
	assert_int_equal(poll(&answered, 1, 20000), 1);
	server_stop(site.server, 1);
	expect(receive(fd), 503, "時間内に");
	expect(receive(quick), 200, "slow 7");
	/* The server is gone; the one who answers does not know. */
	struct text *words = ARENA_NEW(exchange_arena(held), struct text);
	exchange_fail(held, conflict("%zu", words->len));
	error_sweep();
	site.server = usual;
}

static void
fault_page(void *with, struct exchange *exchange, int status, struct text words)
{
	(void)with;
	const struct text path = exchange_request(exchange)->path;
	if (text_is(path, "/fail"))
		exchange_fail(exchange, refuse("二度目"));
	else
		exchange_answer(exchange, &(struct answer){ .status = status,
							    .body = text_join(exchange_arena(exchange),
									      T("家のページ: "), words) });
}

static void
faults_are_shown_by_a_page_of_the_house(void **state)
{
	(void)state;
	struct server *usual = site.server;
	site.server = start((struct server_options){ .threads = 2, .fault = fault_page });
	expect(get("/%00"), 400, "家のページ: ");
	expect(get("/nothing"), 404, "家のページ: そのページはありません。");
	expect(ask("POST /echo", "Content-Type: text/xml\r\n", "<a/>", 4), 415, "家のページ: ");
	expect(get("/fail"), 403, "<h1>二度目</h1>");
	server_stop(site.server, 1);
	site.server = usual;
}

static void
only_our_own_names_and_a_trusted_proxy_are_believed(void **state)
{
	(void)state;
	struct server *usual = site.server;
	static const char *const hosts[] = { "localhost", "[::1]", NULL };
	site.server = start((struct server_options){ .threads = 1, .hosts = hosts, .trusts_proxy = true });
	expect(ask("GET /who", "X-Forwarded-For: 9.9.9.9, 10.0.0.7\r\nX-Forwarded-Proto: https\r\n", NULL, 0), 200,
	       "10.0.0.7|1");
	expect(ask("GET /who", "X-Forwarded-For: <script>\r\n", NULL, 0), 200, "127.0.0.1|0");
	const char *other = "GET / HTTP/1.1\r\nHost: evil.example:80\r\nConnection: close\r\n\r\n";
	expect(ask_bytes(other, strlen(other)), 421, "サーバーの名前");
	other = "GET /items/1 HTTP/1.1\r\nHost: [::1]:8443\r\nConnection: close\r\n\r\n";
	expect(ask_bytes(other, strlen(other)), 200, "item 1");
	server_stop(site.server, 1);
	site.server = usual;
}

static void
bodies_beyond_the_common_limit_are_told_to_wait(void **state)
{
	(void)state;
	struct server *usual = site.server;
	site.server = start((struct server_options){ .threads = 1, .most_bodies = 1000 });
	char body[1001] = "a=";
	memset(body + 2, 'x', 998);
	expect(ask("POST /echo", FORM, body, 1000), 200, "a:998");
	expect(ask("POST /echo", FORM, body, 1001), 503, "込み合って");
	expect(ask("POST /echo", FORM, body, 1000), 200, "a:998");
	server_stop(site.server, 1);
	site.server = usual;
}

static size_t
collect(char *data, size_t size, size_t count, void *with)
{
	strncat(with, data, size * count);
	return size * count;
}

static void
tls_is_made_once_and_serves(void **state)
{
	(void)state;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	static const char *const hosts[] = { "bansho.example.jp", "192.0.2.7", NULL };
	static const char *const wrong[] = { "a,DNS:evil", NULL };
	char folder[100];
	snprintf(folder, sizeof folder, "%s/tls", site.folder);
	assert_non_null(tls_make(folder, wrong));
	error_sweep();
	assert_null(tls_make(folder, hosts));
	struct tls tls, again;
	assert_null(tls_load(arena, folder, &tls));
	assert_null(tls_make(folder, hosts));
	assert_null(tls_load(arena, folder, &again));
	assert_true(text_same(tls.fingerprint, again.fingerprint));
	assert_int_equal(tls.fingerprint.len, 95);
	int64_t ends = 0;
	assert_null(tls_ends(&tls, &ends));
	assert_in_range((ends / 1000 - time(NULL)) / 86400, 823, 825);
	struct stat about;
	char path[200];
	snprintf(path, sizeof path, "%s/tls-key.pem", folder);
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	snprintf(path, sizeof path, "%s/tls-certificate.pem", folder);

	struct server *usual = site.server;
	site.server = start((struct server_options){ .threads = 2, .tls = &tls });
	char got[8192] = "", url[100];
	CURL *curl = curl_easy_init();
	snprintf(url, sizeof url, "https://localhost:%u/cookie", (unsigned)server_port(site.server));
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_CAINFO, path);
	curl_easy_setopt(curl, CURLOPT_HEADER, 1L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_COOKIE, "session=plain; __Host-session=prefixed");
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, collect);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, got);
	CURLcode code = curl_easy_perform(curl);
	if (code != CURLE_OK)
		print_message("# %s\n", curl_easy_strerror(code));
	assert_int_equal(code, CURLE_OK);
	assert_non_null(strstr(got, "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n"));
	assert_non_null(strstr(got, "Set-Cookie: __Host-session=abc123; Path=/; HttpOnly; SameSite=Strict; Secure\r\n"));
	assert_non_null(strstr(got, "\r\n\r\nprefixed"));
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_MAX_TLSv1_1);
	assert_int_not_equal(curl_easy_perform(curl), CURLE_OK);
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_DEFAULT);
	for (int i = 0; i < 20; i++) {
		got[0] = '\0';
		snprintf(url, sizeof url, "https://127.0.0.1:%u/slow/%d", (unsigned)server_port(site.server), i + 1);
		curl_easy_setopt(curl, CURLOPT_URL, url);
		assert_int_equal(curl_easy_perform(curl), CURLE_OK);
		assert_non_null(strstr(got, "\r\n\r\nslow "));
	}
	curl_easy_cleanup(curl);
	server_stop(site.server, 1);
	site.server = usual;
	secret_close(&tls.key);
	secret_close(&again.key);
}

static void
a_taken_port_is_told(void **state)
{
	(void)state;
	struct server *second = NULL;
	const struct server_options options = { .port = server_port(site.server), .serve = serve };
	struct error *error = server_start(&options, &second);
	assert_non_null(error);
	assert_true(text_has(error->words, T("ポート")));
	const struct server_options nowhere = { .address = "nowhere", .serve = serve };
	assert_non_null(server_start(&nowhere, &second));
	error_sweep();
}

static void
a_restart_takes_the_same_port(void **state)
{
	(void)state;
	struct server *usual = site.server;
	site.server = start((struct server_options){ .threads = 2 });
	const uint16_t port = server_port(site.server);
	/* The server closes first, so that its side lingers in TIME_WAIT. */
	for (int i = 0; i < 5; i++)
		expect(get("/items/1"), 200, "item 1");
	server_stop(site.server, 1);
	site.server = start((struct server_options){ .threads = 2, .port = port });
	expect(get("/items/1"), 200, "item 1");
	server_stop(site.server, 1);
	site.server = usual;
}

static int
open_site(void **state)
{
	(void)state;
	signal(SIGPIPE, SIG_IGN);
	curl_global_init(CURL_GLOBAL_ALL);
	secret_start();
	strcpy(site.folder, "/tmp/web-test-XXXXXX");
	if (mkdtemp(site.folder) == NULL)
		return -1;
	site.pool = pool_open(4, 1000);
	site.server = start((struct server_options){ .threads = 2 });
	return 0;
}

static int
close_site(void **state)
{
	(void)state;
	char path[200];
	server_stop(site.server, 5);
	pool_close(site.pool);
	snprintf(path, sizeof path, "%s/tls/tls-key.pem", site.folder);
	unlink(path);
	snprintf(path, sizeof path, "%s/tls/tls-certificate.pem", site.folder);
	unlink(path);
	snprintf(path, sizeof path, "%s/tls", site.folder);
	rmdir(path);
	rmdir(site.folder);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_answer_carries_the_security_headers),
		cmocka_unit_test(limits_are_told_in_japanese),
		cmocka_unit_test(field_limits_hold),
		cmocka_unit_test(fields_keep_their_order_and_letters),
		cmocka_unit_test(uploads_keep_japanese_names_and_bytes),
		cmocka_unit_test(odd_paths_find_nothing),
		cmocka_unit_test(a_method_that_does_not_fit_is_told_which_do),
		cmocka_unit_test(cookies_are_strict_and_come_back),
		cmocka_unit_test(nothing_can_be_put_into_a_header),
		cmocka_unit_test(downloads_carry_japanese_names),
		cmocka_unit_test(static_files_are_kept_by_the_browser),
		cmocka_unit_test(origin_client_and_language_are_known),
		cmocka_unit_test(one_connection_serves_many_requests),
		cmocka_unit_test(smuggling_shapes_are_refused),
		cmocka_unit_test(two_hundred_clients_get_their_own_late_answers),
		cmocka_unit_test(an_answer_after_the_client_left_is_dropped),
		cmocka_unit_test(a_client_that_stops_half_way_harms_nobody),
		cmocka_unit_test(the_corpus_of_forms_is_survived),
		cmocka_unit_test(a_malformed_route_table_is_named),
		cmocka_unit_test(a_full_pool_says_busy_and_finishes_what_it_took),
		cmocka_unit_test(a_slow_head_or_body_is_cut_off),
		cmocka_unit_test(an_answer_that_never_comes_is_given_up),
		cmocka_unit_test(stopping_waits_for_answers_and_then_gives_up),
		cmocka_unit_test(faults_are_shown_by_a_page_of_the_house),
		cmocka_unit_test(only_our_own_names_and_a_trusted_proxy_are_believed),
		cmocka_unit_test(bodies_beyond_the_common_limit_are_told_to_wait),
		cmocka_unit_test(tls_is_made_once_and_serves),
		cmocka_unit_test(a_taken_port_is_told),
		cmocka_unit_test(a_restart_takes_the_same_port),
	};
	return cmocka_run_group_tests(tests, open_site, close_site);
}
