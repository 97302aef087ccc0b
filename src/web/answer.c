/* The response with its headers. */
#include "base/log.h"
#include "web/html.h"
#include "web/rooms.h"

#include <stdint.h>
#include <unistd.h>

static const char CONTENT_POLICY[] =
	"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
	"font-src 'self'; connect-src 'self'; frame-ancestors 'none'; "
	"base-uri 'none'; object-src 'none'; form-action 'self'";

/* MHD takes a pointer to what it never writes when told PERSISTENT. */
static void *
unwritten(const char *data)
{
	return (void *)(uintptr_t)data;
}

static struct MHD_Response *
response_of(const char *data, size_t len)
{
	return MHD_create_response_from_buffer(len, unwritten(len == 0 ? "" : data),
					       MHD_RESPMEM_PERSISTENT);
}

/* What could end a header line early, or hide in it, is not sent. */
static bool
is_header_text(struct text value)
{
	for (size_t i = 0; i < value.len; i++) {
		const unsigned char byte = (unsigned char)value.data[i];
		if (byte < 0x20 || byte == 0x7f)
			return false;
	}
	return true;
}

struct sheet {
	struct MHD_Response *response;
	struct arena *arena;
	bool is_refused;
};

static void
put(struct sheet *sheet, const char *name, struct text value)
{
	if (!is_header_text(value) ||
	    MHD_add_response_header(sheet->response, name, text_z(sheet->arena, value)) !=
		    MHD_YES) {
		log_say("web: a value of header %s was refused", name);
		sheet->is_refused = true;
	}
}

static void
put_always(struct MHD_Response *response, bool is_secure, bool uses_camera)
{
	const char *const pairs[][2] = {
		{"X-Content-Type-Options", "nosniff"},
		{"X-Frame-Options", "DENY"},	/* for browsers and scanners older than frame-ancestors */
		{"X-XSS-Protection", "0"},	/* the filter of old browsers did harm of its own */
		{"Referrer-Policy", "same-origin"},
		{"Cross-Origin-Opener-Policy", "same-origin"},
		{"Cross-Origin-Resource-Policy", "same-origin"},
		{"Permissions-Policy",
		 uses_camera ? "camera=(self), geolocation=(), microphone=(), payment=(), usb=()"
			     : "camera=(), geolocation=(), microphone=(), payment=(), usb=()"},
	};
	for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
		MHD_add_response_header(response, pairs[i][0], pairs[i][1]);
	if (is_secure)
		MHD_add_response_header(response, "Strict-Transport-Security",
					"max-age=31536000; includeSubDomains");
}

/* What a form leads to by redirection counts as well (CSP 3, form-action). */
static void
put_policy(struct MHD_Response *response, const struct exchange *exchange)
{
	const uint16_t port = exchange->server->options.home_port;
	struct text policy = text_of(CONTENT_POLICY);
	const struct url home = port == 0 ? (struct url){T("")}
					  : url_at_port(exchange->arena, exchange->request.host,
							port, url_path(exchange->arena, "/"));
	if (!url_is_empty(home))
		policy = text_format(exchange->arena, "%.*s %.*s", T_ARG(policy), T_ARG(home.text));
	MHD_add_response_header(response, "Content-Security-Policy",
				text_z(exchange->arena, policy));
}

static bool
is_door(const struct server_options *options)
{
	return options->issuers != NULL || options->takes_certificate;
}

static void
put_caching(struct sheet *sheet, enum caching caching)
{
	switch (caching) {
	case CACHE_NEVER:
		put(sheet, "Cache-Control", T("no-store"));
		return;
	case CACHE_ASK:
		put(sheet, "Cache-Control", T("no-cache"));
		return;
	case CACHE_FOREVER:
		put(sheet, "Cache-Control", T("public, max-age=31536000, immutable"));
		return;
	}
}

