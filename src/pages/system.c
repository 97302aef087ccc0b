/* One system: what is out of order with its accounts and what to do about it, and all of them. */
#include "pages/access_pages.h"
#include "pages/people_pages.h"

#include "assure/settings.h"
#include "base/number.h"

enum { TROUBLED_SHOWN = 500 };

/* ---- What is out of order ---- */

static const char *
advice_words(enum trouble_kind kind)
{
	switch (kind) {
	case TROUBLE_LEFT:
		return say("退職した人や、いまどの職にもない人のアカウントです。システムで消すか止めてください。");
	case TROUBLE_MOVED:
		return say("アカウントを渡したときと所属が違う人です。今の仕事で要らなければ消し、要るなら理由を書いて残してください。");
	case TROUBLE_UNUSED:
		return say("決めた日数のあいだ使われていません。要るかを本人か所属に確かめてください。");
	case TROUBLE_UNKNOWN:
		return say("職員の登録に当てはまる人がいません。アカウントを開いて、だれのものか、何に使うかを書いてください。");
	case TROUBLE_PRIVILEGED:
		return say("特権がありますが、有効な許可証がありません。使う人に申請してもらうか、システムで特権を外してください。");
	case TROUBLE_SHARED:
		return say("共用のアカウントですが、使ってよい人が一人も決まっていません。アカウントを開いて、使う人を書いてください。");
	case TROUBLE_ABSENT:
		return say("前の一覧にはあり、新しい一覧にないアカウントです。本当に消えたかをシステムで確かめてください。");
	case TROUBLE_ASKED:
	case TROUBLE_KINDS:
		break;
	}
	return say("所属の点検で、削除か変更を頼まれました。アカウントを開くと、何を頼まれたかが分かります。");
}

static struct text
since_words(struct visit *visit, const struct trouble *trouble)
{
	if (day_is_none(trouble->since))
		return trouble->kind == TROUBLE_UNUSED ? text_of(say("使われた記録なし")) : T("");
	return day_wareki(visit->arena, trouble->since);
}

static struct error *
fill_troubled(struct look *look, struct visit *visit, const struct access_system *system,
	      enum trouble_kind kind, struct system_page *page)
{
	struct trouble *list;
	size_t count;
	TRY(access_check(look, visit->office->flow, system->id, true, &list, &count));
	page->trouble = text_of(trouble_words(kind));
	page->trouble_name = text_of(trouble_name(kind));
	page->advice = text_of(advice_words(kind));
	page->is_keepable = kind != TROUBLE_ASKED;
	page->troubled = ARENA_ARRAY(visit->arena, struct system_troubled, TROUBLED_SHOWN);
	for (size_t at = 0; at < count && page->troubled_count < TROUBLED_SHOWN; at++) {
		struct access_account account;
		if (list[at].kind != kind)
			continue;
		TRY(access_account(look, list[at].account, &account));
		const struct text id = text_number(visit->arena, account.id.no);
		page->troubled[page->troubled_count++] = (struct system_troubled){
			.id = id,
			.name = account.name,
			.href = access_account_url(visit->arena, &account),
			.whose = access_whose(visit->arena, &account),
			.kind = text_of(access_kind_words(account.kind)),
			.since = since_words(visit, &list[at]),
			.is_privileged = account.is_privileged,
			.kept = list[at].kept_until,
			.is_chosen = request_has(visit->request,
						 text_z(visit->arena,
							text_format(visit->arena, "s-%.*s", T_ARG(id)))),
		};
	}
	return OK;
}

static void
fill_kinds(struct visit *visit, const struct access_system *system, bool has_kind,
	   enum trouble_kind chosen, struct system_page *page)
{
	page->kinds = ARENA_ARRAY(visit->arena, struct system_kinds, TROUBLE_KINDS);
	for (int kind = 0; kind < TROUBLE_KINDS; kind++)
		if (system->troubles[kind] != 0)
			page->kinds[page->kinds_count++] = (struct system_kinds){
				.words = text_of(trouble_words((enum trouble_kind)kind)),
				.number = system->troubles[kind],
				.is_here = has_kind && (int)chosen == kind,
				.href = url_query(visit->arena,
						  access_system_url(visit->arena, system->id), "trouble",
						  text_of(trouble_name((enum trouble_kind)kind))),
			};
}

/* ---- All accounts ---- */

