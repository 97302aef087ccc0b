/* Self-checks: what is mine, the campaigns, and planning one. */
#include "pages/check_pages.h"

enum { USUAL_WEEKS_DAYS = 14 };

int64_t
check_percent(int64_t of, int64_t all)
{
	return all == 0 ? 0 : of * 100 / all;
}

struct url
check_sheet_url(struct arena *arena, struct sheet_id id)
{
	return url_of_number(arena, "/checks/sheets/{}", id.no);
}

struct url
check_improvement_url(struct arena *arena, struct improvement_id id)
{
	return url_of_number(arena, "/checks/improvements/{}", id.no);
}

struct url
check_campaign_url(struct arena *arena, struct campaign_id id, const char *rest)
{
	if (rest[0] == '\0')
		return url_of_number(arena, "/checks/{}", id.no);
	return url_make(arena, "/checks/{}/{}", 2,
			((struct text[]){ text_number(arena, id.no), text_of(rest) }));
}

const char *
campaign_tag(const struct campaign *campaign)
{
	switch (campaign->state) {
	case CAMPAIGN_PLANNED:
		return "off";
	case CAMPAIGN_OPEN:
		return campaign->is_over ? "stop" : "wait";
	case CAMPAIGN_CLOSED:
	case CAMPAIGN_WITHDRAWN:
		break;
	}
	return "go";
}

static void
fill_mine(struct visit *visit, const struct check_mine *mine, struct checks_page *page)
{
	struct arena *arena = visit->arena;
	page->mine = ARENA_ARRAY(arena, struct checks_mine, mine->sheets_count + 1);
	for (size_t at = 0; at < mine->sheets_count; at++) {
		const struct check_sheet *sheet = &mine->sheets[at];
		page->mine[page->mine_count++] = (struct checks_mine){
			.words = sheet->title,
			.about = sheet->person.no == 0 ? sheet->about : T(""),
			.until = sheet->until,
			.href = check_sheet_url(arena, sheet->id),
			.is_done = sheet->done.ms != 0,
			.is_late = sheet->done.ms == 0 && sheet->until.no < visit->today.no,
		};
	}
	page->improvements =
		ARENA_ARRAY(arena, struct checks_improvements, mine->improvements_count + 1);
	for (size_t at = 0; at < mine->improvements_count; at++) {
		const struct improvement *one = &mine->improvements[at];
		page->improvements[page->improvements_count++] = (struct checks_improvements){
			.words = words_now(one->question),
			.plan = one->plan,
			.about = one->about,
			.due = one->due,
			.is_late = one->is_late,
			.href = check_improvement_url(arena, one->id),
		};
	}
}

static struct error *
fill_campaigns(struct look *look, struct visit *visit, struct checks_page *page)
{
	struct campaign *list;
	size_t count;
	TRY(check_campaigns(look, visit->office->pack, &list, &count));
	page->campaigns = ARENA_ARRAY(visit->arena, struct checks_campaigns, count + 1);
	page->campaigns_count = count;
	for (size_t at = 0; at < count; at++)
		page->campaigns[at] = (struct checks_campaigns){
			.title = list[at].title,
			.href = check_campaign_url(visit->arena, list[at].id, ""),
			.state = text_of(campaign_state_words(list[at].state)),
			.tag = text_of(campaign_tag(&list[at])),
			.since = list[at].since,
			.until = list[at].until,
			.asked = list[at].asked,
			.answered = list[at].answered,
			.percent = check_percent(list[at].answered, list[at].asked),
			.open = list[at].open,
			.late = list[at].late,
			.is_counted = list[at].state != CAMPAIGN_PLANNED,
		};
	return OK;
}

static struct error *
checks_draw(struct look *look, struct visit *visit)
{
	const struct pack *pack = visit->office->pack;
	struct check_mine mine;
	struct checks_page page = {
		.frame = visit_frame(visit, text_of(say("自己点検")), "yearly"),
		.has_checklists = pack->checklists_count != 0,
		.may_all = visit_may(visit, RIGHT_MAP_READ),
	};
	TRY(check_mine(look, pack, visit->session.person, visit->today, &mine));
	fill_mine(visit, &mine, &page);
	TRY(check_may_run(look, pack, NULL, visit->session.person, &page.may_run));
	if (page.may_all)
		TRY(fill_campaigns(look, visit, &page));
	return visit_draw(visit, checks_page, &page);
}

