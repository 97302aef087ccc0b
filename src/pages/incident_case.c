/* The parts of the page of a case: its facts, the chain, tasks, days outside, what is concerned, evidence. */
#include "pages/incident_case.h"

#include "incident/outside.h"

enum { PEOPLE_SHOWN = 3, FACTS_MOST = 24 };

/* ---- The top ---- */

static void
add_tag(struct incident_case_page *page, const char *tag, const char *words)
{
	page->tags[page->tags_count++] = (struct incident_case_tags){ text_of(tag), text_of(words) };
}

static void
fill_tags(struct visit *visit, const struct incident *incident, struct incident_case_page *page)
{
	page->tags = ARENA_ARRAY(visit->arena, struct incident_case_tags, 6);
	add_tag(page, incident_state_tag(incident->state), incident_state_words(incident->state));
	if (incident->is_judged)
		add_tag(page, "off", incident_verdict_words(incident->verdict));
	if (incident->grave == SAID_YES)
		add_tag(page, "stop", say("特に重大"));
	if (incident->is_drill)
		add_tag(page, "off", say("訓練"));
	if (incident->late != 0)
		add_tag(page, "stop", say("期限を過ぎたものがあります"));
}

static void
add_act(struct visit *visit, const struct incident *incident, struct incident_case_page *page, const char *words,
	const char *what, bool is_main)
{
	const struct text id = text_number(visit->arena, incident->id.no);
	page->acts[page->acts_count++] = (struct incident_case_acts){
		text_of(words), url_make(visit->arena, "/incidents/{}/{}", 2, (struct text[]){ id, text_of(what) }),
		is_main };
}

static void
fill_acts(struct visit *visit, const struct incident *incident, const struct incident_may *may,
	  struct incident_case_page *page)
{
	const bool is_living = incident->state != INCIDENT_CLOSED;
	const bool is_open = incident->state == INCIDENT_OPEN || incident->state == INCIDENT_CONCLUDED;
	page->acts = ARENA_ARRAY(visit->arena, struct incident_case_acts, 8);
	if (may->lead && (incident->state == INCIDENT_REPORTED || incident->state == INCIDENT_DISMISSED))
		add_act(visit, incident, page, say("判断する"), "judge", incident->state == INCIDENT_REPORTED);
	if (may->lead && is_living)
		add_act(visit, incident, page, say("分かったことを直す"), "facts", false);
	if (may->lead && is_living)
		add_act(visit, incident, page, say("作業を頼む・指示する"), "tasks", false);
	if (may->write && is_living)
		add_act(visit, incident, page, say("証拠を加える"), "evidence", false);
	if (may->write && is_living)
		add_act(visit, incident, page, say("影響を加える"), "affected", false);
	if (may->lead && is_open)
		add_act(visit, incident, page, say("原因と再発防止を報告する"), "conclude",
			incident->state == INCIDENT_OPEN && incident->open_tasks == 0);
	if (may->close && is_open)
		add_act(visit, incident, page, say("終結する"), "close", incident->state == INCIDENT_CONCLUDED);
}

static void
add_fact(struct incident_case_page *page, const char *name, struct text words)
{
	if (words.len != 0 && page->facts_count < FACTS_MOST)
		page->facts[page->facts_count++] = (struct incident_case_facts){ text_of(name), words };
}

static void
add_when(struct visit *visit, struct incident_case_page *page, const char *name, struct moment at)
{
	add_fact(page, name, at.ms == 0 ? T("") : moment_wareki(visit->arena, at));
}

static struct text
who_and_words(struct visit *visit, struct text who, struct text role, struct moment at, struct text words)
{
	return at.ms == 0 ? T("")
			  : text_format(visit->arena, "%.*s %.*s%s%.*s%s\n%.*s",
					T_ARG(moment_wareki(visit->arena, at)), T_ARG(who),
					role.len == 0 ? "" : say("（"), T_ARG(role), role.len == 0 ? "" : say("）"),
					T_ARG(words));
}

static struct text
disclosure_text(struct visit *visit, const struct incident *incident)
{
	return incident->has_disclosure
		       ? text_format(visit->arena, "%s %.*s", disclosure_words(incident->disclosure),
				     T_ARG(incident->disclosure_words))
		       : T("");
}

