#include "paper/print_rooms.h"

#include <string.h>

static void
add_page(struct paper *paper)
{
	struct page *page = ARENA_NEW(paper->arena, struct page);

	if (paper->page == NULL)
		paper->pages = page;
	else
		paper->page->next = page;
	paper->page = page;
	paper->pages_count++;
	paper->y = paper->top;
}

/* A4. A sheet is bound at the left, a ledger (landscape) at the top. */
void
paper_begin(struct paper *paper)
{
	const bool is_sheet = paper->job->kind == PRINT_SHEET;

	paper->width = (is_sheet ? 210 : 297) * MM;
	paper->height = (is_sheet ? 297 : 210) * MM;
	paper->left = (is_sheet ? 25 : 17) * MM;
	paper->right = paper->width - (is_sheet ? 18 : 17) * MM;
	paper->top = (is_sheet ? 18 : 22) * MM;
	print_foot_measure(paper);
	paper->bottom = paper->height - 12 * MM - paper->foot_height;
	add_page(paper);
}

void
paper_next_page(struct paper *paper)
{
	if (paper->pages_count < SHEET_MOST_PAGES)
		add_page(paper);
	else
		paper->is_full = true;
}

double
paper_room(const struct paper *paper)
{
	return paper->bottom - paper->y;
}

double
paper_width(const struct paper *paper)
{
	return paper->right - paper->left;
}

struct mark *
paper_mark(struct paper *paper, enum mark_kind kind, struct box box)
{
	struct mark *mark = ARENA_NEW(paper->arena, struct mark);
	struct page *page = paper->page;

	if (paper->is_full)
		return mark;
	*mark = (struct mark){ .kind = kind, .x = box.x, .y = box.y, .w = box.w, .h = box.h };
	if (page->last == NULL)
		page->first = mark;
	else
		page->last->next = mark;
	page->last = mark;
	return mark;
}

void
paper_rule(struct paper *paper, double x, double y, double w, double h, double weight)
{
	paper_mark(paper, MARK_RULE, (struct box){ x, y, w, h })->weight = weight;
}

static void
place_line(struct paper *paper, const struct line *line, double size, const struct placing *placing,
	   double y)
{
	const struct box *box = &placing->box;
	const double spare = box->w - line->width;
	struct mark *mark = paper_mark(paper, MARK_LINE, (struct box){ box->x, y, 0, 0 });

	mark->line = line;
	mark->weight = size;
	if (placing->is_spread && line->clusters > 1 && spare > 0)
		mark->gap = spare / (double)(line->clusters - 1); /* few */
	else if (placing->side == PRINT_MIDDLE || (placing->is_spread && spare > 0))
		mark->x += spare / 2;
	else if (placing->side == PRINT_RIGHT)
		mark->x += spare;
}

void
paper_words(struct paper *paper, const struct words *words, const struct placing *placing)
{
	const size_t to = placing->to == 0 ? words->count : placing->to;
	const double pitch = words_pitch(words), size = words->size;
	struct placing own = *placing;
	double y = placing->box.y;

	if (placing->from >= to)
		return;
	if (placing->is_middle)
		y += (placing->box.h - pitch * (double)(to - placing->from)) / 2; /* few */
	own.is_spread = placing->is_spread && words->count == 1;
	for (size_t i = placing->from; i < to; i++) {
		/* The em box of a Mincho font reaches 0.88 above its base line. */
		place_line(paper, &words->lines[i], size, &own, y + (pitch - size) / 2 + 0.88 * size);
		y += pitch;
	}
}

struct words
paper_make(struct paper *paper, struct text text, double size, double width)
{
	return words_make(paper->fonts, paper->arena,
			  &(struct words_ask){ .text = text, .size = size, .width = width });
}

struct text
print_day(struct arena *into, bool has_day, struct day day)
{
	if (!has_day)
		return T("");
	return day_is_none(day) ? T("　　　　年　　月　　日") : day_wareki(into, day);
}
