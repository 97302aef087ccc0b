#include "paper/print_rooms.h"

#include "base/writer.h"

#include <hb.h>
#include <pango/pangocairo.h>
#include <string.h>

static const char main_family[] = "IPAexMincho";

struct replaced {
	size_t at, len; /* in what is drawn */
	struct text original;
};

/* What is given to the shaper, and how it goes back to what was written. */
struct draft {
	struct fonts *fonts;
	struct arena *arena;
	struct writer drawn;
	PangoAttrList *attributes;
	struct replaced *replaced;
	size_t replaced_count;
};

static bool
is_joined(uint32_t c)
{
	return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0xE0100 && c <= 0xE01EF) ||
	       (c > 0x2FF && g_unichar_ismark(c));
}

/* A character with the selectors and marks behind it, seven at most. */
static struct text
next_cluster(struct text text, size_t *at)
{
	const size_t from = *at;
	size_t end, ahead;
	uint32_t c;
	int joined = 0;

	if (!text_next(text, at, &c))
		return T("");
	end = ahead = *at;
	while (c != '\n' && joined < 7 && text_next(text, &ahead, &c) && is_joined(c)) {
		end = ahead;
		joined++;
	}
	*at = end;
	return (struct text){ text.data + from, end - from };
}

static void
set_family(struct draft *draft, const char *family, size_t from, size_t to)
{
	PangoAttribute *attribute = pango_attr_family_new(family);

	attribute->start_index = (guint)from; /* a text of a job is below 4 MiB */
	attribute->end_index = (guint)to;
	pango_attr_list_insert(draft->attributes, attribute);
}

static void
draft_cluster(struct draft *draft, struct text cluster)
{
	const struct choice_of_font font = fonts_choose(draft->fonts, cluster);
	const size_t from = draft->drawn.len;

	write_text(&draft->drawn, font.drawn);
	if (font.family != NULL && !text_is_empty(font.drawn))
		set_family(draft, font.family, from, draft->drawn.len);
	if (font.is_replaced && !text_is_empty(font.drawn))
		draft->replaced[draft->replaced_count++] =
			(struct replaced){ from, font.drawn.len, cluster };
}

static bool
is_plain(struct text text)
{
	for (size_t i = 0; i < text.len; i++)
		if ((text.data[i] < ' ' && text.data[i] != '\n') || text.data[i] > '~')
			return false;
	return true;
}

static void
draft_text(struct draft *draft, struct text text)
{
	size_t at = 0;

	draft->drawn = writer_open(draft->arena, text.len * 3 + 16);
	draft->attributes = pango_attr_list_new();
	pango_attr_list_insert(draft->attributes, pango_attr_fallback_new(FALSE));
	if (is_plain(text)) {
		write_text(&draft->drawn, text);
		return;
	}
	draft->replaced = ARENA_ARRAY(draft->arena, struct replaced, text_count(text) + 1);
	while (at < text.len) {
		const struct text cluster = next_cluster(text, &at);

		if (text_is(cluster, "\n"))
			write_text(&draft->drawn, cluster);
		else
			draft_cluster(draft, cluster);
	}
}

