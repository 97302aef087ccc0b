/* Keeping staff: adding, correcting, assigning to a post, ending. Right: people.edit. */
#include "pages/people_pages.h"

#include "base/number.h"

/* ---- Adding and correcting ---- */

static struct text
person_stamp(struct visit *visit, const struct person *person)
{
	return stamp_of(visit,
			text_format(visit->arena, "%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%d\n%d\n%lld\n%lld",
				    T_ARG(person->number), T_ARG(person->family),
				    T_ARG(person->given), T_ARG(person->kana), T_ARG(person->mail),
				    (int)person->language, (int)person->employment, (long long)person->since.no,
				    (long long)person->until.no));
}

static struct field_part *
employment_box(struct visit *visit, enum employment stored)
{
	struct field_option options[EMPLOYMENTS];
	for (int at = 0; at < EMPLOYMENTS; at++)
		options[at] = (struct field_option){
			text_of(employment_code((enum employment)at)),
			text_of(employment_words((enum employment)at))
		};
	return radio_box(visit, "employment", text_of(say("任用の種別")),
			 text_of(say("派遣労働者と委託先の従事者は、「委託先」のページで委託と誓約を登録すると職に就けます。")),
			 text_of(employment_code(stored)), true, options, EMPLOYMENTS);
}

static void
fill_form(struct visit *visit, const struct person *person, struct person_form_page *page)
{
	const struct field_option languages[] = {
		{ T("ja"), text_of(say("日本語")) },
		{ T("en"), T("English") },
	};
	page->csrf = visit->csrf;
	page->number = text_box(visit, "number", say("職員番号"),
				say("先頭の0も、そのまま入れてください。"), person->number, true);
	page->family = text_box(visit, "family", say("姓"), say("姓と名を分けられないときは、ここに全部入れてください。"),
				person->family, true);
	page->given = text_box(visit, "given", say("名"), "", person->given, false);
	page->kana = text_box(visit, "kana", say("フリガナ"), say("一覧の並び順と、読みでの検索に使います。"),
			      person->kana, false);
	page->mail = text_box(visit, "mail", say("メールアドレス"),
			      say("知らせを送ります。ないときは画面のお知らせだけになります。"), person->mail, false);
	page->since = day_box(visit, "since", say("採用・着任の日"), "", person->since, false);
	page->employment = employment_box(visit, person->employment);
	page->until = day_box(visit, "until", say("任期の終わりの日"),
			      say("会計年度任用職員は必ず入れます(年度の末日まで)。定年まで続くときは空のままにします。"),
			      person->until, false);
	page->language = radio_box(visit, "language", text_of(say("知らせの言葉")), T(""),
				   person->language == LANGUAGE_EN ? T("en") : T("ja"), true,
				   languages, 2);
}

static struct error *
new_draw(struct look *look, struct visit *visit)
{
	(void)look;
	const struct person nobody = { .since = visit->today, .until = DAY_NONE };
	struct person_form_page page = {
		.frame = visit_frame(visit, text_of(say("職員を追加する")), "people"),
		.tabs = people_tabs(visit, TAB_PEOPLE),
		.title = text_of(say("職員を追加する")),
		.action = url_path(visit->arena, "/people/new"),
		.back = url_path(visit->arena, "/people"),
		.is_new = true,
	};
	fill_form(visit, &nobody, &page);
	return visit_draw(visit, person_form_page, &page);
}

static struct error *
edit_draw(struct look *look, struct visit *visit)
{
	struct person person;
	const struct person_id id = { visit_id(visit, "id") };
	TRY(people_person(look, id, &person));
	struct person_form_page page = {
		.frame = visit_frame(visit, person.name, "people"),
		.tabs = people_tabs(visit, TAB_PEOPLE),
		.title = text_format(visit->arena, say("%.*sさんの登録を直す"), T_ARG(person.name)),
		.was = person_stamp(visit, &person),
		.action = url_of_number(visit->arena, "/people/{}/edit", id.no),
		.back = person_url(visit, id),
	};
	fill_form(visit, &person, &page);
	return visit_draw(visit, person_form_page, &page);
}

