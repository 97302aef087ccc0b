/* What compiled queries stand on. Only generated code includes this. */
#ifndef BANSHO_STORE_QUERY_H
#define BANSHO_STORE_QUERY_H

#include "store/store.h"

/* A compiled statement's text; its address is its identity in the statement caches. */
struct query {
	const char *name;
	const char *sql;
};

struct sqlite3_stmt;

struct statement {
	struct sqlite3_stmt *raw;
	struct connection *connection;
	struct arena *arena;
	const struct query *query;
};

struct error *query_begin(struct look *look, const struct query *query,
			  struct statement *statement) MUST_USE;
void query_end(struct statement *statement);
#define STATEMENT_SCOPED __attribute__((cleanup(query_end))) struct statement

void query_bind_int(struct statement *statement, int at, int64_t value);
void query_bind_int_or_null(struct statement *statement, int at, int64_t value); /* 0 is NULL */
void query_bind_text(struct statement *statement, int at, struct text value);
void query_bind_text_or_null(struct statement *statement, int at, struct text value);
void query_bind_blob(struct statement *statement, int at, struct text value);
void query_bind_blob_or_null(struct statement *statement, int at, struct text value);

/* Sealed under the owner's key; `column` is "table.column". Empty stays empty. */
struct error *query_bind_sealed(struct statement *statement, int at, const char *column,
				int64_t owner, struct text value) MUST_USE;

struct error *query_step(struct statement *statement, bool *has_row) MUST_USE;
/* Run a statement that changes. */
struct error *query_run(struct act *act, struct statement *statement) MUST_USE;
struct error *query_none(const struct query *query) MUST_USE;

int64_t query_int(struct statement *statement, int column);
/* Copied into `into`, or a view valid until the next step when `into` is NULL. */
struct text query_text(struct statement *statement, int column, struct arena *into);
struct text query_blob(struct statement *statement, int column, struct arena *into);

/*
 * The plain value. Erased: （消去済み） when the column is one that names somebody, else empty. BROKEN when
 * it is not what was sealed for this column.
 */
struct error *query_sealed(struct statement *statement, int column, const char *name, bool is_name,
			   struct arena *into, struct text *value) MUST_USE;

/* Room for one more element of `size` bytes in an array that grows by doubling. */
void *query_grow(struct arena *arena, void *array, size_t count, size_t size);

#endif
