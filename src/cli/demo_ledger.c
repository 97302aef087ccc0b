/* What stands in the asset ledger of the demonstration body. */
#include "cli/demo.h"

enum { FILL_DAYS = 60, HOUR_MS = 3600 * 1000 };

static bool
is_paper(const struct demo_asset *asset)
{
	return text_is(text_of(asset->shape), "binder") || text_is(text_of(asset->shape), "document");
}

static const char *
shape_of(struct chance *chance, const struct demo_asset_kind *kind)
{
	static const char *const others[] = {
		"nas", "nas", "nas", "nas", "usb", "usb", "usb", "usb", "disk", "disk", "optical", "tape",
		"server", "computer", "computer", "computer", "cloud", "card", "document", "usb",
	};
	const struct text name = text_of(kind->name);
	if (text_ends(name, T("綴")) || text_ends(name, T("票")) || text_ends(name, T("簿")))
		return chance_is(chance, 80) ? "binder" : "document";
	return others[chance_below(chance, (int64_t)(sizeof others / sizeof *others))];
}

static const char *
serial_prefix(const char *shape)
{
	static const char *const known[][2] = {
		{ "usb", "USB" },   { "disk", "HDD" },	   { "card", "SD" }, { "optical", "DVD" },
		{ "tape", "LTO" }, { "server", "SV" }, { "computer", "PC" },
	};
	for (size_t at = 0; at < sizeof known / sizeof *known; at++)
		if (text_is(text_of(shape), known[at][0]))
			return known[at][1];
	return NULL;
}

static const struct demo_asset_kind *
kind_of(struct chance *chance, enum demo_theme theme)
{
	for (;;) {
		const struct demo_asset_kind *kind = &demo_asset_kinds[chance_below(
			chance, (int64_t)demo_asset_kinds_count)]; /* some dozens */
		if (kind->themes == 0 ? chance_is(chance, 50) : (kind->themes & (1 << theme)) != 0)
			return kind;
	}
}

static void
name_asset(struct demo *demo, struct demo_asset *asset, size_t no)
{
	const int64_t year = 4 + chance_below(&demo->chance, 4);
	const char *prefix = serial_prefix(asset->shape);
	if (prefix != NULL)
		asset->serial = text_format(demo->arena, "%s-%05zu", prefix, no + 1);
	asset->title = text_format(demo->arena, "%s 令和%lld年度%s", asset->kind->name,
				   (long long)year, asset->source != 0 ? "（控え）" : "");
}

/* A copy in another shape, later than its source and never below its class. */
static void
make_copy(struct demo *demo, struct demo_asset *asset, size_t first, size_t no)
{
	const size_t of = first + (size_t)chance_below(&demo->chance, (int64_t)(no - first));
	const struct demo_asset *source = &demo->assets[of];
	if (source->source != 0 || asset->added.ms < source->added.ms + HOUR_MS)
		return;
	asset->source = of + 1;
	asset->kind = source->kind;
	asset->shape = chance_is(&demo->chance, 70) ? "usb" : "disk";
	asset->class_code = source->class_code[0] == '\0' ? "I" : source->class_code;
}

static void
plan_asset(struct demo *demo, size_t unit, size_t first, size_t no)
{
	struct demo_asset *asset = &demo->assets[no];
	const bool is_early = chance_is(&demo->chance, 88);
	const int64_t days = is_early ? 1 + chance_below(&demo->chance, FILL_DAYS)
				      : FILL_DAYS + chance_below(&demo->chance, 320);
	asset->unit = unit;
	asset->kind = kind_of(&demo->chance, demo->units[unit].theme);
	asset->shape = shape_of(&demo->chance, asset->kind);
	asset->class_code = asset->kind->class_code;
	asset->added = demo_moment(&demo->chance, day_plus(demo->first, days));
	if (no > first + 3 && chance_is(&demo->chance, 9))
		make_copy(demo, asset, first, no);
	name_asset(demo, asset, no);
	asset->free_from = (struct moment){ asset->added.ms + 24 * HOUR_MS };
	demo_at(demo, asset->added, DEED_ASSET, no, 0);
}

static void
plan_confirmation(struct demo *demo, size_t unit)
{
	if (unit % 7 == 5) /* these forgot */
		return;
	const struct day day = day_plus(demo->size.today, -190 + chance_below(&demo->chance, 60));
	demo_at(demo, demo_moment(&demo->chance, day), DEED_CONFIRM, unit, 0);
}

