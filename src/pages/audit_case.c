/* One audit: how it stands, who does what next, and its report on paper. */
#include "pages/audit_pages.h"

#include "paper/audit_paper.h"

struct standing_of {
	struct audit audit;
	struct audit_eyes eyes;
	bool is_auditor, is_lead;
};

static struct error *
read_all(struct look *look, struct visit *visit, struct standing_of *of)
{
	TRY(audit_open(look, visit, &of->audit, &of->eyes));
	return audit_is_mine(look, visit, of->audit.id, &of->is_auditor, &of->is_lead);
}

/* ---- What comes next ---- */

static struct text
next_of(struct visit *visit, const struct standing_of *of)
{
	const struct pack_audit *rules = visit->office->pack->audit;
	const struct audit *audit = &of->audit;
	switch (audit->state) {
	case AUDIT_PLANNED:
		if (audit->auditors == 0)
			return text_of(say("次に、監査人を決めてください。"));
		if (rules->council != NULL && !audit->is_told)
			return text_of(say("次に、計画を会議の議題にして、会議の記録を残してください。それまで始められません。"));
		return text_of(say("始められます。始めると、対象の所属に知らせます。"));
	case AUDIT_BEGUN:
		if (audit->signed_items < audit->items)
			return text_format(visit->arena, say("監査人が項目を見ています(残り%lld件)。"),
					   (long long)(audit->items - audit->signed_items));
		return text_of(say("すべての項目に結果が付きました。報告できます。"));
	case AUDIT_REPORTED:
		if (audit->received.ms == 0)
			return text_of(say("是正を指示する人が、報告を受け取るのを待っています。"));
		if (rules->council != NULL && !audit->is_decided)
			return text_of(say("次に、結果を会議の議題にして、会議の記録を残してください。"));
		if (audit->open_points != 0)
			return text_format(visit->arena, say("指摘%lld件が直るのを待っています。"),
					   (long long)audit->open_points);
		return text_of(say("すべて済みました。終えられます。"));
	case AUDIT_CLOSED:
		break;
	}
	return T("");
}

static void
add_step(struct audit_page *page, bool may, bool is_main, const char *words,
	 struct url href)
{
	if (may)
		page->steps[page->steps_count++] = (struct audit_steps){ text_of(words), href, is_main };
}

static void
fill_steps(struct visit *visit, const struct standing_of *of, struct audit_page *page)
{
	enum { STEPS_MOST = 12 };
	const struct audit *audit = &of->audit;
	const int64_t id = audit->id.no;
	const bool is_planned = audit->state == AUDIT_PLANNED, is_begun = audit->state == AUDIT_BEGUN;
	page->steps = ARENA_ARRAY(visit->arena, struct audit_steps, STEPS_MOST);
	page->acts = ARENA_ARRAY(visit->arena, struct audit_acts, STEPS_MOST);
	if (is_planned && (of->eyes.is_chief || of->is_lead) && audit->auditors != 0)
		page->acts[page->acts_count++] = (struct audit_acts){
			text_of(say("監査を始める")), audit_path(visit, "/audits/{}/begin", id), true };
	if (audit->state == AUDIT_REPORTED && audit->received.ms == 0 && of->eyes.is_orders)
		page->acts[page->acts_count++] = (struct audit_acts){
			text_of(say("報告を受け取る")), audit_path(visit, "/audits/{}/receive", id), true };
	add_step(page, of->eyes.is_chief && (is_planned || is_begun), audit->auditors == 0,
		 say("監査人を決める"), audit_path(visit, "/audits/{}/auditors/new", id));
	add_step(page, is_begun && of->is_auditor, false, say("所属に資料を求める"),
		 audit_path(visit, "/audits/{}/requests/new", id));
	add_step(page, is_begun && of->is_auditor, false, say("記録簿から標本を選ぶ"),
		 audit_path(visit, "/audits/{}/samples/new", id));
	add_step(page, (is_begun || audit->state == AUDIT_REPORTED) && of->is_auditor, false,
		 say("調書を保管する"), audit_path(visit, "/audits/{}/papers/new", id));
	add_step(page, is_begun && of->is_auditor, false, say("指摘を書く"), audit_path(visit, "/audits/{}/points/new", id));
	add_step(page,
		 is_begun && audit->signed_items == audit->items && (of->eyes.is_chief || of->is_lead), true,
		 say("結果を報告する"), audit_path(visit, "/audits/{}/report", id));
	add_step(page, audit->state == AUDIT_REPORTED && of->eyes.is_chief && audit->open_points == 0,
		 true, say("監査を終える"), audit_path(visit, "/audits/{}/close", id));
}

