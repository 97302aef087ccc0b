/* Permits as machines ask after them: every state, at its moment, and nothing taken for what it is not. */
#include "flow_house.h"

#include "flow/consult.h"

static struct consult_answer
ask(struct flow_house *h, struct consult_question question)
{
	struct consult_answer answer;
	LOOK(&h->house, look);
	must(flow_consult(&look, &h->flow, &question, &answer));
	return answer;
}

#define STAFF .person = T("000012")

static void
is_answered(struct consult_answer answer, enum consulted state, enum consult_because because)
{
	assert_string_equal(consult_because_name(answer.because), consult_because_name(because));
	assert_string_equal(consulted_name(answer.state), consulted_name(state));
}

static void
a_permit_in_force_is_valid_with_everything_a_machine_needs(void **state)
{
	struct flow_house *h = *state;
	is_answered(ask(h, (struct consult_question){ STAFF }), CONSULTED_NONE, BECAUSE_NO_PERMIT);
	const struct dossier dossier = granted_carry(h);
	const struct consult_answer answer =
		ask(h, (struct consult_question){ STAFF, .occasion = T("transport") });
	is_answered(answer, CONSULTED_VALID, BECAUSE_IN_FORCE);
	assert_true(text_same(answer.number, dossier.permits[0].number));
	assert_true(text_is(answer.holder, "000012"));
	assert_true(text_is(answer.occasion, "transport"));
	assert_ptr_equal(answer.of, pack_occasion(h->house.pack, T("transport")));
	assert_int_equal(answer.from.no, dossier.permits[0].from.no);
	assert_int_equal(answer.until.no, dossier.permits[0].until.no);
}

static void
a_permit_expires_at_the_end_of_its_last_day_without_the_clock(void **state)
{
	struct flow_house *h = *state;
	const struct dossier dossier = granted_carry(h);
	const struct day until = dossier.permits[0].until;
	const int64_t end = day_begin(day_plus(until, 1)).ms;
	const struct hash before = everything(&h->house);
	is_answered(ask(h, (struct consult_question){ STAFF, .at = { end - 1 } }), CONSULTED_VALID,
		    BECAUSE_IN_FORCE);
	is_answered(ask(h, (struct consult_question){ STAFF, .at = { end } }), CONSULTED_EXPIRED,
		    BECAUSE_ENDED);
	h->house.now.ms = end;
	is_answered(ask(h, (struct consult_question){ STAFF }), CONSULTED_EXPIRED, BECAUSE_ENDED);
	h->house.now.ms = end - 1;
	is_answered(ask(h, (struct consult_question){ STAFF }), CONSULTED_VALID, BECAUSE_IN_FORCE);
	const struct hash after = everything(&h->house);
	assert_true(hash_same(&before, &after)); /* asking changes nothing */
}

static void
before_it_was_issued_it_let_nothing_pass(void **state)
{
	struct flow_house *h = *state;
	const struct dossier dossier = granted_carry(h);
	const int64_t issued = dossier.permits[0].issued.ms;
	is_answered(ask(h, (struct consult_question){ STAFF, .at = { issued - 1 } }),
		    CONSULTED_NOT_YET, BECAUSE_NOT_ISSUED);
	is_answered(ask(h, (struct consult_question){ STAFF, .at = { issued } }), CONSULTED_VALID,
		    BECAUSE_IN_FORCE);
}

static void
revoking_is_heard_of_at_once_and_not_before(void **state)
{
	struct flow_house *h = *state;
	const struct dossier dossier = granted_carry(h);
	hours_pass(h, 1);
	const struct moment revoked = h->house.now;
	struct deed revoke = { .doing = REVOKE, .id = dossier.id, .change = dossier.change,
			       .permit = dossier.permits[0].id, .why = T("端末が足りない") };
	must(deed_as(h, h->house.manager, &revoke));
	is_answered(ask(h, (struct consult_question){ STAFF }), CONSULTED_REVOKED, BECAUSE_REVOKED);
	is_answered(ask(h, (struct consult_question){ STAFF, .at = { revoked.ms - 1 } }),
		    CONSULTED_VALID, BECAUSE_IN_FORCE);
	/* Another one in force is what counts, whichever ended later. */
	granted_carry(h);
	is_answered(ask(h, (struct consult_question){ STAFF }), CONSULTED_VALID, BECAUSE_IN_FORCE);
	is_answered(ask(h, (struct consult_question){ .permit = dossier.permits[0].number }),
		    CONSULTED_REVOKED, BECAUSE_REVOKED);
}

