/* IC cards in the room: whose they are, what stopping one ends, who is told; every store call failing in turn. */
#include "people_house.h"

#include "people/notice.h"
#include "signin/card.h"
#include "signin/signin.h"

#include <string.h>

static struct new_password made;

static struct error *
open_accounts(struct act *act, void *with)
{
	struct house *h = with;
	TRY(people_account_open(act, h->pack, h->staff, T("yamada"), &made));
	return people_account_open(act, h->pack, h->manager, T("sato"), &made);
}

static struct card_face
face_of(const char *serial)
{
	struct card_face face = { .issuer_key = T("aa"), .serial = text_of(serial), .issuer_name = T("発行者"),
				  .subject = T("山田 太郎"), .since = { 1 },
				  .until = { ((int64_t)DAY0 + 400) * 86400000 } };
	memset(face.fingerprint.at, serial[0], sizeof face.fingerprint.at);
	return face;
}

static struct error *
do_register(struct act *act, void *with)
{
	return signin_card_register(act, with);
}

static struct error *
do_stop(struct act *act, void *with)
{
	return signin_card_stop(act, with);
}

static struct card_id
card_of(struct house *h, struct person_id person, const char *serial)
{
	struct card_registering registering = { .person = person, .face = face_of(serial) };
	must(act_as(h, person, do_register, &registering));
	return registering.id;
}

static void
begin(struct house *h)
{
	SECRET_SCOPED secret = secret_from(T("nagai-aikotoba-no-rei-42"));
	must(people_password_encode(h->arena, secret, false, &made));
	must(act_now(h, open_accounts, h));
}

static struct card_showing
showing_of(struct house *h, const char *serial, const char *address)
{
	return (struct card_showing){ .face = face_of(serial), .state = "", .address = text_of(address),
				      .agent = T("試験"), .pack = h->pack };
}

static bool
lives(struct house *h, struct text token, struct session *session)
{
	bool found;
	LOOK(h, look);
	must(people_session_find(&look, token, (struct moment){ 0 }, &found, session));
	return found;
}

static void
rights_of(struct house *h, struct person_id person, struct rights *rights)
{
	LOOK(h, look);
	must(people_rights(&look, h->pack, person, rights));
}

static size_t
notices_of(struct house *h, struct person_id person, const char *words)
{
	struct notice *list;
	size_t count, found = 0;
	LOOK(h, look);
	must(people_notices(&look, person, false, (struct notice_id){ 0 }, 100, &list, &count));
	for (size_t at = 0; at < count; at++)
		found += text_has(list[at].words, text_of(words)) ? 1 : 0;
	return found;
}

static void
a_card_belongs_to_one_person(void **state)
{
	struct house *h = *state;
	begin(h);
	struct card_registering mine = { .person = h->staff, .face = face_of("01") };
	struct error *error = act_as(h, h->manager, do_register, &mine);
	assert_int_equal(error->kind, ERROR_REFUSED);
	fault_walk(h, h->staff, do_register, &mine);
	assert_string_equal(h->last_act, "signin.card_register");
	struct card_registering theirs = { .person = h->manager, .face = face_of("01") };
	error = act_as(h, h->manager, do_register, &theirs);
	assert_int_equal(error->kind, ERROR_CONFLICT);
	struct card_registering nobody = { .person = h->mayor, .face = face_of("02") };
	error = act_as(h, h->mayor, do_register, &nobody);
	assert_int_equal(error->kind, ERROR_INVALID); /* without an account */
}

static void
a_card_signs_its_owner_in_and_nobody_else(void **state)
{
	struct house *h = *state;
	struct session session;
	begin(h);
	const struct card_id card = card_of(h, h->staff, "01");
	struct card_showing showing = showing_of(h, "01", "192.0.2.1");
	fault_walk(h, (struct person_id){ 0 }, signin_card_show, &showing);
	assert_true(showing.is_shown);
	assert_true(lives(h, showing.token, &session));
	assert_int_equal(session.person.no, h->staff.no);
	assert_int_equal(session.methods, METHOD_CARD_PIN); /* as the pack says */
	assert_string_equal(h->last_act, "signin.card_use");

	struct card_showing other = showing_of(h, "02", "192.0.2.1");
	must(act_now(h, signin_card_show, &other));
	assert_false(other.is_shown);
	assert_string_equal(h->last_act, "signin.card_refused");
	struct card_showing twin = showing_of(h, "01", "192.0.2.1");
	twin.face.fingerprint.at[0] ^= 1;
	must(act_now(h, signin_card_show, &twin));
	assert_false(twin.is_shown);
	struct card_showing expired = showing_of(h, "01", "192.0.2.1");
	expired.state = "expired";
	must(act_now(h, signin_card_show, &expired));
	assert_false(expired.is_shown);
	assert_int_equal(card.no, 1);
}

static struct error *
open_session(struct act *act, void *with)
{
	return people_session_open(act, with);
}

