#include "pagec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#define PAGE \
	"{page x}\n{needs text t}\n{needs url u}\n{needs bool b}\n" \
	"<p>{t}<a href=\"{u}\">{if b}b{end}</a></p>\n"
#define LIST "{page x}\n{needs list rows}\ntext t\n{end}\n"

struct refused {
	const char *why;
	int line;
	const char *told;
	const char *source;
};

/* Faults as they are told, for up to two templates and English words. */
static struct text
faults_of(struct arena *arena, const char *source, const char *other, const char *po)
{
	struct faults faults = {.arena = arena};
	struct writer told = writer_open(arena, 1 << 16);
	const struct translations words = po_read(arena, &faults, T("en.po"), text_of(po));
	struct template *const first =
		template_read(arena, &faults, T("x.html"), text_of(source));

	if (other)
		first->next = template_read(arena, &faults, T("y.html"), text_of(other));
	if (faults.count == 0)
		templates_link(arena, &faults, first, &words);
	for (const struct fault *fault = faults.first; fault; fault = fault->next)
		write_format(&told, "%.*s:%d: %.*s\n", T_ARG(fault->file), fault->line,
			     T_ARG(fault->words));
	return writer_text(&told);
}

static void
a_bad_template_is_refused(const struct refused *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		ARENA_SCOPED arena = arena_open(ARENA_USUAL);
		const char *const told =
			text_z(arena, faults_of(arena, cases[i].source, NULL, ""));
		const char *const at =
			text_z(arena, text_format(arena, "x.html:%d: ", cases[i].line));
		const char *const line = strstr(told, at);
		if (!line || !strstr(line, cases[i].told))
			fail_msg("%s: wanted %s%s, told: %s", cases[i].why, at, cases[i].told,
				 told);
	}
}
#define REFUSED(cases) a_bad_template_is_refused((cases), sizeof(cases) / sizeof((cases)[0]))

static void
holes_in_unsafe_places_are_refused(void **state)
{
	static const struct refused cases[] = {
		{"script text", 6, "file of its own",
		 PAGE "<script src=\"/a.js\" type=\"module\">{t}</script>"},
		{"script words", 6, "file of its own",
		 PAGE "<script src=\"/a.js\" type=\"module\">alert()</script>"},
		{"inline script", 6, "constant src", PAGE "<script></script>"},
		{"script from a hole", 6, "constant src",
		 PAGE "<script src=\"{u}\" type=\"module\"></script>"},
		{"style sheet from a hole", 6, "constant href",
		 PAGE "<link rel=\"stylesheet\" href=\"{u}\">"},
		{"style", 6, "<style> is refused", PAGE "<style>p{}</style>"},
		{"comment", 6, "comment", PAGE "<!-- {t} -->"},
		{"tag name", 6, "tag's name", PAGE "<{t}>"},
		{"half a tag name", 6, "tag's name", PAGE "<h{t}>"},
		{"attribute name", 6, "attribute's name", PAGE "<p {t}=\"a\"></p>"},
		{"half an attribute name", 6, "attribute's name",
		 PAGE "<p data-{t}=\"a\"></p>"},
		{"unquoted", 6, "double quotes", PAGE "<p class={t}></p>"},
		{"unquoted constant", 6, "double quotes", PAGE "<p class=a></p>"},
		{"single quotes", 6, "double quotes", PAGE "<p class='{t}'></p>"},
		{"onclick", 6, "onclick can carry", PAGE "<p onclick=\"{t}\"></p>"},
		{"style attribute", 6, "style can carry", PAGE "<p style=\"color:{t}\"></p>"},
		{"srcdoc", 6, "srcdoc can carry", PAGE "<p srcdoc=\"{t}\"></p>"},
		{"srcset", 6, "srcset can carry", PAGE "<img alt=\"\" srcset=\"{t}\">"},
		{"iframe", 6, "not an element", PAGE "<iframe src=\"/\"></iframe>"},
		{"math", 6, "not an element", PAGE "<math></math>"},
		{"address of a drawing", 6, "a drawing has no attribute href",
		 PAGE "<svg><circle href=\"{u}\"></circle></svg>"},
		{"program of a drawing", 6, "onload can carry", PAGE "<svg onload=\"{t}\"></svg>"},
		{"script in a drawing", 6, "may not stand",
		 PAGE "<svg><script src=\"/a.js\" type=\"module\"></script></svg>"},
		{"link in a drawing", 6, "may not stand", PAGE "<svg><a href=\"{u}\"></a></svg>"},
		{"words in a drawing", 6, "<svg> holds no text", PAGE "<svg>{t}</svg>"},
		{"page in a drawing", 6, "not an element",
		 PAGE "<svg><foreignobject></foreignobject></svg>"},
		{"meta refresh", 6, "http-equiv can carry",
		 PAGE "<meta http-equiv=\"refresh\">"},
		{"constant attribute", 6, "constant only", PAGE "<input type=\"{t}\">"},
		{"choice in a constant", 6, "constant only",
		 PAGE "<input type=\"{if b}text{end}\">"},
		{"part in a value", 6, "{use}", PAGE "<p class=\"{use y t}\"></p>"},
	};

	(void)state;
	REFUSED(cases);
}

