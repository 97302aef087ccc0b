/* What stands on いまの状況: dossiers and permits, ledgers, accounts, offices. */
#include "pages/dossier_parts.h"
#include "pages/now_pages.h"

#include "access/access.h"
#include "flow/exception.h"
#include "people/delegation.h"

enum { DAY_MS = 86400000 };

static struct text
line_words(struct visit *visit, const struct flow_line *line)
{
	return text_format(visit->arena, "%.*s %.*s %.*s", T_ARG(line->number), T_ARG(line->title),
			   T_ARG(line->purpose));
}

static struct text
whose_words(struct visit *visit, const struct flow_line *line)
{
	return text_format(visit->arena, "%.*s %.*s", T_ARG(line->unit_name),
			   T_ARG(line->applicant_name));
}

/* The list as this scope asks for it: a person's, some units', or everybody's. */
static struct error *
list_here(struct now *now, struct flow_query query, struct flow_page *page)
{
	if (now->scope == NOW_MINE)
		query.person = now->visit->session.person;
	query.units = now->units;
	query.units_count = now->units_count;
	/* Its own unit is none: only what is the person's. */
	static const struct unit_id nowhere = { 0 };
	if (now->scope == NOW_MINE) {
		query.units = &nowhere;
		query.units_count = 1;
	}
	return flow_list(now->look, now->visit->office->flow, &query, FLOW_MOST_PAGE, page);
}

struct error *
now_waiting(struct now *now)
{
	struct flow_page page;
	struct visit *visit = now->visit;
	if (now->scope != NOW_MINE || !visit_may(visit, RIGHT_DECIDE))
		return OK;
	TRY(list_here(now, (struct flow_query){ .list = FLOW_WAITING }, &page));
	for (size_t at = 0; at < page.count; at++) {
		const struct flow_line *line = &page.lines[at];
		now_put(now, NOW_DO, (struct now_line){
			.kind = text_of(say("承認待ち")),
			.all = url_path(visit->arena, "/waiting"),
			.words = line_words(visit, line),
			.why = whose_words(visit, line),
			.due = DAY_NONE,
			.href = line->is_extension ? permit_url(visit, line->permit)
						   : url_of_number(visit->arena, "/dossiers/{}/decide", line->id.no),
		});
	}
	return OK;
}

struct error *
now_returned(struct now *now)
{
	struct flow_page page;
	struct visit *visit = now->visit;
	if (now->scope != NOW_MINE || !visit_may(visit, RIGHT_APPLY))
		return OK;
	TRY(list_here(now, (struct flow_query){ .list = FLOW_MINE, .has_state = true, .state = DOSSIER_RETURNED },
		      &page));
	for (size_t at = 0; at < page.count; at++)
		now_put(now, NOW_DO, (struct now_line){
			.kind = text_of(say("差戻し")),
			.all = url_path(visit->arena, "/dossiers"),
			.words = line_words(visit, &page.lines[at]),
			.why = text_of(say("直して出し直すか、取り下げてください。")),
			.due = DAY_NONE,
			.href = dossier_url(visit, page.lines[at].id),
		});
	return OK;
}

struct error *
now_slow(struct now *now)
{
	enum { SLOW_DAYS = 2 };
	struct flow_page page;
	int64_t days;
	struct visit *visit = now->visit;
	if (now->scope != NOW_UNIT && now->scope != NOW_BODY)
		return OK;
	TRY(people_parameter(now->look, visit->office->pack, "decide.remind-days", SLOW_DAYS, &days));
	TRY(list_here(now, (struct flow_query){ .list = FLOW_SLOW, .before = { visit->now.ms - days * DAY_MS } },
		      &page));
	for (size_t at = 0; at < page.count; at++) {
		const struct flow_line *line = &page.lines[at];
		now_put(now, NOW_RED, (struct now_line){
			.kind = text_of(say("決裁が進まない")),
			.all = url_path(visit->arena, "/dossiers?list=all"),
			.words = line_words(visit, line),
			.why = text_format(visit->arena, say("%.*s。%.*sから待っています。"),
					   T_ARG(whose_words(visit, line)),
					   T_ARG(day_wareki(visit->arena, moment_day(line->since)))),
			.due = DAY_NONE,
			.href = dossier_url(visit, line->id),
		});
	}
	return OK;
}

