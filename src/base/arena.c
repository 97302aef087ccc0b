/*
 * Arenas: a chain of blocks, each twice the last, handed out from the front. Under
 * AddressSanitizer a reset arena is poisoned, so that use after reset is caught.
 */
#include "base/arena.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#define POISON(at, len) ASAN_POISON_MEMORY_REGION((at), (len))
#define UNPOISON(at, len) ASAN_UNPOISON_MEMORY_REGION((at), (len))
#else
#define POISON(at, len) ((void)(at), (void)(len))
#define UNPOISON(at, len) ((void)(at), (void)(len))
#endif

enum { FIRST_BLOCK = 4096, MOST_BLOCK = 1 << 20, ALIGNMENT = 16 };

struct block {
	struct block *earlier;
	size_t size;
	size_t used;
	size_t pad;
	unsigned char room[];
};

struct arena {
	struct block *block;
	size_t limit;
	size_t held;
	size_t used;
};

static void
stop(const char *why)
{
	fprintf(stderr, "bansho: %s\n", why);
	abort();
}

/*
 * Each thread keeps a few blocks of every size for the arena it opens next: a request takes and
 * gives back the same five or six, hundreds of times a second. Not under AddressSanitizer, which
 * must see them end.
 */
enum { KEPT_SIZES = 6, KEPT_EACH = 4 }; /* 4 to 128 KB; at most 1 MB a thread */

#if !defined(__SANITIZE_ADDRESS__)
struct kept_blocks {
	struct block *first[KEPT_SIZES];
	int count[KEPT_SIZES];
};
static _Thread_local struct kept_blocks kept_blocks;
static _Thread_local bool is_end_watched;
static pthread_once_t key_made = PTHREAD_ONCE_INIT;
static pthread_key_t thread_end;

static void
blocks_free(void *with)
{
	struct kept_blocks *kept = with;
	for (int size = 0; size < KEPT_SIZES; size++)
		for (struct block *block = kept->first[size]; block != NULL;) {
			struct block *earlier = block->earlier;
			free(block);
			block = earlier;
		}
	*kept = (struct kept_blocks){0};
}

static void
key_make(void)
{
	if (pthread_key_create(&thread_end, blocks_free) != 0)
		stop("no room for a thread's key");
}

static void
watch_end(void)
{
	pthread_once(&key_made, key_make);
	is_end_watched = pthread_setspecific(thread_end, &kept_blocks) == 0;
}

static int
kept_size(size_t room)
{
	for (int at = 0; at < KEPT_SIZES; at++)
		if (room == (size_t)FIRST_BLOCK << at)
			return at;
	return -1;
}

static struct block *
block_take(size_t room)
{
	const int size = kept_size(room);
	struct block *block = size >= 0 ? kept_blocks.first[size] : NULL;
	if (block == NULL)
		return malloc(sizeof *block + room);
	kept_blocks.first[size] = block->earlier;
	kept_blocks.count[size]--;
	return block;
}

static void
block_give(struct block *block)
{
	const int size = kept_size(block->size);
	if (size >= 0 && !is_end_watched)
		watch_end();
	if (size < 0 || !is_end_watched || kept_blocks.count[size] == KEPT_EACH) {
		free(block);
		return;
	}
	block->earlier = kept_blocks.first[size];
	kept_blocks.first[size] = block;
	kept_blocks.count[size]++;
}
#else
static struct block *
block_take(size_t room)
{
	return malloc(sizeof(struct block) + room);
}

static void
block_give(struct block *block)
{
	free(block);
}
#endif

static struct block *
block_new(struct arena *arena, size_t room, struct block *earlier)
{
	if (room > arena->limit || arena->held > arena->limit - room)
		stop("a unit of work passed its memory limit");
	struct block *block = block_take(room);
	if (block == NULL)
		stop("out of memory");
	*block = (struct block){.earlier = earlier, .size = room};
	arena->held += room;
	POISON(block->room, room);
	return block;
}

struct arena *
arena_open(size_t limit)
{
	struct arena *arena = calloc(1, sizeof *arena);
	if (arena == NULL)
		stop("out of memory");
	arena->limit = limit < FIRST_BLOCK ? FIRST_BLOCK : limit;
	arena->block = block_new(arena, FIRST_BLOCK, NULL);
	return arena;
}

static void
block_drop(struct block *block)
{
	UNPOISON(block->room, block->size);
	block_give(block);
}

void
arena_close(struct arena *arena)
{
	if (arena == NULL)
		return;
	for (struct block *block = arena->block; block != NULL;) {
		struct block *earlier = block->earlier;
		block_drop(block);
		block = earlier;
	}
	free(arena);
}

void
arena_reset(struct arena *arena)
{
	while (arena->block->earlier != NULL) {
		struct block *earlier = arena->block->earlier;
		arena->held -= arena->block->size;
		block_drop(arena->block);
		arena->block = earlier;
	}
	arena->block->used = 0;
	arena->used = 0;
	POISON(arena->block->room, arena->block->size);
}

/* Room for `bytes`, behind what was handed out; a byte more, so that an overrun meets poison. */
static void *
take(struct arena *arena, size_t bytes)
{
	if (bytes > SIZE_MAX / 2)
		stop("a size passed what fits in memory");
	const size_t step = (bytes + ALIGNMENT) & ~(size_t)(ALIGNMENT - 1);

	struct block *block = arena->block;
	if (__builtin_expect(block->size - block->used < step, 0)) {
		size_t room = block->size < MOST_BLOCK ? block->size * 2 : block->size;
		if (room > MOST_BLOCK)
			room = MOST_BLOCK;
		if (room < step)
			room = step;
		const size_t left = arena->limit - arena->held;
		if (room > left && step <= left)
			room = left;
		block = arena->block = block_new(arena, room, block);
	}
	void *at = block->room + block->used;
	block->used += step;
	arena->used += step;
	UNPOISON(at, bytes);
	return at;
}

void *
arena_get(struct arena *arena, size_t size, size_t count)
{
	size_t bytes;
	if (__builtin_mul_overflow(size, count, &bytes))
		stop("a size passed what fits in memory");
	void *at = take(arena, bytes);
	memset(at, 0, bytes);
	return at;
}

char *
arena_bytes(struct arena *arena, size_t len)
{
	return take(arena, len);
}

size_t
arena_used(const struct arena *arena)
{
	return arena->used;
}

void
arena_close_at_end(struct arena **arena)
{
	arena_close(*arena);
}
