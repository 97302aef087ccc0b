/* Standing delegation at work: who decides, what is kept, and what nobody can give or take. */
#include "flow_house.h"

#include "people/delegation.h"

static const char lone_occasions[] =
	"  - code: lone\n"
	"    ja: \"一段\"\n    en: \"One step\"\n"
	"    why: {ja: \"CISOが決裁します。\", en: \"The CISO decides.\"}\n"
	"    clauses: [\"8.4.1\"]\n"
	"    when: 'destination in (\"lone\", \"grave\")'\n"
	"    route:\n"
	"      - {verb: permission, role: ciso, whose: body, order: 1}\n"
	"    permit: {usual: permit.usual-days, extends: ciso}\n"
	"    outcomes:\n"
	"      - {name: permit.issue, at: grant}\n";

static const char our_delegations[] =
	"delegations:\n"
	"  - code: light\n"
	"    ja: \"軽いもの\"\n    en: \"Light ones\"\n"
	"    from: ciso\n    to: chief\n    clause: \"2.1.b\"\n    most: delegation.most-days\n"
	"    powers:\n"
	"      - {occasion: lone, does: permit, when: 'destination = \"lone\"'}\n"
	"      - {occasion: lone, does: extend}\n";

static void
load_our_pack(struct flow_house *f)
{
	copy_own_pack(&f->house);
	pack_add(&f->house, "occasions.yaml", lone_occasions);
	pack_put(&f->house, "delegations.yaml", our_delegations);
	flow_house_pack(f);
}

static int
open_house(void **state)
{
	*state = flow_house_with(sizeof(struct flow_house), load_our_pack);
	return 0;
}

#define OUR_TEST(name) cmocka_unit_test_setup_teardown(name, open_house, house_close)

static const struct flow_step *
of_ciso(const struct dossier *dossier)
{
	for (size_t at = 0; at < dossier->steps_count; at++)
		if (text_is(dossier->steps[at].wished->code, "ciso"))
			return &dossier->steps[at];
	fail_msg("no step of the CISO");
	return NULL;
}

struct giving {
	struct flow_house *h;
	struct delegation given;
	struct delegation_id id;
	struct day last; /* of an end */
};

static struct error *
give_work(struct act *act, void *with)
{
	struct giving *g = with;
	return people_delegation_give(act, g->h->house.pack, &g->given, &g->id);
}

static struct error *
end_work(struct act *act, void *with)
{
	struct giving *g = with;
	return people_delegation_end(act, g->h->house.pack, g->id, g->last);
}

static struct giving
light(struct flow_house *h)
{
	return (struct giving){ .h = h, .given = { .code = T("light"), .since = D(0),
						   .until = D(100), .reason = T("定例のため") } };
}

static struct delegation_id
give(struct flow_house *h)
{
	struct giving giving = light(h);
	must(act_as(&h->house, h->ciso, give_work, &giving));
	return giving.id;
}

static void
giving_fails(struct flow_house *h, struct person_id who, struct giving *giving, enum error_kind kind)
{
	act_fails(&h->house, who, give_work, giving, kind);
}

static size_t
waiting_for(struct flow_house *h, struct person_id who, struct flow_page *page)
{
	LOOK(&h->house, look);
	must(flow_list(&look, &h->flow, &(struct flow_query){ .list = FLOW_WAITING, .person = who },
		       10, page));
	return page->count;
}

static void
decide_this(struct flow_house *h, struct person_id who, struct dossier_id id, enum error_kind kind)
{
	const struct dossier dossier = dossier_now(h, id);
	struct deed deed = { .doing = DECIDE, .id = id, .change = dossier.change,
			     .ruling = { of_ciso(&dossier)->id, VERDICT_PERMIT, T(""), dossier.digest } };
	must_fail(h, who, &deed, kind);
}

/* ---- */

