/* Deputies (職務代理): who stands in for whom; naming and ending them. */
#include "pages/people_pages.h"

#include "base/number.h"

enum { FOUND_MOST = 12 };

/* ---- The list ---- */

static bool
is_party(const struct visit *visit, const struct deputy *deputy)
{
	const int64_t me = visit->session.person.no;
	return deputy->absent.no == me || deputy->deputy.no == me;
}

static bool
may_end(const struct visit *visit, const struct deputy *one)
{
	return visit_may(visit, RIGHT_PEOPLE_EDIT) || one->absent.no == visit->session.person.no;
}

static void
fill_row(struct visit *visit, const struct deputy *one, struct day day, struct deputies_rows *row)
{
	struct arena *arena = visit->arena;
	*row = (struct deputies_rows){
		.post = one->post_name,
		.unit = one->unit_name,
		.absent = one->absent_name,
		.deputy = one->deputy_name,
		.since = one->since,
		.until = one->until,
		.is_now = is_within(one->since, one->until, day),
		.may_end = one->until.no >= visit->today.no && may_end(visit, one),
		.absent_href = with_day(visit, url_of_number(arena, "/people/{}", one->absent.no), day),
		.deputy_href = with_day(visit, url_of_number(arena, "/people/{}", one->deputy.no), day),
		.ends = url_of_number(arena, "/deputies/{}/end", one->id.no),
	};
	/* Why somebody is away (an illness) is not everybody's business. */
	if (visit_may(visit, RIGHT_PEOPLE_EDIT) || is_party(visit, one))
		row->reason = one->reason;
}

static struct error *
deputies_draw(struct look *look, struct visit *visit)
{
	struct deputy *list;
	struct day day;
	size_t count;
	(void)shown_day(visit, &day);
	TRY(people_deputies(look, (struct person_id){ 0 }, day, &list, &count));
	struct deputies_page page = {
		.frame = visit_frame(visit, text_of(say("職務代理")), "people"),
		.tabs = people_tabs(visit, TAB_DEPUTIES),
		.may_add = visit_may(visit, RIGHT_APPLY),
		.as_of = as_of(visit, url_path(visit->arena, "/deputies"), NULL),
		.is_today = day.no == visit->today.no,
		.rows = ARENA_ARRAY(visit->arena, struct deputies_rows, count + 1),
	};
	for (size_t at = 0; at < count; at++)
		/* Of a day gone by: who stood in then, not who did later. */
		if (day.no >= visit->today.no || list[at].since.no <= day.no)
			fill_row(visit, &list[at], day, &page.rows[page.rows_count++]);
	return visit_draw(visit, deputies_page, &page);
}

/* ---- Naming one ---- */

/* Oneself, or for those who keep the staff, anybody. */
static struct error *
read_absent(const struct visit *visit, struct person_id *absent)
{
	int64_t number;
	*absent = visit->session.person;
	if (!number_read(visit_text(visit, "person"), 1, INT64_MAX, &number) ||
	    number == absent->no)
		return OK;
	if (!visit_may(visit, RIGHT_PEOPLE_EDIT))
		return refuse("ほかの人の職務代理を決められるのは、本人と、人事・組織の担当者だけです。");
	absent->no = number;
	return OK;
}

static struct error *
fill_posts(struct look *look, struct visit *visit, struct person_id absent,
	   struct deputy_form_page *page)
{
	struct assignment *list;
	size_t count, found = 0;
	struct arena *arena = visit->arena;
	TRY(people_assignments_of(look, absent, &list, &count));
	struct field_option *options = ARENA_ARRAY(arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++)
		if (is_within(list[at].since, list[at].until, visit->today))
			options[found++] = (struct field_option){
				number_text(arena, list[at].post.no),
				text_format(arena, "%.*s %.*s", T_ARG(list[at].unit_name),
					    T_ARG(list[at].post_name)),
			};
	page->has_posts = found != 0;
	page->post = radio_box(visit, "post", text_of(say("どの職を代理するか")), T(""),
			       found == 1 ? options[0].value : T(""), true, options, found);
	return OK;
}

static struct error *
fill_found(struct look *look, struct visit *visit, struct person_id absent,
	   struct deputy_form_page *page)
{
	struct person_row *rows;
	size_t count, found = 0;
	struct arena *arena = visit->arena;
	struct people_search search = { .words = page->words, .day = visit->today,
					.most = FOUND_MOST + 1 };
	/* Nothing asked yet: colleagues of the same unit are the likely ones. */
	if (page->words.len == 0)
		TRY(people_unit_of(look, absent, visit->today, &search.unit));
	TRY(people_search(look, &search, &rows, &count, &page->is_cut));
	struct field_option *options = ARENA_ARRAY(arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++)
		if (rows[at].id.no != absent.no && rows[at].unit.no != 0)
			options[found++] = (struct field_option){
				number_text(arena, rows[at].id.no),
				text_format(arena, "%.*s(%.*s %.*s)", T_ARG(rows[at].name),
					    T_ARG(rows[at].unit_name), T_ARG(rows[at].post_name)),
			};
	page->has_found = found != 0;
	page->deputy = radio_box(visit, "deputy", text_of(say("代理する人")), T(""), T(""), true,
				 options, found);
	return OK;
}

