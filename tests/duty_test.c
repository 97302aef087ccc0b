/* Duties: what becomes due where, who does it, what is written down, and what time causes. */
#include "flow_house.h"

#include "assure/finding.h"
#include "assure/history.h"
#include "duty/duty.h"

static const char our_duties[] =
	"duties:\n"
	"  - code: restore\n"
	"    ja: \"戻す試験\"\n    en: \"Restore test\"\n"
	"    help: {ja: \"戻してみる。\", en: \"Try it.\"}\n"
	"    clauses: [\"5.1.5.a\"]\n    owner: manager\n    months: [6, 12]\n    by: incident.exercise\n"
	"    fields:\n"
	"      - name: result\n        ja: \"結果\"\n        en: \"Result\"\n        kind: choice\n"
	"        required: yes\n"
	"        choices: [{code: good, ja: \"よし\", en: \"Good\"}, {code: bad, ja: \"だめ\", en: \"Bad\"}]\n"
	"      - {name: cause, ja: \"わけ\", en: \"Cause\", kind: text, required: yes, shown-when: 'result = \"bad\"'}\n"
	"    puts:\n"
	"      ledger: test-log\n"
	"      columns:\n"
	"        - {column: name, from: duty}\n"
	"        - {column: on, from: done}\n"
	"        - {column: result, from: result}\n"
	"        - {column: kind, is: restore}\n"
	"  - code: plan\n"
	"    ja: \"計画の見直し\"\n    en: \"Plan review\"\n"
	"    clauses: [\"8.3.3\"]\n    owner: ciso\n    every: document.review-days\n    lead: 20\n"
	"  - code: secret\n"
	"    ja: \"Ⅰの資産ごと\"\n    en: \"Each asset of class I\"\n"
	"    clauses: [\"5.1.6-2\"]\n    owner: manager\n    every: document.review-days\n"
	"    each: asset\n    where: 'class = \"I\"'\n"
	"    puts: {ledger: asset, columns: [{column: other, is: \"試した\"}]}\n"
	"  - code: threat\n"
	"    ja: \"脅威への備え\"\n    en: \"Threat\"\n"
	"    clauses: [\"7.5.3-2\"]\n    owner: manager\n    needed: yes\n";

static const char our_ledger[] =
	"code: test-log\nja: \"試験の記録\"\nen: \"Test log\"\nclauses: [\"7.1.1\"]\ntitle: name\nowner: owner\n"
	"fields:\n"
	"  - {name: name, ja: \"件名\", en: \"Name\", kind: text, required: yes}\n"
	"  - {name: owner, ja: \"所属\", en: \"Unit\", kind: unit, required: yes}\n"
	"  - {name: on, ja: \"日\", en: \"Day\", kind: day, required: yes}\n"
	"  - {name: result, ja: \"結果\", en: \"Result\", kind: text}\n"
	"  - {name: kind, ja: \"種類\", en: \"Kind\", kind: text}\n";

static const char our_evidence[] =
	"evidence:\n"
	"  - {kind: duty, duty: restore, clauses: [\"5.1.5.a\"], ja: \"試験\", en: \"Tests\"}\n";

static void
load_our_pack(struct flow_house *f)
{
	struct house *h = &f->house;
	char command[200];
	copy_own_pack(h);
	pack_put(h, "duties.yaml", our_duties);
	pack_put(h, "ledgers/test-log.yaml", our_ledger);
	snprintf(command, sizeof command, "sed -i '/kind: duty/d' '%s/pack/evidence'/*", h->folder);
	assert_int_equal(system(command), 0);
	pack_put(h, "evidence/99.yaml", our_evidence);
	flow_house_pack(f);
}

static int
open_house(void **state)
{
	*state = flow_house_with(sizeof(struct flow_house), load_our_pack);
	return 0;
}

#define OUR_TEST(name) cmocka_unit_test_setup_teardown(name, open_house, house_close)

