#include "paper/print_rooms.h"

#define LEAST_COLUMN (7.5 * MM)

/* The width of the sheet shared out by the parts asked for, but no column below LEAST_COLUMN. */
static void
share_width(const struct print_section *section, double whole, double *widths)
{
	const double count = (double)section->columns_count; /* 16 at most */
	double sum = 0, over = 0, missing = 0;

	for (size_t i = 0; i < section->columns_count; i++)
		sum += (double)section->columns[i].width; /* 1000 at most */
	for (size_t i = 0; i < section->columns_count; i++) {
		widths[i] = whole * (double)section->columns[i].width / sum;
		if (widths[i] < LEAST_COLUMN)
			missing += LEAST_COLUMN - widths[i];
		else
			over += widths[i] - LEAST_COLUMN;
	}
	for (size_t i = 0; i < section->columns_count; i++) {
		if (widths[i] < LEAST_COLUMN)
			widths[i] = LEAST_COLUMN;
		else if (over > 0)
			widths[i] -= missing * (widths[i] - LEAST_COLUMN) / over;
		if (over <= 0)
			widths[i] = whole / count;
	}
}

static struct row
make_head(struct paper *paper, const struct print_section *section, const double *widths)
{
	struct row row = { .count = section->columns_count, .least = LEAST_ROW };

	for (size_t i = 0; i < section->columns_count; i++)
		row.cells[i] = (struct cell){
			.words = words_make(
				paper->fonts, paper->arena,
				&(struct words_ask){ .text = section->columns[i].name,
						     .size = SIZE_CELL,
						     .width = widths[i] - 2 * PAD_SIDE,
						     .most_lines = 1 }),
			.width = widths[i],
			.side = PRINT_MIDDLE,
			.is_middle = true,
			.is_shaded = true,
		};
	return row;
}

static struct row
make_row(struct paper *paper, const struct print_section *section, const double *widths,
	 const struct text *cells)
{
	struct row row = { .count = section->columns_count, .least = LEAST_ROW };

	for (size_t i = 0; i < section->columns_count; i++)
		row.cells[i] = (struct cell){
			.words = words_make(
				paper->fonts, paper->arena,
				&(struct words_ask){ .text = cells == NULL ? T("") : cells[i],
						     .size = SIZE_CELL,
						     .width = widths[i] - 2 * PAD_SIDE,
						     .most_lines = 1 }),
			.width = widths[i],
			.side = section->columns[i].side,
			.is_middle = true,
		};
	/* Small type is for what fits on one line then; what is wrapped anyway stays readable. */
	for (size_t i = 0; i < section->columns_count; i++)
		if (row.cells[i].words.count > 1)
			row.cells[i].words = paper_make(paper, cells[i], SIZE_CELL,
							widths[i] - 2 * PAD_SIDE);
	return row;
}

void
print_items(struct paper *paper, const struct print_section *section)
{
	double widths[SHEET_MOST_COLUMNS];
	struct row head;

	share_width(section, paper_width(paper), widths);
	head = make_head(paper, section, widths);
	const struct row first = make_row(paper, section, widths, section->rows_count == 0 ? NULL : section->rows[0]);
	table_begin(paper, section->heading, row_height(&head) + table_row_need(paper, &first));
	table_row(paper, &head);
	paper->head = &head;
	for (size_t i = 0; i < section->rows_count && !paper->is_full; i++) {
		const struct row row = make_row(paper, section, widths, section->rows[i]);

		table_row(paper, &row);
	}
	for (int64_t i = 0; i < section->empty_rows; i++) {
		const struct row row = make_row(paper, section, widths, NULL);

		table_row(paper, &row);
	}
	paper->head = NULL;
}
