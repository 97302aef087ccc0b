#include "paper/print_rooms.h"

#include "base/say.h"

/* 決裁欄: one box per step; role above, verdict, post, name and day below. */

enum { MOST_BESIDE = 5, LEAST_BESIDE = 3, MOST_UPRIGHT = 6 };

#define HEADING_WIDTH (9 * MM)
#define SIZE_VERDICT 12.0
#define VERDICT_HEIGHT (SIZE_VERDICT * PITCH)

struct decision {
	struct words role, verdict, post, name, day;
};

struct grid {
	struct words heading; /* one character below the other, or empty */
	double left;	      /* of the boxes */
	double box_width;
	double role_height, body_height;
};

static struct words
fit(struct paper *paper, struct text text, double size, double width)
{
	return words_make(paper->fonts, paper->arena,
			  &(struct words_ask){ .text = text,
					       .size = size,
					       .width = width - 2 * PAD_SIDE,
					       .most_lines = 1 });
}

static struct text
deputy_name(struct paper *paper, const struct print_step *step)
{
	if (step->as.len > 0)
		return text_format(paper->arena, "(%.*s)%.*s", T_ARG(step->as), T_ARG(step->name));
	return step->is_deputy ?
		       text_format(paper->arena, say("(代)%.*s"), T_ARG(step->name)) :
		       step->name;
}

static struct decision
measure(struct paper *paper, const struct print_step *step, double width)
{
	return (struct decision){
		.role = fit(paper, step->role, SIZE_SMALL, width),
		.verdict = fit(paper, step->verdict, SIZE_VERDICT, width),
		.post = fit(paper, step->post, SIZE_SMALL, width),
		.name = fit(paper, deputy_name(paper, step), SIZE_TEXT, width),
		.day = fit(paper, print_day(paper->arena, true, step->day), SIZE_SMALL, width),
	};
}

static double
most(double a, double b)
{
	return a > b ? a : b;
}

static double
body_height(const struct decision *decision)
{
	return most(VERDICT_HEIGHT, words_height(&decision->verdict)) +
	       words_height(&decision->post) + words_height(&decision->name) + words_height(&decision->day) + 2 * PAD_HEIGHT + 4;
}

static void
put(struct paper *paper, const struct words *words, struct box *box, bool is_wide)
{
	struct box at = *box;
	const bool is_spread = is_wide && words->count == 1 && words->lines[0].clusters < 5;

	if (is_spread) {
		const double wide = words->width + words->size * 0.8 *
				    (double)(words->lines[0].clusters - 1); /* few */

		if (wide < at.w) {
			at.x += (at.w - wide) / 2;
			at.w = wide;
		}
	}
	paper_words(paper, words,
		    &(struct placing){ .box = at, .side = PRINT_MIDDLE, .is_spread = is_spread });
	box->y += words_height(words);
}

static void
draw_box(struct paper *paper, const struct grid *grid, const struct decision *decision, double x)
{
	const double inner = grid->box_width - 2 * PAD_SIDE, top = paper->y;
	struct box box = { x + PAD_SIDE, top + grid->role_height + PAD_HEIGHT, inner, 0 };
	const double foot = top + grid->role_height + grid->body_height - PAD_HEIGHT -
			    words_height(&decision->day);

	paper_mark(paper, MARK_SHADE, (struct box){ x, top, grid->box_width, grid->role_height });
	paper_words(paper, &decision->role,
		    &(struct placing){ .box = { box.x, top, inner, grid->role_height },
				       .side = PRINT_MIDDLE,
				       .is_middle = true });
	paper_rule(paper, x, top + grid->role_height, grid->box_width, 0, RULE_THIN);
	put(paper, &decision->verdict, &box, true);
	box.y = most(box.y, top + grid->role_height + PAD_HEIGHT + VERDICT_HEIGHT);
	put(paper, &decision->post, &box, false);
	put(paper, &decision->name, &box, false);
	box.y = foot;
	put(paper, &decision->day, &box, false);
	paper_rule(paper, x, top, 0, grid->role_height + grid->body_height, RULE_THIN);
	paper_rule(paper, x + grid->box_width, top, 0, grid->role_height + grid->body_height,
		   RULE_THIN);
}

static void
draw_line_of_boxes(struct paper *paper, struct grid *grid, const struct print_step *steps,
		   size_t count)
{
	struct decision decisions[MOST_BESIDE];
	double height;

	grid->role_height = LEAST_ROW;
	grid->body_height = 58;
	for (size_t i = 0; i < count; i++) {
		decisions[i] = measure(paper, &steps[i], grid->box_width);
		grid->role_height = most(grid->role_height,
					 words_height(&decisions[i].role) + 2 * PAD_HEIGHT);
		grid->body_height = most(grid->body_height, body_height(&decisions[i]));
	}
	height = grid->role_height + grid->body_height;
	height = most(height, words_height(&grid->heading) + 2 * PAD_HEIGHT);
	grid->body_height = height - grid->role_height;
	table_need(paper, height);
	if (grid->heading.count > 0)
		paper_words(paper, &grid->heading,
			    &(struct placing){ .box = { paper->left, paper->y, HEADING_WIDTH, height },
					       .side = PRINT_MIDDLE,
					       .is_middle = true });
	for (size_t i = 0; i < count; i++)
		draw_box(paper, grid, &decisions[i],
			 grid->left + (double)i * grid->box_width); /* few */
	paper->y += height;
	paper_rule(paper, paper->left, paper->y, paper_width(paper), 0, RULE_THIN);
}

void
print_decisions(struct paper *paper, const struct print_section *section)
{
	const size_t count = section->steps_count;
	const bool is_upright = !text_is_empty(section->heading) &&
				text_count(section->heading) <= MOST_UPRIGHT;
	const size_t lines = (count + MOST_BESIDE - 1) / MOST_BESIDE;
	size_t beside = lines == 0 ? 1 : (count + lines - 1) / lines;
	struct grid grid = { .left = paper->left };

	if (count == 0)
		return;
	if (is_upright) {
		grid.left += HEADING_WIDTH;
		grid.heading = paper_make(paper, section->heading, SIZE_TEXT, SIZE_TEXT * 1.3);
	}
	/* few */
	grid.box_width = (paper->right - grid.left) /
			 (double)(beside < LEAST_BESIDE ? LEAST_BESIDE : beside);
	/* A named one stands apart from the table above it, like any section with a heading. */
	if (is_upright)
		table_end(paper);
	table_begin(paper, is_upright ? T("") : section->heading, 90);
	for (size_t i = 0; i < count && !paper->is_full; i += beside)
		draw_line_of_boxes(paper, &grid, section->steps + i,
				   count - i < beside ? count - i : beside);
}
