/* One conversation with many sheets: who decides, what it will allow, what must be there first. */
#include "telework_house.h"

static struct dossier_id
draft_telework(struct flow_house *h)
{
	const struct flow_answer answers[] = {
		ANSWER("doing", "carry\noutside\nown\nbring\nremote\nnetwork"),
		ANSWER("purpose", "在宅での税の仕事"),
		answer_number(h, "assets", h->secret.no),
		ANSWER("period", "2026-11-21/2026-11-30"),
		ANSWER("place", "自宅"),
		ANSWER("device", "自分のノートPC"),
		ANSWER("device-serial", "ＰＣ-77"),
		answer_number(h, "system", h->taxes.no),
		answer_number(h, "network", h->network.no),
		ANSWER("reason", "在宅勤務"),
		ANSWER("mac", "00:11:22:33:44:55"),
		ANSWER("used-items", "USB-001\t名簿"),
	};
	return draft_answers(h, h->house.staff, answers, COUNT(answers));
}

static void
telework_is_one_conversation_and_one_decision_for_each(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_telework(h);
	assert_null(faults_of(h, id));
	must(send_it(h, h->house.staff, id));
	struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.forms_count, 6);
	assert_int_equal(notices_of(h, h->house.manager), 1);
	assert_int_equal(notices_of(h, h->info_head), 1);
	assert_int_equal(notices_of(h, h->system_head), 1);
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	must(decide(h, h->info_head, id, VERDICT_PERMIT, ""));
	assert_int_equal(dossier_now(h, id).state, DOSSIER_SENT);
	must(decide(h, h->system_head, id, VERDICT_PERMIT, ""));
	dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_GRANTED);
	assert_int_equal(dossier.decisions_count, 3);
	assert_int_equal(dossier.permits_count, 5);
	for (size_t at = 0; at < dossier.steps_count; at++)
		assert_int_equal(dossier.steps[at].state, STEP_DONE);
	/* The manager's step serves the sheets of five occasions. */
	const struct flow_step *step = step_for(&dossier, "manager", h->house.section);
	assert_int_equal(step->parts_count, 4);
}

static void
the_clerk_sees_before_sending_who_decides_and_what_it_will_allow(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_telework(h);
	struct flow_permit_preview *permits;
	struct flow_step *steps;
	size_t count;
	LOOK(&h->house, look);
	must(flow_preview(&look, &h->flow, id, &steps, &count));
	bool is_system = false;
	for (size_t at = 0; at < count; at++) {
		assert_true(steps[at].deciders_count > 0);
		is_system |= steps[at].deciders[0].person.no == h->system_head.no;
	}
	assert_true(is_system);
	must(flow_preview_permits(&look, &h->flow, id, &permits, &count));
	assert_int_equal(count, 5);
	const struct flow_permit_preview *remote = &permits[3];
	assert_true(text_is(remote->occasion->code, "remote"));
	assert_int_equal(remote->from.no, D(0).no);
	assert_int_equal(remote->until.no, D(9).no);
	assert_false(remote->is_default_end);
	assert_int_equal(remote->holder.no, h->house.staff.no);
	assert_int_equal(remote->scope_count, 3);
	assert_true(text_is(remote->scope[0].name, "device"));
	assert_true(text_is(remote->scope[0].value, "ＰＣ-77"));
}

static void
a_permit_keeps_whom_and_what_it_lets_pass(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_telework(h);
	const struct flow_answer other[] = { answer_number(h, "user", h->house.deputy.no) };
	must(save_answers(h, h->house.staff, id, other, 1));
	must(send_it(h, h->house.staff, id));
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	must(decide(h, h->info_head, id, VERDICT_PERMIT, ""));
	must(decide(h, h->system_head, id, VERDICT_PERMIT, ""));
	const struct dossier dossier = dossier_now(h, id);
	const struct flow_permit *remote = permit_with(&dossier, "remote");
	assert_int_equal(remote->holder.no, h->house.deputy.no);
	assert_true(text_has(remote->holder_name, T("次郎")));
	assert_int_equal(remote->scope_count, 3);
	assert_true(text_is(remote->scope[1].name, "system"));
	assert_true(text_starts(remote->scope[1].value, T("system:")));
	assert_true(text_is(remote->scope[2].value, "USB-001")); /* without what it is */
	assert_int_equal(permit_with(&dossier, "own-device")->holder.no, h->house.staff.no);
	assert_true(text_is(permit_with(&dossier, "network")->scope[0].value, "00:11:22:33:44:55"));
}