struct error *
now_out(struct now *now)
{
	struct flow_page page;
	struct visit *visit = now->visit;
	if (now->scope == NOW_SYSTEMS)
		return OK;
	TRY(list_here(now, (struct flow_query){ .list = FLOW_OVERDUE }, &page));
	for (size_t at = 0; at < page.count; at++) {
		const struct flow_line *line = &page.lines[at];
		now_put(now, NOW_RED, (struct now_line){
			.kind = text_of(say("戻っていない")),
			.all = url_path(visit->arena, "/out?list=overdue"),
			.words = line_words(visit, line),
			.why = whose_words(visit, line),
			.due = moment_day(line->due),
			.href = permit_url(visit, line->permit),
		});
	}
	return OK;
}

struct error *
now_late_reports(struct now *now)
{
	struct flow_page page;
	struct visit *visit = now->visit;
	if (now->scope != NOW_BODY)
		return OK;
	TRY(list_here(now, (struct flow_query){ .list = FLOW_LATE }, &page));
	for (size_t at = 0; at < page.count; at++) {
		const struct flow_line *line = &page.lines[at];
		/* One that was made late stays so for ever; only what is still not sent can be put right. */
		if (!line->is_unsent)
			continue;
		now_put(now, NOW_RED, (struct now_line){
			.kind = text_of(say("報告が出ていない")),
			.all = url_path(visit->arena, "/dossiers?list=all"),
			.words = line_words(visit, line),
			.why = whose_words(visit, line),
			.due = moment_day(line->due),
			.href = dossier_url(visit, line->id),
		});
	}
	return OK;
}

struct error *
now_permits(struct now *now)
{
	struct flow_page page;
	struct visit *visit = now->visit;
	if (now->scope == NOW_SYSTEMS)
		return OK;
	TRY(list_here(now, (struct flow_query){ .list = FLOW_ENDING, .until = now->ends_by }, &page));
	for (size_t at = 0; at < page.count; at++) {
		const struct flow_line *line = &page.lines[at];
		now_put(now, NOW_ENDS, (struct now_line){
			.kind = text_of(say("許可")),
			.all = url_path(visit->arena, "/dossiers?list=all"),
			.words = line_words(visit, line),
			.why = now->scope == NOW_MINE ? T("") : whose_words(visit, line),
			.due = line->ends,
			.href = permit_url(visit, line->permit),
		});
	}
	return OK;
}

static bool
is_here(const struct now *now, const struct flow_exception *one)
{
	if (now->scope == NOW_BODY)
		return true;
	if (now->scope == NOW_MINE)
		return one->applicant.no == now->visit->session.person.no;
	for (size_t at = 0; at < now->units_count; at++)
		if (now->units[at].no == one->unit.no)
			return true;
	return false;
}

static struct error *
exceptions_of(struct now *now, enum exception_state state)
{
	struct visit *visit = now->visit;
	struct flow_exceptions_query query = { .has_state = true, .state = state };
	struct flow_exception *list;
	size_t count;
	do {
		TRY(flow_exceptions(now->look, visit->office->flow, &query, FLOW_MOST_PAGE, &list, &count,
				    &query.before));
		for (size_t at = 0; at < count; at++) {
			const struct flow_exception *one = &list[at];
			const bool is_over = one->state == EXCEPTION_RUN_OUT;
			if (!is_here(now, one) || (!is_over && one->until.no > now->ends_by.no))
				continue;
			now_put(now, is_over ? NOW_RED : NOW_ENDS, (struct now_line){
				.kind = text_of(is_over ? say("例外が切れたまま") : say("例外")),
				.all = is_over ? url_path(visit->arena, "/exceptions?list=run-out") : url_path(visit->arena, "/exceptions?list=soon"),
				.words = text_format(visit->arena, "%.*s %.*s", T_ARG(one->number),
						     T_ARG(one->unit_name)),
				.why = one->measure,
				.due = one->until,
				.href = url_of_number(visit->arena, "/exceptions/{}", one->permit.no),
			});
		}
	} while (query.before.no != 0);
	return OK;
}

struct error *
now_exceptions(struct now *now)
{
	/* The register is read by officers; its page is theirs too. */
	if (!visit_may(now->visit, RIGHT_MAP_READ))
		return OK;
	TRY(exceptions_of(now, EXCEPTION_RUN_OUT));
	return exceptions_of(now, EXCEPTION_LIVING);
}

/* ---- Ledgers and accounts ---- */

static bool
is_unit_here(const struct now *now, struct unit_id unit)
{
	for (size_t at = 0; at < now->units_count; at++)
		if (now->units[at].no == unit.no)
			return true;
	return now->scope == NOW_BODY;
}

