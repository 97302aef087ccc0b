/* Data handed over: what, to whom, and how each came back or was erased. */
#include "pages/contract_pages.h"

static struct text
link_line(struct visit *visit, const struct contract_link *link)
{
	return link->state == LINK_CONSENTED ? link->firm_name
					     : text_format(visit->arena, say("%.*s（%s）"), T_ARG(link->firm_name),
							   contract_link_state_words(link->state));
}

static struct error *
link_boxes(struct look *look, struct visit *visit, const struct contract *contract,
	   struct audit_form_page *page)
{
	struct contract_link *list;
	size_t count;
	TRY(contract_links(look, contract->id, &list, &count));
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++)
		options[at] = (struct field_option){ number_text(visit->arena, list[at].id.no),
						     link_line(visit, &list[at]) };
	audit_form_field(page, select_box(visit, "link", text_of(say("だれに")),
					  text_of(say("同意のない再委託先に、こちらから渡すことはできません。")),
					  count != 0 ? options[0].value : T(""), true, options, count));
	audit_form_field(page, select_box(visit, "source", text_of(say("だれから")),
					  text_of(say("こちらから渡すときは選びません。委託先が再委託先に渡したことを記録するときに選びます。")),
					  T(""), false, options, count));
	return OK;
}

static struct field_part *
way_box(struct visit *visit)
{
	const struct pack_contracts *rules = visit->office->pack->contracts;
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, rules->ways_count + 1);
	for (size_t at = 0; at < rules->ways_count; at++)
		options[at] = (struct field_option){ rules->ways[at].code, words_now(rules->ways[at].name) };
	return select_box(visit, "way", text_of(say("渡した方法")), T(""), T(""), true, options, rules->ways_count);
}

static struct error *
hand_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	TRY(contract_of_path(look, visit, NEED_LEAD, &contract, NULL));
	struct audit_form_page *page = contract_form(visit, &contract, say("データを渡した記録"),
						     contract_path(visit, contract.id, "handovers/new"), say("記録する"));
	audit_form_field(page, text_box(visit, "what", say("何を"), say("例：課税台帳の写し（3月末現在、12万件）"), T(""), true));
	audit_form_field(page, contract_class_box(visit, contract.class_code));
	TRY(link_boxes(look, visit, &contract, page));
	audit_form_field(page, day_box(visit, "day", say("渡した日"), "", visit->today, true));
	audit_form_field(page, way_box(visit));
	audit_form_field(page, number_box(visit, "copies", say("写しの数"), "", 1, true));
	audit_form_field(page, either_box(visit, "test", say("試験に使う本番のデータですか"), say("はい"), say("いいえ"), "no"));
	audit_form_field(page, text_box(visit, "serial", say("媒体の番号"), say("媒体で渡したとき。"), T(""), false));
	audit_form_field(page, text_box(visit, "file", say("ファイルのSHA-256"),
					say("渡したファイルの値。あとで同じものかどうかを確かめられます。"), T(""), false));
	audit_form_field(page, text_box(visit, "receipt", say("受け取った人と受領書の番号"), say("まだなら、後で記録します。"), T(""), false));
	audit_form_field(page, day_box(visit, "received", say("受け取った日"), "", DAY_NONE, false));
	return audit_form_draw(visit, page);
}

static struct error *
hand_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	struct contract_handover_id id;
	TRY(contract_of_path(&act->look, visit, NEED_LEAD, &contract, NULL));
	struct contract_handing handing = {
		.id = contract.id,
		.link = { typed_number(visit, "link") },
		.source = { typed_number(visit, "source") },
		.what = audit_typed(visit, "what"),
		.class_code = visit_text(visit, "class"),
		.way = visit_text(visit, "way"),
		.serial = audit_typed(visit, "serial"),
		.copies = typed_number(visit, "copies"),
		.is_test = text_is(visit_text(visit, "test"), "yes"),
		.file = audit_typed(visit, "file"),
		.receipt = audit_typed(visit, "receipt"),
	};
	TRY(form_day(visit, "day", true, &handing.day));
	TRY(form_day(visit, "received", false, &handing.received));
	TRY(contract_hand(act, visit->office->pack, &handing, &id));
	return contract_go(visit, contract.id, "contract-handed");
}

/* ---- One hand-over ---- */

static struct error *
open_handover(struct look *look, struct visit *visit, enum contract_need need, struct contract *contract,
	      struct contract_handover *handover, struct contract_rights *may)
{
	TRY(contract_of_path(look, visit, need, contract, may));
	return handover_of_path(look, visit, contract, handover);
}

/* Said of it already: as it was said. Otherwise nothing is chosen beforehand. */
static struct field_part *
end_box(struct visit *visit, const struct contract_handover *handover)
{
	return either_box(visit, "end", say("どうなりましたか"), contract_handover_end_words(END_RETURNED),
			  contract_handover_end_words(END_ERASED),
			  handover->state == HANDOVER_OPEN	? ""
			  : handover->end == END_RETURNED ? "yes"
							  : "no");
}

