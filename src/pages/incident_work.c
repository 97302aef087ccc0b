/* Receiving a link of the chain, tasks and orders with their answers, what is concerned, reports outside. */
#include "pages/incident_case.h"

#include "incident/outside.h"

#include "base/number.h"

static struct url
below(struct visit *visit, struct incident_id id, const char *what)
{
	return url_make(visit->arena, "/incidents/{}/{}", 2,
			(struct text[]){ text_number(visit->arena, id.no), text_of(what) });
}

static struct error *
go_back(struct visit *visit, const char *done)
{
	visit->go_to = url_of_number(visit->arena, "/incidents/{}", visit_id(visit, "id"));
	visit->done = done;
	return OK;
}

/* ---- Receiving ---- */

static struct error *
link_of_path(struct look *look, struct visit *visit, struct incident *incident, struct incident_link *link)
{
	struct incident_may may;
	struct incident_link *list;
	size_t count;
	TRY(incident_of_path(look, visit, incident, &may));
	TRY(incident_links(look, visit->office->pack, incident->id, visit->session.person, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == visit_id(visit, "link")) {
			*link = list[at];
			return OK;
		}
	return missing("その連絡はこの事案にありません。");
}

static struct error *
receive_draw(struct look *look, struct visit *visit)
{
	struct incident incident;
	struct incident_link link;
	TRY(link_of_path(look, visit, &incident, &link));
	if (!link.is_mine && visit->faults == NULL)
		return refuse("この連絡を受け取れるのは、知らせを受けた人だけです。もう受領されているかもしれません。事案を開いて確かめてください。");
	const struct case_form form = {
		.title = N_("連絡を受領する"),
		.lead = N_("受領すると、次の段に連絡が進みます。"),
		.button = N_("受領する"),
		.about = incident_line(visit->arena, &incident),
		.action = case_url(visit->arena, incident.id, "links", link.id.no),
		.back = incident_url(visit->arena, incident.id),
		.boxes = { long_box(visit, "words", say("指示・伝えること"), say("なければ空のままで"), T(""), false),
			   said_box(visit, "needed", say("上の段への連絡が必要ですか"),
				    say("「いいえ」のときは、理由を上に書いてください。"), incident.needed),
			   said_box(visit, "grave", say("特に重大ですか"), say("「はい」なら、CISOにも連絡します。"),
				    incident.grave) },
	};
	return case_form_draw(visit, &form);
}

static struct error *
receive_do(struct act *act, struct visit *visit)
{
	struct incident incident;
	struct incident_link link;
	TRY(link_of_path(&act->look, visit, &incident, &link));
	const struct link_receiving receiving = { .link = link.id,
						  .words = visit_text(visit, "words"),
						  .needed = form_said(visit, "needed"),
						  .grave = form_said(visit, "grave") };
	TRY(incident_receive(act, visit->office->pack, &receiving));
	return go_back(visit, "incident-received");
}

/* ---- Tasks and orders ---- */

static struct field_part *
task_kind_box(struct visit *visit, bool may_order)
{
	struct field_option options[TASK_KINDS];
	size_t count = 0;
	for (int at = TASK_TASK; at < TASK_KINDS; at++)
		if (may_order || !task_kind_is_order((enum task_kind)at))
			options[count++] = (struct field_option){
				text_of(task_kind_name((enum task_kind)at)),
				text_of(task_kind_words((enum task_kind)at)) };
	return radio_box(visit, "task", text_of(say("何を頼みますか")), T(""), text_of(task_kind_name(TASK_TASK)),
			 true, options, count);
}

static struct field_part *
role_box(struct visit *visit)
{
	const struct pack *pack = visit->office->pack;
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, pack->roles_count + 1);
	for (size_t at = 0; at < pack->roles_count; at++)
		options[at] = (struct field_option){ pack->roles[at].code, words_now(pack->roles[at].name) };
	return select_box(visit, "role", text_of(say("どの役割に")), T(""), T(""), false, options,
			  pack->roles_count);
}

