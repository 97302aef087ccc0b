/* Server rooms: who may enter, what a tablet hands in and when, what the keeper does, and what time causes. */
#include "contract_play.h"

#include "assure/assure.h"
#include "assure/finding.h"
#include "assure/history.h"
#include "entrance/entrance.h"
#include "flow/consult.h"
#include "people/organisation.h"

#include "base/hash.h"

struct room_house {
	struct flow_house f;
	struct row_id room, vault;
	struct entrance_room is;
	struct text token;
	struct tablet tablet;
	struct person_id operator; /* by their post */
};

static int64_t
now_ms(struct room_house *h)
{
	return h->f.house.now.ms;
}

/* ---- Acts ---- */

struct deed_in {
	struct room_house *h;
	const char *ledger;
	struct ledger_value values[12];
	size_t count;
	struct row_id row;
	struct text code, name, why, token;
	struct tablet_id tablet;
	int64_t change;
	struct entrance_event event;
	bool known;
	struct visit_id visit;
	struct moment left;
	struct day month;
};

static struct error *
add_row_of(struct act *act, void *with)
{
	struct deed_in *deed = with;
	const struct pack *pack = deed->h->f.house.pack;
	return ledger_add(act, pack, pack_ledger(pack, text_of(deed->ledger)), deed->values,
			  deed->count, &deed->row);
}

static struct row_id
add_to(struct room_house *h, const char *ledger, const struct ledger_value *values, size_t count)
{
	struct deed_in deed = { .h = h, .ledger = ledger, .count = count };
	for (size_t at = 0; at < count; at++)
		deed.values[at] = values[at];
	must(act_as(&h->f.house, h->f.house.manager, add_row_of, &deed));
	return deed.row;
}

static struct text
unit_no(struct room_house *h)
{
	return text_number(h->f.house.arena, h->f.house.section.no);
}

static struct row_id
add_area(struct room_house *h, const char *name, const char *kind)
{
	const struct ledger_value values[] = { { T("name"), text_of(name) },
					       { T("owner"), unit_no(h) },
					       { T("room-kind"), text_of(kind) },
					       { T("place"), T("本庁舎地下") },
					       { T("entrances"), T("1") } };
	return add_to(h, "room", values, 5);
}

static struct row_id
list(struct room_house *h, const char *name, const char *of, const char *period)
{
	const struct ledger_value values[] = { { T("name"), text_of(name) },
					       { T("owner"), unit_no(h) },
					       { T("room"), T("第一サーバ室") },
					       { T("of"), text_of(of) },
					       { T("period"), text_of(period) } };
	return add_to(h, "room-list", values, 5);
}

#define DEED(name, call)                                                                           \
	static struct error *name(struct act *act, void *with)                                     \
	{                                                                                          \
		struct deed_in *deed = with;                                                       \
		const struct pack *pack = deed->h->f.house.pack;                                   \
		return call;                                                                       \
	}

DEED(make_tablet, entrance_tablet_make(act, pack, deed->row, deed->name, &deed->tablet, &deed->code))
DEED(tie_tablet, entrance_tablet_tie(act, pack, deed->code, &deed->token))
DEED(stop_tablet, entrance_tablet_stop(act, pack, deed->tablet, deed->change, deed->why))
DEED(close_visit, entrance_close(act, pack, deed->visit, deed->change, deed->left, deed->why))
DEED(settle_visit, entrance_settle(act, pack, deed->visit, deed->change, deed->why))
DEED(review_month, entrance_review(act, pack, deed->row, deed->month, deed->why))
DEED(close_row, ledger_retire(act, pack, deed->row, 0, T("建て替え")))

static struct error *
take(struct act *act, void *with)
{
	struct deed_in *deed = with;
	return entrance_take(act, &deed->h->f.flow, &deed->h->tablet, &deed->event, &deed->known);
}

static void
find_tablet(struct room_house *h)
{
	bool found;
	LOOK(&h->f.house, look);
	must(entrance_tablet_find(&look, h->token, &found, &h->tablet));
	assert_true(found);
}

static struct error *
add_operator(struct act *act, void *with)
{
	struct room_house *h = with;
	const struct post_id post =
		add_post_of(act, &h->f.house, h->f.house.section, "担当", "system-operator", NULL);
	h->operator = add_person(act, "000040", "機器", "守", "キキ マモル", post);
	return OK;
}

static int
open_rooms(void **state)
{
	struct room_house *h = flow_house_within(sizeof *h);
	struct deed_in deed = { .h = h, .name = T("入口") };
	must(act_now(&h->f.house, add_operator, h));
	h->room = add_area(h, "第一サーバ室", "server");
	h->vault = add_area(h, "媒体庫", "vault");
	deed.row = h->room;
	must(act_as(&h->f.house, h->f.house.manager, make_tablet, &deed));
	must(act_now(&h->f.house, tie_tablet, &deed));
	h->token = deed.token;
	find_tablet(h);
	LOOK(&h->f.house, look);
	must(entrance_room(&look, h->f.house.pack, h->room, &h->is));
	*state = h;
	return 0;
}

#define ROOM_TEST(name) cmocka_unit_test_setup_teardown(name, open_rooms, house_close)

/* ---- Events ---- */

static struct text
mark(struct room_house *h)
{
	unsigned char random[16];
	random_bytes(random, sizeof random);
	return text_hex(h->f.house.arena, (struct text){ (const char *)random, sizeof random });
}

static struct deed_in
entering(struct room_house *h, const char *key)
{
	return (struct deed_in){ .h = h,
				 .event = { .what = ENTRANCE_ENTERS,
					    .mark = mark(h),
					    .at = { now_ms(h) },
					    .sent = { now_ms(h) },
					    .key = text_of(key),
					    .name = T("だれか"),
					    .purpose = T("maintain"),
					    .id_shown = true } };
}

static struct error *
take_it(struct room_house *h, struct deed_in *deed)
{
	deed->known = false;
	return act_now(&h->f.house, take, deed);
}