static void
what_is_delegated_is_decided_by_the_delegate_and_says_so(void **state)
{
	struct flow_house *h = *state;
	struct flow_page page;
	const struct delegation_id given = give(h);
	const struct dossier_id id = send_to(h, h->house.staff, "lone");
	struct dossier dossier = dossier_now(h, id);
	const struct flow_step *step = of_ciso(&dossier);
	assert_true(text_is(step->role->code, "chief"));
	assert_int_equal(step->deciders_count, 1);
	assert_int_equal(step->deciders[0].basis, DECIDES_DELEGATE);
	assert_true(text_has(step->raised, T("専決")));
	assert_int_equal(waiting_for(h, h->ciso, &page), 0);
	assert_int_equal(waiting_for(h, h->house.director, &page), 1);
	assert_int_equal(page.lines[0].basis, DECIDES_DELEGATE);
	decide_this(h, h->ciso, id, ERROR_REFUSED);
	must(decide(h, h->house.director, id, VERDICT_PERMIT, ""));
	dossier = dossier_now(h, id);
	assert_int_equal(dossier.state, DOSSIER_GRANTED);
	const struct flow_decision *decision = &dossier.decisions[0];
	assert_int_equal(decision->delegation.no, given.no);
	assert_int_equal(decision->basis, DECIDES_DELEGATE);
	assert_true(text_is(decision->role, "chief"));
	assert_int_equal(decision->capacities[0].delegation.no, given.no);
	assert_string_equal(decider_basis_words(decision->basis), "専決");
}

static void
what_the_condition_leaves_out_stays_with_the_giver(void **state)
{
	struct flow_house *h = *state;
	give(h);
	const struct dossier_id id = send_to(h, h->house.staff, "grave");
	decide_this(h, h->house.director, id, ERROR_REFUSED);
	must(decide(h, h->ciso, id, VERDICT_PERMIT, ""));
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.decisions[0].delegation.no, 0);
	assert_int_equal(dossier.decisions[0].basis, DECIDES_HOLDER);
}

struct deputising {
	struct flow_house *h;
	struct person_id absent, deputy;
};

static struct error *
deputise(struct act *act, void *with)
{
	struct deputising *d = with;
	struct assignment *list;
	size_t count;
	struct deputy_id id;
	TRY(people_assignments_of(&act->look, d->absent, &list, &count));
	const struct deputy deputy = { .post = list[0].post, .absent = d->absent,
				       .deputy = d->deputy, .since = D(0), .until = D(5),
				       .reason = T("出張") };
	return people_deputy_add(act, d->h->house.pack, &deputy, &id);
}

static void
a_power_one_does_not_hold_cannot_be_given(void **state)
{
	struct flow_house *h = *state;
	struct giving giving = light(h);
	giving_fails(h, h->house.manager, &giving, ERROR_REFUSED);
	giving_fails(h, h->house.director, &giving, ERROR_REFUSED);
	/* Nor by who stands in for its holder. */
	struct deputising named = { h, h->ciso, h->house.manager };
	must(act_as(&h->house, h->ciso, deputise, &named));
	giving_fails(h, h->house.manager, &giving, ERROR_REFUSED);
	giving.given.code = T("heavy");
	giving_fails(h, h->ciso, &giving, ERROR_INVALID);
}

static void
a_delegation_has_an_end_a_reason_and_no_twin(void **state)
{
	struct flow_house *h = *state;
	struct giving giving = light(h);
	giving.given.until = DAY_NONE;
	giving_fails(h, h->ciso, &giving, ERROR_INVALID);
	giving.given.until = D(366);
	giving_fails(h, h->ciso, &giving, ERROR_INVALID);
	giving = light(h);
	giving.given.reason = T(" ");
	giving_fails(h, h->ciso, &giving, ERROR_INVALID);
	giving = light(h);
	giving.given.since = D(-1);
	giving_fails(h, h->ciso, &giving, ERROR_INVALID);
	give(h);
	giving = light(h);
	giving_fails(h, h->ciso, &giving, ERROR_CONFLICT);
}

/* The loader: each of these lines makes the pack unloadable, with words. */
static void
loading_fails(struct flow_house *h, const char *from, const char *to, const char *power,
	      const char *words)
{
	struct house *house = &h->house;
	struct pack *pack;
	char text[1000];
	snprintf(text, sizeof text,
		 "delegations:\n  - code: ours\n    ja: \"あ\"\n    en: \"a\"\n    from: %s\n    to: %s\n"
		 "    clause: \"2.1.b\"\n    powers:\n      - %s\n",
		 from, to, power);
	pack_put(house, "delegations.yaml", text);
	struct error *error = pack_load_copy(house, &pack);
	assert_non_null(error);
	assert_true(text_starts(error->field, T("delegations.yaml")));
	if (!text_has(error->words, text_of(words)))
		must(error);
}

