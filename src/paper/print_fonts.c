#include "paper/print_rooms.h"

#include <fontconfig/fontconfig.h>
#include <hb.h>
#include <pango/pangocairo.h>

enum { MOST_KEPT = 256, MOST_BORROWED = 256, MOST_CLUSTER = 8 };

static const char first_family[] = "IPAexMincho";
static const char second_family[] = "IPAmjMincho";

struct borrowed {
	uint32_t character;
	const char *family; /* NULL: nobody has it */
};

struct fonts {
	struct arena *arena;
	struct print_report *report;
	PangoFontMap *map;
	PangoContext *context;
	PangoLayout *layout;
	PangoFont *first, *second; /* second is opened when first needed: it is large */
	PangoFont *kept[MOST_KEPT];
	size_t kept_count;
	struct borrowed borrowed[MOST_BORROWED];
	size_t borrowed_count;
};

static void
pattern_close_at_end(FcPattern **pattern)
{
	if (*pattern != NULL)
		FcPatternDestroy(*pattern);
}

static void
charset_close_at_end(FcCharSet **set)
{
	if (*set != NULL)
		FcCharSetDestroy(*set);
}

static void
fontset_close_at_end(FcFontSet **set)
{
	if (*set != NULL)
		FcFontSetDestroy(*set);
}

/* The installed font that fontconfig finds best for a pattern; NULL when there is none. */
static FcPattern *
best_font(FcPattern *pattern)
{
	FcResult result;

	FcConfigSubstitute(NULL, pattern, FcMatchPattern);
	FcDefaultSubstitute(pattern);
	return FcFontMatch(NULL, pattern, &result);
}

static bool
is_installed(const char *family)
{
	__attribute__((cleanup(pattern_close_at_end))) FcPattern *pattern = FcPatternCreate();
	__attribute__((cleanup(pattern_close_at_end))) FcPattern *best = NULL;
	FcChar8 *found;

	FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)family);
	best = best_font(pattern);
	return best != NULL && FcPatternGetString(best, FC_FAMILY, 0, &found) == FcResultMatch &&
	       FcStrCmpIgnoreCase(found, (const FcChar8 *)family) == 0;
}

/*
 * The machine's own configuration is a hundred files about screens; a form needs where the fonts
 * are, their cache, and who lends first. Fonts in the same folders give the same paper everywhere.
 */
static const char configuration[] =
	"<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig>"
	"<dir>/usr/share/fonts</dir><dir>/usr/local/share/fonts</dir>"
	"<cachedir>/var/cache/fontconfig</cachedir>"
	"<alias><family>serif</family><prefer><family>Noto Serif</family>"
	"<family>DejaVu Serif</family><family>Noto Serif CJK JP</family>"
	"<family>IPAexGothic</family><family>Noto Sans</family></prefer></alias></fontconfig>";

static bool
load_configuration(void)
{
	FcConfig *made = FcConfigCreate();

	if (made == NULL ||
	    !FcConfigParseAndLoadFromMemory(made, (const FcChar8 *)configuration, FcTrue) ||
	    !FcConfigBuildFonts(made) || !FcConfigSetCurrent(made))
		return false;
	FcConfigDestroy(made); /* it is the current one now, and stays */
	return true;
}

struct error *
print_fonts_find(void)
{
	if (!load_configuration())
		return broken("書体の設定(fontconfig)を読み込めません。");
	/* The configuration stays as it is; the jail has no /etc. */
	FcConfigSetRescanInterval(NULL, 0);
	if (!is_installed(first_family))
		return broken("IPAex明朝がありません。fonts-ipaexfont-minchoを入れてください。");
	if (!is_installed(second_family))
		return broken("IPAmj明朝がありません。fonts-ipamj-minchoを入れてください。");
	return OK;
}

static PangoFont *
load_font(struct fonts *fonts, const char *family)
{
	PangoFontDescription *wanted = pango_font_description_new();
	PangoFont *font;

	pango_font_description_set_family_static(wanted, family);
	pango_font_description_set_absolute_size(wanted, 10 * PANGO_SCALE);
	font = pango_font_map_load_font(fonts->map, fonts->context, wanted);
	pango_font_description_free(wanted);
	return font;
}

