/*
 * What the page compiler knows of HTML: the elements it accepts, where the HTML parsing
 * algorithm (HTML Living Standard 13.2.6) would move them if they stood elsewhere, and what an
 * attribute may hold. What is not listed is refused; lists grow when a page needs more.
 */
#include "pagec.h"

#define BLOCK ELEMENT_BLOCK
#define HEADING (ELEMENT_BLOCK | ELEMENT_HEADING)
#define WORDS ELEMENT_WORDS
#define ALONE ELEMENT_ALONE
#define VOID ELEMENT_VOID
#define SPACED ELEMENT_SPACED
#define LAYOUT ELEMENT_LAYOUT

static const struct element elements[] = {
	{"html", LAYOUT, "", "head body"},
	{"head", LAYOUT, "html", "title meta link script"},
	{"body", LAYOUT, "html", NULL},
	{"title", LAYOUT | WORDS, "head", NULL},
	{"meta", LAYOUT | VOID, "head", NULL},
	{"link", LAYOUT | VOID, "head", NULL},
	{"script", WORDS, NULL, NULL},
	{"a", ALONE, NULL, NULL},
	{"abbr", 0, NULL, NULL},
	{"address", BLOCK, NULL, NULL},
	{"article", BLOCK, NULL, NULL},
	{"aside", BLOCK, NULL, NULL},
	{"b", 0, NULL, NULL},
	{"blockquote", BLOCK, NULL, NULL},
	{"br", VOID, NULL, NULL},
	{"button", ALONE, NULL, NULL},
	{"caption", 0, "table", NULL},
	{"circle", 0, "svg", ""},
	{"cite", 0, NULL, NULL},
	{"code", 0, NULL, NULL},
	{"col", VOID, "colgroup", NULL},
	{"colgroup", 0, "table", "col"},
	{"data", 0, NULL, NULL},
	{"datalist", 0, NULL, "option"},
	{"dd", BLOCK, "dl div", NULL},
	{"del", 0, NULL, NULL},
	{"details", BLOCK, NULL, NULL},
	{"dfn", 0, NULL, NULL},
	{"dialog", BLOCK, NULL, NULL},
	{"div", BLOCK, NULL, NULL},
	{"dl", BLOCK, NULL, "dt dd div"},
	{"dt", BLOCK, "dl div", NULL},
	{"em", 0, NULL, NULL},
	{"fieldset", BLOCK, NULL, NULL},
	{"figcaption", BLOCK, "figure", NULL},
	{"figure", BLOCK, NULL, NULL},
	{"footer", BLOCK, NULL, NULL},
	{"form", BLOCK | ALONE, NULL, NULL},
	{"h1", HEADING, NULL, NULL},
	{"h2", HEADING, NULL, NULL},
	{"h3", HEADING, NULL, NULL},
	{"h4", HEADING, NULL, NULL},
	{"h5", HEADING, NULL, NULL},
	{"h6", HEADING, NULL, NULL},
	{"header", BLOCK, NULL, NULL},
	{"hgroup", BLOCK, NULL, NULL},
	{"hr", BLOCK | VOID, NULL, NULL},
	{"i", 0, NULL, NULL},
	{"img", VOID, NULL, NULL},
	{"input", VOID, NULL, NULL},
	{"ins", 0, NULL, NULL},
	{"kbd", 0, NULL, NULL},
	{"label", ALONE, NULL, NULL},
	{"legend", 0, "fieldset", NULL},
	{"li", BLOCK, "ul ol menu", NULL},
	{"main", BLOCK, NULL, NULL},
	{"mark", 0, NULL, NULL},
	{"menu", BLOCK, NULL, "li"},
	{"meter", 0, NULL, NULL},
	{"nav", BLOCK, NULL, NULL},
	{"ol", BLOCK, NULL, "li"},
	{"optgroup", 0, "select", "option"},
	{"option", WORDS, "select optgroup datalist", NULL},
	{"output", 0, NULL, NULL},
	{"p", BLOCK | ALONE, NULL, NULL},
	{"pre", BLOCK | SPACED, NULL, NULL},
	{"progress", 0, NULL, NULL},
	{"q", 0, NULL, NULL},
	{"rp", 0, "ruby", NULL},
	{"rt", 0, "ruby", NULL},
	{"ruby", 0, NULL, NULL},
	{"s", 0, NULL, NULL},
	{"samp", 0, NULL, NULL},
	{"section", BLOCK, NULL, NULL},
	{"select", ALONE, NULL, "option optgroup"},
	{"small", 0, NULL, NULL},
	{"span", 0, NULL, NULL},
	{"strong", 0, NULL, NULL},
	{"sub", 0, NULL, NULL},
	{"summary", BLOCK, "details", NULL},
	{"sup", 0, NULL, NULL},
	{"svg", 0, NULL, "circle"},
	{"table", BLOCK, NULL, "caption colgroup thead tbody tfoot tr"},
	{"tbody", 0, "table", "tr"},
	{"td", 0, "tr", NULL},
	{"textarea", WORDS | SPACED, NULL, NULL},
	{"tfoot", 0, "table", "tr"},
	{"th", 0, "tr", NULL},
	{"thead", 0, "table", "tr"},
	{"time", 0, NULL, NULL},
	{"tr", 0, "table thead tbody tfoot", "td th"},
	{"u", 0, NULL, NULL},
	{"ul", BLOCK, NULL, "li"},
	{"var", 0, NULL, NULL},
	{"wbr", VOID, NULL, NULL},
};

