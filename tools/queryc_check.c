/*
 * Holding queries against the schema: SQLite prepares each statement for real, and its authorizer
 * tells which tables it touches. A room may write its own tables (ROOM_...) and read them and the
 * views other rooms show (shown_...).
 */
#include "queryc.h"

#include "base/file.h"

#include <sqlite3.h>
#include <string.h>

struct checking {
	struct queries *queries;
	struct compiled *query;
	sqlite3 *db;
};

static bool
is_own(const struct checking *checking, const char *table)
{
	const struct text room = checking->queries->room;
	return text_starts(text_of(table), room) && table[room.len] == '_';
}

static bool
is_shown(const char *name)
{
	return name != NULL && text_starts(text_of(name), T("shown_"));
}

static bool
is_function_known(const char *name)
{
	static const char *const known[] = { "count", "sum", "min", "max", "coalesce", "length",
		"lower", "upper", "abs", "substr", "like", "nullif", "replace", "trim", "instr",
		"body_today" };
	for (size_t at = 0; at < sizeof known / sizeof *known; at++)
		if (strcmp(name, known[at]) == 0)
			return true;
	return false;
}

static int
refuse_table(struct checking *checking, const char *doing, const char *table)
{
	fault_at(checking->queries, checking->query->sql_line,
		 "%.*s may not %s \"%s\"; it has its own %.*s_* tables and the shown_* views",
		 T_ARG(checking->query->name), doing, table, T_ARG(checking->queries->room));
	return SQLITE_OK;
}

static bool
has_word(struct text sql, const char *word)
{
	const size_t len = strlen(word);
	for (size_t at = 0; at + len <= sql.len; at++) {
		if (strncasecmp(sql.data + at, word, len) != 0)
			continue;
		const bool begins = at == 0 || !(sql.data[at - 1] == '_' ||
						 (sql.data[at - 1] | 32) >= 'a');
		const char after = at + len < sql.len ? sql.data[at + len] : ' ';
		if (begins && !(after == '_' || after == '(' || ((after | 32) >= 'a')))
			return true;
	}
	return false;
}

/*
 * After a view was folded into the query, SQLite reports a table of which only the key is used as
 * read without a column and without naming the view: then the query's own words decide.
 */
static bool
is_through_view(const struct checking *checking, const char *table, const char *column,
		const char *from)
{
	return is_shown(from) ||
	       (column[0] == '\0' && !has_word(checking->query->sql, table));
}

static int
may_touch(void *with, int what, const char *a, const char *b, const char *database,
	  const char *from)
{
	struct checking *checking = with;
	(void)database;
	switch (what) {
	case SQLITE_READ:
		if (from == NULL &&
		    sealed_find(checking->queries, text_of(a), text_of(b != NULL ? b : "")) != NULL)
			checking->query->sealed_read++;
		if (a[0] != '\0' && !is_own(checking, a) && !is_shown(a) &&
		    !is_through_view(checking, a, b != NULL ? b : "", from))
			return refuse_table(checking, "read", a);
		return SQLITE_OK;
	case SQLITE_INSERT:
	case SQLITE_UPDATE:
	case SQLITE_DELETE:
		checking->query->table = text_copy(checking->queries->arena, text_of(a));
		checking->query->inserts |= what == SQLITE_INSERT;
		return is_own(checking, a) ? SQLITE_OK : refuse_table(checking, "change", a);
	case SQLITE_FUNCTION:
		if (!is_function_known(b))
			fault_at(checking->queries, checking->query->sql_line,
				 "function %s() is not in the subset both engines speak", b);
		return SQLITE_OK;
	case SQLITE_SELECT:
	case SQLITE_RECURSIVE:
		return SQLITE_OK;
	default:
		fault_at(checking->queries, checking->query->sql_line,
			 "only SELECT, INSERT, UPDATE and DELETE are queries");
		return SQLITE_OK;
	}
}

static int
line_of(const struct compiled *query, int offset)
{
	int line = query->sql_line;
	for (int at = 0; at < offset && (size_t)at < query->sql.len; at++)
		if (query->sql.data[at] == '\n')
			line++;
	return line;
}

