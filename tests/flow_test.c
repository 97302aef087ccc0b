/* From what somebody wants to do to a decision: matching, sheets, sending, deciding. */
#include "flow_house.h"

static void
answers_lead_to_occasions_with_one_sheet_for_both(void **state)
{
	struct flow_house *h = *state;
	const struct flow_answer answers[] = { ANSWER("doing", "send\ncarry") };
	struct flow_match match;
	LOOK(&h->house, look);
	must(flow_match(&look, &h->flow, &(struct flow_asked){ answers, 1, &h->secret, 1 },
			&match));
	assert_int_equal(match.occasions_count, 2);
	assert_true(text_is(match.occasions[0]->code, "send"));
	assert_true(text_is(match.occasions[1]->code, "transport"));
	assert_int_equal(match.forms_count, 1);
	assert_true(text_is(match.forms[0]->number, "2"));
	assert_int_equal(match.classes_count, 1);
	assert_true(text_is(match.classes[0].value->code, "I"));
	must(flow_match(&look, &h->flow, &(struct flow_asked){ answers, 1, &h->plain, 1 }, &match));
	assert_int_equal(match.occasions_count, 0);
	const struct row_id mixed[] = { h->plain, h->stick };
	must(flow_match(&look, &h->flow, &(struct flow_asked){ answers, 1, mixed, 2 }, &match));
	assert_true(text_is(match.classes[0].value->code, "II"));
	assert_int_equal(match.occasions_count, 2);
}

static void
a_draft_keeps_what_was_typed_and_says_all_faults_at_once(void **state)
{
	struct flow_house *h = *state;
	const struct flow_answer answers[] = { ANSWER("doing", "carry"), ANSWER("period", "いつか"),
					       ANSWER("route", "徒歩") };
	const struct dossier_id id = draft_as(h, h->house.staff, ASK(answers, h->secret));
	struct error *faults;
	LOOK(&h->house, look);
	must(flow_check(&look, &h->flow, id, &faults));
	assert_true(has_fault(faults, "period"));
	assert_true(has_fault(faults, "purpose"));
	assert_true(has_fault(faults, "container"));
	assert_true(has_fault(faults, "returns-at"));
	assert_false(has_fault(faults, "route"));
	assert_false(has_fault(faults, "means")); /* asked of those who send */
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_DRAFT);
	assert_true(text_is(dossier_answer(&dossier, T("period"), T("")), "いつか"));
	assert_true(text_is(dossier_answer(&dossier, T("applied-on"), T("")), "2026-11-21"));
	assert_true(text_is(dossier.number, "令和8年度-0001"));
	struct deed deed = { .doing = SEND, .id = id, .change = dossier.change };
	must_fail(h, h->house.staff, &deed, ERROR_INVALID);
}

static void
saving_changes_only_what_is_given_and_only_for_the_applicant(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "支所");
	const struct flow_answer answers[] = { ANSWER("route", "電車") };
	struct deed deed = { .doing = SAVE, .id = id, .change = dossier_now(h, id).change,
			     .words = { .asked = { .answers = answers, .answers_count = 1 },
					.keeps_choice = true } };
	must_fail(h, h->house.deputy, &deed, ERROR_REFUSED);
	walk(h, h->house.staff, &deed);
	const struct dossier dossier = dossier_now(h, id);
	assert_true(text_is(dossier_answer(&dossier, T("route"), T("")), "電車"));
	assert_true(text_is(dossier_answer(&dossier, T("container"), T("")), "locked"));
	assert_int_equal(dossier.assets_count, 1);
	must_fail(h, h->house.staff, &deed, ERROR_CONFLICT); /* an older page */
	deed.words.asked.answers = &ANSWER("no-such-field", "x");
	deed.change = dossier.change;
	must_fail(h, h->house.staff, &deed, ERROR_INVALID);
}

