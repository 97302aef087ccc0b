/*
 * The staff's home: a card a matter, each with what waits and the one thing to do about it.
 * After signing in it says when they were last here (Takamatsu 6.4.3).
 */
#include "pages/check_pages.h"
#include "pages/dossier_parts.h"

#include "access/access.h"
#include "audit/audit.h"
#include "duty/duty.h"
#include "enact/enact.h"
#include "people/notice.h"
#include "training/training.h"
#include "incident/incident.h"
#include "transfer/transfer.h"

enum { LINES_MOST = 4, LOOKED_AT = 30, SIGN_INS_LOOKED_AT = 40 };

/* ---- Was that me? ---- */

/* The sign-in before this one, and how many failed between. */
static struct error *
fill_welcome(struct look *look, struct visit *visit, struct home_page *page)
{
	struct journal_entry *entries;
	size_t count;
	bool is_this_passed = false;
	page->is_welcome = text_is(visit_text(visit, "welcome"), "1");
	if (!page->is_welcome)
		return OK;
	TRY(journal_history(look, people_about_person(visit->arena, visit->session.person),
			    JOURNAL_NEWEST, SIGN_INS_LOOKED_AT, &entries, &count));
	for (size_t at = 0; at < count && page->last.ms == 0; at++) {
		if (text_is(entries[at].act, "people.sign_in_failed"))
			page->failed++;
		if (!text_is(entries[at].act, "people.sign_in"))
			continue;
		if (is_this_passed)
			page->last = entries[at].at;
		is_this_passed = true;
	}
	page->is_first = page->last.ms == 0;
	return OK;
}

/* ---- 方針: a version that the person has not acknowledged ---- */

static struct error *
fill_policy(struct look *look, struct visit *visit, struct home_page *page)
{
	struct enact_version version;
	bool awaits;
	TRY(enact_awaits(look, visit->session.person, &awaits, &version));
	if (!awaits)
		return OK;
	page->policy_version = version.version;
	page->policy_since = version.effective;
	return OK;
}

/* ---- 引継ぎ: from the day of telling until a month into the new post ---- */

static struct error *
fill_transfer(struct look *look, struct visit *visit, struct home_page *page)
{
	enum { AFTER_DAYS = 30 };
	struct transfer transfer;
	bool found;
	TRY(transfer_of_person(look, visit->office->pack, visit->session.person, &found, &transfer));
	if (!found || transfer.day.no + AFTER_DAYS < visit->today.no)
		return OK;
	page->transfer = transfer.title;
	page->transfer_day = transfer.day;
	return OK;
}

/* ---- 申請 ---- */

static bool
is_going_on(enum dossier_state state)
{
	return state == DOSSIER_DRAFT || state == DOSSIER_SENT || state == DOSSIER_RETURNED ||
	       state == DOSSIER_GRANTED;
}

static struct text
line_words(struct visit *visit, const struct flow_line *line)
{
	enum { PURPOSE_MOST = 24 };
	size_t at = 0, characters = 0;
	uint32_t character;
	while (characters < PURPOSE_MOST && text_next(line->purpose, &at, &character))
		characters++;
	if (at >= line->purpose.len)
		return text_format(visit->arena, "%.*s %.*s", T_ARG(line->number),
				   T_ARG(line->purpose));
	return text_format(visit->arena, "%.*s %.*s…", T_ARG(line->number),
			   T_ARG(text_first(line->purpose, at)));
}

static struct error *
fill_mine(struct look *look, struct visit *visit, struct home_page *page)
{
	struct flow_page found;
	page->may_apply = visit_may(visit, RIGHT_APPLY);
	page->dossiers = ARENA_ARRAY(visit->arena, struct home_dossiers, LINES_MOST);
	if (!page->may_apply)
		return OK;
	TRY(flow_list(look, visit->office->flow,
		      &(struct flow_query){ .list = FLOW_MINE, .person = visit->session.person },
		      LOOKED_AT, &found));
	for (size_t at = 0; at < found.count && page->dossiers_count < LINES_MOST; at++) {
		const struct flow_line *line = &found.lines[at];
		if (!is_going_on(line->state))
			continue;
		page->dossiers[page->dossiers_count++] = (struct home_dossiers){
			line_words(visit, line), text_of(dossier_stands(line->state, line->is_told)),
			state_tag(line->state), dossier_url(visit, line->id)
		};
	}
	return OK;
}

