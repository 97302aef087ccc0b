/*
 * Evidence of a case: taken in with its digest, who has had it since, and the file itself, whose reading is
 * noted. Takamatsu 6.3.3.
 */
#include "pages/incident_case.h"
#include "pages/limits.h"

/* ---- Taking in ---- */

static struct error *
take_draw(struct look *look, struct visit *visit)
{
	struct incident incident;
	struct incident_may may;
	TRY(incident_of_path(look, visit, &incident, &may));
	struct field_part *file = ARENA_NEW(visit->arena, struct field_part);
	*file = plain_box(visit, BOX_TEXT, "file", text_of(say("ファイル")),
			  text_of(say("画面の写真、ログ、検体など。32 MBまで。ものなら空のままで")), T(""), false);
	file->is_text = false;
	file->is_file = true;
	const struct case_form form = {
		.title = N_("証拠を加える"),
		.lead = N_("ファイルは受け入れたときにハッシュ値を取り、封をして保管します。あとから変えられません。"),
		.button = N_("受け入れる"),
		.about = incident_line(visit->arena, &incident),
		.action = url_of_number(visit->arena, "/incidents/{}/evidence", incident.id.no),
		.back = incident_url(visit->arena, incident.id),
		.has_file = true,
		.boxes = { file,
			   text_box(visit, "name", say("名前"), say("例 脅迫文の画面、端末のディスク"), T(""), true),
			   text_box(visit, "origin", say("どこから"), say("端末・媒体・製造番号・ログの名前"), T(""), false),
			   text_box(visit, "holder", say("いま持っている人"), say("ものなら、保管している人と場所"), T(""), false),
			   moment_box(visit, "taken", say("確保した日時"), say("空のままなら、いまです"), (struct moment){ 0 }, false) },
	};
	return case_form_draw(visit, &form);
}

/* Before anything is written beside the store: may they? */
static struct error *
take_begin(struct look *look, struct visit *visit)
{
	struct incident incident;
	struct incident_may may;
	TRY(incident_of_path(look, visit, &incident, &may));
	if (!may.write || incident.state == INCIDENT_CLOSED)
		return refuse("この事案に証拠を加えられるのは、対応にあたる人だけです。終結した事案には加えられません。");
	return OK;
}

static struct error *
take_keep(struct visit *visit)
{
	struct hash *digest = ARENA_NEW(visit->arena, struct hash);
	const struct field *file = request_file(visit->request, "file");
	if (file == NULL)
		return OK;
	if (!limits_may_keep(visit->office->limits, visit->session.person.no, file->value.len, visit->now))
		return refuse("一日に添付できる量を超えました。明日もう一度添付するか、システムの担当者に相談してください。");
	TRY(incident_file_keep(visit->office->store, visit->arena, file->value, digest));
	visit->kept = digest;
	return OK;
}

static struct error *
take_do(struct act *act, struct visit *visit)
{
	struct incident incident;
	struct incident_may may;
	struct evidence_id id;
	const struct field *file = request_file(visit->request, "file");
	TRY(incident_of_path(&act->look, visit, &incident, &may));
	struct evidence_taking taking = { .incident = incident.id,
					  .name = visit_text(visit, "name"),
					  .origin = visit_text(visit, "origin"),
					  .holder = visit_text(visit, "holder") };
	if (file != NULL && visit->kept != NULL) {
		taking.is_file = true;
		taking.digest = *(const struct hash *)visit->kept;
		taking.size = (int64_t)file->value.len;
	}
	TRY(form_moment(visit, "taken", &taking.taken));
	TRY(incident_evidence_take(act, visit->office->pack, &taking, &id));
	visit->go_to = case_url(visit->arena, incident.id, "evidence", id.no);
	visit->done = "incident-evidence";
	return OK;
}

/* ---- One piece ---- */

static struct error *
evidence_of_path(struct look *look, struct visit *visit, struct incident *incident, struct incident_may *may,
		 struct incident_evidence *evidence)
{
	TRY(incident_of_path(look, visit, incident, may));
	TRY(incident_evidence_read(look, (struct evidence_id){ visit_id(visit, "evidence") }, evidence));
	if (evidence->incident.no != incident->id.no)
		return missing("その証拠はこの事案にありません。");
	return OK;
}

static struct field_part *
doing_box(struct visit *visit, const struct incident_evidence *evidence)
{
	struct field_option options[CUSTODY_DOINGS];
	size_t count = 0;
	for (int at = CUSTODY_HANDED; at < CUSTODY_DOINGS; at++)
		options[count++] = (struct field_option){ text_of(custody_name((enum custody_doing)at)),
							  text_of(custody_words((enum custody_doing)at)) };
	return radio_box(visit, "doing", text_of(say("したこと")),
			 evidence->is_file ? text_of(say("「確かめた」なら、番所がハッシュ値を取り直して比べます。")) : T(""),
			 T(""), true, options, count);
}

