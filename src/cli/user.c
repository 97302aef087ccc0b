/* `bansho user`: accounts and grants, for the operator at the machine. */
#include "cli/rooms.h"

#include <string.h>

enum { PAGE = 200 };

struct user_work {
	struct call *call;
	struct body *body;
	struct person_id person;
	struct text login;
	struct text clear;
	struct new_password password;
	struct grant grant;
};

/* By employee number, else by login name. */
static struct error *
find_person(struct call *call, struct body *body, struct text who, struct person_id *id)
{
	LOOK_SCOPED look = { 0 };
	struct person person;
	struct person_row *rows;
	struct account account;
	size_t count;
	bool found, has_more;
	TRY(look_begin(body->store, call->arena, &look));
	TRY(people_person_by_number(&look, who, &found, &person));
	if (found) {
		*id = person.id;
		return OK;
	}
	const struct people_search search = { .words = who, .day = DAY_NONE, .with_ended = true,
					      .most = PAGE };
	TRY(people_search(&look, &search, &rows, &count, &has_more));
	for (size_t at = 0; at < count; at++) {
		TRY(people_account(&look, rows[at].id, &found, &account));
		if (found && text_same(account.login, who)) {
			*id = rows[at].id;
			return OK;
		}
	}
	return missing("職員番号またはログイン名が「%.*s」の人はいません。bansho user list で確かめてください。",
		       T_ARG(who));
}

/* ---- list ---- */

struct listing {
	struct call *call;
	struct look *look;
	struct writer out;
	struct json json;
};

static struct error *
list_grants(struct listing *listing, struct person_id person, struct text *words)
{
	struct grant *grants;
	size_t count;
	struct writer out = writer_open(listing->call->arena, 1024);
	TRY(people_grants(listing->look, person, moment_day(listing->look->now), &grants, &count));
	for (size_t at = 0; at < count; at++)
		write_format(&out, "%s%s", at > 0 ? "," : "", grant_kind_code(grants[at].kind));
	*words = writer_text(&out);
	return OK;
}

static struct error *
list_one(struct listing *listing, const struct person_row *row)
{
	struct arena *arena = listing->call->arena;
	struct account account;
	struct text grants;
	bool found;
	TRY(people_account(listing->look, row->id, &found, &account));
	if (!found)
		return OK;
	TRY(list_grants(listing, row->id, &grants));
	const char *state = account.is_closed		   ? "closed"
			    : account.locked_until.ms != 0 ? "locked"
			    : account.is_temporary	   ? "temporary"
							   : "open";
	if (!listing->call->is_json) {
		print("%-10.*s %-16.*s %-9s %-12.*s %.*s　%.*s\n", T_ARG(row->number),
		      T_ARG(account.login), state, T_ARG(grants), T_ARG(row->name),
		      T_ARG(row->unit_name));
		return OK;
	}
	struct json *json = &listing->json;
	json_open_object(json);
	json_text_at(json, "grants", grants);
	json_text_at(json, "last_sign_in", moment_utc(arena, account.last_sign_in));
	json_text_at(json, "login", account.login);
	json_text_at(json, "name", row->name);
	json_text_at(json, "number", row->number);
	json_text_at(json, "state", text_of(state));
	json_text_at(json, "unit", row->unit_name);
	json_end(json);
	return OK;
}

static struct error *
list_pages(struct listing *listing)
{
	struct people_search search = { .day = DAY_NONE, .with_ended = true, .most = PAGE };
	struct person_row *rows;
	size_t count;
	bool has_more = true;
	while (has_more) {
		TRY(people_search(listing->look, &search, &rows, &count, &has_more));
		for (size_t at = 0; at < count; at++)
			TRY(list_one(listing, &rows[at]));
		if (count == 0)
			break;
		search.after_sort = rows[count - 1].sort;
		search.after = rows[count - 1].id;
	}
	return OK;
}

static struct error *
list_users(struct user_work *work)
{
	LOOK_SCOPED look = { 0 };
	struct listing listing = { .call = work->call, .look = &look };
	TRY(look_begin(work->body->store, work->call->arena, &look));
	if (!work->call->is_json)
		return list_pages(&listing);
	listing.out = writer_open(work->call->arena, 256 << 20);
	listing.json = json_begin(&listing.out);
	json_open_array(&listing.json);
	TRY(list_pages(&listing));
	json_end(&listing.json);
	return print_writer(&listing.out);
}

