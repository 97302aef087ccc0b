#include "paper/print_rooms.h"

static struct error *
lay_out(struct paper *paper)
{
	const struct print_job *job = paper->job;

	paper_begin(paper);
	paper->label_width = print_label_width(paper);
	print_head(paper);
	for (size_t i = 0; i < job->sections_count && !paper->is_full; i++)
		print_section(paper, &job->sections[i]);
	table_end(paper);
	if (paper->is_full)
		return reject("sections", "印刷すると%dページを超えます。分けて印刷してください。",
			      SHEET_MOST_PAGES);
	print_foot(paper);
	return OK;
}

struct error *
print_pdf(struct arena *into, const struct print_job *job, struct print_report *report,
	  struct text *pdf)
{
	__attribute__((cleanup(fonts_close))) struct fonts *fonts = NULL;
	struct paper paper = { .arena = into, .job = job };

	TRY(fonts_open(into, report, &fonts));
	paper.fonts = fonts;
	TRY(lay_out(&paper));
	TRY(print_paint(&paper, pdf));
	report->pages = paper.pages_count;
	return OK;
}
