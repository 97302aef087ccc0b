/*
 * Sealed columns: their values stand in the file as ciphertext (src/store/sealed.c). Queries bind them
 * through parameters of type sealed and get them plain; SQL can neither compare, sort nor search them.
 */
#include "queryc.h"

#include <sqlite3.h>

const struct sealed *
sealed_find(const struct queries *queries, struct text table, struct text column)
{
	for (size_t at = 0; at < queries->sealed_count; at++)
		if (text_same(queries->sealed[at].table, table) &&
		    text_same(queries->sealed[at].column, column))
			return &queries->sealed[at];
	return NULL;
}

static void
fault_in(struct queries *queries, const char *path, int line, struct text words)
{
	const struct text where = text_format(queries->arena, "%s:%d", path, line);
	error_add(&queries->faults,
		  reject(where.data,
			 "%s: write: -- sealed TABLE.COLUMN by OWNER [as name], not \"%.*s\"",
			 where.data, T_ARG(words)));
}

static void
add(struct queries *queries, const struct sealed *sealed)
{
	if (queries->sealed_count < SEALED_MOST)
		queries->sealed[queries->sealed_count++] = *sealed;
}

static void
read_line(struct queries *queries, const char *path, int no, struct text words)
{
	struct sealed sealed = { 0 };
	struct text place, rest, how = T("");
	if (!text_cut(words, ' ', &place, &rest) || !text_starts(rest, T("by ")) ||
	    !text_cut(place, '.', &sealed.table, &sealed.column)) {
		fault_in(queries, path, no, words);
		return;
	}
	rest = text_trim(text_from(rest, 3));
	if (!text_cut(rest, ' ', &sealed.owner, &how)) {
		sealed.owner = rest;
		how = T("");
	}
	if (how.len != 0 && !text_is(how, "as name"))
		fault_in(queries, path, no, words);
	sealed.is_name = how.len != 0;
	sealed.kept = place;
	add(queries, &sealed);
}

void
sealed_read(struct queries *queries, const char *path, struct text sql)
{
	struct text rest = sql, line, behind;
	for (int no = 1; rest.len != 0; no++) {
		if (!text_cut(rest, '\n', &line, &behind))
			behind = T("");
		if (text_starts(line, T("-- sealed ")))
			read_line(queries, path, no, text_trim(text_from(line, 10)));
		rest = behind;
	}
}

static struct error *
read_view(struct queries *queries, sqlite3 *db, const char *view)
{
	sqlite3_stmt *all;
	const struct text sql = text_format(queries->arena, "SELECT * FROM \"%s\"", view);
	if (sqlite3_prepare_v2(db, sql.data, -1, &all, NULL) != SQLITE_OK)
		return broken("schema: %s", sqlite3_errmsg(db));
	for (int at = 0; at < sqlite3_column_count(all); at++) {
		const char *table = sqlite3_column_table_name(all, at);
		const char *origin = sqlite3_column_origin_name(all, at);
		const struct sealed *found =
			table != NULL && origin != NULL
				? sealed_find(queries, text_of(table), text_of(origin))
				: NULL;
		if (found == NULL)
			continue;
		struct sealed shown = *found;
		shown.table = text_copy(queries->arena, text_of(view));
		shown.column = text_copy(queries->arena, text_of(sqlite3_column_name(all, at)));
		shown.owner = T("");
		add(queries, &shown);
	}
	sqlite3_finalize(all);
	return OK;
}

struct error *
sealed_views(struct queries *queries, void *db)
{
	sqlite3_stmt *list;
	struct error *error = OK;
	if (sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type = 'view'", -1, &list,
			       NULL) != SQLITE_OK)
		return broken("schema: %s", sqlite3_errmsg(db));
	while (error == OK && sqlite3_step(list) == SQLITE_ROW)
		error = read_view(queries, db, (const char *)sqlite3_column_text(list, 0));
	sqlite3_finalize(list);
	return error;
}

/* ---- A query ---- */

static const struct value *
parameter(const struct compiled *query, struct text name)
{
	for (size_t at = 0; at < query->parameter_count; at++)
		if (text_same(query->parameters[at].name, name))
			return &query->parameters[at];
	return NULL;
}

static void
check_parameter(struct queries *queries, struct compiled *query, struct value *value)
{
	value->sealed = sealed_find(queries, query->table, value->name);
	const struct value *owner =
		value->sealed != NULL ? parameter(query, value->sealed->owner) : NULL;
	if (value->sealed == NULL)
		fault_at(queries, query->line, "\"%.*s\" is no sealed column of %.*s",
			 T_ARG(value->name), T_ARG(query->table));
	else if (owner == NULL || owner->type != VALUE_INT)
		fault_at(queries, query->line, "sealed %.*s needs its owner: int %.*s",
			 T_ARG(value->name), T_ARG(value->sealed->owner));
}

/* Is it emptied: COLUMN = ''? */
static bool
is_emptied(const struct queries *queries, const struct compiled *query, struct text column)
{
	return text_has(query->sql,
			text_format(queries->arena, "%.*s = ''", T_ARG(column)));
}

/* A sealed column that the query writes must come through a sealed parameter of its name. */
static void
check_written(struct queries *queries, struct compiled *query, const struct sealed *sealed)
{
	const struct value *value = parameter(query, sealed->column);
	const bool is_named = text_has(query->sql, sealed->column);
	if ((value != NULL && value->type == VALUE_SEALED) ||
	    (!query->inserts && (!is_named || is_emptied(queries, query, sealed->column))))
		return;
	fault_at(queries, query->line, "%.*s is sealed; write it through: sealed %.*s",
		 T_ARG(sealed->kept), T_ARG(sealed->column));
}

void
sealed_check(struct queries *queries, struct compiled *query)
{
	size_t results = 0;
	for (size_t at = 0; at < query->parameter_count; at++)
		if (query->parameters[at].type == VALUE_SEALED)
			check_parameter(queries, query, &query->parameters[at]);
	for (size_t at = 0; query->kind == QUERY_DO && at < queries->sealed_count; at++)
		if (text_same(queries->sealed[at].table, query->table))
			check_written(queries, query, &queries->sealed[at]);
	for (size_t at = 0; at < query->column_count; at++)
		results += query->columns[at].type == VALUE_SEALED;
	if (query->sealed_read > results)
		fault_at(queries, query->sql_line,
			 "%.*s compares, sorts by or computes with a sealed column: SQL sees ciphertext",
			 T_ARG(query->name));
}
