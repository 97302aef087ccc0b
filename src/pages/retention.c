/* Whose personal data need no more be kept: the list, and putting it off. */
#include "pages/people_pages.h"

#include "people/retention.h"

static void
fill_row(struct visit *visit, const struct due_person *one, struct retention_rows *row)
{
	struct arena *arena = visit->arena;
	*row = (struct retention_rows){
		.name = one->name,
		.number = one->number,
		.left = one->left,
		.due = one->due,
		.proposed = one->proposed,
		.is_held = !day_is_none(one->held_until) && one->held_until.no >= visit->today.no,
		.held_until = one->held_until,
		.held_by = one->held_by_name,
		.reason = one->reason,
		.href = url_of_number(arena, "/people/{}", one->person.no),
		.erases = url_of_number(arena, "/people/{}/erase", one->person.no),
		.holds = url_of_number(arena, "/people/{}/hold", one->person.no),
	};
}

static struct error *
retention_draw(struct look *look, struct visit *visit)
{
	struct due_person *list;
	size_t count;
	int64_t days;
	const struct pack *pack = visit->office->pack;
	TRY(people_retention_days(look, pack, RETAINED_PERSON, &days));
	TRY(people_retention_due(look, pack, true, &list, &count));
	struct retention_page page = {
		.frame = visit_frame(visit, text_of(say("個人データの保存の期間")), "people"),
		.tabs = people_tabs(visit, TAB_RETENTION),
		.is_ruled = days > 0,
		.rule = length_words(visit->arena, days),
		.rows = ARENA_ARRAY(visit->arena, struct retention_rows, count + 1),
		.rows_count = count,
	};
	for (size_t at = 0; at < count; at++)
		fill_row(visit, &list[at], &page.rows[at]);
	return visit_draw(visit, retention_page, &page);
}

static struct error *
hold_draw(struct look *look, struct visit *visit)
{
	struct retention_hold_page page = {
		.frame = visit_frame(visit, text_of(say("個人データをまだ残す")), "people"),
		.tabs = people_tabs(visit, TAB_RETENTION),
		.csrf = visit->csrf,
		.action = url_of_number(visit->arena, "/people/{}/hold", visit_id(visit, "id")),
		.until = day_box(visit, "until", say("いつまで残すか"), "", DAY_NONE, true),
		.reason = text_box(visit, "reason", say("残す理由"),
				   say("例 訴訟で記録を使っているため。人事・組織の担当者だけに見えます。"), T(""), true),
	};
	TRY(people_name(look, (struct person_id){ visit_id(visit, "id") }, &page.name));
	return visit_draw(visit, retention_hold_page, &page);
}

static struct error *
hold_do(struct act *act, struct visit *visit)
{
	struct day until = DAY_NONE;
	struct error *faults = form_day(visit, "until", true, &until);
	if (faults != OK)
		return faults;
	TRY(people_erase_hold(act, visit->office->pack, (struct person_id){ visit_id(visit, "id") },
			      until, visit_text(visit, "reason")));
	visit->go_to = url_path(visit->arena, "/people/retention");
	visit->done = "held";
	return OK;
}

PAGE_ROWS(retention,
	  { { METHOD_GET, "/people/retention" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = retention_draw },
	  { { METHOD_GET, "/people/{id}/hold" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK, .look = hold_draw },
	  { { METHOD_POST, "/people/{id}/hold" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = hold_do,
	    .again = hold_draw });
