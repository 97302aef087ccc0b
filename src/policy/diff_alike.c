/* How alike two texts are, and what is different word by word. */
#include "policy/diff_rooms.h"

#include <stdlib.h>

enum { CHARACTERS_MOST = 8000 };

static int
by_pair(const void *a, const void *b)
{
	const uint64_t *left = a, *right = b;
	return (*left > *right) - (*left < *right);
}

static bool
is_space(uint32_t character)
{
	return character == ' ' || character == '\t' || character == '\n' || character == 0x3000;
}

struct pairs
pairs_of(struct arena *into, struct text text)
{
	uint32_t character, before = 0;
	const size_t most = text_count(text) < CHARACTERS_MOST ? text_count(text) : CHARACTERS_MOST;
	struct pairs pairs = { .at = ARENA_ARRAY(into, uint64_t, most + 1) };
	for (size_t at = 0; pairs.count < most && text_next(text, &at, &character);) {
		if (is_space(character))
			continue;
		pairs.at[pairs.count++] = (uint64_t)before << 32 | character;
		before = character;
	}
	qsort(pairs.at, pairs.count, sizeof *pairs.at, by_pair);
	return pairs;
}

int
pairs_alike(const struct pairs *a, const struct pairs *b)
{
	size_t same = 0;
	if (a->count + b->count == 0)
		return 1000;
	for (size_t left = 0, right = 0; left < a->count && right < b->count;) {
		if (a->at[left] == b->at[right]) {
			same++;
			left++;
			right++;
		} else if (a->at[left] < b->at[right]) {
			left++;
		} else {
			right++;
		}
	}
	return (int)(2000 * same / (a->count + b->count)); /* at most 1000 */
}

int
text_alike(struct arena *scratch, struct text a, struct text b)
{
	const struct pairs left = pairs_of(scratch, a), right = pairs_of(scratch, b);
	return pairs_alike(&left, &right);
}

/* ---- Words ---- */

enum script { SCRIPT_NONE, SCRIPT_LATIN, SCRIPT_HIRAGANA, SCRIPT_KATAKANA, SCRIPT_HAN, SCRIPT_OTHER };

static enum script
script_of(uint32_t character)
{
	if ((character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
	    (character >= 'a' && character <= 'z') || character == '-' || character == '_' ||
	    (character >= 0xC0 && character < 0x250) || (character >= 0xFF10 && character <= 0xFF5A))
		return SCRIPT_LATIN;
	if (character >= 0x3041 && character <= 0x309F)
		return SCRIPT_HIRAGANA;
	if (character >= 0x30A0 && character <= 0x30FF)
		return SCRIPT_KATAKANA;
	if ((character >= 0x3400 && character <= 0x9FFF) || character == 0x3005 ||
	    character >= 0x20000)
		return SCRIPT_HAN;
	return SCRIPT_OTHER;
}

struct word_list {
	struct text *at;
	size_t count;
};

static struct word_list
words_of(struct arena *into, struct text text)
{
	struct word_list words = { .at = ARENA_ARRAY(into, struct text, text_count(text) + 1) };
	enum script last = SCRIPT_NONE;
	uint32_t character;
	for (size_t at = 0, begin = 0; begin = at, text_next(text, &at, &character);) {
		const enum script script = script_of(character);
		/* Signs and spaces stand alone. */
		if (script == last && script != SCRIPT_OTHER)
			words.at[words.count - 1].len += at - begin;
		else
			words.at[words.count++] = (struct text){ text.data + begin, at - begin };
		last = script;
	}
	return words;
}

struct pieces {
	struct diff_piece *at;
	size_t count;
};

static void
put(struct pieces *pieces, enum piece_kind kind, struct text word)
{
	struct diff_piece *last = pieces->count > 0 ? &pieces->at[pieces->count - 1] : NULL;
	if (word.len == 0)
		return;
	/* Neighbours in their text are neighbours in memory. */
	if (last != NULL && last->kind == kind && last->text.data + last->text.len == word.data)
		last->text.len += word.len;
	else
		pieces->at[pieces->count++] = (struct diff_piece){ kind, word };
}

/* Longest common subsequence, by the table of lengths from the end. */
static void
align(struct arena *scratch, const struct word_list *a, const struct word_list *b,
      struct pieces *pieces)
{
	const size_t wide = b->count + 1;
	uint16_t *lengths = ARENA_ARRAY(scratch, uint16_t, (a->count + 1) * wide);
	for (size_t left = a->count; left-- > 0;)
		for (size_t right = b->count; right-- > 0;) {
			const uint16_t down = lengths[(left + 1) * wide + right];
			const uint16_t along = lengths[left * wide + right + 1];
			const bool is_same = text_same(a->at[left], b->at[right]);
			/* bounded by PIECES_MOST_WORDS */
			const uint16_t here = (uint16_t)(lengths[(left + 1) * wide + right + 1] + 1);
			lengths[left * wide + right] = is_same ? here : down > along ? down : along;
		}
	size_t left = 0, right = 0;
	while (left < a->count && right < b->count) {
		if (text_same(a->at[left], b->at[right])) {
			put(pieces, PIECE_SAME, b->at[right++]);
			left++;
		} else if (lengths[(left + 1) * wide + right] >= lengths[left * wide + right + 1]) {
			put(pieces, PIECE_GONE, a->at[left++]);
		} else {
			put(pieces, PIECE_NEW, b->at[right++]);
		}
	}
	while (left < a->count)
		put(pieces, PIECE_GONE, a->at[left++]);
	while (right < b->count)
		put(pieces, PIECE_NEW, b->at[right++]);
}

struct diff_piece *
diff_words(struct arena *into, struct text before, struct text after, size_t *count)
{
	ARENA_SCOPED scratch = arena_open((size_t)64 << 20);
	const struct word_list a = words_of(scratch, before), b = words_of(scratch, after);
	struct pieces pieces = { .at = ARENA_ARRAY(into, struct diff_piece, a.count + b.count + 1) };
	if (a.count > PIECES_MOST_WORDS || b.count > PIECES_MOST_WORDS) {
		put(&pieces, PIECE_GONE, before);
		put(&pieces, PIECE_NEW, after);
	} else {
		align(scratch, &a, &b, &pieces);
	}
	*count = pieces.count;
	return pieces.at;
}
