#include "policy/lint.h"

#include "base/writer.h"

#include <stdlib.h>

/* Citations: does the printed number exist, and does it lead to what the sentence speaks of? */

static bool
is_latin(uint32_t character)
{
	return character >= 'a' && character <= 'z';
}

static bool
is_digit(uint32_t character)
{
	return character >= '0' && character <= '9';
}

/* 〇一二三四五六七八九 as 0 to 9; ten and above by kanji_number(). */
static int
kanji_digit(uint32_t character)
{
	static const uint32_t digits[] = {0x3007, 0x4e00, 0x4e8c, 0x4e09, 0x56db,
					  0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d};

	for (int i = 0; i < 10; i++)
		if (digits[i] == character)
			return i;
	return -1;
}

int64_t
kanji_number(struct text text, size_t *at)
{
	static const uint32_t places[] = {0x5341, 0x767e, 0x5343}; /* 十 百 千 */
	static const int64_t worth[] = {10, 100, 1000};
	int64_t total = 0;
	int64_t digit = -1;
	size_t next = *at;
	uint32_t character;
	bool is_number = false;

	while (text_next(text, &next, &character) && total < 1000000) {
		size_t place = 0;
		while (place < 3 && places[place] != character)
			place++;
		if (place < 3) {
			total += (digit < 0 ? 1 : digit) * worth[place];
			digit = -1;
		} else if (kanji_digit(character) >= 0) {
			/* 二六 is 26 as well as 二十六. */
			digit = (digit < 0 ? 0 : digit * 10) + kanji_digit(character);
		} else {
			break;
		}
		is_number = true;
		*at = next;
	}
	return is_number ? total + (digit < 0 ? 0 : digit) : -1;
}

/* A kana that may count items: あ to ん, after folding. */
static bool
is_kana(uint32_t character)
{
	return character >= 0x3041 && character <= 0x3093;
}

static void
write_piece(struct writer *out, struct text piece)
{
	if (out->len > 0)
		write_byte(out, '.');
	write_text(out, piece);
}

struct text
number_key(struct arena *into, struct text printed)
{
	const struct text folded = text_fold(into, printed);
	struct writer out = writer_open(into, 4096);
	uint32_t character;

	for (size_t at = 0; at < folded.len;) {
		const size_t begin = at;
		size_t number_end = at;
		const int64_t number = kanji_number(folded, &number_end);
		if (number >= 0) {
			write_piece(&out, text_number(into, number));
			at = number_end;
			continue;
		}
		(void)text_next(folded, &at, &character);
		if (is_digit(character) || is_latin(character)) {
			const bool is_number = is_digit(character);
			while (at < folded.len &&
			       (is_number ? is_digit((uint8_t)folded.data[at])
					  : is_latin((uint8_t)folded.data[at])))
				at++;
			write_piece(&out, text_first(text_from(folded, begin), at - begin));
		} else if (is_kana(character) || character == 0x203b) { /* ※ */
			write_piece(&out, text_first(text_from(folded, begin), at - begin));
		}
	}
	return writer_text(&out);
}

static int
named_order(const void *a, const void *b)
{
	const struct named *one = a;
	const struct named *two = b;
	const int names = text_order(one->name, two->name);

	return names != 0 ? names : (one->thing > two->thing) - (one->thing < two->thing);
}

/* Every clause by the key of its printed number. */
static struct named *
by_number(struct reading *reading, size_t *count)
{
	const struct pack *pack = reading->pack;
	struct named *list =
		ARENA_ARRAY(reading->scratch, struct named, pack->clauses_count + 1);

	*count = 0;
	for (size_t i = 0; i < pack->clauses_count; i++) {
		const struct text key = number_key(reading->scratch, pack->clauses[i].number);
		if (key.len > 0)
			list[(*count)++] = (struct named){key, &pack->clauses[i]};
	}
	qsort(list, *count, sizeof(*list), named_order);
	return list;
}

