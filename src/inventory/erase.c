/* What lent things have to say about erasing a person. */
#include "inventory/rooms.h"

#include "people/erase.h"

struct error *
inventory_erasable(struct look *look, struct person_id person)
{
	struct inventory_loans_held_row held;
	struct error *faults = flow_erasable(look, person);
	if (faults != OK && faults->kind != ERROR_REFUSED)
		return faults;
	TRY(inventory_loans_held(look, &(struct inventory_loans_held_in){ person.no }, &held));
	if (held.loans != 0)
		error_add(&faults, refuse("この職員に貸した物が%lld件、戻っていません。「物品」で返却を記録してから消去してください。",
					  (long long)held.loans));
	return faults;
}

struct error *
inventory_person_erase(struct act *act, const struct erasing *erasing)
{
	TRY(inventory_erasable(&act->look, erasing->person));
	return flow_person_erase(act, erasing);
}
