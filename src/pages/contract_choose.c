/* Choosing and signing: candidates, the criteria, who was chosen, the items of the contract. */
#include "pages/contract_pages.h"

/* ---- Candidates ---- */

static struct error *
candidate_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	TRY(contract_of_path(look, visit, NEED_LEAD, &contract, NULL));
	struct audit_form_page *page =
		contract_form(visit, &contract, say("候補の事業者を加える"),
			      contract_path(visit, contract.id, "candidates"), say("加える"));
	TRY(firm_boxes(look, visit, page));
	return audit_form_draw(visit, page);
}

static struct error *
candidate_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	struct contract_candidate_id id;
	TRY(contract_of_path(&act->look, visit, NEED_LEAD, &contract, NULL));
	TRY(contract_candidate_add(act, visit->office->pack, contract.id, typed_firm(visit),
				   audit_typed(visit, "firm-name"), &id));
	visit->go_to = contract_under(visit, contract.id, "candidates", id.no);
	visit->done = "contract-candidate";
	return OK;
}

static struct error *
candidate_of_path(struct look *look, struct visit *visit, const struct contract *contract,
		  struct contract_candidate *candidate)
{
	struct contract_candidate *list;
	size_t count;
	TRY(contract_candidates(look, visit->office->pack, contract, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == visit_id(visit, "candidate")) {
			*candidate = list[at];
			return OK;
		}
	return missing("その候補は、この委託にありません。");
}

/* ---- Answers ---- */

static const char *
named(struct visit *visit, const char *before, struct text code)
{
	return text_format(visit->arena, "%s.%.*s", before, T_ARG(code)).data;
}

static struct field_part *
criterion_box(struct visit *visit, const struct contract_answered *answer)
{
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, 3);
	options[0] = (struct field_option){ T("yes"), text_of(say("はい")) };
	options[1] = (struct field_option){ T("no"), text_of(say("いいえ")) };
	options[2] = (struct field_option){ T("na"), text_of(say("該当しない")) };
	return radio_box(visit, named(visit, "answer", answer->code), text_of(say("答え")),
			 words_now(answer->criterion->help), answer->answer, false, options, 3);
}

static struct text
criterion_heading(struct visit *visit, const struct pack_contract_criterion *criterion)
{
	return criterion->is_must ? text_format(visit->arena, say("%.*s（必須）"), T_ARG(words_now(criterion->name)))
				  : words_now(criterion->name);
}

static struct text
answer_words(struct text answer)
{
	return text_is(answer, "yes")  ? text_of(say("はい"))
	       : text_is(answer, "no") ? text_of(say("いいえ"))
	       : text_is(answer, "na") ? text_of(say("該当しない"))
				       : text_of(say("まだ答えていません"));
}

/* Where nothing more is to be typed the answers are facts, and the way on is the contract. */
static struct error *
answers_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	struct contract_candidate candidate;
	struct contract_rights may;
	struct contract_answered *list;
	size_t count;
	TRY(contract_of_path(look, visit, NEED_READ, &contract, &may));
	TRY(candidate_of_path(look, visit, &contract, &candidate));
	TRY(contract_answers(look, visit->office->pack, &contract, candidate.id, &list, &count));
	const bool is_open = may.may_lead && contract.stage == CONTRACT_SELECTING;
	struct audit_form_page *page =
		contract_form(visit, &contract,
			      text_format(visit->arena, say("%.*sを基準に照らす"), T_ARG(candidate.name)).data,
			      contract_under(visit, contract.id, "candidates", candidate.id.no), say("答えを保存する"));
	page->is_read = !is_open;
	if (is_open)
		page->lead = text_of(say("「はい」の根拠（証明書の番号、報告書の名前など）も書きます。途中まででも保存できます。"));
	for (size_t at = 0; at < count; at++) {
		const struct text heading = criterion_heading(visit, list[at].criterion);
		if (!is_open) {
			audit_form_fact(page, heading.data,
					text_format(visit->arena, "%.*s\n%.*s", T_ARG(answer_words(list[at].answer)),
						    T_ARG(list[at].words)));
			continue;
		}
		audit_form_heading(page, heading);
		audit_form_field(page, criterion_box(visit, &list[at]));
		audit_form_field(page, text_box(visit, named(visit, "words", list[at].code), say("何で確かめたか"), "",
						list[at].words, false));
	}
	return audit_form_draw(visit, page);
}

