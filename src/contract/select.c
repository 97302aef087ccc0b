/* Choosing a contractor: candidates, the criteria of the pack, and who was chosen why. */
#include "contract/rooms.h"

enum { TITLE_MOST = 120, WORK_MOST = 1000, NAME_MOST = 120, CANDIDATES_MOST = 50, ANSWERS_MOST = 200,
       SEEN_MOST = 1000 };

struct error *
contract_open(struct act *act, const struct pack *pack, const struct contract_opening *opening,
	      struct contract_id *id)
{
	const struct pack_contracts *rules;
	struct unit unit;
	struct ledger_row row;
	TRY(contract_rules(pack, &rules));
	if (opening->unit.no == 0)
		return reject("unit", "委託を受け持つ所属を選んでください。");
	TRY(people_unit(&act->look, opening->unit, &unit));
	TRY(people_must_hold(act, rules->answers, opening->unit, (struct person_id){ 0 }, NULL));
	TRY(contract_must_say("title", opening->title, TITLE_MOST, say("委託の件名を入力してください。")));
	TRY(contract_must_say("work", opening->work, WORK_MOST, say("委託する内容を入力してください。")));
	if (pack_contract_kind(rules, opening->kind) == NULL)
		return reject("kind", "委託の種類を選んでください。");
	TRY(must_be_class(rules, opening->class_code, true));
	if (opening->system.no != 0)
		TRY(ledger_read(&act->look, pack, opening->system, &row));
	TRY(act_number(act, T("contract"), &id->no));
	TRY(contract_case_add(act, &(struct contract_case_add_in){
					   id->no, opening->unit.no, text_trim(opening->title),
					   text_trim(opening->work), opening->kind, opening->class_code,
					   opening->system.no, act->look.now.ms, act->actor.person }));
	struct contract contract = { .id = *id, .unit = opening->unit };
	return note_contract(act, "contract.open", &contract,
			     (struct fact_pair[]){ { "kind", opening->kind, 0 } }, 1);
}

struct error *
contract_candidate_add(struct act *act, const struct pack *pack, struct contract_id id,
		       struct firm_id firm, struct text name, struct contract_candidate_id *candidate)
{
	const struct pack_contracts *rules;
	struct contract_candidate_rows_row *rows;
	struct contract contract;
	struct firm registered;
	size_t count;
	TRY(contract_rules(pack, &rules));
	TRY(take_contract(act, pack, id, 0, rules->answers, STAGE(CONTRACT_SELECTING), &contract));
	if (firm.no != 0 && !text_is_blank(name))
		return reject("firm-name", "一覧から選ぶか、名前を入力するか、どちらか一方にしてください。");
	if (firm.no != 0) {
		TRY(people_firm(&act->look, firm, &registered));
		name = registered.name;
	}
	TRY(contract_must_say("firm-name", name, NAME_MOST, say("候補の事業者を選ぶか、名前を入力してください。")));
	TRY(contract_candidate_rows(&act->look, &(struct contract_candidate_rows_in){ id.no, CANDIDATES_MOST },
				    &rows, &count));
	if (count >= CANDIDATES_MOST)
		return reject("firm-name", "候補は%d者までです。", CANDIDATES_MOST);
	for (size_t at = 0; at < count; at++)
		if (text_same(rows[at].name, text_trim(name)))
			return reject("firm-name", "その事業者はもう候補に入っています。");
	TRY(act_number(act, T("contract-candidate"), &candidate->no));
	TRY(contract_candidate_insert(act, &(struct contract_candidate_insert_in){
						   candidate->no, id.no, firm.no, text_trim(name),
						   act->look.now.ms }));
	TRY(contract_case_touch(act, &(struct contract_case_touch_in){ id.no }));
	return note_contract(act, "contract.candidate", &contract,
			     (struct fact_pair[]){ { "candidate", { 0 }, candidate->no } }, 1);
}

static bool
is_asked(const struct pack_contract_criterion *criterion, const struct contract *contract)
{
	return criterion->kind.len == 0 || text_same(criterion->kind, contract->kind);
}

struct error *
contract_answers(struct look *look, const struct pack *pack, const struct contract *contract,
		 struct contract_candidate_id candidate, struct contract_answered **list, size_t *count)
{
	const struct pack_contracts *rules;
	struct contract_answer_rows_row *rows;
	size_t got, filled = 0;
	TRY(contract_rules(pack, &rules));
	TRY(contract_answer_rows(look, &(struct contract_answer_rows_in){ candidate.no, ANSWERS_MOST },
				 &rows, &got));
	struct contract_answered *made =
		ARENA_ARRAY(look->arena, struct contract_answered, rules->criteria_count + 1);
	for (size_t at = 0; at < rules->criteria_count; at++) {
		if (!is_asked(&rules->criteria[at], contract))
			continue;
		struct contract_answered *one = &made[filled++];
		one->criterion = &rules->criteria[at];
		one->code = one->criterion->code;
		for (size_t i = 0; i < got; i++)
			if (text_same(rows[i].criterion, one->code)) {
				one->answer = rows[i].answer;
				one->words = rows[i].words;
			}
	}
	*list = made;
	*count = filled;
	return OK;
}

