/* The plan of a 年度, and attendance lists of classes. */
#include "pages/training_pages.h"

#include "base/number.h"

/* ---- The plan ---- */

static int64_t
year_shown(struct visit *visit)
{
	int64_t year;
	if (number_read(visit_text(visit, "year"), 2000, 2200, &year))
		return year;
	return day_fiscal_year(visit->today);
}

static struct error *
fill_years(struct look *look, struct visit *visit, int64_t shown, struct training_plan_page *page)
{
	int64_t *years;
	size_t count;
	const int64_t now = day_fiscal_year(visit->today);
	TRY(training_years(look, &years, &count));
	page->years = ARENA_ARRAY(visit->arena, struct training_plan_years, count + 2);
	for (int64_t ahead = 1; ahead >= 0; ahead--)
		page->years[page->years_count++] = (struct training_plan_years){
			fiscal_wareki(visit->arena, (int)(now + ahead)), /* some 2,000 */
			url_query_number(visit->arena, url_path(visit->arena, "/training/plan"), "year",
					 now + ahead),
			shown == now + ahead };
	for (size_t at = 0; at < count && page->years_count < count + 2; at++)
		if (years[at] < now)
			page->years[page->years_count++] = (struct training_plan_years){
				fiscal_wareki(visit->arena, (int)years[at]),
				url_query_number(visit->arena, url_path(visit->arena, "/training/plan"),
						 "year", years[at]),
				shown == years[at] };
	return OK;
}

static struct text
typed_of(struct visit *visit, char prefix, struct text id, struct text stored)
{
	return visit_typed(visit, text_format(visit->arena, "%c-%.*s", prefix, T_ARG(id)).data, stored);
}

static void
fill_items(struct visit *visit, const struct training_item *list, size_t count,
	   struct training_plan_page *page)
{
	struct arena *arena = visit->arena;
	page->items = ARENA_ARRAY(arena, struct training_plan_items, count + 1);
	page->items_count = count;
	for (size_t at = 0; at < count; at++) {
		const struct training_item *one = &list[at];
		const struct text id = number_text(arena, one->id.no);
		page->items[at] = (struct training_plan_items){
			.id = id,
			.name = course_words(one->course, one->code),
			.audience = one->course != NULL ? words_now(one->course->audience->name) : T(""),
			.begins = one->begins,
			.due = one->due,
			.begins_typed = typed_of(visit, 'b', id, day_wareki_short(arena, one->begins)),
			.due_typed = typed_of(visit, 'd', id, day_wareki_short(arena, one->due)),
			.place = typed_of(visit, 'p', id, one->place),
			.is_open = page->may_keep && !one->is_opened,
			.is_class = one->course != NULL && one->course->is_class,
			.asked = one->asked,
			.passed = one->passed,
			.excused = one->excused,
			.late = one->late,
			.rate = training_rate(one->asked, one->passed, one->excused),
			.fault = visit_fault(visit, text_format(arena, "d-%.*s", T_ARG(id))),
		};
		page->has_open |= page->items[at].is_open;
		if (page->items[at].fault.len == 0)
			page->items[at].fault =
				visit_fault(visit, text_format(arena, "b-%.*s", T_ARG(id)));
	}
}

static void
fill_joining(struct visit *visit, struct training_plan_page *page)
{
	const struct pack_training *training = &visit->office->pack->training;
	page->joining =
		ARENA_ARRAY(visit->arena, struct training_plan_joining, training->courses_count + 1);
	for (size_t at = 0; at < training->courses_count; at++) {
		const struct pack_course *course = &training->courses[at];
		if (course->held != HELD_JOINING)
			continue;
		page->joining[page->joining_count++] = (struct training_plan_joining){
			words_now(course->name), words_now(course->audience->name), course->days,
			course->again };
	}
}

static struct error *
fill_plan(struct look *look, struct visit *visit, const struct training_plan *plan,
	  struct training_plan_page *page)
{
	struct training_item *items;
	size_t count;
	page->id = number_text(visit->arena, plan->id.no);
	page->change = number_text(visit->arena, plan->change);
	page->is_decided = plan->is_decided;
	page->decided = plan->decided;
	page->decided_by = plan->decided_name;
	page->reported = plan->reported;
	page->reported_where = plan->reported_where;
	page->day = day_box(visit, "day", say("報告した日"), "", visit->today, true);
	page->where = text_box(visit, "where", say("どこに報告したか"), say("例: ICT推進会議 第2回"), T(""),
			       true);
	TRY(training_items(look, visit->office->pack, plan->id, &items, &count));
	fill_items(visit, items, count, page);
	return training_uncovered(look, visit->office->pack, plan->id, &page->uncovered);
}