static struct duty_done
plan(struct flow_house *h)
{
	struct duty_done done;
	must(duty_plan(h->house.store, h->house.arena, &h->flow, &done));
	return done;
}

static struct duty_done
tick(struct flow_house *h)
{
	struct duty_done done;
	must(duty_clock(h->house.store, h->house.arena, &h->flow, &done));
	return done;
}

static struct duty_occurrence *
list_of(struct flow_house *h, const char *code, bool is_open, size_t *count)
{
	struct duty_occurrence *list;
	LOOK(&h->house, look);
	must(duty_list(&look, &h->flow,
		       &(struct duty_query){ .duty = text_of(code), .is_open_only = is_open,
					     .from = DAY_NONE, .until = DAY_NONE },
		       100, &list, count));
	return list;
}

static struct duty_occurrence
one_of(struct flow_house *h, const char *code, struct unit_id unit)
{
	size_t count;
	struct duty_occurrence *list = list_of(h, code, true, &count);
	for (size_t at = 0; at < count; at++)
		if (list[at].unit.no == unit.no)
			return list[at];
	fail_msg("no open occurrence");
	return (struct duty_occurrence){ 0 };
}

struct deed_of {
	struct flow_house *h;
	struct duty_doing doing;
	struct duty_beginning beginning;
	struct duty_deed deed;
	struct person_id to;
	struct text words;
	struct duty_id begun;
	int64_t fulfilled;
};

static struct error *
do_work(struct act *act, void *with)
{
	struct deed_of *deed = with;
	return duty_do(act, &deed->h->flow, &deed->doing);
}

static struct error *
excuse_work(struct act *act, void *with)
{
	struct deed_of *deed = with;
	return duty_excuse(act, &deed->h->flow, deed->doing.id, deed->doing.change, deed->words);
}

static struct error *
hand_work(struct act *act, void *with)
{
	struct deed_of *deed = with;
	return duty_hand(act, &deed->h->flow, deed->doing.id, deed->doing.change, deed->to);
}

static struct error *
begin_work(struct act *act, void *with)
{
	struct deed_of *deed = with;
	return duty_begin(act, &deed->h->flow, &deed->beginning, &deed->begun);
}

static struct error *
by_work(struct act *act, void *with)
{
	struct deed_of *deed = with;
	return duty_done_by(act, deed->h->house.pack, &deed->deed, &deed->fulfilled);
}

static const struct ledger_value good[] = { { T_INIT("result"), T_INIT("good") } };
static const struct ledger_value good_with_more[] = { { T_INIT("result"), T_INIT("good") },
						       { T_INIT("cause"), T_INIT("なし") } };
static const struct ledger_value bad[] = { { T_INIT("result"), T_INIT("bad") } };

static struct deed_of
doing(struct flow_house *h, const struct duty_occurrence *of, struct day on)
{
	return (struct deed_of){ .h = h,
				 .doing = { .id = of->id, .change = of->change, .on = on,
					    .words = T(""), .typed = good, .typed_count = 1 } };
}

/* ---- What is due ---- */

static void
every_place_has_its_next_day_and_planning_twice_changes_nothing(void **state)
{
	struct flow_house *h = *state;
	size_t count;
	const struct duty_done first = plan(h), second = plan(h);
	/* Two sections with a manager, one CISO, two assets of class I. */
	assert_int_equal(first.made, 2 + 1 + 2);
	assert_int_equal(second.made + second.dropped, 0);
	const struct duty_occurrence *list = list_of(h, "restore", true, &count);
	assert_int_equal(count, 2);
	/* 2026-11-21: the next is due on December 31st, to be done from December 1st on. */
	assert_int_equal(list[0].due.no, D(40).no);
	assert_int_equal(list[0].opens.no, D(10).no);
	assert_int_equal(list[0].state, DUTY_PLANNED);
	list = list_of(h, "secret", true, &count);
	assert_int_equal(count, 2);
	assert_true(list[0].row.no == h->secret.no || list[1].row.no == h->secret.no);
	assert_int_equal(list_of(h, "threat", true, &count) == NULL, false);
	assert_int_equal(count, 0);
}

