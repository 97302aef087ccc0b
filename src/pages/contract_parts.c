/* Shared by the pages about contracts. */
#include "pages/contract_pages.h"

#include "base/number.h"

struct error *
contract_of_path(struct look *look, struct visit *visit, enum contract_need need,
		 struct contract *contract, struct contract_rights *may)
{
	const struct pack *pack = visit->office->pack;
	struct contract_rights rights;
	if (pack->contracts == NULL)
		return missing("この団体の方針には委託の決まり（contracts.yaml）がありません。");
	TRY(contract_read(look, pack, (struct contract_id){ visit_id(visit, "id") }, contract));
	TRY(contract_rights(look, pack, contract, visit->session.person, &rights));
	if (!rights.may_read)
		return refuse("この委託を見られるのは、受け持つ所属の職員と、その責任者、監査の人です。");
	if (need == NEED_LEAD && !rights.may_lead)
		return refuse("この委託を受け持つ所属の責任者だけができます。");
	if (need == NEED_CONSENT && !rights.may_consent)
		return refuse("再委託に同意するかどうかを決める役割の人だけができます。");
	if (need == NEED_VERIFY && !rights.may_verify)
		return refuse("返却・消去を確かめる役割の職員だけができます。");
	if (may != NULL)
		*may = rights;
	return OK;
}

struct error *
link_of_path(struct look *look, struct visit *visit, const struct contract *contract,
	     struct contract_link *link)
{
	TRY(contract_link_read(look, (struct contract_link_id){ visit_id(visit, "link") }, link));
	return link->contract.no == contract->id.no ? OK : missing("その委託先は、この委託にありません。");
}

struct error *
handover_of_path(struct look *look, struct visit *visit, const struct contract *contract,
		 struct contract_handover *handover)
{
	TRY(contract_handover_read(look, visit->office->pack, (struct contract_handover_id){ visit_id(visit, "handover") },
			  handover));
	return handover->contract.no == contract->id.no ? OK : missing("そのデータの記録はありません。");
}

struct error *
worker_of_path(struct look *look, struct visit *visit, const struct contract *contract,
	       struct contract_worker *worker)
{
	struct contract_worker *list;
	size_t count;
	TRY(contract_workers(look, visit->office->pack, contract->id, (struct contract_link_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == visit_id(visit, "worker")) {
			*worker = list[at];
			return OK;
		}
	return missing("その従事者は、この委託にいません。");
}

struct error *
demand_of_path(struct look *look, struct visit *visit, const struct contract *contract,
	       struct contract_demand *demand)
{
	struct contract_demand *list;
	size_t count;
	TRY(contract_demands(look, visit->office->pack, contract->id, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == visit_id(visit, "demand")) {
			*demand = list[at];
			return OK;
		}
	return missing("その改善の求めはありません。");
}

/* ---- Tags and addresses ---- */

struct url
contract_url(struct visit *visit, struct contract_id id)
{
	return url_of_number(visit->arena, "/contracts/{}", id.no);
}

const char *
contract_stage_tag(const struct contract *contract)
{
	static const char *const tags[CONTRACT_STAGES] = { "wait", "go", "off", "off" };
	return contract->is_past ? "stop" : tags[contract->stage];
}

const char *
link_tag(enum contract_link_state state)
{
	static const char *const tags[LINK_STATES] = { "wait", "go", "off", "stop", "off" };
	return tags[state];
}

const char *
handover_tag(const struct contract_handover *handover)
{
	return handover->is_closed ? "go" : handover->state == HANDOVER_CLAIMED ? "wait" : "stop";
}

struct text
handover_words(const struct contract_handover *handover)
{
	return text_of(contract_handover_state_words(handover->state));
}

struct text
contract_class_words(const struct visit *visit, struct text code)
{
	const struct pack_contracts *rules = visit->office->pack->contracts;
	const struct pack_class *value =
		rules != NULL && rules->axis != NULL ? axis_value(rules->axis, code) : NULL;
	return value != NULL ? words_now(value->name) : code;
}

/* ---- Forms ---- */

struct audit_form_page *
contract_form(struct visit *visit, const struct contract *contract, const char *title, struct url action,
	      const char *button)
{
	struct audit_form_page *page = audit_form_make(visit, title, contract->title,
						       contract_url(visit, contract->id), action, button);
	page->frame = visit_frame(visit, text_of(title), "outside");
	return page;
}

struct field_part *
contract_class_box(struct visit *visit, struct text stored)
{
	const struct pack_axis *axis = visit->office->pack->contracts->axis;
	struct field_option *options =
		ARENA_ARRAY(visit->arena, struct field_option, axis != NULL ? axis->values_count + 1 : 1);
	for (size_t at = 0; axis != NULL && at < axis->values_count; at++)
		options[at] = (struct field_option){ axis->values[at].code, words_now(axis->values[at].name) };
	return select_box(visit, "class", text_of(say("情報の分類")),
			  text_of(say("いくつも混ざるときは、いちばん高いもの。")), stored, axis != NULL, options,
			  axis != NULL ? axis->values_count : 0);
}

struct error *
firm_boxes(struct look *look, struct visit *visit, struct audit_form_page *page)
{
	struct firm *list;
	size_t count;
	TRY(people_firms(look, visit->today, false, &list, &count));
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++)
		options[at] = (struct field_option){ number_text(visit->arena, list[at].id.no), list[at].name };
	audit_form_field(page, select_box(visit, "firm", text_of(say("登録されている事業者")),
					  text_of(say("一覧にないときは選ばずに、下に名前を入力します。")), T(""),
					  false, options, count));
	audit_form_field(page, text_box(visit, "firm-name", say("事業者の名前"), "", T(""), false));
	return OK;
}

int64_t
typed_number(const struct visit *visit, const char *name)
{
	int64_t number;
	return number_read(text_trim(visit_text(visit, name)), 1, INT64_MAX, &number) ? number : 0;
}

struct firm_id
typed_firm(const struct visit *visit)
{
	return (struct firm_id){ typed_number(visit, "firm") };
}

struct field_part *
either_box(struct visit *visit, const char *name, const char *label, const char *yes, const char *no,
	   const char *stored)
{
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, 2);
	options[0] = (struct field_option){ T("yes"), text_of(yes) };
	options[1] = (struct field_option){ T("no"), text_of(no) };
	return radio_box(visit, name, text_of(label), T(""), text_of(stored), true, options, 2);
}

struct error *
contract_go(struct visit *visit, struct contract_id id, const char *done)
{
	visit->go_to = contract_url(visit, id);
	visit->done = done;
	return OK;
}
