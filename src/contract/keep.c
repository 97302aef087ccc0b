/* Looking after a contract: confirmations, demands, and its end. */
#include "contract/rooms.h"

enum { HOW_MOST = 200 };

struct error *
contract_confirm(struct act *act, const struct pack *pack, struct contract_id id,
		 const struct contract_checked *checked)
{
	const struct pack_contracts *rules;
	struct contract contract;
	int64_t check;
	TRY(contract_rules(pack, &rules));
	TRY(take_contract(act, pack, id, 0, rules->answers, STAGE(CONTRACT_RUNNING), &contract));
	TRY(must_be_past(act, "day", checked->day));
	TRY(contract_must_say("how", checked->how, HOW_MOST, say("どうやって確かめたかを入力してください（報告書、訪問など）。")));
	TRY(contract_must_say("found", checked->found, CONTRACT_MOST_WORDS, say("確かめた結果を入力してください。")));
	TRY(act_number(act, T("contract-check"), &check));
	TRY(contract_check_add(act, &(struct contract_check_add_in){
					    check, id.no, checked->day.no, text_trim(checked->how),
					    text_trim(checked->found), checked->is_fine, act->actor.person,
					    act->look.now.ms }));
	TRY(contract_case_touch(act, &(struct contract_case_touch_in){ id.no }));
	TRY(row_put(act, pack, id));
	TRY(note_contract(act, "contract.check", &contract,
			  (struct fact_pair[]){ { "on", day_iso(act->look.arena, checked->day), 0 },
						{ "fine", { 0 }, checked->is_fine } },
			  2));
	TRY(contract_read(&act->look, pack, id, &contract));
	return duty_done_by(act, pack,
			    &(struct duty_deed){ .by = "contract.confirm",
						 .unit = contract.unit,
						 .row = contract.row,
						 .on = checked->day,
						 .source = contract_about(act->look.arena, id),
						 .words = text_trim(checked->found) },
			    NULL);
}

static struct error *
check_demanding(struct act *act, const struct pack_contracts *rules,
		const struct contract_demanding *demanding)
{
	struct error *faults = contract_must_say("found", demanding->found, CONTRACT_MOST_WORDS,
					say("何が足りなかったかを入力してください。"));
	error_add(&faults, contract_must_say("wanted", demanding->wanted, CONTRACT_MOST_WORDS,
				    say("何をしてもらうのかを入力してください。")));
	if (demanding->item.len != 0 && pack_contract_item(rules, demanding->item) == NULL)
		error_add(&faults, reject("item", "もとになる契約の要件を選んでください。"));
	if (day_is_none(demanding->due) || demanding->due.no < moment_day(act->look.now).no)
		error_add(&faults, reject("due", "いつまでに直してもらうかを、今日以後の日で入力してください。"));
	return faults;
}

static struct error *
note_demand(struct act *act, const char *what, const struct contract *contract, int64_t demand)
{
	return note_contract(act, what, contract, (struct fact_pair[]){ { "demand", { 0 }, demand } }, 1);
}

struct error *
contract_demand(struct act *act, const struct pack *pack, const struct contract_demanding *demanding,
		struct contract_demand_id *id)
{
	const struct pack_contracts *rules;
	struct contract_link *links;
	struct contract contract;
	struct contract_link_id link = demanding->link;
	bool is_there = false;
	size_t count;
	TRY(contract_rules(pack, &rules));
	TRY(take_contract(act, pack, demanding->id, 0, rules->answers, STAGE(CONTRACT_RUNNING), &contract));
	TRY(check_demanding(act, rules, demanding));
	TRY(contract_links(&act->look, contract.id, &links, &count));
	if (link.no == 0 && count != 0)
		link = links[0].id;
	for (size_t at = 0; at < count; at++)
		is_there |= links[at].id.no == link.no;
	if (!is_there)
		return missing("その委託先は、この委託にありません。");
	TRY(act_number(act, T("contract-demand"), &id->no));
	TRY(contract_demand_add(act, &(struct contract_demand_add_in){
					     id->no, contract.id.no, link.no, text_trim(demanding->found),
					     text_trim(demanding->wanted), demanding->item, demanding->due.no,
					     act->actor.person, act->look.now.ms }));
	TRY(people_tell_role(act, &(struct tell){
				      .role = rules->told,
				      .unit = contract.unit,
				      .about = contract_about(act->look.arena, contract.id),
				      .words = text_format(act->look.arena,
							   say("「%.*s」の委託先に改善を求めました。"),
							   T_ARG(contract.title)),
				      .path = path_of_contract(act->look.arena, contract.id),
				      .subject = say("委託先に改善を求めました") }));
	return note_demand(act, "contract.demand", &contract, id->no);
}

