/* The list of audits and points, what waits for one's own units, and the plan of a new one. */
#include "pages/audit_pages.h"

#include "base/number.h"

/* ---- Mine ---- */

static void
add_mine(struct audits_page *page, struct text title, struct text unit, struct url href, const char *state,
	 const char *tag, struct day due)
{
	page->mine[page->mine_count++] =
		(struct audits_mine){ title, unit, href, text_of(state), text_of(tag), due };
}

static struct error *
fill_requests(struct look *look, struct visit *visit, const struct audit_eyes *eyes, struct audits_page *page)
{
	struct audit_request *list;
	size_t count;
	TRY(audit_requests(look, (struct audit_id){ 0 }, &list, &count));
	for (size_t at = 0; at < count && page->mine_count < AUDIT_MOST_LIST; at++) {
		bool is_mine;
		TRY(audit_answers_for(look, eyes, list[at].unit, &is_mine));
		if (is_mine)
			add_mine(page, text_of(say("監査人が資料を求めています")), list[at].unit_name,
				 audit_path(visit, "/audit-requests/{}", list[at].id),
				 list[at].is_late ? say("期限切れ") : say("回答待ち"),
				 list[at].is_late ? "stop" : "wait", list[at].due);
	}
	return OK;
}

static struct error *
fill_points_mine(struct look *look, struct visit *visit, const struct audit_eyes *eyes,
		 const struct audit_point *list, size_t count, struct audits_page *page)
{
	for (size_t at = 0; at < count && page->mine_count < AUDIT_MOST_LIST; at++) {
		bool is_mine;
		if (list[at].state == POINT_SETTLED)
			continue;
		TRY(audit_answers_for(look, eyes, list[at].unit, &is_mine));
		if (is_mine)
			add_mine(page, list[at].title, list[at].unit_name, point_url(visit, list[at].id),
				 list[at].is_late ? say("期限切れ") : point_state_words(list[at].state),
				 list[at].is_late ? "stop" : point_tag(&list[at]), list[at].due);
	}
	return OK;
}

/* ---- All ---- */

static void
fill_points(struct visit *visit, const struct audit_point *list, size_t count, struct audits_page *page)
{
	page->points = ARENA_ARRAY(visit->arena, struct audits_points, count + 1);
	page->points_count = count;
	for (size_t at = 0; at < count; at++)
		page->points[at] = (struct audits_points){
			.number = text_number(visit->arena, list[at].number),
			.title = list[at].title,
			.href = point_url(visit, list[at].id),
			.audit = list[at].audit_title,
			.unit = list[at].unit_name,
			.grade = words_now(list[at].grade->name),
			.state = text_of(point_state_words(list[at].state)),
			.tag = text_of(point_tag(&list[at])),
			.due = list[at].due,
			.is_late = list[at].is_late,
		};
}

static struct error *
fill_audits(struct look *look, struct visit *visit, struct audits_page *page)
{
	struct audit *list;
	size_t count;
	TRY(audit_list(look, visit->office->pack, 0, &list, &count));
	page->audits = ARENA_ARRAY(visit->arena, struct audits_audits, count + 1);
	page->audits_count = count;
	for (size_t at = 0; at < count; at++)
		page->audits[at] = (struct audits_audits){
			.title = list[at].title,
			.href = audit_url(visit, list[at].id),
			.year = fiscal_wareki(visit->arena, list[at].year),
			.kind = text_of(audit_kind_words(list[at].kind)),
			.state = text_of(audit_state_words(list[at].state)),
			.tag = text_of(audit_state_tag(list[at].state)),
			.since = list[at].since,
			.until = list[at].until,
			.items = list[at].items,
			.seen = list[at].signed_items,
			.points = list[at].points,
			.open = list[at].open_points,
		};
	return OK;
}

static struct error *
audits_draw(struct look *look, struct visit *visit)
{
	const struct pack *pack = visit->office->pack;
	struct audit_point *points;
	struct audit_eyes eyes;
	size_t count;
	struct audits_page page = {
		.frame = visit_frame(visit, text_of(say("監査")), "yearly"),
		.has_rules = pack->audit != NULL,
		.has_council = pack->audit != NULL && pack->audit->council != NULL,
		.plan = url_path(visit->arena, "/audits/new"),
		.csv = url_path(visit->arena, "/audits/points/csv"),
		.xlsx = url_path(visit->arena, "/audits/points/xlsx"),
		.mine = ARENA_ARRAY(visit->arena, struct audits_mine, AUDIT_MOST_LIST),
	};
	TRY(audit_eyes_of(look, visit, false, &eyes));
	page.may_see = eyes.all;
	page.may_plan = eyes.is_chief;
	TRY(fill_requests(look, visit, &eyes, &page));
	TRY(audit_points(look, pack, (struct audit_id){ 0 }, &points, &count));
	TRY(fill_points_mine(look, visit, &eyes, points, count, &page));
	if (eyes.all) {
		TRY(fill_audits(look, visit, &page));
		fill_points(visit, points, count, &page);
	}
	return visit_draw(visit, audits_page, &page);
}