static void
months_without_a_clock_are_all_made_up_for(void **state)
{
	struct flow_house *h = *state;
	size_t count;
	plan(h);
	days_pass(h, 400); /* to 2027-12-26 */
	plan(h);
	const struct duty_occurrence *list = list_of(h, "restore", true, &count);
	/* Dec 2026 and June 2027 were missed, Dec 2027 is next: in two sections. */
	assert_int_equal(count, 6);
	assert_int_equal(list[0].state, DUTY_LATE);
	assert_int_equal(list[2].state, DUTY_LATE);
	assert_int_equal(list[4].state, DUTY_OPEN);
}

static struct error *
retire_work(struct act *act, void *with)
{
	struct flow_house *h = with;
	return ledger_retire(act, h->house.pack, h->secret, 0, T("試験"));
}

static void
a_place_that_is_gone_takes_its_occurrence_along(void **state)
{
	struct flow_house *h = *state;
	struct duty_occurrence *list;
	size_t count;
	plan(h);
	must(act_as(&h->house, h->house.manager, retire_work, h));
	assert_int_equal(plan(h).dropped, 1);
	list = list_of(h, "secret", false, &count);
	assert_int_equal(count, 2);
	assert_true(list[0].state == DUTY_DROPPED || list[1].state == DUTY_DROPPED);
}

/* ---- Doing ---- */

static void
who_has_the_role_does_it_writes_it_down_and_the_next_is_planned(void **state)
{
	struct flow_house *h = *state;
	struct ledger_value *values;
	size_t count;
	plan(h);
	days_pass(h, 15);
	struct duty_occurrence one = one_of(h, "restore", h->house.section);
	struct deed_of deed = doing(h, &one, D(14));
	deed.doing.typed = good_with_more; /* the cause is not asked for when it went well */
	deed.doing.typed_count = 2;
	assert_int_equal(one.state, DUTY_OPEN);
	/* Not the clerk, not the other section's manager. */
	assert_int_equal(act_as(&h->house, h->house.staff, do_work, &deed)->kind, ERROR_REFUSED);
	assert_int_equal(act_as(&h->house, h->other_manager, do_work, &deed)->kind, ERROR_REFUSED);
	must(act_as(&h->house, h->house.manager, do_work, &deed));
	assert_string_equal(h->house.last_act, "duty.done");
	LOOK(&h->house, look);
	must(duty_read(&look, &h->flow, one.id, &one));
	assert_int_equal(one.state, DUTY_DONE);
	assert_int_equal(one.done_on.no, D(14).no);
	assert_int_equal(one.person.no, h->house.manager.no);
	must(duty_record(look.arena, &one, &values, &count));
	assert_int_equal(count, 1);
	assert_true(text_is(values[0].value, "good"));
	/* The row it wrote, in the section's name. */
	struct ledger_row row;
	must(ledger_read(&look, h->house.pack, one.put, &row));
	assert_true(text_is(row.title, "戻す試験"));
	assert_int_equal(row.owner, h->house.section.no);
	assert_true(text_is(ledger_value(look.arena, &row, "result"), "よし"));
	assert_true(text_is(ledger_value(look.arena, &row, "kind"), "restore"));
	look_end(&look);
	/* The next: June 30th. Done twice is a conflict. */
	assert_int_equal(one_of(h, "restore", h->house.section).due.no, D(221).no);
	assert_int_equal(act_as(&h->house, h->house.manager, do_work, &deed)->kind, ERROR_CONFLICT);
	assert_int_equal(plan(h).made, 0);
}

