/*
 * queryc: the query compiler. Every SQL statement of a room stands in its .sql file with a name;
 * this reads the file, prepares each statement against the real schema, and writes typed C.
 *
 *   queryc --room ROOM --out FOLDER QUERIES.sql SCHEMA.sql ...
 *   queryc --migrations OUT.c ROOM:NUMBER:SCHEMA.sql ...
 *
 * The header of a query:   -- query NAME(type name, ...) KIND
 * Types: int text blob bool, with '?' when it may be NULL; sealed (tools/queryc.h). Kinds: do one
 * maybe many each.
 * A result column without a table behind it:   -- column NAME TYPE
 */
#include "queryc.h"

#include "base/file.h"
#include "base/number.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { SOURCE_MOST = 4 << 20 };

void
fault_at(struct queries *queries, int line, const char *format, ...)
{
	char words[600];
	va_list arguments;
	va_start(arguments, format);
	vsnprintf(words, sizeof words, format, arguments);
	va_end(arguments);
	const struct text where = text_format(queries->arena, "%s:%d", queries->file, line);
	error_add(&queries->faults,
		  reject(text_z(queries->arena, where), "%s: %s", where.data, words));
}

static bool
next_line(struct text *rest, struct text *line)
{
	if (rest->len == 0)
		return false;
	struct text behind;
	if (!text_cut(*rest, '\n', line, &behind))
		behind = T("");
	*rest = behind;
	return true;
}

static bool
is_identifier(struct text name)
{
	static const char *const reserved[] = { "int", "long", "short", "char", "default", "case",
		"switch", "register", "struct", "union", "for", "while", "do", "if", "else", "static",
		"auto", "return", "break", "continue", "void", "double", "float", "signed", "unsigned",
		"const", "volatile", "goto", "sizeof", "typedef", "extern", "enum", "inline" };
	if (name.len == 0 || name.len > 60 || name.data[0] < 'a' || name.data[0] > 'z')
		return false;
	for (size_t at = 0; at < name.len; at++)
		if (strchr("abcdefghijklmnopqrstuvwxyz0123456789_", name.data[at]) == NULL)
			return false;
	for (size_t at = 0; at < sizeof reserved / sizeof *reserved; at++)
		if (text_is(name, reserved[at]))
			return false;
	return true;
}

static bool
read_type(struct text word, struct value *value)
{
	value->may_be_null = text_ends(word, T("?"));
	if (value->may_be_null)
		word = text_first(word, word.len - 1);
	static const char *const names[] = { "int", "text", "blob", "bool", "sealed" };
	for (size_t at = 0; at < sizeof names / sizeof *names; at++) {
		if (text_is(word, names[at])) {
			value->type = (enum value_type)at;
			return true;
		}
	}
	return false;
}

static bool
read_kind(struct text word, enum query_kind *kind)
{
	static const char *const names[] = { "do", "one", "maybe", "many", "each" };
	for (size_t at = 0; at < 5; at++) {
		if (text_is(word, names[at])) {
			*kind = (enum query_kind)at;
			return true;
		}
	}
	return false;
}

static void
read_parameter(struct queries *queries, struct compiled *query, struct text words)
{
	struct text type, name;
	words = text_trim(words);
	if (!text_cut(words, ' ', &type, &name)) {
		fault_at(queries, query->line, "parameter \"%.*s\" needs a type and a name",
			 T_ARG(words));
		return;
	}
	if (query->parameter_count == PARAMETERS_MOST) {
		fault_at(queries, query->line, "too many parameters (most %d)", PARAMETERS_MOST);
		return;
	}
	struct value *value = &query->parameters[query->parameter_count++];
	value->name = text_trim(name);
	if (!read_type(type, value))
		fault_at(queries, query->line,
			 "unknown type \"%.*s\" (int, text, blob, bool, sealed; '?' when it may be NULL)",
			 T_ARG(type));
	if (!is_identifier(value->name))
		fault_at(queries, query->line, "\"%.*s\" is no name for a parameter",
			 T_ARG(value->name));
}

static void
read_parameters(struct queries *queries, struct compiled *query, struct text list)
{
	struct text one, rest = list;
	while (!text_is_blank(rest)) {
		struct text behind;
		if (!text_cut(rest, ',', &one, &behind))
			behind = T("");
		read_parameter(queries, query, one);
		rest = behind;
	}
}

static void
read_header(struct queries *queries, struct compiled *query, struct text words)
{
	struct text name, rest, list, kind;
	if (!text_cut(words, '(', &name, &rest) || !text_cut(rest, ')', &list, &kind)) {
		fault_at(queries, query->line, "write: -- query NAME(type name, ...) KIND");
		return;
	}
	query->name = text_trim(name);
	if (!is_identifier(query->name))
		fault_at(queries, query->line, "\"%.*s\" is no name for a query",
			 T_ARG(query->name));
	else if (!text_starts(query->name, queries->room) ||
		 query->name.data[queries->room.len] != '_')
		fault_at(queries, query->line, "the name must begin with \"%.*s_\"",
			 T_ARG(queries->room));
	for (const struct compiled *other = queries->at; other != query; other++)
		if (text_same(other->name, query->name))
			fault_at(queries, query->line, "the name was used at line %d", other->line);
	if (!read_kind(text_trim(kind), &query->kind))
		fault_at(queries, query->line, "unknown kind \"%.*s\" (do, one, maybe, many, each)",
			 T_ARG(text_trim(kind)));
	read_parameters(queries, query, list);
}

