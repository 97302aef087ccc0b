/* A bounded number of threads with a bounded queue in front. */
#include "web/rooms.h"

struct task {
	void (*work)(void *with);
	void *with;
};

struct pool {
	struct arena *arena;
	pthread_t *threads;
	unsigned thread_count;
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct task *ring;
	size_t room, first, waiting;
	bool is_closing;
};

static bool
task_next(struct pool *pool, struct task *task)
{
	pthread_mutex_lock(&pool->lock);
	while (pool->waiting == 0 && !pool->is_closing)
		pthread_cond_wait(&pool->wake, &pool->lock);
	const bool has_one = pool->waiting > 0;
	if (has_one) {
		*task = pool->ring[pool->first];
		pool->first = (pool->first + 1) % pool->room;
		pool->waiting--;
	}
	pthread_mutex_unlock(&pool->lock);
	return has_one;
}

static void *
worker(void *with)
{
	struct pool *pool = with;
	struct task task;
	while (task_next(pool, &task)) {
		task.work(task.with);
		language_use(LANGUAGE_JA);
		error_sweep();
	}
	return NULL;
}

struct pool *
pool_open(unsigned threads, size_t most_waiting)
{
	struct arena *arena = arena_open(ARENA_USUAL);
	struct pool *pool = ARENA_NEW(arena, struct pool);
	pool->arena = arena;
	pool->room = most_waiting == 0 ? 1 : most_waiting;
	pool->ring = ARENA_ARRAY(arena, struct task, pool->room);
	pool->threads = ARENA_ARRAY(arena, pthread_t, threads);
	pthread_mutex_init(&pool->lock, NULL);
	pthread_cond_init(&pool->wake, NULL);
	for (unsigned i = 0; i < threads; i++)
		if (pthread_create(&pool->threads[pool->thread_count], NULL, worker, pool) == 0)
			pool->thread_count++;
	return pool;
}

struct error *
pool_do(struct pool *pool, void (*work)(void *with), void *with)
{
	pthread_mutex_lock(&pool->lock);
	const bool is_full =
		pool->waiting == pool->room || pool->is_closing || pool->thread_count == 0;
	if (!is_full) {
		const size_t at = (pool->first + pool->waiting) % pool->room;
		pool->ring[at] = (struct task){work, with};
		pool->waiting++;
		pthread_cond_signal(&pool->wake);
	}
	pthread_mutex_unlock(&pool->lock);
	if (is_full)
		return busy("ただいま込み合っています。少し待ってからもう一度お試しください。");
	return OK;
}

void
pool_close(struct pool *pool)
{
	pthread_mutex_lock(&pool->lock);
	pool->is_closing = true;
	pthread_cond_broadcast(&pool->wake);
	pthread_mutex_unlock(&pool->lock);
	for (unsigned i = 0; i < pool->thread_count; i++)
		pthread_join(pool->threads[i], NULL);
	pthread_cond_destroy(&pool->wake);
	pthread_mutex_destroy(&pool->lock);
	arena_close(pool->arena);
}
