/* Things: labels, lending, repair, out under permits, stock-takes, software, findings and what time causes. */
#include "flow_house.h"

#include "assure/assure.h"
#include "assure/finding.h"
#include "assure/history.h"
#include "inventory/inventory.h"
#include "people/erase.h"

#define OUR_TEST(name) cmocka_unit_test_setup_teardown(name, flow_house_open, house_close)

struct thing_deed {
	struct flow_house *h;
	struct inventory_lending lending;
	struct inventory_sending sending;
	struct inventory_seeing seeing;
	struct row_id thing;
	struct permit_id permit;
	struct unit_id unit;
	struct take_id take;
	int64_t item, change;
	struct text words;
};

#define DEED(name, call)                                                                           \
	static struct error *name##_work(struct act *act, void *with)                              \
	{                                                                                          \
		struct thing_deed *d = with;                                                       \
		const struct flow *flow = &d->h->flow;                                             \
		return call;                                                                       \
	}                                                                                          \
	static struct error *name(struct flow_house *h, struct person_id who, struct thing_deed *d) \
	{                                                                                          \
		d->h = h;                                                                          \
		return act_as(&h->house, who, name##_work, d);                                     \
	}

DEED(lend, inventory_lend(act, flow, &d->lending))
DEED(repair, inventory_repair(act, flow, &d->sending))
DEED(out, inventory_out(act, flow, d->thing, d->permit))
DEED(back, inventory_back(act, flow, d->thing, d->words))
DEED(found, inventory_found(act, flow, d->thing, d->words))
DEED(begin, inventory_begin(act, flow, d->unit, &d->take))
DEED(seen, inventory_seen(act, flow, &d->seeing))
DEED(stray, inventory_stray(act, flow, d->take, d->words))
DEED(explain, inventory_explain(act, flow, d->take, d->item, d->words))
DEED(close_take, inventory_close(act, flow, d->take, d->change, d->words))

static void
fails(struct error *error, enum error_kind kind)
{
	assert_non_null(error);
	if (error->kind != kind)
		must(error);
}

static struct inventory_thing
thing_now(struct flow_house *h, struct row_id id)
{
	struct inventory_thing thing;
	LOOK(&h->house, look);
	must(inventory_thing(&look, &h->flow, id, &thing));
	return thing;
}

static struct inventory_take
take_now(struct flow_house *h, struct take_id id)
{
	struct inventory_take take;
	LOOK(&h->house, look);
	must(inventory_take(&look, &h->flow, id, &take));
	return take;
}

static struct inventory_item *
items_now(struct flow_house *h, struct take_id id, size_t *count)
{
	struct inventory_item *list;
	LOOK(&h->house, look);
	must(inventory_items(&look, &h->flow, id, &list, count));
	return list;
}

static const struct inventory_item *
item_of(struct flow_house *h, struct take_id id, struct row_id thing)
{
	size_t count;
	const struct inventory_item *list = items_now(h, id, &count);
	for (size_t at = 0; at < count; at++)
		if (list[at].thing.no == thing.no)
			return &list[at];
	fail_msg("no such item");
	return NULL;
}

static struct thing_deed
lending_of(struct row_id thing, struct day due)
{
	return (struct thing_deed){ .lending = { .thing = thing, .words = T("窓口で使う"), .due = due } };
}

/* ---- Labels ---- */

static void
a_label_notices_every_wrong_digit_and_every_swapped_pair(void **state)
{
	struct flow_house *h = *state;
	struct arena *arena = h->house.arena;
	struct row_id row = { 0 };
	const struct text code = inventory_code(arena, (struct row_id){ 12345 });
	assert_int_equal(code.len, 10);
	assert_int_equal(inventory_code_read(arena, code, &row), CODE_LABEL);
	assert_int_equal(row.no, 12345);
	for (size_t at = 0; at < code.len; at++)
		for (char digit = '0'; digit <= '9'; digit++) {
			char wrong[11];
			memcpy(wrong, code.data, 10);
			wrong[10] = '\0';
			if (wrong[at] == digit)
				continue;
			wrong[at] = digit;
			assert_int_equal(inventory_code_read(arena, text_of(wrong), &row), CODE_GARBLED);
		}
	for (size_t at = 0; at + 1 < code.len; at++) {
		char wrong[11];
		memcpy(wrong, code.data, 10);
		wrong[10] = '\0';
		if (wrong[at] == wrong[at + 1])
			continue;
		wrong[at] = code.data[at + 1];
		wrong[at + 1] = code.data[at];
		assert_int_equal(inventory_code_read(arena, text_of(wrong), &row), CODE_GARBLED);
	}
}

static void
a_code_is_read_as_scanners_and_people_send_it(void **state)
{
	struct flow_house *h = *state;
	struct arena *arena = h->house.arena;
	struct row_id row = { 0 };
	const struct text code = inventory_code(arena, (struct row_id){ 7 });
	const struct text twice = text_join(arena, code, code);
	assert_int_equal(inventory_code_read(arena, twice, &row), CODE_LABEL);
	assert_int_equal(row.no, 7);
	assert_int_equal(inventory_code_read(arena, inventory_code_shown(arena, row), &row), CODE_LABEL);
	assert_int_equal(inventory_code_read(arena, T("００００ ０００７ ７７"), &row), CODE_LABEL);
	assert_int_equal(row.no, 7);
	/* A keyboard wedge ends what it types with Enter or Tab, and may type it again. */
	assert_int_equal(inventory_code_read(arena, T("0000000777\r\n"), &row), CODE_LABEL);
	assert_int_equal(inventory_code_read(arena, T("\t0000000777\t"), &row), CODE_LABEL);
	row.no = 0;
	assert_int_equal(inventory_code_read(arena, T("0000000777\n０００００００７７７\n"), &row), CODE_LABEL);
	assert_int_equal(row.no, 7);
	assert_int_equal(inventory_code_read(arena, T("\r\n"), &row), CODE_EMPTY);
	assert_int_equal(inventory_code_read(arena, T("  "), &row), CODE_EMPTY);
	assert_int_equal(inventory_code_read(arena, T("000000077"), &row), CODE_GARBLED);
	assert_int_equal(inventory_code_read(arena, T("0000000777000000078000"), &row), CODE_OTHER);
	assert_int_equal(inventory_code_read(arena, T("4901234567894"), &row), CODE_OTHER);
	assert_int_equal(inventory_code_read(arena, T("USB-001"), &row), CODE_OTHER);
	assert_int_equal(inventory_code_read(arena, T("0000000001"), &row), CODE_GARBLED);
}

static void
what_is_scanned_finds_the_thing_or_says_what_is_wrong(void **state)
{
	struct flow_house *h = *state;
	struct row_id row = { 0 };
	LOOK(&h->house, look);
	must(inventory_find(&look, &h->flow, inventory_code(look.arena, h->stick), &row));
	assert_int_equal(row.no, h->stick.no);
	must(inventory_find(&look, &h->flow, T("ｕｓｂ-002"), &row));
	assert_int_equal(row.no, h->stick.no);
	fails(inventory_find(&look, &h->flow, T("4901234567894"), &row), ERROR_INVALID);
	fails(inventory_find(&look, &h->flow, T("0000000001"), &row), ERROR_INVALID);
	fails(inventory_find(&look, &h->flow, T(""), &row), ERROR_INVALID);
	fails(inventory_find(&look, &h->flow, inventory_code(look.arena, (struct row_id){ 99999 }), &row),
	      ERROR_MISSING);
}

/* Each is told apart, on the field that was typed into, with what to do next. */
static void
what_a_scanner_does_wrong_is_told_apart(void **state)
{
	static const struct {
		const char *typed;
		enum error_kind kind;
		const char *words;
	} wrong[] = {
		{ "\r\n", ERROR_INVALID, "コードがありません" },
		{ "0000000778\n", ERROR_INVALID, "正しく読み取れませんでした" },	  /* check digit */
		{ "０００００００７８７", ERROR_INVALID, "正しく読み取れませんでした" }, /* swapped */
		{ "000000077", ERROR_INVALID, "正しく読み取れませんでした" },	  /* cut short */
		{ "00000007770000000899", ERROR_INVALID, "正しく読み取れませんでした" }, /* two in one */
		{ "4901234567894", ERROR_INVALID, "番所のラベルでも" },		  /* another maker's */
		{ "B-L1234-0", ERROR_INVALID, "番所のラベルでも" },			  /* a badge */
	};
	struct flow_house *h = *state;
	struct row_id row = { 0 };
	LOOK(&h->house, look);
	for (size_t at = 0; at < sizeof wrong / sizeof *wrong; at++) {
		const struct error *error = inventory_find(&look, &h->flow, text_of(wrong[at].typed), &row);
		assert_non_null(error);
		assert_int_equal(error->kind, wrong[at].kind);
		assert_true(has_fault(error, "code"));
		if (!text_has(error->words, text_of(wrong[at].words)))
			fail_msg("%s: %.*s", wrong[at].typed, T_ARG(error->words));
	}
	const struct error *error =
		inventory_find(&look, &h->flow, inventory_code(look.arena, (struct row_id){ 99999 }), &row);
	assert_int_equal(error->kind, ERROR_MISSING);
	assert_true(text_has(error->words, T("ほかの団体のラベル")));
	must(inventory_find(&look, &h->flow, T("ＵＳＢ－００２\r\n"), &row));
	assert_int_equal(row.no, h->stick.no);
}

/* ---- Lending ---- */

static void
who_is_of_the_unit_borrows_and_gives_back(void **state)
{
	struct flow_house *h = *state;
	struct thing_deed deed = lending_of(h->stick, D(3));
	must(lend(h, h->house.staff, &deed));
	assert_string_equal(h->house.last_act, "inventory.lend");
	struct inventory_thing thing = thing_now(h, h->stick);
	assert_int_equal(thing.state, THING_LENT);
	assert_int_equal(thing.person.no, h->house.staff.no);
	fails(lend(h, h->house.deputy, &deed), ERROR_CONFLICT);
	deed = (struct thing_deed){ .thing = h->stick, .words = T("") };
	must(back(h, h->house.staff, &deed));
	assert_int_equal(thing_now(h, h->stick).state, THING_IN);
	/* Scanned twice: said, and nothing is written. */
	fails(back(h, h->house.staff, &deed), ERROR_CONFLICT);
}

static struct error *
erase_work(struct act *act, void *with)
{
	return inventory_person_erase(act, with);
}

static bool
refused_for_loans(struct flow_house *h, struct erasing *erasing)
{
	const struct error *error = act_fails(&h->house, NOBODY, erase_work, erasing, ERROR_REFUSED);
	bool is_said = false;
	for (; error != NULL; error = error->next)
		is_said |= text_has(error->words, T("貸した物が1件"));
	return is_said;
}

static void
nobody_is_erased_who_has_something_lent(void **state)
{
	struct flow_house *h = *state;
	struct erasing erasing = { h->house.deputy, ERASURE_RETENTION, T("000013") };
	struct thing_deed deed = lending_of(h->stick, D(3));
	deed.lending.person = h->house.deputy;
	assert_false(refused_for_loans(h, &erasing)); /* for other reasons: a post, an account */
	must(lend(h, h->house.manager, &deed));
	assert_true(refused_for_loans(h, &erasing));
	deed = (struct thing_deed){ .thing = h->stick, .words = T("") };
	must(back(h, h->house.manager, &deed));
	assert_false(refused_for_loans(h, &erasing));
}

static void
nobody_else_borrows_lends_or_gives_back(void **state)
{
	struct flow_house *h = *state;
	struct thing_deed deed = lending_of(h->stick, D(3));
	fails(lend(h, h->other_manager, &deed), ERROR_REFUSED);
	deed.lending.person = h->house.deputy;
	fails(lend(h, h->house.staff, &deed), ERROR_REFUSED); /* to somebody else: who keeps it */
	must(lend(h, h->house.manager, &deed));
	deed = (struct thing_deed){ .thing = h->stick };
	fails(back(h, h->other_manager, &deed), ERROR_REFUSED);
	must(back(h, h->house.staff, &deed)); /* a colleague */
}

static void
a_loan_needs_a_purpose_and_a_day_within_the_packs(void **state)
{
	struct flow_house *h = *state;
	struct thing_deed deed = lending_of(h->stick, D(8));
	fails(lend(h, h->house.staff, &deed), ERROR_INVALID);
	deed = lending_of(h->stick, D(-1));
	fails(lend(h, h->house.staff, &deed), ERROR_INVALID);
	deed = lending_of(h->stick, D(1));
	deed.lending.words = T("  ");
	fails(lend(h, h->house.staff, &deed), ERROR_INVALID);
	deed = lending_of(h->stick, D(7));
	must(lend(h, h->house.staff, &deed));
}

static void
repair_asks_what_was_done_with_what_it_stores(void **state)
{
	struct flow_house *h = *state;
	struct thing_deed deed = { .sending = { .thing = h->stick, .firm = T("修理商会"),
						.words = T("読めない"), .due = D(30) } };
	fails(repair(h, h->house.manager, &deed), ERROR_INVALID);
	deed.sending.storage = T("secrecy");
	fails(repair(h, h->house.manager, &deed), ERROR_INVALID); /* by which contract? */
	deed.sending.storage_words = T("保守契約第8条");
	fails(repair(h, h->house.staff, &deed), ERROR_REFUSED);
	must(repair(h, h->house.manager, &deed));
	assert_int_equal(thing_now(h, h->stick).state, THING_REPAIR);
}

/* ---- Out of the house ---- */

static void
out_and_back_are_the_permits_own(void **state)
{
	struct flow_house *h = *state;
	const struct dossier dossier = granted_carry(h);
	struct thing_deed deed = { .thing = h->stick, .permit = dossier.permits[0].id, .words = T("") };
	fails(out(h, h->house.staff, &deed), ERROR_REFUSED); /* another thing */
	deed.thing = h->secret;
	must(out(h, h->house.staff, &deed));
	assert_string_equal(h->house.last_act, "permit.out");
	assert_int_equal(thing_now(h, h->secret).state, THING_OUT);
	assert_int_equal(dossier_now(h, dossier.id).permits[0].state, PERMIT_OUT);
	fails(out(h, h->house.staff, &deed), ERROR_CONFLICT);
	must(back(h, h->house.staff, &deed));
	assert_string_equal(h->house.last_act, "permit.return");
	assert_int_equal(thing_now(h, h->secret).state, THING_IN);
}

static void
what_was_signed_out_on_the_permit_is_out_here_too(void **state)
{
	struct flow_house *h = *state;
	const struct dossier dossier = granted_carry(h);
	take_out(h, h->house.staff, &dossier, h->secret);
	assert_int_equal(thing_now(h, h->secret).state, THING_OUT);
	struct thing_deed deed = lending_of(h->secret, D(1));
	fails(lend(h, h->house.staff, &deed), ERROR_CONFLICT);
	struct inventory_loan *list;
	size_t count;
	LOOK(&h->house, look);
	must(inventory_away(&look, &h->flow, &(struct inventory_query){ 0 }, &list, &count));
	assert_int_equal(count, 1);
	assert_int_equal(list[0].kind, THING_OUT);
	assert_int_equal(list[0].thing.no, h->secret.no);
}

/* The medium that carries the assets, by its number in the permit's scope. */
static void
a_medium_named_in_the_scope_goes_out_by_its_number(void **state)
{
	struct flow_house *h = *state;
	const struct flow_answer answers[] = {
		ANSWER("doing", "carry"),	   ANSWER("purpose", "委託先での作業のため"),
		ANSWER("destination", "支所"),	   ANSWER("period", "2026-11-21/2026-11-25"),
		ANSWER("often", "once"),	   ANSWER("medium", "usb"),
		ANSWER("medium-serial", "usb 002"), ANSWER("container", "locked"),
		ANSWER("carry-protection", "encrypted"), ANSWER("route", "公用車で直行"),
		ANSWER("leaves-at", "2026-11-21T10:00"), ANSWER("returns-at", "2026-11-21T17:00"),
	};
	const struct dossier_id id = draft_as(h, h->house.staff, ASK(answers, h->secret));
	must(send_it(h, h->house.staff, id));
	must(decide(h, h->house.manager, id, VERDICT_PERMIT, ""));
	const struct dossier dossier = dossier_now(h, id);
	struct thing_deed deed = { .thing = h->stick, .permit = dossier.permits[0].id, .words = T("") };
	must(out(h, h->house.staff, &deed));
	assert_int_equal(thing_now(h, h->stick).state, THING_OUT);
	assert_int_equal(thing_now(h, h->secret).state, THING_IN);
	must(back(h, h->house.staff, &deed));
	assert_int_equal(thing_now(h, h->stick).state, THING_IN);
	assert_int_equal(dossier_now(h, id).permits[0].state, PERMIT_RETURNED);
}

/* ---- Stock-takes ---- */

static struct take_id
begin_ours(struct flow_house *h)
{
	struct thing_deed deed = { .unit = h->house.section };
	must(begin(h, h->house.manager, &deed));
	return deed.take;
}

static enum seen_kind
see(struct flow_house *h, struct take_id take, struct row_id thing)
{
	struct thing_deed deed = { .seeing = { .take = take, .code = inventory_code(h->house.arena, thing) } };
	must(seen(h, h->house.staff, &deed));
	return deed.seeing.kind;
}

static struct error *
close_it(struct flow_house *h, struct person_id who, struct take_id take)
{
	struct thing_deed deed = { .take = take, .change = take_now(h, take).change, .words = T("") };
	return close_take(h, who, &deed);
}

static void
a_stock_take_finds_what_is_there_elsewhere_unknown_and_missing(void **state)
{
	struct flow_house *h = *state;
	const struct take_id take = begin_ours(h);
	assert_int_equal(take_now(h, take).expected, 3);
	struct thing_deed deed = { .unit = h->house.section };
	fails(begin(h, h->house.manager, &deed), ERROR_CONFLICT);
	assert_int_equal(see(h, take, h->secret), SEEN_NOW);
	assert_int_equal(see(h, take, h->secret), SEEN_BEFORE);
	assert_int_equal(see(h, take, h->foreign), SEEN_EXTRA);
	deed = (struct thing_deed){ .seeing = { .take = take, .code = T("0000000001") } };
	fails(seen(h, h->house.staff, &deed), ERROR_INVALID);
	deed = (struct thing_deed){ .take = take, .words = T("ラベルのない黒いUSB") };
	must(stray(h, h->house.staff, &deed));
	fails(close_it(h, h->house.manager, take), ERROR_INVALID); /* two have no explanation */
	struct inventory_take now = take_now(h, take);
	assert_int_equal(now.unexplained, 2);
	deed = (struct thing_deed){ .take = take, .item = item_of(h, take, h->stick)->id,
				    .words = T("引き出しにない。先月まではあった。") };
	must(explain(h, h->house.staff, &deed));
	assert_int_equal(see(h, take, h->plain), SEEN_NOW);
	fails(close_it(h, h->house.staff, take), ERROR_REFUSED);
	must(close_it(h, h->house.manager, take));
	assert_string_equal(h->house.last_act, "inventory.close");
	now = take_now(h, take);
	assert_int_equal(now.of[ITEM_SEEN], 2);
	assert_int_equal(now.of[ITEM_GONE], 1);
	assert_int_equal(now.of[ITEM_EXTRA], 1);
	assert_int_equal(now.of[ITEM_STRAY], 1);
	assert_int_equal(thing_now(h, h->stick).state, THING_GONE);
	deed = (struct thing_deed){ .seeing = { .take = take, .code = T("USB-002") } };
	fails(seen(h, h->house.staff, &deed), ERROR_CONFLICT);
	deed = (struct thing_deed){ .thing = h->stick, .words = T("会議室の棚") };
	fails(found(h, h->house.staff, &deed), ERROR_REFUSED);
	must(found(h, h->house.manager, &deed));
	assert_int_equal(thing_now(h, h->stick).state, THING_IN);
}

static void
what_comes_into_the_ledger_meanwhile_is_no_stranger(void **state)
{
	struct flow_house *h = *state;
	const struct take_id take = begin_ours(h);
	const struct row_id fresh = add_row_to(h, "届いたばかり", "I", "USB-010", h->house.section);
	assert_int_equal(see(h, take, fresh), SEEN_NOW);
	assert_int_equal(see(h, take, fresh), SEEN_BEFORE);
	const struct inventory_take now = take_now(h, take);
	assert_int_equal(now.of[ITEM_EXTRA], 0);
	assert_int_equal(now.of[ITEM_SEEN], 1);
	assert_int_equal(now.expected, 4);
}

static void
what_is_lent_or_out_needs_no_explanation(void **state)
{
	struct flow_house *h = *state;
	const struct dossier dossier = granted_carry(h);
	struct thing_deed deed = lending_of(h->stick, D(3));
	must(lend(h, h->house.staff, &deed));
	take_out(h, h->house.staff, &dossier, h->secret);
	const struct take_id take = begin_ours(h);
	see(h, take, h->plain);
	assert_int_equal(item_of(h, take, h->stick)->state, ITEM_AWAY);
	must(close_it(h, h->house.manager, take));
	assert_int_equal(take_now(h, take).of[ITEM_AWAY], 2);
	assert_int_equal(thing_now(h, h->stick).state, THING_LENT);
}

static void
seen_in_a_later_stock_take_it_is_missing_no_more(void **state)
{
	struct flow_house *h = *state;
	size_t count;
	struct take_id take = begin_ours(h);
	const struct inventory_item *list = items_now(h, take, &count);
	for (size_t at = 0; at < count; at++) {
		struct thing_deed deed = { .take = take, .item = list[at].id, .words = T("見つからない") };
		must(explain(h, h->house.staff, &deed));
	}
	must(close_it(h, h->house.manager, take));
	assert_int_equal(thing_now(h, h->plain).state, THING_GONE);
	take = begin_ours(h);
	see(h, take, h->plain);
	assert_int_equal(thing_now(h, h->plain).state, THING_IN);
}

static void
closing_needs_the_state_that_was_shown(void **state)
{
	struct flow_house *h = *state;
	const struct take_id take = begin_ours(h);
	struct thing_deed deed = { .take = take, .change = take_now(h, take).change, .words = T("") };
	see(h, take, h->plain);
	fails(close_take(h, h->house.manager, &deed), ERROR_CONFLICT);
	fails(begin(h, h->other_manager, &(struct thing_deed){ .unit = h->house.section }), ERROR_REFUSED);
	deed.seeing = (struct inventory_seeing){ .take = take, .code = T("USB-001") };
	fails(seen(h, h->other_manager, &deed), ERROR_REFUSED);
}

/* ---- Time ---- */

static struct inventory_done
tick(struct flow_house *h)
{
	struct inventory_done done;
	bool is_more;
	must(inventory_clock(h->house.store, h->house.arena, &h->flow, 100, &done, &is_more));
	return done;
}

static int64_t
unread(struct flow_house *h, struct person_id who)
{
	struct notice *list;
	size_t count;
	LOOK(&h->house, look);
	must(people_notices(&look, who, true, (struct notice_id){ 0 }, 50, &list, &count));
	return (int64_t)count;
}

static void
who_does_not_give_back_is_told_once_then_who_keeps_it(void **state)
{
	struct flow_house *h = *state;
	struct thing_deed deed = lending_of(h->stick, D(1));
	must(lend(h, h->house.staff, &deed));
	assert_int_equal(tick(h).reminded, 0);
	days_pass(h, 2);
	assert_int_equal(tick(h).reminded, 1);
	assert_int_equal(tick(h).reminded, 0);
	assert_int_equal(unread(h, h->house.staff), 1);
	assert_int_equal(unread(h, h->house.manager), 0);
	days_pass(h, 4);
	assert_int_equal(tick(h).escalated, 1);
	assert_int_equal(tick(h).escalated, 0);
	assert_int_equal(unread(h, h->house.manager), 1);
}

struct software_deed {
	struct flow_house *h;
	const char *until, *used;
	struct row_id row;
};

static struct error *
add_software(struct act *act, void *with)
{
	struct software_deed *d = with;
	const struct pack *pack = d->h->house.pack;
	const struct ledger_value values[] = {
		{ T("name"), T("表計算 2016") },
		{ T("owner"), text_format(act->look.arena, "%lld", (long long)d->h->house.section.no) },
		{ T("licence"), T("bought") },
		{ T("licence-count"), T("10") },
		{ T("used-count"), text_of(d->used) },
		{ T("support-until"), text_of(d->until) },
	};
	return ledger_add(act, pack, pack_ledger(pack, T("software")), values, 6, &d->row);
}

static void
the_end_of_support_is_told_half_a_year_before_and_when_it_is_past(void **state)
{
	struct flow_house *h = *state;
	struct software_deed deed = { .h = h, .until = "2027-04-30", .used = "3" };
	must(act_as(&h->house, h->house.manager, add_software, &deed));
	assert_int_equal(tick(h).warned, 1); /* 160 days */
	assert_int_equal(tick(h).warned, 0);
	days_pass(h, 200);
	assert_int_equal(tick(h).warned, 1);
	assert_int_equal(tick(h).warned, 0);
	assert_int_equal(unread(h, h->house.manager), 2);
}

/* ---- Evidence and findings ---- */

static struct inventory_stand
stand_of(struct flow_house *h, enum evidence_keeps keeps)
{
	struct inventory_stand stand;
	LOOK(&h->house, look);
	must(inventory_stand(&look, &h->flow, keeps, (struct moment){ h->house.now.ms - 86400000LL * 366 },
			     &stand));
	return stand;
}

static size_t
troubles(struct flow_house *h, enum inventory_trouble_kind kind)
{
	struct inventory_trouble *list;
	size_t count, of = 0;
	LOOK(&h->house, look);
	must(inventory_troubles(&look, &h->flow, &list, &count));
	for (size_t at = 0; at < count; at++)
		of += list[at].kind == kind;
	return of;
}

static struct error *
person_leaves(struct act *act, void *with)
{
	struct flow_house *h = with;
	struct person person;
	TRY(people_person(&act->look, h->house.staff, &person));
	person.until = D(2);
	return people_person_change(act, &person);
}

static void
each_thing_out_of_order_is_a_trouble_until_it_is_put_right(void **state)
{
	struct flow_house *h = *state;
	struct thing_deed deed = lending_of(h->stick, D(1));
	struct software_deed old = { .h = h, .until = "2026-11-01", .used = "12" };
	must(act_as(&h->house, h->house.manager, add_software, &old));
	assert_int_equal(troubles(h, AMISS_ENDED), 1);
	assert_int_equal(troubles(h, AMISS_OVER), 1);
	must(lend(h, h->house.staff, &deed));
	assert_int_equal(troubles(h, AMISS_OVERDUE), 0);
	days_pass(h, 2);
	assert_int_equal(troubles(h, AMISS_OVERDUE), 1);
	must(act_now(&h->house, person_leaves, h));
	days_pass(h, 2);
	assert_int_equal(troubles(h, AMISS_HELD), 1);
	assert_int_equal(troubles(h, AMISS_OVERDUE), 0);
	assert_int_equal(stand_of(h, KEEPS_LEFT).held, 1);
	deed = (struct thing_deed){ .thing = h->stick, .words = T("") };
	must(back(h, h->house.deputy, &deed));
	assert_int_equal(troubles(h, AMISS_HELD), 0);
}

static const struct assured_rule *
rule_of(struct flow_house *h, enum evidence_keeps keeps)
{
	struct assurance assurance;
	LOOK(&h->house, look);
	must(assure(&look, &h->flow, NULL, &assurance));
	for (size_t at = 0; at < assurance.count; at++)
		for (size_t i = 0; i < assurance.clauses[at].rules_count; i++)
			if (assurance.clauses[at].rules[i].rule->kind == EVIDENCE_INVENTORY &&
			    assurance.clauses[at].rules[i].rule->keeps == keeps)
				return &assurance.clauses[at].rules[i];
	fail_msg("no rule");
	return NULL;
}

static void
evidence_says_what_the_records_show(void **state)
{
	struct flow_house *h = *state;
	assert_int_equal(rule_of(h, KEEPS_OUT)->state, STATE_MISSING);
	assert_int_equal(rule_of(h, KEEPS_MISSING)->state, STATE_MISSING);
	struct thing_deed deed = lending_of(h->stick, D(1));
	must(lend(h, h->house.staff, &deed));
	assert_int_equal(rule_of(h, KEEPS_OUT)->state, STATE_CLAIMED); /* fulfilled, for a part */
	days_pass(h, 3);
	assert_int_equal(rule_of(h, KEEPS_OUT)->state, STATE_LATE);
	struct software_deed fine = { .h = h, .until = "2030-03-31", .used = "2" };
	must(act_as(&h->house, h->house.manager, add_software, &fine));
	assert_int_equal(rule_of(h, KEEPS_SUPPORT)->state, STATE_FULFILLED);
	assert_int_equal(rule_of(h, KEEPS_LICENCES)->state, STATE_FULFILLED);
}

static void
record_all(struct flow_house *h)
{
	const struct actor clock = { .through = T_INIT("clock") };
	struct assure_recorded done;
	must(assure_record(h->house.store, h->house.arena, &h->flow, NULL, &clock, &done));
}

static struct finding *
findings(struct flow_house *h, bool is_open_only, size_t *count)
{
	struct finding *list;
	LOOK(&h->house, look);
	must(assure_findings(&look, h->house.pack,
			     &(struct finding_query){ .is_open_only = is_open_only, .has_kind = true,
						      .kind = ASSURE_THING, .at = DAY_NONE },
			     &list, count));
	return list;
}

static void
one_thing_out_of_order_is_one_finding_gone_by_itself(void **state)
{
	struct flow_house *h = *state;
	size_t count;
	struct thing_deed first = lending_of(h->stick, D(1)), second = lending_of(h->plain, D(1));
	must(lend(h, h->house.staff, &first));
	must(lend(h, h->house.staff, &second));
	record_all(h);
	(void)findings(h, true, &count);
	assert_int_equal(count, 0);
	days_pass(h, 3);
	record_all(h);
	record_all(h);
	const struct finding *list = findings(h, true, &count);
	assert_int_equal(count, 2);
	assert_int_equal(list[0].unit.no, h->house.section.no);
	assert_true(text_is(list[0].role, "manager"));
	/* It is read by more people than the ledger: no title, nobody's name. */
	assert_false(text_has(list[0].why, T("名簿")) || text_has(list[0].why, T("山田")));
	first = (struct thing_deed){ .thing = h->stick, .words = T("") };
	must(back(h, h->house.staff, &first));
	record_all(h);
	(void)findings(h, true, &count);
	assert_int_equal(count, 1);
	(void)findings(h, false, &count);
	assert_int_equal(count, 2);
}

/* ---- Faults ---- */

static void
no_fault_leaves_half_a_loan_or_half_a_stock_take(void **state)
{
	struct flow_house *h = *state;
	struct thing_deed deed = lending_of(h->stick, D(3));
	deed.h = h;
	fault_walk(&h->house, h->house.staff, lend_work, &deed);
	deed = (struct thing_deed){ .h = h, .unit = h->house.section };
	fault_walk(&h->house, h->house.manager, begin_work, &deed);
	const struct take_id take = deed.take;
	deed = (struct thing_deed){ .h = h, .seeing = { .take = take, .code = T("USB-001") } };
	fault_walk(&h->house, h->house.staff, seen_work, &deed);
	see(h, take, h->plain);
	deed = (struct thing_deed){ .h = h, .take = take, .change = take_now(h, take).change, .words = T("") };
	fault_walk(&h->house, h->house.manager, close_take_work, &deed);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		OUR_TEST(a_label_notices_every_wrong_digit_and_every_swapped_pair),
		OUR_TEST(a_code_is_read_as_scanners_and_people_send_it),
		OUR_TEST(what_is_scanned_finds_the_thing_or_says_what_is_wrong),
		OUR_TEST(what_a_scanner_does_wrong_is_told_apart),
		OUR_TEST(who_is_of_the_unit_borrows_and_gives_back),
		OUR_TEST(nobody_is_erased_who_has_something_lent),
		OUR_TEST(nobody_else_borrows_lends_or_gives_back),
		OUR_TEST(a_loan_needs_a_purpose_and_a_day_within_the_packs),
		OUR_TEST(repair_asks_what_was_done_with_what_it_stores),
		OUR_TEST(out_and_back_are_the_permits_own),
		OUR_TEST(what_was_signed_out_on_the_permit_is_out_here_too),
		OUR_TEST(a_medium_named_in_the_scope_goes_out_by_its_number),
		OUR_TEST(a_stock_take_finds_what_is_there_elsewhere_unknown_and_missing),
		OUR_TEST(what_comes_into_the_ledger_meanwhile_is_no_stranger),
		OUR_TEST(what_is_lent_or_out_needs_no_explanation),
		OUR_TEST(seen_in_a_later_stock_take_it_is_missing_no_more),
		OUR_TEST(closing_needs_the_state_that_was_shown),
		OUR_TEST(who_does_not_give_back_is_told_once_then_who_keeps_it),
		OUR_TEST(the_end_of_support_is_told_half_a_year_before_and_when_it_is_past),
		OUR_TEST(each_thing_out_of_order_is_a_trouble_until_it_is_put_right),
		OUR_TEST(evidence_says_what_the_records_show),
		OUR_TEST(one_thing_out_of_order_is_one_finding_gone_by_itself),
		OUR_TEST(no_fault_leaves_half_a_loan_or_half_a_stock_take),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