static bool
is_cookie_value(struct text text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.data[i] <= 0x20 || text.data[i] >= 0x7f || text.data[i] == ';' ||
		    text.data[i] == ',' || text.data[i] == '"' || text.data[i] == '\\')
			return false;
	return true;
}

static void
put_cookie(struct sheet *sheet, const struct cookie *cookie, bool is_secure)
{
	struct writer line = writer_open(sheet->arena, 8192);
	if (!is_cookie_value(cookie->value)) {
		log_say("web: the value of cookie %s was refused", cookie->name);
		sheet->is_refused = true;
		return;
	}
	write_format(&line, "%s%s=%.*s; Path=/; HttpOnly; SameSite=Strict",
		     is_secure ? "__Host-" : "", cookie->name,
		     T_ARG(cookie->seconds < 0 ? T("") : cookie->value));
	if (is_secure)
		write_z(&line, "; Secure");
	if (cookie->seconds != 0) {
		write_z(&line, "; Max-Age=");
		write_number(&line, cookie->seconds < 0 ? 0 : cookie->seconds);
	}
	if (writer_is_full(&line))
		sheet->is_refused = true;
	else
		put(sheet, "Set-Cookie", writer_text(&line));
}

/* RFC 6266: a plain name for those who know no better, and the true one (RFC 8187). */
static void
put_disposition(struct sheet *sheet, const char *how, struct text name)
{
	static const char digits[] = "0123456789ABCDEF";
	struct writer line = writer_open(sheet->arena, 8192);
	if (!is_header_text(name)) {
		put(sheet, "Content-Disposition", name); /* refuses */
		return;
	}
	write_format(&line, "%s; filename=\"", how);
	for (size_t i = 0; i < name.len; i++) {
		const char c = name.data[i];
		const bool is_plain =
			c >= 0x20 && c < 0x7f && c != '"' && c != '\\' && c != '/' && c != '%';
		/* One '_' per character: the bytes inside a character (10xxxxxx) write nothing.
		 */
		if (is_plain || ((unsigned char)c & 0xc0) != 0x80)
			write_byte(&line, is_plain ? c : '_');
	}
	write_z(&line, "\"; filename*=UTF-8''");
	for (size_t i = 0; i < name.len; i++) {
		const unsigned char c = (unsigned char)name.data[i];
		const bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
				      (c >= 'a' && c <= 'z') || c == '-' || c == '.' ||
				      c == '_';
		if (is_plain) {
			write_byte(&line, name.data[i]);
		} else {
			write_byte(&line, '%');
			write_byte(&line, digits[c >> 4]);
			write_byte(&line, digits[c & 15]);
		}
	}
	if (writer_is_full(&line))
		sheet->is_refused = true;
	else
		put(sheet, "Content-Disposition", writer_text(&line));
}

static void
put_chosen(struct sheet *sheet, const struct exchange *exchange, const struct answer *answer)
{
	put(sheet, "Content-Type",
	    answer->type == NULL ? T("text/html; charset=utf-8") : text_of(answer->type));
	put_caching(sheet, answer->caching);
	if (!url_is_empty(answer->location))
		put(sheet, "Location", answer->location.text);
	if (answer->download.len > 0)
		put_disposition(sheet, "attachment", answer->download);
	else if (answer->shown_as.len > 0)
		put_disposition(sheet, "inline", answer->shown_as);
	if (answer->etag.len > 0)
		put(sheet, "ETag", text_format(sheet->arena, "\"%.*s\"", T_ARG(answer->etag)));
	if (answer->allow.len > 0)
		put(sheet, "Allow", answer->allow);
	if (answer->retry_after > 0)
		put(sheet, "Retry-After",
		    text_format(sheet->arena, "%lld", (long long)answer->retry_after));
	if (answer->clears_site)
		put(sheet, "Clear-Site-Data", T("\"storage\""));
	for (size_t i = 0; i < ANSWER_MOST_COOKIES; i++)
		if (answer->cookies[i].name != NULL)
			put_cookie(sheet, &answer->cookies[i], exchange->request.is_secure);
}

