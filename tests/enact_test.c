/* A new version of the policy: what is different, what it touches, its day, and who has read it. */
#include "flow_house.h"

#include "assure/assure.h"
#include "enact/enact.h"

struct change_house {
	struct flow_house h; /* first: the helpers of flow take it */
	struct pack *next;
	struct pack_shelf *shelf;
	char gone[40]; /* the clause that the next version has no more */
};

static void
shelve(struct flow_house *h, const char *from, const struct pack *pack)
{
	char command[400];
	snprintf(command, sizeof command, "mkdir -p '%s/packs' && cp -r '%s/%s' '%s/packs/%s'",
		 h->house.folder, h->house.folder, from, h->house.folder,
		 text_z(h->house.arena, hash_hex(h->house.arena, &pack->digest)));
	assert_int_equal(system(command), 0);
}

static struct error *
first_work(struct act *act, void *with)
{
	return enact_first(act, ((struct flow_house *)with)->house.pack, true);
}

static int
change_house_open(void **state)
{
	struct change_house *c = flow_house_within(sizeof *c);
	char command[600];
	struct house *house = &c->h.house;
	snprintf(command, sizeof command, "python3 '%s/next_version.py' '%s/pack' '%s/next'",
		 TESTS_FOLDER, house->folder, house->folder);
	FILE *said = popen(command, "r");
	assert_non_null(said);
	assert_int_equal(fscanf(said, "%39s", c->gone), 1);
	assert_int_equal(pclose(said), 0);
	must(pack_load(house->arena, text_format(house->arena, "%s/next", house->folder).data,
		       &pack_known, &c->next, NULL));
	/* Whatever the pack says: the machine's operator publishes the next version. */
	house->pack->publishes = NULL;
	shelve(&c->h, "pack", house->pack);
	shelve(&c->h, "next", c->next);
	c->shelf = shelf_open(house->arena,
			      text_format(house->arena, "%s/packs", house->folder).data, &pack_known);
	c->h.flow.shelf = c->shelf;
	must(act_now(house, first_work, &c->h));
	*state = c;
	return 0;
}

static int
change_house_close(void **state)
{
	shelf_close(((struct change_house *)*state)->shelf);
	return house_close(state);
}

#define CHANGE_TEST(name)                                                                      \
	cmocka_unit_test_setup_teardown(name, change_house_open, change_house_close)

/* ---- Acts, as works ---- */

enum doing_with { PROPOSE, ANSWER_SOME, PUBLISH, WITHDRAW_IT, ACKNOWLEDGE };

struct change_deed {
	struct change_house *c;
	enum doing_with doing;
	struct enacting enacting;
	const struct enact_answer *answers;
	size_t count;
	struct day effective;
	struct version_id made;
};

static struct error *
change_work(struct act *act, void *with)
{
	struct change_deed *d = with;
	switch (d->doing) {
	case PROPOSE:
		return enact_propose(act, d->c->next, &d->made);
	case ANSWER_SOME:
		return enact_answer(act, &d->enacting, d->answers, d->count);
	case PUBLISH:
		return enact_publish(act, &d->enacting, d->effective);
	case WITHDRAW_IT:
		return enact_withdraw(act, &d->enacting, T("見直すため"));
	case ACKNOWLEDGE:
		return enact_acknowledge(act, d->enacting.id);
	}
	return OK;
}

static struct error *
by_operator(struct change_house *c, struct change_deed *deed)
{
	const struct actor actor = { .through = T("cli") };
	return store_act(c->h.house.store, c->h.house.arena, &actor, change_work, deed);
}

static struct enact_version
version_now(struct change_house *c, struct version_id id)
{
	struct enact_version version;
	LOOK(&c->h.house, look);
	must(enact_version(&look, id, &version));
	return version;
}

static struct change_deed
deed_about(struct change_house *c, enum doing_with doing, struct version_id id,
	   const struct enact_judged *judged)
{
	return (struct change_deed){
		.c = c, .doing = doing,
		.enacting = { c->h.house.pack, c->next, id, version_now(c, id).change, judged,
			      judged != NULL ? 1 : 0 },
	};
}

