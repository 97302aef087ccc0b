/* One contract: what comes next, its firms, workers, data, confirmations. */
#include "pages/contract_pages.h"

#include "paper/contract_paper.h"

struct shown {
	struct contract contract;
	struct contract_rights may;
};

/* ---- What comes next ---- */

static struct text
next_of(struct visit *visit, const struct shown *shown, bool *is_trouble)
{
	const struct contract *contract = &shown->contract;
	struct arena *arena = visit->arena;
	*is_trouble = contract->is_past || contract->found != 0 || contract->late_demands != 0;
	switch (contract->stage) {
	case CONTRACT_SELECTING:
		return text_of(contract->chosen.no != 0
				       ? say("事業者を選びました。契約を結んだら、要件ごとに記録してください。")
				       : say("次に、候補の事業者を加え、基準ごとに答えて、一者を選んでください。"));
	case CONTRACT_RUNNING:
		if (contract->is_past && contract->unverified == 0)
			return text_of(say("期間が終わりました。渡したままのデータはないので、委託を終えてください。"));
		if (contract->is_past)
			return text_format(arena, say("期間が終わりました。データ%lld件の返却・消去を確かめてから、委託を終えてください。"),
					   (long long)contract->unverified);
		if (contract->found != 0)
			return text_format(arena, say("同意のない再委託先が%lld者あります。その従事者は、庁内に入ることも、データに触れることもできません。"),
					   (long long)contract->found);
		if (contract->late_demands != 0)
			return text_of(say("期限を過ぎた改善の求めがあります。"));
		if (contract->unconsented != 0)
			return text_of(shown->may.may_consent
					       ? say("再委託に同意するかどうかを、上から順に決めてください。")
					       : say("再委託に同意するかどうかの決定を待っています。決まるまで、再委託先には作業もデータの引き渡しもさせないでください。"));
		if (day_is_none(contract->explained))
			return text_of(say("次に、守るべき内容を委託先に説明したことを記録してください。"));
		return T("");
	case CONTRACT_ENDED:
		return contract->claimed != 0 ? text_format(arena, say("データ%lld件は、委託先の申告だけで終わっています。"),
							    (long long)contract->claimed)
					      : T("");
	case CONTRACT_DROPPED:
	case CONTRACT_STAGES:
		break;
	}
	return T("");
}

static void
add_step(struct contract_page *page, bool may, bool is_main, const char *words, struct url href)
{
	if (may)
		page->steps[page->steps_count++] =
			(struct contract_steps){ text_of(words), href, is_main };
}

static void
fill_steps(struct visit *visit, const struct shown *shown, struct contract_page *page)
{
	enum { STEPS_MOST = 12 };
	const struct contract *contract = &shown->contract;
	const struct contract_id id = contract->id;
	const bool is_selecting = contract->stage == CONTRACT_SELECTING && shown->may.may_lead;
	const bool is_running = contract->stage == CONTRACT_RUNNING && shown->may.may_lead;
	const bool is_chosen = contract->chosen.no != 0;
	page->steps = ARENA_ARRAY(visit->arena, struct contract_steps, STEPS_MOST);
	add_step(page, is_selecting, page->candidates_count == 0, say("候補の事業者を加える"),
		 contract_path(visit, id, "candidates"));
	add_step(page, is_selecting && page->candidates_count != 0, !is_chosen, say("事業者を選ぶ"),
		 contract_path(visit, id, "choose"));
	add_step(page, is_selecting && is_chosen, true, say("契約を記録する"), contract_path(visit, id, "sign"));
	add_step(page, is_selecting, false, say("取りやめる"), contract_path(visit, id, "drop"));
	add_step(page, is_running && !contract->is_past, !day_is_none(contract->explained), say("データを渡す"),
		 contract_path(visit, id, "handovers/new"));
	add_step(page, is_running, day_is_none(contract->explained), say("説明を記録する"),
		 contract_path(visit, id, "explain"));
	add_step(page, is_running, false, say("確認を記録する"), contract_path(visit, id, "confirm"));
	add_step(page, is_running, false, say("改善を求める"), contract_path(visit, id, "demands/new"));
	add_step(page, is_running, false, say("期間を延ばす"), contract_path(visit, id, "prolong"));
	add_step(page, is_running, contract->is_past, say("委託を終える"), contract_path(visit, id, "end"));
}

/* ---- Lists ---- */