static void
rows_of_other_ledgers_are_no_assets(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_telework(h);
	const struct flow_answer lower[] = { answer_number(h, "assets", h->stick.no) };
	must(save_answers(h, h->house.staff, id, lower, 1));
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.assets_count, 1);
	assert_int_equal(dossier.assets[0].row.id.no, h->stick.no);
	assert_int_equal(dossier.others_count, 2);
	assert_int_equal(dossier.classes_count, 1);
	assert_true(text_is(dossier.classes[0].value->code, "II")); /* the systems are class I */
	/* The owners of assets are told; those of systems are not asked as such. */
	for (size_t at = 0; at < dossier.steps_count; at++)
		assert_false(text_is(dossier.steps[at].wished->code, "manager") &&
			     dossier.steps[at].unit.no == h->house.other.no);
	/* A page that shows one field more does not lose the assets. */
	const struct flow_answer system[] = { answer_number(h, "system", h->network.no) };
	must(save_answers(h, h->house.staff, id, system, 1));
	const struct dossier after = dossier_now(h, id);
	assert_int_equal(after.assets_count, 1);
	assert_int_equal(after.others_count, 1);
}

struct system_change {
	struct flow_house *h;
	struct row_id row;
	struct unit_id owner;
};

static struct error *
change_system(struct act *act, void *with)
{
	struct system_change *change = with;
	const struct pack *pack = change->h->house.pack;
	struct ledger_row row;
	TRY(ledger_read(&act->look, pack, change->row, &row));
	const struct ledger_value values[] = {
		{ T("name"), row.title },
		{ T("class"), row.class_code },
		{ T("owner"), text_format(act->look.arena, "%lld", (long long)change->owner.no) },
	};
	return ledger_change(act, pack, change->row, row.revision, values, 3);
}

static void
a_system_that_changed_hands_makes_the_decision_stale(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_telework(h);
	must(send_it(h, h->house.staff, id));
	assert_false(dossier_now(h, id).is_stale);
	struct system_change change = { h, h->taxes, h->info };
	must(act_now(&h->house, change_system, &change));
	assert_true(dossier_now(h, id).is_stale);
}

static struct error *
add_ownerless(struct act *act, void *with)
{
	struct flow_house *h = with;
	h->taxes = add_system(act, h, "だれのものでもない", (struct unit_id){ 0 });
	return OK;
}

static void
who_decides_hangs_on_the_field_answered(void **state)
{
	struct flow_house *h = *state;
	const struct flow_answer answers[] = {
		ANSWER("doing", "remote"), ANSWER("purpose", "急ぎの仕事"),
		ANSWER("period", "2026-11-21/2026-11-30"), ANSWER("device-serial", "PC-1"),
	};
	const struct dossier_id id = draft_answers(h, h->house.staff, answers, COUNT(answers));
	struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.steps_count, 1);
	assert_true(text_has(dossier.steps[0].problem, T("使うシステム")));
	assert_int_equal(dossier.steps[0].deciders_count, 0);
	assert_true(has_fault(faults_of(h, id), "system"));
	const struct flow_answer system[] = { answer_number(h, "system", h->taxes.no) };
	must(save_answers(h, h->house.staff, id, system, 1));
	dossier = dossier_now(h, id);
	assert_int_equal(dossier.steps[0].unit.no, h->house.other.no);
	assert_null(faults_of(h, id));
	must(act_now(&h->house, add_ownerless, h));
	const struct flow_answer nobodys[] = { answer_number(h, "system", h->taxes.no) };
	must(save_answers(h, h->house.staff, id, nobodys, 1));
	assert_true(says(faults_of(h, id), "system", "所管課"));
	const struct flow_answer wrong[] = { answer_number(h, "system", h->secret.no) };
	must(save_answers(h, h->house.staff, id, wrong, 1));
	assert_true(has_fault(faults_of(h, id), "system")); /* an asset is no system */
}

