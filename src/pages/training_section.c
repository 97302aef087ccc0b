/* Who is missing, for those who look after them; and how many everywhere, without names. */
#include "pages/training_pages.h"

enum { ROWS_SHOWN = 200 };

/* ---- Tabs ---- */

static void
add_tab(struct training_tabs_part *tabs, const char *words, struct url href, bool is_here)
{
	tabs->tabs[tabs->tabs_count++] = (struct training_tabs_tabs){ text_of(words), href, is_here };
}

static struct error *
is_told(struct look *look, const struct visit *visit, bool *is)
{
	const struct pack_training *training = &visit->office->pack->training;
	struct held_role *held;
	size_t count;
	*is = false;
	TRY(people_roles_of(look, visit->office->pack, visit->session.person, visit->today, &held, &count));
	for (size_t at = 0; at < count; at++)
		for (size_t role = 0; role < training->tells_count; role++)
			*is |= held[at].role == training->tells[role];
	return OK;
}

struct error *
training_tabs(struct look *look, struct visit *visit, enum training_tab here,
	      const struct training_tabs_part **tabs)
{
	enum { TABS_MOST = 7 };
	struct arena *arena = visit->arena;
	struct training_tabs_part *made = ARENA_NEW(arena, struct training_tabs_part);
	bool keeps, told;
	TRY(training_may_keep(look, visit->office->pack, visit->session.person, &keeps));
	TRY(is_told(look, visit, &told));
	*tabs = NULL;
	if (!visit_may(visit, RIGHT_MAP_READ) && !visit_may(visit, RIGHT_DOSSIER_READ))
		return OK;
	made->tabs = ARENA_ARRAY(arena, struct training_tabs_tabs, TABS_MOST);
	add_tab(made, say("自分の研修"), url_path(arena, "/training"), here == TRAIN_MINE);
	if (visit_may(visit, RIGHT_DOSSIER_READ))
		add_tab(made, say("所属の受講状況"), url_path(arena, "/training/section"),
			here == TRAIN_SECTION);
	if (visit_may(visit, RIGHT_MAP_READ)) {
		add_tab(made, say("結果"), url_path(arena, "/training/results"), here == TRAIN_RESULTS);
		add_tab(made, say("計画"), url_path(arena, "/training/plan"), here == TRAIN_PLAN);
		add_tab(made, say("訓練メール"), url_path(arena, "/training/drills"),
			here == TRAIN_DRILLS);
	}
	if (keeps)
		add_tab(made, say("出席名簿"), url_path(arena, "/training/classes"),
			here == TRAIN_CLASSES);
	if (told)
		add_tab(made, say("不審なメールの報告"), url_path(arena, "/training/reports"),
			here == TRAIN_REPORTS);
	*tabs = made;
	return OK;
}

/* ---- Who is missing ---- */

struct missing {
	struct enrolment *list;
	size_t count;
};

static bool
is_in(const struct missing *missing, struct enrolment_id id)
{
	for (size_t at = 0; at < missing->count; at++)
		if (missing->list[at].id.no == id.no)
			return true;
	return false;
}

/* Of all units that the visitor reads, each person once. */
static struct error *
missing_of(struct look *look, struct visit *visit, size_t most, struct missing *missing)
{
	const struct reach *reach = &visit->rights.at[RIGHT_DOSSIER_READ];
	const struct text course = visit_text(visit, "course");
	const struct pack *pack = visit->office->pack;
	*missing = (struct missing){ .list = ARENA_ARRAY(visit->arena, struct enrolment, most + 1) };
	if (reach->is_all) {
		struct enrolment *list;
		TRY(training_missing(look, pack, (struct unit_id){ 0 }, course, most, &list,
				     &missing->count));
		missing->list = list;
		return OK;
	}
	for (size_t unit = 0; unit < reach->count && missing->count < most; unit++) {
		struct enrolment *list;
		size_t count;
		TRY(training_missing(look, pack, reach->units[unit], course, most - missing->count,
				     &list, &count));
		for (size_t at = 0; at < count; at++)
			if (!is_in(missing, list[at].id))
				missing->list[missing->count++] = list[at];
	}
	return OK;
}

static struct text
where_words(struct look *look, struct visit *visit)
{
	const struct reach *reach = &visit->rights.at[RIGHT_DOSSIER_READ];
	struct text words = T("");
	if (reach->is_all)
		return text_of(say("全体"));
	for (size_t at = 0; at < reach->count; at++) {
		struct unit unit;
		struct error *error = people_unit(look, reach->units[at], &unit);
		if (error == OK)
			words = at == 0 ? unit.name
					: text_format(visit->arena, say("%.*s、%.*s"), T_ARG(words),
						      T_ARG(unit.name));
	}
	return words;
}