/* All that it touches is answered, and it is published for the day. */
static void
publish_with(struct change_house *c, struct version_id id, const struct enact_answer *answers,
	     size_t count, struct day effective)
{
	struct change_deed deed = deed_about(c, ANSWER_SOME, id, NULL);
	deed.answers = answers;
	deed.count = count;
	must(by_operator(c, &deed));
	deed = deed_about(c, PUBLISH, id, NULL);
	deed.effective = effective;
	must(by_operator(c, &deed));
}

/* The same at every n-th failure of the store: nothing has changed. */
static void
walk_by_operator(struct change_house *c, struct change_deed *deed)
{
	const struct hash before = everything(&c->h.house);
	for (int64_t n = 1;; n++) {
		store_fault_at(c->h.house.store, n);
		struct error *error = by_operator(c, deed);
		const bool is_through = store_fault_calls(c->h.house.store) < n;
		store_fault_at(c->h.house.store, 0);
		if (is_through) {
			must(error);
			return;
		}
		const struct hash after = everything(&c->h.house);
		assert_true(error != OK);
		assert_true(hash_same(&before, &after));
	}
}

static struct version_id
proposed(struct change_house *c)
{
	struct change_deed deed = { .c = c, .doing = PROPOSE };
	walk_by_operator(c, &deed);
	return deed.made;
}

static struct enact_touched
touched_now(struct change_house *c, struct version_id id, const struct enact_judged *judged)
{
	struct enact_touched touched;
	LOOK(&c->h.house, look);
	look.arena = c->h.house.arena;
	must(enact_touched(&look, c->h.house.pack, c->next, id, judged, judged != NULL ? 1 : 0,
			   &touched));
	return touched;
}

static const struct enact_item *
item_of(const struct enact_touched *touched, const char *key)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	for (size_t at = 0; at < touched->count; at++)
		if (text_is(item_key(arena, &touched->items[at]), key))
			return &touched->items[at];
	return NULL;
}

static struct enact_done
tick(struct change_house *c)
{
	struct enact_done done;
	bool is_more;
	must(enact_clock(c->h.house.store, c->h.house.arena, &c->h.flow, 1000, &done, &is_more));
	return done;
}

/* The programs read the new version when they start again. */
static void
start_again(struct change_house *c)
{
	c->h.flow.pack = c->next;
}

/* ---- The difference ---- */

static void
a_renumbered_chapter_shows_as_moved(void **state)
{
	struct change_house *c = *state;
	const struct pack_diff *diff = pack_diff(c->h.house.arena, c->h.house.pack, c->next);
	const struct clause_change *moved = diff_clause(diff, T("9.3.b"));
	assert_int_equal(moved->kind, CHANGE_MOVED);
	assert_true(text_is(moved->after->id, "12.3.b"));
	const struct clause_change *changed = diff_clause(diff, T("3.1.1.c"));
	assert_int_equal(changed->kind, CHANGE_CHANGED);
	assert_false(changed->is_moved);
	assert_true(text_is(changed->after->id, "3.1.1.c"));
	assert_int_equal(changed->keys_count, 2);
	assert_true(text_is(changed->keys[0].key, "duty"));
	assert_true(text_is(changed->keys[1].key, "actor"));
	assert_int_equal(diff_clause(diff, text_of(c->gone))->kind, CHANGE_GONE);
	assert_int_equal(diff->of[CHANGE_NEW], 1);
	assert_int_equal(diff->of[CHANGE_GONE], 1);
	assert_int_equal(diff_part(diff, PART_OCCASION, T("transport"))->kind, CHANGE_CHANGED);
	assert_null(diff_part(diff, PART_OCCASION, T("dispose")));
	assert_int_equal(diff_part(diff, PART_ROLE, T("chief"))->kind, CHANGE_GONE);
	/* The other way round it is the same distance. */
	const struct pack_diff *back = pack_diff(c->h.house.arena, c->next, c->h.house.pack);
	assert_int_equal(back->of[CHANGE_MOVED], diff->of[CHANGE_MOVED]);
	assert_int_equal(back->of[CHANGE_NEW], 1);
	const struct pack_diff *none = pack_diff(c->h.house.arena, c->next, c->next);
	assert_int_equal(none->of[CHANGE_KEPT], c->next->duties_count);
	assert_int_equal(none->parts_count, 0);
}

