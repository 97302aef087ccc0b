/* What is done in room contract, from the first candidate to the end of what was agreed, as steps. */
#ifndef BANSHO_TESTS_OUTSIDE_CONTRACT_H
#define BANSHO_TESTS_OUTSIDE_CONTRACT_H

#include "outside_house.h"

static inline struct error *
contract_change(struct act *act, const struct outside *o, int64_t *change)
{
	struct contract contract;
	TRY(contract_read(&act->look, OUTSIDE_PACK(o), o->contract, &contract));
	*change = contract.change;
	return OK;
}

static inline struct error *
first_link(struct act *act, const struct outside *o, struct contract_link_id *first)
{
	struct contract_link *links;
	size_t count;
	TRY(contract_links(&act->look, o->contract, &links, &count));
	*first = links[0].id;
	return OK;
}

static inline struct error *
handover_change(struct act *act, const struct outside *o, int64_t *change)
{
	struct contract_handover handover;
	TRY(contract_handover_read(&act->look, OUTSIDE_PACK(o), o->handover, &handover));
	*change = handover.change;
	return OK;
}

static inline struct error *
contract_opens(struct act *act, struct outside *o)
{
	return contract_open(act, OUTSIDE_PACK(o),
			     &(struct contract_opening){ .unit = o->f.house.section, .title = T("窓口の委託"),
							 .work = T("入力"), .kind = T("other"),
							 .class_code = T("I") },
			     &o->contract);
}

static inline struct error *
contract_is_dropped(struct act *act, struct outside *o)
{
	int64_t change = 0;
	TRY(contract_change(act, o, &change));
	return contract_drop(act, OUTSIDE_PACK(o), o->contract, change, T("予算がつかない"));
}

static inline struct error *
candidate_is_added(struct act *act, struct outside *o)
{
	return contract_candidate_add(act, OUTSIDE_PACK(o), o->contract, (struct firm_id){ 0 },
				      T("瀬戸内サービス"), &o->candidate);
}

static inline struct error *
candidate_is_answered_for(struct act *act, struct outside *o)
{
	const struct pack_contracts *rules = OUTSIDE_PACK(o)->contracts;
	struct contract_answered answers[40] = { 0 };
	for (size_t at = 0; at < rules->criteria_count; at++)
		answers[at] = (struct contract_answered){ .code = rules->criteria[at].code, .answer = T("yes"),
							  .words = T("報告書で見た") };
	return contract_answer(act, OUTSIDE_PACK(o), o->contract,
			       &(struct contract_answering){ o->candidate, answers, rules->criteria_count });
}

static inline struct error *
candidate_is_chosen(struct act *act, struct outside *o)
{
	int64_t change = 0;
	TRY(contract_change(act, o, &change));
	return contract_choose(act, OUTSIDE_PACK(o), o->contract, change, o->candidate,
			       T("すべての基準を満たす"));
}

static inline struct error *
contract_is_signed(struct act *act, struct outside *o)
{
	int64_t change = 0;
	const struct pack_contracts *rules = OUTSIDE_PACK(o)->contracts;
	struct contract_said items[20] = { 0 };
	for (size_t at = 0; at < rules->items_count; at++)
		items[at] = (struct contract_said){ .code = rules->items[at].code, .is_answered = true,
						    .is_present = true, .words = T("第5条") };
	TRY(contract_change(act, o, &change));
	return contract_sign(act, OUTSIDE_PACK(o),
			     &(struct contract_signing){ .id = o->contract, .change = change,
							 .number = T("8契約第12号"), .firm_code = T("S001"),
							 .place = T("市役所2階"), .agreed = D(-10), .since = D(-5),
							 .until = D(60), .items = items,
							 .items_count = rules->items_count });
}

static inline struct error *
firm_is_told(struct act *act, struct outside *o)
{
	return contract_explain(act, OUTSIDE_PACK(o), o->contract, D(-1), T("責任者に手順書を渡した"));
}

static inline struct error *
link_is_asked(struct act *act, struct outside *o)
{
	struct contract_link_id first = { 0 };
	TRY(first_link(act, o, &first));
	const struct contract_asking asking = {
		.id = o->contract, .above = first, .firm_code = T("SECOND"), .firm_name = T("二次"),
		.work = T("入力"), .place = T("市内"), .why = T("人手のため"), .since = D(-2), .until = D(30),
	};
	return contract_ask(act, OUTSIDE_PACK(o), &asking, &o->link);
}

