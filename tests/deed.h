/* A duty of the body that is fulfilled by something done in another room: was it? */
#ifndef BANSHO_TESTS_DEED_H
#define BANSHO_TESTS_DEED_H

#include "people_house.h"

#include "duty/duty.h"

#define DEED_DUTY "exception-review"

/* The pack in the test's hands asks for the deed; nothing of it has been done yet. */
static inline void
deed_ask(struct house *h, const char *by)
{
	for (size_t at = 0; at < h->pack->recurring_count; at++)
		if (text_is(h->pack->recurring[at].code, DEED_DUTY)) {
			h->pack->recurring[at].by = text_of(by);
			return;
		}
	fail_msg("the pack has no duty " DEED_DUTY);
}

/* How often a duty was done, all by `source`. */
static inline int64_t
deed_done_of(struct house *h, const char *duty, const char *source)
{
	const struct flow flow = { .pack = h->pack };
	const struct duty_query query = { .duty = text_of(duty), .from = DAY_NONE, .until = DAY_NONE };
	struct duty_occurrence *list;
	size_t count;
	int64_t done = 0;
	LOOK(h, look);
	must(duty_list(&look, &flow, &query, 50, &list, &count));
	for (size_t at = 0; at < count; at++)
		if (list[at].state == DUTY_DONE) {
			assert_true(text_is(list[at].source, source));
			done++;
		}
	return done;
}

/* The same of the one that deed_ask() chose. */
static inline int64_t
deed_done(struct house *h, const char *source)
{
	return deed_done_of(h, DEED_DUTY, source);
}

#endif
