/* A body with a server room, things and work given out, for the tests of the faults of those rooms. */
#ifndef BANSHO_TESTS_OUTSIDE_HOUSE_H
#define BANSHO_TESTS_OUTSIDE_HOUSE_H

#define HOUSE_JOURNAL
#include "flow_house.h"

#include "base/hash.h"
#include "base/table.h"
#include "contract/contract.h"
#include "entrance/entrance.h"
#include "inventory/inventory.h"
#include "reconcile/reconcile.h"

struct outside {
	struct flow_house f; /* first: the helpers of flow take it */
	struct person_id keeper, nobody;
	struct contract_id contract;
	struct contract_candidate_id candidate;
	struct contract_link_id link;
	struct contract_worker_id worker;
	struct contract_handover_id handover;
	struct contract_demand_id demand;
	struct row_id room;
	struct tablet_id tablet_id;
	struct tablet tablet;
	struct text code, token, mark;
	struct permit_id permit;
	struct take_id take;
	struct reconcile_taking list;
	struct reconcile_prepared prepared;
};

#define OUTSIDE_PACK(o) ((o)->f.house.pack)

static inline struct error *
outside_fill(struct act *act, void *with)
{
	struct outside *o = with;
	struct house *h = &o->f.house;
	const struct ledger_value values[] = {
		{ T("name"), T("第一サーバ室") },
		{ T("owner"), text_format(act->look.arena, "%lld", (long long)h->section.no) },
		{ T("room-kind"), T("server") },
		{ T("place"), T("本庁舎地下") },
		{ T("entrances"), T("1") },
	};
	o->keeper = add_person(act, "000032", "計画", "係", "ケイカク カカリ",
			       add_post(act, h, h->other, "情報政策課長", "policy-manager"));
	return ledger_add(act, h->pack, pack_ledger(h->pack, T("room")), values,
			  sizeof values / sizeof *values, &o->room);
}

static inline int
outside_open(void **state)
{
	struct outside *o = flow_house_within(sizeof *o);
	must(act_now(&o->f.house, outside_fill, o));
	*state = o;
	return 0;
}

#define OUTSIDE_TEST(name) cmocka_unit_test_setup_teardown(name, outside_open, house_close)

#define STEP_WORLD struct outside
#include "steps.h"

#define STAFF offsetof(struct outside, f.house.staff)
#define MANAGER offsetof(struct outside, f.house.manager)
#define DIRECTOR offsetof(struct outside, f.house.director)
#define KEEPER offsetof(struct outside, keeper)
#define ANYBODY offsetof(struct outside, nobody)

#endif
