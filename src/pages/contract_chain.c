/* The chain: a firm of a contract, its own subcontractors, consent, and its workers. */
#include "pages/contract_pages.h"

/* ---- Asking ---- */

static struct error *
open_link(struct look *look, struct visit *visit, enum contract_need need, struct contract *contract,
	  struct contract_link *link, struct contract_rights *may)
{
	TRY(contract_of_path(look, visit, need, contract, may));
	return link_of_path(look, visit, contract, link);
}

static struct error *
ask_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	struct contract_link above;
	TRY(open_link(look, visit, NEED_LEAD, &contract, &above, NULL));
	struct audit_form_page *page = contract_form(
		visit, &contract, say("再委託を記録する"),
		contract_url(visit, contract.id), say("記録する"));
	page->action = url_make(visit->arena, "/contracts/{}/links/{}/below", 2,
				((struct text[]){ number_text(visit->arena, contract.id.no),
						  number_text(visit->arena, above.id.no) }));
	page->lead = text_of(say("同意を求められたときも、無断の再委託が見つかったときも記録します。同意するかどうかは、決める役割の人に知らせます。"));
	audit_form_fact(page, say("元の委託先"), above.firm_name);
	audit_form_field(page, either_box(visit, "found", say("どちらですか"), say("同意なしに働いているのが見つかった"),
					  say("同意を求められた"), "no"));
	TRY(firm_boxes(look, visit, page));
	audit_form_field(page, text_box(visit, "firm-code", say("業者コード"),
					say("一覧から選んだときは要りません。"), T(""), false));
	audit_form_field(page, text_box(visit, "work", say("任せる作業"), "", T(""), true));
	audit_form_field(page, long_box(visit, "place", say("作業する場所"), say("一行に一か所ずつ。"), T(""), true));
	audit_form_field(page, day_box(visit, "since", say("いつから"), "", above.since, true));
	audit_form_field(page, day_box(visit, "until", say("いつまで"), "", above.until, true));
	audit_form_field(page, long_box(visit, "why", say("再委託の理由、または分かったいきさつ"), "", T(""), true));
	return audit_form_draw(visit, page);
}

static struct error *
ask_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	struct contract_link above;
	struct contract_link_id made;
	TRY(open_link(&act->look, visit, NEED_LEAD, &contract, &above, NULL));
	struct contract_asking asking = {
		.id = contract.id,
		.above = above.id,
		.firm = typed_firm(visit),
		.firm_code = audit_typed(visit, "firm-code"),
		.firm_name = audit_typed(visit, "firm-name"),
		.work = audit_typed(visit, "work"),
		.place = audit_typed(visit, "place"),
		.why = audit_typed(visit, "why"),
		.is_found = text_is(visit_text(visit, "found"), "yes"),
	};
	TRY(form_day(visit, "since", true, &asking.since));
	TRY(form_day(visit, "until", true, &asking.until));
	TRY(contract_ask(act, visit->office->pack, &asking, &made));
	return contract_go(visit, contract.id, asking.is_found ? "contract-found" : "contract-asked");
}

/* ---- One link ---- */

static void
link_steps(struct visit *visit, const struct contract *contract, const struct contract_link *link,
	   const struct contract_rights *may, struct contract_link_page *page)
{
	const bool is_running = contract->stage == CONTRACT_RUNNING;
	const struct text ids[] = { number_text(visit->arena, contract->id.no),
				    number_text(visit->arena, link->id.no) };
	page->may_decide = is_running && may->may_consent && link->may_be_consented;
	page->may_refuse = is_running && may->may_consent &&
			   (link->state == LINK_ASKED || link->state == LINK_FOUND);
	page->waits_above = page->may_refuse && !link->may_be_consented;
	page->may_lead = is_running && may->may_lead;
	page->ask = url_make(visit->arena, "/contracts/{}/links/{}/below", 2, ids);
	page->name = url_make(visit->arena, "/contracts/{}/links/{}/workers", 2, ids);
	page->here = url_make(visit->arena, "/contracts/{}/links/{}", 2, ids);
}

