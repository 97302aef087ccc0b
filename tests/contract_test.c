/* Contracts: who is allowed, what is chosen, signed, consented, handed over, and gone at the end. */
#include "contract_play.h"

#include "assure/finding.h"
#include "assure/history.h"
#include "duty/duty.h"
#include "people/erase.h"

static int
open_house(void **state)
{
	*state = flow_house_within(sizeof(struct flow_house));
	return 0;
}

#define OUR_TEST(name) cmocka_unit_test_setup_teardown(name, open_house, house_close)

/* ---- Who is allowed, by what room people knows alone ---- */

struct engaged {
	struct house *h;
	struct engagement_id contract, below;
	struct person_id worker;
};

static struct error *
engage(struct act *act, void *with)
{
	struct engaged *made = with;
	struct house *h = made->h;
	struct firm_id a, b;
	struct worker_id link;
	TRY(people_firm_add(act, &(struct firm){ .code = T("A001"), .name = T("さぬき情報"),
						 .until = DAY_NONE }, &a));
	TRY(people_firm_add(act, &(struct firm){ .code = T("B001"), .name = T("瀬戸内テック"),
						 .until = DAY_NONE }, &b));
	TRY(people_engagement_add(act, &(struct engagement){ .firm = a, .unit = h->section, .work = T("運用保守"),
							     .basis = T("契約第1号"), .agreed = D(-30),
							     .since = D(-20), .until = D(100) },
				  &made->contract));
	TRY(people_engagement_add(act, &(struct engagement){ .firm = b, .above = made->contract,
							     .work = T("ヘルプデスク"), .basis = T("同意第1号"),
							     .agreed = D(-10), .since = D(-5), .until = D(50) },
				  &made->below));
	TRY(people_person_add(act, &(struct person){ .number = T("X0001"), .family = T("外村"),
						     .employment = EMPLOYMENT_CONTRACTOR,
						     .since = DAY_NONE, .until = DAY_NONE }, &made->worker));
	return people_worker_add(act, &(struct worker){ .person = made->worker, .engagement = made->below,
							.pledged = D(-3), .since = D(-2), .until = D(40) }, &link);
}

static struct contract_allowed
allowed_on(struct house *h, struct person_id person, int day, struct contract_id contract)
{
	struct contract_allowed allowed;
	LOOK(h, look);
	must(contract_worker_allowed(&look, h->pack, person, D(day), contract, &allowed));
	return allowed;
}

static void
an_engagement_kept_in_people_alone_allows_on_its_days(void **state)
{
	struct house *h = *state;
	struct engaged made = { .h = h };
	struct contract_allowed_person *list;
	size_t count;
	must(act_now(h, engage, &made));
	const struct contract_allowed on = allowed_on(h, made.worker, 0, (struct contract_id){ 0 });
	assert_true(on.is_allowed);
	assert_int_equal(on.engagement.no, made.below.no);
	assert_int_equal(on.unit.no, h->section.no);
	assert_true(text_is(on.firm, "瀬戸内テック"));
	assert_false(allowed_on(h, made.worker, -3, (struct contract_id){ 0 }).is_allowed);
	assert_false(allowed_on(h, made.worker, 41, (struct contract_id){ 0 }).is_allowed);
	assert_int_equal(allowed_on(h, made.worker, 0, (struct contract_id){ 7 }).state, WORKER_NOT_NAMED);
	assert_int_equal(allowed_on(h, h->staff, 0, (struct contract_id){ 0 }).state, WORKER_NOT_NAMED);
	LOOK(h, look);
	must(contract_workers_allowed(&look, h->pack, D(0), &list, &count));
	assert_int_equal(count, 1);
	assert_true(text_is(list[0].name, "外村"));
}

/* ---- From selection to the end (contract_play.h) ---- */

