/* Software: whose support ends, and licences. */
#include "pages/thing_pages.h"

static struct error *
read_software(struct look *look, struct visit *visit, struct inventory_software **list, size_t *count)
{
	size_t within_count;
	TRY(things_must_be(visit));
	if (visit->office->pack->inventory->software == NULL)
		return missing("この団体の方針には、ソフトウェアの台帳の決まりがありません。");
	const struct unit_id *within = things_within(visit, &within_count);
	return inventory_software(look, visit->office->flow, within, within_count, list, count);
}

static void
fill_row(struct visit *visit, const struct inventory_software *one, struct software_rows *row)
{
	const struct pack_inventory *rules = visit->office->pack->inventory;
	*row = (struct software_rows){
		.title = one->title,
		.version = one->version,
		.unit = one->unit_name,
		.href = url_make(visit->arena, "/ledger/{}/{}", 2,
				 (struct text[]){ rules->software->code,
						  text_number(visit->arena, one->row.no) }),
		.until = one->until,
		.has_until = !day_is_none(one->until),
		.is_past = one->has_ended,
		.is_ending = one->is_ending,
		.left = one->left,
		.has_count = rules->licences != NULL,
		.licences = one->licences,
		.used = one->used,
		.is_over = one->is_over,
	};
}

static struct error *
software_draw(struct look *look, struct visit *visit)
{
	struct inventory_software *list;
	size_t count;
	TRY(read_software(look, visit, &list, &count));
	const struct pack_ledger *ledger = visit->office->pack->inventory->software;
	struct software_page page = {
		.frame = visit_frame(visit, text_of(say("ソフトウェアとライセンス")), "outside"),
		.ledger = words_now(ledger->name),
		.ledger_href = url_of(visit->arena, "/ledger/{}", ledger->code),
		.rows = ARENA_ARRAY(visit->arena, struct software_rows, count + 1),
		.rows_count = count,
		.csv = url_path(visit->arena, "/software/csv"),
		.xlsx = url_path(visit->arena, "/software/xlsx"),
	};
	for (size_t at = 0; at < count; at++) {
		fill_row(visit, &list[at], &page.rows[at]);
		page.past += list[at].has_ended;
		page.ending += list[at].is_ending;
		page.over += list[at].is_over;
	}
	return visit_draw(visit, software_page, &page);
}

static struct error *
software_send(struct look *look, struct visit *visit)
{
	const struct rows_column columns[] = {
		{ text_of(say("ソフトウェア")), 40 }, { text_of(say("版")), 14 },
		{ text_of(say("管理する課")), 24 },   { text_of(say("サポートの終わる日")), 20 },
		{ text_of(say("ライセンス")), 12 },   { text_of(say("使っている数")), 14 },
		{ text_of(say("状態")), 24 },
	};
	struct inventory_software *list;
	size_t count;
	TRY(read_software(look, visit, &list, &count));
	struct rows_out out = rows_begin(visit->arena, text_of(say("ソフトウェアとライセンス")), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++) {
		const struct inventory_software *one = &list[at];
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(one->title);
		*cell++ = rows_words(one->version);
		*cell++ = rows_words(one->unit_name);
		*cell++ = rows_day(one->until);
		*cell++ = rows_words(text_number(visit->arena, one->licences));
		*cell++ = rows_words(text_number(visit->arena, one->used));
		*cell++ = rows_words(one->has_ended   ? text_of(say("サポートが終わった"))
				     : one->is_over   ? text_of(say("ライセンス超過"))
				     : one->is_ending ? text_of(say("まもなくサポートが終わる"))
						      : T(""));
	}
	return rows_send(look, visit, &out);
}

PAGE_ROWS(software,
	  { { METHOD_GET, "/software" }, RIGHT_LEDGER_READ, PAGE_LOOK, .look = software_draw },
	  { { METHOD_GET, "/software/csv" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = software_send },
	  { { METHOD_GET, "/software/xlsx" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = software_send });
