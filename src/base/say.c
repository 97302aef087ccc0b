/* Words by language: a binary search in the compiled catalogue. */
#include "base/say.h"

#include <stdlib.h>
#include <string.h>

static _Thread_local enum language spoken = LANGUAGE_JA;

/*
 * Programs link the catalogue generated from po/en.po. Build tools and tests, which run before
 * it exists, get this empty one: everything is then said in Japanese.
 */
__attribute__((weak)) const struct say_catalogue say_english = {NULL, 0};

void
language_use(enum language language)
{
	spoken = language;
}

enum language
language_now(void)
{
	return spoken;
}

static int
pair_order(const void *message, const void *pair)
{
	return strcmp(message, ((const struct say_pair *)pair)->message);
}

const char *
say(const char *message)
{
	const struct say_catalogue *catalogue = &say_english;
	if (spoken == LANGUAGE_JA || catalogue->count <= 0)
		return message;
	const struct say_pair *pair =
		bsearch(message, catalogue->pairs,
			(size_t)catalogue->count, /* positive, checked above */
			sizeof *catalogue->pairs, pair_order);
	return pair != NULL && pair->words[0] != '\0' ? pair->words : message;
}