static void
equal_steps_of_two_occasions_are_decided_once(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "支所");
	const struct flow_answer more[] = { ANSWER("doing", "send\ncarry"),
					    ANSWER("means", "mail"),
					    ANSWER("protection", "encrypted") };
	struct deed deed = { .doing = SAVE, .id = id, .change = dossier_now(h, id).change,
			     .words = { .asked = { .answers = more, .answers_count = 3 },
					.keeps_choice = true } };
	must(deed_as(h, h->house.staff, &deed));
	struct flow_step *steps;
	size_t count;
	{
		LOOK(&h->house, look);
		must(flow_preview(&look, &h->flow, id, &steps, &count));
	}
	assert_int_equal(count, 2);
	assert_int_equal(steps[0].verb, STEP_PERMISSION);
	assert_int_equal(steps[0].parts_count, 2);
	assert_int_equal(steps[0].deciders[0].person.no, h->house.manager.no);
	assert_int_equal(steps[1].verb, STEP_NOTIFICATION);
	assert_int_equal(steps[1].same_as, 0);
	must(send_it(h, h->house.staff, id));
	assert_int_equal(notices_of(h, h->house.manager), 1);
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_GRANTED);
	assert_int_equal(dossier.decisions_count, 1);
	assert_int_equal(dossier.steps[0].decision, 0);
	assert_int_equal(dossier.steps[1].decision, 0); /* told by having decided */
	assert_int_equal(dossier.permits_count, 2);
	assert_true(text_is(dossier.permits[1].number, "令和8年度-0001-2"));
	assert_int_equal(dossier.permits[0].until.no, D(4).no);
}

static void
a_decision_keeps_the_digest_of_exactly_what_was_sent(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = manager_permits_carry(h, "支所");
	const struct dossier dossier = dossier_now(h, id);
	struct text json;
	struct hash digest;
	LOOK(&h->house, look);
	must(flow_frozen(&look, id, 1, &json, &digest));
	assert_true(hash_same(&digest, &dossier.digest));
	assert_true(hash_same(&digest, &dossier.decisions[0].digest));
	assert_true(text_has(json, T("\"class\":\"I\"")));
	assert_true(text_has(json, T("公用車で直行")));
	assert_false(dossier.is_stale);
}

static void
a_decision_is_stale_when_the_class_changed_afterwards(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->stick, "支所");
	const struct dossier_id waiting = draft_carry(h, h->house.staff, h->stick, "支所");
	must(send_it(h, h->house.staff, id));
	must(send_it(h, h->house.staff, waiting));
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	struct row_deed change = { h, "名簿", "I", "USB-002", h->house.section, { 0 }, h->stick };
	must(act_as(&h->house, h->house.manager, add_row_work, &change));
	const struct dossier dossier = dossier_now(h, id);
	assert_true(dossier.is_stale);
	assert_true(dossier.assets[0].is_changed);
	struct deed deed = ruling_of(h, h->house.manager, waiting, VERDICT_PERMIT, "");
	must_fail(h, h->house.manager, &deed, ERROR_CONFLICT);
	must(decide(h, h->house.manager, waiting, VERDICT_SEND_BACK, "分類が変わりました"));
	assert_false(dossier_now(h, waiting).is_stale); /* it is being put right */
}

static void
a_decision_is_stale_when_the_owner_changed_afterwards(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "支所");
	struct deed send = { .doing = SEND, .id = id, .change = dossier_now(h, id).change };
	must_fail(h, h->house.manager, &send, ERROR_REFUSED); /* not theirs to send */
	must(send_it(h, h->house.staff, id));
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	struct row_deed change = { h, "税務データ", "I", "USB-001", h->house.other, { 0 },
				   h->secret };
	must(act_as(&h->house, h->house.manager, add_row_work, &change));
	assert_true(dossier_now(h, id).is_stale);
}

static void
only_a_candidate_of_today_decides(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "支所");
	must(send_it(h, h->house.staff, id));
	struct deed deed = ruling_of(h, h->house.manager, id, VERDICT_PERMIT, "");
	must_fail(h, h->house.staff, &deed, ERROR_REFUSED);
	must_fail(h, h->house.deputy, &deed, ERROR_REFUSED);
	must_fail(h, h->other_manager, &deed, ERROR_REFUSED);
	must_fail(h, h->house.mayor, &deed, ERROR_REFUSED);
	must_fail(h, (struct person_id){ 0 }, &deed, ERROR_REFUSED);
	deed.ruling.verdict = VERDICT_OPINION;
	deed.ruling.words = T("よい");
	must_fail(h, h->house.manager, &deed, ERROR_INVALID);
	deed.ruling.verdict = VERDICT_REFUSE;
	deed.ruling.words = T(" ");
	must_fail(h, h->house.manager, &deed, ERROR_INVALID);
	deed.ruling.verdict = VERDICT_PERMIT;
	deed.ruling.digest.at[0] ^= 1;
	must_fail(h, h->house.manager, &deed, ERROR_CONFLICT);
}

