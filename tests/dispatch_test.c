/*
 * The dispatch table, walked: every row names a right, everything that changes is an act, and every
 * act refuses a missing and a foreign CSRF token, over real HTTP with a real store.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "pages/rooms.h"
#include "incident/incident.h"
#include "signin/signin.h"

#include "base/file.h"
#include "people/notice.h"

#include <curl/curl.h>
#include <liboath/oath.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct house {
	struct arena *arena;
	char folder[64];
	struct pack *pack;
	struct store *store;
	struct journal *journal;
	struct flow flow;
	struct office office;
	struct server *server;
	char address[64];
	struct text session[2]; /* cookies of two persons */
	struct text csrf[2];
};

static struct house house;

/* The store's clock runs ahead of the machine's by so much. */
static _Atomic int64_t ahead_ms;

static struct moment
clock_ahead(void *with)
{
	(void)with;
	return (struct moment){ moment_now().ms + atomic_load(&ahead_ms) };
}

/* ---- A body with two persons, both operators ---- */

static struct error *
add_person(struct act *act, const char *number, const char *login, const struct new_password *password)
{
	const struct person person = { .number = text_of(number), .family = T("試験"), .since = DAY_NONE,
				       .until = DAY_NONE };
	const struct grant grant = { .kind = GRANT_OPERATOR, .since = DAY_NONE, .until = DAY_NONE };
	struct person_id id;
	struct grant_id given;
	TRY(people_person_add(act, &person, &id));
	TRY(people_account_open(act, house.pack, id, text_of(login), password));
	struct grant to = grant;
	to.person = id;
	return people_grant_give(act, &to, &given);
}

static struct error *
fill(struct act *act, void *with)
{
	TRY(add_person(act, "0001", "first", with));
	return add_person(act, "0002", "second", with);
}

static void
open_house(void)
{
	struct new_password password;
	const struct actor actor = { .through = T("test") };
	struct secret clear = secret_from(T("correct horse battery"));
	assert_null(pack_load(house.arena, PACK_FOLDER, &pack_known, &house.pack, NULL));
	assert_null(store_open(house.arena,
			       &(struct store_options){ .path = path_join(house.arena, house.folder,
									  "store.sqlite"),
							.ring = path_join(house.arena, house.folder,
									  "ring"),
							.may_create = true,
							.clock = clock_ahead,
							.migrations = bansho_migrations },
			       &house.store));
	assert_null(journal_open(house.arena, house.store, T("test"), &house.journal));
	assert_null(people_password_encode(house.arena, clear, false, &password));
	secret_close(&clear);
	assert_null(store_act(house.store, house.arena, &actor, fill, &password));
	house.flow = (struct flow){ house.pack, incident_outcomes };
	house.office = (struct office){
		.store = house.store,
		.pack = house.pack,
		.flow = &house.flow,
		.pool = pool_open(2, 100),
		.seen = seen_open(),
		.challenges = challenges_open(),
		.data = house.folder,
		.folder = house.folder,
		.programs = "/nonexistent",
		.body_code = T("test"),
		.body_name = T("試験市"),
		.version = T("test"),
	};
	const struct server_options options = {
		.port = 0,
		.with = &house.office,
		.body = pages_body,
		.serve = pages_serve,
		.fault = pages_fault,
	};
	assert_null(server_start(&options, &house.server));
	snprintf(house.address, sizeof house.address, "http://127.0.0.1:%u", server_port(house.server));
}

/* ---- HTTP ---- */

struct reply {
	long status;
	struct writer body;
	struct writer head;
};

static size_t
take(char *data, size_t size, size_t count, void *with)
{
	write_text(with, (struct text){ data, size * count });
	return size * count;
}

static struct reply
ask(const char *method, const char *path, const char *cookie, const char *fields)
{
	struct reply reply = { .body = writer_open(house.arena, 8 << 20),
			       .head = writer_open(house.arena, 1 << 16) };
	CURL *curl = curl_easy_init();
	struct curl_slist *headers = curl_slist_append(
		NULL, text_z(house.arena, text_format(house.arena, "Origin: %s", house.address)));
	curl_easy_setopt(curl, CURLOPT_URL,
			 text_z(house.arena, text_format(house.arena, "%s%s", house.address, path)));
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply.body);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, &reply.head);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT, 60L);
	if (cookie != NULL)
		curl_easy_setopt(curl, CURLOPT_COOKIE, cookie);
	if (strcmp(method, "POST") == 0) {
		curl_easy_setopt(curl, CURLOPT_POST, 1L);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, fields);
	}
	assert_int_equal(curl_easy_perform(curl), CURLE_OK);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	return reply;
}

