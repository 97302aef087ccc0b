/*
 * A report on paper (A4 portrait): headings with tables, pairs or paragraphs, as a job for
 * bansho-print. It knows nothing of what is reported; whoever calls has put it into words.
 */
#ifndef BANSHO_PAPER_REPORT_PAPER_H
#define BANSHO_PAPER_REPORT_PAPER_H

#include "base/day.h"
#include "base/error.h"
#include "paper/job.h"

struct report_column {
	struct text name;
	int width;	/* in parts of the sum of all widths */
	bool is_number; /* set at the right */
};

enum report_kind {
	REPORT_TABLE, /* columns and cells */
	REPORT_PAIRS, /* cells two by two: a label and what stands there */
	REPORT_NOTES, /* cells one by one: paragraphs */
};

struct report_section {
	enum report_kind kind;
	struct text heading;
	const struct report_column *columns; /* REPORT_TABLE */
	size_t columns_count;
	struct text *cells; /* row by row */
	size_t cells_count;
};

struct report_out {
	struct text title;     /* 月次報告書 */
	struct text caption;   /* top left, or empty */
	struct text body_name;
	struct text number;    /* top right, or empty */
	struct text lead;      /* one sentence above, or empty */
	struct day day;
	struct text addressee; /* with 様, or empty */
	struct moment made;    /* the date the PDF carries: same report, same bytes */
	struct job_proof proof; /* record empty: none */
	struct report_section *sections;
	size_t sections_count, sections_room;
};

/* A report with room for so many sections, in `into`. */
struct report_out report_open(struct arena *into, struct text title, size_t sections_room);
/* The next section, with room for so many cells. */
struct report_section *report_table(struct arena *into, struct report_out *out, struct text heading,
				    const struct report_column *columns, size_t columns_count, size_t rows_room);
struct report_section *report_pairs(struct arena *into, struct report_out *out, struct text heading,
				    size_t pairs_room);
struct report_section *report_notes(struct arena *into, struct report_out *out, struct text heading,
				    size_t notes_room);
void report_cell(struct report_section *section, struct text words);
void report_number(struct arena *into, struct report_section *section, int64_t number);

/* The job. INVALID when it is more than the printer takes (sheet_paper.h). Lives in `into`. */
struct error *paper_report(struct arena *into, const struct report_out *out, struct text *job) MUST_USE;

#endif
