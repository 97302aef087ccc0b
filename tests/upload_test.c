/*
 * What is promised of files between preview and applying: only who put one there can open it, after
 * an hour it is gone, and a table too big for a request's memory is refused in words.
 */
#include "pages/upload.h"

#include "base/file.h"
#include "base/secret.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <utime.h>
#include <cmocka.h>

struct office_set {
	char folder[64];
	struct arena *arena;
	struct store *store;
	struct office office;
	struct field file;
	struct request request;
	struct visit visit;
};

static int
set_up(void **state)
{
	struct office_set *set = calloc(1, sizeof *set);
	strcpy(set->folder, "/tmp/upload-XXXXXX");
	assert_non_null(mkdtemp(set->folder));
	set->arena = arena_open(ARENA_USUAL);
	const struct store_options options = {
		.path = path_join(set->arena, set->folder, "store"), .may_create = true,
		.ring = path_join(set->arena, set->folder, "ring"), .migrations = bansho_migrations };
	secret_start();
	assert_null(store_open(set->arena, &options, &set->store));
	set->office = (struct office){ .store = set->store, .data = set->folder, .body_code = T("town") };
	set->file = (struct field){ .name = T("file"), .value = T("a,b\n1,2\n"), .is_file = true,
				    .file_name = T("../../名簿.csv") };
	set->request.fields = (struct fields){ &set->file, 1 };
	set->visit = (struct visit){ .office = &set->office, .request = &set->request,
				     .arena = set->arena, .session = { .person = { 7 } } };
	*state = set;
	return 0;
}

static int
tear_down(void **state)
{
	struct office_set *set = *state;
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", set->folder);
	assert_int_equal(system(command), 0);
	store_close(set->store);
	arena_close(set->arena);
	free(set);
	error_sweep();
	return 0;
}

static const char *
place(struct office_set *set, struct text name)
{
	return text_z(set->arena, text_format(set->arena, "%s/bodies/town/uploads/%.*s", set->folder,
					      T_ARG(name)));
}

static void
what_was_kept_comes_back_and_its_own_name_is_never_used(void **state)
{
	struct office_set *set = *state;
	struct text name, bytes;
	assert_null(upload_keep(&set->visit, "file", 100, &name));
	assert_false(text_has(name, T("名簿")));
	assert_null(upload_read(&set->visit, name, &bytes));
	assert_true(text_same(bytes, set->file.value));
	assert_null(file_read(set->arena, place(set, name), 1000, &bytes));
	assert_false(text_has(bytes, set->file.value)); /* on disk only sealed */
	upload_drop(&set->visit, name);
	assert_int_equal(upload_read(&set->visit, name, &bytes)->kind, ERROR_MISSING);
}

static void
nobody_else_can_open_it(void **state)
{
	struct office_set *set = *state;
	struct text name, bytes;
	assert_null(upload_keep(&set->visit, "file", 100, &name));
	set->visit.session.person.no = 8;
	assert_int_equal(upload_read(&set->visit, name, &bytes)->kind, ERROR_MISSING);
	upload_drop(&set->visit, name);
	set->visit.session.person.no = 7;
	assert_null(upload_read(&set->visit, name, &bytes));
}

static void
a_name_that_is_no_name_of_ours_opens_nothing(void **state)
{
	struct office_set *set = *state;
	struct text bytes;
	const char *const names[] = { "", "-7", "../store.sqlite", "..%2f-7",
				      "00000000000000000000000000000000-7",
				      "0000000000000000000000000000000g-7",
				      "../../../../../../../../etc/passwd-7" };
	for (size_t at = 0; at < sizeof names / sizeof *names; at++)
		assert_int_equal(upload_read(&set->visit, text_of(names[at]), &bytes)->kind,
				 ERROR_MISSING);
}

static void
after_an_hour_it_is_gone(void **state)
{
	struct office_set *set = *state;
	struct text name, bytes;
	assert_null(upload_keep(&set->visit, "file", 100, &name));
	const char *path = place(set, name);
	assert_true(file_exists(path));
	const time_t then = time(NULL) - 3700;
	assert_int_equal(utime(path, &(struct utimbuf){ then, then }), 0);
	assert_int_equal(upload_read(&set->visit, name, &bytes)->kind, ERROR_MISSING);
	upload_sweep(&set->visit);
	assert_false(file_exists(path));
}

static void
no_file_an_empty_one_and_one_too_long_are_said(void **state)
{
	struct office_set *set = *state;
	struct text name;
	assert_int_equal(upload_keep(&set->visit, "file", 7, &name)->kind, ERROR_INVALID);
	set->file.value = T("");
	assert_int_equal(upload_keep(&set->visit, "file", 100, &name)->kind, ERROR_INVALID);
	set->request.fields.count = 0;
	assert_int_equal(upload_keep(&set->visit, "file", 100, &name)->kind, ERROR_INVALID);
}

static void
a_table_that_would_fill_the_memory_is_refused(void **state)
{
	(void)state;
	const size_t len = (size_t)16 << 20;
	char *commas = malloc(len);
	memset(commas, ',', len);
	assert_int_equal(upload_must_be_bearable("file", (struct text){ commas, len }, 0)->kind,
			 ERROR_INVALID);
	memset(commas, 'a', len);
	assert_null(upload_must_be_bearable("file", (struct text){ commas, len }, 1000));
	free(commas);
	assert_null(upload_must_be_bearable("file", T("a,b\r\n1,2\r\n"), 1 << 20));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_was_kept_comes_back_and_its_own_name_is_never_used, set_up, tear_down),
		cmocka_unit_test_setup_teardown(nobody_else_can_open_it, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_name_that_is_no_name_of_ours_opens_nothing, set_up,
						tear_down),
		cmocka_unit_test_setup_teardown(after_an_hour_it_is_gone, set_up, tear_down),
		cmocka_unit_test_setup_teardown(no_file_an_empty_one_and_one_too_long_are_said, set_up,
						tear_down),
		cmocka_unit_test(a_table_that_would_fill_the_memory_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
