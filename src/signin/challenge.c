/*
 * Challenges that prove themselves: time, random bytes and a keyed hash over both, what they are for and
 * whose. Only the spent ones are remembered, until they would be too old anyway.
 */
#include "signin/rooms.h"

#include <pthread.h>
#include <string.h>

enum {
	CHALLENGE_MS = 10 * 60000,
	CHALLENGE_TIME = 8,
	CHALLENGE_RANDOM = 24,
	CHALLENGE_LEN = CHALLENGE_TIME + CHALLENGE_RANDOM + HASH_LEN,
	SPENT_SLOTS = 1 << 14,
};

struct spent {
	struct hash challenge;
	int64_t until;
};

struct challenges {
	struct arena *arena;
	pthread_mutex_t lock;
	unsigned char key[HASH_LEN];
	struct spent *spent; /* a ring: the oldest is overwritten, when it is too old */
	size_t next;
};

struct challenges *
challenges_open(void)
{
	struct arena *arena = arena_open((size_t)4 << 20);
	struct challenges *challenges = ARENA_NEW(arena, struct challenges);
	challenges->arena = arena;
	challenges->spent = ARENA_ARRAY(arena, struct spent, SPENT_SLOTS);
	random_bytes(challenges->key, sizeof challenges->key);
	pthread_mutex_init(&challenges->lock, NULL);
	return challenges;
}

void
challenges_close(struct challenges *challenges)
{
	if (challenges == NULL)
		return;
	wipe(challenges->key, sizeof challenges->key);
	pthread_mutex_destroy(&challenges->lock);
	arena_close(challenges->arena);
}

static struct hash
sealed(const struct challenges *challenges, struct arena *into, const char *use, int64_t whose,
       struct text head)
{
	const struct text key = { (const char *)challenges->key, sizeof challenges->key };
	return hash_keyed(key, text_format(into, "bansho challenge 1 %s %lld %.*s", use, (long long)whose,
					   T_ARG(text_hex(into, head))));
}

struct text
challenge_make(struct challenges *challenges, struct arena *into, const char *use, int64_t whose,
	       struct moment now)
{
	unsigned char *at = arena_get(into, 1, CHALLENGE_LEN);
	for (int byte = 0; byte < CHALLENGE_TIME; byte++)
		at[byte] = (unsigned char)((uint64_t)now.ms >> (56 - 8 * byte)); /* big-endian */
	random_bytes(at + CHALLENGE_TIME, CHALLENGE_RANDOM);
	const struct text head = { (const char *)at, CHALLENGE_TIME + CHALLENGE_RANDOM };
	const struct hash seal = sealed(challenges, into, use, whose, head);
	memcpy(at + head.len, seal.at, HASH_LEN);
	return text_hex(into, (struct text){ (const char *)at, CHALLENGE_LEN });
}

static int64_t
made_at(struct text bytes)
{
	uint64_t ms = 0;
	for (size_t byte = 0; byte < CHALLENGE_TIME; byte++)
		ms = ms << 8 | (unsigned char)bytes.data[byte];
	return (int64_t)(ms & INT64_MAX);
}

bool
challenge_holds(struct challenges *challenges, const char *use, int64_t whose, struct text challenge,
		struct moment now)
{
	ARENA_SCOPED scratch = arena_open((size_t)1 << 16);
	struct text bytes;
	if (challenges == NULL || challenge.len != (size_t)CHALLENGE_LEN * 2 ||
	    !text_unhex(scratch, challenge, &bytes))
		return false;
	const struct text head = text_first(bytes, CHALLENGE_TIME + CHALLENGE_RANDOM);
	const struct hash seal = sealed(challenges, scratch, use, whose, head);
	const int64_t made = made_at(bytes);
	return bytes_same_constant_time(hash_bytes(&seal), text_from(bytes, head.len)) &&
	       made <= now.ms && now.ms - made < CHALLENGE_MS;
}

static bool
spend(struct challenges *challenges, const struct hash *challenge, struct moment now)
{
	for (size_t at = 0; at < SPENT_SLOTS; at++)
		if (challenges->spent[at].until > now.ms &&
		    hash_same(&challenges->spent[at].challenge, challenge))
			return false;
	struct spent *slot = &challenges->spent[challenges->next];
	if (slot->until > now.ms)
		return false;
	*slot = (struct spent){ *challenge, now.ms + CHALLENGE_MS };
	challenges->next = (challenges->next + 1) % SPENT_SLOTS;
	return true;
}

bool
challenge_spend(struct challenges *challenges, struct text challenge, struct moment now)
{
	const struct hash digest = hash_of(challenge);
	pthread_mutex_lock(&challenges->lock);
	const bool is_first = spend(challenges, &digest, now);
	pthread_mutex_unlock(&challenges->lock);
	return is_first;
}

struct text
challenge_secret(struct challenges *challenges, struct arena *into, struct text challenge)
{
	const struct hash made = sealed(challenges, into, "secret", 0, challenge);
	return text_copy(into, text_first(hash_bytes(&made), SIGNIN_TOTP_SECRET));
}
