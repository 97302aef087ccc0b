/* Privileged windows: beginning one with its reason, ending it, and the list of all for auditors. */
#include "pages/people_pages.h"

#include "people/window.h"

#include "base/number.h"

enum { WINDOWS_PAGE = 30, MINUTE_MS = 60000, USUAL_MINUTES = 30 };

struct error *
visit_read_window(struct look *look, struct visit *visit)
{
	if (!visit->has_session || !rights_need_any_window(&visit->rights))
		return OK;
	TRY(people_window_minutes(look, visit->office->pack, &visit->window_most));
	if (visit->window_most == 0)
		return OK;
	visit->window = ARENA_NEW(visit->arena, struct window);
	bool found;
	TRY(people_window_of(look, visit->session.id, &found, visit->window));
	if (!found)
		visit->window = NULL;
	return OK;
}

bool
visit_lacks_window(const struct visit *visit, enum right right)
{
	return visit->window_most != 0 && visit->window == NULL &&
	       visit->rights.at[right].needs_window;
}

struct error *
visit_must_have_window(const struct visit *visit, enum right right)
{
	if (!visit_lacks_window(visit, right))
		return OK;
	return refuse("この操作は、特権を使う時間の中でだけ行えます。画面の上の「特権を使う」から、理由を書いて始めてください。");
}

void
frame_window(const struct visit *visit, struct frame_part *frame)
{
	if (!visit->has_session || visit->session.must_change || visit->window_most == 0)
		return;
	frame->offers_window = visit->window == NULL;
	frame->privileges = url_path(visit->arena, "/privileges");
	if (visit->request->method == METHOD_GET)
		frame->privileges = url_query(visit->arena, frame->privileges, "next",
					      visit->request->raw_target);
	frame->asks_window = visit->row != NULL && visit->row->kind != PAGE_ACT &&
			     visit_lacks_window(visit, visit->row->right);
	if (visit->window == NULL)
		return;
	frame->has_window = true;
	frame->window_reason = visit->window->reason;
	frame->window_left = (visit->window->until.ms - visit->now.ms + MINUTE_MS - 1) / MINUTE_MS;
}

/* ---- The page ---- */

static struct text
state_words(const struct visit *visit, const struct window *one)
{
	if (one->ended.ms != 0)
		return text_of(say("途中で終えた"));
	return one->until.ms > visit->now.ms ? text_of(say("使用中")) : text_of(say("時間が来て終わった"));
}

static void
fill_row(struct visit *visit, const struct window *one, struct privileges_rows *row)
{
	*row = (struct privileges_rows){
		.name = one->name,
		.reason = one->reason,
		.opened = one->opened,
		.until = one->ended.ms != 0 ? one->ended : one->until,
		.state = state_words(visit, one),
		.is_running = one->ended.ms == 0 && one->until.ms > visit->now.ms,
		.href = url_of_number(visit->arena, "/people/{}", one->person.no),
	};
}

static struct error *
fill_list(struct look *look, struct visit *visit, struct privileges_page *page,
	  struct pager_part *pager)
{
	struct window *list;
	size_t count;
	struct window_id before = { 0 };
	const struct person_id whose = page->is_everybodys ? (struct person_id){ 0 }
							   : visit->session.person;
	struct url here = url_path(visit->arena, "/privileges");
	if (page->is_everybodys)
		here = url_query(visit->arena, here, "all", T("1"));
	if (!number_read(visit_text(visit, "before"), 1, INT64_MAX, &before.no))
		before.no = 0;
	TRY(people_windows(look, whose, before, WINDOWS_PAGE + 1, &list, &count));
	page->rows_count = count > WINDOWS_PAGE ? WINDOWS_PAGE : count;
	page->rows = ARENA_ARRAY(visit->arena, struct privileges_rows, page->rows_count + 1);
	for (size_t at = 0; at < page->rows_count; at++)
		fill_row(visit, &list[at], &page->rows[at]);
	if (before.no != 0)
		pager->first = here;
	if (count > WINDOWS_PAGE)
		pager->next = url_query_number(visit->arena, here, "before",
					       list[WINDOWS_PAGE - 1].id.no);
	page->pager = pager;
	return OK;
}

static struct error *
privileges_draw(struct look *look, struct visit *visit)
{
	struct pager_part pager = { 0 };
	const int64_t most = visit->window_most;
	const bool needs = rights_need_any_window(&visit->rights);
	struct privileges_page page = {
		.frame = visit_frame(visit, text_of(say("特権を使う時間")), NULL),
		.csrf = visit->csrf,
		.next = visit_text(visit, "next"),
		.may_open = needs && most != 0,
		.is_off = needs && most == 0,
		.is_running = visit->window != NULL,
		.may_see_all = visit_may(visit, RIGHT_JOURNAL_READ),
	};
	/* Who reads the journal and has nothing to open looks at everybody's. */
	page.is_everybodys = page.may_see_all && (text_is(visit_text(visit, "all"), "1") || !needs);
	page.frame.asks_window = false;
	if (page.may_open) {
		page.reason = text_box(visit, "reason", say("何のために使うか"),
				       say("例 4月の異動の登録。監査する人が読みます。"), T(""), true);
		page.minutes = number_box(
			visit, "minutes", say("何分使うか"),
			text_z(visit->arena, text_format(visit->arena, say("最長%lld分です。途中で終えられます。"),
							 (long long)most)),
			most < USUAL_MINUTES ? most : USUAL_MINUTES, true);
	}
	TRY(fill_list(look, visit, &page, &pager));
	return visit_draw(visit, privileges_page, &page);
}

static void
go_on(struct visit *visit)
{
	if (!url_from_local(visit_text(visit, "next"), &visit->go_to))
		visit->go_to = url_path(visit->arena, "/privileges");
}

static struct error *
open_do(struct act *act, struct visit *visit)
{
	struct window_id id;
	struct window_ask ask = { .session = visit->session.id,
				  .reason = visit_text(visit, "reason") };
	if (!number_read(text_trim(visit_text(visit, "minutes")), 1, INT64_MAX / MINUTE_MS, &ask.minutes))
		ask.minutes = 0;
	TRY(people_window_open(act, visit->office->pack, &ask, &id));
	go_on(visit);
	return OK;
}

static struct error *
end_do(struct act *act, struct visit *visit)
{
	TRY(people_window_end(act, visit->session.id));
	go_on(visit);
	visit->done = "window-ended";
	return OK;
}

/* Whose rights need none sees an empty list; the act refuses them. */
PAGE_ROWS(privilege,
	  { { METHOD_GET, "/privileges" }, RIGHT_SELF, PAGE_LOOK, .look = privileges_draw },
	  { { METHOD_POST, "/privileges/open" }, RIGHT_SELF, PAGE_ACT, .act = open_do,
	    .again = privileges_draw, .proof = PROOF_FRESH },
	  { { METHOD_POST, "/privileges/end" }, RIGHT_SELF, PAGE_ACT, .act = end_do });
