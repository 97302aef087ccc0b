/* Which addresses belong to a zone: a setting of the body. */
#include "signin/rooms.h"

#include "base/number.h"

#include <arpa/inet.h>
#include <string.h>

enum { ADDRESS_BYTES = 16, ADDRESS_LETTERS = 64, BITS_V4 = 32, BITS_V6 = 128, BITS_MAPPED = 96 };

/* IPv4 as ::ffff:a.b.c.d, so that there is one kind to compare. */
struct range {
	unsigned char at[ADDRESS_BYTES];
	int64_t bits;
};

static bool
address_read(struct text text, unsigned char *at, bool *is_four)
{
	char z[ADDRESS_LETTERS];
	if (text.len == 0 || text.len >= sizeof z)
		return false;
	memcpy(z, text.data, text.len);
	z[text.len] = '\0';
	memset(at, 0, ADDRESS_BYTES);
	*is_four = inet_pton(AF_INET, z, at + 12) == 1;
	if (*is_four)
		at[10] = at[11] = 0xff;
	return *is_four || inet_pton(AF_INET6, z, at) == 1;
}

static bool
range_read(struct text text, struct range *range)
{
	struct text address, bits;
	bool is_four;
	const bool has_bits = text_cut(text, '/', &address, &bits);
	if (!address_read(address, range->at, &is_four))
		return false;
	range->bits = is_four ? BITS_V4 : BITS_V6;
	if (has_bits && !number_read(bits, 0, range->bits, &range->bits))
		return false;
	if (is_four)
		range->bits += BITS_MAPPED;
	return true;
}

static bool
is_in(const unsigned char *address, const struct range *range)
{
	const size_t whole = (size_t)range->bits / 8; /* at most 16 */
	const unsigned rest = (unsigned)range->bits % 8;
	if (memcmp(address, range->at, whole) != 0)
		return false;
	const unsigned char mask = (unsigned char)(0xff00U >> rest);
	return rest == 0 || (address[whole] & mask) == (range->at[whole] & mask);
}

/* The next of a list set apart by spaces, commas or lines; false at the end. */
static bool
next_word(struct text *rest, struct text *word)
{
	size_t from = 0, to;
	while (from < rest->len && strchr(" ,\t\n\r", rest->data[from]) != NULL)
		from++;
	for (to = from; to < rest->len && strchr(" ,\t\n\r", rest->data[to]) == NULL;)
		to++;
	*word = text_first(text_from(*rest, from), to - from);
	*rest = text_from(*rest, to);
	return word->len != 0;
}

bool
signin_address_in(struct text address, struct text addresses)
{
	unsigned char at[ADDRESS_BYTES];
	struct range range;
	struct text word;
	bool is_four;
	if (!address_read(address, at, &is_four))
		return false;
	while (next_word(&addresses, &word))
		if (range_read(word, &range) && is_in(at, &range))
			return true;
	return false;
}

static struct text
setting_of(struct arena *into, const struct pack_zone *zone)
{
	return text_format(into, "zone.%.*s.addresses", T_ARG(zone->code));
}

struct error *
signin_zone_addresses(struct look *look, const struct pack_zone *zone, struct text *addresses)
{
	return store_setting(look, setting_of(look->arena, zone), addresses);
}

struct error *
signin_zone_set(struct act *act, const struct pack_zone *zone, const char *field,
		struct text addresses)
{
	struct arena *arena = act->look.arena;
	struct text rest = text_narrow(arena, addresses), kept = T(""), word;
	struct range range;
	size_t count = 0;
	while (next_word(&rest, &word)) {
		if (!range_read(word, &range))
			return reject(field, "「%.*s」はアドレスの範囲として読めません。192.0.2.0/24 や 2001:db8::/32 のように書いてください。",
				      T_ARG(word));
		if (++count > SIGNIN_MOST_RANGES)
			return reject(field, "アドレスの範囲は%d個までです。", SIGNIN_MOST_RANGES);
		kept = kept.len == 0 ? word : text_format(arena, "%.*s %.*s", T_ARG(kept), T_ARG(word));
	}
	TRY(act_set(act, setting_of(arena, zone), kept));
	return act_note(act, &(struct fact){ .act = "settings.zone",
					     .about = { text_format(arena, "zone:%.*s", T_ARG(zone->code)) },
					     .pairs = { { .name = "ranges", .number = (int64_t)count } } });
}