static void
a_pack_that_gives_what_its_role_does_not_hold_does_not_load(void **state)
{
	struct flow_house *h = *state;
	/* 8.4.1: the mayor permits exceptions, so the CISO cannot give that on, whatever a note says. */
	loading_fails(h, "ciso", "chief", "{occasion: except, does: permit}", "持っていない権限");
	loading_fails(h, "ciso", "chief", "{occasion: except, does: extend}", "持っていない権限");
	/* A power received is none of one's own. */
	loading_fails(h, "chief", "policy-manager", "{occasion: lone, does: permit}", "持っていない権限");
	loading_fails(h, "ciso", "mayor", "{occasion: lone, does: permit}", "下の役割");
	loading_fails(h, "ciso", "staff", "{occasion: lone, does: permit}", "全員の役割");
	loading_fails(h, "ciso", "manager", "{occasion: lone, does: permit}", "団体に一人の役割");
	loading_fails(h, "ciso", "chief", "{occasion: lone, does: permit, when: 'nothing = 1'}", "nothing");
}

static void
conflicts_send_it_elsewhere_and_say_why(void **state)
{
	struct flow_house *h = *state;
	give(h);
	/* The delegate's own: the giver decides. */
	const struct dossier_id own = send_to(h, h->house.director, "lone");
	decide_this(h, h->house.director, own, ERROR_REFUSED);
	must(decide(h, h->ciso, own, VERDICT_PERMIT, ""));
	assert_int_equal(dossier_now(h, own).decisions[0].delegation.no, 0);
	/* The giver's own: neither they nor whom they gave it to, but the role above. */
	const struct dossier_id givers = send_to(h, h->ciso, "lone");
	decide_this(h, h->ciso, givers, ERROR_REFUSED);
	decide_this(h, h->house.director, givers, ERROR_REFUSED);
	must(decide(h, h->house.mayor, givers, VERDICT_PERMIT, ""));
}

static void
who_named_the_applicant_as_deputy_does_not_decide(void **state)
{
	struct flow_house *h = *state;
	struct deputising named = { h, h->ciso, h->house.staff };
	must(act_as(&h->house, h->ciso, deputise, &named));
	const struct dossier_id id = send_to(h, h->house.staff, "grave");
	const struct dossier dossier = dossier_now(h, id);
	struct deed deed = { .flow = &h->flow, .doing = DECIDE, .id = id, .change = dossier.change,
			     .ruling = { of_ciso(&dossier)->id, VERDICT_PERMIT, T(""), dossier.digest } };
	const struct error *error = act_fails(&h->house, h->ciso, deed_work, &deed, ERROR_REFUSED);
	assert_true(text_has(error->words, T("職務代理になっている人")));
	must(decide(h, h->house.mayor, id, VERDICT_PERMIT, ""));
}

static void
the_delegates_deputy_decides_in_their_place_as_stand_in(void **state)
{
	struct flow_house *h = *state;
	const struct delegation_id given = give(h);
	struct deputising named = { h, h->house.director, h->house.manager };
	must(act_as(&h->house, h->house.director, deputise, &named));
	const struct dossier_id id = send_to(h, h->house.staff, "lone");
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	const struct dossier dossier = dossier_now(h, id);
	assert_int_equal(dossier.decisions[0].basis, DECIDES_STAND_IN);
	assert_int_equal(dossier.decisions[0].deputy_for.no, h->house.director.no);
	assert_int_equal(dossier.decisions[0].delegation.no, given.no);
	assert_string_equal(decider_basis_words(DECIDES_STAND_IN), "代決");
}

static void
taken_back_it_returns_to_the_giver_and_what_was_decided_stays(void **state)
{
	struct flow_house *h = *state;
	const struct delegation_id given = give(h);
	const struct dossier_id before = send_to(h, h->house.staff, "lone");
	must(decide(h, h->house.director, before, VERDICT_PERMIT, ""));
	const struct dossier_id id = send_to(h, h->house.staff, "lone");
	struct giving ending = { .h = h, .id = given, .last = D(-1) };
	assert_non_null(act_as(&h->house, h->house.director, end_work, &ending));
	assert_non_null(act_as(&h->house, h->house.manager, end_work, &ending));
	must(act_as(&h->house, h->ciso, end_work, &ending));
	struct flow_page page;
	assert_int_equal(waiting_for(h, h->house.director, &page), 0);
	decide_this(h, h->house.director, id, ERROR_REFUSED);
	must(decide(h, h->ciso, id, VERDICT_PERMIT, ""));
	assert_int_equal(dossier_now(h, before).decisions[0].delegation.no, given.no);
}