/* ---- 承認待ち ---- */

static struct error *
fill_waiting(struct look *look, struct visit *visit, struct home_page *page)
{
	struct flow_page found;
	page->may_decide = visit_may(visit, RIGHT_DECIDE);
	page->decisions = ARENA_ARRAY(visit->arena, struct home_decisions, LINES_MOST);
	if (!page->may_decide || page->waiting == 0)
		return OK;
	TRY(flow_list(look, visit->office->flow,
		      &(struct flow_query){ .list = FLOW_WAITING,
					    .person = visit->session.person },
		      LINES_MOST, &found));
	for (size_t at = 0; at < found.count && page->decisions_count < LINES_MOST; at++) {
		const struct flow_line *line = &found.lines[at];
		const struct text asked = line->is_extension ? text_of(say("期間の延長"))
							     : text_of(step_verb_words(line->verb));
		page->decisions[page->decisions_count++] = (struct home_decisions){
			line_words(visit, line),
			text_format(visit->arena, "%.*s %.*s %.*s", T_ARG(asked),
				    T_ARG(line->unit_name), T_ARG(line->applicant_name)),
			line->is_extension ? permit_url(visit, line->permit)
					   : url_of_number(visit->arena, "/dossiers/{}/decide",
							   line->id.no),
		};
	}
	return OK;
}

/* ---- 点検・研修: ledgers that the person's units must confirm again ---- */

static struct error *
fill_ledger(struct look *look, struct visit *visit, const struct pack_ledger *ledger,
	    struct home_page *page)
{
	struct ledger_confirmation *units;
	size_t count;
	int64_t days;
	TRY(people_parameter(look, visit->office->pack, text_z(visit->arena, ledger->confirm->code),
			     ledger->confirm->usual, &days));
	const struct moment since = { visit->now.ms - days * 86400000 };
	TRY(ledger_confirmations(look, ledger, since, &units, &count));
	for (size_t at = 0; at < count && page->confirmations_count < LINES_MOST; at++) {
		bool reaches;
		if (units[at].stale == 0)
			continue;
		TRY(rights_reach(look, &visit->rights, RIGHT_LEDGER_WRITE, units[at].unit,
				 &reaches));
		if (!reaches)
			continue;
		const struct url confirm = url_of(visit->arena, "/ledger/{}/confirm", ledger->code);
		page->confirmations[page->confirmations_count++] = (struct home_confirmations){
			text_format(visit->arena, say("%.*s: %.*sの%lld件"),
				    T_ARG(unit_name(look, units[at].unit.no)),
				    T_ARG(words_now(ledger->name)), (long long)units[at].stale),
			url_query_number(visit->arena, confirm, "unit", units[at].unit.no),
		};
	}
	return OK;
}

static struct error *
fill_confirmations(struct look *look, struct visit *visit, struct home_page *page)
{
	const struct pack *pack = visit->office->pack;
	const struct reach *reach = &visit->rights.at[RIGHT_LEDGER_WRITE];
	page->confirmations = ARENA_ARRAY(visit->arena, struct home_confirmations, LINES_MOST);
	/* Whoever keeps the whole body's ledgers is not the one who confirms each unit's. */
	if (!reach->may || reach->is_all)
		return OK;
	for (size_t at = 0; at < pack->ledgers_count; at++)
		if (pack->ledgers[at].confirm != NULL)
			TRY(fill_ledger(look, visit, &pack->ledgers[at], page));
	return OK;
}

/* ---- アカウントの点検: units that the person must answer for ---- */

