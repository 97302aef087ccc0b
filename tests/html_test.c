#include "web/html.h"

#include "base/say.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#define SAME(text, z) assert_string_equal(text_z(arena, (text)), (z))

static struct text
written(struct arena *arena, struct text text)
{
	struct html html = html_open(arena);

	html_text(&html, text);
	return html_page(&html);
}

static void
text_cannot_leave_its_place(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);

	(void)state;
	SAME(written(arena, T("<a href=\"x\">'&'")),
	     "&lt;a href=&#34;x&#34;&gt;&#39;&amp;&#39;");
	SAME(written(arena, (struct text){NULL, 0}), "");
	SAME(written(arena, T("葛\xF3\xA0\x84\x80城 𠮟る\xEE\x80\x80")),
	     "葛\xF3\xA0\x84\x80城 𠮟る\xEE\x80\x80");
}

static void
bytes_that_are_not_utf8_become_a_replacement(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);

	(void)state;
	SAME(written(arena, T("a\xC0\xBC"
			      "b")),
	     "a\xEF\xBF\xBD\xEF\xBF\xBD"
	     "b");
	SAME(written(arena, T("\xE3\x81")), "\xEF\xBF\xBD\xEF\xBF\xBD");
	SAME(written(arena, T("\xED\xA0\x80")), "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	SAME(written(arena, T("\xF4\x90\x80\x80")),
	     "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD");
	SAME(written(arena, T("a\0b\x1B\x7F\xC2\x85"
			      "c\td\ne\rf")),
	     "abc\td\nef");
}

/* Every text: what is written is UTF-8, and holds none of the five signs bare. */
static void
what_is_written_is_always_safe_utf8(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	uint64_t seed = 42;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char bytes[24];
		size_t bad_at;
		arena_reset(arena);
		for (size_t i = 0; i < sizeof(bytes); i++) {
			seed = seed * 6364136223846793005u + 1442695040888963407u;
			bytes[i] = (char)((seed >> 33) | (seed >> 60 & 1 ? 0x80 : 0));
		}
		const struct text out = written(arena, (struct text){bytes, sizeof(bytes)});
		assert_true(text_is_utf8(out, &bad_at));
		for (size_t i = 0; i < out.len; i++)
			assert_null(strchr("<>\"'", out.data[i]));
	}
}

static void
days_and_numbers_speak_the_readers_language(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct html html = html_open(arena);
	struct day day;

	(void)state;
	assert_true(day_make(2026, 11, 21, &day));
	const struct moment moment = {day_begin(day).ms + 41460000};
	language_use(LANGUAGE_JA);
	html_day(&html, day);
	html_raw_from_pagec(&html, "|");
	html_moment(&html, moment);
	html_raw_from_pagec(&html, "|");
	language_use(LANGUAGE_EN);
	html_day(&html, day);
	html_raw_from_pagec(&html, "|");
	html_moment(&html, moment);
	html_raw_from_pagec(&html, "|");
	language_use(LANGUAGE_JA);
	html_day_iso(&html, day);
	html_moment_local(&html, moment);
	html_day(&html, DAY_NONE);
	html_moment(&html, (struct moment){0});
	SAME(html_page(&html),
	     "令和8年11月21日|令和8年11月21日 11時31分|2026-11-21|2026-11-21 11:31|"
	     "2026-11-212026-11-21T11:31");
}

static struct text
counted(struct arena *arena, int64_t number)
{
	struct html html = html_open(arena);

	html_count(&html, number);
	return html_page(&html);
}

static void
counts_have_separators(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);

	(void)state;
	SAME(counted(arena, 0), "0");
	SAME(counted(arena, 999), "999");
	SAME(counted(arena, 1000), "1,000");
	SAME(counted(arena, -1234567), "-1,234,567");
	SAME(counted(arena, INT64_MIN), "-9,223,372,036,854,775,808");
}

static void
a_page_has_a_limit(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct html html = html_open(arena);

	(void)state;
	for (size_t i = 0; i <= HTML_MOST / 1024; i++) {
		assert_false(html_is_full(&html));
		for (int j = 0; j < 64; j++)
			html_raw_from_pagec(&html, "0123456789abcdef");
	}
	assert_true(html_is_full(&html));
}