static void
fill_facts(struct visit *visit, const struct incident *incident, const struct incident_may *may,
	   struct incident_case_page *page)
{
	page->facts = ARENA_ARRAY(visit->arena, struct incident_case_facts, FACTS_MOST);
	add_fact(page, say("起きた日時"), incident->happened.ms == 0
						   ? text_of(say("分かっていません"))
						   : moment_wareki(visit->arena, incident->happened));
	add_when(visit, page, say("知った日時"), incident->known);
	add_when(visit, page, say("聞いた日時"), incident->said);
	add_when(visit, page, say("入力した日時"), incident->entered);
	add_fact(page, say("どこから"), text_of(incident_source_words(incident->source)));
	add_fact(page, say("どのように"), text_of(incident_way_words(incident->way)));
	add_fact(page, say("報告した人"), incident->reporter_name);
	if (incident->entered_by.no != incident->reporter.no)
		add_fact(page, say("入力した人"), incident->entered_by_name);
	add_fact(page, say("見つけた人"), incident->finder);
	if (may->sees_contact)
		add_fact(page, say("外部の人の連絡先"), incident->contact);
	add_fact(page, say("所属"), incident->unit_name);
	add_fact(page, say("場所"), incident->place);
	add_fact(page, say("関わるシステム"), incident->system_title);
	add_fact(page, say("関わる情報の分類"), case_class_words(visit, incident->class_code));
	add_fact(page, say("被害や影響"), incident->damage);
	add_fact(page, say("判断"), who_and_words(visit, incident->judged_by_name,
						  role_words(visit, incident->judged_role), incident->judged,
						  incident->judged_words));
	add_fact(page, say("公表"), disclosure_text(visit, incident));
	add_fact(page, say("原因と再発防止の報告"), who_and_words(visit, incident->concluded_by_name, T(""),
								   incident->concluded, T("")));
	add_fact(page, say("終結"), who_and_words(visit, incident->closed_by_name, T(""), incident->closed,
						  incident->closed_words));
}

static void
fill_papers(struct visit *visit, const struct incident *incident, struct incident_case_page *page)
{
	const struct pack_incidents *incidents = &visit->office->pack->incidents;
	const struct text id = text_number(visit->arena, incident->id.no);
	page->papers = ARENA_ARRAY(visit->arena, struct incident_case_papers, incidents->views_count + 2);
	for (size_t at = 0; at < incidents->views_count; at++) {
		const struct pack_form *form = incidents->views[at].form;
		page->papers[page->papers_count++] = (struct incident_case_papers){
			text_format(visit->arena, say("%.*sをPDFで開く"), T_ARG(words_now(form->label))),
			url_make(visit->arena, "/incidents/{}/forms/{}", 2, (struct text[]){ id, form->number }),
		};
	}
	page->papers[page->papers_count++] = (struct incident_case_papers){
		text_of(say("経過の全体をPDFで開く")), url_of_number(visit->arena, "/incidents/{}/paper", incident->id.no) };
}

struct error *
case_fill_top(struct look *look, struct visit *visit, const struct incident *incident,
	      const struct incident_may *may, struct incident_case_page *page)
{
	(void)look;
	fill_tags(visit, incident, page);
	fill_acts(visit, incident, may, page);
	fill_facts(visit, incident, may, page);
	if (may->write) /* who only reads has the page; incident_paper.c refuses them the papers */
		fill_papers(visit, incident, page);
	page->mine = ARENA_ARRAY(visit->arena, struct incident_case_mine, INCIDENT_MOST_TASKS + 64);
	if (incident->state != INCIDENT_REPORTED || incident->kind == NULL)
		return OK;
	page->first = ARENA_ARRAY(visit->arena, struct incident_case_first, incident->kind->at_once_count + 1);
	for (size_t at = 0; at < incident->kind->at_once_count; at++)
		page->first[page->first_count++].words = words_now(incident->kind->at_once[at]);
	return OK;
}

/* ---- The chain ---- */

static struct error *
people_of(struct look *look, struct visit *visit, const struct incident_link *link, struct text *names)
{
	struct decider *list;
	size_t count;
	*names = T("");
	if (link->told.ms == 0 || link->received.ms != 0 || link->ended.ms != 0)
		return OK;
	TRY(incident_link_people(look, visit->office->pack, link, &list, &count));
	for (size_t at = 0; at < count && at < PEOPLE_SHOWN; at++)
		*names = text_format(visit->arena, "%.*s%s%.*s", T_ARG(*names), at == 0 ? "" : say("、"),
				     T_ARG(list[at].name));
	if (count > PEOPLE_SHOWN)
		*names = text_format(visit->arena, say("%.*s ほか%zu人"), T_ARG(*names), count - PEOPLE_SHOWN);
	if (link->level != 0)
		*names = text_format(visit->arena, say("%.*s（応答がないため、代わりの人に知らせました）"),
				     T_ARG(*names));
	return OK;
}