static struct error *
fill_reviews(struct look *look, struct visit *visit, struct home_page *page)
{
	struct access_review *list;
	size_t count;
	page->reviews = ARENA_ARRAY(visit->arena, struct home_reviews, LINES_MOST);
	if (!page->may_decide)
		return OK;
	TRY(access_reviews(look, visit->office->flow, visit->session.person, &list, &count));
	for (size_t at = 0; at < count && page->reviews_count < LINES_MOST; at++) {
		if (list[at].done.ms != 0)
			continue;
		page->reviews[page->reviews_count++] = (struct home_reviews){
			text_format(visit->arena, say("アカウントの点検: %.*s(期限%.*s)"), T_ARG(list[at].unit_name),
				    T_ARG(day_wareki(visit->arena, list[at].due))),
			url_of_number(visit->arena, "/access-review/{}", list[at].unit.no),
			list[at].is_late
		};
	}
	return OK;
}

/* ---- くり返す仕事 ---- */

static struct error *
fill_duties(struct look *look, struct visit *visit, struct home_page *page)
{
	struct duty_mine mine;
	TRY(duty_mine(look, visit->office->flow, visit->session.person, visit->today, &mine));
	page->duties = ARENA_ARRAY(visit->arena, struct home_duties, LINES_MOST);
	page->duties_all = (int64_t)mine.count; /* at most DUTY_MINE_MOST */
	for (size_t at = 0; at < mine.count && page->duties_count < LINES_MOST; at++)
		page->duties[page->duties_count++] = (struct home_duties){
			text_format(visit->arena, say("%.*s(期限%.*s)"),
				    T_ARG(duty_title(visit->arena, &mine.list[at])),
				    T_ARG(day_wareki(visit->arena, mine.list[at].due))),
			url_of_number(visit->arena, "/duties/occurrences/{}", mine.list[at].id.no),
			mine.list[at].state == DUTY_LATE,
		};
	return OK;
}

/* ---- 自己点検 ---- */

static struct error *
fill_checks(struct look *look, struct visit *visit, struct home_page *page)
{
	struct check_mine mine;
	struct arena *arena = visit->arena;
	TRY(check_mine(look, visit->office->pack, visit->session.person, visit->today, &mine));
	page->checks = ARENA_ARRAY(arena, struct home_checks, 2 * LINES_MOST);
	for (size_t at = 0; at < mine.sheets_count && page->checks_count < LINES_MOST; at++) {
		const struct check_sheet *sheet = &mine.sheets[at];
		if (sheet->done.ms != 0)
			continue;
		page->checks[page->checks_count++] = (struct home_checks){
			text_format(arena, say("自己点検に答える: %.*s(期限%.*s)"),
				    T_ARG(sheet->person.no != 0 ? sheet->title : sheet->about),
				    T_ARG(day_wareki(arena, sheet->until))),
			check_sheet_url(arena, sheet->id), sheet->until.no < visit->today.no
		};
	}
	const size_t most = page->checks_count + LINES_MOST;
	for (size_t at = 0; at < mine.improvements_count && page->checks_count < most; at++) {
		const struct improvement *one = &mine.improvements[at];
		page->checks[page->checks_count++] = (struct home_checks){
			text_format(arena, say("改善する: %.*s(期限%.*s)"),
				    T_ARG(words_now(one->question)), T_ARG(day_wareki(arena, one->due))),
			check_improvement_url(arena, one->id), one->is_late
		};
	}
	return OK;
}

/* ---- 研修 ---- */

static struct error *
fill_training(struct look *look, struct visit *visit, struct home_page *page)
{
	struct training_mine mine;
	page->has_training = visit->office->pack->training.is_there;
	if (!page->has_training)
		return OK;
	TRY(training_mine(look, visit->office->pack, visit->session.person, &mine));
	page->courses = mine.open;
	page->courses_late = mine.late;
	page->course = mine.next;
	page->course_due = mine.due;
	page->section_late = mine.section_late;
	return OK;
}

/* ---- 監査: points and requests of one's own units, and what one ordered ---- */

static struct error *
fill_audits(struct look *look, struct visit *visit, struct home_page *page)
{
	struct audit_mine mine;
	TRY(audit_mine(look, visit->office->pack, visit->session.person, visit->today, &mine));
	page->audits = mine.open;
	page->audits_late = mine.late;
	page->audits_due = mine.next;
	page->orders_late = mine.orders_late;
	return OK;
}

