/* The contract itself: every item there or with a reason, and what room people knows of it from then on. */
#include "contract/rooms.h"

enum { NUMBER_MOST = 80, PLACE_MOST = 500, WHERE_MOST = 500 };

static struct error *
check_item(const struct pack_contract_item *item, const struct contract_said *said, struct arena *arena)
{
	const char *field = text_format(arena, "item.%.*s", T_ARG(item->code)).data;
	const struct text name = words_now(item->name);
	if (said == NULL || !said->is_answered)
		return reject(field, "「%.*s」が契約にあるかどうかを選んでください。", T_ARG(name));
	if (said->is_present)
		return contract_must_say(field, said->words, WHERE_MOST, NULL);
	if (item->is_must)
		return reject(field, "「%.*s」のない契約は結べません。契約書に加えてください。", T_ARG(name));
	return contract_must_say(field, said->words, WHERE_MOST,
			text_format(arena, say("「%.*s」を明記しない理由を入力してください。"), T_ARG(name)).data);
}

static const struct contract_said *
said_of(const struct contract_signing *signing, struct text code)
{
	for (size_t at = 0; at < signing->items_count; at++)
		if (text_same(signing->items[at].code, code))
			return &signing->items[at];
	return NULL;
}

static struct error *
check_signing(struct act *act, const struct pack_contracts *rules, const struct contract_signing *signing)
{
	struct error *faults = contract_must_say("number", signing->number, NUMBER_MOST,
					say("契約の番号を入力してください。"));
	error_add(&faults, must_be_past(act, "agreed", signing->agreed));
	error_add(&faults, contract_must_say("place", signing->place, PLACE_MOST, say("作業する場所を入力してください。")));
	for (size_t at = 0; at < rules->items_count; at++)
		error_add(&faults, check_item(&rules->items[at], said_of(signing, rules->items[at].code),
					      act->look.arena));
	return faults;
}

static struct error *
items_keep(struct act *act, const struct pack_contracts *rules, const struct contract_signing *signing)
{
	for (size_t at = 0; at < rules->items_count; at++) {
		const struct contract_said *said = said_of(signing, rules->items[at].code);
		int64_t id;
		TRY(act_number(act, T("contract-item"), &id));
		TRY(contract_item_insert(act, &(struct contract_item_insert_in){
						      id, signing->id.no, said->code, said->is_present,
						      text_trim(said->words) }));
	}
	return OK;
}

/* Who was chosen, registered now if it is not yet. */
static struct error *
chosen_firm(struct act *act, const struct pack *pack, const struct contract *contract,
	    struct text code, struct firm_id *firm)
{
	struct contract_candidate *list;
	size_t count;
	TRY(contract_candidates(&act->look, pack, contract, &list, &count));
	for (size_t at = 0; at < count; at++) {
		if (!list[at].is_chosen)
			continue;
		TRY(firm_of(act, list[at].firm, code, list[at].name, firm));
		return list[at].firm.no == firm->no
			       ? OK
			       : contract_candidate_firm(act, &(struct contract_candidate_firm_in){
								      list[at].id.no, firm->no });
	}
	return conflict("先に、選定で事業者を選んでください。");
}

struct error *
contract_sign(struct act *act, const struct pack *pack, const struct contract_signing *signing)
{
	const struct pack_contracts *rules;
	struct engagement_id engagement;
	struct contract contract;
	struct firm_id firm;
	int64_t link;
	TRY(contract_rules(pack, &rules));
	TRY(take_contract(act, pack, signing->id, signing->change, rules->answers,
			  STAGE(CONTRACT_SELECTING), &contract));
	TRY(check_signing(act, rules, signing));
	TRY(chosen_firm(act, pack, &contract, signing->firm_code, &firm));
	TRY(people_engagement_add(act, &(struct engagement){ .firm = firm, .unit = contract.unit,
							     .work = contract.title,
							     .basis = text_trim(signing->number),
							     .agreed = signing->agreed, .since = signing->since,
							     .until = signing->until },
				  &engagement));
	TRY(items_keep(act, rules, signing));
	TRY(act_number(act, T("contract-link"), &link));
	TRY(contract_link_add(act, &(struct contract_link_add_in){
					   link, contract.id.no, 0, firm.no, contract.work,
					   text_trim(signing->place), T("consented"), signing->since.no,
					   signing->until.no, act->look.now.ms, T(""), act->look.now.ms,
					   act->actor.person, act->actor.role, engagement.no }));
	TRY(contract_case_sign(act, &(struct contract_case_sign_in){
					    contract.id.no, text_trim(signing->number), signing->agreed.no,
					    signing->since.no, signing->until.no, engagement.no }));
	TRY(row_put(act, pack, contract.id));
	return note_contract(act, "contract.sign", &contract,
			     (struct fact_pair[]){ { "since", day_iso(act->look.arena, signing->since), 0 },
						   { "until", day_iso(act->look.arena, signing->until), 0 } },
			     2);
}

struct error *
contract_explain(struct act *act, const struct pack *pack, struct contract_id id, struct day day,
		 struct text words)
{
	const struct pack_contracts *rules;
	struct contract contract;
	TRY(contract_rules(pack, &rules));
	TRY(take_contract(act, pack, id, 0, rules->answers, STAGE(CONTRACT_RUNNING), &contract));
	TRY(must_be_past(act, "day", day));
	TRY(contract_must_say("words", words, CONTRACT_MOST_WORDS, say("だれに、何を使って説明したかを入力してください。")));
	TRY(contract_case_explained(act, &(struct contract_case_explained_in){ id.no, day.no, text_trim(words) }));
	TRY(row_put(act, pack, id));
	return note_contract(act, "contract.explain", &contract,
			     (struct fact_pair[]){ { "on", day_iso(act->look.arena, day), 0 } }, 1);
}