static struct error *
read_form(struct visit *visit, struct person *person)
{
	struct error *faults = form_day(visit, "since", false, &person->since);
	error_add(&faults, form_day(visit, "until", false, &person->until));
	if (!employment_read(visit_text(visit, "employment"), &person->employment))
		error_add(&faults, reject("employment", "任用の種別を選んでください。"));
	person->number = text_trim(visit_text(visit, "number"));
	person->family = text_trim(visit_text(visit, "family"));
	person->given = text_trim(visit_text(visit, "given"));
	person->kana = text_trim(visit_text(visit, "kana"));
	person->mail = text_trim(visit_text(visit, "mail"));
	person->language = text_is(visit_text(visit, "language"), "en") ? LANGUAGE_EN : LANGUAGE_JA;
	if (person->number.len == 0)
		error_add(&faults, reject("number", "職員番号を入れてください。"));
	if (person->family.len == 0)
		error_add(&faults, reject("family", "姓を入れてください。"));
	return faults;
}

static struct error *
new_do(struct act *act, struct visit *visit)
{
	struct person person = { .until = DAY_NONE };
	struct person_id id;
	TRY(read_form(visit, &person));
	TRY(people_person_add(act, &person, &id));
	visit->go_to = person_url(visit, id);
	visit->done = "added";
	return OK;
}

static struct error *
edit_do(struct act *act, struct visit *visit)
{
	struct person person;
	const struct person_id id = { visit_id(visit, "id") };
	TRY(people_person(&act->look, id, &person));
	TRY(stamp_must_match(visit, person_stamp(visit, &person)));
	TRY(read_form(visit, &person));
	TRY(people_person_change(act, &person));
	visit->go_to = person_url(visit, id);
	visit->done = "changed";
	return OK;
}

/* ---- Leaving ---- */

static struct error *
end_draw(struct look *look, struct visit *visit)
{
	struct person person;
	const struct person_id id = { visit_id(visit, "id") };
	TRY(people_person(look, id, &person));
	return ending_draw(
		visit, &(struct ending){
			       .title = N_("退職を入れる"),
			       .name = person.name,
			       .words = N_("その日で、就いている職、職務代理、特別な権限がすべて終わり、サインインもできなくなります。これまでの記録は残ります。"),
			       .button = N_("退職を記録する"),
			       .action = url_of_number(visit->arena, "/people/{}/end", id.no),
			       .back = person_url(visit, id),
			       .usual = day_is_none(person.until) ? visit->today : person.until,
			       .tab = TAB_PEOPLE,
		       });
}

static struct error *
end_do(struct act *act, struct visit *visit)
{
	struct day last;
	const struct person_id id = { visit_id(visit, "id") };
	TRY(form_day(visit, "last", true, &last));
	TRY(people_person_end(act, id, last));
	visit->go_to = person_url(visit, id);
	visit->done = "ended";
	return OK;
}

/* ---- Assigning ---- */

static struct text
holders_of(struct visit *visit, struct post_id post, const struct assignment *list, size_t count)
{
	struct writer out = writer_open(visit->arena, 4096);
	for (size_t at = 0; at < count; at++) {
		if (list[at].post.no != post.no)
			continue;
		write_z(&out, writer_text(&out).len == 0 ? "" : "、");
		write_text(&out, list[at].person_name);
	}
	return writer_text(&out);
}

