/* One campaign: how it goes, and what came out of it, by question and by unit. */
#include "pages/check_pages.h"

static struct error *
campaign_of(struct look *look, struct visit *visit, struct campaign *campaign)
{
	return check_campaign(look, visit->office->pack,
			      (struct campaign_id){ visit_id(visit, "id") }, campaign);
}

static struct error *
whom(struct look *look, const struct campaign *campaign, struct text *words)
{
	struct text *names;
	size_t count;
	TRY(check_campaign_units(look, campaign->id, &names, &count));
	*words = count == 0 ? text_of(say("団体全体")) : T("");
	for (size_t at = 0; at < count; at++)
		*words = text_format(look->arena, "%.*s%s%.*s", T_ARG(*words), at == 0 ? "" : "、",
				     T_ARG(names[at]));
	switch (campaign->asks) {
	case CHECKLIST_PERSON:
		*words = text_format(look->arena, say("%.*sの職員一人ひとり"), T_ARG(*words));
		break;
	case CHECKLIST_SECTION:
		*words = text_format(look->arena, say("%.*sの所属ごと"), T_ARG(*words));
		break;
	case CHECKLIST_SYSTEM:
		*words = text_format(look->arena, say("%.*sのシステムごと"), T_ARG(*words));
		break;
	}
	return OK;
}

/* ---- Results ---- */

static void
fill_clauses(struct visit *visit, const struct check_item *item, struct check_campaign_questions *row)
{
	row->clauses = ARENA_ARRAY(visit->arena, struct check_campaign_questions_clauses,
				   item->clauses_count + 1);
	for (size_t at = 0; at < item->clauses_count; at++) {
		const struct pack_clause *clause =
			pack_clause(visit->office->pack, item->clauses[at]);
		if (clause != NULL)
			row->clauses[row->clauses_count++] = (struct check_campaign_questions_clauses){
				clause->number, clause_page_url(visit->arena, clause)
			};
	}
}

static struct error *
fill_questions(struct look *look, struct visit *visit, const struct campaign *campaign,
	       struct check_campaign_page *page)
{
	struct check_item_result *list;
	size_t count;
	TRY(check_items(look, campaign, &list, &count));
	page->questions = ARENA_ARRAY(visit->arena, struct check_campaign_questions, count + 1);
	page->questions_count = count;
	for (size_t at = 0; at < count; at++) {
		page->questions[at] = (struct check_campaign_questions){
			.number = (int64_t)at + 1, /* few */
			.question = words_now(list[at].item.words),
			.yes = list[at].yes,
			.no = list[at].no,
			.na = list[at].na,
			.percent = check_percent(list[at].yes, list[at].yes + list[at].no),
			.open = list[at].open,
			.late = list[at].late,
		};
		fill_clauses(visit, &list[at].item, &page->questions[at]);
	}
	return OK;
}

static struct error *
fill_units(struct look *look, struct visit *visit, const struct campaign *campaign,
	   struct check_campaign_page *page)
{
	struct check_unit_result *list;
	size_t count;
	int64_t enough;
	TRY(people_parameter(look, visit->office->pack, "check.enough-percent", 90, &enough));
	TRY(check_units(look, campaign, &list, &count));
	page->units = ARENA_ARRAY(visit->arena, struct check_campaign_units, count + 1);
	page->units_count = count;
	for (size_t at = 0; at < count; at++) {
		const int64_t percent = check_percent(list[at].answered, list[at].asked);
		page->units[at] = (struct check_campaign_units){
			.name = list[at].name,
			.asked = list[at].asked,
			.answered = list[at].answered,
			.percent = percent,
			.no = list[at].no,
			.open = list[at].open,
			.late = list[at].late,
			.is_few = list[at].is_few,
			.is_short = percent < enough && (campaign->is_over || campaign->closed.ms != 0),
		};
		page->has_few |= list[at].is_few;
	}
	return OK;
}

