#include "policy/rooms.h"

#include <stdlib.h>
#include <string.h>

const char *
where_at(struct reading *reading, struct text file, int line, int column)
{
	return text_z(reading->scratch,
		      text_format(reading->scratch, "%.*s:%d:%d", T_ARG(file), line, column));
}

void
fault_keep(struct reading *reading, struct text file, int line, int column, struct error *error)
{
	if (reading->faults_count >= PACK_MOST_FAULTS)
		return;
	/* Files are walked twice (names first, then the rest): one mistake is said once. */
	for (size_t i = 0; i < reading->faults_count; i++) {
		const struct fault *at = &reading->faults[i];
		if (at->line == line && at->column == column && text_same(at->file, file) &&
		    text_same(at->error->words, error->words))
			return;
	}
	reading->faults[reading->faults_count++] =
		(struct fault){.error = error, .file = file, .line = line, .column = column};
}

bool
is_faulty(const struct reading *reading, const char *file)
{
	for (size_t i = 0; i < reading->faults_count; i++)
		if (text_is(reading->faults[i].file, file))
			return true;
	return false;
}

void
warn_keep(struct reading *reading, const struct node *node, const char *code,
	  struct error *error)
{
	if (!reading->is_linted || reading->warnings_count >= PACK_MOST_WARNINGS)
		return;
	if (reading->warnings_count == reading->warnings_room) {
		const size_t room = reading->warnings_room * 2 + 32;
		struct pack_warning *more =
			ARENA_ARRAY(reading->into, struct pack_warning, room);
		if (reading->warnings_count > 0)
			memcpy(more, reading->warnings,
			       reading->warnings_count * sizeof(*more));
		reading->warnings = more;
		reading->warnings_room = room;
	}
	reading->warnings[reading->warnings_count++] = (struct pack_warning){
		.code = code,
		.file = text_copy(reading->into, node->file),
		.line = node->line,
		.column = node->column,
		.words = text_copy(reading->into, error->words),
	};
}

static int
place_order(struct text file, int line, int column, struct text other_file, int other_line,
	    int other_column)
{
	const int files = text_order(file, other_file);

	if (files != 0)
		return files;
	if (line != other_line)
		return line < other_line ? -1 : 1;
	return (column > other_column) - (column < other_column);
}

static int
warning_order(const void *a, const void *b)
{
	const struct pack_warning *one = a;
	const struct pack_warning *two = b;
	const int places = place_order(one->file, one->line, one->column, two->file, two->line,
				       two->column);

	return places != 0 ? places : strcmp(one->code, two->code);
}

void
pack_report_warn(struct arena *into, struct pack_report *report, const char *code,
		 const struct pack_place *place, struct text words)
{
	struct pack_warning *all =
		ARENA_ARRAY(into, struct pack_warning, report->warnings_count + 1);

	for (size_t i = 0; i < report->warnings_count; i++)
		all[i] = report->warnings[i];
	all[report->warnings_count++] = (struct pack_warning){
		.code = code,
		.file = place->file,
		.line = place->line,
		.column = place->column,
		.words = text_copy(into, words),
	};
	report->warnings = all;
	qsort(all, report->warnings_count, sizeof(*all), warning_order);
}

void
warnings_sort(struct reading *reading)
{
	if (reading->warnings_count > 1)
		qsort(reading->warnings, reading->warnings_count, sizeof(*reading->warnings),
		      warning_order);
}

static int
fault_order(const void *a, const void *b)
{
	const struct fault *one = a;
	const struct fault *two = b;

	return place_order(one->file, one->line, one->column, two->file, two->line, two->column);
}

struct error *
faults_sorted(struct reading *reading)
{
	const size_t count = reading->faults_count;

	if (count == 0)
		return OK;
	qsort(reading->faults, count, sizeof(reading->faults[0]), fault_order);
	for (size_t i = 0; i + 1 < count; i++)
		reading->faults[i].error->next = reading->faults[i + 1].error;
	reading->faults[count - 1].error->next = NULL;
	return reading->faults[0].error;
}