static struct error *
fill_posts(struct look *look, struct visit *visit, struct unit_id unit, struct day day,
	   struct person_assign_page *page)
{
	struct post *posts;
	struct assignment *held;
	size_t count, held_count;
	struct arena *arena = visit->arena;
	TRY(people_posts(look, unit, day, &posts, &count));
	TRY(people_assignments_in(look, unit, day, &held, &held_count));
	struct field_option *options = ARENA_ARRAY(arena, struct field_option, count + 1);
	for (size_t at = 0; at < count; at++) {
		const struct text names = holders_of(visit, posts[at].id, held, held_count);
		options[at].value = number_text(arena, posts[at].id.no);
		options[at].words = names.len == 0
					    ? text_format(arena, say("%.*s(だれもいません)"),
							  T_ARG(posts[at].name))
					    : text_format(arena, say("%.*s(%.*s)"),
							  T_ARG(posts[at].name), T_ARG(names));
	}
	page->has_posts = count != 0;
	page->post = radio_box(visit, "post", text_of(say("職")), T(""), T(""), true, options, count);
	return OK;
}

static void
fill_terms(struct visit *visit, struct day day, struct person_assign_page *page)
{
	const struct field_option kinds[] = {
		{ T("main"), text_of(say("本務")) },
		{ T("concurrent"), text_of(say("兼務")) },
		{ T("acting"), text_of(say("事務取扱")) },
		{ T("joint"), text_of(say("併任")) },
	};
	struct field_part *box = radio_box(visit, "main", text_of(say("本務・兼務")), T(""),
					   T("main"), true, kinds, 4);
	box->options[2].help = text_of(say("空席の職の仕事を、上司などが受け持つとき"));
	box->options[3].help = text_of(say("選挙管理委員会など、ほかの任命権者からも任命されたとき"));
	page->main_or_not = box;
	page->since = day_box(visit, "since", say("いつから"), "", day, true);
	page->until = day_box(visit, "until", say("いつまで"),
			      say("決まっていないときは空のままにしてください。"), DAY_NONE, false);
}

static struct error *
fill_units(struct look *look, struct visit *visit, struct unit_id chosen,
	   struct person_assign_page *page)
{
	struct field_option *options;
	TRY(unit_options(look, visit, &options, &page->units_count));
	page->unit = number_text(visit->arena, chosen.no);
	page->units = ARENA_ARRAY(visit->arena, struct person_assign_units, page->units_count + 1);
	for (size_t at = 0; at < page->units_count; at++)
		page->units[at] = (struct person_assign_units){
			.value = options[at].value,
			.words = options[at].words,
			.is_chosen = text_same(options[at].value, page->unit),
		};
	return OK;
}

static struct error *
fill_unit(struct look *look, struct visit *visit, struct day day,
	  struct person_assign_page *page)
{
	int64_t number = 0;
	struct unit unit;
	if (!number_read(visit_text(visit, "unit"), 1, INT64_MAX, &number))
		return fill_units(look, visit, (struct unit_id){ 0 }, page);
	TRY(people_unit_on(look, (struct unit_id){ number }, day, &unit));
	page->has_unit = true;
	page->unit_name = unit.name;
	page->unit_href = url_of_number(visit->arena, "/units/{}", unit.id.no);
	TRY(fill_posts(look, visit, unit.id, day, page));
	return fill_units(look, visit, unit.id, page);
}

static struct error *
assign_draw(struct look *look, struct visit *visit)
{
	struct person person;
	struct day day;
	struct arena *arena = visit->arena;
	(void)shown_day(visit, &day);
	const struct person_id id = { visit_id(visit, "id") };
	TRY(people_person(look, id, &person));
	struct person_assign_page page = {
		.frame = visit_frame(visit, text_of(say("配属・異動を入れる")), "people"),
		.tabs = people_tabs(visit, TAB_PEOPLE),
		.name = person.name,
		.csrf = visit->csrf,
		.ask = url_of_number(arena, "/people/{}/assign", id.no),
		.action = url_of_number(arena, "/people/{}/assign", id.no),
		.back = person_url(visit, id),
		.day = visit_text(visit, "day"),
	};
	TRY(main_end_offer(look, visit, id, say("いまの本務を終える(異動)"),
			   say("兼務を入れるだけのときは関係ありません。"), &page.main));
	TRY(fill_unit(look, visit, day, &page));
	fill_terms(visit, day, &page);
	return visit_draw(visit, person_assign_page, &page);
}