static void
the_record_is_checked_and_all_faults_come_at_once(void **state)
{
	struct flow_house *h = *state;
	plan(h);
	const struct duty_occurrence one = one_of(h, "restore", h->house.section);
	struct deed_of deed = doing(h, &one, D(0));
	deed.doing.typed = bad;
	struct error *error = act_as(&h->house, h->house.manager, do_work, &deed);
	assert_int_equal(error->kind, ERROR_INVALID);
	assert_true(has_fault(error, "cause"));
	deed.doing.typed_count = 0;
	error = act_as(&h->house, h->house.manager, do_work, &deed);
	assert_true(has_fault(error, "result"));
	assert_false(has_fault(error, "cause"));
	deed = doing(h, &one, D(1));
	error = act_as(&h->house, h->house.manager, do_work, &deed);
	assert_true(has_fault(error, "on")); /* tomorrow */
	assert_int_equal(one_of(h, "restore", h->house.section).change, one.change);
}

static void
what_is_due_after_it_was_done_counts_from_that_day(void **state)
{
	struct flow_house *h = *state;
	size_t count;
	plan(h);
	days_pass(h, 10);
	struct duty_occurrence one = one_of(h, "plan", (struct unit_id){ 0 });
	struct deed_of deed = doing(h, &one, D(9));
	deed.doing.typed_count = 0;
	must(act_as(&h->house, h->ciso, do_work, &deed));
	assert_int_equal(one_of(h, "plan", (struct unit_id){ 0 }).due.no, D(9 + 366).no);
	/* A row of a ledger: the row itself is written. */
	const struct duty_occurrence *list = list_of(h, "secret", true, &count);
	deed = doing(h, list[0].row.no == h->secret.no ? &list[0] : &list[1], D(9));
	deed.doing.typed_count = 0;
	must(act_as(&h->house, h->house.manager, do_work, &deed));
	struct ledger_row row;
	LOOK(&h->house, look);
	must(ledger_read(&look, h->house.pack, h->secret, &row));
	assert_true(text_is(ledger_value(look.arena, &row, "other"), "試した"));
	assert_int_equal(row.owner, h->house.section.no);
}

static void
not_done_needs_a_reason_and_stays_to_be_seen(void **state)
{
	struct flow_house *h = *state;
	plan(h);
	struct duty_occurrence one = one_of(h, "restore", h->house.section);
	struct deed_of deed = doing(h, &one, D(0));
	deed.words = T("  ");
	assert_true(has_fault(act_as(&h->house, h->house.manager, excuse_work, &deed), "words"));
	deed.words = T("システムを入れ替えたばかりのため");
	must(act_as(&h->house, h->house.manager, excuse_work, &deed));
	LOOK(&h->house, look);
	must(duty_read(&look, &h->flow, one.id, &one));
	assert_int_equal(one.state, DUTY_EXCUSED);
	assert_true(text_is(one.words, "システムを入れ替えたばかりのため"));
	assert_int_equal(one_of(h, "restore", h->house.section).due.no, D(221).no);
}

static void
who_was_handed_it_may_do_it_and_nobody_of_another_section_is_handed_it(void **state)
{
	struct flow_house *h = *state;
	struct duty_mine mine;
	plan(h);
	days_pass(h, 12);
	struct duty_occurrence one = one_of(h, "restore", h->house.section);
	struct deed_of deed = doing(h, &one, D(12));
	deed.to = h->other_manager;
	assert_true(has_fault(act_as(&h->house, h->house.manager, hand_work, &deed), "person"));
	deed.to = h->house.staff;
	const int64_t before = notices_of(h, h->house.staff);
	must(act_as(&h->house, h->house.manager, hand_work, &deed));
	assert_int_equal(notices_of(h, h->house.staff), before + 1);
	LOOK(&h->house, look);
	must(duty_mine(&look, &h->flow, h->house.staff, D(12), &mine));
	assert_int_equal(mine.count, 1);
	assert_int_equal(mine.needed_count, 0);
	must(duty_mine(&look, &h->flow, h->house.manager, D(12), &mine));
	assert_int_equal(mine.count, 1);
	assert_int_equal(mine.needed_count, 1);
	assert_int_equal(mine.next.no, D(40).no);
	look_end(&look);
	deed.doing.change++;
	must(act_as(&h->house, h->house.staff, do_work, &deed));
}