static void
a_head_in_two_roles_is_asked_once_and_recorded_in_both(void **state)
{
	struct flow_house *h = *state;
	const struct flow_answer answers[] = {
		ANSWER("doing", "network"), ANSWER("purpose", "試験のため"),
		ANSWER("period", "2026-11-21/2026-11-30"), ANSWER("reason", "試験機"),
		ANSWER("mac", "00:00:00:00:00:01"), answer_number(h, "network", h->network.no),
	};
	const struct dossier_id id = draft_answers(h, h->info_clerk, answers, COUNT(answers));
	must(send_it(h, h->info_clerk, id));
	struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.steps_count, 2);
	assert_int_equal(dossier.steps[1].same_as, 0);
	struct deed ruling = ruling_of(h, h->info_head, id, VERDICT_PERMIT, "");
	walk(h, h->info_head, &ruling);
	dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_GRANTED);
	assert_int_equal(dossier.decisions_count, 1);
	const struct flow_decision *decision = &dossier.decisions[0];
	assert_int_equal(decision->capacities_count, 2);
	assert_true(text_is(decision->capacities[0].role, "manager"));
	assert_true(text_is(decision->capacities[1].role, "system-manager"));
	assert_int_equal(decision->capacities[1].step.no, dossier.steps[1].id.no);
	struct text json;
	struct hash digest;
	LOOK(&h->house, look);
	must(flow_frozen(&look, id, 1, &json, &digest));
	assert_true(text_has(json, T("\"role\":\"manager\"")));
	assert_true(text_has(json, T("\"role\":\"system-manager\"")));
	assert_false(dossier.is_stale);
}

static void
one_sheet_serves_five_occasions_with_two_sets_of_deciders(void **state)
{
	struct flow_house *h = *state;
	const struct flow_answer answers[] = {
		ANSWER("doing", "network\nsetting\nmail\nsoftware\nhardware"),
		ANSWER("purpose", "入替え"), ANSWER("period", "2026-11-21/2026-11-30"),
		ANSWER("reason", "機器の更新"), ANSWER("mac", "00:00:00:00:00:01"),
		answer_number(h, "network", h->network.no),
	};
	const struct dossier_id id = draft_answers(h, h->house.staff, answers, COUNT(answers));
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.occasions_count, 5);
	assert_int_equal(dossier.forms_count, 1);
	assert_int_equal(dossier.steps_count, 2);
	assert_int_equal(step_for(&dossier, "manager", h->house.section)->parts_count, 5);
	assert_int_equal(step_for(&dossier, "system-manager", h->info)->parts_count, 4);
	const struct flow_answer mail[] = { ANSWER("doing", "mail") };
	must(save_answers(h, h->house.staff, id, mail, 1));
	const struct dossier alone = dossier_now(h, id);
	assert_int_equal(alone.steps_count, 1);
	assert_int_equal(alone.steps[0].deciders[0].person.no, h->house.manager.no);
}