/* The session that an answer gives. */
static void
take_session(int which, const struct reply *reply)
{
	size_t at;
	const struct text head = writer_text(&reply->head);
	assert_true(text_find(head, T("session="), &at));
	house.session[which] = text_copy(house.arena, text_first(text_from(head, at), 8 + TOKEN_LEN));
	house.csrf[which] = people_csrf(house.arena, text_from(house.session[which], 8));
}

static void
sign_in(int which, const char *login)
{
	struct reply reply = ask("POST", "/sign-in", NULL,
				 text_z(house.arena,
					text_format(house.arena, "login=%s&password=correct+horse+battery",
						    login)));
	assert_int_equal(reply.status, 303);
	take_session(which, &reply);
}

static int
set_up(void **state)
{
	(void)state;
	house.arena = arena_open((size_t)512 << 20);
	strcpy(house.folder, "/tmp/bansho-walk-XXXXXX");
	assert_non_null(mkdtemp(house.folder));
	open_house();
	sign_in(0, "first");
	sign_in(1, "second");
	return 0;
}

static int
tear_down(void **state)
{
	char command[128];
	(void)state;
	server_stop(house.server, 5);
	pool_close(house.office.pool);
	store_close(house.store);
	seen_close(house.office.seen);
	challenges_close(house.office.challenges);
	snprintf(command, sizeof command, "rm -rf %s", house.folder);
	assert_int_equal(system(command), 0);
	arena_close(house.arena);
	error_sweep();
	return 0;
}

static int64_t
journal_now(void)
{
	LOOK_SCOPED look = { 0 };
	int64_t size;
	assert_null(look_begin(house.store, house.arena, &look));
	assert_null(journal_size(&look, &size));
	return size;
}

/* ---- The walk ---- */

/* A path for the pattern, with something in every capture. */
static const char *
path_for(const char *pattern)
{
	struct writer out = writer_open(house.arena, 1000);
	for (; *pattern != '\0'; pattern++) {
		if (*pattern != '{') {
			write_byte(&out, *pattern);
			continue;
		}
		const char *end = strchr(pattern, '}');
		const struct text capture = { pattern, (size_t)(end - pattern) };
		write_z(&out, text_ends(capture, T(":day")) ? "2026-11-21"
			      : text_has(capture, T(":"))   ? "asset"
							    : "1");
		pattern = end;
	}
	return text_z(house.arena, writer_text(&out));
}

static void
every_row_names_a_right_and_every_change_is_an_act(void **state)
{
	size_t count;
	(void)state;
	const struct page_row *rows = pages_table(&count);
	assert_in_range(count, 30, 1000);
	const struct route_table table = { &rows[0].route, count, sizeof *rows };
	assert_null(route_table_check(&table));
	for (size_t at = 0; at < count; at++) {
		const struct page_row *row = &rows[at];
		if (row->right >= RIGHT_COUNT || (row->route.method == METHOD_POST) != (row->kind == PAGE_ACT) ||
		    (row->kind == PAGE_ACT && row->act == NULL) ||
		    (row->kind != PAGE_ACT && (row->look == NULL || row->act != NULL)))
			fail_msg("row %s", row->route.pattern);
		/* What is open to everybody is the sign-in, the links of drills, the report of people outside, the tablets
		   of server rooms and the hashes of the logs. */
		if (row->right == RIGHT_PUBLIC && strcmp(row->route.pattern, "/sign-in") != 0 &&
		    strcmp(row->route.pattern, "/sign-in/passkey") != 0 && strcmp(row->route.pattern, "/card") != 0 &&
		    strcmp(row->route.pattern, "/language") != 0 &&
		    strcmp(row->route.pattern, "/m/{token:text}") != 0 &&
		    strcmp(row->route.pattern, "/report") != 0 &&
		    strncmp(row->route.pattern, "/tablet", sizeof "/tablet" - 1) != 0 && /* by a token of its own */
		    strcmp(row->route.pattern, "/log/{place:text}/checkpoint") != 0 &&
		    strcmp(row->route.pattern, "/log/{place:text}/vkeys") != 0 &&
		    strcmp(row->route.pattern, "/log/{place:text}/tile/{path:rest}") != 0)
			fail_msg("public row %s", row->route.pattern);
	}
}

