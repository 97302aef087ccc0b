/* Keeping accounts: open, temporary password, close, sessions, grants. Right: accounts. */
#include "pages/account_parts.h"
#include "pages/people_pages.h"

#include "base/number.h"

static struct person_id
person_of(const struct visit *visit)
{
	return (struct person_id){ visit_id(visit, "id") };
}

static struct url
account_url(struct visit *visit, struct person_id id)
{
	return url_of_number(visit->arena, "/people/{}/account", id.no);
}

/* ---- Grants ---- */

static struct error *
grants_of(struct look *look, struct visit *visit, struct person_id person,
	  const struct grants_part **grants)
{
	struct grant *list;
	size_t count;
	struct arena *arena = visit->arena;
	TRY(people_grants(look, person, visit->today, &list, &count));
	struct grants_part *made = ARENA_NEW(arena, struct grants_part);
	made->has_names = person.no == 0;
	made->rows = ARENA_ARRAY(arena, struct grants_rows, count + 1);
	made->rows_count = count;
	for (size_t at = 0; at < count; at++) {
		struct unit unit = { .name = text_of(say("団体全体")) };
		if (list[at].unit.no != 0)
			TRY(people_unit(look, list[at].unit, &unit));
		made->rows[at] = (struct grants_rows){
			.kind = text_of(grant_kind_words(list[at].kind)),
			.name = list[at].person_name,
			.person = account_url(visit, list[at].person),
			.unit = unit.name,
			.since = list[at].since,
			.until = list[at].until,
			.ends = url_of_number(arena, "/people/grants/{}/end", list[at].id.no),
		};
	}
	*grants = made;
	return OK;
}

static struct error *
grant_list_draw(struct look *look, struct visit *visit)
{
	struct grant_list_page page = {
		.frame = visit_frame(visit, text_of(say("特別な権限を持つ人")), "people"),
		.tabs = people_tabs(visit, TAB_GRANTS),
	};
	TRY(grants_of(look, visit, (struct person_id){ 0 }, &page.grants));
	return visit_draw(visit, grant_list_page, &page);
}

static struct error *
find_grant(struct look *look, struct visit *visit, struct grant *found)
{
	struct grant *list;
	size_t count;
	TRY(people_grants(look, (struct person_id){ 0 }, visit->today, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].id.no == visit_id(visit, "id")) {
			*found = list[at];
			return OK;
		}
	return missing("その権限は、もう終わっているか、ありません。");
}

static struct error *
grant_end_draw(struct look *look, struct visit *visit)
{
	struct grant one = { 0 };
	struct arena *arena = visit->arena;
	TRY(find_grant(look, visit, &one));
	return ending_draw(
		visit,
		&(struct ending){
			.title = N_("権限を終える"),
			.name = text_format(arena, "%.*s: %s", T_ARG(one.person_name),
					    grant_kind_words(one.kind)),
			.words = N_("いますぐ終えるときは、きのうの日付を入れてください。"),
			.button = N_("権限を終える"),
			.action = url_of_number(arena, "/people/grants/{}/end", one.id.no),
			.back = account_url(visit, one.person),
			.usual = visit->today,
			.tab = TAB_GRANTS,
		});
}

static struct error *
grant_end_do(struct act *act, struct visit *visit)
{
	struct grant one = { 0 };
	struct day last;
	TRY(find_grant(&act->look, visit, &one));
	TRY(form_day(visit, "last", true, &last));
	TRY(people_grant_end(act, one.id, last));
	visit->go_to = account_url(visit, one.person);
	visit->done = "ended";
	return OK;
}

static struct error *
grant_give_do(struct act *act, struct visit *visit)
{
	struct grant_id id;
	struct grant grant = { .person = person_of(visit), .since = visit->today };
	const struct text unit = visit_text(visit, "unit");
	if (!grant_kind_read(visit_text(visit, "kind"), &grant.kind))
		return reject("kind", "付ける権限を選んでください。");
	if (unit.len != 0 && !number_read(unit, 1, INT64_MAX, &grant.unit.no))
		return reject("unit", "所属を選び直してください。");
	if (unit.len != 0 && grant.kind != GRANT_LEDGER)
		return reject("unit", "所属を選べるのは「%s」だけです。ほかの権限では空のままにしてください。",
			      grant_kind_words(GRANT_LEDGER));
	TRY(form_day(visit, "until", false, &grant.until));
	TRY(people_grant_give(act, &grant, &id));
	visit->go_to = account_url(visit, grant.person);
	visit->done = "added";
	return OK;
}

/* ---- The page of one account ---- */

