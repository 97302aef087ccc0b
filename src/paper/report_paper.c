/* A report as a job for bansho-print. */
#include "paper/report_paper.h"

#include "base/number.h"
#include "base/say.h"
#include "paper/job.h"

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
put_table(json_t *made, const struct report_section *section)
{
	json_t *columns = job_list(made, "columns"), *rows = job_list(made, "rows");
	for (size_t at = 0; at < section->columns_count; at++) {
		json_t *column = job_object(columns);
		job_put_some(column, "name", section->columns[at].name);
		json_object_set_new(column, "width", json_integer(section->columns[at].width));
		json_object_set_new(column, "side", json_string(section->columns[at].is_number ? "right" : "left"));
	}
	for (size_t at = 0; at + section->columns_count <= section->cells_count; at += section->columns_count)
		job_cells(rows, &section->cells[at], section->columns_count);
}

static void
put_pairs(json_t *made, const struct report_section *section)
{
	json_t *rows = job_list(made, "rows");
	for (size_t at = 0; at + 2 <= section->cells_count; at += 2) {
		json_t *field = job_object(job_row(rows));
		job_put(field, "label", section->cells[at]);
		job_put(field, "value", section->cells[at + 1]);
	}
}

static void
put_section(json_t *sections, const struct report_section *section)
{
	static const char *const kinds[] = { [REPORT_TABLE] = "items", [REPORT_PAIRS] = "rows", [REPORT_NOTES] = "notes" };
	json_t *made = job_section(sections, kinds[section->kind], section->heading);
	switch (section->kind) {
	case REPORT_TABLE:
		put_table(made, section);
		break;
	case REPORT_PAIRS:
		put_pairs(made, section);
		break;
	case REPORT_NOTES: {
		json_t *lines = job_list(made, "lines");
		for (size_t at = 0; at < section->cells_count; at++)
			json_array_append_new(lines, job_string(section->cells[at]));
		break;
	}
	}
}

static void
put_report(struct arena *into, const struct report_out *out, json_t *made)
{
	job_put(made, "job", T("sheet"));
	job_put_some(made, "title", out->title);
	job_put_some(made, "caption", out->caption);
	job_put_some(made, "body", out->body_name);
	job_put_some(made, "number", out->number);
	job_put_some(made, "day", day_iso(into, out->day));
	job_put_some(made, "made", moment_local(into, out->made));
	job_put_some(made, "lead", out->lead);
	if (out->addressee.len != 0)
		json_array_append_new(job_list(made, "addressee"), job_string(out->addressee));
	json_t *sections = job_list(made, "sections");
	for (size_t at = 0; at < out->sections_count; at++)
		put_section(sections, &out->sections[at]);
	if (out->proof.record.len != 0)
		job_prove(made, &out->proof);
}

struct error *
paper_report(struct arena *into, const struct report_out *out, struct text *job)
{
	JOB_SCOPED made = json_object();
	put_report(into, out, made);
	return job_write(into, made, say("印刷するには大きすぎます。期間や範囲を狭めてください。"), job);
}
