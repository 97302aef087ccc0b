/* Hand-over of one person: one's own page, the same for who keeps the organisation, and who leaves. */
#include "pages/transfer_pages.h"
#include "pages/thing_pages.h"

#include "base/number.h"

/* ---- The page ---- */

static struct url
item_url(struct visit *visit, struct text about)
{
	struct url url = { 0 };
	struct text kind, rest;
	if (text_cut(about, ':', &kind, &rest) && text_is(kind, "ledger"))
		return url_of(visit->arena, "/ledger/{}", rest);
	return about.len != 0 && about_url(visit->arena, about, &url) ? url : (struct url){ 0 };
}

static struct handover_posts_parts
part_of(struct visit *visit, const char *heading, const struct handover_list *list)
{
	struct handover_posts_parts part = {
		.heading = text_of(heading),
		.is_more = list->is_more,
		.items = ARENA_ARRAY(visit->arena, struct handover_posts_parts_items, list->count + 1),
		.items_count = list->count,
	};
	for (size_t at = 0; at < list->count; at++)
		part.items[at] = (struct handover_posts_parts_items){
			list->items[at].what, list->items[at].more,
			item_url(visit, list->items[at].about) };
	return part;
}

static void
fill_post(struct visit *visit, const struct handover_post *post, bool is_left,
	  struct handover_posts *made)
{
	struct arena *arena = visit->arena;
	const struct {
		const char *heading;
		const struct handover_list *list;
	} parts[] = { { say("決裁を待っている案件"), &post->waiting },
		      { say("所属で有効な許可"), &post->permits },
		      { say("所属で持ち出し中のもの"), &post->out },
		      { say("所管する台帳"), &post->ledgers } };
	*made = (struct handover_posts){
		.what = text_format(arena, "%.*s %.*s", T_ARG(post->unit_name), T_ARG(post->post_name)),
		.is_left = is_left,
		.others = post->others,
		.roles = ARENA_ARRAY(arena, struct handover_posts_roles, post->roles_count + 1),
		.roles_count = post->roles_count,
		.parts = ARENA_ARRAY(arena, struct handover_posts_parts, 5),
	};
	for (size_t at = 0; at < post->roles_count; at++)
		made->roles[at].name = words_now(post->roles[at]->name);
	for (size_t at = 0; at < sizeof parts / sizeof *parts; at++)
		if (parts[at].list->count != 0)
			made->parts[made->parts_count++] =
				part_of(visit, parts[at].heading, parts[at].list);
}

#define FILL_LIST(visit, page, member, list)                                                     \
	do {                                                                                     \
		(page)->member = ARENA_ARRAY((visit)->arena, struct handover_##member,           \
					     (list).count + 1);                                  \
		(page)->member##_count = (list).count;                                           \
		for (size_t at_ = 0; at_ < (list).count; at_++)                                  \
			(page)->member[at_] = (struct handover_##member){                        \
				(list).items[at_].what, (list).items[at_].more,                  \
				item_url((visit), (list).items[at_].about) };                    \
	} while (0)

static void
fill_roles(struct visit *visit, const struct handover *handover, struct handover_page *page)
{
	page->gained = ARENA_ARRAY(visit->arena, struct handover_gained, handover->roles_count + 1);
	page->lost = ARENA_ARRAY(visit->arena, struct handover_lost, handover->roles_count + 1);
	for (size_t at = 0; at < handover->roles_count; at++) {
		const struct transfer_role *role = &handover->roles[at];
		if (role->is_gained)
			page->gained[page->gained_count++] = (struct handover_gained){
				words_now(role->role->name), role->unit_name,
				url_of(visit->arena, "/people/roles/{}", role->role->code) };
		else
			page->lost[page->lost_count++] = (struct handover_lost){
				words_now(role->role->name), role->unit_name };
	}
}

/* What stands of a lent thing; it is given back on its own page, which not everybody may open. */
struct lent {
	struct text what, more;
	bool is_overdue, has_href;
	struct url href;
};

static struct error *
lent_to(struct look *look, struct visit *visit, struct person_id person, struct lent **list, size_t *count)
{
	struct inventory_query query = { .person = person };
	struct inventory_loan *loans;
	size_t all;
	*list = NULL;
	*count = 0;
	if (visit->office->pack->inventory == NULL)
		return OK;
	TRY(inventory_away(look, visit->office->flow, &query, &loans, &all));
	*list = ARENA_ARRAY(visit->arena, struct lent, all + 1);
	for (size_t at = 0; at < all; at++)
		if (loans[at].outing == 0) /* outings stand among what is out already */
			(*list)[(*count)++] = (struct lent){
				.what = loans[at].title,
				.more = text_format(visit->arena, say("%.*s・期限 %.*s"), T_ARG(loans[at].ledger),
						    T_ARG(moment_wareki(visit->arena, loans[at].due))),
				.is_overdue = loans[at].is_overdue,
				.has_href = thing_opens(look, visit, loans[at].unit, person),
				.href = thing_url(visit->arena, loans[at].thing),
			};
	return OK;
}

