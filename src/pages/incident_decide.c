/* Judging a case, what is known of it, cause and prevention, and closing it. Takamatsu 6.3.3. */
#include "pages/incident_pages.h"

static struct url
below(struct visit *visit, struct incident_id id, const char *what)
{
	return url_make(visit->arena, "/incidents/{}/{}", 2,
			(struct text[]){ text_number(visit->arena, id.no), text_of(what) });
}

/* The case of the path for who leads: REFUSED for others who may read it. */
static struct error *
led_case(struct look *look, struct visit *visit, struct incident *incident)
{
	struct incident_may may;
	TRY(incident_of_path(look, visit, incident, &may));
	if (!may.lead)
		return refuse("この操作は、CSIRTと事案の指揮にあたる役割の人だけが行えます。");
	return OK;
}

static struct error *
go_back(struct visit *visit, const char *done)
{
	visit->go_to = url_of_number(visit->arena, "/incidents/{}", visit_id(visit, "id"));
	visit->done = done;
	return OK;
}

/* ---- Judging ---- */

static struct field_part *
verdict_box(struct visit *visit, const struct incident *incident)
{
	struct field_option options[INCIDENT_VERDICTS];
	for (int at = 0; at < INCIDENT_VERDICTS; at++)
		options[at] = (struct field_option){ text_of(incident_verdict_name((enum incident_verdict)at)),
						     text_of(incident_verdict_words((enum incident_verdict)at)) };
	return radio_box(visit, "verdict", text_of(say("判断")),
			 text_of(say("インシデントにすると、種類ごとの手順が作業になり、外部への報告の期限が始まります。")),
			 incident->is_judged ? text_of(incident_verdict_name(incident->verdict)) : T(""), true,
			 options, INCIDENT_VERDICTS);
}

static struct error *
judge_draw(struct look *look, struct visit *visit)
{
	struct incident incident;
	TRY(led_case(look, visit, &incident));
	const struct case_form form = {
		.title = N_("事案を判断する"),
		.button = N_("判断を記録する"),
		.about = incident_line(visit->arena, &incident),
		.action = below(visit, incident.id, "judge"),
		.back = incident_url(visit->arena, incident.id),
		.change = incident.change,
		.boxes = { verdict_box(visit, &incident),
			   long_box(visit, "words", say("判断の理由"), "", T(""), true),
			   kind_box(visit, incident.kind_code),
			   case_class_box(visit, incident.class_code),
			   said_box(visit, "grave", say("特に重大ですか"), say("「はい」なら、CISOにも連絡します。"), incident.grave),
			   said_box(visit, "needed", say("上の段への連絡が必要ですか"), "", incident.needed),
			   said_box(visit, "crime", say("犯罪のおそれがありますか"), "", incident.crime),
			   grounds_box(visit, incident.grounds) },
	};
	return case_form_draw(visit, &form);
}

static struct error *
judge_do(struct act *act, struct visit *visit)
{
	struct incident incident;
	TRY(led_case(&act->look, visit, &incident));
	struct incident_judging judging = {
		.incident = incident.id,
		.words = visit_text(visit, "words"),
		.kind = visit_text(visit, "kind"),
		.grave = form_said(visit, "grave"),
		.needed = form_said(visit, "needed"),
		.crime = form_said(visit, "crime"),
		.class_code = visit_text(visit, "class"),
		.grounds = form_grounds(visit),
	};
	TRY(form_row(visit, "change", &judging.change));
	if (!incident_verdict_read(visit_text(visit, "verdict"), &judging.verdict))
		return reject("verdict", "インシデントかどうかを選んでください。");
	TRY(incident_judge(act, visit->office->pack, &judging));
	return go_back(visit, "incident-judged");
}

/* ---- What is known ---- */

static struct field_part *
disclosure_box(struct visit *visit, const struct incident *incident)
{
	struct field_option options[DISCLOSURES];
	for (int at = 0; at < DISCLOSURES; at++)
		options[at] = (struct field_option){ text_of(disclosure_name((enum disclosure)at)),
						     text_of(disclosure_words((enum disclosure)at)) };
	return select_box(visit, "disclosure", text_of(say("公表")), T(""),
			  incident->has_disclosure ? text_of(disclosure_name(incident->disclosure)) : T(""), false,
			  options, DISCLOSURES);
}

static struct error *
facts_draw(struct look *look, struct visit *visit)
{
	struct incident incident;
	TRY(led_case(look, visit, &incident));
	struct case_form form = {
		.title = N_("分かったことを直す"),
		.lead = N_("直すと、連絡する段と外部への報告の期限も、いまの内容に合わせて始まります。"),
		.button = N_("保存する"),
		.about = incident_line(visit->arena, &incident),
		.action = below(visit, incident.id, "facts"),
		.back = incident_url(visit->arena, incident.id),
		.change = incident.change,
		.boxes = { kind_box(visit, incident.kind_code),
			   case_class_box(visit, incident.class_code),
			   said_box(visit, "grave", say("特に重大ですか"), say("「はい」なら、CISOにも連絡します。"), incident.grave),
			   said_box(visit, "needed", say("上の段への連絡が必要ですか"), "", incident.needed),
			   said_box(visit, "crime", say("犯罪のおそれがありますか"), "", incident.crime),
			   grounds_box(visit, incident.grounds), NULL, NULL,
			   disclosure_box(visit, &incident),
			   long_box(visit, "disclosure-words", say("公表の方法・しない理由"), "",
				    incident.disclosure_words, false) },
	};
	TRY(unit_box(look, visit, say("起きた所属"), "", incident.unit, &form.boxes[6]));
	TRY(system_box(look, visit, incident.system, &form.boxes[7]));
	return case_form_draw(visit, &form);
}

