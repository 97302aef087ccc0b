/* One person: posts now and before, roles, deputies, the state of the account, history. */
#include "pages/access_pages.h"
#include "pages/people_pages.h"

#include "people/erase.h"
#include "signin/card.h"

static struct error *
fill_posts(struct look *look, struct visit *visit, struct person_id id, struct day day,
	   struct person_page *page)
{
	struct assignment *list;
	size_t count;
	struct arena *arena = visit->arena;
	TRY(people_assignments_of(look, id, &list, &count));
	page->posts = ARENA_ARRAY(arena, struct person_posts, count + 1);
	for (size_t at = 0; at < count; at++) {
		const struct assignment *one = &list[at];
		if (!day_is_none(one->since) && !day_is_none(one->until) &&
		    one->until.no < one->since.no)
			continue; /* ended before it began: never held */
		if (!page->may_edit && !day_is_none(one->since) && one->since.no > visit->today.no)
			continue; /* not told yet */
		struct person_posts *row = &page->posts[page->posts_count++];
		*row = (struct person_posts){
			.unit = one->unit_name,
			.unit_href = with_day(visit,
					      url_of_number(arena, "/units/{}", one->unit.no),
					      day),
			.post = one->post_name,
			.kind = text_of(assignment_words(one->is_main, one->beside)),
			.is_now = is_within(one->since, one->until, day),
			.since = one->since,
			.until = told_until(visit, one->until),
		};
		row->is_coming = !day_is_none(one->since) && one->since.no > day.no;
		row->may_end = page->may_edit &&
			       (day_is_none(one->until) || one->until.no >= visit->today.no);
		row->ends = url_make(arena, "/people/{}/assignments/{}/end", 2,
				    ((struct text[]){ number_text(arena, id.no),
						      number_text(arena, one->id.no) }));
	}
	return OK;
}

static struct error *
fill_roles(struct look *look, struct visit *visit, struct person_id id, struct day day,
	   struct person_page *page)
{
	struct held_role *list;
	size_t count;
	struct arena *arena = visit->arena;
	TRY(people_roles_of(look, visit->office->pack, id, day, &list, &count));
	page->roles = ARENA_ARRAY(arena, struct person_roles, count + 1);
	for (size_t at = 0; at < count; at++) {
		struct unit unit;
		if (list[at].role->scope == SCOPE_EVERYONE)
			continue;
		struct person_roles *row = &page->roles[page->roles_count++];
		row->name = words_now(list[at].role->name);
		row->has_unit = list[at].unit.no != 0;
		if (row->has_unit) {
			TRY(people_unit_on(look, list[at].unit, day, &unit));
			row->unit = unit.name;
			row->unit_href = with_day(
				visit, url_of_number(arena, "/units/{}", unit.id.no), day);
		}
		if (list[at].deputy_for.no != 0)
			TRY(people_name(look, list[at].deputy_for, &row->deputy_for));
	}
	return OK;
}

static struct error *
fill_secondments(struct look *look, struct visit *visit, struct person_id id,
		 struct person_page *page)
{
	struct secondment *list;
	size_t count;
	struct arena *arena = visit->arena;
	TRY(people_secondments(look, id, &list, &count));
	page->secondments = ARENA_ARRAY(arena, struct person_secondments, count + 1);
	page->secondments_count = count;
	for (size_t at = 0; at < count; at++) {
		page->secondments[at] = (struct person_secondments){
			.way = text_of(secondment_words(list[at].way)),
			.other = list[at].other,
			.since = list[at].since,
			.until = list[at].until,
			.may_end = page->may_edit && (day_is_none(list[at].until) ||
						      list[at].until.no >= visit->today.no),
			.ends = url_make(arena, "/people/{}/secondment/{}/end", 2,
					 ((struct text[]){ number_text(arena, id.no),
							   number_text(arena, list[at].id.no) })),
		};
	}
	return OK;
}