static struct visited *
visits(struct room_house *h, size_t *count)
{
	struct visited *list;
	LOOK(&h->f.house, look);
	must(entrance_visits(&look, h->f.house.pack,
			     &(struct visits_query){ .from = DAY_NONE, .until = DAY_NONE }, 50, &list, count));
	return list;
}

static struct visited
newest(struct room_house *h)
{
	size_t count;
	struct visited *list = visits(h, &count);
	assert_true(count != 0);
	return list[0];
}

static struct entrant *
entrants(struct room_house *h, size_t *count)
{
	struct entrant *list;
	LOOK(&h->f.house, look);
	must(entrance_entrants(&look, &h->f.flow, &h->is, &list, count));
	return list;
}

static struct entrant
entrant_named(struct room_house *h, const char *name)
{
	size_t count;
	struct entrant *list = entrants(h, &count);
	for (size_t at = 0; at < count; at++)
		if (text_is(list[at].name, name))
			return list[at];
	fail_msg("not there: %s", name);
	return (struct entrant){ 0 };
}

static const char *
operator_key(struct room_house *h)
{
	return text_format(h->f.house.arena, "P%lld", (long long)h->operator.no).data;
}

static struct text
log_value(struct room_house *h, struct row_id row, const char *name)
{
	struct ledger_row read;
	LOOK(&h->f.house, look);
	must(ledger_read(&look, h->f.house.pack, row, &read));
	return ledger_value(h->f.house.arena, &read, name);
}

/* ---- Who may enter ---- */

static void
only_server_rooms_keep_a_log(void **state)
{
	struct room_house *h = *state;
	struct entrance_room *rooms, room;
	size_t count;
	LOOK(&h->f.house, look);
	must(entrance_rooms(&look, h->f.house.pack, &rooms, &count));
	assert_int_equal(count, 1);
	assert_true(text_is(rooms[0].name, "第一サーバ室"));
	struct error *error = entrance_room(&look, h->f.house.pack, h->vault, &room);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_MISSING);
}

static void
staff_enter_by_their_post_and_others_by_name(void **state)
{
	struct room_house *h = *state;
	(void)list(h, "外野 守", "よそ電機", "2026-04-01/2027-03-31");
	(void)list(h, "過去 了", "よそ電機", "2025-04-01/2026-03-31");
	assert_int_equal(entrant_named(h, "機器　守").kind, ENTRANT_STAFF);
	assert_true(entrant_named(h, "機器　守").may);
	assert_true(entrant_named(h, "外野 守").may);
	assert_true(entrant_named(h, "外野 守").is_outside);
	assert_false(entrant_named(h, "過去 了").may);
	days_pass(&h->f, 200);
	assert_false(entrant_named(h, "外野 守").may);
}

static struct error *
end_service(struct act *act, void *with)
{
	struct room_house *h = with;
	return people_person_end(act, h->operator, D(0));
}

static void
who_leaves_the_post_leaves_the_list(void **state)
{
	struct room_house *h = *state;
	size_t count;
	must(act_now(&h->f.house, end_service, h));
	days_pass(&h->f, 1);
	struct entrant *left = entrants(h, &count);
	for (size_t at = 0; at < count; at++)
		assert_int_not_equal(left[at].person.no, h->operator.no);
}

/* Their tablet goes on without a network: what it took is still theirs, and a trouble. */
static void
who_left_and_comes_all_the_same_is_known(void **state)
{
	struct room_house *h = *state;
	struct deed_in deed = entering(h, operator_key(h));
	must(take_it(h, &deed));
	assert_true(text_is(newest(h).key, operator_key(h)));
	must(act_now(&h->f.house, end_service, h));
	days_pass(&h->f, 1);
	deed = entering(h, operator_key(h));
	must(take_it(h, &deed));
	assert_true(newest(h).is_open);
	assert_int_equal(newest(h).kind, ENTRANT_STAFF);
	assert_int_equal(newest(h).person.no, h->operator.no);
}

static void
a_renewed_row_lets_in_whom_the_old_one_no_longer_does(void **state)
{
	struct room_house *h = *state;
	size_t count, outside = 0;
	(void)list(h, "外野 守", "よそ電機", "2025-04-01/2026-03-31");
	const struct row_id row = list(h, "外野 守", "よそ電機", "2026-04-01/2027-03-31");
	const struct text key = text_format(h->f.house.arena, "L%lld", (long long)row.no);
	const struct entrant *all = entrants(h, &count);
	for (size_t at = 0; at < count; at++)
		outside += all[at].kind == ENTRANT_LISTED;
	assert_int_equal(outside, 1);
	assert_true(entrant_named(h, "外野 守").may);
	assert_true(text_same(entrant_named(h, "外野 守").key, key));
	(void)list(h, "外野 守", "よそ電機", "2024-04-01/2025-03-31");
	assert_true(text_same(entrant_named(h, "外野 守").key, key));
}

static void
rows_that_are_over_crowd_nobody_out(void **state)
{
	struct room_house *h = *state;
	size_t count;
	for (int at = 0; at < ENTRANCE_MOST_ENTRANTS; at++)
		(void)list(h, text_format(h->f.house.arena, "過去 %d", at).data, "よそ電機", "2025-04-01/2026-03-31");
	(void)list(h, "外野 守", "よそ電機", "2026-04-01/2027-03-31");
	assert_true(entrant_named(h, "外野 守").may);
	(void)entrants(h, &count);
	assert_int_equal(count, ENTRANCE_MOST_ENTRANTS);
}

struct firm_deed {
	struct room_house *h;
	struct day until;
	struct engagement_id engagement;
	struct person_id worker;
};

