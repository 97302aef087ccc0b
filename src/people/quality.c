/* How soon a password is guessed. */
#include "people/rooms.h"
#include "people/quality.h"

#include <math.h>
#include <string.h>
#include <zxcvbn.h>

enum { WEIGHED_MOST = 64, OWN_MOST = 6000, ROMAJI_MOST = 400 };

static const double kana_bits = 4.0, ideograph_bits = 8.0, next_bits = 1.0, word_bits = 9.0,
		    own_bits = 4.0;

/* ---- Kana as romaji ---- */

struct sound {
	const char *kana, *hepburn, *kunrei;
};

/* Two signs before one. */
static const struct sound sounds[] = {
	{"きゃ", "kya", "kya"}, {"きゅ", "kyu", "kyu"}, {"きょ", "kyo", "kyo"},
	{"しゃ", "sha", "sya"}, {"しゅ", "shu", "syu"}, {"しょ", "sho", "syo"},
	{"ちゃ", "cha", "tya"}, {"ちゅ", "chu", "tyu"}, {"ちょ", "cho", "tyo"},
	{"にゃ", "nya", "nya"}, {"にゅ", "nyu", "nyu"}, {"にょ", "nyo", "nyo"},
	{"ひゃ", "hya", "hya"}, {"ひゅ", "hyu", "hyu"}, {"ひょ", "hyo", "hyo"},
	{"みゃ", "mya", "mya"}, {"みゅ", "myu", "myu"}, {"みょ", "myo", "myo"},
	{"りゃ", "rya", "rya"}, {"りゅ", "ryu", "ryu"}, {"りょ", "ryo", "ryo"},
	{"ぎゃ", "gya", "gya"}, {"ぎゅ", "gyu", "gyu"}, {"ぎょ", "gyo", "gyo"},
	{"じゃ", "ja", "zya"},  {"じゅ", "ju", "zyu"},  {"じょ", "jo", "zyo"},
	{"びゃ", "bya", "bya"}, {"びゅ", "byu", "byu"}, {"びょ", "byo", "byo"},
	{"ぴゃ", "pya", "pya"}, {"ぴゅ", "pyu", "pyu"}, {"ぴょ", "pyo", "pyo"},
	{"ふぁ", "fa", "fa"},   {"ふぃ", "fi", "fi"},   {"てぃ", "ti", "thi"},
	{"あ", "a", "a"},       {"い", "i", "i"},       {"う", "u", "u"},
	{"え", "e", "e"},       {"お", "o", "o"},       {"か", "ka", "ka"},
	{"き", "ki", "ki"},     {"く", "ku", "ku"},     {"け", "ke", "ke"},
	{"こ", "ko", "ko"},     {"さ", "sa", "sa"},     {"し", "shi", "si"},
	{"す", "su", "su"},     {"せ", "se", "se"},     {"そ", "so", "so"},
	{"た", "ta", "ta"},     {"ち", "chi", "ti"},    {"つ", "tsu", "tu"},
	{"て", "te", "te"},     {"と", "to", "to"},     {"な", "na", "na"},
	{"に", "ni", "ni"},     {"ぬ", "nu", "nu"},     {"ね", "ne", "ne"},
	{"の", "no", "no"},     {"は", "ha", "ha"},     {"ひ", "hi", "hi"},
	{"ふ", "fu", "hu"},     {"へ", "he", "he"},     {"ほ", "ho", "ho"},
	{"ま", "ma", "ma"},     {"み", "mi", "mi"},     {"む", "mu", "mu"},
	{"め", "me", "me"},     {"も", "mo", "mo"},     {"や", "ya", "ya"},
	{"ゆ", "yu", "yu"},     {"よ", "yo", "yo"},     {"ら", "ra", "ra"},
	{"り", "ri", "ri"},     {"る", "ru", "ru"},     {"れ", "re", "re"},
	{"ろ", "ro", "ro"},     {"わ", "wa", "wa"},     {"を", "wo", "wo"},
	{"ん", "n", "n"},       {"が", "ga", "ga"},     {"ぎ", "gi", "gi"},
	{"ぐ", "gu", "gu"},     {"げ", "ge", "ge"},     {"ご", "go", "go"},
	{"ざ", "za", "za"},     {"じ", "ji", "zi"},     {"ず", "zu", "zu"},
	{"ぜ", "ze", "ze"},     {"ぞ", "zo", "zo"},     {"だ", "da", "da"},
	{"ぢ", "ji", "di"},     {"づ", "zu", "du"},     {"で", "de", "de"},
	{"ど", "do", "do"},     {"ば", "ba", "ba"},     {"び", "bi", "bi"},
	{"ぶ", "bu", "bu"},     {"べ", "be", "be"},     {"ぼ", "bo", "bo"},
	{"ぱ", "pa", "pa"},     {"ぴ", "pi", "pi"},     {"ぷ", "pu", "pu"},
	{"ぺ", "pe", "pe"},     {"ぽ", "po", "po"},
};

