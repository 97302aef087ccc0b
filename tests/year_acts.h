/* What is done in the rooms of the working year, as steps that one person after another takes. */
#ifndef BANSHO_TESTS_YEAR_ACTS_H
#define BANSHO_TESTS_YEAR_ACTS_H

#include "year_house.h"

/* ---- Duties ---- */

static inline struct error *
open_duty(struct look *look, const struct year *y, const char *code, struct unit_id unit,
	  struct duty_occurrence *found)
{
	const struct duty_query query = { .duty = text_of(code), .is_open_only = true, .from = DAY_NONE,
					  .until = DAY_NONE };
	struct duty_occurrence *list;
	size_t count;
	TRY(duty_list(look, &y->f.flow, &query, 50, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].unit.no == unit.no) {
			*found = list[at];
			return OK;
		}
	return missing("no open duty %s", code);
}

static inline struct error *
duty_is_done(struct act *act, struct year *y)
{
	static const struct ledger_value typed[] = {
		{ T_INIT("work-by"), T_INIT("株式会社保守") },	  { T_INIT("confirmed-by"), T_INIT("契田") },
		{ T_INIT("place"), T_INIT("サーバ室") },	  { T_INIT("work"), T_INIT("部品を換えた") },
		{ T_INIT("contractor"), T_INIT("yes") }, { T_INIT("attended"), T_INIT("契田") },
	};
	struct duty_occurrence one = { 0 };
	TRY(open_duty(&act->look, y, "maintenance", y->f.house.other, &one));
	return duty_do(act, &y->f.flow,
		       &(struct duty_doing){ one.id, one.change, D(0), T(""), typed, sizeof typed / sizeof *typed });
}

static inline struct error *
duty_is_handed(struct act *act, struct year *y)
{
	struct duty_occurrence one = { 0 };
	TRY(open_duty(&act->look, y, "malware-scan", y->f.house.section, &one));
	return duty_hand(act, &y->f.flow, one.id, one.change, y->f.house.staff);
}

static inline struct error *
duty_is_excused(struct act *act, struct year *y)
{
	struct duty_occurrence one = { 0 };
	TRY(open_duty(&act->look, y, "malware-scan", y->f.house.other, &one));
	return duty_excuse(act, &y->f.flow, one.id, one.change, T("端末をすべて入れ替えた。"));
}

static inline struct error *
duty_is_begun(struct act *act, struct year *y)
{
	struct duty_id id;
	return duty_begin(act, &y->f.flow,
			  &(struct duty_beginning){ pack_duty(YEAR_PACK(y), T("threat")), y->f.house.other,
						    T("新しい手口が広まっている。") },
			  &id);
}

/* ---- Incidents ---- */

static inline struct error *
report(struct act *act, struct year *y)
{
	const struct moment now = act->look.now;
	return incident_report(act, YEAR_PACK(y),
			       &(struct incident_reporting){ .kind = T("lost-medium"),
							     .title = T("USBメモリを失くした"),
							     .words = T("鞄ごと置き忘れた。"),
							     .place = T("駅"),
							     .happened = { now.ms - 3600000 },
							     .known = { now.ms - 600000 } },
			       &y->incident);
}