static struct error *
do_prolong(struct act *act, void *with)
{
	struct play *play = with;
	struct contract contract;
	TRY(contract_read(&act->look, pack_of(play), play->id, &contract));
	play->prolonging.id = play->id;
	play->prolonging.change = contract.change;
	return contract_prolong(act, pack_of(play), &play->prolonging);
}
static void
nobody_is_chosen_who_does_not_meet_what_must_be_met(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	must_be(act_as(h, play.f->other_manager, do_open, &play), ERROR_REFUSED);
	must_be(act_as(h, h->staff, do_open, &play), ERROR_REFUSED);
	must(act_as(h, h->manager, do_open, &play));
	must_be(act_as(h, h->manager, do_choose, &play), ERROR_INVALID);
	play.answer = T("no");
	must(act_as(h, h->manager, do_answer, &play));
	must_be(act_as(h, h->manager, do_choose, &play), ERROR_INVALID);
	must_be(act_as(h, h->manager, do_sign, &play), ERROR_CONFLICT); /* nobody is chosen */
	play.answer = T("yes");
	must(act_as(h, h->manager, do_answer, &play));
	must(act_as(h, h->manager, do_choose, &play));
	assert_true(text_is(contract_now(&play).firm_name, "瀬戸内サービス"));
}

static void
a_contract_holds_each_item_or_says_why_not_and_stands_in_the_register(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	struct contract_said *items;
	struct ledger_row row;
	size_t count;
	play.answer = T("yes");
	must(act_as(h, h->manager, do_open, &play));
	must(act_as(h, h->manager, do_answer, &play));
	must(act_as(h, h->manager, do_choose, &play));
	must_be(act_as(h, h->manager, do_sign, &play), ERROR_INVALID); /* no code of the firm */
	play.firm_code = T("S001");
	play.secrecy = T("absent");
	struct error *error = act_as(h, h->manager, do_sign, &play);
	must_be(error, ERROR_INVALID);
	assert_int_equal(error_count(error), 2); /* secrecy must be there; the other has no reason */
	play.secrecy = T("");
	fault_walk(h, h->manager, do_sign, &play);
	assert_int_equal(contract_now(&play).stage, CONTRACT_RUNNING);
	LOOK(h, look);
	must(contract_items(&look, h->pack, play.id, &items, &count));
	assert_int_equal(count, 13);
	must(ledger_read(&look, h->pack, contract_now(&play).row, &row));
	assert_true(text_is(row.title, "窓口業務の委託"));
	assert_true(text_is(ledger_value(h->arena, &row, "items-why-not"), "インシデントの公表: 市が公表するため"));
}

static void
consent_goes_down_the_chain_and_never_past_a_link_without_it(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	signed_contract(&play);
	ask_below(&play, play.first, "SECOND", false);
	play.second = play.link;
	ask_below(&play, play.second, "THIRD", true);
	play.third = play.link;
	play.is_consented = true;
	must_be(act_as(h, h->director, do_decide, &play), ERROR_CONFLICT); /* the one above has none */
	play.link = play.second;
	must_be(act_as(h, h->manager, do_decide, &play), ERROR_REFUSED);
	must(act_as(h, h->director, do_decide, &play));
	assert_int_equal(contract_now(&play).unconsented, 1);
	assert_int_equal(contract_now(&play).found, 1);

	/* Named with everything else there, but of a firm without consent. */
	play.naming = (struct contract_naming){ .link = play.third, .family = T("隠岐"), .task = T("入力"),
						.since = D(-2), .until = D(20), .pledged = D(-3), .trained = D(-3),
						.trained_words = T("研修") };
	must(act_as(h, h->manager, do_name, &play));
	struct contract_worker *workers;
	size_t count;
	{
		LOOK(h, look);
		must(contract_workers(&look, h->pack, play.id, play.third, &workers, &count));
		assert_int_equal(count, 1);
		assert_int_equal(workers[0].state, WORKER_NO_CONSENT);
	}
	assert_int_equal(allowed_on(h, workers[0].person, 0, (struct contract_id){ 0 }).state, WORKER_NO_CONSENT);

	/* Consented, but neither pledged nor trained; then both. */
	play.naming = (struct contract_naming){ .link = play.second, .family = T("外村"), .task = T("入力"),
						.since = D(0), .until = D(20), .pledged = DAY_NONE,
						.trained = DAY_NONE };
	must(act_as(h, h->manager, do_name, &play));
	{
		LOOK(h, look);
		must(contract_workers(&look, h->pack, play.id, play.second, &workers, &count));
		assert_int_equal(workers[0].state, WORKER_NO_PLEDGE);
	}
	play.change = 1;
	must(act_as(h, h->manager, do_ready, &play));
	const struct contract_allowed allowed = allowed_on(h, workers[0].person, 0, play.id);
	assert_true(allowed.is_allowed);
	assert_int_equal(allowed.link.no, play.second.no);
	assert_int_equal(allowed.contract.no, play.id.no);
	assert_int_equal(allowed_on(h, workers[0].person, 25, play.id).state, WORKER_OVER);
}

