/*
 * Every kind of evidence and state, what is written down of it, findings, and that answers kept are
 * the answers worked out: on the small policy of tests/packs/telework, with a real journal.
 */
#define HOUSE_JOURNAL
#include "telework_house.h"

#include "assure/history.h"

static const char own_evidence[] =
	"evidence:\n"
	"  - {kind: permits, occasion: transport, clauses: [\"1.a\"], ja: \"許可\", en: \"Permits\"}\n"
	"  - {kind: ledger, ledger: bring-in, clauses: [\"1.e\"], ja: \"台帳\", en: \"Ledger\"}\n"
	"  - {kind: ledger, ledger: asset, where: 'class = \"I\"', least: 3, clauses: [\"1.d\"], ja: \"条件\", en: \"Where\"}\n"
	"  - {kind: ledger, ledger: asset, within: test.days, where: 'serial = \"USB-002\"', clauses: [\"2.a\"], ja: \"条件\", en: \"Where\"}\n"
	"  - {kind: ledger, ledger: system, within: test.days, where: 'name = \"税システム\"', clauses: [\"4.a\"], ja: \"記録\", en: \"Records\"}\n"
	"  - {kind: acknowledged, within: test.days, clauses: [\"2.b\"], ja: \"確認\", en: \"Acknowledged\"}\n"
	"  - {kind: role, role: manager, clauses: [\"2.d\"], ja: \"役割\", en: \"Role\"}\n"
	"  - {kind: judged, within: test.days, clauses: [\"3.a\"], ja: \"判断\", en: \"Judged\"}\n"
	"  - {kind: control, control: journal.work-recorded, clauses: [\"3.b\", \"2.e\"], ja: \"仕組み\", en: \"Control\"}\n"
	"  - {kind: awaits, part: gate, clauses: [\"3.b\"], ja: \"無害化\", en: \"Gate\"}\n"
	"  - {kind: reports, occasion: emergency, clauses: [\"5.b\"], ja: \"報告\", en: \"Reports\"}\n"
	"  - {kind: exceptions, within: test.days, clauses: [\"5.c\"], ja: \"例外\", en: \"Exceptions\"}\n"
	"  - {kind: reports, occasion: lost, clauses: [\"6.a\"], ja: \"報告\", en: \"Reports\"}\n";

static const char own_clauses[] =
	"  - {id: \"7\", number: \"7.\", title: {ja: \"判断\", en: \"Judgement\"}}\n"
	"  - {id: \"7.a\", number: \"7. a)\", under: \"7\", ja: \"必要に応じて備える。\", en: \"Prepare where necessary\", actor: manager, kind: plan, module: duty, discretionary: yes}\n";

static const char own_parameters[] =
	"  - {code: test.days, ja: \"日数\", en: \"Days\", kind: days, usual: 60, least: 1, most: 366}\n";

static void
load_assured(struct flow_house *f)
{
	struct house *h = &f->house;
	pack_copied(h, "packs/telework");
	pack_add(h, "pack.yaml", "acknowledged: yes\n");
	pack_put(h, "evidence.yaml", own_evidence);
	pack_add(h, "clauses/1.yaml", own_clauses);
	pack_add(h, "parameters.yaml", own_parameters);
	pack_add(h, "ledgers/asset.yaml", "confirm: test.days\n");
	flow_house_pack(f);
}

static int
assured_open(void **state)
{
	*state = flow_house_with(sizeof(struct flow_house), load_assured);
	must(act_now(*state, telework_fill, *state));
	return 0;
}

/* ---- Looking ---- */

static struct assured
clause_in(const struct assurance *assurance, const char *id)
{
	for (size_t at = 0; at < assurance->count; at++)
		if (text_is(assurance->clauses[at].clause->id, id))
			return assurance->clauses[at];
	fail_msg("no clause %s", id);
	return (struct assured){ 0 };
}