static void
addresses_come_only_from_url_holes(void **state)
{
	static const struct refused cases[] = {
		{"text in href", 6, "takes a hole of type url", PAGE "<a href=\"{t}\">a</a>"},
		{"text in action", 6, "takes a hole of type url",
		 PAGE "<form method=\"get\" action=\"{t}\"></form>"},
		{"pieces in href", 6, "whole value", PAGE "<a href=\"/x/{t}\">a</a>"},
		{"url and more", 6, "whole value", PAGE "<a href=\"{u}#a\">a</a>"},
		{"choice in href", 6, "whole value", PAGE "<a href=\"{if b}/a{end}\">a</a>"},
		{"url in text", 6, "is a url", PAGE "<p>{u}</p>"},
		{"url in title", 6, "is a url", PAGE "<p title=\"{u}\">a</p>"},
		{"javascript", 6, "begins with one /",
		 PAGE "<a href=\"javascript:alert(1)\">a</a>"},
		{"other host", 6, "begins with one /", PAGE "<a href=\"//evil/\">a</a>"},
		{"scheme", 6, "begins with one /", PAGE "<a href=\"https://evil/\">a</a>"},
		{"hidden slash", 6, "begins with one /", PAGE "<a href=\"/&#47;evil/\">a</a>"},
		{"backslash", 6, "begins with one /", PAGE "<a href=\"/\\evil/\">a</a>"},
	};

	(void)state;
	REFUSED(cases);
}

static void
output_is_well_formed(void **state)
{
	static const struct refused cases[] = {
		{"unclosed", 6, "never closed", PAGE "<p>a"},
		{"misnested", 6, "</b> is due for line 6", PAGE "<p><b>a</p></b>"},
		{"closes nothing", 6, "closes nothing", PAGE "</p>"},
		{"across if", 6, "not closed inside it", PAGE "{if b}<p>{end}</p>"},
		{"across if backwards", 6, "outside this directive", PAGE "<p>{if b}</p>{end}"},
		{"twice", 6, "class stands twice", PAGE "<p class=\"a\" class=\"b\">a</p>"},
		{"twice through if", 6, "id stands twice",
		 PAGE "<p id=\"a\"{if b} id=\"b\"{end}>a</p>"},
		{"div in p", 6, "would end the <p>", PAGE "<p><div>a</div></p>"},
		{"link in link", 6, "may not stand inside <a>",
		 PAGE "<a href=\"/\"><b><a href=\"/\">a</a></b></a>"},
		{"form in form", 6, "may not stand inside <form>",
		 PAGE "<form method=\"get\"><form method=\"get\"></form></form>"},
		{"text in table", 6, "<table> holds no text", PAGE "<table>{t}</table>"},
		{"p in table", 6, "may not stand in <table>", PAGE "<table><p>a</p></table>"},
		{"td in div", 6, "may not stand in <div>", PAGE "<div><td>a</td></div>"},
		{"tag in option", 6, "holds text only",
		 PAGE "<select><option><b>a</b></option></select>"},
		{"slash", 6, "plain >", PAGE "<br/>"},
		{"capitals", 6, "lower case", PAGE "<P>a</P>"},
		{"bare ampersand", 6, "&amp;", PAGE "<p>a & b</p>"},
		{"< in a value", 6, "&lt;", PAGE "<p title=\"a<b\">a</p>"},
		{"open quote", 6, "no closing quote", PAGE "<p title=\"a>a</p>"},
		{"open brace", 6, "no } on its line", PAGE "<p>{t</p>"},
		{"value of a bool", 6, "has no value",
		 PAGE "<input type=\"text\" required=\"required\">"},
		{"no value", 6, "needs a value", PAGE "<p class>a</p>"},
		{"img without alt", 6, "needs alt", PAGE "<img src=\"/a.png\">"},
		{"unknown attribute", 6, "unknown attribute zip", PAGE "<p zip=\"a\">a</p>"},
	};

	(void)state;
	REFUSED(cases);
}

