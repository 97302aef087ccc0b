/*
 * Limits that live in memory: a restart forgets them, which costs a guesser nothing worth having
 * (failures of an account are kept in the store). Tables are of fixed size: who comes from more
 * addresses than there are slots pushes out the one that failed longest ago.
 */
#include "pages/limits.h"

#include "base/hash.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>

enum { ADDRESS_SLOTS = 4096, ADDRESS_TRIES = 16, SLOW_SLOTS = 64, ADDRESS_PART = 64,
       KEEP_SLOTS = 1024, DAY_MS = 86400000 };

struct address_slot {
	uint64_t address; /* digest of it, 0: free */
	int64_t full_at;  /* when the failures will all be forgiven, ms */
};

struct slow_slot {
	int64_t session;
	int running;
};

/* What a person kept since `since`. */
struct keep_slot {
	int64_t person;
	int64_t since;
	int64_t files, bytes;
};

struct limits {
	struct arena *arena;
	pthread_mutex_t lock;
	uint64_t seed;
	struct address_slot addresses[ADDRESS_SLOTS];
	struct slow_slot slow[SLOW_SLOTS];
	struct keep_slot kept[KEEP_SLOTS];
	struct address_slot reports[ADDRESS_SLOTS], typed[ADDRESS_SLOTS];
	int64_t all_reports_at; /* when the reports of everybody will be forgiven, ms */
};

struct limits *
limits_open(void)
{
	struct arena *arena = arena_open((size_t)1 << 21);
	struct limits *limits = ARENA_NEW(arena, struct limits);
	limits->arena = arena;
	random_bytes(&limits->seed, sizeof limits->seed);
	pthread_mutex_init(&limits->lock, NULL);
	return limits;
}

void
limits_close(struct limits *limits)
{
	if (limits == NULL)
		return;
	pthread_mutex_destroy(&limits->lock);
	arena_close(limits->arena);
}

/* An IPv6 client owns its /64; an IPv4 one its address. */
static uint64_t
address_key(const struct limits *limits, struct text address)
{
	char z[ADDRESS_PART + 8] = { 0 };
	unsigned char bytes[16] = { 0 };
	memcpy(z + 8, address.data == NULL ? "" : address.data,
	       address.len < ADDRESS_PART - 1 ? address.len : ADDRESS_PART - 1);
	size_t len = 8 + strlen(z + 8);
	if (inet_pton(AF_INET6, z + 8, bytes) == 1) {
		memcpy(z + 8, bytes, 8);
		len = 16;
	}
	memcpy(z, &limits->seed, 8);
	const struct hash made = hash_of((struct text){ z, len });
	uint64_t key;
	memcpy(&key, hash_bytes(&made).data, sizeof key);
	return key == 0 ? 1 : key;
}

/* The address's slot; else a free one or the one forgiven soonest of its neighbourhood. */
static struct address_slot *
address_slot(struct address_slot *slots, uint64_t key)
{
	struct address_slot *given_up = &slots[key % ADDRESS_SLOTS];
	for (size_t at = 0; at < ADDRESS_TRIES; at++) {
		struct address_slot *slot = &slots[(key + at) % ADDRESS_SLOTS];
		if (slot->address == key)
			return slot;
		if (slot->full_at < given_up->full_at)
			given_up = slot;
	}
	*given_up = (struct address_slot){ .address = key };
	return given_up;
}

enum { FORGIVE_MS = LIMITS_FORGIVE_SECONDS * 1000 };

bool
limits_may_sign_in(struct limits *limits, struct text address, struct moment now, int64_t *wait)
{
	if (limits == NULL)
		return true;
	pthread_mutex_lock(&limits->lock);
	const int64_t full_at = address_slot(limits->addresses, address_key(limits, address))->full_at;
	pthread_mutex_unlock(&limits->lock);
	const int64_t over = full_at - now.ms - (int64_t)(LIMITS_ADDRESS_MOST - 1) * FORGIVE_MS;
	/* More than there can be: the clock was set back meanwhile. */
	if (over <= 0 || over > FORGIVE_MS)
		return true;
	*wait = (over + 999) / 1000;
	return false;
}

void
limits_sign_in_failed(struct limits *limits, struct text address, struct moment now)
{
	if (limits == NULL)
		return;
	pthread_mutex_lock(&limits->lock);
	struct address_slot *slot = address_slot(limits->addresses, address_key(limits, address));
	const int64_t most = now.ms + (int64_t)LIMITS_ADDRESS_MOST * FORGIVE_MS;
	const int64_t from = slot->full_at > now.ms && slot->full_at <= most ? slot->full_at : now.ms;
	slot->full_at = from + FORGIVE_MS < most ? from + FORGIVE_MS : most;
	pthread_mutex_unlock(&limits->lock);
}

