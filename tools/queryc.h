/* The query compiler's parts: reading a .sql file, checking it against the schema, writing C. */
#ifndef BANSHO_TOOLS_QUERYC_H
#define BANSHO_TOOLS_QUERYC_H

#include "base/error.h"
#include "base/writer.h"

enum { QUERIES_MOST = 400, PARAMETERS_MOST = 40, COLUMNS_MOST = 60, SEALED_MOST = 200 };

enum value_type { VALUE_INT, VALUE_TEXT, VALUE_BLOB, VALUE_BOOL, VALUE_SEALED };
enum query_kind { QUERY_DO, QUERY_ONE, QUERY_MAYBE, QUERY_MANY, QUERY_EACH };

/*
 * A column whose values stand in the file sealed under a key of their owner. A schema says so:
 *	-- sealed TABLE.COLUMN by OWNER [as name]
 * OWNER is the table's column with the owner's number; "as name": once erased it reads （消去済み）.
 */
struct sealed {
	struct text table, column;
	struct text owner; /* empty: the same, as a view shows it; reading only */
	struct text kept;  /* "table.column" of the table itself */
	bool is_name;
};

struct value {
	struct text name;
	enum value_type type;
	bool may_be_null;
	int place; /* of a parameter, as SQLite numbers it */
	const struct sealed *sealed; /* VALUE_SEALED, once checked */
};

struct compiled {
	struct text name;
	enum query_kind kind;
	struct value parameters[PARAMETERS_MOST];
	size_t parameter_count;
	struct value told[COLUMNS_MOST]; /* -- column lines */
	size_t told_count;
	struct value columns[COLUMNS_MOST]; /* as checked */
	size_t column_count;
	struct text table;	/* that it changes */
	bool inserts;
	size_t sealed_read;	/* how often it names sealed columns */
	struct text sql;
	int line; /* of the header */
	int sql_line;
};

struct queries {
	struct arena *arena;
	const char *file;
	struct text room;
	struct compiled *at;
	size_t count;
	struct sealed sealed[SEALED_MOST];
	size_t sealed_count;
	struct error *faults;
};

/* A fault at a line of the query file. */
void fault_at(struct queries *queries, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

void queries_read(struct queries *queries, struct text source);
struct error *queries_check(struct queries *queries, const char *const schemas[], size_t count)
	MUST_USE;
const struct sealed *sealed_find(const struct queries *queries, struct text table,
				 struct text column);
/* What a schema file says to be sealed. */
void sealed_read(struct queries *queries, const char *path, struct text sql);
/* Views show sealed columns too. */
struct error *sealed_views(struct queries *queries, void *db) MUST_USE;
/* A checked query's parameters and results against what is sealed. */
void sealed_check(struct queries *queries, struct compiled *query);

void queries_write_header(const struct queries *queries, struct writer *out);
void queries_write_source(const struct queries *queries, struct writer *out);

#endif
