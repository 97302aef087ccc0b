/* Transfer lists: from a table of next year's posts to the morning of April 1st, and back. */
#include "flow_house.h"

#include "people/erase.h"
#include "people/organisation.h"
#include "transfer/transfer.h"

#include "base/table.h"

#define APRIL ((struct day){ DAY0 + 131 }) /* 2027-04-01 */

struct transfer_house {
	struct flow_house h; /* first: the helpers of flow and people take it */
	struct person_id other; /* has people.edit as well: who decides */
};

static struct error *
grant_work(struct act *act, void *with)
{
	struct transfer_house *t = with;
	struct grant_id grant;
	t->other = t->h.house.director;
	TRY(people_grant_give(act, &(struct grant){ .person = t->h.house.staff,
						    .kind = GRANT_PEOPLE, .since = DAY_NONE,
						    .until = DAY_NONE },
			      &grant));
	return people_grant_give(act, &(struct grant){ .person = t->other, .kind = GRANT_PEOPLE,
						       .since = DAY_NONE, .until = DAY_NONE },
				 &grant);
}

static int
transfer_house_open(void **state)
{
	struct transfer_house *t = flow_house_within(sizeof *t);
	must(act_now(&t->h.house, grant_work, t));
	*state = t;
	return 0;
}

#define TRANSFER_TEST(name) cmocka_unit_test_setup_teardown(name, transfer_house_open, house_close)

/* ---- Acts, as works ---- */

enum doing_with { STAGE, ASK_FOR, SEND_BACK, DECIDE_IT, TAKE_BACK, PLEDGE, PLEDGE_PAPER, RETURNED, CORRECT,
		  TICK };

struct list_deed {
	struct transfer_house *t;
	enum doing_with doing;
	struct transferring of;
	struct hash digest;
	struct transfer_staging staging;
	struct transfer_line line;
	struct transfer_tick tick;
	struct person_id person;
	int64_t item;
};

static struct error *
deed_do(struct act *act, void *with)
{
	struct list_deed *d = with;
	switch (d->doing) {
	case STAGE:
		return transfer_stage(act, &d->staging, &d->of.id);
	case ASK_FOR:
		return transfer_ask(act, &d->of, &d->digest);
	case SEND_BACK:
		return transfer_send_back(act, &d->of, T("もう一度見てください"));
	case DECIDE_IT:
		return transfer_decide(act, &d->of, &d->digest);
	case TAKE_BACK:
		return transfer_withdraw(act, &d->of, T("見直すため"));
	case PLEDGE:
	case PLEDGE_PAPER:
		return transfer_pledge(act, d->of.id, d->person, d->doing == PLEDGE_PAPER);
	case RETURNED:
		return transfer_returned(act, d->of.id, d->item);
	case CORRECT:
		return transfer_correct(act, &d->of, &d->line);
	case TICK:
		return transfer_tick(act, &d->of, &d->tick, 1);
	}
	return OK;
}

static struct transfer
list_now(struct transfer_house *t, struct transfer_id id)
{
	struct transfer transfer;
	LOOK(&t->h.house, look);
	must(transfer_read(&look, id, &transfer));
	return transfer;
}

static struct transfer_preview
preview_now(struct transfer_house *t, struct transfer_id id)
{
	struct transfer_preview preview;
	LOOK(&t->h.house, look);
	must(transfer_preview(&look, &t->h.flow, id, &preview));
	return preview;
}

static struct list_deed
deed_of(struct transfer_house *t, enum doing_with doing, struct transfer_id id)
{
	return (struct list_deed){ .t = t, .doing = doing,
				       .of = { &t->h.flow, id, list_now(t, id).change },
				       .digest = preview_now(t, id).digest };
}

static struct error *
do_as(struct transfer_house *t, struct person_id who, struct list_deed deed)
{
	return act_as(&t->h.house, who, deed_do, &deed);
}

static const char heading[] = "職員番号,氏名,異動前所属,異動前職,異動後所属,異動後職,区分,発令日,上位所属\n";