/* ---- Lists ---- */

static struct error *
fill_people(struct look *look, struct visit *visit, const struct standing_of *of, struct audit_page *page)
{
	struct auditor *list;
	struct audit_scope *scopes;
	size_t count;
	TRY(audit_scopes(look, of->audit.id, &scopes, &count));
	page->scopes = ARENA_ARRAY(visit->arena, struct audit_scopes, count + 1);
	page->scopes_count = count;
	for (size_t at = 0; at < count; at++)
		page->scopes[at].name = scopes[at].name;
	TRY(audit_auditors(look, of->audit.id, &list, &count));
	page->auditors = ARENA_ARRAY(visit->arena, struct audit_auditors, count + 1);
	page->auditors_count = count;
	for (size_t at = 0; at < count; at++)
		page->auditors[at] = (struct audit_auditors){
			.name = list[at].name,
			.is_lead = list[at].is_lead,
			.is_ended = list[at].ended.ms != 0,
			.why = list[at].ended_why,
			.may_dismiss = of->eyes.is_chief && list[at].ended.ms == 0 &&
				       of->audit.state < AUDIT_CLOSED,
			.dismiss = url_make(visit->arena, "/audits/{}/auditors/{}/dismiss", 2,
					    ((struct text[]){ number_text(visit->arena, of->audit.id.no),
							      number_text(visit->arena, list[at].id) })),
		};
	return people_name(look, of->audit.planner, &page->planner);
}

static struct error *
fill_items(struct look *look, struct visit *visit, const struct standing_of *of, struct audit_page *page)
{
	struct audit_item *list;
	size_t count;
	TRY(audit_items(look, visit->office->pack, of->audit.id, &list, &count));
	page->items = ARENA_ARRAY(visit->arena, struct audit_items, count + 1);
	page->items_count = count;
	for (size_t at = 0; at < count; at++) {
		const struct pack_clause *clause = list[at].clause;
		page->items[at] = (struct audit_items){
			.number = clause != NULL ? clause->number : list[at].clause_id,
			.duty = clause != NULL ? words_now(clause->duty) : T(""),
			.result = text_of(item_result_words(list[at].result)),
			.tag = text_of(item_result_tag(list[at].result)),
			.words = list[at].words,
			.who = list[at].name,
		};
		if (of->is_auditor && of->audit.state == AUDIT_BEGUN)
			page->items[at].href = url_make(
				visit->arena, "/audits/{}/items/{}", 2,
				((struct text[]){ number_text(visit->arena, of->audit.id.no),
						  number_text(visit->arena, list[at].id) }));
		else if (clause != NULL)
			page->items[at].href = clause_url(visit, clause);
	}
	return OK;
}

static struct error *
fill_points(struct look *look, struct visit *visit, const struct standing_of *of, struct audit_page *page)
{
	struct audit_point *list;
	size_t count;
	TRY(audit_points(look, visit->office->pack, of->audit.id, &list, &count));
	page->points = ARENA_ARRAY(visit->arena, struct audit_points, count + 1);
	page->points_count = count;
	for (size_t at = 0; at < count; at++)
		page->points[at] = (struct audit_points){
			.number = text_number(visit->arena, list[at].number),
			.title = list[at].title,
			.href = point_url(visit, list[at].id),
			.unit = list[at].unit_name,
			.grade = words_now(list[at].grade->name),
			.state = text_of(point_state_words(list[at].state)),
			.tag = text_of(point_tag(&list[at])),
			.due = list[at].due,
			.is_late = list[at].is_late,
		};
	return OK;
}