static void
words_are_compared_one_by_one(void **state)
{
	struct change_house *c = *state;
	size_t count;
	const struct diff_piece *pieces = diff_words(
		c->h.house.arena, T("公開予定のない資産"), T("公開する予定のない資産"), &count);
	struct text was = T(""), is = T("");
	for (size_t at = 0; at < count; at++) {
		if (pieces[at].kind != PIECE_NEW)
			was = text_join(c->h.house.arena, was, pieces[at].text);
		if (pieces[at].kind != PIECE_GONE)
			is = text_join(c->h.house.arena, is, pieces[at].text);
	}
	assert_true(text_is(was, "公開予定のない資産"));
	assert_true(text_is(is, "公開する予定のない資産"));
	assert_true(pieces[count - 1].kind == PIECE_SAME);
	assert_int_equal(text_alike(c->h.house.arena, T("同じ"), T("同じ")), 1000);
	assert_int_equal(text_alike(c->h.house.arena, T("同じ"), T("違う")), 0);
}

/* ---- Touched, answered, published ---- */

static void
publishing_refuses_while_an_item_is_unanswered(void **state)
{
	struct change_house *c = *state;
	struct flow_house *h = &c->h;
	const struct enact_judged judged = { T("3.1.1.c"), 1 };
	const struct dossier_id sent = draft_carry(h, h->house.staff, h->secret, "支所");
	must(send_it(h, h->house.staff, sent));
	const struct version_id id = proposed(c);
	struct enact_touched touched = touched_now(c, id, &judged);
	assert_int_equal(item_of(&touched, "dossiers:transport")->number, 1);
	assert_int_equal(item_of(&touched, "role:chief")->number, 1);
	assert_int_equal(item_of(&touched, "column:asset.made-on")->number, 4);
	assert_int_equal(item_of(&touched, "fill:asset.caretaker")->number, 4);
	assert_int_equal(item_of(&touched, "judgements:3.1.1.c")->number, 1);
	assert_null(item_of(&touched, "dossiers:dispose"));
	assert_int_equal(touched.unanswered, touched.count);

	struct change_deed publish = deed_about(c, PUBLISH, id, &judged);
	publish.effective = D(3);
	struct error *refused = by_operator(c, &publish);
	assert_non_null(refused);
	assert_int_equal(refused->kind, ERROR_INVALID);
	assert_int_equal(error_count(refused), touched.count);
	assert_true(has_fault(refused, "role:chief"));

	/* An answer that does not fit is refused, and nothing of it is kept. */
	const struct enact_answer wrong[] = {
		{ T("fill:asset.caretaker"), CHOICE_LATER, { 0 } },
		{ T("role:chief"), CHOICE_CARRY, T("nobody") },
	};
	struct change_deed answer = deed_about(c, ANSWER_SOME, id, &judged);
	answer.answers = wrong;
	answer.count = 2;
	const struct hash before = everything(&h->house);
	assert_true(has_fault(by_operator(c, &answer), "role:chief"));
	const struct hash after = everything(&h->house);
	assert_true(hash_same(&before, &after));

	/* Half of it today, half tomorrow. */
	const struct enact_answer first[] = {
		{ T("role:chief"), CHOICE_CARRY, T("bureau-chief") },
		{ T("dossiers:transport"), CHOICE_END, { 0 } },
	};
	answer.answers = first;
	walk_by_operator(c, &answer);
	assert_non_null(by_operator(c, &publish)); /* still unanswered, and changed meanwhile */
	days_pass(h, 1);
	answer = deed_about(c, ANSWER_SOME, id, &judged);
	const struct enact_answer second[] = {
		{ T("dossiers:transport"), CHOICE_RESEND, { 0 } }, /* thought better of it */
		{ T("column:asset.made-on"), CHOICE_CONTINUE, { 0 } },
		{ T("fill:asset.caretaker"), CHOICE_LATER, { 0 } },
		{ T("judgements:3.1.1.c"), CHOICE_CARRY, T("3.1.1.c") },
	};
	answer.answers = second;
	answer.count = 4;
	must(by_operator(c, &answer));
	touched = touched_now(c, id, &judged);
	for (size_t at = 0; at < touched.count; at++)
		if (touched.items[at].choice == CHOICE_NONE)
			fail_msg("unanswered: %s", text_z(h->house.arena,
				 item_key(h->house.arena, &touched.items[at])));
	assert_int_equal(item_of(&touched, "dossiers:transport")->choice, CHOICE_RESEND);

	/* Not by somebody else, not for yesterday. */
	publish = deed_about(c, PUBLISH, id, &judged);
	publish.effective = D(3);
	struct error *error = act_as(&h->house, h->house.manager, change_work, &publish);
	assert_int_equal(error->kind, ERROR_REFUSED);
	publish.effective = D(0);
	assert_int_equal(by_operator(c, &publish)->kind, ERROR_INVALID);
	publish.effective = D(3);
	walk_by_operator(c, &publish);
	assert_int_equal(version_now(c, id).state, VERSION_PUBLISHED);

	/* Its day comes: the role is carried in the same act, the dossier goes back. */
	days_pass(h, 1);
	assert_false(tick(c).is_in_force);
	days_pass(h, 1);
	assert_true(tick(c).is_in_force);
	{
		LOOK(&h->house, look);
		must(enact_must_be_current(&look, c->next));
		assert_int_equal(enact_must_be_current(&look, h->house.pack)->kind, ERROR_BUSY);
		int64_t posts;
		must(people_role_posts(&look, T("bureau-chief"), &posts));
		assert_int_equal(posts, 1);
		struct enact_carry *list;
		size_t count;
		must(enact_carries(&look, ITEM_ROLE, &list, &count));
		assert_true(text_is(enact_carried(list, count, T("chief"), version_now(c, id).proposed),
				    "bureau-chief"));
	}
	start_again(c);
	const struct enact_done done = tick(c);
	assert_int_equal(done.carried_out, 1);
	assert_int_equal(done.told, 7);
	assert_int_equal(dossier_now(h, sent).state, DOSSIER_RETURNED);
	const struct enact_done again = tick(c);
	assert_int_equal(again.carried_out + again.told, 0);

	/* Sent again it is under the new version, with its second permission. */
	must(send_it(h, h->house.staff, sent));
	const struct dossier dossier = dossier_now(h, sent);
	assert_false(dossier.is_other_pack);
	assert_int_equal(dossier.steps_count, 3);
}

