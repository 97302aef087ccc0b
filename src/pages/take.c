/* One stock-take: scanned, explained, closed; on the page, as a table, on paper. */
#include "pages/dossier_parts.h"
#include "pages/people_pages.h"
#include "pages/thing_pages.h"

#include "base/number.h"
#include "paper/report_paper.h"

static struct error *
read_take(struct look *look, struct visit *visit, struct inventory_take *take)
{
	TRY(things_must_be(visit));
	TRY(inventory_take(look, visit->office->flow, (struct take_id){ visit_id(visit, "id") }, take));
	return visit_must_reach(look, visit, RIGHT_LEDGER_READ, take->unit);
}

static struct text
item_tag(const struct inventory_item *item)
{
	switch (item->state) {
	case ITEM_SEEN:
		return T("go");
	case ITEM_GONE:
		return item->settled.ms != 0 ? T("off") : T("stop");
	case ITEM_OPEN:
	case ITEM_EXTRA:
	case ITEM_STRAY:
		return T("wait");
	case ITEM_AWAY:
	case ITEM_STATES:
		break;
	}
	return T("off");
}

/* What belongs to a unit that the visitor may not read is named by its ledger and unit alone. */
static struct error *
title_of(struct look *look, struct visit *visit, const struct inventory_item *item, struct text *title,
	 bool *opens)
{
	struct inventory_thing thing;
	*opens = item->thing.no != 0;
	*title = item->state == ITEM_STRAY ? text_of(say("台帳にない物")) : item->title;
	if (item->state != ITEM_EXTRA)
		return OK;
	TRY(inventory_thing(look, visit->office->flow, item->thing, &thing));
	*opens = thing_opens(look, visit, thing.unit, thing.person);
	if (!*opens)
		*title = text_format(visit->arena, say("%.*sの物"), T_ARG(item->unit_name));
	return OK;
}

static struct error *
fill_items(struct look *look, struct visit *visit, const struct inventory_item *list, size_t count,
	   struct take_page *page)
{
	page->open_items = ARENA_ARRAY(visit->arena, struct take_open_items, count + 1);
	page->others = ARENA_ARRAY(visit->arena, struct take_others, count + 1);
	for (size_t at = 0; at < count; at++) {
		const struct inventory_item *item = &list[at];
		struct text title;
		bool opens;
		TRY(title_of(look, visit, item, &title, &opens));
		if (item->state == ITEM_OPEN && page->is_running) {
			const struct text name =
				text_format(visit->arena, "why-%lld", (long long)item->id);
			page->open_items[page->open_items_count++] = (struct take_open_items){
				item->id, title, item->ledger, item->place, item->code, item->words,
				thing_url(visit->arena, item->thing),
				long_box(visit, text_z(visit->arena, name), say("見つからないわけ"),
					 say("最後に見た日、探した場所、だれに聞いたか"), item->words, true) };
			continue;
		}
		page->others[page->others_count++] = (struct take_others){
			.title = title,
			.ledger = item->state == ITEM_EXTRA
					  ? text_format(visit->arena, "%.*s %.*s", T_ARG(item->unit_name),
							T_ARG(item->ledger))
					  : item->ledger,
			.state = text_of(item_state_words(item->state)),
			.tag = item_tag(item),
			.words = item->words,
			.href = thing_url(visit->arena, item->thing),
			.may_open = opens,
			.at = item->at,
			.person = item->person_name,
			.is_typed = item->is_typed && item->thing.no != 0,
			.settled = item->settled,
			.settled_words = item->settled_words,
		};
	}
	return OK;
}

