/* From the request line and the headers to struct request, with every limit met here. */
#include "base/writer.h"
#include "web/rooms.h"

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <netdb.h>
#include <string.h>

struct heads {
	struct exchange *exchange;
	size_t count;
	size_t bytes;
	size_t hosts;
	size_t lengths;
	bool has_encoding;
	struct text cookies;
	struct text forwarded_for;
	struct text forwarded_proto;
	struct text certificate;
	size_t certificates;
};

void
exchange_fault(struct exchange *exchange, int status, const char *words)
{
	if (exchange->fault_status != 0)
		return;
	exchange->fault_status = status;
	exchange->fault_words = text_copy(exchange->arena, text_of(words));
}

static void
fault_of(struct exchange *exchange, const struct error *error)
{
	if (exchange->fault_status != 0)
		return;
	exchange->fault_status = 400;
	exchange->fault_words = text_copy(exchange->arena, error->words);
}

/* Where a header we read is kept; NULL for those we do not. */
static struct text *
place_of(struct heads *heads, struct text name)
{
	struct request *request = &heads->exchange->request;
	const struct {
		const char *name;
		struct text *at;
	} places[] = {
		{"host", &request->host},
		{"origin", &request->origin},
		{"referer", &request->referer},
		{"accept-language", &request->accept_language},
		{"user-agent", &request->user_agent},
		{"sec-fetch-site", &request->fetch_site},
		{"cookie", &heads->cookies},
		{"if-none-match", &heads->exchange->if_none_match},
		{"content-type", &heads->exchange->content_type},
		{"expect", &heads->exchange->expect},
		{"x-forwarded-for", &heads->forwarded_for},
		{"x-forwarded-proto", &heads->forwarded_proto},
		{"client-cert", &heads->certificate},
	};
	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++)
		if (text_same_letters(name, text_of(places[i].name)))
			return places[i].at;
	return NULL;
}

static enum MHD_Result
head_take(void *with, enum MHD_ValueKind kind, const char *key, size_t key_size,
	  const char *value, size_t value_size)
{
	(void)kind;
	struct heads *heads = with;
	const struct text name = {key, key_size};
	const struct text sent = {value == NULL ? "" : value, value_size};
	heads->count++;
	heads->bytes += key_size + value_size + 4; /* ": " and the line end */
	heads->hosts += text_same_letters(name, T("host")) ? 1 : 0;
	heads->certificates += text_same_letters(name, T("client-cert")) ? 1 : 0;
	heads->lengths += text_same_letters(name, T("content-length")) ? 1 : 0;
	if (text_same_letters(name, T("transfer-encoding")))
		heads->has_encoding = true;
	struct text *place = place_of(heads, name);
	if (place == NULL || heads->count > WEB_MOST_HEADER_COUNT ||
	    heads->bytes > WEB_MOST_HEADERS)
		return MHD_YES;
	size_t bad_at;
	if (!text_is_utf8(sent, &bad_at))
		exchange_fault(heads->exchange, 400,
			       say("ヘッダーの文字を読み取れません。ブラウザーの設定を確かめて"
				   "ください。"));
	else if (place == &heads->cookies && place->len > 0)
		*place = text_format(heads->exchange->arena, "%.*s; %.*s", T_ARG(*place),
				     T_ARG(sent));
	else
		*place = text_copy(heads->exchange->arena, sent);
	return MHD_YES;
}

/* A cookie we could not have set (RFC 6265 cookie-octet) is passed over, not refused. */
static bool
is_cookie_text(struct text text)
{
	for (size_t i = 0; i < text.len; i++) {
		const char c = text.data[i];
		if (c <= 0x20 || c >= 0x7f || c == '"' || c == ',' || c == ';' || c == '\\')
			return false;
	}
	return true;
}

