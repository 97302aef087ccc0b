/* Erasing a person's data: what goes, what stays, and the staff number typed to confirm. */
#include "pages/people_pages.h"

#include "access/access.h"
#include "inventory/inventory.h"
#include "people/erase.h"

static void
fill_form(struct visit *visit, struct person_erase_page *page)
{
	struct field_option options[ERASURE_BASES];
	for (int at = 0; at < ERASURE_BASES; at++)
		options[at] = (struct field_option){
			text_of(erasure_basis_code((enum erasure_basis)at)),
			text_of(erasure_basis_words((enum erasure_basis)at)),
		};
	page->basis = radio_box(visit, "basis", text_of(say("消去の根拠")),
				text_of(say("記録簿に残ります。")), T(""), true, options,
				ERASURE_BASES);
	page->typed = text_box(visit, "number", say("確かめのため、この職員の職員番号"),
			       say("上に書いてある番号を、そのまま入れてください。"), T(""), true);
}

/* What stands against it is said, not an error of this page. */
static void
fill_against(struct visit *visit, const struct error *faults, struct person_erase_page *page)
{
	page->against = ARENA_ARRAY(visit->arena, struct person_erase_against,
				    error_count(faults) + 1);
	for (; faults != NULL; faults = faults->next)
		page->against[page->against_count++].words =
			text_copy(visit->arena, faults->words);
}

static struct error *
erase_draw(struct look *look, struct visit *visit)
{
	struct person person;
	const struct person_id id = { visit_id(visit, "id") };
	TRY(people_person(look, id, &person));
	struct error *faults = inventory_erasable(look, id);
	if (faults != OK && faults->kind != ERROR_REFUSED && faults->kind != ERROR_CONFLICT)
		return faults;
	struct person_erase_page page = {
		.frame = visit_frame(visit, text_of(say("個人データを消去する")), "people"),
		.tabs = people_tabs(visit, TAB_PEOPLE),
		.csrf = visit->csrf,
		.name = person.name,
		.number = text_format(visit->arena, say("職員番号 %.*s"), T_ARG(person.number)),
		.copies_until = day_plus(visit->today, ERASURE_COPY_DAYS),
		.action = url_of_number(visit->arena, "/people/{}/erase", id.no),
		.back = person_url(visit, id),
	};
	fill_against(visit, faults, &page);
	fill_form(visit, &page);
	return visit_draw(visit, person_erase_page, &page);
}

static struct error *
erase_do(struct act *act, struct visit *visit)
{
	struct erasing erasing = { .person = { visit_id(visit, "id") },
				   .number = visit_text(visit, "number") };
	struct error *faults = OK;
	if (!erasure_basis_read(visit_text(visit, "basis"), &erasing.basis))
		error_add(&faults, reject("basis", "消去の根拠を選んでください。"));
	if (text_is_blank(erasing.number))
		error_add(&faults, reject("number", "職員番号を入れてください。"));
	if (faults != OK)
		return faults;
	TRY(access_person_erase(act, erasing.person));
	TRY(inventory_person_erase(act, &erasing));
	visit->go_to = person_url(visit, erasing.person);
	visit->done = "erased";
	return OK;
}

PAGE_ROWS(person_erase,
	  { { METHOD_GET, "/people/{id}/erase" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = erase_draw },
	  { { METHOD_POST, "/people/{id}/erase" }, RIGHT_PEOPLE_EDIT, PAGE_ACT, .act = erase_do,
	    .again = erase_draw, .proof = PROOF_FRESH });
