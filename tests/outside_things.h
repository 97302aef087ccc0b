/* What is done in the rooms of things: at a server room's door, with what is lent and counted, with lists. */
#ifndef BANSHO_TESTS_OUTSIDE_THINGS_H
#define BANSHO_TESTS_OUTSIDE_THINGS_H

#include "outside_house.h"

/* ---- At the door ---- */

static inline struct error *
tablet_is_made(struct act *act, struct outside *o)
{
	return entrance_tablet_make(act, OUTSIDE_PACK(o), o->room, T("入口"), &o->tablet_id, &o->code);
}

static inline struct error *
tablet_is_tied(struct act *act, struct outside *o)
{
	return entrance_tablet_tie(act, OUTSIDE_PACK(o), o->code, &o->token);
}

static inline void
tablet_is_found(struct outside *o)
{
	bool found;
	LOOK(&o->f.house, look);
	must(entrance_tablet_find(&look, o->token, &found, &o->tablet));
	assert_true(found);
}

static inline struct error *
hand_in(struct act *act, struct outside *o, struct entrance_event *event)
{
	bool known;
	event->at = event->sent = act->look.now;
	TRY(entrance_take(act, &o->f.flow, &o->tablet, event, &known));
	return known ? reject("mark", "known already") : OK;
}

/* Nobody is with them, and what they bring has no permit: the keeper is told, and has to explain it. */
static inline struct error *
visitor_enters(struct act *act, struct outside *o)
{
	struct entrance_event event = { .what = ENTRANCE_ENTERS, .mark = T("0123456789abcdef0123456789abcdef"),
					.name = T("見学 四郎"), .of = T("となり市"), .purpose = T("visit"),
					.devices = { T("USB-YY") }, .devices_count = 1,
					.outside = { T("私物の電話") }, .outside_count = 1 };
	o->mark = event.mark;
	return hand_in(act, o, &event);
}

static inline struct error *
visitor_leaves(struct act *act, struct outside *o)
{
	struct entrance_event event = { .what = ENTRANCE_LEAVES, .mark = T("1123456789abcdef0123456789abcdef"),
					.visit = o->mark, .devices = { T("USB-YY") }, .devices_count = 1 };
	return hand_in(act, o, &event);
}

static inline struct error *
another_enters(struct act *act, struct outside *o)
{
	struct entrance_event event = { .what = ENTRANCE_ENTERS, .mark = T("2123456789abcdef0123456789abcdef"),
					.name = T("見学 五郎"), .of = T("となり市"), .purpose = T("visit") };
	return hand_in(act, o, &event);
}

static inline struct error *
somebody_is_refused(struct act *act, struct outside *o)
{
	struct entrance_event event = { .what = ENTRANCE_REFUSES, .mark = T("3123456789abcdef0123456789abcdef"),
					.name = T("見学 六郎"), .words = T("許可がない") };
	return hand_in(act, o, &event);
}

