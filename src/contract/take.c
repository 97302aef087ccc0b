/* What every act here asks first: is it there, may they, is it as they saw it. */
#include "contract/rooms.h"

struct error *
contract_rules(const struct pack *pack, const struct pack_contracts **rules)
{
	if (pack->contracts == NULL)
		return missing("この団体の方針には委託の決まり（contracts.yaml）がありません。");
	*rules = pack->contracts;
	return OK;
}

struct error *
contract_must_say(const char *field, struct text words, int64_t most, const char *empty)
{
	if (empty != NULL && text_is_blank(words))
		return reject(field, "%s", empty);
	if ((int64_t)text_count(words) > most) /* of a field, far below 2^63 */
		return reject(field, "%lld文字までにしてください。", (long long)most);
	return OK;
}

struct error *
must_be_past(struct act *act, const char *field, struct day day)
{
	if (day_is_none(day))
		return reject(field, "日を入力してください。");
	if (day.no > moment_day(act->look.now).no)
		return reject(field, "その日はまだ来ていません。今日までの日を入力してください。");
	return OK;
}

struct error *
must_be_class(const struct pack_contracts *rules, struct text code, bool is_needed)
{
	if (rules->axis == NULL || (code.len == 0 && !is_needed))
		return OK;
	if (axis_value(rules->axis, code) == NULL)
		return reject("class", "情報の分類を選んでください。");
	return OK;
}

struct error *
take_contract(struct act *act, const struct pack *pack, struct contract_id id, int64_t change,
	      const struct pack_role *role, unsigned stages, struct contract *contract)
{
	const struct pack_contracts *rules;
	TRY(contract_rules(pack, &rules));
	TRY(contract_read(&act->look, pack, id, contract));
	TRY(people_must_hold(act, role, contract->unit, (struct person_id){ 0 }, NULL));
	if (change != 0 && contract->change != change)
		return conflict("ほかの人が先に手を加えました。開きなおして確かめてください。");
	if ((stages & STAGE(contract->stage)) == 0)
		return conflict("この委託はいま「%s」なので、これはできません。",
				contract_stage_words(contract->stage));
	return OK;
}

struct error *
note_contract(struct act *act, const char *what, const struct contract *contract,
	      const struct fact_pair *pairs, size_t count)
{
	struct arena *arena = act->look.arena;
	struct fact fact = { .act = what,
			     .about = { contract_about(arena, contract->id),
					people_about_unit(arena, contract->unit) } };
	for (size_t at = 0; at < count && at < FACT_MOST_PAIRS; at++)
		fact.pairs[at] = pairs[at];
	return act_note(act, &fact);
}
