/* What is promised of sealed columns, the ring of keys, and files beside the store. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "house_sql.h"
#include "store/store.h"

#include "base/cipher.h"
#include "base/file.h"
#include "base/secret.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char store_schema[] =
	"CREATE TABLE store_migration (id INTEGER PRIMARY KEY, room TEXT NOT NULL, number INTEGER NOT NULL,"
	" digest BLOB NOT NULL, UNIQUE (room, number)) STRICT;"
	"CREATE TABLE store_setting (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, value TEXT NOT NULL) STRICT;"
	"CREATE TABLE store_counter_cache (id INTEGER PRIMARY KEY, series TEXT NOT NULL UNIQUE, next INTEGER NOT NULL) STRICT;";

#define SECRET "花咲かすみ"

struct ground {
	struct arena *arena;
	char folder[64];
	const char *path, *ring;
	struct migration migrations[3];
	struct store *store;
	bool fails;
};

static struct error *
append(void *self, struct act *act, const struct store_note *note)
{
	(void)act, (void)note;
	return ((struct ground *)self)->fails ? broken("the journal fails") : OK;
}

static struct error *
try_open(struct ground *ground, struct store **store)
{
	return store_open(ground->arena,
			  &(struct store_options){ .path = ground->path, .may_create = true,
						   .ring = ground->ring,
						   .migrations = ground->migrations },
			  store);
}

static void
open_again(struct ground *ground, struct store **store)
{
	const struct store_journal journal = { .self = ground, .append = append };
	assert_null(try_open(ground, store));
	store_attach(*store, &journal);
}

static int
set_up(void **state)
{
	struct ground *ground = calloc(1, sizeof *ground);
	struct text sql;
	secret_start();
	ground->arena = arena_open((size_t)512 << 20);
	strcpy(ground->folder, "/tmp/bansho-sealed-XXXXXX");
	assert_non_null(mkdtemp(ground->folder));
	ground->path = path_join(ground->arena, ground->folder, "store.sqlite");
	ground->ring = path_join(ground->arena, ground->folder, "keys/ring");
	assert_null(file_read(ground->arena, HOUSE_SCHEMA, 8192, &sql));
	ground->migrations[0] = (struct migration){ "store", 1, store_schema };
	ground->migrations[1] = (struct migration){ "house", 1, text_z(ground->arena, sql) };
	open_again(ground, &ground->store);
	*state = ground;
	return 0;
}

static int
shell(const char *format, ...) __attribute__((format(printf, 1, 2)));

static int
shell(const char *format, ...)
{
	char command[1000];
	va_list args;
	va_start(args, format);
	vsnprintf(command, sizeof command, format, args);
	va_end(args);
	return system(command);
}

static int
tear_down(void **state)
{
	struct ground *ground = *state;
	if (ground->store != NULL)
		store_close(ground->store);
	assert_int_equal(shell("rm -rf %s", ground->folder), 0);
	arena_close(ground->arena);
	error_sweep();
	free(ground);
	return 0;
}

static const struct fact fact = { .act = "house.guest", .about = { T_INIT("guest") } };

static struct error *
run_in(struct ground *ground, struct store *store, act_work *work, void *with)
{
	const struct actor actor = { .person = 1, .through = T("test") };
	return store_act(store, ground->arena, &actor, work, with);
}

static struct error *
add_guest(struct act *act, void *with)
{
	const int64_t *id = with;
	TRY(act_key_make(act, *id));
	TRY(house_guest_add(act, &(struct house_guest_add_in){ *id, T(SECRET), T("言葉 " SECRET), 0 }));
	return act_note(act, &fact);
}

static struct error *
drop_guest(struct act *act, void *with)
{
	const int64_t *id = with;
	struct hash mark;
	TRY(act_key_drop(act, *id, &mark));
	TRY(act_set(act, T("house.dropped"), T("1")));
	return act_note(act, &fact);
}

static struct error *
rename_guest(struct act *act, void *with)
{
	TRY(house_guest_rename(act, &(struct house_guest_rename_in){ *(const int64_t *)with, T("別") }));
	return act_note(act, &fact);
}

static struct error *
guest_in(struct ground *ground, struct store *store, int64_t id, struct house_guest_find_row *row)
{
	LOOK_SCOPED look = { 0 };
	bool found;
	TRY(look_begin(store, ground->arena, &look));
	TRY(house_guest_find(&look, &(struct house_guest_find_in){ id }, &found, row));
	assert_true(found);
	return OK;
}

static void
add(struct ground *ground, int64_t id)
{
	assert_null(run_in(ground, ground->store, add_guest, &id));
}

static void
expect(struct ground *ground, struct store *store, int64_t id, const char *name)
{
	struct house_guest_find_row row;
	assert_null(guest_in(ground, store, id, &row));
	assert_true(text_is(row.name, name));
}

static void
what_is_sealed_reads_back_and_stands_in_no_file(void **state)
{
	struct ground *ground = *state;
	struct house_guest_find_row row;
	struct stat about;
	add(ground, 1);
	assert_null(guest_in(ground, ground->store, 1, &row));
	assert_true(text_is(row.name, SECRET));
	assert_true(text_is(row.words, "言葉 " SECRET));
	assert_int_equal(shell("ls %s | grep -q wal", ground->folder), 0);
	assert_int_not_equal(shell("grep -rqF '" SECRET "' %s", ground->folder), 0);
	assert_int_equal(stat(ground->ring, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	store_close(ground->store);
	assert_int_not_equal(shell("grep -rqF '" SECRET "' %s", ground->folder), 0);
	open_again(ground, &ground->store);
	expect(ground, ground->store, 1, SECRET);
}

static struct error *
add_room(struct act *act, void *with)
{
	(void)with;
	TRY(house_add(act, &(struct house_add_in){ .id = 1, .name = T("室"), .seats = 1 }));
	TRY(house_add(act, &(struct house_add_in){ .id = 2, .name = T("空室"), .seats = 9 }));
	return act_note(act, &fact);
}

static void
a_joined_name_is_read_through_a_view(void **state)
{
	struct ground *ground = *state;
	struct house_guest_rooms_row *rows;
	size_t count;
	LOOK_SCOPED look = { 0 };
	add(ground, 1);
	assert_null(run_in(ground, ground->store, add_room, NULL));
	assert_null(look_begin(ground->store, ground->arena, &look));
	assert_null(house_guest_rooms(&look, &(struct house_guest_rooms_in){ 9 }, &rows, &count));
	assert_int_equal(count, 2);
	assert_true(text_is(rows[0].guest, SECRET));
	assert_null(rows[1].guest.data);
}

/* ---- Destroying ---- */

