/* A body with everybody whom the rooms of the working year ask, for the tests of their faults. */
#ifndef BANSHO_TESTS_YEAR_HOUSE_H
#define BANSHO_TESTS_YEAR_HOUSE_H

#include "journal/journal.h"

#define FLOW_HOUSE_JOURNAL
#include "flow_house.h"

#include "assure/review.h"
#include "audit/audit.h"
#include "check/check.h"
#include "duty/duty.h"
#include "incident/incident.h"
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
	const struct unit_id office = add_unit(act, "0900", "監査委員事務局", UNIT_SECTION, h->city);
	const struct unit_id council = add_unit(act, "0910", "推進会議", UNIT_OTHER, h->city);
	const struct post_id desk = add_post(act, h, office, "監査係長", "auditor");
	const struct post_id system = add_post(act, h, h->other, "システム係長", "system-manager");
	const struct ledger_value values[] = {
		{ T("name"), T("住民記録システム") },
		{ T("owner"), text_format(act->look.arena, "%lld", (long long)h->other.no) },
		{ T("kind"), T("business") },
		{ T("uses"), T("住民記録") },
		{ T("system-class"), T("I") },
		{ T("zone"), T("lgwan") },
		{ T("grave"), T("no") },
		{ T("place"), T("サーバ室") },
	};
	y->csirt = add_person(act, "000030", "守", "一", "マモリ ハジメ",
			      add_post(act, h, h->bureau, "CSIRT", "csirt"));
	y->coordinator = add_person(act, "000031", "調", "二", "シラベ フタ",
				    add_post(act, h, h->bureau, "CSIRT調整", "csirt-coordinator"));
	y->keeper = add_person(act, "000032", "計画", "係", "ケイカク カカリ",
			       add_post(act, h, h->other, "情報政策課長", "policy-manager"));
	y->auditor = add_person(act, "000901", "監崎", "一", "カンザキ ハジメ", desk);
	y->second = add_person(act, "000902", "監野", "二", "カンノ ツギ", desk);
	y->member = add_person(act, "000903", "会田", "三", "アイダ ミツ",
			       add_post(act, h, council, "議長", "council"));
	must(people_assign(act, &(struct assignment){ .person = y->f.other_manager, .post = system,
						      .since = DAY_NONE, .until = DAY_NONE },
			   &assignment));
	must(people_person_add(act, &(struct person){ .number = T("000099"), .family = T("紙"), .given = T("子"),
						      .since = DAY_NONE, .until = DAY_NONE },
			       &y->mailless));
	must(people_assign(act, &(struct assignment){ .person = y->mailless, .post = h->clerk, .is_main = true,
						      .since = DAY_NONE, .until = DAY_NONE },
			   &assignment));
	return ledger_add(act, h->pack, pack_ledger(h->pack, T("system")), values,
			  sizeof values / sizeof *values, &y->system);
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
