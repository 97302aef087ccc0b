/*
 * The monthly report: how the clauses stood at its end and at the end of the month before, what was
 * done, counted from the entries of the journal, what was open, and the checkpoint that covers it all,
 * printed so that paper outlives servers. Every figure can be counted again from a bundle.
 */
#include "pages/dossier_parts.h"
#include "pages/list_pages.h"

#include "paper/report_paper.h"

enum { MONTHS_SHOWN = 24, CLAUSES_SHOWN = 60, FINDINGS_SHOWN = 100 };

struct month {
	int year, month;
	struct day first, last; /* last: the month's own, or today in the one that runs */
	bool is_running;
};

struct monthly {
	struct month month;
	struct assurance now, before;
	bool has_now, has_before;
	struct journal_span done;
	struct finding *findings; /* open at the end */
	size_t findings_count;
	struct journal_checkpoint checkpoint; /* over the last entry looked at */
	bool is_signed;
};

/* What acts are about, by the word before their dot; the first rows come first. */
static const struct {
	const char *room;
	const char *words;
} groups[] = {
	{ "dossier", N_("案件") },	{ "permit", N_("許可証") },	 { "exception", N_("例外措置") },
	{ "ledger", N_("台帳") },	{ "incident", N_("事案") },	 { "duty", N_("定期の義務") },
	{ "training", N_("研修・訓練") }, { "check", N_("自己点検") },	 { "audit", N_("監査・見直し") },
	{ "finding", N_("指摘") },	{ "clause", N_("判断") },	 { "enact", N_("方針の版") },
	{ "access", N_("アカウントの点検") }, { "transfer", N_("人事異動") }, { "people", N_("人と職") },
	{ "signin", N_("サインイン") },	{ "journal", N_("記録簿") },
};
enum { GROUPS = sizeof groups / sizeof *groups };

static struct month
month_of(int year, int month, struct day today)
{
	struct month made = { .year = year, .month = month };
	struct day next;
	day_make(year, month, 1, &made.first);
	day_make(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1, &next);
	made.last = day_plus(next, -1);
	made.is_running = made.last.no >= today.no;
	if (made.is_running)
		made.last = today;
	return made;
}

/* "2026-10" of the path. MISSING for what is no month, or is to come. */
static struct error *
month_read(struct visit *visit, struct month *month)
{
	const struct text typed = capture_text(visit->captures, "month");
	struct day day;
	int year, month_no, date;
	if (typed.len != 7 || !day_read(text_format(visit->arena, "%.*s-01", T_ARG(typed)), &day) ||
	    day.no > visit->today.no)
		return missing("その月の報告はありません。月の一覧から選んでください。");
	day_parts(day, &year, &month_no, &date);
	*month = month_of(year, month_no, visit->today);
	return OK;
}

static struct text
month_words(struct arena *into, const struct month *month)
{
	const struct text day = day_wareki(into, month->first);
	/* 令和8年10月1日 without its day */
	return text_first(day, day.len - strlen("1日"));
}

static struct text
month_code(struct arena *into, const struct month *month)
{
	return text_format(into, "%04d-%02d", month->year, month->month);
}

/* ---- Gathering ---- */

static struct error *
states_at(struct look *look, struct visit *visit, struct day day, struct assurance *assurance, bool *has)
{
	struct assure_then then;
	TRY(assure_at(look, visit->office->pack, day, assurance, &then));
	*has = then.found;
	return OK;
}

static struct error *
gather(struct look *look, struct visit *visit, struct monthly *monthly)
{
	const struct month *month = &monthly->month;
	const struct finding_query query = { .is_open_only = true, .at = month->is_running ? DAY_NONE : month->last };
	TRY(states_at(look, visit, month->last, &monthly->now, &monthly->has_now));
	TRY(states_at(look, visit, day_plus(month->first, -1), &monthly->before, &monthly->has_before));
	TRY(journal_count_acts(look, day_begin(month->first), day_begin(day_plus(month->last, 1)),
			       &monthly->done));
	TRY(assure_findings(look, visit->office->pack, &query, &monthly->findings, &monthly->findings_count));
	if (monthly->done.last < 0)
		return OK;
	return journal_checkpoint_over(look, monthly->done.last, &monthly->is_signed, &monthly->checkpoint);
}

static bool
is_of(struct text act, const char *room)
{
	struct text head, rest;
	return text_cut(act, '.', &head, &rest) && text_is(head, room);
}

