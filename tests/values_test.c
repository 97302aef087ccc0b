/*
 * Values of a ledger's rows against the policy's numbers: which state they make, whose finding each weaker
 * one is, and when it goes; on the small policy of tests/packs/telework, whose systems get settings here.
 */
#include "journal/journal.h"

#define HOUSE_JOURNAL
#include "telework_house.h"

#include "assure/history.h"
#include "assure/settings.h"

static const char own_fields[] =
	"  - {name: tries, ja: \"回数\", en: \"Tries\", kind: number, least: 0, most: 99}\n"
	"  - {name: locked, ja: \"施錠\", en: \"Locked\", kind: yes-no}\n"
	"  - {name: looked, ja: \"見た日\", en: \"Looked\", kind: day}\n";

static const char own_evidence[] =
	"evidence:\n"
	"  - {kind: values, ledger: system, column: tries, least: 1, most: test.tries, looked: looked, within: test.days, clauses: [\"1.a\"], ja: \"回数\", en: \"Tries\"}\n"
	"  - {kind: values, ledger: system, column: locked, is: yes, where: 'name = \"税システム\"', looked: looked, within: test.days, clauses: [\"1.b\"], ja: \"施錠\", en: \"Locked\"}\n"
	"  - {kind: values, ledger: system, column: tries, least: 1, where: 'name = \"ない\"', clauses: [\"1.c\"], ja: \"なし\", en: \"None\"}\n"
	"  - {kind: values, ledger: system, column: tries, least: 1, partial: yes, clauses: [\"1.d\"], ja: \"一部\", en: \"Part\"}\n";

static const char own_parameters[] =
	"  - {code: test.days, ja: \"日数\", en: \"Days\", kind: days, usual: 60, least: 1, most: 366}\n"
	"  - {code: test.tries, ja: \"回数\", en: \"Tries\", kind: count, usual: 5, least: 1, most: 20}\n";

static void
append(struct flow_house *f, const char *file, const char *words, bool replaces)
{
	struct text before = T("");
	const char *path = text_format(f->house.arena, "%s/pack/%s", f->house.folder, file).data;
	if (!replaces)
		must(file_read(f->house.arena, path, 1 << 20, &before));
	must(file_replace(path, text_join(f->house.arena, before, text_of(words)), 0600));
}

static void
load_valued(struct flow_house *f)
{
	struct house *h = &f->house;
	char command[256];
	snprintf(command, sizeof command, "cp -r '%s/packs/telework' '%s/pack'", TESTS_FOLDER, h->folder);
	assert_int_equal(system(command), 0);
	append(f, "evidence.yaml", own_evidence, true);
	append(f, "ledgers/system.yaml", own_fields, false);
	append(f, "parameters.yaml", own_parameters, false);
	must(pack_load(h->arena, text_format(h->arena, "%s/pack", h->folder).data, &pack_known, &h->pack,
		       NULL));
	f->flow = (struct flow){ h->pack, flow_usual_outcomes };
}

static int
valued_open(void **state)
{
	*state = flow_house_with(sizeof(struct flow_house), load_valued);
	must(act_now(*state, telework_fill, *state));
	return 0;
}

/* ---- Looking ---- */

static struct assured
clause_now(struct flow_house *h, const char *id)
{
	struct assurance assurance;
	LOOK(&h->house, look);
	must(assure(&look, &h->flow, NULL, &assurance));
	for (size_t at = 0; at < assurance.count; at++)
		if (text_is(assurance.clauses[at].clause->id, id))
			return assurance.clauses[at];
	fail_msg("no clause %s", id);
	return (struct assured){ 0 };
}

static enum clause_state
state_now(struct flow_house *h, const char *id)
{
	return clause_now(h, id).state;
}

static void
record(struct flow_house *h)
{
	static const struct actor clock = { .through = T_INIT("clock") };
	struct assure_recorded done;
	must(assure_record(h->house.store, h->house.arena, &h->flow, NULL, &clock, &done));
}

