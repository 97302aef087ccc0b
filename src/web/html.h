/*
 * Writing a page. Pages are not written by hand: tools/pagec compiles the .html files of
 * src/pages into functions that call these (docs/pages.md). What comes from people enters
 * through html_text() and its siblings, which escape; markup enters only as literals that the
 * page compiler made.
 */
#ifndef BANSHO_WEB_HTML_H
#define BANSHO_WEB_HTML_H

#include "base/day.h"
#include "base/writer.h"
#include "web/url.h"

/* The most one page may hold: 8 MiB. */
#define HTML_MOST ((size_t)8 << 20)

struct html {
	struct writer out;
};

/* Begin a page in the arena. */
struct html html_open(struct arena *arena);
/* The page so far; valid until the next call that writes, and as long as the arena. */
struct text html_page(const struct html *html);
/* Did the page pass HTML_MOST? What came after is missing, so it must not be sent. */
bool html_is_full(const struct html *html);

/*
 * Text from outside, for text nodes and double-quoted attributes: & < > " ' are escaped, bytes
 * that are not UTF-8 become U+FFFD, control characters other than tab and newline are dropped
 * (U+0000 to U+001F, U+007F to U+009F). data NULL with len 0 is empty.
 */
void html_text(struct html *html, struct text text);
/* 1234567 */
void html_number(struct html *html, int64_t number);
/* 1,234,567 */
void html_count(struct html *html, int64_t number);
void html_url(struct html *html, struct url url);
/* For people, in the language of the thread: 令和8年11月21日 or 2026-11-21. DAY_NONE: nothing. */
void html_day(struct html *html, struct day day);
/* For people, in JST: 令和8年11月21日 11時21分 or 2026-11-21 11:21. No moment: nothing. */
void html_moment(struct html *html, struct moment moment);
/* For inputs and scripts, the same in every language: 2026-11-21, 2026-11-21T11:21 (JST). */
void html_day_iso(struct html *html, struct day day);
void html_moment_local(struct html *html, struct moment moment);

/*
 * Markup as it stands. Only for code made by the page compiler: nothing but a string literal
 * compiles here, and a test looks for its name outside generated files.
 */
#define html_raw_from_pagec(html, literal) \
	html_raw_bytes((html), "" literal, sizeof(literal) - 1)
static inline void
html_raw_bytes(struct html *html, const char *data, size_t len)
{
	write_text(&html->out, (struct text){data, len});
}

#endif
