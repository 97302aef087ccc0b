/* Keys as they are compared. */
#include "reconcile/match.h"

#include "base/writer.h"

/* Signs that people write for a hyphen, or leave out. */
static bool
is_stroke(uint32_t character)
{
	static const uint32_t strokes[] = {
		'-', 0x00AD /* soft hyphen */, 0x2212 /* minus */, 0x2500 /* box drawing */,
		0x30FC /* long vowel */, 0xFF0D, 0xFF70,
	};
	if (character >= 0x2010 && character <= 0x2015) /* hyphens and dashes */
		return true;
	for (size_t at = 0; at < sizeof strokes / sizeof *strokes; at++)
		if (character == strokes[at])
			return true;
	return false;
}

static bool
is_plain(struct text cell)
{
	for (size_t at = 0; at < cell.len; at++)
		if ((unsigned char)cell.data[at] >= 0x80)
			return false;
	return true;
}

/* Most keys are plain letters and digits: no tables of Unicode are asked. */
static struct text
plain_normal(struct arena *into, struct text cell)
{
	char *made = arena_bytes(into, cell.len + 1);
	size_t len = 0;
	for (size_t at = 0; at < cell.len; at++) {
		const char one = cell.data[at];
		if (one == ' ' || one == '-' || (one >= '\t' && one <= '\r'))
			continue;
		/* One of 26 letters. */
		made[len++] = one >= 'A' && one <= 'Z' ? (char)(one - 'A' + 'a') : one;
	}
	return (struct text){ made, len };
}

/* Full-width letters and digits, and strokes, are most of what else there is: false for anything more. */
static bool
narrow_normal(struct arena *into, struct text cell, struct text *made)
{
	char *narrow = arena_bytes(into, cell.len + 1);
	size_t at = 0, len = 0;
	uint32_t character;
	while (text_next(cell, &at, &character)) {
		if (character >= 0xFF01 && character <= 0xFF5E)
			character -= 0xFEE0;
		if (character == 0x3000 || is_stroke(character))
			continue;
		if (character >= 0x80)
			return false;
		narrow[len++] = (char)character; /* below 0x80 */
	}
	*made = plain_normal(into, (struct text){ narrow, len });
	return true;
}

static struct text
wide_normal(struct arena *into, struct text cell)
{
	const struct text folded = text_fold(into, cell);
	struct writer out = writer_open(into, folded.len + 1);
	size_t at = 0, from = 0;
	uint32_t character;
	while (text_next(folded, &at, &character)) {
		if (!is_stroke(character) && character != ' ')
			write_text(&out, text_first(text_from(folded, from), at - from));
		from = at;
	}
	return writer_text(&out);
}

struct text
reconcile_normal(struct arena *into, struct text cell, bool drops_zeros)
{
	struct text made = T("");
	cell = text_trim(cell);
	if (cell.len != 0 && cell.data[0] == '\'')
		cell = text_from(cell, 1);
	if (is_plain(cell))
		made = plain_normal(into, cell);
	else if (!narrow_normal(into, cell, &made))
		made = wide_normal(into, cell);
	while (drops_zeros && made.len > 1 && made.data[0] == '0')
		made = text_from(made, 1);
	return made;
}