static struct error *
assign_do(struct act *act, struct visit *visit)
{
	struct assignment_id made;
	struct error *faults = OK;
	struct assignment wanted = {
		.person = { visit_id(visit, "id") },
	};
	if (!beside_read_words(visit_text(visit, "main"), &wanted.is_main, &wanted.beside))
		error_add(&faults, reject("main", "本務か兼務かなどを選んでください。"));
	if (!number_read(visit_text(visit, "post"), 1, INT64_MAX, &wanted.post.no))
		error_add(&faults, reject("post", "職を選んでください。"));
	error_add(&faults, form_day(visit, "since", true, &wanted.since));
	error_add(&faults, form_day(visit, "until", false, &wanted.until));
	if (faults != OK)
		return faults;
	if (wanted.is_main)
		TRY(main_end_do(act, visit, wanted.person, wanted.since));
	TRY(people_assign(act, &wanted, &made));
	visit->go_to = person_url(visit, wanted.person);
	visit->done = "assigned";
	return OK;
}

/* ---- Ending an assignment ---- */

static struct error *
find_assignment(struct look *look, struct visit *visit, struct assignment *found)
{
	struct assignment *list;
	size_t count;
	const int64_t wanted = visit_id(visit, "assignment");
	TRY(people_assignments_of(look, (struct person_id){ visit_id(visit, "id") }, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == wanted) {
			*found = list[at];
			return OK;
		}
	return missing("その配属はありません。");
}

static struct error *
assignment_end_draw(struct look *look, struct visit *visit)
{
	struct assignment one;
	struct arena *arena = visit->arena;
	TRY(find_assignment(look, visit, &one));
	return ending_draw(
		visit,
		&(struct ending){
			.title = N_("配属を終える"),
			.name = text_format(arena, "%.*s  %.*s %.*s", T_ARG(one.person_name),
					    T_ARG(one.unit_name), T_ARG(one.post_name)),
			.words = N_("この職に付いた役割も、その日で終わります。"),
			.button = N_("配属を終える"),
			.action = url_make(arena, "/people/{}/assignments/{}/end", 2,
					   ((struct text[]){ number_text(arena, one.person.no),
							     number_text(arena, one.id.no) })),
			.back = person_url(visit, one.person),
			.usual = day_is_none(one.until) ? visit->today : one.until,
			.tab = TAB_PEOPLE,
		});
}

static struct error *
assignment_end_do(struct act *act, struct visit *visit)
{
	struct assignment one;
	struct day last;
	TRY(find_assignment(&act->look, visit, &one));
	TRY(form_day(visit, "last", true, &last));
	TRY(people_assignment_end(act, one.id, last));
	visit->go_to = person_url(visit, one.person);
	visit->done = "ended";
	return OK;
}

PAGE_ROWS(person_edit,
	  { { METHOD_GET, "/people/new" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK, .look = new_draw },
	  { { METHOD_POST, "/people/new" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = new_do,
	    .again = new_draw },
	  { { METHOD_GET, "/people/{id}/edit" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK, .look = edit_draw },
	  { { METHOD_POST, "/people/{id}/edit" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = edit_do,
	    .again = edit_draw },
	  { { METHOD_GET, "/people/{id}/end" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK, .look = end_draw },
	  { { METHOD_POST, "/people/{id}/end" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = end_do,
	    .again = end_draw },
	  { { METHOD_GET, "/people/{id}/assign" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = assign_draw },
	  { { METHOD_POST, "/people/{id}/assign" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = assign_do,
	    .again = assign_draw },
	  { { METHOD_GET, "/people/{id}/assignments/{assignment}/end" }, RIGHT_PEOPLE_EDIT,
	    PAGE_LOOK, .look = assignment_end_draw },
	  { { METHOD_POST, "/people/{id}/assignments/{assignment}/end" }, RIGHT_PEOPLE_EDIT,
	    PAGE_ACT, .act = assignment_end_do, .again = assignment_end_draw });