static struct transfer_id
stage(struct transfer_house *t, struct person_id who, const char *rows)
{
	struct arena *arena = t->h.house.arena;
	struct table table;
	struct transfer_table read;
	must(table_read(arena, text_format(arena, "%s%s", heading, rows), 100, &table));
	must(transfer_table_read(arena, &table, &read));
	struct list_deed deed = { .t = t, .doing = STAGE,
				      .staging = { T("令和9年4月1日付け人事異動"), APRIL, read.lines,
						   read.count } };
	must(act_as(&t->h.house, who, deed_do, &deed));
	return deed.of.id;
}

static struct transfer_id
decided(struct transfer_house *t, const char *rows)
{
	const struct transfer_id id = stage(t, t->h.house.staff, rows);
	const struct transfer_preview preview = preview_now(t, id);
	for (size_t at = 0; at < preview.faults_count; at++)
		if (!preview.faults[at].is_hint)
			print_message("# %.*s\n", T_ARG(preview.faults[at].wrong));
	must(do_as(t, t->h.house.staff, deed_of(t, ASK_FOR, id)));
	must(do_as(t, t->other, deed_of(t, DECIDE_IT, id)));
	return id;
}

static void
must_fail_as(struct transfer_house *t, struct person_id who, struct list_deed deed,
	     enum error_kind kind)
{
	act_fails(&t->h.house, who, deed_do, &deed, kind);
}