static inline struct error *
link_is_consented(struct act *act, struct outside *o)
{
	struct contract_link link;
	TRY(contract_link_read(&act->look, o->link, &link));
	return contract_decide(act, OUTSIDE_PACK(o), o->link, link.change, true, T("体制を確かめた"));
}

static inline struct error *
worker_is_named(struct act *act, struct outside *o)
{
	const struct contract_naming naming = { .link = o->link, .family = T("外村"), .task = T("入力"),
						.since = D(0), .until = D(20), .pledged = DAY_NONE,
						.trained = DAY_NONE };
	return contract_name(act, OUTSIDE_PACK(o), &naming, &o->worker);
}

static inline struct error *
worker_is_ready(struct act *act, struct outside *o)
{
	return contract_ready(act, OUTSIDE_PACK(o), o->worker, 1, D(-1), D(-1), T("市の研修"));
}

static inline struct error *
worker_is_unnamed(struct act *act, struct outside *o)
{
	struct contract_worker *list;
	size_t count;
	TRY(contract_workers(&act->look, OUTSIDE_PACK(o), o->contract, o->link, &list, &count));
	return contract_unname(act, OUTSIDE_PACK(o), o->worker, list[0].change, D(0));
}

static inline struct error *
data_is_handed_over(struct act *act, struct outside *o)
{
	struct contract_link_id first = { 0 };
	TRY(first_link(act, o, &first));
	const struct contract_handing handing = { .id = o->contract, .link = first, .day = D(-1),
						  .what = T("申請書の一覧"), .class_code = T("I"),
						  .way = T("person"), .copies = 1, .received = DAY_NONE };
	return contract_hand(act, OUTSIDE_PACK(o), &handing, &o->handover);
}

static inline struct error *
data_is_received(struct act *act, struct outside *o)
{
	int64_t change = 0;
	TRY(handover_change(act, o, &change));
	return contract_receive(act, OUTSIDE_PACK(o), o->handover, change, D(0), T("外村"));
}

static inline struct error *
erasure_is_claimed(struct act *act, struct outside *o)
{
	int64_t change = 0;
	TRY(handover_change(act, o, &change));
	return contract_claim(act, OUTSIDE_PACK(o),
			      &(struct contract_closing){ o->handover, change, END_ERASED, D(0),
							  T("報告書"), T(""), T("") });
}

static inline struct error *
erasure_is_verified(struct act *act, struct outside *o)
{
	int64_t change = 0;
	TRY(handover_change(act, o, &change));
	return contract_verify(act, OUTSIDE_PACK(o),
			       &(struct contract_closing){ o->handover, change, END_ERASED, D(0),
							   T("その場で見た"), T(""), T("") });
}

static inline struct error *
contract_is_confirmed(struct act *act, struct outside *o)
{
	return contract_confirm(act, OUTSIDE_PACK(o), o->contract,
				&(struct contract_checked){ .day = D(0), .how = T("訪問"), .found = T("守られている"),
							    .is_fine = true });
}

static inline struct error *
firm_is_asked_to_mend(struct act *act, struct outside *o)
{
	return contract_demand(act, OUTSIDE_PACK(o),
			       &(struct contract_demanding){ .id = o->contract, .found = T("鍵がない"),
							     .wanted = T("施錠する"), .item = T("comply"),
							     .due = D(3) },
			       &o->demand);
}

static inline struct error *
firm_answers(struct act *act, struct outside *o)
{
	return contract_answered(act, OUTSIDE_PACK(o), o->demand, 1, T("付けた"));
}

static inline struct error *
mending_is_seen(struct act *act, struct outside *o)
{
	return contract_settle(act, OUTSIDE_PACK(o), o->demand, 2, T("見に行った"));
}

static inline struct error *
contract_ends(struct act *act, struct outside *o)
{
	int64_t change = 0;
	TRY(contract_change(act, o, &change));
	return contract_end(act, OUTSIDE_PACK(o), o->contract, change, D(0),
			    T("業務が終わった"));
}

#endif