static void
a_contract_ends_only_when_its_data_is_seen_to_be_gone(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	signed_contract(&play);
	ask_below(&play, play.first, "SECOND", true);
	hand_to(&play, play.link, (struct contract_link_id){ 0 }, "I");
	must_be(act_as(h, h->manager, do_hand, &play), ERROR_REFUSED); /* nobody consented to them */
	hand_to(&play, play.link, play.first, "I");
	must(act_as(h, h->manager, do_hand, &play)); /* but they have it, and it is written down */
	play.secret = play.plain;
	hand_to(&play, play.first, (struct contract_link_id){ 0 }, "III");
	must(act_as(h, h->manager, do_hand, &play));
	must_be(act_as(h, h->manager, do_end, &play), ERROR_CONFLICT);
	play.closing = (struct contract_closing){ play.plain, 1, END_ERASED, D(0), T("報告書"), T(""), T("") };
	must(act_as(h, h->manager, do_claim, &play));
	play.closing.id = play.secret;
	must(act_as(h, h->manager, do_claim, &play));
	assert_int_equal(contract_now(&play).open, 0);
	assert_int_equal(contract_now(&play).unverified, 1); /* of class III their word is enough */
	must_be(act_as(h, h->manager, do_end, &play), ERROR_CONFLICT);
	must_be(act_as(h, play.f->other_manager, do_verify, &play), ERROR_REFUSED);
	play.closing.change = 2;
	must(act_as(h, h->manager, do_verify, &play));
	fault_walk(h, h->manager, do_end, &play);
	assert_int_equal(contract_now(&play).stage, CONTRACT_ENDED);
	must_be(act_as(h, h->manager, do_end, &play), ERROR_CONFLICT);
	struct ledger_row row;
	LOOK(h, look);
	must(ledger_read(&look, h->pack, contract_now(&play).row, &row));
	assert_int_equal(row.state, ROW_RETIRED);
}

static struct contract_prolonging
longer(int until, int agreed)
{
	return (struct contract_prolonging){ .until = D(until), .agreed = D(agreed), .words = T("変更契約第1号") };
}

static struct contract_allowed
worker_on(struct play *play, int day)
{
	struct house *h = &play->f->house;
	struct contract_worker *workers;
	size_t count;
	LOOK(h, look);
	must(contract_workers(&look, h->pack, play->id, play->first, &workers, &count));
	assert_true(count > 0);
	return allowed_on(h, workers[0].person, day, play->id);
}

