/* Speaking SMTP to the relay. */
#include "cli/mail.h"

#include "people/notice.h"

#include <curl/curl.h>
#include <string.h>

enum { CONNECT_SECONDS = 15, WHOLE_SECONDS = 60, ADDRESS_MOST = 254, WHY_MOST = 300 };

static bool
is_address(struct text address)
{
	struct text before, behind;
	if (address.len > ADDRESS_MOST || !text_cut(address, '@', &before, &behind) ||
	    before.len == 0 || behind.len == 0)
		return false;
	for (size_t at = 0; at < address.len; at++)
		if (address.data[at] <= ' ' || address.data[at] > '~' ||
		    strchr("<>()[],;:\\\"", address.data[at]) != NULL)
			return false;
	return true;
}

static struct error *
read_settings(struct look *look, struct relay *relay)
{
	TRY(store_setting(look, T("mail.relay"), &relay->url));
	TRY(store_setting(look, T("mail.from"), &relay->from));
	TRY(store_setting(look, T("mail.tls"), &relay->tls));
	return store_setting(look, T("mail.ca"), &relay->ca);
}

struct error *
relay_read(struct body *body, struct arena *into, struct relay *relay, bool *is_set)
{
	LOOK_SCOPED look = { 0 };
	struct relay made = { .name = body->name, .code = body->code };
	TRY(look_begin(body->store, into, &look));
	TRY(read_settings(&look, &made));
	*is_set = !text_is_blank(made.url);
	if (!*is_set)
		return OK;
	if (!text_starts(made.url, T("smtp://")) && !text_starts(made.url, T("smtps://")))
		return reject("mail.relay", "メールの中継は smtp://ホスト:ポート か smtps://ホスト:ポート の形にしてください。");
	if (!is_address(made.from))
		return reject("mail.from", "差出人のメールアドレスを設定してください（例 bansho@city.example.lg.jp）。");
	if (made.tls.len != 0 && !text_is(made.tls, "required") && !text_is(made.tls, "off"))
		return reject("mail.tls", "空、required、off のどれかにしてください。");
	*relay = made;
	return OK;
}

struct courier {
	struct arena *arena;
	struct relay relay;
	CURL *curl;
};

struct courier *
courier_open(const struct relay *relay)
{
	struct arena *arena = arena_open((size_t)1 << 20);
	struct courier *courier = ARENA_NEW(arena, struct courier);
	courier->arena = arena;
	courier->relay = (struct relay){
		.url = text_copy(arena, relay->url),   .from = text_copy(arena, relay->from),
		.tls = text_copy(arena, relay->tls),   .ca = text_copy(arena, relay->ca),
		.name = text_copy(arena, relay->name), .code = text_copy(arena, relay->code),
	};
	courier->curl = curl_easy_init();
	return courier;
}

void
courier_close(struct courier *courier)
{
	if (courier == NULL)
		return;
	curl_easy_cleanup(courier->curl);
	arena_close(courier->arena);
}

struct giving {
	struct text left;
};

static size_t
give(char *room, size_t size, size_t count, void *with)
{
	struct giving *giving = with;
	const size_t most = size * count;
	const size_t len = giving->left.len < most ? giving->left.len : most;
	memcpy(room, giving->left.data, len);
	giving->left = text_from(giving->left, len);
	return len;
}

static void
set_tls(const struct courier *courier)
{
	const struct relay *relay = &courier->relay;
	const bool is_required =
		text_is(relay->tls, "required") || text_starts(relay->url, T("smtps://"));
	const bool is_off = text_is(relay->tls, "off");
	curl_easy_setopt(courier->curl, CURLOPT_USE_SSL,
			 (long)(is_required ? CURLUSESSL_ALL
				: is_off    ? CURLUSESSL_NONE
					    : CURLUSESSL_TRY));
	/* Encryption that is merely offered is taken without asking who offers it, as mail servers do. */
	curl_easy_setopt(courier->curl, CURLOPT_SSL_VERIFYPEER, is_required ? 1L : 0L);
	curl_easy_setopt(courier->curl, CURLOPT_SSL_VERIFYHOST, is_required ? 2L : 0L);
	if (relay->ca.len != 0)
		curl_easy_setopt(courier->curl, CURLOPT_CAINFO, text_z(courier->arena, relay->ca));
}

static void
set_way(const struct courier *courier)
{
	CURL *curl = courier->curl;
	curl_easy_setopt(curl, CURLOPT_URL, text_z(courier->arena, courier->relay.url));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)WHOLE_SECONDS);
	set_tls(courier);
}

static enum delivery
judge(CURL *curl, CURLcode code)
{
	long answer = 0;
	if (code == CURLE_OK)
		return DELIVERED;
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &answer);
	/* 421: the relay is closing; any other answer of 4xx or 5xx is about this mail. */
	if ((code == CURLE_SEND_ERROR || code == CURLE_WEIRD_SERVER_REPLY ||
	     code == CURLE_RECV_ERROR || code == CURLE_QUOTE_ERROR) &&
	    answer >= 400 && answer != 421)
		return DELIVERY_REFUSED;
	return DELIVERY_NO_RELAY;
}

enum delivery
courier_deliver(struct courier *courier, struct arena *arena, const struct mail *mail,
		struct moment now, struct text *why)
{
	CURL *curl = courier->curl;
	char words[CURL_ERROR_SIZE] = "";
	*why = T("");
	if (!is_address(mail->address)) {
		*why = T("address");
		return DELIVERY_REFUSED;
	}
	if (curl == NULL)
		return DELIVERY_NO_RELAY;
	struct giving giving = { mail_message(arena, &courier->relay, mail, now) };
	struct curl_slist *to = curl_slist_append(
		NULL, text_format(arena, "<%.*s>", T_ARG(mail->address)).data);
	curl_easy_reset(curl);
	set_way(courier);
	curl_easy_setopt(curl, CURLOPT_MAIL_FROM,
			 text_format(arena, "<%.*s>", T_ARG(courier->relay.from)).data);
	curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, to);
	curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
	curl_easy_setopt(curl, CURLOPT_READDATA, &giving);
	curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
	const CURLcode code = curl_easy_perform(curl);
	curl_slist_free_all(to);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, NULL);
	if (code != CURLE_OK)
		*why = text_copy(arena, text_first(text_of(words[0] != '\0' ? words
								 : curl_easy_strerror(code)),
						   WHY_MOST));
	return judge(curl, code);
}
