/* Findings: what is out of order, who puts it right until when, and what was done. */
#include "pages/list_pages.h"

const char *
finding_tag(const struct finding *finding)
{
	switch (finding->state) {
	case FINDING_OPEN:
		return "stop";
	case FINDING_CLOSED:
	case FINDING_GONE:
	case FINDING_STATES:
		break;
	}
	return "go";
}

static struct text
role_words(struct visit *visit, struct text code)
{
	const struct pack_role *role = pack_role(visit->office->pack, code);
	return role != NULL ? words_now(role->name) : code;
}

/* ---- The list ---- */

struct narrowing {
	struct finding_query query;
	struct text trouble;
	bool is_all, is_mine;
};

static void
read_narrowing(struct visit *visit, struct narrowing *narrowing)
{
	const struct text typed = text_trim(visit_text(visit, "at"));
	*narrowing = (struct narrowing){
		.is_all = text_is(visit_text(visit, "state"), "all"),
		.is_mine = text_is(visit_text(visit, "mine"), "1"),
	};
	struct finding_query *query = &narrowing->query;
	query->words = text_trim(visit_text(visit, "q"));
	query->has_kind = assure_finding_kind_read(visit_text(visit, "kind"), &query->kind);
	query->role = visit_text(visit, "role");
	query->is_open_only = !narrowing->is_all;
	query->at = DAY_NONE;
	if (narrowing->is_mine)
		query->person = visit->session.person;
	if (typed.len != 0 && !day_read(typed, &query->at)) {
		query->at = DAY_NONE;
		narrowing->trouble = text_of(say("日付として読めません。R8.3.31 のように書いてください。"));
	}
}

static struct url
with_filters(struct visit *visit, struct url base)
{
	static const char *const names[] = { "q", "state", "kind", "role", "at", "mine" };
	for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
		const struct text value = visit_text(visit, names[at]);
		if (value.len != 0)
			base = url_query(visit->arena, base, names[at], value);
	}
	return base;
}

static struct filter_part
state_filter(struct visit *visit, const struct narrowing *narrowing)
{
	struct filter_part filter = filter_of(visit, "state", say("状態"), "", 2);
	filter_add(&filter, T("open"), text_of(assure_finding_state_words(FINDING_OPEN)));
	filter_add(&filter, T("all"), text_of(say("すべて")));
	filter.options[1].is_chosen = narrowing->is_all;
	return filter;
}

static struct filter_part
kind_filter(struct visit *visit, const struct narrowing *narrowing)
{
	struct filter_part filter = filter_of(visit, "kind", say("種類"), say("すべて"), ASSURE_KINDS);
	for (int at = 0; at < ASSURE_KINDS; at++) {
		const enum finding_kind kind = (enum finding_kind)at;
		filter_add(&filter, text_of(assure_finding_name(kind)),
			   text_of(assure_finding_words(kind)));
		filter.options[at].is_chosen = narrowing->query.has_kind &&
					       narrowing->query.kind == kind;
	}
	return filter;
}

static struct text
clause_number(const struct finding *finding)
{
	return finding->pack_clause != NULL ? finding->pack_clause->number : finding->clause;
}

static void
fill_row(struct visit *visit, const struct finding *finding, struct findings_rows *row)
{
	*row = (struct findings_rows){
		.number = finding->number,
		.href = url_of_number(visit->arena, "/findings/{}", finding->id.no),
		.clause = clause_number(finding),
		.duty = finding->pack_clause != NULL ? words_now(finding->pack_clause->duty) : T(""),
		.clause_href = url_of(visit->arena, "/clauses/{}", finding->clause),
		.kind = text_of(assure_finding_words(finding->kind)),
		.state = text_of(assure_finding_state_words(finding->state)),
		.tag = text_of(finding_tag(finding)),
		.why = finding->why,
		.role = role_words(visit, finding->role),
		.person = finding->person_name,
		.plan = finding->plan,
		.due = finding->due,
		.is_late = finding->is_late,
		.opened = finding->opened,
		.ended = finding->ended,
		.done = finding->done,
	};
}

