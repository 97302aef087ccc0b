/*
 * Row digests. A row's digest is SHA-256 over: salt (32 bytes); table name, NUL; id (8 bytes,
 * big-endian); then for every column that is not NULL, in the table's order: column name, NUL, a
 * type byte (i t b), length (8 bytes, big-endian), value (integers as decimal text). Columns that
 * are NULL are left out, so that adding an empty column later changes no digest.
 *
 * Which rows an act changed comes from SQLite's own update hook, so that no handler can forget one.
 */
#include "store/rooms.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct text
big_endian(uint64_t value, unsigned char room[static 8])
{
	for (int at = 0; at < 8; at++)
		room[at] = (unsigned char)(value >> (56 - 8 * at));
	return (struct text){ (const char *)room, 8 };
}

/* As SQLite writes a number; it does so through its own printf, ten times slower. */
static struct text
decimal(int64_t number, char room[static 24])
{
	uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
	char *at = room + 24;
	do
		*--at = (char)('0' + left % 10); /* one digit */
	while ((left /= 10) != 0);
	if (number < 0)
		*--at = '-';
	return (struct text){ at, (size_t)(room + 24 - at) };
}

/* How the rows of a statement are written down: each column's name with its NUL. */
struct row_shape {
	struct text table;
	int columns;
	struct text *names;
	struct value {
		char type; /* i t b, 0: NULL */
		struct text text;
		char room[24];
	} *values; /* of the present row */
};

static struct row_shape
shape_of(struct arena *arena, struct text table, sqlite3_stmt *row)
{
	const int columns = sqlite3_column_count(row);
	struct row_shape shape = { .table = table, .columns = columns,
				   .names = ARENA_ARRAY(arena, struct text, (size_t)columns),
				   .values = ARENA_ARRAY(arena, struct value, (size_t)columns) };
	for (int at = 0; at < columns; at++) {
		const char *name = sqlite3_column_name(row, at);
		shape.names[at] = text_copy(arena, (struct text){ name, strlen(name) + 1 });
	}
	return shape;
}

static void
read_value(struct value *value, sqlite3_stmt *row, int column)
{
	const int type = sqlite3_column_type(row, column);
	value->type = type == SQLITE_NULL ? 0 : type == SQLITE_INTEGER ? 'i' : type == SQLITE_BLOB ? 'b' : 't';
	if (type == SQLITE_NULL)
		return;
	if (type == SQLITE_INTEGER) {
		value->text = decimal(sqlite3_column_int64(row, column), value->room);
		return;
	}
	const void *data = type == SQLITE_BLOB ? sqlite3_column_blob(row, column)
					       : (const void *)sqlite3_column_text(row, column);
	value->text = (struct text){ data != NULL ? data : "",
				     (size_t)sqlite3_column_bytes(row, column) };
}

static char *
put(char *at, struct text text)
{
	memcpy(at, text.data, text.len);
	return at + text.len;
}

/* The bytes whose hash is the digest. */
static struct text
row_message(struct arena *arena, const struct row_shape *shape, const struct hash *salt, int64_t id,
	    sqlite3_stmt *row)
{
	unsigned char number[8];
	size_t len = HASH_LEN + shape->table.len + 1 + sizeof number;
	for (int at = 0; at < shape->columns; at++) {
		read_value(&shape->values[at], row, at);
		if (shape->values[at].type != 0)
			len += shape->names[at].len + 1 + sizeof number + shape->values[at].text.len;
	}
	char *const bytes = arena_bytes(arena, len);
	char *to = put(put(bytes, hash_bytes(salt)), shape->table);
	*to++ = 0;
	to = put(to, big_endian((uint64_t)id, number));
	for (int at = 0; at < shape->columns; at++) {
		const struct value *value = &shape->values[at];
		if (value->type == 0)
			continue;
		to = put(to, shape->names[at]);
		*to++ = value->type;
		to = put(put(to, big_endian(value->text.len, number)), value->text);
	}
	return (struct text){ bytes, len };
}

struct hash
row_digest_of(struct store *store, struct table_of_store *table, const struct hash *salt, int64_t id,
	      sqlite3_stmt *row)
{
	if (table->shape == NULL || table->shape->columns != sqlite3_column_count(row)) {
		table->shape = ARENA_NEW(store->arena, struct row_shape);
		*table->shape = shape_of(store->arena, table->name, row);
	}
	arena_reset(store->digests);
	return hash_of(row_message(store->digests, table->shape, salt, id, row));
}