static void
state_in_words(const struct visit *visit, const struct account *account,
	       struct person_account_page *page)
{
	page->tag = T("go");
	page->state = text_of(say("使えます"));
	if (account->is_closed) {
		page->tag = T("off");
		page->state = text_of(say("停止中"));
	} else if (page->is_locked) {
		page->tag = T("stop");
		page->state = text_of(say("パスワードの間違いで一時ロック中"));
	} else if (account->is_temporary) {
		page->tag = T("wait");
		page->state = text_of(say("仮パスワードのまま"));
	}
	(void)visit;
}

static void
fill_account(struct visit *visit, const struct account *account, struct person_account_page *page)
{
	page->login = account->login;
	page->is_closed = account->is_closed;
	page->is_locked = account->locked_until.ms > visit->now.ms;
	page->locked_until = account->locked_until;
	page->last_sign_in = account->last_sign_in;
	page->changed = account->changed;
	page->failed = account->failed;
	state_in_words(visit, account, page);
}

static struct error *
fill_giving(struct look *look, struct visit *visit, struct person_account_page *page)
{
	static const enum grant_kind kinds[] = { GRANT_OPERATOR, GRANT_PEOPLE, GRANT_LEDGER,
						 GRANT_AUDITOR };
	struct field_option options[4], *units;
	size_t count;
	for (size_t at = 0; at < 4; at++)
		options[at] = (struct field_option){ text_of(grant_kind_code(kinds[at])),
						     text_of(grant_kind_words(kinds[at])) };
	TRY(unit_options(look, visit, &units, &count));
	page->kind = radio_box(visit, "kind", text_of(say("権限")), T(""), T(""), true, options, 4);
	page->kind->options[0].help = text_of(say("番所の設定、アカウント、この権限の付与"));
	page->kind->options[1].help = text_of(say("所属、職、職員の登録と取り込み"));
	page->kind->options[2].help = text_of(say("台帳の登録と取り込み。所属を選ぶと、その所属と下の所属だけ"));
	page->kind->options[3].help = text_of(say("すべてを見られますが、何も変えられません"));
	page->unit = select_box(visit, "unit", text_of(say("所属(台帳の管理のときだけ)")),
				text_of(say("選ばないと、団体全体になります。")), T(""), false, units, count);
	page->until = day_box(visit, "until", say("いつまで"),
			      say("決まっていないときは空のままにしてください。"), DAY_NONE, false);
	return OK;
}

static void
fill_links(struct visit *visit, struct person_id id, struct person_account_page *page)
{
	struct arena *arena = visit->arena;
	page->back = url_of_number(arena, "/people/{}", id.no);
	page->open = url_of_number(arena, "/people/{}/account/open", id.no);
	page->reset = url_of_number(arena, "/people/{}/account/reset", id.no);
	page->close = url_of_number(arena, "/people/{}/account/close", id.no);
	page->end_all = url_of_number(arena, "/people/{}/account/sessions/end", id.no);
	page->give = url_of_number(arena, "/people/{}/account/grants", id.no);
	page->untie = url_of_number(arena, "/people/{}/account/untie", id.no);
}

/* The part of a mail address before the @, when it would do as a login name. */
static struct text
likely_login(const struct person *person)
{
	struct text before, rest;
	if (text_cut(person->mail, '@', &before, &rest))
		return before;
	return person->number;
}

static struct error *
fill_tie(struct look *look, const struct account *account, struct person_account_page *page)
{
	struct directory_tie tie = { 0 };
	TRY(directory_tie(look, account->person, &page->is_tied, &tie));
	page->is_tied &= account->is_kept_elsewhere;
	page->tied_since = tie.since;
	return OK;
}

static struct error *
account_draw(struct look *look, struct visit *visit)
{
	struct person person;
	struct account account;
	const struct person_id id = person_of(visit);
	TRY(people_person(look, id, &person));
	struct person_account_page page = {
		.frame = visit_frame(visit, text_format(visit->arena, say("%.*sさんのアカウント"),
							T_ARG(person.name)),
				     "people"),
		.tabs = people_tabs(visit, TAB_PEOPLE),
		.csrf = visit->csrf,
		.name = person.name,
		.is_own = id.no == visit->session.person.no,
		.new_login = text_box(visit, "login", say("ログイン名"),
				      say("英数字と . _ - @ で、2文字から64文字まで。"),
				      likely_login(&person), true),
	};
	fill_links(visit, id, &page);
	TRY(people_account(look, id, &page.has_account, &account));
	if (page.has_account)
		fill_account(visit, &account, &page);
	if (page.has_account)
		TRY(fill_tie(look, &account, &page));
	TRY(sessions_of(look, visit, id, &page.sessions));
	page.has_sessions = page.sessions->rows_count != 0 && !page.is_own;
	TRY(grants_of(look, visit, id, &page.grants));
	TRY(fill_giving(look, visit, &page));
	return visit_draw(visit, person_account_page, &page);
}

/* ---- Temporary passwords ---- */