static void
what_was_given_up_is_over(void **state)
{
	struct flow_house *h = *state;
	const struct dossier dossier = granted_carry(h);
	struct deed cancel = { .doing = CANCEL, .id = dossier.id, .change = dossier.change,
			       .why = T("中止") };
	must(deed_as(h, h->house.staff, &cancel));
	is_answered(ask(h, (struct consult_question){ STAFF }), CONSULTED_EXPIRED, BECAUSE_GIVEN_UP);
}

static void
what_is_out_is_still_permitted_and_says_so(void **state)
{
	struct flow_house *h = *state;
	const struct dossier dossier = granted_carry(h);
	take_out(h, h->house.staff, &dossier, h->secret);
	is_answered(ask(h, (struct consult_question){ STAFF }), CONSULTED_VALID, BECAUSE_OUT);
	/* Not back in time: out, and no longer permitted, though no clock has ended it. */
	days_pass(h, 30);
	is_answered(ask(h, (struct consult_question){ STAFF }), CONSULTED_EXPIRED, BECAUSE_ENDED);
}

static struct error *
leave_work(struct act *act, void *with)
{
	struct flow_house *h = with;
	return people_person_end(act, h->house.staff, moment_day(act->look.now));
}

static void
who_has_left_passes_no_more(void **state)
{
	struct flow_house *h = *state;
	granted_carry(h);
	must(act_now(&h->house, leave_work, h));
	is_answered(ask(h, (struct consult_question){ STAFF }), CONSULTED_VALID, BECAUSE_IN_FORCE);
	days_pass(h, 1);
	is_answered(ask(h, (struct consult_question){ STAFF }), CONSULTED_EXPIRED,
		    BECAUSE_HOLDER_LEFT);
}

static void
a_permit_for_something_else_is_none(void **state)
{
	struct flow_house *h = *state;
	const struct dossier dossier = granted_carry(h);
	const struct text number = dossier.permits[0].number;
	is_answered(ask(h, (struct consult_question){ STAFF, .occasion = T("dispose") }),
		    CONSULTED_NONE, BECAUSE_NO_PERMIT);
	is_answered(ask(h, (struct consult_question){ .person = T("000013") }), CONSULTED_NONE,
		    BECAUSE_NO_PERMIT);
	is_answered(ask(h, (struct consult_question){ .permit = number, .person = T("000013") }),
		    CONSULTED_NONE, BECAUSE_OTHER);
	is_answered(ask(h, (struct consult_question){ .permit = number, .occasion = T("dispose") }),
		    CONSULTED_NONE, BECAUSE_OTHER);
	/* It speaks of no device, so it lets none pass. */
	is_answered(ask(h, (struct consult_question){ STAFF, .pairs = { { T("device"), T("X-1") } },
						      .pairs_count = 1 }),
		    CONSULTED_NONE, BECAUSE_NO_PERMIT);
	/* Nobody of that name: the same answer as for somebody without a permit. */
	is_answered(ask(h, (struct consult_question){ .person = T("999999") }), CONSULTED_NONE,
		    BECAUSE_NO_PERMIT);
	is_answered(ask(h, (struct consult_question){ .person = T("id:0") }), CONSULTED_NONE,
		    BECAUSE_NO_PERMIT);
}

static void
a_permit_is_found_by_what_it_lets_pass(void **state)
{
	struct flow_house *h = *state;
	const struct dossier dossier = granted_carry(h); /* its destination is in its scope */
	const struct consult_pair branch = { T("destination"), T(" 支所 ") };
	assert_true(dossier.permits[0].scope_count > 0);
	const struct consult_answer answer =
		ask(h, (struct consult_question){ .pairs = { branch }, .pairs_count = 1 });
	is_answered(answer, CONSULTED_VALID, BECAUSE_IN_FORCE);
	assert_true(text_is(answer.holder, "000012"));
	for (size_t at = 0; at < answer.unchecked_count; at++)
		assert_false(text_is(answer.unchecked[at], "destination"));
	/* Asked after without it, the answer says what was not looked at. */
	bool is_named = false;
	const struct consult_answer less = ask(h, (struct consult_question){ STAFF });
	for (size_t at = 0; at < less.unchecked_count; at++)
		is_named |= text_is(less.unchecked[at], "destination");
	assert_true(is_named);
	is_answered(ask(h, (struct consult_question){ .pairs = { { T("destination"), T("本庁") } },
						      .pairs_count = 1 }),
		    CONSULTED_NONE, BECAUSE_NO_PERMIT);
	/* Every value asked must be covered, and by the person asked about. */
	is_answered(ask(h, (struct consult_question){ .pairs = { branch, { T("device"), T("X") } },
						      .pairs_count = 2 }),
		    CONSULTED_NONE, BECAUSE_NO_PERMIT);
	is_answered(ask(h, (struct consult_question){ .person = T("000013"), .pairs = { branch },
						      .pairs_count = 1 }),
		    CONSULTED_NONE, BECAUSE_NO_PERMIT);
	is_answered(ask(h, (struct consult_question){ .permit = dossier.permits[0].number,
						      .pairs = { { T("destination"), T("本庁") } },
						      .pairs_count = 1 }),
		    CONSULTED_NONE, BECAUSE_OTHER);
}

