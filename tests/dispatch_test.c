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

#include "base/file.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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
							.may_create = true,
							.migrations = bansho_migrations },
			       &house.store));
	assert_null(journal_open(house.arena, house.store, T("test"), &house.journal));
	assert_null(people_password_encode(house.arena, clear, false, &password));
	secret_close(&clear);
	assert_null(store_act(house.store, house.arena, &actor, fill, &password));
	house.flow = (struct flow){ house.pack, flow_usual_outcomes };
	house.office = (struct office){
		.store = house.store,
		.pack = house.pack,
		.flow = &house.flow,
		.pool = pool_open(2, 100),
		.seen = seen_open(),
		.data = house.folder,
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

static void
sign_in(int which, const char *login)
{
	struct reply reply = ask("POST", "/sign-in", NULL,
				 text_z(house.arena,
					text_format(house.arena, "login=%s&password=correct+horse+battery",
						    login)));
	size_t at;
	assert_int_equal(reply.status, 303);
	const struct text head = writer_text(&reply.head);
	assert_true(text_find(head, T("session="), &at));
	house.session[which] = text_copy(house.arena, text_first(text_from(head, at), 8 + TOKEN_LEN));
	house.csrf[which] = people_csrf(house.arena, text_from(house.session[which], 8));
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
	assert_in_range(count, 30, 400);
	const struct route_table table = { &rows[0].route, count, sizeof *rows };
	assert_null(route_table_check(&table));
	for (size_t at = 0; at < count; at++) {
		const struct page_row *row = &rows[at];
		if (row->right >= RIGHT_COUNT || (row->route.method == METHOD_POST) != (row->kind == PAGE_ACT) ||
		    (row->kind == PAGE_ACT && row->act == NULL) ||
		    (row->kind != PAGE_ACT && (row->look == NULL || row->act != NULL)))
			fail_msg("row %s", row->route.pattern);
		/* What is open to everybody is the sign-in and the hashes of the logs. */
		if (row->right == RIGHT_PUBLIC && strcmp(row->route.pattern, "/sign-in") != 0 &&
		    strcmp(row->route.pattern, "/language") != 0 &&
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
		if (missing_token.status != 403 || foreign_token.status != 403)
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_names_a_right_and_every_change_is_an_act),
		cmocka_unit_test(every_act_refuses_a_missing_and_a_foreign_token),
		cmocka_unit_test(every_page_but_the_sign_in_asks_who_it_is),
		cmocka_unit_test(no_page_breaks_on_things_that_are_not_there),
		cmocka_unit_test(an_act_from_another_site_is_refused),
		cmocka_unit_test(with_its_own_token_an_act_is_done),
	};
	secret_start();
	curl_global_init(CURL_GLOBAL_DEFAULT);
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests_name("dispatch", tests, set_up, tear_down);
}