static size_t
findings(struct flow_house *h, struct finding **list)
{
	const struct finding_query query = { .is_open_only = true, .at = DAY_NONE };
	struct finding *all;
	size_t count, kept = 0;
	LOOK(&h->house, look);
	must(assure_findings(&look, h->house.pack, &query, &all, &count));
	for (size_t at = 0; at < count; at++)
		if (all[at].kind == ASSURE_SETTING || text_is(all[at].clause, "1.a") ||
		    text_is(all[at].clause, "1.b"))
			all[kept++] = all[at];
	*list = all;
	return kept;
}

static struct settings
settings_now(struct flow_house *h, struct row_id row)
{
	struct settings settings;
	LOOK(&h->house, look);
	must(assure_settings(&look, &h->flow, row, &settings));
	return settings;
}

/* ---- Doing ---- */

struct writing {
	struct flow_house *h;
	struct row_id row;
	const char *tries, *locked;
	int64_t looked; /* days from the first */
};

static struct error *
write_work(struct act *act, void *with)
{
	const struct writing *writing = with;
	const struct pack *pack = writing->h->house.pack;
	struct ledger_row row;
	TRY(ledger_read(&act->look, pack, writing->row, &row));
	const struct ledger_value values[] = {
		{ T("name"), row.title },
		{ T("class"), row.class_code },
		{ T("owner"), text_number(act->look.arena, row.owner) },
		{ T("tries"), text_of(writing->tries) },
		{ T("locked"), text_of(writing->locked) },
		{ T("looked"), day_iso(act->look.arena, D(writing->looked)) },
	};
	return ledger_change(act, pack, row.id, row.revision, values, COUNT(values));
}

static void
write_down(struct flow_house *h, struct row_id row, const char *tries, const char *locked, int64_t looked)
{
	must(act_as(&h->house, h->info_head, write_work,
		    &(struct writing){ h, row, tries, locked, looked }));
}

static struct error *
set_tries(struct act *act, void *with)
{
	const struct fact fact = { .act = "body.settings", .about = { T("body") } };
	TRY(act_set(act, T("parameter.test.tries"), text_of(with)));
	return act_note(act, &fact);
}

static struct error *
close_work(struct act *act, void *with)
{
	struct flow_house *h = with;
	struct finding *list;
	findings(h, &list);
	return assure_finding_close(act, h->house.pack, list[0].id, T("直した"));
}

/* ---- States ---- */

static void
what_is_written_nowhere_is_missing_and_only_in_some_rows_is_claimed(void **state)
{
	struct flow_house *h = *state;
	assert_int_equal(state_now(h, "1.a"), STATE_MISSING);
	assert_int_equal(state_now(h, "1.b"), STATE_MISSING);
	assert_int_equal(state_now(h, "1.c"), STATE_MISSING); /* no such row */
	write_down(h, h->network, "5", "", 0);
	assert_int_equal(state_now(h, "1.a"), STATE_CLAIMED);
	assert_int_equal(state_now(h, "1.b"), STATE_MISSING);
	write_down(h, h->taxes, "3", "yes", 0);
	assert_int_equal(state_now(h, "1.a"), STATE_FULFILLED);
	assert_int_equal(state_now(h, "1.b"), STATE_FULFILLED);
	assert_int_equal(state_now(h, "1.d"), STATE_CLAIMED); /* partial */
}

static void
a_value_worse_than_the_bodys_own_number_makes_its_clause_late(void **state)
{
	struct flow_house *h = *state;
	write_down(h, h->network, "5", "", 0);
	write_down(h, h->taxes, "8", "no", 0);
	const struct assured late = clause_now(h, "1.a");
	assert_int_equal(late.state, STATE_LATE);
	assert_true(text_has(late.why, T("税システム")) && text_has(late.why, T("8")) &&
		    text_has(late.why, T("1以上5以下")));
	assert_int_equal(late.rules[0].good, 1);
	assert_int_equal(state_now(h, "1.b"), STATE_LATE);
	must(act_as(&h->house, h->ciso, set_tries, (void *)(uintptr_t)"10"));
	assert_int_equal(state_now(h, "1.a"), STATE_FULFILLED);
	write_down(h, h->taxes, "0", "yes", 0);
	assert_int_equal(state_now(h, "1.a"), STATE_LATE);
	assert_int_equal(state_now(h, "1.b"), STATE_FULFILLED);
}