static struct error *
new_draw(struct look *look, struct visit *visit)
{
	struct person_id absent;
	TRY(read_absent(visit, &absent));
	struct deputy_form_page page = {
		.frame = visit_frame(visit, text_of(say("職務代理を決める")), "people"),
		.tabs = people_tabs(visit, TAB_DEPUTIES),
		.csrf = visit->csrf,
		.person = number_text(visit->arena, absent.no),
		.words = text_trim(visit_text(visit, "q")),
	};
	page.has_searched = page.words.len != 0;
	TRY(people_name(look, absent, &page.absent));
	TRY(fill_posts(look, visit, absent, &page));
	TRY(fill_found(look, visit, absent, &page));
	page.since = day_box(visit, "since", say("いつから"), "", visit->today, true);
	page.until = day_box(visit, "until", say("いつまで"), say("最長で1年です。早く終えることもできます。"),
			     DAY_NONE, true);
	page.reason = text_box(visit, "reason", say("理由"),
			       say("例 出張のため。本人、代理する人、人事・組織の担当者だけに見えます。"), T(""), true);
	return visit_draw(visit, deputy_form_page, &page);
}

static struct error *
new_do(struct act *act, struct visit *visit)
{
	struct deputy_id id;
	struct error *faults = OK;
	struct deputy deputy = { .reason = text_trim(visit_text(visit, "reason")) };
	TRY(read_absent(visit, &deputy.absent));
	if (!number_read(visit_text(visit, "deputy"), 1, INT64_MAX, &deputy.deputy.no))
		error_add(&faults, reject("deputy", "代理する人を選んでください。"));
	if (!number_read(visit_text(visit, "post"), 1, INT64_MAX, &deputy.post.no))
		error_add(&faults, reject("post", "どの職を代理するか選んでください。"));
	error_add(&faults, form_day(visit, "since", true, &deputy.since));
	error_add(&faults, form_day(visit, "until", true, &deputy.until));
	if (deputy.reason.len == 0)
		error_add(&faults, reject("reason", "理由を入れてください。例 出張のため"));
	if (faults != OK)
		return faults;
	if (deputy.absent.no != visit->session.person.no)
		TRY(visit_must_have_window(visit, RIGHT_PEOPLE_EDIT));
	TRY(people_deputy_add(act, visit->office->pack, &deputy, &id));
	visit->go_to = url_path(visit->arena, "/deputies");
	visit->done = "deputised";
	return OK;
}

/* ---- Ending one ---- */

static struct error *
find(struct look *look, struct visit *visit, struct deputy *found)
{
	struct deputy *list;
	size_t count;
	TRY(people_deputies(look, (struct person_id){ 0 }, visit->today, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == visit_id(visit, "id")) {
			*found = list[at];
			return OK;
		}
	return missing("その職務代理は、もう終わっているか、ありません。");
}

static struct error *
end_draw(struct look *look, struct visit *visit)
{
	struct deputy one = { 0 };
	struct arena *arena = visit->arena;
	TRY(find(look, visit, &one));
	if (!may_end(visit, &one))
		return refuse("職務代理を終えられるのは、本人か、職員と組織を編集する権限のある人だけです。");
	return ending_draw(
		visit, &(struct ending){
			       .title = N_("職務代理を終える"),
			       .name = text_format(arena, say("%.*s %.*s: %.*sさんの代理 %.*sさん"),
						   T_ARG(one.unit_name), T_ARG(one.post_name),
						   T_ARG(one.absent_name), T_ARG(one.deputy_name)),
			       .words = N_("いますぐ終えるときは、きのうの日付を入れてください。二人にお知らせが届きます。"),
			       .button = N_("職務代理を終える"),
			       .action = url_of_number(arena, "/deputies/{}/end", one.id.no),
			       .back = url_path(arena, "/deputies"),
			       .usual = visit->today,
			       .tab = TAB_DEPUTIES,
		       });
}

static struct error *
end_do(struct act *act, struct visit *visit)
{
	struct day last;
	struct deputy one;
	TRY(form_day(visit, "last", true, &last));
	TRY(find(&act->look, visit, &one));
	if (one.absent.no != visit->session.person.no)
		TRY(visit_must_have_window(visit, RIGHT_PEOPLE_EDIT));
	TRY(people_deputy_end(act, visit->office->pack, (struct deputy_id){ visit_id(visit, "id") },
			      last));
	visit->go_to = url_path(visit->arena, "/deputies");
	visit->done = "ended";
	return OK;
}

/* people_deputy_add() and _end() check themselves who may: the holder, or who has people.edit. */
PAGE_ROWS(deputy,
	  { { METHOD_GET, "/deputies" }, RIGHT_PEOPLE_READ, PAGE_LOOK, .look = deputies_draw },
	  { { METHOD_GET, "/deputies/new" }, RIGHT_PEOPLE_READ, PAGE_LOOK, .look = new_draw },
	  { { METHOD_POST, "/deputies/new" }, RIGHT_PEOPLE_READ, PAGE_ACT, .act = new_do,
	    .again = new_draw },
	  { { METHOD_GET, "/deputies/{id}/end" }, RIGHT_PEOPLE_READ, PAGE_LOOK, .look = end_draw },
	  { { METHOD_POST, "/deputies/{id}/end" }, RIGHT_PEOPLE_READ, PAGE_ACT, .act = end_do,
	    .again = end_draw });