static void
cookies_read(struct exchange *exchange, struct text line)
{
	struct field *at = ARENA_ARRAY(exchange->arena, struct field, WEB_MOST_COOKIES);
	size_t count = 0;
	while (line.len > 0 && count < WEB_MOST_COOKIES) {
		struct text pair, name, value;
		text_cut(line, ';', &pair, &line);
		if (!text_cut(text_trim(pair), '=', &name, &value))
			continue;
		if (name.len > 0 && is_cookie_text(name) && is_cookie_text(value))
			at[count++] = (struct field){.name = name, .value = value};
	}
	exchange->request.cookies = (struct fields){at, count};
}

static bool
segments_read(struct exchange *exchange, char *raw, size_t len)
{
	struct request *request = &exchange->request;
	struct text rest = text_from((struct text){raw, len}, 1);
	while (rest.len > 0) {
		struct text piece;
		const bool has_more = text_cut(rest, '/', &piece, &rest);
		if (piece.len == 0 || (has_more && rest.len == 0) ||
		    request->segment_count == WEB_MOST_SEGMENTS) {
			exchange_fault(exchange, 404, say("そのページはありません。"));
			return false;
		}
		size_t size = piece.len;
		struct error *error = percent_decode(raw + (piece.data - raw), &size, false);
		if (error != NULL) {
			fault_of(exchange, error);
			return false;
		}
		piece.len = size;
		if (text_is(piece, ".") || text_is(piece, "..")) {
			exchange_fault(exchange, 400, say("アドレスに . や .. は使えません。"));
			return false;
		}
		request->segments[request->segment_count++] = piece;
	}
	return true;
}

static void
path_join_up(struct exchange *exchange)
{
	struct request *request = &exchange->request;
	struct writer out = writer_open(exchange->arena, WEB_MOST_TARGET + 1);
	if (request->segment_count == 0)
		write_byte(&out, '/');
	for (size_t i = 0; i < request->segment_count; i++) {
		write_byte(&out, '/');
		write_text(&out, request->segments[i]);
	}
	request->path = writer_text(&out);
}

static char *
copy_of(struct arena *arena, struct text text)
{
	char *copy = ARENA_ARRAY(arena, char, text.len + 1);
	if (text.len > 0)
		memcpy(copy, text.data, text.len);
	return copy;
}

static bool
target_is_plain(struct text target)
{
	for (size_t i = 0; i < target.len; i++)
		if (target.data[i] <= 0x20 || target.data[i] >= 0x7f)
			return false;
	return target.len > 0 && target.data[0] == '/';
}

static void
target_read(struct exchange *exchange)
{
	struct request *request = &exchange->request;
	struct text path, query;
	if (exchange->is_target_long) {
		exchange_fault(exchange, 414,
			       say("アドレスが長すぎます。条件を減らしてからもう一度お試しくだ"
				   "さい。"));
		return;
	}
	if (!target_is_plain(request->raw_target)) {
		exchange_fault(exchange, 400, say("アドレスの形が正しくありません。"));
		return;
	}
	text_cut(request->raw_target, '?', &path, &query);
	if (!segments_read(exchange, copy_of(exchange->arena, path), path.len))
		return;
	path_join_up(exchange);
	struct field_list list = {.arena = exchange->arena};
	struct error *error =
		fields_urlencoded(&list, copy_of(exchange->arena, query), query.len);
	if (error != NULL)
		fault_of(exchange, error);
	else
		request->query = (struct fields){list.at, list.count};
}

static bool
is_loopback(struct text address)
{
	return text_is(address, "127.0.0.1") || text_is(address, "::1") ||
	       text_is(address, "::ffff:127.0.0.1");
}

/* ":BASE64:" (RFC 9440) or a percent-encoded PEM; the proxy has proved possession. */
static struct text
certificate_from_proxy(struct exchange *exchange, const struct heads *heads)
{
	struct text sent = text_trim(heads->certificate), der;
	if (sent.len > 2 && text_starts(sent, T(":")) && text_ends(sent, T(":"))) {
		sent = text_from(text_first(sent, sent.len - 1), 1);
		return text_unbase64(exchange->arena, sent, &der) ? der : T("");
	}
	char *copy = copy_of(exchange->arena, sent);
	size_t len = sent.len;
	struct error *error = percent_decode(copy, &len, false);
	return error == NULL ? (struct text){copy, len} : T("");
}

