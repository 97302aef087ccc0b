/*
 * cairo cuts fonts down itself when it writes a PDF, but looks every glyph up by walking the font's
 * whole table of characters: for IPAmj Mincho, 61,179 glyphs, that is most of the time of a form.
 * So each font is cut first, by HarfBuzz, to the glyphs that are drawn, and cairo gets the rest.
 */
#include "paper/print_rooms.h"

#include <cairo-ft.h>
#include <ft2build.h>
#include FT_FREETYPE_H
#include <hb-subset.h>

enum { MOST_SUBSETS = 64, MOST_SIZES = 256 };

struct subset {
	hb_face_t *whole;
	hb_face_t *outlines; /* the same without tables that are not needed */
	hb_subset_input_t *input;
	hb_subset_plan_t *plan;
	hb_blob_t *blob; /* the cut font; FreeType reads from it */
	const hb_map_t *numbers;
	FT_Face face;
	cairo_font_face_t *cairo;
};

struct sized {
	const cairo_scaled_font_t *of;
	const hb_face_t *face;
	cairo_scaled_font_t *font;
};

struct subsets {
	FT_Library library;
	struct subset at[MOST_SUBSETS];
	size_t count;
	struct sized sizes[MOST_SIZES];
	size_t sizes_count;
};

static struct subset *
find_subset(struct subsets *subsets, hb_face_t *whole)
{
	for (size_t i = 0; i < subsets->count; i++)
		if (subsets->at[i].whole == whole)
			return &subsets->at[i];
	return NULL;
}

/*
 * Only outlines are drawn: shaping is done, hints are not used. The table of characters is left out
 * for both HarfBuzz and cairo, which would walk all of it.
 */
static bool
is_needed(hb_tag_t tag)
{
	static const hb_tag_t tags[] = {
		HB_TAG('h', 'e', 'a', 'd'), HB_TAG('h', 'h', 'e', 'a'), HB_TAG('h', 'm', 't', 'x'),
		HB_TAG('m', 'a', 'x', 'p'), HB_TAG('g', 'l', 'y', 'f'), HB_TAG('l', 'o', 'c', 'a'),
		HB_TAG('C', 'F', 'F', ' '), HB_TAG('n', 'a', 'm', 'e'), HB_TAG('O', 'S', '/', '2'),
		HB_TAG('p', 'o', 's', 't'),
	};

	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (tags[i] == tag)
			return true;
	return false;
}

static hb_blob_t *
needed_table(hb_face_t *face, hb_tag_t tag, void *whole)
{
	(void)face;
	return is_needed(tag) ? hb_face_reference_table(whole, tag) : hb_blob_get_empty();
}

static hb_face_t *
outlines_of(hb_face_t *whole)
{
	hb_face_t *face = hb_face_create_for_tables(needed_table, whole, NULL);

	hb_face_set_upem(face, hb_face_get_upem(whole));
	hb_face_set_glyph_count(face, hb_face_get_glyph_count(whole));
	return face;
}

static struct error *
add_run(struct subsets *subsets, const struct run *run)
{
	struct subset *subset = find_subset(subsets, run->face);

	if (subset == NULL) {
		if (subsets->count == MOST_SUBSETS)
			return reject("sections", "書体が多すぎます(%dまで)。", MOST_SUBSETS);
		subset = &subsets->at[subsets->count++];
		subset->whole = hb_face_reference(run->face);
		subset->input = hb_subset_input_create_or_fail();
		if (subset->input == NULL)
			return broken("書体を切り出せません。");
		hb_subset_input_set_flags(subset->input, HB_SUBSET_FLAGS_NO_HINTING);
	}
	for (int i = 0; i < run->glyphs_count; i++)
		hb_set_add(hb_subset_input_glyph_set(subset->input),
			   (hb_codepoint_t)run->glyphs[i].index); /* from a font: below 65536 */
	return OK;
}

static struct error *
add_page(struct subsets *subsets, const struct page *page)
{
	for (const struct mark *mark = page->first; mark != NULL; mark = mark->next)
		if (mark->kind == MARK_LINE)
			for (const struct run *run = mark->line->runs; run != NULL; run = run->next)
				TRY(add_run(subsets, run));
	return OK;
}