static void
link_state(const struct incident_link *link, struct incident_case_chain *row)
{
	row->at = link->received;
	row->tag = T("wait");
	row->state = text_of(say("受領待ち"));
	if (link->received.ms != 0) {
		row->tag = link->is_late ? T("stop") : T("go");
		row->state = text_of(link->is_late ? say("遅れて受領") : say("受領"));
	} else if (link->ended.ms != 0) {
		row->tag = T("off");
		row->state = text_of(say("受領なしで終了"));
	} else if (link->told.ms == 0) {
		row->tag = T("off");
		row->state = text_of(say("前の段を待っています"));
	} else if (link->is_late) {
		row->tag = T("stop");
		row->state = text_of(say("時間を過ぎています"));
	}
}

struct error *
case_fill_chain(struct look *look, struct visit *visit, const struct incident *incident,
		struct incident_case_page *page)
{
	struct arena *arena = visit->arena;
	struct incident_link *list;
	size_t count;
	TRY(incident_links(look, visit->office->pack, incident->id, visit->session.person, &list, &count));
	page->chain = ARENA_ARRAY(arena, struct incident_case_chain, count + 1);
	page->chain_count = count;
	for (size_t at = 0; at < count; at++) {
		const struct incident_link *link = &list[at];
		struct incident_case_chain *row = &page->chain[at];
		*row = (struct incident_case_chain){ .role = role_words(visit, link->role_code),
						.told = link->told,
						.words = link->words };
		if (link->received.ms != 0)
			row->who = text_format(arena, "%.*s %.*s", T_ARG(role_words(visit, link->as_role)),
					       T_ARG(link->person_name));
		link_state(link, row);
		TRY(people_of(look, visit, link, &row->people));
		if (!link->is_mine)
			continue;
		row->does = case_url(arena, incident->id, "links", link->id.no);
		page->mine[page->mine_count++] = (struct incident_case_mine){
			text_of(say("この事案の連絡を受け取ってください。")), row->does, text_of(say("受領する")),
			link->is_late, link->term };
	}
	return OK;
}

/* ---- Tasks ---- */

static void
task_state(const struct incident_task *task, struct incident_case_tasks *row)
{
	row->tag = task->is_late ? T("stop") : T("wait");
	row->state = text_of(task->is_late ? say("期限を過ぎています") : say("まだ"));
	if (!task->is_answered)
		return;
	row->tag = task->is_done ? T("go") : T("off");
	row->state = text_of(task->is_done ? say("済み") : say("行わない"));
}

static void
fill_task(struct visit *visit, const struct incident *incident, const struct incident_task *task,
	  struct incident_case_tasks *row)
{
	struct arena *arena = visit->arena;
	*row = (struct incident_case_tasks){
		.kind = text_of(task_kind_words(task->kind)),
		.words = task->words,
		.who = task->assignee.no != 0 ? task->assignee_name : role_words(visit, task->role_code),
		.due = task->due,
	};
	if (task->unit.no != 0 && task->assignee.no == 0)
		row->who = text_format(arena, "%.*s %.*s", T_ARG(task->unit_name), T_ARG(row->who));
	if (task->given_by.no != 0)
		row->given = text_format(arena, "%.*s %.*s%s", T_ARG(role_words(visit, task->given_role)),
					 T_ARG(task->given_by_name),
					 task->is_own_judgement ? say("（不在の間の自らの判断）") : "");
	if (task->is_answered)
		row->answer = text_format(arena, "%.*s（%.*s %.*s）", T_ARG(task->answer),
					  T_ARG(moment_wareki(arena, task->answered)),
					  T_ARG(task->answered_by_name));
	task_state(task, row);
	if (task->is_mine && !task->is_answered)
		row->does = case_url(arena, incident->id, "tasks", task->id.no);
}

struct error *
case_fill_tasks(struct look *look, struct visit *visit, const struct incident *incident,
		struct incident_case_page *page)
{
	struct incident_task *list;
	size_t count;
	TRY(incident_tasks(look, visit->office->pack, incident->id, visit->session.person, &list, &count));
	page->tasks = ARENA_ARRAY(visit->arena, struct incident_case_tasks, count + 1);
	/* What is open stands first. */
	for (int round = 0; round < 2; round++)
		for (size_t at = 0; at < count; at++) {
			if (list[at].is_answered != (round == 1))
				continue;
			struct incident_case_tasks *row = &page->tasks[page->tasks_count++];
			fill_task(visit, incident, &list[at], row);
			if (!url_is_empty(row->does))
				page->mine[page->mine_count++] = (struct incident_case_mine){
					text_format(visit->arena, "%s: %.*s", task_kind_words(list[at].kind),
						    T_ARG(list[at].words)),
					row->does, text_of(say("結果を書く")), list[at].is_late, list[at].due };
		}
	return OK;
}