static void
a_contract_is_prolonged_and_nothing_that_hung_on_it_is(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	signed_contract(&play);
	const int until = (int)(contract_now(&play).until.no - D(0).no);
	play.naming = (struct contract_naming){ .link = play.first, .family = T("外村"), .given = T("一"), .task = T("入力"),
						.since = D(0), .until = D(until), .pledged = D(-1), .trained = D(-1),
						.trained_words = T("市の研修") };
	must(act_as(h, h->manager, do_name, &play));
	assert_true(worker_on(&play, until).is_allowed);
	play.prolonging = longer(until, 0);
	must_be(act_as(h, h->manager, do_prolong, &play), ERROR_INVALID); /* not later */
	play.prolonging = longer(until + 100, 0);
	must_be(act_as(h, play.f->other_manager, do_prolong, &play), ERROR_REFUSED);
	fault_walk(h, h->manager, do_prolong, &play);
	assert_int_equal(contract_now(&play).until.no, D(until + 100).no);
	assert_false(worker_on(&play, until + 1).is_allowed);
	must_be(act_as(h, h->manager, do_prolong, &play), ERROR_INVALID);
	/* Named anew for the days that were won, they are allowed again. */
	LOOK(h, look);
	struct contract_worker *workers;
	struct contract_prolonging *list;
	struct ledger_row row;
	size_t count;
	must(contract_workers(&look, h->pack, play.id, play.first, &workers, &count));
	must(contract_prolonged(&look, play.id, &list, &count));
	assert_int_equal(count, 1);
	assert_int_equal(list[0].was.no, D(until).no);
	must(ledger_read(&look, h->pack, contract_now(&play).row, &row));
	assert_int_equal(row.state, ROW_LIVING);
	play.naming.person = workers[0].person;
	play.naming.since = D(until + 1);
	play.naming.until = D(until + 100);
	must(act_as(h, h->manager, do_name, &play));
	assert_true(worker_on(&play, until + 1).is_allowed);
}

static void
what_has_ended_is_not_prolonged(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	signed_contract(&play);
	const struct moment now = h->now;
	const int until = (int)(contract_now(&play).until.no - D(0).no);
	/* Past its last day: only what was agreed in time. */
	h->now = day_begin(D(until + 5));
	play.prolonging = longer(until + 100, until + 1);
	const struct error *error = act_fails(h, h->manager, do_prolong, &play, ERROR_INVALID);
	assert_true(text_is(error->field, "agreed"));
	assert_true(text_has(error->words, T("新しい委託")));
	play.prolonging = longer(until + 100, until);
	must(act_as(h, h->manager, do_prolong, &play));
	assert_false(contract_now(&play).is_past);
	h->now = now;
	must(act_as(h, h->manager, do_end, &play));
	play.prolonging = longer(until + 200, 0);
	must_be(act_as(h, h->manager, do_prolong, &play), ERROR_CONFLICT);
}

static int64_t
late_of(struct play *play, enum contract_part part)
{
	struct contract_stand stand;
	LOOK(&play->f->house, look);
	must(contract_stands(&look, pack_of(play), part, 180, &stand));
	return stand.late;
}

static void
what_is_late_is_told_once_and_counted(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	struct contract_done done;
	signed_contract(&play);
	must(act_as(h, h->manager, do_demand, &play));
	must(contract_clock(h->store, h->arena, &play.f->flow, &done));
	assert_int_equal(done.reminded, 0);
	h->now.ms += 70 * (int64_t)86400000; /* past the demand's day and the contract's */
	assert_int_equal(late_of(&play, CONTRACTS_DEMANDED), 1);
	assert_int_equal(late_of(&play, CONTRACTS_GONE), 1);
	assert_int_equal(late_of(&play, CONTRACTS_EXPLAINED), 1);
	must(contract_clock(h->store, h->arena, &play.f->flow, &done));
	assert_int_equal(done.reminded, 2);
	must(contract_clock(h->store, h->arena, &play.f->flow, &done));
	assert_int_equal(done.reminded, 0);
	must(act_as(h, h->manager, do_settle, &play));
	assert_int_equal(late_of(&play, CONTRACTS_DEMANDED), 0);
}

/* A refused request waits for nobody; a list holds what waits, and what somebody sees, however much else there is. */
static size_t
listed(struct play *play, const struct contract_query *query)
{
	struct contract *list;
	size_t count;
	LOOK(&play->f->house, look);
	must(contract_list(&look, pack_of(play), query, 1, &list, &count));
	return count != 0 ? (size_t)list[0].id.no : 0;
}

