/* What waits for the visitor, and what they may begin when it is needed. */
#include "pages/duty_pages.h"
#include "pages/dossier_parts.h"

#include "base/number.h"

static void
fill_rows(struct visit *visit, const struct duty_mine *mine, struct duty_mine_page *page)
{
	page->rows = ARENA_ARRAY(visit->arena, struct duty_mine_rows, mine->count + 1);
	page->rows_count = mine->count;
	for (size_t at = 0; at < mine->count; at++) {
		const struct duty_occurrence *one = &mine->list[at];
		page->rows[at] = (struct duty_mine_rows){
			.title = duty_title(visit->arena, one),
			.place = occurrence_place(one),
			.href = occurrence_url(visit->arena, one->id),
			.state = text_of(duty_state_words(one->state)),
			.tag = duty_tag(one->state),
			.due = one->due,
			.handed = one->handed.no == visit->session.person.no ? T("")
									      : one->handed_name,
		};
	}
}

/* Every box has its own name, so that what was typed comes back into the right one. */
static struct text
words_name(struct visit *visit, const struct pack_duty *duty, struct unit_id unit)
{
	return text_format(visit->arena, "words-%.*s-%lld", T_ARG(duty->code), (long long)unit.no);
}

static void
fill_needed(struct look *look, struct visit *visit, const struct duty_mine *mine,
	    struct duty_mine_page *page)
{
	page->needed = ARENA_ARRAY(visit->arena, struct duty_mine_needed, mine->needed_count + 1);
	page->needed_count = mine->needed_count;
	for (size_t at = 0; at < mine->needed_count; at++) {
		const struct pack_duty *duty = mine->needed[at];
		const struct unit_id unit = mine->needed_units[at];
		struct field_part *box = ARENA_NEW(visit->arena, struct field_part);
		*box = plain_box(visit, BOX_LONG,
				 text_z(visit->arena, words_name(visit, duty, unit)),
				 text_of(say("何が起きましたか")), T(""), T(""), true);
		page->needed[at] = (struct duty_mine_needed){
			.title = words_now(duty->name),
			.help = words_now(duty->help),
			.place = unit.no == 0 ? text_of(say("全庁")) : unit_name(look, unit.no),
			.action = url_of(visit->arena, "/duties/{}/begin", duty->code),
			.unit = text_format(visit->arena, "%lld", (long long)unit.no),
			.words = box,
		};
	}
}

static struct error *
duty_mine_draw(struct look *look, struct visit *visit)
{
	struct duty_mine mine;
	TRY(duty_mine(look, visit->office->flow, visit->session.person, visit->today, &mine));
	struct duty_mine_page page = {
		.frame = visit_frame(visit, text_of(say("くり返す仕事")), "yearly"),
		.late = mine.late,
		.may_year = visit_may(visit, RIGHT_MAP_READ),
		.csrf = visit->csrf,
	};
	fill_rows(visit, &mine, &page);
	fill_needed(look, visit, &mine, &page);
	return visit_draw(visit, duty_mine_page, &page);
}

static struct error *
begin_do(struct act *act, struct visit *visit)
{
	const struct pack_duty *duty =
		pack_duty(visit->office->pack, capture_text(visit->captures, "code"));
	int64_t unit;
	struct duty_id id;
	if (duty == NULL)
		return missing("その仕事は今の方針にありません。一覧から選んでください。");
	TRY(visit_number(visit, "unit", &unit));
	const char *box = text_z(visit->arena, words_name(visit, duty, (struct unit_id){ unit }));
	struct error *error = duty_begin(act, visit->office->flow,
					 &(struct duty_beginning){ .duty = duty,
								   .unit = { unit },
								   .words = visit_text(visit, box) },
					 &id);
	for (struct error *one = error; one != NULL; one = one->next)
		if (text_is(one->field, "words"))
			one->field = text_of(box);
	TRY(error);
	visit->go_to = occurrence_url(visit->arena, id);
	visit->done = "duty-begun";
	return OK;
}

PAGE_ROWS(duty_mine,
	  { { METHOD_GET, "/duties" }, RIGHT_SELF, PAGE_LOOK, .look = duty_mine_draw },
	  { { METHOD_POST, "/duties/{code:text}/begin" }, RIGHT_DECIDE, PAGE_ACT, .act = begin_do,
	    .again = duty_mine_draw });
