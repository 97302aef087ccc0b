#include "paper/print_rooms.h"

#include "base/say.h"
#include "base/writer.h"

#include <cairo-pdf.h>
#include <qrencode.h>

static void
surface_close_at_end(cairo_surface_t **surface)
{
	cairo_surface_destroy(*surface);
}

static void
cairo_close_at_end(cairo_t **cairo)
{
	cairo_destroy(*cairo);
}

static cairo_status_t
take_bytes(void *with, const unsigned char *data, unsigned int len)
{
	struct writer *out = with;

	write_text(out, (struct text){ (const char *)data, len });
	return writer_is_full(out) ? CAIRO_STATUS_WRITE_ERROR : CAIRO_STATUS_SUCCESS;
}

/* All that the footer says, for a telephone or scanner. */
static struct text
qr_words(struct paper *paper)
{
	const struct print_proof *proof = &paper->job->proof;
	struct writer out = writer_open(paper->arena, 4096);

	write_text(&out, proof->record);
	write_z(&out, "\nsha256:");
	write_text(&out, hash_hex(paper->arena, &proof->digest));
	write_z(&out, "\nsize:");
	write_number(&out, proof->tree_size);
	write_z(&out, "\n");
	write_text(&out, proof->command);
	return writer_text(&out);
}

/* The code as a picture of one bit per module: as rectangles it would be most of the file. */
static cairo_surface_t *
qr_picture(const QRcode *code)
{
	cairo_surface_t *picture =
		cairo_image_surface_create(CAIRO_FORMAT_A8, code->width, code->width);
	unsigned char *bytes = cairo_image_surface_get_data(picture);
	const int stride = cairo_image_surface_get_stride(picture);

	for (int y = 0; bytes != NULL && y < code->width; y++)
		for (int x = 0; x < code->width; x++)
			bytes[y * stride + x] =
				(code->data[y * code->width + x] & 1) != 0 ? 0xFF : 0;
	cairo_surface_mark_dirty(picture);
	return picture;
}

static struct error *
qr_make(struct paper *paper, cairo_surface_t **picture)
{
	const struct text words = qr_words(paper);
	QRcode *code = QRcode_encodeData((int)words.len, (const unsigned char *)words.data, 0,
					 QR_ECLEVEL_M); /* below 4096 */

	if (code == NULL)
		return broken("QRコードを作れません。");
	*picture = qr_picture(code);
	QRcode_free(code);
	return OK;
}

static void
paint_qr(cairo_t *cairo, cairo_surface_t *picture, const struct mark *mark)
{
	const double module = mark->w / cairo_image_surface_get_width(picture);
	cairo_pattern_t *pattern = cairo_pattern_create_for_surface(picture);

	cairo_pattern_set_filter(pattern, CAIRO_FILTER_NEAREST);
	cairo_save(cairo);
	cairo_translate(cairo, mark->x, mark->y);
	cairo_scale(cairo, module, module);
	cairo_mask(cairo, pattern);
	cairo_restore(cairo);
	cairo_pattern_destroy(pattern);
}

/* Digits on a label that is rubbed and scratched: the strongest correction there is. */
static void
paint_code(struct paper *paper, cairo_t *cairo, const struct mark *mark)
{
	QRcode *code = QRcode_encodeString(text_z(paper->arena, mark->code), 0, QR_ECLEVEL_H, QR_MODE_8, 1);

	if (code == NULL)
		return; /* the digits stand beside it */
	__attribute__((cleanup(surface_close_at_end))) cairo_surface_t *picture = qr_picture(code);
	QRcode_free(code);
	paint_qr(cairo, picture, mark);
}

static void
paint_check(cairo_t *cairo, double x, double y, double size)
{
	cairo_set_line_width(cairo, size * 0.09);
	cairo_move_to(cairo, x + size * 0.24, y - size * 0.44);
	cairo_line_to(cairo, x + size * 0.45, y - size * 0.20);
	cairo_line_to(cairo, x + size * 0.84, y - size * 0.78);
	cairo_stroke(cairo);
}

/* A line set wide: each cluster moves on by one more gap. */
static void
paint_run(struct subsets *subsets, cairo_t *cairo, const struct run *run, const struct mark *mark,
	  cairo_glyph_t *glyphs, size_t *clusters)
{
	int at = 0;

	for (int i = 0; i < run->clusters_count; i++) {
		const double gap = mark->gap * (double)(*clusters)++; /* few */

		for (int j = 0; j < run->clusters[i].num_glyphs; j++, at++) {
			glyphs[at] = run->glyphs[at];
			glyphs[at].index = subsets_glyph(subsets, run, glyphs[at].index);
			glyphs[at].x += mark->x + gap;
			glyphs[at].y += mark->y;
		}
	}
	cairo_set_scaled_font(cairo, subsets_font(subsets, run));
	cairo_show_text_glyphs(cairo, run->utf8.data, (int)run->utf8.len, glyphs, at, run->clusters,
			       run->clusters_count, 0); /* one line: short */
}