static const struct sound *
sound_at(struct text kana)
{
	for (size_t at = 0; at < sizeof sounds / sizeof *sounds; at++)
		if (text_starts(kana, text_of(sounds[at].kana)))
			return &sounds[at];
	return NULL;
}

static size_t
put_sound(char *out, size_t len, const char *letters, bool is_double)
{
	if (is_double)
		out[len++] = letters[0];
	for (; *letters != '\0'; letters++)
		out[len++] = *letters;
	return len;
}

/* おう and おお as one o, うう as one u. */
static bool
is_long(const char *out, size_t len, const char *letters)
{
	if (len == 0 || letters[1] != '\0')
		return false;
	return (out[len - 1] == 'o' && (letters[0] == 'u' || letters[0] == 'o')) ||
	       (out[len - 1] == 'u' && letters[0] == 'u');
}

struct text
kana_romaji(struct arena *into, struct text kana, enum romaji how)
{
	const struct text folded =
		text_fold(into, text_first(kana, kana.len < ROMAJI_MOST ? kana.len : 0));
	char *out = arena_get(into, 1, folded.len * 2 + 8);
	size_t len = 0, at = 0;
	bool is_double = false;
	while (at < folded.len) {
		const struct text rest = text_from(folded, at);
		const struct sound *sound = sound_at(rest);
		uint32_t skipped;
		if (sound == NULL) {
			is_double = text_starts(rest, T("っ"));
			text_next(folded, &at, &skipped);
			continue;
		}
		const char *letters = how == ROMAJI_KUNREI ? sound->kunrei : sound->hepburn;
		at += strlen(sound->kana);
		if (how == ROMAJI_SHORT && is_long(out, len, letters))
			continue;
		len = put_sound(out, len, letters, is_double);
		is_double = false;
	}
	return (struct text){out, len};
}

/* ---- ASCII: zxcvbn, told our words ---- */

/* The words as zxcvbn wants them; the body's and the person's own come first, being the
 * likeliest. */
static const char **
known_words(struct arena *arena, const struct text *own, size_t count)
{
	size_t words = 0, made = 0;
	while (password_words[words] != NULL)
		words++;
	const char **known =
		ARENA_ARRAY(arena, const char *, (words + count) * ROMAJI_COUNT + count + 1);
	for (size_t at = 0; at < count; at++) {
		if (own[at].len >= 3 && (unsigned char)own[at].data[0] < 0x80)
			known[made++] = text_z(arena, own[at]);
		for (int how = 0; how < ROMAJI_COUNT; how++) {
			const struct text romaji = kana_romaji(arena, own[at], how);
			if (romaji.len >= 3)
				known[made++] = text_z(arena, romaji);
		}
	}
	for (size_t at = 0; at < words; at++)
		for (int how = 0; how < ROMAJI_COUNT; how++) {
			const struct text romaji =
				kana_romaji(arena, text_of(password_words[at]), how);
			if (romaji.len >= 3)
				known[made++] = text_z(arena, romaji);
		}
	known[made] = NULL;
	return known;
}

