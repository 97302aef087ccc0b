/* Disposal balances by serial number: every item ends once, and what does not stays visible. */
#include "flow_house.h"

static const char log_file[] =
	"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\tlog.txt";

static struct dossier
granted_disposal(struct flow_house *h, const char *items)
{
	const struct dossier_id id = draft_disposal(h, h->house.staff, h->secret, items);
	must(send_it(h, h->house.staff, id));
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	return dossier_now(h, id);
}

static struct deed
result_of(const struct dossier *dossier, const struct flow_answer *answers, size_t count)
{
	return (struct deed){ .doing = RESULT, .id = dossier->id, .change = dossier->change,
			      .answers = answers, .count = count };
}

static struct text
number_text(struct flow_house *h, int64_t number)
{
	return text_format(h->house.arena, "%lld", (long long)number);
}

/* Five answers for one item: destroyed before a witness. */
static size_t
destroyed(struct flow_house *h, const char *serial, struct flow_answer *answers)
{
	const struct text item = text_of(serial);
	answers[0] = (struct flow_answer){ T("end-method"), item, T("destroyed") };
	answers[1] = (struct flow_answer){ T("end-at"), item, T("2026-11-22T10:00") };
	answers[2] = (struct flow_answer){ T("end-by"), item, number_text(h, h->house.staff.no) };
	answers[3] = (struct flow_answer){ T("end-what"), item, T("破砕機") };
	answers[4] = (struct flow_answer){ T("end-witness"), item,
					   number_text(h, h->house.deputy.no) };
	return 5;
}

static bool
is_retired(struct flow_house *h, struct row_id id)
{
	struct ledger_row row;
	LOOK(&h->house, look);
	must(ledger_read(&look, h->house.pack, id, &row));
	return row.state == ROW_RETIRED;
}

static void
every_item_must_end_before_it_is_complete_and_leaves_the_ledger(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier = granted_disposal(h, "USB-001\tUSBメモリ\nUSB-002");
	assert_int_equal(dossier.balance.listed, 2);
	assert_int_equal(dossier.balance.open, 2);
	assert_int_equal(dossier.items[0].asset.no, h->secret.no);
	assert_int_equal(dossier.items[1].asset.no, h->stick.no);
	struct flow_answer answers[5];
	struct deed deed = result_of(&dossier, answers, destroyed(h, "ｕｓｂ-001", answers));
	walk(h, h->house.staff, &deed);
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.state, DOSSIER_GRANTED);
	assert_int_equal(dossier.balance.verified, 1);
	assert_int_equal(dossier.balance.open, 1);
	assert_false(is_retired(h, h->secret));
	struct flow_page page;
	{
		LOOK(&h->house, look);
		must(flow_list(&look, &h->flow, &(struct flow_query){ .list = FLOW_UNBALANCED }, 10,
			       &page));
	}
	assert_int_equal(page.count, 1);
	deed = result_of(&dossier, answers, destroyed(h, "USB-002", answers));
	walk(h, h->house.staff, &deed);
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.state, DOSSIER_COMPLETE);
	assert_true(dossier.balance.is_balanced);
	assert_true(is_retired(h, h->secret));
	assert_true(is_retired(h, h->stick));
	deed.change = dossier.change;
	must_fail(h, h->house.staff, &deed, ERROR_CONFLICT);
}

static void
a_certificate_alone_is_claimed_and_a_witness_must_be_another(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier = granted_disposal(h, "USB-001");
	struct flow_answer answers[5];
	size_t count = destroyed(h, "USB-001", answers);
	answers[4].value = answers[2].value; /* the witness is who did it */
	struct deed deed = result_of(&dossier, answers, count);
	must(deed_as(h, h->house.staff, &deed));
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.balance.ended, 0);
	answers[0].value = T("vendor");
	answers[4] = (struct flow_answer){ T("end-certificate"), T("USB-001"), text_of(log_file) };
	deed = result_of(&dossier, answers, count);
	must(deed_as(h, h->house.staff, &deed));
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.state, DOSSIER_COMPLETE);
	assert_true(text_is(dossier.items[0].end->code, "claimed"));
	assert_int_equal(dossier.balance.ended, 1);
	assert_int_equal(dossier.balance.verified, 0);
	struct flow_occasion_state figures;
	LOOK(&h->house, look);
	must(flow_occasion_state(&look, &h->flow, pack_occasion(h->house.pack, T("dispose")),
				 &figures));
	assert_int_equal(figures.claimed, 1);
	assert_int_equal(figures.unbalanced, 0);
}

static void
a_serial_nobody_applied_for_keeps_it_open_until_struck_with_reason(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier = granted_disposal(h, "USB-001");
	struct flow_answer answers[6];
	const size_t count = destroyed(h, "USB-001", answers);
	answers[count] = ITEM("end-method", "USB-777", "destroyed");
	struct deed deed = result_of(&dossier, answers, count + 1);
	must(deed_as(h, h->house.staff, &deed));
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.state, DOSSIER_GRANTED);
	assert_int_equal(dossier.balance.unlisted, 1);
	assert_false(dossier.balance.is_balanced);
	struct deed strike = { .doing = STRIKE, .id = dossier.id, .change = dossier.change,
			       .serial = T("USB-777") };
	must_fail(h, h->house.manager, &strike, ERROR_INVALID);
	strike.why = T("証明書の書き間違い");
	must_fail(h, h->house.staff, &strike, ERROR_REFUSED);
	struct deed cancel = { .doing = CANCEL, .id = dossier.id, .change = dossier.change,
			       .why = T("なかったことに") };
	must_fail(h, h->house.staff, &cancel, ERROR_CONFLICT);
	walk(h, h->house.manager, &strike);
	dossier = dossier_now(h, dossier.id);
	assert_int_equal(dossier.state, DOSSIER_COMPLETE);
	assert_true(dossier.items[1].is_struck);
}