static struct error *
fill_custody(struct look *look, struct visit *visit, const struct incident_evidence *evidence,
	     struct incident_evidence_page *page)
{
	struct custody *list;
	size_t count;
	TRY(incident_custody(look, evidence->id, &list, &count));
	page->custody = ARENA_ARRAY(visit->arena, struct incident_evidence_custody, count + 1);
	page->custody_count = count;
	for (size_t at = 0; at < count; at++) {
		page->custody[at] = (struct incident_evidence_custody){
			.at = list[at].at,
			.doing = text_of(custody_words(list[at].doing)),
			.holder = list[at].holder,
			.who = list[at].person_name,
			.words = list[at].words,
		};
		if (!list[at].is_checked)
			continue;
		page->custody[at].tag = list[at].is_same ? T("go") : T("stop");
		page->custody[at].doing = text_of(list[at].is_same ? say("確認: 受け入れたときと同じ")
								   : say("確認: 受け入れたときと違う"));
	}
	return OK;
}

static struct error *
evidence_draw(struct look *look, struct visit *visit)
{
	struct incident incident;
	struct incident_may may;
	struct incident_evidence evidence;
	TRY(evidence_of_path(look, visit, &incident, &may, &evidence));
	struct incident_evidence_page page = {
		.frame = visit_frame(visit, evidence.name, "incidents"),
		.case_words = incident_line(visit->arena, &incident),
		.back = incident_url(visit->arena, incident.id),
		.no = evidence.no,
		.name = evidence.name,
		.origin = evidence.origin,
		.holder = evidence.holder,
		.taken = evidence.taken,
		.at = evidence.at,
		.by = evidence.person_name,
		.digest = evidence.is_file && may.write ? hash_hex(visit->arena, &evidence.digest) : T(""),
		.size = evidence.size,
		.is_ended = evidence.ended.ms != 0,
		.csrf = visit->csrf,
		.here = case_url(visit->arena, incident.id, "evidence", evidence.id.no),
		.file = url_make(visit->arena, "/incidents/{}/evidence/{}/file", 2,
				 ((struct text[]){ text_number(visit->arena, incident.id.no),
						   text_number(visit->arena, evidence.id.no) })),
		.may_lead = may.lead && evidence.ended.ms == 0 && incident.state != INCIDENT_CLOSED,
	};
	TRY(fill_custody(look, visit, &evidence, &page));
	struct field_part *const boxes[] = {
		doing_box(visit, &evidence),
		text_box(visit, "holder", say("これから持つ人"), say("引き渡したとき"), T(""), false),
		moment_box(visit, "at", say("その日時"), say("空のままなら、いまです"), (struct moment){ 0 }, false),
		long_box(visit, "words", say("書き添えること"), "", T(""), false),
	};
	page.boxes = ARENA_ARRAY(visit->arena, struct incident_evidence_boxes, 4);
	for (size_t at = 0; at < 4; at++)
		page.boxes[page.boxes_count++].box = boxes[at];
	return visit_draw(visit, incident_evidence_page, &page);
}

static struct error *
custody_do(struct act *act, struct visit *visit)
{
	struct incident incident;
	struct incident_may may;
	struct incident_evidence evidence;
	bool is_same = true;
	TRY(evidence_of_path(&act->look, visit, &incident, &may, &evidence));
	struct custody_noting noting = { .evidence = evidence.id,
					 .holder = visit_text(visit, "holder"),
					 .words = visit_text(visit, "words") };
	if (!custody_read(visit_text(visit, "doing"), &noting.doing))
		return reject("doing", "したことを選んでください。");
	TRY(form_moment(visit, "at", &noting.at));
	TRY(incident_custody_note(act, visit->office->pack, &noting, &is_same));
	visit->go_to = case_url(visit->arena, incident.id, "evidence", evidence.id.no);
	visit->done = "incident-custody";
	if (noting.doing == CUSTODY_CHECKED && evidence.is_file)
		visit->done = is_same ? "incident-same" : "incident-other";
	return OK;
}

/* The file: held against its digest, and who took it out is noted. */
static struct error *
file_do(struct act *act, struct visit *visit)
{
	struct incident incident;
	struct incident_may may;
	struct incident_evidence evidence;
	TRY(evidence_of_path(&act->look, visit, &incident, &may, &evidence));
	if (!may.write)
		return refuse("証拠のファイルを取り出せるのは、対応にあたる人だけです。");
	TRY(incident_file_read(&act->look, &evidence, &visit->answer.body));
	TRY(act_note(act, &(struct fact){
				  .act = "incident.evidence-read",
				  .about = { incident_about(visit->arena, incident.id) },
				  .pairs = { { .name = "evidence", .number = evidence.no } },
			  }));
	visit->answer.type = "application/octet-stream";
	visit->answer.download = evidence.name;
	return OK;
}

PAGE_ROWS(evidence,
	  { { METHOD_GET, "/incidents/{id}/evidence" }, RIGHT_SELF, PAGE_LOOK, .look = take_draw },
	  { { METHOD_POST, "/incidents/{id}/evidence" }, RIGHT_SELF, PAGE_ACT, .look = take_begin,
	    .slow = take_keep, .act = take_do, .again = take_draw, .body = BODY_UPLOAD },
	  { { METHOD_GET, "/incidents/{id}/evidence/{evidence}" }, RIGHT_SELF, PAGE_LOOK,
	    .look = evidence_draw },
	  { { METHOD_POST, "/incidents/{id}/evidence/{evidence}" }, RIGHT_SELF, PAGE_ACT, .act = custody_do,
	    .again = evidence_draw },
	  { { METHOD_POST, "/incidents/{id}/evidence/{evidence}/file" }, RIGHT_SELF, PAGE_ACT,
	    .act = file_do });
