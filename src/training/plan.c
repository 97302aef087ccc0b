/* The plan of a 年度: its courses and days, deciding it, and reporting what came of it. */
#include "training/rooms.h"

enum { YEARS_MOST = 50, ITEMS_MOST = 200 };

/* ---- May they? ---- */

static struct error *
holds(struct look *look, const struct pack *pack, const struct pack_role *const *roles, size_t roles_count,
      struct person_id person, bool *does)
{
	struct held_role *held;
	size_t count;
	*does = false;
	if (!pack->training.is_there || person.no == 0)
		return OK;
	TRY(people_roles_of(look, pack, person, moment_day(look->now), &held, &count));
	for (size_t at = 0; at < count; at++)
		for (size_t role = 0; role < roles_count; role++)
			*does |= held[at].role == roles[role];
	return OK;
}

struct error *
training_may_keep(struct look *look, const struct pack *pack, struct person_id person, bool *may)
{
	return holds(look, pack, &pack->training.keeps, 1, person, may);
}

struct error *
training_may_decide(struct look *look, const struct pack *pack, struct person_id person, bool *may)
{
	return holds(look, pack, &pack->training.decides, 1, person, may);
}

struct error *
training_may_name(struct look *look, const struct pack *pack, struct person_id person, bool *may)
{
	return holds(look, pack, pack->training.names, pack->training.names_count, person, may);
}

static struct error *
must_hold(struct act *act, const struct pack *pack, const struct pack_role *role)
{
	if (!pack->training.is_there)
		return refuse("この方針には研修の決まり(training.yaml)がありません。");
	return people_must_hold(act, role, (struct unit_id){ 0 }, (struct person_id){ 0 }, NULL);
}

struct error *
must_keep(struct act *act, const struct pack *pack)
{
	return must_hold(act, pack, pack->training.keeps);
}

/* ---- Reading ---- */

