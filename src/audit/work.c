/* An auditor's work: items signed, requests, working papers. */
#include "audit/rooms.h"

struct error *
audit_sign(struct act *act, const struct pack *pack, struct audit_id id, int64_t item,
	   enum item_result result, struct text words)
{
	struct audit_item_find_row row;
	struct audit audit;
	bool found;
	TRY(take_case(act, pack, id, AUDIT_BEGUN, AUDIT_BEGUN, &audit));
	TRY(must_audit(act, pack, id, NULL));
	if (result == ITEM_NONE)
		return reject("result", "結果を選んでください。");
	TRY(must_say("words", words, AUDIT_MOST_WORDS,
			result != ITEM_MET ? say("何を見て、そう判断したかを書いてください。") : NULL));
	TRY(audit_item_find(&act->look, &(struct audit_item_find_in){ item, id.no }, &found, &row));
	if (!found)
		return missing("その条項は、この監査の項目にありません。");
	TRY(audit_item_sign(act, &(struct audit_item_sign_in){ item, text_of(item_result_name(result)),
							       words, act->actor.person,
							       act->look.now.ms }));
	return act_note(act, &(struct fact){
				     .act = "audit.sign",
				     .about = { audit_about(act->look.arena, id) },
				     .clauses = { row.clause },
				     .pairs = { { "result", text_of(item_result_name(result)), 0 } },
			     });
}

struct error *
audit_ask(struct act *act, const struct pack *pack, struct audit_id id, struct unit_id unit,
	  struct text words, struct day due)
{
	struct arena *arena = act->look.arena;
	struct audit_scope_has_row has;
	struct audit audit;
	int64_t request;
	TRY(take_case(act, pack, id, AUDIT_BEGUN, AUDIT_BEGUN, &audit));
	TRY(must_audit(act, pack, id, NULL));
	TRY(must_say("words", words, AUDIT_MOST_WORDS, say("見せてほしい資料や説明を書いてください。")));
	if (day_is_none(due) || due.no < moment_day(act->look.now).no)
		return reject("due", "いつまでに出してもらうかを、今日以後の日で書いてください。");
	TRY(audit_scope_has(&act->look, &(struct audit_scope_has_in){ id.no, unit.no }, &has));
	if (has.has == 0)
		return reject("unit", "その所属は、この監査の対象ではありません。");
	TRY(act_number(act, T("audit-request"), &request));
	TRY(audit_request_add(act, &(struct audit_request_add_in){ request, id.no, unit.no, words, due.no,
								   act->actor.person, act->look.now.ms }));
	TRY(people_tell_role(act, &(struct tell){ .role = pack->audit->answers,
					   .unit = unit,
					   .about = audit_about(arena, id),
					   .words = text_format(arena, say("監査人が資料を求めています(期限%.*s)。"),
								T_ARG(day_wareki(arena, due))),
					   .path = T("/audits"),
					   .subject = say("監査の資料を求められています") }));
	return act_note(act, &(struct fact){
				     .act = "audit.ask",
				     .about = { audit_about(arena, id), people_about_unit(arena, unit) },
				     .pairs = { { "due", day_iso(arena, due), 0 }, { "request", { 0 }, request } },
			     });
}

static struct error *
keep_paper(struct act *act, struct audit_id id, struct text title, int64_t item, int64_t request,
	   const struct audit_file *file)
{
	int64_t paper;
	TRY(act_number(act, T("audit-paper"), &paper));
	return audit_paper_add(act, &(struct audit_paper_add_in){
					    .id = paper,
					    .audit = id.no,
					    .item = item,
					    .request = request,
					    .title = title,
					    .digest = hash_bytes(&file->digest),
					    .name = file->name,
					    .size = file->size,
					    .person = act->actor.person,
					    .now = act->look.now.ms,
				    });
}

struct error *
audit_show(struct act *act, const struct pack *pack, int64_t request, struct text words,
	   const struct audit_file *file)
{
	struct arena *arena = act->look.arena;
	struct audit_request_get_row row;
	const struct pack_audit *rules;
	struct audit audit;
	bool found;
	TRY(audit_rules(pack, &rules));
	TRY(audit_request_get(&act->look, &(struct audit_request_get_in){ request }, &found, &row));
	if (!found)
		return missing("その求めはありません。");
	const struct audit_id id = { row.audit };
	TRY(people_must_hold(act, rules->answers, (struct unit_id){ row.unit }, (struct person_id){ 0 },
			     NULL));
	TRY(take_case(act, pack, id, AUDIT_BEGUN, AUDIT_REPORTED, &audit));
	if (row.answered != 0)
		return conflict("この求めには、もう答えています。画面を開き直してください。");
	TRY(must_say("words", words, AUDIT_MOST_WORDS, say("答えを書いてください。ファイルだけのときは、何のファイルかを書きます。")));
	TRY(audit_request_answer(act, &(struct audit_request_answer_in){ request, words, act->look.now.ms,
									 act->actor.person }));
	if (file != NULL)
		TRY(keep_paper(act, id, T(""), 0, request, file));
	return act_note(act, &(struct fact){
				     .act = "audit.show",
				     .about = { audit_about(arena, id),
						people_about_unit(arena, (struct unit_id){ row.unit }) },
				     .pairs = { { "file", file != NULL ? hash_hex(arena, &file->digest) : T(""), 0 },
						{ "request", { 0 }, request } },
			     });
}

struct error *
audit_paper_keep(struct act *act, const struct pack *pack, struct audit_id id, struct text title,
		 int64_t item, const struct audit_file *file)
{
	struct arena *arena = act->look.arena;
	struct audit_item_find_row row;
	struct audit audit;
	bool found;
	TRY(take_case(act, pack, id, AUDIT_BEGUN, AUDIT_REPORTED, &audit));
	TRY(must_audit(act, pack, id, NULL));
	TRY(must_say("title", title, AUDIT_MOST_TITLE, say("調書の名前を書いてください。")));
	if (file == NULL)
		return reject("file", "ファイルを選んでください。");
	if (item != 0) {
		TRY(audit_item_find(&act->look, &(struct audit_item_find_in){ item, id.no }, &found, &row));
		if (!found)
			return reject("item", "その条項は、この監査の項目にありません。");
	}
	TRY(keep_paper(act, id, title, item, 0, file));
	return act_note(act, &(struct fact){ .act = "audit.paper",
					     .about = { audit_about(arena, id) },
					     .pairs = { { "file", hash_hex(arena, &file->digest), 0 },
							{ "size", { 0 }, file->size } } });
}
