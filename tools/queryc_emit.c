/* Writing the typed C of checked queries. */
#include "queryc.h"

static const char *const c_types[] = { "int64_t", "struct text", "struct text", "bool",
				       "struct text" };
static const char *const binders[] = { "query_bind_int", "query_bind_text", "query_bind_blob",
				       "query_bind_int", NULL };

static void
write_members(struct writer *out, const struct value *values, size_t count)
{
	for (size_t at = 0; at < count; at++)
		write_format(out, "\t%s %.*s;\n", c_types[values[at].type],
			     T_ARG(values[at].name));
}

static void
write_structs(struct writer *out, const struct compiled *query)
{
	if (query->parameter_count != 0) {
		write_format(out, "struct %.*s_in {\n", T_ARG(query->name));
		write_members(out, query->parameters, query->parameter_count);
		write_z(out, "};\n");
	}
	if (query->kind != QUERY_DO) {
		write_format(out, "struct %.*s_row {\n", T_ARG(query->name));
		write_members(out, query->columns, query->column_count);
		write_z(out, "};\n");
	}
}

static void
write_signature(struct writer *out, const struct compiled *query)
{
	const struct text name = query->name;
	write_format(out, "%.*s(%s", T_ARG(name),
		     query->kind == QUERY_DO ? "struct act *act" : "struct look *look");
	if (query->parameter_count != 0)
		write_format(out, ", const struct %.*s_in *in", T_ARG(name));
	switch (query->kind) {
	case QUERY_DO:
		break;
	case QUERY_ONE:
		write_format(out, ", struct %.*s_row *row", T_ARG(name));
		break;
	case QUERY_MAYBE:
		write_format(out, ", bool *found, struct %.*s_row *row", T_ARG(name));
		break;
	case QUERY_MANY:
		write_format(out, ", struct %.*s_row **rows, size_t *count", T_ARG(name));
		break;
	case QUERY_EACH:
		write_format(out,
			     ", struct error *(*each)(void *with, const struct %.*s_row *row), void *with",
			     T_ARG(name));
		break;
	}
	write_z(out, ")");
}

void
queries_write_header(const struct queries *queries, struct writer *out)
{
	write_format(out, "/* Compiled from %.*s.sql. */\n#pragma once\n\n"
			  "#include \"store/store.h\"\n",
		     T_ARG(queries->room));
	for (size_t at = 0; at < queries->count; at++) {
		write_z(out, "\n");
		write_structs(out, &queries->at[at]);
		write_z(out, "struct error *");
		write_signature(out, &queries->at[at]);
		write_z(out, " MUST_USE;\n");
	}
}

static void
write_sql(struct writer *out, const struct compiled *query)
{
	write_format(out, "static const struct query q_%.*s = { \"%.*s\",\n\t\"",
		     T_ARG(query->name), T_ARG(query->name));
	for (size_t at = 0; at < query->sql.len; at++) {
		const char byte = query->sql.data[at];
		if (byte == '\n')
			write_z(out, "\\n\"\n\t\"");
		else if (byte == '"' || byte == '\\')
			write_format(out, "\\%c", byte);
		else
			write_byte(out, byte);
	}
	write_z(out, "\" };\n\n");
}

static void
write_binds(struct writer *out, const struct compiled *query)
{
	for (size_t at = 0; at < query->parameter_count; at++) {
		const struct value *value = &query->parameters[at];
		if (value->type == VALUE_SEALED) {
			write_format(out,
				     "\tTRY(query_bind_sealed(&statement, %d, \"%.*s\", in->%.*s, in->%.*s));\n",
				     value->place, T_ARG(value->sealed->kept),
				     T_ARG(value->sealed->owner), T_ARG(value->name));
			continue;
		}
		write_format(out, "\t%s%s(&statement, %d, in->%.*s);\n", binders[value->type],
			     value->may_be_null ? "_or_null" : "", value->place,
			     T_ARG(value->name));
	}
}