static void
every_act_refuses_a_missing_and_a_foreign_token(void **state)
{
	size_t count;
	int acts = 0;
	(void)state;
	const struct page_row *rows = pages_table(&count);
	const char *cookie = text_z(house.arena, house.session[0]);
	const char *foreign = text_z(house.arena, text_format(house.arena, "csrf=%.*s",
							      T_ARG(house.csrf[1])));
	const int64_t before = journal_now();
	for (size_t at = 0; at < count; at++) {
		if (rows[at].kind != PAGE_ACT || rows[at].right == RIGHT_PUBLIC)
			continue;
		const char *path = path_for(rows[at].route.pattern);
		acts++;
		const struct reply missing_token = ask("POST", path, cookie, "x=1");
		const struct reply foreign_token = ask("POST", path, cookie, foreign);
		/* What was typed is kept for the form, which is drawn anew; nothing was done either way. */
		const long refused = rows[at].keeps ? 303 : 403;
		if (missing_token.status != refused || foreign_token.status != refused)
			fail_msg("%s answered %ld and %ld", path, missing_token.status,
				 foreign_token.status);
	}
	assert_true(acts > 15);
	assert_int_equal(journal_now(), before);
}

static void
every_page_but_the_sign_in_asks_who_it_is(void **state)
{
	size_t count;
	(void)state;
	const struct page_row *rows = pages_table(&count);
	for (size_t at = 0; at < count; at++) {
		if (rows[at].route.method != METHOD_GET || rows[at].right == RIGHT_PUBLIC)
			continue;
		const struct reply reply = ask("GET", path_for(rows[at].route.pattern), NULL, NULL);
		if (reply.status != 303 || !text_has(writer_text(&reply.head), T("/sign-in")))
			fail_msg("%s answered %ld", rows[at].route.pattern, reply.status);
	}
}

static void
no_page_breaks_on_things_that_are_not_there(void **state)
{
	size_t count;
	(void)state;
	const struct page_row *rows = pages_table(&count);
	const char *cookie = text_z(house.arena, house.session[0]);
	for (size_t at = 0; at < count; at++) {
		if (rows[at].route.method != METHOD_GET || strstr(rows[at].route.pattern, "/forms/") != NULL ||
		    strstr(rows[at].route.pattern, "pdf") != NULL)
			continue;
		const struct reply reply = ask("GET", path_for(rows[at].route.pattern), cookie, NULL);
		if (reply.status >= 500)
			fail_msg("%s answered %ld: %.*s", rows[at].route.pattern, reply.status,
				 T_ARG(writer_text(&reply.body)));
	}
}

static void
an_act_from_another_site_is_refused(void **state)
{
	(void)state;
	CURL *curl = curl_easy_init();
	long status;
	const struct text fields = text_format(house.arena, "csrf=%.*s", T_ARG(house.csrf[0]));
	struct curl_slist *headers = curl_slist_append(NULL, "Origin: https://elsewhere.example");
	struct writer sink = writer_open(house.arena, 1 << 20);
	curl_easy_setopt(curl, CURLOPT_URL,
			 text_z(house.arena, text_format(house.arena, "%s/sign-out", house.address)));
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	curl_easy_setopt(curl, CURLOPT_COOKIE, text_z(house.arena, house.session[0]));
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &sink);
	curl_easy_setopt(curl, CURLOPT_POSTFIELDS, text_z(house.arena, fields));
	assert_int_equal(curl_easy_perform(curl), CURLE_OK);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
	curl_slist_free_all(headers);
	curl_easy_cleanup(curl);
	assert_int_equal(status, 403);
}

/* ---- Erasing ---- */

static struct error *
add_left(struct act *act, void *with)
{
	const struct day today = moment_day(act->look.now);
	return people_person_add(act, &(struct person){ .number = T("L77"), .family = T("退職"),
							.given = T("済子"), .kana = T("タイショク"),
							.mail = T("sumiko@example.jp"),
							.since = DAY_NONE,
							.until = day_plus(today, -30) }, with);
}