static struct error *
link_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	struct contract_link link;
	struct contract_rights may;
	struct contract_worker *list;
	size_t count;
	TRY(open_link(look, visit, NEED_READ, &contract, &link, &may));
	struct contract_link_page page = {
		.frame = visit_frame(visit, link.firm_name, "outside"),
		.contract = contract.title,
		.back = contract_url(visit, contract.id),
		.firm = link.firm_name,
		.state = text_of(link.above.no == 0 && link.state == LINK_CONSENTED ? say("契約")
									  : contract_link_state_words(link.state)),
		.tag = text_of(link_tag(link.state)),
		.work = link.work,
		.place = link.place,
		.why = link.why,
		.since = link.since,
		.until = link.until,
		.decided = link.decided,
		.decider = link.decider_name,
		.words = link.words,
		.csrf = visit->csrf,
		.change = link.change,
		.box = long_box(visit, "words", say("確かめたこと、または同意しない理由"), "", T(""), true),
	};
	link_steps(visit, &contract, &link, &may, &page);
	TRY(contract_workers(look, visit->office->pack, contract.id, link.id, &list, &count));
	page.people = ARENA_ARRAY(visit->arena, struct contract_link_people, count + 1);
	page.people_count = count;
	for (size_t at = 0; at < count; at++)
		page.people[at] = (struct contract_link_people){
			.name = list[at].name,
			.href = contract_under(visit, contract.id, "workers", list[at].id.no),
			.task = list[at].task,
			.since = list[at].since,
			.until = day_is_none(list[at].ended) ? list[at].until : list[at].ended,
			.pledged = list[at].pledged,
			.trained = list[at].trained,
			.state = list[at].state == WORKER_ALLOWED
					 ? text_of(say("従事できる"))
					 : text_of(contract_worker_state_words(list[at].state)),
			.is_allowed = list[at].state == WORKER_ALLOWED,
		};
	return visit_draw(visit, contract_link_page, &page);
}

static struct error *
link_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	struct contract_link link;
	int64_t change;
	TRY(open_link(&act->look, visit, NEED_CONSENT, &contract, &link, NULL));
	TRY(visit_number(visit, "change", &change));
	const bool is_consented = text_is(visit_text(visit, "decision"), "consent");
	TRY(contract_decide(act, visit->office->pack, link.id, change, is_consented, audit_typed(visit, "words")));
	return contract_go(visit, contract.id, is_consented ? "contract-consented" : "contract-refused");
}

/* ---- Workers ---- */

static struct error *
persons_box(struct look *look, struct visit *visit, const struct contract_link *link,
	    struct audit_form_page *page, bool *is_any)
{
	struct worker *list;
	size_t count, filled = 0;
	TRY(people_workers(look, (struct person_id){ 0 }, (struct engagement_id){ 0 }, link->firm, &list, &count));
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++) {
		const struct text number = number_text(visit->arena, list[at].person.no);
		bool is_there = false;
		for (size_t i = 0; i < filled; i++)
			is_there |= text_same(options[i].value, number);
		if (!is_there)
			options[filled++] = (struct field_option){ number, list[at].person_name };
	}
	*is_any = filled != 0;
	if (*is_any)
		audit_form_field(page, select_box(visit, "person", text_of(say("この事業者で登録されている人")),
						  text_of(say("一覧にない人は、選ばずに氏名を入力します。")), T(""), false,
						  options, filled));
	return OK;
}

static struct error *
name_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	struct contract_link link;
	bool is_any;
	TRY(open_link(look, visit, NEED_LEAD, &contract, &link, NULL));
	struct audit_form_page *page = contract_form(visit, &contract, say("従事者を届け出る"),
						     url_make(visit->arena, "/contracts/{}/links/{}/workers", 2,
							      ((struct text[]){ number_text(visit->arena, contract.id.no),
										number_text(visit->arena, link.id.no) })),
						     say("届け出る"));
	page->lead = text_of(say("再委託の同意・守秘の誓約・教育がそろった日から、庁内に入り、アカウントや許可証を受けられます。"));
	audit_form_fact(page, say("事業者"), link.firm_name);
	TRY(persons_box(look, visit, &link, page, &is_any));
	audit_form_field(page, text_box(visit, "family", say("姓"), "", T(""), !is_any));
	audit_form_field(page, text_box(visit, "given", say("名"), "", T(""), false));
	audit_form_field(page, text_box(visit, "task", say("担当する作業"), "", T(""), true));
	audit_form_field(page, day_box(visit, "since", say("いつから"), "",
				       link.since.no < visit->today.no ? visit->today : link.since, true));
	audit_form_field(page, day_box(visit, "until", say("いつまで"), "", link.until, true));
	audit_form_field(page, day_box(visit, "pledged", say("守秘の誓約の日"), say("まだなら、後で記録します。"), DAY_NONE, false));
	audit_form_field(page, day_box(visit, "trained", say("教育を受けた日"), say("まだなら、後で記録します。"), DAY_NONE, false));
	audit_form_field(page, text_box(visit, "trained-words", say("どんな教育か"), "", T(""), false));
	return audit_form_draw(visit, page);
}

static struct error *
name_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	struct contract_link link;
	struct contract_worker_id id;
	TRY(open_link(&act->look, visit, NEED_LEAD, &contract, &link, NULL));
	struct contract_naming naming = {
		.link = link.id,
		.person = { typed_number(visit, "person") },
		.family = audit_typed(visit, "family"),
		.given = audit_typed(visit, "given"),
		.task = audit_typed(visit, "task"),
		.trained_words = audit_typed(visit, "trained-words"),
	};
	TRY(form_day(visit, "since", true, &naming.since));
	TRY(form_day(visit, "until", true, &naming.until));
	TRY(form_day(visit, "pledged", false, &naming.pledged));
	TRY(form_day(visit, "trained", false, &naming.trained));
	TRY(contract_name(act, visit->office->pack, &naming, &id));
	return contract_go(visit, contract.id, "contract-named");
}