static void
an_item_that_ended_is_not_enough_while_an_answer_is_missing(void **state)
{
	struct flow_house *h = *state;
	struct dossier dossier = granted_disposal(h, "USB-001");
	struct flow_answer answers[5];
	const size_t count = destroyed(h, "USB-001", answers);
	answers[3].value = T("");
	struct deed deed = result_of(&dossier, answers, count);
	must(deed_as(h, h->house.staff, &deed));
	dossier = dossier_now(h, dossier.id);
	assert_true(dossier.balance.is_balanced);
	assert_int_equal(dossier.state, DOSSIER_GRANTED);
	struct error *faults;
	LOOK(&h->house, look);
	must(flow_check_result(&look, &h->flow, dossier.id, &faults));
	assert_true(has_fault(faults, "end-what@USB-001"));
}

static void
what_was_applied_for_cannot_be_struck(void **state)
{
	struct flow_house *h = *state;
	const struct dossier dossier = granted_disposal(h, "USB-001");
	struct deed strike = { .doing = STRIKE, .id = dossier.id, .change = dossier.change,
			       .serial = T("USB-001"), .why = T("消したい") };
	must_fail(h, h->house.manager, &strike, ERROR_REFUSED);
}

static void
a_serial_stands_once_and_in_one_open_dossier(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id twice =
		draft_disposal(h, h->house.staff, h->secret, "USB-001\nｕｓｂ-００１");
	struct error *faults;
	{
		LOOK(&h->house, look);
		must(flow_check(&look, &h->flow, twice, &faults));
	}
	assert_true(has_fault(faults, "items"));
	const struct dossier first = granted_disposal(h, "USB-001");
	const struct dossier_id again =
		draft_disposal(h, h->house.staff, h->secret, "usb-001");
	struct deed send = { .doing = SEND, .id = again, .change = dossier_now(h, again).change };
	struct error *error = deed_as(h, h->house.staff, &send);
	assert_true(has_fault(error, "items"));
	assert_true(text_has(error->words, first.number));
	must_fail(h, h->house.staff, &send, ERROR_INVALID);
	struct deed cancel = { .doing = CANCEL, .id = first.id, .change = first.change,
			       .why = T("やめる") };
	must(deed_as(h, h->house.staff, &cancel));
	must(send_it(h, h->house.staff, again));
}

static void
an_asset_to_be_disposed_of_must_stand_among_the_items(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_disposal(h, h->house.staff, h->secret, "USB-555");
	struct error *faults;
	LOOK(&h->house, look);
	must(flow_check(&look, &h->flow, id, &faults));
	assert_true(has_fault(faults, "items"));
}

static void
the_items_are_filled_in_from_the_ledger_at_first(void **state)
{
	struct flow_house *h = *state;
	const struct flow_answer answers[] = { ANSWER("doing", "dispose") };
	const struct dossier_id id = draft_as(h, h->house.staff, ASK(answers, h->secret));
	const struct dossier dossier = dossier_now(h, id);
	assert_true(text_starts(dossier_answer(&dossier, T("items"), T("")), T("USB-001")));
}

static void
results_are_for_the_unit_and_only_for_result_fields(void **state)
{
	struct flow_house *h = *state;
	const struct dossier dossier = granted_disposal(h, "USB-001");
	struct flow_answer answers[5];
	struct deed deed = result_of(&dossier, answers, destroyed(h, "USB-001", answers));
	must_fail(h, h->other_manager, &deed, ERROR_REFUSED);
	const struct flow_answer wrong[] = { ANSWER("method", "nsa") };
	deed = result_of(&dossier, wrong, 1);
	must_fail(h, h->house.staff, &deed, ERROR_INVALID);
	const struct flow_answer loose[] = { ANSWER("end-method", "destroyed") };
	deed = result_of(&dossier, loose, 1);
	must_fail(h, h->house.staff, &deed, ERROR_INVALID);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW_TEST(every_item_must_end_before_it_is_complete_and_leaves_the_ledger),
		FLOW_TEST(a_certificate_alone_is_claimed_and_a_witness_must_be_another),
		FLOW_TEST(a_serial_nobody_applied_for_keeps_it_open_until_struck_with_reason),
		FLOW_TEST(an_item_that_ended_is_not_enough_while_an_answer_is_missing),
		FLOW_TEST(what_was_applied_for_cannot_be_struck),
		FLOW_TEST(a_serial_stands_once_and_in_one_open_dossier),
		FLOW_TEST(an_asset_to_be_disposed_of_must_stand_among_the_items),
		FLOW_TEST(the_items_are_filled_in_from_the_ledger_at_first),
		FLOW_TEST(results_are_for_the_unit_and_only_for_result_fields),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
