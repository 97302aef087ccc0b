/* Running compiled queries: prepare once per connection, bind, step, read. */
#include "store/rooms.h"

#include <limits.h>
#include <string.h>

static struct prepared *
slot_of(struct connection *connection, const struct query *query)
{
	size_t at = ((uintptr_t)query >> 4) % STATEMENT_SLOTS;
	while (connection->slots[at].query != NULL && connection->slots[at].query != query)
		at = (at + 1) % STATEMENT_SLOTS;
	return &connection->slots[at];
}

static struct error *
prepare(struct connection *connection, const struct query *query, sqlite3_stmt **raw)
{
	const int code = sqlite3_prepare_v3(connection->db, query->sql, -1,
					    SQLITE_PREPARE_PERSISTENT, raw, NULL);
	if (code != SQLITE_OK)
		return store_trouble(connection->db, code, query->name);
	return OK;
}

struct error *
query_begin(struct look *look, const struct query *query, struct statement *statement)
{
	struct connection *connection = look->connection;
	struct prepared *slot = slot_of(connection, query);
	sqlite3_stmt *raw;
	if (slot->query == NULL && connection->slots_used < STATEMENT_SLOTS - 8) {
		TRY(prepare(connection, query, &slot->raw));
		slot->query = query;
		connection->slots_used++;
	}
	if (slot->query == query && !slot->is_busy) {
		slot->is_busy = true;
		raw = slot->raw;
	} else {
		/* The same query again while its rows are being walked. */
		TRY(prepare(connection, query, &raw));
	}
	*statement = (struct statement){ raw, connection, look->arena, query };
	return OK;
}

void
query_end(struct statement *statement)
{
	if (statement->raw == NULL)
		return;
	struct prepared *slot = slot_of(statement->connection, statement->query);
	if (slot->raw == statement->raw) {
		sqlite3_reset(slot->raw);
		sqlite3_clear_bindings(slot->raw);
		slot->is_busy = false;
	} else {
		sqlite3_finalize(statement->raw);
	}
	statement->raw = NULL;
}

void
query_bind_int(struct statement *statement, int at, int64_t value)
{
	sqlite3_bind_int64(statement->raw, at, value);
}

void
query_bind_int_or_null(struct statement *statement, int at, int64_t value)
{
	if (value != 0)
		sqlite3_bind_int64(statement->raw, at, value);
}

void
query_bind_text(struct statement *statement, int at, struct text value)
{
	sqlite3_bind_text64(statement->raw, at, value.data != NULL ? value.data : "", value.len,
			    SQLITE_STATIC, SQLITE_UTF8);
}

void
query_bind_text_or_null(struct statement *statement, int at, struct text value)
{
	if (value.data != NULL)
		query_bind_text(statement, at, value);
}

void
query_bind_blob(struct statement *statement, int at, struct text value)
{
	sqlite3_bind_blob64(statement->raw, at, value.data != NULL ? value.data : "", value.len,
			    SQLITE_STATIC);
}

void
query_bind_blob_or_null(struct statement *statement, int at, struct text value)
{
	if (value.data != NULL)
		query_bind_blob(statement, at, value);
}

struct error *
query_step(struct statement *statement, bool *has_row)
{
	TRY(store_fault(statement->connection->store));
	const int code = sqlite3_step(statement->raw);
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		return store_trouble(statement->connection->db, code, statement->query->name);
	*has_row = code == SQLITE_ROW;
	return OK;
}

struct error *
query_run(struct act *act, struct statement *statement)
{
	bool has_row;
	TRY(query_step(statement, &has_row));
	act->last_changes = sqlite3_changes64(statement->connection->db);
	return OK;
}

int64_t
act_changes(const struct act *act)
{
	return act->last_changes;
}

struct error *
query_none(const struct query *query)
{
	return missing("記録が見つかりません(%s)。", query->name);
}

int64_t
query_int(struct statement *statement, int column)
{
	return sqlite3_column_int64(statement->raw, column);
}

static struct text
column_bytes(struct statement *statement, int column, const void *data, struct arena *into)
{
	const struct text view = { data, (size_t)sqlite3_column_bytes(statement->raw, column) };
	if (data == NULL && sqlite3_column_type(statement->raw, column) != SQLITE_NULL)
		return T("");
	return into == NULL || data == NULL ? view : text_copy(into, view);
}

struct text
query_text(struct statement *statement, int column, struct arena *into)
{
	const void *data = sqlite3_column_text(statement->raw, column);
	return column_bytes(statement, column, data, into);
}

struct text
query_blob(struct statement *statement, int column, struct arena *into)
{
	const void *data = sqlite3_column_blob(statement->raw, column);
	return column_bytes(statement, column, data, into);
}

void *
query_grow(struct arena *arena, void *array, size_t count, size_t size)
{
	/* Full at 0, 8, 16, 32 … */
	if (count != 0 && (count < 8 || (count & (count - 1)) != 0))
		return array;
	void *bigger = arena_get(arena, size, count == 0 ? 8 : count * 2);
	if (count != 0)
		memcpy(bigger, array, count * size);
	return bigger;
}