/* What the last scan came to, said beside the box for the next. */
static struct error *
fill_said(struct look *look, struct visit *visit, const struct inventory_take *take, struct take_page *page)
{
	const struct text kind = visit_text(visit, "kind");
	struct inventory_thing thing;
	struct row_id row;
	if (visit->faults != NULL || !number_read(visit_text(visit, "seen"), 1, INT64_MAX, &row.no))
		return OK;
	TRY(inventory_thing(look, visit->office->flow, row, &thing));
	const bool is_ours = thing.unit.no == take->unit.no;
	const struct text title = is_ours ? thing.row.title
					  : text_format(visit->arena, say("%.*sの物"), T_ARG(thing.unit_name));
	page->said_tag = text_is(kind, "now") ? T("good") : T("warn");
	if (text_is(kind, "now"))
		page->said = text_format(visit->arena, say("「%.*s」がありました。"), T_ARG(title));
	else if (text_is(kind, "before"))
		page->said = text_format(visit->arena, say("「%.*s」は、もう読み取ってあります。"), T_ARG(title));
	else if (text_is(kind, "extra"))
		page->said = text_format(visit->arena, say("「%.*s」は、この課の棚卸にない物です。そう記録しました。"), T_ARG(title));
	else
		page->said = text_format(visit->arena, say("「%.*s」がありました。外に出ていると記録されたままなので、「いま戻した」も記録してください。"), T_ARG(title));
	return OK;
}

static struct url
take_path(struct visit *visit, struct take_id id, const char *what)
{
	return url_make(visit->arena, "/stock/{}/{}", 2,
			(struct text[]){ text_number(visit->arena, id.no), text_of(what) });
}

static void
fill_head(struct visit *visit, const struct inventory_take *take, struct take_page *page)
{
	page->unit = take->unit_name;
	page->begun = take->begun;
	page->begun_by = take->begun_name;
	page->due = take->due;
	page->closed = take->closed;
	page->closed_by = take->closed_name;
	page->words = take->words;
	page->expected = take->expected;
	page->seen = take->of[ITEM_SEEN];
	page->away = take->of[ITEM_AWAY];
	page->open = take->of[ITEM_OPEN];
	page->gone = take->of[ITEM_GONE];
	page->extra = take->of[ITEM_EXTRA];
	page->strays = take->of[ITEM_STRAY];
	page->unexplained = take->unexplained;
	page->is_running = take->closed.ms == 0;
	page->change = take->change;
	page->stray = take_path(visit, take->id, "stray");
	page->explain = take_path(visit, take->id, "explain");
	page->close = take_path(visit, take->id, "close");
	page->csv = take_path(visit, take->id, "csv");
	page->xlsx = take_path(visit, take->id, "xlsx");
	page->paper = take_path(visit, take->id, "paper");
}

static struct error *
take_draw(struct look *look, struct visit *visit)
{
	struct inventory_take take;
	struct inventory_item *items;
	struct inventory_may may;
	size_t count;
	TRY(read_take(look, visit, &take));
	TRY(inventory_items(look, visit->office->flow, take.id, &items, &count));
	TRY(inventory_may(look, visit->office->flow, take.unit, visit->session.person, &may));
	struct take_page page = {
		.frame = visit_frame(visit, text_format(visit->arena, say("%.*sの棚卸"), T_ARG(take.unit_name)),
				     "outside"),
		.csrf = visit->csrf,
		.may_scan = may.borrow,
		.may_close = may.keep,
		.scan = scan_box(visit, take_path(visit, take.id, "seen"), true),
		.stray_words = long_box(visit, "stray", say("どんな物か"), say("例 ラベルのない黒いUSBメモリー。3階の会議室の棚"),
					T(""), true),
		.close_words = long_box(visit, "words", say("まとめ"), say("気付いたことがあれば書きます。"), T(""), false),
	};
	fill_head(visit, &take, &page);
	/* Drawn again over somebody else's change it must not win: the person opens it anew. */
	if (visit->faults != NULL)
		(void)number_read(visit_text(visit, "change"), 1, INT64_MAX, &page.change);
	TRY(fill_said(look, visit, &take, &page));
	TRY(fill_items(look, visit, items, count, &page));
	return visit_draw(visit, take_page, &page);
}

/* ---- To take away ---- */