static struct filter_part *
course_filter(struct visit *visit)
{
	const struct pack_training *training = &visit->office->pack->training;
	struct filter_part *filter = ARENA_NEW(visit->arena, struct filter_part);
	*filter = filter_of(visit, "course", say("研修"), say("すべて"), training->courses_count);
	for (size_t at = 0; at < training->courses_count; at++)
		if (training->courses[at].held != HELD_CALLED)
			filter_add(filter, training->courses[at].code,
				   words_now(training->courses[at].name));
	return filter;
}

static struct url
with_course(struct visit *visit, const char *ending)
{
	const struct text course = visit_text(visit, "course");
	const struct url to = text_is(text_of(ending), "csv")
				      ? url_path(visit->arena, "/training/section.csv")
				      : url_path(visit->arena, "/training/section.xlsx");
	return course.len != 0 ? url_query(visit->arena, to, "course", course) : to;
}

static void
fill_missing(struct visit *visit, const struct missing *missing, struct training_section_page *page)
{
	const struct text chosen = visit_text(visit, "id");
	const size_t shown = missing->count > ROWS_SHOWN ? ROWS_SHOWN : missing->count;
	page->rows = ARENA_ARRAY(visit->arena, struct training_section_rows, shown + 1);
	page->rows_count = shown;
	page->is_cut = missing->count > shown;
	for (size_t at = 0; at < missing->count; at++)
		page->late += missing->list[at].is_late;
	for (size_t at = 0; at < shown; at++) {
		const struct enrolment *one = &missing->list[at];
		const struct text id = number_text(visit->arena, one->id.no);
		page->rows[at] = (struct training_section_rows){
			id,	      one->number,  one->name,
			one->unit_name, course_words(one->course, one->code),
			one->due,     one->is_late, one->waits_for_passing_on,
			one->tries,   text_same(id, chosen) };
	}
}

static struct error *
section_draw(struct look *look, struct visit *visit)
{
	struct missing missing;
	struct field_part *why = ARENA_NEW(visit->arena, struct field_part);
	TRY(training_is_there(visit));
	TRY(missing_of(look, visit, TRAINING_MOST_LIST, &missing));
	*why = plain_box(visit, BOX_TEXT, "words", text_of(say("受けられない理由")),
			 text_of(say("例: 育児休業中(来年3月まで)")), T(""), true);
	struct training_section_page page = {
		.frame = visit_frame(visit, text_of(say("所属の受講状況")), "yearly"),
		.where = where_words(look, visit),
		.csrf = visit->csrf,
		.courses = course_filter(visit),
		.may_excuse = visit_may(visit, RIGHT_DECIDE),
		.missing = (int64_t)missing.count, /* at most TRAINING_MOST_LIST */
		.csv = with_course(visit, "csv"),
		.xlsx = with_course(visit, "xlsx"),
		.why = why,
		.fault = visit_fault(visit, T("id")),
	};
	TRY(training_tabs(look, visit, TRAIN_SECTION, &page.tabs));
	fill_missing(visit, &missing, &page);
	return visit_draw(visit, training_section_page, &page);
}

static struct error *
section_send(struct look *look, struct visit *visit)
{
	struct missing missing;
	const struct rows_column columns[] = {
		{ text_of(say("職員番号")), 14 }, { text_of(say("氏名")), 20 },
		{ text_of(say("所属")), 30 },	  { text_of(say("研修")), 30 },
		{ text_of(say("期限")), 14 },	  { text_of(say("期限切れ")), 10 },
	};
	TRY(training_is_there(visit));
	TRY(missing_of(look, visit, TRAINING_MOST_LIST, &missing));
	struct rows_out out = rows_begin(visit->arena, text_of(say("研修の未受講者")), columns,
					 sizeof columns / sizeof *columns, missing.count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < missing.count; at++) {
		const struct enrolment *one = &missing.list[at];
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(one->number);
		*cell++ = rows_words(one->name);
		*cell++ = rows_words(one->unit_name);
		*cell++ = rows_words(course_words(one->course, one->code));
		*cell++ = rows_words(day_iso(visit->arena, one->due));
		*cell = rows_words(one->is_late ? text_of(say("期限切れ")) : T(""));
	}
	return rows_send(look, visit, &out);
}

static struct error *
excuse_do(struct act *act, struct visit *visit)
{
	struct enrolment_id id = { 0 };
	struct enrolment enrolment;
	bool reaches;
	if (visit_text(visit, "id").len == 0)
		return reject("id", "免除する人を、表の左で選んでください。");
	TRY(visit_number(visit, "id", &id.no));
	TRY(training_enrolment(&act->look, visit->office->pack, id, &enrolment));
	TRY(rights_reach(&act->look, &visit->rights, RIGHT_DOSSIER_READ, enrolment.unit, &reaches));
	if (!reaches)
		return missing("その受講の記録はありません。");
	TRY(training_excuse(act, visit->office->pack, id, visit_text(visit, "words")));
	visit->go_to = url_path(visit->arena, "/training/section");
	visit->done = "course-excused";
	return OK;
}