void
demo_plan_assets(struct demo *demo)
{
	const size_t sections = demo->sections_count, all = (size_t)demo->size.assets; /* bounded */
	demo->assets = ARENA_ARRAY(demo->arena, struct demo_asset, all + 1);
	demo->assets_count = all;
	for (size_t section = 0; section < sections; section++) {
		const size_t unit = 1 + demo->bureaus_count + section;
		const size_t first = all * section / sections;
		for (size_t no = first; no < all * (section + 1) / sections; no++)
			plan_asset(demo, unit, first, no);
		plan_confirmation(demo, unit);
	}
	for (size_t no = 0; no < all / 25; no++)
		demo_at(demo, demo_moment(&demo->chance,
					  day_plus(demo->first, 90 + chance_below(&demo->chance, 300))),
			DEED_TOUCH, (size_t)chance_below(&demo->chance, (int64_t)all), no);
}

/* ---- Playing ---- */

static void
act_as(struct demo *demo, size_t person, const char *role, struct act *act)
{
	act->actor.person = demo->people[person].id.no;
	act->actor.role = text_of(role);
}

static struct error *
add_asset(struct demo *demo, struct demo_asset *asset, size_t no, struct act *act)
{
	struct arena *arena = act->look.arena;
	struct chance chance = { demo->size.seed < 0 ? 1 : (uint64_t)demo->size.seed + no };
	struct ledger_value values[12];
	size_t count = 0;
	const struct demo_unit *unit = &demo->units[asset->unit];
	if (asset->source != 0 && demo->assets[asset->source - 1].id.no == 0)
		return OK;
	values[count++] = (struct ledger_value){ T("name"), asset->title };
	values[count++] = (struct ledger_value){ T("contents"), text_of(asset->kind->contents) };
	values[count++] = (struct ledger_value){ T("shape"), text_of(asset->shape) };
	values[count++] = (struct ledger_value){ T("serial"), asset->serial };
	values[count++] = (struct ledger_value){ T("class"), text_of(asset->class_code) };
	values[count++] = (struct ledger_value){
		T("place"), text_of(demo_place(&chance, is_paper(asset)))
	};
	values[count++] = (struct ledger_value){
		T("owner"), text_format(arena, "%lld", (long long)unit->id.no)
	};
	values[count++] = (struct ledger_value){ T("made-on"),
						 day_iso(arena, moment_day(asset->added)) };
	values[count++] = (struct ledger_value){ T("personal"),
						 asset->kind->is_personal ? T("yes") : T("no") };
	if (text_is(text_of(asset->class_code), "I"))
		values[count++] = (struct ledger_value){
			T("restrictions"), chance_is(&chance, 50) ? T("internal\nno-copy") : T("internal")
		};
	if (chance_is(&chance, 70))
		values[count++] = (struct ledger_value){
			T("keep-until"),
			day_iso(arena, day_plus(day_fiscal_end(moment_day(asset->added)),
						365 * (1 + chance_below(&chance, 5))))
		};
	if (asset->source != 0)
		values[count++] = (struct ledger_value){
			T("copy-of"),
			text_format(arena, "%lld",
				    (long long)demo->assets[asset->source - 1].id.no)
		};
	act_as(demo, unit->chief, "risk-manager", act);
	return ledger_add(act, demo->body->pack, demo->ledger, values, count, &asset->id);
}

/* Every value of the row, with one that is new. */
static struct error *
touch_asset(struct demo *demo, const struct demo_asset *asset, size_t no, struct act *act)
{
	struct arena *arena = act->look.arena;
	struct chance chance = { no * 977 + 5 };
	struct ledger_row row;
	if (asset->id.no == 0)
		return OK;
	TRY(ledger_read(&act->look, demo->body->pack, asset->id, &row));
	if (row.state != ROW_LIVING)
		return OK;
	struct ledger_value *values =
		ARENA_ARRAY(arena, struct ledger_value, demo->ledger->fields_count);
	for (size_t at = 0; at < demo->ledger->fields_count; at++) {
		values[at].name = demo->ledger->fields[at].name;
		values[at].value = ledger_value(arena, &row, text_z(arena, values[at].name));
		if (text_is(values[at].name, "place"))
			values[at].value = text_of(demo_place(&chance, is_paper(asset)));
		if (text_is(values[at].name, "other"))
			values[at].value = text_format(arena, "置き場所を確かめた（%lld回目）",
						       (long long)row.revision);
	}
	act_as(demo, demo->units[asset->unit].chief, "risk-manager", act);
	return ledger_change(act, demo->body->pack, asset->id, row.revision, values,
			     demo->ledger->fields_count);
}

struct error *
demo_do_ledger(struct demo *demo, const struct demo_event *event, struct act *act)
{
	int64_t rows;
	if (event->deed == DEED_ASSET)
		return add_asset(demo, &demo->assets[event->what], event->what, act);
	if (event->deed == DEED_TOUCH)
		return touch_asset(demo, &demo->assets[event->what], event->other, act);
	act_as(demo, demo->units[event->what].head, "manager", act);
	return ledger_confirm(act, demo->body->pack, demo->ledger, demo->units[event->what].id,
			      &rows);
}