static struct error *
add_firm(struct act *act, void *with)
{
	struct firm_deed *deed = with;
	struct firm_id firm;
	struct worker_id worker;
	must(people_firm_add(act, &(struct firm){ .code = T("F1"), .name = T("みほん情報株式会社"), .until = DAY_NONE }, &firm));
	must(people_engagement_add(act,
				   &(struct engagement){ .firm = firm, .unit = deed->h->f.house.section,
							 .work = T("保守"), .basis = T("契約1"), .agreed = D(-10),
							 .since = D(-9), .until = deed->until },
				   &deed->engagement));
	must(people_person_add(act,
			       &(struct person){ .number = T("C00001"), .family = T("委田"), .given = T("託也"),
						 .kana = T("イダ タクヤ"), .since = D(-9), .until = deed->until,
						 .employment = EMPLOYMENT_CONTRACTOR },
			       &deed->worker));
	return people_worker_add(act,
				 &(struct worker){ .person = deed->worker, .engagement = deed->engagement,
						   .pledged = D(-9), .since = D(-9), .until = deed->until },
				 &worker);
}

static void
contractors_only_while_an_engagement_covers_them(void **state)
{
	struct room_house *h = *state;
	struct firm_deed deed = { .h = h, .until = D(20) };
	must(act_now(&h->f.house, add_firm, &deed));
	(void)list(h, "委田 託也", "みほん情報株式会社", "2025-04-01/2026-03-31"); /* renewed */
	(void)list(h, "委田 託也", "みほん情報株式会社", "2026-04-01/2027-03-31");
	/* On the list, said to be of the firm, and the firm knows nobody of that name. */
	(void)list(h, "名乗 るだけ", "みほん情報 株式会社", "2026-04-01/2027-03-31");
	assert_true(entrant_named(h, "委田 託也").may);
	assert_int_equal(entrant_named(h, "委田 託也").person.no, deed.worker.no);
	assert_false(entrant_named(h, "名乗 るだけ").may);
	days_pass(&h->f, 21);
	assert_false(entrant_named(h, "委田 託也").may);
}

static struct dossier_id
ask_for_room(struct room_house *h, const char *name)
{
	const struct flow_answer answers[] = {
		ANSWER("doing", "room-list"),
		ANSWER("room", "第一サーバ室"),
		{ T("entrant"), { 0 }, text_of(name) },
		ANSWER("entrant-of", "よそ電機"),
		ANSWER("entrant-kind", "other"),
		ANSWER("purpose", "空調の点検"),
		ANSWER("period", "2026-11-21/2026-11-29"),
		ANSWER("entry-check", "log"),
	};
	const struct dossier_id id =
		draft_as(&h->f, h->f.house.staff,
			 (struct flow_words){ .asked = { answers, sizeof answers / sizeof *answers, NULL, 0 } });
	must(send_it(&h->f, h->f.house.staff, id));
	return id;
}

static struct dossier_id
permit_room(struct room_house *h, const char *name)
{
	const struct dossier_id id = ask_for_room(h, name);
	must(decide(&h->f, h->f.house.director, id, VERDICT_PERMIT, ""));
	return id;
}

/* A firm below the contractor that nobody asked for, and who works there. */
static void
work_without_consent(struct room_house *h)
{
	struct play play = { .f = &h->f };
	signed_contract(&play);
	ask_below(&play, play.first, "SECOND", true);
	play.naming = (struct contract_naming){ .link = play.link, .family = T("隠岐"), .task = T("入力"),
						.since = D(0), .until = D(20), .pledged = D(-3),
						.trained = D(-3), .trained_words = T("研修") };
	must(act_as(&h->f.house, h->f.house.manager, do_name, &play));
}

static void
who_is_of_a_link_without_consent_is_neither_listed_nor_let_in(void **state)
{
	static const struct flow_outcome outcomes[] = { { "permit.issue", flow_permit_issue },
							{ "ledger.retire", flow_ledger_retire },
							{ "ledger.put", entrance_ledger_put },
							{ NULL, NULL } };
	struct room_house *h = *state;
	work_without_consent(h);
	h->f.flow.outcomes = outcomes;
	/* Not by a permit: it cannot be granted, and what is refused leaves nothing. */
	const struct dossier_id id = ask_for_room(h, "隠岐");
	must_be(decide(&h->f, h->f.house.director, id, VERDICT_PERMIT, ""), ERROR_INVALID);
	assert_int_equal(dossier_now(&h->f, id).permits_count, 0);
	(void)permit_room(h, "空調 直太");
	assert_true(entrant_named(h, "空調 直太").may);
	/* Written by hand under another firm's name, the door is shut all the same. */
	(void)list(h, "隠岐", "よそ電機", "2026-04-01/2027-03-31");
	assert_false(entrant_named(h, "隠岐").may);
	assert_true(text_starts(entrant_named(h, "隠岐").why, text_of(contract_worker_state_words(WORKER_NO_CONSENT))));
	/* And as a visitor with somebody it is a trouble, as it is for no other visitor. */
	struct deed_in deed = entering(h, "");
	deed.event.of = T("どこか");
	deed.event.escort = text_of(operator_key(h));
	must(take_it(h, &deed));
	assert_true(newest(h).trouble.len == 0);
	hours_pass(&h->f, 1);
	deed = entering(h, "");
	deed.event.name = T("隠岐");
	deed.event.of = T("どこか");
	deed.event.escort = text_of(operator_key(h));
	must(take_it(h, &deed));
	assert_true(newest(h).trouble.len != 0);
}

static void
a_permit_taken_back_shuts_the_door(void **state)
{
	struct room_house *h = *state;
	const struct dossier_id id = permit_room(h, "空調 直太");
	assert_true(entrant_named(h, "空調 直太").may);
	const struct dossier dossier = dossier_now(&h->f, id);
	struct deed revoke = { .doing = REVOKE, .id = id, .change = dossier.change,
			       .permit = dossier.permits[0].id, .why = T("契約をやめた") };
	must(deed_as(&h->f, h->f.house.director, &revoke));
	assert_false(entrant_named(h, "空調 直太").may);
}

/* ---- Tablets ---- */

