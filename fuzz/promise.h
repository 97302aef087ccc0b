/* What a fuzz target holds the code to: a promise broken ends the program, so that it is found. */
#ifndef BANSHO_FUZZ_PROMISE_H
#define BANSHO_FUZZ_PROMISE_H

#include "base/error.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_MOST = 1 << 20 };

static inline void
must(bool is_kept)
{
	if (!is_kept)
		abort();
}

/* It went well, or says in words why not. */
static inline bool
must_say(const struct error *error)
{
	must(error == OK || error->words.len > 0);
	return error == OK;
}

/* A copy of the input of exactly its size, so that reading past its end is caught. */
static inline struct text
fuzz_text(struct arena *into, const uint8_t *data, size_t size)
{
	return text_copy(into, (struct text){ (const char *)data, size });
}

#endif
