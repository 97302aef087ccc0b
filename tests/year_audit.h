/* What is done in an audit of the working year, before the council and in the review (year_acts.h). */
#ifndef BANSHO_TESTS_YEAR_AUDIT_H
#define BANSHO_TESTS_YEAR_AUDIT_H

#include "year_house.h"

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

#endif
