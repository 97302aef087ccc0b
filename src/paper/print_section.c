#include "paper/print_rooms.h"

#include <string.h>

/* Labels are spread over their column; it is as wide as the longest of a usual length. */
double
print_label_width(struct paper *paper)
{
	double width = 24 * MM;

	for (size_t i = 0; i < paper->job->sections_count; i++) {
		const struct print_section *section = &paper->job->sections[i];

		for (size_t j = 0; j < section->lines_count; j++) {
			const struct print_line *line = &section->lines[j];
			const struct words words =
				paper_make(paper, line->fields[0].label, SIZE_TEXT, 0);

			if (words.width + 2 * PAD_SIDE + 6 > width)
				width = words.width + 2 * PAD_SIDE + 6;
		}
	}
	return width > 36 * MM ? 36 * MM : width;
}

static struct cell
label_cell(struct paper *paper, struct text label)
{
	const double width = paper->label_width;

	return (struct cell){
		.words = words_make(paper->fonts, paper->arena,
				    &(struct words_ask){ .text = label,
							 .size = SIZE_TEXT,
							 .width = width - 2 * PAD_SIDE,
							 .most_lines = 2 }),
		.width = width,
		.is_middle = true,
		.is_spread = true,
		.is_label = true,
	};
}

static struct words
choices_words(struct paper *paper, const struct print_field *field, double width)
{
	struct words *pieces =
		ARENA_ARRAY(paper->arena, struct words, field->choices_count + 1);

	for (size_t i = 0; i < field->choices_count; i++)
		pieces[i] = paper_make(paper,
				       text_join(paper->arena,
						 field->choices[i].is_chosen ? T("☑\u00a0") :
									       T("☐\u00a0"),
						 field->choices[i].words),
				       SIZE_TEXT, width);
	return words_flow(paper->arena, pieces, field->choices_count, SIZE_TEXT * 1.3, width);
}

static struct cell
value_cell(struct paper *paper, const struct print_field *field, double width)
{
	const double inner = width - 2 * PAD_SIDE;
	const double lines = (double)field->lines; /* 40 at most */
	struct words value = paper_make(paper, field->value, SIZE_TEXT, inner);

	if (field->choices_count > 0)
		value = words_stack(paper->arena, choices_words(paper, field, inner), value);
	return (struct cell){
		.words = value,
		.width = width,
		.least = field->lines > 1 ? lines * SIZE_TEXT * PITCH + 2 * PAD_HEIGHT : 0,
		.is_middle = field->lines == 1,
	};
}

static void
draw_rows(struct paper *paper, const struct print_section *section)
{
	for (size_t i = 0; i < section->lines_count && !paper->is_full; i++) {
		const struct print_line *line = &section->lines[i];
		/* one or two fields */
		const double width = paper_width(paper) / (double)line->count - paper->label_width;
		struct row row = { .least = LEAST_ROW + 2 };

		for (size_t j = 0; j < line->count; j++) {
			row.cells[row.count++] = label_cell(paper, line->fields[j].label);
			row.cells[row.count++] = value_cell(paper, &line->fields[j], width);
		}
		if (i == 0)
			table_begin(paper, section->heading, table_row_need(paper, &row));
		table_row(paper, &row);
	}
}

/* 「備考　1　」: what stands before the last full-width space near the beginning hangs out. */
static double
hang_of(struct paper *paper, struct text note, double size)
{
	size_t at = 0, end = 0;
	uint32_t c;

	for (int i = 0; i < 7 && text_next(note, &at, &c); i++)
		if (c == 0x3000)
			end = at;
	return paper_make(paper, text_first(note, end), size, 0).width;
}

/* Paragraphs, each beginning on its own line, as one measured text. */
static struct words
paragraphs(struct paper *paper, const struct print_section *section, double size, double width)
{
	struct words *pieces = ARENA_ARRAY(paper->arena, struct words, section->notes_count + 1);

	for (size_t i = 0; i < section->notes_count; i++)
		pieces[i] = words_make(
			paper->fonts, paper->arena,
			&(struct words_ask){ .text = section->notes[i],
					     .size = size,
					     .width = width,
					     .hang = hang_of(paper, section->notes[i], size) });
	/* a gap as wide as the column never lets two stand on one line */
	return words_flow(paper->arena, pieces, section->notes_count, width + 1, width);
}

static void
draw_notes(struct paper *paper, const struct print_section *section)
{
	const double width = paper_width(paper);
	struct row row = { .count = 1, .least = section->notes_count == 0 ? 60 : LEAST_ROW };

	row.cells[0] = (struct cell){
		.words = paragraphs(paper, section, SIZE_TEXT, width - 2 * PAD_SIDE),
		.width = width,
	};
	table_begin(paper, section->heading, table_row_need(paper, &row));
	table_row(paper, &row);
}

static void
draw_remarks(struct paper *paper, const struct print_section *section)
{
	const struct words words = paragraphs(paper, section, SIZE_SMALL, paper_width(paper));

	table_end(paper);
	paper->y += 4;
	for (size_t i = 0; i < words.count && !paper->is_full; i++) {
		if (paper_room(paper) < words_pitch(&words))
			paper_next_page(paper);
		paper_words(paper, &words,
			    &(struct placing){ .box = { paper->left, paper->y, paper_width(paper), 0 },
					       .from = i,
					       .to = i + 1 });
		paper->y += words_pitch(&words);
	}
}

void
print_section(struct paper *paper, const struct print_section *section)
{
	switch (section->kind) {
	case PRINT_ROWS:
		draw_rows(paper, section);
		break;
	case PRINT_ITEMS:
	case PRINT_HISTORY:
		print_items(paper, section);
		break;
	case PRINT_DECISIONS:
		print_decisions(paper, section);
		break;
	case PRINT_NOTES:
		draw_notes(paper, section);
		break;
	case PRINT_REMARKS:
		draw_remarks(paper, section);
		break;
	case PRINT_LABELS:
		print_labels(paper, section);
		break;
	}
}
