/* Looking after a contract: what was explained, confirmed, demanded; and its end. */
#include "pages/contract_pages.h"

static struct error *
explain_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	TRY(contract_of_path(look, visit, NEED_LEAD, &contract, NULL));
	struct audit_form_page *page = contract_form(visit, &contract, say("守るべき内容の説明を記録する"),
						     contract_path(visit, contract.id, "explain"), say("記録する"));
	audit_form_field(page, day_box(visit, "day", say("説明した日"), "", visit->today, true));
	audit_form_field(page, long_box(visit, "words", say("だれに、何を使って説明したか"),
					say("再委託先にも説明したときは、その事業者も書きます。"), T(""), true));
	return audit_form_draw(visit, page);
}

static struct error *
explain_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	struct day day;
	TRY(contract_of_path(&act->look, visit, NEED_LEAD, &contract, NULL));
	TRY(form_day(visit, "day", true, &day));
	TRY(contract_explain(act, visit->office->pack, contract.id, day, audit_typed(visit, "words")));
	return contract_go(visit, contract.id, "saved");
}

static struct error *
confirm_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	TRY(contract_of_path(look, visit, NEED_LEAD, &contract, NULL));
	struct audit_form_page *page = contract_form(visit, &contract, say("委託先の対策の確認を記録する"),
						     contract_path(visit, contract.id, "confirm"), say("記録する"));
	audit_form_field(page, day_box(visit, "day", say("確かめた日"), "", visit->today, true));
	audit_form_field(page, text_box(visit, "how", say("どうやって"), say("例：報告書、訪問、打合せ"), T(""), true));
	audit_form_field(page, either_box(visit, "fine", say("契約の要件は"), say("守られている"), say("足りないところがある"), "yes"));
	audit_form_field(page, long_box(visit, "found", say("確かめた結果"), "", T(""), true));
	return audit_form_draw(visit, page);
}

static struct error *
confirm_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	TRY(contract_of_path(&act->look, visit, NEED_LEAD, &contract, NULL));
	struct contract_checked checked = { .how = audit_typed(visit, "how"),
					    .found = audit_typed(visit, "found"),
					    .is_fine = text_is(visit_text(visit, "fine"), "yes") };
	TRY(form_day(visit, "day", true, &checked.day));
	TRY(contract_confirm(act, visit->office->pack, contract.id, &checked));
	return contract_go(visit, contract.id, checked.is_fine ? "saved" : "contract-lacking");
}

static struct error *
demand_draw(struct look *look, struct visit *visit)
{
	const struct pack_contracts *rules = visit->office->pack->contracts;
	struct contract contract;
	struct contract_link *links;
	size_t count;
	TRY(contract_of_path(look, visit, NEED_LEAD, &contract, NULL));
	TRY(contract_links(look, contract.id, &links, &count));
	struct field_option *firms = ARENA_ARRAY(visit->arena, struct field_option, count + 1);
	struct field_option *items = ARENA_ARRAY(visit->arena, struct field_option, rules->items_count + 1);
	for (size_t at = 0; at < count; at++)
		firms[at] = (struct field_option){ number_text(visit->arena, links[at].id.no), links[at].firm_name };
	for (size_t at = 0; at < rules->items_count; at++)
		items[at] = (struct field_option){ rules->items[at].code, words_now(rules->items[at].name) };
	struct audit_form_page *page = contract_form(visit, &contract, say("改善を求める"),
						     contract_path(visit, contract.id, "demands/new"), say("求めたことを記録する"));
	audit_form_field(page, select_box(visit, "link", text_of(say("どの事業者の")), T(""),
					  count != 0 ? firms[0].value : T(""), true, firms, count));
	audit_form_field(page, long_box(visit, "found", say("足りなかったこと"), "", T(""), true));
	audit_form_field(page, long_box(visit, "wanted", say("してもらうこと"), "", T(""), true));
	audit_form_field(page, select_box(visit, "item", text_of(say("もとになる契約の要件")), T(""), T(""), false,
					  items, rules->items_count));
	audit_form_field(page, day_box(visit, "due", say("いつまでに"), "", day_plus(visit->today, 14), true));
	return audit_form_draw(visit, page);
}

static struct error *
demand_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	struct contract_demand_id id;
	TRY(contract_of_path(&act->look, visit, NEED_LEAD, &contract, NULL));
	struct contract_demanding demanding = { .id = contract.id,
						.link = { typed_number(visit, "link") },
						.found = audit_typed(visit, "found"),
						.wanted = audit_typed(visit, "wanted"),
						.item = visit_text(visit, "item") };
	TRY(form_day(visit, "due", true, &demanding.due));
	TRY(contract_demand(act, visit->office->pack, &demanding, &id));
	return contract_go(visit, contract.id, "contract-demanded");
}