static void
what_is_done_when_needed_is_begun_with_words_and_has_its_days(void **state)
{
	struct flow_house *h = *state;
	struct deed_of deed = { .h = h,
				.beginning = { .duty = pack_duty(h->flow.pack, T("threat")),
					       .unit = h->house.section, .words = T("新しい手口") } };
	assert_int_equal(act_as(&h->house, h->house.staff, begin_work, &deed)->kind, ERROR_REFUSED);
	must(act_as(&h->house, h->house.manager, begin_work, &deed));
	const struct duty_occurrence one = one_of(h, "threat", h->house.section);
	assert_int_equal(one.due.no, D(30).no);
	assert_int_equal(one.state, DUTY_OPEN);
	assert_true(text_is(one.why, "新しい手口"));
	days_pass(h, 40);
	assert_int_equal(plan(h).dropped, 0);
	assert_int_equal(one_of(h, "threat", h->house.section).state, DUTY_LATE);
}

/* ---- Done elsewhere ---- */

static void
what_is_done_elsewhere_fulfils_the_nearest_place(void **state)
{
	struct flow_house *h = *state;
	size_t count;
	/* No clock has run yet: it works all the same. */
	struct deed_of deed = { .h = h,
				.deed = { .by = "incident.exercise", .unit = h->house.section,
					  .on = DAY_NONE, .source = T("exercise:7"),
					  .words = T("連絡網の訓練") } };
	must(act_as(&h->house, h->house.staff, by_work, &deed));
	assert_int_equal(deed.fulfilled, 1);
	assert_string_equal(h->house.last_act, "duty.done");
	struct duty_occurrence *list = list_of(h, "restore", false, &count);
	int done = 0;
	for (size_t at = 0; at < count; at++)
		if (list[at].state == DUTY_DONE) {
			done++;
			assert_int_equal(list[at].unit.no, h->house.section.no);
			assert_true(text_is(list[at].source, "exercise:7"));
			assert_int_equal(list[at].due.no, D(40).no);
		}
	assert_int_equal(done, 1);
	/* The whole body's deed: everywhere but where this round was done. Nobody's: nothing happens. */
	deed.deed.unit.no = 0;
	must(act_as(&h->house, h->house.staff, by_work, &deed));
	assert_int_equal(deed.fulfilled, 1);
	must(act_as(&h->house, h->house.staff, by_work, &deed));
	assert_int_equal(deed.fulfilled, 0);
	days_pass(h, 41); /* January 1st: the next round has begun */
	must(act_as(&h->house, h->house.staff, by_work, &deed));
	assert_int_equal(deed.fulfilled, 2);
	deed.deed.by = "training.drill";
	must(act_as(&h->house, h->house.staff, by_work, &deed));
	assert_int_equal(deed.fulfilled, 0);
}

/* ---- Time ---- */

static void
holders_are_told_once_and_those_above_when_it_stays_late(void **state)
{
	struct flow_house *h = *state;
	plan(h);
	const int64_t managers = notices_of(h, h->house.manager);
	const int64_t directors = notices_of(h, h->house.director);
	assert_int_equal(tick(h).reminded, 0);
	days_pass(h, 12); /* December 3rd: to be done */
	assert_int_equal(tick(h).reminded, 2);
	assert_int_equal(tick(h).reminded, 0);
	assert_int_equal(notices_of(h, h->house.manager), managers + 1);
	days_pass(h, 30); /* January 2nd: late since yesterday */
	tick(h);
	tick(h);
	assert_int_equal(notices_of(h, h->house.manager), managers + 2);
	assert_int_equal(notices_of(h, h->house.director), directors);
	days_pass(h, 7);
	const struct duty_done done = tick(h);
	assert_int_equal(done.escalated, 2);
	assert_int_equal(notices_of(h, h->house.director), directors + 2); /* two sections */
	assert_int_equal(tick(h).escalated, 0);
}