struct digests {
	struct hash all[8];
	size_t count;
};

static bool
one_salt(void *with, struct text table, int64_t id, struct hash *salt)
{
	(void)with, (void)id;
	memset(salt, 7, sizeof *salt);
	return text_is(table, "house_guest");
}

static struct error *
keep_digest(void *with, const struct row_digest *row)
{
	struct digests *digests = with;
	if (text_is(row->table, "house_guest"))
		digests->all[digests->count++] = row->digest;
	return OK;
}

static struct digests
digests_of(struct ground *ground)
{
	struct digests digests = { .count = 0 };
	LOOK_SCOPED look = { 0 };
	assert_null(look_begin(ground->store, ground->arena, &look));
	assert_null(store_walk_rows(&look, &(struct row_check){ &digests, one_salt, keep_digest }));
	return digests;
}

static void
without_its_key_a_value_is_gone_and_its_row_is_what_it_was(void **state)
{
	struct ground *ground = *state;
	struct house_guest_find_row row;
	int64_t id = 1;
	add(ground, 1);
	add(ground, 2);
	const struct digests before = digests_of(ground);
	assert_int_equal(shell("ln %s %s.link", ground->ring, ground->ring), 0);
	assert_null(run_in(ground, ground->store, drop_guest, &id));
	assert_int_equal(store_key_state(ground->store, 1), KEY_ERASED);
	assert_null(guest_in(ground, ground->store, 1, &row));
	assert_true(text_is(row.name, "（消去済み）"));
	assert_int_equal(row.words.len, 0);
	expect(ground, ground->store, 2, SECRET);
	const struct digests after = digests_of(ground);
	assert_int_equal(after.count, 2);
	assert_memory_equal(before.all, after.all, sizeof before.all[0] * 2);
	/* The file that was replaced holds nothing any more, and the log neither. */
	assert_int_equal(shell("tr -d '\\0' <%s.link | wc -c | grep -qx 0", ground->ring), 0);
	assert_int_equal(shell("test ! -s %s-wal", ground->path), 0);
	assert_non_null(run_in(ground, ground->store, rename_guest, &id));
	assert_null(run_in(ground, ground->store, drop_guest, &id)); /* again: nothing to do */
	store_close(ground->store);
	open_again(ground, &ground->store);
	expect(ground, ground->store, 1, "（消去済み）");
}