/* The group's acts by how often, the most first. */
static size_t
acts_of(const struct monthly *monthly, const char *room, const struct journal_tally **list)
{
	size_t count = 0;
	for (size_t at = 0; at < monthly->done.count; at++) {
		size_t to = count;
		if (!is_of(monthly->done.acts[at].act, room))
			continue;
		for (; to > 0 && list[to - 1]->count < monthly->done.acts[at].count; to--)
			list[to] = list[to - 1];
		list[to] = &monthly->done.acts[at];
		count++;
	}
	return count;
}

static struct text
clause_of(const struct finding *finding)
{
	return finding->pack_clause != NULL ? finding->pack_clause->number : finding->clause;
}

static struct text
owner_of(struct visit *visit, const struct finding *finding)
{
	const struct pack_role *role = pack_role(visit->office->pack, finding->role);
	return role != NULL ? words_now(role->name) : finding->role;
}

/* ---- On the screen ---- */

static void
fill_states(struct visit *visit, const struct monthly *monthly, struct monthly_page *page)
{
	struct arena *arena = visit->arena;
	page->states = ARENA_ARRAY(arena, struct monthly_states, STATE_COUNT);
	for (int at = 0; at < STATE_COUNT; at++) {
		const enum clause_state state = (enum clause_state)at;
		struct url href = url_query(arena, url_path(arena, "/clauses"), "state",
					    text_of(clause_state_name(state)));
		href = url_query(arena, href, "at", day_iso(arena, monthly->month.last));
		page->states[page->states_count++] = (struct monthly_states){
			.name = text_of(clause_state_words(state)),
			.number = monthly->now.of[at],
			.has_before = monthly->has_before,
			.before = monthly->before.of[at],
			.href = href,
		};
	}
}

static void
fill_done(struct visit *visit, const struct monthly *monthly, struct monthly_page *page)
{
	struct arena *arena = visit->arena;
	const struct journal_tally **list = ARENA_ARRAY(arena, const struct journal_tally *, monthly->done.count + 1);
	page->groups = ARENA_ARRAY(arena, struct monthly_groups, GROUPS);
	for (size_t at = 0; at < GROUPS; at++) {
		const size_t count = acts_of(monthly, groups[at].room, list);
		if (count == 0)
			continue;
		struct monthly_groups *group = &page->groups[page->groups_count++];
		group->words = text_of(say(groups[at].words));
		group->acts = ARENA_ARRAY(arena, struct monthly_groups_acts, count);
		for (size_t act = 0; act < count; act++)
			group->acts[group->acts_count++] =
				(struct monthly_groups_acts){ act_in_words(list[act]->act), list[act]->count };
	}
}

static void
fill_findings(struct visit *visit, const struct monthly *monthly, struct monthly_page *page)
{
	page->findings = ARENA_ARRAY(visit->arena, struct monthly_findings, FINDINGS_SHOWN);
	page->open = (int64_t)monthly->findings_count;
	for (size_t at = 0; at < monthly->findings_count && at < FINDINGS_SHOWN; at++) {
		const struct finding *one = &monthly->findings[at];
		page->findings[page->findings_count++] = (struct monthly_findings){
			.number = one->number,
			.clause = clause_of(one),
			.why = one->why,
			.owner = owner_of(visit, one),
			.due = one->due,
			.is_late = one->due.no < monthly->month.last.no,
			.href = url_of_number(visit->arena, "/findings/{}", one->id.no),
		};
	}
}

static struct error *
month_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	struct monthly monthly = { 0 };
	TRY(month_read(visit, &monthly.month));
	TRY(gather(look, visit, &monthly));
	const struct text words = month_words(arena, &monthly.month);
	struct monthly_page page = {
		.frame = visit_frame(visit, text_format(arena, say("%.*sの月次報告"), T_ARG(words)), "map"),
		.month = words,
		.is_running = monthly.month.is_running,
		.last = monthly.month.last,
		.has_states = monthly.has_now,
		.has_entries = monthly.done.last >= monthly.done.first,
		.first_entry = monthly.done.first,
		.last_entry = monthly.done.last,
		.is_signed = monthly.is_signed,
		.note = monthly.checkpoint.note,
		.pdf = url_of(arena, "/monthly/{}/pdf", month_code(arena, &monthly.month)),
	};
	if (monthly.has_now)
		fill_states(visit, &monthly, &page);
	fill_done(visit, &monthly, &page);
	fill_findings(visit, &monthly, &page);
	return visit_draw(visit, monthly_page, &page);
}