static struct assured
clause_now(struct flow_house *h, const char *id)
{
	struct assurance assurance;
	LOOK(&h->house, look);
	must(assure(&look, &h->flow, NULL, &assurance));
	return clause_in(&assurance, id);
}

static enum clause_state
state_now(struct flow_house *h, const char *id)
{
	return clause_now(h, id).state;
}

static struct assure_recorded
record(struct flow_house *h)
{
	static const struct actor clock = { .through = T_INIT("clock") };
	struct assure_recorded done;
	must(assure_record(h->house.store, h->house.arena, &h->flow, NULL, &clock, &done));
	return done;
}

static int64_t
entries_of(struct flow_house *h)
{
	int64_t size;
	LOOK(&h->house, look);
	must(journal_size(&look, &size));
	return size;
}

static size_t
findings(struct flow_house *h, bool is_open_only, const char *clause, struct finding *newest)
{
	const struct finding_query query = { .is_open_only = is_open_only, .at = DAY_NONE,
					     .clause = clause != NULL ? text_of(clause) : T("") };
	struct finding *list;
	size_t count;
	LOOK(&h->house, look);
	must(assure_findings(&look, h->house.pack, &query, &list, &count));
	if (newest != NULL && count != 0)
		*newest = list[0];
	return count;
}

/* ---- Doing ---- */

struct judge_deed {
	const struct pack *pack;
	const char *clause;
	bool is_not_needed;
	struct day until;
};

static struct error *
judge_work(struct act *act, void *with)
{
	const struct judge_deed *deed = with;
	return assure_judge(act, deed->pack, text_of(deed->clause), deed->is_not_needed, T("理由"),
			    deed->until);
}

static struct error *
judge_as(struct flow_house *h, struct person_id who, const char *clause, bool is_not_needed,
	 int64_t days)
{
	struct judge_deed deed = { h->house.pack, clause, is_not_needed,
				   day_plus(moment_day(h->house.now), days) };
	return act_as(&h->house, who, judge_work, &deed);
}

static void
judge(struct flow_house *h, const char *clause, bool is_not_needed, int64_t days)
{
	must(judge_as(h, h->ciso, clause, is_not_needed, days));
}

struct finding_deed {
	const struct pack *pack;
	struct finding_id id;
	struct day due; /* DAY_NONE: close */
	const char *words;
};

static struct error *
finding_work(struct act *act, void *with)
{
	const struct finding_deed *deed = with;
	return day_is_none(deed->due)
		       ? assure_finding_close(act, deed->pack, deed->id, text_of(deed->words))
		       : assure_finding_plan(act, deed->pack, deed->id, text_of(deed->words), deed->due);
}

static void
close_exception(struct flow_house *h, struct dossier_id id)
{
	const struct dossier dossier = dossier_now(h, id);
	struct deed close = { .doing = CLOSE, .id = id, .change = dossier.change,
			      .permit = dossier.permits[0].id, .why = T("元に戻した") };
	must(deed_as(h, h->house.manager, &close));
}

/* ---- Kinds ---- */

static void
rows_are_counted_by_their_columns_and_must_be_enough(void **state)
{
	struct flow_house *h = *state;
	assert_int_equal(state_now(h, "1.e"), STATE_MISSING); /* an empty ledger */
	struct assured assured = clause_now(h, "1.d");
	assert_int_equal(assured.state, STATE_MISSING); /* two of three */
	assert_int_equal(assured.all, 2);
	add_row_to(h, "三つめ", "I", "USB-010", h->house.section);
	assured = clause_now(h, "1.d");
	assert_int_equal(assured.state, STATE_FULFILLED);
	assert_int_equal(assured.all, 3);
	assert_int_equal(state_now(h, "2.a"), STATE_FULFILLED);
	days_pass(h, 31);
	assert_int_equal(state_now(h, "2.a"), STATE_DUE);
	days_pass(h, 31);
	assured = clause_now(h, "2.a");
	assert_int_equal(assured.state, STATE_LATE);
	assert_int_equal(assured.all, 1);
	assert_int_equal(assured.good, 0);
}

