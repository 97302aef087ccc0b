/* What only the store's own files know. */
#ifndef BANSHO_STORE_ROOMS_H
#define BANSHO_STORE_ROOMS_H

#include "store/query.h"
#include "store/ring.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>

enum { STATEMENT_SLOTS = 1024, BATCH_MOST = 256, BUSY_MS = 10000, KEPT_SLOTS = 1024, TABLES_MOST = 500,
       INDEXES_MOST = 4 };

struct prepared {
	const struct query *query;
	sqlite3_stmt *raw;
	bool is_busy;
};

/* One value kept for later looks (kept.c). */
struct kept {
	struct kept_key key;
	const void *value; /* NULL: free */
	unsigned round;	   /* free, too, when of an earlier one than the connection's */
};

struct connection {
	struct store *store;
	sqlite3 *db;
	struct connection *next_idle;
	struct cipher *cipher;
	struct prepared slots[STATEMENT_SLOTS];
	size_t slots_used;
	bool is_mapped; /* not given back */
	int64_t today;	/* of the look or act on it: what body_today() says */

	struct arena *kept_arena;
	unsigned kept_version; /* of the file, as SQLite counts */
	bool is_keeping;       /* readers only: an act sees its own changes */
	size_t kept_count;
	unsigned kept_round;
	struct kept kept[KEPT_SLOTS];
};

/* A snapshot has begun on a reader: forget what was kept from before the last change. */
void kept_begin(struct connection *connection);

/* A row may be as large as SQLite lets it be. */
#define ROW_ROOM ((size_t)1 << 31)

/* A journalled table: its rows are covered by digests. */
struct table_of_store {
	struct text name;
	sqlite3_stmt *by_id; /* on the writer */
	struct row_shape *shape; /* of its rows, once one was digested */
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

/* What a room above keeps in memory with the store. */
struct index_of_store {
	void *(*open)(void);
	void (*close)(void *index);
	void *index;
};

struct store {
	struct store_counts counts;
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
	bool is_writing; /* a thread is at the writer connection */
	struct act_order *first, *last;
	struct connection *idle;

	struct connection *writer; /* of the thread that made is_writing true */
	unsigned version;     /* of the file after our last commit */
	bool must_catch_up;   /* the journal: its tree may not be the store's */
	struct row_changed *changed;
	size_t changed_count, changed_room;
	struct table_of_store *last_table;
	struct arena *digests; /* a row's bytes while they are hashed */

	struct ring *ring;
	int64_t *dropping; /* owners whose keys go after the commit; the writer's alone */
	size_t dropping_count, dropping_room;
	struct index_of_store indexes[INDEXES_MOST];
	size_t indexes_count;

	atomic_bool is_counting; /* tests do */
	atomic_llong fault_at;
	atomic_llong fault_calls;
};

struct error *connection_open(struct store *store, bool is_writer, bool may_create,
			      struct connection **connection) MUST_USE;
void connection_close(struct connection *connection);
/* A faster instr(), and body_today(): the day of the look or act that asks. */
void words_teach(struct connection *connection);
/* Before anything is read: the day it is. What was kept on another day is forgotten. */
void connection_today(struct connection *connection, struct moment now);
struct error *connection_run(struct connection *connection, const char *sql) MUST_USE;
/* What SQLite says, as an error for a person. */
struct error *store_trouble(sqlite3 *db, int code, const char *doing) MUST_USE;
struct error *store_fault(struct store *store) MUST_USE;

/* At opening, once the schema is there. */
struct error *keys_open(struct store *store, const struct store_options *options) MUST_USE;
void keys_close(struct store *store);
/* Of the writer: before the commit, after it (destroys what acts dropped), after undoing. */
struct error *keys_before_commit(struct store *store) MUST_USE;
void keys_after_commit(struct store *store);
void keys_after_undo(struct store *store);

struct error *migrate(struct store *store, const struct store_options *options) MUST_USE;
/* Shut everything on the writer that is no business of an act. */
void writer_wall(struct connection *writer);
void *writer_loop(void *store);

struct error *tables_read(struct store *store) MUST_USE;
void tables_forget(struct store *store);
void tables_watch(struct store *store);
struct table_of_store *table_find(struct store *store, struct text name);
void row_add_changed(struct store *store, struct table_of_store *table, int64_t id);
/* Of the writer. */
struct hash row_digest_of(struct store *store, struct table_of_store *table, const struct hash *salt,
			  int64_t id, sqlite3_stmt *row);

#endif