/* ---- The months there are ---- */

static struct error *
months_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	struct journal_entry first;
	int64_t size;
	int year, month, date;
	TRY(journal_size(look, &size));
	struct months_page page = {
		.frame = visit_frame(visit, text_of(say("月次報告")), "map"),
		.months = ARENA_ARRAY(arena, struct months_months, MONTHS_SHOWN),
	};
	if (size > 0) {
		TRY(journal_entry_read(look, 0, &first));
		day_parts(visit->today, &year, &month, &date);
		for (int at = 0; at < MONTHS_SHOWN; at++) {
			const struct month made = month_of(year, month, visit->today);
			if (made.last.no < moment_day(first.at).no)
				break;
			page.months[page.months_count++] = (struct months_months){
				.words = month_words(arena, &made),
				.is_running = made.is_running,
				.href = url_of(arena, "/monthly/{}", month_code(arena, &made)),
				.pdf = url_of(arena, "/monthly/{}/pdf", month_code(arena, &made)),
			};
			year = month == 1 ? year - 1 : year;
			month = month == 1 ? 12 : month - 1;
		}
	}
	return visit_draw(visit, months_page, &page);
}

/* ---- On paper ---- */

static void
put_states(struct arena *arena, const struct monthly *monthly, struct report_out *out)
{
	struct report_column *columns = ARENA_ARRAY(arena, struct report_column, 3);
	columns[0] = (struct report_column){ text_of(say("状態")), 60, false };
	columns[1] = (struct report_column){ text_of(say("前の月の末")), 20, true };
	columns[2] = (struct report_column){ text_of(say("この月の末")), 20, true };
	struct report_section *section = report_table(arena, out, text_of(say("条項の状態")), columns, 3, STATE_COUNT);
	for (int at = 0; at < STATE_COUNT; at++) {
		report_cell(section, text_of(clause_state_words((enum clause_state)at)));
		if (monthly->has_before)
			report_number(arena, section, monthly->before.of[at]);
		else
			report_cell(section, text_of(say("記録なし")));
		report_number(arena, section, monthly->now.of[at]);
	}
}

static void
put_late(struct arena *arena, const struct monthly *monthly, struct report_out *out)
{
	struct report_column *columns = ARENA_ARRAY(arena, struct report_column, 3);
	size_t shown = 0;
	columns[0] = (struct report_column){ text_of(say("条項")), 14, false };
	columns[1] = (struct report_column){ text_of(say("義務")), 43, false };
	columns[2] = (struct report_column){ text_of(say("何が")), 43, false };
	struct report_section *section =
		report_table(arena, out, text_of(say("遅れ・不備の条項")), columns, 3, CLAUSES_SHOWN);
	for (size_t at = 0; at < monthly->now.count && shown < CLAUSES_SHOWN; at++) {
		const struct assured *assured = &monthly->now.clauses[at];
		if (assured->state != STATE_LATE)
			continue;
		report_cell(section, assured->clause->number);
		report_cell(section, words_now(assured->clause->duty));
		report_cell(section, assured->why);
		shown++;
	}
	if (shown == 0) {
		report_cell(section, T(""));
		report_cell(section, text_of(say("ありません。")));
		report_cell(section, T(""));
	}
}

static void
put_done(struct arena *arena, const struct monthly *monthly, struct report_out *out)
{
	const struct journal_tally **list = ARENA_ARRAY(arena, const struct journal_tally *, monthly->done.count + 1);
	struct report_column *columns = ARENA_ARRAY(arena, struct report_column, 3);
	columns[0] = (struct report_column){ text_of(say("区分")), 25, false };
	columns[1] = (struct report_column){ text_of(say("したこと")), 60, false };
	columns[2] = (struct report_column){ text_of(say("件数")), 15, true };
	struct report_section *section = report_table(arena, out, text_of(say("行ったこと(記録簿の記録の数)")), columns, 3,
						      monthly->done.count + 1);
	for (size_t at = 0; at < GROUPS; at++) {
		const size_t count = acts_of(monthly, groups[at].room, list);
		for (size_t act = 0; act < count; act++) {
			report_cell(section, act == 0 ? text_of(say(groups[at].words)) : T(""));
			report_cell(section, act_in_words(list[act]->act));
			report_number(arena, section, list[act]->count);
		}
	}
	if (section->cells_count == 0) {
		report_cell(section, T(""));
		report_cell(section, text_of(say("ありません。")));
		report_cell(section, T(""));
	}
}