static struct error *
worker_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	struct contract_worker worker;
	struct contract_rights may;
	TRY(contract_of_path(look, visit, NEED_READ, &contract, &may));
	TRY(worker_of_path(look, visit, &contract, &worker));
	const bool is_open = may.may_lead && contract.stage == CONTRACT_RUNNING && day_is_none(worker.ended);
	struct audit_form_page *page = contract_form(
		visit, &contract, worker.name.data,
		contract_under(visit, contract.id, "workers", worker.id.no), say("記録する"));
	page->is_read = !is_open;
	page->change = worker.change;
	audit_form_fact(page, say("きょう"), worker.state == WORKER_ALLOWED
						     ? text_of(say("従事できる"))
						     : text_of(contract_worker_state_words(worker.state)));
	audit_form_fact(page, say("職員番号"), worker.number);
	audit_form_fact(page, say("担当する作業"), worker.task);
	audit_form_fact(page, say("期間"),
			text_format(visit->arena, say("%.*sから%.*sまで"), T_ARG(day_wareki(visit->arena, worker.since)),
				    T_ARG(day_wareki(visit->arena,
						     day_is_none(worker.ended) ? worker.until : worker.ended))));
	audit_form_fact(page, say("守秘の誓約"),
			day_is_none(worker.pledged) ? text_of(say("まだ")) : day_wareki(visit->arena, worker.pledged));
	audit_form_fact(page, say("教育"),
			day_is_none(worker.trained)
				? text_of(say("まだ"))
				: text_format(visit->arena, "%.*s %.*s", T_ARG(day_wareki(visit->arena, worker.trained)),
					      T_ARG(worker.trained_words)));
	audit_form_field(page, day_box(visit, "pledged", say("守秘の誓約の日"), "", DAY_NONE, false));
	audit_form_field(page, day_box(visit, "trained", say("教育を受けた日"), "", DAY_NONE, false));
	audit_form_field(page, text_box(visit, "trained-words", say("どんな教育か"), "", T(""), false));
	audit_form_field(page, day_box(visit, "last", say("従事を終える日"),
				       say("入力すると、この人はその日で外れ、職とアカウントも終わります。"), DAY_NONE, false));
	return audit_form_draw(visit, page);
}

static struct error *
worker_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	struct contract_worker worker;
	struct day pledged, trained, last;
	int64_t change;
	TRY(contract_of_path(&act->look, visit, NEED_LEAD, &contract, NULL));
	TRY(worker_of_path(&act->look, visit, &contract, &worker));
	TRY(visit_number(visit, "change", &change));
	TRY(form_day(visit, "pledged", false, &pledged));
	TRY(form_day(visit, "trained", false, &trained));
	TRY(form_day(visit, "last", false, &last));
	if (!day_is_none(last) && (!day_is_none(pledged) || !day_is_none(trained)))
		return reject("last", "従事を終える日は、誓約や教育の日と分けて、別に記録してください。");
	if (!day_is_none(last))
		TRY(contract_unname(act, visit->office->pack, worker.id, change, last));
	else
		TRY(contract_ready(act, visit->office->pack, worker.id, change, pledged, trained,
				   audit_typed(visit, "trained-words")));
	return contract_go(visit, contract.id, "saved");
}

PAGE_ROWS(contract_chain, { { METHOD_GET, "/contracts/{id}/links/{link}" }, RIGHT_SELF, PAGE_LOOK, .look = link_draw },
	  { { METHOD_POST, "/contracts/{id}/links/{link}" }, RIGHT_SELF, PAGE_ACT, .act = link_do, .again = link_draw },
	  { { METHOD_GET, "/contracts/{id}/links/{link}/below" }, RIGHT_SELF, PAGE_LOOK, .look = ask_draw },
	  { { METHOD_POST, "/contracts/{id}/links/{link}/below" }, RIGHT_SELF, PAGE_ACT, .act = ask_do,
	    .again = ask_draw },
	  { { METHOD_GET, "/contracts/{id}/links/{link}/workers" }, RIGHT_SELF, PAGE_LOOK, .look = name_draw },
	  { { METHOD_POST, "/contracts/{id}/links/{link}/workers" }, RIGHT_SELF, PAGE_ACT, .act = name_do,
	    .again = name_draw },
	  { { METHOD_GET, "/contracts/{id}/workers/{worker}" }, RIGHT_SELF, PAGE_LOOK, .look = worker_draw },
	  { { METHOD_POST, "/contracts/{id}/workers/{worker}" }, RIGHT_SELF, PAGE_ACT, .act = worker_do,
	    .again = worker_draw });