static void
write_reads(struct writer *out, const struct compiled *query, const char *target,
	    const char *into)
{
	for (size_t at = 0; at < query->column_count; at++) {
		const struct value *column = &query->columns[at];
		if (column->type == VALUE_SEALED) {
			write_format(out,
				     "\tTRY(query_sealed(&statement, %zu, \"%.*s\", %s, %s, &%s%.*s));\n",
				     at, T_ARG(column->sealed->kept),
				     column->sealed->is_name ? "true" : "false", into, target,
				     T_ARG(column->name));
			continue;
		}
		write_format(out, "\t%s%.*s = ", target, T_ARG(column->name));
		switch (column->type) {
		case VALUE_INT:
			write_format(out, "query_int(&statement, %zu);\n", at);
			break;
		case VALUE_BOOL:
			write_format(out, "query_int(&statement, %zu) != 0;\n", at);
			break;
		case VALUE_TEXT:
			write_format(out, "query_text(&statement, %zu, %s);\n", at, into);
			break;
		case VALUE_SEALED:
			break; /* above */
		case VALUE_BLOB:
			write_format(out, "query_blob(&statement, %zu, %s);\n", at, into);
			break;
		}
	}
}

static void
write_single(struct writer *out, const struct compiled *query)
{
	write_z(out, "\tbool has_row;\n\tTRY(query_step(&statement, &has_row));\n");
	if (query->kind == QUERY_MAYBE)
		write_z(out, "\t*found = has_row;\n\tif (!has_row)\n\t\treturn OK;\n");
	else
		write_format(out, "\tif (!has_row)\n\t\treturn query_none(&q_%.*s);\n",
			     T_ARG(query->name));
	write_reads(out, query, "row->", "look->arena");
	write_z(out, "\treturn OK;\n");
}

static void
write_many(struct writer *out, const struct compiled *query)
{
	write_format(out,
		     "\tstruct %.*s_row *all = NULL;\n\tsize_t got = 0;\n"
		     "\tfor (bool has_row;;) {\n\tTRY(query_step(&statement, &has_row));\n"
		     "\tif (!has_row)\n\t\tbreak;\n"
		     "\tall = query_grow(look->arena, all, got, sizeof *all);\n",
		     T_ARG(query->name));
	write_reads(out, query, "all[got].", "look->arena");
	write_z(out, "\tgot++;\n\t}\n\t*rows = all;\n\t*count = got;\n\treturn OK;\n");
}

static void
write_each(struct writer *out, const struct compiled *query)
{
	write_format(out,
		     "\tfor (bool has_row;;) {\n\tTRY(query_step(&statement, &has_row));\n"
		     "\tif (!has_row)\n\t\treturn OK;\n\tstruct %.*s_row row;\n",
		     T_ARG(query->name));
	write_reads(out, query, "row.", "NULL");
	write_z(out, "\tTRY(each(with, &row));\n\t}\n");
}

static void
write_function(struct writer *out, const struct compiled *query)
{
	write_sql(out, query);
	write_z(out, "struct error *\n");
	write_signature(out, query);
	write_format(out,
		     "\n{\n\tSTATEMENT_SCOPED statement = { 0 };\n"
		     "\tTRY(query_begin(%s, &q_%.*s, &statement));\n",
		     query->kind == QUERY_DO ? "&act->look" : "look", T_ARG(query->name));
	write_binds(out, query);
	switch (query->kind) {
	case QUERY_DO:
		write_z(out, "\treturn query_run(act, &statement);\n");
		break;
	case QUERY_ONE:
	case QUERY_MAYBE:
		write_single(out, query);
		break;
	case QUERY_MANY:
		write_many(out, query);
		break;
	case QUERY_EACH:
		write_each(out, query);
		break;
	}
	write_z(out, "}\n\n");
}

void
queries_write_source(const struct queries *queries, struct writer *out)
{
	write_format(out, "/* Compiled from %.*s.sql. */\n#include \"%.*s_sql.h\"\n\n"
			  "#include \"store/query.h\"\n\n",
		     T_ARG(queries->room), T_ARG(queries->room));
	for (size_t at = 0; at < queries->count; at++)
		write_function(out, &queries->at[at]);
}