static void
addresses_carry_any_piece_safely(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);

	(void)state;
	SAME(url_path(arena, "/duty/year?by=unit").text, "/duty/year?by=unit");
	SAME(url_make(arena, "/ledger/{}/rows/{}", 2, (struct text[]){T("a/b"), T("?#&%")})
		     .text,
	     "/ledger/a%2Fb/rows/%3F%23%26%25");
	SAME(url_of(arena, "/people/{}", T("田 中")).text, "/people/%E7%94%B0%20%E4%B8%AD");
	SAME(url_of_number(arena, "/incident/{}", -7).text, "/incident/-7");
	SAME(url_below(arena, url_of(arena, "/ledger/{}", T("資")), 12).text, "/ledger/%E8%B3%87/12");
	SAME(url_below(arena, url_path(arena, "/ledger"), INT64_MIN).text,
	     "/ledger/-9223372036854775808");
	SAME(url_of(arena, "/{}/x", T("")).text, "/_/x");
	SAME(url_of(arena, "/{}", T("..")).text, "/_");
	SAME(url_of(arena, "/{}", T("//evil.example")).text, "/%2F%2Fevil.example");
	SAME(url_of(arena, "/paper/{}.pdf", T("12")).text, "/paper/12.pdf");
}

static void
queries_and_fragments_add_up(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct url url = url_path(arena, "/ledger");

	(void)state;
	url = url_query(arena, url, "q", T("a&b=c d"));
	url = url_fragment(arena, url, T("row 3"));
	url = url_query_number(arena, url, "page", 2);
	SAME(url.text, "/ledger?q=a%26b%3Dc%20d&page=2#row%203");
	assert_true(url_is_empty(url_query(arena, (struct url){{NULL, 0}}, "a", T("b"))));
}

static void
a_telephone_number_can_be_called_and_nothing_else(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	static const char *const none[] = { "", "内線2345", "087-839-2011(内線12)", "087-839-2011、839-2012", "0\n87;ext=1", "12",
					    "+", "0123456789012345", "javascript:alert(1)", "81+87" };

	(void)state;
	SAME(url_telephone(arena, T("087-839-2011")).text, "tel:0878392011");
	SAME(url_telephone(arena, T(" （０８７）８３９ー２０１１ ")).text, "tel:0878392011");
	SAME(url_telephone(arena, T("+81 87 839 2011")).text, "tel:+81878392011");
	SAME(url_telephone(arena, T("119")).text, "tel:119");
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_true(url_is_empty(url_telephone(arena, text_of(none[i]))));
}

static void
an_address_from_outside_stays_on_this_site(void **state)
{
	static const char *const good[] = {"/", "/a/b?c=d&e=%2F#f", "/incident/3"};
	static const char *const bad[] = {
		"",
		"a",
		"//evil.example",
		"/\\evil.example",
		"/a//b",
		"https://evil/",
		"javascript:alert(1)",
		"/a\nb",
		"/\t/evil",
		"/a b",
		"/a\"b",
		"/漢字",
		"\\/evil",
		" /a",
		"/<b>",
		"/a'b",
	};
	struct url url = {T_INIT("/before")};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(url_from_local(text_of(bad[i]), &url));
	assert_true(text_is(url.text, "/before"));
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(url_from_local(text_of(good[i]), &url));
		assert_true(text_is(url.text, good[i]));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(text_cannot_leave_its_place),
		cmocka_unit_test(bytes_that_are_not_utf8_become_a_replacement),
		cmocka_unit_test(what_is_written_is_always_safe_utf8),
		cmocka_unit_test(days_and_numbers_speak_the_readers_language),
		cmocka_unit_test(counts_have_separators),
		cmocka_unit_test(a_page_has_a_limit),
		cmocka_unit_test(addresses_carry_any_piece_safely),
		cmocka_unit_test(queries_and_fragments_add_up),
		cmocka_unit_test(an_address_from_outside_stays_on_this_site),
		cmocka_unit_test(a_telephone_number_can_be_called_and_nothing_else),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