static void
a_card_adds_to_its_owners_session_only(void **state)
{
	struct house *h = *state;
	struct session session;
	begin(h);
	(void)card_of(h, h->staff, "01");
	struct opening mine = { .person = h->staff, .pack = h->pack, .methods = METHOD_PASSWORD };
	struct opening theirs = { .person = h->manager, .pack = h->pack, .methods = METHOD_PASSWORD };
	must(act_now(h, open_session, &mine));
	must(act_now(h, open_session, &theirs));
	struct card_showing showing = showing_of(h, "01", "192.0.2.1");
	showing.session = theirs.session;
	showing.signed_in = h->manager;
	must(act_as(h, h->manager, signin_card_show, &showing));
	assert_false(showing.is_shown);
	showing.session = mine.session;
	showing.signed_in = h->staff;
	fault_walk(h, h->staff, signin_card_show, &showing);
	assert_true(showing.is_shown);
	assert_false(lives(h, mine.token, &session));
	assert_true(lives(h, showing.token, &session));
	assert_int_equal(session.methods, METHOD_PASSWORD | METHOD_CARD_PIN);
}

static void
a_lost_card_ends_its_sessions_and_is_told(void **state)
{
	struct house *h = *state;
	struct session session;
	struct rights rights, strangers;
	begin(h);
	const struct card_id card = card_of(h, h->staff, "01");
	struct card_showing showing = showing_of(h, "01", "192.0.2.1");
	must(act_now(h, signin_card_show, &showing));
	rights_of(h, h->manager, &strangers);
	memset(strangers.at, 0, sizeof strangers.at);
	struct card_stopping not_theirs = { card, CARD_LOST, h->pack, &strangers };
	struct error *error = act_as(h, h->manager, do_stop, &not_theirs);
	assert_int_equal(error->kind, ERROR_REFUSED);
	assert_true(lives(h, showing.token, &session));
	rights_of(h, h->staff, &rights);
	struct card_stopping stopping = { card, CARD_LOST, h->pack, &rights };
	error = act_as(h, h->manager, do_stop, &stopping); /* with somebody else's rights */
	assert_int_equal(error->kind, ERROR_REFUSED);
	fault_walk(h, h->staff, do_stop, &stopping);
	assert_false(lives(h, showing.token, &session));
	assert_int_equal(notices_of(h, h->manager, "なくなったと届け出"), 1); /* the pack's role */
	error = act_as(h, h->staff, do_stop, &stopping);
	assert_int_equal(error->kind, ERROR_CONFLICT);
	struct card_showing again = showing_of(h, "01", "192.0.2.1");
	must(act_now(h, signin_card_show, &again));
	assert_false(again.is_shown);
	/* Found again: a new registration. */
	const struct card_id anew = card_of(h, h->staff, "01");
	assert_int_not_equal(anew.no, card.no);
	must(act_now(h, signin_card_show, &again));
	assert_true(again.is_shown);
}

static void
the_head_of_the_unit_stops_a_card(void **state)
{
	struct house *h = *state;
	struct rights rights;
	begin(h);
	const struct card_id card = card_of(h, h->staff, "01");
	rights_of(h, h->manager, &rights);
	struct card_stopping stopping = { card, CARD_LOST, h->pack, &rights };
	must(act_as(h, h->manager, do_stop, &stopping));
	assert_int_equal(notices_of(h, h->staff, "なくなったものとして"), 1);
}

static bool
names(void *with, struct text issuer_key, struct text serial)
{
	return text_is(issuer_key, "aa") && text_is(serial, with);
}

static void
a_revocation_list_stops_what_it_names(void **state)
{
	struct house *h = *state;
	struct session session;
	struct card one;
	char serial[] = "01";
	begin(h);
	const struct card_id card = card_of(h, h->staff, "01");
	(void)card_of(h, h->staff, "02");
	struct card_showing named = showing_of(h, "01", "192.0.2.1"), other = showing_of(h, "02", "192.0.2.1");
	must(act_now(h, signin_card_show, &named));
	must(act_now(h, signin_card_show, &other));
	struct card_sweep sweep = { .is_revoked = names, .with = serial, .pack = h->pack };
	fault_walk(h, (struct person_id){ 0 }, signin_card_sweep, &sweep);
	assert_int_equal(sweep.stopped, 1);
	assert_false(lives(h, named.token, &session));
	assert_true(lives(h, other.token, &session));
	LOOK(h, look);
	must(signin_card(&look, card, &one));
	assert_int_equal(one.reason, CARD_REVOKED);
	assert_int_equal(one.stopped_by.no, 0);
	assert_int_equal(notices_of(h, h->staff, "失効リスト"), 1);
}

static void
a_card_in_two_places_at_once_is_told(void **state)
{
	struct house *h = *state;
	begin(h);
	(void)card_of(h, h->staff, "01");
	struct card_showing here = showing_of(h, "01", "192.0.2.1"), there = showing_of(h, "01", "192.0.2.2");
	must(act_now(h, signin_card_show, &here));
	assert_false(here.is_elsewhere);
	must(act_now(h, signin_card_show, &here)); /* the same place */
	assert_false(here.is_elsewhere);
	fault_walk(h, (struct person_id){ 0 }, signin_card_show, &there);
	assert_true(there.is_elsewhere);
	assert_int_equal(notices_of(h, h->staff, "二つの場所で"), 1);
	assert_int_equal(notices_of(h, h->manager, "二つの場所で"), 1);
}

