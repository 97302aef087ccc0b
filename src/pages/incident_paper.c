/*
 * A case on paper: the body's own forms (様式第11-1号, 第11-2号) as views of the timeline, the draft of a report to
 * an authority, the whole course; and the emergency plan, for the day without screens.
 */
#include "pages/incident_pages.h"

#include "incident/contact.h"
#include "incident/outside.h"
#include "paper/incident_paper.h"
#include "paper/report_paper.h"

#include "base/writer.h"

enum { SECTIONS_MOST = 40, PAIRS_MOST = 60 };

static struct report_out
report_of(struct visit *visit, struct text title, struct text number)
{
	struct report_out out = report_open(visit->arena, title, SECTIONS_MOST);
	out.body_name = visit->office->body_name;
	out.number = number;
	out.day = visit->today;
	out.made = visit->now;
	return out;
}

static struct error *
proof_of(struct look *look, struct visit *visit, struct case_proof *proof)
{
	struct journal_state state;
	TRY(journal_state(look, NULL, &state));
	*proof = (struct case_proof){ visit->office->body_code, state.signed_size };
	return OK;
}

static struct error *
prove(struct look *look, struct visit *visit, struct incident_id id, struct report_out *out)
{
	struct case_proof proof;
	TRY(proof_of(look, visit, &proof));
	return paper_incident_proof(look, id, &proof, &out->proof);
}

static struct error *
send_paper(struct look *look, struct visit *visit, struct text job, struct text name)
{
	look_end(look);
	TRY(run_companion(visit, "bansho-print", NULL, job, &visit->answer.body));
	visit->answer.type = "application/pdf";
	visit->answer.shown_as = text_format(visit->arena, "%.*s.pdf", T_ARG(name));
	return OK;
}

static struct error *
print(struct look *look, struct visit *visit, const struct report_out *out, struct text name)
{
	struct text job;
	TRY(paper_report(visit->arena, out, &job));
	return send_paper(look, visit, job, name);
}

static void
pair(struct report_section *pairs, struct text label, struct text words)
{
	report_cell(pairs, label);
	report_cell(pairs, words);
}

static struct error *
written_case(struct look *look, struct visit *visit, struct incident *incident)
{
	struct incident_may may;
	TRY(incident_of_path(look, visit, incident, &may));
	if (!may.write)
		return refuse("事案の書類を出せるのは、報告した人、連絡を受けた人、対応にあたる人だけです。");
	return OK;
}

/* ---- The body's own forms ---- */

static struct error *
form_print(struct look *look, struct visit *visit)
{
	struct incident incident;
	struct case_proof proof;
	struct text job;
	TRY(written_case(look, visit, &incident));
	const struct pack *pack = visit->office->pack;
	const struct pack_form_view *view = incident_view(pack, capture_text(visit->captures, "form"));
	if (view == NULL)
		return missing("この事案をその様式にすることはできません。");
	TRY(proof_of(look, visit, &proof));
	TRY(paper_incident(look, pack, view, &incident, visit->office->body_name, &proof, &job));
	return send_paper(look, visit, job,
			  text_format(visit->arena, "%.*s_%.*s", T_ARG(words_now(view->form->label)),
				      T_ARG(incident.number)));
}

/* ---- The draft for an authority ---- */

static struct error *
draft_print(struct look *look, struct visit *visit)
{
	struct incident incident;
	struct incident_outside *list;
	struct draft_item *items;
	size_t list_count, count;
	const struct incident_outside *outside = NULL;
	TRY(written_case(look, visit, &incident));
	TRY(incident_outside_list(look, visit->office->pack, incident.id, &list, &list_count));
	for (size_t at = 0; at < list_count; at++)
		if (list[at].id.no == visit_id(visit, "outside"))
			outside = &list[at];
	if (outside == NULL || outside->authority == NULL)
		return missing("その報告はこの事案にありません。");
	TRY(incident_draft(look, visit->office->pack, incident.id, &items, &count));
	struct report_out out = report_of(visit,
					  text_format(visit->arena, say("報告書の下書き（%s）"),
						      outside_stage_words(outside->stage)),
					  incident.number);
	out.addressee = words_now(outside->authority->name);
	out.lead = text_of(say("経過から作った下書きです。確かめてから報告してください。"));
	struct report_section *pairs = report_pairs(visit->arena, &out, T(""), count + 2);
	if (!day_is_none(outside->due))
		pair(pairs, text_of(say("報告の期限")), day_wareki(visit->arena, outside->due));
	for (size_t at = 0; at < count; at++)
		pair(pairs, words_now(items[at].item->name),
		     items[at].words.len != 0 ? items[at].words : text_of(say("調査中")));
	TRY(prove(look, visit, incident.id, &out));
	return print(look, visit, &out,
		     text_format(visit->arena, say("下書き_%.*s_%.*s"), T_ARG(out.addressee), T_ARG(incident.number)));
}

