/* Data that went over, until it is back or gone: said by the firm, or seen by somebody of the body. */
#include "contract/rooms.h"

enum { WHAT_MOST = 400, SERIAL_MOST = 80, RECEIPT_MOST = 200, FILE_NAME_MOST = 200, ROWS_MOST = 20000 };

/* The highest value stands first in an axis. A class nobody gave counts as the highest. */
bool
class_wants_proof(const struct pack_contracts *rules, struct text class_code)
{
	if (rules == NULL || rules->axis == NULL || rules->verified == NULL)
		return false;
	const struct pack_class *value = axis_value(rules->axis, class_code);
	return value == NULL || value <= rules->verified;
}

static struct contract_handover
handover_from(const struct pack *pack, const struct contract_handover_rows_row *row)
{
	struct contract_handover made = {
		.id = { row->id },
		.contract = { row->contract },
		.link = { row->link },
		.source = { row->source },
		.firm_name = row->firm_name,
		.source_name = row->source_name,
		.day = { row->day },
		.what = row->what,
		.class_code = row->class,
		.way = row->way,
		.serial = row->serial,
		.copies = row->copies,
		.is_test = row->is_test != 0,
		.file = row->file,
		.file_name = row->file_name,
		.receipt = row->receipt,
		.received = contract_day(row->received),
		.claimed = contract_day(row->claimed),
		.verified = contract_day(row->verified),
		.claim = row->claim,
		.certificate = row->certificate,
		.certificate_name = row->certificate_name,
		.verify = row->verify,
		.verifier_name = row->verifier_name,
		.must_be_verified = class_wants_proof(pack->contracts, row->class),
		.change = row->change,
	};
	for (int state = 0; state < HANDOVER_STATES; state++)
		if (text_is(row->state, contract_handover_state_name((enum contract_handover_state)state)))
			made.state = (enum contract_handover_state)state;
	(void)contract_handover_end_read(row->how, &made.end);
	made.is_closed = made.state == HANDOVER_VERIFIED ||
			 (made.state == HANDOVER_CLAIMED && !made.must_be_verified);
	return made;
}

struct error *
contract_handovers(struct look *look, const struct pack *pack, struct contract_id id,
		   struct contract_handover **list, size_t *count)
{
	struct contract_handover_rows_row *rows;
	size_t got;
	TRY(contract_handover_rows(look, &(struct contract_handover_rows_in){ id.no, 0, ROWS_MOST }, &rows,
				   &got));
	struct contract_handover *made = ARENA_ARRAY(look->arena, struct contract_handover, got + 1);
	for (size_t at = 0; at < got; at++)
		made[at] = handover_from(pack, &rows[at]);
	*list = made;
	*count = got;
	return OK;
}

struct error *
contract_handover_read(struct look *look, const struct pack *pack, struct contract_handover_id id, struct contract_handover *handover)
{
	struct contract_handover_rows_row *rows;
	size_t count;
	TRY(contract_handover_rows(look, &(struct contract_handover_rows_in){ 0, id.no, 1 }, &rows, &count));
	if (count == 0 || id.no == 0)
		return missing("そのデータの記録はありません。");
	*handover = handover_from(pack, &rows[0]);
	return OK;
}

static struct error *
note_handover(struct act *act, const char *what, const struct contract *contract, struct contract_handover_id id,
	      struct text file)
{
	struct arena *arena = act->look.arena;
	struct fact fact = { .act = what,
			     .about = { about_handover(arena, id), contract_about(arena, contract->id),
					people_about_unit(arena, contract->unit) } };
	if (file.len != 0)
		fact.pairs[0] = (struct fact_pair){ "sha256", file, 0 };
	return act_note(act, &fact);
}

static bool
is_digest(struct text hex)
{
	static const size_t of_sha256 = 64;
	for (size_t at = 0; at < hex.len; at++)
		if (!((hex.data[at] >= '0' && hex.data[at] <= '9') || (hex.data[at] >= 'a' && hex.data[at] <= 'f')))
			return false;
	return hex.len == of_sha256;
}

