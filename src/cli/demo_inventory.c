/*
 * Things in the demonstration body: registers of media and software, loans and repairs over the year, a stock-take
 * of every section in summer with one thing that is still missing, one that was found again, and one stock-take
 * that runs now. In a body of another pack: everything once, now.
 */
#include "cli/demo.h"

#include "inventory/inventory.h"

enum { MEDIA = 14, SOFTWARE = 7, STOCK_AGO = 75, STOCK_SPREAD = 20, RUNNING_AGO = 9, LOANS = 40 };

enum deed { DEED_MEDIUM, DEED_SOFTWARE, DEED_LEND, DEED_RETURN, DEED_REPAIR, DEED_REPAIRED, DEED_BEGIN,
	    DEED_SCAN, DEED_END, DEED_FIND };

struct medium {
	const char *name, *kind;
};
static const struct medium media[MEDIA] = {
	{ "貸出用USBメモリー 1号", "usb" },   { "貸出用USBメモリー 2号", "usb" },
	{ "窓口説明会用SDカード", "card" },   { "決算資料の控え", "optical" },
	{ "貸出用USBメモリー 3号", "usb" },   { "月次バックアップ 甲", "tape" },
	{ "月次バックアップ 乙", "tape" },    { "航空写真の外付けディスク", "disk" },
	{ "貸出用USBメモリー 4号", "usb" },   { "台帳の控え", "optical" },
	{ "現地調査用SDカード", "card" },     { "貸出用USBメモリー 5号", "usb" },
	{ "選挙資料の外付けディスク", "disk" }, { "研修用USBメモリー", "usb" },
};

struct program {
	const char *name, *version, *licence;
	int licences, used, left; /* days of support from today; 0: not said */
};
static const struct program programs[SOFTWARE] = {
	{ "みほん文書", "2024", "bought", 300, 286, 1400 },
	{ "みほん表計算", "2024", "bought", 300, 286, 1400 },
	{ "住民記録クライアント", "6.1", "vendor", 80, 74, 800 },
	{ "みほん圧縮", "9.2", "free", 400, 310, 120 },
	{ "地図閲覧", "3.0", "open", 50, 22, 600 },
	{ "旧給与計算", "4.8", "bought", 5, 2, -24 },
	{ "みほん製図", "2022", "bought", 10, 8, 260 },
};

static const char *const purposes[] = { "窓口の説明会で使う", "会議室での投影に使う", "庁舎内の別の係に資料を渡す",
					"現地調査の写真を取り込む", "研修の資料を写す" };

/* ---- Acts ---- */

static struct error *
as_keeper(struct act *act, const struct flow *flow, struct unit_id unit, bool *has)
{
	struct decider *list;
	size_t count;
	TRY(people_deciders(&act->look, flow->pack->inventory->keeps, unit, moment_day(act->look.now),
			    (struct person_id){ 0 }, &list, &count));
	*has = count != 0;
	if (*has)
		act->actor.person = list[0].person.no;
	return OK;
}

static size_t
unit_of(const struct demo *demo, size_t no)
{
	return 1 + demo->bureaus_count + no * 5 % demo->sections_count;
}

static struct text
serial_of(struct arena *arena, size_t no)
{
	return text_format(arena, "M-%03zu", no + 1);
}

static struct error *
add_medium(struct demo *demo, struct act *act, size_t no)
{
	struct arena *arena = act->look.arena;
	const struct pack *pack = demo->body->pack;
	const struct demo_unit *unit = &demo->units[unit_of(demo, no)];
	struct row_id row;
	bool has;
	const struct ledger_value values[] = {
		{ T("name"), text_of(media[no].name) },
		{ T("owner"), text_number(arena, unit->id.no) },
		{ T("serial"), serial_of(arena, no) },
		{ T("media-kind"), text_of(media[no].kind) },
		{ T("class"), no % 3 == 0 ? T("II") : T("III") },
		{ T("place"), T("課の鍵付き書庫") },
		{ T("locked"), T("yes") },
		{ T("encrypted"), T("yes") },
	};
	TRY(as_keeper(act, &demo->body->flow, unit->id, &has));
	return ledger_add(act, pack, pack_ledger(pack, T("media")), values,
			  sizeof values / sizeof *values, &row);
}

