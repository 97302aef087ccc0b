/* What a review collects: one row a source. Rooms above this one hand in their own (review_start()). */
#include "audit/rooms.h"

#include "check/check.h"
#include "training/training.h"

enum { KINDS_SHOWN = 20 };

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
checks(struct look *look, const struct flow *flow, struct day since, struct text *words)
{
	struct campaign *list;
	size_t count;
	int64_t closed = 0, asked = 0, answered = 0, no = 0, open = 0, late = 0;
	TRY(check_campaigns(look, flow->pack, &list, &count));
	for (size_t at = 0; at < count; at++) {
		open += list[at].open;
		late += list[at].late;
		if (list[at].state != CAMPAIGN_CLOSED || list[at].closed.ms < day_begin(since).ms)
			continue;
		closed++;
		asked += list[at].asked;
		answered += list[at].answered;
		no += list[at].no;
	}
	const struct text left = text_format(look->arena, say("。いま終わっていない改善%lld件（期限切れ%lld件）"),
					     (long long)open, (long long)late);
	const struct text told =
		asked == 0 ? text_of(say("終えた自己点検0件"))
			   : text_format(look->arena,
					 say("終えた自己点検%lld件、答えた割合%lld%%（%lld/%lld）、「いいえ」%lld件"),
					 (long long)closed, (long long)(answered * 100 / asked),
					 (long long)answered, (long long)asked, (long long)no);
	*words = text_join(look->arena, told, left);
	return OK;
}

static struct text
incident_kind_name(const struct pack *pack, struct text code)
{
	const struct pack_incident_kind *kind = pack_incident_kind(pack, code);
	return kind != NULL ? words_now(kind->name) : code;
}

static struct error *
incidents(struct look *look, const struct flow *flow, struct day since, struct text *words)
{
	struct audit_incident_figures_row row;
	struct audit_incident_kinds_row *kinds;
	size_t count;
	const int64_t from = day_begin(since).ms;
	TRY(audit_incident_figures(look, &(struct audit_incident_figures_in){ from }, &row));
	TRY(audit_incident_kinds(look, &(struct audit_incident_kinds_in){ from, KINDS_SHOWN }, &kinds, &count));
	*words = text_format(look->arena,
			     say("報告された事案%lld件、インシデントと判断したもの%lld件。いま終わっていないもの%lld件"),
			     (long long)row.made, (long long)row.confirmed, (long long)row.open);
	for (size_t at = 0; at < count; at++)
		*words = text_format(look->arena, say("%.*s。%.*s%lld件"), T_ARG(*words),
				     T_ARG(incident_kind_name(flow->pack, kinds[at].kind)),
				     (long long)kinds[at].made);
	return OK;
}

static struct error *
duties(struct look *look, const struct flow *flow, struct day since, struct text *words)
{
	struct audit_duty_figures_row row;
	(void)flow;
	TRY(audit_duty_figures(look, &(struct audit_duty_figures_in){ since.no, moment_day(look->now).no },
			       &row));
	*words = text_format(look->arena,
			     say("期日の来たもの%lld件のうち、済んだもの%lld件、見送ったもの%lld件。いま遅れているもの%lld件"),
			     (long long)row.due, (long long)row.done, (long long)row.excused,
			     (long long)row.late);
	return OK;
}

/* How the courses stand now, and of which somebody is missing past the day. */
static struct error *
training(struct look *look, const struct flow *flow, struct day since, struct text *words)
{
	const struct pack_training *rules = &flow->pack->training;
	struct text missing = T("");
	int64_t asked = 0, passed = 0, excused = 0, late = 0;
	(void)since;
	for (size_t at = 0; at < rules->courses_count; at++) {
		struct training_share share;
		TRY(training_share(look, rules->courses[at].code, &share));
		asked += share.asked;
		passed += share.passed;
		excused += share.excused;
		late += share.late;
		if (share.late != 0)
			missing = text_format(look->arena, say("%.*s。「%.*s」%lld人"), T_ARG(missing),
					      T_ARG(words_now(rules->courses[at].name)),
					      (long long)share.late);
	}
	*words = text_format(look->arena,
			     say("受けるべき延べ%lld人のうち、終えた人%lld人、免除%lld人、期限を過ぎて受けていない人%lld人"),
			     (long long)asked, (long long)passed, (long long)excused, (long long)late);
	*words = text_join(look->arena, *words, missing);
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
	{ "checks", N_("自己点検の結果"), "/checks", checks, ASKS_COUNT },
	{ "incidents", N_("事案"), "/incidents", incidents, ASKS_COUNT },
	{ "duties", N_("くり返す仕事"), "/duties/year", duties, ASKS_COUNT },
	{ "training", N_("研修と訓練"), "/training/results", training, ASKS_COUNT },
	{ "exceptions", N_("例外措置"), "/exceptions", exceptions, ASKS_COUNT },
	{ "decisions", N_("申請と決裁"), "/dossiers", decisions, ASKS_COUNT },
	{ "reports", N_("事後の報告"), NULL, reports, ASKS_COUNT },
	{ "council", N_("会議の決定"), "/council", council, ASKS_COUNT },
	{ "version", N_("方針の版"), "/policy/versions", version, ASKS_COUNT },
	{ "surroundings", N_("法令・技術・組織の変化"), NULL, NULL, ASKS_COUNT },
};
const size_t review_sources_count = sizeof review_sources / sizeof *review_sources;
