/* What a line begins with: the numbering styles of Japanese policies, and notes. */
#include "draft/rooms.h"

#include <string.h>

static const char aiueo[] = "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミム"
			    "メモヤユヨラリルレロワ";
static const char iroha[] = "イロハニホヘトチリヌルヲワカヨタレソツネナラムウ";
static const char kanji_digits[] = "一二三四五六七八九十";

/* The place of the character in a row of three-byte characters, from 1; 0: not in it. */
static int
place_in(const char *row, uint32_t wanted)
{
	uint32_t c;
	int place = 0;
	const struct text text = text_of(row);
	for (size_t at = 0; text_next(text, &at, &c);) {
		place++;
		if (c == wanted)
			return place;
	}
	return 0;
}

/* 十二 is 12, 二十 is 20; 0 when it is no number. */
static int
kanji_at(struct text text, size_t *at)
{
	int number = 0, digit = 0, place;
	uint32_t c;
	for (size_t next = *at; text_next(text, &next, &c); *at = next) {
		place = place_in(kanji_digits, c);
		if (place == 0)
			break;
		if (place == 10) {
			number += (digit == 0 ? 1 : digit) * 10;
			digit = 0;
		} else {
			digit = place;
		}
	}
	return number + digit;
}

static int
number_or_kanji(struct text text, size_t *at)
{
	skip_spaces(text, at);
	const int number = number_at(text, at);
	const int found = number > 0 ? number : kanji_at(text, at);
	skip_spaces(text, at);
	return found;
}

static bool
take_z(struct text text, size_t *at, const char *z)
{
	if (!starts_z(text_from(text, *at), z))
		return false;
	*at += strlen(z);
	return true;
}

/* 第…章, 第…節, 第…条の…; the rest decides what follows. */
static size_t
read_law(struct text text, struct token *token)
{
	static const struct {
		const char *word;
		enum style style;
	} units[] = {{"編", STYLE_CHAPTER},
		     {"章", STYLE_CHAPTER},
		     {"節", STYLE_SECTION},
		     {"款", STYLE_SECTION},
		     {"条", STYLE_ARTICLE}};
	size_t at = 0;
	if (!take_z(text, &at, "第"))
		return 0;
	token->value = number_or_kanji(text, &at);
	for (size_t i = 0; token->value > 0 && i < sizeof units / sizeof *units; i++) {
		if (!take_z(text, &at, units[i].word))
			continue;
		token->style = units[i].style;
		token->path[token->path_len++] = token->value;
		size_t behind = at;
		if (token->style == STYLE_ARTICLE && take_z(text, &behind, "の")) {
			const int second = number_or_kanji(text, &behind);
			if (second > 0) {
				token->path[token->path_len++] = second;
				at = behind;
			}
		}
		/* 第3条の規定, 第2章に定める: a citation that a line happens to begin with. */
		const struct text rest = text_from(text, at);
		const bool is_cited =
			starts_any(rest, "の|に|第|を|か|及|又|、|で|と|は|、|。|)|各|本").len >
			0;
		return is_cited ? 0 : at;
	}
	return 0;
}

/* 1.1 2018/4/1 …: a version in the table of revisions. */
static bool
is_history(struct text rest)
{
	size_t at = 0;
	const int year = number_at(rest, &at);
	return (year > 1900 && year < 2200 &&
		starts_any(text_from(rest, at), "/|.|-|年").len > 0) ||
	       (has_any(rest, "\t").len > 0 &&
		starts_any(rest, "明治|大正|昭和|平成|令和").len > 0);
}

/* 1. 1.2. 1-2-3 1) and 1 followed by a space. */
static size_t
read_decimal(struct text text, struct token *token)
{
	size_t at = 0;
	char joint = 0;
	for (;;) {
		const size_t was = at;
		const int part = number_at(text, &at);
		if (part == 0 || part > 999 || at - was > 3 || text.data[was] == '0' ||
		    token->path_len == MOST_PATH)
			return 0;
		token->path[token->path_len++] = part;
		if (at < text.len && text.data[at] == '.' && joint != '-') {
			joint = '.';
			at++;
		} else if (at + 1 < text.len && text.data[at] == '-' && joint != '.' &&
			   text.data[at + 1] >= '0' && text.data[at + 1] <= '9') {
			joint = '-';
			at++;
		} else {
			break;
		}
		if (at >= text.len || text.data[at] < '0' || text.data[at] > '9')
			break;
	}
	token->value = token->path[token->path_len - 1];
	if (is_history(text_trim(text_from(text, at))))
		return 0;
	if (token->path_len == 1 && take_z(text, &at, ")")) {
		token->style = STYLE_RIGHT;
		return at;
	}
	const uint32_t next = first_character(text_from(text, at));
	const bool is_bare = joint == 0 || text.data[at - 1] != '.';
	if (is_bare && next != ' ' && next != '\t')
		return 0;
	token->style = STYLE_DECIMAL;
	return at;
}

/* What may stand between parentheses, or before a closing one. */
static size_t
read_inner(struct text text, size_t at, struct token *token)
{
	uint32_t c = 0;
	size_t behind = at;
	skip_spaces(text, &behind);
	const int number = number_at(text, &behind);
	if (number > 0) {
		token->style = STYLE_PAREN;
		token->value = number;
		return behind;
	}
	if (!text_next(text, &behind, &c))
		return 0;
	if (c >= 'a' && c <= 'z') {
		token->style = STYLE_LETTER;
		token->value = (int)(c - 'a') + 1;
	} else if (place_in(aiueo, c) > 0 || place_in(iroha, c) > 0) {
		token->style = STYLE_KANA;
		token->value = place_in(aiueo, c);
		token->iroha = place_in(iroha, c);
	} else if (place_in(kanji_digits, c) > 0) {
		behind = at;
		token->style = STYLE_KANJI;
		token->value = kanji_at(text, &behind);
	} else {
		return 0;
	}
	skip_spaces(text, &behind);
	return behind;
}