const struct element *
element_of(struct text name)
{
	for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++)
		if (text_is(name, elements[i].name))
			return &elements[i];
	return NULL;
}

bool
is_listed(const char *list, struct text name)
{
	struct text rest = text_of(list);
	struct text word;

	while (rest.len > 0) {
		if (!text_cut(rest, ' ', &word, &rest))
			rest = (struct text){NULL, 0};
		if (text_same(word, name))
			return true;
	}
	return false;
}

/* A drawing is more than a page needs: what may stand in one is listed whole, so that no address and
 * no program comes in with it. */
bool
is_drawn_with(const struct element *element, struct text name)
{
	if (text_is(text_of(element->name), "svg"))
		return is_listed("class viewbox aria-hidden focusable", name);
	if (text_is(text_of(element->name), "circle"))
		return is_listed("class cx cy r pathlength stroke-dasharray", name);
	return true;
}

static const struct {
	enum attribute_kind kind;
	const char *names;
} attributes[] = {
	{ATTRIBUTE_DANGEROUS, "style srcdoc srcset http-equiv ping background imagesrcset"},
	{ATTRIBUTE_URL, "href src action formaction"},
	{ATTRIBUTE_HUMAN, "title placeholder alt label aria-label aria-description "
			  "aria-roledescription aria-valuetext data-words"},
	{ATTRIBUTE_CONSTANT, "type method enctype rel target charset formmethod formenctype "
			     "formtarget loading wrap enterkeyhint spellcheck media sizes"},
	{ATTRIBUTE_BOOLEAN, "selected checked disabled required hidden open multiple readonly "
			    "autofocus novalidate formnovalidate reversed inert async"},
	{ATTRIBUTE_PLAIN, "id class name value for min max step maxlength minlength size rows "
			  "cols colspan rowspan pattern lang dir width height datetime content "
			  "autocomplete inputmode accept list form scope headers role tabindex "
			  "start high low optimum span download translate capture "
			  "viewbox cx cy r pathlength stroke-dasharray focusable"},
};

enum attribute_kind
attribute_kind_of(struct text name)
{
	if (text_starts(name, T("on")))
		return ATTRIBUTE_DANGEROUS;
	for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++)
		if (is_listed(attributes[i].names, name))
			return attributes[i].kind;
	if (text_starts(name, T("data-words-")))
		return ATTRIBUTE_HUMAN;
	if (text_starts(name, T("data-")) || text_starts(name, T("aria-")))
		return ATTRIBUTE_PLAIN;
	return ATTRIBUTE_UNKNOWN;
}