static struct access_query
query_of(struct visit *visit, const struct access_system *system)
{
	struct access_query query = { .system = system->id };
	const struct text state = visit_text(visit, "state");
	query.words = text_trim(visit_text(visit, "q"));
	query.has_kind = access_kind_read(visit_text(visit, "kind"), &query.kind);
	query.is_privileged_only = text_is(state, "privileged");
	query.with_closed = text_is(state, "all");
	(void)number_read(visit_text(visit, "after"), 1, INT64_MAX, &query.after.no);
	return query;
}

static struct filter_part
kind_filter(struct visit *visit, const struct access_query *query)
{
	struct filter_part filter = filter_of(visit, "kind", say("種類"), say("すべて"), ACCESS_KINDS);
	for (int kind = 0; kind < ACCESS_KINDS; kind++) {
		filter_add(&filter, text_of(access_kind_name((enum access_kind)kind)),
			   text_of(access_kind_words((enum access_kind)kind)));
		filter.options[kind].is_chosen = query->has_kind && (int)query->kind == kind;
	}
	return filter;
}

static struct filter_part
state_filter(struct visit *visit, const struct access_query *query)
{
	struct filter_part filter = filter_of(visit, "state", say("状態"), say("使われているもの"), 2);
	filter_add(&filter, T("privileged"), text_of(say("特権のあるものだけ")));
	filter_add(&filter, T("all"), text_of(say("抹消済みも")));
	filter.options[0].is_chosen = query->is_privileged_only;
	filter.options[1].is_chosen = query->with_closed;
	return filter;
}

static struct url
with_filters(struct visit *visit, struct url base)
{
	static const char *const names[] = { "q", "kind", "state" };
	for (size_t at = 0; at < sizeof names / sizeof *names; at++)
		if (visit_text(visit, names[at]).len != 0)
			base = url_query(visit->arena, base, names[at], visit_text(visit, names[at]));
	return base;
}

static struct error *
fill_rows(struct look *look, struct visit *visit, const struct access_query *query,
	  struct system_page *page, struct pager_part *pager)
{
	struct access_account *list;
	size_t count;
	TRY(access_accounts(look, query, ACCESS_PAGE + 1, &list, &count));
	const size_t shown = count > ACCESS_PAGE ? ACCESS_PAGE : count;
	page->rows = ARENA_ARRAY(visit->arena, struct system_rows, shown + 1);
	for (size_t at = 0; at < shown; at++)
		page->rows[page->rows_count++] = (struct system_rows){
			.name = list[at].name,
			.href = access_account_url(visit->arena, &list[at]),
			.kind = text_of(access_kind_words(list[at].kind)),
			.whose = access_whose(visit->arena, &list[at]),
			.state = access_state_words(&list[at]),
			.tag = text_of(access_state_tag(&list[at])),
			.is_privileged = list[at].is_privileged,
			.used = list[at].used,
			.reviewed = list[at].reviewed,
		};
	if (query->after.no != 0)
		pager->first = with_filters(visit, page->here);
	if (count > shown)
		pager->next = url_query_number(visit->arena, with_filters(visit, page->here), "after",
					       list[shown - 1].id.no);
	return OK;
}

static struct error *
fill_managers(struct look *look, struct visit *visit, const struct access_system *system,
	      struct system_page *page)
{
	struct decider *list;
	size_t count;
	TRY(access_managers(look, visit->office->pack, system->owner, &list, &count));
	for (size_t at = 0; at < count; at++) {
		page->managers = text_format(visit->arena, "%.*s%s%.*s %.*s", T_ARG(page->managers),
					     at == 0 ? "" : "、", T_ARG(list[at].post_name),
					     T_ARG(list[at].name));
		page->may_keep = page->may_keep || list[at].person.no == visit->session.person.no;
	}
	return OK;
}

static void
fill_links(struct visit *visit, const struct access_system *system, struct system_page *page)
{
	struct arena *arena = visit->arena;
	const struct pack_ledger *ledger = access_ledger(visit->office->pack);
	const int64_t id = system->id.no;
	page->here = access_system_url(arena, system->id);
	page->record = url_make(arena, "/ledger/{}/{}", 2,
			     ((struct text[]){ ledger->code, text_number(arena, id) }));
	page->import = url_of_number(arena, "/systems/{}/import", id);
	page->has_settings = assure_has_settings(visit->office->pack, ledger);
	page->values = url_of_number(arena, "/system-settings/{}", id);
	page->settings = url_of_number(arena, "/systems/{}/settings", id);
	page->close = url_of_number(arena, "/systems/{}/close", id);
	page->keep = url_of_number(arena, "/systems/{}/keep", id);
	page->csv = url_of_number(arena, "/systems/{}/csv", id);
	page->xlsx = url_of_number(arena, "/systems/{}/xlsx", id);
}