struct error *
fonts_open(struct arena *arena, struct print_report *report, struct fonts **into)
{
	struct fonts *fonts = ARENA_NEW(arena, struct fonts);
	cairo_font_options_t *options = cairo_font_options_create();

	fonts->arena = arena;
	fonts->report = report;
	fonts->map = pango_cairo_font_map_new();
	pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(fonts->map), 72.0);
	fonts->context = pango_font_map_create_context(fonts->map);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	pango_cairo_context_set_font_options(fonts->context, options);
	cairo_font_options_destroy(options);
	pango_context_set_round_glyph_positions(fonts->context, FALSE);
	pango_context_set_language(fonts->context, pango_language_from_string("ja"));
	fonts->layout = pango_layout_new(fonts->context);
	pango_layout_set_auto_dir(fonts->layout, FALSE);
	pango_layout_set_wrap(fonts->layout, PANGO_WRAP_WORD_CHAR);
	fonts->first = load_font(fonts, first_family);
	if (fonts->first == NULL) {
		fonts_close(&fonts);
		return broken("IPAex明朝を開けません。");
	}
	*into = fonts;
	return OK;
}

void
fonts_close(struct fonts **into)
{
	struct fonts *fonts = *into;

	if (fonts == NULL)
		return;
	for (size_t i = 0; i < fonts->kept_count; i++)
		g_object_unref(fonts->kept[i]);
	g_clear_object(&fonts->first);
	g_clear_object(&fonts->second);
	g_clear_object(&fonts->layout);
	g_clear_object(&fonts->context);
	g_clear_object(&fonts->map);
	*into = NULL;
}

PangoLayout *
fonts_layout(struct fonts *fonts)
{
	return fonts->layout;
}

void
fonts_keep(struct fonts *fonts, void *pango_font)
{
	for (size_t i = fonts->kept_count; i > 0; i--)
		if (fonts->kept[i - 1] == pango_font)
			return;
	if (fonts->kept_count == MOST_KEPT)
		return; /* the font map keeps it as well; this is only for certainty */
	fonts->kept[fonts->kept_count++] = g_object_ref(pango_font);
}

static bool
is_selector(uint32_t c)
{
	return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF);
}

/* Does the font draw the character with its selector and marks as they are meant? */
static bool
covers(PangoFont *font, const uint32_t *cluster, size_t count)
{
	hb_font_t *hb = font == NULL ? NULL : pango_font_get_hb_font(font);
	hb_codepoint_t glyph;
	gunichar base = cluster[0], made;
	bool is_there;

	if (hb == NULL)
		return false;
	is_there = hb_font_get_nominal_glyph(hb, base, &glyph);
	for (size_t i = 1; i < count; i++) {
		if (is_selector(cluster[i])) {
			if (!hb_font_get_variation_glyph(hb, cluster[i - 1], cluster[i], &glyph))
				return false;
		} else if (g_unichar_compose(base, cluster[i], &made) &&
			   hb_font_get_nominal_glyph(hb, made, &glyph)) {
			base = made;
			is_there = true;
		} else if (!hb_font_get_nominal_glyph(hb, cluster[i], &glyph)) {
			return false;
		}
	}
	return is_there;
}

static PangoFont *
second_font(struct fonts *fonts)
{
	if (fonts->second == NULL)
		fonts->second = load_font(fonts, second_family);
	return fonts->second;
}

static void
warn(struct fonts *fonts, enum print_warning_kind kind, uint32_t character, uint32_t selector)
{
	struct print_report *report = fonts->report;

	for (size_t i = 0; i < report->warnings_count; i++)
		if (report->warnings[i].character == character &&
		    report->warnings[i].selector == selector)
			return;
	if (report->warnings_count == SHEET_MOST_WARNINGS)
		return;
	report->warnings[report->warnings_count++] = (struct print_warning){
		.kind = kind, .character = character, .selector = selector
	};
}

/* The name of the font when it really draws the cluster. */
static const char *
lender_name(struct fonts *fonts, FcPattern *candidate, const uint32_t *cluster, size_t count)
{
	FcChar8 *family;
	PangoFont *font;
	const char *name;
	bool has_it;

	if (FcPatternGetString(candidate, FC_FAMILY, 0, &family) != FcResultMatch)
		return NULL;
	name = text_z(fonts->arena, text_of((const char *)family));
	font = load_font(fonts, name);
	has_it = covers(font, cluster, count);
	g_clear_object(&font);
	return has_it ? name : NULL;
}