static void
paint_line(struct paper *paper, cairo_t *cairo, const struct mark *mark)
{
	size_t clusters = 0;

	for (const struct run *run = mark->line->runs; run != NULL; run = run->next)
		if (run->glyphs_count > 0)
			/* never below zero */
			paint_run(paper->subsets, cairo, run, mark,
				  ARENA_ARRAY(paper->arena, cairo_glyph_t,
					      (size_t)run->glyphs_count),
				  &clusters);
	for (const struct check *check = mark->line->checks; check != NULL; check = check->next)
		paint_check(cairo, mark->x + check->x, mark->y, mark->weight);
}

static void
paint_mark(struct paper *paper, cairo_t *cairo, cairo_surface_t *qr, const struct mark *mark)
{
	switch (mark->kind) {
	case MARK_RULE:
		cairo_set_line_width(cairo, mark->weight);
		cairo_move_to(cairo, mark->x, mark->y);
		cairo_line_to(cairo, mark->x + mark->w, mark->y + mark->h);
		cairo_stroke(cairo);
		break;
	case MARK_FRAME:
		cairo_set_line_width(cairo, mark->weight);
		cairo_rectangle(cairo, mark->x, mark->y, mark->w, mark->h);
		cairo_stroke(cairo);
		break;
	case MARK_SHADE:
		cairo_set_source_rgb(cairo, 0.93, 0.93, 0.93);
		cairo_rectangle(cairo, mark->x, mark->y, mark->w, mark->h);
		cairo_fill(cairo);
		cairo_set_source_rgb(cairo, 0, 0, 0);
		break;
	case MARK_LINE:
		paint_line(paper, cairo, mark);
		break;
	case MARK_QR:
		if (qr != NULL)
			paint_qr(cairo, qr, mark);
		break;
	case MARK_CODE:
		paint_code(paper, cairo, mark);
		break;
	}
}

/* Shades lie under everything else. */
static void
paint_page(struct paper *paper, cairo_t *cairo, cairo_surface_t *qr, const struct page *page)
{
	for (const struct mark *mark = page->first; mark != NULL; mark = mark->next)
		if (mark->kind == MARK_SHADE)
			paint_mark(paper, cairo, qr, mark);
	for (const struct mark *mark = page->first; mark != NULL; mark = mark->next)
		if (mark->kind != MARK_SHADE)
			paint_mark(paper, cairo, qr, mark);
	cairo_show_page(cairo);
}

static void
describe(struct paper *paper, cairo_surface_t *pdf)
{
	const struct print_job *job = paper->job;
	const char *made = text_z(paper->arena,
				  text_format(paper->arena, "%.*s:00+09:00",
					      T_ARG(moment_local(paper->arena, job->made))));

	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_TITLE,
				       text_z(paper->arena, job->title));
	if (!text_is_empty(job->body))
		cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_AUTHOR,
					       text_z(paper->arena, job->body));
	if (!text_is_empty(job->caption))
		cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_SUBJECT,
					       text_z(paper->arena, job->caption));
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "Bansho");
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, made);
	cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_MOD_DATE, made);
}

struct error *
print_paint(struct paper *paper, struct text *pdf)
{
	struct writer out = writer_open(paper->arena, PRINT_MOST_PDF);
	__attribute__((cleanup(subsets_close))) struct subsets *subsets = NULL;
	__attribute__((cleanup(surface_close_at_end))) cairo_surface_t *surface =
		cairo_pdf_surface_create_for_stream(take_bytes, &out, paper->width, paper->height);
	__attribute__((cleanup(cairo_close_at_end))) cairo_t *cairo = cairo_create(surface);
	__attribute__((cleanup(surface_close_at_end))) cairo_surface_t *qr = NULL;
	cairo_status_t status;

	TRY(subsets_open(paper, &subsets));
	paper->subsets = subsets;
	describe(paper, surface);
	if (paper->job->proof.is_given)
		TRY(qr_make(paper, &qr));
	for (const struct page *page = paper->pages; page != NULL; page = page->next)
		paint_page(paper, cairo, qr, page);
	cairo_surface_finish(surface);
	status = cairo_status(cairo);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(surface);
	if (writer_is_full(&out))
		return reject("sections", "印刷すると大きくなりすぎます。分けて印刷してください。");
	if (status != CAIRO_STATUS_SUCCESS)
		return broken("PDFを作れません: %s", cairo_status_to_string(status));
	*pdf = writer_text(&out);
	return OK;
}