/* ---- Planning ---- */

static struct field_part *
checklist_box(struct look *look, struct visit *visit, struct error **error)
{
	const struct pack *pack = visit->office->pack;
	struct field_option *options =
		ARENA_ARRAY(visit->arena, struct field_option, pack->checklists_count + 1);
	size_t count = 0;
	for (size_t at = 0; at < pack->checklists_count && *error == OK; at++) {
		bool may;
		*error = check_may_run(look, pack, &pack->checklists[at], visit->session.person, &may);
		if (*error == OK && may)
			options[count++] = (struct field_option){
				pack->checklists[at].code, words_now(pack->checklists[at].name)
			};
	}
	return radio_box(visit, "checklist", text_of(say("点検表")), T(""),
			 count == 1 ? options[0].value : T(""), true, options, count);
}

static struct error *
unit_box(struct look *look, struct visit *visit, struct field_part **box)
{
	struct field_option *units, *options;
	size_t count;
	TRY(unit_options(look, visit, &units, &count));
	options = ARENA_ARRAY(visit->arena, struct field_option, count + 2);
	options[0] = (struct field_option){ T("0"), text_of(say("団体全体")) };
	for (size_t at = 0; at < count; at++)
		options[at + 1] = units[at];
	*box = select_box(visit, "units", text_of(say("対象")),
			  text_of(say("所属を選ぶと、その下の所属もすべて対象になります。")), T("0"), true,
			  options, count + 1);
	return OK;
}

static struct error *
must_plan(struct look *look, struct visit *visit)
{
	bool may;
	TRY(check_may_run(look, visit->office->pack, NULL, visit->session.person, &may));
	return may ? OK : refuse("自己点検を計画できるのは、方針が定めた役割の人だけです。");
}

static struct error *
plan_draw(struct look *look, struct visit *visit)
{
	struct error *error = OK;
	TRY(must_plan(look, visit));
	struct check_plan_page page = {
		.frame = visit_frame(visit, text_of(say("点検を計画する")), "yearly"),
		.csrf = visit->csrf,
		.checklist = checklist_box(look, visit, &error),
		.title = text_box(visit, "title", say("名前"),
				  say("空けておくと、年度と点検表の名前になります。"), T(""), false),
		.since = day_box(visit, "since", say("始める日"), "", visit->today, true),
		.until = day_box(visit, "until", say("答える期限"), say("この日まで答えられます。"),
				 day_plus(visit->today, USUAL_WEEKS_DAYS), true),
	};
	TRY(error);
	struct field_part *unit;
	TRY(unit_box(look, visit, &unit));
	page.unit = unit;
	return visit_draw(visit, check_plan_page, &page);
}

static struct error *
plan_do(struct act *act, struct visit *visit)
{
	struct planning planning = { .checklist = visit_text(visit, "checklist"),
				     .title = visit_text(visit, "title") };
	struct campaign_id id;
	struct unit_id unit;
	TRY(must_plan(&act->look, visit));
	TRY(form_day(visit, "since", true, &planning.since));
	TRY(form_day(visit, "until", true, &planning.until));
	TRY(visit_number(visit, "units", &unit.no));
	planning.units = &unit;
	planning.units_count = unit.no != 0;
	TRY(check_plan(act, visit->office->flow, &planning, &id));
	visit->go_to = check_campaign_url(visit->arena, id, "");
	visit->done = "check-planned";
	return OK;
}

PAGE_ROWS(checks,
	  { { METHOD_GET, "/checks" }, RIGHT_SELF, PAGE_LOOK, .look = checks_draw },
	  { { METHOD_GET, "/checks/plan" }, RIGHT_APPLY, PAGE_LOOK, .look = plan_draw },
	  { { METHOD_POST, "/checks/plan" }, RIGHT_APPLY, PAGE_ACT, .act = plan_do,
	    .again = plan_draw });
