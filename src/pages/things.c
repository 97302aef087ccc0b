/* Things that are away, the box that reads labels, and the sheet of labels. */
#include "pages/thing_pages.h"

#include "base/number.h"
#include "paper/label_paper.h"

enum { SHOWN_MOST = 300, LABELS_MOST = 2000 };

static struct text
who_of(const struct inventory_loan *one)
{
	return one->person_name.len != 0 ? one->person_name : one->firm;
}

static struct text
what_of(const struct inventory_loan *one)
{
	return one->permit_number.len != 0 ? one->permit_number : one->words;
}

/* Within the visitor's reach, and what they have themselves. */
static struct error *
read_away(struct look *look, struct visit *visit, bool is_overdue_only, struct inventory_loan **list,
	  size_t *count)
{
	const struct flow *flow = visit->office->flow;
	struct inventory_query query = { .is_overdue_only = is_overdue_only };
	struct inventory_loan *all;
	size_t all_count;
	query.within = things_within(visit, &query.within_count);
	if (query.within == NULL)
		return inventory_away(look, flow, &query, list, count);
	const struct unit_id *within = query.within;
	query.within = NULL;
	TRY(inventory_away(look, flow, &query, &all, &all_count));
	*list = ARENA_ARRAY(visit->arena, struct inventory_loan, all_count + 1);
	*count = 0;
	for (size_t at = 0; at < all_count; at++) {
		bool is = all[at].person.no == visit->session.person.no;
		for (size_t of = 0; of < query.within_count && !is; of++)
			TRY(people_unit_is_under(look, all[at].unit, within[of], &is));
		if (is)
			(*list)[(*count)++] = all[at];
	}
	return OK;
}

static void
fill_row(struct look *look, struct visit *visit, const struct inventory_loan *one, struct things_rows *row)
{
	*row = (struct things_rows){
		.title = one->title,
		.href = thing_url(visit->arena, one->thing),
		.may_open = thing_opens(look, visit, one->unit, one->person),
		.ledger = one->ledger,
		.unit = one->unit_name,
		.state = text_of(thing_state_words(one->kind)),
		.tag = thing_tag(one->kind, one->is_overdue),
		.who = who_of(one),
		.what = what_of(one),
		.due = one->due,
		.is_overdue = one->is_overdue,
	};
}

static struct url
with_list(struct visit *visit, struct url url, bool is_overdue)
{
	return is_overdue ? url_query(visit->arena, url, "list", T("overdue")) : url;
}

static struct error *
things_draw(struct look *look, struct visit *visit)
{
	const bool is_overdue = text_is(visit_text(visit, "list"), "overdue");
	struct inventory_loan *list;
	size_t count;
	TRY(things_must_be(visit));
	TRY(read_away(look, visit, is_overdue, &list, &count));
	struct things_lists lists[] = {
		{ text_of(say("外に出ている物")), url_path(visit->arena, "/things"), !is_overdue },
		{ text_of(say("期限を過ぎた物")), url_path(visit->arena, "/things?list=overdue"), is_overdue },
	};
	struct things_page page = {
		.frame = visit_frame(visit, text_of(say("物品")), "outside"),
		.scan = scan_box(visit, url_path(visit->arena, "/things/scan"), false),
		.lists = lists,
		.lists_count = sizeof lists / sizeof *lists,
		.is_overdue_only = is_overdue,
		.rows = ARENA_ARRAY(visit->arena, struct things_rows, count + 1),
		.total = (int64_t)count, /* at most INVENTORY_MOST_LISTED */
		.csv = with_list(visit, url_path(visit->arena, "/things/csv"), is_overdue),
		.xlsx = with_list(visit, url_path(visit->arena, "/things/xlsx"), is_overdue),
		.has_software = visit->office->pack->inventory->software != NULL &&
				visit_may(visit, RIGHT_LEDGER_READ),
		.may_list = visit_may(visit, RIGHT_LEDGER_READ),
	};
	for (size_t at = 0; at < count && at < SHOWN_MOST; at++)
		fill_row(look, visit, &list[at], &page.rows[page.rows_count++]);
	return visit_draw(visit, things_page, &page);
}