static struct error *
plan_draw(struct look *look, struct visit *visit)
{
	struct training_plan plan;
	const struct pack *pack = visit->office->pack;
	TRY(training_is_there(visit));
	const int64_t year = year_shown(visit);
	struct training_plan_page page = {
		.frame = visit_frame(visit, text_of(say("研修計画")), "yearly"),
		.year = fiscal_wareki(visit->arena, (int)year), /* 2000 to 2200 */
		.year_no = number_text(visit->arena, year),
		.csrf = visit->csrf,
		.action = url_path(visit->arena, "/training/plan/items"),
	};
	TRY(training_may_keep(look, pack, visit->session.person, &page.may_keep));
	TRY(training_may_decide(look, pack, visit->session.person, &page.may_decide));
	TRY(training_tabs(look, visit, TRAIN_PLAN, &page.tabs));
	TRY(fill_years(look, visit, year, &page));
	TRY(training_plan_of(look, year, &page.has_plan, &plan));
	if (page.has_plan)
		TRY(fill_plan(look, visit, &plan, &page));
	fill_joining(visit, &page);
	return visit_draw(visit, training_plan_page, &page);
}

static void
back_to(struct visit *visit, int64_t year, const char *done)
{
	visit->go_to = url_query_number(visit->arena, url_path(visit->arena, "/training/plan"), "year", year);
	visit->done = done;
}

static struct error *
make_do(struct act *act, struct visit *visit)
{
	struct training_plan_id id;
	int64_t year;
	TRY(visit_number(visit, "year", &year));
	TRY(training_plan_make(act, visit->office->pack, year, &id));
	back_to(visit, year, "saved");
	return OK;
}

/* A day that cannot be read, or that does not fit, is said beside its course. */
static struct error *
at_item(struct visit *visit, struct error *error, struct text id)
{
	if (error == OK || error->kind != ERROR_INVALID)
		return error;
	struct error *faults = OK;
	for (const struct error *one = error; one != NULL; one = one->next)
		error_add(&faults,
			  reject(text_format(visit->arena, "%s-%.*s",
					     text_is(one->field, "begins") ? "b" : "d", T_ARG(id))
					 .data,
				 "%.*s", T_ARG(one->words)));
	return faults;
}

static struct text
sent_of(struct visit *visit, char prefix, struct text id)
{
	return text_trim(
		visit_text(visit, text_format(visit->arena, "%c-%.*s", prefix, T_ARG(id)).data));
}

static struct error *
read_day(struct visit *visit, char prefix, struct text id, struct day stored, struct day *day)
{
	const struct text typed = sent_of(visit, prefix, id);
	*day = stored;
	if (typed.len == 0 || day_read(typed, day))
		return OK;
	return reject(text_format(visit->arena, "%c-%.*s", prefix, T_ARG(id)).data,
		      "日付が読めません。R8.6.1 か 2026-06-01 のように書いてください。");
}

static struct error *
set_item(struct act *act, struct visit *visit, const struct training_item *one)
{
	struct day begins, due;
	const struct text id = number_text(visit->arena, one->id.no);
	const struct text place = sent_of(visit, 'p', id);
	TRY(read_day(visit, 'b', id, one->begins, &begins));
	TRY(read_day(visit, 'd', id, one->due, &due));
	if (begins.no == one->begins.no && due.no == one->due.no && text_same(place, one->place))
		return OK;
	return at_item(visit, training_item_set(act, visit->office->pack, one->id, begins, due, place), id);
}

static struct error *
items_do(struct act *act, struct visit *visit)
{
	struct training_plan_id id;
	struct training_plan plan;
	struct training_item *items;
	struct error *faults = OK;
	size_t count;
	TRY(must_keep_training(&act->look, visit));
	TRY(visit_number(visit, "id", &id.no));
	TRY(training_plan(&act->look, id, &plan));
	TRY(training_items(&act->look, visit->office->pack, id, &items, &count));
	for (size_t at = 0; at < count; at++)
		if (!items[at].is_opened)
			error_add(&faults, set_item(act, visit, &items[at]));
	TRY(faults);
	back_to(visit, plan.year, "saved");
	return OK;
}

static struct error *
decide_do(struct act *act, struct visit *visit)
{
	struct training_plan_id id;
	struct training_plan plan;
	int64_t change;
	TRY(visit_number(visit, "id", &id.no));
	TRY(visit_number(visit, "change", &change));
	TRY(training_plan(&act->look, id, &plan));
	TRY(training_plan_decide(act, visit->office->pack, id, change));
	back_to(visit, plan.year, "plan-decided");
	return OK;
}

static struct error *
report_do(struct act *act, struct visit *visit)
{
	struct training_plan_id id;
	struct training_plan plan;
	struct day day;
	TRY(visit_number(visit, "id", &id.no));
	TRY(form_day(visit, "day", true, &day));
	TRY(training_plan(&act->look, id, &plan));
	TRY(training_plan_report(act, visit->office->pack, id, day, visit_text(visit, "where")));
	back_to(visit, plan.year, "saved");
	return OK;
}