static struct error *
findings_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	struct narrowing narrowing;
	struct finding_counts counts;
	struct finding *list;
	size_t count;
	read_narrowing(visit, &narrowing);
	TRY(assure_findings(look, visit->office->pack, &narrowing.query, &list, &count));
	TRY(assure_finding_count(look, &counts));
	struct filter_part state = state_filter(visit, &narrowing);
	struct filter_part kind = kind_filter(visit, &narrowing);
	struct filter_part role = role_filter(visit);
	struct findings_page page = {
		.frame = visit_frame(visit, text_of(say("指摘")), "map"),
		.words = narrowing.query.words,
		.typed = visit_text(visit, "at"),
		.state = &state,
		.kind = &kind,
		.role = &role,
		.is_mine = narrowing.is_mine,
		.open = counts.open,
		.late = counts.late,
		.total = (int64_t)count, /* at most FINDINGS_MOST */
		.at = visit->now,
		.trouble = narrowing.trouble,
		.csv = with_filters(visit, url_path(arena, "/findings/csv")),
		.xlsx = with_filters(visit, url_path(arena, "/findings/xlsx")),
		.rows = ARENA_ARRAY(arena, struct findings_rows, count + 1),
		.rows_count = count,
	};
	for (size_t at = 0; at < count; at++)
		fill_row(visit, &list[at], &page.rows[at]);
	return visit_draw(visit, findings_page, &page);
}

/* ---- To take away ---- */

static void
put_row(struct visit *visit, const struct finding *finding, struct rows_out *out)
{
	struct findings_rows row;
	fill_row(visit, finding, &row);
	struct rows_cell *cell = rows_next(out);
	*cell++ = rows_words(row.number);
	*cell++ = rows_words(row.clause);
	*cell++ = rows_words(row.duty);
	*cell++ = rows_words(row.kind);
	*cell++ = rows_words(row.why);
	*cell++ = rows_words(row.role);
	*cell++ = rows_words(row.person);
	*cell++ = rows_words(row.plan);
	*cell++ = rows_day(row.due);
	*cell++ = rows_words(row.state);
	*cell++ = rows_day(moment_day(row.opened));
	*cell++ = rows_day(row.ended.ms == 0 ? DAY_NONE : moment_day(row.ended));
	*cell++ = rows_words(row.done);
}

static struct error *
findings_send(struct look *look, struct visit *visit)
{
	struct narrowing narrowing;
	struct finding *list;
	size_t count;
	const struct rows_column columns[] = {
		{ text_of(say("番号")), 24 },	{ text_of(say("条項")), 14 },
		{ text_of(say("義務")), 50 },	{ text_of(say("種類")), 16 },
		{ text_of(say("何が")), 60 },	{ text_of(say("だれが")), 24 },
		{ text_of(say("氏名")), 16 },	{ text_of(say("どうするか")), 40 },
		{ text_of(say("期限")), 18 },	{ text_of(say("状態")), 12 },
		{ text_of(say("見つけた日")), 18 }, { text_of(say("終えた日")), 18 },
		{ text_of(say("どうなったか")), 40 },
	};
	read_narrowing(visit, &narrowing);
	TRY(assure_findings(look, visit->office->pack, &narrowing.query, &list, &count));
	struct rows_out out = rows_begin(visit->arena, text_of(say("指摘")), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++)
		put_row(visit, &list[at], &out);
	return rows_send(look, visit, &out);
}

/* ---- One finding ---- */

struct answer_boxes {
	struct field_part plan_words, plan_due, close_words;
};

/* Both forms send "words"; what was typed belongs to the one that was sent. */
static struct answer_boxes
answer_boxes(struct visit *visit, const struct finding *finding)
{
	const struct text due = day_iso(visit->arena, finding->due);
	return (struct answer_boxes){
		plain_box(visit, BOX_LONG, "plan", text_of(say("何をするか")),
			  text_of(say("だれが、何を、どの順に行うか。")), finding->plan, true),
		plain_box(visit, BOX_DAY, "due", text_of(say("いつまでに")), T(""), due, true),
		plain_box(visit, BOX_LONG, "done", text_of(say("何をしたか")),
			  text_of(say("あとから読む人に分かるように書いてください。")), T(""), true),
	};
}

static bool
about_of(struct look *look, struct visit *visit, const struct finding *finding, struct finding_page *page)
{
	page->about = about_in_words(visit->arena, finding->about);
	page->may_open_about = about_opens(look, visit, finding->about);
	return finding->about.len != 0 && about_url(visit->arena, finding->about, &page->about_href);
}