static void
only_the_keeper_makes_and_stops_tablets(void **state)
{
	struct room_house *h = *state;
	struct deed_in deed = { .h = h, .row = h->room, .name = T("二台目") };
	assert_int_equal(act_as(&h->f.house, h->f.house.staff, make_tablet, &deed)->kind, ERROR_REFUSED);
	assert_int_equal(act_as(&h->f.house, h->f.other_manager, make_tablet, &deed)->kind, ERROR_REFUSED);
	must(act_as(&h->f.house, h->f.house.manager, make_tablet, &deed));
	assert_int_equal(deed.code.len, ENTRANCE_CODE_LEN);
	deed.why = T("入れ替え");
	deed.change = 1;
	assert_int_equal(act_as(&h->f.house, h->f.other_manager, stop_tablet, &deed)->kind, ERROR_REFUSED);
	must(act_as(&h->f.house, h->f.house.manager, stop_tablet, &deed));
	/* A code of a stopped tablet ties nothing. */
	assert_int_equal(act_now(&h->f.house, tie_tablet, &deed)->kind, ERROR_INVALID);
}

static void
a_code_ties_once_and_not_for_long(void **state)
{
	struct room_house *h = *state;
	struct deed_in deed = { .h = h, .row = h->room, .name = T("三台目") };
	must(act_as(&h->f.house, h->f.house.manager, make_tablet, &deed));
	const struct text code = deed.code;
	deed.code = T("AAAA2222");
	assert_int_equal(act_now(&h->f.house, tie_tablet, &deed)->kind, ERROR_INVALID);
	deed.code = text_format(h->f.house.arena, "%.4s-%.4s", code.data, code.data + 4);
	must(act_now(&h->f.house, tie_tablet, &deed));
	assert_int_equal(act_now(&h->f.house, tie_tablet, &deed)->kind, ERROR_INVALID);
	deed.name = T("四台目");
	must(act_as(&h->f.house, h->f.house.manager, make_tablet, &deed));
	hours_pass(&h->f, 1);
	assert_int_equal(act_now(&h->f.house, tie_tablet, &deed)->kind, ERROR_INVALID);
}

static void
a_stopped_tablet_hands_in_nothing(void **state)
{
	struct room_house *h = *state;
	struct deed_in stop = { .h = h, .tablet = h->tablet.id, .change = h->tablet.change, .why = T("盗まれた") };
	struct deed_in deed = entering(h, operator_key(h));
	must(act_as(&h->f.house, h->f.house.manager, stop_tablet, &stop));
	find_tablet(h); /* it is known still, as stopped */
	const struct hash before = everything(&h->f.house);
	assert_int_equal(take_it(h, &deed)->kind, ERROR_REFUSED);
	const struct hash after = everything(&h->f.house);
	assert_true(hash_same(&before, &after));
}

static void
what_is_signed_by_another_token_is_not(void **state)
{
	struct room_house *h = *state;
	struct arena *arena = h->f.house.arena;
	const struct text body = T("{\"what\":\"enter\"}");
	const struct text key_hex = entrance_signing_key(arena, h->token);
	struct text key;
	assert_true(text_unhex(arena, key_hex, &key));
	const struct hash made = hash_keyed(key, body);
	const struct text sign = hash_hex(arena, &made);
	assert_true(entrance_is_signed(arena, h->token, body, sign));
	assert_false(entrance_is_signed(arena, h->token, T("{\"what\":\"leave\"}"), sign));
	assert_false(entrance_is_signed(arena, T("other"), body, sign));
}

/* ---- What is taken ---- */

static void
a_visit_stands_in_the_ledger_too(void **state)
{
	struct room_house *h = *state;
	struct deed_in deed = entering(h, operator_key(h));
	must(take_it(h, &deed));
	struct visited visit = newest(h);
	assert_int_equal(visit.state, VISIT_INSIDE);
	assert_int_equal(visit.trouble.len, 0);
	assert_false(visit.is_late);
	assert_true(text_is(log_value(h, visit.ledger_row, "name"), "機器　守"));
	assert_true(text_is(log_value(h, visit.ledger_row, "entered"), "2026-11-21T09:00"));
	assert_int_equal(log_value(h, visit.ledger_row, "left").len, 0);
	hours_pass(&h->f, 2);
	struct deed_in leaving = { .h = h, .event = { .what = ENTRANCE_LEAVES, .mark = mark(h),
						      .at = { now_ms(h) }, .sent = { now_ms(h) },
						      .visit = deed.event.mark } };
	must(take_it(h, &leaving));
	visit = newest(h);
	assert_int_equal(visit.state, VISIT_LEFT);
	assert_true(text_is(log_value(h, visit.ledger_row, "left"), "2026-11-21T11:00"));
	assert_int_equal(log_value(h, visit.ledger_row, "remarks").len, 0);
}

static void
handed_in_twice_is_once(void **state)
{
	struct room_house *h = *state;
	struct deed_in deed = entering(h, operator_key(h));
	size_t count;
	must(take_it(h, &deed));
	assert_false(deed.known);
	const struct hash before = everything(&h->f.house);
	must(take_it(h, &deed));
	assert_true(deed.known);
	const struct hash after = everything(&h->f.house);
	assert_true(hash_same(&before, &after));
	(void)visits(h, &count);
	assert_int_equal(count, 1);
}

static void
an_hour_without_network_keeps_both_times(void **state)
{
	struct room_house *h = *state;
	struct deed_in deed = entering(h, operator_key(h));
	/* The tablet's clock is a day behind; what counts is how long ago it was by that clock. */
	deed.event.at.ms = now_ms(h) - 86400000;
	deed.event.sent.ms = deed.event.at.ms + 3600000;
	hours_pass(&h->f, 1);
	must(take_it(h, &deed));
	const struct visited visit = newest(h);
	assert_true(visit.is_late);
	assert_true(visit.entered.ms == now_ms(h) - 3600000);
	assert_true(visit.received.ms == now_ms(h));
	assert_true(visit.taken.ms == deed.event.at.ms);
	assert_true(log_value(h, visit.ledger_row, "remarks").len != 0);
	assert_true(text_is(log_value(h, visit.ledger_row, "entered"), "2026-11-21T09:00"));
}