static struct error *
fill_agenda(struct look *look, struct visit *visit, const struct standing_of *of, struct audit_page *page)
{
	struct agenda *list;
	size_t count;
	TRY(council_about(look, audit_about(visit->arena, of->audit.id), &list, &count));
	page->agenda = ARENA_ARRAY(visit->arena, struct audit_agenda, count + 1);
	page->agenda_count = count;
	for (size_t at = 0; at < count; at++)
		page->agenda[at] = (struct audit_agenda){
			list[at].title, council_url(visit, list[at].meeting), list[at].day,
			text_of(council_decision_words(list[at].decision)), list[at].decided
		};
	return OK;
}

static struct error *
fill_requests(struct look *look, struct visit *visit, const struct standing_of *of, struct audit_page *page)
{
	struct audit_request *list;
	size_t count;
	TRY(audit_requests(look, of->audit.id, &list, &count));
	page->requests = ARENA_ARRAY(visit->arena, struct audit_requests, count + 1);
	page->requests_count = count;
	for (size_t at = 0; at < count; at++) {
		const bool is_done = list[at].answered.ms != 0;
		page->requests[at] = (struct audit_requests){
			.unit = list[at].unit_name,
			.words = list[at].words,
			.answer = list[at].answer,
			.due = list[at].due,
			.state = text_of(is_done	     ? say("回答済み")
					 : list[at].is_late ? say("期限切れ")
							    : say("回答待ち")),
			.tag = text_of(is_done ? "go" : list[at].is_late ? "stop" : "wait"),
			.href = audit_path(visit, "/audit-requests/{}", list[at].id),
		};
	}
	return OK;
}

static struct error *
fill_papers(struct look *look, struct visit *visit, const struct standing_of *of, struct audit_page *page)
{
	struct audit_paper *list;
	size_t count;
	TRY(audit_papers(look, of->audit.id, &list, &count));
	page->papers = ARENA_ARRAY(visit->arena, struct audit_papers, count + 1);
	page->papers_count = count;
	for (size_t at = 0; at < count; at++)
		page->papers[at] = (struct audit_papers){
			.title = list[at].title.len != 0 ? list[at].title : text_of(say("所属からの資料")),
			.name = list[at].name,
			.href = audit_under(visit, "/audits/{}/papers/{}", of->audit.id.no, list[at].id),
			.digest = text_first(hash_hex(visit->arena, &list[at].digest), 16),
			.size = list[at].size,
			.who = list[at].person_name,
			.at = list[at].at,
		};
	return OK;
}

static struct error *
fill_work(struct look *look, struct visit *visit, const struct standing_of *of, struct audit_page *page)
{
	struct audit_draw *list;
	size_t count;
	page->may_see_work = of->eyes.is_chief || of->eyes.is_reader || of->eyes.is_auditor;
	if (!page->may_see_work)
		return OK;
	TRY(audit_draws(look, of->audit.id, &list, &count));
	page->draws = ARENA_ARRAY(visit->arena, struct audit_draws, count + 1);
	page->draws_count = count;
	for (size_t at = 0; at < count; at++)
		page->draws[at] = (struct audit_draws){
			.seed = list[at].asked.seed,
			.href = audit_under(visit, "/audits/{}/samples/{}", of->audit.id.no, list[at].id),
			.acts = sampled_words(list[at].asked.acts),
			.count = list[at].count,
			.looked = list[at].looked,
			.doubts = list[at].doubts,
			.at = list[at].at,
			.who = list[at].name,
		};
	TRY(fill_requests(look, visit, of, page));
	return fill_papers(look, visit, of, page);
}