static void
the_year_shows_every_month_and_what_is_to_come(void **state)
{
	struct flow_house *h = *state;
	struct duty_year_row *rows;
	struct duty_tally tally;
	size_t count;
	plan(h);
	days_pass(h, 10);
	const struct duty_occurrence one = one_of(h, "restore", h->house.section);
	struct deed_of deed = doing(h, &one, D(10));
	must(act_as(&h->house, h->house.manager, do_work, &deed));
	LOOK(&h->house, look);
	must(duty_year(&look, &h->flow, 2026, (struct unit_id){ 0 }, &rows, &count));
	assert_int_equal(count, 4);
	assert_true(text_is(rows[0].code, "restore"));
	assert_int_equal(rows[0].months[8].all, 2); /* December */
	assert_int_equal(rows[0].months[8].of[DUTY_DONE], 1);
	assert_int_equal(rows[0].months[8].of[DUTY_OPEN], 1);
	assert_int_equal(duty_cell_state(&rows[0].months[8]), DUTY_OPEN);
	assert_int_equal(rows[0].months[2].all, 0); /* June is past: nothing was planned then */
	assert_false(rows[0].months[2].is_to_come);
	must(duty_year(&look, &h->flow, 2027, (struct unit_id){ 0 }, &rows, &count));
	assert_int_equal(rows[0].months[2].all, 1);
	assert_true(rows[0].months[2].one.no != 0);
	assert_true(rows[0].months[8].is_to_come);
	must(duty_year(&look, &h->flow, 2026, h->house.other, &rows, &count));
	assert_int_equal(rows[0].months[8].all, 1);
	must(duty_tally(&look, T("restore"), &tally));
	assert_int_equal(tally.places, 2);
	assert_int_equal(tally.done, 1);
	assert_int_equal(tally.late, 0);
	assert_int_equal(tally.last.no, D(10).no);
}

/* What the rule by duty says now, kept or worked out. */
static enum clause_state
evidence_now(struct flow_house *h)
{
	struct assurance assurance;
	enum clause_state state = STATE_COUNT;
	LOOK(&h->house, look);
	must(assure(&look, &h->flow, NULL, &assurance));
	for (size_t at = 0; at < assurance.count; at++)
		for (size_t i = 0; i < assurance.clauses[at].rules_count; i++)
			if (assurance.clauses[at].rules[i].rule->kind == EVIDENCE_DUTY)
				state = assurance.clauses[at].rules[i].state;
	return state;
}

static void
evidence_goes_with_what_is_done_and_what_is_late(void **state)
{
	struct flow_house *h = *state;
	assert_int_equal(evidence_now(h), STATE_MISSING);
	plan(h);
	assert_int_equal(evidence_now(h), STATE_MISSING);
	struct duty_occurrence one = one_of(h, "restore", h->house.section);
	struct deed_of deed = doing(h, &one, D(0));
	must(act_as(&h->house, h->house.manager, do_work, &deed));
	assert_int_equal(evidence_now(h), STATE_FULFILLED);
	days_pass(h, 12); /* the other section's is to be done */
	assert_int_equal(evidence_now(h), STATE_DUE);
	days_pass(h, 30); /* and late */
	assert_int_equal(evidence_now(h), STATE_LATE);
	one = one_of(h, "restore", h->house.other);
	deed = doing(h, &one, D(42));
	must(act_as(&h->house, h->other_manager, do_work, &deed));
	assert_int_equal(evidence_now(h), STATE_FULFILLED);
}

/* ---- Findings ---- */

static void
record(struct flow_house *h)
{
	static const struct actor clock = { .through = T_INIT("clock") };
	struct assure_recorded done;
	must(assure_record(h->house.store, h->house.arena, &h->flow, NULL, &clock, &done));
}