static struct error *
take_send(struct look *look, struct visit *visit)
{
	const struct rows_column columns[] = {
		{ text_of(say("物")), 40 },   { text_of(say("台帳")), 30 }, { text_of(say("ラベル")), 16 },
		{ text_of(say("製造番号・管理番号")), 24 }, { text_of(say("結果")), 20 },
		{ text_of(say("わけ")), 50 }, { text_of(say("確かめた日")), 18 }, { text_of(say("だれが")), 20 },
	};
	struct inventory_take take;
	struct inventory_item *items;
	size_t count;
	TRY(read_take(look, visit, &take));
	TRY(inventory_items(look, visit->office->flow, take.id, &items, &count));
	struct rows_out out =
		rows_begin(visit->arena,
			   text_format(visit->arena, say("%.*sの棚卸"), T_ARG(take.unit_name)), columns,
			   sizeof columns / sizeof *columns, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++) {
		struct rows_cell *cell = rows_next(&out);
		struct text title;
		bool opens;
		TRY(title_of(look, visit, &items[at], &title, &opens));
		*cell++ = rows_words(title);
		*cell++ = rows_words(items[at].ledger);
		*cell++ = rows_words(items[at].code);
		*cell++ = rows_words(opens ? items[at].serial : T(""));
		*cell++ = rows_words(text_of(item_state_words(items[at].state)));
		*cell++ = rows_words(items[at].words);
		*cell++ = rows_day(items[at].at.ms == 0 ? DAY_NONE : moment_day(items[at].at));
		*cell++ = rows_words(items[at].person_name);
	}
	return rows_send(look, visit, &out);
}

static void
paper_counts(struct visit *visit, const struct inventory_take *take, struct report_out *out)
{
	static const enum item_state states[] = { ITEM_SEEN,  ITEM_AWAY, ITEM_OPEN,
						  ITEM_GONE, ITEM_EXTRA, ITEM_STRAY };
	struct report_section *pairs =
		report_pairs(visit->arena, out, text_of(say("結果")), sizeof states / sizeof *states + 3);
	report_cell(pairs, text_of(say("始めた日時と人")));
	report_cell(pairs, text_format(visit->arena, "%.*s %.*s",
				       T_ARG(moment_wareki(visit->arena, take->begun)),
				       T_ARG(take->begun_name)));
	report_cell(pairs, text_of(say("終えた日時と人")));
	report_cell(pairs, take->closed.ms == 0 ? text_of(say("進行中"))
						: text_format(visit->arena, "%.*s %.*s",
							      T_ARG(moment_wareki(visit->arena, take->closed)),
							      T_ARG(take->closed_name)));
	report_cell(pairs, text_of(say("台帳にある物")));
	report_number(visit->arena, pairs, take->expected);
	for (size_t at = 0; at < sizeof states / sizeof *states; at++) {
		report_cell(pairs, text_of(item_state_words(states[at])));
		report_number(visit->arena, pairs, take->of[states[at]]);
	}
}

static struct error *
paper_items(struct look *look, struct visit *visit, const struct inventory_item *items, size_t count,
	    struct report_out *out)
{
	const struct report_column columns[] = {
		{ text_of(say("物")), 6, false },   { text_of(say("台帳")), 4, false },
		{ text_of(say("結果")), 4, false }, { text_of(say("わけ")), 7, false },
	};
	struct report_section *table =
		report_table(visit->arena, out, text_of(say("一件ずつ")), columns,
			     sizeof columns / sizeof *columns, count);
	for (size_t at = 0; at < count; at++) {
		struct text title;
		bool opens;
		TRY(title_of(look, visit, &items[at], &title, &opens));
		report_cell(table, title);
		report_cell(table, items[at].ledger);
		report_cell(table, text_of(item_state_words(items[at].state)));
		report_cell(table, items[at].words);
	}
	return OK;
}

static struct error *
take_print(struct look *look, struct visit *visit)
{
	struct inventory_take take;
	struct inventory_item *items;
	struct text job;
	size_t count;
	TRY(read_take(look, visit, &take));
	TRY(inventory_items(look, visit->office->flow, take.id, &items, &count));
	struct report_out out = report_open(visit->arena, text_of(say("棚卸の記録")), 3);
	out.caption = take.unit_name;
	out.body_name = visit->office->body_name;
	out.day = visit->today;
	out.made = visit->now;
	paper_counts(visit, &take, &out);
	TRY(paper_items(look, visit, items, count, &out));
	if (take.words.len != 0)
		report_cell(report_notes(visit->arena, &out, text_of(say("まとめ")), 1), take.words);
	TRY(paper_report(visit->arena, &out, &job));
	look_end(look);
	TRY(run_companion(visit, "bansho-print", NULL, job, &visit->answer.body));
	visit->answer.type = "application/pdf";
	visit->answer.shown_as = text_format(visit->arena, say("棚卸_%.*s.pdf"), T_ARG(take.unit_name));
	return OK;
}