static void
records_nobody_confirms_must_be_made_again_and_again(void **state)
{
	struct flow_house *h = *state;
	assert_int_equal(state_now(h, "4.a"), STATE_FULFILLED);
	days_pass(h, 31);
	assert_int_equal(state_now(h, "4.a"), STATE_DUE);
	days_pass(h, 31);
	assert_int_equal(state_now(h, "4.a"), STATE_LATE);
}

static void
what_awaits_a_part_is_missing_and_names_it_whatever_else_is_shown(void **state)
{
	const struct assured assured = clause_now(*state, "3.b");
	assert_int_equal(assured.state, STATE_MISSING);
	assert_true(text_has(assured.why, T("番所の「ファイルの無害化」の部分がまだない")));
	assert_int_equal(assured.rules[0].state, STATE_ENFORCED);
	assert_int_equal(state_now(*state, "2.e"), STATE_ENFORCED);
}

static void
reports_are_due_late_and_in_time(void **state)
{
	struct flow_house *h = *state;
	assert_int_equal(state_now(h, "5.b"), STATE_MISSING);
	struct dossier_id id = draft_emergency(h, "2026-11-21T08:00", "2026-11-21");
	assert_int_equal(state_now(h, "5.b"), STATE_DUE);
	hours_pass(h, 30);
	assert_int_equal(state_now(h, "5.b"), STATE_LATE); /* nothing was written meanwhile */
	must(send_it(h, h->house.manager, id));
	assert_int_equal(state_now(h, "5.b"), STATE_LATE); /* it came late */
	days_pass(h, 91);
	assert_int_equal(state_now(h, "5.b"), STATE_FULFILLED); /* not within the days looked at */
}

static void
a_report_without_a_clock_shows_itself(void **state)
{
	struct flow_house *h = *state;
	const struct flow_answer answers[] = { ANSWER("doing", "lost"), ANSWER("purpose", "届け"),
					       ANSWER("lost-on", "2026-11-20"),
					       ANSWER("lost-what", "職員証") };
	assert_int_equal(state_now(h, "6.a"), STATE_MISSING);
	must(send_it(h, h->house.staff, draft_answers(h, h->house.staff, answers, COUNT(answers))));
	assert_int_equal(state_now(h, "6.a"), STATE_FULFILLED);
}

static void
a_clause_under_an_exception_is_excepted_until_its_day(void **state)
{
	struct flow_house *h = *state;
	assert_int_equal(state_now(h, "5.c"), STATE_FULFILLED);
	const struct dossier_id id = draft_emergency(h, "2026-11-21T08:00", "2026-11-25");
	must(send_it(h, h->house.manager, id));
	struct assured assured = clause_now(h, "1.c");
	assert_int_equal(assured.state, STATE_EXCEPTED);
	assert_int_equal(assured.machine, STATE_MISSING);
	assert_int_equal(assured.exceptions_count, 1);
	assert_true(assured.exceptions[0].is_living);
	assert_int_equal(assured.exceptions[0].until.no, D(4).no);
	assert_int_equal(state_now(h, "1.b"), STATE_MISSING); /* not bent */
	days_pass(h, 5);
	assured = clause_now(h, "1.c");
	assert_int_equal(assured.state, STATE_MISSING);
	assert_true(assured.exceptions[0].is_overrun);
	assert_int_equal(state_now(h, "5.c"), STATE_LATE);
	close_exception(h, id);
	assert_int_equal(state_now(h, "5.c"), STATE_FULFILLED);
	assert_int_equal(clause_now(h, "1.c").exceptions_count, 0);
}