static void
who_has_a_card_shows_it_before_registering_more(void **state)
{
	struct house *h = *state;
	begin(h);
	const struct session with_password = { .person = h->staff, .methods = METHOD_PASSWORD };
	const struct session with_card = { .person = h->staff, .methods = METHOD_CARD_PIN };
	LOOK(h, before);
	must(signin_may_enrol(&before, h->pack, &with_password, T("192.0.2.1")));
	(void)card_of(h, h->staff, "01");
	LOOK(h, after);
	assert_non_null(signin_may_enrol(&after, h->pack, &with_password, T("192.0.2.1")));
	must(signin_may_enrol(&after, h->pack, &with_card, T("192.0.2.1")));
}

/* ---- What runs out ---- */

static int64_t
reminded(struct house *h)
{
	struct signin_reminded done;
	must(signin_clock(h->store, h->arena, h->pack, 100, &done));
	return done.told;
}

static struct error *
open_temporary(struct act *act, void *with)
{
	struct house *h = with;
	struct new_password temporary = made;
	temporary.is_temporary = true;
	return people_account_open(act, h->pack, h->mayor, T("mayor"), &temporary);
}

static struct error *
close_account(struct act *act, void *with)
{
	const struct person_id *person = with;
	return people_account_close(act, *person);
}

static void
a_card_that_runs_out_is_told_once_and_in_time(void **state)
{
	struct house *h = *state;
	begin(h);
	(void)card_of(h, h->staff, "01");
	h->now.ms = ((int64_t)DAY0 + 392) * 86400000;
	assert_int_equal(reminded(h), 0);
	h->now.ms += 2 * 86400000;
	assert_int_equal(reminded(h), 1);
	assert_string_equal(h->last_act, "signin.remind");
	assert_int_equal(notices_of(h, h->staff, "新しいカードを受け取り"), 1);
	h->now.ms += 86400000;
	assert_int_equal(reminded(h), 0);
	assert_int_equal(notices_of(h, h->staff, "新しいカードを受け取り"), 1);
	assert_int_equal(notices_of(h, h->manager, "新しいカードを受け取り"), 0);
}

static void
who_has_renewed_or_cannot_sign_in_is_not_told(void **state)
{
	struct house *h = *state;
	begin(h);
	(void)card_of(h, h->staff, "01");
	struct card_registering longer = { .person = h->staff, .face = face_of("02") };
	longer.face.until.ms += (int64_t)400 * 86400000;
	must(act_as(h, h->staff, do_register, &longer));
	(void)card_of(h, h->manager, "03");
	must(act_now(h, close_account, &h->manager));
	h->now.ms = ((int64_t)DAY0 + 395) * 86400000;
	assert_int_equal(reminded(h), 0);
	struct card_stopping stopping = { .id = longer.id, .pack = h->pack, .reason = CARD_RETURNED };
	struct rights rights;
	rights_of(h, h->staff, &rights);
	stopping.rights = &rights;
	must(act_as(h, h->staff, do_stop, &stopping));
	assert_int_equal(reminded(h), 1);
}

static void
a_temporary_password_that_runs_out_is_told_once(void **state)
{
	struct house *h = *state;
	begin(h);
	must(act_now(h, open_temporary, h));
	h->now.ms += (int64_t)5 * 86400000;
	assert_int_equal(reminded(h), 0);
	h->now.ms += 86400000 + 1;
	assert_int_equal(reminded(h), 1);
	assert_int_equal(reminded(h), 0);
	assert_int_equal(notices_of(h, h->mayor, "自分のパスワードに変えてください"), 1);
}

#define HOUSE_TEST(name) cmocka_unit_test_setup_teardown(name, house_open, house_close)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE_TEST(a_card_belongs_to_one_person),
		HOUSE_TEST(a_card_signs_its_owner_in_and_nobody_else),
		HOUSE_TEST(a_card_adds_to_its_owners_session_only),
		HOUSE_TEST(a_lost_card_ends_its_sessions_and_is_told),
		HOUSE_TEST(the_head_of_the_unit_stops_a_card),
		HOUSE_TEST(a_revocation_list_stops_what_it_names),
		HOUSE_TEST(a_card_in_two_places_at_once_is_told),
		HOUSE_TEST(a_card_that_runs_out_is_told_once_and_in_time),
		HOUSE_TEST(who_has_renewed_or_cannot_sign_in_is_not_told),
		HOUSE_TEST(a_temporary_password_that_runs_out_is_told_once),
		HOUSE_TEST(who_has_a_card_shows_it_before_registering_more),
	};
	return cmocka_run_group_tests_name("cards", tests, NULL, NULL);
}
