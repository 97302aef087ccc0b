/* Findings, for the yearly review. */
#include "assure/review.h"

#include "assure/finding.h"
#include "assure/rooms.h"

static struct error *
findings(struct look *look, const struct flow *flow, struct day since, struct text *words)
{
	struct assure_finding_figures_row row;
	struct finding_counts counts;
	(void)flow;
	TRY(assure_finding_figures(look, &(struct assure_finding_figures_in){ day_begin(since).ms }, &row));
	TRY(assure_finding_count(look, &counts));
	*words = text_format(look->arena,
			     say("新しい指摘%lld件、終わった指摘%lld件。いま開いているもの%lld件（期限切れ%lld件）"),
			     (long long)row.opened, (long long)row.ended, (long long)counts.open,
			     (long long)counts.late);
	return OK;
}

const struct review_source assure_review_sources[] = {
	{ "findings", N_("番所が見つけた指摘"), "/findings", findings, ASKS_COUNT },
	{ 0 },
};
