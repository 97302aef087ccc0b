/* Reconciliations: what rooms contract, entrance and inventory give, as Takamatsu's pack holds it against the rest. */
#include "contract_play.h"

#include "base/table.h"
#include "entrance/entrance.h"
#include "inventory/inventory.h"
#include "reconcile/reconcile.h"

static int
open_house(void **state)
{
	*state = flow_house_within(sizeof(struct flow_house));
	return 0;
}

#define OUR_TEST(name) cmocka_unit_test_setup_teardown(name, open_house, house_close)

/* ---- A source by itself, with all its columns ---- */

static struct reconcile_set
set_of(struct flow_house *f, const char *source)
{
	struct arena *arena = f->house.arena;
	struct reconcile_set set;
	struct pack_reconcile *of = ARENA_NEW(arena, struct pack_reconcile);
	struct pack_reconcile_side *side = &of->sides[SIDE_LEFT];
	struct pack_ledger *shape = ARENA_NEW(arena, struct pack_ledger);
	side->source = pack_source(text_of(source));
	assert_non_null(side->source);
	shape->fields = ARENA_ARRAY(arena, struct pack_field, side->source->columns_count);
	shape->fields_count = side->source->columns_count;
	of->shows[SIDE_LEFT] = ARENA_ARRAY(arena, const struct pack_field *, shape->fields_count);
	for (size_t at = 0; at < shape->fields_count; at++) {
		shape->fields[at].name = text_of(side->source->columns[at].name);
		shape->fields[at].kind = side->source->columns[at].kind;
		of->shows[SIDE_LEFT][of->shows_count[SIDE_LEFT]++] = &shape->fields[at];
	}
	side->shape = shape;
	if (side->source->takes == TAKES_OCCASION)
		side->occasion = pack_occasion(f->house.pack, T("transport"));
	LOOK(&f->house, look);
	must(reconcile_source_read(&look, &f->flow, of, SIDE_LEFT, &set));
	return set;
}

static struct text
cell(const struct reconcile_set *set, size_t row, const char *name)
{
	assert_true(row < set->count);
	for (size_t at = 0; at < set->columns; at++)
		if (text_is(set->names[at], name))
			return set->cells[row * set->columns + at];
	fail_msg("no column %s", name);
	return T("");
}

static size_t
row_with(const struct reconcile_set *set, const char *name, const char *value)
{
	for (size_t at = 0; at < set->count; at++)
		if (text_is(cell(set, at, name), value))
			return at;
	fail_msg("no row with %s %s", name, value);
	return 0;
}

#define IS(set, row, name, value) assert_string_equal(text_z(f->house.arena, cell(&(set), row, name)), value)

/* ---- Contracts ---- */

static void
name_in(struct play *play, struct contract_link_id link, const char *family)
{
	play->naming = (struct contract_naming){ .link = link, .family = text_of(family), .task = T("入力"),
						 .since = D(0), .until = D(20), .pledged = D(-3),
						 .trained = D(-3), .trained_words = T("研修") };
	must(act_as(&play->f->house, play->f->house.manager, do_name, play));
}

/* The contractor, a firm below with consent, and below that one that nobody asked for. */
static void
chain(struct play *play)
{
	signed_contract(play);
	ask_below(play, play->first, "SECOND", false);
	play->second = play->link;
	ask_below(play, play->second, "THIRD", true);
	play->third = play->link;
	play->link = play->second;
	play->is_consented = true;
	must(act_as(&play->f->house, play->f->house.director, do_decide, play));
	name_in(play, play->second, "外村");
	name_in(play, play->third, "隠岐");
}

static void
a_worker_of_a_link_without_consent_shows_as_such(void **state)
{
	struct flow_house *f = *state;
	struct play play = { .f = f };
	chain(&play);
	struct reconcile_set set = set_of(f, "contract-workers");
	assert_int_equal(set.count, 2);
	const size_t good = row_with(&set, "name", "外村"), hidden = row_with(&set, "name", "隠岐");
	IS(set, good, "depth", "1");
	IS(set, good, "is-consented", "yes");
	IS(set, good, "may-work", "yes");
	assert_int_not_equal(cell(&set, good, "period").len, 0);
	IS(set, hidden, "depth", "2");
	IS(set, hidden, "firm", "THIRD");
	IS(set, hidden, "contract-number", "8契約第12号");
	IS(set, hidden, "is-consented", "no");
	IS(set, hidden, "may-work", "no");
	IS(set, hidden, "standing", "無断の再委託で、同意がない");
	IS(set, hidden, "period", "");
	set = set_of(f, "named");
	IS(set, row_with(&set, "name", "隠岐"), "may-work", "no");
	IS(set, row_with(&set, "name", "外村"), "may-work", "yes");
	for (size_t at = row_with(&set, "name", "外村") + 1; at < set.count; at++)
		assert_false(text_is(cell(&set, at, "name"), "外村")); /* once, though room people has them too */
	set = set_of(f, "everyone");
	for (size_t at = 0; at < set.count; at++)
		assert_false(text_is(cell(&set, at, "name"), "隠岐"));
}