static struct error *
fill_candidates(struct look *look, struct visit *visit, const struct shown *shown, struct contract_page *page)
{
	struct contract_candidate *list;
	struct contract_answered *answers;
	size_t count;
	TRY(contract_candidates(look, visit->office->pack, &shown->contract, &list, &count));
	page->candidates = ARENA_ARRAY(visit->arena, struct contract_candidates, count + 1);
	page->candidates_count = count;
	for (size_t at = 0; at < count; at++) {
		size_t asked;
		TRY(contract_answers(look, visit->office->pack, &shown->contract, list[at].id, &answers, &asked));
		page->candidates[at] = (struct contract_candidates){
			.name = list[at].name,
			.href = contract_under(visit, shown->contract.id, "candidates", list[at].id.no),
			.is_chosen = list[at].is_chosen,
			.answered = list[at].answered,
			.asked = (int64_t)asked, /* of the pack's criteria */
			.musts = list[at].musts,
			.is_open = true,
		};
	}
	return OK;
}

static struct error *
fill_items(struct look *look, struct visit *visit, const struct shown *shown, struct contract_page *page)
{
	struct contract_said *list;
	size_t count;
	if (shown->contract.engagement.no == 0)
		return OK;
	TRY(contract_items(look, visit->office->pack, shown->contract.id, &list, &count));
	page->items = ARENA_ARRAY(visit->arena, struct contract_items, count + 1);
	for (size_t at = 0; at < count; at++)
		if (list[at].is_answered)
			page->items[page->items_count++] = (struct contract_items){
				words_now(list[at].item->name), list[at].is_present, list[at].words
			};
	return OK;
}

static struct error *
fill_people(struct look *look, struct visit *visit, const struct shown *shown, struct contract_link_id link,
	    struct contract_links *row)
{
	struct contract_worker *list;
	size_t count;
	TRY(contract_workers(look, visit->office->pack, shown->contract.id, link, &list, &count));
	row->people = ARENA_ARRAY(visit->arena, struct contract_links_people, count + 1);
	row->people_count = count;
	for (size_t at = 0; at < count; at++)
		row->people[at] = (struct contract_links_people){
			.name = list[at].name,
			.href = contract_under(visit, shown->contract.id, "workers", list[at].id.no),
			.task = list[at].task,
			.state = list[at].state == WORKER_ALLOWED
					 ? text_of(say("従事できる"))
					 : text_of(contract_worker_state_words(list[at].state)),
			.tag = text_of(list[at].state == WORKER_ALLOWED	 ? "go"
				       : list[at].state == WORKER_OVER	 ? "off"
				       : list[at].state == WORKER_NOT_YET ? "wait"
									 : "stop"),
			.since = list[at].since,
			.until = day_is_none(list[at].ended) ? list[at].until : list[at].ended,
			.permits = list[at].permits,
		};
	return OK;
}

static struct text
depth_words(struct arena *arena, int depth)
{
	if (depth == 0)
		return text_of(say("委託先"));
	return depth == 1 ? text_of(say("再委託先")) : text_format(arena, say("%d段目の再委託先"), depth);
}

static struct error *
fill_links(struct look *look, struct visit *visit, const struct shown *shown, struct contract_page *page)
{
	struct contract_link *list;
	size_t count;
	TRY(contract_links(look, shown->contract.id, &list, &count));
	page->links = ARENA_ARRAY(visit->arena, struct contract_links, count + 1);
	page->links_count = count;
	for (size_t at = 0; at < count; at++) {
		page->links[at] = (struct contract_links){
			.depth = depth_words(visit->arena, list[at].depth),
			.firm = list[at].firm_name,
			.work = list[at].work,
			.place = list[at].place,
			.state = text_of(list[at].above.no == 0 && list[at].state == LINK_CONSENTED
						 ? say("契約")
						 : contract_link_state_words(list[at].state)),
			.tag = text_of(link_tag(list[at].state)),
			.words = list[at].words,
			.since = list[at].since,
			.until = list[at].until,
			.href = contract_under(visit, shown->contract.id, "links", list[at].id.no),
		};
		TRY(fill_people(look, visit, shown, list[at].id, &page->links[at]));
	}
	return OK;
}

static struct text
way_words(const struct visit *visit, struct text code)
{
	const struct pack_contract_way *way = pack_contract_way(visit->office->pack->contracts, code);
	return way != NULL ? words_now(way->name) : code;
}