/* What covers somebody of a firm: without it they may do nothing. */
static struct error *
fill_works(struct look *look, struct visit *visit, struct person_id id, struct person_page *page)
{
	struct worker *list;
	size_t count;
	struct day last;
	TRY(people_worker_covered(look, id, visit->today, &page->is_covered, &last));
	TRY(people_workers(look, id, (struct engagement_id){ 0 }, (struct firm_id){ 0 }, &list,
			   &count));
	page->works = ARENA_ARRAY(visit->arena, struct person_works, count + 1);
	page->works_count = count;
	for (size_t at = 0; at < count; at++)
		page->works[at] = (struct person_works){
			.firm = list[at].firm_name,
			.href = url_of_number(visit->arena, "/people/firms/{}", list[at].firm.no),
			.work = list[at].work,
			.basis = list[at].basis,
			.pledged = list[at].pledged,
			.since = list[at].since,
			.until = list[at].until,
		};
	return OK;
}

static struct error *
fill_deputies(struct look *look, struct visit *visit, struct person_id id, struct day day,
	      struct person_page *page)
{
	struct deputy *list;
	size_t count;
	TRY(people_deputies(look, id, day, &list, &count));
	page->deputies = ARENA_ARRAY(visit->arena, struct person_deputies, count + 1);
	page->deputies_count = count;
	for (size_t at = 0; at < count; at++)
		page->deputies[at] = (struct person_deputies){
			.post = list[at].post_name,
			.absent = list[at].absent_name,
			.deputy = list[at].deputy_name,
			.since = list[at].since,
			.until = list[at].until,
		};
	return OK;
}

static void
account_in_words(const struct visit *visit, const struct account *account, struct person_page *page)
{
	page->account_tag = T("go");
	page->account_state = text_of(say("使えます"));
	if (account->is_closed) {
		page->account_tag = T("off");
		page->account_state = text_of(say("停止中"));
	} else if (account->locked_until.ms > visit->now.ms) {
		page->account_tag = T("stop");
		page->account_state = text_of(say("パスワードの間違いで一時ロック中"));
	} else if (account->is_temporary) {
		page->account_tag = T("wait");
		page->account_state = text_of(say("仮パスワードのまま"));
	}
}

static struct error *
fill_account(struct look *look, struct visit *visit, struct person_id id, struct person_page *page)
{
	struct account account;
	page->shows_account = page->may_account || page->may_edit ||
			      id.no == visit->session.person.no;
	if (!page->shows_account)
		return OK;
	TRY(people_account(look, id, &page->has_account, &account));
	if (!page->has_account)
		return OK;
	page->login = account.login;
	page->last_sign_in = account.last_sign_in;
	account_in_words(visit, &account, page);
	return OK;
}

/* Their own, or those that the visitor may see in the systems. */
static struct error *
fill_accounts(struct look *look, struct visit *visit, struct person_id id, bool is_own,
	      struct person_page *page)
{
	struct access_account *list;
	size_t count;
	page->shows_accounts = is_own || visit_may(visit, RIGHT_LEDGER_READ);
	if (!page->shows_accounts)
		return OK;
	TRY(access_accounts_of(look, id, &list, &count));
	page->accounts = ARENA_ARRAY(visit->arena, struct person_accounts, count + 1);
	for (size_t at = 0; at < count; at++) {
		bool reaches = false;
		TRY(rights_reach(look, &visit->rights, RIGHT_LEDGER_READ, list[at].owner, &reaches));
		if (!reaches && !is_own)
			continue;
		page->accounts[page->accounts_count++] = (struct person_accounts){
			.system = list[at].system_title,
			.name = list[at].name,
			.href = access_account_url(visit->arena, &list[at]),
			.is_privileged = list[at].is_privileged,
			.is_shared = list[at].kind == ACCESS_SHARED,
			.may_open = reaches,
			.state = access_state_words(&list[at]),
			.tag = text_of(access_state_tag(&list[at])),
		};
	}
	/* Nothing within reach is not nothing at all. */
	page->shows_accounts = is_own || page->accounts_count != 0;
	return OK;
}

