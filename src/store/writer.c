/*
 * Writing to a body: what has queued up runs act by act, each in a savepoint, is committed with one
 * fsync, and only then answered. One thread writes at a time. That is the body's writer thread, or,
 * when nobody else writes and nothing waits, the very thread that brings an act: handing a single
 * act to another thread and back costs as much as the act itself.
 */
#include "store/rooms.h"

#include "base/log.h"

#include <string.h>

struct batch {
	struct act_order *orders[BATCH_MOST];
	struct error *errors[BATCH_MOST];
	size_t count;
};

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
	connection_today(store->writer, act.look.now);
	if (store->must_catch_up && store->journal.begin != NULL)
		TRY(store->journal.begin(store->journal.self, &act));
	store->must_catch_up = false;
	store->changed_count = 0;
	TRY(order->work(&act, order->with));
	if (store->changed_count != 0)
		return broken("記録を残さない変更は認められません(%.*s)。",
			      T_ARG(store->changed[0].table->name));
	return append_noted(store, &act);
}

/* What an act left undone is taken back to its savepoint. */
static struct error *
run_in_savepoint(struct store *store, struct act_order *order)
{
	TRY(run(store, &q_savepoint));
	struct error *error = work_and_note(store, order);
	if (error == OK)
		error = run(store, &q_release);
	if (error != OK && sqlite3_get_autocommit(store->writer->db) == 0) {
		undo(store, q_back.sql);
		undo(store, q_release.sql);
		store->must_catch_up = true;
	}
	return error;
}

/*
 * One act of several in its savepoint; the only one needs none, as its transaction is undone.
 * *is_lost when SQLite gave up the whole transaction.
 */
static struct error *
run_order(struct store *store, struct act_order *order, bool is_only, bool *is_lost)
{
	const size_t dropping = store->dropping_count;
	const enum language before = language_now();
	language_use(order->language);
	struct error *error = is_only ? work_and_note(store, order) : run_in_savepoint(store, order);
	if (error != OK)
		store->dropping_count = dropping;
	language_use(before);
	*is_lost = sqlite3_get_autocommit(store->writer->db) != 0;
	return error;
}

/* Another number whenever anybody has changed the file. */
static unsigned
version(struct store *store)
{
	unsigned now = 0;
	sqlite3_file_control(store->writer->db, "main", SQLITE_FCNTL_DATA_VERSION, &now);
	return now;
}

static struct error *
begin(struct store *store)
{
	TRY(run(store, &q_begin));
	if (store->ring != NULL)
		TRY(ring_refresh(store->ring, true));
	store->must_catch_up = store->must_catch_up || version(store) != store->version;
	return OK;
}

static struct error *
commit(struct store *store)
{
	TRY(keys_before_commit(store));
	TRY(run(store, &q_commit));
	store->version = version(store);
	return OK;
}

static struct error *
run_orders(struct store *store, struct batch *batch)
{
	for (size_t at = 0; at < batch->count; at++) {
		bool is_lost;
		batch->errors[at] = run_order(store, batch->orders[at], batch->count == 1, &is_lost);
		if (is_lost)
			return batch->errors[at] != OK
				       ? batch->errors[at]
				       : broken("保存の処理が途中で取り消されました。もう一度実行してください。");
	}
	return OK;
}

/* *is_undone when the only act was refused: there is nothing to commit. */
static struct error *
run_batch(struct store *store, struct batch *batch, bool *is_undone)
{
	TRY(begin(store));
	TRY(run_orders(store, batch));
	*is_undone = batch->count == 1 && batch->errors[0] != OK;
	if (!*is_undone)
		return commit(store);
	undo(store, "ROLLBACK");
	store->must_catch_up = true;
	return OK;
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
	bool is_undone = false;
	struct error *error = run_batch(store, batch, &is_undone);
	if (error != OK && sqlite3_get_autocommit(store->writer->db) == 0)
		undo(store, "ROLLBACK");
	if (!is_undone && store->journal.end != NULL)
		store->journal.end(store->journal.self, error == OK);
	if (error == OK && !is_undone)
		keys_after_commit(store);
	else
		keys_after_undo(store);
	if (error != OK) {
		store->must_catch_up = true;
		log_error("commit", error);
	} else {
		atomic_fetch_add_explicit(&store->counts.commits, 1, memory_order_relaxed);
	}
	answer(store, batch, error);
}

static bool
next_batch(struct store *store, struct batch *batch)
{
	pthread_mutex_lock(&store->lock);
	while (store->is_writing || (store->first == NULL && !store->is_closing))
		pthread_cond_wait(&store->has_work, &store->lock);
	batch->count = 0;
	while (store->first != NULL && batch->count < BATCH_MOST) {
		batch->errors[batch->count] = OK;
		batch->orders[batch->count++] = store->first;
		store->first = store->first->next;
	}
	if (store->first == NULL)
		store->last = NULL;
	store->is_writing = batch->count != 0;
	atomic_fetch_sub(&store->counts.waiting, (int64_t)batch->count); /* at most BATCH_MOST */
	pthread_mutex_unlock(&store->lock);
	return batch->count != 0;
}

static void
stop_writing(struct store *store)
{
	pthread_mutex_lock(&store->lock);
	store->is_writing = false;
	if (store->first != NULL || store->is_closing)
		pthread_cond_signal(&store->has_work);
	pthread_mutex_unlock(&store->lock);
}

void *
writer_loop(void *with)
{
	struct store *store = with;
	struct batch batch;
	while (next_batch(store, &batch)) {
		serve_batch(store, &batch);
		stop_writing(store);
		error_sweep();
	}
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
	if (!store->is_writing)
		pthread_cond_signal(&store->has_work);
	pthread_mutex_unlock(&store->lock);
}

static bool
may_write_here(struct store *store)
{
	pthread_mutex_lock(&store->lock);
	const bool is_free = !store->is_writing && store->first == NULL && !store->is_closing;
	if (is_free)
		store->is_writing = true;
	pthread_mutex_unlock(&store->lock);
	return is_free;
}

static void
keep_answer(struct act_order *order, struct error *error)
{
	*(struct error **)order->done_with = error;
}

/* The caller's thread is the writer for one act. */
static struct error *
act_here(struct store *store, struct act_order *order)
{
	struct error *answered = OK;
	struct batch batch = { .orders = { order }, .count = 1 };
	order->done = keep_answer;
	order->done_with = &answered;
	serve_batch(store, &batch);
	stop_writing(store);
	return answered;
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
	if (may_write_here(store))
		return act_here(store, &order);
	store_submit(store, &order);
	pthread_mutex_lock(&waiting.lock);
	while (!waiting.is_done)
		pthread_cond_wait(&waiting.has_answer, &waiting.lock);
	pthread_mutex_unlock(&waiting.lock);
	return waiting.error;
}
