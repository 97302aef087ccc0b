#include "paper/print_rooms.h"

#include "base/say.h"

static void
close_frame(struct paper *paper)
{
	if (paper->y > paper->frame_top)
		paper_mark(paper, MARK_FRAME,
			   (struct box){ paper->left, paper->frame_top, paper_width(paper),
					 paper->y - paper->frame_top })
			->weight = RULE_FRAME;
}

static void
draw_heading(struct paper *paper, struct text heading)
{
	const struct words words = paper_make(paper, heading, SIZE_TEXT, paper_width(paper));
	const double height = words_height(&words);

	paper_words(paper, &words,
		    &(struct placing){
			    .box = { paper->left, paper->y, paper_width(paper), height } });
	paper->y += height + 2;
}

static double
taken_height(const struct cell *cell, size_t from, size_t to)
{
	return (double)(to - from) * words_pitch(&cell->words); /* few lines */
}

double
row_height(const struct row *row)
{
	double height = row->least;

	for (size_t i = 0; i < row->count; i++) {
		const struct cell *cell = &row->cells[i];
		const double need = words_height(&cell->words) + 2 * PAD_HEIGHT;

		height = need > height ? need : height;
		height = cell->least > height ? cell->least : height;
	}
	return height;
}

struct part {
	size_t from[SHEET_MOST_COLUMNS], to[SHEET_MOST_COLUMNS];
	double height;
};

static void
draw_part(struct paper *paper, const struct row *row, const struct part *part)
{
	double x = paper->left;

	for (size_t i = 0; i < row->count; i++) {
		const struct cell *cell = &row->cells[i];
		const struct box box = { x, paper->y, cell->width, part->height };

		if (cell->is_shaded)
			paper_mark(paper, MARK_SHADE, box);
		if (i > 0)
			paper_rule(paper, x, paper->y, 0, part->height, RULE_THIN);
		if (part->to[i] > part->from[i])
			paper_words(paper, &cell->words,
				    &(struct placing){
					    .box = { x + PAD_SIDE, paper->y + PAD_HEIGHT,
						     cell->width - 2 * PAD_SIDE,
						     part->height - 2 * PAD_HEIGHT },
					    .side = cell->side,
					    .is_middle = cell->is_middle,
					    .is_spread = cell->is_spread,
					    .from = part->from[i],
					    .to = part->to[i] });
		x += cell->width;
	}
	paper->y += part->height;
	paper_rule(paper, paper->left, paper->y, paper_width(paper), 0, RULE_THIN);
}

static void
draw_row(struct paper *paper, const struct row *row)
{
	struct part part = { .height = row_height(row) };

	for (size_t i = 0; i < row->count; i++)
		part.to[i] = row->cells[i].words.count;
	draw_part(paper, row, &part);
}

static void
next_page_of_table(struct paper *paper)
{
	struct text heading = paper->heading;

	if (paper->in_table)
		close_frame(paper);
	paper_next_page(paper);
	if (!text_is_empty(heading))
		draw_heading(paper, text_format(paper->arena, say("%.*s(続き)"), T_ARG(heading)));
	paper->frame_top = paper->y;
	if (paper->head != NULL)
		draw_row(paper, paper->head);
}

void
table_begin(struct paper *paper, struct text heading, double need)
{
	const bool goes_on = text_is_empty(heading) && paper->in_table;

	paper->head = NULL;
	if (goes_on) {
		if (need > paper_room(paper))
			next_page_of_table(paper);
		return;
	}
	table_end(paper);
	if (paper->y > paper->top)
		paper->y += SIZE_TEXT * 0.9;
	if (need + (text_is_empty(heading) ? 0 : SIZE_TEXT * 2) > paper_room(paper) &&
	    paper->y > paper->top)
		paper_next_page(paper);
	/* The pages of a ledger say what they are, even where its one table has no heading. */
	paper->heading = text_is_empty(heading) && paper->job->kind == PRINT_LEDGER ?
				 paper->job->title :
				 heading;
	if (!text_is_empty(heading))
		draw_heading(paper, heading);
	paper->frame_top = paper->y;
	paper->in_table = true;
}

void
table_end(struct paper *paper)
{
	if (paper->in_table)
		close_frame(paper);
	paper->in_table = false;
	paper->head = NULL;
	paper->heading = T("");
}

void
table_need(struct paper *paper, double height)
{
	if (height > paper_room(paper))
		next_page_of_table(paper);
}

/* How much of the row, from part->from on, goes into `room`. Labels are drawn whole each time. */
static bool
take_part(const struct row *row, struct part *part, double room)
{
	bool is_all = true;

	part->height = 0;
	for (size_t i = 0; i < row->count; i++) {
		const struct cell *cell = &row->cells[i];
		const double fit = (room - 2 * PAD_HEIGHT) / words_pitch(&cell->words);
		const size_t fits = fit < 1 ? 1 : (size_t)fit; /* at least one: it must go on */
		const size_t left = cell->words.count - part->from[i];
		double height;

		part->to[i] = cell->words.count;
		if (!cell->is_label && left > fits) {
			part->to[i] = part->from[i] + fits;
			is_all = false;
		}
		height = taken_height(cell, part->from[i], part->to[i]) + 2 * PAD_HEIGHT;
		part->height = height > part->height ? height : part->height;
	}
	return is_all;
}

static void
draw_in_parts(struct paper *paper, const struct row *row)
{
	struct part part = { 0 };

	for (;;) {
		const bool is_last = take_part(row, &part, paper_room(paper));

		draw_part(paper, row, &part);
		if (is_last || paper->is_full)
			return;
		for (size_t i = 0; i < row->count; i++)
			if (!row->cells[i].is_label)
				part.from[i] = part.to[i];
		next_page_of_table(paper);
	}
}

/* The tallest of its labels, which are drawn whole. */
static double
labels_height(const struct row *row)
{
	double labels = 0;

	for (size_t i = 0; i < row->count; i++)
		if (row->cells[i].is_label && words_height(&row->cells[i].words) > labels)
			labels = words_height(&row->cells[i].words);
	return labels;
}

double
table_row_need(const struct paper *paper, const struct row *row)
{
	const double height = row_height(row);
	const double cut = labels_height(row) + 2 * PAD_HEIGHT + 3 * SIZE_TEXT * PITCH;

	/* A few lines at the foot of a page are no gain; nor is cutting a row that is not long. */
	return height <= (paper->bottom - paper->top) / 4 || height < cut ? height : cut;
}

void
table_row(struct paper *paper, const struct row *row)
{
	const double height = row_height(row);

	if (table_row_need(paper, row) > paper_room(paper))
		next_page_of_table(paper);
	if (height <= paper_room(paper))
		draw_row(paper, row);
	else
		draw_in_parts(paper, row);
}