static struct error *
answers_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	struct contract_candidate candidate;
	struct contract_answered *list;
	size_t count;
	TRY(contract_of_path(&act->look, visit, NEED_LEAD, &contract, NULL));
	TRY(candidate_of_path(&act->look, visit, &contract, &candidate));
	TRY(contract_answers(&act->look, visit->office->pack, &contract, candidate.id, &list, &count));
	for (size_t at = 0; at < count; at++) {
		list[at].answer = visit_text(visit, named(visit, "answer", list[at].code));
		list[at].words = audit_typed(visit, named(visit, "words", list[at].code));
	}
	TRY(contract_answer(act, visit->office->pack, contract.id,
			    &(struct contract_answering){ candidate.id, list, count }));
	return contract_go(visit, contract.id, "saved");
}

/* ---- The choice ---- */

static struct error *
choose_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	struct contract_candidate *list;
	size_t count;
	TRY(contract_of_path(look, visit, NEED_LEAD, &contract, NULL));
	TRY(contract_candidates(look, visit->office->pack, &contract, &list, &count));
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, count + 1);
	struct audit_form_page *page = contract_form(visit, &contract, say("事業者を選ぶ"),
						     contract_path(visit, contract.id, "choose"), say("この事業者に決める"));
	for (size_t at = 0; at < count; at++)
		options[at] = (struct field_option){
			number_text(visit->arena, list[at].id.no),
			list[at].musts != 0 ? text_format(visit->arena, say("%.*s（必須の基準をまだ満たしていない: %lld）"),
							  T_ARG(list[at].name), (long long)list[at].musts)
					    : list[at].name
		};
	page->change = contract.change;
	audit_form_field(page, radio_box(visit, "candidate", text_of(say("候補の事業者")), T(""),
					 contract.chosen.no != 0 ? number_text(visit->arena, contract.chosen.no) : T(""),
					 true, options, count));
	audit_form_field(page, long_box(visit, "reason", say("選んだ理由"), "", contract.reason, true));
	return audit_form_draw(visit, page);
}

static struct error *
choose_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	int64_t change;
	TRY(contract_of_path(&act->look, visit, NEED_LEAD, &contract, NULL));
	TRY(visit_number(visit, "change", &change));
	TRY(contract_choose(act, visit->office->pack, contract.id, change,
			    (struct contract_candidate_id){ typed_number(visit, "candidate") },
			    audit_typed(visit, "reason")));
	return contract_go(visit, contract.id, "contract-chosen");
}

/* ---- Signing ---- */

static struct error *
is_registered(struct look *look, struct visit *visit, const struct contract *contract, bool *is)
{
	struct contract_candidate *list;
	size_t count;
	*is = false;
	TRY(contract_candidates(look, visit->office->pack, contract, &list, &count));
	for (size_t at = 0; at < count; at++)
		*is |= list[at].is_chosen && list[at].firm.no != 0;
	return OK;
}

static void
item_boxes(struct visit *visit, struct audit_form_page *page)
{
	const struct pack_contracts *rules = visit->office->pack->contracts;
	for (size_t at = 0; at < rules->items_count; at++) {
		const struct pack_contract_item *item = &rules->items[at];
		audit_form_heading(page, item->is_must ? text_format(visit->arena, say("%.*s（必須）"),
								     T_ARG(words_now(item->name)))
						       : words_now(item->name));
		audit_form_field(page, either_box(visit, named(visit, "has", item->code), say("契約に"), say("ある"),
						  say("ない"), ""));
		audit_form_field(page, text_box(visit, named(visit, "item", item->code), say("条の番号、またはない理由"), "",
						T(""), false));
	}
}

static struct error *
sign_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	bool is_known;
	TRY(contract_of_path(look, visit, NEED_LEAD, &contract, NULL));
	TRY(is_registered(look, visit, &contract, &is_known));
	struct audit_form_page *page = contract_form(visit, &contract, say("契約を記録する"),
						     contract_path(visit, contract.id, "sign"), say("契約を記録する"));
	page->change = contract.change;
	page->lead = text_of(say("要件ごとに、契約書にあるか、ないなら理由を記録します。"));
	audit_form_fact(page, say("委託先"), contract.firm_name);
	if (!is_known)
		audit_form_field(page, text_box(visit, "firm-code", say("業者コード"),
						say("財務や契約のシステムで使っているコード。"), T(""), true));
	audit_form_field(page, text_box(visit, "number", say("契約の番号"), "", T(""), true));
	audit_form_field(page, day_box(visit, "agreed", say("契約の日"), "", visit->today, true));
	audit_form_field(page, day_box(visit, "since", say("いつから"), "", DAY_NONE, true));
	audit_form_field(page, day_box(visit, "until", say("いつまで"), "", DAY_NONE, true));
	audit_form_field(page, long_box(visit, "place", say("作業する場所"), say("一行に一か所ずつ。"), T(""), true));
	item_boxes(visit, page);
	return audit_form_draw(visit, page);
}