static void
what_is_too_old_or_from_the_future_stays_with_the_tablet(void **state)
{
	struct room_house *h = *state;
	struct deed_in deed = entering(h, operator_key(h));
	deed.event.at.ms -= 31LL * 86400000;
	assert_int_equal(take_it(h, &deed)->kind, ERROR_INVALID);
	deed.event.at.ms = deed.event.sent.ms + 60000;
	assert_int_equal(take_it(h, &deed)->kind, ERROR_INVALID);
	/* A clock that cannot be. */
	deed.event.sent.ms = INT64_MIN;
	assert_int_equal(take_it(h, &deed)->kind, ERROR_INVALID);
	deed.event.sent.ms = INT64_MAX;
	assert_int_equal(take_it(h, &deed)->kind, ERROR_INVALID);
}

static void
a_visitor_needs_somebody_of_the_body(void **state)
{
	struct room_house *h = *state;
	(void)list(h, "外野 守", "よそ電機", "2026-04-01/2027-03-31");
	struct deed_in deed = entering(h, "");
	deed.event.name = T("見学 太郎");
	assert_int_equal(take_it(h, &deed)->kind, ERROR_INVALID); /* of whom? */
	deed.event.of = T("となり市");
	deed.event.escort = text_of(operator_key(h));
	must(take_it(h, &deed));
	assert_int_equal(newest(h).trouble.len, 0);
	assert_true(text_is(newest(h).escort, "機器　守"));
	deed = entering(h, "");
	deed.event.name = T("見学 次郎");
	deed.event.of = T("となり市");
	must(take_it(h, &deed));
	assert_true(newest(h).is_open);
	/* Who is of another firm attends nobody. */
	deed = entering(h, "");
	deed.event.name = T("見学 三郎");
	deed.event.of = T("となり市");
	deed.event.escort = entrant_named(h, "外野 守").key;
	must(take_it(h, &deed));
	assert_true(newest(h).is_open);
	assert_int_equal(notices_of(&h->f, h->f.house.manager), 2);
}

static void
refused_at_the_door_is_kept_and_is_no_entry(void **state)
{
	struct room_house *h = *state;
	const struct row_id row = list(h, "過去 了", "よそ電機", "2025-04-01/2026-03-31");
	struct deed_in deed = entering(h, text_format(h->f.house.arena, "L%lld", (long long)row.no).data);
	struct entrance_stand stand;
	deed.event.what = ENTRANCE_REFUSES;
	must(take_it(h, &deed));
	assert_int_equal(newest(h).state, VISIT_REFUSED);
	assert_int_equal(newest(h).ledger_row.no, 0);
	assert_false(newest(h).is_open);
	LOOK(&h->f.house, look);
	must(entrance_stand(&look, h->f.house.pack, D(-10), &stand));
	assert_int_equal(stand.entries, 0);
	assert_int_equal(stand.refused, 1);
}

static struct text
permit_device(struct room_house *h, const char *serial)
{
	const struct flow_answer answers[] = {
		ANSWER("doing", "room-device"),
		ANSWER("room", "第一サーバ室"),
		ANSWER("device-kind", "computer"),
		ANSWER("device", "保守用パソコン"),
		{ T("device-serial"), { 0 }, text_of(serial) },
		ANSWER("purpose", "保守"),
		ANSWER("room-impact", "none"),
		ANSWER("room-impact-note", "つながない"),
		ANSWER("period", "2026-11-21/2026-11-29"),
	};
	const struct dossier_id id =
		draft_as(&h->f, h->f.house.staff,
			 (struct flow_words){ .asked = { answers, sizeof answers / sizeof *answers, NULL, 0 } });
	must(send_it(&h->f, h->f.house.staff, id));
	must(decide(&h->f, h->f.house.director, id, VERDICT_PERMIT, ""));
	return dossier_now(&h->f, id).permits[0].number;
}

static void
what_is_brought_in_is_held_against_permits(void **state)
{
	struct room_house *h = *state;
	struct carried *carried;
	size_t count;
	const struct text number = permit_device(h, "PC-77");
	{
		LOOK(&h->f.house, look);
		must(entrance_carried(&look, &h->f.flow, &h->is, &carried, &count));
	}
	assert_int_equal(count, 1);
	assert_true(text_same(carried[0].number, number));
	struct deed_in deed = entering(h, operator_key(h));
	deed.event.devices[0] = T("ｐｃ７７");
	deed.event.devices_count = 1;
	deed.event.outside[0] = T("私物の電話");
	deed.event.outside_count = 1;
	must(take_it(h, &deed));
	struct visited visit = newest(h);
	assert_int_equal(visit.trouble.len, 0);
	assert_int_equal(visit.devices_count, 2);
	assert_int_not_equal(visit.devices[0].permit.no, 0);
	assert_true(visit.devices[1].is_outside);
	deed = entering(h, operator_key(h));
	deed.event.devices[0] = T("USB-XX");
	deed.event.devices_count = 1;
	must(take_it(h, &deed));
	visit = newest(h);
	assert_true(visit.is_open);
	assert_true(visit.devices[0].is_unpermitted);
}

static void
an_old_permit_counts_behind_many_new_ones(void **state)
{
	struct room_house *h = *state;
	(void)permit_device(h, "PC-77");
	for (int at = 0; at < ENTRANCE_MOST_PERMITS; at++)
		(void)permit_device(h, text_format(h->f.house.arena, "NB-%d", at).data);
	hours_pass(&h->f, 1);
	struct deed_in deed = entering(h, operator_key(h));
	deed.event.devices[0] = T("PC-77");
	deed.event.devices_count = 1;
	deed.event.sent.ms += 300; /* as from a tablet: a moment ago */
	must(take_it(h, &deed));
	assert_int_equal(newest(h).trouble.len, 0);
}

static void
leaving_what_was_never_entered_is_a_conflict(void **state)
{
	struct room_house *h = *state;
	struct deed_in leaving = { .h = h, .event = { .what = ENTRANCE_LEAVES, .mark = mark(h),
						      .at = { now_ms(h) }, .sent = { now_ms(h) },
						      .visit = mark(h) } };
	assert_int_equal(take_it(h, &leaving)->kind, ERROR_CONFLICT);
}

