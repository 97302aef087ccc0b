/* The steps from text to files, in order. */
#include "draft/rooms.h"

struct error *
draft_make(struct arena *into, struct text bytes, struct draft **draft)
{
	struct reading *reading = ARENA_NEW(into, struct reading);
	reading->arena = into;
	TRY(read_lines(reading, bytes));
	TRY(read_tree(reading));
	shape_items(reading);
	read_front(reading);
	check_contents(reading);
	TRY(make_rows(reading));
	find_roles(reading);
	find_actors(reading);
	reading->counts.roles = reading->roles_count;
	find_forms(reading);
	find_marks(reading);
	find_statutes(reading);
	find_references(reading);
	find_terms(reading);
	find_classes(reading);
	TRY(write_files(reading));
	*draft = ARENA_NEW(into, struct draft);
	**draft = (struct draft){.counts = reading->counts,
				 .files = reading->files,
				 .files_count = reading->files_count,
				 .questions = reading->questions};
	return OK;
}
