/* What compiled pages (tests/pagec/) draw. */
#include "pages_html.h"

#include "base/say.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

static struct text
list_drawn(struct arena *arena, size_t rows)
{
	struct html html = html_open(arena);
	const struct field_part box = {.id = T("f"),
				       .name = T("n"),
				       .words = T("名前"),
				       .value = T("\n一行目"),
				       .is_long = true};
	struct incident_list_page page = {
		.frame = {.title = T("事案"), .home = url_path(arena, "/")},
		.title = T("事案の<一覧>"),
		.rows = ARENA_ARRAY(arena, struct incident_list_rows, rows),
		.rows_count = rows,
	};

	for (size_t i = 0; i < rows; i++)
		page.rows[i] = (struct incident_list_rows){
			.subject = T("USBメモリの紛失 & 届出"),
			.href = url_of_number(arena, "/incident/{}", (int64_t)i),
			.opened = {20778},
			.size = 12345,
			.is_late = i == 1,
			.box = i == 0 ? &box : NULL,
		};
	incident_list_page(&html, &page);
	return html_page(&html);
}

#define HAS(page, z) assert_non_null(strstr(text_z(arena, (page)), (z)))
#define LACKS(page, z) assert_null(strstr(text_z(arena, (page)), (z)))

static void
a_page_draws_what_its_template_says(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const struct text page = list_drawn(arena, 2);

	(void)state;
	HAS(page, "<!doctype html><html lang=\"ja\"><head>");
	HAS(page, "<title>事案 | 番所</title>");
	HAS(page, "<h1>事案の&lt;一覧&gt;</h1><p>事案の&lt;一覧&gt;が全部です。English here "
		  "and there &amp; so</p>");
	HAS(page, "<tr class=\"row \"><td><a href=\"/incident/0\" title=\"USBメモリの紛失 "
		  "&amp; 届出を開く\">");
	HAS(page, "<tr class=\"row late\"><td><a href=\"/incident/1\"");
	HAS(page, "<b>遅れ</b>");
	HAS(page, "<time datetime=\"2026-11-21\">令和8年11月21日</time>");
	HAS(page, "12,345件");
	HAS(page, "<textarea id=\"f\" name=\"n\" rows=\"5\">\n\n一行目</textarea>");
	LACKS(page, "まだありません。");
	LACKS(page, "<nav");
	assert_true(text_ends(page, T("</main></body></html>")));
	HAS(list_drawn(arena, 0), "<p>まだありません。</p>");
}

static void
an_english_reader_gets_the_english_words(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);

	(void)state;
	language_use(LANGUAGE_EN);
	HAS(list_drawn(arena, 0), "<p>Nothing yet &lt;b&gt; &amp; so on.</p>");
	HAS(list_drawn(arena, 1), "title=\"Open &quot;USBメモリの紛失 &amp; 届出&quot;\"");
	HAS(list_drawn(arena, 1), "<time datetime=\"2026-11-21\">2026-11-21</time>");
	HAS(list_drawn(arena, 1), "<caption>一覧</caption>");
	language_use(LANGUAGE_JA);
	HAS(list_drawn(arena, 0), "<p>まだありません。</p>");
}

static void
fifty_rows_take_microseconds(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct timespec begin, end;
	enum { ROUNDS = 200 };
	size_t len = 0;

	(void)state;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &begin);
	for (int i = 0; i < ROUNDS; i++) {
		arena_reset(arena);
		len = list_drawn(arena, 50).len;
	}
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &end);
	const double took = ((double)(end.tv_sec - begin.tv_sec) * 1e6 +
			     (double)(end.tv_nsec - begin.tv_nsec) / 1e3) /
			    ROUNDS;
	print_message("# %zu bytes in %.1f microseconds\n", len, took);
	assert_true(took < 5000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_page_draws_what_its_template_says),
		cmocka_unit_test(an_english_reader_gets_the_english_words),
		cmocka_unit_test(fifty_rows_take_microseconds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
