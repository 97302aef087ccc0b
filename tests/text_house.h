/* An arena a test, and texts compared: for the tests of base that need no more. Include after cmocka.h. */
#ifndef BANSHO_TESTS_TEXT_HOUSE_H
#define BANSHO_TESTS_TEXT_HOUSE_H

#include "base/error.h"
#include "base/text.h"

static struct arena *arena;

static inline int
open_arena(void **state)
{
	(void)state;
	arena = arena_open(ARENA_USUAL);
	return 0;
}

static inline int
close_arena(void **state)
{
	(void)state;
	error_sweep();
	arena_close(arena);
	return 0;
}

#define assert_text(text, z) assert_text_is((text), (z), __LINE__)

static inline void
assert_text_is(struct text text, const char *z, int line)
{
	if (!text_is(text, z))
		fail_msg("line %d: \"%.*s\" is not \"%s\"", line, T_ARG(text), z);
}

#endif
