/*
 * The writer thread of a body: takes what has queued up, runs each act in a savepoint, commits all
 * of them with one fsync, and only then answers.
 */
#include "store/rooms.h"

#include "base/log.h"

#include <string.h>

static const struct query q_begin = { "begin", "BEGIN IMMEDIATE" };
static const struct query q_commit = { "commit", "COMMIT" };
static const struct query q_savepoint = { "savepoint", "SAVEPOINT an_act" };
static const struct query q_release = { "release", "RELEASE an_act" };
static const struct query q_back = { "back", "ROLLBACK TO an_act" };

static struct error *
run(struct store *store, const struct query *query)
{
	struct look look = { .store = store, .connection = store->writer };
	STATEMENT_SCOPED statement = { 0 };
	bool has_row;
	TRY(query_begin(&look, query, &statement));
	return query_step(&statement, &has_row);
}

/* Undoing must work whatever went wrong, so it bypasses the test faults. */
static void
undo(struct store *store, const char *sql)
{
	sqlite3_exec(store->writer->db, sql, NULL, NULL, NULL);
}

static struct error *
append_noted(struct store *store, struct act *act)
{
	if (act->first_noted != NULL && store->journal.append == NULL)
		return broken("記録簿がつながっていないため、実行できません。");
	for (const struct noted *noted = act->first_noted; noted != NULL; noted = noted->next) {
		const struct store_note note = { &noted->fact, &act->actor, act->look.now,
						 noted->salt, noted->rows, noted->row_count };
		TRY(store->journal.append(store->journal.self, act, &note));
	}
	return OK;
}

static struct error *
work_and_note(struct store *store, struct act_order *order)
{
	struct act act = {
		.look = { store, store->writer, order->arena, store->clock(store->clock_with) },
		.actor = order->actor,
	};
	store->changed_count = 0;
	TRY(order->work(&act, order->with));
	if (store->changed_count != 0)
		return broken("記録を残さない変更は認められません(%.*s)。",
			      T_ARG(store->changed[0].table->name));
	return append_noted(store, &act);
}

/* One act in its savepoint. *is_lost when SQLite gave up the whole transaction. */
static struct error *
run_order(struct store *store, struct act_order *order, bool *is_lost)
{
	language_use(order->language);
	struct error *error = run(store, &q_savepoint);
	if (error == OK) {
		error = work_and_note(store, order);
		if (error == OK)
			error = run(store, &q_release);
		if (error != OK && sqlite3_get_autocommit(store->writer->db) == 0) {
			undo(store, q_back.sql);
			undo(store, q_release.sql);
		}
	}
	language_use(LANGUAGE_JA);
	*is_lost = sqlite3_get_autocommit(store->writer->db) != 0;
	return error;
}

static struct error *
begin(struct store *store, struct arena *arena)
{
	TRY(run(store, &q_begin));
	if (store->journal.begin == NULL)
		return OK;
	struct act act = { .look = { store, store->writer, arena,
				     store->clock(store->clock_with) } };
	return store->journal.begin(store->journal.self, &act);
}

struct batch {
	struct act_order *orders[BATCH_MOST];
	struct error *errors[BATCH_MOST];
	size_t count;
};

static struct error *
run_batch(struct store *store, struct batch *batch, struct arena *arena)
{
	TRY(begin(store, arena));
	for (size_t at = 0; at < batch->count; at++) {
		bool is_lost;
		batch->errors[at] = run_order(store, batch->orders[at], &is_lost);
		if (is_lost)
			return batch->errors[at] != OK
				       ? batch->errors[at]
				       : broken("保存の処理が途中で取り消されました。もう一度実行してください。");
	}
	return run(store, &q_commit);
}

static void
answer(struct store *store, struct batch *batch, struct error *all)
{
	for (size_t at = 0; at < batch->count; at++) {
		struct act_order *order = batch->orders[at];
		struct error *error = batch->errors[at] != OK ? batch->errors[at] : all;
		struct store_counts *counts = &store->counts;
		order->next = NULL;
		histogram_add(&counts->seconds, clock_us() - order->submitted_us);
		atomic_fetch_add_explicit(error == OK ? &counts->done : &counts->refused, 1,
					  memory_order_relaxed);
		order->done(order, error_keep(order->arena, error));
	}
}