static void
an_exception_nobody_looks_at_is_late(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_emergency(h, "2026-11-21T08:00", "2027-03-31");
	must(send_it(h, h->house.manager, id));
	days_pass(h, 59);
	assert_int_equal(state_now(h, "5.c"), STATE_FULFILLED);
	days_pass(h, 3);
	assert_int_equal(state_now(h, "5.c"), STATE_LATE);
}

static void
a_judgement_the_policy_takes_as_proof_goes_stale(void **state)
{
	struct flow_house *h = *state;
	assert_int_equal(state_now(h, "3.a"), STATE_MISSING);
	judge(h, "3.a", false, 365);
	assert_int_equal(state_now(h, "3.a"), STATE_FULFILLED);
	days_pass(h, 40);
	assert_int_equal(state_now(h, "3.a"), STATE_DUE);
	days_pass(h, 21); /* 60 days count, whatever day the person named */
	const struct assured assured = clause_now(h, "3.a");
	assert_int_equal(assured.state, STATE_LATE);
	assert_true(assured.is_disagreeing);
}

static void
silence_is_no_answer_and_not_needed_is_one(void **state)
{
	struct flow_house *h = *state;
	struct assured assured = clause_now(h, "7.a");
	assert_int_equal(assured_judging(&assured, D(0)), JUDGING_UNANSWERED);
	judge(h, "7.a", true, 40);
	assured = clause_now(h, "7.a");
	assert_int_equal(assured.state, STATE_JUDGED);
	assert_int_equal(assured_judging(&assured, D(0)), JUDGING_VALID);
	assert_int_equal(assured_judging(&assured, D(10)), JUDGING_ENDING);
	days_pass(h, 41);
	assured = clause_now(h, "7.a");
	assert_int_equal(assured.state, STATE_MISSING);
	assert_int_equal(assured_judging(&assured, D(41)), JUDGING_RAN_OUT);
	assured = clause_now(h, "2.e"); /* not left to judgement */
	assert_int_equal(assured_judging(&assured, D(41)), JUDGING_NONE);
}

static void
rings_count_only_what_they_say(void **state)
{
	struct flow_house *h = *state;
	struct assurance assurance;
	LOOK(&h->house, look);
	must(assure(&look, &h->flow, NULL, &assurance));
	const struct assured enforced = clause_in(&assurance, "2.e"), bare = clause_in(&assurance, "1.b");
	assert_false(assured_in_ring(&assurance, &bare, RING_DEFINED)); /* no rule */
	assert_true(text_has(clause_undefined(look.arena, bare.clause), T("示し方")));
	assert_false(assured_in_ring(&assurance, &bare, RING_DONE));
	assert_true(assured_in_ring(&assurance, &enforced, RING_DONE));
	assert_false(assurance.is_proved); /* nothing has been signed */
	assert_false(assured_in_ring(&assurance, &enforced, RING_PROVED));
	assurance.is_proved = true;
	assert_true(assured_in_ring(&assurance, &enforced, RING_PROVED));
}

/* ---- History ---- */