static struct error *
give_draw(struct look *look, struct visit *visit)
{
	struct incident incident;
	struct incident_may may;
	TRY(incident_of_path(look, visit, &incident, &may));
	if (!may.lead)
		return refuse("この操作は、CSIRTと事案の指揮にあたる役割の人だけが行えます。");
	struct case_form form = {
		.title = N_("作業を頼む・指示する"),
		.button = N_("頼む"),
		.about = incident_line(visit->arena, &incident),
		.action = below(visit, incident.id, "tasks"),
		.back = incident_url(visit->arena, incident.id),
		.boxes = { task_kind_box(visit, may.order),
			   long_box(visit, "words", say("すること"), "", T(""), true), role_box(visit), NULL,
			   text_box(visit, "assignee", say("または、この人に"), say("職員番号か氏名"), T(""), false),
			   moment_box(visit, "due", say("いつまでに"), say("なければ空のままで"), (struct moment){ 0 },
				      false) },
	};
	TRY(unit_box(look, visit, say("どの所属の"), say("役割で頼むとき。空なら、起きた所属"), incident.unit, &form.boxes[3]));
	return case_form_draw(visit, &form);
}

static struct error *
give_do(struct act *act, struct visit *visit)
{
	struct incident incident;
	struct incident_may may;
	struct task_id id;
	TRY(incident_of_path(&act->look, visit, &incident, &may));
	struct task_giving giving = { .incident = incident.id,
				      .words = visit_text(visit, "words"),
				      .unit = incident.unit };
	int64_t unit;
	if (!task_kind_read(visit_text(visit, "task"), &giving.kind))
		return reject("task", "何を頼むかを選んでください。");
	TRY(form_row(visit, "unit", &unit));
	if (unit != 0)
		giving.unit.no = unit;
	TRY(form_person(&act->look, visit, "assignee", &giving.assignee));
	TRY(form_moment(visit, "due", &giving.due));
	if (giving.assignee.no == 0)
		giving.role = pack_role(visit->office->pack, visit_text(visit, "role"));
	if (giving.assignee.no == 0 && giving.role == NULL)
		return reject("role", "誰に頼むかを、役割か氏名で選んでください。");
	TRY(incident_task_give(act, visit->office->pack, &giving, &id));
	return go_back(visit, "incident-task");
}

