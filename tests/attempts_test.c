/* Guessing, and what must not follow from stopping it: who owns an account always gets in from where they were before. */
#include "people/notice.h"
#include "people_house.h"

static const char good[] = "nagai-aikotoba-no-rei-42";
static const char wrong[] = "chigau";
static struct new_password made;
static struct arena *program; /* keeps it: one hash for all tests */

struct account_wanted {
	struct house *house;
	struct person_id person;
	const char *login;
};

static struct error *
open_account(struct act *act, void *with)
{
	struct account_wanted *opening = with;
	return people_account_open(act, opening->house->pack, opening->person, text_of(opening->login), &made);
}

static void
give_account(struct house *h, struct person_id person, const char *login)
{
	struct account_wanted opening = { h, person, login };
	if (made.encoded.len == 0) {
		SECRET_SCOPED secret = secret_from(text_of(good));
		program = arena_open(1 << 16);
		must(people_password_encode(program, secret, false, &made));
	}
	must(act_now(h, open_account, &opening));
}

static struct sign_in
attempt(struct house *h, const char *login, const char *clear, struct text device)
{
	SECRET_SCOPED password = secret_from(text_of(clear));
	struct sign_in sign_in = { .login = text_of(login), .password = password, .address = T("192.0.2.1"),
				   .agent = T("試験"), .device = device, .pack = h->pack };
	{
		LOOK(h, look);
		must(people_sign_in_prepare(&look, &sign_in));
	}
	/* argon2id itself is tested elsewhere; here a hundred tries are made. */
	sign_in.matches = strcmp(clear, good) == 0 && sign_in.candidate.no != 0;
	must(act_now(h, people_sign_in, &sign_in));
	return sign_in;
}

static bool
gets_in(struct house *h, const char *login, const char *clear, struct text device)
{
	return attempt(h, login, clear, device).is_signed_in;
}

static bool
session_lives(struct house *h, struct text token)
{
	struct session session;
	bool found;
	LOOK(h, look);
	must(people_session_find(&look, token, (struct moment){ 0 }, &found, &session));
	return found;
}

static struct account
account_of(struct house *h, struct person_id person)
{
	struct account account;
	bool found;
	LOOK(h, look);
	must(people_account(&look, person, &found, &account));
	assert_true(found);
	return account;
}

/* ---- The city is not locked out ---- */

static void
a_stranger_who_guesses_at_every_account_keeps_nobody_out(void **state)
{
	struct house *h = *state;
	const struct person_id all[] = { h->mayor, h->director, h->manager, h->staff, h->deputy };
	static const char *const logins[] = { "mayor", "director", "manager", "staff", "deputy" };
	struct text desks[5];
	for (int at = 0; at < 5; at++) {
		give_account(h, all[at], logins[at]);
		desks[at] = attempt(h, logins[at], good, T("")).new_device;
		assert_int_equal(desks[at].len, TOKEN_LEN);
	}
	for (int at = 0; at < 5; at++)
		for (int guess = 0; guess < 12; guess++)
			assert_false(gets_in(h, logins[at], wrong, T("")));
	for (int at = 0; at < 5; at++) {
		assert_false(gets_in(h, logins[at], good, T(""))); /* a stranger, even with the right one */
		assert_true(gets_in(h, logins[at], good, desks[at]));
	}
}

static void
a_device_cookie_opens_nothing_and_belongs_to_its_person(void **state)
{
	struct house *h = *state;
	give_account(h, h->staff, "staff");
	give_account(h, h->manager, "manager");
	const struct text desk = attempt(h, "staff", good, T("")).new_device;
	assert_false(gets_in(h, "staff", wrong, desk));
	for (int guess = 0; guess < 5; guess++)
		assert_false(gets_in(h, "manager", wrong, T("")));
	assert_false(gets_in(h, "manager", good, desk)); /* staff's browser is a stranger to the manager */
}

static size_t
told(struct house *h, struct person_id person, const char *words)
{
	struct notice *list;
	size_t count, found = 0;
	LOOK(h, look);
	must(people_notices(&look, person, true, (struct notice_id){ 0 }, 50, &list, &count));
	for (size_t at = 0; at < count; at++)
		found += text_has(list[at].words, text_of(words)) ? 1 : 0;
	return found;
}

static void
a_sign_in_from_a_new_browser_is_told_but_never_the_first(void **state)
{
	struct house *h = *state;
	give_account(h, h->staff, "staff");
	give_account(h, h->manager, "manager");
	const struct text desk = attempt(h, "staff", good, T("")).new_device;
	assert_int_equal(told(h, h->staff, "使っていないブラウザー"), 0);
	assert_true(gets_in(h, "staff", good, desk));
	assert_false(gets_in(h, "staff", wrong, T("")));
	assert_int_equal(told(h, h->staff, "使っていないブラウザー"), 0);
	assert_true(gets_in(h, "staff", good, T("")));
	assert_int_equal(told(h, h->staff, "接続元 192.0.2.1"), 1);
	assert_true(gets_in(h, "manager", good, desk)); /* their first, at another's desk */
	assert_int_equal(told(h, h->manager, "使っていないブラウザー"), 0);
	assert_int_equal(told(h, h->staff, "使っていないブラウザー"), 1);
}