/* The clauses with this key: the first of them in the sorted list, or NULL. */
static const struct named *
first_with(const struct named *list, size_t count, struct text key)
{
	size_t low = 0;

	for (size_t high = count; low < high;) {
		const size_t middle = low + (high - low) / 2;
		if (text_order(list[middle].name, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < count && text_same(list[low].name, key) ? &list[low] : NULL;
}

/* What kind of writing a character belongs to; words end where it changes. 0: none. */
static int
writing_of(uint32_t character)
{
	if (is_latin(character) || is_digit(character))
		return 1;
	if (character >= 0x4e00 && character <= 0x9fff)
		return 2;
	return character == 0x30fc ? 3 : 0; /* ー, only behind folded katakana */
}

/* Is one of the words (runs of kanji or Latin letters, two characters and more) in the text? */
static bool
shares_a_word(struct text words, struct text text)
{
	uint32_t character;
	size_t begin = 0;
	size_t length = 0;
	int writing = 0;
	bool has_words = false;

	for (size_t at = 0, before = 0; at <= words.len; before = at) {
		const bool is_more = text_next(words, &at, &character);
		const int now = is_more ? writing_of(character) : 0;
		if (now == writing && is_more) {
			length++;
			continue;
		}
		if (writing != 0 && length >= 2) {
			has_words = true;
			if (text_has(text, text_first(text_from(words, begin), before - begin)))
				return true;
		}
		if (!is_more)
			break;
		begin = before;
		length = 1;
		writing = now;
	}
	return !has_words;
}

/* What a clause is about: its own words, and the heading above a duty without a title. */
static struct text
subject_of(struct arena *into, const struct pack_clause *clause)
{
	struct text text = text_join(into, clause->title.ja, clause->duty.ja);

	if (clause->title.ja.len == 0 && clause->parent != NULL)
		text = text_join(into, text, clause->parent->title.ja);
	return text_fold(into, text);
}

static void
lint_found(struct reading *reading, const struct pack_clause *clause,
	   const struct pack_reference *reference, const struct named *found,
	   const struct named *end)
{
	struct arena *scratch = reading->scratch;
	const struct pack_clause *first = found->thing;
	const struct text subject = text_fold(scratch, reference->subject.ja);
	bool is_meant = false;

	for (const struct named *at = found; at < end && text_same(at->name, found->name); at++)
		is_meant = is_meant ||
			   (reference->to != NULL
				    ? clause_is_under(reference->to, at->thing)
				    : shares_a_word(subject, subject_of(scratch, at->thing)));
	if (is_meant)
		return;
	const struct text about = first->title.ja.len > 0 ? first->title.ja : first->duty.ja;
	if (reference->to != NULL)
		note(reading, reference, "reference-wrong",
		     "条項「%.*s」は「%.*s」を引いていますが、それは%.*sです。%.*s のことでは"
		     "ありませんか。",
		     T_ARG(clause->id), T_ARG(reference->printed), T_ARG(about),
		     T_ARG(reference->to->number));
	else
		note(reading, reference, "reference-wrong",
		     "条項「%.*s」は%.*sのこととして「%.*s」を引いていますが、それは%.*sです。"
		     "本当の相手を to に書いてください。",
		     T_ARG(clause->id), T_ARG(reference->subject.ja), T_ARG(reference->printed),
		     T_ARG(about));
}

static void
lint_reference(struct reading *reading, const struct pack_clause *clause,
	       const struct pack_reference *reference, const struct named *list, size_t count)
{
	const struct text key = number_key(reading->scratch, reference->printed);
	const struct named *found = key.len > 0 ? first_with(list, count, key) : NULL;

	if (found != NULL)
		lint_found(reading, clause, reference, found, list + count);
	else if (reference->to != NULL)
		note(reading, reference, "reference-dangles",
		     "条項「%.*s」が引く「%.*s」はこの文書にありません。%.*s "
		     "のことではありませんか。",
		     T_ARG(clause->id), T_ARG(reference->printed),
		     T_ARG(reference->to->number));
	else
		note(reading, reference, "reference-dangles",
		     "条項「%.*s」が引く「%.*s」はこの文書にありません。何を指すかが分かったら "
		     "to "
		     "に書いてください。",
		     T_ARG(clause->id), T_ARG(reference->printed));
}

void
lint_references(struct reading *reading)
{
	const struct pack *pack = reading->pack;
	size_t count;
	const struct named *list = by_number(reading, &count);

	for (size_t i = 0; i < pack->clauses_count; i++)
		for (size_t j = 0; j < pack->clauses[i].references_count; j++)
			lint_reference(reading, &pack->clauses[i],
				       &pack->clauses[i].references[j], list, count);
}
