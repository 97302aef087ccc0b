/* Work given out: what room contract counts, said for a rule. */
#include "contract/contract.h"

#include "assure/record.h"
#include "assure/rooms.h"

enum { CONTRACT_YEAR_DAYS = 366 };

static const struct {
	const char *none, *good, *due, *late;
} said[CONTRACTS_PARTS] = {
	[CONTRACTS_SELECTED] = { N_("契約中の委託が、まだ一件も登録されていません。"),
				 N_("契約中の委託は、すべて基準に照らして選んだ記録があります(%lld件)。"), "", "" },
	[CONTRACTS_SIGNED] = { N_("契約中の委託が、まだ一件も登録されていません。"),
			       N_("契約中の委託は、要件ごとに明記か理由の記録があります(%lld件)。"), "", "" },
	[CONTRACTS_EXPLAINED] = { N_("契約中の委託が、まだ一件も登録されていません。"),
				  N_("守るべき内容を、すべての委託先に説明した記録があります(%lld件)。"),
				  N_("守るべき内容をまだ説明していない委託が%lld件あります。"),
				  N_("守るべき内容を説明しないまま30日を過ぎた委託が%lld件あります。") },
	[CONTRACTS_LINKED] = { N_("再委託の記録がまだありません。"), N_("再委託には、すべて同意の記録があります(%lld件)。"),
			       N_("同意を求められている再委託が%lld件あります。"), N_("同意のないまま働いている再委託先が%lld者あります。") },
	[CONTRACTS_NAMED] = { N_("従事者の届け出がまだありません。"),
			      N_("従事者には、すべて同意・誓約・教育の記録があります(%lld人)。"),
			      N_("これから従事する人のうち%lld人は、同意・誓約・教育がそろっていません。"),
			      N_("同意・誓約・教育のそろわないまま従事の日が来た人が%lld人います。") },
	[CONTRACTS_CHECKED] = { N_("契約中の委託が、まだ一件も登録されていません。"),
				N_("契約中の委託は、すべて期限内に確かめています(%lld件)。"),
				N_("これから確かめる委託が%lld件あります。"), N_("確かめる期限を過ぎた委託が%lld件あります。") },
	[CONTRACTS_HANDED] = { N_("データの受け渡しの記録がまだありません。"), N_("渡したデータには、すべて受領の記録があります(%lld件)。"),
			       N_("受領の記録を待っているデータが%lld件あります。"),
			       N_("渡して7日を過ぎても受領の記録がないデータが%lld件あります。") },
	[CONTRACTS_GONE] = { N_("終わった委託がまだありません。"),
			     N_("終わった委託のデータは、すべて職員が返却・消去を確かめています(%lld件)。"), "",
			     N_("期間が終わったのに、データの返却・消去を確かめて終えていない委託が%lld件あります。") },
	[CONTRACTS_DEMANDED] = { N_("委託先に改善を求めた記録がまだありません。"), N_("求めた改善は、すべて確かめて終えています(%lld件)。"),
				 N_("期限の来ていない改善の求めが%lld件あります。"), N_("期限を過ぎた改善の求めが%lld件あります。") },
	[CONTRACTS_SERVED] = { N_("サービスの台帳に行がまだありません。"),
			       N_("サービスの台帳に、決まりに合わないものはありません(%lld件)。"), "",
			       N_("サービスの台帳に、決まりに合わないものが%lld件あります。") },
};

/* A count in a sentence that is chosen at run time. */
static struct text
text_counted(struct arena *into, const char *words, int64_t count)
{
	return text_replace(into, text_of(words), T("%lld"), text_number(into, count));
}

struct error *
contracts_rule(const struct evaluating *evaluating, const struct pack_evidence *rule,
	       struct assured_rule *answer)
{
	struct arena *arena = evaluating->look->arena;
	const enum contract_part part = rule->contracts;
	struct contract_stand stand;
	int64_t days = 0;
	bool knows;
	TRY(store_has_step(evaluating->look, T("contract"), 1, &knows));
	if (!knows) /* a store of an earlier Bansho */
		return answer_with(answer, STATE_MISSING, text_of(say(said[part].none)));
	if (part == CONTRACTS_CHECKED)
		TRY(within_days(evaluating, rule, CONTRACT_YEAR_DAYS, &days));
	TRY(contract_stands(evaluating->look, evaluating->flow->pack, part, days, &stand));
	answer->all = stand.all;
	answer->good = stand.good;
	if (stand.late != 0)
		TRY(answer_with(answer, STATE_LATE, text_counted(arena, say(said[part].late), stand.late)));
	else if (stand.all == 0)
		TRY(answer_with(answer, STATE_MISSING, text_of(say(said[part].none))));
	else if (stand.due != 0)
		TRY(answer_with(answer, STATE_DUE, text_counted(arena, say(said[part].due), stand.due)));
	else if (stand.claimed != 0)
		TRY(answer_with(answer, STATE_CLAIMED,
				text_format(arena, say("終わった委託のうち%lld件は、データの消去が委託先の申告だけです。"),
					    (long long)stand.claimed)));
	else
		TRY(answer_with(answer, STATE_FULFILLED, text_counted(arena, say(said[part].good), stand.good)));
	if (rule->is_partial && (answer->state == STATE_FULFILLED || answer->state == STATE_DUE))
		answer->state = STATE_CLAIMED;
	return OK;
}