static struct error *
things_send(struct look *look, struct visit *visit)
{
	const struct rows_column columns[] = {
		{ text_of(say("物")), 40 },	{ text_of(say("台帳")), 30 },
		{ text_of(say("保管する課")), 24 }, { text_of(say("ラベル")), 16 },
		{ text_of(say("状態")), 16 },	{ text_of(say("持っている人・業者")), 24 },
		{ text_of(say("何のため")), 40 }, { text_of(say("出た日")), 18 },
		{ text_of(say("戻す期限")), 18 },
	};
	const bool is_overdue = text_is(visit_text(visit, "list"), "overdue");
	struct inventory_loan *list;
	size_t count;
	TRY(things_must_be(visit));
	TRY(read_away(look, visit, is_overdue, &list, &count));
	struct rows_out out = rows_begin(visit->arena, text_of(say("外に出ている物")), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++) {
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(list[at].title);
		*cell++ = rows_words(list[at].ledger);
		*cell++ = rows_words(list[at].unit_name);
		*cell++ = rows_words(list[at].code);
		*cell++ = rows_words(text_of(thing_state_words(list[at].kind)));
		*cell++ = rows_words(who_of(&list[at]));
		*cell++ = rows_words(what_of(&list[at]));
		*cell++ = rows_day(moment_day(list[at].at));
		*cell++ = rows_day(list[at].due.ms == 0 ? DAY_NONE : moment_day(list[at].due));
	}
	return rows_send(look, visit, &out);
}

/* ---- Labels ---- */

static struct error *
labels_send(struct look *look, struct visit *visit)
{
	struct inventory_thing *list;
	struct unit_id unit;
	struct text job;
	size_t count;
	TRY(things_must_be(visit));
	TRY(visit_number(visit, "unit", &unit.no));
	TRY(visit_must_reach(look, visit, RIGHT_LEDGER_READ, unit));
	TRY(inventory_of_unit(look, visit->office->flow, unit, LABELS_MOST, &list, &count));
	if (count == 0)
		return missing("この課には、台帳に物品がありません。台帳に載せると、ラベルを印刷できます。");
	struct label_out *labels = ARENA_ARRAY(visit->arena, struct label_out, count);
	size_t made = 0;
	for (size_t at = 0; at < count; at++) {
		if (list[at].code.len == 0)
			continue;
		labels[made++] = (struct label_out){
			.code = list[at].code,
			.shown = inventory_code_shown(visit->arena, list[at].row.id),
			/* Whoever finds it learns whose it is, and not what is on it. */
			.title = text_format(visit->arena, "%.*s %.*s", T_ARG(visit->office->body_name),
					     T_ARG(list[at].unit_name)),
			.place = text_format(visit->arena, "%.*s %lld %.*s",
					     T_ARG(words_now(list[at].row.ledger->name)),
					     (long long)list[at].row.number, T_ARG(list[at].row.serial)),
		};
	}
	TRY(paper_labels(visit->arena, visit->office->body_name, visit->now, labels, made, &job));
	look_end(look);
	TRY(run_companion(visit, "bansho-print", NULL, job, &visit->answer.body));
	visit->answer.type = "application/pdf";
	visit->answer.shown_as = text_format(visit->arena, say("ラベル_%.*s.pdf"), T_ARG(list[0].unit_name));
	return OK;
}

PAGE_ROWS(things,
	  { { METHOD_GET, "/things" }, RIGHT_SELF, PAGE_LOOK, .look = things_draw },
	  { { METHOD_GET, "/things/csv" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = things_send },
	  { { METHOD_GET, "/things/xlsx" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = things_send },
	  { { METHOD_GET, "/things/labels" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = labels_send });