static void
a_list_is_of_what_waits_and_of_what_is_seen(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	const struct contract_query waiting = { .is_waiting_only = true };
	struct contract_eyes others = { .units = &(struct unit_id){ 0 }, .count = 1 };
	struct contract_eyes own = { .units = &h->section, .count = 1 };
	must(act_as(h, h->manager, do_open, &play)); /* stands before it in a list of one */
	signed_contract(&play);
	assert_int_equal(listed(&play, &waiting), 0);
	ask_below(&play, play.first, "SECOND", false);
	assert_int_equal(contract_now(&play).unconsented, 1);
	assert_int_equal(listed(&play, &waiting), play.id.no);
	play.is_consented = false;
	must(act_as(h, h->director, do_decide, &play));
	assert_int_equal(contract_now(&play).unconsented, 0);
	assert_int_equal(listed(&play, &waiting), 0);
	assert_int_equal(listed(&play, &(struct contract_query){ .eyes = &others }), 0);
	assert_int_equal(listed(&play, &(struct contract_query){ .eyes = &own, .has_stage = true,
								 .stage = CONTRACT_RUNNING }),
			 play.id.no);
}

static struct error *
do_answer_without_one(struct act *act, void *with)
{
	struct play *play = with;
	const struct contract_answered one = { .code = T("ability"), .words = T("報告書で見た") };
	return contract_answer(act, pack_of(play), play->id, &(struct contract_answering){ play->candidate, &one, 1 });
}

static struct error *
do_ready_without_day(struct act *act, void *with)
{
	struct play *play = with;
	return contract_ready(act, pack_of(play), play->good, play->change, D(-1), DAY_NONE, T("市の研修"));
}

static struct error *
do_receive(struct act *act, void *with)
{
	struct play *play = with;
	return contract_receive(act, pack_of(play), play->plain, play->change, play->day, T("外村"));
}

static void
nothing_that_was_typed_is_left_out_in_silence(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	must(act_as(h, h->manager, do_open, &play));
	const struct error *error = act_fails(h, h->manager, do_answer_without_one, &play, ERROR_INVALID);
	assert_true(text_is(error->field, "answer.ability"));
	signed_contract(&play);
	play.naming = (struct contract_naming){ .link = play.first, .family = T("外村"), .task = T("入力"), .since = D(0),
						.until = D(20), .pledged = DAY_NONE, .trained = DAY_NONE,
						.trained_words = T("市の研修") };
	error = act_fails(h, h->manager, do_name, &play, ERROR_INVALID);
	assert_true(text_is(error->field, "trained"));
	play.naming.trained_words = T("");
	must(act_as(h, h->manager, do_name, &play));
	play.change = 1;
	error = act_fails(h, h->manager, do_ready_without_day, &play, ERROR_INVALID);
	assert_true(text_is(error->field, "trained"));
	hand_to(&play, play.first, (struct contract_link_id){ 0 }, "I");
	play.handing.receipt = T("");
	error = act_fails(h, h->manager, do_hand, &play, ERROR_INVALID);
	assert_true(text_is(error->field, "receipt"));
	play.handing.received = DAY_NONE;
	must(act_as(h, h->manager, do_hand, &play));
}

static void
data_is_received_once_and_not_before_it_was_given(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	signed_contract(&play);
	hand_to(&play, play.first, (struct contract_link_id){ 0 }, "I");
	play.handing.received = D(-2);
	const struct error *error = act_fails(h, h->manager, do_hand, &play, ERROR_INVALID);
	assert_true(text_is(error->field, "received"));
	play.handing.receipt = T("");
	play.handing.received = DAY_NONE;
	must(act_as(h, h->manager, do_hand, &play));
	play.change = 1;
	play.day = D(-2);
	act_fails(h, h->manager, do_receive, &play, ERROR_INVALID);
	play.day = D(0);
	must(act_as(h, h->manager, do_receive, &play));
	play.change = 2;
	must_be(act_as(h, h->manager, do_receive, &play), ERROR_CONFLICT);
}