static void
a_past_day_shows_what_was_written_down_then_and_where(void **state)
{
	struct flow_house *h = *state;
	struct assurance then_all;
	struct assure_then then;
	struct journal_entry entry;
	struct assure_change *changes;
	enum clause_state found;
	size_t count;
	record(h);
	judge(h, "7.a", true, 200);
	days_pass(h, 10);
	assert_int_equal(record(h).changed, 1);
	days_pass(h, 3);
	LOOK(&h->house, look);
	must(assure_at(&look, h->house.pack, D(-1), &then_all, &then));
	assert_false(then.found);
	assert_int_equal(moment_day(then.first).no, D(0).no);
	must(assure_at(&look, h->house.pack, D(9), &then_all, &then));
	assert_true(then.found);
	assert_int_equal(then_all.count, h->house.pack->duties_count);
	assert_int_equal(clause_in(&then_all, "7.a").state, STATE_MISSING);
	must(journal_entry_read(&look, then.entry, &entry));
	assert_true(text_is(entry.act, "assure.round"));
	assert_int_equal(entry.at.ms, then.at.ms);
	must(assure_at(&look, h->house.pack, D(12), &then_all, &then));
	assert_int_equal(clause_in(&then_all, "7.a").state, STATE_JUDGED);
	assert_int_equal(moment_day(then.at).no, D(10).no);
	must(assure_changes(&look, T("7.a"), &changes, &count));
	assert_int_equal(count, 2);
	assert_int_equal(changes[0].state, STATE_JUDGED);
	assert_true(changes[1].is_first);
	must(journal_entry_read(&look, changes[0].entry, &entry));
	assert_true(text_is(entry.act, "assure.state"));
	assert_true(assure_state_at(changes, count, D(9), &found));
	assert_int_equal(found, STATE_MISSING);
	assert_false(assure_state_at(changes, count, D(-1), &found));
	/* No name of a person stands in what is written down for good. */
	assert_false(text_has(changes[0].why, T("副田")));
}

static void
nothing_is_written_when_nothing_changed_but_once_a_day(void **state)
{
	struct flow_house *h = *state;
	assert_true(record(h).is_done);
	const int64_t size = entries_of(h);
	hours_pass(h, 2);
	assert_false(record(h).is_done);
	assert_int_equal(entries_of(h), size);
	days_pass(h, 1);
	const struct assure_recorded done = record(h);
	assert_true(done.is_done);
	assert_int_equal(done.changed, 0);
	assert_int_equal(entries_of(h), size + 1);
}

static void
recording_leaves_nothing_half_done(void **state)
{
	struct flow_house *h = *state;
	static const struct actor clock = { .through = T_INIT("clock") };
	struct assure_recorded done;
	const struct hash before = everything(&h->house);
	for (int n = 1; n < 20000; n += n < 400 ? 1 : 37) {
		store_fault_at(h->house.store, n);
		struct error *error = assure_record(h->house.store, h->house.arena, &h->flow, NULL,
						    &clock, &done);
		store_fault_at(h->house.store, 0);
		if (error == OK)
			return;
		const struct hash after = everything(&h->house);
		assert_true(hash_same(&before, &after));
		error_sweep();
	}
	fail_msg("it never succeeded");
}

static void
what_was_written_down_verifies(void **state)
{
	struct flow_house *h = *state;
	struct journal_report report;
	record(h);
	days_pass(h, 70);
	record(h);
	LOOK(&h->house, look);
	must(journal_verify_store(&look, &(struct journal_verify_options){ 0 }, &report));
	for (size_t at = 0; at < report.finding_count; at++)
		assert_int_equal(report.findings[at].kind, FINDING_CLOCK_BACK);
}

/* ---- Findings ---- */

static void
a_late_clause_opens_one_finding_that_goes_when_the_cause_is_gone(void **state)
{
	struct flow_house *h = *state;
	struct finding finding;
	record(h);
	assert_int_equal(findings(h, true, "2.a", NULL), 0);
	days_pass(h, 62);
	assert_true(record(h).opened > 0);
	assert_int_equal(findings(h, true, "2.a", &finding), 1);
	assert_int_equal(finding.kind, ASSURE_LATE);
	assert_int_equal(finding.due.no, D(62 + FINDING_DUE_DAYS).no);
	assert_true(text_is(finding.role, "responsible") || text_is(finding.role, "manager"));
	days_pass(h, 1);
	assert_int_equal(record(h).opened, 0);
	days_pass(h, 40);
	record(h);
	findings(h, true, "2.a", &finding);
	assert_true(finding.is_late);
	struct row_deed confirm = { h, "名簿", "II", "USB-002", h->house.section, { 0 }, h->stick };
	must(act_as(&h->house, h->house.manager, add_row_work, &confirm));
	assert_int_equal(findings(h, true, "2.a", NULL), 1); /* not before Bansho looked */
	record(h);
	if (state_now(h, "2.a") != STATE_LATE)
		assert_int_equal(findings(h, true, "2.a", NULL), 0);
}

