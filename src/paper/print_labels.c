/* Labels to cut out: a QR code, and beside it what a person reads. Three beside each other. */
#include "paper/print_rooms.h"

#include <qrencode.h>

enum { ACROSS = 3, TITLE_LINES = 3 };

#define LABEL_HEIGHT (30 * MM)
#define CODE_SIZE (19 * MM)
#define CODE_MARGIN (4 * MM) /* four modules of white, as the standard asks */

static void
put_words(struct paper *paper, struct text text, double size, size_t most_lines, struct box *box)
{
	const struct words words = paper_make(paper, text, size, box->w);
	const size_t lines = words.count < most_lines ? words.count : most_lines;
	if (lines == 0)
		return;
	paper_words(paper, &words, &(struct placing){ .box = *box, .from = 0, .to = lines });
	box->y += words_pitch(&words) * (double)lines; /* a handful */
}

static void
draw_label(struct paper *paper, const struct print_label *label, struct box box)
{
	const struct box code = { box.x + CODE_MARGIN, box.y + (box.h - CODE_SIZE) / 2, CODE_SIZE, CODE_SIZE };
	struct box words = { code.x + CODE_SIZE + CODE_MARGIN, box.y + 3 * MM, 0, 0 };
	words.w = box.x + box.w - words.x - 2 * MM;
	struct mark *mark = paper_mark(paper, MARK_CODE, code);
	if (mark != NULL)
		mark->code = label->code;
	struct mark *frame = paper_mark(paper, MARK_FRAME, box);
	if (frame != NULL)
		frame->weight = RULE_THIN;
	put_words(paper, label->title, SIZE_LEAST + 1, TITLE_LINES, &words);
	words.y += 1.5 * MM;
	put_words(paper, label->place, SIZE_LEAST, 2, &words);
	put_words(paper, label->shown, SIZE_LEAST + 1, 1, &words);
}

void
print_labels(struct paper *paper, const struct print_section *section)
{
	const double width = paper_width(paper) / ACROSS;
	table_end(paper);
	for (size_t at = 0; at < section->labels_count && !paper->is_full; at++) {
		const size_t column = at % ACROSS;
		if (column == 0 && at != 0)
			paper->y += LABEL_HEIGHT;
		if (column == 0 && paper_room(paper) < LABEL_HEIGHT)
			paper_next_page(paper);
		draw_label(paper, &section->labels[at],
			   (struct box){ paper->left + width * (double)column, paper->y, width, LABEL_HEIGHT });
	}
	if (section->labels_count != 0)
		paper->y += LABEL_HEIGHT;
}