/* A contract that lasts longer takes no consent with it: after the consent's last day nothing goes there. */
static void
data_goes_to_nobody_after_the_last_day_of_their_consent(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	signed_contract(&play);
	ask_below(&play, play.first, "SECOND", false);
	play.second = play.link;
	play.is_consented = true;
	must(act_as(h, h->director, do_decide, &play));
	play.prolonging = longer(200, 0);
	must(act_as(h, h->manager, do_prolong, &play));
	h->now = day_begin(D(31)); /* the consent held until 30 */
	hand_to(&play, play.second, (struct contract_link_id){ 0 }, "I");
	play.handing.day = play.handing.received = D(31);
	const struct error *error = act_fails(h, h->manager, do_hand, &play, ERROR_INVALID);
	assert_true(text_is(error->field, "day"));
	play.handing.source = play.first; /* what the firm above did is written down */
	must(act_as(h, h->manager, do_hand, &play));
	hand_to(&play, play.second, (struct contract_link_id){ 0 }, "I");
	play.handing.day = play.handing.received = D(30);
	must(act_as(h, h->manager, do_hand, &play));
}

static struct error *
do_end_today(struct act *act, void *with)
{
	struct play *play = with;
	struct contract contract;
	TRY(contract_read(&act->look, pack_of(play), play->id, &contract));
	return contract_end(act, pack_of(play), play->id, contract.change, moment_day(act->look.now), T("取り消し"));
}

static void
a_contract_that_has_not_begun_ends_as_if_it_never_was(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	signed_contract(&play);
	play.naming = (struct contract_naming){ .link = play.first, .family = T("外村"), .task = T("入力"), .since = D(-5),
						.until = D(20), .pledged = D(-8), .trained = D(-8),
						.trained_words = T("市の研修") };
	h->now = day_begin(D(-8));
	must(act_as(h, h->manager, do_name, &play));
	must(act_as(h, h->manager, do_end_today, &play));
	assert_int_equal(contract_now(&play).stage, CONTRACT_ENDED);
	assert_false(worker_on(&play, -5).is_allowed);
	assert_false(worker_on(&play, 0).is_allowed);
}

static struct error *
do_add_both(struct act *act, void *with)
{
	struct play *play = with;
	struct contract_link link;
	TRY(contract_link_read(&act->look, play->first, &link));
	TRY(contract_open(act, pack_of(play),
			  &(struct contract_opening){ .unit = play->f->house.section, .title = T("別の委託"),
						      .work = T("申請書の入力"), .kind = T("other"),
						      .class_code = T("I") }, &play->id));
	return contract_candidate_add(act, pack_of(play), play->id, link.firm, T("瀬戸内サービス"), &play->candidate);
}

static void
a_firm_is_chosen_or_named_not_both(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	struct contract_link first;
	signed_contract(&play);
	{
		LOOK(h, look);
		must(contract_link_read(&look, play.first, &first));
	}
	play.asking = (struct contract_asking){ .above = play.first, .firm = first.firm, .firm_name = T("別の会社"),
						.work = T("入力"), .place = T("市内の事務所"), .why = T("人手のため"),
						.since = D(-2), .until = D(30) };
	const struct error *error = act_fails(h, h->manager, do_ask, &play, ERROR_INVALID);
	assert_true(text_is(error->field, "firm-name"));
	error = act_fails(h, h->manager, do_add_both, &play, ERROR_INVALID);
	assert_true(text_is(error->field, "firm-name"));
}

static void
what_was_asked_for_ends_with_the_contract(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	struct contract_link *links;
	size_t count;
	signed_contract(&play);
	ask_below(&play, play.first, "SECOND", false);
	ask_below(&play, play.first, "THIRD", true);
	must(act_as(h, h->manager, do_end, &play));
	assert_int_equal(contract_now(&play).unconsented, 1); /* what was found stays found */
	LOOK(h, look);
	must(contract_links(&look, play.id, &links, &count));
	assert_int_equal(count, 3);
	assert_int_equal(links[1].state, LINK_ENDED);
	assert_int_equal(links[2].state, LINK_FOUND);
}

static void
who_works_for_a_firm_today_is_not_erased(void **state)
{
	struct house *h = *state;
	struct engaged made = { .h = h };
	must(act_now(h, engage, &made));
	{
		LOOK(h, look);
		must_be(people_erasable(&look, made.worker), ERROR_REFUSED);
	}
	h->now = day_begin(D(41));
	LOOK(h, look);
	must(people_erasable(&look, made.worker));
}