static void
fill_links(struct visit *visit, struct person_id id, struct person_page *page)
{
	struct arena *arena = visit->arena;
	page->edit = url_of_number(arena, "/people/{}/edit", id.no);
	page->assign = url_of_number(arena, "/people/{}/assign", id.no);
	page->ends = url_of_number(arena, "/people/{}/end", id.no);
	page->erases = url_of_number(arena, "/people/{}/erase", id.no);
	page->data = url_of_number(arena, "/people/{}/data", id.no);
	page->account = url_of_number(arena, "/people/{}/account", id.no);
	page->seconds = url_of_number(arena, "/people/{}/secondment", id.no);
	page->deputise = url_query_number(arena, url_path(arena, "/deputies/new"), "person", id.no);
}

static struct error *
fill_erasure(struct look *look, struct person_id id, struct person_page *page)
{
	struct erasure erasure;
	TRY(people_erasure(look, id, &page->is_erased, &erasure));
	if (!page->is_erased)
		return OK;
	page->erased_at = erasure.at;
	page->erased_why = text_of(erasure_basis_words(erasure.basis));
	page->copies_until = day_plus(moment_day(erasure.at), ERASURE_COPY_DAYS);
	return OK;
}

/* Not for who only looks somebody up; nor where no cards are used and none was. */
static struct error *
fill_cards(struct look *look, struct visit *visit, struct person_id id, struct person_page *page)
{
	struct card *cards;
	size_t count;
	TRY(signin_card_may_stop(look, &visit->rights, id, &page->may_cards));
	if (!page->may_cards)
		return OK;
	TRY(signin_cards_of(look, id, &cards, &count));
	page->may_cards = count > 0 || (page->may_account && visit->office->issuers != NULL);
	page->cards = url_of_number(visit->arena, "/people/{}/cards", id.no);
	return OK;
}

static bool
has_post_today(const struct person_page *page)
{
	for (size_t at = 0; at < page->posts_count; at++)
		if (page->posts[at].is_now)
			return true;
	return false;
}

static struct error *
person_draw(struct look *look, struct visit *visit)
{
	struct person person;
	struct day day;
	const struct person_id id = { visit_id(visit, "id") };
	(void)shown_day(visit, &day);
	const bool is_own = id.no == visit->session.person.no;
	TRY(people_person(look, id, &person));
	const bool may_edit = visit_may(visit, RIGHT_PEOPLE_EDIT) && !person.is_erased;
	struct person_page page = {
		.frame = visit_frame(visit, person.name, "people"),
		.tabs = people_tabs(visit, TAB_PEOPLE),
		.name = person.name,
		.number = text_format(visit->arena, say("職員番号 %.*s"), T_ARG(person.number)),
		.kana = person.kana,
		.mail = person.mail,
		.since = person.since,
		.until = told_until(visit, person.until),
		.is_ended = !day_is_none(person.until) && person.until.no < visit->today.no,
		.employment = text_of(employment_words(person.employment)),
		.is_outside = employment_is_outside(person.employment),
		.as_of = as_of(visit, url_of_number(visit->arena, "/people/{}", id.no), NULL),
		.may_edit = may_edit,
		.may_account = visit_may(visit, RIGHT_ACCOUNTS) && !person.is_erased,
	};
	page.may_erase = may_edit && page.is_ended;
	fill_links(visit, id, &page);
	TRY(fill_erasure(look, id, &page));
	TRY(fill_posts(look, visit, id, day, &page));
	TRY(fill_roles(look, visit, id, day, &page));
	TRY(fill_deputies(look, visit, id, day, &page));
	TRY(fill_secondments(look, visit, id, &page));
	if (employment_is_outside(person.employment))
		TRY(fill_works(look, visit, id, &page));
	TRY(fill_account(look, visit, id, &page));
	TRY(fill_cards(look, visit, id, &page));
	TRY(fill_accounts(look, visit, id, is_own, &page));
	page.may_deputise = (may_edit || is_own) && day.no == visit->today.no &&
			    has_post_today(&page);
	TRY(history_of(look, visit, people_about_person(visit->arena, id), is_own, &page.history));
	return visit_draw(visit, person_page, &page);
}

PAGE_ROWS(person, { { METHOD_GET, "/people/{id}" }, RIGHT_PEOPLE_READ, PAGE_LOOK,
		    .look = person_draw });