static inline struct error *
visit_of(struct act *act, struct outside *o, const char *name, struct visited *visit)
{
	struct visited *list;
	size_t count;
	TRY(entrance_visits(&act->look, OUTSIDE_PACK(o),
			    &(struct visits_query){ .from = DAY_NONE, .until = DAY_NONE }, 50, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (text_is(list[at].name, name)) {
			*visit = list[at];
			return OK;
		}
	return reject("name", "no such visit");
}

static inline struct error *
end_is_written(struct act *act, struct outside *o)
{
	struct visited visit = { 0 };
	TRY(visit_of(act, o, "見学 五郎", &visit));
	return entrance_close(act, OUTSIDE_PACK(o), visit.id, visit.change, act->look.now, T("守衛に聞いた"));
}

static inline struct error *
explain_trouble(struct act *act, struct outside *o, const char *name)
{
	struct visited visit = { 0 };
	TRY(visit_of(act, o, name, &visit));
	return entrance_settle(act, OUTSIDE_PACK(o), visit.id, visit.change, T("課長が同席していた"));
}

static inline struct error *
trouble_is_explained(struct act *act, struct outside *o)
{
	return explain_trouble(act, o, "見学 四郎");
}

static inline struct error *
the_other_is_explained(struct act *act, struct outside *o)
{
	return explain_trouble(act, o, "見学 五郎");
}

static inline void
the_month_is_over(struct outside *o)
{
	days_pass(&o->f, 15);
}

static inline struct error *
month_is_reviewed(struct act *act, struct outside *o)
{
	return entrance_review(act, OUTSIDE_PACK(o), o->room, D(0), T("問題なし"));
}

static inline struct error *
tablet_is_stopped(struct act *act, struct outside *o)
{
	return entrance_tablet_stop(act, OUTSIDE_PACK(o), o->tablet.id, o->tablet.change, T("盗まれた"));
}

/* ---- Things ---- */

static inline struct error *
thing_is_lent(struct act *act, struct outside *o)
{
	return inventory_lend(act, &o->f.flow,
			      &(struct inventory_lending){ .thing = o->f.stick, .words = T("窓口で使う"), .due = D(3) });
}

static inline struct error *
thing_is_back(struct act *act, struct outside *o)
{
	return inventory_back(act, &o->f.flow, o->f.stick, T(""));
}

static inline struct error *
thing_is_repaired(struct act *act, struct outside *o)
{
	return inventory_repair(act, &o->f.flow,
				&(struct inventory_sending){ .thing = o->f.stick, .firm = T("修理商会"),
							     .words = T("読めない"), .storage = T("erased"),
							     .storage_words = T("上書き"), .due = D(30) });
}

static inline void
a_carry_is_granted(struct outside *o)
{
	o->permit = granted_carry(&o->f).permits[0].id;
}

static inline struct error *
thing_goes_out(struct act *act, struct outside *o)
{
	return inventory_out(act, &o->f.flow, o->f.secret, o->permit);
}

static inline struct error *
thing_comes_home(struct act *act, struct outside *o)
{
	return inventory_back(act, &o->f.flow, o->f.secret, T(""));
}

static inline struct error *
take_begins(struct act *act, struct outside *o)
{
	return inventory_begin(act, &o->f.flow, o->f.house.section, &o->take);
}

static inline struct error *
see(struct act *act, struct outside *o, struct row_id thing, enum seen_kind kind)
{
	struct inventory_seeing seeing = { .take = o->take, .code = inventory_code(act->look.arena, thing) };
	TRY(inventory_seen(act, &o->f.flow, &seeing));
	return seeing.kind == kind ? OK : reject("kind", "seen otherwise");
}

static inline struct error *
thing_is_seen(struct act *act, struct outside *o)
{
	return see(act, o, o->f.plain, SEEN_NOW);
}

static inline struct error *
thing_of_others_is_seen(struct act *act, struct outside *o)
{
	return see(act, o, o->f.foreign, SEEN_EXTRA);
}

static inline struct error *
stray_is_written_down(struct act *act, struct outside *o)
{
	return inventory_stray(act, &o->f.flow, o->take, T("ラベルのない黒いUSB"));
}

static inline struct error *
explain(struct act *act, struct outside *o, struct row_id thing)
{
	struct inventory_item *list;
	size_t count;
	TRY(inventory_items(&act->look, &o->f.flow, o->take, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].thing.no == thing.no)
			return inventory_explain(act, &o->f.flow, o->take, list[at].id, T("引き出しにない"));
	return reject("thing", "no such thing");
}

static inline struct error *
first_missing_is_explained(struct act *act, struct outside *o)
{
	return explain(act, o, o->f.stick);
}

static inline struct error *
second_missing_is_explained(struct act *act, struct outside *o)
{
	return explain(act, o, o->f.secret);
}

static inline struct error *
take_is_closed(struct act *act, struct outside *o)
{
	struct inventory_take take;
	TRY(inventory_take(&act->look, &o->f.flow, o->take, &take));
	return inventory_close(act, &o->f.flow, o->take, take.change, T(""));
}

static inline struct error *
missing_is_found(struct act *act, struct outside *o)
{
	return inventory_found(act, &o->f.flow, o->f.stick, T("会議室の棚"));
}

/* ---- Lists ---- */

static inline const struct pack_reconcile *
software_found(const struct outside *o)
{
	return pack_reconcile(OUTSIDE_PACK(o), T("software-found"));
}

static inline void
a_list_is_read(struct outside *o)
{
	struct arena *arena = o->f.house.arena;
	const struct pack_reconcile *of = software_found(o);
	struct table table;
	assert_non_null(of);
	must(table_read(arena, T("ソフト名,端末名\r\n表計算,PC1\r\nゲーム,PC2\r\n"), 100, &table));
	const struct reconcile_mapping mapping = reconcile_mapping_guess(arena, &of->sides[SIDE_LEFT], &table);
	must(reconcile_take(arena, of, SIDE_LEFT, &table, &mapping, &o->list));
	assert_int_equal(o->list.wrong_count, 0);
	must(reconcile_keep(o->f.house.store, arena, o->list.csv));
}

static inline struct error *
list_is_handed_in(struct act *act, struct outside *o)
{
	int64_t id;
	return reconcile_hand_in(act,
				 &(struct reconcile_handing){ .of = software_found(o), .side = SIDE_LEFT,
							      .taking = &o->list, .name = T("list.csv"),
							      .encoding = T("UTF-8") },
				 &id);
}

static inline void
a_run_is_prepared(struct outside *o)
{
	struct house *h = &o->f.house;
	LOOK(h, look);
	must(reconcile_prepare(&look, &o->f.flow, software_found(o), &o->prepared));
	must(reconcile_prepared_keep(h->store, h->arena, &o->prepared));
}

static inline struct error *
lists_are_reconciled(struct act *act, struct outside *o)
{
	struct run_id run;
	return reconcile_run(act, &o->f.flow, &o->prepared, &run);
}

static inline struct error *
difference_is_explained(struct act *act, struct outside *o)
{
	struct difference *list;
	size_t count;
	TRY(reconcile_differences(&act->look,
				  &(struct difference_query){ .code = T("software-found"), .is_there_only = true }, 10,
				  &list, &count));
	if (count != 2)
		return reject("differences", "not two");
	return reconcile_explain(act, &(struct reconcile_explaining){ software_found(o), list[0].id, list[0].change,
								      T("十二月に消す"), D(20) });
}

#endif