static struct error *
confirm_ledger(struct now *now, const struct pack_ledger *ledger)
{
	struct visit *visit = now->visit;
	struct ledger_confirmation *units;
	size_t count;
	int64_t days;
	TRY(people_parameter(now->look, visit->office->pack, text_z(visit->arena, ledger->confirm->code),
			     ledger->confirm->usual, &days));
	TRY(ledger_confirmations(now->look, ledger, (struct moment){ visit->now.ms - days * DAY_MS }, &units,
				 &count));
	for (size_t at = 0; at < count; at++) {
		if (units[at].stale == 0 || !is_unit_here(now, units[at].unit))
			continue;
		const struct url confirm = url_of(visit->arena, "/ledger/{}/confirm", ledger->code);
		now_put(now, now->scope == NOW_BODY ? NOW_RED : NOW_DO, (struct now_line){
			.kind = text_of(say("台帳の確認")),
			.all = url_path(visit->arena, "/ledger"),
			.words = text_format(visit->arena, say("%.*s: %.*sの%lld件"),
					     T_ARG(unit_name(now->look, units[at].unit.no)),
					     T_ARG(words_now(ledger->name)), (long long)units[at].stale),
			.why = text_format(visit->arena, say("%lld日より長く、だれも確かめていません。"), (long long)days),
			.due = DAY_NONE,
			.href = url_query_number(visit->arena, confirm, "unit", units[at].unit.no),
		});
	}
	return OK;
}

struct error *
now_confirmations(struct now *now)
{
	const struct pack *pack = now->visit->office->pack;
	if (now->scope != NOW_UNIT && now->scope != NOW_BODY)
		return OK;
	for (size_t at = 0; at < pack->ledgers_count; at++)
		if (pack->ledgers[at].confirm != NULL)
			TRY(confirm_ledger(now, &pack->ledgers[at]));
	return OK;
}

struct error *
now_reviews(struct now *now)
{
	struct visit *visit = now->visit;
	struct access_review *list;
	size_t count;
	const bool is_all = now->scope == NOW_BODY;
	if ((now->scope != NOW_MINE && !is_all) || !visit_may(visit, RIGHT_DECIDE))
		return OK;
	TRY(access_reviews(now->look, visit->office->flow, is_all ? (struct person_id){ 0 } : visit->session.person,
			   &list, &count));
	for (size_t at = 0; at < count; at++) {
		if (list[at].done.ms != 0 || (is_all && !list[at].is_late))
			continue;
		now_put(now, list[at].is_late ? NOW_RED : NOW_DO, (struct now_line){
			.kind = text_of(say("アカウントの点検")),
			.all = url_path(visit->arena, "/access-review"),
			.words = list[at].unit_name,
			.due = list[at].due,
			.href = is_all ? url_path(visit->arena, "/access-review")
				       : url_of_number(visit->arena, "/access-review/{}", list[at].unit.no),
		});
	}
	return OK;
}

/* ---- Offices ---- */

struct error *
now_delegations(struct now *now)
{
	struct visit *visit = now->visit;
	struct delegation *list;
	size_t count;
	if (now->scope != NOW_BODY)
		return OK;
	TRY(people_delegations(now->look, visit->office->pack, visit->today, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].until.no != DAY_NONE.no && list[at].until.no <= now->ends_by.no)
			now_put(now, NOW_ENDS, (struct now_line){
				.kind = text_of(say("委任")),
				.all = url_path(visit->arena, "/delegations"),
				.words = list[at].of != NULL ? words_now(list[at].of->name) : list[at].code,
				.why = list[at].reason,
				.due = list[at].until,
				.href = url_path(visit->arena, "/delegations"),
			});
	return OK;
}

struct error *
now_gaps(struct now *now)
{
	struct visit *visit = now->visit;
	struct role_gap *list;
	size_t count;
	if (now->scope != NOW_BODY)
		return OK;
	TRY(people_role_gaps(now->look, visit->office->pack, visit->today, &list, &count));
	for (size_t at = 0; at < count; at++)
		now_put(now, NOW_RED, (struct now_line){
			.kind = text_of(say("役割が空いている")),
			.all = url_path(visit->arena, "/people/roles"),
			.words = text_format(visit->arena, "%.*s %.*s", T_ARG(words_now(list[at].role->name)),
					     T_ARG(list[at].unit_name)),
			.why = text_of(say("この役割の職に、いまだれも就いていません。")),
			.due = DAY_NONE,
			.href = url_path(visit->arena, "/people/roles"),
		});
	return OK;
}
