/* Opening, closing and copying a body's store. */
#include "store/rooms.h"

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>

static struct moment
machine_clock(void *with)
{
	(void)with;
	return moment_now();
}

static struct error *
open_writer(struct store *store, const struct store_options *options)
{
	if (!options->may_create && !file_exists(options->path))
		return missing("保存ファイルがありません: %s", options->path);
	TRY(connection_open(store, true, options->may_create, &store->writer));
	TRY(migrate(store, options));
	TRY(keys_open(store, options));
	TRY(tables_read(store));
	tables_watch(store);
	writer_wall(store->writer);
	store->digests = arena_open(ROW_ROOM);
	if (pthread_create(&store->thread, NULL, writer_loop, store) != 0)
		return broken("書き込みの処理を始められません。");
	store->has_thread = true;
	return OK;
}

/* Counting its memory would make SQLite take one lock for all threads at every allocation. */
static void
sqlite_set_up(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

struct error *
store_open(struct arena *into, const struct store_options *options, struct store **store)
{
	if (sqlite3_threadsafe() == 0)
		return broken("この SQLite は複数の処理から使えません。");
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, sqlite_set_up);
	struct store *made = ARENA_NEW(into, struct store);
	made->arena = into;
	made->path = text_z(into, text_of(options->path));
	made->clock = options->clock != NULL ? options->clock : machine_clock;
	made->clock_with = options->clock_with;
	made->is_read_only = options->is_read_only;
	pthread_mutex_init(&made->lock, NULL);
	pthread_cond_init(&made->has_work, NULL);

	struct error *error;
	if (options->is_read_only) {
		error = file_exists(options->path)
				? tables_read(made)
				: missing("保存ファイルがありません: %s", options->path);
		if (error == OK)
			error = keys_open(made, options);
	} else
		error = open_writer(made, options);
	if (error != OK) {
		store_close(made);
		return error;
	}
	*store = made;
	return OK;
}

static struct error *
settle(struct store *store, struct arena *arena)
{
	struct connection *connection;
	TRY(connection_open(store, true, false, &connection));
	struct error *error = connection_run(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
	connection_close(connection);
	TRY(error);
	/* The last to close takes the log away. */
	if (file_exists(text_format(arena, "%s-wal", store->path).data))
		return conflict("ほかのプログラムが「%s」を使っています。番所を止めてから、もう一度実行してください。",
				store->path);
	return OK;
}

struct error *
store_settle(struct arena *arena, const char *path)
{
	struct store store = { .arena = arena, .path = path };
	if (!file_exists(path))
		return missing("保存ファイルがありません: %s", path);
	return settle(&store, arena);
}

void
store_close(struct store *store)
{
	if (store->has_thread) {
		pthread_mutex_lock(&store->lock);
		store->is_closing = true;
		pthread_cond_broadcast(&store->has_work);
		pthread_mutex_unlock(&store->lock);
		pthread_join(store->thread, NULL);
	}
	for (struct connection *idle = store->idle; idle != NULL;) {
		struct connection *next = idle->next_idle;
		connection_close(idle);
		idle = next;
	}
	tables_forget(store);
	connection_close(store->writer);
	keys_close(store);
	arena_close(store->digests);
	pthread_cond_destroy(&store->has_work);
	pthread_mutex_destroy(&store->lock);
}

void
store_attach(struct store *store, const struct store_journal *journal)
{
	store->journal = *journal;
	store->must_catch_up = true;
}

const char *
store_path(const struct store *store)
{
	return store->path;
}

struct copying {
	void (*progress)(void *with, int64_t done, int64_t all);
	void *with;
	int64_t steps;
};

static int
copy_goes_on(void *with)
{
	struct copying *copying = with;
	copying->steps++;
	if (copying->progress != NULL)
		copying->progress(copying->with, copying->steps, 0);
	return 0;
}

static struct error *
copy_with(struct connection *connection, const char *to, struct copying *copying)
{
	sqlite3_stmt *copy;
	int code = sqlite3_prepare_v2(connection->db, "VACUUM INTO ?", -1, &copy, NULL);
	if (code != SQLITE_OK)
		return store_trouble(connection->db, code, "copy");
	sqlite3_bind_text(copy, 1, to, -1, SQLITE_STATIC);
	sqlite3_progress_handler(connection->db, 1000000, copy_goes_on, copying);
	code = sqlite3_step(copy);
	struct error *error = code == SQLITE_DONE ? OK : store_trouble(connection->db, code, "copy");
	sqlite3_finalize(copy);
	return error;
}

struct error *
store_backup(struct store *store, const char *to,
	     void (*progress)(void *with, int64_t done, int64_t all), void *with)
{
	if (file_exists(to))
		return conflict("すでに同じ名前のファイルがあります: %s", to);
	struct connection *connection;
	struct copying copying = { progress, with, 0 };
	TRY(connection_open(store, false, false, &connection));
	struct error *error = connection_run(connection, "PRAGMA query_only=OFF");
	if (error == OK)
		error = copy_with(connection, to, &copying);
	connection_close(connection);
	return error;
}

static struct error *
limit_pages(struct act *act, void *with)
{
	char sql[64];
	(void)snprintf(sql, sizeof sql, "PRAGMA max_page_count=%d", *(const int *)with);
	sqlite3_set_authorizer(act->look.connection->db, NULL, NULL);
	struct error *error = connection_run(act->look.connection, sql);
	writer_wall(act->look.connection);
	return error;
}

void
store_test_most_pages(struct store *store, int pages)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	const struct actor nobody = { .through = T("test") };
	struct error *error = store_act(store, arena, &nobody, limit_pages, &pages);
	if (error != OK)
		abort();
}
