/* A contract played from its opening to its end, with firms below it and workers of each, by who may. */
#ifndef BANSHO_TESTS_CONTRACT_PLAY_H
#define BANSHO_TESTS_CONTRACT_PLAY_H

#include "flow_house.h"

#include "contract/contract.h"

struct play {
	struct flow_house *f;
	struct contract_id id;
	struct contract_candidate_id candidate;
	struct contract_link_id first, second, third;
	struct contract_worker_id good, hidden;
	struct contract_handover_id secret, plain, passed;
	struct contract_demand_id demand;
	struct text answer, secrecy, firm_code;
	struct contract_closing closing;
	struct contract_naming naming;
	struct contract_asking asking;
	struct contract_prolonging prolonging;
	struct contract_handing handing;
	struct contract_link_id link;
	bool is_consented;
	struct day day;
	int64_t change;
};

static inline const struct pack *
pack_of(const struct play *play)
{
	return play->f->house.pack;
}

static inline struct contract
contract_now(const struct play *play)
{
	struct contract contract;
	LOOK(&play->f->house, look);
	must(contract_read(&look, pack_of(play), play->id, &contract));
	return contract;
}

static inline struct error *
do_open(struct act *act, void *with)
{
	struct play *play = with;
	TRY(contract_open(act, pack_of(play),
			  &(struct contract_opening){ .unit = play->f->house.section, .title = T("窓口業務の委託"),
						      .work = T("申請書の入力"), .kind = T("other"),
						      .class_code = T("I") }, &play->id));
	return contract_candidate_add(act, pack_of(play), play->id, (struct firm_id){ 0 }, T("瀬戸内サービス"),
				      &play->candidate);
}

/* Every criterion with the same answer. */
static inline struct error *
do_answer(struct act *act, void *with)
{
	struct play *play = with;
	const struct pack_contracts *rules = pack_of(play)->contracts;
	struct contract_answered answers[40] = { 0 };
	for (size_t at = 0; at < rules->criteria_count; at++)
		answers[at] = (struct contract_answered){ .code = rules->criteria[at].code,
							  .answer = play->answer, .words = T("報告書で見た") };
	return contract_answer(act, pack_of(play), play->id,
			       &(struct contract_answering){ play->candidate, answers, rules->criteria_count });
}

static inline struct error *
do_choose(struct act *act, void *with)
{
	struct play *play = with;
	struct contract contract;
	TRY(contract_read(&act->look, pack_of(play), play->id, &contract));
	return contract_choose(act, pack_of(play), play->id, contract.change, play->candidate,
			       T("すべての基準を満たす"));
}

static inline struct error *
do_sign(struct act *act, void *with)
{
	struct play *play = with;
	const struct pack_contracts *rules = pack_of(play)->contracts;
	struct contract_said items[20] = { 0 };
	struct contract contract;
	TRY(contract_read(&act->look, pack_of(play), play->id, &contract));
	for (size_t at = 0; at < rules->items_count; at++) {
		const bool is_secrecy = text_is(rules->items[at].code, "secrecy");
		items[at] = (struct contract_said){ .code = rules->items[at].code,
						    .is_answered = true, .is_present = true,
						    .words = T("第5条") };
		if (is_secrecy && play->secrecy.len != 0)
			items[at].is_present = false;
		if (text_is(rules->items[at].code, "publish")) {
			items[at].is_present = false;
			items[at].words = play->secrecy.len != 0 ? T("") : T("市が公表するため");
		}
	}
	return contract_sign(act, pack_of(play),
			     &(struct contract_signing){ .id = play->id, .change = contract.change,
							 .number = T("8契約第12号"), .firm_code = play->firm_code,
							 .place = T("市役所2階"), .agreed = D(-10), .since = D(-5),
							 .until = D(60), .items = items,
							 .items_count = rules->items_count });
}

static inline struct error *
do_ask(struct act *act, void *with)
{
	struct play *play = with;
	play->asking.id = play->id;
	return contract_ask(act, pack_of(play), &play->asking, &play->link);
}