/* ---- The whole course ---- */

static struct error *
add_course(struct look *look, struct visit *visit, struct incident_id id, struct report_out *out)
{
	const struct report_column columns[] = { { text_of(say("日時")), 8, false },
						 { text_of(say("区分")), 4, false },
						 { text_of(say("内容")), 13, false },
						 { text_of(say("書いた人")), 4, false } };
	struct incident_entry *list;
	size_t count;
	TRY(incident_entries(look, id, &(struct entry_query){ .with_replaced = false }, &list, &count));
	struct report_column *kept = ARENA_ARRAY(visit->arena, struct report_column, 4);
	for (size_t at = 0; at < 4; at++)
		kept[at] = columns[at];
	struct report_section *table = report_table(visit->arena, out, text_of(say("経過")), kept, 4, count + 1);
	for (size_t at = 0; at < count; at++) {
		report_cell(table, moment_wareki(visit->arena, list[at].at));
		report_cell(table, text_of(entry_category_words(list[at].category)));
		report_cell(table, list[at].words);
		report_cell(table, list[at].person_name);
	}
	return OK;
}

static struct error *
add_evidence(struct look *look, struct visit *visit, struct incident_id id, struct report_out *out)
{
	struct incident_evidence *list;
	size_t count;
	TRY(incident_evidence_list(look, id, &list, &count));
	if (count == 0)
		return OK;
	struct report_section *pairs = report_pairs(visit->arena, out, text_of(say("証拠")), count);
	for (size_t at = 0; at < count; at++)
		pair(pairs, text_format(visit->arena, say("証拠%lld"), (long long)list[at].no),
		     text_format(visit->arena, "%.*s\n%.*s\n%.*s", T_ARG(list[at].name), T_ARG(list[at].origin),
				 T_ARG(list[at].is_file ? hash_hex(visit->arena, &list[at].digest) : T(""))));
	return OK;
}

static struct error *
course_print(struct look *look, struct visit *visit)
{
	struct incident incident;
	TRY(written_case(look, visit, &incident));
	struct report_out out = report_of(visit, text_of(say("事案の経過")), incident.number);
	struct report_section *pairs = report_pairs(visit->arena, &out, T(""), 8);
	pair(pairs, text_of(say("何が起きたか")), incident.title);
	pair(pairs, text_of(say("種類")), kind_words(&incident));
	pair(pairs, text_of(say("状態")), text_of(incident_state_words(incident.state)));
	pair(pairs, text_of(say("所属")), incident.unit_name);
	pair(pairs, text_of(say("起きた日時")), moment_wareki(visit->arena, incident.happened));
	pair(pairs, text_of(say("知った日時")), moment_wareki(visit->arena, incident.known));
	pair(pairs, text_of(say("入力した日時")), moment_wareki(visit->arena, incident.entered));
	pair(pairs, text_of(say("本人の数")), text_format(visit->arena, say("%lld人"), (long long)incident.persons));
	TRY(add_course(look, visit, incident.id, &out));
	TRY(add_evidence(look, visit, incident.id, &out));
	TRY(prove(look, visit, incident.id, &out));
	return print(look, visit, &out,
		     text_format(visit->arena, say("経過_%.*s"), T_ARG(incident.number)));
}

/* ---- The emergency plan ---- */

static struct error *
add_contacts(struct look *look, struct visit *visit, struct report_out *out)
{
	struct incident_contact *list;
	size_t count;
	struct report_column *columns = ARENA_ARRAY(visit->arena, struct report_column, 4);
	columns[0] = (struct report_column){ text_of(say("名前")), 8, false };
	columns[1] = (struct report_column){ text_of(say("電話")), 6, false };
	columns[2] = (struct report_column){ text_of(say("メール")), 8, false };
	columns[3] = (struct report_column){ text_of(say("確かめた日")), 6, false };
	TRY(incident_contacts(look, visit->office->pack, &list, &count));
	struct report_section *table = report_table(visit->arena, out, text_of(say("電話・メール")), columns, 4,
						    count + 1);
	for (size_t at = 0; at < count; at++) {
		report_cell(table, text_format(visit->arena, "%.*s%s%.*s", T_ARG(list[at].name),
					       list[at].words.len == 0 ? "" : "\n", T_ARG(list[at].words)));
		report_cell(table, list[at].phone);
		report_cell(table, list[at].mail);
		report_cell(table, list[at].confirmed.ms == 0
					   ? T("")
					   : day_wareki(visit->arena, moment_day(list[at].confirmed)));
	}
	return OK;
}