static void
two_deciders_cannot_both_win(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "支所");
	must(send_it(h, h->house.staff, id));
	struct deed first = ruling_of(h, h->house.manager, id, VERDICT_REFUSE, "別の方法で");
	struct deed second = ruling_of(h, h->house.manager, id, VERDICT_PERMIT, "");
	must(deed_as(h, h->house.manager, &first));
	must_fail(h, h->house.manager, &second, ERROR_CONFLICT);
	second.change = dossier_now(h, id).change;
	must_fail(h, h->house.manager, &second, ERROR_CONFLICT);
	assert_int_equal(dossier_now(h, id).state, DOSSIER_REFUSED);
}

static void
sent_back_it_comes_again_as_a_new_revision(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "支所");
	must(send_it(h, h->house.staff, id));
	struct deed deed = ruling_of(h, h->house.manager, id, VERDICT_SEND_BACK, "");
	must_fail(h, h->house.manager, &deed, ERROR_INVALID);
	must(decide(h, h->house.manager, id, VERDICT_SEND_BACK, "経路をくわしく"));
	struct deed old = ruling_of(h, h->house.manager, id, VERDICT_PERMIT, "");
	const struct flow_answer answers[] = { ANSWER("route", "公用車で国道を直行") };
	struct deed save = { .doing = SAVE, .id = id, .change = dossier_now(h, id).change,
			     .words = { .asked = { .answers = answers, .answers_count = 1 },
					.keeps_choice = true } };
	assert_int_equal(dossier_now(h, id).state, DOSSIER_RETURNED);
	must(deed_as(h, h->house.staff, &save));
	must(send_it(h, h->house.staff, id));
	must_fail(h, h->house.manager, &old, ERROR_CONFLICT);
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.revision, 2);
	assert_int_equal(dossier.decisions_count, 1);
	assert_true(dossier.decisions[0].is_superseded);
	struct dossier_id than;
	int64_t revision;
	struct flow_difference *changes;
	size_t count;
	LOOK(&h->house, look);
	must(flow_changes(&look, &h->flow, &dossier, &than, &revision, &changes, &count));
	assert_int_equal(revision, 1);
	assert_int_equal(count, 1);
	assert_true(text_is(changes[0].before, "公用車で直行"));
	assert_true(text_is(changes[0].after, "公用車で国道を直行"));
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	assert_int_equal(dossier_now(h, id).state, DOSSIER_GRANTED);
}

static void
the_decider_sees_what_is_different_from_last_time(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id first = manager_permits_carry(h, "支所");
	const struct dossier_id second = draft_carry(h, h->house.deputy, h->secret, "本所");
	must(send_it(h, h->house.deputy, second));
	const struct dossier dossier = dossier_now(h, second);
	struct dossier_id than;
	int64_t revision;
	struct flow_difference *changes;
	struct flow_permit *permits;
	size_t count;
	LOOK(&h->house, look);
	must(flow_changes(&look, &h->flow, &dossier, &than, &revision, &changes, &count));
	assert_int_equal(than.no, first.no);
	bool has_destination = false;
	for (size_t at = 0; at < count; at++)
		has_destination |= text_is(changes[at].before, "支所") &&
				   text_is(changes[at].after, "本所");
	assert_true(has_destination);
	must(flow_earlier(&look, &h->flow, &dossier, 5, &permits, &count));
	assert_int_equal(count, 1);
	assert_int_equal(permits[0].dossier.no, first.no);
}

