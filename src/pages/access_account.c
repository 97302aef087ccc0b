/* One account of another system: whose it is, its permit, what was asked and decided about it. */
#include "pages/access_pages.h"
#include "pages/dossier_parts.h"
#include "pages/people_pages.h"

static struct error *
fill_users(struct look *look, struct visit *visit, const struct access_account *account,
	   struct access_account_page *page, struct text *typed)
{
	struct access_user *list;
	size_t count = 0;
	*typed = T("");
	page->is_shared = account->kind == ACCESS_SHARED;
	if (page->is_shared)
		TRY(access_users(look, account->id, &list, &count));
	page->users = ARENA_ARRAY(visit->arena, struct access_account_users, count + 1);
	page->users_count = count;
	for (size_t at = 0; at < count; at++) {
		page->users[at] = (struct access_account_users){
			text_format(visit->arena, "%.*s %.*s", T_ARG(list[at].number),
				    T_ARG(list[at].name)),
			url_of_number(visit->arena, "/people/{}", list[at].person.no),
		};
		*typed = text_format(visit->arena, "%.*s%.*s\n", T_ARG(*typed),
				     T_ARG(list[at].number));
	}
	return OK;
}

static struct error *
fill_permit(struct look *look, struct visit *visit, const struct access_account *account,
	    struct access_account_page *page)
{
	struct permit_id permit;
	page->needs_permit = account->is_privileged;
	if (!page->needs_permit)
		return OK;
	TRY(access_permit(look, visit->office->flow, account, &page->has_permit, &permit,
			  &page->permit));
	if (page->has_permit)
		page->permit_href = permit_url(visit, permit);
	return OK;
}

static struct error *
fill_troubles(struct look *look, struct visit *visit, const struct access_account *account,
	      struct access_account_page *page)
{
	struct trouble *list;
	size_t count;
	TRY(access_check(look, visit->office->flow, account->system, true, &list, &count));
	page->troubles = ARENA_ARRAY(visit->arena, struct access_account_troubles, TROUBLE_KINDS);
	for (size_t at = 0; at < count && page->troubles_count < TROUBLE_KINDS; at++)
		if (list[at].account.no == account->id.no)
			page->troubles[page->troubles_count++] = (struct access_account_troubles){
				text_of(trouble_words(list[at].kind)), list[at].kept_until
			};
	return OK;
}

static struct error *
fill_requests(struct look *look, struct visit *visit, const struct access_account *account,
	      struct access_account_page *page)
{
	struct access_request *list;
	size_t count;
	TRY(access_requests(look, account->id, &list, &count));
	page->requests = ARENA_ARRAY(visit->arena, struct access_account_requests, count + 1);
	page->requests_count = count;
	for (size_t at = 0; at < count; at++)
		page->requests[at] = (struct access_account_requests){
			.words = text_of(access_answer_words(list[at].answer)),
			.unit = list[at].unit_name,
			.who = list[at].asked_by,
			.said = list[at].words,
			.at = list[at].at,
			.handled = list[at].handled,
			.handled_words = list[at].handled_words,
			.is_open = list[at].handled.ms == 0,
			.handle = url_make(visit->arena, "/systems/{}/accounts/{}/handle/{}", 3,
					   ((struct text[]){
						   text_number(visit->arena, account->system.no),
						   text_number(visit->arena, account->id.no),
						   text_number(visit->arena, list[at].id) })),
		};
	return OK;
}

static struct error *
fill_keepings(struct look *look, struct visit *visit, const struct access_account *account,
	      struct access_account_page *page)
{
	struct access_keeping *list;
	size_t count;
	TRY(access_keepings(look, account->id, &list, &count));
	page->keepings = ARENA_ARRAY(visit->arena, struct access_account_keepings, count + 1);
	page->keepings_count = count;
	for (size_t at = 0; at < count; at++)
		page->keepings[at] = (struct access_account_keepings){
			text_of(trouble_words(list[at].kind)), list[at].words, list[at].until,
			list[at].person_name, list[at].at
		};
	return OK;
}

