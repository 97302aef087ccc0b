/*
 * The working year when something is wrong: a clock that was ahead, a server that was off, a round that was
 * stopped half way, two people who write at once. Nothing is lost, nobody is told twice.
 */
#include "people/notice.h"
#include "year_acts.h"

#include <pthread.h>

enum { EVERYBODY = 40, WRONG_DAYS = 400, ENTRIES = 25 };

/* ---- Rounds of the clocks ---- */

static struct error *
duty_round(struct year *y)
{
	struct duty_done done;
	return duty_clock(y->f.house.store, y->f.house.arena, &y->f.flow, &done);
}

static struct error *
incident_round(struct year *y)
{
	struct incident_done done;
	bool is_more = true;
	while (is_more)
		TRY(incident_clock(y->f.house.store, y->f.house.arena, YEAR_PACK(y), 100, &done, &is_more));
	return OK;
}

static struct error *
training_turn(struct year *y)
{
	struct training_done done;
	bool is_more = true;
	while (is_more)
		TRY(training_clock(y->f.house.store, y->f.house.arena, YEAR_PACK(y), 500, &done, &is_more));
	return OK;
}

static struct error *
check_round(struct year *y)
{
	struct check_done done;
	bool is_more = true;
	while (is_more)
		TRY(check_clock(y->f.house.store, y->f.house.arena, &y->f.flow, &done, &is_more));
	return OK;
}

static struct error *
audit_round(struct year *y)
{
	struct audit_done done;
	return audit_clock(y->f.house.store, y->f.house.arena, &y->f.flow, &done);
}

/* ---- What is open in each room ---- */

static const struct step some_duties[] = {
	STEP_AFTER(duties_are_planned, OTHER, duty_is_done),
};
static const struct step a_case[] = {
	STEP(STAFF, report),
	STEP(CSIRT, judge),
};
static const struct step a_course[] = {
	STEP(KEEPER, training_is_planned),
	STEP(CHIEF, training_is_decided),
	STEP_AFTER(everybody_is_asked, DEPUTY, test_is_passed),
};
static const struct step a_check[] = {
	STEP(CHIEF, campaign),
	STEP(CHIEF, campaign_opens),
};
static const struct step an_audit[] = {
	STEP(CHIEF, audit_is_planned),	 STEP(CHIEF, auditor_is_named), STEP(CHIEF, council_is_called),
	STEP(CHIEF, plan_is_on_the_agenda), STEP(MEMBER, minutes),	STEP(CHIEF, audit_begins),
	STEP(AUDITOR, items_are_signed), STEP(AUDITOR, point),		STEP(AUDITOR, audit_is_reported),
	STEP(CISO, audit_is_received),	 STEP(CISO, point_is_ordered),
};

/* Somebody is told of something on a day. */
struct telling {
	const struct step *steps;
	size_t steps_count;
	struct error *(*round)(struct year *y);
	size_t who;
	const char *words; /* of the notice */
	int64_t day;
};
#define OPEN(steps) (steps), sizeof(steps) / sizeof *(steps)
static const struct telling tellings[] = {
	{ OPEN(some_duties), duty_round, MANAGER, "期限が過ぎています", 75 },
	{ OPEN(a_case), incident_round, CSIRT, "報告の期限は", 4 },
	{ OPEN(a_case), incident_round, MANAGER, "作業が期限を過ぎています", 3 },
	{ OPEN(a_course), training_turn, STAFF, "情報を守る基本", 43 },
	{ OPEN(a_check), check_round, STAFF, "", 5 },
	{ OPEN(an_audit), audit_round, MANAGER, "監査の指摘", 41 },
};
enum { TELLINGS = sizeof tellings / sizeof *tellings };

static int64_t
told(struct year *y, struct person_id who, const char *words)
{
	struct notice *list;
	size_t count;
	int64_t found = 0;
	LOOK(&y->f.house, look);
	must(people_notices(&look, who, false, (struct notice_id){ 0 }, 500, &list, &count));
	for (size_t at = 0; at < count; at++)
		found += text_has(list[at].words, text_of(words));
	return found;
}

static int64_t
told_all(struct year *y)
{
	int64_t all = 0;
	for (int64_t no = 1; no <= EVERYBODY; no++)
		all += told(y, (struct person_id){ no }, "");
	return all;
}

static int64_t
entries(struct year *y)
{
	int64_t size;
	LOOK(&y->f.house, look);
	must(journal_size(&look, &size));
	return size;
}