/* Ask fontconfig for the best installed outline font that has the whole cluster. */
static const char *
find_lender(struct fonts *fonts, const uint32_t *cluster, size_t count)
{
	__attribute__((cleanup(pattern_close_at_end))) FcPattern *pattern = FcPatternCreate();
	__attribute__((cleanup(charset_close_at_end))) FcCharSet *set = FcCharSetCreate();
	__attribute__((cleanup(fontset_close_at_end))) FcFontSet *candidates = NULL;
	const char *name = NULL;
	FcResult result;

	/* A font's set of characters does not say which selectors it knows: covers() does. */
	for (size_t i = 0; i < count; i++)
		if (!is_selector(cluster[i]))
			FcCharSetAddChar(set, cluster[i]);
	FcPatternAddCharSet(pattern, FC_CHARSET, set);
	FcPatternAddBool(pattern, FC_SCALABLE, FcTrue);
	FcPatternAddBool(pattern, FC_COLOR, FcFalse);
	FcPatternAddString(pattern, FC_FAMILY, (const FcChar8 *)"serif");
	FcConfigSubstitute(NULL, pattern, FcMatchPattern);
	FcDefaultSubstitute(pattern);
	candidates = FcFontSort(NULL, pattern, FcFalse, NULL, &result);
	for (int i = 0; candidates != NULL && name == NULL && i < candidates->nfont; i++) {
		FcPattern *candidate = candidates->fonts[i];
		FcCharSet *has;

		if (FcPatternGetCharSet(candidate, FC_CHARSET, 0, &has) == FcResultMatch &&
		    FcCharSetIsSubset(set, has))
			name = lender_name(fonts, candidate, cluster, count);
	}
	return name;
}

static const char *
borrow(struct fonts *fonts, const uint32_t *cluster, size_t count)
{
	const char *family;

	if (count == 1)
		for (size_t i = 0; i < fonts->borrowed_count; i++)
			if (fonts->borrowed[i].character == cluster[0])
				return fonts->borrowed[i].family;
	if (fonts->borrowed_count == MOST_BORROWED)
		return NULL; /* a hostile job: each question costs time */
	family = find_lender(fonts, cluster, count);
	fonts->borrowed[fonts->borrowed_count++] = (struct borrowed){
		.character = count == 1 ? cluster[0] : 0, .family = family
	};
	return family;
}

/* Would do something to the text around it instead of being seen. */
static bool
is_unseen_power(uint32_t c)
{
	return c < 0x20 || (c >= 0x7F && c <= 0x9F) || c == 0x061C || c == 0x200E || c == 0x200F ||
	       (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x206F) ||
	       (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE007F);
}

static bool
is_unseen(uint32_t c)
{
	return (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF || c == 0x00AD;
}

static struct choice_of_font
stand_in(const char *drawn)
{
	return (struct choice_of_font){
		.family = first_family, .drawn = text_of(drawn), .is_replaced = true
	};
}

static struct choice_of_font
choose_rare(struct fonts *fonts, struct text cluster, const uint32_t *characters, size_t count)
{
	const uint32_t selector = count > 1 && is_selector(characters[1]) ? characters[1] : 0;
	const char *lender;

	if (covers(second_font(fonts), characters, count))
		return (struct choice_of_font){ .family = second_family, .drawn = cluster };
	lender = borrow(fonts, characters, count);
	if (lender != NULL) {
		warn(fonts, PRINT_BORROWED, characters[0], selector);
		return (struct choice_of_font){ .family = lender, .drawn = cluster };
	}
	warn(fonts, selector != 0 ? PRINT_NO_VARIANT : PRINT_NO_GLYPH, characters[0], selector);
	return stand_in("〓");
}

struct choice_of_font
fonts_choose(struct fonts *fonts, struct text cluster)
{
	uint32_t characters[MOST_CLUSTER] = { 0 };
	size_t count = 0, at = 0;

	while (count < MOST_CLUSTER && text_next(cluster, &at, &characters[count]))
		count++;
	/* How a sign is to be coloured; our forms are black and white. */
	if (count > 1 && (characters[1] == 0xFE0E || characters[1] == 0xFE0F))
		count = 1;
	if (count == 1 && is_unseen(characters[0]))
		return stand_in("");
	if (characters[0] == 0x2610 || characters[0] == 0x2611)
		return stand_in("□");
	if (is_unseen_power(characters[0])) {
		warn(fonts, PRINT_NO_GLYPH, characters[0], 0);
		return stand_in("〓");
	}
	if (covers(fonts->first, characters, count))
		return (struct choice_of_font){ .family = NULL, .drawn = cluster };
	return choose_rare(fonts, cluster, characters, count);
}
