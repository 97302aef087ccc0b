/* What only the store's own files know. */
#ifndef BANSHO_STORE_ROOMS_H
#define BANSHO_STORE_ROOMS_H

#include "store/query.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

enum { STATEMENT_SLOTS = 1024, BATCH_MOST = 256, BUSY_MS = 10000, TABLES_MOST = 500 };

struct prepared {
	const struct query *query;
	sqlite3_stmt *raw;
	bool is_busy;
};

struct connection {
	struct store *store;
	sqlite3 *db;
	struct connection *next_idle;
	struct prepared slots[STATEMENT_SLOTS];
	size_t slots_used;
};

/* A journalled table: its rows are covered by digests. */
struct table_of_store {
	struct text name;
	sqlite3_stmt *by_id; /* on the writer */
};

struct row_changed {
	struct table_of_store *table;
	int64_t id;
};

struct noted {
	struct noted *next;
	struct fact fact;
	struct hash salt;
	struct row_digest *rows;
	size_t row_count;
};

struct store {
	struct arena *arena;
	const char *path;
	struct moment (*clock)(void *with);
	void *clock_with;
	struct store_journal journal;
	bool is_read_only;

	struct table_of_store *tables;
	size_t table_count;

	pthread_mutex_t lock;
	pthread_cond_t has_work;
	pthread_t thread;
	bool has_thread;
	bool is_closing;
	struct act_order *first, *last;
	struct connection *idle;

	struct connection *writer; /* the writer thread's alone */
	struct row_changed *changed;
	size_t changed_count, changed_room;
	struct table_of_store *last_table;
	struct hasher *hasher;

	atomic_llong fault_at;
	atomic_llong fault_calls;
};

struct error *connection_open(struct store *store, bool is_writer, bool may_create,
			      struct connection **connection) MUST_USE;
void connection_close(struct connection *connection);
struct error *connection_run(struct connection *connection, const char *sql) MUST_USE;
/* What SQLite says, as an error for a person. */
struct error *store_trouble(sqlite3 *db, int code, const char *doing) MUST_USE;
struct error *store_fault(struct store *store) MUST_USE;

struct error *migrate(struct store *store, const struct store_options *options) MUST_USE;
/* Shut everything on the writer that is no business of an act. */
void writer_wall(struct connection *writer);
void *writer_loop(void *store);

struct error *tables_read(struct store *store) MUST_USE;
void tables_forget(struct store *store);
void tables_watch(struct store *store);
struct table_of_store *table_find(struct store *store, struct text name);
void row_add_changed(struct store *store, struct table_of_store *table, int64_t id);
struct hash row_digest_of(struct hasher *hasher, const struct hash *salt, struct text table,
			  int64_t id, sqlite3_stmt *row);

#endif