/* Open findings of the kind; of a clause where one is given, of a person where one is. */
static size_t
findings(struct flow_house *h, enum finding_kind kind, const char *clause, struct person_id person,
	 struct finding *newest)
{
	const struct finding_query query = { .is_open_only = true, .has_kind = true, .kind = kind,
					     .clause = text_of(clause), .person = person, .at = DAY_NONE };
	struct finding *list;
	size_t count;
	LOOK(&h->house, look);
	must(assure_findings(&look, h->house.pack, &query, &list, &count));
	if (count != 0)
		*newest = list[0];
	return count;
}

struct closing {
	const struct pack *pack;
	struct finding_id id;
};

static struct error *
close_work(struct act *act, void *with)
{
	const struct closing *closing = with;
	return assure_finding_close(act, closing->pack, closing->id, T("済んだ"));
}

static void
what_stays_undone_is_one_finding_in_each_place_and_goes_when_it_is_done(void **state)
{
	struct flow_house *h = *state;
	const struct person_id anybody = { 0 };
	struct finding finding;
	plan(h);
	days_pass(h, 45); /* due after 40, told further up after 7 more */
	record(h);
	assert_int_equal(findings(h, ASSURE_DUTY, "5.1.5.a", anybody, &finding), 0);
	days_pass(h, 4);
	record(h);
	record(h);
	assert_int_equal(findings(h, ASSURE_DUTY, "5.1.5.a", anybody, &finding), 2);
	assert_int_equal(findings(h, ASSURE_LATE, "5.1.5.a", anybody, &finding), 0); /* not told twice */
	assert_int_equal(findings(h, ASSURE_DUTY, "5.1.5.a", h->other_manager, &finding), 1);
	assert_int_equal(findings(h, ASSURE_DUTY, "5.1.5.a", h->house.manager, &finding), 1);
	assert_true(text_has(finding.why, T("戻す試験")));
	assert_int_equal(finding.unit.no, h->house.section.no);
	struct closing closing = { h->house.pack, finding.id };
	assert_int_equal(act_as(&h->house, h->house.manager, close_work, &closing)->kind, ERROR_REFUSED);
	const struct duty_occurrence one = one_of(h, "restore", h->house.section);
	assert_true(text_same(finding.about, duty_about(h->house.arena, one.id)));
	struct deed_of deed = doing(h, &one, D(49));
	must(act_as(&h->house, h->house.manager, do_work, &deed));
	record(h);
	assert_int_equal(findings(h, ASSURE_DUTY, "5.1.5.a", h->house.manager, &finding), 0);
	assert_int_equal(findings(h, ASSURE_DUTY, "5.1.5.a", anybody, &finding), 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		OUR_TEST(every_place_has_its_next_day_and_planning_twice_changes_nothing),
		OUR_TEST(months_without_a_clock_are_all_made_up_for),
		OUR_TEST(a_place_that_is_gone_takes_its_occurrence_along),
		OUR_TEST(who_has_the_role_does_it_writes_it_down_and_the_next_is_planned),
		OUR_TEST(the_record_is_checked_and_all_faults_come_at_once),
		OUR_TEST(what_is_due_after_it_was_done_counts_from_that_day),
		OUR_TEST(not_done_needs_a_reason_and_stays_to_be_seen),
		OUR_TEST(who_was_handed_it_may_do_it_and_nobody_of_another_section_is_handed_it),
		OUR_TEST(what_is_done_when_needed_is_begun_with_words_and_has_its_days),
		OUR_TEST(what_is_done_elsewhere_fulfils_the_nearest_place),
		OUR_TEST(holders_are_told_once_and_those_above_when_it_stays_late),
		OUR_TEST(the_year_shows_every_month_and_what_is_to_come),
		OUR_TEST(evidence_goes_with_what_is_done_and_what_is_late),
		OUR_TEST(what_stays_undone_is_one_finding_in_each_place_and_goes_when_it_is_done),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
