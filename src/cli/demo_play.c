/*
 * Playing the plan: events in the order of their times, each as an act. Acts are submitted without
 * waiting, so that many share one commit; the writer runs them one after another all the same.
 */
#include "cli/clock.h"
#include "cli/demo.h"

#include "training/training.h"
#include "audit/audit.h"

#include <pthread.h>
#include <stdlib.h>

enum { SLOTS = 192, PASSES = 200 };

struct playing;

struct slot {
	struct playing *playing;
	struct act_order order;
	const struct demo_event *event;
	bool is_busy;
};

struct playing {
	struct demo *demo;
	pthread_mutex_t lock;
	pthread_cond_t has_room;
	struct slot slots[SLOTS];
	size_t busy;
	int64_t refused;
	struct arena *kept;
	struct error *broken; /* the machine failed: stop */
};

static struct error *
write_settings(struct demo *demo, struct act *act)
{
	const struct fact fact = { .act = "body.demo", .about = { T("body") },
				   .pairs = { { "seed", { 0 }, demo->size.seed } } };
	TRY(act_set(act, T("body.demo"), T("1")));
	/* A year in a minute: a key for a week shows as much as one for a day. */
	TRY(act_set(act, T("journal.key-days"), T("7")));
	TRY(act_set(act, T("demo.password"), T("bansho-demo-2026")));
	return act_note(act, &fact);
}

struct error *
demo_do(struct demo *demo, const struct demo_event *event, struct act *act)
{
	act->look.now = event->at;
	act->actor.through = T("demo");
	if (event->deed == DEED_SETTINGS)
		return write_settings(demo, act);
	if (event->deed == DEED_ROW)
		return demo_do_row(demo, event, act);
	if (event->deed == DEED_CASE)
		return demo_do_case(demo, event, act);
	if (event->deed == DEED_JUDGE || event->deed == DEED_ANSWER)
		return demo_do_assure(demo, event, act);
	if (event->deed == DEED_TRAINING)
		return demo_do_training(demo, event, act);
	if (event->deed == DEED_ACCESS)
		return demo_do_access(demo, event, act);
	if (event->deed == DEED_TRANSFER)
		return demo_do_transfer(demo, event, act);
	if (event->deed == DEED_INCIDENT)
		return demo_do_incident(demo, event, act);
	if (event->deed == DEED_CHECK)
		return demo_do_check(demo, event, act);
	if (event->deed == DEED_SYSTEMS)
		return demo_do_systems(demo, event, act);
	if (event->deed == DEED_INVENTORY)
		return demo_do_inventory(demo, event, act);
	if (event->deed == DEED_ENTRANCE)
		return demo_do_entrance(demo, event, act);
	if (event->deed == DEED_AUDIT)
		return demo_do_audit(demo, event, act);
	if (event->deed == DEED_CONTRACT)
		return demo_do_contract(demo, event, act);
	if (event->deed < DEED_ASSET)
		return demo_do_people(demo, event, act);
	if (event->deed < DEED_DRAFT)
		return demo_do_ledger(demo, event, act);
	if (demo->stories[event->what].is_broken)
		return OK;
	struct error *error = demo_do_story(demo, event, act);
	demo->stories[event->what].is_broken = error != OK;
	return error;
}

static struct error *
work(struct act *act, void *with)
{
	struct slot *slot = with;
	return demo_do(slot->playing->demo, slot->event, act);
}

static void
done(struct act_order *order, struct error *error)
{
	struct slot *slot = order->done_with;
	struct playing *playing = slot->playing;
	struct demo *demo = playing->demo;
	pthread_mutex_lock(&playing->lock);
	if (error != OK && playing->refused++ == 0)
		demo->first_refusal = text_format(playing->kept, "%d: %.*s: %.*s",
						  (int)slot->event->deed, T_ARG(error->field),
						  T_ARG(error->words));
	if (error != OK && error->kind == ERROR_BROKEN && playing->broken == OK)
		playing->broken = error_keep(playing->kept, error);
	slot->is_busy = false;
	playing->busy--;
	pthread_cond_signal(&playing->has_room);
	pthread_mutex_unlock(&playing->lock);
}

static void
wait_until(struct playing *playing, const struct slot *slot)
{
	pthread_mutex_lock(&playing->lock);
	while (slot != NULL ? slot->is_busy : playing->busy != 0)
		pthread_cond_wait(&playing->has_room, &playing->lock);
	pthread_mutex_unlock(&playing->lock);
}

static void
submit(struct playing *playing, size_t no, const struct demo_event *event)
{
	struct slot *slot = &playing->slots[no % SLOTS];
	wait_until(playing, slot);
	if (slot->order.arena == NULL)
		slot->order.arena = arena_open(ARENA_USUAL);
	arena_reset(slot->order.arena);
	slot->playing = playing;
	slot->event = event;
	slot->order = (struct act_order){ .work = work, .with = slot, .arena = slot->order.arena,
					  .language = LANGUAGE_JA, .done = done, .done_with = slot };
	pthread_mutex_lock(&playing->lock);
	slot->is_busy = true;
	playing->busy++;
	pthread_mutex_unlock(&playing->lock);
	store_submit(playing->demo->body->store, &slot->order);
}