static struct error *
audit_draw_page(struct look *look, struct visit *visit)
{
	struct standing_of of;
	TRY(read_all(look, visit, &of));
	const struct audit *audit = &of.audit;
	struct audit_page page = {
		.frame = visit_frame(visit, audit->title, "yearly"),
		.title = audit->title,
		.kind = text_of(audit_kind_words(audit->kind)),
		.year = fiscal_wareki(visit->arena, audit->year),
		.state = text_of(audit_state_words(audit->state)),
		.tag = text_of(audit_state_tag(audit->state)),
		.aim = audit->aim,
		.since = audit->since,
		.until = audit->until,
		.begun = audit->begun,
		.reported = audit->reported,
		.received = audit->received,
		.closed = audit->closed,
		.closed_why = audit->closed_why,
		.report = audit->report,
		.next = next_of(visit, &of),
		.csrf = visit->csrf,
		.paper = audit_path(visit, "/audits/{}/report.pdf", audit->id.no),
	};
	if (visit_may(visit, RIGHT_JOURNAL_READ))
		page.history = url_query(visit->arena, url_path(visit->arena, "/journal"), "about",
					 audit_about(visit->arena, audit->id));
	fill_steps(visit, &of, &page);
	TRY(fill_people(look, visit, &of, &page));
	TRY(fill_items(look, visit, &of, &page));
	TRY(fill_points(look, visit, &of, &page));
	TRY(fill_agenda(look, visit, &of, &page));
	TRY(fill_work(look, visit, &of, &page));
	return visit_draw(visit, audit_page, &page);
}

/* ---- Acts with nothing to fill in ---- */

static struct error *
begin_do(struct act *act, struct visit *visit)
{
	const struct audit_id id = { visit_id(visit, "id") };
	TRY(audit_gate(&act->look, visit));
	TRY(audit_begin(act, visit->office->pack, id));
	visit->go_to = audit_url(visit, id);
	visit->done = "audit-begun";
	return OK;
}

static struct error *
receive_do(struct act *act, struct visit *visit)
{
	const struct audit_id id = { visit_id(visit, "id") };
	TRY(audit_gate(&act->look, visit));
	TRY(audit_receive(act, visit->office->pack, id));
	visit->go_to = audit_url(visit, id);
	visit->done = "audit-received";
	return OK;
}

/* ---- Auditors ---- */

static struct error *
person_box(struct look *look, struct visit *visit, struct field_part **box)
{
	const struct pack_role *role = visit->office->pack->audit->auditor;
	struct decider *list;
	size_t count;
	if (role == NULL) {
		*box = text_box(visit, "person", say("監査人にする人"), say("職員番号か氏名を書きます。"), T(""), true);
		return OK;
	}
	TRY(people_role_holders(look, role, (struct unit_id){ 0 }, visit->today, &list, &count));
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++)
		options[at] = (struct field_option){
			number_text(visit->arena, list[at].person.no),
			text_format(visit->arena, "%.*s（%.*s）", T_ARG(list[at].name), T_ARG(list[at].post_name))
		};
	*box = select_box(visit, "person", text_of(say("監査人にする人")),
			  text_of(say("監査人の役割に就いている人から選びます。独立していない人は、理由を示して断ります。")),
			  T(""), true, options, count);
	return OK;
}

static struct field_part *
lead_box(struct visit *visit)
{
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, 2);
	options[0] = (struct field_option){ T("yes"), text_of(say("責任者")) };
	options[1] = (struct field_option){ T("no"), text_of(say("監査人")) };
	return radio_box(visit, "lead", text_of(say("この監査での役目")), T(""), T("yes"), true, options, 2);
}

static struct error *
name_draw(struct look *look, struct visit *visit)
{
	struct standing_of of;
	struct field_part *box;
	TRY(read_all(look, visit, &of));
	if (!of.eyes.is_chief)
		return refuse("監査人を決められるのは、監査を命じる役割の人だけです。");
	struct audit_form_page *page =
		audit_form_make(visit, say("監査人を決める"), of.audit.title, audit_url(visit, of.audit.id),
				audit_path(visit, "/audits/{}/auditors/new", of.audit.id.no), say("監査人にする"));
	TRY(person_box(look, visit, &box));
	audit_form_field(page, box);
	audit_form_field(page, lead_box(visit));
	return audit_form_draw(visit, page);
}