static struct error *
sign_do(struct act *act, struct visit *visit)
{
	const struct pack_contracts *rules = visit->office->pack->contracts;
	struct contract contract;
	struct contract_signing signing = { 0 };
	TRY(contract_of_path(&act->look, visit, NEED_LEAD, &contract, NULL));
	TRY(visit_number(visit, "change", &signing.change));
	struct contract_said *items = ARENA_ARRAY(visit->arena, struct contract_said, rules->items_count + 1);
	for (size_t at = 0; at < rules->items_count; at++) {
		const struct text has = visit_text(visit, named(visit, "has", rules->items[at].code));
		items[at] = (struct contract_said){
			.code = rules->items[at].code,
			.is_answered = has.len != 0,
			.is_present = text_is(has, "yes"),
			.words = audit_typed(visit, named(visit, "item", rules->items[at].code)),
		};
	}
	signing.id = contract.id;
	signing.firm_code = audit_typed(visit, "firm-code");
	signing.number = audit_typed(visit, "number");
	signing.place = audit_typed(visit, "place");
	signing.items = items;
	signing.items_count = rules->items_count;
	TRY(form_day(visit, "agreed", true, &signing.agreed));
	TRY(form_day(visit, "since", true, &signing.since));
	TRY(form_day(visit, "until", true, &signing.until));
	TRY(contract_sign(act, visit->office->pack, &signing));
	return contract_go(visit, contract.id, "contract-signed");
}

static struct error *
drop_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	TRY(contract_of_path(look, visit, NEED_LEAD, &contract, NULL));
	struct audit_form_page *page = contract_form(visit, &contract, say("委託を取りやめる"),
						     contract_path(visit, contract.id, "drop"), say("取りやめる"));
	page->change = contract.change;
	audit_form_field(page, long_box(visit, "words", say("取りやめる理由"), "", T(""), true));
	return audit_form_draw(visit, page);
}

static struct error *
drop_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	int64_t change;
	TRY(contract_of_path(&act->look, visit, NEED_LEAD, &contract, NULL));
	TRY(visit_number(visit, "change", &change));
	TRY(contract_drop(act, visit->office->pack, contract.id, change, audit_typed(visit, "words")));
	return contract_go(visit, contract.id, "saved");
}

PAGE_ROWS(contract_choose,
	  { { METHOD_GET, "/contracts/{id}/candidates" }, RIGHT_SELF, PAGE_LOOK, .look = candidate_draw },
	  { { METHOD_POST, "/contracts/{id}/candidates" }, RIGHT_SELF, PAGE_ACT, .act = candidate_do,
	    .again = candidate_draw },
	  { { METHOD_GET, "/contracts/{id}/candidates/{candidate}" }, RIGHT_SELF, PAGE_LOOK, .look = answers_draw },
	  { { METHOD_POST, "/contracts/{id}/candidates/{candidate}" }, RIGHT_SELF, PAGE_ACT, .act = answers_do,
	    .again = answers_draw },
	  { { METHOD_GET, "/contracts/{id}/choose" }, RIGHT_SELF, PAGE_LOOK, .look = choose_draw },
	  { { METHOD_POST, "/contracts/{id}/choose" }, RIGHT_SELF, PAGE_ACT, .act = choose_do, .again = choose_draw },
	  { { METHOD_GET, "/contracts/{id}/sign" }, RIGHT_SELF, PAGE_LOOK, .look = sign_draw },
	  { { METHOD_POST, "/contracts/{id}/sign" }, RIGHT_SELF, PAGE_ACT, .act = sign_do, .again = sign_draw },
	  { { METHOD_GET, "/contracts/{id}/drop" }, RIGHT_SELF, PAGE_LOOK, .look = drop_draw },
	  { { METHOD_POST, "/contracts/{id}/drop" }, RIGHT_SELF, PAGE_ACT, .act = drop_do, .again = drop_draw });
