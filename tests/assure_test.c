/* What a clause's state promises: computed from records, never better than they are. */
#include "flow_house.h"

#include "assure/history.h"
#include "journal/journal.h"
#include "signin/signin.h"

static const struct assured *
clause_now(struct flow_house *h, struct look *look, const char *id)
{
	struct assurance assurance;
	must(assure(look, &h->flow, NULL, &assurance));
	for (size_t at = 0; at < assurance.count; at++)
		if (text_is(assurance.clauses[at].clause->id, id))
			return &assurance.clauses[at];
	fail_msg("no clause %s", id);
	return NULL;
}

static enum clause_state
state_now(struct flow_house *h, const char *id)
{
	LOOK(&h->house, look);
	return clause_now(h, &look, id)->state;
}

static void
every_duty_has_one_state_and_the_counts_add_up(void **state)
{
	struct flow_house *h = *state;
	struct assurance assurance;
	int64_t sum = 0;
	LOOK(&h->house, look);
	must(assure(&look, &h->flow, NULL, &assurance));
	assert_int_equal(assurance.count, h->house.pack->duties_count);
	for (int at = 0; at < STATE_COUNT; at++)
		sum += assurance.of[at];
	assert_int_equal(sum, assurance.count);
	for (size_t at = 0; at < assurance.count; at++)
		assert_true(assurance.clauses[at].why.len != 0);
	const struct text json = assurance_json(look.arena, &assurance, NULL);
	assert_true(text_starts(json, T("{\"at\":\"")));
	assert_true(text_has(json, T("\"clause\":\"3.2.9.b\"")));
}

static void
a_clause_that_nothing_shows_is_missing(void **state)
{
	assert_int_equal(state_now(*state, "5.2.1.a"), STATE_MISSING);
}

static void
a_permission_clause_is_missing_until_one_is_granted(void **state)
{
	struct flow_house *h = *state;
	assert_int_equal(state_now(h, "3.2.8.b"), STATE_MISSING);
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "委託先");
	must(send_it(h, h->house.staff, id));
	assert_int_equal(state_now(h, "3.2.8.b"), STATE_MISSING);
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	assert_int_equal(state_now(h, "3.2.8.b"), STATE_FULFILLED);
}

static void
what_is_not_back_in_time_is_late(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = manager_permits_carry(h, "委託先");
	struct dossier dossier = dossier_now(h, id);
	take_out(h, h->house.staff, &dossier, h->secret);
	assert_int_equal(state_now(h, "3.2.8.b"), STATE_FULFILLED);
	days_pass(h, 2);
	assert_int_equal(state_now(h, "3.2.8.b"), STATE_LATE);
}

static void
a_ledger_goes_stale_after_its_days(void **state)
{
	struct flow_house *h = *state;
	assert_int_equal(state_now(h, "3.2.1.b"), STATE_FULFILLED);
	days_pass(h, 345);
	assert_int_equal(state_now(h, "3.2.1.b"), STATE_DUE);
	days_pass(h, 30);
	assert_int_equal(state_now(h, "3.2.1.b"), STATE_LATE);
}

static void
a_control_seen_for_bansho_only_is_not_shown_as_enforced(void **state)
{
	struct flow_house *h = *state;
	LOOK(&h->house, look);
	const struct assured *login = clause_now(h, &look, "7.2.4");
	assert_int_equal(login->rules[0].state, STATE_CLAIMED);
	assert_int_equal(login->state, STATE_MISSING); /* the other systems are not seen at all */
	assert_int_equal(state_now(h, "3.2.3.b"), STATE_ENFORCED);
}

/* ---- What is demanded at signing in ---- */

static enum clause_state
control_now(struct flow_house *h, const char *clause, const char *control, int64_t *good, int64_t *all)
{
	LOOK(&h->house, look);
	const struct assured *assured = clause_now(h, &look, clause);
	for (size_t at = 0; at < assured->rules_count; at++)
		if (text_is(assured->rules[at].rule->control, control)) {
			*good = assured->rules[at].good;
			*all = assured->rules[at].all;
			return assured->rules[at].state;
		}
	fail_msg("%s has no control %s", clause, control);
	return STATE_MISSING;
}

