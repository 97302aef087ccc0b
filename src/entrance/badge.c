/* Badges: a key with a check character, so that a misread one is told (ISO 7064, MOD 37,36). */
#include "entrance/rooms.h"

static const char signs[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
enum { SIGNS = 36, BADGE_MOST = 40 };

static int
value_of(char sign)
{
	if (sign >= '0' && sign <= '9')
		return sign - '0';
	return sign >= 'A' && sign <= 'Z' ? sign - 'A' + 10 : -1;
}

/* The product so far, before the check character; 0 when a sign is none. */
static int
product_of(struct text key)
{
	int product = SIGNS;
	for (size_t at = 0; at < key.len; at++) {
		const int value = value_of(key.data[at]);
		if (value < 0)
			return 0;
		int sum = (product + value) % SIGNS;
		if (sum == 0)
			sum = SIGNS;
		product = 2 * sum % (SIGNS + 1);
	}
	return product;
}

struct text
entrance_badge(struct arena *into, struct text key)
{
	const int check = (SIGNS + 1 - product_of(key)) % SIGNS;
	return text_format(into, "B-%.*s-%c", T_ARG(key), signs[check]);
}

bool
entrance_badge_read(struct arena *into, struct text badge, struct text *key)
{
	const struct text plain = text_trim(text_fold(into, badge));
	char read[BADGE_MOST];
	size_t len = 0;
	if (plain.len > BADGE_MOST)
		return false;
	for (size_t at = 0; at < plain.len; at++)
		if (plain.data[at] != '-' && plain.data[at] != ' ')
			read[len++] = plain.data[at] >= 'a' && plain.data[at] <= 'z'
					      ? (char)(plain.data[at] - 'a' + 'A')
					      : plain.data[at];
	if (len < 4 || read[0] != 'B')
		return false;
	const struct text found = { read + 1, len - 2 };
	const int product = product_of(found), check = value_of(read[len - 1]);
	if (product == 0 || check < 0 || (product + check) % SIGNS != 1)
		return false;
	*key = text_copy(into, found);
	return true;
}