/* ---- Acts ---- */

static struct error *
seen_do(struct act *act, struct visit *visit)
{
	static const char *const kinds[] = { "now", "before", "extra", "returned" };
	struct inventory_seeing seeing = { .take = { visit_id(visit, "id") },
					   .code = visit_text(visit, "code"),
					   .is_typed = text_is(visit_text(visit, "typed"), "1") };
	TRY(things_must_be(visit));
	struct error *error = inventory_seen(act, visit->office->flow, &seeing);
	if (error != OK && error->kind == ERROR_MISSING && seeing.code.len != 0) {
		error->kind = ERROR_INVALID; /* said beside the box, like a code that is garbled */
		error->field = T("code");
	}
	TRY(error);
	struct url url = take_url(visit->arena, seeing.take);
	url = url_query(visit->arena, url, "seen", text_number(visit->arena, seeing.thing.no));
	visit->go_to = url_query(visit->arena, url, "kind", text_of(kinds[seeing.kind]));
	return OK;
}

static struct error *
stray_do(struct act *act, struct visit *visit)
{
	const struct take_id id = { visit_id(visit, "id") };
	TRY(inventory_stray(act, visit->office->flow, id, visit_text(visit, "stray")));
	visit->go_to = take_url(visit->arena, id);
	visit->done = "take-stray";
	return OK;
}

static struct error *
explain_do(struct act *act, struct visit *visit)
{
	const struct take_id id = { visit_id(visit, "id") };
	int64_t item = 0;
	(void)number_read(visit_text(visit, "item"), 1, INT64_MAX, &item); /* the act knows no item 0 */
	const char *box = text_z(visit->arena, text_format(visit->arena, "why-%lld", (long long)item));
	struct error *error =
		inventory_explain(act, visit->office->flow, id, item, visit_text(visit, box));
	for (struct error *one = error; one != NULL; one = one->next)
		if (text_is(one->field, "words"))
			one->field = text_of(box);
	TRY(error);
	visit->go_to = take_url(visit->arena, id);
	visit->done = "take-explained";
	return OK;
}

static struct error *
take_close_do(struct act *act, struct visit *visit)
{
	const struct take_id id = { visit_id(visit, "id") };
	int64_t change = 0;
	(void)number_read(visit_text(visit, "change"), 1, INT64_MAX, &change); /* 0 is nobody's */
	TRY(inventory_close(act, visit->office->flow, id, change, visit_text(visit, "words")));
	visit->go_to = take_url(visit->arena, id);
	visit->done = "take-closed";
	return OK;
}

PAGE_ROWS(take,
	  { { METHOD_GET, "/stock/{id}" }, RIGHT_LEDGER_READ, PAGE_LOOK, .look = take_draw },
	  { { METHOD_GET, "/stock/{id}/csv" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = take_send },
	  { { METHOD_GET, "/stock/{id}/xlsx" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = take_send },
	  { { METHOD_GET, "/stock/{id}/paper" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = take_print },
	  { { METHOD_POST, "/stock/{id}/seen" }, RIGHT_APPLY, PAGE_ACT, .act = seen_do,
	    .again = take_draw },
	  { { METHOD_POST, "/stock/{id}/stray" }, RIGHT_APPLY, PAGE_ACT, .act = stray_do,
	    .again = take_draw },
	  { { METHOD_POST, "/stock/{id}/explain" }, RIGHT_APPLY, PAGE_ACT, .act = explain_do,
	    .again = take_draw },
	  { { METHOD_POST, "/stock/{id}/close" }, RIGHT_DECIDE, PAGE_ACT, .act = take_close_do,
	    .again = take_draw });