static void
an_undone_act_destroys_nothing_and_leaves_no_key(void **state)
{
	struct ground *ground = *state;
	int64_t id = 1, other = 2;
	add(ground, 1);
	ground->fails = true;
	assert_non_null(run_in(ground, ground->store, drop_guest, &id));
	assert_non_null(run_in(ground, ground->store, add_guest, &other));
	ground->fails = false;
	expect(ground, ground->store, 1, SECRET);
	add(ground, 2);
	expect(ground, ground->store, 2, SECRET);
}

static void
the_nth_failing_call_neither_loses_a_key_nor_a_value(void **state)
{
	struct ground *ground = *state;
	int64_t id = 1, n = 1;
	add(ground, 1);
	for (; n < 100; n++) {
		store_fault_at(ground->store, n);
		struct error *error = run_in(ground, ground->store, drop_guest, &id);
		const bool was_hit = store_fault_calls(ground->store) >= n;
		store_fault_at(ground->store, 0);
		if (error == OK)
			break;
		assert_true(was_hit);
		expect(ground, ground->store, 1, SECRET);
	}
	assert_in_range(n, 4, 99);
	expect(ground, ground->store, 1, "（消去済み）");
}

/* ---- Several processes ---- */

static void
two_programs_share_the_ring(void **state)
{
	struct ground *ground = *state;
	struct store *other;
	int64_t id = 2;
	add(ground, 1);
	open_again(ground, &other);
	expect(ground, other, 1, SECRET);
	add(ground, 2);
	expect(ground, other, 2, SECRET);
	id = 3;
	assert_null(run_in(ground, other, add_guest, &id));
	expect(ground, ground->store, 3, SECRET);
	id = 1;
	assert_null(run_in(ground, other, drop_guest, &id));
	assert_non_null(run_in(ground, ground->store, rename_guest, &id));
	expect(ground, ground->store, 1, "（消去済み）");
	expect(ground, ground->store, 3, SECRET);
	store_close(other);
}

/* ---- Attacks and accidents ---- */

static void
sql(struct ground *ground, const char *words)
{
	assert_int_equal(shell("sqlite3 %s \"%s\"", ground->path, words), 0);
}

static void
a_changed_value_is_refused_and_says_where(void **state)
{
	struct ground *ground = *state;
	struct house_guest_find_row row;
	add(ground, 1);
	add(ground, 2);
	add(ground, 3);
	sql(ground, "UPDATE house_guest SET name = substr(name, 1, 60) || CASE substr(name, 61, 1) "
		    "WHEN 'A' THEN 'B' ELSE 'A' END || substr(name, 62) WHERE id = 1;"
		    "UPDATE house_guest SET name = words WHERE id = 2;"
		    "UPDATE house_guest SET name = '~1~AAAA' WHERE id = 3");
	for (int64_t id = 1; id <= 3; id++) {
		struct error *error = guest_in(ground, ground->store, id, &row);
		assert_non_null(error);
		assert_int_equal(error->kind, ERROR_BROKEN);
		assert_true(text_has(error->words, T("house_guest.name")));
	}
}

