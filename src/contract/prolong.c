/* A contract that lasts longer than it was signed for. */
#include "contract/rooms.h"

enum { PROLONGED_MOST = 50 };

/* Only a contract that lasts can be made to last longer; what was agreed in time may be written down later. */
static struct error *
check_prolonging(struct act *act, const struct contract *contract, const struct contract_prolonging *prolonging)
{
	struct error *faults = must_be_past(act, "agreed", prolonging->agreed);
	error_add(&faults, contract_must_say("words", prolonging->words, CONTRACT_MOST_WORDS,
					     say("延ばす理由を入力してください（変更契約の番号も）。")));
	if (day_is_none(prolonging->until) || prolonging->until.no <= contract->until.no)
		error_add(&faults, reject("until", "新しい終わりの日は、いまの終わりの日(%.*s)より後にしてください。",
					  T_ARG(day_wareki(act->look.arena, contract->until))));
	else if (prolonging->until.no < moment_day(act->look.now).no)
		error_add(&faults, reject("until", "新しい終わりの日が、もう過ぎています。"));
	if (faults != OK)
		return faults;
	if (prolonging->agreed.no > contract->until.no)
		return reject("agreed", "契約は%.*sで終わっているので、その後の変更では延ばせません。委託を終え、新しい委託として始めてください。",
			      T_ARG(day_wareki(act->look.arena, contract->until)));
	if (prolonging->agreed.no < contract->agreed.no)
		return reject("agreed", "変更契約の日が、契約の日より前です。");
	return OK;
}

static struct error *
keep(struct act *act, const struct contract *contract, const struct contract_prolonging *prolonging)
{
	int64_t id;
	TRY(act_number(act, T("contract-prolonging"), &id));
	TRY(contract_prolonging_add(act, &(struct contract_prolonging_add_in){
						 id, contract->id.no, contract->until.no, prolonging->until.no,
						 prolonging->agreed.no, text_trim(prolonging->words),
						 act->actor.person, act->actor.role, act->look.now.ms }));
	TRY(contract_link_prolong(act, &(struct contract_link_prolong_in){ contract->id.no,
									   prolonging->until.no }));
	return contract_case_prolong(act, &(struct contract_case_prolong_in){ contract->id.no,
									      prolonging->until.no });
}

struct error *
contract_prolong(struct act *act, const struct pack *pack, const struct contract_prolonging *prolonging)
{
	const struct pack_contracts *rules;
	struct contract contract;
	TRY(contract_rules(pack, &rules));
	TRY(contract_read(&act->look, pack, prolonging->id, &contract));
	if (contract.stage == CONTRACT_ENDED)
		return conflict("この委託は終わっているので、延ばせません。続けるときは、新しい委託として始めてください。");
	TRY(take_contract(act, pack, prolonging->id, prolonging->change, rules->answers, STAGE(CONTRACT_RUNNING),
			  &contract));
	TRY(check_prolonging(act, &contract, prolonging));
	TRY(people_engagement_until(act, contract.engagement, prolonging->until));
	TRY(keep(act, &contract, prolonging));
	TRY(row_put(act, pack, contract.id));
	return note_contract(act, "contract.prolong", &contract,
			     (struct fact_pair[]){ { "was", day_iso(act->look.arena, contract.until), 0 },
						   { "until", day_iso(act->look.arena, prolonging->until), 0 },
						   { "agreed", day_iso(act->look.arena, prolonging->agreed), 0 } },
			     3);
}

struct error *
contract_prolonged(struct look *look, struct contract_id id, struct contract_prolonging **list, size_t *count)
{
	struct contract_prolonging_rows_row *rows;
	TRY(contract_prolonging_rows(look, &(struct contract_prolonging_rows_in){ id.no, PROLONGED_MOST }, &rows,
				     count));
	*list = ARENA_ARRAY(look->arena, struct contract_prolonging, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*list)[at] = (struct contract_prolonging){
			.id = id,
			.was = { rows[at].was },
			.until = { rows[at].until },
			.agreed = { rows[at].agreed },
			.words = rows[at].words,
			.name = rows[at].person_name,
		};
	return OK;
}