static struct error *
add_software(struct demo *demo, struct act *act, size_t no)
{
	struct arena *arena = act->look.arena;
	const struct pack *pack = demo->body->pack;
	const struct demo_unit *unit = &demo->units[demo->it_unit];
	const struct program *program = &programs[no];
	struct row_id row;
	bool has;
	const struct ledger_value values[] = {
		{ T("name"), text_of(program->name) },
		{ T("owner"), text_number(arena, unit->id.no) },
		{ T("version"), text_of(program->version) },
		{ T("licence"), text_of(program->licence) },
		{ T("licence-count"), text_number(arena, program->licences) },
		{ T("used-count"), text_number(arena, program->used) },
		{ T("support-until"), day_iso(arena, day_plus(demo->size.today, program->left)) },
	};
	TRY(as_keeper(act, &demo->body->flow, unit->id, &has));
	return ledger_add(act, pack, pack_ledger(pack, T("software")), values,
			  sizeof values / sizeof *values, &row);
}

static struct error *
find_medium(struct look *look, const struct pack *pack, size_t no, struct row_id *row, bool *found)
{
	struct ledger_row of;
	TRY(ledger_by_serial(look, pack, pack_ledger(pack, T("media")), serial_of(look->arena, no), found, &of));
	if (*found)
		*row = of.id;
	return OK;
}

/* Of loan `no`: which medium, and for how long. */
static size_t
medium_of(size_t no)
{
	return no % (MEDIA - 2); /* the last two go to repair */
}

static struct error *
lend(struct demo *demo, struct act *act, size_t no)
{
	const struct demo_unit *unit = &demo->units[unit_of(demo, medium_of(no))];
	const size_t who = unit->first + no % (unit->count > 2 ? unit->count - 1 : 1);
	struct inventory_lending lending = {
		.words = text_of(purposes[no % (sizeof purposes / sizeof *purposes)]),
		.due = day_plus(moment_day(act->look.now), 2 + (int64_t)(no % 4)),
	};
	struct inventory_thing thing;
	bool found;
	TRY(find_medium(&act->look, demo->body->pack, medium_of(no), &lending.thing, &found));
	if (!found)
		return OK;
	TRY(inventory_thing(&act->look, &demo->body->flow, lending.thing, &thing));
	if (thing.state != THING_IN || demo->people[who].id.no == 0 || !demo->people[who].is_settled)
		return OK;
	act->actor.person = demo->people[who].id.no;
	return inventory_lend(act, &demo->body->flow, &lending);
}

static struct error *
give_back(struct demo *demo, struct act *act, size_t medium)
{
	struct inventory_thing thing;
	struct row_id row;
	bool found, has = true;
	TRY(find_medium(&act->look, demo->body->pack, medium, &row, &found));
	if (!found)
		return OK;
	TRY(inventory_thing(&act->look, &demo->body->flow, row, &thing));
	if (thing.loan == 0)
		return OK;
	if (thing.person.no != 0)
		act->actor.person = thing.person.no;
	else
		TRY(as_keeper(act, &demo->body->flow, thing.unit, &has));
	return inventory_back(act, &demo->body->flow, row, T(""));
}

static struct error *
send_to_repair(struct demo *demo, struct act *act, size_t medium)
{
	struct inventory_sending sending = {
		.firm = T("みほん電機サービス"),
		.words = T("読み取りのときに異音がする"),
		.storage = medium % 2 == 0 ? T("erased") : T("secrecy"),
		.storage_words = medium % 2 == 0 ? T("全域を三回上書きし、結果を控えた")
						 : T("保守契約第8条(秘密の保持)を確かめ、預かり証を受け取った"),
		.due = day_plus(moment_day(act->look.now), 30),
	};
	bool found, has;
	TRY(find_medium(&act->look, demo->body->pack, medium, &sending.thing, &found));
	if (!found)
		return OK;
	TRY(as_keeper(act, &demo->body->flow, demo->units[unit_of(demo, medium)].id, &has));
	return inventory_repair(act, &demo->body->flow, &sending);
}

/* ---- Stock-takes ---- */

static struct error *
running_of(struct look *look, const struct flow *flow, struct unit_id unit, struct take_id *id)
{
	struct inventory_take *list;
	size_t count;
	id->no = 0;
	TRY(inventory_takes(look, flow, &unit, 1, 20, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].unit.no == unit.no && list[at].closed.ms == 0)
			*id = list[at].id;
	return OK;
}

static struct error *
begin(struct act *act, const struct flow *flow, struct unit_id unit)
{
	struct inventory_thing *things;
	struct take_id id;
	size_t count;
	bool has;
	TRY(inventory_of_unit(&act->look, flow, unit, 1, &things, &count));
	TRY(as_keeper(act, flow, unit, &has));
	if (count == 0 || !has)
		return OK;
	return inventory_begin(act, flow, unit, &id);
}

