/* One's own account: what is registered, when it was used, sessions, language. */
#include "pages/people_pages.h"
#include "pages/account_parts.h"

#include "signin/card.h"
#include "signin/signin.h"

static struct error *
fill_roles(struct look *look, struct visit *visit, struct account_page *page)
{
	struct held_role *list;
	size_t count;
	TRY(people_roles_of(look, visit->office->pack, visit->session.person, visit->today, &list,
			    &count));
	page->roles = ARENA_ARRAY(visit->arena, struct account_roles, count + 1);
	for (size_t at = 0; at < count; at++) {
		if (list[at].role->scope == SCOPE_EVERYONE)
			continue;
		struct text *name = &page->roles[page->roles_count++].name;
		*name = words_now(list[at].role->name);
		if (list[at].deputy_for.no != 0) {
			struct text absent;
			TRY(people_name(look, list[at].deputy_for, &absent));
			*name = text_format(visit->arena, say("%.*s(%.*sさんの職務代理)"),
					    T_ARG(*name), T_ARG(absent));
		}
	}
	return OK;
}

static struct error *
fill_unit(struct look *look, struct visit *visit, struct account_page *page)
{
	struct unit_id id;
	struct unit unit;
	TRY(people_unit_of(look, visit->session.person, visit->today, &id));
	if (id.no == 0)
		return OK;
	TRY(people_unit(look, id, &unit));
	page->unit = unit.name;
	return OK;
}

/* Where no cards are used, those who never had one need not hear of them. */
static struct error *
fill_cards(struct look *look, struct visit *visit, struct account_page *page)
{
	struct card *cards;
	size_t count;
	TRY(signin_cards_of(look, visit->session.person, &cards, &count));
	page->has_cards = count > 0 || visit->office->issuers != NULL;
	return OK;
}

static struct error *
fill_sign_in(struct look *look, struct visit *visit, struct account_page *page)
{
	struct factor *list;
	size_t count;
	TRY(signin_factors(look, visit->session.person, &list, &count));
	page->factors = (int64_t)count; /* at most SIGNIN_MOST_FACTORS */
	TRY(signin_may_recover(look, visit->office->pack, visit->session.person, &page->may_recover));
	page->may_recover |= visit_may(visit, RIGHT_ACCOUNTS);
	return OK;
}

static struct error *
account_draw(struct look *look, struct visit *visit)
{
	struct person person;
	struct account account = { 0 };
	bool found;
	const struct field_option languages[] = {
		{ T("ja"), text_of(say("日本語")) },
		{ T("en"), T("English") },
	};
	TRY(people_person(look, visit->session.person, &person));
	TRY(people_account(look, visit->session.person, &found, &account));
	struct account_page page = {
		.frame = visit_frame(visit, text_of(say("あなたのアカウント")), NULL),
		.csrf = visit->csrf,
		.name = person.name,
		.number = person.number,
		.login = account.login,
		.last_sign_in = account.last_sign_in,
		.changed = account.changed,
		.person = url_of_number(visit->arena, "/people/{}", person.id.no),
		.language = radio_box(visit, "language", text_of(say("お知らせとメールの言葉")),
				      text_of(say("画面の言葉は、下の「English」「日本語」で、端末ごとに変えられます。")),
				      person.language == LANGUAGE_EN ? T("en") : T("ja"), true,
				      languages, 2),
	};
	TRY(fill_sign_in(look, visit, &page));
	TRY(fill_roles(look, visit, &page));
	TRY(fill_unit(look, visit, &page));
	TRY(sessions_of(look, visit, person.id, &page.sessions));
	TRY(fill_cards(look, visit, &page));
	page.has_others = page.sessions->rows_count > 1;
	return visit_draw(visit, account_page, &page);
}

static struct error *
session_end_do(struct act *act, struct visit *visit)
{
	TRY(people_session_end(act, (struct session_id){ visit_id(visit, "session") },
			       visit->session.person));
	visit->go_to = url_path(visit->arena, "/account");
	visit->done = "session-ended";
	return OK;
}

static struct error *
others_end_do(struct act *act, struct visit *visit)
{
	TRY(people_sessions_end(act, visit->session.person, visit->session.id));
	visit->go_to = url_path(visit->arena, "/account");
	visit->done = "sessions-ended";
	return OK;
}

static struct error *
language_do(struct act *act, struct visit *visit)
{
	const enum language language = text_is(visit_text(visit, "language"), "en") ? LANGUAGE_EN
											 : LANGUAGE_JA;
	TRY(people_person_language(act, visit->session.person, language));
	visit->go_to = url_path(visit->arena, "/account");
	visit->done = "saved";
	return OK;
}

PAGE_ROWS(account,
	  { { METHOD_GET, "/account" }, RIGHT_SELF, PAGE_LOOK, .look = account_draw },
	  { { METHOD_POST, "/account/sessions/end-others" }, RIGHT_SELF, PAGE_ACT,
	    .act = others_end_do, .again = account_draw, .proof = PROOF_FRESH },
	  { { METHOD_POST, "/account/sessions/{session}/end" }, RIGHT_SELF, PAGE_ACT,
	    .act = session_end_do, .again = account_draw, .proof = PROOF_FRESH },
	  { { METHOD_POST, "/account/language" }, RIGHT_SELF, PAGE_ACT, .act = language_do,
	    .again = account_draw });