static struct error *
read_person(struct look *look, struct visit *visit, struct person_id *person)
{
	const struct text typed = audit_typed(visit, "person");
	size_t count;
	if (visit->office->pack->audit != NULL && visit->office->pack->audit->auditor != NULL) {
		if (typed.len == 0)
			return reject("person", "監査人にする人を選んでください。");
		return visit_number(visit, "person", &person->no);
	}
	TRY(people_called(look, typed, person, &count));
	if (count == 0)
		return reject("person", "その人は見つかりません。職員番号か氏名を書いてください。");
	if (count != 1)
		return reject("person", "同じ氏名の人が何人もいます。職員番号で書いてください。");
	return OK;
}

static struct error *
name_do(struct act *act, struct visit *visit)
{
	const struct audit_id id = { visit_id(visit, "id") };
	struct person_id person;
	TRY(audit_gate(&act->look, visit));
	TRY(read_person(&act->look, visit, &person));
	TRY(audit_name(act, visit->office->pack, id, person, text_is(visit_text(visit, "lead"), "yes")));
	visit->go_to = audit_url(visit, id);
	visit->done = "saved";
	return OK;
}

static struct error *
dismiss_draw(struct look *look, struct visit *visit)
{
	struct standing_of of;
	struct auditor *list;
	size_t count;
	TRY(read_all(look, visit, &of));
	if (!of.eyes.is_chief)
		return refuse("監査人を外せるのは、監査を命じる役割の人だけです。");
	TRY(audit_auditors(look, of.audit.id, &list, &count));
	struct audit_form_page *page = audit_form_make(
		visit, say("監査人から外す"), of.audit.title, audit_url(visit, of.audit.id),
		audit_under(visit, "/audits/{}/auditors/{}/dismiss", of.audit.id.no, visit_id(visit, "auditor")), say("外す"));
	for (size_t at = 0; at < count; at++)
		if (list[at].id == visit_id(visit, "auditor"))
			audit_form_fact(page, say("監査人"), list[at].name);
	audit_form_field(page, text_box(visit, "why", say("理由"), "", T(""), true));
	return audit_form_draw(visit, page);
}

static struct error *
dismiss_do(struct act *act, struct visit *visit)
{
	const struct audit_id id = { visit_id(visit, "id") };
	TRY(audit_gate(&act->look, visit));
	TRY(audit_dismiss(act, visit->office->pack, id, visit_id(visit, "auditor"), audit_typed(visit, "why")));
	visit->go_to = audit_url(visit, id);
	visit->done = "saved";
	return OK;
}

/* ---- Report and end ---- */

static struct error *
report_draw(struct look *look, struct visit *visit)
{
	struct standing_of of;
	TRY(read_all(look, visit, &of));
	if (!of.eyes.is_chief && !of.is_lead)
		return refuse("結果を報告できるのは、監査の責任者と、監査を命じる役割の人だけです。");
	struct audit_form_page *page =
		audit_form_make(visit, say("監査の結果を報告する"), of.audit.title, audit_url(visit, of.audit.id),
				audit_path(visit, "/audits/{}/report", of.audit.id.no), say("報告する"));
	page->lead = text_of(say("報告すると、項目の結果と指摘は変えられなくなり、CISOと会議に知らせます。"));
	audit_form_fact(page, say("項目"), text_format(visit->arena, say("%lld件のうち、不十分・不備%lld件"),
						       (long long)of.audit.items, (long long)of.audit.unmet));
	audit_form_fact(page, say("指摘"), text_format(visit->arena, say("%lld件"), (long long)of.audit.points));
	audit_form_field(page, long_box(visit, "words", say("結果のまとめ"), "", T(""), true));
	return audit_form_draw(visit, page);
}

