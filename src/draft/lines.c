/*
 * Lines and page ends. Numbers and running headers of pages go, the table of contents is kept
 * apart (contents.c holds the body against it), and each line knows whether a page ended before
 * it.
 */
#include "draft/rooms.h"

#include <string.h>

static struct error *
check_bytes(struct text bytes)
{
	size_t bad_at = 0, line = 1;
	if (bytes.len > DRAFT_MOST_BYTES)
		return reject(NULL,
			      "文書が大きすぎます（%zuバイト）。%"
			      "dバイトまでです。方針の本文だけの文書にしてください。",
			      bytes.len, DRAFT_MOST_BYTES);
	if (text_is_utf8(bytes, &bad_at))
		return OK;
	for (size_t at = 0; at < bad_at; at++)
		line += bytes.data[at] == '\n';
	return reject(NULL,
		      "%zu行目が UTF-8 "
		      "の文章ではありません。文書をテキスト（UTF-8）で書き出してください（例: "
		      "iconv -f CP932 -t UTF-8、pdftotext -enc UTF-8）。",
		      line);
}

static struct text
squeezed(struct arena *into, struct text plain)
{
	return text_replace(into, text_replace(into, plain, T(" "), T("")), T("\t"), T(""));
}

/* The many dashes of 2―4―1 as one; as many characters as before. */
static struct text
dashed(struct arena *into, struct text plain)
{
	static const uint32_t dashes[] = {0x2010, 0x2012, 0x2013, 0x2014,
					  0x2015, 0x2212, 0x2500, 0x30FC};
	struct writer out = writer_open_roomy(into, plain.len + 1, plain.len + 1);
	uint32_t c;
	for (size_t at = 0, was = 0; text_next(plain, &at, &c); was = at) {
		bool is_dash = was > 0 && at < plain.len && plain.data[was - 1] >= '0' &&
			       plain.data[was - 1] <= '9' && plain.data[at] >= '0' &&
			       plain.data[at] <= '9';
		for (size_t i = 0; is_dash && i < sizeof dashes / sizeof *dashes; i++)
			if (c == dashes[i]) {
				write_byte(&out, '-');
				c = 0;
			}
		if (c != 0)
			write_text(&out, slice(plain, was, at));
	}
	return writer_text(&out);
}

/* "12", "- 12 -", "12/40", "12ページ" */
static bool
is_page_number(struct text plain)
{
	size_t at = 0, digits = 0;
	while (at < plain.len && strchr("-– ", plain.data[at]) != NULL)
		at++;
	for (; at < plain.len && strchr("0123456789/ ", plain.data[at]) != NULL; at++)
		digits += plain.data[at] >= '0' && plain.data[at] <= '9';
	const struct text rest = text_from(plain, at);
	return digits > 0 && digits <= 8 &&
	       (rest.len == 0 || text_is(rest, "ページ") || text_is(rest, "頁") ||
		text_is(rest, "-"));
}

/* A title, a leader of dots or a tab, and a page number. */
static bool
is_contents(struct text plain)
{
	size_t at = plain.len, leader;
	while (at > 0 && plain.data[at - 1] >= '0' && plain.data[at - 1] <= '9')
		at--;
	if (at == plain.len || plain.len - at > 4)
		return false;
	const size_t digits = at;
	while (at > 0 && strchr(" .\t", plain.data[at - 1]) != NULL)
		at--;
	leader = at;
	while (leader >= 3 && (text_ends(text_first(plain, leader), T("・")) ||
			       text_ends(text_first(plain, leader), T("…")) ||
			       text_ends(text_first(plain, leader), T("─"))))
		leader -= 3;
	const struct text between = slice(plain, leader, digits);
	return leader > 0 && (has_any(between, "...|\t|・・|…|──").len > 0);
}

/* Tabs stay: they part columns. */
static struct text
cleaned(struct arena *into, struct text raw)
{
	struct writer out = writer_open_roomy(into, raw.len + 1, raw.len + 1);
	uint32_t c;
	for (size_t at = 0, was = 0; text_next(raw, &at, &c); was = at)
		if (is_control(c) && c != '\t')
			write_byte(&out, ' ');
		else
			write_text(&out, slice(raw, was, at));
	return writer_text(&out);
}

static struct error *
take_line(struct reading *reading, struct text raw, bool *is_blank, bool *is_page)
{
	if (raw.len > DRAFT_MOST_LINE)
		return reject(NULL,
			      "%zu行目が長すぎます（%zuバイト）。一行は%"
			      "dバイトまでです。文章のファイルか確かめてください。",
			      reading->lines_count + 1, raw.len, DRAFT_MOST_LINE);
	if (reading->lines_count >= DRAFT_MOST_LINES)
		return reject(NULL,
			      "文書の行が多すぎます。%"
			      "d行までです。方針の本文だけの文書にしてください。",
			      DRAFT_MOST_LINES);
	while (raw.len > 0 && raw.data[0] == '\f') {
		raw = text_from(raw, 1);
		*is_page = true;
	}
	struct line *line = &reading->lines[reading->lines_count++];
	line->no = (int)reading->lines_count; /* at most DRAFT_MOST_LINES */
	line->raw = text_trim(cleaned(reading->arena, raw));
	line->plain = text_trim(dashed(reading->arena, text_plain(reading->arena, line->raw)));
	line->use = line->plain.len == 0 ? LINE_BLANK : LINE_TEXT;
	line->is_after_blank = *is_blank || *is_page;
	line->is_after_page = *is_page;
	if (line->use == LINE_BLANK || text_is(line->plain, "-")) {
		line->use = LINE_BLANK;
		*is_blank = true;
	} else {
		*is_blank = *is_page = false;
	}
	return OK;
}