static void
what_counts_is_the_class_when_it_is_sent(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->stick, "支所");
	const struct dossier_id higher = draft_carry(h, h->house.staff, h->plain, "支所");
	struct row_deed lower = { h, "名簿", "III", "USB-002", h->house.section, { 0 }, h->stick };
	must(act_as(&h->house, h->house.manager, add_row_work, &lower));
	struct row_deed raise = { h, "公開資料", "I", "USB-003", h->house.section, { 0 }, h->plain };
	must(act_as(&h->house, h->house.manager, add_row_work, &raise));
	struct deed send = { .doing = SEND, .id = id, .change = dossier_now(h, id).change };
	must_fail(h, h->house.staff, &send, ERROR_INVALID); /* nothing is asked of class III */
	struct error *faults;
	{
		LOOK(&h->house, look);
		must(flow_check(&look, &h->flow, higher, &faults));
	}
	assert_false(has_fault(faults, "occasions"));
	assert_int_equal(dossier_now(h, higher).steps_count, 2);
	const struct flow_answer applied[] = { ANSWER("applied-on", "R8.11.21"),
					       ANSWER("often", "once") };
	struct deed save = { .doing = SAVE, .id = higher,
			     .change = dossier_now(h, higher).change,
			     .words = { .asked = { .answers = applied, .answers_count = 2 },
					.keeps_choice = true } };
	must(deed_as(h, h->house.staff, &save));
	must(send_it(h, h->house.staff, higher));
	assert_false(dossier_now(h, higher).is_stale);
}

static void
what_is_in_use_cannot_be_given_up(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = manager_permits_carry(h, "支所");
	const struct dossier dossier = dossier_now(h, id);
	take_out(h, h->house.staff, &dossier, h->secret);
	struct deed cancel = { .doing = CANCEL, .id = id, .change = dossier_now(h, id).change,
			       .why = T("やめる") };
	must_fail(h, h->house.staff, &cancel, ERROR_CONFLICT);
}

static void
withdrawn_or_thrown_away_it_ends_without_a_permit(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "支所");
	must(send_it(h, h->house.staff, id));
	struct deed deed = { .doing = WITHDRAW, .id = id, .change = dossier_now(h, id).change,
			     .why = T("要らなくなった") };
	must_fail(h, h->house.manager, &deed, ERROR_REFUSED);
	struct deed late = ruling_of(h, h->house.manager, id, VERDICT_PERMIT, "");
	walk(h, h->house.staff, &deed);
	assert_int_equal(dossier_now(h, id).state, DOSSIER_WITHDRAWN);
	must_fail(h, h->house.manager, &late, ERROR_CONFLICT);
	const struct dossier_id other = draft_carry(h, h->house.staff, h->secret, "支所");
	struct deed cancel = { .doing = CANCEL, .id = other,
			       .change = dossier_now(h, other).change };
	walk(h, h->house.staff, &cancel);
	assert_int_equal(dossier_now(h, other).state, DOSSIER_CANCELLED);
}

static void
a_permission_given_up_unused_frees_its_permit(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "支所");
	must(send_it(h, h->house.staff, id));
	must(decide(h, h->house.manager, id, VERDICT_PERMIT_WITH, "二人で運ぶこと"));
	struct dossier dossier = dossier_now(h, id);
	assert_true(text_is(dossier.permits[0].conditions, "二人で運ぶこと"));
	struct deed cancel = { .doing = CANCEL, .id = id, .change = dossier.change };
	must_fail(h, h->house.staff, &cancel, ERROR_INVALID);
	cancel.why = T("中止になった");
	walk(h, h->house.staff, &cancel);
	dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_CANCELLED);
	assert_int_equal(dossier.permits[0].state, PERMIT_GIVEN_UP);
}

