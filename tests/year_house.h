/* A body with everybody whom the rooms of the working year ask, for the tests of their faults. */
#ifndef BANSHO_TESTS_YEAR_HOUSE_H
#define BANSHO_TESTS_YEAR_HOUSE_H

#define HOUSE_JOURNAL
#include "office_house.h"

#include "assure/review.h"
#include "audit/audit.h"
#include "check/check.h"
#include "duty/duty.h"
#include "incident/contact.h"
#include "incident/incident.h"
#include "incident/outside.h"
#include "training/training.h"

/* The body of flow's tests with everybody whom the five rooms ask. */
struct year {
	struct flow_house f; /* first: the helpers of flow take it */
	struct person_id csirt, coordinator, keeper, auditor, second, member, nobody, mailless;
	struct row_id system;
	struct incident_id incident;
	struct entry_id entry;
	struct task_id task;
	struct hash digest;
	struct evidence_id evidence;
	struct affected_id affected;
	struct contact_id contact;
	struct training_plan_id training;
	struct mail_drill_id drill;
	struct text token;
	struct campaign_id campaign;
	struct audit_id audit;
	struct point_id point;
	struct meeting_id meeting;
	struct review_id review;
};

#define YEAR_PACK(y) ((y)->f.house.pack)

static inline struct error *
fill_work(struct act *act, void *with)
{
	struct year *y = with;
	struct house *h = &y->f.house;
	struct assignment_id assignment;
	const struct auditors auditors = add_auditors(act, h);
	y->auditor = auditors.first;
	y->second = auditors.second;
	y->member = auditors.council;
	y->csirt = add_person(act, "000030", "守", "一", "マモリ ハジメ",
			      add_post(act, h, h->bureau, "CSIRT", "csirt"));
	y->coordinator = add_person(act, "000031", "調", "二", "シラベ フタ",
				    add_post(act, h, h->bureau, "CSIRT調整", "csirt-coordinator"));
	y->keeper = add_person(act, "000032", "計画", "係", "ケイカク カカリ",
			       add_post(act, h, h->other, "情報政策課長", "policy-manager"));
	must(people_person_add(act, &(struct person){ .number = T("000099"), .family = T("紙"), .given = T("子"),
						      .since = DAY_NONE, .until = DAY_NONE },
			       &y->mailless));
	must(people_assign(act, &(struct assignment){ .person = y->mailless, .post = h->clerk, .is_main = true,
						      .since = DAY_NONE, .until = DAY_NONE },
			   &assignment));
	return add_system_of_other(act, &y->f, "住民記録システム", "住民記録", &y->system);
}

static inline int
year_open(void **state)
{
	struct year *y = flow_house_within(sizeof *y);
	must(act_now(&y->f.house, fill_work, y));
	*state = y;
	return 0;
}

#define YEAR_TEST(name) cmocka_unit_test_setup_teardown(name, year_open, house_close)

static inline struct training_done
training_round(struct year *y)
{
	struct training_done done;
	for (bool is_more = true; is_more;)
		must(training_clock(y->f.house.store, y->f.house.arena, YEAR_PACK(y), 500, &done, &is_more));
	return done;
}

#endif
