/*
 * Whatever text people enter, a page keeps its shape: the HTML parsing algorithm (gumbo) finds
 * the same elements with the same attributes as for a plain word. Covers every page there is,
 * because pagec makes a drawing function for each (pages_walk.h).
 */
#include "pages_walk.h"

#include "base/say.h"

#include <gumbo.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#if defined(__SANITIZE_ADDRESS__)
enum { ROUNDS = 60 };
#else
enum { ROUNDS = 300 };
#endif

static void
write_shape(struct writer *out, const GumboNode *node)
{
	if (node->type != GUMBO_NODE_ELEMENT && node->type != GUMBO_NODE_TEMPLATE) {
		if (node->type == GUMBO_NODE_COMMENT)
			write_z(out, "!");
		return;
	}
	const GumboElement *const element = &node->v.element;
	write_format(out, "<%s", gumbo_normalized_tagname(element->tag));
	for (unsigned i = 0; i < element->attributes.length; i++) {
		const GumboAttribute *const attribute = element->attributes.data[i];
		write_format(out, " %s", attribute->name);
	}
	write_z(out, ">");
	for (unsigned i = 0; i < element->children.length; i++)
		write_shape(out, element->children.data[i]);
	write_z(out, "/");
}

static struct text
shape_of(struct arena *arena, struct text page, unsigned *faults)
{
	struct writer out = writer_open(arena, HTML_MOST);
	GumboOutput *const parsed =
		gumbo_parse_with_options(&kGumboDefaultOptions, page.data, page.len);

	write_shape(&out, parsed->root);
	*faults = parsed->errors.length;
	gumbo_destroy_output(&kGumboDefaultOptions, parsed);
	return writer_text(&out);
}

static struct text
drawn(const struct page_walk *walk, struct arena *arena, struct text words, bool truth)
{
	struct html html = html_open(arena);

	if (!walk->is_document)
		html_raw_from_pagec(&html,
				    "<!doctype html><html><head><title>a</title></head><body>");
	walk->draw(&html, arena, words, truth);
	assert_false(html_is_full(&html));
	return html_page(&html);
}

static uint64_t
random_next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static struct text
hostile_text(struct arena *arena, uint64_t *state)
{
	static const struct text pieces[] = {
		T_INIT("<"),
		T_INIT(">"),
		T_INIT("\""),
		T_INIT("'"),
		T_INIT("&"),
		T_INIT("`"),
		T_INIT("="),
		T_INIT("/"),
		T_INIT("<script>"),
		T_INIT("</script>"),
		T_INIT("</title>"),
		T_INIT("</textarea>"),
		T_INIT("<!--"),
		T_INIT("-->"),
		T_INIT("]]>"),
		T_INIT("<![CDATA["),
		T_INIT("\" onx=\""),
		T_INIT("' onx='"),
		T_INIT(" onx=1 "),
		T_INIT("<img src=x>"),
		T_INIT("&lt;b&gt;"),
		T_INIT("&#60;i"),
		T_INIT("&#x3c;i>"),
		T_INIT("<svg><p>"),
		T_INIT("</p>"),
		T_INIT("</option>"),
		T_INIT("</select>"),
		T_INIT("</table>"),
		T_INIT("\xC0\xBC"),
		T_INIT("\xE3\x81"),
		T_INIT("\xF0\x9F"),
		T_INIT("\xED\xA0\x80"),
		T_INIT("\0"),
		T_INIT("\n"),
		T_INIT("\r\n"),
		T_INIT("\t"),
		T_INIT("javascript:alert(1)"),
		T_INIT("//evil.example/"),
		T_INIT("\\"),
		T_INIT("\xEF\xBB\xBF"),
		T_INIT("\xE2\x80\xA8"),
		T_INIT("漢字"),
		T_INIT("{title}"),
	};
	struct writer out = writer_open(arena, 4096);
	const uint64_t count = 1 + random_next(state) % 9;

	for (uint64_t i = 0; i < count; i++) {
		if (random_next(state) % 4 == 0)
			write_byte(&out, (char)random_next(state));
		else
			write_text(&out, pieces[random_next(state) %
						(sizeof(pieces) / sizeof(pieces[0]))]);
	}
	return writer_text(&out);
}

/* How many of `rounds` hostile texts change the shape; the first such is told. */
static size_t
changes(const struct page_walk *walk, bool truth, int rounds, bool is_told)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	ARENA_SCOPED round = arena_open(ARENA_USUAL);
	uint64_t state = 88172645463325252u;
	size_t count = 0;
	unsigned faults;
	const struct text plain =
		shape_of(arena, drawn(walk, arena, T("word"), truth), &faults);

	for (int i = 0; i < rounds; i++) {
		arena_reset(round);
		const struct text hostile = hostile_text(round, &state);
		const struct text page = drawn(walk, round, hostile, truth);
		if (text_same(shape_of(round, page, &faults), plain))
			continue;
		if (is_told && count == 0)
			print_message("# %s changes for '%.*s'\n", walk->name, T_ARG(hostile));
		count++;
	}
	return count;
}

static void
no_text_changes_the_shape_of_any_page(void **state)
{
	(void)state;
	for (size_t i = 0; i < page_walks_count; i++) {
		language_use(i % 2 == 0 ? LANGUAGE_JA : LANGUAGE_EN);
		assert_int_equal(changes(&page_walks[i], true, ROUNDS, true), 0);
		assert_int_equal(changes(&page_walks[i], false, ROUNDS, true), 0);
	}
	language_use(LANGUAGE_JA);
}

/* Drawn with everything, with bools the other way, and with nothing at all. */
static void
every_page_is_html_without_faults(void **state)
{
	size_t faulty = 0;
	unsigned faults;

	(void)state;
	for (size_t i = 0; i < page_walks_count; i++) {
		for (int how = 0; how < 3; how++) {
			ARENA_SCOPED arena = arena_open(ARENA_USUAL);
			const struct text words = how == 2 ? (struct text){NULL, 0} : T("word");
			const struct text page = drawn(&page_walks[i], arena, words, how == 0);
			shape_of(arena, page, &faults);
			if (!page_walks[i].is_document || faults == 0)
				continue;
			print_message("# %s: %u faults in: %.*s\n", page_walks[i].name, faults,
				      T_ARG(page));
			faulty++;
		}
	}
	assert_int_equal(faulty, 0);
}

static void
draw_unsafe(struct html *out, struct arena *arena, struct text hostile, bool truth)
{
	(void)arena;
	(void)truth;
	html_raw_from_pagec(out, "<p title=\"");
	html_raw_bytes(out, hostile.data, hostile.len);
	html_raw_from_pagec(out, "\">");
	html_raw_bytes(out, hostile.data, hostile.len);
	html_raw_from_pagec(out, "</p>");
}

static void
the_property_would_see_a_page_that_does_not_escape(void **state)
{
	const struct page_walk unsafe = {"unsafe", false, draw_unsafe};

	(void)state;
	assert_true(changes(&unsafe, true, ROUNDS, false) > ROUNDS / 4);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_text_changes_the_shape_of_any_page),
		cmocka_unit_test(every_page_is_html_without_faults),
		cmocka_unit_test(the_property_would_see_a_page_that_does_not_escape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