static void
handover_facts(struct visit *visit, const struct contract_handover *handover, struct contract_data_page *page)
{
	const struct pack_contract_way *way =
		pack_contract_way(visit->office->pack->contracts, handover->way);
	page->what = handover->what;
	page->state = handover_words(handover);
	page->tag = text_of(handover_tag(handover));
	page->class = contract_class_words(visit, handover->class_code);
	page->firm = handover->firm_name;
	page->source = handover->source_name;
	page->day = handover->day;
	page->way = way != NULL ? words_now(way->name) : handover->way;
	page->copies = handover->copies;
	page->is_test = handover->is_test;
	page->serial = handover->serial;
	page->digest = handover->file;
	page->receipt = handover->receipt;
	page->received = handover->received;
	page->must_be_verified = handover->must_be_verified;
	page->is_closed = handover->is_closed;
	page->how = handover->state == HANDOVER_OPEN ? T("") : text_of(contract_handover_end_words(handover->end));
	page->claimed = handover->claimed;
	page->claim = handover->claim;
	page->certificate = handover->certificate_name;
	page->verified = handover->verified;
	page->verify_words = handover->verify;
	page->verifier = handover->verifier_name;
}

static struct error *
handover_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	struct contract_handover handover;
	struct contract_rights may;
	TRY(open_handover(look, visit, NEED_READ, &contract, &handover, &may));
	const bool is_running = contract.stage == CONTRACT_RUNNING;
	const struct text ids[] = { number_text(visit->arena, contract.id.no),
				    number_text(visit->arena, handover.id.no) };
	struct contract_data_page page = {
		.frame = visit_frame(visit, handover.what, "outside"),
		.contract = contract.title,
		.back = contract_url(visit, contract.id),
		.may_receive = is_running && may.may_lead && handover.receipt.len == 0,
		.may_claim = is_running && may.may_lead && handover.state == HANDOVER_OPEN,
		.may_verify = is_running && may.may_verify && handover.state != HANDOVER_VERIFIED,
		.receive = url_make(visit->arena, "/contracts/{}/handovers/{}/receipt", 2, ids),
		.claim_to = url_make(visit->arena, "/contracts/{}/handovers/{}/claim", 2, ids),
		.verify_to = url_make(visit->arena, "/contracts/{}/handovers/{}/verify", 2, ids),
	};
	if (handover.certificate.len != 0)
		page.file = url_make(visit->arena, "/contracts/{}/handovers/{}/certificate", 2, ids);
	handover_facts(visit, &handover, &page);
	return visit_draw(visit, contract_data_page, &page);
}

static struct audit_form_page *
handover_form(struct visit *visit, const struct contract *contract, const struct contract_handover *handover,
	      const char *title, const char *what, const char *button)
{
	struct audit_form_page *page = contract_form(
		visit, contract, title,
		url_make(visit->arena, "/contracts/{}/handovers/{}/{}", 3,
			 ((struct text[]){ number_text(visit->arena, contract->id.no),
					   number_text(visit->arena, handover->id.no), text_of(what) })),
		button);
	page->above = handover->what;
	page->above_href = contract_under(visit, contract->id, "handovers", handover->id.no);
	page->change = handover->change;
	audit_form_fact(page, say("何を"), handover->what);
	audit_form_fact(page, say("だれに"), handover->firm_name);
	return page;
}

static struct error *
receive_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	struct contract_handover handover;
	TRY(open_handover(look, visit, NEED_LEAD, &contract, &handover, NULL));
	struct audit_form_page *page = handover_form(visit, &contract, &handover, say("受領を記録する"), "receipt", say("記録する"));
	audit_form_field(page, text_box(visit, "receipt", say("受け取った人と受領書の番号"), "", T(""), true));
	audit_form_field(page, day_box(visit, "received", say("受け取った日"), "", visit->today, true));
	return audit_form_draw(visit, page);
}

static struct error *
receive_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	struct contract_handover handover;
	struct day day;
	int64_t change;
	TRY(open_handover(&act->look, visit, NEED_LEAD, &contract, &handover, NULL));
	TRY(visit_number(visit, "change", &change));
	TRY(form_day(visit, "received", true, &day));
	TRY(contract_receive(act, visit->office->pack, handover.id, change, day, audit_typed(visit, "receipt")));
	return contract_go(visit, contract.id, "saved");
}

static struct error *
claim_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	struct contract_handover handover;
	TRY(open_handover(look, visit, NEED_LEAD, &contract, &handover, NULL));
	struct audit_form_page *page = handover_form(visit, &contract, &handover, say("委託先の申告を記録する"), "claim", say("申告を記録する"));
	page->lead = text_of(handover.must_be_verified
				     ? say("申告は申告として残ります。この分類のデータは、職員が確かめるまで終わったことになりません。")
				     : say("申告は申告として残ります。"));
	audit_form_field(page, end_box(visit, &handover));
	audit_form_field(page, day_box(visit, "day", say("返却・消去した日"), "", visit->today, true));
	audit_form_field(page, long_box(visit, "words", say("だれが、どう申告したか"), "", T(""), true));
	audit_form_field(page, file_box(visit, "file", say("証明書"), say("消去証明書などがあれば。"), false));
	return audit_form_draw(visit, page);
}