static void
check_parameters(struct checking *checking, sqlite3_stmt *statement)
{
	struct compiled *query = checking->query;
	const int count = sqlite3_bind_parameter_count(statement);
	for (int at = 1; at <= count; at++) {
		const char *name = sqlite3_bind_parameter_name(statement, at);
		bool is_known = false;
		for (size_t i = 0; name != NULL && i < query->parameter_count; i++)
			is_known = is_known || text_is(query->parameters[i].name, name + 1);
		if (!is_known)
			fault_at(checking->queries, query->sql_line,
				 "parameter %s is not in the header of %.*s",
				 name != NULL ? name : "?", T_ARG(query->name));
	}
	for (size_t i = 0; i < query->parameter_count; i++) {
		const struct text named = text_format(checking->queries->arena, ":%.*s",
						      T_ARG(query->parameters[i].name));
		query->parameters[i].place = sqlite3_bind_parameter_index(statement, named.data);
		if (query->parameters[i].place == 0)
			fault_at(checking->queries, query->line,
				 "%.*s does not use its parameter :%.*s", T_ARG(query->name),
				 T_ARG(query->parameters[i].name));
	}
}

static bool
type_of_declared(const char *declared, enum value_type *type)
{
	if (declared == NULL)
		return false;
	if (strcmp(declared, "INTEGER") == 0 || strcmp(declared, "INT") == 0)
		*type = VALUE_INT;
	else if (strcmp(declared, "TEXT") == 0)
		*type = VALUE_TEXT;
	else if (strcmp(declared, "BLOB") == 0)
		*type = VALUE_BLOB;
	else
		return false;
	return true;
}

static void
check_column(struct checking *checking, sqlite3_stmt *statement, int at)
{
	struct compiled *query = checking->query;
	struct value *column = &query->columns[query->column_count++];
	column->name = text_copy(checking->queries->arena,
				 text_of(sqlite3_column_name(statement, at)));
	column->may_be_null = true;
	const char *table = sqlite3_column_table_name(statement, at);
	const char *origin = sqlite3_column_origin_name(statement, at);
	if (table != NULL && origin != NULL)
		column->sealed = sealed_find(checking->queries, text_of(table), text_of(origin));
	if (column->sealed != NULL) {
		column->type = VALUE_SEALED;
		return;
	}
	for (size_t i = 0; i < query->told_count; i++) {
		if (text_same(query->told[i].name, column->name)) {
			*column = query->told[i];
			return;
		}
	}
	for (size_t i = 0; i < column->name.len; i++)
		if (strchr("abcdefghijklmnopqrstuvwxyz0123456789_", column->name.data[i]) == NULL) {
			fault_at(checking->queries, query->sql_line,
				 "result column \"%.*s\" needs a name: ... AS name",
				 T_ARG(column->name));
			return;
		}
	if (!type_of_declared(sqlite3_column_decltype(statement, at), &column->type))
		fault_at(checking->queries, query->line,
			 "column %.*s has no declared type; add: -- column %.*s int (or text, ...)",
			 T_ARG(column->name), T_ARG(column->name));
	for (size_t i = 0; i + 1 < query->column_count; i++)
		if (text_same(query->columns[i].name, column->name))
			fault_at(checking->queries, query->sql_line,
				 "two result columns are called %.*s", T_ARG(column->name));
}

static void
check_shape(struct checking *checking, sqlite3_stmt *statement)
{
	struct compiled *query = checking->query;
	const bool reads = sqlite3_stmt_readonly(statement) != 0;
	if (query->kind == QUERY_DO && reads)
		fault_at(checking->queries, query->line,
			 "%.*s is of kind do but changes nothing", T_ARG(query->name));
	if (query->kind != QUERY_DO && !reads)
		fault_at(checking->queries, query->line,
			 "%.*s changes rows; its kind must be do", T_ARG(query->name));
	if (query->kind == QUERY_MANY && !has_word(query->sql, "LIMIT"))
		fault_at(checking->queries, query->sql_line,
			 "%.*s may return any number of rows; give it a LIMIT", T_ARG(query->name));
	if (has_word(query->sql, "REPLACE"))
		fault_at(checking->queries, query->sql_line,
			 "REPLACE deletes rows unnoticed; use ON CONFLICT ... DO UPDATE");
	if (has_word(query->sql, "DELETE") && !has_word(query->sql, "WHERE"))
		fault_at(checking->queries, query->sql_line,
			 "DELETE without WHERE empties the table unnoticed");
}