/* `empty` NULL: nothing was received yet. */
static struct error *
check_receipt(struct act *act, const char *empty, struct day handed, struct day received, struct text words)
{
	if (empty == NULL)
		return OK;
	struct error *faults = contract_must_say("receipt", words, RECEIPT_MOST, empty);
	error_add(&faults, must_be_past(act, "received", received));
	if (faults == OK && received.no < handed.no)
		return reject("received", "受け取った日が、渡した日より前です。");
	return faults;
}

static struct error *
check_handing(struct act *act, const struct pack_contracts *rules, const struct contract_handing *handing)
{
	struct error *faults = contract_must_say("what", handing->what, WHAT_MOST, say("何を渡したかを入力してください。"));
	error_add(&faults, must_be_past(act, "day", handing->day));
	error_add(&faults, must_be_class(rules, handing->class_code, true));
	if (pack_contract_way(rules, handing->way) == NULL)
		error_add(&faults, reject("way", "渡した方法を選んでください。"));
	if (handing->copies < 1 || handing->copies > CONTRACT_MOST_COPIES)
		error_add(&faults, reject("copies", "数は1から%dまでで入力してください。", CONTRACT_MOST_COPIES));
	error_add(&faults, contract_must_say("serial", handing->serial, SERIAL_MOST, NULL));
	if (handing->file.len != 0 && !is_digest(handing->file))
		error_add(&faults, reject("file", "SHA-256は、0から9とaからfの64文字で入力してください。"));
	error_add(&faults, contract_must_say("file-name", handing->file_name, FILE_NAME_MOST, NULL));
	const bool is_received = !text_is_blank(handing->receipt) || !day_is_none(handing->received);
	error_add(&faults, check_receipt(act, is_received ? say("受け取った人と受領書の番号を入力してください。") : NULL,
					 handing->day, handing->received, handing->receipt));
	return faults;
}

/* The body hands nothing to a firm that nobody consented to; what such a firm holds already is written down. */
static struct error *
check_links(struct act *act, const struct contract *contract, const struct contract_handing *handing)
{
	struct contract_link link, source;
	TRY(contract_link_read(&act->look, handing->link, &link));
	if (link.contract.no != contract->id.no)
		return missing("その委託先は、この委託にありません。");
	if (handing->source.no == 0 && link.state != LINK_CONSENTED)
		return refuse("「%.*s」への再委託には同意していません。データを渡すことはできません。", T_ARG(link.firm_name));
	if (handing->source.no == 0 && handing->day.no > link.until.no)
		return reject("day", "「%.*s」に任せる期間は%.*sまでです。その後にデータを渡すことはできません。",
			      T_ARG(link.firm_name), T_ARG(day_wareki(act->look.arena, link.until)));
	if (handing->source.no == 0)
		return OK;
	if (handing->source.no == handing->link.no)
		return reject("source", "渡した人と受け取った人が同じです。");
	TRY(contract_link_read(&act->look, handing->source, &source));
	return source.contract.no == contract->id.no ? OK
						      : missing("その委託先は、この委託にありません。");
}

struct error *
contract_hand(struct act *act, const struct pack *pack, const struct contract_handing *handing,
	      struct contract_handover_id *id)
{
	const struct pack_contracts *rules;
	struct contract contract;
	TRY(contract_rules(pack, &rules));
	TRY(take_contract(act, pack, handing->id, 0, rules->answers, STAGE(CONTRACT_RUNNING), &contract));
	TRY(check_handing(act, rules, handing));
	TRY(check_links(act, &contract, handing));
	const bool is_received = !text_is_blank(handing->receipt);
	TRY(act_number(act, T("contract-handover"), &id->no));
	TRY(contract_handover_add(act, &(struct contract_handover_add_in){
					       .id = id->no,
					       .contract = contract.id.no,
					       .link = handing->link.no,
					       .source = handing->source.no,
					       .day = handing->day.no,
					       .what = text_trim(handing->what),
					       .class = handing->class_code,
					       .way = handing->way,
					       .copies = handing->copies,
					       .is_test = handing->is_test,
					       .serial = text_trim(handing->serial),
					       .file = handing->file,
					       .file_name = handing->file_name,
					       .receipt = is_received ? text_trim(handing->receipt) : T(""),
					       .received = is_received ? handing->received.no : 0,
					       .maker = act->actor.person,
					       .made = act->look.now.ms,
				       }));
	return note_handover(act, "contract.hand", &contract, *id, handing->file);
}

