/*
 * When sessions were last seen: kept in memory so that a page view writes nothing, and handed to
 * the store every few minutes by an act of its own. After a restart what the store knows counts.
 */
#include "pages/seen.h"

#include <pthread.h>

enum { SEEN_SLOTS = 1 << 16, SEEN_TRIES = 16 };

struct seen_slot {
	int64_t session;
	int64_t at;
	int64_t kept; /* when it was last handed to the store */
};

struct seen {
	struct arena *arena;
	pthread_mutex_t lock;
	struct seen_slot *slots;
};

struct seen *
seen_open(void)
{
	struct arena *arena = arena_open(ARENA_USUAL);
	struct seen *seen = ARENA_NEW(arena, struct seen);
	seen->arena = arena;
	seen->slots = ARENA_ARRAY(arena, struct seen_slot, SEEN_SLOTS);
	pthread_mutex_init(&seen->lock, NULL);
	return seen;
}

void
seen_close(struct seen *seen)
{
	if (seen == NULL)
		return;
	pthread_mutex_destroy(&seen->lock);
	arena_close(seen->arena);
}

/* The session's slot; the stalest of its neighbourhood is given up when all are taken. */
static struct seen_slot *
slot_of(struct seen *seen, int64_t session)
{
	const size_t first = (size_t)session * 0x9e3779b97f4a7c15u >> 48;
	struct seen_slot *stalest = &seen->slots[first % SEEN_SLOTS];
	for (size_t at = 0; at < SEEN_TRIES; at++) {
		struct seen_slot *slot = &seen->slots[(first + at) % SEEN_SLOTS];
		if (slot->session == session)
			return slot;
		if (slot->at < stalest->at)
			stalest = slot;
	}
	*stalest = (struct seen_slot){ .session = session };
	return stalest;
}

struct moment
seen_when(struct seen *seen, int64_t session)
{
	pthread_mutex_lock(&seen->lock);
	const int64_t at = slot_of(seen, session)->at;
	pthread_mutex_unlock(&seen->lock);
	return (struct moment){ at };
}

bool
seen_now(struct seen *seen, int64_t session, struct moment now, struct moment stored)
{
	pthread_mutex_lock(&seen->lock);
	struct seen_slot *slot = slot_of(seen, session);
	slot->at = now.ms;
	if (slot->kept < stored.ms)
		slot->kept = stored.ms;
	const bool is_due = now.ms - slot->kept >= PEOPLE_TOUCH_MS;
	if (is_due)
		slot->kept = now.ms;
	pthread_mutex_unlock(&seen->lock);
	return is_due;
}