/* ---- A clock that was wrong ---- */

static void
passes(struct year *y, const struct telling *telling, bool was_wrong)
{
	const struct step of = { .who = telling->who };
	const struct person_id who = who_takes(y, &of);
	take_steps(y, telling->steps, telling->steps_count);
	must(telling->round(y));
	if (was_wrong) {
		days_pass(&y->f, WRONG_DAYS);
		must(telling->round(y));
		days_pass(&y->f, -WRONG_DAYS);
		must(telling->round(y));
	}
	const int64_t before = told(y, who, telling->words);
	days_pass(&y->f, telling->day);
	must(telling->round(y));
	const int64_t after = told(y, who, telling->words);
	if (after == before)
		fail_msg("nobody was told: %s", telling->words);
	must(telling->round(y));
	assert_int_equal(told(y, who, telling->words), after); /* once */
}

static void
in_a_body_of_its_own(const struct telling *telling, bool was_wrong)
{
	void *state;
	year_open(&state);
	passes(state, telling, was_wrong);
	house_close(&state);
}

static void
whoever_is_late_is_told(void **state)
{
	(void)state;
	for (size_t at = 0; at < TELLINGS; at++)
		in_a_body_of_its_own(&tellings[at], false);
}

static void
whoever_is_late_is_told_although_a_clock_was_a_year_ahead(void **state)
{
	(void)state;
	for (size_t at = 0; at < TELLINGS; at++)
		in_a_body_of_its_own(&tellings[at], true);
}

static void
a_chain_goes_up_although_a_clock_was_a_year_ahead(void **state)
{
	struct year *y = *state;
	struct incident_done done;
	bool is_more;
	take_steps(y, a_case, 1);
	days_pass(&y->f, WRONG_DAYS);
	must(incident_round(y)); /* the substitute was told, and waits a year */
	days_pass(&y->f, -WRONG_DAYS);
	must(incident_clock(y->f.house.store, y->f.house.arena, YEAR_PACK(y), 100, &done, &is_more));
	assert_true(done.escalated > 0);
	must(incident_clock(y->f.house.store, y->f.house.arena, YEAR_PACK(y), 100, &done, &is_more));
	assert_int_equal(done.escalated, 0);
}

/* ---- A server that was off ---- */

static void
a_day_outside_that_passed_while_nothing_ran_is_told_at_once_and_stays_late(void **state)
{
	struct year *y = *state;
	struct incident_outside *list;
	size_t count, late = 0;
	TAKE(y, a_case);
	must(incident_round(y));
	const int64_t before = told(y, y->csirt, "報告の期限は");
	days_pass(&y->f, 9);
	must(incident_round(y));
	assert_true(told(y, y->csirt, "報告の期限は") > before);
	LOOK(&y->f.house, look);
	must(incident_outside_list(&look, YEAR_PACK(y), y->incident, &list, &count));
	for (size_t at = 0; at < count; at++)
		late += list[at].is_late && list[at].due.no == D(4).no;
	assert_true(late > 0); /* the day itself is not moved */
}

/* ---- A round that was stopped ---- */

static void
all_are_opened(struct year *y)
{
	TAKE(y, some_duties);
	TAKE(y, a_case);
	TAKE(y, a_course);
	TAKE(y, a_check);
	TAKE(y, an_audit);
	days_pass(&y->f, 50);
}

static struct error *
whole_round(struct year *y)
{
	TRY(duty_round(y));
	TRY(incident_round(y));
	TRY(training_turn(y));
	TRY(check_round(y));
	return audit_round(y);
}

static void
a_round_that_is_stopped_at_any_store_call_goes_on_and_tells_nobody_twice(void **state)
{
	struct year *y = *state;
	void *other;
	all_are_opened(y);
	const int64_t before = told_all(y);
	must(whole_round(y));
	const int64_t wanted = told_all(y), size = entries(y);
	assert_true(wanted > before);

	year_open(&other);
	struct year *stopped = other;
	all_are_opened(stopped);
	bool is_over = false;
	int stops = 0;
	for (int n = 1; n < 20000 && !is_over; n++) {
		store_fault_at(stopped->f.house.store, n);
		struct error *error = whole_round(stopped);
		const bool was_reached = store_fault_calls(stopped->f.house.store) >= n;
		store_fault_at(stopped->f.house.store, 0);
		assert_true(was_reached || error == OK);
		is_over = !was_reached; /* a call that ends a read may fail and harm nothing */
		stops += !is_over;
		error_sweep();
	}
	assert_true(is_over && stops > 20);
	assert_int_equal(told_all(stopped), wanted);
	assert_int_equal(entries(stopped), size);
	house_close(&other);
}

