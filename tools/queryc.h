/* The query compiler's parts: reading a .sql file, checking it against the schema, writing C. */
#ifndef BANSHO_TOOLS_QUERYC_H
#define BANSHO_TOOLS_QUERYC_H

#include "base/error.h"
#include "base/writer.h"

enum { QUERIES_MOST = 400, PARAMETERS_MOST = 40, COLUMNS_MOST = 60 };

enum value_type { VALUE_INT, VALUE_TEXT, VALUE_BLOB, VALUE_BOOL };
enum query_kind { QUERY_DO, QUERY_ONE, QUERY_MAYBE, QUERY_MANY, QUERY_EACH };

struct value {
	struct text name;
	enum value_type type;
	bool may_be_null;
	int place; /* of a parameter, as SQLite numbers it */
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
	struct error *faults;
};

/* A fault at a line of the query file. */
void fault_at(struct queries *queries, int line, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

void queries_read(struct queries *queries, struct text source);
struct error *queries_check(struct queries *queries, const char *const schemas[], size_t count)
	MUST_USE;
void queries_write_header(const struct queries *queries, struct writer *out);
void queries_write_source(const struct queries *queries, struct writer *out);

#endif