enum { MOST_EDGES = 2000 };

/* The first and last lines of pages that return on three pages or more. */
static void
drop_headers(struct reading *reading)
{
	const struct line **edges =
		ARENA_ARRAY(reading->arena, const struct line *, MOST_EDGES);
	struct text *keys = ARENA_ARRAY(reading->arena, struct text, MOST_EDGES);
	size_t count = 0;
	for (size_t at = 0; at < reading->lines_count && count + 2 < MOST_EDGES; at++) {
		const struct line *line = &reading->lines[at];
		if (line->use != LINE_TEXT || !line->is_after_page)
			continue;
		edges[count++] = line;
		for (size_t back = at; back-- > 0;)
			if (reading->lines[back].use == LINE_TEXT) {
				edges[count++] = &reading->lines[back];
				break;
			}
	}
	for (size_t at = 0; at < count; at++)
		keys[at] = squeezed(reading->arena, edges[at]->plain);
	for (size_t at = 0; at < count; at++) {
		size_t times = 0;
		for (size_t other = 0; other < count; other++)
			times += text_same(keys[at], keys[other]);
		if (times >= 3 && text_count(keys[at]) <= 60 && keys[at].len > 0)
			reading->lines[edges[at]->no - 1].use = LINE_PAGE;
	}
}

/* A number alone on its line is a page's when blank lines or a page end stand around it. */
static void
drop_numbers(struct reading *reading)
{
	for (size_t at = 0; at < reading->lines_count; at++) {
		struct line *line = &reading->lines[at];
		const bool is_before_blank = at + 1 >= reading->lines_count ||
					     reading->lines[at + 1].use == LINE_BLANK ||
					     reading->lines[at + 1].is_after_page;
		if (line->use == LINE_TEXT && is_page_number(line->plain) &&
		    (line->is_after_blank || is_before_blank))
			line->use = LINE_PAGE;
		else if (line->use == LINE_TEXT && is_contents(line->plain))
			line->use = LINE_CONTENTS;
		reading->counts.contents += line->use == LINE_CONTENTS;
	}
}

/* Where furniture was dropped, the text goes on after a break. */
static void
mark_breaks(struct reading *reading)
{
	bool is_break = false, is_page = false;
	for (size_t at = 0; at < reading->lines_count; at++) {
		struct line *line = &reading->lines[at];
		if (line->use != LINE_TEXT) {
			is_break = true;
			is_page = is_page || (line->use == LINE_PAGE && line->is_after_page);
			continue;
		}
		line->is_after_blank = line->is_after_blank || is_break;
		line->is_after_page = line->is_after_page || is_page;
		is_break = is_page = false;
	}
}

static void
ask_strange(struct reading *reading)
{
	for (size_t i = 0; i < reading->lines_count; i++) {
		uint32_t c;
		for (size_t at = 0; text_next(reading->lines[i].raw, &at, &c);)
			if ((c >= 0xAC00 && c <= 0xD7AF) || (c >= 0x1100 && c <= 0x11FF) ||
			    c == 0xFFFD) {
				ask(reading, reading->lines[i].no, T(""),
				    say("日本語の文章にない文字（U+%"
					"04X）があります。元の文書を見て直してください。"),
				    (unsigned)c);
				break;
			}
	}
}

struct error *
read_lines(struct reading *reading, struct text bytes)
{
	struct text line, rest = bytes;
	bool is_blank = true, is_page = false;
	size_t most = 2;
	TRY(check_bytes(bytes));
	if (starts_z(rest, "\xEF\xBB\xBF"))
		rest = text_from(rest, 3);
	for (size_t at = 0; at < bytes.len && most < DRAFT_MOST_LINES + 2; at++)
		most += bytes.data[at] == '\n' || bytes.data[at] == '\f';
	reading->lines = ARENA_ARRAY(reading->arena, struct line, most);
	for (bool is_more = true; is_more;) {
		is_more = text_cut(rest, '\n', &line, &rest);
		/* A form feed may stand within a line: what is before it ends the page. */
		for (size_t feed; text_find(line, T("\f"), &feed) && feed > 0;) {
			is_page = false;
			TRY(take_line(reading, text_first(line, feed), &is_blank, &is_page));
			reading->lines[reading->lines_count - 1].no = (int)reading->lines_count;
			line = text_from(line, feed);
		}
		if (is_more || line.len > 0)
			TRY(take_line(reading, line, &is_blank, &is_page));
	}
	drop_headers(reading);
	drop_numbers(reading);
	mark_breaks(reading);
	ask_strange(reading);
	return OK;
}