static struct error *
take_handover(struct act *act, const struct pack *pack, struct contract_handover_id id, int64_t change,
	      const struct pack_role *role, struct contract_handover *handover, struct contract *contract)
{
	TRY(contract_handover_read(&act->look, pack, id, handover));
	TRY(take_contract(act, pack, handover->contract, 0, role, STAGE(CONTRACT_RUNNING), contract));
	if (handover->change != change)
		return conflict("ほかの人が先に手を加えました。開きなおして確かめてください。");
	return OK;
}

struct error *
contract_receive(struct act *act, const struct pack *pack, struct contract_handover_id id, int64_t change,
		 struct day day, struct text words)
{
	const struct pack_contracts *rules;
	struct contract_handover handover;
	struct contract contract;
	TRY(contract_rules(pack, &rules));
	TRY(take_handover(act, pack, id, change, rules->answers, &handover, &contract));
	if (handover.receipt.len != 0)
		return conflict("受領はもう記録されています。");
	TRY(check_receipt(act, say("受け取った人と受領書の番号を入力してください。"), handover.day, day, words));
	TRY(contract_handover_receive(act, &(struct contract_handover_receive_in){ id.no, day.no,
										    text_trim(words) }));
	return note_handover(act, "contract.receive", &contract, id, T(""));
}

static struct error *
check_closing(struct act *act, const struct contract_handover *handover, const struct contract_closing *closing,
	      const char *ask)
{
	if (closing->end >= HANDOVER_ENDS)
		return reject("end", "返却か消去かを選んでください。");
	TRY(must_be_past(act, "day", closing->day));
	if (closing->day.no < handover->day.no)
		return reject("day", "その日は、渡した日より前です。");
	return contract_must_say("words", closing->words, CONTRACT_MOST_WORDS, ask);
}

struct error *
contract_claim(struct act *act, const struct pack *pack, const struct contract_closing *closing)
{
	const struct pack_contracts *rules;
	struct contract_handover handover;
	struct contract contract;
	TRY(contract_rules(pack, &rules));
	TRY(take_handover(act, pack, closing->id, closing->change, rules->answers, &handover, &contract));
	if (handover.state != HANDOVER_OPEN)
		return conflict("このデータはもう「%s」になっています。", contract_handover_state_words(handover.state));
	TRY(check_closing(act, &handover, closing, say("だれが、どう申告したかを入力してください（証明書の番号など）。")));
	TRY(contract_handover_claim(act, &(struct contract_handover_claim_in){
						 closing->id.no, text_of(contract_handover_end_name(closing->end)),
						 closing->day.no, text_trim(closing->words), closing->file,
						 closing->file_name }));
	return note_handover(act, "contract.claim", &contract, closing->id, closing->file);
}

static struct error *
must_be_of_body(struct act *act)
{
	struct person person;
	TRY(people_person(&act->look, (struct person_id){ act->actor.person }, &person));
	if (employment_is_outside(person.employment))
		return refuse("消去や返却を確かめられるのは、この団体の職員だけです。");
	return OK;
}

struct error *
contract_verify(struct act *act, const struct pack *pack, const struct contract_closing *closing)
{
	const struct pack_contracts *rules;
	struct contract_handover handover;
	struct contract contract;
	TRY(contract_rules(pack, &rules));
	TRY(take_handover(act, pack, closing->id, closing->change, rules->verifies, &handover, &contract));
	TRY(must_be_of_body(act));
	if (handover.state == HANDOVER_VERIFIED)
		return conflict("このデータはもう「%s」になっています。", contract_handover_state_words(handover.state));
	TRY(check_closing(act, &handover, closing, say("職員がどこで何を見て確かめたかを入力してください。")));
	TRY(contract_handover_verify(act, &(struct contract_handover_verify_in){
						  closing->id.no, text_of(contract_handover_end_name(closing->end)),
						  closing->day.no, text_trim(closing->words),
						  act->actor.person }));
	return note_handover(act, "contract.verify", &contract, closing->id, T(""));
}