static void
a_finding_is_answered_by_its_owner_and_comes_back_while_the_cause_lasts(void **state)
{
	struct flow_house *h = *state;
	struct finding finding;
	days_pass(h, 62);
	record(h);
	assert_int_equal(findings(h, true, "2.a", &finding), 1);
	struct finding_deed deed = { h->house.pack, finding.id, D(80), "部品を頼んだ" };
	assert_int_equal(act_as(&h->house, h->house.staff, finding_work, &deed)->kind, ERROR_REFUSED);
	must(act_as(&h->house, h->ciso, finding_work, &deed));
	findings(h, true, "2.a", &finding);
	assert_int_equal(finding.due.no, D(80).no);
	assert_true(text_is(finding.plan, "部品を頼んだ"));
	assert_int_equal(finding.person.no, h->ciso.no);
	deed.due = DAY_NONE;
	deed.words = " ";
	assert_true(has_fault(act_as(&h->house, h->ciso, finding_work, &deed), "words"));
	deed.words = "直した";
	must(act_as(&h->house, h->ciso, finding_work, &deed));
	assert_int_equal(act_as(&h->house, h->ciso, finding_work, &deed)->kind, ERROR_CONFLICT);
	days_pass(h, FINDING_AGAIN_DAYS - 1);
	record(h);
	assert_int_equal(findings(h, true, "2.a", NULL), 0);
	days_pass(h, 2);
	record(h);
	struct finding again;
	assert_int_equal(findings(h, true, "2.a", &again), 1);
	assert_int_equal(again.follows.no, finding.id.no);
}

static void
an_exception_run_out_and_a_judgement_run_out_are_findings(void **state)
{
	struct flow_house *h = *state;
	struct finding finding;
	const struct dossier_id id = draft_emergency(h, "2026-11-21T08:00", "2026-11-25");
	must(send_it(h, h->house.manager, id));
	judge(h, "7.a", true, 3);
	record(h);
	assert_int_equal(findings(h, true, "1.a", NULL), 0);
	days_pass(h, 5);
	record(h);
	assert_int_equal(findings(h, true, "1.a", &finding), 1); /* one, though it bent two rules */
	assert_int_equal(findings(h, true, "1.c", NULL), 0);
	assert_int_equal(finding.kind, ASSURE_EXCEPTION);
	assert_true(text_starts(finding.about, T("permit:")));
	assert_int_equal(findings(h, true, "7.a", &finding), 1);
	assert_int_equal(finding.kind, ASSURE_JUDGEMENT);
	close_exception(h, id);
	judge(h, "7.a", true, 30);
	record(h);
	assert_int_equal(findings(h, true, "1.a", NULL) + findings(h, true, "7.a", NULL), 0);
	findings(h, false, "7.a", &finding);
	assert_int_equal(finding.state, FINDING_GONE);
}

static void
machine_and_person_disagreeing_is_a_finding(void **state)
{
	struct flow_house *h = *state;
	struct finding finding;
	days_pass(h, 62);
	judge(h, "2.a", false, 100);
	record(h);
	assert_int_equal(findings(h, true, "2.a", &finding), 1);
	assert_int_equal(finding.kind, ASSURE_DISAGREE);
}

static void
refused_for(struct error *error, const char *words)
{
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_REFUSED);
	assert_true(text_has(error->words, text_of(words)));
}

static void
ones_own_late_duty_is_judged_by_the_role_above(void **state)
{
	struct flow_house *h = *state;
	const struct pack *pack = h->house.pack;
	for (size_t at = 0; at < pack->clauses_count; at++)
		if (text_is(pack->clauses[at].id, "2.a"))
			pack->clauses[at].actor = pack_role(pack, T("ciso"));
	days_pass(h, 62);
	record(h);
	refused_for(judge_as(h, h->ciso, "2.a", false, 100), "自分が行うはずで遅れている義務");
	must(judge_as(h, h->house.mayor, "2.a", false, 100));
}

