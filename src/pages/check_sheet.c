/* One sheet of a self-check, and one improvement that came out of it. */
#include "pages/check_pages.h"

enum { IMPROVE_DAYS = 30 };

static const char *
name_of(struct arena *arena, const char *what, int64_t item)
{
	return text_format(arena, "%s-%lld", what, (long long)item).data;
}

/* ---- Answering ---- */

static void
fill_clauses(struct visit *visit, const struct check_item *item, struct check_sheet_rows *row)
{
	row->clauses = ARENA_ARRAY(visit->arena, struct check_sheet_rows_clauses,
				   item->clauses_count + 1);
	for (size_t at = 0; at < item->clauses_count; at++) {
		const struct pack_clause *clause =
			pack_clause(visit->office->pack, item->clauses[at]);
		if (clause != NULL)
			row->clauses[row->clauses_count++] = (struct check_sheet_rows_clauses){
				clause->number, clause_page_url(visit->arena, clause)
			};
	}
}

static void
fill_question(struct visit *visit, const struct check_item *item, struct day usual,
	      struct check_sheet_rows *row)
{
	struct arena *arena = visit->arena;
	const char *words = name_of(arena, "w", item->id), *due = name_of(arena, "d", item->id),
		   *answer = name_of(arena, "a", item->id);
	const struct text typed = visit_typed(visit, answer, T(""));
	row->id = text_number(arena, item->id);
	row->question = words_now(item->words);
	row->help = words_now(item->help);
	row->fault = visit_fault(visit, text_of(answer));
	row->words = visit_typed(visit, words, T(""));
	row->words_fault = visit_fault(visit, text_of(words));
	row->due = visit_typed(visit, due, day_wareki(arena, usual));
	row->due_fault = visit_fault(visit, text_of(due));
	row->may_not_apply = item->may_not_apply;
	row->is_yes = text_is(typed, "yes");
	row->is_no = text_is(typed, "no");
	row->is_na = text_is(typed, "na");
	fill_clauses(visit, item, row);
}

static struct error *
fill_questions(struct look *look, struct visit *visit, const struct check_sheet *sheet,
	       struct check_sheet_page *page)
{
	int64_t days;
	TRY(people_parameter(look, visit->office->pack, "check.improve-days", IMPROVE_DAYS, &days));
	page->rows = ARENA_ARRAY(visit->arena, struct check_sheet_rows, sheet->count + 1);
	page->rows_count = sheet->count;
	for (size_t at = 0; at < sheet->count; at++) {
		fill_question(visit, &sheet->items[at], day_plus(visit->today, days),
			      &page->rows[at]);
		page->rows[at].number = (int64_t)at + 1; /* few */
	}
	return OK;
}

/* ---- What was answered ---- */

static void
fill_answered(struct visit *visit, const struct check_sheet *sheet, bool is_own,
	      struct check_sheet_page *page)
{
	page->answered = ARENA_ARRAY(visit->arena, struct check_sheet_answered, sheet->count + 1);
	page->answered_count = sheet->count;
	for (size_t at = 0; at < sheet->count; at++) {
		const struct check_item *item = &sheet->items[at];
		const bool is_open = item->answer == CHECK_NO && item->done.ms == 0;
		page->answered[at] = (struct check_sheet_answered){
			.question = words_now(item->words),
			.answer = text_of(check_answer_words(item->answer)),
			.tag = text_of(item->answer == CHECK_YES  ? "go"
				       : item->answer == CHECK_NO ? "stop"
								  : "off"),
			.why = item->why,
			.due = item->due,
			.done = item->done,
			.done_words = item->done_words,
			.is_no = item->answer == CHECK_NO,
			.is_late = is_open && item->due.no < visit->today.no,
		};
		if (is_open && is_own)
			page->answered[at].href =
				check_improvement_url(visit->arena, item->improvement);
	}
}

static struct error *
sheet_draw(struct look *look, struct visit *visit)
{
	struct check_sheet sheet;
	bool may_read, may_answer;
	TRY(check_sheet(look, (struct sheet_id){ visit_id(visit, "sheet") }, &sheet));
	TRY(check_may_read(look, visit->office->pack, &sheet, visit->session.person, &may_read));
	TRY(check_may_answer(look, visit->office->pack, &sheet, visit->session.person, &may_answer));
	if (!may_read)
		return refuse("この点検を見られるのは、答える人と、方針が定めた役割の人だけです。");
	struct check_sheet_page page = {
		.frame = visit_frame(visit, sheet.title, "yearly"),
		.title = sheet.title,
		.about = sheet.about,
		.unit = sheet.unit_name,
		.until = sheet.until,
		.is_late = sheet.until.no < visit->today.no,
		.is_open = sheet.is_open && may_answer,
		.is_own = may_answer,
		.is_person = sheet.person.no != 0,
		.is_closed = !sheet.is_open,
		.done = sheet.done,
		.done_by = sheet.done_by,
		.yes = sheet.yes,
		.no = sheet.no,
		.na = sheet.na,
		.questions = (int64_t)sheet.count, /* few */
		.csrf = visit->csrf,
		.action = check_sheet_url(visit->arena, sheet.id),
	};
	if (visit->faults != NULL && visit->faults->field.len == 0)
		page.fault = visit->faults->words;
	if (page.is_open)
		TRY(fill_questions(look, visit, &sheet, &page));
	else if (sheet.done.ms != 0)
		fill_answered(visit, &sheet, may_answer, &page);
	return visit_draw(visit, check_sheet_page, &page);
}