static struct text
page(const char *path)
{
	const struct reply reply = ask("GET", path, text_z(house.arena, house.session[0]), NULL);
	assert_int_equal(reply.status, 200);
	return writer_text(&reply.body);
}

/* As its form does: with a reason, for minutes. */
static void
open_window(void)
{
	const char *cookie = text_z(house.arena, house.session[0]);
	const char *without = text_format(house.arena, "csrf=%.*s&minutes=30&reason=",
					  T_ARG(house.csrf[0])).data;
	const char *with = text_format(house.arena, "csrf=%.*s&minutes=30&reason=syoukyo",
				       T_ARG(house.csrf[0])).data;
	assert_int_equal(ask("POST", "/privileges/open", cookie, without).status, 422);
	assert_int_equal(ask("POST", "/privileges/open", cookie, with).status, 303);
	assert_true(text_has(page("/people"), T("特権を使用中")));
}

static void
the_page_erases_and_every_other_still_works(void **state)
{
	(void)state;
	struct person_id id;
	const struct actor actor = { .through = T("test") };
	assert_null(store_act(house.store, house.arena, &actor, add_left, &id));
	const char *person = text_format(house.arena, "/people/%lld", (long long)id.no).data;
	const char *erase = text_format(house.arena, "%s/erase", person).data;
	assert_true(text_has(page(person), T("退職　済子")));
	assert_true(text_has(page("/people?ended=1&q=%E3%82%BF%E3%82%A4%E3%82%B7%E3%83%A7%E3%82%AF"),
			     T("退職　済子")));
	assert_true(text_has(page(erase), T("消えるもの")));
	const char *wrong = text_format(house.arena, "csrf=%.*s&basis=request&number=L78",
					T_ARG(house.csrf[0])).data;
	const char *right = text_format(house.arena, "csrf=%.*s&basis=request&number=L77",
					T_ARG(house.csrf[0])).data;
	const char *cookie = text_z(house.arena, house.session[0]);
	/* A direct post, past the page that asks for it: an operator's right does not count by itself. */
	const struct reply outside = ask("POST", erase, cookie, right);
	assert_int_equal(outside.status, 403);
	assert_true(text_has(writer_text(&outside.body), T("特権を使う時間の中でだけ")));
	assert_true(text_has(page(person), T("退職　済子")));
	open_window();
	const struct reply refused = ask("POST", erase, cookie, wrong);
	assert_true(text_has(writer_text(&refused.body), T("職員番号が違います")));
	assert_true(text_has(page(person), T("退職　済子")));
	assert_int_equal(ask("POST", erase, cookie, right).status, 303);
	const struct text after = page(person);
	assert_true(text_has(after, T("（消去済み）")));
	assert_true(text_has(after, T("鍵束の控え")));
	assert_false(text_has(after, T("済子")) || text_has(after, T("sumiko")) ||
		     text_has(after, T("L77")));
	const struct text list = page("/people?ended=1"), csv = page("/people/csv?ended=1");
	assert_true(text_has(list, T("（消去済み）")) && !text_has(list, T("済子")));
	assert_true(text_has(csv, T("（消去済み）")) && !text_has(csv, T("済子")));
	assert_true(text_has(page(erase), T("もう消去してあります")));
	assert_true(text_has(page("/journal/verify"), T("消去済み・証明は有効")));
}

/* ---- What is kept between requests is never older than the store ---- */

static void
act_now(act_work *work, void *with)
{
	const struct actor actor = { .through = T("test") };
	assert_null(store_act(house.store, house.arena, &actor, work, with));
}

/* The same page often enough that every thread of the server has kept what it needs for it. */
static struct reply
get_warm(const char *path)
{
	struct reply reply = { 0 };
	for (int at = 0; at < 12; at++)
		reply = ask("GET", path, text_z(house.arena, house.session[0]), NULL);
	return reply;
}

