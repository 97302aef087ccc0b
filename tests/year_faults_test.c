/*
 * The working year's acts, one after another in one body, each with its n-th store call failing for every
 * n: nothing has changed, until it succeeds.
 */
#include "year_acts.h"

static void
a_duty_is_done_whole_or_not_at_all(void **state)
{
	static const struct step steps[] = {
		STEP_AFTER(duties_are_planned, OTHER, duty_is_done),
		STEP(MANAGER, duty_is_handed),
		STEP(OTHER, duty_is_excused),
		STEP(OTHER, duty_is_begun),
		STEP(CSIRT, contact),
		STEP(CSIRT, contacts_are_confirmed),
		STEP(CSIRT, contact_ends),
	};
	WALK(*state, steps);
}

static void
an_incident_is_led_whole_or_not_at_all(void **state)
{
	static const struct step steps[] = {
		STEP(STAFF, report),
		STEP(STAFF, entry),
		STEP(CSIRT, entry_is_put_right),
		STEP(MANAGER, manager_receives),
		STEP(CSIRT, judge),
		STEP(CHIEF, order_of),
		STEP(OTHER, order_is_answered),
		STEP_AFTER(a_file_is_kept, CSIRT, evidence),
		STEP(CSIRT, custody),
		STEP(STAFF, affected),
		STEP(CSIRT, affected_is_dropped),
		STEP(CSIRT, outside_is_told),
		STEP(CISO, outside_is_left),
		STEP(CSIRT, conclude),
		STEP(CSIRT, facts),
		STEP(CISO, ciso_receives_the_cause),
		STEP(CHIEF, chief_receives_the_cause),
		STEP_AFTER(the_rest_is_settled, CISO, close_case),
	};
	WALK(*state, steps);
}

static void
training_goes_on_whole_or_not_at_all(void **state)
{
	static const struct step steps[] = {
		STEP(KEEPER, training_is_planned),
		STEP(KEEPER, course_is_set),
		STEP(CHIEF, training_is_decided),
		STEP(KEEPER, attendance),
		STEP(DEPUTY, passed_on),
		STEP_AFTER(everybody_is_asked, STAFF, test_is_passed),
		STEP(MANAGER, excuse),
		STEP(KEEPER, training_is_reported),
		STEP(KEEPER, mail_drill),
		STEP(KEEPER, mail_drill_is_cancelled),
		STEP(KEEPER, mail_drill),
		STEP_AFTER(the_drill_is_sent, ANYBODY, lure_is_opened),
		STEP(KEEPER, drill_is_handed),
		STEP(STAFF, suspicious),
	};
	WALK(*state, steps);
}

static void
a_check_is_answered_whole_or_not_at_all(void **state)
{
	static const struct step steps[] = {
		STEP(CHIEF, campaign),
		STEP(CHIEF, campaign_is_withdrawn),
		STEP(CHIEF, campaign),
		STEP(CHIEF, campaign_opens),
		STEP(STAFF, sheet_is_answered),
		STEP(STAFF, improvement_is_put_off),
		STEP(STAFF, improvement_is_made),
		STEP_AFTER(its_days_are_over, CHIEF, campaign_is_closed),
	};
	WALK(*state, steps);
}

static void
an_audit_goes_on_whole_or_not_at_all(void **state)
{
	static const struct step steps[] = {
		STEP(CHIEF, audit_is_planned),
		STEP(CHIEF, auditor_is_named),
		STEP_AFTER(another_is_named, CHIEF, auditor_is_dismissed),
		STEP(CHIEF, council_is_called),
		STEP(CHIEF, plan_is_on_the_agenda),
		STEP(MEMBER, minutes),
		STEP(CHIEF, audit_begins),
		STEP(AUDITOR, items_are_signed),
		STEP(AUDITOR, unit_is_asked),
		STEP_AFTER(a_file_is_kept, MANAGER, unit_shows),
		STEP(AUDITOR, paper_is_kept),
		STEP(AUDITOR, point),
		STEP(AUDITOR, audit_is_reported),
		STEP(CISO, audit_is_received),
		STEP(CISO, point_is_ordered),
		STEP(MANAGER, point_is_answered),
		STEP(MANAGER, point_is_done),
		STEP(AUDITOR, point_is_given_back),
		STEP(MANAGER, point_is_done),
		STEP(AUDITOR, point_is_verified),
		STEP(CHIEF, council_is_called),
		STEP(CHIEF, result_is_on_the_agenda),
		STEP(MEMBER, minutes),
		STEP(CHIEF, audit_is_closed),
		STEP(CHIEF, review_starts),
		STEP(CHIEF, review_uses_audits),
		STEP(CHIEF, council_is_called),
		STEP(CHIEF, review_is_on_the_agenda),
		STEP(MEMBER, minutes),
		STEP(MEMBER, review_is_decided),
	};
	WALK(*state, steps);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		YEAR_TEST(a_duty_is_done_whole_or_not_at_all),
		YEAR_TEST(an_incident_is_led_whole_or_not_at_all),
		YEAR_TEST(training_goes_on_whole_or_not_at_all),
		YEAR_TEST(a_check_is_answered_whole_or_not_at_all),
		YEAR_TEST(an_audit_goes_on_whole_or_not_at_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