static struct error *
task_of_path(struct look *look, struct visit *visit, struct incident *incident, struct incident_task *task)
{
	struct incident_may may;
	struct incident_task *list;
	size_t count;
	TRY(incident_of_path(look, visit, incident, &may));
	TRY(incident_tasks(look, visit->office->pack, incident->id, visit->session.person, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == visit_id(visit, "task")) {
			*task = list[at];
			return OK;
		}
	return missing("その作業はこの事案にありません。");
}

static struct error *
answer_draw(struct look *look, struct visit *visit)
{
	struct incident incident;
	struct incident_task task;
	TRY(task_of_path(look, visit, &incident, &task));
	struct field_option options[] = { { T("yes"), text_of(say("しました")) },
					  { T("no"), text_of(say("行いません（理由を書きます）")) } };
	const struct case_form form = {
		.title = N_("作業の結果を書く"),
		.button = N_("結果を記録する"),
		.about = text_format(visit->arena, "%s: %.*s（%.*s）", task_kind_words(task.kind),
				     T_ARG(task.words), T_ARG(incident_line(visit->arena, &incident))),
		.action = case_url(visit->arena, incident.id, "tasks", task.id.no),
		.back = incident_url(visit->arena, incident.id),
		.boxes = { radio_box(visit, "outcome", text_of(say("結果")), T(""), T("yes"), true, options, 2),
			   long_box(visit, "words", say("したこと・理由"), "", T(""), false),
			   moment_box(visit, "at", say("した日時"), say("空のままなら、いまです"), (struct moment){ 0 },
				      false) },
	};
	return case_form_draw(visit, &form);
}

static struct error *
answer_do(struct act *act, struct visit *visit)
{
	struct incident incident;
	struct incident_task task;
	TRY(task_of_path(&act->look, visit, &incident, &task));
	struct task_answering answering = { .task = task.id,
					    .is_done = text_is(visit_text(visit, "outcome"), "yes"),
					    .words = visit_text(visit, "words") };
	TRY(form_moment(visit, "at", &answering.at));
	TRY(incident_task_answer(act, visit->office->pack, &answering));
	return go_back(visit, "incident-answered");
}

/* ---- What is concerned ---- */

static struct field_part *
sure_box(struct visit *visit)
{
	const struct field_option options[] = { { T("yes"), text_of(say("確かに影響を受けた")) },
						{ T("no"), text_of(say("おそれがある")) } };
	return radio_box(visit, "sure", text_of(say("確かさ")), T(""), T("no"), true, options, 2);
}

static struct error *
affected_draw(struct look *look, struct visit *visit)
{
	struct incident incident;
	struct incident_may may;
	TRY(incident_of_path(look, visit, &incident, &may));
	const struct case_form form = {
		.title = N_("影響を受けたものを加える"),
		.button = N_("加える"),
		.about = incident_line(visit->arena, &incident),
		.action = below(visit, incident.id, "affected"),
		.back = incident_url(visit->arena, incident.id),
		.boxes = { text_box(visit, "asset", say("資産の台帳番号"), say("台帳にあるとき。分類が事案に引き継がれます。"), T(""), false),
			   text_box(visit, "name", say("名前"), say("台帳にないとき。例 住民からの申請書"), T(""), false),
			   text_box(visit, "items", say("項目"), say("例 氏名、住所、生年月日"), T(""), false),
			   text_box(visit, "media", say("媒体"), say("例 ファイルサーバー、紙、USBメモリ"), T(""), false),
			   number_box(visit, "persons", say("本人の数"), say("おそれのある人も数えます。"), 0, true),
			   sure_box(visit) },
	};
	return case_form_draw(visit, &form);
}

/* The asset with that number, of the ledger of assets: the first one of the pack. */
static struct error *
asset_typed(struct look *look, struct visit *visit, struct row_id *asset)
{
	const struct pack *pack = visit->office->pack;
	struct text value;
	if (text_is_blank(visit_text(visit, "asset")))
		return OK;
	if (pack->ledgers_count == 0)
		return reject("asset", "この方針には台帳がありません。名前を書いてください。");
	const struct pack_field field = { .name = T("asset"), .kind = FIELD_ASSET, .of = &pack->ledgers[0] };
	TRY(ledger_resolve(look, &field, visit_text(visit, "asset"), &value));
	if (!number_read(value, 1, INT64_MAX, &asset->no))
		return reject("asset", "台帳の番号を入れてください。");
	return OK;
}

static struct error *
affected_do(struct act *act, struct visit *visit)
{
	struct incident incident;
	struct incident_may may;
	struct affected_id id;
	TRY(incident_of_path(&act->look, visit, &incident, &may));
	struct affected_adding adding = { .incident = incident.id,
					  .name = visit_text(visit, "name"),
					  .items = visit_text(visit, "items"),
					  .media = visit_text(visit, "media"),
					  .is_sure = text_is(visit_text(visit, "sure"), "yes") };
	TRY(asset_typed(&act->look, visit, &adding.asset));
	TRY(request_number(visit->request, "persons", 0, 1000000000, &adding.persons));
	TRY(incident_affected_add(act, visit->office->pack, &adding, &id));
	return go_back(visit, "added");
}

static struct error *
affected_of_path(struct look *look, struct visit *visit, struct incident *incident,
		 struct incident_affected *affected)
{
	struct incident_may may;
	struct incident_affected *list;
	size_t count;
	TRY(incident_of_path(look, visit, incident, &may));
	TRY(incident_affected_list(look, visit->office->pack, incident->id, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == visit_id(visit, "affected")) {
			*affected = list[at];
			return OK;
		}
	return missing("それはこの事案の影響を受けたものにありません。");
}

static struct error *
drop_draw(struct look *look, struct visit *visit)
{
	struct incident incident;
	struct incident_affected affected;
	TRY(affected_of_path(look, visit, &incident, &affected));
	const struct case_form form = {
		.title = N_("影響を受けたものから外す"),
		.lead = N_("調べた結果、影響がなかったときに外します。外したことと理由は経過に残ります。"),
		.button = N_("外す"),
		.about = text_format(visit->arena, "%.*s（%.*s）", T_ARG(affected.name),
				     T_ARG(incident_line(visit->arena, &incident))),
		.action = case_url(visit->arena, incident.id, "affected", affected.id.no),
		.back = incident_url(visit->arena, incident.id),
		.boxes = { long_box(visit, "words", say("外す理由"), "", T(""), true) },
	};
	return case_form_draw(visit, &form);
}

static struct error *
drop_do(struct act *act, struct visit *visit)
{
	struct incident incident;
	struct incident_affected affected;
	TRY(affected_of_path(&act->look, visit, &incident, &affected));
	TRY(incident_affected_drop(act, visit->office->pack, affected.id, visit_text(visit, "words")));
	return go_back(visit, "saved");
}

/* ---- Outside ---- */

static struct error *
outside_of_path(struct look *look, struct visit *visit, struct incident *incident,
		struct incident_outside *outside)
{
	struct incident_may may;
	struct incident_outside *list;
	size_t count;
	TRY(incident_of_path(look, visit, incident, &may));
	if (!may.lead)
		return refuse("この操作は、CSIRTと事案の指揮にあたる役割の人だけが行えます。");
	TRY(incident_outside_list(look, visit->office->pack, incident->id, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == visit_id(visit, "outside")) {
			*outside = list[at];
			return OK;
		}
	return missing("その報告はこの事案にありません。");
}

static struct error *
outside_draw(struct look *look, struct visit *visit)
{
	struct incident incident;
	struct incident_outside outside;
	TRY(outside_of_path(look, visit, &incident, &outside));
	const struct field_option options[] = { { T("yes"), text_of(say("報告しました")) },
						{ T("no"), text_of(say("報告しません（理由を書きます）")) } };
	const struct text name = outside.authority != NULL ? words_now(outside.authority->name) : outside.code;
	const struct case_form form = {
		.title = N_("外部への報告を記録する"),
		.lead = N_("番所は外部に送りません。下書きを使って報告したあと、ここに記録します。"),
		.button = N_("記録する"),
		.about = text_format(visit->arena, "%.*s %s（%.*s）", T_ARG(name),
				     outside_stage_words(outside.stage),
				     T_ARG(incident_line(visit->arena, &incident))),
		.action = case_url(visit->arena, incident.id, "outside", outside.id.no),
		.back = incident_url(visit->arena, incident.id),
		.boxes = { radio_box(visit, "outcome", text_of(say("結果")), T(""), T("yes"), true, options, 2),
			   moment_box(visit, "at", say("報告した日時"), say("空のままなら、いまです"), (struct moment){ 0 }, false),
			   text_box(visit, "way", say("方法"), say("例 報告フォーム、電子メール、電話"), T(""), false),
			   text_box(visit, "reference", say("受付番号"), "", T(""), false),
			   long_box(visit, "words", say("伝えたこと・報告しない理由"), "", T(""), false) },
	};
	return case_form_draw(visit, &form);
}

static struct error *
outside_do(struct act *act, struct visit *visit)
{
	struct incident incident;
	struct incident_outside outside;
	TRY(outside_of_path(&act->look, visit, &incident, &outside));
	struct outside_filing filing = { .outside = outside.id,
					 .way = visit_text(visit, "way"),
					 .reference = visit_text(visit, "reference"),
					 .words = visit_text(visit, "words"),
					 .is_waived = text_is(visit_text(visit, "outcome"), "no") };
	TRY(form_moment(visit, "at", &filing.at));
	TRY(incident_outside_file(act, visit->office->pack, &filing));
	return go_back(visit, "incident-outside");
}

PAGE_ROWS(incident_work,
	  { { METHOD_GET, "/incidents/{id}/links/{link}" }, RIGHT_SELF, PAGE_LOOK, .look = receive_draw },
	  { { METHOD_POST, "/incidents/{id}/links/{link}" }, RIGHT_SELF, PAGE_ACT, .act = receive_do,
	    .again = receive_draw, .keeps = true },
	  { { METHOD_GET, "/incidents/{id}/tasks" }, RIGHT_SELF, PAGE_LOOK, .look = give_draw },
	  { { METHOD_POST, "/incidents/{id}/tasks" }, RIGHT_SELF, PAGE_ACT, .act = give_do, .again = give_draw,
	    .keeps = true },
	  { { METHOD_GET, "/incidents/{id}/tasks/{task}" }, RIGHT_SELF, PAGE_LOOK, .look = answer_draw },
	  { { METHOD_POST, "/incidents/{id}/tasks/{task}" }, RIGHT_SELF, PAGE_ACT, .act = answer_do,
	    .again = answer_draw, .keeps = true },
	  { { METHOD_GET, "/incidents/{id}/affected" }, RIGHT_SELF, PAGE_LOOK, .look = affected_draw },
	  { { METHOD_POST, "/incidents/{id}/affected" }, RIGHT_SELF, PAGE_ACT, .act = affected_do,
	    .again = affected_draw, .keeps = true },
	  { { METHOD_GET, "/incidents/{id}/affected/{affected}" }, RIGHT_SELF, PAGE_LOOK, .look = drop_draw },
	  { { METHOD_POST, "/incidents/{id}/affected/{affected}" }, RIGHT_SELF, PAGE_ACT, .act = drop_do,
	    .again = drop_draw },
	  { { METHOD_GET, "/incidents/{id}/outside/{outside}" }, RIGHT_SELF, PAGE_LOOK, .look = outside_draw },
	  { { METHOD_POST, "/incidents/{id}/outside/{outside}" }, RIGHT_SELF, PAGE_ACT, .act = outside_do,
	    .again = outside_draw, .keeps = true });