/* Shown in the answer to the act itself, so nothing keeps it in clear. */
static struct error *
show_password(struct look *look, struct visit *visit, struct person_id id)
{
	const struct one_time_password *making = visit->kept;
	struct account account;
	struct text name;
	bool found;
	int64_t days;
	TRY(people_name(look, id, &name));
	TRY(people_account(look, id, &found, &account));
	TRY(people_parameter(look, visit->office->pack, "sign-in.temporary-days", 7, &days));
	struct one_password_page page = {
		.frame = visit_frame(visit, text_of(say("仮パスワード")), "people"),
		.name = name,
		.login = account.login,
		.password = making->clear,
		.days = days,
		.back = account_url(visit, id),
	};
	return visit_draw(visit, one_password_page, &page);
}

static struct error *
open_do(struct act *act, struct visit *visit)
{
	const struct one_time_password *making = visit->kept;
	const struct person_id id = person_of(visit);
	TRY(people_account_open(act, visit->office->pack, id, text_trim(visit_text(visit, "login")),
				&making->password));
	return show_password(&act->look, visit, id);
}

static struct error *
reset_do(struct act *act, struct visit *visit)
{
	const struct one_time_password *making = visit->kept;
	const struct person_id id = person_of(visit);
	TRY(people_account_reset(act, visit->office->pack, id, &making->password));
	return show_password(&act->look, visit, id);
}

static struct error *
close_do(struct act *act, struct visit *visit)
{
	const struct person_id id = person_of(visit);
	if (id.no == visit->session.person.no)
		return refuse("自分のアカウントは止められません。ほかの運用担当者に頼んでください。");
	TRY(people_account_close(act, id));
	visit->go_to = account_url(visit, id);
	visit->done = "account";
	return OK;
}

static struct error *
untie_do(struct act *act, struct visit *visit)
{
	const struct person_id id = person_of(visit);
	TRY(directory_untie(act, id));
	visit->go_to = account_url(visit, id);
	visit->done = "account";
	return OK;
}

/* ---- Sessions of others ---- */

static struct error *
session_end_do(struct act *act, struct visit *visit)
{
	TRY(people_session_end(act, (struct session_id){ visit_id(visit, "session") },
			       person_of(visit)));
	visit->go_to = account_url(visit, person_of(visit));
	visit->done = "session-ended";
	return OK;
}

static struct error *
sessions_end_do(struct act *act, struct visit *visit)
{
	const struct person_id id = person_of(visit);
	/* One's own present session stays: it is what shows the result. */
	TRY(people_sessions_end(act, id,
				id.no == visit->session.person.no ? visit->session.id
								  : (struct session_id){ 0 }));
	visit->go_to = account_url(visit, id);
	visit->done = "sessions-ended";
	return OK;
}

PAGE_ROWS(account_admin,
	  { { METHOD_GET, "/people/grants" }, RIGHT_ACCOUNTS, PAGE_LOOK, .look = grant_list_draw },
	  { { METHOD_GET, "/people/grants/{id}/end" }, RIGHT_ACCOUNTS, PAGE_LOOK,
	    .look = grant_end_draw },
	  { { METHOD_POST, "/people/grants/{id}/end" }, RIGHT_ACCOUNTS, PAGE_ACT,
	    .act = grant_end_do, .again = grant_end_draw, .proof = PROOF_FRESH },
	  { { METHOD_GET, "/people/{id}/account" }, RIGHT_ACCOUNTS, PAGE_LOOK,
	    .look = account_draw },
	  { { METHOD_POST, "/people/{id}/account/open" }, RIGHT_ACCOUNTS, PAGE_ACT,
	    .slow = one_time_password_make, .act = open_do, .again = account_draw },
	  { { METHOD_POST, "/people/{id}/account/reset" }, RIGHT_ACCOUNTS, PAGE_ACT,
	    .slow = one_time_password_make, .act = reset_do, .again = account_draw, .proof = PROOF_FRESH },
	  { { METHOD_POST, "/people/{id}/account/close" }, RIGHT_ACCOUNTS, PAGE_ACT,
	    .act = close_do, .again = account_draw },
	  { { METHOD_POST, "/people/{id}/account/untie" }, RIGHT_ACCOUNTS, PAGE_ACT,
	    .act = untie_do, .again = account_draw },
	  { { METHOD_POST, "/people/{id}/account/sessions/end" }, RIGHT_ACCOUNTS, PAGE_ACT,
	    .act = sessions_end_do, .again = account_draw },
	  { { METHOD_POST, "/people/{id}/account/sessions/{session}/end" }, RIGHT_ACCOUNTS,
	    PAGE_ACT, .act = session_end_do, .again = account_draw },
	  { { METHOD_POST, "/people/{id}/account/grants" }, RIGHT_ACCOUNTS, PAGE_ACT,
	    .act = grant_give_do, .again = account_draw, .proof = PROOF_FRESH });