/* ---- Classes ---- */

static struct field_part *
class_box(struct visit *visit)
{
	const struct pack_training *training = &visit->office->pack->training;
	struct field_option *options =
		ARENA_ARRAY(visit->arena, struct field_option, training->courses_count + 1);
	size_t count = 0;
	for (size_t at = 0; at < training->courses_count; at++)
		if (training->courses[at].is_class)
			options[count++] = (struct field_option){ training->courses[at].code,
								  words_now(training->courses[at].name) };
	return count == 0 ? NULL
			  : select_box(visit, "course", text_of(say("研修")), T(""), options[0].value, true,
				       options, count);
}

static struct error *
fill_classes(struct look *look, struct visit *visit, struct training_classes_page *page)
{
	struct class_held *list;
	size_t count;
	TRY(training_classes(look, visit->office->pack, &list, &count));
	page->classes = ARENA_ARRAY(visit->arena, struct training_classes_classes, count + 1);
	page->classes_count = count;
	for (size_t at = 0; at < count; at++)
		page->classes[at] = (struct training_classes_classes){
			course_words(list[at].course, list[at].code), list[at].held, list[at].place,
			list[at].attended, list[at].stood_in };
	return OK;
}

static struct error *
classes_draw(struct look *look, struct visit *visit)
{
	struct field_part *list = ARENA_NEW(visit->arena, struct field_part);
	TRY(must_keep_training(look, visit));
	*list = plain_box(visit, BOX_LONG, "list", text_of(say("出席した人")),
			  text_of(say("一行に一人。職員番号か氏名。代わりの人が出たときは「12345,代理,23456」のように、出た人を後に書きます。")),
			  T(""), false);
	struct training_classes_page page = {
		.frame = visit_frame(visit, text_of(say("出席名簿")), "yearly"),
		.csrf = visit->csrf,
		.course = class_box(visit),
		.held = day_box(visit, "held", say("開いた日"), "", visit->today, true),
		.place = text_box(visit, "place", say("場所"), "", T(""), false),
		.list = list,
	};
	TRY(training_tabs(look, visit, TRAIN_CLASSES, &page.tabs));
	TRY(fill_classes(look, visit, &page));
	return visit_draw(visit, training_classes_page, &page);
}

static struct error *
list_typed(struct visit *visit, struct text *typed)
{
	const struct field *file = request_file(visit->request, "file");
	size_t bad_at;
	*typed = visit_text(visit, "list");
	if (file == NULL || file->value.len == 0)
		return OK;
	*typed = file->value;
	if (text_starts(*typed, T("\xef\xbb\xbf")))
		*typed = text_from(*typed, 3);
	if (!text_is_utf8(*typed, &bad_at))
		return reject("list", "ファイルの文字コードがUTF-8ではありません。Excelでは「CSV UTF-8」で保存するか、内容を貼り付けてください。");
	return OK;
}

static struct error *
class_do(struct act *act, struct visit *visit)
{
	const struct pack_course *course = pack_course(visit->office->pack, visit_text(visit, "course"));
	struct attendance *list;
	struct text typed;
	struct day held;
	size_t count;
	int64_t id;
	TRY(must_keep_training(&act->look, visit));
	if (course == NULL || !course->is_class)
		return reject("course", "集合研修を選んでください。");
	TRY(form_day(visit, "held", true, &held));
	TRY(list_typed(visit, &typed));
	TRY(attendance_read(&act->look, typed, &list, &count));
	TRY(training_class(act, visit->office->pack, course, held, visit_text(visit, "place"), list, count,
			   &id));
	visit->go_to = url_path(visit->arena, "/training/classes");
	visit->done = "class-kept";
	return OK;
}

PAGE_ROWS(training_plan,
	  { { METHOD_GET, "/training/plan" }, RIGHT_MAP_READ, PAGE_LOOK, .look = plan_draw },
	  { { METHOD_POST, "/training/plan/make" }, RIGHT_DECIDE, PAGE_ACT, .act = make_do,
	    .again = plan_draw },
	  { { METHOD_POST, "/training/plan/items" }, RIGHT_DECIDE, PAGE_ACT, .act = items_do,
	    .again = plan_draw },
	  { { METHOD_POST, "/training/plan/decide" }, RIGHT_DECIDE, PAGE_ACT, .act = decide_do,
	    .again = plan_draw },
	  { { METHOD_POST, "/training/plan/report" }, RIGHT_DECIDE, PAGE_ACT, .act = report_do,
	    .again = plan_draw },
	  { { METHOD_GET, "/training/classes" }, RIGHT_DECIDE, PAGE_LOOK, .look = classes_draw },
	  { { METHOD_POST, "/training/classes" }, RIGHT_DECIDE, PAGE_ACT, .act = class_do,
	    .again = classes_draw, .body = BODY_UPLOAD });
