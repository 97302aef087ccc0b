/* What is done in an incident of the working year, from the report to the close (year_acts.h). */
#ifndef BANSHO_TESTS_YEAR_INCIDENT_H
#define BANSHO_TESTS_YEAR_INCIDENT_H

#include "year_house.h"

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

#endif