static struct error *
read_answer(struct visit *visit, int64_t item, struct check_answering *answer,
	    struct error **faults)
{
	struct arena *arena = visit->arena;
	const char *due = name_of(arena, "d", item);
	*answer = (struct check_answering){ .item = item, .due = DAY_NONE };
	(void)check_answer_read(visit_text(visit, name_of(arena, "a", item)), &answer->answer);
	if (answer->answer == CHECK_YES)
		return OK;
	answer->words = text_trim(visit_text(visit, name_of(arena, "w", item)));
	if (answer->answer == CHECK_NO)
		error_add(faults, form_day(visit, due, true, &answer->due));
	return OK;
}

static struct error *
sheet_do(struct act *act, struct visit *visit)
{
	const struct sheet_id id = { visit_id(visit, "sheet") };
	struct check_sheet sheet;
	struct check_answering *answers;
	struct error *faults = OK;
	bool may;
	TRY(check_sheet(&act->look, id, &sheet));
	/* Nobody learns from a fault what somebody was asked. */
	TRY(check_may_answer(&act->look, visit->office->pack, &sheet, visit->session.person, &may));
	if (!may)
		return refuse("この点検に答えられるのは、答えるよう頼まれた人だけです。");
	answers = ARENA_ARRAY(visit->arena, struct check_answering, sheet.count + 1);
	for (size_t at = 0; at < sheet.count; at++)
		TRY(read_answer(visit, sheet.items[at].id, &answers[at], &faults));
	TRY(faults);
	TRY(check_answer(act, visit->office->flow, id, answers, sheet.count));
	visit->go_to = url_path(visit->arena, "/checks");
	visit->done = "check-answered";
	return OK;
}

/* ---- One improvement ---- */

static struct error *
improvement_of(struct look *look, struct visit *visit, struct improvement *improvement)
{
	return check_improvement(look, visit->office->pack,
				 (struct improvement_id){ visit_id(visit, "id") },
				 visit->session.person, improvement);
}

static struct error *
improve_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	struct improvement one;
	struct field_part *words, *plan;
	TRY(improvement_of(look, visit, &one));
	words = ARENA_NEW(arena, struct field_part);
	*words = plain_box(visit, BOX_LONG, "words", text_of(say("何をして直しましたか")), T(""), T(""),
			   true);
	plan = ARENA_NEW(arena, struct field_part);
	*plan = plain_box(visit, BOX_LONG, "plan", text_of(say("どう直しますか")), T(""), one.plan, true);
	struct check_improve_page page = {
		.frame = visit_frame(visit, text_of(say("改善")), "yearly"),
		.question = words_now(one.question),
		.title = one.title,
		.sheet = check_sheet_url(arena, one.sheet),
		.about = one.about,
		.plan = one.plan,
		.due = one.due,
		.is_late = one.is_late,
		.is_open = one.done.ms == 0,
		.done = one.done,
		.done_words = one.done_words,
		.csrf = visit->csrf,
		.finish = url_of_number(arena, "/checks/improvements/{}/done", one.id.no),
		.replan = url_of_number(arena, "/checks/improvements/{}/plan", one.id.no),
		.words = words,
		.plan_box = plan,
		.due_box = day_box(visit, "due", say("いつまでに"), "", one.due, true),
	};
	return visit_draw(visit, check_improve_page, &page);
}

static struct error *
improve_do(struct act *act, struct visit *visit)
{
	TRY(check_improve(act, visit->office->flow, (struct improvement_id){ visit_id(visit, "id") },
			  text_trim(visit_text(visit, "words"))));
	visit->go_to = url_path(visit->arena, "/checks");
	visit->done = "check-improved";
	return OK;
}

static struct error *
replan_do(struct act *act, struct visit *visit)
{
	const struct improvement_id id = { visit_id(visit, "id") };
	struct improvement improvement;
	struct day due;
	/* Whose it is comes before what was typed, so that nobody learns from a fault that there is one. */
	TRY(improvement_of(&act->look, visit, &improvement));
	TRY(form_day(visit, "due", true, &due));
	TRY(check_replan(act, visit->office->flow, id, text_trim(visit_text(visit, "plan")), due));
	visit->go_to = check_improvement_url(visit->arena, id);
	visit->done = "saved";
	return OK;
}

PAGE_ROWS(check_sheet,
	  { { METHOD_GET, "/checks/improvements/{id}" }, RIGHT_APPLY, PAGE_LOOK,
	    .look = improve_draw },
	  { { METHOD_POST, "/checks/improvements/{id}/done" }, RIGHT_APPLY, PAGE_ACT,
	    .act = improve_do, .again = improve_draw },
	  { { METHOD_POST, "/checks/improvements/{id}/plan" }, RIGHT_APPLY, PAGE_ACT,
	    .act = replan_do, .again = improve_draw },
	  { { METHOD_GET, "/checks/sheets/{sheet}" }, RIGHT_APPLY, PAGE_LOOK, .look = sheet_draw },
	  { { METHOD_POST, "/checks/sheets/{sheet}" }, RIGHT_APPLY, PAGE_ACT, .act = sheet_do,
	    .again = sheet_draw });