static void
a_question_about_nothing_is_refused(void **state)
{
	struct flow_house *h = *state;
	struct consult_answer answer;
	LOOK(&h->house, look);
	struct error *error = flow_consult(
		&look, &h->flow, &(struct consult_question){ .occasion = T("transport") }, &answer);
	assert_non_null(error);
	assert_int_equal(error->kind, ERROR_INVALID);
	const struct text number = text_format(
		h->house.arena, "id:%lld", (long long)h->house.staff.no);
	must(flow_consult(&look, &h->flow, &(struct consult_question){ .person = number }, &answer));
	is_answered(answer, CONSULTED_NONE, BECAUSE_NO_PERMIT);
}

static void
width_case_and_separators_do_not_matter_but_their_places_do(void **state)
{
	static const struct {
		const char *one, *other;
		bool is_same;
	} cases[] = {
		{ "ABC-123", "ａｂｃ１２３", true },
		{ "ABC-123", "abc 123", true },
		{ "00:1A:2B:3C:4D:5E", "001a.2b3c.4d5e", true },
		{ "00:1A:2B:3C:4D:5E", "００１Ａ２Ｂ３Ｃ４Ｄ５Ｅ", true },
		{ "00:1A:2B:3C:4D:5E", "00:1A:2B:3C:4D:5F", false },
		{ "10.0.0.1", "100.0.1", false },
		{ "10.0.0.1", "１０．０．０．１", true },
		{ "AB-12", "A-B12", false },
		{ "AB-12", "AB12", true },
		{ "ＡＢー１２", "ab12", true },
		{ "", "", false },
		{ "--", "--", false },
	};
	struct flow_house *h = *state;
	for (size_t at = 0; at < sizeof cases / sizeof *cases; at++)
		assert_int_equal(consult_same(h->house.arena, text_of(cases[at].one),
					      text_of(cases[at].other)),
				 cases[at].is_same);
}

static void
a_line_in_is_a_line_out(void **state)
{
	struct flow_house *h = *state;
	granted_carry(h);
	LOOK(&h->house, look);
	struct text line = consult_reply(&look, &h->flow,
					 T("{\"v\":1,\"id\":\"q\",\"person\":\"000012\"}"));
	assert_true(text_has(line, T("\"state\":\"valid\"")));
	assert_true(text_has(line, T("\"id\":\"q\"")));
	assert_true(text_ends(line, T("\n")));
	/* A condition misspelt is not a condition dropped. */
	line = consult_reply(&look, &h->flow,
			     T("{\"v\":1,\"person\":\"000012\",\"scop\":{\"device\":\"x\"}}"));
	assert_true(text_has(line, T("\"state\":\"error\"")));
	/* No name of a person, no word of the dossier leaves by this door. */
	line = consult_reply(&look, &h->flow, T("{\"v\":1,\"person\":\"000012\"}"));
	assert_false(text_has(line, T("山田")));
	assert_false(text_has(line, T("委託先")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		FLOW_TEST(a_permit_in_force_is_valid_with_everything_a_machine_needs),
		FLOW_TEST(a_permit_expires_at_the_end_of_its_last_day_without_the_clock),
		FLOW_TEST(before_it_was_issued_it_let_nothing_pass),
		FLOW_TEST(revoking_is_heard_of_at_once_and_not_before),
		FLOW_TEST(what_was_given_up_is_over),
		FLOW_TEST(what_is_out_is_still_permitted_and_says_so),
		FLOW_TEST(who_has_left_passes_no_more),
		FLOW_TEST(a_permit_for_something_else_is_none),
		FLOW_TEST(a_permit_is_found_by_what_it_lets_pass),
		FLOW_TEST(a_question_about_nothing_is_refused),
		FLOW_TEST(width_case_and_separators_do_not_matter_but_their_places_do),
		FLOW_TEST(a_line_in_is_a_line_out),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