static struct error *
name_ring(struct act *act, void *with)
{
	(void)with;
	TRY(act_name_ring(act));
	return act_note(act, &fact);
}

static void
expect_refusal(struct ground *ground, const char *words)
{
	struct store *store;
	struct error *error = try_open(ground, &store);
	assert_non_null(error);
	assert_true(text_has(error->words, text_of(words)));
}

static void
a_ring_that_is_missing_damaged_or_anothers_is_said_so(void **state)
{
	struct ground *ground = *state;
	add(ground, 1);
	assert_null(run_in(ground, ground->store, name_ring, NULL));
	store_close(ground->store);
	ground->store = NULL;
	assert_int_equal(shell("mv %s %s.kept", ground->ring, ground->ring), 0);
	expect_refusal(ground, "keys import");
	assert_int_equal(shell("head -c 100 %s.kept >%s", ground->ring, ground->ring), 0);
	expect_refusal(ground, "壊れて");
	assert_int_equal(shell("cp %s.kept %s; printf x | dd of=%s bs=1 seek=40 conv=notrunc 2>/dev/null",
			       ground->ring, ground->ring, ground->ring), 0);
	expect_refusal(ground, "壊れて");
	assert_int_equal(shell("rm %s", ground->ring), 0);
	const char *own = ground->path;
	ground->path = path_join(ground->arena, ground->folder, "other.sqlite");
	open_again(ground, &ground->store);
	store_close(ground->store);
	ground->store = NULL;
	ground->path = own;
	expect_refusal(ground, "この団体のものではありません");
	assert_int_equal(shell("mv %s.kept %s", ground->ring, ground->ring), 0);
	open_again(ground, &ground->store);
	expect(ground, ground->store, 1, SECRET);
}

static void
a_copy_of_the_ring_brings_back_what_is_missing_but_nobody_erased(void **state)
{
	struct ground *ground = *state;
	const char *copy = path_join(ground->arena, ground->folder, "copy");
	int64_t id = 1, taken;
	add(ground, 1);
	add(ground, 2);
	assert_null(run_in(ground, ground->store, name_ring, NULL));
	assert_null(store_keys_export(ground->ring, copy));
	assert_int_equal(store_keys_export(ground->ring, copy)->kind, ERROR_CONFLICT);
	assert_null(run_in(ground, ground->store, drop_guest, &id));
	assert_null(store_keys_import(copy, ground->ring, &taken));
	assert_int_equal(taken, 0);
	assert_int_equal(store_key_state(ground->store, 1), KEY_ERASED);
	store_close(ground->store);
	assert_int_equal(unlink(ground->ring), 0);
	assert_null(store_keys_import(copy, ground->ring, &taken));
	assert_int_equal(taken, 3);
	open_again(ground, &ground->store);
	expect(ground, ground->store, 2, SECRET);
	assert_null(store_key_destroy(ground->store, 1)); /* as people_erasures_finish() does */
	expect(ground, ground->store, 1, "（消去済み）");
}

/* ---- Files ---- */