static struct error *
demand_show(struct look *look, struct visit *visit)
{
	struct contract contract;
	struct contract_demand demand;
	struct contract_rights may;
	TRY(contract_of_path(look, visit, NEED_READ, &contract, &may));
	TRY(demand_of_path(look, visit, &contract, &demand));
	struct audit_form_page *page = contract_form(visit, &contract, say("改善の求め"),
						     contract_under(visit, contract.id, "demands", demand.id.no),
						     say("記録する"));
	page->is_read = !may.may_lead || demand.settled.ms != 0;
	page->change = demand.change;
	audit_form_fact(page, say("事業者"), demand.firm_name);
	audit_form_fact(page, say("足りなかったこと"), demand.found);
	audit_form_fact(page, say("してもらうこと"), demand.wanted);
	if (demand.item != NULL)
		audit_form_fact(page, say("もとになる契約の要件"), words_now(demand.item->name));
	audit_form_fact(page, say("期限"), day_wareki(visit->arena, demand.due));
	audit_form_fact(page, say("委託先の答え"), demand.answer);
	audit_form_fact(page, say("確かめて終わりにした理由"), demand.settle);
	audit_form_field(page, either_box(visit, "settled", say("何を記録しますか"), say("直ったことを確かめたので、終わりにする"),
					  say("委託先の答え（まだ確かめていない）"), demand.answered.ms != 0 ? "yes" : "no"));
	audit_form_field(page, long_box(visit, "words", say("内容"), "", T(""), true));
	return audit_form_draw(visit, page);
}

static struct error *
demand_answer(struct act *act, struct visit *visit)
{
	const struct pack *pack = visit->office->pack;
	const struct text words = audit_typed(visit, "words");
	struct contract contract;
	struct contract_demand demand;
	int64_t change;
	TRY(contract_of_path(&act->look, visit, NEED_LEAD, &contract, NULL));
	TRY(demand_of_path(&act->look, visit, &contract, &demand));
	TRY(visit_number(visit, "change", &change));
	if (text_is(visit_text(visit, "settled"), "yes"))
		TRY(contract_settle(act, pack, demand.id, change, words));
	else
		TRY(contract_answered(act, pack, demand.id, change, words));
	return contract_go(visit, contract.id, "saved");
}

/* What keeps the contract from ending, one by one: who holds it, and what is known of it. */
static struct error *
unverified_facts(struct look *look, struct visit *visit, const struct contract *contract,
		 struct audit_form_page *page)
{
	struct contract_handover *list;
	size_t count;
	TRY(contract_handovers(look, visit->office->pack, contract->id, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (!list[at].is_closed)
			audit_form_fact_at(page, contract_handover_state_words(list[at].state),
					   text_format(visit->arena, say("%.*s（%.*s）"), T_ARG(list[at].what),
						       T_ARG(list[at].firm_name)),
					   contract_under(visit, contract->id, "handovers", list[at].id.no));
	return OK;
}

static struct error *
prolong_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	TRY(contract_of_path(look, visit, NEED_LEAD, &contract, NULL));
	struct audit_form_page *page = contract_form(visit, &contract, say("期間を延ばす"),
						     contract_path(visit, contract.id, "prolong"), say("延ばす"));
	const bool is_running = contract.stage == CONTRACT_RUNNING;
	page->change = contract.change;
	page->is_read = !is_running && visit->faults == NULL;
	page->lead = text_of(
		!is_running ? say("この委託は終わっているので、延ばせません。続けるときは、新しい委託として始めてください。")
		: contract.is_past
			? say("延ばせるのは、期間が終わる前に変更契約を結んでいたときだけです。そうでなければ委託を終え、新しい委託として始めてください。")
			: say("延びるのは委託先との契約だけです。再委託の同意、従事者、許可証は元の日で終わるので、続けるものは改めて求め、届け出てください。"));
	audit_form_fact(page, say("いまの期間"),
			text_format(visit->arena, say("%.*sから%.*sまで"), T_ARG(day_wareki(visit->arena, contract.since)),
				    T_ARG(day_wareki(visit->arena, contract.until))));
	audit_form_field(page, day_box(visit, "until", say("新しい終わりの日"), "", DAY_NONE, true));
	audit_form_field(page, day_box(visit, "agreed", say("変更契約の日"), "", DAY_NONE, true));
	audit_form_field(page, long_box(visit, "words", say("延ばす理由"), say("変更契約の番号も書きます。"), T(""), true));
	return audit_form_draw(visit, page);
}

static struct error *
prolong_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	TRY(contract_of_path(&act->look, visit, NEED_LEAD, &contract, NULL));
	struct contract_prolonging prolonging = { .id = contract.id, .words = audit_typed(visit, "words") };
	TRY(visit_number(visit, "change", &prolonging.change));
	TRY(form_day(visit, "until", true, &prolonging.until));
	TRY(form_day(visit, "agreed", true, &prolonging.agreed));
	TRY(contract_prolong(act, visit->office->pack, &prolonging));
	return contract_go(visit, contract.id, "contract-prolonged");
}