static size_t
read_parenthesis(struct text text, struct token *token)
{
	const bool is_open = text.len > 0 && text.data[0] == '(';
	size_t at = read_inner(text, is_open ? 1 : 0, token);
	if (at > 0 && take_z(text, &at, ")") &&
	    (is_open || token->style == STYLE_LETTER || token->style == STYLE_KANA))
		return at;
	return 0;
}

/* ア and 一 followed by a space. */
static size_t
read_bare(struct text text, struct token *token)
{
	const size_t at = read_inner(text, 0, token);
	if (at > 0 && at < text.len && token->style != STYLE_PAREN &&
	    token->style != STYLE_LETTER &&
	    (text.data[at - 1] == ' ' || text.data[at - 1] == '\t'))
		return at;
	return 0;
}

static size_t
read_sign(struct text text, struct token *token)
{
	uint32_t c = first_character(text);
	size_t at = 0;
	if (c >= 0x2460 && c <= 0x2473) {
		token->style = STYLE_CIRCLE;
		token->value = (int)(c - 0x2460) + 1;
	} else if (c >= 0x2474 && c <= 0x2487) {
		token->style = STYLE_PAREN;
		token->value = (int)(c - 0x2474) + 1;
	} else if (c >= 0x249C && c <= 0x24B5) {
		token->style = STYLE_LETTER;
		token->value = (int)(c - 0x249C) + 1;
	} else if (c == 0x30FB || c == 0x2022 || c == 0x25E6 || c == 0x25AA) {
		token->style = STYLE_BULLET;
	} else if (c == 0x300A || c == 0x25CF || c == 0x25A0 || c == 0x25C6 || c == 0x25CE) {
		token->style = STYLE_HEADING;
		if (!is_titlelike(text))
			return 0;
	} else {
		return 0;
	}
	(void)text_next(text, &at, &c);
	return at;
}

static const struct token nothing;

static struct token
try_each(struct text text, size_t *len)
{
	static size_t (*const readers[])(struct text, struct token *) = {
		read_law, read_decimal, read_parenthesis, read_bare, read_sign};
	for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
		struct token token = nothing;
		*len = readers[i](text, &token);
		if (*len > 0)
			return token;
	}
	*len = 0;
	return nothing;
}

/* As many characters of the raw line as the plain one lost; both were trimmed the same. */
static struct text
raw_behind(struct text raw, size_t characters)
{
	uint32_t c;
	size_t at = 0;
	while (characters-- > 0 && text_next(raw, &at, &c))
		;
	return text_trim(text_from(raw, at));
}

static struct text
unbulleted(struct text plain)
{
	if (starts_z(plain, "- ") || starts_z(plain, "* "))
		return text_trim(text_from(plain, 2));
	return plain;
}

struct token
token_read(const struct line *line)
{
	size_t len;
	const struct text text = unbulleted(line->plain);
	const size_t cut = line->plain.len - text.len;
	struct token token = try_each(text, &len);
	struct text rest = text_trim(text_from(text, len));
	if (token.style == STYLE_HEADING && starts_z(text, "《")) {
		ssize_t end = find_from(rest, 0, "》");
		if (end >= 0)
			rest = text_first(rest, (size_t)end); /* found */
	}
	token.mark = text_trim(text_first(text, len));
	token.rest = rest;
	token.raw_rest = raw_behind(line->raw, text_count(text_first(line->plain, cut + len)));
	/* 7.4.(1) at the start of a line cites; a heading goes on with words. */
	size_t at = 0;
	if (token.style == STYLE_DECIMAL && take_z(rest, &at, "(") &&
	    number_at(rest, &at) > 0 && take_z(rest, &at, ")")) {
		token.style = STYLE_NONE;
	}
	if (token.style == STYLE_NONE) {
		token.rest = text;
		token.raw_rest =
			raw_behind(line->raw, text_count(text_first(line->plain, cut)));
	}
	return token;
}

static const char *const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

static int
superscript_at(struct text text, size_t *at)
{
	int number = 0, place;
	uint32_t c;
	for (size_t next = *at; text_next(text, &next, &c); *at = next) {
		place = place_in(superscripts, c);
		if (place == 0 || number > 9999)
			break;
		number = number * 10 + place - 1;
	}
	return number;
}

bool
token_note(const struct line *line, struct token *token)
{
	size_t at = 0;
	const struct text text = unbulleted(line->plain);
	*token = nothing;
	token->value = superscript_at(text, &at);
	if (token->value == 0) {
		at = 0;
		const bool is_open = take_z(text, &at, "(");
		if (!take_z(text, &at, "※") && !take_z(text, &at, "注"))
			return false;
		token->value = superscript_at(text, &at);
		if (token->value == 0)
			token->value = number_at(text, &at);
		if (is_open)
			(void)take_z(text, &at, ")");
		(void)take_z(text, &at, ":");
	}
	const struct text rest = text_from(text, at);
	/* 「※33と同様」「※1に」 go on with a particle: they cite. */
	if (token->value == 0 || rest.len == 0 ||
	    starts_any(rest, "と|に|の|を|は|、|。|)|(※").len > 0)
		return false;
	token->style = STYLE_NOTE;
	token->mark = text_first(text, at);
	token->rest = text_trim(rest);
	token->raw_rest = raw_behind(
		line->raw, text_count(text_first(line->plain, line->plain.len - rest.len)));
	return true;
}

bool
token_is_dash(const struct token *token)
{
	return token->style == STYLE_DECIMAL && token->path_len > 1 && has_z(token->mark, "-");
}
