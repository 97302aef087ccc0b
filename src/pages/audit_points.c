/* Points of audits: written, ordered, answered, verified. */
#include "pages/audit_pages.h"

struct seeing {
	struct audit_point point;
	struct audit_eyes eyes;
	bool is_mine, is_auditor, is_lead; /* is_mine: answers for its unit */
	bool is_reported;
};

/* The point of the path: for who may see all, and once reported for its unit. */
static struct error *
open_point(struct look *look, struct visit *visit, struct seeing *seeing)
{
	struct audit audit;
	*seeing = (struct seeing){ 0 };
	TRY(audit_eyes_of(look, visit, false, &seeing->eyes));
	TRY(audit_point(look, visit->office->pack, (struct point_id){ visit_id(visit, "point") },
			&seeing->point));
	TRY(audit_answers_for(look, &seeing->eyes, seeing->point.unit, &seeing->is_mine));
	TRY(audit_read(look, visit->office->pack, seeing->point.audit, &audit));
	seeing->is_reported = audit.reported.ms != 0;
	seeing->is_mine = seeing->is_mine && seeing->is_reported;
	if (!seeing->eyes.all && !seeing->is_mine)
		return refuse("この指摘を見る権限がありません。");
	return audit_is_mine(look, visit, seeing->point.audit, &seeing->is_auditor, &seeing->is_lead);
}

static const char *
next_of(const struct seeing *seeing)
{
	switch (seeing->point.state) {
	case POINT_WRITTEN:
		return seeing->is_reported ? say("是正の指示を待っています。") : say("監査の報告のあと、是正の指示が出ます。");
	case POINT_ADVICE:
		return say("助言です。指示は出ません。");
	case POINT_ORDERED:
		return say("所属が、どう直すかを答えるのを待っています。");
	case POINT_ANSWERED:
		return say("所属が直しています。直したら、直したと報告します。");
	case POINT_DONE:
		return say("監査人が、直ったことを確かめるのを待っています。");
	case POINT_SETTLED:
		return say("直ったことを、監査人が確かめました。");
	}
	return "";
}

static void
add_action(struct audit_point_page *page, bool may, const char *words, struct url href)
{
	if (may)
		page->actions[page->actions_count++] =
			(struct audit_point_actions){ text_of(words), href };
}

static void
fill_actions(struct visit *visit, const struct seeing *seeing, struct audit_point_page *page)
{
	enum { ACTIONS_MOST = 4 };
	const int64_t id = seeing->point.id.no;
	const enum point_state state = seeing->point.state;
	page->actions = ARENA_ARRAY(visit->arena, struct audit_point_actions, ACTIONS_MOST);
	add_action(page, seeing->eyes.is_orders && seeing->is_reported && state == POINT_WRITTEN,
		   say("是正を指示する"), audit_path(visit, "/audit-points/{}/order", id));
	add_action(page, seeing->is_mine && (state == POINT_ORDERED || state == POINT_ANSWERED),
		   say("答える"), audit_path(visit, "/audit-points/{}/answer", id));
	add_action(page, seeing->is_auditor && state == POINT_DONE, say("直ったかを確かめる"),
		   audit_path(visit, "/audit-points/{}/verify", id));
}

static struct error *
point_draw(struct look *look, struct visit *visit)
{
	struct seeing seeing;
	struct point_step *steps;
	size_t count;
	TRY(open_point(look, visit, &seeing));
	const struct audit_point *point = &seeing.point;
	struct audit_point_page page = {
		.frame = visit_frame(visit, point->title, "yearly"),
		.above = seeing.eyes.all ? point->audit_title : text_of(say("監査")),
		.above_href = seeing.eyes.all ? audit_url(visit, point->audit) : url_path(visit->arena, "/audits"),
		.number = number_text(visit->arena, point->number),
		.title = point->title,
		.state = text_of(point_state_words(point->state)),
		.tag = text_of(point_tag(point)),
		.unit = point->unit_name,
		.clause = point->clause != NULL ? point->clause->number : point->clause_id,
		.duty = point->clause != NULL ? words_now(point->clause->duty) : T(""),
		.grade = words_now(point->grade->name),
		.words = point->words,
		.wish = point->wish,
		.due = point->due,
		.is_late = point->is_late,
		.next = text_of(next_of(&seeing)),
	};
	page.clause_href = point->clause != NULL ? clause_url(visit, point->clause)
						 : url_path(visit->arena, "/policy");
	fill_actions(visit, &seeing, &page);
	TRY(audit_steps(look, point->id, &steps, &count));
	page.steps = ARENA_ARRAY(visit->arena, struct audit_point_steps, count + 1);
	page.steps_count = count;
	for (size_t at = 0; at < count; at++)
		page.steps[at] = (struct audit_point_steps){ text_of(steps[at].kind_words), steps[at].words,
							     steps[at].name, steps[at].day, steps[at].at };
	return visit_draw(visit, audit_point_page, &page);
}

/* ---- Writing one ---- */

