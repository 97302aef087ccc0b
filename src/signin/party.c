/* Who our pages are to a browser's authenticator, and what it sent. */
#include "signin/rooms.h"

#include <arpa/inet.h>
#include <string.h>

enum { HOST_MOST = 253, ANSWER_MOST = 8192 };

static bool
is_ip(struct text host)
{
	char z[HOST_MOST + 1];
	unsigned char at[16];
	if (host.len > HOST_MOST)
		return false;
	memcpy(z, host.data, host.len);
	z[host.len] = '\0';
	return text_starts(host, T("[")) || inet_pton(AF_INET, z, at) == 1;
}

static struct text
without_port(struct text host)
{
	struct text name, port;
	if (text_starts(host, T("[")))
		return host;
	text_cut(host, ':', &name, &port);
	return name;
}

struct error *
signin_party(struct look *look, struct text host, struct key_party *party, enum party_fault *fault)
{
	struct text url, rest, place, path;
	*party = (struct key_party){ 0 };
	TRY(store_setting(look, T("body.url"), &url));
	const bool is_secure = text_starts(url, T("https://"));
	*fault = PARTY_UNSET;
	if (!is_secure && !text_starts(url, T("http://")))
		return OK;
	rest = text_from(url, is_secure ? strlen("https://") : strlen("http://"));
	text_cut(rest, '/', &place, &path);
	party->rp = without_port(place);
	party->origin = text_format(look->arena, "%s%.*s", is_secure ? "https://" : "http://", T_ARG(place));
	if (party->rp.len == 0 || party->rp.len > HOST_MOST)
		return OK;
	*fault = is_ip(party->rp)			      ? PARTY_ADDRESS
		 : !is_secure && !text_is(party->rp, "localhost") ? PARTY_INSECURE
		 : !text_same(host, place)		      ? PARTY_ELSEWHERE
							      : PARTY_FINE;
	return OK;
}

struct text
party_fault_words(struct arena *into, enum party_fault fault, struct text url)
{
	switch (fault) {
	case PARTY_FINE:
		break;
	case PARTY_UNSET:
		return text_of(say("「番所のアドレス」がまだ設定されていないので、パスキーとセキュリティキーは使えません。システムの担当者が、設定の画面で決めます。"));
	case PARTY_ADDRESS:
		return text_of(say("「番所のアドレス」が数字のアドレスなので、パスキーとセキュリティキーは使えません。ブラウザーの決まりで、名前(例 bansho.city.example.lg.jp)が要ります。"));
	case PARTY_INSECURE:
		return text_of(say("「番所のアドレス」が https でないので、パスキーとセキュリティキーは使えません。"));
	case PARTY_ELSEWHERE:
		return text_format(into, say("パスキーとセキュリティキーは、%.*s で開いたときだけ使えます。いまは別のアドレスで開いています。"),
				   T_ARG(url));
	}
	return T("");
}

/* base64url, as browsers' scripts write it: without padding. */
static bool
unbase64url(struct arena *into, struct text sent, struct text *bytes)
{
	if (sent.len > ANSWER_MOST || text_has(sent, T("+")) || text_has(sent, T("/")) ||
	    text_has(sent, T("=")))
		return false;
	struct text plain = text_replace(into, text_replace(into, sent, T("-"), T("+")), T("_"), T("/"));
	static const char *const padding[] = { "", "===", "==", "=" };
	plain = text_format(into, "%.*s%s", T_ARG(plain), padding[plain.len % 4]);
	return sent.len == 0 || text_unbase64(into, plain, bytes);
}

struct error *
signin_key_read(struct arena *into, struct text credential, struct text client,
		struct text authenticator, struct text signature, struct text user,
		struct key_answer *answer)
{
	struct key_answer read = { 0 };
	if (!unbase64url(into, credential, &read.credential) || read.credential.len == 0 ||
	    read.credential.len > SIGNIN_MOST_CREDENTIAL || !unbase64url(into, client, &read.client) ||
	    !unbase64url(into, authenticator, &read.authenticator) ||
	    !unbase64url(into, signature, &read.signature) || !unbase64url(into, user, &read.user))
		return reject("key", "パスキーやセキュリティキーの答えを読み取れませんでした。もう一度試してください。JavaScriptを止めているときは、ほかの方法を使ってください。");
	*answer = read;
	return OK;
}
