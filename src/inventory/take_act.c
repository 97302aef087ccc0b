/* Stock-takes: begun, scanned, explained, closed. */
#include "inventory/rooms.h"

#include "duty/duty.h"

static struct error *
note_take(struct act *act, const char *what, const struct inventory_take *take, struct row_id thing,
	  const struct fact_pair *pairs)
{
	struct arena *arena = act->look.arena;
	struct fact fact = { .act = what,
			     .about = { inventory_about_take(arena, take->id),
					people_about_unit(arena, take->unit) } };
	if (thing.no != 0)
		fact.about[2] = about_thing(arena, thing);
	for (size_t at = 0; pairs != NULL && pairs[at].name != NULL && at < FACT_MOST_PAIRS; at++)
		fact.pairs[at] = pairs[at];
	return act_note(act, &fact);
}

struct beginning {
	struct act *act;
	struct take_id id;
	int64_t count;
};

static struct error *
count_one(void *with, const struct ledger_row *row, const struct pack_things *things)
{
	struct beginning *beginning = with;
	(void)row;
	(void)things;
	beginning->count++;
	return OK;
}

static struct error *
expect_one(void *with, const struct ledger_row *row, const struct pack_things *things)
{
	struct beginning *beginning = with;
	int64_t id;
	(void)things;
	TRY(act_number(beginning->act, T("inventory-item"), &id));
	return inventory_item_add(beginning->act,
				  &(struct inventory_item_add_in){ .id = id, .take = beginning->id.no,
								   .thing = row->id.no, .state = T("open") });
}

struct error *
inventory_begin(struct act *act, const struct flow *flow, struct unit_id unit, struct take_id *id)
{
	struct inventory_take_open_row open;
	struct beginning beginning = { .act = act };
	const struct day due = day_plus(moment_day(act->look.now), INVENTORY_TAKE_DAYS);
	bool found;
	TRY(must_keep_things(act, flow, unit));
	TRY(inventory_take_open(&act->look, &(struct inventory_take_open_in){ unit.no }, &found, &open));
	if (found)
		return conflict("この課の棚卸は、もう始まっています。続きをしてください。");
	TRY(things_each(&act->look, flow, unit, count_one, &beginning));
	if (beginning.count == 0)
		return reject("unit", "この課には、台帳に物品がありません。台帳に載せてから始めてください。");
	if (beginning.count > INVENTORY_MOST_ITEMS)
		return reject("unit", "物品が%d件を超えています。係ごとに台帳を分けてから始めてください。",
			      INVENTORY_MOST_ITEMS);
	TRY(act_number(act, T("inventory-take"), &beginning.id.no));
	TRY(inventory_take_add(act, &(struct inventory_take_add_in){
					  beginning.id.no, unit.no, act->look.now.ms, act->actor.person,
					  due.no, beginning.count }));
	TRY(things_each(&act->look, flow, unit, expect_one, &beginning));
	*id = beginning.id;
	const struct inventory_take take = { .id = *id, .unit = unit };
	return note_take(act, "inventory.begin", &take, (struct row_id){ 0 },
			 (struct fact_pair[]){ { "due", day_iso(act->look.arena, due), 0 },
					       { "expected", { 0 }, beginning.count },
					       { NULL } });
}

/* Running, and the person may scan in it. */
static struct error *
take_up(struct act *act, const struct flow *flow, struct take_id id, struct inventory_take *take)
{
	TRY(take_head(&act->look, flow, id, take));
	TRY(must_be_of_keepers(act, flow, take->unit));
	if (take->closed.ms != 0)
		return conflict("この棚卸はもう終わっています。見つかった物は、その物の画面で記録してください。");
	return OK;
}