static struct error *
clause_box(struct look *look, struct visit *visit, struct audit_id id, struct field_part **box)
{
	struct audit_item *items;
	size_t count;
	TRY(audit_items(look, visit->office->pack, id, &items, &count));
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++)
		options[at] = (struct field_option){
			items[at].clause_id,
			items[at].clause == NULL
				? items[at].clause_id
				: text_format(visit->arena, "%.*s %.*s", T_ARG(items[at].clause->number),
					      T_ARG(words_now(items[at].clause->duty)))
		};
	*box = select_box(visit, "clause", text_of(say("条項")), T(""), T(""), true, options, count);
	return OK;
}

static struct error *
unit_box(struct look *look, struct visit *visit, struct audit_id id, struct field_part **box)
{
	struct audit_scope *scopes;
	struct field_option *options;
	size_t count;
	TRY(audit_scopes(look, id, &scopes, &count));
	options = ARENA_ARRAY(visit->arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++) {
		struct unit unit;
		if (scopes[at].engagement.no != 0) {
			struct engagement engagement;
			TRY(people_engagement(look, scopes[at].engagement, &engagement));
			scopes[at].unit = engagement.unit;
		}
		TRY(people_unit(look, scopes[at].unit, &unit));
		options[at] = (struct field_option){ number_text(visit->arena, unit.id.no), unit.name };
	}
	*box = select_box(visit, "unit", text_of(say("直す所属")), T(""), T(""), true, options, count);
	return OK;
}

static struct field_part *
grade_box(struct visit *visit)
{
	const struct pack_audit *rules = visit->office->pack->audit;
	struct field_option *options =
		ARENA_ARRAY(visit->arena, struct field_option, rules->grades_count + 1);
	for (size_t at = 0; at < rules->grades_count; at++)
		options[at] = (struct field_option){ rules->grades[at].code, words_now(rules->grades[at].name) };
	return radio_box(visit, "grade", text_of(say("重さ")), T(""), T(""), true, options, rules->grades_count);
}

static struct error *
new_draw(struct look *look, struct visit *visit)
{
	struct field_part *clause, *unit;
	struct audit_eyes eyes;
	struct audit audit;
	bool is_auditor, is_lead;
	TRY(audit_open(look, visit, &audit, &eyes));
	TRY(audit_is_mine(look, visit, audit.id, &is_auditor, &is_lead));
	if (!is_auditor)
		return refuse("指摘を書けるのは、この監査の監査人だけです。");
	TRY(clause_box(look, visit, audit.id, &clause));
	TRY(unit_box(look, visit, audit.id, &unit));
	struct audit_form_page *page =
		audit_form_make(visit, say("指摘を書く"), audit.title, audit_url(visit, audit.id),
				audit_path(visit, "/audits/{}/points/new", audit.id.no), say("指摘を残す"));
	audit_form_field(page, clause);
	audit_form_field(page, unit);
	audit_form_field(page, grade_box(visit));
	audit_form_field(page, text_box(visit, "title", say("指摘"), say("一行で。"), T(""), true));
	audit_form_field(page, long_box(visit, "words", say("確かめた事実"), "", T(""), true));
	audit_form_field(page, long_box(visit, "wish", say("あるべき姿"), "", T(""), true));
	return audit_form_draw(visit, page);
}

static struct error *
new_do(struct act *act, struct visit *visit)
{
	const struct audit_id id = { visit_id(visit, "id") };
	struct point_writing writing = { .clause = visit_text(visit, "clause"),
					 .grade = visit_text(visit, "grade"),
					 .title = audit_typed(visit, "title"),
					 .words = audit_typed(visit, "words"),
					 .wish = audit_typed(visit, "wish") };
	struct point_id point;
	TRY(audit_gate(&act->look, visit));
	if (visit_text(visit, "unit").len != 0)
		TRY(visit_number(visit, "unit", &writing.unit.no));
	TRY(audit_point_add(act, visit->office->pack, id, &writing, &point));
	visit->go_to = audit_url(visit, id);
	visit->done = "saved";
	return OK;
}

/* ---- What follows ---- */

static struct audit_form_page *
step_form(struct visit *visit, const struct seeing *seeing, const char *title, struct url action,
	  const char *button)
{
	const struct audit_point *point = &seeing->point;
	struct audit_form_page *page =
		audit_form_make(visit, title, point->title, point_url(visit, point->id),
				action, button);
	audit_form_fact(page, say("所属"), point->unit_name);
	audit_form_fact(page, say("確かめた事実"), point->words);
	audit_form_fact(page, say("あるべき姿"), point->wish);
	if (!day_is_none(point->due))
		audit_form_fact(page, say("直す期限"), day_wareki(visit->arena, point->due));
	return page;
}

static struct error *
point_of(struct act *act, struct visit *visit, struct audit_point *point)
{
	struct seeing seeing;
	TRY(open_point(&act->look, visit, &seeing));
	*point = seeing.point;
	visit->go_to = point_url(visit, point->id);
	visit->done = "saved";
	return OK;
}