static struct error *
fill_people(struct look *look, struct visit *visit, const struct campaign *campaign,
	    struct check_campaign_page *page)
{
	struct check_named *list;
	size_t count;
	TRY(check_by_name(look, campaign, visit->session.person, visit->office->pack, &list, &count));
	page->people = ARENA_ARRAY(visit->arena, struct check_campaign_people, count + 1);
	page->people_count = count;
	for (size_t at = 0; at < count; at++)
		page->people[at] = (struct check_campaign_people){
			.number = list[at].number,
			.name = list[at].name,
			.href = check_sheet_url(visit->arena, list[at].sheet),
			.state = text_of(list[at].has_answered ? say("済み")
					 : list[at].is_excused ? say("退職")
							       : say("まだ")),
			.tag = text_of(list[at].has_answered ? "go" : list[at].is_excused ? "off" : "stop"),
			.no = list[at].no,
			.has_answered = list[at].has_answered,
		};
	return OK;
}

static struct error *
fill_results(struct look *look, struct visit *visit, const struct campaign *campaign,
	     struct check_campaign_page *page)
{
	page->items_csv = check_campaign_url(visit->arena, campaign->id, "items-csv");
	page->items_xlsx = check_campaign_url(visit->arena, campaign->id, "items-xlsx");
	page->units_csv = check_campaign_url(visit->arena, campaign->id, "units-csv");
	page->units_xlsx = check_campaign_url(visit->arena, campaign->id, "units-xlsx");
	TRY(fill_questions(look, visit, campaign, page));
	TRY(fill_units(look, visit, campaign, page));
	return fill_people(look, visit, campaign, page);
}

static struct error *
check_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	struct campaign campaign;
	TRY(campaign_of(look, visit, &campaign));
	struct check_campaign_page page = {
		.frame = visit_frame(visit, campaign.title, "yearly"),
		.title = campaign.title,
		.checklist = campaign.pack_checklist != NULL ? words_now(campaign.pack_checklist->name)
							     : campaign.checklist,
		.state = text_of(campaign_state_words(campaign.state)),
		.tag = text_of(campaign_tag(&campaign)),
		.since = campaign.since,
		.until = campaign.until,
		.is_planned = campaign.state == CAMPAIGN_PLANNED,
		.is_over = campaign.is_over,
		.is_counted = campaign.opened.ms != 0,
		.planned_by = campaign.planned_by,
		.closed = campaign.closed,
		.closed_by = campaign.closed_by,
		.words = campaign.words,
		.asked = campaign.asked,
		.answered = campaign.answered,
		.percent = check_percent(campaign.answered, campaign.asked),
		.no = campaign.no,
		.open = campaign.open,
		.late = campaign.late,
		.csrf = visit->csrf,
		.open_action = check_campaign_url(arena, campaign.id, "open"),
		.close_action = check_campaign_url(arena, campaign.id, "close"),
		.withdraw_action = check_campaign_url(arena, campaign.id, "withdraw"),
	};
	struct field_part closing =
		plain_box(visit, BOX_LONG, "words", text_of(say("結果のまとめ")),
			  text_of(say("何が分かり、何をするか。推進会議や見直しで使います。")), T(""), true);
	page.closing = &closing;
	TRY(whom(look, &campaign, &page.whom));
	TRY(check_may_run(look, visit->office->pack, campaign.pack_checklist, visit->session.person,
			  &page.may_run));
	page.may_run = page.may_run && campaign.pack_checklist != NULL;
	page.may_close = page.may_run && campaign.state == CAMPAIGN_OPEN &&
			 (campaign.is_over || campaign.answered == campaign.asked);
	if (page.is_counted)
		TRY(fill_results(look, visit, &campaign, &page));
	return visit_draw(visit, check_campaign_page, &page);
}

/* ---- Taken away ---- */

static struct text
clause_numbers(struct visit *visit, const struct check_item *item)
{
	struct text words = T("");
	for (size_t at = 0; at < item->clauses_count; at++) {
		const struct pack_clause *clause =
			pack_clause(visit->office->pack, item->clauses[at]);
		words = text_format(visit->arena, "%.*s%s%.*s", T_ARG(words), at == 0 ? "" : "、",
				    T_ARG(clause != NULL ? clause->number : item->clauses[at]));
	}
	return words;
}

static void
put_numbers(struct visit *visit, struct rows_cell *cells, const int64_t *numbers, size_t count)
{
	for (size_t at = 0; at < count; at++)
		cells[at] = rows_number(visit->arena, numbers[at]);
}