static struct error *
report_do(struct act *act, struct visit *visit)
{
	const struct audit_id id = { visit_id(visit, "id") };
	struct audit audit;
	TRY(audit_gate(&act->look, visit));
	TRY(audit_read(&act->look, visit->office->pack, id, &audit));
	TRY(audit_report(act, visit->office->pack, id, audit.change, audit_typed(visit, "words")));
	visit->go_to = audit_url(visit, id);
	visit->done = "audit-reported";
	return OK;
}

static struct error *
close_draw(struct look *look, struct visit *visit)
{
	struct standing_of of;
	TRY(read_all(look, visit, &of));
	if (!of.eyes.is_chief)
		return refuse("監査を終えられるのは、監査を命じる役割の人だけです。");
	struct audit_form_page *page =
		audit_form_make(visit, say("監査を終える"), of.audit.title, audit_url(visit, of.audit.id),
				audit_path(visit, "/audits/{}/close", of.audit.id.no), say("終える"));
	audit_form_field(page, long_box(visit, "why", say("終えるにあたってのまとめ"), "", T(""), true));
	return audit_form_draw(visit, page);
}

static struct error *
close_do(struct act *act, struct visit *visit)
{
	const struct audit_id id = { visit_id(visit, "id") };
	TRY(audit_gate(&act->look, visit));
	TRY(audit_close(act, visit->office->pack, id, audit_typed(visit, "why")));
	visit->go_to = audit_url(visit, id);
	visit->done = "audit-closed";
	return OK;
}

static struct error *
report_print(struct look *look, struct visit *visit)
{
	struct standing_of of;
	struct journal_state state;
	struct text job;
	TRY(read_all(look, visit, &of));
	if (of.audit.reported.ms == 0)
		return conflict("まだ報告されていません。");
	TRY(journal_state(look, NULL, &state));
	TRY(paper_audit(look, visit->office->flow, &of.audit, visit->office->body_name,
			&(struct audit_proof){ visit->office->body_code, state.signed_size }, &job));
	look_end(look);
	TRY(run_companion(visit, "bansho-print", NULL, job, &visit->answer.body));
	visit->answer.type = "application/pdf";
	visit->answer.shown_as = text_format(visit->arena, say("監査報告書_%lld.pdf"), (long long)of.audit.id.no);
	return OK;
}

PAGE_ROWS(audit_case, { { METHOD_GET, "/audits/{id}" }, RIGHT_SELF, PAGE_LOOK, .look = audit_draw_page },
	  { { METHOD_POST, "/audits/{id}/begin" }, RIGHT_SELF, PAGE_ACT, .act = begin_do,
	    .again = audit_draw_page },
	  { { METHOD_POST, "/audits/{id}/receive" }, RIGHT_SELF, PAGE_ACT, .act = receive_do,
	    .again = audit_draw_page },
	  { { METHOD_GET, "/audits/{id}/auditors/new" }, RIGHT_SELF, PAGE_LOOK, .look = name_draw },
	  { { METHOD_POST, "/audits/{id}/auditors/new" }, RIGHT_SELF, PAGE_ACT, .act = name_do,
	    .again = name_draw },
	  { { METHOD_GET, "/audits/{id}/auditors/{auditor}/dismiss" }, RIGHT_SELF, PAGE_LOOK,
	    .look = dismiss_draw },
	  { { METHOD_POST, "/audits/{id}/auditors/{auditor}/dismiss" }, RIGHT_SELF, PAGE_ACT,
	    .act = dismiss_do, .again = dismiss_draw },
	  { { METHOD_GET, "/audits/{id}/report" }, RIGHT_SELF, PAGE_LOOK, .look = report_draw },
	  { { METHOD_POST, "/audits/{id}/report" }, RIGHT_SELF, PAGE_ACT, .act = report_do,
	    .again = report_draw },
	  { { METHOD_GET, "/audits/{id}/report.pdf" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = report_print },
	  { { METHOD_GET, "/audits/{id}/close" }, RIGHT_SELF, PAGE_LOOK, .look = close_draw },
	  { { METHOD_POST, "/audits/{id}/close" }, RIGHT_SELF, PAGE_ACT, .act = close_do,
	    .again = close_draw });
