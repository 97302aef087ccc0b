/* Keeping personal data no longer than the pack says: proposed, put off, erased; and the journal verifies. */
#define HOUSE_JOURNAL
#include "journal/journal.h"
#include "flow_house.h"

#include "people/erase.h"
#include "people/retention.h"

enum { KEPT_DAYS = 1827 }; /* retention.person-days of Takamatsu's pack */

struct holding {
	struct flow_house *h;
	struct day until;
	const char *reason;
};

static struct error *
leave_work(struct act *act, void *with)
{
	struct flow_house *h = with;
	return people_person_end(act, h->house.deputy, D(-1));
}

static struct error *
propose_work(struct act *act, void *with)
{
	return people_erase_propose(act, with);
}

static struct error *
hold_work(struct act *act, void *with)
{
	const struct holding *holding = with;
	return people_erase_hold(act, holding->h->house.pack, holding->h->house.deputy,
				 holding->until, text_of(holding->reason));
}

static struct error *
erase_work(struct act *act, void *with)
{
	return flow_person_erase(act, with);
}

static struct error *
keeper_work(struct act *act, void *with)
{
	struct flow_house *h = with;
	struct grant_id id;
	return people_grant_give(act, &(struct grant){ .person = h->house.manager, .kind = GRANT_PEOPLE,
						       .since = DAY_NONE, .until = DAY_NONE }, &id);
}

static size_t
due(struct flow_house *h, bool with_held, struct due_person *first)
{
	struct due_person *list;
	size_t count;
	LOOK(&h->house, look);
	must(people_retention_due(&look, h->house.pack, with_held, &list, &count));
	if (count > 0 && first != NULL)
		*first = list[0];
	return count;
}

static void
verifies(struct flow_house *h, int64_t erased)
{
	struct journal_report report;
	LOOK(&h->house, look);
	must(journal_verify_store(&look, &(struct journal_verify_options){ 0 }, &report));
	must(people_verify_keys(&look, &report));
	for (size_t at = 0; at < report.finding_count; at++)
		assert_int_equal(report.findings[at].kind, FINDING_CLOCK_BACK);
	assert_int_equal(report.erased_total, erased);
}

/* ---- */

static void
nobody_is_due_before_the_packs_days_have_passed(void **state)
{
	struct flow_house *h = *state;
	struct due_person one;
	assert_int_equal(due(h, true, NULL), 0);
	must(act_now(&h->house, leave_work, h));
	days_pass(h, KEPT_DAYS - 1);
	assert_int_equal(due(h, true, NULL), 0);
	days_pass(h, 1);
	assert_int_equal(due(h, true, &one), 1);
	assert_int_equal(one.person.no, h->house.deputy.no);
	assert_int_equal(one.due.no, D(KEPT_DAYS).no);
	assert_int_equal(one.proposed.ms, 0);
}

static void
a_proposal_is_told_to_the_keepers_and_erases_nothing(void **state)
{
	struct flow_house *h = *state;
	struct due_person one;
	must(act_now(&h->house, keeper_work, h));
	must(act_now(&h->house, leave_work, h));
	days_pass(h, KEPT_DAYS);
	assert_int_equal(due(h, false, &one), 1);
	const int64_t before = notices_of(h, h->house.manager);
	fault_walk(&h->house, (struct person_id){ 0 }, propose_work, &one);
	assert_int_equal(notices_of(h, h->house.manager), before + 1);
	assert_int_equal(due(h, false, &one), 1);
	assert_true(one.proposed.ms != 0);
	assert_int_equal(store_key_state(h->house.store, h->house.deputy.no), KEY_HELD);
}