static void
guessing_on_a_known_browser_ends_too(void **state)
{
	struct house *h = *state;
	give_account(h, h->staff, "staff");
	const struct text desk = attempt(h, "staff", good, T("")).new_device;
	for (int guess = 0; guess < 5; guess++)
		assert_false(gets_in(h, "staff", wrong, desk));
	for (int guess = 0; guess < 5; guess++) /* now as a stranger, until those are locked out as well */
		assert_false(gets_in(h, "staff", wrong, desk));
	assert_false(gets_in(h, "staff", good, desk));
	h->now.ms += 16 * 60000;
	assert_true(gets_in(h, "staff", good, desk));
}

static void
a_made_up_or_planted_device_cookie_is_replaced(void **state)
{
	struct house *h = *state;
	static const char planted[] = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
	give_account(h, h->staff, "staff");
	const struct sign_in sign_in = attempt(h, "staff", good, text_of(planted));
	assert_true(sign_in.is_signed_in);
	assert_int_equal(sign_in.new_device.len, TOKEN_LEN);
	assert_false(text_is(sign_in.new_device, planted));
	for (int guess = 0; guess < 5; guess++)
		assert_false(gets_in(h, "staff", wrong, T("")));
	assert_false(gets_in(h, "staff", good, text_of(planted)));
}

static void
a_shared_desk_knows_everybody_who_signed_in_there(void **state)
{
	struct house *h = *state;
	give_account(h, h->staff, "staff");
	give_account(h, h->manager, "manager");
	const struct text desk = attempt(h, "staff", good, T("")).new_device;
	assert_int_equal(attempt(h, "manager", good, desk).new_device.len, 0); /* the same cookie goes on */
	for (int guess = 0; guess < 5; guess++)
		assert_false(gets_in(h, "manager", wrong, T("")));
	assert_true(gets_in(h, "manager", good, desk));
	assert_true(gets_in(h, "staff", good, desk));
}

/* ---- Guessing gets slower ---- */

static void
each_lock_is_twice_as_long_and_its_owner_is_told_once(void **state)
{
	struct house *h = *state;
	give_account(h, h->staff, "staff");
	static const int minutes[] = { 15, 30, 60, 120, 120 };
	for (size_t lock = 0; lock < sizeof minutes / sizeof *minutes; lock++) {
		for (int guess = 0; guess < 9; guess++)
			assert_false(gets_in(h, "staff", wrong, T("")));
		const int64_t until = account_of(h, h->staff).locked_until.ms;
		assert_int_equal(until - h->now.ms, minutes[lock] * (int64_t)60000);
		h->now.ms = until;
	}
	{
		struct notice *list;
		size_t count;
		LOOK(h, look);
		must(people_notices(&look, h->staff, true, (struct notice_id){ 0 }, 50, &list, &count));
		assert_int_equal(count, sizeof minutes / sizeof *minutes);
	}
	assert_true(gets_in(h, "staff", good, T("")));
	for (int guess = 0; guess < 5; guess++)
		assert_false(gets_in(h, "staff", wrong, T("")));
	assert_int_equal(account_of(h, h->staff).locked_until.ms - h->now.ms, 15 * 60000);
}

static void
failures_of_strangers_are_told_to_the_owner_at_the_next_sign_in(void **state)
{
	struct house *h = *state;
	give_account(h, h->staff, "staff");
	const struct text desk = attempt(h, "staff", good, T("")).new_device;
	const int64_t before = h->now.ms;
	h->now.ms += 60000;
	for (int guess = 0; guess < 7; guess++)
		assert_false(gets_in(h, "staff", wrong, T("")));
	assert_false(gets_in(h, "staff", wrong, desk));
	const struct sign_in sign_in = attempt(h, "staff", good, desk);
	assert_true(sign_in.is_signed_in);
	assert_int_equal(sign_in.failed_since, 8);
	assert_int_equal(sign_in.last_sign_in.ms, before);
	assert_int_equal(attempt(h, "staff", good, desk).failed_since, 0);
}

static struct error *
reset_account(struct act *act, void *with)
{
	struct house *h = with;
	return people_account_reset(act, h->pack, h->staff, &made);
}

static size_t
notices_of(struct house *h, struct person_id person)
{
	struct notice *list;
	size_t count;
	LOOK(h, look);
	must(people_notices(&look, person, true, (struct notice_id){ 0 }, 50, &list, &count));
	return count;
}