/* All but `leaves` things are met; those get an explanation, unless half of it is left to be done. */
static struct error *
scan(struct act *act, const struct flow *flow, struct unit_id unit, size_t leaves, bool is_half)
{
	struct inventory_item *items;
	struct take_id id;
	size_t count;
	bool has;
	TRY(running_of(&act->look, flow, unit, &id));
	if (id.no == 0)
		return OK;
	TRY(as_keeper(act, flow, unit, &has));
	TRY(inventory_items(&act->look, flow, id, &items, &count));
	for (size_t at = 0; at < count; at++) {
		struct inventory_seeing seeing = { .take = id,
						   .code = inventory_code(act->look.arena, items[at].thing),
						   .is_typed = at % 9 == 8 };
		if (items[at].state != ITEM_OPEN || items[at].words.len != 0 || (is_half && at % 2 == 1))
			continue;
		if (leaves != 0) {
			leaves--;
			TRY(inventory_explain(act, flow, id, items[at].id,
					      T("書庫にも引き出しにもない。前の担当者に聞いたが覚えがない。")));
			continue;
		}
		TRY(inventory_seen(act, flow, &seeing));
	}
	return OK;
}

static struct error *
end(struct act *act, const struct flow *flow, struct unit_id unit)
{
	struct inventory_take take;
	struct take_id id;
	bool has;
	TRY(running_of(&act->look, flow, unit, &id));
	if (id.no == 0)
		return OK;
	TRY(as_keeper(act, flow, unit, &has));
	TRY(inventory_take(&act->look, flow, id, &take));
	return inventory_close(act, flow, id, take.change, T(""));
}

/* The first of two that were missing turns up. */
static struct error *
find_one(struct demo *demo, struct act *act)
{
	struct inventory_trouble *list;
	size_t count;
	bool has;
	TRY(inventory_troubles(&act->look, &demo->body->flow, &list, &count));
	for (size_t at = 0; at < count; at++) {
		if (list[at].kind != AMISS_GONE)
			continue;
		TRY(as_keeper(act, &demo->body->flow, list[at].unit, &has));
		return inventory_found(act, &demo->body->flow, list[at].row,
				       T("会議室の投影機につないだままになっていた。"));
	}
	return OK;
}

struct error *
demo_do_inventory(struct demo *demo, const struct demo_event *event, struct act *act)
{
	const struct flow *flow = &demo->body->flow;
	const size_t no = event->other;
	switch ((enum deed)event->what) {
	case DEED_MEDIUM:
		return add_medium(demo, act, no);
	case DEED_SOFTWARE:
		return add_software(demo, act, no);
	case DEED_LEND:
		return lend(demo, act, no);
	case DEED_RETURN:
	case DEED_REPAIRED:
		return give_back(demo, act, no);
	case DEED_REPAIR:
		return send_to_repair(demo, act, no);
	case DEED_BEGIN:
		return begin(act, flow, demo->units[no].id);
	case DEED_SCAN:
		return scan(act, flow, demo->units[no].id,
			    no == unit_of(demo, 1) || no == unit_of(demo, 2) ? 1 : 0, no == demo->it_unit);
	case DEED_END: /* what came back meanwhile is met, too */
		TRY(scan(act, flow, demo->units[no].id, 0, false));
		return end(act, flow, demo->units[no].id);
	case DEED_FIND:
		return find_one(demo, act);
	}
	return OK;
}

/* ---- Planning ---- */

static struct moment
ago(struct demo *demo, struct chance *chance, int64_t days)
{
	return demo_moment(chance, day_plus(demo->size.today, -days));
}

static void
plan_loans(struct demo *demo, struct chance *chance)
{
	for (size_t no = 0; no < LOANS; no++) {
		const int64_t days = 300 - (int64_t)no * 7;
		demo_at(demo, ago(demo, chance, days), DEED_INVENTORY, DEED_LEND, no);
		/* Each is back a day or two before the medium is asked for again; the last two are out now. */
		if (no + 2 < LOANS)
			demo_at(demo, ago(demo, chance, days - 3), DEED_INVENTORY, DEED_RETURN, medium_of(no));
	}
	for (size_t medium = MEDIA - 2; medium < MEDIA; medium++) {
		demo_at(demo, ago(demo, chance, 60 - (int64_t)(MEDIA - medium) * 20), DEED_INVENTORY, DEED_REPAIR,
			medium);
		if (medium == MEDIA - 2)
			demo_at(demo, ago(demo, chance, 6), DEED_INVENTORY, DEED_REPAIRED, medium);
	}
	/* One in use today, in time. */
	demo_at(demo, ago(demo, chance, 0), DEED_INVENTORY, DEED_LEND, 0);
}