/* Where the version in force names a role, its holder publishes and the command line may not. */
static void
the_role_that_the_policy_names_publishes(void **state)
{
	struct change_house *c = *state;
	struct flow_house *h = &c->h;
	const struct version_id id = proposed(c);
	const struct enact_answer answers[] = {
		{ T("role:chief"), CHOICE_CARRY, T("bureau-chief") },
		{ T("column:asset.made-on"), CHOICE_CONTINUE, { 0 } },
		{ T("fill:asset.caretaker"), CHOICE_LATER, { 0 } },
	};
	h->house.pack->publishes = pack_role(h->house.pack, T("ciso"));
	assert_non_null(h->house.pack->publishes);
	struct change_deed deed = deed_about(c, ANSWER_SOME, id, NULL);
	deed.answers = answers;
	deed.count = 3;
	assert_int_equal(by_operator(c, &deed)->kind, ERROR_REFUSED);
	assert_int_equal(act_as(&h->house, h->house.manager, change_work, &deed)->kind, ERROR_REFUSED);
	must(act_as(&h->house, h->ciso, change_work, &deed));
	deed = deed_about(c, PUBLISH, id, NULL);
	deed.effective = D(1);
	assert_int_equal(by_operator(c, &deed)->kind, ERROR_REFUSED);
	must(act_as(&h->house, h->ciso, change_work, &deed));
	const struct enact_version version = version_now(c, id);
	assert_int_equal(version.state, VERSION_PUBLISHED);
	assert_int_equal(version.published_by.no, h->ciso.no);
	assert_true(text_is(version.published_role, "ciso"));
}

