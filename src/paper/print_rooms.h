/*
 * Inside the print engine. Layout goes from top to bottom, once, and makes for each page a list of
 * things to draw (`struct mark`); the footer with "page n of m" is added when all pages are known,
 * and then everything is painted. All lengths are points (1/72 inch), y grows downward.
 */
#ifndef BANSHO_PAPER_PRINT_ROOMS_H
#define BANSHO_PAPER_PRINT_ROOMS_H

#include "paper/print.h"

#include <cairo.h>
#include <hb.h>

#define MM (72.0 / 25.4)

enum { PRINT_MOST_PDF = 96 << 20 };

/* Sizes of type. Nothing is ever set smaller than SIZE_LEAST; what does not fit is wrapped. */
#define SIZE_TITLE 15.0
#define SIZE_TEXT 10.5
#define SIZE_CELL 9.0
#define SIZE_SMALL 9.0
#define SIZE_LEAST 8.0
/* Line height as a multiple of the size. */
#define PITCH 1.42

#define RULE_THIN 0.4
#define RULE_FRAME 0.9
#define PAD_SIDE 4.5
#define PAD_HEIGHT 3.6
#define LEAST_ROW 20.0

/* ---- fonts and words (print_fonts.c, print_words.c) */

struct fonts;

/* Opens the two Mincho fonts; closed by fonts_close(). */
struct error *fonts_open(struct arena *arena, struct print_report *report, struct fonts **fonts)
	MUST_USE;
void fonts_close(struct fonts **fonts);

/* One character as it will be drawn: which font, and what stands in for it when none has it. */
struct choice_of_font {
	const char *family;
	struct text drawn;   /* what is given to the shaper; empty to leave it out */
	bool is_replaced;    /* drawn is not what was written */
};
/* `cluster` is a character with the selectors and marks that follow it. */
struct choice_of_font fonts_choose(struct fonts *fonts, struct text cluster);
struct _PangoLayout;
struct _PangoLayout *fonts_layout(struct fonts *fonts);
/* Keep the font alive until fonts_close(). */
void fonts_keep(struct fonts *fonts, void *pango_font);

struct run {
	cairo_scaled_font_t *font;
	hb_face_t *face; /* the whole font that `font` is a size of; the map of fonts holds it */
	cairo_glyph_t *glyphs;
	cairo_text_cluster_t *clusters;
	struct text utf8;
	int glyphs_count, clusters_count;
	struct run *next;
};

struct check {
	double x;
	struct check *next;
};

struct line {
	struct run *runs;
	struct check *checks; /* ticks drawn over boxes */
	double width;
	size_t clusters; /* of all runs, for setting wide */
};

/* Measured text: lines of one pitch. */
struct words {
	struct line *lines;
	size_t count;
	double size;
	double width; /* of the widest line */
};

struct words_ask {
	struct text text;
	double size;
	double width;	   /* wrap here; 0 for one line per paragraph */
	size_t most_lines; /* shrink down to SIZE_LEAST while there are more; 0 never shrinks */
	double hang;	   /* lines after the first of a paragraph begin so far in */
};

struct words words_make(struct fonts *fonts, struct arena *arena, const struct words_ask *ask);
/* Pieces set one after another with a gap, wrapped between pieces where possible. */
struct words words_flow(struct arena *arena, const struct words *pieces, size_t count, double gap,
			double width);
/* `below` under `above`; both of one size. */
struct words words_stack(struct arena *arena, struct words above, struct words below);
double words_pitch(const struct words *words);
double words_height(const struct words *words);

/* ---- the paper (print_page.c) */

enum mark_kind {
	MARK_RULE,
	MARK_FRAME,
	MARK_SHADE,
	MARK_LINE,
	MARK_QR, /* of the proof */
	MARK_CODE, /* a QR code of its own */
};

struct mark {
	enum mark_kind kind;
	double x, y, w, h; /* MARK_LINE: x, y is the left end of the base line */
	double weight;	   /* of a rule; the size of a line's type */
	double gap;	   /* between clusters of a line set wide */
	const struct line *line;
	struct text code; /* MARK_CODE */
	struct mark *next;
};