static struct error *
items_send(struct look *look, struct visit *visit)
{
	const struct rows_column columns[] = {
		{ text_of(say("問い")), 60 },	 { text_of(say("条項")), 30 },
		{ text_of(say("はい")), 10 },	 { text_of(say("いいえ")), 10 },
		{ text_of(say("該当しない")), 14 }, { text_of(say("改善中")), 10 },
		{ text_of(say("期限切れ")), 10 },
	};
	struct campaign campaign;
	struct check_item_result *list;
	size_t count;
	TRY(campaign_of(look, visit, &campaign));
	TRY(check_items(look, &campaign, &list, &count));
	struct rows_out out = rows_begin(visit->arena, text_of(say("自己点検の結果(問いごと)")), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = campaign.title;
	for (size_t at = 0; at < count; at++) {
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(words_now(list[at].item.words));
		*cell++ = rows_words(clause_numbers(visit, &list[at].item));
		put_numbers(visit, cell,
			    (int64_t[]){ list[at].yes, list[at].no, list[at].na, list[at].open, list[at].late }, 5);
	}
	return rows_send(look, visit, &out);
}

static struct error *
units_send(struct look *look, struct visit *visit)
{
	const struct rows_column columns[] = {
		{ text_of(say("所属")), 30 },	{ text_of(say("対象")), 10 },
		{ text_of(say("答え")), 10 },	{ text_of(say("いいえ")), 10 },
		{ text_of(say("改善中")), 10 }, { text_of(say("期限切れ")), 10 },
	};
	struct campaign campaign;
	struct check_unit_result *list;
	size_t count;
	TRY(campaign_of(look, visit, &campaign));
	TRY(check_units(look, &campaign, &list, &count));
	struct rows_out out = rows_begin(visit->arena, text_of(say("自己点検の結果(所属ごと)")), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = campaign.title;
	for (size_t at = 0; at < count; at++) {
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(list[at].name);
		/* Of few people, what they answered is theirs. */
		put_numbers(visit, cell,
			    (int64_t[]){ list[at].asked, list[at].answered, list[at].no, list[at].open, list[at].late },
			    list[at].is_few ? 2 : 5);
	}
	return rows_send(look, visit, &out);
}

/* ---- Acts ---- */

static struct error *
open_do(struct act *act, struct visit *visit)
{
	const struct campaign_id id = { visit_id(visit, "id") };
	TRY(check_begin(act, visit->office->flow, id));
	visit->go_to = check_campaign_url(visit->arena, id, "");
	visit->done = "check-opened";
	return OK;
}

static struct error *
close_do(struct act *act, struct visit *visit)
{
	const struct campaign_id id = { visit_id(visit, "id") };
	TRY(check_finish(act, visit->office->flow, id, text_trim(visit_text(visit, "words"))));
	visit->go_to = check_campaign_url(visit->arena, id, "");
	visit->done = "check-closed";
	return OK;
}

static struct error *
withdraw_do(struct act *act, struct visit *visit)
{
	TRY(check_withdraw(act, visit->office->flow, (struct campaign_id){ visit_id(visit, "id") }));
	visit->go_to = url_path(visit->arena, "/checks");
	visit->done = "check-withdrawn";
	return OK;
}

PAGE_ROWS(check_campaign,
	  { { METHOD_GET, "/checks/{id}" }, RIGHT_MAP_READ, PAGE_LOOK, .look = check_draw },
	  { { METHOD_GET, "/checks/{id}/items-csv" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = items_send },
	  { { METHOD_GET, "/checks/{id}/items-xlsx" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = items_send },
	  { { METHOD_GET, "/checks/{id}/units-csv" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = units_send },
	  { { METHOD_GET, "/checks/{id}/units-xlsx" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = units_send },
	  { { METHOD_POST, "/checks/{id}/open" }, RIGHT_APPLY, PAGE_ACT, .act = open_do,
	    .again = check_draw },
	  { { METHOD_POST, "/checks/{id}/close" }, RIGHT_APPLY, PAGE_ACT, .act = close_do,
	    .again = check_draw },
	  { { METHOD_POST, "/checks/{id}/withdraw" }, RIGHT_APPLY, PAGE_ACT, .act = withdraw_do,
	    .again = check_draw });
