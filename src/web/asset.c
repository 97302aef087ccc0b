/* Files compiled into the program, under a path that names their digest. */
#include "web/rooms.h"

#include <stdlib.h>

const struct asset *
asset_find(const struct assets *assets, struct text name)
{
	size_t low = 0, high = assets->count;
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const int order = text_order(name, text_of(assets->list[middle].name));
		if (order == 0)
			return &assets->list[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}

struct url
asset_url(const struct assets *assets, struct arena *into, const char *name)
{
	if (asset_find(assets, text_of(name)) == NULL)
		abort();
	const struct text pieces[] = {text_of(assets->digest), text_of(name)};
	return url_make(into, "/static/{}/{}", 2, pieces);
}

bool
assets_serve(const struct assets *assets, struct exchange *exchange)
{
	const struct request *request = exchange_request(exchange);
	if (request->method != METHOD_GET || request->segment_count == 0 ||
	    !text_is(request->segments[0], "static"))
		return false;
	const struct asset *asset =
		request->segment_count == 3 ? asset_find(assets, request->segments[2]) : NULL;
	if (asset == NULL) {
		exchange_fail(exchange, missing("そのファイルはありません。"));
		return true;
	}
	const bool is_present = text_is(request->segments[1], assets->digest);
	/* Embedded bytes carry no sign; text does. */
	const struct text body = {(const char *)asset->bytes, asset->len};
	exchange_answer(exchange,
			&(struct answer){.type = asset->type,
					 .body = body,
					 .etag = text_of(asset->digest),
					 .caching = is_present ? CACHE_FOREVER : CACHE_ASK});
	return true;
}
