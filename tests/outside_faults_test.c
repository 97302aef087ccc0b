/*
 * What is done about firms, rooms, things and lists, one act after another in one body, each with its n-th
 * store call failing for every n: nothing has changed, until it succeeds.
 */
#include "outside_contract.h"
#include "outside_things.h"

static void
a_contract_goes_on_whole_or_not_at_all(void **state)
{
	static const struct step steps[] = {
		STEP(MANAGER, contract_opens),
		STEP(MANAGER, contract_is_dropped),
		STEP(MANAGER, contract_opens),
		STEP(MANAGER, candidate_is_added),
		STEP(MANAGER, candidate_is_answered_for),
		STEP(MANAGER, candidate_is_chosen),
		STEP(MANAGER, contract_is_signed),
		STEP(MANAGER, firm_is_told),
		STEP(MANAGER, link_is_asked),
		STEP(DIRECTOR, link_is_consented),
		STEP(MANAGER, worker_is_named),
		STEP(MANAGER, worker_is_ready),
		STEP(MANAGER, data_is_handed_over),
		STEP(MANAGER, data_is_received),
		STEP(MANAGER, contract_is_confirmed),
		STEP(MANAGER, firm_is_asked_to_mend),
		STEP(MANAGER, firm_answers),
		STEP(MANAGER, mending_is_seen),
		STEP(MANAGER, worker_is_unnamed),
		STEP(MANAGER, erasure_is_claimed),
		STEP(MANAGER, erasure_is_verified),
		STEP(MANAGER, contract_ends),
	};
	WALK(*state, steps);
}

static void
the_door_takes_whole_or_not_at_all(void **state)
{
	static const struct step steps[] = {
		STEP(MANAGER, tablet_is_made),
		STEP(ANYBODY, tablet_is_tied),
		STEP_AFTER(tablet_is_found, ANYBODY, visitor_enters),
		STEP(ANYBODY, visitor_leaves),
		STEP(ANYBODY, another_enters),
		STEP(ANYBODY, somebody_is_refused),
		STEP(MANAGER, end_is_written),
		STEP(MANAGER, trouble_is_explained),
		STEP(MANAGER, the_other_is_explained),
		STEP_AFTER(the_month_is_over, MANAGER, month_is_reviewed),
		STEP(MANAGER, tablet_is_stopped),
	};
	WALK(*state, steps);
}

static void
things_are_lent_and_counted_whole_or_not_at_all(void **state)
{
	static const struct step steps[] = {
		STEP(STAFF, thing_is_lent),
		STEP(STAFF, thing_is_back),
		STEP(MANAGER, thing_is_repaired),
		STEP(MANAGER, thing_is_back),
		STEP_AFTER(a_carry_is_granted, STAFF, thing_goes_out),
		STEP(STAFF, thing_comes_home),
		STEP(MANAGER, take_begins),
		STEP(STAFF, thing_is_seen),
		STEP(STAFF, thing_of_others_is_seen),
		STEP(STAFF, stray_is_written_down),
		STEP(STAFF, first_missing_is_explained),
		STEP(STAFF, second_missing_is_explained),
		STEP(MANAGER, take_is_closed),
		STEP(MANAGER, missing_is_found),
	};
	WALK(*state, steps);
}

static void
a_list_is_reconciled_whole_or_not_at_all(void **state)
{
	static const struct step steps[] = {
		STEP_AFTER(a_list_is_read, KEEPER, list_is_handed_in),
		STEP_AFTER(a_run_is_prepared, KEEPER, lists_are_reconciled),
		STEP(KEEPER, difference_is_explained),
	};
	WALK(*state, steps);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		OUTSIDE_TEST(a_contract_goes_on_whole_or_not_at_all),
		OUTSIDE_TEST(the_door_takes_whole_or_not_at_all),
		OUTSIDE_TEST(things_are_lent_and_counted_whole_or_not_at_all),
		OUTSIDE_TEST(a_list_is_reconciled_whole_or_not_at_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