static void
a_finding_that_rests_on_ones_own_deed_is_closed_by_another(void **state)
{
	struct flow_house *h = *state;
	struct finding finding;
	judge(h, "7.a", true, 3);
	days_pass(h, 5);
	record(h);
	assert_int_equal(findings(h, true, "7.a", &finding), 1);
	struct finding_deed deed = { h->house.pack, finding.id, DAY_NONE, "済み" };
	refused_for(act_as(&h->house, h->ciso, finding_work, &deed), "自分の判断や申請が原因の指摘");
	must(act_as(&h->house, h->house.mayor, finding_work, &deed));
}

static void
whoever_judged_is_told_once_before_it_runs_out(void **state)
{
	struct flow_house *h = *state;
	judge(h, "7.a", true, 50);
	assert_int_equal(record(h).reminded, 0);
	const int64_t before = notices_of(h, h->ciso);
	days_pass(h, 25);
	assert_int_equal(record(h).reminded, 1);
	assert_true(notices_of(h, h->ciso) > before);
	days_pass(h, 1);
	assert_int_equal(record(h).reminded, 0);
}

/* ---- Answers that were kept ---- */

static void
must_be_same(struct flow_house *h, const char *after)
{
	struct assurance kept, fresh;
	LOOK(&h->house, look);
	must(assure(&look, &h->flow, NULL, &kept));
	must(assure_afresh(&look, &h->flow, NULL, &fresh));
	for (size_t at = 0; at < kept.count; at++) {
		const struct assured *a = &kept.clauses[at], *b = &fresh.clauses[at];
		if (a->state != b->state || a->machine != b->machine || a->good != b->good ||
		    a->all != b->all || !text_same(a->why, b->why))
			fail_msg("after %s: %.*s: %.*s / %.*s", after, T_ARG(a->clause->id),
				 T_ARG(a->why), T_ARG(b->why));
	}
}

static unsigned
next_chance(unsigned *chance)
{
	*chance = *chance * 1664525u + 1013904223u;
	return *chance >> 16;
}

static void
do_something(struct flow_house *h, unsigned *chance)
{
	static int serial = 100;
	char words[40];
	switch (next_chance(chance) % 8) {
	case 0:
		snprintf(words, sizeof words, "USB-%d", serial++);
		add_row_to(h, "新しいもの", next_chance(chance) % 2 ? "I" : "II",
			   text_z(h->house.arena, text_of(words)), h->house.section);
		return;
	case 1:
		judge(h, next_chance(chance) % 2 ? "7.a" : "2.a", false, 1 + next_chance(chance) % 90);
		return;
	case 2: {
		const struct flow_answer answers[] = {
			ANSWER("doing", "carry"), ANSWER("purpose", "説明会"),
			answer_number(h, "assets", h->secret.no),
			ANSWER("period", "2026-11-21/2026-12-30"),
		};
		const struct dossier_id id = draft_answers(h, h->house.staff, answers, COUNT(answers));
		if (send_it(h, h->house.staff, id) == OK)
			(void)!decide(h, h->house.manager, id, VERDICT_PERMIT, "");
		error_sweep();
		return;
	}
	case 3: {
		const struct dossier_id id = draft_emergency(h, "2026-11-20T08:00", "2026-12-20");
		if (next_chance(chance) % 2)
			(void)!send_it(h, h->house.manager, id);
		error_sweep();
		return;
	}
	case 4:
		record(h);
		return;
	case 5:
		hours_pass(h, 1 + next_chance(chance) % 30);
		return;
	case 6: {
		struct row_deed change = { h, "名簿", next_chance(chance) % 2 ? "I" : "II", "USB-002",
					   h->house.section, { 0 }, h->stick };
		(void)!act_as(&h->house, h->house.manager, add_row_work, &change);
		error_sweep();
		return;
	}
	default:
		days_pass(h, next_chance(chance) % 5);
	}
}

