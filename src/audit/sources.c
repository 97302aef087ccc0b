/*
 * What a review collects: one row a source. A room above that has figures of its own (incidents, duties,
 * training, checks) joins with a row here, once this room may include it (docs/floors.txt).
 */
#include "audit/rooms.h"

static struct error *
audits(struct look *look, const struct flow *flow, struct day since, struct text *words)
{
	struct audit_figures_row row;
	(void)flow;
	TRY(audit_figures(look, &(struct audit_figures_in){ day_begin(since).ms, moment_day(look->now).no },
			  &row));
	*words = text_format(look->arena, say("監査の報告%lld件、指摘%lld件（直ったことを確かめたもの%lld件、いま期限切れ%lld件）"),
			     (long long)row.reported, (long long)row.points, (long long)row.settled,
			     (long long)row.late);
	return OK;
}

static struct error *
exceptions(struct look *look, const struct flow *flow, struct day since, struct text *words)
{
	struct audit_exception_figures_row row;
	(void)flow;
	TRY(audit_exception_figures(look, &(struct audit_exception_figures_in){ day_begin(since).ms }, &row));
	*words = text_format(look->arena, say("例外措置の許可%lld件（いま終わっていないもの%lld件）"),
			     (long long)row.made, (long long)row.open);
	return OK;
}

static struct error *
decisions(struct look *look, const struct flow *flow, struct day since, struct text *words)
{
	struct audit_refusal_figures_row row;
	(void)flow;
	TRY(audit_refusal_figures(look, &(struct audit_refusal_figures_in){ day_begin(since).ms }, &row));
	*words = text_format(look->arena, say("決裁%lld件（許可しなかったもの%lld件）"), (long long)row.decided,
			     (long long)row.refused);
	return OK;
}

static struct error *
reports(struct look *look, const struct flow *flow, struct day since, struct text *words)
{
	struct audit_report_figures_row row;
	(void)flow;
	TRY(audit_report_figures(look, &(struct audit_report_figures_in){ day_begin(since).ms }, &row));
	*words = text_format(look->arena, say("事後の報告%lld件（期限に遅れたもの%lld件）"), (long long)row.made,
			     (long long)row.late);
	return OK;
}

static struct error *
council(struct look *look, const struct flow *flow, struct day since, struct text *words)
{
	struct audit_council_figures_row row;
	(void)flow;
	TRY(audit_council_figures(look, &(struct audit_council_figures_in){ day_begin(since).ms }, &row));
	*words = text_format(look->arena, say("会議%lld回、決定%lld件"), (long long)row.held,
			     (long long)row.decided);
	return OK;
}

static struct error *
version(struct look *look, const struct flow *flow, struct day since, struct text *words)
{
	(void)look;
	(void)since;
	*words = text_format(look->arena, say("いまの方針は「%.*s」の%.*s（義務%zu件）"),
			     T_ARG(words_now(flow->pack->document)), T_ARG(flow->pack->version),
			     flow->pack->duties_count);
	return OK;
}

const struct review_source review_sources[] = {
	{ "audits", N_("監査の結果"), "/audits", audits, ASKS_USED },
	{ "exceptions", N_("例外措置"), "/exceptions", exceptions, ASKS_COUNT },
	{ "decisions", N_("申請と決裁"), "/dossiers", decisions, ASKS_COUNT },
	{ "reports", N_("事後の報告"), NULL, reports, ASKS_COUNT },
	{ "council", N_("会議の決定"), "/council", council, ASKS_COUNT },
	{ "version", N_("方針の版"), "/policy/versions", version, ASKS_COUNT },
	{ "surroundings", N_("法令・技術・組織の変化"), NULL, NULL, ASKS_COUNT },
};
const size_t review_sources_count = sizeof review_sources / sizeof *review_sources;