static struct error *
facts_do(struct act *act, struct visit *visit)
{
	struct incident incident;
	TRY(led_case(&act->look, visit, &incident));
	struct incident_facts facts = {
		.incident = incident.id,
		.kind = visit_text(visit, "kind"),
		.class_code = visit_text(visit, "class"),
		.grave = form_said(visit, "grave"),
		.needed = form_said(visit, "needed"),
		.crime = form_said(visit, "crime"),
		.grounds = form_grounds(visit),
		.disclosure_words = visit_text(visit, "disclosure-words"),
	};
	TRY(form_row(visit, "change", &facts.change));
	TRY(form_row(visit, "unit", &facts.unit.no));
	TRY(form_row(visit, "system", &facts.system.no));
	facts.has_disclosure = disclosure_read(visit_text(visit, "disclosure"), &facts.disclosure);
	TRY(incident_set_facts(act, visit->office->pack, &facts));
	return go_back(visit, "saved");
}

/* ---- Cause and prevention ---- */

static struct error *
conclude_draw(struct look *look, struct visit *visit)
{
	struct incident incident;
	TRY(led_case(look, visit, &incident));
	const struct case_form form = {
		.title = N_("原因と再発防止を報告する"),
		.lead = N_("CISOと統括に届きます。経過にも残り、外部への報告書と様式に入ります。"),
		.button = N_("報告する"),
		.about = incident_line(visit->arena, &incident),
		.action = below(visit, incident.id, "conclude"),
		.back = incident_url(visit->arena, incident.id),
		.change = incident.change,
		.boxes = { long_box(visit, "cause", say("原因"), say("なぜ起きたか、なぜ防げなかったか"), T(""), true),
			   long_box(visit, "prevented", say("再発防止のためにしたこと"), say("もう済んだもの"), T(""), false),
			   long_box(visit, "todo", say("再発防止のためにこれからすること"), say("誰が、いつまでに"), T(""), false) },
	};
	return case_form_draw(visit, &form);
}

static struct error *
conclude_do(struct act *act, struct visit *visit)
{
	struct incident incident;
	TRY(led_case(&act->look, visit, &incident));
	struct incident_concluding concluding = {
		.incident = incident.id,
		.cause = visit_text(visit, "cause"),
		.done = visit_text(visit, "prevented"),
		.todo = visit_text(visit, "todo"),
	};
	TRY(form_row(visit, "change", &concluding.change));
	TRY(incident_conclude(act, visit->office->pack, &concluding));
	return go_back(visit, "incident-concluded");
}

/* ---- Closing ---- */

static struct error *
closing_case(struct look *look, struct visit *visit, struct incident *incident)
{
	struct incident_may may;
	TRY(incident_of_path(look, visit, incident, &may));
	if (!may.close)
		return refuse("事案を終結できるのは、方針が定める人だけです。");
	return OK;
}

static struct error *
close_draw(struct look *look, struct visit *visit)
{
	struct incident incident;
	TRY(closing_case(look, visit, &incident));
	struct case_form form = {
		.title = N_("事案を終結する"),
		.lead = N_("終結すると、経過に書き足せなくなります。"),
		.button = N_("終結する"),
		.about = incident_line(visit->arena, &incident),
		.action = below(visit, incident.id, "close"),
		.back = incident_url(visit->arena, incident.id),
		.change = incident.change,
		.boxes = { long_box(visit, "words", say("終結にあたって"), "", T(""), false) },
	};
	TRY(incident_closable(look, visit->office->pack, &incident, &form.notes, &form.notes_count));
	if (form.notes_count != 0)
		form.lead = N_("次のことが済むまで、終結できません。");
	return case_form_draw(visit, &form);
}

static struct error *
close_do(struct act *act, struct visit *visit)
{
	struct incident incident;
	TRY(closing_case(&act->look, visit, &incident));
	struct incident_closing closing = { .incident = incident.id, .words = visit_text(visit, "words") };
	TRY(form_row(visit, "change", &closing.change));
	TRY(incident_close(act, visit->office->pack, &closing));
	return go_back(visit, "incident-closed");
}

PAGE_ROWS(incident_decide,
	  { { METHOD_GET, "/incidents/{id}/judge" }, RIGHT_SELF, PAGE_LOOK, .look = judge_draw },
	  { { METHOD_POST, "/incidents/{id}/judge" }, RIGHT_SELF, PAGE_ACT, .act = judge_do,
	    .again = judge_draw, .keeps = true },
	  { { METHOD_GET, "/incidents/{id}/facts" }, RIGHT_SELF, PAGE_LOOK, .look = facts_draw },
	  { { METHOD_POST, "/incidents/{id}/facts" }, RIGHT_SELF, PAGE_ACT, .act = facts_do,
	    .again = facts_draw },
	  { { METHOD_GET, "/incidents/{id}/conclude" }, RIGHT_SELF, PAGE_LOOK, .look = conclude_draw },
	  { { METHOD_POST, "/incidents/{id}/conclude" }, RIGHT_SELF, PAGE_ACT, .act = conclude_do,
	    .again = conclude_draw, .keeps = true },
	  { { METHOD_GET, "/incidents/{id}/close" }, RIGHT_SELF, PAGE_LOOK, .look = close_draw },
	  { { METHOD_POST, "/incidents/{id}/close" }, RIGHT_SELF, PAGE_ACT, .act = close_do,
	    .again = close_draw });
