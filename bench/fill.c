/*
 * A body made long: entries about its assets, as many as asked for, each with a row of the store that
 * it changes. Acts of ten looks at one asset are queued many at once, so that they share commits.
 * usage: fill DATA PROGRAMS ENTRIES, the number to go up to.
 */
#include "cli/body.h"

#include "base/secret.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { SLOTS = 1024, LOOKS = 10, SETTINGS = 1000 };

struct filling {
	pthread_mutex_t lock;
	pthread_cond_t has_room;
	struct slot {
		struct filling *filling;
		struct act_order order;
		int64_t no;
		bool is_busy;
	} slots[SLOTS];
	int64_t assets;
	size_t busy;
};

static void
must(struct error *error)
{
	if (error == OK)
		return;
	fprintf(stderr, "fill: %.*s\n", T_ARG(error->words));
	exit(2);
}

static struct error *
look_at(struct act *act, const struct slot *slot, int look)
{
	struct arena *arena = act->look.arena;
	const int64_t no = slot->no * LOOKS + look;
	const struct fact fact = {
		.act = "ledger.confirm",
		.about = { text_format(arena, "asset:%lld",
				       (long long)(slot->no % slot->filling->assets + 1)),
			   text_format(arena, "unit:%lld", (long long)(slot->no % 90 + 1)) },
		.clauses = { T("3.2.1.a") },
		.pairs = { { "ledger", T("asset"), 0 }, { "rows", { 0 }, 1 } },
	};
	TRY(act_set(act, text_format(arena, "bench.%lld", (long long)(no % SETTINGS)),
		    text_format(arena, "%lld", (long long)no)));
	return act_note(act, &fact);
}

static struct error *
work(struct act *act, void *with)
{
	for (int look = 0; look < LOOKS; look++)
		TRY(look_at(act, with, look));
	return OK;
}

static void
done(struct act_order *order, struct error *error)
{
	struct slot *slot = order->done_with;
	struct filling *filling = slot->filling;
	must(error);
	pthread_mutex_lock(&filling->lock);
	slot->is_busy = false;
	filling->busy--;
	pthread_cond_signal(&filling->has_room);
	pthread_mutex_unlock(&filling->lock);
}

static void
submit(struct filling *filling, struct store *store, int64_t no)
{
	struct slot *slot = &filling->slots[no % SLOTS];
	pthread_mutex_lock(&filling->lock);
	while (slot->is_busy)
		pthread_cond_wait(&filling->has_room, &filling->lock);
	slot->is_busy = true;
	filling->busy++;
	pthread_mutex_unlock(&filling->lock);
	if (slot->order.arena == NULL)
		slot->order.arena = arena_open(ARENA_USUAL);
	arena_reset(slot->order.arena);
	slot->filling = filling;
	slot->no = no;
	slot->order = (struct act_order){ .work = work, .with = slot, .arena = slot->order.arena,
					  .actor = { .person = 1, .through = T("bench") },
					  .done = done, .done_with = slot };
	store_submit(store, &slot->order);
}

static int64_t
size_of(struct body *body)
{
	LOOK_SCOPED look = { 0 };
	int64_t size;
	must(look_begin(body->store, body->arena, &look));
	must(journal_size(&look, &size));
	return size;
}

static void
fill(struct body *body, int64_t entries)
{
	static struct filling filling = { .lock = PTHREAD_MUTEX_INITIALIZER,
					  .has_room = PTHREAD_COND_INITIALIZER, .assets = 100000 };
	const int64_t size = size_of(body);
	const time_t begin = time(NULL);
	for (int64_t no = size / LOOKS; no * LOOKS < entries; no++) {
		submit(&filling, body->store, no);
		if (no % 50000 == 0)
			printf("%lld entries after %lld s\n", (long long)no * LOOKS,
			       (long long)(time(NULL) - begin)), fflush(stdout);
	}
	pthread_mutex_lock(&filling.lock);
	while (filling.busy != 0)
		pthread_cond_wait(&filling.has_room, &filling.lock);
	pthread_mutex_unlock(&filling.lock);
	printf("%lld entries by acts of %d in %lld s\n", (long long)(size_of(body) - size), LOOKS,
	       (long long)(time(NULL) - begin));
}

int
main(int argc, char **argv)
{
	struct arena *arena = arena_open((size_t)1 << 30);
	struct body body;
	if (argc != 4)
		return 2;
	secret_start();
	must(body_open(arena, &(struct body_options){ .data = argv[1], .programs = argv[2] }, &body));
	fill(&body, atoll(argv[3]));
	must(journal_seal(body.store, body.sealer));
	body_close(&body);
	arena_close(arena);
	return 0;
}