/* ---- Two people at once ---- */

struct hand {
	struct year *y;
	struct person_id who;
	struct entry_id replaces;
	int64_t no, written, conflicts;
};

static struct error *
hand_work(struct act *act, void *with)
{
	struct hand *hand = with;
	struct entry_id made;
	return incident_entry_write(
		act, YEAR_PACK(hand->y),
		&(struct entry_writing){ .incident = hand->y->incident,
					 .category = ENTRY_OBSERVATION,
					 .source = FROM_SEEN,
					 .words = text_format(act->look.arena, "%lldの%lld行目",
							      (long long)hand->who.no, (long long)hand->no),
					 .replaces = hand->replaces },
		&made);
}

static void *
write_on(void *with)
{
	struct hand *hand = with;
	const struct actor actor = { .person = hand->who.no, .role = T(""), .through = T("test") };
	for (hand->no = 0; hand->no < (hand->replaces.no == 0 ? ENTRIES : 1); hand->no++) {
		ARENA_SCOPED arena = arena_open(ARENA_USUAL);
		const struct error *error = store_act(hand->y->f.house.store, arena, &actor, hand_work, hand);
		hand->written += error == OK;
		hand->conflicts += error != OK && error->kind == ERROR_CONFLICT;
		error_sweep();
	}
	return NULL;
}

static void
write_both(struct hand *first, struct hand *second)
{
	pthread_t thread;
	assert_int_equal(pthread_create(&thread, NULL, write_on, second), 0);
	write_on(first);
	assert_int_equal(pthread_join(thread, NULL), 0);
}

static size_t
lines_of(struct year *y, struct incident_entry **list)
{
	size_t count;
	LOOK(&y->f.house, look);
	must(incident_entries(&look, y->incident,
			      &(struct entry_query){ .categories = 1U << ENTRY_OBSERVATION }, list, &count));
	return count;
}

static void
two_who_write_the_same_timeline_at_once_lose_no_line(void **state)
{
	struct year *y = *state;
	struct incident_entry *list;
	TAKE(y, a_case);
	struct hand first = { .y = y, .who = y->csirt }, second = { .y = y, .who = y->f.house.staff };
	const size_t before = lines_of(y, &list);
	write_both(&first, &second);
	assert_int_equal(first.written + second.written, 2 * ENTRIES);
	assert_int_equal(lines_of(y, &list), before + 2 * ENTRIES);
	int64_t next[2] = { 0, 0 };
	for (size_t at = 0; at < before + 2 * ENTRIES; at++)
		for (int side = 0; side < 2; side++) {
			const struct person_id who = side == 0 ? first.who : second.who;
			next[side] += text_same(list[at].words,
						text_format(y->f.house.arena, "%lldの%lld行目", (long long)who.no,
							    (long long)next[side]));
		}
	assert_true(next[0] == ENTRIES && next[1] == ENTRIES); /* each in its own order */
}

static void
of_two_who_put_the_same_line_right_at_once_one_is_told(void **state)
{
	struct year *y = *state;
	struct incident_entry *list;
	TAKE(y, a_case);
	for (int round = 0; round < 10; round++) {
		const struct step step[] = { STEP(STAFF, entry) };
		TAKE(y, step);
		struct hand first = { .y = y, .who = y->csirt, .replaces = y->entry };
		struct hand second = { .y = y, .who = y->f.house.staff, .replaces = y->entry };
		const size_t before = lines_of(y, &list);
		write_both(&first, &second);
		assert_int_equal(first.written + second.written, 1);
		assert_int_equal(first.conflicts + second.conflicts, 1);
		assert_int_equal(lines_of(y, &list), before);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(whoever_is_late_is_told),
		cmocka_unit_test(whoever_is_late_is_told_although_a_clock_was_a_year_ahead),
		YEAR_TEST(a_chain_goes_up_although_a_clock_was_a_year_ahead),
		YEAR_TEST(a_day_outside_that_passed_while_nothing_ran_is_told_at_once_and_stays_late),
		YEAR_TEST(a_round_that_is_stopped_at_any_store_call_goes_on_and_tells_nobody_twice),
		YEAR_TEST(two_who_write_the_same_timeline_at_once_lose_no_line),
		YEAR_TEST(of_two_who_put_the_same_line_right_at_once_one_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
