#include "web/html.h"

#include "base/say.h"

enum { HTML_FIRST = 32 << 10 }; /* most pages */

struct html
html_open(struct arena *arena)
{
	return (struct html){.out = writer_open_roomy(arena, HTML_FIRST, HTML_MOST)};
}

struct text
html_page(const struct html *html)
{
	return writer_text(&html->out);
}

bool
html_is_full(const struct html *html)
{
	return writer_is_full(&html->out);
}

/*
 * What a byte asks for: 0 passes, otherwise the entry of `replaced`, or one of
 * the kinds below.
 */
enum { PASS, AMP, LESS, MORE, QUOTE, APOSTROPHE, DROP, WIDE };

static const struct text replaced[] = {
	[AMP] = T_INIT("&amp;"),   [LESS] = T_INIT("&lt;"),        [MORE] = T_INIT("&gt;"),
	[QUOTE] = T_INIT("&#34;"), [APOSTROPHE] = T_INIT("&#39;"), [DROP] = T_INIT(""),
};

#define FOUR(ask) ask, ask, ask, ask
#define SIXTEEN(ask) FOUR(ask), FOUR(ask), FOUR(ask), FOUR(ask)
#define SIXTY_FOUR(ask) SIXTEEN(ask), SIXTEEN(ask), SIXTEEN(ask), SIXTEEN(ask)

/*
 * A designator begins a run: control characters but tab (9) and newline (10),
 * bytes over 127.
 */
static const unsigned char asks[256] = {
	[0] = FOUR(DROP),
	FOUR(DROP),
	DROP,
	[11] = SIXTEEN(DROP),
	FOUR(DROP),
	DROP,
	['"'] = QUOTE,
	['&'] = AMP,
	['\''] = APOSTROPHE,
	['<'] = LESS,
	['>'] = MORE,
	[127] = DROP,
	[128] = SIXTY_FOUR(WIDE),
	SIXTY_FOUR(WIDE),
};

static bool
is_tail(unsigned char byte)
{
	return (byte & 0xC0) == 0x80;
}

/* The length of the well-formed sequence (RFC 3629) that begins at `at`, or 0. */
static size_t
wide_length(const unsigned char *at, size_t left)
{
	const unsigned char head = at[0];

	if (head >= 0xC2 && head <= 0xDF)
		return left >= 2 && is_tail(at[1]) ? 2 : 0;
	if (head >= 0xE0 && head <= 0xEF) {
		if (left < 3 || !is_tail(at[1]) || !is_tail(at[2]))
			return 0;
		const bool is_overlong = head == 0xE0 && at[1] < 0xA0;
		const bool is_surrogate = head == 0xED && at[1] > 0x9F;
		return is_overlong || is_surrogate ? 0 : 3;
	}
	if (head >= 0xF0 && head <= 0xF4) {
		if (left < 4 || !is_tail(at[1]) || !is_tail(at[2]) || !is_tail(at[3]))
			return 0;
		const bool is_overlong = head == 0xF0 && at[1] < 0x90;
		const bool is_beyond = head == 0xF4 && at[1] > 0x8F;
		return is_overlong || is_beyond ? 0 : 4;
	}
	return 0;
}

/* U+0080 to U+009F. */
static bool
is_wide_control(const unsigned char *at, size_t length)
{
	return length == 2 && at[0] == 0xC2 && at[1] < 0xA0;
}

/* Kana, kanji and what else begins with E1 to EC: three bytes that need no closer look. */
static bool
is_usual(const unsigned char *at, size_t left)
{
	return left >= 3 && at[0] >= 0xE1 && at[0] <= 0xEC && is_tail(at[1]) && is_tail(at[2]);
}

/* How many bytes from `at` can be copied as they stand. */
static size_t
plain_run(const unsigned char *at, size_t left)
{
	size_t run = 0;

	while (run < left) {
		if (asks[at[run]] == PASS) {
			run++;
			continue;
		}
		if (is_usual(at + run, left - run)) {
			run += 3;
			continue;
		}
		if (asks[at[run]] != WIDE)
			break;
		const size_t length = wide_length(at + run, left - run);
		if (length == 0 || is_wide_control(at + run, length))
			break;
		run += length;
	}
	return run;
}

/* Write what stands for the odd byte or bytes at `at`; answers how many they were. */
static size_t
write_odd(struct writer *out, const unsigned char *at, size_t left)
{
	if (asks[at[0]] != WIDE) {
		write_text(out, replaced[asks[at[0]]]);
		return 1;
	}
	if (wide_length(at, left) != 0)
		return 2; /* a control character, dropped */
	write_text(out, T("\xEF\xBF\xBD"));
	return 1;
}

void
html_text(struct html *html, struct text text)
{
	const unsigned char *const data = (const unsigned char *)text.data;
	size_t at = 0;

	while (at < text.len) {
		const size_t run = plain_run(data + at, text.len - at);
		if (run > 0)
			write_text(&html->out, (struct text){text.data + at, run});
		at += run;
		if (at < text.len)
			at += write_odd(&html->out, data + at, text.len - at);
	}
}

/* `group` digits between separators; 0 for none. */
static void
write_digits(struct html *html, int64_t number, int group)
{
	uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	char digits[32]; /* a sign, 19 digits and 6 separators at most */
	size_t at = sizeof(digits);

	for (int written = 0; rest > 0 || written == 0; written++) {
		if (group > 0 && written > 0 && written % group == 0)
			digits[--at] = ',';
		digits[--at] = (char)('0' + rest % 10); /* one digit */
		rest /= 10;
	}
	if (number < 0)
		digits[--at] = '-';
	write_text(&html->out, (struct text){digits + at, sizeof(digits) - at});
}

void
html_number(struct html *html, int64_t number)
{
	write_digits(html, number, 0);
}

void
html_count(struct html *html, int64_t number)
{
	write_digits(html, number, 3);
}

void
html_url(struct html *html, struct url url)
{
	html_text(html, url.text);
}

void
html_day(struct html *html, struct day day)
{
	if (day_is_none(day))
		return;
	if (language_now() == LANGUAGE_EN)
		html_text(html, day_iso(html->out.arena, day));
	else
		html_text(html, day_wareki(html->out.arena, day));
}

void
html_moment(struct html *html, struct moment moment)
{
	int hour, minute, second;

	if (moment.ms == 0)
		return;
	if (language_now() != LANGUAGE_EN) {
		html_text(html, moment_wareki(html->out.arena, moment));
		return;
	}
	moment_clock(moment, &hour, &minute, &second);
	html_day(html, moment_day(moment));
	write_format(&html->out, " %02d:%02d", hour, minute);
}

void
html_day_iso(struct html *html, struct day day)
{
	if (!day_is_none(day))
		html_text(html, day_iso(html->out.arena, day));
}

void
html_moment_local(struct html *html, struct moment moment)
{
	if (moment.ms != 0)
		html_text(html, moment_local(html->out.arena, moment));
}
