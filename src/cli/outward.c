/* Calling out with libcurl. */
#include "cli/outward.h"

#include "base/writer.h"

#include <curl/curl.h>
#include <string.h>

enum { CONNECT_SECONDS = 5, URL_MOST = 500 };

static size_t
take(char *bytes, size_t size, size_t count, void *with)
{
	struct writer *out = with;
	write_text(out, (struct text){ bytes, size * count });
	return writer_is_full(out) ? 0 : size * count;
}

static void
set_way(CURL *curl, struct arena *arena, const struct outward *call)
{
	curl_easy_setopt(curl, CURLOPT_URL, text_z(arena, call->url));
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_PROXY, "");
	curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)CONNECT_SECONDS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)OUTWARD_SECONDS);
	if (call->ca.len == 0)
		return;
	/* Only these, not the system's: the operator has said who it is. */
	const struct curl_blob ca = { (void *)(uintptr_t)call->ca.data, call->ca.len,
				      CURL_BLOB_COPY };
	curl_easy_setopt(curl, CURLOPT_CAINFO_BLOB, &ca);
	curl_easy_setopt(curl, CURLOPT_CAPATH, NULL);
}

static struct curl_slist *
set_body(CURL *curl, struct arena *arena, const struct outward *call)
{
	if (call->body.data == NULL)
		return NULL;
	struct curl_slist *heads = curl_slist_append(
		NULL, text_z(arena, text_format(arena, "Content-Type: %s", call->type)));
	curl_easy_setopt(curl, CURLOPT_POST, 1L);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, call->body.data);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)call->body.len);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, heads);
	return heads;
}

void
outward_call(struct arena *into, const struct outward *call, struct reply *reply)
{
	char words[CURL_ERROR_SIZE] = "";
	struct writer out = writer_open(into, OUTWARD_MOST);
	CURL *curl = curl_easy_init();
	*reply = (struct reply){ .why = T("curl"), .body = T("") };
	if (curl == NULL)
		return;
	set_way(curl, into, call);
	struct curl_slist *heads = set_body(curl, into, call);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &out);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words);
	const CURLcode code = curl_easy_perform(curl);
	reply->is_reached = code == CURLE_OK;
	if (code == CURLE_OK)
		curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply->status);
	else
		reply->why = text_copy(into, text_of(words[0] != '\0' ? words
								      : curl_easy_strerror(code)));
	reply->body = writer_text(&out);
	curl_slist_free_all(heads);
	curl_easy_cleanup(curl);
}

static bool
is_plain_way(struct text url, bool may_plain)
{
	static const char *const here[] = { "http://127.0.0.1:", "http://[::1]:", "http://localhost:" };
	if (may_plain && text_starts(url, T("http://")))
		return true;
	for (size_t at = 0; at < sizeof here / sizeof *here; at++)
		if (text_starts(url, text_of(here[at])))
			return true;
	return false;
}

struct error *
outward_url_check(const char *field, struct text url, bool may_plain)
{
	bool is_fine = url.len <= URL_MOST &&
		       (text_starts(url, T("https://")) || is_plain_way(url, may_plain));
	for (size_t at = 0; at < url.len; at++)
		is_fine = is_fine && url.data[at] > ' ' && url.data[at] <= '~' &&
			  strchr("\"\\@", url.data[at]) == NULL;
	return is_fine ? OK
		       : reject(field, "アドレスは https:// で始めてください。例 https://witness.pref.example.lg.jp:8444");
}
