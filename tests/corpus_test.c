/* The corpus of a fuzz target, run as a plain test: CORPUS_NAME is its folder under corpus/. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Named by its hash: found by the target itself, which knows it cut short as well. */
static bool
is_found(struct text name)
{
	struct text bytes;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	return name.len == 12 && text_unhex(arena, name, &bytes);
}

static void
every_file_of_the_corpus_passes(void **state)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const char *folder = CORPUS_FOLDER "/" CORPUS_NAME;
	struct text *names;
	size_t count;
	(void)state;
	assert_null(folder_list(arena, folder, 1000, &names, &count));
	assert_true(count > 3);
	for (size_t at = 0; at < count; at++) {
		struct text bytes;
		print_message("# %.*s\n", T_ARG(names[at]));
		assert_null(file_read(arena, path_join(arena, folder, text_z(arena, names[at])), 4 << 20,
				      &bytes));
		assert_int_equal(LLVMFuzzerTestOneInput((const uint8_t *)bytes.data, bytes.len), 0);
		/* Ours are also cut short: at every place near the beginning, then ever more rarely. */
		for (size_t len = is_found(names[at]) ? 0 : bytes.len; len > 0;
		     len -= len > 400 ? len / 40 : len > 80 ? 4 : 1)
			assert_int_equal(LLVMFuzzerTestOneInput((const uint8_t *)bytes.data, len), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(every_file_of_the_corpus_passes) };
	return cmocka_run_group_tests_name("corpus", tests, NULL, NULL);
}