static void
serve_batch(struct store *store, struct batch *batch)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	struct error *error = run_batch(store, batch, arena);
	if (error != OK && sqlite3_get_autocommit(store->writer->db) == 0)
		undo(store, "ROLLBACK");
	if (store->journal.end != NULL)
		store->journal.end(store->journal.self, error == OK);
	if (error != OK)
		log_error("commit", error);
	else
		atomic_fetch_add_explicit(&store->counts.commits, 1, memory_order_relaxed);
	answer(store, batch, error);
	error_sweep();
}

static bool
next_batch(struct store *store, struct batch *batch)
{
	pthread_mutex_lock(&store->lock);
	while (store->first == NULL && !store->is_closing)
		pthread_cond_wait(&store->has_work, &store->lock);
	batch->count = 0;
	while (store->first != NULL && batch->count < BATCH_MOST) {
		batch->errors[batch->count] = OK;
		batch->orders[batch->count++] = store->first;
		store->first = store->first->next;
	}
	if (store->first == NULL)
		store->last = NULL;
	atomic_fetch_sub(&store->counts.waiting, (int64_t)batch->count); /* at most BATCH_MOST */
	pthread_mutex_unlock(&store->lock);
	return batch->count != 0;
}

void *
writer_loop(void *with)
{
	struct store *store = with;
	struct batch batch;
	while (next_batch(store, &batch))
		serve_batch(store, &batch);
	return NULL;
}

static int
may_do(void *with, int what, const char *a, const char *b, const char *database,
       const char *from)
{
	(void)with, (void)b, (void)database, (void)from;
	switch (what) {
	case SQLITE_READ:
	case SQLITE_SELECT:
	case SQLITE_FUNCTION:
	case SQLITE_RECURSIVE:
	case SQLITE_TRANSACTION:
	case SQLITE_SAVEPOINT:
	case SQLITE_INSERT:
		return SQLITE_OK;
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
		return strncmp(a, "journal_", 8) == 0 || strncmp(a, "sqlite_", 7) == 0 ||
				       strcmp(a, "store_migration") == 0
			       ? SQLITE_DENY
			       : SQLITE_OK;
	default:
		return SQLITE_DENY;
	}
}

void
writer_wall(struct connection *writer)
{
	sqlite3_set_authorizer(writer->db, may_do, NULL);
}

void
store_submit(struct store *store, struct act_order *order)
{
	order->next = NULL;
	order->submitted_us = clock_us();
	atomic_fetch_add(&store->counts.waiting, 1);
	pthread_mutex_lock(&store->lock);
	if (store->last == NULL)
		store->first = order;
	else
		store->last->next = order;
	store->last = order;
	pthread_cond_signal(&store->has_work);
	pthread_mutex_unlock(&store->lock);
}

const struct store_counts *
store_counts(const struct store *store)
{
	return &store->counts;
}

struct waiting {
	pthread_mutex_t lock;
	pthread_cond_t has_answer;
	bool is_done;
	struct error *error;
};

static void
wake(struct act_order *order, struct error *error)
{
	struct waiting *waiting = order->done_with;
	pthread_mutex_lock(&waiting->lock);
	waiting->error = error;
	waiting->is_done = true;
	pthread_cond_signal(&waiting->has_answer);
	pthread_mutex_unlock(&waiting->lock);
}

struct error *
store_act(struct store *store, struct arena *arena, const struct actor *actor, act_work *work,
	  void *with)
{
	if (store->writer == NULL)
		return refuse("この保存ファイルは読み取り専用で開かれています。");
	struct waiting waiting = { PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, OK };
	struct act_order order = {
		.work = work,
		.with = with,
		.arena = arena,
		.actor = *actor,
		.language = language_now(),
		.done = wake,
		.done_with = &waiting,
	};
	store_submit(store, &order);
	pthread_mutex_lock(&waiting.lock);
	while (!waiting.is_done)
		pthread_cond_wait(&waiting.has_answer, &waiting.lock);
	pthread_mutex_unlock(&waiting.lock);
	return waiting.error;
}