static struct error *
hand_file(struct act *act, void *with)
{
	struct play *play = with;
	play->handing.file = T("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	play->handing.file_name = T("宛名.csv");
	return do_hand(act, play);
}

static void
data_may_be_held_until_it_is_claimed_to_be_gone(void **state)
{
	struct flow_house *f = *state;
	struct play play = { .f = f };
	chain(&play);
	hand_to(&play, play.first, (struct contract_link_id){ 0 }, "II");
	must(act_as(&f->house, f->house.manager, hand_file, &play));
	struct reconcile_set set = set_of(f, "handovers");
	assert_int_equal(set.count, 1);
	IS(set, 0, "state", "渡したまま");
	IS(set, 0, "is-verified", "no");
	IS(set, 0, "depth", "0");
	assert_true(text_same(cell(&set, 0, "may-hold-until"), day_iso(f->house.arena, D(60))));
	play.closing = (struct contract_closing){ .id = play.plain, .change = 1, .end = END_ERASED, .day = D(0),
						  .words = T("消去した") };
	must(act_as(&f->house, f->house.manager, do_claim, &play));
	set = set_of(f, "handovers");
	IS(set, 0, "is-claimed", "yes");
	IS(set, 0, "is-verified", "no");
	assert_true(text_same(cell(&set, 0, "may-hold-until"), day_iso(f->house.arena, D(0))));
}

/* ---- What the pack makes of it ---- */

static struct reconcile_result
held(struct flow_house *f, const char *code)
{
	struct reconcile_prepared prepared;
	const struct pack_reconcile *of = pack_reconcile(f->house.pack, text_of(code));
	assert_non_null(of);
	LOOK(&f->house, look);
	must(reconcile_prepare(&look, &f->flow, of, &prepared));
	return prepared.result;
}

struct listing {
	struct flow_house *f;
	const char *name, *of;
	const char *entered;
	struct row_id row;
};

static struct error *
write_entry(struct act *act, void *with)
{
	struct listing *listing = with;
	const struct house *h = &listing->f->house;
	const struct ledger_value values[] = {
		{ T("name"), text_of(listing->name) },
		{ T("owner"), text_number(act->look.arena, h->section.no) },
		{ T("room"), T("第一サーバ室") },
		{ T("entered"), text_of(listing->entered) },
		{ T("of"), text_of(listing->of) },
		{ T("purpose"), T("点検") },
		{ T("id-shown"), T("yes") },
	};
	return ledger_add(act, h->pack, pack_ledger(h->pack, T("entry-log")), values, 7, &listing->row);
}

static void
entry(struct flow_house *f, const char *name, int days)
{
	struct listing listing = { .f = f, .name = name, .of = "会社",
				   .entered = text_format(f->house.arena, "%.*sT08:00",
							  T_ARG(day_iso(f->house.arena, D(days)))).data };
	must(act_as(&f->house, f->house.manager, write_entry, &listing));
}

static void
who_entered_without_consent_is_a_difference_and_says_why(void **state)
{
	struct flow_house *f = *state;
	struct play play = { .f = f };
	chain(&play);
	days_pass(f, 2);
	entry(f, "外村", 1);
	assert_int_equal(held(f, "entries").count, 0);
	entry(f, "隠岐", 1);
	entry(f, "見知らぬ 人", 1);
	const struct reconcile_result result = held(f, "entries");
	assert_int_equal(result.matched, 1);
	assert_int_equal(result.of[DIFFERENCE_VALUE], 1); /* named, of a firm without consent */
	assert_int_equal(result.of[DIFFERENCE_LEFT], 1);  /* nobody knows */
	assert_int_equal(result.count, 2);
}

/* ---- Things ---- */

static struct error *
lend(struct act *act, void *with)
{
	struct flow_house *f = with;
	return inventory_lend(act, &f->flow, &(struct inventory_lending){ .thing = f->stick, .words = T("会議"),
									  .due = D(3) });
}

static void
what_is_lent_and_what_is_out_stand_with_their_permits(void **state)
{
	struct flow_house *f = *state;
	must(act_as(&f->house, f->house.staff, lend, f));
	struct dossier dossier = granted_carry(f);
	take_out(f, f->house.staff, &dossier, f->secret);
	struct reconcile_set set = set_of(f, "loans");
	assert_int_equal(set.count, 2);
	const size_t lent = row_with(&set, "way", "lend"), out = row_with(&set, "way", "out");
	IS(set, lent, "permit-number", "");
	IS(set, lent, "is-outside", "no");
	IS(set, lent, "is-overdue", "no");
	IS(set, out, "is-outside", "yes");
	assert_true(text_same(cell(&set, out, "permit-number"), dossier.permits[0].number));
	assert_int_equal(held(f, "media-out").count, 0);
	const struct reconcile_set all = set_of(f, "all-permits");
	assert_int_equal(all.count, 1);
	IS(all, 0, "in-force", "yes");
	days_pass(f, 200); /* beyond the permit and the loan's day */
	set = set_of(f, "loans");
	IS(set, row_with(&set, "way", "lend"), "is-overdue", "yes");
	const struct reconcile_result result = held(f, "media-out");
	assert_int_equal(result.of[DIFFERENCE_LEFT], 1); /* still out, and nothing permits it any more */
	assert_int_equal(result.count, 1);
}

static void
a_permit_taken_back_shows_as_such(void **state)
{
	struct flow_house *f = *state;
	struct dossier dossier = granted_carry(f);
	struct reconcile_set set = set_of(f, "permits");
	IS(set, 0, "is-withdrawn", "no");
	struct deed revoke = { .flow = &f->flow, .doing = REVOKE, .permit = dossier.permits[0].id,
			       .id = dossier.id, .change = dossier.change, .why = T("持ち主が変わった") };
	must(act_as(&f->house, f->house.manager, deed_work, &revoke));
	set = set_of(f, "permits");
	IS(set, 0, "is-withdrawn", "yes");
	IS(set, 0, "in-force", "no");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		OUR_TEST(a_worker_of_a_link_without_consent_shows_as_such),
		OUR_TEST(data_may_be_held_until_it_is_claimed_to_be_gone),
		OUR_TEST(who_entered_without_consent_is_a_difference_and_says_why),
		OUR_TEST(what_is_lent_and_what_is_out_stand_with_their_permits),
		OUR_TEST(a_permit_taken_back_shows_as_such),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