/* ---- Findings ---- */

enum { CAUSES_MOST = 4000 };

/* The clause under which such a finding stands: the first that a rule about it names. */
static const struct assured *
clause_for(const struct pack *pack, const struct assurance *assurance, enum contract_part part)
{
	for (size_t at = 0; at < pack->evidence_count; at++) {
		const struct pack_evidence *rule = &pack->evidence[at];
		if (rule->kind != EVIDENCE_CONTRACTS || rule->contracts != part || rule->clauses_count == 0)
			continue;
		for (size_t i = 0; i < assurance->count; i++)
			if (assurance->clauses[i].clause == rule->clauses[0])
				return &assurance->clauses[i];
	}
	return NULL;
}

struct finding_more {
	const struct pack *pack;
	const struct assurance *assurance;
	struct causes *causes;
};

static void
add(const struct finding_more *more, enum contract_part part, struct unit_id unit, struct text about,
    struct text why)
{
	const struct assured *assured = clause_for(more->pack, more->assurance, part);
	if (assured == NULL)
		return;
	more->causes->list[more->causes->count++] = (struct cause){
		.kind = ASSURE_CONTRACT,
		.assured = assured,
		.about = about,
		.why = why,
		.role = more->pack->contracts->answers,
		.unit = unit,
	};
}

static struct error *
add_contract(struct look *look, const struct finding_more *more, const struct contract *contract,
	     size_t most)
{
	struct contract_link *links;
	size_t count;
	if (contract->is_past)
		add(more, CONTRACTS_GONE, contract->unit, contract_about(look->arena, contract->id),
		    contract->unverified == 0
			    ? text_format(look->arena, say("「%.*s」の期間が終わりましたが、委託を終えていません。"),
					  T_ARG(contract->title))
			    : text_format(look->arena, say("「%.*s」の期間が終わりましたが、データ%lld件の返却・消去を確かめて終えていません。"),
					  T_ARG(contract->title), (long long)contract->unverified));
	if (contract->found == 0)
		return OK;
	TRY(contract_links(look, contract->id, &links, &count));
	for (size_t at = 0; at < count && more->causes->count < most; at++)
		if (links[at].state == LINK_FOUND)
			add(more, CONTRACTS_LINKED, contract->unit,
			    text_format(look->arena, "contract-link:%lld", (long long)links[at].id.no),
			    text_format(look->arena, say("「%.*s」で、%.*sが同意のないまま働いています。"),
					T_ARG(contract->title), T_ARG(links[at].firm_name)));
	return OK;
}

struct error *
causes_of_contracts(struct look *look, const struct flow *flow, const struct assurance *assurance,
		    struct causes *causes)
{
	const struct finding_more more = { flow->pack, assurance, causes };
	const size_t most = causes->count + CAUSES_MOST;
	struct contract_demand *demands;
	struct contract *list;
	struct cause *longer;
	size_t count;
	bool knows;
	TRY(store_has_step(look, T("contract"), 1, &knows));
	if (!knows || flow->pack->contracts == NULL)
		return OK;
	longer = ARENA_ARRAY(look->arena, struct cause, most + 2);
	for (size_t at = 0; at < causes->count; at++)
		longer[at] = causes->list[at];
	causes->list = longer;
	TRY(contract_list(look, flow->pack,
			  &(struct contract_query){ .is_waiting_only = true },
			  CONTRACT_MOST_LISTED, &list, &count));
	for (size_t at = 0; at < count && causes->count < most; at++)
		TRY(add_contract(look, &more, &list[at], most));
	TRY(contract_demands(look, flow->pack, (struct contract_id){ 0 }, &demands, &count));
	for (size_t at = 0; at < count && causes->count < most; at++)
		if (demands[at].is_late)
			add(&more, CONTRACTS_DEMANDED, demands[at].unit,
			    text_format(look->arena, "contract-demand:%lld", (long long)demands[at].id.no),
			    text_format(look->arena, say("「%.*s」の委託先に求めた改善が、%.*sの期限を過ぎています。"),
					T_ARG(demands[at].contract_title),
					T_ARG(day_wareki(look->arena, demands[at].due))));
	return OK;
}