static void
nothing_half_is_left_by_a_fault(void **state)
{
	struct room_house *h = *state;
	struct deed_in deed = entering(h, "");
	deed.event.name = T("見学 四郎");
	deed.event.of = T("となり市");
	deed.event.devices[0] = T("USB-YY");
	deed.event.devices_count = 1;
	{
		/* The directory of names is read over a snapshot of its own, whose end may fail harmlessly. */
		LOOK(&h->f.house, look);
		struct person_id found;
		size_t count;
		must(people_called(&look, deed.event.name, &found, &count));
	}
	fault_walk(&h->f.house, NOBODY, take, &deed);
	assert_false(deed.known);
}

/* ---- On the wire ---- */

static void
garbled_events_are_told(void **state)
{
	struct room_house *h = *state;
	struct arena *arena = h->f.house.arena;
	struct entrance_event event;
	static const char *const bad[] = {
		"", "{}", "[]", "{\"what\":\"dance\"}",
		"{\"what\":\"enter\",\"mark\":\"0123456789abcdef0123456789abcdeg\",\"at\":1795226400000}",
		"{\"what\":\"enter\",\"mark\":\"0123456789abcdef0123456789abcdef\",\"at\":\"9\"}",
		"{\"what\":\"enter\",\"mark\":\"0123456789abcdef0123456789abcdef\",\"at\":5}",
		"{\"what\":\"enter\",\"mark\":\"0123456789abcdef0123456789abcdef\",\"at\":1795226400000,\"name\":7}",
		"{\"what\":\"enter\",\"mark\":\"0123456789abcdef0123456789abcdef\",\"at\":1795226400000,\"devices\":[\"\"]}",
		"{\"what\":\"enter\",\"mark\":\"0123456789abcdef0123456789abcdef\",\"at\":1795226400000,\"devices\":[\"A\\nB\"]}",
		"{\"what\":\"leave\",\"mark\":\"0123456789abcdef0123456789abcdef\",\"at\":1795226400000}",
	};
	for (size_t at = 0; at < sizeof bad / sizeof *bad; at++)
		assert_int_equal(entrance_event_read(arena, text_of(bad[at]), &event)->kind, ERROR_INVALID);
	must(entrance_event_read(arena,
				 T("{\"what\":\"enter\",\"mark\":\"0123456789abcdef0123456789abcdef\","
				   "\"at\":1795226400000,\"name\":\" 見学 \",\"shown\":true,\"devices\":[\"A-1\"]}"),
				 &event));
	assert_true(text_is(event.name, "見学"));
	assert_true(event.id_shown && !event.moved);
	assert_int_equal(event.devices_count, 1);
}

/* U+FF01 to U+FF5E are the signs of ASCII, three bytes each. */
static struct text
in_full_width(struct arena *arena, struct text narrow)
{
	char *wide = arena_bytes(arena, narrow.len * 3);
	for (size_t at = 0; at < narrow.len; at++) {
		const unsigned sign = (unsigned char)narrow.data[at] + 0xFEE0;
		wide[at * 3] = (char)0xEF;
		wide[at * 3 + 1] = (char)(0x80 | (sign >> 6 & 0x3F));
		wide[at * 3 + 2] = (char)(0x80 | (sign & 0x3F));
	}
	return (struct text){ wide, narrow.len * 3 };
}

static void
a_misread_badge_is_told(void **state)
{
	struct room_house *h = *state;
	struct arena *arena = h->f.house.arena;
	struct text key;
	const struct text badge = entrance_badge(arena, T("L1234"));
	assert_true(entrance_badge_read(arena, badge, &key));
	assert_true(text_is(key, "L1234"));
	/* As a scanner in the wrong keyboard width types it. */
	assert_true(entrance_badge_read(arena, text_format(arena, "ｂ%.*s\n", (int)badge.len - 1, badge.data + 1), &key));
	for (size_t at = 2; at < badge.len; at++) {
		char wrong[40];
		memcpy(wrong, badge.data, badge.len);
		if (wrong[at] == '-')
			continue;
		wrong[at] = wrong[at] == '7' ? '8' : '7';
		assert_false(entrance_badge_read(arena, (struct text){ wrong, badge.len }, &key));
	}
	for (size_t at = 2; at + 1 < badge.len; at++) {
		char wrong[40];
		memcpy(wrong, badge.data, badge.len);
		if (wrong[at] == wrong[at + 1] || wrong[at] == '-' || wrong[at + 1] == '-')
			continue;
		wrong[at] = badge.data[at + 1];
		wrong[at + 1] = badge.data[at];
		assert_false(entrance_badge_read(arena, (struct text){ wrong, badge.len }, &key));
	}
	/* What a wedge ends with, and all of it in full width. */
	assert_true(entrance_badge_read(arena, text_format(arena, "\t%.*s\t\r\n", T_ARG(badge)), &key));
	assert_true(entrance_badge_read(arena, in_full_width(arena, badge), &key));
	assert_true(text_is(key, "L1234"));
	assert_false(entrance_badge_read(arena, T(""), &key));
	assert_false(entrance_badge_read(arena, T("\r\n"), &key));
	assert_false(entrance_badge_read(arena, T("0000000777"), &key)); /* the label of a thing */
	assert_false(entrance_badge_read(arena, T("B-L1243-0"), &key));
	assert_false(entrance_badge_read(arena, T("9784000000000"), &key));
}

/* Of another body, or of somebody no longer there: readable, but nobody here. */
static void
a_badge_that_is_nobodys_here_is_asked_after(void **state)
{
	struct room_house *h = *state;
	struct deed_in deed = entering(h, "P99999");
	must(take_it(h, &deed));
	const struct visited visit = newest(h);
	assert_true(visit.is_open);
	assert_true(text_is(visit.name, "だれか"));
	assert_int_equal(visit.person.no, 0);
	assert_int_equal(notices_of(&h->f, h->f.house.manager), 1);
}

/* ---- What the keeper does ---- */

