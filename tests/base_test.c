/* Promises of the smaller rooms of base: arena, error, say, number, writer, hash, json, wire …
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/child.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/log.h"
#include "base/number.h"
#include "base/say.h"
#include "base/secret.h"
#include "base/wire.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static struct arena *arena;
static char folder[] = "/tmp/base-test-XXXXXX";

static int
open_arena(void **state)
{
	(void)state;
	secret_start();
	arena = arena_open(ARENA_USUAL);
	return mkdtemp(folder) == NULL;
}

static int
close_arena(void **state)
{
	(void)state;
	error_sweep();
	arena_close(arena);
	return rmdir(folder);
}

#define assert_text(text, z) assert_text_is((text), (z), __LINE__)

static void
assert_text_is(struct text text, const char *z, int line)
{
	if (!text_is(text, z))
		fail_msg("line %d: \"%.*s\" is not \"%s\"", line, T_ARG(text), z);
}

/* The signal that ends a process which does `thing`, 0 when none does. */
static int
signal_of(void (*thing)(void))
{
	fflush(NULL);
	const pid_t pid = fork();
	if (pid == 0) {
		const int nowhere = open("/dev/null", O_WRONLY);
		dup2(nowhere, STDERR_FILENO);
		signal(SIGABRT, SIG_DFL);
		thing();
		_exit(0);
	}
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void
pass_the_arena_limit(void)
{
	struct arena *small = arena_open(100000);
	for (int i = 0; i < 1000; i++)
		arena_get(small, 1, 1000);
}

static void
pass_a_limit_of_many_blocks(void)
{
	struct arena *large = arena_open((size_t)3 << 20);
	for (int i = 0; i < 10000; i++)
		arena_get(large, 1, 1000);
}

static void
pass_the_arena_limit_at_once(void)
{
	arena_get(arena_open(100000), 1, 100001);
}

static void
overflow_a_size(void)
{
	arena_get(arena_open(100000), SIZE_MAX / 2, 3);
}

static void
an_arena_stops_the_process_at_its_limit(void **state)
{
	(void)state;
	assert_int_equal(signal_of(pass_the_arena_limit), SIGABRT);
	assert_int_equal(signal_of(pass_a_limit_of_many_blocks), SIGABRT);
	assert_int_equal(signal_of(pass_the_arena_limit_at_once), SIGABRT);
	assert_int_equal(signal_of(overflow_a_size), SIGABRT);
}

static void
an_arena_hands_out_zeroed_aligned_memory_up_to_its_limit(void **state)
{
	(void)state;
	struct arena *small = arena_open(100000);
	for (int round = 0; round < 3; round++) {
		for (int i = 0; i < 80; i++) {
			unsigned char *at = arena_get(small, 1, 1000);
			assert_int_equal((uintptr_t)at % 16, 0);
			for (int n = 0; n < 1000; n++)
				assert_int_equal(at[n], 0);
			memset(at, 0xFF, 1000);
		}
		assert_true(arena_used(small) >= 80000);
		arena_reset(small);
		assert_int_equal(arena_used(small), 0);
	}
	arena_close(small);
}

static struct error *
fails(const char *whom)
{
	return reject("name", "%sを確かめてください。", whom);
}

static struct error *
passes_on(bool *went_on)
{
	TRY(OK);
	TRY(fails("氏名"));
	*went_on = true;
	return OK;
}

static void
an_error_is_passed_up_with_words_field_and_place(void **state)
{
	(void)state;
	bool went_on = false;
	const struct error *error = passes_on(&went_on);
	assert_non_null(error);
	assert_false(went_on);
	assert_int_equal(error->kind, ERROR_INVALID);
	assert_text(error->words, "氏名を確かめてください。");
	assert_text(error->field, "name");
	assert_true(text_ends(text_of(error->file), T("base_test.c")));
	assert_true(error->line > 0);
	assert_string_equal(error_kind_name(ERROR_REFUSED), "refused");
}

static void
faults_of_one_run_are_gathered_in_order(void **state)
{
	(void)state;
	struct error *list = OK;
	error_add(&list, OK);
	assert_null(list);
	error_add(&list, missing("一"));
	error_add(&list, busy("二"));
	error_add(&list, OK);
	error_add(&list, conflict("三"));
	assert_int_equal(error_count(list), 3);
	assert_text(list->next->next->words, "三");

	struct error *kept = error_keep(arena, list);
	error_sweep();
	for (int i = 0; i < 8; i++) /* takes the place of what was swept */
		assert_non_null(broken("xxxxxxxxxxxxxxxxxxxxxxxxxxxx"));
	assert_int_equal(error_count(kept), 3);
	assert_text(kept->words, "一");
	assert_text(kept->next->words, "二");
	assert_null(error_keep(arena, OK));
}

static void
words_too_long_are_cut_at_a_whole_character(void **state)
{
	(void)state;
	char many[9001];
	for (size_t i = 0; i + 3 < sizeof many; i += 3)
		memcpy(many + i, "番", 3);
	many[9000] = '\0';
	for (int shift = 0; shift < 3; shift++) {
		const struct error *error = broken("%.*s%s", shift, "ab", many);
		assert_true(error->words.len > 4000 && error->words.len < 4096);
		assert_true(text_is_utf8(error->words, NULL));
	}
	error_sweep();
}

static void *
make_errors(void *with)
{
	*(enum language *)with = language_now();
	language_use(LANGUAGE_EN);
	for (int i = 0; i < 10; i++)
		if (broken("%d", i) == OK)
			return NULL;
	const struct hash hash = hash_of(T("a thread hashes too"));
	return hash.at[0] == 0 ? NULL : with;
}

static void
a_thread_has_errors_and_language_of_its_own(void **state)
{
	(void)state;
	const struct error *mine = busy("これ");
	enum language heard = LANGUAGE_EN;
	pthread_t id;
	void *done = NULL;
	assert_int_equal(pthread_create(&id, NULL, make_errors, &heard), 0);
	assert_int_equal(pthread_join(id, &done), 0);
	assert_non_null(done);
	assert_int_equal(heard, LANGUAGE_JA);
	assert_int_equal(language_now(), LANGUAGE_JA);
	assert_text(mine->words, "これ");
	error_sweep();
}

/* Stands in for the catalogue the build makes. */
static const struct say_pair pairs[] = {
	{"%d件を保存しました。", "%d saved."},
	{"いいえ", "No"},
	{"はい", "Yes"},
	{"空", ""},
};
const struct say_catalogue say_english = {pairs, 4};

static void
words_are_said_in_the_language_of_the_thread(void **state)
{
	(void)state;
	assert_string_equal(say("はい"), "はい");
	language_use(LANGUAGE_EN);
	assert_string_equal(say("はい"), "Yes");
	assert_string_equal(say("いいえ"), "No");
	assert_string_equal(say("まだない"), "まだない");
	assert_string_equal(say("空"), "空");
	const struct error *error = refuse("%d件を保存しました。", 3);
	assert_text(error->words, "3 saved.");
	language_use(LANGUAGE_JA);
	error_sweep();
}

static void
a_number_is_read_whole_and_within_bounds_or_not_at_all(void **state)
{
	(void)state;
	int64_t value = 77;
	assert_false(number_read(T(""), 0, 9, &value));
	assert_false(number_read(T("-"), -9, 9, &value));
	assert_false(number_read(T("+1"), 0, 9, &value));
	assert_false(number_read(T(" 1"), 0, 9, &value));
	assert_false(number_read(T("1 "), 0, 9, &value));
	assert_false(number_read(T("1x"), 0, 9, &value));
	assert_false(number_read(T("0x1"), 0, 9, &value));
	assert_false(number_read(T("10"), 0, 9, &value));
	assert_false(number_read(T("-1"), 0, 9, &value));
	assert_false(number_read(T("9223372036854775808"), INT64_MIN, INT64_MAX, &value));
	assert_false(number_read(T("-9223372036854775809"), INT64_MIN, INT64_MAX, &value));
	assert_false(number_read(T("99999999999999999999999"), INT64_MIN, INT64_MAX, &value));
	assert_int_equal(value, 77);
	assert_true(number_read(T("9223372036854775807"), INT64_MIN, INT64_MAX, &value));
	assert_true(value == INT64_MAX);
	assert_true(number_read(T("-9223372036854775808"), INT64_MIN, INT64_MAX, &value));
	assert_true(value == INT64_MIN);
	assert_true(number_read(T("１２0３"), 0, 9999, &value));
	assert_int_equal(value, 1203);
	assert_true(number_read(T("-007"), -9, 9, &value));
	assert_int_equal(value, -7);
}

static void
sums_that_do_not_fit_are_told(void **state)
{
	(void)state;
	int64_t sum = 5;
	assert_false(add_fits(INT64_MAX, 1, &sum));
	assert_false(multiply_fits(INT64_MAX / 2, 3, &sum));
	assert_int_equal(sum, 5);
	assert_true(add_fits(2, 3, &sum));
	assert_true(multiply_fits(sum, -4, &sum));
	assert_int_equal(sum, -20);
}

static void
a_writer_grows_until_its_limit_and_drops_the_rest(void **state)
{
	(void)state;
	struct writer out = writer_open(arena, 2000);
	assert_text(writer_text(&out), "");
	for (int i = 0; i < 500; i++)
		write_text(&out, T("1234"));
	assert_false(writer_is_full(&out));
	assert_int_equal(writer_text(&out).len, 2000);
	write_byte(&out, 'x');
	assert_true(writer_is_full(&out));
	assert_int_equal(writer_text(&out).len, 2000);

	struct writer small = writer_open(arena, 4);
	write_z(&small, "ab");
	write_z(&small, "番所");
	write_z(&small, "c"); /* would fit, but stands behind what did not */
	assert_true(writer_is_full(&small));
	assert_text(writer_text(&small), "ab");
}

static void
a_writer_writes_numbers_formats_and_characters(void **state)
{
	(void)state;
	struct writer out = writer_open(arena, 10000);
	write_number(&out, INT64_MIN);
	write_byte(&out, ' ');
	write_number(&out, 0);
	write_format(&out, " %s-%d ", "x", 7);
	write_character(&out, 'a');
	write_character(&out, 0xE9);
	write_character(&out, 0x756A);
	write_character(&out, 0x20BB7);
	write_character(&out, 0xD800);
	write_character(&out, 0x110000);
	assert_text(writer_text(&out), "-9223372036854775808 0 x-7 aé番𠮷\uFFFD\uFFFD");

	struct writer wide = writer_open(arena, 5000);
	write_format(&wide, "%03000d", 1);
	assert_int_equal(writer_text(&wide).len, 3000);
	write_format(&wide, "%02500d", 1);
	assert_true(writer_is_full(&wide));
	assert_int_equal(writer_text(&wide).len, 3000);

	struct writer exact = writer_open(arena, 3000);
	write_format(&exact, "%03000d", 1);
	assert_false(writer_is_full(&exact));
	assert_int_equal(writer_text(&exact).len, 3000);
}

/* Whatever way they are made: every length about a block's borders, in every company. */
static void
many_hashes_are_those_of_each(void **state)
{
	(void)state;
	enum { MANY = 400, LONGEST = 1000 };
	static char bytes[MANY + LONGEST];
	static struct text messages[MANY];
	static struct hash hashes[MANY + 1];
	unsigned chance = 7;
	print_message("# hashed %s\n", hash_is_wide() ? "side by side" : "one by one");
	for (size_t at = 0; at < sizeof bytes; at++)
		bytes[at] = (char)(chance = chance * 1103515245 + 12345, chance >> 16);
	for (size_t count = 0; count <= MANY; count += count < 40 ? 1 : 90) {
		for (size_t at = 0; at < count; at++) {
			chance = chance * 1103515245 + 12345;
			messages[at] = (struct text){ bytes + at,
						      count % 2 == 0 ? at : (chance >> 16) % LONGEST };
		}
		memset(hashes, 0, sizeof hashes);
		hash_many(messages, count, hashes);
		for (size_t at = 0; at < count; at++) {
			const struct hash one = hash_of(messages[at]);
			assert_true(hash_same(&one, &hashes[at]));
		}
		assert_int_equal(hashes[count].at[0], 0);
	}
}

static void
hashes_are_sha_256(void **state)
{
	(void)state;
	/* FIPS 180-2 appendix B */
	const char *abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
	struct hash hash = hash_of(T("abc"));
	assert_text(hash_hex(arena, &hash), abc);
	hash = hash_of_two(T("a"), T("bc"));
	assert_text(hash_hex(arena, &hash), abc);
	hash = hash_of((struct text){NULL, 0});
	assert_text(hash_hex(arena, &hash),
		    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");

	HASHER_SCOPED hasher = hasher_open();
	for (int round = 0; round < 2; round++) {
		hasher_begin(hasher);
		for (int i = 0; i < 1000; i++)
			hasher_add(hasher, T("aaaaaaaaaa"));
		for (int i = 0; i < 99; i++)
			for (int n = 0; n < 1000; n++)
				hasher_add(hasher, T("aaaaaaaaaa"));
		hash = hasher_end(hasher);
		assert_text(hash_hex(arena, &hash),
			    "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
	}
	struct hash back;
	assert_true(hash_read_hex(text_of(abc), &back));
	hash = hash_of(T("abc"));
	assert_true(hash_same(&back, &hash));
	back.at[31] ^= 1;
	assert_false(hash_same(&back, &hash));
	assert_false(hash_read_hex(T("ba78"), &back));
	assert_false(hash_read_hex(
		T("zz7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"), &back));
}

static void
keyed_hashes_are_hmac(void **state)
{
	(void)state;
	/* RFC 4231 test cases 2 and 6 */
	struct hash hash = hash_keyed(T("Jefe"), T("what do ya want for nothing?"));
	assert_text(hash_hex(arena, &hash),
		    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
	char key[131];
	memset(key, 0xAA, sizeof key);
	hash = hash_keyed((struct text){key, sizeof key},
			  T("Test Using Larger Than Block-Size Key - Hash Key First"));
	assert_text(hash_hex(arena, &hash),
		    "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
	hash = hash_keyed(T(""), T(""));
	assert_text(hash_hex(arena, &hash),
		    "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

static void
json_is_canonical(void **state)
{
	(void)state;
	struct writer out = writer_open(arena, 10000);
	struct json json = json_begin(&out);
	json_open_object(&json);
	json_bool_at(&json, "a", true);
	json_name(&json, T("b"));
	json_open_array(&json);
	json_number(&json, -12);
	json_put_null(&json);
	json_open_object(&json);
	json_end(&json);
	json_open_array(&json);
	json_end(&json);
	json_end(&json);
	json_number_at(&json, "ba", INT64_C(9007199254740991));
	json_text_at(&json, "c", T("番𠮷"));
	json_end(&json);
	assert_text(
		writer_text(&out),
		"{\"a\":true,\"b\":[-12,null,{},[]],\"ba\":9007199254740991,\"c\":\"番𠮷\"}");
}

static void
json_escapes_as_rfc_8785_asks(void **state)
{
	(void)state;
	struct writer out = writer_open(arena, 10000);
	struct json json = json_begin(&out);
	json_text(&json, T("\x01\b\t\n\v\f\r\x1f\"\\/<>&\x7f\u2028€"));
	assert_text(writer_text(&out),
		    "\"\\u0001\\b\\t\\n\\u000b\\f\\r\\u001f\\\"\\\\/<>&\x7f\u2028€\"");
}

static struct json
begin_object(void)
{
	struct writer *out = ARENA_NEW(arena, struct writer);
	*out = writer_open(arena, 1000);
	struct json json = json_begin(out);
	json_open_object(&json);
	return json;
}

static void
give_names_out_of_order(void)
{
	struct json json = begin_object();
	json_bool_at(&json, "b", true);
	json_name(&json, T("a"));
}

static void
give_a_name_twice(void)
{
	struct json json = begin_object();
	json_bool_at(&json, "a", true);
	json_bool_at(&json, "a", true);
}

static void
give_no_name(void)
{
	struct json json = begin_object();
	json_put_null(&json);
}

static void
give_a_great_number(void)
{
	struct json json = begin_object();
	json_number_at(&json, "a", INT64_C(9007199254740992));
}

static void
go_too_deep(void)
{
	struct json json = begin_object();
	json_name(&json, T("a"));
	for (int i = 0; i < JSON_DEPTH; i++)
		json_open_array(&json);
}

static void
give_two_values(void)
{
	struct json json = begin_object();
	json_end(&json);
	json_put_null(&json);
}

static void
end_too_often(void)
{
	struct json json = begin_object();
	json_end(&json);
	json_end(&json);
}

static void
json_that_is_not_canonical_stops_the_process(void **state)
{
	(void)state;
	assert_int_equal(signal_of(give_names_out_of_order), SIGABRT);
	assert_int_equal(signal_of(give_a_name_twice), SIGABRT);
	assert_int_equal(signal_of(give_no_name), SIGABRT);
	assert_int_equal(signal_of(give_a_great_number), SIGABRT);
	assert_int_equal(signal_of(go_too_deep), SIGABRT);
	assert_int_equal(signal_of(give_two_values), SIGABRT);
	assert_int_equal(signal_of(end_too_often), SIGABRT);
}

static void
a_file_is_replaced_whole_or_left_as_it_was(void **state)
{
	(void)state;
	const char *path = path_join(arena, folder, "file");
	struct text bytes;
	assert_int_equal(file_read(arena, path, 100, &bytes)->kind, ERROR_MISSING);
	assert_false(file_exists(path));
	assert_null(file_replace(path, T("old"), 0640));
	assert_true(file_exists(path));
	struct stat about;
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 07777, 0640);

	/* Whoever has the old file open keeps the old file: it is not written into. */
	FD_SCOPED old = open(path, O_RDONLY);
	assert_null(file_replace(path, T("brand new"), 0600));
	assert_null(fd_read_all(arena, old, 100, &bytes));
	assert_text(bytes, "old");
	assert_null(file_read(arena, path, 100, &bytes));
	assert_text(bytes, "brand new");

	/* The name cannot be taken: nothing is left beside it. */
	const char *taken = path_join(arena, folder, "taken");
	assert_null(folder_make(path_join(arena, taken, "full")));
	assert_non_null(file_replace(taken, T("x"), 0600));
	assert_non_null(file_replace(path_join(arena, folder, "no/such"), T("x"), 0600));
	char command[200];
	snprintf(command, sizeof command, "test $(ls -A %s | wc -l) -eq 2", folder);
	assert_int_equal(system(command), 0);
	rmdir(path_join(arena, taken, "full"));
	rmdir(taken);
	unlink(path);
}

/* Writing stops half way (a file may not grow beyond 4 KiB): the old file must stand. */
static void
replace_with_too_much(void)
{
	const struct text large = {arena_get(arena, 1, 100000), 100000};
	signal(SIGXFSZ, SIG_IGN);
	_exit(file_replace(path_join(arena, folder, "file"), large, 0600) == OK ? 9 : 0);
}

static void
a_failed_write_leaves_the_old_file_and_nothing_beside(void **state)
{
	(void)state;
	const char *path = path_join(arena, folder, "file");
	assert_null(file_replace(path, T("old"), 0600));
	fflush(NULL);
	const pid_t pid = fork();
	if (pid == 0) {
		setrlimit(RLIMIT_FSIZE, &(struct rlimit){4096, 4096});
		replace_with_too_much();
	}
	int status;
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_int_equal(status, 0);
	struct text bytes;
	assert_null(file_read(arena, path, 100, &bytes));
	assert_text(bytes, "old");
	char command[200];
	snprintf(command, sizeof command, "test $(ls -A %s | wc -l) -eq 1", folder);
	assert_int_equal(system(command), 0);
	unlink(path);
}

static void
a_file_larger_than_its_limit_is_refused(void **state)
{
	(void)state;
	const char *path = path_join(arena, folder, "file");
	struct text bytes = T("untouched");
	assert_null(file_replace(path, (struct text){arena_get(arena, 1, 50000), 50000}, 0600));
	assert_int_equal(file_read(arena, path, 49999, &bytes)->kind, ERROR_INVALID);
	assert_text(bytes, "untouched");
	assert_null(file_read(arena, path, 50000, &bytes));
	assert_int_equal(bytes.len, 50000);
	unlink(path);

	FILE *pipe = popen("head -c 50000 /dev/zero", "r");
	assert_non_null(pipe);
	assert_null(fd_read_all(arena, fileno(pipe), 50000, &bytes));
	assert_int_equal(bytes.len, 50000);
	pclose(pipe);
	pipe = popen("head -c 50001 /dev/zero", "r");
	assert_int_equal(fd_read_all(arena, fileno(pipe), 50000, &bytes)->kind, ERROR_INVALID);
	pclose(pipe);
	assert_int_equal(file_read(arena, folder, 100, &bytes)->kind, ERROR_BROKEN);
}

static void
folders_are_made_and_listed_in_order(void **state)
{
	(void)state;
	const char *deep = path_join(arena, folder, "a/b//c/");
	assert_null(folder_make(deep));
	assert_null(folder_make(deep));
	struct stat about;
	assert_int_equal(stat(deep, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0700);
	for (int i = 40; i-- > 0;)
		assert_null(file_replace(text_format(arena, "%sname-%02d", deep, i).data, T(""),
					 0600));
	assert_null(file_replace(path_join(arena, deep, ".hidden"), T(""), 0600));
	struct text *names = NULL;
	size_t count = 0;
	assert_null(folder_list(arena, deep, 40, &names, &count));
	assert_int_equal(count, 40);
	assert_text(names[0], "name-00");
	assert_text(names[39], "name-39");
	assert_int_equal(folder_list(arena, deep, 39, &names, &count)->kind, ERROR_INVALID);
	assert_int_equal(folder_list(arena, "/no/such", 9, &names, &count)->kind,
			 ERROR_MISSING);
	assert_int_equal(folder_make(path_join(arena, deep, "name-00"))->kind, ERROR_BROKEN);
	for (size_t i = 0; i < count; i++)
		unlink(path_join(arena, deep, text_z(arena, names[i])));
	unlink(path_join(arena, deep, ".hidden"));
	rmdir(deep);
	rmdir(path_join(arena, folder, "a/b"));
	rmdir(path_join(arena, folder, "a"));
	assert_true(file_exists(path_join(arena, program_folder(arena), "base_test")));
}

static void
secrets_are_compared_kept_and_never_overwritten(void **state)
{
	(void)state;
	SECRET_SCOPED a = secret_random(32);
	SECRET_SCOPED b = secret_from((struct text){(const char *)a.data, a.len});
	SECRET_SCOPED c = secret_open(32);
	SECRET_SCOPED d = secret_open(31);
	assert_true(secret_same(a, b));
	assert_false(secret_same(a, c));
	assert_false(secret_same(c, d));
	assert_true(bytes_same_constant_time(T("abc"), T("abc")));
	assert_false(bytes_same_constant_time(T("abc"), T("abd")));
	assert_false(bytes_same_constant_time(T("abc"), T("ab")));

	const char *path = path_join(arena, folder, "key");
	struct secret unset = {NULL, 0};
	assert_int_equal(secret_read_file(path, 32, &unset)->kind, ERROR_MISSING);
	assert_null(secret_write_file(path, a));
	struct stat about;
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 07777, 0600);
	assert_int_equal(secret_write_file(path, c)->kind, ERROR_CONFLICT);
	assert_int_equal(secret_read_file(path, 31, &unset)->kind, ERROR_INVALID);
	assert_null(unset.data);
	SECRET_SCOPED back = {NULL, 0};
	assert_null(secret_read_file(path, 32, &back));
	assert_true(secret_same(a, back));
	unlink(path);

	char bytes[4] = {1, 2, 3, 4};
	wipe(bytes, sizeof bytes);
	assert_memory_equal(bytes, "\0\0\0\0", 4);
	char more[32] = {0};
	random_bytes(more, sizeof more);
	assert_memory_not_equal(more, (char[32]){0}, 32);
}

static void
a_password_matches_only_itself(void **state)
{
	(void)state;
	SECRET_SCOPED right = secret_from(T("正しいパスワード"));
	SECRET_SCOPED wrong = secret_from(T("正しくないもの"));
	struct text one;
	struct text two;
	assert_null(password_hash(arena, right, &one));
	assert_null(password_hash(arena, right, &two));
	assert_true(text_starts(one, T("$argon2id$v=19$m=19456,t=2,p=1$")));
	assert_false(text_same(one, two)); /* salted */
	assert_true(password_matches(one, right));
	assert_false(password_matches(one, wrong));
	assert_false(password_matches(T(""), right));
	assert_false(password_matches(T("$argon2id$"), right));
	assert_false(password_matches(text_join(arena, one, one), right));
}

static void
messages_cross_a_socket_whole(void **state)
{
	(void)state;
	int pair[2];
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), 0);
	assert_null(wire_send(pair[0], T("番所")));
	assert_null(wire_send(pair[0], T("")));
	struct text message;
	bool is_end = true;
	assert_null(wire_receive(arena, pair[1], &message, &is_end));
	assert_false(is_end);
	assert_text(message, "番所");
	assert_null(wire_receive(arena, pair[1], &message, &is_end));
	assert_text(message, "");

	static char large[WIRE_MOST + 1];
	assert_int_equal(wire_send(pair[0], (struct text){large, sizeof large})->kind,
			 ERROR_INVALID);
	close(pair[0]);
	assert_null(wire_receive(arena, pair[1], &message, &is_end));
	assert_true(is_end);
	assert_int_equal(wire_send(pair[1], T("x"))->kind, ERROR_BROKEN); /* and no SIGPIPE */
	close(pair[1]);
}

static void
a_broken_message_is_told(void **state)
{
	(void)state;
	static const struct text broken_ones[] = {
		T_INIT("\x00\x00"),
		T_INIT("\x00\x00\x00\x05"
		       "abc"),
		T_INIT("\xFF\xFF\xFF\xFF"
		       "abc"),
		T_INIT("\x00\x10\x00\x01"
		       "abc"),
		T_INIT("\x00\x00\x00\x05"),
	};
	for (size_t i = 0; i < sizeof broken_ones / sizeof broken_ones[0]; i++) {
		int ends[2];
		assert_int_equal(pipe(ends), 0);
		assert_null(fd_write_all(ends[1], broken_ones[i]));
		close(ends[1]);
		struct text message;
		bool is_end = false;
		const struct error *error = wire_receive(arena, ends[0], &message, &is_end);
		assert_non_null(error);
		assert_int_equal(error->kind, ERROR_BROKEN);
		assert_false(is_end);
		close(ends[0]);
	}
}

static void
a_companion_filters_more_than_a_socket_holds(void **state)
{
	(void)state;
	const char *const cat[] = {"/bin/cat", NULL};
	const size_t len = 3 << 20;
	char *large = arena_get(arena, 1, len);
	for (size_t i = 0; i < len; i++)
		large[i] = (char)(i * 7 % 251);
	struct text out;
	assert_null(child_filter(arena, cat, (struct text){large, len}, len, 60, &out));
	assert_true(text_same(out, (struct text){large, len}));
	assert_null(child_filter(arena, cat, T(""), 10, 60, &out));
	assert_text(out, "");
}

static void
a_companion_that_fails_or_says_too_much_is_an_error(void **state)
{
	(void)state;
	const time_t begin = time(NULL);
	struct text out = T("untouched");
	const char *const fails_late[] = {"/bin/sh", "-c", "cat; exit 3", NULL};
	assert_int_equal(child_filter(arena, fails_late, T("x"), 10, 60, &out)->kind,
			 ERROR_BROKEN);
	const char *const reads_nothing[] = {"/bin/sh", "-c", "exec <&-; echo ok", NULL};
	const struct text large = {arena_get(arena, 1, 1 << 20), 1 << 20};
	assert_null(child_filter(arena, reads_nothing, large, 10, 60, &out));
	assert_text(out, "ok\n");
	out = T("untouched");
	const char *const endless[] = {"/bin/sh", "-c", "while :; do echo 1234567; done", NULL};
	assert_int_equal(child_filter(arena, endless, T(""), 1000, 60, &out)->kind,
			 ERROR_BROKEN);
	const char *const absent[] = {"/no/such/program", NULL};
	assert_int_equal(child_filter(arena, absent, T(""), 10, 60, &out)->kind, ERROR_BROKEN);
	const char *const killed[] = {"/bin/sh", "-c", "kill -9 $$", NULL};
	assert_int_equal(child_filter(arena, killed, T(""), 10, 60, &out)->kind, ERROR_BROKEN);
	assert_true(time(NULL) - begin < 20); /* one that says too much is not waited for */
	assert_text(out, "untouched");
	error_sweep();
}

static void
a_companion_that_does_not_end_is_ended(void **state)
{
	(void)state;
	struct text out;
	const time_t begin = time(NULL);
	const char *const silent[] = {"/bin/sleep", "60", NULL};
	assert_int_equal(child_filter(arena, silent, T(""), 10, 1, &out)->kind, ERROR_BROKEN);
	const char *const lingers[] = {"/bin/sh", "-c", "exec <&- >&-; exec sleep 60", NULL};
	assert_int_equal(child_filter(arena, lingers, T(""), 10, 1, &out)->kind, ERROR_BROKEN);
	assert_true(time(NULL) - begin < 20);
	error_sweep();
}

static void
a_companion_gets_its_socket_and_no_other_file(void **state)
{
	(void)state;
	FD_SCOPED ours =
		open("/dev/null", O_RDONLY); /* without O_CLOEXEC, as a library might */
	assert_true(ours > 2);
	const char *const lists[] = {"/bin/sh", "-c",
				     "for n in 0 1 2 3 4 5 6 7 8 9; do test -e /proc/$$/fd/$n "
				     "&& echo $n; done; true",
				     NULL};
	struct text out;
	assert_null(child_filter(arena, lists, T(""), 1000, 60, &out));
	assert_text(out, "0\n1\n2\n");

	struct child child;
	const char *const upper[] = {"/bin/sh", "-c", "read x; echo got $x; exit 7", NULL};
	assert_null(child_start(upper, &child));
	assert_null(fd_write_all(child.fd, T("one\n")));
	char answer[20] = {0};
	assert_int_equal(read(child.fd, answer, sizeof answer - 1), 8);
	assert_string_equal(answer, "got one\n");
	assert_int_equal(child_end(&child), 7);
	assert_int_equal(child.fd, -1);
}

static void
a_log_line_cannot_be_forged(void **state)
{
	(void)state;
	int ends[2];
	assert_int_equal(pipe(ends), 0);
	const int stderr_was = dup(STDERR_FILENO);
	dup2(ends[1], STDERR_FILENO);
	log_name("test");
	log_say("a%s", "\nerror test: forged\x1b[2J");
	log_error("reading", reject("名", "だめです。"));
	log_request(T("k7w2m9xq4c"));
	setenv("JOURNAL_STREAM", "1:2", 1);
	log_name("test");
	log_error("writing", broken("だめです。"));
	unsetenv("JOURNAL_STREAM");
	log_name("test");
	log_request(T(""));
	dup2(stderr_was, STDERR_FILENO);
	close(stderr_was);
	close(ends[1]);
	struct text said;
	assert_null(fd_read_all(arena, ends[0], 10000, &said));
	close(ends[0]);
	struct text first;
	struct text second;
	struct text third;
	assert_true(text_cut(said, '\n', &first, &second));
	assert_text(first, "info test: a error test: forged [2J");
	assert_true(text_starts(second, T("warning test: reading: invalid: 名: だめです。 (")));
	assert_true(text_cut(second, '\n', &second, &third));
	/* for journald: its priority; and the request that it belongs to */
	assert_true(text_starts(third, T("<3>test: [k7w2m9xq4c] writing: broken: だめです。 (")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_arena_stops_the_process_at_its_limit),
		cmocka_unit_test(an_arena_hands_out_zeroed_aligned_memory_up_to_its_limit),
		cmocka_unit_test(an_error_is_passed_up_with_words_field_and_place),
		cmocka_unit_test(faults_of_one_run_are_gathered_in_order),
		cmocka_unit_test(words_too_long_are_cut_at_a_whole_character),
		cmocka_unit_test(a_thread_has_errors_and_language_of_its_own),
		cmocka_unit_test(words_are_said_in_the_language_of_the_thread),
		cmocka_unit_test(a_number_is_read_whole_and_within_bounds_or_not_at_all),
		cmocka_unit_test(sums_that_do_not_fit_are_told),
		cmocka_unit_test(a_writer_grows_until_its_limit_and_drops_the_rest),
		cmocka_unit_test(a_writer_writes_numbers_formats_and_characters),
		cmocka_unit_test(hashes_are_sha_256),
		cmocka_unit_test(many_hashes_are_those_of_each),
		cmocka_unit_test(keyed_hashes_are_hmac),
		cmocka_unit_test(json_is_canonical),
		cmocka_unit_test(json_escapes_as_rfc_8785_asks),
		cmocka_unit_test(json_that_is_not_canonical_stops_the_process),
		cmocka_unit_test(a_file_is_replaced_whole_or_left_as_it_was),
		cmocka_unit_test(a_failed_write_leaves_the_old_file_and_nothing_beside),
		cmocka_unit_test(a_file_larger_than_its_limit_is_refused),
		cmocka_unit_test(folders_are_made_and_listed_in_order),
		cmocka_unit_test(secrets_are_compared_kept_and_never_overwritten),
		cmocka_unit_test(a_password_matches_only_itself),
		cmocka_unit_test(messages_cross_a_socket_whole),
		cmocka_unit_test(a_broken_message_is_told),
		cmocka_unit_test(a_companion_filters_more_than_a_socket_holds),
		cmocka_unit_test(a_companion_that_fails_or_says_too_much_is_an_error),
		cmocka_unit_test(a_companion_that_does_not_end_is_ended),
		cmocka_unit_test(a_companion_gets_its_socket_and_no_other_file),
		cmocka_unit_test(a_log_line_cannot_be_forged),
	};
	return cmocka_run_group_tests(tests, open_arena, close_arena);
}