/* What was sent under an older version is decided and read under it. */
static void
what_goes_on_goes_on_under_its_version(void **state)
{
	struct change_house *c = *state;
	struct flow_house *h = &c->h;
	/* "chain" needs manager, responsible and chief: a role that the next version calls otherwise. */
	const struct dossier_id sent = manager_permits_carry(h, "chain");
	const struct dossier before = dossier_now(h, sent);
	const struct version_id id = proposed(c);
	const struct enact_answer answers[] = {
		{ T("dossiers:transport"), CHOICE_CONTINUE, { 0 } },
		{ T("role:chief"), CHOICE_CARRY, T("bureau-chief") },
		{ T("column:asset.made-on"), CHOICE_CONTINUE, { 0 } },
		{ T("fill:asset.caretaker"), CHOICE_LATER, { 0 } },
	};
	publish_with(c, id, answers, 4, D(0));
	assert_true(tick(c).is_in_force);
	start_again(c);
	tick(c);
	const struct dossier dossier = dossier_now(h, sent);
	assert_true(dossier.is_other_pack);
	assert_int_equal(dossier.state, DOSSIER_SENT);
	assert_false(dossier.is_stale);
	assert_int_equal(dossier.steps_count, before.steps_count);
	assert_true(hash_same(&dossier.digest, &before.digest));
	assert_true(hash_same(&dossier.flow->pack->digest, &h->house.pack->digest));
	/* The director holds responsible and chief, and sees that it waits. */
	struct flow_page page;
	{
		LOOK(&h->house, look);
		must(flow_list(&look, &h->flow,
			       &(struct flow_query){ .list = FLOW_WAITING,
						     .person = h->house.director }, 10, &page));
		assert_int_equal(page.count, 1);
	}
	must(decide(h, h->house.director, sent, VERDICT_PERMIT, ""));
	const struct dossier granted = dossier_now(h, sent);
	assert_int_equal(granted.state, DOSSIER_GRANTED);
	assert_true(granted.permits_count > 0);
	assert_non_null(granted.permits[0].occasion);
	/* Without the shelf it cannot be read under its version; it is not lost. */
	const struct flow bare = { c->next, flow_usual_outcomes, NULL };
	struct dossier seen;
	LOOK(&h->house, look);
	must(flow_read(&look, &h->flow, sent, &seen));
	assert_true(dossier_answer(&seen, T("purpose"), T("")).len > 0);
	struct error *error = flow_read(&look, &bare, sent, &seen);
	assert_true(error == OK || error->kind == ERROR_BROKEN);
}

/* Chapters that change places, a clause that ends, and a name that is given again. */
static void
what_is_carried_is_followed_version_by_version(void **state)
{
	(void)state;
	const struct enact_carry list[] = {
		{ T("9.a"), T("10.a"), { 100 } }, { T("10.a"), T("9.a"), { 100 } },
		{ T("10.a"), T("12.a"), { 200 } }, { T("9.a"), { 0 }, { 300 } },
	};
	assert_true(text_is(enact_carried(list, 4, T("9.a"), (struct moment){ 50 }), "12.a"));
	assert_true(text_is(enact_carried(list, 4, T("10.a"), (struct moment){ 50 }), ""));
	assert_true(text_is(enact_carried(list, 4, T("10.a"), (struct moment){ 150 }), "12.a"));
	assert_true(text_is(enact_carried(list, 4, T("9.a"), (struct moment){ 350 }), "9.a"));
	assert_true(text_is(enact_carried(list, 4, T("3.1"), (struct moment){ 50 }), "3.1"));
}

struct judge_deed {
	const struct pack *pack;
	const char *clause;
	const char *words;
};

static struct error *
judge_work(struct act *act, void *with)
{
	const struct judge_deed *judging = with;
	return assure_judge(act, judging->pack, text_of(judging->clause), false,
			    text_of(judging->words), D(200));
}

static const struct assured *
assured_now(struct flow_house *h, struct look *look, const char *clause)
{
	struct assurance assurance;
	must(assure(look, &h->flow, NULL, &assurance));
	for (size_t at = 0; at < assurance.count; at++)
		if (text_is(assurance.clauses[at].clause->id, clause))
			return &assurance.clauses[at];
	fail_msg("no clause %s", clause);
	return NULL;
}

