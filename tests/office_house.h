/* Whom several rooms ask, in the body of flow's tests: who runs a system, who audits, who sits in the council. */
#ifndef BANSHO_TESTS_OFFICE_HOUSE_H
#define BANSHO_TESTS_OFFICE_HOUSE_H

#include "flow_house.h"

/* A system that the other section runs; its head answers for it. */
static inline struct error *
add_system_of_other(struct act *act, struct flow_house *f, const char *name, const char *uses, struct row_id *system)
{
	struct house *h = &f->house;
	struct assignment_id assignment;
	const struct ledger_value values[] = {
		{ T("name"), text_of(name) },
		{ T("owner"), text_format(act->look.arena, "%lld", (long long)h->other.no) },
		{ T("kind"), T("business") },
		{ T("uses"), text_of(uses) },
		{ T("system-class"), T("I") },
		{ T("zone"), T("lgwan") },
		{ T("grave"), T("no") },
		{ T("place"), T("サーバ室") },
	};
	const struct post_id post = add_post(act, h, h->other, "システム係長", "system-manager");
	TRY(people_assign(act, &(struct assignment){ .person = f->other_manager, .post = post,
						     .since = DAY_NONE, .until = DAY_NONE },
			  &assignment));
	return ledger_add(act, h->pack, pack_ledger(h->pack, T("system")), values,
			  sizeof values / sizeof *values, system);
}

struct auditors {
	struct unit_id office;
	struct person_id first, second, council; /* council: who leads it */
};

static inline struct auditors
add_auditors(struct act *act, struct house *h)
{
	struct auditors made = { .office = add_unit(act, "0900", "監査委員事務局", UNIT_SECTION, h->city) };
	const struct unit_id council = add_unit(act, "0910", "推進会議", UNIT_OTHER, h->city);
	made.first = add_person(act, "000901", "監崎", "一", "カンザキ ハジメ",
				add_post(act, h, made.office, "監査係長", "auditor"));
	made.second = add_person(act, "000902", "監野", "二", "カンノ ツギ",
				 add_post(act, h, made.office, "監査主任", "auditor"));
	made.council = add_person(act, "000903", "会田", "三", "アイダ ミツ",
				  add_post(act, h, council, "議長", "council"));
	return made;
}

#endif