static void
drafting_sending_and_deciding_leave_nothing_half_done(void **state)
{
	struct flow_house *h = *state;
	const struct flow_answer answers[] = { ANSWER("doing", "carry") };
	struct deed draft = { .doing = DRAFT, .words = ASK(answers, h->secret) };
	walk(h, h->house.staff, &draft);
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "支所");
	struct deed send = { .doing = SEND, .id = id, .change = dossier_now(h, id).change };
	walk(h, h->house.staff, &send);
	struct deed ruling = ruling_of(h, h->house.manager, id, VERDICT_PERMIT, "");
	walk(h, h->house.manager, &ruling);
	assert_int_equal(dossier_now(h, id).state, DOSSIER_GRANTED);
	const struct dossier_id back = draft_carry(h, h->house.staff, h->secret, "支所");
	must(send_it(h, h->house.staff, back));
	struct deed send_back =
		ruling_of(h, h->house.manager, back, VERDICT_SEND_BACK, "直してください");
	walk(h, h->house.manager, &send_back);
}

static size_t
listed(struct flow_house *h, struct flow_query query)
{
	struct flow_page page;
	LOOK(&h->house, look);
	must(flow_list(&look, &h->flow, &query, 50, &page));
	return page.count;
}

static void
lists_show_what_is_mine_what_waits_and_what_is_found(void **state)
{
	struct flow_house *h = *state;
	struct house *p = &h->house;
	for (int at = 0; at < 3; at++)
		must(send_it(h, p->staff, draft_carry(h, p->staff, h->secret, "支所")));
	must(send_it(h, p->deputy, draft_carry(h, p->deputy, h->secret, "支所")));
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_MINE, .person = p->staff }), 3);
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_WAITING, .person = p->manager }),
			 4);
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_WAITING, .person = p->staff }), 0);
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_WAITING, .person = p->director }),
			 0);
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_ALL, .words = T("０００２") }), 1);
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_ALL, .words = T("ｲﾀｸ 作業") }), 0);
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_ALL, .words = T("委託 作業") }), 4);
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_ALL, .units = &p->bureau,
							.units_count = 1 }), 4);
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_ALL, .units = &p->other,
							.units_count = 1 }), 0);
	struct flow_page page;
	struct flow_counts counts;
	LOOK(p, look);
	struct flow_query query = { .list = FLOW_MINE, .person = p->staff };
	must(flow_list(&look, &h->flow, &query, 2, &page));
	assert_int_equal(page.count, 2);
	query.after = page.next;
	must(flow_list(&look, &h->flow, &query, 2, &page));
	assert_int_equal(page.count, 1);
	query = (struct flow_query){ .list = FLOW_WAITING, .person = p->manager };
	must(flow_list(&look, &h->flow, &query, 3, &page));
	assert_int_equal(page.count, 3);
	query.after = page.next;
	must(flow_list(&look, &h->flow, &query, 3, &page));
	assert_int_equal(page.count, 1);
	must(flow_count(&look, &h->flow, p->manager, &counts));
	assert_int_equal(counts.waiting, 4);
}

static void
permits_that_end_are_listed_by_their_last_day(void **state)
{
	struct flow_house *h = *state;
	const struct house *p = &h->house;
	const struct flow_query of_staff = { .list = FLOW_ENDING, .person = p->staff, .until = D(4) };
	const struct dossier_id first = manager_permits_carry(h, "支所"); /* until D(4) */
	manager_permits_carry(h, "出張所");
	draft_carry(h, p->staff, h->secret, "本所"); /* not permitted */
	assert_int_equal(listed(h, of_staff), 2);
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_ENDING, .until = D(4) }), 2);
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_ENDING, .until = D(3) }), 0);
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_ENDING, .person = p->manager, .until = D(4) }), 0);
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_ENDING, .until = D(4), .units = &p->bureau,
							.units_count = 1 }), 2); /* and all below */
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_ENDING, .until = D(4), .units = &p->other,
							.units_count = 1 }), 0);
	struct flow_page page;
	{
		LOOK(p, look);
		must(flow_list(&look, &h->flow, &of_staff, 1, &page));
		assert_int_equal(page.count, 1);
		assert_int_equal(page.lines[0].id.no, first.no);
		assert_int_equal(page.lines[0].ends.no, D(4).no);
		assert_true(page.lines[0].permit.no != 0);
		struct flow_query next = of_staff;
		next.after = page.next;
		must(flow_list(&look, &h->flow, &next, 1, &page));
		assert_true(page.count == 1 && page.lines[0].id.no != first.no);
	}
	days_pass(h, 5); /* over: not ending any more */
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_ENDING, .until = D(10) }), 0);
}

