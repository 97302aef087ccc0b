/* Stock-takes: which unit is due, and what came of each. */
#include "pages/dossier_parts.h"
#include "pages/people_pages.h"
#include "pages/thing_pages.h"

enum { TAKES_MOST = 100 };

static struct error *
stock_days(struct look *look, struct visit *visit, int64_t *days)
{
	const struct pack *pack = visit->office->pack;
	*days = INVENTORY_USUAL_STOCK;
	if (pack->inventory->stock == NULL)
		return OK;
	return people_parameter(look, pack, text_z(visit->arena, pack->inventory->stock->code),
				INVENTORY_USUAL_STOCK, days);
}

/* Units within the visitor's reach that keep things. */
static struct error *
read_units(struct look *look, struct visit *visit, struct inventory_unit **list, size_t *count)
{
	struct inventory_unit *all;
	size_t all_count;
	TRY(things_must_be(visit));
	TRY(inventory_units(look, visit->office->flow, &all, &all_count));
	*list = ARENA_ARRAY(visit->arena, struct inventory_unit, all_count + 1);
	*count = 0;
	for (size_t at = 0; at < all_count; at++)
		if (visit_reaches(look, visit, RIGHT_LEDGER_READ, all[at].unit))
			(*list)[(*count)++] = all[at];
	return OK;
}

static struct error *
fill_units(struct look *look, struct visit *visit, struct stock_page *page)
{
	struct inventory_unit *list;
	struct inventory_may may;
	int64_t days;
	size_t count;
	TRY(read_units(look, visit, &list, &count));
	TRY(stock_days(look, visit, &days));
	page->units = ARENA_ARRAY(visit->arena, struct stock_units, count + 1);
	page->units_count = count;
	for (size_t at = 0; at < count; at++) {
		const struct inventory_unit *one = &list[at];
		const bool is_never = day_is_none(one->last);
		const bool is_stale = !is_never && one->last.no + days < visit->today.no;
		TRY(inventory_may(look, visit->office->flow, one->unit, visit->session.person, &may));
		page->stale += is_stale;
		page->units[at] = (struct stock_units){
			.unit = one->name,
			.value = text_number(visit->arena, one->unit.no),
			.labels = url_query(visit->arena, url_path(visit->arena, "/things/labels"), "unit",
					    text_number(visit->arena, one->unit.no)),
			.things = one->things,
			.last = one->last,
			.is_never = is_never,
			.is_stale = is_stale,
			.may_begin = may.keep,
			.may_scan = may.borrow,
		};
		if (one->open.no != 0)
			page->units[at].open = take_url(visit->arena, one->open);
	}
	return OK;
}

static struct error *
stock_draw(struct look *look, struct visit *visit)
{
	struct inventory_take *takes;
	size_t within_count, count;
	TRY(things_must_be(visit));
	const struct unit_id *within = things_within(visit, &within_count);
	TRY(inventory_takes(look, visit->office->flow, within, within_count, TAKES_MOST, &takes, &count));
	struct stock_page page = {
		.frame = visit_frame(visit, text_of(say("棚卸")), "outside"),
		.csrf = visit->csrf,
		.csv = url_path(visit->arena, "/stock/csv"),
		.xlsx = url_path(visit->arena, "/stock/xlsx"),
		.takes = ARENA_ARRAY(visit->arena, struct stock_takes, count + 1),
		.takes_count = count,
	};
	TRY(fill_units(look, visit, &page));
	for (size_t at = 0; at < count; at++)
		page.takes[at] = (struct stock_takes){
			.unit = takes[at].unit_name,
			.href = take_url(visit->arena, takes[at].id),
			.begun = takes[at].begun,
			.closed = takes[at].closed,
			.due = takes[at].due,
			.expected = takes[at].expected,
			.seen = takes[at].of[ITEM_SEEN],
			.gone = takes[at].of[ITEM_GONE],
			.is_late = takes[at].closed.ms == 0 && takes[at].due.no < visit->today.no,
		};
	return visit_draw(visit, stock_page, &page);
}

static struct error *
stock_send(struct look *look, struct visit *visit)
{
	const struct rows_column columns[] = {
		{ text_of(say("課")), 30 },
		{ text_of(say("物品")), 10 },
		{ text_of(say("前回の棚卸")), 18 },
		{ text_of(say("状態")), 20 },
	};
	struct inventory_unit *list;
	int64_t days;
	size_t count;
	TRY(read_units(look, visit, &list, &count));
	TRY(stock_days(look, visit, &days));
	struct rows_out out = rows_begin(visit->arena, text_of(say("棚卸")), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++) {
		const struct inventory_unit *one = &list[at];
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(one->name);
		*cell++ = rows_words(text_number(visit->arena, one->things));
		*cell++ = rows_day(one->last);
		*cell++ = rows_words(text_of(one->open.no != 0	      ? say("進行中")
					     : day_is_none(one->last) ? say("まだない")
					     : one->last.no + days < visit->today.no ? say("時期を過ぎた")
										     : say("済み")));
	}
	return rows_send(look, visit, &out);
}

static struct error *
take_begin_do(struct act *act, struct visit *visit)
{
	struct unit_id unit;
	struct take_id id;
	TRY(things_must_be(visit));
	TRY(visit_number(visit, "unit", &unit.no));
	TRY(inventory_begin(act, visit->office->flow, unit, &id));
	visit->go_to = take_url(visit->arena, id);
	visit->done = "take-begun";
	return OK;
}

PAGE_ROWS(stock,
	  { { METHOD_GET, "/stock" }, RIGHT_LEDGER_READ, PAGE_LOOK, .look = stock_draw },
	  { { METHOD_GET, "/stock/csv" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = stock_send },
	  { { METHOD_GET, "/stock/xlsx" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = stock_send },
	  { { METHOD_POST, "/stock/begin" }, RIGHT_DECIDE, PAGE_ACT, .act = take_begin_do,
	    .again = stock_draw });