static struct text
certificate_from_tls(struct exchange *exchange)
{
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		exchange->connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
	unsigned count = 0;
	if (info == NULL || info->tls_session == NULL)
		return T("");
	const gnutls_datum_t *list = gnutls_certificate_get_peers(info->tls_session, &count);
	if (list == NULL || count == 0)
		return T("");
	return text_copy(exchange->arena, (struct text){(const char *)list[0].data, list[0].size});
}

static void
certificate_read(struct exchange *exchange, const struct heads *heads, bool is_proxy)
{
	const struct server_options *options = &exchange->server->options;
	if (options->tls != NULL && options->issuers != NULL)
		exchange->request.certificate = certificate_from_tls(exchange);
	else if (options->takes_certificate && is_proxy && heads->certificates == 1)
		exchange->request.certificate = certificate_from_proxy(exchange, heads);
	else if (options->takes_certificate && heads->certificates > 1)
		exchange_fault(exchange, 400, say("送信の形が正しくありません。"));
}

static void
client_read(struct exchange *exchange, const struct heads *heads)
{
	struct request *request = &exchange->request;
	const struct server_options *options = &exchange->server->options;
	const union MHD_ConnectionInfo *info = MHD_get_connection_info(
		exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	char host[NI_MAXHOST] = "";
	if (info != NULL && info->client_addr != NULL) {
		const socklen_t len = info->client_addr->sa_family == AF_INET6
					      ? sizeof(struct sockaddr_in6)
					      : sizeof(struct sockaddr_in);
		if (getnameinfo(info->client_addr, len, host, sizeof host, NULL, 0,
				NI_NUMERICHOST) != 0)
			host[0] = '\0';
	}
	request->client = text_copy(exchange->arena, text_of(host));
	request->is_secure = options->tls != NULL;
	const bool is_proxy = options->trusts_proxy && is_loopback(request->client);
	certificate_read(exchange, heads, is_proxy);
	if (!is_proxy)
		return;
	struct text rest = heads->forwarded_for, last = T("");
	while (rest.len > 0)
		text_cut(rest, ',', &last, &rest);
	last = text_trim(last);
	unsigned char binary[sizeof(struct in6_addr)];
	const char *z = text_z(exchange->arena, last);
	if (inet_pton(AF_INET, z, binary) == 1 || inet_pton(AF_INET6, z, binary) == 1)
		request->client = last;
	request->is_secure = request->is_secure || text_is(heads->forwarded_proto, "https");
}

static bool
host_is_ours(const struct exchange *exchange)
{
	const char *const *hosts = exchange->server->options.hosts;
	struct text name = exchange->request.host;
	const size_t colon = name.len;
	size_t port = colon;
	for (size_t i = colon; i > 0 && name.data[i - 1] != ']'; i--)
		if (name.data[i - 1] == ':')
			port = i - 1;
	name = text_first(name, port);
	for (size_t i = 0; hosts != NULL && hosts[i] != NULL; i++)
		if (text_same_letters(name, text_of(hosts[i])))
			return true;
	return hosts == NULL;
}

static enum method
method_of(const char *method, bool *is_head)
{
	*is_head = strcmp(method, "HEAD") == 0;
	if (*is_head || strcmp(method, "GET") == 0)
		return METHOD_GET;
	return strcmp(method, "POST") == 0 ? METHOD_POST : METHOD_OTHER;
}

/* ---- The body: may it come, and how much of it? ---- */

static size_t
body_limit(struct exchange *exchange)
{
	const struct text type = exchange->request.body_type;
	const bool is_pairs = text_is(type, "application/x-www-form-urlencoded");
	const bool is_parts = text_is(type, "multipart/form-data");
	bool fits = false;
	size_t limit = WEB_MOST_FORM;
	switch (exchange->body_allowed) {
	case BODY_NONE:
		exchange_fault(exchange, 413, say("このアドレスには何も送れません。"));
		return 0;
	case BODY_FORM:
		fits = is_pairs || is_parts;
		break;
	case BODY_UPLOAD:
		fits = is_pairs || is_parts;
		limit = is_parts ? WEB_MOST_UPLOAD : WEB_MOST_FORM;
		break;
	case BODY_RAW:
		fits = !is_pairs && !is_parts;
		break;
	}
	if (!fits)
		exchange_fault(exchange, 415, say("この種類のデータは受け取れません。"));
	return limit;
}

static void
body_reserve(struct exchange *exchange, size_t length)
{
	struct server *server = exchange->server;
	const size_t limit = body_limit(exchange);
	if (exchange->fault_status != 0)
		return;
	if (length > limit) {
		const struct text words =
			text_format(exchange->arena,
				    say("送るものが大きすぎます。%d MB までにしてください。"),
				    (int)(limit >> 20)); /* at most 32 */
		exchange_fault(exchange, 413, text_z(exchange->arena, words));
		return;
	}
	exchange->body_promised = length;
	if (atomic_fetch_add(&server->bodies, length) + length > server->options.most_bodies)
		exchange_fault(exchange, 503,
			       say("ただいま込み合っています。少し待ってからもう一度送ってくだ"
				   "さい。"));
}

/* Two ways of saying where a body ends invite request smuggling (RFC 9112 6.3). */
static void
body_read_head(struct exchange *exchange, const struct heads *heads)
{
	struct request *request = &exchange->request;
	if (heads->has_encoding) {
		if (heads->lengths > 0)
			exchange_fault(exchange, 400, say("送信の形が正しくありません。"));
		exchange_fault(exchange, 411,
			       say("送るものの長さを Content-Length で示してください。"));
		return;
	}
	const char *sent = MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND,
						       "Content-Length");
	if (sent == NULL)
		return;
	struct text type;
	text_cut(exchange->content_type, ';', &type, &(struct text){NULL, 0});
	request->body_type = text_small(exchange->arena, text_trim(type));
	uint64_t length = 0;
	for (const char *at = sent; *at >= '0' && *at <= '9' && length < (UINT64_MAX >> 5);
	     at++)
		length = length * 10 + (uint64_t)(*at - '0');
	exchange->body_promised = 0;
	if (heads->lengths > 1)
		exchange_fault(exchange, 400, say("送信の形が正しくありません。"));
	if (length == 0 || exchange->fault_status != 0)
		return;
	const struct server_options *options = &exchange->server->options;
	exchange->body_allowed = request->method == METHOD_GET ? BODY_NONE
				 : options->body == NULL
					 ? BODY_FORM
					 : options->body(options->with, request);
	body_reserve(exchange, length);
}

bool
head_read(struct exchange *exchange, const char *method)
{
	struct request *request = &exchange->request;
	struct heads heads = {.exchange = exchange};
	request->method = method_of(method, &request->is_head);
	MHD_get_connection_values_n(exchange->connection, MHD_HEADER_KIND, head_take, &heads);
	language_use(request_language(request));
	client_read(exchange, &heads);
	cookies_read(exchange, heads.cookies);
	if (heads.count > WEB_MOST_HEADER_COUNT || heads.bytes > WEB_MOST_HEADERS)
		exchange_fault(exchange, 431,
			       say("ヘッダーが大きすぎます。Cookie "
				   "を消してからもう一度お試しください。"));
	if (heads.hosts > 1)
		exchange_fault(exchange, 400, say("送信の形が正しくありません。"));
	if (!host_is_ours(exchange))
		exchange_fault(
			exchange, 421,
			say("このサーバーの名前ではありません。アドレスを確かめてください。"));
	target_read(exchange);
	body_read_head(exchange, &heads);
	return exchange->fault_status == 0;
}