struct page {
	struct mark *first, *last;
	struct page *next;
};

struct box {
	double x, y, w, h;
};

struct row;

struct paper {
	struct arena *arena;
	struct fonts *fonts;
	struct subsets *subsets; /* when painting */
	const struct print_job *job;
	double width, height;		 /* of the sheet */
	double left, right, top, bottom; /* what the content may use; bottom is above the footer */
	double y;			 /* where the next thing goes */
	struct page *pages, *page;
	int64_t pages_count;
	bool is_full; /* SHEET_MOST_PAGES reached: nothing more is drawn */
	struct words foot[3];	 /* record, digest, command; measured first */
	double foot_height;
	/* the table being drawn */
	bool in_table;
	double frame_top;
	double label_width;
	struct text heading;	/* repeated on the next page with (続き) */
	const struct row *head; /* repeated on the next page */
};

void paper_begin(struct paper *paper);
void paper_next_page(struct paper *paper);
double paper_room(const struct paper *paper);  /* height left on this page */
double paper_width(const struct paper *paper); /* of the content */
struct mark *paper_mark(struct paper *paper, enum mark_kind kind, struct box box);
void paper_rule(struct paper *paper, double x, double y, double w, double h, double weight);

struct placing {
	struct box box;
	enum print_side side;
	bool is_middle; /* centred in height */
	bool is_spread; /* 均等割付: one line is spread over the width */
	size_t from, to; /* lines; to == 0 means all */
};
void paper_words(struct paper *paper, const struct words *words, const struct placing *placing);
struct words paper_make(struct paper *paper, struct text text, double size, double width);

/* ---- tables (print_table.c) */

struct cell {
	struct words words;
	double width;
	double least; /* height */
	enum print_side side;
	bool is_middle, is_spread, is_shaded;
	bool is_label; /* repeated whole when the row goes on over a page */
};

struct row {
	struct cell cells[SHEET_MOST_COLUMNS];
	size_t count;
	double least; /* height */
};

/*
 * Begin a table, with a heading line above it, or go on with the one above when it has none. `need` is for its first
 * rows: a heading alone at the foot of a page says nothing.
 */
void table_begin(struct paper *paper, struct text heading, double need);
void table_end(struct paper *paper);
/* Draw a row, on the next page when it does not fit, in parts when it is higher than is good. */
void table_row(struct paper *paper, const struct row *row);
/* How much room there must be for the row to begin here. */
double table_row_need(const struct paper *paper, const struct row *row);
/* Leave room for `height` inside the table, on the next page when needed. Keeps y. */
void table_need(struct paper *paper, double height);
double row_height(const struct row *row);

/* ---- parts of the form */

void print_head(struct paper *paper);			       /* print_head.c */
void print_section(struct paper *paper, const struct print_section *section); /* print_section.c */
void print_items(struct paper *paper, const struct print_section *section);   /* print_items.c */
void print_labels(struct paper *paper, const struct print_section *section);  /* print_labels.c */
void print_decisions(struct paper *paper, const struct print_section *section);
double print_label_width(struct paper *paper);
void print_foot(struct paper *paper);			       /* print_foot.c; every page */
void print_foot_measure(struct paper *paper);
struct text print_day(struct arena *into, bool has_day, struct day day);

/* ---- fonts cut down to the glyphs that are drawn (print_subset.c) */

struct subsets;
/* From every line of every page. Closed by subsets_close(), after the surface. */
struct error *subsets_open(struct paper *paper, struct subsets **subsets) MUST_USE;
void subsets_close(struct subsets **subsets);
/* The cut font in the size of the run's. */
cairo_scaled_font_t *subsets_font(struct subsets *subsets, const struct run *run);
/* The number a glyph of the run has in the cut font. */
unsigned long subsets_glyph(struct subsets *subsets, const struct run *run, unsigned long glyph);

/* ---- painting (print_paint.c) */
struct error *print_paint(struct paper *paper, struct text *pdf) MUST_USE;

#endif
