/* The thread that seals after commits, and how the journal stands. */
#include "base/log.h"
#include "journal/rooms.h"

#include <string.h>
#include <time.h>

enum { SEAL_AT = 256, SEAL_AGAIN_SECONDS = 10 };

struct sealing {
	struct store *store;
	struct journal *journal;
	struct sealer *sealer;
	pthread_t thread;
	bool is_stopping; /* under journal->lock */
	int64_t sealed;
	struct text trouble; /* under journal->lock */
	char trouble_room[1024];
};

static void
say_trouble(struct sealing *sealing, const struct error *error)
{
	const struct text words = error != OK ? text_first(error->words, 1000) : T("");
	pthread_mutex_lock(&sealing->journal->lock);
	const bool is_new = !text_same(words, sealing->trouble);
	memcpy(sealing->trouble_room, words.data != NULL ? words.data : "", words.len);
	sealing->trouble = (struct text){ sealing->trouble_room, words.len };
	pthread_mutex_unlock(&sealing->journal->lock);
	if (is_new && error != OK)
		log_error("seal", error);
	if (is_new && error == OK)
		log_say("記録簿への署名が再開しました。");
}

/* Wait until it is time to seal up to *size; false when asked to stop. */
static bool
wait_for_work(struct sealing *sealing, const struct timespec *not_before, int64_t *size)
{
	struct journal *journal = sealing->journal;
	pthread_mutex_lock(&journal->lock);
	while (!sealing->is_stopping && journal->committed <= sealing->sealed)
		pthread_cond_wait(&journal->has_new, &journal->lock);
	int late = 0;
	while (!sealing->is_stopping && late == 0 &&
	       (sealing->trouble.len != 0 || journal->committed - sealing->sealed < SEAL_AT))
		late = pthread_cond_timedwait(&journal->has_new, &journal->lock, not_before);
	*size = journal->committed;
	const bool goes_on = !sealing->is_stopping;
	pthread_mutex_unlock(&journal->lock);
	return goes_on;
}

static void *
sealing_loop(void *with)
{
	struct sealing *sealing = with;
	struct timespec not_before = { 0 };
	bool goes_on = true;
	while (goes_on) {
		int64_t size;
		goes_on = wait_for_work(sealing, &not_before, &size);
		struct error *error = journal_seal(sealing->store, sealing->sealer);
		if (error == OK)
			sealing->sealed = size;
		say_trouble(sealing, error);
		clock_gettime(CLOCK_MONOTONIC, &not_before);
		not_before.tv_sec += error == OK ? 1 : SEAL_AGAIN_SECONDS;
		error_sweep();
	}
	return NULL;
}

struct error *
sealing_start(struct arena *into, struct store *store, struct journal *journal,
	      struct sealer *sealer, struct sealing **sealing)
{
	struct sealing *made = ARENA_NEW(into, struct sealing);
	*made = (struct sealing){ .store = store, .journal = journal, .sealer = sealer };
	/* What an earlier run left unsigned is sealed at once. */
	made->sealed = -1;
	if (pthread_create(&made->thread, NULL, sealing_loop, made) != 0)
		return broken("署名のスレッドを始められません。");
	*sealing = made;
	return OK;
}

void
sealing_stop(struct sealing *sealing)
{
	if (sealing == NULL)
		return;
	pthread_mutex_lock(&sealing->journal->lock);
	sealing->is_stopping = true;
	pthread_cond_broadcast(&sealing->journal->has_new);
	pthread_mutex_unlock(&sealing->journal->lock);
	pthread_join(sealing->thread, NULL);
}

struct error *
journal_state(struct look *look, struct sealing *sealing, struct journal_state *state)
{
	struct journal_checkpoint latest;
	bool found;
	struct journal_state made = { .trouble = T("") };
	TRY(journal_size(look, &made.size));
	TRY(journal_latest_checkpoint(look, &found, &latest));
	if (found) {
		made.signed_size = latest.first + latest.head.size;
		made.signed_at = latest.at;
	}
	if (sealing != NULL) {
		pthread_mutex_lock(&sealing->journal->lock);
		made.trouble = text_copy(look->arena, sealing->trouble);
		pthread_mutex_unlock(&sealing->journal->lock);
	}
	*state = made;
	return OK;
}