static bool
has_role(struct transfer_house *t, struct person_id person, struct day day, const char *role)
{
	struct held_role *list;
	size_t count;
	LOOK(&t->h.house, look);
	must(people_roles_of(&look, t->h.house.pack, person, day, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (text_is(list[at].role->code, role))
			return true;
	return false;
}

static bool
says(const struct transfer_preview *preview, const char *words, bool is_hint)
{
	for (size_t at = 0; at < preview->faults_count; at++)
		if (text_has(preview->faults[at].wrong, text_of(words)) &&
		    preview->faults[at].is_hint == is_hint)
			return true;
	return false;
}

static const char moves[] = "000011,髙橋　課子,人事課,課長,,,退職,2027-03-31,\n"
			    "000012,山田太郎,人事課,主事,人事課,課長,昇任,,\n"
			    "000901,新井　新子,,,人事課,主事,採用,,\n"
			    "000013,𠮟野　次郎,人事課,主事,契約課,主査,異動,,\n";

/* ---- The preview ---- */

static void
a_preview_says_who_gains_and_who_loses(void **state)
{
	struct transfer_house *t = *state;
	const struct transfer_id id = stage(t, t->h.house.staff, moves);
	const struct transfer_preview preview = preview_now(t, id);
	bool gains = false, loses = false;
	assert_int_equal(preview.faults_count, preview.hints);
	assert_int_equal(preview.deeds_count, 4);
	assert_true(says(&preview, "まだない職", true));
	for (size_t at = 0; at < preview.roles_count; at++) {
		const struct transfer_role *role = &preview.roles[at];
		gains |= role->is_gained && role->person.no == t->h.house.staff.no &&
			 text_is(role->role->code, "manager");
		loses |= !role->is_gained && role->person.no == t->h.house.manager.no &&
			 text_is(role->role->code, "manager");
	}
	assert_true(gains && loses);
	assert_int_equal(preview.new_gaps, 0);
	/* Who leaves is nowhere, who moves elsewhere; who is promoted where they are has not moved. */
	assert_int_equal(preview.moved_count, 2);
	assert_int_equal(preview.moved[0].person.no, t->h.house.manager.no);
	assert_int_equal(preview.moved[0].units_count, 0);
	assert_true(preview.moved[1].units_count >= 2);
	assert_int_equal(preview.moved[1].units[0].no, t->h.house.other.no);
	assert_false(has_role(t, t->h.house.staff, APRIL, "manager"));
}

static void
a_role_that_nobody_would_hold_is_said(void **state)
{
	struct transfer_house *t = *state;
	const struct transfer_id id =
		stage(t, t->h.house.staff, "000011,,人事課,課長,契約課,主査,異動,,\n");
	const struct transfer_preview preview = preview_now(t, id);
	bool found = false;
	for (size_t at = 0; at < preview.gaps_count; at++)
		found |= preview.gaps[at].is_new && text_is(preview.gaps[at].role->code, "manager") &&
			 preview.gaps[at].unit.no == t->h.house.section.no;
	assert_true(found);
}

static void
faults_are_said_by_line_with_what_would_be_right(void **state)
{
	struct transfer_house *t = *state;
	const struct transfer_id id = stage(t, t->h.house.staff,
					    "12,山田太郎,,,契約課,主査,異動,,\n"
					    "000011,山田太郎,,,契約課,主査,異動,,\n"
					    "000013,,契約課,主事,契約課,主査,異動,,\n"
					    "000012,,,,水道課,主査,異動,,\n"
					    "000012,,,,,,出世,,\n"
					    "000011,,,,,,兼務解除,,\n"
					    "000001,新井　新子,,,人事課,主事,採用,,\n");
	const struct transfer_preview preview = preview_now(t, id);
	assert_true(says(&preview, "頭の0が落ちて", false));
	assert_true(says(&preview, "番号か氏名が違って", false));
	assert_true(says(&preview, "いまの登録は「人事課 主事」", false));
	assert_true(says(&preview, "「水道課」という所属は、発令日にはありません", false));
	assert_true(says(&preview, "区分「出世」は分かりません", false));
	assert_true(says(&preview, "解く兼務が見つかりません", false));
	assert_true(says(&preview, "もう登録されています", false));
	must_fail_as(t, t->h.house.staff, deed_of(t, ASK_FOR, id), ERROR_INVALID);
}

static void
one_person_is_moved_by_one_line(void **state)
{
	struct transfer_house *t = *state;
	const struct transfer_id id = stage(t, t->h.house.staff,
					    "000012,,,,契約課,主事,異動,,\n"
					    "000012,,,,人事課,課長,異動,,\n");
	const struct transfer_preview preview = preview_now(t, id);
	assert_true(says(&preview, "本務を動かす行が、ほかにもあります", false));
}

/* ---- Deciding ---- */

static void
nobody_decides_the_list_they_asked_for(void **state)
{
	struct transfer_house *t = *state;
	const struct transfer_id id = stage(t, t->h.house.staff, moves);
	must(do_as(t, t->h.house.staff, deed_of(t, ASK_FOR, id)));
	must_fail_as(t, t->h.house.staff, deed_of(t, DECIDE_IT, id), ERROR_REFUSED);
	must_fail_as(t, t->h.house.manager, deed_of(t, DECIDE_IT, id), ERROR_REFUSED);
	must_fail_as(t, (struct person_id){ 0 }, deed_of(t, DECIDE_IT, id), ERROR_REFUSED);
	must(do_as(t, t->other, deed_of(t, DECIDE_IT, id)));
}

static void
the_role_that_the_policy_names_decides(void **state)
{
	struct transfer_house *t = *state;
	const struct transfer_id id = stage(t, t->h.house.staff, moves);
	t->h.house.pack->transfers = pack_role(t->h.house.pack, T("mayor"));
	assert_non_null(t->h.house.pack->transfers);
	must(do_as(t, t->h.house.staff, deed_of(t, ASK_FOR, id)));
	must_fail_as(t, t->other, deed_of(t, DECIDE_IT, id), ERROR_REFUSED);
	must(do_as(t, t->h.house.mayor, deed_of(t, DECIDE_IT, id)));
	assert_int_equal(list_now(t, id).state, TRANSFER_DECIDED);
}

static void
who_corrects_last_does_not_decide(void **state)
{
	struct transfer_house *t = *state;
	const struct transfer_id id = stage(t, t->h.house.staff, moves);
	struct list_deed deed = deed_of(t, CORRECT, id);
	deed.line = (struct transfer_line){ .kind = T("兼務"), .number = T("000013"),
					    .to_unit = T("0120"), .to_post = T("課長"), .day = DAY_NONE };
	must(do_as(t, t->other, deed));
	must(do_as(t, t->h.house.staff, deed_of(t, ASK_FOR, id)));
	must_fail_as(t, t->other, deed_of(t, DECIDE_IT, id), ERROR_REFUSED);
}

static void
a_corrected_list_must_be_asked_for_again(void **state)
{
	struct transfer_house *t = *state;
	const struct transfer_id id = stage(t, t->h.house.staff, moves);
	must(do_as(t, t->h.house.staff, deed_of(t, ASK_FOR, id)));
	struct list_deed deed = deed_of(t, CORRECT, id);
	deed.line = (struct transfer_line){ .kind = T("兼務"), .number = T("000013"),
					    .to_unit = T("0120"), .to_post = T("課長"), .day = DAY_NONE };
	must(do_as(t, t->h.house.staff, deed));
	assert_int_equal(list_now(t, id).state, TRANSFER_DRAFT);
	must_fail_as(t, t->other, deed_of(t, DECIDE_IT, id), ERROR_CONFLICT);
}

/* The whole of what was previewed, and nothing before the day. */
static void
what_was_previewed_is_what_holds(void **state)
{
	struct transfer_house *t = *state;
	struct house *house = &t->h.house;
	const struct transfer_id staged = stage(t, house->staff, moves);
	const struct transfer_preview preview = preview_now(t, staged);
	must(do_as(t, house->staff, deed_of(t, ASK_FOR, staged)));
	must(do_as(t, t->other, deed_of(t, DECIDE_IT, staged)));
	for (size_t at = 0; at < preview.roles_count; at++) {
		const struct transfer_role *role = &preview.roles[at];
		if (role->person.no == 0)
			continue;
		const char *code = text_z(house->arena, role->role->code);
		assert_int_equal(has_role(t, role->person, APRIL, code), role->is_gained);
		assert_int_equal(has_role(t, role->person, day_plus(APRIL, -1), code), !role->is_gained);
	}
	struct role_gap *gaps;
	size_t count;
	LOOK(house, look);
	must(people_role_gaps(&look, house->pack, APRIL, &gaps, &count));
	assert_int_equal(count, preview.gaps_count);
	bool found;
	struct person came;
	must(people_person_by_number(&look, T("000901"), &found, &came));
	assert_true(found);
	assert_true(text_is(came.family, "新井"));
}

/* No process runs at midnight; the store is opened in the morning, and it is so. */
static void
at_midnight_it_holds_on_a_server_that_was_off(void **state)
{
	struct transfer_house *t = *state;
	struct house *house = &t->h.house;
	const struct transfer_id id = decided(t, moves);
	struct rights rights;
	store_close(house->store);
	house->now = (struct moment){ day_begin(APRIL).ms - 1 };
	house_store(house, false);
	{
		LOOK(house, look);
		must(people_rights(&look, house->pack, house->manager, &rights));
		assert_true(rights_may(&rights, RIGHT_DECIDE));
		must(people_rights(&look, house->pack, house->staff, &rights));
		assert_false(rights_may(&rights, RIGHT_DECIDE));
	}
	assert_int_equal(list_now(t, id).state, TRANSFER_DECIDED);
	house->now.ms++; /* 0:00 */
	{
		LOOK(house, look);
		must(people_rights(&look, house->pack, house->manager, &rights));
		for (int right = RIGHT_SELF; right < RIGHT_COUNT; right++)
			assert_false(rights_may(&rights, (enum right)right));
		must(people_rights(&look, house->pack, house->staff, &rights));
		assert_true(rights_may(&rights, RIGHT_DECIDE));
	}
	assert_int_equal(list_now(t, id).state, TRANSFER_IN_FORCE);
}

static void
the_second_of_two_lists_meets_a_conflict(void **state)
{
	struct transfer_house *t = *state;
	const struct transfer_id first = stage(t, t->h.house.staff, moves);
	const struct transfer_id second =
		stage(t, t->h.house.staff, "000012,,人事課,主事,契約課,主事,異動,,\n");
	must(do_as(t, t->h.house.staff, deed_of(t, ASK_FOR, first)));
	must(do_as(t, t->h.house.staff, deed_of(t, ASK_FOR, second)));
	const struct list_deed late = deed_of(t, DECIDE_IT, second);
	must(do_as(t, t->other, deed_of(t, DECIDE_IT, first)));
	must_fail_as(t, t->other, late, ERROR_CONFLICT);
	/* The new preview is another one, and is bound anew. */
	const struct hash now = preview_now(t, second).digest;
	assert_false(hash_same(&now, &late.digest));
}

static void
nothing_is_half_applied(void **state)
{
	struct transfer_house *t = *state;
	const struct transfer_id id = stage(t, t->h.house.staff, moves);
	must(do_as(t, t->h.house.staff, deed_of(t, ASK_FOR, id)));
	struct list_deed deed = deed_of(t, DECIDE_IT, id);
	fault_walk(&t->h.house, t->other, deed_do, &deed);
	assert_int_equal(list_now(t, id).state, TRANSFER_DECIDED);
}

static void
a_deciders_refusal_goes_back_with_its_reason(void **state)
{
	struct transfer_house *t = *state;
	const struct transfer_id id = stage(t, t->h.house.staff, moves);
	must(do_as(t, t->h.house.staff, deed_of(t, ASK_FOR, id)));
	must_fail_as(t, t->h.house.staff, deed_of(t, SEND_BACK, id), ERROR_REFUSED);
	must(do_as(t, t->other, deed_of(t, SEND_BACK, id)));
	assert_true(text_is(list_now(t, id).why, "もう一度見てください"));
}

/* ---- Taking back ---- */

static void
withdrawn_before_the_day_everybody_is_where_they_were(void **state)
{
	struct transfer_house *t = *state;
	struct house *house = &t->h.house;
	const struct transfer_id id = decided(t, moves);
	must(do_as(t, t->other, deed_of(t, TAKE_BACK, id)));
	assert_true(has_role(t, house->manager, APRIL, "manager"));
	assert_false(has_role(t, house->staff, APRIL, "manager"));
	struct unit_id unit;
	struct person manager, came;
	bool found;
	{
		LOOK(house, look);
		must(people_unit_of(&look, house->deputy, APRIL, &unit));
		assert_int_equal(unit.no, house->section.no);
		must(people_person(&look, house->manager, &manager));
		assert_true(day_is_none(manager.until));
		must(people_person_by_number(&look, T("000901"), &found, &came));
		must(people_unit_of(&look, came.id, APRIL, &unit));
		assert_int_equal(unit.no, 0);
	}
	/* And the same list can be made again, the one who comes included. */
	(void)decided(t, moves);
	assert_true(has_role(t, house->staff, APRIL, "manager"));
}

static void
after_the_day_nothing_is_taken_back(void **state)
{
	struct transfer_house *t = *state;
	const struct transfer_id id = decided(t, "000013,,人事課,主事,契約課,主査,異動,,\n");
	t->h.house.now = day_begin(APRIL);
	must_fail_as(t, t->other, deed_of(t, TAKE_BACK, id), ERROR_CONFLICT);
}

/* ---- Units ---- */

static void
units_are_opened_renamed_and_merged_on_the_day(void **state)
{
	struct transfer_house *t = *state;
	struct house *house = &t->h.house;
	const char *rows = "0130,,,,デジタル課,,新設,,総務局\n"
			   ",,人事課,,人材課,,名称変更,,\n"
			   ",,契約課,,人材課,,統合,,\n"
			   "000013,,人事課,主事,デジタル課,課長,昇任,,\n";
	const struct transfer_id id = decided(t, rows);
	struct unit unit;
	bool found;
	{
		LOOK(house, look);
		must(people_unit_by_code(&look, T("0130"), APRIL, &found, &unit));
		assert_true(found);
		struct unit *units;
		size_t count, seen = 0;
		must(people_units(&look, APRIL, &units, &count));
		for (size_t at = 0; at < count; at++) {
			seen += text_is(units[at].name, "人材課") || text_is(units[at].name, "デジタル課");
			assert_false(text_is(units[at].name, "契約課"));
		}
		assert_int_equal(seen, 2);
		must(people_units(&look, day_plus(APRIL, -1), &units, &count));
		seen = 0;
		for (size_t at = 0; at < count; at++)
			seen += text_is(units[at].name, "人事課") || text_is(units[at].name, "契約課");
		assert_int_equal(seen, 2);
	}
	/* Heads of sections carry the role elsewhere, so does this one. */
	assert_true(has_role(t, house->deputy, APRIL, "manager"));
	must(do_as(t, t->other, deed_of(t, TAKE_BACK, id)));
	assert_false(has_role(t, house->deputy, APRIL, "manager"));
	LOOK(house, look);
	struct unit *units;
	size_t count, seen = 0;
	must(people_units(&look, APRIL, &units, &count));
	for (size_t at = 0; at < count; at++) {
		seen += text_is(units[at].name, "人事課") || text_is(units[at].name, "契約課");
		assert_false(text_is(units[at].name, "デジタル課"));
	}
	assert_int_equal(seen, 2);
}

static void
a_unit_does_not_end_while_somebody_is_left(void **state)
{
	struct transfer_house *t = *state;
	const struct transfer_id id = stage(t, t->h.house.staff, ",,人事課,,,,廃止,,\n");
	const struct transfer_preview preview = preview_now(t, id);
	assert_true(says(&preview, "異動先がありません", false));
}

static void
secondment_leaves_an_account_and_no_role(void **state)
{
	struct transfer_house *t = *state;
	struct house *house = &t->h.house;
	(void)decided(t, "000011,,人事課,課長,,,出向,,香川県総務部\n"
			 "000012,,人事課,主事,人事課,課長,事務取扱,,\n");
	struct secondment secondment;
	bool found;
	LOOK(house, look);
	must(people_secondment_on(&look, house->manager, APRIL, &found, &secondment));
	assert_true(found);
	assert_true(text_is(secondment.other, "香川県総務部"));
	assert_false(has_role(t, house->manager, APRIL, "manager"));
	assert_true(has_role(t, house->staff, APRIL, "manager"));
}

/* ---- Who keeps what ---- */

static void
what_is_ticked_ends_with_the_move(void **state)
{
	struct transfer_house *t = *state;
	struct house *house = &t->h.house;
	const struct transfer_id id =
		stage(t, t->other, "000010,,総務局,総務局長,契約課,主査,異動,,\n");
	struct transfer_preview preview = preview_now(t, id);
	struct list_deed deed = deed_of(t, TICK, id);
	struct rights rights;
	for (size_t at = 0; at < preview.kept_count; at++)
		if (preview.kept[at].kind == STAYS_GRANT && preview.kept[at].person.no == t->other.no)
			deed.tick = (struct transfer_tick){ STAYS_GRANT, preview.kept[at].object };
	assert_int_not_equal(deed.tick.object, 0);
	must(do_as(t, t->other, deed));
	must(do_as(t, t->other, deed_of(t, ASK_FOR, id)));
	must(do_as(t, house->staff, deed_of(t, DECIDE_IT, id)));
	house->now = (struct moment){ day_begin(APRIL).ms - 1 };
	{
		LOOK(house, look);
		must(people_rights(&look, house->pack, t->other, &rights));
		assert_true(rights_may(&rights, RIGHT_PEOPLE_EDIT));
	}
	house->now.ms++;
	LOOK(house, look);
	must(people_rights(&look, house->pack, t->other, &rights));
	assert_false(rights_may(&rights, RIGHT_PEOPLE_EDIT));
}

/* The one that has run out by then does not. */
static void
a_leavers_permit_is_said_to_stay(void **state)
{
	struct transfer_house *t = *state;
	const struct person_id staff = t->h.house.staff;
	static const char *const periods[] = { "2027-03-20/2027-03-31", "2027-03-20/2027-04-10" };
	t->h.house.now = day_begin(day_plus(APRIL, -12));
	for (size_t at = 0; at < 2; at++) {
		const struct dossier_id id = draft_carry(&t->h, staff, t->h.stick, "支所");
		const struct flow_answer later[] = {
			{ T("period"), { 0 }, text_of(periods[at]) },
			ANSWER("leaves-at", "2027-03-20T10:00"),
			ANSWER("returns-at", "2027-03-20T17:00"),
		};
		struct deed deed = { .doing = SAVE, .id = id,
				     .change = dossier_now(&t->h, id).change,
				     .words = { .asked = { .answers = later, .answers_count = 3 },
						.keeps_choice = true } };
		walk(&t->h, staff, &deed);
		must(send_it(&t->h, staff, id));
		must(decide(&t->h, t->h.house.manager, id, VERDICT_PERMIT, ""));
		assert_int_equal(dossier_now(&t->h, id).state, DOSSIER_GRANTED);
	}
	const struct transfer_preview preview =
		preview_now(t, stage(t, staff, "000012,,人事課,主事,,,退職,2027-03-31,\n"));
	size_t stays = 0;
	for (size_t at = 0; at < preview.kept_count; at++)
		stays += preview.kept[at].kind == STAYS_PERMIT &&
			 preview.kept[at].person.no == staff.no && !preview.kept[at].may_end;
	assert_int_equal(stays, 1);
}

/* ---- Leavers and hand-over ---- */

static void
a_leaver_gives_back_and_keeps_secrets(void **state)
{
	struct transfer_house *t = *state;
	struct house *house = &t->h.house;
	const struct transfer_id id = decided(t, moves);
	struct leaver *leavers;
	size_t count;
	{
		LOOK(house, look);
		must(transfer_leavers(&look, id, &leavers, &count));
	}
	assert_int_equal(count, 1);
	assert_int_equal(leavers[0].person.no, house->manager.no);
	assert_true(leavers[0].open > 0);
	struct list_deed deed = deed_of(t, PLEDGE, id);
	deed.person = house->manager;
	must_fail_as(t, house->staff, deed, ERROR_REFUSED);
	must(do_as(t, house->manager, deed));
	must_fail_as(t, house->manager, deed, ERROR_CONFLICT);
	deed.doing = RETURNED;
	deed.item = leavers[0].returns[0].id;
	must(do_as(t, house->staff, deed));
	must_fail_as(t, house->staff, deed, ERROR_CONFLICT);
	LOOK(house, look);
	must(transfer_leavers(&look, id, &leavers, &count));
	assert_int_not_equal(leavers[0].pledged.ms, 0);
	assert_int_not_equal(leavers[0].returns[0].returned.ms, 0);
}

static void
a_hand_over_says_what_is_left_and_taken_on(void **state)
{
	struct transfer_house *t = *state;
	struct house *house = &t->h.house;
	const struct dossier carry =
		dossier_now(&t->h, draft_carry(&t->h, house->staff, t->h.stick, "支所"));
	const struct transfer_id id = decided(t, moves);
	struct handover handover;
	struct transfer transfer;
	bool found;
	{
		LOOK(house, look);
		must(transfer_handover(&look, &t->h.flow, id, house->staff, &handover));
		must(transfer_of_person(&look, house->pack, house->staff, &found, &transfer));
		assert_false(found); /* not before the day of telling */
	}
	assert_int_equal(handover.left_count, 1);
	assert_int_equal(handover.taken_count, 1);
	assert_true(text_is(handover.taken[0].post_name, "課長"));
	assert_int_equal(handover.taken[0].roles_count, 1);
	assert_true(text_has(handover.taken[0].others, T("課子")));
	const struct text own = text_format(house->arena, "%.*s %.*s", T_ARG(carry.number),
					    T_ARG(words_now(carry.occasions[0]->title)));
	assert_int_equal(handover.own.count, 1);
	assert_true(text_same(handover.own.items[0].what, own));
	house->now = day_begin(day_plus(APRIL, -3));
	LOOK(house, look);
	must(transfer_of_person(&look, house->pack, house->staff, &found, &transfer));
	assert_true(found);
}

static struct error *
erase_work(struct act *act, void *with)
{
	return flow_person_erase(act, with);
}

static void
who_was_erased_since_is_still_one_who_left(void **state)
{
	struct transfer_house *t = *state;
	struct house *house = &t->h.house;
	const struct transfer_id id = decided(t, moves);
	struct erasing erasing = { house->manager, ERASURE_REQUEST, T("000011") };
	house->now = day_begin(day_plus(APRIL, 61));
	must(act_as(house, t->other, erase_work, &erasing));
	const struct transfer_preview preview = preview_now(t, id);
	assert_int_equal(preview.deeds[0].kind, LEAVE);
	assert_int_equal(preview.deeds[0].person.no, house->manager.no);
	assert_false(text_is(preview.deeds[0].who, "人事課"));
}

static size_t
lines_about(struct house *house, bool only_told)
{
	struct transfer_about *lines;
	size_t count;
	LOOK(house, look);
	must(transfer_lines_about(&look, house->pack, house->staff, only_told, &lines, &count));
	for (size_t at = 0; at < count; at++)
		assert_int_equal(lines[at].line.person.no, house->staff.no);
	return count;
}

static void
lines_about_somebody_are_theirs_to_read_from_the_day_of_telling(void **state)
{
	struct transfer_house *t = *state;
	struct house *house = &t->h.house;
	(void)decided(t, moves);
	assert_int_equal(lines_about(house, false), 1); /* personnel: all that is kept */
	assert_int_equal(lines_about(house, true), 0);
	house->now = day_begin(day_plus(APRIL, -3));
	assert_int_equal(lines_about(house, true), 1);
}

static void
the_clock_tells_everybody_once(void **state)
{
	struct transfer_house *t = *state;
	struct house *house = &t->h.house;
	(void)decided(t, moves);
	struct transfer_told done;
	bool is_more;
	must(transfer_clock(house->store, house->arena, &t->h.flow, 500, &done, &is_more));
	assert_int_equal(done.told, 0);
	house->now = day_begin(day_plus(APRIL, -2));
	must(transfer_clock(house->store, house->arena, &t->h.flow, 500, &done, &is_more));
	assert_int_equal(done.told, 4);
	must(transfer_clock(house->store, house->arena, &t->h.flow, 500, &done, &is_more));
	assert_int_equal(done.told, 0);
	house->now = day_begin(day_plus(APRIL, 1));
	must(transfer_clock(house->store, house->arena, &t->h.flow, 500, &done, &is_more));
	assert_int_equal(done.told, 4); /* three begin; the leaver's head is told of the card */
	must(transfer_clock(house->store, house->arena, &t->h.flow, 500, &done, &is_more));
	assert_int_equal(done.told, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TRANSFER_TEST(a_preview_says_who_gains_and_who_loses),
		TRANSFER_TEST(a_role_that_nobody_would_hold_is_said),
		TRANSFER_TEST(faults_are_said_by_line_with_what_would_be_right),
		TRANSFER_TEST(one_person_is_moved_by_one_line),
		TRANSFER_TEST(nobody_decides_the_list_they_asked_for),
		TRANSFER_TEST(the_role_that_the_policy_names_decides),
		TRANSFER_TEST(who_corrects_last_does_not_decide),
		TRANSFER_TEST(a_corrected_list_must_be_asked_for_again),
		TRANSFER_TEST(what_was_previewed_is_what_holds),
		TRANSFER_TEST(at_midnight_it_holds_on_a_server_that_was_off),
		TRANSFER_TEST(the_second_of_two_lists_meets_a_conflict),
		TRANSFER_TEST(nothing_is_half_applied),
		TRANSFER_TEST(a_deciders_refusal_goes_back_with_its_reason),
		TRANSFER_TEST(withdrawn_before_the_day_everybody_is_where_they_were),
		TRANSFER_TEST(after_the_day_nothing_is_taken_back),
		TRANSFER_TEST(units_are_opened_renamed_and_merged_on_the_day),
		TRANSFER_TEST(a_unit_does_not_end_while_somebody_is_left),
		TRANSFER_TEST(secondment_leaves_an_account_and_no_role),
		TRANSFER_TEST(what_is_ticked_ends_with_the_move),
		TRANSFER_TEST(a_leavers_permit_is_said_to_stay),
		TRANSFER_TEST(a_leaver_gives_back_and_keeps_secrets),
		TRANSFER_TEST(a_hand_over_says_what_is_left_and_taken_on),
		TRANSFER_TEST(who_was_erased_since_is_still_one_who_left),
		TRANSFER_TEST(lines_about_somebody_are_theirs_to_read_from_the_day_of_telling),
		TRANSFER_TEST(the_clock_tells_everybody_once),
	};
	
	return cmocka_run_group_tests(tests, NULL, NULL);
}