static void
answers_kept_are_the_answers_worked_out_after_any_acts(void **state)
{
	struct flow_house *h = *state;
	unsigned chance = 2026;
	char words[40];
	must_be_same(h, "nothing");
	for (int n = 0; n < 250; n++) {
		snprintf(words, sizeof words, "act %d", n);
		do_something(h, &chance);
		must_be_same(h, words);
	}
}

static void
only_what_may_have_changed_is_worked_out_again(void **state)
{
	struct flow_house *h = *state;
	struct assurance assurance;
	clause_now(h, "1.a");
	{
		LOOK(&h->house, look);
		must(assure(&look, &h->flow, NULL, &assurance));
		for (size_t at = 0; at < assurance.count; at++)
			for (size_t rule = 0; rule < assurance.clauses[at].rules_count; rule++)
				assert_true(!assurance.clauses[at].rules[rule].is_new ||
					    assurance.clauses[at].rules[rule].rule->kind ==
						    EVIDENCE_JUDGED);
	}
	add_row_to(h, "新しいもの", "I", "USB-011", h->house.section);
	LOOK(&h->house, look);
	must(assure(&look, &h->flow, NULL, &assurance));
	assert_true(clause_in(&assurance, "1.d").rules[0].is_new); /* of that ledger */
	assert_false(clause_in(&assurance, "1.e").rules[0].is_new); /* of another */
	assert_false(clause_in(&assurance, "1.a").rules[0].is_new);
}

#define ASSURED_TEST(name) cmocka_unit_test_setup_teardown(name, assured_open, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ASSURED_TEST(rows_are_counted_by_their_columns_and_must_be_enough),
		ASSURED_TEST(records_nobody_confirms_must_be_made_again_and_again),
		ASSURED_TEST(what_awaits_a_part_is_missing_and_names_it_whatever_else_is_shown),
		ASSURED_TEST(reports_are_due_late_and_in_time),
		ASSURED_TEST(a_report_without_a_clock_shows_itself),
		ASSURED_TEST(a_clause_under_an_exception_is_excepted_until_its_day),
		ASSURED_TEST(an_exception_nobody_looks_at_is_late),
		ASSURED_TEST(a_judgement_the_policy_takes_as_proof_goes_stale),
		ASSURED_TEST(silence_is_no_answer_and_not_needed_is_one),
		ASSURED_TEST(rings_count_only_what_they_say),
		ASSURED_TEST(a_past_day_shows_what_was_written_down_then_and_where),
		ASSURED_TEST(nothing_is_written_when_nothing_changed_but_once_a_day),
		ASSURED_TEST(recording_leaves_nothing_half_done),
		ASSURED_TEST(what_was_written_down_verifies),
		ASSURED_TEST(a_late_clause_opens_one_finding_that_goes_when_the_cause_is_gone),
		ASSURED_TEST(a_finding_is_answered_by_its_owner_and_comes_back_while_the_cause_lasts),
		ASSURED_TEST(an_exception_run_out_and_a_judgement_run_out_are_findings),
		ASSURED_TEST(machine_and_person_disagreeing_is_a_finding),
		ASSURED_TEST(ones_own_late_duty_is_judged_by_the_role_above),
		ASSURED_TEST(a_finding_that_rests_on_ones_own_deed_is_closed_by_another),
		ASSURED_TEST(whoever_judged_is_told_once_before_it_runs_out),
		ASSURED_TEST(answers_kept_are_the_answers_worked_out_after_any_acts),
		ASSURED_TEST(only_what_may_have_changed_is_worked_out_again),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("assure_history", tests, NULL, NULL);
}