static void
names_are_known_and_needs_are_used(void **state)
{
	static const struct refused cases[] = {
		{"misspelt", 6, "nothing is named 'tt' here; there are t, u, b",
		 PAGE "<p>{tt}</p>"},
		{"each over text", 6, "is not a list", PAGE "{each a in t}{a.x}{end}"},
		{"list in text", 5, "{each}", LIST "<p>{rows}</p>"},
		{"bool in text", 6, "decide with {if}", PAGE "<p>{b}</p>"},
		{"item alone", 5, "write {r.<name>}", LIST "{each r in rows}{r}{end}"},
		{"misspelt member", 5, "nothing is named 'r.x'",
		 LIST "{each r in rows}{r.x}{end}"},
		{"item outside", 5, "is no item", LIST "{each r in rows}{r.t}{end}{r.t}"},
		{"unused", 2, "'a' is needed but not used",
		 "{page x}\n{needs text a}\n<p>a</p>"},
		{"unused member", 3, "'t' is needed but not used",
		 LIST "{each r in rows}a{end}"},
		{"needed twice", 3, "needed twice",
		 "{page x}\n{needs text a}\n{needs int a}\n{a}"},
		{"unknown type", 2, "unknown type 'string'", "{page x}\n{needs string a}\n{a}"},
		{"C word", 2, "cannot be a name", "{page x}\n{needs text int}\n"},
		{"no title", 1, "a template begins with", "<p>a</p>"},
		{"late needs", 6, "beginning of a template", PAGE "{needs text z}"},
		{"if without end", 6, "{if} has no {end}", PAGE "{if b}a"},
		{"two elses", 6, "only once", PAGE "{if b}a{else}b{else}c{end}"},
		{"end alone", 6, "closes nothing", PAGE "{end}"},
		{"expression", 6, "write {if <name>}", PAGE "{if b and t}a{end}"},
		{"slot in page", 6, "{layout", PAGE "{slot}"},
		{"no slot", 1, "exactly one {slot}", "{layout x}\n<p>a</p>"},
		{"unknown layout", 1, "no {layout nowhere}", "{page x in nowhere}\n<p>a</p>"},
		{"unknown part", 2, "no {part y}", "{page x}\n{needs part y p}\n{use y p}"},
		{"other part", 3, "is not needed as part z",
		 "{page x}\n{needs part y p}\n{use z p}"},
		{"part of itself", 1, "hold itself", "{part x}\n{needs part x p}\n{use x p}"},
		{"list without end", 2, "has no {end}", "{page x}\n{needs list a}\ntext b\n"},
	};

	(void)state;
	REFUSED(cases);
}

static void
all_faults_of_all_files_are_told_in_one_run(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);

	(void)state;
	assert_string_equal(
		text_z(arena, faults_of(arena, "{page x}\n<p>{a}</p>\n<p style=\"\">{b}</p>",
					"{page y}\n\n<p>{c}</p>", "")),
		"x.html:2: nothing is named 'a' here; there are none\n"
		"x.html:3: attribute style can carry a program or leave the site; use classes "
		"and "
		"script files instead\n"
		"x.html:3: nothing is named 'b' here; there are none\n"
		"y.html:3: nothing is named 'c' here; there are none\n");
}

static void
good_templates_pass(void **state)
{
	static const char *const good[] = {
		PAGE,
		PAGE "<a href=\"#top\" class=\"a {if b}c{else}d{end}\" data-x=\"{t}\">a</a>",
		PAGE "<input type=\"checkbox\" name=\"a\" {if b}checked{else}disabled{end}>",
		PAGE "<a href=\"/\" {if b}aria-current=\"page\"{end}>a</a>",
		PAGE "<p {if b}id=\"a\"{else}id=\"b\"{end}>{{literal} &nbsp;</p>",
		PAGE
		"<table><caption>{t}</caption><tbody><tr><td>{t}</td></tr></tbody></table>",
		PAGE "<textarea name=\"a\">{t}</textarea><pre>  {t}</pre>",
		"{layout x}\n{needs url u}\n<!doctype html><html><head><script src=\"{u}\" "
		"type=\"module\"></script><link rel=\"icon\" "
		"href=\"{u}\"></head><body>{slot}</body></html>",
		LIST "{if rows}{each r in rows}{if not r.t}a{end}{end}{end}",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		ARENA_SCOPED arena = arena_open(ARENA_USUAL);
		assert_string_equal(text_z(arena, faults_of(arena, good[i], NULL, "")), "");
	}
}

