#include "paper/job.h"

#include "paper/sheet_paper.h"

void
job_drop(json_t **json)
{
	json_decref(*json);
}

json_t *
job_string(struct text text)
{
	return json_stringn(text.data != NULL ? text.data : "", text.len);
}

void
job_put(json_t *object, const char *name, struct text text)
{
	json_object_set_new(object, name, job_string(text));
}

void
job_put_some(json_t *object, const char *name, struct text text)
{
	if (text.len != 0)
		job_put(object, name, text);
}

json_t *
job_object(json_t *list)
{
	json_t *made = json_object();
	json_array_append_new(list, made);
	return made;
}

json_t *
job_row(json_t *rows)
{
	json_t *made = json_array();
	json_array_append_new(rows, made);
	return made;
}

json_t *
job_list(json_t *object, const char *name)
{
	json_t *made = json_array();
	json_object_set_new(object, name, made);
	return made;
}

json_t *
job_section(json_t *sections, const char *kind, struct text heading)
{
	json_t *made = job_object(sections);
	job_put(made, "kind", text_of(kind));
	job_put_some(made, "heading", heading);
	return made;
}

void
job_cells(json_t *rows, const struct text *cells, size_t count)
{
	json_t *row = job_row(rows);
	for (size_t at = 0; at < count; at++)
		json_array_append_new(row, job_string(cells[at]));
}

void
job_column(json_t *columns, struct text name, int width)
{
	json_t *made = job_object(columns);
	job_put(made, "name", name);
	json_object_set_new(made, "width", json_integer(width));
}

void
job_prove(json_t *job, const struct job_proof *proof)
{
	json_t *made = json_object();
	job_put(made, "record", proof->record);
	job_put(made, "digest", proof->digest);
	json_object_set_new(made, "tree_size", json_integer(proof->tree_size));
	job_put(made, "command", proof->command);
	json_object_set_new(job, "proof", made);
}

struct error *
job_write(struct arena *into, const json_t *made, const char *too_large, struct text *job)
{
	const size_t len = json_dumpb(made, NULL, 0, JSON_COMPACT);
	if (len > SHEET_MOST_BYTES)
		return reject(NULL, "%s", too_large);
	char *room = arena_get(into, 1, len + 1);
	(void)json_dumpb(made, room, len, JSON_COMPACT);
	*job = (struct text){ room, len };
	return OK;
}