static bool
is_journalled(struct text name)
{
	return !text_starts(name, T("journal_")) && !text_starts(name, T("sqlite_")) &&
	       !text_ends(name, T("_cache")) && !text_is(name, "store_migration");
}

static const char tables_sql[] =
	"SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";

static struct error *
table_add(struct store *store, struct text name)
{
	struct table_of_store *table = &store->tables[store->table_count];
	char sql[200];
	table->name = text_copy(store->arena, name);
	snprintf(sql, sizeof sql, "SELECT * FROM \"%.*s\" WHERE id = ?", T_ARG(name));
	if (store->writer != NULL) {
		const int code = sqlite3_prepare_v3(store->writer->db, sql, -1,
						    SQLITE_PREPARE_PERSISTENT, &table->by_id, NULL);
		if (code != SQLITE_OK)
			return store_trouble(store->writer->db, code, sql);
	}
	store->table_count++;
	return OK;
}

enum { NAME_MOST = 100 };

static struct error *
tables_list(struct store *store, struct connection *connection)
{
	sqlite3_stmt *list;
	int code = sqlite3_prepare_v2(connection->db, tables_sql, -1, &list, NULL);
	if (code != SQLITE_OK)
		return store_trouble(connection->db, code, "tables");
	struct error *error = OK;
	while (error == OK && (code = sqlite3_step(list)) == SQLITE_ROW) {
		const struct text name = text_of((const char *)sqlite3_column_text(list, 0));
		if (!is_journalled(name) || name.len > NAME_MOST)
			continue;
		if (store->table_count == TABLES_MOST)
			error = broken("保存ファイルの表が多すぎます。");
		else
			error = table_add(store, name);
	}
	sqlite3_finalize(list);
	return error;
}

struct error *
tables_read(struct store *store)
{
	store->tables = ARENA_ARRAY(store->arena, struct table_of_store, TABLES_MOST);
	if (store->writer != NULL)
		return tables_list(store, store->writer);
	struct connection *reader;
	TRY(connection_open(store, false, false, &reader));
	struct error *error = tables_list(store, reader);
	connection_close(reader);
	return error;
}

void
tables_forget(struct store *store)
{
	for (size_t at = 0; at < store->table_count; at++)
		sqlite3_finalize(store->tables[at].by_id);
	free(store->changed);
}

struct table_of_store *
table_find(struct store *store, struct text name)
{
	if (store->last_table != NULL && text_same(store->last_table->name, name))
		return store->last_table;
	for (size_t at = 0; at < store->table_count; at++)
		if (text_same(store->tables[at].name, name))
			return store->last_table = &store->tables[at];
	return NULL;
}

void
row_add_changed(struct store *store, struct table_of_store *table, int64_t id)
{
	if (store->changed_count == store->changed_room) {
		store->changed_room = store->changed_room == 0 ? 64 : store->changed_room * 2;
		store->changed = realloc(store->changed,
					 store->changed_room * sizeof *store->changed);
		if (store->changed == NULL)
			abort();
	}
	store->changed[store->changed_count++] = (struct row_changed){ table, id };
}

static void
row_has_changed(void *with, int what, const char *database, const char *name, sqlite3_int64 id)
{
	(void)what, (void)database;
	struct store *store = with;
	struct table_of_store *table = table_find(store, text_of(name));
	if (table != NULL)
		row_add_changed(store, table, id);
}

void
tables_watch(struct store *store)
{
	sqlite3_update_hook(store->writer->db, row_has_changed, store);
}

/* Rows that were read and wait to be hashed together. */
enum { TOGETHER = 64, TOGETHER_BYTES = 1 << 20 };
struct together {
	struct arena *arena; /* of the messages */
	size_t count, bytes;
	struct row_digest rows[TOGETHER];
	struct text messages[TOGETHER]; /* empty: no entry knows the row */
	struct hash hashes[TOGETHER];
};

static struct error *
hand_on(struct together *together, const struct row_check *check)
{
	hash_many(together->messages, together->count, together->hashes);
	for (size_t at = 0; at < together->count; at++) {
		if (together->messages[at].len != 0)
			together->rows[at].digest = together->hashes[at];
		TRY(check->each(check->with, &together->rows[at]));
	}
	together->count = together->bytes = 0;
	arena_reset(together->arena);
	return OK;
}