static struct error *
end_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	TRY(contract_of_path(look, visit, NEED_LEAD, &contract, NULL));
	struct audit_form_page *page = contract_form(visit, &contract, say("委託を終える"),
						     contract_path(visit, contract.id, "end"), say("委託を終える"));
	page->change = contract.change;
	page->lead = text_of(contract.unverified != 0
				     ? say("返却・消去を確かめていないデータがあるので、まだ終えられません。一件ずつ記録してから開きなおしてください。")
				     : say("終えると、従事者の職とアカウントも終わります。"));
	audit_form_fact(page, say("渡したデータ"), text_format(visit->arena, say("%lld件"), (long long)contract.handovers));
	audit_form_fact(page, say("まだ終わっていないデータ"),
			text_format(visit->arena, say("%lld件"), (long long)contract.unverified));
	TRY(unverified_facts(look, visit, &contract, page));
	if (contract.demands != 0)
		audit_form_fact(page, say("終わっていない改善の求め"),
				text_format(visit->arena, say("%lld件（委託を終えた後も記録できます）"),
					    (long long)contract.demands));
	page->is_read = contract.unverified != 0 && visit->faults == NULL;
	audit_form_field(page, day_box(visit, "day", say("終わりの日"), "",
				       visit->today.no < contract.until.no ? visit->today : contract.until, true));
	audit_form_field(page, long_box(visit, "words", say("どう終わったか"), "", T(""), true));
	return audit_form_draw(visit, page);
}

static struct error *
end_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	struct day day;
	int64_t change;
	TRY(contract_of_path(&act->look, visit, NEED_LEAD, &contract, NULL));
	TRY(visit_number(visit, "change", &change));
	TRY(form_day(visit, "day", true, &day));
	TRY(contract_end(act, visit->office->pack, contract.id, change, day, audit_typed(visit, "words")));
	return contract_go(visit, contract.id, "contract-ended");
}

PAGE_ROWS(contract_keep, { { METHOD_GET, "/contracts/{id}/explain" }, RIGHT_SELF, PAGE_LOOK, .look = explain_draw },
	  { { METHOD_POST, "/contracts/{id}/explain" }, RIGHT_SELF, PAGE_ACT, .act = explain_do, .again = explain_draw },
	  { { METHOD_GET, "/contracts/{id}/confirm" }, RIGHT_SELF, PAGE_LOOK, .look = confirm_draw },
	  { { METHOD_POST, "/contracts/{id}/confirm" }, RIGHT_SELF, PAGE_ACT, .act = confirm_do, .again = confirm_draw },
	  { { METHOD_GET, "/contracts/{id}/demands/new" }, RIGHT_SELF, PAGE_LOOK, .look = demand_draw },
	  { { METHOD_POST, "/contracts/{id}/demands/new" }, RIGHT_SELF, PAGE_ACT, .act = demand_do,
	    .again = demand_draw },
	  { { METHOD_GET, "/contracts/{id}/demands/{demand}" }, RIGHT_SELF, PAGE_LOOK, .look = demand_show },
	  { { METHOD_POST, "/contracts/{id}/demands/{demand}" }, RIGHT_SELF, PAGE_ACT, .act = demand_answer,
	    .again = demand_show },
	  { { METHOD_GET, "/contracts/{id}/prolong" }, RIGHT_SELF, PAGE_LOOK, .look = prolong_draw },
	  { { METHOD_POST, "/contracts/{id}/prolong" }, RIGHT_SELF, PAGE_ACT, .act = prolong_do,
	    .again = prolong_draw },
	  { { METHOD_GET, "/contracts/{id}/end" }, RIGHT_SELF, PAGE_LOOK, .look = end_draw },
	  { { METHOD_POST, "/contracts/{id}/end" }, RIGHT_SELF, PAGE_ACT, .act = end_do, .again = end_draw });