/* What time alone causes, as bansho-clock does it. */
static struct error *
run_clock(struct demo *demo)
{
	struct flow_clock_done all;
	bool is_more = true;
	for (int pass = 0; pass < PASSES && is_more; pass++) {
		ARENA_SCOPED arena = arena_open((size_t)256 << 20);
		struct error *error = flow_clock(demo->body->store, arena, &demo->body->flow, 200,
						 &all, &is_more);
		if (error != OK)
			return broken("%.*s", T_ARG(error->words));
	}
	ARENA_SCOPED arena = arena_open((size_t)64 << 20);
	struct incident_done told;
	TRY(incident_clock(demo->body->store, arena, demo->body->pack, 200, &told, &is_more));
	struct audit_done audits;
	if (audit_clock(demo->body->store, arena, &demo->body->flow, &audits) != OK)
		return broken("監査の期限の知らせができませんでした。");
	bool has_acted = false;
	return clock_journal(demo->body, &has_acted);
}

static struct error *
run_training(struct demo *demo)
{
	struct training_done done;
	bool is_more = true;
	for (int pass = 0; pass < PASSES && is_more; pass++) {
		ARENA_SCOPED arena = arena_open((size_t)256 << 20);
		struct error *error = training_clock(demo->body->store, arena, demo->body->pack, 500, &done,
						     &is_more);
		if (error != OK)
			return broken("%.*s", T_ARG(error->words));
	}
	return OK;
}

static struct error *
play_event(struct playing *playing, size_t no, const struct demo_event *event)
{
	struct demo *demo = playing->demo;
	demo->clock_ms = event->at.ms;
	if (event->deed != DEED_CLOCK && event->deed != DEED_SEAL && event->deed != DEED_ASSURE &&
	    event->deed != DEED_DUTY && event->deed != DEED_RECONCILE && event->deed != DEED_TRAINING_CLOCK) {
		submit(playing, no, event);
		return OK;
	}
	wait_until(playing, NULL);
	if (event->deed == DEED_ASSURE)
		return demo_record(demo);
	if (event->deed == DEED_DUTY)
		return demo_play_duty(demo, event);
	if (event->deed == DEED_RECONCILE)
		return demo_play_reconcile(demo, event);
	if (event->deed == DEED_TRAINING_CLOCK)
		return run_training(demo);
	return event->deed == DEED_SEAL ? journal_seal(demo->body->store, demo->body->sealer)
					: run_clock(demo);
}

static int
by_time(const void *left, const void *right)
{
	const struct demo_event *a = left, *b = right;
	if (a->at.ms != b->at.ms)
		return a->at.ms < b->at.ms ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

static struct error *
play_all(struct playing *playing, struct progress *progress)
{
	struct demo *demo = playing->demo;
	const size_t count = demo->events_count;
	for (size_t no = 0; no < count && playing->broken == OK; no++) {
		struct error *error = play_event(playing, no, &demo->events[no]);
		if (error != OK) {
			wait_until(playing, NULL);
			return error;
		}
		progress_step(progress, (int64_t)no, (int64_t)count); /* far below 2^63 */
	}
	wait_until(playing, NULL);
	return playing->broken;
}

static struct error *
add_touches(struct playing *playing, struct progress *progress)
{
	struct demo *demo = playing->demo;
	for (;;) {
		ARENA_SCOPED arena = arena_open(ARENA_USUAL);
		LOOK_SCOPED look = { 0 };
		int64_t size;
		TRY(look_begin(demo->body->store, arena, &look));
		TRY(journal_size(&look, &size));
		look_end(&look);
		look = (struct look){ 0 };
		if (size >= demo->size.entries)
			return OK;
		demo->events_count = 0;
		for (int64_t no = 0; no < demo->size.entries - size && no < 2000; no++)
			demo_at(demo, demo->size.now, DEED_TOUCH,
				(size_t)chance_below(&demo->chance, demo->size.assets),
				(size_t)(size + no)); /* both far below 2^63 */
		TRY(play_all(playing, progress));
	}
}

struct error *
demo_play(struct demo *demo, struct progress *progress)
{
	struct playing *playing = ARENA_NEW(demo->arena, struct playing);
	playing->demo = demo;
	playing->kept = demo->arena;
	pthread_mutex_init(&playing->lock, NULL);
	pthread_cond_init(&playing->has_room, NULL);
	qsort(demo->events, demo->events_count, sizeof *demo->events, by_time);
	struct error *error = play_all(playing, progress);
	if (error == OK)
		error = add_touches(playing, progress);
	demo->refused = playing->refused;
	for (size_t at = 0; at < SLOTS; at++)
		arena_close(playing->slots[at].order.arena);
	return error;
}