static struct error *
fill_handovers(struct look *look, struct visit *visit, const struct shown *shown, struct contract_page *page)
{
	struct contract_handover *list;
	size_t count;
	TRY(contract_handovers(look, visit->office->pack, shown->contract.id, &list, &count));
	page->handovers = ARENA_ARRAY(visit->arena, struct contract_handovers, count + 1);
	page->handovers_count = count;
	for (size_t at = 0; at < count; at++)
		page->handovers[at] = (struct contract_handovers){
			.what = list[at].what,
			.href = contract_under(visit, shown->contract.id, "handovers", list[at].id.no),
			.class = contract_class_words(visit, list[at].class_code),
			.firm = list[at].firm_name,
			.source = list[at].source_name,
			.day = list[at].day,
			.way = way_words(visit, list[at].way),
			.copies = list[at].copies,
			.is_test = list[at].is_test,
			.receipt = list[at].receipt,
			.state = handover_words(&list[at]),
			.tag = text_of(handover_tag(&list[at])),
			.how = list[at].state == HANDOVER_OPEN ? T("")
							       : text_of(contract_handover_end_words(list[at].end)),
		};
	return OK;
}

static struct error *
fill_kept(struct look *look, struct visit *visit, const struct shown *shown, struct contract_page *page)
{
	struct contract_checked *checks;
	struct contract_demand *demands;
	size_t count;
	TRY(contract_checks(look, shown->contract.id, &checks, &count));
	page->checks = ARENA_ARRAY(visit->arena, struct contract_checks, count + 1);
	page->checks_count = count;
	for (size_t at = 0; at < count; at++)
		page->checks[at] = (struct contract_checks){ checks[at].day, checks[at].how, checks[at].found,
							     checks[at].name, checks[at].is_fine };
	TRY(contract_demands(look, visit->office->pack, shown->contract.id, &demands, &count));
	page->demands = ARENA_ARRAY(visit->arena, struct contract_demands, count + 1);
	page->demands_count = count;
	for (size_t at = 0; at < count; at++) {
		const bool is_done = demands[at].settled.ms != 0;
		page->demands[at] = (struct contract_demands){
			.wanted = demands[at].wanted,
			.href = contract_under(visit, shown->contract.id, "demands", demands[at].id.no),
			.firm = demands[at].firm_name,
			.due = demands[at].due,
			.state = text_of(is_done		      ? say("確かめて終わり")
					 : demands[at].is_late	      ? say("期限切れ")
					 : demands[at].answered.ms != 0 ? say("答えあり・未確認")
									: say("答え待ち")),
			.tag = text_of(is_done ? "go" : demands[at].is_late ? "stop" : "wait"),
		};
	}
	return OK;
}

static void
fill_facts(struct visit *visit, const struct contract *contract, struct contract_page *page)
{
	page->title = contract->title;
	page->state = text_of(contract->is_past ? say("期間終了・未了")
						: contract_stage_words(contract->stage));
	page->tag = text_of(contract_stage_tag(contract));
	page->work = contract->work;
	page->kind = contract->of != NULL ? words_now(contract->of->name) : contract->kind;
	page->unit = contract->unit_name;
	page->firm = contract->firm_name;
	page->reason = contract->reason;
	page->number = contract->number;
	page->class = contract_class_words(visit, contract->class_code);
	page->system = contract->system_title;
	page->agreed = contract->agreed;
	page->since = contract->since;
	page->until = contract->until;
	page->explained = contract->explained;
	page->explained_words = contract->explained_words;
	page->ended = contract->ended;
	page->end_words = contract->end_words;
	page->csv = contract_path(visit, contract->id, "handovers/csv");
	page->xlsx = contract_path(visit, contract->id, "handovers/xlsx");
	page->paper = contract_path(visit, contract->id, "handovers.pdf");
}

static struct error *
fill_prolonged(struct look *look, struct visit *visit, struct contract_id id, struct contract_page *page)
{
	struct contract_prolonging *list;
	TRY(contract_prolonged(look, id, &list, &page->prolonged_count));
	page->prolonged = ARENA_ARRAY(visit->arena, struct contract_prolonged, page->prolonged_count + 1);
	for (size_t at = 0; at < page->prolonged_count; at++)
		page->prolonged[at] = (struct contract_prolonged){ list[at].was, list[at].until, list[at].agreed,
								   list[at].words, list[at].name };
	return OK;
}

static struct error *
fill_register(struct look *look, struct visit *visit, const struct contract *contract,
	      struct contract_page *page)
{
	const struct pack_ledger *puts = visit->office->pack->contracts->puts;
	if (puts != NULL && contract->row.no != 0 &&
	    visit_reaches(look, visit, RIGHT_LEDGER_READ, contract->unit))
		page->ledger_row = url_make(visit->arena, "/ledger/{}/{}", 2,
					  ((struct text[]){ puts->code,
							    number_text(visit->arena, contract->row.no) }));
	return OK;
}