static inline struct error *
do_decide(struct act *act, void *with)
{
	struct play *play = with;
	struct contract_link link;
	TRY(contract_link_read(&act->look, play->link, &link));
	return contract_decide(act, pack_of(play), play->link, link.change, play->is_consented,
			       T("体制を確かめた"));
}

static inline struct error *
do_name(struct act *act, void *with)
{
	struct play *play = with;
	struct contract_worker_id id;
	TRY(contract_name(act, pack_of(play), &play->naming, &id));
	play->good = id;
	return OK;
}

static inline struct error *
do_ready(struct act *act, void *with)
{
	struct play *play = with;
	return contract_ready(act, pack_of(play), play->good, play->change, D(-1), D(-1), T("市の研修"));
}

static inline struct error *
do_hand(struct act *act, void *with)
{
	struct play *play = with;
	play->handing.id = play->id;
	return contract_hand(act, pack_of(play), &play->handing, &play->plain);
}

static inline struct error *
do_claim(struct act *act, void *with)
{
	return contract_claim(act, pack_of(with), &((struct play *)with)->closing);
}

static inline struct error *
do_verify(struct act *act, void *with)
{
	return contract_verify(act, pack_of(with), &((struct play *)with)->closing);
}

static inline struct error *
do_end(struct act *act, void *with)
{
	struct play *play = with;
	struct contract contract;
	TRY(contract_read(&act->look, pack_of(play), play->id, &contract));
	return contract_end(act, pack_of(play), play->id, contract.change, D(0), T("業務が終わった"));
}

static inline struct error *
do_confirm(struct act *act, void *with)
{
	struct play *play = with;
	return contract_confirm(act, pack_of(play), play->id,
				&(struct contract_checked){ .day = D(0), .how = T("訪問"), .found = T("守られている"),
							    .is_fine = true });
}

static inline struct error *
do_demand(struct act *act, void *with)
{
	struct play *play = with;
	return contract_demand(act, pack_of(play),
			       &(struct contract_demanding){ .id = play->id, .found = T("鍵がない"),
							     .wanted = T("施錠する"), .item = T("comply"),
							     .due = D(3) }, &play->demand);
}

static inline struct error *
do_settle(struct act *act, void *with)
{
	struct play *play = with;
	return contract_settle(act, pack_of(play), play->demand, 1, T("見に行った"));
}

static inline void
must_be(struct error *error, enum error_kind kind)
{
	assert_non_null(error);
	if (error->kind != kind)
		print_message("# %.*s: %.*s\n", T_ARG(error->field), T_ARG(error->words));
	assert_int_equal(error->kind, kind);
}

static inline void
signed_contract(struct play *play)
{
	struct house *h = &play->f->house;
	struct contract_link *links;
	size_t count;
	play->answer = T("yes");
	play->firm_code = T("S001");
	must(act_as(h, h->manager, do_open, play));
	must(act_as(h, h->manager, do_answer, play));
	must(act_as(h, h->manager, do_choose, play));
	must(act_as(h, h->manager, do_sign, play));
	LOOK(h, look);
	must(contract_links(&look, play->id, &links, &count));
	assert_int_equal(count, 1);
	play->first = links[0].id;
}

static inline void
ask_below(struct play *play, struct contract_link_id above, const char *code, bool is_found)
{
	struct house *h = &play->f->house;
	play->asking = (struct contract_asking){ .above = above, .firm_code = text_of(code), .firm_name = text_of(code),
						 .work = T("入力"), .place = T("市内の事務所"), .why = T("人手のため"),
						 .since = D(-2), .until = D(30), .is_found = is_found };
	must(act_as(h, h->manager, do_ask, play));
}

static inline void
hand_to(struct play *play, struct contract_link_id link, struct contract_link_id source, const char *class)
{
	play->handing = (struct contract_handing){ .link = link, .source = source, .day = D(-1), .what = T("申請書の一覧"),
						   .class_code = text_of(class), .way = T("person"), .copies = 1,
						   .receipt = T("外村"), .received = D(-1) };
}

#endif