/* Up to six names; for a link of the section or the system, whose case it will be is not known yet. */
static struct error *
chain_who(struct look *look, struct visit *visit, const struct pack_link *link, struct text *who)
{
	struct decider *list;
	size_t count = 0;
	*who = text_of(say("（起きた所属や、関わるシステムの人）"));
	if (link->whose != LINK_BODY)
		return OK;
	TRY(people_role_holders(look, link->role, (struct unit_id){ 0 }, visit->today, &list, &count));
	*who = T("");
	for (size_t i = 0; i < count && i < 6; i++)
		*who = text_format(visit->arena, "%.*s%s%.*s", T_ARG(*who), i == 0 ? "" : say("、"),
				   T_ARG(list[i].name));
	return OK;
}

static struct error *
add_chain(struct look *look, struct visit *visit, struct report_out *out)
{
	const struct pack_incidents *incidents = &visit->office->pack->incidents;
	struct report_column *columns = ARENA_ARRAY(visit->arena, struct report_column, 3);
	columns[0] = (struct report_column){ text_of(say("だれへ")), 8, false };
	columns[1] = (struct report_column){ text_of(say("人")), 12, false };
	columns[2] = (struct report_column){ text_of(say("出ないとき")), 8, false };
	struct report_section *table = report_table(visit->arena, out, text_of(say("連絡の順")), columns, 3,
						    incidents->chain_count + 1);
	for (size_t at = 0; at < incidents->chain_count; at++) {
		const struct pack_link *link = &incidents->chain[at];
		struct text who;
		if (link->at != LINK_REPORT)
			continue;
		TRY(chain_who(look, visit, link, &who));
		report_cell(table, words_now(link->role->name));
		report_cell(table, who);
		report_cell(table, link->substitute != NULL ? words_now(link->substitute->name) : T(""));
	}
	return OK;
}

static void
add_kind(struct visit *visit, const struct pack_incident_kind *kind, struct report_out *out)
{
	struct report_section *first = report_notes(visit->arena, out, words_now(kind->name), kind->at_once_count + 1);
	report_cell(first, text_format(visit->arena, "%s:", say("まず、すること")));
	for (size_t at = 0; at < kind->at_once_count; at++)
		report_cell(first, text_format(visit->arena, "%zu. %.*s", at + 1, T_ARG(words_now(kind->at_once[at]))));
	if (kind->plays_count == 0)
		return;
	struct report_column *columns = ARENA_ARRAY(visit->arena, struct report_column, 3);
	columns[0] = (struct report_column){ text_of(say("段階")), 4, false };
	columns[1] = (struct report_column){ text_of(say("すること")), 16, false };
	columns[2] = (struct report_column){ text_of(say("だれが")), 8, false };
	struct report_section *table = report_table(visit->arena, out, T(""), columns, 3, kind->plays_count);
	for (size_t at = 0; at < kind->plays_count; at++) {
		const struct pack_play *play = &kind->plays[at];
		report_cell(table, text_of(play_phase_words(play->phase)));
		report_cell(table, words_now(play->words));
		report_cell(table, play->role != NULL ? words_now(play->role->name) : T(""));
	}
}

static struct error *
plan_print(struct look *look, struct visit *visit)
{
	bool may_lead;
	TRY(incidents_must_be(visit));
	const struct pack_incidents *incidents = &visit->office->pack->incidents;
	struct report_out out = report_of(visit, text_of(say("緊急時対応計画")), T(""));
	TRY(incident_may_lead(look, visit->office->pack, visit->session.person, &may_lead));
	for (size_t at = 0; at < incidents->plan_count; at++) {
		const struct pack_plan_part *part = &incidents->plan[at];
		struct report_section *notes = report_notes(visit->arena, &out, words_now(part->name),
							    part->words_count + incidents->items_count + 1);
		for (size_t i = 0; i < part->words_count; i++)
			report_cell(notes, words_now(part->words[i]));
		for (size_t i = 0; part->shows == PLAN_ITEMS && i < incidents->items_count; i++)
			report_cell(notes, text_format(visit->arena, "%zu. %.*s", i + 1,
						       T_ARG(words_now(incidents->items[i].name))));
		if (part->shows == PLAN_CONTACTS)
			TRY(add_chain(look, visit, &out));
		if (part->shows == PLAN_CONTACTS && (may_lead || visit_may(visit, RIGHT_DECIDE)))
			TRY(add_contacts(look, visit, &out));
		for (size_t i = 0; part->shows == PLAN_MEASURES && i < incidents->kinds_count; i++)
			add_kind(visit, &incidents->kinds[i], &out);
	}
	return print(look, visit, &out, text_of(say("緊急時対応計画")));
}

PAGE_ROWS(incident_paper,
	  { { METHOD_GET, "/incidents/{id}/forms/{form:text}" }, RIGHT_SELF, PAGE_SLOW_LOOK,
	    .look = form_print },
	  { { METHOD_GET, "/incidents/{id}/draft/{outside}" }, RIGHT_SELF, PAGE_SLOW_LOOK,
	    .look = draft_print },
	  { { METHOD_GET, "/incidents/{id}/paper" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = course_print },
	  { { METHOD_GET, "/incidents/plan/pdf" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = plan_print });