static void
fill_finding(struct look *look, struct visit *visit, const struct finding *finding, struct finding_page *page)
{
	struct arena *arena = visit->arena;
	const int64_t id = finding->id.no;
	page->number = finding->number;
	page->clause = clause_number(finding);
	page->duty = finding->pack_clause != NULL ? words_now(finding->pack_clause->duty) : T("");
	page->clause_href = url_of(arena, "/clauses/{}", finding->clause);
	page->kind = text_of(assure_finding_words(finding->kind));
	page->state = text_of(assure_finding_state_words(finding->state));
	page->tag = text_of(finding_tag(finding));
	page->why = finding->why;
	page->role = role_words(visit, finding->role);
	page->person = finding->person_name;
	page->plan = finding->plan;
	page->due = finding->due;
	page->is_late = finding->is_late;
	page->opened = finding->opened;
	page->ended = finding->ended;
	page->ended_by = finding->ended_by_name;
	page->done = finding->done;
	page->has_about = about_of(look, visit, finding, page);
	page->has_follows = finding->follows.no != 0;
	page->follows = url_of_number(arena, "/findings/{}", finding->follows.no);
	page->is_open = finding->state == FINDING_OPEN;
	page->plan_action = url_of_number(arena, "/findings/{}/plan", id);
	page->close_action = url_of_number(arena, "/findings/{}/close", id);
	page->has_journal = visit_may(visit, RIGHT_JOURNAL_READ);
	page->journal = url_query(arena, url_path(arena, "/journal"), "about",
				  text_format(arena, "finding:%lld", (long long)id));
}

static struct error *
finding_draw(struct look *look, struct visit *visit)
{
	const struct pack *pack = visit->office->pack;
	const struct finding_id id = { visit_id(visit, "id") };
	struct finding finding;
	struct text role;
	bool may;
	TRY(assure_finding(look, pack, id, &finding));
	TRY(assure_may_answer(look, pack, &finding, visit->session.person, &role, &may));
	struct answer_boxes boxes = answer_boxes(visit, &finding);
	struct finding_page page = {
		.frame = visit_frame(visit, finding.number, "map"),
		.csrf = visit->csrf,
		.may = may && finding.state == FINDING_OPEN,
		.ends_itself = assure_finding_ends_itself(finding.kind),
		.has_cause = finding.is_cause_lasting && finding.state == FINDING_CLOSED,
		.plan_words = &boxes.plan_words,
		.plan_due = &boxes.plan_due,
		.close_words = &boxes.close_words,
	};
	fill_finding(look, visit, &finding, &page);
	return visit_draw(visit, finding_page, &page);
}

/* What assure calls "words" stands in another box here. */
static struct error *
in_box(struct error *error, const char *box)
{
	for (struct error *one = error; one != NULL; one = one->next)
		if (text_is(one->field, "words"))
			one->field = text_of(box);
	return error;
}

static struct error *
plan_do(struct act *act, struct visit *visit)
{
	struct day due = DAY_NONE;
	const struct finding_id id = { visit_id(visit, "id") };
	if (!day_read(visit_text(visit, "due"), &due))
		return reject("due", "日付として読めません。R9.3.31 のように書いてください。");
	TRY(in_box(assure_finding_plan(act, visit->office->pack, id, visit_text(visit, "plan"), due),
		   "plan"));
	visit->go_to = url_of_number(visit->arena, "/findings/{}", id.no);
	visit->done = "saved";
	return OK;
}

static struct error *
close_do(struct act *act, struct visit *visit)
{
	const struct finding_id id = { visit_id(visit, "id") };
	TRY(in_box(assure_finding_close(act, visit->office->pack, id, visit_text(visit, "done")),
		   "done"));
	visit->go_to = url_of_number(visit->arena, "/findings/{}", id.no);
	visit->done = "finding-closed";
	return OK;
}

PAGE_ROWS(finding,
	  { { METHOD_GET, "/findings" }, RIGHT_MAP_READ, PAGE_LOOK, .look = findings_draw },
	  { { METHOD_GET, "/findings/csv" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK, .look = findings_send },
	  { { METHOD_GET, "/findings/xlsx" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK, .look = findings_send },
	  { { METHOD_GET, "/findings/{id}" }, RIGHT_MAP_READ, PAGE_LOOK, .look = finding_draw },
	  { { METHOD_POST, "/findings/{id}/plan" }, RIGHT_MAP_READ, PAGE_ACT, .act = plan_do,
	    .again = finding_draw },
	  { { METHOD_POST, "/findings/{id}/close" }, RIGHT_MAP_READ, PAGE_ACT, .act = close_do,
	    .again = finding_draw });