static struct error *
points_send(struct look *look, struct visit *visit)
{
	const struct rows_column columns[] = {
		{ text_of(say("監査")), 30 }, { text_of(say("番号")), 8 },  { text_of(say("指摘")), 40 },
		{ text_of(say("条項")), 14 }, { text_of(say("所属")), 20 }, { text_of(say("重さ")), 12 },
		{ text_of(say("期限")), 16 }, { text_of(say("状態")), 12 },
	};
	struct audit_point *list;
	struct audit_eyes eyes;
	size_t count;
	TRY(audit_eyes_of(look, visit, true, &eyes));
	TRY(audit_points(look, visit->office->pack, (struct audit_id){ 0 }, &list, &count));
	struct rows_out out = rows_begin(visit->arena, text_of(say("監査の指摘")), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++) {
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(list[at].audit_title);
		*cell++ = rows_number(visit->arena, list[at].number);
		*cell++ = rows_words(list[at].title);
		*cell++ = rows_words(list[at].clause_id);
		*cell++ = rows_words(list[at].unit_name);
		*cell++ = rows_words(words_now(list[at].grade->name));
		*cell++ = rows_day(list[at].due);
		*cell++ = rows_words(text_of(point_state_words(list[at].state)));
	}
	return rows_send(look, visit, &out);
}

/* ---- A plan ---- */

static struct field_part *
kind_box(struct visit *visit)
{
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, AUDIT_KINDS);
	for (int kind = 0; kind < AUDIT_KINDS; kind++)
		options[kind] = (struct field_option){ text_of(audit_kind_name((enum audit_kind)kind)),
						       text_of(audit_kind_words((enum audit_kind)kind)) };
	return radio_box(visit, "kind", text_of(say("種類")), T(""), T("regular"), true, options,
			 AUDIT_KINDS);
}

static struct field_part *
themes_box(struct visit *visit)
{
	const struct pack_audit *rules = visit->office->pack->audit;
	struct field_option *options =
		ARENA_ARRAY(visit->arena, struct field_option, rules->themes_count + 1);
	for (size_t at = 0; at < rules->themes_count; at++)
		options[at] = (struct field_option){
			rules->themes[at].code,
			text_format(visit->arena, say("%.*s(%zu条項)"), T_ARG(words_now(rules->themes[at].name)),
				    rules->themes[at].clauses_count)
		};
	return checks_box(visit, "themes", text_of(say("テーマ")),
			  text_of(say("選んだテーマの条項が、監査の項目になります。")), NULL, 0, options,
			  rules->themes_count);
}

static struct error *
engagement_box(struct look *look, struct visit *visit, struct field_part **box)
{
	struct engagement *list;
	size_t count;
	TRY(people_engagements(look, (struct firm_id){ 0 }, (struct unit_id){ 0 }, visit->today, &list, &count));
	struct field_option *options = ARENA_ARRAY(visit->arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++)
		options[at] = (struct field_option){
			number_text(visit->arena, list[at].id.no),
			text_format(visit->arena, "%.*s（%.*s）", T_ARG(list[at].firm_name), T_ARG(list[at].work))
		};
	*box = select_box(visit, "engagement", text_of(say("委託・再委託")),
			  text_of(say("委託先などの監査のときだけ選びます。")), T(""), false, options, count);
	return OK;
}

