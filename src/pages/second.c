/* Secondment: who works for another body, or comes from one. Right: people.edit. */
#include "pages/people_pages.h"

static struct error *
second_draw(struct look *look, struct visit *visit)
{
	struct person person;
	const struct person_id id = { visit_id(visit, "id") };
	const struct field_option ways[] = {
		{ T("out"), text_of(secondment_words(SECONDMENT_OUT)) },
		{ T("in"), text_of(secondment_words(SECONDMENT_IN)) },
	};
	TRY(people_person(look, id, &person));
	struct second_page page = {
		.frame = visit_frame(visit, text_of(say("出向を入れる")), "people"),
		.tabs = people_tabs(visit, TAB_PEOPLE),
		.name = person.name,
		.csrf = visit->csrf,
		.action = url_of_number(visit->arena, "/people/{}/secondment", id.no),
		.back = person_url(visit, id),
		.way = radio_box(visit, "way", text_of(say("向き")), T(""), T("out"), true, ways, 2),
		.other = text_box(visit, "other", say("相手の団体"), say("例 香川県総務部、後期高齢者医療広域連合"),
				  T(""), true),
		.since = day_box(visit, "since", say("いつから"), "", DAY_NONE, true),
		.until = day_box(visit, "until", say("いつまで"),
				 say("決まっていないときは空のままにしてください。"), DAY_NONE, false),
	};
	TRY(main_end_offer(look, visit, id, say("いまの本務を終える"),
			   say("出向中もこちらの職を続けるときは外してください。出向受入れのときは関係ありません。"), &page.main));
	return visit_draw(visit, second_page, &page);
}

static struct error *
second_do(struct act *act, struct visit *visit)
{
	struct secondment_id made;
	struct error *faults = OK;
	struct secondment wanted = {
		.person = { visit_id(visit, "id") },
		.way = text_is(visit_text(visit, "way"), "in") ? SECONDMENT_IN : SECONDMENT_OUT,
		.other = text_trim(visit_text(visit, "other")),
	};
	if (wanted.other.len == 0)
		error_add(&faults, reject("other", "相手の団体の名前を入れてください。"));
	error_add(&faults, form_day(visit, "since", true, &wanted.since));
	error_add(&faults, form_day(visit, "until", false, &wanted.until));
	if (faults != OK)
		return faults;
	if (wanted.way == SECONDMENT_OUT)
		TRY(main_end_do(act, visit, wanted.person, wanted.since));
	TRY(people_secondment_add(act, &wanted, &made));
	visit->go_to = person_url(visit, wanted.person);
	visit->done = "saved";
	return OK;
}

static struct error *
find_one(struct look *look, struct visit *visit, struct secondment *found)
{
	struct secondment *list;
	size_t count;
	const int64_t wanted = visit_id(visit, "secondment");
	TRY(people_secondments(look, (struct person_id){ visit_id(visit, "id") }, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == wanted) {
			*found = list[at];
			return OK;
		}
	return missing("その出向は登録されていません。");
}

static struct error *
end_draw(struct look *look, struct visit *visit)
{
	struct secondment one;
	struct arena *arena = visit->arena;
	TRY(find_one(look, visit, &one));
	return ending_draw(
		visit, &(struct ending){
			       .title = N_("出向の終わりの日を決める"),
			       .name = text_format(arena, "%s　%.*s", secondment_words(one.way),
						   T_ARG(one.other)),
			       .words = N_("戻る職は、この日の次の日から「配属・異動を入れる」で登録してください。"),
			       .button = N_("終わりの日を記録する"),
			       .action = url_make(arena, "/people/{}/secondment/{}/end", 2,
						  ((struct text[]){
							  number_text(arena, one.person.no),
							  number_text(arena, one.id.no) })),
			       .back = person_url(visit, one.person),
			       .usual = day_is_none(one.until) ? day_fiscal_end(visit->today)
							       : one.until,
			       .tab = TAB_PEOPLE,
		       });
}

static struct error *
end_do(struct act *act, struct visit *visit)
{
	struct secondment one;
	struct day last;
	TRY(find_one(&act->look, visit, &one));
	TRY(form_day(visit, "last", true, &last));
	TRY(people_secondment_end(act, one.id, last));
	visit->go_to = person_url(visit, one.person);
	visit->done = "ended";
	return OK;
}

PAGE_ROWS(second,
	  { { METHOD_GET, "/people/{id}/secondment" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = second_draw },
	  { { METHOD_POST, "/people/{id}/secondment" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .act = second_do, .again = second_draw },
	  { { METHOD_GET, "/people/{id}/secondment/{secondment}/end" }, RIGHT_PEOPLE_EDIT,
	    PAGE_LOOK, .look = end_draw },
	  { { METHOD_POST, "/people/{id}/secondment/{secondment}/end" }, RIGHT_PEOPLE_EDIT,
	    PAGE_ACT, .act = end_do, .again = end_draw });
