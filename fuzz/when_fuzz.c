/* Any bytes as a condition: what parses must evaluate, and parse again from its own source. */
#include "policy/policy.h"
#include "promise.h"

#include <string.h>

/* Every name has an answer, of a kind that its length decides. */
static struct when_value
answer(void *with, struct text name)
{
	(void)with;
	switch (name.len % 5) {
	case 0:
		return (struct when_value){ .kind = WHEN_TEXT, .text = name };
	case 1:
		return (struct when_value){ .kind = WHEN_NUMBER, .number = 7 };
	case 2:
		return (struct when_value){ .kind = WHEN_YES_NO, .number = 1 };
	case 3:
		return (struct when_value){ .kind = WHEN_LIST, .text = T("a\nb\nc") };
	}
	return (struct when_value){ .kind = WHEN_NONE };
}

static void
count_name(void *with, struct text name)
{
	size_t *count = with;
	must(name.len > 0);
	++*count;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size > 4096)
		return 0;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const struct text source = fuzz_text(arena, data, size);
	const struct when *when = NULL, *again = NULL;
	const struct when_answers answers = { answer, NULL };
	size_t names = 0, same_names = 0;
	if (must_say(when_parse(arena, source, "here:1:1", &when))) {
		must(text_same(when_source(when), source));
		must(when_parse(arena, when_source(when), "here:1:1", &again) == OK);
		when_names(when, count_name, &names);
		when_names(again, count_name, &same_names);
		must(names == same_names);
		must(when_evaluate(when, &answers) == when_evaluate(again, &answers));
	} else {
		must(when == NULL);
	}
	error_sweep();
	return 0;
}