static struct error *
set_work(struct act *act, void *with)
{
	const char *const *pair = with;
	TRY(act_set(act, text_of(pair[0]), text_of(pair[1])));
	return act_note(act, &(struct fact){ .act = "settings.change", .about = { T("setting:x") } });
}

static struct error *
open_work(struct act *act, void *with)
{
	const struct person_id *person = with;
	return people_account_open(act, NULL, *person, text_format(act->look.arena, "p%lld", (long long)person->no),
				   &(struct new_password){ .encoded = T("x") });
}

static struct error *
grant_work(struct act *act, void *with)
{
	const struct person_id *person = with;
	return people_grant_give(act, &(struct grant){ .person = *person, .kind = GRANT_OPERATOR, .since = DAY_NONE,
						       .until = DAY_NONE },
				 &(struct grant_id){ 0 });
}

static struct error *
key_work(struct act *act, void *with)
{
	const struct person_id *person = with;
	struct key_new made = { .person = *person, .name = T("鍵"),
				.made = { .credential = T("credential"), .public_key = T("key"), .algorithm = -7 } };
	return signin_key_add(act, &made, &(struct factor_id){ 0 });
}

static void
demands_of_roles_show_who_has_registered_what_they_hold(void **state)
{
	struct flow_house *h = *state;
	const char *on[] = { "parameter.sign-in.demands", "1" };
	int64_t good, all;
	must(act_as(&h->house, h->house.staff, open_work, &h->house.staff));
	must(act_as(&h->house, h->house.staff, open_work, &h->house.manager));
	assert_int_equal(control_now(h, "5.4.c", "sign-in.demands", &good, &all), STATE_MISSING);
	assert_int_equal(all, 0); /* neither of them holds a role of which it is demanded */
	must(act_as(&h->house, h->house.staff, grant_work, &h->house.manager));
	assert_int_equal(control_now(h, "5.4.c", "sign-in.demands", &good, &all), STATE_MISSING);
	assert_int_equal(all, 1);
	must(act_as(&h->house, h->house.staff, set_work, on));
	LOOK(&h->house, look);
	const struct assured *assured = clause_now(h, &look, "5.4.c");
	assert_int_equal(assured->state, STATE_MISSING); /* the other systems are not seen at all */
	assert_int_equal(control_now(h, "5.4.c", "sign-in.demands", &good, &all), STATE_CLAIMED);
	assert_int_equal(good, 0);
	must(act_as(&h->house, h->house.manager, key_work, &h->house.manager));
	assert_int_equal(control_now(h, "5.4.c", "sign-in.demands", &good, &all), STATE_CLAIMED);
	assert_int_equal(good, 1);
}

static void
a_zone_without_addresses_demands_nothing(void **state)
{
	struct flow_house *h = *state;
	const char *set[] = { "zone.my-number.addresses", "192.0.2.0/24" };
	int64_t good, all;
	assert_int_equal(control_now(h, "5.4.e", "sign-in.zones", &good, &all), STATE_MISSING);
	must(act_as(&h->house, h->house.staff, set_work, set));
	assert_int_equal(control_now(h, "5.4.e", "sign-in.zones", &good, &all), STATE_CLAIMED);
	assert_int_equal(control_now(h, "4.1.2.a", "sign-in.zones", &good, &all), STATE_CLAIMED);
	assert_int_equal(all, 1);
}

static void
a_disposal_with_open_items_is_due_and_then_late(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_disposal(h, h->house.staff, h->secret, "USB-001\tUSBメモリ");
	must(send_it(h, h->house.staff, id));
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	assert_int_equal(state_now(h, "3.2.9.b"), STATE_DUE);
	days_pass(h, 90);
	assert_int_equal(state_now(h, "3.2.9.b"), STATE_LATE);
}

/* ---- Judgements ---- */

struct judge_deed {
	const struct pack *pack;
	const char *clause;
	bool is_not_needed;
	const char *words;
	struct day until;
};

