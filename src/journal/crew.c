/* Threads that read a store beside each other. */
#include "journal/rooms.h"

#include <string.h>
#include <unistd.h>

enum { TRIES = 5 };

/* Every act leaves an entry: where the last entry is the same, everything verified is. */
static bool
join(struct look *look, int64_t size, struct look *member)
{
	struct arena *arena = arena_open((size_t)1 << 30);
	for (int tries = 0; tries < TRIES; tries++) {
		int64_t seen;
		if (look_begin(look->store, arena, member) != OK)
			break;
		if (journal_size(member, &seen) == OK && seen == size) {
			look_map(member);
			return true;
		}
		look_end(member);
	}
	arena_close(arena);
	return false;
}

void
crew_open(struct crew *crew, struct look *look, int threads)
{
	const long asked = threads != 0 ? threads : sysconf(_SC_NPROCESSORS_ONLN);
	const size_t wanted = asked < 1 ? 0 : asked > CREW_MOST ? CREW_MOST : (size_t)asked;
	int64_t size;
	memset(crew, 0, sizeof *crew);
	if (wanted == 0 || journal_size(look, &size) != OK || size < RUN_LEN)
		return;
	while (crew->count < wanted && join(look, size, &crew->looks[crew->count]))
		crew->count++;
}

void
crew_close(struct crew *crew)
{
	for (size_t at = 0; at < crew->count; at++) {
		look_end(&crew->looks[at]);
		arena_close(crew->looks[at].arena);
	}
	crew->count = 0;
}

static void *
take_place(void *with)
{
	const struct crew_place *place = with;
	place->work(place->with, &place->crew->looks[place->no]);
	return NULL;
}

void
crew_start(struct crew *crew, void (*work)(void *with, struct look *look), void *with)
{
	for (size_t at = 0; at < crew->count; at++) {
		crew->places[at] = (struct crew_place){ crew, work, with, at };
		if (pthread_create(&crew->threads[at], NULL, take_place, &crew->places[at]) == 0)
			continue;
		/* Fewer then. */
		for (size_t from = at; from < crew->count; from++) {
			look_end(&crew->looks[from]);
			arena_close(crew->looks[from].arena);
		}
		crew->count = at;
	}
}

void
crew_wait(struct crew *crew)
{
	for (size_t at = 0; at < crew->count; at++)
		pthread_join(crew->threads[at], NULL);
}