static void
the_keeper_writes_an_end_and_an_explanation(void **state)
{
	struct room_house *h = *state;
	struct deed_in enter = entering(h, "");
	enter.event.name = T("見学 五郎");
	enter.event.of = T("となり市");
	must(take_it(h, &enter));
	hours_pass(&h->f, 3);
	struct visited visit = newest(h);
	struct deed_in deed = { .h = h, .visit = visit.id, .change = visit.change,
				.left = { visit.entered.ms + 3600000 }, .why = T("守衛に聞いた") };
	assert_int_equal(act_as(&h->f.house, h->f.other_manager, close_visit, &deed)->kind, ERROR_REFUSED);
	deed.left.ms = visit.entered.ms - 3600000;
	assert_true(has_fault(act_as(&h->f.house, h->f.house.manager, close_visit, &deed), "left"));
	deed.left.ms = visit.entered.ms + 3600000;
	must(act_as(&h->f.house, h->f.house.manager, close_visit, &deed));
	assert_int_equal(newest(h).state, VISIT_LEFT);
	assert_true(newest(h).is_closed);
	assert_true(newest(h).is_open);
	deed.change = newest(h).change;
	deed.why = T(" ");
	assert_true(has_fault(act_as(&h->f.house, h->f.house.manager, settle_visit, &deed), "settled"));
	deed.why = T("課長が同席していたが、打ち忘れた。");
	must(act_as(&h->f.house, h->f.house.manager, settle_visit, &deed));
	assert_false(newest(h).is_open);
}

static void
a_month_is_reviewed_once_over_and_clean(void **state)
{
	struct room_house *h = *state;
	struct deed_in enter = entering(h, "");
	enter.event.name = T("見学 六郎");
	enter.event.of = T("となり市");
	must(take_it(h, &enter));
	struct deed_in deed = { .h = h, .row = h->room, .month = D(0), .why = T("問題なし") };
	assert_int_equal(act_as(&h->f.house, h->f.house.manager, review_month, &deed)->kind, ERROR_INVALID);
	days_pass(&h->f, 15);
	assert_int_equal(act_as(&h->f.house, h->f.house.manager, review_month, &deed)->kind, ERROR_CONFLICT);
	struct visited visit = newest(h);
	struct deed_in put = { .h = h, .visit = visit.id, .change = visit.change,
			       .left = { visit.entered.ms + 60000 }, .why = T("確かめた") };
	must(act_as(&h->f.house, h->f.house.manager, close_visit, &put));
	put.change = newest(h).change;
	must(act_as(&h->f.house, h->f.house.manager, settle_visit, &put));
	assert_int_equal(act_as(&h->f.house, h->f.other_manager, review_month, &deed)->kind, ERROR_REFUSED);
	must(act_as(&h->f.house, h->f.house.manager, review_month, &deed));
	assert_int_equal(act_as(&h->f.house, h->f.house.manager, review_month, &deed)->kind, ERROR_CONFLICT);
	struct entrance_month *months;
	size_t count;
	LOOK(&h->f.house, look);
	must(entrance_months(&look, h->f.house.pack, &h->is, &months, &count));
	assert_int_equal(count, 2);
	assert_true(months[1].reviewed.ms != 0);
	assert_int_equal(months[1].entries, 1);
	assert_int_equal(months[1].late, 0); /* the keeper wrote its end, no tablet was late */
	assert_true(months[0].reviewed.ms == 0);
}

static void
a_month_long_ago_still_says_what_was(void **state)
{
	struct room_house *h = *state;
	struct deed_in enter = entering(h, operator_key(h));
	struct entrance_month month;
	must(take_it(h, &enter));
	days_pass(&h->f, 900);
	LOOK(&h->f.house, look);
	must(entrance_month(&look, h->f.house.pack, &h->is, D(3), &month));
	assert_int_equal(month.entries, 1);
	assert_int_equal(month.inside, 1);
}

static void
visits_of_a_room_that_is_no_more_are_still_ended_and_explained(void **state)
{
	struct room_house *h = *state;
	struct deed_in enter = entering(h, "");
	enter.event.name = T("見学 八郎");
	enter.event.of = T("となり市");
	must(take_it(h, &enter));
	hours_pass(&h->f, 3);
	struct deed_in deed = { .h = h, .row = h->room, .visit = newest(h).id, .change = newest(h).change,
				.left = { now_ms(h) - 3600000 }, .why = T("部屋を空けたときに見た") };
	must(act_as(&h->f.house, h->f.house.manager, close_row, &deed));
	assert_int_equal(act_as(&h->f.house, h->f.other_manager, close_visit, &deed)->kind, ERROR_REFUSED);
	must(act_as(&h->f.house, h->f.house.manager, close_visit, &deed));
	deed.change = newest(h).change;
	must(act_as(&h->f.house, h->f.house.manager, settle_visit, &deed));
	assert_false(newest(h).is_open);
}

/* ---- What time causes ---- */

static int64_t
tick(struct room_house *h)
{
	struct entrance_done done;
	must(entrance_clock(h->f.house.store, h->f.house.arena, &h->f.flow, &done));
	return done.asked;
}

static void
who_is_inside_at_night_is_asked_after_once(void **state)
{
	struct room_house *h = *state;
	struct deed_in enter = entering(h, operator_key(h));
	must(take_it(h, &enter));
	hours_pass(&h->f, 11); /* 20:00 */
	assert_int_equal(tick(h), 0);
	hours_pass(&h->f, 2);
	assert_int_equal(tick(h), 1);
	assert_int_equal(tick(h), 0);
	assert_int_equal(notices_of(&h->f, h->f.house.manager), 1);
	/* After a night without a clock it is made up for. */
	enter = entering(h, operator_key(h));
	must(take_it(h, &enter));
	days_pass(&h->f, 3);
	assert_int_equal(tick(h), 1);
}

/* ---- Evidence ---- */

static struct assured_rule
rule_of(struct room_house *h, enum evidence_entrance about)
{
	struct assurance assurance;
	LOOK(&h->f.house, look);
	must(assure(&look, &h->f.flow, NULL, &assurance));
	for (size_t at = 0; at < assurance.count; at++)
		for (size_t i = 0; i < assurance.clauses[at].rules_count; i++) {
			const struct assured_rule *rule = &assurance.clauses[at].rules[i];
			if (rule->rule->kind == EVIDENCE_ENTRANCE && rule->rule->entrance == about)
				return *rule;
		}
	fail_msg("no rule");
	return (struct assured_rule){ 0 };
}