static struct error *
see_expected(struct act *act, const struct inventory_take *take, int64_t item,
	     struct inventory_seeing *seeing)
{
	struct inventory_loan_open_row loan;
	struct inventory_outing_open_row outing;
	bool is_lent, is_out = false;
	TRY(inventory_loan_open(&act->look, &(struct inventory_loan_open_in){ seeing->thing.no }, &is_lent,
				&loan));
	if (!is_lent)
		TRY(inventory_outing_open(&act->look,
					  &(struct inventory_outing_open_in){ seeing->thing.no }, &is_out,
					  &outing));
	TRY(inventory_item_seen(act, &(struct inventory_item_seen_in){ item, act->look.now.ms,
								      act->actor.person, seeing->is_typed }));
	TRY(inventory_item_settle(act, &(struct inventory_item_settle_in){
					     .thing = seeing->thing.no, .now = act->look.now.ms,
					     .person = act->actor.person }));
	TRY(inventory_take_touch(act, &(struct inventory_take_touch_in){ take->id.no }));
	seeing->kind = is_lent || is_out ? SEEN_RETURNED : SEEN_NOW;
	return note_take(act, "inventory.seen", take, seeing->thing,
			 (struct fact_pair[]){ { "typed", { 0 }, seeing->is_typed }, { NULL } });
}

/* Not expected when it began: another unit's, off the ledger, or put into the unit's ledger since. */
static struct error *
see_extra(struct act *act, const struct flow *flow, const struct inventory_take *take,
	  struct inventory_seeing *seeing)
{
	struct inventory_thing thing;
	int64_t id;
	TRY(inventory_thing(&act->look, flow, seeing->thing, &thing));
	const bool is_ours = thing.unit.no == take->unit.no && thing.state != THING_ENDED;
	TRY(act_number(act, T("inventory-item"), &id));
	TRY(inventory_item_add(act, &(struct inventory_item_add_in){
					  .id = id, .take = take->id.no, .thing = seeing->thing.no,
					  .state = T("extra"), .is_typed = seeing->is_typed,
					  .at = act->look.now.ms, .person = act->actor.person }));
	if (is_ours) {
		TRY(inventory_take_expect(act, &(struct inventory_take_expect_in){ take->id.no }));
		return see_expected(act, take, id, seeing);
	}
	/* Another unit misses it, perhaps: here it is. */
	TRY(inventory_item_settle(act, &(struct inventory_item_settle_in){
					     .thing = seeing->thing.no, .now = act->look.now.ms,
					     .person = act->actor.person }));
	TRY(inventory_take_touch(act, &(struct inventory_take_touch_in){ take->id.no }));
	seeing->kind = SEEN_EXTRA;
	return note_take(act, "inventory.seen", take, seeing->thing,
			 (struct fact_pair[]){ { "extra", { 0 }, 1 },
					       { "typed", { 0 }, seeing->is_typed },
					       { NULL } });
}

struct error *
inventory_seen(struct act *act, const struct flow *flow, struct inventory_seeing *seeing)
{
	struct inventory_take take;
	struct inventory_item_of_row item;
	bool found;
	TRY(take_up(act, flow, seeing->take, &take));
	TRY(inventory_find(&act->look, flow, seeing->code, &seeing->thing));
	TRY(inventory_item_of(&act->look,
			      &(struct inventory_item_of_in){ take.id.no, seeing->thing.no }, &found, &item));
	if (!found)
		return see_extra(act, flow, &take, seeing);
	if (text_is(item.state, "open"))
		return see_expected(act, &take, item.id, seeing);
	seeing->kind = SEEN_BEFORE;
	return OK;
}

struct error *
inventory_stray(struct act *act, const struct flow *flow, struct take_id id, struct text words)
{
	struct inventory_take take;
	int64_t item;
	TRY(take_up(act, flow, id, &take));
	TRY(words_are(words, "stray", say("どんな物か"), INVENTORY_MOST_WORDS));
	TRY(act_number(act, T("inventory-item"), &item));
	TRY(inventory_item_add(act, &(struct inventory_item_add_in){
					  .id = item, .take = id.no, .thing = 0, .state = T("stray"),
					  .is_typed = 1, .at = act->look.now.ms,
					  .person = act->actor.person, .words = tidy_words(words) }));
	TRY(inventory_take_touch(act, &(struct inventory_take_touch_in){ id.no }));
	return note_take(act, "inventory.stray", &take, (struct row_id){ 0 },
			 (struct fact_pair[]){ { "item", { 0 }, item }, { NULL } });
}