/* Every thread of the server answers so, from the first request after the change. */
static void
all_answer(const char *path, long status, const char *has, const char *lacks)
{
	for (int at = 0; at < 12; at++) {
		const struct reply reply =
			ask("GET", path, text_z(house.arena, house.session[0]), NULL);
		const struct text body = writer_text(&reply.body);
		assert_int_equal(reply.status, status);
		assert_true(has == NULL || text_has(body, text_of(has)));
		assert_true(lacks == NULL || !text_has(body, text_of(lacks)));
	}
}

static struct person_id
first_person(void)
{
	LOOK_SCOPED look = { 0 };
	struct session session;
	bool found;
	assert_null(look_begin(house.store, house.arena, &look));
	assert_null(people_session_find(&look, text_from(house.session[0], 8), (struct moment){ 0 },
					&found, &session));
	assert_true(found);
	return session.person;
}

static struct error *
give_ledger(struct act *act, void *with)
{
	const struct grant grant = { .person = *(struct person_id *)with, .kind = GRANT_LEDGER,
				     .since = DAY_NONE, .until = DAY_NONE };
	struct grant_id id;
	return people_grant_give(act, &grant, &id);
}

static struct error *
end_grants(struct act *act, void *with)
{
	struct grant *list;
	size_t count;
	const struct day today = moment_day(act->look.now);
	TRY(people_grants(&act->look, *(struct person_id *)with, today, &list, &count));
	for (size_t at = 0; at < count; at++)
		TRY(people_grant_end(act, list[at].id, day_plus(today, -1)));
	return OK;
}

static struct error *
add_unit(struct act *act, void *with)
{
	struct unit *unit = with;
	*unit = (struct unit){ .code = T("99"), .name = T("新設課"), .kind = UNIT_SECTION,
			       .since = DAY_NONE, .until = DAY_NONE };
	return people_unit_add(act, unit, &unit->id);
}

static struct error *
rename_unit(struct act *act, void *with)
{
	struct unit *unit = with;
	unit->name = T("改称課");
	return people_unit_change(act, unit);
}

static void
rights_given_and_taken_count_at_the_next_request(void **state)
{
	struct person_id person = first_person();
	struct unit unit;
	(void)state;
	assert_int_equal(get_warm("/ledger/asset").status, 403);
	act_now(give_ledger, &person);
	all_answer("/ledger/asset", 200, NULL, "新設課");
	act_now(add_unit, &unit);
	all_answer("/ledger/asset", 200, "新設課", NULL);
	act_now(rename_unit, &unit);
	all_answer("/ledger/asset", 200, "改称課", "新設課");
	assert_int_equal(get_warm("/settings").status, 200);
	act_now(end_grants, &person);
	all_answer("/ledger/asset", 403, NULL, "改称課");
	all_answer("/settings", 403, NULL, NULL);
}

static struct error *
notify(struct act *act, void *with)
{
	const struct fact fact = { .act = "test.notify", .about = { T("person:1") } };
	TRY(people_notify(act, &(struct notify){ .person = *(struct person_id *)with,
						 .about = T("person:1"), .words = T("試験"),
						 .path = T("/account") }));
	return act_note(act, &fact);
}

static void
a_notice_is_counted_on_the_next_page(void **state)
{
	struct person_id person = first_person();
	(void)state;
	const struct reply before = get_warm("/account");
	assert_false(text_has(writer_text(&before.body), T("class=\"badge\"")));
	act_now(notify, &person);
	all_answer("/account", 200, "class=\"badge\">1<", NULL);
	all_answer("/nothing/here", 404, NULL, NULL);
	all_answer("/settings", 403, "class=\"badge\">1<", NULL);
}

static struct error *
end_sessions(struct act *act, void *with)
{
	return people_sessions_end(act, *(struct person_id *)with, (struct session_id){ 0 });
}

static void
a_session_ended_by_another_is_refused_at_the_next_request(void **state)
{
	struct person_id person = first_person();
	(void)state;
	assert_int_equal(get_warm("/account").status, 200);
	act_now(end_sessions, &person);
	all_answer("/account", 303, NULL, NULL);
}

static void
with_its_own_token_an_act_is_done(void **state)
{
	(void)state;
	const struct text fields = text_format(house.arena, "csrf=%.*s", T_ARG(house.csrf[1]));
	const int64_t before = journal_now();
	const struct reply reply = ask("POST", "/sign-out", text_z(house.arena, house.session[1]),
				       text_z(house.arena, fields));
	assert_int_equal(reply.status, 303);
	assert_true(journal_now() > before);
	assert_int_equal(ask("GET", "/account", text_z(house.arena, house.session[1]), NULL).status, 303);
}