static struct error *
leave(struct act *act, void *with)
{
	return people_person_end(act, *(struct person_id *)with, D(-1));
}

static struct error *
succeed(struct act *act, void *with)
{
	struct giving *g = with;
	struct assignment_id id;
	return people_assign(act, &(struct assignment){ .person = g->h->other_manager, .post = g->given.post,
							.is_main = false, .since = D(0),
							.until = DAY_NONE }, &id);
}

static void
it_hangs_on_the_post_not_on_the_person(void **state)
{
	struct flow_house *h = *state;
	struct giving giving = light(h);
	must(act_as(&h->house, h->ciso, give_work, &giving));
	{
		LOOK(&h->house, look);
		struct delegation read;
		must(people_delegation(&look, h->house.pack, giving.id, &read));
		giving.given.post = read.post;
		assert_true(read.is_held);
	}
	must(act_now(&h->house, leave, &h->ciso));
	const struct dossier_id vacant = send_to(h, h->house.staff, "lone");
	/* Nobody holds the post: it sleeps, and the role above decides. */
	decide_this(h, h->house.director, vacant, ERROR_REFUSED);
	must(decide(h, h->house.mayor, vacant, VERDICT_PERMIT, ""));
	must(act_now(&h->house, succeed, &giving));
	const struct dossier_id again = send_to(h, h->house.staff, "lone");
	must(decide(h, h->house.director, again, VERDICT_PERMIT, ""));
	assert_int_equal(dossier_now(h, again).decisions[0].delegation.no, giving.id.no);
}

static void
an_extension_is_answered_under_delegation(void **state)
{
	struct flow_house *h = *state;
	struct flow_page page;
	const struct delegation_id given = give(h);
	const struct dossier_id id = send_to(h, h->house.staff, "grave");
	must(decide(h, h->ciso, id, VERDICT_PERMIT, ""));
	struct dossier dossier = dossier_now(h, id);
	struct deed ask = { .doing = EXTEND, .permit = dossier.permits[0].id, .change = dossier.change,
			    .until = D(60), .why = T("続くため") };
	must(deed_as(h, h->house.staff, &ask));
	assert_int_equal(waiting_for(h, h->ciso, &page), 0);
	assert_int_equal(waiting_for(h, h->house.director, &page), 1);
	assert_true(page.lines[0].is_extension);
	struct deed rule = { .doing = RULE_EXTENSION, .permit = ask.permit, .is_granted = true,
			     .why = T(""), .change = dossier_now(h, id).change };
	must_fail(h, h->ciso, &rule, ERROR_REFUSED);
	must_fail(h, h->house.staff, &rule, ERROR_REFUSED);
	must(deed_as(h, h->house.director, &rule));
	dossier = dossier_now(h, id);
	assert_int_equal(dossier.permits[0].extensions[0].by.no, h->house.director.no);
	assert_int_equal(dossier.permits[0].extensions[0].delegation.no, given.no);
}

static void
giving_and_deciding_are_whole_or_not_at_all(void **state)
{
	struct flow_house *h = *state;
	struct giving giving = light(h);
	fault_walk(&h->house, h->ciso, give_work, &giving);
	const struct dossier_id id = send_to(h, h->house.staff, "lone");
	struct deed deed = ruling_of(h, h->house.director, id, VERDICT_PERMIT, "");
	walk(h, h->house.director, &deed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		OUR_TEST(what_is_delegated_is_decided_by_the_delegate_and_says_so),
		OUR_TEST(what_the_condition_leaves_out_stays_with_the_giver),
		OUR_TEST(a_power_one_does_not_hold_cannot_be_given),
		OUR_TEST(a_delegation_has_an_end_a_reason_and_no_twin),
		OUR_TEST(a_pack_that_gives_what_its_role_does_not_hold_does_not_load),
		OUR_TEST(conflicts_send_it_elsewhere_and_say_why),
		OUR_TEST(who_named_the_applicant_as_deputy_does_not_decide),
		OUR_TEST(the_delegates_deputy_decides_in_their_place_as_stand_in),
		OUR_TEST(taken_back_it_returns_to_the_giver_and_what_was_decided_stays),
		OUR_TEST(it_hangs_on_the_post_not_on_the_person),
		OUR_TEST(an_extension_is_answered_under_delegation),
		OUR_TEST(giving_and_deciding_are_whole_or_not_at_all),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