struct error *
inventory_explain(struct act *act, const struct flow *flow, struct take_id id, int64_t item,
		  struct text words)
{
	struct inventory_take take;
	struct inventory_item_get_row row;
	bool found;
	TRY(take_up(act, flow, id, &take));
	TRY(inventory_item_get(&act->look, &(struct inventory_item_get_in){ item }, &found, &row));
	if (!found || row.take != id.no)
		return missing("その物はこの棚卸にありません。");
	if (text_is(row.state, "seen"))
		return conflict("その物は、もうあったと記録されています。");
	TRY(words_are(words, "words", say("わけ"), INVENTORY_MOST_WORDS));
	TRY(inventory_item_say(act, &(struct inventory_item_say_in){ item, tidy_words(words) }));
	TRY(inventory_take_touch(act, &(struct inventory_take_touch_in){ id.no }));
	return note_take(act, "inventory.explain", &take, (struct row_id){ row.thing },
			 (struct fact_pair[]){ { "item", { 0 }, item }, { NULL } });
}

/* ---- The end ---- */

static struct error *
end_items(struct act *act, const struct inventory_item *items, size_t count, int64_t *gone)
{
	*gone = 0;
	for (size_t at = 0; at < count; at++) {
		const struct inventory_item *item = &items[at];
		if (item->state != ITEM_OPEN && item->state != ITEM_AWAY)
			continue;
		TRY(inventory_item_end(act, &(struct inventory_item_end_in){
						   item->id, text_of(item_state_name(
								     item->state == ITEM_OPEN ? ITEM_GONE
											      : ITEM_AWAY)),
						   act->look.now.ms }));
		*gone += item->state == ITEM_OPEN;
	}
	return OK;
}

struct error *
inventory_close(struct act *act, const struct flow *flow, struct take_id id, int64_t change,
		struct text words)
{
	struct inventory_take take;
	struct inventory_item *items;
	size_t count;
	int64_t gone;
	TRY(inventory_take(&act->look, flow, id, &take));
	TRY(must_keep_things(act, flow, take.unit));
	if (take.closed.ms != 0)
		return conflict("この棚卸はもう終わっています。");
	if (take.change != change)
		return conflict("ほかの人が先に手を加えました。開きなおして確かめてから終えてください。");
	if (take.unexplained != 0)
		return reject("words", "見つからない物のうち%lld件に、わけが書かれていません。一件ずつ書いてから終えてください。",
			      (long long)take.unexplained);
	if (text_count(words) > INVENTORY_MOST_WORDS)
		return reject("words", "%d文字までにしてください。", INVENTORY_MOST_WORDS);
	TRY(inventory_items(&act->look, flow, id, &items, &count));
	TRY(end_items(act, items, count, &gone));
	TRY(inventory_take_end(act, &(struct inventory_take_end_in){
					   .id = id.no, .now = act->look.now.ms,
					   .person = act->actor.person, .role = act->actor.role,
					   .words = tidy_words(words) }));
	TRY(note_take(act, "inventory.close", &take, (struct row_id){ 0 },
		      (struct fact_pair[]){ { "away", { 0 }, take.of[ITEM_AWAY] },
					    { "expected", { 0 }, take.expected },
					    { "extra", { 0 }, take.of[ITEM_EXTRA] },
					    { "gone", { 0 }, gone },
					    { "seen", { 0 }, take.of[ITEM_SEEN] },
					    { "stray", { 0 }, take.of[ITEM_STRAY] },
					    { NULL } }));
	return duty_done_by(act, flow->pack,
			    &(struct duty_deed){ .by = "inventory.stock",
						 .unit = take.unit,
						 .on = DAY_NONE,
						 .source = inventory_about_take(act->look.arena, id),
						 .words = text_format(act->look.arena,
								      say("棚卸を終えた(%lld件)"),
								      (long long)take.expected) },
			    NULL);
}