static void
plan_stock(struct demo *demo, struct chance *chance)
{
	for (size_t no = 0; no < demo->sections_count; no++) {
		const size_t unit = 1 + demo->bureaus_count + no;
		const int64_t days = unit == demo->it_unit ? RUNNING_AGO
							   : STOCK_AGO - (int64_t)no % STOCK_SPREAD;
		if (unit == demo->vacant_unit)
			continue;
		demo_at(demo, ago(demo, chance, days), DEED_INVENTORY, DEED_BEGIN, unit);
		demo_at(demo, ago(demo, chance, days - 5), DEED_INVENTORY, DEED_SCAN, unit);
		if (unit != demo->it_unit)
			demo_at(demo, ago(demo, chance, days - 10), DEED_INVENTORY, DEED_END, unit);
	}
	demo_at(demo, ago(demo, chance, 30), DEED_INVENTORY, DEED_FIND, 0);
}

void
demo_plan_inventory(struct demo *demo)
{
	struct chance chance = { (uint64_t)demo->size.seed + 131 }; /* not negative */
	const struct pack *pack = demo->body->pack;
	if (pack->inventory == NULL || pack_ledger(pack, T("media")) == NULL ||
	    pack_ledger(pack, T("software")) == NULL || demo->sections_count == 0)
		return;
	for (size_t no = 0; no < MEDIA; no++)
		demo_at(demo, ago(demo, &chance, 340 - (int64_t)no), DEED_INVENTORY, DEED_MEDIUM, no);
	for (size_t no = 0; no < SOFTWARE; no++)
		demo_at(demo, ago(demo, &chance, 320 - (int64_t)no), DEED_INVENTORY, DEED_SOFTWARE, no);
	plan_loans(demo, &chance);
	plan_stock(demo, &chance);
}

/* ---- A body of another pack ---- */

struct once {
	const struct flow *flow;
	struct unit_id unit;
	struct row_id thing;
};

static struct error *
take_stock(struct act *act, void *with)
{
	const struct once *once = with;
	act->actor.through = T("demo");
	TRY(begin(act, once->flow, once->unit));
	TRY(scan(act, once->flow, once->unit, 0, false));
	return end(act, once->flow, once->unit);
}

static struct error *
lend_once(struct act *act, void *with)
{
	const struct once *once = with;
	const struct inventory_lending lending = { .thing = once->thing, .words = T("窓口の説明会で使う"),
						   .due = day_plus(moment_day(act->look.now), 1) };
	bool has;
	act->actor.through = T("demo");
	TRY(as_keeper(act, once->flow, once->unit, &has));
	TRY(inventory_lend(act, once->flow, &lending));
	return inventory_back(act, once->flow, once->thing, T(""));
}

struct error *
demo_any_inventory(struct body *body)
{
	ARENA_SCOPED arena = arena_open((size_t)256 << 20);
	const struct actor nobody = { .through = T_INIT("demo") };
	struct inventory_unit *units;
	struct inventory_thing *things;
	struct once once = { .flow = &body->flow };
	size_t count, things_count = 0;
	if (body->pack->inventory == NULL)
		return OK;
	{
		LOOK_SCOPED look = { 0 };
		TRY(look_begin(body->store, arena, &look));
		TRY(inventory_units(&look, &body->flow, &units, &count));
		if (count != 0)
			TRY(inventory_of_unit(&look, &body->flow, units[0].unit, 50, &things, &things_count));
	}
	for (size_t at = 0; at < count; at++) {
		ARENA_SCOPED act_arena = arena_open((size_t)256 << 20);
		once.unit = units[at].unit;
		struct error *error = store_act(body->store, act_arena, &nobody, take_stock, &once);
		if (error != OK)
			return error_keep(body->arena, error);
	}
	for (size_t at = 0; at < things_count; at++) {
		once.unit = things[at].unit;
		once.thing = things[at].row.id;
		/* What happens to be out is left alone. */
		struct error *error = store_act(body->store, arena, &nobody, lend_once, &once);
		if (error == OK || error->kind != ERROR_CONFLICT)
			return error == OK ? OK : error_keep(body->arena, error);
	}
	return OK;
}