/* ---- What must be shown ---- */

static const char secret[] = "12345678901234567890"; /* RFC 6238, appendix B */

static const char *
code_now(void)
{
	static char code[7];
	const time_t now = (time_t)(clock_ahead(NULL).ms / 1000);
	assert_int_equal(oath_totp_generate(secret, 20, now, 30, 0, 6, code), OATH_OK);
	return code;
}

static struct error *
add_totp(struct act *act, void *with)
{
	struct factor_id id;
	return signin_totp_add(act, &(struct totp_new){ .person = *(struct person_id *)with, .name = T("試験"),
							.secret = text_of(secret), .code = text_of(code_now()) },
			       &id);
}

static struct person_id
second_person(void)
{
	LOOK_SCOPED look = { 0 };
	struct person person;
	bool found;
	assert_null(look_begin(house.store, house.arena, &look));
	assert_null(people_person_by_number(&look, T("0002"), &found, &person));
	return person.id;
}

static void
a_session_that_has_shown_too_little_is_sent_to_more_and_nowhere_else(void **state)
{
	static const char *const open[] = { "/sign-in/more", "/sign-out", "/account/factors/totp",
					    "/account/factors/totp.svg", "/account/factors/key",
					    "/card/register" };
	struct person_id person = second_person();
	size_t count;
	(void)state;
	act_now(add_totp, &person);
	sign_in(1, "second");
	const char *cookie = text_z(house.arena, house.session[1]);
	const char *fields = text_format(house.arena, "csrf=%.*s", T_ARG(house.csrf[1])).data;
	const int64_t before = journal_now();
	const struct page_row *rows = pages_table(&count);
	for (size_t at = 0; at < count; at++) {
		const struct page_row *row = &rows[at];
		bool is_open = row->right == RIGHT_PUBLIC;
		for (size_t which = 0; which < sizeof open / sizeof *open; which++)
			is_open |= strcmp(row->route.pattern, open[which]) == 0;
		if (is_open)
			continue;
		const bool is_get = row->route.method == METHOD_GET;
		const struct reply reply = ask(is_get ? "GET" : "POST", path_for(row->route.pattern), cookie, fields);
		if (reply.status != 303 || !text_has(writer_text(&reply.head), T("/sign-in/more")))
			fail_msg("%s answered %ld", row->route.pattern, reply.status);
	}
	assert_int_equal(journal_now(), before);
	/* Nor does what is open let a password alone register another factor. */
	assert_int_equal(ask("GET", "/account/factors/totp", cookie, NULL).status, 403);
	assert_int_equal(ask("POST", "/account/factors/totp", cookie, fields).status, 403);
	assert_int_equal(ask("POST", "/account/factors/key", cookie, fields).status, 403);
	assert_int_equal(journal_now(), before);
}

static struct reply
give_right(const char *cookie, struct text csrf)
{
	const char *path = text_format(house.arena, "/people/%lld/account/grants",
				       (long long)(second_person().no - 1)).data;
	return ask("POST", path, cookie,
		   text_format(house.arena, "csrf=%.*s&kind=auditor&until=R99.3.31", T_ARG(csrf)).data);
}

/* That a session was seen is kept by an act nobody waits for. */
static bool
was_seen_now(struct person_id person)
{
	LOOK_SCOPED look = { 0 };
	struct session *list;
	size_t count;
	assert_null(look_begin(house.store, house.arena, &look));
	assert_null(people_sessions(&look, person, &list, &count));
	return count != 0 && look.now.ms - list[0].seen.ms < 60000;
}

static void
minutes_pass(int minutes)
{
	const struct person_id person = second_person();
	for (int at = 0; at < minutes; at += 10) {
		atomic_fetch_add(&ahead_ms, (int64_t)10 * 60000);
		const struct reply reply = ask("GET", "/account", text_z(house.arena, house.session[1]), NULL);
		if (reply.status != 200)
			fail_msg("after %d minutes: %.*s", at, T_ARG(writer_text(&reply.head)));
		for (int wait = 0; wait < 500 && !was_seen_now(person); wait++)
			usleep(10000);
	}
}