static struct error *
system_draw(struct look *look, struct visit *visit)
{
	struct access_system system;
	enum trouble_kind kind = TROUBLE_LEFT;
	const bool has_kind = trouble_read(visit_text(visit, "trouble"), &kind);
	struct pager_part pager = { 0 };
	TRY(access_system_of(look, visit, RIGHT_LEDGER_READ, &system));
	const struct access_query query = query_of(visit, &system);
	struct field_part words = plain_box(
		visit, BOX_LONG, "words", text_of(say("どのように確かめたか、残すなら理由")),
		text_of(say("あとから読む人に分かるように書いてください。")), T(""), true);
	struct field_part until = plain_box(visit, BOX_DAY, "until", text_of(say("いつまで残すか")),
					    text_of(say("残すときだけ。1年以内の日。その日を過ぎると、また確かめの対象になります。")),
					    T(""), false);
	struct filter_part kinds = kind_filter(visit, &query), states = state_filter(visit, &query);
	struct system_page page = {
		.frame = visit_frame(visit, system.title, "ledger"),
		.title = system.title,
		.owner = system.owner_name,
		.listed = system.listed,
		.is_for_all = system.is_for_all,
		.csrf = visit->csrf,
		.accounts = system.accounts,
		.privileged = system.privileged,
		.shared = system.shared,
		.words = &words,
		.until = &until,
		.fault = visit_fault(visit, T("account")),
		.words_asked = query.words,
		.kind = &kinds,
		.state = &states,
		.pages = &pager,
	};
	TRY(rights_reach(look, &visit->rights, RIGHT_LEDGER_WRITE, system.owner, &page.may_write));
	fill_links(visit, &system, &page);
	TRY(fill_managers(look, visit, &system, &page));
	fill_kinds(visit, &system, has_kind, kind, &page);
	if (has_kind)
		TRY(fill_troubled(look, visit, &system, kind, &page));
	TRY(fill_rows(look, visit, &query, &page, &pager));
	return visit_draw(visit, system_page, &page);
}

/* ---- To take away ---- */

static struct text
troubles_of(struct visit *visit, const struct trouble *list, size_t count, struct access_id id)
{
	struct text words = T("");
	for (size_t at = 0; at < count; at++)
		if (list[at].account.no == id.no)
			words = text_format(visit->arena, "%.*s%s%s", T_ARG(words),
					    words.len == 0 ? "" : "、", trouble_words(list[at].kind));
	return words;
}

static struct error *
put_account(struct look *look, struct visit *visit, const struct access_account *account,
	    struct text troubles, struct rows_out *out)
{
	struct access_user *users;
	struct text shared = T("");
	size_t count = 0;
	if (account->kind == ACCESS_SHARED)
		TRY(access_users(look, account->id, &users, &count));
	for (size_t at = 0; at < count; at++)
		shared = text_format(visit->arena, "%.*s%s%.*s", T_ARG(shared), at == 0 ? "" : "、",
				     T_ARG(users[at].name));
	struct rows_cell *cell = rows_next(out);
	*cell++ = rows_words(account->name);
	*cell++ = rows_words(text_of(access_kind_words(account->kind)));
	*cell++ = rows_words(account->person_number);
	*cell++ = rows_words(account->person_name);
	*cell++ = rows_words(account->label);
	*cell++ = rows_words(shared);
	*cell++ = rows_words(account->is_privileged ? text_of(say("あり")) : T(""));
	*cell++ = rows_words(access_state_words(account));
	*cell++ = rows_day(account->used);
	*cell++ = rows_words(account->why);
	*cell++ = rows_day(account->reviewed.ms != 0 ? moment_day(account->reviewed) : DAY_NONE);
	*cell++ = rows_words(troubles);
	return OK;
}

static struct error *
system_send(struct look *look, struct visit *visit)
{
	const struct rows_column columns[] = {
		{ text_of(say("アカウント")), 24 },    { text_of(say("種類")), 14 },
		{ text_of(say("職員番号")), 14 },      { text_of(say("氏名")), 20 },
		{ text_of(say("一覧での名前")), 24 },  { text_of(say("共用する人")), 30 },
		{ text_of(say("特権")), 8 },	       { text_of(say("状態")), 12 },
		{ text_of(say("最後に使った日")), 16 }, { text_of(say("何に使うか・備考")), 30 },
		{ text_of(say("点検した日")), 16 },    { text_of(say("確かめが要ること")), 40 },
	};
	struct access_system system;
	struct access_query query = { 0 };
	struct trouble *troubles;
	size_t troubles_count, count;
	TRY(access_system_of(look, visit, RIGHT_LEDGER_READ, &system));
	TRY(access_check(look, visit->office->flow, system.id, false, &troubles, &troubles_count));
	struct rows_out out = rows_begin(visit->arena, system.title, columns,
					 sizeof columns / sizeof *columns, (size_t)system.accounts);
	out.said = moment_wareki(visit->arena, visit->now);
	query.system = system.id;
	do {
		struct access_account *list;
		TRY(access_accounts(look, &query, 1000, &list, &count));
		for (size_t at = 0; at < count && out.rows_count < out.rows_room; at++)
			TRY(put_account(look, visit, &list[at],
					troubles_of(visit, troubles, troubles_count, list[at].id),
					&out));
		if (count != 0)
			query.after = list[count - 1].id;
	} while (count == 1000);
	return rows_send(look, visit, &out);
}