static bool
client_has(const struct exchange *exchange, const struct answer *answer)
{
	if (answer->etag.len == 0 || exchange->request.method != METHOD_GET)
		return false;
	const struct text quoted =
		text_format(exchange->arena, "\"%.*s\"", T_ARG(answer->etag));
	return text_has(exchange->if_none_match, quoted);
}

static struct MHD_Response *
response_begin(const struct exchange *exchange, const struct answer *answer, int *status)
{
	*status = answer->status == 0 ? 200 : answer->status;
	if (*status == 200 && client_has(exchange, answer)) {
		*status = 304;
		if (answer->is_stream)
			close(answer->fd);
		return response_of("", 0);
	}
	if (!answer->is_stream)
		return response_of(answer->body.data, answer->body.len);
	/* The length is never negative: it is that of a file. */
	struct MHD_Response *response =
		MHD_create_response_from_fd64((uint64_t)answer->length, answer->fd);
	if (response == NULL)
		close(answer->fd);
	return response;
}

static const char REFUSED[] =
	"<!doctype html><html lang=\"ja\"><meta charset=\"utf-8\"><title>500</title>"
	"<h1>サーバーの中で問題が起きました。</h1><p>管理者に伝えてください。</p>"
	"<p lang=\"en\">Something went wrong in the server. Please tell the administrator.</p></html>\n";

struct MHD_Response *
response_make(struct exchange *exchange, const struct answer *answer, int *status)
{
	struct sheet sheet = {response_begin(exchange, answer, status), exchange->arena, false};
	const bool is_secure = exchange->request.is_secure;
	if (sheet.response != NULL)
		put_chosen(&sheet, exchange, answer);
	if (sheet.response == NULL || sheet.is_refused) {
		if (sheet.response != NULL)
			MHD_destroy_response(sheet.response);
		sheet.response = response_of(REFUSED, sizeof REFUSED - 1);
		MHD_add_response_header(sheet.response, "Content-Type",
					"text/html; charset=utf-8");
		MHD_add_response_header(sheet.response, "Cache-Control", "no-store");
		*status = 500;
	}
	put_always(sheet.response, is_secure, answer->uses_camera);
	put_policy(sheet.response, exchange);
	if (atomic_load(&exchange->server->is_stopping) || is_door(&exchange->server->options))
		MHD_add_response_header(sheet.response, "Connection", "close");
	return sheet.response;
}

static const char GIVEN_UP[] =
	"<!doctype html><html lang=\"ja\"><meta charset=\"utf-8\"><title>503</title>"
	"<h1>時間内に終わりませんでした。</"
	"h1><p>送ったことが行われたかどうか、画面で確かめてください。</p>"
	"<p lang=\"en\">This took too long. Please check whether it was done.</p></html>\n";

struct MHD_Response *
response_given_up(const struct server *server)
{
	struct MHD_Response *response = response_of(GIVEN_UP, sizeof GIVEN_UP - 1);
	MHD_add_response_header(response, "Content-Type", "text/html; charset=utf-8");
	MHD_add_response_header(response, "Cache-Control", "no-store");
	MHD_add_response_header(response, "Connection", "close");
	put_always(response, server->options.tls != NULL, false);
	MHD_add_response_header(response, "Content-Security-Policy", CONTENT_POLICY);
	return response;
}

void
answer_plain(struct exchange *exchange, int status, struct text words)
{
	struct html page = html_open(exchange->arena);
	write_format(&page.out,
		     "<!doctype html><html lang=\"%s\"><meta "
		     "charset=\"utf-8\"><title>%d</title><h1>",
		     language_now() == LANGUAGE_EN ? "en" : "ja", status);
	html_text(&page, words);
	write_z(&page.out, "</h1></html>\n");
	exchange_answer(exchange, &(struct answer){.status = status, .body = html_page(&page)});
}