static void
skipping_the_proof_by_posting_directly_does_nothing(void **state)
{
	(void)state;
	atomic_fetch_add(&ahead_ms, 60000); /* the code of the registration is spent */
	struct reply reply = ask("POST", "/sign-in/more", text_z(house.arena, house.session[1]),
				 text_format(house.arena, "csrf=%.*s&what=code&code=%s", T_ARG(house.csrf[1]),
					     code_now()).data);
	assert_int_equal(reply.status, 303);
	take_session(1, &reply);
	minutes_pass(70);
	const int64_t before = journal_now();
	const char *old = text_z(house.arena, house.session[1]);
	reply = give_right(old, house.csrf[1]);
	assert_int_equal(reply.status, 403);
	assert_true(text_has(writer_text(&reply.body), T("name=\"t.kind\" value=\"auditor\"")));
	assert_true(text_has(writer_text(&reply.body), T("name=\"t.until\" value=\"R99.3.31\"")));
	assert_int_equal(ask("POST", "/account/sessions/end-others", old,
			     text_format(house.arena, "csrf=%.*s", T_ARG(house.csrf[1])).data)
				 .status,
			 403);
	assert_int_equal(journal_now(), before);
	/* A password proves less than what was registered. */
	reply = ask("POST", "/sign-in/proof", old,
		    text_format(house.arena, "csrf=%.*s&to=/account&what=password&password=correct+horse+battery",
				T_ARG(house.csrf[1])).data);
	assert_int_equal(reply.status, 403);
	reply = ask("POST", "/sign-in/proof", old,
		    text_format(house.arena, "csrf=%.*s&to=/account&t.kind=auditor&what=code&code=%s",
				T_ARG(house.csrf[1]), code_now()).data);
	assert_int_equal(reply.status, 200);
	assert_true(text_has(writer_text(&reply.body), T("name=\"kind\" value=\"auditor\"")));
	take_session(1, &reply);
	assert_int_equal(ask("GET", "/account", old, NULL).status, 303);
	/* The privileged window of an hour ago has ended as well. */
	const char *now = text_z(house.arena, house.session[1]);
	assert_int_equal(give_right(now, house.csrf[1]).status, 403);
	assert_int_equal(ask("POST", "/privileges/open", now,
			     text_format(house.arena, "csrf=%.*s&minutes=30&reason=kansa", T_ARG(house.csrf[1])).data)
				 .status,
			 303);
	assert_int_equal(give_right(now, house.csrf[1]).status, 303);
}

static void
only_acts_ask_for_a_proof(void **state)
{
	size_t count, fresh = 0;
	(void)state;
	const struct page_row *rows = pages_table(&count);
	for (size_t at = 0; at < count; at++) {
		fresh += rows[at].proof == PROOF_FRESH;
		if (rows[at].proof == PROOF_FRESH && rows[at].kind != PAGE_ACT)
			fail_msg("%s", rows[at].route.pattern);
	}
	assert_true(fresh >= 8);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_names_a_right_and_every_change_is_an_act),
		cmocka_unit_test(every_act_refuses_a_missing_and_a_foreign_token),
		cmocka_unit_test(every_page_but_the_sign_in_asks_who_it_is),
		cmocka_unit_test(no_page_breaks_on_things_that_are_not_there),
		cmocka_unit_test(an_act_from_another_site_is_refused),
		cmocka_unit_test(the_page_erases_and_every_other_still_works),
		cmocka_unit_test(with_its_own_token_an_act_is_done),
		cmocka_unit_test(rights_given_and_taken_count_at_the_next_request),
		cmocka_unit_test(a_notice_is_counted_on_the_next_page),
		cmocka_unit_test(a_session_ended_by_another_is_refused_at_the_next_request),
		cmocka_unit_test(a_session_that_has_shown_too_little_is_sent_to_more_and_nowhere_else),
		cmocka_unit_test(skipping_the_proof_by_posting_directly_does_nothing),
		cmocka_unit_test(only_acts_ask_for_a_proof),
	};
	secret_start();
	curl_global_init(CURL_GLOBAL_DEFAULT);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("dispatch", tests, set_up, tear_down);
}