#define FILL_LENT(visit, type, into, lent, lent_count)                                           \
	do {                                                                                     \
		(into)->things = ARENA_ARRAY((visit)->arena, struct type, (lent_count) + 1);     \
		(into)->things_count = (lent_count);                                             \
		for (size_t at_ = 0; at_ < (lent_count); at_++)                                  \
			(into)->things[at_] = (struct type){ (lent)[at_].what, (lent)[at_].more, \
							     (lent)[at_].is_overdue,             \
							     (lent)[at_].has_href,               \
							     (lent)[at_].href };                 \
	} while (0)

static struct error *
fill_leaver(struct look *look, struct visit *visit, const struct transfer *transfer,
	    struct person_id person, struct handover_page *page)
{
	struct leaver *list;
	size_t count;
	TRY(transfer_leavers(look, transfer->id, &list, &count));
	for (size_t at = 0; at < count; at++) {
		if (list[at].person.no != person.no)
			continue;
		page->is_leaving = true;
		page->pledged = list[at].pledged;
		page->may_pledge = person.no == visit->session.person.no;
		page->returns = ARENA_ARRAY(visit->arena, struct handover_returns,
					    list[at].returns_count + 1);
		page->returns_count = list[at].returns_count;
		for (size_t one = 0; one < list[at].returns_count; one++) {
			const struct transfer_return *item = &list[at].returns[one];
			page->returns[one] = (struct handover_returns){
				.what = item->what, .returned = item->returned,
				.href = item_url(visit, item->about) };
			page->returns[one].has_href = !url_is_empty(page->returns[one].href);
		}
	}
	return OK;
}

static struct error *
draw(struct look *look, struct visit *visit, const struct transfer *transfer,
     struct person_id person)
{
	struct handover handover;
	TRY(transfer_handover(look, visit->office->flow, transfer->id, person, &handover));
	struct handover_page page = {
		.frame = visit_frame(visit, text_format(visit->arena, say("引継ぎ: %.*s"),
							T_ARG(handover.name)), "home"),
		.csrf = visit->csrf,
		.name = handover.name,
		.number = handover.number,
		.title = transfer->title,
		.day = transfer->day,
		.is_keeper = visit_may(visit, RIGHT_PEOPLE_EDIT),
		.list = transfer_url(visit->arena, transfer->id),
		.pledge = url_path(visit->arena, "/handover/pledge"),
		.posts = ARENA_ARRAY(visit->arena, struct handover_posts,
				     handover.left_count + handover.taken_count + 1),
	};
	struct lent *lent;
	size_t lent_count;
	fill_roles(visit, &handover, &page);
	TRY(fill_leaver(look, visit, transfer, person, &page));
	TRY(lent_to(look, visit, person, &lent, &lent_count));
	FILL_LENT(visit, handover_things, &page, lent, lent_count);
	for (size_t at = 0; at < handover.left_count; at++)
		fill_post(visit, &handover.left[at], true, &page.posts[page.posts_count++]);
	for (size_t at = 0; at < handover.taken_count; at++)
		fill_post(visit, &handover.taken[at], false, &page.posts[page.posts_count++]);
	FILL_LIST(visit, &page, own, handover.own);
	FILL_LIST(visit, &page, permits, handover.permits);
	FILL_LIST(visit, &page, out, handover.out);
	TRY(staying_of(look, visit, &handover.moved, handover.is_moved, false, &page.accounts));
	return visit_draw(visit, handover_page, &page);
}

/* One's own: nothing before the day of telling, even to who guesses the address. */
static struct error *
own_draw(struct look *look, struct visit *visit)
{
	struct transfer transfer;
	bool found;
	TRY(transfer_of_person(look, visit->office->pack, visit->session.person, &found, &transfer));
	if (found)
		return draw(look, visit, &transfer, visit->session.person);
	struct handover_page page = { .frame = visit_frame(visit, text_of(say("引継ぎ")), "home"),
				      .is_none = true };
	return visit_draw(visit, handover_page, &page);
}

static struct error *
others_draw(struct look *look, struct visit *visit)
{
	struct transfer transfer;
	TRY(transfer_shown(look, visit, &transfer));
	return draw(look, visit, &transfer, (struct person_id){ visit_id(visit, "person") });
}

static struct error *
pledge_do(struct act *act, struct visit *visit)
{
	struct transfer transfer;
	bool found;
	TRY(transfer_of_person(&act->look, visit->office->pack, visit->session.person, &found,
			       &transfer));
	if (!found)
		return missing("いまのところ、あなたの異動はありません。");
	visit->go_to = url_path(visit->arena, "/handover");
	visit->done = "pledged";
	return transfer_pledge(act, transfer.id, visit->session.person, false);
}

/* ---- Who leaves, for personnel ---- */

static struct url
leaver_url(struct visit *visit, struct transfer_id id, struct person_id person, const char *what)
{
	const struct text pieces[] = { text_number(visit->arena, id.no),
				       text_number(visit->arena, person.no), text_of(what) };
	return url_make(visit->arena, "/transfers/{}/leavers/{}/{}", 3, pieces);
}

