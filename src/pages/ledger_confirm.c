/* The yearly confirmation: which units owe it, what they look at, and saying that it is so. */
#include "pages/ledger_pages.h"

#include "base/number.h"

enum { CONFIRM_SHOWN = 200 };

static struct error *
fill_units(struct look *look, struct visit *visit, const struct pack_ledger *ledger,
	   struct moment since, struct ledger_confirm_page *page)
{
	struct ledger_confirmation *units;
	size_t count;
	TRY(ledger_confirmations(look, ledger, since, &units, &count));
	page->units = ARENA_ARRAY(visit->arena, struct ledger_confirm_units, count + 1);
	for (size_t at = 0; at < count; at++) {
		if (!may_write(look, visit, units[at].unit.no))
			continue;
		page->units[page->units_count++] = (struct ledger_confirm_units){
			.name = unit_name(look, units[at].unit.no),
			.rows = units[at].rows,
			.stale = units[at].stale,
			.at = units[at].at,
			.has_at = units[at].at.ms != 0,
			.href = url_query_number(visit->arena, page->action, "unit", units[at].unit.no),
		};
	}
	return OK;
}

static void
fill_row(struct look *look, struct visit *visit, const struct ledger_row *row,
	 struct ledger_confirm_rows *out)
{
	const struct class_tag tag = row_tag(row);
	*out = (struct ledger_confirm_rows){
		.number = row->number,
		.title = row->title,
		.class = row->class_code.len != 0 ? tag.words : text_of(say("未分類")),
		.place = row_details(look, row),
		.confirmed = row->confirmed,
		.href = row_url(visit, row),
		.is_top = tag.is_top,
		.is_mid = tag.is_mid,
	};
}

static struct error *
fill_rows(struct look *look, struct visit *visit, const struct pack_ledger *ledger,
	  struct moment since, int64_t unit, struct ledger_confirm_page *page)
{
	struct ledger_page all, stale;
	const struct pack *pack = visit->office->pack;
	TRY(ledger_list(look, pack, ledger, &(struct ledger_query){ .owner = unit }, 1, &all));
	TRY(ledger_list(look, pack, ledger,
			&(struct ledger_query){ .owner = unit, .is_unconfirmed = true,
						.unconfirmed_before = since },
			CONFIRM_SHOWN, &stale));
	page->rows = ARENA_ARRAY(visit->arena, struct ledger_confirm_rows, stale.count + 1);
	page->rows_count = stale.count;
	for (size_t at = 0; at < stale.count; at++)
		fill_row(look, visit, &stale.rows[at], &page->rows[at]);
	page->has_unit = true;
	page->unit = unit_name(look, unit);
	page->unit_id = text_format(visit->arena, "%lld", (long long)unit);
	page->unit_rows = page->total = all.total;
	page->stale = stale.total;
	page->is_cut = stale.next.len != 0;
	page->all = url_query_number(visit->arena, page->list, "unit", unit);
	return OK;
}

struct error *
ledger_confirm_draw(struct look *look, struct visit *visit)
{
	const struct pack_ledger *ledger;
	struct moment since;
	int64_t unit;
	TRY(ledger_of(visit, &ledger));
	TRY(confirm_since(look, visit, ledger, &since));
	if (since.ms == 0)
		return missing("この台帳に年に一度の確認はありません。");
	struct ledger_confirm_page page = {
		.frame = visit_frame(visit, text_of(say("年に一度の確認")), "ledger"),
		.ledger = words_now(ledger->name),
		.list = ledger_url(visit, ledger),
		.action = url_of(visit->arena, "/ledger/{}/confirm", ledger->code),
		.back = url_of(visit->arena, "/ledger/{}/confirm", ledger->code),
		.csrf = visit->csrf,
		.days = (visit->now.ms - since.ms) / 86400000,
		.fault = visit_fault(visit, T("unit")),
	};
	if (!number_read(visit_text(visit, "unit"), 1, INT64_MAX, &unit)) {
		TRY(fill_units(look, visit, ledger, since, &page));
		return visit_draw(visit, ledger_confirm_page, &page);
	}
	TRY(visit_must_reach(look, visit, RIGHT_LEDGER_WRITE, (struct unit_id){ unit }));
	TRY(fill_rows(look, visit, ledger, since, unit, &page));
	return visit_draw(visit, ledger_confirm_page, &page);
}

struct error *
ledger_confirm_do(struct act *act, struct visit *visit)
{
	const struct pack_ledger *ledger;
	int64_t unit, rows, confirmed;
	TRY(ledger_of(visit, &ledger));
	TRY(visit_number(visit, "unit", &unit));
	TRY(visit_number(visit, "rows", &rows));
	TRY(visit_must_reach(&act->look, visit, RIGHT_LEDGER_WRITE, (struct unit_id){ unit }));
	TRY(ledger_confirm(act, visit->office->pack, ledger, (struct unit_id){ unit }, &confirmed));
	if (confirmed != rows)
		return conflict("確かめているあいだに、この所属の記録が増えたか減りました。もう一度確かめてください。");
	visit->go_to = url_of(visit->arena, "/ledger/{}/confirm", ledger->code);
	visit->done = "confirmed";
	return OK;
}