static void
steps_that_have_waited_are_listed_with_since_when(void **state)
{
	struct flow_house *h = *state;
	const struct house *p = &h->house;
	const struct moment sent = p->now;
	const struct dossier_id old = draft_carry(h, p->staff, h->secret, "支所");
	must(send_it(h, p->staff, old));
	days_pass(h, 3);
	const struct dossier_id new = draft_carry(h, p->staff, h->secret, "出張所");
	must(send_it(h, p->staff, new));
	const struct flow_query slow = { .list = FLOW_SLOW, .before = p->now };
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_SLOW, .before = sent }), 0); /* not before then */
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_SLOW, .before = { p->now.ms + 1 } }), 2);
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_SLOW, .before = p->now, .units = &p->bureau,
							.units_count = 1 }), 1);
	assert_int_equal(listed(h, (struct flow_query){ .list = FLOW_SLOW, .before = p->now, .units = &p->other,
							.units_count = 1 }), 0);
	struct flow_page page;
	{
		LOOK(p, look);
		must(flow_list(&look, &h->flow, &slow, 10, &page));
	}
	assert_int_equal(page.count, 1);
	assert_int_equal(page.lines[0].id.no, old.no);
	assert_int_equal(page.lines[0].since.ms, sent.ms);
	assert_int_equal(page.lines[0].verb, STEP_PERMISSION);
	must(decide(h, p->manager, old, VERDICT_PERMIT, ""));
	assert_int_equal(listed(h, slow), 0);
}

static void
who_may_see_a_dossier_is_who_has_to_do_with_it(void **state)
{
	struct flow_house *h = *state;
	const struct dossier_id id = draft_carry(h, h->house.staff, h->secret, "支所");
	bool may;
	LOOK(&h->house, look);
	struct dossier dossier = dossier_now(h, id);
	must(flow_may_see(&look, &h->flow, &dossier, h->house.manager, &may));
	assert_false(may); /* a draft is the applicant's own */
	must(send_it(h, h->house.staff, id));
	dossier = dossier_now(h, id);
	const struct person_id yes[] = { h->house.staff, h->house.deputy, h->house.manager,
					 h->house.director, h->house.mayor };
	for (size_t at = 0; at < 5; at++) {
		must(flow_may_see(&look, &h->flow, &dossier, yes[at], &may));
		assert_true(may);
	}
	must(flow_may_see(&look, &h->flow, &dossier, h->other_manager, &may));
	assert_false(may);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW_TEST(answers_lead_to_occasions_with_one_sheet_for_both),
		FLOW_TEST(a_draft_keeps_what_was_typed_and_says_all_faults_at_once),
		FLOW_TEST(saving_changes_only_what_is_given_and_only_for_the_applicant),
		FLOW_TEST(equal_steps_of_two_occasions_are_decided_once),
		FLOW_TEST(a_decision_keeps_the_digest_of_exactly_what_was_sent),
		FLOW_TEST(a_decision_is_stale_when_the_class_changed_afterwards),
		FLOW_TEST(a_decision_is_stale_when_the_owner_changed_afterwards),
		FLOW_TEST(only_a_candidate_of_today_decides),
		FLOW_TEST(two_deciders_cannot_both_win),
		FLOW_TEST(sent_back_it_comes_again_as_a_new_revision),
		FLOW_TEST(the_decider_sees_what_is_different_from_last_time),
		FLOW_TEST(what_counts_is_the_class_when_it_is_sent),
		FLOW_TEST(what_is_in_use_cannot_be_given_up),
		FLOW_TEST(withdrawn_or_thrown_away_it_ends_without_a_permit),
		FLOW_TEST(a_permission_given_up_unused_frees_its_permit),
		FLOW_TEST(drafting_sending_and_deciding_leave_nothing_half_done),
		FLOW_TEST(lists_show_what_is_mine_what_waits_and_what_is_found),
		FLOW_TEST(permits_that_end_are_listed_by_their_last_day),
		FLOW_TEST(steps_that_have_waited_are_listed_with_since_when),
		FLOW_TEST(who_may_see_a_dossier_is_who_has_to_do_with_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
