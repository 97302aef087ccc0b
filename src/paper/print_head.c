#include "paper/print_rooms.h"

#include "base/say.h"

/* One or more lines in a box of the given width at x; returns how high they are. */
static double
put(struct paper *paper, const struct words *words, double x, double width, enum print_side side)
{
	paper_words(paper, words,
		    &(struct placing){ .box = { x, paper->y, width, 0 }, .side = side });
	return words_height(words);
}

/* 文書番号 and 年月日 begin and end in the same column, one character free at the right edge. */
static void
draw_number_and_day(struct paper *paper)
{
	const struct print_job *job = paper->job;
	const struct words number = paper_make(paper, job->number, SIZE_TEXT, 70 * MM);
	const struct words day = paper_make(
		paper, print_day(paper->arena, job->has_day, job->day), SIZE_TEXT, 0);
	const double width = number.width > day.width ? number.width : day.width;
	const double x = paper->right - SIZE_TEXT - width;
	const struct words *both[2] = { &number, &day };

	for (size_t i = 0; i < 2; i++) {
		if (both[i]->count == 0)
			continue;
		paper_words(paper, both[i],
			    &(struct placing){ .box = { x, paper->y, width, 0 },
					       .is_spread = both[i]->width > width * 0.6,
					       .side = PRINT_RIGHT });
		paper->y += words_height(both[i]);
	}
}

static void
draw_addressee(struct paper *paper)
{
	const struct print_job *job = paper->job;
	double inset = SIZE_TEXT;

	if (job->addressee_count > 0)
		paper->y += SIZE_TEXT * 0.8;
	for (size_t i = 0; i < job->addressee_count; i++) {
		const double width = paper_width(paper) * 0.9 - inset; /* nothing stands beside it */
		const struct words words = paper_make(paper, job->addressee[i], SIZE_TEXT, width);

		paper->y += put(paper, &words, paper->left + inset, width, PRINT_LEFT);
		inset = SIZE_TEXT * 2;
	}
}

static void
draw_applicant_line(struct paper *paper, const char *label, struct text value, double x)
{
	const double label_width = SIZE_TEXT * 2.6, inset = label_width + SIZE_TEXT;
	const double width = paper->right - SIZE_TEXT - x - inset;
	const struct words left = paper_make(paper, text_of(label), SIZE_TEXT, 0);
	const struct words right = words_make(paper->fonts, paper->arena,
					      &(struct words_ask){ .text = value,
								   .size = SIZE_TEXT,
								   .width = width,
								   .most_lines = 2 });
	const double least = SIZE_TEXT * 1.62;
	double height;

	paper_words(paper, &left,
		    &(struct placing){ .box = { x, paper->y, label_width, 0 }, .is_spread = true });
	height = put(paper, &right, x + inset, width, PRINT_LEFT);
	paper->y += height > least ? height : least;
}

static void
draw_applicant(struct paper *paper)
{
	const struct print_job *job = paper->job;
	const double x = paper->left + paper_width(paper) * 0.54;
	const struct words label = paper_make(
		paper, text_is_empty(job->applicant.label) ? text_of(say("申請者")) :
							     job->applicant.label,
		SIZE_TEXT, 30 * MM);

	if (!job->has_applicant)
		return;
	paper->y += SIZE_TEXT * 0.8;
	put(paper, &label, x - SIZE_TEXT * 1.4 - label.width, label.width, PRINT_LEFT);
	draw_applicant_line(paper, say("所属"), job->applicant.unit, x);
	draw_applicant_line(paper, say("職"), job->applicant.post, x);
	draw_applicant_line(paper, say("氏名"), job->applicant.name, x);
}

/* Wide, as titles are set; closer when it would not fit, and on two lines before it gets small. */
static void
draw_title(struct paper *paper)
{
	const double width = paper_width(paper) - 2 * SIZE_TITLE;
	const struct words words = words_make(paper->fonts, paper->arena,
					      &(struct words_ask){ .text = paper->job->title,
								   .size = SIZE_TITLE,
								   .width = width,
								   .most_lines = 2 });
	double wide = words.width;

	if (words.count == 1 && words.lines[0].clusters > 1)
		wide += words.size * 0.55 * (double)(words.lines[0].clusters - 1); /* few */
	if (wide > width)
		wide = words.count == 1 ? width : words.width;
	paper_words(paper, &words,
		    &(struct placing){ .box = { paper->left + (paper_width(paper) - wide) / 2,
						paper->y, wide, 0 },
				       .side = PRINT_MIDDLE,
				       .is_spread = true });
	paper->y += words_height(&words);
}

static void
draw_lead(struct paper *paper)
{
	const struct text lead = paper->job->lead;
	struct words words;

	if (text_is_empty(lead))
		return;
	words = paper_make(paper, text_join(paper->arena, T("　"), lead), SIZE_TEXT,
			   paper_width(paper));
	paper->y += SIZE_TEXT * 0.7;
	paper->y += put(paper, &words, paper->left, paper_width(paper), PRINT_LEFT);
}

static void
draw_ledger_head(struct paper *paper)
{
	const struct print_job *job = paper->job;
	const struct text day = print_day(paper->arena, job->has_day, job->day);
	const struct text right = text_format(
		paper->arena, "%.*s%s%.*s%s%.*s", T_ARG(job->body),
		text_is_empty(job->body) ? "" : "　", T_ARG(job->number),
		text_is_empty(job->number) ? "" : "　", T_ARG(day));
	const struct words words = paper_make(paper, right, SIZE_TEXT, paper_width(paper));

	draw_title(paper);
	paper->y += 2;
	paper->y += put(paper, &words, paper->left, paper_width(paper), PRINT_RIGHT);
	draw_lead(paper);
	paper->y += 3;
}

void
print_head(struct paper *paper)
{
	const struct words caption = paper_make(paper, paper->job->caption, SIZE_SMALL,
						paper_width(paper));

	paper->y += put(paper, &caption, paper->left, paper_width(paper), PRINT_LEFT);
	if (paper->job->kind == PRINT_LEDGER) {
		draw_ledger_head(paper);
		return;
	}
	draw_number_and_day(paper);
	draw_addressee(paper);
	draw_applicant(paper);
	paper->y += SIZE_TITLE;
	draw_title(paper);
	draw_lead(paper);
}