static void
a_file_is_sealed_whole_and_a_changed_one_refused(void **state)
{
	struct ground *ground = *state;
	const char *path = path_join(ground->arena, ground->folder, "file");
	static const size_t sizes[] = { 0, 1, 65535, 65536, 65537, 300000 };
	for (size_t at = 0; at < sizeof sizes / sizeof *sizes; at++) {
		char *bytes = arena_get(ground->arena, 1, sizes[at] + 1);
		for (size_t i = 0; i < sizes[at]; i++)
			bytes[i] = "秘密の本文"[i % 15];
		const struct text plain = { bytes, sizes[at] };
		struct text read, raw;
		assert_null(store_file_write(ground->store, path, plain));
		assert_null(store_file_read(ground->store, ground->arena, path, 1 << 20, &read));
		assert_true(text_same(read, plain));
		assert_null(file_read(ground->arena, path, 1 << 20, &raw));
		assert_false(sizes[at] > 14 && text_has(raw, T("秘密の本文")));
		assert_null(file_replace(path, text_first(raw, raw.len - 1), 0600));
		assert_non_null(store_file_read(ground->store, ground->arena, path, 1 << 20, &read));
		/* Cut between two pieces. */
		if (sizes[at] > 65536) {
			assert_null(file_replace(path, text_first(raw, VAULT_HEAD + VAULT_PIECE + CIPHER_TAG),
						 0600));
			assert_non_null(store_file_read(ground->store, ground->arena, path, 1 << 20,
							&read));
		}
	}
}

static void
a_file_left_in_plain_is_read_and_then_sealed(void **state)
{
	struct ground *ground = *state;
	const char *folder = path_join(ground->arena, ground->folder, "blobs");
	const char *path = path_join(ground->arena, folder, "ab12");
	struct text read;
	assert_null(folder_make(folder));
	assert_null(file_replace(path, T("証明書 " SECRET), 0600));
	assert_null(store_file_read(ground->store, ground->arena, path, 1000, &read));
	assert_true(text_is(read, "証明書 " SECRET));
	assert_null(store_files_seal(ground->store, folder));
	assert_null(store_files_seal(ground->store, folder));
	assert_int_not_equal(shell("grep -rqF '" SECRET "' %s", folder), 0);
	assert_null(store_file_read(ground->store, ground->arena, path, 1000, &read));
	assert_true(text_is(read, "証明書 " SECRET));
}

/* ---- The cipher ---- */

static void
the_cipher_is_aes_256_gcm(void **state)
{
	/* Test cases 13 and 14 of the GCM submission to NIST. */
	static const unsigned char zeros[32];
	unsigned char sealed[32], plain[16];
	struct ground *ground = *state;
	const struct cipher_with with = { zeros, zeros, T("") };
	CIPHER_SCOPED cipher = cipher_open();
	cipher_seal(cipher, &with, T(""), sealed);
	assert_true(text_is(text_hex(ground->arena, (struct text){ (char *)sealed, 16 }),
			    "530f8afbc74536b9a963b4f1c4cb738b"));
	cipher_seal(cipher, &with, (struct text){ (const char *)zeros, 16 }, sealed);
	assert_true(text_is(text_hex(ground->arena, (struct text){ (char *)sealed, 32 }),
			    "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"));
	assert_true(cipher_unseal(cipher, &with, (struct text){ (char *)sealed, 32 }, plain));
	assert_memory_equal(plain, zeros, 16);
	sealed[3] ^= 1;
	assert_false(cipher_unseal(cipher, &with, (struct text){ (char *)sealed, 32 }, plain));
}

#define SEALED_TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		SEALED_TEST(what_is_sealed_reads_back_and_stands_in_no_file),
		SEALED_TEST(a_joined_name_is_read_through_a_view),
		SEALED_TEST(without_its_key_a_value_is_gone_and_its_row_is_what_it_was),
		SEALED_TEST(an_undone_act_destroys_nothing_and_leaves_no_key),
		SEALED_TEST(the_nth_failing_call_neither_loses_a_key_nor_a_value),
		SEALED_TEST(two_programs_share_the_ring),
		SEALED_TEST(a_changed_value_is_refused_and_says_where),
		SEALED_TEST(a_ring_that_is_missing_damaged_or_anothers_is_said_so),
		SEALED_TEST(a_copy_of_the_ring_brings_back_what_is_missing_but_nobody_erased),
		SEALED_TEST(a_file_is_sealed_whole_and_a_changed_one_refused),
		SEALED_TEST(a_file_left_in_plain_is_read_and_then_sealed),
		SEALED_TEST(the_cipher_is_aes_256_gcm),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
