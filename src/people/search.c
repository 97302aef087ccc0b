/* Finding persons, page by page: who and in which order the directory in memory tells. */
#include "people/rooms.h"

#include <stdlib.h>
#include <string.h>

enum { SEARCH_MOST = 200 };

static struct person_row
row_from(const struct people_person_row_row *row, struct text sort)
{
	return (struct person_row){
		.id = { row->id },
		.number = row->number,
		.name = row->name,
		.kana = row->kana,
		.unit = { row->unit },
		.unit_name = row->unit_name,
		.post_name = row->post_name,
		.has_account = row->has_account,
		.is_away = row->is_away,
		.employment = employment_from(row->employment),
		.until = day_from_kept(row->until),
		.sort = sort,
	};
}

struct gathering {
	struct arena *arena;
	int64_t *ids;
	size_t count, room;
};

static struct error *
gather(void *with, const struct people_person_under_row *row)
{
	struct gathering *gathering = with;
	if (gathering->count == gathering->room) {
		gathering->room = gathering->room == 0 ? 256 : gathering->room * 2;
		int64_t *wider = ARENA_ARRAY(gathering->arena, int64_t, gathering->room);
		if (gathering->count != 0)
			memcpy(wider, gathering->ids, gathering->count * sizeof *wider);
		gathering->ids = wider;
	}
	gathering->ids[gathering->count++] = row->person;
	return OK;
}

static int
id_order(const void *left, const void *right)
{
	const int64_t a = *(const int64_t *)left, b = *(const int64_t *)right;
	return a < b ? -1 : a > b;
}

static struct error *
narrow(struct look *look, struct unit_id unit, struct directory_search *sought)
{
	struct gathering gathering = { .arena = look->arena };
	if (unit.no == 0)
		return OK;
	TRY(people_person_under(look, &(struct people_person_under_in){ unit.no, sought->day },
				gather, &gathering));
	if (gathering.count != 0)
		qsort(gathering.ids, gathering.count, sizeof *gathering.ids, id_order);
	sought->is_narrowed = true;
	sought->ids = gathering.ids;
	sought->ids_count = gathering.count;
	return OK;
}

struct error *
people_search(struct look *look, const struct people_search *search, struct person_row **rows,
	      size_t *count, bool *has_more)
{
	const size_t most = search->most == 0 || search->most > SEARCH_MOST ? SEARCH_MOST
									    : search->most;
	const struct day day = day_is_none(search->day) ? look_today(look) : search->day;
	struct directory_found *found = ARENA_ARRAY(look->arena, struct directory_found, most + 1);
	struct directory_search sought = {
		.words = search->words,
		.day = day.no,
		.with_ended = search->with_ended,
		.after_sort = search->after_sort,
		.after = search->after.no,
		.most = most + 1,
	};
	size_t found_count;
	TRY(narrow(look, search->unit, &sought));
	TRY(directory_search(look, &sought, found, &found_count));
	*has_more = found_count > most;
	*count = 0;
	*rows = ARENA_ARRAY(look->arena, struct person_row, most + 1);
	for (size_t at = 0; at < found_count && at < most; at++) {
		struct people_person_row_row row;
		bool is_there; /* not in a snapshot older than the directory */
		TRY(people_person_row(look,
				      &(struct people_person_row_in){ found[at].id, day.no },
				      &is_there, &row));
		if (is_there)
			(*rows)[(*count)++] = row_from(&row, found[at].sort);
	}
	return OK;
}