static void
whoever_gets_a_new_password_is_told(void **state)
{
	struct house *h = *state;
	give_account(h, h->staff, "staff");
	assert_int_equal(notices_of(h, h->staff), 0);
	must(act_now(h, reset_account, h));
	assert_int_equal(notices_of(h, h->staff), 1);
	struct password_change change = { .person = h->staff, .present = secret_from(text_of(good)),
					  .chosen = secret_from(T("mado no soto ni kumo ga 3tsu")) };
	{
		LOOK(h, look);
		must(people_password_prepare(&look, h->pack, &change));
	}
	must(people_password_verify(h->arena, &change));
	must(act_as(h, h->staff, people_password_change, &change));
	assert_int_equal(notices_of(h, h->staff), 2);
	secret_close(&change.present);
	secret_close(&change.chosen);
}

/* ---- Sessions ---- */

static void
a_session_token_is_new_at_every_sign_in_and_never_the_visitors_choice(void **state)
{
	struct house *h = *state;
	static const char fixed[] = "ffeeddccbbaa99887766554433221100ffeeddccbbaa99887766554433221100";
	give_account(h, h->staff, "staff");
	assert_false(session_lives(h, text_of(fixed)));
	const struct sign_in one = attempt(h, "staff", good, text_of(fixed));
	const struct sign_in two = attempt(h, "staff", good, text_of(fixed));
	assert_false(text_same(one.token, two.token));
	assert_false(session_lives(h, text_of(fixed)));
	assert_false(session_lives(h, one.new_device)); /* a device cookie is no session */
}

static void
an_eleventh_session_ends_the_oldest(void **state)
{
	struct house *h = *state;
	struct text tokens[12];
	give_account(h, h->staff, "staff");
	for (int at = 0; at < 12; at++) {
		h->now.ms += 1000;
		tokens[at] = attempt(h, "staff", good, T("")).token;
	}
	for (int at = 0; at < 12; at++)
		assert_int_equal(session_lives(h, tokens[at]), at >= 2);
}

/* ---- A clock that jumps ---- */

static void
a_clock_that_ran_ahead_leaves_no_session_that_does_not_end(void **state)
{
	struct house *h = *state;
	give_account(h, h->staff, "staff");
	const struct text before = attempt(h, "staff", good, T("")).token;
	h->now.ms += (int64_t)20 * 86400000;
	const struct text ahead = attempt(h, "staff", good, T("")).token;
	assert_true(session_lives(h, ahead));
	assert_false(session_lives(h, before));
	h->now.ms -= (int64_t)20 * 86400000;
	assert_false(session_lives(h, ahead)); /* made in what is the future now */
	assert_true(session_lives(h, before)); /* its limits are counted from its own beginning */
	h->now.ms += 13 * (int64_t)3600000;
	assert_false(session_lives(h, before));
}

static void
a_clock_that_ran_ahead_leaves_nobody_locked_for_days(void **state)
{
	struct house *h = *state;
	give_account(h, h->staff, "staff");
	h->now.ms += (int64_t)20 * 86400000;
	for (int guess = 0; guess < 5; guess++)
		assert_false(gets_in(h, "staff", wrong, T("")));
	assert_false(gets_in(h, "staff", good, T("")));
	h->now.ms -= (int64_t)20 * 86400000;
	assert_true(gets_in(h, "staff", good, T("")));
}

static void
a_clock_set_back_a_little_keeps_sessions_and_locks(void **state)
{
	struct house *h = *state;
	give_account(h, h->staff, "staff");
	give_account(h, h->manager, "manager");
	const struct text token = attempt(h, "staff", good, T("")).token;
	for (int guess = 0; guess < 5; guess++)
		assert_false(gets_in(h, "manager", wrong, T("")));
	h->now.ms -= 60000;
	assert_true(session_lives(h, token));
	assert_false(gets_in(h, "manager", good, T("")));
}

#define HOUSE_TEST(name) cmocka_unit_test_setup_teardown(name, house_open, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE_TEST(a_stranger_who_guesses_at_every_account_keeps_nobody_out),
		HOUSE_TEST(a_device_cookie_opens_nothing_and_belongs_to_its_person),
		HOUSE_TEST(a_sign_in_from_a_new_browser_is_told_but_never_the_first),
		HOUSE_TEST(guessing_on_a_known_browser_ends_too),
		HOUSE_TEST(a_made_up_or_planted_device_cookie_is_replaced),
		HOUSE_TEST(a_shared_desk_knows_everybody_who_signed_in_there),
		HOUSE_TEST(each_lock_is_twice_as_long_and_its_owner_is_told_once),
		HOUSE_TEST(failures_of_strangers_are_told_to_the_owner_at_the_next_sign_in),
		HOUSE_TEST(whoever_gets_a_new_password_is_told),
		HOUSE_TEST(a_session_token_is_new_at_every_sign_in_and_never_the_visitors_choice),
		HOUSE_TEST(an_eleventh_session_ends_the_oldest),
		HOUSE_TEST(a_clock_that_ran_ahead_leaves_no_session_that_does_not_end),
		HOUSE_TEST(a_clock_that_ran_ahead_leaves_nobody_locked_for_days),
		HOUSE_TEST(a_clock_set_back_a_little_keeps_sessions_and_locks),
	};
	const int failed = cmocka_run_group_tests(tests, NULL, NULL);
	arena_close(program);
	return failed;
}