static void
evidence_says_what_is_there(void **state)
{
	struct room_house *h = *state;
	assert_int_equal(rule_of(h, ENTRANCE_PERMITTED).state, STATE_MISSING);
	struct deed_in enter = entering(h, operator_key(h));
	must(take_it(h, &enter));
	assert_int_not_equal(rule_of(h, ENTRANCE_PERMITTED).state, STATE_MISSING);
	assert_int_equal(rule_of(h, ENTRANCE_KEPT).state, STATE_FULFILLED);
	enter = entering(h, "");
	enter.event.name = T("見学 七郎");
	enter.event.of = T("となり市");
	must(take_it(h, &enter));
	assert_int_equal(rule_of(h, ENTRANCE_PERMITTED).state, STATE_LATE);
	days_pass(&h->f, 2);
	assert_int_equal(rule_of(h, ENTRANCE_KEPT).state, STATE_LATE);
	assert_int_equal(rule_of(h, ENTRANCE_REVIEWED).state, STATE_MISSING);
}

static void
rows_by_hand_are_told_apart(void **state)
{
	struct room_house *h = *state;
	const struct ledger_value values[] = {
		{ T("name"), T("手書 一郎") },	   { T("owner"), unit_no(h) },
		{ T("room"), T("第一 ｻｰﾊﾞ室") },  { T("entered"), T("2026-11-20T10:00") },
		{ T("of"), T("よそ電機") },	   { T("purpose"), T("点検") },
		{ T("id-shown"), T("yes") },
	};
	struct deed_in enter = entering(h, operator_key(h));
	must(take_it(h, &enter));
	const struct row_id by_hand = add_to(h, "entry-log", values, 7);
	struct entrance_stand stand;
	LOOK(&h->f.house, look);
	must(entrance_stand(&look, h->f.house.pack, D(-10), &stand));
	assert_int_equal(stand.by_hand, 1);
	assert_int_equal(stand.entries, 1);
	struct entrance_month *months, month;
	size_t count;
	must(entrance_months(&look, h->f.house.pack, &h->is, &months, &count));
	must(entrance_month(&look, h->f.house.pack, &h->is, D(0), &month));
	assert_int_equal(months[0].by_hand, 1);
	assert_int_equal(month.by_hand, 1);
	/* On the paper of its month and room stands both, on no other's. */
	struct entrance_room other = h->is;
	other.name = T("第二サーバ室");
	for (int at = 0; at < 2; at++) {
		const struct row_id row = at == 0 ? by_hand : newest(h).ledger_row;
		struct ledger_row read;
		must(ledger_read(&look, h->f.house.pack, row, &read));
		assert_true(entrance_row_is_of(look.arena, h->f.house.pack, &h->is, D(-20), &read));
		assert_false(entrance_row_is_of(look.arena, h->f.house.pack, &h->is, D(20), &read));
		assert_false(entrance_row_is_of(look.arena, h->f.house.pack, &other, D(-20), &read));
	}
	assert_int_equal(rule_of(h, ENTRANCE_KEPT).state, STATE_CLAIMED);
	(void)add_area(h, "第二サーバ室", "server"); /* of the same unit, whose rows count once */
	LOOK(&h->f.house, later);
	must(entrance_stand(&later, h->f.house.pack, D(-10), &stand));
	assert_int_equal(stand.rooms, 2);
	assert_int_equal(stand.by_hand, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ROOM_TEST(only_server_rooms_keep_a_log),
		ROOM_TEST(staff_enter_by_their_post_and_others_by_name),
		ROOM_TEST(who_leaves_the_post_leaves_the_list),
		ROOM_TEST(who_left_and_comes_all_the_same_is_known),
		ROOM_TEST(a_renewed_row_lets_in_whom_the_old_one_no_longer_does),
		ROOM_TEST(rows_that_are_over_crowd_nobody_out),
		ROOM_TEST(contractors_only_while_an_engagement_covers_them),
		ROOM_TEST(who_is_of_a_link_without_consent_is_neither_listed_nor_let_in),
		ROOM_TEST(a_permit_taken_back_shuts_the_door),
		ROOM_TEST(only_the_keeper_makes_and_stops_tablets),
		ROOM_TEST(a_code_ties_once_and_not_for_long),
		ROOM_TEST(a_stopped_tablet_hands_in_nothing),
		ROOM_TEST(what_is_signed_by_another_token_is_not),
		ROOM_TEST(a_visit_stands_in_the_ledger_too),
		ROOM_TEST(handed_in_twice_is_once),
		ROOM_TEST(an_hour_without_network_keeps_both_times),
		ROOM_TEST(what_is_too_old_or_from_the_future_stays_with_the_tablet),
		ROOM_TEST(a_visitor_needs_somebody_of_the_body),
		ROOM_TEST(refused_at_the_door_is_kept_and_is_no_entry),
		ROOM_TEST(what_is_brought_in_is_held_against_permits),
		ROOM_TEST(an_old_permit_counts_behind_many_new_ones),
		ROOM_TEST(leaving_what_was_never_entered_is_a_conflict),
		ROOM_TEST(nothing_half_is_left_by_a_fault),
		ROOM_TEST(garbled_events_are_told),
		ROOM_TEST(a_misread_badge_is_told),
		ROOM_TEST(a_badge_that_is_nobodys_here_is_asked_after),
		ROOM_TEST(the_keeper_writes_an_end_and_an_explanation),
		ROOM_TEST(a_month_is_reviewed_once_over_and_clean),
		ROOM_TEST(a_month_long_ago_still_says_what_was),
		ROOM_TEST(visits_of_a_room_that_is_no_more_are_still_ended_and_explained),
		ROOM_TEST(who_is_inside_at_night_is_asked_after_once),
		ROOM_TEST(evidence_says_what_is_there),
		ROOM_TEST(rows_by_hand_are_told_apart),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