/* ---- Outside ---- */

static struct text
left_words(struct visit *visit, struct day due)
{
	const long long left = (long long)(due.no - visit->today.no);
	if (left < 0)
		return text_format(visit->arena, say("%lld日過ぎています"), -left);
	return left == 0 ? text_of(say("今日まで")) : text_format(visit->arena, say("あと%lld日"), left);
}

static void
outside_state(struct visit *visit, const struct incident_outside *one, struct incident_case_outside *row)
{
	row->tag = one->is_late ? T("stop") : one->is_owed ? T("wait") : T("off");
	row->state = text_of(one->is_late ? say("期限を過ぎています") : one->is_owed ? say("まだ") : say("任意"));
	if (one->waived.len != 0) {
		row->tag = T("off");
		row->state = text_of(say("報告しない"));
		row->words = one->waived;
	} else if (one->filed.ms != 0) {
		row->tag = one->is_late ? T("stop") : T("go");
		row->state = text_of(one->is_late ? say("遅れて報告") : say("報告済み"));
		row->words = text_format(visit->arena, "%.*s %.*s %.*s %.*s",
					 T_ARG(moment_wareki(visit->arena, one->filed)), T_ARG(one->person_name),
					 T_ARG(one->way), T_ARG(one->reference));
	} else if (!day_is_none(one->due))
		row->left = left_words(visit, one->due);
}

struct error *
case_fill_outside(struct look *look, struct visit *visit, const struct incident *incident,
		  const struct incident_may *may, struct incident_case_page *page)
{
	struct incident_outside *list;
	size_t count;
	TRY(incident_outside_list(look, visit->office->pack, incident->id, &list, &count));
	page->outside = ARENA_ARRAY(visit->arena, struct incident_case_outside, count + 1);
	page->outside_count = count;
	for (size_t at = 0; at < count; at++) {
		const struct incident_outside *one = &list[at];
		struct incident_case_outside *row = &page->outside[at];
		*row = (struct incident_case_outside){
			.name = one->authority != NULL ? words_now(one->authority->name) : one->code,
			.stage = text_of(outside_stage_words(one->stage)),
			.due = one->due,
			.how = one->authority != NULL ? words_now(one->authority->how) : T(""),
		};
		outside_state(visit, one, row);
		if (may->lead && one->filed.ms == 0 && one->waived.len == 0 && incident->state != INCIDENT_CLOSED)
			row->does = case_url(visit->arena, incident->id, "outside", one->id.no);
		if (may->write && one->authority != NULL && one->authority->is_drafted)
			row->draft = case_url(visit->arena, incident->id, "draft", one->id.no);
	}
	return OK;
}

/* ---- What is concerned, evidence ---- */

struct error *
case_fill_things(struct look *look, struct visit *visit, const struct incident *incident,
		 const struct incident_may *may, struct incident_case_page *page)
{
	struct arena *arena = visit->arena;
	struct incident_affected *things;
	struct incident_evidence *evidence;
	size_t things_count, evidence_count;
	const bool may_drop = may->write && incident->state != INCIDENT_CLOSED;
	TRY(incident_affected_list(look, visit->office->pack, incident->id, &things, &things_count));
	page->affected = ARENA_ARRAY(arena, struct incident_case_affected, things_count + 1);
	page->affected_count = things_count;
	for (size_t at = 0; at < things_count; at++)
		page->affected[at] = (struct incident_case_affected){
			.name = text_format(arena, "%.*s %.*s %.*s", T_ARG(things[at].asset_number),
					    T_ARG(things[at].name), T_ARG(things[at].media)),
			.items = things[at].items,
			.persons = things[at].persons,
			.is_sure = things[at].is_sure,
			.drops = may_drop ? case_url(arena, incident->id, "affected", things[at].id.no)
					  : (struct url){ T("") },
		};
	TRY(incident_evidence_list(look, incident->id, &evidence, &evidence_count));
	page->evidence = ARENA_ARRAY(arena, struct incident_case_evidence, evidence_count + 1);
	page->evidence_count = evidence_count;
	for (size_t at = 0; at < evidence_count; at++)
		page->evidence[at] = (struct incident_case_evidence){
			.no = evidence[at].no,
			.name = evidence[at].name,
			.origin = evidence[at].origin,
			.holder = evidence[at].ended.ms != 0 ? text_of(say("返却または廃棄済み")) : evidence[at].holder,
			.digest = evidence[at].is_file ? hash_hex(arena, &evidence[at].digest) : T(""),
			.href = case_url(arena, incident->id, "evidence", evidence[at].id.no),
		};
	return OK;
}