/* One more, or *wait seconds until one may: each is forgiven after `each_ms`, `most` at a time. */
static bool
take_one(int64_t *full_at, int64_t most, int64_t each_ms, struct moment now, int64_t *wait)
{
	/* More than there can be: the clock was set back meanwhile. */
	const int64_t from = *full_at > now.ms && *full_at <= now.ms + most * each_ms ? *full_at : now.ms;
	const int64_t over = from - now.ms - (most - 1) * each_ms;
	*wait = (over + 999) / 1000;
	if (over > 0)
		return false;
	*full_at = from + each_ms;
	return true;
}

bool
limits_may_report(struct limits *limits, struct text address, struct moment now, int64_t *wait)
{
	if (limits == NULL)
		return true;
	pthread_mutex_lock(&limits->lock);
	struct address_slot *slot = address_slot(limits->reports, address_key(limits, address));
	const bool may = take_one(&slot->full_at, LIMITS_REPORT_MOST, LIMITS_REPORT_SECONDS * 1000, now,
				  wait) &&
			 take_one(&limits->all_reports_at, LIMITS_REPORTS_MOST,
				  LIMITS_REPORTS_SECONDS * 1000, now, wait);
	pthread_mutex_unlock(&limits->lock);
	return may;
}

bool
limits_may_type(struct limits *limits, struct text address, struct moment now)
{
	int64_t wait;
	if (limits == NULL)
		return true;
	pthread_mutex_lock(&limits->lock);
	struct address_slot *slot = address_slot(limits->typed, address_key(limits, address));
	const bool may = take_one(&slot->full_at, LIMITS_TYPED_MOST, LIMITS_TYPED_SECONDS * 1000, now, &wait);
	pthread_mutex_unlock(&limits->lock);
	return may;
}

static struct slow_slot *
slow_slot(struct limits *limits, int64_t session)
{
	struct slow_slot *free = NULL;
	for (size_t at = 0; at < SLOW_SLOTS; at++) {
		if (limits->slow[at].running != 0 && limits->slow[at].session == session)
			return &limits->slow[at];
		if (limits->slow[at].running == 0)
			free = &limits->slow[at];
	}
	return free;
}

bool
limits_slow_begin(struct limits *limits, int64_t session)
{
	if (limits == NULL)
		return true;
	pthread_mutex_lock(&limits->lock);
	struct slow_slot *slot = slow_slot(limits, session);
	const bool may = slot != NULL && (slot->running == 0 || slot->running < LIMITS_SLOW_MOST);
	if (may) {
		slot->session = session;
		slot->running++;
	}
	pthread_mutex_unlock(&limits->lock);
	return may;
}

void
limits_slow_end(struct limits *limits, int64_t session)
{
	if (limits == NULL)
		return;
	pthread_mutex_lock(&limits->lock);
	struct slow_slot *slot = slow_slot(limits, session);
	if (slot != NULL && slot->running > 0 && slot->session == session)
		slot->running--;
	pthread_mutex_unlock(&limits->lock);
}

/* The person's slot; one whose day is over, or the oldest, is given up for a new person. */
static struct keep_slot *
keep_slot(struct limits *limits, int64_t person, struct moment now)
{
	struct keep_slot *oldest = &limits->kept[0];
	for (size_t at = 0; at < KEEP_SLOTS; at++) {
		struct keep_slot *slot = &limits->kept[at];
		if (slot->person == person && now.ms - slot->since < DAY_MS)
			return slot;
		if (slot->person == person || slot->since < oldest->since)
			oldest = slot;
		if (slot->person == person)
			break;
	}
	*oldest = (struct keep_slot){ .person = person, .since = now.ms };
	return oldest;
}

bool
limits_may_keep(struct limits *limits, int64_t person, size_t bytes, struct moment now)
{
	if (limits == NULL)
		return true;
	pthread_mutex_lock(&limits->lock);
	struct keep_slot *slot = keep_slot(limits, person, now);
	const bool may = slot->files < LIMITS_FILES_MOST &&
			 slot->bytes + (int64_t)bytes <= LIMITS_FILE_BYTES; /* an upload's size */
	if (may) {
		slot->files++;
		slot->bytes += (int64_t)bytes;
	}
	pthread_mutex_unlock(&limits->lock);
	return may;
}