/* ---- Everything else ---- */

struct weighing {
	struct arena *arena;
	struct text *own; /* folded */
	size_t own_count;
	const char **known;
};

static bool
is_kana(uint32_t character)
{
	return character >= 0x3041 && character <= 0x30ff;
}

/* The same as the one before, or the next in the row: ああ, あい, かき, 一一. */
static bool
is_next(uint32_t before, uint32_t character)
{
	return character == before || character == before + 1 ||
	       (is_kana(character) && character == before + 2);
}

static double
sign_bits(uint32_t before, uint32_t character)
{
	if (before != 0 && is_next(before, character))
		return next_bits;
	return is_kana(character) ? kana_bits : ideograph_bits;
}

/* The least bits with which the text up to a byte is made, and the word that ends there. */
struct made {
	double bits;
	struct text last;
};

static void
reach(struct made *made, size_t from, struct text word, double bits)
{
	struct made *to = &made[from + word.len];
	if (text_same(made[from].last, word))
		bits = next_bits;
	if (made[from].bits + bits < to->bits)
		*to = (struct made){made[from].bits + bits, word};
}

static void
reach_words(const struct weighing *weighing, struct made *made, struct text run, size_t at)
{
	const struct text rest = text_from(run, at);
	for (size_t word = 0; word < weighing->own_count; word++)
		if (weighing->own[word].len != 0 && text_starts(rest, weighing->own[word]))
			reach(made, at, weighing->own[word], own_bits);
	for (size_t word = 0; password_words[word] != NULL; word++)
		if (text_starts(rest, text_of(password_words[word])))
			reach(made, at, text_of(password_words[word]), word_bits);
}

static double
run_bits(const struct weighing *weighing, struct text run)
{
	struct made *made = ARENA_ARRAY(weighing->arena, struct made, run.len + 1);
	uint32_t before = 0, character;
	for (size_t at = 1; at <= run.len; at++)
		made[at].bits = INFINITY;
	made[0] = (struct made){0};
	for (size_t at = 0; at < run.len;) {
		size_t next = at;
		text_next(run, &next, &character);
		reach_words(weighing, made, run, at);
		reach(made, at, (struct text){run.data + at, next - at},
		      sign_bits(before, character));
		before = character;
		at = next;
	}
	return made[run.len].bits;
}

static bool
is_ascii(char byte)
{
	return (unsigned char)byte < 0x80;
}

double
password_bits(struct text password, const struct text *own, size_t count)
{
	ARENA_SCOPED arena = arena_open((size_t)16 << 20);
	struct text narrow = text_plain(arena, password);
	size_t bad_at;
	double bits = 0;
	narrow = text_first(narrow,
			    narrow.len < WEIGHED_MOST * 3 ? narrow.len : WEIGHED_MOST * 3);
	if (!text_is_utf8(narrow, &bad_at))
		narrow = text_first(narrow, bad_at);
	struct weighing weighing = {.arena = arena,
				    .own_count = count < OWN_MOST ? count : OWN_MOST};
	weighing.own = ARENA_ARRAY(arena, struct text, weighing.own_count + 1);
	for (size_t at = 0; at < weighing.own_count; at++)
		weighing.own[at] = text_fold(arena, own[at]);
	weighing.known = known_words(arena, own, weighing.own_count);
	for (size_t at = 0, end; at < narrow.len; at = end) {
		const bool ascii = is_ascii(narrow.data[at]);
		for (end = at; end < narrow.len && is_ascii(narrow.data[end]) == ascii; end++)
			;
		const struct text run = {narrow.data + at, end - at};
		if (ascii)
			bits += ZxcvbnMatch(
				text_z(arena,
				       text_first(run, run.len < WEIGHED_MOST ? run.len
									      : WEIGHED_MOST)),
				weighing.known, NULL);
		else
			bits += run_bits(&weighing, text_fold(arena, run));
	}
	return bits;
}