static void
one_sheet_serves_two_clauses(void **state)
{
	struct flow_house *h = *state;
	const struct flow_answer both[] = {
		ANSWER("doing", "carry\ngive"), ANSWER("purpose", "委託先へ"),
		ANSWER("period", "2026-11-21/2026-11-30"), answer_number(h, "assets", h->secret.no),
	};
	struct dossier dossier =
		dossier_now(h, draft_answers(h, h->house.staff, both, COUNT(both)));
	assert_int_equal(dossier.occasions_count, 2);
	assert_int_equal(dossier.forms_count, 1);
	const struct flow_answer line[] = { ANSWER("doing", "line"), ANSWER("purpose", "県と"),
					    ANSWER("counterpart", "県の網") };
	const struct dossier_id id = draft_answers(h, h->info_head, line, COUNT(line));
	must(send_it(h, h->info_head, id));
	assert_true(text_is(text_of(h->house.last_act), "dossier.send"));
	must(decide(h, h->house.director, id, VERDICT_PERMIT, ""));
	dossier = dossier_now(h, id);
	assert_int_equal(dossier.forms_count, 1);
	assert_int_equal(dossier.steps_count, 1);
	assert_int_equal(dossier.steps[0].parts_count, 2);
	assert_true(dossier.permits[0].is_default_end);
}

static void
only_who_holds_the_role_may_apply(void **state)
{
	struct flow_house *h = *state;
	const struct flow_answer line[] = { ANSWER("doing", "line"), ANSWER("purpose", "県と"),
					    ANSWER("counterpart", "県の網") };
	const struct dossier_id id = draft_answers(h, h->info_clerk, line, COUNT(line));
	const struct error *faults = faults_of(h, id);
	assert_true(says(faults, "occasions", "システム管理者（きょうは情野"));
	struct deed send = { .doing = SEND, .id = id, .change = dossier_now(h, id).change };
	must_fail(h, h->info_clerk, &send, ERROR_INVALID);
	bool may;
	const struct pack_occasion *occasion = pack_occasion(h->house.pack, T("line-permit"));
	LOOK(&h->house, look);
	must(flow_may_apply(&look, &h->flow, occasion, h->info_head, &may));
	assert_true(may);
	must(flow_may_apply(&look, &h->flow, occasion, h->house.staff, &may));
	assert_false(may);
}

static struct error *
name_deputy(struct act *act, void *with)
{
	struct flow_house *h = with;
	struct assignment *list;
	size_t count;
	struct deputy_id id;
	TRY(people_assignments_of(&act->look, h->info_head, &list, &count));
	return people_deputy_add(act, h->house.pack,
				 &(struct deputy){ .post = list[0].post, .absent = h->info_head,
						   .deputy = h->info_clerk, .since = D(0),
						   .until = D(5), .reason = T("出張") },
				 &id);
}

static void
a_deputy_applies_in_the_place_of_the_holder(void **state)
{
	struct flow_house *h = *state;
	const struct flow_answer line[] = { ANSWER("doing", "line"), ANSWER("purpose", "県と"),
					    ANSWER("counterpart", "県の網") };
	const struct dossier_id id = draft_answers(h, h->info_clerk, line, COUNT(line));
	assert_non_null(faults_of(h, id));
	must(act_as(&h->house, h->info_head, name_deputy, h));
	assert_null(faults_of(h, id));
	must(send_it(h, h->info_clerk, id));
	assert_int_equal(h->house.last_deputy_for, h->info_head.no);
}

static struct dossier_id
draft_bring(struct flow_house *h, struct person_id who, const char *doing, const char *serial)
{
	const struct flow_answer answers[] = {
		{ T("doing"), { 0 }, text_of(doing) },
		ANSWER("purpose", "持込み"),
		ANSWER("period", "2026-11-21/2026-11-30"),
		ANSWER("device", "自分の端末"),
		{ T("device-serial"), { 0 }, text_of(serial) },
	};
	return draft_answers(h, who, answers, COUNT(answers));
}