/* Findings come with what is wrong, one each, and go when it is put right. */
static int64_t
findings_open(struct play *play)
{
	struct house *h = &play->f->house;
	struct assure_recorded done;
	struct finding *list;
	size_t count;
	int64_t open = 0;
	const struct actor clock = { .through = T("clock") };
	must(assure_record(h->store, h->arena, &play->f->flow, NULL, &clock, &done));
	LOOK(h, look);
	must(assure_findings(&look, h->pack, &(struct finding_query){ .kind = ASSURE_CONTRACT, .has_kind = true, .at = DAY_NONE },
			     &list, &count));
	for (size_t at = 0; at < count; at++)
		open += list[at].kind == ASSURE_CONTRACT && list[at].state == FINDING_OPEN;
	return open;
}

static void
what_is_wrong_is_a_finding_each_and_ends_by_itself(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	signed_contract(&play);
	assert_int_equal(findings_open(&play), 0);
	ask_below(&play, play.first, "SECOND", true);
	must(act_as(h, h->manager, do_demand, &play));
	assert_int_equal(findings_open(&play), 1);
	h->now.ms += 10 * (int64_t)86400000;
	assert_int_equal(findings_open(&play), 2);
	must(act_as(h, h->manager, do_settle, &play));
	play.is_consented = true;
	must(act_as(h, h->director, do_decide, &play));
	assert_int_equal(findings_open(&play), 0);
}

static void
confirming_fulfils_the_duty_of_that_contract(void **state)
{
	struct play play = { .f = *state };
	struct house *h = &play.f->house;
	struct duty_done done;
	struct duty_occurrence *list;
	size_t count;
	signed_contract(&play);
	must(duty_plan(h->store, h->arena, &play.f->flow, &done));
	must(act_as(h, h->manager, do_confirm, &play));
	LOOK(h, look);
	must(duty_list(&look, &play.f->flow,
		       &(struct duty_query){ .duty = T("vendor-check"), .from = DAY_NONE, .until = DAY_NONE }, 10,
		       &list, &count));
	assert_int_equal(count, 2); /* the one done, and the next */
	assert_true(list[0].state == DUTY_DONE || list[1].state == DUTY_DONE);
	assert_int_equal(contract_now(&play).checked.no, D(0).no);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		OUR_TEST(an_engagement_kept_in_people_alone_allows_on_its_days),
		OUR_TEST(nobody_is_chosen_who_does_not_meet_what_must_be_met),
		OUR_TEST(a_contract_holds_each_item_or_says_why_not_and_stands_in_the_register),
		OUR_TEST(consent_goes_down_the_chain_and_never_past_a_link_without_it),
		OUR_TEST(a_contract_is_prolonged_and_nothing_that_hung_on_it_is),
		OUR_TEST(what_has_ended_is_not_prolonged),
		OUR_TEST(a_contract_ends_only_when_its_data_is_seen_to_be_gone),
		OUR_TEST(what_is_late_is_told_once_and_counted),
		OUR_TEST(a_list_is_of_what_waits_and_of_what_is_seen),
		OUR_TEST(nothing_that_was_typed_is_left_out_in_silence),
		OUR_TEST(data_is_received_once_and_not_before_it_was_given),
		OUR_TEST(data_goes_to_nobody_after_the_last_day_of_their_consent),
		OUR_TEST(a_contract_that_has_not_begun_ends_as_if_it_never_was),
		OUR_TEST(a_firm_is_chosen_or_named_not_both),
		OUR_TEST(what_was_asked_for_ends_with_the_contract),
		OUR_TEST(who_works_for_a_firm_today_is_not_erased),
		OUR_TEST(what_is_wrong_is_a_finding_each_and_ends_by_itself),
		OUR_TEST(confirming_fulfils_the_duty_of_that_contract),
	};
	return cmocka_run_group_tests_name("contract", tests, NULL, NULL);
}