static struct error *
order_draw(struct look *look, struct visit *visit)
{
	struct seeing seeing;
	TRY(open_point(look, visit, &seeing));
	if (!seeing.eyes.is_orders)
		return refuse("是正を指示できるのは、方針で決めた役割の人だけです。");
	struct audit_form_page *page = step_form(visit, &seeing, say("是正を指示する"),
						 audit_path(visit, "/audit-points/{}/order", seeing.point.id.no), say("指示する"));
	audit_form_field(page, long_box(visit, "words", say("させること"), "", seeing.point.wish, true));
	audit_form_field(page, day_box(visit, "due", say("いつまでに"), "",
				       day_plus(visit->today, seeing.point.grade->days), true));
	return audit_form_draw(visit, page);
}

static struct error *
order_do(struct act *act, struct visit *visit)
{
	struct audit_point point;
	struct day due;
	TRY(point_of(act, visit, &point));
	TRY(form_day(visit, "due", true, &due));
	return audit_order(act, visit->office->pack, point.id, point.change, audit_typed(visit, "words"), due);
}

static struct error *
answer_draw(struct look *look, struct visit *visit)
{
	struct seeing seeing;
	TRY(open_point(look, visit, &seeing));
	if (!seeing.is_mine)
		return refuse("この指摘に答えられるのは、所属の責任者です。");
	struct audit_form_page *page =
		step_form(visit, &seeing, say("指摘に答える"), audit_path(visit, "/audit-points/{}/answer", seeing.point.id.no), say("答える"));
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, 2);
	options[0] = (struct field_option){ T("plan"), text_of(say("これから直す（どう直すか、いつまでにか）")) };
	options[1] = (struct field_option){ T("done"), text_of(say("直した（何をどう直したか）")) };
	audit_form_field(page, radio_box(visit, "how", text_of(say("答え")), T(""),
					 seeing.point.state == POINT_ANSWERED ? T("done") : T("plan"), true,
					 options, 2));
	audit_form_field(page, long_box(visit, "words", say("内容"), "", T(""), true));
	audit_form_field(page, day_box(visit, "day", say("いつまでに直すか"), say("これから直すときに書きます。"),
				       DAY_NONE, false));
	return audit_form_draw(visit, page);
}

static struct error *
answer_do(struct act *act, struct visit *visit)
{
	struct audit_point point;
	struct day day;
	TRY(point_of(act, visit, &point));
	TRY(form_day(visit, "day", false, &day));
	return audit_answer(act, visit->office->pack, point.id, point.change,
			    text_is(visit_text(visit, "how"), "done"), audit_typed(visit, "words"), day);
}

static struct error *
verify_draw(struct look *look, struct visit *visit)
{
	struct seeing seeing;
	TRY(open_point(look, visit, &seeing));
	if (!seeing.is_auditor)
		return refuse("直ったかを確かめられるのは、この監査の監査人だけです。");
	struct audit_form_page *page = step_form(visit, &seeing, say("直ったかを確かめる"),
						 audit_path(visit, "/audit-points/{}/verify", seeing.point.id.no), say("残す"));
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, 2);
	options[0] = (struct field_option){ T("good"), text_of(say("直ったことを確かめた")) };
	options[1] = (struct field_option){ T("back"), text_of(say("まだ足りないので差し戻す")) };
	audit_form_field(page, radio_box(visit, "how", text_of(say("結果")), T(""), T(""), true, options, 2));
	audit_form_field(page, long_box(visit, "words", say("見たこと"), "", T(""), true));
	return audit_form_draw(visit, page);
}

static struct error *
verify_do(struct act *act, struct visit *visit)
{
	const struct text how = visit_text(visit, "how");
	struct audit_point point;
	TRY(point_of(act, visit, &point));
	if (!text_is(how, "good") && !text_is(how, "back"))
		return reject("how", "結果を選んでください。");
	return audit_verify(act, visit->office->pack, point.id, point.change, text_is(how, "good"),
			    audit_typed(visit, "words"));
}

PAGE_ROWS(audit_point,
	  { { METHOD_GET, "/audits/{id}/points/new" }, RIGHT_SELF, PAGE_LOOK, .look = new_draw },
	  { { METHOD_POST, "/audits/{id}/points/new" }, RIGHT_SELF, PAGE_ACT, .act = new_do,
	    .again = new_draw },
	  { { METHOD_GET, "/audit-points/{point}" }, RIGHT_SELF, PAGE_LOOK, .look = point_draw },
	  { { METHOD_GET, "/audit-points/{point}/order" }, RIGHT_SELF, PAGE_LOOK, .look = order_draw },
	  { { METHOD_POST, "/audit-points/{point}/order" }, RIGHT_SELF, PAGE_ACT, .act = order_do,
	    .again = order_draw },
	  { { METHOD_GET, "/audit-points/{point}/answer" }, RIGHT_SELF, PAGE_LOOK, .look = answer_draw },
	  { { METHOD_POST, "/audit-points/{point}/answer" }, RIGHT_SELF, PAGE_ACT, .act = answer_do,
	    .again = answer_draw },
	  { { METHOD_GET, "/audit-points/{point}/verify" }, RIGHT_SELF, PAGE_LOOK, .look = verify_draw },
	  { { METHOD_POST, "/audit-points/{point}/verify" }, RIGHT_SELF, PAGE_ACT, .act = verify_do,
	    .again = verify_draw });
