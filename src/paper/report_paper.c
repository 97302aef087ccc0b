/* A report as a job for bansho-print. */
#include "paper/report_paper.h"

#include "base/number.h"
#include "paper/sheet_paper.h"

#include <jansson.h>

struct report_out
report_open(struct arena *into, struct text title, size_t sections_room)
{
	return (struct report_out){ .title = title, .day = DAY_NONE, .sections_room = sections_room,
				    .sections = ARENA_ARRAY(into, struct report_section, sections_room) };
}

static struct report_section *
section_add(struct arena *into, struct report_out *out, enum report_kind kind, struct text heading,
	    size_t cells_room)
{
	struct report_section *section = &out->sections[out->sections_count++];
	*section = (struct report_section){ .kind = kind, .heading = heading,
					    .cells = ARENA_ARRAY(into, struct text, cells_room + 1) };
	return section;
}

struct report_section *
report_table(struct arena *into, struct report_out *out, struct text heading,
	     const struct report_column *columns, size_t columns_count, size_t rows_room)
{
	struct report_section *section = section_add(into, out, REPORT_TABLE, heading, columns_count * rows_room);
	section->columns = columns;
	section->columns_count = columns_count;
	return section;
}

struct report_section *
report_pairs(struct arena *into, struct report_out *out, struct text heading, size_t pairs_room)
{
	return section_add(into, out, REPORT_PAIRS, heading, 2 * pairs_room);
}

struct report_section *
report_notes(struct arena *into, struct report_out *out, struct text heading, size_t notes_room)
{
	return section_add(into, out, REPORT_NOTES, heading, notes_room);
}

void
report_cell(struct report_section *section, struct text words)
{
	section->cells[section->cells_count++] = words;
}

void
report_number(struct arena *into, struct report_section *section, int64_t number)
{
	report_cell(section, text_format(into, "%lld", (long long)number));
}

static void
drop(json_t **json)
{
	json_decref(*json);
}

static json_t *
string(struct text text)
{
	return json_stringn(text.data != NULL ? text.data : "", text.len);
}

static void
put(json_t *object, const char *name, struct text text)
{
	if (text.len != 0)
		json_object_set_new(object, name, string(text));
}

static json_t *
table_rows(const struct report_section *section)
{
	json_t *rows = json_array();
	for (size_t at = 0; at + section->columns_count <= section->cells_count; at += section->columns_count) {
		json_t *row = json_array();
		for (size_t column = 0; column < section->columns_count; column++)
			json_array_append_new(row, string(section->cells[at + column]));
		json_array_append_new(rows, row);
	}
	return rows;
}

static json_t *
table_columns(const struct report_section *section)
{
	json_t *columns = json_array();
	for (size_t at = 0; at < section->columns_count; at++) {
		json_t *column = json_object();
		put(column, "name", section->columns[at].name);
		json_object_set_new(column, "width", json_integer(section->columns[at].width));
		json_object_set_new(column, "side", json_string(section->columns[at].is_number ? "right" : "left"));
		json_array_append_new(columns, column);
	}
	return columns;
}

static json_t *
pair_rows(const struct report_section *section)
{
	json_t *rows = json_array();
	for (size_t at = 0; at + 2 <= section->cells_count; at += 2) {
		json_t *row = json_array(), *field = json_object();
		json_object_set_new(field, "label", string(section->cells[at]));
		json_object_set_new(field, "value", string(section->cells[at + 1]));
		json_array_append_new(row, field);
		json_array_append_new(rows, row);
	}
	return rows;
}

static json_t *
note_lines(const struct report_section *section)
{
	json_t *lines = json_array();
	for (size_t at = 0; at < section->cells_count; at++)
		json_array_append_new(lines, string(section->cells[at]));
	return lines;
}

static json_t *
section_job(const struct report_section *section)
{
	json_t *made = json_object();
	put(made, "heading", section->heading);
	switch (section->kind) {
	case REPORT_TABLE:
		json_object_set_new(made, "kind", json_string("items"));
		json_object_set_new(made, "columns", table_columns(section));
		json_object_set_new(made, "rows", table_rows(section));
		break;
	case REPORT_PAIRS:
		json_object_set_new(made, "kind", json_string("rows"));
		json_object_set_new(made, "rows", pair_rows(section));
		break;
	case REPORT_NOTES:
		json_object_set_new(made, "kind", json_string("notes"));
		json_object_set_new(made, "lines", note_lines(section));
		break;
	}
	return made;
}

static json_t *
report_job(struct arena *into, const struct report_out *out)
{
	json_t *made = json_object(), *sections = json_array();
	json_object_set_new(made, "job", json_string("sheet"));
	put(made, "title", out->title);
	put(made, "caption", out->caption);
	put(made, "body", out->body_name);
	put(made, "number", out->number);
	put(made, "day", day_iso(into, out->day));
	put(made, "made", moment_local(into, out->made));
	put(made, "lead", out->lead);
	if (out->addressee.len != 0) {
		json_t *lines = json_array();
		json_array_append_new(lines, string(out->addressee));
		json_object_set_new(made, "addressee", lines);
	}
	for (size_t at = 0; at < out->sections_count; at++)
		json_array_append_new(sections, section_job(&out->sections[at]));
	json_object_set_new(made, "sections", sections);
	return made;
}

struct error *
paper_report(struct arena *into, const struct report_out *out, struct text *job)
{
	__attribute__((cleanup(drop))) json_t *made = report_job(into, out);
	const size_t len = json_dumpb(made, NULL, 0, JSON_COMPACT);
	if (len > SHEET_MOST_BYTES)
		return reject(NULL, "印刷するには大きすぎます。期間や範囲を狭めてください。");
	char *room = arena_get(into, 1, len + 1);
	(void)json_dumpb(made, room, len, JSON_COMPACT);
	*job = (struct text){ room, len };
	return OK;
}
