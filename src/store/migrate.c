/*
 * Bringing a store's schema up to date. All that is pending runs in one transaction, so a failing
 * step leaves the store exactly as it was. A step once published is never edited: its digest is
 * kept, and a store whose steps differ from ours, or that knows steps we don't, is refused.
 */
#include "store/rooms.h"

#include <stdio.h>


static struct error *
steps_table_exists(struct connection *connection, bool *exists)
{
	sqlite3_stmt *find;
	int code = sqlite3_prepare_v2(
		connection->db, "SELECT 1 FROM sqlite_schema WHERE name = 'store_migration'", -1, &find,
		NULL);
	if (code != SQLITE_OK)
		return store_trouble(connection->db, code, "migrate");
	code = sqlite3_step(find);
	*exists = code == SQLITE_ROW;
	struct error *error = OK;
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		error = store_trouble(connection->db, code, "migrate");
	sqlite3_finalize(find);
	return error;
}

static const struct migration *
step_of(const struct migration *migrations, struct text room, int number)
{
	for (; migrations->room != NULL; migrations++)
		if (text_is(room, migrations->room) && number == migrations->number)
			return migrations;
	return NULL;
}

static struct error *
check_one(const struct migration *migrations, sqlite3_stmt *row)
{
	const struct text room = text_of((const char *)sqlite3_column_text(row, 0));
	const int number = sqlite3_column_int(row, 1);
	const struct text digest = { sqlite3_column_blob(row, 2),
				     (size_t)sqlite3_column_bytes(row, 2) };
	const struct migration *step = step_of(migrations, room, number);
	if (step == NULL)
		return broken("この保存ファイルは新しい版の番所で作られています(%.*s %d)。新しい版で開いてください。",
			      T_ARG(room), number);
	const struct hash ours = hash_of(text_of(step->sql));
	if (!text_same(hash_bytes(&ours), digest))
		return broken("保存ファイルの構造の版が、このプログラムのものと違います(%.*s %d)。",
			      T_ARG(room), number);
	return OK;
}

static struct error *
check_taken(struct connection *connection, const struct migration *migrations)
{
	sqlite3_stmt *list;
	int code = sqlite3_prepare_v2(connection->db,
				      "SELECT room, number, digest FROM store_migration ORDER BY id",
				      -1, &list, NULL);
	if (code != SQLITE_OK)
		return store_trouble(connection->db, code, "migrate");
	struct error *error = OK;
	while (error == OK && (code = sqlite3_step(list)) == SQLITE_ROW)
		error = check_one(migrations, list);
	if (error == OK && code != SQLITE_DONE)
		error = store_trouble(connection->db, code, "migrate");
	sqlite3_finalize(list);
	return error;
}

static struct error *
is_taken(struct connection *connection, const struct migration *step, bool *taken)
{
	sqlite3_stmt *find;
	const int code = sqlite3_prepare_v2(
		connection->db, "SELECT 1 FROM store_migration WHERE room = ? AND number = ?", -1,
		&find, NULL);
	if (code != SQLITE_OK)
		return store_trouble(connection->db, code, "migrate");
	sqlite3_bind_text(find, 1, step->room, -1, SQLITE_STATIC);
	sqlite3_bind_int(find, 2, step->number);
	*taken = sqlite3_step(find) == SQLITE_ROW;
	sqlite3_finalize(find);
	return OK;
}

static struct error *
remember(struct connection *writer, const struct migration *step)
{
	sqlite3_stmt *add;
	const struct hash digest = hash_of(text_of(step->sql));
	int code = sqlite3_prepare_v2(writer->db,
				      "INSERT INTO store_migration (id, room, number, digest) "
				      "SELECT coalesce(max(id), 0) + 1, ?, ?, ? FROM store_migration",
				      -1, &add, NULL);
	if (code != SQLITE_OK)
		return store_trouble(writer->db, code, "migrate");
	sqlite3_bind_text(add, 1, step->room, -1, SQLITE_STATIC);
	sqlite3_bind_int(add, 2, step->number);
	sqlite3_bind_blob(add, 3, digest.at, HASH_LEN, SQLITE_STATIC);
	code = sqlite3_step(add);
	sqlite3_finalize(add);
	return code == SQLITE_DONE ? OK : store_trouble(writer->db, code, "migrate");
}

static struct error *
take(struct store *store, const struct migration *step)
{
	TRY(store_fault(store));
	struct error *error = connection_run(store->writer, step->sql);
	if (error != OK)
		return broken("保存ファイルの構造を新しくできませんでした(%s %d)。保存ファイルは元のままです。%.*s",
			      step->room, step->number, T_ARG(error->words));
	return remember(store->writer, step);
}

static struct error *
take_pending(struct store *store, const struct migration *migrations)
{
	for (const struct migration *step = migrations; step->room != NULL; step++) {
		bool exists, taken = false;
		TRY(steps_table_exists(store->writer, &exists));
		if (exists)
			TRY(is_taken(store->writer, step, &taken));
		if (!taken)
			TRY(take(store, step));
	}
	return OK;
}

static struct error *
count_lacking(struct connection *connection, const struct migration *migrations, size_t *count)
{
	size_t lacking = 0;
	for (const struct migration *step = migrations; step->room != NULL; step++) {
		bool taken;
		TRY(is_taken(connection, step, &taken));
		lacking += taken ? 0 : 1;
	}
	*count = lacking;
	return OK;
}

struct error *
store_steps_lacking(struct look *look, const struct migration *migrations, size_t *count)
{
	TRY(check_taken(look->connection, migrations));
	return count_lacking(look->connection, migrations, count);
}

/* What options->steps says about a store that is there. */
static struct error *
must_not_lack(struct store *store, const struct store_options *options)
{
	size_t lacking = 0;
	TRY(check_taken(store->writer, options->migrations));
	if (options->steps == STEPS_REFUSE)
		TRY(count_lacking(store->writer, options->migrations, &lacking));
	if (lacking != 0)
		return conflict("保存ファイルが前の版の番所の形のままです。番所を止めて bansho upgrade を実行してください。写しを新しくして確かめてから切り替えます。");
	return OK;
}

static struct error *
migrate_within(struct store *store, const struct store_options *options)
{
	bool exists;
	TRY(steps_table_exists(store->writer, &exists));
	if (exists)
		TRY(must_not_lack(store, options));
	if (exists && options->steps == STEPS_LEAVE)
		return OK;
	return take_pending(store, options->migrations);
}

struct error *
migrate(struct store *store, const struct store_options *options)
{
	TRY(connection_run(store->writer, "BEGIN IMMEDIATE"));
	struct error *error = migrate_within(store, options);
	if (error == OK)
		error = connection_run(store->writer, "COMMIT");
	if (error != OK && sqlite3_get_autocommit(store->writer->db) == 0)
		sqlite3_exec(store->writer->db, "ROLLBACK", NULL, NULL, NULL);
	return error;
}