static struct error *
judge_work(struct act *act, void *with)
{
	const struct judge_deed *judging = with;
	return assure_judge(act, judging->pack, text_of(judging->clause), judging->is_not_needed,
			    text_of(judging->words), judging->until);
}

static bool
is_only_judged(const struct pack_clause *clause)
{
	for (size_t at = 0; at < clause->evidence_count; at++)
		if (clause->evidence[at]->kind != EVIDENCE_JUDGED)
			return false;
	return true;
}

/* A clause of the manager's that leaves it to judgement, which nothing else can show. */
static const char *
discretionary(struct flow_house *h)
{
	const struct pack *pack = h->house.pack;
	for (size_t at = 0; at < pack->clauses_count; at++) {
		const struct pack_clause *clause = &pack->clauses[at];
		if (clause->is_duty && clause->is_discretionary && is_only_judged(clause) &&
		    clause->actor != NULL && text_is(clause->actor->code, "manager"))
			return text_z(h->house.arena, clause->id);
	}
	fail_msg("no such clause");
	return NULL;
}

static void
a_judgement_counts_until_its_day(void **state)
{
	struct flow_house *h = *state;
	struct judge_deed judging = { h->house.pack, discretionary(h), true, "対象がないため", D(10) };
	must(act_as(&h->house, h->house.manager, judge_work, &judging));
	assert_int_equal(state_now(h, judging.clause), STATE_JUDGED);
	days_pass(h, 11);
	/* Where the policy says that a judgement is the proof, it must be made again; else nothing shows it. */
	const bool is_proof = pack_clause(h->house.pack, text_of(judging.clause))->evidence_count != 0;
	assert_int_equal(state_now(h, judging.clause), is_proof ? STATE_LATE : STATE_MISSING);
}

static void
a_judgement_needs_the_role_a_reason_and_an_end(void **state)
{
	struct flow_house *h = *state;
	struct judge_deed judging = { h->house.pack, discretionary(h), true, "対象がないため", D(10) };
	assert_int_equal(act_as(&h->house, h->house.staff, judge_work, &judging)->kind, ERROR_REFUSED);
	judging.words = " ";
	judging.until = D(-1);
	struct error *faults = act_as(&h->house, h->house.manager, judge_work, &judging);
	assert_true(has_fault(faults, "words"));
	assert_true(has_fault(faults, "until"));
	judging.words = "理由";
	judging.until = D(10);
	judging.clause = "3.1.3";
	assert_true(has_fault(act_as(&h->house, h->house.manager, judge_work, &judging), "what"));
	assert_int_equal(state_now(h, "3.1.3"), STATE_MISSING);
}

static void
a_judgement_never_hides_what_is_late(void **state)
{
	struct flow_house *h = *state;
	struct judge_deed judging = { h->house.pack, "3.2.1.b", false, "確認した", D(370) };
	days_pass(h, 380);
	judging.until = D(500);
	must(act_as(&h->house, h->house.manager, judge_work, &judging));
	LOOK(&h->house, look);
	const struct assured *assured = clause_now(h, &look, "3.2.1.b");
	assert_int_equal(assured->state, STATE_LATE);
	assert_true(assured->is_disagreeing);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW_TEST(every_duty_has_one_state_and_the_counts_add_up),
		FLOW_TEST(a_clause_that_nothing_shows_is_missing),
		FLOW_TEST(a_permission_clause_is_missing_until_one_is_granted),
		FLOW_TEST(what_is_not_back_in_time_is_late),
		FLOW_TEST(a_ledger_goes_stale_after_its_days),
		FLOW_TEST(a_control_seen_for_bansho_only_is_not_shown_as_enforced),
		FLOW_TEST(demands_of_roles_show_who_has_registered_what_they_hold),
		FLOW_TEST(a_zone_without_addresses_demands_nothing),
		FLOW_TEST(a_disposal_with_open_items_is_due_and_then_late),
		FLOW_TEST(a_judgement_counts_until_its_day),
		FLOW_TEST(a_judgement_needs_the_role_a_reason_and_an_end),
		FLOW_TEST(a_judgement_never_hides_what_is_late),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("assure", tests, NULL, NULL);
}