static const struct replaced *
find_replaced(const struct draft *draft, size_t at)
{
	size_t low = 0, high = draft->replaced_count;

	while (low < high) {
		const size_t middle = low + (high - low) / 2;

		if (draft->replaced[middle].at < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low < draft->replaced_count && draft->replaced[low].at == at ?
		       &draft->replaced[low] :
		       NULL;
}

/* The text that drawn[from..to) stands for. */
static void
write_original(const struct draft *draft, struct writer *out, size_t from, size_t to)
{
	while (from < to) {
		const struct replaced *replaced = find_replaced(draft, from);

		if (replaced != NULL) {
			write_text(out, replaced->original);
			from += replaced->len;
		} else {
			write_byte(out, draft->drawn.data[from++]);
		}
	}
}

static void
add_check(const struct draft *draft, struct line *line, size_t at)
{
	const struct replaced *replaced = find_replaced(draft, at);
	struct check *check;

	if (replaced == NULL || !text_starts(replaced->original, T("☑")))
		return;
	check = ARENA_NEW(draft->arena, struct check);
	*check = (struct check){ .x = line->width, .next = line->checks };
	line->checks = check;
}

struct span {
	int first, end;	      /* glyphs */
	size_t from, to;      /* bytes of what is drawn */
};

/* The glyphs of one cluster, beginning at glyph `first`. */
static struct span
next_span(const PangoGlyphItem *item, int first)
{
	const PangoGlyphString *glyphs = item->glyphs;
	const bool is_backward = item->item->analysis.level % 2 == 1;
	const int from = glyphs->log_clusters[first];
	int end = first, to = item->item->length;

	while (end < glyphs->num_glyphs && glyphs->log_clusters[end] == from)
		end++;
	if (!is_backward && end < glyphs->num_glyphs)
		to = glyphs->log_clusters[end];
	if (is_backward && first > 0)
		to = glyphs->log_clusters[first - 1];
	/* pango counts bytes in int, never below zero */
	return (struct span){ first, end, (size_t)(item->item->offset + from),
			      (size_t)(item->item->offset + to) };
}

static void
add_glyph(struct run *run, struct line *line, const PangoGlyphInfo *info)
{
	if (info->glyph != PANGO_GLYPH_EMPTY && (info->glyph & PANGO_GLYPH_UNKNOWN_FLAG) == 0)
		run->glyphs[run->glyphs_count++] = (cairo_glyph_t){
			.index = info->glyph,
			.x = line->width + info->geometry.x_offset / (double)PANGO_SCALE,
			.y = info->geometry.y_offset / (double)PANGO_SCALE,
		};
	line->width += info->geometry.width / (double)PANGO_SCALE;
}

static void
add_item(const struct draft *draft, struct line *line, struct run *run, const PangoGlyphItem *item)
{
	const int count = item->glyphs->num_glyphs;
	struct writer utf8 = writer_open(draft->arena, (size_t)item->item->length * 12 + 64);

	/* counts of pango are never below zero */
	run->glyphs = ARENA_ARRAY(draft->arena, cairo_glyph_t, (size_t)count + 1);
	run->clusters = ARENA_ARRAY(draft->arena, cairo_text_cluster_t, (size_t)count + 1);
	run->font = pango_cairo_font_get_scaled_font(
		PANGO_CAIRO_FONT(item->item->analysis.font));
	run->face = hb_font_get_face(pango_font_get_hb_font(item->item->analysis.font));
	fonts_keep(draft->fonts, item->item->analysis.font);
	for (int i = 0; i < count;) {
		const struct span span = next_span(item, i);
		const int glyphs_before = run->glyphs_count;
		const size_t bytes_before = utf8.len;

		add_check(draft, line, span.from);
		for (i = span.first; i < span.end; i++)
			add_glyph(run, line, &item->glyphs->glyphs[i]);
		if (run->glyphs_count == glyphs_before)
			continue;
		write_original(draft, &utf8, span.from, span.to);
		run->clusters[run->clusters_count++] = (cairo_text_cluster_t){
			.num_bytes = (int)(utf8.len - bytes_before), /* of one cluster: few */
			.num_glyphs = run->glyphs_count - glyphs_before,
		};
		line->clusters++;
	}
	run->utf8 = writer_text(&utf8);
}

static void
take_line(const struct draft *draft, struct line *line, const PangoLayoutLine *from)
{
	struct run **end = &line->runs;

	for (GSList *at = from->runs; at != NULL; at = at->next) {
		const PangoGlyphItem *item = at->data;

		*end = ARENA_NEW(draft->arena, struct run);
		add_item(draft, line, *end, item);
		end = &(*end)->next;
	}
}

static struct words
take_lines(const struct draft *draft, PangoLayout *layout, double size, double hang)
{
	/* never below zero */
	const size_t count = (size_t)pango_layout_get_line_count(layout);
	struct words words = { .count = count, .size = size };
	GSList *at = pango_layout_get_lines_readonly(layout);

	words.lines = ARENA_ARRAY(draft->arena, struct line, count + 1);
	for (size_t i = 0; i < count && at != NULL; i++, at = at->next) {
		const PangoLayoutLine *line = at->data;

		words.lines[i].width = line->is_paragraph_start ? 0 : hang;
		take_line(draft, &words.lines[i], line);
		if (words.lines[i].width > words.width)
			words.width = words.lines[i].width;
	}
	return words;
}

static void
set_size(PangoLayout *layout, double size)
{
	PangoFontDescription *wanted = pango_font_description_new();

	pango_font_description_set_family_static(wanted, main_family);
	pango_font_description_set_absolute_size(wanted, size * PANGO_SCALE);
	pango_layout_set_font_description(layout, wanted);
	pango_font_description_free(wanted);
}

struct words
words_make(struct fonts *fonts, struct arena *arena, const struct words_ask *ask)
{
	struct draft draft = { .fonts = fonts, .arena = arena };
	PangoLayout *layout = fonts_layout(fonts);
	double size = ask->size;
	struct words words;

	if (text_is_empty(ask->text))
		return (struct words){ .size = size };
	draft_text(&draft, ask->text);
	pango_layout_set_text(layout, draft.drawn.data == NULL ? "" : draft.drawn.data,
			      (int)draft.drawn.len); /* below 12 MiB */
	pango_layout_set_attributes(layout, draft.attributes);
	pango_layout_set_width(layout, ask->width > 0 ? (int)(ask->width * PANGO_SCALE) : -1);
	pango_layout_set_indent(layout, (int)(-ask->hang * PANGO_SCALE)); /* within the width */
	set_size(layout, size);
	/* line counts are never below zero */
	while (ask->most_lines > 0 && size > SIZE_LEAST &&
	       (size_t)pango_layout_get_line_count(layout) > ask->most_lines) {
		size = size - 0.5 < SIZE_LEAST ? SIZE_LEAST : size - 0.5;
		set_size(layout, size);
	}
	words = take_lines(&draft, layout, size, ask->hang);
	pango_layout_set_attributes(layout, NULL);
	pango_attr_list_unref(draft.attributes);
	return words;
}

/* `more` behind `line`, its left end at x. */
static void
line_append(struct line *line, const struct line *more, double x)
{
	struct run **end = &line->runs;
	struct check **checks = &line->checks;

	while (*end != NULL)
		end = &(*end)->next;
	*end = more->runs;
	for (struct run *run = more->runs; run != NULL; run = run->next)
		for (int i = 0; i < run->glyphs_count; i++)
			run->glyphs[i].x += x;
	while (*checks != NULL)
		checks = &(*checks)->next;
	*checks = more->checks;
	for (struct check *check = more->checks; check != NULL; check = check->next)
		check->x += x;
	line->width = x + more->width;
	line->clusters += more->clusters;
}

struct words
words_flow(struct arena *arena, const struct words *pieces, size_t count, double gap, double width)
{
	struct words flow = { 0 };
	size_t most = 1;

	for (size_t i = 0; i < count; i++)
		most += pieces[i].count;
	flow.lines = ARENA_ARRAY(arena, struct line, most);
	for (size_t i = 0; i < count; i++) {
		const struct words *piece = &pieces[i];
		struct line *last = flow.count > 0 ? &flow.lines[flow.count - 1] : NULL;

		flow.size = piece->size;
		if (last != NULL && piece->count == 1 &&
		    last->width + gap + piece->lines[0].width <= width) {
			line_append(last, &piece->lines[0], last->width + gap);
			continue;
		}
		for (size_t j = 0; j < piece->count; j++)
			flow.lines[flow.count++] = piece->lines[j];
	}
	for (size_t i = 0; i < flow.count; i++)
		if (flow.lines[i].width > flow.width)
			flow.width = flow.lines[i].width;
	return flow;
}

struct words
words_stack(struct arena *arena, struct words above, struct words below)
{
	struct words stack = { .count = above.count + below.count, .size = above.size };

	if (below.count == 0)
		return above;
	if (above.count == 0)
		return below;
	stack.lines = ARENA_ARRAY(arena, struct line, stack.count);
	memcpy(stack.lines, above.lines, above.count * sizeof(struct line));
	memcpy(stack.lines + above.count, below.lines, below.count * sizeof(struct line));
	stack.width = above.width > below.width ? above.width : below.width;
	return stack;
}

double
words_pitch(const struct words *words)
{
	return words->size * PITCH;
}

double
words_height(const struct words *words)
{
	return (double)words->count * words_pitch(words); /* few lines */
}
