/*
 * Any bytes as what a tablet hands in, and as a badge. What is read of an event is within its limits and is
 * what people can read, so that it may stand in a ledger; a badge that is read is the one its key gives.
 */
#include "entrance/entrance.h"
#include "promise.h"

/* One line of UTF-8, neither blank at its ends nor longer than that many characters. */
static void
must_be_line(struct text text, size_t most)
{
	must(text_is_utf8(text, NULL) && text_count(text) <= most);
	must(text_trim(text).len == text.len);
	for (size_t at = 0; at < text.len; at++)
		must((unsigned char)text.data[at] >= ' ');
}

static void
must_be_serials(const struct text *list, size_t count)
{
	must(count <= ENTRANCE_MOST_DEVICES);
	for (size_t at = 0; at < count; at++) {
		must(list[at].len > 0);
		must_be_line(list[at], ENTRANCE_MOST_NAME);
	}
}

static void
must_be_event(const struct entrance_event *event)
{
	must(event->what == ENTRANCE_ENTERS || event->what == ENTRANCE_LEAVES ||
	     event->what == ENTRANCE_REFUSES);
	must(event->mark.len == ENTRANCE_MARK_LEN && event->at.ms > 0 && event->sent.ms == 0);
	must(event->what != ENTRANCE_LEAVES || event->visit.len == ENTRANCE_MARK_LEN);
	must_be_line(event->key, ENTRANCE_MOST_NAME);
	must_be_line(event->name, ENTRANCE_MOST_NAME);
	must_be_line(event->of, ENTRANCE_MOST_NAME);
	must_be_line(event->purpose, ENTRANCE_MOST_NAME);
	must_be_line(event->words, ENTRANCE_MOST_WORDS);
	must_be_line(event->escort, ENTRANCE_MOST_NAME);
	must_be_serials(event->devices, event->devices_count);
	must_be_serials(event->outside, event->outside_count);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct entrance_event event;
	struct text key, again;
	if (size > (1 << 16))
		return 0;
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const struct text bytes = fuzz_text(arena, data, size);
	if (must_say(entrance_event_read(arena, bytes, &event)))
		must_be_event(&event);
	if (text_is_utf8(bytes, NULL) && entrance_badge_read(arena, bytes, &key)) {
		must(key.len > 0);
		must(entrance_badge_read(arena, entrance_badge(arena, key), &again));
		must(text_same(key, again));
	}
	error_sweep();
	return 0;
}
