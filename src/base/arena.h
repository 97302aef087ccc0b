/*
 * Memory by lifetime: an arena belongs to one unit of work (a request, an act, a job) and is
 * given back whole when that work ends. Nothing in Bansho frees single objects.
 */
#ifndef BANSHO_BASE_ARENA_H
#define BANSHO_BASE_ARENA_H

#include <stddef.h>

struct arena;

/* The most one arena may hold when nothing else is said: 64 MiB. */
#define ARENA_USUAL ((size_t)64 << 20)

/*
 * Open an arena that may grow to `limit` bytes. Passing the limit, like running out of memory,
 * stops the process: every size that comes from outside must have met its own limit before.
 */
struct arena *arena_open(size_t limit);

/* Give back everything the arena holds, and the arena. NULL is allowed. */
void arena_close(struct arena *arena);

/* Forget everything in the arena but keep its first block, for the next unit of work. */
void arena_reset(struct arena *arena);

/* `count` zeroed objects of `size` bytes, aligned for any type. Never NULL. */
void *arena_get(struct arena *arena, size_t size, size_t count);

/* `len` bytes that are not zeroed: for text whose every byte is written before it is read. */
char *arena_bytes(struct arena *arena, size_t len);

/* How many bytes have been handed out. */
size_t arena_used(const struct arena *arena);

#define ARENA_NEW(arena, type) ((type *)arena_get((arena), sizeof(type), 1))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_get((arena), sizeof(type), (count)))

void arena_close_at_end(struct arena **arena);
#define ARENA_SCOPED __attribute__((cleanup(arena_close_at_end))) struct arena *

#endif