static void
check_query(struct checking *checking)
{
	struct compiled *query = checking->query;
	sqlite3_stmt *statement = NULL;
	const char *rest = NULL;
	if (text_is_blank(query->sql)) {
		fault_at(checking->queries, query->line, "%.*s has no SQL", T_ARG(query->name));
		return;
	}
	const char *sql = text_z(checking->queries->arena, query->sql);
	if (sqlite3_prepare_v2(checking->db, sql, -1, &statement, &rest) != SQLITE_OK) {
		fault_at(checking->queries, line_of(query, sqlite3_error_offset(checking->db)),
			 "%.*s: %s", T_ARG(query->name), sqlite3_errmsg(checking->db));
		return;
	}
	if (rest != NULL && !text_is_blank(text_of(rest)))
		fault_at(checking->queries, query->sql_line, "%.*s has more than one statement",
			 T_ARG(query->name));
	check_parameters(checking, statement);
	check_shape(checking, statement);
	if (sqlite3_column_count(statement) > COLUMNS_MOST)
		fault_at(checking->queries, query->sql_line, "too many columns (most %d)",
			 COLUMNS_MOST);
	else
		for (int at = 0; at < sqlite3_column_count(statement); at++)
			check_column(checking, statement, at);
	sqlite3_finalize(statement);
	sealed_check(checking->queries, query);
}

struct table_rule {
	const char *sql;
	const char *words;
};

/* Rows are covered by digests only in rowid tables with an integer key of our own making. */
static const struct table_rule rules[] = {
	{ "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
	  "AND name NOT LIKE 'sqlite_%' AND (strict = 0 OR wr = 1)",
	  "must be STRICT and have a rowid" },
	{ "SELECT t.name FROM pragma_table_list t WHERE t.schema = 'main' AND t.type = 'table' "
	  "AND t.name NOT LIKE 'sqlite_%' AND NOT EXISTS (SELECT 1 FROM pragma_table_info(t.name) c "
	  "WHERE c.cid = 0 AND c.name = 'id' AND c.type = 'INTEGER' AND c.pk = 1)",
	  "must begin with: id INTEGER PRIMARY KEY" },
	{ "SELECT name FROM sqlite_schema WHERE type = 'trigger'",
	  "is a trigger: rules belong in acts" },
	{ "SELECT name FROM sqlite_schema WHERE sql LIKE '%AUTOINCREMENT%'",
	  "uses AUTOINCREMENT: ids are made by us" },
};

static struct error *
check_schema(sqlite3 *db)
{
	struct error *faults = OK;
	for (size_t at = 0; at < sizeof rules / sizeof *rules; at++) {
		sqlite3_stmt *list;
		if (sqlite3_prepare_v2(db, rules[at].sql, -1, &list, NULL) != SQLITE_OK)
			return broken("schema: %s", sqlite3_errmsg(db));
		while (sqlite3_step(list) == SQLITE_ROW)
			error_add(&faults, reject("schema", "table %s %s",
						  (const char *)sqlite3_column_text(list, 0),
						  rules[at].words));
		sqlite3_finalize(list);
	}
	return faults;
}

static struct error *
apply_schema(struct queries *queries, sqlite3 *db, const char *path)
{
	struct arena *arena = queries->arena;
	struct text sql;
	char *why = NULL;
	TRY(file_read(arena, path, 4 << 20, &sql));
	if (sqlite3_exec(db, text_z(arena, sql), NULL, NULL, &why) != SQLITE_OK) {
		struct error *error = reject(path, "%s: %s", path, why);
		sqlite3_free(why);
		return error;
	}
	sealed_read(queries, path, sql);
	return OK;
}

static void
close_db(sqlite3 **db)
{
	sqlite3_close(*db);
}

/* Statements are prepared here, never run. */
static void
say_nothing(sqlite3_context *context, int count, sqlite3_value **given)
{
	(void)context, (void)count, (void)given;
}

struct error *
queries_check(struct queries *queries, const char *const schemas[], size_t count)
{
	__attribute__((cleanup(close_db))) sqlite3 *db = NULL;
	if (sqlite3_open(":memory:", &db) != SQLITE_OK)
		return broken("sqlite: %s", sqlite3_errmsg(db));
	sqlite3_create_function(db, "body_today", 0,
				SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, say_nothing,
				NULL, NULL);
	for (size_t at = 0; at < count; at++)
		TRY(apply_schema(queries, db, schemas[at]));
	TRY(check_schema(db));
	TRY(sealed_views(queries, db));
	struct checking checking = { queries, NULL, db };
	sqlite3_set_authorizer(db, may_touch, &checking);
	for (size_t at = 0; at < queries->count; at++) {
		checking.query = &queries->at[at];
		check_query(&checking);
	}
	return OK;
}