static struct error *
fill_leavers_row(struct look *look, struct visit *visit, const struct transfer *transfer,
		 const struct leaver *leaver, struct leavers_persons *row)
{
	struct arena *arena = visit->arena;
	const struct transfer_moved gone = { .person = leaver->person, .who = leaver->name };
	const struct text pieces[] = { text_number(arena, transfer->id.no),
				       text_number(arena, leaver->person.no) };
	struct lent *lent;
	size_t lent_count;
	TRY(lent_to(look, visit, leaver->person, &lent, &lent_count));
	*row = (struct leavers_persons){
		.name = leaver->name,
		.number = leaver->number,
		.last = leaver->last,
		.open = leaver->open + (int64_t)lent_count,
		.handover = url_make(arena, "/transfers/{}/handover/{}", 2, pieces),
		.pledged = leaver->pledged,
		.is_paper = leaver->is_paper,
		.pledged_by = leaver->pledged_by,
		.pledge = leaver_url(visit, transfer->id, leaver->person, "pledge"),
		.add = leaver_url(visit, transfer->id, leaver->person, "add"),
		.returns = ARENA_ARRAY(arena, struct leavers_persons_returns,
				       leaver->returns_count + 1),
		.returns_count = leaver->returns_count,
	};
	FILL_LENT(visit, leavers_persons_things, row, lent, lent_count);
	for (size_t at = 0; at < leaver->returns_count; at++) {
		const struct transfer_return *item = &leaver->returns[at];
		const struct text of[] = { text_number(arena, transfer->id.no),
					   text_number(arena, item->id) };
		row->returns[at] = (struct leavers_persons_returns){
			.what = item->what, .returned = item->returned, .by = item->by,
			.href = item_url(visit, item->about),
			.action = url_make(arena, "/transfers/{}/returned/{}", 2, of) };
		row->returns[at].has_href = !url_is_empty(row->returns[at].href);
	}
	return staying_of(look, visit, &gone, 1, false, &row->accounts);
}

static struct error *
leavers_draw(struct look *look, struct visit *visit)
{
	struct transfer transfer;
	struct leaver *list;
	size_t count;
	TRY(transfer_shown(look, visit, &transfer));
	TRY(transfer_leavers(look, transfer.id, &list, &count));
	struct leavers_page page = {
		.frame = visit_frame(visit, text_of(say("退職する人の返却と秘密保持")), "people"),
		.tabs = people_tabs(visit, TAB_TRANSFERS),
		.csrf = visit->csrf,
		.title = transfer.title,
		.list = transfer_url(visit->arena, transfer.id),
		.persons = ARENA_ARRAY(visit->arena, struct leavers_persons, count + 1),
		.persons_count = count,
	};
	for (size_t at = 0; at < count; at++)
		TRY(fill_leavers_row(look, visit, &transfer, &list[at], &page.persons[at]));
	return visit_draw(visit, leavers_page, &page);
}

static struct transfer_id
to_leavers(struct visit *visit, const char *done)
{
	const struct transfer_id id = { visit_id(visit, "id") };
	visit->go_to = transfer_act_url(visit->arena, id, "leavers");
	visit->done = done;
	return id;
}

static struct error *
returned_do(struct act *act, struct visit *visit)
{
	return transfer_returned(act, to_leavers(visit, "returned"), visit_id(visit, "item"));
}

static struct error *
add_do(struct act *act, struct visit *visit)
{
	return transfer_return_add(act, to_leavers(visit, "saved"),
				   (struct person_id){ visit_id(visit, "person") },
				   visit_text(visit, "what"));
}

static struct error *
paper_do(struct act *act, struct visit *visit)
{
	return transfer_pledge(act, to_leavers(visit, "pledged"),
			       (struct person_id){ visit_id(visit, "person") }, true);
}

PAGE_ROWS(handover,
	  { { METHOD_GET, "/handover" }, RIGHT_SELF, PAGE_SLOW_LOOK, .look = own_draw },
	  { { METHOD_POST, "/handover/pledge" }, RIGHT_SELF, PAGE_ACT, .act = pledge_do },
	  { { METHOD_GET, "/transfers/{id}/handover/{person}" }, RIGHT_PEOPLE_EDIT, PAGE_SLOW_LOOK,
	    .look = others_draw },
	  { { METHOD_GET, "/transfers/{id}/leavers" }, RIGHT_PEOPLE_EDIT, PAGE_LOOK,
	    .look = leavers_draw },
	  { { METHOD_POST, "/transfers/{id}/leavers/{person}/add" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .act = add_do, .again = leavers_draw },
	  { { METHOD_POST, "/transfers/{id}/leavers/{person}/pledge" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .act = paper_do },
	  { { METHOD_POST, "/transfers/{id}/returned/{item}" }, RIGHT_PEOPLE_EDIT, PAGE_ACT,
	    .act = returned_do });