static struct error *
take_demand(struct act *act, const struct pack *pack, struct contract_demand_id id, int64_t change,
	    struct contract *contract)
{
	const struct pack_contracts *rules;
	struct contract_demand_rows_row *rows;
	size_t count;
	TRY(contract_rules(pack, &rules));
	TRY(contract_demand_rows(&act->look, &(struct contract_demand_rows_in){ .id = id.no, .most = 1 }, &rows, &count));
	if (count == 0 || id.no == 0)
		return missing("その改善の求めはありません。");
	TRY(take_contract(act, pack, (struct contract_id){ rows[0].contract }, 0, rules->answers,
			  STAGE(CONTRACT_RUNNING) | STAGE(CONTRACT_ENDED), contract));
	if (rows[0].change != change)
		return conflict("ほかの人が先に手を加えました。開きなおして確かめてください。");
	if (rows[0].settled != 0)
		return conflict("この改善の求めは、もう終わっています。");
	return OK;
}

struct error *
contract_answered(struct act *act, const struct pack *pack, struct contract_demand_id id, int64_t change,
		  struct text words)
{
	struct contract contract;
	TRY(take_demand(act, pack, id, change, &contract));
	TRY(contract_must_say("words", words, CONTRACT_MOST_WORDS, say("委託先の答えを入力してください。")));
	TRY(contract_demand_answer(act, &(struct contract_demand_answer_in){ id.no, act->look.now.ms,
									      text_trim(words) }));
	return note_demand(act, "contract.answered", &contract, id.no);
}

struct error *
contract_settle(struct act *act, const struct pack *pack, struct contract_demand_id id, int64_t change,
		struct text words)
{
	struct contract contract;
	TRY(take_demand(act, pack, id, change, &contract));
	TRY(contract_must_say("words", words, CONTRACT_MOST_WORDS, say("どう確かめて終わりにするのかを入力してください。")));
	TRY(contract_demand_settle(act, &(struct contract_demand_settle_in){
						id.no, act->look.now.ms, act->actor.person, text_trim(words) }));
	return note_demand(act, "contract.settle", &contract, id.no);
}

/* ---- The end ---- */

static struct error *
must_be_gone(const struct contract *contract)
{
	if (contract->open != 0)
		return conflict("渡したままのデータが%lld件あります。一件ずつ、返却か消去を記録してから終えてください。",
				(long long)contract->open);
	if (contract->unverified != 0)
		return conflict("委託先の申告だけのデータが%lld件あります。この分類のデータは、職員が確かめてから終えてください。",
				(long long)contract->unverified);
	return OK;
}

static struct error *
cut_short(struct act *act, const struct contract *contract, struct day day)
{
	struct engagement engagement;
	TRY(people_engagement(&act->look, contract->engagement, &engagement));
	return day.no < engagement.until.no ? people_engagement_until(act, contract->engagement, day) : OK;
}

struct error *
contract_end(struct act *act, const struct pack *pack, struct contract_id id, int64_t change,
	     struct day day, struct text words)
{
	const struct pack_contracts *rules;
	struct contract contract;
	TRY(contract_rules(pack, &rules));
	TRY(take_contract(act, pack, id, change, rules->answers, STAGE(CONTRACT_RUNNING), &contract));
	TRY(must_be_past(act, "day", day));
	if (day.no < contract.since.no && contract.since.no <= moment_day(act->look.now).no)
		return reject("day", "終わりの日が、契約の始まりより前です。");
	TRY(contract_must_say("words", words, CONTRACT_MOST_WORDS, say("どう終わったかを入力してください。")));
	TRY(must_be_gone(&contract));
	if (day.no > contract.until.no)
		day = contract.until;
	TRY(cut_short(act, &contract, day));
	TRY(contract_link_end(act, &(struct contract_link_end_in){ id.no }));
	TRY(contract_case_stop(act, &(struct contract_case_stop_in){ id.no, T("ended"), day.no,
								     text_trim(words) }));
	if (contract.row.no != 0)
		TRY(ledger_retire(act, pack, contract.row, 0, text_of(say("委託が終わりました。"))));
	return note_contract(act, "contract.end", &contract,
			     (struct fact_pair[]){ { "on", day_iso(act->look.arena, day), 0 },
						   { "handovers", { 0 }, contract.handovers },
						   { "claimed", { 0 }, contract.claimed } },
			     3);
}