static struct error *
cut(struct subsets *subsets, struct subset *subset)
{
	hb_face_t *small;
	unsigned len;
	const char *bytes;

	subset->outlines = outlines_of(subset->whole);
	subset->plan = hb_subset_plan_create_or_fail(subset->outlines, subset->input);
	small = subset->plan == NULL ? NULL : hb_subset_plan_execute_or_fail(subset->plan);
	if (small == NULL)
		return broken("書体を切り出せません。");
	subset->blob = hb_face_reference_blob(small);
	hb_face_destroy(small);
	subset->numbers = hb_subset_plan_old_to_new_glyph_mapping(subset->plan);
	bytes = hb_blob_get_data(subset->blob, &len);
	if (FT_New_Memory_Face(subsets->library, (const FT_Byte *)bytes, (FT_Long)len, 0,
			       &subset->face) != 0) /* a font of this machine: fits */
		return broken("切り出した書体を開けません。");
	subset->cairo = cairo_ft_font_face_create_for_ft_face(subset->face, FT_LOAD_NO_HINTING);
	return OK;
}

struct error *
subsets_open(struct paper *paper, struct subsets **into)
{
	struct subsets *subsets = ARENA_NEW(paper->arena, struct subsets);

	*into = subsets;
	if (FT_Init_FreeType(&subsets->library) != 0)
		return broken("書体を切り出せません。");
	for (const struct page *page = paper->pages; page != NULL; page = page->next)
		TRY(add_page(subsets, page));
	for (size_t i = 0; i < subsets->count; i++)
		TRY(cut(subsets, &subsets->at[i]));
	return OK;
}

static void
subset_close(struct subset *subset)
{
	if (subset->cairo != NULL)
		cairo_font_face_destroy(subset->cairo);
	if (subset->plan != NULL)
		hb_subset_plan_destroy(subset->plan);
	if (subset->input != NULL)
		hb_subset_input_destroy(subset->input);
	hb_face_destroy(subset->outlines);
	hb_face_destroy(subset->whole);
}

/* cairo keeps fonts for a while: their faces stay open until the process ends. */
void
subsets_close(struct subsets **into)
{
	struct subsets *subsets = *into;

	if (subsets == NULL)
		return;
	for (size_t i = 0; i < subsets->sizes_count; i++)
		cairo_scaled_font_destroy(subsets->sizes[i].font);
	for (size_t i = 0; i < subsets->count; i++)
		subset_close(&subsets->at[i]);
	*into = NULL;
}

static cairo_scaled_font_t *
make_size(const struct subset *subset, cairo_scaled_font_t *of)
{
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_matrix_t matrix, unit;
	cairo_scaled_font_t *font;

	cairo_scaled_font_get_font_matrix(of, &matrix);
	cairo_scaled_font_get_ctm(of, &unit);
	cairo_scaled_font_get_font_options(of, options);
	font = cairo_scaled_font_create(subset->cairo, &matrix, &unit, options);
	cairo_font_options_destroy(options);
	return font;
}

cairo_scaled_font_t *
subsets_font(struct subsets *subsets, const struct run *run)
{
	struct sized *sized;

	for (size_t i = 0; i < subsets->sizes_count; i++)
		if (subsets->sizes[i].of == run->font && subsets->sizes[i].face == run->face)
			return subsets->sizes[i].font;
	if (subsets->sizes_count == MOST_SIZES)
		return run->font; /* not reached: sizes are few; the whole font has other numbers */
	sized = &subsets->sizes[subsets->sizes_count++];
	*sized = (struct sized){ run->font, run->face,
				 make_size(find_subset(subsets, run->face), run->font) };
	return sized->font;
}

unsigned long
subsets_glyph(struct subsets *subsets, const struct run *run, unsigned long glyph)
{
	const hb_codepoint_t number = hb_map_get(find_subset(subsets, run->face)->numbers,
						 (hb_codepoint_t)glyph);

	return number == HB_MAP_VALUE_INVALID ? 0 : number;
}