/* ---- Acts ---- */

/* The accounts ticked, among those that are in that trouble now. */
static struct error *
chosen(struct look *look, struct visit *visit, enum right right, struct access_system *system,
       enum trouble_kind *kind, struct access_id **ids, size_t *count)
{
	struct trouble *list;
	size_t all;
	*count = 0;
	TRY(access_system_of(look, visit, right, system));
	if (!trouble_read(visit_text(visit, "trouble"), kind))
		return reject("trouble", "画面の内容が正しく届きませんでした。画面を開き直してください。");
	TRY(access_check(look, visit->office->flow, system->id, true, &list, &all));
	*ids = ARENA_ARRAY(visit->arena, struct access_id, all + 1);
	for (size_t at = 0; at < all; at++) {
		const char *name = text_z(visit->arena,
					  text_format(visit->arena, "s-%lld",
						      (long long)list[at].account.no));
		if (list[at].kind == *kind && request_has(visit->request, name))
			(*ids)[(*count)++] = list[at].account;
	}
	return OK;
}

static struct url
back_to(struct visit *visit, const struct access_system *system, enum trouble_kind kind)
{
	return url_query(visit->arena, access_system_url(visit->arena, system->id), "trouble",
			 text_of(trouble_name(kind)));
}

static struct error *
close_do(struct act *act, struct visit *visit)
{
	struct access_system system;
	enum trouble_kind kind;
	struct access_id *ids;
	int64_t closed;
	size_t count;
	TRY(chosen(&act->look, visit, RIGHT_LEDGER_WRITE, &system, &kind, &ids, &count));
	TRY(access_close(act, ids, count, visit_text(visit, "words"), &closed));
	visit->go_to = back_to(visit, &system, kind);
	visit->done = "account-closed";
	return OK;
}

static struct error *
keep_do(struct act *act, struct visit *visit)
{
	struct access_system system;
	enum trouble_kind kind;
	struct access_id *ids;
	struct day until;
	size_t count;
	TRY(chosen(&act->look, visit, RIGHT_LEDGER_READ, &system, &kind, &ids, &count));
	TRY(form_day(visit, "until", true, &until));
	TRY(access_keep(act, visit->office->flow, ids, count, kind, visit_text(visit, "words"),
			until));
	visit->go_to = back_to(visit, &system, kind);
	visit->done = "account-kept";
	return OK;
}

static struct error *
settings_do(struct act *act, struct visit *visit)
{
	struct access_system system;
	TRY(access_system_of(&act->look, visit, RIGHT_LEDGER_WRITE, &system));
	TRY(access_system_settings(act, visit->office->flow, system.id,
				   visit_text(visit, "for-all").len != 0));
	visit->go_to = access_system_url(visit->arena, system.id);
	visit->done = "saved";
	return OK;
}

PAGE_ROWS(system,
	  { { METHOD_GET, "/systems/{id}" }, RIGHT_LEDGER_READ, PAGE_LOOK, .look = system_draw },
	  { { METHOD_GET, "/systems/{id}/csv" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = system_send },
	  { { METHOD_GET, "/systems/{id}/xlsx" }, RIGHT_LEDGER_READ, PAGE_SLOW_LOOK, .look = system_send },
	  { { METHOD_POST, "/systems/{id}/close" }, RIGHT_LEDGER_WRITE, PAGE_ACT, .act = close_do,
	    .again = system_draw },
	  { { METHOD_POST, "/systems/{id}/keep" }, RIGHT_LEDGER_READ, PAGE_ACT, .act = keep_do,
	    .again = system_draw },
	  { { METHOD_POST, "/systems/{id}/settings" }, RIGHT_LEDGER_WRITE, PAGE_ACT,
	    .act = settings_do, .again = system_draw });