static struct error *
contract_draw(struct look *look, struct visit *visit)
{
	struct shown shown;
	TRY(contract_of_path(look, visit, NEED_READ, &shown.contract, &shown.may));
	struct contract_page page = { .frame = visit_frame(visit, shown.contract.title, "outside") };
	fill_facts(visit, &shown.contract, &page);
	page.next = next_of(visit, &shown, &page.is_trouble);
	TRY(fill_prolonged(look, visit, shown.contract.id, &page));
	TRY(fill_register(look, visit, &shown.contract, &page));
	TRY(fill_candidates(look, visit, &shown, &page));
	TRY(fill_items(look, visit, &shown, &page));
	TRY(fill_links(look, visit, &shown, &page));
	TRY(fill_handovers(look, visit, &shown, &page));
	TRY(fill_kept(look, visit, &shown, &page));
	fill_steps(visit, &shown, &page);
	return visit_draw(visit, contract_page, &page);
}

/* ---- To take away ---- */

static struct error *
handovers_send(struct look *look, struct visit *visit)
{
	const struct rows_column columns[] = {
		{ text_of(say("何を")), 36 },	 { text_of(say("分類")), 14 },	 { text_of(say("だれに")), 24 },
		{ text_of(say("だれから")), 24 }, { text_of(say("渡した日")), 14 }, { text_of(say("方法")), 18 },
		{ text_of(say("数")), 6 },	 { text_of(say("媒体の番号")), 18 }, { text_of(say("SHA-256")), 66 },
		{ text_of(say("試験に使う本番データ")), 20 }, { text_of(say("受領")), 24 }, { text_of(say("受け取った日")), 14 },
		{ text_of(say("状態")), 16 },	 { text_of(say("返却・消去")), 10 }, { text_of(say("申告")), 36 },
		{ text_of(say("申告による返却・消去の日")), 24 }, { text_of(say("職員の確認")), 36 },
		{ text_of(say("確認した日")), 14 }, { text_of(say("確認した人")), 18 },
	};
	struct contract contract;
	struct contract_handover *list;
	size_t count;
	TRY(contract_of_path(look, visit, NEED_READ, &contract, NULL));
	TRY(contract_handovers(look, visit->office->pack, contract.id, &list, &count));
	struct rows_out out = rows_begin(visit->arena, contract.title, columns,
					 sizeof columns / sizeof *columns, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++) {
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(list[at].what);
		*cell++ = rows_words(contract_class_words(visit, list[at].class_code));
		*cell++ = rows_words(list[at].firm_name);
		*cell++ = rows_words(list[at].source_name);
		*cell++ = rows_day(list[at].day);
		*cell++ = rows_words(way_words(visit, list[at].way));
		*cell++ = rows_words(text_number(visit->arena, list[at].copies));
		*cell++ = rows_words(list[at].serial);
		*cell++ = rows_words(list[at].file);
		*cell++ = rows_words(list[at].is_test ? text_of(say("はい")) : T(""));
		*cell++ = rows_words(list[at].receipt);
		*cell++ = rows_day(list[at].received);
		*cell++ = rows_words(handover_words(&list[at]));
		*cell++ = rows_words(list[at].state == HANDOVER_OPEN ? T("")
								     : text_of(contract_handover_end_words(list[at].end)));
		*cell++ = rows_words(list[at].claim);
		*cell++ = rows_day(list[at].claimed);
		*cell++ = rows_words(list[at].verify);
		*cell++ = rows_day(list[at].verified);
		*cell++ = rows_words(list[at].verifier_name);
	}
	return rows_send(look, visit, &out);
}

static struct error *
handovers_print(struct look *look, struct visit *visit)
{
	struct contract contract;
	struct journal_state state;
	struct text job;
	TRY(contract_of_path(look, visit, NEED_READ, &contract, NULL));
	TRY(journal_state(look, NULL, &state));
	TRY(paper_contract(look, visit->office->flow, &contract, visit->office->body_name,
			   &(struct contract_proof){ visit->office->body_code, state.signed_size }, &job));
	look_end(look);
	TRY(run_companion(visit, "bansho-print", NULL, job, &visit->answer.body));
	visit->answer.type = "application/pdf";
	visit->answer.shown_as = text_format(visit->arena, say("引渡簿_%lld.pdf"), (long long)contract.id.no);
	return OK;
}

PAGE_ROWS(contract, { { METHOD_GET, "/contracts/{id}" }, RIGHT_SELF, PAGE_LOOK, .look = contract_draw },
	  { { METHOD_GET, "/contracts/{id}/handovers/csv" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = handovers_send },
	  { { METHOD_GET, "/contracts/{id}/handovers/xlsx" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = handovers_send },
	  { { METHOD_GET, "/contracts/{id}/handovers.pdf" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = handovers_print });
