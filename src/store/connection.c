/*
 * Connections to a body's file: one writer, and readers that are opened read-only and kept for
 * reuse. Statements are prepared once per connection.
 */
#include "store/rooms.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* On a disk that cannot be written SQLite fails to open its files before it says so. */
static bool
is_on_read_only_disk(sqlite3 *db)
{
	const char *path = db != NULL ? sqlite3_db_filename(db, "main") : NULL;
	return path != NULL && access(path, W_OK) != 0 && errno == EROFS;
}

struct error *
store_trouble(sqlite3 *db, int code, const char *doing)
{
	const char *why = db != NULL ? sqlite3_errmsg(db) : sqlite3_errstr(code);
	/* A shared-memory file that cannot grow is how a full disk shows at opening. */
	switch (code == SQLITE_IOERR_SHMSIZE ? SQLITE_FULL : code & 0xff) {
	case SQLITE_FULL:
		return broken("保存先の空き容量がありません。管理者に連絡してください。操作は行われていません。");
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return busy("ほかの処理が保存先を使っています。少し待ってから、もう一度実行してください。");
	case SQLITE_CONSTRAINT:
		return conflict("同じものがすでにあるか、つながりのある記録が見つかりません(%s)。", why);
	case SQLITE_READONLY:
		return broken("保存先に書き込めません(読み取り専用です)。管理者に連絡してください。");
	case SQLITE_NOTADB:
	case SQLITE_CORRUPT:
		return broken("保存ファイルが壊れています(%s)。バックアップから復元してください。", why);
	case SQLITE_CANTOPEN:
		if (is_on_read_only_disk(db))
			return broken("保存先に書き込めません(読み取り専用です)。管理者に連絡してください。");
		return broken("保存ファイルを開けません(%s)。場所と権限を確かめてください。", why);
	default:
		return broken("保存の処理に失敗しました(%s: %s)。", doing, why);
	}
}

struct error *
store_fault(struct store *store)
{
	if (__builtin_expect(!atomic_load_explicit(&store->is_counting, memory_order_relaxed), 1))
		return OK; /* so that looks on several threads share nothing they write */
	const long long calls = atomic_fetch_add(&store->fault_calls, 1) + 1;
	if (__builtin_expect(atomic_load(&store->fault_at) == calls, 0))
		return broken("試験のための失敗です。");
	return OK;
}

void
store_fault_at(struct store *store, int64_t n)
{
	atomic_store(&store->fault_calls, 0);
	atomic_store(&store->fault_at, n);
	atomic_store(&store->is_counting, true);
}

int64_t
store_fault_calls(const struct store *store)
{
	return atomic_load(&store->fault_calls);
}

struct error *
connection_run(struct connection *connection, const char *sql)
{
	const int code = sqlite3_exec(connection->db, sql, NULL, NULL, NULL);
	if (code != SQLITE_OK)
		return store_trouble(connection->db, code, sql);
	return OK;
}

static struct error *
connection_set_up(struct connection *connection, bool is_writer)
{
	sqlite3_extended_result_codes(connection->db, 1);
	sqlite3_busy_timeout(connection->db, BUSY_MS);
	words_teach(connection);
	sqlite3_db_config(connection->db, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_db_config(connection->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(connection->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	/* A plan must not hang on bound values: SQLite would compile the statement anew for each set. */
	sqlite3_db_config(connection->db, SQLITE_DBCONFIG_ENABLE_QPSG, 1, NULL);
	if (is_writer)
		TRY(connection_run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
					       "PRAGMA secure_delete=ON;"
					       "PRAGMA foreign_keys=ON; PRAGMA cache_size=-16000;"
					       "PRAGMA temp_store=MEMORY;"));
	else
		/* No mmap: every connection's mapping counts, up to its whole size. */
		TRY(connection_run(connection, "PRAGMA query_only=ON; PRAGMA cache_size=-16000;"
					       "PRAGMA mmap_size=0; PRAGMA temp_store=MEMORY;"));
	return OK;
}

struct error *
connection_open(struct store *store, bool is_writer, bool may_create,
		struct connection **connection)
{
	struct connection *made = calloc(1, sizeof *made);
	if (made == NULL)
		abort();
	made->store = store;
	made->cipher = cipher_open();
	int flags = is_writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
	if (is_writer && may_create)
		flags |= SQLITE_OPEN_CREATE;
	const int code = sqlite3_open_v2(store->path, &made->db,
					 flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_NOFOLLOW, NULL);
	struct error *error = code == SQLITE_OK ? connection_set_up(made, is_writer)
						: store_trouble(made->db, code, "open");
	if (error != OK) {
		connection_close(made);
		return error;
	}
	*connection = made;
	return OK;
}

void
connection_close(struct connection *connection)
{
	if (connection == NULL)
		return;
	for (size_t at = 0; at < STATEMENT_SLOTS; at++)
		sqlite3_finalize(connection->slots[at].raw);
	sqlite3_close_v2(connection->db);
	cipher_close(connection->cipher);
	arena_close(connection->kept_arena);
	free(connection);
}

static struct error *
connection_reader(struct store *store, struct connection **connection)
{
	pthread_mutex_lock(&store->lock);
	struct connection *idle = store->idle;
	if (idle != NULL)
		store->idle = idle->next_idle;
	pthread_mutex_unlock(&store->lock);
	if (idle == NULL)
		return connection_open(store, false, false, connection);
	*connection = idle;
	return OK;
}

static void
connection_give_back(struct connection *connection)
{
	struct store *store = connection->store;
	pthread_mutex_lock(&store->lock);
	connection->next_idle = store->idle;
	store->idle = connection;
	pthread_mutex_unlock(&store->lock);
}

static const struct query look_opens = { "look_begin", "BEGIN" };
static const struct query look_touches = { "look_touch", "SELECT count(*) FROM store_migration" };
static const struct query look_closes = { "look_end", "COMMIT" };

static struct error *
look_step(struct look *look, const struct query *query)
{
	STATEMENT_SCOPED statement = { 0 };
	bool has_row;
	TRY(query_begin(look, query, &statement));
	return query_step(&statement, &has_row);
}

struct error *
look_begin(struct store *store, struct arena *arena, struct look *look)
{
	struct look made = { .store = store, .arena = arena, .now = store->clock(store->clock_with) };
	if (store->ring != NULL)
		TRY(ring_refresh(store->ring, false));
	TRY(connection_reader(store, &made.connection));
	connection_today(made.connection, made.now);
	struct error *error = look_step(&made, &look_opens);
	if (error == OK)
		error = look_step(&made, &look_touches);
	if (error != OK) {
		connection_close(made.connection);
		return error;
	}
	kept_begin(made.connection);
	*look = made;
	return OK;
}

void
look_end(struct look *look)
{
	if (look->connection == NULL)
		return;
	struct error *error = look_step(look, &look_closes);
	if (error != OK || look->connection->is_mapped)
		connection_close(look->connection);
	else
		connection_give_back(look->connection);
	look->connection = NULL;
}

void
look_map(struct look *look)
{
	/* Where it cannot be mapped it is read as before. */
	look->connection->is_mapped = true;
	sqlite3_exec(look->connection->db, "PRAGMA mmap_size=68719476736", NULL, NULL, NULL);
}