static void
what_must_be_permitted_first_is_valid_or_asked_for_here(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id bare = draft_bring(h, h->house.staff, "bring", "A-1");
	assert_true(says(faults_of(h, bare), "occasions", "自分の機器を使う"));
	struct deed send = { .doing = SEND, .id = bare, .change = dossier_now(h, bare).change };
	must_fail(h, h->house.staff, &send, ERROR_INVALID);
	const struct dossier_id own = draft_bring(h, h->house.deputy, "own", "A-1");
	must(send_it(h, h->house.deputy, own));
	assert_non_null(faults_of(h, bare)); /* asked for elsewhere is not permitted */
	must(decide(h, h->house.manager, own, VERDICT_PERMIT, ""));
	assert_null(faults_of(h, bare)); /* a colleague's permit of the same unit */
	const struct dossier_id foreign = draft_bring(h, h->info_clerk, "bring", "A-2");
	assert_non_null(faults_of(h, foreign));
	const struct dossier_id together = draft_bring(h, h->info_clerk, "own\nbring", "A-2");
	assert_null(faults_of(h, together));
	days_pass(h, 10);
	assert_non_null(faults_of(h, bare)); /* it has run out since */
}

static void
a_record_is_written_into_its_ledger_and_linked(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_bring(h, h->house.staff, "own\nbring", "A-1");
	must(send_it(h, h->house.staff, id));
	assert_int_equal(dossier_now(h, id).made_count, 0);
	struct deed ruling = ruling_of(h, h->house.manager, id, VERDICT_PERMIT, "");
	walk(h, h->house.manager, &ruling);
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.made_count, 1);
	const struct ledger_row *row = &dossier.made[0].row;
	assert_true(text_is(row->ledger->code, "bring-in"));
	assert_true(text_is(row->title, "自分の端末"));
	assert_true(text_is(row->serial, "A-1"));
	assert_int_equal(row->owner, h->house.section.no);
	assert_true(text_is(ledger_value(h->house.arena, row, "brought-on"), "2026-11-21"));
	assert_true(text_is(ledger_value(h->house.arena, row, "section"), "人事課"));
	assert_int_equal(dossier.assets_count, 0);
}

static void
what_a_ledger_would_not_take_is_said_before_it_is_sent(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id first = draft_bring(h, h->house.staff, "own\nbring", "A-1");
	const struct dossier_id second = draft_bring(h, h->house.deputy, "own\nbring", "A-1");
	must(send_it(h, h->house.staff, first));
	must(send_it(h, h->house.deputy, second));
	must(decide(h, h->house.manager, first, VERDICT_PERMIT, ""));
	const struct dossier_id third = draft_bring(h, h->house.staff, "own\nbring", "ａ-1");
	assert_true(says(faults_of(h, third), "device-serial", "持込み簿"));
	/* The number was taken in between: the second cannot be granted, and nothing is half done. */
	struct deed ruling = ruling_of(h, h->house.manager, second, VERDICT_PERMIT, "");
	must_fail(h, h->house.manager, &ruling, ERROR_CONFLICT);
	must(decide(h, h->house.manager, second, VERDICT_SEND_BACK, "番号を確かめてください"));
	assert_true(says(faults_of(h, second), "device-serial", "持込み簿"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TELEWORK_TEST(telework_is_one_conversation_and_one_decision_for_each),
		TELEWORK_TEST(the_clerk_sees_before_sending_who_decides_and_what_it_will_allow),
		TELEWORK_TEST(a_permit_keeps_whom_and_what_it_lets_pass),
		TELEWORK_TEST(rows_of_other_ledgers_are_no_assets),
		TELEWORK_TEST(a_system_that_changed_hands_makes_the_decision_stale),
		TELEWORK_TEST(who_decides_hangs_on_the_field_answered),
		TELEWORK_TEST(a_head_in_two_roles_is_asked_once_and_recorded_in_both),
		TELEWORK_TEST(one_sheet_serves_five_occasions_with_two_sets_of_deciders),
		TELEWORK_TEST(one_sheet_serves_two_clauses),
		TELEWORK_TEST(only_who_holds_the_role_may_apply),
		TELEWORK_TEST(a_deputy_applies_in_the_place_of_the_holder),
		TELEWORK_TEST(what_must_be_permitted_first_is_valid_or_asked_for_here),
		TELEWORK_TEST(a_record_is_written_into_its_ledger_and_linked),
		TELEWORK_TEST(what_a_ledger_would_not_take_is_said_before_it_is_sent),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