/* ---- Figures ---- */

static struct day
year_begin(struct visit *visit)
{
	struct day day = visit->today;
	(void)day_make(day_fiscal_year(visit->today), 4, 1, &day);
	return day;
}

int64_t
training_rate(int64_t asked, int64_t passed, int64_t excused)
{
	return asked == 0 ? 0 : (passed + excused) * 100 / asked;
}

static void
add_course(struct training_results_page *page, const struct training_count *one)
{
	struct training_results_courses *row = NULL;
	const struct text name = course_words(one->course, one->code);
	for (size_t at = 0; at < page->courses_count; at++)
		if (text_same(page->courses[at].name, name))
			row = &page->courses[at];
	if (row == NULL) {
		row = &page->courses[page->courses_count++];
		*row = (struct training_results_courses){ .name = name };
	}
	row->asked += one->asked;
	row->passed += one->passed;
	row->excused += one->excused;
	row->late += one->late;
	row->rate = training_rate(row->asked, row->passed, row->excused);
}

static struct error *
results_draw(struct look *look, struct visit *visit)
{
	struct training_count *list;
	size_t count;
	TRY(training_is_there(visit));
	TRY(training_counts(look, visit->office->pack, year_begin(visit), &list, &count));
	struct training_results_page page = {
		.frame = visit_frame(visit, text_of(say("研修の結果")), "yearly"),
		.year = fiscal_wareki(visit->arena, day_fiscal_year(visit->today)),
		.csv = url_path(visit->arena, "/training/results.csv"),
		.xlsx = url_path(visit->arena, "/training/results.xlsx"),
		.courses = ARENA_ARRAY(visit->arena, struct training_results_courses, count + 1),
		.rows = ARENA_ARRAY(visit->arena, struct training_results_rows, count + 1),
		.rows_count = count,
	};
	TRY(training_tabs(look, visit, TRAIN_RESULTS, &page.tabs));
	for (size_t at = 0; at < count; at++) {
		add_course(&page, &list[at]);
		page.rows[at] = (struct training_results_rows){
			list[at].unit_name,
			course_words(list[at].course, list[at].code),
			list[at].asked,
			list[at].passed,
			list[at].excused,
			list[at].late,
			at == 0 || list[at - 1].unit.no != list[at].unit.no,
		};
	}
	return visit_draw(visit, training_results_page, &page);
}

static struct error *
results_send(struct look *look, struct visit *visit)
{
	struct training_count *list;
	size_t count;
	const struct rows_column columns[] = {
		{ text_of(say("所属")), 30 }, { text_of(say("研修")), 30 }, { text_of(say("対象")), 10 },
		{ text_of(say("済み")), 10 }, { text_of(say("免除")), 10 }, { text_of(say("期限切れ")), 10 },
	};
	TRY(training_is_there(visit));
	TRY(training_counts(look, visit->office->pack, year_begin(visit), &list, &count));
	struct rows_out out = rows_begin(visit->arena, text_of(say("研修の結果")), columns,
					 sizeof columns / sizeof *columns, count);
	out.said = moment_wareki(visit->arena, visit->now);
	for (size_t at = 0; at < count; at++) {
		struct rows_cell *cell = rows_next(&out);
		*cell++ = rows_words(list[at].unit_name);
		*cell++ = rows_words(course_words(list[at].course, list[at].code));
		*cell++ = rows_number(visit->arena, list[at].asked);
		*cell++ = rows_number(visit->arena, list[at].passed);
		*cell++ = rows_number(visit->arena, list[at].excused);
		*cell = rows_number(visit->arena, list[at].late);
	}
	return rows_send(look, visit, &out);
}

PAGE_ROWS(training_section,
	  { { METHOD_GET, "/training/section" }, RIGHT_DOSSIER_READ, PAGE_LOOK, .look = section_draw },
	  { { METHOD_GET, "/training/section.csv" }, RIGHT_DOSSIER_READ, PAGE_SLOW_LOOK,
	    .look = section_send },
	  { { METHOD_GET, "/training/section.xlsx" }, RIGHT_DOSSIER_READ, PAGE_SLOW_LOOK,
	    .look = section_send },
	  { { METHOD_POST, "/training/section/excuse" }, RIGHT_DECIDE, PAGE_ACT, .act = excuse_do,
	    .again = section_draw },
	  { { METHOD_GET, "/training/results" }, RIGHT_MAP_READ, PAGE_LOOK, .look = results_draw },
	  { { METHOD_GET, "/training/results.csv" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = results_send },
	  { { METHOD_GET, "/training/results.xlsx" }, RIGHT_MAP_READ, PAGE_SLOW_LOOK,
	    .look = results_send });