static struct error *
must_be_of(struct look *look, const struct pack *pack, const struct contract *contract,
	   struct contract_candidate_id candidate, struct contract_candidate *found)
{
	struct contract_candidate *list;
	size_t count;
	TRY(contract_candidates(look, pack, contract, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == candidate.no) {
			*found = list[at];
			return OK;
		}
	return reject("candidate", "候補の事業者を選んでください。");
}

static struct error *
answer_one(struct act *act, struct contract_candidate_id candidate, const struct contract_answered *given,
	   const struct contract_answer_rows_row *rows, size_t count)
{
	int64_t id;
	if (given->answer.len == 0 && text_is_blank(given->words))
		return OK;
	if (!text_is(given->answer, "yes") && !text_is(given->answer, "no") && !text_is(given->answer, "na"))
		return reject(text_format(act->look.arena, "answer.%.*s", T_ARG(given->code)).data,
			      "はい・いいえ・該当しないのどれかを選んでください。");
	const char *field = text_format(act->look.arena, "words.%.*s", T_ARG(given->code)).data;
	TRY(contract_must_say(field, given->words, SEEN_MOST, say("何で確かめたかを書いてください（証明書の番号、報告書の名前など）。")));
	for (size_t at = 0; at < count; at++)
		if (text_same(rows[at].criterion, given->code))
			return contract_answer_set(act, &(struct contract_answer_set_in){
								rows[at].id, given->answer,
								text_trim(given->words) });
	TRY(act_number(act, T("contract-answer"), &id));
	return contract_answer_insert(act, &(struct contract_answer_insert_in){
						   id, candidate.no, given->code, given->answer,
						   text_trim(given->words) });
}

struct error *
contract_answer(struct act *act, const struct pack *pack, struct contract_id id,
		const struct contract_answering *answering)
{
	const struct pack_contracts *rules;
	struct contract_answer_rows_row *rows;
	struct contract_candidate candidate;
	struct contract contract;
	size_t count;
	TRY(contract_rules(pack, &rules));
	TRY(take_contract(act, pack, id, 0, rules->answers, STAGE(CONTRACT_SELECTING), &contract));
	TRY(must_be_of(&act->look, pack, &contract, answering->candidate, &candidate));
	TRY(contract_answer_rows(&act->look,
				 &(struct contract_answer_rows_in){ candidate.id.no, ANSWERS_MOST }, &rows,
				 &count));
	struct error *faults = OK;
	for (size_t at = 0; at < answering->count; at++) {
		const struct contract_answered *given = &answering->answers[at];
		if (pack_contract_criterion(rules, given->code) != NULL)
			error_add(&faults, answer_one(act, candidate.id, given, rows, count));
	}
	TRY(faults);
	TRY(contract_case_touch(act, &(struct contract_case_touch_in){ id.no }));
	return note_contract(act, "contract.answer", &contract,
			     (struct fact_pair[]){ { "candidate", { 0 }, candidate.id.no } }, 1);
}

static struct error *
must_be_good(struct look *look, const struct pack *pack, const struct contract *contract,
	     struct contract_candidate_id candidate)
{
	struct contract_answered *answers;
	struct error *faults = OK;
	size_t count;
	TRY(contract_answers(look, pack, contract, candidate, &answers, &count));
	for (size_t at = 0; at < count; at++) {
		const struct pack_contract_criterion *criterion = answers[at].criterion;
		const struct text name = words_now(criterion->name);
		if (answers[at].answer.len == 0)
			error_add(&faults, reject("candidate", "「%.*s」にまだ答えていません。", T_ARG(name)));
		else if (criterion->is_must && !text_is(answers[at].answer, "yes"))
			error_add(&faults, reject("candidate",
							   "「%.*s」を満たさない事業者は選べません。", T_ARG(name)));
	}
	return faults;
}

struct error *
contract_choose(struct act *act, const struct pack *pack, struct contract_id id, int64_t change,
		struct contract_candidate_id given, struct text reason)
{
	const struct pack_contracts *rules;
	struct contract_candidate candidate;
	struct contract contract;
	TRY(contract_rules(pack, &rules));
	TRY(take_contract(act, pack, id, change, rules->answers, STAGE(CONTRACT_SELECTING), &contract));
	TRY(must_be_of(&act->look, pack, &contract, given, &candidate));
	TRY(contract_must_say("reason", reason, CONTRACT_MOST_WORDS, say("選んだ理由を入力してください。")));
	TRY(must_be_good(&act->look, pack, &contract, candidate.id));
	TRY(contract_case_choose(act, &(struct contract_case_choose_in){
					      id.no, candidate.id.no, text_trim(reason), act->look.now.ms }));
	return note_contract(act, "contract.choose", &contract,
			     (struct fact_pair[]){ { "candidate", { 0 }, candidate.id.no } }, 1);
}

struct error *
contract_drop(struct act *act, const struct pack *pack, struct contract_id id, int64_t change,
	      struct text words)
{
	const struct pack_contracts *rules;
	struct contract contract;
	TRY(contract_rules(pack, &rules));
	TRY(take_contract(act, pack, id, change, rules->answers, STAGE(CONTRACT_SELECTING), &contract));
	TRY(contract_must_say("words", words, CONTRACT_MOST_WORDS, say("取りやめる理由を入力してください。")));
	TRY(contract_case_stop(act, &(struct contract_case_stop_in){ id.no, T("dropped"),
								     moment_day(act->look.now).no,
								     text_trim(words) }));
	return note_contract(act, "contract.drop", &contract, NULL, 0);
}
