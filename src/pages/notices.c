/* Notices: what moved, newest first; read one by one or all at once. */
#include "pages/rooms.h"

#include "base/number.h"
#include "people/notice.h"

enum { NOTICES_PAGE = 30 };

static struct pager_part
pager_of(struct visit *visit, bool is_unread_only, const struct notice *last, bool has_more,
	 bool is_later_page)
{
	struct pager_part pager = { 0 };
	struct url here = url_path(visit->arena, "/notices");
	if (is_unread_only)
		here = url_query(visit->arena, here, "unread", T("1"));
	if (is_later_page)
		pager.first = here;
	if (has_more)
		pager.next = url_query_number(visit->arena, here, "before", last->id.no);
	return pager;
}

static struct error *
notices_draw(struct look *look, struct visit *visit)
{
	struct notice *list;
	size_t count;
	struct notice_id before = { 0 };
	const bool is_unread_only = text_is(visit_text(visit, "unread"), "1");
	if (!number_read(visit_text(visit, "before"), 1, INT64_MAX, &before.no))
		before.no = 0;
	TRY(people_notices(look, visit->session.person, is_unread_only, before, NOTICES_PAGE + 1,
			   &list, &count));
	const size_t shown = count > NOTICES_PAGE ? NOTICES_PAGE : count;
	const struct pager_part pager =
		pager_of(visit, is_unread_only, shown != 0 ? &list[shown - 1] : NULL,
			 count > NOTICES_PAGE, before.no != 0);
	struct notices_page page = {
		.frame = visit_frame(visit, text_of(say("お知らせ")), NULL),
		.csrf = visit->csrf,
		.has_unread = visit_counts(visit).unread != 0,
		.is_unread_only = is_unread_only,
		.notices = ARENA_ARRAY(visit->arena, struct notices_notices, shown + 1),
		.notices_count = shown,
		.pager = &pager,
	};
	for (size_t at = 0; at < shown; at++) {
		struct notices_notices *made = &page.notices[at];
		made->words = list[at].words;
		made->about = list[at].about;
		made->path = list[at].path;
		made->at = list[at].created;
		made->is_unread = list[at].read.ms == 0;
		if (!url_from_local(list[at].path, &made->href))
			made->href = url_path(visit->arena, "/notices");
	}
	return visit_draw(visit, notices_page, &page);
}

/* One (and on to what it is about), or all of them. */
static struct error *
read_do(struct act *act, struct visit *visit)
{
	TRY(people_notices_read(act, visit->session.person, visit_text(visit, "about")));
	if (!request_has(visit->request, "go") ||
	    !url_from_local(visit_text(visit, "path"), &visit->go_to)) {
		visit->go_to = url_path(visit->arena, "/notices");
		visit->done = "read";
	}
	return OK;
}

PAGE_ROWS(notice,
	  { { METHOD_GET, "/notices" }, RIGHT_SELF, PAGE_LOOK, .look = notices_draw },
	  { { METHOD_POST, "/notices/read" }, RIGHT_SELF, PAGE_ACT, .act = read_do });