static struct error *
walk(struct look *look, const struct row_shape *shape, struct together *together,
     const struct row_check *check, sqlite3_stmt *rows)
{
	int code;
	while ((code = sqlite3_step(rows)) == SQLITE_ROW) {
		const size_t at = together->count++;
		const int64_t id = sqlite3_column_int64(rows, 0);
		struct hash salt = { { 0 } };
		together->rows[at] = (struct row_digest){ .table = shape->table, .id = id };
		together->messages[at] = T("");
		if (check->salt_of(check->with, shape->table, id, &salt))
			together->messages[at] = row_message(together->arena, shape, &salt, id, rows);
		together->bytes += together->messages[at].len;
		if (together->count == TOGETHER || together->bytes > TOGETHER_BYTES)
			TRY(hand_on(together, check));
	}
	if (code != SQLITE_DONE)
		return store_trouble(look->connection->db, code, "walk");
	return hand_on(together, check);
}

struct error *
store_walk_part(struct look *look, const struct row_part *part, const struct row_check *check)
{
	ARENA_SCOPED arena = arena_open(ARENA_USUAL);
	ARENA_SCOPED messages = arena_open(ROW_ROOM);
	char sql[200];
	sqlite3_stmt *rows;
	snprintf(sql, sizeof sql,
		 "SELECT * FROM \"%.*s\" WHERE id BETWEEN ? AND ? ORDER BY id", T_ARG(part->table));
	const int code = sqlite3_prepare_v2(look->connection->db, sql, -1, &rows, NULL);
	if (code != SQLITE_OK)
		return store_trouble(look->connection->db, code, sql);
	sqlite3_bind_int64(rows, 1, part->first);
	sqlite3_bind_int64(rows, 2, part->last);
	const struct row_shape shape = shape_of(arena, part->table, rows);
	struct together *together = ARENA_NEW(arena, struct together);
	together->arena = messages;
	struct error *error = walk(look, &shape, together, check, rows);
	sqlite3_finalize(rows);
	return error;
}

enum { PART_IDS = 1 << 14, PARTS_MOST = 1 << 10 };

static struct error *
ends_of(struct look *look, struct row_part *whole, bool *is_empty)
{
	char sql[200];
	sqlite3_stmt *ends;
	snprintf(sql, sizeof sql, "SELECT (SELECT min(id) FROM \"%.*s\"), (SELECT max(id) FROM \"%.*s\")",
		 T_ARG(whole->table), T_ARG(whole->table));
	int code = sqlite3_prepare_v2(look->connection->db, sql, -1, &ends, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(ends);
	struct error *error = code == SQLITE_ROW ? OK
						 : store_trouble(look->connection->db, code, sql);
	*is_empty = error == OK && sqlite3_column_type(ends, 0) == SQLITE_NULL;
	whole->first = error == OK ? sqlite3_column_int64(ends, 0) : 0;
	whole->last = error == OK ? sqlite3_column_int64(ends, 1) : 0;
	sqlite3_finalize(ends);
	return error;
}

/* In parts of so many ids; in one when the ids lie too far apart for that. */
static void
add_parts(struct row_part *parts, size_t *count, const struct row_part *whole)
{
	const uint64_t width = (uint64_t)whole->last - (uint64_t)whole->first;
	struct row_part part = *whole;
	while (width < (uint64_t)PART_IDS * PARTS_MOST && whole->last - part.first >= PART_IDS) {
		part.last = part.first + PART_IDS - 1;
		parts[(*count)++] = part;
		part.first = part.last + 1;
	}
	part.last = whole->last;
	parts[(*count)++] = part;
}

struct error *
store_row_parts(struct look *look, struct row_part **parts, size_t *count)
{
	*count = 0;
	*parts = NULL;
	for (size_t at = 0; at < look->store->table_count; at++) {
		struct row_part whole = { .table = look->store->tables[at].name };
		bool is_empty;
		TRY(ends_of(look, &whole, &is_empty));
		if (is_empty)
			continue;
		struct row_part *more =
			ARENA_ARRAY(look->arena, struct row_part, *count + PARTS_MOST + 1);
		if (*count != 0)
			memcpy(more, *parts, *count * sizeof *more);
		*parts = more;
		add_parts(more, count, &whole);
	}
	return OK;
}

struct error *
store_walk_rows(struct look *look, const struct row_check *check)
{
	struct row_part *parts;
	size_t count;
	TRY(store_row_parts(look, &parts, &count));
	for (size_t at = 0; at < count; at++)
		TRY(store_walk_part(look, &parts[at], check));
	return OK;
}