static void
read_told(struct queries *queries, struct compiled *query, struct text words, int line)
{
	struct text name, type;
	if (query == NULL || !text_cut(text_trim(words), ' ', &name, &type)) {
		fault_at(queries, line, "write, below a query: -- column NAME TYPE");
		return;
	}
	if (query->told_count == COLUMNS_MOST)
		return;
	struct value *told = &query->told[query->told_count++];
	told->name = name;
	if (!read_type(text_trim(type), told))
		fault_at(queries, line, "unknown type \"%.*s\" (int, text, blob, bool; '?')",
			 T_ARG(text_trim(type)));
}

static struct compiled *
query_new(struct queries *queries, struct text words, int line)
{
	if (queries->count == QUERIES_MOST) {
		fault_at(queries, line, "too many queries in one file (most %d)", QUERIES_MOST);
		return NULL;
	}
	struct compiled *query = &queries->at[queries->count++];
	query->line = line;
	query->sql_line = line + 1;
	read_header(queries, query, words);
	return query;
}

void
queries_read(struct queries *queries, struct text source)
{
	struct text rest = source, line;
	struct compiled *query = NULL;
	const char *begin = NULL;
	queries->at = ARENA_ARRAY(queries->arena, struct compiled, QUERIES_MOST);
	for (int no = 1; next_line(&rest, &line); no++) {
		if (text_starts(line, T("-- query "))) {
			query = query_new(queries, text_from(line, 9), no);
			begin = NULL;
		} else if (text_starts(line, T("-- column "))) {
			read_told(queries, query, text_from(line, 10), no);
			begin = NULL;
		} else if (text_starts(line, T("--")) || text_is_blank(line)) {
			continue;
		} else if (query == NULL) {
			fault_at(queries, no, "SQL before the first \"-- query\" line");
		} else {
			if (begin == NULL) {
				begin = line.data;
				query->sql_line = no;
			}
			query->sql = (struct text){ begin,
						    (size_t)(line.data + line.len - begin) };
		}
	}
}

static struct error *
write_both(struct queries *queries, const char *folder)
{
	struct writer header = writer_open(queries->arena, SOURCE_MOST);
	struct writer source = writer_open(queries->arena, SOURCE_MOST);
	queries_write_header(queries, &header);
	queries_write_source(queries, &source);
	if (writer_is_full(&header) || writer_is_full(&source))
		return broken("the generated code is too large");
	const char *base = text_z(queries->arena, text_format(queries->arena, "%s/%.*s_sql", folder,
							      T_ARG(queries->room)));
	TRY(file_replace(text_z(queries->arena, text_format(queries->arena, "%s.h", base)),
			 writer_text(&header), 0644));
	return file_replace(text_z(queries->arena, text_format(queries->arena, "%s.c", base)),
			    writer_text(&source), 0644);
}

static struct error *
compile(struct arena *arena, char **words, int count)
{
	struct queries queries = { .arena = arena, .room = text_of(words[2]), .file = words[5] };
	struct text source;
	TRY(file_read(arena, words[5], SOURCE_MOST, &source));
	queries_read(&queries, source);
	if (queries.faults == OK)
		TRY(queries_check(&queries, (const char *const *)(words + 6), (size_t)(count - 6)));
	if (queries.faults != OK)
		return queries.faults;
	return write_both(&queries, words[4]);
}

static void
write_c_string(struct writer *out, struct text text)
{
	write_z(out, "\"");
	for (size_t at = 0; at < text.len; at++) {
		const char byte = text.data[at];
		if (byte == '\n')
			write_z(out, "\\n\"\n\t\"");
		else if (byte == '"' || byte == '\\')
			write_format(out, "\\%c", byte);
		else
			write_byte(out, byte);
	}
	write_z(out, "\"");
}

static struct error *
write_migration(struct arena *arena, struct writer *out, struct text word)
{
	struct text room, rest, number, path, sql;
	if (!text_cut(word, ':', &room, &rest) || !text_cut(rest, ':', &number, &path))
		return reject(NULL, "write ROOM:NUMBER:FILE, not %.*s", T_ARG(word));
	TRY(file_read(arena, text_z(arena, path), SOURCE_MOST, &sql));
	write_format(out, "\t{ \"%.*s\", %.*s,\n\t", T_ARG(room), T_ARG(number));
	write_c_string(out, sql);
	write_z(out, " },\n");
	return OK;
}

static struct error *
migrations(struct arena *arena, char **words, int count)
{
	struct writer out = writer_open(arena, SOURCE_MOST);
	write_z(&out, "#include \"store/store.h\"\n\n"
		      "const struct migration bansho_migrations[] = {\n");
	for (int at = 3; at < count; at++)
		TRY(write_migration(arena, &out, text_of(words[at])));
	write_z(&out, "\t{ 0 },\n};\n");
	return file_replace(words[2], writer_text(&out), 0644);
}

int
main(int count, char **words)
{
	ARENA_SCOPED arena = arena_open((size_t)256 << 20);
	struct error *error;
	if (count >= 7 && strcmp(words[1], "--room") == 0 && strcmp(words[3], "--out") == 0)
		error = compile(arena, words, count);
	else if (count >= 4 && strcmp(words[1], "--migrations") == 0)
		error = migrations(arena, words, count);
	else {
		fprintf(stderr, "queryc --room ROOM --out FOLDER QUERIES.sql SCHEMA.sql ...\n"
				"queryc --migrations OUT.c ROOM:NUMBER:SCHEMA.sql ...\n");
		return 2;
	}
	for (const struct error *one = error; one != NULL; one = one->next)
		fprintf(stderr, "%.*s\n", T_ARG(one->words));
	return error == OK ? 0 : 1;
}