/* ---- acts ---- */

static struct error *
add_account(struct act *act, void *with)
{
	struct user_work *work = with;
	return people_account_open(act, work->body->pack, work->person, work->login,
				   &work->password);
}

static struct error *
reset_account(struct act *act, void *with)
{
	struct user_work *work = with;
	return people_account_reset(act, work->body->pack, work->person, &work->password);
}

static struct error *
close_account(struct act *act, void *with)
{
	struct user_work *work = with;
	return people_account_close(act, work->person);
}

static struct error *
give_grant(struct act *act, void *with)
{
	struct user_work *work = with;
	struct grant_id id;
	work->grant.person = work->person;
	work->grant.since = moment_day(act->look.now);
	work->grant.until = DAY_NONE;
	return people_grant_give(act, &work->grant, &id);
}

static struct error *
end_grant(struct act *act, void *with)
{
	struct user_work *work = with;
	struct grant *grants;
	size_t count;
	const struct day today = moment_day(act->look.now);
	TRY(people_grants(&act->look, work->person, today, &grants, &count));
	for (size_t at = 0; at < count; at++)
		if (grants[at].kind == work->grant.kind &&
		    grants[at].unit.no == work->grant.unit.no)
			return people_grant_end(act, grants[at].id, today);
	return missing("その担当は与えられていません。");
}

static void
say_password(struct user_work *work)
{
	print(say("仮パスワード: %.*s\n"), T_ARG(work->clear));
	print("%s\n", say("もう表示されません。本人だけに渡してください。"));
}

static struct error *
with_password(struct user_work *work, act_work *act)
{
	TRY(people_password_random(work->call->arena, &work->clear, &work->password));
	TRY(call_act(work->body, act, work));
	say_password(work);
	return OK;
}

static struct error *
read_grant(struct user_work *work)
{
	LOOK_SCOPED look = { 0 };
	struct text kind;
	struct unit unit;
	bool found;
	const struct text code = call_text(work->call, "unit");
	TRY(call_must(work->call, "kind", &kind));
	if (!grant_kind_read(kind, &work->grant.kind))
		return reject("--kind", "operator、people、ledger、auditor のどれかにしてください。");
	if (code.data == NULL)
		return OK;
	TRY(look_begin(work->body->store, work->call->arena, &look));
	TRY(people_unit_by_code(&look, code, moment_day(look.now), &found, &unit));
	if (!found)
		return missing("所属コード「%.*s」の所属はありません。", T_ARG(code));
	work->grant.unit = unit.id;
	return OK;
}

static struct error *
grant(struct user_work *work)
{
	TRY(read_grant(work));
	return call_act(work->body, call_has(work->call, "end") ? end_grant : give_grant, work);
}

static struct error *
do_verb(struct user_work *work, struct text verb)
{
	struct call *call = work->call;
	if (text_is(verb, "list"))
		return list_users(work);
	if (call->words_count < 2)
		return reject(NULL, "だれのことか、職員番号かログイン名を書いてください。");
	TRY(find_person(call, work->body, call->words[1], &work->person));
	if (text_is(verb, "add")) {
		if (call->words_count < 3)
			return reject(NULL, "使い方: bansho user add 職員番号 ログイン名");
		work->login = call->words[2];
		return with_password(work, add_account);
	}
	if (text_is(verb, "reset"))
		return with_password(work, reset_account);
	if (text_is(verb, "close"))
		return call_act(work->body, close_account, work);
	if (text_is(verb, "grant"))
		return grant(work);
	return reject(NULL, "「%.*s」は知りません。list、add、reset、close、grant のどれかです。",
		      T_ARG(verb));
}

struct error *
run_user(struct call *call)
{
	struct body body;
	struct user_work work = { .call = call, .body = &body };
	const bool only_reads = text_is(call->words[0], "list");
	TRY(call_body(call, only_reads, &body));
	struct error *error = do_verb(&work, call->words[0]);
	if (error == OK && !only_reads) {
		seal_if_possible(&body);
		if (!call->is_json)
			print("%s\n", say("済みました。"));
	}
	body_close(&body);
	return error;
}
