/* `bansho journal`: what it says about witnesses, carried files and time-stamps. */
#include "cli/journal_rooms.h"

#include <string.h>

static const struct journal_word ways[] = {
	{ "witness", "add", 3, false, journal_witness_add },
	{ "witness", "remove", 3, false, journal_witness_remove },
	{ "witness", "list", 2, true, journal_witness_list },
	{ "carry", "out", 3, false, journal_carry_out },
	{ "carry", "in", 3, false, journal_carry_in },
	{ "stamp", "use", 3, false, journal_stamp_use },
	{ "stamp", "query", 3, false, journal_stamp_query },
	{ "stamp", "keep", 3, false, journal_stamp_file },
	{ "set", NULL, 3, false, journal_set },
};

struct error *
journal_others(struct call *call, bool *is_one)
{
	struct body body;
	for (size_t at = 0; at < sizeof ways / sizeof *ways; at++) {
		const struct journal_word *way = &ways[at];
		if (call->words_count != way->words || !text_is(call->words[0], way->first) ||
		    (way->second != NULL && !text_is(call->words[1], way->second)))
			continue;
		*is_one = true;
		TRY(call_body(call, way->is_reading, &body));
		struct error *error = way->run(call, &body);
		if (error == OK && !way->is_reading)
			seal_if_possible(&body);
		body_close(&body);
		return error;
	}
	*is_one = false;
	return OK;
}