static void
fill_boxes(struct visit *visit, const struct access_account *account, struct text users,
	   struct access_account_page *page)
{
	struct field_option *kinds = ARENA_ARRAY(visit->arena, struct field_option, ACCESS_KINDS);
	for (int kind = 0; kind < ACCESS_KINDS; kind++)
		kinds[kind] = (struct field_option){
			text_of(access_kind_name((enum access_kind)kind)),
			text_of(access_kind_words((enum access_kind)kind))
		};
	struct field_part *made = ARENA_ARRAY(visit->arena, struct field_part, 4);
	page->box_kind = radio_box(visit, "kind", text_of(say("種類")), T(""),
				   text_of(access_kind_name(account->kind)), true, kinds,
				   ACCESS_KINDS);
	page->box_person = text_box(visit, "person", say("使う人(個人のとき)"),
				    say("職員番号か氏名"), account->person_number, false);
	made[0] = plain_box(visit, BOX_LONG, "users", text_of(say("共用する人(共用のとき)")),
			    text_of(say("職員番号か氏名を、一行に一人")), users, false);
	made[1] = plain_box(visit, BOX_YES_NO, "privileged", text_of(say("特権(管理者権限)")), T(""),
			    account->is_privileged ? T("yes") : T("no"), false);
	made[2] = plain_box(visit, BOX_LONG, "why", text_of(say("何に使うか・特権が要る理由")),
			    text_of(say("機器・プログラムと特権のときは必ず書きます。パスワードは書きません。")),
			    account->why, false);
	made[3] = plain_box(visit, BOX_LONG, "words", text_of(say("どのように確かめたか")), T(""),
			    T(""), true);
	page->box_users = &made[0];
	page->box_privileged = &made[1];
	page->box_why = &made[2];
	page->box_words = &made[3];
	struct field_part *handled = ARENA_NEW(visit->arena, struct field_part);
	*handled = plain_box(visit, BOX_LONG, "handled", text_of(say("何をしたか(行わないなら理由)")),
			     T(""), T(""), true);
	page->box_handled = handled;
}

static struct error *
account_draw(struct look *look, struct visit *visit)
{
	struct arena *arena = visit->arena;
	struct access_system system;
	struct access_account account;
	struct text users;
	TRY(access_account_of_path(look, visit, RIGHT_LEDGER_READ, &system, &account));
	struct access_account_page page = {
		.frame = visit_frame(visit, account.name, "ledger"),
		.system = system.title,
		.system_href = access_system_url(arena, system.id),
		.name = account.name,
		.is_privileged = account.is_privileged,
		.state = access_state_words(&account),
		.tag = text_of(access_state_tag(&account)),
		.kind = text_of(access_kind_words(account.kind)),
		.whose = access_whose(arena, &account),
		.has_person = account.person.no != 0,
		.person_href = url_of_number(arena, "/people/{}", account.person.no),
		.unit = account.unit.no != 0 ? unit_name(look, account.unit.no) : T(""),
		.why = account.why,
		.used = account.used,
		.added = account.added,
		.reviewed = account.reviewed,
		.closed = account.closed,
		.closed_by = account.closed_by_name,
		.closed_why = account.closed_why,
		.csrf = visit->csrf,
		.change = account.change,
		.has_journal = visit_may(visit, RIGHT_JOURNAL_READ),
		.journal = url_query(arena, url_path(arena, "/journal"), "about",
				     text_format(arena, "account:%lld", (long long)account.id.no)),
	};
	const struct text pieces[] = { text_number(arena, system.id.no),
				       text_number(arena, account.id.no) };
	page.say = url_make(arena, "/systems/{}/accounts/{}", 2, pieces);
	page.close = url_make(arena, "/systems/{}/accounts/{}/close", 2, pieces);
	TRY(rights_reach(look, &visit->rights, RIGHT_LEDGER_WRITE, system.owner, &page.may_write));
	page.may_write = page.may_write && account.closed.ms == 0;
	TRY(fill_users(look, visit, &account, &page, &users));
	TRY(fill_permit(look, visit, &account, &page));
	TRY(fill_troubles(look, visit, &account, &page));
	TRY(fill_requests(look, visit, &account, &page));
	TRY(fill_keepings(look, visit, &account, &page));
	fill_boxes(visit, &account, users, &page);
	return visit_draw(visit, access_account_page, &page);
}

/* ---- Acts ---- */