struct error *
training_plan(struct look *look, struct training_plan_id id, struct training_plan *plan)
{
	struct training_plan_get_row row;
	bool found;
	TRY(training_plan_get(look, &(struct training_plan_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その研修計画はありません。");
	*plan = (struct training_plan){
		.id = { row.id },
		.year = row.year,
		.is_decided = text_is(row.state, "decided"),
		.made = { row.made },
		.decided = { row.decided },
		.decided_by = { row.decided_by },
		.decided_name = row.decided_name,
		.decided_role = row.decided_role,
		.reported = row.reported == 0 ? DAY_NONE : (struct day){ row.reported },
		.reported_where = row.reported_where,
		.change = row.change,
	};
	return OK;
}

struct error *
training_plan_of(struct look *look, int64_t year, bool *found, struct training_plan *plan)
{
	struct training_plan_by_year_row row;
	TRY(training_plan_by_year(look, &(struct training_plan_by_year_in){ year }, found, &row));
	return *found ? training_plan(look, (struct training_plan_id){ row.id }, plan) : OK;
}

struct error *
training_years(struct look *look, int64_t **years, size_t *count)
{
	struct training_plan_years_row *rows;
	TRY(training_plan_years(look, &(struct training_plan_years_in){ YEARS_MOST }, &rows, count));
	*years = ARENA_ARRAY(look->arena, int64_t, *count + 1);
	for (size_t at = 0; at < *count; at++)
		(*years)[at] = rows[at].year;
	return OK;
}

/* Of a year that is over, who served on its last day. */
static struct error *
count_item(struct look *look, int64_t year, struct training_item *item)
{
	struct training_item_count_row row;
	struct day since, until;
	const struct day today = moment_day(look->now);
	if (!day_make((int)year, 4, 1, &since)) /* some 2,000 */
		return broken("研修計画の年度%lldが分かりません。", (long long)year);
	until = day_fiscal_end(since);
	TRY(training_item_count(look,
				&(struct training_item_count_in){
					.course = item->code,
					.since = since.no,
					.until = until.no,
					.day = today.no < until.no ? today.no : until.no,
					.today = today.no,
				},
				&row));
	item->asked = row.asked;
	item->passed = row.passed;
	item->excused = row.excused;
	item->open = row.waiting;
	item->late = row.late;
	return OK;
}

struct error *
training_items(struct look *look, const struct pack *pack, struct training_plan_id id,
	       struct training_item **list, size_t *count)
{
	struct training_item_list_row *rows;
	struct training_plan plan;
	TRY(training_plan(look, id, &plan));
	TRY(training_item_list(look, &(struct training_item_list_in){ id.no, ITEMS_MOST }, &rows, count));
	*list = ARENA_ARRAY(look->arena, struct training_item, *count + 1);
	for (size_t at = 0; at < *count; at++) {
		(*list)[at] = (struct training_item){
			.id = { rows[at].id },
			.plan = { rows[at].plan },
			.course = pack_course(pack, rows[at].course),
			.code = rows[at].course,
			.place = rows[at].place,
			.begins = { rows[at].begins },
			.due = { rows[at].due },
			.is_opened = rows[at].opened != 0,
		};
		TRY(count_item(look, plan.year, &(*list)[at]));
	}
	return OK;
}

/* ---- Whom no course is for ---- */


static struct error *
members(struct look *look, const struct pack_audience *audience, bool *is_covered, size_t most)
{
	struct training_members_row *rows;
	size_t roles, count;
	const struct day today = moment_day(look->now);
	const struct text *role = roles_asked(look->arena, audience, &roles);
	for (size_t at = 0; at < roles; at++) {
		int64_t after = 0;
		do {
			TRY(training_members(
				look,
				&(struct training_members_in){
					role[at], employments_of(look->arena, audience),
					served_since(audience, today), 0, today.no, after, PAGE_MOST },
				&rows, &count));
			for (size_t i = 0; i < count; i++) {
				after = rows[i].person;
				if ((size_t)after < most) /* ids are not negative */
					is_covered[after] = true;
			}
		} while (count == PAGE_MOST);
	}
	return OK;
}

static struct error *
cover(struct look *look, const struct pack *pack, struct training_plan_id id, bool *is_covered,
      size_t most)
{
	struct training_item *items;
	size_t count;
	TRY(training_items(look, pack, id, &items, &count));
	for (size_t at = 0; at < count; at++)
		if (items[at].course != NULL && items[at].course->audience != NULL)
			TRY(members(look, items[at].course->audience, is_covered, most));
	return OK;
}

struct error *
training_uncovered(struct look *look, const struct pack *pack, struct training_plan_id id,
		   int64_t *people)
{
	enum { PERSONS_MOST = 1000000 };
	const struct pack_audience all = { 0 };
	bool *is_there = ARENA_ARRAY(look->arena, bool, PERSONS_MOST);
	bool *is_covered = ARENA_ARRAY(look->arena, bool, PERSONS_MOST);
	TRY(members(look, &all, is_there, PERSONS_MOST));
	TRY(cover(look, pack, id, is_covered, PERSONS_MOST));
	*people = 0;
	for (size_t at = 0; at < PERSONS_MOST; at++)
		*people += is_there[at] && !is_covered[at];
	return OK;
}

/* ---- Acts ---- */

static struct day
year_begin(int64_t year)
{
	struct day day = DAY_NONE;
	(void)day_make((int)year, 4, 1, &day); /* bounded by the caller */
	return day;
}

/* The first working day of the month, in that 年度. */
static struct day
usual_begin(int64_t year, int64_t month)
{
	struct day day = DAY_NONE;
	(void)day_make((int)(month >= 4 ? year : year + 1), (int)month, 1, &day); /* 1 to 12 */
	while (day_is_holiday(day))
		day = day_plus(day, 1);
	return day;
}

static struct error *
add_item(struct act *act, int64_t plan, int64_t year, const struct pack_course *course)
{
	int64_t id;
	const struct day begins = usual_begin(year, course->month);
	const struct day end = day_fiscal_end(begins);
	struct day due = day_plus(begins, course->days - 1);
	if (due.no > end.no)
		due = end;
	TRY(act_number(act, T("training-item"), &id));
	return training_item_add(act, &(struct training_item_add_in){ id, plan, course->code,
								      begins.no, due.no });
}

struct error *
training_plan_make(struct act *act, const struct pack *pack, int64_t year,
		   struct training_plan_id *id)
{
	struct training_plan_by_year_row row;
	int64_t items = 0;
	bool found;
	TRY(must_keep(act, pack));
	if (year < 2000 || year > 2200)
		return reject("year", "年度が読めません。");
	TRY(training_plan_by_year(&act->look, &(struct training_plan_by_year_in){ year }, &found, &row));
	if (found)
		return conflict("%.*sの研修計画は、もうあります。", T_ARG(fiscal_wareki(act->look.arena, (int)year)));
	TRY(act_number(act, T("training-plan"), &id->no));
	TRY(training_plan_add(act, &(struct training_plan_add_in){ id->no, year, act->look.now.ms,
								   act->actor.person }));
	for (size_t at = 0; at < pack->training.courses_count; at++) {
		if (pack->training.courses[at].held != HELD_YEARLY)
			continue;
		TRY(add_item(act, id->no, year, &pack->training.courses[at]));
		items++;
	}
	return note_training(act, "training.plan", about_training(act->look.arena, "training-plan", id->no),
			     (struct fact_pair[]){ { "courses", { 0 }, items },
						   { "year", { 0 }, year },
						   { NULL } });
}

static struct error *
check_days(struct act *act, const struct training_plan *plan, struct day begins, struct day due)
{
	const struct day first = year_begin(plan->year);
	const struct day last = day_fiscal_end(first);
	struct error *faults = OK;
	if (begins.no < first.no || begins.no > last.no)
		error_add(&faults, reject("begins", "始める日は%.*sの中の日にしてください。",
					  T_ARG(fiscal_wareki(act->look.arena, (int)plan->year))));
	if (due.no < begins.no || due.no > last.no)
		error_add(&faults, reject("due", "期限は、始める日から年度の終わりまでの日にしてください。"));
	return faults;
}

struct error *
training_item_set(struct act *act, const struct pack *pack, struct training_item_id id,
		  struct day begins, struct day due, struct text place)
{
	struct training_item_get_row row;
	struct training_plan plan;
	bool found;
	TRY(must_keep(act, pack));
	TRY(training_item_get(&act->look, &(struct training_item_get_in){ id.no }, &found, &row));
	if (!found)
		return missing("その研修は計画にありません。");
	TRY(training_plan(&act->look, (struct training_plan_id){ row.plan }, &plan));
	if (row.opened != 0)
		return conflict("この研修は、もう始まっています。日を変えることはできません。");
	TRY(check_days(act, &plan, begins, due));
	if (text_count(place) > TRAINING_MOST_WORDS)
		return reject("place", "%d文字までにしてください。", TRAINING_MOST_WORDS);
	TRY(training_item_change(act, &(struct training_item_change_in){ id.no, begins.no, due.no,
									 text_trim(place) }));
	TRY(training_plan_touch(act, &(struct training_plan_touch_in){ plan.id.no }));
	return note_training(act, "training.item",
			     about_training(act->look.arena, "training-plan", plan.id.no),
			     (struct fact_pair[]){ { "begins", day_iso(act->look.arena, begins), 0 },
						   { "course", row.course, 0 },
						   { "due", day_iso(act->look.arena, due), 0 },
						   { NULL } });
}

struct error *
training_plan_decide(struct act *act, const struct pack *pack, struct training_plan_id id,
		     int64_t change)
{
	struct training_plan plan;
	TRY(must_hold(act, pack, pack->training.decides));
	TRY(training_plan(&act->look, id, &plan));
	if (plan.is_decided)
		return conflict("この計画は、もう決まっています。");
	if (plan.change != change)
		return conflict("計画が変わっています。画面を開き直して、もう一度確かめてください。");
	TRY(training_plan_set_decided(act, &(struct training_plan_set_decided_in){
						   id.no, act->look.now.ms, act->actor.person,
						   act->actor.role }));
	return note_training(act, "training.decide",
			     about_training(act->look.arena, "training-plan", id.no),
			     (struct fact_pair[]){ { "year", { 0 }, plan.year }, { NULL } });
}

struct error *
training_plan_report(struct act *act, const struct pack *pack, struct training_plan_id id,
		     struct day day, struct text where)
{
	struct training_plan plan;
	TRY(must_keep(act, pack));
	TRY(training_plan(&act->look, id, &plan));
	if (!plan.is_decided)
		return conflict("計画が決まってから報告してください。");
	if (day.no > moment_day(act->look.now).no)
		return reject("day", "報告した日は、今日までの日にしてください。");
	if (text_is_blank(where) || text_count(where) > TRAINING_MOST_WORDS)
		return reject("where", "どこに報告したかを書いてください(例 ICT推進会議 第2回)。");
	TRY(training_plan_set_reported(
		act, &(struct training_plan_set_reported_in){ id.no, day.no, text_trim(where) }));
	return note_training(act, "training.report",
			     about_training(act->look.arena, "training-plan", id.no),
			     (struct fact_pair[]){ { "day", day_iso(act->look.arena, day), 0 },
						   { "year", { 0 }, plan.year },
						   { NULL } });
}