static struct error *
claim_prepare(struct look *look, struct visit *visit)
{
	struct contract contract;
	struct contract_handover handover;
	return open_handover(look, visit, NEED_LEAD, &contract, &handover, NULL);
}

static struct error *
typed_closing(struct visit *visit, const struct contract_handover *handover, struct contract_closing *closing)
{
	const struct text end = visit_text(visit, "end");
	*closing = (struct contract_closing){
		.id = handover->id,
		.end = text_is(end, "yes") ? END_RETURNED : text_is(end, "no") ? END_ERASED : HANDOVER_ENDS,
		.words = audit_typed(visit, "words"),
	};
	TRY(visit_number(visit, "change", &closing->change));
	return form_day(visit, "day", true, &closing->day);
}

static struct error *
claim_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	struct contract_handover handover;
	struct contract_closing closing;
	TRY(open_handover(&act->look, visit, NEED_LEAD, &contract, &handover, NULL));
	TRY(typed_closing(visit, &handover, &closing));
	const struct audit_file *file = audit_file_of(visit, "file");
	if (file != NULL) {
		closing.file = hash_hex(visit->arena, &file->digest);
		closing.file_name = file->name;
	}
	TRY(contract_claim(act, visit->office->pack, &closing));
	return contract_go(visit, contract.id, "contract-claimed");
}

static struct error *
verify_draw(struct look *look, struct visit *visit)
{
	struct contract contract;
	struct contract_handover handover;
	TRY(open_handover(look, visit, NEED_VERIFY, &contract, &handover, NULL));
	struct audit_form_page *page = handover_form(visit, &contract, &handover, say("職員の確認を記録する"), "verify", say("確かめたことを記録する"));
	page->lead = text_of(say("証明書を受け取っただけでは確認になりません。職員が現物や機器を見たときに記録します。"));
	audit_form_field(page, end_box(visit, &handover));
	audit_form_field(page, day_box(visit, "day", say("確かめた日"), "", visit->today, true));
	audit_form_field(page, long_box(visit, "words", say("どこで、何を見て、どう確かめたか"), "", T(""), true));
	return audit_form_draw(visit, page);
}

static struct error *
verify_do(struct act *act, struct visit *visit)
{
	struct contract contract;
	struct contract_handover handover;
	struct contract_closing closing;
	TRY(open_handover(&act->look, visit, NEED_VERIFY, &contract, &handover, NULL));
	TRY(typed_closing(visit, &handover, &closing));
	TRY(contract_verify(act, visit->office->pack, &closing));
	return contract_go(visit, contract.id, "contract-verified");
}

static struct error *
certificate_send(struct look *look, struct visit *visit)
{
	struct contract contract;
	struct contract_handover handover;
	TRY(open_handover(look, visit, NEED_READ, &contract, &handover, NULL));
	if (handover.certificate.len == 0)
		return missing("証明書は付いていません。");
	return file_send(visit, handover.certificate, handover.certificate_name);
}

PAGE_ROWS(contract_data, { { METHOD_GET, "/contracts/{id}/handovers/new" }, RIGHT_SELF, PAGE_LOOK, .look = hand_draw },
	  { { METHOD_POST, "/contracts/{id}/handovers/new" }, RIGHT_SELF, PAGE_ACT, .act = hand_do, .again = hand_draw },
	  { { METHOD_GET, "/contracts/{id}/handovers/{handover}" }, RIGHT_SELF, PAGE_LOOK, .look = handover_draw },
	  { { METHOD_GET, "/contracts/{id}/handovers/{handover}/receipt" }, RIGHT_SELF, PAGE_LOOK, .look = receive_draw },
	  { { METHOD_POST, "/contracts/{id}/handovers/{handover}/receipt" }, RIGHT_SELF, PAGE_ACT, .act = receive_do,
	    .again = receive_draw },
	  { { METHOD_GET, "/contracts/{id}/handovers/{handover}/claim" }, RIGHT_SELF, PAGE_LOOK, .look = claim_draw },
	  { { METHOD_POST, "/contracts/{id}/handovers/{handover}/claim" }, RIGHT_SELF, PAGE_ACT, .look = claim_prepare,
	    .slow = files_keep, .act = claim_do, .again = claim_draw, .body = BODY_UPLOAD },
	  { { METHOD_GET, "/contracts/{id}/handovers/{handover}/verify" }, RIGHT_SELF, PAGE_LOOK, .look = verify_draw },
	  { { METHOD_POST, "/contracts/{id}/handovers/{handover}/verify" }, RIGHT_SELF, PAGE_ACT, .act = verify_do,
	    .again = verify_draw },
	  { { METHOD_GET, "/contracts/{id}/handovers/{handover}/certificate" }, RIGHT_SELF, PAGE_SLOW_LOOK,
	    .look = certificate_send });
