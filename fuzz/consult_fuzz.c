/*
 * Any line as a question after a permit. What is read is within its limits and is read the same again
 * from what we write of it; comparing its values is symmetric; what is refused is answered by one line.
 */
#include "flow/consult.h"
#include "promise.h"

#include <string.h>

static void
same_again(struct arena *arena, const struct consult_question *first)
{
	struct consult_question again;
	struct text id;
	const struct text line = consult_write_question(arena, first);
	/* Escapes make it longer than it came. */
	if (line.len - 1 > CONSULT_MOST_LINE)
		return;
	must(consult_read(arena, text_first(line, line.len - 1), &again, &id) == OK);
	must(id.len == 0 && again.at.ms == first->at.ms && again.pairs_count == first->pairs_count);
	must(text_same(again.permit, first->permit) && text_same(again.occasion, first->occasion));
	must(text_same(again.person, first->person));
}

static void
compare_values(struct arena *arena, const struct consult_question *question)
{
	for (size_t at = 0; at < question->pairs_count; at++) {
		const struct text one = question->pairs[at].value;
		must(consult_same(arena, one, one) == (consult_fold(arena, one).len != 0));
		for (size_t other = 0; other < at; other++) {
			const struct text two = question->pairs[other].value;
			const bool is_same = consult_same(arena, one, two);
			must(is_same == consult_same(arena, two, one));
			must(!is_same || text_same(consult_fold(arena, one), consult_fold(arena, two)));
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct consult_question question;
	struct text id;
	if (size > (1 << 14))
		return 0;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct error *error = consult_read(arena, fuzz_text(arena, data, size), &question, &id);
	must(id.len <= CONSULT_MOST_VALUE);
	if (must_say(error)) {
		must(question.pairs_count <= CONSULT_MOST_PAIRS);
		must(question.permit.len <= CONSULT_MOST_VALUE && question.at.ms >= 0);
		same_again(arena, &question);
		compare_values(arena, &question);
	} else {
		const struct text line = consult_write_error(arena, id, error);
		must(line.len > 0 && line.data[line.len - 1] == '\n');
		must(memchr(line.data, '\n', line.len - 1) == NULL);
	}
	error_sweep();
	return 0;
}