/* 9.3.b is carried to 12.3.b, 3.1.1.c is asked afresh. */
static void
judgements_follow_their_clause(void **state)
{
	struct change_house *c = *state;
	struct flow_house *h = &c->h;
	struct judge_deed moved = { h->house.pack, "9.3.b", "掲載前に確かめている" };
	struct judge_deed changed = { h->house.pack, "3.1.1.c", "台帳で確かめた" };
	must(act_as(&h->house, h->house.manager, judge_work, &moved));
	must(act_as(&h->house, h->house.manager, judge_work, &changed));
	struct enact_judged *judged;
	size_t judged_count;
	{
		LOOK(&h->house, look);
		look.arena = h->house.arena;
		must(assure_judged(&look, &judged, &judged_count));
		assert_int_equal(judged_count, 2);
	}
	const struct version_id id = proposed(c);
	const struct enact_answer answers[] = {
		{ T("role:chief"), CHOICE_CARRY, T("bureau-chief") },
		{ T("column:asset.made-on"), CHOICE_CONTINUE, { 0 } },
		{ T("fill:asset.caretaker"), CHOICE_LATER, { 0 } },
		{ T("judgements:9.3.b"), CHOICE_CARRY, T("12.3.b") },
		{ T("judgements:3.1.1.c"), CHOICE_END, { 0 } },
	};
	struct change_deed deed = deed_about(c, ANSWER_SOME, id, judged);
	deed.enacting.judged_count = judged_count;
	deed.answers = answers;
	deed.count = 5;
	must(by_operator(c, &deed));
	deed = deed_about(c, PUBLISH, id, judged);
	deed.enacting.judged_count = judged_count;
	deed.effective = D(1);
	must(by_operator(c, &deed));
	{
		LOOK(&h->house, look);
		assert_non_null(assured_now(h, &look, "9.3.b")->judgement); /* not yet in force */
	}
	days_pass(h, 1);
	assert_true(tick(c).is_in_force);
	start_again(c);
	LOOK(&h->house, look);
	struct judgement *list;
	size_t count;
	const struct assured *now = assured_now(h, &look, "12.3.b");
	assert_non_null(now->judgement);
	assert_true(text_is(now->judgement->words, "掲載前に確かめている"));
	assert_null(assured_now(h, &look, "3.1.1.c")->judgement);
	assert_null(assured_now(h, &look, "3.1.1.c")->ran_out);
	must(assure_judgements(&look, T("12.3.b"), &list, &count));
	assert_int_equal(count, 1);
	assert_true(list[0].is_valid);
	must(assure_judgements(&look, T("3.1.1.c"), &list, &count)); /* to be read, not to count */
	assert_int_equal(count, 1);
	assert_false(list[0].is_valid);
	must(assure_judged(&look, &judged, &judged_count));
	assert_int_equal(judged_count, 1);
	assert_true(text_is(judged[0].clause, "12.3.b"));
}

static void
permits_end_where_that_was_answered(void **state)
{
	struct change_house *c = *state;
	struct flow_house *h = &c->h;
	const struct dossier_id sent = manager_permits_carry(h, "支所");
	const struct version_id id = proposed(c);
	const struct enact_answer answers[] = {
		{ T("permits:transport"), CHOICE_END, { 0 } },
		{ T("role:chief"), CHOICE_END, { 0 } },
		{ T("column:asset.made-on"), CHOICE_CONTINUE, { 0 } },
		{ T("fill:asset.caretaker"), CHOICE_LATER, { 0 } },
	};
	publish_with(c, id, answers, 4, D(0));
	assert_true(tick(c).is_in_force);
	start_again(c);
	/* Killed in between, it goes on where it was: each is an act of its own. */
	struct enact_done done = { 0 };
	for (int64_t n = 1; n < 400; n++) {
		bool is_more;
		store_fault_at(h->house.store, n);
		struct error *error = enact_clock(h->house.store, h->house.arena, &h->flow, 1000,
						  &done, &is_more);
		store_fault_at(h->house.store, 0);
		if (error == OK)
			break;
	}
	tick(c);
	const struct dossier dossier = dossier_now(h, sent);
	assert_int_equal(dossier.permits[0].state, PERMIT_REVOKED);
	struct deed out = { .doing = OUT, .permit = dossier.permits[0].id, .change = dossier.change,
			    .asset = h->secret };
	must_fail(h, h->house.staff, &out, ERROR_CONFLICT);
}