static void
put_findings(struct visit *visit, const struct monthly *monthly, struct report_out *out)
{
	struct arena *arena = visit->arena;
	struct report_column *columns = ARENA_ARRAY(arena, struct report_column, 5);
	columns[0] = (struct report_column){ text_of(say("番号")), 22, false };
	columns[1] = (struct report_column){ text_of(say("条項")), 12, false };
	columns[2] = (struct report_column){ text_of(say("何が")), 34, false };
	columns[3] = (struct report_column){ text_of(say("だれが")), 18, false };
	columns[4] = (struct report_column){ text_of(say("期限")), 14, false };
	struct report_section *section = report_table(
		arena, out, text_format(arena, say("未処理の指摘(%lld件)"), (long long)monthly->findings_count), columns, 5,
		FINDINGS_SHOWN + 1);
	for (size_t at = 0; at < monthly->findings_count && at < FINDINGS_SHOWN; at++) {
		const struct finding *one = &monthly->findings[at];
		report_cell(section, one->number);
		report_cell(section, clause_of(one));
		report_cell(section, one->why);
		report_cell(section, owner_of(visit, one));
		report_cell(section, day_wareki_short(arena, one->due));
	}
	if (monthly->findings_count == 0) {
		report_cell(section, T(""));
		report_cell(section, T(""));
		report_cell(section, text_of(say("ありません。")));
		report_cell(section, T(""));
		report_cell(section, T(""));
	}
}

/* The signed note, line by line: whoever keeps this paper can hold a later journal against it. */
static void
put_checkpoint(struct visit *visit, const struct monthly *monthly, struct report_out *out)
{
	struct arena *arena = visit->arena;
	struct report_section *section = report_notes(arena, out, text_of(say("検証点")), 40);
	if (!monthly->is_signed) {
		report_cell(section, text_of(say("この月の記録を覆う検証点は、まだありません。")));
		return;
	}
	report_cell(section, text_format(arena, say("数えた記録: %lld から %lld まで。次の検証点がこれを覆います。"),
					 (long long)monthly->done.first, (long long)monthly->done.last));
	struct text rest = monthly->checkpoint.note, line;
	while (rest.len > 0 && section->cells_count < 39) {
		struct text behind;
		if (!text_cut(rest, '\n', &line, &behind)) {
			line = rest;
			behind = T("");
		}
		rest = behind;
		if (line.len != 0)
			report_cell(section, line);
	}
	report_cell(section, text_of(say("確かめ方: この検証点をファイルに写し、bansho verify に --checkpoint で渡すと、いまの記録簿がこれを含むかが分かります。")));
}

static struct error *
month_print(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	struct monthly monthly = { 0 };
	struct text job;
	TRY(month_read(visit, &monthly.month));
	TRY(gather(look, visit, &monthly));
	const struct text words = month_words(arena, &monthly.month);
	struct report_out out = report_open(arena, text_of(say("情報セキュリティ月次報告書")), 6);
	out.caption = words;
	out.body_name = visit->office->body_name;
	out.day = visit->today;
	out.made = visit->now;
	out.lead = text_format(arena, say("%.*sの%.*sから%.*sまでの状況を報告します。"),
			       T_ARG(visit->office->body_name), T_ARG(day_wareki(arena, monthly.month.first)), T_ARG(day_wareki(arena, monthly.month.last)));
	if (monthly.has_now) {
		put_states(arena, &monthly, &out);
		put_late(arena, &monthly, &out);
	}
	put_done(arena, &monthly, &out);
	put_findings(visit, &monthly, &out);
	put_checkpoint(visit, &monthly, &out);
	TRY(paper_report(arena, &out, &job));
	look_end(look);
	TRY(run_companion(visit, "bansho-print", NULL, job, &visit->answer.body));
	visit->answer.type = "application/pdf";
	visit->answer.shown_as = text_format(arena, say("月次報告_%.*s.pdf"), T_ARG(month_code(arena, &monthly.month)));
	return OK;
}

PAGE_ROWS(monthly, { { METHOD_GET, "/monthly" }, RIGHT_MAP_READ, PAGE_LOOK, .look = months_draw },
	  { { METHOD_GET, "/monthly/{month:text}" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK, .look = month_draw },
	  { { METHOD_GET, "/monthly/{month:text}/pdf" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK, .look = month_print });
