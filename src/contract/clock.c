/* Telling: a contract that ends with data still out there, one past its day, a demand past its day. */
#include "contract/rooms.h"

static const struct actor the_clock = { .through = T_INIT("clock") };

enum { MOST = 5000 };

struct reminding {
	const struct flow *flow;
	struct contract_id contract;
	struct contract_demand_id demand; /* no 0: about the contract's end */
	int64_t before;		 /* days */
	bool has_told;
};

static struct text
end_words(struct arena *arena, const struct contract *contract)
{
	const struct text until = day_wareki(arena, contract->until);
	if (contract->is_past && contract->unverified == 0)
		return text_format(arena, say("「%.*s」は%.*sで終わりました。渡したままのデータはないので、委託を終えてください。"),
				   T_ARG(contract->title), T_ARG(until));
	return text_format(arena,
			   contract->is_past
				   ? say("「%.*s」は%.*sで終わりました。データ%lld件の返却・消去を確かめて、委託を終えてください。")
				   : say("「%.*s」は%.*sで終わります。渡したままのデータは%lld件です。"),
			   T_ARG(contract->title), T_ARG(until), (long long)contract->unverified);
}

static struct error *
remind_of_end(struct act *act, struct reminding *reminding, const struct contract *contract)
{
	struct arena *arena = act->look.arena;
	TRY(people_tell_role(act, &(struct tell){ .role = reminding->flow->pack->contracts->answers,
					      .unit = contract->unit,
					      .about = contract_about(arena, contract->id),
					      .words = end_words(arena, contract),
					      .path = path_of_contract(arena, contract->id),
					      .subject = say("委託の終わりについて") }));
	return contract_case_told(act, &(struct contract_case_told_in){ contract->id.no, act->look.now.ms });
}

static struct error *
remind_of_demand(struct act *act, struct reminding *reminding, const struct contract *contract)
{
	struct arena *arena = act->look.arena;
	TRY(people_tell_role(act, &(struct tell){
				      .role = reminding->flow->pack->contracts->answers,
				      .unit = contract->unit,
				      .about = contract_about(arena, contract->id),
				      .words = text_format(arena, say("「%.*s」の委託先に求めた改善が、期限を過ぎています。"),
							   T_ARG(contract->title)),
				      .path = path_of_contract(arena, contract->id),
				      .subject = say("委託先への改善の求めについて") }));
	return contract_demand_told(act, &(struct contract_demand_told_in){ reminding->demand.no,
									      act->look.now.ms });
}

static struct error *
remind_act(struct act *act, void *with)
{
	struct reminding *reminding = with;
	struct contract contract;
	TRY(contract_read(&act->look, reminding->flow->pack, reminding->contract, &contract));
	if (reminding->demand.no != 0)
		TRY(remind_of_demand(act, reminding, &contract));
	else
		TRY(remind_of_end(act, reminding, &contract));
	reminding->has_told = true;
	return note_contract(act, "contract.remind", &contract,
			     (struct fact_pair[]){ { "demand", { 0 }, reminding->demand.no } }, 1);
}

/* Once before its last day, and once after it. */
static bool
is_to_tell(const struct contract_running_row *row, struct day today, int64_t before)
{
	if (row->until < today.no)
		return row->told < day_begin((struct day){ row->until + 1 }).ms;
	return row->told == 0 && row->until - before <= today.no;
}

static struct error *
days_before(struct look *look, const struct pack *pack, int64_t *before)
{
	const struct pack_parameter *remind = pack->contracts->remind;
	*before = CONTRACT_REMIND_DAYS;
	if (remind == NULL)
		return OK;
	return people_parameter(look, pack, text_z(look->arena, remind->code), CONTRACT_REMIND_DAYS, before);
}

struct error *
contract_clock(struct store *store, struct arena *arena, const struct flow *flow,
	       struct contract_done *done)
{
	struct contract_running_row *rows;
	struct contract_demand_rows_row *demands;
	struct reminding reminding = { .flow = flow };
	size_t count, demands_count;
	struct day today;
	*done = (struct contract_done){ 0 };
	if (flow->pack->contracts == NULL)
		return OK;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(store, arena, &look));
		today = moment_day(look.now);
		TRY(days_before(&look, flow->pack, &reminding.before));
		TRY(contract_running(&look, &(struct contract_running_in){ MOST }, &rows, &count));
		TRY(contract_demand_rows(&look, &(struct contract_demand_rows_in){ .is_open = 1, .most = MOST }, &demands,
					 &demands_count));
	}
	for (size_t at = 0; at < count; at++) {
		if (!is_to_tell(&rows[at], today, reminding.before))
			continue;
		reminding.contract.no = rows[at].id;
		TRY(store_act(store, arena, &the_clock, remind_act, &reminding));
		done->reminded++;
	}
	for (size_t at = 0; at < demands_count; at++) {
		if (demands[at].due >= today.no || demands[at].told != 0)
			continue;
		reminding.contract.no = demands[at].contract;
		reminding.demand.no = demands[at].id;
		TRY(store_act(store, arena, &the_clock, remind_act, &reminding));
		done->reminded++;
	}
	return OK;
}