static struct error *
plan_draw(struct look *look, struct visit *visit)
{
	struct field_option *units;
	struct field_part *engagement;
	struct audit_eyes eyes;
	size_t count;
	TRY(audit_eyes_of(look, visit, true, &eyes));
	if (!eyes.is_chief)
		return refuse("監査を計画できるのは、監査を命じる役割の人だけです。");
	struct audit_form_page *page =
		audit_form_make(visit, say("監査を計画する"), text_of(say("監査")),
				url_path(visit->arena, "/audits"), url_path(visit->arena, "/audits/new"),
				say("計画を残す"));
	page->lead = text_of(say("何のために、どこを、どの条項について、いつ見るかを決めます。監査人は次の画面で決めます。"));
	audit_form_field(page, text_box(visit, "title", say("監査の名前"), "", T(""), true));
	audit_form_field(page, long_box(visit, "aim", say("目的"), "", T(""), true));
	audit_form_field(page, kind_box(visit));
	audit_form_field(page, day_box(visit, "since", say("始める日"), "", day_plus(visit->today, 14), true));
	audit_form_field(page, day_box(visit, "until", say("終える日"), "", day_plus(visit->today, 74), true));
	if (visit->office->pack->audit->themes_count != 0)
		audit_form_field(page, themes_box(visit));
	audit_form_field(page, text_box(visit, "clauses", say("ほかに見る条項"),
					say("条項の番号を空白で区切って書きます(例: 3.2.9.b 7.1.4.a)。"), T(""), false));
	TRY(unit_options(look, visit, &units, &count));
	audit_form_field(page, checks_box(visit, "units", text_of(say("対象の所属")),
					  text_of(say("選んだ所属と、その下のすべての所属が対象です。")), NULL, 0,
					  units, count));
	TRY(engagement_box(look, visit, &engagement));
	audit_form_field(page, engagement);
	return audit_form_draw(visit, page);
}

static size_t
typed_all(const struct visit *visit, const char *name, struct text *list, size_t most)
{
	const struct fields *fields = &visit->request->fields;
	size_t count = 0;
	for (size_t at = 0; at < fields->count && count < most; at++)
		if (text_is(fields->at[at].name, name) && fields->at[at].value.len != 0)
			list[count++] = fields->at[at].value;
	return count;
}

static size_t
cut_words(struct text words, struct text *list, size_t most)
{
	size_t count = 0;
	struct text one, rest = text_trim(words);
	while (rest.len != 0 && count < most) {
		if (!text_cut(rest, ' ', &one, &rest)) {
			one = rest;
			rest = T("");
		}
		if (one.len != 0)
			list[count++] = one;
		rest = text_trim(rest);
	}
	return count;
}

static struct error *
plan_do(struct act *act, struct visit *visit)
{
	struct text *themes = ARENA_ARRAY(visit->arena, struct text, AUDIT_MOST_ITEMS);
	struct text *clauses = ARENA_ARRAY(visit->arena, struct text, AUDIT_MOST_ITEMS);
	struct text *typed = ARENA_ARRAY(visit->arena, struct text, AUDIT_MOST_UNITS + 1);
	struct unit_id *units = ARENA_ARRAY(visit->arena, struct unit_id, AUDIT_MOST_UNITS + 1);
	struct audit_planning planning = { .title = audit_typed(visit, "title"),
					   .aim = audit_typed(visit, "aim"),
					   .themes = themes,
					   .clauses = clauses,
					   .units = units };
	struct audit_id id;
	TRY(audit_gate(&act->look, visit));
	(void)audit_kind_read(visit_text(visit, "kind"), &planning.kind);
	TRY(form_day(visit, "since", true, &planning.since));
	TRY(form_day(visit, "until", true, &planning.until));
	planning.themes_count = typed_all(visit, "themes", themes, AUDIT_MOST_ITEMS);
	planning.clauses_count = cut_words(text_replace(visit->arena, visit_text(visit, "clauses"), T("　"), T(" ")),
					   clauses, AUDIT_MOST_ITEMS);
	planning.units_count = typed_all(visit, "units", typed, AUDIT_MOST_UNITS + 1);
	for (size_t at = 0; at < planning.units_count; at++)
		if (!number_read(typed[at], 1, INT64_MAX, &units[at].no))
			return reject("units", "所属を選び直してください。");
	if (visit_text(visit, "engagement").len != 0)
		TRY(visit_number(visit, "engagement", &planning.engagement.no));
	TRY(audit_plan(act, visit->office->pack, &planning, &id));
	visit->go_to = audit_url(visit, id);
	visit->done = "audit-planned";
	return OK;
}

PAGE_ROWS(audit, { { METHOD_GET, "/audits" }, RIGHT_SELF, PAGE_LOOK, .look = audits_draw },
	  { { METHOD_GET, "/audits/points/csv" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = points_send },
	  { { METHOD_GET, "/audits/points/xlsx" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = points_send },
	  { { METHOD_GET, "/audits/new" }, RIGHT_SELF, PAGE_LOOK, .look = plan_draw },
	  { { METHOD_POST, "/audits/new" }, RIGHT_SELF, PAGE_ACT, .act = plan_do, .again = plan_draw });