static void
it_is_put_off_with_a_reason_until_a_day_and_comes_again(void **state)
{
	struct flow_house *h = *state;
	struct due_person one;
	must(act_now(&h->house, leave_work, h));
	struct holding early = { h, D(KEPT_DAYS + 30), "訴訟のため" };
	assert_int_equal(act_as(&h->house, h->house.manager, hold_work, &early)->kind, ERROR_CONFLICT);
	days_pass(h, KEPT_DAYS);
	struct holding blank = { h, D(KEPT_DAYS + 30), " " };
	assert_true(has_fault(act_as(&h->house, h->house.manager, hold_work, &blank), "reason"));
	struct holding past = { h, D(KEPT_DAYS), "訴訟のため" };
	assert_true(has_fault(act_as(&h->house, h->house.manager, hold_work, &past), "until"));
	fault_walk(&h->house, h->house.manager, hold_work, &early);
	assert_int_equal(due(h, false, NULL), 0);
	assert_int_equal(due(h, true, &one), 1);
	assert_true(text_is(one.reason, "訴訟のため"));
	assert_int_equal(one.held_by.no, h->house.manager.no);
	days_pass(h, 31);
	assert_int_equal(due(h, false, &one), 1);
}

static void
erased_when_its_time_has_passed_nobody_reads_it_and_the_journal_verifies(void **state)
{
	struct flow_house *h = *state;
	struct due_person one;
	struct person person;
	const struct dossier_id id = draft_carry(h, h->house.deputy, h->secret, "支所");
	must(send_it(h, h->house.deputy, id));
	struct deed refuse = ruling_of(h, h->house.manager, id, VERDICT_REFUSE, "不要");
	must(deed_as(h, h->house.manager, &refuse));
	must(act_now(&h->house, leave_work, h));
	days_pass(h, KEPT_DAYS);
	must(act_now(&h->house, propose_work, due(h, false, &one) == 1 ? &one : NULL));
	verifies(h, 0);
	struct erasing erasing = { .person = h->house.deputy, .basis = ERASURE_RETENTION,
				   .number = T("000013") };
	must(act_now(&h->house, erase_work, &erasing));
	assert_int_equal(store_key_state(h->house.store, h->house.deputy.no), KEY_ERASED);
	assert_int_equal(due(h, true, NULL), 0);
	{
		LOOK(&h->house, look);
		must(people_person(&look, h->house.deputy, &person));
		assert_true(person.is_erased);
		assert_true(text_is(person.name, "（消去済み）"));
		assert_false(text_has(person.number, T("000013")));
	}
	assert_true(text_is(dossier_now(h, id).applicant_name, "（消去済み）"));
	verifies(h, 1);
}

static void
nobody_erases_their_own(void **state)
{
	struct flow_house *h = *state;
	must(act_now(&h->house, leave_work, h));
	struct erasing erasing = { .person = h->house.deputy, .basis = ERASURE_REQUEST,
				   .number = T("000013") };
	struct error *error = act_as(&h->house, h->house.deputy, erase_work, &erasing);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_REFUSED);
	assert_int_equal(store_key_state(h->house.store, h->house.deputy.no), KEY_HELD);
}

static struct error *
disclose_work(struct act *act, void *with)
{
	return people_disclosed(act, *(struct person_id *)with);
}

static void
what_is_taken_out_about_a_person_stands_in_their_history(void **state)
{
	struct flow_house *h = *state;
	struct journal_entry *entries;
	size_t count;
	struct person_kept kept;
	must(act_as(&h->house, h->house.manager, disclose_work, &h->house.staff));
	LOOK(&h->house, look);
	must(journal_history(&look, people_about_person(look.arena, h->house.staff), JOURNAL_NEWEST, 1,
			     &entries, &count));
	assert_true(text_is(entries[0].act, "people.disclose"));
	assert_int_equal(entries[0].who.person, h->house.manager.no);
	must(people_kept(&look, h->house.staff, &kept));
	assert_int_equal(kept.assignments, 1);
	assert_int_equal(kept.sessions, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW_TEST(nobody_is_due_before_the_packs_days_have_passed),
		FLOW_TEST(a_proposal_is_told_to_the_keepers_and_erases_nothing),
		FLOW_TEST(it_is_put_off_with_a_reason_until_a_day_and_comes_again),
		FLOW_TEST(erased_when_its_time_has_passed_nobody_reads_it_and_the_journal_verifies),
		FLOW_TEST(nobody_erases_their_own),
		FLOW_TEST(what_is_taken_out_about_a_person_stands_in_their_history),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
