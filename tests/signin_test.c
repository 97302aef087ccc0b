/* What was shown in a session, second factors, what is demanded, recovery: each promise one test. */
#include "people_house.h"

#include "signin/signin.h"

#include <string.h>

static struct new_password made;

static struct error *
open_account(struct act *act, void *with)
{
	struct house *h = with;
	return people_account_open(act, h->pack, h->staff, T("yamada"), &made);
}

static void
give_account(struct house *h)
{
	SECRET_SCOPED secret = secret_from(T("nagai-aikotoba-no-rei-42"));
	must(people_password_encode(h->arena, secret, false, &made));
	must(act_now(h, open_account, h));
}

static struct error *
open_session(struct act *act, void *with)
{
	return people_session_open(act, with);
}

static struct opening
opening_of(struct house *h, unsigned methods, const char *with)
{
	return (struct opening){ .person = h->staff, .pack = h->pack, .methods = methods,
				 .with = text_of(with), .address = T("127.0.0.1"), .agent = T("試験") };
}

static bool
session_lives(struct house *h, struct text token, struct session *session)
{
	bool found;
	LOOK(h, look);
	must(people_session_find(&look, token, (struct moment){ 0 }, &found, session));
	return found;
}

struct raising {
	struct session_id session;
	unsigned methods;
	struct text with, token;
};

static struct error *
raise_session(struct act *act, void *with)
{
	struct raising *raising = with;
	return people_session_raise(act, raising->session, raising->methods, raising->with,
				    &raising->token);
}

static void
a_token_fixed_before_is_worth_nothing_after_more_was_shown(void **state)
{
	struct house *h = *state;
	struct session session;
	give_account(h);
	struct opening opening = opening_of(h, METHOD_PASSWORD, "");
	fault_walk(h, (struct person_id){ 0 }, open_session, &opening);
	assert_true(session_lives(h, opening.token, &session));
	assert_int_equal(session.methods, METHOD_PASSWORD);
	h->now.ms += 60000;
	struct raising raising = { opening.session, METHOD_TOTP, T("factor:1"), { 0 } };
	assert_non_null(act_as(h, h->manager, raise_session, &raising)); /* somebody else's */
	fault_walk(h, h->staff, raise_session, &raising);
	assert_string_equal(h->last_act, "people.session_raise");
	assert_false(session_lives(h, opening.token, &session));
	assert_true(session_lives(h, raising.token, &session));
	assert_int_equal(session.methods, METHOD_PASSWORD | METHOD_TOTP);
	assert_int_equal(session.proven.ms, h->now.ms);
	assert_int_equal(people_kinds_count(people_kinds(session.methods)), 2);
}

struct lost {
	struct person_id person;
	struct text with;
};

static struct error *
end_with(struct act *act, void *with)
{
	const struct lost *lost = with;
	return people_sessions_end_with(act, lost->person, lost->with);
}

static void
what_was_lost_ends_the_sessions_it_was_shown_in(void **state)
{
	struct house *h = *state;
	struct session session;
	give_account(h);
	struct opening card = opening_of(h, METHOD_CARD, "card:1");
	struct opening other = opening_of(h, METHOD_CARD, "card:12");
	struct opening raised = opening_of(h, METHOD_PASSWORD, "");
	must(act_now(h, open_session, &card));
	must(act_now(h, open_session, &other));
	must(act_now(h, open_session, &raised));
	struct raising raising = { raised.session, METHOD_CARD, T("card:1"), { 0 } };
	must(act_as(h, h->staff, raise_session, &raising));
	struct lost lost = { h->staff, T("card:1") };
	fault_walk(h, h->staff, end_with, &lost);
	assert_false(session_lives(h, card.token, &session));
	assert_false(session_lives(h, raising.token, &session));
	assert_true(session_lives(h, other.token, &session));
}

static void
a_pin_and_a_password_are_one_kind(void **state)
{
	(void)state;
	assert_int_equal(people_kinds_count(people_kinds(METHOD_PASSWORD | METHOD_DIRECTORY)), 1);
	assert_int_equal(people_kinds_count(people_kinds(METHOD_TOTP | METHOD_KEY)), 1);
	assert_int_equal(people_kinds_count(people_kinds(METHOD_PASSWORD | METHOD_CARD)), 2);
	assert_int_equal(people_kinds_count(people_kinds(METHOD_PASSKEY | METHOD_PASSWORD)), 2);
}

static struct error *
close_account(struct act *act, void *with)
{
	return people_account_close(act, ((struct house *)with)->staff);
}

static void
no_way_of_signing_in_opens_a_closed_account(void **state)
{
	struct house *h = *state;
	struct opening opening = opening_of(h, METHOD_CARD, "card:1");
	assert_non_null(act_now(h, open_session, &opening)); /* there is none */
	give_account(h);
	must(act_now(h, close_account, h));
	assert_non_null(act_now(h, open_session, &opening));
}

#define HOUSE_TEST(name) cmocka_unit_test_setup_teardown(name, house_open, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE_TEST(a_token_fixed_before_is_worth_nothing_after_more_was_shown),
		HOUSE_TEST(what_was_lost_ends_the_sessions_it_was_shown_in),
		cmocka_unit_test(a_pin_and_a_password_are_one_kind),
		HOUSE_TEST(no_way_of_signing_in_opens_a_closed_account),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