static struct error *
one_person(struct look *look, const char *field, struct text typed, struct person_id *person)
{
	size_t count;
	TRY(people_called(look, typed, person, &count));
	if (count == 0)
		return reject(field, "「%.*s」という職員番号か氏名の人はいません。", T_ARG(typed));
	if (count > 1)
		return reject(field, "「%.*s」という人が複数います。職員番号で書いてください。",
			      T_ARG(typed));
	return OK;
}

static struct error *
read_users(struct look *look, struct visit *visit, struct access_saying *saying)
{
	struct text line, rest = visit_text(visit, "users");
	struct person_id *users = ARENA_ARRAY(visit->arena, struct person_id, rest.len + 1);
	while (rest.len != 0 && saying->users_count <= ACCESS_MOST_USERS) {
		if (!text_cut(rest, '\n', &line, &rest))
			rest = T("");
		line = text_trim(line);
		if (line.len != 0)
			TRY(one_person(look, "users", line, &users[saying->users_count++]));
	}
	saying->users = users;
	return OK;
}

static struct error *
say_do(struct act *act, struct visit *visit)
{
	struct access_system system;
	struct access_account account;
	struct access_saying saying = { 0 };
	TRY(access_account_of_path(&act->look, visit, RIGHT_LEDGER_WRITE, &system, &account));
	saying.id = account.id;
	TRY(visit_number(visit, "change", &saying.change));
	if (!access_kind_read(visit_text(visit, "kind"), &saying.kind))
		return reject("kind", "種類を選んでください。");
	const struct text person = text_trim(visit_text(visit, "person"));
	if (saying.kind == ACCESS_PERSON && person.len != 0)
		TRY(one_person(&act->look, "person", person, &saying.person));
	if (saying.kind == ACCESS_SHARED)
		TRY(read_users(&act->look, visit, &saying));
	saying.is_privileged = text_is(visit_text(visit, "privileged"), "yes");
	saying.why = text_trim(visit_text(visit, "why"));
	TRY(access_say(act, &saying));
	visit->go_to = access_account_url(visit->arena, &account);
	visit->done = "saved";
	return OK;
}

static struct error *
close_do(struct act *act, struct visit *visit)
{
	struct access_system system;
	struct access_account account;
	int64_t closed;
	TRY(access_account_of_path(&act->look, visit, RIGHT_LEDGER_WRITE, &system, &account));
	TRY(access_close(act, &account.id, 1, visit_text(visit, "words"), &closed));
	visit->go_to = access_account_url(visit->arena, &account);
	visit->done = "account-closed";
	return OK;
}

static struct error *
handle_do(struct act *act, struct visit *visit)
{
	struct access_system system;
	struct access_account account;
	struct access_request *list;
	size_t count;
	bool is_theirs = false;
	const int64_t request = visit_id(visit, "request");
	TRY(access_account_of_path(&act->look, visit, RIGHT_LEDGER_WRITE, &system, &account));
	TRY(access_requests(&act->look, account.id, &list, &count));
	for (size_t at = 0; at < count; at++)
		is_theirs = is_theirs || list[at].id == request;
	if (!is_theirs)
		return missing("その依頼はありません。画面を開き直してください。");
	struct error *error = access_handle(act, request, visit_text(visit, "handled"));
	if (error != OK && text_is(error->field, "words"))
		error->field = T("handled");
	TRY(error);
	visit->go_to = access_account_url(visit->arena, &account);
	visit->done = "saved";
	return OK;
}

PAGE_ROWS(access_account,
	  { { METHOD_GET, "/systems/{id}/accounts/{account}" }, RIGHT_LEDGER_READ, PAGE_LOOK,
	    .look = account_draw },
	  { { METHOD_POST, "/systems/{id}/accounts/{account}" }, RIGHT_LEDGER_WRITE, PAGE_ACT,
	    .act = say_do, .again = account_draw },
	  { { METHOD_POST, "/systems/{id}/accounts/{account}/close" }, RIGHT_LEDGER_WRITE, PAGE_ACT,
	    .act = close_do, .again = account_draw },
	  { { METHOD_POST, "/systems/{id}/accounts/{account}/handle/{request}" }, RIGHT_LEDGER_WRITE,
	    PAGE_ACT, .act = handle_do, .again = account_draw });
