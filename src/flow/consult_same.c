/* Serial numbers and addresses as people and machines write them, compared. */
#include "flow/consult.h"

#include "base/writer.h"

enum { GROUPS_MOST = 64, MAC_DIGITS = 12 };

/* A value without its separators, and where they stood in it. */
struct split {
	struct text joined;
	size_t at[GROUPS_MOST]; /* in `joined` */
	size_t count;
};

static bool
is_separator(uint32_t character)
{
	switch (character) {
	case ' ':
	case '-':
	case ':':
	case '.':
	case '/':
	case '_':
	case 0x2212: /* − */
	case 0x30FC: /* ー, typed for a hyphen */
		return true;
	default:
		return character >= 0x2010 && character <= 0x2015;
	}
}

static struct split
split_of(struct arena *arena, struct text value)
{
	const struct text folded = text_fold(arena, value);
	struct split split = { 0 };
	struct writer out = writer_open(arena, folded.len + 1);
	uint32_t character;
	bool is_between = false;
	for (size_t at = 0; text_next(folded, &at, &character);) {
		if (is_separator(character)) {
			is_between = out.len != 0;
			continue;
		}
		if (is_between && split.count < GROUPS_MOST)
			split.at[split.count++] = out.len;
		is_between = false;
		write_character(&out, character);
	}
	split.joined = writer_text(&out);
	return split;
}

static bool
is_mac(struct text joined)
{
	for (size_t at = 0; at < joined.len; at++) {
		const char byte = joined.data[at];
		if (!((byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f')))
			return false;
	}
	return joined.len == MAC_DIGITS;
}

struct text
consult_fold(struct arena *into, struct text value)
{
	return split_of(into, value).joined;
}

bool
consult_same(struct arena *arena, struct text a, struct text b)
{
	const struct split one = split_of(arena, a), other = split_of(arena, b);
	if (one.joined.len == 0 || !text_same(one.joined, other.joined))
		return false;
	if (one.count == 0 || other.count == 0 || is_mac(one.joined))
		return true;
	if (one.count != other.count)
		return false;
	for (size_t at = 0; at < one.count; at++)
		if (one.at[at] != other.at[at])
			return false;
	return true;
}