static inline struct error *
link_receive(struct act *act, struct year *y, const char *code)
{
	struct incident_link *list;
	size_t count;
	TRY(incident_links(&act->look, YEAR_PACK(y), y->incident, (struct person_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (text_is(list[at].code, code))
			return incident_receive(act, YEAR_PACK(y),
						&(struct link_receiving){ .link = list[at].id, .words = T("了解"),
									  .needed = SAID_YES });
	return missing("no link %s", code);
}

static inline struct error *
manager_receives(struct act *act, struct year *y)
{
	return link_receive(act, y, "manager");
}

static inline struct error *
ciso_receives_the_cause(struct act *act, struct year *y)
{
	return link_receive(act, y, "cause-ciso");
}

static inline struct error *
chief_receives_the_cause(struct act *act, struct year *y)
{
	return link_receive(act, y, "cause-chief");
}

static inline struct error *
entry_write(struct act *act, struct year *y, struct entry_id replaces, const char *words)
{
	return incident_entry_write(act, YEAR_PACK(y),
				    &(struct entry_writing){ .incident = y->incident,
							     .category = ENTRY_OBSERVATION,
							     .source = FROM_SEEN,
							     .words = text_of(words),
							     .replaces = replaces },
				    &y->entry);
}

static inline struct error *
entry(struct act *act, struct year *y)
{
	return entry_write(act, y, (struct entry_id){ 0 }, "駅に届いていない");
}

static inline struct error *
entry_is_put_right(struct act *act, struct year *y)
{
	const struct entry_id first = y->entry;
	struct error *error = entry_write(act, y, first, "駅にも警察にも届いていない");
	if (error != OK)
		y->entry = first;
	return error;
}

static inline struct error *
judge(struct act *act, struct year *y)
{
	struct incident incident;
	TRY(incident_read(&act->look, YEAR_PACK(y), y->incident, &incident));
	return incident_judge(act, YEAR_PACK(y),
			      &(struct incident_judging){ .incident = y->incident, .change = incident.change,
							  .verdict = VERDICT_INCIDENT, .words = T("名簿が入っていた。"),
							  .crime = SAID_YES, .grounds = T("sensitive") });
}

static inline struct error *
facts(struct act *act, struct year *y)
{
	struct incident incident;
	TRY(incident_read(&act->look, YEAR_PACK(y), y->incident, &incident));
	return incident_set_facts(act, YEAR_PACK(y),
				  &(struct incident_facts){ .incident = y->incident, .change = incident.change,
							    .has_disclosure = true, .disclosure = DISCLOSURE_NOT,
							    .disclosure_words = T("拾得され、見られていない。") });
}

static inline struct error *
order_of(struct act *act, struct year *y)
{
	return incident_task_give(act, YEAR_PACK(y),
				  &(struct task_giving){ .incident = y->incident, .kind = TASK_STOP,
							 .words = T("その端末を止める"),
							 .role = pack_role(YEAR_PACK(y), T("system-manager")),
							 .unit = y->f.house.other },
				  &y->task);
}

static inline struct error *
order_is_answered(struct act *act, struct year *y)
{
	return incident_task_answer(act, YEAR_PACK(y),
				    &(struct task_answering){ .task = y->task, .is_done = true,
							      .words = T("14時に止めた。") });
}

static inline void
a_file_is_kept(struct year *y)
{
	must(incident_file_keep(y->f.house.store, y->f.house.arena, T("防犯カメラの映像"), &y->digest));
}

static inline struct error *
evidence(struct act *act, struct year *y)
{
	return incident_evidence_take(act, YEAR_PACK(y),
				      &(struct evidence_taking){ .incident = y->incident, .name = T("映像"),
								 .origin = T("駅"), .is_file = true,
								 .digest = y->digest,
								 .size = (int64_t)strlen("防犯カメラの映像") },
				      &y->evidence);
}

static inline struct error *
custody(struct act *act, struct year *y)
{
	bool is_same;
	return incident_custody_note(act, YEAR_PACK(y),
				     &(struct custody_noting){ .evidence = y->evidence, .doing = CUSTODY_HANDED,
							       .holder = T("県警察") },
				     &is_same);
}

static inline struct error *
affected(struct act *act, struct year *y)
{
	return incident_affected_add(act, YEAR_PACK(y),
				     &(struct affected_adding){ .incident = y->incident, .name = T("名簿"),
								.items = T("氏名"), .persons = 120, .is_sure = true },
				     &y->affected);
}

static inline struct error *
affected_is_dropped(struct act *act, struct year *y)
{
	return incident_affected_drop(act, YEAR_PACK(y), y->affected, T("別の媒体だった。"));
}

static inline struct error *
file_one(struct act *act, struct year *y, bool is_waived)
{
	struct incident_outside *list;
	size_t count;
	TRY(incident_outside_list(&act->look, YEAR_PACK(y), y->incident, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].filed.ms == 0 && list[at].waived.len == 0)
			return incident_outside_file(act, YEAR_PACK(y),
						     &(struct outside_filing){ .outside = list[at].id,
									       .way = T("電話"),
									       .is_waived = is_waived,
									       .words = T("済んだ。") });
	return missing("nobody outside is left");
}

static inline struct error *
outside_is_told(struct act *act, struct year *y)
{
	return file_one(act, y, false);
}

static inline struct error *
outside_is_left(struct act *act, struct year *y)
{
	return file_one(act, y, true);
}

static inline struct error *
conclude(struct act *act, struct year *y)
{
	struct incident incident;
	TRY(incident_read(&act->look, YEAR_PACK(y), y->incident, &incident));
	return incident_conclude(act, YEAR_PACK(y),
				 &(struct incident_concluding){ .incident = y->incident, .change = incident.change,
								.cause = T("鞄ごと置き忘れた。"),
								.done = T("暗号化した。"), .todo = T("持ち出しを減らす。") });
}

/* What stands against closing and is no row of the table. */
static inline struct error *
settle_work(struct act *act, void *with)
{
	struct year *y = with;
	struct incident_task *tasks;
	struct incident_outside *outside;
	size_t count;
	TRY(incident_tasks(&act->look, YEAR_PACK(y), y->incident, y->csirt, &tasks, &count));
	for (size_t at = 0; at < count; at++)
		if (!tasks[at].is_answered)
			TRY(incident_task_answer(act, YEAR_PACK(y),
						 &(struct task_answering){ .task = tasks[at].id, .is_done = true }));
	TRY(incident_outside_list(&act->look, YEAR_PACK(y), y->incident, &outside, &count));
	for (size_t at = 0; at < count; at++)
		if (outside[at].filed.ms == 0 && outside[at].waived.len == 0)
			TRY(incident_outside_file(act, YEAR_PACK(y),
						  &(struct outside_filing){ .outside = outside[at].id,
									    .way = T("電話") }));
	return OK;
}

static inline void
the_rest_is_settled(struct year *y)
{
	must(act_as(&y->f.house, y->csirt, settle_work, y));
}

static inline struct error *
close_case(struct act *act, struct year *y)
{
	struct incident incident;
	TRY(incident_read(&act->look, YEAR_PACK(y), y->incident, &incident));
	return incident_close(act, YEAR_PACK(y),
			      &(struct incident_closing){ y->incident, incident.change, T("終える。") });
}

static inline struct error *
contact(struct act *act, struct year *y)
{
	return incident_contact_put(act, YEAR_PACK(y),
				    &(struct incident_contact){ .kind = CONTACT_ROLE, .code = T("ciso"),
								.name = T("副市長"), .phone = T("088-000-0001") },
				    &y->contact);
}

static inline struct error *
contacts_are_confirmed(struct act *act, struct year *y) /* and so a duty is done */
{
	return incident_contacts_confirm(act, YEAR_PACK(y));
}

static inline struct error *
contact_ends(struct act *act, struct year *y)
{
	return incident_contact_end(act, YEAR_PACK(y), y->contact);
}

/* ---- Training ---- */

static inline struct error *
training_is_planned(struct act *act, struct year *y)
{
	return training_plan_make(act, YEAR_PACK(y), 2026, &y->training);
}

static inline struct error *
course_is_set(struct act *act, struct year *y)
{
	struct training_item *items;
	size_t count;
	TRY(training_items(&act->look, YEAR_PACK(y), y->training, &items, &count));
	return training_item_set(act, YEAR_PACK(y), items[0].id, D(0), D(40), T("大会議室"));
}

static inline struct error *
training_is_decided(struct act *act, struct year *y)
{
	struct training_plan plan;
	TRY(training_plan(&act->look, y->training, &plan));
	return training_plan_decide(act, YEAR_PACK(y), y->training, plan.change);
}

static inline struct error *
training_is_reported(struct act *act, struct year *y)
{
	return training_plan_report(act, YEAR_PACK(y), y->training, D(0), T("推進会議"));
}

static inline void
everybody_is_asked(struct year *y)
{
	(void)training_round(y);
}

static inline struct error *
test_is_passed(struct act *act, struct year *y)
{
	const struct pack_course *course = pack_course(YEAR_PACK(y), T("basics"));
	int64_t given[COURSE_MOST_QUESTIONS] = { 0 };
	struct course_try made;
	for (size_t at = 0; at < course->questions_count; at++)
		for (size_t i = 0; i < course->questions[at].answers_count; i++)
			if (course->questions[at].answers[i].is_right)
				given[at] = (int64_t)i + 1;
	return training_try(act, YEAR_PACK(y), course, given, &made);
}

static inline struct error *
enrolment_of(struct look *look, const struct year *y, struct person_id who, const char *course,
	     struct enrolment_id *id)
{
	struct enrolment enrolment;
	bool found;
	TRY(training_open_of(look, YEAR_PACK(y), who, pack_course(YEAR_PACK(y), text_of(course)), &found,
			     &enrolment));
	*id = enrolment.id;
	return found ? OK : missing("no enrolment in %s", course);
}

static inline struct error *
excuse(struct act *act, struct year *y)
{
	struct enrolment_id id;
	TRY(enrolment_of(&act->look, y, y->f.house.deputy, "basics", &id));
	return training_excuse(act, YEAR_PACK(y), id, T("育児休業中"));
}

static inline struct error *
attendance(struct act *act, struct year *y)
{
	struct attendance *list;
	size_t count;
	int64_t id;
	TRY(attendance_read(&act->look, T("000012\n000013,代理,000011\n"), &list, &count));
	return training_class(act, YEAR_PACK(y), pack_course(YEAR_PACK(y), T("csirt-exercise")), D(0), T("大会議室"),
			      list, count, &id);
}

static inline struct error *
passed_on(struct act *act, struct year *y)
{
	struct enrolment_id id;
	TRY(enrolment_of(&act->look, y, y->f.house.deputy, "csirt-exercise", &id));
	return training_passed_on(act, id);
}

static inline struct error *
mail_drill(struct act *act, struct year *y)
{
	return training_drill_plan(act, YEAR_PACK(y),
				   &(struct drill_plan){ .lure = pack_lure(YEAR_PACK(y), T("parcel")),
							 .audience = pack_audience(YEAR_PACK(y), T("all")),
							 .sends = { act->look.now.ms + 3600000 },
							 .ends = D(7) },
				   &y->drill);
}

static inline struct error *
mail_drill_is_cancelled(struct act *act, struct year *y)
{
	return training_drill_cancel(act, YEAR_PACK(y), y->drill);
}

static inline void
the_drill_is_sent(struct year *y)
{
	struct mail *mails;
	size_t count, place;
	hours_pass(&y->f, 2);
	(void)training_round(y);
	LOOK(&y->f.house, look);
	must(people_outbox_next(&look, 500, &mails, &count));
	for (size_t at = 0; at < count; at++)
		if (text_find(mails[at].body, T("/m/"), &place))
			y->token = text_copy(y->f.house.arena, text_first(text_from(mails[at].body, place + 3),
									   TRAINING_TOKEN_LEN));
	assert_int_equal(y->token.len, TRAINING_TOKEN_LEN);
}

static inline struct error *
lure_is_opened(struct act *act, struct year *y)
{
	return training_opened(act, YEAR_PACK(y), y->token);
}

static inline struct error *
drill_is_handed(struct act *act, struct year *y)
{
	struct text token;
	return training_drill_hand(act, YEAR_PACK(y), y->drill, &y->mailless, 1, &token);
}

static inline struct error *
suspicious(struct act *act, struct year *y)
{
	bool is_drill;
	return training_suspicious(act, YEAR_PACK(y), T("請求書の件"), T("知らない会社から"), true, &is_drill);
}

/* ---- Checks ---- */

static inline struct error *
campaign(struct act *act, struct year *y)
{
	return check_plan(act, &y->f.flow,
			  &(struct planning){ .checklist = T("staff"), .since = moment_day(act->look.now),
					      .until = D(7), .units = &y->f.house.section, .units_count = 1 },
			  &y->campaign);
}

static inline struct error *
campaign_is_withdrawn(struct act *act, struct year *y)
{
	return check_withdraw(act, &y->f.flow, y->campaign);
}

static inline struct error *
campaign_opens(struct act *act, struct year *y)
{
	return check_begin(act, &y->f.flow, y->campaign);
}

static inline struct error *
mine_of(struct look *look, const struct year *y, struct check_mine *mine)
{
	return check_mine(look, YEAR_PACK(y), y->f.house.staff, moment_day(look->now), mine);
}

static inline struct error *
sheet_is_answered(struct act *act, struct year *y)
{
	struct check_mine mine;
	struct check_sheet sheet;
	struct check_answering answers[CHECK_MOST_ITEMS];
	TRY(mine_of(&act->look, y, &mine));
	TRY(check_sheet(&act->look, mine.sheets[0].id, &sheet));
	for (size_t at = 0; at < sheet.count; at++)
		answers[at] = (struct check_answering){ sheet.items[at].id, at < 2 ? CHECK_NO : CHECK_YES,
							at < 2 ? T("片づける") : T(""), at < 2 ? D(5) : DAY_NONE };
	return check_answer(act, &y->f.flow, sheet.id, answers, sheet.count);
}

static inline struct error *
improvement_is_put_off(struct act *act, struct year *y)
{
	struct check_mine mine;
	TRY(mine_of(&act->look, y, &mine));
	return check_replan(act, &y->f.flow, mine.improvements[0].id, T("棚を頼んだ。"), D(20));
}

static inline struct error *
improvement_is_made(struct act *act, struct year *y)
{
	struct check_mine mine;
	TRY(mine_of(&act->look, y, &mine));
	return check_improve(act, &y->f.flow, mine.improvements[0].id, T("鍵を付けた。"));
}

static inline void
its_days_are_over(struct year *y)
{
	days_pass(&y->f, 9);
}

static inline struct error *
campaign_is_closed(struct act *act, struct year *y)
{
	return check_finish(act, &y->f.flow, y->campaign, T("改善を続ける。"));
}

/* ---- Audit ---- */

static inline struct error *
audit_is_planned(struct act *act, struct year *y)
{
	const struct text themes[] = { T("disposal") };
	return audit_plan(act, YEAR_PACK(y),
			  &(struct audit_planning){ .kind = AUDIT_REGULAR, .title = T("廃棄"),
						    .aim = T("記録が整っているか"), .since = D(1), .until = D(60),
						    .units = &y->f.house.section, .units_count = 1,
						    .themes = themes, .themes_count = 1 },
			  &y->audit);
}

static inline struct error *
auditor_is_named(struct act *act, struct year *y)
{
	return audit_name(act, YEAR_PACK(y), y->audit, y->auditor, true);
}

static inline struct error *
second_work(struct act *act, void *with)
{
	struct year *y = with;
	return audit_name(act, YEAR_PACK(y), y->audit, y->second, false);
}

static inline void
another_is_named(struct year *y)
{
	must(act_as(&y->f.house, y->f.house.director, second_work, y));
}

static inline struct error *
auditor_is_dismissed(struct act *act, struct year *y)
{
	struct auditor *list;
	size_t count;
	TRY(audit_auditors(&act->look, y->audit, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].person.no == y->second.no)
			return audit_dismiss(act, YEAR_PACK(y), y->audit, list[at].id, T("異動した。"));
	return missing("no second auditor");
}

static inline struct error *
council_is_called(struct act *act, struct year *y)
{
	return council_call(act, YEAR_PACK(y), moment_day(act->look.now), T("定例会議"), T("庁議室"), &y->meeting);
}

static inline struct error *
plan_is_on_the_agenda(struct act *act, struct year *y)
{
	return council_add(act, YEAR_PACK(y), y->meeting,
			   &(struct agenda_writing){ .kind = AGENDA_PLAN, .title = T("監査計画"),
						     .about = audit_about(act->look.arena, y->audit) });
}

static inline struct error *
result_is_on_the_agenda(struct act *act, struct year *y)
{
	return council_add(act, YEAR_PACK(y), y->meeting,
			   &(struct agenda_writing){ .kind = AGENDA_RESULT, .title = T("監査結果"),
						     .about = audit_about(act->look.arena, y->audit) });
}

static inline struct error *
review_is_on_the_agenda(struct act *act, struct year *y)
{
	return council_add(act, YEAR_PACK(y), y->meeting,
			   &(struct agenda_writing){ .kind = AGENDA_REVIEW, .title = T("見直し"),
						     .about = audit_about_review(act->look.arena, y->review) });
}

static inline struct error *
minutes(struct act *act, struct year *y)
{
	struct meeting meeting;
	struct agenda *list;
	struct agenda_deciding deciding[10];
	size_t count;
	TRY(council_read(&act->look, y->meeting, &meeting));
	TRY(council_agenda(&act->look, y->meeting, &list, &count));
	for (size_t at = 0; at < count && at < 10; at++)
		deciding[at] = (struct agenda_deciding){ list[at].id, COUNCIL_NOTED, T("よい。") };
	return council_minutes(act, YEAR_PACK(y), y->meeting, meeting.change, T("報告を受けた。"), T("議長"),
			       deciding, count);
}

static inline struct error *
audit_begins(struct act *act, struct year *y)
{
	return audit_begin(act, YEAR_PACK(y), y->audit);
}

static inline struct error *
items_are_signed(struct act *act, struct year *y)
{
	struct audit_item *list;
	size_t count;
	TRY(audit_items(&act->look, YEAR_PACK(y), y->audit, &list, &count));
	for (size_t at = 0; at < count; at++)
		TRY(audit_sign(act, YEAR_PACK(y), y->audit, list[at].id, ITEM_MET, T("")));
	return OK;
}

static inline struct error *
unit_is_asked(struct act *act, struct year *y)
{
	return audit_ask(act, YEAR_PACK(y), y->audit, y->f.house.section, T("手順書"), D(5));
}

static inline struct error *
unit_shows(struct act *act, struct year *y)
{
	const struct audit_file file = { y->digest, T("手順書.pdf"), 24 };
	struct audit_request *list;
	size_t count;
	TRY(audit_requests(&act->look, y->audit, &list, &count));
	return audit_show(act, YEAR_PACK(y), list[0].id, T("写しです。"), &file);
}

static inline struct error *
paper_is_kept(struct act *act, struct year *y)
{
	const struct audit_file file = { y->digest, T("メモ.pdf"), 24 };
	return audit_paper_keep(act, YEAR_PACK(y), y->audit, T("聞き取り"), 0, &file);
}

static inline struct error *
point(struct act *act, struct year *y)
{
	return audit_point_add(act, YEAR_PACK(y), y->audit,
			       &(struct point_writing){ T("3.2.9.b"), y->f.house.section, T("grave"),
							T("立会いがない"), T("1件に記録がない。"), T("必ず書く。") },
			       &y->point);
}

static inline struct error *
audit_is_reported(struct act *act, struct year *y)
{
	struct audit audit;
	TRY(audit_read(&act->look, YEAR_PACK(y), y->audit, &audit));
	return audit_report(act, YEAR_PACK(y), audit.id, audit.change, T("おおむね良い。"));
}

static inline struct error *
audit_is_received(struct act *act, struct year *y)
{
	return audit_receive(act, YEAR_PACK(y), y->audit);
}

static inline struct error *
point_is_ordered(struct act *act, struct year *y)
{
	struct audit_point found;
	TRY(audit_point(&act->look, YEAR_PACK(y), y->point, &found));
	return audit_order(act, YEAR_PACK(y), found.id, found.change, T("直すこと。"), D(40));
}

static inline struct error *
point_is_answered(struct act *act, struct year *y)
{
	struct audit_point found;
	TRY(audit_point(&act->look, YEAR_PACK(y), y->point, &found));
	return audit_answer(act, YEAR_PACK(y), found.id, found.change, false, T("手順を直す。"), D(20));
}

static inline struct error *
point_is_done(struct act *act, struct year *y)
{
	struct audit_point found;
	TRY(audit_point(&act->look, YEAR_PACK(y), y->point, &found));
	return audit_answer(act, YEAR_PACK(y), found.id, found.change, true, T("直した。"), DAY_NONE);
}

static inline struct error *
verify(struct act *act, const struct year *y, bool is_good)
{
	struct audit_point found;
	TRY(audit_point(&act->look, YEAR_PACK(y), y->point, &found));
	return audit_verify(act, YEAR_PACK(y), found.id, found.change, is_good, T("記録を見た。"));
}

static inline struct error *
point_is_given_back(struct act *act, struct year *y)
{
	return verify(act, y, false);
}

static inline struct error *
point_is_verified(struct act *act, struct year *y)
{
	return verify(act, y, true);
}

static inline struct error *
audit_is_closed(struct act *act, struct year *y)
{
	return audit_close(act, YEAR_PACK(y), y->audit, T("すべて済んだ。"));
}

static inline struct error *
review_starts(struct act *act, struct year *y)
{
	return review_start(act, YEAR_PACK(y), assure_review_sources, T("年次"), &y->review);
}

static inline struct error *
review_uses_audits(struct act *act, struct year *y)
{
	return review_use(act, YEAR_PACK(y), y->review, T("audits"), T("手順に書き加える。"));
}

static inline struct error *
review_is_decided(struct act *act, struct year *y)
{
	struct review review;
	TRY(review_read(&act->look, y->review, &review));
	return review_decide(act, &y->f.flow, assure_review_sources, review.id, review.change, true, T("変える。"));
}

/* ---- Steps ---- */

struct step {
	const char *name;
	size_t who; /* of struct year */
	struct error *(*doing)(struct act *act, struct year *y);
	void (*before)(struct year *y); /* NULL: nothing */
};

#define STAFF offsetof(struct year, f.house.staff)
#define DEPUTY offsetof(struct year, f.house.deputy)
#define MANAGER offsetof(struct year, f.house.manager)
#define OTHER offsetof(struct year, f.other_manager)
#define CHIEF offsetof(struct year, f.house.director)
#define CISO offsetof(struct year, f.ciso)
#define CSIRT offsetof(struct year, csirt)
#define KEEPER offsetof(struct year, keeper)
#define AUDITOR offsetof(struct year, auditor)
#define MEMBER offsetof(struct year, member)
#define ANYBODY offsetof(struct year, nobody)
#define STEP(who, doing) { #doing, who, doing, NULL }
#define STEP_AFTER(before, who, doing) { #doing, who, doing, before }

struct step_deed {
	struct year *y;
	const struct step *step;
};

static inline struct error *
step_work(struct act *act, void *with)
{
	const struct step_deed *deed = with;
	return deed->step->doing(act, deed->y);
}

static inline struct person_id
who_takes(const struct year *y, const struct step *step)
{
	struct person_id who;
	memcpy(&who, (const char *)y + step->who, sizeof who);
	return who;
}

/* One after another, each as it is meant to go. */
static inline void
take_steps(struct year *y, const struct step *steps, size_t count)
{
	for (size_t at = 0; at < count; at++) {
		struct step_deed deed = { y, &steps[at] };
		if (steps[at].before != NULL)
			steps[at].before(y);
		must(act_as(&y->f.house, who_takes(y, &steps[at]), step_work, &deed));
	}
}
#define TAKE(y, steps) take_steps((y), (steps), sizeof(steps) / sizeof *(steps))

static inline void
duties_are_planned(struct year *y)
{
	struct duty_done done;
	must(duty_plan(y->f.house.store, y->f.house.arena, &y->f.flow, &done));
}

#endif