static void
what_nobody_looked_at_in_time_is_late_again(void **state)
{
	struct flow_house *h = *state;
	write_down(h, h->network, "5", "", 0);
	write_down(h, h->taxes, "3", "yes", 0);
	days_pass(h, 40);
	assert_int_equal(state_now(h, "1.a"), STATE_DUE);
	days_pass(h, 21);
	assert_int_equal(state_now(h, "1.a"), STATE_LATE);
	write_down(h, h->network, "5", "", 61);
	write_down(h, h->taxes, "3", "yes", 61);
	assert_int_equal(state_now(h, "1.a"), STATE_FULFILLED);
}

static void
a_look_on_a_day_still_to_come_is_none(void **state)
{
	struct flow_house *h = *state;
	write_down(h, h->network, "5", "", 0);
	write_down(h, h->taxes, "3", "yes", 3000);
	assert_int_equal(state_now(h, "1.a"), STATE_LATE);
	assert_int_equal(settings_now(h, h->taxes).of[SETTING_STALE], 2);
}

/* ---- Findings ---- */

static void
each_weak_value_is_one_finding_of_its_system_and_goes_when_it_will_do(void **state)
{
	struct flow_house *h = *state;
	struct finding *list;
	write_down(h, h->network, "9", "", 0);
	write_down(h, h->taxes, "8", "no", 0);
	record(h);
	assert_int_equal(findings(h, &list), 3);
	for (size_t at = 0; at < 3; at++) {
		assert_int_equal(list[at].kind, ASSURE_SETTING);
		assert_true(list[at].unit.no == h->info.no || list[at].unit.no == h->house.other.no);
	}
	record(h);
	assert_int_equal(findings(h, &list), 3); /* not twice */
	struct error *error = act_as(&h->house, h->ciso, close_work, h);
	assert_true(error != OK && error->kind == ERROR_REFUSED);
	write_down(h, h->taxes, "4", "yes", 0);
	record(h);
	assert_int_equal(findings(h, &list), 1);
	assert_int_equal(list[0].unit.no, h->info.no);
	write_down(h, h->network, "4", "", 0);
	record(h);
	assert_int_equal(findings(h, &list), 0);
}

static void
a_row_nobody_looked_at_is_one_finding_however_many_values_it_has(void **state)
{
	struct flow_house *h = *state;
	struct finding *list;
	write_down(h, h->network, "5", "", 50);
	write_down(h, h->taxes, "3", "yes", 0);
	days_pass(h, 61);
	record(h);
	assert_int_equal(findings(h, &list), 1);
	assert_true(text_ends(list[0].about, T(":looked")));
	assert_int_equal(list[0].unit.no, h->house.other.no);
}

/* ---- Pages ---- */

static void
settings_of_a_row_leave_out_what_does_not_concern_it(void **state)
{
	struct flow_house *h = *state;
	write_down(h, h->network, "9", "no", 0);
	write_down(h, h->taxes, "3", "", 0);
	const struct settings network = settings_now(h, h->network);
	assert_int_equal(network.count, 1); /* two rules ask for it: the worst is shown */
	assert_int_equal(network.list[0].state, SETTING_WEAK);
	assert_true(text_is(network.list[0].asked, "1以上5以下"));
	const struct settings taxes = settings_now(h, h->taxes);
	assert_int_equal(taxes.count, 2);
	assert_int_equal(taxes.of[SETTING_GOOD], 1);
	assert_int_equal(taxes.of[SETTING_SILENT], 1);
	assert_int_equal(taxes.looked.no, D(0).no);
}

#define VALUES_TEST(name) cmocka_unit_test_setup_teardown(name, valued_open, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		VALUES_TEST(what_is_written_nowhere_is_missing_and_only_in_some_rows_is_claimed),
		VALUES_TEST(a_value_worse_than_the_bodys_own_number_makes_its_clause_late),
		VALUES_TEST(what_nobody_looked_at_in_time_is_late_again),
		VALUES_TEST(a_look_on_a_day_still_to_come_is_none),
		VALUES_TEST(each_weak_value_is_one_finding_of_its_system_and_goes_when_it_will_do),
		VALUES_TEST(a_row_nobody_looked_at_is_one_finding_however_many_values_it_has),
		VALUES_TEST(settings_of_a_row_leave_out_what_does_not_concern_it),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("values", tests, NULL, NULL);
}