/* ---- 持ち出し中 ---- */

static struct error *
fill_out(struct look *look, struct visit *visit, struct home_page *page)
{
	struct flow_page found;
	page->outings = ARENA_ARRAY(visit->arena, struct home_outings, LINES_MOST);
	if (page->out == 0)
		return OK;
	/* Its own unit is none: only what the person has out. */
	const struct unit_id nowhere = { 0 };
	TRY(flow_list(look, visit->office->flow,
		      &(struct flow_query){ .list = FLOW_OUT, .person = visit->session.person,
					    .units = &nowhere, .units_count = 1 },
		      LINES_MOST, &found));
	for (size_t at = 0; at < found.count && page->outings_count < LINES_MOST; at++) {
		const struct flow_line *line = &found.lines[at];
		page->outings[page->outings_count++] = (struct home_outings){
			line_words(visit, line), line->due, line->is_overdue,
			permit_url(visit, line->permit)
		};
	}
	return OK;
}

/* ---- お知らせ ---- */

static struct error *
fill_notices(struct look *look, struct visit *visit, struct home_page *page)
{
	struct notice *list;
	size_t count;
	TRY(people_notices(look, visit->session.person, true, (struct notice_id){ 0 }, LINES_MOST,
			   &list, &count));
	page->unread = visit_counts(visit).unread;
	page->notices = ARENA_ARRAY(visit->arena, struct home_notices, count + 1);
	for (size_t at = 0; at < count; at++) {
		struct home_notices *made = &page->notices[page->notices_count++];
		made->words = list[at].words;
		made->at = list[at].created;
		if (!url_from_local(list[at].path, &made->href))
			made->href = url_path(visit->arena, "/notices");
	}
	return OK;
}

/* ---- 事案 ---- */

static struct error *
fill_incidents(struct look *look, struct visit *visit, struct home_page *page)
{
	struct incident_mine mine;
	page->has_incidents = visit->office->pack->incidents.kinds_count != 0;
	if (!page->has_incidents)
		return OK;
	TRY(incident_mine(look, visit->office->pack, visit->session.person, &mine));
	page->incidents = mine.links + mine.tasks;
	page->incidents_late = mine.late;
	page->cases = mine.cases;
	page->outside = mine.outside;
	return OK;
}

static struct error *
home_draw(struct look *look, struct visit *visit)
{
	struct flow_counts counts;
	struct unit_id unit;
	TRY(flow_count(look, visit->office->flow, visit->session.person, &counts));
	TRY(people_unit_of(look, visit->session.person, visit->today, &unit));
	struct home_page page = {
		.frame = visit_frame(visit, text_of(say("ホーム")), "home"),
		.name = visit->session.name,
		.unit = unit_name(look, unit.no),
		.mine = counts.mine_open,
		.returned = counts.mine_returned,
		.waiting = counts.waiting,
		.out = counts.out,
		.overdue = counts.overdue,
	};
	TRY(fill_welcome(look, visit, &page));
	TRY(fill_policy(look, visit, &page));
	TRY(fill_transfer(look, visit, &page));
	TRY(fill_mine(look, visit, &page));
	TRY(fill_waiting(look, visit, &page));
	TRY(fill_confirmations(look, visit, &page));
	TRY(fill_reviews(look, visit, &page));
	TRY(fill_duties(look, visit, &page));
	TRY(fill_checks(look, visit, &page));
	TRY(fill_training(look, visit, &page));
	TRY(fill_audits(look, visit, &page));
	page.has_checks = page.has_training || page.audits + page.orders_late != 0 ||
			  page.confirmations_count + page.reviews_count + page.duties_count + page.checks_count != 0;
	TRY(fill_incidents(look, visit, &page));
	TRY(fill_out(look, visit, &page));
	TRY(fill_notices(look, visit, &page));
	return visit_draw(visit, home_page, &page);
}

PAGE_ROWS(home, { { METHOD_GET, "/" }, RIGHT_SELF, PAGE_LOOK, .look = home_draw });