static void
a_translation_that_does_not_fit_stops_the_build(void **state)
{
	static const char page[] = "{page x}\n{needs text t}\n<p>{t}さん</p>";
	static const struct {
		const char *po;
		const char *told;
	} cases[] = {
		{"msgid \"{t}さん\"\nmsgstr \"Dear {tt}\"\n",
		 "en.po:1: the translation names {tt}"},
		{"msgid \"{t}さん\"\nmsgstr \"Dear\"\n",
		 "en.po:1: the translation leaves out {t}"},
		{"msgid \"%d件\"\nmsgstr \"%s items\"\n", "en.po:1: the translation must have"},
		{"msgid \"失敗\"\nmsgstr \"failed %n\"\n",
		 "en.po:1: the translation must have"},
		{"msgid \"a\"\nmsgstr \"b\"\nmsgid \"a\"\nmsgstr \"c\"\n",
		 "en.po:3: this message is"},
		{"msgid \"a\"\nmsgstr \"b\\q\"\n", "en.po:2: unknown escape"},
		{"msgctxt \"a\"\n", "en.po:1: expected msgid"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		ARENA_SCOPED arena = arena_open(ARENA_USUAL);
		const char *const told =
			text_z(arena, faults_of(arena, page, NULL, cases[i].po));
		if (!strstr(told, cases[i].told))
			fail_msg("wanted %s, told: %s", cases[i].told, told);
	}
}

static void
messages_are_collapsed_and_keep_their_holes(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct faults faults = {.arena = arena};
	struct writer out = writer_open(arena, 1 << 16);
	const struct template *const page = template_read(
		arena, &faults, T("x.html"),
		T("{page x}\n{needs int n}\n<p title=\"題\" class=\"級\">  残り\n   {n}件\n "
		  "です <b>a b</b></p>"
		  "<input type=\"submit\" value=\"送る\"><input type=\"radio\" value=\"値\">"));

	(void)state;
	messages_write(arena, &out, page);
	assert_int_equal(faults.count, 0);
	assert_string_equal(strstr(text_z(arena, writer_text(&out)), "#: "),
			    "#: x.html:3\nmsgid \"題\"\nmsgstr \"\"\n\n"
			    "#: x.html:3\nmsgid \"残り{n}件です\"\nmsgstr \"\"\n\n"
			    "#: x.html:5\nmsgid \"送る\"\nmsgstr \"\"\n\n");
}

static void
the_catalogue_is_sorted_and_leaves_out_what_is_uncertain(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct faults faults = {.arena = arena};
	struct writer out = writer_open(arena, 1 << 16);
	const struct translations all = po_read(
		arena, &faults, T("en.po"),
		T("msgid \"\"\nmsgstr \"head\"\n\nmsgid \"b\"\nmsgstr \"\"\n\"two "
		  "\\\"\"\n\"lines\\n\"\n\n"
		  "#, fuzzy\nmsgid \"c\"\nmsgstr \"uncertain\"\n\nmsgid \"d\"\nmsgstr \"\"\n\n"
		  "#~ msgid \"e\"\n#~ msgstr \"old\"\n\nmsgid \"a\"\nmsgstr \"one\"\n"));

	(void)state;
	catalogue_write(&out, &all);
	assert_int_equal(faults.count, 0);
	assert_string_equal(strstr(text_z(arena, writer_text(&out)), "static"),
			    "static const struct say_pair pairs[] = {\n"
			    "\t{ \"a\",\n\t  \"one\" },\n"
			    "\t{ \"b\",\n\t  \"two \\\"lines\\012\" },\n};\n\n"
			    "const struct say_catalogue say_english = { pairs, 2 };\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holes_in_unsafe_places_are_refused),
		cmocka_unit_test(addresses_come_only_from_url_holes),
		cmocka_unit_test(output_is_well_formed),
		cmocka_unit_test(names_are_known_and_needs_are_used),
		cmocka_unit_test(all_faults_of_all_files_are_told_in_one_run),
		cmocka_unit_test(good_templates_pass),
		cmocka_unit_test(a_translation_that_does_not_fit_stops_the_build),
		cmocka_unit_test(messages_are_collapsed_and_keep_their_holes),
		cmocka_unit_test(the_catalogue_is_sorted_and_leaves_out_what_is_uncertain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
