/* What stands on いまの状況: what was given out. */
#include "pages/contract_pages.h"
#include "pages/now_pages.h"

static bool
is_of_units(const struct now *now, struct unit_id unit)
{
	for (size_t at = 0; at < now->units_count; at++)
		if (now->units[at].no == unit.no)
			return true;
	return false;
}

static void
put_contract(struct now *now, const struct contract *contract, bool is_red, const char *why, struct day due)
{
	struct visit *visit = now->visit;
	now_put(now, is_red ? NOW_RED : NOW_DO,
		(struct now_line){
			.kind = text_of(say("委託")),
			.all = url_path(visit->arena, "/contracts"),
			.words = contract->title,
			.why = text_of(why),
			.due = due,
			.href = contract_url(visit, contract->id),
		});
}

static struct error *
put_consents(struct now *now, const struct contract *contract)
{
	struct contract_link *links;
	size_t count;
	if (contract->unconsented == 0)
		return OK;
	TRY(contract_links(now->look, contract->id, &links, &count));
	for (size_t at = 0; at < count; at++)
		if (links[at].may_be_consented) {
			put_contract(now, contract, links[at].state == LINK_FOUND,
				     links[at].state == LINK_FOUND ? say("同意のない再委託先が働いています。")
								   : say("再委託に同意するかどうかを決める。"),
				     links[at].since);
			return OK;
		}
	return OK;
}

static struct error *
put_all(struct now *now, const struct contract *contract)
{
	struct contract_rights may;
	bool leads, consents;
	TRY(contract_rights(now->look, now->visit->office->pack, contract, now->visit->session.person, &may));
	if (!may.may_read)
		return OK;
	leads = now->scope == NOW_MINE ? may.may_lead
				       : now->scope == NOW_BODY || is_of_units(now, contract->unit);
	consents = now->scope == NOW_MINE ? may.may_consent : leads;
	if (leads && contract->is_past)
		put_contract(now, contract, true, say("期間が終わりました。データの返却・消去を確かめて終える。"),
			     contract->until);
	if (leads && contract->late_demands != 0)
		put_contract(now, contract, true, say("改善の求めの期限が過ぎています。"), DAY_NONE);
	return consents ? put_consents(now, contract) : OK;
}

struct error *
now_contracts(struct now *now)
{
	const struct pack *pack = now->visit->office->pack;
	struct contract *list;
	size_t count;
	if (pack->contracts == NULL || now->scope == NOW_SYSTEMS)
		return OK;
	TRY(contract_list(now->look, pack, &(struct contract_query){ .is_waiting_only = true },
			  CONTRACT_MOST_LISTED, &list, &count));
	for (size_t at = 0; at < count; at++)
		TRY(put_all(now, &list[at]));
	return OK;
}