static void
a_version_is_withdrawn_before_its_day(void **state)
{
	struct change_house *c = *state;
	const struct version_id id = proposed(c);
	struct change_deed again = { .c = c, .doing = PROPOSE };
	assert_int_equal(by_operator(c, &again)->kind, ERROR_CONFLICT);
	struct change_deed deed = deed_about(c, WITHDRAW_IT, id, NULL);
	walk_by_operator(c, &deed);
	assert_int_equal(version_now(c, id).state, VERSION_WITHDRAWN);
	deed = deed_about(c, WITHDRAW_IT, id, NULL);
	assert_int_equal(by_operator(c, &deed)->kind, ERROR_CONFLICT);
	days_pass(&c->h, 30);
	assert_false(tick(c).is_in_force);
	must(by_operator(c, &again));
	assert_true(again.made.no != id.no);
}

/* ---- Acknowledgement ---- */

static void
who_has_not_acknowledged_is_a_list(void **state)
{
	struct change_house *c = *state;
	struct flow_house *h = &c->h;
	const struct version_id id = proposed(c);
	const struct enact_answer answers[] = {
		{ T("role:chief"), CHOICE_CARRY, T("bureau-chief") },
		{ T("column:asset.made-on"), CHOICE_CONTINUE, { 0 } },
		{ T("fill:asset.caretaker"), CHOICE_LATER, { 0 } },
	};
	publish_with(c, id, answers, 3, D(1));
	struct change_deed deed = deed_about(c, ACKNOWLEDGE, id, NULL);
	assert_int_equal(act_as(&h->house, h->house.staff, change_work, &deed)->kind, ERROR_CONFLICT);
	days_pass(h, 1);
	assert_true(tick(c).is_in_force);
	start_again(c);
	assert_int_equal(tick(c).told, 7);
	assert_int_equal(notices_of(h, h->house.staff), 1);
	fault_walk(&h->house, h->house.staff, change_work, &deed);
	{
		LOOK(&h->house, look);
		struct enact_share share;
		struct enact_version version;
		struct enact_unit *units;
		struct enact_open *open;
		size_t count;
		bool awaits;
		must(enact_acknowledgement_share(&look, c->next, &share));
		assert_true(share.is_asked);
		assert_int_equal(share.bound, 7);
		assert_int_equal(share.acknowledged, 1);
		must(enact_awaits(&look, h->house.staff, &awaits, &version));
		assert_false(awaits);
		must(enact_awaits(&look, h->house.manager, &awaits, &version));
		assert_true(awaits);
		must(enact_units(&look, id, &units, &count));
		assert_int_equal(count, 4);
		assert_int_equal(units[2].bound, 3);
		assert_int_equal(units[2].open, 2);
		must(enact_open(&look, id, h->house.section, (struct person_id){ 0 }, 10, &open,
				&count));
		assert_int_equal(count, 2);
		assert_int_equal(open[0].person.no, h->house.manager.no);
		assert_true(text_is(open[0].post_name, "課長"));
	}
	/* Told again after a week, three times, and never those who have. */
	assert_int_equal(tick(c).told, 0);
	for (int week = 0; week < 5; week++) {
		days_pass(h, 8);
		assert_int_equal(tick(c).told, week < 3 ? 6 : 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		CHANGE_TEST(a_renumbered_chapter_shows_as_moved),
		CHANGE_TEST(words_are_compared_one_by_one),
		CHANGE_TEST(publishing_refuses_while_an_item_is_unanswered),
		CHANGE_TEST(the_role_that_the_policy_names_publishes),
		CHANGE_TEST(what_goes_on_goes_on_under_its_version),
		CHANGE_TEST(judgements_follow_their_clause),
		cmocka_unit_test(what_is_carried_is_followed_version_by_version),
		CHANGE_TEST(permits_end_where_that_was_answered),
		CHANGE_TEST(a_version_is_withdrawn_before_its_day),
		CHANGE_TEST(who_has_not_acknowledged_is_a_list),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
